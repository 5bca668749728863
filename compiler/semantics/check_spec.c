// From a spec to its verdict: first for all values, in as many cases as the program distinguishes; where that cannot be decided, on generated
// values.

#include "faults.h"
#include "sample_source.h"
#include "spec.h"
#include "token.h"
#include "witness.h"

#include <string.h>

enum { EXAMPLES = 100, MOST_SHRINKS = 2000, MOST_WITNESSES = 100, MOST_GIVEN_UP = 5, MOST_DISCARDED = 20, DEEPEST_UNFOLDING = 4 };
enum { MOST_CASES = 1000, FEW_CASES = 60, MOST_TRIED = 400, MOST_RUN = 3000 }; // FEW: before other specs are used; TRIED: of a proof that may have no end
enum { SAMPLED_FIRST = 10000, SAMPLED_LATER = 100 }; // schedules at random: for the first case or value, for each other
// While values are made smaller, and where larger ones are tried: answers in all. Of a run with a larger one; of a run with smaller ones so many
// times as many as the failure that is known has, and some more, and so many MiB more.
enum { MOST_ANSWERS = 300000, LARGER_ANSWERS = 30000, TIMES_ANSWERS = 10, MORE_ANSWERS = 1000, MORE_MEMORY = 16 };
enum { LARGER_SCHEDULES = 10000, BESIDE_SCHEDULES = 300 }; // of all values that are larger than the cases; of each with which equal questions are looked for

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
    Cases plain;       // that hypotheses were of no use in: what was done for them is done for each case that says more of what functions give
    Samples smallest;  // with which the spec is known to fail, while smaller ones are looked for
    Choices known;     // and how; of those values
    bool is_shrinking;
    size_t most_allocated; // by a run, while no values are made smaller
} Check;

// ---- running the spec once more, from its beginning ----

static CoreProgram *program_of(const Engine *engine) { return (CoreProgram *)(uintptr_t)engine->program; }

// A function of its handles, or a computation where it has none.
static Value value_of_sample(Check *check, const Sample *sample) {
    Engine *engine = check->engine;
    Arena *arena = engine->compilation->arena;
    SampleHandles handles = {0};
    CoreExpression *expression = sample_expression(arena, program_of(engine), sample, engine->spec->definition->span, &handles);
    CoreExpression *later = handles.count ? core_node(arena, CORE_LAMBDA, expression->type, expression->span) : core_delay(arena, expression, expression->type);
    Value *values = NEW_ARRAY(arena, Value, handles.count + 1);
    for (size_t i = 0; i < handles.count; i++) {
        vector_push(arena, &later->parameters, handles.items[i].variable);
        values[i] = object_value(VALUE_UNKNOWN, handles.items[i].opaque->object);
    }
    later->body = expression;
    Value closure = object_value(handles.count ? VALUE_FUNCTION : VALUE_COMPUTATION, make_object(engine->machine, CLOSURE, later, NULL, NULL, 0));
    return handles.count ? apply_apart(engine, closure, handles.count, values) : evaluate_apart(engine, closure);
}

// Starts the subject; a parameter without a sample (NULL) is opaque. False: it was stopped at once.
static bool start_with(Check *check, const Case *present, const Samples *samples) {
    Engine *engine = check->engine;
    go_back_to(engine, check->start);
    engine->unknowns.present = present;
    engine->unknowns.are_handles_apart = samples || engine->faults;
    engine->machine->unknowns = &engine->unknowns;
    engine->stopped = STOP_NONE;
    engine->is_apart = engine->is_probing = engine->is_preparing = engine->refuses_operations = false;
    engine->starts = NULL;
    if (setjmp(engine->stop)) return false;
    size_t count = check->types.count;
    Value *parameters = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++)
        parameters[i] = samples && samples->items[i] ? value_of_sample(check, samples->items[i]) : check->unknown[i];
    start_subject(engine, count, parameters);
    return true;
}

typedef struct Start {
    Check *check;
    const Case *present;
    const Samples *samples;
} Start;

static bool start_again(void *context) {
    const Start *start = context;
    return start_with(start->check, start->present, start->samples);
}

// Every class of schedules, or those within the bound and some more; matched in the present way.
static bool passes_so(Check *check, const Case *present, const Samples *samples) {
    Start start = {check, present, samples};
    check->failing.count = 0;
    check->engine->is_mismatch = false;
    check->engine->mismatched = NULL;
    if (!start_with(check, present, samples) || !explore(check->engine, &check->explored, &check->failing)) return false;
    if (!check->explored.is_bounded || check->engine->options->brute_force) return true;
    bool is_later = check->explored.sampled || check->engine->options->schedule_limit == BESIDE_SCHEDULES;
    size_t count = is_later ? SAMPLED_LATER : SAMPLED_FIRST;
    return sample_schedules(check->engine, start_again, &start, count, &check->explored, &check->failing);
}

