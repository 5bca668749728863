#include "vector.h"

#include <string.h>

// The first block of a vector: most vectors of a syntax tree hold one to four pointers, or one larger item.
enum { FIRST_BYTES = 32 };

void *vector_grow(Arena *arena, const void *items, size_t count, size_t *capacity, size_t item_size) {
    size_t first = item_size < FIRST_BYTES ? FIRST_BYTES / item_size : 1;
    size_t larger = *capacity ? *capacity * 2 : first;
    void *copy = arena_allocate(arena, larger * item_size);
    if (count) memcpy(copy, items, count * item_size);
    *capacity = larger;
    return copy;
}
