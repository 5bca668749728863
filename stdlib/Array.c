// Arrays. Positions are within the array: Array.fx has checked them. `is` says how the items are held; functions whose name ends in _take
// own their arguments and change a unique array in place.
#include "fx.h"

static fx_array *array_of(fx_value value) { return (fx_array *)fx_object_of(value); }

// An array of no items with room for `capacity`.
static fx_array *create_array(fx_runtime *rt, fx_representation is, size_t capacity) {
    if (capacity > UINT32_MAX / 2) fx_fault(rt, NULL, "an array of %zu items is too large", capacity);
    fx_array *array = (fx_array *)fx_allocate(rt, (unsigned)capacity + 2, FX_INFO_ARRAY, is, 0);
    array->length = 0;
    array->capacity = capacity;
    return array;
}

// A copy of `count` items from `start`, with room for `capacity`.
static fx_array *copy_items(fx_runtime *rt, fx_representation is, const fx_array *from, size_t start, size_t count, size_t capacity) {
    fx_array *copy = create_array(rt, is, capacity);
    for (size_t i = 0; i < count; i++) fx_dup_as(is, copy->items[i] = from->items[start + i]);
    copy->length = count;
    return copy;
}

// Takes the array; answers one that nobody else holds, with room for `capacity` items.
static fx_array *writable_take(fx_runtime *rt, fx_representation is, fx_value value, size_t capacity) {
    fx_array *array = array_of(value);
    if (!fx_is_unique(value)) {
        fx_array *copy = copy_items(rt, is, array, 0, array->length, capacity < array->length ? array->length : capacity);
        fx_drop(rt, value);
        return copy;
    }
    if (capacity <= array->capacity) return array;
    fx_array *moved = create_array(rt, is, capacity);
    memcpy(moved->items, array->items, array->length * sizeof *array->items);
    moved->length = array->length;
    fx_free(rt, &array->object, (unsigned)array->capacity + 2);
    return moved;
}

// ---- making ----

fx_value fx_array_with_capacity(fx_runtime *rt, fx_representation is, fx_value capacity) {
    return fx_value_of(create_array(rt, is, capacity < 0 ? 0 : (size_t)capacity));
}

fx_value fx_array_make(fx_runtime *rt, fx_representation is, fx_value count, fx_value item) {
    fx_array *array = create_array(rt, is, count < 0 ? 0 : (size_t)count);
    for (; array->length < array->capacity; array->length++) fx_dup_as(is, array->items[array->length] = item);
    return fx_value_of(array);
}

fx_value fx_array_from_list(fx_runtime *rt, fx_representation is, fx_value list) {
    size_t length = 0;
    for (fx_value rest = list; rest != FX_NIL; rest = fx_list_tail(rest)) length++;
    fx_array *array = create_array(rt, is, length);
    for (fx_value rest = list; rest != FX_NIL; rest = fx_list_tail(rest))
        fx_dup_as(is, array->items[array->length++] = fx_list_head(rest));
    return fx_value_of(array);
}

// ---- asking ----

fx_value fx_array_to_list(fx_runtime *rt, fx_representation is, fx_value value) {
    const fx_array *array = array_of(value);
    fx_value list = FX_NIL;
    for (size_t i = array->length; i-- > 0;) {
        fx_dup_as(is, array->items[i]);
        list = fx_cons_take(rt, is, array->items[i], list);
    }
    return list;
}

fx_value fx_array_length(fx_runtime *rt, fx_representation is, fx_value value) {
    (void)rt, (void)is;
    return (fx_value)array_of(value)->length;
}

fx_value fx_array_item(fx_runtime *rt, fx_representation is, fx_value index, fx_value value) {
    (void)rt;
    const fx_array *array = array_of(value);
    fx_dup_as(is, array->items[index]);
    return array->items[index];
}

// Positions are clamped to the array.
fx_value fx_array_slice(fx_runtime *rt, fx_representation is, fx_value start, fx_value end, fx_value value) {
    const fx_array *array = array_of(value);
    if (start < 0) start = 0;
    if (end > (fx_value)array->length) end = (fx_value)array->length;
    size_t count = end > start ? (size_t)(end - start) : 0;
    return fx_value_of(copy_items(rt, is, array, (size_t)start, count, count));
}

// ---- changing ----

fx_value fx_array_replace_take(fx_runtime *rt, fx_representation is, fx_value index, fx_value item, fx_value value) {
    fx_array *array = writable_take(rt, is, value, 0);
    fx_drop_as(rt, is, array->items[index]);
    array->items[index] = item;
    return fx_value_of(array);
}

fx_value fx_array_exchange_take(fx_runtime *rt, fx_representation is, fx_value left, fx_value right, fx_value value) {
    fx_array *array = writable_take(rt, is, value, 0);
    fx_value item = array->items[left];
    array->items[left] = array->items[right];
    array->items[right] = item;
    return fx_value_of(array);
}

// Room that doubles makes the cost of a push constant over many.
static size_t grown(const fx_array *array, size_t length) {
    if (length <= array->capacity) return array->capacity;
    return length > 2 * array->capacity ? length : 2 * array->capacity;
}

fx_value fx_array_push_take(fx_runtime *rt, fx_representation is, fx_value item, fx_value value) {
    fx_array *array = writable_take(rt, is, value, grown(array_of(value), array_of(value)->length + 1));
    array->items[array->length++] = item;
    return fx_value_of(array);
}

fx_value fx_array_append_take(fx_runtime *rt, fx_representation is, fx_value left, fx_value right) {
    const fx_array *more = array_of(right);
    fx_array *array = writable_take(rt, is, left, grown(array_of(left), array_of(left)->length + more->length));
    for (size_t i = 0; i < more->length; i++) fx_dup_as(is, array->items[array->length++] = more->items[i]);
    fx_drop(rt, right);
    return fx_value_of(array);
}

// `count` is at most the length.
fx_value fx_array_truncate_take(fx_runtime *rt, fx_representation is, fx_value count, fx_value value) {
    fx_array *array = writable_take(rt, is, value, 0);
    while (array->length > (size_t)count) fx_drop_as(rt, is, array->items[--array->length]);
    return fx_value_of(array);
}
