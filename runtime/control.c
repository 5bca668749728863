// Control clauses and the continuations that they get (R31).

#include "runtime.h"

// ---- a continuation put aside: the frames up to a handle's, to be resumed any number of times ----

typedef struct Continuation {
    fx_object object;
    const fx_resource_type *type;
    fx_frame *frames, *last; // last: the handle's
    fx_value environment;
    uint32_t shields, releases; // that the frames have
    const char *open;           // a construct that cannot be in two places: it has been resumed, and cannot be again
} Continuation;

static void destroy_continuation(fx_runtime *rt, fx_object *object) {
    Continuation *continuation = (Continuation *)object;
    if (continuation->frames) fx_cancel_frames(rt, continuation->frames, continuation->environment);
}

enum { CONTINUATION_WORDS = (sizeof(Continuation) - sizeof(fx_object)) / sizeof(fx_value) };
static const fx_resource_type continuation_type = {"continuation", CONTINUATION_WORDS, destroy_continuation};

static bool may_be_copied(const fx_frame *frame) {
    const fx_frame_info *info = frame->info;
    return !info->unwind || info == &fx_handle_frame || info == &fx_environment_frame || info == &fx_run_frame || info == &fx_isolate_frame ||
           info == &fx_shield_frame;
}

static fx_frame *copy_frame(fx_runtime *rt, const fx_frame *frame) {
    unsigned words = frame->info->words;
    fx_frame *copy = (fx_frame *)fx_allocate(rt, words + 2, FX_INFO_FRAME, 0, 0);
    copy->info = frame->info;
    memcpy(copy->saved, frame->saved, words * sizeof(fx_value));
    for (unsigned i = words - frame->info->counted; i < words; i++) fx_dup(copy->saved[i]);
    return copy;
}

static fx_frame *copy_frames(fx_runtime *rt, const fx_frame *frames) {
    fx_frame *first = NULL, **next = &first;
    for (; frames; frames = frames->next) {
        *next = copy_frame(rt, frames);
        next = &(*next)->next;
    }
    *next = NULL;
    return first;
}

static fx_frame *last_of(fx_frame *frames) {
    while (frames->next) frames = frames->next;
    return frames;
}

static const char *find_open(const fx_frame *frames) {
    while (frames && may_be_copied(frames)) frames = frames->next;
    return frames ? frames->info->function : NULL;
}

// ---- resume ----

enum { RESUME_CODE, RESUME_PARAMETER, RESUME_CONTINUATION, RESUME_WORDS };

// The code of `resume`: what was captured goes on in front of what its caller has still to do; that is captured first (fx_take_control).
static fx_answer resume_code(fx_runtime *rt, fx_value self, fx_value answer) {
    fx_object *closure = fx_object_of(self);
    fx_value value = closure->fields[RESUME_CONTINUATION];
    if (closure->count == 1) fx_free(rt, closure, RESUME_WORDS);
    else {
        fx_dup(value);
        fx_drop(rt, self);
    }
    struct fx_internals *internals = rt->internals;
    internals->control_handler = 0;
    internals->control_continuation = value;
    internals->control_value = answer;
    rt->task->controls = true;
    return (fx_answer){0, 1};
}

static fx_value make_resume(fx_runtime *rt, fx_value continuation, fx_representation answer_is) {
    fx_object *resume = fx_allocate(rt, RESUME_WORDS, FX_INFO_PARTIAL + RESUME_WORDS, FX_CLOSURE_TAG(1, FX_WAITING), 1);
    resume->fields[RESUME_CODE] = (fx_value)(intptr_t)(fx_code)resume_code;
    resume->fields[RESUME_PARAMETER] = fx_partial_parameter(answer_is);
    resume->fields[RESUME_CONTINUATION] = continuation;
    return fx_value_of(resume);
}

// The frames to go on with: those captured, if nobody else can resume them or they can be in one place only, else copies; installed around what
// is in force now.
static fx_frame *take_frames(fx_runtime *rt, Continuation *continuation, bool moves) {
    fx_task *task = rt->task;
    fx_value inside = continuation->environment, was_outer = *fx_outer_of(fx_installation_of(continuation->last));
    fx_frame *frames = moves ? continuation->frames : copy_frames(rt, continuation->frames);
    if (!moves || was_outer != task->environment) {
        fx_value rebuilt = fx_rebuild_environments(rt, frames, inside, was_outer, task->environment);
        if (moves) fx_drop(rt, inside);
        inside = rebuilt;
    }
    if (moves) {
        continuation->frames = NULL;
        continuation->environment = FX_NIL;
    }
    fx_enter_environment(rt, inside);
    return frames;
}

