// The world as a spec states it: the driver that matches what the program asks with the steps that may come next, and answers what they say.

#include "coverage.h"
#include "faults.h"
#include "loop.h"

#include <string.h>

// ---- expressions of the spec, evaluated apart from the program ----

static Fault *fault_of_program(const Machine *machine) {
    const Unwinding *unwinding = &machine->main->unwinding;
    return machine->is_ending ? machine->fault : unwinding->reason == END_FAULT ? unwinding->fault : NULL;
}

static void run_apart(Machine *machine, Task *task) {
    machine->running = task;
    task->state = STATE_RUNNING;
    while (task->state == STATE_RUNNING) {
        step(machine, task);
        if (machine->allocated > machine->collect_at) make_memory(machine);
    }
}

// The program's fault, where it faults before it asks for anything. The run is not gone on with.
static const Fault *fault_at_once(Engine *engine) {
    Task task = {0};
    jmp_buf stop, *outer = engine->inner_stop;
    const Fault *volatile fault = NULL;
    if (engine->subject.kind != VALUE_COMPUTATION) return NULL;
    engine->inner_stop = &stop;
    engine->is_apart = engine->refuses_operations = true;
    if (!setjmp(stop)) {
        force(engine->machine, &task, engine->subject);
        run_apart(engine->machine, &task);
        if (task.unwinding.reason == END_FAULT) fault = task.unwinding.fault;
    }
    engine->inner_stop = outer;
    return fault;
}

_Noreturn static void fail_faulting(Engine *engine, const Fault *fault) {
    const Span whole = engine->spec->definition->span;
    if (engine->options->simulates) fail(engine, "its `when` faults", whole, NULL, fault->message, (Span){0}, NULL);
    const Fault *other = fault_of_program(engine->machine);
    if (!other && !engine->machine->main->continuation) other = fault_at_once(engine);
    if (!other) fail(engine, "the spec itself faults", whole, fault->message, NULL, (Span){0}, NULL);
    fail(engine, "the spec itself faults, and so does the program", whole, fault->message, print_fault(engine->machine, other), (Span){0}, NULL);
}

Value finish_apart(Engine *engine, Task *task) {
    Machine *machine = engine->machine;
    Task *running = machine->running;
    const External *performing = machine->performing;
    const CoreExpression *performed = machine->performed;
    bool was_apart = engine->is_apart;
    engine->is_apart = true;
    run_apart(machine, task);
    machine->running = running;
    machine->performing = performing;
    machine->performed = performed;
    engine->is_apart = was_apart;
    if (task->unwinding.reason == END_ANSWER) return task->value;
    fail_faulting(engine, task->unwinding.fault);
}

Value evaluate_apart(Engine *engine, Value computation) {
    Task task = {0};
    force(engine->machine, &task, computation);
    return finish_apart(engine, &task);
}

Value apply_apart(Engine *engine, Value function, size_t count, const Value *arguments) {
    Task task = {0};
    apply(engine->machine, &task, function, count, arguments);
    return finish_apart(engine, &task);
}

// ---- what no step says ----

static void watch_touch(void *context, uint64_t what, Touch how) {
    static const MarkKind kinds[] = {MARK_READS, MARK_USES, MARK_STOPS, MARK_HIDES, MARK_LEAVES_ONE};
    Engine *engine = context;
    if (engine->machine->is_stuck && engine->trail && !engine->trail->is_stuck) engine->trail = NULL; // what a deadlock leads to is of all answers
    if (!engine->trail || engine->is_apart) return;
    if (how == TOUCH_HIDES) add_mark(engine->trail, (Mark){.kind = MARK_HIDES, .key = what});
    else add_mark(engine->trail, (Mark){kinds[how], 0, what, engine->machine->acting, engine->machine->actor});
}

static bool is_within(const Request *request, const Scope *scope) {
    return request->scope == scope || (request->task && branch_in(request->task, scope->name));
}

