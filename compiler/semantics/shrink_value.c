// Smaller values than a counterexample, each in one place. The order is that of QuickCheck's shrink (Claessen and Hughes, "QuickCheck: a
// lightweight tool for random testing of Haskell programs", 2000): what leaves out most comes first.

#include "sample.h"

#include <math.h>

static Sample *copy_sample(Arena *arena, const Sample *sample) {
    Sample *copy = NEW(arena, Sample);
    *copy = *sample;
    copy->items = (Samples){0};
    return copy;
}

// The sample with its items [from, to) left out.
static Sample *without(Arena *arena, const Sample *sample, size_t from, size_t to) {
    Sample *copy = copy_sample(arena, sample);
    for (size_t i = 0; i < sample->items.count; i++)
        if (i < from || i >= to) vector_push(arena, &copy->items, sample->items.items[i]);
    return copy;
}

static Sample *with_item(Arena *arena, const Sample *sample, size_t index, Sample *item) {
    Sample *copy = copy_sample(arena, sample);
    for (size_t i = 0; i < sample->items.count; i++) vector_push(arena, &copy->items, i == index ? item : sample->items.items[i]);
    return copy;
}

static bool is_same(const Sample *left, const Sample *right) {
    if (left == right) return true;
    bool same = left->kind == right->kind && left->integer == right->integer && left->number == right->number && text_equal(left->text, right->text);
    if (!same || left->constructor != right->constructor || left->builder != right->builder || left->items.count != right->items.count) return false;
    for (size_t i = 0; i < left->items.count; i++)
        if (!is_same(left->items.items[i], right->items.items[i])) return false;
    return true;
}

// Items that are the same become smaller together, for it may be that they have to be the same.
static void shrink_same_items(Arena *arena, const Sample *sample, Samples *smaller) {
    for (size_t i = 0; i < sample->items.count; i++) {
        const Sample *item = sample->items.items[i];
        size_t before = 0, behind = i + 1;
        while (before < i && !is_same(sample->items.items[before], item)) before++;
        while (behind < sample->items.count && !is_same(sample->items.items[behind], item)) behind++;
        if (before < i || behind == sample->items.count) continue;
        Samples items = shrink_sample(arena, item);
        for (size_t k = 0; k < items.count; k++) {
            Sample *copy = copy_sample(arena, sample);
            for (size_t n = 0; n < sample->items.count; n++)
                vector_push(arena, &copy->items, is_same(sample->items.items[n], item) ? items.items[k] : sample->items.items[n]);
            vector_push(arena, smaller, copy);
        }
    }
}

static void shrink_items(Arena *arena, const Sample *sample, Samples *smaller) {
    shrink_same_items(arena, sample, smaller);
    for (size_t i = 0; i < sample->items.count; i++) {
        Samples items = shrink_sample(arena, sample->items.items[i]);
        for (size_t k = 0; k < items.count; k++) vector_push(arena, smaller, with_item(arena, sample, i, items.items[k]));
    }
}

// ---- numbers and texts ----

static void add_int(Arena *arena, const Sample *sample, int64_t integer, Samples *smaller) {
    Sample *copy = copy_sample(arena, sample);
    copy->integer = integer;
    vector_push(arena, smaller, copy);
}

// Towards `least`: it, then half the way, and so on to the nearest.
static void shrink_int(Arena *arena, const Sample *sample, int64_t least, Samples *smaller) {
    int64_t value = sample->integer;
    if (value == least) return;
    if (value < 0 && value != INT64_MIN) add_int(arena, sample, -value, smaller);
    add_int(arena, sample, least, smaller);
    bool is_extreme = value == INT64_MAX || value == INT64_MIN; // simpler than what is near it
    for (int64_t distance = value / 2 - least / 2; distance != 0; distance = is_extreme ? 0 : distance / 2)
        if (value - distance != least) add_int(arena, sample, value - distance, smaller);
}

// Letters are smaller than other characters, `a` the smallest.
static void shrink_char(Arena *arena, const Sample *sample, Samples *smaller) {
    static const char simple[] = "ab0 ";
    for (const char *at = simple; *at && *at != sample->integer; at++) add_int(arena, sample, *at, smaller);
    if (sample->integer > 'z' || (sample->integer < 'a' && sample->integer != '0' && sample->integer != ' ')) add_int(arena, sample, 'c', smaller);
}

static void add_float(Arena *arena, const Sample *sample, double number, Samples *smaller) {
    Sample *copy = copy_sample(arena, sample);
    copy->number = number;
    vector_push(arena, smaller, copy);
}

