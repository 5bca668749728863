// Values in a circle. Top-level values are computed when the program starts, so one that needs itself for that is in error; one that is
// mentioned only inside a function on its way back to itself is not needed yet.
#include "group.h"

static bool refers_to_itself(const Definition *definition) {
    for (size_t i = 0; i < definition->references.count; i++) {
        if (definition->references.items[i]->definition == definition) return true;
    }
    return false;
}

// A function or a computation refers to others only when it is applied or run.
static bool is_computed_at_start(const Definition *definition) {
    const CoreExpression *value = definition->core->value;
    if (definition->declaration->kind != DECLARATION_LET || !value) return false;
    return value->kind != CORE_LAMBDA && value->kind != CORE_DELAY && value->type->kind != TYPE_ERROR;
}

// ---- functions and computations ----

// A function or computation that is computed, by an application for example, and refers to itself: it is computed when it is applied or
// run, for at start it could not be. `let a = b` alone would be computed without end.
static void compute_when_used(Inference *inference, Definition *definition) {
    CoreExpression *value = definition->core->value;
    Type *type = resolve_type(value->type);
    if (value->kind == CORE_GLOBAL) return;
    if (type->kind == TYPE_COMPUTATION)
        definition->core->value = core_delay(inference->arena, core_force(inference->arena, value, type->left), type);
    if (type->kind != TYPE_FUNCTION) return;
    Type *result = resolve_type(type->right);
    CoreVariable *function = made_up_variable(inference, "function", type, value->span);
    CoreVariable *argument = made_up_variable(inference, "argument", type->left, value->span);
    CoreExpression *call = core_node(inference->arena, CORE_APPLY, result, value->span);
    call->first = core_local(inference->arena, function, value->span);
    vector_push(inference->arena, &call->items, core_local(inference->arena, argument, value->span));
    CoreExpression *body = core_let(inference->arena, function, value, call);
    if (result->kind == TYPE_COMPUTATION)
        body = core_delay(inference->arena, core_force(inference->arena, body, result->left), result);
    CoreExpression *lambda = core_node(inference->arena, CORE_LAMBDA, type, value->span);
    vector_push(inference->arena, &lambda->parameters, argument);
    lambda->body = body;
    definition->core->value = lambda;
}

// ---- what a value needs ----

typedef struct Circle {
    Inference *inference;
    const Group *group;
    Table found_from;                   // from a definition to the one that needs it
    Vector(const Definition *) queue;   // those that are needed, breadth first
    const Definition *user;             // whose code is looked at
} Circle;

static Definition *find_member(const Group *group, const CoreDefinition *core) {
    for (size_t i = 0; i < group->count; i++) {
        Definition *definition = group->items[i];
        if (definition->core == core) return definition;
        for (size_t k = 0; k < definition->names.count; k++) {
            if (definition->names.items[k]->core == core) return definition;
        }
    }
    return NULL;
}

static void need(Circle *circle, const CoreDefinition *core, bool is_applied) {
    const Definition *target = find_member(circle->group, core);
    if (!target || table_has(&circle->found_from, target)) return;
    if (!is_applied && !is_computed_at_start(target)) return;
    table_put(&circle->found_from, target, (void *)circle->user);
    vector_push(circle->inference->arena, &circle->queue, target);
}

// What is computed as soon as the expression is: not what stands in functions and computations.
static void look_for_needs(Circle *circle, CoreExpression *e) {
    if (e->kind == CORE_LAMBDA || e->kind == CORE_DELAY) return;
    if (e->kind == CORE_GLOBAL) need(circle, e->definition, false);
    if (e->kind == CORE_APPLY && e->first->kind == CORE_GLOBAL) need(circle, e->first->definition, true);
    unsigned count = core_child_count(e);
    for (unsigned i = 0; i < count; i++) look_for_needs(circle, *core_child(e, i));
}

// The way from a value back to itself through what it needs at once, in `found_from`; false when there is none.
static bool find_circle(Circle *circle, const Definition *start) {
    Arena *arena = circle->inference->arena;
    circle->found_from = table_in(arena);
    circle->queue.count = 0;
    vector_push(arena, &circle->queue, start);
    for (size_t i = 0; i < circle->queue.count && !table_has(&circle->found_from, start); i++) {
        circle->user = circle->queue.items[i];
        CoreExpression *value = circle->user->core->value;
        if (value) look_for_needs(circle, value->kind == CORE_LAMBDA ? value->body : value);
    }
    return table_has(&circle->found_from, start);
}

static const char *describe_circle(Circle *circle, const Definition *start) {
    Arena *arena = circle->inference->arena;
    Vector(const Definition *) way = {0};
    for (const Definition *at = table_get(&circle->found_from, start); at && at != start; at = table_get(&circle->found_from, at))
        vector_push(arena, &way, at);
    Builder chain = builder_in(arena);
    build_format(&chain, "`%s` needs ", start->core->name);
    for (size_t i = way.count; i-- > 0;) build_format(&chain, "`%s`, which needs ", way.items[i]->core->name);
    build_format(&chain, "`%s`", start->core->name);
    return builder_string(&chain);
}

