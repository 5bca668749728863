// A spec's failure in the terminal: the step, what was asked instead, and what each task did, side by side, the time going down.

#include "render.h"
#include "test_program.h"

#include <string.h>

enum {
    WIDEST = 116,   // columns of the terminal, for all tasks together
    NARROWEST = 16, // of one task; with more tasks than fit, lines get longer
    BROADEST = 48,
};

static const char *paint(bool colour, const char *code) { return colour ? code : ""; }

#define PLAIN "\x1b[0m"
#define BOLD "\x1b[1m"
#define RED "\x1b[1;31m"
#define GREY "\x1b[2m"

// ---- the place ----

static void indent_lines(Builder *out, Text text) {
    for (size_t i = 0; i < text.length; i++) {
        if (!i || text.bytes[i - 1] == '\n') build_string(out, "  ");
        build_byte(out, text.bytes[i]);
    }
}

Text render_failure_places(Arena *arena, const SpecFailure *failure, bool colour) {
    Diagnostic diagnostic = {.span = span_origin(failure->step), .hint = text_of(failure->hint ? failure->hint : "")};
    Label label = {span_origin(failure->place), text_of("the program is here")};
    if (!diagnostic.span.source) return (Text){"", 0};
    if (label.span.source) vector_push(arena, &diagnostic.labels, label);
    return render_excerpt(arena, &diagnostic, colour);
}

// A fault has several lines.
static void render_side(Builder *out, const char *name, const char *text) {
    if (!text) return;
    build_format(out, "  %s", name);
    for (; *text; text++) {
        if (*text == '\n' && !text[1]) break;
        build_byte(out, *text);
        if (*text == '\n') build_string(out, "  ");
    }
    build_byte(out, '\n');
}

// ---- the tasks side by side ----

typedef struct Timeline {
    Arena *arena;
    Builder *out;
    const SpecFailure *failure;
    bool colour;
    size_t *columns;  // of each task; SIZE_MAX: nothing happens in it
    unsigned *widths; // of each column
    size_t count;     // of columns
} Timeline;

const char *event_text(Arena *arena, const SpecEvent *event) {
    Builder text = builder_in(arena);
    switch (event->kind) {
    case SPEC_ASKED: build_format(&text, "%s ...", event->text); break;
    case SPEC_ANSWERED: build_format(&text, "  => %s", event->text); break;
    case SPEC_DONE: build_string(&text, event->text); break;
    case SPEC_CANCELLED: build_format(&text, "  withdrawn: %s", event->text); break;
    case SPEC_ENDED: build_format(&text, "ends%s%s", *event->text ? ": " : "", event->text); break;
    case SPEC_WRONG: build_format(&text, "! %s", event->text); break;
    case SPEC_LEFT_OUT: build_string(&text, event->text); break;
    }
    char *whole = (char *)builder_string(&text), *line_end = strchr(whole, '\n');
    if (line_end) *line_end = 0;
    return whole;
}

// Tasks of one name are told apart by whose branches they are.
const char *task_name(Arena *arena, const SpecFailure *failure, size_t index) {
    const SpecTask *task = &failure->tasks.items[index];
    Builder name = builder_in(arena);
    build_string(&name, task->name);
    for (size_t i = 0; i < failure->tasks.count; i++) {
        if (i == index || strcmp(failure->tasks.items[i].name, task->name) != 0) continue;
        if (task->parent) build_format(&name, " in %s", task_name(arena, failure, task->parent));
        break;
    }
    return builder_string(&name);
}

static void choose_columns(Timeline *timeline) {
    const SpecFailure *failure = timeline->failure;
    timeline->columns = NEW_ARRAY(timeline->arena, size_t, failure->tasks.count + 1);
    timeline->widths = NEW_ARRAY(timeline->arena, unsigned, failure->tasks.count + 1);
    for (size_t i = 0; i < failure->tasks.count; i++) timeline->columns[i] = SIZE_MAX;
    for (size_t i = 0; i < failure->events.count; i++) timeline->columns[failure->events.items[i].task] = 0;
    for (size_t i = 0; i < failure->tasks.count; i++)
        if (timeline->columns[i] != SIZE_MAX) timeline->columns[i] = timeline->count++;
}

static unsigned width_of(const char *text) { return text_width(text_of(text), strlen(text)); }

// As wide as what stands in it, but what all have together is shared when it is too much.
static void measure(Timeline *timeline) {
    const SpecFailure *failure = timeline->failure;
    unsigned share = (unsigned)(WIDEST / timeline->count);
    if (share < NARROWEST) share = NARROWEST;
    if (share > BROADEST) share = BROADEST;
    unsigned spare = 0, wide = 0;
    for (size_t i = 0; i < failure->tasks.count; i++)
        if (timeline->columns[i] != SIZE_MAX) timeline->widths[timeline->columns[i]] = width_of(task_name(timeline->arena, failure, i));
    for (size_t i = 0; i < failure->events.count; i++) {
        const SpecEvent *event = &failure->events.items[i];
        unsigned width = width_of(event_text(timeline->arena, event)), *column = &timeline->widths[timeline->columns[event->task]];
        if (width > *column) *column = width;
    }
    for (size_t i = 0; i < timeline->count; i++) {
        if (timeline->widths[i] > share) wide++;
        else spare += share - timeline->widths[i];
    }
    unsigned most = share + (wide ? spare / wide : 0);
    if (most > BROADEST) most = BROADEST;
    for (size_t i = 0; i < timeline->count; i++)
        if (timeline->widths[i] > most) timeline->widths[i] = most;
}

