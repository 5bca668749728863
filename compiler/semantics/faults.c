// fx test --faults: what the program does when the world does not answer as the spec says. Each fallible answer of a passing run is replaced by
// each of its errors, by an end of input, by a part of what was asked for; then two answers at once; and the program is cancelled at each point
// where it waits. From there on the spec says nothing more: steps that still fit are answered by them, and anything else by the plainest value
// of its type. What must not happen: a fault, a deadlock, asking without end, and leaving open what is closed in the passing run.

#include "faults.h"

#include <string.h>

enum {
    MOST_UNSTATED = 1000, // answers that no step gives, in one run: more are without end
    MOST_PAIRS = 4000,
    MOST_FAILURES = 5,    // that are told of one spec
    MOST_ATTEMPTS = 200,  // to find a schedule that the spec speaks of
};

// An answer that could have been another one.
typedef struct Fallible {
    size_t answer;         // its place among the run's answers
    unsigned alternatives;
} Fallible;
typedef Vector(Fallible) Fallibles;

typedef struct Injection {
    size_t answer;
    unsigned alternative;
} Injection;

// What is open: a value that an operation gave and that is passed to `close` or `release` of its effect.
typedef struct Open {
    const Effect *effect;
    Value value;
    const char *text; // "File.open_read "notes""
} Open;

struct Faults {
    Injection injections[2];
    unsigned injection_count;
    size_t cancelled_at; // which point of waiting; SIZE_MAX: none
    // Of the run at hand.
    size_t answers, waits, unstated;
    Fallibles met;
    Vector(Open) open;
    const char *texts[2]; // "File.read "notes" answers Err NotFound"
    Choices choices;      // of the passing run
    size_t open_in_spec;  // how many are left open by the passing run
    bool (*start)(void *context);
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
    Faults *faults = engine->faults;
    if (!is_closing(external->operation)) return;
    for (size_t i = faults->open.count; i-- > 0;) {
        Open *open = &faults->open.items[i];
        if (open->effect != external->operation->effect || (external->operation->arguments.count && !is_same(open->value, arguments[0]))) continue;
        *open = faults->open.items[--faults->open.count];
        return;
    }
}

static void note_opened(Engine *engine, const External *external, const Value *arguments, Value answer) {
    Faults *faults = engine->faults;
    Type *given = resolve_type(external->operation->answer);
    bool is_result = given->kind == TYPE_DATA && given->data == engine->program->builtins->result_type;
    if (is_result && !is_ok(engine, answer)) return;
    if (!is_opening(external->operation, is_result ? given->arguments.items[0] : given)) return;
    Open open = {external->operation->effect, is_result ? answer.object->items[0] : answer, describe_operation(engine, external, arguments)};
    vector_push(engine->compilation->arena, &faults->open, open);
}

// ---- called by the driver ----

Value answer_or_fault(Engine *engine, const External *external, const Value *arguments, Value answer) {
    Faults *faults = engine->faults;
    Value other;
    unsigned alternatives = 0;
    size_t number = faults->answers++;
    while (find_alternative(engine, external, answer, alternatives, &other)) alternatives++;
    if (alternatives) vector_push(engine->compilation->arena, &faults->met, ((Fallible){number, alternatives}));
    for (unsigned i = 0; i < faults->injection_count; i++) {
        if (faults->injections[i].answer != number || !find_alternative(engine, external, answer, faults->injections[i].alternative, &other)) continue;
        Builder text = builder_in(engine->compilation->arena);
        build_format(&text, "%s answers %s", describe_operation(engine, external, arguments), describe_value(engine, other));
        faults->texts[i] = builder_string(&text);
        engine->is_deviant = true;
        answer = other;
    }
    note_opened(engine, external, arguments, answer);
    return answer;
}

Value unstated_answer(Engine *engine, const External *external) {
    if (++engine->faults->unstated > MOST_UNSTATED)
        fail(engine, "the program goes on asking without end", engine->spec->subject, NULL, NULL, (Span){0}, NULL);
    return plainest_value(engine, external->answer);
}

void check_deviant_end(Engine *engine) {
    Faults *faults = engine->faults;
    Machine *machine = engine->machine;
    const Unwinding *unwinding = &machine->main->unwinding;
    Fault *fault = machine->is_ending ? machine->fault : unwinding->reason == END_FAULT ? unwinding->fault : NULL;
    if (fault) {
        record_event(engine, SPEC_WRONG, machine->main, fault->message, (Span){0});
        fail(engine, "the program faults", engine->spec->subject, NULL, print_fault(machine, fault), (Span){0}, NULL);
    }
    if (faults->open.count <= faults->open_in_spec) return;
    Builder text = builder_in(engine->compilation->arena);
    build_format(&text, "`%s` is never undone", faults->open.items[faults->open.count - 1].text);
    fail(engine, "something is left open", engine->spec->subject, NULL, builder_string(&text), (Span){0}, NULL);
}

