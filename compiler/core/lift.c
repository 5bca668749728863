// Lambda lifting (Johnsson 1985): local functions that are only called become definitions, what they capture their first parameters; so do
// recursive ones, whose uses as values become closures that call the definition; and closures that capture nothing.

#include "simplify.h"

enum { MOST_PARAMETERS = 12 }; // a local function that need not become a definition stays a closure when it would take more

// A local function that may become a definition.
typedef struct Lifted {
    CoreVariable *variable;
    CoreExpression *value;      // LAMBDA or DELAY
    CoreVariables *free;        // what it captures, shared by a group
    CoreDefinition *definition; // once it is lifted
    unsigned calls;             // with all arguments
    unsigned inner_uses;        // as a value: within its own group,
    unsigned outer_uses;        // and elsewhere
    bool is_inside;             // its own group is being looked at
} Lifted;

typedef struct Lifter {
    Simplifier *simplifier;
    Arena *arena;
    CoreDefinition *outer;
    Table lifted; // from a variable to its Lifted
} Lifter;

static void lift_in(Lifter *l, CoreExpression **slot);

static CoreVariables *find_free(Lifter *l, CoreExpression *e) {
    CoreVariables *free = NEW(l->arena, CoreVariables);
    *free = core_free_variables(l->arena, e);
    return free;
}

// ---- the definition ----

static Symbol free_name(Lifter *l, Symbol wanted) {
    Symbols *symbols = l->simplifier->compilation->symbols;
    Symbol base = symbol_format(symbols, "%s.%s", l->outer->name, wanted), name = base;
    for (unsigned number = 2; !take_name(l->simplifier, l->outer->module, name, l->outer->key); number++)
        name = symbol_format(symbols, "%s.%u", base, number);
    return name;
}

static Type *function_over(Arena *arena, const CoreVariables *parameters, Type *answer) {
    for (size_t i = parameters->count; i-- > 0;) answer = function_type(arena, parameters->items[i]->type, answer);
    return answer;
}

// A name that is the user's is added to that of the function in whose text the code stands.
static Symbol shown_name(const Lifter *l, Symbol name, const CoreExpression *value) {
    Symbols *symbols = l->simplifier->compilation->symbols;
    Symbol around = core_shown_name(symbols, value->inlined ? value->inlined->callee : l->outer);
    bool is_made_up = name == l->simplifier->temporary || name == symbol_of(symbols, "fun");
    return is_made_up ? around : symbol_format(symbols, "%s.%s", around, name);
}

static CoreDefinition *add_definition(Lifter *l, Symbol name, const CoreVariables *free, const CoreExpression *value) {
    CoreDefinition *definition = NEW(l->arena, CoreDefinition);
    definition->kind = DEFINITION_VALUE;
    definition->module = l->outer->module;
    definition->key = l->outer->key;
    definition->name = free_name(l, name);
    definition->shown = shown_name(l, name, value);
    definition->span = value->span;
    definition->type = function_over(l->arena, free, value->type);
    vector_push(l->arena, &l->simplifier->program->definitions, definition);
    return definition;
}

static CoreExpression *global_of(Lifter *l, CoreDefinition *definition, Span span) {
    CoreExpression *node = core_node(l->arena, CORE_GLOBAL, definition->type, span);
    node->definition = definition;
    return node;
}

// The definition applied to what the local captured, and then to `more`.
static CoreExpression *call_of(Lifter *l, const Lifted *lifted, const CoreExpressions *more, Type *type, Span span) {
    CoreExpression *apply = core_node(l->arena, CORE_APPLY, type, span);
    apply->first = global_of(l, lifted->definition, span);
    for (size_t i = 0; i < lifted->free->count; i++) vector_push(l->arena, &apply->items, core_local(l->arena, lifted->free->items[i], span));
    for (size_t i = 0; more && i < more->count; i++) vector_push(l->arena, &apply->items, more->items[i]);
    return apply->items.count ? apply : apply->first;
}

// The local as a value: a closure that calls the definition.
static CoreExpression *closure_of(Lifter *l, const Lifted *lifted) {
    const CoreExpression *value = lifted->value;
    CoreExpression *lambda = core_node(l->arena, value->kind, value->type, value->span);
    const CoreExpression *inner = value->kind == CORE_LAMBDA ? value->body : value;
    CoreExpressions more = {0};
    for (size_t i = 0; i < value->parameters.count; i++) {
        const CoreVariable *original = value->parameters.items[i];
        CoreVariable *parameter = core_variable(l->arena, l->simplifier->program, original->name, original->type, original->span);
        vector_push(l->arena, &lambda->parameters, parameter);
        vector_push(l->arena, &more, core_local(l->arena, parameter, value->span));
    }
    CoreExpression *call = call_of(l, lifted, &more, inner->type, value->span);
    if (inner->kind == CORE_DELAY) {
        CoreExpression *force = core_node(l->arena, CORE_FORCE, inner->body->type, value->span);
        force->first = call;
        call = force;
    }
    if (value->kind == CORE_LAMBDA && inner->kind == CORE_DELAY) {
        CoreExpression *delay = core_node(l->arena, CORE_DELAY, inner->type, value->span);
        delay->body = call;
        call = delay;
    }
    lambda->body = call;
    return lambda;
}

