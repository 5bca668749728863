#ifndef FX_SEMANTICS_SAMPLE_SOURCE_H
#define FX_SEMANTICS_SAMPLE_SOURCE_H
#include "sample.h"
#include "semantics.h"

// Sets `source` in the sample and what it is made of, wherever a module's `to_source` can say it. Machines of their own find it.
void find_sources(Compilation *compilation, CoreProgram *program, const Driver *driver, Sample *sample);

#endif
