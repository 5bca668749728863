// Control clauses and the continuations that they get (R31).

#include "runtime.h"
#include "fx_code.h"

// ---- a continuation put aside: the frames up to a handle's, to be resumed any number of times ----

// What its frames allow.
typedef enum {
    UNKNOWN,
    SIMPLE,    // but for the handle's, they are simply dropped and copied: those who resume it share them
    COPYABLE,  // copies of all are made
    OPEN,      // there is a bracket, which can be in one place only
} Shape;

// `resume` itself: a closure of one argument, whose first fields are those of a partial application that holds none.
typedef struct Continuation {
    fx_object object;
    fx_value code, parameter;
    fx_frame *frames, *last; // last: the handle's
    fx_value environment;
    union {
        struct {
            uint16_t shields, releases; // that the frames have
            uint8_t shape;
            bool is_shared;             // its frames are marked so
            bool is_spent;              // OPEN: it has been resumed
            bool is_cancelled;          // a release within it has interrupted an unwinding, which waits behind the clause
        };
        uint64_t state;                 // 0: none of these
    };
} Continuation;

_Static_assert(sizeof(Continuation) == sizeof(fx_object) + FX_CONTINUATION_WORDS * sizeof(fx_value), "as fx.h says");

static bool may_be_copied(const fx_frame *frame) {
    const fx_frame_info *info = frame->info;
    return !info->unwind || info == &fx_handle_frame || info == &fx_environment_frame || info == &fx_run_frame || info == &fx_isolate_frame ||
           info == &fx_shield_frame;
}

static Shape shape_of(Continuation *continuation) {
    if (continuation->shape != UNKNOWN) return (Shape)continuation->shape;
    Shape shape = SIMPLE;
    for (const fx_frame *frame = continuation->frames; frame != continuation->last && shape != OPEN; frame = frame->next)
        if (frame->info->unwind) shape = may_be_copied(frame) ? COPYABLE : OPEN;
    continuation->shape = shape;
    return shape;
}

static void drop_frames(fx_runtime *rt, fx_frame *frames) {
    for (fx_frame *next; frames; frames = next) {
        next = frames->next;
        fx_drop_frame(rt, frames);
    }
}

// Whether the handle's frame `last` may take back what it had installed before: that is around `outer`, and no other resumption's meanwhile.
static bool may_install_again(const fx_frame *last, fx_value outer) {
    fx_object *installed = fx_installation_of(last);
    return !installed->fields[FX_ITS_FRAME] && *fx_outer_of(installed) == outer;
}

// Frames that were moved, up to `last`, are to go on around `outer`. Owns their environment, and answers the one they have now.
static fx_value put_around(fx_runtime *rt, fx_frame *frames, fx_frame *last, fx_value environment, fx_value outer) {
    fx_object *installed = fx_installation_of(last);
    if (may_install_again(last, outer)) {
        installed->fields[FX_ITS_FRAME] = fx_value_of(last);
        return environment;
    }
    fx_value rebuilt = fx_rebuild_environments(rt, frames, environment, *fx_outer_of(installed), outer);
    fx_drop(rt, environment);
    return rebuilt;
}

// Only brackets have something to do when they are cancelled.
void fx_destroy_continuation(fx_runtime *rt, fx_object *object) {
    Continuation *continuation = (Continuation *)object;
    fx_frame *frames = continuation->frames;
    if (!frames) return;
    if (shape_of(continuation) == OPEN) {
        fx_value outer = *fx_outer_of(fx_installation_of(continuation->last));
        fx_cancel_frames(rt, frames, put_around(rt, frames, continuation->last, continuation->environment, outer));
        return;
    }
    drop_frames(rt, frames);
    fx_drop(rt, continuation->environment);
}

void fx_dup_saved(const fx_frame *frame) {
    unsigned words = frame->info->words;
    for (unsigned i = words - frame->info->counted; i < words; i++) fx_dup(frame->saved[i]);
}

static fx_frame *copy_frame(fx_runtime *rt, const fx_frame *frame) {
    unsigned words = frame->info->words;
    fx_frame *copy = (fx_frame *)fx_allocate(rt, words + 2, FX_INFO_FRAME, frame->info->point ? 0 : frame->object.tag, 0);
    copy->info = frame->info;
    for (unsigned i = 0; i < words; i++) copy->saved[i] = frame->saved[i];
    fx_dup_saved(frame);
    return copy;
}

static fx_frame *copy_frames(fx_runtime *rt, const fx_frame *frames, fx_frame **last) {
    fx_frame *first = NULL, **next = &first;
    for (; frames; frames = frames->next) {
        *last = *next = copy_frame(rt, frames);
        next = &(*next)->next;
    }
    *next = NULL;
    return first;
}

