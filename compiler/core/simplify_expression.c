// A-normal form (Flanagan, Sabry, Duba, Felleisen 1993), built from the outside in: each step of a computation goes to a slot, which is then the
// place after it. On the way Force (Delay e) becomes e, calls of known functions their bodies, matches on known constructors the arm.

#include "simplify.h"

CoreVariable *make_temporary(Simplifier *s, Type *type, Span span) {
    CoreVariable *variable = core_variable(s->arena, s->program, s->temporary, type, span);
    fact_of(s, variable)->uses = 1;
    return variable;
}

CoreExpression *local_of(Simplifier *s, CoreVariable *variable, Span span) { return core_local(s->arena, variable, span); }

// An atom may stand in several places: each gets a node of its own.
static CoreExpression *fresh_atom(Simplifier *s, const CoreExpression *atom) {
    CoreExpression *copy = NEW(s->arena, CoreExpression);
    *copy = *atom;
    return copy;
}

// A definition that is itself an atom.
static CoreExpression *atom_of_definition(const CoreDefinition *definition) {
    CoreExpression *value = definition->kind == DEFINITION_VALUE ? definition->value : NULL;
    return value && core_is_atom(value) && value->kind != CORE_LOCAL ? value : NULL;
}

CoreExpression *replaced(Simplifier *s, CoreExpression *atom) {
    CoreExpression *original = atom;
    for (;;) {
        CoreExpression *next = NULL;
        if (atom->kind == CORE_LOCAL) next = fact_of(s, atom->variable)->replacement;
        else if (atom->kind == CORE_GLOBAL) next = atom_of_definition(atom->definition);
        if (!next || next == atom) break;
        atom = next;
    }
    return atom == original ? atom : fresh_atom(s, atom);
}

// Code for any type held in some way, where it has met code for one type: what was known only by its holding is of that type.
static Type *more_precise(Type *type, Type *other) {
    type = resolve_type(type);
    return type->kind == TYPE_WORD || type->kind == TYPE_COUNTED ? other : type;
}

void bind_parameter(Simplifier *s, CoreVariable *parameter, CoreExpression *atom) {
    Fact *fact = fact_of(s, parameter);
    fact->replacement = atom;
    if (atom->kind != CORE_LOCAL) return;
    fact_of(s, atom->variable)->uses += fact->uses;
    fact_of(s, atom->variable)->escapes += fact->escapes - 1;
    atom->variable->type = atom->type = more_precise(atom->variable->type, parameter->type);
}

CoreExpression *simplify_function_body(Simplifier *s, CoreExpression *body) {
    Type *outer = s->answer;
    s->answer = body->type;
    CoreExpression *result = NULL;
    simplify_into(s, body, NULL, NULL, &result);
    s->answer = outer;
    return result;
}

CoreExpression *simplify_atom(Simplifier *s, CoreExpression *expression, CoreExpression ***slot) {
    if (core_is_atom(expression)) return replaced(s, expression);
    CoreVariable *variable = make_temporary(s, expression->type, expression->span);
    *slot = simplify_binding(s, variable, expression, NULL, *slot);
    return replaced(s, local_of(s, variable, expression->span));
}

void simplify_items(Simplifier *s, CoreExpressions *items, CoreExpression ***slot) {
    for (size_t i = 0; i < items->count; i++) items->items[i] = simplify_atom(s, items->items[i], slot);
}

// Constructors within the last field (a list literal) are taken in a loop, since there may be many.
static void simplify_construct(Simplifier *s, CoreExpression *node, CoreExpression ***slot) {
    Vector(CoreExpression *) outer = {0};
    while (node->items.count && node->items.items[node->items.count - 1]->kind == CORE_CONSTRUCT) {
        CoreExpression *last = node->items.items[node->items.count - 1];
        if (last->items.count == 0) break;
        node->items.count--;
        simplify_items(s, &node->items, slot);
        node->items.count++;
        vector_push(s->arena, &outer, node);
        node = last;
    }
    simplify_items(s, &node->items, slot);
    while (outer.count) {
        CoreVariable *variable = make_temporary(s, node->type, node->span);
        CoreExpression *let = core_node(s->arena, CORE_LET, s->answer, node->span);
        let->variable = variable;
        let->first = node;
        fact_of(s, variable)->value = node;
        **slot = let;
        *slot = &let->body;
        node = outer.items[--outer.count];
        node->items.items[node->items.count - 1] = local_of(s, variable, node->span);
    }
}

