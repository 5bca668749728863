// Schedules: at each point, which answer is delivered next. Of the schedules that differ only in the order of independent answers one is run:
// source-set dynamic partial-order reduction with sleep sets (P. Abdulla, S. Aronis, B. Jonsson, K. Sagonas, "Optimal dynamic partial order
// reduction", 2014, algorithm 1). A process is a task, its next step the delivery of the answer it waits for; what a delivery depends on is
// known once it has been run. With `brute_force` every order is run.

#include "faults.h"
#include "spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEDULE_LIMIT = 1000000, TWICE_IN = 20, MOST_TWICE = 300, LONGEST_SIMULATION = 10000, LONGEST_RUN = 1000, LONGEST_DEVIANT = 10000 };

typedef enum { OPEN, CHOSEN, DONE, ASLEEP } AnswerState;

// An answer that could be delivered at a point.
typedef struct Answer {
    uint64_t identity;
    unsigned asked_in;
    AnswerState state; // CHOSEN: to be run
    bool wakes;        // ASLEEP: at the next point
    Trail trail;       // DONE, ASLEEP: what it leads to
} Answer;

// A point of the present schedule.
typedef struct Point {
    Snapshot *snapshot;
    Answer *answers;
    size_t count, room;
    size_t chosen;   // which is being run
    Trail trail;     // what it led to
    uint64_t *before; // the answers that must come before it, as a set of points
    bool is_fresh;   // the run has just arrived here
} Point;

// What happened to one thing that tasks share, in a run.
typedef struct Uses {
    uint64_t key;
    uint64_t before;    // of all up to the last use, in order
    uint64_t reads;     // since then, in any order
} Uses;

typedef struct Exploration {
    Engine *engine;
    Point *points;
    size_t depth, room; // those from `depth` on are kept for their memory
    size_t words;       // of a set of points
    Explored *explored;
    Table classes;      // those that were met, by number
    Vector(Uses) uses;  // of the run whose number is being computed
} Exploration;

static void *need(void *memory) {
    if (memory) return memory;
    fputs("fx: memory exhausted\n", stderr);
    exit(70);
}

// ---- running ----

void look_up(Engine *engine) {
    const SpecOptions *options = engine->options;
    if (options->is_interrupted && !engine->is_telling && options->is_interrupted(options->interrupt_context)) longjmp(engine->interrupted, 1);
}

void add_answers(Engine *engine, uint64_t count) {
    engine->answers += count;
    engine->run->answers += count;
}

void check_answers(Engine *engine) {
    bool is_over = engine->answers > engine->most_answers || engine->run->answers > engine->most_in_run;
    if (is_over) undecided(engine->machine, "a run that goes on and on: it was given up after the work of %d answers", (int)engine->run->answers);
}

// The spec speaks no more of a deviant run, which is told to be without end by the answers that nobody gives (faults.c).
static bool is_endless(const Engine *engine) {
    size_t most = engine->options->simulates ? LONGEST_SIMULATION : engine->run->is_deviant ? LONGEST_DEVIANT : LONGEST_RUN;
    size_t stated = engine->options->simulates ? 0 : engine->program->steps.count; // each of them comes once, but for what `for` and `use` repeat
    return engine->run->turn > (stated > most ? stated : most);
}

bool run_on(Engine *engine) {
    look_up(engine);
    engine->stopped = STOP_NONE;
    if (setjmp(engine->stop)) {
        engine->is_apart = engine->is_probing = engine->is_preparing = engine->refuses_operations = false;
        engine->starts = NULL;
        return false;
    }
    check_answers(engine);
    if (is_endless(engine) && engine->options->simulates)
        undecided(engine->machine, "a run that goes on and on: it was given up after %d turns", LONGEST_SIMULATION);
    if (is_endless(engine))
        undecided(engine->machine, "neither the program nor the spec comes to an end: they agree in %d answers", (int)engine->run->turn - 1);
    if (run_machine(engine->machine, UINT32_MAX) == MACHINE_WAITING) {
        check_answerable(engine);
        return true;
    }
    check_end(engine);
    return false;
}

Pending *nth_answer(const Engine *engine, uint32_t index) {
    for (Pending *pending = engine->run->first; pending; pending = pending->next)
        if (can_deliver(engine, pending) && index-- == 0) return pending;
    return NULL;
}

