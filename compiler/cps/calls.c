// What a call calls, and how.

#include <string.h>

#include "cps.h"

static bool same_representations(const Types *left, const Types *right) {
    for (size_t i = 0; i < left->count; i++)
        if (find_representation(left->items[i]) != find_representation(right->items[i]) ||
            (resolve_type(left->items[i])->kind == TYPE_WAITING_ROW) != (resolve_type(right->items[i])->kind == TYPE_WAITING_ROW))
            return false;
    return true;
}

CpsFunction *find_extern_function(const CpsProgram *program, const CoreExpression *global) {
    for (size_t i = 0; i < program->externs.count; i++) {
        const CoreExpression *other = program->externs.items[i]->external;
        bool is_same = other->definition == global->definition && same_representations(&other->type_arguments, &global->type_arguments);
        if (is_same) return program->externs.items[i];
    }
    return NULL;
}

static Type *after_parameters(Type *type, size_t *count) {
    for (*count = 0, type = resolve_type(type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) ++*count;
    return type;
}

size_t extern_arity(const CoreDefinition *definition) {
    size_t count;
    after_parameters(definition->type, &count);
    return count;
}

Type *extern_result(const CoreDefinition *definition) {
    size_t count;
    return after_parameters(definition->type, &count);
}

bool extern_is_computation(const CoreDefinition *definition) { return extern_result(definition)->kind == TYPE_COMPUTATION; }

bool takes_arguments(Symbol c_symbol) {
    size_t length = strlen(c_symbol);
    return length > 5 && strcmp(c_symbol + length - 5, "_take") == 0;
}

static bool row_waits(const CpsProgram *program, const CoreExpression *computation) {
    if (program->any_row_waits) return true;
    Type *type = resolve_type(computation->type);
    return type->kind != TYPE_COMPUTATION || row_can_wait(type->right);
}

// `callee` applied to `items`, run when `forced` (the node that is run) is given.
static CpsCall call_of(const CpsProgram *program, const CoreExpression *callee, const CoreExpressions *items, const CoreExpression *forced) {
    CpsCall call = {.callee = callee, .items = items, .runs = forced != NULL};
    size_t given = items ? items->count : 0;
    call.taken = given;
    bool may_wait = forced && row_waits(program, forced);
    CoreDefinition *definition = callee->kind == CORE_GLOBAL ? callee->definition : NULL;
    CpsFunction *function = definition ? table_get(&program->function_of, definition) : NULL;
    size_t arity = 0;
    bool is_computation = false;
    if (function && !function->is_value) {
        arity = function->parameters.count;
        is_computation = function->mode != CPS_PURE;
        call.kind = CALL_FUNCTION;
        call.function = function;
    } else if (definition && definition->kind == DEFINITION_EXTERN) {
        arity = extern_arity(definition);
        is_computation = extern_is_computation(definition);
        call.kind = CALL_EXTERN;
        call.external = definition;
    } else {
        call.kind = given || forced ? CALL_CLOSURE : CALL_NONE;
        call.waits = may_wait;
        return call;
    }
    if (given < arity || (is_computation && !forced)) {
        call.kind = given || arity == 0 ? CALL_PARTIAL : CALL_NONE;
        if (given == 0) call.kind = CALL_NONE;
        return call;
    }
    call.taken = arity;
    call.runs_answer = given > arity || (forced && !is_computation);
    if (call.runs_answer) call.waits = may_wait;
    else if (forced && function) {
        call.waits = function->mode == CPS_WAITING;
        call.aborts = function->aborts;
    }
    else if (forced) call.waits = definition->waits && may_wait;
    return call;
}

CpsCall find_call(const CpsProgram *program, const CoreExpression *node) {
    switch (node->kind) {
    case CORE_APPLY: return call_of(program, node->first, &node->items, NULL);
    case CORE_FORCE:
        if (node->first->kind == CORE_APPLY) return call_of(program, node->first->first, &node->first->items, node->first);
        return call_of(program, node->first, NULL, node->first);
    case CORE_GLOBAL: {
        CoreDefinition *definition = node->definition;
        bool is_constant = definition->kind == DEFINITION_EXTERN && extern_arity(definition) == 0 && !extern_is_computation(definition);
        if (is_constant) return call_of(program, node, NULL, NULL);
        return (CpsCall){0};
    }
    case CORE_PERFORM:
        return (CpsCall){.kind = CALL_OPERATION, .items = &node->items, .taken = node->items.count, .runs = true,
                         .waits = !node->jumps && (node->operation->waits || node->index), .aborts = node->jumps};
    default: return (CpsCall){0};
    }
}

void visit_children(const CoreExpression *node, void (*visit)(void *context, const CoreExpression *child), void *context) {
    if (node->kind == CORE_LAMBDA || node->kind == CORE_DELAY) return;
    if (node->first) visit(context, node->first);
    for (size_t i = 0; i < node->items.count; i++) visit(context, node->items.items[i]);
    for (size_t i = 0; i < node->arms.count; i++) {
        if (node->arms.items[i].literal) visit(context, node->arms.items[i].literal);
        visit(context, node->arms.items[i].body);
    }
    if (node->otherwise) visit(context, node->otherwise);
    if (node->body) visit(context, node->body);
}

bool reads_scrutinee(const CoreExpression *node) {
    if (node->arms.count == 0 && !node->otherwise) return false;
    bool is_only = node->arms.count == 1 && !node->otherwise && node->arms.items[0].constructor;
    return !is_only || find_representation(node->first->type) != REPRESENTATION_WORD;
}
