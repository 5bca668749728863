// Specs: the names and types of what they mention. They produce no core.
#include "group.h"

static void infer_steps(Inference *inference, const Steps *steps);

static Type *answer_of(Inference *inference, const Expression *expression, Reason reason) {
    CoreExpression *node = infer(inference, expression, NULL);
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

static void infer_ask(Inference *inference, const Step *step) {
    Type *answer = answer_of(inference, step->expression, (Reason){.kind = REASON_ANSWER});
    if (step->answer) check(inference, step->answer, answer, (Reason){REASON_ANSWER, step->expression->span, NULL, 0, NULL});
}

static void infer_use(Inference *inference, const Step *step) {
    inference->in_spec = true;
    answer_of(inference, step->expression, (Reason){.kind = REASON_ANSWER});
    inference->in_spec = false;
}

static void infer_for(Inference *inference, const Step *step) {
    Type *item = fresh_type(inference);
    check(inference, step->expression, list_type(inference, item), (Reason){.kind = REASON_NONE});
    infer_pattern(inference, step->pattern, item, (Reason){.kind = REASON_NONE});
    infer_steps(inference, &step->first_block);
}

static void infer_match_step(Inference *inference, const Step *step) {
    CoreExpression *scrutinee = infer(inference, step->expression, NULL);
    for (size_t i = 0; i < step->clauses.count; i++) {
        const StepClause *clause = &step->clauses.items[i];
        infer_pattern(inference, clause->pattern, scrutinee->type, (Reason){REASON_PATTERN, scrutinee->span, NULL, 0, NULL});
        if (clause->guard) check(inference, clause->guard, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "when"});
        infer_steps(inference, &clause->steps);
    }
}

static void infer_step(Inference *inference, const Step *step) {
    switch (step->kind) {
    case STEP_ASK: infer_ask(inference, step); return;
    case STEP_USE: infer_use(inference, step); return;
    case STEP_FOR: infer_for(inference, step); return;
    case STEP_MATCH: infer_match_step(inference, step); return;
    case STEP_IF: check(inference, step->expression, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"}); break;
    case STEP_JOIN:
    case STEP_LEFT:
    case STEP_RIGHT: break;
    }
    infer_steps(inference, &step->first_block);
    infer_steps(inference, &step->second_block);
}

static void infer_steps(Inference *inference, const Steps *steps) {
    for (size_t i = 0; i < steps->count; i++) infer_step(inference, steps->items[i]);
}

// A spec is used like a function of its parameters that answers what it returns.
void infer_spec(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    Meaning *meaning = definition->names.items[0];
    size_t mark = inference->variables.count;
    Types parameters = {0};
    for (size_t i = 0; i < declaration->spec_parameters.count; i++) {
        Type *type = fresh_type(inference);
        infer_pattern(inference, declaration->spec_parameters.items[i], type, (Reason){.kind = REASON_NONE});
        vector_push(inference->arena, &parameters, type);
    }
    Type *answer = fresh_type(inference), *type = computation_type(inference->arena, answer, fresh_row(inference));
    for (size_t i = parameters.count; i-- > 0;) type = function_type(inference->arena, parameters.items[i], type);
    unify(&inference->unifier, meaning->type, type);
    if (declaration->spec_subject) {
        Type *subject = answer_of(inference, declaration->spec_subject, (Reason){.kind = REASON_ANSWER});
        unify(&inference->unifier, subject, answer);
    }
    infer_steps(inference, &declaration->spec_steps);
    Reason reason = {REASON_ANSWER, declaration->spec_subject ? declaration->spec_subject->span : declaration->head_span, NULL, 0, NULL};
    if (declaration->spec_returns) check(inference, declaration->spec_returns, answer, reason);
    inference->variables.count = mark;
}
