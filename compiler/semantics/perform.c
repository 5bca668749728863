// Operations: cells, the world, and calls of C functions.

#include "unknown.h"

#include <string.h>

// ---- cells ----

static void tell_cell(const Machine *machine, const Task *task, const Operation *operation, Value value) {
    const Driver *driver = machine->driver;
    if (driver->watcher && driver->watcher->cell_used) driver->watcher->cell_used(driver->context, task, operation, value);
}

void cell_updated(Machine *machine, Task *task, const Operation *operation, Value value) {
    Value *place = value_of_cell(machine, task, operation->effect);
    change_in_place(machine, place, sizeof *place); // a private one
    *place = value;
    tell_cell(machine, task, operation, value);
    answer(task, unit_value(machine));
}

static void read_cell(Machine *machine, Task *task, const Operation *operation) {
    Value value = *value_of_cell(machine, task, operation->effect);
    tell_cell(machine, task, operation, value);
    answer(task, value);
}

static void perform_on_cell(Machine *machine, Task *task, const Operation *operation, const Value *arguments) {
    const Effect *effect = operation->effect;
    bool reads = strcmp(operation->name, "get") == 0;
    touch(machine, (uintptr_t)effect, reads ? TOUCH_READS : TOUCH_USES); // one with a private value, too
    if (operation->runs_cell) begin_run(machine, task, effect, arguments);
    else if (reads) read_cell(machine, task, operation);
    else if (strcmp(operation->name, "set") == 0) cell_updated(machine, task, operation, arguments[0]);
    else {
        push(machine, task, FRAME_UPDATE, operation, NULL, 0, NULL);
        apply(machine, task, arguments[0], 1, value_of_cell(machine, task, effect));
    }
}

// ---- C functions ----

static const char *name_of(Machine *machine, const External *external);

static bool is_given_as(const Builtins *builtins, Type *type, Value argument, bool *is_list) {
    type = resolve_type(type);
    *is_list = type->kind == TYPE_DATA && type->data == builtins->list_type;
    return type->kind == TYPE_DATA && (*is_list || is_symbolic(argument));
}

// What C and the machine's rules look into must be known. Values of a type variable are only passed on.
static const Value *inspect_arguments(Machine *machine, const External *external, const Value *arguments, Value *known) {
    enum { MOST = 16 };
    size_t count = external->arguments.count;
    bool is_list;
    if (!machine->unknowns || count > MOST) return arguments;
    for (size_t i = 0; i < count; i++) {
        known[i] = look(machine, arguments[i]);
        bool is_looked_at = is_given_as(machine->program->builtins, external->arguments.items[i], known[i], &is_list);
        if (!external->rule) known[i] = inspect_deep(machine, known[i], name_of(machine, external));
        else if (is_looked_at) known[i] = is_list ? inspect_list(machine, known[i]) : inspect_deep(machine, known[i], name_of(machine, external));
    }
    return known;
}

void call_external(Machine *machine, Task *task, External *external, const Value *arguments) {
    Value value, known[16];
    if (machine->unknowns && !external->rule && call_symbolic(machine, external, arguments, &value)) {
        answer(task, value);
        return;
    }
    arguments = inspect_arguments(machine, external, arguments, known);
    if (machine->unknowns) refuse_sizes(machine, external, arguments);
    const char *message = NULL;
    machine->performing = external;
    if (external->rule) {
        external->rule(machine, task, arguments);
        return;
    }
    if (machine->driver->call(machine->driver->context, machine, external, arguments, &value, &message) == PERFORMED) answer(task, value);
    else raise_fault(machine, task, NULL, "%s", message);
}

static const char *name_of(Machine *machine, const External *external) {
    Builder name = builder_in(machine->arena);
    if (external->operation) build_format(&name, "%s.%s", external->operation->effect->name, external->operation->name);
    else build_format(&name, "%s.%s", external->definition->module, external->definition->name);
    return builder_string(&name);
}

