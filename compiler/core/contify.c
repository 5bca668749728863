// Local functions whose calls are all tail calls become labels, recursive ones loops (Kennedy, Compiling with Continuations, Continued, 2007;
// Fluet and Weeks, Contification using Dominators, 2001). On A-normal form without computations of computations.
//
// Two cases: all calls from outside stand in tail position in the function that binds the local, whose calls then are jumps; or there is but one
// call from outside, anywhere, and the local moves there: what follows the call becomes a label too.

#include "simplify.h"

// A local function, and how it is called.
typedef struct Local {
    CoreVariable *variable;
    CoreExpression *value; // LAMBDA or DELAY
    CoreExpression *owner; // the LAMBDA or DELAY whose code binds it
    CoreLabel *label;      // once it is to be one
    unsigned own_tails, outer_calls, outer_tails, other_uses;
    bool is_inside;        // its own code is being looked at
    bool moves;            // to its only call
} Local;

typedef struct Contifier {
    Simplifier *simplifier;
    Arena *arena;
    Table locals; // from a variable to its Local
    bool found;
} Contifier;

// Where an expression stands: within the code of `function` (NULL: of the definition).
typedef struct Place {
    CoreExpression *function;
    Type *answer;
} Place;

// ---- calls ----

static CoreExpression *code_of(CoreExpression *value) {
    CoreExpression *body = value->body;
    return value->kind == CORE_LAMBDA && body->kind == CORE_DELAY ? body->body : body;
}

// The variable called by a step with all that its code takes, so that the call is a jump to the code; else NULL.
static Local *local_called(Contifier *c, const CoreExpression *step) {
    bool runs = step->kind == CORE_FORCE;
    const CoreExpression *call = runs && step->first->kind == CORE_APPLY ? step->first : step;
    if (call->kind != CORE_APPLY && call->kind != CORE_FORCE) return NULL;
    if (call->first->kind != CORE_LOCAL) return NULL;
    Local *local = table_get(&c->locals, call->first->variable);
    if (!local) return NULL;
    const CoreExpression *value = local->value;
    bool needs_run = value->kind == CORE_DELAY || value->body->kind == CORE_DELAY;
    bool has_all = value->kind == CORE_DELAY ? call->kind == CORE_FORCE : call->kind == CORE_APPLY && call->items.count == value->parameters.count;
    return has_all && needs_run == runs ? local : NULL;
}

static const CoreExpressions *arguments_of(const CoreExpression *step) {
    return step->kind == CORE_FORCE && step->first->kind == CORE_APPLY ? &step->first->items : &step->items;
}

static void note_other(Contifier *c, const CoreExpression *atom) {
    Local *local = atom->kind == CORE_LOCAL ? table_get(&c->locals, atom->variable) : NULL;
    if (local) local->other_uses++;
}

// Uses in one step, which is a call of a local, or reads atoms.
static void note_step(Contifier *c, CoreExpression *step, const Place *place, bool is_tail) {
    Local *called = local_called(c, step);
    if (called && called->is_inside) {
        bool is_own_tail = is_tail && place->function == called->value;
        called->own_tails += is_own_tail;
        called->other_uses += !is_own_tail;
    } else if (called) {
        called->outer_calls++;
        called->outer_tails += is_tail && place->function == called->owner;
    } else if (step->first && step->first->kind == CORE_APPLY) {
        note_other(c, step->first->first);
    } else if (step->first) {
        note_other(c, step->first);
    }
    if (step->kind == CORE_LOCAL) note_other(c, step);
    const CoreExpressions *items = arguments_of(step);
    for (size_t i = 0; i < items->count; i++) note_other(c, items->items[i]);
}

// ---- finding ----

static void find_in(Contifier *c, CoreExpression *e, Place place);

static void find_in_function(Contifier *c, CoreExpression *function) {
    CoreExpression *value = function->kind == CORE_LAMBDA && function->body->kind == CORE_DELAY ? function->body : function;
    find_in(c, value->body, (Place){function, NULL});
}

static void add_local(Contifier *c, CoreVariable *variable, CoreExpression *value, const Place *place) {
    Local *local = NEW(c->arena, Local);
    *local = (Local){.variable = variable, .value = value, .owner = place->function};
    table_put(&c->locals, variable, local);
}

static bool is_function(const CoreExpression *e) { return e->kind == CORE_LAMBDA || e->kind == CORE_DELAY; }

