// Which parameters are only read, so that callers keep their references (Ullrich and de Moura, Counting Immutable Beans, section 5).
//
// All parameters of definitions that are called directly and cannot wait, and of labels, begin as borrowed; a parameter becomes owned when it is
// stored, captured, answered, passed on as owned, or matched where its memory can be reused; until nothing changes.
//
// So do those of definitions that can only be aborted: what they borrow is read before their first call that may be. Of what does wait the caller
// would have to keep its references for as long as that takes.

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
    Table open;      // definitions that may go on, by calls in tail position, with whatever they were given
    const CoreExpression *function; // the closure whose code is looked at
    bool is_computation; // what is looked at is run as a value, a closure's code or a definition without parameters
    bool may_abort;  // the definition that is looked at
    bool is_aborted; // a call that may abort lies on the path to what is looked at
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

static bool may_borrow(const CoreProgram *program, const CoreExpression *lambda) {
    if (is_direct(lambda)) return true;
    Type *type = resolve_type(lambda->body->type);
    return type->kind == TYPE_COMPUTATION && !program->controls && row_only_aborts(type->right, program->builtins->never_type);
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
        if (lambda) set_all(&lambda->parameters, may_borrow(program, lambda) && definition != program->main);
    }
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (!definition->value) continue;
        note_value_use(definition->value);
        core_walk(definition->value, note_uses, NULL);
    }
}

// ---- who may come back by calls in tail position ----
//
// A call in tail position, in code that is run as a value only, may cost a place on the stack if what is called never leads back to such code by
// calls in tail position alone.

static bool calls_open(Borrower *b, const CoreExpression *step) {
    bool is_forced = step->kind == CORE_FORCE;
    const CoreExpression *call = is_forced ? step->first : step;
    if (call->kind != CORE_APPLY) return is_forced;
    const CoreExpression *lambda = call->first->kind == CORE_GLOBAL ? core_lambda_of(call->first->definition) : NULL;
    return !lambda || lambda->parameters.count != call->items.count || table_has(&b->open, call->first->definition);
}

static bool ends_open(Borrower *b, const CoreExpression *e) {
    for (;;) {
        switch (e->kind) {
        case CORE_JOIN:
            if (ends_open(b, e->first)) return true;
            e = e->body;
            break;
        case CORE_SWITCH:
            for (size_t i = 0; i < e->arms.count; i++)
                if (ends_open(b, e->arms.items[i].body)) return true;
            if (!e->otherwise) return false;
            e = e->otherwise;
            break;
        case CORE_LET: e = e->body; break;
        default: return calls_open(b, e);
        }
    }
}

static const CoreExpression *code_of(const CoreExpression *value) {
    if (value->kind == CORE_LAMBDA) value = value->body;
    return value->kind == CORE_DELAY ? value->body : value;
}

static void find_open(Borrower *b) {
    size_t before;
    do {
        before = b->open.count;
        for (size_t i = 0; i < b->program->definitions.count; i++) {
            CoreDefinition *definition = b->program->definitions.items[i];
            if (definition->value && !table_has(&b->open, definition) && ends_open(b, code_of(definition->value))) table_put(&b->open, definition, definition);
        }
    } while (b->open.count > before);
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

// Behind a call that may abort nothing that is borrowed is read.
static void note_late_use(void *context, CoreExpression *node) { own_root(context, node); }

static void look_at_late_uses(Borrower *b, CoreExpression *step) {
    if (b->is_aborted && !b->function) core_walk(step, note_late_use, b);
}

// ---- steps ----

static bool is_held_here(Borrower *b, const CoreExpression *atom) {
    return atom->kind == CORE_LOCAL && core_is_counted(atom->variable) && !is_borrowed_here(b, atom->variable);
}

// An owned variable given to a borrowed parameter would have to be dropped after the call: so in a tail call that must be a jump the parameter is owned.
static void pass(Borrower *b, const CoreExpression *argument, CoreVariable *parameter, bool is_tail) {
    if (is_tail && parameter->is_borrowed && is_held_here(b, argument)) own(b, parameter);
    if (!parameter->is_borrowed) own_root(b, argument);
}

static void look_at_call(Borrower *b, const CoreExpression *apply, bool is_tail) {
    const CoreExpression *lambda = apply->first->kind == CORE_GLOBAL ? core_lambda_of(apply->first->definition) : NULL;
    bool is_jump = is_tail && !(b->is_computation && lambda && !table_has(&b->open, apply->first->definition));
    own_root(b, apply->first);
    for (size_t i = 0; i < apply->items.count; i++) {
        if (lambda && i < lambda->parameters.count) pass(b, apply->items.items[i], lambda->parameters.items[i], is_jump);
        else if (takes_argument(apply->first, i)) own_root(b, apply->items.items[i]);
    }
}

static void look_at(Borrower *b, CoreExpression *e);

static void look_at_closure(Borrower *b, CoreExpression *closure) {
    CoreVariables captured = find_captured(b->arena, closure);
    for (size_t i = 0; i < captured.count; i++) own(b, captured.items[i]);
    const CoreExpression *outer = b->function;
    bool was_computation = b->is_computation;
    b->is_computation = true;
    b->function = closure;
    bind_all(b, &closure->parameters, NULL);
    look_at(b, closure->kind == CORE_LAMBDA && closure->body->kind == CORE_DELAY ? closure->body->body : closure->body);
    b->function = outer;
    b->is_computation = was_computation;
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

// Whoever jumps there may have been through such a call.
static void look_at_label(Borrower *b, CoreExpression *join) {
    bool was_aborted = b->is_aborted;
    b->is_aborted = b->may_abort;
    bind_all(b, &join->label->parameters, NULL);
    look_at(b, join->first);
    b->is_aborted = was_aborted;
}

static void look_at_path(Borrower *b, CoreExpression *e) {
    while (e) {
        switch (e->kind) {
        case CORE_LET:
            *origin_of(b, e->variable) = (Origin){NULL, b->function};
            look_at_late_uses(b, e->first);
            look_at_step(b, e->first, false);
            b->is_aborted = b->is_aborted || step_can_wait(e->first);
            break;
        case CORE_JOIN: look_at_label(b, e); break;
        case CORE_SWITCH:
            look_at_late_uses(b, e->first);
            e = look_at_arms(b, e);
            continue;
        default:
            look_at_late_uses(b, e);
            look_at_step(b, e, true);
            return;
        }
        e = e->body;
    }
}

static void look_at(Borrower *b, CoreExpression *e) {
    bool was_aborted = b->is_aborted;
    look_at_path(b, e);
    b->is_aborted = was_aborted;
}

static void look_at_definition(Borrower *b, CoreDefinition *definition) {
    const CoreExpression *value = definition->value;
    b->function = NULL;
    b->is_computation = value->kind != CORE_LAMBDA;
    b->may_abort = value->kind == CORE_LAMBDA && !is_direct(value);
    bind_all(b, &value->parameters, NULL);
    look_at(b, (CoreExpression *)code_of(value));
}

void infer_borrowing(Compilation *compilation, CoreProgram *program) {
    Borrower b = {.arena = compilation->arena, .program = program, .origins = {.arena = compilation->arena}};
    b.open = table_in(compilation->arena);
    start(program);
    find_open(&b);
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
