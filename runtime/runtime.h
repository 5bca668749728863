#ifndef FX_RUNTIME_H
#define FX_RUNTIME_H
// What the runtime's own files share. docs/runtime.md has the rules (R1..R25, C1..C15); fx.h is what everyone else sees.

#include <setjmp.h>
#include <stdarg.h>
#include <uv.h>
#include "fx.h"

// ---- fault.c ----

// A fault on its way outward. Owned by the task that unwinds for it, then by the scope whose outcome it is.
typedef struct fx_fault_record {
    char *message;
    char *place;                        // "FILE.fx:LINE:COLUMN", or NULL
    char *trace;                        // one line for each let! that led there
    struct fx_fault_record *suppressed; // C3: those that came after
    fx_value handler, clause;           // an abort (R30): the handler it goes to; its clause, which with these arguments is then the handle's
    fx_value arguments[3];
    unsigned argument_count;
} fx_fault_record;

fx_fault_record *fx_fault_make(fx_runtime *rt, const char *place, const char *format, va_list arguments);
void fx_fault_free(fx_runtime *rt, fx_fault_record *fault);
// `later` (may be NULL) never replaces `first` (NULL: there was no fault to show it with): it is shown with it, or, as every abort, only counted.
void fx_fault_suppress(fx_runtime *rt, fx_fault_record *first, fx_fault_record *later);
void fx_fault_print(fx_runtime *rt, const fx_fault_record *fault);
// A fault outside any task: flushes and ends the process with status 70.
_Noreturn void fx_die(fx_runtime *rt, const char *message);
// Jumps to where the running task was started or resumed (R11).
_Noreturn void fx_raise(fx_runtime *rt, fx_fault_record *fault);

// ---- chain.c ----
// Calls `found` for each let! and each call of C whose call is on the C stack, innermost first.
// place: of a call of C, up to the end of its line, else NULL. text: "function, place", then lines for those that it was inlined to; or NULL.
// is_beyond: the call was made before `end`, a place on the stack, was reached.
typedef void fx_chain_found(void *context, const char *place, const char *text, bool is_beyond);
void fx_walk_chain(fx_chain_found *found, void *context, const void *end);

// ---- recursion.c ----
// The function whose recursion has exhausted the stack on which this is called, and where it stands; NULL: it is not known. `other`: one that
// calls it and is called by it in turns, or NULL. The texts live as long as the program.
const char *fx_find_recursion(fx_runtime *rt, const char **other, const char **place);

// ---- task.c ----

typedef enum { TASK_RUNNING, TASK_READY, TASK_WAITING, TASK_ENDED } fx_task_state;

// How a task ended, or what it unwinds for.
typedef enum { OUTCOME_NONE, OUTCOME_ANSWER, OUTCOME_CANCELLED, OUTCOME_EXIT, OUTCOME_FAULT, OUTCOME_ABORT } fx_outcome;

typedef struct fx_scope fx_scope;

// What a task has besides when it is one of many branches, or there is a deadline.
typedef struct fx_task_more {
    fx_task *next, *previous; // children of the scope
    uint64_t deadline;        // C9; 0: none
    uint32_t index;           // which branch
} fx_task_more;

struct fx_task {
    union {
        fx_object object;
        struct {
            uint32_t object_count;
            uint16_t object_info;
            uint8_t state;
            uint8_t unwinding; // fx_outcome: the reason, NONE: it does not
        };
    };
    fx_value environment;    // R28: the handlers in force
    union {
        uint8_t may_stop;    // any of these
        struct {
            bool cancelled : 1;    // with shield and releasing: where it runs now, within the innermost join
            bool expired : 1;      // the time for releases is over: no shield counts
            bool has_deadline : 1;
        };
    };
    uint8_t value_is : 2;    // READY without a request: how value is held
    bool is_watched : 1;
    bool has_more : 1;
    bool is_orphan : 1;      // it unwinds a dropped continuation
    uint16_t turn;           // READY: of the poll that brought its answer (its last bits); 0: it was another task
    uint16_t shield;         // R9
    uint16_t releasing;      // brackets whose release runs
    fx_frame *frames;        // R5: the continuation, innermost first
    union {
        fx_value value;          // READY without a request: what it is resumed with; with one: the request's answer; RUNNING: 0
        fx_fault_record *fault;  // unwinding: what for
    };
    fx_request *request;     // what it waits for, or whose answer it has not yet been given
    fx_scope *within;        // R15: the innermost of the joins whose right branch it runs, or else the scope whose child it is; NULL: main's task
    fx_task *next_ready, *previous_ready; // ready queue
    union {
        uint64_t release_by; // when releases end by force (R13); 0: neither cancelled nor unwinding
        struct fx_release_timer *release_timer; // is_watched: the timer for that
    };
    fx_task_more more[];
};
_Static_assert(offsetof(fx_task, environment) == offsetof(fx_task_head, environment) && offsetof(fx_task, may_stop) == offsetof(fx_task_head, may_stop),
               "a task begins with its head");