// Local functions, each in scope of the others.
static CoreExpression **simplify_let_rec(Simplifier *s, CoreExpression *node, CoreExpression **slot) {
    unsigned uses = 0;
    for (size_t i = 0; i < node->bindings.count; i++) uses += fact_of(s, node->bindings.items[i].variable)->uses;
    if (uses == 0) return slot;
    for (size_t i = 0; i < node->bindings.count; i++) {
        CoreExpression *lambda = node->bindings.items[i].value;
        lambda->body = simplify_function_body(s, lambda->body);
    }
    node->type = s->answer;
    *slot = node;
    return &node->body;
}

static void simplify_handle(Simplifier *s, CoreExpression *node, CoreExpression ***slot) {
    node->first = simplify_atom(s, node->first, slot);
    for (size_t i = 0; i < node->clauses.count; i++) node->clauses.items[i].body = simplify_function_body(s, node->clauses.items[i].body);
    if (node->return_body) node->return_body = simplify_function_body(s, node->return_body);
}

// Run twice over: the inner computation first, its answer is then what is run.
static void reduce_force(Simplifier *s, Focus *focus) {
    if (!focus->forced) {
        focus->forced = focus->expression->first->type;
        focus->expression = focus->expression->first;
        return;
    }
    CoreVariable *variable = make_temporary(s, focus->expression->type, focus->expression->span);
    focus->slot = simplify_binding(s, variable, focus->expression, NULL, focus->slot);
    focus->expression = local_of(s, variable, focus->expression->span);
}

// Takes the focus one step further; false when it stays what it is, its parts being atoms.
static bool reduce_once(Simplifier *s, Focus *focus) {
    CoreExpression *e = focus->expression;
    switch (e->kind) {
    case CORE_LET:
        focus->slot = simplify_binding(s, e->variable, e->first, NULL, focus->slot);
        focus->expression = e->body;
        return true;
    case CORE_LET_REC:
        focus->slot = simplify_let_rec(s, e, focus->slot);
        focus->expression = e->body;
        return true;
    case CORE_FORCE: reduce_force(s, focus); return true;
    case CORE_DELAY:
        if (!focus->forced) return false;
        focus->forced = NULL;
        focus->expression = e->body;
        return true;
    case CORE_LOCAL: case CORE_GLOBAL: case CORE_INT: case CORE_FLOAT: case CORE_STRING:
        focus->expression = replaced(s, e);
        return focus->forced && reduce_run(s, focus);
    case CORE_APPLY: return reduce_apply(s, focus);
    case CORE_SWITCH: return reduce_switch(s, focus);
    case CORE_FIELD: return reduce_field(s, focus);
    case CORE_JOIN: return reduce_join(s, focus);
    case CORE_JUMP: return reduce_jump(s, focus);
    case CORE_CONSTRUCT: {
        simplify_construct(s, e, &focus->slot);
        CoreVariable *same = find_same(s, e);
        if (same) focus->expression = local_of(s, same, e->span);
        return false;
    }
    case CORE_PRIMITIVE:
        simplify_items(s, &e->items, &focus->slot);
        focus->expression = fold_primitive(s, e);
        return false;
    case CORE_PERFORM: simplify_items(s, &e->items, &focus->slot); return false;
    case CORE_FAULT: e->first = simplify_atom(s, e->first, &focus->slot); return false;
    case CORE_HANDLE: simplify_handle(s, e, &focus->slot); return false;
    default: return false;
    }
}

static void simplify_closure(Simplifier *s, CoreExpression *node) {
    node->body = simplify_function_body(s, node->body);
    // Nested functions without work between them are one.
    while (node->kind == CORE_LAMBDA && node->body->kind == CORE_LAMBDA) {
        CoreExpression *inner = node->body;
        for (size_t i = 0; i < inner->parameters.count; i++) vector_push(s->arena, &node->parameters, inner->parameters.items[i]);
        node->body = inner->body;
    }
}

static void place_let(Simplifier *s, CoreVariable *variable, CoreExpression *value, CoreExpression ***slot) {
    CoreExpression *let = core_node(s->arena, CORE_LET, s->answer, value->span);
    variable->type = more_precise(variable->type, value->type);
    let->variable = variable;
    let->first = value;
    **slot = let;
    *slot = &let->body;
}

// What is reduced as far as it goes, as one step: an atom, or a node that may be the value of a let.
static CoreExpression *finish_step(Simplifier *s, Focus *focus) {
    CoreExpression *e = focus->expression;
    if (e->kind == CORE_LAMBDA || e->kind == CORE_DELAY) simplify_closure(s, e);
    if (!focus->forced) return e;
    if (!core_is_atom(e) && e->kind != CORE_APPLY) {
        CoreVariable *variable = make_temporary(s, e->type, e->span);
        place_let(s, variable, e, &focus->slot);
        e = local_of(s, variable, e->span);
    }
    Type *type = resolve_type(focus->forced);
    e->type = more_precise(e->type, type);
    if (e->kind == CORE_LOCAL) e->variable->type = more_precise(e->variable->type, type);
    CoreExpression *force = core_node(s->arena, CORE_FORCE, type->kind == TYPE_COMPUTATION ? type->left : e->type, e->span);
    force->first = e;
    force->inlined = focus->expression->inlined;
    return force;
}

