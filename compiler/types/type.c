#include "type.h"

#include <string.h>
#include "unify.h"

// ---- making ----

static Type *new_type(Arena *arena, TypeKind kind) {
    Type *type = NEW(arena, Type);
    type->kind = kind;
    return type;
}

Type *data_type(Arena *arena, DataType *data, const Types *arguments) {
    bool is_plain = !arguments || arguments->count == 0;
    if (is_plain && data->plain) return data->plain;
    Type *type = new_type(arena, TYPE_DATA);
    type->data = data;
    if (is_plain) {
        type->is_settled = true;
        if (data->parameters.count == 0) data->plain = type;
    } else {
        type->arguments = *arguments;
    }
    return type;
}

Type *function_type(Arena *arena, Type *parameter, Type *result) {
    Type *type = new_type(arena, TYPE_FUNCTION);
    type->left = parameter;
    type->right = result;
    return type;
}

Type *computation_type(Arena *arena, Type *answer, Type *row) {
    Type *type = new_type(arena, TYPE_COMPUTATION);
    type->left = answer;
    type->right = row;
    return type;
}

Type *effect_row(Arena *arena, Effect *effect, const Types *arguments, Type *rest) {
    Type *type = new_type(arena, TYPE_EFFECT);
    type->effect = effect;
    if (arguments) type->arguments = *arguments;
    type->right = rest;
    return type;
}

Type *parameter_type(Arena *arena, TypeParameter *parameter) {
    Type *type = new_type(arena, TYPE_PARAMETER);
    type->parameter = parameter;
    type->is_settled = true;
    return type;
}

Type *plain_type(TypeKind kind) {
    static Type empty_row = {.kind = TYPE_EMPTY_ROW, .is_settled = true};
    static Type waiting_row = {.kind = TYPE_WAITING_ROW, .is_settled = true};
    static Type word = {.kind = TYPE_WORD, .is_settled = true};
    static Type counted = {.kind = TYPE_COUNTED, .is_settled = true};
    static Type error = {.kind = TYPE_ERROR, .is_settled = true};
    switch (kind) {
    case TYPE_EMPTY_ROW: return &empty_row;
    case TYPE_WAITING_ROW: return &waiting_row;
    case TYPE_WORD: return &word;
    case TYPE_COUNTED: return &counted;
    default: return &error;
    }
}

// ---- asking ----

Type *resolve_type(Type *type) {
    if (type->kind != TYPE_UNKNOWN || !type->unknown->solution) return type;
    Type *end = type->unknown->solution;
    while (end->kind == TYPE_UNKNOWN && end->unknown->solution) end = end->unknown->solution;
    while (type->kind == TYPE_UNKNOWN && type->unknown->solution != end && type != end) {
        Type *next = type->unknown->solution;
        type->unknown->solution = end;
        type = next;
    }
    return end;
}

static Types substitute_types(Arena *arena, const Types *types, const TypeParameters *parameters, const Types *arguments, bool *changed) {
    Types result = {0};
    for (size_t i = 0; i < types->count; i++) {
        Type *replaced = substitute_type(arena, types->items[i], parameters, arguments);
        if (replaced != types->items[i]) *changed = true;
        vector_push(arena, &result, replaced);
    }
    return result;
}

static Type *substitute_parameter(Type *type, const TypeParameters *parameters, const Types *arguments) {
    for (size_t i = 0; i < parameters->count; i++) {
        if (parameters->items[i] == type->parameter) return arguments->items[i];
    }
    return type;
}

Type *substitute_type(Arena *arena, Type *type, const TypeParameters *parameters, const Types *arguments) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return substitute_parameter(type, parameters, arguments);
    if (!type->left && !type->right && type->arguments.count == 0) return type;
    bool changed = false;
    Type *left = type->left ? substitute_type(arena, type->left, parameters, arguments) : NULL;
    Type *right = type->right ? substitute_type(arena, type->right, parameters, arguments) : NULL;
    Types inner = type->arguments.count ? substitute_types(arena, &type->arguments, parameters, arguments, &changed) : type->arguments;
    if (!changed && left == type->left && right == type->right) return type;
    Type *copy = NEW(arena, Type);
    *copy = *type;
    copy->left = left;
    copy->right = right;
    copy->arguments = inner;
    copy->is_settled = false;
    return copy;
}