// The run is none that the spec describes: the scope is over (NULL: the program goes on), and it has not come to this step.
_Noreturn static void stop_other_run(Engine *engine, const Scope *scope, const Progress *to_come) {
    if (to_come) engine->not_come_to = to_come->step;
    bool is_of_others = engine->trail && engine->trail->task != engine->machine->acting;
    if (is_of_others) watch_touch(engine, 0, TOUCH_HIDES); // without the others' answers the run would have gone on
    if (scope) watch_touch(engine, scope->name, TOUCH_CANCELS);
    for (Pending *pending = engine->run->first; pending && engine->trail; pending = pending->next)
        if (!scope || is_within(pending->request, scope)) add_mark(engine->trail, (Mark){.kind = MARK_CANCELS, .key = pending->request->identity});
    stop_run(engine, STOP_OTHER_WINNER);
}

// What is asked in a `first` of which no step speaks, or by its loser: the steps look as if there were none.
static const char *hint_race(Question *question) {
    const Scope *scope = question->task->scope;
    if (!scope || scope->kind != SCOPE_FIRST) return NULL;
    const Progress *first = first_of(question->engine, question->engine->run->whole, scope->name);
    if (first && question->task->index == first->winner) return NULL;
    return "the program asks this in a `first`: `left` or `right` holds what the winner asks, a `losing` below it what the loser asks";
}

_Noreturn static void fail_unexpected(Question *question) {
    Engine *engine = question->engine;
    const Progress *expected = find_remaining(engine);
    engine->is_mismatch = true;
    engine->mismatched = question->task;
    const char *actual = describe_operation(engine, question->external, question->arguments);
    Span place = engine->machine->performed ? engine->machine->performed->span : (Span){0};
    record_event(engine, SPEC_WRONG, question->task, actual, place);
    if (!expected) fail(engine, "the program goes on where the spec has ended", engine->spec->returns, "nothing more", actual, place, NULL);
    if (!expected->asked.external) fail(engine, "the program asks what the spec does not say", expected->step->span, NULL, actual, place, NULL);
    const Progress *other = expected->asked.state == ASK_OPEN ? find_step_of_other_race(question) : NULL;
    if (other)
        fail(engine, "the program asks this, but not on the side of a `first` that the spec says", other->step->span, NULL, actual, place,
             "the steps in `left` and `right` are asked by the left and by the right of a `first`, or within a `Task.timeout`");
    const char *wanted = describe_operation(engine, expected->asked.external, expected->asked.arguments->items);
    const char *race = hint_race(question);
    if (expected->asked.state == ASK_OPEN)
        fail(engine, "the program asks for something else than the spec says", expected->step->span, wanted, actual, place,
             expected->asked.external == question->external ? NULL : race);
    const char *hint = race ? race : "what may be asked in any order stands in the blocks of a `join`";
    if (strcmp(wanted, actual) != 0)
        fail(engine, "the program asks for more before this step has its answer", expected->step->span, wanted, actual, place, hint);
    wanted = symbol_format(engine->compilation->symbols, "%s, once", wanted);
    fail(engine, "the program asks again before this step has its answer", expected->step->span, wanted, actual, place, hint);
}

// ---- answers that are pending ----

Pending *add_pending(Engine *engine, Request *request, Progress *progress) {
    SpecRun *run = engine->run;
    Pending *pending = make_state(engine->machine, sizeof *pending);
    pending->request = request;
    pending->asked_in = (unsigned)run->turn;
    pending->progress = progress;
    pending->previous = run->last;
    if (run->last) run->last->next = pending;
    else run->first = pending;
    run->last = pending;
    run->pending_count++;
    request->driver = pending;
    return pending;
}

static void remove_pending(Engine *engine, Pending *pending) {
    SpecRun *run = engine->run;
    if (pending->previous) pending->previous->next = pending->next;
    else run->first = pending->next;
    if (pending->next) pending->next->previous = pending->previous;
    else run->last = pending->previous;
    run->pending_count--;
}

