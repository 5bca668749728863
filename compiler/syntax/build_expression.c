// Expressions.

#include "grammar.h"

#include <string.h>

Expression *new_named(Grammar *grammar, ExpressionKind kind, const Token *token) {
    Expression *expression = new_expression(grammar, kind, token_at(grammar, token));
    expression->name = new_name(grammar, token);
    return expression;
}

Expression *new_literal(Grammar *grammar, const Token *token) {
    Expression *expression = new_expression(grammar, EXPRESSION_INT, token_at(grammar, token));
    expression->text = (Text){grammar->source->text.bytes + token->start, token->end - token->start};
    switch (token->kind) {
    case TOKEN_FLOAT:
        expression->kind = EXPRESSION_FLOAT;
        expression->float_value = token->value.real;
        break;
    case TOKEN_STRING:
        expression->kind = EXPRESSION_STRING;
        expression->text = token_text(grammar->source, token);
        break;
    case TOKEN_CHAR:
        expression->kind = EXPRESSION_CHAR;
        expression->int_value = token->value.number;
        break;
    default: expression->int_value = token->value.number; break;
    }
    return expression;
}

// ---- texts with interpolation ----

static void add_piece(Grammar *grammar, Expressions *items, const Token *piece) {
    Text text = token_text(grammar->source, piece);
    if (!text.length) return;
    Expression *string = new_expression(grammar, EXPRESSION_STRING, token_at(grammar, piece));
    string->text = text;
    vector_push(grammar->arena, items, string);
}

void add_interpolated(Grammar *grammar, Expressions *items, const Token *piece, Expression *expression) {
    add_piece(grammar, items, piece);
    vector_push(grammar->arena, items, expression);
}

Expression *new_interpolation(Grammar *grammar, const Token *start, Expression *first, Expressions rest, const Token *end) {
    Expressions items = {0};
    add_interpolated(grammar, &items, start, first);
    for (size_t i = 0; i < rest.count; i++) vector_push(grammar->arena, &items, rest.items[i]);
    add_piece(grammar, &items, end);
    return new_list(grammar, EXPRESSION_INTERPOLATION, between(grammar, start, end), items);
}

// ---- tuples, lists, records ----

Expression *new_list(Grammar *grammar, ExpressionKind kind, Span span, Expressions items) {
    Expression *expression = new_expression(grammar, kind, span);
    expression->items = items;
    for (size_t i = 0; i < items.count; i++) hold_expression(grammar, expression, items.items[i]);
    return expression;
}

FieldValue new_field(Grammar *grammar, const Token *name, Expression *value) {
    if (!value) {
        value = new_named(grammar, EXPRESSION_VARIABLE, name);
        value->name.qualifier = NULL;
    }
    return (FieldValue){new_name(grammar, name), value};
}

Expression *new_record(Grammar *grammar, Span span, Expression *updated, FieldValues fields) {
    Expression *expression = new_expression(grammar, updated ? EXPRESSION_UPDATE : EXPRESSION_RECORD, span);
    expression->first = updated;
    expression->fields = fields;
    hold_expression(grammar, expression, updated);
    for (size_t i = 0; i < fields.count; i++) hold_expression(grammar, expression, fields.items[i].value);
    return expression;
}

Expression *new_field_access(Grammar *grammar, Expression *record, const Token *name) {
    Expression *expression = new_expression(grammar, EXPRESSION_FIELD, span_join(record->span, token_at(grammar, name)));
    expression->first = record;
    expression->name = new_name(grammar, name);
    hold_expression(grammar, expression, record);
    return expression;
}

// ---- application and operators ----

Expression *new_application(Grammar *grammar, Expression *function, Expressions arguments) {
    Span span = span_join(function->span, arguments.items[arguments.count - 1]->span);
    Expression *expression = new_list(grammar, EXPRESSION_APPLY, span, arguments);
    expression->first = function;
    hold_expression(grammar, expression, function);
    return expression;
}

Expression *new_binary(Grammar *grammar, Expression *left, const Token *operator, Expression *right) {
    Expression *expression = new_expression(grammar, EXPRESSION_BINARY, span_join(left->span, right->span));
    expression->operator = (Operator)(operator->kind - TOKEN_PIPE_LEFT + OPERATOR_PIPE_LEFT);
    expression->operator_span = token_at(grammar, operator);
    expression->first = left;
    expression->second = right;
    hold_expression(grammar, expression, left);
    hold_expression(grammar, expression, right);
    return expression;
}

static bool is_bare_number(const Grammar *grammar, const Expression *operand) {
    bool is_number = operand->kind == EXPRESSION_INT || operand->kind == EXPRESSION_FLOAT;
    char first = grammar->source->text.bytes[operand->span.start];
    return is_number && first >= '0' && first <= '9';
}

