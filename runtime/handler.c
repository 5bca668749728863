// Handlers of user effects (R28 to R31).
//
// A task's environment says which handler is in force for each effect: an array with, first, whether a handler with control clauses encloses,
// then by the effect's index its handler. It is shared and never changed; a handle makes a new one, so finding a handler is one load.
// A handler is an array of counted values: the environment around it, what its clauses do (a byte each), the clauses.

#include <stdlib.h>
#include "runtime.h"

enum { OUTER, MODES, CLAUSES }; // a handler's items
enum { CLAUSE_PLAIN, CLAUSE_ABORTS, CLAUSE_CONTROLS };
enum { HANDLER, RETURN, HANDLE_WORDS }; // a handle's frame

static fx_array *array_of(fx_value value) { return (fx_array *)fx_object_of(value); }

static fx_array *make_array(fx_runtime *rt, size_t length) {
    fx_array *array = (fx_array *)fx_allocate(rt, (unsigned)length + 2, FX_INFO_ARRAY, FX_COUNTED, 0);
    array->length = array->capacity = length;
    return array;
}

// Owns the environment.
void fx_enter_environment(fx_runtime *rt, fx_value environment) {
    fx_value left = rt->task->environment;
    rt->task->environment = environment;
    fx_drop(rt, left);
}

static void leave_handler(fx_runtime *rt, fx_value handler) {
    fx_value outer = array_of(handler)->items[OUTER];
    fx_dup(outer);
    fx_enter_environment(rt, outer);
}

bool fx_control_encloses(fx_runtime *rt) {
    fx_value environment = rt->task->environment;
    return !fx_is_constant(environment) && array_of(environment)->items[0] == fx_constant(1);
}

// ---- a continuation put aside: the frames up to a handle's, to be resumed any number of times ----

typedef struct Continuation {
    fx_object object;
    const fx_resource_type *type;
    fx_frame *frames;
    fx_value environment;
} Continuation;

static void destroy_continuation(fx_runtime *rt, fx_object *object) {
    Continuation *continuation = (Continuation *)object;
    if (continuation->frames) fx_cancel_frames(rt, continuation->frames, continuation->environment);
}

static const fx_resource_type continuation_type = {"continuation", 3, destroy_continuation};

static fx_answer resume_handle(fx_runtime *rt, fx_frame *frame, fx_value answer);
static fx_answer unwind_handle(fx_runtime *rt, fx_frame *frame);
static const fx_frame_info handle_frame = {resume_handle, unwind_handle, "handle", NULL, HANDLE_WORDS, 2, 0};

static fx_answer resume_environment(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_enter_environment(rt, frame->saved[0]);
    fx_free_frame(rt, frame);
    return fx_done(answer);
}

static fx_answer unwind_environment(fx_runtime *rt, fx_frame *frame) {
    fx_enter_environment(rt, frame->saved[0]);
    fx_free_frame(rt, frame);
    return (fx_answer){0, 1};
}

// Behind it goes on what runs in another environment.
static const fx_frame_info environment_frame = {resume_environment, unwind_environment, "handler", NULL, 1, 1, 0};

static bool may_be_copied(const fx_frame *frame) {
    return !frame->info->unwind || frame->info == &handle_frame || frame->info == &environment_frame;
}

