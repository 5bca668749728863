#ifndef FX_H
#define FX_H
// The one door to the runtime: for the C that fx writes and for C beside a library module (stdlib/*.c).
// docs/runtime.md has the numbered rules; docs/cps.md how waiting works.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __clang__
#pragma clang diagnostic ignored "-Wgnu-variable-sized-type-not-at-end" // objects begin with an fx_object, whose fields are what follows
#endif

// ---- values ----
//
// Every value is one 64-bit word. By its type it is held
//   as a word:    Int, Char, Bool, Unit (0) and types whose constructors are all constant (the tag);
//   as a Float:   a C double in variables and in C parameters, its bits in fields and in generic code;
//   counted:      a pointer to a counted object, or, of a type that has such, a constant constructor as (tag << 1) | 1.
// An object's uncounted fields come first, then the counted ones, each group in the order of declaration.

typedef int64_t fx_value;
typedef struct fx_runtime fx_runtime;

typedef struct fx_object {
    uint32_t count;  // references; 0: static, never freed
    uint16_t info;   // index into the program's infos
    uint8_t tag;     // of the constructor; closures: see FX_CLOSURE_TAG
    uint8_t counted; // how many of the last fields are counted
    fx_value fields[];
} fx_object;

typedef enum {
    FX_KIND_DATA,     // constructor with fields
    FX_KIND_CLOSURE,  // fields[0] is the code, then what it captured
    FX_KIND_FRAME,    // continuation of a waiting call
    FX_KIND_STRING,
    FX_KIND_ARRAY,
    FX_KIND_RESOURCE, // extern type: fields[0] points to its fx_resource_type
    FX_KIND_CONTINUATION, // what a control clause resumes: called as a closure
} fx_kind_of_object;

// One for each shape of object that a program makes. `name` is what FX_CHECK lists: "List.::", "closure Main.handle".
typedef struct fx_info {
    const char *name;
    uint8_t kind;
    uint8_t words; // header not counted; 0: varies, and the object itself says (strings, arrays, resources, frames)
} fx_info;

// The runtime's own infos come first in every program's table. What C makes of `n` words, 1 to FX_MADE_WORDS, has info FX_INFO_DATA + n
// (constructors) or FX_INFO_PARTIAL + n (partial applications).
#define FX_MADE_WORDS 16
#define FX_MADE(name, kind)                                                                                           \
    {name, kind, 0}, {name, kind, 1}, {name, kind, 2}, {name, kind, 3}, {name, kind, 4}, {name, kind, 5},              \
    {name, kind, 6}, {name, kind, 7}, {name, kind, 8}, {name, kind, 9}, {name, kind, 10}, {name, kind, 11},            \
    {name, kind, 12}, {name, kind, 13}, {name, kind, 14}, {name, kind, 15}, {name, kind, 16}
#define FX_CONTINUATION_WORDS 6
#define FX_BUILTIN_INFOS                                                                                              \
    {"String", FX_KIND_STRING, 0}, {"Array", FX_KIND_ARRAY, 0}, {"resource", FX_KIND_RESOURCE, 0},                     \
    {"frame", FX_KIND_FRAME, 0}, {"task", FX_KIND_FRAME, 0}, {"request", FX_KIND_FRAME, 0},                            \
    {"continuation", FX_KIND_CONTINUATION, FX_CONTINUATION_WORDS},                                                    \
    FX_MADE("partial application", FX_KIND_CLOSURE), FX_MADE("data", FX_KIND_DATA)
enum {
    FX_INFO_STRING, FX_INFO_ARRAY, FX_INFO_RESOURCE, FX_INFO_FRAME, FX_INFO_TASK, FX_INFO_REQUEST, FX_INFO_CONTINUATION,
    FX_INFO_PARTIAL, FX_INFO_DATA = FX_INFO_PARTIAL + FX_MADE_WORDS + 1, FX_INFO_PROGRAM = FX_INFO_DATA + FX_MADE_WORDS + 1
};

// How the values of a type variable are held, passed to polymorphic C functions: one leading argument for each type variable of the
// extern's type, in order of first appearance (row variables get none).
typedef enum { FX_WORD, FX_FLOAT, FX_COUNTED } fx_representation;

