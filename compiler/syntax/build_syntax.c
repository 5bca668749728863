// Types and patterns, and what all nodes need.

#include "grammar.h"

Span token_at(const Grammar *grammar, const Token *token) { return token_span(grammar->source, token); }

Span between(const Grammar *grammar, const Token *first, const Token *last) {
    return (Span){grammar->source, first->start, last->end};
}

Name new_name(const Grammar *grammar, const Token *token) {
    Name name = {.name = token->value.name, .span = token_at(grammar, token)};
    if (token->kind == TOKEN_QUALIFIED_LOWER || token->kind == TOKEN_QUALIFIED_UPPER) {
        const char *bytes = grammar->source->text.bytes;
        uint32_t dot = token->end - 1;
        while (bytes[dot] != '.') dot--;
        name.qualifier = symbol_of_text(grammar->symbols, (Text){bytes + token->start, dot - token->start});
    }
    return name;
}

bool may_report_in(Grammar *grammar) {
    bool first = !grammar->quiet;
    grammar->quiet = true;
    return first;
}

// Whether a tree of this depth is too deep; said once.
static bool too_deep(Grammar *grammar, uint32_t depth, Span span) {
    if (depth <= SYNTAX_DEPTH_LIMIT) return false;
    if (!may_report_in(grammar)) return true;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0115, span, "more than %d expressions, patterns or types stand here, one in another",
                                    (int)SYNTAX_DEPTH_LIMIT);
    add_hint(grammar->diagnostics, diagnostic, "give the inner parts names with `let`, or build the value in a loop");
    return true;
}

static uint32_t deeper(uint32_t left, uint32_t right) { return left > right ? left : right; }

// ---- types ----

TypeSyntax *new_type(Grammar *grammar, TypeSyntaxKind kind, Span span) {
    TypeSyntax *type = NEW(grammar->arena, TypeSyntax);
    type->kind = kind;
    type->span = span;
    type->depth = 1;
    return type;
}

static void hold_types(Grammar *grammar, TypeSyntax *type, TypeSyntaxes items) {
    for (size_t i = 0; i < items.count; i++) type->depth = deeper(type->depth, items.items[i]->depth + 1);
    type->arguments = items;
    if (items.count) type->span = span_join(type->span, items.items[items.count - 1]->span);
    if (!too_deep(grammar, type->depth, type->span)) return;
    type->arguments = (TypeSyntaxes){0};
    type->depth = 1;
}

TypeSyntax *new_type_name(Grammar *grammar, const Token *token, TypeSyntaxes arguments) {
    TypeSyntax *type = new_type(grammar, TYPE_SYNTAX_NAME, token_at(grammar, token));
    type->name = new_name(grammar, token);
    hold_types(grammar, type, arguments);
    return type;
}

TypeSyntax *new_type_pair(Grammar *grammar, TypeSyntaxKind kind, TypeSyntax *left, TypeSyntax *right) {
    uint32_t depth = deeper(left->depth, right->depth) + 1;
    if (too_deep(grammar, depth, left->span)) return left;
    TypeSyntax *type = new_type(grammar, kind, span_join(left->span, right->span));
    type->left = left;
    type->right = right;
    type->depth = depth;
    return type;
}

TypeSyntax *new_type_list(Grammar *grammar, TypeSyntaxKind kind, Span span, TypeSyntaxes items, TypeSyntax *tail) {
    TypeSyntax *type = new_type(grammar, kind, span);
    hold_types(grammar, type, items);
    type->span = span;
    type->right = tail;
    return type;
}

// ---- patterns ----

Pattern *new_pattern(Grammar *grammar, PatternKind kind, Span span) {
    Pattern *pattern = NEW(grammar->arena, Pattern);
    pattern->kind = kind;
    pattern->span = span;
    pattern->depth = 1;
    return pattern;
}

static Pattern *hold_patterns(Grammar *grammar, Pattern *pattern, Patterns items) {
    for (size_t i = 0; i < items.count; i++) pattern->depth = deeper(pattern->depth, items.items[i]->depth + 1);
    if (too_deep(grammar, pattern->depth, pattern->span)) return new_pattern(grammar, PATTERN_ERROR, pattern->span);
    pattern->items = items;
    return pattern;
}

Pattern *new_named_pattern(Grammar *grammar, PatternKind kind, const Token *token) {
    Pattern *pattern = new_pattern(grammar, kind, token_at(grammar, token));
    pattern->name = new_name(grammar, token);
    return pattern;
}