static fx_frame *copy_frame(fx_runtime *rt, const fx_frame *frame) {
    if (!may_be_copied(frame)) fx_fault(rt, NULL, "a continuation that holds an open %s was resumed a second time", frame->info->function);
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

// The code of `resume`: what was captured goes on in front of what the caller of `resume` has still to do (task.c calls fx_take_control).
enum { RESUME_CODE, RESUME_PARAMETER, RESUME_CONTINUATION, RESUME_WORDS };

static fx_answer resume_code(fx_runtime *rt, fx_value self, fx_value answer) {
    fx_object *closure = fx_object_of(self);
    fx_value value = closure->fields[RESUME_CONTINUATION];
    fx_dup(value);
    fx_drop(rt, self);
    struct fx_internals *internals = rt->internals;
    internals->control_continuation = value;
    internals->control_value = answer;
    rt->task->controls = true;
    return (fx_answer){0, 1};
}

// The frames take their shields with them.
static void shield_task(fx_task *task, const fx_frame *frames, int sign) {
    unsigned shields, releases;
    fx_count_shields(frames, &shields, &releases);
    task->shield = (uint16_t)(task->shield + sign * (int)shields);
    task->releasing = (uint16_t)(task->releasing + sign * (int)releases);
}

static fx_answer go_on_with(fx_runtime *rt, fx_value value, fx_value answer) {
    Continuation *continuation = (Continuation *)fx_object_of(value);
    fx_task *task = rt->task;
    fx_frame *behind = (fx_frame *)fx_allocate(rt, environment_frame.words + 2u, FX_INFO_FRAME, 0, 0);
    behind->info = &environment_frame;
    behind->next = task->frames;
    behind->saved[0] = task->environment;
    task->environment = continuation->environment;
    fx_frame *frames = continuation->frames;
    if (continuation->object.count == 1) {
        continuation->frames = NULL;
        continuation->environment = FX_NIL;
    } else {
        fx_dup(task->environment);
        frames = copy_frames(rt, frames);
    }
    task->frames = frames;
    shield_task(task, frames, 1);
    while (frames->next) frames = frames->next;
    frames->next = behind;
    fx_drop(rt, value);
    return fx_done(answer);
}

// ---- performing ----

static unsigned mode_of_clause(fx_value handler, unsigned index) {
    return (unsigned char)fx_string_bytes(array_of(handler)->items[MODES])[index];
}

static fx_value closure_of(fx_runtime *rt, unsigned count, fx_value clause) {
    fx_value *a = rt->arguments;
    rt->argument_count = count;
    return count ? fx_apply_more(rt, clause, a[0], a[1], a[2], a[3]) : clause;
}

// R29: the clause runs in the environment around its handler.
static fx_answer run_plain(fx_runtime *rt, fx_value handler, fx_value clause, unsigned count) {
    fx_value inside = rt->task->environment, outer = array_of(handler)->items[OUTER];
    fx_dup(outer);
    rt->task->environment = outer;
    fx_value *a = rt->arguments;
    rt->argument_count = count;
    fx_answer answer = count ? fx_run_more(rt, clause, a[0], a[1], a[2], a[3]) : fx_run0(rt, clause);
    if (answer.suspended) fx_push_frame(rt, &environment_frame)->saved[0] = inside;
    else fx_enter_environment(rt, inside);
    return answer;
}

// R30: everything inside the handle is unwound; then the clause's computation is the handle's.
static fx_answer run_abort(fx_runtime *rt, fx_value handler, fx_value clause, unsigned count) {
    fx_fault_record *record = fx_memory(rt, sizeof *record);
    memset(record, 0, sizeof *record);
    fx_dup(handler);
    record->handler = handler;
    record->result = closure_of(rt, count, clause);
    return fx_unwind(rt, OUTCOME_ABORT, record);
}

// R31: the C stack is captured first; then task.c calls fx_take_control.
static fx_answer run_control(fx_runtime *rt, fx_value handler, fx_value clause, unsigned count, fx_representation answer_is) {
    struct fx_internals *internals = rt->internals;
    fx_dup(handler);
    internals->control_handler = handler;
    internals->control_clause = closure_of(rt, count, clause);
    internals->control_answer_is = (uint8_t)answer_is;
    internals->control_continuation = FX_NIL;
    rt->task->controls = true;
    return (fx_answer){0, 1};
}

static fx_answer perform(fx_runtime *rt, unsigned count) {
    fx_value handler = rt->internals->found_handler;
    unsigned index = rt->internals->found_index, mode = mode_of_clause(handler, index);
    fx_value clause = array_of(handler)->items[CLAUSES + index];
    fx_dup(clause);
    switch (mode & 3) {
    case CLAUSE_PLAIN: return run_plain(rt, handler, clause, count);
    case CLAUSE_ABORTS: return run_abort(rt, handler, clause, count);
    default: return run_control(rt, handler, clause, count, (fx_representation)(mode >> 2 & 3));
    }
}

static fx_answer perform0(fx_runtime *rt, fx_value self) { return (void)self, perform(rt, 0); }
static fx_answer perform_more(fx_runtime *rt, fx_value self, fx_value a, fx_value b, fx_value c, fx_value d) {
    rt->arguments[0] = a, rt->arguments[1] = b, rt->arguments[2] = c, rt->arguments[3] = d;
    return perform(rt, fx_object_of(self)->tag >> 2);
}
static fx_answer perform1(fx_runtime *rt, fx_value self, fx_value a) { return perform_more(rt, self, a, 0, 0, 0); }
static fx_answer perform2(fx_runtime *rt, fx_value self, fx_value a, fx_value b) { return perform_more(rt, self, a, b, 0, 0); }
static fx_answer perform3(fx_runtime *rt, fx_value self, fx_value a, fx_value b, fx_value c) { return perform_more(rt, self, a, b, c, 0); }

enum { MOST_ARGUMENTS = 16 };
typedef struct Performer {
    fx_object object;
    fx_code code;
} Performer;
#define PERFORMER(arity, code) {{0, FX_INFO_PARTIAL + 1, FX_CLOSURE_TAG(arity, FX_WAITING), 0}, (fx_code)(code)}
// Static closures, by arity; which operation they stand for is in `found_handler` and `found_index`: each is called as soon as it is found.
static const Performer performers[MOST_ARGUMENTS] = {
    PERFORMER(0, perform0), PERFORMER(1, perform1), PERFORMER(2, perform2), PERFORMER(3, perform3),
    PERFORMER(4, perform_more), PERFORMER(5, perform_more), PERFORMER(6, perform_more), PERFORMER(7, perform_more),
    PERFORMER(8, perform_more), PERFORMER(9, perform_more), PERFORMER(10, perform_more), PERFORMER(11, perform_more),
    PERFORMER(12, perform_more), PERFORMER(13, perform_more), PERFORMER(14, perform_more), PERFORMER(15, perform_more),
};

// The function that performs operation `index` of the effect; to be called at once.
fx_value fx_find_clause(fx_runtime *rt, fx_value effect, fx_value index) {
    fx_value handler = array_of(rt->task->environment)->items[effect + 1];
    rt->internals->found_handler = handler;
    rt->internals->found_index = (unsigned)index;
    return fx_value_of(&performers[mode_of_clause(handler, (unsigned)index) >> 4].object);
}

// ---- handling ----

static fx_value make_handler(fx_runtime *rt, fx_value modes, fx_value clauses) {
    size_t count = fx_string_length(modes);
    fx_array *handler = make_array(rt, CLAUSES + count);
    handler->items[OUTER] = rt->task->environment;
    handler->items[MODES] = modes;
    fx_value cell = clauses;
    for (size_t i = 0; i < count; i++, cell = fx_list_tail(cell)) {
        handler->items[CLAUSES + i] = fx_list_head(cell);
        fx_dup(fx_list_head(cell));
    }
    fx_drop(rt, clauses);
    return fx_value_of(handler);
}

static bool has_control_clause(fx_value modes) {
    for (size_t i = 0; i < fx_string_length(modes); i++)
        if ((fx_string_bytes(modes)[i] & 3) == CLAUSE_CONTROLS) return true;
    return false;
}

// The environment around the handler, with the handler for the effect: R28.
static fx_value extend_environment(fx_runtime *rt, fx_value handler, size_t effect) {
    fx_value outer = array_of(handler)->items[OUTER];
    size_t known = fx_is_constant(outer) ? 0 : array_of(outer)->length;
    size_t length = known > effect + 2 ? known : effect + 2;
    fx_array *environment = make_array(rt, length);
    for (size_t i = 0; i < length; i++) {
        environment->items[i] = i < known ? array_of(outer)->items[i] : FX_NIL;
        if (i != effect + 1) fx_dup(environment->items[i]);
    }
    environment->items[effect + 1] = handler;
    if (has_control_clause(array_of(handler)->items[MODES])) environment->items[0] = fx_constant(1);
    return fx_value_of(environment);
}

static fx_answer handled(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended) {
        fx_suspend_frame(rt, frame);
        return answer;
    }
    fx_value handler = frame->saved[HANDLER], function = frame->saved[RETURN];
    leave_handler(rt, handler);
    fx_close_frame(rt, frame);
    fx_drop(rt, handler);
    return fx_run1(rt, function, answer.value);
}

