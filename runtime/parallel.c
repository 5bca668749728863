// What List.map_par and map_pool run on: branches in any number, at most so many at once.
//
// Each worker is a task that takes one computation after another off the list until none is left. A worker is started only while
// computations are left, so those that never wait are all run by the first.

#include <stdlib.h>
#include "runtime.h"

typedef struct Parallel {
    fx_branches branches;
    fx_value rest;      // List (a ! e): not yet begun
    fx_value *results;  // by place in the list; 0: not yet there
    size_t count, begun;
} Parallel;

static fx_answer resume_worker(fx_runtime *rt, fx_frame *frame, fx_value answer);
static const fx_frame_info worker_frame = {resume_worker, NULL, "List.map_par", NULL, 2, 0, 0};

static fx_answer work(fx_runtime *rt, void *context) {
    Parallel *parallel = context;
    while (!fx_is_constant(parallel->rest) && !parallel->branches.scope.decided) {
        size_t index = parallel->begun++;
        fx_value computation = fx_list_head(parallel->rest), rest = fx_list_tail(parallel->rest);
        fx_dup(computation), fx_dup(rest);
        fx_drop(rt, parallel->rest);
        parallel->rest = rest;
        if (fx_can_wait(computation)) parallel->branches.scope.can_wait = true;
        fx_answer answer = fx_run0(rt, computation);
        if (answer.suspended) {
            fx_frame *frame = fx_push_frame(rt, &worker_frame);
            frame->saved[0] = fx_value_of(parallel);
            frame->saved[1] = (fx_value)index;
            return answer;
        }
        parallel->results[index] = answer.value;
    }
    return fx_done(FX_UNIT);
}

static fx_answer resume_worker(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    Parallel *parallel = (Parallel *)fx_object_of(frame->saved[0]);
    parallel->results[frame->saved[1]] = answer;
    fx_free_frame(rt, frame);
    return work(rt, parallel);
}

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) { (void)rt, (void)scope, (void)child, (void)value; }

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    Parallel *parallel = (Parallel *)scope;
    fx_value list = FX_NIL;
    for (size_t i = parallel->count; i-- > 0;) list = fx_cons_take(rt, scope->is, parallel->results[i], list);
    return list;
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    Parallel *parallel = (Parallel *)scope;
    for (size_t i = 0; i < parallel->count; i++)
        if (parallel->results[i]) fx_drop_as(rt, scope->is, parallel->results[i]);
}

static void clean(fx_runtime *rt, fx_request *request) {
    Parallel *parallel = (Parallel *)fx_scope_of(request);
    free(parallel->results);
    fx_drop(rt, parallel->rest);
}

static const fx_scope_type parallel_type = {
    {"List.map_par", sizeof(Parallel), FX_WORD, true, fx_scope_withdraw, NULL, clean}, false, false, answered, result, drop, NULL,
};

// ---- where a handler with control clauses encloses: in order, in one task (R31) ----

enum { ORDER_IS, ANSWERS, REST, ORDER_WORDS }; // ANSWERS: the last one first

static fx_answer resume_order(fx_runtime *rt, fx_frame *frame, fx_value answer);
static const fx_frame_info order_frame = {resume_order, NULL, "List.map_par", NULL, ORDER_WORDS, 2, 0};

static fx_value reverse(fx_runtime *rt, fx_representation is, fx_value list) {
    fx_value result = FX_NIL;
    for (fx_value cell = list; !fx_is_constant(cell); cell = fx_list_tail(cell)) {
        fx_dup_as(is, fx_list_head(cell));
        result = fx_cons_take(rt, is, fx_list_head(cell), result);
    }
    fx_drop(rt, list);
    return result;
}

// Owns both lists.
static fx_answer run_in_order(fx_runtime *rt, fx_representation is, fx_value answers, fx_value rest) {
    while (!fx_is_constant(rest)) {
        fx_value computation = fx_list_head(rest), next = fx_list_tail(rest);
        fx_dup(computation), fx_dup(next);
        fx_drop(rt, rest);
        rest = next;
        fx_answer answer = fx_run0(rt, computation);
        if (answer.suspended) {
            fx_frame *frame = fx_push_frame(rt, &order_frame);
            frame->saved[ORDER_IS] = is;
            frame->saved[ANSWERS] = answers;
            frame->saved[REST] = rest;
            return answer;
        }
        answers = fx_cons_take(rt, is, answer.value, answers);
    }
    return fx_done(reverse(rt, is, answers));
}

static fx_answer resume_order(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_representation is = (fx_representation)frame->saved[ORDER_IS];
    fx_value answers = fx_cons_take(rt, is, answer, frame->saved[ANSWERS]), rest = frame->saved[REST];
    fx_free_frame(rt, frame);
    return run_in_order(rt, is, answers, rest);
}

static size_t length_of(fx_value list) {
    size_t length = 0;
    for (; !fx_is_constant(list); list = fx_list_tail(list)) length++;
    return length;
}

static fx_answer run_parallel(fx_runtime *rt, fx_representation is, size_t limit, fx_value computations) {
    size_t count = length_of(computations);
    if (count == 0) return fx_done(FX_NIL);
    if (fx_can_wait(fx_list_head(computations)) && fx_is_stopped(rt)) return fx_stop(rt);
    if (fx_control_encloses(rt)) {
        fx_dup(computations);
        return run_in_order(rt, is, FX_NIL, computations);
    }
    fx_value *results = fx_memory(rt, count * sizeof *results);
    memset(results, 0, count * sizeof *results);
    Parallel *parallel = fx_scope_make(rt, &parallel_type);
    parallel->branches.scope.is = (uint8_t)is;
    parallel->results = results;
    parallel->count = count;
    parallel->rest = computations;
    fx_dup(computations);
    while (parallel->branches.scope.running < limit && !fx_is_constant(parallel->rest) && !parallel->branches.scope.decided)
        fx_start_inline(rt, fx_task_make(rt, &parallel->branches.scope), work, parallel);
    return fx_scope_answer(rt, &parallel->branches.scope);
}

// parallel : List (a ! e) -> List a ! e
fx_answer fx_parallel(fx_runtime *rt, fx_representation a_is, fx_value computations) {
    return run_parallel(rt, a_is, SIZE_MAX, computations);
}

// parallel_pool : Int -> List (a ! e) -> List a ! e
fx_answer fx_parallel_pool(fx_runtime *rt, fx_representation a_is, fx_value limit, fx_value computations) {
    return run_parallel(rt, a_is, limit < 1 ? 1 : (size_t)limit, computations);
}
