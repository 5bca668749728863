// Recursive functions for the functions that they are given: `map f xs` hands on its f unchanged, so for a known f there can be a copy of map in
// which f is known and need not be passed (the static argument transformation of Santos 1995, specialised at the call).

#include "simplify.h"

enum {
    LARGEST_COPIED = 200,  // nodes of the recursive function
    LARGEST_ARGUMENT = 80, // nodes of a local function given to it
    MOST_CAPTURED = 4,     // variables that such a local function may capture
    MOST_GENERATIONS = 3,  // copies made for calls within copies
};

// How a recursive function uses one of its parameters.
typedef struct ParameterUse {
    unsigned passed_on; // unchanged, in its own place, by calls of the function itself
    unsigned calls;     // as a function, or run
    unsigned uses;      // in all
} ParameterUse;

typedef struct SelfCalls {
    const CoreDefinition *definition;
    const CoreExpression *lambda;
    ParameterUse *parameters;
    unsigned calls, mentions;
} SelfCalls;

// ---- the function ----

static ParameterUse *use_of(SelfCalls *self, const CoreVariable *variable) {
    for (size_t i = 0; i < self->lambda->parameters.count; i++) {
        if (self->lambda->parameters.items[i] == variable) return &self->parameters[i];
    }
    return NULL;
}

static bool is_self_call(const SelfCalls *self, const CoreExpression *node) {
    return node->kind == CORE_APPLY && node->first->kind == CORE_GLOBAL && node->first->definition == self->definition &&
           node->items.count == self->lambda->parameters.count;
}

static void note_node(void *context, CoreExpression *node) {
    SelfCalls *self = context;
    if (node->kind == CORE_GLOBAL) self->mentions += node->definition == self->definition;
    ParameterUse *use = node->kind == CORE_LOCAL ? use_of(self, node->variable) : NULL;
    if (use) use->uses++;
    bool calls = (node->kind == CORE_APPLY || node->kind == CORE_FORCE) && node->first->kind == CORE_LOCAL;
    ParameterUse *called = calls ? use_of(self, node->first->variable) : NULL;
    if (called) called->calls++;
    if (!is_self_call(self, node)) return;
    self->calls++;
    for (size_t i = 0; i < node->items.count; i++) {
        const CoreExpression *item = node->items.items[i];
        self->parameters[i].passed_on += item->kind == CORE_LOCAL && item->variable == self->lambda->parameters.items[i];
    }
}

// ---- the arguments ----

// The local function that an argument is, or NULL.
static CoreExpression *closure_of(Simplifier *s, const CoreExpression *argument) {
    if (argument->kind != CORE_LOCAL) return NULL;
    const Fact *fact = fact_of(s, argument->variable);
    bool is_function = fact->value && !fact->is_pending && (fact->value->kind == CORE_LAMBDA || fact->value->kind == CORE_DELAY);
    return is_function ? fact->value : NULL;
}

static bool is_known(Simplifier *s, const CoreExpression *argument, const ParameterUse *use) {
    if (argument->kind == CORE_GLOBAL) return core_is_function(argument->definition) && argument->definition->kind != DEFINITION_EXTERN;
    CoreExpression *closure = closure_of(s, argument);
    // Used otherwise than by calls it would have to be made anew each time round.
    return closure && use->calls + use->passed_on == use->uses && core_size(closure, LARGEST_ARGUMENT) < LARGEST_ARGUMENT &&
           core_free_variables(s->arena, closure).count <= MOST_CAPTURED;
}

// ---- the copy ----

typedef struct Static {
    Simplifier *simplifier;
    const CoreExpression *apply; // the call that the copy is made for
    bool *is_static;             // by parameter
    CoreVariables captured;      // what the arguments capture: arguments of the copy
    CoreVariables inner;         // the copy's parameters for those
    CoreDefinition *copy;
    SelfCalls self;
} Static;

static CoreExpression **start_of_code(CoreExpression *lambda) { return lambda->body->kind == CORE_DELAY ? &lambda->body->body : &lambda->body; }

// A call of the copy in the place of a call of the original.
static void redirect(const Static *st, CoreExpression *apply, const CoreVariables *captured) {
    Simplifier *s = st->simplifier;
    CoreExpressions items = {0};
    for (size_t i = 0; i < captured->count; i++) vector_push(s->arena, &items, local_of(s, captured->items[i], apply->span));
    for (size_t i = 0; i < apply->items.count; i++) {
        if (!st->is_static[i]) vector_push(s->arena, &items, apply->items.items[i]);
    }
    CoreExpression *function = core_node(s->arena, CORE_GLOBAL, st->copy->type, apply->first->span);
    function->definition = st->copy;
    apply->first = function;
    apply->items = items;
    if (items.count == 0) *apply = *function;
}

static void redirect_self(void *context, CoreExpression *node) {
    const Static *st = context;
    if (is_self_call(&st->self, node)) redirect(st, node, &st->inner);
}

static void add_captured(Static *st, CoreExpression *closure) {
    Simplifier *s = st->simplifier;
    CoreVariables free = core_free_variables(s->arena, closure);
    for (size_t i = 0; i < free.count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < st->captured.count; j++) is_there |= st->captured.items[j] == free.items[i];
        if (is_there) continue;
        vector_push(s->arena, &st->captured, free.items[i]);
        fact_of(s, free.items[i])->uses++;
        CoreVariable *inner = NEW(s->arena, CoreVariable);
        *inner = *free.items[i];
        inner->id = s->program->next_id++;
        vector_push(s->arena, &st->inner, inner);
    }
}

