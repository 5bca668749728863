#ifndef FX_TYPES_APPLY_H
#define FX_TYPES_APPLY_H
// Inside apply.c, argument_error.c and argument_order.c: a call, and what is said of arguments that do not fit.

#include "infer.h"

// What is applied. A constructor, an operation or a built-in value has no node of its own: it needs all its arguments, and is a
// function that waits for them otherwise.
typedef struct Callee {
    Meaning *meaning;      // NULL: any expression
    CoreExpression *node;  // NULL for constructors, operations, built-in values
    Type *type;
    unsigned arity;        // when node is NULL
    Types type_arguments;  // OPERATION
    Span span;
    const char *name;      // as written, or NULL
    bool is_literal;       // a number, a text, a list: no function by any means
} Callee;

// An argument: an expression to check, or (of a pipe) a node that is there already.
typedef struct Argument {
    const Expression *expression;
    CoreExpression *node;
} Argument;
typedef Vector(Argument) Arguments;

// The arguments of a call as they are checked.
typedef struct Checked {
    const Callee *callee;
    const Arguments *arguments;
    Types parameters;
    Types actual;          // what each argument is, NULL where that is not known apart from the parameter
    CoreExpressions items; // NULL before it is checked; an error where it does not fit
    bool has_unknown;      // an argument is in error by itself
    size_t mark;           // of the diagnostics before any was checked
} Checked;

/* apply.c */
Type *function_of(Inference *inference, const Types *parameters, Type *result);

/* argument_error.c */
bool argument_failed(const Checked *checked, size_t index);
size_t count_failed_arguments(const Checked *checked);
Span span_of_argument(const Checked *checked, size_t index);
void withdraw_failed(Inference *inference, const Checked *checked);
// `add 1 2`, where add takes one pair.
bool takes_tuple(Inference *inference, const Checked *checked);
// There are more arguments than parameters; `rest` is what the call answers before the first extra one.
CoreExpression *report_too_many(Inference *inference, const Checked *checked, Type *rest);
// Where several arguments of one call do not fit, that is told once.
void join_failed(Inference *inference, const Checked *checked);
// Where one argument was told to be of another type: whether a tuple stands where its parts are wanted, or no function where one is.
void hint_argument(Inference *inference, const Checked *checked, Type *rest);

/* argument_order.c */
// Tells that the arguments fit in another order in place of what was told of them.
bool tell_order(Inference *inference, const Checked *checked);
// The argument from which on the extra ones fit as a call of their own.
bool find_inner_call(Inference *inference, const Checked *checked, const Types *extra, size_t *first);
// Whether an argument has failed at a parameter whose type holds a type variable of the function's, as this parameter's does.
bool shares_failed_type(const Checked *checked, size_t index);
// The type that what is applied was declared with, where it has one; else the type it has here.
Type *declared_type(Inference *inference, const Callee *callee);
// How many parameters the function is declared with; SIZE_MAX when that is not known. What it answers may be a function, too.
size_t declared_arity(Inference *inference, const Callee *callee);
// Whether the type of what the call answers was found by means of the arguments.
bool depends_on_arguments(Inference *inference, const Checked *checked);

#endif