// ---- frames that are shared: each is resumed where it is, or copied, when it is reached ----

enum { REST_FIRST, REST_OWNER, REST_WORDS };

static Continuation *owner_of(const fx_frame *rest) { return (Continuation *)fx_object_of(rest->saved[REST_OWNER]); }
static fx_frame *first_of(const fx_frame *rest) { return (fx_frame *)fx_object_of(rest->saved[REST_FIRST]); }

// Those that fx functions made know how to be left alone (fx_leave_frame).
static void mark_shared(const Continuation *continuation, bool is_shared) {
    for (fx_frame *frame = continuation->frames; frame != continuation->last; frame = frame->next)
        if (frame->info->point) frame->object.tag = is_shared;
}

// Owns the continuation: the frame has this reference.
static fx_frame *make_rest(fx_runtime *rt, fx_frame *first, Continuation *owner) {
    fx_frame *rest = (fx_frame *)fx_allocate(rt, REST_WORDS + 2, FX_INFO_FRAME, 0, 0);
    rest->info = &fx_rest_frame;
    rest->saved[REST_FIRST] = fx_value_of(first);
    rest->saved[REST_OWNER] = fx_value_of(owner);
    return rest;
}

static void put_in_front(fx_task *task, fx_frame *frame) {
    frame->next = task->frames;
    task->frames = frame;
}

// `rest`, which is in front of no frames, begins with the frame of such a kind that is among those that it stands for. Answers what begins now.
static fx_frame *enter_rest(fx_runtime *rt, fx_frame *rest, const fx_frame *inner) {
    Continuation *owner = owner_of(rest), *inner_owner = owner_of(inner);
    inner_owner->object.count++;
    if (inner->next != owner->last) {
        rest->saved[REST_FIRST] = fx_value_of(inner->next);
        put_in_front(rt->task, rest);
        return make_rest(rt, first_of(inner), inner_owner);
    }
    rest->saved[REST_FIRST] = inner->saved[REST_FIRST];
    rest->saved[REST_OWNER] = fx_value_of(inner_owner);
    fx_drop(rt, fx_value_of(owner));
    return rest;
}

static fx_answer resume_rest(fx_runtime *rt, fx_frame *rest, fx_value answer) {
    for (;;) {
        fx_frame *first = first_of(rest);
        if (first->info == &fx_rest_frame) {
            rest = enter_rest(rt, rest, first);
            continue;
        }
        fx_frame *next = first->next;
        fx_frame *resumed = first->object.tag && next != owner_of(rest)->last ? first : copy_frame(rt, first);
        if (next == owner_of(rest)->last) {
            fx_drop_frame(rt, rest); // now, so that a loop is not enclosed by what it has left behind
            return resumed->info->resume(rt, resumed, answer);
        }
        rest->saved[REST_FIRST] = fx_value_of(next);
        put_in_front(rt->task, rest);
        fx_answer answered = resumed->info->resume(rt, resumed, answer);
        if (answered.suspended) return answered;
        rt->task->frames = rest->next;
        answer = answered.value;
    }
}

const fx_frame_info fx_rest_frame = {resume_rest, NULL, "resume", NULL, REST_WORDS, 1, 0};

const fx_frame *fx_rest_of(const fx_frame *frame, const fx_frame **end) {
    *end = owner_of(frame)->last;
    return first_of(frame);
}

// ---- resume ----

// The code of `resume`: what was captured goes on in front of what its caller has still to do; that is captured first (fx_take_control).
static fx_answer resume_code(fx_runtime *rt, fx_value self, fx_value answer) {
    struct fx_internals *internals = rt->internals;
    internals->control = CONTROL_RESUME;
    internals->control_subject = self;
    internals->control_value = answer;
    return (fx_answer){0, 1};
}

// The frames from `first` to `last`, a handle's, in front of the task's.
static void link_frames(fx_task *task, const Continuation *continuation, fx_frame *first, fx_frame *last) {
    task->shield = (uint16_t)(task->shield + continuation->shields);
    task->releasing = (uint16_t)(task->releasing + continuation->releases);
    last->next = task->frames;
    task->frames = first;
}

static void move_frames(fx_runtime *rt, Continuation *continuation) {
    fx_frame *frames = continuation->frames, *last = continuation->last;
    if (continuation->is_shared) mark_shared(continuation, false);
    fx_enter_environment(rt, put_around(rt, frames, last, continuation->environment, rt->task->environment));
    link_frames(rt->task, continuation, frames, last);
    continuation->frames = NULL;
    continuation->is_spent = true;
    if (continuation->object.count == 1) fx_free(rt, &continuation->object, FX_CONTINUATION_WORDS);
    else fx_drop(rt, fx_value_of(continuation));
}

