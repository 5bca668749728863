// Schedules: at each point which answer is delivered next.

#include "spec.h"

typedef struct Node {
    Snapshot *snapshot;
    uint32_t next;
} Node;

typedef struct Exploration {
    Engine *engine;
    Vector(Node) path;
} Exploration;

// Runs until every task waits. False: the run has ended, or was stopped.
static bool run_on(Engine *engine) {
    engine->stopped = STOP_NONE;
    if (setjmp(engine->stop)) return false;
    if (run_machine(engine->machine, UINT32_MAX) == MACHINE_WAITING) return true;
    check_end(engine);
    return false;
}

static Pending *nth_answer(const Engine *engine, uint32_t index) {
    for (Pending *pending = engine->run->first; pending; pending = pending->next)
        if (can_deliver(engine, pending) && index-- == 0) return pending;
    return NULL;
}

static void deliver_next(Engine *engine, Pending *pending) {
    engine->run->turn++;
    deliver(engine, pending);
}

// Back to the last point where another answer may be delivered. False: there is none.
static bool go_back(Exploration *exploration) {
    Engine *engine = exploration->engine;
    while (exploration->path.count) {
        Node *node = &exploration->path.items[exploration->path.count - 1];
        go_back_to(engine, node->snapshot);
        Pending *chosen = nth_answer(engine, node->next++);
        if (chosen) {
            deliver_next(engine, chosen);
            return true;
        }
        free_snapshot(node->snapshot);
        exploration->path.count--;
    }
    return false;
}

static bool explore_all(Exploration *exploration, Explored *explored) {
    Engine *engine = exploration->engine;
    do {
        while (run_on(engine)) {
            Node node = {save_machine(engine->machine, NULL), 1};
            vector_push(engine->compilation->arena, &exploration->path, node);
            deliver_next(engine, nth_answer(engine, 0));
        }
        explored->schedules++;
        if (engine->stopped == STOP_FAILED || engine->stopped == STOP_DOUBT) return false;
        explored->classes += engine->stopped == STOP_NONE;
    } while (go_back(exploration));
    return true;
}

bool explore(Engine *engine, Explored *explored, Choices *failing) {
    Exploration exploration = {.engine = engine};
    bool passes = explore_all(&exploration, explored);
    for (size_t i = 0; i < exploration.path.count; i++) {
        vector_push(engine->compilation->arena, failing, exploration.path.items[i].next - 1);
        free_snapshot(exploration.path.items[i].snapshot);
    }
    return passes;
}

bool run_schedule(Engine *engine, const Choices *choices) {
    for (size_t i = 0; run_on(engine); i++) {
        Pending *chosen = i < choices->count ? nth_answer(engine, choices->items[i]) : NULL;
        deliver_next(engine, chosen ? chosen : nth_answer(engine, 0));
    }
    return engine->stopped != STOP_FAILED && engine->stopped != STOP_DOUBT;
}