static void find_in_step(Contifier *c, CoreExpression *step, const Place *place, bool is_tail) {
    if (is_function(step)) {
        find_in_function(c, step);
        return;
    }
    note_step(c, step, place, is_tail);
    for (size_t i = 0; i < step->clauses.count; i++) find_in(c, step->clauses.items[i].body, (Place){step->clauses.items[i].body, NULL});
    if (step->return_body) find_in(c, step->return_body, (Place){step->return_body, NULL});
}

static void find_in_binding(Contifier *c, const CoreBinding *binding) {
    Local *local = table_get(&c->locals, binding->variable);
    if (local) local->is_inside = true;
    find_in_function(c, binding->value);
    if (local) local->is_inside = false;
}

static void find_in(Contifier *c, CoreExpression *e, Place place) {
    for (;;) {
        switch (e->kind) {
        case CORE_LET:
            if (is_function(e->first)) add_local(c, e->variable, e->first, &place);
            find_in_step(c, e->first, &place, false);
            break;
        case CORE_LET_REC:
            if (e->bindings.count == 1) add_local(c, e->bindings.items[0].variable, e->bindings.items[0].value, &place);
            for (size_t i = 0; i < e->bindings.count; i++) find_in_binding(c, &e->bindings.items[i]);
            break;
        case CORE_JOIN: find_in(c, e->first, place); break;
        case CORE_SWITCH:
            note_other(c, e->first);
            for (size_t i = 0; i < e->arms.count; i++) find_in(c, e->arms.items[i].body, place);
            if (!e->otherwise) return;
            e = e->otherwise;
            continue;
        default: find_in_step(c, e, &place, true); return;
        }
        e = e->body;
    }
}

// ---- deciding ----

static void decide(Contifier *c) {
    for (size_t i = 0; i < c->locals.count; i++) {
        Local *local = c->locals.entries[i].value;
        if (local->other_uses || local->outer_calls == 0) continue;
        bool stays = local->outer_tails == local->outer_calls;
        if (!stays && local->outer_calls != 1) continue;
        local->moves = !stays;
        local->label = NEW(c->arena, CoreLabel);
        *local->label = (CoreLabel){local->variable->name, c->simplifier->program->next_id++, local->value->parameters, local->own_tails > 0};
        c->found = true;
    }
}

// ---- rewriting ----

static void rewrite(Contifier *c, CoreExpression **slot, Place place);

static void rewrite_function(Contifier *c, CoreExpression *function) {
    CoreExpression *value = function->kind == CORE_LAMBDA && function->body->kind == CORE_DELAY ? function->body : function;
    rewrite(c, &value->body, (Place){function, value->body->type});
}

static Local *label_called(Contifier *c, const CoreExpression *step) {
    Local *local = local_called(c, step);
    return local && local->label ? local : NULL;
}

static CoreExpression *jump_to(Contifier *c, CoreLabel *label, const CoreExpression *call, Type *answer) {
    CoreExpression *jump = core_node(c->arena, CORE_JUMP, answer, call->span);
    jump->label = label;
    jump->items = *arguments_of(call);
    return jump;
}

static CoreExpression *join_with(Contifier *c, CoreLabel *label, CoreExpression *code, Type *answer) {
    CoreExpression *join = core_node(c->arena, CORE_JOIN, answer, code->span);
    join->label = label;
    join->first = code;
    return join;
}

static void retarget_step(Contifier *c, CoreExpression **slot, CoreLabel *next, Type *answer) {
    CoreExpression *step = *slot;
    if (step->kind == CORE_FAULT || step->kind == CORE_JUMP) {
        step->type = answer;
        return;
    }
    CoreExpression *jump = core_node(c->arena, CORE_JUMP, answer, step->span);
    jump->label = next;
    if (core_is_atom(step)) {
        vector_push(c->arena, &jump->items, step);
        *slot = jump;
        return;
    }
    CoreVariable *variable = make_temporary(c->simplifier, step->type, step->span);
    vector_push(c->arena, &jump->items, core_local(c->arena, variable, step->span));
    *slot = core_let(c->arena, variable, step, jump);
}

// The ends of all paths become jumps to `next`, but those that jump already.
static void retarget(Contifier *c, CoreExpression **slot, CoreLabel *next, Type *answer) {
    for (;;) {
        CoreExpression *e = *slot;
        switch (e->kind) {
        case CORE_LET: case CORE_LET_REC: slot = &e->body; break;
        case CORE_JOIN:
            retarget(c, &e->first, next, answer);
            slot = &e->body;
            break;
        case CORE_SWITCH:
            for (size_t i = 0; i < e->arms.count; i++) retarget(c, &e->arms.items[i].body, next, answer);
            e->type = answer;
            if (!e->otherwise) return;
            slot = &e->otherwise;
            continue;
        default: retarget_step(c, slot, next, answer); return;
        }
        e->type = answer;
    }
}

