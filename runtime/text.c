// Strings: making, joining, comparing.

#include "runtime.h"

enum { BEFORE_BYTES = (sizeof(fx_string) - sizeof(fx_object)) / sizeof(fx_value) };

// An empty string with room for at least `capacity` bytes; the rest of its last word is room too.
static fx_string *make_with_room(fx_runtime *rt, size_t capacity) {
    if (capacity > UINT32_MAX * sizeof(fx_value) / 2) fx_fault(rt, NULL, "memory exhausted: a string of %zu bytes", capacity);
    size_t words = BEFORE_BYTES + (capacity + sizeof(fx_value)) / sizeof(fx_value);
    fx_string *string = (fx_string *)fx_allocate(rt, (unsigned)words, FX_INFO_STRING, 0, 0);
    string->length = 0;
    string->capacity = (words - BEFORE_BYTES) * sizeof(fx_value) - 1;
    return string;
}

fx_value fx_string_make(fx_runtime *rt, const char *bytes, size_t length) {
    fx_string *string = make_with_room(rt, length);
    string->length = length;
    if (bytes) memcpy(string->bytes, bytes, length);
    string->bytes[length] = 0;
    return fx_value_of(string);
}

fx_value fx_string_of(fx_runtime *rt, const char *terminated) { return fx_string_make(rt, terminated, strlen(terminated)); }

static void append(fx_string *string, fx_value piece) {
    memcpy(string->bytes + string->length, fx_string_bytes(piece), fx_string_length(piece));
    string->length += fx_string_length(piece);
    string->bytes[string->length] = 0;
}

// A unique left side grows by doubling, so that a text built up piece by piece is copied a bounded number of times.
fx_value fx_string_append_take(fx_runtime *rt, fx_value left, fx_value right) {
    if (fx_string_length(right) == 0) { fx_drop(rt, right); return left; }
    if (fx_string_length(left) == 0) { fx_drop(rt, left); return right; }
    fx_string *string = (fx_string *)fx_object_of(left);
    size_t length = string->length + fx_string_length(right);
    bool unique = fx_is_unique(left);
    if (!unique || string->capacity < length) {
        string = make_with_room(rt, unique && length < string->capacity * 2 ? string->capacity * 2 : length);
        append(string, left);
        fx_drop(rt, left);
    }
    append(string, right);
    fx_drop(rt, right);
    return fx_value_of(string);
}

fx_value fx_string_concatenate_take(fx_runtime *rt, unsigned count, const fx_value *pieces) {
    size_t length = 0;
    for (unsigned i = 0; i < count; i++) length += fx_string_length(pieces[i]);
    unsigned first = 0;
    fx_string *string = count ? (fx_string *)fx_object_of(pieces[0]) : NULL;
    bool unique = count && fx_is_unique(pieces[0]);
    if (unique && string->capacity >= length) first = 1;
    else string = make_with_room(rt, unique && length < string->capacity * 2 ? string->capacity * 2 : length); // a text that grows is doubled
    string->bytes[string->length] = 0;
    for (unsigned i = first; i < count; i++) {
        append(string, pieces[i]);
        fx_drop(rt, pieces[i]);
    }
    return fx_value_of(string);
}

int fx_string_compare(fx_value left, fx_value right) {
    size_t left_length = fx_string_length(left), right_length = fx_string_length(right);
    int order = memcmp(fx_string_bytes(left), fx_string_bytes(right), left_length < right_length ? left_length : right_length);
    return order ? order : (left_length > right_length) - (left_length < right_length);
}

bool fx_string_equal(fx_value left, fx_value right) {
    return left == right || (fx_string_length(left) == fx_string_length(right) &&
                             memcmp(fx_string_bytes(left), fx_string_bytes(right), fx_string_length(left)) == 0);
}
