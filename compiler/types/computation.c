// Computations: blocks of let! and do!, and whatever is run, in direct style.
#include "infer.h"

// ---- which expressions are computations by their form ----

static bool is_ret(const Expression *expression) {
    if (expression->kind != EXPRESSION_APPLY || expression->items.count != 1 || expression->first->kind != EXPRESSION_VARIABLE)
        return false;
    const Meaning *meaning = expression->first->name.meaning;
    return meaning && meaning->kind == MEANING_BUILTIN && meaning->index == BUILTIN_RET;
}

static bool match_is_computation(const Expression *expression) {
    for (size_t i = 0; i < expression->clauses.count; i++) {
        if (expression->clauses.items[i].body && is_computation_form(expression->clauses.items[i].body)) return true;
    }
    return expression->bang;
}

bool is_computation_form(const Expression *expression) {
    while (expression && (expression->kind == EXPRESSION_LET || expression->kind == EXPRESSION_SEQUENCE)) expression = expression->body;
    if (!expression) return false;
    switch (expression->kind) {
    case EXPRESSION_LET_BANG:
    case EXPRESSION_DO:
    case EXPRESSION_HANDLE: return true;
    case EXPRESSION_IF: return !expression->third || is_computation_form(expression->second) || is_computation_form(expression->third);
    case EXPRESSION_MATCH: return match_is_computation(expression);
    case EXPRESSION_APPLY: return is_ret(expression);
    default: return false;
    }
}

// ---- running ----

static bool is_never(const Inference *inference, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == inference->builtins->never_type;
}

// What never answers may stand at any answer.
static CoreExpression *force_never(Inference *inference, CoreExpression *node, Type *answer) {
    CoreExpression *end = core_node(inference->arena, CORE_SWITCH, answer, node->span);
    end->first = core_force(inference->arena, node, data_type(inference->arena, inference->builtins->never_type, NULL));
    return end;
}

static CoreExpression *failed_run(Inference *inference, Type *answer, Span span) {
    CoreExpression *node = error_node(inference, span);
    node->type = answer;
    return node;
}

CoreExpression *force_node(Inference *inference, CoreExpression *node, Type *answer, Type *row, Reason reason,
                           const Expression *expression) {
    Type *type = resolve_type(node->type);
    if (type->kind == TYPE_ERROR) return failed_run(inference, answer, node->span);
    Type *wanted = computation_type(inference->arena, answer, row);
    Span span = expression ? expression->span : node->span;
    if (type->kind == TYPE_UNKNOWN) {
        if (unify(&inference->unifier, type, wanted)) return core_force(inference->arena, node, answer);
        report_failure(inference, span, type, wanted, reason, expression);
        return failed_run(inference, answer, node->span);
    }
    if (type->kind != TYPE_COMPUTATION) {
        report_not_computation(inference, span, type, reason, expression);
        return failed_run(inference, answer, node->span);
    }
    Type *opened = open_type(&inference->unifier, type), *expected = resolve_type(answer);
    bool never =
        is_never(inference, type->left) && expected->kind != TYPE_UNKNOWN && expected->kind != TYPE_ERROR && !is_never(inference, expected);
    bool fits = (never || unify(&inference->unifier, type->left, answer)) && unify(&inference->unifier, opened->right, row);
    if (!fits) {
        report_failure(inference, span, type, wanted, reason, expression);
        return failed_run(inference, answer, node->span);
    }
    return never ? force_never(inference, node, answer) : core_force(inference->arena, node, answer);
}

// One line of a block: a let, or something that is run.
static LetFrame run_do(Inference *inference, const Expression *expression, Type *row) {
    Reason reason = {REASON_DO, expression->span, NULL, 0, NULL};
    LetFrame frame = {.expression = expression};
    frame.value = run(inference, expression->first, unit_type(inference), row, reason);
    frame.variable = made_up_variable(inference, "_", unit_type(inference), expression->first ? expression->first->span : expression->span);
    return frame;
}

static const Pattern *plain_name(const Pattern *pattern) {
    return pattern && pattern->kind == PATTERN_VARIABLE ? pattern : NULL;
}

static void name_answer(Inference *inference, LetFrame *frame, const Pattern *pattern, Type *answer, Span span) {
    const Pattern *name = plain_name(pattern);
    if (name) {
        frame->variable = core_variable(inference->arena, inference->program, name->name.name, answer, name->span);
        name->name.meaning->variable = frame->variable;
        name->name.meaning->type = answer;
        return;
    }
    frame->variable = made_up_variable(inference, "answer", answer, span);
    frame->pattern = infer_pattern(inference, pattern, answer, (Reason){REASON_PATTERN, span, NULL, 0, NULL});
}

static Type *answer_of_binding(Inference *inference, const Binding *binding) {
    return binding->type ? annotate_type(inference, binding->type) : fresh_type(inference);
}

static Reason let_bang_reason(const Binding *binding, const Expression *expression) {
    if (binding->type) return (Reason){REASON_ANNOTATION, binding->type->span, NULL, 0, NULL};
    return (Reason){REASON_LET_BANG, expression->span, NULL, 0, NULL};
}

