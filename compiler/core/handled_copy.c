// Code for one handler. Operations become calls of its clauses. Where a clause may end the computation or take its continuation, code that performs
// is in continuation-passing style: it gets a function for what follows, and answers what the handle does. Such a function can be called any number
// of times, and what it captures is shared.
//
//   let x = perform op a in rest     clause a (fun x -> rest)        of a control clause
//                                    clause a                        of one that ends the handle
//                                    let x = clause a in rest        of a plain one
//   let x = f a in rest              f' a (fun x -> rest)            where f performs
//   x                                k x                             at the end
//
// A label that is jumped to from within such a function becomes a function too.
//
// Where clauses end the computation, none takes its continuation, and calls would be left, code stays as it is: an operation jumps to where the
// handle is, which then runs the clause. Nothing waits on the way (handled_search.c), and the row of the code says so.
//
//   handle c with clauses            fx_catch_take place c' return clauses
//   let x = perform op a in rest     abort op a

#include "handled.h"

// Code that is being rewritten.
typedef struct Code {
    Handled *handled;
    CoreExpression *continuation; // an atom: what takes the answer; NULL: the code answers
    const CoreVariables *captured; // what the clauses capture, by the names that it has here
    Table functions;              // from a label to the variable of the function that it has become
} Code;

static CoreExpression *node_at(const Handled *h, CoreKind kind, Type *type, const CoreExpression *at) {
    CoreExpression *node = core_node(h->arena, kind, type, at->span);
    node->inlined = at->inlined;
    return node;
}

static CoreVariable *make_variable(const Handled *h, const char *name, Type *type, Span span) {
    Simplifier *s = h->simplifier;
    return core_variable(h->arena, s->program, symbol_of(s->compilation->symbols, name), type, span);
}

static CoreExpression *delay(const Handled *h, CoreExpression *body, Type *answer) {
    CoreExpression *node = node_at(h, CORE_DELAY, computation_type(h->arena, answer, h->row), body);
    node->body = body;
    return node;
}

static Type *function_over(const Handled *h, const CoreVariables *parameters, Type *result) {
    for (size_t i = parameters->count; i-- > 0;) result = function_type(h->arena, parameters->items[i]->type, result);
    return result;
}

// `body` is a DELAY. Without parameters it is that.
static CoreExpression *lambda(const Handled *h, CoreVariables parameters, CoreExpression *body) {
    if (parameters.count == 0) return body;
    CoreExpression *node = node_at(h, CORE_LAMBDA, function_over(h, &parameters, body->type), body);
    node->parameters = parameters;
    node->body = body;
    return node;
}

static Type *continuation_type(const Handled *h, Type *answer) {
    return function_type(h->arena, answer, computation_type(h->arena, h->answer, h->row));
}

// The function, run with these arguments.
static CoreExpression *run_with(const Handled *h, CoreExpression *function, const CoreExpressions *items, Type *answer, const CoreExpression *at) {
    CoreExpression *call = function;
    if (items->count) {
        call = node_at(h, CORE_APPLY, computation_type(h->arena, answer, h->row), at);
        call->first = function;
        call->items = *items;
    }
    CoreExpression *force = node_at(h, CORE_FORCE, answer, at);
    force->first = call;
    return force;
}

static CoreExpression *copy_atom(const Handled *h, const CoreExpression *atom) {
    CoreExpression *copy = NEW(h->arena, CoreExpression);
    *copy = *atom;
    return copy;
}

static void append_all(const Handled *h, CoreExpressions *items, const CoreExpressions *more) {
    for (size_t i = 0; i < more->count; i++) vector_push(h->arena, items, more->items[i]);
}

// ---- definitions of their own ----

static bool gets_continuation(const Handled *h, const HandledDefinition *found) { return found->performs && h->passes_continuation; }

static Type *answer_of(const CoreDefinition *definition) {
    const CoreExpression *value = definition->value;
    return resolve_type(value->kind == CORE_LAMBDA ? value->body->type : value->type)->left;
}

static Type *type_of_copy(const Handled *h, const HandledDefinition *found) {
    const CoreExpression *value = found->original->value;
    Type *own = answer_of(found->original);
    Type *type = computation_type(h->arena, gets_continuation(h, found) ? h->answer : own, h->row);
    if (found->performs) type = function_over(h, &h->captured, type);
    if (gets_continuation(h, found)) type = function_type(h->arena, continuation_type(h, own), type);
    return value->kind == CORE_LAMBDA ? function_over(h, &value->parameters, type) : type;
}

