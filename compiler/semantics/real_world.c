// The machine on the real world. It runs within main's task of the runtime, which waits while every task of the machine does. Each operation
// that waits is an errand: a task of the runtime's own, which makes the C call and reports how it ended. So everything about requests to the
// system (C5, C7, C10, C12) is the runtime's; everything about the program's tasks is the machine's.

#include "real_world.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Errand {
    World *world;
    Request *request;
    External *external; // NULL: a timer
    Arguments arguments;
    fx_task *task;      // of the runtime
    fx_request *held;   // what it waits for, if that answers it directly: it knows how to undo the answer (C5)
    fx_timer timer;
    fx_value value;     // the answer, owned, when it has finished
    bool has_finished;
    const char *message; // of a fault
} Errand;

static World *world_of(fx_runtime *rt) { return (World *)(uintptr_t)rt->program; }

static const char *take_message(World *world, fx_fault_record *fault) {
    Builder message = builder_in(world->compilation->arena);
    build_string(&message, fault->message);
    fx_fault_free(world->rt, fault);
    return builder_string(&message);
}

// ---- pure functions ----

// A fault within the call jumps to `jump`.
static bool call_guarded(World *world, const External *external, const Arguments *arguments, fx_value *value) {
    struct fx_internals *internals = world->rt->internals;
    jmp_buf *outer = internals->jump, jump;
    bool has_answered = false;
    internals->jump = &jump;
    if (_setjmp(jump) == 0) {
        *value = call_function(world->rt, external, arguments).value;
        has_answered = true;
    }
    internals->jump = outer;
    return has_answered;
}

static Performed call_pure(World *world, External *external, const Value *arguments, Value *value, const char **message) {
    Arguments converted;
    fx_value called;
    *message = find_function(world, external);
    if (!*message) *message = convert_arguments(world, external, arguments, &converted);
    if (*message) return FAULTED;
    if (!call_guarded(world, external, &converted, &called)) {
        fx_fault_record *fault = world->rt->internals->raised;
        world->rt->internals->raised = NULL;
        *message = take_message(world, fault);
        return FAULTED;
    }
    drop_arguments(world, external, &converted);
    *value = value_from_runtime(world, external->answer, called);
    drop_value(world, external->answer, called);
    return PERFORMED;
}

// A spec's machine, which is not the world's own, calls too: nothing of C's is then kept behind its texts, for it may go back to an earlier state.
static Performed world_call(void *context, Machine *machine, External *external, const Value *arguments, Value *value, const char **message) {
    World *world = context;
    Machine *own = world->machine;
    world->keeps_texts = machine == own;
    world->machine = machine;
    Performed performed = call_pure(world, external, arguments, value, message);
    world->machine = own;
    world->keeps_texts = true;
    return performed;
}

// ---- errands ----

static void wake(World *world) {
    fx_request *request = world->wake;
    world->wake = NULL;
    if (request) fx_finish(world->rt, request, FX_UNIT);
}

// One that has been abandoned (C7) the runtime frees by itself.
static void let_go(Errand *errand) {
    if (!errand->held) return;
    errand->held->object.counted &= (uint8_t)~REQUEST_HELD;
    if (errand->held->task) fx_request_discard(errand->world->rt, errand->held);
}

static void free_errand(Errand *errand) {
    let_go(errand);
    if (errand->external) drop_arguments(errand->world, errand->external, &errand->arguments);
    errand->request->driver = NULL;
    free(errand);
}

static uint64_t turn_of(const World *world) { return world->rt->task->turn; }

static fx_answer resume_errand(fx_runtime *rt, fx_frame *frame, fx_value value) {
    Errand *errand = (Errand *)(intptr_t)frame->saved[0];
    fx_free_frame(rt, frame);
    errand->value = value;
    errand->task = NULL;
    machine_answer(errand->world->machine, errand->request, turn_of(errand->world));
    wake(errand->world);
    return fx_done(FX_UNIT);
}

