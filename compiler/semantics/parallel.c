// `List.map_par` and `List.map_pool` on a list of which the rest is not known. `parallel (c :: rest)` does what c and `parallel rest` do, one beside
// the other, and `map f (x :: rest)` is `f x :: map f rest`. So where what is run at once ends with the very list of computations that a hypothesis
// runs at once, the hypothesis stands there for all of those.
//
// Of a pool that is not so: those of the rest begin later when others are before them. So what is proved of a pool is more: that each may begin at
// any time, in any order. Then it is so of those that a limit leaves.

#include "loop.h"

#include <string.h>

#include "../base/table.h"

static const char PARALLEL[] = "fx_parallel", POOL[] = "fx_parallel_pool";

static void begin_one(Machine *machine, Task *task, const Value *arguments);

// The function that runs a list at once: *head, or the one that it applies to end with, ... What comes back to itself is a head like others. NULL: none.
static const CoreDefinition *find_at_once(Engine *engine, const CoreExpression **head) {
    enum { MOST = 4 };
    for (int i = 0; i < MOST; i++) {
        const CoreExpression *recursive = NULL, *call = last_application((*head)->body, &recursive);
        const CoreDefinition *definition = call && call->first->kind == CORE_GLOBAL ? call->first->definition : NULL;
        const CoreExpression *lambda = definition && definition->kind == DEFINITION_VALUE ? definition->value : NULL;
        Table done = table_in(engine->compilation->arena);
        if (definition && definition->kind == DEFINITION_EXTERN) return definition;
        if (!lambda || lambda->kind != CORE_LAMBDA || lambda->parameters.count != call->items.count || reaches((*head)->body, *head, &done)) return NULL;
        *head = lambda;
    }
    return NULL;
}

void prepare_parallel(Engine *engine) {
    const CoreExpression *head = engine->head;
    const CoreDefinition *definition = find_at_once(engine, &head);
    if (!definition || !mentions(engine->spec->definition->value, engine->spec->definition)) return;
    engine->is_pool = strcmp(definition->symbol, POOL) == 0;
    engine->is_parallel = engine->is_pool || strcmp(definition->symbol, PARALLEL) == 0;
    if (engine->is_parallel) engine->head = head;
    engine->later = (External){.is_computation = true, .name = "later", .rule = begin_one};
    engine->begun = (External){.is_computation = true, .waits = true, .name = "begins"};
    vector_push(engine->compilation->arena, &engine->later.arguments, plain_type(TYPE_ERROR));
    vector_push(engine->compilation->arena, &engine->begun.arguments, plain_type(TYPE_ERROR));
}

void forget_parallel(Engine *engine) {
    engine->is_parallel = engine->is_pool = engine->is_pool_refuted = false;
    engine->unknowns.runs_at_once = false;
}

// The items of a list as far as they are known. What comes behind them: [] or an opaque list; else KIND INT.
static Value items_of(Engine *engine, Value list, Object **items) {
    Machine *machine = engine->machine;
    Vector(Value) known = {0};
    for (list = look_at_list(machine, list); list.kind == VALUE_DATA; list = look_at_list(machine, list.object->items[1]))
        vector_push(engine->compilation->arena, &known, list.object->items[0]);
    *items = make_object(machine, ITEMS, NULL, NULL, NULL, known.count);
    if (known.count) memcpy((*items)->items, known.items, known.count * sizeof(Value));
    return list.kind == VALUE_SPLICED ? int_value(0) : list;
}

void find_tail(Engine *engine, Task *task, const Object *arguments) {
    enum { MOST_STEPS = 2000 };
    engine->run->tail = int_value(0);
    engine->run->tail_arguments = NULL;
    engine->is_preparing = engine->finds_tail = true;
    for (int i = 0; i < MOST_STEPS && task->state == STATE_RUNNING && engine->run->tail.kind == VALUE_INT; i++) step(engine->machine, task);
    engine->finds_tail = false;
    engine->run->tail_arguments = make_object(engine->machine, ITEMS, NULL, NULL, NULL, arguments->count);
    memcpy(engine->run->tail_arguments->items, arguments->items, arguments->count * sizeof(Value));
}

static Value list_of_items(Machine *machine, const Object *items, Value rest) {
    for (size_t i = items->count; i-- > 0;) rest = construct(machine, machine->program->builtins->list_type, 1, 2, (Value[]){items->items[i], rest});
    return rest;
}

static Value computation_of(Machine *machine, const External *external, Value argument) {
    Object *partial = make_object(machine, PARTIAL, NULL, NULL, NULL, 2);
    partial->items[0] = (Value){.kind = VALUE_EXTERNAL, .external = external};
    partial->items[1] = argument;
    return object_value(VALUE_PARTIAL, partial);
}

static void begin_one(Machine *machine, Task *task, const Value *arguments) {
    Engine *engine = machine->unknowns->context;
    push(machine, task, FRAME_FORCE, NULL, NULL, 0, NULL);
    run_external(machine, task, &engine->begun, arguments);
}

bool runs_with_tail(void *context, Task *task, const External *external, const Value *arguments) {
    Engine *engine = context;
    Machine *machine = engine->machine;
    bool is_pool = external->rule == perform_pool;
    if ((!is_pool && external->rule != perform_parallel) || is_pool != engine->is_pool || !is_at_end(task) || task->scope) return false;
    if (engine->lemma || !(engine->is_inducing || engine->finds_tail)) return false;
    Object *items;
    Value behind = items_of(engine, arguments[is_pool], &items), none = constant_value(engine->program->builtins->list_type->constructors.items[0]);
    if (engine->finds_tail) {
        if (behind.kind == VALUE_UNKNOWN && !items->count) engine->run->tail = behind;
        else task->state = STATE_ENDED;
        return true;
    }
    bool has_tail = behind.kind == VALUE_UNKNOWN && engine->run->tail_arguments && engine->run->tail.kind == VALUE_UNKNOWN && behind.object == engine->run->tail.object;
    if (behind.kind != VALUE_CONSTANT && !has_tail) return false;
    for (size_t i = 0; is_pool && i < items->count; i++) items->items[i] = computation_of(machine, &engine->later, items->items[i]);
    Value last[] = {has_tail ? ask_hypothesis(engine, NULL, engine->run->tail_arguments->items) : none, none};
    Value list = has_tail ? construct(machine, machine->program->builtins->list_type, 1, 2, last) : none;
    list = list_of_items(machine, items, list);
    if (has_tail) push(machine, task, FRAME_TAIL, NULL, NULL, 0, NULL);
    perform_parallel(machine, task, &list);
    return true;
}
