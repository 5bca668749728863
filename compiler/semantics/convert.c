// Values as C sees them (runtime/fx.h), by their types. A value of a type variable goes in a box: C only keeps it.

#include "real_world.h"

#include <stdlib.h>

// ---- boxes ----

static void destroy_box(fx_runtime *rt, fx_object *resource) {
    (void)rt;
    Box *box = (Box *)(intptr_t)resource->fields[1];
    box->next->previous = box->previous;
    box->previous->next = box->next;
    free(box);
}

static const fx_resource_type box_type = {"value", 2, destroy_box};

static fx_value box_value(World *world, Value value) {
    fx_object *object = fx_resource_make(world->rt, &box_type);
    Box *box = fx_memory(world->rt, sizeof *box);
    *box = (Box){value, world->boxes.next, &world->boxes};
    box->next->previous = box;
    world->boxes.next = box;
    object->fields[1] = (fx_value)(intptr_t)box;
    return fx_value_of(object);
}

static Value unbox_value(fx_value value) { return ((Box *)(intptr_t)fx_object_of(value)->fields[1])->value; }

// ---- types ----


static const Builtins *builtins_of(const World *world) { return world->core->builtins; }

bool can_convert(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return type->kind == TYPE_PARAMETER;
    if (type->data->kind == DATA_EXTERN) return true;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (!can_convert(type->arguments.items[i])) return false;
    return true;
}

// A field's type in a value of type `whole`.
static Type *field_type(World *world, Type *whole, const Constructor *constructor, size_t index) {
    DataType *data = whole->data;
    Type *field = resolve_type(constructor->fields.items[index]);
    if (!data->parameters.count) return field;
    for (size_t i = 0; i < data->parameters.count && field->kind == TYPE_PARAMETER; i++)
        if (data->parameters.items[i] == field->parameter) return resolve_type(whole->arguments.items[i]);
    bool is_whole = field->kind == TYPE_DATA && field->data == data; // the rest of a list
    for (size_t i = 0; is_whole && i < data->parameters.count; i++) {
        const Type *argument = resolve_type(field->arguments.items[i]);
        is_whole = argument->kind == TYPE_PARAMETER && argument->parameter == data->parameters.items[i];
    }
    return is_whole ? whole : resolve_type(substitute_type(world->compilation->arena, field, &data->parameters, &whole->arguments));
}

static fx_representation representation_of(Type *type) {
    static const fx_representation held[] = {[REPRESENTATION_WORD] = FX_WORD, [REPRESENTATION_FLOAT] = FX_FLOAT, [REPRESENTATION_COUNTED] = FX_COUNTED};
    return held[find_representation(type)];
}

void drop_value(World *world, Type *type, fx_value value) { fx_drop_as(world->rt, representation_of(type), value); }

// ---- to the runtime ----

// Programs pass a long text to C again and again, to look at one byte: C's form of it is kept.
static fx_value text_to_runtime(World *world, Object *text) {
    enum { LONG = 64 };
    const Resource *kept = text->about;
    if (kept) {
        fx_dup(kept->foreign);
        return kept->foreign;
    }
    fx_value string = fx_string_make(world->rt, text_bytes(text), text->count);
    if (text->count < LONG || !world->keeps_texts) return string;
    Resource *resource = make_resource(world->machine, RESOURCE_FOREIGN, NULL);
    fx_dup(string);
    resource->foreign = string;
    text->about = resource;
    return string;
}

static fx_value list_to_runtime(World *world, Type *type, Value list) {
    Type *item_type = resolve_type(type->arguments.items[0]);
    fx_representation is = representation_of(item_type);
    size_t count = 0;
    Value item;
    for (Value rest = list; next_item(&rest, &item);) count++;
    fx_value *items = fx_memory(world->rt, (count + 1) * sizeof *items), converted = FX_NIL;
    for (size_t i = 0; next_item(&list, &item); i++) items[i] = value_to_runtime(world, item_type, item);
    while (count-- > 0) converted = fx_cons_take(world->rt, is, items[count], converted);
    free(items);
    return converted;
}