Pattern *new_literal_pattern(Grammar *grammar, const Token *minus, const Token *token) {
    Pattern *pattern = new_pattern(grammar, PATTERN_INT, between(grammar, minus ? minus : token, token));
    switch (token->kind) {
    case TOKEN_FLOAT:
        pattern->kind = PATTERN_FLOAT;
        pattern->float_value = minus ? -token->value.real : token->value.real;
        break;
    case TOKEN_CHAR: pattern->kind = PATTERN_CHAR; break;
    case TOKEN_STRING:
        pattern->kind = PATTERN_STRING;
        pattern->text = token_text(grammar->source, token);
        break;
    default: break;
    }
    if (token->kind == TOKEN_INT || token->kind == TOKEN_CHAR) {
        // INT64_MIN stands for its own negation.
        pattern->int_value = minus && token->value.number != INT64_MIN ? -token->value.number : token->value.number;
    }
    return pattern;
}

Pattern *new_constructor_pattern(Grammar *grammar, const Token *token, Patterns arguments) {
    Pattern *pattern = new_named_pattern(grammar, PATTERN_CONSTRUCTOR, token);
    if (arguments.count) pattern->span = span_join(pattern->span, arguments.items[arguments.count - 1]->span);
    return hold_patterns(grammar, pattern, arguments);
}

static Patterns pattern_pair(Grammar *grammar, Pattern *left, Pattern *right) {
    Patterns items = {0};
    vector_push(grammar->arena, &items, left);
    if (right) vector_push(grammar->arena, &items, right);
    return items;
}

Pattern *new_cons_pattern(Grammar *grammar, Pattern *head, const Token *operator, Pattern *tail) {
    Pattern *pattern = new_pattern(grammar, PATTERN_CONSTRUCTOR, span_join(head->span, tail->span));
    pattern->name = (Name){.name = symbol_of(grammar->symbols, "::"), .span = token_at(grammar, operator)};
    return hold_patterns(grammar, pattern, pattern_pair(grammar, head, tail));
}

Pattern *new_pattern_pair(Grammar *grammar, PatternKind kind, Pattern *left, Pattern *right) {
    Pattern *pattern = new_pattern(grammar, kind, span_join(left->span, right->span));
    return hold_patterns(grammar, pattern, pattern_pair(grammar, left, right));
}

Pattern *new_as_pattern(Grammar *grammar, Pattern *inner, const Token *name) {
    Pattern *pattern = new_pattern(grammar, PATTERN_AS, span_join(inner->span, token_at(grammar, name)));
    pattern->name = new_name(grammar, name);
    return hold_patterns(grammar, pattern, pattern_pair(grammar, inner, NULL));
}

Pattern *new_annotated_pattern(Grammar *grammar, Span span, Pattern *inner, TypeSyntax *type) {
    Pattern *pattern = new_pattern(grammar, PATTERN_ANNOTATED, span);
    pattern->type = type;
    return hold_patterns(grammar, pattern, pattern_pair(grammar, inner, NULL));
}

Pattern *new_pattern_list(Grammar *grammar, PatternKind kind, Span span, Patterns items) {
    return hold_patterns(grammar, new_pattern(grammar, kind, span), items);
}

Pattern *new_record_pattern(Grammar *grammar, Span span, FieldPatterns fields) {
    Pattern *pattern = new_pattern(grammar, PATTERN_RECORD, span);
    for (size_t i = 0; i < fields.count; i++) pattern->depth = deeper(pattern->depth, fields.items[i].pattern->depth + 1);
    if (too_deep(grammar, pattern->depth, span)) return new_pattern(grammar, PATTERN_ERROR, span);
    pattern->fields = fields;
    return pattern;
}

// ---- the depth and height of expressions ----

Expression *new_expression(Grammar *grammar, ExpressionKind kind, Span span) {
    Expression *expression = NEW(grammar->arena, Expression);
    expression->kind = kind;
    expression->span = span;
    expression->depth = expression->height = 1;
    return expression;
}

static void become_error(Expression *expression) {
    *expression = (Expression){.kind = EXPRESSION_ERROR, .span = expression->span, .depth = 1, .height = 1};
}

// Whether blocks have too many items, one block in another; said once.
static bool too_high(Grammar *grammar, const Expression *expression) {
    if (expression->height <= SYNTAX_HEIGHT_LIMIT) return false;
    if (!may_report_in(grammar)) return true;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0115, expression->span, "more than %d items follow one another in this block",
                                    (int)SYNTAX_HEIGHT_LIMIT);
    add_hint(grammar->diagnostics, diagnostic, "divide it into functions, or put what differs into a list and go through that");
    return true;
}

void hold_expression(Grammar *grammar, Expression *expression, const Expression *part) {
    if (!part) return;
    expression->depth = deeper(expression->depth, part->depth + 1);
    expression->height = deeper(expression->height, part->height + 1);
    if (too_deep(grammar, expression->depth, expression->span) || too_high(grammar, expression)) become_error(expression);
}

void hold_body(Grammar *grammar, Expression *expression, Expression *body) {
    expression->body = body;
    expression->depth = deeper(expression->depth, body->depth);
    expression->height = deeper(expression->height, body->height + 1);
    if (too_high(grammar, expression)) become_error(expression);
}
