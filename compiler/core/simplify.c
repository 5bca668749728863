// Makes programs smaller and faster, and leaves them in A-normal form: rounds over all definitions, callees first.

#include "simplify.h"

enum {
    ROUNDS = 5,
    MOST_ROUNDS = 12, // where each makes another handle known
    LEAST_BUDGET = 2000,
    LEAST_HANDLED_BUDGET = 4000,
    GROWTH = 3,
    LARGEST_MEASURED = 1000,
};

typedef struct Reach {
    Simplifier *simplifier;
    size_t limit;
    bool goes_further;
} Reach;

static void check_reference(void *context, CoreExpression *node) {
    Reach *reach = context;
    if (node->kind != CORE_GLOBAL || node->definition->kind == DEFINITION_EXTERN) return;
    if (definition_fact_of(reach->simplifier, node->definition)->index >= reach->limit) reach->goes_further = true;
}

static void measure_definition(Simplifier *s, CoreDefinition *definition, DefinitionFact *fact) {
    fact->size = core_size(definition->value, LARGEST_MEASURED);
    Reach reach = {s, fact->index, false};
    core_walk(definition->value, check_reference, &reach);
    fact->is_inlinable = !reach.goes_further && definition->kind == DEFINITION_VALUE && fact->size < LARGEST_MEASURED;
}

static void simplify_definition(Simplifier *s, CoreDefinition *definition) {
    s->current = definition;
    size_t size = core_size(definition->value, UINT32_MAX);
    s->budget = LEAST_BUDGET + GROWTH * size;
    definition->value = simplify_function_body(s, definition->value);
}

static void count_all(Simplifier *s) {
    s->definitions = table_in(s->arena);
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        DefinitionFact *fact = definition_fact_of(s, definition);
        fact->index = i;
        if (definition == s->program->main) fact->uses += 2;
        if (definition->value) count_uses(s, definition->value);
    }
}

static void simplify_all(Simplifier *s) {
    count_all(s);
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (!definition->value) continue;
        simplify_definition(s, definition);
        measure_definition(s, definition, definition_fact_of(s, definition));
    }
}

// Local functions become labels where all their calls are jumps, and definitions otherwise.
static void move_functions(Simplifier *s) {
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (!definition->value) continue;
        contify_definition(s, definition);
        lift_definition(s, definition);
    }
}

static void divide_all(Simplifier *s) {
    size_t count = s->program->definitions.count;
    for (size_t i = 0; i < count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (definition->value) divide_definition(s, definition);
    }
}

bool take_name(Simplifier *s, Symbol module, Symbol name, Symbol key) {
    Symbol full = symbol_format(s->compilation->symbols, "%s.%s<%s>", module, name, key ? key : "");
    if (table_has(&s->names, full)) return false;
    table_put(&s->names, full, (void *)full);
    return true;
}

void simplify_program(Compilation *compilation, CoreProgram *program) {
    Arena *arena = compilation->arena;
    Simplifier s = {.compilation = compilation, .arena = arena, .program = program};
    s.copier = (Copier){.arena = arena, .program = program, .renamed = {.arena = arena}};
    s.facts.arena = s.label_facts.arena = arena;
    s.temporary = symbol_of(compilation->symbols, "t");
    s.names = table_in(arena);
    for (size_t i = 0; i < program->definitions.count; i++) {
        const CoreDefinition *definition = program->definitions.items[i];
        take_name(&s, definition->module, definition->name, definition->key);
        if (definition->value) s.handled_budget += core_size(definition->value, UINT32_MAX);
    }
    s.handled_budget = LEAST_HANDLED_BUDGET + GROWTH * s.handled_budget;
    s.generations = s.catches = table_in(arena);
    for (int round = 0, rounds = ROUNDS; round < rounds; round++) {
        // Copies want the closures known, and two rounds to melt into their callers.
        s.copies_functions = round > 0 && round + 2 < rounds;
        if (round > 0 && round + 1 < rounds && take_handles_apart(&s, false) && rounds < MOST_ROUNDS) rounds = round + 4 < ROUNDS ? ROUNDS : round + 4;
        // Jumps only when there is nothing better: by then all is known that will be.
        if (round + 2 == rounds) take_handles_apart(&s, true);
        simplify_all(&s);
        if (round + 1 < rounds) move_functions(&s);
        keep_reachable(arena, program);
    }
    divide_all(&s);
    keep_reachable(arena, program);
    find_control(program);
}