// Uncounted fields first, then the counted ones.
static fx_value data_to_runtime(World *world, Type *type, Value value) {
    const Constructor *constructor = constructor_of(value);
    if (type->data->holds_constants_only) return constructor->tag;
    if (value.kind == VALUE_CONSTANT) return fx_constant(constructor->tag);
    unsigned words = (unsigned)value.object->count, raw = 0, counted = 0;
    for (unsigned i = 0; i < words; i++) counted += representation_of(field_type(world, type, constructor, i)) == FX_COUNTED;
    fx_object *object = fx_allocate(world->rt, words, FX_INFO_DATA + words, constructor->tag, counted);
    counted = words - counted;
    for (unsigned i = 0; i < words; i++) {
        Type *field = field_type(world, type, constructor, i);
        object->fields[representation_of(field) == FX_COUNTED ? counted++ : raw++] = value_to_runtime(world, field, value.object->items[i]);
    }
    return fx_value_of(object);
}

// Arrays, channels and the like are the machine's own: C has no such.
static fx_value refuse(World *world) {
    world->is_refused = true;
    return fx_constant(0);
}

fx_value value_to_runtime(World *world, Type *type, Value value) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return box_value(world, value);
    switch (value.kind) {
    case VALUE_INT:
    case VALUE_CHAR: return value.integer;
    case VALUE_FLOAT: return fx_from_double(value.number);
    case VALUE_STRING: return text_to_runtime(world, value.object);
    case VALUE_RESOURCE:
        if (value.resource->kind != RESOURCE_FOREIGN) return refuse(world);
        fx_dup(value.resource->foreign);
        return value.resource->foreign;
    case VALUE_ARRAY: return refuse(world);
    default: return type->data == builtins_of(world)->list_type ? list_to_runtime(world, type, value) : data_to_runtime(world, type, value);
    }
}

// ---- from the runtime ----

static Value list_from_runtime(World *world, Type *type, fx_value list) {
    DataType *data = type->data;
    Type *item_type = resolve_type(type->arguments.items[0]);
    Value nil = construct(world->machine, data, 0, 0, NULL), whole = nil, *end = &whole;
    for (; !fx_is_constant(list); list = fx_list_tail(list)) {
        *end = construct(world->machine, data, 1, 2, (Value[]){value_from_runtime(world, item_type, fx_list_head(list)), nil});
        end = &end->object->items[1];
    }
    return whole;
}

static Value data_from_runtime(World *world, Type *type, fx_value value) {
    if (type->data->holds_constants_only) return constant_value(type->data->constructors.items[value]);
    const Constructor *constructor = type->data->constructors.items[fx_tag(value)];
    if (fx_is_constant(value)) return constant_value(constructor);
    const fx_object *object = fx_object_of(value);
    unsigned raw = 0, counted = (unsigned)constructor->fields.count - object->counted;
    Object *data = make_object(world->machine, DATA, constructor, NULL, NULL, constructor->fields.count);
    for (unsigned i = 0; i < constructor->fields.count; i++) {
        Type *field = field_type(world, type, constructor, i);
        data->items[i] = value_from_runtime(world, field, object->fields[representation_of(field) == FX_COUNTED ? counted++ : raw++]);
    }
    return object_value(VALUE_DATA, data);
}

static Value foreign_value(World *world, Type *type, fx_value value) {
    Resource *resource = make_resource(world->machine, RESOURCE_FOREIGN, type->data);
    fx_dup(value);
    resource->foreign = value;
    const Driver *driver = world->machine->driver;
    if (driver->watcher) driver->watcher->foreign_made(driver->context, value);
    return resource_value(resource);
}

Value value_from_runtime(World *world, Type *type, fx_value value) {
    const Builtins *builtins = builtins_of(world);
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return unbox_value(value);
    if (type->data == builtins->int_type) return int_value(value);
    if (type->data == builtins->char_type) return (Value){.kind = VALUE_CHAR, .integer = value};
    if (type->data == builtins->float_type) return float_value(fx_to_double(value));
    if (type->data == builtins->string_type) return make_text(world->machine, fx_string_bytes(value), fx_string_length(value));
    if (type->data->kind == DATA_EXTERN) return foreign_value(world, type, value);
    return type->data == builtins->list_type ? list_from_runtime(world, type, value) : data_from_runtime(world, type, value);
}
