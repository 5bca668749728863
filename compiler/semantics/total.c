// Functions of which it is known, by their text alone, that they give a value for whatever they are applied to: they neither fault nor go on for
// ever. So an application of one to a list that is not known is some value, and may be left as it is.
//
// All that is applied in one is looked through, too: top-level functions, functions written in it, those it is applied to and has captured. What
// would get round this is refused: a function that comes out of data, or is given to a function that is not called by its own name with all its
// arguments. The only recursion is that of a function which calls itself, by name, on the rest of its list.

#include "loop.h"

#include <string.h>

#include "../base/table.h"

typedef struct Totality {
    Engine *engine;
    Table done;    // LAMBDA to itself: it is total; to NULL: it is not; to this: it is being looked through
    Table smaller; // variables that are the rest of the list of the function that is being looked through
    Table open;    // variables of which it is not known what function they are
    const CoreExpression *lambda; // the function, when it may call itself
    size_t list;   // its parameter that gets smaller
    Table counts;  // LAMBDA to a set of its parameters: they count, and have to begin small
    size_t list_of_last; // that, of the function that was looked through last and calls itself
    Object *scope; // what it, or the function around it, has captured
} Totality;

static bool is_total_node(Totality *t, const CoreExpression *node);
static bool is_total_function(Totality *t, const CoreExpression *lambda, Object *scope, bool is_whole);
static bool is_total_value(Totality *t, Value value);

static bool is_function(Type *type) { return resolve_type(type)->kind == TYPE_FUNCTION; }

