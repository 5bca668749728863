// Diagnostics as text for people, and as JSON for tools.

#include "render.h"

#include <string.h>

enum {
    SMALLEST_GUTTER = 2, // digits of a line number
    LONGEST_LINE = 120,  // in columns of the terminal; what is longer is cut
    CONTEXT_KEPT = 30,   // columns kept before the first underline of a cut line
};

// ---- widths ----

typedef struct Range {
    uint32_t first;
    uint32_t last;
} Range;

static bool in_ranges(uint32_t scalar, const Range *ranges, size_t count) {
    for (size_t i = 0; i < count && ranges[i].first <= scalar; i++) {
        if (scalar <= ranges[i].last) return true;
    }
    return false;
}

// Columns of the terminal: after Unicode Standard Annex 11 (East Asian Width) and the marks that combine with what stands before them.
static unsigned scalar_width(uint32_t scalar) {
    static const Range none[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x610, 0x61A}, {0x64B, 0x65F}, {0xE31, 0xE31}, {0xE34, 0xE3A},
                                 {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
                                 {0x1F3FB, 0x1F3FF}, {0xE0100, 0xE01EF}};
    static const Range wide[] = {{0x1100, 0x115F}, {0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF},
                                 {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60},
                                 {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    if (scalar < 0x300) return 1;
    if (in_ranges(scalar, none, sizeof none / sizeof *none)) return 0;
    return in_ranges(scalar, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

// The bytes of the scalar at `at`; 0 when they are not UTF-8. `scalar` gets its value.
static size_t read_scalar(const char *at, const char *end, uint32_t *scalar) {
    unsigned char first = (unsigned char)*at;
    size_t length = first < 0x80 ? 1 : first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xC2 && first < 0xE0 ? 2 : 0;
    if (!length || (size_t)(end - at) < length) return 0;
    *scalar = length == 1 ? first : first & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)at[i] & 0xC0) != 0x80) return 0;
        *scalar = *scalar << 6 | ((unsigned char)at[i] & 0x3F);
    }
    bool overlong = (length == 3 && *scalar < 0x800) || (length == 4 && *scalar < 0x10000);
    return overlong || *scalar > 0x10FFFF || (*scalar >= 0xD800 && *scalar <= 0xDFFF) ? 0 : length;
}

// One scalar of a source line, as it is shown: what is no text becomes U+FFFD, a tab a blank. Answers its bytes.
static size_t show_scalar(const char *at, const char *end, Text *shown, unsigned *width) {
    uint32_t scalar = 0;
    size_t length = read_scalar(at, end, &scalar);
    *width = 1;
    *shown = (Text){at, length};
    if (length && scalar == '\t') *shown = (Text){" ", 1};
    else if (!length || scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0)) *shown = (Text){"\xEF\xBF\xBD", 3};
    else *width = scalar_width(scalar);
    return length ? length : 1;
}

unsigned text_width(Text text, size_t length) {
    unsigned width = 0;
    for (size_t i = 0; i < length && i < text.length;) {
        Text shown;
        unsigned one;
        i += show_scalar(text.bytes + i, text.bytes + text.length, &shown, &one);
        width += one;
    }
    return width;
}

// ---- what is underlined ----

// One underline: on one line, columns [from, to) of the terminal, counted from 0.
typedef struct Underline {
    const Source *source;
    uint32_t line;
    unsigned from;
    unsigned to;
    const Label *label; // NULL: the place of the diagnostic itself
} Underline;

typedef struct Renderer {
    Arena *arena;
    Builder out;
    bool colour;
    unsigned gutter; // digits of the largest line number shown
    const Diagnostic *diagnostic;
    Underline *underlines; // by file, then line, then column
    size_t count;
} Renderer;

static const char *paint(const Renderer *renderer, const char *code) { return renderer->colour ? code : ""; }

#define PLAIN "\x1b[0m"
#define BOLD "\x1b[1m"
#define BLUE "\x1b[1;34m"

static const char *main_colour(const Renderer *renderer) {
    return diagnostic_is_warning(renderer->diagnostic->code) ? "\x1b[1;33m" : "\x1b[1;31m";
}

