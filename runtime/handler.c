// Handlers of user effects, and private values of cells (R28 to R30).

#include <stdlib.h>
#include "runtime.h"
#include "clause.h"

static fx_answer resume_handle(fx_runtime *rt, fx_frame *frame, fx_value answer);
static fx_answer unwind_handle(fx_runtime *rt, fx_frame *frame);
const fx_frame_info fx_handle_frame = {resume_handle, unwind_handle, "handle", NULL, FX_HANDLE_WORDS, 2, 0};

// ---- what goes on in another environment ----

static fx_answer resume_environment(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_enter_environment(rt, frame->saved[0]);
    fx_free_frame(rt, frame);
    return fx_done(answer);
}

static fx_answer unwind_environment(fx_runtime *rt, fx_frame *frame) {
    resume_environment(rt, frame, FX_UNIT);
    return (fx_answer){0, 1};
}

const fx_frame_info fx_environment_frame = {resume_environment, unwind_environment, "handler", NULL, 1, 1, 0};

// The last reference to the environment is left, or the call has suspended.
static __attribute__((noinline)) fx_answer go_back_slowly(fx_runtime *rt, fx_value inside, fx_answer answer) {
    if (answer.suspended == 1) fx_push_frame(rt, &fx_environment_frame)->saved[0] = inside;
    else fx_enter_environment(rt, inside);
    return answer;
}

// A call has ended or suspended, behind which `inside` is in force again.
static inline fx_answer go_back(fx_runtime *rt, fx_value inside, fx_answer answer) {
    fx_object *around = fx_object_of(rt->task->environment);
    if (__builtin_expect(answer.suspended == 1 || around->count == 1, 0)) return go_back_slowly(rt, inside, answer);
    if (around->count) around->count--;
    rt->task->environment = inside;
    return answer;
}

// ---- performing ----

static fx_value closure_of(fx_runtime *rt, unsigned count, fx_value clause) {
    fx_value *a = rt->arguments;
    rt->argument_count = count;
    return count ? fx_apply_more(rt, clause, a[0], a[1], a[2], a[3]) : clause;
}

// Empty, but for what tells of an abort.
static fx_fault_record *make_abort(fx_runtime *rt) {
    fx_fault_record *record = rt->internals->spare_record;
    rt->internals->spare_record = NULL;
    if (record) return record;
    record = fx_memory(rt, sizeof *record);
    *record = (fx_fault_record){0};
    return record;
}

// R30: everything inside the handle is unwound; then the clause's computation is the handle's.
static fx_answer perform_abort(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count) {
    enum { MOST = sizeof(((fx_fault_record *)NULL)->arguments) / sizeof(fx_value) };
    fx_fault_record *record = make_abort(rt);
    const fx_value *a = rt->arguments;
    if (count > MOST) {
        clause = closure_of(rt, count, clause);
        count = 0;
    }
    fx_dup_object(fx_value_of(handler));
    record->handler = fx_value_of(handler);
    record->clause = clause;
    record->argument_count = count;
    for (unsigned i = 0; i < count; i++) record->arguments[i] = a[i];
    rt->task->unwinding = OUTCOME_ABORT;
    rt->task->fault = record;
    return (fx_answer){0, FX_UNWINDS};
}

// A clause that is not plain; the arguments are in rt->arguments.
static __attribute__((noinline)) fx_answer perform_other(fx_runtime *rt, fx_object *handler, unsigned mode, fx_value clause, unsigned count) {
    if ((mode & 3) == FX_CLAUSE_ABORTS) return perform_abort(rt, handler, clause, count);
    if ((mode & 3) == FX_CLAUSE_RESUMES) return fx_perform_resuming(rt, handler, clause, count, (fx_representation)(mode >> 2 & 3));
    return fx_perform_control(rt, handler, clause, count, (fx_representation)(mode >> 2 & 3));
}

// R29: a plain clause runs in the environment around its handler.
static inline fx_value go_out(fx_runtime *rt, const fx_object *handler) {
    fx_value inside = rt->task->environment, outer = handler->fields[FX_HANDLER_OUTER];
    fx_dup_object(outer);
    rt->task->environment = outer;
    return inside;
}

