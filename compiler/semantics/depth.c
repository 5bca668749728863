// Recursion that is too deep, of a machine that says how many frames a task may have (machine->deepest): frames take no stack, so they are counted
// now and then. The function that most of the innermost belong to is named, as runtime/recursion.c does it for a compiled program.

#include "semantics.h"

enum { INNERMOST = 2000 };

typedef struct Function {
    const char *name;
    Span span;
    unsigned frames;
} Function;

typedef struct Search {
    Machine *machine;
    Table nodes;   // of the innermost frames: CoreExpression to Function *, which is &unnamed until it is found
    Vector(Function *) functions;
    Function unnamed;
} Search;

static bool has_node(const Object *frame) {
    switch (frame->kind) {
    case FRAME_LET:
    case FRAME_SWITCH:
    case FRAME_ITEMS:
    case FRAME_FORCE:
    case FRAME_FIELD:
    case FRAME_FAULT:
    case FRAME_HANDLE: return frame->about;
    default: return false;
    }
}

static void note_nodes(Search *search, const Object *frame) {
    for (unsigned i = 0; frame && i < INNERMOST; i++, frame = frame->next)
        if (has_node(frame)) table_put(&search->nodes, frame->about, &search->unnamed);
}

static Function *make_function(Search *search, const char *outer, const char *name, Span span) {
    Function *function = NEW(search->machine->arena, Function);
    Builder whole = builder_in(search->machine->arena);
    build_format(&whole, "%s.%s", outer, name);
    *function = (Function){builder_string(&whole), span_origin(span), 0};
    vector_push(search->machine->arena, &search->functions, function);
    return function;
}

static const CoreVariable *named_child(const CoreExpression *node, const CoreExpression *child) {
    bool is_function = child->kind == CORE_LAMBDA || child->kind == CORE_DELAY;
    if (node->kind == CORE_LET && child == node->first && is_function) return node->variable;
    for (size_t i = 0; i < node->bindings.count; i++)
        if (node->bindings.items[i].value == child) return node->bindings.items[i].variable;
    return NULL;
}

static void find_functions(Search *search, const CoreExpression *node, Function *function) {
    if (table_has(&search->nodes, node)) table_put(&search->nodes, node, function);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) {
        const CoreExpression *child = *core_child((CoreExpression *)node, i);
        const CoreVariable *local = named_child(node, child);
        find_functions(search, child, local ? make_function(search, function->name, local->name, node->span) : function);
    }
}

static void count_frames(Search *search, const Object *frame) {
    for (unsigned i = 0; frame && i < INNERMOST; i++, frame = frame->next)
        if (has_node(frame)) ((Function *)table_get(&search->nodes, frame->about))->frames++;
}

// The one of most frames, but not `other`; NULL: none has enough.
static Function *find_most(Search *search, const Function *other) {
    Function *most = NULL;
    for (size_t i = 0; i < search->functions.count; i++) {
        Function *function = search->functions.items[i];
        if (function != other && function->span.source && (!most || function->frames > most->frames)) most = function;
    }
    return most && most->frames >= INNERMOST / 100 ? most : NULL;
}

static void raise_exhausted(Machine *machine, Task *task) {
    Search search = {.machine = machine, .nodes = table_in(machine->arena)};
    note_nodes(&search, task->continuation);
    const CoreDefinitions *definitions = &machine->program->definitions;
    for (size_t i = 0; i < definitions->count; i++) {
        const CoreDefinition *definition = definitions->items[i];
        if (definition->value) find_functions(&search, definition->value, make_function(&search, definition->module, definition->name, definition->span));
    }
    count_frames(&search, task->continuation);
    const Function *most = find_most(&search, NULL), *other = most ? find_most(&search, most) : NULL;
    const Span *span = most ? &most->span : NULL;
    if (!most) raise_fault(machine, task, NULL, "stack exhausted: recursion too deep (FX_STACK sets its size)");
    else if (other && other->frames > most->frames / 2)
        raise_fault(machine, task, span, "stack exhausted: `%s` and `%s` call each other too deep (FX_STACK sets the stack's size)", most->name, other->name);
    else raise_fault(machine, task, span, "stack exhausted: `%s` calls itself too deep (FX_STACK sets the stack's size)", most->name);
}

void limit_depth(Machine *machine, size_t stack_size) {
    enum { BYTES_OF_FRAME = 128 };
    machine->deepest = stack_size / BYTES_OF_FRAME;
    measure_later(machine);
}

// A quarter of the stack is allocated in between, so that counting takes little of the time.
void measure_later(Machine *machine) {
    enum { BYTES_BETWEEN = 32 }; // for each frame that there may be
    machine->measure_at = machine->deepest ? machine->allocated + BYTES_BETWEEN * machine->deepest : SIZE_MAX;
}

void measure_depth(Machine *machine, Task *task) {
    size_t depth = 0;
    measure_later(machine);
    if (task->unwinding.reason) return;
    for (const Object *frame = task->continuation; frame && depth <= machine->deepest; frame = frame->next) depth++;
    if (depth > machine->deepest) raise_exhausted(machine, task);
}