// A span of several lines is underlined to the end of its first one.
static Underline underline_of(Span span, const Label *label) {
    Underline underline = {.source = span.source, .label = label};
    underline.line = source_position(span.source, span.start).line;
    Text text = source_line(span.source, underline.line);
    uint32_t line_start = span.source->lines[underline.line - 1];
    size_t start = span.start - line_start, end = span.end > span.start ? span.end - line_start : start;
    if (start > text.length) start = text.length;
    if (end > text.length) end = text.length;
    underline.from = text_width(text, start);
    underline.to = text_width(text, end);
    if (underline.to <= underline.from) underline.to = underline.from + 1;
    return underline;
}

// The diagnostic's own file first, the others in the order of its labels.
static size_t file_rank(const Renderer *renderer, const Source *source) {
    const Diagnostic *diagnostic = renderer->diagnostic;
    if (source == diagnostic->span.source) return 0;
    size_t rank = 0;
    while (rank < diagnostic->labels.count && diagnostic->labels.items[rank].span.source != source) rank++;
    return rank + 1;
}

static bool stands_before(const Renderer *renderer, const Underline *left, const Underline *right) {
    size_t left_rank = file_rank(renderer, left->source), right_rank = file_rank(renderer, right->source);
    if (left_rank != right_rank) return left_rank < right_rank;
    return left->line != right->line ? left->line < right->line : left->from < right->from;
}

static void collect_underlines(Renderer *renderer) {
    const Diagnostic *diagnostic = renderer->diagnostic;
    renderer->underlines = NEW_ARRAY(renderer->arena, Underline, diagnostic->labels.count + 1);
    renderer->count = 0;
    renderer->gutter = SMALLEST_GUTTER;
    for (size_t i = 0; i <= diagnostic->labels.count; i++) {
        const Label *label = i ? &diagnostic->labels.items[i - 1] : NULL;
        Span span = label ? label->span : diagnostic->span;
        if (!span.source) continue;
        Underline underline = underline_of(span, label);
        size_t place = renderer->count++;
        for (; place > 0 && stands_before(renderer, &underline, &renderer->underlines[place - 1]); place--) {
            renderer->underlines[place] = renderer->underlines[place - 1];
        }
        renderer->underlines[place] = underline;
        unsigned digits = 1;
        for (uint32_t line = underline.line; line >= 10; line /= 10) digits++;
        if (digits > renderer->gutter) renderer->gutter = digits;
    }
}

// ---- lines ----

// The part of a long line that is shown: columns [from, to) of it.
typedef struct Window {
    unsigned from;
    unsigned to;
} Window;

static Window window_of(Text text, unsigned first_underline) {
    unsigned width = text_width(text, text.length);
    if (width <= LONGEST_LINE) return (Window){0, width};
    unsigned from = first_underline > CONTEXT_KEPT ? first_underline - CONTEXT_KEPT : 0;
    if (from + LONGEST_LINE > width) from = width - LONGEST_LINE;
    return (Window){from, from + LONGEST_LINE};
}

static void start_row(Renderer *renderer, uint32_t line) {
    build_string(&renderer->out, paint(renderer, BLUE));
    if (line) build_format(&renderer->out, "%*u |", (int)renderer->gutter, line);
    else build_format(&renderer->out, "%*s |", (int)renderer->gutter, "");
    build_string(&renderer->out, paint(renderer, PLAIN));
}

static void build_line(Renderer *renderer, uint32_t line, Text text, Window window) {
    Builder *out = &renderer->out;
    start_row(renderer, line);
    if (text.length) build_byte(out, ' ');
    if (window.from) build_string(out, "...");
    unsigned column = 0;
    for (size_t i = 0; i < text.length;) {
        Text shown;
        unsigned width;
        i += show_scalar(text.bytes + i, text.bytes + text.length, &shown, &width);
        if (column >= window.from && column + width <= window.to) build_text(out, shown);
        column += width;
    }
    if (column > window.to) build_string(out, "...");
    while (out->length && out->bytes[out->length - 1] == ' ') out->length--;
    build_byte(out, '\n');
}

static void build_blanks(Builder *out, unsigned from, unsigned to) {
    for (; from < to; from++) build_byte(out, ' ');
}

// Where a column of the line is shown.
static unsigned shown_column(Window window, unsigned column) {
    unsigned shift = window.from ? 3 : 0;
    if (column < window.from) return shift;
    if (column > window.to) column = window.to;
    return column - window.from + shift;
}

static void build_marks(Renderer *renderer, const Underline *underline, unsigned from, unsigned to) {
    build_string(&renderer->out, underline->label ? paint(renderer, BLUE) : paint(renderer, main_colour(renderer)));
    for (; from < to; from++) build_byte(&renderer->out, underline->label ? '-' : '^');
    build_string(&renderer->out, paint(renderer, PLAIN));
}

