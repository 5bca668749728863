// Gives mutations of one program to the compiler's core, in processes that may crash or be ended for taking too long.
//
//   mutate [--first I] [--count N] --stdlib DIR --out DIR [--keep K] --broken DIR FILE.fx
//
// Mutation I of a file is the same in every run; mutation 0 is the program itself, which must be accepted. Those that break the compiler are
// written to --broken, up to K of those that it accepts to --out, each as N.fx with the C it became, N.c. Status 1 when one broke it.

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "fx.h"
#include "mutation.h"

// CPU seconds for one compilation with sanitizers and verifiers, which cost some four times: a second without.
enum { TIME_LIMIT = 4, BATCH = 100 };

typedef struct Options {
    long first, count, keep;
    const char *stdlib, *out, *broken, *file;
} Options;

// What a child tells its parent, in shared memory.
typedef struct Progress {
    long mutation; // the one at work
    char broken[400]; // what is wrong with it, where it did not crash
} Progress;

static void stop(const char *what, const char *name) {
    fprintf(stderr, "mutate: %s %s\n", what, name);
    exit(2);
}

// NULL when there is no such file. The bytes are followed by NULs.
static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *bytes = NULL;
    size_t used = 0, got = 1;
    while (got > 0) {
        bytes = realloc(bytes, used + 65536 + 16);
        if (!bytes) stop("no memory for", path);
        got = fread(bytes + used, 1, 65536, file);
        used += got;
    }
    memset(bytes + used, 0, 16);
    fclose(file);
    *length = used;
    return bytes;
}

static void write_file(const char *folder, const char *name, Text text) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text.bytes, 1, text.length, file) != text.length || fclose(file)) stop("cannot write", path);
}

// ---- one compilation ----

typedef struct Sources {
    Compilation *compilation;
    const Options *options;
} Sources;

static const Source *read_source(void *context, const char *path, bool from_stdlib) {
    Sources *sources = context;
    const char *file = sources->options->file;
    const char *slash = strrchr(file, '/');
    char place[4096];
    if (from_stdlib) snprintf(place, sizeof place, "%s/%s", sources->options->stdlib, path);
    else snprintf(place, sizeof place, "%.*s%s", slash ? (int)(slash + 1 - file) : 0, file, path);
    size_t length;
    char *bytes = read_file(place, &length);
    if (!bytes) return NULL;
    char *copy = arena_allocate(sources->compilation->arena, length + 16);
    memcpy(copy, bytes, length);
    free(bytes);
    return source_create(sources->compilation->arena, symbol_of(sources->compilation->symbols, path), (Text){copy, length});
}

// Compiles and renders what is wrong. Answers NULL, or what fx itself did wrong; the C is empty when the program was refused.
static const char *compile_mutation(Compilation *compilation, const Options *options, Text program, Text *c) {
    Symbol path = symbol_of(compilation->symbols, options->file);
    const Source *source = source_create(compilation->arena, path, program);
    CompileResult result = compile(compilation, source, (CompileOptions){.verify = true});
    const Diagnostics *diagnostics = compilation->diagnostics;
    render_diagnostics(compilation->arena, diagnostics, true);
    render_diagnostics_json(compilation->arena, diagnostics);
    *c = result.c;
    if (result.broken) return result.broken;
    if (diagnostics->error_count == 0 && result.c.length == 0) return "neither C nor an error";
    if (diagnostics->error_count > 0 && result.c.length > 0) return "both C and an error";
    return NULL;
}

static void keep_mutation(const Options *options, long mutation, Text program, Text c) {
    char name[64];
    snprintf(name, sizeof name, "%ld.fx", mutation);
    write_file(options->out, name, program);
    snprintf(name, sizeof name, "%ld.c", mutation);
    write_file(options->out, name, c);
}

// Answers whether the compiler accepted it. Problems go to progress->broken.
static bool try_mutation(const Options *options, Text original, long mutation, bool may_keep, Progress *progress) {
    Arena *arena = arena_create();
    Diagnostics diagnostics = {.arena = arena};
    Compilation compilation = {.arena = arena, .symbols = symbols_create(arena), .diagnostics = &diagnostics, .read_source = read_source};
    Sources sources = {&compilation, options};
    compilation.read_context = &sources;
    Text c = {"", 0};
    Text program = mutate(arena, original, (uint64_t)mutation);
    const char *wrong = compile_mutation(&compilation, options, program, &c);
    if (!wrong && mutation == 0 && c.length == 0) wrong = "the program itself is refused";
    if (wrong) snprintf(progress->broken, sizeof progress->broken, "%s", wrong);
    else if (c.length > 0 && may_keep) keep_mutation(options, mutation, program, c);
    bool accepted = c.length > 0;
    arena_destroy(arena);
    return accepted;
}

