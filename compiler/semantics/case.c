// The cases that a doubt makes of one, and a case without what it says of what functions give.

#include "unknown.h"

#include <string.h>

// ---- more cases in place of one ----

static Case *copy_case(struct Unknowns *unknowns, const Case *present) {
    Case *copy = NEW(unknowns->arena, Case);
    uint32_t count = unknowns->opaques.count;
    vector_reserve(unknowns->arena, &copy->known, count);
    for (uint32_t i = 0; i < count; i++) {
        Value own = object_value(VALUE_UNKNOWN, unknowns->opaques.items[i]->object);
        vector_push(unknowns->arena, &copy->known, i < present->known.count ? present->known.items[i] : own);
    }
    for (size_t i = 0; i < present->facts.count; i++) vector_push(unknowns->arena, &copy->facts, present->facts.items[i]);
    return copy;
}

static const char *field_name(Arena *arena, const Opaque *opaque, const Constructor *constructor, size_t index) {
    Builder name = builder_in(arena);
    if (constructor->field_names.count) build_format(&name, "%s.%s", opaque->name, constructor->field_names.items[index]);
    else if (strcmp(constructor->name, "::") == 0) build_format(&name, "%s of %s", index ? "rest" : "head", opaque->name);
    else build_format(&name, "%s of %s", constructor->name, opaque->name);
    return builder_string(&name);
}

static bool is_recursive(const Constructor *constructor) {
    for (size_t i = 0; i < constructor->fields.count; i++) {
        const Type *field = resolve_type(constructor->fields.items[i]);
        if (field->kind == TYPE_DATA && field->data == constructor->data) return true;
    }
    return false;
}

static Value construct_opaque(struct Unknowns *unknowns, const CoreProgram *program, const Opaque *opaque, const Constructor *constructor) {
    size_t count = constructor->fields.count;
    Object *object = arena_allocate(unknowns->arena, sizeof *object + count * sizeof(Value));
    *object = (Object){.kind = DATA, .about = constructor, .count = count};
    for (size_t i = 0; i < count; i++) {
        Type *type = substitute_type(unknowns->arena, constructor->fields.items[i], &constructor->data->parameters, &opaque->type->arguments);
        object->items[i] = make_opaque(unknowns, type, field_name(unknowns->arena, opaque, constructor, i), opaque);
        Opaque *field = (Opaque *)(uintptr_t)object->items[i].object->about;
        field->is_char = field->type->kind == TYPE_DATA && field->type->data == program->builtins->char_type;
    }
    return object_value(VALUE_DATA, object);
}

// The same in each case, so that two cases can be compared.
static Value constructed(struct Unknowns *unknowns, const CoreProgram *program, const Opaque *opaque, const Constructor *constructor) {
    Opaque *changed = (Opaque *)(uintptr_t)opaque;
    if (!constructor->fields.count) return constant_value(constructor);
    if (!opaque->made) changed->made = NEW_ARRAY(unknowns->arena, Value, constructor->data->constructors.count);
    if (!opaque->made[constructor->tag].object) changed->made[constructor->tag] = construct_opaque(unknowns, program, opaque, constructor);
    return opaque->made[constructor->tag];
}

static void split_on_constructors(struct Unknowns *unknowns, const CoreProgram *program, const Case *present, const Opaque *opaque, unsigned limit,
                                  Cases *cases, bool *is_cut) {
    const DataType *data = opaque->type->data;
    for (size_t i = 0; i < data->constructors.count; i++) {
        const Constructor *constructor = data->constructors.items[i];
        if (is_recursive(constructor) && opaque->depth >= limit) {
            *is_cut = true;
            continue;
        }
        Value value = constructed(unknowns, program, opaque, constructor);
        Case *next = copy_case(unknowns, present);
        next->known.items[opaque->id] = value;
        vector_push(unknowns->arena, cases, next);
    }
}

static bool occurs_in(const Opaque *opaque, Value value) {
    if (value.kind == VALUE_UNKNOWN) return value.object == opaque->object;
    bool occurs = false;
    for (size_t i = 0; is_symbolic(value) && i < value.object->count; i++) occurs = occurs || occurs_in(opaque, value.object->items[i]);
    return occurs;
}

// One side alone is opaque: that is what it is. False: neither is.
static bool bind_side(Case *next, Value side, Value other) {
    if (side.kind != VALUE_UNKNOWN || occurs_in(side.object->about, other)) return false;
    next->known.items[((const Opaque *)side.object->about)->id] = other;
    return true;
}

