#ifndef FX_TOOLS_COMMAND_LINE_H
#define FX_TOOLS_COMMAND_LINE_H
// What the command line asks for, and the texts of --help.

#include <stdbool.h>

#include "../fx.h"

typedef enum {
    COMMAND_BUILD, COMMAND_RUN, COMMAND_CHECK, COMMAND_TEST, COMMAND_DOC, COMMAND_FORMAT, COMMAND_EXPLAIN, COMMAND_DUMP, COMMAND_NEW,
    COMMAND_HELP, COMMAND_VERSION,
} CommandKind;

typedef struct CommandLine {
    CommandKind kind;
    const char *output; // -o, or NULL
    const char *emit_c; // --emit-c, or NULL
    const char *cc;     // --cc, or NULL
    bool is_release;
    bool is_static;
    bool types;
    bool json;
    bool interpret;
    bool faults;
    bool coverage;
    bool markdown;
    bool only_check;
    const char *seed;   // --seed, or NULL
    const char *schedules; // --schedules, or NULL
    const char *filter; // --filter, or NULL
    const char *from_record; // --from-record, or NULL
    const char *html;   // --html, or NULL
    const char *replay; // --replay, or NULL
    DumpPass pass;
    char **operands;    // files; of `run` the file, then the program's arguments
    int operand_count;
} CommandLine;

// false: the command line is wrong, which has been said on standard error (exit status 2). For HELP the text has been printed.
bool parse_command_line(int argument_count, char **arguments, CommandLine *line);

#endif