// ---- runs ----

// The subject once more, with what is to go wrong. False: something has that must not.
static bool run_once(Engine *engine, Faults *faults) {
    faults->answers = faults->waits = faults->unstated = 0;
    faults->met = (Fallibles){0};
    faults->open.count = 0;
    faults->texts[0] = faults->texts[1] = NULL;
    engine->is_deviant = false;
    if (!faults->start(faults->context)) return engine->stopped != STOP_FAILED;
    run_schedule(engine, &faults->choices);
    return engine->stopped != STOP_FAILED;
}

bool cancel_here(Engine *engine) {
    Faults *faults = engine->faults;
    if (faults->waits++ != faults->cancelled_at || engine->machine->is_ending) return false;
    engine->is_deviant = true;
    end_machine(engine->machine, 130, NULL);
    return true;
}

static const char *describe_cause(Engine *engine, const Faults *faults) {
    Builder text = builder_in(engine->compilation->arena);
    if (faults->cancelled_at != SIZE_MAX) build_format(&text, "when the program is cancelled at its wait number %zu", faults->cancelled_at + 1);
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
static void report_fault(Engine *engine, Faults *faults) {
    Arena *arena = engine->compilation->arena;
    FaultsVerdict *verdict = faults->verdict;
    verdict->failed++;
    if (verdict->failures.count == MOST_FAILURES || is_known(verdict, engine->failure)) return;
    engine->record = NEW(arena, SpecFailure);
    engine->task_names = table_in(arena);
    engine->is_recording = true;
    run_once(engine, faults);
    engine->is_recording = false;
    FaultFailure failure = {describe_cause(engine, faults), engine->record};
    vector_push(arena, &verdict->failures, failure);
}

static bool try_injections(Engine *engine, Faults *faults) {
    if (run_once(engine, faults)) return true;
    report_fault(engine, faults);
    return false;
}

// What else fails once this has: answers behind it, the first and the last of their errors.
static void try_pairs(Engine *engine, Faults *faults) {
    Fallibles later = faults->met;
    size_t first = faults->injections[0].answer;
    for (size_t i = 0; i < later.count; i++) {
        if (later.items[i].answer <= first) continue;
        for (unsigned end = 0; end < (later.items[i].alternatives > 1 ? 2 : 1); end++) {
            if (faults->verdict->pairs == MOST_PAIRS) return;
            faults->injections[1] = (Injection){later.items[i].answer, end ? later.items[i].alternatives - 1 : 0};
            faults->injection_count = 2;
            faults->verdict->pairs++;
            try_injections(engine, faults);
        }
    }
    faults->injection_count = 1;
}

static void try_answers(Engine *engine, Faults *faults, const Fallibles *all) {
    for (size_t i = 0; i < all->count; i++)
        for (unsigned k = 0; k < all->items[i].alternatives; k++) {
            faults->injections[0] = (Injection){all->items[i].answer, k};
            faults->injection_count = 1;
            faults->verdict->answers++;
            bool is_end = k == 0 || k + 1 == all->items[i].alternatives;
            if (try_injections(engine, faults) && is_end) try_pairs(engine, faults);
        }
    faults->injection_count = 0;
}

static void try_cancelling(Engine *engine, Faults *faults, size_t waits) {
    for (size_t i = 0; i < waits; i++) {
        faults->cancelled_at = i;
        faults->verdict->cancellations++;
        try_injections(engine, faults);
    }
    faults->cancelled_at = SIZE_MAX;
}

// A schedule that the spec speaks of: of a `first` the right one has to win.
static bool find_passing(Engine *engine, Faults *faults) {
    uint64_t random = 1;
    for (unsigned attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        run_once(engine, faults);
        if (engine->stopped == STOP_NONE) return true;
        if (engine->stopped != STOP_OTHER_WINNER) return false;
        faults->choices.count = 0;
        for (unsigned i = 0; i < 64; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            vector_push(engine->compilation->arena, &faults->choices, (uint32_t)(random >> 33) % 3);
        }
    }
    return false;
}

bool try_faults(Engine *engine, bool (*start)(void *context), void *context, FaultsVerdict *verdict) {
    Faults faults = {.cancelled_at = SIZE_MAX, .start = start, .context = context, .verdict = verdict};
    engine->faults = &faults;
    bool is_found = find_passing(engine, &faults);
    if (is_found) {
        Fallibles all = faults.met;
        size_t waits = faults.waits;
        faults.open_in_spec = faults.open.count;
        try_answers(engine, &faults, &all);
        try_cancelling(engine, &faults, waits);
    }
    engine->faults = NULL;
    engine->is_deviant = false;
    return is_found;
}
