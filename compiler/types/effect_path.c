// By what path an effect comes from where it is performed to the definition that has it: the shortest, breadth first.
#include "infer.h"

typedef struct PathSearch {
    Arena *arena;
    Table seen;
    Vector(const EffectStep *) queue;
    const EffectStep *at; // being walked
    EffectPath *path;
} PathSearch;

static bool has_effect(Type *type, const Effect *effect) {
    type = resolve_type(type);
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    if (type->kind != TYPE_COMPUTATION) return false;
    for (Type *row = resolve_type(type->right); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (row->effect == effect) return true;
    }
    return false;
}

// How the library performs an effect is no part of the story: that it does so is.
static void follow_global(PathSearch *search, const CoreExpression *node) {
    CoreDefinition *definition = node->definition;
    if (!definition || !definition->value || table_has(&search->seen, definition)) return;
    if (!definition->is_own) {
        if (has_effect(definition->type, search->path->effect)) search->path->performed = node->span;
        return;
    }
    table_put(&search->seen, definition, definition);
    EffectStep *step = NEW(search->arena, EffectStep);
    *step = (EffectStep){definition, search->at, node->span};
    vector_push(search->arena, &search->queue, step);
}

static void walk_node(PathSearch *search, const CoreExpression *node);

static void walk_inner(PathSearch *search, const CoreExpression *node) {
    for (size_t i = 0; i < node->arms.count; i++) walk_node(search, node->arms.items[i].body);
    for (size_t i = 0; i < node->bindings.count; i++) walk_node(search, node->bindings.items[i].value);
    for (size_t i = 0; i < node->clauses.count; i++) walk_node(search, node->clauses.items[i].body);
    if (node->otherwise) walk_node(search, node->otherwise);
    if (node->return_body) walk_node(search, node->return_body);
}

static void walk_node(PathSearch *search, const CoreExpression *node) {
    const Effect *effect = search->path->effect;
    while (node && !search->path->performed.source) {
        if (node->kind == CORE_GLOBAL) follow_global(search, node);
        if (node->kind == CORE_PERFORM && node->operation->effect == effect) search->path->performed = node->span;
        bool handles = node->kind == CORE_HANDLE && node->effect == effect;
        if (node->first && !handles) walk_node(search, node->first);
        walk_inner(search, node);
        size_t count = node->items.count;
        bool goes_on = !node->body && count > 0;
        for (size_t i = 0; i + goes_on < count; i++) walk_node(search, node->items.items[i]);
        node = goes_on ? node->items.items[count - 1] : node->body;
    }
}

bool find_effect_path(Inference *inference, CoreDefinition *start, const Effect *effect, EffectPath *path) {
    *path = (EffectPath){.effect = effect};
    PathSearch search = {.arena = inference->arena, .seen = table_in(inference->arena), .path = path};
    EffectStep *first = NEW(inference->arena, EffectStep);
    first->definition = start;
    table_put(&search.seen, start, start);
    vector_push(inference->arena, &search.queue, first);
    for (size_t i = 0; i < search.queue.count && !path->performed.source; i++) {
        search.at = path->last = search.queue.items[i];
        walk_node(&search, search.at->definition->value);
    }
    return path->performed.source;
}

void label_effect_path(Inference *inference, Diagnostic *diagnostic, const EffectPath *path) {
    const EffectStep *step = path->last;
    const char *in = step ? step->definition->name : path->local ? path->local->name : NULL;
    if (in) add_label(inference->diagnostics, diagnostic, path->performed, "`%s` is performed here, in `%s`", path->effect->name, in);
    else add_label(inference->diagnostics, diagnostic, path->performed, "`%s` is performed here", path->effect->name);
    for (; step && step->from; step = step->from) {
        add_label(inference->diagnostics, diagnostic, step->span, "`%s` uses `%s` here", step->from->definition->name, step->definition->name);
    }
}

// ---- what could handle it ----

