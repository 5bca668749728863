#ifndef FX_CORE_COUNT_H
#define FX_CORE_COUNT_H
// The rooms of count: count.c (the pass), count_path.c (dup and drop along a path), operands.c (what a step borrows and takes), drop.c (where
// an object dies), reuse.c (tokens), borrow.c (parameters that are only read).

#include "../fx.h"
#include "expression.h"

// What is known of a counted variable while the function it stands in is counted.
typedef struct Ownership {
    CoreVariable *owner;             // the object it is a field of; NULL: it holds a reference of its own
    const Constructor *constructor;  // in the arm at hand; NULL when not known
    CoreVariables *fields;           // of that arm
    unsigned stamp;                  // of the set that it is in
    bool is_static;                  // borrowed from the caller or a global: never dies here
} Ownership;

// Variables that are needed later.
typedef struct LiveSet {
    CoreVariables variables;
} LiveSet;

typedef struct PathCounter {
    Compilation *compilation;
    Arena *arena;
    CoreProgram *program;
    Numbered ownership;  // by a variable's id: Ownership
    Numbered entries;    // by a label's id: LiveSet at the start of its code
    unsigned stamp;      // of the set at hand
    unsigned last_stamp;
    CoreVariables live;  // of the set at hand, and perhaps more
    Symbol global_name, answer_name, token_name;
} PathCounter;

Ownership *ownership_of(PathCounter *counter, const CoreVariable *variable);

// ---- the set at hand ----
void start_live(PathCounter *counter, const LiveSet *set); // NULL: empty
bool is_live(PathCounter *counter, const CoreVariable *variable);
void add_live(PathCounter *counter, CoreVariable *variable);
void remove_live(PathCounter *counter, const CoreVariable *variable);
LiveSet finish_live(PathCounter *counter);

// ---- count_path.c ----
// The code of a function whose parameters (and captured variables) are bound.
CoreExpression *count_function(PathCounter *counter, const CoreVariables *parameters, const CoreVariables *captured, CoreExpression *code);

// ---- operands.c ----
typedef struct Operand {
    CoreVariable *variable;
    unsigned borrowed, taken; // how often
} Operand;
typedef Vector(Operand) Operands;
// What a step reads; of JUMP too.
Operands find_operands(PathCounter *counter, const CoreExpression *step);
// How the ith argument of a call of `callee` is passed: taken or borrowed.
bool takes_argument(const CoreExpression *callee, size_t index);
bool perform_takes(const CoreExpression *perform);
bool primitive_takes(Primitive primitive);
// Free locals of a LAMBDA or DELAY: uncounted ones first.
CoreVariables find_captured(Arena *arena, CoreExpression *closure);

// ---- drop.c ----
// Whether something keeps the variable alive, other than itself: an owner in the set at hand, or in `also`; or it is borrowed from outside.
bool is_protected(PathCounter *counter, const CoreVariable *variable, const Operands *also);
CoreExpression *add_dup(PathCounter *counter, CoreVariable *variable, CoreExpression *rest);
// `rest`, whose start has the set at hand, with the deaths of the variables before it: fields needed later are dup'ed first.
CoreExpression *add_deaths(PathCounter *counter, const CoreVariables *dead, CoreExpression *rest);
// Dups for the fields of a variable that is taken, which are needed later.
CoreExpression *add_rescues(PathCounter *counter, const CoreVariable *taken, CoreExpression *rest);

// ---- reuse.c ----
// Whether some path of `rest` constructs an object of so many fields before anything can wait.
bool can_reuse(const CoreExpression *rest, size_t fields);
// Lets those constructors take the token; frees it on the other paths.
void place_token(PathCounter *counter, CoreExpression **rest, CoreVariable *token, size_t fields);
bool step_can_wait(const CoreExpression *step);

// ---- borrow.c ----
// Sets is_borrowed of parameters of definitions and labels.
void infer_borrowing(Compilation *compilation, CoreProgram *program);

#endif
