// Requests: what a task waits for (R6 to R8), and queues of them.

#include "runtime.h"

fx_answer fx_stop(fx_runtime *rt) { return fx_unwind(rt, OUTCOME_CANCELLED, NULL); }

void fx_request_discard(fx_runtime *rt, fx_request *request) { fx_free_request(rt, request); }

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
    if (!request->type->is_local) rt->internals->in_flight += is_in_flight(request);
    if (rt->observer) fx_trace_wait(rt, task);
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
static __attribute__((noinline)) void end_request(fx_runtime *rt, fx_request *request, unsigned how, fx_value answer) {
    fx_task *task = request->task;
    request->object.tag = (uint8_t)how;
    if (!(request->object.counted & REQUEST_KEPT)) fx_unqueue(request);
    if (!task) {
        rt->internals->jobs_abandoned--;
        lose(rt, request, answer);
        fx_free_request(rt, request);
        return;
    }
    rt->internals->in_flight -= is_in_flight(request);
    if (task->unwinding) lose(rt, request, answer); // it faulted while it was suspending
    else task->value = answer;
    if (rt->observer) fx_observe_arrival(rt, task, how == REQUEST_WITHDRAWN);
    fx_make_ready(rt, task);
}

// What one task answers another; its request has left its queue.
void fx_finish(fx_runtime *rt, fx_request *request, fx_value answer) {
    fx_task *task = request->task;
    if (!request->type->is_local || rt->observer || task->unwinding || (request->queue && !(request->object.counted & REQUEST_KEPT))) {
        end_request(rt, request, REQUEST_FINISHED, answer);
        return;
    }
    __builtin_prefetch(task->frames);
    request->object.tag = REQUEST_FINISHED;
    task->value = answer;
    fx_make_ready(rt, task);
}

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
    if (!(request->object.counted & (REQUEST_KEPT | REQUEST_HELD))) fx_free_request(rt, request);
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
        if (!(request->object.counted & (REQUEST_KEPT | REQUEST_HELD))) fx_free_request(rt, request);
    }
}

bool fx_can_take_turns(fx_runtime *rt) { return rt->internals->jump; }

fx_answer fx_answer_later(fx_runtime *rt, fx_representation is, fx_value answer) {
    rt->task->value = answer;
    rt->task->value_is = (uint8_t)is;
    fx_make_ready(rt, rt->task);
    return (fx_answer){0, 1};
}

// ---- queues ----

void fx_enqueue_first(fx_queue *queue, fx_request *request) {
    request->queue = queue;
    request->previous = NULL;
    request->next = queue->first;
    if (queue->first) queue->first->previous = request;
    else queue->last = request;
    queue->first = request;
}

void fx_withdraw_queued(fx_runtime *rt, fx_request *request) {
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}
