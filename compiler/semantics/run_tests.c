// Tests: each value of a test's parameters is a machine of its own, one after the other on the real world.

#include "run_tests.h"

#include <string.h>

#include "real_world.h"
#include "sample_source.h"

enum {
    USUAL_EXAMPLES = 100,
    MOST_DISCARDED = 20, // for each that counts
    MOST_SHRINKS = 1000, // machines that are run to make a counterexample smaller
};

// What one machine says of a test.
typedef enum { RUN_HOLDS, RUN_DISCARDED, RUN_FAILS, RUN_INTERRUPTED } RunOutcome;

typedef struct Item {
    Span place;
    CoreDefinition *test; // or
    const CoreSpec *spec;
} Item;

typedef struct Tests {
    WorldJob job;
    Compilation *compilation;
    CoreProgram *program;
    const TestOptions *options;
    ReportTest *report;
    void *context;
    const Driver *driver; // of the world
    Vector(Item) items;
    size_t next;
    Table proved; // specs
    // The test at hand.
    CoreDefinition *test;
    Types types; // of its parameters
    Generator generator;
    TestReport told;
    Samples values; // of the machine that runs
    // A counterexample, while it is made smaller.
    bool is_shrinking;
    Samples smallest;
    size_t parameter, candidate; // which is tried next
    Samples candidates;          // for that parameter
    unsigned shrinks;
} Tests;

// ---- what a machine evaluates ----

static CoreExpression *node_of(const Tests *tests, CoreKind kind, Type *type) {
    return core_node(tests->compilation->arena, kind, type, tests->test->span);
}

static bool is_computation(const Tests *tests) {
    Type *type = resolve_type(tests->test->type);
    for (unsigned i = 0; i < tests->test->test_parameters; i++) type = resolve_type(type->right);
    if (tests->test->has_guard) type = resolve_type(resolve_type(type->arguments.items[0])->right);
    return type->kind == TYPE_COMPUTATION;
}

static CoreExpression *forced(const Tests *tests, CoreExpression *node) {
    if (!is_computation(tests)) return node;
    CoreExpression *run = node_of(tests, CORE_FORCE, node->type);
    run->first = node;
    return run;
}

// The guard's list: of a function from () to what is tested, or empty. `()` stands for a value that does not count.
static CoreExpression *take_guarded(const Tests *tests, CoreExpression *list) {
    Arena *arena = tests->compilation->arena;
    const Builtins *builtins = tests->program->builtins;
    CoreVariable *function = core_variable(arena, tests->program, "tested", list->type, list->span);
    CoreExpression *call = node_of(tests, CORE_APPLY, list->type), *choice = node_of(tests, CORE_SWITCH, list->type);
    call->first = core_local(arena, function, list->span);
    vector_push(arena, &call->items, core_unit(arena, builtins, list->span));
    CoreArm some = {.constructor = builtins->list_type->constructors.items[1], .body = forced(tests, call)};
    vector_push(arena, &some.fields, function);
    vector_push(arena, &some.fields, NULL);
    vector_push(arena, &choice->arms, some);
    choice->first = list;
    choice->otherwise = core_unit(arena, builtins, list->span);
    return choice;
}

static CoreExpression *make_entry(const Tests *tests) {
    Arena *arena = tests->compilation->arena;
    CoreExpression *node = node_of(tests, CORE_GLOBAL, tests->test->type);
    node->definition = tests->test;
    if (tests->values.count) {
        CoreExpression *call = node_of(tests, CORE_APPLY, tests->test->type);
        call->first = node;
        for (size_t i = 0; i < tests->values.count; i++)
            vector_push(arena, &call->items, sample_expression(arena, tests->program, tests->values.items[i], tests->test->span, NULL));
        node = call;
    }
    return tests->test->has_guard ? take_guarded(tests, node) : forced(tests, node);
}

// ---- the verdict on one test ----

static void finish_test(Tests *tests, TestOutcome outcome) {
    Arena *arena = tests->compilation->arena;
    tests->told.outcome = outcome;
    for (size_t i = 0; outcome == TEST_FAILED && i < tests->smallest.count; i++) {
        Builder text = builder_in(arena);
        find_sources(tests->compilation, tests->program, tests->driver, tests->smallest.items[i]);
        print_sample(&text, tests->smallest.items[i], false);
        TestValue value = {parameter_text(arena, tests->test, i), builder_string(&text)};
        vector_push(arena, &tests->told.values, value);
    }
    tests->report(tests->context, &tests->told);
    tests->test = NULL;
}

static void fail_test(Tests *tests, const char *reason) {
    tests->told.reason = reason;
    finish_test(tests, TEST_FAILED);
}

// ---- making a counterexample smaller: one parameter after the other, from the start again whenever that helped ----

static void start_shrinking(Tests *tests) {
    tests->is_shrinking = true;
    tests->smallest = tests->values;
    tests->parameter = tests->candidate = 0;
    tests->candidates = (Samples){0};
    if (tests->smallest.count) tests->candidates = shrink_sample(tests->compilation->arena, tests->smallest.items[0]);
}

