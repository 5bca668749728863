// Rows as sets of effects. After Leijen, "Extensible records with scoped labels" (2005), but an effect is in a row once at most.
#include "unify.h"

static Type *find_effect(const Types *effects, const Effect *effect) {
    for (size_t i = 0; i < effects->count; i++) {
        if (effects->items[i]->effect == effect) return effects->items[i];
    }
    return NULL;
}

static bool has_parameter(const TypeParameters *parameters, const TypeParameter *parameter) {
    for (size_t i = 0; i < parameters->count; i++) {
        if (parameters->items[i] == parameter) return true;
    }
    return false;
}

static void add_parameter(Unifier *unifier, RowView *view, TypeParameter *parameter) {
    if (!has_parameter(&view->parameters, parameter)) vector_push(unifier->arena, &view->parameters, parameter);
}

static bool unify_same_effect(Unifier *unifier, Type *left, Type *right) {
    if (unify_arguments(unifier, &left->arguments, &right->arguments)) return true;
    return fail_unify(unifier, (Failure){.kind = FAILURE_TWO_ARGUMENTS, .left = left, .right = right, .effect = left->effect});
}

static bool view_more(Unifier *unifier, Type *row, RowView *view) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (!row->effect) {
            if (!view_more(unifier, row->arguments.items[0], view)) return false;
            continue;
        }
        Type *same = find_effect(&view->effects, row->effect);
        if (!same) vector_push(unifier->arena, &view->effects, row);
        else if (same != row && !unify_same_effect(unifier, same, row)) return false;
    }
    if (row->kind == TYPE_PARAMETER) add_parameter(unifier, view, row->parameter);
    if (row->kind == TYPE_ERROR) view->is_error = true;
    if (row->kind == TYPE_UNKNOWN) view->tail = row;
    return true;
}

bool view_row(Unifier *unifier, Type *row, RowView *view) {
    *view = (RowView){0};
    return view_more(unifier, row, view);
}

static Type *include_parameter(Arena *arena, TypeParameter *parameter, Type *rest) {
    Types argument = {0};
    vector_push(arena, &argument, parameter_type(arena, parameter));
    return effect_row(arena, NULL, &argument, rest);
}

Type *build_row(Arena *arena, const RowView *view, Type *tail) {
    Type *row = tail ? tail : view->tail ? view->tail : plain_type(TYPE_EMPTY_ROW);
    size_t included = view->parameters.count;
    if (included == 1 && row->kind == TYPE_EMPTY_ROW) {
        row = parameter_type(arena, view->parameters.items[0]);
        included = 0;
    }
    while (included-- > 0) row = include_parameter(arena, view->parameters.items[included], row);
    for (size_t i = view->effects.count; i-- > 0;) {
        row = effect_row(arena, view->effects.items[i]->effect, &view->effects.items[i]->arguments, row);
    }
    return row;
}

// What `from` has and `in` has not; effects that both have get equal arguments.
static bool find_missing(Unifier *unifier, const RowView *from, const RowView *in, RowView *missing) {
    *missing = (RowView){0};
    for (size_t i = 0; i < from->effects.count; i++) {
        Type *item = from->effects.items[i], *same = find_effect(&in->effects, item->effect);
        if (!same) vector_push(unifier->arena, &missing->effects, item);
        else if (same != item && !unify_same_effect(unifier, item, same)) return false;
    }
    for (size_t i = 0; i < from->parameters.count; i++) {
        if (!has_parameter(&in->parameters, from->parameters.items[i])) add_parameter(unifier, missing, from->parameters.items[i]);
    }
    return true;
}

static bool is_empty(const RowView *view) { return view->effects.count == 0 && view->parameters.count == 0; }

