// From a program to a machine that is about to run it.

#include "semantics.h"

#include <stdlib.h>
#include <string.h>

typedef struct Rule {
    const char *symbol;
    void (*rule)(Machine *machine, Task *task, const Value *arguments);
} Rule;

// What is no C function here but a rule of the machine: all that concerns tasks, and arrays, which hold values of any type.
static const Rule RULES[] = {
    {"fx_join_take", perform_join},
    {"fx_first_take", perform_first},
    {"fx_bracket_take", perform_bracket},
    {"fx_yield", perform_yield},
    {"fx_group_take", perform_group},
    {"fx_spawn_take", perform_spawn},
    {"fx_timeout_take", perform_timeout},
    {"fx_uncancellable_take", perform_uncancellable},
    {"fx_isolate_take", perform_isolate},
    {"fx_parallel", perform_parallel},
    {"fx_parallel_pool", perform_pool},
    {"fx_channel_make", perform_make_channel},
    {"fx_channel_send_take", perform_send},
    {"fx_channel_receive", perform_receive},
    {"fx_channel_try_receive", perform_try_receive},
    {"fx_channel_close", perform_close},
    {"fx_channel_length", perform_length},
    {"fx_promise_make", perform_make_promise},
    {"fx_promise_set_take", perform_set},
    {"fx_promise_wait", perform_wait},
    {"fx_promise_get", perform_get},
    {"fx_semaphore_make", perform_make_semaphore},
    {"fx_semaphore_acquire", perform_acquire},
    {"fx_semaphore_release", perform_release},
    {"fx_semaphore_available", perform_available},
    {"fx_exit", perform_exit},
    {"fx_test_differ", note_difference},
    {"fx_test_simulate_take", perform_simulation},
    {"fx_array_with_capacity", array_with_capacity},
    {"fx_array_make", array_make},
    {"fx_array_from_list", array_from_list},
    {"fx_array_to_list", array_to_list},
    {"fx_array_length", array_length},
    {"fx_array_item", array_item},
    {"fx_array_replace_take", array_replace},
    {"fx_array_exchange_take", array_exchange},
    {"fx_array_push_take", array_push},
    {"fx_array_truncate_take", array_truncate},
    {"fx_array_append_take", array_append},
    {"fx_array_slice", array_slice},
};

// ---- externs ----

static External *make_external(Machine *machine, Symbol symbol) {
    External *external = NEW(machine->arena, External);
    external->symbol = symbol;
    if (!symbol) return external;
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if (strcmp(RULES[i].symbol, symbol) == 0) external->rule = RULES[i].rule;
    return external;
}

static External *external_of_definition(Machine *machine, const CoreDefinition *definition) {
    External *external = make_external(machine, definition->symbol);
    external->definition = definition;
    external->parameters = &definition->parameters;
    external->waits = definition->waits;
    Type *type = resolve_type(definition->type);
    for (; type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) vector_push(machine->arena, &external->arguments, type->left);
    external->is_computation = type->kind == TYPE_COMPUTATION;
    external->answer = external->is_computation ? type->left : type;
    return external;
}

static External *external_of_operation(Machine *machine, const Operation *operation) {
    External *external = make_external(machine, operation->symbol);
    external->operation = operation;
    external->parameters = &operation->effect->parameters;
    external->more_parameters = &operation->parameters;
    external->waits = operation->waits || operation->effect->kind == EFFECT_USER;
    external->arguments = operation->arguments;
    external->answer = operation->answer;
    external->is_computation = true;
    return external;
}

External *operation_external(Machine *machine, const Operation *operation) {
    External *external = table_get(&machine->externals, operation);
    if (!external) {
        external = external_of_operation(machine, operation);
        table_put(&machine->externals, operation, external);
    }
    return external;
}

// ---- values that are seen as lists, or shown as source text ----

static const CoreDefinition *find_view(Machine *machine, const DataType *data) {
    Symbol name = symbol_of(machine->symbols, data->seen_as ? "to_list" : "to_source");
    const CoreProgram *program = machine->program;
    if (!data->seen_as && !data->has_source) return NULL;
    for (size_t i = 0; i < program->definitions.count; i++) {
        const CoreDefinition *definition = program->definitions.items[i];
        if (definition->module == data->module && definition->name == name) return definition;
    }
    return NULL;
}

