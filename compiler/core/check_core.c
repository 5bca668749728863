// The verifier of core: scopes, shapes and places. docs/core.md says what holds at which stage.

#include "check_core.h"

#include <stdarg.h>

#include "../fx.h"

static const char *kind_name(CoreKind kind) {
    static const char *const names[] = {"INT", "FLOAT", "STRING", "LOCAL", "GLOBAL", "CONSTRUCT", "FIELD", "PRIMITIVE", "LAMBDA", "APPLY",
                                        "DELAY", "FORCE", "PERFORM", "LET", "LET_REC", "SWITCH", "JOIN", "JUMP", "FAULT", "HANDLE",
                                        "DUP", "DROP", "DROP_REUSE", "DROP_TOKEN"};
    return names[kind];
}

void report_broken(CoreChecker *checker, const CoreExpression *node, const char *format, ...) {
    if (checker->problem) return;
    Builder builder = builder_in(checker->arena);
    build_format(&builder, "%s.%s", checker->definition->module, checker->definition->name);
    if (checker->definition->key) build_format(&builder, "<%s>", checker->definition->key);
    if (node) build_format(&builder, ": %s", kind_name(node->kind));
    if (node && node->span.source) {
        Position position = source_position(node->span.source, node->span.start);
        build_format(&builder, " at %s:%u:%u", node->span.source->path, position.line, position.column);
    }
    build_string(&builder, ": ");
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&builder, format, arguments);
    va_end(arguments);
    checker->problem = builder_string(&builder);
}

// ---- scope ----

static void bind(CoreChecker *checker, const CoreExpression *node, CoreVariable *variable) {
    if (!variable) return;
    if (numbered_get(&checker->seen, variable->id)) report_broken(checker, node, "`%s` (%u) is bound twice", variable->name, variable->id);
    if (checker->stage > STAGE_TYPED && variable->parameters.count) report_broken(checker, node, "`%s` is still polymorphic", variable->name);
    numbered_put(&checker->seen, variable->id, variable);
    numbered_put(&checker->in_scope, variable->id, variable);
    vector_push(checker->arena, &checker->bound, variable->id);
}

static void bind_all(CoreChecker *checker, const CoreExpression *node, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) bind(checker, node, variables->items[i]);
}

static void leave_scope(CoreChecker *checker, size_t bound, size_t labels) {
    while (checker->bound.count > bound) numbered_put(&checker->in_scope, checker->bound.items[--checker->bound.count], NULL);
    checker->labels.count = labels;
}

static void check_bound(CoreChecker *checker, const CoreExpression *node, const CoreVariable *variable) {
    if (numbered_get(&checker->in_scope, variable->id) != variable)
        report_broken(checker, node, "`%s` (%u) is not in scope", variable->name, variable->id);
}

// ---- shape ----

static void check_atoms(CoreChecker *checker, const CoreExpression *node, const CoreExpressions *items) {
    for (size_t i = 0; i < items->count; i++) {
        if (!core_is_atom(items->items[i])) report_broken(checker, node, "argument %zu is no atom but %s", i + 1, kind_name(items->items[i]->kind));
    }
}

static bool is_control(const CoreExpression *e) {
    return e->kind == CORE_LET || e->kind == CORE_SWITCH || e->kind == CORE_JOIN || e->kind == CORE_JUMP || (e->kind >= CORE_DUP && e->kind <= CORE_DROP_TOKEN);
}

// Arguments given to a known function are all of its arguments, and one with effects is run.
static void check_known_call(CoreChecker *checker, const CoreExpression *apply, bool is_run) {
    if (apply->first->kind != CORE_GLOBAL) return;
    const CoreDefinition *definition = apply->first->definition;
    const CoreExpression *lambda = core_lambda_of(definition);
    if (!lambda && definition->kind != DEFINITION_EXTERN) return;
    size_t arity = lambda ? lambda->parameters.count : core_extern_arity(definition);
    if (apply->items.count != arity) report_broken(checker, apply, "%s takes %zu arguments, not %u", definition->name, arity, apply->items.count);
    if (lambda && lambda->body->kind == CORE_DELAY && !is_run) report_broken(checker, apply, "%s has effects and is not run", definition->name);
}

// A-normal form (docs/core.md).
static void check_normal(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    check_atoms(checker, e, &e->items);
    switch (e->kind) {
    case CORE_LET:
        if (is_control(e->first)) report_broken(checker, e, "the value of `%s` is %s", e->variable->name, kind_name(e->first->kind));
        break;
    case CORE_LET_REC: case CORE_FIELD: report_broken(checker, e, "is left after simplify"); break;
    case CORE_SWITCH: case CORE_FAULT: case CORE_HANDLE:
        if (!core_is_atom(e->first)) report_broken(checker, e, "on %s, no atom", kind_name(e->first->kind));
        break;
    case CORE_APPLY:
        if (!core_is_atom(e->first)) report_broken(checker, e, "of %s, no atom", kind_name(e->first->kind));
        break;
    case CORE_FORCE:
        if (!core_is_atom(e->first) && e->first->kind != CORE_APPLY) report_broken(checker, e, "of %s", kind_name(e->first->kind));
        break;
    default: break;
    }
    if (!place->is_tail && (is_control(e) || e->kind == CORE_FAULT)) report_broken(checker, e, "stands in the middle of a path");
}

