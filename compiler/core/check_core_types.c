// Types of nodes against those of their children. Rows may grow: a computation stands wherever its effects are a subset.
// After specialise types are compared up to holding.

#include <string.h>

#include "check_core.h"

// ---- rows ----

static bool row_mentions_parameter(Type *row, const TypeParameter *parameter) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (row->effect || !row->arguments.count) continue;
        Type *part = resolve_type(row->arguments.items[0]);
        if (part->kind == TYPE_PARAMETER && part->parameter == parameter) return true;
    }
    return row->kind == TYPE_UNKNOWN || row->kind == TYPE_ERROR || (row->kind == TYPE_PARAMETER && row->parameter == parameter);
}

static bool row_mentions_effect(Type *row, const Effect *effect) {
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (row->effect == effect) return true;
    }
    return row->kind == TYPE_UNKNOWN || row->kind == TYPE_ERROR;
}

static bool row_fits(const CoreChecker *checker, Type *actual, Type *expected) {
    if (checker->stage > STAGE_TYPED) return !row_can_wait(actual) || row_can_wait(expected);
    for (actual = resolve_type(actual); actual->kind == TYPE_EFFECT; actual = resolve_type(actual->right)) {
        if (actual->effect && !row_mentions_effect(expected, actual->effect)) return false;
        Type *part = !actual->effect && actual->arguments.count ? resolve_type(actual->arguments.items[0]) : NULL;
        if (part && part->kind == TYPE_PARAMETER && !row_mentions_parameter(expected, part->parameter)) return false;
    }
    return actual->kind != TYPE_PARAMETER || row_mentions_parameter(expected, actual->parameter);
}

// ---- types ----

static bool is_wildcard(const Type *type) { return type->kind == TYPE_UNKNOWN || type->kind == TYPE_ERROR; }

static bool is_row(const Type *type) {
    return type->kind == TYPE_EFFECT || type->kind == TYPE_EMPTY_ROW || type->kind == TYPE_WAITING_ROW;
}

static bool is_holding(const Type *type) { return type->kind == TYPE_WORD || type->kind == TYPE_COUNTED; }

static bool is_never(const CoreChecker *checker, const Type *type) {
    return type->kind == TYPE_DATA && type->data == checker->program->builtins->never_type;
}

bool type_fits(const CoreChecker *checker, Type *actual, Type *expected) {
    actual = resolve_type(actual);
    expected = resolve_type(expected);
    if (actual == expected || is_wildcard(actual) || is_wildcard(expected) || is_never(checker, actual)) return true;
    if (is_holding(actual) || is_holding(expected)) return find_representation(actual) == find_representation(expected);
    if (is_row(actual) || is_row(expected)) return row_fits(checker, actual, expected);
    if (actual->kind != expected->kind) return false;
    switch (actual->kind) {
    case TYPE_FUNCTION: return type_fits(checker, expected->left, actual->left) && type_fits(checker, actual->right, expected->right);
    case TYPE_COMPUTATION: return type_fits(checker, actual->left, expected->left) && row_fits(checker, actual->right, expected->right);
    case TYPE_PARAMETER: return actual->parameter == expected->parameter;
    case TYPE_DATA: break;
    default: return true;
    }
    if (actual->data != expected->data || actual->arguments.count != expected->arguments.count) return false;
    for (size_t i = 0; i < actual->arguments.count; i++) {
        if (!type_fits(checker, actual->arguments.items[i], expected->arguments.items[i])) return false;
    }
    return true;
}

static void check_fits(CoreChecker *checker, const CoreExpression *node, Type *actual, Type *expected, const char *what) {
    if (checker->problem || type_fits(checker, actual, expected)) return;
    Builder builder = builder_in(checker->arena);
    print_type(&builder, actual);
    build_string(&builder, " where ");
    print_type(&builder, expected);
    report_broken(checker, node, "%s is %s is expected", what, builder_string(&builder));
}

// ---- nodes ----

static Type *instantiated(CoreChecker *checker, const CoreExpression *node, Type *type, const TypeParameters *parameters) {
    if (parameters->count == 0) return type;
    if (node->type_arguments.count == 0) return NULL; // within its own definition: not yet polymorphic
    if (node->type_arguments.count != parameters->count) {
        report_broken(checker, node, "%u type arguments for %u parameters", node->type_arguments.count, parameters->count);
        return NULL;
    }
    return substitute_type(checker->arena, type, parameters, &node->type_arguments);
}

static void check_name(CoreChecker *checker, const CoreExpression *node, Type *type, const TypeParameters *parameters, Symbol name) {
    Type *instance = instantiated(checker, node, type, parameters);
    if (instance) check_fits(checker, node, instance, node->type, name);
}

// The type of a field of a value whose type is `whole`; NULL when that is not known.
static Type *field_type(CoreChecker *checker, const Constructor *constructor, size_t index, Type *whole) {
    whole = resolve_type(whole);
    const DataType *data = constructor->data;
    if (whole->kind != TYPE_DATA || whole->arguments.count != data->parameters.count || index >= constructor->fields.count) return NULL;
    return substitute_type(checker->arena, constructor->fields.items[index], &data->parameters, &whole->arguments);
}

static void check_construct(CoreChecker *checker, const CoreExpression *node) {
    Type *whole = resolve_type(node->type);
    if (whole->kind == TYPE_DATA && whole->data != node->constructor->data) report_broken(checker, node, "%s is not of its type", node->constructor->name);
    for (size_t i = 0; i < node->items.count; i++) {
        Type *expected = field_type(checker, node->constructor, i, whole);
        if (expected) check_fits(checker, node, node->items.items[i]->type, expected, "field");
    }
}