static inline fx_object *fx_object_of(fx_value value) { return (fx_object *)(intptr_t)value; }
static inline fx_value fx_value_of(const void *object) { return (fx_value)(intptr_t)object; }
static inline bool fx_is_constant(fx_value value) { return value & 1; }
static inline fx_value fx_constant(unsigned tag) { return ((fx_value)tag << 1) | 1; }
static inline unsigned fx_tag(fx_value value) { return fx_is_constant(value) ? (unsigned)(value >> 1) : fx_object_of(value)->tag; }
static inline double fx_to_double(fx_value bits) { double number; memcpy(&number, &bits, sizeof number); return number; }
static inline fx_value fx_from_double(double number) { fx_value bits; memcpy(&bits, &number, sizeof bits); return bits; }

// What programs do all the time: in place, or by calls where compiling fast is worth more.
#ifdef FX_COMPILE_FAST
#define FX_OFTEN __attribute__((noinline, unused)) static
#else
#define FX_OFTEN static inline
#endif

// ---- counting ----
//
// fx functions own their arguments. C functions bound by `extern` borrow theirs, unless the C name ends in `_take`: then they own all
// of them. What a function answers is owned by its caller.

void fx_release(fx_runtime *rt, fx_object *object); // the last reference is gone: frees it and, iteratively, all it held

FX_OFTEN void fx_dup(fx_value value) {
    if (fx_is_constant(value)) return;
    fx_object *object = fx_object_of(value);
    if (object->count) object->count++;
}
FX_OFTEN void fx_drop(fx_runtime *rt, fx_value value) {
    if (fx_is_constant(value)) return;
    fx_object *object = fx_object_of(value);
    if (object->count == 1) fx_release(rt, object);
    else if (object->count) object->count--;
}
static inline void fx_drop_as(fx_runtime *rt, fx_representation is, fx_value value) { if (is == FX_COUNTED) fx_drop(rt, value); }
static inline void fx_dup_as(fx_representation is, fx_value value) { if (is == FX_COUNTED) fx_dup(value); }
static inline bool fx_is_unique(fx_value value) { return !fx_is_constant(value) && fx_object_of(value)->count == 1; }

// ---- waiting ----
//
// A C function that may wait answers an fx_answer. suspended == 0: it is done and `value` is its answer, owned. Otherwise the task now waits
// (or unwinds: cancellation, abort, fault), and every C function on the way out saves what it needs in a frame (fx_push_frame) and answers the
// same. When the answer arrives the runtime takes the innermost frame off the task and calls its `resume`. See docs/cps.md.

typedef struct fx_answer {
    fx_value value;
    fx_value suspended;
} fx_answer;

static inline fx_answer fx_done(fx_value value) { return (fx_answer){value, 0}; }
enum { FX_UNWINDS = 2 }; // suspended, for an abort that needs no frame of what it leaves: a C function may drop what it holds and answer the same

typedef struct fx_frame fx_frame;

typedef struct fx_frame_info {
    fx_answer (*resume)(fx_runtime *rt, fx_frame *frame, fx_value answer); // owns frame and answer: frees the frame by fx_free_frame
    // NULL for the frames of fx functions, which are simply dropped when the task unwinds; the runtime's own (bracket, handlers) act on it.
    fx_answer (*unwind)(fx_runtime *rt, fx_frame *frame);
    const char *function; // "Main.handle"
    const char *site;     // "pluto.fx:12:8": the let! that waits; on lines of their own those by which it was inlined: "  in Main.main, pluto.fx:20:4"
    uint16_t words;       // saved
    uint16_t counted;     // how many of the last saved words are counted
    uint16_t point;       // which call of the function; 0: a frame that C makes
} fx_frame_info;

struct fx_frame {
    fx_object object;
    fx_frame *next; // the one that called
    const fx_frame_info *info;
    fx_value saved[];
};

// ---- the program ----

typedef struct fx_program {
    const char *name;
    const fx_info *infos;
    unsigned info_count;
    unsigned global_count;             // top-level values and cells, in rt->globals
    const uint8_t *global_is_counted;
    void (*start)(fx_runtime *rt);     // computes the globals in order
    fx_answer (*main)(fx_runtime *rt, fx_value arguments); // owns the List String; answers main's value
    bool main_answers_status;          // main : Int ! row
    bool is_observed;          // FX_RECORD and FX_TRACE are for the runtime to see to
    const uint64_t *closure_parameters; // by info - FX_INFO_PROGRAM, of closures: bit i is set when parameter i is counted
    unsigned handled_count;    // effects that have a place in environments (R28)
    const char *recursive;     // of each function that may call itself its C name, its name and its place, each ended by 0; then 0; or NULL
} fx_program;

// Runs a program to its end on a loop of its own and answers the exit status.
int fx_main(const fx_program *program, int argument_count, char **arguments);

typedef struct fx_task fx_task;

