#ifndef FX_SEMANTICS_RUN_TESTS_H
#define FX_SEMANTICS_RUN_TESTS_H
// What `fx test` asks of the semantics, and what it is told of each test and spec. Nothing here prints.

#include "check_spec.h"

typedef struct TestOptions {
    uint64_t seed;      // of generated values
    unsigned examples;  // values that a test with parameters is tried on; 0: 100
    size_t schedules;   // of one spec, that are run in order before others are chosen at random; 0: 1 000 000
    const char *filter; // only those whose name has this in it; NULL: all
    const char *replay; // the token of a failing schedule, which alone is run; NULL: every one
    struct Coverage *coverage; // gets what specs reach; NULL: nobody asks
    bool faults;        // specs also with answers that are errors
    const Source *source; // only those of this text; NULL: all
} TestOptions;

typedef enum {
    TEST_PASSED,
    TEST_TESTED, // on `cases` generated values
    TEST_FAILED,
    TEST_INTERRUPTED, // a signal has ended it, and whatever would come next
} TestOutcome;

typedef struct TestValue {
    const char *name; // of a parameter, as it is written
    const char *text; // as fx source
} TestValue;

typedef struct TestReport {
    const char *name;
    Span place;
    const SpecVerdict *spec; // of a spec; then the rest is empty
    TestOutcome outcome;
    const char *reason;      // FAILED: why, or the fault; NULL: it answered False
    const char *left, *right; // FAILED: what the last Test.equal that answered False compared; NULL: there was none
    Vector(TestValue) values; // FAILED: the smallest for which it does
    unsigned cases;          // that were run
    unsigned discarded;      // of which `when` did not hold
    unsigned shrunk;         // FAILED: how often the values were made smaller
    uint64_t seed;
} TestReport;

typedef void ReportTest(void *context, const TestReport *report);

// Runs the program's tests and specs in the order of the text, within one runtime, each with fresh cells. Answers 0, or the status with which
// a signal ends the program. arguments[0] is the program's name, which `Env.program` answers.
int run_tests(Compilation *compilation, CoreProgram *program, const TestOptions *options, ReportTest *report, void *context,
              char **arguments);

#endif