// modes: how many arguments each operation has (bits 4 and up), how its answer is held (bits 2 and 3), what its clause does (bits 0 and 1).
fx_answer fx_handle_take(fx_runtime *rt, fx_value modes, fx_value effect, fx_value computation, fx_value function, fx_value clauses) {
    fx_value handler = make_handler(rt, modes, clauses);
    fx_frame *frame = fx_open_frame(rt, &handle_frame);
    frame->saved[HANDLER] = handler;
    frame->saved[RETURN] = function;
    fx_dup(handler);
    rt->task->environment = extend_environment(rt, handler, (size_t)effect);
    return handled(rt, frame, fx_run0(rt, computation));
}

static fx_answer resume_handle(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_reopen_frame(rt, frame);
    return handled(rt, frame, fx_done(answer));
}

static fx_answer unwind_handle(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    fx_fault_record *record = task->fault;
    fx_value handler = frame->saved[HANDLER];
    leave_handler(rt, handler);
    bool lands = task->unwinding == OUTCOME_ABORT && record->handler == handler;
    fx_drop_frame(rt, frame);
    if (!lands) return (fx_answer){0, 1};
    fx_value result = record->result;
    record->result = 0;
    task->unwinding = OUTCOME_NONE;
    task->fault = NULL;
    if (!task->cancelled) task->release_by = 0;
    fx_fault_free(rt, record);
    return fx_run0(rt, result);
}

