// How often each name is used. Numbers may become too high while a round goes on, never too low.

#include "simplify.h"

static void *fact_at(Arena *arena, Numbered *numbered, uint32_t id, size_t size) {
    void *fact = numbered_get(numbered, id);
    if (fact) return fact;
    fact = arena_allocate(arena, size);
    numbered_put(numbered, id, fact);
    return fact;
}

Fact *fact_of(Simplifier *s, const CoreVariable *variable) { return fact_at(s->arena, &s->facts, variable->id, sizeof(Fact)); }

LabelFact *label_fact_of(Simplifier *s, const CoreLabel *label) { return fact_at(s->arena, &s->label_facts, label->id, sizeof(LabelFact)); }

DefinitionFact *definition_fact_of(Simplifier *s, const CoreDefinition *definition) {
    DefinitionFact *fact = table_get(&s->definitions, definition);
    if (fact) return fact;
    fact = NEW(s->arena, DefinitionFact);
    fact->index = SIZE_MAX;
    table_put(&s->definitions, definition, fact);
    return fact;
}

static void reset(Simplifier *s, const CoreVariable *variable) {
    if (variable) *fact_of(s, variable) = (Fact){0};
}

static void reset_all(Simplifier *s, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) reset(s, variables->items[i]);
}

static void reset_binders(Simplifier *s, const CoreExpression *node) {
    if (node->kind == CORE_LET) reset(s, node->variable);
    reset_all(s, &node->parameters);
    for (size_t i = 0; i < node->bindings.count; i++) reset(s, node->bindings.items[i].variable);
    for (size_t i = 0; i < node->arms.count; i++) reset_all(s, &node->arms.items[i].fields);
    if (node->kind != CORE_JOIN) return;
    reset_all(s, &node->label->parameters);
    *label_fact_of(s, node->label) = (LabelFact){0};
}

static void count_call(Simplifier *s, const CoreExpression *function, size_t items) {
    if (function->kind != CORE_LOCAL) return;
    Fact *fact = fact_of(s, function->variable);
    fact->calls++;
    fact->call_items = items;
}

static void count_jump(Simplifier *s, const CoreExpression *node) {
    LabelFact *fact = label_fact_of(s, node->label);
    fact->jumps++;
    if (node->items.count == 0) return;
    const CoreExpression *item = node->items.items[0];
    bool is_constructed = item->kind == CORE_LOCAL && fact_of(s, item->variable)->is_constructed;
    if (item->kind == CORE_INT || item->kind == CORE_CONSTRUCT || is_constructed) fact->known_jumps++;
}

static void count_node(void *context, CoreExpression *node) {
    Simplifier *s = context;
    reset_binders(s, node);
    switch (node->kind) {
    case CORE_LOCAL:
        fact_of(s, node->variable)->uses++;
        fact_of(s, node->variable)->escapes++;
        break;
    case CORE_SWITCH: case CORE_FIELD:
        if (node->first->kind == CORE_LOCAL) fact_of(s, node->first->variable)->escapes--;
        break;
    case CORE_GLOBAL: definition_fact_of(s, node->definition)->uses++; break;
    case CORE_APPLY: count_call(s, node->first, node->items.count); break;
    case CORE_FORCE: count_call(s, node->first, 0); break;
    case CORE_LET: fact_of(s, node->variable)->is_constructed = node->first->kind == CORE_CONSTRUCT; break;
    case CORE_JUMP: count_jump(s, node); break;
    default: break;
    }
}

void count_uses(Simplifier *s, CoreExpression *expression) { core_walk(expression, count_node, s); }

CoreExpression *copy_counted(Simplifier *s, CoreExpression *expression) {
    CoreExpression *copy = copy_expression(&s->copier, expression);
    count_uses(s, copy);
    return copy;
}
