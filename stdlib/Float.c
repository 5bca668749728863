// Floats: the C library's functions, and text.
#include "fx.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define UNARY(name, function)                \
    double name(fx_runtime *rt, double x) {  \
        (void)rt;                            \
        return function(x);                  \
    }
UNARY(fx_float_abs, fabs)
UNARY(fx_float_floor, floor)
UNARY(fx_float_ceil, ceil)
UNARY(fx_float_round, round)
UNARY(fx_float_trunc, trunc)
UNARY(fx_float_sqrt, sqrt)
UNARY(fx_float_cbrt, cbrt)
UNARY(fx_float_exp, exp)
UNARY(fx_float_log, log)
UNARY(fx_float_log10, log10)
UNARY(fx_float_log2, log2)
UNARY(fx_float_sin, sin)
UNARY(fx_float_cos, cos)
UNARY(fx_float_tan, tan)
UNARY(fx_float_asin, asin)
UNARY(fx_float_acos, acos)
UNARY(fx_float_atan, atan)

double fx_float_power(fx_runtime *rt, double base, double exponent) {
    (void)rt;
    return pow(base, exponent);
}

double fx_float_atan2(fx_runtime *rt, double y, double x) {
    (void)rt;
    return atan2(y, x);
}

double fx_float_of_int(fx_runtime *rt, fx_value number) {
    (void)rt;
    return (double)number;
}

// x is within the range of Int.
fx_value fx_float_whole_part(fx_runtime *rt, double x) {
    (void)rt;
    return (fx_value)x;
}

fx_value fx_float_to_bits(fx_runtime *rt, double x) {
    (void)rt;
    return fx_from_double(x);
}

double fx_float_of_bits(fx_runtime *rt, fx_value bits) {
    (void)rt;
    return fx_to_double(bits);
}

// The largest double has 309 digits before the point.
// `decimals` is from 0 to 1000.
fx_value fx_float_fixed(fx_runtime *rt, fx_value decimals, double x) {
    char text[1 + 309 + 1 + 1000 + 1];
    int length;
    if (x != x) return fx_string_of(rt, "nan");
    length = snprintf(text, sizeof text, "%.*f", (int)decimals, x);
    return fx_string_make(rt, text, (size_t)length);
}

static const char *skip_digits(const char *at) {
    while (*at >= '0' && *at <= '9') at++;
    return at;
}

// Where the number that starts here ends, or NULL if none does: [digits] [. [digits]] [e [sign] digits], a digit before the exponent.
// Stricter than strtod, which takes blanks and hexadecimal digits too.
static const char *skip_number(const char *at) {
    const char *whole_end = skip_digits(at);
    const char *end = *whole_end == '.' ? skip_digits(whole_end + 1) : whole_end;
    if (end - at - (end != whole_end) == 0) return NULL;
    if (*end != 'e' && *end != 'E') return end;
    const char *exponent = end + 1;
    if (*exponent == '-' || *exponent == '+') exponent++;
    end = skip_digits(exponent);
    return end == exponent ? NULL : end;
}

// Strings end with a NUL, so a text that holds one stops short of its length and is refused.
fx_value fx_float_parse(fx_runtime *rt, fx_value text) {
    const char *bytes = fx_string_bytes(text), *at = bytes, *end = bytes + fx_string_length(text);
    if (*at == '-' || *at == '+') at++;
    bool is_word = strcmp(at, "inf") == 0 || strcmp(at, "nan") == 0;
    if (is_word ? at + 3 != end : skip_number(at) != end) return FX_NONE;
    return fx_some_take(rt, FX_FLOAT, fx_from_double(strtod(bytes, NULL)));
}
