#ifndef FX_SEMANTICS_WITNESS_H
#define FX_SEMANTICS_WITNESS_H
// Values for which a case holds: guesses, to be tried.

#include "sample.h"
#include "spec.h"

// Fills `samples` (one place for each of `values`, of `types`) with values that satisfy what the case knows, as far as that is easy to see.
// Another `attempt` gives others.
void guess_witness(Engine *engine, Generator *generator, const Case *present, const Value *values, const Types *types, unsigned attempt, Samples *samples);

#endif