static fx_answer unwind_errand(fx_runtime *rt, fx_frame *frame) {
    Errand *errand = (Errand *)(intptr_t)frame->saved[0];
    World *world = errand->world;
    fx_free_frame(rt, frame);
    machine_withdraw(world->machine, errand->request, turn_of(world));
    free_errand(errand);
    wake(world);
    return (fx_answer){0, 1};
}

static const fx_frame_info errand_frame = {resume_errand, unwind_errand, "errand", NULL, 1, 0, 0};

static fx_answer begin_errand(fx_runtime *rt, void *context) {
    Errand *errand = context;
    errand->task = rt->task;
    fx_answer answered = call_function(rt, errand->external, &errand->arguments);
    if (answered.suspended) {
        if (!rt->internals->captured && rt->task->request) {
            errand->held = rt->task->request;
            errand->held->object.counted |= REQUEST_HELD;
        }
        fx_push_frame(rt, &errand_frame)->saved[0] = fx_value_of(errand);
    } else {
        errand->value = answered.value;
        errand->has_finished = true;
        errand->task = NULL;
    }
    return answered.suspended ? answered : fx_done(FX_UNIT);
}

static Performed world_take(void *context, Machine *machine, Request *request, Value *value, const char **message) {
    (void)machine, (void)message;
    World *world = context;
    Errand *errand = request->driver;
    *value = value_from_runtime(world, errand->external->answer, errand->value);
    drop_value(world, errand->external->answer, errand->value);
    free_errand(errand);
    return PERFORMED;
}

static void world_dispose(void *context, Machine *machine, Request *request) {
    (void)machine;
    Errand *errand = request->driver;
    const fx_request *held = errand->held;
    if (held && held->type->dispose) held->type->dispose(errand->world->rt, errand->held, errand->value);
    else drop_value(context, errand->external->answer, errand->value);
    free_errand(errand);
}

static Errand *make_errand(World *world, Request *request, External *external) {
    Errand *errand = fx_memory(world->rt, sizeof *errand);
    *errand = (Errand){.world = world, .request = request, .external = external};
    request->driver = errand;
    return errand;
}

static Performed world_perform(void *context, Machine *machine, External *external, const Value *arguments, Request *request, Value *value,
                               const char **message) {
    if (!external->waits) return world_call(context, machine, external, arguments, value, message);
    World *world = context;
    Arguments converted;
    *message = find_function(world, external);
    if (!*message) *message = convert_arguments(world, external, arguments, &converted);
    if (*message) return FAULTED;
    Errand *errand = make_errand(world, request, external);
    errand->arguments = converted;
    world->current = errand;
    fx_start_inline(world->rt, fx_task_make(world->rt, world->scope), begin_errand, errand);
    if (errand->message) {
        *message = errand->message;
        free_errand(errand);
        return FAULTED;
    }
    if (!errand->has_finished) return PENDING;
    return world_take(world, machine, request, value, message);
}

static void world_cancel(void *context, Request *request) {
    World *world = context;
    Errand *errand = request->driver;
    if (errand->task) fx_task_cancel(world->rt, errand->task, fx_release_limit(world->rt));
}

// ---- timers ----

static void timer_expired(fx_runtime *rt, fx_timer *timer) {
    (void)rt;
    Errand *errand = (Errand *)((char *)timer - offsetof(Errand, timer));
    World *world = errand->world;
    Request *request = errand->request;
    free_errand(errand);
    machine_expire(world->machine, request);
    wake(world);
}

static void world_start_timer(void *context, Machine *machine, Request *request, uint64_t deadline) {
    (void)machine;
    World *world = context;
    fx_timer_start(world->rt, &make_errand(world, request, NULL)->timer, deadline, timer_expired);
}

static void world_stop_timer(void *context, Request *request) {
    World *world = context;
    Errand *errand = request->driver;
    fx_timer_stop(world->rt, &errand->timer);
    free_errand(errand);
}

static uint64_t world_now(void *context) {
    (void)context;
    return fx_now();
}

// ---- memory ----

