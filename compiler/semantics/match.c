// What is asked is matched with a step of the spec that may come next. Where several fit, as when both sides of a `join` begin with the same
// operation, the first in the text is taken; and if what is asked later does not fit then, the run is tried in other ways. A way is a part of an
// assignment of questions to steps, the same in every schedule: a spec holds when it holds in one way.

#include "spec.h"

#include <string.h>

// ---- ways ----

// One question that several steps fit, and the step that was taken.
struct Match {
    Match *before;
    uint64_t asked, step, task; // names
};

typedef Vector(const Match *) Matches;

uint64_t identity_of_next(const Task *task) { return name_below(task->name, UINT32_MAX + (uint64_t)task->asked); }

static uint64_t name_of_step(const Progress *progress) { return name_below(progress->name, progress->done); }

static void note_match(Engine *engine, uint64_t asked, uint64_t step, const Task *task) {
    if (engine->is_apart) return;
    Match *match = make_state(engine->machine, sizeof *match);
    *match = (Match){engine->run->matches, asked, step, task ? task->name : 0};
    engine->run->matches = match;
}

// 0: the present way refuses the step; more than any other when it is the question's, and less when it is another question's.
static unsigned preference(const Engine *engine, uint64_t asked, uint64_t step, unsigned nearness) {
    enum { NEAREST = 8 };
    unsigned preference = NEAREST + nearness;
    for (size_t i = 0; i < engine->way.count; i++) {
        const Matching *matching = &engine->way.items[i];
        bool is_asked = matching->asked == asked, is_step = matching->step == step;
        if (is_asked && is_step == matching->is_refused) return 0;
        if (is_step && !is_asked && !matching->is_refused) preference = nearness;
    }
    return preference;
}

void begin_matching(Engine *engine) {
    engine->way.count = engine->ways.count = 0;
    engine->ways_tried = 0;
}

static bool is_settled(const Way *way, uint64_t asked) {
    for (size_t i = 0; i < way->count; i++)
        if (way->items[i].asked == asked && !way->items[i].is_refused) return true;
    return false;
}

static Way copy_way(Arena *arena, const Way *way) {
    Way copy = {0};
    for (size_t i = 0; i < way->count; i++) vector_push(arena, &copy, way->items[i]);
    return copy;
}

static bool descends_from(const Task *task, uint64_t name) {
    for (; task; task = task->scope ? task->scope->parent : NULL)
        if (task->name == name) return true;
    return false;
}

// Of the run's matches that the way leaves open the later first; but before the others those of the task that asked what no step says.
static Matches find_open_matches(const Engine *engine) {
    Matches open = {0};
    for (int is_to_blame = 2; is_to_blame-- > 0;)
        for (const Match *match = engine->run->matches; match; match = match->before)
            if (!is_settled(&engine->way, match->asked) && descends_from(engine->mismatched, match->task) == is_to_blame)
                vector_push(engine->compilation->arena, &open, match);
    return open;
}

// Any other way that holds differs from the run in one of its matches: in the first of them, or, if not, in the second, ...
static void add_ways(Engine *engine) {
    Arena *arena = engine->compilation->arena;
    Matches open = find_open_matches(engine);
    Vector(Way) others = {0};
    Way same = copy_way(arena, &engine->way);
    for (size_t i = 0; i < open.count; i++) {
        Way other = copy_way(arena, &same);
        vector_push(arena, &other, ((Matching){open.items[i]->asked, open.items[i]->step, true}));
        vector_push(arena, &others, other);
        vector_push(arena, &same, ((Matching){open.items[i]->asked, open.items[i]->step, false}));
    }
    for (size_t i = others.count; i-- > 0;) vector_push(arena, &engine->ways, others.items[i]); // of which the last is tried next
}

bool match_otherwise(Engine *engine, bool may_go_on) {
    if (may_go_on) add_ways(engine);
    if (!engine->ways.count || engine->ways_tried == MOST_WAYS) {
        engine->way.count = 0;
        return false;
    }
    engine->way = engine->ways.items[--engine->ways.count];
    engine->ways_tried++;
    return true;
}

// ---- which step is asked ----

static bool same_arguments(Engine *engine, const Asked *asked, const External *external, const Value *arguments) {
    if (asked->external != external) return false;
    for (size_t i = 0; i < asked->arguments->count; i++)
        if (!same_value(engine, asked->arguments->items[i], is_gathered(engine, external, i) ? gathered_at_first(engine, i) : arguments[i])) return false;
    return true;
}

bool is_race(const Scope *scope) { return scope->kind == SCOPE_FIRST || scope->kind == SCOPE_TIMEOUT; }

static bool is_in_race(const Task *task) {
    for (; task->scope; task = task->scope->parent)
        if (is_race(task->scope)) return true;
    return false;
}

static Progress *first_around(Progress *progress) {
    for (; progress->is_in_first && progress->outer; progress = progress->outer)
        if (progress->outer->kind == PROGRESS_FIRST) return progress->outer;
    return NULL;
}