extern const fx_task_more fx_no_more;
static inline const fx_task_more *fx_more_of(const fx_task *task) { return task->has_more ? task->more : &fx_no_more; }

enum { REQUEST_PENDING, REQUEST_FINISHED, REQUEST_WITHDRAWN }; // object.tag of a request
// object.counted: cancel was called; a scope, which its frame frees; it waits for a descriptor, and so is not in flight (R20); someone else
// frees it when it has ended (the interpreter); it is refused a descriptor last
enum { REQUEST_ASKED = 1, REQUEST_KEPT = 2, REQUEST_ASIDE = 4, REQUEST_HELD = 8, REQUEST_PATIENT = 16 };

fx_task *fx_task_make(fx_runtime *rt, fx_scope *scope);
void fx_task_free(fx_runtime *rt, fx_task *task);
const fx_task *fx_parent_of(const fx_task *task); // NULL: it has none
// What the task's parent has still to do, when the task's scope has ended.
const fx_frame *fx_frames_around(const fx_task *task);
// Starts a new task on this C stack; returns when it first waits or has ended (and may then be freed).
void fx_start_inline(fx_runtime *rt, fx_task *task, fx_answer (*begin)(fx_runtime *rt, void *context), void *context);
fx_answer fx_begin_computation(fx_runtime *rt, void *computation); // a `begin`: owns the computation
// Puts a new child that will run the computation, which it owns, at the end of the ready queue.
void fx_start_later(fx_runtime *rt, fx_scope *scope, fx_value computation);
// Runs those that are ready while *left, which it counts down, is not 0. A fault of one of them jumps.
void fx_run_ready(fx_runtime *rt, volatile unsigned *left);
// After a jump to the loop's own setjmp: the running task has raised a fault and goes on unwinding.
void fx_resume_faulted(fx_runtime *rt);
static inline void fx_make_ready(fx_runtime *rt, fx_task *task);
fx_answer fx_unwind(fx_runtime *rt, fx_outcome reason, fx_fault_record *fault); // the running task from here on

// The same after a release, or the end of its children, for which its unwinding was interrupted: an abort of a task that was cancelled
// meanwhile does not land (C6). Owns the fault.
fx_answer fx_unwind_again(fx_runtime *rt, fx_outcome reason, fx_fault_record *fault);

// Frames of the runtime's own that must act on unwinding: opened before their body runs, then suspended or closed with it (R11).
fx_frame *fx_open_frame(fx_runtime *rt, const fx_frame_info *info);
static inline void fx_reopen_frame(fx_runtime *rt, fx_frame *frame);
void fx_suspend_frame(fx_runtime *rt, fx_frame *frame);
void fx_close_frame(fx_runtime *rt, fx_frame *frame); // frees it
void fx_capture(fx_runtime *rt, fx_frame *frame);     // one that was never open

// ---- request.c ----
static inline void fx_free_request(fx_runtime *rt, fx_request *request) {
    if (request->type->clean) request->type->clean(rt, request);
    fx_free(rt, &request->object, (unsigned)((request->type->size - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value)));
}
// Frees the ended request of a task that goes on; answers whether `answer`, its own, is to be delivered (else it has been disposed of).
bool fx_take_answer(fx_runtime *rt, fx_task *task, fx_value answer);
void fx_drop_answer(fx_runtime *rt, fx_task *task); // of a task that is READY
// R7, C7: the task goes on, unwinding, without its request, which ends later for nobody.
void fx_abandon(fx_runtime *rt, fx_request *request);