static LetFrame run_let_bang(Inference *inference, const Expression *expression, Type *row) {
    const Binding *binding = &expression->bindings.items[0];
    LetFrame frame = {.expression = expression};
    Type *answer = answer_of_binding(inference, binding);
    frame.value = run(inference, binding->value, answer, row, let_bang_reason(binding, expression));
    name_answer(inference, &frame, binding->pattern, answer, frame.value->span);
    return frame;
}

// ---- let! with and!: join, then both are named ----

static CoreExpression *join_node(Inference *inference, CoreExpression *left, CoreExpression *right, Type *row, Span span) {
    Meaning *join = table_get(&inference->modules->prelude->values, symbol_of(inference->symbols, "join"));
    if (!join || join->kind != MEANING_VALUE || !join->type) {
        report(inference->diagnostics, E0305, span, "`and!` needs `join`, which the standard library's Prelude does not define");
        return error_node(inference, span);
    }
    Types both = {0};
    vector_push(inference->arena, &both, resolve_type(left->type)->left);
    vector_push(inference->arena, &both, resolve_type(right->type)->left);
    Type *pair = data_type(inference->arena, find_tuple_type(inference->arena, inference->symbols, inference->builtins, 2), &both);
    Type *type = computation_type(inference->arena, pair, row);
    CoreExpression *function = instantiate(inference, join, span);
    unify(&inference->unifier, function->type,
          function_type(inference->arena, left->type, function_type(inference->arena, right->type, type)));
    CoreExpression *node = core_node(inference->arena, CORE_APPLY, type, span);
    node->first = function;
    vector_push(inference->arena, &node->items, left);
    vector_push(inference->arena, &node->items, right);
    return node;
}

static MatchPattern *pair_pattern(Inference *inference, MatchPattern *left, MatchPattern *right, Span span) {
    MatchPattern *pattern = NEW(inference->arena, MatchPattern);
    pattern->kind = MATCH_CONSTRUCTOR;
    pattern->constructor = find_tuple_type(inference->arena, inference->symbols, inference->builtins, 2)->constructors.items[0];
    pattern->span = span;
    vector_push(inference->arena, &pattern->items, left);
    vector_push(inference->arena, &pattern->items, right);
    return pattern;
}

static LetFrame run_and_bang(Inference *inference, const Expression *expression, Type *row) {
    LetFrame frame = {.expression = expression};
    CoreExpression *joined = NULL;
    for (size_t i = expression->bindings.count; i-- > 0;) {
        const Binding *binding = &expression->bindings.items[i];
        Type *answer = answer_of_binding(inference, binding), *type = computation_type(inference->arena, answer, row);
        CoreExpression *value = check(inference, binding->value, type, let_bang_reason(binding, expression));
        if (value->type->kind == TYPE_ERROR) value->type = type;
        MatchPattern *pattern = infer_pattern(inference, binding->pattern, answer, (Reason){REASON_PATTERN, value->span, NULL, 0, NULL});
        joined = joined ? join_node(inference, value, joined, row, expression->span) : value;
        frame.pattern = frame.pattern ? pair_pattern(inference, pattern, frame.pattern, expression->span) : pattern;
        if (joined->type->kind == TYPE_ERROR) joined->type = type;
    }
    Type *answer = resolve_type(joined->type)->left;
    frame.value = core_force(inference->arena, joined, answer);
    frame.variable = made_up_variable(inference, "answers", answer, expression->span);
    return frame;
}

// ---- a line that is not run ----