// The parts of a task and of the runtime that inlined code reaches. The rest is runtime/runtime.h's.
typedef struct fx_task_head {
    fx_object object;
    fx_value environment; // R28: the handlers in force
    uint8_t may_stop;     // 0: it has not been cancelled, and has no deadline
} fx_task_head;

#define FX_SMALL_WORDS 32
#define FX_ARGUMENTS 256
struct fx_runtime {
    fx_object *free[FX_SMALL_WORDS + 1]; // by words; linked through fields[0]
    fx_value *globals;
    const fx_info *infos;
    fx_task *task;                       // the one that runs
    fx_frame **capture;                  // where the next captured frame is linked
    const fx_program *program;
    struct fx_internals *internals;      // what the runtime keeps to itself
    unsigned served;                     // C15: answers that the running task found at hand
    struct fx_observer *observer;        // NULL: nobody looks (observe.c)
    fx_frame *resumed_frame;             // where a long function goes on that is called to be resumed; else NULL
    fx_value resumed_value;              // and with which answer
    const fx_value *held;                // by C functions that an abort may leave by a jump (handler.c): the list before it, how many, the values
    unsigned argument_count;             // of a call of more than four arguments (closure.c)
    fx_value arguments[FX_ARGUMENTS];    // those that are passed in no register: read by the callee before anything else happens
};

fx_object *fx_allocate_slow(fx_runtime *rt, unsigned words);
void fx_free_slow(fx_runtime *rt, fx_object *object, unsigned words);

// An object with `words` fields (at least one), not yet filled, count 1. Memory exhausted is a fault.
FX_OFTEN fx_object *fx_allocate(fx_runtime *rt, unsigned words, unsigned info, unsigned tag, unsigned counted) {
    fx_object *object = words <= FX_SMALL_WORDS ? rt->free[words] : NULL;
    if (__builtin_expect(object != NULL, 1)) rt->free[words] = fx_object_of(object->fields[0]);
    else object = fx_allocate_slow(rt, words);
    object->count = 1;
    object->info = (uint16_t)info;
    object->tag = (uint8_t)tag;
    object->counted = (uint8_t)counted;
    return object;
}
// Memory only: what the fields hold is the caller's business. Built with -DFX_MALLOC every object is a malloc of its own.
FX_OFTEN void fx_free(fx_runtime *rt, fx_object *object, unsigned words) {
#ifndef FX_MALLOC
    if (words <= FX_SMALL_WORDS) {
        object->count = 0;
        object->fields[0] = fx_value_of(rt->free[words]);
        rt->free[words] = object;
        return;
    }
#endif
    fx_free_slow(rt, object, words);
}

FX_OFTEN fx_frame *fx_push_frame(fx_runtime *rt, const fx_frame_info *info) {
    fx_object *object = fx_allocate(rt, info->words + 2u, FX_INFO_FRAME, 0, 0);
    fx_frame *frame = (fx_frame *)object;
    frame->info = info;
    frame->next = NULL;
    *rt->capture = frame;
    rt->capture = &frame->next;
    return frame;
}
static inline void fx_free_frame(fx_runtime *rt, fx_frame *frame) { fx_free(rt, &frame->object, frame->info->words + 2u); }

// ---- closures ----
//
// tag: arity << 2 | mode. The code owns its closure and its arguments, of which those after the fourth come in rt->arguments. A function
// whose body is a computation has the mode of that computation: applied to all its arguments and run at once it is one call; only
// applied, it becomes a partial application that waits to be run.

enum { FX_PURE, FX_DIRECT, FX_WAITING };
#define FX_CLOSURE_TAG(arity, mode) ((arity) << 2 | (mode))
typedef void (*fx_code)(void); // cast to fx_value (*)(rt, self, arguments...), or answering fx_answer when WAITING

fx_value fx_apply1(fx_runtime *rt, fx_value function, fx_value a);
fx_value fx_apply2(fx_runtime *rt, fx_value function, fx_value a, fx_value b);
fx_value fx_apply3(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c);
fx_value fx_apply4(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);
// Apply and run, where the row may wait; run0 runs a computation.
fx_answer fx_run0(fx_runtime *rt, fx_value computation);
fx_answer fx_run1(fx_runtime *rt, fx_value function, fx_value a);
fx_answer fx_run2(fx_runtime *rt, fx_value function, fx_value a, fx_value b);
fx_answer fx_run3(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c);
fx_answer fx_run4(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);
// Apply and run, where the row cannot wait.
fx_value fx_direct0(fx_runtime *rt, fx_value computation);
fx_value fx_direct1(fx_runtime *rt, fx_value function, fx_value a);
fx_value fx_direct2(fx_runtime *rt, fx_value function, fx_value a, fx_value b);
fx_value fx_direct3(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c);
fx_value fx_direct4(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);

