// Scopes: the branches of join, first, groups, and what their parent waits for (R14 to R17).

#include "runtime.h"

static fx_answer resume_scope(fx_runtime *rt, fx_frame *frame, fx_value answer);
static fx_answer unwind_scope(fx_runtime *rt, fx_frame *frame);
const fx_frame_info fx_scope_frame = {resume_scope, unwind_scope, "scope", NULL, 0, 0, 0};

bool fx_can_wait(fx_value computation) {
    return !fx_is_constant(computation) && (fx_object_of(computation)->tag & 3) == FX_WAITING;
}

static inline void free_scope(fx_runtime *rt, fx_scope *scope) {
    const fx_scope_type *type = fx_scope_type_of(scope);
    if (type->request.clean) type->request.clean(rt, &scope->request);
    fx_free(rt, &scope->frame.object, fx_scope_words(type));
}

void fx_scope_leave(fx_runtime *rt, fx_scope *scope) {
    rt->internals->open = scope->frame.next;
    free_scope(rt, scope);
}

void fx_scope_cancel(fx_runtime *rt, fx_scope *scope, uint64_t release_by) {
    scope->decided = true;
    for (fx_task *child = scope->first, *next; child; child = next) {
        next = fx_more_of(child)->next;
        fx_task_cancel(rt, child, release_by);
    }
    if (scope->in_right) fx_task_cancel_within(rt, scope->parent, scope, release_by);
}

void fx_scope_withdraw(fx_runtime *rt, fx_request *request) {
    fx_scope_cancel(rt, fx_scope_of(request), fx_release_by(request->task));
}

bool fx_is_two_branches(const fx_scope *scope) { return fx_scope_type_of(scope)->two_branches; }

static inline void forget_child(fx_runtime *rt, fx_scope *scope, fx_task *child) {
    if (fx_scope_type_of(scope)->one_child) scope->first = NULL;
    else {
        const fx_task_more *links = child->more;
        *(links->previous ? &links->previous->more->next : &scope->first) = links->next;
        *(links->next ? &links->next->more->previous : &scope->last) = links->previous;
    }
    fx_task_free(rt, child);
}

static fx_fault_record *fault_of(const fx_scope *scope) {
    if (!fx_scope_type_of(scope)->one_child) return ((const fx_branches *)scope)->fault;
    return scope->outcome == OUTCOME_NONE ? NULL : scope->only_fault;
}

// Where the answers of a join's branches are held something else will stand.
static void drop_answers(fx_runtime *rt, fx_scope *scope) {
    fx_scope_type_of(scope)->drop(rt, scope);
    scope->ended = 0;
}

static void set_outcome(fx_runtime *rt, fx_scope *scope, fx_outcome outcome, fx_fault_record *fault) {
    bool is_join = fx_scope_type_of(scope)->one_child;
    if (is_join) drop_answers(rt, scope);
    *(is_join ? &scope->only_fault : &((fx_branches *)scope)->fault) = fault;
    scope->outcome = (uint8_t)outcome;
}

static void set_parent_reason(fx_runtime *rt, fx_scope *scope, fx_outcome reason, fx_fault_record *fault) {
    bool is_join = fx_scope_type_of(scope)->one_child;
    if (is_join) drop_answers(rt, scope);
    *(is_join ? &scope->only_parent_fault : &((fx_branches *)scope)->parent_fault) = fault;
    scope->parent_reason = (uint8_t)reason;
}

// R16: the first failure is the scope's, the rest is cancelled.
static void fail(fx_runtime *rt, fx_scope *scope, fx_outcome outcome, fx_fault_record *fault, uint64_t release_by) {
    const fx_scope_type *type = fx_scope_type_of(scope);
    if (scope->outcome == OUTCOME_NONE && type->failed && type->failed(rt, scope, outcome, fault)) return;
    if (scope->outcome != OUTCOME_NONE) {
        fx_fault_suppress(rt, fault_of(scope), fault);
        return;
    }
    set_outcome(rt, scope, outcome, fault);
    fx_scope_cancel(rt, scope, release_by);
}

void fx_scope_child_ended(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_outcome outcome, fx_value value) {
    const fx_scope_type *type = fx_scope_type_of(scope);
    if (outcome == OUTCOME_ANSWER) type->answered(rt, scope, child, value);
    else if (outcome != OUTCOME_CANCELLED) fail(rt, scope, outcome, child->fault, fx_release_by(child));
    forget_child(rt, scope, child);
    scope->running--;
    if (scope->running) return;
    if (scope->waiting) fx_finish(rt, &scope->request, FX_UNIT);
}

void fx_scope_start(fx_runtime *rt, fx_scope *scope, fx_value computation) {
    if (fx_can_wait(computation)) scope->can_wait = true;
    if (scope->decided) {
        fx_drop(rt, computation);
        return;
    }
    fx_start_inline(rt, fx_task_make(rt, scope), fx_begin_computation, fx_object_of(computation));
}

// R11: where no branch could wait the caller expects an answer, so a fault goes on by a jump.
static fx_answer fail_parent(fx_runtime *rt, fx_outcome outcome, fx_fault_record *fault, bool can_wait) {
    if (!can_wait && outcome == OUTCOME_FAULT) fx_raise(rt, fault);
    return fx_unwind(rt, outcome, fault);
}

