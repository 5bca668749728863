// The loop: turns, waiting, being stuck, the end (C15, R18, R20, R21).

#include <stdio.h>
#include <stdlib.h>
#include "runtime.h"

enum { TASKS_A_TURN = 1000, LONGEST_LIST = 20 };

struct uv_loop_s *fx_loop(fx_runtime *rt) { return &rt->internals->loop; }

static void run_ready(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    jmp_buf jump;
    volatile unsigned left = TASKS_A_TURN;
    internals->jump = &jump;
    if (_setjmp(jump)) fx_resume_faulted(rt);
    fx_run_ready(rt, &left);
    internals->jump = NULL;
    rt->task = NULL;
}

static void poll(fx_runtime *rt, bool may_block) {
    struct fx_internals *internals = rt->internals;
    fx_timers_arm(rt);
    internals->turn++;
    internals->stats.polls++;
    internals->polling = true;
    fx_watches_poll(rt, may_block);
    if (!uv_is_active((uv_handle_t *)&internals->wake)) internals->armed = 0;
    fx_timers_expire(rt);
    internals->polling = false;
}

// ---- being stuck ----

typedef struct Waiters {
    FILE *out;
    unsigned count;
    const char *place; // of the first
} Waiters;

static const char *site_of(const fx_frame *frame, const char **function) {
    for (; frame; frame = frame->next) {
        if (!frame->info->site) continue;
        *function = frame->info->function;
        return frame->info->site;
    }
    return NULL;
}

// The innermost tasks: those that wait for something else than their own children.
static void list_waiters(Waiters *waiters, const fx_task *task) {
    const fx_request *request = task->request;
    for (const fx_scope *scope = fx_right_of(task); scope; scope = fx_outer_right(scope))
        if (scope->first) list_waiters(waiters, scope->first);
    if (!request) return;
    if (request->object.counted & REQUEST_KEPT) {
        for (const fx_task *child = fx_scope_of(task->request)->first; child; child = fx_more_of(child)->next) list_waiters(waiters, child);
        return;
    }
    if (++waiters->count > LONGEST_LIST) return;
    const char *function = NULL, *site = site_of(task->frames, &function);
    for (; task && !site; task = fx_parent_of(task)) site = site_of(fx_frames_around(task), &function);
    if (!waiters->place) waiters->place = site;
    fprintf(waiters->out, "\n  a task waits in %s", request->type->name);
    if (site) fprintf(waiters->out, ", %s, %.*s", function, (int)strcspn(site, "\n"), site);
}

static fx_fault_record *make_deadlock(fx_runtime *rt, ...) {
    va_list none;
    char *text = NULL;
    size_t size;
    Waiters waiters = {open_memstream(&text, &size), 0, NULL};
    if (!waiters.out) return &rt->internals->exhausted;
    fputs("deadlock: every task waits for another", waiters.out);
    list_waiters(&waiters, rt->internals->root);
    if (waiters.count > LONGEST_LIST) fprintf(waiters.out, "\n  and %u more", waiters.count - LONGEST_LIST);
    fclose(waiters.out);
    va_start(none, rt);
    fx_fault_record *fault = fx_fault_make(rt, waiters.place, "", none);
    va_end(none);
    if (fault == &rt->internals->exhausted) free(text);
    else {
        free(fault->message), free(fault->trace);
        fault->message = text;
        fault->trace = NULL;
    }
    return fault;
}

// That those who were refused a descriptor ask for one again changes nothing by itself.
static bool may_go_on(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    return internals->in_flight || internals->timer_count > (internals->refused_again.place != 0) || fx_descriptors_may_come(rt);
}

static void get_unstuck(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    if (fx_descriptors_refuse_one(rt)) return;
    fx_fault_record *fault = make_deadlock(rt);
    if (internals->stuck) {
        fx_flush(rt);
        fx_fault_print(rt, internals->fault ? internals->fault : fault);
        fx_die(rt, internals->fault ? "deadlock in a release" : NULL);
    }
    internals->stuck = true;
    if (internals->ending) fx_fault_free(rt, fault);
    else fx_end_program(rt, 70, fault);
}

// ---- from beginning to end ----

void fx_end_program(fx_runtime *rt, int status, fx_fault_record *fault) {
    struct fx_internals *internals = rt->internals;
    if (internals->ending) {
        fx_fault_free(rt, fault);
        return;
    }
    internals->ending = true;
    internals->status = status;
    internals->fault = fault;
    fx_task_cancel(rt, internals->root, fx_release_limit(rt));
}

fx_answer fx_exit_program(fx_runtime *rt, int status) {
    fx_end_program(rt, status, NULL);
    return fx_unwind(rt, OUTCOME_EXIT, NULL);
}

int fx_loop_run(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    for (;;) {
        run_ready(rt);
        if (internals->root->state == TASK_ENDED && !internals->orphans) return 0;
        if (rt->observer) fx_observe_poll(rt);
        if (internals->ready_first) {
            poll(rt, false);
            continue;
        }
        fx_flush(rt);
        fx_walk_step(rt);
        if (internals->ready_first) continue;
        if (may_go_on(rt)) poll(rt, !fx_timers_due(rt));
        else get_unstuck(rt);
    }
}

static void count_open(uv_handle_t *handle, void *context) {
    (void)handle;
    ++*(size_t *)context;
}

void fx_loop_close(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    fx_descriptors_close(rt);
    fx_watches_close(rt);
    fx_pool_close(rt);
    uv_close((uv_handle_t *)&internals->wake, NULL);
    size_t open = 1, before = 0;
    // Handles that libraries are closing, and jobs that end at once, take a few turns.
    for (int turn = 0; turn < 100 && open && open != before; turn++) {
        uv_run(&internals->loop, UV_RUN_NOWAIT);
        before = open, open = 0;
        uv_walk(&internals->loop, count_open, &open);
    }
    internals->leaked = uv_loop_close(&internals->loop) != 0;
}