// More than four: rt->argument_count of them, the fifth and on in rt->arguments[4] and on.
fx_value fx_apply_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);
fx_answer fx_run_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);
fx_value fx_direct_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d);
// The function with its first `count` arguments, each an fx_value: fewer than it takes, or all of them, not yet run.
fx_value fx_partial(fx_runtime *rt, fx_value function, unsigned count, ...);

// ---- strings and text ----

typedef struct fx_string {
    fx_object object;
    size_t length;
    size_t capacity; // bytes that `bytes` has room for, the NUL after the last not counted
    char bytes[];    // always followed by a NUL
} fx_string;

// A string that is never freed: FX_STATIC_STRING(hello, 5, "hello"); ... fx_value_of(&hello).
#define FX_STATIC_STRING(variable, size, text)                                                                         \
    static struct { fx_object object; size_t length, capacity; char bytes[(size) + 1]; } variable =                    \
        {{0, FX_INFO_STRING, 0, 0}, size, size, text}

static inline const char *fx_string_bytes(fx_value string) { return ((fx_string *)fx_object_of(string))->bytes; }
static inline size_t fx_string_length(fx_value string) { return ((fx_string *)fx_object_of(string))->length; }
fx_value fx_string_make(fx_runtime *rt, const char *bytes, size_t length); // bytes NULL: not yet filled
fx_value fx_string_of(fx_runtime *rt, const char *terminated);
fx_value fx_string_append_take(fx_runtime *rt, fx_value left, fx_value right); // in place when left is unique and has room
fx_value fx_string_concatenate_take(fx_runtime *rt, unsigned count, const fx_value *pieces); // owns each piece
int fx_string_compare(fx_value left, fx_value right); // by bytes: below, at or above 0
bool fx_string_equal(fx_value left, fx_value right);
fx_value fx_int_to_string(fx_runtime *rt, int64_t number);
fx_value fx_float_to_string(fx_runtime *rt, double number); // the shortest text that reads back, always with `.` or `e`; inf, nan
fx_value fx_char_to_string(fx_runtime *rt, int64_t scalar); // UTF-8; U+FFFD for what is no scalar value
fx_value fx_bool_to_string(fx_runtime *rt, int64_t boolean);
fx_value fx_string_show(fx_runtime *rt, fx_value string); // as fx source text, quotes and escapes
fx_value fx_char_show(fx_runtime *rt, int64_t scalar);
// UTF-8 of a scalar value into `bytes` (room for 4); answers how many.
unsigned fx_encode_char(int64_t scalar, char *bytes);
// The scalar value at the start of `length` bytes (at least 1) and, in *size, how many bytes it took; U+FFFD and 1 for what is not UTF-8.
int64_t fx_decode_char(const char *bytes, size_t length, unsigned *size);

// ---- arrays ----
//
// Made by stdlib/Array.c with fx_allocate(rt, 2 + capacity, FX_INFO_ARRAY, how the items are held, 0); the runtime only frees them.

typedef struct fx_array {
    fx_object object; // tag: the fx_representation of the items
    size_t length;
    size_t capacity;  // items that there is room for
    fx_value items[];
} fx_array;

// ---- data that C makes ----

#define FX_UNIT ((fx_value)0)
#define FX_FALSE ((fx_value)0)
#define FX_TRUE ((fx_value)1)
#define FX_NIL fx_constant(0)
#define FX_NONE fx_constant(0)
// A constructor's object: `raw` uncounted fields, then `counted` counted ones, all owned by the new object. Together 1 to FX_MADE_WORDS.
fx_value fx_construct(fx_runtime *rt, unsigned tag, unsigned raw, unsigned counted, ...);
fx_value fx_cons_take(fx_runtime *rt, fx_representation head_is, fx_value head, fx_value tail);
FX_OFTEN fx_value fx_some_take(fx_runtime *rt, fx_representation is, fx_value value) {
    fx_object *some = fx_allocate(rt, 1, FX_INFO_DATA + 1, 1, is == FX_COUNTED);
    some->fields[0] = value;
    return fx_value_of(some);
}
fx_value fx_ok_take(fx_runtime *rt, fx_representation is, fx_value value);
fx_value fx_error_take(fx_runtime *rt, fx_representation is, fx_value value); // Err
fx_value fx_left_take(fx_runtime *rt, fx_representation is, fx_value value);
fx_value fx_right_take(fx_runtime *rt, fx_representation is, fx_value value);
fx_value fx_pair_take(fx_runtime *rt, fx_representation first_is, fx_value first, fx_representation second_is, fx_value second);
// However its items are held: of a list that is not empty.
static inline fx_value fx_list_head(fx_value list) { return fx_object_of(list)->fields[0]; }
static inline fx_value fx_list_tail(fx_value list) { return fx_object_of(list)->fields[1]; }
// The one field of Some, Ok, Err, Left, Right.
static inline fx_value fx_content(fx_value value) { return fx_object_of(value)->fields[0]; }
// An Err of module Error's type for a libuv or errno code (negative, as libuv answers it).
fx_value fx_error_of_code(fx_runtime *rt, int code);