static size_t arrows_of(Type *type) {
    size_t count = 0;
    for (type = resolve_type(type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) count++;
    return count;
}

static bool is_harmless(Primitive primitive) {
    switch (primitive) {
    case PRIMITIVE_EQUAL:
    case PRIMITIVE_NOT_EQUAL:
    case PRIMITIVE_LESS:
    case PRIMITIVE_LESS_EQUAL:
    case PRIMITIVE_GREATER:
    case PRIMITIVE_GREATER_EQUAL:
    case PRIMITIVE_COMPARE:
    case PRIMITIVE_SHOW:
    case PRIMITIVE_INTERPOLATE:
    case PRIMITIVE_APPEND:
    case PRIMITIVE_STRING_APPEND:
    case PRIMITIVE_STRING_CONCATENATE: return true;
    default: return false;
    }
}

// ---- the list that gets smaller ----

static bool is_parameter(const Totality *t, const CoreExpression *node) {
    return t->lambda && node->kind == CORE_LOCAL && node->variable == t->lambda->parameters.items[t->list];
}

static bool is_smaller(const Totality *t, const CoreExpression *node) { return node->kind == CORE_LOCAL && table_has(&t->smaller, node->variable); }

static void put(Table *table, const CoreVariable *variable) { table_put(table, variable, (void *)(uintptr_t)variable); }

static void note_fields(Totality *t, const CoreExpression *scrutinee, const CoreArm *arm) {
    bool is_list = arm->constructor && arm->constructor->data == t->engine->program->builtins->list_type;
    for (size_t i = 0; arm->constructor && i < arm->fields.count; i++)
        if (arm->fields.items[i] && is_function(arm->fields.items[i]->type)) put(&t->open, arm->fields.items[i]);
    if (is_list && arm->fields.count == 2 && arm->fields.items[1] && (is_parameter(t, scrutinee) || is_smaller(t, scrutinee)))
        put(&t->smaller, arm->fields.items[1]);
}

// ---- application ----

static bool are_total(Totality *t, const CoreExpressions *nodes) {
    for (size_t i = 0; i < nodes->count; i++)
        if (!is_total_node(t, nodes->items[i])) return false;
    return true;
}

// `count + 1`: what is added in each turn to a parameter that is nothing else. No list is long enough to make that too large, from a small beginning.
static bool is_count(const CoreExpression *item, const CoreVariable *parameter) {
    enum { LARGEST_STEP = 1000 };
    bool is_sum = item->kind == CORE_PRIMITIVE && item->primitive == PRIMITIVE_ADD && resolve_type(item->type)->kind == TYPE_DATA;
    if (!is_sum || item->items.items[0]->kind != CORE_LOCAL || item->items.items[0]->variable != parameter || item->items.items[1]->kind != CORE_INT) return false;
    int64_t step = item->items.items[1]->int_value;
    return step >= -LARGEST_STEP && step <= LARGEST_STEP;
}

static bool is_small(int64_t count) { return count >= INT32_MIN && count <= INT32_MAX; }

static bool is_int(const Engine *engine, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == engine->program->builtins->int_type;
}

static bool calls_itself(const CoreExpression *node, const CoreExpression *lambda) {
    bool is_own = node->kind == CORE_APPLY && node->first->kind == CORE_GLOBAL && node->first->definition->value == lambda;
    return is_own && node->items.count == lambda->parameters.count;
}

// Whether each call of itself gives the parameter as it is, or counted on.
static bool only_counts(const CoreExpression *node, const CoreExpression *lambda, size_t index) {
    const CoreVariable *parameter = lambda->parameters.items[index];
    if (calls_itself(node, lambda)) {
        const CoreExpression *item = node->items.items[index];
        if (!is_count(item, parameter) && !(item->kind == CORE_LOCAL && item->variable == parameter)) return false;
    }
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (!only_counts(*core_child((CoreExpression *)(uintptr_t)node, i), lambda, index)) return false;
    return true;
}

static void find_counts(Totality *t, const CoreExpression *lambda) {
    uintptr_t counts = 0;
    for (size_t i = 0; i < lambda->parameters.count && i < 60; i++)
        if (is_int(t->engine, lambda->parameters.items[i]->type) && only_counts(lambda->body, lambda, i)) counts |= (uintptr_t)1 << i;
    table_put(&t->counts, lambda, (void *)counts);
}

static bool counts(const Totality *t, const CoreExpression *lambda, size_t index) {
    return index < 60 && ((uintptr_t)table_get(&t->counts, lambda) >> index & 1);
}

// A call of itself: on the rest of its list.
static bool is_total_turn(Totality *t, const CoreExpression *call) {
    if (!calls_itself(call, t->lambda) || arrows_of(call->first->type) != call->items.count) return false;
    for (size_t i = 0; i < call->items.count; i++)
        if (!counts(t, t->lambda, i) && !is_total_node(t, call->items.items[i])) return false;
    return is_smaller(t, call->items.items[t->list]);
}

// Those that count begin with a number that is known.
static bool begins_small(const Totality *t, const CoreExpression *lambda, const CoreExpressions *items) {
    for (size_t i = 0; i < items->count; i++)
        if (counts(t, lambda, i) && (items->items[i]->kind != CORE_INT || !is_small(items->items[i]->int_value))) return false;
    return true;
}

static bool is_total_call(Totality *t, const CoreExpression *node) {
    const CoreExpression *first = node->first;
    bool is_turn = t->lambda && first->kind == CORE_GLOBAL && first->definition->kind == DEFINITION_VALUE && first->definition->value == t->lambda;
    if (is_turn) return is_total_turn(t, node);
    if (!are_total(t, &node->items)) return false;
    if (first->kind == CORE_LOCAL) return is_total_node(t, first);
    if (first->kind != CORE_GLOBAL) return false;
    const CoreDefinition *definition = first->definition;
    if (definition->kind == DEFINITION_EXTERN) return always_answers(definition->symbol) && arrows_of(first->type) == node->items.count;
    const CoreExpression *lambda = definition->kind == DEFINITION_VALUE ? definition->value : NULL;
    if (!lambda || lambda->kind != CORE_LAMBDA || lambda->parameters.count != node->items.count) return false;
    if (arrows_of(first->type) != node->items.count) return false;
    return is_total_function(t, lambda, NULL, true) && begins_small(t, lambda, &node->items);
}

static bool is_total_local(Totality *t, const CoreExpression *node) {
    Value value;
    if (table_has(&t->open, node->variable)) return false;
    if (!find_local(t->engine->machine, t->scope, node->variable, &value)) return true; // bound in what is looked through
    return is_total_value(t, value);
}

// ---- expressions ----

static bool is_total_switch(Totality *t, const CoreExpression *node) {
    if (!is_total_node(t, node->first)) return false;
    for (size_t i = 0; i < node->arms.count; i++) {
        note_fields(t, node->first, &node->arms.items[i]);
        if (!is_total_node(t, node->arms.items[i].body)) return false;
    }
    return !node->otherwise || is_total_node(t, node->otherwise);
}

static bool is_total_let(Totality *t, const CoreExpression *node) {
    if (is_function(node->variable->type) && node->first->kind != CORE_LAMBDA) put(&t->open, node->variable);
    if (is_smaller(t, node->first)) put(&t->smaller, node->variable);
    return is_total_node(t, node->first) && is_total_node(t, node->body);
}

// A top-level function that is not called but handed on: by whom it is applied, and to what, is not seen.
static bool is_total_global(Totality *t, const CoreExpression *node) {
    const CoreDefinition *definition = node->definition;
    size_t arrows = arrows_of(node->type);
    if (definition->kind == DEFINITION_EXTERN) return always_answers(definition->symbol);
    if (definition->kind != DEFINITION_VALUE) return false;
    if (!arrows) return resolve_type(node->type)->kind == TYPE_DATA && !is_function(definition->type);
    const CoreExpression *lambda = definition->value;
    return lambda->kind == CORE_LAMBDA && lambda != t->lambda && lambda->parameters.count == arrows && is_total_function(t, lambda, NULL, false) &&
           !table_get(&t->counts, lambda);
}

static bool is_total_node(Totality *t, const CoreExpression *node) {
    switch (node->kind) {
    case CORE_INT:
    case CORE_FLOAT:
    case CORE_STRING: return true;
    case CORE_LOCAL: return is_total_local(t, node);
    case CORE_GLOBAL: return is_total_global(t, node);
    case CORE_CONSTRUCT: return are_total(t, &node->items);
    case CORE_FIELD: return !is_function(node->type) && is_total_node(t, node->first);
    case CORE_PRIMITIVE: return is_harmless(node->primitive) && are_total(t, &node->items);
    case CORE_LAMBDA: return is_total_function(t, node, t->scope, false);
    case CORE_APPLY: return is_total_call(t, node);
    case CORE_LET: return is_total_let(t, node);
    case CORE_SWITCH: return is_total_switch(t, node);
    case CORE_JOIN: return is_total_node(t, node->first) && is_total_node(t, node->body);
    case CORE_JUMP: return are_total(t, &node->items);
    default: return false;
    }
}

// ---- functions ----

static bool takes_functions(const CoreExpression *lambda) {
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (is_function(lambda->parameters.items[i]->type)) return true;
    return false;
}

static bool refers_to_itself(const CoreExpression *node, const CoreExpression *lambda) {
    if (node->kind == CORE_GLOBAL && node->definition->value == lambda) return true;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (refers_to_itself(*core_child((CoreExpression *)(uintptr_t)node, i), lambda)) return true;
    return false;
}

static bool is_list(const Engine *engine, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == engine->program->builtins->list_type;
}

// The function calls itself only on the rest of some list of its own. *list: which.
static bool ends_by_list(Totality *t, const CoreExpression *lambda) {
    find_counts(t, lambda);
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        if (!is_list(t->engine, lambda->parameters.items[i]->type)) continue;
        t->lambda = lambda;
        t->list = i;
        t->smaller = table_in(t->engine->compilation->arena);
        if (is_total_node(t, lambda->body)) return true;
    }
    return false;
}

