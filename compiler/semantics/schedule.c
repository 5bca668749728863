// Tasks: which one goes on (C2, C15), and how each of them ends.

#include "semantics.h"

// Mixed so that names do not meet by chance (the finaliser of MurmurHash3, A. Appleby).
uint64_t name_below(uint64_t name, uint64_t index) {
    uint64_t mixed = (name ^ (index + 1) * 0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd;
    mixed = (mixed ^ mixed >> 33) * 0xc4ceb9fe1a85ec53;
    return mixed ^ mixed >> 33;
}

uint64_t name_of_deadline(uint64_t deadline) { return name_below(deadline, UINT32_MAX); }

void touch(const Machine *machine, uint64_t what, Touch how) {
    const Driver *driver = machine->driver;
    if (driver->watcher) driver->watcher->touch(driver->context, what, how);
}

Task *make_task(Machine *machine, Scope *scope) {
    Task *task = make_state(machine, sizeof *task);
    task->state = STATE_WAITING;
    task->scope = scope;
    task->next_task = machine->tasks;
    if (machine->tasks) machine->tasks->previous_task = task;
    machine->tasks = task;
    task->name = 1;
    if (!scope) return task;
    task->index = scope->started++;
    task->name = name_below(scope->name, task->index);
    task->deadline = scope->parent->deadline;
    task->previous = scope->last;
    if (scope->last) scope->last->next = task;
    else scope->first = task;
    scope->last = task;
    scope->running++;
    return task;
}

void free_task(Machine *machine, Task *task) {
    if (task->previous_task) task->previous_task->next_task = task->next_task;
    else machine->tasks = task->next_task;
    if (task->next_task) task->next_task->previous_task = task->previous_task;
    free_state(machine, task, sizeof *task);
}

// ---- the queue of those that can go on ----

// What another task has done lets it go on: not the world, and not that its branches have ended.
static bool is_let_on(const Task *task, uint64_t turn) {
    if (turn) return false;
    return !task->request || (task->request->kind != REQUEST_SCOPE && task->request->state == STATE_FINISHED);
}

// Whoever cancels one of these, or all, would have cancelled the task.
static void touch_scopes_around(const Machine *machine, const Task *task) {
    for (; task->scope; task = task->scope->parent) touch(machine, task->scope->name, TOUCH_READS);
    touch(machine, 0, TOUCH_READS);
}

// True: the driver makes the task ready later. One that is cancelled behind its shield goes on at once, which is another thing than what it would
// have done before it was cancelled.
static bool let_on(Machine *machine, Task *task) {
    const Driver *driver = machine->driver;
    if (!driver->watcher) return false;
    touch_scopes_around(machine, task);
    if (task->is_cancelled) return false;
    task->ran = machine->turn;
    return driver->watcher->hold && driver->watcher->hold(driver->context, task);
}

void make_ready(Machine *machine, Task *task, uint64_t turn) {
    task->state = STATE_READY;
    task->turn = turn;
    if (is_let_on(task, turn) && let_on(machine, task)) return;
    task->next_ready = NULL;
    task->previous_ready = machine->ready_last;
    if (machine->ready_last) machine->ready_last->next_ready = task;
    else machine->ready_first = task;
    machine->ready_last = task;
}

static void remove_ready(Machine *machine, Task *task) {
    if (task->previous_ready) task->previous_ready->next_ready = task->next_ready;
    else machine->ready_first = task->next_ready;
    if (task->next_ready) task->next_ready->previous_ready = task->previous_ready;
    else machine->ready_last = task->previous_ready;
}

// C2: when the answers of both branches came in one turn of the loop, the left one goes first.
static Task *next_ready(Machine *machine) {
    Task *task = machine->ready_first;
    bool is_right = task->turn && task->index == 1 && task->scope && (task->scope->kind == SCOPE_JOIN || task->scope->kind == SCOPE_FIRST);
    if (is_right) {
        Task *left = task->scope->first;
        if (left->index == 0 && left->state == STATE_READY && left->turn == task->turn) task = left;
    }
    remove_ready(machine, task);
    return task;
}

// ---- going on, stopping, ending ----

// C6, C9: the task's scope has been cancelled, or is past its deadline, and nothing shields the task.
bool is_stopped(Machine *machine, Task *task) {
    if (task->deadline) touch(machine, name_of_deadline(task->deadline), TOUCH_READS);
    if (task->deadline && !task->is_cancelled && machine->driver->now(machine->driver->context) >= task->deadline) stop_at_deadline(machine, task);
    return task->is_cancelled && !task->shield;
}

void unwind_for(Task *task, Unwinding unwinding) {
    task->unwinding = unwinding;
    task->expression = NULL;
}

void unwind(Task *task, Outcome reason, Fault *fault) { unwind_for(task, (Unwinding){reason, fault, NULL}); }

// A branch runs for whoever has begun its scope in the same turn.
static void note_acting(Machine *machine, const Task *task) {
    machine->actor = task->name;
    while (task->scope && task->scope->turn == machine->turn) task = task->scope->parent;
    machine->acting = task->name;
}

void resume_task(Machine *machine, Task *task) {
    Request *request = task->request;
    task->state = STATE_RUNNING;
    machine->running = task;
    note_acting(machine, task);
    machine->served = 0;
    if (!request) {
        if (is_stopped(machine, task)) unwind(task, END_CANCELLED, NULL);
    } else if (request->kind == REQUEST_SCOPE) scope_finished(machine, task, request->scope);
    else take_answer(machine, task);
}

void end_task(Machine *machine, Task *task, Outcome outcome) {
    const Driver *driver = machine->driver;
    task->state = STATE_ENDED;
    machine->running = NULL;
    if (driver->watcher) driver->watcher->task_ended(driver->context, task, outcome);
    if (task->scope) branch_ended(machine, task, outcome);
    else task->unwinding.reason = outcome;
}

// yield: behind all that can go on.
void perform_yield(Machine *machine, Task *task, const Value *arguments) {
    (void)arguments;
    if (is_stopped(machine, task)) {
        unwind(task, END_CANCELLED, NULL);
        return;
    }
    machine->yields++;
    answer(task, unit_value(machine));
    make_ready(machine, task, 0);
    machine->running = NULL;
}

// What came first stays.
void end_machine(Machine *machine, int status, Fault *fault) {
    if (machine->is_ending) return;
    machine->is_ending = true;
    machine->status = status;
    machine->fault = fault;
    touch(machine, 0, TOUCH_CANCELS);
    cancel_task(machine, machine->main);
}

// ---- the machine ----

// Whoever watches may go back to an earlier state, so nothing is moved for him.
void make_memory(Machine *machine) {
    const Driver *driver = machine->driver;
    if (!driver->watcher) collect(machine);
    else if (driver->watcher->exhausted) driver->watcher->exhausted(driver->context);
}

static bool holds_resource(const Builtins *builtins, Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return false;
    const DataType *data = type->data;
    bool is_plain = data == builtins->int_type || data == builtins->char_type || data == builtins->float_type || data == builtins->string_type;
    if (data->kind == DATA_EXTERN && !is_plain) return true;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (holds_resource(builtins, type->arguments.items[i])) return true;
    return false;
}

// A value of the world's, such as a socket: those that nothing reaches any more are let go before.
static bool is_about_to_make(const Machine *machine, const Task *task) {
    if (!task->expression || task->expression->kind != CORE_PERFORM || task->unwinding.reason) return false;
    const Operation *operation = task->expression->operation;
    return operation->effect->kind == EFFECT_EXTERN && holds_resource(machine->program->builtins, operation->answer);
}

static void run_task(Machine *machine, Task *task) {
    task->ran = machine->turn;
    note_acting(machine, task);
    while (machine->running == task) {
        if (machine->held_count && release_dropped(machine, task)) continue;
        if (is_about_to_make(machine, task)) collect_resources(machine);
        step(machine, task);
        if (machine->allocated > machine->measure_at) measure_depth(machine, task);
        if (machine->allocated > machine->collect_at) make_memory(machine);
        if (machine->is_given_up) return;
    }
}

static void expire_all(Machine *machine) {
    while (machine->expired) {
        Scope *scope = machine->expired;
        machine->expired = scope->next_expired;
        scope->is_expired = false;
        machine->acting = machine->actor = 0;
        scope_expired(machine, scope);
    }
}

// Every task waits for another: a fault of the whole program. If it happens again while releases run, nothing can help.
static bool get_unstuck(Machine *machine) {
    if (machine->is_stuck) return false;
    machine->is_stuck = true;
    end_machine(machine, 70, make_deadlock(machine));
    return true;
}

MachineState run_machine(Machine *machine, unsigned limit) {
    for (;;) {
        if (machine->is_given_up) return MACHINE_STUCK;
        if (machine->running) run_task(machine, machine->running);
        else if (machine->starting) continue_starting(machine, machine->starting);
        else if (machine->main->state == STATE_ENDED) return MACHINE_ENDED;
        else if (machine->expired && (!machine->ready_first || !machine->patience)) expire_all(machine);
        else if (machine->ready_first && limit) {
            limit--;
            if (machine->patience) machine->patience--;
            resume_task(machine, next_ready(machine));
        }
        else if (machine->ready_first) return MACHINE_READY;
        else if (machine->in_flight) return MACHINE_WAITING;
        else if (!get_unstuck(machine)) return MACHINE_STUCK;
    }
}
