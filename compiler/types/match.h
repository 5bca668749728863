#ifndef FX_TYPES_MATCH_H
#define FX_TYPES_MATCH_H
// Inside match.c and coverage.c: what the search for a decision tree knows.

#include "infer.h"

enum { MATCH_LIMIT = 20000 }; // switches of one match

// A part of the scrutinee that must match a pattern (not MATCH_ANY).
typedef struct RowTest {
    CoreVariable *occurrence;
    MatchPattern *pattern;
} RowTest;
typedef struct RowBinding {
    CoreVariable *variable;
    CoreVariable *occurrence;
} RowBinding;
typedef struct Row {
    Vector(RowTest) tests;
    Vector(RowBinding) bindings;
    size_t clause;
} Row;
typedef Vector(Row *) Rows;

typedef struct Arm {
    Constructor *constructor;
    CoreExpression *literal;
    CoreVariables fields; // NULL where no row looks
    Rows rows;
} Arm;
typedef Vector(Arm *) Arms;

// A part of the scrutinee: bound by an arm, looked at by switches, named by patterns.
typedef struct PartVariable {
    CoreVariable variable; // must come first: an occurrence that is not the scrutinee is converted back
    CoreVariable **slot;   // where the arm binds it
    unsigned uses;         // by switches and by rows that reached a leaf
} PartVariable;

// What is known on the way to a place of the tree: the arm that was taken, or (arm NULL) those that were not.
typedef struct Fact {
    const CoreVariable *occurrence;
    const Arm *arm;
    const Arms *excluded;
} Fact;

// A label of the tree.
typedef struct MatchLabel {
    CoreLabel label;      // must come first: a jump's label is converted back
    CoreExpression *code; // what stands in the place of its only jump, or NULL
    bool is_clause;       // the code is a clause's: not a part of the tree
} MatchLabel;

// Rows that may be all that is left in several arms.
typedef struct Share {
    const Rows *rows;
    MatchLabel *label; // NULL: not met yet
    CoreExpression *code;
    unsigned uses;
} Share;

typedef struct MatchState {
    CoreVariables variables;
    MatchLabel *label;
    unsigned uses;
    const Row *only_row; // the row of the first use
} MatchState;

typedef struct Matcher {
    Inference *inference;
    Arena *arena;
    const MatchClauses *clauses;
    MatchState *states; // one for each clause
    CoreVariable *scrutinee;
    Type *result;
    Span span;
    Symbol part_name;
    Vector(Fact) facts;
    Vector(Share *) shares;
    Vector(const char *) missing; // the first values found that no clause covers
    size_t missing_count;
    size_t size;
    Table guards; // the switches on guards, each to its row
    bool restarts;
    bool is_quiet;
} Matcher;

/* match.c */
// Whether the second of two clauses can be reached.
bool is_second_reached(Matcher *matcher, const MatchClauses *two);

/* coverage.c */
MatchLabel *new_label(Matcher *matcher, const char *name, bool is_clause);
// The facts lead to a value that no clause covers.
void note_missing(Matcher *matcher);
// What is not covered, and clauses that are never reached.
void report_coverage(Matcher *matcher, MatchPurpose purpose);

#endif