static void free_pending(Engine *engine, Pending *pending) { free_state(engine->machine, pending, sizeof *pending); }

bool can_deliver(const Engine *engine, const Pending *pending) {
    if (engine->options->simulates) return is_due(engine, pending);
    if (stays_unanswered(pending)) return engine->run->is_deviant && all_stay_unanswered(engine);
    if (!pending->deadline) return true;
    for (const Pending *other = engine->run->first; other; other = other->next) {
        bool is_sooner = other->deadline && other->deadline < pending->deadline;
        if (is_sooner || (pending->is_timeout && !pending->progress && !other->deadline && !stays_unanswered(other))) return false;
    }
    return true;
}

static const uint64_t CLOCK = 1;

void deliver(Engine *engine, Pending *pending) {
    Request *request = pending->request;
    engine->delivered++;
    add_answers(engine, 1);
    if (engine->trail) begin_trail(engine->trail, request, engine->machine->is_stuck);
    bool is_timed = pending->deadline && !engine->options->simulates;
    if (engine->trail && is_timed) add_mark(engine->trail, (Mark){.kind = MARK_USES, .key = CLOCK});
    if (engine->trail && is_timed) add_mark(engine->trail, (Mark){.kind = MARK_USES, .key = name_of_deadline(pending->deadline)});
    if (engine->trail && pending->progress) mark_step(engine->trail, pending->progress, request->task ? request->task->name : request->scope->parent->name);
    if (pending->deadline > engine->run->clock) engine->run->clock = pending->deadline;
    if (engine->trail && engine->options->simulates) engine->trail->deadline = pending->deadline;
    if (engine->trail && engine->options->simulates) engine->trail->clock = engine->run->clock;
    engine->machine->turn = ++engine->run->turn;
    remove_pending(engine, pending);
    if (pending->is_turn) {
        deliver_turn(engine, pending);
        free_pending(engine, pending);
        return;
    }
    if (!pending->is_timeout) {
        machine_answer(engine->machine, request, engine->run->turn);
        return;
    }
    Progress *progress = pending->progress;
    free_pending(engine, pending);
    machine_expire(engine->machine, request);
    if (progress) step_done(engine, progress);
}

// ---- the driver ----

static Performed world_call(void *context, Machine *machine, External *external, const Value *arguments, Value *value, const char **message) {
    Engine *engine = context;
    const Driver *world = engine->options->world;
    if (world) return world->call(world->context, machine, external, arguments, value, message);
    Builder text = builder_in(engine->compilation->arena);
    build_format(&text, "`%s` is a function of C, and nobody is there to call it", external->symbol);
    *message = builder_string(&text);
    return FAULTED;
}

static Performed probe(Engine *engine, External *external, const Value *arguments, Value *value) {
    engine->probed = (Asked){.external = external, .arguments = keep_arguments(engine, external, arguments)};
    *value = unit_value(engine->machine);
    return PERFORMED;
}

uint64_t nanoseconds(Engine *engine, Value sleep) {
    int64_t milliseconds = inspect_deep(engine->machine, sleep, "Time.sleep").integer;
    if (milliseconds <= 0) return 0;
    return milliseconds > INT64_MAX / 2000000 ? INT64_MAX : (uint64_t)milliseconds * 1000000;
}

static void wait_for_answer(Question *question, Request *request, Progress *progress) {
    Engine *engine = question->engine;
    Pending *pending = add_pending(engine, request, progress);
    pending->external = question->external;
    pending->place = engine->machine->performed;
    if (engine->faults || is_hypothesis(engine, question->external)) pending->arguments = keep_arguments(engine, question->external, question->arguments);
    if (is_sleep(question->external) && !engine->is_untimed) pending->deadline = engine->run->clock + nanoseconds(engine, question->arguments[0]);
    if (progress) {
        progress->asked.state = ASK_ASKED;
        progress->asked.request = request;
    }
}

