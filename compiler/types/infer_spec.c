// Specs: the types of what they mention, and their core (CoreSpec).
#include "group.h"

typedef struct SpecInference {
    Inference *inference;
    CoreSpec *spec;
    Type *subject; // what the spec runs, or NULL: there is nothing
    Type *row;     // the effects with arguments that the subject, the steps and the specs in use have: each has one type for all of them
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

static bool holds_unanswered(const Step *step);

static bool any_unanswered(const Steps *steps) {
    for (size_t i = 0; i < steps->count; i++)
        if (holds_unanswered(steps->items[i])) return true;
    return false;
}

static bool holds_unanswered(const Step *step) {
    for (size_t i = 0; i < step->clauses.count; i++)
        if (any_unanswered(&step->clauses.items[i].steps)) return true;
    return (step->kind == STEP_ASK && !step->answer) || any_unanswered(&step->first_block) || any_unanswered(&step->second_block);
}

static bool is_cut_short(const Step *step);

static bool any_cut_short(const Steps *steps) {
    for (size_t i = 0; i < steps->count; i++)
        if (is_cut_short(steps->items[i])) return true;
    return false;
}

static bool is_cut_short(const Step *step) {
    bool is_race = step->kind == STEP_LEFT || step->kind == STEP_RIGHT;
    for (size_t i = 0; i < step->clauses.count; i++)
        if (any_cut_short(&step->clauses.items[i].steps)) return true;
    return (step->kind == STEP_ASK && !step->answer) || any_cut_short(&step->first_block) || (!is_race && any_cut_short(&step->second_block));
}

static CoreExpression *step_node(SpecInference *s, const Step *step, CoreStep core, CoreExpression *first, CoreExpression *second) {
    CoreExpression *index = core_node(s->inference->arena, CORE_INT, int_type(s->inference), step->span);
    index->int_value = (int64_t)s->inference->program->steps.count;
    core.span = step->span;
    core.holds_unanswered = holds_unanswered(step);
    core.is_cut_short = is_cut_short(step);
    vector_push(s->inference->arena, &s->inference->program->steps, core);
    return triple(s, index, first, second ? second : unit_node(s, step->span));
}

// ---- the effects of a spec ----

static void label_subject(const SpecInference *s, Diagnostic *diagnostic) {
    if (s->subject) add_label(s->inference->diagnostics, diagnostic, s->spec->subject, "this is `%s`", type_text(s->inference, s->subject));
}

static const char *effect_text(Inference *inference, const Type *effect) {
    return type_text(inference, effect_row(inference->arena, effect->effect, &effect->arguments, plain_type(TYPE_EMPTY_ROW)));
}

static void report_other_effect(const SpecInference *s, Span span) {
    Inference *inference = s->inference;
    Type *spec_has = inference->unifier.failure.left, *this_has = inference->unifier.failure.right;
    name_unknowns(spec_has, this_has);
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, span, "here the effect is `%s`, but in the rest of this spec it is `%s`",
                                    effect_text(inference, this_has), effect_text(inference, spec_has));
    label_subject(s, diagnostic);
}

// The effects of `row` have the arguments that they have in the spec. Only those with arguments are looked at: a spec may speak of more
// effects than its subject has.
static bool join_effects(const SpecInference *s, Type *row, Span span) {
    Inference *inference = s->inference;
    RowView view;
    bool fits = view_row(&inference->unifier, row, &view);
    for (size_t i = 0; fits && i < view.effects.count; i++) {
        const Type *item = view.effects.items[i];
        if (!item->arguments.count) continue;
        fits = unify(&inference->unifier, s->row, effect_row(inference->arena, item->effect, &item->arguments, fresh_row(inference)));
    }
    if (!fits) report_other_effect(s, span);
    return fits;
}

static bool join_computation(const SpecInference *s, Type *type, Span span) {
    type = resolve_type(type);
    return type->kind != TYPE_COMPUTATION || join_effects(s, type->right, span);
}

