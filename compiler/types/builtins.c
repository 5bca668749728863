// The types that the compiler itself speaks of.
#include <string.h>
#include "type.h"

static DataType *new_data(Arena *arena, Symbols *symbols, DataKind kind, const char *name) {
    DataType *data = NEW(arena, DataType);
    data->kind = kind;
    data->module = symbol_of(symbols, "Prelude");
    data->name = symbol_of(symbols, name);
    return data;
}

static Type *add_type_parameter(Arena *arena, Symbols *symbols, DataType *data, const char *name) {
    TypeParameter *parameter = NEW(arena, TypeParameter);
    parameter->name = symbol_of(symbols, name);
    parameter->kind = KIND_TYPE;
    vector_push(arena, &data->parameters, parameter);
    return parameter_type(arena, parameter);
}

static Constructor *add_constructor(Arena *arena, Symbols *symbols, DataType *data, const char *name) {
    Constructor *constructor = NEW(arena, Constructor);
    constructor->data = data;
    constructor->name = symbol_of(symbols, name);
    constructor->tag = (unsigned)data->constructors.count;
    vector_push(arena, &data->constructors, constructor);
    return constructor;
}

static void add_field(Arena *arena, Constructor *constructor, Type *field) { vector_push(arena, &constructor->fields, field); }

static DataType *constants(Arena *arena, Symbols *symbols, const char *name, const char *const *names, size_t count) {
    DataType *data = new_data(arena, symbols, DATA_VARIANT, name);
    for (size_t i = 0; i < count; i++) add_constructor(arena, symbols, data, names[i]);
    data->holds_constants_only = true;
    return data;
}

static DataType *list_of(Arena *arena, Symbols *symbols) {
    DataType *data = new_data(arena, symbols, DATA_VARIANT, "List");
    Type *item = add_type_parameter(arena, symbols, data, "a");
    Types arguments = {0};
    vector_push(arena, &arguments, item);
    add_constructor(arena, symbols, data, "[]");
    Constructor *cons = add_constructor(arena, symbols, data, "::");
    add_field(arena, cons, item);
    add_field(arena, cons, data_type(arena, data, &arguments));
    return data;
}

static DataType *option_of(Arena *arena, Symbols *symbols) {
    DataType *data = new_data(arena, symbols, DATA_VARIANT, "Option");
    Type *item = add_type_parameter(arena, symbols, data, "a");
    add_constructor(arena, symbols, data, "None");
    add_field(arena, add_constructor(arena, symbols, data, "Some"), item);
    return data;
}

static DataType *either_of(Arena *arena, Symbols *symbols, const char *name, const char *second_name, const char *left, const char *right) {
    DataType *data = new_data(arena, symbols, DATA_VARIANT, name);
    Type *first = add_type_parameter(arena, symbols, data, "a"), *second = add_type_parameter(arena, symbols, data, second_name);
    add_field(arena, add_constructor(arena, symbols, data, left), first);
    add_field(arena, add_constructor(arena, symbols, data, right), second);
    return data;
}

Builtins *create_builtins(Arena *arena, Symbols *symbols) {
    Builtins *builtins = NEW(arena, Builtins);
    builtins->int_type = new_data(arena, symbols, DATA_PRIMITIVE, "Int");
    builtins->float_type = new_data(arena, symbols, DATA_PRIMITIVE, "Float");
    builtins->char_type = new_data(arena, symbols, DATA_PRIMITIVE, "Char");
    builtins->string_type = new_data(arena, symbols, DATA_PRIMITIVE, "String");
    builtins->never_type = new_data(arena, symbols, DATA_PRIMITIVE, "Never");
    builtins->unit_type = constants(arena, symbols, "Unit", (const char *const[]){"()"}, 1);
    builtins->bool_type = constants(arena, symbols, "Bool", (const char *const[]){"False", "True"}, 2);
    builtins->list_type = list_of(arena, symbols);
    builtins->option_type = option_of(arena, symbols);
    builtins->either_type = either_of(arena, symbols, "Either", "b", "Left", "Right");
    builtins->result_type = either_of(arena, symbols, "Result", "e", "Ok", "Err");
    builtins->ordering_type = constants(arena, symbols, "Ordering", (const char *const[]){"Less", "Equal", "Greater"}, 3);
    return builtins;
}

static DataType *make_tuple_type(Arena *arena, Symbols *symbols, unsigned size) {
    Builder name = builder_in(arena);
    build_byte(&name, '(');
    for (unsigned i = 1; i < size; i++) build_byte(&name, ',');
    build_byte(&name, ')');
    DataType *data = new_data(arena, symbols, DATA_VARIANT, builder_string(&name));
    data->tuple_size = size;
    Constructor *constructor = add_constructor(arena, symbols, data, data->name);
    for (unsigned i = 0; i < size; i++) {
        Symbol parameter = symbol_format(symbols, "t%u", i + 1);
        add_field(arena, constructor, add_type_parameter(arena, symbols, data, parameter));
    }
    return data;
}

DataType *find_tuple_type(Arena *arena, Symbols *symbols, Builtins *builtins, unsigned size) {
    while (builtins->tuple_types.count <= size) vector_push(arena, &builtins->tuple_types, NULL);
    DataType **slot = &builtins->tuple_types.items[size];
    if (!*slot) *slot = make_tuple_type(arena, symbols, size);
    return *slot;
}
