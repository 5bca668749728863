// bracket (C8, R12) and Task.uncancellable.

#include "runtime.h"

// ---- bracket ----

typedef enum { ACQUIRING, USING, RELEASING } Phase;
// In the frame. STATE: a byte each for the phase, how resource and value are held, and what the unwinding that the release has interrupted is for
// (none: there is none). The places of what has been used up serve again: RELEASE is FAULT then, and RESOURCE, where `use` was first, is VALUE.
enum { STATE, RELEASE, RESOURCE, ENVIRONMENT, BRACKET_WORDS, FAULT = RELEASE, VALUE = RESOURCE };

static fx_answer resume_bracket(fx_runtime *rt, fx_frame *frame, fx_value answer);
static fx_answer unwind_bracket(fx_runtime *rt, fx_frame *frame);
static const fx_frame_info bracket_frame = {resume_bracket, unwind_bracket, "bracket", NULL, BRACKET_WORDS, 1, 0};

static unsigned state_byte(const fx_frame *frame, unsigned index) { return (uint64_t)frame->saved[STATE] >> 8 * index & 0xff; }
static Phase phase_of(const fx_frame *frame) { return (Phase)state_byte(frame, 0); }
static fx_representation resource_is(const fx_frame *frame) { return (fx_representation)state_byte(frame, 1); }
static fx_representation value_is(const fx_frame *frame) { return (fx_representation)state_byte(frame, 2); }
static fx_outcome reason_of(const fx_frame *frame) { return (fx_outcome)state_byte(frame, 3); }
static fx_fault_record *fault_of(const fx_frame *frame) { return (fx_fault_record *)(intptr_t)frame->saved[FAULT]; }
static bool is_releasing(const fx_frame *frame) { return frame->info == &bracket_frame && phase_of(frame) == RELEASING; }

static void set_state(fx_frame *frame, Phase phase, fx_representation resource_is, fx_representation value_is, fx_outcome reason) {
    frame->saved[STATE] = (fx_value)((unsigned)phase | (unsigned)resource_is << 8 | (unsigned)value_is << 16 | (unsigned)reason << 24);
}

// C6: the innermost shield is gone, and the task was cancelled behind it: it stops here. (What is past its time for releases is not meant: its
// releases go on as far as they do not wait. Nor are deadlines: what has answered is honoured.)
static bool stops_unshielded(const fx_task *task) { return task->cancelled && !task->shield; }

// Release has ended: goes on with the answer of `use`, or with the unwinding that it interrupted.
static fx_answer released(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended) {
        fx_suspend_frame(rt, frame);
        return (fx_answer){0, 1};
    }
    fx_task *task = rt->task;
    fx_outcome reason = reason_of(frame);
    fx_fault_record *fault = fault_of(frame);
    fx_value value = frame->saved[VALUE];
    fx_representation is = value_is(frame);
    task->shield--;
    task->releasing--;
    fx_drop(rt, frame->saved[ENVIRONMENT]);
    fx_close_frame(rt, frame);
    if (reason != OUTCOME_NONE) return fx_unwind_again(rt, reason, fault);
    if (!stops_unshielded(task)) return fx_done(value);
    fx_drop_as(rt, is, value);
    return fx_stop(rt);
}

// With the value of `use`, or, where that has none, with the fault, if there is one, of the unwinding.
static fx_answer release(fx_runtime *rt, fx_frame *frame, fx_outcome reason, fx_value value, fx_fault_record *fault) {
    fx_value undo = frame->saved[RELEASE], resource = frame->saved[RESOURCE];
    set_state(frame, RELEASING, resource_is(frame), value_is(frame), reason);
    frame->saved[VALUE] = value;
    frame->saved[FAULT] = fx_value_of(fault);
    rt->internals->brackets--;
    rt->task->shield++;
    rt->task->releasing++;
    return released(rt, frame, fx_run1(rt, undo, resource));
}

static fx_answer used(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended) {
        fx_suspend_frame(rt, frame);
        return (fx_answer){0, 1};
    }
    return release(rt, frame, OUTCOME_NONE, answer.value, NULL);
}