static bool is_overloaded(Primitive primitive) { return primitive <= PRIMITIVE_APPEND; }

static void check_primitive(CoreChecker *checker, const CoreExpression *e) {
    static const int arities[] = {
#define PRIMITIVE(name, text, arity) [PRIMITIVE_##name] = arity,
#include "primitives.def"
#undef PRIMITIVE
    };
    int arity = arities[e->primitive];
    if (arity >= 0 && e->items.count != (size_t)arity) report_broken(checker, e, "primitive of %d arguments has %u", arity, e->items.count);
    if (checker->stage > STAGE_TYPED && is_overloaded(e->primitive)) report_broken(checker, e, "overloaded primitive is left");
}

static void check_jump(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    if (e->items.count != e->label->parameters.count) report_broken(checker, e, "%u arguments for label %s", e->items.count, e->label->name);
    for (size_t i = place->first_label; i < checker->labels.count; i++) {
        if (checker->labels.items[i] == e->label) return;
    }
    report_broken(checker, e, "label %s is not in scope, or this is no tail position", e->label->name);
}

static void check_switch(CoreChecker *checker, const CoreExpression *e) {
    Type *type = resolve_type(e->first->type);
    for (size_t i = 0; i < e->arms.count; i++) {
        const CoreArm *arm = &e->arms.items[i];
        if (!arm->constructor) {
            if (!arm->literal || !core_is_literal(arm->literal)) report_broken(checker, e, "arm %zu has neither constructor nor literal", i + 1);
            continue;
        }
        if (checker->stage > STAGE_TYPED && arm->fields.count && type->kind != TYPE_DATA) report_broken(checker, e, "on a value whose type is not known");
        if (type->kind == TYPE_DATA && arm->constructor->data != type->data) report_broken(checker, e, "arm %s is of another type", arm->constructor->name);
        if (arm->fields.count != arm->constructor->fields.count) report_broken(checker, e, "arm %s has %u fields", arm->constructor->name, arm->fields.count);
    }
    if (e->otherwise || e->arms.count == 0) return;
    const Constructor *first = e->arms.items[0].constructor;
    if (!first) report_broken(checker, e, "on literals, without `otherwise`");
    else if (e->arms.count != first->data->constructors.count) report_broken(checker, e, "does not cover %s", first->data->name);
}

static void check_shape(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    switch (e->kind) {
    case CORE_LOCAL: check_bound(checker, e, e->variable); break;
    case CORE_DUP: case CORE_DROP: case CORE_DROP_REUSE: check_bound(checker, e, e->variable); break;
    case CORE_DROP_TOKEN: check_bound(checker, e, e->token); break;
    case CORE_CONSTRUCT:
        if (e->items.count != e->constructor->fields.count) report_broken(checker, e, "%s has %u fields", e->constructor->name, e->items.count);
        if (e->token) check_bound(checker, e, e->token);
        break;
    case CORE_PRIMITIVE: check_primitive(checker, e); break;
    case CORE_FORCE: case CORE_PERFORM: case CORE_HANDLE:
        if (!place->row) report_broken(checker, e, "outside of a DELAY");
        break;
    case CORE_JUMP: check_jump(checker, e, place); break;
    case CORE_SWITCH: check_switch(checker, e); break;
    case CORE_LET_REC:
        for (size_t i = 0; i < e->bindings.count; i++) {
            if (e->bindings.items[i].value->kind != CORE_LAMBDA) report_broken(checker, e, "`%s` is no LAMBDA", e->bindings.items[i].variable->name);
        }
        break;
    default: break;
    }
    if (e->kind >= CORE_DUP && checker->stage < STAGE_COUNTED) report_broken(checker, e, "before counting");
    if (checker->stage < STAGE_SIMPLIFIED) return;
    check_normal(checker, e, place);
    if (e->kind == CORE_APPLY) check_known_call(checker, e, place->is_run);
}

// ---- the walk ----

static void check_expression(CoreChecker *checker, const CoreExpression *e, CheckPlace place);

static void check_inner(CoreChecker *checker, const CoreExpression *e, const CheckPlace *outer, bool is_run) {
    check_expression(checker, e, (CheckPlace){outer->row, checker->labels.count, false, is_run});
}

static void check_function_body(CoreChecker *checker, const CoreExpression *e) {
    CheckPlace place = {NULL, checker->labels.count, true, false};
    if (e->kind == CORE_DELAY) {
        Type *type = resolve_type(e->type);
        place.row = type->kind == TYPE_COMPUTATION ? type->right : plain_type(TYPE_EMPTY_ROW);
    }
    check_expression(checker, e->body, place);
}

