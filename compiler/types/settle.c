// Ends a group of definitions: every inference variable is decided, so are coercions and which functions answer computations.
#include "infer.h"

// ---- types ----

static void report_two_variables(Inference *inference, const RowView *view) {
    if (!inference->settling.source) return;
    report(inference->diagnostics, E0507, inference->settling,
           "the effects `%s` and `%s` would have to stand in one row, which holds one variable at most", view->parameters.items[0]->name,
           view->parameters.items[1]->name);
}

static void report_two_arguments(Inference *inference) {
    const Failure *failure = &inference->unifier.failure;
    if (!inference->settling.source || failure->kind != FAILURE_TWO_ARGUMENTS) return;
    name_unknowns(failure->left, failure->right);
    Type *left = failure->left->arguments.items[0], *right = failure->right->arguments.items[0];
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0506, inference->settling, "the effect `%s` would be in one row twice: with `%s` and with `%s`",
               failure->effect->name, type_text(inference, left), type_text(inference, right));
    add_hint(inference->diagnostics, diagnostic, "a row holds each effect once: join the two in one type, such as `Either a b`");
}

// A row in its final form has each effect once and no variable beside its end.
static bool is_plain_row(Type *row) {
    for (Type *item = row; item->kind == TYPE_EFFECT; item = resolve_type(item->right)) {
        if (!item->effect) return false;
        for (Type *other = resolve_type(item->right); other->kind == TYPE_EFFECT; other = resolve_type(other->right)) {
            if (other->effect == item->effect) return false;
        }
    }
    return true;
}

static Type *settle_row(Inference *inference, Type *row) {
    RowView view;
    if (!view_row(&inference->unifier, row, &view)) {
        report_two_arguments(inference);
        return plain_type(TYPE_ERROR);
    }
    if (view.parameters.count > 1) {
        report_two_variables(inference, &view);
        return plain_type(TYPE_ERROR);
    }
    if (view.tail) view.tail->unknown->solution = plain_type(TYPE_EMPTY_ROW);
    view.tail = NULL;
    return build_row(inference->arena, &view, NULL);
}

Type *settle_type(Inference *inference, Type *type) {
    type = resolve_type(type);
    if (type->is_settled) return type;
    if (type->kind == TYPE_UNKNOWN) {
        type->unknown->solution = default_type(&inference->unifier, type->unknown);
        return type->unknown->solution;
    }
    if (type->kind == TYPE_EFFECT && !is_plain_row(type)) type = settle_row(inference, type);
    for (size_t i = 0; i < type->arguments.count; i++) type->arguments.items[i] = settle_type(inference, type->arguments.items[i]);
    if (type->left) type->left = settle_type(inference, type->left);
    if (type->right) type->right = settle_type(inference, type->right);
    type->is_settled = true;
    return type;
}

// ---- functions whose body is a computation ----

static void settle_lambda(Inference *inference, CoreExpression *lambda) {
    if (lambda->body->kind == CORE_DELAY) return;
    Type *type = settle_type(inference, lambda->body->type);
    if (type->kind == TYPE_COMPUTATION)
        lambda->body = core_delay(inference->arena, core_force(inference->arena, lambda->body, type->left), type);
}

// ---- coercions ----

static CoreExpression *force_of(Inference *inference, CoreExpression *computation, Type *type) {
    CoreExpression *force = core_node(inference->arena, CORE_FORCE, type->left, computation->span);
    force->first = computation;
    return core_delay(inference->arena, force, type);
}

// `value` at the wider type: run when the computation is run, applied when the function is applied.
static CoreExpression *widen_function(Inference *inference, CoreExpression *value, Type *type) {
    CoreVariable *function = made_up_variable(inference, "function", value->type, value->span);
    CoreExpression *lambda = core_node(inference->arena, CORE_LAMBDA, type, value->span);
    CoreExpression *call = core_node(inference->arena, CORE_APPLY, NULL, value->span);
    call->first = core_local(inference->arena, function, value->span);
    Type *narrow = value->type;
    for (; type->kind == TYPE_FUNCTION; type = type->right, narrow = narrow->right) {
        CoreVariable *variable = made_up_variable(inference, "argument", type->left, value->span);
        vector_push(inference->arena, &lambda->parameters, variable);
        vector_push(inference->arena, &call->items, core_local(inference->arena, variable, value->span));
    }
    call->type = narrow;
    lambda->body = force_of(inference, call, type);
    return core_let(inference->arena, function, value, lambda);
}

