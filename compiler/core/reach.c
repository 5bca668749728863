// What a definition needs: an extern somewhere behind it.

#include "core.h"

#include <string.h>

#include "../base/table.h"

typedef struct Reach {
    Arena *arena;
    Table reached; // CoreDefinition to itself
    CoreDefinitions work;
} Reach;

static void reach(Reach *r, CoreDefinition *definition) {
    if (table_has(&r->reached, definition)) return;
    table_put(&r->reached, definition, definition);
    vector_push(r->arena, &r->work, definition);
}

static void reach_from(Reach *r, const CoreExpression *node) {
    if (node->kind == CORE_GLOBAL) reach(r, node->definition);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) reach_from(r, *core_child((CoreExpression *)(uintptr_t)node, i));
}

bool core_reaches(Arena *arena, CoreDefinition *from, const char *symbol) {
    Reach r = {arena, table_in(arena), {0}};
    reach(&r, from);
    while (r.work.count) {
        const CoreDefinition *definition = r.work.items[--r.work.count];
        if (definition->kind == DEFINITION_EXTERN && strcmp(definition->symbol, symbol) == 0) return true;
        if (definition->value) reach_from(&r, definition->value);
    }
    return false;
}
