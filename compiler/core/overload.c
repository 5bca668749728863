// Overloaded primitives for the type of their operands: concrete primitives, or calls of functions made for the type.

#include "specialise.h"

// How values of a type are compared.
typedef enum { BY_WORD, BY_FLOAT, BY_STRING, BY_STRUCTURE } Manner;

static Manner find_manner(Specialiser *s, Type *type) {
    type = resolve_type(type);
    Representation held = find_representation(type);
    if (held == REPRESENTATION_WORD) return BY_WORD;
    if (held == REPRESENTATION_FLOAT) return BY_FLOAT;
    return type->kind == TYPE_DATA && type->data == s->program->builtins->string_type ? BY_STRING : BY_STRUCTURE;
}

static bool is_data(const CoreExpression *e, const DataType *data) {
    const Type *type = resolve_type(e->type);
    return type->kind == TYPE_DATA && type->data == data;
}

static CoreExpression *concrete(Specialiser *s, CoreExpression *node, Primitive primitive) {
    (void)s;
    node->primitive = primitive;
    return node;
}

// ---- comparing ----

CoreExpression *equality_of(Specialiser *s, CoreExpression *left, CoreExpression *right) {
    static const Primitive primitives[] = {PRIMITIVE_WORD_EQUAL, PRIMITIVE_FLOAT_EQUAL, PRIMITIVE_STRING_EQUAL};
    DataType *answer = s->program->builtins->bool_type;
    Manner manner = find_manner(s, left->type);
    if (manner != BY_STRUCTURE) return make_primitive(s, primitives[manner], answer, left, right);
    return make_call(s, find_equal(s, left->type), simple_type(s, answer), 2, (CoreExpression *[]){left, right});
}

CoreExpression *comparison_of(Specialiser *s, CoreExpression *left, CoreExpression *right) {
    static const Primitive primitives[] = {PRIMITIVE_WORD_COMPARE, PRIMITIVE_FLOAT_COMPARE, PRIMITIVE_STRING_COMPARE};
    DataType *answer = s->program->builtins->ordering_type;
    Manner manner = find_manner(s, left->type);
    if (manner != BY_STRUCTURE) return make_primitive(s, primitives[manner], answer, left, right);
    return make_call(s, find_compare(s, left->type), simple_type(s, answer), 2, (CoreExpression *[]){left, right});
}

static CoreExpression *inequality_of(Specialiser *s, CoreExpression *left, CoreExpression *right) {
    DataType *answer = s->program->builtins->bool_type;
    Manner manner = find_manner(s, left->type);
    if (manner == BY_WORD) return make_primitive(s, PRIMITIVE_WORD_NOT_EQUAL, answer, left, right);
    if (manner == BY_FLOAT) return make_primitive(s, PRIMITIVE_FLOAT_NOT_EQUAL, answer, left, right);
    return make_primitive(s, PRIMITIVE_WORD_EQUAL, answer, equality_of(s, left, right), make_constant(s, answer, 0));
}

// `right < left` for `left > right`, the left side still evaluated first.
static CoreExpression *swapped(Specialiser *s, Primitive primitive, CoreExpression *left, CoreExpression *right) {
    CoreVariable *a = make_variable(s, "left", left->type), *b = make_variable(s, "right", right->type);
    CoreExpression *node = make_primitive(s, primitive, s->program->builtins->bool_type, make_local(s, b), make_local(s, a));
    return core_let(s->arena, a, left, core_let(s->arena, b, right, node));
}

static CoreExpression *order_of(Specialiser *s, Primitive primitive, CoreExpression *left, CoreExpression *right) {
    bool is_strict = primitive == PRIMITIVE_LESS || primitive == PRIMITIVE_GREATER;
    bool is_swapped = primitive == PRIMITIVE_GREATER || primitive == PRIMITIVE_GREATER_EQUAL;
    DataType *answer = s->program->builtins->bool_type;
    Manner manner = find_manner(s, left->type);
    if (manner == BY_WORD || manner == BY_FLOAT) {
        Primitive word = is_strict ? PRIMITIVE_WORD_LESS : PRIMITIVE_WORD_LESS_EQUAL;
        Primitive number = is_strict ? PRIMITIVE_FLOAT_LESS : PRIMITIVE_FLOAT_LESS_EQUAL;
        Primitive chosen = manner == BY_WORD ? word : number;
        return is_swapped ? swapped(s, chosen, left, right) : make_primitive(s, chosen, answer, left, right);
    }
    // Less 0, Greater 2: `<` is "is Less", `<=` "is not Greater", and the other way round.
    unsigned tag = is_strict == is_swapped ? 2 : 0;
    CoreExpression *limit = make_constant(s, s->program->builtins->ordering_type, tag);
    return make_primitive(s, is_strict ? PRIMITIVE_WORD_EQUAL : PRIMITIVE_WORD_NOT_EQUAL, answer, comparison_of(s, left, right), limit);
}

// ---- the others ----

static CoreExpression *interpolation_of(Specialiser *s, CoreExpression *node) {
    const Builtins *builtins = s->program->builtins;
    CoreExpression *value = node->items.items[0];
    if (is_data(value, builtins->int_type)) return concrete(s, node, PRIMITIVE_INT_TO_STRING);
    if (is_data(value, builtins->float_type)) return concrete(s, node, PRIMITIVE_FLOAT_TO_STRING);
    if (is_data(value, builtins->char_type)) return concrete(s, node, PRIMITIVE_CHAR_TO_STRING);
    if (is_data(value, builtins->bool_type)) return concrete(s, node, PRIMITIVE_BOOL_TO_STRING);
    return value;
}

static CoreExpression *append_of(Specialiser *s, CoreExpression *node) {
    CoreExpression *const *items = node->items.items;
    if (is_data(items[0], s->program->builtins->string_type)) return concrete(s, node, PRIMITIVE_STRING_APPEND);
    return make_call(s, find_append(s, items[0]->type), node->type, 2, items);
}

static CoreExpression *arithmetic_of(Specialiser *s, CoreExpression *node) {
    bool is_float = is_data(node->items.items[0], s->program->builtins->float_type);
    return concrete(s, node, node->primitive - PRIMITIVE_ADD + (is_float ? PRIMITIVE_FLOAT_ADD : PRIMITIVE_INT_ADD));
}

static CoreExpression *at_place_of(const CoreExpression *node, CoreExpression *made) {
    made->span = node->span;
    return made;
}

CoreExpression *resolve_overload(Specialiser *s, CoreExpression *node) {
    CoreExpression *left = node->items.items[0], *right = node->items.count > 1 ? node->items.items[1] : NULL;
    switch (node->primitive) {
    case PRIMITIVE_EQUAL: return at_place_of(node, equality_of(s, left, right));
    case PRIMITIVE_NOT_EQUAL: return at_place_of(node, inequality_of(s, left, right));
    case PRIMITIVE_LESS: case PRIMITIVE_LESS_EQUAL: case PRIMITIVE_GREATER: case PRIMITIVE_GREATER_EQUAL:
        return at_place_of(node, order_of(s, node->primitive, left, right));
    case PRIMITIVE_COMPARE: return at_place_of(node, comparison_of(s, left, right));
    case PRIMITIVE_SHOW: return text_of_value(s, left);
    case PRIMITIVE_INTERPOLATE: return interpolation_of(s, node);
    case PRIMITIVE_APPEND: return at_place_of(node, append_of(s, node));
    default: return arithmetic_of(s, node);
    }
}
