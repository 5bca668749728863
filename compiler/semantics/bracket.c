// bracket (C8, R12), uncancellable, and what each frame does when its task unwinds.

#include "semantics.h"

// C6: the innermost shield is gone, and the task was cancelled behind it: it stops here. (Deadlines are not meant: what has answered is honoured.)
static bool stops_unshielded(const Task *task) { return task->is_cancelled && !task->shield; }

void perform_bracket(Machine *machine, Task *task, const Value *arguments) {
    if (is_stopped(machine, task)) {
        unwind(task, END_CANCELLED, NULL);
        return;
    }
    push(machine, task, FRAME_ACQUIRE, NULL, NULL, 2, arguments + 1);
    task->shield++;
    force(machine, task, arguments[0]);
}

void acquired(Machine *machine, Task *task, const Object *frame, Value resource) {
    push(machine, task, FRAME_USE, NULL, NULL, 2, (Value[]){frame->items[0], resource});
    task->shield--;
    if (stops_unshielded(task)) unwind(task, END_CANCELLED, NULL);
    else run_applied(machine, task, frame->items[1], resource);
}

// `interrupted`: what the task unwinds for once release has ended; NULL: it goes on with the answer of `use`.
static void release(Machine *machine, Task *task, const Object *frame, const Unwinding *interrupted, Value value) {
    push(machine, task, FRAME_RELEASE, interrupted, interrupted ? interrupted->abort : NULL, 1, &value);
    task->shield++;
    run_applied(machine, task, frame->items[0], frame->items[1]);
}

// An abort of a task that has been cancelled meanwhile does not land.
static void unwind_again(Task *task, const Object *frame) {
    const Unwinding *interrupted = frame->about;
    if (interrupted->reason == END_ABORT && stops_unshielded(task)) unwind(task, END_CANCELLED, NULL);
    else unwind_for(task, (Unwinding){interrupted->reason, interrupted->fault, frame->scope});
}

void used(Machine *machine, Task *task, const Object *frame, Value value) { release(machine, task, frame, NULL, value); }

void released(Machine *machine, Task *task, const Object *frame) {
    (void)machine;
    const Unwinding *interrupted = frame->about;
    task->shield--;
    if (interrupted) unwind_again(task, frame);
    else if (stops_unshielded(task)) unwind(task, END_CANCELLED, NULL);
    else answer(task, frame->items[0]);
}

void perform_uncancellable(Machine *machine, Task *task, const Value *arguments) {
    if (is_stopped(machine, task)) {
        unwind(task, END_CANCELLED, NULL);
        return;
    }
    push(machine, task, FRAME_SHIELD, NULL, NULL, 0, NULL);
    task->shield++;
    force(machine, task, arguments[0]);
}

void shield_ended(Task *task) {
    task->shield--;
    if (stops_unshielded(task)) unwind(task, END_CANCELLED, NULL);
}

void unwind_held(Machine *machine, Task *task, const Object *frame) {
    if (task->unwinding.reason == END_FAULT) suppress_fault(machine, ((const Unwinding *)frame->about)->fault, task->unwinding.fault);
    unwind_again(task, frame);
}

// ---- unwinding: frames are taken off innermost first (R10) ----

static void unwind_use(Machine *machine, Task *task, const Object *frame) {
    Unwinding *interrupted = NEW(machine->arena, Unwinding);
    *interrupted = task->unwinding;
    task->unwinding = (Unwinding){END_NONE, NULL, NULL};
    release(machine, task, frame, interrupted, unit_value(machine));
}

// Release itself was cut short: what came first stays (C3).
static void unwind_release(Machine *machine, Task *task, const Object *frame) {
    const Unwinding *interrupted = frame->about;
    task->shield--;
    if (!interrupted) return;
    if (task->unwinding.reason == END_FAULT) suppress_fault(machine, interrupted->fault, task->unwinding.fault);
    unwind_again(task, frame);
}

void unwind_frame(Machine *machine, Task *task, Object *frame) {
    switch (frame->kind) {
    case FRAME_ACQUIRE:
    case FRAME_SHIELD: task->shield--; break;
    case FRAME_USE: unwind_use(machine, task, frame); break;
    case FRAME_RELEASE: unwind_release(machine, task, frame); break;
    case FRAME_UNWINDING: unwind_held(machine, task, frame); break;
    case FRAME_AGAIN: end_release_of_dropped(task, frame); break;
    case FRAME_HANDLE: end_abort(machine, task, frame); break;
    case FRAME_ISOLATE: end_isolated(machine, task, frame); break;
    default: break;
    }
}
