// Handlers: `handle c with` clauses for the operations of one effect.
#include "infer.h"

typedef struct Handler {
    const Expression *expression;
    Effect *effect;
    Types arguments; // of the effect
    Type *result;    // of the whole handle
    Type *row;       // in which the handle runs
    CoreExpression *node;
} Handler;

static Effect *find_effect(const Expression *expression) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const Meaning *meaning = expression->handler_clauses.items[i].operation.meaning;
        if (meaning && meaning->kind == MEANING_OPERATION) return meaning->operation->effect;
    }
    return NULL;
}

static bool is_never(const Inference *inference, const Type *type) {
    return type->kind == TYPE_DATA && type->data == inference->builtins->never_type;
}

// ---- what is handled ----

// The effect's arguments in the row, and the row without it: what is left must be allowed where the handle stands.
static void handle_row(Inference *inference, Handler *handler, Type *row, Span span) {
    RowView view;
    Type *item = effect_row(inference->arena, handler->effect, &handler->arguments, fresh_row(inference));
    Type *opened = open_type(&inference->unifier, computation_type(inference->arena, handler->result, row))->right;
    bool fits = unify(&inference->unifier, opened, item) && view_row(&inference->unifier, row, &view);
    if (fits) {
        Type *rest = row_without(&inference->unifier, row, handler->effect);
        Type *open_rest = open_type(&inference->unifier, computation_type(inference->arena, handler->result, rest))->right;
        fits = unify(&inference->unifier, open_rest, handler->row);
    }
    if (!fits) report_failure(inference, span, row, handler->row, (Reason){.kind = REASON_NONE}, handler->expression->first);
}

static Type *infer_handled(Inference *inference, Handler *handler) {
    const Expression *handled = handler->expression->first;
    Type *answer = fresh_type(inference);
    CoreExpression *node = infer(inference, handled, NULL);
    Type *type = resolve_type(node->type);
    if (type->kind == TYPE_UNKNOWN) {
        unify(&inference->unifier, type, computation_type(inference->arena, answer, fresh_row(inference)));
        type = resolve_type(type);
    }
    handler->node->first = node;
    if (type->kind == TYPE_ERROR) return type;
    if (type->kind != TYPE_COMPUTATION) {
        report_not_computation(inference, node->span, type, (Reason){.kind = REASON_NONE}, handled);
        return plain_type(TYPE_ERROR);
    }
    handle_row(inference, handler, type->right, node->span);
    return type->left;
}

// ---- clauses ----

static CoreVariable *clause_parameter(Inference *inference, const Pattern *pattern, Type *type, MatchPattern **match) {
    *match = NULL;
    if (pattern->kind == PATTERN_VARIABLE) {
        Meaning *meaning = pattern->name.meaning;
        meaning->variable = core_variable(inference->arena, inference->program, pattern->name.name, type, pattern->span);
        meaning->type = type;
        return meaning->variable;
    }
    *match = infer_pattern(inference, pattern, type, (Reason){.kind = REASON_NONE});
    return made_up_variable(inference, "argument", type, pattern->span);
}

static void infer_return(Inference *inference, Handler *handler, const HandlerClause *clause, Type *answer) {
    if (handler->node->return_body) {
        report(inference->diagnostics, E0511, clause->span, "this handler has a second `ret` clause");
        return;
    }
    if (clause->parameters.count != 1) {
        Diagnostic *diagnostic =
            report(inference->diagnostics, E0512, clause->span, "the `ret` clause takes one parameter: what the handled computation answers");
        add_hint(inference->diagnostics, diagnostic, "write `| ret x -> ...`");
        return;
    }
    MatchPattern *match;
    handler->node->return_parameter = clause_parameter(inference, clause->parameters.items[0], answer, &match);
    Reason reason = {REASON_HANDLER, clause->span, "ret", 1, NULL};
    CoreExpression *body = run(inference, clause->body, handler->result, handler->row, reason);
    if (match) body = bind_pattern(inference, match, handler->node->return_parameter, body, clause->span);
    handler->node->return_body = body;
}

static Type *at_effect(Inference *inference, const Handler *handler, const Operation *operation, Type *type, const Types *own) {
    type = substitute_type(inference->arena, type, &handler->effect->parameters, &handler->arguments);
    return substitute_type(inference->arena, type, &operation->parameters, own);
}