static fx_answer acquired(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended) {
        fx_suspend_frame(rt, frame);
        return (fx_answer){0, 1};
    }
    fx_value use = frame->saved[RESOURCE];
    set_state(frame, USING, resource_is(frame), value_is(frame), OUTCOME_NONE);
    frame->saved[RESOURCE] = answer.value;
    rt->internals->brackets++;
    fx_dup_as(resource_is(frame), answer.value);
    rt->task->shield--;
    if (!stops_unshielded(rt->task)) return used(rt, frame, fx_run1(rt, use, answer.value));
    fx_drop(rt, use);
    fx_drop_as(rt, resource_is(frame), answer.value);
    fx_suspend_frame(rt, frame); // whose unwinding releases
    return fx_stop(rt);
}

// bracket : a ! e -> (a -> Unit ! e) -> (a -> b ! e) -> b ! e. Until there is a resource its place holds `use`.
fx_answer fx_bracket_take(fx_runtime *rt, fx_representation a_is, fx_representation b_is, fx_value acquire, fx_value release, fx_value use) {
    if (fx_can_wait(acquire) && fx_is_stopped(rt)) {
        fx_drop(rt, acquire), fx_drop(rt, release), fx_drop(rt, use);
        return fx_stop(rt);
    }
    fx_frame *frame = fx_open_frame(rt, &bracket_frame);
    set_state(frame, ACQUIRING, a_is, b_is, OUTCOME_NONE);
    frame->saved[RELEASE] = release;
    frame->saved[RESOURCE] = use;
    frame->saved[ENVIRONMENT] = rt->task->environment;
    fx_dup(rt->task->environment);
    rt->task->shield++;
    return acquired(rt, frame, fx_run0(rt, acquire));
}

static fx_answer resume_bracket(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_reopen_frame(rt, frame);
    switch (phase_of(frame)) {
    case ACQUIRING: return acquired(rt, frame, fx_done(answer));
    case USING: return used(rt, frame, fx_done(answer));
    default: return released(rt, frame, fx_done(answer));
    }
}

// Acquire did not end: there is nothing to release.
static fx_answer unwind_acquiring(fx_runtime *rt, fx_frame *frame) {
    rt->task->shield--;
    fx_drop(rt, frame->saved[RELEASE]);
    fx_drop(rt, frame->saved[RESOURCE]);
    fx_drop(rt, frame->saved[ENVIRONMENT]);
    fx_free_frame(rt, frame);
    return (fx_answer){0, 1};
}

static fx_answer unwind_using(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    fx_outcome reason = (fx_outcome)task->unwinding;
    fx_fault_record *fault = task->fault;
    task->unwinding = OUTCOME_NONE;
    task->fault = NULL;
    fx_dup(frame->saved[ENVIRONMENT]);
    fx_enter_environment(rt, frame->saved[ENVIRONMENT]);
    fx_reopen_frame(rt, frame);
    return release(rt, frame, reason, 0, fault);
}

// Release itself was cut short, by a fault or because its time was over. What came first stays (C3).
static fx_answer unwind_releasing(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    task->shield--;
    task->releasing--;
    if (reason_of(frame) == OUTCOME_NONE) fx_drop_as(rt, value_is(frame), frame->saved[VALUE]);
    else {
        fx_fault_record *first = fault_of(frame);
        if (task->fault) fx_fault_suppress(rt, first, task->fault);
        fx_unwind_again(rt, reason_of(frame), first);
    }
    fx_drop(rt, frame->saved[ENVIRONMENT]);
    fx_free_frame(rt, frame);
    return (fx_answer){0, 1};
}

static fx_answer unwind_bracket(fx_runtime *rt, fx_frame *frame) {
    switch (phase_of(frame)) {
    case ACQUIRING: return unwind_acquiring(rt, frame);
    case USING: return unwind_using(rt, frame);
    default: return unwind_releasing(rt, frame);
    }
}

// ---- uncancellable ----

static fx_answer resume_shield(fx_runtime *rt, fx_frame *frame, fx_value answer);
static fx_answer unwind_shield(fx_runtime *rt, fx_frame *frame);
const fx_frame_info fx_shield_frame = {resume_shield, unwind_shield, "Task.uncancellable", NULL, 1, 0, 0}; // saved: how the answer is held

static fx_answer shield_ended(fx_runtime *rt, fx_representation is, fx_value answer) {
    rt->task->shield--;
    if (!stops_unshielded(rt->task)) return fx_done(answer);
    fx_drop_as(rt, is, answer);
    return fx_stop(rt);
}

static fx_answer resume_shield(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_representation is = (fx_representation)frame->saved[0];
    fx_free_frame(rt, frame);
    return shield_ended(rt, is, answer);
}

