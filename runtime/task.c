// Tasks: starting, going on, suspending, unwinding, ending (R4 to R7, R10, R11).

#include "runtime.h"

enum { LEAST_WORDS = (sizeof(fx_task) - sizeof(fx_object)) / sizeof(fx_value), MORE_WORDS = sizeof(fx_task_more) / sizeof(fx_value) };
const fx_task_more fx_no_more = {NULL, NULL, 0, 0};

static inline __attribute__((always_inline)) fx_task *allocate_task(fx_runtime *rt, fx_scope *scope, bool has_more) {
    unsigned words = has_more ? LEAST_WORDS + MORE_WORDS : LEAST_WORDS;
    fx_object *object = fx_allocate(rt, words, FX_INFO_TASK, 0, 0);
    memset(object->fields, 0, words * sizeof(fx_value));
    fx_task *task = (fx_task *)object;
    task->within = scope;
    task->state = TASK_WAITING;
    task->has_more = has_more;
    task->environment = scope ? scope->parent->environment : rt->internals->root_environment;
    fx_dup(task->environment);
    rt->internals->stats.tasks++;
    return task;
}

static void put_last(fx_scope *scope, fx_task *task) {
    task->more->index = ((fx_branches *)scope)->started++;
    task->more->previous = scope->last;
    if (scope->last) scope->last->more->next = task;
    else scope->first = task;
    scope->last = task;
}

static fx_task *make_with_more(fx_runtime *rt, fx_scope *scope, uint64_t deadline) {
    fx_task *task = allocate_task(rt, scope, true);
    task->more->deadline = deadline;
    task->has_deadline = deadline != 0;
    if (fx_scope_type_of(scope)->one_child) scope->first = task;
    else put_last(scope, task);
    scope->running++;
    return task;
}

fx_task *fx_task_make(fx_runtime *rt, fx_scope *scope) {
    if (!scope) return allocate_task(rt, NULL, false);
    const fx_task *parent = scope->parent;
    if (!fx_scope_type_of(scope)->one_child || parent->has_deadline) return make_with_more(rt, scope, fx_more_of(parent)->deadline);
    fx_task *task = allocate_task(rt, scope, false);
    scope->first = task;
    scope->running++;
    return task;
}

void fx_task_free(fx_runtime *rt, fx_task *task) {
    fx_unwatch_release(rt, task);
    fx_drop(rt, task->environment);
    fx_free(rt, &task->object, task->has_more ? LEAST_WORDS + MORE_WORDS : LEAST_WORDS);
}

const fx_task *fx_parent_of(const fx_task *task) {
    const fx_scope *scope = fx_scope_around(task);
    return scope ? scope->parent : NULL;
}

const fx_frame *fx_frames_around(const fx_task *task) {
    const fx_scope *scope = fx_scope_around(task);
    return !scope ? NULL : scope->captured ? scope->frame.next : scope->parent->frames;
}

// ---- frames of the runtime's own ----

fx_frame *fx_open_frame(fx_runtime *rt, const fx_frame_info *info) {
    fx_frame *frame = (fx_frame *)fx_allocate(rt, info->words + 2u, FX_INFO_FRAME, 0, 0);
    frame->info = info;
    fx_reopen_frame(rt, frame);
    return frame;
}

void fx_capture(fx_runtime *rt, fx_frame *frame) {
    frame->next = NULL;
    *rt->capture = frame;
    rt->capture = &frame->next;
}

void fx_suspend_frame(fx_runtime *rt, fx_frame *frame) {
    rt->internals->open = frame->next;
    fx_capture(rt, frame);
}

void fx_close_frame(fx_runtime *rt, fx_frame *frame) {
    rt->internals->open = frame->next;
    fx_free_frame(rt, frame);
}

// ---- running ----

fx_answer fx_unwind(fx_runtime *rt, fx_outcome reason, fx_fault_record *fault) {
    rt->task->unwinding = (uint8_t)reason;
    rt->task->fault = fault;
    if (!rt->task->release_by) rt->task->release_by = fx_release_limit(rt); // is_watched: it is not 0
    return (fx_answer){0, 1};
}

fx_answer fx_unwind_again(fx_runtime *rt, fx_outcome reason, fx_fault_record *fault) {
    const fx_task *task = rt->task;
    if (reason != OUTCOME_ABORT || !task->cancelled || task->shield) return fx_unwind(rt, reason, fault);
    fx_fault_free(rt, fault);
    return fx_stop(rt);
}

static void enter(fx_runtime *rt, fx_task *task) {
    struct fx_internals *internals = rt->internals;
    rt->task = task;
    task->state = TASK_RUNNING;
    internals->captured = internals->open = NULL;
    rt->capture = &internals->captured;
}

// Puts what was captured in front of the task's frames.
static void collect(fx_runtime *rt, fx_task *task) {
    struct fx_internals *internals = rt->internals;
    *rt->capture = task->frames;
    task->frames = internals->captured;
    internals->captured = NULL;
    rt->capture = &internals->captured;
}

