// Test.simulate: a test in place of a spec. The program's own handlers answer what it asks of the world; here is only the time, which is virtual,
// and the choice of who goes on: of tasks that others have let on, any may be next, and time passes when there is none.

#include "spec.h"

#include <string.h>

static const char SIMULATE[] = "fx_test_simulate_take"; // the extern of Test.simulate

// 2000-01-01 00:00 UTC, when every simulation begins: in seconds since 1970.
static const int64_t BEGINNING = 946684800;

static uint64_t elapsed(const Engine *engine) { return engine->run->clock - 1; }

// ---- the test as a spec ----

// As it is written: a pattern's variable has no name of the user's.
const char *parameter_text(Arena *arena, const CoreDefinition *test, size_t index) {
    const CoreVariable *parameter = test->value->parameters.items[index];
    Builder text = builder_in(arena);
    const Source *source = parameter->span.source;
    if (source) build_text(&text, (Text){source->text.bytes + parameter->span.start, parameter->span.end - parameter->span.start});
    else build_string(&text, parameter->name);
    return builder_string(&text);
}

CoreSpec *simulated_spec(Compilation *compilation, CoreDefinition *test) {
    if (!test->is_test || !core_reaches(compilation->arena, test, SIMULATE)) return NULL;
    CoreSpec *spec = NEW(compilation->arena, CoreSpec);
    *spec = (CoreSpec){.definition = test, .subject = test->span, .returns = test->span};
    for (unsigned i = 0; i < test->test_parameters; i++) {
        vector_push(compilation->arena, &spec->parameters, test->value->parameters.items[i]);
        vector_push(compilation->arena, &spec->names, symbol_of(compilation->symbols, parameter_text(compilation->arena, test, i)));
    }
    return spec;
}

// ---- operations ----

_Noreturn void fail_asks_world(Engine *engine, const Task *task, const External *external, const Value *arguments) {
    const CoreExpression *performed = engine->machine->performed;
    const char *actual = describe_operation(engine, external, arguments);
    record_event(engine, SPEC_WRONG, task, actual, performed ? performed->span : (Span){0});
    fail(engine, "a simulation asks the world", engine->spec->definition->span, NULL, actual, performed ? performed->span : (Span){0},
         "within `Test.simulate` there is only time: give the effect a handler, `handle ... with`");
}

static void begin_sleep(Engine *engine, External *external, const Value *arguments, Request *request) {
    Pending *pending = add_pending(engine, request, NULL);
    pending->external = external;
    pending->place = engine->machine->performed;
    pending->deadline = engine->run->clock + nanoseconds(engine, arguments[0]);
    record_event(engine, SPEC_ASKED, request->task, describe_operation(engine, external, arguments), pending->place->span);
}

Performed simulate_operation(Engine *engine, External *external, const Value *arguments, Request *request, Value *value) {
    const char *symbol = external->symbol ? external->symbol : "";
    int64_t nanoseconds_passed = (int64_t)elapsed(engine), second = 1000000000;
    engine->run->trace = name_below(engine->run->trace ^ request->identity, (uintptr_t)external);
    if (is_sleep(external)) {
        begin_sleep(engine, external, arguments, request);
        return PENDING;
    }
    if (strcmp(symbol, "fx_time_monotonic") == 0) *value = int_value(nanoseconds_passed);
    else if (strcmp(symbol, "fx_time_now") == 0) *value = int_value(BEGINNING * second + nanoseconds_passed);
    else if (strcmp(symbol, "fx_time_get") == 0) *value = int_value(BEGINNING + nanoseconds_passed / second);
    else fail_asks_world(engine, request->task, external, arguments);
    return PERFORMED;
}

// ---- what is told ----

void record_act(Engine *engine, const Task *task, const External *external, const Value *arguments) {
    Builder text = builder_in(engine->compilation->arena);
    const CoreDefinition *definition = external->definition;
    bool is_shared = external->arguments.count && arguments[0].kind == VALUE_RESOURCE && arguments[0].resource->kind != RESOURCE_GROUP;
    bool is_turn = external->rule == perform_yield && engine->options->simulates;
    engine->act = 0;
    if (!is_turn && !is_shared) return;
    if (is_shared) build_format(&text, "%s.", definition->module);
    build_string(&text, definition->name);
    for (size_t i = 1; i < external->arguments.count; i++) build_format(&text, " %s", describe_value(engine, arguments[i]));
    record_event(engine, SPEC_DONE, task, builder_string(&text), (Span){0});
    if (is_shared) engine->act = engine->record->events.count;
}

void record_acted(Engine *engine, Value answer) {
    bool is_unit = answer.kind == VALUE_CONSTANT && data_of(answer) == engine->program->builtins->unit_type;
    if (!engine->act || is_unit) return;
    SpecEvent *event = &engine->record->events.items[engine->act - 1];
    event->text = symbol_format(engine->compilation->symbols, "%s => %s", event->text, describe_value(engine, answer));
}

