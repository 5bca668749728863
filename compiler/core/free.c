// Free variables. Binders come before uses in a walk, and each binder is one object, so one set of them will do.

#include "expression.h"

typedef struct FreeSearch {
    Arena *arena;
    Table bound, seen;
    CoreVariables used;
} FreeSearch;

static void bind(FreeSearch *search, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) {
        if (variables->items[i]) table_put(&search->bound, variables->items[i], variables->items[i]);
    }
}

static void search_node(void *context, CoreExpression *node) {
    FreeSearch *search = context;
    bind(search, &node->parameters);
    if (node->kind == CORE_LET) table_put(&search->bound, node->variable, node->variable);
    for (size_t i = 0; i < node->arms.count; i++) bind(search, &node->arms.items[i].fields);
    for (size_t i = 0; i < node->bindings.count; i++) table_put(&search->bound, node->bindings.items[i].variable, node);
    if (node->kind == CORE_JOIN) bind(search, &node->label->parameters);
    for (size_t i = 0; i < node->clauses.count; i++) {
        bind(search, &node->clauses.items[i].parameters);
        if (node->clauses.items[i].resume) table_put(&search->bound, node->clauses.items[i].resume, node);
    }
    if (node->return_parameter) table_put(&search->bound, node->return_parameter, node);
    if (node->kind != CORE_LOCAL || table_has(&search->seen, node->variable)) return;
    table_put(&search->seen, node->variable, node->variable);
    vector_push(search->arena, &search->used, node->variable);
}

CoreVariables core_free_variables(Arena *arena, CoreExpression *expression) {
    FreeSearch search = {.arena = arena, .bound = table_in(arena), .seen = table_in(arena)};
    core_walk(expression, search_node, &search);
    CoreVariables free = {0};
    for (size_t i = 0; i < search.used.count; i++) {
        if (!table_has(&search.bound, search.used.items[i])) vector_push(arena, &free, search.used.items[i]);
    }
    return free;
}