// ---- resources: values of an extern type ----

// fields[0] of the object points to this; the other words are the library's own.
typedef struct fx_resource_type {
    const char *name;  // "Tcp.Socket"
    unsigned words;    // fields[0] included; at most FX_SMALL_WORDS
    void (*destroy)(fx_runtime *rt, fx_object *resource); // the last reference is gone: gives back all it holds but its own memory; may be NULL
} fx_resource_type;

// The fields after the first are zero.
fx_object *fx_resource_make(fx_runtime *rt, const fx_resource_type *type);

// ---- faults ----

// Stops the task with a bug's message. `site` is "FILE.fx:LINE:COLUMN" or NULL. Does not return.
_Noreturn void fx_fault(fx_runtime *rt, const char *site, const char *format, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void fx_fault_text(fx_runtime *rt, const char *site, fx_value message); // borrows the message

// ---- operations that wait ----
//
// How C makes a task wait (rules in docs/runtime.md, an example in docs/extend.md):
//
//     fx_answer my_operation(fx_runtime *rt, fx_value argument)
//     {
//         if (fx_is_stopped(rt)) return fx_stop(rt);            // inside a cancelled scope nothing starts (C6)
//         if (the answer is at hand) return fx_answer_ready(rt, FX_COUNTED, value);
//         my_request *request = fx_request_make(rt, &my_request_type);
//         ... fill it and ask the system ...
//         return fx_wait(rt, &request->request);
//     }
//
// and later, from a callback of the loop, exactly one of fx_finish and fx_withdrawn. Callbacks run between tasks: they never run fx code.

typedef struct fx_request fx_request;

typedef struct fx_request_type {
    const char *name;     // "Tcp.read": for the list of a deadlock and for traces
    uint16_t size;        // of the struct that begins with an fx_request; at most FX_SMALL_WORDS words
    uint8_t answer_is;    // fx_representation of the answer
    bool is_local;        // only another task can answer (channels, joins): does not keep a program from being deadlocked
    // The task has been cancelled: withdraw. Leads to exactly one fx_finish or fx_withdrawn, now or later.
    void (*cancel)(fx_runtime *rt, fx_request *request);
    // An answer that nobody will get (C5): undoes it. NULL: it is dropped, which closes what it holds.
    void (*dispose)(fx_runtime *rt, fx_request *request, fx_value answer);
    // Exactly once, when the request's memory goes: gives back what else it holds. May be NULL.
    void (*clean)(fx_runtime *rt, fx_request *request);
} fx_request_type;

typedef struct fx_queue {
    fx_request *first, *last;
} fx_queue;

struct fx_request {
    fx_object object;
    fx_queue *queue; // the queue it stands in, or NULL
    void (*resume)(fx_runtime *rt, fx_request *request, bool granted); // while it waits for a descriptor
    const fx_request_type *type;
    fx_task *task;  // who waits; NULL: abandoned
    fx_request *next, *previous; // in that queue
};

bool fx_task_is_stopped_now(fx_runtime *rt, fx_task *task);
// The running task's scope has been cancelled, and nothing shields the task.
static inline bool fx_is_stopped(fx_runtime *rt) {
    return __builtin_expect(((fx_task_head *)rt->task)->may_stop, 0) && fx_task_is_stopped_now(rt, rt->task);
}
fx_answer fx_stop(fx_runtime *rt);  // what an operation answers then: the task unwinds
// A request of the running task; all but its head is zero. It belongs to the runtime, which frees it after the answer has been delivered.
FX_OFTEN void *fx_request_make(fx_runtime *rt, const fx_request_type *type) {
    unsigned words = (unsigned)((type->size - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value));
    fx_object *object = fx_allocate(rt, words, FX_INFO_REQUEST, 0, 0);
    memset(object->fields, 0, words * sizeof(fx_value));
    fx_request *request = (fx_request *)object;
    request->type = type;
    request->task = rt->task;
    return request;
}
void fx_request_discard(fx_runtime *rt, fx_request *request); // it turned out that there is nothing to wait for
fx_answer fx_wait(fx_runtime *rt, fx_request *request);
void fx_finish(fx_runtime *rt, fx_request *request, fx_value answer); // owns the answer
void fx_withdrawn(fx_runtime *rt, fx_request *request);               // after cancel: it did not happen
// Answers at once what is at hand; but a task that always finds its answers at hand is put behind the others now and then (C15).
static inline fx_answer fx_answer_ready(fx_runtime *rt, fx_representation is, fx_value answer);
// Where an answer that nobody gets must be undone (C5): whether to put the task behind the others now, by a request with such a `dispose`, which
// is ended by fx_finish at once. Otherwise what is at hand is answered by fx_done. Asked once for each answer, before it is taken.
static inline bool fx_must_take_turns(fx_runtime *rt);

enum { FX_SERVED_IN_A_ROW = 256 }; // C15
bool fx_can_take_turns(fx_runtime *rt); // it does not run where nothing else can
fx_answer fx_answer_later(fx_runtime *rt, fx_representation is, fx_value answer);
static inline bool fx_must_take_turns(fx_runtime *rt) {
    return __builtin_expect(++rt->served >= FX_SERVED_IN_A_ROW, 0) && fx_can_take_turns(rt);
}
static inline fx_answer fx_answer_ready(fx_runtime *rt, fx_representation is, fx_value answer) {
    return fx_must_take_turns(rt) ? fx_answer_later(rt, is, answer) : fx_done(answer);
}

// Queues of requests, first in, first out. A request stands in at most one.
static inline void fx_enqueue(fx_queue *queue, fx_request *request) {
    request->queue = queue;
    request->next = NULL;
    request->previous = queue->last;
    *(queue->last ? &queue->last->next : &queue->first) = request;
    queue->last = request;
}
// Out of the middle; nothing if it stands in none.
static inline void fx_unqueue(fx_request *request) {
    fx_queue *queue = request->queue;
    if (!queue) return;
    *(request->previous ? &request->previous->next : &queue->first) = request->next;
    *(request->next ? &request->next->previous : &queue->last) = request->previous;
    request->queue = NULL;
}
// NULL: empty.
static inline fx_request *fx_dequeue(fx_queue *queue) {
    fx_request *request = queue->first;
    if (request) fx_unqueue(request);
    return request;
}
void fx_withdraw_queued(fx_runtime *rt, fx_request *request); // the `cancel` of a request that does no more than stand in a queue

// ---- time ----

typedef struct fx_timer {
    uint64_t deadline; // nanoseconds of fx_now
    uint64_t order;    // of their starting: timers with the same deadline expire in it
    size_t place;      // in the heap, from 1; 0: not started
    void (*expired)(fx_runtime *rt, struct fx_timer *timer);
} fx_timer;

uint64_t fx_now(void); // monotonic, in nanoseconds
void fx_timer_start(fx_runtime *rt, fx_timer *timer, uint64_t deadline, void (*expired)(fx_runtime *rt, fx_timer *timer));
void fx_timer_stop(fx_runtime *rt, fx_timer *timer); // nothing if it is not started

// A length of time that many waits share: a resource. A wait under a limit enters it and leaves it before its memory goes, both in a few steps.
typedef struct fx_limit fx_limit;
typedef struct fx_limited {
    fx_limit *limit; // NULL: it has left
    struct fx_limited *next, *previous;
    uint64_t until;
    void (*over)(fx_runtime *rt, struct fx_limited *limited); // its time is over; it has left already
} fx_limited;

fx_limit *fx_limit_make(fx_runtime *rt, uint64_t nanoseconds);
// False: the limit has been ended, nothing was entered.
bool fx_limit_enter(fx_runtime *rt, fx_limit *limit, fx_limited *limited, void (*over)(fx_runtime *rt, fx_limited *limited));
void fx_limit_leave(fx_runtime *rt, fx_limited *limited); // nothing if it has left
void fx_limit_end(fx_runtime *rt, fx_limit *limit);       // over for all who wait, and for all who come

// ---- the thread pool (C10) ----
//
// Calls that block are made by a job. Until a thread takes it, a job is withdrawn for free; after that cancelling waits for its end, unless
// it may be abandoned (C7): then the task goes on at once and the runtime keeps the job until its thread has ended.

typedef enum {
    FX_JOB_ABANDONABLE = 1,      // a name look-up, a read without effect
    FX_JOB_PASSES_DESCRIPTOR = 2, // opens and closes within `work`; too many open files: it is tried again when one closes
    FX_JOB_KEEPS_DESCRIPTOR = 4,  // when `code` is not negative `work` has opened one, whose owner calls fx_descriptor_give after closing it
} fx_job_flags;

typedef struct fx_job {
    fx_request request;                                     // of a type whose `cancel` is fx_job_cancel
    void (*work)(struct fx_job *job);                       // in a thread of the pool: makes no call of this header
    fx_value (*answer)(fx_runtime *rt, struct fx_job *job); // on the loop, once: the answer, owned
    int code;                                               // by `work`: negative is an error code as libuv's
    uint8_t flags;
    uint8_t more_descriptors;                               // FX_JOB_KEEPS_DESCRIPTOR: that `work` opens beside the first
    uint8_t state;
    struct fx_job *next;                                    // the pool's
} fx_job;

fx_answer fx_job_run(fx_runtime *rt, fx_job *job); // submits it and waits
void fx_job_cancel(fx_runtime *rt, fx_request *request);

// ---- watching descriptors ----
//
// Tells when a non-blocking descriptor becomes readable or writable: once for each change (edge-triggered), so who is told must go on until the
// system answers EAGAIN, or remember. The watch belongs to the caller and stays where it is until it is stopped, just before the descriptor is closed.

enum { FX_READABLE = 1, FX_WRITABLE = 2, FX_HUNG_UP = 4 };

typedef struct fx_watch {
    int descriptor;
    uint32_t place;
    void (*ready)(fx_runtime *rt, struct fx_watch *watch, unsigned events);
} fx_watch;

// 0, or a negative error code: then nothing is watched.
int fx_watch_start(fx_runtime *rt, fx_watch *watch, int descriptor, void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events));
void fx_watch_stop(fx_runtime *rt, fx_watch *watch);