// ---- batches ----

// Which of `keep` equal parts of all mutations this one is in: one accepted mutation of each part is kept.
static long part_of(const Options *options, long mutation) { return (mutation - options->first) * options->keep / options->count; }

// Ends with status 0 when mutations [from, until) did no harm, 1 at the first that did; by a signal or ASan's status when it crashed.
static void run_batch(const Options *options, Text original, long from, long until, Progress *progress) {
    long kept_part = -1;
    for (long mutation = from; mutation < until; mutation++) {
        progress->mutation = mutation;
        struct itimerval limit = {.it_value = {.tv_sec = TIME_LIMIT}};
        setitimer(ITIMER_PROF, &limit, NULL);
        bool may_keep = options->keep > 0 && part_of(options, mutation) != kept_part;
        if (try_mutation(options, original, mutation, may_keep, progress) && may_keep) kept_part = part_of(options, mutation);
        if (progress->broken[0]) _exit(1);
    }
    _exit(0);
}

static void report_broken(const Options *options, Text original, const Progress *progress, int status) {
    char name[300], how[500];
    const char *slash = strrchr(options->file, '/');
    snprintf(name, sizeof name, "%s.%ld.fx", slash ? slash + 1 : options->file, progress->mutation);
    if (progress->broken[0]) snprintf(how, sizeof how, "%s", progress->broken);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF) snprintf(how, sizeof how, "no end after %d CPU seconds", TIME_LIMIT);
    else if (WIFSIGNALED(status)) snprintf(how, sizeof how, "signal %s", strsignal(WTERMSIG(status)));
    else snprintf(how, sizeof how, "crash, status %d", WEXITSTATUS(status));
    Arena *arena = arena_create();
    write_file(options->broken, name, mutate(arena, original, (uint64_t)progress->mutation));
    arena_destroy(arena);
    printf("mutation %ld of %s: %s (kept as %s/%s)\n", progress->mutation, options->file, how, options->broken, name);
}

// Runs one batch in a child; answers the mutation to go on with.
static long run_child(const Options *options, Text original, long from, long until, Progress *progress, bool *all_well) {
    *progress = (Progress){.mutation = from};
    fflush(stdout);
    pid_t child = fork();
    if (child < 0) stop("cannot fork:", strerror(errno));
    if (child == 0) run_batch(options, original, from, until, progress);
    int status;
    if (waitpid(child, &status, 0) != child) stop("cannot wait:", strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return until;
    *all_well = false;
    report_broken(options, original, progress, status);
    return progress->mutation + 1;
}

static Options parse_options(int count, char **words) {
    Options options = {.count = 1000, .out = ".", .broken = ".", .stdlib = "stdlib"};
    for (int i = 1; i < count; i++) {
        const char *word = words[i];
        if (word[0] != '-') {
            options.file = word;
            continue;
        }
        if (++i == count) stop("a value is missing after", word);
        if (!strcmp(word, "--first")) options.first = atol(words[i]);
        else if (!strcmp(word, "--count")) options.count = atol(words[i]);
        else if (!strcmp(word, "--keep")) options.keep = atol(words[i]);
        else if (!strcmp(word, "--stdlib")) options.stdlib = words[i];
        else if (!strcmp(word, "--out")) options.out = words[i];
        else if (!strcmp(word, "--broken")) options.broken = words[i];
        else stop("what is", word);
    }
    if (!options.file || options.count < 1) stop("which file?", "mutate [--count N] ... FILE.fx");
    return options;
}

int main(int count, char **words) {
    Options options = parse_options(count, words);
    Text original;
    original.bytes = read_file(options.file, &original.length);
    if (!original.bytes) stop("cannot read", options.file);
    Progress *progress = mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (progress == MAP_FAILED) stop("cannot share memory:", strerror(errno));
    bool all_well = true;
    long end = options.first + options.count;
    for (long next = options.first; next < end;) {
        long until = next + BATCH < end ? next + BATCH : end;
        next = run_child(&options, original, next, until, progress, &all_well);
    }
    free((char *)original.bytes);
    return all_well ? 0 : 1;
}
