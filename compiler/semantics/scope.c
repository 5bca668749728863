// Scopes: join, first, groups, map_par, time-outs, isolate. A scope's parent waits until every branch has ended (C1).
//
// Branches are started one after the other, each running until it first waits or ends (C2). Meanwhile the scope is the innermost of those that
// are being started; a branch may start a scope of its own, which then comes first.

#include "semantics.h"

// ---- beginning ----

// NULL: nothing starts inside a cancelled scope (C6), and the task unwinds.
static Scope *begin_scope(Machine *machine, Task *parent, ScopeKind kind) {
    if (is_stopped(machine, parent)) {
        unwind(parent, END_CANCELLED, NULL);
        return NULL;
    }
    Scope *scope = make_state(machine, sizeof *scope);
    static const char *const names[] = {"join", "first", "Task.group", "List.map_par", "Task.timeout", "Task.isolate"};
    scope->kind = kind;
    scope->parent = parent;
    scope->limit = 1;
    scope->request = make_request(machine, parent, REQUEST_SCOPE, names[kind]);
    scope->request->scope = scope;
    parent->request = scope->request;
    scope->name = name_below(parent->name, parent->begun++);
    scope->turn = machine->turn;
    scope->is_starting = true;
    scope->outer_starting = machine->starting;
    machine->starting = scope;
    machine->running = NULL;
    return scope;
}

static void tell_begun(const Machine *machine, Scope *scope) {
    const Driver *driver = machine->driver;
    if (driver->watcher) driver->watcher->scope_begun(driver->context, scope);
}

static void tell_decided(const Machine *machine, Scope *scope, unsigned winner) {
    const Driver *driver = machine->driver;
    if (driver->watcher) driver->watcher->scope_decided(driver->context, scope, winner);
}

static void begin_two(Machine *machine, Task *task, ScopeKind kind, const Value *branches) {
    Scope *scope = begin_scope(machine, task, kind);
    if (!scope) return;
    scope->limit = 2;
    scope->computations[0] = branches[0];
    scope->computations[1] = branches[1];
    tell_begun(machine, scope);
}

void perform_join(Machine *machine, Task *task, const Value *arguments) {
    if (is_sequential(machine, task)) join_in_order(machine, task, arguments);
    else begin_two(machine, task, SCOPE_JOIN, arguments);
}

void perform_first(Machine *machine, Task *task, const Value *arguments) {
    if (is_sequential(machine, task)) first_in_order(machine, task, arguments);
    else begin_two(machine, task, SCOPE_FIRST, arguments);
}

void perform_isolate(Machine *machine, Task *task, const Value *arguments) {
    const DataType *fault_type = resolve_type(resolve_type(machine->performing->answer)->arguments.items[1])->data;
    if (is_sequential(machine, task)) {
        push(machine, task, FRAME_ISOLATE, fault_type, NULL, 0, NULL);
        force(machine, task, arguments[0]);
        return;
    }
    Scope *scope = begin_scope(machine, task, SCOPE_ISOLATE);
    if (!scope) return;
    scope->computations[0] = arguments[0];
    scope->fault_type = fault_type;
}

void perform_group(Machine *machine, Task *task, const Value *arguments) {
    if (is_sequential(machine, task)) {
        run_applied(machine, task, arguments[0], resource_value(make_resource(machine, RESOURCE_GROUP, NULL)));
        return;
    }
    Scope *scope = begin_scope(machine, task, SCOPE_GROUP);
    if (!scope) return;
    scope->computations[0] = arguments[0];
    scope->group = make_resource(machine, RESOURCE_GROUP, NULL);
    scope->group->scope = scope;
}

static uint64_t nanoseconds(int64_t milliseconds) {
    if (milliseconds <= 0) return 0;
    return milliseconds > INT64_MAX / 2000000 ? INT64_MAX : (uint64_t)milliseconds * 1000000;
}