static void add_fact(struct Unknowns *unknowns, const Case *present, Fact fact, Cases *cases, bool *is_cut) {
    enum { MOST_FACTS = 24 };
    if (present->facts.count >= MOST_FACTS) {
        *is_cut = true;
        return;
    }
    Case *next = copy_case(unknowns, present);
    bool is_bound = fact.kind == FACT_SAME && (bind_side(next, fact.left, fact.right) || bind_side(next, fact.right, fact.left));
    if (!is_bound) vector_push(unknowns->arena, &next->facts, fact);
    if (can_hold(next->facts.items, next->facts.count)) vector_push(unknowns->arena, cases, next);
}

void split_case(struct Unknowns *unknowns, const CoreProgram *program, const Case *present, const Doubt *doubt, unsigned limit, Cases *cases, bool *is_cut) {
    if (doubt->kind == QUESTION_SPLIT) {
        split_on_constructors(unknowns, program, present, doubt->opaque, limit, cases, is_cut);
        return;
    }
    Fact opposite = doubt->fact;
    switch (doubt->fact.kind) {
    case FACT_ZERO: opposite.kind = FACT_NOT_ZERO; break;
    case FACT_SAME: opposite.kind = FACT_DIFFERENT; break;
    default: {
        Linear less = {.constant = -1};
        opposite.sum = add_linear(unknowns->arena, &less, &doubt->fact.sum, -1);
    }
    }
    add_fact(unknowns, present, doubt->fact, cases, is_cut);
    add_fact(unknowns, present, opposite, cases, is_cut);
}

// ---- without what functions give ----

static bool comes_from_given(const Opaque *opaque) {
    for (; opaque; opaque = opaque->parent)
        if (opaque->is_given) return true;
    return false;
}

static bool holds_given(Value value) {
    if (value.kind == VALUE_UNKNOWN) return comes_from_given(value.object->about);
    bool holds = false;
    bool has_items = value.kind == VALUE_DATA || is_symbolic(value);
    for (size_t i = 0; has_items && i < value.object->count; i++) holds = holds || holds_given(value.object->items[i]);
    return holds;
}

static bool is_about_given(const Fact *fact) {
    if (fact->kind == FACT_SAME || fact->kind == FACT_DIFFERENT) return holds_given(fact->left) || holds_given(fact->right);
    for (size_t i = 0; i < fact->sum.items.count; i++)
        if (comes_from_given(fact->sum.items.items[i].opaque)) return true;
    return false;
}

static bool is_doubt_about_given(const Doubt *doubt) {
    return doubt->kind == QUESTION_SPLIT ? comes_from_given(doubt->opaque) : doubt->kind == QUESTION_FACT && is_about_given(&doubt->fact);
}

const Case *without_given(struct Unknowns *unknowns, const Case *present, const Doubt *doubt) {
    Case *without = NEW(unknowns->arena, Case);
    bool says_something = false;
    if (is_doubt_about_given(doubt)) return NULL;
    for (size_t i = 0; i < present->known.count; i++) {
        const Opaque *opaque = unknowns->opaques.items[i];
        Value known = present->known.items[i], own = object_value(VALUE_UNKNOWN, opaque->object);
        bool is_given = comes_from_given(opaque), is_own = known.kind == VALUE_UNKNOWN && known.object == own.object;
        if (!is_given && !is_own && holds_given(known)) return NULL;
        says_something = says_something || (is_given && !is_own);
        vector_push(unknowns->arena, &without->known, is_given ? own : known);
    }
    for (size_t i = 0; i < present->facts.count; i++) {
        bool is_given = is_about_given(&present->facts.items[i]);
        says_something = says_something || is_given;
        if (!is_given) vector_push(unknowns->arena, &without->facts, present->facts.items[i]);
    }
    return says_something ? without : NULL;
}

static bool same_known(Value left, Value right) {
    if (left.kind != right.kind) return false;
    return left.kind == VALUE_INT || left.kind == VALUE_CHAR ? left.integer == right.integer : left.object == right.object;
}

static bool same_fact(const Fact *left, const Fact *right) {
    if (left->kind != right->kind || !same_known(left->left, right->left) || !same_known(left->right, right->right)) return false;
    return same_sum(&left->sum, &right->sum);
}

// What one of them says of a value that was not there yet when the other was made is what it is itself: nothing.
static bool says_nothing_from(const Case *present, size_t index) {
    for (; index < present->known.count; index++) {
        Value known = present->known.items[index];
        if (known.kind != VALUE_UNKNOWN || ((const Opaque *)known.object->about)->id != index) return false;
    }
    return true;
}

bool same_case(const Case *left, const Case *right) {
    size_t count = left->known.count < right->known.count ? left->known.count : right->known.count;
    if (left->facts.count != right->facts.count || !says_nothing_from(left, count) || !says_nothing_from(right, count)) return false;
    for (size_t i = 0; i < count; i++)
        if (!same_known(left->known.items[i], right->known.items[i])) return false;
    for (size_t i = 0; i < left->facts.count; i++)
        if (!same_fact(&left->facts.items[i], &right->facts.items[i])) return false;
    return true;
}
