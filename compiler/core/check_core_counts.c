// Linearity of counted core: every reference that is made is consumed exactly once on every path, and nothing is read after it has died.
//
// The walk follows each path with the number of references that each variable holds. A field holds none of its own until it is dup'ed, and
// may be read as long as the object that it was bound from is alive.

#include <string.h>

#include "check_core.h"

typedef struct Held {
    CoreVariable *variable;
    struct Held *owner; // the object that it is a field of, or NULL
    int references;
    bool is_static;     // borrowed from a caller or a global: alive throughout
    bool is_constant;   // in an arm of a constant constructor: not counted
} Held;

typedef struct Snapshot {
    Held *held;
    int references;
} Snapshot;

typedef struct Jump { // what is held at a jump
    const CoreExpression *node;
    Vector(Snapshot) held;
    Vector(Held *) constants;
} Jump;

typedef struct Entry { // what is held when a label's code begins
    bool is_set;
    Vector(Jump) jumps; // while it is not
    Table held;         // from a Held to its references + 1
} Entry;

typedef struct Counter {
    CoreChecker *checker;
    Table held;            // from a variable to its Held
    Table entries;         // from a label to its Entry
    Vector(Held *) bound;  // in scope, innermost last
} Counter;

static void check_path(Counter *counter, const CoreExpression *e);

static Held *held_of(Counter *counter, const CoreVariable *variable) { return table_get(&counter->held, variable); }

static void hold(Counter *counter, CoreVariable *variable, int references, Held *owner, bool is_static) {
    if (!variable || !(core_is_counted(variable) || variable->is_token)) return;
    Held *held = NEW(counter->checker->arena, Held);
    *held = (Held){variable, owner, references, is_static, false};
    table_put(&counter->held, variable, held);
    vector_push(counter->checker->arena, &counter->bound, held);
}

static void hold_parameters(Counter *counter, const CoreVariables *parameters) {
    for (size_t i = 0; i < parameters->count; i++) {
        bool is_borrowed = parameters->items[i]->is_borrowed;
        hold(counter, parameters->items[i], !is_borrowed, NULL, is_borrowed);
    }
}

static bool is_alive(const Held *held) {
    for (; held; held = held->owner) {
        if (held->references > 0 || held->is_static) return true;
    }
    return false;
}

static void borrow(Counter *counter, const CoreExpression *node, const CoreVariable *variable) {
    Held *held = held_of(counter, variable);
    if (!held && core_is_counted(variable)) report_broken(counter->checker, node, "`%s` is not captured", variable->name);
    if (held && !is_alive(held)) report_broken(counter->checker, node, "`%s` is read after it died", variable->name);
}

static void consume(Counter *counter, const CoreExpression *node, const CoreVariable *variable) {
    Held *held = held_of(counter, variable);
    if (!held || held->is_constant) return;
    if (held->references <= 0) report_broken(counter->checker, node, "`%s` is consumed and holds no reference", variable->name);
    held->references--;
}

static void use_atom(Counter *counter, const CoreExpression *node, const CoreExpression *atom, bool consumes) {
    CoreChecker *checker = counter->checker;
    if (atom->kind == CORE_GLOBAL && consumes && !core_is_function(atom->definition) && find_representation(atom->type) == REPRESENTATION_COUNTED)
        report_broken(checker, node, "consumes the global %s", atom->definition->name);
    if (atom->kind != CORE_LOCAL) return;
    borrow(counter, node, atom->variable);
    if (consumes) consume(counter, node, atom->variable);
}

static void use_items(Counter *counter, const CoreExpression *node, const CoreVariables *parameters, bool consumes) {
    // What is borrowed must be alive while the rest is consumed, so it is read last.
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < node->items.count; i++) {
            bool takes = parameters && i < parameters->count ? !parameters->items[i]->is_borrowed : consumes;
            if (takes == (pass == 0)) use_atom(counter, node, node->items.items[i], takes);
        }
    }
}

static void use_call(Counter *counter, const CoreExpression *apply) {
    const CoreDefinition *definition = apply->first->kind == CORE_GLOBAL ? apply->first->definition : NULL;
    CoreExpression *lambda = definition ? core_lambda_of(definition) : NULL;
    if (definition && definition->kind == DEFINITION_EXTERN) {
        use_items(counter, apply, NULL, core_takes_arguments(definition->symbol));
    } else {
        use_atom(counter, apply, apply->first, true);
        use_items(counter, apply, lambda ? &lambda->parameters : NULL, true);
    }
}

static bool perform_takes(const CoreExpression *perform) {
    const Operation *operation = perform->operation;
    return perform->index || operation->effect->kind != EFFECT_EXTERN || core_takes_arguments(operation->symbol);
}

// ---- functions within ----