static void check_apply(CoreChecker *checker, const CoreExpression *node) {
    Type *type = resolve_type(node->first->type);
    for (size_t i = 0; i < node->items.count; i++) {
        if (is_wildcard(type)) return;
        if (type->kind != TYPE_FUNCTION) {
            if (!is_holding(type)) report_broken(checker, node, "argument %zu of what is no function", i + 1);
            return;
        }
        check_fits(checker, node, node->items.items[i]->type, type->left, "argument");
        type = resolve_type(type->right);
    }
    check_fits(checker, node, type, node->type, "answer");
}

static void check_force(CoreChecker *checker, const CoreExpression *node, const CheckPlace *place) {
    Type *type = resolve_type(node->first->type);
    if (is_wildcard(type) || is_holding(type) || is_never(checker, type)) return;
    if (type->kind != TYPE_COMPUTATION) {
        report_broken(checker, node, "of what is no computation");
        return;
    }
    check_fits(checker, node, type->left, node->type, "answer");
    if (place->row && !row_fits(checker, type->right, place->row)) check_fits(checker, node, type->right, place->row, "row");
}

static void check_perform(CoreChecker *checker, const CoreExpression *node, const CheckPlace *place) {
    const Operation *operation = node->operation;
    if (node->items.count != operation->arguments.count) report_broken(checker, node, "%s has %u arguments", operation->name, node->items.count);
    if (operation->runs_cell) return;
    if (place->row && checker->stage == STAGE_TYPED && !row_mentions_effect(place->row, operation->effect))
        report_broken(checker, node, "effect %s is not in the row", operation->effect->name);
    if (place->row && checker->stage > STAGE_TYPED && operation->waits && !row_can_wait(place->row)) report_broken(checker, node, "waits in a row that does not");
}

static void check_lambda(CoreChecker *checker, const CoreExpression *node) {
    Type *type = resolve_type(node->type);
    for (size_t i = 0; i < node->parameters.count; i++) {
        if (type->kind != TYPE_FUNCTION) return;
        check_fits(checker, node, type->left, node->parameters.items[i]->type, "parameter");
        type = resolve_type(type->right);
    }
    check_fits(checker, node, node->body->type, type, "body");
}

static void check_delay(CoreChecker *checker, const CoreExpression *node) {
    Type *type = resolve_type(node->type);
    if (type->kind == TYPE_COMPUTATION) check_fits(checker, node, node->body->type, type->left, "body");
    else if (!is_wildcard(type) && !is_holding(type)) report_broken(checker, node, "is no computation by its type");
}

static void check_switch_types(CoreChecker *checker, const CoreExpression *node) {
    for (size_t i = 0; i < node->arms.count; i++) {
        const CoreArm *arm = &node->arms.items[i];
        check_fits(checker, node, arm->body->type, node->type, "arm");
        if (!arm->constructor) check_fits(checker, node, arm->literal->type, node->first->type, "literal");
        for (size_t j = 0; arm->constructor && j < arm->fields.count; j++) {
            Type *expected = arm->fields.items[j] ? field_type(checker, arm->constructor, j, node->first->type) : NULL;
            if (expected) check_fits(checker, node, expected, arm->fields.items[j]->type, "field");
        }
    }
    if (node->otherwise) check_fits(checker, node, node->otherwise->type, node->type, "otherwise");
}

static void check_arguments(CoreChecker *checker, const CoreExpression *node, const CoreVariables *parameters) {
    for (size_t i = 0; i < node->items.count && i < parameters->count; i++)
        check_fits(checker, node, node->items.items[i]->type, parameters->items[i]->type, "argument");
}

void check_node_type(CoreChecker *checker, const CoreExpression *node, const CheckPlace *place) {
    if (checker->problem) return;
    switch (node->kind) {
    case CORE_LOCAL: check_name(checker, node, node->variable->type, &node->variable->parameters, node->variable->name); break;
    case CORE_GLOBAL: check_name(checker, node, node->definition->type, &node->definition->parameters, node->definition->name); break;
    case CORE_CONSTRUCT: check_construct(checker, node); break;
    case CORE_FIELD: {
        Type *type = field_type(checker, node->constructor, node->index, node->first->type);
        if (type) check_fits(checker, node, type, node->type, "field");
        break;
    }
    case CORE_LAMBDA: check_lambda(checker, node); break;
    case CORE_APPLY: check_apply(checker, node); break;
    case CORE_DELAY: check_delay(checker, node); break;
    case CORE_FORCE: check_force(checker, node, place); break;
    case CORE_PERFORM: check_perform(checker, node, place); break;
    case CORE_LET:
        check_fits(checker, node, node->first->type, node->variable->type, node->variable->name);
        check_fits(checker, node, node->body->type, node->type, "body");
        break;
    case CORE_LET_REC:
        for (size_t i = 0; i < node->bindings.count; i++)
            check_fits(checker, node, node->bindings.items[i].value->type, node->bindings.items[i].variable->type, node->bindings.items[i].variable->name);
        break;
    case CORE_JOIN: check_fits(checker, node, node->first->type, node->type, "label"); break;
    case CORE_JUMP: check_arguments(checker, node, &node->label->parameters); break;
    case CORE_SWITCH: check_switch_types(checker, node); break;
    default: break;
    }
}
