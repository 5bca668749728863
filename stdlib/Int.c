// Integers: text in any base, arithmetic that wraps or says so, bits.
#include "fx.h"

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 36;
}

// The number is built on the negative side, which reaches one further.
static bool parse_digits(const char *at, const char *end, int base, bool negative, int64_t *number) {
    int64_t done = 0;
    if (at == end) return false;
    for (; at < end; at++) {
        int digit = digit_value(*at);
        if (digit >= base || __builtin_mul_overflow(done, base, &done) || __builtin_sub_overflow(done, digit, &done)) return false;
    }
    if (!negative && __builtin_sub_overflow(0, done, &done)) return false;
    *number = done;
    return true;
}

fx_value fx_int_parse_base(fx_runtime *rt, fx_value base, fx_value text) {
    const char *at = fx_string_bytes(text), *end = at + fx_string_length(text);
    bool negative = at < end && *at == '-';
    int64_t number;
    if (base < 2 || base > 36) return FX_NONE;
    if (at < end && (*at == '-' || *at == '+')) at++;
    return parse_digits(at, end, (int)base, negative, &number) ? fx_some_take(rt, FX_WORD, number) : FX_NONE;
}

// `base` is from 2 to 36.
fx_value fx_int_digits(fx_runtime *rt, fx_value base, fx_value number) {
    char digits[65], *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do *--at = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % (uint64_t)base];
    while ((rest /= (uint64_t)base) != 0);
    if (number < 0) *--at = '-';
    return fx_string_make(rt, at, (size_t)(digits + sizeof digits - at));
}

fx_value fx_int_wrapping_add(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return (fx_value)((uint64_t)a + (uint64_t)b);
}

fx_value fx_int_wrapping_subtract(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return (fx_value)((uint64_t)a - (uint64_t)b);
}

fx_value fx_int_wrapping_multiply(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return (fx_value)((uint64_t)a * (uint64_t)b);
}

fx_value fx_int_checked_add(fx_runtime *rt, fx_value a, fx_value b) {
    fx_value sum;
    return __builtin_add_overflow(a, b, &sum) ? FX_NONE : fx_some_take(rt, FX_WORD, sum);
}

fx_value fx_int_checked_subtract(fx_runtime *rt, fx_value a, fx_value b) {
    fx_value difference;
    return __builtin_sub_overflow(a, b, &difference) ? FX_NONE : fx_some_take(rt, FX_WORD, difference);
}

fx_value fx_int_checked_multiply(fx_runtime *rt, fx_value a, fx_value b) {
    fx_value product;
    return __builtin_mul_overflow(a, b, &product) ? FX_NONE : fx_some_take(rt, FX_WORD, product);
}

fx_value fx_int_bit_and(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return a & b;
}

fx_value fx_int_bit_or(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return a | b;
}

fx_value fx_int_bit_xor(fx_runtime *rt, fx_value a, fx_value b) {
    (void)rt;
    return a ^ b;
}

// Counts are not negative.

fx_value fx_int_shift_left(fx_runtime *rt, fx_value count, fx_value number) {
    (void)rt;
    return count > 63 ? 0 : (fx_value)((uint64_t)number << count);
}

fx_value fx_int_shift_right(fx_runtime *rt, fx_value count, fx_value number) {
    (void)rt;
    return number >> (count > 63 ? 63 : count);
}

fx_value fx_int_shift_right_zeros(fx_runtime *rt, fx_value count, fx_value number) {
    (void)rt;
    return count > 63 ? 0 : (fx_value)((uint64_t)number >> count);
}

fx_value fx_int_count_ones(fx_runtime *rt, fx_value number) {
    (void)rt;
    return __builtin_popcountll((unsigned long long)number);
}

fx_value fx_int_leading_zeros(fx_runtime *rt, fx_value number) {
    (void)rt;
    return number == 0 ? 64 : __builtin_clzll((unsigned long long)number);
}

fx_value fx_int_trailing_zeros(fx_runtime *rt, fx_value number) {
    (void)rt;
    return number == 0 ? 64 : __builtin_ctzll((unsigned long long)number);
}
