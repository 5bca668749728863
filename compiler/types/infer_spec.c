// Specs: the types of what they mention, and their core (CoreSpec).
#include "group.h"

typedef struct SpecInference {
    Inference *inference;
    CoreSpec *spec;
} SpecInference;

static CoreExpression *infer_block(SpecInference *s, const Steps *steps, Span span);

// ---- the core of steps: it has no type that could be checked, so every node's is Unit ----

static CoreExpression *plain_node(const SpecInference *s, CoreKind kind, Span span) {
    return core_node(s->inference->arena, kind, unit_type(s->inference), span);
}

static CoreExpression *unit_node(const SpecInference *s, Span span) { return core_unit(s->inference->arena, s->inference->builtins, span); }

static CoreExpression *later(const SpecInference *s, CoreExpression *body) {
    CoreExpression *node = plain_node(s, CORE_DELAY, body->span);
    node->body = body;
    return node;
}

static CoreExpression *construct_node(const SpecInference *s, Constructor *constructor, Span span, CoreExpression *const *items) {
    CoreExpression *node = plain_node(s, CORE_CONSTRUCT, span);
    node->constructor = constructor;
    for (size_t i = 0; i < constructor->fields.count; i++) vector_push(s->inference->arena, &node->items, items[i]);
    return node;
}

static CoreExpression *triple(const SpecInference *s, CoreExpression *first, CoreExpression *second, CoreExpression *third) {
    const Inference *inference = s->inference;
    DataType *tuple = find_tuple_type(inference->arena, inference->symbols, inference->builtins, 3);
    return construct_node(s, tuple->constructors.items[0], second->span, (CoreExpression *[]){first, second, third});
}

static CoreExpression *step_node(SpecInference *s, const Step *step, CoreStep core, CoreExpression *first, CoreExpression *second) {
    CoreExpression *index = core_node(s->inference->arena, CORE_INT, int_type(s->inference), step->span);
    index->int_value = (int64_t)s->inference->program->steps.count;
    core.span = step->span;
    vector_push(s->inference->arena, &s->inference->program->steps, core);
    return triple(s, index, first, second ? second : unit_node(s, step->span));
}

// ---- steps ----

static Type *answer_of(Inference *inference, CoreExpression *node, Reason reason, const Expression *expression) {
    Type *type = resolve_type(node->type);
    if (type->kind == TYPE_COMPUTATION) return type->left;
    if (type->kind == TYPE_UNKNOWN) {
        Type *answer = fresh_type(inference);
        unify(&inference->unifier, type, computation_type(inference->arena, answer, fresh_row(inference)));
        return answer;
    }
    if (type->kind != TYPE_ERROR) report_not_computation(inference, node->span, type, reason, expression);
    return plain_type(TYPE_ERROR);
}

// What a step asks by its form, or NULL.
static const Operation *operation_asked(const Expression *expression) {
    if (expression->kind == EXPRESSION_APPLY) expression = expression->first;
    const Meaning *meaning = expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    return meaning && meaning->kind == MEANING_OPERATION ? meaning->operation : NULL;
}

// The world is asked by operations of effects; cells are the program's own.
static void check_is_operation(Inference *inference, const Expression *expression, const Operation *operation) {
    Diagnostic *diagnostic;
    if (operation && operation->effect->kind != EFFECT_CELL) return;
    if (operation) {
        diagnostic = report(inference->diagnostics, E0706, expression->span, "a step cannot be an operation of the cell `%s`", operation->effect->name);
        add_hint(inference->diagnostics, diagnostic, "the world does not see cells: leave the step out");
    } else {
        diagnostic = report(inference->diagnostics, E0706, expression->span, "this step is not an operation of an effect");
        add_hint(inference->diagnostics, diagnostic, "say what the world is asked, such as `Console.read_line => None`; `use` puts in the steps of another spec");
    }
}

static bool is_never(const Inference *inference, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == inference->builtins->never_type;
}

static CoreExpression *infer_ask(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    CoreExpression *asked = infer(inference, step->expression, NULL), *answered = unit_node(s, step->span);
    Type *answer = answer_of(inference, asked, (Reason){.kind = REASON_ANSWER}, step->expression);
    const Operation *operation = operation_asked(step->expression);
    if (resolve_type(answer)->kind != TYPE_ERROR) check_is_operation(inference, step->expression, operation);
    CoreStep core = {.kind = STEP_KIND_ASK, .does_not_answer = operation && is_never(inference, operation->answer)};
    if (step->answer) answered = check(inference, step->answer, answer, (Reason){REASON_ANSWER, step->expression->span, NULL, 0, NULL});
    return step_node(s, step, core, later(s, core_force(inference->arena, asked, answer)), later(s, answered));
}

