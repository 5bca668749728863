// Handlers of user effects: deep, and found by looking outward through the frames of the task and of those it is a branch of.

#include "semantics.h"

#include <string.h>

static const CoreHandlerClause *clause_for(const CoreExpression *handle, const Operation *operation) {
    for (size_t i = 0; i < handle->clauses.count; i++)
        if (handle->clauses.items[i].operation == operation) return &handle->clauses.items[i];
    return NULL;
}

void begin_handle(Machine *machine, Task *task, const CoreExpression *node, Object *environment, Value computation) {
    push(machine, task, FRAME_HANDLE, node, environment, 0, NULL);
    force(machine, task, computation);
}

void handle_answered(Machine *machine, Task *task, const Object *frame, Value value) {
    const CoreExpression *node = frame->about;
    if (!node->return_body) return;
    Object *environment = node->return_parameter ? bind_variable(machine, frame->scope, node->return_parameter, value) : frame->scope;
    evaluate(task, node->return_body, environment);
}

// A clause runs around its handler: what lies between the clause's frame and that handler's is passed over.
static bool handles(const Object *frame, const Effect *effect) {
    if (frame->kind == FRAME_RUN) return frame->about == effect;
    return frame->kind == FRAME_HANDLE && ((const CoreExpression *)frame->about)->effect == effect;
}

// NULL: the runtime handles it.
static Object *find_handler(Task *task, const Effect *effect, Task **owner) {
    const Object *passed = NULL;
    for (; task; task = task->scope ? task->scope->parent : NULL)
        for (Object *frame = task->continuation; frame; frame = frame->next) {
            if (passed) {
                if (frame == passed) passed = NULL;
            } else if (frame->kind == FRAME_CLAUSE && frame->about) frame = frame->scope;
            else if (frame->kind == FRAME_CLAUSE) passed = frame->scope;
            else if (frame->kind == FRAME_AGAIN) frame = frame->items[1].object->scope; // around it is what was around the dropped continuation
            else if (handles(frame, effect)) {
                *owner = task;
                return frame;
            }
        }
    return NULL;
}

bool has_control(const CoreExpression *handle) {
    for (size_t i = 0; i < handle->clauses.count; i++)
        if (handle->clauses.items[i].resume) return true;
    return false;
}

bool is_sequential(const Machine *machine, const Task *task) {
    for (; task && machine->has_control; task = task->scope ? task->scope->parent : NULL)
        for (const Object *frame = task->continuation; frame; frame = frame->next)
            if (frame->kind == FRAME_HANDLE && has_control(frame->about)) return true;
    return false;
}

bool is_handled(const Machine *machine, Task *task, const Effect *effect) {
    Task *owner;
    if (effect->kind == EFFECT_USER) return true;
    const Object *frame = table_has(&machine->handled, effect) ? find_handler(task, effect, &owner) : NULL;
    return frame && frame->kind == FRAME_HANDLE;
}

// ---- cells with a private value ----

void begin_run(Machine *machine, Task *task, const Effect *cell, const Value *arguments) {
    push(machine, task, FRAME_RUN, cell, NULL, 1, &arguments[0]);
    force(machine, task, arguments[1]);
}

Value *value_of_cell(Machine *machine, Task *task, const Effect *cell) {
    Task *owner;
    Object *frame = find_handler(task, cell, &owner);
    return frame ? frame->items : table_get(&machine->cells, cell);
}

// ---- an operation whose clause gives the result of the whole handle ----

static void abort_to(Machine *machine, Task *task, Object *handler, const CoreHandlerClause *clause, const Value *arguments) {
    Object *abort = make_object(machine, ITEMS, clause, NULL, handler, clause->parameters.count);
    if (abort->count) memcpy(abort->items, arguments, abort->count * sizeof *arguments);
    unwind_for(task, (Unwinding){END_ABORT, NULL, abort});
}

// The task has unwound to a handler's frame: the clause runs if it is one of this handler's.
void end_abort(Machine *machine, Task *task, const Object *handler) {
    const Object *abort = task->unwinding.abort;
    if (task->unwinding.reason != END_ABORT || abort->scope != handler) return;
    const CoreHandlerClause *clause = abort->about;
    task->unwinding = (Unwinding){END_NONE, NULL, NULL};
    evaluate(task, clause->body, bind_parameters(machine, handler->scope, &clause->parameters, abort->items));
}