bool run_schedule(Engine *engine, const Choices *choices) {
    for (size_t i = 0; run_on(engine); i++) {
        if (engine->faults && cancel_here(engine)) continue;
        Pending *chosen = i < choices->count ? nth_answer(engine, choices->items[i]) : NULL;
        if (!chosen) chosen = nth_answer(engine, 0);
        deliver(engine, chosen);
    }
    return engine->stopped != STOP_FAILED && engine->stopped != STOP_DOUBT;
}

// ---- points ----

static bool is_before(const Point *point, size_t index) { return point->before[index / 64] >> (index % 64) & 1; }

static void put_before(Point *point, size_t index) { point->before[index / 64] |= (uint64_t)1 << (index % 64); }

static void make_room(Exploration *exploration) {
    if (exploration->depth < exploration->room) return;
    size_t room = exploration->room ? 2 * exploration->room : 64, words = room / 64;
    exploration->points = need(realloc(exploration->points, room * sizeof *exploration->points));
    memset(exploration->points + exploration->room, 0, (room - exploration->room) * sizeof *exploration->points);
    for (size_t i = 0; i < room; i++) {
        Point *point = &exploration->points[i];
        point->before = need(realloc(point->before, words * sizeof *point->before));
        memset(point->before + exploration->words, 0, (words - exploration->words) * sizeof *point->before);
    }
    exploration->room = room;
    exploration->words = words;
}

static Answer *add_answer(Point *point) {
    if (point->count == point->room) {
        size_t room = point->room ? 2 * point->room : 8;
        point->answers = need(realloc(point->answers, room * sizeof *point->answers));
        memset(point->answers + point->room, 0, (room - point->room) * sizeof *point->answers);
        point->room = room;
    }
    return &point->answers[point->count++];
}

// An answer that was run before from the point before this one, or slept there, sleeps on when it is independent of the one that led here. When
// that one has made its task the last of a scope it would lead to what comes after the scope, which any further answer may have to do with.
static void sleep_on(const Exploration *exploration, Answer *answer) {
    if (!exploration->depth || exploration->engine->options->brute_force) return;
    const Point *last = &exploration->points[exploration->depth - 1];
    for (size_t i = 0; i < last->count; i++) {
        const Answer *other = &last->answers[i];
        if (other->identity != answer->identity || i == last->chosen || (other->state != DONE && other->state != ASLEEP)) continue;
        if ((other->state == ASLEEP && other->wakes) || are_dependent(&other->trail, &last->trail)) continue;
        answer->state = ASLEEP;
        answer->wakes = makes_last(&last->trail, &other->trail);
        copy_trail(&answer->trail, &other->trail);
    }
}

// The point at which the run has arrived. False: all that could be delivered has been elsewhere.
static bool add_point(Exploration *exploration) {
    const Engine *engine = exploration->engine;
    make_room(exploration);
    Point *point = &exploration->points[exploration->depth];
    Answer *first = NULL;
    point->count = 0;
    for (const Pending *pending = engine->run->first; pending; pending = pending->next) {
        if (!can_deliver(engine, pending)) continue;
        Answer *answer = add_answer(point);
        answer->identity = pending->request->identity;
        answer->asked_in = pending->asked_in;
        answer->state = engine->options->brute_force ? CHOSEN : OPEN;
        sleep_on(exploration, answer);
    }
    for (size_t i = 0; i < point->count && !first; i++)
        if (point->answers[i].state != ASLEEP) first = &point->answers[i];
    if (!first) return false;
    first->state = CHOSEN;
    point->snapshot = save_machine(engine->machine, point->snapshot);
    point->is_fresh = true;
    exploration->depth++;
    return true;
}

// ---- races ----

static Answer *find_answer(const Point *point, uint64_t identity) {
    for (size_t i = 0; i < point->count; i++)
        if (point->answers[i].identity == identity) return &point->answers[i];
    return NULL;
}

// Whether another point's answer, which is not after `race` either, must come before the one of `index`.
static bool is_initial(const Exploration *exploration, size_t race, size_t index) {
    for (size_t k = race + 1; k < index; k++)
        if (!is_before(&exploration->points[k], race) && is_before(&exploration->points[index], k)) return false;
    return true;
}

