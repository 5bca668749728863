// Which handles can be taken apart: those whose computation and clauses are known, and under which all code that may perform the effect is known
// too. Such code is copied for this handler (handled_copy.c); all other handles are the runtime's.
//
// Xie and Leijen, Generalized Evidence Passing for Effect Handlers (ICFP 2021); Schuster, Brachthäuser and Ostermann, Compiling Effect Handlers in
// Capability-Passing Style (ICFP 2020).

#include "handled.h"

#include <string.h>

enum {
    MOST_DEFINITIONS = 64, // copied for one handle
    LARGEST_PIECE = 800,   // nodes of one of them: continuations within continuations are looked through again and again
    LARGEST_CODE = 4000,   // nodes copied for one handle
};

enum { TUPLE_MODES = 3, TUPLE_CLAUSES };

// ---- what a step runs ----

void visit_steps(CoreExpression *code, void (*visit)(void *context, CoreExpression *step, bool is_tail), void *context) {
    for (CoreExpression *e = code;; e = e->body) switch (e->kind) {
    case CORE_LET: visit(context, e->first, false); break;
    case CORE_JOIN: visit_steps(e->first, visit, context); break;
    case CORE_SWITCH:
        for (size_t i = 0; i < e->arms.count; i++) visit_steps(e->arms.items[i].body, visit, context);
        if (e->otherwise) visit_steps(e->otherwise, visit, context);
        return;
    default: visit(context, e, true); return;
    }
}

const CoreExpression *callee_of(const CoreExpression *force) { return force->first->kind == CORE_APPLY ? force->first->first : force->first; }

// Whether code with this row may perform the effect.
static bool row_allows(Type *row, const Effect *effect) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right))
        if (!row->effect || row->effect == effect) return true;
    return row->kind != TYPE_EMPTY_ROW;
}

static bool force_allows(const CoreExpression *force, const Effect *effect) {
    Type *type = resolve_type(force->first->type);
    return type->kind != TYPE_COMPUTATION || row_allows(type->right, effect);
}

bool is_code_for(const CoreDefinition *definition, const CoreExpression *call) {
    if (definition->kind != DEFINITION_VALUE) return false;
    const CoreExpression *value = definition->value;
    if (call->kind != CORE_APPLY) return value->kind == CORE_DELAY;
    return value->kind == CORE_LAMBDA && value->body->kind == CORE_DELAY && value->parameters.count == call->items.count;
}

static CoreDefinition *find_code(const Handled *h, const CoreExpression *step) {
    if (step->kind != CORE_FORCE || !force_allows(step, h->effect)) return NULL;
    const CoreExpression *callee = callee_of(step);
    return callee->kind == CORE_GLOBAL && is_code_for(callee->definition, step->first) ? callee->definition : NULL;
}

HandledDefinition *find_handled_call(const Handled *h, const CoreExpression *step) {
    CoreDefinition *definition = find_code(h, step);
    return definition ? table_get(&h->reached, definition) : NULL;
}

bool step_performs(const Handled *h, const CoreExpression *step) {
    if (step->kind == CORE_PERFORM) return step->operation->effect == h->effect;
    const HandledDefinition *called = find_handled_call(h, step);
    return called && called->performs;
}

// ---- what runs under the handle ----

CoreExpression *code_of(const CoreDefinition *definition) {
    const CoreExpression *value = definition->value;
    return value->kind == CORE_LAMBDA ? value->body->body : value->body;
}

static void add_size(Handled *h, const CoreExpression *code) {
    unsigned size = core_size(code, LARGEST_PIECE + 1);
    h->size += size;
    if (size > LARGEST_PIECE || h->size > LARGEST_CODE) h->is_known = false;
}

static void reach(Handled *h, CoreDefinition *definition) {
    if (table_has(&h->reached, definition)) return;
    HandledDefinition *found = NEW(h->arena, HandledDefinition);
    found->original = definition;
    table_put(&h->reached, definition, found);
    vector_push(h->arena, &h->order, found);
    add_size(h, definition->value);
    if (h->order.count > MOST_DEFINITIONS) h->is_known = false;
}

static void reach_from_step(void *context, CoreExpression *step, bool is_tail) {
    (void)is_tail;
    Handled *h = context;
    if (step->kind == CORE_LET_REC) h->is_known = false;
    if (step->kind != CORE_FORCE || !force_allows(step, h->effect)) return;
    CoreDefinition *definition = find_code(h, step);
    if (definition) reach(h, definition);
    else h->is_known = false;
}

