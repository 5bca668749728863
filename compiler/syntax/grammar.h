#ifndef FX_SYNTAX_GRAMMAR_H
#define FX_SYNTAX_GRAMMAR_H
// What parse.y, the builders of nodes and the messages about the grammar share; nobody else includes it.

#include "syntax.h"
#include "token.h"

// The parse of one declaration.
typedef struct Grammar {
    Arena *arena;
    Symbols *symbols;
    Diagnostics *diagnostics;
    const Source *source;
    const TokenList *list;
    bool quiet;               // something was reported in this declaration
    bool is_nameless;         // it was told that this declaration has no name
    bool after_error;         // the declaration before failed
    Symbol signature;         // the name of the last declaration that was nothing but a type, which was reported, or NULL
    const Token *last;        // the last token of the rule being reduced is at or before it
    const Token *error;       // where the grammar failed, or NULL
    Declaration *declaration; // the outcome, or NULL
} Grammar;

// parse.y. Never NULL: without memory the process ends as in arena_allocate.
void *parser_create(void);
void parser_destroy(void *parser);
// Parses the slice; afterwards grammar->declaration or grammar->error is set. After an error the parser must be reset.
void parse_slice(void *parser, Grammar *grammar, const Token *tokens, size_t count);
void parser_reset(void *parser);
// Which tokens could have stood at tokens[count], for a slice whose first `count` tokens are in order.
void find_expected(const Token *tokens, size_t count, bool expected[TOKEN_KINDS]);

// syntax_error.c: reports what the grammar did not expect.
void report_syntax_error(Grammar *grammar, const Token *tokens, size_t count, const Token *error);
// declaration_mistakes.c: whether the word begins a declaration in another language.
bool begins_foreign_declaration(const Token *token);
// Of a function whose name was left out, so that its first parameter reads as a pattern with two types.
void report_nameless_let(Grammar *grammar, const Declaration *declaration);

// build_*.c: nodes. Names as in syntax.h.
Span token_at(const Grammar *grammar, const Token *token);
Span between(const Grammar *grammar, const Token *first, const Token *last);
Name new_name(const Grammar *grammar, const Token *token);
// Once for each declaration: what follows is most likely the same mistake.
bool may_report_in(Grammar *grammar);

TypeSyntax *new_type(Grammar *grammar, TypeSyntaxKind kind, Span span);
TypeSyntax *new_type_name(Grammar *grammar, const Token *token, TypeSyntaxes arguments);
TypeSyntax *new_type_pair(Grammar *grammar, TypeSyntaxKind kind, TypeSyntax *left, TypeSyntax *right);
TypeSyntax *new_type_list(Grammar *grammar, TypeSyntaxKind kind, Span span, TypeSyntaxes items, TypeSyntax *tail);

Pattern *new_pattern(Grammar *grammar, PatternKind kind, Span span);
Pattern *new_named_pattern(Grammar *grammar, PatternKind kind, const Token *token);
Pattern *new_literal_pattern(Grammar *grammar, const Token *minus, const Token *token);
Pattern *new_constructor_pattern(Grammar *grammar, const Token *token, Patterns arguments);
Pattern *new_cons_pattern(Grammar *grammar, Pattern *head, const Token *operator, Pattern *tail);
Pattern *new_pattern_pair(Grammar *grammar, PatternKind kind, Pattern *left, Pattern *right);
Pattern *new_as_pattern(Grammar *grammar, Pattern *pattern, const Token *name);
Pattern *new_annotated_pattern(Grammar *grammar, Span span, Pattern *pattern, TypeSyntax *type);
Pattern *new_pattern_list(Grammar *grammar, PatternKind kind, Span span, Patterns items);
Pattern *new_record_pattern(Grammar *grammar, Span span, FieldPatterns fields);

Expression *new_expression(Grammar *grammar, ExpressionKind kind, Span span);
Expression *new_named(Grammar *grammar, ExpressionKind kind, const Token *token);
Expression *new_literal(Grammar *grammar, const Token *token);
Expression *new_interpolation(Grammar *grammar, const Token *start, Expression *first, Expressions rest, const Token *end);
void add_interpolated(Grammar *grammar, Expressions *items, const Token *piece, Expression *expression);
Expression *new_list(Grammar *grammar, ExpressionKind kind, Span span, Expressions items);
Expression *new_record(Grammar *grammar, Span span, Expression *updated, FieldValues fields);
FieldValue new_field(Grammar *grammar, const Token *name, Expression *value);
Expression *new_field_access(Grammar *grammar, Expression *record, const Token *name);
Expression *new_application(Grammar *grammar, Expression *function, Expressions arguments);
Expression *new_binary(Grammar *grammar, Expression *left, const Token *operator, Expression *right);
Expression *new_negation(Grammar *grammar, const Token *minus, Expression *operand);
Expression *new_function(Grammar *grammar, const Token *fun, Patterns patterns, Expression *body);
Expression *new_if(Grammar *grammar, const Token *word, Expression *condition, Expression *then, Expression *otherwise);
Expression *new_match(Grammar *grammar, const Token *word, Expression *scrutinee, Clauses clauses);
Expression *new_handle(Grammar *grammar, const Token *word, Expression *handled, HandlerClauses clauses);
Expression *new_annotated(Grammar *grammar, Span span, Expression *expression, TypeSyntax *type);
// Makes the part a part: keeps depth and height, and turns the expression to an error when it is too deep or too high.
void hold_expression(Grammar *grammar, Expression *expression, const Expression *part);
// The same for the rest of a block behind one of its items: it is no deeper than the item.
void hold_body(Grammar *grammar, Expression *expression, Expression *body);
// Items of a block: without a body as yet.
Expression *new_let(Grammar *grammar, const Token *word, Bindings bindings);
Expression *new_do(Grammar *grammar, const Token *word, Expression *computation);
Expression *finish_let(Grammar *grammar, Expression *let, Expression *body);
// Chains the items of a block; the last one must be a value.
Expression *new_block(Grammar *grammar, Expressions items);
Binding new_binding(Grammar *grammar, const Token *name, Pattern *pattern, Patterns parameters, TypeSyntax *type, Expression *value);
Clause new_clause(Grammar *grammar, Pattern *pattern, Expression *guard, Expression *body);
HandlerClause new_handler_clause(Grammar *grammar, const Token *control, const Token *name, Patterns parameters, Expression *body);

Declaration *new_declaration(Grammar *grammar, DeclarationKind kind, const Token *first, const Token *name, const Token *last);
void set_external_symbol(Grammar *grammar, Declaration *declaration, const Token *wait, const Token *symbol);
OperationSyntax new_operation(Grammar *grammar, const Token *name, TypeSyntax *type, const Token *wait, const Token *symbol);
void check_operations(Grammar *grammar, const Declaration *declaration);
ConstructorSyntax new_constructor(Grammar *grammar, const Token *bar, const Token *name, TypeSyntaxes fields);
FieldSyntax new_record_field(Grammar *grammar, const Token *name, TypeSyntax *type);
Names import_path(Grammar *grammar, const Token *token);
Step *new_step(Grammar *grammar, StepKind kind, Span start);
Step *new_join_step(Grammar *grammar, const Token *word, Steps first, Steps others);

#endif
