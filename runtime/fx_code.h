#ifndef FX_CODE_H
#define FX_CODE_H
// What the C that fx writes uses beyond fx.h: small operations that are worth inlining. No library includes this.

#include "fx.h"

// ---- objects whose type or constructor is known ----

static inline fx_value fx_field(fx_value value, unsigned slot) { return fx_object_of(value)->fields[slot]; }
static inline bool fx_is_unique_object(fx_value value) { return fx_object_of(value)->count == 1; }

static inline void fx_dup_object(fx_value value) {
    fx_object *object = fx_object_of(value);
    if (object->count) object->count++;
}

FX_OFTEN void fx_drop_object(fx_runtime *rt, fx_value value) {
    fx_object *object = fx_object_of(value);
    if (object->count == 1) fx_release(rt, object);
    else if (object->count) object->count--;
}

// One reference less of an object that is not unique.
static inline void fx_drop_shared(fx_value value) {
    fx_object *object = fx_object_of(value);
    if (object->count) object->count--;
}

// An object without counted fields.
FX_OFTEN void fx_drop_flat(fx_runtime *rt, fx_value value, unsigned words) {
    if (fx_is_unique_object(value)) fx_free(rt, fx_object_of(value), words);
    else fx_drop_shared(value);
}

// fx_allocate as a call: for functions so large that the C compiler would take long over its branches.
__attribute__((noinline, unused)) static fx_object *fx_allocate_apart(fx_runtime *rt, unsigned words, unsigned info, unsigned tag, unsigned counted) {
    return fx_allocate(rt, words, info, tag, counted);
}

// An object in the memory of `token`, of as many words, or in new memory when that is NULL.
FX_OFTEN fx_object *fx_reuse(fx_runtime *rt, fx_object *token, unsigned words, unsigned info, unsigned tag, unsigned counted) {
    if (!token) return fx_allocate(rt, words, info, tag, counted);
    token->info = (uint16_t)info;
    token->tag = (uint8_t)tag;
    token->counted = (uint8_t)counted;
    return token;
}

// ---- unknown calls: the exact ones without a detour by closure.c ----

#define FX_EXACT(function, arity, mode) __builtin_expect(fx_object_of(function)->tag == FX_CLOSURE_TAG(arity, mode), 1)
#define FX_CODE(result, ...) ((result(*)(fx_runtime *, fx_value __VA_ARGS__))(intptr_t)fx_object_of(function)->fields[0])
#define FX_DOORS(n, types, parameters, values)                                                                         \
    static inline fx_value fx_call##n(fx_runtime *rt, fx_value function parameters) {                                   \
        return FX_EXACT(function, n, FX_PURE) ? FX_CODE(fx_value, types)(rt, function values) : fx_apply##n(rt, function values); \
    }                                                                                                                  \
    static inline fx_answer fx_call_waiting##n(fx_runtime *rt, fx_value function parameters) {                          \
        return FX_EXACT(function, n, FX_WAITING) ? FX_CODE(fx_answer, types)(rt, function values) : fx_run##n(rt, function values); \
    }                                                                                                                  \
    static inline fx_value fx_call_direct##n(fx_runtime *rt, fx_value function parameters) {                            \
        return FX_EXACT(function, n, FX_DIRECT) ? FX_CODE(fx_value, types)(rt, function values) : fx_direct##n(rt, function values); \
    }
#define FX_LIST(...) , __VA_ARGS__ // a macro's argument that begins with a comma and may hold others
FX_DOORS(1, FX_LIST(fx_value), FX_LIST(fx_value a), FX_LIST(a))
FX_DOORS(2, FX_LIST(fx_value, fx_value), FX_LIST(fx_value a, fx_value b), FX_LIST(a, b))
FX_DOORS(3, FX_LIST(fx_value, fx_value, fx_value), FX_LIST(fx_value a, fx_value b, fx_value c), FX_LIST(a, b, c))

// ---- static data ----

#define FX_STATIC_TEXT(size)                                                                                           \
    struct {                                                                                                           \
        fx_object object;                                                                                              \
        size_t length, capacity;                                                                                       \
        char bytes[(size) + 1];                                                                                        \
    }
#define FX_STATIC_DATA(words)                                                                                          \
    struct {                                                                                                           \
        fx_object object;                                                                                              \
        fx_value fields[words];                                                                                        \
    }
typedef struct fx_static_closure {
    fx_object object;
    fx_code code;
} fx_static_closure;
#define fx_code_value(function) ((fx_value)(intptr_t)(function))

// ---- Int: checked ----

_Noreturn void fx_fault_int(fx_runtime *rt, const char *site, char operation, int64_t left, int64_t right);

