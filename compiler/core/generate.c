// Nodes of the functions that specialise makes up. They have no place in a source.

#include "specialise.h"

static const Span nowhere = {NULL, 0, 0};

Type *simple_type(Generator g, DataType *data) { return data_type(g->arena, data, NULL); }

CoreVariable *make_variable(Generator g, const char *name, Type *type) {
    return core_variable(g->arena, g->program, symbol_of(g->symbols, name), type, nowhere);
}

CoreExpression *make_local(Generator g, CoreVariable *variable) { return core_local(g->arena, variable, nowhere); }

CoreExpression *make_int(Generator g, int64_t value) {
    CoreExpression *node = core_node(g->arena, CORE_INT, simple_type(g, g->program->builtins->int_type), nowhere);
    node->int_value = value;
    return node;
}

CoreExpression *make_string(Generator g, const char *text) {
    CoreExpression *node = core_node(g->arena, CORE_STRING, simple_type(g, g->program->builtins->string_type), nowhere);
    node->text = text_of(text);
    return node;
}

CoreExpression *make_constant(Generator g, DataType *data, unsigned tag) {
    CoreExpression *node = core_node(g->arena, CORE_CONSTRUCT, simple_type(g, data), nowhere);
    node->constructor = data->constructors.items[tag];
    return node;
}

CoreExpression *make_primitive(Generator g, Primitive primitive, DataType *answer, CoreExpression *left, CoreExpression *right) {
    CoreExpression *node = core_node(g->arena, CORE_PRIMITIVE, simple_type(g, answer), left->span);
    node->primitive = primitive;
    vector_push(g->arena, &node->items, left);
    if (right) vector_push(g->arena, &node->items, right);
    return node;
}

CoreExpression *make_call(Generator g, CoreDefinition *definition, Type *answer, size_t count, CoreExpression *const *arguments) {
    CoreExpression *node = core_node(g->arena, CORE_APPLY, answer, arguments[0]->span);
    node->first = core_node(g->arena, CORE_GLOBAL, definition->type, nowhere);
    node->first->definition = definition;
    for (size_t i = 0; i < count; i++) vector_push(g->arena, &node->items, arguments[i]);
    return node;
}

CoreExpression *make_switch(Generator g, CoreExpression *scrutinee, Type *type) {
    CoreExpression *node = core_node(g->arena, CORE_SWITCH, type, scrutinee->span);
    node->first = scrutinee;
    return node;
}

CoreArm *add_arm(Generator g, CoreExpression *node, const Constructor *constructor, const char *name) {
    CoreArm arm = {.constructor = (Constructor *)constructor};
    for (size_t i = 0; i < constructor->fields.count; i++) {
        const char *field = i < constructor->field_names.count ? constructor->field_names.items[i] : name;
        vector_push(g->arena, &arm.fields, make_variable(g, field, type_of_field(g, constructor, i, node->first->type)));
    }
    vector_push(g->arena, &node->arms, arm);
    return &node->arms.items[node->arms.count - 1];
}

CoreExpression *make_if(Generator g, CoreExpression *condition, CoreExpression *yes, CoreExpression *no) {
    CoreExpression *node = make_switch(g, condition, yes->type);
    const DataType *data = g->program->builtins->bool_type;
    add_arm(g, node, data->constructors.items[0], "")->body = no;
    add_arm(g, node, data->constructors.items[1], "")->body = yes;
    return node;
}

CoreExpression *make_lambda(Generator g, size_t count, CoreVariable *const *parameters, CoreExpression *body) {
    Type *type = body->type;
    for (size_t i = count; i-- > 0;) type = function_type(g->arena, parameters[i]->type, type);
    CoreExpression *node = core_node(g->arena, CORE_LAMBDA, type, nowhere);
    for (size_t i = 0; i < count; i++) vector_push(g->arena, &node->parameters, parameters[i]);
    node->body = body;
    return node;
}
