// Loops that gather, by what the spec returns: where that is a loop as well which begins with the same, such as `List.length`, both are taken to
// begin with anything else. What is proved is, for all `done`,
//
//   the program's loop, begun with `done`, returns what the spec's `returns` gives when its loop begins with `done`
//
// which with the value that both begin with is the spec. `returns` is so a function of `done` and of the parameters: it is evaluated as it is, but
// that the first application of each of its loops is given `done` in place of what it begins with. That must be what the program begins with.

#include "loop.h"

#include <string.h>

#include "../base/table.h"

// ---- the loops of `returns` ----

static void add_started(Engine *engine, const CoreExpression *lambda) {
    Arena *arena = engine->compilation->arena;
    Loop loop;
    for (size_t i = 0; i < engine->started.count; i++)
        if (engine->started.items[i].lambda == lambda) return;
    if (!find_loop(engine, lambda, NULL, &loop) || !loop.has_gathering) return;
    Started started = {lambda, loop.gathers, NEW_ARRAY(arena, size_t, lambda->parameters.count + 1), false, false, false};
    vector_push(arena, &engine->started, started);
}

// The function, or the one that it applies to end with, ...
static void follow_applied(Engine *engine, const CoreExpression *call) {
    enum { MOST = 4 };
    for (int i = 0; i < MOST && call && call->kind == CORE_APPLY && call->first->kind == CORE_GLOBAL; i++) {
        const CoreDefinition *definition = call->first->definition;
        const CoreExpression *lambda = definition->kind == DEFINITION_VALUE ? definition->value : NULL, *recursive = NULL;
        if (!lambda || lambda->kind != CORE_LAMBDA || lambda->parameters.count != call->items.count) return;
        if (resolve_type(lambda->body->type)->kind != TYPE_COMPUTATION) add_started(engine, lambda);
        call = last_application(lambda->body, &recursive);
    }
}

static void find_started(Engine *engine, const CoreExpression *node) {
    follow_applied(engine, node);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) find_started(engine, *core_child((CoreExpression *)(uintptr_t)node, i));
}

// ---- numbers that count ----

enum { LARGEST_STEP = 1000 };
static const int64_t LARGEST_COUNT = (int64_t)1 << 60; // from 32 bits, by LARGEST_STEP in each turn: for lists of up to 2^50 items

static bool is_itself(const Loop *loop, const CoreExpression *node) {
    return node->kind == CORE_GLOBAL ? node->definition->value == loop->lambda : node->kind == CORE_LOCAL && node->variable == loop->own;
}

static bool is_counted(const CoreExpression *item, const CoreVariable *parameter) {
    if (item->kind == CORE_LOCAL) return item->variable == parameter;
    if (item->kind == CORE_PRIMITIVE) return item->primitive == PRIMITIVE_ADD && is_counted(item->items.items[0], parameter) && item->items.items[1]->kind == CORE_INT;
    if (item->kind != CORE_SWITCH) return false;
    for (size_t i = 0; i < item->arms.count; i++)
        if (!is_counted(item->arms.items[i].body, parameter)) return false;
    return !item->otherwise || is_counted(item->otherwise, parameter);
}

// Whether the loop's parameter seems to count. It is taken to be of a certain range then, which `refuse_jumps` holds it to.
static bool seems_to_count(const Loop *loop, const CoreExpression *node, size_t index) {
    bool is_call = node->kind == CORE_APPLY && is_itself(loop, node->first);
    if (is_call && !is_counted(node->items.items[index], loop->lambda->parameters.items[index])) return false;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (!seems_to_count(loop, *core_child((CoreExpression *)(uintptr_t)node, i), index)) return false;
    return true;
}

static Opaque *gathered_opaque(const Engine *engine, size_t index) { return (Opaque *)(uintptr_t)engine->gathered[index].object->about; }

static void limit_counts(Engine *engine) {
    const Loop *loop = engine->loop;
    for (size_t i = 0; i < loop->lambda->parameters.count; i++) {
        const Type *type = loop->gathers[i] ? gathered_opaque(engine, i)->type : plain_type(TYPE_ERROR);
        bool is_int = type->kind == TYPE_DATA && type->data == engine->program->builtins->int_type;
        if (!is_int || !seems_to_count(loop, loop->lambda->body, i)) continue;
        Opaque *opaque = gathered_opaque(engine, i);
        opaque->has_range = true;
        opaque->least = -LARGEST_COUNT;
        opaque->greatest = LARGEST_COUNT;
    }
}

static bool is_step_from(const Engine *engine, Value value, const Opaque *gathered) {
    Linear sum = linear_of(engine->machine, engine->compilation->arena, look(engine->machine, value));
    bool is_sum = sum.items.count == 1 && sum.items.items[0].opaque == gathered && sum.items.items[0].coefficient == 1;
    return is_sum && sum.constant >= -LARGEST_STEP && sum.constant <= LARGEST_STEP;
}

// A count begins small, and each turn adds little to it. `arguments`: of the next turn, or NULL.
static void refuse_jumps(Engine *engine, const Value *arguments) {
    for (size_t i = 0; i < engine->head->parameters.count; i++) {
        if (!engine->loop->gathers[i] || !gathered_opaque(engine, i)->has_range) continue;
        Value first = look(engine->machine, engine->run->loop_arguments->items[i]);
        bool is_small = first.kind == VALUE_INT && first.integer >= INT32_MIN && first.integer <= INT32_MAX;
        if (is_small && (!arguments || is_step_from(engine, arguments[i], gathered_opaque(engine, i)))) continue;
        undecided(engine->machine, "a count that may become too large");
    }
}