// What the operation is about: the first argument if it is a handle or, of what may wait, a text (a path, a host); else the whole effect.
static uint64_t resource_of(const Question *question) {
    const External *external = question->external;
    if (!external->operation) return name_below((uintptr_t)external, question->task->name);
    uint64_t key = (uintptr_t)external->operation->effect;
    if (!external->arguments.count) return key;
    Value first = look(question->engine->machine, question->arguments[0]);
    if (first.kind == VALUE_RESOURCE) return name_below(key, first.resource->name);
    if (first.kind == VALUE_UNKNOWN && (external->waits || !is_text_term(question->engine->machine, first)))
        return name_below(key, ((const Opaque *)first.object->about)->id);
    if (first.kind != VALUE_STRING || !external->waits) return key;
    Text text = text_in(first);
    for (size_t i = 0; i < text.length; i++) key = name_below(key, (unsigned char)text.bytes[i]);
    return key;
}

static void mark_asked(const Question *question, const Progress *progress) {
    Trail *trail = question->engine->trail;
    const Machine *machine = question->engine->machine;
    bool sleeps = is_sleep(question->external);
    if (progress) mark_step(trail, progress, machine->acting);
    add_mark(trail, (Mark){sleeps ? MARK_READS : MARK_USES, 0, sleeps ? CLOCK : resource_of(question), machine->acting, machine->actor});
}

// A hypothesis speaks of what reaches the world, and of the whole of it: not of what a handler answers, nor of what can be cut short.
static bool is_interfered_with(const Task *task) {
    for (; task; task = task->scope ? task->scope->parent : NULL) {
        if (task->scope && is_race(task->scope)) return true;
        for (const Object *frame = task->continuation; frame; frame = frame->next)
            if (frame->kind == FRAME_HANDLE) return true;
    }
    return false;
}

// Beside other tasks it matters whether what a hypothesis is about waits for anything: both are tried. Which hypothesis it is, by the order in which
// they were met; what is met when the first of the ways has been tried goes on with the others.
static bool is_at_once(Engine *engine, const Request *request) {
    enum { MOST = 4 };
    size_t index = 0;
    if (!request->task->scope) return false;
    if (engine->takes_turns) undecided(engine->machine, "a hypothesis beside other tasks, of what lets others go first");
    if (!engine->is_untimed) {
        engine->is_untimed = true;
        undecided(engine->machine, "a hypothesis beside other tasks, where sleeps have their times");
    }
    while (index < engine->beside.count && engine->beside.items[index] != request->identity) index++;
    if (index == MOST) undecided(engine->machine, "too many hypotheses beside other tasks");
    if (index == engine->beside.count) vector_push(engine->compilation->arena, &engine->beside, request->identity);
    return engine->at_once >> index & 1;
}

// One of a pool begins when the others let it: at any time.
static Performed begin_later(Engine *engine, Request *request, External *external, const Value *arguments) {
    Pending *pending = add_pending(engine, request, NULL);
    pending->external = external;
    pending->place = engine->machine->performed;
    pending->arguments = keep_arguments(engine, external, arguments);
    return PENDING;
}

// What its answer is added to, when it has one at once.
static void record_asked(Engine *engine, const Task *task, const External *external, const Value *arguments) {
    size_t count = engine->record->events.count;
    const char *text = describe_operation(engine, external, arguments);
    record_event(engine, external->waits ? SPEC_ASKED : SPEC_DONE, task, text, engine->machine->performed->span);
    engine->act = engine->record->events.count > count ? count + 1 : 0;
}

