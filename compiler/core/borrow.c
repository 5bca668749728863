// Which parameters are only read, so that callers keep their references (Ullrich and de Moura, Counting Immutable Beans, section 5).
//
// All parameters of definitions that are called directly and cannot wait, and of labels, begin as borrowed; a parameter becomes owned when it is
// stored, captured, answered, passed on as owned, or matched where its memory can be reused; until nothing changes.

#include "count.h"

// Where a variable is bound, and of what it is a field.
typedef struct Origin {
    CoreVariable *owner;
    const CoreExpression *function; // NULL: the definition's own code
} Origin;

typedef struct Borrower {
    Arena *arena;
    CoreProgram *program;
    Numbered origins;
    const CoreExpression *function; // the closure whose code is looked at
    bool changed;
} Borrower;

// ---- the start ----

static void set_all(const CoreVariables *parameters, bool is_borrowed) {
    for (size_t i = 0; i < parameters->count; i++) parameters->items[i]->is_borrowed = is_borrowed && core_is_counted(parameters->items[i]);
}

static bool is_direct(const CoreExpression *lambda) {
    if (lambda->body->kind != CORE_DELAY) return true;
    Type *type = resolve_type(lambda->body->type);
    return type->kind == TYPE_COMPUTATION && !row_can_wait(type->right);
}

static void own_all(const CoreDefinition *definition) {
    CoreExpression *lambda = core_lambda_of(definition);
    if (lambda) set_all(&lambda->parameters, false);
}

// A definition used as a value is called by way of a closure, which owns what it passes.
static void note_value_use(const CoreExpression *atom) {
    if (atom->kind == CORE_GLOBAL) own_all(atom->definition);
}

static void note_uses(void *context, CoreExpression *node) {
    (void)context;
    for (size_t i = 0; i < node->items.count; i++) note_value_use(node->items.items[i]);
    if (node->kind == CORE_APPLY && node->first->kind == CORE_GLOBAL) {
        CoreExpression *lambda = core_lambda_of(node->first->definition);
        if (lambda && lambda->parameters.count != node->items.count) own_all(node->first->definition);
    } else if (node->first) {
        note_value_use(node->first);
    }
    if (node->body) note_value_use(node->body);
    if (node->otherwise) note_value_use(node->otherwise);
    for (size_t i = 0; i < node->arms.count; i++) note_value_use(node->arms.items[i].body);
    if (node->kind == CORE_JOIN) set_all(&node->label->parameters, true);
}

static void start(const CoreProgram *program) {
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        CoreExpression *lambda = core_lambda_of(definition);
        if (lambda) set_all(&lambda->parameters, is_direct(lambda) && definition != program->main);
    }
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (!definition->value) continue;
        note_value_use(definition->value);
        core_walk(definition->value, note_uses, NULL);
    }
}

// ---- origins ----

static Origin *origin_of(Borrower *b, const CoreVariable *variable) {
    Origin *origin = numbered_get(&b->origins, variable->id);
    if (origin) return origin;
    origin = NEW(b->arena, Origin);
    numbered_put(&b->origins, variable->id, origin);
    return origin;
}

static void bind_all(Borrower *b, const CoreVariables *variables, CoreVariable *owner) {
    for (size_t i = 0; i < variables->count; i++) {
        if (variables->items[i]) *origin_of(b, variables->items[i]) = (Origin){owner, b->function};
    }
}

// The parameter, or other variable, whose object holds this one.
static CoreVariable *root_of(Borrower *b, CoreVariable *variable) {
    while (origin_of(b, variable)->owner) variable = origin_of(b, variable)->owner;
    return variable;
}

// Borrowed from the caller for the whole of the call. A closure owns what it captures.
static bool is_borrowed_here(Borrower *b, CoreVariable *variable) {
    for (;;) {
        const Origin *origin = origin_of(b, variable);
        if (origin->function != b->function) return false;
        if (!origin->owner) return variable->is_borrowed;
        variable = origin->owner;
    }
}

static void own(Borrower *b, CoreVariable *variable) {
    if (!variable->is_borrowed) return;
    variable->is_borrowed = false;
    b->changed = true;
}

static void own_atom(Borrower *b, const CoreExpression *atom) {
    if (atom->kind == CORE_LOCAL) own(b, atom->variable);
}

// What a call takes is best moved out of what holds it: so that is owned too.
static void own_root(Borrower *b, const CoreExpression *atom) {
    if (atom->kind == CORE_LOCAL && core_is_counted(atom->variable)) own(b, root_of(b, atom->variable));
}

// ---- steps ----

static bool is_held_here(Borrower *b, const CoreExpression *atom) {
    return atom->kind == CORE_LOCAL && core_is_counted(atom->variable) && !is_borrowed_here(b, atom->variable);
}

// An owned variable given to a borrowed parameter would have to be dropped after the call: so in a tail call the parameter is owned.
static void pass(Borrower *b, const CoreExpression *argument, CoreVariable *parameter, bool is_tail) {
    if (is_tail && parameter->is_borrowed && is_held_here(b, argument)) own(b, parameter);
    if (!parameter->is_borrowed) own_root(b, argument);
}