static void hint_parameters(Inference *inference, Diagnostic *diagnostic, const Handler *handler, const Operation *operation) {
    Builder form = builder_in(inference->arena);
    for (size_t i = 0; i < operation->arguments.count; i++) build_string(&form, " _");
    add_hint(inference->diagnostics, diagnostic, "write `| %s.%s%s -> ...`", handler->effect->name, operation->name, builder_string(&form));
}

static const HandlerClause *find_clause(const Expression *expression, const Operation *operation) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const Meaning *meaning = expression->handler_clauses.items[i].operation.meaning;
        if (meaning && meaning->kind == MEANING_OPERATION && meaning->operation == operation) return &expression->handler_clauses.items[i];
    }
    return NULL;
}

// The head of the clause as it is written, with the word that it lacks.
static void hint_control(Inference *inference, Diagnostic *diagnostic, const HandlerClause *clause) {
    Span head = span_join(clause->operation.span, clause->parameters.items[clause->parameters.count - 1]->span);
    Text text = {head.source->text.bytes + head.start, head.end - head.start};
    add_hint(inference->diagnostics, diagnostic, "a clause that gets the continuation, too, begins with `ctl`: `| ctl %.*s -> ...`", (int)text.length,
             text.bytes);
}

static bool is_unit_pattern(const Pattern *pattern) { return pattern->kind == PATTERN_TUPLE && pattern->items.count == 0; }

static bool check_clause(Inference *inference, const Handler *handler, const HandlerClause *clause, const Operation *operation) {
    if (operation->effect != handler->effect) {
        Diagnostic *diagnostic =
            report(inference->diagnostics, E0511, clause->operation.span, "`%s.%s` is no operation of `%s`, which this handler handles",
                   operation->effect->name, operation->name, handler->effect->name);
        add_hint(inference->diagnostics, diagnostic, "handle `%s` with a handler of its own around this one", operation->effect->name);
        return false;
    }
    for (size_t i = 0; i < handler->node->clauses.count; i++) {
        if (handler->node->clauses.items[i].operation != operation) continue;
        Diagnostic *diagnostic = report(inference->diagnostics, E0511, clause->span, "this handler has a second clause for `%s.%s`", handler->effect->name,
                                        operation->name);
        add_label(inference->diagnostics, diagnostic, find_clause(handler->expression, operation)->span, "the first is here");
        return false;
    }
    size_t expected = operation->arguments.count + clause->is_control;
    if (clause->parameters.count == expected) return true;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0512, clause->span, "a clause for `%s.%s` takes %zu parameter%s, but this one has %u",
               handler->effect->name, operation->name, expected, expected == 1 ? "" : "s", clause->parameters.count);
    add_label(inference->diagnostics, diagnostic, operation->span, "the operation is declared here");
    if (clause->is_control) add_hint(inference->diagnostics, diagnostic, "the last parameter of a `ctl` clause is the continuation");
    else if (clause->parameters.count == expected + 1 && is_unit_pattern(clause->parameters.items[expected])) hint_parameters(inference, diagnostic, handler, operation);
    else if (clause->parameters.count == expected + 1)
        hint_control(inference, diagnostic, clause);
    else if (clause->parameters.count < expected) hint_parameters(inference, diagnostic, handler, operation);
    return false;
}

// The operation's own variables are other ones in each clause.
static Types own_parameters(Inference *inference, const Operation *operation, TypeParameters *made) {
    Types own = {0};
    for (size_t i = 0; i < operation->parameters.count; i++) {
        const TypeParameter *parameter = operation->parameters.items[i];
        TypeParameter *its_own = new_parameter(inference, parameter->name, parameter->kind, inference->unifier.level);
        vector_push(inference->arena, made, its_own);
        vector_push(inference->arena, &own, parameter_type(inference->arena, its_own));
    }
    return own;
}

typedef Vector(MatchPattern *) ParameterPatterns;

static CoreExpression *bind_parameters(Inference *inference, const ParameterPatterns *patterns, const CoreVariables *variables,
                                       CoreExpression *body, Span span) {
    for (size_t i = patterns->count; i-- > 0;) {
        if (patterns->items[i]) body = bind_pattern(inference, patterns->items[i], variables->items[i], body, span);
    }
    return body;
}

