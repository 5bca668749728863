// Calls: beta reduction, inlining, and the shapes that calls of known functions have (docs/core.md).

#include "simplify.h"

enum {
    SMALL_FUNCTION = 40,  // a definition of no more nodes is inlined wherever it is called
    SMALL_CLOSURE = 16,   // likewise a local function
    LARGE_FUNCTION = 400, // a definition used once is inlined up to this size
};

bool is_effectful_function(const CoreDefinition *definition) {
    if (definition->kind == DEFINITION_EXTERN)
        return core_result_type(definition->type, core_extern_arity(definition))->kind == TYPE_COMPUTATION;
    const CoreExpression *lambda = core_lambda_of(definition);
    return lambda && lambda->body->kind == CORE_DELAY;
}

// What a definition refers to comes before it, so inlining ends; `current` is what it would be inlined into.
bool can_inline(Simplifier *s, const CoreDefinition *definition) {
    const DefinitionFact *fact = definition_fact_of(s, definition);
    if (!fact->is_inlinable || definition == s->current || fact->index >= definition_fact_of(s, s->current)->index) return false;
    unsigned limit = fact->uses == 1 ? LARGE_FUNCTION : SMALL_FUNCTION;
    if (fact->size > limit || fact->size > s->budget) return false;
    s->budget -= fact->size;
    return true;
}

static void bind_parameters(Simplifier *s, const CoreVariables *parameters, const CoreExpressions *items) {
    for (size_t i = 0; i < parameters->count; i++) bind_parameter(s, parameters->items[i], items->items[i]);
}

// ---- beta reduction ----

static bool reduce_direct(Simplifier *s, Focus *focus) {
    CoreExpression *apply = focus->expression, *lambda = apply->first;
    for (size_t i = 0; i < apply->items.count; i++)
        focus->slot = simplify_binding(s, lambda->parameters.items[i], apply->items.items[i], NULL, focus->slot);
    focus->expression = lambda->body;
    return true;
}

// The lambda that a local stands for, to be entered now: moved or copied; NULL when the call stays.
static CoreExpression *enter_local(Simplifier *s, const CoreVariable *variable, CoreKind kind, size_t items) {
    Fact *fact = fact_of(s, variable);
    CoreExpression *value = fact->value;
    if (!value || value->kind != kind || value->parameters.count != items) return NULL;
    if (fact->is_pending) {
        fact->is_pending = false;
        fact->value = NULL;
        return value;
    }
    if (!is_copyable(s, value, SMALL_CLOSURE)) return NULL;
    s->budget -= core_size(value, SMALL_CLOSURE);
    return copy_counted(s, value);
}

// ---- shapes ----

// f a, of a function of two parameters: fun b -> f a b.
static CoreExpression *abstract_rest(Simplifier *s, CoreExpression *apply, size_t arity) {
    CoreExpression *lambda = core_node(s->arena, CORE_LAMBDA, apply->type, apply->span);
    lambda->inlined = apply->inlined;
    const CoreDefinition *definition = apply->first->definition;
    Type *type = substitute_type(s->arena, definition->type, &definition->parameters, &apply->first->type_arguments);
    for (size_t i = 0; i < arity; i++) {
        type = resolve_type(type);
        if (i == apply->items.count) {
            CoreVariable *parameter = make_temporary(s, type->left, apply->span);
            vector_push(s->arena, &lambda->parameters, parameter);
            vector_push(s->arena, &apply->items, local_of(s, parameter, apply->span));
        }
        type = type->right;
    }
    apply->type = resolve_type(type);
    lambda->body = apply;
    return lambda;
}

// f a b, of a function of one parameter: the function it answers, applied to b.
static void split_call(Simplifier *s, Focus *focus, size_t arity) {
    CoreExpression *apply = focus->expression;
    CoreExpression *rest = core_node(s->arena, CORE_APPLY, apply->type, apply->span);
    rest->inlined = apply->inlined;
    for (size_t i = arity; i < apply->items.count; i++) vector_push(s->arena, &rest->items, apply->items.items[i]);
    apply->items.count = arity;
    apply->type = core_result_type(apply->first->type, arity);
    CoreVariable *function = make_temporary(s, apply->type, apply->span);
    focus->slot = simplify_binding(s, function, apply, NULL, focus->slot);
    rest->first = local_of(s, function, apply->span);
    focus->expression = rest;
}

