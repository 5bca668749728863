// Channels: a ring of items, and two queues of tasks that wait. Between two operations receivers wait only where there is no item, senders only
// where there is no room, and nobody at one that is closed.

#include <stdlib.h>
#include "fx.h"

typedef struct Channel {
    fx_object object;
    const fx_resource_type *type;
    fx_queue senders, receivers;
    fx_value *items;
    size_t first, length, room; // room: a power of 2
    size_t given;               // how many items have left the channel: an item's number, which it keeps when it comes back
    size_t returned;            // so many at the front have come back, in the order of their numbers
    size_t *numbers;            // theirs, each where its item is; NULL: none has ever come back
    size_t limit;
    bool closed;
    uint8_t is; // fx_representation of the items
} Channel;

enum { CHANNEL_WORDS = (sizeof(Channel) - sizeof(fx_object)) / sizeof(fx_value) };

static Channel *channel_of(fx_value channel) { return (Channel *)fx_object_of(channel); }

// Where the item with this index from the front is, or will be.
static size_t place_of(const Channel *channel, size_t index) { return (channel->first + index) & (channel->room - 1); }
static fx_value *item_at(const Channel *channel, size_t index) { return &channel->items[place_of(channel, index)]; }

static void destroy(fx_runtime *rt, fx_object *object) {
    Channel *channel = (Channel *)object;
    for (size_t i = 0; channel->is == FX_COUNTED && i < channel->length; i++) fx_drop(rt, *item_at(channel, i));
    free(channel->items);
    free(channel->numbers);
}

static const fx_resource_type channel_type = {"Channel", CHANNEL_WORDS, destroy};

fx_value fx_channel_make(fx_runtime *rt, fx_representation a_is, fx_value limit) {
    Channel *channel = (Channel *)fx_resource_make(rt, &channel_type);
    channel->limit = limit < 0 ? 0 : (size_t)limit;
    channel->is = (uint8_t)a_is;
    return fx_value_of(channel);
}

// Running out of memory is a fault before anything has changed.
static __attribute__((noinline)) void grow(fx_runtime *rt, Channel *channel) {
    size_t room = channel->room ? channel->room * 2 : 8;
    fx_value *items = malloc(room * sizeof *items);
    size_t *numbers = channel->numbers ? malloc(room * sizeof *numbers) : NULL;
    if (!items || (channel->numbers && !numbers)) {
        free(items);
        free(numbers);
        fx_fault(rt, NULL, "memory exhausted");
    }
    for (size_t i = 0; i < channel->length; i++) items[i] = *item_at(channel, i);
    for (size_t i = 0; i < channel->returned; i++) numbers[i] = channel->numbers[place_of(channel, i)];
    free(channel->items);
    free(channel->numbers);
    channel->items = items;
    channel->numbers = numbers;
    channel->first = 0;
    channel->room = room;
}

static inline void push_back(fx_runtime *rt, Channel *channel, fx_value item) {
    if (channel->length == channel->room) grow(rt, channel);
    *item_at(channel, channel->length++) = item;
}

static void move_item(Channel *channel, size_t to, size_t from) {
    size_t target = place_of(channel, to), source = place_of(channel, from);
    channel->items[target] = channel->items[source];
    channel->numbers[target] = channel->numbers[source];
}

// A free place at the index: the shorter side moves.
static void open_place(Channel *channel, size_t index) {
    size_t behind = channel->length - index;
    channel->length++;
    if (behind < index)
        for (size_t i = channel->length - 1; i > index; i--) move_item(channel, i, i - 1);
    else {
        channel->first = place_of(channel, channel->room - 1);
        for (size_t i = 0; i < index; i++) move_item(channel, i, i + 1);
    }
}

// Among those that came back at its number's place, before all that have never left.
static void push_returned(fx_runtime *rt, Channel *channel, fx_value item, size_t number) {
    if (channel->length == channel->room) grow(rt, channel);
    if (!channel->numbers && !(channel->numbers = calloc(channel->room, sizeof *channel->numbers))) fx_fault(rt, NULL, "memory exhausted");
    size_t index = channel->returned;
    while (index && channel->numbers[place_of(channel, index - 1)] > number) index--;
    open_place(channel, index);
    channel->items[place_of(channel, index)] = item;
    channel->numbers[place_of(channel, index)] = number;
    channel->returned++;
}

// ---- requests: both keep the channel alive ----

typedef struct Waiter {
    fx_request request;
    Channel *channel;
    fx_value item; // senders: until it is in the channel
    bool has_item;
    size_t number; // receivers: of the item that they were given
} Waiter;

static void clean_receiver(fx_runtime *rt, fx_request *request) { fx_drop(rt, fx_value_of(((Waiter *)request)->channel)); }

static void clean_sender(fx_runtime *rt, fx_request *request) {
    Waiter *waiter = (Waiter *)request;
    if (waiter->has_item) fx_drop_as(rt, (fx_representation)waiter->channel->is, waiter->item);
    clean_receiver(rt, request);
}

static fx_value some_of(fx_runtime *rt, const Channel *channel, fx_value item) { return fx_some_take(rt, (fx_representation)channel->is, item); }

// Of the item at the front, which leaves.
static inline size_t next_number(Channel *channel) {
    if (__builtin_expect(!channel->returned, 1)) return channel->given++;
    channel->returned--;
    return channel->numbers[channel->first];
}

