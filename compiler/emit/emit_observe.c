// What FX_RECORD and FX_TRACE see: each C function that answers for the world is called through a door, which tells the runtime of the call and
// of its answer while somebody looks (runtime/observe.c). The descriptions say how to show arguments and answers as fx source.

#include <string.h>

#include "emit.h"

// ---- who is looked at ----

static bool is_of_world(const Emitter *emitter, const DataType *data) {
    const CoreProgram *program = emitter->program->core;
    if (data->kind != DATA_EXTERN) return false;
    for (size_t i = 0; i < program->effects.count; i++)
        if (program->effects.items[i]->kind == EFFECT_EXTERN && program->effects.items[i]->module == data->module) return true;
    return false;
}

static bool is_plain(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return type->kind == TYPE_PARAMETER;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (!is_plain(type->arguments.items[i])) return false;
    return true;
}

static bool has_extern_effect(Type *row) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right))
        if (row->effect && row->effect->kind == EFFECT_EXTERN) return true;
    return false;
}

// A computation that says in its row which effect it has, or a pure function on what the world has made (a socket's port). Those that are given
// functions or computations run parts of the program: what those do is seen for itself.
ObservedKind find_observed(const Emitter *emitter, const CoreDefinition *external) {
    bool takes_of_world = false;
    Type *type = resolve_type(external->type);
    for (; type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) {
        if (!is_plain(type->left)) return OBSERVED_NEVER;
        const Type *parameter = resolve_type(type->left);
        takes_of_world |= parameter->kind == TYPE_DATA && is_of_world(emitter, parameter->data);
    }
    if (type->kind == TYPE_COMPUTATION) return is_plain(type->left) && has_extern_effect(type->right) ? OBSERVED_EFFECT : OBSERVED_NEVER;
    return takes_of_world && is_plain(type) ? OBSERVED_PURE : OBSERVED_NEVER;
}

// ---- shapes: how to show values of a type ----

static const char *last_name(const char *module) {
    const char *dot = strrchr(module, '.');
    return dot ? dot + 1 : module;
}

// As a program that imports the module writes it.
static const char *qualified(Emitter *emitter, Symbol module, Symbol name) {
    const char *last = module ? last_name(module) : "";
    bool is_bare = *last < 'A' || *last > 'Z' || strcmp(last, "Prelude") == 0;
    return is_bare ? name : format(emitter, "%s.%s", last, name);
}

static void build_key(Builder *key, Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) {
        build_format(key, "?%d", (int)find_representation(type));
        return;
    }
    build_format(key, "%p", (const void *)type->data);
    for (size_t i = 0; i < type->arguments.count; i++) {
        build_byte(key, i ? ',' : '(');
        build_key(key, type->arguments.items[i]);
    }
    if (type->arguments.count) build_byte(key, ')');
}

static Symbol shape_of(Emitter *emitter, Type *type);

static bool has_variable(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return true;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (has_variable(type->arguments.items[i])) return true;
    return false;
}

static const char *kind_of_shape(const Emitter *emitter, Type *type) {
    const Builtins *builtins = emitter->program->core->builtins;
    const DataType *data = type->kind == TYPE_DATA ? type->data : NULL;
    if (has_variable(type) || data->seen_as) return "UNKNOWN";
    if (data == builtins->int_type) return "INT";
    if (data == builtins->char_type) return "CHAR";
    if (data == builtins->float_type) return "FLOAT";
    if (data == builtins->string_type) return "STRING";
    if (data->kind == DATA_EXTERN) return "RESOURCE";
    if (data == builtins->list_type) return "LIST";
    if (data->tuple_size) return "TUPLE";
    return data->kind == DATA_VARIANT || data->kind == DATA_RECORD ? "DATA" : "UNKNOWN";
}

// The constructors' array. Of a list: one, whose field is the item.
static const char *build_constructors(Emitter *emitter, Builder *out, Type *type, Symbol shape) {
    const DataType *data = type->data;
    bool is_list = data == emitter->program->core->builtins->list_type;
    Builder rows = builder_in(emitter->arena);
    for (size_t i = is_list; i < data->constructors.count; i++) {
        const Constructor *constructor = data->constructors.items[i];
        size_t count = is_list ? 1 : constructor->fields.count;
        build_format(&rows, "    {\"%s\", %zu", is_list || data->tuple_size ? "" : qualified(emitter, data->module, constructor->name), count);
        for (size_t k = 0; k < count; k++) {
            Type *field = substitute_type(emitter->arena, constructor->fields.items[k], &data->parameters, &type->arguments);
            build_format(&rows, "%s&%s", k ? ", " : ", (const fx_shape *const[]){", shape_of(emitter, field));
        }
        build_string(&rows, count ? "}" : ", NULL");
        for (size_t k = 0; k < constructor->field_names.count; k++)
            build_format(&rows, "%s\"%s\"", k ? ", " : ", (const char *const[]){", constructor->field_names.items[k]);
        build_string(&rows, constructor->field_names.count ? "}},\n" : ", NULL},\n");
    }
    Symbol name = make_name(emitter, format(emitter, "%s_constructors", shape));
    build_format(out, "static const fx_constructor_shape %s[] = {\n%s};\n", name, builder_string(&rows));
    return name;
}

