#ifndef PROGRAM_H
#define PROGRAM_H
// Programs in C as fx would write them, each run in a process of its own: what it prints, what it says, its status. Every run is asked for
// emptiness (C14), and ended by SIGALRM when it does not end.

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>
#include "fx.h"

fx_answer fx_join_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value left, fx_value right);
fx_answer fx_first_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value left, fx_value right);
fx_answer fx_bracket_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value acquire, fx_value release, fx_value use);
fx_answer fx_yield(fx_runtime *rt);
fx_answer fx_uncancellable_take(fx_runtime *rt, fx_representation a_is, fx_value computation);
fx_answer fx_group_take(fx_runtime *rt, fx_representation a_is, fx_value body);
fx_value fx_spawn_take(fx_runtime *rt, fx_value handle, fx_value computation);
fx_answer fx_timeout_take(fx_runtime *rt, fx_representation a_is, fx_value milliseconds, fx_value computation);
fx_answer fx_isolate_take(fx_runtime *rt, fx_representation a_is, fx_value computation);
fx_answer fx_parallel(fx_runtime *rt, fx_representation a_is, fx_value computations);
fx_answer fx_parallel_pool(fx_runtime *rt, fx_representation a_is, fx_value limit, fx_value computations);
fx_answer fx_time_sleep(fx_runtime *rt, fx_value milliseconds);
fx_value fx_console_print(fx_runtime *rt, fx_value text);
fx_value fx_console_print_line(fx_runtime *rt, fx_value text);
fx_answer fx_console_read_line(fx_runtime *rt);
fx_answer fx_exit(fx_runtime *rt, fx_value status);

// ---- closures ----

enum { CLOSURE = FX_INFO_PROGRAM, MOST_CAPTURED = 6 };

// A closure's code answers fx_answer; `captured` words, the last `counted` of them counted, follow.
static inline fx_value make_closure(fx_runtime *rt, fx_code code, unsigned arity, unsigned captured, unsigned counted, ...) {
    fx_object *object = fx_allocate(rt, captured + 1, CLOSURE + captured, FX_CLOSURE_TAG(arity, FX_WAITING), counted);
    object->fields[0] = (fx_value)(intptr_t)code;
    va_list words;
    va_start(words, counted);
    for (unsigned i = 1; i <= captured; i++) object->fields[i] = va_arg(words, fx_value);
    va_end(words);
    return fx_value_of(object);
}

// What a closure captured, which its code then owns: moved out or dup'd, and the closure dropped.
static inline void open_closure(fx_runtime *rt, fx_value self, fx_value *words) {
    fx_object *object = fx_object_of(self);
    unsigned captured = rt->infos[object->info].words - 1u;
    for (unsigned i = 0; i < captured; i++) {
        words[i] = object->fields[i + 1];
        if (i >= captured - object->counted) fx_dup(words[i]);
    }
    fx_drop(rt, self);
}

// ---- going on after a call that may wait ----

typedef fx_answer (*Next)(fx_runtime *rt, fx_value answer, fx_value kept);

static inline fx_answer resume_then(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    Next next = (Next)(intptr_t)frame->saved[0];
    fx_value kept = frame->saved[1];
    fx_free_frame(rt, frame);
    return next(rt, answer, kept);
}
static const fx_frame_info then_frame = {resume_then, NULL, "Test.main", "test.fx:1:1", 2, 0, 0};
static const fx_frame_info then_counted_frame = {resume_then, NULL, "Test.main", "test.fx:1:1", 2, 1, 0};

// `kept` is a word, or counted and owned.
static inline fx_answer then_with(fx_runtime *rt, fx_answer answer, Next next, fx_representation kept_is, fx_value kept) {
    if (!answer.suspended) return next(rt, answer.value, kept);
    fx_frame *frame = fx_push_frame(rt, kept_is == FX_COUNTED ? &then_counted_frame : &then_frame);
    frame->saved[0] = (fx_value)(intptr_t)next;
    frame->saved[1] = kept;
    return answer;
}
static inline fx_answer then(fx_runtime *rt, fx_answer answer, Next next) { return then_with(rt, answer, next, FX_WORD, 0); }

