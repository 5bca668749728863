// Promises. fields: the type, state (0: not set; 1 and how the value is held), the value, the queue (two words).

#include "fx.h"

enum { STATE = 1, VALUE, QUEUE, PROMISE_WORDS = QUEUE + sizeof(fx_queue) / sizeof(fx_value) };

static void destroy(fx_runtime *rt, fx_object *promise) {
    if (promise->fields[STATE]) fx_drop_as(rt, (fx_representation)(promise->fields[STATE] - 1), promise->fields[VALUE]);
}

static const fx_resource_type promise_type = {"Promise", PROMISE_WORDS, destroy};

fx_value fx_promise_make(fx_runtime *rt, fx_representation a_is) {
    (void)a_is;
    return fx_value_of(fx_resource_make(rt, &promise_type));
}

fx_value fx_promise_set_take(fx_runtime *rt, fx_representation a_is, fx_value promise, fx_value value) {
    fx_object *object = fx_object_of(promise);
    bool is_first = !object->fields[STATE];
    if (is_first) {
        object->fields[STATE] = 1 + a_is;
        object->fields[VALUE] = value;
        fx_request *waiter;
        while ((waiter = fx_dequeue((fx_queue *)&object->fields[QUEUE]))) {
            fx_dup_as(a_is, value);
            fx_finish(rt, waiter, value);
        }
    } else fx_drop_as(rt, a_is, value);
    fx_drop(rt, promise);
    return is_first;
}

fx_value fx_promise_get(fx_runtime *rt, fx_representation a_is, fx_value promise) {
    fx_object *object = fx_object_of(promise);
    if (!object->fields[STATE]) return FX_NONE;
    fx_dup_as(a_is, object->fields[VALUE]);
    return fx_some_take(rt, a_is, object->fields[VALUE]);
}

// ---- wait ----

typedef struct Wait {
    fx_request request;
    fx_value promise; // kept alive
} Wait;

static void clean(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Wait *)request)->promise); }

static const fx_request_type wait_word_type = {"Promise.wait", sizeof(Wait), FX_WORD, true, fx_withdraw_queued, NULL, clean};
static const fx_request_type wait_counted_type = {"Promise.wait", sizeof(Wait), FX_COUNTED, true, fx_withdraw_queued, NULL, clean};

fx_answer fx_promise_wait(fx_runtime *rt, fx_representation a_is, fx_value promise) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    fx_object *object = fx_object_of(promise);
    if (object->fields[STATE]) {
        fx_dup_as(a_is, object->fields[VALUE]);
        return fx_answer_ready(rt, a_is, object->fields[VALUE]);
    }
    Wait *wait = fx_request_make(rt, a_is == FX_COUNTED ? &wait_counted_type : &wait_word_type);
    fx_dup(promise);
    wait->promise = promise;
    fx_enqueue((fx_queue *)&object->fields[QUEUE], &wait->request);
    return fx_wait(rt, &wait->request);
}
