// Channels, promises and semaphores. Who waits stands in a queue, first come first served.

#include "semantics.h"

// An answer that is at hand: after 256 in a row the task goes behind the others (C15).
static bool must_take_turns(Machine *machine) {
    enum { SERVED_IN_A_ROW = 256 };
    return ++machine->served >= SERVED_IN_A_ROW;
}

static void answer_ready(Machine *machine, Task *task, Value value) {
    answer(task, value);
    if (!must_take_turns(machine)) return;
    make_ready(machine, task, 0);
    machine->running = NULL;
}

static Value some(Machine *machine, Value value) { return construct(machine, machine->program->builtins->option_type, 1, 1, &value); }
static Value none(Machine *machine) { return construct(machine, machine->program->builtins->option_type, 0, 0, NULL); }

static bool stops(Machine *machine, Task *task) {
    if (!is_stopped(machine, task)) return false;
    unwind(task, END_CANCELLED, NULL);
    return true;
}

static void wait_in(Machine *machine, Task *task, Queue *queue, RequestKind kind, const char *name, Resource *resource, Value item) {
    Request *request = make_request(machine, task, kind, name);
    request->resource = resource;
    request->value = item;
    enqueue(queue, request);
    wait_for(machine, task, request);
}

// ---- channels: a ring of items, each with the number that says when it was sent ----

typedef struct Item { Value value; int64_t number; } Item;

void perform_make_channel(Machine *machine, Task *task, const Value *arguments) {
    Resource *channel = make_resource(machine, RESOURCE_CHANNEL, NULL);
    channel->limit = arguments[0].integer < 0 ? 0 : (size_t)arguments[0].integer;
    answer(task, resource_value(channel));
}

static size_t room_of(const Resource *channel) { return channel->items ? channel->items->count / 2 : 0; }

static Value *slot(const Resource *channel, size_t index) {
    return &channel->items->items[(channel->first + index) % room_of(channel) * 2];
}

static Item item_at(const Resource *channel, size_t index) {
    const Value *at = slot(channel, index);
    return (Item){at[0], at[1].integer};
}

static void make_room(Machine *machine, Resource *channel) {
    size_t room = room_of(channel);
    if (channel->length < room) return;
    Object *items = make_object(machine, ITEMS, NULL, NULL, NULL, room ? 4 * room : 16);
    for (size_t i = 0; i < items->count; i++) items->items[i] = i < 2 * channel->length ? slot(channel, i / 2)[i % 2] : int_value(0);
    channel->items = items;
    channel->first = 0;
}

static void put_at(Machine *machine, Resource *channel, size_t index, Item item) {
    Value *at = slot(channel, index);
    change_in_place(machine, &at[0], sizeof at[0]);
    change_in_place(machine, &at[1], sizeof at[1]);
    at[0] = item.value;
    at[1] = int_value(item.number);
}

static void push_back(Machine *machine, Resource *channel, Value value) {
    make_room(machine, channel);
    put_at(machine, channel, channel->length++, (Item){value, channel->sent++});
}

static Item pop(Resource *channel) {
    Item item = item_at(channel, 0);
    channel->first = (channel->first + 1) % room_of(channel);
    channel->length--;
    return item;
}

static void sent(Machine *machine, Request *sender) { finish_request(machine, sender, bool_value(machine, true), 0); }

// Gives the item at the front to the one who has waited longest, and lets the next sender's in.
static void move_on(Machine *machine, Resource *channel) {
    for (;;) {
        if (channel->length && channel->waiters.first) {
            Request *receiver = dequeue(&channel->waiters);
            Item item = pop(channel);
            receiver->number = item.number;
            finish_request(machine, receiver, some(machine, item.value), 0);
        } else if (channel->senders.first && (channel->length < channel->limit || channel->waiters.first)) {
            Request *sender = dequeue(&channel->senders);
            push_back(machine, channel, sender->value);
            sent(machine, sender);
        } else return;
    }
}

// C5: an item that its receiver did not get any more goes back to where it was: before all that were sent after it.
void put_back(Machine *machine, Resource *channel, Value value, int64_t number) {
    make_room(machine, channel);
    channel->first = (channel->first + room_of(channel) - 1) % room_of(channel);
    channel->length++;
    size_t index = 0;
    for (; index + 1 < channel->length && item_at(channel, index + 1).number < number; index++)
        put_at(machine, channel, index, item_at(channel, index + 1));
    put_at(machine, channel, index, (Item){value, number});
    move_on(machine, channel);
}

void perform_send(Machine *machine, Task *task, const Value *arguments) {
    Resource *channel = arguments[0].resource;
    if (stops(machine, task)) return;
    if (channel->is_closed) answer(task, bool_value(machine, false));
    else if (!channel->senders.first && (channel->length < channel->limit || channel->waiters.first)) {
        push_back(machine, channel, arguments[1]);
        move_on(machine, channel);
        answer_ready(machine, task, bool_value(machine, true));
    } else wait_in(machine, task, &channel->senders, REQUEST_SEND, "Channel.send", channel, arguments[1]);
}