// ---- small computations ----

static inline void print(fx_runtime *rt, const char *text) {
    fx_value string = fx_string_of(rt, text);
    fx_console_print(rt, string);
    fx_drop(rt, string);
}

static inline void print_int(fx_runtime *rt, fx_value number) {
    char text[32];
    snprintf(text, sizeof text, "%lld ", (long long)number);
    print(rt, text);
}

// Waits (in milliseconds; -1: not at all; -2: yields), prints, answers an Int.
static inline fx_answer said(fx_runtime *rt, fx_value answer, fx_value kept) {
    (void)answer;
    fx_object *words = fx_object_of(kept);
    print(rt, (const char *)(intptr_t)words->fields[0]);
    fx_value number = words->fields[1];
    fx_drop(rt, kept);
    return fx_done(number);
}
static inline fx_answer say_code(fx_runtime *rt, fx_value self) {
    fx_value words[3];
    open_closure(rt, self, words);
    fx_value kept = fx_construct(rt, 0, 2, 0, words[1], words[2]);
    fx_answer waited = words[0] == -1 ? fx_done(0) : words[0] == -2 ? fx_yield(rt) : fx_time_sleep(rt, words[0]);
    return then_with(rt, waited, said, FX_COUNTED, kept);
}
static inline fx_value say(fx_runtime *rt, fx_value milliseconds, const char *text, fx_value number) {
    return make_closure(rt, (fx_code)say_code, 0, 3, 0, milliseconds, (fx_value)(intptr_t)text, number);
}

// Waits likewise, then faults.
static inline fx_answer faulted(fx_runtime *rt, fx_value answer, fx_value kept) {
    (void)answer;
    fx_fault(rt, "test.fx:9:9", "%s", (const char *)(intptr_t)kept);
}
static inline fx_answer fail_code(fx_runtime *rt, fx_value self) {
    fx_value words[2];
    open_closure(rt, self, words);
    fx_answer waited = words[0] < 0 ? fx_done(0) : fx_time_sleep(rt, words[0]);
    return then_with(rt, waited, faulted, FX_WORD, words[1]);
}
static inline fx_value failing(fx_runtime *rt, fx_value milliseconds, const char *message) {
    return make_closure(rt, (fx_code)fail_code, 0, 2, 0, milliseconds, (fx_value)(intptr_t)message);
}

// bracket that prints "+name" when it acquires and "-name" when it releases, waiting that long for each, around `body`.
static inline fx_answer release_code(fx_runtime *rt, fx_value self, fx_value resource) {
    fx_value words[1];
    open_closure(rt, self, words);
    return fx_run0(rt, say(rt, words[0], (const char *)(intptr_t)resource, 0));
}
static inline fx_answer use_code(fx_runtime *rt, fx_value self, fx_value resource) {
    (void)resource;
    fx_value words[1];
    open_closure(rt, self, words);
    return fx_run0(rt, words[0]);
}
static inline fx_answer hold_code(fx_runtime *rt, fx_value self) {
    fx_value words[5]; // wait to acquire, wait to release, name to acquire, name to release, body
    open_closure(rt, self, words);
    fx_value acquire = say(rt, words[0], (const char *)(intptr_t)words[2], words[3]);
    fx_value release = make_closure(rt, (fx_code)release_code, 1, 1, 0, words[1]);
    fx_value use = make_closure(rt, (fx_code)use_code, 1, 1, 1, words[4]);
    return fx_bracket_take(rt, FX_WORD, FX_WORD, acquire, release, use);
}
static inline fx_value holding(fx_runtime *rt, fx_value to_acquire, fx_value to_release, const char *acquired, const char *released, fx_value body) {
    return make_closure(rt, (fx_code)hold_code, 0, 5, 1, to_acquire, to_release, (fx_value)(intptr_t)acquired,
                        (fx_value)(intptr_t)released, body);
}

