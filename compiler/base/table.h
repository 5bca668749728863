#ifndef FX_BASE_TABLE_H
#define FX_BASE_TABLE_H
// A hash table from a pointer (a Symbol, a node) to a pointer, in an arena. Iteration is in the order of insertion, so output is deterministic.

#include <stdbool.h>
#include "arena.h"

typedef struct TableEntry {
    const void *key;
    void *value;
} TableEntry;

typedef struct Table {
    Arena *arena;
    TableEntry *entries; // in order of insertion
    size_t count;
    size_t entries_capacity;
    unsigned *slots; // index + 1 into entries, or 0
    size_t slot_count;
} Table;

Table table_in(Arena *arena);
// NULL when the key is not there.
void *table_get(const Table *table, const void *key);
bool table_has(const Table *table, const void *key);
void table_put(Table *table, const void *key, void *value);

#endif