static void check_function(Counter *outer, const CoreVariables *parameters, const CoreVariables *captured, const CoreExpression *body) {
    Arena *arena = outer->checker->arena;
    Counter counter = {.checker = outer->checker, .held = table_in(arena), .entries = table_in(arena)};
    hold_parameters(&counter, parameters);
    for (size_t i = 0; captured && i < captured->count; i++) hold(&counter, captured->items[i], 1, NULL, false);
    if (body->kind == CORE_DELAY) body = body->body;
    check_path(&counter, body);
}

static void use_closure(Counter *counter, const CoreExpression *node) {
    for (size_t i = 0; i < node->captured.count; i++) {
        borrow(counter, node, node->captured.items[i]);
        consume(counter, node, node->captured.items[i]);
    }
    check_function(counter, &node->parameters, &node->captured, node->body);
}

// ---- paths ----

// One step, not control: what it reads and consumes.
static void use_step(Counter *counter, const CoreExpression *e) {
    switch (e->kind) {
    case CORE_LOCAL: use_atom(counter, e, e, true); break;
    case CORE_CONSTRUCT:
        use_items(counter, e, NULL, true);
        if (e->token) consume(counter, e, e->token);
        break;
    case CORE_PRIMITIVE: use_items(counter, e, NULL, e->primitive == PRIMITIVE_STRING_APPEND || e->primitive == PRIMITIVE_STRING_CONCATENATE); break;
    case CORE_LAMBDA: case CORE_DELAY: use_closure(counter, e); break;
    case CORE_APPLY: use_call(counter, e); break;
    case CORE_FORCE:
        if (e->first->kind == CORE_APPLY) use_call(counter, e->first);
        else use_atom(counter, e, e->first, true);
        break;
    case CORE_PERFORM: use_items(counter, e, NULL, perform_takes(e)); break;
    case CORE_FAULT:
        use_atom(counter, e, e->first, false);
        if (e->first->kind == CORE_LOCAL && held_of(counter, e->first->variable)) held_of(counter, e->first->variable)->references = 0;
        break;
    default: break;
    }
}

// A path ends: nothing may be held any more, but a fault's message.
static void check_end(Counter *counter, const CoreExpression *e) {
    for (size_t i = 0; i < counter->bound.count; i++) {
        const Held *held = counter->bound.items[i];
        if (held->references > 0 && !held->is_constant) report_broken(counter->checker, e, "`%s` is still held at the end of a path", held->variable->name);
    }
}

static size_t expected_references(const Entry *entry, const Held *held) {
    size_t expected = (size_t)(uintptr_t)table_get(&entry->held, held);
    return expected ? expected - 1 : 0;
}

static bool is_constant_at(const Jump *jump, const Held *held) {
    for (size_t i = 0; i < jump->constants.count; i++) {
        if (jump->constants.items[i] == held) return true;
    }
    return false;
}

// Every jump leaves held what the label's code begins with.
static void check_jump_state(Counter *counter, const Entry *entry, const Jump *jump) {
    size_t matched = 0, needed = 0;
    for (size_t i = 0; i < jump->held.count; i++) {
        const Snapshot *snapshot = &jump->held.items[i];
        if (is_constant_at(jump, snapshot->held)) continue;
        matched++;
        if ((size_t)snapshot->references != expected_references(entry, snapshot->held))
            report_broken(counter->checker, jump->node, "`%s` is held %d times at one jump to %s and %zu times at another", snapshot->held->variable->name,
                           snapshot->references, jump->node->label->name, expected_references(entry, snapshot->held));
    }
    for (size_t i = 0; i < entry->held.count; i++) needed += !is_constant_at(jump, entry->held.entries[i].key);
    if (matched != needed) report_broken(counter->checker, jump->node, "holds less than another jump to %s", jump->node->label->name);
}

static Jump jump_state(Counter *counter, const CoreExpression *node) {
    Jump jump = {.node = node};
    for (size_t i = 0; i < counter->bound.count; i++) {
        Held *held = counter->bound.items[i];
        if (held->references > 0) vector_push(counter->checker->arena, &jump.held, ((Snapshot){held, held->references}));
        if (held->is_constant) vector_push(counter->checker->arena, &jump.constants, held);
    }
    return jump;
}

static void check_entry(Counter *counter, const CoreExpression *node) {
    Entry *entry = table_get(&counter->entries, node->label);
    if (!entry) return;
    Jump jump = jump_state(counter, node);
    if (entry->is_set) check_jump_state(counter, entry, &jump);
    else vector_push(counter->checker->arena, &entry->jumps, jump);
}

static void set_entry(Counter *counter, Entry *entry) {
    entry->is_set = true;
    for (size_t i = 0; i < entry->jumps.count; i++) {
        const Jump *jump = &entry->jumps.items[i];
        for (size_t j = 0; j < jump->held.count; j++) {
            const Snapshot *snapshot = &jump->held.items[j];
            if (!is_constant_at(jump, snapshot->held)) table_put(&entry->held, snapshot->held, (void *)(uintptr_t)(snapshot->references + 1));
        }
    }
    for (size_t i = 0; i < entry->jumps.count; i++) check_jump_state(counter, entry, &entry->jumps.items[i]);
}

