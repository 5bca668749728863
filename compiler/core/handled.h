#ifndef FX_CORE_HANDLED_H
#define FX_CORE_HANDLED_H
// Computations that are specialised to the handler they run under: handled.c finds the handles of which enough is known, handled_copy.c makes the
// code for them. A part of simplify.

#include "simplify.h"

enum { HANDLED_PLAIN, HANDLED_ABORTS, HANDLED_CONTROLS, HANDLED_RESUMES }; // what a clause does: as in runtime/runtime.h

enum { HANDLE_PLACE, HANDLE_COMPUTATION, HANDLE_RETURN_FUNCTION, HANDLE_HANDLER, HANDLE_ARGUMENTS }; // arguments of fx_handle_take

typedef struct HandledClause {
    unsigned mode;
    CoreExpression *function; // an atom that stands everywhere: a GLOBAL, or a local that is one of `captured`
    CoreVariables first;      // arguments before the operation's own: what the clause captures
} HandledClause;

// A definition whose code runs under the handle.
typedef struct HandledDefinition {
    CoreDefinition *original, *copy; // copy: NULL until it is needed
    bool performs;                   // some operation of the effect, itself or by others
} HandledDefinition;

typedef struct Handled {
    Simplifier *simplifier;
    Arena *arena;
    const Effect *effect;
    CoreExpression *force;          // the call of the runtime, run: what is to be replaced
    CoreExpression *computation;    // handled: a DELAY, or a GLOBAL that is one
    CoreExpression *return_function; // an atom; a constant when the answer is the result
    Type *answer;                   // of the handle
    Type *row;                      // of the handle, and of the code that is made for it
    bool has_control, aborts;       // some clause does
    bool passes_continuation;       // performing code gets its continuation as a function
    bool jumps;                     // aborts are jumps to the handle; else, without continuations, all clauses are plain
    bool is_known;                  // nothing stands against it so far
    Vector(HandledClause) clauses;  // by the index of their operation
    CoreVariables captured;         // by the clauses that the code calls: the last parameters of copies that perform
    Table reached;                  // from a CoreDefinition to its HandledDefinition
    Vector(HandledDefinition *) order; // the same, as they were found
    size_t size;                    // of their code
} Handled;

// The definition of ours that a step runs, given all its arguments, where by its row it may perform the effect; else NULL.
HandledDefinition *find_handled_call(const Handled *handled, const CoreExpression *step);
// Whether the step performs an operation of the effect, itself or by a definition that does.
bool step_performs(const Handled *handled, const CoreExpression *step);
// Calls visit for each step of the code, but not for those of functions within it.
void visit_steps(CoreExpression *code, void (*visit)(void *context, CoreExpression *step, bool is_tail), void *context);

// The body of a definition that is run.
CoreExpression *code_of(const CoreDefinition *definition);
// What a FORCE runs, without its arguments.
const CoreExpression *callee_of(const CoreExpression *force);
// Whether the call, which is run, gives the definition all its arguments, and that does its work then.
bool is_code_for(const CoreDefinition *definition, const CoreExpression *call);

// ---- handled_search.c ----
// Whether the program may make tasks under the handle.
bool may_reach_tasks(const Handled *handled);
// Whether what is handled may wait, or perform for another handler; so may what it leads to.
bool may_wait_within(const Handled *handled);

// ---- handled_copy.c ----
// Replaces the handle by code for this handler alone.
void specialise_handle(Handled *handled);

#endif
