// The faults of checked arithmetic (fx_code.h).

#include <inttypes.h>

#include "runtime.h"
#include "fx_code.h"

_Noreturn void fx_fault_int(fx_runtime *rt, const char *site, char operation, int64_t left, int64_t right) {
    if (operation == '~') fx_fault(rt, site, "overflow: -(%" PRId64 ") does not fit an Int", left);
    if ((operation == '/' || operation == '%') && right == 0) fx_fault(rt, site, "division by zero: %" PRId64 " %c 0", left, operation);
    fx_fault(rt, site, right < 0 ? "overflow: %" PRId64 " %c (%" PRId64 ") does not fit an Int" : "overflow: %" PRId64 " %c %" PRId64 " does not fit an Int",
             left, operation, right);
}
