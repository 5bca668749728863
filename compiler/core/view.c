// Values that are compared and shown as the list that their module's `to_list` makes of them (types/list_view.c says which).

#include "specialise.h"

static CoreDefinition *find_to_list(Specialiser *s, const DataType *data) {
    Symbol name = symbol_of(s->symbols, "to_list");
    if (!data->seen_as) return NULL;
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (definition->module == data->module && definition->name == name) return definition;
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
