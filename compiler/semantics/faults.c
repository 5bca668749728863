// fx test --faults: what the program does when the world does not answer as the spec says. Each fallible answer is replaced by each of its errors, by an
// end of input, by a part of what was asked for, and the program is cancelled at each point where it waits; then come two of these, one behind the other.
// Each in every class of schedules. From there on the spec says nothing more: steps that still fit are answered by them, and anything else by the
// plainest value of its type. What must not happen: a fault, a deadlock, asking without end, and leaving open what the spec's own runs close.

#include "faults.h"

#include <string.h>

enum {
    MOST_UNSTATED = 1000, // answers that no step gives, in one run: more are without end
    MOST_DELIVERED = 5000000, // answers, in all runs
    MOST_PAIRS = 20000,
    MOST_KEPT = 500000,     // pairs, of which those are chosen
    MOST_CANCELLED = 20000, // points
    MOST_FAILURES = 5,      // that are told of one spec
    MOST_OF_ANSWER = 1000,  // schedules of one other answer
    MOST_OF_PAIR = 100,     // of two
    MOST_SCHEDULES = 200000, // of all of them
};

// An answer that could have been another one.
typedef struct Fallible {
    uint64_t identity; // of the request: the same in every schedule
    unsigned alternatives;
} Fallible;
typedef Vector(Fallible *) Fallibles;

typedef struct Injection {
    uint64_t identity;
    unsigned alternative;
} Injection;

// Where the program was cancelled.
typedef struct Cancelled {
    Choices choices;        // behind these
    Injection injection;    // and behind this, if `is_injected`
    bool is_injected;
    SpecFailure *failed;    // NULL: that goes well
    Fallibles later;        // what was asked from then on
} Cancelled;

// Two ways at once in which the world answers otherwise.
typedef struct Pair {
    Injection injections[2];
    const Cancelled *cancelled; // in place of the first; NULL: it is an answer
} Pair;

// What is asked behind an answer that goes well.
typedef struct Behind {
    Injection injection;
    Fallibles later;
} Behind;

// What is open: a value that an operation gave and that is passed to `close` or `release` of its effect. In the machine's state.
typedef struct Open {
    External *external;
    Object *arguments; // ITEMS
    Value value;
    struct Open *next;
} Open;

struct Faults {
    Injection injections[2];
    unsigned injection_count;
    bool cancels;            // at each point that is met
    size_t cancelled_at;     // in a single run: at which point; SIZE_MAX: none
    bool cancels_first;      // then: before there was another answer
    size_t waits;            // in a single run, so far
    bool collects;           // what is asked
    Table by_identity;       // of those met
    Fallibles met;
    Vector(Cancelled) cancelled;
    Vector(Behind) behind;
    Table wrong;             // other answers behind which it goes wrong already
    Vector(Pair) pairs;      // to be tried
    Table names;             // of these
    const char *texts[2];    // "File.read "notes" answers Err NotFound"
    const char *waiting;     // for what, when it was cancelled
    uint64_t delivered_before;
    size_t open_in_spec;     // how many are left open by the runs of the spec
    StartSubject *start;
    void *context;
    FaultsVerdict *verdict;
};

// ---- what is open ----

static bool is_closing(const Operation *operation) {
    static const char *const names[] = {"close", "release", "unlock"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(operation->name, names[i]) == 0) return operation->arguments.count <= 1;
    return false;
}

// Whether the operation gives what its effect's `close` takes; or, giving nothing, takes the same: a name.
static bool is_opening(const Operation *operation, Type *given) {
    static const char *const names[] = {"open", "acquire", "lock", "listen", "accept", "connect", "bind", NULL};
    if (!begins_with_any(operation->name, names)) return false;
    for (size_t i = 0; i < operation->effect->operations.count; i++) {
        const Operation *other = operation->effect->operations.items[i];
        if (is_closing(other) && (!other->arguments.count || type_equal(other->arguments.items[0], given))) return true;
    }
    return false;
}

static bool is_same(const Machine *machine, Value left, Value right) {
    int order;
    left = look(machine, left), right = look(machine, right);
    if (is_symbolic(left) && same_term(machine, left, right)) return true;
    if (left.kind != right.kind) return false;
    return compare_plain(left, right, &order) ? order == 0 : left.object == right.object;
}