static void choose_all(Point *point) {
    for (size_t i = 0; i < point->count; i++)
        if (point->answers[i].state == OPEN) point->answers[i].state = CHOSEN;
}

// That the two are dependent is seen only in this order, so that the trail which sleeps has to say so.
static void wake_for(Answer *answer, const Trail *last) { add_mark(&answer->trail, (Mark){.kind = MARK_CANCELS, .key = last->identity}); }

// The last answer, and that at `race`, could have come the other way round: some answer that can come first then is to be run from there.
static void reverse_race(Exploration *exploration, size_t race, size_t last) {
    Point *point = &exploration->points[race];
    Answer *found = NULL;
    if (point->trail.hides || exploration->points[last].trail.hides) wake_for(&point->answers[point->chosen], &exploration->points[last].trail);
    bool is_asleep = false; // what it led to was seen elsewhere, but not here, where the answer at `race` came first and may have changed it
    for (size_t k = race + 1; k <= last; k++) {
        const Point *other = &exploration->points[k];
        if ((k < last && is_before(other, race)) || !is_initial(exploration, race, k)) continue;
        if (k < last && comes_late_for(&other->trail, &exploration->points[last].trail, &point->trail)) continue; // both would come to what is after
        Answer *answer = find_answer(point, other->answers[other->chosen].identity);
        if (answer && answer->state == ASLEEP) is_asleep = true;
        else if (answer && answer->state != OPEN) return;
        else if (answer && !found) found = answer;
    }
    if (found && !is_asleep) found->state = CHOSEN;
    else choose_all(point);
}

// The last answer could come before that at `race`, but for what a task did that also needed an earlier one: that one could come later than both.
static void postpone_other(Exploration *exploration, size_t race, size_t last) {
    const Point *point = &exploration->points[last];
    for (size_t k = race; point->trail.is_of_others && k-- > 0;) {
        Point *earlier = &exploration->points[k];
        if (is_before(point, k) || !comes_late_for(&earlier->trail, &point->trail, &exploration->points[race].trail)) continue;
        Answer *answer = is_initial(exploration, k, last) ? find_answer(earlier, point->answers[point->chosen].identity) : NULL;
        if (!answer || answer->state == ASLEEP) choose_all(earlier);
        else if (answer->state == OPEN) answer->state = CHOSEN;
    }
}

// What must come before the answer that has just been run, and with which of those it is in a race.
static void find_races(Exploration *exploration) {
    size_t last = exploration->depth - 1;
    Point *point = &exploration->points[last];
    unsigned asked_in = point->answers[point->chosen].asked_in;
    memset(point->before, 0, exploration->words * sizeof *point->before);
    for (size_t i = last; i-- > 0;) {
        const Point *other = &exploration->points[i];
        bool is_asker = asked_in == i + 1 || other->trail.clock < point->trail.deadline || comes_before(&other->trail, &point->trail);
        if (is_before(point, i) || (!is_asker && !are_dependent(&other->trail, &point->trail))) continue;
        for (size_t w = 0; w < exploration->words; w++) point->before[w] |= other->before[w];
        put_before(point, i);
        if (is_asker || exploration->engine->options->brute_force) continue;
        reverse_race(exploration, i, last);
        postpone_other(exploration, i, last);
    }
}

// What a task did when all of its branches had ended depended on each of them: where the last of these must come before the last answer, another
// need not, so that the last answer could come before what the task did. There may be several tasks, one around the other.
static void find_races_of_joins(Exploration *exploration) {
    size_t last = exploration->depth - 1;
    const Point *point = &exploration->points[last];
    for (size_t i = last; i-- > 0;) {
        const Trail *trail = &exploration->points[i].trail;
        for (size_t k = i; trail->is_of_others && is_before(point, i) && k-- > 0;) {
            if (!is_before(point, k) && comes_late_for(&exploration->points[k].trail, trail, &point->trail)) reverse_race(exploration, k, last);
        }
    }
}