void perform_timeout(Machine *machine, Task *task, const Value *arguments) {
    if (is_sequential(machine, task)) {
        timeout_in_order(machine, task, arguments[1]);
        return;
    }
    Scope *scope = begin_scope(machine, task, SCOPE_TIMEOUT);
    if (!scope) return;
    scope->computations[0] = arguments[1];
    scope->deadline = machine->driver->now(machine->driver->context) + nanoseconds(arguments[0].integer);
    scope->timer = make_request(machine, NULL, REQUEST_TIMER, "Task.timeout");
    scope->timer->scope = scope;
    scope->timer->identity = scope->name;
    tell_begun(machine, scope);
    machine->in_flight++;
    machine->driver->start_timer(machine->driver->context, machine, scope->timer, scope->deadline);
}

static void begin_parallel(Machine *machine, Task *task, size_t limit, Value computations) {
    if (is_sequential(machine, task)) {
        parallel_in_order(machine, task, computations);
        return;
    }
    Scope *scope = begin_scope(machine, task, SCOPE_PARALLEL);
    if (!scope) return;
    size_t count = 0;
    Value item;
    for (Value rest = computations; next_item(&rest, &item);) count++;
    scope->limit = limit;
    scope->computations[0] = computations;
    scope->results = make_object(machine, ITEMS, NULL, NULL, NULL, count);
    for (size_t i = 0; i < count; i++) scope->results->items[i] = int_value(0);
}

void perform_parallel(Machine *machine, Task *task, const Value *arguments) { begin_parallel(machine, task, SIZE_MAX, arguments[0]); }

void perform_pool(Machine *machine, Task *task, const Value *arguments) {
    int64_t limit = arguments[0].integer;
    begin_parallel(machine, task, limit < 1 ? 1 : (size_t)limit, arguments[1]);
}

// R17: a spawned child stands in the queue from its spawning.
void perform_spawn(Machine *machine, Task *task, const Value *arguments) {
    Scope *scope = arguments[0].resource->scope;
    if (is_sequential(machine, task)) {
        force(machine, task, arguments[1]);
        return;
    }
    if (!scope || scope->request->state != STATE_PENDING) {
        raise_fault(machine, task, NULL, "Task.spawn: the group has ended");
        return;
    }
    answer(task, unit_value(machine));
    if (scope->is_decided) return;
    Task *child = make_task(machine, scope);
    push(machine, child, FRAME_FORCE, NULL, NULL, 0, NULL);
    answer(child, arguments[1]);
    make_ready(machine, child, 0);
}

// ---- branches ----

// map_par: each worker takes one computation after another off the list until none is left.
static bool has_work(const Scope *scope) { return scope->computations[0].kind == VALUE_DATA && !scope->is_decided; }

void begin_work(Machine *machine, Task *worker) {
    Scope *scope = worker->scope;
    Value computation, index = int_value((int64_t)scope->begun);
    answer(worker, unit_value(machine));
    touch(machine, name_below(scope->name, UINT64_MAX - 1), has_work(scope) ? TOUCH_USES : TOUCH_READS); // the list of what is left
    if (!has_work(scope)) return;
    next_item(&scope->computations[0], &computation);
    scope->begun++;
    push(machine, worker, FRAME_WORKER, NULL, NULL, 1, &index);
    force(machine, worker, computation);
}

void work_answered(Machine *machine, Task *worker, const Object *frame, Value value) {
    worker->scope->results->items[frame->items[0].integer] = value;
    begin_work(machine, worker);
}

static bool has_more_to_start(const Scope *scope) {
    if (scope->is_decided) return false;
    if (scope->kind == SCOPE_PARALLEL) return scope->running < scope->limit && has_work(scope);
    return scope->started < scope->limit;
}

static void start_branch(Machine *machine, Scope *scope) {
    Value computation = scope->computations[scope->started & 1];
    Task *branch = make_task(machine, scope);
    branch->state = STATE_RUNNING;
    machine->running = branch;
    if (scope->kind == SCOPE_TIMEOUT && (!branch->deadline || scope->deadline < branch->deadline)) branch->deadline = scope->deadline;
    if (scope->kind == SCOPE_PARALLEL) begin_work(machine, branch);
    else if (scope->kind == SCOPE_GROUP) run_applied(machine, branch, computation, resource_value(scope->group));
    else force(machine, branch, computation);
}