void fx_enqueue_first(fx_queue *queue, fx_request *request);

// It waits for a descriptor of this process, or again for the system.
void fx_set_aside(fx_runtime *rt, fx_request *request);
void fx_set_in_flight(fx_runtime *rt, fx_request *request);

// ---- cancel.c ----
static inline bool fx_task_is_stopped(fx_runtime *rt, fx_task *task) {
    return __builtin_expect(task->may_stop, 0) && fx_task_is_stopped_now(rt, task);
}
void fx_task_cancel(fx_runtime *rt, fx_task *task, uint64_t release_by); // C6, R9
// Only what the task runs within `scope`, a join whose right branch it runs (NULL: all): the left branches begun there with it.
void fx_task_cancel_within(fx_runtime *rt, fx_task *task, fx_scope *scope, uint64_t release_by);
void fx_ask_cancel(fx_runtime *rt, fx_task *task);                      // its pending request, unless that was asked before
uint64_t fx_release_limit(fx_runtime *rt);                              // R13: from now
void fx_watch_release(fx_runtime *rt, fx_task *task);                   // it waits in a release
void fx_stop_release_timer(fx_runtime *rt, fx_task *task);
static inline void fx_unwatch_release(fx_runtime *rt, fx_task *task) {
    if (task->is_watched) fx_stop_release_timer(rt, task);
}
uint64_t fx_release_by(const fx_task *task);             // when its releases end by force; 0: no such time
void fx_end_unwinding(fx_runtime *rt, fx_task *task);    // it goes on where its unwinding led

// ---- scope.c ----

typedef struct fx_scope_type {
    fx_request_type request;
    bool two_branches;
    bool one_child; // join: the right branch is the parent's own
    void (*answered)(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value); // owns value
    fx_value (*result)(fx_runtime *rt, fx_scope *scope);                               // moves the values out
    void (*drop)(fx_runtime *rt, fx_scope *scope);                                     // the values will not be used
    // A child failed: true when that is an answer and not a failure of the scope (isolate). Owns the fault then. May be NULL.
    bool (*failed)(fx_runtime *rt, fx_scope *scope, fx_outcome outcome, fx_fault_record *fault);
} fx_scope_type;

struct fx_scope {
    union {
        fx_frame frame;     // the parent's, that leads to the scope; open (R11) until the parent waits
        fx_request request; // the parent's; its type is the first member of an fx_scope_type. It stands in no queue and waits for no descriptor
        struct {
            fx_object object;
            fx_frame *frame_next;
            const fx_frame_info *frame_info;
            const fx_request_type *request_type;
            fx_task *parent;
            fx_task *first;
            union {
                fx_task *last;
                fx_scope *inward;            // one_child, in_right: while its left branch is cancelled, who comes next
                fx_value left;               // one_child: when it has ended, its answer
                fx_fault_record *only_fault; // one_child: when the scope has failed
            };
        };
    };
    union {
        fx_scope *enclosing; // in_right: what the parent was within
        fx_value value;      // of the right branch, or the only one
        fx_fault_record *only_parent_fault; // one_child, parent_reason
    };
    uint32_t running : 30;
    bool waiting : 1;       // the parent has suspended until the last child ends
    bool captured : 1;      // the frame is among those of the parent
    uint16_t outer_shield;  // in_right: the parent's `shield` and `cancelled` outside
    bool outer_cancelled : 1;
    bool in_right : 1;      // join: the parent itself runs the right branch
    bool decided : 1;       // no further branch starts: first has its answer
    bool can_wait : 1;      // a child could wait, so the parent may suspend
    uint8_t ended : 2;      // which branches have answered, by bits
    uint8_t is : 2, right_is : 2; // representations of the answers
    uint8_t outcome : 3;    // NONE or the first failure
    uint8_t parent_reason : 3; // the parent unwinds, and waits for its children before it goes on unwinding: what for
};
_Static_assert(offsetof(fx_request, type) == sizeof(fx_frame), "a scope is a frame and a request at once");

