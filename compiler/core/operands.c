// What each step borrows and what it takes (docs/core.md, Counting).

#include "count.h"

bool perform_takes(const CoreExpression *perform) {
    const Operation *operation = perform->operation;
    return perform->index || operation->effect->kind != EFFECT_EXTERN || core_takes_arguments(operation->symbol);
}

bool primitive_takes(Primitive primitive) { return primitive == PRIMITIVE_STRING_APPEND || primitive == PRIMITIVE_STRING_CONCATENATE; }

bool takes_argument(const CoreExpression *callee, size_t index) {
    if (callee->kind != CORE_GLOBAL) return true;
    const CoreDefinition *definition = callee->definition;
    if (definition->kind == DEFINITION_EXTERN) return core_takes_arguments(definition->symbol);
    const CoreExpression *lambda = core_lambda_of(definition);
    return !lambda || index >= lambda->parameters.count || !lambda->parameters.items[index]->is_borrowed;
}

static void add_operand(PathCounter *c, Operands *operands, CoreVariable *variable, bool takes) {
    if (!core_is_counted(variable)) return;
    Operand *operand = NULL;
    for (size_t i = 0; i < operands->count && !operand; i++) {
        if (operands->items[i].variable == variable) operand = &operands->items[i];
    }
    if (!operand) {
        vector_push(c->arena, operands, ((Operand){variable, 0, 0}));
        operand = &operands->items[operands->count - 1];
    }
    *(takes ? &operand->taken : &operand->borrowed) += 1;
}

static void add_atom(PathCounter *c, Operands *operands, const CoreExpression *atom, bool takes) {
    if (atom->kind == CORE_LOCAL) add_operand(c, operands, atom->variable, takes);
}

static void add_items(PathCounter *c, Operands *operands, const CoreExpressions *items, bool takes) {
    for (size_t i = 0; i < items->count; i++) add_atom(c, operands, items->items[i], takes);
}

static void add_call(PathCounter *c, Operands *operands, const CoreExpression *apply) {
    add_atom(c, operands, apply->first, true);
    for (size_t i = 0; i < apply->items.count; i++) add_atom(c, operands, apply->items.items[i], takes_argument(apply->first, i));
}

static void add_jump(PathCounter *c, Operands *operands, const CoreExpression *jump) {
    for (size_t i = 0; i < jump->items.count; i++)
        add_atom(c, operands, jump->items.items[i], !jump->label->parameters.items[i]->is_borrowed);
}

Operands find_operands(PathCounter *c, const CoreExpression *step) {
    Operands operands = {0};
    switch (step->kind) {
    case CORE_LOCAL: add_atom(c, &operands, step, true); break;
    case CORE_CONSTRUCT: add_items(c, &operands, &step->items, true); break;
    case CORE_PRIMITIVE: add_items(c, &operands, &step->items, primitive_takes(step->primitive)); break;
    case CORE_LAMBDA: case CORE_DELAY:
        for (size_t i = 0; i < step->captured.count; i++) add_operand(c, &operands, step->captured.items[i], true);
        break;
    case CORE_APPLY: add_call(c, &operands, step); break;
    case CORE_FORCE:
        if (step->first->kind == CORE_APPLY) add_call(c, &operands, step->first);
        else add_atom(c, &operands, step->first, true);
        break;
    case CORE_PERFORM: add_items(c, &operands, &step->items, perform_takes(step)); break;
    case CORE_JUMP: add_jump(c, &operands, step); break;
    case CORE_FAULT: add_atom(c, &operands, step->first, false); break;
    case CORE_HANDLE: add_atom(c, &operands, step->first, true); break;
    default: break;
    }
    return operands;
}

CoreVariables find_captured(Arena *arena, CoreExpression *closure) {
    CoreVariables free = core_free_variables(arena, closure), captured = {0};
    for (int counted = 0; counted < 2; counted++) {
        for (size_t i = 0; i < free.count; i++) {
            if (core_is_counted(free.items[i]) == (counted == 1)) vector_push(arena, &captured, free.items[i]);
        }
    }
    return captured;
}
