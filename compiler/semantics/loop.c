// Loops that gather: their parameters, and how what was gathered goes together with the rest.

#include "loop.h"

#include <string.h>

// ---- parameters ----

typedef struct Scan {
    const CoreExpression *lambda;
    const CoreVariable *own;
    bool *changes, *is_local; // by parameter, in all calls of itself
    bool is_found, is_odd;
} Scan;

static bool is_itself(const Scan *scan, const CoreExpression *node) {
    if (node->kind == CORE_GLOBAL) return node->definition->value == scan->lambda;
    return node->kind == CORE_LOCAL && node->variable == scan->own;
}

static bool is_parameter(const CoreExpression *lambda, const CoreVariable *variable) {
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (lambda->parameters.items[i] == variable) return true;
    return false;
}

static void scan_call(Scan *scan, const CoreExpression *call) {
    size_t count = scan->lambda->parameters.count;
    scan->is_found = true;
    scan->is_odd = scan->is_odd || call->items.count != count;
    for (size_t i = 0; i < count && !scan->is_odd; i++) {
        const CoreExpression *item = call->items.items[i];
        bool is_local = item->kind == CORE_LOCAL;
        if (is_local && item->variable == scan->lambda->parameters.items[i]) scan->is_local[i] = false;
        else scan->changes[i] = true;
        if (!is_local || is_parameter(scan->lambda, item->variable)) scan->is_local[i] = false;
    }
}

static void scan_calls(Scan *scan, const CoreExpression *node) {
    if (node->kind == CORE_APPLY && is_itself(scan, node->first)) scan_call(scan, node);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) scan_calls(scan, *core_child((CoreExpression *)(uintptr_t)node, i));
}

static bool is_list(const Engine *engine, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == engine->program->builtins->list_type;
}

bool find_loop(Engine *engine, const CoreExpression *lambda, const CoreVariable *own, Loop *loop) {
    Arena *arena = engine->compilation->arena;
    size_t count = lambda->parameters.count;
    Scan scan = {lambda, own, NEW_ARRAY(arena, bool, count + 1), NEW_ARRAY(arena, bool, count + 1), false, false};
    memset(scan.is_local, true, count);
    scan_calls(&scan, lambda->body);
    *loop = (Loop){.lambda = lambda, .own = own, .list = count, .gathers = scan.changes};
    if (!scan.is_found || scan.is_odd) return false;
    for (size_t i = 0; i < count; i++) {
        bool gets_shorter = loop->list == count && scan.is_local[i] && is_list(engine, lambda->parameters.items[i]->type);
        if (gets_shorter) loop->list = i;
        if (gets_shorter) loop->gathers[i] = false;
        loop->has_gathering = loop->has_gathering || loop->gathers[i];
    }
    return loop->list < count;
}

// ---- together ----

static Value no_items(const Engine *engine) { return constant_value(engine->program->builtins->list_type->constructors.items[0]); }

bool find_nothing(Engine *engine, Type *type, Value *nothing) {
    type = resolve_type(type);
    bool is_text = type->kind == TYPE_DATA && type->data == engine->program->builtins->string_type;
    *nothing = is_text ? make_text(engine->machine, "", 0) : no_items(engine);
    return is_text || is_list(engine, type);
}

Value finish_loop(Engine *engine, const Loop *loop, Value function, const Value *arguments) {
    size_t count = loop->lambda->parameters.count;
    Value *all = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    bool refused = engine->refuses_operations;
    memcpy(all, arguments, count * sizeof *all);
    all[loop->list] = no_items(engine);
    engine->refuses_operations = true;
    Value finished = apply_apart(engine, function, count, all);
    if (resolve_type(loop->lambda->body->type)->kind == TYPE_COMPUTATION) finished = evaluate_apart(engine, finished);
    engine->refuses_operations = refused;
    return finished;
}

static Value combine_fields(Engine *engine, const Loop *loop, Value finished, Value nothing, Value rest) {
    const Constructor *constructor = constructor_of(finished);
    size_t count = constructor->fields.count;
    rest = inspect(engine->machine, rest);
    if (constructor_of(rest) != constructor) return rest; // the loop has ended before the list did, and gives nothing of what it gathered
    Value *fields = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++)
        fields[i] = combine(engine, loop, finished.object->items[i], nothing.object->items[i], rest.object->items[i]);
    return construct(engine->machine, constructor->data, constructor->tag, (unsigned)count, fields);
}

Value combine(Engine *engine, const Loop *loop, Value finished, Value nothing, Value rest) {
    Machine *machine = engine->machine;
    Value first = loop->joins_behind ? rest : finished, second = loop->joins_behind ? finished : rest;
    finished = look(machine, finished), nothing = look(machine, nothing);
    if (nothing.kind == VALUE_CONSTANT && constructor_of(nothing) == constructor_of(no_items(engine))) return append_list_terms(machine, first, second);
    if (nothing.kind == VALUE_STRING && !text_in(nothing).length) return join_texts(machine, 2, (Value[]){first, second});
    bool has_fields = finished.kind == VALUE_DATA && nothing.kind == VALUE_DATA && constructor_of(finished) == constructor_of(nothing);
    if (has_fields && !is_list_term(machine, finished)) return combine_fields(engine, loop, finished, nothing, rest);
    if (same_value(engine, finished, nothing)) return rest;
    undecided(machine, "what a loop gathers is put together in a way that is not known");
}
