// Where a spec has got to. A block is carried out step by step; a step that has blocks of its own stands for a tree of them.

#include "spec.h"

#include <string.h>

enum { MOST_USES = 20000 }; // before a step is done: one behind the other, or each within a block of the other

const char ENDLESS_USE[] = "a spec that uses itself does a step first, or is about something smaller each time, until it is about nothing";

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
    sequence->is_in_first = outer && (outer->kind == PROGRESS_FIRST || outer->is_in_first);
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

void begin_steps(Engine *engine, Value steps) {
    note_hypotheses(engine, steps);
    engine->run->whole = sequence_in(engine, NULL, 0, steps);
    advance(engine, engine->run->whole);
}

// ---- the end of a block ----

static void keep_loser(Engine *engine, Progress *loser) {
    if (!loser) return;
    loser->outer = NULL;
    loser->next_loser = engine->run->losers;
    engine->run->losers = loser;
}

// The whole, or a loser's that was left over.
static void outermost_done(SpecRun *run, const Progress *block) {
    if (run->whole == block) run->whole = NULL;
    Progress **at = &run->losers;
    while (*at && *at != block) at = &(*at)->next_loser;
    if (*at) *at = block->next_loser;
}

static void block_done(Engine *engine, Progress *block) {
    Progress *outer = block->outer;
    if (!outer) outermost_done(engine->run, block);
    free_progress(engine, block);
    if (!outer) return;
    unsigned side = outer->inner[1] == block;
    outer->inner[side] = NULL;
    switch (outer->kind) {
    case PROGRESS_SEQUENCE: step_done(engine, outer); break;
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
    engine->run->uses = progress->uses = 0;
    advance(engine, progress);
}

// ---- beginning a step ----

// What the sequence goes on with when the steps at hand are done: ITEMS, of a step's own block the steps behind it, of a `for` the items that
// remain and its block.
static void push_behind(Engine *engine, Progress *sequence, const Value *parts, size_t count) {
    sequence->behind = make_object(engine->machine, ITEMS, NULL, sequence->behind, NULL, count);
    memcpy(sequence->behind->items, parts, count * sizeof *parts);
}

static void push_rest(Engine *engine, Progress *sequence) {
    Value rest = sequence->steps.object->items[1];
    if (rest.kind == VALUE_DATA) push_behind(engine, sequence, &rest, 1);
}

static bool is_each(const Object *behind) { return behind->count == 2; }

static void begin_next_item(Engine *engine, Progress *sequence, Value items, Value block) {
    Value item;
    sequence->steps = items = inspect(engine->machine, items);
    if (!next_item(&items, &item)) return;
    push_behind(engine, sequence, (Value[]){items, block}, 2);
    sequence->steps = apply_apart(engine, block, 1, &item);
    note_hypotheses(engine, sequence->steps);
}

// The steps at hand are done.
static void go_on_behind(Engine *engine, Progress *sequence) {
    const Object *behind = sequence->behind;
    sequence->behind = behind->next;
    sequence->done++;
    engine->run->uses = sequence->uses = 0;
    if (is_each(behind)) begin_next_item(engine, sequence, behind->items[0], behind->items[1]);
    else sequence->steps = behind->items[0];
}

static void begin_two(Engine *engine, Progress *sequence, const CoreStep *step, Value first, Value second) {
    bool is_join = step->kind == STEP_KIND_JOIN;
    Progress *both = make_progress(engine, is_join ? PROGRESS_JOIN : PROGRESS_FIRST, step, sequence);
    sequence->inner[0] = both;
    both->name = name_below(sequence->name, 2 * (uint64_t)sequence->done);
    both->is_losing = sequence->is_losing;
    both->is_in_first = sequence->is_in_first;
    both->winner = step->kind == STEP_KIND_RIGHT;
    Progress *left = sequence_in(engine, both, 0, evaluate_apart(engine, first));
    Progress *right = sequence_in(engine, both, 1, evaluate_apart(engine, second));
    advance(engine, right);
    advance(engine, left);
}

static void begin_each(Engine *engine, Progress *sequence, Value list, Value block) {
    push_rest(engine, sequence);
    begin_next_item(engine, sequence, evaluate_apart(engine, list), block);
}

// What the step asks, found by performing it with nobody to answer.
static void prepare_ask(Engine *engine, Progress *sequence, Value operation, Value answer) {
    engine->is_probing = true;
    evaluate_apart(engine, operation);
    engine->is_probing = false;
    sequence->asked = engine->probed;
    sequence->asked.answer = answer;
}

// The block's steps in place of the present one. The last step of a block leaves nothing behind, so that a spec which uses itself at its end becomes
// no deeper.
static bool begin_inner(Engine *engine, Progress *sequence, Value steps) {
    note_hypotheses(engine, steps);
    push_rest(engine, sequence);
    sequence->steps = steps;
    return true;
}

static bool begin_use(Engine *engine, Progress *sequence, Value used) {
    engine->is_reached[sequence->step - engine->program->steps.items] = true;
    if (begin_hypothesis(engine, sequence, used) || begin_used(engine, sequence, used)) return false;
    if (++sequence->uses > MOST_USES)
        fail(engine, "specs are used without end, and no step is done in between", sequence->step->span, NULL, NULL, (Span){0}, ENDLESS_USE);
    if (++engine->run->uses > MOST_USES) {
        engine->endless_use = sequence->step;
        undecided(engine->machine, "specs are used %d times, each beside steps that are not done", MOST_USES);
    }
    return begin_inner(engine, sequence, evaluate_apart(engine, used.object->items[1]));
}

// True: the steps of the sequence are others now.
static bool begin_step(Engine *engine, Progress *sequence) {
    if (sequence->steps.kind != VALUE_DATA) {
        const bool goes_on = sequence->behind;
        if (goes_on) go_on_behind(engine, sequence);
        else block_done(engine, sequence);
        return goes_on;
    }
    const Value *parts = sequence->steps.object->items[0].object->items;
    const CoreStep *step = &engine->program->steps.items[parts[0].integer];
    sequence->step = step;
    switch (step->kind) {
    case STEP_KIND_ASK: prepare_ask(engine, sequence, parts[1], parts[2]); break;
    case STEP_KIND_USE: return begin_use(engine, sequence, evaluate_apart(engine, parts[1]));
    case STEP_KIND_CHOOSE: return begin_inner(engine, sequence, evaluate_apart(engine, parts[1]));
    case STEP_KIND_FOR: begin_each(engine, sequence, parts[1], parts[2]); return true;
    default: begin_two(engine, sequence, step, parts[1], parts[2]); break;
    }
    return false;
}

// Goes on to the next operation, or to the block's end.
static void advance(Engine *engine, Progress *sequence) {
    while (begin_step(engine, sequence)) continue;
}

// The first of these steps, and of those behind them, that asks what fits. What a `for` has left is passed over.
bool skip_to(Engine *engine, Progress *sequence, bool (*fits)(Engine *engine, const Asked *asked, void *context), void *context) {
    Value rest = sequence->steps;
    Object *behind = sequence->behind;
    for (;;) {
        for (; rest.kind == VALUE_DATA; rest = rest.object->items[1]) {
            const Value *parts = rest.object->items[0].object->items;
            const CoreStep *step = &engine->program->steps.items[parts[0].integer];
            if (step->kind != STEP_KIND_ASK) continue;
            Progress trial = {.kind = PROGRESS_SEQUENCE, .step = step, .steps = rest};
            prepare_ask(engine, &trial, parts[1], parts[2]);
            if (!fits(engine, &trial.asked, context)) continue;
            sequence->steps = rest;
            sequence->behind = behind;
            sequence->step = step;
            sequence->asked = trial.asked;
            return true;
        }
        while (behind && is_each(behind)) behind = behind->next;
        if (!behind) return false;
        rest = behind->items[0];
        behind = behind->next;
    }
}

// ---- asking ----

// A use that is a hypothesis is asked, too.
static bool is_ask(const Progress *progress) { return progress->kind == PROGRESS_SEQUENCE && progress->asked.external; }

const OpenAsks *find_open_asks(Engine *engine) {
    Arena *arena = engine->compilation->arena;
    OpenAsks *open = &engine->open, *walk = &engine->walk;
    uint64_t looks = 0;
    open->count = walk->count = 0;
    for (Progress *loser = engine->run->losers; loser; loser = loser->next_loser) vector_push(arena, walk, loser);
    if (engine->run->whole) vector_push(arena, walk, engine->run->whole);
    for (; walk->count; looks++) {
        Progress *progress = walk->items[--walk->count];
        if (is_ask(progress) && progress->asked.state == ASK_OPEN) vector_push(arena, open, progress);
        for (unsigned side = 2; side-- > 0;)
            if (progress->inner[side]) vector_push(arena, walk, progress->inner[side]);
    }
    add_answers(engine, looks / LOOKS_LIKE_ANSWER);
    return open;
}

const Progress *find_remaining(const Engine *engine) {
    const Progress *progress = engine->run->whole;
    if (!progress) return NULL;
    while (!is_ask(progress) && (progress->inner[0] || (progress->kind == PROGRESS_JOIN && progress->inner[1])))
        progress = progress->inner[0] ? progress->inner[0] : progress->inner[1];
    return progress;
}
