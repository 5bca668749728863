// Questions that every pass over core asks.

#include "expression.h"

#include <string.h>

bool core_is_literal(const CoreExpression *expression) {
    return expression->kind == CORE_INT || expression->kind == CORE_FLOAT || expression->kind == CORE_STRING;
}

bool core_is_constant(const CoreExpression *expression) { return expression->kind == CORE_CONSTRUCT && expression->items.count == 0; }

// A C function without parameters that answers a value is called where it stands.
static bool is_called(const CoreDefinition *definition) {
    return definition->kind == DEFINITION_EXTERN && core_extern_arity(definition) == 0 && resolve_type(definition->type)->kind != TYPE_COMPUTATION;
}

bool core_is_atom(const CoreExpression *expression) {
    if (expression->kind == CORE_GLOBAL) return !is_called(expression->definition);
    return core_is_literal(expression) || expression->kind == CORE_LOCAL || core_is_constant(expression);
}

bool core_is_counted(const CoreVariable *variable) {
    return !variable->is_token && find_representation(variable->type) == REPRESENTATION_COUNTED;
}

bool core_same_literal(const CoreExpression *left, const CoreExpression *right) {
    if (left->kind != right->kind) return false;
    switch (left->kind) {
    case CORE_INT: return left->int_value == right->int_value;
    case CORE_FLOAT: return left->float_value == right->float_value;
    case CORE_STRING: return text_equal(left->text, right->text);
    default: return false;
    }
}

CoreExpression *core_lambda_of(const CoreDefinition *definition) {
    CoreExpression *value = definition->kind == DEFINITION_VALUE ? definition->value : NULL;
    return value && value->kind == CORE_LAMBDA ? value : NULL;
}

bool core_is_function(const CoreDefinition *definition) {
    if (definition->kind == DEFINITION_EXTERN) return true;
    return definition->kind == DEFINITION_VALUE && (definition->value->kind == CORE_LAMBDA || definition->value->kind == CORE_DELAY);
}

Type *core_result_type(Type *function, size_t count) {
    Type *type = resolve_type(function);
    while (count-- && type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    return type;
}

size_t core_extern_arity(const CoreDefinition *definition) {
    size_t arity = 0;
    for (Type *type = resolve_type(definition->type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) arity++;
    return arity;
}

bool core_takes_arguments(Symbol symbol) {
    size_t length = strlen(symbol);
    return length > 5 && strcmp(symbol + length - 5, "_take") == 0;
}

bool core_type_is_exact(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA) return false;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (!core_type_is_exact(type->arguments.items[i])) return false;
    }
    return true;
}

// ---- children ----

unsigned core_child_count(const CoreExpression *e) {
    size_t count = e->items.count + e->bindings.count + e->arms.count + e->clauses.count;
    return (unsigned)count + (e->first != NULL) + (e->otherwise != NULL) + (e->return_body != NULL) + (e->body != NULL);
}

CoreExpression **core_child(CoreExpression *e, unsigned index) {
    if (e->first && index-- == 0) return &e->first;
    if (index < e->items.count) return &e->items.items[index];
    index -= (unsigned)e->items.count;
    if (index < e->bindings.count) return &e->bindings.items[index].value;
    index -= (unsigned)e->bindings.count;
    if (index < e->arms.count) return &e->arms.items[index].body;
    index -= (unsigned)e->arms.count;
    if (e->otherwise && index-- == 0) return &e->otherwise;
    if (index < e->clauses.count) return &e->clauses.items[index].body;
    index -= (unsigned)e->clauses.count;
    if (e->return_body && index-- == 0) return &e->return_body;
    return &e->body;
}

void core_walk(CoreExpression *expression, void (*visit)(void *context, CoreExpression *node), void *context) {
    for (;;) {
        visit(context, expression);
        unsigned count = core_child_count(expression);
        if (count == 0) return;
        for (unsigned i = 0; i + 1 < count; i++) core_walk(*core_child(expression, i), visit, context);
        expression = *core_child(expression, count - 1);
    }
}

unsigned core_size(const CoreExpression *expression, unsigned limit) {
    unsigned size = 0;
    while (size < limit) {
        size++;
        unsigned count = core_child_count(expression);
        if (count == 0) return size;
        for (unsigned i = 0; i + 1 < count && size < limit; i++) size += core_size(*core_child((CoreExpression *)expression, i), limit - size);
        expression = *core_child((CoreExpression *)expression, count - 1);
    }
    return size;
}

// ---- facts by number ----

void *numbered_get(const Numbered *numbered, uint32_t id) { return id < numbered->count ? numbered->items[id] : NULL; }

void numbered_put(Numbered *numbered, uint32_t id, void *value) {
    if (id >= numbered->count) {
        size_t count = numbered->count ? numbered->count : 256;
        while (count <= id) count *= 2;
        void **items = NEW_ARRAY(numbered->arena, void *, count);
        if (numbered->count) memcpy(items, numbered->items, numbered->count * sizeof *items);
        numbered->items = items;
        numbered->count = count;
    }
    numbered->items[id] = value;
}

Symbol core_shown_name(Symbols *symbols, const CoreDefinition *definition) {
    if (definition->shown) return definition->shown;
    return symbol_format(symbols, "%s.%s", definition->module ? definition->module : "Program", definition->name);
}
