// fx test --faults: what the program does when the world does not answer as the spec says. Each fallible answer is replaced by each of its errors, by an
// end of input, by a part of what was asked for; then two answers at once; and the program is cancelled at each point where it waits. Each of these in
// every class of schedules. From there on the spec says nothing more: steps that still fit are answered by them, and anything else by the plainest
// value of its type. What must not happen: a fault, a deadlock, asking without end, and leaving open what the spec's own runs close.

#include "faults.h"

#include <string.h>

enum {
    MOST_UNSTATED = 1000, // answers that no step gives, in one run: more are without end
    MOST_DELIVERED = 5000000, // answers, in all runs
    MOST_PAIRS = 4000,
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
    size_t waits;            // in a single run, so far
    Table by_identity;       // of those met
    Fallibles met;
    Vector(Choices) failing; // cancelled behind these
    Vector(SpecFailure *) failed; // as these
    const char *texts[2];    // "File.read "notes" answers Err NotFound"
    const char *waiting;     // for what, when it was cancelled
    uint64_t delivered_before;
    size_t open_in_spec;     // how many are left open by the runs of the spec
    StartSubject *start;
    void *context;
    FaultsVerdict *verdict;
};

// ---- other answers ----

static bool begins_with_any(const char *name, const char *const *starts) {
    for (; *starts; starts++)
        if (strncmp(name, *starts, strlen(*starts)) == 0) return true;
    return false;
}

static bool reads(const External *external) {
    static const char *const names[] = {"read", "receive", NULL};
    return begins_with_any(external->operation->name, names);
}

static bool writes(const External *external) {
    static const char *const names[] = {"write", "send", NULL};
    return begins_with_any(external->operation->name, names);
}

static Value plainest_value(Engine *engine, Type *type);

static Value plainest_fields(Engine *engine, Type *type, const Constructor *constructor) {
    size_t count = constructor->fields.count;
    Value *fields = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++)
        fields[i] = plainest_value(engine, substitute_type(engine->compilation->arena, constructor->fields.items[i], &type->data->parameters, &type->arguments));
    return construct(engine->machine, type->data, constructor->tag, (unsigned)count, fields);
}

// Ok, None, [], 0, "": what leads to an end.
static Value plainest_value(Engine *engine, Type *type) {
    const Builtins *builtins = engine->program->builtins;
    type = resolve_type(type);
    if (type->kind != TYPE_DATA || type->data->kind == DATA_EXTERN || type->data->is_opaque) return make_opaque(&engine->unknowns, type, "a value", NULL);
    if (type->data == builtins->int_type) return int_value(0);
    if (type->data == builtins->char_type) return (Value){.kind = VALUE_CHAR, .integer = 'a'};
    if (type->data == builtins->float_type) return float_value(0);
    if (type->data == builtins->string_type) return text_value(engine->machine, "");
    if (!type->data->constructors.count) return unit_value(engine->machine);
    return plainest_fields(engine, type, type->data->constructors.items[0]);
}

static Value wrapped(Engine *engine, const DataType *data, unsigned tag, Value value) { return construct(engine->machine, data, tag, 1, &value); }

static Type *error_type(const Engine *engine, const External *external) {
    Type *type = resolve_type(external->answer);
    if (type->kind != TYPE_DATA || type->data != engine->program->builtins->result_type) return NULL;
    Type *error = resolve_type(type->arguments.items[1]);
    return error->kind == TYPE_DATA ? error : NULL;
}

static unsigned count_errors(const Engine *engine, const External *external) {
    const Type *error = error_type(engine, external);
    if (!error) return 0;
    return error->data->constructors.count ? (unsigned)error->data->constructors.count : 1;
}

static bool is_some(const Engine *engine, Value value) {
    return value.kind == VALUE_DATA && constructor_of(value) == engine->program->builtins->option_type->constructors.items[1];
}

static bool is_ok(const Engine *engine, Value value) {
    return value.kind == VALUE_DATA && constructor_of(value) == engine->program->builtins->result_type->constructors.items[0];
}

// A part of what was read, or of how much was written; false: there is no less.
static bool part_of(Engine *engine, const External *external, Value whole, unsigned kind, Value *part) {
    if (whole.kind == VALUE_STRING && reads(external)) {
        Text text = text_in(whole);
        if (!text.length || kind > 1 || (kind == 1 && text.length < 2)) return false;
        *part = make_text(engine->machine, text.bytes, kind ? text.length / 2 : 0);
        return true;
    }
    if (whole.kind != VALUE_INT || !writes(external) || whole.integer < 2 || kind) return false;
    *part = int_value(whole.integer / 2);
    return true;
}