static void world_release(void *context, Machine *machine, int64_t foreign) {
    (void)machine;
    fx_drop(((World *)context)->rt, foreign);
}

static void world_keep(void *context, Machine *machine) {
    World *world = context;
    for (Box *box = world->boxes.next; box != &world->boxes; box = box->next) machine_keep(machine, &box->value);
    world->is_interrupted = world->is_interrupted || (world->job->ends_at_once && fx_signal_asked());
    machine->is_given_up = world->job->ends_at_once && world->is_interrupted;
}

// ---- the scope of all errands ----

static void errand_ended(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) { (void)rt, (void)scope, (void)child, (void)value; }

// A fault in the C of an operation. Only its start can make one.
static bool errand_failed(fx_runtime *rt, fx_scope *scope, fx_outcome outcome, fx_fault_record *fault) {
    (void)scope;
    World *world = world_of(rt);
    if (outcome == OUTCOME_FAULT) world->current->message = take_message(world, fault);
    return true;
}

static fx_value world_status(fx_runtime *rt, fx_scope *scope) {
    (void)scope;
    return world_of(rt)->status;
}

static void drop_nothing(fx_runtime *rt, fx_scope *scope) { (void)rt, (void)scope; }

static const fx_scope_type errands = {
    {"errands", sizeof(fx_branches), FX_WORD, true, fx_scope_withdraw, NULL, NULL}, false, false, errand_ended, world_status, drop_nothing, errand_failed,
};

// ---- main's task ----

// C13: the program is told to end while the machine waits.
static void interrupt(fx_runtime *rt, fx_request *request) {
    World *world = world_of(rt);
    world->is_interrupted = true;
    world->wake = NULL;
    request->task->shield++;
    fx_finish(rt, request, FX_UNIT);
}

static const fx_request_type wake_type = {"fx run --interpret", sizeof(fx_request), FX_WORD, true, interrupt, NULL, NULL};

static fx_answer go_on(fx_runtime *rt);

static fx_answer resume_main(fx_runtime *rt, fx_frame *frame, fx_value value) {
    (void)value;
    fx_free_frame(rt, frame);
    return go_on(rt);
}

// The program is told to end while main's task was about to go on: it does, and ends the machine.
static fx_answer unwind_main(fx_runtime *rt, fx_frame *frame) {
    World *world = world_of(rt);
    fx_free_frame(rt, frame);
    world->is_interrupted = true;
    rt->task->unwinding = OUTCOME_NONE;
    rt->task->shield++;
    return go_on(rt);
}

static const fx_frame_info main_frame = {resume_main, unwind_main, "main", NULL, 0, 0, 0};

static fx_answer suspend_main(World *world, fx_answer suspended) {
    fx_push_frame(world->rt, &main_frame);
    if (!world->has_waited) fx_suspend_frame(world->rt, &world->scope->frame);
    world->has_waited = true;
    return suspended;
}

static fx_answer await_errands(World *world) {
    world->wake = fx_request_make(world->rt, &wake_type);
    return suspend_main(world, fx_wait(world->rt, world->wake));
}

// Behind what else is ready, so that answers are met in the order in which they came.
static fx_answer let_others_run(World *world) {
    world->rt->task->value = FX_UNIT;
    fx_make_ready(world->rt, world->rt->task);
    return suspend_main(world, (fx_answer){0, 1});
}

Fault *fault_of_machine(Machine *machine) {
    Unwinding unwinding = machine->main->unwinding;
    Fault *fault = unwinding.reason == END_FAULT ? unwinding.fault : NULL;
    if (!machine->is_ending) return fault;
    suppress_fault(machine, machine->fault, fault);
    return machine->fault;
}

static void next_machine(World *world) {
    world->machine = NULL;
    if (!world->is_interrupted) world->job->next(world->job, world);
    if (world->is_interrupted) world->status = fx_signal_asked() ? 128 + fx_signal_asked() : world->rt->internals->status;
}

static void machine_ended(World *world, bool is_stuck) {
    Machine *machine = world->machine;
    world->job->ended(world->job, world, is_stuck);
    if (!is_stuck) free_machine(machine);
    next_machine(world);
}