static void report_circle(Circle *circle, const Definition *definition) {
    Diagnostics *diagnostics = circle->inference->diagnostics;
    bool is_pattern = !definition->names.count || definition->names.items[0]->core != definition->core;
    const char *name = is_pattern && definition->names.count ? definition->names.items[0]->name : definition->core->name;
    bool is_alone = table_get(&circle->found_from, definition) == definition;
    Diagnostic *diagnostic = is_alone ? report(diagnostics, E0704, definition->core->span, "the value `%s` is computed from itself", name)
                                      : report(diagnostics, E0704, definition->core->span, "the value `%s` is computed from itself: %s", name,
                                               describe_circle(circle, definition));
    if (is_pattern) add_hint(diagnostics, diagnostic, "only inside a function, such as `fun () -> ...`, may a value mention itself");
    else add_hint(diagnostics, diagnostic, "if it is meant as a function, give it a parameter: `let %s () = ...`", name);
}

// ---- values that are needed later ----

// From the core of a value to the function that computes it.
typedef struct Later {
    Inference *inference;
    Table functions;
} Later;

static Type *maker_type(Inference *inference, Type *type) { return function_type(inference->arena, unit_type(inference), type); }

static void call_maker(Inference *inference, CoreExpression *node, CoreDefinition *maker) {
    CoreExpression *function = core_node(inference->arena, CORE_GLOBAL, maker_type(inference, node->type), node->span);
    function->definition = maker;
    function->type_arguments = node->type_arguments;
    CoreExpression *call = core_node(inference->arena, CORE_APPLY, node->type, node->span);
    call->first = function;
    vector_push(inference->arena, &call->items, core_unit(inference->arena, inference->builtins, node->span));
    *node = *call;
}

static void compute_uses(Later *later, CoreExpression *e) {
    CoreDefinition *maker = e->kind == CORE_GLOBAL ? table_get(&later->functions, e->definition) : NULL;
    if (maker) {
        call_maker(later->inference, e, maker);
        return;
    }
    unsigned count = core_child_count(e);
    for (unsigned i = 0; i < count; i++) compute_uses(later, *core_child(e, i));
}

// `let p = f (fun () -> p)` becomes `let p.made () = f (fun () -> p.made ())` and `let p = p.made ()`: the value is shared but within its circle.
static CoreDefinition *add_maker(Inference *inference, CoreDefinition *core, CoreDefinitions *cores) {
    CoreDefinition *maker = NEW(inference->arena, CoreDefinition);
    *maker = *core;
    maker->shown = core_shown_name(inference->symbols, core);
    maker->name = symbol_format(inference->symbols, "%s.made", core->name);
    maker->type = maker_type(inference, core->type);
    CoreExpression *lambda = core_node(inference->arena, CORE_LAMBDA, maker->type, core->span);
    vector_push(inference->arena, &lambda->parameters, made_up_variable(inference, "_", unit_type(inference), core->span));
    lambda->body = core->value;
    maker->value = lambda;
    vector_push(inference->arena, cores, maker);
    return maker;
}

// A pattern's value and each of its names have makers of their own.
static void add_makers(Later *later, const Definition *definition, CoreDefinitions *cores) {
    table_put(&later->functions, definition->core, add_maker(later->inference, definition->core, cores));
    for (size_t i = 0; i < definition->names.count; i++) {
        CoreDefinition *part = definition->names.items[i]->core;
        if (part != definition->core) table_put(&later->functions, part, add_maker(later->inference, part, cores));
    }
}

static void compute_when_needed(Inference *inference, const Group *group, CoreDefinitions *cores) {
    Later later = {inference, table_in(inference->arena)};
    size_t count = cores->count;
    for (size_t i = 0; i < group->count; i++) {
        if (is_computed_at_start(group->items[i])) add_makers(&later, group->items[i], cores);
    }
    for (size_t i = 0; i < cores->count; i++) {
        if (!table_has(&later.functions, cores->items[i])) compute_uses(&later, cores->items[i]->value);
    }
    for (size_t i = 0; i < count; i++) {
        CoreDefinition *core = cores->items[i];
        if (!table_has(&later.functions, core)) continue;
        core->value = use_core(inference, core);
        call_maker(inference, core->value, table_get(&later.functions, core));
    }
}

// ---- a group ----

void check_start(Inference *inference, const Group *group, CoreDefinitions *cores) {
    if (group->count == 1 && !refers_to_itself(group->items[0])) return;
    for (size_t i = 0; i < group->count; i++) {
        if (is_computed_at_start(group->items[i])) compute_when_used(inference, group->items[i]);
    }
    Circle circle = {.inference = inference, .group = group};
    for (size_t i = 0; i < group->count; i++) {
        if (!is_computed_at_start(group->items[i]) || !find_circle(&circle, group->items[i])) continue;
        report_circle(&circle, group->items[i]);
        return;
    }
    compute_when_needed(inference, group, cores);
}
