// first (C1, C4).

#include "runtime.h"

// The first branch to end decides; an answer that comes after it is dropped.
static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    if (scope->ended) {
        fx_drop_as(rt, child->more->index ? scope->right_is : scope->is, value);
        return;
    }
    scope->ended = (uint8_t)(1u << child->more->index);
    scope->value = value;
    fx_scope_cancel(rt, scope, scope->running > 1 ? fx_release_limit(rt) : 0);
}

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    return scope->ended == 1 ? fx_left_take(rt, scope->is, scope->value) : fx_right_take(rt, scope->right_is, scope->value);
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    if (scope->ended) fx_drop_as(rt, scope->ended == 1 ? scope->is : scope->right_is, scope->value);
}

static const fx_scope_type first_type = {
    {"first", sizeof(fx_branches), FX_WORD, true, fx_scope_withdraw, NULL, NULL}, true, false, answered, result, drop, NULL,
};

// Where a handler with control clauses encloses, the left branch alone runs, in this task (R31).
static fx_answer resume_left(fx_runtime *rt, fx_frame *frame, fx_value left) {
    fx_representation is = (fx_representation)frame->saved[0];
    fx_free_frame(rt, frame);
    return fx_done(fx_left_take(rt, is, left));
}

static const fx_frame_info left_frame = {resume_left, NULL, "first", NULL, 1, 0, 0};

static fx_answer run_left(fx_runtime *rt, fx_representation is, fx_value left) {
    fx_answer answer = fx_run0(rt, left);
    if (!answer.suspended) return fx_done(fx_left_take(rt, is, answer.value));
    fx_push_frame(rt, &left_frame)->saved[0] = is;
    return answer;
}

// first : a ! e -> b ! e -> Either a b ! e
fx_answer fx_first_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value left, fx_value right) {
    if (!fx_can_wait(left)) {
        fx_drop(rt, right);
        return fx_done(fx_left_take(rt, a_is, fx_run0(rt, left).value));
    }
    if (fx_is_stopped(rt)) {
        fx_drop(rt, left), fx_drop(rt, right);
        return fx_stop(rt);
    }
    if (fx_control_encloses(rt)) {
        fx_drop(rt, right);
        return run_left(rt, a_is, left);
    }
    fx_scope *scope = fx_scope_make(rt, &first_type);
    scope->is = (uint8_t)a_is;
    scope->right_is = (uint8_t)b_is;
    fx_scope_start(rt, scope, left);
    fx_scope_start(rt, scope, right);
    return fx_scope_answer(rt, scope);
}
