// What libraries keep in a runtime.

#include <stdlib.h>
#include "runtime.h"

void *fx_library_state(fx_runtime *rt, const fx_library *library) {
    for (fx_library_entry *entry = rt->internals->libraries; entry; entry = entry->next)
        if (entry->library == library) return entry->state;
    fx_library_entry *entry = fx_memory(rt, sizeof *entry + library->size);
    memset(entry, 0, sizeof *entry + library->size);
    *entry = (fx_library_entry){rt->internals->libraries, library, entry + 1};
    rt->internals->libraries = entry;
    if (library->open) library->open(rt, entry->state);
    return entry->state;
}

void fx_flush(fx_runtime *rt) {
    for (fx_library_entry *entry = rt->internals->libraries; entry; entry = entry->next)
        if (entry->library->flush) entry->library->flush(rt, entry->state);
}

void fx_close_libraries(fx_runtime *rt) {
    fx_flush(rt);
    for (fx_library_entry *entry = rt->internals->libraries; entry; entry = entry->next)
        if (entry->library->close) entry->library->close(rt, entry->state);
}

void fx_free_libraries(fx_runtime *rt) {
    for (fx_library_entry *entry = rt->internals->libraries, *next; entry; entry = next) {
        next = entry->next;
        free(entry);
    }
    rt->internals->libraries = NULL;
}

int fx_argument_count(fx_runtime *rt) { return rt->internals->argument_count; }
char **fx_arguments(fx_runtime *rt) { return rt->internals->arguments; }
const fx_stats *fx_statistics(fx_runtime *rt) { return &rt->internals->stats; }
