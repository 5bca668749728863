// Divides long functions: a C compiler's time grows faster than the length of a function. What follows a step of a long one becomes a
// definition of its own, called in tail position with the locals it needs. Labels are never divided from their jumps.

#include "simplify.h"

enum { PIECE = 600, FEW_PARAMETERS = 12, MOST_PARAMETERS = 60 };

typedef struct Divider {
    Simplifier *simplifier;
    Arena *arena;
    CoreDefinition *definition; // whose code is divided
    Type *computation;          // of the DELAY whose body is divided, or NULL
    // What the rest of the code needs from before it.
    Numbered live;         // from the id of a local to itself
    CoreVariables used;    // all that are live, and some that no longer are
    size_t live_count;
    Numbered open;         // from the id of a label to itself
    size_t open_count;
    CoreVariables bound;   // within the part that is looked at
    Vector(CoreLabel *) labels;
} Divider;

// ---- what is live ----

static void use_local(Divider *d, CoreVariable *variable) {
    if (numbered_get(&d->live, variable->id)) return;
    numbered_put(&d->live, variable->id, variable);
    vector_push(d->arena, &d->used, variable);
    d->live_count++;
}

static void bind_local(Divider *d, const CoreVariable *variable) {
    if (!variable || !numbered_get(&d->live, variable->id)) return;
    numbered_put(&d->live, variable->id, NULL);
    d->live_count--;
}

static void close_label(Divider *d, const CoreLabel *label) {
    if (!numbered_get(&d->open, label->id)) return;
    numbered_put(&d->open, label->id, NULL);
    d->open_count--;
}

static void note_binders(Divider *d, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) {
        if (variables->items[i]) vector_push(d->arena, &d->bound, variables->items[i]);
    }
}

// The node's own uses and binders.
static void look_at_node(void *context, CoreExpression *node) {
    Divider *d = context;
    if (node->kind == CORE_LOCAL) use_local(d, node->variable);
    if (node->kind == CORE_LET) vector_push(d->arena, &d->bound, node->variable);
    if (node->kind == CORE_LAMBDA) note_binders(d, &node->parameters);
    for (size_t i = 0; i < node->arms.count; i++) note_binders(d, &node->arms.items[i].fields);
    if (node->kind == CORE_JOIN) {
        note_binders(d, &node->label->parameters);
        vector_push(d->arena, &d->labels, node->label);
    } else if (node->kind == CORE_JUMP && !numbered_get(&d->open, node->label->id)) {
        numbered_put(&d->open, node->label->id, node->label);
        d->open_count++;
    }
}

// Binders are unique, so what is bound in a part is used nowhere else.
static void forget_bound(Divider *d) {
    for (size_t i = 0; i < d->bound.count; i++) bind_local(d, d->bound.items[i]);
    for (size_t i = 0; i < d->labels.count; i++) close_label(d, d->labels.items[i]);
    d->bound.count = d->labels.count = 0;
}

static void forget_everything(Divider *d) {
    for (size_t i = 0; i < d->used.count; i++) bind_local(d, d->used.items[i]);
    d->used.count = 0;
    if (d->open_count) d->open = (Numbered){.arena = d->arena};
    d->open_count = 0;
}

// ---- a piece ----

static CoreVariables live_locals(Divider *d) {
    CoreVariables live = {0};
    for (size_t i = 0; i < d->used.count; i++) {
        CoreVariable *variable = d->used.items[i];
        if (numbered_get(&d->live, variable->id) != variable) continue;
        vector_push(d->arena, &live, variable);
        numbered_put(&d->live, variable->id, NULL);
    }
    for (size_t i = 0; i < live.count; i++) numbered_put(&d->live, live.items[i]->id, live.items[i]);
    d->used = copy_variables(d->arena, &live);
    return live;
}

static void rename_local(void *context, CoreExpression *node) {
    const Numbered *renamed = context;
    CoreVariable *variable = node->kind == CORE_LOCAL ? numbered_get(renamed, node->variable->id) : NULL;
    if (variable) node->variable = variable;
}

// The piece as a function of what is live; the code itself is moved into it.
static CoreExpression *function_of(Divider *d, CoreExpression *code, const CoreVariables *live) {
    CoreExpression *value = d->computation ? core_delay(d->arena, code, d->computation) : code;
    if (!live->count) return value;
    CoreExpression *lambda = core_node(d->arena, CORE_LAMBDA, value->type, code->span);
    Numbered renamed = {.arena = d->arena};
    for (size_t i = live->count; i-- > 0;) lambda->type = function_type(d->arena, live->items[i]->type, lambda->type);
    for (size_t i = 0; i < live->count; i++) {
        CoreVariable *parameter = core_variable(d->arena, d->simplifier->program, live->items[i]->name, live->items[i]->type, live->items[i]->span);
        vector_push(d->arena, &lambda->parameters, parameter);
        numbered_put(&renamed, live->items[i]->id, parameter);
    }
    core_walk(code, rename_local, &renamed);
    lambda->body = value;
    return lambda;
}

static Symbol name_of_piece(Divider *d) {
    Symbols *symbols = d->simplifier->compilation->symbols;
    const CoreDefinition *whole = d->definition;
    for (unsigned number = 2;; number++) {
        Symbol name = symbol_format(symbols, "%s.%u", whole->name, number);
        if (take_name(d->simplifier, whole->module, name, whole->key)) return name;
    }
}

