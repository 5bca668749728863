// Structural comparison: constructors and fields in the order of their declaration, of the first difference. It keeps a list of the pairs that
// are still to be compared, so values may be a million deep; and it waits, with a frame, for the list that stands for an opaque value.

#include "unknown.h"

#include <math.h>
#include <string.h>

static bool is_equality(Primitive primitive) {
    switch (primitive) {
    case PRIMITIVE_EQUAL:
    case PRIMITIVE_NOT_EQUAL:
    case PRIMITIVE_WORD_EQUAL:
    case PRIMITIVE_WORD_NOT_EQUAL:
    case PRIMITIVE_FLOAT_EQUAL:
    case PRIMITIVE_FLOAT_NOT_EQUAL:
    case PRIMITIVE_STRING_EQUAL: return true;
    default: return false;
    }
}

static int compare_texts(Text left, Text right) {
    size_t length = left.length < right.length ? left.length : right.length;
    int order = length ? memcmp(left.bytes, right.bytes, length) : 0;
    return order ? order : (left.length > right.length) - (left.length < right.length);
}

bool compare_plain(Value left, Value right, int *order) {
    switch (left.kind) {
    case VALUE_INT:
    case VALUE_CHAR: *order = (left.integer > right.integer) - (left.integer < right.integer); return true;
    case VALUE_STRING: *order = compare_texts(text_in(left), text_in(right)); return true;
    case VALUE_FLOAT:
        *order = (left.number > right.number) - (left.number < right.number);
        if (left.number != left.number || right.number != right.number) *order = (right.number != right.number) - (left.number != left.number);
        return true;
    default: return false;
    }
}

// What the primitive answers when the first difference is `order`.
static Value outcome_of(const Machine *machine, Primitive primitive, int order) {
    switch (primitive) {
    case PRIMITIVE_LESS:
    case PRIMITIVE_WORD_LESS:
    case PRIMITIVE_FLOAT_LESS: return bool_value(machine, order < 0);
    case PRIMITIVE_LESS_EQUAL:
    case PRIMITIVE_WORD_LESS_EQUAL:
    case PRIMITIVE_FLOAT_LESS_EQUAL: return bool_value(machine, order <= 0);
    case PRIMITIVE_GREATER: return bool_value(machine, order > 0);
    case PRIMITIVE_GREATER_EQUAL: return bool_value(machine, order >= 0);
    case PRIMITIVE_NOT_EQUAL:
    case PRIMITIVE_WORD_NOT_EQUAL:
    case PRIMITIVE_FLOAT_NOT_EQUAL: return bool_value(machine, order != 0);
    default:
        if (is_equality(primitive)) return bool_value(machine, order == 0);
        return constant_value(machine->program->builtins->ordering_type->constructors.items[order < 0 ? 0 : order > 0 ? 2 : 1]);
    }
}

// What a spec compares by itself is a node without a type: whether it is the same Float, as 0.0 and -0.0 are not, and a nan is.
static bool is_same_float(double left, double right) { return left != left ? right != right : left == right && !signbit(left) == !signbit(right); }

static bool differ(const CoreExpression *node, double left, double right) { return node->type ? left != right : !is_same_float(left, right); }

// Of Floats themselves the operators are those of IEEE 754: all but != are false of a nan. Within data only equality is so.
static Value compare_floats(const Machine *machine, const CoreExpression *node, double left, double right) {
    Primitive primitive = node->primitive;
    if (!node->type) return bool_value(machine, is_same_float(left, right));
    bool is_unordered = left != left || right != right;
    int order;
    compare_plain(float_value(left), float_value(right), &order);
    if (!is_unordered || primitive == PRIMITIVE_COMPARE || primitive == PRIMITIVE_FLOAT_COMPARE) return outcome_of(machine, primitive, order);
    return bool_value(machine, primitive == PRIMITIVE_NOT_EQUAL || primitive == PRIMITIVE_FLOAT_NOT_EQUAL);
}

static Object *pair_of(Machine *machine, Value left, Value right, Object *next) {
    Object *pair = make_object(machine, PAIR, NULL, next, NULL, 2);
    pair->items[0] = left;
    pair->items[1] = right;
    return pair;
}

// Both values are seen as lists first: the left one now.
static bool is_seen(Machine *machine, Task *task, const CoreExpression *node, Value left, Value right, Object *rest) {
    const DataType *data = data_of(left);
    const CoreDefinition *to_list = data && data->seen_as ? view_of(machine, data) : NULL;
    if (!to_list) return false;
    push(machine, task, FRAME_VIEW_LEFT, node, rest, 1, &right);
    apply(machine, task, *global_value(machine, to_list), 1, &left);
    return true;
}

void compare_seen(Machine *machine, Task *task, const Object *frame, Value list) {
    if (frame->kind == FRAME_VIEW_RIGHT) {
        compare_values(machine, task, frame->about, pair_of(machine, frame->items[0], list, frame->scope));
        return;
    }
    Value right = frame->items[0];
    push(machine, task, FRAME_VIEW_RIGHT, frame->about, frame->scope, 1, &list);
    apply(machine, task, *global_value(machine, view_of(machine, data_of(right))), 1, &right);
}

