// Primitives: arithmetic, which is checked; text; and what works by the values it meets, where the compiler chooses by their types.

#include "unknown.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- arithmetic ----

char sign_of(Primitive primitive) {
    switch (primitive) {
    case PRIMITIVE_ADD:
    case PRIMITIVE_INT_ADD:
    case PRIMITIVE_FLOAT_ADD: return '+';
    case PRIMITIVE_SUBTRACT:
    case PRIMITIVE_INT_SUBTRACT:
    case PRIMITIVE_FLOAT_SUBTRACT: return '-';
    case PRIMITIVE_MULTIPLY:
    case PRIMITIVE_INT_MULTIPLY:
    case PRIMITIVE_FLOAT_MULTIPLY: return '*';
    case PRIMITIVE_DIVIDE:
    case PRIMITIVE_INT_DIVIDE:
    case PRIMITIVE_FLOAT_DIVIDE: return '/';
    case PRIMITIVE_REMAINDER:
    case PRIMITIVE_INT_REMAINDER:
    case PRIMITIVE_FLOAT_REMAINDER: return '%';
    default: return 0;
    }
}

// False: the result does not fit. The divisor is not zero.
static bool calculate(char sign, int64_t left, int64_t right, int64_t *result) {
    switch (sign) {
    case '+': return !__builtin_add_overflow(left, right, result);
    case '-': return !__builtin_sub_overflow(left, right, result);
    case '*': return !__builtin_mul_overflow(left, right, result);
    case '/':
        if (right == -1) return !__builtin_sub_overflow(0, left, result);
        *result = left / right;
        return true;
    default: *result = right == -1 ? 0 : left % right; return true;
    }
}

static void calculate_ints(Machine *machine, Task *task, const CoreExpression *node, char sign, int64_t left, int64_t right) {
    int64_t result;
    if (right == 0 && (sign == '/' || sign == '%')) raise_fault(machine, task, &node->span, "division by zero: %" PRId64 " %c 0", left, sign);
    else if (calculate(sign, left, right, &result)) answer(task, int_value(result));
    else {
        const char *format = right < 0 ? "overflow: %" PRId64 " %c (%" PRId64 ") does not fit an Int" : "overflow: %" PRId64 " %c %" PRId64 " does not fit an Int";
        Builder message = builder_in(machine->arena);
        build_format(&message, format, left, sign, right);
        raise_fault(machine, task, &node->span, "%s", builder_string(&message));
    }
}

static double calculate_floats(char sign, double left, double right) {
    switch (sign) {
    case '+': return left + right;
    case '-': return left - right;
    case '*': return left * right;
    case '/': return left / right;
    default: return fmod(left, right);
    }
}

static void negate(Machine *machine, Task *task, const CoreExpression *node, Value value) {
    if (value.kind == VALUE_FLOAT) answer(task, float_value(-value.number));
    else if (value.integer == INT64_MIN) raise_fault(machine, task, &node->span, "overflow: -(%" PRId64 ") does not fit an Int", value.integer);
    else answer(task, int_value(-value.integer));
}

// ---- ++ ----

static Value append_lists(Machine *machine, Value left, Value right) {
    const DataType *list = machine->program->builtins->list_type;
    Value whole = right, item, *end = &whole;
    while (next_item(&left, &item)) {
        *end = construct(machine, list, 1, 2, (Value[]){item, right});
        end = &end->object->items[1];
    }
    return whole;
}

static Value append(Machine *machine, Value left, Value right) {
    if (machine->unknowns && (is_list_term(machine, left) || is_list_term(machine, right))) return append_list_terms(machine, left, right);
    if (machine->unknowns) left = inspect(machine, left);
    return left.kind == VALUE_STRING ? append_text(machine, left, text_in(right)) : append_lists(machine, left, right);
}

// ---- text ----

// The fewest digits that read back, always with `.` or `e`.
static void build_float(Builder *builder, double number) {
    char text[40];
    int digits = fabs(number) < DBL_MIN ? 1 : DBL_DIG; // any decimal of DBL_DIG digits reads back, above the subnormals
    if (isnan(number) || isinf(number)) {
        build_string(builder, isnan(number) ? "nan" : number < 0 ? "-inf" : "inf");
        return;
    }
    do snprintf(text, sizeof text, "%.*g", digits, number);
    while (strtod(text, NULL) != number && ++digits <= DBL_DECIMAL_DIG);
    char *exponent = strchr(text, 'e');
    build_text(builder, (Text){text, exponent ? (size_t)(exponent - text) : strlen(text)});
    if (exponent) build_format(builder, "e%ld", strtol(exponent + 1, NULL, 10));
    else if (!strchr(text, '.')) build_string(builder, ".0");
}

