#ifndef FX_SEMANTICS_LOOP_H
#define FX_SEMANTICS_LOOP_H
// Functions that go through a list and gather what they have so far in parameters of their own: `f done (x :: rest) = f (step done x) rest`. Of
// such a loop it is tried to prove that it gives the same as with nothing gathered, put together with what was gathered:
//
//   loop gathered list = combine (loop gathered []) (loop nothing [] ) (loop nothing list)
//
//   start.c   the same of loops that begin with anything, without a combination: by a loop of what the spec returns
//   loop.c    which parameters do what; combining
//   total.c   which functions always give a value
//   lemma.c   the proof for functions that give a value; for computations it is the spec's own induction (induction.c)

#include "spec.h"

typedef struct Loop {
    const CoreExpression *lambda;
    const CoreVariable *own; // of a local function: itself, in its body; else NULL
    size_t list;       // the parameter that gets shorter
    bool *gathers;     // by parameter: it changes, too
    bool has_gathering;
    bool joins_behind; // what was gathered goes behind the rest: else before it
    enum { LEMMA_UNKNOWN, LEMMA_BEING_PROVED, LEMMA_HOLDS, LEMMA_NONE } lemma;
} Loop;

// ---- loop.c ----
// The loop that the function is; false: it is none. `own`: the variable that a local function has in its own body, or NULL.
bool find_loop(Engine *engine, const CoreExpression *lambda, const CoreVariable *own, Loop *loop);
// What the loop's function gives on an empty list, the other arguments being these.
Value finish_loop(Engine *engine, const Loop *loop, Value function, const Value *arguments);
// `finished` and `nothing`: what the loop gives on an empty list, with what was gathered and with nothing. Gives up the case when they cannot be combined.
Value combine(Engine *engine, const Loop *loop, Value finished, Value nothing, Value rest);
// Nothing, as a value of the type: [], "". False: of others it is not known.
bool find_nothing(Engine *engine, Type *type, Value *nothing);

// ---- start.c ----
// From here on what is proved is about the program's loop and those of what the spec returns, begun with anything.
void begin_started(Engine *engine);
// What the spec returns when its loops begin with what is among the arguments of the program's. NULL: with what is opaque.
Value returned_from(Engine *engine, const Value *arguments, Value returns);
// While that is evaluated: the function is applied, to other arguments if it is one of those loops.
void start_elsewhere(Engine *engine, const CoreExpression *lambda, const Value **arguments);
// An application is left as it is: gives up the case if one of those loops might begin in it.
void refuse_hidden_starts(Engine *engine, const CoreExpression *applied, const Value *arguments);
// Whether the code, or a top-level value that it refers to, refers to the function. `done`: values that were looked through.
bool reaches(const CoreExpression *node, const CoreExpression *lambda, Table *done);

// ---- total.c ----
// Whether a top-level function that calls itself gives a value for these arguments, whatever is not known of them. *list: by which parameter it ends.
bool is_total(Engine *engine, const CoreExpression *lambda, const Value *arguments, size_t *list);

// ---- lemma.c ----
// The type as it is; for that of a list one whose values cannot be looked into, or their cases would have no end.
Type *type_of_argument(Engine *engine, Type *type);
// An opaque value of that.
Value opaque_argument(Engine *engine, Type *type, const char *name);
// The loop that the top-level function is, with `joins_behind`, if the lemma above holds of it; else NULL.
const Loop *find_lemma(Engine *engine, const CoreExpression *lambda);
// While a lemma is being proved: the function is applied to the rest of the list. Or an opaque function to anything.
bool apply_by_lemma(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value);
bool apply_opaque(void *context, Value function, size_t count, const Value *arguments, Value *value);

#endif
