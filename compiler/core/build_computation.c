// Making nodes of core: computations, and switches on Bool.
#include "core.h"

CoreExpression *core_delay(Arena *arena, CoreExpression *body, Type *type) {
    CoreExpression *node = core_node(arena, CORE_DELAY, type, body->span);
    node->body = body;
    return node;
}

CoreExpression *core_unit(Arena *arena, const Builtins *builtins, Span span) {
    CoreExpression *node = core_node(arena, CORE_CONSTRUCT, data_type(arena, builtins->unit_type, NULL), span);
    node->constructor = builtins->unit_type->constructors.items[0];
    return node;
}

CoreExpression *core_bool(Arena *arena, const Builtins *builtins, bool value, Span span) {
    CoreExpression *node = core_node(arena, CORE_CONSTRUCT, data_type(arena, builtins->bool_type, NULL), span);
    node->constructor = builtins->bool_type->constructors.items[value];
    return node;
}

CoreExpression *core_switch_bool(Arena *arena, const Builtins *builtins, CoreExpression *condition, CoreExpression *if_true,
                                 CoreExpression *if_false) {
    CoreExpression *node = core_node(arena, CORE_SWITCH, if_true->type, condition->span);
    node->first = condition;
    CoreArm arms[] = {{.constructor = builtins->bool_type->constructors.items[0], .body = if_false},
                      {.constructor = builtins->bool_type->constructors.items[1], .body = if_true}};
    vector_push(arena, &node->arms, arms[0]);
    vector_push(arena, &node->arms, arms[1]);
    return node;
}

static CoreExpression *plain_force(Arena *arena, CoreExpression *computation, Type *answer) {
    CoreExpression *node = core_node(arena, CORE_FORCE, answer, computation->span);
    node->first = computation;
    return node;
}

CoreExpression *core_force(Arena *arena, CoreExpression *computation, Type *answer) {
    CoreExpression *result = computation;
    CoreExpression **place = &result;
    // Down the chain of lets to its end: a loop, for a block may be as long as the file.
    while ((*place)->kind == CORE_LET || (*place)->kind == CORE_LET_REC) {
        (*place)->type = answer;
        place = &(*place)->body;
    }
    CoreExpression *end = *place;
    switch (end->kind) {
    case CORE_DELAY: *place = end->body; break;
    case CORE_SWITCH:
        end->type = answer;
        for (size_t i = 0; i < end->arms.count; i++) end->arms.items[i].body = core_force(arena, end->arms.items[i].body, answer);
        if (end->otherwise) end->otherwise = core_force(arena, end->otherwise, answer);
        break;
    case CORE_JOIN:
        end->type = answer;
        end->first = core_force(arena, end->first, answer);
        end->body = core_force(arena, end->body, answer);
        break;
    case CORE_JUMP:
    case CORE_FAULT: end->type = answer; break;
    default: *place = plain_force(arena, end, answer); break;
    }
    return result;
}