// A minus before a literal is the literal's own.
Expression *new_negation(Grammar *grammar, const Token *minus, Expression *operand) {
    Span span = span_join(token_at(grammar, minus), operand->span);
    if (is_bare_number(grammar, operand)) {
        if (operand->int_value != INT64_MIN) operand->int_value = -operand->int_value;
        operand->float_value = -operand->float_value;
        operand->span = span;
        operand->text = (Text){grammar->source->text.bytes + span.start, span.end - span.start};
        return operand;
    }
    Expression *expression = new_expression(grammar, EXPRESSION_NEGATE, span);
    expression->first = operand;
    hold_expression(grammar, expression, operand);
    return expression;
}

Expression *new_annotated(Grammar *grammar, Span span, Expression *inner, TypeSyntax *type) {
    Expression *expression = new_expression(grammar, EXPRESSION_ANNOTATED, span);
    expression->first = inner;
    expression->type = type;
    hold_expression(grammar, expression, inner);
    return expression;
}

// ---- functions and branches ----

Expression *new_function(Grammar *grammar, const Token *fun, Patterns patterns, Expression *body) {
    Expression *expression = new_expression(grammar, EXPRESSION_FUNCTION, span_join(token_at(grammar, fun), body->span));
    expression->patterns = patterns;
    expression->body = body;
    hold_expression(grammar, expression, body);
    return expression;
}

Expression *new_if(Grammar *grammar, const Token *word, Expression *condition, Expression *then, Expression *otherwise) {
    Span span = span_join(token_at(grammar, word), (otherwise ? otherwise : then)->span);
    Expression *expression = new_expression(grammar, EXPRESSION_IF, span);
    expression->first = condition;
    expression->second = then;
    expression->third = otherwise;
    hold_expression(grammar, expression, condition);
    hold_expression(grammar, expression, then);
    hold_expression(grammar, expression, otherwise);
    return expression;
}

Clause new_clause(Grammar *grammar, Pattern *pattern, Expression *guard, Expression *body) {
    (void)grammar;
    return (Clause){pattern, guard, body, guard ? span_join(pattern->span, guard->span) : pattern->span};
}

Expression *new_match(Grammar *grammar, const Token *word, Expression *scrutinee, Clauses clauses) {
    Span span = span_join(token_at(grammar, word), clauses.items[clauses.count - 1].body->span);
    Expression *expression = new_expression(grammar, EXPRESSION_MATCH, span);
    expression->bang = word->kind == TOKEN_MATCH_BANG;
    expression->first = scrutinee;
    expression->clauses = clauses;
    hold_expression(grammar, expression, scrutinee);
    for (size_t i = 0; i < clauses.count; i++) {
        hold_expression(grammar, expression, clauses.items[i].guard);
        hold_expression(grammar, expression, clauses.items[i].body);
    }
    return expression;
}

HandlerClause new_handler_clause(Grammar *grammar, const Token *control, const Token *name, Patterns parameters, Expression *body) {
    HandlerClause clause = {.operation = new_name(grammar, name), .parameters = parameters, .body = body};
    clause.is_control = control != NULL;
    clause.is_return = !control && !clause.operation.qualifier && clause.operation.name == symbol_of(grammar->symbols, "ret");
    clause.span = control ? between(grammar, control, name) : token_at(grammar, name);
    if (parameters.count) clause.span = span_join(clause.span, parameters.items[parameters.count - 1]->span);
    return clause;
}

Expression *new_handle(Grammar *grammar, const Token *word, Expression *handled, HandlerClauses clauses) {
    Span span = span_join(token_at(grammar, word), clauses.items[clauses.count - 1].body->span);
    Expression *expression = new_expression(grammar, EXPRESSION_HANDLE, span);
    expression->first = handled;
    expression->handler_clauses = clauses;
    hold_expression(grammar, expression, handled);
    for (size_t i = 0; i < clauses.count; i++) hold_expression(grammar, expression, clauses.items[i].body);
    return expression;
}

// ---- blocks ----

// `let rec f`, `let mutable x`: words of F# and OCaml that fx reads as the name of a function.
// Answers whether it was one, and then the pattern behind it is what is named.
static bool check_binding_word(Grammar *grammar, const Token *name, const Patterns *parameters) {
    if (!parameters->count) return false;
    Symbols *symbols = grammar->symbols;
    Symbol word = name->value.name;
    bool is_rec = word == symbol_of(symbols, "rec"), is_mutable = word == symbol_of(symbols, "mutable") || word == symbol_of(symbols, "mut");
    if (!is_rec && !is_mutable) return false;
    if (!may_report_in(grammar)) return true;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0216, token_at(grammar, name), "fx has no `%s`", name->value.name);
    if (is_rec) add_hint(grammar->diagnostics, diagnostic, "delete it: every function may call itself");
    else add_hint(grammar->diagnostics, diagnostic, "a name keeps its value; what changes is a `cell`");
    return true;
}

