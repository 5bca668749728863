// Copies of expressions under a substitution: uses of what is polymorphic become uses of copies.

#include <string.h>

#include "specialise.h"

// One copy of a polymorphic local.
typedef struct LocalInstance {
    Symbol key;
    CoreVariable *copy;
    Types arguments;
    bool is_made;
} LocalInstance;

typedef struct PolymorphicLocal {
    Vector(LocalInstance *) instances;
} PolymorphicLocal;

static void specialise_into(Specialiser *s, CoreExpression *e, CoreExpression **slot);

// ---- polymorphic locals ----

static LocalInstance *find_local_instance(Specialiser *s, const CoreVariable *variable, PolymorphicLocal *local, const Types *arguments) {
    Types canonical = canonical_arguments(s, &variable->parameters, arguments);
    Symbol key = key_of(s, &canonical);
    for (size_t i = 0; i < local->instances.count; i++) {
        if (local->instances.items[i]->key == key) return local->instances.items[i];
    }
    LocalInstance *instance = NEW(s->arena, LocalInstance);
    push_substitution(s, &variable->parameters, &canonical);
    CoreVariable *copy = core_variable(s->arena, s->program, variable->name, specialise_type(s, variable->type), variable->span);
    pop_substitution(s, variable->parameters.count);
    *instance = (LocalInstance){key, copy, canonical, false};
    vector_push(s->arena, &local->instances, instance);
    return instance;
}

// The arguments of a use; within its own definition a local stands for the copy being made.
static Types arguments_of_use(Specialiser *s, const CoreExpression *use) {
    if (use->type_arguments.count) return specialise_types(s, &use->type_arguments);
    Types arguments = {0};
    for (size_t i = 0; i < use->variable->parameters.count; i++)
        vector_push(s->arena, &arguments, specialise_type(s, parameter_type(s->arena, use->variable->parameters.items[i])));
    return arguments;
}

static void specialise_local(Specialiser *s, const CoreExpression *use, CoreExpression *copy) {
    PolymorphicLocal *local = numbered_get(&s->polymorphic, use->variable->id);
    if (!local) return;
    Types arguments = arguments_of_use(s, use);
    copy->variable = find_local_instance(s, use->variable, local, &arguments)->copy;
    copy->type_arguments = (Types){0};
}

static bool is_polymorphic(const CoreExpression *let) {
    if (let->kind == CORE_LET) return let->variable->parameters.count > 0;
    for (size_t i = 0; i < let->bindings.count; i++) {
        if (let->bindings.items[i].variable->parameters.count) return true;
    }
    return false;
}

static void add_polymorphic_local(Specialiser *s, const CoreVariable *variable) {
    numbered_put(&s->polymorphic, variable->id, NEW(s->arena, PolymorphicLocal));
}

static void add_pending(Specialiser *s, CoreExpression *let, CoreExpression **slot) {
    if (let->kind == CORE_LET) add_polymorphic_local(s, let->variable);
    for (size_t i = 0; i < let->bindings.count; i++) add_polymorphic_local(s, let->bindings.items[i].variable);
    vector_push(s->arena, &s->pending, ((PendingLet){let, slot}));
}

static CoreExpression *specialise_value(Specialiser *s, const CoreVariable *variable, const LocalInstance *instance, CoreExpression *value) {
    push_substitution(s, &variable->parameters, &instance->arguments);
    CoreExpression *copy = specialise_expression(s, value);
    pop_substitution(s, variable->parameters.count);
    return copy;
}

// A value that nothing uses is computed once all the same: it may fault.
static void place_let(Specialiser *s, const PendingLet *pending) {
    const CoreExpression *let = pending->let;
    PolymorphicLocal *local = numbered_get(&s->polymorphic, let->variable->id);
    if (local->instances.count == 0) {
        Types arguments = default_arguments(s, &let->variable->parameters);
        find_local_instance(s, let->variable, local, &arguments);
    }
    for (size_t i = 0; i < local->instances.count; i++) {
        const LocalInstance *instance = local->instances.items[i];
        CoreExpression *value = specialise_value(s, let->variable, instance, let->first);
        CoreExpression *node = core_let(s->arena, instance->copy, value, *pending->slot);
        node->span = let->span;
        *pending->slot = node;
    }
}

