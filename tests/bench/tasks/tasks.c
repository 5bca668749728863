// A tree of joins over 2^20 tasks, each of which waits once: a task is a malloc'd structure, those that are ready stand in a queue, and a
// uv_idle handle runs a thousand of them in each turn of the loop.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

typedef struct Task Task;
struct Task {
    Task *parent;
    Task *next; // in the queue
    int depth;
    int waits_for; // branches that have not ended
    int64_t answer;
};

static Task *first_ready, **last_ready = &first_ready;
static uv_idle_t idle;

static Task *make_task(Task *parent, int depth) {
    Task *task = malloc(sizeof *task);
    if (!task) abort();
    *task = (Task){.parent = parent, .depth = depth, .waits_for = 2};
    return task;
}

static void make_ready(Task *task) {
    task->next = NULL;
    *last_ready = task;
    last_ready = &task->next;
}

static void start(Task *task) {
    if (task->depth == 0) {
        make_ready(task);
        return;
    }
    start(make_task(task, task->depth - 1));
    start(make_task(task, task->depth - 1));
}

static void end(Task *task, int64_t answer) {
    for (;;) {
        Task *parent = task->parent;
        free(task);
        if (!parent) {
            printf("%lld\n", (long long)answer);
            uv_close((uv_handle_t *)&idle, NULL);
            return;
        }
        parent->answer += answer;
        if (--parent->waits_for > 0) return;
        answer = parent->answer;
        task = parent;
    }
}

static void on_idle(uv_idle_t *handle) {
    (void)handle;
    for (int i = 0; i < 1000 && first_ready; i++) {
        Task *task = first_ready;
        first_ready = task->next;
        if (!first_ready) last_ready = &first_ready;
        end(task, 1);
    }
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, on_idle);
    start(make_task(NULL, 20));
    uv_run(loop, UV_RUN_DEFAULT);
    return uv_loop_close(loop);
}