// A whole number, of half as many bits, then as an Int is.
static void shrink_float(Arena *arena, const Sample *sample, Samples *smaller) {
    enum { MANY_BITS = 20 };
    double value = sample->number;
    int bits;
    if (value == 0) return;
    frexp(value, &bits);
    add_float(arena, sample, 0, smaller);
    if (value < 0) add_float(arena, sample, -value, smaller);
    if (bits > MANY_BITS) add_float(arena, sample, ldexp(value < 0 ? -1 : 1, bits / 2), smaller);
    if (trunc(value) != value) {
        add_float(arena, sample, trunc(value), smaller);
        if (value > 0) add_float(arena, sample, ceil(value), smaller);
        return;
    }
    for (double distance = trunc(value / 2); distance != 0 && value - distance != value; distance = trunc(distance / 2))
        add_float(arena, sample, value - distance, smaller);
}

static void add_text(Arena *arena, const Sample *sample, Text start, Text end, Samples *smaller) {
    Sample *copy = copy_sample(arena, sample);
    Builder text = builder_in(arena);
    build_text(&text, start);
    build_text(&text, end);
    copy->text = builder_text(&text);
    vector_push(arena, smaller, copy);
}

static size_t scalar_length(Text text, size_t at) {
    size_t length = 1;
    while (at + length < text.length && ((unsigned char)text.bytes[at + length] & 0xc0) == 0x80) length++;
    return length;
}

static void shrink_text(Arena *arena, const Sample *sample, Samples *smaller) {
    Text text = sample->text, none = {"", 0};
    if (!text.length) return;
    add_text(arena, sample, none, none, smaller);
    if (text.length > 3) {
        add_text(arena, sample, (Text){text.bytes, text.length / 2}, none, smaller);
        add_text(arena, sample, none, (Text){text.bytes + text.length / 2, text.length - text.length / 2}, smaller);
    }
    for (size_t at = 0; at < text.length; at += scalar_length(text, at)) {
        size_t next = at + scalar_length(text, at);
        Text before = {text.bytes, at}, after = {text.bytes + next, text.length - next};
        add_text(arena, sample, before, after, smaller);
        if (next - at == 1 && text.bytes[at] == 'a') continue;
        Builder simpler = builder_in(arena);
        build_text(&simpler, before);
        build_byte(&simpler, 'a');
        add_text(arena, sample, builder_text(&simpler), after, smaller);
    }
}

// ---- values with parts ----

static void shrink_list(Arena *arena, const Sample *sample, Samples *smaller) {
    size_t count = sample->items.count;
    for (size_t length = count; length > 0; length /= 2)
        for (size_t from = 0; from + length <= count; from += length) vector_push(arena, smaller, without(arena, sample, from, from + length));
    shrink_items(arena, sample, smaller);
}

// What is inside and of the same type takes its place.
static void add_inner(Arena *arena, const Sample *sample, const Sample *within, Samples *smaller) {
    for (size_t i = 0; i < within->items.count; i++) {
        Sample *item = within->items.items[i];
        if (resolve_type(item->type) == resolve_type(sample->type) || type_equal(item->type, sample->type)) vector_push(arena, smaller, item);
        else if (within->kind == SAMPLE_DATA && item->kind == SAMPLE_LIST) add_inner(arena, sample, item, smaller);
    }
}

static void shrink_data(Arena *arena, const Sample *sample, Samples *smaller) {
    const DataType *data = sample->constructor->data;
    for (size_t i = 0; i < data->constructors.count && data->constructors.items[i] != sample->constructor; i++) {
        if (data->constructors.items[i]->fields.count) continue;
        Sample *constant = copy_sample(arena, sample);
        constant->constructor = data->constructors.items[i];
        vector_push(arena, smaller, constant);
    }
    add_inner(arena, sample, sample, smaller);
    shrink_items(arena, sample, smaller);
}

static void shrink_function(Arena *arena, const Sample *sample, Samples *smaller) {
    for (size_t i = 0; i + 2 < sample->items.count; i += 2) vector_push(arena, smaller, without(arena, sample, i, i + 2));
    shrink_items(arena, sample, smaller);
}

Samples shrink_sample(Arena *arena, const Sample *sample) {
    Samples smaller = {0};
    switch (sample->kind) {
    case SAMPLE_INT: shrink_int(arena, sample, 0, &smaller); break;
    case SAMPLE_CHAR: shrink_char(arena, sample, &smaller); break;
    case SAMPLE_FLOAT: shrink_float(arena, sample, &smaller); break;
    case SAMPLE_STRING: shrink_text(arena, sample, &smaller); break;
    case SAMPLE_DATA: shrink_data(arena, sample, &smaller); break;
    case SAMPLE_LIST: shrink_list(arena, sample, &smaller); break;
    case SAMPLE_FUNCTION: shrink_function(arena, sample, &smaller); break;
    case SAMPLE_BUILT:
    case SAMPLE_COMPUTATION: shrink_items(arena, sample, &smaller); break;
    case SAMPLE_HANDLE: break;
    }
    return smaller;
}
