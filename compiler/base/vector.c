#include "vector.h"

#include <string.h>

enum { FIRST_CAPACITY = 4 };

void *vector_grow(Arena *arena, const void *items, size_t count, size_t *capacity, size_t item_size) {
    size_t larger = *capacity ? *capacity * 2 : FIRST_CAPACITY;
    void *copy = arena_allocate(arena, larger * item_size);
    if (count) memcpy(copy, items, count * item_size);
    *capacity = larger;
    return copy;
}
