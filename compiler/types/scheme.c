// Quantified types: what a let may be used at, and each use of it.
#include "infer.h"

#include <string.h>

void enter_level(Inference *inference) { inference->unifier.level++; }
void leave_level(Inference *inference) { inference->unifier.level--; }

// ---- instantiation ----

Types fresh_arguments(Inference *inference, const TypeParameters *parameters, Span span) {
    Types arguments = {0};
    for (size_t i = 0; i < parameters->count; i++) {
        const TypeParameter *parameter = parameters->items[i];
        Type *unknown = new_unknown(&inference->unifier, parameter->kind);
        unknown->unknown->constraints = parameter->constraints;
        unknown->unknown->constraint_span = span;
        vector_push(inference->arena, &arguments, unknown);
    }
    return arguments;
}

CoreExpression *instantiate(Inference *inference, Meaning *meaning, Span span) {
    bool is_local = meaning->kind == MEANING_LOCAL;
    if (!meaning->type || (is_local && !meaning->variable)) return error_node(inference, span);
    CoreExpression *node = core_node(inference->arena, is_local ? CORE_LOCAL : CORE_GLOBAL, meaning->type, span);
    node->variable = meaning->variable;
    node->definition = meaning->core;
    if (meaning->is_open) {
        OpenUse use = {node, meaning};
        vector_push(inference->arena, &inference->open_uses, use);
        return node;
    }
    if (meaning->parameters.count == 0) return node;
    node->type_arguments = fresh_arguments(inference, &meaning->parameters, span);
    node->type = substitute_type(inference->arena, meaning->type, &meaning->parameters, &node->type_arguments);
    if (meaning->definition && !meaning->definition->is_done) {
        EarlyUse use = {&meaning->parameters, node->type_arguments, span};
        vector_push(inference->arena, &inference->early_uses, use);
    }
    return node;
}

// ---- generalisation ----

static size_t count_unknown(Type *type, const Unknown *unknown) {
    type = resolve_type(type);
    if (type->kind == TYPE_UNKNOWN) return type->unknown == unknown;
    size_t count = 0;
    if (type->left) count += count_unknown(type->left, unknown);
    if (type->right) count += count_unknown(type->right, unknown);
    for (size_t i = 0; i < type->arguments.count; i++) count += count_unknown(type->arguments.items[i], unknown);
    return count;
}

static Type *row_tail(Type *row) {
    row = resolve_type(row);
    while (row->kind == TYPE_EFFECT) row = resolve_type(row->right);
    return row;
}

// The unknown at the end of the row of what a function finally answers, or NULL.
static Type *result_tail(Type *type) {
    type = resolve_type(type);
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    if (type->kind != TYPE_COMPUTATION) return NULL;
    Type *tail = row_tail(type->right);
    return tail->kind == TYPE_UNKNOWN ? tail : NULL;
}

// A row variable that stands in result positions only says no more than that the computation may stand where more is allowed, and that
// goes without saying: it is closed, or each definition would be copied for it.
static void close_results(Inference *inference, const Types *types) {
    for (size_t i = 0; i < types->count; i++) {
        Type *tail = result_tail(types->items[i]);
        if (!tail || tail->unknown->level <= inference->unifier.level) continue;
        size_t all = 0, in_results = 0;
        for (size_t k = 0; k < types->count; k++) {
            Type *other = result_tail(types->items[k]);
            all += count_unknown(types->items[k], tail->unknown);
            in_results += other && other->unknown == tail->unknown;
        }
        if (all == in_results) tail->unknown->solution = plain_type(TYPE_EMPTY_ROW);
    }
}

static bool has_name(const TypeParameters *parameters, Symbol name) {
    for (size_t i = 0; i < parameters->count; i++) {
        if (parameters->items[i]->name == name) return true;
    }
    return false;
}

static Symbol made_up_name(Inference *inference, const TypeParameters *taken, Kind kind) {
    const char *letters = kind == KIND_ROW ? "efgh" : "abcdijklmnopqrstuvwxyz";
    for (unsigned round = 0;; round++) {
        for (const char *letter = letters; *letter; letter++) {
            Symbol name =
                round ? symbol_format(inference->symbols, "%c%u", *letter, round) : symbol_format(inference->symbols, "%c", *letter);
            if (!has_name(taken, name)) return name;
        }
    }
}

static void collect_rigid(Inference *inference, Type *type, TypeParameters *parameters) {
    type = resolve_type(type);
    if (type->is_settled && type->kind == TYPE_DATA) return;
    if (type->kind == TYPE_PARAMETER && type->parameter->level > inference->unifier.level) {
        for (size_t i = 0; i < parameters->count; i++) {
            if (parameters->items[i] == type->parameter) return;
        }
        vector_push(inference->arena, parameters, type->parameter);
    }
    if (type->left) collect_rigid(inference, type->left, parameters);
    if (type->right) collect_rigid(inference, type->right, parameters);
    for (size_t i = 0; i < type->arguments.count; i++) collect_rigid(inference, type->arguments.items[i], parameters);
}

// Beside a row variable of an annotation there is no room for another: the tail is closed.
static void close_beside_variable(Type *row) {
    bool has_variable = false;
    for (row = resolve_type(row); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) has_variable |= !row->effect;
    if (has_variable && row->kind == TYPE_UNKNOWN) row->unknown->solution = plain_type(TYPE_EMPTY_ROW);
}

static void quantify(Inference *inference, Type *type, TypeParameters *parameters) {
    type = resolve_type(type);
    if (type->is_settled) return;
    if (type->kind == TYPE_EFFECT) close_beside_variable(type);
    if (type->kind == TYPE_UNKNOWN) {
        Unknown *unknown = type->unknown;
        if (unknown->level <= inference->unifier.level) return;
        TypeParameter *parameter = new_parameter(inference, made_up_name(inference, parameters, unknown->kind), unknown->kind,
                                                 inference->unifier.level + 1);
        parameter->constraints = unknown->constraints;
        unknown->solution = parameter_type(inference->arena, parameter);
        vector_push(inference->arena, parameters, parameter);
        return;
    }
    if (type->left) quantify(inference, type->left, parameters);
    if (type->right) quantify(inference, type->right, parameters);
    for (size_t i = 0; i < type->arguments.count; i++) quantify(inference, type->arguments.items[i], parameters);
}

TypeParameters generalise(Inference *inference, const Types *types) {
    TypeParameters parameters = {0};
    close_results(inference, types);
    for (size_t i = 0; i < types->count; i++) collect_rigid(inference, types->items[i], &parameters);
    for (size_t i = 0; i < types->count; i++) quantify(inference, types->items[i], &parameters);
    return parameters;
}

void close_open_uses(Inference *inference, Meaning *meaning, size_t mark) {
    size_t kept = mark;
    for (size_t i = mark; i < inference->open_uses.count; i++) {
        OpenUse use = inference->open_uses.items[i];
        if (use.meaning != meaning) {
            inference->open_uses.items[kept++] = use;
            continue;
        }
        for (size_t k = 0; k < meaning->parameters.count; k++) {
            vector_push(inference->arena, &use.node->type_arguments, parameter_type(inference->arena, meaning->parameters.items[k]));
        }
    }
    inference->open_uses.count = kept;
}