static fx_answer unwind_shield(fx_runtime *rt, fx_frame *frame) {
    rt->task->shield--;
    fx_free_frame(rt, frame);
    return (fx_answer){0, 1};
}

// uncancellable : a ! e -> a ! e
fx_answer fx_uncancellable_take(fx_runtime *rt, fx_representation a_is, fx_value computation) {
    if (fx_can_wait(computation) && fx_is_stopped(rt)) {
        fx_drop(rt, computation);
        return fx_stop(rt);
    }
    fx_frame *frame = fx_open_frame(rt, &fx_shield_frame);
    frame->saved[0] = a_is;
    rt->task->shield++;
    fx_answer answer = fx_run0(rt, computation);
    if (answer.suspended) {
        fx_suspend_frame(rt, frame);
        return (fx_answer){0, 1};
    }
    fx_close_frame(rt, frame);
    return shield_ended(rt, a_is, answer.value);
}

fx_value *fx_environment_in(fx_frame *frame) { return frame->info == &bracket_frame ? &frame->saved[ENVIRONMENT] : NULL; }

// ---- a release that a control clause takes away while its task unwinds ----
//
// What is cancelled stays so: the unwinding that the release had interrupted waits in a frame of its own behind the clause, whatever that answers.

enum { HELD_IS, HELD_REASON, HELD_FAULT, HELD_WORDS };

static fx_answer unwind_held(fx_runtime *rt, fx_frame *frame) {
    fx_outcome reason = (fx_outcome)frame->saved[HELD_REASON];
    fx_fault_record *first = (fx_fault_record *)(intptr_t)frame->saved[HELD_FAULT];
    if (rt->task->fault) fx_fault_suppress(rt, first, rt->task->fault);
    fx_free_frame(rt, frame);
    return fx_unwind_again(rt, reason, first);
}

static fx_answer resume_held(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_drop_as(rt, (fx_representation)frame->saved[HELD_IS], answer);
    return unwind_held(rt, frame);
}

static const fx_frame_info held_frame = {resume_held, unwind_held, "release", NULL, HELD_WORDS, 0, 0};

static bool ends_at(fx_outcome reason, const fx_fault_record *fault, const fx_frame *frame) {
    if (reason == OUTCOME_ABORT) return frame->info == &fx_handle_frame && fault->handler == frame->saved[FX_HANDLE_INSTALLED];
    return reason == OUTCOME_FAULT && frame->info == &fx_isolate_frame;
}

// The bracket among the frames whose unwinding would go on behind the last of them; NULL: there is none.
static fx_frame *find_unwinding(fx_frame *frames) {
    fx_frame *found = NULL;
    for (fx_frame *frame = frames; frame; frame = frame->next) {
        if (is_releasing(frame) && reason_of(frame) != OUTCOME_NONE) found = frame;
        else if (found && ends_at(reason_of(found), fault_of(found), frame)) found = NULL;
    }
    return found;
}

bool fx_hold_unwinding(fx_runtime *rt, fx_frame *frames, fx_representation answer_is) {
    fx_frame *bracket = find_unwinding(frames);
    if (!bracket) return false;
    fx_frame *held = (fx_frame *)fx_allocate(rt, HELD_WORDS + 2, FX_INFO_FRAME, 0, 0);
    held->info = &held_frame;
    held->saved[HELD_IS] = answer_is;
    held->saved[HELD_REASON] = reason_of(bracket);
    held->saved[HELD_FAULT] = bracket->saved[FAULT];
    set_state(bracket, RELEASING, resource_is(bracket), value_is(bracket), OUTCOME_CANCELLED);
    bracket->saved[FAULT] = 0;
    held->next = rt->task->frames;
    rt->task->frames = held;
    return true;
}

bool fx_holds_unwinding(const fx_task *task) {
    const fx_frame *frame = task->frames;
    while (frame && frame->info != &held_frame) frame = frame->next;
    return frame != NULL;
}

void fx_count_shields(const fx_frame *frames, unsigned *shields, unsigned *releases) {
    *shields = *releases = 0;
    for (; frames; frames = frames->next) {
        bool releasing = is_releasing(frames);
        bool acquiring = frames->info == &bracket_frame && phase_of(frames) == ACQUIRING;
        *shields += releasing || acquiring || frames->info == &fx_shield_frame;
        *releases += releasing;
    }
}
