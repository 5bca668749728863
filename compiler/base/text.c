#include "text.h"

#include <stdio.h>
#include <string.h>

Text text_of(const char *terminated) { return (Text){terminated, strlen(terminated)}; }

bool text_equal(Text left, Text right) {
    return left.length == right.length && (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0);
}

// ---- interned names ----

typedef struct SymbolSlot {
    Symbol symbol; // NULL: empty
    uint32_t hash;
    uint32_t length;
} SymbolSlot;

// Open addressing with linear probing; slot_count is a power of two and at least twice `count`.
struct Symbols {
    Arena *arena;
    SymbolSlot *slots;
    size_t slot_count;
    size_t count;
};

enum { FIRST_SYMBOL_SLOTS = 1024 };

Symbols *symbols_create(Arena *arena) {
    Symbols *symbols = NEW(arena, Symbols);
    *symbols = (Symbols){arena, NEW_ARRAY(arena, SymbolSlot, FIRST_SYMBOL_SLOTS), FIRST_SYMBOL_SLOTS, 0};
    return symbols;
}

// Eight bytes a step, each folded in by a multiplication and a shift. Names are short, so the tail is most of the work.
static uint32_t hash_bytes(const char *bytes, size_t length) {
    uint64_t hash = length * UINT64_C(0x9E3779B97F4A7C15), word;
    for (; length >= 8; bytes += 8, length -= 8) {
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * UINT64_C(0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < length; i++) word = word << 8 | (unsigned char)bytes[i];
    hash = (hash ^ word) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32);
}

static SymbolSlot *find_symbol_slot(const Symbols *symbols, Text text, uint32_t hash) {
    size_t mask = symbols->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        SymbolSlot *slot = &symbols->slots[i];
        if (!slot->symbol) return slot;
        if (slot->hash == hash && slot->length == text.length && memcmp(slot->symbol, text.bytes, text.length) == 0) return slot;
    }
}

static void grow_symbols(Symbols *symbols) {
    Symbols larger = *symbols;
    larger.slot_count *= 2;
    larger.slots = NEW_ARRAY(symbols->arena, SymbolSlot, larger.slot_count);
    for (size_t i = 0; i < symbols->slot_count; i++) {
        SymbolSlot slot = symbols->slots[i];
        if (slot.symbol) *find_symbol_slot(&larger, (Text){slot.symbol, slot.length}, slot.hash) = slot;
    }
    *symbols = larger;
}

Symbol symbol_of_text(Symbols *symbols, Text text) {
    uint32_t hash = hash_bytes(text.bytes, text.length);
    SymbolSlot *slot = find_symbol_slot(symbols, text, hash);
    if (slot->symbol) return slot->symbol;
    char *bytes = arena_allocate(symbols->arena, text.length + 1);
    if (text.length) memcpy(bytes, text.bytes, text.length);
    *slot = (SymbolSlot){bytes, hash, (uint32_t)text.length};
    if (++symbols->count * 2 > symbols->slot_count) grow_symbols(symbols);
    return bytes;
}

Symbol symbol_of(Symbols *symbols, const char *name) { return symbol_of_text(symbols, text_of(name)); }

Symbol symbol_format(Symbols *symbols, const char *format, ...) {
    Builder builder = builder_in(symbols->arena);
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&builder, format, arguments);
    va_end(arguments);
    return symbol_of_text(symbols, builder_text(&builder));
}

// ---- builder ----

Builder builder_in(Arena *arena) { return (Builder){.arena = arena}; }

static void reserve(Builder *builder, size_t more) {
    size_t needed = builder->length + more;
    if (needed <= builder->capacity) return;
    size_t capacity = builder->capacity ? builder->capacity * 2 : 64;
    while (capacity < needed) capacity *= 2;
    char *bytes = arena_allocate(builder->arena, capacity);
    if (builder->length) memcpy(bytes, builder->bytes, builder->length);
    builder->bytes = bytes;
    builder->capacity = capacity;
}

void build_byte(Builder *builder, char byte) {
    reserve(builder, 1);
    builder->bytes[builder->length++] = byte;
}

void build_text(Builder *builder, Text text) {
    if (!text.length) return;
    reserve(builder, text.length);
    memcpy(builder->bytes + builder->length, text.bytes, text.length);
    builder->length += text.length;
}

void build_string(Builder *builder, const char *terminated) { build_text(builder, text_of(terminated)); }

void build_format_list(Builder *builder, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0) {
        reserve(builder, (size_t)length + 1);
        vsnprintf(builder->bytes + builder->length, (size_t)length + 1, format, again);
        builder->length += (size_t)length;
    }
    va_end(again);
}

void build_format(Builder *builder, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    build_format_list(builder, format, arguments);
    va_end(arguments);
}

Text builder_text(const Builder *builder) { return (Text){builder->bytes ? builder->bytes : "", builder->length}; }

const char *builder_string(Builder *builder) {
    char *copy = arena_allocate(builder->arena, builder->length + 1);
    if (builder->length) memcpy(copy, builder->bytes, builder->length);
    return copy;
}

// ---- near names ----

enum { LONGEST_COMPARED = 128 };

static unsigned smaller(unsigned left, unsigned right) { return left < right ? left : right; }

// One row of the distance matrix (Wagner and Fischer 1974, with the transposition of Damerau 1964). The row's smallest entry is returned.
static unsigned fill_row(unsigned *row, const unsigned *above, const unsigned *above_that, Text left, Text right, size_t i) {
    unsigned least = row[0] = (unsigned)i;
    for (size_t j = 1; j <= right.length; j++) {
        bool same = left.bytes[i - 1] == right.bytes[j - 1];
        unsigned cost = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + !same);
        bool swapped = i > 1 && j > 1 && left.bytes[i - 1] == right.bytes[j - 2] && left.bytes[i - 2] == right.bytes[j - 1];
        if (swapped) cost = smaller(cost, above_that[j - 2] + 1);
        row[j] = cost;
        least = smaller(least, cost);
    }
    return least;
}

// A text of LONGEST_COMPARED bytes or more is near nothing but itself.
unsigned text_distance(Text left, Text right, unsigned limit) {
    if (text_equal(left, right)) return 0;
    size_t gap = left.length > right.length ? left.length - right.length : right.length - left.length;
    if (gap > limit || left.length >= LONGEST_COMPARED || right.length >= LONGEST_COMPARED) return limit + 1;
    unsigned rows[3][LONGEST_COMPARED];
    for (size_t j = 0; j <= right.length; j++) rows[0][j] = (unsigned)j;
    unsigned least_above = 0;
    for (size_t i = 1; i <= left.length; i++) {
        // A transposition looks two rows up, so two rows in succession must be beyond the limit.
        unsigned least = fill_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], left, right, i);
        if (least > limit && least_above > limit) return limit + 1;
        least_above = least;
    }
    return smaller(rows[left.length % 3][right.length], limit + 1);
}