static Symbol shape_of(Emitter *emitter, Type *type) {
    type = resolve_type(type);
    Builder text = builder_in(emitter->arena);
    build_string(&text, "shape ");
    build_key(&text, type);
    Symbol key = symbol_of_text(emitter->compilation->symbols, builder_text(&text));
    Symbol name = table_get(&emitter->names, key);
    // Met within itself: the type is recursive.
    if (name && !table_has(&emitter->shapes, key)) build_format(&emitter->observed, "static const fx_shape %s;\n", name);
    if (name) return name;
    const DataType *data = type->kind == TYPE_DATA ? type->data : NULL;
    const char *kind = kind_of_shape(emitter, type), *constructors = "NULL";
    name = make_name(emitter, format(emitter, "shape_%s", !data ? "unknown" : data->tuple_size ? "tuple" : data->name));
    table_put(&emitter->names, key, (void *)name);
    Builder out = builder_in(emitter->arena);
    bool has_constructors = strcmp(kind, "LIST") == 0 || strcmp(kind, "TUPLE") == 0 || strcmp(kind, "DATA") == 0;
    if (has_constructors) constructors = build_constructors(emitter, &out, type, name);
    build_format(&out, "static const fx_shape %s = {FX_SHAPE_%s, %s, \"%s\", %s};\n", name, kind, representation_name(type),
                 data ? data->name : "", constructors);
    build_text(&emitter->observed, builder_text(&out));
    table_put(&emitter->shapes, key, (void *)name);
    return name;
}

// ---- doors ----

static void build_parameters(Builder *text, const ExternFunction *function) {
    for (size_t i = 0; i < function->arguments.count; i++) build_format(text, ", %sa%zu", is_float(function->arguments.items[i]) ? "double " : "fx_value ", i + 1);
}

static const char *call_of(Emitter *emitter, const ExternFunction *function) {
    Builder call = builder_in(emitter->arena);
    build_format(&call, "%s(rt", function->symbol);
    for (size_t i = 0; i < function->representations.count; i++) build_format(&call, ", %s", representation_name(function->representations.items[i]));
    for (size_t i = 0; i < function->arguments.count; i++) build_format(&call, ", a%zu", i + 1);
    build_byte(&call, ')');
    return builder_string(&call);
}

static void build_operation(Emitter *emitter, const ExternFunction *function, Symbol name) {
    Builder out = builder_in(emitter->arena);
    build_format(&out, "static const fx_operation %s = {\"%s\", %s, %s, %u, ", name, function->name, function->waits ? "true" : "false",
                 function->observed == OBSERVED_PURE ? "true" : "false", function->arguments.count);
    for (size_t i = 0; i < function->arguments.count; i++)
        build_format(&out, "%s&%s", i ? ", " : "(const fx_shape *const[]){", shape_of(emitter, function->arguments.items[i]));
    build_format(&out, "%s, &%s};\n", function->arguments.count ? "}" : "NULL", shape_of(emitter, function->answer));
    build_text(&emitter->observed, builder_text(&out));
}

// While somebody looks: apart, so that the door itself is small.
static void build_observed(Emitter *emitter, const ExternFunction *function, const char *head, Symbol operation) {
    Builder *out = &emitter->observed;
    build_format(out, "%s\n{\n    fx_observe(rt, &%s, site, ", head, operation);
    for (size_t i = 0; i < function->arguments.count; i++)
        build_format(out, is_float(function->arguments.items[i]) ? "%sfx_from_double(a%zu)" : "%sa%zu", i ? ", " : "(const fx_value[]){", i + 1);
    build_string(out, function->arguments.count ? "});\n" : "NULL);\n");
    const char *call = call_of(emitter, function);
    if (function->waits) build_format(out, "    return fx_observed(rt, %s);\n}\n\n", call);
    else if (is_float(function->answer)) build_format(out, "    return fx_to_double(fx_observed_value(rt, fx_from_double(%s)));\n}\n\n", call);
    else build_format(out, "    return fx_observed_value(rt, %s);\n}\n\n", call);
}

// "static fx_answer NAME(fx_runtime *rt, const char *site, fx_value a1)"
static const char *head_of(Emitter *emitter, const ExternFunction *function, const char *attributes, Symbol name) {
    Builder head = builder_in(emitter->arena);
    build_format(&head, "static %s%s %s(fx_runtime *rt, const char *site", attributes, function->waits ? "fx_answer" : is_float(function->answer) ? "double"
                                                                                                                         : "fx_value", name);
    build_parameters(&head, function);
    build_byte(&head, ')');
    return builder_string(&head);
}

Symbol observed_door(Emitter *emitter, const ExternFunction *function) {
    Builder text = builder_in(emitter->arena);
    build_format(&text, "door %s", function->symbol);
    for (size_t i = 0; i < function->representations.count; i++) build_format(&text, " %s", representation_name(function->representations.items[i]));
    Symbol key = symbol_of_text(emitter->compilation->symbols, builder_text(&text));
    Symbol door = table_get(&emitter->names, key);
    if (door) return door;
    const char *spelled = format(emitter, "%s", function->name);
    char *dot = strrchr(spelled, '.');
    if (dot) *dot = '_';
    door = make_name(emitter, format(emitter, "perform_%s", spelled));
    Symbol operation = make_name(emitter, format(emitter, "operation_%s", spelled));
    Symbol observed = make_name(emitter, format(emitter, "observe_%s", spelled));
    table_put(&emitter->names, key, (void *)door);
    build_operation(emitter, function, operation);
    build_observed(emitter, function, head_of(emitter, function, "FX_APART ", observed), operation);
    const char *head = head_of(emitter, function, "inline ", door);
    build_format(&emitter->observed, "// %s\n%s\n{\n    if (FX_UNOBSERVED(rt)) return %s;\n    return %s(rt, site", function->name, head,
                 call_of(emitter, function), observed);
    for (size_t i = 0; i < function->arguments.count; i++) build_format(&emitter->observed, ", a%zu", i + 1);
    build_string(&emitter->observed, ");\n}\n\n");
    return door;
}
