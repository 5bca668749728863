// Arrays, as trees of 16 branches that share what they have in common: no version of an array is ever changed.

#include "semantics.h"

#include <string.h>

enum { BITS = 4, BRANCHES = 1 << BITS };

static size_t length_of(Value array) { return (size_t)array.object->items[1].integer; }
static unsigned depth_of(Value array) { return (unsigned)array.object->items[2].integer; }

static Value array_of(Machine *machine, const DataType *data, Object *root, size_t length, unsigned depth) {
    Object *array = make_object(machine, ARRAY, data, NULL, NULL, 3);
    array->items[0] = root ? object_value(VALUE_ARRAY, root) : int_value(0);
    array->items[1] = int_value((int64_t)length);
    array->items[2] = int_value(depth);
    return object_value(VALUE_ARRAY, array);
}

static Object *node_in(Value slot) { return slot.kind == VALUE_ARRAY ? slot.object : NULL; }

static Value empty_array(Machine *machine, const DataType *data) { return array_of(machine, data, NULL, 0, 0); }

// What the function that is performed answers is an array of this type.
static const DataType *answered_type(const Machine *machine) { return resolve_type(machine->performing->answer)->data; }

// A copy of the node (NULL: one with nothing in it) in which the item has the value. `depth` 0: the node holds items.
static Object *with_item(Machine *machine, const Object *node, unsigned depth, size_t index, Value value) {
    Object *copy = make_object(machine, ITEMS, NULL, NULL, NULL, BRANCHES);
    if (node) memcpy(copy->items, node->items, sizeof(Value) * BRANCHES);
    else memset(copy->items, 0, sizeof(Value) * BRANCHES);
    size_t branch = index >> (BITS * depth) & (BRANCHES - 1);
    if (depth) value = object_value(VALUE_ARRAY, with_item(machine, node_in(copy->items[branch]), depth - 1, index, value));
    copy->items[branch] = value;
    return copy;
}

static Value item_at(Value array, size_t index) {
    Value slot = array.object->items[0];
    for (unsigned depth = depth_of(array) + 1; depth-- > 0;) slot = slot.object->items[index >> (BITS * depth) & (BRANCHES - 1)];
    return slot;
}

static Value set_item(Machine *machine, Value array, size_t index, Value value) {
    Object *root = with_item(machine, node_in(array.object->items[0]), depth_of(array), index, value);
    return array_of(machine, array.object->about, root, length_of(array), depth_of(array));
}

static Value push_item(Machine *machine, Value array, Value value) {
    size_t length = length_of(array);
    unsigned depth = depth_of(array);
    Object *root = node_in(array.object->items[0]);
    if (root && length >> (BITS * (depth + 1))) { // full: one level more
        Object *above = with_item(machine, NULL, 0, 0, object_value(VALUE_ARRAY, root));
        root = above;
        depth++;
    }
    return array_of(machine, array.object->about, with_item(machine, root, depth, length, value), length + 1, depth);
}

// ---- making ----

void array_with_capacity(Machine *machine, Task *task, const Value *arguments) {
    (void)arguments;
    answer(task, empty_array(machine, answered_type(machine)));
}

void array_make(Machine *machine, Task *task, const Value *arguments) {
    Value array = empty_array(machine, answered_type(machine));
    for (int64_t i = 0; i < arguments[0].integer; i++) array = push_item(machine, array, arguments[1]);
    answer(task, array);
}

void array_from_list(Machine *machine, Task *task, const Value *arguments) {
    Value array = empty_array(machine, answered_type(machine)), list = arguments[0], item;
    while (next_item(&list, &item)) array = push_item(machine, array, item);
    answer(task, array);
}

// ---- asking ----

void array_to_list(Machine *machine, Task *task, const Value *arguments) {
    const DataType *list_type = machine->program->builtins->list_type;
    Value list = construct(machine, list_type, 0, 0, NULL);
    for (size_t i = length_of(arguments[0]); i-- > 0;) list = construct(machine, list_type, 1, 2, (Value[]){item_at(arguments[0], i), list});
    answer(task, list);
}

void array_length(Machine *machine, Task *task, const Value *arguments) {
    (void)machine;
    answer(task, int_value((int64_t)length_of(arguments[0])));
}

// The library has made sure that there is such an item: here and below.
void array_item(Machine *machine, Task *task, const Value *arguments) {
    (void)machine;
    answer(task, item_at(arguments[1], (size_t)arguments[0].integer));
}

// ---- changing ----

void array_replace(Machine *machine, Task *task, const Value *arguments) {
    answer(task, set_item(machine, arguments[2], (size_t)arguments[0].integer, arguments[1]));
}

void array_exchange(Machine *machine, Task *task, const Value *arguments) {
    size_t left = (size_t)arguments[0].integer, right = (size_t)arguments[1].integer;
    Value array = arguments[2], exchanged = set_item(machine, array, left, item_at(array, right));
    answer(task, set_item(machine, exchanged, right, item_at(array, left)));
}

void array_push(Machine *machine, Task *task, const Value *arguments) { answer(task, push_item(machine, arguments[1], arguments[0])); }

static Value append_items(Machine *machine, Value array, Value from, size_t start, size_t end) {
    for (size_t i = start; i < end; i++) array = push_item(machine, array, item_at(from, i));
    return array;
}

// What lies beyond the length stays in the tree, where nothing finds it.
void array_truncate(Machine *machine, Task *task, const Value *arguments) {
    const Object *array = arguments[1].object;
    size_t length = (size_t)arguments[0].integer;
    answer(task, length ? array_of(machine, array->about, node_in(array->items[0]), length, depth_of(arguments[1])) : empty_array(machine, array->about));
}

void array_append(Machine *machine, Task *task, const Value *arguments) {
    answer(task, append_items(machine, arguments[0], arguments[1], 0, length_of(arguments[1])));
}

// Positions are clamped to the array.
void array_slice(Machine *machine, Task *task, const Value *arguments) {
    int64_t start = arguments[0].integer, end = arguments[1].integer, length = (int64_t)length_of(arguments[2]);
    if (start < 0) start = 0;
    if (end > length) end = length;
    Value empty = empty_array(machine, arguments[2].object->about);
    answer(task, start < end ? append_items(machine, empty, arguments[2], (size_t)start, (size_t)end) : empty);
}