// A type without a view stands for itself in the table.
const CoreDefinition *view_of(Machine *machine, const DataType *data) {
    void *found = table_get(&machine->views, data);
    if (!found) {
        const CoreDefinition *definition = find_view(machine, data);
        found = definition ? (void *)(uintptr_t)definition : (void *)(uintptr_t)data;
        table_put(&machine->views, data, found);
    }
    return found == data ? NULL : found;
}

// ---- what is reached ----

typedef struct Reach {
    Machine *machine;
    Table reached; // CoreDefinition to itself
    CoreDefinitions work;
} Reach;

static void reach(Reach *r, CoreDefinition *definition) {
    if (table_has(&r->reached, definition)) return;
    table_put(&r->reached, definition, definition);
    vector_push(r->machine->arena, &r->work, definition);
}

static CoreDefinition *cell_of(const CoreProgram *program, const Effect *effect) {
    for (size_t i = 0; i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (definition->kind == DEFINITION_CELL && definition->effect == effect) return definition;
    }
    return NULL;
}

static void reach_from(Reach *r, const CoreExpression *node) {
    if (node->kind == CORE_GLOBAL) reach(r, node->definition);
    if (node->kind == CORE_HANDLE) table_put(&r->machine->handled, node->effect, node->effect);
    if (node->kind == CORE_HANDLE && has_control(node)) r->machine->has_control = true;
    if (node->kind == CORE_PERFORM && node->operation->effect->kind == EFFECT_CELL) reach(r, cell_of(r->machine->program, node->operation->effect));
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) reach_from(r, *core_child((CoreExpression *)node, i));
}

// The functions by which values are seen as lists may be used wherever values are compared, those for their source wherever they are shown.
static void reach_views(Reach *r, const char *function) {
    const CoreProgram *program = r->machine->program;
    Symbol name = symbol_of(r->machine->symbols, function);
    for (size_t i = 0; i < program->definitions.count; i++)
        if (program->definitions.items[i]->name == name) reach(r, program->definitions.items[i]);
}

// ---- values that are made up for the parameters of a spec: by the public functions of their modules ----

typedef struct Makers {
    Reach *reach;
    Table seen; // DataType to itself
} Makers;

static void reach_makers(Makers *makers, Type *type);

static Type *answered_by(const CoreDefinition *definition) {
    Type *result = resolve_type(definition->type);
    while (result->kind == TYPE_FUNCTION) result = resolve_type(result->right);
    return result;
}

static void reach_makers_of_closed(Makers *makers, const DataType *data) {
    const CoreDefinitions *definitions = &makers->reach->machine->program->definitions;
    for (size_t i = 0; i < definitions->count; i++) {
        CoreDefinition *definition = definitions->items[i];
        if (definition->module != data->module || definition->is_private || definition->is_test) continue;
        const Type *result = answered_by(definition);
        if (result->kind != TYPE_DATA || result->data != data) continue;
        reach(makers->reach, definition);
        for (Type *taken = resolve_type(definition->type); taken->kind == TYPE_FUNCTION; taken = resolve_type(taken->right)) reach_makers(makers, taken->left);
    }
}

static void reach_makers_of_data(Makers *makers, DataType *data) {
    if (table_has(&makers->seen, data)) return;
    table_put(&makers->seen, data, data);
    if (data->is_opaque || data->kind == DATA_EXTERN) reach_makers_of_closed(makers, data);
    for (size_t i = 0; i < data->constructors.count; i++) {
        const Constructor *constructor = data->constructors.items[i];
        for (size_t k = 0; k < constructor->fields.count; k++) reach_makers(makers, constructor->fields.items[k]);
    }
}

static void reach_makers(Makers *makers, Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_FUNCTION) reach_makers(makers, type->right);
    if (type->kind == TYPE_COMPUTATION) reach_makers(makers, type->left);
    if (type->kind != TYPE_DATA) return;
    for (size_t i = 0; i < type->arguments.count; i++) reach_makers(makers, type->arguments.items[i]);
    reach_makers_of_data(makers, type->data);
}