static fx_answer go_on(fx_runtime *rt) {
    World *world = world_of(rt);
    if (!world->machine) {
        if (!world->has_waited) fx_scope_leave(rt, world->scope);
        return fx_done(world->status);
    }
    if (world->is_interrupted) end_machine(world->machine, rt->internals->status, NULL);
    MachineState state = run_machine(world->machine, world->machine->running ? 0 : 1);
    bool is_waiting = state == MACHINE_WAITING;
    if (world->between && (is_waiting || state == MACHINE_READY)) is_waiting = !world->between(world, state);
    switch (state) {
    case MACHINE_WAITING:
        if (is_waiting) collect_resources(world->machine);
        if (is_waiting) return await_errands(world);
        break;
    case MACHINE_STUCK: machine_ended(world, true); break;
    case MACHINE_ENDED: machine_ended(world, false); break;
    default: break;
    }
    return world->machine ? let_others_run(world) : go_on(rt);
}

static fx_answer begin_main(fx_runtime *rt, fx_value arguments) {
    World *world = world_of(rt);
    world->rt = rt;
    world->scope = fx_scope_make(rt, &errands);
    world->arguments = arguments;
    next_machine(world);
    fx_drop(rt, arguments);
    return go_on(rt);
}

void start_in_world(World *world, const CoreExpression *entry) {
    Compilation *compilation = world->compilation;
    world->machine = load_machine(compilation, world->core, entry, &world->driver);
    if (!world->machine) fx_die(world->rt, "memory exhausted");
    limit_depth(world->machine, fx_stack_size());
    Value arguments = {0};
    if (!entry) {
        Types argument = {0};
        vector_push(compilation->arena, &argument, data_type(compilation->arena, world->core->builtins->string_type, &(Types){0}));
        arguments = value_from_runtime(world, data_type(compilation->arena, world->core->builtins->list_type, &argument), world->arguments);
    }
    start_machine(world->machine, arguments);
}

int run_in_world(Compilation *compilation, const CoreProgram *program, WorldJob *job, int argument_count, char **arguments) {
    static const fx_info infos[] = {FX_BUILTIN_INFOS};
    World world = {
        .program = {.name = arguments[0], .infos = infos, .info_count = FX_INFO_PROGRAM, .main = begin_main, .main_answers_status = true},
        .compilation = compilation,
        .core = program,
        .job = job,
        .keeps_texts = true,
        .driver = {world_call, world_perform, world_cancel, world_take, world_dispose, world_start_timer, world_stop_timer, world_now, world_release, world_keep, &world, NULL},
        .boxes = {.next = &world.boxes, .previous = &world.boxes},
    };
    return fx_main(&world.program, argument_count, arguments);
}

// ---- fx run --interpret: one machine, of main ----

static int status_of_main(const Machine *machine) {
    Value value = machine->main->value;
    if (value.kind != VALUE_INT) return 0;
    return value.integer < 0 || value.integer > 255 ? 255 : (int)value.integer;
}

static void start_main(WorldJob *job, World *world) {
    if (!job->is_done) start_in_world(world, NULL);
}

Fault *main_done(WorldJob *job, World *world) {
    Machine *machine = world->machine;
    Fault *fault = fault_of_machine(machine);
    job->is_done = true;
    world->status = fault ? 70 : machine->is_ending ? machine->status : status_of_main(machine);
    return fault;
}

void main_ended(WorldJob *job, World *world, bool is_stuck) {
    Fault *fault = main_done(job, world);
    if (!fault) return;
    fx_flush(world->rt);
    fputs(print_fault(world->machine, fault), stderr);
    if (is_stuck) fx_die(world->rt, "deadlock in a release");
}

int interpret_program(Compilation *compilation, const CoreProgram *program, int argument_count, char **arguments) {
    WorldJob job = {start_main, main_ended, false, false};
    return run_in_world(compilation, program, &job, argument_count, arguments);
}
