#ifndef FX_SEMANTICS_CHECK_H
#define FX_SEMANTICS_CHECK_H
// A check of a spec, from its cases to the verdict.
//
//   check_spec.c    for all values: in as many cases as the program distinguishes; the verdict
//   check_values.c  with values: generated ones, those of a case that fails, the smallest that fail; and what is told of a failure

#include "sample_source.h"
#include "spec.h"

enum { EXAMPLES = 100, MOST_WITNESSES = 100 };
enum { BESIDE_SCHEDULES = 300, FEW_SCHEDULES = 2000 }; // of each value with which equal questions are looked for; before other specs are used
enum { LARGER_ANSWERS = 30000 }; // of a run with a larger value
typedef struct Check {
    Engine *engine;
    Snapshot *start; // before the spec is applied to its parameters
    SpecVerdict verdict;
    Explored explored;
    Choices failing;
    Generator generator;
    Types types;       // of the parameters
    const Case *first; // nothing is known
    Value *unknown;    // the parameters, for all values
    bool is_beside;    // a hypothesis stood beside other tasks
    size_t most_cases; // that are looked at
    bool is_first_look; // a few cases and schedules, before the other specs are used
    Cases plain;       // that hypotheses were of no use in: what was done for them is done for each case that says more of what functions give
    Samples smallest;  // with which the spec is known to fail, while smaller ones are looked for
    Choices known;     // and how; of those values
    bool is_shrinking;
    size_t most_allocated; // by a run, while no values are made smaller
} Check;

// ---- check_values.c ----
// Starts the subject; a parameter without a sample (NULL) is opaque. False: it was stopped at once.
bool start_with(Check *check, const Case *present, const Samples *samples);
// Where several steps fitted what was asked, and what was asked later does not fit: matched in other ways, until it holds in one.
bool passes_with(Check *check, const Case *present, const Samples *samples);
// What was run is run once more, from its beginning: the same must happen. It does not when a C function that is called pure is not.
bool does_the_same_twice(Check *check, const Case *present);
bool is_mismatch(const Engine *engine);
// But for those that nobody has looked into.
void name_values(Check *check, const Samples *samples, SpecFailure *failure);
// The failing schedule once more, now told event by event. False: it does not fail.
bool tell_schedule(Check *check, const Case *present, const Samples *samples);
void report_spec_failure(Check *check, const Case *present, const Samples *samples);
void limit_answers(Engine *engine);
void lift_limits(Check *check);
// Not every schedule was run: says how many were.
void tell_sampled(Check *check);
void set_bounded(Check *check, const char *why);
// What is wrong with the spec itself.
void refuse_spec(Check *check, const char *message, Span step, const char *hint);
// And they are not all the same: of handles alone there is nothing to be tried.
bool can_generate_all(Check *check);
// A parameter that is a handle keeps its name.
void generate_values(Check *check, unsigned index, unsigned count, Samples *samples);
// On generated values; `why` it could not be proved.
void test_spec(Check *check, const char *why);
// A case fails for all its values, as far as can be seen: looks for some with which the program does.
void find_witness(Check *check, const Case *present);

#endif
