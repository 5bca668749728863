// Copies of expressions with binders of their own.

#include <string.h>

#include "expression.h"

static Type *copied_type(Copier *copier, Type *type) {
    return copier->copy_type && type ? copier->copy_type(copier->context, type) : type;
}

static Types copy_types(Copier *copier, const Types *types) {
    Types copy = {0};
    for (size_t i = 0; i < types->count; i++) vector_push(copier->arena, &copy, copied_type(copier, types->items[i]));
    return copy;
}

CoreVariables copy_variables(Arena *arena, const CoreVariables *variables) {
    CoreVariables copy = {0};
    for (size_t i = 0; i < variables->count; i++) vector_push(arena, &copy, variables->items[i]);
    return copy;
}

static void rename_binder(Copier *copier, uint32_t id, void *copy) {
    numbered_put(&copier->renamed, id, copy);
    vector_push(copier->arena, &copier->ids, id);
}

CoreVariable *copy_variable(Copier *copier, CoreVariable *variable) {
    if (!variable) return NULL;
    CoreVariable *copy = NEW(copier->arena, CoreVariable);
    *copy = *variable;
    copy->id = copier->program->next_id++;
    copy->type = copied_type(copier, variable->type);
    rename_binder(copier, variable->id, copy);
    return copy;
}

static CoreVariables copy_binders(Copier *copier, const CoreVariables *variables) {
    CoreVariables copy = {0};
    for (size_t i = 0; i < variables->count; i++) vector_push(copier->arena, &copy, copy_variable(copier, variables->items[i]));
    return copy;
}

static CoreLabel *copy_label(Copier *copier, CoreLabel *label) {
    CoreLabel *copy = NEW(copier->arena, CoreLabel);
    *copy = (CoreLabel){label->name, copier->program->next_id++, copy_binders(copier, &label->parameters), label->is_loop};
    rename_binder(copier, label->id, copy);
    return copy;
}

static void *renamed_or(Copier *copier, uint32_t id, void *original) {
    void *copy = numbered_get(&copier->renamed, id);
    return copy ? copy : original;
}

static void copy_arms(Copier *copier, CoreExpression *copy, const CoreExpression *node) {
    memset(&copy->arms, 0, sizeof copy->arms);
    for (size_t i = 0; i < node->arms.count; i++) {
        CoreArm arm = node->arms.items[i];
        arm.fields = copy_binders(copier, &arm.fields);
        vector_push(copier->arena, &copy->arms, arm);
    }
}

static void copy_bindings(Copier *copier, CoreExpression *copy, const CoreExpression *node) {
    memset(&copy->bindings, 0, sizeof copy->bindings);
    for (size_t i = 0; i < node->bindings.count; i++) {
        CoreBinding binding = {copy_variable(copier, node->bindings.items[i].variable), node->bindings.items[i].value};
        vector_push(copier->arena, &copy->bindings, binding);
    }
}

CoreHandlerClause copy_clause(Copier *copier, const CoreHandlerClause *clause) {
    CoreHandlerClause copy = *clause;
    copy.parameters = copy_binders(copier, &clause->parameters);
    copy.resume = copy_variable(copier, clause->resume);
    return copy;
}

static void copy_clauses(Copier *copier, CoreExpression *copy, const CoreExpression *node) {
    memset(&copy->clauses, 0, sizeof copy->clauses);
    for (size_t i = 0; i < node->clauses.count; i++) {
        vector_push(copier->arena, &copy->clauses, copy_clause(copier, &node->clauses.items[i]));
    }
    copy->return_parameter = copy_variable(copier, node->return_parameter);
}

// Binders and names that only some kinds of node have.
static void copy_names(Copier *copier, CoreExpression *copy, const CoreExpression *node) {
    switch (node->kind) {
    case CORE_LET: copy->variable = copy_variable(copier, node->variable); break;
    case CORE_LOCAL: copy->variable = renamed_or(copier, node->variable->id, node->variable); break;
    case CORE_LAMBDA: copy->parameters = copy_binders(copier, &node->parameters); break;
    case CORE_LET_REC: copy_bindings(copier, copy, node); break;
    case CORE_SWITCH: copy_arms(copier, copy, node); break;
    case CORE_JOIN: copy->label = copy_label(copier, node->label); break;
    case CORE_JUMP: copy->label = renamed_or(copier, node->label->id, node->label); break;
    case CORE_HANDLE: copy_clauses(copier, copy, node); break;
    default: break;
    }
}

size_t core_count_inlinings(const CoreInlining *inlined) {
    size_t count = 0;
    for (; inlined; inlined = inlined->outer) count++;
    return count;
}

static const CoreInlining *append_inlining(Copier *copier, const CoreInlining *inner) {
    const CoreInlining *first = copier->inlined, **next = &first;
    size_t count = core_count_inlinings(inner);
    for (; count > copier->inlined_before; inner = inner->outer, count--) {
        CoreInlining *copy = NEW(copier->arena, CoreInlining);
        *copy = *inner;
        copy->outer = copier->inlined;
        *next = copy;
        next = &copy->outer;
    }
    return first;
}

static const CoreInlining *continue_inlining(Copier *copier, const CoreInlining *inlined) {
    if (!inlined) return copier->inlined;
    if (inlined != copier->inlined_from) {
        copier->inlined_from = inlined;
        copier->inlined_to = append_inlining(copier, inlined);
    }
    return copier->inlined_to;
}

CoreExpression *copy_node(Copier *copier, const CoreExpression *node) {
    CoreExpression *copy = NEW(copier->arena, CoreExpression);
    *copy = *node;
    copy->type = copied_type(copier, node->type);
    if (copier->inlined) copy->inlined = continue_inlining(copier, node->inlined);
    if (node->type_arguments.count) copy->type_arguments = copy_types(copier, &node->type_arguments);
    if (node->items.count) {
        memset(&copy->items, 0, sizeof copy->items);
        for (size_t i = 0; i < node->items.count; i++) vector_push(copier->arena, &copy->items, node->items.items[i]);
    }
    copy_names(copier, copy, node);
    return copy;
}

static void copy_into(Copier *copier, CoreExpression *expression, CoreExpression **slot) {
    for (;;) {
        CoreExpression *copy = copy_node(copier, expression);
        *slot = copy;
        unsigned count = core_child_count(copy);
        if (count == 0) return;
        for (unsigned i = 0; i + 1 < count; i++) {
            CoreExpression **child = core_child(copy, i);
            copy_into(copier, *child, child);
        }
        slot = core_child(copy, count - 1);
        expression = *slot;
    }
}

CoreExpression *copy_expression(Copier *copier, CoreExpression *expression) {
    CoreExpression *copy = NULL;
    copy_into(copier, expression, &copy);
    // A binder that stays in scope elsewhere keeps its name there.
    while (copier->ids.count) numbered_put(&copier->renamed, copier->ids.items[--copier->ids.count], NULL);
    return copy;
}
