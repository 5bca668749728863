#include "vector.h"

#include <string.h>

// The first block of a vector: most vectors of a syntax tree hold one to four pointers, or one larger item.
enum { FIRST_BYTES = 32 };

void *vector_grow(Arena *arena, const void *items, size_t count, uint32_t *capacity, size_t item_size) {
    size_t first = item_size < FIRST_BYTES ? FIRST_BYTES / item_size : 1;
    size_t larger = *capacity ? (size_t)*capacity * 2 : first;
    if (larger > UINT32_MAX) larger = count < UINT32_MAX ? UINT32_MAX : SIZE_MAX / item_size; // the last is more than there is
    void *copy = arena_allocate(arena, larger * item_size);
    if (count) memcpy(copy, items, count * item_size);
    *capacity = (uint32_t)larger;
    return copy;
}