static bool is_mismatch(const Engine *engine) { return engine->stopped == STOP_FAILED && engine->is_mismatch; }

// Where several steps fitted what was asked, and what was asked later does not fit: matched in other ways, until it holds in one.
static bool passes_with(Check *check, const Case *present, const Samples *samples) {
    Engine *engine = check->engine;
    const Explored before = check->explored;
    const uint32_t again = engine->again.count;
    bool *was_reached = NEW_ARRAY(engine->compilation->arena, bool, engine->program->steps.count + 1);
    memcpy(was_reached, engine->is_reached, engine->program->steps.count);
    begin_matching(engine);
    bool passes = passes_so(check, present, samples), may_go_on = passes ? check->explored.classes == before.classes : is_mismatch(engine);
    if (!may_go_on) return passes;
    const Explored as_text = check->explored;
    const Choices failing = check->failing;
    SpecFailure *const failure = engine->failure;
    const StopKind stopped = engine->stopped;
    while (match_otherwise(engine, may_go_on)) {
        check->explored = before;
        check->failing = (Choices){0};
        memcpy(engine->is_reached, was_reached, engine->program->steps.count);
        engine->again.count = again;
        bool holds = passes_so(check, present, samples), is_empty = holds && check->explored.classes == before.classes;
        if ((holds && !is_empty) || engine->stopped == STOP_DOUBT) return holds;
        may_go_on = is_empty || is_mismatch(engine);
    }
    check->explored = as_text;
    check->failing = failing;
    engine->failure = failure;
    engine->stopped = stopped;
    return passes;
}

// What was run is run once more, from its beginning: the same must happen. It does not when a C function that is called pure is not.
static bool does_the_same_twice(Check *check, const Case *present) {
    Engine *engine = check->engine;
    for (size_t i = 0; i < engine->again.count; i++) {
        const Again *again = &engine->again.items[i];
        Choices choices = {again->choices, again->count, again->count};
        if (start_with(check, present, NULL)) run_schedule(engine, &choices);
        if (engine->run->trace != again->trace) return false;
    }
    return true;
}

// The schedule that has failed before is tried first.
static bool fails_with(Check *check, const Samples *samples) {
    Choices known = check->failing;
    begin_matching(check->engine);
    if (known.count && start_with(check, check->first, samples)) run_schedule(check->engine, &known);
    if (known.count && check->engine->stopped == STOP_FAILED && !check->engine->run->matches) return true;
    check->failing = (Choices){0};
    return !passes_with(check, check->first, samples) && check->engine->stopped == STOP_FAILED;
}

// ---- a failure ----

static Sample *with_sources(Check *check, Sample *sample) {
    const Engine *engine = check->engine;
    find_sources(engine->compilation, program_of(engine), engine->options->world, sample);
    return sample;
}

// But for those that nobody has looked into.
static void name_values(Check *check, const Samples *samples, SpecFailure *failure) {
    Engine *engine = check->engine;
    for (size_t i = 0; i < check->types.count; i++) {
        Builder text = builder_in(engine->compilation->arena);
        if (samples && samples->items[i]) print_sample(&text, with_sources(check, samples->items[i]), false);
        else build_string(&text, describe_value(engine, check->unknown[i]));
        SpecValue value = {engine->spec->names.items[i], builder_string(&text)};
        if (strcmp(value.name, value.text) == 0) continue;
        vector_push(engine->compilation->arena, &failure->values, value);
    }
}

// The failing schedule once more, now told event by event. False: it does not fail.
static bool tell_schedule(Check *check, const Case *present, const Samples *samples) {
    Engine *engine = check->engine;
    engine->record = NEW(engine->compilation->arena, SpecFailure);
    engine->task_names = table_in(engine->compilation->arena);
    engine->is_recording = true;
    bool passes = start_with(check, present, samples) && run_schedule(engine, &check->failing);
    engine->is_recording = false;
    return !passes && engine->stopped == STOP_FAILED;
}

// What is told is the failure of the first way.
static const char *tell_ways(const Engine *engine) {
    if (engine->ways_tried < MOST_WAYS) return "where several steps fit the same question, the others were tried, too: what is asked later fits none of them";
    const char *format = "where several steps fit the same question, the others were tried, too, in %d ways: blocks in the order of the program's tasks need no others";
    return symbol_format(engine->compilation->symbols, format, MOST_WAYS);
}

