#ifndef FX_SEMANTICS_FAULTS_H
#define FX_SEMANTICS_FAULTS_H
// Answers that are not what the spec says (fx test --faults).

#include "spec.h"
#include "unknown.h"

// ---- other_answer.c ----
bool begins_with_any(const char *name, const char *const *starts); // NULL at their end
bool is_ok(const Engine *engine, Value value);
// How many other answers there are: errors first, then the end of input, then a part.
unsigned count_alternatives(Engine *engine, const External *external, Value answer);
Value make_alternative(Engine *engine, const External *external, Value answer, unsigned index);
// Ok, None, [], 0, "": what leads to an end. Of what writes: that all of it was.
Value plainest_answer(Engine *engine, External *external, const Value *arguments);

// ---- for the driver, while engine->faults is there ----
void note_asked(Engine *engine, const External *external, const Value *arguments);
// The answer that a step or nobody has given, or the one that takes its place; from then on the run is deviant. `identity`: of the request.
Value answer_or_fault(Engine *engine, uint64_t identity, External *external, const Value *arguments, Value answer);
// To what no step speaks of.
Value unstated_answer(Engine *engine, External *external, const Value *arguments);
_Noreturn void fail_endless(Engine *engine, const char *how);
void check_deviant_end(Engine *engine);
void note_open_at_end(Engine *engine); // of a run that the spec speaks of

// ---- for the explorer ----
// Every task waits. Answers whether this is where the program is cancelled; it has been.
bool cancel_here(Engine *engine);
// Whether it is to be tried here, behind these choices; to its end: then go back.
bool may_cancel(Engine *engine);
void try_cancelling(Engine *engine, const Choices *choices);

// ---- for check_spec.c ----
// Adds to the verdict. False: no passing run was found.
bool try_faults(Engine *engine, StartSubject *start, void *context, FaultsVerdict *verdict);

#endif
