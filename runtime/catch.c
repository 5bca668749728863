// Handles that are left by a jump. The compiler makes one where it knows the handle and all code under it, clauses end the computation, and nothing
// waits: so the C stack between the handle and the operation is whole, and what its functions own they have listed (rt->held).

#include <setjmp.h>
#include "clause.h"

// The C compilers' own jump, where both have it, takes a third of the time: only where it leads, the stack and the frame are written down.
#if defined __x86_64__
typedef void *Place[5];
#define MARK(place) __builtin_setjmp(place)
#define JUMP(place) __builtin_longjmp(place, 1)
#else
typedef jmp_buf Place;
#define MARK(place) _setjmp(place)
#define JUMP(place) _longjmp(place, 1)
#endif

struct fx_catch {
    Place place;
    struct fx_catch *outer;
    const fx_value *held;  // when it began
    const jmp_buf *jump;   // where a fault within it goes
};

void fx_leave_catches(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    for (fx_catch *catch; (catch = internals->catching) && catch->jump == internals->jump;) {
        internals->catching = catch->outer;
        rt->held = catch->held;
    }
}

// Ends the innermost handle that is left by a jump: it goes on with its clause `index`. The arguments are in rt->arguments.
static _Noreturn void throw(fx_runtime *rt, unsigned index, unsigned count) {
    fx_catch *catch = rt->internals->catching;
    while (rt->held != catch->held) {
        const fx_value *held = rt->held;
        rt->held = (const fx_value *)(intptr_t)held[0];
        for (fx_value i = 0; i < held[1]; i++) fx_drop(rt, held[2 + i]);
    }
    rt->internals->thrown = index;
    rt->argument_count = count;
    JUMP(catch->place);
}

fx_value fx_throw0(fx_runtime *rt, unsigned index) { throw(rt, index, 0); }
#define THROW(suffix, count, parameters, store)                                        \
    fx_value fx_throw##suffix(fx_runtime *rt, unsigned index parameters) {              \
        store                                                                           \
        throw(rt, index, count);                                                        \
    }
#define STORE1 rt->arguments[0] = a;
#define STORE2 STORE1 rt->arguments[1] = b;
#define STORE3 STORE2 rt->arguments[2] = c;
#define STORE4 STORE3 rt->arguments[3] = d;
#define FOUR_PARAMETERS FX_LIST(fx_value a, fx_value b, fx_value c, fx_value d)
THROW(1, 1, FX_LIST(fx_value a), STORE1)
THROW(2, 2, FX_LIST(fx_value a, fx_value b), STORE2)
THROW(3, 3, FX_LIST(fx_value a, fx_value b, fx_value c), STORE3)
THROW(4, 4, FOUR_PARAMETERS, STORE4)
THROW(_more, rt->argument_count, FOUR_PARAMETERS, STORE4)

// Its answer; `suspended` says that it was left by a jump. A function of its own: it has no variables that the jump could spoil, and its caller's
// calls can be tail calls.
static __attribute__((noinline)) fx_answer run_within(fx_runtime *rt, fx_value computation) {
    fx_catch catch = {.outer = rt->internals->catching, .held = rt->held, .jump = rt->internals->jump};
    rt->internals->catching = &catch;
    if (MARK(catch.place)) {
        rt->internals->catching = catch.outer;
        return (fx_answer){0, 1};
    }
    fx_value answer = fx_direct0(rt, computation);
    rt->internals->catching = catch.outer;
    return fx_done(answer);
}

static fx_answer run_clause(fx_runtime *rt, fx_value handler) {
    fx_value clause = fx_object_of(handler)->fields[FX_HANDLER_CLAUSES + rt->internals->thrown];
    const fx_value *a = rt->arguments;
    fx_dup_object(clause);
    fx_drop_object(rt, handler);
    switch (rt->argument_count) {
    case 0: return run_clause0(rt, clause);
    case 1: return run_clause1(rt, clause, a[0]);
    case 2: return run_clause2(rt, clause, a[0], a[1]);
    case 3: return run_clause3(rt, clause, a[0], a[1], a[2]);
    case 4: return run_clause4(rt, clause, a[0], a[1], a[2], a[3]);
    default: return run_clause_more(rt, clause, a[0], a[1], a[2], a[3]);
    }
}

static fx_answer run_return(fx_runtime *rt, fx_value function, fx_value answer) {
    return fx_is_constant(function) ? fx_done(answer) : run_clause1(rt, function, answer);
}

// The arguments are those of fx_handle_take (handler.c).
fx_answer fx_catch_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value handler) {
    (void)place;
    fx_answer answer = run_within(rt, computation);
    if (answer.suspended) {
        fx_drop(rt, function);
        return run_clause(rt, handler);
    }
    fx_drop_object(rt, handler);
    return run_return(rt, function, answer.value);
}

fx_answer fx_catch_now_take(fx_runtime *rt, fx_value place, fx_value computation, fx_value function, fx_value handler) {
    fx_answer answer = fx_catch_take(rt, place, computation, function, handler);
    return answer.suspended ? fx_finish_now(rt, answer) : answer;
}