static void report_failure(Check *check, const Case *present, const Samples *samples) {
    Engine *engine = check->engine;
    Start start = {check, present, samples};
    engine->is_telling = true;
    shorten_schedule(engine, start_again, &start, &check->failing);
    engine->mismatched = NULL;
    tell_schedule(check, present, samples);
    engine->record->switches = count_switches(engine);
    if (engine->ways_tried && engine->mismatched && !engine->record->hint) engine->record->hint = tell_ways(engine);
    if (samples || !check->types.count) engine->record->token = make_token(engine->compilation->arena, engine->spec, samples, &check->failing);
    name_values(check, samples, engine->record);
    engine->is_telling = false;
    check->verdict.outcome = SPEC_FAILED;
    check->verdict.why = NULL;
    check->verdict.failure = engine->record;
}

static size_t smaller_of(size_t left, size_t right) { return left < right ? left : right; }

static void limit_answers(Engine *engine) { engine->most_answers = engine->answers + MOST_ANSWERS; }

static void lift_limits(Check *check) {
    check->engine->most_answers = UINT64_MAX;
    check->engine->most_in_run = MOST_IN_RUN;
    check->engine->most_allocated = check->most_allocated;
}

// They fail, by the schedule that has been run last. Smaller ones whose run is much longer would be no help.
static void keep_smallest(Check *check, const Samples *samples) {
    Engine *engine = check->engine;
    Arena *arena = engine->compilation->arena;
    check->is_shrinking = true;
    check->smallest.count = check->known.count = 0;
    for (size_t i = 0; i < samples->count; i++) vector_push(arena, &check->smallest, samples->items[i]);
    for (size_t i = 0; i < check->failing.count; i++) vector_push(arena, &check->known, check->failing.items[i]);
    engine->most_in_run = TIMES_ANSWERS * engine->run->answers + MORE_ANSWERS;
    engine->most_allocated = smaller_of(engine->machine->allocated + ((size_t)MORE_MEMORY << 20), check->most_allocated);
}

// Replaces one value after the other by a smaller one with which the spec still fails.
static void shrink_failure(Check *check, Samples *samples) {
    Engine *engine = check->engine;
    size_t left = MOST_SHRINKS;
    bool is_smaller = true;
    keep_smallest(check, samples);
    limit_answers(engine);
    while (is_smaller && left) {
        is_smaller = false;
        for (size_t i = 0; i < samples->count; i++) {
            Sample *original = samples->items[i];
            Samples smaller = {0};
            if (original && engine->answers < engine->most_answers) smaller = shrink_sample(engine->compilation->arena, original);
            for (size_t k = 0; k < smaller.count && left && samples->items[i] == original; k++, left--) {
                samples->items[i] = smaller.items[k];
                bool fails = fails_with(check, samples);
                if (fails) keep_smallest(check, samples);
                else samples->items[i] = original;
                is_smaller = is_smaller || fails;
            }
        }
    }
    check->is_shrinking = false;
    lift_limits(check);
    check->failing = check->known;
    if (fails_with(check, samples)) report_failure(check, check->first, samples);
}

// Not every schedule was run: says how many were.
static void tell_sampled(Check *check) {
    SpecVerdict *verdict = &check->verdict;
    if (!check->explored.is_bounded || verdict->outcome == SPEC_FAILED) return;
    Builder why = builder_in(check->engine->compilation->arena);
    if (verdict->why) build_format(&why, "%s; ", verdict->why);
    build_format(&why, "there are more schedules: %zu were run in order, %zu chosen at random", check->explored.schedules, check->explored.sampled);
    if (verdict->outcome == SPEC_PROVED) verdict->outcome = SPEC_SAMPLED;
    verdict->why = builder_string(&why);
}

static void set_bounded(Check *check, const char *why) {
    check->verdict.outcome = SPEC_BOUNDED;
    check->verdict.why = why;
}

// What is wrong with the spec itself.
static void refuse_spec(Check *check, const char *message, Span step, const char *hint) {
    SpecFailure *failure = NEW(check->engine->compilation->arena, SpecFailure);
    failure->message = message;
    failure->step = step;
    failure->hint = hint;
    check->verdict.outcome = SPEC_FAILED;
    check->verdict.failure = failure;
}

// ---- generated values ----

// And they are not all the same: of handles alone there is nothing to be tried.
static bool can_generate_all(Check *check) {
    bool are_handles = true;
    for (size_t i = 0; i < check->types.count; i++) {
        if (!can_generate(&check->generator, check->types.items[i])) return false;
        are_handles = are_handles && is_generated_handle(&check->generator, check->types.items[i]);
    }
    return !are_handles;
}