Binding new_binding(Grammar *grammar, const Token *name, Pattern *pattern, Patterns parameters, TypeSyntax *type, Expression *value) {
    if (name) {
        bool is_word = check_binding_word(grammar, name, &parameters);
        pattern = is_word ? parameters.items[0] : new_named_pattern(grammar, PATTERN_VARIABLE, name);
        if (is_word) parameters.items++, parameters.count--;
    }
    Span span = pattern->span;
    if (parameters.count) span = span_join(span, parameters.items[parameters.count - 1]->span);
    if (type) span = span_join(span, type->span);
    return (Binding){pattern, parameters, type, value, span};
}

Expression *new_let(Grammar *grammar, const Token *word, Bindings bindings) {
    ExpressionKind kind = word->kind == TOKEN_LET ? EXPRESSION_LET : EXPRESSION_LET_BANG;
    Span span = span_join(token_at(grammar, word), bindings.items[bindings.count - 1].value->span);
    Expression *expression = new_expression(grammar, kind, span);
    expression->bindings = bindings;
    bindings.items[0].span.start = span.start;
    for (size_t i = 0; i < bindings.count; i++) hold_expression(grammar, expression, bindings.items[i].value);
    return expression;
}

Expression *new_do(Grammar *grammar, const Token *word, Expression *computation) {
    Expression *expression = new_expression(grammar, EXPRESSION_DO, span_join(token_at(grammar, word), computation->span));
    expression->first = computation;
    hold_expression(grammar, expression, computation);
    return expression;
}

Expression *finish_let(Grammar *grammar, Expression *let, Expression *body) {
    let->span = span_join(let->span, body->span);
    hold_body(grammar, let, body);
    return let;
}

static bool is_let(const Expression *item) { return item->kind == EXPRESSION_LET || item->kind == EXPRESSION_LET_BANG; }

// The first argument of the value that stands on a line of its own, or NULL.
static const Expression *find_lower_argument(const Expression *value) {
    if (!value || value->kind != EXPRESSION_APPLY) return NULL;
    Span before = value->first->span;
    for (size_t i = 0; i < value->items.count; i++) {
        Span span = value->items.items[i]->span;
        if (span.start > before.end && memchr(span.source->text.bytes + before.end, '\n', span.start - before.end)) return value->items.items[i];
        before = span;
    }
    return NULL;
}

static void report_let_without_body(Grammar *grammar, const Expression *let) {
    if (!may_report_in(grammar)) return;
    const char *word = let->kind == EXPRESSION_LET ? "let" : "let!";
    Diagnostic *diagnostic = report(grammar->diagnostics, E0203, let->bindings.items[0].span, "this `%s` ends its block, so the block has no value", word);
    static const char *const value = "after it, write the value of the block, in the column of `let`";
    static const char *const answer = "after it, write what the block answers, such as `ret ()`; "
                                      "to run a computation whose answer is (), write `do!`";
    const Expression *lower = find_lower_argument(let->bindings.items[0].value);
    if (lower) add_label(grammar->diagnostics, diagnostic, lower->span, "this line is deeper than `%s`, and goes on with its value", word);
    if (lower) add_hint(grammar->diagnostics, diagnostic, "if it is the next item of the block, put it in the column of `%s`", word);
    else add_hint(grammar->diagnostics, diagnostic, "%s", let->kind == EXPRESSION_LET ? value : answer);
}

// One item with the rest of its block.
static Expression *chain_item(Grammar *grammar, Expression *item, Expression *rest) {
    bool is_open = item->body == NULL && (is_let(item) || item->kind == EXPRESSION_DO);
    if (is_open) return finish_let(grammar, item, rest);
    Expression *sequence = new_expression(grammar, EXPRESSION_SEQUENCE, item->span);
    sequence->first = item;
    hold_expression(grammar, sequence, item);
    return finish_let(grammar, sequence, rest);
}

Expression *new_block(Grammar *grammar, Expressions items) {
    Expression *block = items.items[items.count - 1];
    if (is_let(block) && !block->body) {
        report_let_without_body(grammar, block);
        block = finish_let(grammar, block, new_expression(grammar, EXPRESSION_ERROR, block->span));
    }
    for (size_t i = items.count - 1; i-- > 0;) block = chain_item(grammar, items.items[i], block);
    return block;
}
