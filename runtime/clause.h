#ifndef FX_CLAUSE_H
#define FX_CLAUSE_H
// Calls of a clause, and of a handle's return function, by how many arguments they take: most run at once.

#include "runtime.h"
#include "fx_code.h"

static inline fx_answer run_clause0(fx_runtime *rt, fx_value clause) { return fx_run0(rt, clause); }
#define RUN_CLAUSE(n, types, parameters, values)                                                                       \
    static inline fx_answer run_clause##n(fx_runtime *rt, fx_value function parameters) {                                 \
        if (FX_EXACT(function, n, FX_DIRECT)) return fx_done(FX_CODE(fx_value, types)(rt, function values));               \
        return fx_call_waiting##n(rt, function values);                                                                  \
    }
RUN_CLAUSE(1, FX_LIST(fx_value), FX_LIST(fx_value a), FX_LIST(a))
RUN_CLAUSE(2, FX_LIST(fx_value, fx_value), FX_LIST(fx_value a, fx_value b), FX_LIST(a, b))
RUN_CLAUSE(3, FX_LIST(fx_value, fx_value, fx_value), FX_LIST(fx_value a, fx_value b, fx_value c), FX_LIST(a, b, c))
static inline fx_answer run_clause4(fx_runtime *rt, fx_value clause, fx_value a, fx_value b, fx_value c, fx_value d) {
    return fx_run4(rt, clause, a, b, c, d);
}
static inline fx_answer run_clause_more(fx_runtime *rt, fx_value clause, fx_value a, fx_value b, fx_value c, fx_value d) {
    return fx_run_more(rt, clause, a, b, c, d);
}

#endif
