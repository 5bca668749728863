#ifndef FX_SEMANTICS_CHECK_SPEC_H
#define FX_SEMANTICS_CHECK_SPEC_H
// What `fx test` asks of the semantics about a spec, and what it is told. Nothing here prints or touches the world.

#include "../core/core.h"
#include "../fx.h"

typedef struct SpecWithin {
    const CoreSpec *spec;
    const struct SpecWithin *outer;
} SpecWithin;

typedef struct SpecOptions {
    uint64_t seed;          // of generated values and of sampled schedules
    unsigned examples;      // how many generated values a spec that cannot be proved is tested on; 0: 100
    size_t schedule_limit;  // how many schedules are run in order before others are chosen at random; 0: 1 000 000
    bool faults;            // also tries what the program does when answers are errors
    bool brute_force;       // every order of answers, not one of each class: to check the explorer
    // NULL, or is told what each run comes to, which then counts as passed, and the number of its class: to check the explorer.
    void (*note_run)(void *context, const char *outcome, uint64_t class);
    void *note_context;
    const char *replay;     // NULL, or the token of a failure: that schedule alone is run
    struct Coverage *coverage; // gets what is reached; NULL: nobody asks
    bool simulates;         // the spec is a test that uses Test.simulate: its definition is the test's
    const struct SpecWithin *within; // NULL, or the specs for which it is to be proved, the innermost first
    struct Table *proved;       // NULL, or specs that are known to be proved; those that are from here on are put into it
    bool (*is_interrupted)(void *context); // asked again and again: whoever checks the spec has had enough. NULL: never
    void *interrupt_context;
    const struct Driver *world; // calls the pure functions of C; NULL: they cannot be called
} SpecOptions;

// Never one word for another: PROVED is for all values and all schedules, TESTED is on generated values.
typedef enum {
    SPEC_PROVED,
    SPEC_BOUNDED, // of all values and schedules those within a bound: `why` says which
    SPEC_TESTED,  // all schedules, on `examples` generated values: `why` says what could not be decided for all values
    SPEC_SAMPLED, // of all schedules those within a bound, and `sampled` chosen at random with the seed
    SPEC_FAILED,
} SpecOutcome;

// What happened on the way to a failure, in order.
typedef enum {
    SPEC_ASKED,     // an operation, which waits
    SPEC_ANSWERED,  // what was asked is answered, and the task goes on
    SPEC_DONE,      // an operation that does not wait: asked and answered
    SPEC_CANCELLED, // what was asked is withdrawn
    SPEC_ENDED,     // the task has ended
    SPEC_WRONG,     // what the failure is about
    SPEC_LEFT_OUT,  // in place of more than anybody reads: how many events
} SpecEventKind;

typedef struct SpecEvent {
    SpecEventKind kind;
    size_t task;      // into tasks
    const char *text; // `Console.print_line "Hello"`, or the answer; "" when there is nothing to add
    Span place;       // in the program; source NULL: none
} SpecEvent;

typedef struct SpecTask {
    const char *name; // "main", "left of join at hello.fx:5:11"
    size_t parent;    // into tasks; main's is its own
} SpecTask;

typedef struct SpecValue {
    const char *name; // of a parameter
    const char *text; // as fx source
} SpecValue;

typedef struct SpecFailure {
    const char *message;  // one sentence: "the program asks for something else than the spec says"
    Span step;            // what the spec says, or where it ends
    const char *expected; // what the step says with the values at hand; NULL: nothing more to say
    const char *actual;   // what the program did instead; NULL: the same
    Span place;           // where in the program; source NULL: nowhere in particular
    const char *hint;     // or NULL
    Vector(SpecValue) values;
    Vector(SpecTask) tasks;
    Vector(SpecEvent) events;
    unsigned switches;    // how often a reader goes from one task back to another, of which something was told before
    bool is_of_test;      // expected and actual are the sides of a Test.equal
    const char *token;    // for `fx test --replay`; NULL: there is only one way to run
} SpecFailure;

// What the program does wrong when the world does not answer as the spec says.
typedef struct FaultFailure {
    const char *when; // "when File.read "notes" answers Err NotFound"
    const SpecFailure *failure;
} FaultFailure;

typedef struct FaultsVerdict {
    size_t answers, pairs, cancellations; // that were tried; a cancellation and an answer are a pair, too
    size_t all_answers, all_pairs, all_cancellations; // of so many
    size_t schedules;                     // in which they were
    size_t undecided;                     // of them: something was looked at that is not known
    bool is_bounded;                      // some were not tried in all schedules
    size_t failed;                        // of them
    Vector(FaultFailure) failures;        // the first few that differ
    bool is_interrupted;
    bool is_skipped;                      // no run was found to begin with
} FaultsVerdict;

typedef struct SpecVerdict {
    SpecOutcome outcome;
    size_t cases;       // distinctions among the values
    size_t classes;     // of schedules that cannot differ, over all cases
    size_t schedules;   // that were run
    size_t sampled;     // that were run besides, chosen at random with the seed
    size_t examples;    // TESTED, BOUNDED: on how many values
    uint64_t seed;      // TESTED, SAMPLED
    const char *why;    // BOUNDED, TESTED, SAMPLED: "lists of more than 4 items were not looked at"
    const SpecFailure *failure; // FAILED
    const FaultsVerdict *faults; // NULL: they were not tried
    bool is_interrupted; // the rest is what was found until then; `outcome` is FAILED, or counts only if `faults` is there
} SpecVerdict;

// Whether a failure of the spec has printed this token. It may be no token at all.
bool is_token_of(Compilation *compilation, const CoreSpec *spec, const char *token);

// ---- simulate.c ----
// The test as a spec, for check_spec with `simulates`; NULL: it is no test, or one that does not use Test.simulate.
CoreSpec *simulated_spec(Compilation *compilation, CoreDefinition *test);
// The parameter as it is written.
const char *parameter_text(Arena *arena, const CoreDefinition *test, size_t index);

// ---- check_spec.c ----
// Runs a spec against the program in every case and schedule. The verdict and what it points to are in the compilation's arena.
SpecVerdict check_spec(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options);

#endif
