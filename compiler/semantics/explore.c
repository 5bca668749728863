// Schedules: at each point which answer is delivered next.

#include "spec.h"

typedef struct Node {
    Snapshot *snapshot;
    size_t next;
} Node;

// Runs until every task waits. False: the run has ended.
static bool run_on(Engine *engine) {
    if (run_machine(engine->machine, UINT32_MAX) == MACHINE_WAITING) return true;
    check_end(engine);
    return false;
}

static Pending *nth(const Engine *engine, size_t index) {
    for (Pending *pending = engine->run->first; pending; pending = pending->next)
        if (can_deliver(engine, pending) && index-- == 0) return pending;
    return NULL;
}

typedef Vector(Node) Nodes;

// All orders, the first answer asked first.
static bool explore_all(Engine *engine, Explored *explored) {
    Nodes nodes = {0};
    volatile bool goes_on = true;
    Nodes *volatile path = &nodes;
    for (;;) {
        engine->stopped = STOP_NONE;
        if (setjmp(engine->stop) == 0) {
            if (goes_on) goes_on = run_on(engine);
            if (!goes_on) explored->classes++;
        } else goes_on = false;
        if (!goes_on) explored->schedules++;
        if (engine->stopped == STOP_FAILED) return false;
        if (goes_on) {
            Node node = {save_machine(engine->machine, NULL), 0};
            vector_push(engine->compilation->arena, path, node);
        }
        Pending *chosen = NULL;
        while (path->count && !chosen) {
            Node *node = &path->items[path->count - 1];
            restore_machine(engine->machine, node->snapshot);
            chosen = nth(engine, node->next++);
            if (chosen) continue;
            free_snapshot(node->snapshot);
            path->count--;
        }
        if (!chosen) return true;
        engine->run->turn++;
        deliver(engine, chosen);
        goes_on = true;
    }
}

bool explore(Engine *engine, Explored *explored) { return explore_all(engine, explored); }