static CoreExpression *global_of(const Handled *h, CoreDefinition *definition, const CoreExpression *at) {
    CoreExpression *node = node_at(h, CORE_GLOBAL, definition->type, at);
    node->definition = definition;
    return node;
}

static CoreDefinition *copy_of(const Handled *h, HandledDefinition *found) {
    if (!found->copy) {
        found->copy = add_copy(h->simplifier, found->original);
        found->copy->type = type_of_copy(h, found);
        found->copy->value = NULL; // until it is filled
    }
    return found->copy;
}

// A clause that captures becomes a definition, with that as its first parameters.
static void lift_clause(const Handled *h, HandledClause *clause) {
    Simplifier *s = h->simplifier;
    const CoreExpression *value = clause->function;
    const CoreDefinition *around = value->inlined ? value->inlined->callee : s->current;
    CoreDefinition original = {.kind = DEFINITION_VALUE, .name = symbol_of(s->compilation->symbols, "clause"), .span = value->span,
                               .shown = core_shown_name(s->compilation->symbols, around)};
    CoreDefinition *definition = add_copy(s, &original);
    CoreVariables parameters = {0};
    for (size_t i = 0; i < clause->first.count; i++) {
        CoreVariable *parameter = make_variable(h, clause->first.items[i]->name, clause->first.items[i]->type, value->span);
        numbered_put(&s->copier.renamed, clause->first.items[i]->id, parameter);
        vector_push(h->arena, &parameters, parameter);
    }
    CoreExpression *copy = copy_expression(&s->copier, clause->function);
    for (size_t i = 0; i < clause->first.count; i++) numbered_put(&s->copier.renamed, clause->first.items[i]->id, NULL);
    bool is_lambda = copy->kind == CORE_LAMBDA;
    for (size_t i = 0; is_lambda && i < copy->parameters.count; i++) vector_push(h->arena, &parameters, copy->parameters.items[i]);
    definition->value = lambda(h, parameters, is_lambda ? copy->body : copy);
    definition->type = definition->value->type;
    clause->function = global_of(h, definition, value);
}

// ---- steps ----

static unsigned mode_of(const Handled *h, const CoreExpression *perform) { return h->clauses.items[perform->operation->index].mode; }

// A variable that the clauses capture, as the code knows it.
static CoreExpression *captured_here(const Code *code, const CoreVariable *variable, const CoreExpression *at) {
    const Handled *h = code->handled;
    size_t i = 0;
    while (h->captured.items[i] != variable) i++;
    CoreExpression *local = core_local(h->arena, code->captured->items[i], at->span);
    local->inlined = at->inlined;
    return local;
}

// `continuation`: an atom, for control clauses.
static CoreExpression *call_clause(const Code *code, const CoreExpression *perform, const CoreExpression *continuation) {
    const Handled *h = code->handled;
    const HandledClause *clause = &h->clauses.items[perform->operation->index];
    CoreExpressions items = {0};
    bool is_local = clause->function->kind == CORE_LOCAL;
    CoreExpression *function = is_local ? captured_here(code, clause->function->variable, perform) : copy_atom(h, clause->function);
    for (size_t i = 0; i < clause->first.count; i++) vector_push(h->arena, &items, captured_here(code, clause->first.items[i], perform));
    append_all(h, &items, &perform->items);
    bool controls = clause->mode == HANDLED_CONTROLS || clause->mode == HANDLED_RESUMES;
    if (controls) vector_push(h->arena, &items, copy_atom(h, continuation));
    return run_with(h, function, &items, clause->mode == HANDLED_PLAIN ? perform->type : h->answer, perform);
}

static CoreExpression *call_copy(const Code *code, HandledDefinition *found, const CoreExpression *step, const CoreExpression *continuation) {
    const Handled *h = code->handled;
    CoreExpressions items = {0};
    if (step->first->kind == CORE_APPLY) append_all(h, &items, &step->first->items);
    if (gets_continuation(h, found)) vector_push(h->arena, &items, copy_atom(h, continuation));
    for (size_t i = 0; found->performs && i < h->captured.count; i++) vector_push(h->arena, &items, captured_here(code, h->captured.items[i], step));
    return run_with(h, global_of(h, copy_of(h, found), step), &items, gets_continuation(h, found) ? h->answer : step->type, step);
}

// Whether what follows the step is a function of its own.
static bool splits(const Handled *h, const CoreExpression *step) {
    if (!h->passes_continuation || !step_performs(h, step)) return false;
    return step->kind != CORE_PERFORM || mode_of(h, step) != HANDLED_PLAIN;
}

