// What of a machine changes: tasks, scopes, requests, resources, in blocks of memory of their own, so that the whole of it can be kept and
// put back. Objects (memory.c) are never changed, but for a few that keep a list of what they were: to go back is to forget those that were made
// since, and to undo that list. So between saving and restoring no collection may move them.

#include "semantics.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGION_SIZE = 1 << 16, GRAIN = 16 };

static void *need(void *memory) {
    if (memory) return memory;
    fputs("fx: memory exhausted\n", stderr);
    exit(70);
}

static void add_region(Machine *machine) {
    State *state = &machine->state;
    if (state->used == machine->region_count) {
        machine->regions = need(realloc(machine->regions, (state->used + 1) * sizeof *machine->regions));
        machine->regions[machine->region_count++] = need(malloc(REGION_SIZE));
    }
    state->at = machine->regions[state->used++];
    state->end = state->at + REGION_SIZE;
}

void *make_state(Machine *machine, size_t size) {
    State *state = &machine->state;
    size_t class = (size + GRAIN - 1) / GRAIN;
    void *memory = state->free[class];
    if (memory) state->free[class] = *(void **)memory;
    else {
        if (!state->at || (size_t)(state->end - state->at) < class * GRAIN) add_region(machine);
        memory = state->at;
        state->at += class * GRAIN;
    }
    return memset(memory, 0, size);
}

void free_state(Machine *machine, void *memory, size_t size) {
    void **place = &machine->state.free[(size + GRAIN - 1) / GRAIN];
    *(void **)memory = *place;
    *place = memory;
}

// ---- keeping it and putting it back ----

// What was at a place before it was changed.
struct Change {
    void *place;
    size_t size;
    char bytes[sizeof(Value)];
};

struct Snapshot {
    size_t size;      // of the run's part of the machine, the cells, and the regions, one after the other
    size_t room;
    char *bytes;
};

// The fields of the machine from `main` up to, not including, `spare_blocks` are the run's.
static char *run_of(Machine *machine) { return (char *)machine + offsetof(Machine, main); }
static const size_t RUN_SIZE = offsetof(Machine, spare_blocks) - offsetof(Machine, main);

static size_t region_size(const Machine *machine, size_t index) {
    const State *state = &machine->state;
    return index + 1 == state->used ? (size_t)(state->at - machine->regions[index]) : REGION_SIZE;
}

static size_t state_size(const Machine *machine) {
    size_t size = RUN_SIZE + machine->cells.count * sizeof(Value);
    for (size_t i = 0; i < machine->state.used; i++) size += region_size(machine, i);
    return size;
}

static char *put(char *at, const void *bytes, size_t size) {
    memcpy(at, bytes, size);
    return at + size;
}

void change_in_place(Machine *machine, void *place, size_t size) {
    if (!machine->changes) return;
    if (machine->change_count == machine->change_room) {
        machine->change_room *= 2;
        machine->changes = need(realloc(machine->changes, machine->change_room * sizeof *machine->changes));
    }
    struct Change *change = &machine->changes[machine->change_count++];
    change->place = place;
    change->size = size;
    memcpy(change->bytes, place, size);
}

static void undo_changes(Machine *machine, size_t from, size_t to) {
    while (from > to) {
        const struct Change *change = &machine->changes[--from];
        memcpy(change->place, change->bytes, change->size);
    }
}

Snapshot *save_machine(Machine *machine, Snapshot *snapshot) {
    if (!machine->changes) {
        machine->change_room = 64;
        machine->changes = need(malloc(machine->change_room * sizeof *machine->changes));
    }
    if (!snapshot) snapshot = need(calloc(1, sizeof *snapshot));
    snapshot->size = state_size(machine);
    if (snapshot->size > snapshot->room) {
        snapshot->room = 2 * snapshot->size;
        free(snapshot->bytes);
        snapshot->bytes = need(malloc(snapshot->room));
    }
    char *at = put(snapshot->bytes, run_of(machine), RUN_SIZE);
    for (size_t i = 0; i < machine->cells.count; i++) at = put(at, machine->cells.entries[i].value, sizeof(Value));
    for (size_t i = 0; i < machine->state.used; i++) at = put(at, machine->regions[i], region_size(machine, i));
    return snapshot;
}

static const char *get(const char *at, void *bytes, size_t size) {
    memcpy(bytes, at, size);
    return at + size;
}

void restore_machine(Machine *machine, const Snapshot *snapshot) {
    struct Block *newest = machine->blocks;
    size_t changes = machine->change_count;
    const char *at = get(snapshot->bytes, run_of(machine), RUN_SIZE);
    undo_changes(machine, changes, machine->change_count);
    forget_blocks(machine, newest);
    for (size_t i = 0; i < machine->cells.count; i++) at = get(at, machine->cells.entries[i].value, sizeof(Value));
    for (size_t i = 0; i < machine->state.used; i++) at = get(at, machine->regions[i], region_size(machine, i));
}

void free_snapshot(Snapshot *snapshot) {
    if (snapshot) free(snapshot->bytes);
    free(snapshot);
}

void free_states(Machine *machine) {
    for (size_t i = 0; i < machine->region_count; i++) free(machine->regions[i]);
    free(machine->regions);
    free(machine->changes);
}