typedef struct Performing {
    const Handled *handled;
    bool performs, before_end; // before_end: by a call that is no tail call
} Performing;

static void note_performing(void *context, CoreExpression *step, bool is_tail) {
    Performing *performing = context;
    if (!step_performs(performing->handled, step)) return;
    performing->performs = true;
    if (!is_tail && step->kind == CORE_FORCE) performing->before_end = true;
}

static CoreExpression *start_of(const Handled *h) {
    return h->computation->kind == CORE_DELAY ? h->computation->body : code_of(h->computation->definition);
}

static Performing performing_in(const Handled *h, CoreExpression *code) {
    Performing performing = {h, false, false};
    visit_steps(code, note_performing, &performing);
    return performing;
}

static void find_performing(Handled *h) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < h->order.count; i++) {
            HandledDefinition *found = h->order.items[i];
            if (found->performs || !performing_in(h, code_of(found->original)).performs) continue;
            changed = found->performs = true;
        }
    }
}

static bool performs_before_end(const Handled *h) {
    if (performing_in(h, start_of(h)).before_end) return true;
    for (size_t i = 0; i < h->order.count; i++)
        if (performing_in(h, code_of(h->order.items[i]->original)).before_end) return true;
    return false;
}

static void find_reached(Handled *h) {
    if (h->computation->kind == CORE_DELAY) {
        add_size(h, h->computation);
        visit_steps(h->computation->body, reach_from_step, h);
    } else reach(h, h->computation->definition);
    for (size_t i = 0; i < h->order.count && h->is_known; i++) visit_steps(code_of(h->order.items[i]->original), reach_from_step, h);
    if (h->is_known) find_performing(h);
}

// ---- a handle and its clauses ----

// What the locals of a definition are bound to.
typedef struct Sites {
    Simplifier *simplifier;
    Table values;              // from a variable to its LAMBDA, DELAY or CONSTRUCT
    CoreExpressions handles;   // calls of the runtime, run
} Sites;

static bool is_handle(const CoreExpression *node) {
    if (node->kind != CORE_FORCE || node->first->kind != CORE_APPLY || node->first->first->kind != CORE_GLOBAL) return false;
    const CoreDefinition *definition = node->first->first->definition;
    return definition->kind == DEFINITION_EXTERN && strcmp(definition->symbol, "fx_handle_take") == 0 && node->first->items.count == HANDLE_ARGUMENTS;
}

static void note_site(void *context, CoreExpression *node) {
    Sites *sites = context;
    if (node->kind == CORE_LET && (node->first->kind == CORE_LAMBDA || node->first->kind == CORE_DELAY || node->first->kind == CORE_CONSTRUCT))
        table_put(&sites->values, node->variable, node->first);
    if (is_handle(node)) vector_push(sites->simplifier->arena, &sites->handles, node);
}

static CoreExpression *value_of(const Sites *sites, CoreExpression *atom) {
    if (atom->kind == CORE_LOCAL) return table_get(&sites->values, atom->variable);
    return atom->kind == CORE_GLOBAL && atom->definition->kind == DEFINITION_VALUE ? atom->definition->value : NULL;
}

static const Effect *find_effect(const CoreProgram *program, unsigned place) {
    for (size_t i = 0; i < program->effects.count; i++)
        if (program->effects.items[i]->place == place) return program->effects.items[i];
    return NULL;
}

static void capture(Handled *h, CoreVariable *variable) {
    for (size_t i = 0; i < h->captured.count; i++)
        if (h->captured.items[i] == variable) return;
    vector_push(h->arena, &h->captured, variable);
}

static void add_clause(Handled *h, const Sites *sites, unsigned mode, CoreExpression *function) {
    HandledClause clause = {.mode = mode, .function = function};
    CoreExpression *value = value_of(sites, function);
    if (function->kind == CORE_LOCAL && value && value->kind != CORE_CONSTRUCT) {
        clause.first = core_free_variables(h->arena, value);
        clause.function = value;
    }
    mode &= 3;
    h->has_control |= mode == HANDLED_CONTROLS || mode == HANDLED_RESUMES;
    h->aborts |= mode == HANDLED_ABORTS;
    vector_push(h->arena, &h->clauses, clause);
}