static void end_task(fx_runtime *rt, fx_task *task, fx_outcome outcome, fx_value value) {
    task->state = TASK_ENDED;
    if (rt->observer) fx_trace_end(rt, task, outcome);
    if (task->within) {
        fx_scope_child_ended(rt, task->within, task, outcome, value);
        return;
    }
    if (task->is_orphan) {
        rt->internals->orphans--;
        if (task->fault) fx_fault_suppress(rt, NULL, task->fault);
        fx_task_free(rt, task);
        return;
    }
    if (outcome == OUTCOME_ANSWER) task->value = value;
    task->unwinding = (uint8_t)outcome; // main.c reads how it ended
}

// The innermost frame's part in unwinding.
static fx_answer unwind_frame(fx_runtime *rt, fx_frame *frame) {
    if (frame->info->unwind) return frame->info->unwind(rt, frame);
    fx_drop_frame(rt, frame);
    return (fx_answer){0, 1};
}

// Goes on with an answer, or suspended or unwinding, until no frame is left; false: the task waits. Two words and no fx_answer, which the C compiler
// would keep in memory.
static inline __attribute__((always_inline)) bool drive(fx_runtime *rt, fx_task *task, fx_value *value, fx_value suspended) {
    for (;;) {
        fx_answer answer;
        if (suspended) {
            collect(rt, task);
            if (rt->internals->control && !task->unwinding) {
                answer = fx_take_control(rt);
                *value = answer.value, suspended = answer.suspended;
                if (suspended) continue;
            } else if (!task->unwinding) return false;
        }
        fx_frame *frame = task->frames;
        if (!frame) return true;
        task->frames = frame->next;
        answer = task->unwinding ? unwind_frame(rt, frame) : frame->info->resume(rt, frame, *value);
        *value = answer.value, suspended = answer.suspended;
    }
}

static inline __attribute__((always_inline)) void go_on(fx_runtime *rt, fx_task *task, fx_value value, fx_value suspended) {
    if (drive(rt, task, &value, suspended)) end_task(rt, task, task->unwinding ? task->unwinding : OUTCOME_ANSWER, value);
    else if (task->releasing && task->release_by) fx_watch_release(rt, task);
}

// After the jump of a fault (R11): what unwinds is what was captured, the open constructs, the frames.
static void gather_faulted(fx_runtime *rt, fx_task *task) {
    fx_fault_record *fault = rt->internals->raised;
    rt->internals->raised = NULL;
    rt->internals->control = CONTROL_NONE; // it was suspending for a control clause
    fx_cut_off_isolates(rt->internals->captured);
    *rt->capture = rt->internals->open;
    while (*rt->capture) rt->capture = &(*rt->capture)->next;
    rt->internals->open = NULL;
    if (!task->unwinding) fx_unwind(rt, OUTCOME_FAULT, fault);
    else if (fault) fx_fault_suppress(rt, task->fault, fault);
}

// When the fault came while the task was suspending (there was no memory for a frame), its request is withdrawn first.
void fx_resume_faulted(fx_runtime *rt) {
    fx_task *task = rt->task;
    if (task->state == TASK_READY && !task->unwinding) fx_drop_answer(rt, task);
    gather_faulted(rt, task);
    if (task->state == TASK_RUNNING) go_on(rt, task, FX_UNIT, 1);
    else {
        collect(rt, task);
        if (task->state == TASK_WAITING) fx_ask_cancel(rt, task);
    }
}

// Its C function answers no fx_answer: what unwinds goes on outward by a jump.
static _Noreturn void unwind_outward(fx_runtime *rt) {
    rt->internals->forced = true;
    fx_leave_catches(rt);
    _longjmp(*rt->internals->jump, 1);
}

fx_answer fx_finish_now(fx_runtime *rt, fx_answer answer) {
    struct fx_internals *internals = rt->internals;
    fx_task *task = rt->task;
    fx_frame *frames = task->frames, *open = internals->open;
    jmp_buf *outer = internals->jump, jump;
    task->frames = internals->open = NULL;
    internals->jump = &jump;
    if (_setjmp(jump)) {
        gather_faulted(rt, task);
        answer = (fx_answer){0, 1};
    }
    fx_value value = answer.value;
    bool ended = drive(rt, task, &value, answer.suspended);
    internals->jump = outer;
    internals->open = open;
    task->frames = frames;
    if (!ended) fx_fault(rt, NULL, "a computation waits where its type says that none can: a bug in fx");
    if (task->unwinding) unwind_outward(rt);
    return fx_done(value);
}

// It is not to go on with its answer, or somebody looks.
static __attribute__((noinline)) bool deliver_with_care(fx_runtime *rt, fx_task *task, fx_value value) {
    bool deliver = !task->unwinding;
    if (deliver) task->value = 0;
    if (rt->observer) fx_trace_waited(rt, task);
    if (task->request) deliver = fx_take_answer(rt, task, value);
    else if (deliver && fx_task_is_stopped(rt, task)) {
        fx_drop_as(rt, task->value_is, value);
        deliver = false;
    }
    task->value_is = FX_WORD;
    if (!deliver && !task->unwinding) fx_unwind(rt, OUTCOME_CANCELLED, NULL);
    return deliver;
}

