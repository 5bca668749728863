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
    const Expression *first = expression->clauses.items[0].body;
    if (index && is_free_reason(&reason) && first) reason = (Reason){REASON_CLAUSE, first->span, NULL, (unsigned)index + 1, NULL};
    if (target->run_row) return run(inference, body, target->type, target->run_row, reason);
    return check(inference, body, target->type, reason);
}

static MatchClause infer_clause(Inference *inference, const Expression *expression, size_t index, Type *scrutinee,
                                const MatchTarget *target) {
    const Clause *clause = &expression->clauses.items[index];
    Reason reason = {REASON_PATTERN, expression->first ? expression->first->span : expression->span, NULL, 0, NULL};
    MatchClause result = {.span = clause->span};
    result.pattern = infer_pattern(inference, clause->pattern, scrutinee, reason);
    if (clause->guard)
        result.guard = check(inference, clause->guard, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "when"});
    result.body = infer_clause_body(inference, expression, index, target);
    return result;
}

static CoreExpression *infer_scrutinee(Inference *inference, const Expression *expression, const Type *run_row) {
    if (!expression->bang) return infer(inference, expression->first, NULL);
    Reason reason = {REASON_LET_BANG, expression->span, "match!", 0, NULL};
    return run(inference, expression->first, fresh_type(inference), (Type *)run_row, reason);
}

// The type that a pattern is of by its form alone, or NULL.
static const DataType *data_of_pattern(const Inference *inference, const Pattern *pattern) {
    const Builtins *b = inference->builtins;
    switch (pattern->kind) {
    case PATTERN_INT: return b->int_type;
    case PATTERN_STRING: return b->string_type;
    case PATTERN_LIST: return b->list_type;
    case PATTERN_TUPLE: return pattern->items.count ? NULL : b->unit_type;
    case PATTERN_CONSTRUCTOR: {
        const Meaning *meaning = pattern->name.meaning;
        return meaning && meaning->kind == MEANING_CONSTRUCTOR && meaning->constructor ? meaning->constructor->data : NULL;
    }
    default: return NULL;
    }
}

// Whether what the clauses of `Left` match is on the right, or the other way round.
static bool has_swapped_sides(const Inference *inference, const Expression *expression, Type *either) {
    for (size_t i = 0; i < expression->clauses.count; i++) {
        const Pattern *pattern = expression->clauses.items[i].pattern;
        if (!pattern || pattern->items.count != 1 || data_of_pattern(inference, pattern) != inference->builtins->either_type) continue;
        const DataType *data = data_of_pattern(inference, pattern->items.items[0]);
        unsigned side = pattern->name.meaning->constructor->tag;
        const Type *own = resolve_type(either->arguments.items[side]), *other = resolve_type(either->arguments.items[1 - side]);
        bool fits_own = own->kind != TYPE_DATA || own->data == data, fits_other = other->kind == TYPE_DATA && other->data == data;
        if (data && !fits_own && fits_other) return true;
    }
    return false;
}

static void hint_swapped_sides(Inference *inference, const Expression *expression, Type *matched, size_t mark) {
    matched = resolve_type(matched);
    if (matched->kind != TYPE_DATA || matched->data != inference->builtins->either_type) return;
    for (size_t i = mark; i < inference->diagnostics->list.count; i++) {
        Diagnostic *diagnostic = inference->diagnostics->list.items[i];
        if (diagnostic->code != E0401 || !has_swapped_sides(inference, expression, matched)) continue;
        diagnostic->hint.length = 0;
        add_hint(inference->diagnostics, diagnostic, "the sides are swapped: of `first a b`, `Left` is what `a` answered, and `Right` what `b` did");
        return;
    }
}

// What was taken for another type when it was matched is so in the clauses, too.
static void doubt_matched(const Expression *matched) {
    Meaning *meaning = matched && matched->kind == EXPRESSION_VARIABLE ? matched->name.meaning : NULL;
    if (meaning && meaning->kind == MEANING_LOCAL && !meaning->function) meaning->is_doubted = true;
}

static bool holds_bad(const MatchPattern *pattern) {
    if (pattern->is_bad) return true;
    for (size_t i = 0; i < pattern->items.count; i++) {
        if (holds_bad(pattern->items.items[i])) return true;
    }
    return false;
}

CoreExpression *infer_match(Inference *inference, const Expression *expression, const Want *want, Type *run_answer, Type *run_row) {
    CoreExpression *value = infer_scrutinee(inference, expression, run_row);
    bool is_variable = value->kind == CORE_LOCAL && value->variable && value->variable->parameters.count == 0;
    CoreVariable *scrutinee = is_variable ? value->variable : made_up_variable(inference, "scrutinee", value->type, value->span);
    MatchTarget target = {run_answer, run_row, {.kind = REASON_NONE}};
    if (want) target.reason = want->reason;
    if (!run_answer) target.type = want ? want->type : fresh_type(inference);
    MatchClauses clauses = {0};
    Type *type = scrutinee->type;
    size_t mark = inference->diagnostics->list.count;
    for (size_t i = 0; i < expression->clauses.count; i++) {
        MatchClause clause = infer_clause(inference, expression, i, type, &target);
        // A clause of another type was reported once: the others may well be of that type, too.
        if (holds_bad(clause.pattern)) {
            type = plain_type(TYPE_ERROR);
            doubt_matched(expression->first);
        }
        vector_push(inference->arena, &clauses, clause);
    }
    hint_swapped_sides(inference, expression, scrutinee->type, mark);
    Span span = expression->first ?
                    span_join((Span){expression->span.source, expression->span.start, expression->span.start}, expression->first->span) :
                    expression->span;
    CoreExpression *tree = compile_match(inference, scrutinee, &clauses, target.type, span, MATCH_FOR_CLAUSES);
    return is_variable ? tree : core_let(inference->arena, scrutinee, value, tree);
}