// The handle's frame, which is a copy, installs again what it had, or a copy of that around what is in force now.
static void install_again(fx_runtime *rt, fx_frame *last, fx_value inside) {
    fx_object *installed = fx_installation_of(last);
    fx_value outer = rt->task->environment;
    if (may_install_again(last, outer)) {
        installed->fields[FX_ITS_FRAME] = fx_value_of(last);
        fx_dup(inside);
        fx_enter_environment(rt, inside);
        return;
    }
    fx_object *copy = fx_copy_installation(rt, installed);
    fx_drop(rt, *fx_outer_of(copy));
    fx_drop(rt, fx_value_of(installed));
    fx_install(rt, last, copy);
}

// Owns the continuation: a frame for the rest of it has this reference.
static void share_frames(fx_runtime *rt, Continuation *continuation) {
    fx_frame *last = copy_frame(rt, continuation->last), *first = last;
    install_again(rt, last, continuation->environment);
    if (continuation->frames != continuation->last) {
        if (!continuation->is_shared) mark_shared(continuation, true);
        continuation->is_shared = true;
        first = make_rest(rt, continuation->frames, continuation);
        first->next = last;
    }
    link_frames(rt->task, continuation, first, last);
    if (first == last) fx_drop(rt, fx_value_of(continuation));
}

static void copy_all_frames(fx_runtime *rt, Continuation *continuation) {
    fx_frame *last = NULL, *frames = copy_frames(rt, continuation->frames, &last);
    fx_value outer = *fx_outer_of(fx_installation_of(last));
    fx_enter_environment(rt, fx_rebuild_environments(rt, frames, continuation->environment, outer, rt->task->environment));
    link_frames(rt->task, continuation, frames, last);
    fx_drop(rt, fx_value_of(continuation));
}

// Owns both. Behind the handle its own frame puts back what is in force now.
static __attribute__((noinline)) fx_answer resume_otherwise(fx_runtime *rt, Continuation *continuation, fx_value answer) {
    if (continuation->is_spent) fx_fault(rt, NULL, "a continuation that holds an open bracket was resumed a second time");
    if (continuation->is_cancelled && !fx_holds_unwinding(rt->task))
        fx_fault(rt, NULL, "a continuation of a release was resumed after what the release belonged to had been cancelled");
    if (continuation->object.count == 1) move_frames(rt, continuation);
    else if (shape_of(continuation) == SIMPLE) share_frames(rt, continuation);
    else if (continuation->shape == COPYABLE) copy_all_frames(rt, continuation);
    else move_frames(rt, continuation);
    return fx_done(answer);
}

// Most often the last reference resumes it, in the environment around its handle.
static inline fx_answer resume(fx_runtime *rt, fx_task *task, Continuation *continuation, fx_value answer) {
    fx_frame *last = continuation->last;
    if (continuation->object.count != 1 || continuation->state || !may_install_again(last, task->environment))
        return resume_otherwise(rt, continuation, answer);
    fx_object *installed = fx_installation_of(last);
    fx_drop_shared(task->environment); // the installation has it too
    installed->fields[FX_ITS_FRAME] = fx_value_of(last);
    task->environment = continuation->environment;
    last->next = task->frames;
    task->frames = continuation->frames;
    fx_free(rt, &continuation->object, FX_CONTINUATION_WORDS);
    return fx_done(answer);
}

// ---- capturing ----

// It takes its shields with it, and what a release among them has interrupted is put in front of the task's frames.
static __attribute__((noinline)) void take_shields(fx_runtime *rt, Continuation *continuation) {
    fx_task *task = rt->task;
    unsigned shields, releases;
    continuation->is_cancelled = task->releasing && fx_hold_unwinding(rt, continuation->frames, fx_answer_is(continuation->last));
    fx_count_shields(continuation->frames, &shields, &releases);
    continuation->shields = (uint16_t)shields;
    continuation->releases = (uint16_t)releases;
    task->shield = (uint16_t)(task->shield - shields);
    task->releasing = (uint16_t)(task->releasing - releases);
}

static inline fx_value make_continuation(fx_runtime *rt, fx_task *task, fx_frame *frames, fx_frame *last) {
    Continuation *continuation = (Continuation *)fx_allocate(rt, FX_CONTINUATION_WORDS, FX_INFO_CONTINUATION, FX_CLOSURE_TAG(1, FX_WAITING), 0);
    continuation->code = (fx_value)(intptr_t)(fx_code)resume_code;
    continuation->parameter = fx_partial_parameter((fx_representation)rt->internals->control_answer_is);
    continuation->frames = frames;
    continuation->last = last;
    continuation->environment = task->environment;
    continuation->state = 0;
    if (__builtin_expect(task->shield || task->releasing, 0)) take_shields(rt, continuation);
    return fx_value_of(continuation);
}