static CoreExpression *call_piece(Divider *d, CoreDefinition *piece, const CoreVariables *live, Type *answer, Span span) {
    CoreExpression *call = core_node(d->arena, CORE_GLOBAL, piece->type, span);
    call->definition = piece;
    if (live->count) {
        CoreExpression *apply = core_node(d->arena, CORE_APPLY, d->computation ? d->computation : answer, span);
        apply->first = call;
        for (size_t i = 0; i < live->count; i++) vector_push(d->arena, &apply->items, core_local(d->arena, live->items[i], span));
        call = apply;
    }
    if (!d->computation) return call;
    CoreExpression *force = core_node(d->arena, CORE_FORCE, answer, span);
    force->first = call;
    return force;
}

static void cut(Divider *d, CoreExpression **slot) {
    CoreExpression *code = *slot;
    CoreVariables live = live_locals(d);
    CoreDefinition *piece = NEW(d->arena, CoreDefinition);
    piece->kind = DEFINITION_VALUE;
    piece->module = d->definition->module;
    piece->key = d->definition->key;
    piece->name = name_of_piece(d);
    piece->span = d->definition->span;
    piece->shown = core_shown_name(d->simplifier->compilation->symbols, d->definition);
    Type *answer = code->type;
    piece->value = function_of(d, code, &live);
    piece->type = piece->value->type;
    vector_push(d->arena, &d->simplifier->program->definitions, piece);
    *slot = call_piece(d, piece, &live, answer, code->span);
}

// A value that needs no local would be computed when the program starts.
static bool can_cut(const Divider *d, size_t size) {
    if (d->open_count || size < PIECE || (!d->computation && !d->live_count)) return false;
    return d->live_count <= (size < 2 * PIECE ? FEW_PARAMETERS : MOST_PARAMETERS);
}

// ---- the way through a function ----

static void consider(CoreExpression **slot, CoreExpression ***largest, unsigned *size) {
    unsigned its_size = *slot ? core_size(*slot, 4 * PIECE) : 0;
    if (its_size <= *size) return;
    *largest = slot;
    *size = its_size;
}

// The part in tail position where most of the code is, or NULL.
static CoreExpression **largest_tail(CoreExpression *e) {
    CoreExpression **largest = NULL;
    unsigned size = 0;
    if (e->kind == CORE_LET) return &e->body;
    if (e->kind == CORE_JOIN) {
        consider(&e->first, &largest, &size);
        consider(&e->body, &largest, &size);
    } else if (e->kind == CORE_SWITCH) {
        for (size_t i = 0; i < e->arms.count; i++) consider(&e->arms.items[i].body, &largest, &size);
        consider(&e->otherwise, &largest, &size);
    }
    return largest;
}

static void divide(Divider *d, CoreExpression **slot);

static bool is_tail(const CoreExpression *e, unsigned index) {
    return e->kind == CORE_JOIN || (e->kind == CORE_SWITCH && index > 0);
}

// The node and its parts but the one on the way; answers their size.
static unsigned pass_node(Divider *d, CoreExpression *e, CoreExpression *const *way) {
    unsigned count = core_child_count(e), size = 1;
    for (unsigned i = 0; i < count; i++) {
        CoreExpression **part = core_child(e, i);
        if (part == way) continue;
        core_walk(*part, look_at_node, d);
        size += core_size(*part, UINT32_MAX);
    }
    look_at_node(d, e);
    forget_bound(d);
    return size;
}

static void divide_sides(Divider *d, CoreExpression *e, CoreExpression *const *way) {
    unsigned count = e->kind == CORE_JOIN || e->kind == CORE_SWITCH ? core_child_count(e) : 0;
    for (unsigned i = 0; i < count; i++) {
        CoreExpression **part = core_child(e, i);
        if (part != way && is_tail(e, i) && core_size(*part, 2 * PIECE) >= 2 * PIECE) divide(d, part);
    }
}

// From the end to the beginning, so that what is live is known.
static void divide(Divider *d, CoreExpression **slot) {
    Vector(CoreExpression **) way = {0};
    while (slot) {
        vector_push(d->arena, &way, slot);
        slot = largest_tail(*slot);
    }
    for (size_t i = 0; i + 1 < way.count; i++) divide_sides(d, *way.items[i], way.items[i + 1]);
    size_t size = 0;
    for (size_t i = way.count; i-- > 0;) {
        size += pass_node(d, *way.items[i], i + 1 < way.count ? way.items[i + 1] : NULL);
        if (i == 0 || !can_cut(d, size)) continue;
        cut(d, way.items[i]);
        size = 1 + d->live_count;
    }
    forget_everything(d);
}

static void divide_code(Divider *d, CoreExpression **body, Type *computation) {
    if (core_size(*body, 2 * PIECE) < 2 * PIECE) return;
    d->computation = computation;
    divide(d, body);
}

typedef Vector(CoreExpression *) Functions;
typedef struct FunctionSearch {
    Arena *arena;
    Functions functions;
} FunctionSearch;

static void find_function(void *context, CoreExpression *node) {
    FunctionSearch *search = context;
    if (node->kind == CORE_LAMBDA || node->kind == CORE_DELAY) vector_push(search->arena, &search->functions, node);
}

// Inner functions first.
void divide_definition(Simplifier *simplifier, CoreDefinition *definition) {
    Arena *arena = simplifier->arena;
    if (core_size(definition->value, 2 * PIECE) < 2 * PIECE) return;
    Divider d = {.simplifier = simplifier, .arena = arena, .definition = definition, .live = {.arena = arena}, .open = {.arena = arena}};
    FunctionSearch search = {.arena = arena};
    core_walk(definition->value, find_function, &search);
    for (size_t i = search.functions.count; i-- > 0;) {
        CoreExpression *function = search.functions.items[i];
        if (function->kind == CORE_DELAY) divide_code(&d, &function->body, function->type);
        else if (function->body->kind != CORE_DELAY) divide_code(&d, &function->body, NULL);
    }
    if (!core_is_function(definition)) divide_code(&d, &definition->value, NULL);
}