// How the scopes begin that may have more than one child.
typedef struct fx_branches {
    fx_scope scope;
    fx_fault_record *fault, *parent_fault;
    uint32_t started; // how many
} fx_branches;

static inline void *fx_scope_make(fx_runtime *rt, const fx_scope_type *type);
extern const fx_frame_info fx_scope_frame;
void fx_scope_cancel(fx_runtime *rt, fx_scope *scope, uint64_t release_by);
void fx_scope_child_ended(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_outcome outcome, fx_value value);
// Starts one more branch on this C stack, unless the scope has failed or its parent is cancelled: then drops it. Owns the computation.
void fx_scope_start(fx_runtime *rt, fx_scope *scope, fx_value computation);
// All branches have been started: answers, or lets the parent wait (R14).
fx_answer fx_scope_answer(fx_runtime *rt, fx_scope *scope);
// The parent goes on by itself: all children have ended, the values have been moved out. Only before fx_scope_answer.
void fx_scope_leave(fx_runtime *rt, fx_scope *scope);
// join: the right branch runs in the parent's own task while the left one waits (R15). Owns the computation.
fx_answer fx_scope_run_right(fx_runtime *rt, fx_scope *scope, fx_value computation);
void fx_scope_withdraw(fx_runtime *rt, fx_request *request); // `cancel` of every scope
bool fx_is_two_branches(const fx_scope *scope); // join or first: the left goes first (C2)
bool fx_can_wait(fx_value computation); // a closure that may answer suspended
static inline fx_scope *fx_scope_of(fx_request *request) { return (fx_scope *)request; }
// The joins whose right branch the task runs: the innermost, and the one around it; NULL: there is none.
static inline fx_scope *fx_right_of(const fx_task *task) {
    return task->within && task->within->parent == task ? task->within : NULL;
}
static inline fx_scope *fx_outer_right(const fx_scope *inner) {
    fx_scope *outer = inner->enclosing;
    return outer && outer->parent == inner->parent ? outer : NULL;
}
// Whose child it is; NULL: it has no parent.
static inline fx_scope *fx_scope_around(const fx_task *task) {
    fx_scope *scope = task->within;
    while (scope && scope->parent == task) scope = scope->enclosing;
    return scope;
}
static inline const fx_scope_type *fx_scope_type_of(const fx_scope *scope) { return (const fx_scope_type *)scope->request.type; }

void fx_timeout_check(fx_runtime *rt, fx_task *task); // timeout.c: C9, its deadline has passed

// ---- handler.c, environment.c, control.c (R28 to R31) ----

// An environment is an array, shared and never changed: whether a handler with control clauses encloses, what was installed last, and by
// its place (from 1) what is in force for each effect that the program handles.
enum { FX_CONTROLLED, FX_INSTALLED };
enum { FX_CLAUSE_PLAIN, FX_CLAUSE_ABORTS, FX_CLAUSE_CONTROLS, FX_CLAUSE_RESUMES }; // RESUMES: a control clause that begins by resuming, once

// What a handle, or `run` of a cell, puts into the environment; made by the program as a tuple. One for each time that it runs.
enum {
    FX_ITS_FRAME,          // of the handle, 0 when that has ended or is in a continuation. While environments are rebuilt: what stands in for this installation
    FX_INSIDE,             // the environment that it made; not counted
    FX_HANDLER_OUTER,      // the environment around it
    FX_HANDLER_MODES,      // a byte for each operation: how its answer is held (bits 2 and 3), what its clause does (bits 0 and 1)
    FX_HANDLER_CLAUSES,
    FX_CELL_VALUE = FX_HANDLER_OUTER,
    FX_CELL_OUTER,
};
enum { FX_HANDLER = 1, FX_PRIVATE_CELL, FX_REPLACED }; // tag of an installation
// The frame of a handle or a `run`. PLACE: the place, from bit 3; how the answer is held, in bits 1 and 2; whether there are control clauses.
// TUPLE: what a handle was made from, when that is static data, else 0. The last two are counted.
enum { FX_HANDLE_PLACE, FX_HANDLE_TUPLE, FX_HANDLE_INSTALLED, FX_HANDLE_RETURN, FX_HANDLE_WORDS };
extern const fx_frame_info fx_handle_frame, fx_run_frame, fx_environment_frame;
extern const fx_frame_info fx_shield_frame;  // bracket.c
extern const fx_frame_info fx_isolate_frame; // isolate.c; saved: how the answer is held, the environment
// A fault came while these frames were being captured: what lay between them and the task's frames is lost, so no isolate among them goes on with it.
void fx_cut_off_isolates(fx_frame *frames);

