// FX_RECORD: a line for each answer of the world, in the order of delivery. docs/record.md is the format's manual; fx run --replay reads it.

#include <stdlib.h>
#include "observe.h"

enum { DEEPEST_PATH = 16 };

static void put_time(FILE *record, uint64_t nanoseconds) {
    fprintf(record, "%ju.%09ju", (uintmax_t)(nanoseconds / 1000000000), (uintmax_t)(nanoseconds % 1000000000));
}

static void put_now(fx_runtime *rt) { put_time(rt->observer->record, fx_now() - rt->observer->start); }

FILE *fx_record_open(fx_runtime *rt, const char *path) {
    FILE *record = fopen(path, "we");
    if (!record) return NULL;
    fprintf(record, "fx record 1\nprogram %s\narguments [", rt->program->name);
    for (int i = 1; i < rt->internals->argument_count; i++) {
        fx_value argument = fx_string_of(rt, rt->internals->arguments[i]), shown = fx_string_show(rt, argument);
        fprintf(record, "%s%s", i > 1 ? ", " : "", fx_string_bytes(shown));
        fx_drop(rt, argument);
        fx_drop(rt, shown);
    }
    fputs("]\n", record);
    fflush(record);
    return record;
}

// ---- which task ----

static void put_branch(fx_buffer *path, const fx_scope *scope, unsigned index) {
    const char *name = strrchr(scope->request.type->name, '.');
    name = name ? name + 1 : scope->request.type->name;
    if (fx_is_two_branches(scope)) fx_buffer_format(path, "/%s.%s", name, index ? "right" : "left");
    else fx_buffer_format(path, "/%s.%u", name, index);
}

// The joins whose right branch the task runs are part of its path, outermost first; `inner` is the innermost that counts.
static void put_path(fx_buffer *path, const fx_task *task, const fx_scope *inner, unsigned depth) {
    if (depth == DEEPEST_PATH) {
        fx_buffer_format(path, "main/..");
        return;
    }
    if (inner) {
        put_path(path, task, fx_outer_right(inner), depth + 1);
        put_branch(path, inner, 1);
    } else if (!fx_scope_around(task)) fx_buffer_format(path, "main");
    else {
        const fx_scope *scope = fx_scope_around(task);
        put_path(path, scope->parent, scope->in_right ? fx_outer_right(scope) : fx_right_of(scope->parent), depth + 1);
        put_branch(path, scope, fx_more_of(task)->index);
    }
}

// Owned by the caller.
char *fx_task_path(const fx_task *task) {
    fx_buffer path = {0};
    put_path(&path, task, fx_right_of(task), 0);
    return path.bytes;
}

// ---- lines ----

// While other tasks could go on the turn alone does not say when: so many calls and yields had been made.
static void put_turn(FILE *record, uint64_t turn, bool is_crowded, uint64_t asked, uint64_t yields) {
    fprintf(record, "@%ju", (uintmax_t)turn);
    if (is_crowded) fprintf(record, "+%ju+%ju", (uintmax_t)asked, (uintmax_t)yields);
}

static void put_when(FILE *record, const fx_observation *observation, fx_answered how) {
    if (how == FX_ANSWERED_NOW) fputs("now", record);
    else if (how == FX_ANSWERED_BEHIND) fputs("behind", record);
    else if (how == FX_FAULTED) fputs("faulted", record);
    else if (!observation->turn) fprintf(record, "after %ju", (uintmax_t)observation->asked);
    else put_turn(record, observation->turn, observation->is_crowded, observation->asked, observation->yields);
}

void fx_record_answer(fx_runtime *rt, const fx_observation *observation, fx_answered how, const char *answer) {
    FILE *record = rt->observer->record;
    char *path = fx_task_path(rt->task);
    if (observation->number) {
        fprintf(record, "%ju ", (uintmax_t)observation->number);
        put_when(record, observation, how);
    } else fputs("pure", record);
    putc(' ', record);
    put_now(rt);
    fprintf(record, " %s: %s => %s", path ? path : "main", observation->step.bytes ? observation->step.bytes : observation->operation->name, answer);
    fprintf(record, observation->site ? "  // %.*s\n" : "\n", observation->site ? (int)strcspn(observation->site, "\n") : 0, observation->site);
    free(path);
}

// The task was cancelled. `lost`: there was an answer, which has been undone; else it did not happen, and was settled then.
void fx_record_cancelled(fx_runtime *rt, const fx_observation *observation) {
    FILE *record = rt->observer->record;
    fprintf(record, "%s %ju ", observation->is_withdrawn || !observation->has_arrived ? "cancelled" : "lost", (uintmax_t)observation->number);
    put_when(record, observation, observation->has_arrived ? FX_ANSWERED_LATER : FX_ANSWERED_NOW);
    putc(' ', record);
    put_now(rt);
    putc('\n', record);
}

// ---- what else comes from outside ----

uint64_t fx_observe_timeout(fx_runtime *rt, uint64_t deadline) {
    struct fx_observer *observer = rt->observer;
    observer->timeouts++;
    if (!observer->record) return observer->timeouts;
    fprintf(observer->record, "timeout %ju ", (uintmax_t)observer->timeouts);
    put_time(observer->record, deadline > observer->start ? deadline - observer->start : 0);
    putc('\n', observer->record);
    return observer->timeouts;
}

// On the loop, or (`starting`) because the running task is about to start something past its deadline.
void fx_observe_expired(fx_runtime *rt, uint64_t timeout, bool starting) {
    struct fx_observer *observer = rt->observer;
    if (!observer->record) return;
    fprintf(observer->record, "expired %ju ", (uintmax_t)timeout);
    if (starting) fprintf(observer->record, "before %ju", (uintmax_t)(observer->asked + 1));
    else put_turn(observer->record, rt->internals->turn, observer->is_crowded, observer->asked, observer->yields);
    putc(' ', observer->record);
    put_now(rt);
    putc('\n', observer->record);
}

void fx_observe_signal(fx_runtime *rt, int number) {
    struct fx_observer *observer = rt->observer;
    if (!observer->record) return;
    fprintf(observer->record, "signal %d ", number);
    put_turn(observer->record, rt->internals->turn, observer->is_crowded, observer->asked, observer->yields);
    putc(' ', observer->record);
    put_now(rt);
    putc('\n', observer->record);
}

void fx_record_close(FILE *record, int status) {
    fprintf(record, "end %d\n", status);
    fclose(record);
}