// The text in so many columns, filled up with blanks or cut.
static void build_cell(Builder *out, const char *text, unsigned width) {
    Text all = text_of(text);
    unsigned needed = text_width(all, all.length);
    size_t length = all.length;
    if (needed > width)
        while (length && text_width(all, length) > width - 3) length--;
    while (length && length < all.length && ((unsigned char)all.bytes[length] & 0xC0) == 0x80) length--;
    build_text(out, (Text){all.bytes, length});
    unsigned used = text_width(all, length);
    if (length < all.length) {
        build_string(out, "...");
        used += 3;
    }
    for (; used < width; used++) build_byte(out, ' ');
}

static void end_row(Builder *out) {
    while (out->length && out->bytes[out->length - 1] == ' ') out->length--;
    build_byte(out, '\n');
}

static void build_row(Timeline *timeline, size_t column, const char *text, const char *paint_code) {
    Builder *out = timeline->out;
    build_string(out, "  ");
    for (size_t i = 0; i < timeline->count; i++) {
        if (i) build_format(out, " %s|%s ", paint(timeline->colour, GREY), paint(timeline->colour, PLAIN));
        if (i == column && *paint_code) build_string(out, paint(timeline->colour, paint_code));
        build_cell(out, i == column ? text : "", timeline->widths[i]);
        if (i == column && *paint_code) build_string(out, paint(timeline->colour, PLAIN));
    }
    end_row(out);
}

static void build_heads(Timeline *timeline) {
    const SpecFailure *failure = timeline->failure;
    Builder *out = timeline->out;
    build_string(out, "  ");
    for (size_t i = 0, column = 0; i < failure->tasks.count; i++) {
        if (timeline->columns[i] == SIZE_MAX) continue;
        if (column) build_string(out, " | ");
        build_cell(out, task_name(timeline->arena, failure, i), timeline->widths[column++]);
    }
    end_row(out);
    build_string(out, "  ");
    for (size_t i = 0; i < timeline->count; i++) {
        if (i) build_string(out, "-+-");
        for (unsigned k = 0; k < timeline->widths[i]; k++) build_byte(out, '-');
    }
    end_row(out);
}

static void render_timeline(Builder *out, const SpecFailure *failure, bool colour) {
    Timeline timeline = {.arena = out->arena, .out = out, .failure = failure, .colour = colour};
    if (!failure->events.count) return;
    choose_columns(&timeline);
    measure(&timeline);
    build_byte(out, '\n');
    build_heads(&timeline);
    for (size_t i = 0; i < failure->events.count; i++) {
        const SpecEvent *event = &failure->events.items[i];
        bool is_quiet = event->kind == SPEC_CANCELLED || event->kind == SPEC_ENDED || event->kind == SPEC_LEFT_OUT;
        const char *code = event->kind == SPEC_WRONG ? RED : is_quiet ? GREY : "";
        build_row(&timeline, timeline.columns[event->task], event_text(out->arena, event), code);
    }
}

// ---- the whole ----

void render_spec_failure(Builder *out, const SpecFailure *failure, bool colour) {
    for (size_t i = 0; i < failure->values.count; i++) {
        const SpecValue *value = &failure->values.items[i];
        build_format(out, "  %s %s = %s\n", i ? "and" : "for", *value->name ? value->name : "_", value->text);
    }
    build_format(out, "  %s%s%s\n", paint(colour, BOLD), failure->message, paint(colour, PLAIN));
    indent_lines(out, render_failure_places(out->arena, failure, colour));
    bool are_alike = failure->expected && failure->actual && !strchr(failure->actual, '\n') && strcmp(failure->expected, failure->actual) != 0;
    static const char *const of_spec[] = {"the spec:    ", "the program: "}, *const of_test[] = {"left:  ", "right: "};
    const char *const *names = failure->is_of_test ? of_test : of_spec;
    if (are_alike) render_sides(out, names[0], failure->expected, names[1], failure->actual, "  ");
    else {
        render_side(out, failure->actual ? "the spec:    " : "the spec: ", failure->expected);
        render_side(out, failure->is_of_test ? "" : "the program: ", failure->actual);
    }
    render_timeline(out, failure, colour);
    if (failure->switches) build_format(out, "\n  %u %s between tasks", failure->switches, failure->switches == 1 ? "switch" : "switches");
    if (failure->token) build_format(out, "%sthe same again: fx test --replay %s", failure->switches ? "; " : "\n  ", failure->token);
    if (failure->switches || failure->token) build_byte(out, '\n');
}
