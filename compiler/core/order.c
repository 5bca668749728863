// The definitions that a program needs, in an order in which every value comes after those it is computed from.

#include "expression.h"

typedef struct Visit {
    CoreDefinition *definition;
    CoreDefinitions references;
    size_t next;
} Visit;

typedef struct Order {
    Arena *arena;
    Table seen;
    Table cells;            // from an effect to its cell
    Vector(Visit) visits;   // from a root to the definition at hand
    CoreDefinitions *found; // of the definition at hand
    CoreDefinitions ordered;
} Order;

static void add_reference(void *context, CoreExpression *node) {
    Order *order = context;
    CoreDefinition *definition = NULL;
    if (node->kind == CORE_GLOBAL) definition = node->definition;
    else if (node->kind == CORE_PERFORM) definition = table_get(&order->cells, node->operation->effect);
    if (definition && !table_has(&order->seen, definition)) vector_push(order->arena, order->found, definition);
}

static void enter(Order *order, CoreDefinition *definition) {
    if (table_has(&order->seen, definition)) return;
    table_put(&order->seen, definition, definition);
    Visit visit = {.definition = definition};
    order->found = &visit.references;
    if (definition->value) core_walk(definition->value, add_reference, order);
    vector_push(order->arena, &order->visits, visit);
}

// Depth first, on a stack of its own: a chain of definitions may be long.
static void visit_all(Order *order) {
    while (order->visits.count) {
        Visit *visit = &order->visits.items[order->visits.count - 1];
        if (visit->next < visit->references.count) {
            enter(order, visit->references.items[visit->next++]);
        } else {
            vector_push(order->arena, &order->ordered, visit->definition);
            order->visits.count--;
        }
    }
}

void keep_reachable(Arena *arena, CoreProgram *program) {
    Order order = {.arena = arena, .seen = table_in(arena), .cells = table_in(arena)};
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (definition->kind == DEFINITION_CELL) table_put(&order.cells, definition->effect, definition);
    }
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (definition == program->main) enter(&order, definition);
    }
    visit_all(&order);
    program->definitions = order.ordered;
}
