// With values: those that are generated, those that are guessed for a case which fails, and smaller ones with which it fails, too. What is told of a failure.

#include "check.h"

#include <string.h>

#include "token.h"
#include "witness.h"

enum { MOST_SHRINKS = 2000, MOST_GIVEN_UP = 5, MOST_DISCARDED = 20 };
enum { SAMPLED_FIRST = 10000, SAMPLED_LATER = 100 }; // schedules at random: for the first case or value, for each other
// While values are made smaller, and where larger ones are tried: answers in all. Of a run with smaller ones so many times as many as the failure that
// is known has, and some more, and so many MiB more.
enum { MOST_ANSWERS = 300000, TIMES_ANSWERS = 10, MORE_ANSWERS = 1000, MORE_MEMORY = 16 };

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

bool start_with(Check *check, const Case *present, const Samples *samples) {
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
    if (!check->explored.is_bounded || check->engine->options->brute_force || check->is_first_look) return true;
    bool is_later = check->explored.sampled || check->engine->options->schedule_limit == BESIDE_SCHEDULES;
    size_t count = is_later ? SAMPLED_LATER : SAMPLED_FIRST;
    return sample_schedules(check->engine, start_again, &start, count, &check->explored, &check->failing);
}

bool is_mismatch(const Engine *engine) { return engine->stopped == STOP_FAILED && engine->is_mismatch; }

bool passes_with(Check *check, const Case *present, const Samples *samples) {
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

bool does_the_same_twice(Check *check, const Case *present) {
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

void name_values(Check *check, const Samples *samples, SpecFailure *failure) {
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

bool tell_schedule(Check *check, const Case *present, const Samples *samples) {
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

void report_spec_failure(Check *check, const Case *present, const Samples *samples) {
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

void limit_answers(Engine *engine) { engine->most_answers = engine->answers + MOST_ANSWERS; }

void lift_limits(Check *check) {
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
    if (fails_with(check, samples)) report_spec_failure(check, check->first, samples);
}

void tell_sampled(Check *check) {
    SpecVerdict *verdict = &check->verdict;
    if (!check->explored.is_bounded || verdict->outcome == SPEC_FAILED) return;
    Builder why = builder_in(check->engine->compilation->arena);
    if (verdict->why) build_format(&why, "%s; ", verdict->why);
    build_format(&why, "there are more schedules: %zu were run in order, %zu chosen at random", check->explored.schedules, check->explored.sampled);
    if (verdict->outcome == SPEC_PROVED) verdict->outcome = SPEC_SAMPLED;
    verdict->why = builder_string(&why);
}

void set_bounded(Check *check, const char *why) {
    check->verdict.outcome = SPEC_BOUNDED;
    check->verdict.why = why;
}

void refuse_spec(Check *check, const char *message, Span step, const char *hint) {
    SpecFailure *failure = NEW(check->engine->compilation->arena, SpecFailure);
    failure->message = message;
    failure->step = step;
    failure->hint = hint;
    check->verdict.outcome = SPEC_FAILED;
    check->verdict.failure = failure;
}

// ---- generated values ----

bool can_generate_all(Check *check) {
    bool are_handles = true;
    for (size_t i = 0; i < check->types.count; i++) {
        if (!can_generate(&check->generator, check->types.items[i])) return false;
        are_handles = are_handles && is_generated_handle(&check->generator, check->types.items[i]);
    }
    return !are_handles;
}

void generate_values(Check *check, unsigned index, unsigned count, Samples *samples) {
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

void test_spec(Check *check, const char *why) {
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

// ---- values of a case that fails ----

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

void find_witness(Check *check, const Case *present) {
    Engine *engine = check->engine;
    const char *message = engine->failure->message;
    Choices failing = check->failing;
    if (!can_generate_all(check)) {
        report_spec_failure(check, present, NULL);
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
