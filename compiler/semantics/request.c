// Requests: what a task waits for, how it ends, and how it is withdrawn (C5 to C7).

#include "semantics.h"

Request *make_request(Machine *machine, Task *task, RequestKind kind, const char *name) {
    Request *request = make_state(machine, sizeof *request);
    request->kind = kind;
    request->task = task;
    request->name = name;
    return request;
}

void free_request(Machine *machine, Request *request) { free_state(machine, request, sizeof *request); }

static bool is_of_world(const Request *request) { return request->kind == REQUEST_WORLD || request->kind == REQUEST_TIMER; }

void wait_for(Machine *machine, Task *task, Request *request) {
    task->request = request;
    task->state = STATE_WAITING;
    machine->running = NULL;
    if (is_of_world(request)) machine->in_flight++;
    const Driver *driver = machine->driver;
    bool is_told = driver->watcher && driver->watcher->waits && !is_of_world(request) && request->kind != REQUEST_SCOPE;
    if (is_told) driver->watcher->waits(driver->context, request);
}

static void end_request(Machine *machine, Request *request, RequestState state, uint64_t turn) {
    request->state = state;
    unqueue(request);
    if (is_of_world(request)) machine->in_flight--;
    make_ready(machine, request->task, turn);
}

void finish_request(Machine *machine, Request *request, Value value, uint64_t turn) {
    request->value = value;
    end_request(machine, request, STATE_FINISHED, turn);
}

void withdraw_request(Machine *machine, Request *request, uint64_t turn) { end_request(machine, request, STATE_WITHDRAWN, turn); }

// ---- what the driver says ----

void machine_answer(Machine *machine, Request *request, uint64_t turn) { finish_request(machine, request, unit_value(machine), turn); }

void machine_withdraw(Machine *machine, Request *request, uint64_t turn) { withdraw_request(machine, request, turn); }

// C9: an answer that is there anyway is honoured, so what is ready goes first.
void machine_expire(Machine *machine, Request *timer) {
    Scope *scope = timer->scope;
    scope->timer = NULL;
    machine->in_flight--;
    free_request(machine, timer);
    scope->is_expired = true;
    scope->next_expired = machine->expired;
    machine->expired = scope;
    machine->patience = 1000;
}

// ---- cancelling ----

void ask_cancel(Machine *machine, Task *task) {
    Request *request = task->request;
    if (!request || request->state != STATE_PENDING || request->is_asked) return;
    request->is_asked = true;
    if (request->resource) touch(machine, request->resource->name, TOUCH_USES);
    switch (request->kind) {
    case REQUEST_WORLD: machine->driver->cancel(machine->driver->context, request); break;
    case REQUEST_SCOPE: cancel_scope(machine, request->scope); break;
    default: withdraw_request(machine, request, 0); break;
    }
}

void cancel_task(Machine *machine, Task *task) {
    if (task->is_cancelled || task->state == STATE_ENDED) return;
    task->is_cancelled = true;
    if (task->ran == machine->turn) touch(machine, machine->stopping ? machine->stopping->name : 0, TOUCH_HIDES);
    if (task->state == STATE_WAITING && is_stopped(machine, task)) ask_cancel(machine, task);
}

// ---- the answer ----

// C5: an answer that nobody gets is undone.
static void dispose(Machine *machine, Request *request) {
    if (request->resource) touch(machine, request->resource->name, TOUCH_USES);
    switch (request->kind) {
    case REQUEST_WORLD: machine->driver->dispose(machine->driver->context, machine, request); break;
    case REQUEST_RECEIVE:
        if (request->value.kind == VALUE_DATA) put_back(machine, request->resource, request->value.object->items[0], request->number);
        break;
    case REQUEST_PERMIT: give_permit(machine, request->resource); break;
    default: break;
    }
}

static void deliver(Machine *machine, Task *task, Request *request) {
    const char *message = NULL;
    const Driver *driver = machine->driver;
    Value value = request->value;
    bool is_told = request->kind != REQUEST_WORLD && driver->watcher && driver->watcher->goes_on;
    if (is_told) driver->watcher->goes_on(driver->context, task, value);
    if (request->kind == REQUEST_WORLD && driver->take(driver->context, machine, request, &value, &message) == FAULTED)
        raise_fault(machine, task, NULL, "%s", message);
    else answer(task, value);
}

void take_answer(Machine *machine, Task *task) {
    Request *request = task->request;
    bool is_finished = request->state == STATE_FINISHED;
    task->request = NULL;
    if (is_finished && !is_stopped(machine, task)) deliver(machine, task, request);
    else {
        if (is_finished) dispose(machine, request);
        unwind(task, END_CANCELLED, NULL);
    }
    free_request(machine, request);
}

// ---- queues ----

void enqueue(Queue *queue, Request *request) {
    request->queue = queue;
    request->next = NULL;
    request->previous = queue->last;
    if (queue->last) queue->last->next = request;
    else queue->first = request;
    queue->last = request;
}

void unqueue(Request *request) {
    Queue *queue = request->queue;
    if (!queue) return;
    if (request->previous) request->previous->next = request->next;
    else queue->first = request->next;
    if (request->next) request->next->previous = request->previous;
    else queue->last = request->previous;
    request->queue = NULL;
}

Request *dequeue(Queue *queue) {
    Request *request = queue->first;
    if (request) unqueue(request);
    return request;
}