static void build_char(Builder *builder, int64_t scalar) {
    if (scalar < 0 || scalar > 0x10ffff || (scalar >= 0xd800 && scalar < 0xe000)) scalar = 0xfffd;
    if (scalar < 0x80) build_byte(builder, (char)scalar);
    else if (scalar < 0x800) build_format(builder, "%c%c", (int)(0xc0 | scalar >> 6), (int)(0x80 | (scalar & 0x3f)));
    else if (scalar < 0x10000)
        build_format(builder, "%c%c%c", (int)(0xe0 | scalar >> 12), (int)(0x80 | (scalar >> 6 & 0x3f)), (int)(0x80 | (scalar & 0x3f)));
    else
        build_format(builder, "%c%c%c%c", (int)(0xf0 | scalar >> 18), (int)(0x80 | (scalar >> 12 & 0x3f)), (int)(0x80 | (scalar >> 6 & 0x3f)),
                     (int)(0x80 | (scalar & 0x3f)));
}

void build_plain(Builder *builder, Value value) {
    switch (value.kind) {
    case VALUE_INT: build_format(builder, "%" PRId64, value.integer); break;
    case VALUE_CHAR: build_char(builder, value.integer); break;
    case VALUE_FLOAT: build_float(builder, value.number); break;
    case VALUE_STRING: build_text(builder, text_in(value)); break;
    default: build_string(builder, constructor_of(value)->name); break; // Bool
    }
}

// All operands, one after the other.
static Value concatenate(Machine *machine, size_t count, const Value *operands) {
    Value whole = operands[0];
    for (size_t i = 1; i < count; i++) whole = append_text(machine, whole, text_in(operands[i]));
    return whole;
}

Value plain_text(Machine *machine, Value value) {
    if (value.kind == VALUE_STRING) return value;
    Arena *arena = arena_create();
    Builder builder = builder_in(arena);
    build_plain(&builder, value);
    Value text = make_text(machine, builder.bytes, builder.length);
    arena_destroy(arena);
    return text;
}

// ---- all of them ----

static void compare_operands(Machine *machine, Task *task, const CoreExpression *node, const Value *operands) {
    Object *pair = make_object(machine, PAIR, NULL, NULL, NULL, 2);
    memcpy(pair->items, operands, 2 * sizeof *operands);
    compare_values(machine, task, node, pair);
}

static void calculate_values(Machine *machine, Task *task, const CoreExpression *node, Value left, Value right) {
    char sign = sign_of(node->primitive);
    if (left.kind == VALUE_FLOAT) answer(task, float_value(calculate_floats(sign, left.number, right.number)));
    else calculate_ints(machine, task, node, sign, left.integer, right.integer);
}

static bool has_symbolic(const CoreExpression *node, const Value *operands) {
    for (size_t i = 0; i < node->items.count; i++)
        if (is_symbolic(operands[i])) return true;
    return false;
}

void compute(Machine *machine, Task *task, const CoreExpression *node, const Value *operands) {
    if (machine->unknowns && has_symbolic(node, operands) && compute_symbolic(machine, task, node, operands)) return;
    switch (node->primitive) {
    case PRIMITIVE_NEGATE:
    case PRIMITIVE_INT_NEGATE:
    case PRIMITIVE_FLOAT_NEGATE: negate(machine, task, node, operands[0]); break;
    case PRIMITIVE_APPEND: answer(task, append(machine, operands[0], operands[1])); break;
    case PRIMITIVE_STRING_APPEND:
    case PRIMITIVE_STRING_CONCATENATE: answer(task, concatenate(machine, node->items.count, operands)); break;
    case PRIMITIVE_INTERPOLATE:
    case PRIMITIVE_INT_TO_STRING:
    case PRIMITIVE_FLOAT_TO_STRING:
    case PRIMITIVE_CHAR_TO_STRING:
    case PRIMITIVE_BOOL_TO_STRING: answer(task, plain_text(machine, operands[0])); break;
    case PRIMITIVE_SHOW:
    case PRIMITIVE_STRING_SHOW:
    case PRIMITIVE_CHAR_SHOW: show_value(machine, task, operands[0]); break;
    case PRIMITIVE_TAG: answer(task, int_value(constructor_of(inspect(machine, operands[0]))->tag)); break;
    default:
        if (sign_of(node->primitive)) calculate_values(machine, task, node, operands[0], operands[1]);
        else compare_operands(machine, task, node, operands);
        break;
    }
}
