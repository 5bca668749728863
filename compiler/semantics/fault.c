// Faults: bugs of the program met while it runs, the chain of let! that led there, and deadlocks.

#include "semantics.h"

#include <stdio.h>

enum { LONGEST_TRACE = 32, LONGEST_LIST = 20 };

// ---- in which function each let! stands ----

static const char *dotted(Machine *machine, const char *outer, const char *name) {
    Builder whole = builder_in(machine->arena);
    build_format(&whole, "%s.%s", outer, name);
    return builder_string(&whole);
}

static bool is_function(const CoreExpression *node) { return node->kind == CORE_LAMBDA || node->kind == CORE_DELAY; }

static void find_places(Machine *machine, const CoreExpression *node, const char *name) {
    if (node->kind == CORE_LET) table_put(&machine->places, node, (void *)(uintptr_t)name);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) {
        const CoreExpression *child = *core_child((CoreExpression *)node, i);
        const CoreVariable *local = NULL;
        if (node->kind == CORE_LET && child == node->first && is_function(child)) local = node->variable;
        for (size_t b = 0; b < node->bindings.count; b++)
            if (node->bindings.items[b].value == child) local = node->bindings.items[b].variable;
        find_places(machine, child, local ? dotted(machine, name, local->name) : name);
    }
}

static const char *function_around(Machine *machine, const CoreExpression *node) {
    const CoreDefinitions *definitions = &machine->program->definitions;
    bool is_first = machine->places.count == 0;
    for (size_t i = 0; i < definitions->count && is_first; i++) {
        const CoreDefinition *definition = definitions->items[i];
        if (definition->value) find_places(machine, definition->value, dotted(machine, definition->module, definition->name));
    }
    const char *name = table_get(&machine->places, node);
    return name ? name : "";
}

static const char *place_of(Machine *machine, Span span) {
    if (!span.source) return NULL;
    span = span_origin(span);
    Position position = source_position(span.source, span.start);
    Builder place = builder_in(machine->arena);
    build_format(&place, "%s:%u:%u", span.source->path, position.line, position.column);
    return builder_string(&place);
}

// Whether the frame is of a let! whose computation runs.
static bool is_running_let(const Object *frame) {
    if (frame->kind != FRAME_LET) return false;
    const CoreExpression *value = ((const CoreExpression *)frame->about)->first;
    return value->kind == CORE_FORCE || value->kind == CORE_PERFORM;
}

// "Main.handle, pluto.fx:12:8"; of what a spec runs the place alone
static void build_let(Machine *machine, Builder *builder, const Object *frame) {
    const CoreExpression *let = frame->about;
    const char *function = function_around(machine, let);
    build_format(builder, "%s%s%s", function, *function ? ", " : "", place_of(machine, let->first->span));
}

// What the task and those it is a branch of have still to do.
static const char *make_trace(Machine *machine, const Task *task) {
    Builder trace = builder_in(machine->arena);
    size_t lines = 0;
    for (; task; task = task->scope ? task->scope->parent : NULL)
        for (const Object *frame = task->continuation; frame; frame = frame->next) {
            if (!is_running_let(frame) || ++lines > LONGEST_TRACE) continue;
            build_string(&trace, "  in ");
            build_let(machine, &trace, frame);
            build_byte(&trace, '\n');
        }
    if (lines > LONGEST_TRACE) build_format(&trace, "  and %zu more\n", lines - LONGEST_TRACE);
    return builder_string(&trace);
}

// ---- faults ----

Fault *make_fault(Machine *machine, const Task *task, const char *place, const char *message) {
    Fault *fault = NEW(machine->arena, Fault);
    fault->message = message;
    fault->place = place;
    fault->trace = task ? make_trace(machine, task) : "";
    return fault;
}

const Object *innermost_let(const Task *task) {
    for (; task; task = task->scope ? task->scope->parent : NULL)
        for (const Object *frame = task->continuation; frame; frame = frame->next)
            if (is_running_let(frame)) return frame;
    return NULL;
}

static const char *place_in_step(Machine *machine, const Task *task) {
    if (machine->called && machine->called->span.source) return place_of(machine, machine->called->span);
    const Object *let = innermost_let(task);
    return let ? place_of(machine, ((const CoreExpression *)let->about)->first->span) : NULL;
}

void raise_fault(Machine *machine, Task *task, const Span *span, const char *format, ...) {
    Builder message = builder_in(machine->arena);
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&message, format, arguments);
    va_end(arguments);
    unwind(task, END_FAULT, make_fault(machine, task, span ? place_of(machine, *span) : place_in_step(machine, task), builder_string(&message)));
}

// C3: a later fault never replaces what came first (NULL: that was no fault).
void suppress_fault(Machine *machine, Fault *first, Fault *later) {
    if (!first && later && !machine->lost) machine->lost = later;
    if (!first || !later || first == later) return;
    while (first->suppressed) first = first->suppressed;
    change_in_place(machine, &first->suppressed, sizeof first->suppressed);
    first->suppressed = later;
}

const char *print_fault(Machine *machine, const Fault *fault) {
    Builder text = builder_in(machine->arena);
    for (const char *before = ""; fault; fault = fault->suppressed, before = "suppressed: ")
        build_format(&text, "%s%s%sfault: %s\n%s", before, fault->place ? fault->place : "", fault->place ? ": " : "", fault->message, fault->trace);
    return builder_string(&text);
}

// ---- deadlock ----

// The place of the first one is that of the deadlock.
static void build_waiter(Machine *machine, Builder *text, const Task *task, const char **place) {
    const Object *let = innermost_let(task);
    build_format(text, "\n  a task waits in %s", task->request->name);
    if (!let) return;
    build_string(text, ", ");
    build_let(machine, text, let);
    if (!*place) *place = place_of(machine, ((const CoreExpression *)let->about)->first->span);
}

// The innermost tasks, in the order of their branches: those that wait for something else than branches of their own.
static void list_waiters(Machine *machine, Builder *text, size_t *count, const char **place) {
    const Task *task = machine->main;
    while (task) {
        if (task->request && task->request->kind == REQUEST_SCOPE && task->request->scope->first) {
            task = task->request->scope->first;
            continue;
        }
        if (task->request && ++*count <= LONGEST_LIST) build_waiter(machine, text, task, place);
        while (task && !task->next) task = task->scope ? task->scope->parent : NULL;
        if (task) task = task->next;
    }
}

Fault *make_deadlock(Machine *machine) {
    Builder text = builder_in(machine->arena);
    size_t count = 0;
    const char *place = NULL;
    build_string(&text, "deadlock: every task waits for another");
    list_waiters(machine, &text, &count, &place);
    if (count > LONGEST_LIST) build_format(&text, "\n  and %zu more", count - LONGEST_LIST);
    return make_fault(machine, NULL, place, builder_string(&text));
}
