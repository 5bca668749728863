#ifndef FX_TESTS_RANDOM_PROGRAM_H
#define FX_TESTS_RANDOM_PROGRAM_H
// Made-up concurrent programs of fx, each as a test that simulates it, or as a spec that says what it asks.

#include "base/text.h"

// A module with `count` tests that use Test.simulate. Each compares what came out, and the cells at the end, with "": so it is False, and the left
// side tells what came out.
const char *random_simulations(Arena *arena, uint64_t seed, unsigned count);

// A module with `count` specs of programs that ask an effect `World`; what comes out is compared with nothing.
const char *random_specs(Arena *arena, uint64_t seed, unsigned count);

#endif