#define PERFORM(suffix, count, parameters, values, store)                                                              \
    fx_answer fx_perform##suffix(fx_runtime *rt, unsigned place, unsigned index parameters) {                           \
        fx_object *handler = fx_object_of(fx_in_force(rt, place));                                                     \
        fx_value clause = handler->fields[FX_HANDLER_CLAUSES + index];                                                 \
        unsigned mode = (unsigned char)fx_string_bytes(fx_modes_of(handler))[index];                                   \
        fx_dup_object(clause);                                                                                         \
        if (__builtin_expect((mode & 3) != FX_CLAUSE_PLAIN, 0)) {                                                      \
            store                                                                                                      \
            return perform_other(rt, handler, mode, clause, count);                                                    \
        }                                                                                                              \
        fx_value inside = go_out(rt, handler);                                                                         \
        return go_back(rt, inside, run_clause##suffix(rt, clause values));                                             \
    }
#define STORE1 rt->arguments[0] = a;
#define STORE2 STORE1 rt->arguments[1] = b;
#define STORE3 STORE2 rt->arguments[2] = c;
#define STORE4 STORE3 rt->arguments[3] = d;
#define FOUR_PARAMETERS FX_LIST(fx_value a, fx_value b, fx_value c, fx_value d)
PERFORM(0, 0, , , )
PERFORM(1, 1, FX_LIST(fx_value a), FX_LIST(a), STORE1)
PERFORM(2, 2, FX_LIST(fx_value a, fx_value b), FX_LIST(a, b), STORE2)
PERFORM(3, 3, FX_LIST(fx_value a, fx_value b, fx_value c), FX_LIST(a, b, c), STORE3)
PERFORM(4, 4, FOUR_PARAMETERS, FX_LIST(a, b, c, d), STORE4)
PERFORM(_more, rt->argument_count, FOUR_PARAMETERS, FX_LIST(a, b, c, d), STORE4)

// Whether a handler of the program is in force for the effect with this place, not the runtime or the private value of a cell.
fx_value fx_is_handled(fx_runtime *rt, fx_value place) {
    fx_value installed = fx_in_force(rt, (unsigned)place);
    return !fx_is_constant(installed) && fx_object_of(installed)->tag == FX_HANDLER;
}

// ---- handling ----

// For the next abort. The frame has the handler still.
static void keep_record(fx_runtime *rt, fx_fault_record *record) {
    record->clause = 0;
    fx_object_of(record->handler)->count--;
    if (record->suppressed) fx_fault_free(rt, record->suppressed);
    record->suppressed = NULL;
    if (rt->internals->spare_record) free(record);
    else rt->internals->spare_record = record;
}

// The handle has been aborted, and all inside has been unwound: its result is the clause's.
static fx_answer land(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    fx_fault_record *record = task->fault;
    fx_value clause = record->clause;
    fx_value a[3] = {record->arguments[0], record->arguments[1], record->arguments[2]};
    unsigned count = record->argument_count;
    keep_record(rt, record);
    fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
    fx_uninstall(rt, frame);
    fx_end_unwinding(rt, task);
    switch (count) {
    case 0: return run_clause0(rt, clause);
    case 1: return run_clause1(rt, clause, a[0]);
    case 2: return run_clause2(rt, clause, a[0], a[1]);
    default: return run_clause3(rt, clause, a[0], a[1], a[2]);
    }
}

static bool lands(const fx_task *task, const fx_frame *frame) {
    return task->unwinding == OUTCOME_ABORT && task->fault->handler == frame->saved[FX_HANDLE_INSTALLED];
}

static bool unwind_by_dropping(const fx_frame *frames) {
    for (; frames; frames = frames->next)
        if (frames->info->unwind) return false;
    return true;
}

// Drops what has been captured since the C function that is running was called: frames that are simply dropped.
static void drop_captured(fx_runtime *rt) {
    for (fx_frame *frame = rt->internals->captured, *next; frame; frame = next) {
        next = frame->next;
        fx_drop_frame(rt, frame);
    }
    rt->internals->captured = NULL;
    rt->capture = &rt->internals->captured;
}

static fx_answer handle_suspended(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    *rt->capture = NULL;
    if (lands(rt->task, frame) && unwind_by_dropping(rt->internals->captured)) {
        drop_captured(rt);
        rt->internals->open = frame->next;
        return land(rt, frame);
    }
    bool unwinds_on = answer.suspended == FX_UNWINDS && !lands(rt->task, frame);
    if (unwinds_on) {
        rt->internals->open = frame->next;
        fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
        fx_uninstall(rt, frame);
        return answer;
    }
    bool controls = rt->internals->control == CONTROL_CLAUSE && rt->internals->control_subject == frame->saved[FX_HANDLE_INSTALLED];
    fx_suspend_frame(rt, frame);
    frame->object.tag = FX_CAPTURED;
    return controls ? fx_run_control(rt, frame) : (fx_answer){0, 1};
}