// ---- control ----

// Cuts the frames behind the handler's handle: what is in front, its frame included, is the continuation.
static fx_frame *cut_frames(fx_runtime *rt, fx_task *task, fx_value handler) {
    fx_frame *first = task->frames, *last = first;
    while (last && (last->info != &handle_frame || last->saved[HANDLER] != handler)) last = last->next;
    if (!last) fx_fault(rt, NULL, "a control clause needs the whole continuation, but a task of a group or a time-out lies between");
    task->frames = last->next;
    last->next = NULL;
    shield_task(task, first, -1);
    return first;
}

static fx_value make_resume(fx_runtime *rt, fx_frame *frames, fx_value environment, fx_representation answer_is) {
    Continuation *continuation = (Continuation *)fx_resource_make(rt, &continuation_type);
    continuation->frames = frames;
    continuation->environment = environment;
    fx_object *resume = fx_allocate(rt, RESUME_WORDS, FX_INFO_PARTIAL + RESUME_WORDS, FX_CLOSURE_TAG(1, FX_WAITING), 1);
    resume->fields[RESUME_CODE] = (fx_value)(intptr_t)(fx_code)resume_code;
    resume->fields[RESUME_PARAMETER] = fx_partial_parameter(answer_is);
    resume->fields[RESUME_CONTINUATION] = fx_value_of(continuation);
    return fx_value_of(resume);
}

// A control clause, or `resume`, has suspended to here, where all of the C stack is in frames.
fx_answer fx_take_control(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    fx_task *task = rt->task;
    task->controls = false;
    if (!fx_is_constant(internals->control_continuation)) return go_on_with(rt, internals->control_continuation, internals->control_value);
    fx_value handler = internals->control_handler, clause = internals->control_clause;
    fx_frame *frames = cut_frames(rt, task, handler);
    fx_value inside = task->environment, outer = array_of(handler)->items[OUTER];
    fx_dup(outer);
    task->environment = outer;
    fx_drop(rt, handler);
    return fx_run1(rt, clause, make_resume(rt, frames, inside, (fx_representation)internals->control_answer_is));
}

// ---- a handle in a row that cannot wait: it runs to its end at once, in a task of its own ----

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    (void)rt, (void)child;
    scope->values[0] = value;
}
static fx_value result(fx_runtime *rt, fx_scope *scope) { return (void)rt, scope->values[0]; }
static void drop(fx_runtime *rt, fx_scope *scope) { (void)rt, (void)scope; }

static const fx_scope_type now_type = {
    {"handle", sizeof(fx_scope), FX_WORD, true, fx_scope_withdraw, NULL, NULL}, false, answered, result, drop, NULL,
};

typedef struct Handle {
    fx_value modes, effect, computation, function, clauses;
} Handle;

static fx_answer begin_handle(fx_runtime *rt, void *context) {
    Handle *handle = context;
    return fx_handle_take(rt, handle->modes, handle->effect, handle->computation, handle->function, handle->clauses);
}

fx_value fx_handle_now_take(fx_runtime *rt, fx_value modes, fx_value effect, fx_value computation, fx_value function, fx_value clauses) {
    Handle handle = {modes, effect, computation, function, clauses};
    fx_scope *scope = fx_scope_make(rt, &now_type);
    fx_start_inline(rt, fx_task_make(rt, scope), begin_handle, &handle);
    fx_answer answer = fx_scope_answer(rt, scope);
    if (answer.suspended) fx_fault(rt, NULL, "a handled computation waits where its type says that none can");
    return answer.value;
}

double fx_handle_now_float_take(fx_runtime *rt, fx_value modes, fx_value effect, fx_value computation, fx_value function, fx_value clauses) {
    return fx_to_double(fx_handle_now_take(rt, modes, effect, computation, function, clauses));
}
