// The machine's memory: objects in blocks, collected by copying what is still reachable (Cheney, "A nonrecursive list compacting algorithm",
// 1970; with a list of work instead of a second pointer, since objects have several shapes). Collection happens only between two steps.

#include "semantics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1 << 18, FIRST_COLLECTION = 1 << 26 };

typedef struct Block {
    struct Block *next;
    size_t size;
    char bytes[];
} Block;

static void *need(void *memory) {
    if (memory) return memory;
    fputs("fx: memory exhausted\n", stderr);
    exit(70);
}

// Blocks of the usual size are used again.
static Block *make_block(Machine *machine, size_t size) {
    Block *block = size == BLOCK_SIZE ? machine->spare_blocks : NULL;
    if (block) machine->spare_blocks = block->next;
    else block = need(malloc(sizeof *block + size));
    block->size = size;
    return block;
}

static void add_block(Machine *machine, size_t size) {
    if (size < BLOCK_SIZE) size = BLOCK_SIZE;
    Block *block = make_block(machine, size);
    block->next = machine->blocks;
    machine->blocks = block;
    machine->at = block->bytes;
    machine->end = block->bytes + size;
    machine->allocated += size;
}

static Object *allocate(Machine *machine, size_t size) {
    size = (size + 15) & ~(size_t)15;
    if ((size_t)(machine->end - machine->at) < size || !machine->at) add_block(machine, size);
    Object *object = (Object *)machine->at;
    machine->at += size;
    return object;
}

static size_t size_of(const Object *object) {
    if (object->kind == TEXT && object->next) return sizeof *object;
    return sizeof *object + (object->kind == TEXT || object->kind == BYTES ? object->count : object->count * sizeof(Value));
}

Object *make_object(Machine *machine, ObjectKind kind, const void *about, Object *next, Object *scope, size_t count) {
    Object *object = allocate(machine, sizeof *object + count * sizeof(Value));
    object->kind = kind;
    object->moved = 0;
    object->count = count;
    object->about = about;
    object->next = next;
    object->scope = scope;
    return object;
}

Value make_text(Machine *machine, const char *bytes, size_t length) {
    Object *object = allocate(machine, sizeof *object + length);
    *object = (Object){.kind = TEXT, .count = length};
    if (bytes) memcpy(text_bytes(object), bytes, length);
    return object_value(VALUE_STRING, object);
}

// Appending to what was appended to last takes only the time of what is added: such texts share their bytes, of which each has a beginning.
Value append_text(Machine *machine, Value left, Text right) {
    enum { SHORT = 256 };
    Object *bytes = left.object->next;
    size_t length = left.object->count + right.length;
    bool is_last = bytes && (size_t)(uintptr_t)bytes->about == left.object->count && length <= bytes->count;
    if (!is_last && length <= SHORT) {
        Value whole = make_text(machine, NULL, length);
        memcpy(text_bytes(whole.object), text_bytes(left.object), left.object->count);
        if (right.length) memcpy(text_bytes(whole.object) + left.object->count, right.bytes, right.length);
        return whole;
    }
    if (!is_last) {
        bytes = allocate(machine, sizeof *bytes + 2 * length);
        *bytes = (Object){.kind = BYTES, .count = 2 * length};
        memcpy(bytes->items, text_bytes(left.object), left.object->count);
    }
    if (right.length) memcpy((char *)bytes->items + left.object->count, right.bytes, right.length);
    bytes->about = (void *)(uintptr_t)length;
    Object *whole = make_object(machine, TEXT, NULL, bytes, NULL, 0);
    whole->count = length;
    return object_value(VALUE_STRING, whole);
}

Resource *make_resource(Machine *machine, ResourceKind kind, const DataType *data) {
    Resource *resource = make_state(machine, sizeof *resource);
    resource->kind = kind;
    resource->data = data;
    if (machine->running) resource->name = name_below(machine->running->name, ((uint64_t)1 << 48) + machine->running->made++);
    resource->next = machine->resources;
    machine->resources = resource;
    return resource;
}

