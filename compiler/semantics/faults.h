#ifndef FX_SEMANTICS_FAULTS_H
#define FX_SEMANTICS_FAULTS_H
// Answers that are not what the spec says (fx test --faults).

#include "spec.h"
#include "unknown.h"

// ---- for the driver, while engine->faults is there ----
void note_asked(Engine *engine, const External *external, const Value *arguments);
// The answer that a step or nobody has given, or the one that takes its place; from then on engine->is_deviant.
Value answer_or_fault(Engine *engine, const External *external, const Value *arguments, Value answer);
// To what no step speaks of.
Value unstated_answer(Engine *engine, const External *external);
void check_deviant_end(Engine *engine);
// Every task waits. Answers whether this is where the program is cancelled; it has been.
bool cancel_here(Engine *engine);

// ---- for check_spec.c ----
// `start` starts the subject; false: it was stopped at once. Answers false when no passing run was found.
bool try_faults(Engine *engine, bool (*start)(void *context), void *context, FaultsVerdict *verdict);

#endif