// What copies pass on to the clauses. Those that a jump leads to are where they were.
static void find_captured_by_clauses(Handled *h) {
    for (size_t i = 0; i < h->clauses.count; i++) {
        const HandledClause *clause = &h->clauses.items[i];
        if (h->jumps && clause->mode != HANDLED_PLAIN) continue;
        if (clause->function->kind == CORE_LOCAL) capture(h, clause->function->variable);
        for (size_t j = 0; j < clause->first.count; j++) capture(h, clause->first.items[j]);
    }
}

// Operations with variables of their own have several clauses each, which take their arguments by how these are held: not taken apart.
static bool has_own_variables(const Effect *effect) {
    for (size_t i = 0; i < effect->operations.count; i++)
        if (effect->operations.items[i]->parameters.count) return true;
    return false;
}

static bool read_clauses(Handled *h, const Sites *sites, const CoreExpression *tuple) {
    if (!tuple || tuple->kind != CORE_CONSTRUCT) return false;
    const CoreExpressions *items = &tuple->items;
    size_t count = h->effect->operations.count;
    if (items->count != TUPLE_CLAUSES + count || items->items[TUPLE_MODES]->kind != CORE_STRING) return false;
    Text modes = items->items[TUPLE_MODES]->text;
    for (size_t i = 0; i < count; i++) add_clause(h, sites, (unsigned char)modes.bytes[i] & 3, items->items[TUPLE_CLAUSES + i]);
    return true;
}

static bool read_handle(Handled *h, const Sites *sites) {
    const CoreExpressions *items = &h->force->first->items;
    const CoreProgram *program = h->simplifier->program;
    h->effect = items->items[HANDLE_PLACE]->kind == CORE_INT ? find_effect(program, (unsigned)(items->items[HANDLE_PLACE]->int_value >> 3)) : NULL;
    if (!h->effect || h->effect->kind != EFFECT_USER || has_own_variables(h->effect)) return false;
    CoreExpression *computation = items->items[HANDLE_COMPUTATION], *value = value_of(sites, computation);
    if (!value || value->kind != CORE_DELAY) return false;
    h->computation = computation->kind == CORE_GLOBAL ? computation : value;
    h->return_function = items->items[HANDLE_RETURN_FUNCTION];
    Type *type = resolve_type(h->force->first->type);
    h->answer = h->force->type;
    h->row = type->right;
    return type->kind == TYPE_COMPUTATION && read_clauses(h, sites, value_of(sites, items->items[HANDLE_HANDLER]));
}

// Where an abort leaves calls, the C stack is cheaper than a continuation made for each.
static bool is_worth_it(Handled *h, bool by_jumps) {
    find_reached(h);
    if (!h->is_known) return false;
    h->jumps = h->aborts && !h->has_control && performs_before_end(h);
    if (h->jumps != by_jumps) return false;
    return h->jumps ? !may_wait_within(h) : !h->has_control || !may_reach_tasks(h);
}

static bool take_apart(Sites *sites, CoreExpression *force, bool by_jumps) {
    Simplifier *s = sites->simplifier;
    Handled h = {.simplifier = s, .arena = s->arena, .force = force, .is_known = true, .reached = table_in(s->arena)};
    if (!read_handle(&h, sites) || !is_worth_it(&h, by_jumps) || h.size > s->handled_budget) return false;
    s->handled_budget -= h.size;
    h.passes_continuation = h.has_control || (h.aborts && !h.jumps);
    find_captured_by_clauses(&h);
    specialise_handle(&h);
    return true;
}

bool take_handles_apart(Simplifier *s, bool by_jumps) {
    size_t count = s->program->definitions.count;
    bool found = false;
    if (s->program->handled_count == 0) return false;
    for (size_t i = 0; i < count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (!definition->value) continue;
        Sites sites = {.simplifier = s, .values = table_in(s->arena)};
        s->current = definition;
        core_walk(definition->value, note_site, &sites);
        for (size_t j = 0; j < sites.handles.count; j++) found |= take_apart(&sites, sites.handles.items[j], by_jumps);
    }
    if (found) keep_reachable(s->arena, s->program);
    return found;
}

// ---- what is left for the runtime ----

static void note_control(void *context, CoreExpression *node) {
    CoreProgram *program = context;
    if (is_handle(node) && (node->first->items.items[HANDLE_PLACE]->kind != CORE_INT || node->first->items.items[HANDLE_PLACE]->int_value & 1)) program->controls = true;
}

void find_control(CoreProgram *program) {
    if (!program->controls) return;
    program->controls = false;
    for (size_t i = 0; i < program->definitions.count; i++)
        if (program->definitions.items[i]->value) core_walk(program->definitions.items[i]->value, note_control, program);
}