// ---- collection ----

static void add_work(Machine *machine, Object *object) {
    if (machine->work_count == machine->work_room) {
        machine->work_room = machine->work_room ? 2 * machine->work_room : 1024;
        machine->work = need(realloc(machine->work, machine->work_room * sizeof *machine->work));
    }
    machine->work[machine->work_count++] = object;
}

static void keep_resource(Machine *machine, Resource *resource);

// In place of moving: what is reached is only noted.
static void mark(Machine *machine, Object *object) {
    if (table_has(machine->marked, object)) return;
    table_put(machine->marked, object, object);
    if (object->kind == TEXT && object->about) keep_resource(machine, (Resource *)(uintptr_t)object->about);
    if (object->kind != BYTES) add_work(machine, object);
}

static void move(Machine *machine, Object **place) {
    Object *object = *place;
    if (!object) return;
    if (machine->marked) {
        mark(machine, object);
        return;
    }
    if (!object->moved) {
        Object *copy = allocate(machine, size_of(object));
        memcpy(copy, object, size_of(object));
        if (copy->kind == TEXT && copy->about) keep_resource(machine, (Resource *)(uintptr_t)copy->about);
        object->moved = 1;
        object->about = copy;
        if (copy->kind != BYTES && (copy->kind != TEXT || copy->next)) add_work(machine, copy);
    }
    *place = (Object *)(uintptr_t)object->about;
}

static void keep_resource(Machine *machine, Resource *resource) {
    if (resource->is_marked) return;
    resource->is_marked = true;
    move(machine, &resource->items);
}

void machine_keep(Machine *machine, Value *value) {
    switch (value->kind) {
    case VALUE_STRING:
    case VALUE_DATA:
    case VALUE_SPLICED:
    case VALUE_CONTINUATION:
    case VALUE_ARRAY:
    case VALUE_FUNCTION:
    case VALUE_PARTIAL:
    case VALUE_COMPUTATION: move(machine, &value->object); break;
    case VALUE_RESOURCE: keep_resource(machine, value->resource); break;
    default: break;
    }
}

static void keep_contents(Machine *machine, Object *object) {
    move(machine, &object->next);
    if (object->kind == TEXT) return;
    move(machine, &object->scope);
    for (size_t i = 0; i < object->count; i++) machine_keep(machine, &object->items[i]);
}

static void keep_scope(Machine *machine, Scope *scope) {
    for (int i = 0; i < 2; i++) {
        machine_keep(machine, &scope->answers[i]);
        machine_keep(machine, &scope->computations[i]);
    }
    move(machine, &scope->results);
    move(machine, &scope->outcome.abort);
    if (scope->group) keep_resource(machine, scope->group);
}

static void keep_task(Machine *machine, Task *task) {
    if (!task->expression) task->environment = NULL; // of what was evaluated last: nobody reads it
    move(machine, &task->environment);
    move(machine, &task->continuation);
    machine_keep(machine, &task->value);
    move(machine, &task->unwinding.abort);
    if (!task->request) return;
    machine_keep(machine, &task->request->value);
    if (task->request->resource) keep_resource(machine, task->request->resource);
    if (task->request->kind == REQUEST_SCOPE) keep_scope(machine, task->request->scope);
}

static void keep_table(Machine *machine, Table *table) {
    for (size_t i = 0; i < table->count; i++) machine_keep(machine, table->entries[i].value);
}

static void keep_literals(Machine *machine) {
    for (size_t i = 0; i < machine->literals.count; i++) {
        Object *object = machine->literals.entries[i].value;
        move(machine, &object);
        machine->literals.entries[i].value = object;
    }
}