void note_asked(Engine *engine, const External *external, const Value *arguments) {
    SpecRun *run = engine->run;
    if (!is_closing(external->operation)) return;
    for (Open **place = &run->open; *place; place = &(*place)->next) {
        Open *open = *place;
        bool is_effect = open->external->operation->effect == external->operation->effect;
        if (!is_effect || (external->operation->arguments.count && !is_same(engine->machine, open->value, arguments[0]))) continue;
        *place = open->next;
        free_state(engine->machine, open, sizeof *open);
        run->open_count--;
        return;
    }
}

static void note_opened(Engine *engine, External *external, const Value *arguments, Value answer) {
    SpecRun *run = engine->run;
    Type *given = resolve_type(external->operation->answer);
    bool is_result = given->kind == TYPE_DATA && given->data == engine->program->builtins->result_type;
    if (is_result && !is_ok(engine, answer)) return;
    if (is_result) given = resolve_type(given->arguments.items[0]);
    size_t count = external->arguments.count;
    bool is_named = count && given->kind == TYPE_DATA && given->data == engine->program->builtins->unit_type;
    if (!is_opening(external->operation, is_named ? external->operation->arguments.items[0] : given)) return;
    Open *open = make_state(engine->machine, sizeof *open);
    Value value = is_named ? arguments[0] : is_result ? answer.object->items[0] : answer;
    *open = (Open){external, make_object(engine->machine, ITEMS, NULL, NULL, NULL, count), value, run->open};
    if (count) memcpy(open->arguments->items, arguments, count * sizeof *arguments);
    run->open = open;
    run->open_count++;
}

// ---- called by the driver ----

static void collect_from_now(Engine *engine) {
    engine->faults->by_identity = table_in(engine->compilation->arena);
    engine->faults->met = (Fallibles){0};
}

// Of the runs of the spec, or, behind a first other answer, of what then follows.
static void note_fallible(Engine *engine, uint64_t identity, const External *external, Value answer) {
    Faults *faults = engine->faults;
    if (!faults->collects || (faults->injection_count && !engine->run->is_deviant)) return;
    Fallible *known = table_get(&faults->by_identity, (void *)(uintptr_t)(identity | 1));
    unsigned alternatives = count_alternatives(engine, external, answer);
    if (!alternatives) return;
    if (!known) {
        known = NEW(engine->compilation->arena, Fallible);
        known->identity = identity;
        table_put(&faults->by_identity, (void *)(uintptr_t)(identity | 1), known);
        vector_push(engine->compilation->arena, &faults->met, known);
    }
    if (alternatives > known->alternatives) known->alternatives = alternatives;
}

Value answer_or_fault(Engine *engine, uint64_t identity, External *external, const Value *arguments, Value answer) {
    Faults *faults = engine->faults;
    answer = look(engine->machine, answer);
    note_fallible(engine, identity, external, answer);
    for (unsigned i = 0; i < faults->injection_count; i++) {
        const Injection *injection = &faults->injections[i];
        if (injection->identity != identity || injection->alternative >= count_alternatives(engine, external, answer)) continue;
        answer = make_alternative(engine, external, answer, injection->alternative);
        engine->run->is_deviant = true;
        if (!engine->is_recording) break;
        Builder text = builder_in(engine->compilation->arena);
        build_format(&text, "%s answers %s", describe_operation(engine, external, arguments), describe_value(engine, answer));
        faults->texts[i] = builder_string(&text);
        break;
    }
    note_opened(engine, external, arguments, answer);
    return answer;
}

_Noreturn void fail_endless(Engine *engine, const char *how) {
    fail(engine, "the program does not end", engine->spec->subject, NULL, how, (Span){0}, NULL);
}

Value unstated_answer(Engine *engine, External *external, const Value *arguments) {
    if (++engine->run->unstated <= MOST_UNSTATED) return plainest_answer(engine, external, arguments);
    Builder how = builder_in(engine->compilation->arena);
    build_format(&how, "after %d more answers it still asks `%s`", MOST_UNSTATED, describe_operation(engine, external, arguments));
    fail_endless(engine, builder_string(&how));
}

void note_open_at_end(Engine *engine) {
    if (engine->faults && engine->run->open_count > engine->faults->open_in_spec) engine->faults->open_in_spec = engine->run->open_count;
}

