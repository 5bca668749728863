// What is computed from opaque values: sums of Ints and Chars, and texts put together from parts.

#include "unknown.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// ---- sums ----

Linear linear_of(const Machine *machine, Arena *arena, Value value) {
    Linear sum = {.constant = 0};
    value = look(machine, value);
    if (value.kind == VALUE_INT || value.kind == VALUE_CHAR) sum.constant = value.integer;
    else if (value.kind == VALUE_UNKNOWN) {
        LinearItem item = {value.object->about, 1};
        vector_push(arena, &sum.items, item);
    } else {
        const Object *object = value.object;
        sum.constant = object->items[0].integer;
        for (size_t i = 1; i < object->count; i += 2) {
            Linear part = linear_of(machine, arena, object->items[i]);
            sum = add_linear(arena, &sum, &part, object->items[i + 1].integer);
        }
    }
    return sum;
}

Value value_of_linear(Machine *machine, const Linear *sum) {
    if (sum->constant > INT64_MAX || sum->constant < INT64_MIN) undecided(machine, "a sum has become too large");
    if (!sum->items.count) return int_value((int64_t)sum->constant);
    if (sum->items.count == 1 && sum->items.items[0].coefficient == 1 && sum->constant == 0)
        return object_value(VALUE_UNKNOWN, sum->items.items[0].opaque->object);
    Object *object = make_object(machine, SUM, NULL, NULL, NULL, 1 + 2 * sum->items.count);
    object->items[0] = int_value((int64_t)sum->constant);
    for (size_t i = 0; i < sum->items.count; i++) {
        object->items[1 + 2 * i] = object_value(VALUE_UNKNOWN, sum->items.items[i].opaque->object);
        object->items[2 + 2 * i] = int_value(sum->items.items[i].coefficient);
    }
    return object_value(VALUE_SUM, object);
}

static bool is_within(Machine *machine, Arena *arena, const Linear *sum, int64_t factor, __int128 constant) {
    Linear limit = {.constant = constant};
    Fact fact = {.kind = FACT_NOT_NEGATIVE, .sum = add_linear(arena, &limit, sum, factor)};
    return decide_fact(machine, &fact);
}

static bool is_known_factor(const Linear *sum) { return !sum->items.count && sum->constant > -(1 << 30) && sum->constant < (1 << 30); }

static void calculate_sum(Machine *machine, Task *task, const CoreExpression *node, char sign, Value left, Value right) {
    Arena *arena = machine->unknowns->arena;
    Linear l = linear_of(machine, arena, left), r = linear_of(machine, arena, right), sum, none = {.constant = 0};
    if (sign == '+' || sign == '-') sum = add_linear(arena, &l, &r, sign == '+' ? 1 : -1);
    else if (sign == '*' && is_known_factor(&l)) sum = add_linear(arena, &none, &r, (int64_t)l.constant);
    else if (sign == '*' && is_known_factor(&r)) sum = add_linear(arena, &none, &l, (int64_t)r.constant);
    else undecided(machine, "`%c` of Ints that are not known", sign);
    if (is_large(&sum)) undecided(machine, "a sum has become too large");
    if (is_within(machine, arena, &sum, -1, INT64_MAX) && is_within(machine, arena, &sum, 1, -(__int128)INT64_MIN)) answer(task, value_of_linear(machine, &sum));
    else raise_fault(machine, task, &node->span, "overflow: the result of %c does not fit an Int", sign);
}

// ---- texts ----

void add_piece(Machine *machine, Arena *arena, Pieces *pieces, Value piece) {
    piece = look(machine, piece);
    if (piece.kind == VALUE_JOINED) {
        for (size_t i = 0; i < piece.object->count; i++) add_piece(machine, arena, pieces, piece.object->items[i]);
        return;
    }
    if (piece.kind == VALUE_TEXT_OF) piece = shown_text(machine, piece.object->items[0]);
    Value *last = pieces->count ? &pieces->items[pieces->count - 1] : NULL;
    if (piece.kind != VALUE_STRING) vector_push(arena, pieces, piece);
    else if (!text_in(piece).length) return;
    else if (last && last->kind == VALUE_STRING) *last = append_text(machine, *last, text_in(piece));
    else vector_push(arena, pieces, piece);
}

Value value_of_pieces(Machine *machine, const Pieces *pieces) {
    if (!pieces->count) return make_text(machine, "", 0);
    if (pieces->count == 1 && pieces->items[0].kind != VALUE_TEXT_OF) return pieces->items[0];
    Object *object = make_object(machine, JOINED, NULL, NULL, NULL, pieces->count);
    memcpy(object->items, pieces->items, pieces->count * sizeof(Value));
    return object_value(VALUE_JOINED, object);
}

