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
static fx_object *find_dead(fx_runtime *rt, fx_object *object, size_t words) {
    for (unsigned left = object->counted; left;) {
        fx_object *dead = drop_field(rt, object->fields[words - left--]);
        object->counted = (uint8_t)left;
        if (dead) return dead;
    }
    return NULL;
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

// Where the walk has come to in an object: the slot of the field that it followed last, and whether there are more.
typedef struct Step {
    fx_object *dead; // what it follows; NULL: nothing is left
    fx_value *slot;
    bool has_more;
} Step;

static Step next_step(fx_runtime *rt, fx_object *object, fx_kind_of_object kind, size_t words) {
    fx_array *array = (fx_array *)object;
    if (kind != FX_KIND_ARRAY) {
        fx_object *dead = find_dead(rt, object, words);
        return (Step){dead, &object->fields[words - object->counted - 1], object->counted};
    }
    fx_object *dead = find_dead_item(rt, array);
    return (Step){dead, &array->items[array->length], array->length};
}

static fx_value *slot_followed(fx_object *object, fx_kind_of_object kind, size_t words) {
    fx_array *array = (fx_array *)object;
    return kind == FX_KIND_ARRAY ? &array->items[array->length] : &object->fields[words - object->counted - 1];
}

void fx_release(fx_runtime *rt, fx_object *object) {
    fx_object *above = NULL;
    for (bool is_new = true;; is_new = false) {
        fx_kind_of_object kind = rt->infos[object->info].kind;
        if (is_new && kind > FX_KIND_FRAME) begin(rt, object, kind);
        size_t words = kind == FX_KIND_DATA ? rt->infos[object->info].words : fx_object_words(rt, object);
        if (!is_new) above = fx_object_of(*slot_followed(object, kind, words));
        for (;;) {
            Step step = next_step(rt, object, kind, words);
            if (!step.dead) break;
            if (step.has_more) {
                *step.slot = fx_value_of(above);
                above = object;
            } else free_object(rt, object, words);
            object = step.dead;
            kind = rt->infos[object->info].kind;
            if (kind > FX_KIND_FRAME) begin(rt, object, kind);
            words = kind == FX_KIND_DATA ? rt->infos[object->info].words : fx_object_words(rt, object);
        }
        free_object(rt, object, words);
        if (!above) return;
        object = above;
    }
}

void fx_drop_frame(fx_runtime *rt, fx_frame *frame) {
    for (unsigned i = frame->info->words - frame->info->counted; i < frame->info->words; i++) fx_drop(rt, frame->saved[i]);
    fx_free_frame(rt, frame);
}
