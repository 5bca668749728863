#ifndef WALK_H
#define WALK_H
// FX_WALK=n: after each program that a test runs, the same is run again cancelled at its first, second, ... step, then with its first, second, ...
// allocation failing, and, where failing_calls.c is linked, with the first, second, ... call of each system function failing. Each of the first
// n points is taken, then each a hundredth further than the one before (of a small n: an n-th further). Included by program.h.

#include <signal.h>

enum { STATUS_CANCELLED = 130, STATUS_TERMINATED = 143, STATUS_FAULT = 70, PATIENCE = 2, PATIENCE_WITH_RELEASES = 15 };

// tests/walk/failing_calls.c
__attribute__((weak)) void begin_failing_calls(void);
__attribute__((weak)) void say_calls(void);

// A program may wait for ever for a peer that it has itself told of a failure: then it is told to end.
static inline void lose_patience(int number) {
    (void)number;
    signal(SIGALRM, SIG_DFL);
    alarm(PATIENCE_WITH_RELEASES);
    raise(SIGTERM);
}

// In the process of the program, before it and after.
static inline void begin_walked(void) {
    if (getenv("FX_FAIL_CALL")) {
        signal(SIGALRM, lose_patience);
        alarm(PATIENCE);
    }
    if (begin_failing_calls) begin_failing_calls();
}
static inline void end_walked(void) {
    if (say_calls) say_calls();
}

static Ran walked;

typedef struct Walk {
    Main main;
    const char *input;
    char **settings;
    const Ran *plain; // how it goes when nothing is disturbed
} Walk;

static inline void run_disturbed(const Walk *walk, const char *setting) {
    char *settings[16] = {(char *)(intptr_t)setting};
    unsigned count = 1;
    for (char **each = walk->settings; each && *each; each++) settings[count++] = *each;
    run_once(&walked, walk->main, walk->input, settings);
}

static inline bool ends_as_before(const Walk *walk) { return walked.status == walk->plain->status; }

static inline void expect_cancelled(const Walk *walk, const char *setting) {
    bool is_quiet = *walk->plain->err || !*walked.err;
    if ((walked.status != STATUS_CANCELLED && !ends_as_before(walk)) || !is_quiet)
        fail_msg("%s: status %d: %s%s", setting, walked.status, walked.out, walked.err);
}

static inline void expect_failed(const Walk *walk, const char *setting) {
    bool is_terminated = walked.status == STATUS_TERMINATED && strstr(setting, "CALL");
    if ((walked.status != STATUS_FAULT && !is_terminated && !ends_as_before(walk)) || strstr(walked.err, "Sanitizer"))
        fail_msg("%s: status %d: %s%s", setting, walked.status, walked.out, walked.err);
}

static inline void walk_points(const Walk *walk, const char *what, unsigned long count, unsigned long dense,
                               void (*expect)(const Walk *walk, const char *setting)) {
    unsigned long part = dense < 100 ? dense : 100;
    for (unsigned long n = 1; n <= count; n += n < dense ? 1 : 1 + n / part) {
        char setting[128];
        snprintf(setting, sizeof setting, "%s%lu", what, n);
        run_disturbed(walk, setting);
        expect(walk, setting);
    }
}

// "fx: 12 calls of read", one of the lines.
static inline void walk_call(const Walk *walk, const char *line, unsigned long dense) {
    unsigned long count;
    char name[64], what[96];
    if (sscanf(line, "fx: %lu calls of %63s", &count, name) != 2) return;
    snprintf(what, sizeof what, "FX_FAIL_CALL=%s:", name);
    walk_points(walk, what, count, dense, expect_failed);
}

static inline void walk_over(Main main, const char *input, char **settings, const Ran *plain, unsigned long dense) {
    static char said[sizeof walked.err];
    Walk walk = {main, input, settings, plain};
    unsigned long allocations, steps;
    run_disturbed(&walk, "FX_COUNT=1");
    memcpy(said, walked.err, sizeof said);
    const char *counts = strstr(said, " allocations");
    while (counts && counts > said && counts[-1] != '\n') counts--;
    if (!counts || sscanf(counts, "fx: %lu allocations, %lu steps", &allocations, &steps) != 2) return; // it does not come to its end
    walk_points(&walk, "FX_CANCEL_STEP=", steps, dense, expect_cancelled);
    walk_points(&walk, "FX_FAIL_ALLOCATION=", allocations, dense, expect_failed);
    for (char *line = strtok(said, "\n"); line; line = strtok(NULL, "\n")) walk_call(&walk, line, dense);
}

#endif
