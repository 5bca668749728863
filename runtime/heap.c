// Memory for objects: pages by size, large ones by themselves (R2, R3).

#include <stdlib.h>
#include <sys/mman.h>
#include "runtime.h"

enum { FIRST_PAGE = 16 << 10, HUGE_PAGE = 2 << 20, LARGEST_PAGE = 2 * HUGE_PAGE, CARVE = 4096, ALLOCATOR_STACK = 16 << 10 };

// The system's allocator must not run into the end of the stack while it holds its locks: better here.
static void probe_stack(void) { (void)*((volatile char *)__builtin_frame_address(0) - ALLOCATOR_STACK); }

_Noreturn static void exhausted(fx_runtime *rt) {
    if (!rt->internals->jump) fx_die(rt, "memory exhausted");
    fx_raise(rt, &rt->internals->exhausted);
}

void *fx_memory(fx_runtime *rt, size_t size) {
    probe_stack();
    void *memory = fx_walk_fails(rt) ? NULL : malloc(size);
    if (!memory) exhausted(rt);
    return memory;
}

void *fx_memory_again(fx_runtime *rt, void *memory, size_t size) {
    probe_stack();
    void *moved = fx_walk_fails(rt) ? NULL : realloc(memory, size);
    if (!moved) exhausted(rt);
    return moved;
}

static fx_object *allocate_alone(fx_runtime *rt, unsigned words) {
    fx_large *large = fx_memory(rt, sizeof *large + words * sizeof(fx_value));
    fx_large *list = &rt->internals->larges;
    large->next = list->next;
    large->previous = list;
    list->next->previous = large;
    list->next = large;
    large->object.count = 0;
    return &large->object;
}

static fx_large *large_of(fx_object *object) { return (fx_large *)((char *)object - offsetof(fx_large, object)); }

#ifndef FX_MALLOC
// A large page lies where the system can back it by its own huge pages: one page fault for 2 MiB instead of 512.
static fx_page *make_page(fx_runtime *rt, size_t size) {
    if (size < HUGE_PAGE) return fx_memory(rt, size);
    probe_stack();
    fx_page *page = fx_walk_fails(rt) ? NULL : aligned_alloc(HUGE_PAGE, size);
    if (!page) exhausted(rt);
    madvise(page, size, MADV_HUGEPAGE);
    return page;
}

// A page of twice the size of the one before.
static fx_page *find_page(fx_runtime *rt, unsigned words, size_t object_size) {
    fx_page *last = rt->internals->pages[words];
    if (last && last->size - last->carved >= object_size) return last;
    size_t before = last ? sizeof *last + last->size : FIRST_PAGE / 2;
    size_t size = before < LARGEST_PAGE ? before * 2 : LARGEST_PAGE;
    fx_page *page = make_page(rt, size);
    *page = (fx_page){last, size - sizeof *page, 0};
    return rt->internals->pages[words] = page;
}

// Puts some untouched memory of a page on the free list, lowest address first.
static void carve(fx_runtime *rt, unsigned words) {
    size_t size = sizeof(fx_object) + words * sizeof(fx_value);
    fx_page *page = find_page(rt, words, size);
    char *memory = (char *)(page + 1) + page->carved;
    size_t count = (page->size - page->carved) / size;
    if (count > CARVE / size + 1) count = CARVE / size + 1;
    page->carved += count * size;
    while (count--) {
        fx_object *object = (fx_object *)(memory + count * size);
        object->count = 0;
        object->fields[0] = fx_value_of(rt->free[words]);
        rt->free[words] = object;
    }
}
#endif

fx_object *fx_allocate_slow(fx_runtime *rt, unsigned words) {
#ifndef FX_MALLOC
    if (words <= FX_SMALL_WORDS) {
        carve(rt, words);
        fx_object *object = rt->free[words];
        rt->free[words] = fx_object_of(object->fields[0]);
        return object;
    }
#endif
    return allocate_alone(rt, words);
}

void fx_free_slow(fx_runtime *rt, fx_object *object, unsigned words) {
    (void)rt, (void)words;
    probe_stack();
    fx_large *large = large_of(object);
    large->previous->next = large->next;
    large->next->previous = large->previous;
    free(large);
}

static void visit_page(fx_page *page, unsigned words, void (*visit)(void *context, const fx_object *object), void *context) {
    size_t size = sizeof(fx_object) + words * sizeof(fx_value);
    for (size_t at = 0; at < page->carved; at += size) {
        const fx_object *object = (const fx_object *)((char *)(page + 1) + at);
        if (object->count) visit(context, object);
    }
}

void fx_each_live(fx_runtime *rt, void (*visit)(void *context, const fx_object *object), void *context) {
    for (unsigned words = 0; words <= FX_SMALL_WORDS; words++)
        for (fx_page *page = rt->internals->pages[words]; page; page = page->next) visit_page(page, words, visit, context);
    fx_large *list = &rt->internals->larges;
    for (fx_large *large = list->next; large != list; large = large->next) visit(context, &large->object);
}

void fx_heap_free(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    for (unsigned words = 0; words <= FX_SMALL_WORDS; words++) {
        for (fx_page *page = internals->pages[words], *next; page; page = next) {
            next = page->next;
            free(page);
        }
    }
    while (internals->larges.next != &internals->larges) fx_free_slow(rt, &internals->larges.next->object, 0);
}
