// fx test: the tests, specs and examples of programs.

#include "test_program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "examples.h"
#include "session.h"

// What has been told so far.
typedef struct Told {
    Arena *arena;
    const CommandLine *line;
    size_t counts[4]; // by word
    bool colour;
    bool is_wrong; // a page could not be written
} Told;

static const char *const WORDS[] = {"proved", "tested", "passed", "failed"};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS, WORD_FAILED = 3 };

// Named after the program and the spec, whose name may hold slashes; the folder is made when it is missing.
static void write_page(Told *told, const TestReport *report) {
    Arena *arena = told->arena;
    Builder name = builder_in(arena);
    build_format(&name, "%s.", program_name(arena, report->place.source->path));
    for (const char *byte = report->name; *byte; byte++) build_byte(&name, *byte == '/' ? '-' : *byte);
    build_string(&name, ".html");
    const char *path = join_path(arena, told->line->html, builder_string(&name));
    mkdir(told->line->html, 0777);
    if (write_file(path, render_failure_page(arena, report))) {
        if (!told->line->json) printf("  drawn in %s\n", path);
        return;
    }
    fprintf(stderr, "fx: cannot write %s: %s\n", path, strerror(errno));
    told->is_wrong = true;
}

static void tell(void *context, const TestReport *report) {
    Told *told = context;
    if (!report->spec && report->outcome == TEST_INTERRUPTED) {
        print_text(stderr, render_interrupted(told->arena, report));
        return;
    }
    const char *word = verdict_word(report);
    for (size_t i = 0; i < WORD_COUNT; i++) told->counts[i] += strcmp(WORDS[i], word) == 0;
    print_text(stdout, told->line->json ? render_test_json(told->arena, report) : render_test(told->arena, report, told->colour));
    if (told->line->html && report->spec && has_failed(report)) write_page(told, report);
    fflush(stdout);
}

static size_t count_all(const Told *told) {
    size_t all = 0;
    for (size_t i = 0; i < WORD_COUNT; i++) all += told->counts[i];
    return all;
}

static void print_summary(const Told *told) {
    const char *separator = "";
    if (told->line->json) return;
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (!told->counts[i] && (i != WORD_FAILED || !count_all(told))) continue;
        printf("%s%zu %s", separator, told->counts[i], WORDS[i]);
        separator = ", ";
    }
    if (*separator) puts("");
}

// false: it is no number, which has been said.
static bool read_number(const char *option, const char *text, uint64_t *number) {
    char *end = NULL;
    errno = 0;
    *number = strtoull(text, &end, 10);
    if (text[0] >= '0' && text[0] <= '9' && !*end && !errno) return true;
    fprintf(stderr, "fx: %s takes a number, as in %s 42, not `%s`\n", option, option, text);
    return false;
}

static bool choose_seed(const CommandLine *line, uint64_t *seed) {
    struct timespec now;
    if (line->seed) return read_number("--seed", line->seed, seed);
    clock_gettime(CLOCK_REALTIME, &now);
    *seed = ((uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 10) % 1000000;
    return true;
}

// The worse of two exit statuses.
static int worse(int left, int right) { return left > right ? left : right; }

// ---- examples ----

// A program's file cannot be imported by its own name, which begins with a small letter: it is given for the made-up one.
typedef struct ExampleFiles {
    SourceFiles *files;
    const Source *program;
    const char *program_path; // "Word_count.fx"
} ExampleFiles;

static const Source *read_for_examples(void *context, const char *path, bool from_stdlib) {
    const ExampleFiles *examples = context;
    if (!from_stdlib && strcmp(path, examples->program_path) == 0) return examples->program;
    return read_source(examples->files, path, from_stdlib);
}

// The module's own warnings have been shown; errors are shown where the example stands.
static void keep_errors(Diagnostics *diagnostics) {
    size_t kept = 0;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        if (diagnostic_is_warning(diagnostic->code)) continue;
        diagnostic->span = span_origin(diagnostic->span);
        for (size_t k = 0; k < diagnostic->labels.count; k++) diagnostic->labels.items[k].span = span_origin(diagnostic->labels.items[k].span);
        diagnostics->list.items[kept++] = diagnostic;
    }
    diagnostics->list.count = kept;
}