// The loop, entered by the call.
static CoreExpression *enter_loop(Contifier *c, Local *local, const CoreExpression *call, Type *answer) {
    CoreExpression *join = join_with(c, local->label, code_of(local->value), answer);
    join->body = jump_to(c, local->label, call, answer);
    return join;
}

// let x = f args in rest, which f moves to: join x = rest in join f = .. jump x(..) in jump f(args).
static CoreExpression *place_at_let(Contifier *c, CoreExpression *let, Local *local, const Place *place) {
    CoreLabel *next = NEW(c->arena, CoreLabel);
    *next = (CoreLabel){.name = let->variable->name, .id = c->simplifier->program->next_id++};
    vector_push(c->arena, &next->parameters, let->variable);
    CoreExpression *join = join_with(c, next, let->body, place->answer);
    CoreExpression *loop = enter_loop(c, local, let->first, place->answer);
    retarget(c, &loop->first, next, place->answer);
    join->body = loop;
    return join;
}

// A binding of what becomes a label: it goes, or its code becomes the label's. Answers whether the slot now holds something else.
static bool rewrite_binding(Contifier *c, CoreExpression **slot, CoreVariable *variable, CoreExpression *value, const Place *place) {
    Local *local = table_get(&c->locals, variable);
    if (!local || !local->label) return false;
    CoreExpression *e = *slot;
    // Its own tail calls first: they are found by the function that they stand in.
    rewrite_function(c, value);
    if (local->moves) {
        *slot = e->body;
    } else {
        CoreExpression *join = join_with(c, local->label, code_of(value), place->answer);
        join->body = e->body;
        *slot = join;
    }
    return true;
}

static void rewrite_step(Contifier *c, CoreExpression *step) {
    if (is_function(step)) rewrite_function(c, step);
    for (size_t i = 0; i < step->clauses.count; i++)
        rewrite(c, &step->clauses.items[i].body, (Place){step->clauses.items[i].body, step->clauses.items[i].body->type});
    if (step->return_body) rewrite(c, &step->return_body, (Place){step->return_body, step->return_body->type});
}

static void rewrite_tail(Contifier *c, CoreExpression **slot, const Place *place) {
    Local *called = label_called(c, *slot);
    if (!called) {
        rewrite_step(c, *slot);
        return;
    }
    bool enters = called->moves && place->function != called->value;
    *slot = enters ? enter_loop(c, called, *slot, place->answer) : jump_to(c, called->label, *slot, place->answer);
}

static void rewrite(Contifier *c, CoreExpression **slot, Place place) {
    for (;;) {
        CoreExpression *e = *slot;
        switch (e->kind) {
        case CORE_LET:
            if (rewrite_binding(c, slot, e->variable, e->first, &place)) {
                if (*slot == e->body) continue;
                break;
            }
            if (label_called(c, e->first)) {
                *slot = place_at_let(c, e, label_called(c, e->first), &place);
                slot = &(*slot)->first;
                continue;
            }
            rewrite_step(c, e->first);
            break;
        case CORE_LET_REC:
            if (e->bindings.count == 1 && rewrite_binding(c, slot, e->bindings.items[0].variable, e->bindings.items[0].value, &place)) {
                if (*slot == e->body) continue;
                break;
            }
            for (size_t i = 0; i < e->bindings.count; i++) rewrite_function(c, e->bindings.items[i].value);
            break;
        case CORE_JOIN: rewrite(c, &e->first, place); break;
        case CORE_SWITCH:
            for (size_t i = 0; i < e->arms.count; i++) rewrite(c, &e->arms.items[i].body, place);
            if (!e->otherwise) return;
            slot = &e->otherwise;
            continue;
        default: rewrite_tail(c, slot, &place); return;
        }
        slot = &(*slot)->body;
    }
}

void contify_definition(Simplifier *s, CoreDefinition *definition) {
    Contifier c = {.simplifier = s, .arena = s->arena, .locals = table_in(s->arena)};
    Place outermost = {NULL, definition->value->type};
    find_in(&c, definition->value, outermost);
    decide(&c);
    if (c.found) rewrite(&c, &definition->value, outermost);
}