static inline fx_array *fx_array_of(fx_value value) { return (fx_array *)fx_object_of(value); }
static inline fx_object *fx_installation_of(const fx_frame *frame) { return fx_object_of(frame->saved[FX_HANDLE_INSTALLED]); }
// Where an installation keeps the environment around it.
static inline fx_value *fx_outer_of(fx_object *installed) {
    return &installed->fields[installed->tag == FX_PRIVATE_CELL ? FX_CELL_OUTER : FX_HANDLER_OUTER];
}
static inline fx_representation fx_answer_is(const fx_frame *frame) { return (fx_representation)(frame->saved[FX_HANDLE_PLACE] >> 1 & 3); }
static inline size_t fx_place_in(fx_value place) { return (size_t)(place >> 3) + 1; } // of what has such a PLACE, among an environment's items
static inline fx_value fx_modes_of(const fx_object *handler) { return handler->fields[FX_HANDLER_MODES]; }

void fx_open_environments(fx_runtime *rt); // the root's: nothing is handled
void fx_free_environments(fx_runtime *rt);
bool fx_control_encloses(fx_runtime *rt);         // a handler with control clauses: tasks are sequential
bool fx_is_controlled(fx_value environment);
void fx_enter_environment(fx_runtime *rt, fx_value environment); // of the running task; owns it
// An installation of its own from the program's tuple, which it owns; and the environment with it in the frame's place around the running task.
fx_object *fx_make_installation(fx_runtime *rt, fx_value tuple, unsigned tag);
void fx_install(fx_runtime *rt, fx_frame *frame, fx_object *installed);
void fx_drop_spare_handle(fx_runtime *rt);
// The environment around what the frame has installed is in force again; frees the frame and what it holds, but for its return function.
void fx_uninstall(fx_runtime *rt, fx_frame *frame);
fx_object *fx_copy_installation(fx_runtime *rt, const fx_object *installed);
fx_value fx_extend_environment(fx_runtime *rt, fx_value outer, fx_value place, fx_object *installed);
// The frames, with copies of all that they install, go on around `outer` instead of `was_outer`; so does the environment, whose successor it answers.
fx_value fx_rebuild_environments(fx_runtime *rt, fx_frame *frames, fx_value environment, fx_value was_outer, fx_value outer);
fx_value *fx_environment_in(fx_frame *frame); // bracket.c: where a bracket's frame keeps one; NULL: it is none
// Owns the clause and its arguments, the first `count` of rt->arguments.
fx_answer fx_perform_control(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count, fx_representation answer_is);
// The same of a clause that resumes at once: no continuation is made if the handle's frame has been captured before (its tag).
enum { FX_CAPTURED = 1 };
fx_answer fx_perform_resuming(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count, fx_representation answer_is);
void fx_destroy_continuation(fx_runtime *rt, fx_object *continuation); // the last reference is gone: gives back all it holds but its own memory
extern const fx_frame_info fx_rest_frame;
const fx_frame *fx_rest_of(const fx_frame *frame, const fx_frame **end); // what a frame of that kind stands for, up to `end`
fx_answer fx_run_control(fx_runtime *rt, fx_frame *frame); // at the handle's own frame, the last of what was captured
// Runs the computation, which it owns, when all of the C stack has been captured: a fault of it unwinds frames only.
fx_answer fx_run_captured(fx_runtime *rt, fx_value computation);
fx_answer fx_take_control(fx_runtime *rt);        // all of the running task's C stack is in its frames
// Goes on at once with what was captured, where the row says that nothing waits (task.c).
fx_answer fx_finish_now(fx_runtime *rt, fx_answer answer);
uint64_t fx_counted_parameters(fx_runtime *rt, const fx_object *closure); // closure.c: by bits
// How a runtime's closure of one argument says how that is held: the description of a partial application (closure.c).
enum { FX_HELD_LIMIT = FX_MADE_WORDS - 3 }; // arguments that a partial application holds
static inline fx_value fx_partial_parameter(fx_representation is) { return (fx_value)(is == FX_COUNTED) << (5 + FX_HELD_LIMIT); }
// bracket.c: how many of the frames shield their task, and how many are releases.
void fx_count_shields(const fx_frame *frames, unsigned *shields, unsigned *releases);
// bracket.c: frames, of which the last is a handle's with an answer that is held so, become a continuation. When a release among them has interrupted
// an unwinding that would go on behind the handle, that is put in front of the task's frames, and it answers true.
bool fx_hold_unwinding(fx_runtime *rt, fx_frame *frames, fx_representation answer_is);
bool fx_holds_unwinding(const fx_task *task); // it has such an unwinding in front of it
// task.c: a continuation that was dropped is cancelled: its releases run, in the environment it had. Owns both.
void fx_cancel_frames(fx_runtime *rt, fx_frame *frames, fx_value environment);

