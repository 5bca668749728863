// Unknown calls: eval/apply (Marlow and Peyton Jones, "Making a fast curry", 2004; docs/decisions/0002).
//
// An exact call is one comparison and a jump. All others gather their arguments in rt->arguments and go by the closure's arity: too few make
// a partial application, too many are applied in steps. Every last call here is a jump, so a chain of tail calls through closures needs no stack.

#include "runtime.h"

// Whatever the rest is built with (-Og makes no jumps of last calls).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O2")
#endif

typedef fx_value (*code0)(fx_runtime *, fx_value);
typedef fx_value (*code1)(fx_runtime *, fx_value, fx_value);
typedef fx_value (*code2)(fx_runtime *, fx_value, fx_value, fx_value);
typedef fx_value (*code3)(fx_runtime *, fx_value, fx_value, fx_value, fx_value);
typedef fx_value (*code4)(fx_runtime *, fx_value, fx_value, fx_value, fx_value, fx_value);
typedef fx_answer (*waiting0)(fx_runtime *, fx_value);
typedef fx_answer (*waiting1)(fx_runtime *, fx_value, fx_value);
typedef fx_answer (*waiting2)(fx_runtime *, fx_value, fx_value, fx_value);
typedef fx_answer (*waiting3)(fx_runtime *, fx_value, fx_value, fx_value, fx_value);
typedef fx_answer (*waiting4)(fx_runtime *, fx_value, fx_value, fx_value, fx_value, fx_value);

#define CODE(type, closure) ((type)(intptr_t)fx_object_of(closure)->fields[0])
#define NOINLINE __attribute__((noinline))

static unsigned arity_of(fx_value closure) { return fx_object_of(closure)->tag >> 2; }
static unsigned mode_of(fx_value closure) { return fx_object_of(closure)->tag & 3; }

// ---- exact calls, arguments in rt->arguments ----

static fx_value call_value(fx_runtime *rt, fx_value closure, unsigned count) {
    const fx_value *a = rt->arguments;
    switch (count) {
    case 0: return CODE(code0, closure)(rt, closure);
    case 1: return CODE(code1, closure)(rt, closure, a[0]);
    case 2: return CODE(code2, closure)(rt, closure, a[0], a[1]);
    case 3: return CODE(code3, closure)(rt, closure, a[0], a[1], a[2]);
    default: return CODE(code4, closure)(rt, closure, a[0], a[1], a[2], a[3]);
    }
}

static fx_answer call_waiting(fx_runtime *rt, fx_value closure, unsigned count) {
    const fx_value *a = rt->arguments;
    switch (count) {
    case 0: return CODE(waiting0, closure)(rt, closure);
    case 1: return CODE(waiting1, closure)(rt, closure, a[0]);
    case 2: return CODE(waiting2, closure)(rt, closure, a[0], a[1]);
    case 3: return CODE(waiting3, closure)(rt, closure, a[0], a[1], a[2]);
    default: return CODE(waiting4, closure)(rt, closure, a[0], a[1], a[2], a[3]);
    }
}

// ---- partial applications ----
//
// fields: the code, a description of the arguments it holds and of those still to come, the held arguments (words, then counted ones), and last
// the function, a closure or itself a partial application.

enum { HELD_LIMIT = FX_HELD_LIMIT };

// The description: 5 bits how many are held, which of them are counted (from bit 5), and which of those to come are (from bit 5 + HELD_LIMIT).
static uint64_t description(unsigned held, uint64_t counted,
                            uint64_t to_come) { return held | (counted & ((1u << held) - 1)) << 5 | to_come << (5 + HELD_LIMIT); }

static bool is_partial(const fx_object *closure) { return closure->info >= FX_INFO_PARTIAL && closure->info <= FX_INFO_PARTIAL + FX_MADE_WORDS; }

uint64_t fx_counted_parameters(fx_runtime *rt, const fx_object *closure) {
    if (is_partial(closure) || closure->info == FX_INFO_CONTINUATION) return (uint64_t)closure->fields[1] >> (5 + HELD_LIMIT);
    return rt->program->closure_parameters[closure->info - FX_INFO_PROGRAM];
}

static fx_code partial_code(unsigned to_come, unsigned mode);

// Of up to HELD_LIMIT arguments.
static fx_value make_partial(fx_runtime *rt, fx_value function, unsigned count, const fx_value *arguments) {
    uint64_t counted = fx_counted_parameters(rt, fx_object_of(function));
    unsigned to_come = arity_of(function) - count, mode = mode_of(function);
    unsigned counted_count = (unsigned)__builtin_popcountll(counted & (((uint64_t)1 << count) - 1));
    fx_object *partial = fx_allocate(rt, count + 3, FX_INFO_PARTIAL + count + 3, FX_CLOSURE_TAG(to_come, mode), counted_count + 1);
    partial->fields[0] = (fx_value)(intptr_t)partial_code(to_come, mode);
    partial->fields[1] = (fx_value)description(count, counted, count < 64 ? counted >> count : 0);
    fx_value *word = partial->fields + 2, *object = word + count - counted_count;
    for (unsigned i = 0; i < count; i++) *(counted >> i & 1 ? object++ : word++) = arguments[i];
    *object = function;
    return fx_value_of(partial);
}

