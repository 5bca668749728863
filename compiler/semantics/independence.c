// Which answers may change places. Two are independent when what they led to used nothing in common, asked nothing that the spec puts in an
// order, and neither cancelled the other. What a task did for which both have to have ended, such as the parent of a join, depends on both in
// either order and does not count.

#include "spec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room_for(Trail *trail, size_t count) {
    if (count <= trail->room) return;
    trail->room = 2 * count;
    trail->marks = realloc(trail->marks, trail->room * sizeof *trail->marks);
    if (trail->marks) return;
    fputs("fx: memory exhausted\n", stderr);
    exit(70);
}

static bool is_same_mark(const Mark *left, const Mark *right) {
    return left->kind == right->kind && left->key == right->key && left->index == right->index && left->by == right->by && left->doer == right->doer;
}

void add_mark(Trail *trail, Mark mark) {
    for (size_t i = 0; i < trail->count; i++)
        if (is_same_mark(&trail->marks[i], &mark)) return;
    make_room_for(trail, trail->count + 1);
    trail->is_of_others = trail->is_of_others || mark.by != trail->task;
    trail->hides = trail->hides || mark.kind == MARK_HIDES;
    trail->marks[trail->count++] = mark;
}

// The scopes around a task come first in its trail, the innermost first, each with the task whose scope it is.
static void mark_scopes(Trail *trail, const Scope *scope) {
    for (; scope; scope = scope->parent->scope) trail->marks[trail->count++] = (Mark){MARK_SCOPE, 0, scope->name, scope->parent->name, 0};
}

static size_t depth_of(const Scope *scope) {
    size_t depth = 0;
    for (; scope; scope = scope->parent->scope) depth++;
    return depth;
}

void begin_trail(Trail *trail, const Request *request, bool is_stuck) {
    const Task *task = request->task ? request->task : request->scope->parent;
    const Scope *innermost = request->task ? task->scope : request->scope;
    trail->identity = request->identity;
    trail->task = request->task ? task->name : 0;
    trail->count = 0;
    trail->is_of_others = trail->hides = false;
    trail->deadline = trail->clock = 0;
    trail->is_stuck = is_stuck;
    make_room_for(trail, depth_of(innermost));
    mark_scopes(trail, innermost);
    for (const Task *each = task; each->scope; each = each->scope->parent) add_mark(trail, (Mark){MARK_READS, 0, each->scope->name, task->name, task->name});
    add_mark(trail, (Mark){MARK_READS, 0, 0, task->name, task->name}); // whoever cancels one of these, or all, would have cancelled the task
}

static bool is_scope(const Trail *trail, size_t index) { return index < trail->count && trail->marks[index].kind == MARK_SCOPE; }

static bool is_below(const Trail *trail, uint64_t task) {
    for (size_t i = 0; is_scope(trail, i); i++)
        if (trail->marks[i].by == task) return true;
    return false;
}

// One scope of a task has ended before its next begins, and all of them before it waits for something else.
static bool is_of_earlier_scope(const Trail *earlier, const Trail *later) {
    for (size_t i = 0; is_scope(earlier, i); i++)
        for (size_t k = 0; is_scope(later, k); k++)
            if (earlier->marks[i].by == later->marks[k].by) return earlier->marks[i].key != later->marks[k].key;
    return false;
}

bool comes_before(const Trail *earlier, const Trail *later) {
    if (later->is_stuck && !earlier->is_stuck) return true;
    if (later->task && (later->task == earlier->task || is_below(earlier, later->task))) return true;
    return (earlier->task && is_below(later, earlier->task)) || is_of_earlier_scope(earlier, later);
}

void mark_step(Trail *trail, const Progress *progress, uint64_t by) {
    for (; progress; progress = progress->outer)
        if (progress->kind == PROGRESS_SEQUENCE) add_mark(trail, (Mark){MARK_STEP, progress->done, progress->name, by, 0});
}

void copy_trail(Trail *to, const Trail *from) {
    make_room_for(to, from->count);
    to->identity = from->identity;
    to->task = from->task;
    to->deadline = from->deadline;
    to->clock = from->clock;
    to->is_stuck = from->is_stuck;
    to->is_of_others = from->is_of_others;
    to->hides = from->hides;
    to->count = from->count;
    if (from->count) memcpy(to->marks, from->marks, from->count * sizeof *from->marks);
}

