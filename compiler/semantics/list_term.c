// Lists of which parts are not known: SPLICED, an opaque list in front of another. What stands behind an opaque list is never the empty one.

#include "unknown.h"

static Value splice(Machine *machine, Value opaque, Value behind) {
    Object *object = make_object(machine, SPLICED, NULL, NULL, NULL, 2);
    object->items[0] = opaque;
    object->items[1] = behind;
    return object_value(VALUE_SPLICED, object);
}

Value append_list_terms(Machine *machine, Value left, Value right) {
    const DataType *list = machine->program->builtins->list_type;
    Value whole = right, *end = &whole;
    right = look(machine, right);
    for (left = look(machine, left); left.kind == VALUE_DATA || left.kind == VALUE_SPLICED; left = look(machine, left.object->items[1])) {
        Value first = left.object->items[0];
        *end = left.kind == VALUE_DATA ? construct(machine, list, 1, 2, (Value[]){first, right}) : splice(machine, first, right);
        end = &end->object->items[1];
    }
    if (left.kind == VALUE_UNKNOWN) *end = right.kind == VALUE_CONSTANT ? left : splice(machine, left, right);
    return whole;
}

Value look_at_list(Machine *machine, Value list) {
    for (list = look(machine, list); list.kind == VALUE_SPLICED;) {
        Value first = look(machine, list.object->items[0]), behind = look(machine, list.object->items[1]);
        if (first.kind == VALUE_UNKNOWN && behind.kind != VALUE_CONSTANT) break;
        list = behind.kind == VALUE_CONSTANT ? first : append_list_terms(machine, first, behind);
    }
    return list;
}

bool strip_lists(Machine *machine, Value *left, Value *right) {
    *left = look_at_list(machine, *left), *right = look_at_list(machine, *right);
    if (left->kind != VALUE_SPLICED || right->kind != VALUE_SPLICED) return false;
    if (look(machine, left->object->items[0]).object != look(machine, right->object->items[0]).object) return false;
    *left = left->object->items[1], *right = right->object->items[1];
    return true;
}

bool is_list_term(const Machine *machine, Value value) {
    value = look(machine, value);
    if (value.kind == VALUE_SPLICED) return true;
    if (value.kind == VALUE_DATA || value.kind == VALUE_CONSTANT) return constructor_of(value)->data == machine->program->builtins->list_type;
    const Type *type = value.kind == VALUE_UNKNOWN ? ((const Opaque *)value.object->about)->type : NULL;
    return type && type->kind == TYPE_DATA && type->data == machine->program->builtins->list_type;
}