// False: nothing is left to try.
static bool next_smaller(Tests *tests) {
    Arena *arena = tests->compilation->arena;
    while (tests->candidate == tests->candidates.count) {
        if (++tests->parameter >= tests->smallest.count) return false;
        tests->candidates = shrink_sample(arena, tests->smallest.items[tests->parameter]);
        tests->candidate = 0;
    }
    if (++tests->shrinks > MOST_SHRINKS) return false;
    Sample *smaller = tests->candidates.items[tests->candidate++];
    tests->values = (Samples){0};
    for (size_t i = 0; i < tests->smallest.count; i++) vector_push(arena, &tests->values, i == tests->parameter ? smaller : tests->smallest.items[i]);
    return true;
}

// ---- the next values of a test ----

static unsigned examples_of(const Tests *tests) { return tests->options->examples ? tests->options->examples : USUAL_EXAMPLES; }

static const char *never_holds(const Tests *tests) {
    Builder text = builder_in(tests->compilation->arena);
    if (!tests->types.count) build_string(&text, "its `when` does not hold");
    else build_format(&text, "its `when` held for none of %u generated values", tests->told.discarded);
    return builder_string(&text);
}

// False: the test has its verdict.
static bool next_values(Tests *tests) {
    unsigned examples = tests->types.count ? examples_of(tests) : 1, cases = tests->told.cases, discarded = tests->told.discarded;
    if (tests->is_shrinking) {
        if (next_smaller(tests)) return true;
        finish_test(tests, TEST_FAILED);
        return false;
    }
    if (cases < examples && discarded < (tests->types.count ? examples * MOST_DISCARDED : 1)) {
        tests->values = (Samples){0};
        unsigned index = (cases + discarded / 4) % examples;
        generate_case(&tests->generator, &tests->types, index, examples, &tests->values);
        return true;
    }
    if (!cases) fail_test(tests, never_holds(tests));
    else finish_test(tests, tests->types.count ? TEST_TESTED : TEST_PASSED);
    return false;
}

// ---- what a machine has answered ----

static const char *reason_of(Tests *tests, Machine *machine, bool is_stuck) {
    Builder text = builder_in(tests->compilation->arena);
    const Fault *fault = fault_of_machine(machine);
    if (fault) build_string(&text, print_fault(machine, fault));
    else if (is_stuck) build_string(&text, "deadlock in a release");
    else build_format(&text, "it left the program by `Exit.exit %d`", machine->status);
    return builder_string(&text);
}

static RunOutcome outcome_of(const Machine *machine, bool is_stuck) {
    Outcome reason = machine->main->unwinding.reason;
    if (is_stuck || machine->is_ending || reason != END_ANSWER) return RUN_FAILS;
    const Constructor *constructor = constructor_of(machine->main->value);
    if (constructor->data != machine->program->builtins->bool_type) return RUN_DISCARDED;
    return constructor->tag ? RUN_HOLDS : RUN_FAILS;
}

static void keep_failure(Tests *tests, Machine *machine, bool is_stuck) {
    bool answered = !is_stuck && !machine->is_ending && machine->main->unwinding.reason == END_ANSWER;
    tests->told.reason = answered ? NULL : reason_of(tests, machine, is_stuck);
    tests->told.left = tests->told.right = NULL;
    if (!answered || machine->difference[0].kind != VALUE_STRING) return;
    Builder left = builder_in(tests->compilation->arena), right = left;
    build_text(&left, text_in(machine->difference[0]));
    build_text(&right, text_in(machine->difference[1]));
    tests->told.left = builder_string(&left);
    tests->told.right = builder_string(&right);
}

static void tell_interrupted(Tests *tests, const char *name, Span place) {
    TestReport told = {.name = name, .place = place, .outcome = TEST_INTERRUPTED};
    tests->report(tests->context, &told);
}

static void test_ended(WorldJob *job, World *world, bool is_stuck) {
    Tests *tests = (Tests *)job;
    RunOutcome outcome = outcome_of(world->machine, is_stuck);
    fx_flush(world->rt);
    if (world->is_interrupted) {
        const char *name = tests->test->name;
        if (tests->is_shrinking) finish_test(tests, TEST_FAILED);
        tell_interrupted(tests, name, tests->told.place);
        return;
    }
    if (outcome == RUN_FAILS) {
        keep_failure(tests, world->machine, is_stuck);
        tests->told.shrunk += tests->is_shrinking;
        if (!tests->is_shrinking) tests->told.cases++;
        start_shrinking(tests);
    } else if (!tests->is_shrinking) {
        tests->told.cases += outcome == RUN_HOLDS;
        tests->told.discarded += outcome == RUN_DISCARDED;
    }
}

// ---- the next test ----