void check_deviant_end(Engine *engine) {
    const Faults *faults = engine->faults;
    Machine *machine = engine->machine;
    const Unwinding *unwinding = &machine->main->unwinding;
    Fault *fault = machine->is_ending ? machine->fault : unwinding->reason == END_FAULT ? unwinding->fault : NULL;
    if (!fault) fault = machine->lost; // of a release
    if (fault) {
        record_event(engine, SPEC_WRONG, machine->main, fault->message, (Span){0});
        fail(engine, "the program faults", engine->spec->subject, NULL, print_fault(machine, fault), (Span){0}, NULL);
    }
    if (engine->run->open_count <= faults->open_in_spec) return;
    Builder text = builder_in(engine->compilation->arena);
    const Open *open = engine->run->open;
    build_format(&text, "`%s` is never undone", describe_operation(engine, open->external, open->arguments->items));
    fail(engine, "something is left open", engine->spec->subject, NULL, builder_string(&text), (Span){0}, NULL);
}

// ---- cancelling ----

static const char *describe_waiting(Engine *engine) {
    Builder text = builder_in(engine->compilation->arena);
    size_t others = 0;
    for (const Pending *pending = engine->run->first; pending; pending = pending->next) {
        if (text.length) others++;
        else if (pending->external) build_string(&text, describe_operation(engine, pending->external, pending->arguments->items));
    }
    if (!text.length) return "what other tasks do";
    if (others) build_format(&text, " and %zu more", others);
    return builder_string(&text);
}

static void cancel(Engine *engine) {
    if (engine->is_recording) engine->faults->waiting = describe_waiting(engine);
    engine->run->is_deviant = true;
    end_machine(engine->machine, 130, NULL);
}

bool cancel_here(Engine *engine) {
    Faults *faults = engine->faults;
    if (faults->waits++ != faults->cancelled_at || engine->machine->is_ending) return false;
    cancel(engine);
    return true;
}

// Behind another answer: where the run is no longer as without it.
bool may_cancel(Engine *engine) {
    Faults *faults = engine->faults;
    if (!faults || !faults->cancels || engine->machine->is_ending || (faults->injection_count && !engine->run->is_deviant)) return false;
    FaultsVerdict *verdict = faults->verdict;
    if (faults->injection_count) verdict->all_pairs++;
    else verdict->all_cancellations++;
    return faults->cancelled.count < MOST_CANCELLED && engine->delivered - faults->delivered_before < MOST_DELIVERED;
}

void try_cancelling(Engine *engine, const Choices *choices) {
    Faults *faults = engine->faults;
    Arena *arena = engine->compilation->arena;
    const Table by_identity = faults->by_identity;
    const Fallibles met = faults->met;
    Cancelled cancelled = {.is_injected = faults->injection_count > 0, .injection = faults->injections[0]};
    if (cancelled.is_injected) faults->verdict->pairs++;
    else faults->verdict->cancellations++;
    faults->collects = !cancelled.is_injected;
    collect_from_now(engine);
    cancel(engine);
    while (run_on(engine)) deliver(engine, nth_answer(engine, 0));
    faults->verdict->undecided += engine->stopped == STOP_DOUBT;
    if (engine->stopped == STOP_FAILED) cancelled.failed = engine->failure;
    else cancelled.later = faults->met;
    for (size_t i = 0; i < choices->count; i++) vector_push(arena, &cancelled.choices, choices->items[i]);
    vector_push(arena, &faults->cancelled, cancelled);
    faults->by_identity = by_identity;
    faults->met = met;
    faults->collects = true;
}

// ---- runs ----

static bool start_run(void *context) {
    Engine *engine = context;
    engine->faults->waits = 0;
    return engine->faults->start(engine->faults->context);
}

// Every class of schedules, within the limit. False: something goes wrong that must not.
static bool explore_faults(Engine *engine, size_t limit, Explored *explored, Choices *failing) {
    Faults *faults = engine->faults;
    const SpecOptions *options = engine->options;
    SpecOptions fewer = *options;
    size_t left = MOST_SCHEDULES - faults->verdict->schedules;
    fewer.schedule_limit = limit < left ? limit : left;
    engine->options = &fewer;
    bool passes = start_run(engine) && explore(engine, explored, failing);
    engine->options = options;
    faults->verdict->schedules += explored->schedules;
    faults->verdict->is_bounded = faults->verdict->is_bounded || explored->is_bounded;
    faults->verdict->undecided += !passes && engine->stopped == STOP_DOUBT;
    return passes || engine->stopped != STOP_FAILED;
}

static bool has_room(const Engine *engine) {
    const Faults *faults = engine->faults;
    return faults->verdict->schedules < MOST_SCHEDULES && engine->delivered - faults->delivered_before < MOST_DELIVERED;
}

