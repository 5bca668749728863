// Limits: a length of time that many waits share. Who waits stands in a queue in the order of its beginning, which is that of its end: so one
// timer, for the first, is enough, and a wait costs neither a place in the heap of timers nor a call of the system.

#include "runtime.h"

struct fx_limit {
    fx_object object;
    const fx_resource_type *type;
    uint64_t length; // nanoseconds
    fx_limited *first, *last;
    fx_timer timer;  // runs while somebody waits: to the end of the first, or of one who was first
    bool is_over;    // for good
};

static void destroy(fx_runtime *rt, fx_object *object) { fx_timer_stop(rt, &((fx_limit *)object)->timer); }

static const fx_resource_type limit_type = {"Tcp.Limit", (sizeof(fx_limit) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value), destroy};

fx_limit *fx_limit_make(fx_runtime *rt, uint64_t length) {
    fx_limit *limit = (fx_limit *)fx_resource_make(rt, &limit_type);
    limit->length = length;
    return limit;
}

static void expire(fx_runtime *rt, fx_timer *timer) {
    fx_limit *limit = (fx_limit *)((char *)timer - offsetof(fx_limit, timer));
    uint64_t now = fx_now();
    fx_dup(fx_value_of(limit));
    for (fx_limited *first; (first = limit->first) && first->until <= now;) {
        fx_limit_leave(rt, first);
        first->over(rt, first);
    }
    if (limit->first) fx_timer_start(rt, timer, limit->first->until, expire);
    fx_drop(rt, fx_value_of(limit));
}

bool fx_limit_enter(fx_runtime *rt, fx_limit *limit, fx_limited *limited, void (*over)(fx_runtime *rt, fx_limited *limited)) {
    if (limit->is_over) return false;
    fx_dup(fx_value_of(limit));
    *limited = (fx_limited){limit, NULL, limit->last, fx_now() + limit->length, over};
    if (limit->last) limit->last->next = limited;
    else {
        limit->first = limited;
        fx_timer_start(rt, &limit->timer, limited->until, expire);
    }
    limit->last = limited;
    return true;
}

void fx_limit_leave(fx_runtime *rt, fx_limited *limited) {
    fx_limit *limit = limited->limit;
    if (!limit) return;
    if (limited->previous) limited->previous->next = limited->next;
    else limit->first = limited->next;
    if (limited->next) limited->next->previous = limited->previous;
    else limit->last = limited->previous;
    limited->limit = NULL;
    if (!limit->first) fx_timer_stop(rt, &limit->timer);
    fx_drop(rt, fx_value_of(limit));
}

void fx_limit_end(fx_runtime *rt, fx_limit *limit) {
    limit->is_over = true;
    fx_dup(fx_value_of(limit));
    for (fx_limited *first; (first = limit->first);) {
        fx_limit_leave(rt, first);
        first->over(rt, first);
    }
    fx_drop(rt, fx_value_of(limit));
}
