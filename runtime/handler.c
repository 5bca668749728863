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

enum { MOST_ARGUMENTS = sizeof(((fx_fault_record *)NULL)->arguments) / sizeof(fx_value) }; // that an abort holds beside its clause

// The record that tells of it is empty otherwise.
static inline fx_answer abort_with(fx_runtime *rt, fx_fault_record *record, fx_object *handler, fx_value clause, unsigned count) {
    fx_task *task = rt->task;
    handler->count++;
    record->handler = fx_value_of(handler);
    record->clause = clause;
    record->argument_count = count;
    record->arguments[0] = rt->arguments[0];
    for (unsigned i = 1; i < count; i++) record->arguments[i] = rt->arguments[i];
    task->unwinding = OUTCOME_ABORT;
    task->fault = record;
    return (fx_answer){0, FX_UNWINDS};
}

static __attribute__((noinline)) fx_answer abort_with_new_record(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count) {
    if (count > MOST_ARGUMENTS) {
        clause = closure_of(rt, count, clause);
        count = 0;
    }
    fx_fault_record *record = fx_memory(rt, sizeof *record);
    *record = (fx_fault_record){0};
    return abort_with(rt, record, handler, clause, count);
}

// R30: everything inside the handle is unwound; then the clause's computation is the handle's.
static inline fx_answer perform_abort(fx_runtime *rt, fx_object *handler, fx_value clause, unsigned count) {
    fx_fault_record *record = rt->internals->spare_record;
    if (!record || count > MOST_ARGUMENTS) return abort_with_new_record(rt, handler, clause, count);
    rt->internals->spare_record = NULL;
    return abort_with(rt, record, handler, clause, count);
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

// Most often the clause's handler is around all others: what is in force there needs no count.
#define AT_ONCE(n, types, values)                                                                                       \
    if (FX_EXACT(function, n, FX_DIRECT) && !fx_object_of(handler->fields[FX_HANDLER_OUTER])->count) {                    \
        fx_value inside = rt->task->environment;                                                                       \
        rt->task->environment = handler->fields[FX_HANDLER_OUTER];                                                     \
        fx_value answer = FX_CODE(fx_value, types)(rt, function values);                                                 \
        rt->task->environment = inside;                                                                                \
        return fx_done(answer);                                                                                        \
    }
#define PERFORM(suffix, count, parameters, values, store, at_once)                                                     \
    fx_answer fx_perform##suffix(fx_runtime *rt, size_t place, size_t index parameters) {                               \
        fx_object *handler = fx_object_of(fx_in_force(rt, place));                                                     \
        fx_value function = handler->fields[FX_HANDLER_CLAUSES + index];                                                 \
        unsigned mode = (unsigned char)fx_string_bytes(fx_modes_of(handler))[index];                                   \
        fx_dup_object(function);                                                                                         \
        if (__builtin_expect((mode & 3) != FX_CLAUSE_PLAIN, 0)) {                                                      \
            store                                                                                                      \
            return perform_other(rt, handler, mode, function, count);                                                    \
        }                                                                                                              \
        at_once                                                                                                        \
        fx_value inside = go_out(rt, handler);                                                                         \
        return go_back(rt, inside, run_clause##suffix(rt, function values));                                             \
    }
#define STORE1 rt->arguments[0] = a;
#define STORE2 STORE1 rt->arguments[1] = b;
#define STORE3 STORE2 rt->arguments[2] = c;
#define STORE4 STORE3 rt->arguments[3] = d;
#define FOUR_PARAMETERS FX_LIST(fx_value a, fx_value b, fx_value c, fx_value d)
PERFORM(0, 0, , , , AT_ONCE(0, , ))
PERFORM(1, 1, FX_LIST(fx_value a), FX_LIST(a), STORE1, AT_ONCE(1, FX_LIST(fx_value), FX_LIST(a)))
PERFORM(2, 2, FX_LIST(fx_value a, fx_value b), FX_LIST(a, b), STORE2, AT_ONCE(2, FX_LIST(fx_value, fx_value), FX_LIST(a, b)))
PERFORM(3, 3, FX_LIST(fx_value a, fx_value b, fx_value c), FX_LIST(a, b, c), STORE3,
        AT_ONCE(3, FX_LIST(fx_value, fx_value, fx_value), FX_LIST(a, b, c)))
PERFORM(4, 4, FOUR_PARAMETERS, FX_LIST(a, b, c, d), STORE4, )
PERFORM(_more, rt->argument_count, FOUR_PARAMETERS, FX_LIST(a, b, c, d), STORE4, )

// Whether a handler of the program is in force for the effect with this place, not the runtime or the private value of a cell.
fx_value fx_is_handled(fx_runtime *rt, fx_value place) {
    fx_value installed = fx_in_force(rt, (size_t)place);
    return !fx_is_constant(installed) && fx_object_of(installed)->tag == FX_HANDLER;
}

// ---- the last handle, kept for the next one ----
//
// A handle around the root's environment, which is there alone with what it has installed, leaves its frame and the environment that it made for the
// next one around the root's, of whatever effect. What it had installed stays there too where its tuple is static data, for the next time that the
// same handle begins; what may hold more is freed. So nothing lives longer for it.

enum { ITS_OWN = 3 }; // references to what is installed: the frame's, and two from the environment

// Nobody else has what the handle has installed, `more` references of our own aside.
static inline bool may_keep(fx_runtime *rt, const fx_frame *frame, unsigned more) {
    const fx_object *installed = fx_installation_of(frame);
    fx_value inside = rt->task->environment;
    return !rt->internals->spare_handle && installed->count == ITS_OWN + more && installed->fields[FX_INSIDE] == inside &&
           fx_object_of(inside)->count == 1 && installed->fields[FX_HANDLER_OUTER] == rt->internals->root_environment;
}

static inline bool is_from_static(const fx_frame *frame) { return frame->saved[FX_HANDLE_TUPLE]; }

// What a kept handle had installed, from the field `first` on. The modes, and the root's environment around it, are static.
static __attribute__((noinline)) void free_from(fx_runtime *rt, fx_object *installed, unsigned first) {
    unsigned words = rt->infos[installed->info].words;
    for (unsigned i = first; i < words; i++) fx_drop(rt, installed->fields[i]);
    fx_free(rt, installed, words);
}

static inline void free_installed(fx_runtime *rt, const fx_frame *frame) { free_from(rt, fx_installation_of(frame), FX_HANDLER_CLAUSES); }

// What was not made from static data is still to be freed: last, for that may run handles itself (a continuation that goes unwinds).
static inline void keep_handle(fx_runtime *rt, fx_frame *frame) {
    struct fx_internals *internals = rt->internals;
    frame->object.tag = 0;
    internals->spare_environment = rt->task->environment;
    internals->spare_handle = frame;
    rt->task->environment = internals->root_environment;
}

static inline void open_spare(fx_runtime *rt, fx_frame *spare) {
    rt->internals->spare_handle = NULL;
    rt->task->environment = rt->internals->spare_environment;
    fx_reopen_frame(rt, spare);
}

static inline bool is_at_root(fx_runtime *rt) { return rt->task->environment == rt->internals->root_environment; }

// The same handle begins again.
static inline fx_frame *take_same_handle(fx_runtime *rt, fx_value place, fx_value tuple) {
    fx_frame *spare = rt->internals->spare_handle;
    if (!spare || spare->saved[FX_HANDLE_TUPLE] != tuple || spare->saved[FX_HANDLE_PLACE] != place || !is_at_root(rt)) return NULL;
    open_spare(rt, spare);
    return spare;
}

// Another one is to begin with the frame and the environment, in which nothing is left of the last one.
static inline fx_frame *empty_spare(fx_runtime *rt) {
    fx_frame *spare = rt->internals->spare_handle;
    fx_array_of(rt->internals->spare_environment)->items[fx_place_in(spare->saved[FX_HANDLE_PLACE])] = FX_NIL;
    return spare;
}

// Owns `installed`, which nobody else has.
static inline void install_in_spare(fx_runtime *rt, fx_frame *spare, fx_object *installed) {
    fx_value place = spare->saved[FX_HANDLE_PLACE];
    fx_array *inside = fx_array_of(rt->internals->spare_environment);
    inside->items[FX_CONTROLLED] = place & 1 ? fx_constant(1) : FX_NIL;
    inside->items[FX_INSTALLED] = inside->items[fx_place_in(place)] = fx_value_of(installed);
    installed->count = ITS_OWN;
    installed->fields[FX_ITS_FRAME] = fx_value_of(spare);
    installed->fields[FX_INSIDE] = fx_value_of(inside);
    installed->fields[FX_HANDLER_OUTER] = rt->internals->root_environment;
    spare->saved[FX_HANDLE_INSTALLED] = fx_value_of(installed);
    open_spare(rt, spare);
}

void fx_drop_spare_handle(fx_runtime *rt) {
    fx_frame *spare = rt->internals->spare_handle;
    rt->internals->spare_handle = NULL;
    if (!spare) return;
    if (is_from_static(spare)) free_installed(rt, spare);
    fx_array *inside = fx_array_of(rt->internals->spare_environment);
    fx_free(rt, &inside->object, (unsigned)inside->length + 2);
    fx_free_frame(rt, spare);
}

// The environment around the handle is in force again. The frame's return function is somebody else's.
static inline void end_handle(fx_runtime *rt, fx_frame *frame) {
    if (may_keep(rt, frame, 0)) {
        keep_handle(rt, frame);
        if (!is_from_static(frame)) free_installed(rt, frame);
    } else fx_uninstall(rt, frame);
}

// ---- handling ----

static bool lands(const fx_task *task, const fx_frame *frame) {
    return task->unwinding == OUTCOME_ABORT && task->fault->handler == frame->saved[FX_HANDLE_INSTALLED];
}

static inline __attribute__((always_inline)) fx_answer run_aborting(fx_runtime *rt, fx_value clause, unsigned count, fx_value a, fx_value b, fx_value c) {
    switch (count) {
    case 0: return run_clause0(rt, clause);
    case 1: return run_clause1(rt, clause, a);
    case 2: return run_clause2(rt, clause, a, b);
    default: return run_clause3(rt, clause, a, b, c);
    }
}

// For the next abort: empty again but for what each abort writes. The frame has the handler still.
static void keep_record(fx_runtime *rt, fx_fault_record *record) {
    fx_object_of(record->handler)->count--;
    if (record->suppressed) fx_fault_free(rt, record->suppressed);
    record->suppressed = NULL;
    if (rt->internals->spare_record) free(record);
    else rt->internals->spare_record = record;
}

static __attribute__((noinline)) fx_answer land_slowly(fx_runtime *rt, fx_frame *frame) {
    fx_task *task = rt->task;
    fx_fault_record *record = task->fault;
    fx_value clause = record->clause, a = record->arguments[0], b = record->arguments[1], c = record->arguments[2];
    unsigned count = record->argument_count;
    keep_record(rt, record);
    fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
    end_handle(rt, frame);
    fx_end_unwinding(rt, task);
    return run_aborting(rt, clause, count, a, b, c);
}

static inline bool is_static(fx_value function) { return fx_is_constant(function) || !fx_object_of(function)->count; }

// The handle has been kept, but for what it had installed. The record is free to be used by what runs when something goes.
static __attribute__((noinline)) fx_answer free_and_run(fx_runtime *rt, fx_object *installed, unsigned first, const fx_fault_record *record) {
    fx_value clause = record->clause, a = record->arguments[0], b = record->arguments[1], c = record->arguments[2];
    unsigned count = record->argument_count;
    free_from(rt, installed, first);
    return run_aborting(rt, clause, count, a, b, c);
}

// The same where most often nothing goes but the installation: the record has the clause too, and others are static data.
static inline fx_answer drop_and_run(fx_runtime *rt, fx_object *installed, const fx_fault_record *record) {
    unsigned words = rt->infos[installed->info].words, i = FX_HANDLER_CLAUSES;
    for (; i < words && !fx_is_unique_object(installed->fields[i]); i++) fx_drop_shared(installed->fields[i]);
    if (i < words || words > FX_SMALL_WORDS) return free_and_run(rt, installed, i, record);
    fx_free(rt, installed, words);
    return run_aborting(rt, record->clause, record->argument_count, record->arguments[0], record->arguments[1], record->arguments[2]);
}

// The handle has been aborted, and all inside has been unwound: its result is the clause's. Most often nothing needs to be freed, or nothing but
// what it had installed.
static fx_answer land(fx_runtime *rt, fx_frame *frame) {
    struct fx_internals *internals = rt->internals;
    fx_task *task = rt->task;
    fx_fault_record *record = task->fault;
    if (record->suppressed || internals->spare_record || task->release_by || !is_static(frame->saved[FX_HANDLE_RETURN]) || !may_keep(rt, frame, 1))
        return land_slowly(rt, frame);
    fx_installation_of(frame)->count = ITS_OWN;
    internals->spare_record = record;
    keep_handle(rt, frame);
    task->unwinding = OUTCOME_NONE;
    task->fault = NULL;
    if (!is_from_static(frame)) return drop_and_run(rt, fx_installation_of(frame), record);
    return run_aborting(rt, record->clause, record->argument_count, record->arguments[0], record->arguments[1], record->arguments[2]);
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

static __attribute__((noinline)) fx_answer handle_captured(fx_runtime *rt, fx_frame *frame, fx_value suspended) {
    *rt->capture = NULL;
    if (lands(rt->task, frame) && unwind_by_dropping(rt->internals->captured)) {
        drop_captured(rt);
        rt->internals->open = frame->next;
        return land(rt, frame);
    }
    bool unwinds_on = suspended == FX_UNWINDS && !lands(rt->task, frame);
    if (unwinds_on) {
        rt->internals->open = frame->next;
        fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
        end_handle(rt, frame);
        return (fx_answer){0, FX_UNWINDS};
    }
    bool controls = rt->internals->control == CONTROL_CLAUSE && rt->internals->control_subject == frame->saved[FX_HANDLE_INSTALLED];
    fx_suspend_frame(rt, frame);
    frame->object.tag = FX_CAPTURED;
    return controls ? fx_run_control(rt, frame) : (fx_answer){0, 1};
}

static fx_answer handle_suspended(fx_runtime *rt, fx_frame *frame, fx_value suspended) {
    if (rt->capture != &rt->internals->captured || !lands(rt->task, frame)) return handle_captured(rt, frame, suspended);
    rt->internals->open = frame->next;
    return land(rt, frame);
}

static fx_answer handle_ended(fx_runtime *rt, fx_frame *frame, fx_value value) {
    fx_value function = frame->saved[FX_HANDLE_RETURN];
    rt->internals->open = frame->next;
    end_handle(rt, frame);
    return fx_is_constant(function) ? fx_done(value) : fx_run1(rt, function, value);
}

static inline void fill_frame(fx_frame *frame, fx_value place, fx_value function, fx_value static_tuple) {
    frame->saved[FX_HANDLE_PLACE] = place;
    frame->saved[FX_HANDLE_TUPLE] = static_tuple;
    frame->saved[FX_HANDLE_RETURN] = function;
}

static __attribute__((noinline)) fx_frame *begin_anew(fx_runtime *rt, fx_value place, fx_value function, fx_value tuple) {
    fx_value static_tuple = fx_object_of(tuple)->count ? 0 : tuple;
    fx_object *installed = fx_make_installation(rt, tuple, FX_HANDLER);
    bool has_spare = rt->internals->spare_handle && is_at_root(rt);
    if (has_spare && is_from_static(rt->internals->spare_handle)) free_installed(rt, rt->internals->spare_handle);
    fx_frame *frame = has_spare ? empty_spare(rt) : fx_open_frame(rt, &fx_handle_frame);
    fill_frame(frame, place, function, static_tuple);
    if (has_spare) install_in_spare(rt, frame, installed);
    else fx_install(rt, frame, installed);
    return frame;
}

// Most often a tuple that is not static data has been made for this handle alone, and the last one was such a handle too.
static __attribute__((noinline)) fx_frame *begin_handle(fx_runtime *rt, fx_value place, fx_value function, fx_value tuple) {
    fx_object *given = fx_object_of(tuple);
    const fx_frame *spare = rt->internals->spare_handle;
    if (!spare || is_from_static(spare) || given->count != 1 || !is_at_root(rt)) return begin_anew(rt, place, function, tuple);
    given->tag = FX_HANDLER;
    fx_frame *frame = empty_spare(rt);
    fill_frame(frame, place, function, 0);
    install_in_spare(rt, frame, given);
    return frame;
}

static inline fx_answer run_computation(fx_runtime *rt, fx_value function) {
    return FX_EXACT(function, 0, FX_WAITING) ? FX_CODE(fx_answer, )(rt, function) : fx_run0(rt, function);
}

static inline __attribute__((always_inline)) fx_answer handle(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value tuple) {
    fx_frame *frame = take_same_handle(rt, place, tuple);
    if (frame) frame->saved[FX_HANDLE_RETURN] = function;
    else frame = begin_handle(rt, place, function, tuple);
    fx_answer answer = run_computation(rt, computation);
    return answer.suspended ? handle_suspended(rt, frame, answer.suspended) : handle_ended(rt, frame, answer.value);
}

// place: its place; bits 1 and 2: how the handle's answer is held; bit 0: there are control clauses. tuple: as fx_make_installation takes it.
// function: for the answer, or a constant.
fx_answer fx_handle_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value tuple) {
    return handle(rt, place, computation, function, tuple);
}

fx_answer fx_handle_now_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value tuple) {
    fx_answer answer = handle(rt, place, computation, function, tuple);
    return answer.suspended ? fx_finish_now(rt, answer) : answer;
}

