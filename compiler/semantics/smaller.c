// Which uses that a spec makes of itself are about something smaller, so that what they say may be taken to hold. There are orders of each parameter
// in which nothing gets smaller for ever: one value is a part of the other, taken out by its constructors; is a lesser Int; is a greater one; is
// nearer to 0, on the same side. For of the Ints, of 64 bits, there are finitely many, and a sum that would lie beyond them is a fault.
//
// All uses of a proof must get smaller in one order, or they could go round in a circle. That may be a lexicographic one: of `use s n rest` and
// `use s 3 xs` under n > 0, say, the first has a smaller part, and the other a lesser Int with the same list.

#include "spec.h"

enum { ORDER_PART, ORDER_LESSER, ORDER_GREATER, ORDER_NEARER, ORDERS, MOST_ORDERED = 64 / ORDERS };

static uint64_t order_of(size_t parameter, int order) { return (uint64_t)1 << (ORDERS * parameter + (size_t)order); }

// ---- one parameter ----

static bool is_part_of(Value value, const Opaque *whole) {
    if (value.kind != VALUE_UNKNOWN) return false;
    const Opaque *opaque = value.object->about;
    if (!opaque->parent || !opaque->depth) return false;
    while (opaque->parent) opaque = opaque->parent;
    return opaque == whole;
}

static bool is_it(const Machine *machine, Value left, Value right) {
    if (left.kind == VALUE_DATA) return right.kind == VALUE_DATA && left.object == right.object;
    if (left.kind == VALUE_CONSTANT) return right.kind == VALUE_CONSTANT && constructor_of(left) == constructor_of(right);
    return same_term(machine, left, right);
}

// Whether left - right - by is surely not negative.
static bool is_above(Engine *engine, Value left, Value right, int by) {
    Arena *arena = engine->compilation->arena;
    Linear l = linear_of(engine->machine, arena, left), r = linear_of(engine->machine, arena, right);
    Fact fact = {.kind = FACT_NOT_NEGATIVE, .sum = add_linear(arena, &l, &r, -1)};
    fact.sum.constant -= by;
    return decide_linear(engine->unknowns.present, &fact) == TRUTH_TRUE;
}

static void add_ints(Engine *engine, OwnUse *use, size_t index, Value whole, Value value) {
    for (int is_not_greater = 0; is_not_greater < 2; is_not_greater++) {
        uint64_t *orders = is_not_greater ? &use->not_greater : &use->less;
        bool is_lesser = is_above(engine, whole, value, !is_not_greater), is_greater = is_above(engine, value, whole, !is_not_greater);
        bool is_nearer = (is_lesser && is_above(engine, value, int_value(0), 0)) || (is_greater && is_above(engine, int_value(0), value, 0));
        if (is_lesser) *orders |= order_of(index, ORDER_LESSER);
        if (is_greater) *orders |= order_of(index, ORDER_GREATER);
        if (is_nearer) *orders |= order_of(index, ORDER_NEARER);
    }
}

static OwnUse use_of(Engine *engine, const Object *environment) {
    const Machine *machine = engine->machine;
    OwnUse use = {0, 0};
    for (size_t i = 0; i < environment->count && i < MOST_ORDERED; i++) {
        const Opaque *opaque = engine->unknowns.opaques.items[i]; // those of parameters come first, in their order
        const Type *type = resolve_type(opaque->type);
        Value whole = look(machine, object_value(VALUE_UNKNOWN, opaque->object)), value = look(machine, environment->items[i]);
        bool is_int = type->kind == TYPE_DATA && type->data == engine->program->builtins->int_type, is_part = is_part_of(value, opaque);
        if (is_int) add_ints(engine, &use, i, whole, value);
        if (is_part) use.less |= order_of(i, ORDER_PART);
        if (is_part || is_it(machine, whole, value)) use.not_greater |= order_of(i, ORDER_PART);
    }
    return use;
}

// ---- all of them ----

// In which all of the uses are not greater, and some are less. 0: there is none.
static uint64_t find_order(const Engine *engine, uint64_t uses) {
    uint64_t not_greater = UINT64_MAX, less = 0;
    for (size_t i = 0; i < engine->own_uses.count; i++) {
        if (!(uses >> i & 1)) continue;
        not_greater &= engine->own_uses.items[i].not_greater;
        less |= engine->own_uses.items[i].less;
    }
    uint64_t orders = not_greater & less;
    return orders & (~orders + 1); // the first
}

// Whether there are orders of which each decides what those before it leave the same.
static bool get_smaller(const Engine *engine) {
    if (engine->own_uses.count > 64) return false;
    uint64_t left = UINT64_MAX >> (64 - engine->own_uses.count);
    while (left) {
        uint64_t order = find_order(engine, left);
        if (!order) return false;
        for (size_t i = 0; i < engine->own_uses.count; i++)
            if (engine->own_uses.items[i].less & order) left &= ~((uint64_t)1 << i);
    }
    return true;
}

bool is_smaller_use(Engine *engine, const Object *environment) {
    OwnUse use = use_of(engine, environment);
    for (size_t i = 0; i < engine->own_uses.count; i++)
        if (engine->own_uses.items[i].less == use.less && engine->own_uses.items[i].not_greater == use.not_greater) return true;
    vector_push(engine->compilation->arena, &engine->own_uses, use);
    if (get_smaller(engine)) return true;
    engine->own_uses.count--;
    return false;
}
