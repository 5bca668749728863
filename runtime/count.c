// Freeing what the last reference has left (R1).
//
// The walk needs no stack of its own: while an object is taken apart, the slot of the field that is being freed links to the object above
// (the pointer reversal of Schorr and Waite, 1967). The last field is followed without a link, so that a list is freed cell by cell.

#include "runtime.h"

static size_t string_words(const fx_string *string) {
    return (sizeof(fx_string) - sizeof(fx_object) + string->capacity + sizeof(fx_value)) / sizeof(fx_value);
}

size_t fx_object_words(fx_runtime *rt, const fx_object *object) {
    const fx_info *info = &rt->infos[object->info];
    switch (info->kind) {
    case FX_KIND_STRING: return string_words((const fx_string *)object);
    case FX_KIND_ARRAY: return 2 + ((const fx_array *)object)->capacity;
    case FX_KIND_RESOURCE: return ((const fx_resource_type *)(intptr_t)object->fields[0])->words;
    default: return info->words;
    }
}

// The counted fields not yet dropped, and where the next of them stands.
static fx_value *next_field(fx_object *object, size_t words, bool is_array) {
    if (!is_array) return object->counted ? &object->fields[words - object->counted] : NULL;
    fx_array *array = (fx_array *)object;
    return object->tag == FX_COUNTED && array->length ? &array->items[array->length - 1] : NULL;
}

static void pass_field(fx_object *object, bool is_array) {
    if (is_array) ((fx_array *)object)->length--;
    else object->counted--;
}

// Where the field that was passed last stands.
static fx_value *passed_field(fx_object *object, size_t words, bool is_array) {
    return is_array ? &((fx_array *)object)->items[((fx_array *)object)->length] : &object->fields[words - object->counted - 1];
}

// Drops the object's fields up to the first whose last reference it held: answers that one, or NULL.
static fx_object *find_dead(fx_object *object, size_t words, bool is_array) {
    fx_value *field;
    while ((field = next_field(object, words, is_array))) {
        pass_field(object, is_array);
        if (fx_is_constant(*field)) continue;
        fx_object *child = fx_object_of(*field);
        if (child->count == 0 || --child->count) continue;
        return child;
    }
    return NULL;
}

static void free_object(fx_runtime *rt, fx_object *object, size_t words) { fx_free(rt, object, (unsigned)words); }

static void begin(fx_runtime *rt, fx_object *object) {
    uint8_t kind = rt->infos[object->info].kind;
    if (kind == FX_KIND_RESOURCE) {
        const fx_resource_type *type = (const fx_resource_type *)(intptr_t)object->fields[0];
        if (type->destroy) type->destroy(rt, object);
        if (rt->observer) fx_observe_gone(rt, object);
    }
    if (kind == FX_KIND_CONTINUATION) fx_destroy_continuation(rt, object);
    if (kind == FX_KIND_RESOURCE || kind == FX_KIND_STRING) object->counted = 0;
}

void fx_release(fx_runtime *rt, fx_object *object) {
    fx_object *above = NULL;
    begin(rt, object);
    for (;;) {
        bool is_array = rt->infos[object->info].kind == FX_KIND_ARRAY;
        size_t words = fx_object_words(rt, object);
        fx_object *child = find_dead(object, words, is_array);
        if (child) {
            if (next_field(object, words, is_array)) {
                *passed_field(object, words, is_array) = fx_value_of(above);
                above = object;
            } else free_object(rt, object, words);
            object = child;
            begin(rt, object);
            continue;
        }
        free_object(rt, object, words);
        if (!above) return;
        object = above;
        is_array = rt->infos[object->info].kind == FX_KIND_ARRAY;
        above = fx_object_of(*passed_field(object, fx_object_words(rt, object), is_array));
    }
}

void fx_drop_frame(fx_runtime *rt, fx_frame *frame) {
    for (unsigned i = frame->info->words - frame->info->counted; i < frame->info->words; i++) fx_drop(rt, frame->saved[i]);
    fx_free_frame(rt, frame);
}