static void settle_coercion(Inference *inference, const Coercion *coercion) {
    CoreExpression *inner = coercion->inner;
    inner->type = settle_type(inference, inner->type);
    Type *type = settle_type(inference, coercion->wrapper->type);
    if (inner->type->kind == TYPE_ERROR || type->kind == TYPE_ERROR || type_equal(inner->type, type)) {
        *coercion->wrapper = *inner;
        return;
    }
    CoreExpression *copy = NEW(inference->arena, CoreExpression);
    *copy = *inner;
    bool is_function = type->kind == TYPE_FUNCTION;
    *coercion->wrapper = *(is_function ? widen_function(inference, copy, type) : force_of(inference, copy, type));
}

// ---- the walk over all nodes ----

static void settle_node(Inference *inference, CoreExpression *node);

static void settle_variables(Inference *inference, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) {
        if (variables->items[i]) variables->items[i]->type = settle_type(inference, variables->items[i]->type);
    }
}

static void settle_arms(Inference *inference, const CoreExpression *node) {
    for (size_t i = 0; i < node->arms.count; i++) {
        settle_variables(inference, &node->arms.items[i].fields);
        settle_node(inference, node->arms.items[i].body);
    }
    settle_node(inference, node->otherwise);
}

static void settle_handler(Inference *inference, const CoreExpression *node) {
    for (size_t i = 0; i < node->clauses.count; i++) {
        settle_variables(inference, &node->clauses.items[i].parameters);
        CoreVariable *resume = node->clauses.items[i].resume;
        if (resume) resume->type = settle_type(inference, resume->type);
        settle_node(inference, node->clauses.items[i].body);
    }
    if (node->return_parameter) node->return_parameter->type = settle_type(inference, node->return_parameter->type);
    settle_node(inference, node->return_body);
}

static void settle_own(Inference *inference, CoreExpression *node) {
    node->type = settle_type(inference, node->type);
    for (size_t i = 0; i < node->type_arguments.count; i++)
        node->type_arguments.items[i] = settle_type(inference, node->type_arguments.items[i]);
    settle_variables(inference, &node->parameters);
    if (node->kind == CORE_LET) node->variable->type = settle_type(inference, node->variable->type);
    if (node->kind == CORE_JOIN) settle_variables(inference, &node->label->parameters);
    for (size_t i = 0; i < node->bindings.count; i++) {
        node->bindings.items[i].variable->type = settle_type(inference, node->bindings.items[i].variable->type);
        settle_node(inference, node->bindings.items[i].value);
    }
}

// The part that is walked on to in the loop: a block's rest, a list's rest.
static CoreExpression *settle_parts(Inference *inference, CoreExpression *node) {
    settle_node(inference, node->first);
    settle_arms(inference, node);
    settle_handler(inference, node);
    size_t count = node->items.count;
    bool goes_on = !node->body && count > 0;
    for (size_t i = 0; i + goes_on < count; i++) settle_node(inference, node->items.items[i]);
    return goes_on ? node->items.items[count - 1] : node->body;
}

static void settle_node(Inference *inference, CoreExpression *node) {
    while (node) {
        while (node->kind == CORE_FORCE && node->first->kind == CORE_DELAY) *node = *node->first->body;
        inference->settling = node->span;
        settle_own(inference, node);
        node = settle_parts(inference, node);
    }
}

void settle_group(Inference *inference, CoreDefinition *const *definitions, size_t count) {
    if (inference->diagnostics->error_count == 0) {
        for (size_t i = 0; i < inference->lambdas.count; i++) settle_lambda(inference, inference->lambdas.items[i]);
        for (size_t i = 0; i < inference->coercions.count; i++) settle_coercion(inference, &inference->coercions.items[i]);
    }
    inference->lambdas.count = 0;
    inference->coercions.count = 0;
    for (size_t i = 0; i < count; i++) {
        inference->settling = definitions[i]->span;
        definitions[i]->type = settle_type(inference, definitions[i]->type);
        if (inference->diagnostics->error_count == 0) settle_node(inference, definitions[i]->value);
    }
}
