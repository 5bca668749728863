// Making values, and asking them.

#include "semantics.h"

#include <string.h>

Value int_value(int64_t integer) { return (Value){.kind = VALUE_INT, .integer = integer}; }
Value float_value(double number) { return (Value){.kind = VALUE_FLOAT, .number = number}; }
Value object_value(ValueKind kind, Object *object) { return (Value){.kind = kind, .object = object}; }
Value constant_value(const Constructor *constructor) { return (Value){.kind = VALUE_CONSTANT, .constructor = constructor}; }
Value resource_value(Resource *resource) { return (Value){.kind = VALUE_RESOURCE, .resource = resource}; }

Value bool_value(const Machine *machine, bool truth) { return constant_value(machine->program->builtins->bool_type->constructors.items[truth]); }
Value unit_value(const Machine *machine) { return constant_value(machine->program->builtins->unit_type->constructors.items[0]); }
Value text_value(Machine *machine, const char *terminated) { return make_text(machine, terminated, strlen(terminated)); }

Value construct(Machine *machine, const DataType *data, unsigned tag, unsigned count, const Value *fields) {
    const Constructor *constructor = data->constructors.items[tag];
    if (!count) return constant_value(constructor);
    Object *object = make_object(machine, DATA, constructor, NULL, NULL, count);
    memcpy(object->items, fields, count * sizeof *fields);
    return object_value(VALUE_DATA, object);
}

const Constructor *constructor_of(Value value) { return value.kind == VALUE_CONSTANT ? value.constructor : value.object->about; }

const DataType *data_of(Value value) {
    switch (value.kind) {
    case VALUE_RESOURCE: return value.resource->data;
    case VALUE_ARRAY: return value.object->about;
    case VALUE_CONSTANT:
    case VALUE_DATA: return constructor_of(value)->data;
    default: return NULL;
    }
}

Text text_in(Value string) { return (Text){text_bytes(string.object), string.object->count}; }

bool next_item(Value *list, Value *item) {
    if (list->kind != VALUE_DATA) return false;
    *item = list->object->items[0];
    *list = list->object->items[1];
    return true;
}
