// `show`: a value as fx source text. What is still to be shown is a list of pieces, so values may be a million deep; and it waits, with a
// frame, for the list or the text that stands for an opaque value.

#include "unknown.h"

#include <string.h>

// What a piece is: a text of its own when it has no item, else one of these.
static const char PLAIN[] = "value", NESTED[] = "argument", REST[] = "rest of a list", SOURCE[] = "source text";

static Object *text_piece(Machine *machine, const char *text, Object *next) { return make_object(machine, PIECE, text, next, NULL, 0); }

static Object *value_piece(Machine *machine, const char *kind, Value value, Object *next) {
    Object *piece = make_object(machine, PIECE, kind, next, NULL, 1);
    piece->items[0] = value;
    return piece;
}

// ---- strings and chars ----

// How many bytes the character at the start takes; 0: it is not UTF-8 (RFC 3629).
static size_t character_size(const unsigned char *at, size_t length) {
    if (at[0] < 0x80) return 1;
    size_t size = at[0] >= 0xc2 && at[0] < 0xe0 ? 2 : at[0] >= 0xe0 && at[0] < 0xf0 ? 3 : at[0] >= 0xf0 && at[0] < 0xf5 ? 4 : 0;
    if (!size || size > length) return 0;
    for (size_t i = 1; i < size; i++)
        if (at[i] >> 6 != 2) return 0;
    bool is_overlong = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xf0 && at[1] < 0x90);
    bool is_outside = (at[0] == 0xed && at[1] >= 0xa0) || (at[0] == 0xf4 && at[1] >= 0x90);
    return is_overlong || is_outside ? 0 : size;
}

static void build_escaped(Builder *builder, const unsigned char *at, size_t size, char quote) {
    static const char escaped[] = "\n\t\r\\\0", letters[] = "ntr\\0";
    const char *found = size == 1 ? memchr(escaped, at[0], sizeof escaped - 1) : NULL;
    if (found) build_format(builder, "\\%c", letters[found - escaped]);
    else if (at[0] == quote) build_format(builder, "\\%c", quote);
    else if (!size || at[0] < 0x20 || at[0] == 0x7f) build_format(builder, "\\x%02X", at[0]);
    else build_text(builder, (Text){(const char *)at, size});
}

void build_quoted(Builder *builder, Text text, char quote) {
    build_byte(builder, quote);
    for (size_t i = 0; i < text.length;) {
        const unsigned char *at = (const unsigned char *)text.bytes + i;
        size_t size = character_size(at, text.length - i);
        build_escaped(builder, at, size, quote);
        i += size ? size : 1;
    }
    build_byte(builder, quote);
}

static void build_char_literal(Builder *builder, Value value) {
    Builder plain = builder_in(builder->arena);
    build_plain(&plain, value);
    build_quoted(builder, builder_text(&plain), '\'');
}

static void build_number(Builder *builder, Value value, bool is_nested) {
    Builder plain = builder_in(builder->arena);
    build_plain(&plain, value);
    const char *text = builder_string(&plain);
    build_format(builder, is_nested && *text == '-' ? "(%s)" : "%s", text);
}

bool build_literal(Builder *builder, Value value, bool is_nested) {
    switch (value.kind) {
    case VALUE_INT:
    case VALUE_FLOAT: build_number(builder, value, is_nested); return true;
    case VALUE_CHAR: build_char_literal(builder, value); return true;
    case VALUE_STRING: build_quoted(builder, text_in(value), '"'); return true;
    default: return false;
    }
}

// ---- data ----

// The fields with what stands around them, in front of the rest.
static Object *show_fields(Machine *machine, Value value, const char *open, const char *separator, const char *close, const char *kind, Object *rest) {
    const Constructor *constructor = constructor_of(value);
    rest = text_piece(machine, close, rest);
    for (size_t i = value.object->count; i-- > 0;) {
        rest = value_piece(machine, kind, value.object->items[i], rest);
        if (constructor->field_names.count)
            rest = text_piece(machine, constructor->field_names.items[i], text_piece(machine, " = ", rest));
        if (i) rest = text_piece(machine, separator, rest);
    }
    return text_piece(machine, open, rest);
}