// ---- addresses ----

// A struct sockaddr_in or sockaddr_in6, begun by its family.
typedef struct fx_address {
    _Alignas(8) char bytes[32];
} fx_address;

bool fx_address_parse(const char *host, int port, fx_address *address); // "127.0.0.1", "::1", "[::1]"; false: it is a name, or nothing
int fx_address_port(const fx_address *address);
fx_value fx_address_host(fx_runtime *rt, const fx_address *address); // "127.0.0.1", "::1"
fx_value fx_address_show(fx_runtime *rt, const fx_address *address); // "127.0.0.1:80", "[::1]:80"

// Finds the addresses of a host, as an array of fx_address in the bytes of a String; a host that is an address is found at once. Then calls
// `next`, which owns the addresses and the context (counted). The answer is that of `next`, or an Err. `to_listen`: "" is all of this machine's.
typedef fx_answer (*fx_when_resolved)(fx_runtime *rt, fx_value addresses, fx_value context);
fx_answer fx_resolve(fx_runtime *rt, fx_value host, int64_t port, bool to_listen, fx_when_resolved next, fx_value context);

// ---- descriptors that listen ----

struct sockaddr_un;
void fx_send_without_delay(int descriptor); // connections have it from their listener
void fx_accept_speaking(int descriptor);    // connections come in when they say something, or after a second or two
// A descriptor, or a negative error code. The address becomes the one that was taken, with its port.
int fx_listen_at_port(fx_address *address, bool is_shared);
// Also by which the file that was made can be known again.
int fx_listen_at_path(fx_value path, uint64_t *device, uint64_t *file);
void fx_leave_path(fx_value path, uint64_t device, uint64_t file); // removes that file, if it is still there
// The next connection's descriptor and the address of its other side, or a negative error code that is not about one client alone.
int fx_accept(int listener, fx_address *address);
int fx_unix_address(fx_value path, struct sockaddr_un *address); // 0 or a negative error code
// Those that were open when the program began (systemd's socket activation): how many; and the one of this number, or -1 when it is none.
int fx_inherited_count(void);
int fx_inherited(int index, fx_address *address);