// `is_whole`: it is called by name with all its arguments. `scope`: what it has captured; NULL: a top-level function, or one within such.
static bool is_total_function(Totality *t, const CoreExpression *lambda, Object *scope, bool is_whole) {
    if ((!is_whole && takes_functions(lambda)) || is_function(lambda->body->type)) return false;
    if (table_has(&t->done, lambda) && (table_get(&t->done, lambda) == t || !scope)) return table_get(&t->done, lambda) == lambda;
    Totality outer = *t;
    table_put(&t->done, lambda, t); // being looked through: what comes back to it is refused
    t->lambda = NULL;
    t->scope = scope;
    bool recurs = refers_to_itself(lambda->body, lambda), is_total = recurs ? ends_by_list(t, lambda) : is_total_node(t, lambda->body);
    size_t list = t->list;
    Table done = t->done, counting = t->counts;
    *t = outer;
    t->done = done;
    t->counts = counting;
    table_put(&t->done, lambda, is_total ? (void *)(uintptr_t)lambda : NULL);
    if (is_total && recurs) t->list_of_last = list;
    return is_total;
}

static bool is_total_value(Totality *t, Value value) {
    value = look(t->engine->machine, value);
    switch (value.kind) {
    case VALUE_FUNCTION: {
        const CoreExpression *lambda = value.object->about;
        bool gives_data = resolve_type(lambda->body->type)->kind == TYPE_DATA;
        return gives_data && is_total_function(t, lambda, value.object->scope, false) && !table_get(&t->counts, lambda);
    }
    case VALUE_EXTERNAL: return always_answers(value.external->symbol);
    case VALUE_PARTIAL:
    case VALUE_CONTINUATION:
    case VALUE_COMPUTATION: return false;
    case VALUE_UNKNOWN: return !is_function(((const Opaque *)value.object->about)->type);
    default: return true;
    }
}

bool is_total(Engine *engine, const CoreExpression *lambda, const Value *arguments, size_t *list) {
    Arena *arena = engine->compilation->arena;
    Totality t = {.engine = engine, .done = table_in(arena), .smaller = table_in(arena), .open = table_in(arena), .counts = table_in(arena)};
    if (!refers_to_itself(lambda->body, lambda) || !is_total_function(&t, lambda, NULL, true)) return false;
    *list = t.list_of_last;
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (!is_total_value(&t, arguments[i]) || (counts(&t, lambda, i) && !(arguments[i].kind == VALUE_INT && is_small(arguments[i].integer)))) return false;
    return true;
}