static bool types_equal(const Types *left, const Types *right) {
    if (left->count != right->count) return false;
    for (size_t i = 0; i < left->count; i++) {
        if (!type_equal(left->items[i], right->items[i])) return false;
    }
    return true;
}

// Every effect of `left` is in `right` with the same arguments, and they end alike when `right` is all of `left`.
static bool row_within(Type *left, Type *right) {
    for (left = resolve_type(left); left->kind == TYPE_EFFECT && left->effect; left = resolve_type(left->right)) {
        Type *found = resolve_type(right);
        while (found->kind == TYPE_EFFECT && found->effect != left->effect) found = resolve_type(found->right);
        if (found->kind != TYPE_EFFECT || !types_equal(&found->arguments, &left->arguments)) return false;
    }
    return true;
}

static Type *row_end(Type *row) {
    row = resolve_type(row);
    while (row->kind == TYPE_EFFECT && row->effect) row = resolve_type(row->right);
    return row;
}

static bool rows_equal(Type *left, Type *right) {
    Type *left_end = row_end(left), *right_end = row_end(right);
    if (left_end->kind == TYPE_EFFECT || right_end->kind == TYPE_EFFECT) return left_end == right_end;
    return row_within(left, right) && row_within(right, left) && type_equal(left_end, right_end);
}

bool type_equal(Type *left, Type *right) {
    left = resolve_type(left);
    right = resolve_type(right);
    if (left == right) return true;
    if (left->kind == TYPE_EFFECT || right->kind == TYPE_EFFECT) return rows_equal(left, right);
    if (left->kind != right->kind) return false;
    switch (left->kind) {
    case TYPE_DATA: return left->data == right->data && types_equal(&left->arguments, &right->arguments);
    case TYPE_FUNCTION:
    case TYPE_COMPUTATION: return type_equal(left->left, right->left) && type_equal(left->right, right->right);
    case TYPE_PARAMETER: return left->parameter == right->parameter;
    case TYPE_UNKNOWN: return left->unknown == right->unknown;
    default: return true;
    }
}

static Representation find_data_representation(const DataType *data) {
    switch (data->kind) {
    case DATA_PRIMITIVE:
        if (strcmp(data->name, "Float") == 0) return REPRESENTATION_FLOAT;
        return strcmp(data->name, "String") == 0 ? REPRESENTATION_COUNTED : REPRESENTATION_WORD;
    case DATA_VARIANT: return data->holds_constants_only ? REPRESENTATION_WORD : REPRESENTATION_COUNTED;
    default: return REPRESENTATION_COUNTED;
    }
}

Representation find_representation(Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_WORD) return REPRESENTATION_WORD;
    if (type->kind == TYPE_DATA) return find_data_representation(type->data);
    return REPRESENTATION_COUNTED;
}

// What a handler of a user effect does is not known: it may end the computation or keep its continuation.
static bool effect_can_wait(const Effect *effect) {
    if (effect->kind == EFFECT_USER || effect->is_handled) return true;
    for (size_t i = 0; i < effect->operations.count; i++) {
        if (effect->operations.items[i]->waits) return true;
    }
    return false;
}

static bool effect_only_aborts(const Effect *effect, const DataType *never) {
    if (!effect_can_wait(effect)) return true;
    for (size_t i = 0; i < effect->operations.count; i++) {
        const Type *answer = resolve_type(effect->operations.items[i]->answer);
        if (answer->kind != TYPE_DATA || answer->data != never) return false;
    }
    return effect->kind == EFFECT_USER;
}

bool row_only_aborts(Type *row, const DataType *never) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (!row->effect || !effect_only_aborts(row->effect, never)) return false;
    }
    return row->kind == TYPE_EMPTY_ROW;
}

bool row_can_wait(Type *row) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (!row->effect || effect_can_wait(row->effect)) return true;
    }
    return row->kind == TYPE_WAITING_ROW || row->kind == TYPE_PARAMETER || row->kind == TYPE_UNKNOWN;
}