static Performed world_perform(void *context, Machine *machine, External *external, const Value *arguments, Request *request, Value *value,
                               const char **message) {
    (void)message;
    Engine *engine = context;
    Question question = {engine, request->task, external, arguments, request->identity, false};
    if (engine->refuses_operations) undecided(machine, "an operation where a loop ends");
    if (is_hypothesis(engine, external) && is_interfered_with(request->task)) undecided(machine, "a hypothesis within a handler or a race");
    if (engine->options->simulates) return simulate_operation(engine, external, arguments, request, value);
    if (engine->is_probing) return probe(engine, external, arguments, value);
    if (external == &engine->begun) return begin_later(engine, request, external, arguments);
    Progress *progress = find_step(&question);
    if (!progress && !is_losers_sleep(&question) && !engine->run->is_deviant) {
        if (goes_on_too_early(&question)) stop_other_run(engine, NULL, find_remaining(engine));
        fail_unexpected(&question);
    }
    if (engine->faults) note_asked(engine, external, arguments);
    if (progress) engine->is_reached[progress->step - engine->program->steps.items] = true;
    if (engine->trail) mark_asked(&question, progress);
    engine->run->trace = name_below(engine->run->trace ^ request->identity, (uintptr_t)external);
    if (engine->is_recording) record_asked(engine, request->task, external, arguments);
    note_call(engine->options->coverage, machine->performed);
    if (external->waits && !(is_hypothesis(engine, external) && is_at_once(engine, request))) {
        wait_for_answer(&question, request, progress);
        return PENDING;
    }
    add_answers(engine, 1);
    check_answers(engine);
    *value = answer_of(engine, request->identity, progress, external, arguments);
    note_answered(engine, machine->performed, *value);
    if (engine->is_recording) record_acted(engine, *value);
    if (progress) step_done(engine, progress);
    return PERFORMED;
}

static void world_cancel(void *context, Request *request) {
    Engine *engine = context;
    Pending *pending = request->driver;
    if (engine->trail) add_mark(engine->trail, (Mark){.kind = MARK_CANCELS, .key = request->identity});
    note_unanswered(engine, pending);
    bool is_told = stays_unanswered(pending);
    bool is_other = pending->progress && !is_told && !engine->run->is_deviant && !engine->options->simulates && is_to_come_further(pending->progress);
    if (is_other) stop_other_run(engine, NULL, pending->progress);
    if (pending->progress) pending->progress->asked.state = ASK_CANCELLED;
    if (is_told) step_done(engine, pending->progress);
    remove_pending(engine, pending);
    if (engine->is_recording) record_event(engine, SPEC_CANCELLED, request->task, request->name, (Span){0});
    bool may_be_there = pending->external && !is_told && pending->deadline <= engine->run->clock;
    if (may_be_there) { // then nobody gets it, which leads to the same as when it is withdrawn
        machine_answer(engine->machine, request, 0);
        return;
    }
    free_pending(engine, pending);
    machine_withdraw(engine->machine, request, 0);
}

static Performed world_take(void *context, Machine *machine, Request *request, Value *value, const char **message) {
    (void)message;
    Engine *engine = context;
    Pending *pending = request->driver;
    Progress *progress = pending->progress;
    (void)machine;
    engine->run->trace = name_below(engine->run->trace, request->identity);
    if (pending->external == &engine->begun) {
        *value = pending->arguments->items[0];
        free_pending(engine, pending);
        return PERFORMED;
    }
    *value = answer_of(engine, request->identity, progress, pending->external, pending->arguments ? pending->arguments->items : NULL);
    note_answered(engine, pending->place, *value);
    free_pending(engine, pending);
    if (engine->is_recording) record_event(engine, SPEC_ANSWERED, request->task, describe_value(engine, *value), (Span){0});
    if (progress) step_done(engine, progress);
    return PERFORMED;
}

// The answer came too late: whoever asked has been cancelled.
static void world_dispose(void *context, Machine *machine, Request *request) {
    (void)machine;
    Engine *engine = context;
    Pending *pending = request->driver;
    note_late(engine->options->coverage, pending->place, pending->tag);
    free_pending(engine, pending);
}