// A parameter that is a handle keeps its name.
static void generate_values(Check *check, unsigned index, unsigned count, Samples *samples) {
    generate_case(&check->generator, &check->types, index, count, samples);
    for (size_t i = 0; i < samples->count; i++)
        if (samples->items[i]->kind == SAMPLE_HANDLE) samples->items[i]->opaque = check->unknown[i].object->about;
}

static void refuse_values(Check *check, const char *why) {
    refuse_spec(check, why, check->engine->spec->subject, "values for all parameters cannot be made up, so that nothing of this spec was run");
}

// Some of the values were too large to be run, or all of them.
static void tell_given_up(Check *check, const char *why, unsigned given_up, const char *given_up_for, bool was_run) {
    Builder more = builder_in(check->engine->compilation->arena);
    if (given_up == MOST_GIVEN_UP && !check->verdict.examples) {
        if (was_run || !check->generator.handles) set_bounded(check, given_up_for);
        else refuse_values(check, given_up_for);
        return;
    }
    if (strcmp(why, given_up_for) == 0) build_format(&more, "%s, and so it was for %u values more", why, given_up);
    else build_format(&more, "%s; for %u more it was given up: %s", why, given_up, given_up_for);
    check->verdict.why = builder_string(&more);
}

static void test_spec(Check *check, const char *why) {
    const SpecOptions *options = check->engine->options;
    unsigned count = options->examples ? options->examples : EXAMPLES;
    check->verdict.outcome = SPEC_TESTED;
    check->verdict.why = why;
    bool was_run = check->explored.classes > 0;
    check->explored = (Explored){0};
    if (!can_generate_all(check)) {
        if (was_run || !check->types.count) set_bounded(check, why);
        else refuse_values(check, why);
        return;
    }
    unsigned given_up = 0, discarded = 0;
    const char *given_up_for = why;
    for (unsigned i = 0; i < count + discarded && discarded < count * MOST_DISCARDED; i++) {
        Samples samples = {0};
        Explored before = check->explored;
        generate_values(check, (i - discarded + discarded / 4) % count, count, &samples);
        if (fails_with(check, &samples)) {
            shrink_failure(check, &samples);
            return;
        }
        discarded += check->engine->is_discarded;
        if (check->engine->is_discarded) check->explored = before;
        else if (check->engine->stopped != STOP_DOUBT) check->verdict.examples++;
        else {
            if (check->engine->doubt.kind == QUESTION_UNDECIDED) given_up_for = check->engine->doubt.why;
            if (++given_up == MOST_GIVEN_UP) break;
        }
    }
    if (given_up && why) tell_given_up(check, why, given_up, given_up_for, was_run);
    if (discarded && !check->verdict.examples)
        refuse_spec(check, "its `when` holds for none of the generated values", check->engine->spec->subject, NULL);
}

// ---- all values ----

// *is_given_up: a run was.
static bool try_witnesses(Check *check, const Case *present, Choices failing, bool *is_given_up) {
    Engine *engine = check->engine;
    for (unsigned i = 0; i < MOST_WITNESSES; i++) {
        Samples samples = {0};
        engine->unknowns.present = present;
        for (size_t k = 0; k < check->types.count; k++) vector_push(engine->compilation->arena, &samples, NULL);
        guess_witness(engine, &check->generator, present, check->unknown, &check->types, i, &samples);
        check->failing = failing;
        bool fails = fails_with(check, &samples);
        *is_given_up = *is_given_up || engine->stopped == STOP_DOUBT;
        if (!fails) continue;
        shrink_failure(check, &samples);
        return true;
    }
    return false;
}

// A case fails for all its values, as far as can be seen: looks for some with which the program does.
static void find_witness(Check *check, const Case *present) {
    Engine *engine = check->engine;
    const char *message = engine->failure->message;
    Choices failing = check->failing;
    if (!can_generate_all(check)) {
        report_failure(check, present, NULL);
        return;
    }
    bool is_given_up = false, is_found;
    engine->most_in_run = LARGER_ANSWERS;
    is_found = try_witnesses(check, present, failing, &is_given_up);
    engine->most_in_run = MOST_IN_RUN;
    if (is_found || (is_given_up && try_witnesses(check, present, failing, &is_given_up))) return;
    check->failing = (Choices){0};
    Builder why = builder_in(engine->compilation->arena);
    build_format(&why, "a case was met whose conditions could not be decided (%s)", message);
    test_spec(check, builder_string(&why));
}

static void tell_cut(Check *check) {
    const Doubt *doubt = &check->engine->doubt;
    Builder why = builder_in(check->engine->compilation->arena);
    if (doubt->kind != QUESTION_SPLIT) build_string(&why, "cases with more conditions than 24 were not looked at");
    else build_format(&why, "values deeper than %d in each other were not looked at, which `%s` can be", DEEPEST_UNFOLDING, doubt->opaque->name);
    set_bounded(check, builder_string(&why));
}