// ---- catch.c ----
typedef struct fx_catch fx_catch; // a handle that is left by a jump
void fx_leave_catches(fx_runtime *rt); // those that a fault leaves, which is about to jump; what their functions hold is lost (R11)

// ---- walk.c: for tests; nothing but in FX_MALLOC builds ----
#ifdef FX_MALLOC
void fx_walk_open(fx_runtime *rt);
bool fx_walk_fails(fx_runtime *rt); // this allocation
void fx_walk_step(fx_runtime *rt);
void fx_walk_close(fx_runtime *rt);
#else
static inline void fx_walk_open(fx_runtime *rt) { (void)rt; }
static inline bool fx_walk_fails(fx_runtime *rt) { return (void)rt, false; }
static inline void fx_walk_step(fx_runtime *rt) { (void)rt; }
static inline void fx_walk_close(fx_runtime *rt) { (void)rt; }
#endif

// ---- loop.c ----
int fx_loop_run(fx_runtime *rt);            // until main's task has ended
void fx_loop_close(fx_runtime *rt);         // R21; sets internals->leaked when uv_loop_close is not content

// ---- library.c ----
void fx_close_libraries(fx_runtime *rt);
void fx_free_libraries(fx_runtime *rt);

// ---- timer.c ----
void fx_timers_arm(fx_runtime *rt);                       // before polling
bool fx_timers_due(fx_runtime *rt);                       // some deadline has passed
void fx_timers_expire(fx_runtime *rt);
void fx_timers_free(fx_runtime *rt);

// ---- pool.c, descriptor.c ----
void fx_pool_close(fx_runtime *rt);                       // joins the threads
void fx_pool_free(fx_runtime *rt);
void fx_descriptors_open(fx_runtime *rt);                 // fills the standard streams, raises the soft limit
void fx_descriptors_close(fx_runtime *rt);
bool fx_descriptors_may_come(fx_runtime *rt);             // R20: from other processes, and all who wait for them are patient
bool fx_descriptors_refuse_one(fx_runtime *rt);           // R20: whether one was waiting
bool fx_descriptors_take(fx_runtime *rt, size_t count);   // all of them or none, whoever waits
void fx_descriptors_serve(fx_runtime *rt);                // those who wait, as far as the tokens reach
void fx_descriptor_passed(fx_runtime *rt);                // a job has opened and closed one: who was refused may try again
typedef struct fx_pool fx_pool;

// ---- watch.c ----
void fx_watches_poll(fx_runtime *rt, bool may_block); // one look at the world, libuv's part too
void fx_watches_close(fx_runtime *rt);

