// From a spec to its verdict: first for all values, in as many cases as the program distinguishes; where that cannot be decided, on generated
// values.

#include "check.h"

#include <string.h>

#include "faults.h"
#include "token.h"

enum { DEEPEST_UNFOLDING = 4 };
enum { MOST_CASES = 1000, FEW_CASES = 60, MOST_TRIED = 400, MOST_RUN = 3000 }; // FEW: before other specs are used; TRIED: of a proof that may have no end
enum { LARGER_SCHEDULES = 10000, BESIDE_ANSWERS = 100000 }; // of all values that are larger than the cases; in all, of those beside hypotheses

// ---- all values ----

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
        refuse_spec(check, "in no run of the program this has been asked when who would ask it is cancelled", not_come_to->span,
                    "`=> _` says that who asks this waits here when it is cancelled; all that stands above it has been done by then");
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
        if (check->is_first_look && check->explored.is_bounded) break;
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

static bool is_open(const Check *check) {
    return check->verdict.outcome == SPEC_BOUNDED || check->verdict.outcome == SPEC_TESTED || (check->is_first_look && check->explored.is_bounded);
}

// In a few cases and schedules: whether that says all of it.
static bool look_first(Check *check) {
    Engine *engine = check->engine;
    const SpecOptions *options = engine->options;
    SpecOptions fewer = *options;
    if (!fewer.schedule_limit || fewer.schedule_limit > FEW_SCHEDULES) fewer.schedule_limit = FEW_SCHEDULES;
    engine->options = &fewer;
    check->most_cases = FEW_CASES;
    check->is_first_look = true;
    prove_spec(check);
    if (is_open(check)) prove_loop(check);
    engine->options = options;
    bool is_whole = !is_open(check);
    check->is_first_look = false;
    return is_whole;
}

// First in a few cases; where these do not do, by the other specs that it uses, or in many.
static void prove(Check *check) {
    bool may_use = !check->engine->options->brute_force && uses_others(check->engine);
    if (may_use && (look_first(check) || prove_by_others(check))) return;
    if (may_use && check->verdict.cases < FEW_CASES && !check->explored.is_bounded) return;
    check->most_cases = MOST_CASES;
    check->verdict = (SpecVerdict){.outcome = SPEC_PROVED, .seed = check->verdict.seed};
    check->explored = (Explored){0};
    prove_spec(check);
    if (is_open(check)) prove_loop(check);
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
    if (is_beside) engine->most_answers = engine->answers + BESIDE_ANSWERS;
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
    report_spec_failure(check, check->first, &check->smallest);
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