// On which side of the FIRST the progress is, told as the program's scope tells it.
static unsigned side_of(const Progress *first, const Progress *progress) {
    while (progress->outer != first) progress = progress->outer;
    bool is_winners = first->inner[0] == progress;
    return is_winners ? first->winner : 1 - first->winner;
}

const Task *branch_in(const Task *task, uint64_t scope) {
    for (; task->scope; task = task->scope->parent)
        if (task->scope->name == scope) return task;
    return NULL;
}

Progress *first_of(Engine *engine, Progress *from, uint64_t scope) {
    if (!from) return NULL;
    if (from->kind == PROGRESS_FIRST && from->scope == scope) return from;
    Progress *found = first_of(engine, from->inner[0], scope);
    return found ? found : first_of(engine, from->inner[1], scope);
}

// The task's innermost race by this side that is no FIRST's yet, told as the branch around the task: NULL, there is none.
static const Task *free_branch(Engine *engine, const Task *task, unsigned side) {
    for (; task->scope; task = task->scope->parent)
        if (is_race(task->scope) && task->index == side && !first_of(engine, engine->run->whole, task->scope->name)) return task;
    return NULL;
}

// Every FIRST around the progress is a race around the task, by the same side, and the outer around the inner; or can be. `binds`: it is from now on.
static bool sides_agree(Engine *engine, const Task *task, Progress *progress, bool binds) {
    for (Progress *first = first_around(progress); first; first = first_around(first)) {
        unsigned side = side_of(first, progress);
        const Task *branch = first->scope ? branch_in(task, first->scope) : free_branch(engine, task, side);
        if (!branch || branch->index != side) return false;
        if (binds) first->scope = branch->scope->name;
        task = branch->scope->parent;
    }
    return true;
}

static bool is_around(const Progress *outer, const Progress *progress) {
    for (; progress; progress = progress->outer)
        if (progress == outer) return true;
    return false;
}

// A task within a scope that is a FIRST asks what that FIRST says.
static bool stays_within(const Question *question, Progress *progress) {
    for (const Task *task = question->task; task->scope; task = task->scope->parent) {
        if (!is_race(task->scope)) continue;
        const Progress *first = first_of(question->engine, question->engine->run->whole, task->scope->name);
        if (first && !is_around(first, progress)) return false;
    }
    return true;
}

// How near a block of a join is to the task: 2, it has asked something in it; 1, nobody has; 0, another has.
static unsigned nearness(const Progress *progress, const Task *task) {
    for (; progress->outer; progress = progress->outer)
        if (progress->outer->kind == PROGRESS_JOIN) return !progress->owner ? 1 : descends_from(task, progress->owner) ? 2 : 0;
    return 1;
}

static void own_branches(Progress *progress, const Task *task) {
    for (; progress->outer; progress = progress->outer)
        if (progress->outer->kind == PROGRESS_JOIN && !progress->owner) progress->owner = task->name;
}

static bool fits(Engine *engine, const Asked *asked, void *context) {
    Question *question = context;
    return same_arguments(engine, asked, question->external, question->arguments);
}

// What a loser's release asks may stand anywhere in what remains of the loser's block.
static Progress *find_release(Question *question) {
    for (Progress *loser = question->engine->run->losers; loser; loser = loser->next_loser)
        if (loser->kind == PROGRESS_SEQUENCE && skip_to(question->engine, loser, fits, question)) return loser;
    return NULL;
}

static bool fits_races(Question *question, Progress *progress) {
    if (progress->asked.external != question->external) return false;
    return (!question->is_in_race || stays_within(question, progress)) && sides_agree(question->engine, question->task, progress, false);
}

// The nearest of the open steps that fit, and of those the first in the text; unless the present way says another.
static Progress *find_open_step(Question *question) {
    Engine *engine = question->engine;
    Progress *found = NULL;
    const OpenAsks *open = find_open_asks(engine);
    unsigned best = 0;
    question->is_in_race = is_in_race(question->task);
    for (size_t i = 0; i < open->count; i++) {
        Progress *progress = open->items[i];
        if (!fits_races(question, progress)) continue;
        unsigned near = preference(engine, question->asked, name_of_step(progress), 1 + nearness(progress, question->task));
        if (near <= best || !same_arguments(engine, &progress->asked, question->external, question->arguments)) continue;
        found = progress;
        best = near;
    }
    return found;
}

// Whether the arguments are the step's, as far as can be told without another case.
static bool has_same_arguments(const Question *question, const Progress *step) {
    for (size_t i = 0; i < step->asked.arguments->count; i++)
        if (!is_surely_same(question->engine, step->asked.arguments->items[i], question->arguments[i])) return false;
    return true;
}

// Whether another open step fits as well.
static bool has_rival(Question *question, const Progress *found) {
    const OpenAsks *open = find_open_asks(question->engine);
    for (size_t i = 0; i < open->count; i++) {
        Progress *rival = open->items[i];
        if (rival != found && fits_races(question, rival) && has_same_arguments(question, rival)) return true;
    }
    return false;
}

