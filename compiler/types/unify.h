#ifndef FX_TYPES_UNIFY_H
#define FX_TYPES_UNIFY_H
// Inference variables and their solving: types (unify.c), rows as sets (rows.c), the built-in constraints (constraint.c).

#include "type.h"

// Solved by unification; while unsolved, quantified by the let whose level is below its own (Rémy's levels).
struct Unknown {
    Type *solution; // NULL: not yet
    unsigned level;
    Kind kind;
    unsigned constraints; // what the solution must offer; KIND_TYPE only
    Span constraint_span; // where the last of them was asked for
    unsigned letter;      // in messages
};

typedef enum {
    FAILURE_NONE,
    FAILURE_MISMATCH,      // left and right differ
    FAILURE_INFINITE,      // left would hold itself
    FAILURE_CONSTRAINT,    // left does not offer `constraint`, because of `culprit` inside it
    FAILURE_EFFECT,        // the row `right` is closed and lacks `effect`
    FAILURE_ROW_VARIABLE,  // the row `right` lacks the row variable `parameter`
    FAILURE_TWO_VARIABLES, // a row would hold two row variables: `parameter` and what `right` has
    FAILURE_TWO_ARGUMENTS, // one effect with two different arguments: left and right, rows
    FAILURE_ESCAPE,        // `parameter` would leave the binding whose annotation names it
} FailureKind;

// Why the last unification failed; left and right are the innermost parts that differ.
typedef struct Failure {
    FailureKind kind;
    Type *left;
    Type *right;
    Effect *effect;
    TypeParameter *parameter;
    Constraint constraint;
    Span constraint_span;
    Type *culprit;            // the function, computation, extern or other type in the way
    Constructor *constructor; // whose field holds it, or NULL
} Failure;

typedef struct Unifier {
    Arena *arena;
    const Builtins *builtins;
    unsigned level;       // of the let being inferred; 0 is the outermost
    bool reversed;        // the left side is what was expected, for messages
    Failure failure;
} Unifier;

/* unify.c */
Type *new_unknown(Unifier *unifier, Kind kind);
// Makes both equal. On failure answers false and fills unifier->failure; what was solved before the failure stays solved.
bool unify(Unifier *unifier, Type *actual, Type *expected);
bool unify_arguments(Unifier *unifier, const Types *left, const Types *right);
// Solves an unknown; `type` is resolved and another type.
bool solve_unknown(Unifier *unifier, Type *unknown, Type *type);
// For others' checks: records the failure and answers false.
bool fail_unify(Unifier *unifier, Failure failure);

/* rows.c */
// A row as a set. An element without an effect (see effect_row) stands for a row variable beside an unknown tail:
// {e, Log | u}, which a row variable's opening makes; none is left in core.
typedef struct RowView {
    Types effects;             // EFFECT nodes, each effect once
    TypeParameters parameters; // row variables within
    Type *tail;                // an unsolved unknown, or NULL: closed
    bool is_error;
} RowView;
// False when one effect has two arguments that differ.
bool view_row(Unifier *unifier, Type *row, RowView *view);
bool unify_rows(Unifier *unifier, Type *left, Type *right);
// The effects of a set in front of a tail (NULL: the view's own).
Type *build_row(Arena *arena, const RowView *view, Type *tail);
// A computation with a closed row, or a function that ends in one, with the row opened: it may stand where more is allowed.
// Answers `type` itself when there is nothing to open.
Type *open_type(Unifier *unifier, Type *type);
// The row without one effect.
Type *row_without(Unifier *unifier, Type *row, const Effect *effect);

/* constraint.c */
// A set of Constraint, asked for at `span`.
bool require_constraints(Unifier *unifier, Type *type, unsigned constraints, Span span);
// What an unknown that nothing determines becomes.
Type *default_type(Unifier *unifier, const Unknown *unknown);
// False for functions, computations and what only C knows. What a value holds may still be in the way.
bool has_structure(Type *type);
const char *constraint_name(Constraint constraint);

#endif
