// Objects that C makes: constructors of the types every program knows, resources.

#include "runtime.h"

fx_value fx_construct(fx_runtime *rt, unsigned tag, unsigned raw, unsigned counted, ...) {
    fx_object *object = fx_allocate(rt, raw + counted, FX_INFO_DATA + raw + counted, tag, counted);
    va_list fields;
    va_start(fields, counted);
    for (unsigned i = 0; i < raw + counted; i++) object->fields[i] = va_arg(fields, fx_value);
    va_end(fields);
    return fx_value_of(object);
}

static fx_value wrap(fx_runtime *rt, unsigned tag, fx_representation is, fx_value value) {
    fx_object *object = fx_allocate(rt, 1, FX_INFO_DATA + 1, tag, is == FX_COUNTED);
    object->fields[0] = value;
    return fx_value_of(object);
}

fx_value fx_ok_take(fx_runtime *rt, fx_representation is, fx_value value) { return wrap(rt, 0, is, value); }
fx_value fx_error_take(fx_runtime *rt, fx_representation is, fx_value value) { return wrap(rt, 1, is, value); }
fx_value fx_left_take(fx_runtime *rt, fx_representation is, fx_value value) { return wrap(rt, 0, is, value); }
fx_value fx_right_take(fx_runtime *rt, fx_representation is, fx_value value) { return wrap(rt, 1, is, value); }

// The head stands in the first field however it is held: uncounted fields come first, and the tail is counted.
fx_value fx_cons_take(fx_runtime *rt, fx_representation head_is, fx_value head, fx_value tail) {
    fx_object *object = fx_allocate(rt, 2, FX_INFO_DATA + 2, 1, 1 + (head_is == FX_COUNTED));
    object->fields[0] = head;
    object->fields[1] = tail;
    return fx_value_of(object);
}

fx_value fx_pair_take(fx_runtime *rt, fx_representation first_is, fx_value first_value, fx_representation second_is, fx_value second_value) {
    bool first = first_is == FX_COUNTED, second = second_is == FX_COUNTED, swapped = first && !second;
    fx_object *object = fx_allocate(rt, 2, FX_INFO_DATA + 2, 0, (unsigned)first + second);
    object->fields[0] = swapped ? second_value : first_value;
    object->fields[1] = swapped ? first_value : second_value;
    return fx_value_of(object);
}

fx_object *fx_resource_make(fx_runtime *rt, const fx_resource_type *type) {
    fx_object *object = fx_allocate(rt, type->words, FX_INFO_RESOURCE, 0, 0);
    memset(object->fields, 0, type->words * sizeof(fx_value));
    object->fields[0] = (fx_value)(intptr_t)type;
    return object;
}
