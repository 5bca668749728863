// Two different values side by side: whole when they are short, else the places where they differ. Both are fx source as `show` writes it,
// which is read here as words, lists, tuples and records.

#include "test_program.h"

#include <string.h>

enum {
    SHORT = 100,         // bytes of a value that is shown whole
    CONTEXT = 40,        // bytes kept before and behind the first byte in which two long texts differ
    MOST_DIFFERENCES = 8,
    DEEPEST = 200,       // brackets within each other; what is deeper is compared as text
};

// A piece of the text between two commas: an optional `field = `, then words.
typedef struct Part {
    Text field; // length 0: none
    Text whole; // without the field
} Part;
typedef Vector(Part) Parts;

typedef struct Comparison {
    Arena *arena;
    Builder *out;
    const char *indentation;
    const char *names[2]; // of the sides, with their colons and blanks
    size_t found;
} Comparison;

// ---- reading ----

static size_t quoted_end(Text text, size_t at) {
    char quote = text.bytes[at++];
    while (at < text.length && text.bytes[at] != quote) at += text.bytes[at] == '\\' ? 2 : 1;
    return at < text.length ? at + 1 : text.length;
}

static bool is_opening(char c) { return c == '(' || c == '[' || c == '{'; }
static bool is_closing(char c) { return c == ')' || c == ']' || c == '}'; }

// Behind the bracket that closes the one at `at`.
static size_t bracket_end(Text text, size_t at) {
    size_t depth = 0;
    while (at < text.length) {
        char c = text.bytes[at];
        if (c == '"' || c == '\'') {
            at = quoted_end(text, at);
            continue;
        }
        depth += is_opening(c);
        depth -= is_closing(c);
        at++;
        if (!depth) return at;
    }
    return at;
}

// The end of the word at `at`: a bracket with what is in it, a literal, or what goes on to a blank or a bracket.
static size_t word_end(Text text, size_t at) {
    if (is_opening(text.bytes[at])) return bracket_end(text, at);
    if (text.bytes[at] == '"' || text.bytes[at] == '\'') return quoted_end(text, at);
    while (at < text.length && text.bytes[at] != ' ') at++;
    return at;
}

static Text part_of(Text text, size_t from, size_t to) { return (Text){text.bytes + from, to - from}; }

static Text trimmed(Text text) {
    while (text.length && text.bytes[0] == ' ') text = part_of(text, 1, text.length);
    while (text.length && text.bytes[text.length - 1] == ' ') text.length--;
    return text;
}

static Parts words_of(Arena *arena, Text text) {
    Parts words = {0};
    for (size_t at = 0; at < text.length;) {
        size_t end = word_end(text, at);
        Part word = {{"", 0}, part_of(text, at, end)};
        vector_push(arena, &words, word);
        for (at = end; at < text.length && text.bytes[at] == ' ';) at++;
    }
    return words;
}

static Part part_with_field(Text text) {
    size_t at = 0;
    text = trimmed(text);
    while (at < text.length && ((text.bytes[at] >= 'a' && text.bytes[at] <= 'z') || (at && text.bytes[at] != ' '))) at++;
    bool has_field = at && at + 2 < text.length && memcmp(text.bytes + at, " = ", 3) == 0;
    return has_field ? (Part){part_of(text, 0, at), part_of(text, at + 3, text.length)} : (Part){{"", 0}, text};
}

// What stands between the commas of a bracket.
static Parts parts_of(Arena *arena, Text bracket) {
    Parts parts = {0};
    Text inner = trimmed(part_of(bracket, 1, bracket.length - 1));
    size_t from = 0;
    for (size_t at = 0; at < inner.length;) {
        char c = inner.bytes[at];
        if (c == '"' || c == '\'') at = quoted_end(inner, at);
        else if (is_opening(c)) at = bracket_end(inner, at);
        else if (inner.bytes[at++] == ',') {
            vector_push(arena, &parts, part_with_field(part_of(inner, from, at - 1)));
            from = at;
        }
    }
    if (inner.length) vector_push(arena, &parts, part_with_field(part_of(inner, from, inner.length)));
    return parts;
}

// ---- writing ----

static size_t first_difference(Text left, Text right) {
    size_t at = 0;
    while (at < left.length && at < right.length && left.bytes[at] == right.bytes[at]) at++;
    while (at && ((unsigned char)left.bytes[at] & 0xC0) == 0x80) at--; // to the start of a character
    return at;
}

static void build_cut(Builder *out, Text text, size_t around) {
    size_t from = around > CONTEXT ? around - CONTEXT : 0, to = around + CONTEXT < text.length ? around + CONTEXT : text.length;
    if (text.length <= SHORT) from = 0, to = text.length;
    while (from && ((unsigned char)text.bytes[from] & 0xC0) == 0x80) from--;
    while (to < text.length && ((unsigned char)text.bytes[to] & 0xC0) == 0x80) to++;
    build_format(out, "%s", from ? "..." : "");
    build_text(out, part_of(text, from, to));
    build_format(out, "%s\n", to < text.length ? "..." : "");
}

static void build_side(const Comparison *c, const char *path, const char *name, Text text, size_t around) {
    build_format(c->out, "%s%s%s", c->indentation, *path ? "  " : "", name);
    if (text.length) build_cut(c->out, text, around);
    else build_string(c->out, "nothing\n");
}