static fx_answer handled(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (__builtin_expect(answer.suspended != 0, 0)) return handle_suspended(rt, frame, answer);
    fx_value function = frame->saved[FX_HANDLE_RETURN];
    rt->internals->open = frame->next;
    fx_uninstall(rt, frame);
    return fx_is_constant(function) ? answer : fx_run1(rt, function, answer.value);
}

// place: its place; bits 1 and 2: how the handle's answer is held; bit 0: there are control clauses. handler: a tuple as fx_make_installation
// takes it. function: for the answer, or a constant.
fx_answer fx_handle_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value handler) {
    fx_object *spare = fx_take_spare_installation(rt, handler), *installed = spare ? spare : fx_make_installation(rt, handler, FX_HANDLER);
    fx_frame *frame = fx_open_frame(rt, &fx_handle_frame);
    frame->saved[FX_HANDLE_PLACE] = place >> 3 << 1 | (place & 1);
    frame->saved[FX_HANDLE_IS] = place >> 1 & 3;
    frame->saved[FX_HANDLE_RETURN] = function;
    if (!spare) fx_install(rt, frame, installed);
    else {
        frame->object.tag = FX_WITH_SPARE;
        frame->saved[FX_HANDLE_INSTALLED] = fx_value_of(spare);
        spare->fields[FX_ITS_FRAME] = fx_value_of(frame);
        rt->task->environment = spare->fields[FX_INSIDE];
    }
    return handled(rt, frame, fx_run0(rt, computation));
}

fx_answer fx_handle_now_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value handler) {
    fx_answer answer = fx_handle_take(rt, place, computation, function, handler);
    return answer.suspended ? fx_finish_now(rt, answer) : answer;
}

static fx_answer resume_handle(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_reopen_frame(rt, frame);
    return handled(rt, frame, fx_done(answer));
}

static fx_answer unwind_handle(fx_runtime *rt, fx_frame *frame) {
    if (lands(rt->task, frame)) return land(rt, frame);
    fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
    fx_uninstall(rt, frame);
    return (fx_answer){0, 1};
}

// ---- a cell with a private value ----

static fx_answer run_ended(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended == 1) {
        fx_suspend_frame(rt, frame);
        return answer;
    }
    fx_object *cell = fx_installation_of(frame);
    fx_representation answer_is = (fx_representation)frame->saved[FX_HANDLE_IS], value_is = cell->counted > 1 ? FX_COUNTED : FX_WORD;
    fx_value value = cell->fields[FX_CELL_VALUE];
    fx_dup_as(value_is, value);
    rt->internals->open = frame->next;
    fx_uninstall(rt, frame);
    if (!answer.suspended) return fx_done(fx_pair_take(rt, answer_is, answer.value, value_is, value));
    fx_drop_as(rt, value_is, value);
    return answer;
}

static fx_answer resume_run(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_reopen_frame(rt, frame);
    return run_ended(rt, frame, fx_done(answer));
}

static fx_answer unwind_run(fx_runtime *rt, fx_frame *frame) {
    fx_uninstall(rt, frame);
    return (fx_answer){0, 1};
}

const fx_frame_info fx_run_frame = {resume_run, unwind_run, "run", NULL, FX_HANDLE_WORDS, 2, 0};

// run : v -> a ! {Cell | e} -> (a, v) ! e. cell: a tuple as fx_make_installation takes it.
fx_answer fx_run_cell_take(fx_runtime *rt, fx_value place, fx_value answer_is, fx_value cell, fx_value computation) {
    fx_object *installed = fx_make_installation(rt, cell, FX_PRIVATE_CELL);
    fx_frame *frame = fx_open_frame(rt, &fx_run_frame);
    frame->saved[FX_HANDLE_PLACE] = place;
    frame->saved[FX_HANDLE_IS] = answer_is;
    frame->saved[FX_HANDLE_RETURN] = FX_NIL;
    fx_install(rt, frame, installed);
    return run_ended(rt, frame, fx_run0(rt, computation));
}

fx_answer fx_run_cell_now_take(fx_runtime *rt, fx_value place, fx_value answer_is, fx_value cell, fx_value computation) {
    fx_answer answer = fx_run_cell_take(rt, place, answer_is, cell, computation);
    return answer.suspended ? fx_finish_now(rt, answer) : answer;
}