// `view` is the row to which something is to be added.
static bool check_room(Unifier *unifier, const RowView *missing, const RowView *view, Type *row, Type *other) {
    if (is_empty(missing)) return true;
    if (!view->tail) {
        bool is_effect = missing->effects.count > 0;
        return fail_unify(unifier, (Failure){.kind = is_effect ? FAILURE_EFFECT : FAILURE_ROW_VARIABLE, .left = other, .right = row,
                                             .effect = is_effect ? missing->effects.items[0]->effect : NULL,
                                             .parameter = is_effect ? NULL : missing->parameters.items[0]});
    }
    if (missing->parameters.count && missing->parameters.count + view->parameters.count > 1) {
        return fail_unify(unifier,
                          (Failure){.kind = FAILURE_TWO_VARIABLES, .left = other, .right = row, .parameter = missing->parameters.items[0]});
    }
    return true;
}

static bool join_views(Unifier *unifier, const RowView *left, const RowView *right, const RowView *for_left, const RowView *for_right) {
    Arena *arena = unifier->arena;
    if (!left->tail && !right->tail) return true;
    if (!right->tail) return solve_unknown(unifier, left->tail, build_row(arena, for_left, NULL));
    if (!left->tail) return solve_unknown(unifier, right->tail, build_row(arena, for_right, NULL));
    if (left->tail->unknown == right->tail->unknown) {
        if (is_empty(for_left) && is_empty(for_right)) return true;
        Type *tail = new_unknown(unifier, KIND_ROW);
        tail = build_row(arena, for_right, tail);
        return solve_unknown(unifier, left->tail, build_row(arena, for_left, tail));
    }
    if (is_empty(for_left)) return solve_unknown(unifier, right->tail, build_row(arena, for_right, left->tail));
    if (is_empty(for_right)) return solve_unknown(unifier, left->tail, build_row(arena, for_left, right->tail));
    Type *tail = new_unknown(unifier, KIND_ROW);
    return solve_unknown(unifier, left->tail, build_row(arena, for_left, tail)) &&
           solve_unknown(unifier, right->tail, build_row(arena, for_right, tail));
}

bool unify_rows(Unifier *unifier, Type *left, Type *right) {
    left = resolve_type(left);
    right = resolve_type(right);
    if (left == right) return true;
    RowView left_view, right_view, for_left, for_right;
    if (!view_row(unifier, left, &left_view) || !view_row(unifier, right, &right_view)) return false;
    if (left_view.is_error || right_view.is_error) return true;
    if (!find_missing(unifier, &left_view, &right_view, &for_right)) return false;
    if (!find_missing(unifier, &right_view, &left_view, &for_left)) return false;
    if (!check_room(unifier, &for_right, &right_view, right, left) || !check_room(unifier, &for_left, &left_view, left, right))
        return false;
    return join_views(unifier, &left_view, &right_view, &for_left, &for_right);
}

static bool is_closed(Type *row) {
    row = resolve_type(row);
    while (row->kind == TYPE_EFFECT) row = resolve_type(row->right);
    return row->kind == TYPE_EMPTY_ROW || row->kind == TYPE_PARAMETER;
}

static Type *open_row(Unifier *unifier, Type *row) {
    RowView view;
    if (!is_closed(row) || !view_row(unifier, row, &view)) return row;
    return build_row(unifier->arena, &view, new_unknown(unifier, KIND_ROW));
}

Type *open_type(Unifier *unifier, Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_COMPUTATION) {
        Type *row = open_row(unifier, type->right);
        return row == type->right ? type : computation_type(unifier->arena, type->left, row);
    }
    if (type->kind != TYPE_FUNCTION) return type;
    Type *result = open_type(unifier, type->right);
    return result == resolve_type(type->right) ? type : function_type(unifier->arena, type->left, result);
}

Type *row_without(Unifier *unifier, Type *row, const Effect *effect) {
    RowView view, rest = {0};
    if (!view_row(unifier, row, &view)) return row;
    for (size_t i = 0; i < view.effects.count; i++) {
        if (view.effects.items[i]->effect != effect) vector_push(unifier->arena, &rest.effects, view.effects.items[i]);
    }
    rest.parameters = view.parameters;
    rest.tail = view.tail;
    return build_row(unifier->arena, &rest, NULL);
}
