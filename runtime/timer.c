// Timers: one heap by deadline, then by order of starting, behind a single uv_timer (R19).

#include <stdlib.h>
#include <time.h>
#include "runtime.h"

uint64_t fx_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool is_before(const fx_timer *left, const fx_timer *right) {
    return left->deadline != right->deadline ? left->deadline < right->deadline : left->order < right->order;
}

static void put(struct fx_internals *internals, fx_timer *timer, size_t place) {
    internals->timers[place] = timer;
    timer->place = place;
}

// `timer` belongs at `place` or somewhere above it.
static void rise(struct fx_internals *internals, fx_timer *timer, size_t place) {
    while (place > 1 && is_before(timer, internals->timers[place / 2])) {
        put(internals, internals->timers[place / 2], place);
        place /= 2;
    }
    put(internals, timer, place);
}

// `timer` belongs at `place` or somewhere below it.
static void sink(struct fx_internals *internals, fx_timer *timer, size_t place) {
    for (size_t child; (child = place * 2) <= internals->timer_count; place = child) {
        if (child < internals->timer_count && is_before(internals->timers[child + 1], internals->timers[child])) child++;
        if (is_before(timer, internals->timers[child])) break;
        put(internals, internals->timers[child], place);
    }
    put(internals, timer, place);
}

void fx_timer_start(fx_runtime *rt, fx_timer *timer, uint64_t deadline, void (*expired)(fx_runtime *rt, fx_timer *timer)) {
    struct fx_internals *internals = rt->internals;
    fx_timer_stop(rt, timer);
    if (internals->timer_count + 1 >= internals->timer_room) {
        size_t room = internals->timer_room ? internals->timer_room * 2 : 32;
        internals->timers = fx_memory_again(rt, internals->timers, room * sizeof *internals->timers);
        internals->timer_room = room;
    }
    timer->deadline = deadline;
    timer->order = ++internals->timer_order;
    timer->expired = expired;
    rise(internals, timer, ++internals->timer_count);
}

void fx_timer_stop(fx_runtime *rt, fx_timer *timer) {
    struct fx_internals *internals = rt->internals;
    size_t place = timer->place;
    if (!place) return;
    timer->place = 0;
    fx_timer *last = internals->timers[internals->timer_count--];
    if (last == timer) return;
    if (place > 1 && is_before(last, internals->timers[place / 2])) rise(internals, last, place);
    else sink(internals, last, place);
}

bool fx_timers_due(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    return internals->timer_count && internals->timers[1]->deadline <= fx_now();
}

// Those that were due when this turn began; one that is started meanwhile waits for the next.
void fx_timers_expire(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    if (!internals->timer_count) return;
    uint64_t now = fx_now(), last = internals->timer_order;
    while (internals->timer_count && internals->timers[1]->deadline <= now && internals->timers[1]->order <= last) {
        fx_timer *timer = internals->timers[1];
        fx_timer_stop(rt, timer);
        timer->expired(rt, timer);
    }
}

// uv_run may let timers expire before it polls: then it must not block any more.
static void wake(uv_timer_t *timer) { uv_stop(timer->loop); }

// uv_timer counts in milliseconds from the loop's own time, so that is brought up to date, and the rest rounded up.
void fx_timers_arm(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    uint64_t deadline = internals->timer_count ? internals->timers[1]->deadline : 0;
    if (deadline == internals->armed) return;
    internals->armed = deadline;
    if (!deadline) {
        uv_timer_stop(&internals->wake);
        return;
    }
    uint64_t now = fx_now(), left = deadline > now ? deadline - now : 0;
    uint64_t milliseconds = left / 1000000 + 1;
    uv_update_time(&internals->loop);
    uv_timer_start(&internals->wake, wake, milliseconds, 0);
}

void fx_timers_free(fx_runtime *rt) { free(rt->internals->timers); }
