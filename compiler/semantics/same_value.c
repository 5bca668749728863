// Whether two values are the same: of what a spec says with what the program does, code included. Code is the same when it reads the same, and has
// captured the same.

#include "spec.h"

#include <string.h>

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

// ---- code that stands at two places ----

// A variable of the one and the variable that stands for it in the other, the innermost first.
typedef struct Twins {
    const CoreVariable *left, *right;
    const struct Twins *outer;
} Twins;

// Two closures: what stands in them may be what they have captured.
typedef struct Both {
    Engine *engine;
    Object *left, *right;
} Both;

static bool same_node(const Both *both, const CoreExpression *left, const CoreExpression *right, const Twins *twins);

static bool same_variable(const Both *both, const CoreVariable *left, const CoreVariable *right, const Twins *twins) {
    for (; twins; twins = twins->outer)
        if (twins->left == left || twins->right == right) return twins->left == left && twins->right == right;
    Value l, r;
    const Machine *machine = both->engine->machine;
    return find_local((Machine *)(uintptr_t)machine, both->left, left, &l) && find_local((Machine *)(uintptr_t)machine, both->right, right, &r) &&
           same_value(both->engine, l, r);
}

static bool same_nodes(const Both *both, const CoreExpressions *left, const CoreExpressions *right, const Twins *twins) {
    for (size_t i = 0; i < left->count && i < right->count; i++)
        if (!same_node(both, left->items[i], right->items[i], twins)) return false;
    return left->count == right->count;
}

// The bodies, within which the variables from `index` on are bound, too.
static bool same_bodies(const Both *both, const CoreVariables *left, const CoreVariables *right, size_t index, const CoreExpression *left_body,
                        const CoreExpression *right_body, const Twins *outer) {
    if (left->count != right->count) return false;
    while (index < left->count && !left->items[index] && !right->items[index]) index++;
    if (index == left->count) return same_node(both, left_body, right_body, outer);
    if (!left->items[index] || !right->items[index]) return false;
    Twins twins = {left->items[index], right->items[index], outer};
    return same_bodies(both, left, right, index + 1, left_body, right_body, &twins);
}

static bool same_switch(const Both *both, const CoreExpression *left, const CoreExpression *right, const Twins *twins) {
    if (left->arms.count != right->arms.count || !left->otherwise != !right->otherwise || !same_node(both, left->first, right->first, twins)) return false;
    for (size_t i = 0; i < left->arms.count; i++) {
        const CoreArm *l = &left->arms.items[i], *r = &right->arms.items[i];
        if (l->constructor != r->constructor || (!l->constructor && !same_node(both, l->literal, r->literal, twins))) return false;
        if (!same_bodies(both, &l->fields, &r->fields, 0, l->body, r->body, twins)) return false;
    }
    return !left->otherwise || same_node(both, left->otherwise, right->otherwise, twins);
}

static bool same_node(const Both *both, const CoreExpression *left, const CoreExpression *right, const Twins *twins) {
    if (left->kind != right->kind) return false;
    switch (left->kind) {
    case CORE_INT: return left->int_value == right->int_value;
    case CORE_FLOAT: return memcmp(&left->float_value, &right->float_value, sizeof left->float_value) == 0;
    case CORE_STRING: return text_equal(left->text, right->text);
    case CORE_FAULT: return same_node(both, left->first, right->first, twins);
    case CORE_LOCAL: return same_variable(both, left->variable, right->variable, twins);
    case CORE_GLOBAL: return left->definition == right->definition;
    case CORE_CONSTRUCT: return left->constructor == right->constructor && same_nodes(both, &left->items, &right->items, twins);
    case CORE_FIELD: return left->constructor == right->constructor && left->index == right->index && same_node(both, left->first, right->first, twins);
    case CORE_PRIMITIVE: return left->primitive == right->primitive && same_nodes(both, &left->items, &right->items, twins);
    case CORE_PERFORM: return left->operation == right->operation && same_nodes(both, &left->items, &right->items, twins);
    case CORE_APPLY: return same_node(both, left->first, right->first, twins) && same_nodes(both, &left->items, &right->items, twins);
    case CORE_FORCE: return same_node(both, left->first, right->first, twins);
    case CORE_DELAY: return same_node(both, left->body, right->body, twins);
    case CORE_LAMBDA: return same_bodies(both, &left->parameters, &right->parameters, 0, left->body, right->body, twins);
    case CORE_LET: {
        Twins inner = {left->variable, right->variable, twins};
        return same_node(both, left->first, right->first, twins) && same_node(both, left->body, right->body, &inner);
    }
    case CORE_SWITCH: return same_switch(both, left, right, twins);
    default: return false;
    }
}

static bool same_code(Engine *engine, Value left, Value right) {
    if (left.kind != right.kind) return false;
    if (left.kind == VALUE_EXTERNAL) return left.external == right.external;
    if (left.object == right.object) return true;
    if (left.kind == VALUE_CONTINUATION) return false;
    if (left.kind != VALUE_PARTIAL && left.object->about == right.object->about) return same_closure(engine, left.object, right.object);
    if (left.kind != VALUE_PARTIAL) return same_node(&(Both){engine, left.object->scope, right.object->scope}, left.object->about, right.object->about, NULL);
    if (left.object->count != right.object->count) return false;
    for (size_t i = 0; i < left.object->count; i++)
        if (!same_value(engine, left.object->items[i], right.object->items[i])) return false;
    return true;
}

bool is_same_code(void *context, Value left, Value right) { return same_code(context, left, right); }

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