static void world_start_timer(void *context, Machine *machine, Request *request, uint64_t deadline) {
    Engine *engine = context;
    if (engine->trail) add_mark(engine->trail, (Mark){MARK_READS, 0, CLOCK, machine->acting, machine->actor});
    Progress *progress = engine->options->simulates ? NULL : find_timeout_step(engine, request, deadline - engine->run->clock);
    Pending *pending = add_pending(engine, request, progress);
    pending->deadline = deadline;
    pending->is_timeout = true;
    if (!progress) return;
    progress->asked.state = ASK_ASKED;
    engine->is_reached[progress->step - engine->program->steps.items] = true;
}

static void world_stop_timer(void *context, Request *request) {
    Engine *engine = context;
    if (engine->trail) add_mark(engine->trail, (Mark){.kind = MARK_CANCELS, .key = request->identity});
    Pending *pending = request->driver;
    Progress *progress = pending->progress;
    bool is_over = pending->deadline <= engine->run->clock; // another that ended at the same time came first: the scope is past its deadline (C9)
    if (progress) progress->asked.state = ASK_CANCELLED;
    remove_pending(engine, pending);
    free_pending(engine, pending);
    if (progress && is_over) step_done(engine, progress);
}

static uint64_t world_now(void *context) { return ((Engine *)context)->run->clock; }

static void world_release(void *context, Machine *machine, int64_t foreign) {
    const Driver *world = ((Engine *)context)->options->world;
    if (world) world->release(world->context, machine, foreign);
}

static void world_keep(void *context, Machine *machine) { (void)context, (void)machine; }

// ---- the watcher ----

static void pause_main(void *context, Machine *machine, Task *main) {
    (void)context;
    main->state = STATE_WAITING;
    machine->running = NULL;
    machine->in_flight++;
}

static void watch_begun(void *context, Scope *scope) { (void)context, (void)scope; }

static void watch_decided(void *context, Scope *scope, unsigned winner) {
    Engine *engine = context;
    Progress *first = first_of(engine, engine->run->whole, scope->name);
    if (!first) return;
    if (first->winner != winner && engine->run->is_deviant) return;
    const Progress *to_come = first->winner != winner || engine->run->is_deviant ? NULL : find_to_come(first);
    if (first->winner != winner || to_come) stop_other_run(engine, scope, to_come);
    first->is_decided = true;
    first_done(engine, first);
}

static void watch_ended(void *context, const Task *task, Outcome outcome) {
    Engine *engine = context;
    if (engine->is_recording && !engine->is_apart && outcome != END_CANCELLED) record_event(engine, SPEC_ENDED, task, "", (Span){0});
}

// Exit is asked like any operation; the program ends as if it had been cancelled.
static bool watch_exit(void *context, Machine *machine, Task *task, External *external, const Value *arguments) {
    Engine *engine = context;
    Question question = {engine, task, external, arguments, identity_of_next(task), false};
    Value unit;
    if (engine->options->simulates) fail_asks_world(engine, task, external, arguments);
    if (engine->is_probing) {
        probe(engine, external, arguments, &unit);
        answer(task, unit);
        return false;
    }
    (void)machine;
    Progress *progress = find_step(&question);
    if (!progress && !engine->run->is_deviant) fail_unexpected(&question);
    if (!progress) return true;
    engine->is_reached[progress->step - engine->program->steps.items] = true;
    step_done(engine, progress);
    return true;
}

static void watch_foreign(void *context, int64_t foreign) {
    Engine *engine = context;
    vector_push(engine->compilation->arena, &engine->foreign, foreign);
    engine->run->foreign_count = engine->foreign.count;
}

// Without an end, or nearly so.
static void watch_memory(void *context) {
    Engine *engine = context;
    Machine *machine = engine->machine;
    look_up(engine);
    machine->collect_at = machine->allocated + ((size_t)LOOKS_UP << 20);
    if (machine->allocated <= engine->most_allocated) return;
    if (engine->run->is_deviant) fail_endless(engine, symbol_format(engine->compilation->symbols, "it computes on and on: %d MiB of memory so far", MOST_MEMORY));
    undecided(engine->machine, "a run that computes on and on: it was given up after %d MiB of memory", MOST_MEMORY);
}