// ---- descriptors (C12) ----
//
// Who opens a descriptor outside a job takes a token first and gives it back after closing.

bool fx_descriptor_try(fx_runtime *rt); // false: none left, or others wait already
// Lets the request wait for a token; then calls `start`: granted, or not because nothing is left that could close one.
void fx_descriptor_wait(fx_runtime *rt, fx_request *request, void (*start)(fx_runtime *rt, fx_request *request, bool granted));
// The system refused with EMFILE or ENFILE in spite of the token, which is given back: waits until one is closed, then as above.
void fx_descriptor_refused(fx_runtime *rt, fx_request *request, void (*start)(fx_runtime *rt, fx_request *request, bool granted));
// Of those who wait for a descriptor it is the last to be told that there will be none, and not while the system may still have one.
void fx_descriptor_patient(fx_request *request);
void fx_descriptor_give(fx_runtime *rt);
size_t fx_descriptors_left(fx_runtime *rt);
void fx_descriptor_adopt(fx_runtime *rt); // a descriptor that was open when the program began: who closes it gives a token back
size_t fx_soft_limit(fx_runtime *rt);     // of open descriptors, when the program began: what its children begin with

// Writes all of it, and waits where the descriptor takes no more and does not block. 0 or a negative error code.
int fx_write_all(int descriptor, const char *bytes, size_t length);