// The type of a line that is not run; of an `if` without `else`, of its branch.
static Type *type_of_line(Inference *inference, const Expression *line, bool is_branch) {
    if (!is_branch) return infer(inference, line, NULL)->type;
    check(inference, line->first, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"});
    return infer(inference, line->second, NULL)->type;
}

static void report_unused(Inference *inference, const Expression *line, Type *type, bool is_branch) {
    const char *text = type_text(inference, type);
    Diagnostic *diagnostic =
        is_branch ? report(inference->diagnostics, E0503, line->span, "this `if` has no `else`, and nothing uses its `%s`", text) :
                    report(inference->diagnostics, E0503, line->span, "this line is `%s`, and nothing uses it", text);
    if (is_branch) add_hint(inference->diagnostics, diagnostic, "write `else` before what is the value otherwise");
    else if (type->kind == TYPE_FUNCTION) add_hint(inference->diagnostics, diagnostic, "it is a function: is an argument missing?");
    else if (type->kind == TYPE_UNKNOWN) add_hint(inference->diagnostics, diagnostic, "when it is a computation, `do!` in front of it runs it");
    else add_hint(inference->diagnostics, diagnostic, "name it with `let`, or remove the line");
}

void report_lone_line(Inference *inference, const Expression *expression) {
    const Expression *line = expression->first;
    if (!line || line->kind == EXPRESSION_ERROR) return;
    bool is_branch = line->kind == EXPRESSION_IF && !line->third;
    Type *type = resolve_type(type_of_line(inference, line, is_branch));
    if (type->kind == TYPE_ERROR) return;
    name_unknowns(type, NULL);
    if (type->kind != TYPE_COMPUTATION) {
        report_unused(inference, line, type, is_branch);
        return;
    }
    Diagnostic *diagnostic = report(inference->diagnostics, E0502, line->span, "this computation is never run");
    Type *answer = resolve_type(type->left);
    bool is_unit = answer->kind == TYPE_DATA && answer->data == inference->builtins->unit_type;
    if (is_unit) add_hint(inference->diagnostics, diagnostic, "write `do!` in front of it");
    else
        add_hint(inference->diagnostics, diagnostic, "it answers `%s`: write `let! name =` in front of it, or `let! _ =`",
                 type_text(inference, answer));
}

// ---- the end of a block ----

static CoreExpression *run_if(Inference *inference, const Expression *expression, Type *answer, Type *row, Reason reason) {
    CoreExpression *condition = check(inference, expression->first, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"});
    CoreExpression *if_true, *if_false;
    if (!expression->third) {
        Reason without_else = {REASON_ELSE_LESS, expression->span, NULL, 0, NULL};
        if (!unify(&inference->unifier, unit_type(inference), answer)) {
            report_failure(inference, expression->span, unit_type(inference), answer, without_else, expression);
            return failed_run(inference, answer, expression->span);
        }
        if_true = run(inference, expression->second, unit_type(inference), row, without_else);
        if_false = core_unit(inference->arena, inference->builtins, expression->span);
    } else {
        Reason second = is_free_reason(&reason) ? (Reason){REASON_BRANCH, expression->second->span, NULL, 0, NULL} : reason;
        if_true = run(inference, expression->second, answer, row, reason);
        if_false = run(inference, expression->third, answer, row, second);
    }
    CoreExpression *node = core_switch_bool(inference->arena, inference->builtins, condition, if_true, if_false);
    node->type = answer;
    return node;
}

static CoreExpression *run_last_do(Inference *inference, const Expression *expression, Type *answer, Type *row) {
    Reason reason = {REASON_DO, expression->span, NULL, 0, NULL};
    if (!unify(&inference->unifier, unit_type(inference), answer)) {
        report_failure(inference, expression->span, unit_type(inference), answer, (Reason){REASON_DO, expression->span, "end", 0, NULL},
                       expression);
        answer = unit_type(inference);
        size_t mark = inference->diagnostics->list.count;
        CoreExpression *node = run(inference, expression->first, answer, row, reason);
        // What is run was meant otherwise: perhaps so was the end.
        if (inference->diagnostics->list.count > mark) withdraw(inference, mark - 1, expression->span, false);
        return node;
    }
    return run(inference, expression->first, answer, row, reason);
}

static CoreExpression *run_end(Inference *inference, const Expression *expression, Type *answer, Type *row, Reason reason) {
    if (!expression) return failed_run(inference, answer, (Span){0});
    switch (expression->kind) {
    case EXPRESSION_IF: return run_if(inference, expression, answer, row, reason);
    case EXPRESSION_MATCH: return infer_match(inference, expression, &(Want){answer, reason}, answer, row);
    case EXPRESSION_HANDLE: return infer_handle(inference, expression, answer, row);
    case EXPRESSION_DO: return run_last_do(inference, expression, answer, row);
    default: break;
    }
    if (is_ret(expression)) return check(inference, expression->items.items[0], answer, reason);
    return force_node(inference, infer(inference, expression, NULL), answer, row, reason, expression);
}

static bool is_line(const Expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_LET:
    case EXPRESSION_LET_BANG:
    case EXPRESSION_SEQUENCE: return true;
    case EXPRESSION_DO: return expression->body != NULL;
    default: return false;
    }
}

static LetFrame run_line(Inference *inference, const Expression *expression, Type *row) {
    switch (expression->kind) {
    case EXPRESSION_LET: return infer_let(inference, expression);
    case EXPRESSION_DO: return run_do(inference, expression, row);
    default: return expression->bindings.count > 1 ? run_and_bang(inference, expression, row) : run_let_bang(inference, expression, row);
    }
}

// The lines in front are a loop, for a block may be as long as the file.
CoreExpression *run(Inference *inference, const Expression *expression, Type *answer, Type *row, Reason reason) {
    LetFrames frames = {0};
    for (; expression && is_line(expression); expression = expression->body) {
        if (expression->kind == EXPRESSION_SEQUENCE) {
            report_lone_line(inference, expression);
            continue;
        }
        LetFrame frame = run_line(inference, expression, row);
        vector_push(inference->arena, &frames, frame);
        bool runs = expression->kind != EXPRESSION_LET;
        if (runs && is_free_reason(&reason)) reason = (Reason){REASON_BLOCK_END, expression->span, NULL, 0, NULL};
    }
    CoreExpression *node = run_end(inference, expression, answer, row, reason);
    for (size_t i = frames.count; i-- > 0;) node = wrap_let(inference, &frames.items[i], node);
    return node;
}