static CoreVariable *closure_variable(Lifter *l, const Lifted *lifted) {
    const CoreVariable *original = lifted->variable;
    return core_variable(l->arena, l->simplifier->program, original->name, original->type, original->span);
}

// Where the code of a function is to begin with a binding.
static CoreExpression **start_of_code(CoreExpression *value) {
    return value->kind == CORE_LAMBDA && value->body->kind == CORE_DELAY ? &value->body->body : &value->body;
}

// ---- calls ----

static void rewrite_call(Lifter *l, CoreExpression **slot) {
    CoreExpression *e = *slot;
    if (e->kind == CORE_APPLY && e->first->kind == CORE_LOCAL) {
        const Lifted *lifted = table_get(&l->lifted, e->first->variable);
        if (lifted && lifted->definition && e->items.count == lifted->value->parameters.count) *slot = call_of(l, lifted, &e->items, e->type, e->span);
    } else if (e->kind == CORE_FORCE && e->first->kind == CORE_LOCAL) {
        const Lifted *lifted = table_get(&l->lifted, e->first->variable);
        if (lifted && lifted->definition && lifted->value->kind == CORE_DELAY) e->first = call_of(l, lifted, NULL, e->first->type, e->span);
    }
}

static void rewrite_calls(Lifter *l, CoreExpression **slot) {
    for (;;) {
        rewrite_call(l, slot);
        unsigned count = core_child_count(*slot);
        if (count == 0) return;
        for (unsigned i = 0; i + 1 < count; i++) rewrite_calls(l, core_child(*slot, i));
        slot = core_child(*slot, count - 1);
    }
}

static bool is_call_of(const CoreExpression *e, const Lifted *lifted) {
    if (e->kind == CORE_FORCE) return lifted->value->kind == CORE_DELAY;
    return e->kind == CORE_APPLY && e->items.count == lifted->value->parameters.count;
}

static bool is_function(const CoreExpression *e) { return e->kind == CORE_LAMBDA || e->kind == CORE_DELAY; }

static void add_local(Lifter *l, CoreVariable *variable, CoreExpression *value) {
    Lifted *lifted = NEW(l->arena, Lifted);
    *lifted = (Lifted){.variable = variable, .value = value};
    table_put(&l->lifted, variable, lifted);
}

static void set_inside(Lifter *l, const CoreExpression *let_rec, bool is_inside) {
    for (size_t i = 0; i < let_rec->bindings.count; i++)
        ((Lifted *)table_get(&l->lifted, let_rec->bindings.items[i].variable))->is_inside = is_inside;
}

static void note_use(Lifter *l, const CoreExpression *node) {
    if (node->first && node->first->kind == CORE_LOCAL) {
        Lifted *called = table_get(&l->lifted, node->first->variable);
        if (called && is_call_of(node, called)) {
            called->calls++;
            // It is met again as a use of its own.
            *(called->is_inside ? &called->inner_uses : &called->outer_uses) -= 1;
        }
    }
    if (node->kind != CORE_LOCAL) return;
    Lifted *used = table_get(&l->lifted, node->variable);
    if (used) *(used->is_inside ? &used->inner_uses : &used->outer_uses) += 1;
}

// How the local functions of a definition are used.
static void find_locals(Lifter *l, CoreExpression *e) {
    for (;;) {
        if (e->kind == CORE_LET && is_function(e->first)) add_local(l, e->variable, e->first);
        for (size_t i = 0; i < e->bindings.count; i++) add_local(l, e->bindings.items[i].variable, e->bindings.items[i].value);
        note_use(l, e);
        unsigned count = core_child_count(e);
        if (count == 0) return;
        set_inside(l, e, true);
        for (unsigned i = 0; i + 1 < count; i++) find_locals(l, *core_child(e, i));
        set_inside(l, e, false);
        e = *core_child(e, count - 1);
    }
}

// ---- lifting ----

// Gives the definition its code: a copy in which what was captured is a parameter. The group's uses as values within it are closures.
static void fill_definition(Lifter *l, const Lifted *lifted, Lifted *const *group, size_t count) {
    Copier *copier = &l->simplifier->copier;
    CoreExpression *value = lifted->value;
    CoreVariables parameters = {0};
    for (size_t i = 0; i < lifted->free->count; i++) vector_push(l->arena, &parameters, copy_variable(copier, lifted->free->items[i]));
    for (size_t i = 0; i < count; i++) {
        if (group[i]->inner_uses == 0) continue;
        CoreExpression **start = start_of_code(value);
        CoreVariable *variable = closure_variable(l, group[i]);
        *start = core_let(l->arena, variable, closure_of(l, group[i]), *start);
        numbered_put(&copier->renamed, group[i]->variable->id, variable);
    }
    CoreExpression *copy = copy_expression(copier, value);
    for (size_t i = 0; i < copy->parameters.count; i++) vector_push(l->arena, &parameters, copy->parameters.items[i]);
    if (parameters.count && copy->kind == CORE_DELAY) {
        CoreExpression *lambda = core_node(l->arena, CORE_LAMBDA, lifted->definition->type, value->span);
        lambda->inlined = value->inlined;
        lambda->body = copy;
        copy = lambda;
    }
    copy->parameters = parameters;
    copy->type = lifted->definition->type;
    lifted->definition->value = copy;
    for (size_t i = 0; i < lifted->free->count; i++) numbered_put(&copier->renamed, lifted->free->items[i]->id, NULL);
    for (size_t i = 0; i < count; i++) numbered_put(&copier->renamed, group[i]->variable->id, NULL);
}

