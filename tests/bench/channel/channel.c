// Two tasks as a person writes them by hand on libuv: each is a structure with the step that it takes next, waits in the channel when that is
// full, or empty, is put on a ready queue when it is no longer, and a uv_idle handle runs a thousand steps in each turn.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

enum { ROOM = 100, ITEMS = 5000000, STEPS_A_TURN = 1000 };

typedef struct Task Task;

typedef struct Channel {
    int64_t ring[ROOM];
    int first, length;
    bool is_closed;
    Task *receiver, *sender; // who waits
} Channel;

struct Task {
    void (*step)(Task *task);
    Task *next_ready;
    Channel *channel;
    int64_t number; // what is sent next; the sum
};

static Task *first_ready, **last_ready = &first_ready;
static uv_idle_t idle;

static void make_ready(Task *task) {
    task->next_ready = NULL;
    *last_ready = task;
    last_ready = &task->next_ready;
}

static void wake(Task **waits) {
    if (*waits) make_ready(*waits);
    *waits = NULL;
}

// False: it is full; the task waits, and takes its step again when it is not.
static bool put(Channel *channel, Task *task, int64_t item) {
    if (channel->length == ROOM) {
        channel->sender = task;
        return false;
    }
    channel->ring[(channel->first + channel->length++) % ROOM] = item;
    wake(&channel->receiver);
    return true;
}

// False: it is empty; the task waits, and takes its step again when it is not, or has been closed.
static bool take(Channel *channel, Task *task, int64_t *item) {
    if (channel->length == 0) {
        channel->receiver = task;
        return false;
    }
    *item = channel->ring[channel->first];
    channel->first = (channel->first + 1) % ROOM;
    channel->length--;
    wake(&channel->sender);
    return true;
}

static void produce(Task *task) {
    while (task->number > 0) {
        if (!put(task->channel, task, task->number)) return;
        task->number--;
    }
    task->channel->is_closed = true;
    wake(&task->channel->receiver);
    free(task);
}

static void consume(Task *task) {
    int64_t item;
    while (task->channel->length || !task->channel->is_closed) {
        if (!take(task->channel, task, &item)) return;
        task->number += item;
    }
    printf("%lld\n", (long long)task->number);
    free(task);
    uv_close((uv_handle_t *)&idle, NULL);
}

static void run_ready(uv_idle_t *handle) {
    (void)handle;
    for (int steps = STEPS_A_TURN; steps && first_ready; steps--) {
        Task *task = first_ready;
        first_ready = task->next_ready;
        if (!first_ready) last_ready = &first_ready;
        task->step(task);
    }
}

static void start_task(Channel *channel, void (*step)(Task *task), int64_t number) {
    Task *task = malloc(sizeof *task);
    if (!task) abort();
    *task = (Task){.step = step, .channel = channel, .number = number};
    make_ready(task);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    Channel *channel = calloc(1, sizeof *channel);
    if (!channel) abort();
    start_task(channel, produce, ITEMS);
    start_task(channel, consume, 0);
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, run_ready);
    uv_run(loop, UV_RUN_DEFAULT);
    free(channel);
    return uv_loop_close(loop);
}
