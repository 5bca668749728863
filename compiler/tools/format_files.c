// fx fmt: files in the form in which everybody writes them.

#include "format_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "session.h"

// The first line in which two texts differ, from 1.
static unsigned find_difference(Text left, Text right) {
    unsigned line = 1;
    for (size_t i = 0; i < left.length && i < right.length && left.bytes[i] == right.bytes[i]; i++) line += left.bytes[i] == '\n';
    return line;
}

static int say_difference(const char *path, Text written, Text formatted) {
    printf("%s:%u: `fx fmt` writes this otherwise\n", path, find_difference(written, formatted));
    return EXIT_WRONG_PROGRAM;
}

static int write_formatted(Arena *arena, const char *path, Text formatted) {
    if (replace_file(arena, path, formatted)) return EXIT_DONE;
    fprintf(stderr, "fx: cannot write %s: %s\n", path, strerror(errno));
    return EXIT_WRONG_COMMAND;
}

static int format_file(Arena *arena, const CommandLine *line, const char *path) {
    Session session;
    const Source *source;
    Text written, formatted;
    if (!open_session(&session, arena, path, &source)) return EXIT_WRONG_COMMAND;
    bool is_same = format_source(arena, session.files.symbols, &session.diagnostics, source, &formatted);
    print_diagnostics(&session, false);
    if (session.diagnostics.error_count) return EXIT_WRONG_PROGRAM;
    if (!is_same) {
        fprintf(stderr, "fx: a bug in fx (status 70); please report it with the file, which stays as it is: %s formatted means something else\n", path);
        return EXIT_BUG;
    }
    if (!read_text(arena, path, &written)) return EXIT_WRONG_COMMAND; // with its byte order mark, where there is one
    if (text_equal(written, formatted)) return EXIT_DONE;
    return line->only_check ? say_difference(path, written, formatted) : write_formatted(arena, path, formatted);
}

int format_files(const CommandLine *line) {
    int worst = EXIT_DONE;
    for (int i = 0; i < line->operand_count; i++) {
        Arena *arena = arena_create();
        int status = format_file(arena, line, line->operands[i]);
        if (status > worst) worst = status;
        arena_destroy(arena);
    }
    return worst;
}
