// Semaphores. fields: the type, permits left, the queue (two words).

#include "fx.h"

enum { PERMITS = 1, QUEUE, SEMAPHORE_WORDS = QUEUE + sizeof(fx_queue) / sizeof(fx_value) };

static const fx_resource_type semaphore_type = {"Semaphore", SEMAPHORE_WORDS, NULL};

static fx_queue *queue_of(fx_value semaphore) { return (fx_queue *)&fx_object_of(semaphore)->fields[QUEUE]; }
static fx_value *permits_of(fx_value semaphore) { return &fx_object_of(semaphore)->fields[PERMITS]; }

fx_value fx_semaphore_make(fx_runtime *rt, fx_value permits) {
    fx_object *semaphore = fx_resource_make(rt, &semaphore_type);
    semaphore->fields[PERMITS] = permits < 0 ? 0 : permits;
    return fx_value_of(semaphore);
}

fx_value fx_semaphore_release(fx_runtime *rt, fx_value semaphore) {
    fx_request *next = fx_dequeue(queue_of(semaphore));
    if (next) fx_finish(rt, next, FX_UNIT);
    else ++*permits_of(semaphore);
    return FX_UNIT;
}

fx_value fx_semaphore_available(fx_runtime *rt, fx_value semaphore) {
    (void)rt;
    return *permits_of(semaphore);
}

// ---- acquire ----

typedef struct Acquire {
    fx_request request;
    fx_value semaphore; // kept alive
} Acquire;

// C5: a permit that nobody got any more goes to the next.
static void give_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    (void)answer;
    fx_semaphore_release(rt, ((Acquire *)request)->semaphore);
}

static void clean(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Acquire *)request)->semaphore); }

static const fx_request_type acquire_type = {"Semaphore.acquire", sizeof(Acquire), FX_WORD, true, fx_withdraw_queued, give_back, clean};

fx_answer fx_semaphore_acquire(fx_runtime *rt, fx_value semaphore) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    bool has_permit = *permits_of(semaphore) > 0;
    *permits_of(semaphore) -= has_permit;
    if (has_permit && !fx_must_take_turns(rt)) return fx_done(FX_UNIT);
    Acquire *acquire = fx_request_make(rt, &acquire_type);
    fx_dup(semaphore);
    acquire->semaphore = semaphore;
    if (has_permit) fx_finish(rt, &acquire->request, FX_UNIT);
    else fx_enqueue(queue_of(semaphore), &acquire->request);
    return fx_wait(rt, &acquire->request);
}