// The argument within the copy, where what it captures has the copy's names.
static CoreExpression *argument_within(Static *st, CoreExpression *argument) {
    Simplifier *s = st->simplifier;
    CoreExpression *closure = closure_of(s, argument);
    if (!closure) return replaced(s, argument);
    for (size_t i = 0; i < st->captured.count; i++) numbered_put(&s->copier.renamed, st->captured.items[i]->id, st->inner.items[i]);
    CoreExpression *copy = copy_expression(&s->copier, closure);
    for (size_t i = 0; i < st->captured.count; i++) numbered_put(&s->copier.renamed, st->captured.items[i]->id, NULL);
    return copy;
}

static void fill_copy(Static *st) {
    Simplifier *s = st->simplifier;
    CoreExpression *lambda = copy_expression(&s->copier, (CoreExpression *)st->self.lambda);
    CoreVariables parameters = st->inner;
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        if (!st->is_static[i]) vector_push(s->arena, &parameters, lambda->parameters.items[i]);
    }
    Type *type = lambda->body->type;
    for (size_t i = parameters.count; i-- > 0;) type = function_type(s->arena, parameters.items[i]->type, type);
    st->copy->type = lambda->type = type;
    core_walk(lambda->body, redirect_self, st);
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        if (!st->is_static[i]) continue;
        CoreExpression **start = start_of_code(lambda);
        *start = core_let(s->arena, lambda->parameters.items[i], argument_within(st, st->apply->items.items[i]), *start);
    }
    lambda->parameters = parameters;
    st->copy->value = lambda;
    if (parameters.count) return;
    // Nothing is left to pass: a computation, or a value.
    st->copy->value = lambda->body;
}

CoreDefinition *add_copy(Simplifier *s, const CoreDefinition *original) {
    CoreDefinition *copy = NEW(s->arena, CoreDefinition);
    const CoreDefinition *outer = s->current;
    *copy = *original;
    copy->module = outer->module;
    copy->key = outer->key;
    Symbols *symbols = s->compilation->symbols;
    Symbol base = symbol_format(symbols, "%s.%s", outer->name, original->name);
    copy->name = base;
    copy->shown = core_shown_name(symbols, original);
    for (unsigned number = 2; !take_name(s, copy->module, copy->name, copy->key); number++) copy->name = symbol_format(symbols, "%s.%u", base, number);
    DefinitionFact *fact = definition_fact_of(s, copy);
    fact->index = s->program->definitions.count;
    fact->uses = 2;
    vector_push(s->arena, &s->program->definitions, copy);
    return copy;
}

static size_t generation_of(Simplifier *s, const CoreDefinition *definition) { return (size_t)(uintptr_t)table_get(&s->generations, definition); }

// Which parameters are passed on unchanged by all calls of itself, and given a known function here; false when there is none.
static bool find_static(Static *st, const CoreExpression *apply) {
    Simplifier *s = st->simplifier;
    size_t count = apply->items.count, found = 0;
    st->self.parameters = NEW_ARRAY(s->arena, ParameterUse, count);
    st->is_static = NEW_ARRAY(s->arena, bool, count);
    core_walk(st->self.lambda->body, note_node, &st->self);
    if (st->self.calls == 0 || st->self.calls != st->self.mentions) return false;
    for (size_t i = 0; i < count; i++) {
        Type *type = resolve_type(st->self.lambda->parameters.items[i]->type);
        bool is_function = type->kind == TYPE_FUNCTION || type->kind == TYPE_COMPUTATION;
        st->is_static[i] = is_function && st->self.parameters[i].passed_on == st->self.calls && is_known(s, apply->items.items[i], &st->self.parameters[i]);
        found += st->is_static[i];
    }
    return found > 0 && (found < count || st->self.lambda->body->kind == CORE_DELAY);
}

bool reduce_static_arguments(Simplifier *s, CoreExpression *apply) {
    CoreDefinition *definition = apply->first->definition;
    CoreExpression *lambda = core_lambda_of(definition);
    if (!s->copies_functions || !lambda || definition == s->current || core_size(lambda, LARGEST_COPIED) >= LARGEST_COPIED) return false;
    size_t generation = generation_of(s, definition);
    if (generation_of(s, s->current) > generation) generation = generation_of(s, s->current);
    Static st = {.simplifier = s, .apply = apply, .self = {.definition = definition, .lambda = lambda}};
    if (generation >= MOST_GENERATIONS || !find_static(&st, apply)) return false;
    for (size_t i = 0; i < apply->items.count; i++) {
        CoreExpression *closure = st.is_static[i] ? closure_of(s, apply->items.items[i]) : NULL;
        if (closure) add_captured(&st, closure);
    }
    st.copy = add_copy(s, definition);
    table_put(&s->generations, st.copy, (void *)(uintptr_t)(generation + 1));
    fill_copy(&st);
    count_uses(s, st.copy->value);
    redirect(&st, apply, &st.captured);
    return true;
}