static void infer_operation(Inference *inference, Handler *handler, const HandlerClause *clause) {
    const Meaning *meaning = clause->operation.meaning;
    if (!meaning || meaning->kind == MEANING_ERROR) return;
    if (meaning->kind != MEANING_OPERATION) {
        report(inference->diagnostics, E0511, clause->operation.span, "`%s` is not an operation of an effect", clause->operation.name);
        return;
    }
    Operation *operation = meaning->operation;
    if (operation->runs_cell) {
        report(inference->diagnostics, E0511, clause->operation.span, "`%s.run` is a handler itself, and has no clause", operation->effect->name);
        return;
    }
    if (!check_clause(inference, handler, clause, operation)) return;
    enter_level(inference);
    CoreHandlerClause core = {.operation = operation};
    Types own = own_parameters(inference, operation, &core.own);
    ParameterPatterns patterns = {0};
    MatchPattern *match;
    for (size_t i = 0; i < operation->arguments.count; i++) {
        Type *type = at_effect(inference, handler, operation, operation->arguments.items[i], &own);
        vector_push(inference->arena, &core.parameters, clause_parameter(inference, clause->parameters.items[i], type, &match));
        vector_push(inference->arena, &patterns, match);
    }
    Type *answer = at_effect(inference, handler, operation, operation->answer, &own);
    if (clause->is_control) {
        Type *resumed = computation_type(inference->arena, handler->result, handler->row);
        core.resume = clause_parameter(inference, clause->parameters.items[operation->arguments.count],
                                       function_type(inference->arena, answer, resumed), &match);
        Meaning *resume = match ? NULL : clause->parameters.items[operation->arguments.count]->name.meaning;
        if (resume) resume->operation = operation;
    }
    bool ends = clause->is_control || is_never(inference, operation->answer);
    const char *name = symbol_format(inference->symbols, "%s.%s", operation->effect->name, operation->name);
    Reason reason = {REASON_HANDLER, clause->operation.span, name, ends, ends ? NULL : meaning};
    CoreExpression *body = run(inference, clause->body, ends ? handler->result : answer, handler->row, reason);
    leave_level(inference);
    core.body = bind_parameters(inference, &patterns, &core.parameters, body, clause->span);
    vector_push(inference->arena, &handler->node->clauses, core);
}

// `Store.put : String -> Int -> Unit`, at the types that this handler handles.
static void build_operation(Inference *inference, const Handler *handler, const Operation *operation, Builder *out) {
    Types own = {0};
    for (size_t i = 0; i < operation->parameters.count; i++)
        vector_push(inference->arena, &own, parameter_type(inference->arena, operation->parameters.items[i]));
    Type *type = at_effect(inference, handler, operation, operation->answer, &own);
    for (size_t i = operation->arguments.count; i-- > 0;)
        type = function_type(inference->arena, at_effect(inference, handler, operation, operation->arguments.items[i], &own), type);
    name_unknowns(type, NULL);
    build_format(out, "`%s.%s : %s`", handler->effect->name, operation->name, type_text(inference, type));
}

// `| Store.put _ _ -> ...`
static void build_clause(Builder *out, const Operation *operation) {
    build_format(out, "`| %s.%s", operation->effect->name, operation->name);
    for (size_t i = 0; i < operation->arguments.count; i++) build_string(out, " _");
    build_string(out, " -> ...`");
}

enum { MOST_CLAUSES_SHOWN = 3 };

typedef Vector(const Operation *) Operations;

static void hint_clauses(Inference *inference, Diagnostic *diagnostic, const Operations *missing) {
    Builder clauses = builder_in(inference->arena);
    size_t shown = missing->count < MOST_CLAUSES_SHOWN ? missing->count : MOST_CLAUSES_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        if (i) build_string(&clauses, i + 1 == missing->count ? " and " : ", ");
        build_clause(&clauses, missing->items[i]);
    }
    bool aborts = is_never(inference, resolve_type(missing->items[0]->answer));
    if (missing->count > 1) add_hint(inference->diagnostics, diagnostic, "write %s%s", builder_string(&clauses), shown < missing->count ? " and so on" : "");
    else add_hint(inference->diagnostics, diagnostic, "write %s, which computes %s", builder_string(&clauses), aborts ? "the result of the handle" : "the answer");
}

// A clause of an operation that is not known, which was reported, may be the one that is missed.
static bool has_unknown_clause(const Expression *expression) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const Meaning *meaning = expression->handler_clauses.items[i].operation.meaning;
        if (meaning && meaning->kind == MEANING_ERROR) return true;
    }
    return false;
}