static const char *build_cancelled(Builder *text, const char *and, const Faults *faults) {
    if (faults->cancelled_at == SIZE_MAX || !faults->waiting) return and;
    build_format(text, "%sthe program is cancelled while it waits for %s", and, faults->waiting);
    return ", and ";
}

static const char *describe_cause(Engine *engine, const Faults *faults) {
    Builder text = builder_in(engine->compilation->arena);
    const char *and = "when ";
    if (faults->cancels_first) and = build_cancelled(&text, and, faults);
    for (unsigned i = 0; i < faults->injection_count; i++) {
        if (!faults->texts[i]) continue;
        build_format(&text, "%s%s", and, faults->texts[i]);
        and = ", and ";
    }
    if (!faults->cancels_first) and = build_cancelled(&text, and, faults);
    if (!text.length) build_string(&text, "when the answers are others");
    return builder_string(&text);
}

static bool is_known(const FaultsVerdict *verdict, const SpecFailure *failure) {
    for (size_t i = 0; i < verdict->failures.count; i++) {
        const SpecFailure *known = verdict->failures.items[i].failure;
        bool same_text = known->actual && failure->actual ? strcmp(known->actual, failure->actual) == 0 : known->actual == failure->actual;
        if (known->message == failure->message && same_text) return true;
    }
    return false;
}

// Once more, told event by event.
static void report_fault(Engine *engine, const SpecFailure *failed, Choices *choices) {
    Arena *arena = engine->compilation->arena;
    Faults *faults = engine->faults;
    FaultsVerdict *verdict = faults->verdict;
    verdict->failed++;
    if (verdict->failures.count == MOST_FAILURES || is_known(verdict, failed)) return;
    engine->is_telling = true;
    if (faults->cancelled_at == SIZE_MAX) shorten_schedule(engine, start_run, engine, choices);
    faults->texts[0] = faults->texts[1] = faults->waiting = NULL;
    engine->record = NEW(arena, SpecFailure);
    engine->task_names = table_in(arena);
    engine->is_recording = true;
    if (start_run(engine)) run_schedule(engine, choices);
    engine->is_recording = false;
    engine->record->switches = count_switches(engine);
    engine->is_telling = false;
    FaultFailure failure = {describe_cause(engine, faults), engine->record};
    vector_push(arena, &verdict->failures, failure);
}

static bool try_injections(Engine *engine, size_t limit) {
    Choices failing = {0};
    if (explore_faults(engine, limit, &(Explored){0}, &failing)) return true;
    report_fault(engine, engine->failure, &failing);
    return false;
}

// ---- one at a time ----

static void *injection_name(const Injection *injection) { return (void *)(uintptr_t)(name_below(injection->identity, injection->alternative) | 1); }

static void try_answer(Engine *engine, const Fallible *fallible, unsigned alternative) {
    Faults *faults = engine->faults;
    faults->injections[0] = (Injection){fallible->identity, alternative};
    faults->injection_count = 1;
    collect_from_now(engine);
    faults->verdict->answers++;
    if (try_injections(engine, MOST_OF_ANSWER)) {
        Behind behind = {faults->injections[0], faults->met};
        vector_push(engine->compilation->arena, &faults->behind, behind);
    } else table_put(&faults->wrong, injection_name(&faults->injections[0]), faults);
}

static void report_cancelled(Engine *engine, bool are_injected) {
    Faults *faults = engine->faults;
    faults->injection_count = are_injected;
    for (size_t i = 0; i < faults->cancelled.count; i++) {
        Cancelled *cancelled = &faults->cancelled.items[i];
        if (!cancelled->failed || cancelled->is_injected != are_injected) continue;
        faults->injections[0] = cancelled->injection;
        faults->cancelled_at = cancelled->choices.count;
        report_fault(engine, cancelled->failed, &cancelled->choices);
    }
    faults->injection_count = 0;
    faults->cancelled_at = SIZE_MAX;
}

static void try_answers(Engine *engine, const Fallibles *all) {
    Faults *faults = engine->faults;
    for (size_t i = 0; i < all->count; i++) {
        const Fallible *fallible = all->items[i];
        faults->verdict->all_answers += fallible->alternatives;
        for (unsigned k = 0; k < fallible->alternatives && has_room(engine); k++) try_answer(engine, fallible, k);
    }
    faults->injection_count = 0;
}

// ---- two ----

static uint64_t pair_name(const Injection *injections) {
    uint64_t left = name_below(injections[0].identity, injections[0].alternative), right = name_below(injections[1].identity, injections[1].alternative);
    return (left ^ right) | 1;
}