// Applied and not run: a computation that holds the arguments. What it answers is read off the definition: the call may only know how it is held.
static CoreExpression *delay_call(Simplifier *s, CoreExpression *apply) {
    const CoreDefinition *definition = apply->first->definition;
    Type *whole = substitute_type(s->arena, definition->type, &definition->parameters, &apply->first->type_arguments);
    const CoreExpression *lambda = core_lambda_of(definition);
    Type *type = resolve_type(lambda ? lambda->body->type : core_result_type(whole, apply->items.count));
    CoreExpression *delay = core_node(s->arena, CORE_DELAY, type, apply->span);
    CoreExpression *force = core_node(s->arena, CORE_FORCE, type->left, apply->span);
    apply->type = type;
    force->first = apply;
    delay->inlined = force->inlined = apply->inlined;
    delay->body = force;
    return delay;
}

// The definition's code for `call` of it.
static CoreExpression *inline_copy(Simplifier *s, const CoreDefinition *definition, CoreExpression *value, const CoreExpression *call, bool runs) {
    CoreInlining *inlining = NEW(s->arena, CoreInlining);
    *inlining = (CoreInlining){definition, call->span, runs, call->inlined};
    s->copier.inlined = inlining;
    s->copier.inlined_from = NULL;
    s->copier.inlined_before = core_count_inlinings(definition->value->inlined);
    CoreExpression *copy = copy_counted(s, value);
    s->copier.inlined = NULL;
    return copy;
}

static bool reduce_known(Simplifier *s, Focus *focus) {
    CoreExpression *apply = focus->expression;
    const CoreDefinition *definition = apply->first->definition;
    CoreExpression *lambda = core_lambda_of(definition);
    if (!lambda && definition->kind != DEFINITION_EXTERN) return false;
    size_t arity = lambda ? lambda->parameters.count : core_extern_arity(definition);
    if (apply->items.count < arity) {
        focus->expression = abstract_rest(s, apply, arity);
    } else if (apply->items.count > arity) {
        split_call(s, focus, arity);
    } else if (!focus->forced && is_effectful_function(definition)) {
        focus->expression = delay_call(s, apply);
    } else if (lambda && can_inline(s, definition)) {
        CoreExpression *copy = inline_copy(s, definition, lambda, apply, focus->forced != NULL);
        bind_parameters(s, &copy->parameters, &apply->items);
        focus->expression = copy->body;
    } else {
        if (lambda) reduce_static_arguments(s, apply);
        return false;
    }
    return true;
}

bool reduce_apply(Simplifier *s, Focus *focus) {
    CoreExpression *apply = focus->expression;
    if (apply->first->kind == CORE_LAMBDA && apply->first->parameters.count == apply->items.count) return reduce_direct(s, focus);
    apply->first = simplify_atom(s, apply->first, &focus->slot);
    simplify_items(s, &apply->items, &focus->slot);
    if (apply->first->kind == CORE_GLOBAL) return reduce_known(s, focus);
    if (apply->first->kind != CORE_LOCAL) return false;
    CoreExpression *lambda = enter_local(s, apply->first->variable, CORE_LAMBDA, apply->items.count);
    if (!lambda) return false;
    bind_parameters(s, &lambda->parameters, &apply->items);
    focus->expression = lambda->body;
    return true;
}

bool reduce_run(Simplifier *s, Focus *focus) {
    CoreExpression *atom = focus->expression, *delay = NULL;
    if (atom->kind == CORE_LOCAL) {
        delay = enter_local(s, atom->variable, CORE_DELAY, 0);
    } else if (atom->kind == CORE_GLOBAL && atom->definition->kind == DEFINITION_VALUE && atom->definition->value->kind == CORE_DELAY) {
        if (can_inline(s, atom->definition)) delay = inline_copy(s, atom->definition, atom->definition->value, atom, true);
    }
    if (!delay) return false;
    focus->forced = NULL;
    focus->expression = delay->body;
    return true;
}