static int run_examples(Told *told, const TestOptions *options, Session *session, const ModuleFile *module, const ModuleFile *program) {
    Arena *arena = session->compilation.arena;
    Diagnostics none = {.arena = arena};
    const ModuleSyntax *syntax = parse_module(arena, session->files.symbols, &none, module->source);
    const Source *source = make_examples(&session->files, module, syntax);
    if (!source) return EXIT_DONE;
    ExampleFiles files = {&session->files, program->source, symbol_format(session->files.symbols, "%s.fx", program->name)};
    Session inner = {.diagnostics = none};
    inner.compilation = (Compilation){arena, session->files.symbols, &inner.diagnostics, read_for_examples, &files};
    inner.result = compile(&inner.compilation, source, (CompileOptions){.only_check = true, .only_core = true});
    keep_errors(&inner.diagnostics);
    print_diagnostics(&inner, told->line->json);
    if (inner.diagnostics.error_count) return EXIT_WRONG_PROGRAM;
    TestOptions only_these = *options;
    only_these.source = source;
    char *arguments[] = {(char *)program->source->path, NULL};
    return run_tests(&inner.compilation, inner.result.core, &only_these, tell, told, arguments);
}

// ---- files ----

static int run_all(Told *told, const TestOptions *options, Session *session, const Source *program) {
    char *arguments[] = {(char *)program->path, NULL};
    TestOptions covering = *options;
    if (told->line->coverage) covering.coverage = find_call_sites(told->arena, session->result.core);
    int status = run_tests(&session->compilation, session->result.core, &covering, tell, told, arguments);
    if (covering.coverage && !told->line->json) print_text(stdout, render_coverage(told->arena, covering.coverage));
    ModuleFiles modules = find_own_modules(&session->files, program);
    for (size_t i = 0; i < modules.count; i++) status = worse(status, run_examples(told, options, session, &modules.items[i], &modules.items[0]));
    return status;
}

static int test_file(Told *told, const TestOptions *options, const char *path) {
    Arena *arena = arena_create();
    Session session;
    const Source *program;
    size_t before = count_all(told);
    told->arena = arena;
    int status = open_session(&session, arena, path, &program) ? compile_source(&session, told->line, program) : EXIT_WRONG_COMMAND;
    if (status == EXIT_DONE) status = load_glue(&(ProgramBuild){.arena = arena, .line = told->line, .files = &session.files});
    if (status == EXIT_DONE) {
        status = run_all(told, options, &session, program);
        bool is_chosen = options->filter || options->replay;
        if (!status && count_all(told) == before && !told->line->json && !is_chosen) printf("%s has no tests\n", path);
    }
    arena_destroy(arena);
    return status;
}

// The token itself, or the first word of a file of this name.
static const char *read_token(Arena *arena, const char *token) {
    FILE *file = token ? fopen(token, "r") : NULL;
    char word[4096];
    if (!file) return token;
    bool is_read = fscanf(file, "%4095s", word) == 1;
    fclose(file);
    return is_read ? symbol_format(symbols_create(arena), "%s", word) : token;
}

static int finish(const Told *told, int status) {
    print_summary(told);
    if (told->is_wrong) return EXIT_WRONG_COMMAND;
    bool is_chosen = told->line->replay || told->line->filter;
    if (is_chosen && !count_all(told) && status == EXIT_DONE) {
        if (told->line->replay) fprintf(stderr, "fx: no spec of these files has the token `%s`\n", told->line->replay);
        else fprintf(stderr, "fx: no test, spec or example of these files has `%s` in its name\n", told->line->filter);
        return EXIT_WRONG_COMMAND;
    }
    return worse(status, told->counts[WORD_FAILED] ? EXIT_WRONG_PROGRAM : EXIT_DONE);
}

int test_files(const CommandLine *line) {
    Arena *arena = arena_create();
    Told told = {.line = line, .colour = isatty(1) && !getenv("NO_COLOR")};
    TestOptions options = {.filter = line->filter, .replay = read_token(arena, line->replay), .faults = line->faults};
    int status = EXIT_WRONG_COMMAND;
    uint64_t schedules = 0;
    bool is_right = choose_seed(line, &options.seed) && (!line->schedules || read_number("--schedules", line->schedules, &schedules));
    options.schedules = schedules;
    if (is_right) {
        status = EXIT_DONE;
        for (int i = 0; i < line->operand_count; i++) status = worse(status, test_file(&told, &options, line->operands[i]));
        status = finish(&told, status);
    }
    arena_destroy(arena);
    return status;
}
