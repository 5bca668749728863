// Schedules chosen at random, when there are more than are run in order: at each point any answer that can be delivered is as likely as the others.

#include "spec.h"

static uint64_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u; // Knuth's MMIX generator, of which the upper half is used
    return *state >> 32;
}

static uint32_t count_answers(const Engine *engine) {
    uint32_t count = 0;
    for (const Pending *pending = engine->run->first; pending; pending = pending->next) count += can_deliver(engine, pending);
    return count;
}

static void run_at_random(Engine *engine, uint64_t *random, Choices *choices) {
    choices->count = 0;
    while (run_on(engine)) {
        uint32_t choice = (uint32_t)(next_random(random) % count_answers(engine));
        vector_push(engine->compilation->arena, choices, choice);
        deliver(engine, nth_answer(engine, choice));
    }
}

bool sample_schedules(Engine *engine, StartSubject *start, void *context, size_t count, Explored *explored, Choices *failing) {
    uint64_t random = engine->options->seed + 1;
    for (size_t i = 0; i < count; i++) {
        if (!start(context)) return false;
        run_at_random(engine, &random, failing);
        if (engine->stopped == STOP_FAILED || engine->stopped == STOP_DOUBT) return false;
        explored->sampled += engine->stopped == STOP_NONE;
    }
    failing->count = 0;
    return true;
}
