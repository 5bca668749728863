// Task.isolate: a fault becomes an answer, once the releases inside have run.

#include "runtime.h"

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    (void)rt, (void)child;
    scope->value = value;
    scope->ended = 1;
}

// What lay in the C frames that the fault left is lost (R11), so emptiness cannot be asked for any more.
static bool failed(fx_runtime *rt, fx_scope *scope, fx_outcome outcome, fx_fault_record *fault) {
    if (outcome != OUTCOME_FAULT) return false;
    rt->internals->forced = true;
    ((fx_branches *)scope)->fault = fault;
    return true;
}

static fx_value text_or_empty(fx_runtime *rt, const char *text) { return fx_string_of(rt, text ? text : ""); }

static fx_value isolated(fx_runtime *rt, fx_fault_record *fault) {
    fx_value record = fx_construct(rt, 0, 0, 3, text_or_empty(rt, fault->message), text_or_empty(rt, fault->place), text_or_empty(rt, fault->trace));
    fx_fault_free(rt, fault);
    return fx_error_take(rt, FX_COUNTED, record);
}

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    if (scope->ended) return fx_ok_take(rt, scope->is, scope->value);
    return isolated(rt, ((fx_branches *)scope)->fault);
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    if (scope->ended) fx_drop_as(rt, scope->is, scope->value);
    fx_fault_record **fault = &((fx_branches *)scope)->fault;
    if (!*fault || scope->outcome != OUTCOME_NONE) return;
    fx_fault_free(rt, *fault);
    *fault = NULL;
}

static void clean(fx_runtime *rt, fx_request *request) {
    (void)request;
    rt->internals->isolates--;
}

static const fx_scope_type isolate_type = {
    {"Task.isolate", sizeof(fx_branches), FX_WORD, true, fx_scope_withdraw, NULL, clean}, false, false, answered, result, drop, failed,
};

// ---- where a handler with control clauses encloses: in the task itself (R31) ----

enum { CUT_OFF = FX_COUNTED + 1 }; // instead of how the answer is held

void fx_cut_off_isolates(fx_frame *frames) {
    for (; frames; frames = frames->next)
        if (frames->info == &fx_isolate_frame) frames->saved[0] = CUT_OFF;
}

static fx_answer resume_isolate(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_representation is = (fx_representation)frame->saved[0];
    fx_drop(rt, frame->saved[1]);
    fx_free_frame(rt, frame);
    return fx_done(fx_ok_take(rt, is, answer));
}

static fx_answer unwind_isolate(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    fx_fault_record *fault = task->fault;
    bool is_cut_off = frame->saved[0] == CUT_OFF;
    fx_enter_environment(rt, frame->saved[1]);
    fx_free_frame(rt, frame);
    if (is_cut_off || task->unwinding != OUTCOME_FAULT) return (fx_answer){0, 1};
    fx_end_unwinding(rt, task);
    return fx_done(isolated(rt, fault));
}

const fx_frame_info fx_isolate_frame = {resume_isolate, unwind_isolate, "Task.isolate", NULL, 2, 1, 0};

static fx_answer isolate_here(fx_runtime *rt, fx_representation is, fx_value computation) {
    rt->internals->isolates++; // for good: its frame may be copied, or dropped
    fx_frame *frame = fx_push_frame(rt, &fx_isolate_frame);
    frame->saved[0] = is;
    frame->saved[1] = rt->task->environment;
    fx_dup(frame->saved[1]);
    return fx_run_captured(rt, computation);
}

// isolate : a ! e -> Result a Fault ! e
fx_answer fx_isolate_take(fx_runtime *rt, fx_representation a_is, fx_value computation) {
    if (fx_can_wait(computation) && fx_is_stopped(rt)) {
        fx_drop(rt, computation);
        return fx_stop(rt);
    }
    if (fx_control_encloses(rt)) return isolate_here(rt, a_is, computation);
    fx_scope *scope = fx_scope_make(rt, &isolate_type);
    scope->is = (uint8_t)a_is;
    rt->internals->isolates++;
    fx_scope_start(rt, scope, computation);
    return fx_scope_answer(rt, scope);
}