// Of any number, in rt->arguments.
static fx_value partial_of(fx_runtime *rt, fx_value function, unsigned count) {
    const fx_value *next = rt->arguments;
    for (; count > HELD_LIMIT; count -= HELD_LIMIT, next += HELD_LIMIT) function = make_partial(rt, function, HELD_LIMIT, next);
    return count ? make_partial(rt, function, count, next) : function;
}

fx_value fx_partial(fx_runtime *rt, fx_value function, unsigned count, ...) {
    va_list arguments;
    va_start(arguments, count);
    for (unsigned i = 0; i < count; i++) rt->arguments[i] = va_arg(arguments, fx_value);
    va_end(arguments);
    return partial_of(rt, function, count);
}

// Puts the held arguments before the `given` ones in rt->arguments, consumes the partial application, answers its function.
static NOINLINE fx_value unpack(fx_runtime *rt, fx_value self, unsigned given) {
    fx_object *partial = fx_object_of(self);
    uint64_t description = (uint64_t)partial->fields[1];
    unsigned held = description & 31, counted_count = partial->counted - 1u;
    bool is_last = partial->count == 1;
    memmove(rt->arguments + held, rt->arguments, given * sizeof(fx_value));
    const fx_value *word = partial->fields + 2, *object = word + held - counted_count;
    for (unsigned i = 0; i < held; i++) {
        bool is_counted = description >> (5 + i) & 1;
        rt->arguments[i] = *(is_counted ? object++ : word++);
        if (is_counted && !is_last) fx_dup(rt->arguments[i]);
    }
    fx_value function = *object;
    rt->argument_count = held + given;
    if (is_last) fx_free(rt, partial, held + 3);
    else {
        fx_dup(function);
        fx_drop(rt, self);
    }
    return function;
}

// ---- inexact calls ----

// Applies to the first arguments only; those that are left move to the front of rt->arguments.
static NOINLINE fx_value step(fx_runtime *rt, fx_value function, unsigned count) {
    unsigned arity = arity_of(function), left = count - arity;
    fx_value kept[64];
    memcpy(kept, rt->arguments + arity, left * sizeof(fx_value));
    fx_value result = call_value(rt, function, arity);
    memcpy(rt->arguments, kept, left * sizeof(fx_value));
    rt->argument_count = left;
    return result;
}

static fx_value apply_arguments(fx_runtime *rt, fx_value function, unsigned count) {
    for (;;) {
        unsigned arity = arity_of(function);
        if (arity > count || (arity == count && mode_of(function) != FX_PURE)) return partial_of(rt, function, count);
        if (arity == count) return call_value(rt, function, count);
        function = step(rt, function, count);
        count -= arity;
    }
}

static fx_answer run_arguments(fx_runtime *rt, fx_value function, unsigned count) {
    for (;;) {
        unsigned arity = arity_of(function), mode = mode_of(function);
        if (arity == count && mode == FX_WAITING) return call_waiting(rt, function, count);
        if (arity == count && mode == FX_DIRECT) return fx_done(call_value(rt, function, count));
        function = step(rt, function, count);
        count -= arity;
    }
}

static fx_value direct_arguments(fx_runtime *rt, fx_value function, unsigned count) {
    for (;;) {
        unsigned arity = arity_of(function), mode = mode_of(function);
        if (arity == count && mode == FX_DIRECT) return call_value(rt, function, count);
        if (arity == count && mode == FX_WAITING) fx_fault(rt, NULL, "a computation waits where its type says that none can: a bug in fx");
        function = step(rt, function, count);
        count -= arity;
    }
}

// ---- the doors, by number of arguments ----

#define STORE1 rt->arguments[0] = a;
#define STORE2 STORE1 rt->arguments[1] = b;
#define STORE3 STORE2 rt->arguments[2] = c;
#define STORE4 STORE3 rt->arguments[3] = d;