#define FX_INT_OPERATION(name, builtin, sign)                                                                          \
    static inline fx_value fx_int_##name(fx_runtime *rt, fx_value left, fx_value right, const char *site) {            \
        int64_t result;                                                                                                \
        if (__builtin_expect(builtin(left, right, &result), 0)) fx_fault_int(rt, site, sign, left, right);             \
        return result;                                                                                                 \
    }
FX_INT_OPERATION(add, __builtin_add_overflow, '+')
FX_INT_OPERATION(subtract, __builtin_sub_overflow, '-')
FX_INT_OPERATION(multiply, __builtin_mul_overflow, '*')

static inline fx_value fx_int_divide(fx_runtime *rt, fx_value left, fx_value right, const char *site) {
    if (__builtin_expect(right == 0 || (right == -1 && left == INT64_MIN), 0)) fx_fault_int(rt, site, '/', left, right);
    return left / right;
}

static inline fx_value fx_int_remainder(fx_runtime *rt, fx_value left, fx_value right, const char *site) {
    if (__builtin_expect(right == 0, 0)) fx_fault_int(rt, site, '%', left, right);
    return right == -1 ? 0 : left % right;
}

static inline fx_value fx_int_negate(fx_runtime *rt, fx_value value, const char *site) {
    if (__builtin_expect(value == INT64_MIN, 0)) fx_fault_int(rt, site, '~', value, 0);
    return -value;
}

// ---- comparisons that answer an Ordering: Less 0, Equal 1, Greater 2 ----

static inline fx_value fx_word_ordering(fx_value left, fx_value right) { return (left > right) - (left < right) + 1; }
// A total order: a NaN is equal to itself and less than any number.
static inline fx_value fx_float_ordering(double left, double right) {
    if (left == right) return 1;
    if (left < right || left > right) return left < right ? 0 : 2;
    return (right != right) - (left != left) + 1;
}
static inline fx_value fx_string_ordering(fx_value left, fx_value right) { return fx_word_ordering(fx_string_compare(left, right), 0); }
FX_OFTEN bool fx_string_same(fx_value left, fx_value right) {
    size_t length = fx_string_length(left);
    return length == fx_string_length(right) && memcmp(fx_string_bytes(left), fx_string_bytes(right), length) == 0;
}

// ---- what programs ask of strings for each byte: instead of stdlib/String.c's ----

static inline fx_value fx_string_length_of(fx_runtime *rt, fx_value text) {
    (void)rt;
    return (fx_value)fx_string_length(text);
}
static inline fx_value fx_string_byte_or_minus(fx_runtime *rt, fx_value index, fx_value text) {
    (void)rt;
    return (uint64_t)index < fx_string_length(text) ? (unsigned char)fx_string_bytes(text)[index] : -1;
}

// ---- handlers (R28) ----

// What is in force for the effect with this place.
static inline fx_value fx_in_force(fx_runtime *rt, size_t place) {
    return ((fx_array *)fx_object_of(((fx_task_head *)rt->task)->environment))->items[place + 1];
}

fx_answer fx_perform0(fx_runtime *rt, size_t place, size_t index);
fx_answer fx_perform1(fx_runtime *rt, size_t place, size_t index, fx_value a);
fx_answer fx_perform2(fx_runtime *rt, size_t place, size_t index, fx_value a, fx_value b);
fx_answer fx_perform3(fx_runtime *rt, size_t place, size_t index, fx_value a, fx_value b, fx_value c);
fx_answer fx_perform4(fx_runtime *rt, size_t place, size_t index, fx_value a, fx_value b, fx_value c, fx_value d);
// More than four: rt->argument_count of them, the fifth and on in rt->arguments[4] and on.
fx_answer fx_perform_more(fx_runtime *rt, size_t place, size_t index, fx_value a, fx_value b, fx_value c, fx_value d);
// The same where the innermost handle that is left by a jump is the operation's; index: of the clause. What rt->held lists is dropped.
_Noreturn fx_value fx_throw0(fx_runtime *rt, unsigned index);
_Noreturn fx_value fx_throw1(fx_runtime *rt, unsigned index, fx_value a);
_Noreturn fx_value fx_throw2(fx_runtime *rt, unsigned index, fx_value a, fx_value b);
_Noreturn fx_value fx_throw3(fx_runtime *rt, unsigned index, fx_value a, fx_value b, fx_value c);
_Noreturn fx_value fx_throw4(fx_runtime *rt, unsigned index, fx_value a, fx_value b, fx_value c, fx_value d);
_Noreturn fx_value fx_throw_more(fx_runtime *rt, unsigned index, fx_value a, fx_value b, fx_value c, fx_value d);

// ---- cells ----