// The item at the front, or where nothing fits into the channel that of the sender who has waited longest; None: there is none.
static inline fx_value take_front(fx_runtime *rt, Channel *channel, size_t *number) {
    if (channel->length) {
        *number = next_number(channel);
        fx_value answer = some_of(rt, channel, channel->items[channel->first]);
        channel->first = (channel->first + 1) & (channel->room - 1);
        channel->length--;
        return answer;
    }
    Waiter *sender = (Waiter *)channel->senders.first;
    if (!sender) return FX_NONE;
    *number = channel->given++;
    fx_value answer = some_of(rt, channel, sender->item);
    sender->has_item = false;
    fx_unqueue(&sender->request);
    fx_finish(rt, &sender->request, FX_TRUE);
    return answer;
}

// The senders' items into the room that there is.
static void fill_up(fx_runtime *rt, Channel *channel) {
    while (channel->senders.first && channel->length < channel->limit) {
        Waiter *sender = (Waiter *)channel->senders.first;
        push_back(rt, channel, sender->item);
        sender->has_item = false;
        fx_unqueue(&sender->request);
        fx_finish(rt, &sender->request, FX_TRUE);
    }
}

// Gives what there is to those who have waited longest. When nothing more will come, tells so.
static void serve_receivers(fx_runtime *rt, Channel *channel) {
    while (channel->receivers.first && (channel->length || channel->senders.first || channel->closed)) {
        Waiter *receiver = (Waiter *)fx_dequeue(&channel->receivers);
        fx_value answer = take_front(rt, channel, &receiver->number);
        fx_finish(rt, &receiver->request, answer);
    }
    fill_up(rt, channel);
}

// C5: an item that its receiver did not get any more goes back to where it was: before all that were sent after it.
static void put_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    if (answer == FX_NONE) return;
    const Waiter *receiver = (const Waiter *)request;
    Channel *channel = receiver->channel;
    fx_value item = fx_content(answer);
    fx_dup_as((fx_representation)channel->is, item);
    fx_drop(rt, answer);
    push_returned(rt, channel, item, receiver->number);
    serve_receivers(rt, channel);
}

static const fx_request_type send_type = {"Channel.send", sizeof(Waiter), FX_WORD, true, fx_withdraw_queued, NULL, clean_sender};
static const fx_request_type receive_type = {"Channel.receive", sizeof(Waiter), FX_COUNTED, true, fx_withdraw_queued, put_back, clean_receiver};

static fx_answer wait_to_send(fx_runtime *rt, Channel *channel, fx_value item) { // owns both
    Waiter *waiter = fx_request_make(rt, &send_type);
    waiter->channel = channel;
    waiter->item = item;
    waiter->has_item = true;
    fx_enqueue(&channel->senders, &waiter->request);
    return fx_wait(rt, &waiter->request);
}

fx_answer fx_channel_send_take(fx_runtime *rt, fx_representation a_is, fx_value own_channel, fx_value item) {
    Channel *channel = channel_of(own_channel);
    fx_answer answer;
    if (fx_is_stopped(rt)) {
        fx_drop_as(rt, a_is, item);
        answer = fx_stop(rt);
    } else if (channel->receivers.first) {
        fx_value some = fx_some_take(rt, a_is, item);
        Waiter *receiver = (Waiter *)fx_dequeue(&channel->receivers);
        receiver->number = channel->given++;
        fx_finish(rt, &receiver->request, some);
        answer = fx_answer_ready(rt, FX_WORD, FX_TRUE);
    } else if (channel->closed) {
        fx_drop_as(rt, a_is, item);
        answer = fx_done(FX_FALSE);
    } else if (channel->length < channel->limit) {
        push_back(rt, channel, item);
        answer = fx_answer_ready(rt, FX_WORD, FX_TRUE);
    } else return wait_to_send(rt, channel, item);
    fx_drop(rt, own_channel);
    return answer;
}

static inline fx_answer wait_to_receive(fx_runtime *rt, Channel *channel) {
    Waiter *waiter = fx_request_make(rt, &receive_type);
    fx_dup(fx_value_of(channel));
    waiter->channel = channel;
    fx_enqueue(&channel->receivers, &waiter->request);
    return fx_wait(rt, &waiter->request);
}

// Behind those who wait already, or the others who are ready (C15).
static __attribute__((noinline)) fx_answer receive_in_turn(fx_runtime *rt, Channel *channel) {
    fx_answer waiting = wait_to_receive(rt, channel);
    serve_receivers(rt, channel);
    return waiting;
}

fx_answer fx_channel_receive(fx_runtime *rt, fx_representation a_is, fx_value from) {
    (void)a_is;
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Channel *channel = channel_of(from);
    if (channel->receivers.first || fx_must_take_turns(rt)) return receive_in_turn(rt, channel);
    if (!channel->length && !channel->senders.first && !channel->closed) return wait_to_receive(rt, channel);
    size_t number;
    fx_value answer = take_front(rt, channel, &number);
    if (channel->senders.first) fill_up(rt, channel);
    return fx_done(answer);
}

fx_value fx_channel_try_receive(fx_runtime *rt, fx_representation a_is, fx_value from) {
    (void)a_is;
    Channel *channel = channel_of(from);
    size_t number;
    fx_value answer = take_front(rt, channel, &number);
    fill_up(rt, channel);
    return answer;
}

fx_value fx_channel_close(fx_runtime *rt, fx_representation a_is, fx_value to) {
    (void)a_is;
    Channel *channel = channel_of(to);
    channel->closed = true;
    fx_request *sender;
    while ((sender = fx_dequeue(&channel->senders))) fx_finish(rt, sender, FX_FALSE);
    serve_receivers(rt, channel);
    return FX_UNIT;
}

fx_value fx_channel_length(fx_runtime *rt, fx_representation a_is, fx_value channel) {
    (void)rt, (void)a_is;
    return (fx_value)channel_of(channel)->length;
}