static void settle(Machine *machine, Task *parent, Scope *scope);

// The next branch; or the parent goes on, if all have ended already; or it waits.
void continue_starting(Machine *machine, Scope *scope) {
    Task *parent = scope->parent;
    bool is_group_begun = scope->kind == SCOPE_GROUP && scope->is_begun;
    if (!is_group_begun && has_more_to_start(scope)) {
        scope->is_begun = true;
        start_branch(machine, scope);
        return;
    }
    machine->starting = scope->outer_starting;
    scope->is_starting = false;
    if (!scope->running) {
        machine->running = parent;
        settle(machine, parent, scope);
        return;
    }
    parent->state = STATE_WAITING;
    if (is_stopped(machine, parent)) ask_cancel(machine, parent);
}

void cancel_scope(Machine *machine, Scope *scope) {
    Scope *outer = machine->stopping;
    touch(machine, scope->name, TOUCH_CANCELS);
    scope->is_decided = true;
    machine->stopping = outer ? outer : scope;
    for (Task *branch = scope->first, *next; branch; branch = next) {
        next = branch->next;
        cancel_task(machine, branch);
    }
    machine->stopping = outer;
}

void scope_expired(Machine *machine, Scope *scope) {
    if (!scope->is_decided) tell_decided(machine, scope, 1);
    cancel_scope(machine, scope);
}

static void stop_timer(Machine *machine, Scope *scope) {
    for (Scope **place = &machine->expired; scope->is_expired && *place; place = &(*place)->next_expired) {
        if (*place != scope) continue;
        *place = scope->next_expired;
        break;
    }
    scope->is_expired = false;
    if (!scope->timer) return;
    machine->driver->stop_timer(machine->driver->context, scope->timer);
    machine->in_flight--;
    free_request(machine, scope->timer);
    scope->timer = NULL;
}

// C9: the task is about to start something past its deadline; the scopes that have timed out are cancelled now.
void stop_at_deadline(Machine *machine, Task *task) {
    uint64_t now = machine->driver->now(machine->driver->context);
    for (Task *each = task; each->scope; each = each->scope->parent) {
        Scope *scope = each->scope;
        if (scope->kind != SCOPE_TIMEOUT || !(scope->timer || scope->is_expired) || scope->deadline > now) continue;
        stop_timer(machine, scope);
        scope_expired(machine, scope);
        for (Task *below = task; below != each; below = below->scope->parent) cancel_task(machine, below);
    }
}

// ---- how branches end ----

static void branch_answered(Machine *machine, Scope *scope, const Task *branch) {
    switch (scope->kind) {
    case SCOPE_JOIN:
        scope->answers[branch->index] = branch->value;
        break;
    case SCOPE_FIRST: // C4
        if (scope->has_answer) return;
        scope->winner = branch->index;
        scope->answers[0] = branch->value;
        tell_decided(machine, scope, branch->index);
        cancel_scope(machine, scope);
        break;
    case SCOPE_PARALLEL: break;
    default:
        if (branch->index > 0) return; // a group's child
        if (scope->kind == SCOPE_TIMEOUT && !scope->is_decided) tell_decided(machine, scope, 0);
        stop_timer(machine, scope);
        scope->answers[0] = branch->value;
        break;
    }
    scope->has_answer = true;
}

// C3, R16: the first failure is the scope's, the other branches are cancelled; a later one is suppressed.
static void branch_failed(Machine *machine, Scope *scope, Unwinding failure) {
    if (scope->outcome.reason == END_NONE && scope->kind == SCOPE_ISOLATE && failure.reason == END_FAULT) scope->isolated = failure.fault;
    else if (scope->outcome.reason != END_NONE) suppress_fault(machine, scope->outcome.fault, failure.fault);
    else {
        scope->outcome = failure;
        cancel_scope(machine, scope);
    }
}