// What was cancelled when all branches of some scope had ended, by what came after them: it could have come before that, too, with another of these
// branches' answers as the last.
static void find_cancelled_by_joins(Exploration *exploration) {
    size_t last = exploration->depth - 1;
    const Point *point = &exploration->points[last];
    for (size_t k = last; point->trail.is_of_others && k-- > 0;) {
        Point *earlier = &exploration->points[k];
        if (is_before(point, k) || !stops_with(&earlier->trail, &point->trail)) continue;
        Answer *answer = is_initial(exploration, k, last) ? find_answer(earlier, point->answers[point->chosen].identity) : NULL;
        if (!answer || answer->state == ASLEEP) choose_all(earlier);
        else if (answer->state == OPEN) answer->state = CHOSEN;
    }
}

// What was cancelled could have been delivered instead.
static void find_cancelled(Exploration *exploration) {
    Point *point = &exploration->points[exploration->depth - 1];
    for (size_t i = 0; i < point->trail.count; i++) {
        const Mark *mark = &point->trail.marks[i];
        Answer *answer = mark->kind == MARK_CANCELS ? find_answer(point, mark->key) : NULL;
        if (answer && answer->state == OPEN) answer->state = CHOSEN;
        if (answer && answer->state == ASLEEP) choose_all(point);
    }
}

// ---- the search ----

// Runs the chosen answer of the last point. Answers what run_on does.
static bool run_chosen(Exploration *exploration, size_t chosen) {
    Engine *engine = exploration->engine;
    Point *point = &exploration->points[exploration->depth - 1];
    point->chosen = chosen;
    uint64_t identity = point->answers[chosen].identity;
    Pending *pending = engine->run->first;
    while (pending->request->identity != identity) pending = pending->next;
    engine->trail = &point->trail;
    deliver(engine, pending);
    bool goes_on = run_on(engine);
    engine->trail = NULL;
    copy_trail(&point->answers[chosen].trail, &point->trail);
    point->answers[chosen].state = DONE;
    find_races(exploration);
    if (!engine->options->brute_force) find_races_of_joins(exploration);
    if (!engine->options->brute_force) find_cancelled(exploration);
    if (!engine->options->brute_force) find_cancelled_by_joins(exploration);
    if (!goes_on && engine->stopped != STOP_NONE) choose_all(point); // given up: nobody knows what the others would have led to
    return goes_on;
}

// From the last point that has an answer left to be run. False: there is none.
static bool run_next(Exploration *exploration, bool *goes_on) {
    for (; exploration->depth; exploration->depth--) {
        Point *point = &exploration->points[exploration->depth - 1];
        for (size_t i = 0; i < point->count; i++) {
            if (point->answers[i].state != CHOSEN) continue;
            if (!point->is_fresh) go_back_to(exploration->engine, point->snapshot);
            point->is_fresh = false;
            *goes_on = run_chosen(exploration, i);
            return true;
        }
    }
    return false;
}

static Uses *uses_of(Exploration *exploration, uint64_t key) {
    for (size_t i = 0; i < exploration->uses.count; i++)
        if (exploration->uses.items[i].key == key) return &exploration->uses.items[i];
    vector_push(exploration->engine->compilation->arena, &exploration->uses, ((Uses){key, 0, 0}));
    return &exploration->uses.items[exploration->uses.count - 1];
}

static void add_uses(Exploration *exploration, const Trail *trail) {
    for (size_t i = 0; i < trail->count; i++) {
        const Mark *mark = &trail->marks[i];
        if (mark->kind > MARK_STOPS) continue;
        Uses *uses = uses_of(exploration, mark->key);
        if (mark->kind == MARK_READS) uses->reads += name_below(mark->doer, 0);
        else *uses = (Uses){mark->key, name_below(name_below(uses->before, uses->reads), mark->doer), 0};
    }
}

// Runs are of one class when the same was answered, and whatever tasks share was used by the same tasks in the same order.
static uint64_t class_of_run(Exploration *exploration) {
    uint64_t number = 0;
    exploration->uses.count = 0;
    for (size_t i = 0; i < exploration->depth; i++) {
        number += name_below(exploration->points[i].trail.identity, 1);
        add_uses(exploration, &exploration->points[i].trail);
    }
    for (size_t i = 0; i < exploration->uses.count; i++) {
        const Uses *uses = &exploration->uses.items[i];
        if (!uses->before) continue; // it was only looked at
        number += name_below(name_below(uses->key, uses->before), uses->reads);
    }
    return number | 1;
}

