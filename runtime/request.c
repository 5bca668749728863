// Requests: what a task waits for (R6 to R8), and queues of them.

#include "runtime.h"

enum { SERVED_IN_A_ROW = 256 }; // C15

static unsigned words_of(const fx_request_type *type) {
    return (unsigned)((type->size - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value));
}

bool fx_is_stopped(fx_runtime *rt) { return fx_task_is_stopped(rt, rt->task); }

fx_answer fx_stop(fx_runtime *rt) { return fx_unwind(rt, OUTCOME_CANCELLED, NULL); }

void *fx_request_make(fx_runtime *rt, const fx_request_type *type) {
    unsigned words = words_of(type);
    fx_object *object = fx_allocate(rt, words, FX_INFO_REQUEST, REQUEST_PENDING, 0);
    memset(object->fields, 0, words * sizeof(fx_value));
    fx_request *request = (fx_request *)object;
    request->type = type;
    request->task = rt->task;
    return request;
}

static void free_request(fx_runtime *rt, fx_request *request) {
    if (request->type->clean) request->type->clean(rt, request);
    fx_free(rt, &request->object, words_of(request->type));
}

void fx_request_discard(fx_runtime *rt, fx_request *request) { free_request(rt, request); }

static bool is_in_flight(const fx_request *request) {
    return !request->type->is_local && !(request->object.counted & REQUEST_ASIDE) && request->task && request->task->request == request;
}

void fx_set_aside(fx_runtime *rt, fx_request *request) {
    rt->internals->in_flight -= is_in_flight(request);
    request->object.counted |= REQUEST_ASIDE;
}

void fx_set_in_flight(fx_runtime *rt, fx_request *request) {
    request->object.counted &= (uint8_t)~REQUEST_ASIDE;
    rt->internals->in_flight += is_in_flight(request);
}

fx_answer fx_wait(fx_runtime *rt, fx_request *request) {
    fx_task *task = request->task;
    task->request = request;
    if (request->object.tag != REQUEST_PENDING) return (fx_answer){0, 1}; // ended already: the task is ready
    task->state = TASK_WAITING;
    if (rt->observer) fx_trace_wait(rt, task);
    rt->internals->in_flight += is_in_flight(request);
    return (fx_answer){0, 1};
}

// C5: nobody gets the answer.
static void lose(fx_runtime *rt, fx_request *request, fx_value answer) {
    if (request->object.tag != REQUEST_FINISHED) return;
    request->object.tag = REQUEST_WITHDRAWN;
    if (request->type->dispose) request->type->dispose(rt, request, answer);
    else fx_drop_as(rt, request->type->answer_is, answer);
}

// Makes the task ready, unless the request has not been waited for yet (then fx_wait finds it ended) or nobody waits any more.
static void end_request(fx_runtime *rt, fx_request *request, unsigned how, fx_value answer) {
    fx_task *task = request->task;
    request->object.tag = (uint8_t)how;
    if (!(request->object.counted & REQUEST_KEPT)) fx_unqueue(request);
    if (!task) {
        rt->internals->jobs_abandoned--;
        lose(rt, request, answer);
        free_request(rt, request);
        return;
    }
    rt->internals->in_flight -= is_in_flight(request);
    if (task->unwinding) lose(rt, request, answer); // it faulted while it was suspending
    else task->value = answer;
    if (rt->observer) fx_observe_arrival(rt, task, how == REQUEST_WITHDRAWN);
    fx_make_ready(rt, task);
}

void fx_finish(fx_runtime *rt, fx_request *request, fx_value answer) { end_request(rt, request, REQUEST_FINISHED, answer); }

void fx_withdrawn(fx_runtime *rt, fx_request *request) { end_request(rt, request, REQUEST_WITHDRAWN, FX_UNIT); }

void fx_abandon(fx_runtime *rt, fx_request *request) {
    fx_task *task = request->task;
    request->task = NULL;
    task->request = NULL;
    task->value_is = FX_WORD;
    rt->internals->in_flight--;
    rt->internals->jobs_abandoned++;
    rt->internals->stats.abandoned++;
    fx_make_ready(rt, task);
}

bool fx_take_answer(fx_runtime *rt, fx_task *task, fx_value answer) {
    fx_request *request = task->request;
    task->request = NULL;
    bool deliver = request->object.tag == REQUEST_FINISHED && !task->unwinding && !fx_task_is_stopped(rt, task);
    if (!deliver) lose(rt, request, answer);
    if (!(request->object.counted & (REQUEST_KEPT | REQUEST_HELD))) free_request(rt, request);
    return deliver;
}

void fx_drop_answer(fx_runtime *rt, fx_task *task) {
    fx_request *request = task->request;
    fx_value answer = task->value;
    fx_representation is = (fx_representation)task->value_is;
    task->request = NULL;
    task->value = 0;
    task->value_is = FX_WORD;
    if (!request) fx_drop_as(rt, is, answer);
    else {
        lose(rt, request, answer);
        if (!(request->object.counted & (REQUEST_KEPT | REQUEST_HELD))) free_request(rt, request);
    }
}

bool fx_must_take_turns(fx_runtime *rt) { return ++rt->internals->served >= SERVED_IN_A_ROW && rt->internals->jump; }

fx_answer fx_answer_ready(fx_runtime *rt, fx_representation is, fx_value answer) {
    if (!fx_must_take_turns(rt)) return fx_done(answer);
    rt->task->value = answer;
    rt->task->value_is = (uint8_t)is;
    fx_make_ready(rt, rt->task);
    return (fx_answer){0, 1};
}

// ---- queues ----

void fx_enqueue(fx_queue *queue, fx_request *request) {
    request->queue = queue;
    request->next = NULL;
    request->previous = queue->last;
    if (queue->last) queue->last->next = request;
    else queue->first = request;
    queue->last = request;
}

void fx_enqueue_first(fx_queue *queue, fx_request *request) {
    request->queue = queue;
    request->previous = NULL;
    request->next = queue->first;
    if (queue->first) queue->first->previous = request;
    else queue->last = request;
    queue->first = request;
}

void fx_unqueue(fx_request *request) {
    fx_queue *queue = request->queue;
    if (!queue) return;
    if (request->previous) request->previous->next = request->next;
    else queue->first = request->next;
    if (request->next) request->next->previous = request->previous;
    else queue->last = request->previous;
    request->queue = NULL;
}

void fx_withdraw_queued(fx_runtime *rt, fx_request *request) {
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}

fx_request *fx_dequeue(fx_queue *queue) {
    fx_request *request = queue->first;
    if (request) fx_unqueue(request);
    return request;
}