void branch_ended(Machine *machine, Task *branch, Outcome outcome) {
    Scope *scope = branch->scope;
    bool is_right = scope->kind == SCOPE_JOIN && branch->index == 1;
    if (outcome == END_ANSWER) branch_answered(machine, scope, branch);
    else if (outcome != END_CANCELLED) branch_failed(machine, scope, branch->unwinding);
    if (branch->previous) branch->previous->next = branch->next;
    else scope->first = branch->next;
    if (branch->next) branch->next->previous = branch->previous;
    else scope->last = branch->previous;
    free_task(machine, branch);
    scope->running--;
    if (scope->running == 1) touch(machine, scope->name, TOUCH_LEAVES_ONE);
    if (scope->running || scope->is_starting) return;
    if (!is_right) {
        scope->parent->ran = machine->turn;
        finish_request(machine, scope->request, unit_value(machine), 0);
    } else { // R15: the right branch of a join is its parent's own task
        machine->running = scope->parent;
        scope->parent->state = STATE_RUNNING;
        scope_finished(machine, scope->parent, scope);
    }
}

// ---- what the parent gets ----

static Value isolated_value(Machine *machine, const Fault *fault, const DataType *type) {
    Value fields[] = {text_value(machine, fault->message), text_value(machine, fault->place ? fault->place : ""), text_value(machine, fault->trace)};
    Value value = construct(machine, type, 0, 3, fields);
    return construct(machine, machine->program->builtins->result_type, 1, 1, &value);
}

void end_isolated(Machine *machine, Task *task, const Object *frame) {
    if (task->unwinding.reason != END_FAULT) return;
    Value value = isolated_value(machine, task->unwinding.fault, frame->about);
    task->unwinding = (Unwinding){END_NONE, NULL, NULL};
    answer(task, value);
}

static Value list_of(Machine *machine, const Object *items) {
    const DataType *list = machine->program->builtins->list_type;
    Value all = construct(machine, list, 0, 0, NULL);
    for (size_t i = items->count; i-- > 0;) all = construct(machine, list, 1, 2, (Value[]){items->items[i], all});
    return all;
}

static Value result_of(Machine *machine, const Scope *scope) {
    const Builtins *builtins = machine->program->builtins;
    switch (scope->kind) {
    case SCOPE_JOIN: return construct(machine, builtins->tuple_types.items[2], 0, 2, scope->answers);
    case SCOPE_FIRST: return construct(machine, builtins->either_type, scope->winner, 1, scope->answers);
    case SCOPE_GROUP: return scope->answers[0];
    case SCOPE_PARALLEL: return list_of(machine, scope->results);
    case SCOPE_TIMEOUT: return construct(machine, builtins->option_type, scope->has_answer, scope->has_answer, scope->answers);
    default:
        if (scope->has_answer) return construct(machine, builtins->result_type, 0, 1, scope->answers);
        return isolated_value(machine, scope->isolated, scope->fault_type);
    }
}

static void free_scope(Machine *machine, Task *parent, Scope *scope) {
    stop_timer(machine, scope);
    if (scope->group) scope->group->scope = NULL;
    parent->request = NULL;
    free_request(machine, scope->request);
    free_state(machine, scope, sizeof *scope);
}

// All branches have ended.
static void settle(Machine *machine, Task *parent, Scope *scope) {
    if (scope->outcome.reason == END_NONE) answer(parent, result_of(machine, scope));
    else unwind_for(parent, scope->outcome);
    free_scope(machine, parent, scope);
}

// The same for a parent that has waited, and may have been cancelled meanwhile.
void scope_finished(Machine *machine, Task *parent, Scope *scope) {
    if (!is_stopped(machine, parent)) {
        settle(machine, parent, scope);
        return;
    }
    unwind(parent, END_CANCELLED, NULL);
    free_scope(machine, parent, scope);
}