// ---- continuations ----

static bool is_of_bracket(const Object *frame) {
    return frame->kind == FRAME_ACQUIRE || frame->kind == FRAME_USE || frame->kind == FRAME_RELEASE;
}

static bool is_shield(const Object *frame) { return frame->kind == FRAME_ACQUIRE || frame->kind == FRAME_RELEASE || frame->kind == FRAME_SHIELD; }

static Object *copy_frame(Machine *machine, const Object *frame) {
    Object *copy = make_object(machine, frame->kind, frame->about, NULL, frame->scope, frame->count);
    if (frame->count) memcpy(copy->items, frame->items, frame->count * sizeof(Value));
    return copy;
}

static Object *renamed(Object *copies, const Object *originals, Object *handler) {
    for (; copies; copies = copies->next, originals = originals->next)
        if (originals == handler) return copies;
    return handler;
}

// A clause's frame in the copy names the copy of its handler's frame; so does the abort that a release has interrupted.
static void rename_handlers(Machine *machine, Object *copies, const Object *originals) {
    for (Object *copy = copies; copy; copy = copy->next) {
        if (copy->kind == FRAME_CLAUSE) copy->scope = renamed(copies, originals, copy->scope);
        else if (copy->kind == FRAME_RELEASE && copy->scope) {
            copy->scope = copy_frame(machine, copy->scope);
            copy->scope->scope = renamed(copies, originals, copy->scope->scope);
        }
    }
}

static Object *copy_frames(Machine *machine, const Object *frames, const Object *end, Object **last) {
    Object *first = NULL;
    for (const Object *frame = frames; frame != end; frame = frame->next) {
        Object *copy = copy_frame(machine, frame);
        if (first) (*last)->next = copy;
        else first = copy;
        *last = copy;
    }
    rename_handlers(machine, first, frames);
    return first;
}

// Puts a copy of the frames in front of what the task has still to do. The original stays as it is, to be resumed again.
static void restore(Machine *machine, Task *task, Object *continuation) {
    Object *last = NULL, *first = copy_frames(machine, continuation->next, continuation->scope->next, &last);
    for (const Object *frame = first; frame; frame = frame->next) task->shield += is_shield(frame);
    last->next = task->continuation;
    task->continuation = first;
    change_in_place(machine, &continuation->about, sizeof continuation->about);
    continuation->about = continuation; // it has been resumed
}

// ---- a release that a control clause takes away while its task unwinds ----
//
// What is cancelled stays so: the unwinding that the release had interrupted waits in a frame of its own behind the clause, whatever that answers.

static bool ends_at(const Object *release, const Object *frame) {
    Outcome reason = ((const Unwinding *)release->about)->reason;
    return (reason == END_FAULT && frame->kind == FRAME_ISOLATE) || (reason == END_ABORT && release->scope->scope == frame);
}

// The release among the frames whose unwinding would go on behind the last of them; NULL: there is none.
static Object *find_unwinding(Object *frames, const Object *last) {
    Object *found = NULL;
    for (Object *frame = frames; frame != last->next; frame = frame->next) {
        if (frame->kind == FRAME_RELEASE && frame->about) found = frame;
        else if (found && ends_at(found, frame)) found = NULL;
    }
    return found;
}

static const Unwinding cancelled = {END_CANCELLED, NULL, NULL};

// The continuation gets frames of its own, in which that release has been cancelled.
static void hold_unwinding(Machine *machine, Task *task, Object *continuation) {
    const Object *release = find_unwinding(continuation->next, continuation->scope);
    if (!release) return;
    push(machine, task, FRAME_UNWINDING, release->about, release->scope, 0, NULL);
    size_t index = 0;
    for (const Object *frame = continuation->next; frame != release; frame = frame->next) index++;
    Object *around = continuation->scope->next;
    continuation->next = copy_frames(machine, continuation->next, around, &continuation->scope);
    continuation->scope->next = around;
    Object *copy = continuation->next;
    while (index-- > 0) copy = copy->next;
    copy->about = &cancelled;
    copy->scope = NULL;
    continuation->items[0] = int_value(true);
}

