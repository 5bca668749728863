// Cancelling, and the time that releases have (C6, C8, R8, R9, R13).

#define _GNU_SOURCE
#include <stdio.h>
#include <time.h>
#include "runtime.h"

// Not one condition: that would be compiled to one load of words of which parts have just been stored, for which the processor waits.
static bool is_cancelled(const fx_task *task) {
    if (!task->cancelled && !task->expired) return false;
    return task->expired || !task->shield;
}

bool fx_task_is_stopped_now(fx_runtime *rt, fx_task *task) {
    if (task->has_deadline && !task->cancelled && fx_now() >= task->more->deadline) fx_timeout_check(rt, task);
    return is_cancelled(task);
}

// By the clock that is quick to read: a few milliseconds are nothing to this limit.
uint64_t fx_release_limit(fx_runtime *rt) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec + rt->internals->release_time;
}

void fx_ask_cancel(fx_runtime *rt, fx_task *task) {
    fx_request *request = task->request;
    if (!request || request->object.tag != REQUEST_PENDING || request->object.counted & REQUEST_ASKED) return;
    request->object.counted |= REQUEST_ASKED;
    request->type->cancel(rt, request);
}

// The outermost of the joins within `limit` (NULL: of all) that stand in a shield: what is inside goes on.
static fx_scope *find_barrier(const fx_task *task, const fx_scope *limit) {
    fx_scope *barrier = NULL;
    for (fx_scope *scope = fx_right_of(task); scope != limit; scope = fx_outer_right(scope))
        if (scope->outer_shield) barrier = scope;
    return barrier;
}

static bool was_cancelled(const fx_task *task, const fx_scope *limit) {
    bool cancelled = task->cancelled;
    for (fx_scope *scope = fx_right_of(task); scope != limit; scope = fx_outer_right(scope)) cancelled = scope->outer_cancelled;
    return cancelled;
}

void fx_task_cancel_within(fx_runtime *rt, fx_task *task, fx_scope *limit, uint64_t release_by) {
    if (task->state == TASK_ENDED || was_cancelled(task, limit)) return;
    if (!task->release_by) task->release_by = release_by; // is_watched: it is not 0
    fx_scope *barrier = find_barrier(task, limit);
    if (!barrier) task->cancelled = true;
    fx_scope *outermost = NULL;
    for (fx_scope *scope = barrier ? barrier : fx_right_of(task); scope != limit; scope = fx_outer_right(scope)) {
        scope->outer_cancelled = true;
        if (!scope->first) continue;
        scope->inward = outermost;
        outermost = scope;
    }
    for (fx_scope *scope = outermost, *inward; scope; scope = inward) { // C2: left goes first
        inward = scope->inward;
        if (!scope->outer_shield) fx_task_cancel(rt, scope->first, release_by);
    }
    if (task->state != TASK_WAITING) return;
    if (fx_task_is_stopped(rt, task)) fx_ask_cancel(rt, task);
    else if (task->releasing) fx_watch_release(rt, task);
}

void fx_task_cancel(fx_runtime *rt, fx_task *task, uint64_t release_by) { fx_task_cancel_within(rt, task, NULL, release_by); }

// ---- the time for releases ----

typedef struct fx_release_timer {
    fx_object object;
    fx_timer timer;
    fx_task *task;
} ReleaseTimer;
enum { RELEASE_TIMER_WORDS = (sizeof(ReleaseTimer) - sizeof(fx_object)) / sizeof(fx_value) };

uint64_t fx_release_by(const fx_task *task) { return task->is_watched ? task->release_timer->timer.deadline : task->release_by; }

static void release_expired(fx_runtime *rt, fx_timer *timer) {
    ReleaseTimer *release = (ReleaseTimer *)((char *)timer - offsetof(ReleaseTimer, timer));
    fx_task *task = release->task;
    static const char said[] = "fx: releases took too long: what they wait for is given up, what they hold is closed\n";
    if (!rt->internals->forced) {
        fx_flush(rt);
        fputs(said, stderr);
    }
    rt->internals->forced = true;
    fx_unwatch_release(rt, task);
    task->expired = true;
    for (fx_scope *scope = fx_right_of(task); scope; scope = fx_outer_right(scope))
        if (scope->outer_cancelled && scope->first) fx_task_cancel(rt, scope->first, fx_release_by(task));
    if (task->state == TASK_WAITING) fx_ask_cancel(rt, task);
}

void fx_watch_release(fx_runtime *rt, fx_task *task) {
    if (task->is_watched || task->expired) return;
    ReleaseTimer *release = (ReleaseTimer *)fx_allocate(rt, RELEASE_TIMER_WORDS, FX_INFO_REQUEST, 0, 0);
    release->timer.place = 0;
    release->task = task;
    release->timer.deadline = task->release_by;
    task->release_timer = release;
    task->is_watched = true;
    fx_timer_start(rt, &release->timer, release->timer.deadline, release_expired);
}

void fx_stop_release_timer(fx_runtime *rt, fx_task *task) {
    ReleaseTimer *release = task->release_timer;
    fx_timer_stop(rt, &release->timer);
    task->release_by = release->timer.deadline;
    task->is_watched = false;
    fx_free(rt, &release->object, RELEASE_TIMER_WORDS);
}

void fx_end_unwinding(fx_runtime *rt, fx_task *task) {
    task->unwinding = OUTCOME_NONE;
    task->fault = NULL;
    if (task->cancelled) return;
    if (!task->releasing) fx_unwatch_release(rt, task);
    if (!task->is_watched) task->release_by = 0;
}