static Object *in_parentheses(Machine *machine, Value value, Object *rest) {
    return text_piece(machine, "(", value_piece(machine, PLAIN, value, text_piece(machine, ")", rest)));
}

static Object *show_data(Machine *machine, Value value, bool is_nested, Object *rest) {
    const Constructor *constructor = constructor_of(value);
    if (constructor->data == machine->program->builtins->list_type) {
        if (value.kind == VALUE_CONSTANT) return text_piece(machine, "[]", rest);
        Object *items = value_piece(machine, REST, value.object->items[1], rest);
        return text_piece(machine, "[", value_piece(machine, PLAIN, value.object->items[0], items));
    }
    if (value.kind == VALUE_CONSTANT) return text_piece(machine, constructor->name, rest);
    if (constructor->data->tuple_size) return show_fields(machine, value, "(", ", ", ")", PLAIN, rest);
    if (constructor->field_names.count) return show_fields(machine, value, "{ ", ", ", " }", PLAIN, rest);
    if (is_nested) return in_parentheses(machine, value, rest);
    return text_piece(machine, constructor->name, show_fields(machine, value, " ", " ", "", NESTED, rest));
}

static Object *show_rest(Machine *machine, Value list, Object *rest) {
    if (list.kind == VALUE_CONSTANT) return text_piece(machine, "]", rest);
    rest = value_piece(machine, REST, list.object->items[1], rest);
    return text_piece(machine, ", ", value_piece(machine, PLAIN, list.object->items[0], rest));
}

// A value that is shown as `Map.from_list [..]` or `Integer.of_int 7`: asks for the list or the text. False: it is not such.
static bool is_seen(Machine *machine, Task *task, Value value, Builder *builder, bool is_nested, Object *rest) {
    const DataType *data = data_of(value);
    const CoreDefinition *view = data ? view_of(machine, data) : NULL;
    if (!view) return false;
    if (is_nested) rest = text_piece(machine, ")", rest);
    if (is_nested) build_byte(builder, '(');
    if (data->seen_as) build_format(builder, "%s.from_list ", data->module);
    Value text = make_text(machine, builder->bytes, builder->length);
    push(machine, task, FRAME_SHOW, data->seen_as ? NESTED : SOURCE, rest, 1, &text);
    apply(machine, task, *global_value(machine, view), 1, &value);
    return true;
}

// ---- all pieces ----

// Shows the piece; false: it waits for what stands for an opaque value.
static bool show_piece(Machine *machine, Task *task, Builder *builder, const Object *piece, Object **rest) {
    Value value = piece->items[0];
    bool is_nested = piece->about == NESTED;
    if (piece->about == SOURCE) {
        build_text(builder, text_in(value));
        return true;
    }
    if (build_literal(builder, value, is_nested)) return true;
    if (piece->about == REST) *rest = show_rest(machine, value, *rest);
    else if (is_seen(machine, task, value, builder, is_nested, *rest)) return false;
    else *rest = show_data(machine, value, is_nested, *rest);
    return true;
}

static void show_pieces(Machine *machine, Task *task, Text before, Object *pieces) {
    Arena *arena = arena_create();
    Builder builder = builder_in(arena);
    build_text(&builder, before);
    while (pieces) {
        const Object *piece = pieces;
        pieces = piece->next;
        if (!piece->count) build_string(&builder, piece->about);
        else if (!show_piece(machine, task, &builder, piece, &pieces)) goto done;
    }
    answer(task, make_text(machine, builder.bytes, builder.length));
done:
    arena_destroy(arena);
}

void show_value(Machine *machine, Task *task, Value value) {
    if (machine->unknowns) value = inspect_deep(machine, value, "show");
    show_pieces(machine, task, (Text){"", 0}, value_piece(machine, PLAIN, value, NULL));
}

void show_seen(Machine *machine, Task *task, const Object *frame, Value seen) {
    show_pieces(machine, task, text_in(frame->items[0]), value_piece(machine, frame->about, seen, frame->scope));
}
