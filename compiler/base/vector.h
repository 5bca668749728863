#ifndef FX_BASE_VECTOR_H
#define FX_BASE_VECTOR_H
// A growing array in an arena. `typedef Vector(Token) Tokens;` then vector_push(arena, &tokens, token) and tokens.items[i].

#include <stdint.h>

#include "arena.h"

// Counts of four bytes: the nodes of the compiler's trees are full of vectors.
#define Vector(Type) struct { Type *items; uint32_t count; uint32_t capacity; }

#define vector_push(arena, vector, item)                                                              \
    (((vector)->count == (vector)->capacity                                                           \
          ? (void)((vector)->items = vector_grow((arena), (vector)->items, (vector)->count,           \
                                                 &(vector)->capacity, sizeof *(vector)->items))       \
          : (void)0),                                                                                 \
     (void)((vector)->items[(vector)->count++] = (item)))

// Room for `wanted` items in an empty vector: for one whose size is about known, so that it need not grow.
#define vector_reserve(arena, vector, wanted) \
    ((vector)->items = arena_allocate((arena), sizeof *(vector)->items * (wanted)), (void)((vector)->capacity = (uint32_t)(wanted)))

// A copy with at least twice the room; the old items stay in the arena.
void *vector_grow(Arena *arena, const void *items, size_t count, uint32_t *capacity, size_t item_size);

#endif
