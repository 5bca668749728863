// Tasks as a person writes them by hand on libuv: each is a structure with the step that it takes next; it waits in the box that it takes from
// or gives to, is put on a ready queue when that can be, and a uv_idle handle runs a thousand steps in each turn. 503 tasks pass a token on by
// boxes with room for one, whoever comes first.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

enum { TASKS = 503, HOPS = 5000000, STEPS_A_TURN = 1000 };

typedef struct Task Task;

typedef struct Box {
    int64_t item;
    bool is_full, is_closed;
    Task *taker, *giver; // who waits
} Box;

struct Task {
    void (*step)(Task *task);
    Task *next_ready;
    Box *from, *to;
    int64_t token; // to be given
    int number;
};

static Task *first_ready, **last_ready = &first_ready;
static uv_idle_t idle;
static int left = TASKS;

static void make_ready(Task *task) {
    task->next_ready = NULL;
    *last_ready = task;
    last_ready = &task->next_ready;
}

static void wake(Task **waits) {
    if (*waits) make_ready(*waits);
    *waits = NULL;
}

// False: nothing is there; the task waits, and takes its step again when something is, or the box has been closed.
static bool take(Box *box, Task *task, int64_t *item) {
    if (!box->is_full) {
        box->taker = task;
        return false;
    }
    *item = box->item;
    box->is_full = false;
    wake(&box->giver);
    return true;
}

// False: there is no room; the task waits, and takes its step again when there is.
static bool give(Box *box, Task *task, int64_t item) {
    if (box->is_full) {
        box->giver = task;
        return false;
    }
    box->item = item;
    box->is_full = true;
    wake(&box->taker);
    return true;
}

static void end(Task *task) {
    task->to->is_closed = true;
    wake(&task->to->taker);
    free(task);
    if (--left == 0) uv_close((uv_handle_t *)&idle, NULL);
}

static void receive(Task *task);

static void pass_on(Task *task) {
    if (!give(task->to, task, task->token)) return;
    task->step = receive;
    receive(task);
}

static void receive(Task *task) {
    if (!task->from->is_full && task->from->is_closed) {
        end(task);
        return;
    }
    if (!take(task->from, task, &task->token)) return;
    if (task->token-- == 0) {
        printf("%d\n", task->number);
        end(task);
        return;
    }
    task->step = pass_on;
    pass_on(task);
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

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    Box *boxes = calloc(TASKS, sizeof *boxes);
    for (int i = 0; i < TASKS; i++) {
        Task *task = malloc(sizeof *task);
        if (!boxes || !task) abort();
        *task = (Task){.step = receive, .from = &boxes[i], .to = &boxes[(i + 1) % TASKS], .number = i + 1};
        make_ready(task);
    }
    boxes[0].item = HOPS;
    boxes[0].is_full = true;
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, run_ready);
    uv_run(loop, UV_RUN_DEFAULT);
    free(boxes);
    return uv_loop_close(loop);
}