// C6: inside a cancelled scope what may wait does not start.
static void perform_in_world(Machine *machine, Task *task, External *external, const Value *arguments) {
    if (external->waits && is_stopped(machine, task)) {
        unwind(task, END_CANCELLED, NULL);
        return;
    }
    if (!external->name) external->name = name_of(machine, external);
    Request *request = make_request(machine, task, REQUEST_WORLD, external->name);
    request->identity = name_below(task->name, UINT32_MAX + (uint64_t)task->asked++);
    Value value;
    const char *message = NULL;
    switch (machine->driver->perform(machine->driver->context, machine, external, arguments, request, &value, &message)) {
    case PENDING: wait_for(machine, task, request); return;
    case PERFORMED: answer(task, value); break;
    case FAULTED: raise_fault(machine, task, NULL, "%s", message); break;
    }
    free_request(machine, request);
}

// What the machine's own rules share between tasks is their resources.
static void touch_resources(const Machine *machine, const External *external, const Value *arguments) {
    for (size_t i = 0; i < external->arguments.count; i++)
        if (arguments[i].kind == VALUE_RESOURCE) touch(machine, arguments[i].resource->name, TOUCH_USES);
}

// Somebody wants to know what the machine's rule is asked, and answers.
static void run_watched_rule(Machine *machine, Task *task, External *external, const Value *arguments) {
    const Driver *driver = machine->driver;
    touch_resources(machine, external, arguments);
    if (driver->watcher->acts) driver->watcher->acts(driver->context, task, external, arguments);
    external->rule(machine, task, arguments);
    if (machine->running == task && task->unwinding.reason == END_NONE && driver->watcher->acted) driver->watcher->acted(driver->context, task->value);
}

void run_external(Machine *machine, Task *task, External *external, const Value *arguments) {
    Value known[16];
    const struct Unknowns *unknowns = machine->unknowns;
    if (unknowns && unknowns->runs_at_once && external->rule && unknowns->runs_with_tail(unknowns->context, task, external, arguments)) return;
    if (external->rule) arguments = inspect_arguments(machine, external, arguments, known);
    machine->performing = external;
    if (!external->rule) perform_in_world(machine, task, external, arguments);
    else if (machine->driver->watcher) run_watched_rule(machine, task, external, arguments);
    else external->rule(machine, task, arguments);
}

static void tell_handled(const Machine *machine, const Task *task, const Operation *operation, const Value *arguments) {
    const Driver *driver = machine->driver;
    if (driver->watcher && driver->watcher->handled) driver->watcher->handled(driver->context, task, operation, arguments);
}

void perform(Machine *machine, Task *task, const CoreExpression *node, const Value *arguments) {
    bool is_own = !node->operation->runs_cell && is_handled(machine, task, node->operation->effect);
    machine->performed = node;
    if (is_own) tell_handled(machine, task, node->operation, arguments);
    if (is_own) perform_user(machine, task, node->operation, arguments);
    else if (node->operation->effect->kind == EFFECT_CELL) perform_on_cell(machine, task, node->operation, arguments);
    else run_external(machine, task, operation_external(machine, node->operation), arguments);
}

void note_difference(Machine *machine, Task *task, const Value *arguments) {
    memcpy(machine->difference, arguments, sizeof machine->difference);
    answer(task, bool_value(machine, false));
}

// The whole test is run in virtual time and all orders, by who drives the machine.
void perform_simulation(Machine *machine, Task *task, const Value *arguments) { force(machine, task, arguments[0]); }

void perform_exit(Machine *machine, Task *task, const Value *arguments) {
    const Driver *driver = machine->driver;
    int64_t status = arguments[0].integer;
    if (driver->watcher && !driver->watcher->exit(driver->context, machine, task, (External *)machine->performing, arguments)) return;
    end_machine(machine, status < 0 || status > 255 ? 255 : (int)status, NULL);
    unwind(task, END_EXIT, NULL);
}
