#ifndef FX_SEMANTICS_TOKEN_H
#define FX_SEMANTICS_TOKEN_H
// A failure's values and schedule as a short text.

#include "sample.h"
#include "spec.h"

// NULL: some value cannot be written so. `samples` NULL: there are no parameters.
const char *make_token(Arena *arena, const CoreSpec *spec, const Samples *samples, const Choices *choices);
// False: it is another spec's, or no token.
bool read_token(Arena *arena, const CoreProgram *program, const CoreSpec *spec, const char *token, Samples *samples, Choices *choices);

#endif