// With hypotheses: each that is asked beside other tasks as what is at its end at once, and as what waits; and then all of it without times. *is_same:
// each run was the same twice.
static bool passes_inductively(Check *check, const Case *present, bool *is_same) {
    Engine *engine = check->engine;
    engine->is_inducing = true;
    engine->has_hypothesis = false;
    engine->beside.count = 0;
    const Explored before = check->explored;
    bool passes = true;
    *is_same = true;
    for (unsigned way = 0; passes && *is_same && way < 1u << engine->beside.count; way++) {
        bool was_timed = !engine->is_untimed;
        engine->at_once = way;
        engine->again.count = 0;
        passes = passes_with(check, present, NULL);
        if (was_timed && engine->is_untimed) {
            check->explored = before;
            passes = passes_with(check, present, NULL);
        }
        *is_same = !passes || does_the_same_twice(check, present);
    }
    engine->is_untimed = false;
    check->is_beside = check->is_beside || engine->beside.count > 0;
    engine->is_inducing = false;
    return passes;
}

// Without hypotheses no function is left as it is, so a case that only says more of what functions give is run only once. False: one was, and there is
// nothing more to be done. *present: what more is to be done for.
static bool is_first_plain(Check *check, const Case **present) {
    static const Doubt none = {.kind = QUESTION_UNDECIDED};
    Engine *engine = check->engine;
    const Doubt *doubt = engine->stopped == STOP_DOUBT ? &engine->doubt : &none;
    const Case *without = without_given(&engine->unknowns, *present, doubt);
    if (!without) return true;
    for (size_t i = 0; i < check->plain.count; i++)
        if (same_case(check->plain.items[i], without)) return false;
    vector_push(engine->compilation->arena, &check->plain, without);
    *present = without;
    return true;
}

// The program does not follow the hypothesis, or is not seen to: then without. False: that was done for this case before.
static bool pass_plainly(Check *check, const Case **present, bool *passes, bool *is_same) {
    Explored before = check->explored;
    check->engine->again.count = 0;
    *passes = passes_with(check, *present, NULL);
    *is_same = !*passes || does_the_same_twice(check, *present);
    if (is_first_plain(check, present)) return true;
    check->explored = before;
    return false;
}

static void refuse_changing(Check *check) {
    refuse_spec(check, "the program does not do the same twice, though the answers and their order are the same", check->engine->spec->subject,
                "a function of C that it calls gives different values for the same arguments");
}

static bool has_passed(Check *check, const Explored *before) {
    check->verdict.cases++;
    if (check->explored.classes > before->classes || check->explored.is_bounded) return true;
    const CoreStep *not_come_to = check->engine->not_come_to;
    if (not_come_to)
        refuse_spec(check, "in no run of the program the loser has come as far as this step", not_come_to->span,
                    "`=> _` in a `losing` block says that the loser has asked this when it is cancelled");
    else
        refuse_spec(check, "no run of the program is the one that this spec describes", check->engine->spec->subject,
                    "where the program has a `first`, `left` or `right` says who wins: can that side win?");
    name_values(check, NULL, (SpecFailure *)(uintptr_t)check->verdict.failure);
    return false;
}

// One case. False: nothing more is to be done.
static bool check_case(Check *check, const Case *present, Cases *left) {
    Engine *engine = check->engine;
    engine->not_come_to = NULL;
    const Explored before = check->explored;
    bool is_cut = false, is_same, passes = passes_inductively(check, present, &is_same);
    bool is_undecided = engine->stopped == STOP_DOUBT && engine->doubt.kind == QUESTION_UNDECIDED;
    bool is_refuted = !passes && (engine->stopped == STOP_FAILED || is_undecided);
    if (is_refuted) check->explored = before;
    if (is_refuted && engine->is_pool) {
        engine->is_pool_refuted = true;
        return false;
    }
    bool is_plain = is_refuted && (engine->has_hypothesis || engine->given.count);
    if (is_plain && !pass_plainly(check, &present, &passes, &is_same)) return true;
    if (!is_same) {
        refuse_changing(check);
        return false;
    }
    if (passes) return has_passed(check, &before);
    if (engine->stopped == STOP_FAILED) {
        find_witness(check, present);
        return false;
    }
    check->explored = before;
    if (engine->doubt.kind == QUESTION_UNDECIDED) {
        test_spec(check, engine->doubt.why);
        return false;
    }
    split_case(&engine->unknowns, engine->program, present, &engine->doubt, DEEPEST_UNFOLDING, left, &is_cut);
    if (is_cut) tell_cut(check);
    return true;
}

