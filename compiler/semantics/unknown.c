// What is known of opaque values in the present case, and what the machine asks of them.

#include "unknown.h"

#include <stdarg.h>
#include <string.h>

// ---- looking ----

Value make_opaque(struct Unknowns *unknowns, Type *type, const char *name, const Opaque *parent) {
    Opaque *opaque = NEW(unknowns->arena, Opaque);
    opaque->id = (unsigned)unknowns->opaques.count;
    opaque->type = resolve_type(type);
    opaque->name = name;
    opaque->parent = parent;
    opaque->object = NEW(unknowns->arena, Object);
    *opaque->object = (Object){.kind = OPAQUE, .about = opaque};
    for (const Opaque *outer = parent; outer && opaque->type->kind == TYPE_DATA; outer = outer->parent)
        opaque->depth += outer->type->kind == TYPE_DATA && outer->type->data == opaque->type->data;
    vector_push(unknowns->arena, &unknowns->opaques, opaque);
    return object_value(VALUE_UNKNOWN, opaque->object);
}

Value look(const Machine *machine, Value value) {
    while (value.kind == VALUE_UNKNOWN) {
        const Case *present = machine->unknowns->present;
        const Opaque *opaque = value.object->about;
        if (opaque->id >= present->known.count) break;
        Value known = present->known.items[opaque->id];
        if (known.kind == VALUE_UNKNOWN && known.object == value.object) break;
        value = known;
    }
    return value;
}

// ---- giving up ----

static _Noreturn void give_up(const Machine *machine, const Doubt *doubt) {
    machine->unknowns->give_up(machine->unknowns->context, doubt);
    __builtin_unreachable();
}

void undecided(Machine *machine, const char *format, ...) {
    Builder why = builder_in(machine->unknowns->arena);
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&why, format, arguments);
    va_end(arguments);
    give_up(machine, &(Doubt){.kind = QUESTION_UNDECIDED, .why = builder_string(&why)});
}

// Whether a value of the type is made by constructors that anyone may use.
static bool can_split(const Type *type) {
    if (type->kind != TYPE_DATA || type->data->is_opaque || type->data->seen_as) return false;
    return (type->data->kind == DATA_VARIANT || type->data->kind == DATA_RECORD) && type->data->constructors.count;
}

Value inspect(Machine *machine, Value value) {
    value = look_at_list(machine, value);
    if (value.kind == VALUE_SPLICED) value = look(machine, value.object->items[0]);
    if (value.kind != VALUE_UNKNOWN) return value;
    const Opaque *opaque = value.object->about;
    if (!can_split(opaque->type)) undecided(machine, "`%s` is looked into, which is opaque", opaque->name);
    give_up(machine, &(Doubt){.kind = QUESTION_SPLIT, .opaque = opaque});
}

Value inspect_list(Machine *machine, Value list) {
    Value whole = inspect(machine, list), item, items = whole;
    bool is_whole = true;
    size_t count = 0;
    for (Value rest = whole; rest.kind == VALUE_DATA; rest = inspect(machine, rest.object->items[1]), count++)
        is_whole = is_whole && !is_symbolic(rest.object->items[1]);
    if (is_whole) return whole;
    Value *all = NEW_ARRAY(machine->unknowns->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++) {
        items = inspect(machine, items);
        next_item(&items, &item);
        all[i] = item;
    }
    const DataType *data = machine->program->builtins->list_type;
    Value list_of_all = constant_value(data->constructors.items[0]);
    while (count-- > 0) list_of_all = construct(machine, data, 1, 2, (Value[]){all[count], list_of_all});
    return list_of_all;
}

Value inspect_deep(Machine *machine, Value value, const char *by) {
    value = look_at_list(machine, value);
    if (value.kind == VALUE_SPLICED) return inspect(machine, value);
    if (is_symbolic(value)) {
        const Opaque *opaque = value.kind == VALUE_UNKNOWN ? value.object->about : NULL;
        if (opaque && can_split(opaque->type)) return inspect(machine, value);
        undecided(machine, "`%s` of a value that is not known", by);
    }
    if (value.kind != VALUE_DATA) return value;
    Object *copy = NULL;
    for (size_t i = 0; i < value.object->count; i++) {
        Value field = value.object->items[i], known = inspect_deep(machine, field, by);
        if (known.kind == field.kind && known.object == field.object) continue;
        if (!copy) {
            copy = make_object(machine, DATA, value.object->about, NULL, NULL, value.object->count);
            memcpy(copy->items, value.object->items, copy->count * sizeof(Value));
        }
        copy->items[i] = known;
    }
    return copy ? object_value(VALUE_DATA, copy) : value;
}

// ---- conditions ----

static const Decided *find_decided(struct Unknowns *unknowns, const Fact *fact) {
    if (unknowns->decided_in != unknowns->present) unknowns->decided.count = 0;
    unknowns->decided_in = unknowns->present;
    for (size_t i = unknowns->decided.count; i-- > 0;) {
        const Decided *decided = &unknowns->decided.items[i];
        if (decided->fact.kind == fact->kind && same_sum(&decided->fact.sum, &fact->sum)) return decided;
    }
    return NULL;
}

bool decide_fact(Machine *machine, const Fact *fact) {
    enum { MOST_DECIDED = 64 };
    struct Unknowns *unknowns = machine->unknowns;
    unknowns->look_up(unknowns->context);
    const Decided *known = find_decided(unknowns, fact);
    if (known) return known->holds;
    Truth truth = decide_linear(unknowns->present, fact);
    if (truth == TRUTH_OPEN) give_up(machine, &(Doubt){.kind = QUESTION_FACT, .fact = *fact});
    if (unknowns->decided.count == MOST_DECIDED) unknowns->decided.count = 0;
    Decided decided = {*fact, truth == TRUTH_TRUE};
    vector_push(unknowns->arena, &unknowns->decided, decided);
    return decided.holds;
}