Value shown_text(Machine *machine, Value value) {
    value = look(machine, value);
    if (!is_symbolic(value)) return plain_text(machine, value);
    if (value.kind == VALUE_JOINED || value.kind == VALUE_TEXT_OF) return value;
    const Builtins *builtins = machine->program->builtins;
    const Type *type = value.kind == VALUE_UNKNOWN ? resolve_type(((const Opaque *)value.object->about)->type) : NULL;
    if (type && type->kind == TYPE_DATA && type->data == builtins->string_type) return value;
    if (type && type->kind == TYPE_DATA && type->data == builtins->bool_type) return plain_text(machine, inspect(machine, value));
    Object *object = make_object(machine, TEXT_OF, NULL, NULL, NULL, 1);
    object->items[0] = value;
    return object_value(VALUE_TEXT_OF, object);
}

Value join_texts(Machine *machine, size_t count, const Value *texts) {
    Pieces pieces = {0};
    for (size_t i = 0; i < count; i++) add_piece(machine, machine->unknowns->arena, &pieces, texts[i]);
    return value_of_pieces(machine, &pieces);
}

// ---- whether two texts are the same ----

static bool is_number(Value piece) { return piece.kind == VALUE_TEXT_OF; }

bool same_term(const Machine *machine, Value left, Value right) {
    left = look(machine, left), right = look(machine, right);
    if (left.kind != right.kind) return false;
    switch (left.kind) {
    case VALUE_INT:
    case VALUE_CHAR: return left.integer == right.integer;
    case VALUE_STRING: return text_equal(text_in(left), text_in(right));
    case VALUE_UNKNOWN: return left.object == right.object;
    case VALUE_SUM:
    case VALUE_JOINED:
    case VALUE_TEXT_OF:
        if (left.object->count != right.object->count) return false;
        for (size_t i = 0; i < left.object->count; i++)
            if (!same_term(machine, left.object->items[i], right.object->items[i])) return false;
        return true;
    default: return false;
    }
}

bool strip_pieces(Machine *machine, Pieces *left, Pieces *right, bool at_end) {
    while (left->count && right->count) {
        Value *l = at_end ? &left->items[left->count - 1] : left->items, *r = at_end ? &right->items[right->count - 1] : right->items;
        size_t left_length = 0, right_length = 0, same = 0;
        if (l->kind == VALUE_STRING && r->kind == VALUE_STRING) {
            Text a = text_in(*l), b = text_in(*r);
            left_length = a.length, right_length = b.length;
            same = a.length < b.length ? a.length : b.length;
            const char *from_a = at_end ? a.bytes + a.length - same : a.bytes, *from_b = at_end ? b.bytes + b.length - same : b.bytes;
            if (memcmp(from_a, from_b, same) != 0) return false;
            *l = make_text(machine, at_end ? a.bytes : a.bytes + same, a.length - same);
            *r = make_text(machine, at_end ? b.bytes : b.bytes + same, b.length - same);
        } else if (!same_term(machine, *l, *r)) return true;
        if (left_length == same) {
            if (!at_end) left->items++;
            left->count--;
        }
        if (right_length == same) {
            if (!at_end) right->items++;
            right->count--;
        }
    }
    return true;
}

size_t least_length(const Pieces *pieces) {
    size_t length = 0;
    for (size_t i = 0; i < pieces->count; i++) length += is_number(pieces->items[i]) ? 1 : pieces->items[i].kind == VALUE_STRING ? text_in(pieces->items[i]).length : 0;
    return length;
}

static bool is_literal(const Pieces *pieces) { return !pieces->count || (pieces->count == 1 && pieces->items[0].kind == VALUE_STRING); }

// The Int or Char whose text is the literal; false: none.
static bool number_of(Text text, bool is_char, int64_t *number) {
    char digits[24], again[24];
    if (is_char && text.length == 1 && (unsigned char)text.bytes[0] < 0x80) {
        *number = text.bytes[0];
        return true;
    }
    if (is_char || text.length >= sizeof digits || !text.length) return false;
    memcpy(digits, text.bytes, text.length);
    digits[text.length] = 0;
    if (sscanf(digits, "%" SCNd64, number) != 1) return false;
    snprintf(again, sizeof again, "%" PRId64, *number);
    return text_equal(text, text_of(again));
}

static bool is_char_term(Value value) {
    return value.kind == VALUE_CHAR || (value.kind == VALUE_UNKNOWN && ((const Opaque *)value.object->about)->is_char);
}

static bool is_int_term(const Machine *machine, Value value) {
    if (value.kind == VALUE_INT || value.kind == VALUE_SUM) return true;
    const Type *type = value.kind == VALUE_UNKNOWN ? resolve_type(((const Opaque *)value.object->about)->type) : NULL;
    return type && type->kind == TYPE_DATA && type->data == machine->program->builtins->int_type;
}