// Opens a descriptor once there is a token for it. `open` has the token, which goes with what it answers or is given back; it answers false,
// with the token, when the system has no descriptor all the same: it is then called again after the next close.
typedef struct fx_opening {
    fx_request request;
    bool (*open)(fx_runtime *rt, struct fx_opening *opening, fx_value *answer);
    fx_value context;   // counted, owned
    fx_address address;
} fx_opening;

void fx_opening_clean(fx_runtime *rt, fx_request *request);
#define FX_OPENING_TYPE(name) {name, sizeof(fx_opening), FX_COUNTED, true, fx_withdraw_queued, NULL, fx_opening_clean}
fx_answer fx_open(fx_runtime *rt, const fx_request_type *type, const fx_address *address, fx_value context,
                  bool (*open)(fx_runtime *rt, fx_opening *opening, fx_value *answer));
// The same at the first of the addresses that fx_resolve found, which it owns.
fx_answer fx_open_first(fx_runtime *rt, const fx_request_type *type, fx_value addresses, fx_value context,
                        bool (*open)(fx_runtime *rt, fx_opening *opening, fx_value *answer));

// ---- signals (C13) ----

#define FX_SIGNALS 32 // those that have a name, by number

// Whether the signal has come since a task last waited for it, and nobody was told: then it counts as told now.
bool fx_signal_take(fx_runtime *rt, int number);
// The request ends, with FX_UNIT, when the signal comes next. One that is cancelled is withdrawn first.
void fx_signal_enqueue(fx_runtime *rt, fx_request *request, int number);
void fx_signal_withdraw(fx_runtime *rt, fx_request *request);

// ---- libraries ----

// What a library keeps in each runtime. There are no globals.
typedef struct fx_library {
    const char *name;
    size_t size;
    void (*open)(fx_runtime *rt, void *state);  // on first use; state is zero; may be NULL
    void (*flush)(fx_runtime *rt, void *state); // before the program waits for the system, and at its end; may be NULL
    void (*close)(fx_runtime *rt, void *state); // at the end; may be NULL
} fx_library;

void *fx_library_state(fx_runtime *rt, const fx_library *library); // made on first use

void fx_flush(fx_runtime *rt);                                         // all libraries

struct uv_loop_s *fx_loop(fx_runtime *rt);
int fx_file_descriptor(fx_value handle); // of a File.Handle; -1: closed
// Sends what the socket takes of a Tcp.Held from `done` on, which is moved. 1: all has gone; 0: no more at the moment; or a negative error code.
int fx_held_send(int socket, fx_value held, size_t *done);
// Sends what the socket takes of a list of texts, in one call of the system; -1: nothing. What is left, as one text, whatever the reason; 0: nothing.
fx_value fx_texts_send(fx_runtime *rt, int socket, fx_value texts, int flags);
void fx_push(int socket); // what MSG_MORE has held back goes now (tcp(7), TCP_NODELAY)

int fx_argument_count(fx_runtime *rt);
char **fx_arguments(fx_runtime *rt); // with the program's name
// Ends the program with this status: every task is cancelled, releases run. What an operation such as Exit.exit answers.
fx_answer fx_exit_program(fx_runtime *rt, int status);

typedef struct fx_stats {
    uint64_t tasks;      // begun
    uint64_t abandoned;  // jobs left to themselves (C7)
    uint64_t suppressed; // faults of releases and of branches that were being unwound (C3)
    uint64_t polls;      // of the system
} fx_stats;
const fx_stats *fx_statistics(fx_runtime *rt);

#endif
