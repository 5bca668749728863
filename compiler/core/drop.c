// Where objects die. The fields of a dying object that are needed later get references of their own just before.

#include "count.h"

static bool is_among(const Operands *operands, const CoreVariable *variable) {
    for (size_t i = 0; operands && i < operands->count; i++) {
        if (operands->items[i].variable == variable) return true;
    }
    return false;
}

bool is_protected(PathCounter *c, const CoreVariable *variable, const Operands *also) {
    const Ownership *own = ownership_of(c, variable);
    if (own->is_static) return true;
    for (const CoreVariable *owner = own->owner; owner; owner = own->owner) {
        own = ownership_of(c, owner);
        if (own->is_static || is_live(c, owner) || is_among(also, owner)) return true;
    }
    return false;
}

static CoreExpression *count_node(PathCounter *c, CoreKind kind, CoreVariable *variable, CoreExpression *rest) {
    CoreExpression *node = core_node(c->arena, kind, rest->type, rest->span);
    node->variable = variable;
    node->body = rest;
    return node;
}

CoreExpression *add_dup(PathCounter *c, CoreVariable *variable, CoreExpression *rest) { return count_node(c, CORE_DUP, variable, rest); }

static bool has_live_field(PathCounter *c, const CoreVariable *variable) {
    const CoreVariables *fields = ownership_of(c, variable)->fields;
    for (size_t i = 0; fields && i < fields->count; i++) {
        const CoreVariable *field = fields->items[i];
        if (field && core_is_counted(field) && (is_live(c, field) || has_live_field(c, field))) return true;
    }
    return false;
}

// In the order in which they are to stand in the program.
typedef struct Step {
    CoreKind kind; // DUP or DROP
    CoreVariable *variable;
} Step;
typedef Vector(Step) Steps;

static void add_death(PathCounter *c, CoreVariable *variable, Steps *steps) {
    const Ownership *own = ownership_of(c, variable);
    CoreVariables inner = {0};
    for (size_t i = 0; own->fields && i < own->fields->count; i++) {
        CoreVariable *field = own->fields->items[i];
        if (!field || !core_is_counted(field)) continue;
        bool dies = !is_live(c, field);
        if (dies && !has_live_field(c, field)) continue;
        vector_push(c->arena, steps, ((Step){CORE_DUP, field}));
        if (dies) vector_push(c->arena, &inner, field);
    }
    if (!own->constructor || own->constructor->fields.count) vector_push(c->arena, steps, ((Step){CORE_DROP, variable}));
    for (size_t i = 0; i < inner.count; i++) add_death(c, inner.items[i], steps);
}

static CoreExpression *add_drop(PathCounter *c, CoreVariable *variable, CoreExpression *rest) {
    CoreExpression *node = count_node(c, CORE_DROP, variable, rest);
    const Constructor *constructor = ownership_of(c, variable)->constructor;
    size_t fields = constructor ? constructor->fields.count : 0;
    if (fields == 0 || !can_reuse(rest, fields)) return node;
    node->kind = CORE_DROP_REUSE;
    node->token = core_variable(c->arena, c->program, c->token_name, plain_type(TYPE_WORD), variable->span);
    node->token->is_token = true;
    place_token(c, &node->body, node->token, fields);
    return node;
}

CoreExpression *add_deaths(PathCounter *c, const CoreVariables *dead, CoreExpression *rest) {
    Steps steps = {0};
    for (size_t i = 0; i < dead->count; i++) add_death(c, dead->items[i], &steps);
    for (size_t i = steps.count; i-- > 0;) {
        Step step = steps.items[i];
        rest = step.kind == CORE_DUP ? add_dup(c, step.variable, rest) : add_drop(c, step.variable, rest);
    }
    return rest;
}

CoreExpression *add_rescues(PathCounter *c, const CoreVariable *taken, CoreExpression *rest) {
    const CoreVariables *fields = ownership_of(c, taken)->fields;
    for (size_t i = 0; fields && i < fields->count; i++) {
        CoreVariable *field = fields->items[i];
        if (!field || !core_is_counted(field)) continue;
        rest = is_live(c, field) ? add_dup(c, field, rest) : add_rescues(c, field, rest);
    }
    return rest;
}