static void lift_group(Lifter *l, Lifted *const *group, size_t count, CoreVariables *free) {
    for (size_t i = 0; i < count; i++) {
        group[i]->free = free;
        group[i]->definition = add_definition(l, group[i]->variable->name, free, group[i]->value);
    }
    // Calls of the group itself.
    for (size_t i = 0; i < count; i++) rewrite_calls(l, start_of_code(group[i]->value));
    for (size_t i = 0; i < count; i++) fill_definition(l, group[i], group, count);
}

// Replaces a LET_REC by what is left of it: closures for those that are used as values.
static void lift_let_rec(Lifter *l, CoreExpression **slot) {
    CoreExpression *e = *slot;
    Vector(Lifted *) group = {0};
    // What is lifted already is called by its definition's name, and so captured no more.
    for (size_t i = 0; i < e->bindings.count; i++) rewrite_calls(l, start_of_code(e->bindings.items[i].value));
    for (size_t i = 0; i < e->bindings.count; i++) vector_push(l->arena, &group, table_get(&l->lifted, e->bindings.items[i].variable));
    CoreExpression alone = *e;
    alone.body = NULL;
    lift_group(l, group.items, group.count, find_free(l, &alone));
    *slot = e->body;
    for (size_t i = 0; i < group.count; i++) {
        Lifted *lifted = group.items[i];
        if (lifted->outer_uses) *slot = core_let(l->arena, lifted->variable, closure_of(l, lifted), *slot);
    }
}

// let x = (fun ..): a definition when it captures nothing, or is only called and captures little. Answers whether it has become one.
static bool lift_let(Lifter *l, CoreExpression **slot) {
    CoreExpression *e = *slot;
    Lifted *lifted = table_get(&l->lifted, e->variable);
    rewrite_calls(l, start_of_code(e->first));
    CoreVariables *free = find_free(l, e->first);
    bool is_only_called = lifted->calls && lifted->outer_uses == 0 && free->count + e->first->parameters.count <= MOST_PARAMETERS;
    if (!is_only_called && free->count) return false;
    lift_group(l, &lifted, 1, free);
    if (lifted->outer_uses == 0) *slot = e->body;
    else e->first = global_of(l, lifted->definition, e->first->span);
    return true;
}

// A function that captures nothing, where it is an answer.
static bool lift_closed(Lifter *l, CoreExpression **slot) {
    CoreExpression *e = *slot;
    CoreVariables *free = find_free(l, e);
    if (free->count) return false;
    CoreDefinition *definition = add_definition(l, symbol_of(l->simplifier->compilation->symbols, "fun"), free, e);
    definition->value = e;
    *slot = global_of(l, definition, e->span);
    return true;
}

static void lift_in_value(Lifter *l, CoreExpression *value) {
    if (is_function(value)) lift_in(l, start_of_code(value));
    for (size_t i = 0; i < value->clauses.count; i++) lift_in(l, &value->clauses.items[i].body);
    if (value->return_body) lift_in(l, &value->return_body);
}

// Outermost functions first: those within a lifted one are lifted with its definition, which is looked at later.
static void lift_in(Lifter *l, CoreExpression **slot) {
    for (;;) {
        CoreExpression *e = *slot;
        if (e->kind == CORE_LET_REC) {
            lift_let_rec(l, slot);
            // Past the closures that stand for the group now.
            while (*slot != e->body) slot = &(*slot)->body;
            continue;
        }
        if (e->kind == CORE_LET && is_function(e->first)) {
            if (!lift_let(l, slot)) lift_in_value(l, e->first);
            if (*slot == e->body) continue;
        } else if (e->kind == CORE_LET) {
            lift_in_value(l, e->first);
        }
        for (size_t i = 0; i < e->arms.count; i++) lift_in(l, &e->arms.items[i].body);
        if (e->kind == CORE_JOIN) lift_in(l, &e->first);
        if (is_function(e) && lift_closed(l, slot)) return;
        if (is_function(e) || e->kind == CORE_HANDLE) {
            lift_in_value(l, e);
            return;
        }
        slot = e->otherwise ? &e->otherwise : &e->body;
        if (!*slot) return;
    }
}

void lift_definition(Simplifier *s, CoreDefinition *definition) {
    Lifter l = {.simplifier = s, .arena = s->arena, .outer = definition, .lifted = table_in(s->arena)};
    CoreExpression **slot = is_function(definition->value) ? start_of_code(definition->value) : &definition->value;
    find_locals(&l, *slot);
    lift_in(&l, slot);
    rewrite_calls(&l, slot);
}