static const char *cannot_generate_text(Tests *tests, size_t index) {
    Builder text = builder_in(tests->compilation->arena);
    build_format(&text, "no value can be made up for `%s`, of type `", parameter_text(tests->compilation->arena, tests->test, index));
    print_type(&text, tests->types.items[index]);
    build_string(&text, "`:\na value of an opaque type is made by a public function of its module that takes plain data");
    return builder_string(&text);
}

static void start_test(Tests *tests, CoreDefinition *test) {
    Compilation *compilation = tests->compilation;
    uint64_t seed = tests->options->seed;
    tests->test = test;
    tests->types = (Types){0};
    tests->values = tests->smallest = (Samples){0};
    tests->is_shrinking = false;
    tests->shrinks = 0;
    tests->told = (TestReport){.name = test->name, .place = span_origin(test->span), .seed = seed};
    tests->generator = (Generator){.arena = compilation->arena, .program = tests->program, .state = mix_seed(seed, test->name)};
    Type *type = resolve_type(test->type);
    for (unsigned i = 0; i < test->test_parameters; i++, type = resolve_type(type->right)) vector_push(compilation->arena, &tests->types, type->left);
    for (size_t i = 0; i < tests->types.count; i++) {
        if (can_generate(&tests->generator, tests->types.items[i])) continue;
        fail_test(tests, cannot_generate_text(tests, i));
        return;
    }
}

static bool is_asked_to_end(void *context) {
    (void)context;
    return fx_signal_asked();
}

static void check_one_spec(Tests *tests, World *world, const CoreSpec *spec, bool is_simulation) {
    if (tests->options->replay && !is_token_of(tests->compilation, spec, tests->options->replay)) return;
    SpecOptions options = {
        .seed = tests->options->seed, .examples = tests->options->examples, .replay = tests->options->replay, .faults = tests->options->faults,
        .schedule_limit = tests->options->schedules, .coverage = tests->options->coverage, .proved = &tests->proved,
        .world = &world->driver, .simulates = is_simulation, .is_interrupted = is_asked_to_end};
    if (is_simulation) options.faults = false, options.coverage = NULL;
    SpecVerdict verdict = check_spec(tests->compilation, tests->program, spec, &options);
    Span place = span_origin(spec->definition->span);
    TestReport told = {.name = spec->definition->name, .place = place, .spec = &verdict, .seed = options.seed};
    world->is_interrupted = verdict.is_interrupted;
    if (!verdict.is_interrupted || verdict.outcome == SPEC_FAILED || verdict.faults) tests->report(tests->context, &told);
    if (verdict.is_interrupted) tell_interrupted(tests, told.name, place);
}

// A test that uses Test.simulate is checked as a spec is: in each order, and for all values when that can be decided.
static bool simulate_test(Tests *tests, World *world, CoreDefinition *test) {
    const CoreSpec *spec = simulated_spec(tests->compilation, test);
    if (spec) check_one_spec(tests, world, spec, true);
    return spec;
}

static void next_run(WorldJob *job, World *world) {
    Tests *tests = (Tests *)job;
    tests->driver = &world->driver;
    for (;;) {
        if (tests->test && next_values(tests)) {
            start_in_world(world, make_entry(tests));
            return;
        }
        if (tests->next == tests->items.count || world->is_interrupted) return;
        const Item *item = &tests->items.items[tests->next++];
        if (item->spec) check_one_spec(tests, world, item->spec, false);
        else if (!simulate_test(tests, world, item->test) && !tests->options->replay) start_test(tests, item->test);
    }
}

// ---- which tests ----

static bool stands_before(const Item *left, const Item *right) {
    if (left->place.source != right->place.source) return left->place.source->order < right->place.source->order;
    return left->place.start < right->place.start;
}

static void add_item(Tests *tests, Item item, const char *name) {
    if (tests->options->source && tests->options->source != item.place.source) return;
    if (tests->options->filter && !strstr(name, tests->options->filter)) return;
    vector_push(tests->compilation->arena, &tests->items, item);
    for (size_t i = tests->items.count; --i > 0 && stands_before(&item, &tests->items.items[i - 1]);) {
        tests->items.items[i] = tests->items.items[i - 1];
        tests->items.items[i - 1] = item;
    }
}

int run_tests(Compilation *compilation, CoreProgram *program, const TestOptions *options, ReportTest *report, void *context, char **arguments) {
    Tests tests = {.job = {next_run, test_ended, false, true}, .compilation = compilation, .program = program, .options = options, .report = report,
        .context = context, .proved = table_in(compilation->arena)};
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (definition->is_test) add_item(&tests, (Item){definition->span, definition, NULL}, definition->name);
    }
    for (size_t i = 0; i < program->specs.count; i++) {
        const CoreDefinition *definition = program->specs.items[i]->definition;
        if (definition->is_test) add_item(&tests, (Item){definition->span, NULL, program->specs.items[i]}, definition->name);
    }
    return tests.items.count ? run_in_world(compilation, program, &tests.job, 1, arguments) : 0;
}