// Both are one number's text each, or one is and the other is a literal.
static Truth same_numbers(Machine *machine, Arena *arena, Value left, Value right, Fact *fact) {
    if (!is_number(left)) {
        Value swapped = left;
        left = right;
        right = swapped;
    }
    Value inner = look(machine, left.object->items[0]), other = {.kind = VALUE_INT};
    bool is_char = is_char_term(inner);
    if (!is_char && !is_int_term(machine, inner)) return TRUTH_OPEN;
    if (is_number(right)) other = look(machine, right.object->items[0]);
    else if (text_in(right).length > 1 && is_char) return TRUTH_OPEN;
    else if (!number_of(text_in(right), is_char, &other.integer)) return is_char ? TRUTH_OPEN : TRUTH_FALSE;
    else if (is_char) other.kind = VALUE_CHAR;
    if (is_number(right) && is_char != is_char_term(other)) return TRUTH_OPEN;
    if (is_number(right) && !is_char && !is_int_term(machine, other)) return TRUTH_OPEN;
    Linear l = linear_of(machine, arena, inner), r = linear_of(machine, arena, other);
    *fact = (Fact){.kind = FACT_ZERO, .sum = add_linear(arena, &l, &r, -1)};
    return decide_linear(machine->unknowns->present, fact);
}

Truth same_text(Machine *machine, Arena *arena, Value left, Value right, Fact *fact) {
    Pieces l = {0}, r = {0};
    add_piece(machine, arena, &l, left);
    add_piece(machine, arena, &r, right);
    if (!strip_pieces(machine, &l, &r, false) || !strip_pieces(machine, &l, &r, true)) return TRUTH_FALSE;
    if (!l.count && !r.count) return TRUTH_TRUE;
    if (is_literal(&l) && least_length(&r) > least_length(&l)) return TRUTH_FALSE;
    if (is_literal(&r) && least_length(&l) > least_length(&r)) return TRUTH_FALSE;
    *fact = (Fact){.kind = FACT_SAME, .left = value_of_pieces(machine, &l), .right = value_of_pieces(machine, &r)};
    bool are_single = l.count == 1 && r.count == 1;
    bool are_numbers = are_single && (is_number(l.items[0]) || is_number(r.items[0])) && (is_number(l.items[0]) || l.items[0].kind == VALUE_STRING) &&
                       (is_number(r.items[0]) || r.items[0].kind == VALUE_STRING);
    return are_numbers ? same_numbers(machine, arena, l.items[0], r.items[0], fact) : TRUTH_OPEN;
}

// ---- keeping ----

Value keep_term(const Machine *machine, Arena *arena, Value value) {
    value = look(machine, value);
    if (value.kind == VALUE_STRING) {
        Text text = text_in(value);
        Object *object = arena_allocate(arena, sizeof *object + text.length);
        *object = (Object){.kind = TEXT, .count = text.length};
        if (text.length) memcpy(object->items, text.bytes, text.length);
        return object_value(VALUE_STRING, object);
    }
    if (value.kind != VALUE_SUM && value.kind != VALUE_JOINED && value.kind != VALUE_TEXT_OF) return value;
    Object *object = arena_allocate(arena, sizeof *object + value.object->count * sizeof(Value));
    *object = *value.object;
    for (size_t i = 0; i < object->count; i++) object->items[i] = keep_term(machine, arena, value.object->items[i]);
    return object_value(value.kind, object);
}

// ---- primitives ----

bool compute_symbolic(Machine *machine, Task *task, const CoreExpression *node, const Value *operands) {
    char sign = sign_of(node->primitive);
    Value left = look(machine, operands[0]);
    switch (node->primitive) {
    case PRIMITIVE_NEGATE:
    case PRIMITIVE_INT_NEGATE: calculate_sum(machine, task, node, '-', int_value(0), left); return true;
    case PRIMITIVE_APPEND:
        if (!is_text_term(machine, left) && !is_text_term(machine, look(machine, operands[1]))) return false;
        answer(task, join_texts(machine, 2, operands));
        return true;
    case PRIMITIVE_STRING_APPEND:
    case PRIMITIVE_STRING_CONCATENATE: answer(task, join_texts(machine, node->items.count, operands)); return true;
    case PRIMITIVE_INTERPOLATE:
    case PRIMITIVE_INT_TO_STRING:
    case PRIMITIVE_FLOAT_TO_STRING:
    case PRIMITIVE_CHAR_TO_STRING:
    case PRIMITIVE_BOOL_TO_STRING: {
        Value text = shown_text(machine, left);
        answer(task, join_texts(machine, 1, &text));
        return true;
    }
    default: break;
    }
    if (!sign) return false;
    if (!is_int_term(machine, left) || !is_int_term(machine, look(machine, operands[1]))) undecided(machine, "`%c` of Floats that are not known", sign);
    calculate_sum(machine, task, node, sign, operands[0], operands[1]);
    return true;
}