// Whether it goes on with the value, its answer. (What the request's end has just stored is not loaded together with what was there before: the
// processor would wait.)
static inline __attribute__((always_inline)) bool deliver(fx_runtime *rt, fx_task *task, fx_value value) {
    fx_request *request = task->request;
    if (task->unwinding || task->may_stop || rt->observer || (request && request->object.tag != REQUEST_FINISHED)) return deliver_with_care(rt, task, value);
    task->value = 0;
    task->value_is = FX_WORD;
    if (!request) return true;
    task->request = NULL;
    if (!(request->object.counted & (REQUEST_KEPT | REQUEST_HELD))) fx_free_request(rt, request);
    return true;
}

// C2: when the answers of both branches came in the same turn, the left one goes first.
static __attribute__((noinline)) fx_task *left_before(fx_task *task) {
    fx_scope *scope = fx_right_of(task) || fx_more_of(task)->index == 1 ? task->within : NULL;
    fx_task *left = scope && fx_is_two_branches(scope) ? scope->first : NULL;
    return left && fx_more_of(left)->index == 0 && left->state == TASK_READY && left->turn == task->turn ? left : task;
}

static inline fx_task *next_task(fx_runtime *rt, fx_task *first) {
    if (first->turn && first->within) {
        first = left_before(first);
        fx_remove_ready(rt, first);
        return first;
    }
    struct fx_internals *internals = rt->internals;
    internals->ready_first = first->next_ready;
    *(first->next_ready ? &first->next_ready->previous_ready : &internals->ready_last) = NULL;
    return first;
}

static inline __attribute__((always_inline)) void run_task(fx_runtime *rt, fx_task *task) {
    fx_value value = task->value;
    enter(rt, task);
    rt->served = 0;
    bool has_answer = deliver(rt, task, value);
    go_on(rt, task, value, !has_answer);
}

void fx_run_ready(fx_runtime *rt, volatile unsigned *left) {
    struct fx_internals *internals = rt->internals;
    for (fx_task *first; (first = internals->ready_first) && *left;) {
        *left = *left - 1;
        fx_walk_step(rt);
        run_task(rt, next_task(rt, first));
    }
}

void fx_start_inline(fx_runtime *rt, fx_task *task, fx_answer (*begin)(fx_runtime *rt, void *context), void *context) {
    struct fx_internals *internals = rt->internals;
    fx_task *parent = rt->task;
    fx_frame **capture = rt->capture, *captured = internals->captured, *open = internals->open;
    jmp_buf *outer = internals->jump, jump;
    if (rt->observer) fx_trace_task(rt, task, begin == fx_begin_computation ? context : NULL);
    enter(rt, task);
    internals->jump = &jump;
    if (_setjmp(jump) == 0) {
        fx_answer answer = begin(rt, context);
        go_on(rt, task, answer.value, answer.suspended);
    } else fx_resume_faulted(rt);
    internals->jump = outer;
    internals->captured = captured;
    internals->open = open;
    rt->task = parent;
    rt->capture = capture;
}

fx_answer fx_begin_computation(fx_runtime *rt, void *computation) { return fx_run0(rt, fx_value_of(computation)); }

// ---- a computation that begins later ----

static fx_answer resume_start(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    (void)answer;
    fx_value computation = frame->saved[0];
    fx_free_frame(rt, frame);
    return fx_run0(rt, computation);
}

static const fx_frame_info start_frame = {resume_start, NULL, "task", NULL, 1, 1, 0};

void fx_start_later(fx_runtime *rt, fx_scope *scope, fx_value computation) {
    fx_frame *frame = (fx_frame *)fx_allocate(rt, start_frame.words + 2u, FX_INFO_FRAME, 0, 0);
    frame->info = &start_frame;
    frame->next = NULL;
    frame->saved[0] = computation;
    fx_task *task = fx_task_make(rt, scope);
    task->frames = frame;
    if (rt->observer) fx_trace_task(rt, task, fx_object_of(computation));
    fx_make_ready(rt, task);
}

// ---- yield ----

fx_answer fx_yield(fx_runtime *rt) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    if (rt->observer) fx_observe_yield(rt);
    rt->task->value = FX_UNIT;
    fx_make_ready(rt, rt->task);
    return (fx_answer){0, 1};
}

// ---- a continuation that was dropped ----

static fx_answer begin_unwinding(fx_runtime *rt, void *frames) {
    fx_task *task = rt->task;
    unsigned shields, releases;
    task->frames = frames;
    fx_count_shields(frames, &shields, &releases);
    task->shield = (uint16_t)shields;
    task->releasing = (uint16_t)releases;
    return fx_unwind(rt, OUTCOME_CANCELLED, NULL);
}

void fx_cancel_frames(fx_runtime *rt, fx_frame *frames, fx_value environment) {
    fx_task *task = fx_task_make(rt, NULL);
    task->environment = environment;
    task->is_orphan = true;
    rt->internals->orphans++;
    fx_start_inline(rt, task, begin_unwinding, frames);
}