// A step that answers where it stands.
static CoreExpression *rewrite_step(const Code *code, CoreExpression *step) {
    const Handled *h = code->handled;
    if (step->kind == CORE_PERFORM && step->operation->effect == h->effect) {
        step->jumps = h->jumps && mode_of(h, step) == HANDLED_ABORTS;
        return step->jumps ? step : call_clause(code, step, NULL);
    }
    HandledDefinition *called = find_handled_call(h, step);
    return called ? call_copy(code, called, step, NULL) : step;
}

// One whose answer is the continuation's.
static CoreExpression *rewrite_splitting(const Code *code, CoreExpression *step, const CoreExpression *continuation) {
    if (step->kind == CORE_PERFORM) return call_clause(code, step, continuation);
    return call_copy(code, find_handled_call(code->handled, step), step, continuation);
}

static CoreExpression *pass_on(const Code *code, CoreExpression *atom) {
    const Handled *h = code->handled;
    CoreExpressions items = {0};
    vector_push(h->arena, &items, atom);
    return run_with(h, copy_atom(h, code->continuation), &items, h->answer, atom);
}

static bool is_never(const Handled *h, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == h->simplifier->program->builtins->never_type;
}

// The end of a path.
static CoreExpression *rewrite_end(const Code *code, CoreExpression *step) {
    const Handled *h = code->handled;
    if (splits(h, step)) return rewrite_splitting(code, step, code->continuation);
    step = rewrite_step(code, step);
    if (!code->continuation) return step;
    if (core_is_atom(step)) return pass_on(code, step);
    CoreVariable *answer = make_variable(h, "answer", step->type, step->span);
    CoreExpression *local = core_local(h->arena, answer, step->span), *rest;
    local->inlined = step->inlined;
    if (is_never(h, step->type)) {
        rest = node_at(h, CORE_SWITCH, h->answer, step);
        rest->first = local;
    } else {
        rest = pass_on(code, local);
    }
    return core_let(h->arena, answer, step, rest);
}

// ---- labels that must become functions: some jump to them comes from another function ----

typedef struct Crossing {
    const Handled *handled;
    Table home;         // from a label to the number of the function that it is in
    Table *functions;   // those that must become functions
    uintptr_t count;    // of functions
    bool changed;
} Crossing;

static void find_crossing(Crossing *c, CoreExpression *e, uintptr_t function) {
    for (;; e = e->body) switch (e->kind) {
    case CORE_LET:
        if (splits(c->handled, e->first)) function = ++c->count;
        break;
    case CORE_JOIN: {
        bool is_function = table_has(c->functions, e->label);
        table_put(&c->home, e->label, (void *)function);
        find_crossing(c, e->first, is_function ? ++c->count : function);
        break;
    }
    case CORE_SWITCH:
        for (size_t i = 0; i < e->arms.count; i++) find_crossing(c, e->arms.items[i].body, function);
        if (e->otherwise) find_crossing(c, e->otherwise, function);
        return;
    case CORE_JUMP:
        if (table_has(c->functions, e->label) || table_get(&c->home, e->label) == (void *)function) return;
        table_put(c->functions, e->label, e->label);
        c->changed = true;
        return;
    default: return;
    }
}

static void find_label_functions(Code *code, CoreExpression *body) {
    const Handled *h = code->handled;
    code->functions = table_in(h->arena);
    if (!code->continuation) return;
    Crossing crossing = {.handled = h, .functions = &code->functions, .changed = true};
    while (crossing.changed) {
        crossing.changed = false;
        crossing.home = table_in(h->arena);
        crossing.count = 1;
        find_crossing(&crossing, body, 1);
    }
}

// ---- code ----

static void rewrite(Code *code, CoreExpression **slot);

// let x = step in rest, where rest becomes a function: answers its slot, or NULL where it is never reached.
static CoreExpression **split_let(const Code *code, CoreExpression **slot) {
    const Handled *h = code->handled;
    CoreExpression *let = *slot, *step = let->first;
    if (step->kind == CORE_PERFORM && mode_of(h, step) == HANDLED_ABORTS) {
        *slot = call_clause(code, step, NULL);
        return NULL;
    }
    CoreVariables parameters = {0};
    vector_push(h->arena, &parameters, let->variable);
    CoreExpression *rest = lambda(h, parameters, delay(h, let->body, h->answer));
    CoreVariable *continuation = make_variable(h, "rest", rest->type, step->span);
    CoreExpression *call = rewrite_splitting(code, step, core_local(h->arena, continuation, step->span));
    *slot = core_let(h->arena, continuation, rest, call);
    return &rest->body->body;
}

