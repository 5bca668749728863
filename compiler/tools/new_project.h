#ifndef FX_TOOLS_NEW_PROJECT_H
#define FX_TOOLS_NEW_PROJECT_H

#include "../base/arena.h"

// fx new NAME: a folder with a program, its test and a README. Answers an exit status; what is wrong has been said on standard error.
int new_project(Arena *arena, const char *name);

#endif