// Alternative `index` to an answer: errors first, then the end of input, then a part. False: there are no so many.
static bool find_alternative(Engine *engine, const External *external, Value answer, unsigned index, Value *other) {
    const Builtins *builtins = engine->program->builtins;
    unsigned errors = is_ok(engine, answer) ? count_errors(engine, external) : 0;
    if (index < errors) {
        Type *error = error_type(engine, external);
        bool is_plain = !error->data->constructors.count;
        Value value = is_plain ? plainest_value(engine, error) : plainest_fields(engine, error, error->data->constructors.items[index]);
        *other = wrapped(engine, builtins->result_type, 1, value);
        return true;
    }
    index -= errors;
    if (is_some(engine, answer)) {
        *other = constant_value(builtins->option_type->constructors.items[0]);
        return index == 0;
    }
    bool is_wrapped = is_ok(engine, answer);
    Value part;
    if (!part_of(engine, external, is_wrapped ? answer.object->items[0] : answer, index, &part)) return false;
    *other = is_wrapped ? wrapped(engine, builtins->result_type, 0, part) : part;
    return true;
}

// ---- what is open ----

static bool is_closing(const Operation *operation) {
    return (strcmp(operation->name, "close") == 0 || strcmp(operation->name, "release") == 0) && operation->arguments.count <= 1;
}

// Whether the operation gives what its effect's `close` or `release` takes.
static bool is_opening(const Operation *operation, Type *given) {
    static const char *const names[] = {"open", "acquire", "lock", "listen", "accept", "connect", "bind", NULL};
    if (!begins_with_any(operation->name, names)) return false;
    for (size_t i = 0; i < operation->effect->operations.count; i++) {
        const Operation *other = operation->effect->operations.items[i];
        if (!is_closing(other)) continue;
        if (!other->arguments.count || type_equal(other->arguments.items[0], given)) return true;
    }
    return false;
}

static bool is_same(Value left, Value right) {
    int order;
    if (left.kind != right.kind) return false;
    return compare_plain(left, right, &order) ? order == 0 : left.object == right.object;
}