// A function of a computation with the effect that answers one without it.
static bool is_handler(Type *type, const Effect *effect) {
    bool takes_it = false;
    for (type = resolve_type(type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) takes_it |= has_effect(type->left, effect);
    return takes_it && type->kind == TYPE_COMPUTATION && !has_effect(type, effect);
}

static const Meaning *find_handler(const Inference *inference, const Effect *effect) {
    const Module *module = inference->modules->program;
    for (size_t i = 0; i < module->definitions.count; i++) {
        const Definition *definition = module->definitions.items[i];
        const Meaning *meaning = definition->names.count == 1 ? definition->names.items[0] : NULL;
        if (meaning && meaning->type && is_handler(meaning->type, effect)) return meaning;
    }
    return NULL;
}

void hint_handler(Inference *inference, Diagnostic *diagnostic, const Effect *effect, const char *where) {
    const Meaning *handler = find_handler(inference, effect);
    if (!handler) {
        add_hint(inference->diagnostics, diagnostic, "the runtime does not know `%s`: give it a handler, `handle ... with`, %s", effect->name, where);
        return;
    }
    add_hint(inference->diagnostics, diagnostic, "the runtime does not know `%s`, but `%s` handles it: make what performs it an argument of that",
             effect->name, handler->name);
}

// ---- from an expression ----

// What a local function uses is in its text; one that calls itself is looked into once.
typedef struct LocalSearch {
    Inference *inference;
    const Effect *effect;
    EffectPath *path;
    Table seen;
    const Meaning *at; // the local function that is looked into, or NULL
} LocalSearch;

static bool find_in(LocalSearch *search, const Expression *expression);

static bool find_in_local(LocalSearch *search, const Meaning *local) {
    const Meaning *outer = search->at;
    if (table_has(&search->seen, local)) return false;
    table_put(&search->seen, local, (void *)local);
    search->at = local;
    bool is_found = find_in(search, local->function);
    search->at = outer;
    return is_found;
}

static bool find_in_name(LocalSearch *search, const Expression *expression) {
    const Meaning *meaning = expression->name.meaning;
    if (!meaning) return false;
    if (meaning->kind == MEANING_LOCAL) return meaning->function && find_in_local(search, meaning);
    const CoreDefinition *definition = meaning->kind == MEANING_VALUE ? meaning->core : NULL;
    if (definition && definition->is_own) return find_effect_path(search->inference, meaning->core, search->effect, search->path);
    bool performs = meaning->kind == MEANING_OPERATION ? meaning->operation->effect == search->effect :
                                                         definition && has_effect(definition->type, search->effect);
    if (!performs) return false;
    *search->path = (EffectPath){search->effect, NULL, search->at, expression->span};
    return true;
}

static bool find_in_body(LocalSearch *search, const Expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_LET:
    case EXPRESSION_LET_BANG:
        for (size_t i = 0; i < expression->bindings.count; i++) {
            const Binding *binding = &expression->bindings.items[i];
            bool is_local = binding->pattern && binding->pattern->name.meaning && binding->pattern->name.meaning->function;
            if (!is_local && find_in(search, binding->value)) return true;
        }
        return false;
    case EXPRESSION_MATCH:
        for (size_t i = 0; i < expression->clauses.count; i++) {
            if (find_in(search, expression->clauses.items[i].body)) return true;
        }
        return false;
    default: return false;
    }
}

static bool find_in(LocalSearch *search, const Expression *expression) {
    if (!expression || expression->kind == EXPRESSION_HANDLE) return false;
    if (expression->kind == EXPRESSION_VARIABLE) return find_in_name(search, expression);
    const Expression *parts[] = {expression->first, expression->second, expression->third, expression->body};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (find_in(search, parts[i])) return true;
    }
    for (size_t i = 0; i < expression->items.count; i++) {
        if (find_in(search, expression->items.items[i])) return true;
    }
    return find_in_body(search, expression);
}

bool find_path_in_expression(Inference *inference, const Expression *expression, const Effect *effect, EffectPath *path) {
    *path = (EffectPath){.effect = effect};
    LocalSearch search = {inference, effect, path, table_in(inference->arena), NULL};
    return find_in(&search, expression);
}