Progress *find_step_of_other_race(Question *question) {
    const OpenAsks *open = find_open_asks(question->engine);
    for (size_t i = 0; i < open->count; i++) {
        Progress *step = open->items[i];
        bool is_other = step->asked.external == question->external && !fits_races(question, step);
        if (is_other && has_same_arguments(question, step)) return step;
    }
    return NULL;
}

bool is_open_step(Engine *engine, Task *task, External *external, const Value *arguments) {
    Question question = {engine, task, external, arguments, identity_of_next(task), false};
    return find_open_step(&question);
}

// A loser may ask for the first time when the race is over: in its releases.
static void note_decided(Question *question, Progress *found) {
    for (Progress *first = first_around(found), *outer; first; first = outer) {
        const Task *branch = branch_in(question->task, first->scope);
        outer = first_around(first);
        if (first->is_decided || !branch || !branch->scope->has_answer || branch->scope->winner != first->winner) continue;
        first->is_decided = true;
        first_done(question->engine, first);
    }
}

Progress *find_step(Question *question) {
    Progress *found = find_open_step(question);
    if (!found && question->task->is_cancelled) return find_release(question);
    if (found) {
        if (has_rival(question, found)) note_match(question->engine, question->asked, name_of_step(found), question->task);
        sides_agree(question->engine, question->task, found, true);
        own_branches(found, question->task);
        if (question->task->is_cancelled) note_decided(question, found);
    }
    return found;
}

static bool is_any_owner(const Progress *progress, const Task *task) {
    if (!progress) return false;
    return (progress->owner && descends_from(task, progress->owner)) || is_any_owner(progress->inner[0], task) || is_any_owner(progress->inner[1], task);
}

bool goes_on_too_early(const Question *question) {
    if (question->task->is_cancelled) return false;
    for (const Progress *at = find_remaining(question->engine); at; at = at->outer)
        if (at->kind == PROGRESS_JOIN && at->step->is_cut_short && !is_any_owner(at, question->task)) return true;
    return false;
}

bool is_sleep(const External *external) { return external->symbol && strcmp(external->symbol, "fx_time_sleep") == 0; }

// The race around the task of which the FIRST, which has none yet, may be: told as the branch around the task, of the loser. NULL: there is none.
static const Task *find_lost_branch(Engine *engine, const Task *task, Progress *first) {
    const Task *branch = first->scope ? NULL : free_branch(engine, task, 1 - first->winner);
    return branch && sides_agree(engine, branch->scope->parent, first, false) ? branch : NULL;
}

// Of the FIRSTs that the sleep of a loser may be in, the first in the text; unless the present way says another.
static bool binds_by_sleep(Question *question) {
    Engine *engine = question->engine;
    const OpenAsks *open = find_open_asks(engine);
    Progress *found = NULL;
    unsigned best = 0;
    bool has_rivals = false;
    for (size_t i = 0; i < open->count; i++)
        for (Progress *first = first_around(open->items[i]); first; first = first_around(first)) {
            if (!find_lost_branch(engine, question->task, first)) continue;
            unsigned near = preference(engine, question->asked, first->name, 1);
            has_rivals = has_rivals || (found && found != first);
            if (near <= best) continue;
            found = first;
            best = near;
        }
    if (!found) return false;
    if (has_rivals) note_match(engine, question->asked, found->name, question->task);
    const Task *branch = find_lost_branch(engine, question->task, found);
    found->scope = branch->scope->name;
    return sides_agree(engine, branch->scope->parent, found, true);
}

bool is_losers_sleep(Question *question) {
    if (!is_sleep(question->external)) return false;
    for (const Task *task = question->task; task->scope; task = task->scope->parent) {
        if (!is_race(task->scope)) continue;
        const Progress *first = first_of(question->engine, question->engine->run->whole, task->scope->name);
        if (first) return task->index != first->winner;
    }
    return binds_by_sleep(question);
}

Progress *find_timeout_step(Engine *engine, const Request *timer, uint64_t length) {
    const OpenAsks *open = find_open_asks(engine);
    Progress *found = NULL;
    unsigned best = 0, rivals = 0;
    for (size_t i = 0; i < open->count; i++) {
        Progress *first = first_around(open->items[i]);
        const Asked *asked = &open->items[i]->asked;
        if (!first || first->scope || side_of(first, open->items[i]) != 1) continue;
        if (!sides_agree(engine, timer->scope->parent, first, false)) continue;
        if (!is_sleep(asked->external) || nanoseconds(engine, asked->arguments->items[0]) != length) continue;
        unsigned near = preference(engine, timer->identity, name_of_step(open->items[i]), 1);
        rivals++;
        if (near <= best) continue;
        found = open->items[i];
        best = near;
    }
    if (!found) return NULL;
    if (rivals > 1) note_match(engine, timer->identity, name_of_step(found), timer->scope->parent);
    first_around(found)->scope = timer->scope->name;
    sides_agree(engine, timer->scope->parent, first_around(found), true);
    return found;
}
