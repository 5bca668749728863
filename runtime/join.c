// join (C1 to C3).

#include "runtime.h"

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    (void)child; // the left one
    if (scope->outcome != OUTCOME_NONE || scope->parent_reason != OUTCOME_NONE) {
        fx_drop_as(rt, scope->is, value);
        return;
    }
    scope->left = value;
    scope->ended |= 1;
}

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    return fx_pair_take(rt, scope->is, scope->left, scope->right_is, scope->value);
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    if (scope->ended & 1) fx_drop_as(rt, scope->is, scope->left);
    if (scope->ended & 2) fx_drop_as(rt, scope->right_is, scope->value);
}

static const fx_scope_type join_type = {
    {"join", sizeof(fx_scope), FX_WORD, true, fx_scope_withdraw, NULL, NULL}, true, true, answered, result, drop, NULL,
};

// ---- a left branch that ended at once: the right one runs in the parent's own task (R15) ----

enum { LEFT_IS, RIGHT_IS, LEFT, PAIR_WORDS };

static fx_answer resume_pair(fx_runtime *rt, fx_frame *frame, fx_value right) {
    fx_representation left_is = (fx_representation)frame->saved[LEFT_IS], right_is = (fx_representation)frame->saved[RIGHT_IS];
    fx_value left = frame->saved[LEFT];
    fx_free_frame(rt, frame);
    return fx_done(fx_pair_take(rt, left_is, left, right_is, right));
}

static const fx_frame_info pair_frame = {resume_pair, NULL, "join", NULL, PAIR_WORDS, 0, 0};
static const fx_frame_info counted_pair_frame = {resume_pair, NULL, "join", NULL, PAIR_WORDS, 1, 0};

static fx_answer join_right(fx_runtime *rt, fx_representation left_is, fx_representation right_is, fx_value left, fx_value right) {
    fx_answer answer = fx_run0(rt, right);
    if (!answer.suspended) return fx_done(fx_pair_take(rt, left_is, left, right_is, answer.value));
    fx_frame *frame = fx_push_frame(rt, left_is == FX_COUNTED ? &counted_pair_frame : &pair_frame);
    frame->saved[LEFT_IS] = left_is;
    frame->saved[RIGHT_IS] = right_is;
    frame->saved[LEFT] = left;
    return answer;
}

// ---- where a handler with control clauses encloses: one after the other, in one task (R31) ----

enum { ORDER_LEFT_IS, ORDER_RIGHT_IS, RIGHT, ORDER_WORDS };

static fx_answer resume_order(fx_runtime *rt, fx_frame *frame, fx_value left) {
    fx_representation left_is = (fx_representation)frame->saved[ORDER_LEFT_IS], right_is = (fx_representation)frame->saved[ORDER_RIGHT_IS];
    fx_value right = frame->saved[RIGHT];
    fx_free_frame(rt, frame);
    return join_right(rt, left_is, right_is, left, right);
}

static const fx_frame_info order_frame = {resume_order, NULL, "join", NULL, ORDER_WORDS, 1, 0};

static fx_answer join_in_order(fx_runtime *rt, fx_representation left_is, fx_representation right_is, fx_value left, fx_value right) {
    fx_answer answer = fx_run0(rt, left);
    if (!answer.suspended) return join_right(rt, left_is, right_is, answer.value, right);
    fx_frame *frame = fx_push_frame(rt, &order_frame);
    frame->saved[ORDER_LEFT_IS] = left_is;
    frame->saved[ORDER_RIGHT_IS] = right_is;
    frame->saved[RIGHT] = right;
    return answer;
}

// join : a ! e -> b ! e -> (a, b) ! e
fx_answer fx_join_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value left, fx_value right) {
    if (!fx_can_wait(left)) return join_right(rt, a_is, b_is, fx_run0(rt, left).value, right);
    if (fx_is_stopped(rt)) {
        fx_drop(rt, left), fx_drop(rt, right);
        return fx_stop(rt);
    }
    if (fx_control_encloses(rt)) return join_in_order(rt, a_is, b_is, left, right);
    fx_scope *scope = fx_scope_make(rt, &join_type);
    scope->is = (uint8_t)a_is;
    scope->right_is = (uint8_t)b_is;
    fx_scope_start(rt, scope, left);
    if (scope->ended) {
        fx_value value = scope->left;
        fx_scope_leave(rt, scope);
        return join_right(rt, a_is, b_is, value, right);
    }
    if (!scope->decided && !fx_is_stopped(rt)) return fx_scope_run_right(rt, scope, right);
    fx_drop(rt, right);
    return fx_scope_answer(rt, scope);
}
