#include "table.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_SLOTS = 16 };

Table table_in(Arena *arena) { return (Table){.arena = arena}; }

// Fibonacci hashing (Knuth, volume 3, section 6.4): the high bits of the product are well mixed.
static size_t first_slot(const Table *table, const void *key) {
    uint64_t mixed = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(mixed >> 32) & (table->slot_count - 1);
}

// The slot that holds the key, or the empty one where it belongs. Linear probing; slot_count is a power of two.
static size_t find_slot(const Table *table, const void *key) {
    size_t slot = first_slot(table, key);
    while (table->slots[slot] && table->entries[table->slots[slot] - 1].key != key) {
        slot = (slot + 1) & (table->slot_count - 1);
    }
    return slot;
}

static TableEntry *find_entry(const Table *table, const void *key) {
    if (!table->slot_count) return NULL;
    unsigned index = table->slots[find_slot(table, key)];
    return index ? &table->entries[index - 1] : NULL;
}

void *table_get(const Table *table, const void *key) {
    TableEntry *entry = find_entry(table, key);
    return entry ? entry->value : NULL;
}

bool table_has(const Table *table, const void *key) { return find_entry(table, key) != NULL; }

static void grow_entries(Table *table) {
    size_t capacity = table->entries_capacity ? table->entries_capacity * 2 : FIRST_SLOTS / 2;
    TableEntry *entries = NEW_ARRAY(table->arena, TableEntry, capacity);
    if (table->count) memcpy(entries, table->entries, table->count * sizeof(TableEntry));
    table->entries = entries;
    table->entries_capacity = capacity;
}

static void grow_slots(Table *table) {
    table->slot_count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
    table->slots = NEW_ARRAY(table->arena, unsigned, table->slot_count);
    for (size_t i = 0; i < table->count; i++) {
        table->slots[find_slot(table, table->entries[i].key)] = (unsigned)i + 1;
    }
}

void table_put(Table *table, const void *key, void *value) {
    TableEntry *entry = find_entry(table, key);
    if (entry) {
        entry->value = value;
        return;
    }
    if (table->count == table->entries_capacity) grow_entries(table);
    if ((table->count + 1) * 2 > table->slot_count) grow_slots(table);
    table->slots[find_slot(table, key)] = (unsigned)table->count + 1;
    table->entries[table->count++] = (TableEntry){key, value};
}
