#ifndef FX_TESTS_MUTATION_H
#define FX_TESTS_MUTATION_H
// A program with one to three pieces (characters, tokens, lines) dropped, doubled, or swapped with the next.

#include "base/text.h"

// The same for the same number; 0 answers the program itself. In the arena, followed by NULs as a Source wants it.
Text mutate(Arena *arena, Text program, uint64_t number);

#endif
