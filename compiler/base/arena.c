#define _DEFAULT_SOURCE // madvise
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

// Chunks double from FIRST_CHUNK to LARGEST_CHUNK bytes; an object that is larger than that gets a chunk of its own.
enum { FIRST_CHUNK = 64 * 1024, LARGEST_CHUNK = 16 * 1024 * 1024, HUGE_PAGE = 2 * 1024 * 1024, ALIGNMENT = _Alignof(max_align_t) };

typedef struct Chunk {
    struct Chunk *previous;
    max_align_t bytes[];
} Chunk;

struct Arena {
    char *next; // the first free byte of the newest shared chunk
    char *end;
    Chunk *chunks;
    size_t chunk_size;
    size_t used;
};

static _Noreturn void fail_without_memory(void) {
    fputs("fx: out of memory\n", stderr);
    exit(70);
}

// A large program fills hundreds of megabytes once: as pages of two megabytes, where the system has them, they cost a fifth of the
// time. Only a wish: its failure changes nothing.
static void ask_for_huge_pages(Chunk *chunk, size_t size) {
    uintptr_t start = ((uintptr_t)chunk + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
    uintptr_t end = ((uintptr_t)chunk + size) & ~(uintptr_t)(HUGE_PAGE - 1);
    if (size >= 2 * (size_t)HUGE_PAGE && start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

// calloc hands large blocks out as fresh pages of the system, so that nothing is zeroed twice.
static char *add_chunk(Arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(Chunk)) fail_without_memory();
    Chunk *chunk = calloc(1, sizeof(Chunk) + size);
    if (!chunk) fail_without_memory();
    ask_for_huge_pages(chunk, size);
    chunk->previous = arena->chunks;
    arena->chunks = chunk;
    return (char *)chunk->bytes;
}

Arena *arena_create(void) {
    Arena *arena = calloc(1, sizeof(Arena));
    if (!arena) fail_without_memory();
    arena->chunk_size = FIRST_CHUNK;
    return arena;
}

void arena_destroy(Arena *arena) {
    if (!arena) return;
    for (Chunk *chunk = arena->chunks, *previous; chunk; chunk = previous) {
        previous = chunk->previous;
        free(chunk);
    }
    free(arena);
}

static void *allocate_in_new_chunk(Arena *arena, size_t size) {
    if (size > arena->chunk_size / 4) return add_chunk(arena, size);
    char *bytes = add_chunk(arena, arena->chunk_size);
    arena->next = bytes + size;
    arena->end = bytes + arena->chunk_size;
    if (arena->chunk_size < LARGEST_CHUNK) arena->chunk_size *= 2;
    return bytes;
}

void *arena_allocate(Arena *arena, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT) fail_without_memory();
    if (size == 0) size = 1;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    arena->used += size;
    if (size > (size_t)(arena->end - arena->next)) return allocate_in_new_chunk(arena, size);
    char *bytes = arena->next;
    arena->next += size;
    return bytes;
}

size_t arena_used(const Arena *arena) { return arena->used; }
