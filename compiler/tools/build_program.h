#ifndef FX_TOOLS_BUILD_PROGRAM_H
#define FX_TOOLS_BUILD_PROGRAM_H
// From C to an executable, by the C compiler that is there.

#include "command_line.h"
#include "files.h"

enum { EXIT_DONE = 0, EXIT_WRONG_PROGRAM = 1, EXIT_WRONG_COMMAND = 2, EXIT_BUG = 70 };

typedef struct ProgramBuild {
    Arena *arena;
    const CommandLine *line;
    const SourceFiles *files;
    const char *name; // of the program
    Text c;
} ProgramBuild;

// Each answers an exit status and has said what is wrong on standard error.
int build_program(const ProgramBuild *build); // fx build
int run_program(const ProgramBuild *build);   // fx run; when all is well it becomes the program and does not return
// So that the interpreter finds the C beside the program's modules: compiles and loads it.
int load_glue(const ProgramBuild *build);

#endif
