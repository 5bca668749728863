// match and match!: the scrutinee, the clauses, their tree.
#include "infer.h"

typedef struct MatchTarget {
    Type *type;      // of the clauses
    Type *run_row;   // NULL: the clauses are values
    Reason reason;   // why the type is wanted
} MatchTarget;

static CoreExpression *infer_clause_body(Inference *inference, const Expression *expression, size_t index, const MatchTarget *target) {
    const Expression *body = expression->clauses.items[index].body;
    Reason reason = target->reason;
    bool is_free = reason.kind == REASON_NONE || reason.kind == REASON_BLOCK_END || reason.kind == REASON_FUNCTION_BODY;
    const Expression *first = expression->clauses.items[0].body;
    if (index && is_free && first) reason = (Reason){REASON_CLAUSE, first->span, NULL, (unsigned)index + 1};
    if (target->run_row) return run(inference, body, target->type, target->run_row, reason);
    return check(inference, body, target->type, reason);
}

static MatchClause infer_clause(Inference *inference, const Expression *expression, size_t index, Type *scrutinee, const MatchTarget *target) {
    const Clause *clause = &expression->clauses.items[index];
    Reason reason = {REASON_PATTERN, expression->first ? expression->first->span : expression->span, NULL, 0};
    size_t errors = inference->diagnostics->error_count;
    MatchClause result = {.span = clause->span};
    result.pattern = infer_pattern(inference, clause->pattern, scrutinee, reason);
    if (inference->diagnostics->error_count != errors || !clause->pattern || clause->pattern->kind == PATTERN_ERROR) inference->has_bad_pattern = true;
    bool outer = inference->has_bad_pattern;
    if (clause->guard) result.guard = check(inference, clause->guard, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "when"});
    result.body = infer_clause_body(inference, expression, index, target);
    inference->has_bad_pattern = outer;
    return result;
}

static CoreExpression *infer_scrutinee(Inference *inference, const Expression *expression, const Type *run_row) {
    if (!expression->bang) return infer(inference, expression->first, NULL);
    Reason reason = {REASON_LET_BANG, expression->span, "match!", 0};
    return run(inference, expression->first, fresh_type(inference), (Type *)run_row, reason);
}

CoreExpression *infer_match(Inference *inference, const Expression *expression, const Want *want, Type *run_answer, Type *run_row) {
    CoreExpression *value = infer_scrutinee(inference, expression, run_row);
    bool is_variable = value->kind == CORE_LOCAL && value->variable && value->variable->parameters.count == 0;
    CoreVariable *scrutinee = is_variable ? value->variable : made_up_variable(inference, "scrutinee", value->type, value->span);
    MatchTarget target = {run_answer, run_row, {.kind = REASON_NONE}};
    if (want) target.reason = want->reason;
    if (!run_answer) target.type = want ? want->type : fresh_type(inference);
    bool outer = inference->has_bad_pattern;
    inference->has_bad_pattern = value->type->kind == TYPE_ERROR;
    MatchClauses clauses = {0};
    for (size_t i = 0; i < expression->clauses.count; i++) {
        MatchClause clause = infer_clause(inference, expression, i, scrutinee->type, &target);
        vector_push(inference->arena, &clauses, clause);
    }
    Span span = expression->first ? span_join((Span){expression->span.source, expression->span.start, expression->span.start}, expression->first->span) : expression->span;
    CoreExpression *tree = compile_match(inference, scrutinee, &clauses, target.type, span, MATCH_FOR_CLAUSES);
    inference->has_bad_pattern = outer;
    return is_variable ? tree : core_let(inference->arena, scrutinee, value, tree);
}