// ---- running ----

enum { LONGEST = 100 }; // seconds

typedef fx_answer (*Main)(fx_runtime *rt, fx_value arguments);
typedef struct Ran {
    int status; // 128 and the signal's number when one ended it
    char out[65536], err[65536];
} Ran;

static Main program_main;
static unsigned run_with_descriptors; // 0: as many as there are

static inline fx_answer start_main(fx_runtime *rt, fx_value arguments) {
    fx_drop(rt, arguments);
    return program_main(rt, FX_NIL);
}

static inline int run_here(Main main) {
    static const fx_info infos[] = {FX_BUILTIN_INFOS,
                                    {"closure", FX_KIND_CLOSURE, 1}, {"closure", FX_KIND_CLOSURE, 2}, {"closure", FX_KIND_CLOSURE, 3},
                                    {"closure", FX_KIND_CLOSURE, 4}, {"closure", FX_KIND_CLOSURE, 5}, {"closure", FX_KIND_CLOSURE, 6},
                                    {"closure", FX_KIND_CLOSURE, 7}};
    static const uint64_t parameters[MOST_CAPTURED + 1];
    static const fx_program program = {.name = "test", .infos = infos, .info_count = sizeof infos / sizeof *infos, .main = start_main,
                                       .main_answers_status = true, .closure_parameters = parameters};
    char *arguments[] = {"test", NULL};
    program_main = main;
    return fx_main(&program, 1, arguments);
}

static inline void read_all(int descriptor, char *text, size_t size) {
    size_t length = 0;
    ssize_t part;
    while (length < size - 1 && (part = read(descriptor, text + length, size - 1 - length)) > 0) length += (size_t)part;
    text[length] = 0;
    close(descriptor);
}

static inline void begin_walked(void);
static inline void end_walked(void);

static inline void run_once(Ran *ran, Main main, const char *input, char **settings) {
    int in[2], out[2], err[2];
    assert_int_equal(pipe(in), 0);
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(err), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(in[0], 0), dup2(out[1], 1), dup2(err[1], 2);
        close(in[0]), close(in[1]), close(out[0]), close(out[1]), close(err[0]), close(err[1]);
        putenv("FX_CHECK=1");
        for (; settings && *settings; settings++) putenv(*settings);
        alarm(LONGEST);
        begin_walked();
        if (run_with_descriptors) setrlimit(RLIMIT_NOFILE, &(struct rlimit){run_with_descriptors, run_with_descriptors});
        int status = run_here(main);
        end_walked();
        _exit(status);
    }
    close(in[0]), close(out[1]), close(err[1]);
    if (input && write(in[1], input, strlen(input)) < 0) fail_msg("cannot write to the program");
    close(in[1]);
    read_all(out[0], ran->out, sizeof ran->out);
    read_all(err[0], ran->err, sizeof ran->err);
    int status;
    waitpid(child, &status, 0);
    ran->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#include "walk.h"

// `input` is what it reads, NULL: nothing; `settings` are NAME=value, ended by NULL. Then it is walked over, if that is asked for.
static inline void run_with(Ran *ran, Main main, const char *input, char **settings) {
    const char *dense = getenv("FX_WALK");
    run_once(ran, main, input, settings);
    if (dense) walk_over(main, input, settings, ran, strtoul(dense, NULL, 10));
}

static Ran ran;

// Runs it and compares all three.
#define assert_runs(main, expected_out, expected_err, expected_status)                                                 \
    do {                                                                                                               \
        run_with(&ran, main, NULL, NULL);                                                                              \
        assert_string_equal(ran.err, expected_err);                                                                    \
        assert_string_equal(ran.out, expected_out);                                                                    \
        assert_int_equal(ran.status, expected_status);                                                                 \
    } while (0)

#endif
