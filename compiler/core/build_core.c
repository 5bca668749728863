// Making nodes of core.

#include "core.h"

CoreExpression *core_node(Arena *arena, CoreKind kind, Type *type, Span span) {
    CoreExpression *node = NEW(arena, CoreExpression);
    node->kind = kind;
    node->type = type;
    node->span = span;
    return node;
}

CoreExpression *core_local(Arena *arena, CoreVariable *variable, Span span) {
    CoreExpression *node = core_node(arena, CORE_LOCAL, variable->type, span);
    node->variable = variable;
    return node;
}

CoreVariable *core_variable(Arena *arena, CoreProgram *program, Symbol name, Type *type, Span span) {
    CoreVariable *variable = NEW(arena, CoreVariable);
    variable->name = name;
    variable->id = program->next_id++;
    variable->type = type;
    variable->span = span;
    return variable;
}

CoreExpression *core_let(Arena *arena, CoreVariable *variable, CoreExpression *value, CoreExpression *body) {
    CoreExpression *node = core_node(arena, CORE_LET, body->type, value->span);
    node->variable = variable;
    node->first = value;
    node->body = body;
    return node;
}