// Two answers may come in either order: that is one pair.
static void add_pair(Engine *engine, Pair pair) {
    Faults *faults = engine->faults;
    void *name = (void *)(uintptr_t)pair_name(pair.injections);
    if (!pair.cancelled && faults->pairs.count < MOST_KEPT && table_has(&faults->names, name)) return;
    faults->verdict->all_pairs++;
    if (faults->pairs.count == MOST_KEPT) return;
    if (!pair.cancelled) table_put(&faults->names, name, faults);
    vector_push(engine->compilation->arena, &faults->pairs, pair);
}

static void add_pairs(Engine *engine, Pair pair, const Fallibles *later) {
    unsigned second = pair.cancelled ? 0 : 1;
    for (size_t i = 0; i < later->count; i++) {
        for (unsigned k = 0; k < later->items[i]->alternatives; k++) {
            pair.injections[second] = (Injection){later->items[i]->identity, k};
            if (!table_has(&engine->faults->wrong, injection_name(&pair.injections[second]))) add_pair(engine, pair);
        }
    }
}

static void find_pairs(Engine *engine) {
    Faults *faults = engine->faults;
    faults->names = table_in(engine->compilation->arena);
    for (size_t i = 0; i < faults->cancelled.count; i++) add_pairs(engine, (Pair){.cancelled = &faults->cancelled.items[i]}, &faults->cancelled.items[i].later);
    for (size_t i = 0; i < faults->behind.count; i++)
        add_pairs(engine, (Pair){.injections = {faults->behind.items[i].injection}}, &faults->behind.items[i].later);
}

// The schedule in which it was cancelled, and then the first answer each time.
static void try_behind_cancelling(Engine *engine, const Cancelled *cancelled) {
    Faults *faults = engine->faults;
    Choices choices = cancelled->choices;
    faults->cancelled_at = choices.count;
    faults->cancels_first = true;
    faults->verdict->schedules++;
    if (start_run(engine)) run_schedule(engine, &choices);
    faults->verdict->undecided += engine->stopped == STOP_DOUBT;
    if (engine->stopped == STOP_FAILED) report_fault(engine, engine->failure, &choices);
    faults->cancelled_at = SIZE_MAX;
    faults->cancels_first = false;
}

static void try_pair(Engine *engine, const Pair *pair) {
    Faults *faults = engine->faults;
    faults->verdict->pairs++;
    faults->injections[0] = pair->injections[0];
    faults->injections[1] = pair->injections[1];
    faults->injection_count = pair->cancelled ? 1 : 2;
    if (pair->cancelled) try_behind_cancelling(engine, pair->cancelled);
    else try_injections(engine, MOST_OF_PAIR);
    faults->injection_count = 0;
}

static size_t greatest_common_divisor(size_t a, size_t b) {
    while (b) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// All of them, in order; of more than there is room for, some that lie evenly among them: every `step`th, round and round.
static void try_pairs(Engine *engine) {
    const Faults *faults = engine->faults;
    size_t count = faults->pairs.count, step = count > MOST_PAIRS ? count * 5 / 8 : 1;
    while (count && greatest_common_divisor(step, count) > 1) step++;
    for (size_t i = 0, at = 0; i < count && i < MOST_PAIRS && has_room(engine); i++, at = (at + step) % count) try_pair(engine, &faults->pairs.items[at]);
}

bool try_faults(Engine *engine, StartSubject *start, void *context, FaultsVerdict *verdict) {
    Faults faults = {.cancels = true, .cancelled_at = SIZE_MAX, .start = start, .context = context, .verdict = verdict, .delivered_before = engine->delivered};
    Explored explored = {0};
    Choices failing = {0};
    engine->unknowns.are_handles_apart = true;
    engine->faults = &faults;
    faults.collects = true;
    faults.wrong = table_in(engine->compilation->arena);
    collect_from_now(engine);
    bool is_found = explore_faults(engine, MOST_OF_ANSWER, &explored, &failing) && explored.classes && engine->stopped != STOP_DOUBT;
    if (is_found) {
        const Fallibles all = faults.met;
        try_answers(engine, &all);
        faults.cancels = faults.collects = false;
        report_cancelled(engine, false);
        report_cancelled(engine, true);
        find_pairs(engine);
        try_pairs(engine);
    }
    engine->faults = NULL;
    engine->unknowns.are_handles_apart = false;
    return is_found;
}