// A spec in use may be one whose own effects are not known yet, for it uses this one: what they are found to be is then so for both.
static void join_used(const SpecInference *s, Type *type, Span span) {
    if (!join_computation(s, type, span)) return;
    type = resolve_type(open_type(&s->inference->unifier, type));
    if (type->kind == TYPE_COMPUTATION) unify(&s->inference->unifier, s->row, type->right);
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

static bool holds_parameter(Type *type, const TypeParameter *parameter) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return type->parameter == parameter;
    if ((type->left && holds_parameter(type->left, parameter)) || (type->right && holds_parameter(type->right, parameter))) return true;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (holds_parameter(type->arguments.items[i], parameter)) return true;
    }
    return false;
}

// A variable of the operation's own in what it answers, or NULL.
static const TypeParameter *find_asked_type(const Operation *operation) {
    for (size_t i = 0; operation && i < operation->parameters.count; i++) {
        if (holds_parameter(operation->answer, operation->parameters.items[i])) return operation->parameters.items[i];
    }
    return NULL;
}

static void report_asked_type(Inference *inference, const Step *step, const Operation *operation, Type *wanted, Type *stated) {
    const Effect *effect = operation->effect;
    const char *variable = find_asked_type(operation)->name;
    name_unknowns(wanted, stated);
    bool is_known = resolve_type(stated)->kind != TYPE_UNKNOWN;
    const char *as = is_known ? symbol_format(inference->symbols, " as `%s`", type_text(inference, stated)) : "";
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, step->answer->span,
                                    "`%s` answers `%s`, whatever `%s` is for its caller, so its answer cannot be stated%s", operation->name,
                                    type_text(inference, wanted), variable, as);
    add_label(inference->diagnostics, diagnostic, operation->span, "`%s` is declared here", operation->name);
    Builder parameters = builder_in(inference->arena);
    for (size_t i = 0; i < effect->parameters.count; i++) build_format(&parameters, " %s", effect->parameters.items[i]->name);
    add_hint(inference->diagnostics, diagnostic,
             "handle `%s` in what the spec runs; or make `%s` the effect's, `effect %s%s %s =`: then it is one type for the whole spec", effect->name,
             variable, effect->name, builder_string(&parameters), variable);
}

// A caller may want any type for the variables of the operation itself, so what is stated must be of every type. What the step's arguments
// make of them is nothing to go by: `[]` is an argument of any `List a`.
static CoreExpression *check_asked_type(SpecInference *s, const Step *step, const Operation *operation, Type *answer) {
    Inference *inference = s->inference;
    Types own = {0};
    enter_level(inference);
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const TypeParameter *parameter = operation->parameters.items[i];
        TypeParameter *any = new_parameter(inference, parameter->name, parameter->kind, inference->unifier.level);
        vector_push(inference->arena, &own, parameter_type(inference->arena, any));
    }
    CoreExpression *stated = infer(inference, step->answer, NULL);
    Type *wanted = substitute_type(inference->arena, answer, &operation->parameters, &own);
    bool fits = unify(&inference->unifier, stated->type, wanted);
    leave_level(inference);
    if (fits) return stated;
    report_asked_type(inference, step, operation, wanted, stated->type);
    return error_node(inference, stated->span);
}

// What the operation answers at the arguments that its effect has in the row; its own variables stay.
static Type *answer_in_row(Inference *inference, const Operation *operation, Type *row) {
    RowView view;
    if (!view_row(&inference->unifier, row, &view)) return operation->answer;
    for (size_t i = 0; i < view.effects.count; i++) {
        const Type *item = view.effects.items[i];
        if (item->effect == operation->effect)
            return substitute_type(inference->arena, operation->answer, &operation->effect->parameters, &item->arguments);
    }
    return operation->answer;
}

static CoreExpression *infer_stated(SpecInference *s, const Step *step, const Operation *operation, Type *asked, Type *answer) {
    Inference *inference = s->inference;
    asked = resolve_type(asked);
    if (asked->kind == TYPE_COMPUTATION && find_asked_type(operation))
        return check_asked_type(s, step, operation, answer_in_row(inference, operation, asked->right));
    size_t told = inference->diagnostics->list.count;
    CoreExpression *stated = check(inference, step->answer, answer, (Reason){REASON_ANSWER, step->expression->span, NULL, 0, NULL});
    bool is_new = inference->diagnostics->list.count > told;
    if (is_new && operation && operation->effect->parameters.count) label_subject(s, inference->diagnostics->list.items[told]);
    return stated;
}

