// Only `fx test` makes something of a difference: a program in C has nobody to tell.
#include "fx.h"

fx_value fx_test_differ(fx_runtime *rt, fx_value left, fx_value right) {
    (void)rt, (void)left, (void)right;
    return 0;
}