// By induction about the loop with anything gathered. False: it cannot be proved so, and nothing is said.
static bool prove_case(Check *check, const Case *present, Cases *left) {
    Engine *engine = check->engine;
    bool is_cut = false, is_same;
    size_t before = check->explored.classes;
    bool passes = passes_inductively(check, present, &is_same);
    check->verdict.cases += passes;
    if (passes) return is_same && check->explored.classes > before && !check->explored.is_bounded;
    if (engine->stopped != STOP_DOUBT || engine->doubt.kind == QUESTION_UNDECIDED) return false;
    split_case(&engine->unknowns, engine->program, present, &engine->doubt, DEEPEST_UNFOLDING, left, &is_cut);
    return !is_cut;
}

static bool prove_generally(Check *check, Generality how) {
    Engine *engine = check->engine;
    Cases left = {0};
    bool is_proved = true;
    check->verdict.cases = 0;
    check->explored = (Explored){0};
    vector_push(engine->compilation->arena, &left, check->first);
    begin_general(engine, how);
    for (unsigned tried = 0; left.count && is_proved && tried < MOST_TRIED; tried++) {
        const Case *present = left.items[--left.count];
        is_proved = prove_case(check, present, &left);
    }
    engine->is_general = engine->starts_anywhere = false;
    return is_proved && !left.count;
}

// What was bounded or tested may be proved so.
static void prove_loop(Check *check) {
    SpecVerdict verdict = check->verdict;
    Explored explored = check->explored;
    bool is_open = verdict.outcome == SPEC_BOUNDED || verdict.outcome == SPEC_TESTED;
    if (!is_open || !can_generalise(check->engine) || check->engine->options->brute_force) return;
    if (prove_generally(check, JOINED_BEFORE) || prove_generally(check, JOINED_BEHIND) || prove_generally(check, STARTED_ANYWHERE)) {
        check->verdict.outcome = SPEC_PROVED;
        check->verdict.why = NULL;
        check->verdict.examples = 0;
        return;
    }
    check->verdict = verdict;
    check->explored = explored;
}

// ---- by other specs ----

// Whether the other spec is proved by itself. One that is proved by this one is not.
static bool is_proved(void *context, const CoreSpec *spec) {
    const Check *check = context;
    const Engine *engine = check->engine;
    SpecWithin within = {engine->spec, engine->options->within};
    if (engine->options->proved && table_has(engine->options->proved, spec)) return true;
    for (const SpecWithin *outer = &within; outer; outer = outer->outer)
        if (outer->spec == spec) return false;
    SpecOptions options = {.seed = engine->options->seed, .examples = 1, .schedule_limit = engine->options->schedule_limit, .within = &within,
                           .proved = engine->options->proved, .world = engine->options->world};
    options.is_interrupted = engine->options->is_interrupted;
    options.interrupt_context = engine->options->interrupt_context;
    SpecVerdict verdict = check_spec(engine->compilation, engine->program, spec, &options);
    return verdict.outcome == SPEC_PROVED && !verdict.is_interrupted;
}

// What was bounded or tested may be proved so. False: it is not.
static bool prove_by_others(Check *check) {
    Engine *engine = check->engine;
    SpecVerdict verdict = check->verdict;
    Explored explored = check->explored;
    if (!find_used(engine, is_proved, check)) return false;
    Cases left = {0};
    check->verdict = (SpecVerdict){.outcome = SPEC_PROVED, .seed = verdict.seed};
    check->explored = (Explored){0};
    engine->unknowns.has_used = true;
    vector_push(engine->compilation->arena, &left, check->first);
    bool is_whole = true;
    for (unsigned tried = 0; left.count && is_whole && tried < MOST_TRIED; tried++) {
        const Case *present = left.items[--left.count];
        is_whole = prove_case(check, present, &left);
    }
    engine->unknowns.has_used = false;
    engine->used.count = 0;
    if (is_whole && !left.count) return true;
    check->verdict = verdict;
    check->explored = explored;
    return false;
}

// Every case. Of a pool all of them have to hold wherever each item begins, or none is proved so.
static void prove_spec(Check *check) {
    Cases left = {0};
    vector_push(check->engine->compilation->arena, &left, check->first);
    for (unsigned run = 1; left.count; run++) {
        const Case *present = left.items[--left.count];
        if (!check_case(check, present, &left)) break;
        if (check->verdict.cases < check->most_cases && run < MOST_RUN) continue;
        set_bounded(check, "there are more cases than were looked at");
        break;
    }
    if (!check->engine->is_pool_refuted) return;
    forget_parallel(check->engine);
    check->verdict.cases = 0;
    check->verdict.outcome = SPEC_PROVED;
    check->explored = (Explored){0};
    prove_spec(check);
}

