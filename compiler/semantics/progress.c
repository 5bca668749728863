// Where a spec has got to. A block is carried out step by step; a step that has blocks of its own stands for a tree of them.

#include "spec.h"

enum { MOST_USES = 50000 }; // one within or behind the other, before a step is done: more are without end

static void advance(Engine *engine, Progress *sequence);
static void block_done(Engine *engine, Progress *block);

static Progress *make_progress(Engine *engine, ProgressKind kind, const CoreStep *step, Progress *outer) {
    Progress *progress = make_state(engine->machine, sizeof *progress);
    progress->kind = kind;
    progress->step = step;
    progress->outer = outer;
    return progress;
}

static void free_progress(Engine *engine, Progress *progress) { free_state(engine->machine, progress, sizeof *progress); }

static Progress *sequence_in(Engine *engine, Progress *outer, unsigned side, Value steps) {
    uint64_t name = outer ? name_below(outer->name, 2 * (uint64_t)outer->done + side) : 1;
    Progress *sequence = make_progress(engine, PROGRESS_SEQUENCE, NULL, outer);
    sequence->steps = steps;
    sequence->name = name;
    sequence->is_losing = outer && ((outer->kind == PROGRESS_FIRST && side == 1) || outer->is_losing);
    if (outer) outer->inner[side] = sequence;
    return sequence;
}

// Its hypotheses are known from the beginning: the program may compute what they are about before it comes to them.
static void note_hypotheses(Engine *engine, Value steps) {
    Value step;
    while (engine->is_inducing && next_item(&steps, &step)) {
        const Value *parts = step.object->items;
        if (engine->program->steps.items[parts[0].integer].kind == STEP_KIND_USE) note_hypothesis(engine, evaluate_apart(engine, parts[1]));
    }
}

Progress *begin_block(Engine *engine, Progress *outer, Value steps) {
    note_hypotheses(engine, steps);
    Progress *sequence = sequence_in(engine, outer, 0, steps);
    if (!outer) engine->run->whole = sequence;
    advance(engine, sequence);
    return sequence;
}

// ---- the end of a block ----

static void keep_loser(Engine *engine, Progress *loser) {
    if (!loser) return;
    loser->outer = NULL;
    loser->next_loser = engine->run->losers;
    engine->run->losers = loser;
}

static void begin_next_item(Engine *engine, Progress *each);

static void block_done(Engine *engine, Progress *block) {
    Progress *outer = block->outer;
    free_progress(engine, block);
    if (!outer) {
        if (engine->run->whole == block) engine->run->whole = NULL;
        return;
    }
    unsigned side = outer->inner[1] == block;
    outer->inner[side] = NULL;
    switch (outer->kind) {
    case PROGRESS_SEQUENCE: step_done(engine, outer); break;
    case PROGRESS_EACH: begin_next_item(engine, outer); break;
    case PROGRESS_JOIN:
        if (!outer->inner[1 - side]) block_done(engine, outer);
        break;
    case PROGRESS_FIRST: first_done(engine, outer); break;
    }
}

void first_done(Engine *engine, Progress *first) {
    if (first->inner[0] || !first->is_decided) return;
    keep_loser(engine, first->inner[1]);
    block_done(engine, first);
}

void step_done(Engine *engine, Progress *progress) {
    progress->steps = progress->steps.object->items[1];
    progress->asked = (Asked){0};
    progress->done++;
    engine->run->uses = 0;
    advance(engine, progress);
}

// ---- beginning a step ----

static void begin_next_item(Engine *engine, Progress *each) {
    Value item;
    each->steps = inspect(engine->machine, each->steps);
    if (!next_item(&each->steps, &item)) {
        block_done(engine, each);
        return;
    }
    each->done++;
    begin_block(engine, each, apply_apart(engine, each->block, 1, &item));
}

static void begin_two(Engine *engine, Progress *sequence, const CoreStep *step, Value first, Value second) {
    bool is_join = step->kind == STEP_KIND_JOIN;
    Progress *both = make_progress(engine, is_join ? PROGRESS_JOIN : PROGRESS_FIRST, step, sequence);
    sequence->inner[0] = both;
    both->name = name_below(sequence->name, 2 * (uint64_t)sequence->done);
    both->is_losing = sequence->is_losing;
    both->winner = step->kind == STEP_KIND_RIGHT;
    Progress *left = sequence_in(engine, both, 0, evaluate_apart(engine, first));
    Progress *right = sequence_in(engine, both, 1, evaluate_apart(engine, second));
    advance(engine, right);
    advance(engine, left);
}

static void begin_each(Engine *engine, Progress *sequence, const CoreStep *step, Value list, Value block) {
    Progress *each = make_progress(engine, PROGRESS_EACH, step, sequence);
    sequence->inner[0] = each;
    each->name = name_below(sequence->name, 2 * (uint64_t)sequence->done);
    each->is_losing = sequence->is_losing;
    each->steps = evaluate_apart(engine, list);
    each->block = block;
    begin_next_item(engine, each);
}

