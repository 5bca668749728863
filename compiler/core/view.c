// Types that are compared and shown as lists. A balanced tree can hold the same things in different shapes, and C's data has no shape that
// fx knows; so a value of an opaque or extern type that bears its module's name, where the module offers `to_list`, stands for that list.

#include "specialise.h"

static CoreDefinition *find_to_list(Specialiser *s, const DataType *data) {
    Symbol name = symbol_of(s->symbols, "to_list");
    if (data->name != data->module || (!data->is_opaque && data->kind != DATA_EXTERN)) return NULL;
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (definition->module != data->module || definition->name != name) continue;
        const Type *type = resolve_type(definition->type);
        if (type->kind != TYPE_FUNCTION) return NULL;
        const Type *parameter = resolve_type(type->left), *answer = resolve_type(type->right);
        bool is_list = answer->kind == TYPE_DATA && answer->data == s->program->builtins->list_type;
        return is_list && parameter->kind == TYPE_DATA && parameter->data == data ? definition : NULL;
    }
    return NULL;
}

// What stands for the definition's parameters where its first argument has the type `whole`.
static Types arguments_for(Specialiser *s, const CoreDefinition *definition, const Type *whole) {
    const Type *declared = resolve_type(resolve_type(definition->type)->left);
    Types arguments = default_arguments(s, &definition->parameters);
    for (size_t i = 0; i < declared->arguments.count; i++) {
        const Type *argument = resolve_type(declared->arguments.items[i]);
        for (size_t k = 0; k < definition->parameters.count; k++) {
            if (argument->kind == TYPE_PARAMETER && argument->parameter == definition->parameters.items[k])
                arguments.items[k] = whole->arguments.items[i];
        }
    }
    return arguments;
}

bool is_seen_as_list(Specialiser *s, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && find_to_list(s, type->data);
}

CoreExpression *list_of_value(Specialiser *s, CoreExpression *value) {
    Type *whole = resolve_type(value->type);
    CoreDefinition *to_list = find_to_list(s, whole->data);
    Types arguments = arguments_for(s, to_list, whole);
    push_substitution(s, &to_list->parameters, &arguments);
    Type *list = specialise_type(s, resolve_type(to_list->type)->right);
    pop_substitution(s, to_list->parameters.count);
    CoreDefinition *instance = find_instance(s, to_list, &arguments, value->span);
    CoreExpression *call = make_call(s, instance, list, 1, &value);
    if (instance->kind == DEFINITION_EXTERN) {
        call->first->type = function_type(s->arena, whole, list);
        call->first->type_arguments = arguments;
    }
    return call;
}