static bool is_open(const Check *check) { return check->verdict.outcome == SPEC_BOUNDED || check->verdict.outcome == SPEC_TESTED; }

// First in a few cases; where these do not do, by the other specs that it uses, or in many.
static void prove(Check *check) {
    bool may_use = !check->engine->options->brute_force && uses_others(check->engine);
    check->most_cases = may_use ? FEW_CASES : MOST_CASES;
    prove_spec(check);
    if (is_open(check)) prove_loop(check);
    if (!may_use || !is_open(check) || prove_by_others(check) || check->verdict.cases < FEW_CASES) return;
    check->most_cases = MOST_CASES;
    check->verdict = (SpecVerdict){.outcome = SPEC_PROVED, .seed = check->verdict.seed};
    check->explored = (Explored){0};
    prove_spec(check);
}

// Where values were left out, some are generated, which are larger than what was looked at. And a hypothesis beside other tasks stands for its
// steps as one: what equal steps of the others may take from it (of several the first in the text is asked) shows when all of them are there.
static void test_larger(Check *check) {
    Engine *engine = check->engine;
    const SpecOptions *options = engine->options;
    SpecVerdict verdict = check->verdict;
    Explored explored = check->explored;
    SpecOptions fewer = *options;
    bool is_beside = verdict.outcome == SPEC_PROVED && check->is_beside && can_generate_all(check);
    bool is_cut = verdict.outcome == SPEC_BOUNDED && !options->brute_force;
    if ((!is_cut && !is_beside) || !check->types.count) return;
    fewer.schedule_limit = is_beside ? BESIDE_SCHEDULES : LARGER_SCHEDULES;
    if (is_beside) fewer.examples = EXAMPLES;
    engine->options = &fewer;
    limit_answers(engine);
    engine->most_in_run = LARGER_ANSWERS;
    test_spec(check, verdict.why);
    lift_limits(check);
    engine->options = options;
    if (check->verdict.outcome == SPEC_FAILED) return;
    if (!is_beside) verdict.examples = check->verdict.examples;
    check->verdict = verdict;
    check->explored = explored;
}

// Of a spec of which no run has come to an end nothing is known.
static void check_tested(Check *check) {
    const SpecVerdict *verdict = &check->verdict;
    const CoreStep *use = check->engine->endless_use;
    if (!is_open(check) || !verdict->why || verdict->cases || verdict->examples || check->explored.classes || check->explored.sampled) return;
    if (use) refuse_spec(check, "specs are used without end, and no step is done in between", use->span, ENDLESS_USE);
    else refuse_spec(check, verdict->why, check->engine->spec->subject,
                "every run was given up, so that nothing was tested: let what is run end within this limit, with fewer items or after a few rounds");
}

// The first step that was not: where all was run it is a mistake, else nobody can tell.
static void check_steps_reached(Check *check) {
    const Engine *engine = check->engine;
    size_t i = engine->spec->first_step, end = i + engine->spec->step_count;
    const CoreStep *step = &engine->program->steps.items[i];
    while (i < end && (engine->is_reached[i] || (step->kind != STEP_KIND_ASK && step->kind != STEP_KIND_USE))) i++, step++;
    if (i == end || check->verdict.outcome == SPEC_FAILED) return;
    if (check->verdict.outcome == SPEC_PROVED && !check->explored.is_bounded) {
        refuse_spec(check, "this step is never reached", step->span, "no value of the parameters and no schedule leads here: remove it");
        return;
    }
    const char *why = check->verdict.why ? check->verdict.why : "not all was run";
    Position position = source_position(step->span.source, step->span.start);
    check->verdict.why = symbol_format(engine->compilation->symbols, "%s; the step of line %u was never reached", why, position.line);
}

// ---- faults ----

typedef struct FaultStart {
    Check *check;
    const Samples *samples; // NULL: for all values
} FaultStart;

static bool start_for_faults(void *context) {
    const FaultStart *start = context;
    return start_with(start->check, start->check->first, start->samples);
}

static bool try_generated(Check *check, unsigned index, FaultsVerdict *faults) {
    Samples samples = {0};
    FaultStart start = {check, &samples};
    generate_values(check, index, MOST_WITNESSES, &samples);
    return try_faults(check->engine, start_for_faults, &start, faults);
}