// Continuations that have not been resumed, and that nothing reaches any more, come first, and are kept to be cancelled.
static void find_dropped(Machine *machine) {
    size_t count = machine->held_count;
    machine->held_count = machine->dropped = 0;
    for (size_t i = 0; i < count; i++) {
        Object *object = machine->held[i];
        if (object->moved && !((const Object *)object->about)->about) machine->held[machine->held_count++] = (Object *)(uintptr_t)object->about;
        if (object->moved || object->about) continue;
        move(machine, &object);
        machine->held[machine->held_count++] = machine->held[machine->dropped];
        machine->held[machine->dropped++] = object;
    }
}

void hold(Machine *machine, Object *continuation) {
    if (machine->held_count == machine->held_room) {
        machine->held_room = machine->held_room ? 2 * machine->held_room : 16;
        machine->held = need(realloc(machine->held, machine->held_room * sizeof *machine->held));
    }
    machine->held[machine->held_count++] = continuation;
}

static void free_unmarked(Machine *machine) {
    for (Resource **place = &machine->resources, *resource; (resource = *place);) {
        if (resource->is_marked) {
            resource->is_marked = false;
            place = &resource->next;
            continue;
        }
        *place = resource->next;
        if (resource->kind == RESOURCE_FOREIGN) machine->driver->release(machine->driver->context, machine, resource->foreign);
        free_state(machine, resource, sizeof *resource);
    }
}

static void free_blocks(Block *block) {
    while (block) {
        Block *next = block->next;
        free(block);
        block = next;
    }
}

static void spare_blocks(Machine *machine, Block *block) {
    while (block) {
        Block *next = block->next;
        if (block->size == BLOCK_SIZE) {
            block->next = machine->spare_blocks;
            machine->spare_blocks = block;
        } else free(block);
        block = next;
    }
}

void forget_blocks(Machine *machine, Block *newest) {
    while (newest != machine->blocks) {
        Block *next = newest->next;
        newest->next = NULL;
        spare_blocks(machine, newest);
        newest = next;
    }
}

static void keep_all(Machine *machine) {
    for (Task *task = machine->tasks; task; task = task->next_task) keep_task(machine, task);
    machine_keep(machine, &machine->arguments);
    for (size_t i = 0; i < 2; i++) machine_keep(machine, &machine->difference[i]);
    keep_table(machine, &machine->globals);
    keep_table(machine, &machine->cells);
    keep_literals(machine);
    machine->driver->keep(machine->driver->context, machine);
    while (machine->work_count) keep_contents(machine, machine->work[--machine->work_count]);
}

// A continuation that waits to be resumed and that nothing reaches, found without moving anything; NULL: there is none.
Object *find_unreached(Machine *machine) {
    Arena *arena = arena_create();
    Table marked = table_in(arena);
    Object *found = NULL;
    machine->marked = &marked;
    keep_all(machine);
    machine->marked = NULL;
    for (Resource *resource = machine->resources; resource; resource = resource->next) resource->is_marked = false;
    for (size_t i = 0; i < machine->held_count && !found; i++)
        if (!machine->held[i]->about && !table_has(&marked, machine->held[i])) found = machine->held[i];
    arena_destroy(arena);
    return found;
}

void collect(Machine *machine) {
    Block *old = machine->blocks;
    machine->blocks = NULL;
    machine->at = machine->end = NULL;
    machine->allocated = 0;
    keep_all(machine);
    find_dropped(machine);
    while (machine->work_count) keep_contents(machine, machine->work[--machine->work_count]);
    free_unmarked(machine);
    spare_blocks(machine, old);
    machine->collect_at = 4 * machine->allocated + FIRST_COLLECTION;
    measure_later(machine);
}

void collect_resources(Machine *machine) {
    const Resource *resource = machine->resources;
    while (resource && resource->kind != RESOURCE_FOREIGN) resource = resource->next;
    if (resource && !machine->driver->watcher) collect(machine);
}

void free_memory(Machine *machine) {
    free_unmarked(machine);
    free_blocks(machine->blocks);
    free_blocks(machine->spare_blocks);
    free(machine->work);
    free(machine->held);
    free_states(machine);
}
