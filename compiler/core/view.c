// Values that are compared and shown as the list that their module's `to_list` makes of them, and such as are shown as the text that its
// `to_source` makes of them (types/view.c says which).

#include "specialise.h"

static CoreDefinition *find_view(Specialiser *s, const DataType *data, const char *function) {
    Symbol name = symbol_of(s->symbols, function);
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
    return type->kind == TYPE_DATA && type->data->seen_as && find_view(s, type->data, "to_list");
}

bool has_source(Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data->has_source;
}

static CoreExpression *call_view(Specialiser *s, CoreDefinition *view, CoreExpression *value) {
    Type *whole = resolve_type(value->type);
    Types arguments = arguments_for(s, view, whole);
    push_substitution(s, &view->parameters, &arguments);
    Type *answer = specialise_type(s, resolve_type(view->type)->right);
    pop_substitution(s, view->parameters.count);
    CoreDefinition *instance = find_instance(s, view, &arguments, value->span);
    CoreExpression *call = make_call(s, instance, answer, 1, &value);
    if (instance->kind == DEFINITION_EXTERN) {
        call->first->type = function_type(s->arena, whole, answer);
        call->first->type_arguments = arguments;
    }
    return call;
}

CoreExpression *list_of_value(Specialiser *s, CoreExpression *value) {
    return call_view(s, find_view(s, resolve_type(value->type)->data, "to_list"), value);
}

CoreExpression *source_of_value(Specialiser *s, CoreExpression *value) {
    return call_view(s, find_view(s, resolve_type(value->type)->data, "to_source"), value);
}
