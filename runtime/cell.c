// Cells of counted types (fx_code.h).

#include "runtime.h"
#include "fx_code.h"

static void check_cell(fx_runtime *rt, const fx_value *cell, const char *name) {
    if (*cell == FX_EMPTY_CELL) fx_fault(rt, NULL, "the cell %s is empty: the function that was to update it made a fault", name);
}

fx_value fx_cell_get(fx_runtime *rt, const fx_value *cell, const char *name) {
    check_cell(rt, cell, name);
    fx_dup(*cell);
    return *cell;
}

fx_value fx_cell_set(fx_runtime *rt, fx_value *cell, fx_value value) {
    fx_value old = *cell;
    *cell = value;
    fx_drop(rt, old);
    return FX_UNIT;
}

fx_value fx_cell_update(fx_runtime *rt, fx_value *cell, fx_value function, const char *name) {
    check_cell(rt, cell, name);
    fx_value old = *cell;
    if (rt->internals->isolates) { // someone may look at the cell after a fault: it keeps what it had
        fx_dup(old);
        *cell = fx_apply1(rt, function, old);
        fx_drop(rt, old);
        return FX_UNIT;
    }
    *cell = FX_EMPTY_CELL;
    *cell = fx_apply1(rt, function, old);
    return FX_UNIT;
}