// Where the value of a cell is that is given private values somewhere in the program.
static inline fx_value *fx_cell_place(fx_runtime *rt, size_t place, fx_value *global) {
    fx_value cell = fx_in_force(rt, place);
    return fx_is_constant(cell) ? global : &fx_object_of(cell)->fields[2];
}
// What is in a cell of a counted type while the function that is to update it runs.
#define FX_EMPTY_CELL fx_constant(0x7fffffff)

static inline fx_value fx_cell_get_word(const fx_value *cell) { return *cell; }
static inline fx_value fx_cell_set_word(fx_runtime *rt, fx_value *cell, fx_value value) {
    (void)rt;
    *cell = value;
    return FX_UNIT;
}
static inline fx_value fx_cell_update_word(fx_runtime *rt, fx_value *cell, fx_value function) {
    *cell = fx_apply1(rt, function, *cell);
    return FX_UNIT;
}
// Of a counted type. An update gives the cell's value away, so that it can change in place, and leaves the cell empty until the new value is
// there: should the function fault, releases that read the cell fault too. Within any Task.isolate the cell keeps its value meanwhile, and the
// function works on a copy where it would have changed in place.
fx_value fx_cell_get(fx_runtime *rt, const fx_value *cell, const char *name);
fx_value fx_cell_set(fx_runtime *rt, fx_value *cell, fx_value value);
fx_value fx_cell_update(fx_runtime *rt, fx_value *cell, fx_value function, const char *name);

// ---- waiting ----

#define FX_SUSPENDED(answer) __builtin_expect((answer).suspended != 0, 0)
// What the frame has saved is in variables now. Continuations share frames with tag 1 (R31), which keep theirs.
void fx_dup_saved(const fx_frame *frame);
FX_OFTEN void fx_leave_frame(fx_runtime *rt, fx_frame *frame, unsigned words) {
    if (__builtin_expect(frame->object.tag == 0, 1)) fx_free(rt, &frame->object, words + 2);
    else fx_dup_saved(frame);
}
// Whether a long function, which is its own resumption, is called as that.
#define FX_RESUMED(frame) __builtin_expect((frame) != NULL, 0)
// The body that a waiting function and its resumption share.
#define FX_BODY __attribute__((always_inline)) inline

// ---- what FX_RECORD and FX_TRACE see (observe.c) ----

typedef enum {
    FX_SHAPE_INT, FX_SHAPE_CHAR, FX_SHAPE_FLOAT, FX_SHAPE_STRING, FX_SHAPE_RESOURCE,
    FX_SHAPE_LIST,    // one constructor, whose one field is the item
    FX_SHAPE_TUPLE,
    FX_SHAPE_DATA,
    FX_SHAPE_UNKNOWN, // shown as _
} fx_shape_kind;

// How values of a type are shown as fx source.
typedef struct fx_shape {
    uint8_t kind;
    uint8_t is; // fx_representation
    const char *name;
    const struct fx_constructor_shape *constructors; // by tag
} fx_shape;

typedef struct fx_constructor_shape {
    const char *name;
    size_t count;
    const fx_shape *const *fields;  // in the order of their declaration
    const char *const *field_names; // records; else NULL
} fx_constructor_shape;

typedef struct fx_operation {
    const char *name; // "File.read"
    bool waits;
    bool is_pure; // on what the world has made: neither counted nor in any order
    size_t count;
    const fx_shape *const *parameters;
    const fx_shape *answer;
} fx_operation;

#define FX_UNOBSERVED(rt) __builtin_expect((rt)->observer == NULL, 1)
#define FX_APART __attribute__((noinline, cold))
// Before the call, with its arguments, and after it, with its answer, which goes on. `site` is "FILE.fx:LINE:COLUMN" or NULL.
void fx_observe(fx_runtime *rt, const fx_operation *operation, const char *site, const fx_value *arguments);
fx_value fx_observed_value(fx_runtime *rt, fx_value answer);
fx_answer fx_observed(fx_runtime *rt, fx_answer answer);

// ---- the chain of let! ----
//
// Stands right after a call that may lead to a fault. It is no code: it records, in a section of its own, this place and its text, by which
// runtime/chain.c finds the text for the return address that a walk over the stack meets. Both are stored relative to themselves.
#define FX_SITE(text)                                                                                                  \
    __asm__ __inline__ __volatile__("661:\n\t"                                                                        \
                                    ".pushsection .rodata.fx_sites.text,\"aMS\",@progbits,1\n662:\t.asciz \"" text "\"\n\t.popsection\n\t" \
                                    ".pushsection fx_sites,\"a\",@progbits\n\t.balign 4\n\t.long 661b - .\n\t.long 662b - .\n\t.popsection" ::)

#endif