static bool watch_ready(void *context, Task *task) { return hold_task(context, task); }

static void watch_going_on(void *context, const Task *task, Value answer) {
    Engine *engine = context;
    if (engine->is_recording && !engine->is_apart) record_event(engine, SPEC_ANSWERED, task, describe_value(engine, answer), (Span){0});
}

static void watch_act(void *context, const Task *task, External *external, const Value *arguments) {
    Engine *engine = context;
    if (engine->refuses_operations) undecided(engine->machine, "an operation where a loop ends");
    if (engine->is_recording && !engine->is_apart) record_act(engine, task, external, arguments);
}

static void watch_acted(void *context, Value answer) {
    Engine *engine = context;
    if (engine->is_recording && !engine->is_apart) record_acted(engine, answer);
}

static void watch_wait(void *context, const Request *request) {
    Engine *engine = context;
    if (engine->is_recording && !engine->is_apart) record_wait(engine, request);
}

static void watch_handled(void *context, const Task *task, const Operation *operation, const Value *arguments) {
    Engine *engine = context;
    if (!engine->is_recording || engine->is_apart || !engine->options->simulates) return; // of a spec what no handler answers is told
    const char *text = describe_operation(engine, operation_external(engine->machine, operation), arguments);
    record_event(engine, SPEC_DONE, task, text, engine->machine->performed->span);
}

static void watch_cell(void *context, const Task *task, const Operation *operation, Value value) {
    Engine *engine = context;
    if (engine->is_recording && !engine->is_apart) record_cell(engine, task, operation, value);
}

static const Watcher watcher = {pause_main,    watch_touch, watch_begun, watch_decided, watch_ended,  watch_memory,
                                watch_foreign, watch_exit,  watch_ready, watch_wait,    watch_going_on, watch_act,  watch_acted,   watch_handled,
                                watch_cell};

void go_back_to(Engine *engine, const Snapshot *snapshot) {
    restore_machine(engine->machine, snapshot);
    engine->applied.count = engine->run->applied_count;
    while (engine->foreign.count > engine->run->foreign_count) world_release(engine, engine->machine, engine->foreign.items[--engine->foreign.count]);
}

// ---- beginning and end ----

static void stop_for_doubt(void *context, const Doubt *doubt);

static void watch_deciding(void *context) { look_up(context); }

Engine *make_engine(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options) {
    Engine *engine = NEW(compilation->arena, Engine);
    *engine = (Engine){.compilation = compilation, .program = program, .spec = spec, .options = options};
    engine->driver = (Driver){world_call, world_perform, world_cancel, world_take, world_dispose, world_start_timer, world_stop_timer,
                              world_now, world_release, world_keep, engine, &watcher};
    engine->unknowns = (struct Unknowns){.arena = compilation->arena, .give_up = stop_for_doubt, .look_up = watch_deciding, .context = engine};
    engine->unknowns.stands_for = stands_for_hypothesis;
    engine->unknowns.apply_apart = apply_for_hypothesis;
    engine->unknowns.apply_opaque = apply_opaque;
    engine->unknowns.is_same_code = is_same_code;
    engine->loops = table_in(compilation->arena);
    if (!options->simulates) prepare_induction(engine);
    engine->unknowns.head = engine->head;
    engine->unknowns.runs_itself = runs_itself;
    engine->unknowns.runs_with_tail = runs_with_tail;
    engine->unknowns.runs_at_once = engine->is_parallel;
    engine->takes_turns = !options->simulates && takes_turns(compilation->arena, program, spec->definition);
    engine->is_reached = NEW_ARRAY(compilation->arena, bool, program->steps.count + 1);
    CoreExpression *entry = core_node(compilation->arena, CORE_GLOBAL, spec->definition->type, spec->definition->span);
    entry->definition = spec->definition;
    engine->machine = load_machine(compilation, program, entry, &engine->driver);
    if (!engine->machine) return NULL;
    engine->run = make_state(engine->machine, sizeof *engine->run);
    engine->run->clock = 1; // so that no deadline is 0
    engine->machine->collect_at = SIZE_MAX; // before there are unknowns nobody can give up
    start_machine(engine->machine, unit_value(engine->machine));
    run_machine(engine->machine, UINT32_MAX);
    engine->machine->in_flight = 0;
    engine->machine->unknowns = &engine->unknowns;
    engine->machine->collect_at = engine->machine->allocated + ((size_t)LOOKS_UP << 20);
    engine->most_allocated = engine->machine->allocated + ((size_t)MOST_MEMORY << 20);
    engine->most_answers = UINT64_MAX;
    engine->most_in_run = MOST_IN_RUN;
    return engine;
}