static void report_missing_clauses(Inference *inference, const Handler *handler) {
    Builder names = builder_in(inference->arena);
    Operations missing = {0};
    for (size_t i = 0; i < handler->effect->operations.count; i++) {
        const Operation *operation = handler->effect->operations.items[i];
        if (operation->runs_cell || find_clause(handler->expression, operation)) continue;
        if (missing.count) build_string(&names, ", ");
        vector_push(inference->arena, &missing, operation);
        build_operation(inference, handler, operation, &names);
    }
    if (missing.count == 0 || has_unknown_clause(handler->expression)) return;
    Diagnostic *diagnostic = report(inference->diagnostics, E0510, handler->expression->span, "this handler lacks %s for %s",
                                    missing.count == 1 ? "a clause" : "clauses", builder_string(&names));
    add_label(inference->diagnostics, diagnostic, handler->effect->span, "the effect is declared here");
    hint_clauses(inference, diagnostic, &missing);
}

// The effect that the row of what is handled names alone, or NULL: it has none, or several.
static Effect *find_only_effect(Inference *inference, Type *type) {
    RowView view;
    type = resolve_type(type);
    if (type->kind != TYPE_COMPUTATION || !view_row(&inference->unifier, type->right, &view)) return NULL;
    return view.effects.count == 1 ? (Effect *)view.effects.items[0]->effect : NULL;
}

// No clause tells what effect is handled.
static void report_no_operation(Inference *inference, Handler *handler) {
    const Expression *expression = handler->expression;
    size_t errors = inference->diagnostics->error_count;
    CoreExpression *node = infer(inference, expression->first, NULL);
    if (errors || inference->diagnostics->error_count > errors) return;
    handler->effect = find_only_effect(inference, node->type);
    if (handler->effect) {
        handler->arguments = fresh_arguments(inference, &handler->effect->parameters, expression->span);
        handle_row(inference, handler, resolve_type(node->type)->right, node->span);
        report_missing_clauses(inference, handler);
        return;
    }
    Diagnostic *diagnostic = report(inference->diagnostics, E0510, expression->span, "this handler has no clause for an operation");
    add_hint(inference->diagnostics, diagnostic, "a clause names the operation that it answers: `| Store.get key -> ret value`");
}

// A clause of another effect is reported; that this effect is not handled then is no news.
static bool has_foreign_clause(const Expression *expression, const Effect *effect) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const Meaning *meaning = expression->handler_clauses.items[i].operation.meaning;
        if (meaning && meaning->kind == MEANING_OPERATION && meaning->operation->effect != effect) return true;
    }
    return false;
}

static bool has_return_clause(const Expression *expression) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        if (expression->handler_clauses.items[i].is_return) return true;
    }
    return false;
}

// A node that runs now.
CoreExpression *infer_handle(Inference *inference, const Expression *expression, Type *answer, Type *row) {
    Handler handler = {.expression = expression, .effect = find_effect(expression), .result = answer, .row = row};
    handler.node = core_node(inference->arena, CORE_HANDLE, answer, expression->span);
    if (!handler.effect) {
        report_no_operation(inference, &handler);
        return handler.node;
    }
    if (has_foreign_clause(expression, handler.effect)) handler.row = row = fresh_row(inference);
    handler.node->effect = handler.effect;
    handler.arguments = fresh_arguments(inference, &handler.effect->parameters, expression->span);
    for (size_t i = 0; i < handler.arguments.count; i++) vector_push(inference->arena, &handler.node->type_arguments, handler.arguments.items[i]);
    vector_push(inference->arena, &handler.node->type_arguments, row);
    Type *handled = infer_handled(inference, &handler);
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const HandlerClause *clause = &expression->handler_clauses.items[i];
        if (clause->is_return) infer_return(inference, &handler, clause, handled);
        else infer_operation(inference, &handler, clause);
    }
    if (!has_return_clause(expression) && !has_unknown_clause(expression) && !unify(&inference->unifier, handled, answer)) {
        Span span = expression->first ? expression->first->span : expression->span;
        report_failure(inference, span, handled, answer, (Reason){REASON_HANDLER, expression->span, NULL, 2, NULL}, expression->first);
    }
    report_missing_clauses(inference, &handler);
    return handler.node;
}