void note_asked(Engine *engine, const External *external, const Value *arguments) {
    SpecRun *run = engine->run;
    if (!is_closing(external->operation)) return;
    for (Open **place = &run->open; *place; place = &(*place)->next) {
        Open *open = *place;
        bool is_effect = open->external->operation->effect == external->operation->effect;
        if (!is_effect || (external->operation->arguments.count && !is_same(open->value, arguments[0]))) continue;
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
    if (!is_opening(external->operation, is_result ? given->arguments.items[0] : given)) return;
    Open *open = make_state(engine->machine, sizeof *open);
    size_t count = external->arguments.count;
    *open = (Open){external, make_object(engine->machine, ITEMS, NULL, NULL, NULL, count), is_result ? answer.object->items[0] : answer, run->open};
    if (count) memcpy(open->arguments->items, arguments, count * sizeof *arguments);
    run->open = open;
    run->open_count++;
}

// ---- called by the driver ----

static unsigned count_alternatives(Engine *engine, const External *external, Value answer) {
    Value other;
    unsigned count = is_ok(engine, answer) ? count_errors(engine, external) : 0;
    while (find_alternative(engine, external, answer, count, &other)) count++;
    return count;
}

// Of the runs of the spec, or, behind a first other answer, of what then follows.
static void note_fallible(Engine *engine, uint64_t identity, const External *external, Value answer) {
    Faults *faults = engine->faults;
    if (faults->injection_count > 1 || (faults->injection_count && !engine->run->is_deviant)) return;
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
    Value other;
    answer = look(engine->machine, answer);
    note_fallible(engine, identity, external, answer);
    for (unsigned i = 0; i < faults->injection_count; i++) {
        const Injection *injection = &faults->injections[i];
        if (injection->identity != identity || !find_alternative(engine, external, answer, injection->alternative, &other)) continue;
        if (engine->is_recording) {
            Builder text = builder_in(engine->compilation->arena);
            build_format(&text, "%s answers %s", describe_operation(engine, external, arguments), describe_value(engine, other));
            faults->texts[i] = builder_string(&text);
        }
        engine->run->is_deviant = true;
        answer = other;
    }
    note_opened(engine, external, arguments, answer);
    return answer;
}

_Noreturn void fail_endless(Engine *engine, const char *how) {
    fail(engine, "the program does not end", engine->spec->subject, NULL, how, (Span){0}, NULL);
}

Value unstated_answer(Engine *engine, External *external, const Value *arguments) {
    if (++engine->run->unstated <= MOST_UNSTATED) return plainest_value(engine, external->answer);
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

bool may_cancel(const Engine *engine) {
    return engine->faults && engine->faults->cancels && !engine->machine->is_ending && engine->faults->verdict->cancellations < MOST_CANCELLED;
}

void try_cancelling(Engine *engine, const Choices *choices) {
    Faults *faults = engine->faults;
    Arena *arena = engine->compilation->arena;
    faults->verdict->cancellations++;
    cancel(engine);
    while (run_on(engine)) deliver(engine, nth_answer(engine, 0));
    faults->verdict->undecided += engine->stopped == STOP_DOUBT;
    if (engine->stopped != STOP_FAILED) return;
    Choices copy = {0};
    for (size_t i = 0; i < choices->count; i++) vector_push(arena, &copy, choices->items[i]);
    vector_push(arena, &faults->failing, copy);
    vector_push(arena, &faults->failed, engine->failure);
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
    if (faults->verdict->schedules < MOST_SCHEDULES && engine->delivered - faults->delivered_before < MOST_DELIVERED) return true;
    faults->verdict->is_bounded = true;
    return false;
}

static const char *describe_cause(Engine *engine, const Faults *faults) {
    Builder text = builder_in(engine->compilation->arena);
    if (faults->cancelled_at != SIZE_MAX) build_format(&text, "when the program is cancelled while it waits for %s", faults->waiting);
    else build_format(&text, "when %s", faults->texts[0] ? faults->texts[0] : "the answers are others");
    if (faults->injection_count > 1 && faults->texts[1]) build_format(&text, ", and %s", faults->texts[1]);
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
    engine->record->switches = engine->switches;
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

static uint64_t pair_name(const Injection *injections) {
    uint64_t left = name_below(injections[0].identity, injections[0].alternative), right = name_below(injections[1].identity, injections[1].alternative);
    return (left ^ right) | 1;
}

// What else fails once this has: the first and the last of the errors of what is asked behind it.
static void try_pairs(Engine *engine, const Fallibles *later, Table *tried) {
    Faults *faults = engine->faults;
    faults->injection_count = 2;
    for (size_t i = 0; i < later->count; i++) {
        const Fallible *fallible = later->items[i];
        for (unsigned end = 0; end < (fallible->alternatives > 1 ? 2 : 1); end++) {
            faults->injections[1] = (Injection){fallible->identity, end ? fallible->alternatives - 1 : 0};
            uint64_t name = pair_name(faults->injections);
            if (table_has(tried, (void *)(uintptr_t)name)) continue;
            table_put(tried, (void *)(uintptr_t)name, faults);
            if (faults->verdict->pairs == MOST_PAIRS || !has_room(engine)) return;
            faults->verdict->pairs++;
            try_injections(engine, MOST_OF_PAIR);
        }
    }
}

// What is asked behind an answer that goes well.
typedef struct Behind {
    Injection injection;
    Fallibles later;
} Behind;
typedef Vector(Behind) AllBehind;

static void try_answer(Engine *engine, const Fallible *fallible, unsigned alternative, AllBehind *behind) {
    Faults *faults = engine->faults;
    faults->injections[0] = (Injection){fallible->identity, alternative};
    faults->injection_count = 1;
    faults->by_identity = table_in(engine->compilation->arena);
    faults->met = (Fallibles){0};
    faults->verdict->answers++;
    bool is_end = alternative == 0 || alternative + 1 == fallible->alternatives;
    bool goes_well = try_injections(engine, MOST_OF_ANSWER);
    if (goes_well && is_end) vector_push(engine->compilation->arena, behind, ((Behind){faults->injections[0], faults->met}));
}

// First one at a time, then two.
static void try_answers(Engine *engine, const Fallibles *all) {
    Faults *faults = engine->faults;
    Table tried = table_in(engine->compilation->arena);
    AllBehind behind = {0};
    for (size_t i = 0; i < all->count; i++)
        for (unsigned k = 0; k < all->items[i]->alternatives && has_room(engine); k++) try_answer(engine, all->items[i], k, &behind);
    for (size_t i = 0; i < behind.count; i++) {
        faults->injections[0] = behind.items[i].injection;
        try_pairs(engine, &behind.items[i].later, &tried);
    }
    faults->injection_count = 0;
}

static void report_cancelled(Engine *engine) {
    Faults *faults = engine->faults;
    for (size_t i = 0; i < faults->failing.count; i++) {
        faults->cancelled_at = faults->failing.items[i].count;
        report_fault(engine, faults->failed.items[i], &faults->failing.items[i]);
    }
    faults->cancelled_at = SIZE_MAX;
}

bool try_faults(Engine *engine, StartSubject *start, void *context, FaultsVerdict *verdict) {
    Faults faults = {.cancels = true, .cancelled_at = SIZE_MAX, .start = start, .context = context, .verdict = verdict, .delivered_before = engine->delivered};
    Explored explored = {0};
    Choices failing = {0};
    faults.by_identity = table_in(engine->compilation->arena);
    engine->unknowns.are_handles_apart = true;
    engine->faults = &faults;
    bool is_found = explore_faults(engine, MOST_OF_ANSWER, &explored, &failing) && explored.classes && engine->stopped != STOP_DOUBT;
    faults.cancels = false;
    if (is_found) {
        Fallibles all = faults.met;
        try_answers(engine, &all);
        report_cancelled(engine);
    }
    engine->faults = NULL;
    engine->unknowns.are_handles_apart = false;
    return is_found;
}