void begin_started(Engine *engine) {
    const CoreExpression *subject = subject_of(engine->spec);
    engine->starts_anywhere = true;
    engine->started.count = 0;
    limit_counts(engine);
    if (subject) find_started(engine, returns_of(engine->spec));
}

// ---- beginning with another value ----

static bool is_taken(const Engine *engine, const Started *own, size_t number) {
    for (size_t i = 0; i < engine->started.count; i++) {
        const Started *started = &engine->started.items[i];
        for (size_t k = 0; (started->is_mapped || started == own) && k < started->lambda->parameters.count; k++)
            if (started->from[k] == number) return true;
    }
    return false;
}

static bool is_same_type(Type *left, Type *right) {
    left = resolve_type(left), right = resolve_type(right);
    return left->kind != TYPE_DATA || right->kind != TYPE_DATA || left->data == right->data;
}

// The number, from 1, of the parameter of the program's loop that begins with the same; 0: there is none that is not another's.
static size_t find_same_start(Engine *engine, const Started *started, size_t index, Value value) {
    const CoreVariables *parameters = &engine->head->parameters;
    for (size_t i = 0; i < parameters->count; i++) {
        if (!engine->loop->gathers[i] || is_taken(engine, started, i + 1)) continue;
        if (!is_same_type(parameters->items[i]->type, started->lambda->parameters.items[index]->type)) continue;
        if (is_surely_same(engine, engine->run->loop_arguments->items[i], value)) return i + 1;
    }
    return 0;
}

// Once and for all: which parameters of the two loops are taken to begin with the same. Where some begins with something else, none are.
static void map_start(Engine *engine, Started *started, const Value *arguments) {
    size_t count = started->lambda->parameters.count;
    bool is_whole = true;
    for (size_t i = 0; i < count && is_whole; i++) {
        if (!started->gathers[i]) continue;
        started->from[i] = find_same_start(engine, started, i, arguments[i]);
        is_whole = started->from[i];
    }
    started->is_mapped = true;
    started->has_start = is_whole;
    if (!is_whole) memset(started->from, 0, count * sizeof *started->from);
}

static Started *find_pending(Engine *engine, const CoreExpression *lambda) {
    for (size_t i = 0; i < engine->started.count; i++)
        if (engine->started.items[i].lambda == lambda && !engine->started.items[i].is_done) return &engine->started.items[i];
    return NULL;
}

void start_elsewhere(Engine *engine, const CoreExpression *lambda, const Value **arguments) {
    Started *started = find_pending(engine, lambda);
    const Value *starts = engine->starts;
    if (!started) return;
    engine->starts = NULL;
    if (!started->is_mapped) map_start(engine, started, *arguments);
    Object *others = make_object(engine->machine, ITEMS, NULL, NULL, NULL, lambda->parameters.count);
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        others->items[i] = (*arguments)[i];
        if (!started->from[i]) continue;
        if (!is_surely_same(engine, engine->run->loop_arguments->items[started->from[i] - 1], (*arguments)[i]))
            undecided(engine->machine, "a loop that begins with something else");
        others->items[i] = starts[started->from[i] - 1];
    }
    started->is_done = true;
    *arguments = others->items;
    engine->starts = starts;
}

// ---- what must not hide a beginning ----

bool reaches(const CoreExpression *node, const CoreExpression *lambda, Table *done) {
    if (node->kind == CORE_GLOBAL) {
        const CoreExpression *value = node->definition->kind == DEFINITION_VALUE ? node->definition->value : NULL;
        if (!value || value == lambda) return value;
        if (table_has(done, value)) return false;
        table_put(done, value, (void *)(uintptr_t)value);
        return reaches(value, lambda, done);
    }
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (reaches(*core_child((CoreExpression *)(uintptr_t)node, i), lambda, done)) return true;
    return false;
}

// Whether the code in a value may apply the function: that of what has captured something is not looked through.
static bool hides(Engine *engine, Value value, const CoreExpression *lambda, Table *done) {
    for (value = look(engine->machine, value); value.kind == VALUE_DATA; value = look(engine->machine, value.object->items[value.object->count - 1]))
        for (size_t i = 0; i + 1 < value.object->count; i++)
            if (hides(engine, value.object->items[i], lambda, done)) return true;
    if (value.kind == VALUE_FUNCTION) return value.object->scope || reaches(((const CoreExpression *)value.object->about)->body, lambda, done);
    return holds_code(value);
}

void refuse_hidden_starts(Engine *engine, const CoreExpression *applied, const Value *arguments) {
    for (size_t i = 0; i < engine->started.count; i++) {
        const Started *started = &engine->started.items[i];
        Table done = table_in(engine->compilation->arena);
        bool is_pending = !started->is_done && (!started->is_mapped || started->has_start);
        bool is_hidden = is_pending && (applied == started->lambda || reaches(applied->body, started->lambda, &done));
        for (size_t k = 0; is_pending && !is_hidden && k < applied->parameters.count; k++) is_hidden = hides(engine, arguments[k], started->lambda, &done);
        if (is_hidden) undecided(engine->machine, "a loop within what is left as it is");
    }
}

Value returned_from(Engine *engine, const Value *arguments, Value returns) {
    if (!engine->run->loop_arguments) undecided(engine->machine, "the loop is not reached");
    refuse_jumps(engine, arguments);
    for (size_t i = 0; i < engine->started.count; i++) engine->started.items[i].is_done = false;
    engine->starts = arguments ? arguments : engine->gathered;
    engine->is_preparing = arguments;
    Value returned = evaluate_apart(engine, returns);
    engine->starts = NULL;
    engine->is_preparing = false;
    return returned;
}
