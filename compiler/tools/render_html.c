// A failing spec as a page: what was said, the source with the step underlined, and the tasks as lanes in a drawing (SVG), the time going down.

#include "render.h"
#include "test_program.h"

#include <string.h>

enum {
    ROW = 30,       // of the drawing, in its units: one event
    HEAD = 44,      // above the first row
    LETTER = 8,     // wide, in the monospaced face
    NARROWEST = 120, // lane
    BROADEST = 440,
    GAP = 28,       // between lanes
    INSET = 4,      // of a box in its lane
    PADDING = 12,   // of a text in its lane
    COMES_IN = 10,  // below the top of a row: where an arrow arrives,
    GOES_OUT = 20,  // and where the next one leaves
    ROUND = 5,      // the corners of an arrow's way
};

static const char STYLE[] =
    ":root { color-scheme: light dark; --ink: #1c1e21; --paper: #ffffff; --quiet: #6b7280; --lane: #e5e7eb; --wait: #dbeafe; --edge: #3b82f6;\n"
    "  --bad: #b91c1c; --pink: #fee2e2; --code: #f6f7f9; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e9; --paper: #16181c; --quiet: #9aa1ac; --lane: #30343b; --wait: #1e2f4d;\n"
    "  --edge: #60a5fa; --bad: #fca5a5; --pink: #4c1d1d; --code: #1e2126; } }\n"
    "body { margin: 2.5rem auto; max-width: 72rem; padding: 0 1.5rem; background: var(--paper); color: var(--ink);\n"
    "  font: 16px/1.5 system-ui, sans-serif; }\n"
    "h1 { font-size: 1.4rem; margin: 0; } h1 small { color: var(--quiet); font-weight: normal; font-size: 1rem; }\n"
    "p.message { font-size: 1.1rem; color: var(--bad); margin: .5rem 0 1rem; }\n"
    "pre, code, text { font: 13px/1.5 ui-monospace, 'DejaVu Sans Mono', monospace; }\n"
    "pre { background: var(--code); padding: .8rem 1rem; border-radius: 6px; overflow-x: auto; }\n"
    "h1, p { overflow-wrap: anywhere; }\n"
    "dl { display: grid; grid-template-columns: fit-content(40%) minmax(0, 1fr); gap: .2rem 1rem; }\n"
    "dt { color: var(--quiet); overflow-wrap: anywhere; } dd { margin: 0; }\n"
    "dd pre { margin: 0; padding: .1rem .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "figure { margin: 1.5rem 0; } figure div { overflow-x: auto; } figcaption { color: var(--quiet); }\n"
    "svg { display: block; }\n"
    "svg text { fill: var(--ink); } svg .name { font-weight: 600; } svg .quiet { fill: var(--quiet); stroke: var(--paper); stroke-width: 4; paint-order: stroke; }\n"
    "svg .bad { fill: var(--bad); font-weight: 600; }\n"
    "svg .lane { stroke: var(--lane); stroke-width: 2; } svg .wait { fill: var(--wait); stroke: var(--edge); }\n"
    "svg .withdrawn { fill: var(--paper); stroke: var(--quiet); stroke-dasharray: 4 3; } svg .wrong { fill: var(--pink); stroke: var(--bad); }\n"
    "svg .way { fill: none; stroke: var(--quiet); stroke-width: 1.5; marker-end: url(#head); } svg #head path { fill: var(--quiet); }\n"
    "@media (max-width: 40rem) { body { margin: 1rem auto; padding: 0 1rem; } }\n";

// ---- text ----

static void build_escaped(Builder *out, Text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c == '<') build_string(out, "&lt;");
        else if (c == '>') build_string(out, "&gt;");
        else if (c == '&') build_string(out, "&amp;");
        else if (c == '"') build_string(out, "&quot;");
        else if (c < 0x20 && c != '\n') build_byte(out, ' ');
        else build_byte(out, (char)c);
    }
}

static void build_entry(Builder *out, const char *name, const char *text) {
    if (!text) return;
    build_string(out, "<dt>");
    build_escaped(out, text_of(name));
    build_string(out, "</dt><dd><pre>");
    build_escaped(out, text_of(text));
    build_string(out, "</pre></dd>\n");
}

// ---- the drawing ----

typedef struct Drawing {
    Builder *out;
    const SpecFailure *failure;
    unsigned *left, *width; // of each task's lane; width 0: nothing happens in it
    unsigned right;
} Drawing;

static unsigned columns_of(const char *text) { return text_width(text_of(text), strlen(text)); }