// The fields' pairs in front of the rest. Both have the same constructor.
static Object *pair_fields(Machine *machine, Value left, Value right, Object *rest) {
    if (left.kind == VALUE_CONSTANT) return rest;
    for (size_t i = left.object->count; i-- > 0;) rest = pair_of(machine, left.object->items[i], right.object->items[i], rest);
    return rest;
}

// The data types that are being looked at, the innermost first.
typedef struct Within {
    const DataType *data;
    const struct Within *outer;
} Within;

static bool type_holds_float(const Machine *machine, Type *type, const Within *within) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return (type->kind == TYPE_PARAMETER || type->kind == TYPE_ERROR) && !within;
    if (type->data == machine->program->builtins->float_type) return true;
    for (const Within *outer = within; outer; outer = outer->outer)
        if (outer->data == type->data) return false;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (type_holds_float(machine, type->arguments.items[i], within)) return true;
    const Within inner = {type->data, within};
    for (size_t i = 0; i < type->data->constructors.count; i++) {
        const Constructor *constructor = type->data->constructors.items[i];
        for (size_t k = 0; k < constructor->fields.count; k++)
            if (type_holds_float(machine, constructor->fields.items[k], &inner)) return true;
    }
    return false;
}

// Of a Float that is not known, or a value that may hold one, the program cannot tell whether it equals itself (a nan does not), nor is what
// equals it the same (0.0 and -0.0). What a spec compares by itself, a node without a type, is the same value or not.
static void refuse_floats(Machine *machine, const CoreExpression *node, Value value) {
    if (value.kind == VALUE_SPLICED) value = look(machine, value.object->items[0]);
    if (!node->type || value.kind != VALUE_UNKNOWN) return;
    if (type_holds_float(machine, ((const Opaque *)value.object->about)->type, NULL)) undecided(machine, "a Float that is not known is compared");
}

// False: both have their constructors now, and are compared like any others.
static bool compare_symbolic(Machine *machine, const CoreExpression *node, Value *left, Value *right, bool is_last, int *order) {
    Primitive primitive = node->primitive;
    if (!is_symbolic(*left) && !is_symbolic(*right)) return false;
    bool has_data = left->kind == VALUE_DATA || left->kind == VALUE_CONSTANT || right->kind == VALUE_DATA || right->kind == VALUE_CONSTANT;
    bool is_same = left->kind == VALUE_UNKNOWN && right->kind == VALUE_UNKNOWN && left->object == right->object;
    *order = 0;
    if (has_data || left->kind == VALUE_SPLICED || right->kind == VALUE_SPLICED) {
        *left = inspect(machine, *left);
        *right = inspect(machine, *right);
        return false;
    }
    refuse_floats(machine, node, *left);
    refuse_floats(machine, node, *right);
    if (is_same) return true;
    if (is_equality(primitive)) *order = !decide_equal(machine, *left, *right);
    else *order = is_last ? decide_as(machine, primitive, *left, *right) : decide_order(machine, *left, *right);
    return true;
}

// Handles, and code: in what a spec compares.
static bool is_same_thing(Machine *machine, Value left, Value right) {
    if (left.kind == VALUE_RESOURCE || right.kind == VALUE_RESOURCE) return left.kind == right.kind && left.resource == right.resource;
    return machine->unknowns->is_same_code(machine->unknowns->context, left, right);
}

void compare_values(Machine *machine, Task *task, const CoreExpression *node, Object *pairs) {
    bool is_outermost = !pairs->next;
    int order = 0;
    while (pairs && order == 0) {
        Value left = pairs->items[0], right = pairs->items[1];
        pairs = pairs->next;
        if (left.kind == VALUE_FLOAT && right.kind == VALUE_FLOAT && is_outermost) {
            answer(task, compare_floats(machine, node, left.number, right.number));
            return;
        }
        is_outermost = false;
        if (machine->unknowns && (is_symbolic(left) || is_symbolic(right))) {
            left = look(machine, left), right = look(machine, right);
            bool has_opaque_start = left.kind == VALUE_SPLICED && right.kind == VALUE_SPLICED;
            if (has_opaque_start) refuse_floats(machine, node, left);
            if (strip_lists(machine, &left, &right)) {
                pairs = pair_of(machine, left, right, pairs);
                continue;
            }
            if (compare_symbolic(machine, node, &left, &right, !pairs, &order)) continue;
        }
        if (compare_plain(left, right, &order)) {
            if (left.kind == VALUE_FLOAT && is_equality(node->primitive)) order = differ(node, left.number, right.number);
            continue;
        }
        if (is_seen(machine, task, node, left, right, pairs)) return;
        if (left.kind == VALUE_RESOURCE && !machine->unknowns) continue;
        if (left.kind == VALUE_RESOURCE || !data_of(left)) {
            order = !is_same_thing(machine, left, right);
            continue;
        }
        order = (int)constructor_of(left)->tag - (int)constructor_of(right)->tag;
        if (order == 0) pairs = pair_fields(machine, left, right, pairs);
    }
    answer(task, outcome_of(machine, node->primitive, order));
}
