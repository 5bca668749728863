// Where a waiting function is left and entered again, and what its frames hold: one walk backwards over its body, which knows at each place
// what the rest of the function still uses (live) and how many references of each variable it still consumes (needed). Liveness as in any
// textbook; the numbers are the reverse of the reference counts, read off the consuming places, DUPs and DROPs.
//
// The same of a function that an abort may leave by a jump: what it holds over a call that may do so is what goes then.

#include <string.h>

#include "cps.h"

typedef struct State {
    bool *live;
    int *needed;
} State;

typedef struct LabelState {
    State state;
    bool is_known;
} LabelState;

typedef struct Walk {
    Arena *arena;
    const CpsProgram *program;
    CpsFunction *function;
    Table slots;             // from a CoreVariable to its number + 1
    CoreVariables variables; // by number
    Table labels;            // from a CoreLabel to its LabelState
    bool records;            // not while a loop's fixed point is sought
    bool changed;            // a label's state grew
} Walk;

// ---- states ----

static State copy_state(const Walk *walk, const State *state) {
    size_t count = walk->variables.count;
    State copy = {NEW_ARRAY(walk->arena, bool, count + 1), NEW_ARRAY(walk->arena, int, count + 1)};
    if (state) {
        memcpy(copy.live, state->live, count * sizeof *copy.live);
        memcpy(copy.needed, state->needed, count * sizeof *copy.needed);
    }
    return copy;
}

// Answers whether `into` grew.
static bool merge_state(const Walk *walk, State *into, const State *from) {
    bool grew = false;
    for (size_t i = 0; i < walk->variables.count; i++) {
        if (from->live[i] && !into->live[i]) grew = into->live[i] = true;
        if (from->needed[i] > into->needed[i]) {
            into->needed[i] = from->needed[i];
            grew = true;
        }
    }
    return grew;
}

static size_t slot_of(const Walk *walk, const CoreVariable *variable) { return (size_t)(uintptr_t)table_get(&walk->slots, variable) - 1; }

static void use_variable(const Walk *walk, State *state, const CoreVariable *variable) { state->live[slot_of(walk, variable)] = true; }

static void consume_variable(const Walk *walk, State *state, const CoreVariable *variable) {
    size_t slot = slot_of(walk, variable);
    state->live[slot] = true;
    state->needed[slot]++;
}

static void define_variable(const Walk *walk, State *state, const CoreVariable *variable) {
    if (!variable) return;
    size_t slot = slot_of(walk, variable);
    state->live[slot] = false;
    state->needed[slot] = 0;
}

// ---- variables ----

static void add_variable(Walk *walk, CoreVariable *variable) {
    if (!variable || table_has(&walk->slots, variable)) return;
    vector_push(walk->arena, &walk->variables, variable);
    table_put(&walk->slots, variable, (void *)(uintptr_t)walk->variables.count);
}

static void add_variables(Walk *walk, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) add_variable(walk, variables->items[i]);
}

static void collect_variables(void *context, const CoreExpression *node) {
    Walk *walk = context;
    if (node->kind == CORE_LET) add_variable(walk, node->variable);
    if (node->kind == CORE_DROP_REUSE) add_variable(walk, node->token);
    if (node->kind == CORE_JOIN) add_variables(walk, &node->label->parameters);
    for (size_t i = 0; i < node->arms.count; i++) add_variables(walk, &node->arms.items[i].fields);
    visit_children(node, collect_variables, walk);
}

// ---- uses ----

static void use_atom(const Walk *walk, State *state, const CoreExpression *atom, bool is_consumed) {
    if (atom->kind != CORE_LOCAL) return;
    if (is_consumed) consume_variable(walk, state, atom->variable);
    else use_variable(walk, state, atom->variable);
}

static void use_items(const Walk *walk, State *state, const CoreExpressions *items, bool are_consumed) {
    for (size_t i = 0; i < items->count; i++) use_atom(walk, state, items->items[i], are_consumed);
}