// For all values at once where the program does not look at them, else on a few that were generated.
static void check_faults(Check *check) {
    static const unsigned indices[] = {8, 16, 24, 32};
    Engine *engine = check->engine;
    FaultsVerdict *faults = NEW(engine->compilation->arena, FaultsVerdict);
    FaultStart start = {check, NULL};
    check->verdict.faults = faults; // and is told what they are so far, whenever it ends
    bool is_found = try_faults(engine, start_for_faults, &start, faults) && !faults->undecided;
    if (!is_found) *faults = (FaultsVerdict){0};
    bool has_values = !is_found && can_generate_all(check);
    for (unsigned i = 0; has_values && i < sizeof indices / sizeof *indices; i++) is_found = try_generated(check, indices[i], faults) || is_found;
    for (unsigned i = 0; has_values && !is_found && i < MOST_WITNESSES; i++) is_found = try_generated(check, i, faults);
    faults->is_skipped = !is_found;
}

// ---- a schedule that has failed before ----

// In whichever way what is asked is matched. It is told as the text matches it.
static bool fails_again(Check *check, const Samples *samples) {
    while (tell_schedule(check, check->first, samples))
        if (!match_otherwise(check->engine, is_mismatch(check->engine))) return tell_schedule(check, check->first, samples);
    return false;
}

static void replay(Check *check) {
    Engine *engine = check->engine;
    Samples samples = {0};
    Choices choices = {0};
    check->verdict.outcome = SPEC_SAMPLED;
    check->verdict.why = "the schedule of the token passes";
    if (!read_token(engine->compilation->arena, engine->program, engine->spec, engine->options->replay, &samples, &choices)) {
        check->verdict.why = "the token is not of this spec as it is";
        return;
    }
    check->failing = choices;
    check->explored.schedules++;
    if (!fails_again(check, &samples)) return;
    engine->record->switches = count_switches(engine);
    engine->record->token = engine->options->replay;
    name_values(check, &samples, engine->record);
    check->verdict.outcome = SPEC_FAILED;
    check->verdict.why = NULL;
    check->verdict.failure = engine->record;
}

// ---- the whole ----

static void make_parameters(Check *check) {
    Engine *engine = check->engine;
    Arena *arena = engine->compilation->arena;
    const CoreSpec *spec = engine->spec;
    check->unknown = NEW_ARRAY(arena, Value, spec->parameters.count + 1);
    for (size_t i = 0; i < spec->parameters.count; i++) {
        Type *type = spec->parameters.items[i]->type;
        vector_push(arena, &check->types, type);
        check->unknown[i] = make_opaque(&engine->unknowns, type, *spec->names.items[i] ? spec->names.items[i] : "a parameter", NULL);
        Opaque *opaque = (Opaque *)(uintptr_t)check->unknown[i].object->about;
        opaque->is_char = opaque->type->kind == TYPE_DATA && opaque->type->data == engine->program->builtins->char_type;
    }
    check->first = NEW(arena, Case);
}

static void check_all(Check *check) {
    const SpecOptions *options = check->engine->options;
    make_parameters(check);
    if (options->replay) replay(check);
    else {
        prove(check);
        test_larger(check);
        check_tested(check);
        check_steps_reached(check);
        tell_sampled(check);
    }
    if (options->proved && check->verdict.outcome == SPEC_PROVED) {
        const CoreSpec *spec = check->engine->spec;
        table_put(options->proved, spec, (void *)(uintptr_t)spec);
    }
    if (options->faults && check->verdict.outcome != SPEC_FAILED) check_faults(check);
}

// What was found until then: a failure, though not with the smallest values; or what other answers lead to.
static void check_interrupted(Check *check, const SpecOptions *options) {
    Engine *engine = check->engine;
    engine->options = options;
    lift_limits(check);
    FaultsVerdict *faults = (FaultsVerdict *)(uintptr_t)check->verdict.faults;
    check->verdict.is_interrupted = true;
    engine->faults = NULL;
    if (faults) faults->is_interrupted = true;
    if (!check->is_shrinking) return;
    check->failing = check->known;
    report_failure(check, check->first, &check->smallest);
}

SpecVerdict check_spec(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options) {
    Check *check = NEW(compilation->arena, Check); // not on the stack, which an interruption jumps back to
    check->verdict = (SpecVerdict){.outcome = SPEC_PROVED, .seed = options->seed};
    check->engine = make_engine(compilation, program, spec, options);
    check->start = save_machine(check->engine->machine, NULL);
    check->most_allocated = check->engine->most_allocated;
    check->generator = (Generator){.arena = compilation->arena, .program = program, .state = mix_seed(options->seed, spec->definition->name)};
    if (!options->simulates) check->generator.unknowns = &check->engine->unknowns;
    if (!setjmp(check->engine->interrupted)) check_all(check);
    else check_interrupted(check, options);
    check->verdict.classes = check->explored.classes;
    check->verdict.schedules = check->explored.schedules;
    check->verdict.sampled = check->explored.sampled;
    free_snapshot(check->start);
    free_engine(check->engine);
    return check->verdict;
}