// A class may be met more than once: by the reduction, when it could not see that what is left leads to what it has seen.
static void count_class(Exploration *exploration, uint64_t number) {
    void *key = (void *)(uintptr_t)number;
    exploration->explored->classes += !table_has(&exploration->classes, key);
    table_put(&exploration->classes, key, exploration);
}

// It is run again when the search is over: going back further than the last point would overwrite what the later points need.
static void note_schedule(const Exploration *exploration) {
    Engine *engine = exploration->engine;
    Arena *arena = engine->compilation->arena;
    if (engine->again.count == MOST_TWICE) return;
    Again again = {NEW_ARRAY(arena, uint32_t, exploration->depth + 1), exploration->depth, engine->run->trace};
    for (size_t i = 0; i < again.count; i++) again.choices[i] = (uint32_t)exploration->points[i].chosen;
    vector_push(arena, &engine->again, again);
}

static const char *outcome_of(const Engine *engine) {
    const SpecFailure *failure = engine->failure;
    if (engine->stopped == STOP_NONE) return "passes";
    Builder text = builder_in(engine->compilation->arena);
    build_format(&text, "%s; %s; %s", failure->message, failure->expected ? failure->expected : "", failure->actual ? failure->actual : "");
    return builder_string(&text);
}

// A run has ended. One that is not the one that the spec is about does not count.
static void note_end(Exploration *exploration) {
    const Engine *engine = exploration->engine;
    const SpecOptions *options = engine->options;
    if (engine->stopped == STOP_OTHER_WINNER) return;
    uint64_t class = class_of_run(exploration);
    count_class(exploration, class);
    if (options->note_run) options->note_run(options->note_context, outcome_of(engine), class);
}

static bool is_over(const Engine *engine) {
    return (engine->stopped == STOP_FAILED && !engine->options->note_run) || engine->stopped == STOP_DOUBT;
}

// The program is cancelled at the point at which the run has just arrived; then the run goes on from there.
static void cancel_at_point(Exploration *exploration) {
    Engine *engine = exploration->engine;
    Choices choices = {0};
    for (size_t i = 0; i + 1 < exploration->depth; i++) vector_push(engine->compilation->arena, &choices, (uint32_t)exploration->points[i].chosen);
    try_cancelling(engine, &choices);
    go_back_to(engine, exploration->points[exploration->depth - 1].snapshot);
    engine->stopped = STOP_NONE;
}

static bool explore_all(Exploration *exploration) {
    Engine *engine = exploration->engine;
    size_t limit = engine->options->schedule_limit ? engine->options->schedule_limit : SCHEDULE_LIMIT;
    bool goes_on = run_on(engine);
    do {
        bool is_elsewhere = goes_on && !add_point(exploration);
        exploration->explored->schedules += !goes_on || is_elsewhere;
        if (is_over(engine)) return false;
        if (goes_on && !is_elsewhere && may_cancel(engine)) cancel_at_point(exploration);
        if (goes_on && !is_elsewhere) continue;
        if (!goes_on) note_end(exploration);
        if (!goes_on && exploration->explored->schedules % TWICE_IN == 1) note_schedule(exploration);
        if (exploration->explored->schedules < limit) continue;
        exploration->explored->is_bounded = true;
        return true;
    } while (run_next(exploration, &goes_on));
    return !is_over(engine);
}

static void free_exploration(Exploration *exploration) {
    for (size_t i = 0; i < exploration->room; i++) {
        Point *point = &exploration->points[i];
        for (size_t k = 0; k < point->room; k++) free(point->answers[k].trail.marks);
        free(point->answers);
        free(point->trail.marks);
        free(point->before);
        free_snapshot(point->snapshot);
    }
    free(exploration->points);
}

bool explore(Engine *engine, Explored *explored, Choices *failing) {
    Exploration exploration = {.engine = engine, .explored = explored, .classes = table_in(engine->compilation->arena)};
    bool passes = explore_all(&exploration);
    for (size_t i = 0; i < exploration.depth && !passes; i++)
        vector_push(engine->compilation->arena, failing, (uint32_t)exploration.points[i].chosen);
    free_exploration(&exploration);
    return passes;
}
