#ifndef FX_CPS_CPS_H
#define FX_CPS_CPS_H
// A program as C functions: counted core whose lambdas and delays have become functions of their own, each with its mode, and, where a
// function waits, the points at which it is left and entered again. docs/cps.md is the manual.
//
// The bodies are the core expressions themselves. Seen from a function, a LAMBDA or DELAY in its body only makes a closure of another function.

#include "../base/table.h"
#include "../core/core.h"

// How a function is called. The order is that of FX_PURE, FX_DIRECT, FX_WAITING in runtime/fx.h.
typedef enum {
    CPS_PURE,    // computes a value
    CPS_DIRECT,  // runs a computation that never waits: an ordinary C function
    CPS_WAITING, // runs a computation that may wait: answers fx_answer
} CpsMode;

// A variable that a frame keeps. A counted variable that the rest of the function consumes n times is kept n times; one that the rest
// only borrows, from an object kept beside it, is kept as a word.
typedef struct CpsSaved {
    CoreVariable *variable;
    bool is_counted;
} CpsSaved;

// A call that may wait and is not the function's last: where the function is left and entered again.
typedef struct CpsPoint {
    unsigned number; // from 1, in the order of the text
    const CoreExpression *call;
    Vector(CpsSaved) saved; // words first, counted ones last
} CpsPoint;

typedef struct CpsProgram CpsProgram;
typedef struct CpsFunction CpsFunction;
struct CpsFunction {
    CoreDefinition *definition; // whose code it is, or within which its closure stands
    CoreExpression *closure;    // the LAMBDA or DELAY whose code it is; NULL: the definition's own
    CoreExpression *external;   // the GLOBAL whose C function it calls: a closure made by split.c
    unsigned number;            // closures: from 1 within the definition
    CpsMode mode;
    CoreVariables parameters;
    CoreVariables captured; // closures: words first, counted ones last
    CoreExpression *body;   // without the LAMBDA and the DELAY around it
    Vector(CpsPoint *) points;
    Table point_of;       // from a call's node to its point
    Table held_over;      // of a function that `aborts`: from a call that does to the CpsPoint whose counted variables go when it does
    Table given_up_tokens; // reuse tokens that would be live across a point: their drops are plain drops
    bool is_value;      // a definition that is computed once, at start
    bool used_as_value; // a definition that also needs a closure
    bool loops;         // calls itself in tail position
    bool aborts;        // may be left by a jump, as all of the C stack up to the handle
    bool answers_bits;  // answers a Float as bits: a tail call of it may end in a closure's code
};

struct CpsProgram {
    CoreProgram *core;
    Vector(CpsFunction *) functions; // each definition's, followed by those of its closures; only what main reaches
    CoreDefinitions cells;
    Vector(CpsFunction *) externs; // the closures of C functions that are used as values
    Table function_of;           // from a CoreDefinition, LAMBDA or DELAY to its function
    CpsFunction *main;
    bool any_row_waits; // something that waits in every row is used (yield, channels, control clauses): rows say nothing
};

// ---- calls.c: what a call node calls ----

typedef enum {
    CALL_NONE,      // not a call
    CALL_FUNCTION,  // a known function with all its arguments
    CALL_EXTERN,    // a C function with all its arguments
    CALL_OPERATION, // of an effect
    CALL_CLOSURE,   // a closure applied, or run
    CALL_PARTIAL,   // too few arguments, or all but not run: makes a partial application
} CpsCallKind;

typedef struct CpsCall {
    CpsCallKind kind;
    CpsFunction *function;        // FUNCTION
    CoreDefinition *external;     // EXTERN
    const CoreExpression *callee; // GLOBAL or LOCAL node; NULL for OPERATION
    const CoreExpressions *items; // all arguments; may be NULL for none
    size_t taken;                 // how many of them the callee itself takes; those after are applied to what it answers
    bool runs;                    // a computation is run
    bool waits;
    bool aborts;                  // may end in a jump to a handle around this function
    bool runs_answer;             // what the callee (with its `taken` arguments) answers is then applied to the rest, or run
} CpsCall;

CpsCall find_call(const CpsProgram *program, const CoreExpression *node);
// The closure's function of a C function used as a value: a lambda made by split.c.
CpsFunction *find_extern_function(const CpsProgram *program, const CoreExpression *global);
// Parameters of an extern: the arrows of its declared type.
size_t extern_arity(const CoreDefinition *definition);
// Whether running it is an effect: its declared type ends in a computation.
bool extern_is_computation(const CoreDefinition *definition);
Type *extern_result(const CoreDefinition *definition);
bool takes_arguments(Symbol c_symbol); // its name ends in _take

// ---- walking a body: calls.c ----
// Each child expression that belongs to the same function: not the bodies of LAMBDA and DELAY.
void visit_children(const CoreExpression *node, void (*visit)(void *context, const CoreExpression *child), void *context);

// Whether a SWITCH looks at its scrutinee: not when there is none (Never), or one arm of a type held in a word (Unit).
bool reads_scrutinee(const CoreExpression *node);

// ---- frame.c ----
// Fills points and point_of of a function that waits, held_over of one that aborts.
void find_points(Arena *arena, const CpsProgram *program, CpsFunction *function);

#endif
