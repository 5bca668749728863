#ifndef FX_H
#define FX_H
// The one door to the runtime: for the C that fx writes and for C beside a library module (stdlib/*.c).
// docs/runtime.md has the numbered rules; docs/cps.md how waiting works.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
} fx_kind_of_object;

// One for each shape of object that a program makes. `name` is what FX_CHECK lists: "List.::", "closure Main.handle".
typedef struct fx_info {
    const char *name;
    uint8_t kind;
    uint8_t words; // header not counted; 0: varies
} fx_info;

// The runtime's own infos come first in every program's table.
#define FX_BUILTIN_INFOS                                                                                              \
    {"String", FX_KIND_STRING, 0}, {"Array", FX_KIND_ARRAY, 0}, {"resource", FX_KIND_RESOURCE, 0},                     \
    {"frame", FX_KIND_FRAME, 0}, {"partial application", FX_KIND_CLOSURE, 0}, {"data", FX_KIND_DATA, 0}
enum { FX_INFO_STRING, FX_INFO_ARRAY, FX_INFO_RESOURCE, FX_INFO_FRAME, FX_INFO_PARTIAL, FX_INFO_DATA, FX_INFO_PROGRAM };

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

// ---- counting ----
//
// fx functions own their arguments. C functions bound by `extern` borrow theirs, unless the C name ends in `_take`: then they own all
// of them. What a function answers is owned by its caller.

fx_value fx_release(fx_runtime *rt, fx_object *object); // the last reference is gone: frees it and, iteratively, all it held

static inline void fx_dup(fx_value value) {
    if (fx_is_constant(value)) return;
    fx_object *object = fx_object_of(value);
    if (object->count) object->count++;
}
static inline void fx_drop(fx_runtime *rt, fx_value value) {
    if (fx_is_constant(value)) return;
    fx_object *object = fx_object_of(value);
    if (object->count == 1) fx_release(rt, object);
    else if (object->count) object->count--;
}
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

typedef struct fx_frame fx_frame;

typedef struct fx_frame_info {
    fx_answer (*resume)(fx_runtime *rt, fx_frame *frame, fx_value answer); // owns frame and answer
    // NULL for the frames of fx functions, which are simply dropped when the task unwinds; the runtime's own (bracket, handlers) act on it.
    fx_answer (*unwind)(fx_runtime *rt, fx_frame *frame);
    const char *function; // "Main.handle"
    const char *site;     // "pluto.fx:12:8": the let! that waits
    uint16_t words;       // saved
    uint16_t counted;     // how many of the last saved words are counted
    uint16_t point;       // which call of the function
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
} fx_program;

// Runs a program to its end on a loop of its own and answers the exit status.
int fx_main(const fx_program *program, int argument_count, char **arguments);

// The part of the runtime that inlined code reaches. The rest is runtime/runtime.h's.
#define FX_SMALL_WORDS 32
struct fx_runtime {
    fx_object *free[FX_SMALL_WORDS + 1]; // by words; linked through fields[0]
    fx_value *globals;
    const fx_info *infos;
    struct fx_task *task;                // the one that runs
    fx_frame **capture;                  // where the next captured frame is linked
    const fx_program *program;
    struct fx_internals *internals;      // what the runtime keeps to itself
};

fx_object *fx_allocate_slow(fx_runtime *rt, unsigned words);

// An object with `words` fields, not yet filled, count 1.
static inline fx_object *fx_allocate(fx_runtime *rt, unsigned words, unsigned info, unsigned tag, unsigned counted) {
    fx_object *object = words <= FX_SMALL_WORDS ? rt->free[words] : NULL;
    if (__builtin_expect(object != NULL, 1)) rt->free[words] = fx_object_of(object->fields[0]);
    else object = fx_allocate_slow(rt, words);
    object->count = 1;
    object->info = (uint16_t)info;
    object->tag = (uint8_t)tag;
    object->counted = (uint8_t)counted;
    return object;
}
void fx_free(fx_runtime *rt, fx_object *object, unsigned words); // memory only

static inline fx_frame *fx_push_frame(fx_runtime *rt, const fx_frame_info *info) {
    fx_object *object = fx_allocate(rt, info->words + 2u, FX_INFO_FRAME, 0, 0);
    fx_frame *frame = (fx_frame *)object;
    frame->info = info;
    frame->next = NULL;
    *rt->capture = frame;
    rt->capture = &frame->next;
    return frame;
}

// ---- closures ----
//
// tag: arity << 2 | mode. The code owns its closure and its arguments. A function whose body is a computation has the mode of that computation:
// applied to all its arguments and run at once it is one call; only applied, it becomes a partial application that waits to be run.

enum { FX_PURE, FX_DIRECT, FX_WAITING };
#define FX_CLOSURE_TAG(arity, mode) ((arity) << 2 | (mode))
typedef fx_value (*fx_code)(void); // cast to fx_value (*)(rt, self, arguments...), or answering fx_answer when WAITING

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

// ---- strings ----

typedef struct fx_string {
    fx_object object;
    size_t length;
    size_t capacity; // bytes that `bytes` has room for, the NUL after the last not counted
    char bytes[];    // always followed by a NUL
} fx_string;

static inline const char *fx_string_bytes(fx_value string) { return ((fx_string *)fx_object_of(string))->bytes; }
static inline size_t fx_string_length(fx_value string) { return ((fx_string *)fx_object_of(string))->length; }
fx_value fx_string_make(fx_runtime *rt, const char *bytes, size_t length); // bytes NULL: not yet filled
fx_value fx_string_of(fx_runtime *rt, const char *terminated);
fx_value fx_string_append_take(fx_runtime *rt, fx_value left, fx_value right); // in place when left is unique and has room

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
// A constructor's object: `raw` uncounted fields, then `counted` counted ones, all owned by the new object.
fx_value fx_construct(fx_runtime *rt, unsigned tag, unsigned raw, unsigned counted, ...);
fx_value fx_cons_take(fx_runtime *rt, fx_representation head_is, fx_value head, fx_value tail);
fx_value fx_some_take(fx_runtime *rt, fx_representation is, fx_value value);
fx_value fx_ok_take(fx_runtime *rt, fx_representation is, fx_value value);
fx_value fx_error_take(fx_runtime *rt, fx_representation is, fx_value value); // Err
fx_value fx_pair_take(fx_runtime *rt, fx_representation first_is, fx_value first, fx_representation second_is, fx_value second);
// An Err of module Error's type for a libuv or errno code (negative, as libuv answers it).
fx_value fx_error_of_code(fx_runtime *rt, int code);

// ---- faults ----

// Stops the task with a bug's message. `site` is "FILE.fx:LINE:COLUMN" or NULL. Does not return.
_Noreturn void fx_fault(fx_runtime *rt, const char *site, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