bool is_text_term(const Machine *machine, Value value) {
    if (value.kind == VALUE_STRING || value.kind == VALUE_JOINED || value.kind == VALUE_TEXT_OF) return true;
    const Type *type = value.kind == VALUE_UNKNOWN ? ((const Opaque *)value.object->about)->type : NULL;
    return type && type->kind == TYPE_DATA && type->data == machine->program->builtins->string_type;
}

static bool is_number_term(const Machine *machine, Value value) {
    if (value.kind == VALUE_INT || value.kind == VALUE_CHAR || value.kind == VALUE_SUM) return true;
    const Opaque *opaque = value.kind == VALUE_UNKNOWN ? value.object->about : NULL;
    return opaque && (opaque->is_char || (opaque->type->kind == TYPE_DATA && opaque->type->data == machine->program->builtins->int_type));
}

static Fact zero_difference(Machine *machine, Arena *arena, FactKind kind, Value left, Value right) {
    Linear l = linear_of(machine, arena, left), r = linear_of(machine, arena, right);
    return (Fact){.kind = kind, .sum = add_linear(arena, &l, &r, -1)};
}

// What the facts say of two terms that are no numbers.
static Truth remembered(Machine *machine, Value left, Value right) {
    const Case *present = machine->unknowns->present;
    for (size_t i = 0; i < present->facts.count; i++) {
        const Fact *fact = &present->facts.items[i];
        if (fact->kind != FACT_SAME && fact->kind != FACT_DIFFERENT) continue;
        bool is_straight = same_term(machine, fact->left, left) && same_term(machine, fact->right, right);
        bool is_crossed = same_term(machine, fact->left, right) && same_term(machine, fact->right, left);
        if (is_straight || is_crossed) return fact->kind == FACT_SAME ? TRUTH_TRUE : TRUTH_FALSE;
    }
    return TRUTH_OPEN;
}

static bool is_handle(Value value) {
    const Opaque *opaque = value.kind == VALUE_UNKNOWN ? value.object->about : NULL;
    return opaque && opaque->type->kind == TYPE_DATA && opaque->type->data->kind == DATA_EXTERN;
}

static bool decide_same(Machine *machine, Fact *fact) {
    if (machine->unknowns->are_handles_apart && is_handle(fact->left) && is_handle(fact->right)) return false;
    Truth truth = remembered(machine, fact->left, fact->right);
    if (truth != TRUTH_OPEN) return truth == TRUTH_TRUE;
    fact->left = keep_term(machine, machine->unknowns->arena, fact->left);
    fact->right = keep_term(machine, machine->unknowns->arena, fact->right);
    give_up(machine, &(Doubt){.kind = QUESTION_FACT, .fact = *fact});
}

bool decide_equal(Machine *machine, Value left, Value right) {
    Arena *arena = machine->unknowns->arena;
    Fact fact;
    left = look(machine, left), right = look(machine, right);
    if (is_number_term(machine, left) && is_number_term(machine, right)) {
        fact = zero_difference(machine, arena, FACT_ZERO, left, right);
        return decide_fact(machine, &fact);
    }
    if (same_term(machine, left, right)) return true;
    if (left.kind == VALUE_FLOAT || right.kind == VALUE_FLOAT) undecided(machine, "a Float that is not known is compared");
    if (!is_text_term(machine, left) || !is_text_term(machine, right)) {
        fact = (Fact){.kind = FACT_SAME, .left = left, .right = right};
        return decide_same(machine, &fact);
    }
    Truth truth = same_text(machine, arena, left, right, &fact);
    if (truth != TRUTH_OPEN) return truth == TRUTH_TRUE;
    if (fact.kind == FACT_SAME) return decide_same(machine, &fact);
    give_up(machine, &(Doubt){.kind = QUESTION_FACT, .fact = fact});
}

int decide_order(Machine *machine, Value left, Value right) {
    Arena *arena = machine->unknowns->arena;
    left = look(machine, left), right = look(machine, right);
    if (!is_number_term(machine, left) || !is_number_term(machine, right)) {
        if (same_term(machine, left, right)) return 0;
        undecided(machine, "the order of values that are not known");
    }
    Fact not_less = zero_difference(machine, arena, FACT_NOT_NEGATIVE, left, right);
    if (!decide_fact(machine, &not_less)) return -1;
    Fact not_greater = zero_difference(machine, arena, FACT_NOT_NEGATIVE, right, left);
    return decide_fact(machine, &not_greater) ? 0 : 1;
}

int decide_as(Machine *machine, Primitive primitive, Value left, Value right) {
    Arena *arena = machine->unknowns->arena;
    bool is_lower = primitive == PRIMITIVE_LESS || primitive == PRIMITIVE_GREATER_EQUAL;
    bool is_other = primitive == PRIMITIVE_GREATER || primitive == PRIMITIVE_LESS_EQUAL;
    left = look(machine, left), right = look(machine, right);
    if ((!is_lower && !is_other) || !is_number_term(machine, left) || !is_number_term(machine, right)) return decide_order(machine, left, right);
    Fact fact = is_lower ? zero_difference(machine, arena, FACT_NOT_NEGATIVE, left, right) : zero_difference(machine, arena, FACT_NOT_NEGATIVE, right, left);
    bool holds = decide_fact(machine, &fact);
    return holds ? 0 : is_lower ? -1 : 1;
}
