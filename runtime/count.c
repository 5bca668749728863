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

static void free_object(fx_runtime *rt, fx_object *object, size_t words) { fx_free(rt, object, (unsigned)words); }

// Drops a value. A string that this frees holds nothing: it goes at once. Answers another object whose last reference this was, or NULL.
static inline fx_object *drop_field(fx_runtime *rt, fx_value value) {
    if (fx_is_constant(value)) return NULL;
    fx_object *object = fx_object_of(value);
    if (object->count != 1) {
        if (object->count) object->count--;
        return NULL;
    }
    object->count = 0;
    if (object->info != FX_INFO_STRING) return object;
    free_object(rt, object, string_words((const fx_string *)object));
    return NULL;
}

// Drops the object's counted fields up to the first whose last reference it held: answers that one, or NULL. What is left counts in `counted`.
static inline fx_object *find_dead(fx_runtime *rt, fx_object *object, size_t words) {
    fx_object *dead = NULL;
    unsigned left = object->counted;
    for (const fx_value *field = &object->fields[words - left]; left && !dead; left--) dead = drop_field(rt, *field++);
    object->counted = (uint8_t)left;
    return dead;
}

// The same for an array, from its end; what is left counts in `length`.
static fx_object *find_dead_item(fx_runtime *rt, fx_array *array) {
    while (array->object.tag == FX_COUNTED && array->length) {
        fx_object *dead = drop_field(rt, array->items[--array->length]);
        if (dead) return dead;
    }
    return NULL;
}

// What an object gives back that is neither memory nor fields.
static void begin(fx_runtime *rt, fx_object *object, fx_kind_of_object kind) {
    if (kind == FX_KIND_RESOURCE) {
        const fx_resource_type *type = (const fx_resource_type *)(intptr_t)object->fields[0];
        if (type->destroy) type->destroy(rt, object);
        if (rt->observer) fx_observe_gone(rt, object);
    }
    if (kind == FX_KIND_CONTINUATION) fx_destroy_continuation(rt, object);
    if (kind == FX_KIND_RESOURCE || kind == FX_KIND_STRING) object->counted = 0;
}

static fx_kind_of_object kind_of(fx_runtime *rt, const fx_object *object) { return (fx_kind_of_object)rt->infos[object->info].kind; }

static inline size_t words_of(fx_runtime *rt, const fx_object *object) {
    size_t words = rt->infos[object->info].words;
    return words ? words : fx_object_words(rt, object);
}

// The slot of the field that was followed last, where something is left behind it.
static inline fx_value *slot_followed(fx_object *object, size_t words, bool is_array) {
    return is_array ? &((fx_array *)object)->items[((fx_array *)object)->length] : &object->fields[words - object->counted - 1];
}

void fx_release(fx_runtime *rt, fx_object *object) {
    fx_object *above = NULL;
    if (object->info == FX_INFO_STRING) {
        free_object(rt, object, string_words((const fx_string *)object));
        return;
    }
    if (kind_of(rt, object) > FX_KIND_FRAME) begin(rt, object, kind_of(rt, object));
    for (;;) {
        bool is_array = object->info == FX_INFO_ARRAY;
        size_t words = words_of(rt, object);
        fx_object *dead = is_array ? find_dead_item(rt, (fx_array *)object) : find_dead(rt, object, words);
        if (dead) {
            if (is_array ? ((fx_array *)object)->length : object->counted) {
                *slot_followed(object, words, is_array) = fx_value_of(above);
                above = object;
            } else free_object(rt, object, words);
            object = dead;
            if (kind_of(rt, object) > FX_KIND_FRAME) begin(rt, object, kind_of(rt, object));
            continue;
        }
        free_object(rt, object, words);
        if (!above) return;
        object = above;
        above = fx_object_of(*slot_followed(object, words_of(rt, object), object->info == FX_INFO_ARRAY));
    }
}

void fx_drop_frame(fx_runtime *rt, fx_frame *frame) {
    for (unsigned i = frame->info->words - frame->info->counted; i < frame->info->words; i++) fx_drop(rt, frame->saved[i]);
    fx_free_frame(rt, frame);
}