void record_wait(Engine *engine, const Request *request) {
    size_t count = engine->record->events.count;
    if (count && engine->record->events.items[count - 1].kind == SPEC_DONE) engine->record->events.items[count - 1].kind = SPEC_ASKED;
    else record_event(engine, SPEC_ASKED, request->task, request->name, (Span){0});
}

void record_cell(Engine *engine, const Task *task, const Operation *operation, Value value) {
    Builder text = builder_in(engine->compilation->arena);
    bool is_set = strcmp(operation->name, "set") == 0;
    build_format(&text, "%s.%s %s%s", operation->effect->name, operation->name, is_set ? "" : "=> ", describe_value(engine, value));
    record_event(engine, SPEC_DONE, task, builder_string(&text), (Span){0});
}

// ---- who goes on ----

bool hold_task(Engine *engine, Task *task) {
    if (engine->is_apart || !engine->options->simulates) return false;
    Machine *machine = engine->machine;
    Request *turn = make_request(machine, task, REQUEST_TURN, "");
    turn->identity = name_below(task->name, UINT32_MAX + (uint64_t)task->asked++);
    add_pending(engine, turn, NULL)->is_turn = true;
    machine->in_flight++;
    return true;
}

void deliver_turn(Engine *engine, Pending *pending) {
    Request *turn = pending->request;
    Task *task = turn->task;
    engine->run->trace = name_below(engine->run->trace, turn->identity);
    engine->machine->in_flight--;
    free_request(engine->machine, turn);
    make_ready(engine->machine, task, engine->run->turn);
}

// What is due by now is a choice like any other. The time goes on to the earliest of the others when nothing else can happen.
bool is_due(const Engine *engine, const Pending *pending) {
    if (pending->deadline <= engine->run->clock) return true;
    for (const Pending *other = engine->run->first; other; other = other->next)
        if (other->deadline < pending->deadline) return false;
    return true;
}

// ---- beginning and end ----

static bool is_computation(const CoreDefinition *test) {
    Type *type = resolve_type(test->type);
    for (unsigned i = 0; i < test->test_parameters; i++) type = resolve_type(type->right);
    if (test->has_guard) type = resolve_type(resolve_type(type->arguments.items[0])->right);
    return type->kind == TYPE_COMPUTATION;
}

// The guard's list: of a function from () to what is tested, or empty.
static void start_guarded(Engine *engine, Value test, size_t count, const Value *parameters) {
    Machine *machine = engine->machine;
    Value unit = unit_value(machine), tested;
    if (count) test = apply_apart(engine, test, count, parameters);
    engine->is_discarded = !next_item(&test, &tested);
    if (!engine->is_discarded) {
        apply(machine, machine->main, tested, 1, &unit);
        return;
    }
    machine->main->continuation = NULL;
    answer(machine->main, bool_value(machine, true));
}

void start_simulation(Engine *engine, size_t count, const Value *parameters) {
    Machine *machine = engine->machine;
    const CoreDefinition *test = engine->spec->definition;
    Value value = *global_value(machine, test);
    engine->is_discarded = false;
    machine->main->state = STATE_RUNNING;
    machine->running = machine->main;
    if (is_computation(test)) push(machine, machine->main, FRAME_FORCE, NULL, NULL, 0, NULL);
    if (test->has_guard) start_guarded(engine, value, count, parameters);
    else if (count) apply(machine, machine->main, value, count, parameters);
    else answer(machine->main, value);
}

static const char *side_text(Engine *engine, Value side) {
    if (side.kind != VALUE_STRING) return NULL;
    Builder text = builder_in(engine->compilation->arena);
    build_text(&text, text_in(side));
    return builder_string(&text);
}

void check_simulation_end(Engine *engine) {
    Machine *machine = engine->machine;
    const Unwinding *unwinding = &machine->main->unwinding;
    Span test = engine->spec->definition->span;
    Fault *fault = machine->is_ending ? machine->fault : unwinding->reason == END_FAULT ? unwinding->fault : NULL;
    if (engine->is_recording) engine->record->is_of_test = true;
    if (fault) {
        record_event(engine, SPEC_WRONG, machine->main, fault->message, (Span){0});
        fail(engine, machine->is_stuck ? "it comes to a deadlock" : "it faults", test, NULL, print_fault(machine, fault), (Span){0}, NULL);
    }
    if (constructor_of(inspect(machine, machine->main->value))->tag) return;
    fail(engine, "it is False", test, side_text(engine, machine->difference[0]), side_text(engine, machine->difference[1]), (Span){0}, NULL);
}
