// Types that are compared and shown as lists. A balanced tree can hold the same things in different shapes, and C's data has no shape that
// fx knows: `let to_list (table : Map k v) : List (k, v)` says what a Map is seen as. And opaque types that are shown as what would make them:
// `let to_source (n : Integer) : String`.
#include "infer.h"

// Whether the arguments are distinct parameters, so that every value of the type has the view.
static bool are_distinct_parameters(const Types *arguments) {
    for (size_t i = 0; i < arguments->count; i++) {
        const Type *argument = resolve_type(arguments->items[i]);
        if (argument->kind != TYPE_PARAMETER) return false;
        for (size_t k = 0; k < i; k++) {
            if (resolve_type(arguments->items[k])->parameter == argument->parameter) return false;
        }
    }
    return true;
}

// The list that a function of this type makes of the data's values, in terms of the data's own parameters; NULL when it is another.
static Type *list_made_of(Inference *inference, const DataType *data, Type *function) {
    function = resolve_type(function);
    if (function->kind != TYPE_FUNCTION) return NULL;
    const Type *whole = resolve_type(function->left), *list = resolve_type(function->right);
    if (list->kind != TYPE_DATA || list->data != inference->builtins->list_type) return NULL;
    if (whole->kind != TYPE_DATA || whole->data != data || !are_distinct_parameters(&whole->arguments)) return NULL;
    TypeParameters from = {0};
    Types to = {0};
    for (size_t i = 0; i < whole->arguments.count; i++) {
        vector_push(inference->arena, &from, resolve_type(whole->arguments.items[i])->parameter);
        vector_push(inference->arena, &to, parameter_type(inference->arena, data->parameters.items[i]));
    }
    return substitute_type(inference->arena, function->right, &from, &to);
}

// The type that is written at the module's public value of this name, or NULL.
static Type *find_written_type(Inference *inference, Module *module, const char *name) {
    const Meaning *value = table_get(&module->values, symbol_of(inference->symbols, name));
    return value && value->kind == MEANING_VALUE && !value->is_private ? value->type : NULL;
}

static void find_list_view(Inference *inference, Module *module) {
    const Meaning *type = table_get(&module->types, module->name);
    Type *to_list = find_written_type(inference, module, "to_list");
    if (!type || type->kind != MEANING_TYPE || !to_list) return;
    DataType *data = type->data;
    if (data->is_opaque || data->kind == DATA_EXTERN) data->seen_as = list_made_of(inference, data, to_list);
}

static void find_source_view(Inference *inference, Module *module) {
    Type *function = find_written_type(inference, module, "to_source");
    if (!function || (function = resolve_type(function))->kind != TYPE_FUNCTION) return;
    const Type *whole = resolve_type(function->left), *text = resolve_type(function->right);
    if (whole->kind != TYPE_DATA || text->kind != TYPE_DATA || text->data != inference->builtins->string_type) return;
    DataType *data = whole->data;
    data->has_source = data->module == module->full_name && data->is_opaque && !data->parameters.count && !data->seen_as;
}

void find_views(Inference *inference, Module *module) {
    find_list_view(inference, module);
    find_source_view(inference, module);
}
