#ifndef FX_BASE_SOURCE_H
#define FX_BASE_SOURCE_H
// A source file's bytes, and places in it.

#include <stdint.h>
#include "text.h"

// The longest text that is compiled, in bytes; offsets fit 32 bits.
enum { SOURCE_LIMIT = 64 * 1024 * 1024 };

typedef struct Source {
    Symbol path;      // as it is shown in messages
    Text text;        // ended by at least one NUL beyond text.length (re2c's sentinel)
    uint32_t *lines;  // byte offset of each line's start
    size_t line_count;
    uint32_t order;   // place among the files of the compilation; set by whoever loads them, messages are sorted by it
    const struct Source *origin; // the text was put together from lines of this one; NULL: it is as it was written
    const struct LineOrigin *origins; // then of each line
} Source;

// Where a line that was put together comes from.
typedef struct LineOrigin {
    uint32_t start;  // in the origin
    uint32_t indent; // bytes at the line's start that are not there
    bool is_copied;  // what follows them is; else the whole line stands for that one place
} LineOrigin;

// Bytes [start, end) of a source.
typedef struct Span {
    const Source *source;
    uint32_t start;
    uint32_t end;
} Span;

// Line and column count from 1; columns count Unicode scalars.
typedef struct Position {
    uint32_t line;
    uint32_t column;
} Position;

// A byte order mark at the start is left out of the text. A text above SOURCE_LIMIT has a line table up to the limit.
Source *source_create(Arena *arena, Symbol path, Text text);
Position source_position(const Source *source, uint32_t offset);
// The line's bytes without its line end.
Text source_line(const Source *source, uint32_t line);
// Where the span was written.
Span span_origin(Span span);
Span span_join(Span first, Span last);

#endif
