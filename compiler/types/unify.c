#include "unify.h"

Type *new_unknown(Unifier *unifier, Kind kind) {
    struct { Type type; Unknown unknown; } *both = arena_allocate(unifier->arena, sizeof *both);
    both->type.kind = TYPE_UNKNOWN;
    both->type.unknown = &both->unknown;
    both->unknown.level = unifier->level;
    both->unknown.kind = kind;
    return &both->type;
}

bool fail_unify(Unifier *unifier, Failure failure) {
    unifier->failure = failure;
    return false;
}

static bool fail_mismatch(Unifier *unifier, Type *left, Type *right) {
    return fail_unify(unifier, (Failure){.kind = FAILURE_MISMATCH, .left = left, .right = right});
}

// What a solution must not hold: the unknown itself, or a variable of an annotation further in. Lowers the levels of unknowns within.
static bool adjust_levels(Unifier *unifier, Unknown *unknown, Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_UNKNOWN) {
        if (type->unknown == unknown) return fail_unify(unifier, (Failure){.kind = FAILURE_INFINITE});
        if (type->unknown->level > unknown->level) type->unknown->level = unknown->level;
        return true;
    }
    if (type->kind == TYPE_PARAMETER) {
        if (type->parameter->level <= unknown->level) return true;
        return fail_unify(unifier, (Failure){.kind = FAILURE_ESCAPE, .parameter = type->parameter});
    }
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (!adjust_levels(unifier, unknown, type->arguments.items[i])) return false;
    }
    return (!type->left || adjust_levels(unifier, unknown, type->left)) && (!type->right || adjust_levels(unifier, unknown, type->right));
}

bool solve_unknown(Unifier *unifier, Type *unknown, Type *type) {
    Unknown *solved = unknown->unknown;
    if (!adjust_levels(unifier, solved, type)) {
        if (unifier->failure.kind == FAILURE_INFINITE || unifier->failure.kind == FAILURE_ESCAPE) {
            unifier->failure.left = unknown;
            unifier->failure.right = type;
        }
        return false;
    }
    if (solved->constraints && !require_constraints(unifier, type, solved->constraints, solved->constraint_span)) return false;
    solved->solution = type;
    return true;
}

bool unify_arguments(Unifier *unifier, const Types *left, const Types *right) {
    for (size_t i = 0; i < left->count && i < right->count; i++) {
        if (!unify(unifier, left->items[i], right->items[i])) return false;
    }
    return true;
}

static bool is_row(const Type *type) {
    switch (type->kind) {
    case TYPE_EFFECT:
    case TYPE_EMPTY_ROW: return true;
    case TYPE_PARAMETER: return type->parameter->kind == KIND_ROW;
    case TYPE_UNKNOWN: return type->unknown->kind == KIND_ROW;
    default: return false;
    }
}

// What is made of something that was reported is not known, either: nothing that follows from it is reported.
static bool meet_error(Type *left, Type *right) {
    Type *other = left->kind == TYPE_ERROR ? right : left;
    if (other->kind == TYPE_UNKNOWN && other->unknown->kind == KIND_TYPE) other->unknown->solution = plain_type(TYPE_ERROR);
    return true;
}

bool unify(Unifier *unifier, Type *actual, Type *expected) {
    Type *left = resolve_type(actual), *right = resolve_type(expected);
    if (left == right) return true;
    if (left->kind == TYPE_ERROR || right->kind == TYPE_ERROR) return meet_error(left, right);
    if (left->kind == TYPE_UNKNOWN && right->kind == TYPE_UNKNOWN && left->unknown == right->unknown) return true;
    if (is_row(left) && is_row(right)) return unify_rows(unifier, left, right);
    if (left->kind == TYPE_UNKNOWN) return solve_unknown(unifier, left, right);
    if (right->kind == TYPE_UNKNOWN) return solve_unknown(unifier, right, left);
    if (left->kind != right->kind) return fail_mismatch(unifier, left, right);
    switch (left->kind) {
    case TYPE_DATA:
        if (left->data != right->data) return fail_mismatch(unifier, left, right);
        return unify_arguments(unifier, &left->arguments, &right->arguments);
    case TYPE_FUNCTION:
    case TYPE_COMPUTATION: return unify(unifier, left->left, right->left) && unify(unifier, left->right, right->right);
    case TYPE_PARAMETER: return left->parameter == right->parameter || fail_mismatch(unifier, left, right);
    default: return true;
    }
}