// A label that becomes a function: its slot. One without parameters gets one, so that it can be recursive.
static CoreExpression **open_label_function(Code *code, CoreExpression **slot) {
    const Handled *h = code->handled;
    CoreExpression *join = *slot;
    CoreLabel *label = join->label;
    const Builtins *builtins = h->simplifier->program->builtins;
    if (label->parameters.count == 0)
        vector_push(h->arena, &label->parameters, make_variable(h, "unit", data_type(h->arena, builtins->unit_type, NULL), join->span));
    CoreExpression *function = lambda(h, label->parameters, delay(h, join->first, h->answer));
    CoreVariable *variable = core_variable(h->arena, h->simplifier->program, label->name, function->type, join->span);
    table_put(&code->functions, label, variable);
    CoreExpression *node = node_at(h, label->is_loop ? CORE_LET_REC : CORE_LET, h->answer, join);
    if (label->is_loop) {
        CoreBinding binding = {variable, function};
        vector_push(h->arena, &node->bindings, binding);
    } else {
        node->variable = variable;
        node->first = function;
    }
    node->body = join->body;
    *slot = node;
    rewrite(code, &function->body->body);
    return &node->body;
}

static CoreExpression *call_label_function(const Code *code, CoreExpression *jump) {
    const Handled *h = code->handled;
    CoreVariable *variable = table_get(&code->functions, jump->label);
    CoreExpressions items = {0};
    append_all(h, &items, &jump->items);
    if (items.count == 0) vector_push(h->arena, &items, core_unit(h->arena, h->simplifier->program->builtins, jump->span));
    CoreExpression *function = core_local(h->arena, variable, jump->span);
    return run_with(h, function, &items, h->answer, jump);
}

static void rewrite(Code *code, CoreExpression **slot) {
    const Handled *h = code->handled;
    while (slot) {
        CoreExpression *e = *slot;
        if (code->continuation && (e->kind == CORE_LET || e->kind == CORE_JOIN || e->kind == CORE_SWITCH || e->kind == CORE_JUMP || e->kind == CORE_FAULT))
            e->type = h->answer;
        switch (e->kind) {
        case CORE_LET:
            if (splits(h, e->first)) {
                slot = split_let(code, slot);
                continue;
            }
            e->first = rewrite_step(code, e->first);
            break;
        case CORE_JOIN:
            if (table_has(&code->functions, e->label)) {
                slot = open_label_function(code, slot);
                continue;
            }
            rewrite(code, &e->first);
            break;
        case CORE_SWITCH:
            for (size_t i = 0; i < e->arms.count; i++) rewrite(code, &e->arms.items[i].body);
            slot = e->otherwise ? &e->otherwise : NULL;
            continue;
        case CORE_JUMP:
            if (table_has(&code->functions, e->label)) *slot = call_label_function(code, e);
            return;
        case CORE_FAULT: return;
        default: *slot = rewrite_end(code, e); return;
        }
        slot = &e->body;
    }
}

static void rewrite_body(Code *code, CoreExpression **body) {
    find_label_functions(code, *body);
    rewrite(code, body);
}

// ---- copies ----

static void fill_copy(Handled *h, const HandledDefinition *found) {
    CoreExpression *copy = copy_expression(&h->simplifier->copier, found->original->value);
    CoreExpression *code_delay = copy->kind == CORE_LAMBDA ? copy->body : copy;
    CoreVariables parameters = {0}, captured = {0};
    for (size_t i = 0; copy->kind == CORE_LAMBDA && i < copy->parameters.count; i++) vector_push(h->arena, &parameters, copy->parameters.items[i]);
    Code code = {.handled = h, .captured = &captured};
    if (gets_continuation(h, found)) {
        CoreVariable *continuation = make_variable(h, "rest", continuation_type(h, answer_of(found->original)), found->original->span);
        vector_push(h->arena, &parameters, continuation);
        code.continuation = core_local(h->arena, continuation, found->original->span);
    }
    for (size_t i = 0; found->performs && i < h->captured.count; i++) {
        CoreVariable *parameter = make_variable(h, h->captured.items[i]->name, h->captured.items[i]->type, found->original->span);
        vector_push(h->arena, &captured, parameter);
        vector_push(h->arena, &parameters, parameter);
    }
    rewrite_body(&code, &code_delay->body);
    code_delay->type = computation_type(h->arena, code.continuation ? h->answer : resolve_type(code_delay->type)->left, h->row);
    found->copy->value = lambda(h, parameters, code_delay);
}