static void lay_out_lanes(Drawing *drawing) {
    Arena *arena = drawing->out->arena;
    const SpecFailure *failure = drawing->failure;
    drawing->left = NEW_ARRAY(arena, unsigned, failure->tasks.count + 1);
    drawing->width = NEW_ARRAY(arena, unsigned, failure->tasks.count + 1);
    for (size_t i = 0; i < failure->events.count; i++) {
        const SpecEvent *event = &failure->events.items[i];
        unsigned needed = columns_of(event_text(arena, event)) * LETTER + 2 * PADDING, *width = &drawing->width[event->task];
        if (needed > *width) *width = needed;
    }
    for (size_t i = 0; i < failure->tasks.count; i++) {
        if (!drawing->width[i]) continue;
        unsigned named = columns_of(task_name(arena, failure, i)) * LETTER + 2 * PADDING;
        if (drawing->width[i] < named) drawing->width[i] = named;
        if (drawing->width[i] < NARROWEST) drawing->width[i] = NARROWEST;
        if (drawing->width[i] > BROADEST) drawing->width[i] = BROADEST;
        drawing->left[i] = drawing->right;
        drawing->right += drawing->width[i] + GAP;
    }
}

static unsigned middle_of(const Drawing *drawing, size_t task) { return drawing->left[task] + drawing->width[task] / 2; }
static unsigned top_of(size_t row) { return (unsigned)(HEAD + row * ROW); }

// What does not fit into so many units is cut, and shown whole when it is pointed at.
static void build_svg_text(const Drawing *drawing, size_t task, unsigned y, const char *class, const char *text) {
    Builder *out = drawing->out;
    Text all = text_of(text);
    size_t length = all.length, most = (drawing->width[task] - 2 * PADDING) / LETTER;
    if (text_width(all, all.length) > most)
        while (length && text_width(all, length) > most - 1) length--;
    while (length < all.length && length && ((unsigned char)all.bytes[length] & 0xC0) == 0x80) length--;
    build_format(out, "<text x=\"%u\" y=\"%u\" class=\"%s\">", drawing->left[task] + PADDING, y, class);
    if (length < all.length) {
        build_string(out, "<title>");
        build_escaped(out, all);
        build_string(out, "</title>");
    }
    build_escaped(out, (Text){all.bytes, length});
    build_string(out, length < all.length ? "&hellip;</text>\n" : "</text>\n");
}

// The row in which what is asked in this one is answered or withdrawn; its own when it never is.
static size_t end_of_wait(const SpecFailure *failure, size_t row) {
    size_t task = failure->events.items[row].task;
    for (size_t i = row + 1; i < failure->events.count; i++) {
        const SpecEvent *event = &failure->events.items[i];
        if (event->task == task) return event->kind == SPEC_ANSWERED || event->kind == SPEC_CANCELLED ? i : row;
    }
    return failure->events.count - 1;
}

static void build_box(const Drawing *drawing, size_t task, size_t from, size_t to, const char *class) {
    build_format(drawing->out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"4\" class=\"%s\"/>\n", drawing->left[task] + INSET, top_of(from) + 3,
                 drawing->width[task] - 2 * INSET, (unsigned)(to - from + 1) * ROW - 6, class);
}

static void build_event(const Drawing *drawing, size_t row) {
    const SpecEvent *event = &drawing->failure->events.items[row];
    bool is_quiet = event->kind == SPEC_CANCELLED || event->kind == SPEC_ENDED || event->kind == SPEC_LEFT_OUT;
    const char *class = event->kind == SPEC_WRONG ? "bad" : is_quiet ? "quiet" : "";
    if (event->kind == SPEC_ASKED) {
        size_t end = end_of_wait(drawing->failure, row);
        bool withdrawn = drawing->failure->events.items[end].kind == SPEC_CANCELLED && end != row;
        build_box(drawing, event->task, row, end, withdrawn ? "withdrawn" : "wait");
    }
    if (event->kind == SPEC_DONE) build_box(drawing, event->task, row, row, "wait");
    if (event->kind == SPEC_WRONG) build_box(drawing, event->task, row, row, "wrong");
    build_svg_text(drawing, event->task, top_of(row) + 20, class, event_text(drawing->out->arena, event));
}

// Where an arrow touches what happens in a row, on its right or its left: its box, or the end of a text that has none.
static unsigned side_of(const Drawing *drawing, size_t row, bool is_right) {
    const SpecEvent *event = &drawing->failure->events.items[row];
    unsigned left = drawing->left[event->task], most = drawing->width[event->task] - INSET;
    if (!is_right) return left + INSET;
    if (event->kind != SPEC_ENDED && event->kind != SPEC_LEFT_OUT) return left + most;
    unsigned end = PADDING + columns_of(event_text(drawing->out->arena, event)) * LETTER + INSET;
    return left + (end < most ? end : most);
}