// What the step asks, found by performing it with nobody to answer.
static void prepare_ask(Engine *engine, Progress *sequence, Value operation, Value answer) {
    engine->is_probing = true;
    evaluate_apart(engine, operation);
    engine->is_probing = false;
    sequence->asked = engine->probed;
    sequence->asked.answer = answer;
}

// The block's steps in place of the present one. The last step of a block goes on as the block itself, so that a spec which uses itself at its end
// becomes no deeper: true, the sequence has other steps now, which are to be begun.
static bool begin_inner(Engine *engine, Progress *sequence, Value steps) {
    if (sequence->steps.object->items[1].kind == VALUE_DATA) {
        begin_block(engine, sequence, steps);
        return false;
    }
    note_hypotheses(engine, steps);
    sequence->steps = steps;
    return true;
}

static bool begin_use(Engine *engine, Progress *sequence, Value used) {
    engine->is_reached[sequence->step - engine->program->steps.items] = true;
    if (begin_hypothesis(engine, sequence, used) || begin_used(engine, sequence, used)) return false;
    if (++engine->run->uses > MOST_USES)
        fail(engine, "specs are used without end, and no step is done in between", sequence->step->span, NULL, NULL, (Span){0},
             "a spec that uses itself does a step first, or is about something smaller each time, until it is about nothing");
    return begin_inner(engine, sequence, evaluate_apart(engine, used.object->items[1]));
}

// True: the steps of the sequence are others now.
static bool begin_step(Engine *engine, Progress *sequence) {
    if (sequence->steps.kind != VALUE_DATA) {
        block_done(engine, sequence);
        return false;
    }
    const Value *parts = sequence->steps.object->items[0].object->items;
    const CoreStep *step = &engine->program->steps.items[parts[0].integer];
    sequence->step = step;
    switch (step->kind) {
    case STEP_KIND_ASK: prepare_ask(engine, sequence, parts[1], parts[2]); break;
    case STEP_KIND_USE: return begin_use(engine, sequence, evaluate_apart(engine, parts[1]));
    case STEP_KIND_CHOOSE: return begin_inner(engine, sequence, evaluate_apart(engine, parts[1]));
    case STEP_KIND_FOR: begin_each(engine, sequence, step, parts[1], parts[2]); break;
    default: begin_two(engine, sequence, step, parts[1], parts[2]); break;
    }
    return false;
}

// Goes on to the next operation, or to the block's end.
static void advance(Engine *engine, Progress *sequence) {
    while (begin_step(engine, sequence)) continue;
}

bool skip_to(Engine *engine, Progress *sequence, bool (*fits)(Engine *engine, const Asked *asked, void *context), void *context) {
    for (Value rest = sequence->steps; rest.kind == VALUE_DATA; rest = rest.object->items[1]) {
        const Value *parts = rest.object->items[0].object->items;
        const CoreStep *step = &engine->program->steps.items[parts[0].integer];
        if (step->kind != STEP_KIND_ASK) continue;
        Progress trial = {.kind = PROGRESS_SEQUENCE, .step = step, .steps = rest};
        prepare_ask(engine, &trial, parts[1], parts[2]);
        if (!fits(engine, &trial.asked, context)) continue;
        sequence->steps = rest;
        sequence->step = step;
        sequence->asked = trial.asked;
        return true;
    }
    return false;
}

// ---- asking ----

// A use that is a hypothesis is asked, too.
static bool is_ask(const Progress *progress) { return progress->kind == PROGRESS_SEQUENCE && progress->asked.external; }

const OpenAsks *find_open_asks(Engine *engine) {
    Arena *arena = engine->compilation->arena;
    OpenAsks *open = &engine->open, *walk = &engine->walk;
    open->count = walk->count = 0;
    for (Progress *loser = engine->run->losers; loser; loser = loser->next_loser) vector_push(arena, walk, loser);
    if (engine->run->whole) vector_push(arena, walk, engine->run->whole);
    while (walk->count) {
        Progress *progress = walk->items[--walk->count];
        if (is_ask(progress) && progress->asked.state == ASK_OPEN) vector_push(arena, open, progress);
        for (unsigned side = 2; side-- > 0;)
            if (progress->inner[side]) vector_push(arena, walk, progress->inner[side]);
    }
    return open;
}

const Progress *find_remaining(const Engine *engine) {
    const Progress *progress = engine->run->whole;
    if (!progress) return NULL;
    while (!is_ask(progress) && (progress->inner[0] || (progress->kind == PROGRESS_JOIN && progress->inner[1])))
        progress = progress->inner[0] ? progress->inner[0] : progress->inner[1];
    return progress;
}
