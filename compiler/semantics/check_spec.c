// From a spec to its verdict.

#include "spec.h"

SpecVerdict check_spec(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options) {
    SpecVerdict verdict = {.cases = 1};
    Explored explored = {0};
    Engine *engine = make_engine(compilation, program, spec, options);
    if (setjmp(engine->stop) == 0) start_subject(engine, 0, NULL);
    else explored.schedules = 1;
    bool passes = engine->stopped != STOP_FAILED && explore(engine, &explored);
    verdict.outcome = passes ? SPEC_PROVED : SPEC_FAILED;
    verdict.failure = engine->failure;
    verdict.classes = explored.classes;
    verdict.schedules = explored.schedules;
    free_engine(engine);
    return verdict;
}
