#ifndef FX_BASE_TEXT_H
#define FX_BASE_TEXT_H
// Bytes with a length, interned names, and a builder for output.

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include "arena.h"

// May hold any bytes, NUL among them; not terminated.
typedef struct Text {
    const char *bytes;
    size_t length;
} Text;

// An interned, NUL-terminated name: two symbols are the same name exactly when they are the same pointer.
typedef const char *Symbol;

typedef struct Symbols Symbols;
Symbols *symbols_create(Arena *arena);
Symbol symbol_of_text(Symbols *symbols, Text text);
Symbol symbol_of(Symbols *symbols, const char *name);
Symbol symbol_format(Symbols *symbols, const char *format, ...) __attribute__((format(printf, 2, 3)));

Text text_of(const char *terminated);
bool text_equal(Text left, Text right);

// Grows in the arena. `builder.text` is what was written so far.
typedef struct Builder {
    Arena *arena;
    char *bytes;
    size_t length;
    size_t capacity;
} Builder;

Builder builder_in(Arena *arena);
void build_byte(Builder *builder, char byte);
void build_text(Builder *builder, Text text);
void build_string(Builder *builder, const char *terminated);
void build_format(Builder *builder, const char *format, ...) __attribute__((format(printf, 2, 3)));
void build_format_list(Builder *builder, const char *format, va_list arguments);
Text builder_text(const Builder *builder);
// Terminated copy of what was written.
const char *builder_string(Builder *builder);

// Edit distance with transpositions (Damerau-Levenshtein, restricted), for near names; stops counting above `limit`.
unsigned text_distance(Text left, Text right, unsigned limit);

#endif