static void build_label(Renderer *renderer, Text text, unsigned column) {
    build_string(&renderer->out, paint(renderer, BLUE));
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] == '\n') {
            build_byte(&renderer->out, '\n');
            start_row(renderer, 0);
            build_blanks(&renderer->out, 0, column + 1);
        } else {
            build_byte(&renderer->out, text.bytes[i]);
        }
    }
    build_string(&renderer->out, paint(renderer, PLAIN));
}

// The row of underlines, the text of the last one behind it; then the texts of the others, each under its own, from right to left.
static void build_underlines(Renderer *renderer, const Underline *first, size_t count, Window window) {
    Builder *out = &renderer->out;
    unsigned column = 0;
    start_row(renderer, 0);
    build_byte(out, ' ');
    for (size_t i = 0; i < count; i++) {
        unsigned from = shown_column(window, first[i].from), to = shown_column(window, first[i].to);
        if (to <= from) to = from + 1;
        if (i + 1 < count && to > shown_column(window, first[i + 1].from)) to = shown_column(window, first[i + 1].from);
        if (from < column) from = column;
        build_blanks(out, column, from);
        build_marks(renderer, &first[i], from, to);
        column = to > from ? to : from;
    }
    const Underline *last = &first[count - 1];
    if (last->label && last->label->text.length) {
        build_byte(out, ' ');
        build_label(renderer, last->label->text, column + 1);
    }
    build_byte(out, '\n');
    for (size_t i = count - 1; i-- > 0;) {
        if (!first[i].label || !first[i].label->text.length) continue;
        unsigned from = shown_column(window, first[i].from);
        start_row(renderer, 0);
        build_blanks(out, 0, from + 1);
        build_label(renderer, first[i].label->text, from);
        build_byte(out, '\n');
    }
}

// Lines between two that are shown: one is shown too, several are left out.
static void build_gap(Renderer *renderer, const Source *source, uint32_t previous, uint32_t line) {
    if (line == previous + 2) {
        Text text = source_line(source, previous + 1);
        build_line(renderer, previous + 1, text, window_of(text, 0));
    } else if (line > previous + 2) {
        build_format(&renderer->out, "%s%*s%s\n", paint(renderer, BLUE), (int)renderer->gutter + 1, "...", paint(renderer, PLAIN));
    }
}

static void build_place(Renderer *renderer, const char *arrow, Span span) {
    Position position = source_position(span.source, span.start);
    build_format(&renderer->out, "%s%*s%s%s %s:%u:%u\n", paint(renderer, BLUE), (int)renderer->gutter - 1, "", arrow, paint(renderer, PLAIN),
                 span.source->path, position.line, position.column);
    start_row(renderer, 0);
    build_byte(&renderer->out, '\n');
}

static void build_snippets(Renderer *renderer) {
    const Source *source = NULL;
    uint32_t previous = 0;
    for (size_t i = 0, next; i < renderer->count; i = next) {
        const Underline *underline = &renderer->underlines[i];
        next = i + 1;
        while (next < renderer->count && renderer->underlines[next].source == underline->source && renderer->underlines[next].line == underline->line) next++;
        if (underline->source != source) {
            bool is_own = underline->source == renderer->diagnostic->span.source;
            build_place(renderer, is_own ? "-->" : ":::", is_own ? renderer->diagnostic->span : underline->label->span);
            source = underline->source;
        } else {
            build_gap(renderer, source, previous, underline->line);
        }
        Text text = source_line(source, underline->line);
        Window window = window_of(text, underline->from);
        build_line(renderer, underline->line, text, window);
        build_underlines(renderer, underline, next - i, window);
        previous = underline->line;
    }
}

// ---- one diagnostic ----

// A note of one or more lines, the later ones under the first.
static void build_note(Renderer *renderer, const char *word, Text text) {
    Builder *out = &renderer->out;
    build_format(out, "%s%*s =%s %s%s%s", paint(renderer, BLUE), (int)renderer->gutter, "", paint(renderer, PLAIN), paint(renderer, BOLD), word,
                 paint(renderer, PLAIN));
    for (size_t i = 0; i < text.length; i++) {
        build_byte(out, text.bytes[i]);
        if (text.bytes[i] == '\n') build_blanks(out, 0, renderer->gutter + 3 + (unsigned)strlen(word));
    }
    build_byte(out, '\n');
}