// From each event to the next of another task: who goes on. A row holds one text only, so that an arrow may cross all other lanes in the row
// which it comes from; it turns down in the gap before the lane which it goes to. No two arrows share a height.
static void build_way(const Drawing *drawing, size_t row) {
    size_t from = drawing->failure->events.items[row].task, to = drawing->failure->events.items[row + 1].task;
    if (from == to) return;
    bool is_right = drawing->left[to] > drawing->left[from];
    unsigned start = side_of(drawing, row, is_right), end = side_of(drawing, row + 1, !is_right);
    unsigned turn = is_right ? drawing->left[to] - GAP / 2 : drawing->left[to] + drawing->width[to] + GAP / 2;
    int round = is_right ? ROUND : -ROUND;
    unsigned below = top_of(row + 1) + COMES_IN;
    build_format(drawing->out, "<path d=\"M%u %u H%d q%d 0 %d %d V%u q0 %d %d %d H%u\" class=\"way\"/>\n", start, top_of(row) + GOES_OUT,
                 (int)turn - round, round, round, ROUND, below - ROUND, ROUND, round, ROUND, end);
}

static void build_drawing(Builder *out, const SpecFailure *failure) {
    Drawing drawing = {.out = out, .failure = failure};
    if (!failure->events.count) return;
    lay_out_lanes(&drawing);
    unsigned bottom = top_of(failure->events.count) + 8;
    build_format(out, "<figure>\n<div tabindex=\"0\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" role=\"img\""
                      " aria-label=\"What each task did, in order\">\n", drawing.right, bottom, drawing.right, bottom);
    build_string(out, "<marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\""
                      " orient=\"auto\"><path d=\"M0 0 L8 4 L0 8 z\"/></marker>\n");
    for (size_t i = 0; i < failure->tasks.count; i++) {
        if (!drawing.width[i]) continue;
        unsigned middle = middle_of(&drawing, i);
        build_format(out, "<line x1=\"%u\" y1=\"%u\" x2=\"%u\" y2=\"%u\" class=\"lane\"/>\n", middle, (unsigned)HEAD - 10, middle, bottom);
        build_svg_text(&drawing, i, 22, "name", task_name(out->arena, failure, i));
    }
    for (size_t i = 0; i < failure->events.count; i++) build_event(&drawing, i);
    for (size_t i = 0; i + 1 < failure->events.count; i++) build_way(&drawing, i);
    build_string(out, "</svg>\n</div>\n<figcaption>Each column is a task, the time goes down; a box lasts from the question to its answer, an arrow leads"
                      " to the task that goes on.");
    if (failure->switches == 1) build_string(out, " From box to box it goes back to another task once.");
    if (failure->switches > 1) build_format(out, " From box to box it goes back to another task %u times.", failure->switches);
    build_string(out, "</figcaption>\n</figure>\n");
}

// ---- the page ----

static void build_places(Builder *out, const SpecFailure *failure) {
    if (!failure->step.source) return;
    build_string(out, "<pre>");
    build_escaped(out, render_failure_places(out->arena, failure, false));
    build_string(out, "</pre>\n");
}

Text render_failure_page(Arena *arena, const TestReport *report) {
    Builder out = builder_in(arena);
    const FaultsVerdict *faults = report->spec->faults;
    bool is_otherwise = report->spec->outcome != SPEC_FAILED; // it holds, but not when the world answers otherwise
    const SpecFailure *failure = is_otherwise ? faults->failures.items[0].failure : report->spec->failure;
    Position position = source_position(report->place.source, report->place.start);
    build_string(&out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    build_escaped(&out, text_of(report->name));
    build_format(&out, "</title>\n<style>\n%s</style>\n<h1>", STYLE);
    build_escaped(&out, text_of(report->name));
    build_string(&out, " <small>");
    build_escaped(&out, text_of(report->place.source->path));
    build_format(&out, ":%u:%u</small></h1>\n<p class=\"message\">", position.line, position.column);
    if (is_otherwise) build_escaped(&out, text_of(faults->failures.items[0].when));
    build_string(&out, is_otherwise ? ": " : "");
    build_escaped(&out, text_of(failure->message));
    build_string(&out, "</p>\n<dl>\n");
    for (size_t i = 0; i < failure->values.count; i++) build_entry(&out, failure->values.items[i].name, failure->values.items[i].text);
    build_entry(&out, "the spec", failure->expected);
    build_entry(&out, "the program", failure->actual);
    build_string(&out, "</dl>\n");
    build_places(&out, failure);
    build_drawing(&out, failure);
    if (failure->token) build_format(&out, "<p>The same again: <code>fx test --replay %s %s</code></p>\n", failure->token, report->place.source->path);
    build_string(&out, "</html>\n");
    return builder_text(&out);
}
