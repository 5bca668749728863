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

void add_mark(Trail *trail, MarkKind kind, uint64_t key, uint32_t index, uint64_t by) {
    for (size_t i = 0; i < trail->count; i++) {
        const Mark *mark = &trail->marks[i];
        if (mark->kind == kind && mark->key == key && mark->index == index && mark->by == by) return;
    }
    make_room_for(trail, trail->count + 1);
    trail->marks[trail->count++] = (Mark){kind, index, key, by};
}

void begin_trail(Trail *trail, uint64_t identity, const Task *task) {
    trail->identity = identity;
    trail->task = task->name;
    trail->count = 0;
    trail->deadline = trail->clock = 0;
    for (const Task *each = task; each->scope; each = each->scope->parent) add_mark(trail, MARK_ANCESTOR, each->scope->parent->name, 0, 0);
    for (const Task *each = task; each->scope; each = each->scope->parent) add_mark(trail, MARK_READS, each->scope->name, 0, task->name);
    add_mark(trail, MARK_READS, 0, 0, task->name); // whoever cancels one of these, or all, would have cancelled the task
}

void mark_step(Trail *trail, const Progress *progress, const Task *task) {
    for (; progress; progress = progress->outer)
        if (progress->kind == PROGRESS_SEQUENCE || progress->kind == PROGRESS_EACH) add_mark(trail, MARK_STEP, progress->name, progress->done, task->name);
}

void copy_trail(Trail *to, const Trail *from) {
    make_room_for(to, from->count);
    to->identity = from->identity;
    to->task = from->task;
    to->deadline = from->deadline;
    to->clock = from->clock;
    to->count = from->count;
    if (from->count) memcpy(to->marks, from->marks, from->count * sizeof *from->marks);
}

static bool has_ancestor(const Trail *trail, uint64_t name) {
    for (size_t i = 0; i < trail->count && trail->marks[i].kind == MARK_ANCESTOR; i++)
        if (trail->marks[i].key == name) return true;
    return false;
}

static bool are_in_conflict(const Mark *left, const Mark *right) {
    if (left->key != right->key) return false;
    if (left->kind == MARK_STEP || right->kind == MARK_STEP) return left->kind == right->kind && left->index != right->index;
    if (left->kind == MARK_READS) return right->kind == MARK_USES;
    return left->kind == MARK_USES && (right->kind == MARK_USES || right->kind == MARK_READS);
}

static bool cancels(const Trail *trail, uint64_t identity) {
    for (size_t i = 0; i < trail->count; i++)
        if (trail->marks[i].kind == MARK_CANCELS && trail->marks[i].key == identity) return true;
    return false;
}

bool are_dependent(const Trail *left, const Trail *right) {
    if (cancels(left, right->identity) || cancels(right, left->identity)) return true;
    for (size_t i = 0; i < left->count; i++) {
        const Mark *mark = &left->marks[i];
        if (mark->kind > MARK_STEP || has_ancestor(right, mark->by)) continue;
        for (size_t k = 0; k < right->count; k++)
            if (are_in_conflict(mark, &right->marks[k]) && !has_ancestor(left, right->marks[k].by)) return true;
    }
    return false;
}
