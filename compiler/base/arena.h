#ifndef FX_BASE_ARENA_H
#define FX_BASE_ARENA_H
// One arena per compilation: everything the compiler makes lives until arena_destroy.

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_create(void);
void arena_destroy(Arena *arena);

// Zeroed memory, aligned for any object. Never NULL: when the system has no memory left, the process ends with a message and status 70.
void *arena_allocate(Arena *arena, size_t size);
size_t arena_used(const Arena *arena);

#define NEW(arena, Type) ((Type *)arena_allocate((arena), sizeof(Type)))
#define NEW_ARRAY(arena, Type, count) ((Type *)arena_allocate((arena), sizeof(Type) * (count)))

#endif
