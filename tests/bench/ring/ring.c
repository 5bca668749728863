// 503 nodes with a place for one token each; those that have one stand in a queue, of which each turn of the loop runs up to a thousand.
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

enum { NODES = 503, HOPS = 5000000, TASKS_A_TURN = 1000 };

typedef struct Node {
    struct Node *to, *next_ready;
    int64_t token;
    int number;
} Node;

static Node nodes[NODES], *first_ready, *last_ready;
static int64_t finished_by;

static void give(Node *node, int64_t token) {
    node->token = token;
    node->next_ready = NULL;
    if (first_ready) last_ready->next_ready = node;
    else first_ready = node;
    last_ready = node;
}

static void pass(Node *node) {
    if (node->token == 0) finished_by = node->number;
    else give(node->to, node->token - 1);
}

static void run_ready(uv_idle_t *idle) {
    for (int left = TASKS_A_TURN; left && first_ready; left--) {
        Node *node = first_ready;
        first_ready = node->next_ready;
        pass(node);
    }
    if (finished_by) uv_close((uv_handle_t *)idle, NULL);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    uv_idle_t idle;
    for (int i = 0; i < NODES; i++) nodes[i] = (Node){.to = &nodes[(i + 1) % NODES], .number = i + 1};
    give(&nodes[0], HOPS);
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, run_ready);
    uv_run(loop, UV_RUN_DEFAULT);
    printf("%lld\n", (long long)finished_by);
    return uv_loop_close(loop);
}