// ---- signal.c ----
void fx_signals_open(fx_runtime *rt);
void fx_signals_close(fx_runtime *rt);
int fx_signal_asked(void); // the signal that has asked the process to end, before its runtime may have looked; 0: none

// ---- stack.c ----
// Runs `body` on a stack of its own with a guarded end (R22).
void fx_stack_run(void (*body)(void *context), void *context);
size_t fx_stack_size(void); // in bytes: what is wanted of it
void fx_stack_watch(fx_runtime *rt); // stack exhausted becomes a fault of this runtime's running task

// ---- heap.c, check.c ----
typedef struct fx_page {
    struct fx_page *next;
    size_t size, carved; // bytes after the header
} fx_page;
typedef struct fx_large { struct fx_large *next, *previous; fx_object object; } fx_large;

void *fx_memory(fx_runtime *rt, size_t size); // never NULL: memory exhausted is a fault
void *fx_memory_again(fx_runtime *rt, void *memory, size_t size); // the same as realloc
void fx_heap_free(fx_runtime *rt);
size_t fx_object_words(fx_runtime *rt, const fx_object *object);
void fx_each_live(fx_runtime *rt, void (*visit)(void *context, const fx_object *object), void *context);
bool fx_check_emptiness(fx_runtime *rt); // prints what is left
void fx_drop_frame(fx_runtime *rt, fx_frame *frame);

// ---- observe.c, record.c, trace.c, shape.c: FX_RECORD and FX_TRACE; only while rt->observer is there ----
void fx_observe_open(fx_runtime *rt); // by the environment
void fx_observe_close(fx_runtime *rt, int status);
void fx_observe_poll(fx_runtime *rt);
void fx_observe_arrival(fx_runtime *rt, const fx_task *task, bool is_withdrawn);
void fx_observe_fault(fx_runtime *rt, const char *message); // one is raised, maybe by the call that is being made
const char *fx_observed_site(const fx_runtime *rt);                 // of the call that is being made; NULL: none is
void fx_observe_gone(fx_runtime *rt, const fx_object *resource);
void fx_observe_yield(fx_runtime *rt);
uint64_t fx_observe_timeout(fx_runtime *rt, uint64_t deadline); // answers its number
void fx_observe_expired(fx_runtime *rt, uint64_t timeout, bool starting);
void fx_observe_signal(fx_runtime *rt, int number);
// A task runs `computation` (NULL: something of the runtime's), has ended, waits for another task, waits no longer.
void fx_trace_task(fx_runtime *rt, const fx_task *task, const fx_object *computation);
void fx_trace_end(fx_runtime *rt, const fx_task *task, fx_outcome outcome);
void fx_trace_wait(fx_runtime *rt, const fx_task *task);
void fx_trace_waited(fx_runtime *rt, const fx_task *task);
// The task enters the right branch of a join, and leaves it (R15).
void fx_trace_right(fx_runtime *rt, const fx_task *task, const fx_object *computation);
void fx_trace_right_ended(fx_runtime *rt, const fx_task *task);

// ---- the rest of a runtime ----

typedef struct fx_library_entry {
    struct fx_library_entry *next;
    const fx_library *library;
    void *state;
} fx_library_entry;

enum { CONTROL_NONE, CONTROL_CLAUSE, CONTROL_RESUME, CONTROL_RUN, CONTROL_ANSWER };

struct fx_internals {
    uv_loop_t loop;
    uv_timer_t wake;
    uv_async_t signal_wake;
    fx_queue signal_waiters[FX_SIGNALS];

    fx_task *ready_first, *ready_last;
    fx_task *root;
    size_t orphans;                // tasks without a scope that unwind a dropped continuation
    fx_frame *captured;            // what the running task captures now; rt->capture points to its end
    fx_frame *open;                // R11: its constructs whose body is on the C stack, innermost first
    jmp_buf *jump;                 // R11: of the innermost start or resumption
    fx_fault_record *raised;       // the fault that jumps
    uint64_t turn;
    bool polling;
    size_t in_flight;              // requests to the system that are pending
    bool stuck;                    // R20: a deadlock has been raised already