// Copies of recursive functions may ask for further copies of each other, so this goes on until none is new.
static void place_let_rec(Specialiser *s, const PendingLet *pending) {
    const CoreExpression *let = pending->let;
    CoreExpression *node = core_node(s->arena, CORE_LET_REC, (*pending->slot)->type, let->span);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < let->bindings.count; i++) {
            const CoreBinding *binding = &let->bindings.items[i];
            PolymorphicLocal *local = numbered_get(&s->polymorphic, binding->variable->id);
            for (size_t j = 0; j < local->instances.count; j++) {
                LocalInstance *instance = local->instances.items[j];
                if (instance->is_made) continue;
                instance->is_made = changed = true;
                CoreBinding copy = {instance->copy, specialise_value(s, binding->variable, instance, binding->value)};
                vector_push(s->arena, &node->bindings, copy);
            }
        }
    }
    if (node->bindings.count == 0) return;
    node->body = *pending->slot;
    *pending->slot = node;
}

// Innermost first: what is outside may still be asked for copies by what is inside.
static void place_pending(Specialiser *s, size_t mark) {
    while (s->pending.count > mark) {
        PendingLet pending = s->pending.items[--s->pending.count];
        if (pending.let->kind == CORE_LET) place_let(s, &pending);
        else place_let_rec(s, &pending);
    }
}

// ---- nodes ----

static void specialise_global(Specialiser *s, CoreExpression *copy) {
    copy->definition = find_instance(s, copy->definition, &copy->type_arguments, copy->span);
    if (copy->definition->kind != DEFINITION_EXTERN) copy->type_arguments = (Types){0};
}

static CoreExpression *copy_one(Specialiser *s, const CoreExpression *e) {
    CoreExpression *copy = copy_node(&s->copier, e);
    switch (e->kind) {
    case CORE_LOCAL: specialise_local(s, e, copy); break;
    case CORE_GLOBAL: specialise_global(s, copy); break;
    case CORE_PERFORM:
        if (e->operation->effect->kind == EFFECT_CELL) need_cell(s, e->operation->effect);
        break;
    default: break;
    }
    return copy;
}

static bool is_replaced(const CoreExpression *e) {
    if (e->kind == CORE_PRIMITIVE) return e->primitive <= PRIMITIVE_APPEND;
    return e->kind == CORE_HANDLE || (e->kind == CORE_PERFORM && (e->operation->effect->kind == EFFECT_USER || e->operation->effect->is_handled || e->operation->runs_cell));
}

static CoreExpression *replace(Specialiser *s, CoreExpression *copy) {
    if (copy->kind == CORE_HANDLE) return lower_handle(s, copy);
    if (copy->kind != CORE_PERFORM) return resolve_overload(s, copy);
    return copy->operation->runs_cell ? lower_run(s, copy) : lower_perform(s, copy);
}

static void specialise_clauses(Specialiser *s, const CoreExpression *e, CoreExpression *copy) {
    memset(&copy->clauses, 0, sizeof copy->clauses);
    for (size_t i = 0; i < e->clauses.count; i++) {
        const CoreHandlerClause *clause = &e->clauses.items[i];
        for (unsigned k = 0; k < count_clause_copies(clause->operation); k++) {
            Types arguments = arguments_of_copy(s, clause, k);
            push_substitution(s, &clause->own, &arguments);
            CoreHandlerClause made = copy_clause(&s->copier, clause);
            made.copy = k;
            specialise_into(s, clause->body, &made.body);
            pop_substitution(s, clause->own.count);
            vector_push(s->arena, &copy->clauses, made);
        }
    }
}

static void specialise_handle(Specialiser *s, CoreExpression *e, CoreExpression *copy) {
    specialise_into(s, e->first, &copy->first);
    specialise_clauses(s, e, copy);
    if (e->return_body) specialise_into(s, e->return_body, &copy->return_body);
}

static void specialise_spine(Specialiser *s, CoreExpression *e, CoreExpression **slot) {
    for (;;) {
        if ((e->kind == CORE_LET || e->kind == CORE_LET_REC) && is_polymorphic(e)) {
            add_pending(s, e, slot);
            e = e->body;
            continue;
        }
        CoreExpression *copy = copy_one(s, e);
        *slot = copy;
        unsigned count = core_child_count(copy);
        bool replaced = is_replaced(e);
        if (e->kind == CORE_HANDLE) {
            specialise_handle(s, e, copy);
            count = 0;
        }
        for (unsigned i = 0; i + !replaced < count; i++) {
            CoreExpression **child = core_child(copy, i);
            specialise_into(s, *child, child);
        }
        if (replaced) *slot = replace(s, copy);
        if (replaced || count == 0) return;
        slot = core_child(copy, count - 1);
        e = *slot;
    }
}

static void specialise_into(Specialiser *s, CoreExpression *e, CoreExpression **slot) {
    size_t mark = s->pending.count;
    specialise_spine(s, e, slot);
    place_pending(s, mark);
}

CoreExpression *specialise_expression(Specialiser *s, CoreExpression *expression) {
    CoreExpression *copy = NULL;
    specialise_into(s, expression, &copy);
    return copy;
}