void free_engine(Engine *engine) { free_machine(engine->machine); }

void start_subject(Engine *engine, size_t count, const Value *parameters) {
    Machine *machine = engine->machine;
    if (engine->options->simulates) {
        start_simulation(engine, count, parameters);
        return;
    }
    Value spec = *global_value(machine, engine->spec->definition);
    engine->subject = unit_value(machine);
    if (count) spec = apply_apart(engine, spec, count, parameters);
    engine->subject = spec.object->items[0];
    engine->block = spec.object->items[1];
    engine->returns = spec.object->items[2];
    begin_steps(engine, evaluate_apart(engine, engine->block));
    machine->main->state = STATE_RUNNING;
    machine->running = machine->main;
    force(machine, machine->main, engine->subject);
}

static void stop_for_doubt(void *context, const Doubt *doubt) {
    Engine *engine = context;
    engine->doubt = *doubt;
    stop_run(engine, STOP_DOUBT);
}

_Noreturn void stop_run(Engine *engine, StopKind why) {
    engine->stopped = why;
    longjmp(engine->inner_stop ? *engine->inner_stop : engine->stop, 1);
}

static void check_returned(Engine *engine) {
    bool is_started = engine->is_general && engine->starts_anywhere;
    Value value = engine->machine->main->value;
    Value expected = is_started ? returned_from(engine, NULL, engine->returns) : evaluate_apart(engine, engine->returns);
    if (engine->is_general && !is_started) expected = generalised(engine, NULL, expected);
    if (same_value(engine, value, expected)) return;
    static const char *const of_code = "two functions, or computations, are the same when their code reads the same: say what they give instead";
    const char *said = describe_value(engine, expected), *done = describe_value(engine, value);
    fail(engine, "what comes out is not what the spec says", engine->spec->returns, said, done, engine->spec->subject,
         strcmp(said, done) == 0 ? of_code : NULL);
}

static void check_nothing_remains(Engine *engine, const char *message, const char *actual) {
    const Progress *progress = find_remaining(engine);
    if (!progress) return;
    if (is_to_come_further(progress)) stop_other_run(engine, NULL, progress);
    engine->is_mismatch = true;
    const char *expected = progress->asked.external ? describe_operation(engine, progress->asked.external, progress->asked.arguments->items) : NULL;
    fail(engine, message, progress->step->span, expected, actual, (Span){0}, NULL);
}

void check_end(Engine *engine) {
    Machine *machine = engine->machine;
    if (engine->run->is_deviant) {
        check_deviant_end(engine);
        return;
    }
    if (engine->options->simulates) {
        check_simulation_end(engine);
        return;
    }
    const Fault *fault = fault_of_program(machine);
    if (fault) {
        record_event(engine, SPEC_WRONG, machine->main, fault->message, (Span){0});
        const Progress *progress = find_remaining(engine);
        fail(engine, "the program faults", progress ? progress->step->span : engine->spec->returns, NULL, print_fault(machine, fault), (Span){0}, NULL);
    }
    check_nothing_remains(engine, "the program ends before the spec does", "the program has ended");
    if (!machine->is_ending) check_returned(engine);
    note_open_at_end(engine);
}