typedef Vector(int) References;

static References save(Counter *counter) {
    References saved = {0};
    for (size_t i = 0; i < counter->bound.count; i++) vector_push(counter->checker->arena, &saved, counter->bound.items[i]->references);
    return saved;
}

static void restore(Counter *counter, const References *saved) {
    counter->bound.count = saved->count;
    for (size_t i = 0; i < saved->count; i++) counter->bound.items[i]->references = saved->items[i];
}

static void check_arms(Counter *counter, const CoreExpression *e) {
    if (e->first->kind == CORE_LOCAL) borrow(counter, e, e->first->variable);
    Held *scrutinee = e->first->kind == CORE_LOCAL ? held_of(counter, e->first->variable) : NULL;
    References before = save(counter);
    for (size_t i = 0; i < e->arms.count; i++) {
        const CoreArm *arm = &e->arms.items[i];
        restore(counter, &before);
        bool was_constant = scrutinee && scrutinee->is_constant;
        if (scrutinee && arm->constructor && arm->constructor->fields.count == 0) scrutinee->is_constant = true;
        for (size_t j = 0; j < arm->fields.count; j++) hold(counter, arm->fields.items[j], 0, scrutinee, !scrutinee);
        check_path(counter, arm->body);
        if (scrutinee) scrutinee->is_constant = was_constant;
    }
    restore(counter, &before);
    if (e->otherwise) check_path(counter, e->otherwise);
    restore(counter, &before);
}

// Jumped to only from arms of constant constructors, a label's code finds a constant too.
static bool is_constant_at_all(const Entry *entry, const Held *held) {
    for (size_t i = 0; i < entry->jumps.count; i++) {
        if (!is_constant_at(&entry->jumps.items[i], held)) return false;
    }
    return entry->jumps.count > 0;
}

static void check_label(Counter *counter, const CoreExpression *e, const Entry *entry) {
    Vector(Held *) constants = {0};
    for (size_t i = 0; i < counter->bound.count; i++) {
        Held *held = counter->bound.items[i];
        if (held->is_constant || !is_constant_at_all(entry, held)) continue;
        held->is_constant = true;
        vector_push(counter->checker->arena, &constants, held);
    }
    check_path(counter, e->first);
    for (size_t i = 0; i < constants.count; i++) constants.items[i]->is_constant = false;
}

// The body first: what its jumps leave held is what the label's own code begins with.
static void check_join(Counter *counter, const CoreExpression *e) {
    Entry *entry = NEW(counter->checker->arena, Entry);
    entry->held = table_in(counter->checker->arena);
    table_put(&counter->entries, e->label, entry);
    References before = save(counter);
    check_path(counter, e->body);
    restore(counter, &before);
    set_entry(counter, entry);
    for (size_t i = 0; i < before.count; i++) counter->bound.items[i]->references = (int)expected_references(entry, counter->bound.items[i]);
    hold_parameters(counter, &e->label->parameters);
    if (entry->jumps.count) check_label(counter, e, entry);
    restore(counter, &before);
}

static void check_let(Counter *counter, const CoreExpression *e) {
    bool is_global = e->first->kind == CORE_GLOBAL && !core_is_function(e->first->definition);
    if (!is_global) use_step(counter, e->first);
    hold(counter, e->variable, !is_global, NULL, is_global);
}

static void check_path(Counter *counter, const CoreExpression *e) {
    while (!counter->checker->problem) {
        switch (e->kind) {
        case CORE_LET: check_let(counter, e); break;
        case CORE_DUP:
            borrow(counter, e, e->variable);
            if (held_of(counter, e->variable)) held_of(counter, e->variable)->references++;
            break;
        case CORE_DROP: consume(counter, e, e->variable); break;
        case CORE_DROP_REUSE:
            consume(counter, e, e->variable);
            hold(counter, e->token, 1, NULL, false);
            break;
        case CORE_DROP_TOKEN: consume(counter, e, e->token); break;
        case CORE_SWITCH: check_arms(counter, e); return;
        case CORE_JOIN: check_join(counter, e); return;
        case CORE_JUMP:
            use_items(counter, e, &e->label->parameters, true);
            check_entry(counter, e);
            return;
        default:
            use_step(counter, e);
            check_end(counter, e);
            return;
        }
        e = e->body;
    }
}

void check_counts(CoreChecker *checker, const CoreDefinition *definition) {
    Counter counter = {.checker = checker};
    static const CoreVariables none = {0};
    const CoreExpression *value = definition->value;
    if (value->kind == CORE_LAMBDA) check_function(&counter, &value->parameters, NULL, value->body);
    else check_function(&counter, &none, NULL, value);
}