static CoreExpression *infer_use(SpecInference *s, const Step *step) {
    s->inference->in_spec = true;
    CoreExpression *used = infer(s->inference, step->expression, NULL);
    answer_of(s->inference, used, (Reason){.kind = REASON_ANSWER}, step->expression);
    s->inference->in_spec = false;
    return step_node(s, step, (CoreStep){.kind = STEP_KIND_USE}, later(s, used), NULL);
}

static CoreExpression *infer_for(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    Type *item = fresh_type(inference);
    CoreExpression *list = check(inference, step->expression, list_type(inference, item), (Reason){.kind = REASON_NONE});
    MatchPattern *pattern = infer_pattern(inference, step->pattern, item, (Reason){.kind = REASON_NONE});
    CoreVariable *variable = made_up_variable(inference, "item", item, step->span);
    CoreExpression *body = infer_block(s, &step->first_block, step->span);
    CoreExpression *lambda = plain_node(s, CORE_LAMBDA, step->span);
    vector_push(inference->arena, &lambda->parameters, variable);
    lambda->body = bind_pattern(inference, pattern, variable, body, step->span);
    return step_node(s, step, (CoreStep){.kind = STEP_KIND_FOR}, later(s, list), lambda);
}

// A block as the computation of its steps.
static CoreExpression *delayed_block(SpecInference *s, const Steps *steps, Span span) { return later(s, infer_block(s, steps, span)); }

static CoreExpression *infer_if_step(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    CoreExpression *condition = check(inference, step->expression, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"});
    CoreExpression *if_true = infer_block(s, &step->first_block, step->span), *if_false = infer_block(s, &step->second_block, step->span);
    CoreExpression *chosen = core_switch_bool(inference->arena, inference->builtins, condition, if_true, if_false);
    return step_node(s, step, (CoreStep){.kind = STEP_KIND_CHOOSE}, later(s, chosen), NULL);
}

static CoreExpression *infer_match_step(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    CoreExpression *value = infer(inference, step->expression, NULL);
    CoreVariable *scrutinee = made_up_variable(inference, "scrutinee", value->type, value->span);
    MatchClauses clauses = {0};
    for (size_t i = 0; i < step->clauses.count; i++) {
        const StepClause *written = &step->clauses.items[i];
        MatchClause clause = {.span = written->pattern->span};
        clause.pattern = infer_pattern(inference, written->pattern, scrutinee->type, (Reason){REASON_PATTERN, value->span, NULL, 0, NULL});
        if (written->guard)
            clause.guard = check(inference, written->guard, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "when"});
        clause.body = infer_block(s, &written->steps, written->pattern->span);
        vector_push(inference->arena, &clauses, clause);
    }
    CoreExpression *tree = compile_match(inference, scrutinee, &clauses, unit_type(inference), step->span, MATCH_FOR_CLAUSES);
    return step_node(s, step, (CoreStep){.kind = STEP_KIND_CHOOSE}, later(s, core_let(inference->arena, scrutinee, value, tree)), NULL);
}

static CoreExpression *infer_step(SpecInference *s, const Step *step) {
    CoreStep core = {.kind = STEP_KIND_JOIN};
    switch (step->kind) {
    case STEP_ASK: return infer_ask(s, step);
    case STEP_USE: return infer_use(s, step);
    case STEP_FOR: return infer_for(s, step);
    case STEP_MATCH: return infer_match_step(s, step);
    case STEP_IF: return infer_if_step(s, step);
    case STEP_JOIN: break;
    case STEP_LEFT: core.kind = STEP_KIND_LEFT; break;
    case STEP_RIGHT: core.kind = STEP_KIND_RIGHT; break;
    }
    CoreExpression *first = delayed_block(s, &step->first_block, step->span);
    return step_node(s, step, core, first, delayed_block(s, &step->second_block, step->span));
}