static void report_difference(Comparison *c, const char *path, Text left, Text right) {
    if (++c->found > MOST_DIFFERENCES) return;
    size_t around = first_difference(left, right);
    if (*path) build_format(c->out, "%sat %s\n", c->indentation, path);
    build_side(c, path, c->names[0], left, around);
    build_side(c, path, c->names[1], right, around);
}

// ---- comparing ----

static const char *path_to(const Comparison *c, const char *path, const char *format, size_t index) {
    Builder longer = builder_in(c->arena);
    build_string(&longer, path);
    build_format(&longer, format, index);
    return builder_string(&longer);
}

static void compare_parts(Comparison *c, const char *path, Text left, Text right, unsigned depth);

// The rest of a part's list, from `from` to `to`, as it was written.
static Text slice_of(const Parts *parts, size_t from, size_t to) {
    if (from == to) return (Text){"", 0};
    const Text *last = &parts->items[to - 1].whole;
    return (Text){parts->items[from].whole.bytes, (size_t)(last->bytes + last->length - parts->items[from].whole.bytes)};
}

// Items that both begin and end with are left out; what is between may be of different lengths.
static void compare_lists(Comparison *c, const char *path, const Parts *left, const Parts *right, unsigned depth) {
    size_t start = 0, end = 0, shorter = left->count < right->count ? left->count : right->count;
    while (start < shorter && text_equal(left->items[start].whole, right->items[start].whole)) start++;
    while (end < shorter - start && text_equal(left->items[left->count - 1 - end].whole, right->items[right->count - 1 - end].whole)) end++;
    if (left->count != right->count) {
        report_difference(c, path_to(c, path, "[%zu]", start), slice_of(left, start, left->count - end), slice_of(right, start, right->count - end));
        return;
    }
    for (size_t i = start; i < left->count - end; i++)
        compare_parts(c, path_to(c, path, "[%zu]", i), left->items[i].whole, right->items[i].whole, depth);
}

static const char *path_to_field(const Comparison *c, const char *path, Text field) {
    Builder longer = builder_in(c->arena);
    build_format(&longer, "%s.%.*s", path, (int)field.length, field.bytes);
    return builder_string(&longer);
}

static bool have_same_fields(const Parts *left, const Parts *right) {
    if (left->count != right->count) return false;
    for (size_t i = 0; i < left->count; i++)
        if (!text_equal(left->items[i].field, right->items[i].field)) return false;
    return true;
}

// Records field by field, tuples part by part, an argument in parentheses as itself.
static void compare_groups(Comparison *c, const char *path, Text left, Text right, unsigned depth) {
    Parts of_left = parts_of(c->arena, left), of_right = parts_of(c->arena, right);
    if (left.bytes[0] == '[') {
        compare_lists(c, path, &of_left, &of_right, depth);
        return;
    }
    if (!have_same_fields(&of_left, &of_right)) {
        report_difference(c, path, left, right);
        return;
    }
    for (size_t i = 0; i < of_left.count; i++) {
        Text field = of_left.items[i].field;
        const char *inner = field.length ? path_to_field(c, path, field) : of_left.count == 1 ? path : path_to(c, path, ".%zu", i + 1);
        compare_parts(c, inner, of_left.items[i].whole, of_right.items[i].whole, depth);
    }
}

static bool are_same_groups(Text left, Text right) { return is_opening(left.bytes[0]) && left.bytes[0] == right.bytes[0]; }

// Words: the same constructor is looked into.
static void compare_parts(Comparison *c, const char *path, Text left, Text right, unsigned depth) {
    if (text_equal(left, right)) return;
    Parts of_left = words_of(c->arena, left), of_right = words_of(c->arena, right);
    bool alike = depth < DEEPEST && of_left.count && of_left.count == of_right.count;
    for (size_t i = 0; alike && i < of_left.count; i++) {
        Text one = of_left.items[i].whole, other = of_right.items[i].whole;
        alike = text_equal(one, other) || are_same_groups(one, other);
    }
    if (!alike) {
        report_difference(c, path, left, right);
        return;
    }
    for (size_t i = 0; i < of_left.count; i++) {
        Text one = of_left.items[i].whole, other = of_right.items[i].whole;
        if (!text_equal(one, other)) compare_groups(c, path, one, other, depth + 1);
    }
}

void render_sides(Builder *builder, const char *left_name, const char *left, const char *right_name, const char *right, const char *indentation) {
    Comparison c = {builder->arena, builder, indentation, {left_name, right_name}, 0};
    if (strlen(left) <= SHORT && strlen(right) <= SHORT) {
        build_format(builder, "%s%s%s\n%s%s%s\n", indentation, left_name, left, indentation, right_name, right);
        return;
    }
    compare_parts(&c, "", text_of(left), text_of(right), 0);
    if (!c.found) build_format(builder, "%s%s%s\n", indentation, left_name, left);
    if (c.found > MOST_DIFFERENCES) build_format(builder, "%sand in %zu more places\n", indentation, c.found - MOST_DIFFERENCES);
}

void render_difference(Builder *builder, const char *left, const char *right, const char *indentation) {
    render_sides(builder, "left:  ", left, "right: ", right, indentation);
}
