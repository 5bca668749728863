// Values as fx source text, by their types: for FX_RECORD and FX_TRACE.
//
// What the world has made (a socket, an open file) has no text of its own. It is called by a name, its type's with a number: `socket_1`.

#include <ctype.h>
#include "observe.h"

static void put_text(fx_buffer *buffer, const char *text) { fx_buffer_put(buffer, text, strlen(text)); }

static void put_string(fx_runtime *rt, fx_buffer *buffer, fx_value text) {
    fx_buffer_put(buffer, fx_string_bytes(text), fx_string_length(text));
    fx_drop(rt, text);
}

static void put_number(fx_runtime *rt, fx_buffer *buffer, fx_value text, bool is_argument) {
    bool in_parentheses = is_argument && *fx_string_bytes(text) == '-';
    if (in_parentheses) put_text(buffer, "(");
    put_string(rt, buffer, text);
    if (in_parentheses) put_text(buffer, ")");
}

static void put_resource(fx_runtime *rt, fx_buffer *buffer, const fx_shape *shape, fx_value value) {
    struct fx_observer *observer = rt->observer;
    const fx_object *object = fx_object_of(value);
    uintptr_t number = (uintptr_t)fx_pointers_get(&observer->names, object);
    if (!number) {
        number = ++observer->named;
        fx_pointers_put(&observer->names, object, (void *)number);
    }
    for (const char *at = shape->name; *at; at++) fx_buffer_format(buffer, "%c", tolower((unsigned char)*at));
    fx_buffer_format(buffer, "_%ju", (uintmax_t)number);
}

// The last reference to a resource is gone: another may come to stand at its place.
void fx_observe_gone(fx_runtime *rt, const fx_object *resource) { fx_pointers_remove(&rt->observer->names, resource); }

// ---- data ----

// Uncounted fields come first, then the counted ones.
static fx_value field_of(const fx_constructor_shape *constructor, const fx_object *object, size_t index) {
    size_t slot = 0;
    bool is_counted = constructor->fields[index]->is == FX_COUNTED;
    for (size_t i = 0; i < constructor->count; i++) {
        bool counted = constructor->fields[i]->is == FX_COUNTED;
        slot += i < index ? counted == is_counted || is_counted : is_counted && !counted;
    }
    return object->fields[slot];
}

static void put_fields(fx_runtime *rt, fx_buffer *buffer, const fx_constructor_shape *constructor, fx_value value, const char *separator, bool are_arguments) {
    for (size_t i = 0; i < constructor->count; i++) {
        if (i) put_text(buffer, separator);
        if (constructor->field_names) fx_buffer_format(buffer, "%s = ", constructor->field_names[i]);
        fx_show_shape(rt, buffer, constructor->fields[i], field_of(constructor, fx_object_of(value), i), are_arguments);
    }
}

static void put_data(fx_runtime *rt, fx_buffer *buffer, const fx_shape *shape, fx_value value, bool is_argument) {
    const fx_constructor_shape *constructor = &shape->constructors[shape->is == FX_WORD ? (unsigned)value : fx_tag(value)];
    if (constructor->field_names) {
        put_text(buffer, "{ ");
        put_fields(rt, buffer, constructor, value, ", ", false);
        put_text(buffer, " }");
    } else if (constructor->count == 0) put_text(buffer, constructor->name);
    else {
        fx_buffer_format(buffer, "%s%s ", is_argument ? "(" : "", constructor->name);
        put_fields(rt, buffer, constructor, value, " ", true);
        if (is_argument) put_text(buffer, ")");
    }
}

static void put_list(fx_runtime *rt, fx_buffer *buffer, const fx_shape *item, fx_value list) {
    put_text(buffer, "[");
    for (bool is_first = true; !fx_is_constant(list); list = fx_list_tail(list), is_first = false) {
        if (!is_first) put_text(buffer, ", ");
        fx_show_shape(rt, buffer, item, fx_list_head(list), false);
    }
    put_text(buffer, "]");
}

void fx_show_shape(fx_runtime *rt, fx_buffer *buffer, const fx_shape *shape, fx_value value, bool is_argument) {
    switch (shape->kind) {
    case FX_SHAPE_INT: put_number(rt, buffer, fx_int_to_string(rt, value), is_argument); break;
    case FX_SHAPE_FLOAT: put_number(rt, buffer, fx_float_to_string(rt, fx_to_double(value)), is_argument); break;
    case FX_SHAPE_CHAR: put_string(rt, buffer, fx_char_show(rt, value)); break;
    case FX_SHAPE_STRING: put_string(rt, buffer, fx_string_show(rt, value)); break;
    case FX_SHAPE_RESOURCE: put_resource(rt, buffer, shape, value); break;
    case FX_SHAPE_LIST: put_list(rt, buffer, shape->constructors[0].fields[0], value); break;
    case FX_SHAPE_TUPLE:
        put_text(buffer, "(");
        put_fields(rt, buffer, &shape->constructors[0], value, ", ", false);
        put_text(buffer, ")");
        break;
    case FX_SHAPE_DATA: put_data(rt, buffer, shape, value, is_argument); break;
    default: put_text(buffer, "_"); break;
    }
}