// What was in force is so again behind the handle, by its own frame.
static fx_answer go_on_with(fx_runtime *rt, fx_value value, fx_value answer) {
    Continuation *continuation = (Continuation *)fx_object_of(value);
    fx_task *task = rt->task;
    if (continuation->open) fx_fault(rt, NULL, "a continuation that holds an open %s was resumed a second time", continuation->open);
    fx_frame *last = continuation->last;
    bool moves = continuation->object.count == 1;
    if (!moves) moves = (continuation->open = find_open(continuation->frames)) != NULL;
    fx_frame *frames = take_frames(rt, continuation, moves);
    if (!moves) last = last_of(frames);
    task->shield = (uint16_t)(task->shield + continuation->shields);
    task->releasing = (uint16_t)(task->releasing + continuation->releases);
    last->next = task->frames;
    task->frames = frames;
    fx_drop(rt, value);
    return fx_done(answer);
}

// ---- capturing ----

// `frames`, of which `last` is the handle's and the last, go no further. The clause gets them.
static fx_answer run_clause(fx_runtime *rt, fx_frame *frames, fx_frame *last) {
    struct fx_internals *internals = rt->internals;
    fx_task *task = rt->task;
    fx_value outer = *fx_outer_of(fx_installation_of(last)), clause = internals->control_clause;
    unsigned shields = 0, releases = 0;
    if (task->shield || task->releasing) fx_count_shields(frames, &shields, &releases);
    Continuation *continuation = (Continuation *)fx_resource_make(rt, &continuation_type);
    continuation->frames = frames;
    continuation->last = last;
    continuation->environment = task->environment;
    continuation->shields = shields;
    continuation->releases = releases;
    task->shield = (uint16_t)(task->shield - shields);
    task->releasing = (uint16_t)(task->releasing - releases);
    fx_dup(outer);
    task->environment = outer;
    task->controls = false;
    internals->control_handler = 0;
    return fx_run1(rt, clause, make_resume(rt, fx_value_of(continuation), (fx_representation)internals->control_answer_is));
}

fx_answer fx_perform_control(fx_runtime *rt, fx_object *handler, fx_value clause, fx_representation answer_is) {
    struct fx_internals *internals = rt->internals;
    internals->control_handler = fx_value_of(handler);
    internals->control_clause = clause;
    internals->control_answer_is = (uint8_t)answer_is;
    internals->control_continuation = FX_NIL;
    rt->task->controls = true;
    return (fx_answer){0, 1};
}

fx_answer fx_run_captured(fx_runtime *rt, fx_value computation) {
    struct fx_internals *internals = rt->internals;
    internals->control_handler = 0;
    internals->control_continuation = FX_NIL;
    internals->control_value = computation;
    rt->task->controls = true;
    return (fx_answer){0, 1};
}

fx_answer fx_run_control(fx_runtime *rt, fx_frame *frame) {
    fx_frame *frames = rt->internals->captured;
    rt->internals->captured = NULL;
    rt->capture = &rt->internals->captured;
    return run_clause(rt, frames, frame);
}

// What unwinds a dropped continuation has none of the frames around it.
static void check_whole(fx_runtime *rt, const fx_task *task, const fx_frame *last) {
    const fx_frame *frame = task->frames;
    while (frame && frame != last) frame = frame->next;
    if (!frame) fx_fault(rt, NULL, "a control clause cannot take a continuation out of the release of one that was dropped");
}

// A control clause, or `resume`, has suspended to here, where all of the C stack is in frames.
fx_answer fx_take_control(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    fx_task *task = rt->task;
    task->controls = false;
    if (!internals->control_handler && fx_is_constant(internals->control_continuation)) return fx_run0(rt, internals->control_value);
    if (!internals->control_handler) return go_on_with(rt, internals->control_continuation, internals->control_value);
    fx_frame *first = task->frames, *last = (fx_frame *)fx_object_of(fx_object_of(internals->control_handler)->fields[FX_ITS_FRAME]);
    if (!task->scope && task != internals->root) check_whole(rt, task, last);
    task->frames = last->next;
    last->next = NULL;
    return run_clause(rt, first, last);
}
