#ifndef FX_SYNTAX_PRINT_SYNTAX_H
#define FX_SYNTAX_PRINT_SYNTAX_H
// What print_syntax.c and print_expression.c share; nobody else includes it.

#include "syntax.h"

// A new line, and `indent` blanks.
void print_line(Builder *builder, unsigned indent);
// A text with its quotes and escapes.
void print_quoted(Builder *builder, Text text);
// The items of a block on lines of their own.
void print_block(Builder *builder, const Expression *block, unsigned indent);
// One expression where no block may stand; `indent` is the column of the line less one.
void print_operand(Builder *builder, const Expression *expression, unsigned indent);
// The head, `=` and the value; `indent` is the column of `let` less one.
void print_binding(Builder *builder, const Binding *binding, unsigned indent);
void print_parameters(Builder *builder, const Patterns *parameters);
void print_atomic_type(Builder *builder, const TypeSyntax *type);

#endif
