// A failing schedule that a person can follow: the one that leaves the usual order least often. Usual is that the task goes on that went on last,
// else the one that asked first. All schedules with 0 departures are run, then those with 1, and so on (delay bounding: M. Emmi, S. Qadeer,
// Z. Rakamaric, "Delay-bounded scheduling", 2011).

#include "spec.h"

enum { MOST_DEPARTURES = 4, MOST_RUNS = 5000, MOST_DELIVERED = 500000 };

typedef struct Shortening {
    Engine *engine;
    Choices *choices;
    size_t runs;
    uint64_t most_delivered;
} Shortening;

static bool has_room(const Shortening *s) { return s->runs < MOST_RUNS && s->engine->delivered < s->most_delivered; }

static uint64_t task_of(const Pending *pending) { return pending->request->task ? pending->request->task->name : 0; }

// The usual choice.
static uint32_t usual_choice(const Engine *engine, uint64_t last) {
    uint32_t index = 0;
    for (const Pending *pending = engine->run->first; pending; pending = pending->next) {
        if (!can_deliver(engine, pending)) continue;
        if (task_of(pending) == last) return index;
        index++;
    }
    return 0;
}

// The run has come to a point where every task waits. True: it has failed, and `choices` says how.
static bool search(Shortening *s, unsigned departures, uint64_t last) {
    Engine *engine = s->engine;
    uint32_t usual = usual_choice(engine, last), count = 0;
    Snapshot *snapshot = save_machine(engine->machine, NULL);
    bool is_found = false;
    while (nth_answer(engine, count)) count++;
    for (uint32_t i = 0; i < count && !is_found && has_room(s); i++) {
        uint32_t choice = i == 0 ? usual : i <= usual ? i - 1 : i;
        if (i && !departures) break;
        if (i) go_back_to(engine, snapshot);
        Pending *pending = nth_answer(engine, choice);
        uint64_t task = task_of(pending);
        vector_push(engine->compilation->arena, s->choices, choice);
        deliver(engine, pending);
        if (run_on(engine)) is_found = search(s, departures - (i > 0), task);
        else {
            s->runs++;
            is_found = engine->stopped == STOP_FAILED;
        }
        if (!is_found) s->choices->count--;
    }
    free_snapshot(snapshot);
    return is_found;
}

// Whoever asked last goes on without a switch: to begin with it may be shorter than with the one that asked first.
static uint64_t last_to_ask(const Engine *engine) { return engine->run->last ? task_of(engine->run->last) : 1; }

// ---- what departs too often to be found so ----

static bool still_fails(Shortening *s, StartSubject *start, void *context, const Choices *choices) {
    s->runs++;
    if (!has_room(s) || !start(context)) return false;
    run_schedule(s->engine, choices);
    return s->engine->stopped == STOP_FAILED;
}

// The shortest beginning behind which the first answer each time will do; and in it the first answer wherever that will do.
static void simplify(Engine *engine, StartSubject *start, void *context, Choices *failing) {
    Shortening s = {engine, failing, 0, engine->delivered + MOST_DELIVERED};
    size_t whole = failing->count;
    for (failing->count = 0; failing->count < whole && !still_fails(&s, start, context, failing);) failing->count++;
    for (size_t i = 0; i < failing->count; i++) {
        uint32_t choice = failing->items[i];
        failing->items[i] = 0;
        if (choice && !still_fails(&s, start, context, failing)) failing->items[i] = choice;
    }
}

bool shorten_schedule(Engine *engine, StartSubject *start, void *context, Choices *failing) {
    Choices choices = {0};
    Shortening s = {engine, &choices, 0, engine->delivered + MOST_DELIVERED};
    bool is_found = false;
    for (unsigned tried = 0; tried < 2 * (MOST_DEPARTURES + 1) && !is_found && has_room(&s); tried++) {
        choices.count = 0;
        if (!start(context)) return false;
        if (run_on(engine)) is_found = search(&s, tried / 2, tried % 2 ? last_to_ask(engine) : 1);
        else is_found = engine->stopped == STOP_FAILED;
    }
    if (is_found) *failing = choices;
    else simplify(engine, start, context, failing);
    return is_found;
}
