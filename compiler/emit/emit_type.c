// How values and objects are held in C.

#include <string.h>

#include "emit.h"

bool is_counted(Type *type) { return find_representation(type) == REPRESENTATION_COUNTED; }
bool is_float(Type *type) { return find_representation(type) == REPRESENTATION_FLOAT; }
bool is_word_type(Type *type) { return find_representation(type) == REPRESENTATION_WORD; }

bool is_constant_constructor(const Constructor *constructor) { return constructor->fields.count == 0; }

const char *c_type_of(const CoreVariable *variable) {
    if (variable->is_token) return "fx_object *";
    return is_float(variable->type) ? "double " : "fx_value ";
}

const char *representation_name(Type *type) {
    switch (find_representation(type)) {
    case REPRESENTATION_FLOAT: return "FX_FLOAT";
    case REPRESENTATION_COUNTED: return "FX_COUNTED";
    default: return "FX_WORD";
    }
}

// Uncounted fields first, then the counted ones.
ObjectLayout find_layout(Emitter *emitter, Type *type, const Constructor *constructor) {
    size_t count = constructor->fields.count;
    ObjectLayout layout = {.words = (unsigned)count, .fields = NEW_ARRAY(emitter->arena, FieldLayout, count + 1)};
    type = resolve_type(type);
    unsigned uncounted = 0;
    for (size_t i = 0; i < count; i++) {
        Type *field = constructor->fields.items[i];
        if (type->kind == TYPE_DATA) field = substitute_type(emitter->arena, field, &constructor->data->parameters, &type->arguments);
        layout.fields[i].representation = find_representation(field);
        if (layout.fields[i].representation == REPRESENTATION_COUNTED) layout.counted++;
        else layout.fields[i].slot = uncounted++;
    }
    for (size_t i = 0; i < count; i++)
        if (layout.fields[i].representation == REPRESENTATION_COUNTED) layout.fields[i].slot = uncounted++;
    return layout;
}

// ---- infos ----

Symbol add_info(Emitter *emitter, const char *name, const char *shown, const char *kind, unsigned words, uint64_t counted) {
    Symbol info = make_name(emitter, name);
    build_format(&emitter->info_names, emitter->info_count++ ? ",\n    %s" : "    %s = FX_INFO_PROGRAM", info);
    build_string(&emitter->infos, "    {");
    build_c_string(&emitter->infos, text_of(shown));
    build_format(&emitter->infos, ", %s, %u},\n", kind, words);
    build_format(&emitter->closure_parameters, "    0x%llx, // %s\n", (unsigned long long)counted, info);
    return info;
}

Symbol constructor_info(Emitter *emitter, const Constructor *constructor) {
    Symbol info = table_get(&emitter->names, constructor);
    if (info) return info;
    const char *data = constructor->data->name;
    const char *spelled = strcmp(constructor->name, "::") == 0 ? "Cons" : constructor->data->tuple_size ? "Tuple" : constructor->name;
    if (constructor->data->tuple_size) info = add_info(emitter, format(emitter, "INFO_Tuple%u", constructor->data->tuple_size), data,
                                                       "FX_KIND_DATA", constructor->data->tuple_size, 0);
    else
        info = add_info(emitter, format(emitter, "INFO_%s_%s", data, spelled), format(emitter, "%s.%s", data, constructor->name), "FX_KIND_DATA",
                        (unsigned)constructor->fields.count, 0);
    table_put(&emitter->names, constructor, (void *)info);
    return info;
}

Symbol closure_info(Emitter *emitter, const CpsFunction *function) {
    Symbol key = symbol_format(emitter->compilation->symbols, "%s closure", function_name(emitter, function));
    Symbol info = table_get(&emitter->names, key);
    if (info) return info;
    info = add_info(emitter, format(emitter, "INFO_%s", function_name(emitter, function)),
                    format(emitter, "closure %s", display_name(emitter,
                                                               function->definition)), "FX_KIND_CLOSURE", 1 + (unsigned)function->captured.count,
                    counted_parameters(&function->parameters));
    table_put(&emitter->names, key, (void *)info);
    return info;
}

// ---- externs ----

static void collect_variables(Emitter *emitter, Type *type, Types *found) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) {
        if (type->parameter->kind != KIND_TYPE) return;
        for (size_t i = 0; i < found->count; i++)
            if (found->items[i]->parameter == type->parameter) return;
        vector_push(emitter->arena, found, type);
        return;
    }
    for (size_t i = 0; i < type->arguments.count; i++) collect_variables(emitter, type->arguments.items[i], found);
    if (type->left) collect_variables(emitter, type->left, found);
    if (type->right) collect_variables(emitter, type->right, found);
}

Types extern_representations(Emitter *emitter, const Types *arguments, Type *answer, const TypeParameters *parameters, const Types *instances) {
    Types found = {0}, result = {0};
    for (size_t i = 0; i < arguments->count; i++) collect_variables(emitter, arguments->items[i], &found);
    collect_variables(emitter, answer, &found);
    for (size_t i = 0; i < found.count; i++) vector_push(emitter->arena, &result, substitute_type(emitter->arena, found.items[i], parameters,
                                                                                                  instances));
    return result;
}