// False: there is nothing to be had now.
static bool take_now(Machine *machine, Resource *channel, Value *value, int64_t *number) {
    *value = none(machine);
    if (!channel->length && channel->senders.first) { // nothing fits into a channel of 0: straight from the sender
        Request *sender = dequeue(&channel->senders);
        *value = some(machine, sender->value);
        *number = channel->sent++;
        sent(machine, sender);
        return true;
    }
    if (!channel->length) return channel->is_closed;
    Item item = pop(channel);
    *value = some(machine, item.value);
    *number = item.number;
    move_on(machine, channel);
    return true;
}

// Where what nobody gets any more must be undone (C5) it comes by a request, which is finished at once.
static void answer_undoable(Machine *machine, Task *task, Queue *queue, RequestKind kind, const char *name, Resource *resource, Value value,
                            int64_t number) {
    if (!must_take_turns(machine)) {
        answer(task, value);
        return;
    }
    wait_in(machine, task, queue, kind, name, resource, int_value(0));
    task->request->number = number;
    finish_request(machine, task->request, value, 0);
}

void perform_receive(Machine *machine, Task *task, const Value *arguments) {
    Resource *channel = arguments[0].resource;
    Value value;
    int64_t number = 0;
    if (stops(machine, task)) return;
    if (!channel->waiters.first && take_now(machine, channel, &value, &number))
        answer_undoable(machine, task, &channel->waiters, REQUEST_RECEIVE, "Channel.receive", channel, value, number);
    else wait_in(machine, task, &channel->waiters, REQUEST_RECEIVE, "Channel.receive", channel, int_value(0));
}

void perform_try_receive(Machine *machine, Task *task, const Value *arguments) {
    Value value;
    int64_t number;
    take_now(machine, arguments[0].resource, &value, &number);
    answer(task, value);
}

void perform_close(Machine *machine, Task *task, const Value *arguments) {
    Resource *channel = arguments[0].resource;
    Request *waiter;
    channel->is_closed = true;
    while ((waiter = dequeue(&channel->senders))) finish_request(machine, waiter, bool_value(machine, false), 0);
    while ((waiter = dequeue(&channel->waiters))) finish_request(machine, waiter, none(machine), 0);
    answer(task, unit_value(machine));
}

void perform_length(Machine *machine, Task *task, const Value *arguments) {
    (void)machine;
    answer(task, int_value((int64_t)arguments[0].resource->length));
}

// ---- promises ----

void perform_make_promise(Machine *machine, Task *task, const Value *arguments) {
    (void)arguments;
    answer(task, resource_value(make_resource(machine, RESOURCE_PROMISE, NULL)));
}

void perform_set(Machine *machine, Task *task, const Value *arguments) {
    Resource *promise = arguments[0].resource;
    bool is_first = !promise->items;
    answer(task, bool_value(machine, is_first));
    if (!is_first) return;
    promise->items = make_object(machine, ITEMS, NULL, NULL, NULL, 1);
    promise->items->items[0] = arguments[1];
    Request *waiter;
    while ((waiter = dequeue(&promise->waiters))) finish_request(machine, waiter, arguments[1], 0);
}

void perform_wait(Machine *machine, Task *task, const Value *arguments) {
    Resource *promise = arguments[0].resource;
    if (stops(machine, task)) return;
    if (promise->items) answer_ready(machine, task, promise->items->items[0]);
    else wait_in(machine, task, &promise->waiters, REQUEST_PROMISE, "Promise.wait", promise, int_value(0));
}

void perform_get(Machine *machine, Task *task, const Value *arguments) {
    const Resource *promise = arguments[0].resource;
    answer(task, promise->items ? some(machine, promise->items->items[0]) : none(machine));
}

// ---- semaphores ----

void perform_make_semaphore(Machine *machine, Task *task, const Value *arguments) {
    Resource *semaphore = make_resource(machine, RESOURCE_SEMAPHORE, NULL);
    semaphore->permits = arguments[0].integer < 0 ? 0 : arguments[0].integer;
    answer(task, resource_value(semaphore));
}

void give_permit(Machine *machine, Resource *semaphore) {
    Request *next = dequeue(&semaphore->waiters);
    if (next) finish_request(machine, next, unit_value(machine), 0);
    else semaphore->permits++;
}

void perform_acquire(Machine *machine, Task *task, const Value *arguments) {
    Resource *semaphore = arguments[0].resource;
    if (stops(machine, task)) return;
    if (semaphore->permits > 0) {
        semaphore->permits--;
        answer_undoable(machine, task, &semaphore->waiters, REQUEST_PERMIT, "Semaphore.acquire", semaphore, unit_value(machine), 0);
    } else wait_in(machine, task, &semaphore->waiters, REQUEST_PERMIT, "Semaphore.acquire", semaphore, int_value(0));
}

void perform_release(Machine *machine, Task *task, const Value *arguments) {
    give_permit(machine, arguments[0].resource);
    answer(task, unit_value(machine));
}

void perform_available(Machine *machine, Task *task, const Value *arguments) {
    (void)machine;
    answer(task, int_value(arguments[0].resource->permits));
}