#define DOORS(n, parameters, values, store)                                                                            \
    fx_value fx_apply##n(fx_runtime *rt, fx_value function, parameters) {                                              \
        if (fx_object_of(function)->tag == FX_CLOSURE_TAG(n, FX_PURE)) return CODE(code##n, function)(rt, function, values); \
        store return apply_arguments(rt, function, n);                                                                 \
    }                                                                                                                  \
    fx_answer fx_run##n(fx_runtime *rt, fx_value function, parameters) {                                               \
        if (fx_object_of(function)->tag == FX_CLOSURE_TAG(n, FX_WAITING)) return CODE(waiting##n, function)(rt, function, values); \
        store return run_arguments(rt, function, n);                                                                   \
    }                                                                                                                  \
    fx_value fx_direct##n(fx_runtime *rt, fx_value function, parameters) {                                             \
        if (fx_object_of(function)->tag == FX_CLOSURE_TAG(n, FX_DIRECT)) return CODE(code##n, function)(rt, function, values); \
        store return direct_arguments(rt, function, n);                                                                \
    }
#define LIST(...) __VA_ARGS__
DOORS(1, fx_value a, a, STORE1)
DOORS(2, LIST(fx_value a, fx_value b), LIST(a, b), STORE2)
DOORS(3, LIST(fx_value a, fx_value b, fx_value c), LIST(a, b, c), STORE3)
DOORS(4, LIST(fx_value a, fx_value b, fx_value c, fx_value d), LIST(a, b, c, d), STORE4)

fx_answer fx_run0(fx_runtime *rt, fx_value computation) {
    if (mode_of(computation) == FX_WAITING) return CODE(waiting0, computation)(rt, computation);
    return fx_done(CODE(code0, computation)(rt, computation));
}

fx_value fx_direct0(fx_runtime *rt, fx_value computation) {
    if (mode_of(computation) == FX_DIRECT) return CODE(code0, computation)(rt, computation);
    return direct_arguments(rt, computation, 0);
}

fx_value fx_apply_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return apply_arguments(rt, function, rt->argument_count);
}

fx_answer fx_run_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return run_arguments(rt, function, rt->argument_count);
}

fx_value fx_direct_more(fx_runtime *rt, fx_value function, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return direct_arguments(rt, function, rt->argument_count);
}

// ---- the code of partial applications, by how many arguments are to come and by mode ----

static fx_value finish_pure(fx_runtime *rt, fx_value self, unsigned given) {
    fx_value function = unpack(rt, self, given);
    return apply_arguments(rt, function, rt->argument_count);
}

static fx_value finish_direct(fx_runtime *rt, fx_value self, unsigned given) {
    fx_value function = unpack(rt, self, given);
    return direct_arguments(rt, function, rt->argument_count);
}

static fx_answer finish_waiting(fx_runtime *rt, fx_value self, unsigned given) {
    fx_value function = unpack(rt, self, given);
    return run_arguments(rt, function, rt->argument_count);
}

static fx_value direct_code0(fx_runtime *rt, fx_value self) { return finish_direct(rt, self, 0); }
static fx_answer waiting_code0(fx_runtime *rt, fx_value self) { return finish_waiting(rt, self, 0); }

#define CODES(n, parameters, store)                                                                                    \
    static fx_value pure_code##n(fx_runtime *rt, fx_value self, parameters) { store return finish_pure(rt, self, n); }  \
    static fx_value direct_code##n(fx_runtime *rt, fx_value self, parameters) { store return finish_direct(rt, self, n); } \
    static fx_answer waiting_code##n(fx_runtime *rt, fx_value self, parameters) { store return finish_waiting(rt, self, n); }
CODES(1, fx_value a, STORE1)
CODES(2, LIST(fx_value a, fx_value b), STORE2)
CODES(3, LIST(fx_value a, fx_value b, fx_value c), STORE3)
CODES(4, LIST(fx_value a, fx_value b, fx_value c, fx_value d), STORE4)

static fx_value pure_code_more(fx_runtime *rt, fx_value self, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return finish_pure(rt, self, arity_of(self));
}

static fx_value direct_code_more(fx_runtime *rt, fx_value self, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return finish_direct(rt, self, arity_of(self));
}

static fx_answer waiting_code_more(fx_runtime *rt, fx_value self, fx_value a, fx_value b, fx_value c, fx_value d) {
    STORE4
    return finish_waiting(rt, self, arity_of(self));
}

static fx_code partial_code(unsigned to_come, unsigned mode) {
    static const fx_code codes[3][6] = {
        {NULL, (fx_code)pure_code1, (fx_code)pure_code2, (fx_code)pure_code3, (fx_code)pure_code4, (fx_code)pure_code_more},
        {(fx_code)direct_code0, (fx_code)direct_code1, (fx_code)direct_code2, (fx_code)direct_code3, (fx_code)direct_code4,
            (fx_code)direct_code_more},
        {(fx_code)waiting_code0, (fx_code)waiting_code1, (fx_code)waiting_code2, (fx_code)waiting_code3, (fx_code)waiting_code4,
            (fx_code)waiting_code_more},
    };
    return codes[mode][to_come > 4 ? 5 : to_come];
}
