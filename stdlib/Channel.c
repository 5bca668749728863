// Channels: a ring of items, and two queues of tasks that wait. At most one of the queues has anyone in it.

#include <stdlib.h>
#include "fx.h"

typedef struct Ring {
    fx_queue senders, receivers;
    fx_value *items;
    size_t first, length, room; // room: a power of 2
    size_t limit;
    bool closed;
    bool counted; // how the items are held
} Ring;

enum { RING = 1, CHANNEL_WORDS };

// Where the item with this index from the front is, or will be.
static fx_value *item_at(const Ring *ring, size_t index) { return &ring->items[(ring->first + index) & (ring->room - 1)]; }

static void destroy(fx_runtime *rt, fx_object *channel) {
    Ring *ring = (Ring *)(intptr_t)channel->fields[RING];
    if (!ring) return;
    for (size_t i = 0; ring->counted && i < ring->length; i++) fx_drop(rt, *item_at(ring, i));
    free(ring->items);
    free(ring);
}

static const fx_resource_type channel_type = {"Channel", CHANNEL_WORDS, destroy};

static Ring *ring_of(fx_value channel) { return (Ring *)(intptr_t)fx_object_of(channel)->fields[RING]; }

fx_value fx_channel_make(fx_runtime *rt, fx_representation a_is, fx_value limit) {
    fx_object *channel = fx_resource_make(rt, &channel_type);
    Ring *ring = calloc(1, sizeof *ring);
    if (!ring) fx_fault(rt, NULL, "memory exhausted");
    ring->limit = limit < 0 ? 0 : (size_t)limit;
    ring->counted = a_is == FX_COUNTED;
    channel->fields[RING] = (fx_value)(intptr_t)ring;
    return fx_value_of(channel);
}

// The item at the end, or put back at the front. Running out of memory is a fault before anything has changed.
static void grow(fx_runtime *rt, Ring *ring) {
    if (ring->length < ring->room) return;
    size_t room = ring->room ? ring->room * 2 : 8;
    fx_value *items = malloc(room * sizeof *items);
    if (!items) fx_fault(rt, NULL, "memory exhausted");
    for (size_t i = 0; i < ring->length; i++) items[i] = *item_at(ring, i);
    free(ring->items);
    ring->items = items;
    ring->first = 0;
    ring->room = room;
}

static void push_back(fx_runtime *rt, Ring *ring, fx_value item) {
    grow(rt, ring);
    *item_at(ring, ring->length++) = item;
}

static void push_front(fx_runtime *rt, Ring *ring, fx_value item) {
    grow(rt, ring);
    ring->first = (ring->first + ring->room - 1) & (ring->room - 1);
    ring->items[ring->first] = item;
    ring->length++;
}

static fx_value pop(Ring *ring) {
    fx_value item = ring->items[ring->first];
    ring->first = (ring->first + 1) & (ring->room - 1);
    ring->length--;
    return item;
}

// ---- requests: both keep the channel alive ----

typedef struct Waiter {
    fx_request request;
    fx_value channel;
    fx_value item;  // senders: until it is in the channel
    bool has_item;
} Waiter;

static void clean(fx_runtime *rt, fx_request *request) {
    Waiter *waiter = (Waiter *)request;
    if (waiter->has_item && ring_of(waiter->channel)->counted) fx_drop(rt, waiter->item);
    fx_drop(rt, waiter->channel);
}

static fx_representation items_are(const Ring *ring) { return ring->counted ? FX_COUNTED : FX_WORD; }

// Gives the item at the front to the one who has waited longest, and lets the next sender's into the ring. When nothing more will come, tells so.
static void move_on(fx_runtime *rt, Ring *ring) {
    for (;;) {
        if (ring->length && ring->receivers.first) {
            fx_request *receiver = fx_dequeue(&ring->receivers);
            fx_finish(rt, receiver, fx_some_take(rt, items_are(ring), pop(ring)));
        } else if (ring->senders.first && (ring->length < ring->limit || ring->receivers.first)) {
            Waiter *sender = (Waiter *)fx_dequeue(&ring->senders);
            push_back(rt, ring, sender->item);
            sender->has_item = false;
            fx_finish(rt, &sender->request, FX_TRUE);
        } else break;
    }
    if (!ring->closed) return;
    fx_request *receiver;
    while ((receiver = fx_dequeue(&ring->receivers))) fx_finish(rt, receiver, FX_NONE);
}

