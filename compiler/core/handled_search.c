// What the code under a handle may lead to, by whatever it calls.

#include "handled.h"

#include <string.h>

typedef struct Search {
    Arena *arena;
    bool (*is_sought)(const CoreDefinition *external);
    bool trusts_rows; // what is not known does nothing that its row does not allow
    Table seen;
    CoreDefinitions work;
    bool found;
} Search;

// A parameter that it may run.
static bool takes_computation(const CoreDefinition *external) {
    for (Type *type = resolve_type(external->type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) {
        Type *parameter = resolve_type(type->left);
        while (parameter->kind == TYPE_FUNCTION) parameter = resolve_type(parameter->right);
        if (parameter->kind == TYPE_COMPUTATION) return true;
    }
    return false;
}

static bool force_can_wait(const CoreExpression *force) {
    Type *type = resolve_type(force->first->type);
    return type->kind != TYPE_COMPUTATION || row_can_wait(type->right);
}

static bool runs_unknown(const Search *search, const CoreExpression *force) {
    const CoreExpression *callee = callee_of(force);
    if (search->trusts_rows) return callee->kind != CORE_GLOBAL && force_can_wait(force);
    return callee->kind != CORE_GLOBAL || (callee->definition->kind != DEFINITION_EXTERN && !is_code_for(callee->definition, force->first));
}

static void search_node(void *context, CoreExpression *node) {
    Search *search = context;
    if (node->kind == CORE_FORCE && runs_unknown(search, node)) search->found = true;
    if (node->kind != CORE_GLOBAL || table_has(&search->seen, node->definition)) return;
    table_put(&search->seen, node->definition, node->definition);
    vector_push(search->arena, &search->work, node->definition);
}

static bool find_within(const Handled *h, bool (*is_sought)(const CoreDefinition *), bool trusts_rows) {
    Search search = {.arena = h->arena, .is_sought = is_sought, .trusts_rows = trusts_rows, .seen = table_in(h->arena)};
    core_walk(h->computation, search_node, &search);
    while (search.work.count && !search.found) {
        const CoreDefinition *definition = search.work.items[--search.work.count];
        search.found |= is_sought(definition);
        if (definition->value) core_walk(definition->value, search_node, &search);
    }
    return search.found;
}

static bool has_definition(const CoreProgram *program, bool (*is_sought)(const CoreDefinition *)) {
    for (size_t i = 0; i < program->definitions.count; i++)
        if (is_sought(program->definitions.items[i])) return true;
    return false;
}

// ---- tasks ----
//
// Within a handler with control clauses all tasks run in order (R31), which the runtime knows by what is installed: so nothing there
// may lead to one.

// An extern that runs what it is given, but for those that make no tasks.
static bool may_make_tasks(const CoreDefinition *definition) {
    static const char *const others[] = {"fx_handle_take", "fx_catch_take", "fx_run_cell_take", "fx_bracket_take", "fx_uncancellable_take"};
    if (definition->kind != DEFINITION_EXTERN || !definition->waits) return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(definition->symbol, others[i]) == 0) return false;
    return takes_computation(definition);
}

bool may_reach_tasks(const Handled *h) {
    return has_definition(h->simplifier->program, may_make_tasks) && find_within(h, may_make_tasks, true);
}

// ---- waiting ----
//
// A jump leaves the C stack as it is: so between the handle and the operation nothing may be suspended. Rows say what can wait, but not where a
// continuation may be resumed, nor of what waits in every row.

static bool may_wait(const CoreDefinition *definition) {
    return definition->kind == DEFINITION_EXTERN && definition->waits && strcmp(definition->symbol, "fx_catch_take") != 0;
}

static bool waits_in_every_row(const CoreDefinition *definition) {
    if (!may_wait(definition) || takes_computation(definition)) return false;
    Type *result = resolve_type(definition->type);
    while (result->kind == TYPE_FUNCTION) result = resolve_type(result->right);
    return result->kind == TYPE_COMPUTATION && resolve_type(result->right)->kind == TYPE_PARAMETER;
}

typedef struct Waiting {
    const Handled *handled;
    bool found;
} Waiting;

static void look_for_waiting(void *context, CoreExpression *step, bool is_tail) {
    (void)is_tail;
    Waiting *waiting = context;
    const Handled *h = waiting->handled;
    if (step->kind == CORE_PERFORM && step->operation->effect != h->effect) waiting->found |= step->operation->waits || step->index;
    if (step->kind == CORE_FORCE && !find_handled_call(h, step)) waiting->found |= force_can_wait(step);
}

static bool has_plain_clause(const Handled *h) {
    for (size_t i = 0; i < h->clauses.count; i++)
        if (h->clauses.items[i].mode == HANDLED_PLAIN) return true;
    return false;
}

bool may_wait_within(const Handled *h) {
    const CoreProgram *program = h->simplifier->program;
    Waiting waiting = {.handled = h};
    if (has_plain_clause(h) && row_can_wait(h->row)) return true;
    if (h->computation->kind == CORE_DELAY) visit_steps(h->computation->body, look_for_waiting, &waiting);
    for (size_t i = 0; i < h->order.count; i++) visit_steps(code_of(h->order.items[i]->original), look_for_waiting, &waiting);
    if (waiting.found) return true;
    bool rows_tell = !program->controls && !has_definition(program, waits_in_every_row);
    return !rows_tell && find_within(h, may_wait, false);
}