// The list of the block's steps.
static CoreExpression *infer_block(SpecInference *s, const Steps *steps, Span span) {
    const DataType *list = s->inference->builtins->list_type;
    CoreExpressions nodes = {0};
    for (size_t i = 0; i < steps->count; i++) {
        CoreExpression *node = infer_step(s, steps->items[i]);
        vector_push(s->inference->arena, &nodes, node);
    }
    CoreExpression *block = construct_node(s, list->constructors.items[0], span, NULL);
    for (size_t i = nodes.count; i-- > 0;) block = construct_node(s, list->constructors.items[1], nodes.items[i]->span, (CoreExpression *[]){nodes.items[i], block});
    return block;
}

// ---- the whole spec ----

static Symbol written_name(Inference *inference, const Pattern *pattern) {
    while (pattern->kind == PATTERN_ANNOTATED) pattern = pattern->items.items[0];
    return pattern->kind == PATTERN_VARIABLE ? pattern->name.name : symbol_of(inference->symbols, "");
}

static MatchPatterns infer_parameters(SpecInference *s, const Declaration *declaration) {
    Inference *inference = s->inference;
    MatchPatterns patterns = {0};
    for (size_t i = 0; i < declaration->spec_parameters.count; i++) {
        const Pattern *pattern = declaration->spec_parameters.items[i];
        CoreVariable *variable = made_up_variable(inference, "parameter", fresh_type(inference), pattern->span);
        vector_push(inference->arena, &patterns, infer_pattern(inference, pattern, variable->type, (Reason){.kind = REASON_NONE}));
        vector_push(inference->arena, &s->spec->parameters, variable);
        vector_push(inference->arena, &s->spec->names, written_name(inference, pattern));
    }
    return patterns;
}

// The function of the parameters; a spec without any is a value.
static CoreExpression *close_spec(SpecInference *s, const MatchPatterns *patterns, CoreExpression *body) {
    Inference *inference = s->inference;
    const CoreVariables *parameters = &s->spec->parameters;
    for (size_t i = parameters->count; i-- > 0;) body = bind_pattern(inference, patterns->items[i], parameters->items[i], body, body->span);
    if (!parameters->count) return body;
    CoreExpression *lambda = plain_node(s, CORE_LAMBDA, body->span);
    lambda->parameters = *parameters;
    lambda->body = body;
    return lambda;
}

static Type *type_of_spec(Inference *inference, const CoreVariables *parameters, Type *answer) {
    Type *type = computation_type(inference->arena, answer, fresh_row(inference));
    for (size_t i = parameters->count; i-- > 0;) type = function_type(inference->arena, parameters->items[i]->type, type);
    return type;
}

// A spec is used like a function of its parameters that answers what it returns.
void infer_spec(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    Meaning *meaning = definition->names.items[0];
    SpecInference s = {inference, NEW(inference->arena, CoreSpec)};
    size_t mark = inference->variables.count;
    s.spec->definition = meaning->core;
    meaning->core->is_test = !definition->module->from_stdlib;
    MatchPatterns patterns = infer_parameters(&s, declaration);
    Type *answer = fresh_type(inference);
    unify(&inference->unifier, meaning->type, type_of_spec(inference, &s.spec->parameters, answer));
    CoreExpression *subject = unit_node(&s, declaration->head_span), *returned = subject;
    Reason reason = {REASON_ANSWER, declaration->head_span, NULL, 0, NULL};
    if (declaration->spec_subject) {
        subject = infer(inference, declaration->spec_subject, NULL);
        Type *answered = answer_of(inference, subject, (Reason){.kind = REASON_ANSWER}, declaration->spec_subject);
        subject = core_delay(inference->arena, core_force(inference->arena, subject, answered), subject->type);
        unify(&inference->unifier, answered, answer);
        reason.span = s.spec->subject = declaration->spec_subject->span;
    }
    s.spec->first_step = inference->program->steps.count;
    CoreExpression *block = delayed_block(&s, &declaration->spec_steps, declaration->head_span);
    s.spec->step_count = inference->program->steps.count - s.spec->first_step;
    if (declaration->spec_returns) {
        returned = check(inference, declaration->spec_returns, answer, reason);
        s.spec->returns = declaration->spec_returns->span;
    }
    meaning->core->value = close_spec(&s, &patterns, triple(&s, subject, block, later(&s, returned)));
    inference->variables.count = mark;
    vector_push(inference->arena, &inference->program->specs, s.spec);
}