static fx_answer resume_handle(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_reopen_frame(rt, frame);
    return handle_ended(rt, frame, answer);
}

static fx_answer unwind_handle(fx_runtime *rt, fx_frame *frame) {
    if (lands(rt->task, frame)) return land(rt, frame);
    fx_drop(rt, frame->saved[FX_HANDLE_RETURN]);
    end_handle(rt, frame);
    return (fx_answer){0, 1};
}

// ---- a cell with a private value ----

static fx_answer run_ended(fx_runtime *rt, fx_frame *frame, fx_answer answer) {
    if (answer.suspended == 1) {
        fx_suspend_frame(rt, frame);
        return answer;
    }
    fx_object *cell = fx_installation_of(frame);
    fx_representation answer_is = fx_answer_is(frame), value_is = cell->counted > 1 ? FX_COUNTED : FX_WORD;
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

// run : v -> a ! {Cell | e} -> (a, v) ! e. place: as for fx_handle_take. cell: a tuple as fx_make_installation takes it.
fx_answer fx_run_cell_take(fx_runtime *rt, fx_value place, fx_value cell, fx_value computation) {
    fx_object *installed = fx_make_installation(rt, cell, FX_PRIVATE_CELL);
    fx_frame *frame = fx_open_frame(rt, &fx_run_frame);
    frame->saved[FX_HANDLE_PLACE] = place;
    frame->saved[FX_HANDLE_TUPLE] = 0;
    frame->saved[FX_HANDLE_RETURN] = FX_NIL;
    fx_install(rt, frame, installed);
    return run_ended(rt, frame, fx_run0(rt, computation));
}

fx_answer fx_run_cell_now_take(fx_runtime *rt, fx_value place, fx_value cell, fx_value computation) {
    fx_answer answer = fx_run_cell_take(rt, place, cell, computation);
    return answer.suspended ? fx_finish_now(rt, answer) : answer;
}