// A computation that only runs another one is that one.
static CoreExpression *without_delay(CoreExpression *step) {
    bool runs_atom = step->kind == CORE_DELAY && step->body->kind == CORE_FORCE && core_is_atom(step->body->first);
    return runs_atom ? step->body->first : step;
}

static bool is_control(const CoreExpression *e) { return e->kind == CORE_SWITCH || e->kind == CORE_JOIN || e->kind == CORE_JUMP; }

static bool is_single_arm(const CoreExpression *e) {
    return e->kind == CORE_SWITCH && e->arms.count == 1 && !e->otherwise && e->arms.items[0].constructor;
}

// What follows becomes a label's code: let x = match s with .. in rest is join rest(x) in match s with .. jump rest(v).
static CoreExpression **bind_control(Simplifier *s, CoreVariable *variable, Focus *focus) {
    CoreLabel *label = NEW(s->arena, CoreLabel);
    *label = (CoreLabel){.name = variable->name, .id = s->program->next_id++};
    vector_push(s->arena, &label->parameters, variable);
    CoreExpression *join = core_node(s->arena, CORE_JOIN, s->answer, focus->expression->span);
    join->label = label;
    *focus->slot = join;
    simplify_into(s, focus->expression, focus->forced, label, &join->body);
    return &join->first;
}

static bool is_only_called(const Fact *fact, const CoreExpression *value) {
    return fact->uses == 1 && fact->calls == 1 && fact->call_items == value->parameters.count;
}

CoreExpression **simplify_binding(Simplifier *s, CoreVariable *variable, CoreExpression *value, Type *forced, CoreExpression **slot) {
    Fact *fact = fact_of(s, variable);
    if (fact->uses == 0 && !forced && is_discardable(value)) return slot;
    if ((value->kind == CORE_LAMBDA || value->kind == CORE_DELAY) && !forced && is_only_called(fact, value)) {
        fact->is_pending = true;
        fact->value = value;
        return slot;
    }
    Focus focus = {value, forced, slot};
    for (;;) {
        while (reduce_once(s, &focus)) {}
        if (!is_single_arm(focus.expression)) break;
        CoreExpression *node = focus.expression;
        *focus.slot = node;
        focus.slot = open_single_arm(s, node);
        focus.expression = *focus.slot;
    }
    if (is_control(focus.expression)) return bind_control(s, variable, &focus);
    if (focus.expression->kind == CORE_FAULT) {
        focus.expression->type = s->answer;
        *focus.slot = focus.expression;
        return &s->unreachable;
    }
    CoreExpression *step = without_delay(finish_step(s, &focus));
    if (core_is_atom(step)) {
        bind_parameter(s, variable, step);
        return focus.slot;
    }
    place_let(s, variable, step, &focus.slot);
    fact_of(s, variable)->value = step;
    return focus.slot;
}

// The end of a path.
static void finish_path(Simplifier *s, Focus *focus, CoreLabel *next) {
    if (focus->expression->kind == CORE_JUMP || focus->expression->kind == CORE_FAULT) {
        focus->expression->type = s->answer;
        *focus->slot = focus->expression;
        return;
    }
    CoreExpression *step = finish_step(s, focus);
    if (!next) {
        *focus->slot = step;
        return;
    }
    CoreExpression *jump = core_node(s->arena, CORE_JUMP, s->answer, step->span);
    jump->label = next;
    if (!core_is_atom(step)) {
        CoreVariable *variable = make_temporary(s, step->type, step->span);
        place_let(s, variable, step, &focus->slot);
        step = local_of(s, variable, step->span);
    }
    vector_push(s->arena, &jump->items, step);
    *focus->slot = jump;
}

void simplify_into(Simplifier *s, CoreExpression *expression, Type *forced, CoreLabel *next, CoreExpression **slot) {
    Focus focus = {expression, forced, slot};
    size_t mark = s->trail.count;
    for (;;) {
        while (reduce_once(s, &focus)) {}
        CoreExpression *node = focus.expression;
        if (!is_control(node) || node->kind == CORE_JUMP) break;
        node->type = s->answer;
        *focus.slot = node;
        if (node->kind == CORE_SWITCH) {
            focus.slot = simplify_switch(s, node, focus.forced, next);
        } else {
            simplify_into(s, node->first, focus.forced, next, &node->first);
            focus.slot = &node->body;
        }
        if (!focus.slot) break;
        focus.expression = *focus.slot;
    }
    if (focus.slot) finish_path(s, &focus, next);
    forget(s, mark);
}