static void look_at_call(Borrower *b, const CoreExpression *apply, bool is_tail) {
    const CoreExpression *lambda = apply->first->kind == CORE_GLOBAL ? core_lambda_of(apply->first->definition) : NULL;
    own_root(b, apply->first);
    for (size_t i = 0; i < apply->items.count; i++) {
        if (lambda && i < lambda->parameters.count) pass(b, apply->items.items[i], lambda->parameters.items[i], is_tail);
        else if (takes_argument(apply->first, i)) own_root(b, apply->items.items[i]);
    }
}

static void look_at(Borrower *b, CoreExpression *e);

static void look_at_closure(Borrower *b, CoreExpression *closure) {
    CoreVariables captured = find_captured(b->arena, closure);
    for (size_t i = 0; i < captured.count; i++) own(b, captured.items[i]);
    const CoreExpression *outer = b->function;
    b->function = closure;
    bind_all(b, &closure->parameters, NULL);
    look_at(b, closure->kind == CORE_LAMBDA && closure->body->kind == CORE_DELAY ? closure->body->body : closure->body);
    b->function = outer;
}

static void own_items(Borrower *b, const CoreExpressions *items) {
    for (size_t i = 0; i < items->count; i++) own_atom(b, items->items[i]);
}

static void look_at_step(Borrower *b, CoreExpression *step, bool is_tail) {
    switch (step->kind) {
    case CORE_LOCAL: case CORE_CONSTRUCT: own_atom(b, step); own_items(b, &step->items); break;
    case CORE_LAMBDA: case CORE_DELAY: look_at_closure(b, step); break;
    case CORE_APPLY: look_at_call(b, step, is_tail); break;
    case CORE_FORCE:
        if (step->first->kind == CORE_APPLY) look_at_call(b, step->first, is_tail);
        else own_root(b, step->first);
        break;
    case CORE_PRIMITIVE:
        if (primitive_takes(step->primitive)) own_items(b, &step->items);
        break;
    case CORE_PERFORM:
        if (perform_takes(step)) own_items(b, &step->items);
        break;
    case CORE_JUMP:
        for (size_t i = 0; i < step->items.count; i++) pass(b, step->items.items[i], step->label->parameters.items[i], true);
        break;
    case CORE_HANDLE: own_root(b, step->first); break;
    default: break;
    }
}

// Memory that can be reused is worth owning.
static void open_arm(Borrower *b, const CoreExpression *scrutinee, const CoreArm *arm) {
    bool is_counted = scrutinee->kind == CORE_LOCAL && core_is_counted(scrutinee->variable);
    bind_all(b, &arm->fields, is_counted ? scrutinee->variable : NULL);
    if (is_counted && arm->fields.count && can_reuse(arm->body, arm->fields.count)) own_root(b, scrutinee);
}

// The arms, but for one: answers the body of that.
static CoreExpression *look_at_arms(Borrower *b, CoreExpression *node) {
    size_t count = node->arms.count;
    for (size_t i = 0; i < count; i++) {
        open_arm(b, node->first, &node->arms.items[i]);
        if (i + 1 < count || node->otherwise) look_at(b, node->arms.items[i].body);
    }
    return node->otherwise || count == 0 ? node->otherwise : node->arms.items[count - 1].body;
}

static void look_at(Borrower *b, CoreExpression *e) {
    while (e) {
        switch (e->kind) {
        case CORE_LET:
            *origin_of(b, e->variable) = (Origin){NULL, b->function};
            look_at_step(b, e->first, false);
            break;
        case CORE_JOIN:
            bind_all(b, &e->label->parameters, NULL);
            look_at(b, e->first);
            break;
        case CORE_SWITCH: e = look_at_arms(b, e); continue;
        default: look_at_step(b, e, true); return;
        }
        e = e->body;
    }
}

static void look_at_definition(Borrower *b, CoreDefinition *definition) {
    CoreExpression *value = definition->value;
    b->function = NULL;
    bind_all(b, &value->parameters, NULL);
    if (value->kind == CORE_LAMBDA) value = value->body;
    look_at(b, value->kind == CORE_DELAY ? value->body : value);
}

void infer_borrowing(Compilation *compilation, CoreProgram *program) {
    Borrower b = {.arena = compilation->arena, .program = program, .origins = {.arena = compilation->arena}};
    start(program);
    // Forwards and backwards in turn: along a chain of calls what is found travels in one walk, whichever way the chain lies.
    size_t count = program->definitions.count;
    bool is_backwards = false;
    do {
        b.changed = false;
        for (size_t i = 0; i < count; i++) {
            CoreDefinition *definition = program->definitions.items[is_backwards ? count - 1 - i : i];
            if (definition->value) look_at_definition(&b, definition);
        }
        is_backwards = !is_backwards;
    } while (b.changed);
}
