// The command. Only this file, and what it calls in tools/, touches the world.

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fx.h"
#include "tools/build_program.h"
#include "tools/command_line.h"
#include "tools/document.h"
#include "tools/format_files.h"
#include "tools/new_project.h"
#include "tools/record_spec.h"
#include "tools/session.h"
#include "tools/test_program.h"

#ifndef FX_VERSION
#define FX_VERSION "0.1.0"
#endif

// Programs are walked by recursion, as high as SYNTAX_HEIGHT_LIMIT; the stack is virtual until it is used. Where so much is not to be had,
// there may be less.
static const size_t STACK_SIZE = (size_t)1 << 30, LEAST_STACK_SIZE = (size_t)1 << 24;

typedef struct Job {
    Arena *arena;
    const CommandLine *line;
    int status;
} Job;

// ---- commands ----

static int replay_file(Session *session, const CommandLine *line) {
    Text recording;
    Arena *arena = session->compilation.arena;
    if (read_text(arena, line->replay, &recording))
        return replay_program(&session->compilation, session->result.core, line->replay, recording, program_name(arena, line->operands[0]));
    fprintf(stderr, "fx: cannot read %s: %s\n", line->replay, strerror(errno));
    return EXIT_WRONG_COMMAND;
}

// What is built sees to these itself.
static void say_what_is_not_written(void) {
    static const char *const variables[] = {"FX_RECORD", "FX_TRACE"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i])) fprintf(stderr, "fx: %s is for programs that are built: the interpreter writes nothing there\n", variables[i]);
}

static int build_or_run(Arena *arena, const CommandLine *line) {
    Session session;
    int status = compile_file(&session, arena, line, line->operands[0]);
    if (status != EXIT_DONE) return status;
    ProgramBuild build = {arena, line, &session.files, program_name(arena, line->operands[0]), session.result.c};
    if ((line->replay || line->interpret) && (status = load_glue(&build)) != EXIT_DONE) return status;
    if (line->replay) return replay_file(&session, line);
    if (line->interpret) say_what_is_not_written();
    if (line->interpret) return interpret_program(&session.compilation, session.result.core, line->operand_count, line->operands);
    return line->kind == COMMAND_RUN ? run_program(&build) : build_program(&build);
}

static int check_files(const CommandLine *line) {
    int worst = EXIT_DONE;
    for (int i = 0; i < line->operand_count; i++) {
        Arena *arena = arena_create();
        Session session;
        int status = compile_file(&session, arena, line, line->operands[i]);
        if (status == EXIT_DONE && line->types) print_text(stdout, session.result.dump);
        if (status > worst) worst = status;
        arena_destroy(arena);
    }
    return worst;
}

static int dump_file(Arena *arena, const CommandLine *line) {
    Session session;
    int status = compile_file(&session, arena, line, line->operands[1]);
    print_text(stdout, session.result.dump);
    return status;
}

static int explain_code(const char *name) {
    DiagnosticCode code = find_diagnostic(name);
    if (code == DIAGNOSTIC_CODES) {
        fprintf(stderr, "fx: there is no error or warning `%s`; they are written E0203 or W0001, as messages show them\n", name);
        return EXIT_WRONG_COMMAND;
    }
    printf("%s: %s\n\n%s\n", diagnostic_name(code), diagnostic_title(code), diagnostic_explanation(code));
    return EXIT_DONE;
}

static int run_command(Arena *arena, const CommandLine *line) {
    switch (line->kind) {
    case COMMAND_BUILD:
    case COMMAND_RUN: return build_or_run(arena, line);
    case COMMAND_CHECK: return check_files(line);
    case COMMAND_TEST: return line->from_record ? print_recorded_spec(line) : test_files(line);
    case COMMAND_DOC: return print_documentation(arena, line);
    case COMMAND_FORMAT: return format_files(line);
    case COMMAND_EXPLAIN: return explain_code(line->operands[0]);
    case COMMAND_DUMP: return dump_file(arena, line);
    case COMMAND_NEW: return new_project(arena, line->operands[0]);
    case COMMAND_VERSION: puts("fx " FX_VERSION); return EXIT_DONE;
    case COMMAND_HELP: return EXIT_DONE;
    }
    return EXIT_BUG;
}

static void *run_job(void *context) {
    Job *job = context;
    job->status = run_command(job->arena, job->line);
    return NULL;
}

// `fx doc | head`: who reads has seen enough.
static bool is_reader_gone(void) {
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return errno == EPIPE || (poll(&output, 1, 0) == 1 && (output.revents & POLLERR));
}

// Else a part would be taken for the whole.
static bool finish_output(void) {
    bool failed_before = ferror(stdout);
    errno = 0;
    if (fflush(stdout) == 0 && !failed_before) return true;
    if (is_reader_gone()) return false;
    const char *problem = errno == EBADF ? "it is closed" : errno ? strerror(errno) : "not all of it has arrived";
    fprintf(stderr, "fx: cannot write to standard output: %s\n", problem);
    return false;
}

int main(int argument_count, char **arguments) {
    CommandLine line;
    if (!parse_command_line(argument_count, arguments, &line)) return EXIT_WRONG_COMMAND;
    Job job = {arena_create(), &line, EXIT_BUG};
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    bool is_started = false;
    for (size_t size = STACK_SIZE; !is_started && size >= LEAST_STACK_SIZE; size /= 4) {
        pthread_attr_setstacksize(&attributes, size);
        is_started = pthread_create(&thread, &attributes, run_job, &job) == 0;
    }
    if (is_started) pthread_join(thread, NULL);
    else run_job(&job);
    pthread_attr_destroy(&attributes);
    arena_destroy(job.arena);
    return finish_output() ? job.status : EXIT_WRONG_COMMAND;
}