static CoreExpression *infer_ask(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    CoreExpression *asked = infer(inference, step->expression, NULL);
    Type *answer = answer_of(inference, asked, (Reason){.kind = REASON_ANSWER}, step->expression);
    const Operation *operation = operation_asked(step->expression);
    if (resolve_type(answer)->kind != TYPE_ERROR) check_is_operation(inference, step->expression, operation);
    join_computation(s, asked->type, step->expression->span);
    CoreStep core = {.kind = STEP_KIND_ASK, .does_not_answer = operation && is_never(inference, operation->answer), .is_unanswered = !step->answer};
    CoreExpression *answered = step->answer ? infer_stated(s, step, operation, asked->type, answer) : unit_node(s, step->span);
    return step_node(s, step, core, later(s, core_force(inference->arena, asked, answer)), later(s, answered));
}

// What has steps is a spec. A name that is unknown is told elsewhere.
static bool check_is_spec(Inference *inference, const Expression *expression) {
    const Expression *head = expression->kind == EXPRESSION_APPLY ? expression->first : expression;
    bool is_variable = head->kind == EXPRESSION_VARIABLE;
    if (is_variable && (!head->name.meaning || head->name.meaning->kind == MEANING_SPEC)) return true;
    Diagnostic *diagnostic = report(inference->diagnostics, E0707, head->span, "`use` puts in the steps of a spec, and this is none");
    if (is_variable) add_hint(inference->diagnostics, diagnostic, "write a spec of what `%s` does, and use that", head->name.name);
    return false;
}

static CoreExpression *infer_use(SpecInference *s, const Step *step) {
    Inference *inference = s->inference;
    if (!check_is_spec(inference, step->expression)) return error_node(inference, step->span);
    inference->may_be_spec = true;
    CoreExpression *used = infer(inference, step->expression, NULL);
    answer_of(inference, used, (Reason){.kind = REASON_ANSWER}, step->expression);
    inference->may_be_spec = false;
    join_used(s, used->type, step->expression->span);
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

static Type *type_of_spec(Inference *inference, const CoreVariables *parameters, Type *answer, Type *row) {
    Type *type = computation_type(inference->arena, answer, row);
    for (size_t i = parameters->count; i-- > 0;) type = function_type(inference->arena, parameters->items[i]->type, type);
    return type;
}

// A spec is used like a function of its parameters that answers what it returns.
void infer_spec(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    Meaning *meaning = definition->names.items[0];
    SpecInference s = {inference, NEW(inference->arena, CoreSpec), NULL, fresh_row(inference)};
    size_t mark = inference->variables.count;
    s.spec->definition = meaning->core;
    meaning->core->is_test = !definition->module->from_stdlib;
    MatchPatterns patterns = infer_parameters(&s, declaration);
    Type *answer = fresh_type(inference);
    unify(&inference->unifier, meaning->type, type_of_spec(inference, &s.spec->parameters, answer, s.row));
    CoreExpression *subject = unit_node(&s, declaration->head_span), *returned = subject;
    bool fits = true;
    Reason reason = {REASON_ANSWER, declaration->head_span, NULL, 0, NULL};
    if (declaration->spec_subject) {
        subject = infer(inference, declaration->spec_subject, NULL);
        Type *answered = answer_of(inference, subject, (Reason){.kind = REASON_ANSWER}, declaration->spec_subject);
        s.subject = subject->type;
        subject = core_delay(inference->arena, core_force(inference->arena, subject, answered), subject->type);
        unify(&inference->unifier, answered, answer);
        reason.span = s.spec->subject = declaration->spec_subject->span;
        fits = join_computation(&s, s.subject, s.spec->subject);
    }
    s.spec->first_step = inference->program->steps.count;
    CoreExpression *block = delayed_block(&s, &declaration->spec_steps, declaration->head_span);
    if (s.subject && fits) join_computation(&s, s.subject, s.spec->subject); // the steps may have told what effects a parameter has
    s.spec->step_count = inference->program->steps.count - s.spec->first_step;
    if (declaration->spec_returns) {
        returned = check(inference, declaration->spec_returns, answer, reason);
        s.spec->returns = declaration->spec_returns->span;
    }
    meaning->core->value = close_spec(&s, &patterns, triple(&s, subject, block, later(&s, returned)));
    inference->variables.count = mark;
    vector_push(inference->arena, &inference->program->specs, s.spec);
}
