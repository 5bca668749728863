// Whether two values are the same: of what a spec says with what the program does, code included. Code is the same when it stands at the same place
// and has captured the same.

#include "spec.h"

bool holds_code(Value value) {
    switch (value.kind) {
    case VALUE_FUNCTION:
    case VALUE_PARTIAL:
    case VALUE_COMPUTATION:
    case VALUE_EXTERNAL:
    case VALUE_CONTINUATION: return true;
    default: return false;
    }
}

// Whether the innermost scope is a `let rec` that binds the variable.
static bool is_bound_by(const Object *scope, const CoreVariable *variable) {
    const CoreExpression *recursive = scope && scope->kind == ENVIRONMENT_RECURSIVE ? scope->about : NULL;
    for (size_t i = 0; recursive && i < recursive->bindings.count; i++)
        if (recursive->bindings.items[i].variable == variable) return true;
    return false;
}

// Two closures of the same code are the same when what they have captured is. `node` is in the code.
static bool same_captured(Engine *engine, const CoreExpression *node, Object *left, Object *right) {
    Value l, r;
    if (node->kind == CORE_LOCAL) {
        if (is_bound_by(left, node->variable) && is_bound_by(right, node->variable)) return true; // the function itself, or one it was made with
        bool in_left = find_local(engine->machine, left, node->variable, &l), in_right = find_local(engine->machine, right, node->variable, &r);
        if (in_left != in_right) return false;
        return !in_left || same_value(engine, l, r);
    }
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (!same_captured(engine, *core_child((CoreExpression *)(uintptr_t)node, i), left, right)) return false;
    return true;
}

static bool same_closure(Engine *engine, const Object *left, const Object *right) {
    const CoreExpression *recursive = left->scope && left->scope->kind == ENVIRONMENT_RECURSIVE ? left->scope->about : NULL;
    for (size_t i = 0; recursive && i < recursive->bindings.count; i++)
        if (!same_captured(engine, recursive->bindings.items[i].value, left->scope, right->scope)) return false;
    return same_captured(engine, left->about, left->scope, right->scope);
}

// The operation that the function performs on its parameters, and nothing else: what `File.read` is where a function is wanted. NULL: another.
static const Operation *operation_of(const CoreExpression *lambda) {
    const CoreExpression *node = lambda->kind == CORE_LAMBDA ? lambda->body : NULL;
    if (node && node->kind == CORE_DELAY) node = node->body;
    if (!node || node->kind != CORE_PERFORM || node->items.count != lambda->parameters.count) return NULL;
    for (size_t i = 0; i < node->items.count; i++)
        if (node->items.items[i]->kind != CORE_LOCAL || node->items.items[i]->variable != lambda->parameters.items[i]) return NULL;
    return node->operation;
}

static bool same_operation(const CoreExpression *left, const CoreExpression *right) {
    const Operation *operation = operation_of(left);
    return operation && operation == operation_of(right);
}

static bool same_code(Engine *engine, Value left, Value right) {
    if (left.kind != right.kind) return false;
    if (left.kind == VALUE_EXTERNAL) return left.external == right.external;
    if (left.object == right.object) return true;
    if (left.kind == VALUE_FUNCTION && same_operation(left.object->about, right.object->about)) return true;
    if (left.kind != VALUE_PARTIAL) return left.kind != VALUE_CONTINUATION && left.object->about == right.object->about && same_closure(engine, left.object, right.object);
    if (left.object->count != right.object->count) return false;
    for (size_t i = 0; i < left.object->count; i++)
        if (!same_value(engine, left.object->items[i], right.object->items[i])) return false;
    return true;
}

bool same_value(Engine *engine, Value left, Value right) {
    if (is_symbolic(left) && same_term(engine->machine, left, right)) return true;
    if (holds_code(left) || holds_code(right)) return same_code(engine, left, right);
    static const CoreExpression equality = {.kind = CORE_PRIMITIVE, .primitive = PRIMITIVE_EQUAL};
    Task task = {0};
    Object *pair = make_object(engine->machine, PAIR, NULL, NULL, NULL, 2);
    pair->items[0] = left;
    pair->items[1] = right;
    compare_values(engine->machine, &task, &equality, pair);
    return constructor_of(finish_apart(engine, &task))->tag;
}
