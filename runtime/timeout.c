// Task.timeout: a scope with a deadline (C9).

#include "runtime.h"

typedef struct Timeout {
    fx_branches branches;
    fx_timer timer;
    uint64_t number; // for FX_RECORD
    bool was_due; // an answer that is there anyway is honoured: what is ready goes first, once
} Timeout;

static Timeout *of_timer(fx_timer *timer) { return (Timeout *)((char *)timer - offsetof(Timeout, timer)); }

static void time_out(fx_runtime *rt, fx_timer *timer) {
    Timeout *timeout = of_timer(timer);
    if (rt->internals->ready_first && !timeout->was_due) {
        timeout->was_due = true;
        fx_timer_start(rt, timer, timer->deadline, time_out);
        return;
    }
    if (rt->observer) fx_observe_expired(rt, timeout->number, false);
    fx_scope_cancel(rt, &timeout->branches.scope, fx_release_limit(rt));
}

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    (void)child;
    fx_timer_stop(rt, &((Timeout *)scope)->timer);
    scope->value = value;
    scope->ended = 1;
}

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    return scope->ended ? fx_some_take(rt, scope->is, scope->value) : FX_NONE;
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    if (scope->ended) fx_drop_as(rt, scope->is, scope->value);
}

static void clean(fx_runtime *rt, fx_request *request) { fx_timer_stop(rt, &((Timeout *)fx_scope_of(request))->timer); }

static const fx_scope_type timeout_type = {
    {"Task.timeout", sizeof(Timeout), FX_WORD, true, fx_scope_withdraw, NULL, clean}, false, false, answered, result, drop, NULL,
};

// The task is about to start something past its deadline: the scopes that have timed out are cancelled now.
void fx_timeout_check(fx_runtime *rt, fx_task *task) {
    uint64_t now = fx_now();
    fx_scope *scope;
    for (fx_task *each = task; (scope = fx_scope_around(each)); each = scope->parent) {
        Timeout *timeout = (Timeout *)scope;
        if (fx_scope_type_of(scope) != &timeout_type || !timeout->timer.place || timeout->timer.deadline > now) continue;
        fx_timer_stop(rt, &timeout->timer);
        if (rt->observer) fx_observe_expired(rt, timeout->number, true);
        fx_scope_cancel(rt, scope, fx_release_limit(rt));
        for (fx_task *below = task; below != each; below = fx_scope_around(below)->parent) fx_task_cancel(rt, below, fx_release_by(each));
    }
}

// Where a handler with control clauses encloses, there is no limit (R31).
static fx_answer resume_unlimited(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_representation is = (fx_representation)frame->saved[0];
    fx_free_frame(rt, frame);
    return fx_done(fx_some_take(rt, is, answer));
}

static const fx_frame_info unlimited_frame = {resume_unlimited, NULL, "Task.timeout", NULL, 1, 0, 0};

static fx_answer run_unlimited(fx_runtime *rt, fx_representation is, fx_value computation) {
    fx_answer answer = fx_run0(rt, computation);
    if (!answer.suspended) return fx_done(fx_some_take(rt, is, answer.value));
    fx_push_frame(rt, &unlimited_frame)->saved[0] = is;
    return answer;
}

// timeout : Int -> a ! {Time | e} -> Option a ! {Time | e}
fx_answer fx_timeout_take(fx_runtime *rt, fx_representation a_is, fx_value milliseconds, fx_value computation) {
    if (fx_can_wait(computation) && fx_is_stopped(rt)) {
        fx_drop(rt, computation);
        return fx_stop(rt);
    }
    if (fx_control_encloses(rt)) return run_unlimited(rt, a_is, computation);
    Timeout *timeout = fx_scope_make(rt, &timeout_type);
    timeout->branches.scope.is = (uint8_t)a_is;
    timeout->branches.scope.can_wait = fx_can_wait(computation);
    uint64_t limit = milliseconds <= 0 ? 0 : milliseconds > INT64_MAX / 2000000 ? INT64_MAX : (uint64_t)milliseconds * 1000000;
    uint64_t deadline = fx_now() + limit;
    fx_timer_start(rt, &timeout->timer, deadline, time_out);
    if (rt->observer) timeout->number = fx_observe_timeout(rt, deadline);
    fx_task *child = fx_task_make(rt, &timeout->branches.scope);
    if (!child->more->deadline || deadline < child->more->deadline) child->more->deadline = deadline;
    child->has_deadline = true;
    fx_start_inline(rt, child, fx_begin_computation, fx_object_of(computation));
    return fx_scope_answer(rt, &timeout->branches.scope);
}