static void use_call(const Walk *walk, State *state, const CpsCall *call) {
    size_t count = call->items ? call->items->count : 0;
    for (size_t i = 0; i < count; i++) {
        bool is_consumed = true;
        if (i < call->taken && call->kind == CALL_FUNCTION) is_consumed = !call->function->parameters.items[i]->is_borrowed;
        if (i < call->taken && call->kind == CALL_EXTERN) is_consumed = takes_arguments(call->external->symbol);
        use_atom(walk, state, call->items->items[i], is_consumed);
    }
    if (call->callee) use_atom(walk, state, call->callee, true);
}

static void use_operation(const Walk *walk, State *state, const CoreExpression *node) {
    Effect *effect = node->operation->effect;
    bool is_consumed = effect->kind != EFFECT_EXTERN || takes_arguments(node->operation->symbol);
    use_items(walk, state, &node->items, is_consumed);
}

static void record_point(Walk *walk, const CoreExpression *node, const State *after) {
    CpsPoint *point = NEW(walk->arena, CpsPoint);
    point->call = node;
    for (int counted = 0; counted < 2; counted++)
        for (size_t i = 0; i < walk->variables.count; i++) {
            if (!after->live[i]) continue;
            CoreVariable *variable = walk->variables.items[i];
            if (variable->is_token) {
                table_put(&walk->function->given_up_tokens, variable, variable);
                continue;
            }
            bool is_counted = find_representation(variable->type) == REPRESENTATION_COUNTED;
            int times = is_counted ? after->needed[i] : 0;
            CpsSaved saved = {variable, counted == 1};
            if (counted == 0 && times == 0) vector_push(walk->arena, &point->saved, saved);
            for (int n = 0; counted == 1 && n < times; n++) vector_push(walk->arena, &point->saved, saved);
        }
    if (walk->function->mode == CPS_WAITING) {
        vector_push(walk->arena, &walk->function->points, point);
        table_put(&walk->function->point_of, node, point);
    } else table_put(&walk->function->held_over, node, point);
}

// ---- the walk ----

static void walk_back(Walk *walk, const CoreExpression *node, State *state, bool is_tail);

static bool takes_operands(Primitive primitive) { return primitive == PRIMITIVE_STRING_APPEND || primitive == PRIMITIVE_STRING_CONCATENATE; }

static void walk_leaf(Walk *walk, const CoreExpression *node, State *state, bool is_tail) {
    CpsCall call = find_call(walk->program, node);
    if ((call.waits || call.aborts) && !is_tail && walk->records) record_point(walk, node, state);
    if (call.kind == CALL_OPERATION) use_operation(walk, state, node);
    else if (call.kind != CALL_NONE) use_call(walk, state, &call);
    else if (node->kind == CORE_LOCAL) consume_variable(walk, state, node->variable);
    else if (node->kind == CORE_CONSTRUCT) {
        use_items(walk, state, &node->items, true);
        if (node->token) use_variable(walk, state, node->token);
    } else if (node->kind == CORE_PRIMITIVE) use_items(walk, state, &node->items, takes_operands(node->primitive));
    else if (node->kind == CORE_FIELD || node->kind == CORE_FAULT) use_atom(walk, state, node->first, false);
    else if (node->kind == CORE_FORCE) use_atom(walk, state, node->first, true);
    else if (node->kind == CORE_LAMBDA || node->kind == CORE_DELAY)
        for (size_t i = 0; i < node->captured.count; i++) consume_variable(walk, state, node->captured.items[i]);
}

static void walk_switch(Walk *walk, const CoreExpression *node, State *state, bool is_tail) {
    State merged = copy_state(walk, NULL);
    for (size_t i = node->arms.count + 1; i-- > 0;) {
        const CoreArm *arm = i < node->arms.count ? &node->arms.items[i] : NULL;
        if (!arm && !node->otherwise) continue;
        State branch = copy_state(walk, state);
        walk_back(walk, arm ? arm->body : node->otherwise, &branch, is_tail);
        for (size_t j = 0; arm && j < arm->fields.count; j++) define_variable(walk, &branch, arm->fields.items[j]);
        merge_state(walk, &merged, &branch);
    }
    *state = merged;
    if (reads_scrutinee(node)) use_atom(walk, state, node->first, false);
}