// ---- the handle ----

// The handled computation as code that has not been rewritten.
static CoreExpression *handled_code(const Handled *h) {
    if (h->computation->kind == CORE_DELAY) return copy_expression(&h->simplifier->copier, h->computation)->body;
    CoreExpression *force = node_at(h, CORE_FORCE, resolve_type(h->computation->type)->left, h->force);
    force->first = copy_atom(h, h->computation);
    return force;
}

static bool has_return_function(const Handled *h) { return h->return_function->kind == CORE_LOCAL || h->return_function->kind == CORE_GLOBAL; }

// What the answer of the computation goes to. Where the answer is the result, a function that answers what it is given.
static CoreExpression *return_continuation(const Handled *h, Type *answer, CoreExpression **identity, CoreVariable **variable) {
    *identity = NULL;
    if (has_return_function(h)) return copy_atom(h, h->return_function);
    CoreVariables parameters = {0};
    vector_push(h->arena, &parameters, make_variable(h, "answer", answer, h->force->span));
    CoreExpression *local = core_local(h->arena, parameters.items[0], h->force->span);
    *identity = lambda(h, parameters, delay(h, local, h->answer));
    *variable = make_variable(h, "rest", (*identity)->type, h->force->span);
    return core_local(h->arena, *variable, h->force->span);
}

static CoreExpression *rewrite_passing(Handled *h, Type *answer) {
    CoreExpression *identity, *body = handled_code(h);
    CoreVariable *variable;
    Code code = {.handled = h, .captured = &h->captured, .continuation = return_continuation(h, answer, &identity, &variable)};
    rewrite_body(&code, &body);
    return identity ? core_let(h->arena, variable, identity, body) : body;
}

static CoreExpression *rewrite_plain(Handled *h, Type *answer) {
    CoreExpression *body = handled_code(h);
    Code code = {.handled = h, .captured = &h->captured};
    rewrite_body(&code, &body);
    if (!has_return_function(h)) return body;
    CoreExpression *force = node_at(h, CORE_FORCE, answer, h->force);
    force->first = delay(h, body, answer);
    CoreVariable *variable = make_variable(h, "answer", answer, h->force->span);
    Code returning = {.handled = h, .continuation = h->return_function};
    return core_let(h->arena, variable, force, pass_on(&returning, core_local(h->arena, variable, h->force->span)));
}

// The runtime's function for a handle that jumps lead to: its type is that of the one for any handle.
static CoreDefinition *find_catch(const Handled *h, CoreDefinition *handle) {
    Simplifier *s = h->simplifier;
    CoreDefinition *catch = table_get(&s->catches, handle);
    if (catch) return catch;
    catch = NEW(h->arena, CoreDefinition);
    *catch = *handle;
    catch->name = catch->symbol = symbol_of(s->compilation->symbols, "fx_catch_take");
    catch->now_symbol = symbol_of(s->compilation->symbols, "fx_catch_now_take");
    table_put(&s->catches, handle, catch);
    vector_push(h->arena, &s->program->definitions, catch);
    return catch;
}

static void rewrite_jumping(Handled *h) {
    CoreExpression *apply = h->force->first, *computation = node_at(h, CORE_DELAY, h->computation->type, h->force);
    h->row = plain_type(TYPE_EMPTY_ROW);
    computation->body = handled_code(h);
    Code code = {.handled = h, .captured = &h->captured};
    rewrite_body(&code, &computation->body);
    apply->items.items[HANDLE_COMPUTATION] = computation;
    apply->first = global_of(h, find_catch(h, apply->first->definition), apply);
}

static void rewrite_whole(Handled *h) {
    Type *answer = resolve_type(h->computation->type)->left;
    CoreExpression *body = h->passes_continuation ? rewrite_passing(h, answer) : rewrite_plain(h, answer);
    h->force->first = delay(h, body, h->answer);
}

void specialise_handle(Handled *h) {
    for (size_t i = 0; i < h->clauses.count; i++) {
        HandledClause *clause = &h->clauses.items[i];
        bool is_called = !h->jumps || clause->mode == HANDLED_PLAIN;
        if (is_called && (clause->function->kind == CORE_LAMBDA || clause->function->kind == CORE_DELAY)) lift_clause(h, clause);
    }
    if (h->jumps) rewrite_jumping(h);
    else rewrite_whole(h);
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < h->order.count; i++) {
            const HandledDefinition *found = h->order.items[i];
            if (!found->copy || found->copy->value) continue;
            fill_copy(h, found);
            again = true;
        }
    }
}
