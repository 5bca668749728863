// The verifier: walks each waiting function forwards, the other way from frame.c. After a point only what its frame holds (and the answer) is
// there; nothing else may be read. Frames hold words first, counted variables last, and each borrowed one beside an owned one it may come from.
//
// What an abort may leave by a jump is called by functions that say so and do not wait, and as a value by the handle alone: so whoever else is on
// the C stack between the two has listed what it owns.

#include <string.h>

#include "../fx.h"
#include "cps.h"

typedef struct Check {
    Arena *arena;
    const CpsProgram *program;
    const CpsFunction *function;
    Table available; // the variables that hold a value here
    Table aborting;  // variables bound to closures whose code an abort leaves by a jump
    Table labels;    // from a CoreLabel to the Table that each of its jumps has at least
    const char *broken;
} Check;

static void break_here(Check *check, const char *what, const CoreVariable *variable) {
    if (check->broken) return;
    Builder builder = builder_in(check->arena);
    const CoreDefinition *definition = check->function->definition;
    build_format(&builder, "cps: %s.%s: %s %s", definition->module, definition->name, variable ? variable->name : "", what);
    check->broken = builder_string(&builder);
}

static void make_available(Check *check, CoreVariable *variable) {
    if (variable) table_put(&check->available, variable, variable);
}

static void read_variable(Check *check, const CoreVariable *variable) {
    if (!table_get(&check->available, variable)) break_here(check, "is read where no frame has kept it", variable);
}

static void read_expression(void *context, const CoreExpression *node) {
    Check *check = context;
    if (node->kind == CORE_LOCAL) read_variable(check, node->variable);
    for (size_t i = 0; i < node->captured.count; i++) read_variable(check, node->captured.items[i]);
    if (node->kind == CORE_CONSTRUCT && node->token && !table_has(&check->function->given_up_tokens, node->token)) read_variable(check, node->token);
    visit_children(node, read_expression, check);
}

static Table copy_table(Check *check, const Table *table) {
    Table copy = table_in(check->arena);
    for (size_t i = 0; i < table->count; i++)
        if (table->entries[i].value) table_put(&copy, table->entries[i].key, table->entries[i].value);
    return copy;
}

static void check_point(Check *check, const CpsPoint *point) {
    Table kept = table_in(check->arena);
    bool counted = false;
    for (size_t i = 0; i < point->saved.count; i++) {
        const CpsSaved *saved = &point->saved.items[i];
        read_variable(check, saved->variable);
        if (counted && !saved->is_counted) break_here(check, "is a word after counted ones in a frame", saved->variable);
        counted = saved->is_counted;
        bool is_counted = find_representation(saved->variable->type) == REPRESENTATION_COUNTED;
        if (saved->is_counted && !is_counted) break_here(check, "is no counted variable", saved->variable);
        table_put(&kept, saved->variable, saved->variable);
    }
    check->available = kept;
}

static void check_expression(Check *check, const CoreExpression *node, bool is_tail);

static void check_branch(Check *check, const CoreExpression *body, const CoreVariables *fields, bool is_tail, const Table *before, Table *after) {
    check->available = copy_table(check, before);
    for (size_t i = 0; fields && i < fields->count; i++) make_available(check, fields->items[i]);
    check_expression(check, body, is_tail);
    // What is there after all branches: a branch that ends in a jump or a fault leaves everything.
    for (size_t i = 0; i < after->count; i++)
        if (!table_get(&check->available, after->entries[i].key)) table_put(after, after->entries[i].key, NULL);
}

static bool leaves(const CoreExpression *node) {
    while (node->body && node->kind != CORE_LAMBDA && node->kind != CORE_DELAY) node = node->body;
    return node->kind == CORE_JUMP || node->kind == CORE_FAULT;
}

static void check_switch(Check *check, const CoreExpression *node, bool is_tail) {
    if (reads_scrutinee(node)) read_expression(check, node->first);
    Table before = copy_table(check, &check->available), after = copy_table(check, &check->available), ignored = table_in(check->arena);
    for (size_t i = 0; i < node->arms.count; i++)
        check_branch(check, node->arms.items[i].body, &node->arms.items[i].fields, is_tail, &before,
                     leaves(node->arms.items[i].body) ? &ignored : &after);
    if (node->otherwise) check_branch(check, node->otherwise, NULL, is_tail, &before, leaves(node->otherwise) ? &ignored : &after);
    check->available = after;
}

// The label's body is checked with what every jump to it from `body` has.
static void check_join(Check *check, const CoreExpression *node, bool is_tail) {
    Table *at_label = NEW(check->arena, Table);
    *at_label = copy_table(check, &check->available);
    table_put(&check->labels, node->label, at_label);
    Table outside = copy_table(check, &check->available);
    check_branch(check, node->body, NULL, is_tail, &outside, &outside);
    check->available = copy_table(check, at_label);
    for (size_t i = 0; i < node->label->parameters.count; i++) make_available(check, node->label->parameters.items[i]);
    check_expression(check, node->first, is_tail);
    for (size_t i = 0; i < outside.count; i++)
        if (!table_get(&check->available, outside.entries[i].key)) table_put(&outside, outside.entries[i].key, NULL);
    check->available = outside;
}