static void reach_parameters(Reach *r) {
    const CoreProgram *program = r->machine->program;
    const CoreDefinition *entry = r->machine->entry->kind == CORE_GLOBAL ? r->machine->entry->definition : NULL;
    Makers makers = {r, table_in(r->machine->arena)};
    for (size_t i = 0; i < program->specs.count; i++) {
        const CoreSpec *spec = program->specs.items[i];
        for (size_t k = 0; spec->definition == entry && k < spec->parameters.count; k++) reach_makers(&makers, spec->parameters.items[k]->type);
    }
}

static Table find_reached(Machine *machine) {
    Reach r = {machine, table_in(machine->arena), {0}};
    if (machine->entry) {
        reach_from(&r, machine->entry);
        reach_parameters(&r);
    } else reach(&r, machine->program->main);
    reach_views(&r, "to_list");
    reach_views(&r, "to_source");
    while (r.work.count) {
        const CoreDefinition *definition = r.work.items[--r.work.count];
        if (definition->value) reach_from(&r, definition->value);
    }
    return r.reached;
}

// ---- values of definitions ----

static Value *place_for(Machine *machine, const CoreDefinition *definition) {
    Value *place = NEW(machine->arena, Value);
    if (definition->kind == DEFINITION_CELL) table_put(&machine->cells, definition->effect, place);
    else table_put(&machine->globals, definition, place);
    return place;
}

static bool is_function(const CoreDefinition *definition) {
    return definition->kind == DEFINITION_VALUE && (definition->value->kind == CORE_LAMBDA || definition->value->kind == CORE_DELAY);
}

static void define(Machine *machine, CoreDefinition *definition) {
    Value *place = place_for(machine, definition);
    if (definition->kind == DEFINITION_EXTERN) {
        External *external = external_of_definition(machine, definition);
        *place = (Value){.kind = VALUE_EXTERNAL, .external = external};
    } else if (is_function(definition))
        *place = object_value(definition->value->kind == CORE_LAMBDA ? VALUE_FUNCTION : VALUE_COMPUTATION,
                              make_object(machine, CLOSURE, definition->value, NULL, NULL, 0));
    else vector_push(machine->arena, &machine->values, definition);
}

// The next value, then main.
static void compute_next(Machine *machine, Task *task) {
    if (machine->computed < machine->values.count) {
        const CoreDefinition *definition = machine->values.items[machine->computed++];
        push(machine, task, FRAME_GLOBAL, definition, NULL, 0, NULL);
        task->expression = definition->value;
        task->environment = NULL;
        return;
    }
    const Driver *driver = machine->driver;
    if (driver->watcher) driver->watcher->begin(driver->context, machine, task);
    else if (machine->entry) evaluate(task, machine->entry, NULL);
    else run_applied(machine, task, *global_value(machine, machine->program->main), machine->arguments);
}

void global_computed(Machine *machine, Task *task, const CoreDefinition *definition, Value value) {
    Value *place = definition->kind == DEFINITION_CELL ? table_get(&machine->cells, definition->effect) : global_value(machine, definition);
    *place = value;
    compute_next(machine, task);
}

Machine *load_machine(Compilation *compilation, const CoreProgram *program, const CoreExpression *entry, const Driver *driver) {
    Machine *machine = calloc(1, sizeof *machine);
    if (!machine) return NULL;
    Arena *arena = compilation->arena;
    machine->arena = arena;
    machine->symbols = compilation->symbols;
    machine->program = program;
    machine->entry = entry;
    machine->driver = driver;
    machine->collect_at = (size_t)1 << 24;
    machine->measure_at = SIZE_MAX;
    machine->globals = machine->cells = machine->externals = machine->literals = machine->views = machine->places = machine->resumed = machine->handled = table_in(arena);
    Table reached = find_reached(machine);
    for (size_t i = 0; i < program->definitions.count; i++)
        if (table_has(&reached, program->definitions.items[i])) define(machine, program->definitions.items[i]);
    for (size_t i = 0; i < program->specs.count; i++)
        if (table_has(&reached, program->specs.items[i]->definition)) define(machine, program->specs.items[i]->definition);
    return machine;
}

void start_machine(Machine *machine, Value arguments) {
    machine->arguments = arguments;
    machine->main = make_task(machine, NULL);
    machine->main->state = STATE_RUNNING;
    machine->running = machine->main;
    compute_next(machine, machine->main);
}

void free_machine(Machine *machine) {
    free_task(machine, machine->main);
    free_memory(machine);
    free(machine);
}
