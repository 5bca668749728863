#ifndef FX_CORE_CHECK_CORE_H
#define FX_CORE_CHECK_CORE_H
// The verifier's rooms: check_core.c (scope and shape), check_core_types.c, check_core_counts.c.

#include "expression.h"

typedef struct CoreChecker {
    Arena *arena;
    const CoreProgram *program;
    CoreStage stage;
    const CoreDefinition *definition; // the one being checked
    const char *problem;              // the first that was found
    Numbered in_scope;                // from id to the binder, while it is in scope
    Numbered seen;                    // from id to the binder, once it was met
    Vector(uint32_t) bound;           // ids in scope, innermost last
    Vector(CoreLabel *) labels;       // in scope, innermost last
} CoreChecker;

// Where an expression stands.
typedef struct CheckPlace {
    Type *row;          // what it may do; NULL: nothing
    size_t first_label; // labels from here on may be jumped to
    bool is_tail;       // its answer is that of the function
    bool is_run;        // it is what a FORCE runs
} CheckPlace;

void report_broken(CoreChecker *checker, const CoreExpression *node, const char *format, ...) __attribute__((format(printf, 3, 4)));

// check_core_types.c: the types of a node against those of its children.
void check_node_type(CoreChecker *checker, const CoreExpression *node, const CheckPlace *place);
// Whether a value of type `actual` may stand where `expected` is asked for.
bool type_fits(const CoreChecker *checker, Type *actual, Type *expected);

// check_core_counts.c: every reference of the definition is consumed exactly once on every path.
void check_counts(CoreChecker *checker, const CoreDefinition *definition);

#endif
