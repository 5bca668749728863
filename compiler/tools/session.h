#ifndef FX_TOOLS_SESSION_H
#define FX_TOOLS_SESSION_H
// One compilation of one program, from the world's files to the world's terminal.

#include <stdio.h>

#include "build_program.h"
#include "command_line.h"
#include "files.h"

typedef struct Session {
    Compilation compilation;
    Diagnostics diagnostics;
    SourceFiles files;
    CompileResult result;
} Session;

// false: the file cannot be read, or fx is not whole, which has been said.
bool open_session(Session *session, Arena *arena, const char *path, const Source **source);
void print_text(FILE *out, Text text);
void print_diagnostics(const Session *session, bool json);
// Compiles one program and reports. Answers an exit status.
int compile_source(Session *session, const CommandLine *line, const Source *source);
int compile_file(Session *session, Arena *arena, const CommandLine *line, const char *path);

#endif
