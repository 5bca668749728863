// One compilation of one program, from the world's files to the world's terminal.

#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *folder_of(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return NULL;
    Builder folder = builder_in(arena);
    build_text(&folder, (Text){path, slash == path ? 1 : (size_t)(slash - path)});
    return builder_string(&folder);
}

bool open_session(Session *session, Arena *arena, const char *path, const Source **source) {
    const char *problem;
    *session = (Session){.diagnostics = {.arena = arena}};
    Symbols *symbols = symbols_create(arena);
    const char *stdlib = find_installation(arena).stdlib;
    session->files = (SourceFiles){.arena = arena, .symbols = symbols, .folder = folder_of(arena, path), .stdlib = stdlib, .loaded = table_in(arena)};
    session->compilation = (Compilation){arena, symbols, &session->diagnostics, read_source, &session->files};
    *source = load_program(&session->files, path, &problem);
    if (!*source) fprintf(stderr, "fx: cannot read %s: %s\n", path, problem);
    else if (!stdlib) fputs("fx: fx is not installed whole: stdlib/Prelude.fx not found\n", stderr);
    return *source && stdlib;
}

void print_text(FILE *out, Text text) { fwrite(text.bytes, 1, text.length, out); }

void print_diagnostics(const Session *session, bool json) {
    Arena *arena = session->compilation.arena;
    bool colour = isatty(2) && !getenv("NO_COLOR");
    if (json) print_text(stdout, render_diagnostics_json(arena, &session->diagnostics));
    else print_text(stderr, render_diagnostics(arena, &session->diagnostics, colour));
}

static bool wants_verifiers(void) {
    const char *verify = getenv("FX_VERIFY");
#ifdef __SANITIZE_ADDRESS__
    return !verify || strcmp(verify, "0") != 0;
#else
    return verify && *verify && strcmp(verify, "0") != 0;
#endif
}

int compile_source(Session *session, const CommandLine *line, const Source *source) {
    bool needs_no_main = line->kind == COMMAND_CHECK || line->kind == COMMAND_TEST || line->kind == COMMAND_DOC;
    CompileOptions options = {.only_check = needs_no_main, .only_core = line->interpret || line->replay || line->kind == COMMAND_TEST, .verify = wants_verifiers(),
        .interface = line->kind == COMMAND_DOC, .dump = line->pass};
    session->result = compile(&session->compilation, source, options);
    if (line->kind != COMMAND_DOC || session->diagnostics.error_count) print_diagnostics(session, line->json); // warnings are for who writes it
    if (session->result.broken) {
        fprintf(stderr, "fx: a bug in fx (status 70); please report it with the program: %s\n", session->result.broken);
        return EXIT_BUG;
    }
    return session->diagnostics.error_count ? EXIT_WRONG_PROGRAM : EXIT_DONE;
}

int compile_file(Session *session, Arena *arena, const CommandLine *line, const char *path) {
    const Source *source;
    return open_session(session, arena, path, &source) ? compile_source(session, line, source) : EXIT_WRONG_COMMAND;
}