static bool holds_unwinding(const Task *task) {
    const Object *frame = task->continuation;
    while (frame && frame->kind != FRAME_UNWINDING) frame = frame->next;
    return frame != NULL;
}

// ---- capturing and resuming ----

static bool is_whole(const Object *frames, const Object *last) {
    while (frames != last && frames->kind != FRAME_AGAIN) frames = frames->next;
    return frames == last;
}

static bool mentions(const CoreExpression *node, const CoreVariable *variable) {
    if (node->kind == CORE_LOCAL) return node->variable == variable;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (mentions(*core_child((CoreExpression *)node, i), variable)) return true;
    return false;
}

// A clause that never says `resume` keeps nothing of what it has interrupted.
static bool uses_resume(Machine *machine, const CoreHandlerClause *clause) {
    static const char yes[] = "yes", no[] = "no";
    const char *known = table_get(&machine->resumed, clause);
    if (!known) table_put(&machine->resumed, clause, (void *)(uintptr_t)(known = mentions(clause->body, clause->resume) ? yes : no));
    return known == yes;
}

// The frames up to the handler's, that one included, are the continuation, which takes its shields with it.
static void capture(Machine *machine, Task *task, Object *handler, const CoreHandlerClause *clause, const Value *arguments) {
    if (!is_whole(task->continuation, handler)) {
        raise_fault(machine, task, NULL, "a control clause cannot take a continuation out of the release of one that was dropped");
        return;
    }
    Value is_cancelled = int_value(false);
    Object *continuation = make_object(machine, CONTINUATION, NULL, task->continuation, handler, 1);
    continuation->items[0] = is_cancelled;
    bool is_open = false;
    for (const Object *frame = task->continuation; frame != handler->next; frame = frame->next) {
        task->shield -= is_shield(frame);
        is_open = is_open || is_of_bracket(frame);
    }
    if (is_open) hold(machine, continuation);
    task->continuation = handler->next;
    if (is_open) hold_unwinding(machine, task, continuation);
    Object *environment = bind_parameters(machine, handler->scope, &clause->parameters, arguments);
    if (uses_resume(machine, clause)) environment = bind_variable(machine, environment, clause->resume, object_value(VALUE_CONTINUATION, continuation));
    evaluate(task, clause->body, environment);
}

static void fault_at_let(Machine *machine, Task *task, const char *message) {
    const Object *let = innermost_let(task);
    raise_fault(machine, task, let ? &((const CoreExpression *)let->about)->first->span : NULL, "%s", message);
}

void resume_continuation(Machine *machine, Task *task, Object *continuation, Value value) {
    const Object *last = continuation->scope;
    for (const Object *frame = continuation->next; continuation->about && frame != last; frame = frame->next) {
        if (!is_of_bracket(frame)) continue;
        fault_at_let(machine, task, "a continuation that holds an open bracket was resumed a second time");
        return;
    }
    if (continuation->items[0].integer && !holds_unwinding(task)) {
        fault_at_let(machine, task, "a continuation of a release was resumed after what the release belonged to had been cancelled");
        return;
    }
    restore(machine, task, continuation);
    answer(task, value);
}

// ---- continuations that nobody will resume: their releases run before anything else can be seen to happen ----

static bool is_about_to_act(const Machine *machine, Task *task) {
    if (task->unwinding.reason) return false;
    if (!task->expression) return !task->continuation;
    if (task->expression->kind != CORE_PERFORM) return false;
    const Effect *effect = task->expression->operation->effect;
    return effect->kind == EFFECT_EXTERN || (effect->kind == EFFECT_USER && !is_handled(machine, task, effect)); // a spec may answer the latter
}

// Whoever watches may go back to an earlier state, so nothing is moved for him.
static Object *find_dropped(Machine *machine) {
    if (machine->driver->watcher) return find_unreached(machine);
    collect(machine);
    return machine->dropped ? machine->held[0] : NULL;
}