static inline fx_answer apply_clause(fx_runtime *rt, fx_value clause, unsigned count, fx_value resume) {
    const fx_value *a = rt->arguments;
    switch (count) {
    case 0: return fx_run1(rt, clause, resume);
    case 1: return fx_run2(rt, clause, a[0], resume);
    case 2: return fx_run3(rt, clause, a[0], a[1], resume);
    default: return fx_run4(rt, clause, a[0], a[1], a[2], resume);
    }
}

// `frames`, of which `last` is the handle's and the last, go no further. The clause gets them.
static inline fx_answer run_clause(fx_runtime *rt, fx_task *task, fx_frame *frames, fx_frame *last) {
    struct fx_internals *internals = rt->internals;
    fx_object *installed = fx_installation_of(last);
    fx_value outer = installed->fields[FX_HANDLER_OUTER];
    fx_value continuation = make_continuation(rt, task, frames, last);
    installed->fields[FX_ITS_FRAME] = 0;
    fx_dup_object(outer);
    task->environment = outer;
    return apply_clause(rt, internals->control_value, internals->control_count, continuation);
}

// Holds so many arguments of rt->arguments.
static fx_value clause_with_arguments(fx_runtime *rt, fx_value clause, unsigned count) {
    const fx_value *a = rt->arguments;
    rt->argument_count = count;
    return fx_apply_more(rt, clause, a[0], a[1], a[2], a[3]);
}

fx_answer fx_perform_control(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count, fx_representation answer_is) {
    struct fx_internals *internals = rt->internals;
    if (count > 3) {
        clause = clause_with_arguments(rt, clause, count);
        count = 0;
    }
    internals->control = CONTROL_CLAUSE;
    internals->control_count = (uint8_t)count;
    internals->control_answer_is = (uint8_t)answer_is;
    internals->control_subject = fx_value_of(handler);
    internals->control_value = clause;
    return (fx_answer){0, 1};
}

fx_answer fx_run_captured(fx_runtime *rt, fx_value computation) {
    struct fx_internals *internals = rt->internals;
    internals->control = CONTROL_RUN;
    internals->control_value = computation;
    return (fx_answer){0, 1};
}

fx_answer fx_run_control(fx_runtime *rt, fx_frame *frame) {
    fx_frame *frames = rt->internals->captured;
    rt->internals->captured = NULL;
    rt->capture = &rt->internals->captured;
    rt->internals->control = CONTROL_NONE;
    return run_clause(rt, rt->task, frames, frame);
}

// ---- clauses that resume at once: the C stack stays as it is ----

static fx_answer resume_at_once(fx_runtime *rt, fx_value self, fx_value answer) {
    (void)self;
    rt->internals->control = CONTROL_ANSWER;
    rt->internals->control_value = answer;
    return (fx_answer){0, 1};
}

static const fx_static_closure at_once = {{0, FX_INFO_CONTINUATION, FX_CLOSURE_TAG(1, FX_WAITING), 0}, (fx_code)resume_at_once};

// What the clause has still to do behind `resume` it does behind the handle: its frames are put there.
fx_answer fx_perform_resuming(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count, fx_representation answer_is) {
    struct fx_internals *internals = rt->internals;
    fx_frame *handle = (fx_frame *)fx_object_of(handler->fields[FX_ITS_FRAME]);
    bool is_orphan = rt->task->is_orphan;
    if (is_orphan || handle->object.tag != FX_CAPTURED) return fx_perform_control(rt, handler, clause, count, answer_is);
    if (count > 3) {
        clause = clause_with_arguments(rt, clause, count);
        count = 0;
    }
    apply_clause(rt, clause, count, fx_value_of(&at_once));
    internals->control = CONTROL_NONE;
    if (rt->capture != &internals->captured) {
        *rt->capture = handle->next;
        handle->next = internals->captured;
        internals->captured = NULL;
        rt->capture = &internals->captured;
    }
    return fx_done(internals->control_value);
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
    unsigned control = internals->control;
    internals->control = CONTROL_NONE;
    if (control == CONTROL_RESUME) return resume(rt, task, (Continuation *)fx_object_of(internals->control_subject), internals->control_value);
    if (control == CONTROL_RUN) return fx_run0(rt, internals->control_value);
    fx_frame *first = task->frames, *last = (fx_frame *)fx_object_of(fx_object_of(internals->control_subject)->fields[FX_ITS_FRAME]);
    if (__builtin_expect(task->is_orphan, 0)) check_whole(rt, task, last);
    task->frames = last->next;
    last->next = NULL;
    return run_clause(rt, task, first, last);
}