// C5: an item that its receiver did not get any more goes back to the front.
static void put_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    if (answer == FX_NONE) return;
    Ring *ring = ring_of(((Waiter *)request)->channel);
    fx_value item = fx_content(answer);
    if (ring->counted) fx_dup(item);
    fx_drop(rt, answer);
    push_front(rt, ring, item);
    move_on(rt, ring);
}

static const fx_request_type send_type = {"Channel.send", sizeof(Waiter), FX_WORD, true, fx_withdraw_queued, NULL, clean};
static const fx_request_type receive_type = {"Channel.receive", sizeof(Waiter), FX_COUNTED, true, fx_withdraw_queued, put_back, clean};

static fx_answer wait_in(fx_runtime *rt, fx_queue *queue, const fx_request_type *type, fx_value channel, fx_value item) {
    Waiter *waiter = fx_request_make(rt, type);
    fx_dup(channel);
    waiter->channel = channel;
    waiter->item = item;
    waiter->has_item = type == &send_type;
    fx_enqueue(queue, &waiter->request);
    return fx_wait(rt, &waiter->request);
}

fx_answer fx_channel_send_take(fx_runtime *rt, fx_representation a_is, fx_value channel, fx_value item) {
    Ring *ring = ring_of(channel);
    fx_answer answer;
    if (fx_is_stopped(rt)) {
        fx_drop_as(rt, a_is, item);
        answer = fx_stop(rt);
    } else if (ring->closed) {
        fx_drop_as(rt, a_is, item);
        answer = fx_done(FX_FALSE);
    } else if (!ring->senders.first && (ring->length < ring->limit || ring->receivers.first)) {
        push_back(rt, ring, item);
        move_on(rt, ring);
        answer = fx_answer_ready(rt, FX_WORD, FX_TRUE);
    } else answer = wait_in(rt, &ring->senders, &send_type, channel, item);
    fx_drop(rt, channel);
    return answer;
}

static bool take_now(fx_runtime *rt, Ring *ring, fx_value *answer) {
    if (!ring->length && ring->senders.first) { // nothing fits into a channel of 0: straight from the sender
        Waiter *sender = (Waiter *)fx_dequeue(&ring->senders);
        *answer = fx_some_take(rt, items_are(ring), sender->item);
        sender->has_item = false;
        fx_finish(rt, &sender->request, FX_TRUE);
        return true;
    }
    if (ring->length) {
        *answer = fx_some_take(rt, items_are(ring), pop(ring));
        move_on(rt, ring);
        return true;
    }
    *answer = FX_NONE;
    return ring->closed;
}

fx_answer fx_channel_receive(fx_runtime *rt, fx_representation a_is, fx_value channel) {
    (void)a_is;
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Ring *ring = ring_of(channel);
    fx_value answer;
    if (!ring->receivers.first && !fx_must_take_turns(rt) && take_now(rt, ring, &answer)) return fx_done(answer);
    fx_answer waiting = wait_in(rt, &ring->receivers, &receive_type, channel, 0);
    move_on(rt, ring);
    return waiting;
}

fx_value fx_channel_try_receive(fx_runtime *rt, fx_representation a_is, fx_value channel) {
    (void)a_is;
    fx_value answer;
    take_now(rt, ring_of(channel), &answer);
    return answer;
}

fx_value fx_channel_close(fx_runtime *rt, fx_representation a_is, fx_value channel) {
    (void)a_is;
    Ring *ring = ring_of(channel);
    ring->closed = true;
    fx_request *sender;
    while ((sender = fx_dequeue(&ring->senders))) fx_finish(rt, sender, FX_FALSE);
    move_on(rt, ring);
    return FX_UNIT;
}

fx_value fx_channel_length(fx_runtime *rt, fx_representation a_is, fx_value channel) {
    (void)rt, (void)a_is;
    return (fx_value)ring_of(channel)->length;
}
