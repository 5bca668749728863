// From a spec to its verdict.

#include "sample.h"
#include "spec.h"

enum { EXAMPLES = 100, MOST_SHRINKS = 500 };

typedef struct Check {
    Engine *engine;
    Snapshot *start; // before the spec is applied to its parameters
    SpecVerdict verdict;
    Explored explored;
    Choices failing;
} Check;

// Starts the subject with these parameters; false: it failed at once.
static bool start_with(Check *check, const Samples *samples) {
    Engine *engine = check->engine;
    restore_machine(engine->machine, check->start);
    engine->stopped = STOP_NONE;
    if (setjmp(engine->stop)) return false;
    size_t count = samples->count;
    Value *parameters = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++) {
        Arena *arena = engine->compilation->arena;
        CoreExpression *expression = sample_expression(arena, (CoreProgram *)(uintptr_t)engine->program, samples->items[i], engine->spec->definition->span);
        CoreExpression *later = core_delay(arena, expression, expression->type);
        parameters[i] = evaluate_apart(engine, object_value(VALUE_COMPUTATION, make_object(engine->machine, CLOSURE, later, NULL, NULL, 0)));
    }
    start_subject(engine, count, parameters);
    return true;
}

static bool passes_with(Check *check, const Samples *samples) {
    check->failing.count = 0;
    return start_with(check, samples) && explore(check->engine, &check->explored, &check->failing);
}

// ---- a failure ----

static void name_values(Check *check, const Samples *samples, SpecFailure *failure) {
    const CoreSpec *spec = check->engine->spec;
    for (size_t i = 0; i < samples->count; i++) {
        Builder text = builder_in(check->engine->compilation->arena);
        print_sample(&text, samples->items[i], false);
        SpecValue value = {spec->names.items[i], builder_string(&text)};
        vector_push(check->engine->compilation->arena, &failure->values, value);
    }
}

// The failing schedule once more, now told event by event.
static void report_failure(Check *check, const Samples *samples) {
    Engine *engine = check->engine;
    Choices failing = check->failing;
    engine->record = NEW(engine->compilation->arena, SpecFailure);
    engine->task_names = table_in(engine->compilation->arena);
    engine->is_recording = true;
    if (start_with(check, samples)) run_schedule(engine, &failing);
    engine->is_recording = false;
    name_values(check, samples, engine->record);
    check->verdict.outcome = SPEC_FAILED;
    check->verdict.failure = engine->record;
}

// Replaces one value after the other by a smaller one with which the spec still fails.
static void shrink_failure(Check *check, Samples *samples) {
    size_t left = MOST_SHRINKS;
    bool is_smaller = true;
    while (is_smaller && left) {
        is_smaller = false;
        for (size_t i = 0; i < samples->count; i++) {
            Sample *original = samples->items[i];
            Samples smaller = shrink_sample(check->engine->compilation->arena, original);
            for (size_t k = 0; k < smaller.count && left && samples->items[i] == original; k++, left--) {
                samples->items[i] = smaller.items[k];
                if (passes_with(check, samples)) samples->items[i] = original;
                else is_smaller = true;
            }
        }
    }
    if (passes_with(check, samples)) return;
    report_failure(check, samples);
}

// ---- generated values ----

static void test_spec(Check *check) {
    Engine *engine = check->engine;
    const CoreVariables *parameters = &engine->spec->parameters;
    unsigned count = engine->options->examples ? engine->options->examples : EXAMPLES;
    Generator generator = {.arena = engine->compilation->arena, .program = engine->program, .state = mix_seed(engine->options->seed, engine->spec->definition->name)};
    Types types = {0};
    for (size_t i = 0; i < parameters->count; i++) vector_push(engine->compilation->arena, &types, parameters->items[i]->type);
    check->verdict.outcome = SPEC_TESTED;
    for (unsigned i = 0; i < count; i++) {
        Samples samples = {0};
        generate_case(&generator, &types, i, count, &samples);
        if (!passes_with(check, &samples)) {
            shrink_failure(check, &samples);
            return;
        }
        check->verdict.examples++;
    }
}

SpecVerdict check_spec(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options) {
    Check check = {.verdict = {.outcome = SPEC_PROVED, .cases = 1, .seed = options->seed}};
    check.engine = make_engine(compilation, program, spec, options);
    check.start = save_machine(check.engine->machine, NULL);
    if (spec->parameters.count) test_spec(&check);
    else if (!passes_with(&check, &(Samples){0})) report_failure(&check, &(Samples){0});
    check.verdict.classes = check.explored.classes;
    check.verdict.schedules = check.explored.schedules;
    free_snapshot(check.start);
    free_engine(check.engine);
    return check.verdict;
}
