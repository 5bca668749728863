// A Char is held as the number of its Unicode scalar, so both ways are the identity; Char.of_int has checked the range.
#include "fx.h"

fx_value fx_char_number(fx_runtime *rt, fx_value c) {
    (void)rt;
    return c;
}

fx_value fx_char_of_scalar(fx_runtime *rt, fx_value number) {
    (void)rt;
    return number;
}