    fx_value root_environment;
    fx_fault_record *spare_record; // of the last abort
    fx_frame *spare_handle;        // of the last handle, when the next can begin with what it had
    fx_value spare_environment;    // that it made
    fx_catch *catching;            // of the handles that are left by a jump the innermost
    unsigned thrown;               // index of the clause that the jump is for
    uint8_t control;               // R31: why the running task suspends, if not to wait
    uint8_t control_count;         // CLAUSE: of the operation's arguments, which are in rt->arguments; more than three are in the clause already
    uint8_t control_answer_is;     // CLAUSE: of the operation
    fx_value control_subject;      // whose clause; what is resumed
    fx_value control_value;        // the clause; with what; what is run; ANSWER: of the operation, whose clause resumes at once

    uint64_t release_time;         // C8, in nanoseconds
    bool ending;                   // every task has been cancelled: exit, signal, deadlock
    int status;
    fx_fault_record *fault;        // why, if it was a deadlock

    fx_timer **timers;             // R19: a heap, from 1
    size_t timer_count, timer_room;
    uint64_t timer_order, armed;   // armed: deadline for which uv_timer runs, 0: none

    struct fx_watcher *watcher;
    fx_pool *pool;
    size_t jobs_abandoned;         // still in their threads

    size_t soft_limit, descriptor_limit, descriptors_used;
    bool descriptors_counted;
    fx_queue descriptor_queue, refused_queue;
    fx_timer refused_again;        // while some are refused

    fx_library_entry *libraries;
    int argument_count;
    char **arguments;

    fx_page *pages[FX_SMALL_WORDS + 1]; // by words; the first is the one that is carved
    fx_large larges;
    uint64_t fail_at, allocations, cancel_at, steps; // walk.c
    size_t isolates;               // Task.isolate under way: a fault within may be survived
    ptrdiff_t brackets;            // that hold a resource, whose release has not begun
    fx_fault_record exhausted;     // made beforehand: memory exhausted
    bool forced;                   // releases were cut short, or a fault was isolated: emptiness cannot be asked for
    bool leaked;
    fx_stats stats;
};

// ---- the ready queue ----

enum { NOT_0 = 1 << 15 }; // of a turn's last bits

static inline void fx_make_ready(fx_runtime *rt, fx_task *task) {
    struct fx_internals *internals = rt->internals;
    fx_task *last = internals->ready_last;
    task->state = TASK_READY;
    task->turn = internals->polling ? (uint16_t)(internals->turn | NOT_0) : 0;
    task->next_ready = NULL;
    task->previous_ready = last;
    *(last ? &last->next_ready : &internals->ready_first) = task;
    internals->ready_last = task;
}

static inline void fx_remove_ready(fx_runtime *rt, fx_task *task) {
    struct fx_internals *internals = rt->internals;
    *(task->previous_ready ? &task->previous_ready->next_ready : &internals->ready_first) = task->next_ready;
    *(task->next_ready ? &task->next_ready->previous_ready : &internals->ready_last) = task->previous_ready;
}

// ---- what many constructs begin with ----

static inline void fx_reopen_frame(fx_runtime *rt, fx_frame *frame) {
    frame->next = rt->internals->open;
    rt->internals->open = frame;
}

static inline unsigned fx_scope_words(const fx_scope_type *type) { return (unsigned)((type->request.size - sizeof(fx_object)) / sizeof(fx_value)); }

static inline void *fx_scope_make(fx_runtime *rt, const fx_scope_type *type) {
    unsigned words = fx_scope_words(type);
    fx_object *object = fx_allocate(rt, words, FX_INFO_REQUEST, REQUEST_PENDING, REQUEST_KEPT);
    memset(object->fields, 0, words * sizeof(fx_value));
    fx_scope *scope = (fx_scope *)object;
    scope->frame.info = &fx_scope_frame;
    scope->request.type = &type->request;
    scope->parent = rt->task;
    fx_reopen_frame(rt, &scope->frame);
    return scope;
}

// cancels everything and gives the program its status; what came first stays.
void fx_end_program(fx_runtime *rt, int status, fx_fault_record *fault);
int fx_run_program(const fx_program *program, int argument_count, char **arguments);

#endif