bool release_dropped(Machine *machine, Task *task) {
    if (!is_about_to_act(machine, task)) return false;
    Object *dropped = find_dropped(machine);
    if (!dropped) return false;
    Value held[] = {task->value, object_value(VALUE_CONTINUATION, dropped)};
    push(machine, task, FRAME_AGAIN, task->expression, task->environment, 2, held);
    restore(machine, task, dropped);
    unwind(task, END_CANCELLED, NULL);
    return true;
}

void end_release_of_dropped(Task *task, const Object *frame) {
    if (task->unwinding.reason != END_CANCELLED) return; // a fault of a release goes on outward
    task->unwinding = (Unwinding){END_NONE, NULL, NULL};
    if (frame->about) evaluate(task, frame->about, frame->scope);
    else answer(task, frame->items[0]);
}

// ---- performing ----

void perform_user(Machine *machine, Task *task, const Operation *operation, const Value *arguments) {
    Task *owner = NULL;
    Object *handler = find_handler(task, operation->effect, &owner);
    if (!handler) { // a spec may say what such an effect answers
        run_external(machine, task, operation_external(machine, operation), arguments);
        return;
    }
    const CoreHandlerClause *clause = clause_for(handler->about, operation);
    const Type *answered = resolve_type(operation->answer);
    if (clause->resume && owner != task) raise_fault(machine, task, NULL, "a control clause cannot take a continuation out of a task");
    else if (clause->resume) capture(machine, task, handler, clause, arguments);
    else if (answered->kind == TYPE_DATA && answered->data == machine->program->builtins->never_type)
        abort_to(machine, task, handler, clause, arguments);
    else {
        push(machine, task, FRAME_CLAUSE, owner == task ? machine : NULL, handler, 0, NULL);
        evaluate(task, clause->body, bind_parameters(machine, handler->scope, &clause->parameters, arguments));
    }
}

// ---- within a handler with control clauses branches run in one task, in order, so that a continuation is always one whole ----

void join_in_order(Machine *machine, Task *task, const Value *branches) {
    push(machine, task, FRAME_JOIN_LEFT, NULL, NULL, 1, &branches[1]);
    force(machine, task, branches[0]);
}

void first_in_order(Machine *machine, Task *task, const Value *branches) {
    push(machine, task, FRAME_CONSTRUCT, machine->program->builtins->either_type->constructors.items[0], NULL, 0, NULL);
    force(machine, task, branches[0]);
}

void timeout_in_order(Machine *machine, Task *task, Value computation) {
    push(machine, task, FRAME_CONSTRUCT, machine->program->builtins->option_type->constructors.items[1], NULL, 0, NULL);
    force(machine, task, computation);
}

// `done` has the answers so far, the last first.
static void go_through(Machine *machine, Task *task, Value rest, Value done) {
    Value computation, item, list = constant_value(machine->program->builtins->list_type->constructors.items[0]);
    if (next_item(&rest, &computation)) {
        push(machine, task, FRAME_IN_ORDER, NULL, NULL, 2, (Value[]){rest, done});
        force(machine, task, computation);
        return;
    }
    while (next_item(&done, &item)) list = construct(machine, machine->program->builtins->list_type, 1, 2, (Value[]){item, list});
    answer(task, list);
}

void parallel_in_order(Machine *machine, Task *task, Value computations) {
    go_through(machine, task, computations, constant_value(machine->program->builtins->list_type->constructors.items[0]));
}

void answered_in_order(Machine *machine, Task *task, const Object *frame, Value value) {
    const Builtins *builtins = machine->program->builtins;
    const Constructor *constructor = frame->about;
    switch (frame->kind) {
    case FRAME_JOIN_LEFT:
        push(machine, task, FRAME_JOIN_RIGHT, NULL, NULL, 1, &value);
        force(machine, task, frame->items[0]);
        break;
    case FRAME_JOIN_RIGHT: answer(task, construct(machine, builtins->tuple_types.items[2], 0, 2, (Value[]){frame->items[0], value})); break;
    case FRAME_CONSTRUCT: answer(task, construct(machine, constructor->data, constructor->tag, 1, &value)); break;
    default: go_through(machine, task, frame->items[0], construct(machine, builtins->list_type, 1, 2, (Value[]){value, frame->items[1]})); break;
    }
}
