// Whether a part of the program can end in the turn in which it begins though another task has run meanwhile. Where nothing in it can do so it has
// either run to its end when its task goes on, or it waits for the world; so a hypothesis beside other tasks is tried as both. A part that sleeps
// takes time, which a hypothesis does not: beside one any sleep may end before any other.

#include "spec.h"

#include <string.h>

#include "../base/table.h"

typedef struct Reach {
    Arena *arena;
    const DataType *never;
    Table reached; // CoreDefinition to itself
    Vector(const CoreDefinition *) work;
} Reach;

static bool is_of_turns(Symbol symbol) {
    static const char *const symbols[] = {
        "fx_yield",          "fx_group_take",           "fx_spawn_take",      "fx_timeout_take",    "fx_isolate_take",      "fx_first_take",
        "fx_channel_send_take", "fx_channel_receive", "fx_promise_wait", "fx_semaphore_acquire", "fx_exit",
        "fx_promise_set_take", "fx_channel_try_receive", "fx_channel_close", "fx_semaphore_release",
    };
    for (size_t i = 0; symbol && i < sizeof symbols / sizeof *symbols; i++)
        if (strcmp(symbols[i], symbol) == 0) return true;
    return false;
}

// Some clause ends what runs within, which cancels the tasks that are in it.
static bool has_abort(const CoreExpression *handle, const DataType *never) {
    for (size_t i = 0; i < handle->clauses.count; i++) {
        const Type *answer = resolve_type(handle->clauses.items[i].operation->answer);
        if (handle->clauses.items[i].resume || (answer->kind == TYPE_DATA && answer->data == never)) return true;
    }
    return false;
}

static bool looks_at_turns(Reach *reach, const CoreExpression *node) {
    if (node->kind == CORE_PERFORM && is_of_turns(node->operation->symbol)) return true;
    if (node->kind == CORE_HANDLE && has_abort(node, reach->never)) return true;
    if (node->kind == CORE_GLOBAL && !table_has(&reach->reached, node->definition)) {
        table_put(&reach->reached, node->definition, node->definition);
        vector_push(reach->arena, &reach->work, (const CoreDefinition *)node->definition);
    }
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (looks_at_turns(reach, *core_child((CoreExpression *)(uintptr_t)node, i))) return true;
    return false;
}

bool takes_turns(Arena *arena, const CoreProgram *program, const CoreDefinition *from) {
    Reach reach = {.arena = arena, .never = program->builtins->never_type, .reached = table_in(arena)};
    vector_push(arena, &reach.work, from);
    while (reach.work.count) {
        const CoreDefinition *definition = reach.work.items[--reach.work.count];
        if (definition->kind == DEFINITION_EXTERN && is_of_turns(definition->symbol)) return true;
        if (definition->value && looks_at_turns(&reach, definition->value)) return true;
    }
    return false;
}