static void render_diagnostic(Renderer *renderer, const Diagnostic *diagnostic) {
    renderer->diagnostic = diagnostic;
    collect_underlines(renderer);
    Text message = diagnostic->message, rest = {0};
    const char *line_end = message.length ? memchr(message.bytes, '\n', message.length) : NULL;
    if (line_end) {
        rest = (Text){line_end + 1, (size_t)(message.bytes + message.length - line_end - 1)};
        message.length = (size_t)(line_end - message.bytes);
    }
    const char *severity = diagnostic_is_warning(diagnostic->code) ? "warning" : "error";
    build_format(&renderer->out, "%s%s[%s]%s%s: %.*s%s\n", paint(renderer, main_colour(renderer)), severity, diagnostic_name(diagnostic->code),
                 paint(renderer, PLAIN), paint(renderer, BOLD), (int)message.length, message.bytes, paint(renderer, PLAIN));
    build_snippets(renderer);
    if (rest.length) build_note(renderer, "", rest);
    if (diagnostic->hint.length) build_note(renderer, "hint: ", diagnostic->hint);
}

Text render_excerpt(Arena *arena, const Diagnostic *diagnostic, bool colour) {
    Renderer renderer = {.arena = arena, .out = builder_in(arena), .colour = colour, .diagnostic = diagnostic};
    collect_underlines(&renderer);
    build_snippets(&renderer);
    if (diagnostic->hint.length) build_note(&renderer, "hint: ", diagnostic->hint);
    return builder_text(&renderer.out);
}

Text render_diagnostics(Arena *arena, const Diagnostics *diagnostics, bool colour) {
    Renderer renderer = {.arena = arena, .out = builder_in(arena), .colour = colour};
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        if (i) build_byte(&renderer.out, '\n');
        render_diagnostic(&renderer, diagnostics->list.items[i]);
    }
    return builder_text(&renderer.out);
}

// ---- JSON ----

void build_json_text(Builder *out, Text text) {
    const char *end = text.bytes + text.length;
    build_byte(out, '"');
    for (const char *at = text.bytes; at < end;) {
        uint32_t scalar = 0;
        size_t length = read_scalar(at, end, &scalar);
        if (!length) build_string(out, "\\ufffd");
        else if (scalar == '\n') build_string(out, "\\n");
        else if (scalar < 0x20 || scalar == 0x7F) build_format(out, "\\u%04x", (unsigned)scalar);
        else if (scalar == '"' || scalar == '\\') build_format(out, "\\%c", (char)scalar);
        else build_text(out, (Text){at, length});
        at += length ? length : 1;
    }
    build_byte(out, '"');
}

void build_json_place(Builder *out, Span span) {
    if (!span.source) {
        build_string(out, "\"file\":null,\"line\":0,\"column\":0,\"end_line\":0,\"end_column\":0");
        return;
    }
    Position start = source_position(span.source, span.start), end = source_position(span.source, span.end);
    build_string(out, "\"file\":");
    build_json_text(out, text_of(span.source->path));
    build_format(out, ",\"line\":%u,\"column\":%u,\"end_line\":%u,\"end_column\":%u", start.line, start.column, end.line, end.column);
}

static void build_json(Builder *out, const Diagnostic *diagnostic) {
    build_format(out, "{\"code\":\"%s\",\"severity\":\"%s\",", diagnostic_name(diagnostic->code),
                 diagnostic_is_warning(diagnostic->code) ? "warning" : "error");
    build_json_place(out, diagnostic->span);
    build_string(out, ",\"message\":");
    build_json_text(out, diagnostic->message);
    build_string(out, ",\"labels\":[");
    for (size_t i = 0; i < diagnostic->labels.count; i++) {
        build_string(out, i ? ",{" : "{");
        build_json_place(out, diagnostic->labels.items[i].span);
        build_string(out, ",\"text\":");
        build_json_text(out, diagnostic->labels.items[i].text);
        build_byte(out, '}');
    }
    build_string(out, "],\"hint\":");
    if (diagnostic->hint.length) build_json_text(out, diagnostic->hint);
    else build_string(out, "null");
    build_string(out, "}\n");
}

Text render_diagnostics_json(Arena *arena, const Diagnostics *diagnostics) {
    Builder out = builder_in(arena);
    for (size_t i = 0; i < diagnostics->list.count; i++) build_json(&out, diagnostics->list.items[i]);
    return builder_text(&out);
}