static void check_jump(Check *check, const CoreExpression *node) {
    for (size_t i = 0; i < node->items.count; i++) read_expression(check, node->items.items[i]);
    Table *at_label = table_get(&check->labels, node->label);
    for (size_t i = 0; i < at_label->count; i++)
        if (!table_get(&check->available, at_label->entries[i].key)) table_put(at_label, at_label->entries[i].key, NULL);
}

// ---- aborts that are jumps ----

static void check_abort(Check *check, const CoreExpression *node, bool is_tail) {
    const CpsFunction *function = check->function;
    if (!find_call(check->program, node).aborts) return;
    if (function->mode != CPS_DIRECT || !function->aborts) break_here(check, "has a call that may leave it by a jump, but cannot be left", NULL);
    if (!is_tail && !table_has(&function->held_over, node)) break_here(check, "does not know what it holds over a call that may leave it", NULL);
}

// The code of a closure that is bound to the variable, or of a definition used as a value.
static const CpsFunction *find_aborting(const Check *check, const void *code) {
    const CpsFunction *function = table_get(&check->program->function_of, code);
    return function && function->aborts ? function : NULL;
}

static bool is_catch(const CoreExpression *node) {
    const CoreExpression *callee = node->kind == CORE_APPLY ? node->first : NULL;
    return callee && callee->kind == CORE_GLOBAL && callee->definition->kind == DEFINITION_EXTERN && strcmp(callee->definition->symbol, "fx_catch_take") == 0;
}

static void check_value(Check *check, const CoreExpression *atom) {
    bool is_aborting = atom->kind == CORE_LOCAL ? table_has(&check->aborting, atom->variable)
        : atom->kind == CORE_GLOBAL && find_aborting(check, atom->definition);
    if (is_aborting) break_here(check, "uses code that an abort leaves by a jump as a value", NULL);
}

static void check_values(void *context, const CoreExpression *node) {
    Check *check = context;
    if (node->kind == CORE_LET && (node->first->kind == CORE_LAMBDA || node->first->kind == CORE_DELAY) && find_aborting(check, node->first))
        table_put(&check->aborting, node->variable, node->variable);
    for (size_t i = 0; i < node->items.count; i++)
        if (i != 1 || !is_catch(node)) check_value(check, node->items.items[i]);
    for (size_t i = 0; i < node->captured.count; i++)
        if (table_has(&check->aborting, node->captured.items[i])) break_here(check, "captures code that an abort leaves by a jump", NULL);
    if (node->kind == CORE_LET) check_value(check, node->first);
    visit_children(node, check_values, check);
}

// ---- steps ----

static void check_leaf(Check *check, const CoreExpression *node, bool is_tail) {
    read_expression(check, node);
    const CpsPoint *point = table_get(&check->function->point_of, node);
    if (find_call(check->program, node).waits && !is_tail && !point) break_here(check, "has a call that waits without a point", NULL);
    if (point) check_point(check, point);
    check_abort(check, node, is_tail);
}

static void check_expression(Check *check, const CoreExpression *node, bool is_tail) {
    for (;; node = node->body) switch (node->kind) {
    case CORE_LET:
        check_expression(check, node->first, false);
        make_available(check, node->variable);
        break;
    case CORE_DUP:
    case CORE_DROP: read_variable(check, node->variable); break;
    case CORE_DROP_REUSE:
        read_variable(check, node->variable);
        make_available(check, node->token);
        break;
    case CORE_DROP_TOKEN:
        if (!table_has(&check->function->given_up_tokens, node->token)) read_variable(check, node->token);
        break;
    case CORE_SWITCH: check_switch(check, node, is_tail); return;
    case CORE_JOIN: check_join(check, node, is_tail); return;
    case CORE_JUMP: check_jump(check, node); return;
    default: check_leaf(check, node, is_tail); return;
    }
}

const char *check_cps(Compilation *compilation, const CpsProgram *program) {
    for (size_t i = 0; i < program->functions.count; i++) {
        const CpsFunction *function = program->functions.items[i];
        Check check = {.arena = compilation->arena, .program = program, .function = function};
        check.available = table_in(compilation->arena);
        check.labels = check.aborting = table_in(compilation->arena);
        for (size_t j = 0; j < function->parameters.count; j++) {
            CoreVariable *parameter = function->parameters.items[j];
            make_available(&check, parameter);
        }
        for (size_t j = 0; j < function->captured.count; j++) make_available(&check, function->captured.items[j]);
        check_expression(&check, function->body, true);
        check_values(&check, function->body);
        if (check.broken) return check.broken;
    }
    return NULL;
}