static void walk_join(Walk *walk, const CoreExpression *node, State *state, bool is_tail) {
    LabelState *label = table_get(&walk->labels, node->label);
    if (!label) table_put(&walk->labels, node->label, label = NEW(walk->arena, LabelState));
    label->state = copy_state(walk, NULL);
    bool records = walk->records;
    walk->records = false;
    for (bool grew = true; grew;) {
        State branch = copy_state(walk, state);
        walk_back(walk, node->first, &branch, is_tail);
        for (size_t i = 0; i < node->label->parameters.count; i++) define_variable(walk, &branch, node->label->parameters.items[i]);
        grew = merge_state(walk, &label->state, &branch);
    }
    walk->records = records;
    if (records) {
        State branch = copy_state(walk, state);
        walk_back(walk, node->first, &branch, is_tail);
    }
    walk_back(walk, node->body, state, is_tail);
}

static void walk_jump(Walk *walk, const CoreExpression *node, State *state) {
    const LabelState *label = table_get(&walk->labels, node->label);
    *state = copy_state(walk, &label->state);
    for (size_t i = 0; i < node->items.count; i++) use_atom(walk, state, node->items.items[i], !node->label->parameters.items[i]->is_borrowed);
}

static void walk_node(Walk *walk, const CoreExpression *node, State *state, bool is_tail) {
    switch (node->kind) {
    case CORE_LET:
        define_variable(walk, state, node->variable);
        walk_back(walk, node->first, state, false);
        break;
    case CORE_DUP:
        use_variable(walk, state, node->variable);
        state->needed[slot_of(walk, node->variable)]--;
        break;
    case CORE_DROP: consume_variable(walk, state, node->variable); break;
    case CORE_DROP_REUSE:
        define_variable(walk, state, node->token);
        consume_variable(walk, state, node->variable);
        break;
    case CORE_DROP_TOKEN: use_variable(walk, state, node->token); break;
    case CORE_SWITCH: walk_switch(walk, node, state, is_tail); break;
    case CORE_JOIN: walk_join(walk, node, state, is_tail); break;
    case CORE_JUMP: walk_jump(walk, node, state); break;
    default: walk_leaf(walk, node, state, is_tail); break;
    }
}

static bool has_rest(const CoreExpression *node) {
    return node->kind == CORE_LET || node->kind == CORE_DUP || node->kind == CORE_DROP || node->kind == CORE_DROP_REUSE ||
        node->kind == CORE_DROP_TOKEN;
}

// `state` is what holds after the node, and becomes what holds before it.
static void walk_back(Walk *walk, const CoreExpression *node, State *state, bool is_tail) {
    Vector(const CoreExpression *) chain = {0};
    for (; has_rest(node); node = node->body) vector_push(walk->arena, &chain, node);
    walk_node(walk, node, state, is_tail);
    while (chain.count) walk_node(walk, chain.items[--chain.count], state, is_tail);
}

void find_points(Arena *arena, const CpsProgram *program, CpsFunction *function) {
    Walk walk = {.arena = arena, .program = program, .function = function, .slots = table_in(arena), .labels = table_in(arena), .records = true};
    add_variables(&walk, &function->parameters);
    add_variables(&walk, &function->captured);
    collect_variables(&walk, function->body);
    State state = copy_state(&walk, NULL);
    walk_back(&walk, function->body, &state, true);
    // They were met backwards.
    size_t count = function->points.count;
    for (size_t i = 0; i < count / 2; i++) {
        CpsPoint *point = function->points.items[i];
        function->points.items[i] = function->points.items[count - 1 - i];
        function->points.items[count - 1 - i] = point;
    }
    for (size_t i = 0; i < count; i++) function->points.items[i]->number = (unsigned)i + 1;
}