static bool are_in_conflict(const Mark *left, const Mark *right) {
    if (left->key != right->key) return false;
    if (left->kind == MARK_STEP || right->kind == MARK_STEP) return left->kind == right->kind && left->index != right->index;
    return left->kind != MARK_READS || right->kind != MARK_READS;
}

static bool cancels(const Trail *trail, uint64_t identity) {
    for (size_t i = 0; i < trail->count; i++)
        if (trail->marks[i].kind == MARK_CANCELS && trail->marks[i].key == identity) return true;
    return false;
}

// Whether what the mark's task did came after the answers of the other trail's task in either order, for they had to be there.
static bool is_of_both(const Mark *mark, const Trail *other) {
    return is_below(other, mark->by);
}

// `left`: the answer that the mark needs.
static bool is_in_conflict(const Mark *mark, const Trail *left, const Trail *right) {
    if (mark->kind > MARK_STEP || is_of_both(mark, right)) return false;
    for (size_t k = 0; k < right->count; k++) {
        const Mark *other = &right->marks[k];
        if (other->kind <= MARK_STEP && are_in_conflict(mark, other) && !is_of_both(other, left)) return true;
    }
    return false;
}

static bool is_within(const Trail *trail, uint64_t scope) {
    for (size_t i = 0; is_scope(trail, i); i++)
        if (trail->marks[i].key == scope) return true;
    return false;
}

// The other's task was left alone in a scope while further tasks went on: what comes after the scope would have come before what these did, had
// the other been first.
static bool leaves_alone_midway(const Trail *trail, const Trail *other) {
    bool is_midway = false;
    for (size_t i = trail->count; i-- > 0 && trail->marks[i].kind != MARK_SCOPE;) {
        const Mark *mark = &trail->marks[i];
        if (mark->kind == MARK_LEAVES_ONE && is_midway && is_within(other, mark->key)) return true;
        is_midway = is_midway || mark->kind <= MARK_STEP;
    }
    return false;
}

// The same, seen in the other order: what came after a scope, for which both answers had to be there, shares something with what a further task did
// in the same turn. That one would have come first.
static bool overtakes(const Trail *trail, const Trail *other) {
    for (size_t i = 0; i < trail->count && trail->is_of_others; i++) {
        const Mark *mark = &trail->marks[i];
        if (mark->kind > MARK_STEP || !is_of_both(mark, other)) continue;
        for (size_t k = 0; k < trail->count; k++) {
            const Mark *further = &trail->marks[k];
            bool is_further = further->kind <= MARK_STEP && further->by != trail->task && !is_below(trail, further->by);
            if (is_further && are_in_conflict(mark, further)) return true;
        }
    }
    return false;
}

bool are_dependent(const Trail *left, const Trail *right) {
    if (cancels(left, right->identity) || cancels(right, left->identity)) return true;
    if (leaves_alone_midway(left, right) || leaves_alone_midway(right, left)) return true;
    if (overtakes(left, right) || overtakes(right, left)) return true;
    for (size_t i = 0; i < left->count; i++)
        if (is_in_conflict(&left->marks[i], left, right)) return true;
    return false;
}

bool comes_late_for(const Trail *first, const Trail *last, const Trail *other) {
    for (size_t i = 0; i < last->count && last->is_of_others; i++) {
        uint64_t by = last->marks[i].by;
        if (by != last->task && is_below(first, by) && is_in_conflict(&last->marks[i], first, other)) return true;
    }
    return false;
}

bool stops_with(const Trail *first, const Trail *last) {
    bool cancels = false, stops = false;
    for (size_t i = 0; i < last->count; i++) {
        const Mark *mark = &last->marks[i];
        cancels = cancels || mark->kind == MARK_CANCELS;
        stops = stops || ((mark->kind == MARK_STOPS || mark->kind == MARK_HIDES) && mark->by != last->task && is_below(first, mark->by));
    }
    return cancels && stops;
}

bool makes_last(const Trail *last, const Trail *other) {
    for (size_t i = 0; i < last->count; i++)
        if (last->marks[i].kind == MARK_LEAVES_ONE && is_within(other, last->marks[i].key)) return true;
    return false;
}
