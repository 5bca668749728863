#include "source.h"

#include <string.h>

static size_t count_lines(Text text) {
    size_t count = 1;
    for (const char *at = text.bytes, *end = at + text.length; (at = memchr(at, '\n', (size_t)(end - at))); at++) count++;
    return count;
}

// A byte order mark is no part of the text.
static Text without_mark(Text text) {
    bool marked = text.length >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (Text){text.bytes + 3, text.length - 3} : text;
}

Source *source_create(Arena *arena, Symbol path, Text text) {
    Source *source = NEW(arena, Source);
    source->path = path;
    source->text = without_mark(text);
    Text seen = source->text;
    if (seen.length > SOURCE_LIMIT) seen.length = SOURCE_LIMIT;
    source->lines = NEW_ARRAY(arena, uint32_t, count_lines(seen));
    source->line_count = 1;
    for (const char *at = seen.bytes, *end = at + seen.length; (at = memchr(at, '\n', (size_t)(end - at)));) {
        at++;
        source->lines[source->line_count++] = (uint32_t)(at - seen.bytes);
    }
    return source;
}

// Counts from 0: the last line that starts at or before the offset.
static size_t line_index(const Source *source, uint32_t offset) {
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset) low = middle;
        else high = middle;
    }
    return low;
}

Position source_position(const Source *source, uint32_t offset) {
    if (offset > source->text.length) offset = (uint32_t)source->text.length;
    size_t line = line_index(source, offset);
    uint32_t column = 1;
    for (uint32_t at = source->lines[line]; at < offset; at++) {
        bool continuation = ((unsigned char)source->text.bytes[at] & 0xC0) == 0x80;
        if (!continuation) column++;
    }
    return (Position){(uint32_t)line + 1, column};
}

Text source_line(const Source *source, uint32_t line) {
    if (line == 0 || line > source->line_count) return (Text){"", 0};
    uint32_t start = source->lines[line - 1];
    const char *bytes = source->text.bytes + start;
    const char *end = memchr(bytes, '\n', source->text.length - start);
    size_t length = end ? (size_t)(end - bytes) : source->text.length - start;
    if (length && bytes[length - 1] == '\r') length--;
    return (Text){bytes, length};
}

Span span_origin(Span span) {
    if (!span.source || !span.source->origin) return span;
    size_t line = line_index(span.source, span.start);
    const LineOrigin *origin = &span.source->origins[line];
    if (!origin->is_copied) return (Span){span.source->origin, origin->start, origin->start};
    uint32_t shift = origin->start - origin->indent - span.source->lines[line], limit = (uint32_t)span.source->origin->text.length;
    uint32_t end = span.end + shift < limit ? span.end + shift : limit;
    return (Span){span.source->origin, span.start + shift, end};
}

Span span_join(Span first, Span last) { return (Span){first.source, first.start, last.end}; }