static fx_answer finish(fx_runtime *rt, fx_scope *scope) {
    const fx_scope_type *type = fx_scope_type_of(scope);
    fx_outcome outcome = (fx_outcome)scope->outcome;
    fx_fault_record *fault = fault_of(scope);
    bool can_wait = scope->can_wait;
    if (outcome == OUTCOME_NONE) {
        fx_value value = type->result(rt, scope);
        free_scope(rt, scope);
        return fx_done(value);
    }
    type->drop(rt, scope);
    free_scope(rt, scope);
    return fail_parent(rt, outcome, fault, can_wait);
}

// The parent suspends until its last child has ended.
static fx_answer await_children(fx_runtime *rt, fx_scope *scope) {
    scope->captured = scope->waiting = true;
    fx_answer answer = fx_wait(rt, &scope->request);
    if (fx_is_stopped(rt)) fx_ask_cancel(rt, scope->parent);
    return answer;
}

fx_answer fx_scope_answer(fx_runtime *rt, fx_scope *scope) {
    if (!scope->running) {
        rt->internals->open = scope->frame.next;
        return finish(rt, scope);
    }
    fx_suspend_frame(rt, &scope->frame);
    return await_children(rt, scope);
}

// Drops the scope and goes on with the parent's unwinding, for the reason it had before it waited for its children.
static fx_answer go_on_unwinding(fx_runtime *rt, fx_scope *scope) {
    fx_outcome reason = (fx_outcome)scope->parent_reason;
    bool is_join = fx_scope_type_of(scope)->one_child;
    fx_fault_record *fault = is_join ? scope->only_parent_fault : ((fx_branches *)scope)->parent_fault;
    fx_scope_type_of(scope)->drop(rt, scope);
    if (fault_of(scope)) fx_fault_suppress(rt, fault, fault_of(scope));
    free_scope(rt, scope);
    return fx_unwind_again(rt, reason, fault);
}

// ---- join: the right branch in the parent's own task (R15) ----

static void enter_right(fx_scope *scope) {
    fx_task *task = scope->parent;
    scope->in_right = true;
    scope->enclosing = task->within;
    scope->outer_cancelled = task->cancelled;
    scope->outer_shield = task->shield;
    task->within = scope;
    task->cancelled = false;
    task->shield = 0;
}

static inline void leave_right(fx_runtime *rt, fx_scope *scope) {
    fx_task *task = scope->parent;
    scope->in_right = false;
    task->within = scope->enclosing;
    task->cancelled = scope->outer_cancelled;
    task->shield = scope->outer_shield;
    if (rt->observer) fx_trace_right_ended(rt, task);
    if (task->releasing) return;
    fx_unwatch_release(rt, task);
    task->expired = false;
}

static inline void right_answered(fx_runtime *rt, fx_scope *scope, fx_value value) {
    leave_right(rt, scope);
    if (scope->outcome != OUTCOME_NONE) {
        fx_drop_as(rt, scope->right_is, value);
        return;
    }
    scope->value = value;
    scope->ended |= 2;
}

fx_answer fx_scope_run_right(fx_runtime *rt, fx_scope *scope, fx_value computation) {
    if (rt->observer) fx_trace_right(rt, scope->parent, fx_object_of(computation));
    enter_right(scope);
    fx_answer answer = fx_run0(rt, computation);
    if (!answer.suspended) {
        right_answered(rt, scope, answer.value);
        return fx_scope_answer(rt, scope);
    }
    scope->captured = true;
    fx_suspend_frame(rt, &scope->frame);
    return (fx_answer){0, 1};
}

static inline fx_answer go_on_after_right(fx_runtime *rt, fx_scope *scope, fx_value value) {
    right_answered(rt, scope, value);
    if (!scope->running && scope->outcome == OUTCOME_NONE && fx_is_stopped(rt)) {
        set_parent_reason(rt, scope, OUTCOME_CANCELLED, NULL);
        return go_on_unwinding(rt, scope);
    }
    if (!scope->running) return finish(rt, scope);
    fx_capture(rt, &scope->frame);
    return await_children(rt, scope);
}

// It failed, or was cancelled from outside, or because the left branch has failed.
static void end_right_unwinding(fx_runtime *rt, fx_scope *scope) {
    fx_task *parent = scope->parent;
    leave_right(rt, scope);
    if (parent->unwinding != OUTCOME_CANCELLED) fail(rt, scope, (fx_outcome)parent->unwinding, parent->fault, fx_release_by(parent));
    else if (scope->outcome == OUTCOME_NONE) set_parent_reason(rt, scope, OUTCOME_CANCELLED, NULL);
}

static fx_answer resume_scope(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_scope *scope = (fx_scope *)frame;
    if (scope->in_right) return go_on_after_right(rt, scope, answer);
    return scope->parent_reason ? go_on_unwinding(rt, scope) : finish(rt, scope);
}

// The parent has been cancelled and no child is left (R7), or it raised a fault while it was still starting children.
static fx_answer unwind_scope(fx_runtime *rt, fx_frame *frame) {
    fx_scope *scope = (fx_scope *)frame;
    fx_task *parent = rt->task;
    if (scope->in_right) end_right_unwinding(rt, scope);
    else if (!scope->parent_reason) set_parent_reason(rt, scope, (fx_outcome)parent->unwinding, parent->fault);
    parent->unwinding = OUTCOME_NONE;
    parent->fault = NULL;
    if (!scope->running) return resume_scope(rt, frame, FX_UNIT);
    fx_capture(rt, frame);
    fx_answer answer = await_children(rt, scope);
    fx_ask_cancel(rt, parent);
    return answer;
}
