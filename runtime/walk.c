// What tests walk over, in FX_MALLOC builds: FX_FAIL_ALLOCATION=n lets the n-th allocation fail, FX_CANCEL_STEP=n cancels main at the n-th
// step, which is each time that a task goes on, and each look at the system. FX_COUNT=1 says at the end how many of each there were.

#include "runtime.h"

#ifdef FX_MALLOC
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { STATUS_OF_CANCELLED = 130 };

static uint64_t number_of(const char *name) {
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : 0;
}

void fx_walk_open(fx_runtime *rt) {
    rt->internals->fail_at = number_of("FX_FAIL_ALLOCATION");
    rt->internals->cancel_at = number_of("FX_CANCEL_STEP");
}

bool fx_walk_fails(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    return ++internals->allocations == internals->fail_at;
}

void fx_walk_step(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    if (++internals->steps != internals->cancel_at) return;
    rt->task = NULL;
    fx_end_program(rt, STATUS_OF_CANCELLED, NULL);
}

void fx_walk_close(fx_runtime *rt) {
    if (!number_of("FX_COUNT")) return;
    fprintf(stderr, "fx: %" PRIu64 " allocations, %" PRIu64 " steps\n", rt->internals->allocations, rt->internals->steps);
}

#endif