static void check_parts(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    if (e->first && e->kind != CORE_JOIN) check_inner(checker, e->first, place, e->kind == CORE_FORCE);
    // A list is as deep as it is long: the last field goes on along the spine.
    size_t left_out = e->kind == CORE_CONSTRUCT && e->items.count > 0;
    for (size_t i = 0; i + left_out < e->items.count; i++) check_inner(checker, e->items.items[i], place, false);
}

static void check_arms(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    size_t bound = checker->bound.count, labels = checker->labels.count;
    for (size_t i = 0; i < e->arms.count; i++) {
        bind_all(checker, e, &e->arms.items[i].fields);
        check_expression(checker, e->arms.items[i].body, *place);
        leave_scope(checker, bound, labels);
    }
}

static void check_handler(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    size_t bound = checker->bound.count, labels = checker->labels.count;
    for (size_t i = 0; i < e->clauses.count; i++) {
        bind_all(checker, e, &e->clauses.items[i].parameters);
        bind(checker, e, e->clauses.items[i].resume);
        check_expression(checker, e->clauses.items[i].body, (CheckPlace){place->row, labels, true, false});
        leave_scope(checker, bound, labels);
    }
    if (!e->return_body) return;
    bind(checker, e, e->return_parameter);
    check_expression(checker, e->return_body, (CheckPlace){place->row, labels, true, false});
    leave_scope(checker, bound, labels);
}

static void check_join_body(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    size_t bound = checker->bound.count, labels = checker->labels.count;
    bool may_loop = checker->stage >= STAGE_SIMPLIFIED;
    if (may_loop) vector_push(checker->arena, &checker->labels, e->label);
    bind_all(checker, e, &e->label->parameters);
    check_expression(checker, e->first, *place);
    leave_scope(checker, bound, labels);
    vector_push(checker->arena, &checker->labels, e->label);
}

static void check_let_rec(CoreChecker *checker, const CoreExpression *e, const CheckPlace *place) {
    for (size_t i = 0; i < e->bindings.count; i++) bind(checker, e, e->bindings.items[i].variable);
    for (size_t i = 0; i < e->bindings.count; i++) check_inner(checker, e->bindings.items[i].value, place, false);
}

// Checks what a node contains and binds; answers the rest of its spine, or NULL.
static const CoreExpression *check_step(CoreChecker *checker, const CoreExpression *e, CheckPlace *place) {
    check_parts(checker, e, place);
    check_shape(checker, e, place);
    check_node_type(checker, e, place);
    switch (e->kind) {
    case CORE_LAMBDA: case CORE_DELAY: {
        size_t bound = checker->bound.count, labels = checker->labels.count;
        bind_all(checker, e, &e->parameters);
        check_function_body(checker, e);
        leave_scope(checker, bound, labels);
        return NULL;
    }
    case CORE_LET: bind(checker, e, e->variable); return e->body;
    case CORE_LET_REC: check_let_rec(checker, e, place); return e->body;
    case CORE_JOIN: check_join_body(checker, e, place); return e->body;
    case CORE_SWITCH: check_arms(checker, e, place); return e->otherwise;
    case CORE_HANDLE: check_handler(checker, e, place); return NULL;
    case CORE_DROP_REUSE: bind(checker, e, e->token); return e->body;
    case CORE_CONSTRUCT:
        *place = (CheckPlace){place->row, checker->labels.count, false, false};
        return e->items.count ? e->items.items[e->items.count - 1] : NULL;
    default: return e->body;
    }
}

static void check_expression(CoreChecker *checker, const CoreExpression *e, CheckPlace place) {
    size_t bound = checker->bound.count, labels = checker->labels.count;
    while (e && !checker->problem) e = check_step(checker, e, &place);
    leave_scope(checker, bound, labels);
}

static void check_definition(CoreChecker *checker, const CoreDefinition *definition) {
    checker->definition = definition;
    if (definition->kind == DEFINITION_EXTERN) return;
    if (!definition->value) {
        report_broken(checker, NULL, "has no value");
        return;
    }
    if (checker->stage > STAGE_TYPED && definition->parameters.count) report_broken(checker, NULL, "is still polymorphic");
    check_expression(checker, definition->value, (CheckPlace){NULL, 0, true, false});
    if (!type_fits(checker, definition->value->type, definition->kind == DEFINITION_CELL ? definition->value->type : definition->type))
        report_broken(checker, definition->value, "the value's type is not the definition's");
    if (checker->stage == STAGE_COUNTED && !checker->problem) check_counts(checker, definition);
}

const char *check_core(Compilation *compilation, const CoreProgram *program, int stage) {
    CoreChecker checker = {.arena = compilation->arena, .program = program, .stage = (CoreStage)stage};
    checker.in_scope.arena = checker.seen.arena = compilation->arena;
    for (size_t i = 0; i < program->definitions.count && !checker.problem; i++) check_definition(&checker, program->definitions.items[i]);
    return checker.problem;
}
