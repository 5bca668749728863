// Integers without bound, by GMP. Between calls a number is a value of Integer.fx's type, so nothing here is kept.
#include "fx.h"
#include <gmp.h>
#include <stdlib.h>

enum { NEGATIVE, SMALL, POSITIVE }; // the constructors' tags
#define LARGEST_BITS (UINT64_C(1) << 33)

static bool is_small(fx_value number) { return fx_tag(number) == SMALL; }
static bool are_small(fx_value left, fx_value right) { return is_small(left) && is_small(right); }
static fx_value small_of(fx_value number) { return fx_object_of(number)->fields[0]; }

static fx_value make_small(fx_runtime *rt, int64_t number) { return fx_construct(rt, SMALL, 1, 0, number); }

static void invert_bytes(char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) bytes[i] = (char)~bytes[i];
}

// Fields: the number of bytes, then the bytes; both inverted in a negative number.
static void read_number(mpz_t number, fx_value value) {
    if (is_small(value)) {
        mpz_init_set_si(number, small_of(value));
        return;
    }
    fx_value text = fx_object_of(value)->fields[1];
    size_t length = fx_string_length(text);
    mpz_init(number);
    mpz_import(number, length, 1, 1, 1, 0, fx_string_bytes(text));
    if (fx_tag(value) == POSITIVE) return;
    // The inverted magnitude of `length` bytes is 256^length - 1 - magnitude.
    mpz_t all_ones;
    mpz_init_set_ui(all_ones, 1);
    mpz_mul_2exp(all_ones, all_ones, 8 * length);
    mpz_sub_ui(all_ones, all_ones, 1);
    mpz_sub(number, number, all_ones);
    mpz_clear(all_ones);
}

// Takes the number.
static fx_value write_number(fx_runtime *rt, mpz_t number) {
    fx_value value;
    if (mpz_fits_slong_p(number)) {
        value = make_small(rt, mpz_get_si(number));
    } else {
        size_t length = (mpz_sizeinbase(number, 2) + 7) / 8;
        bool negative = mpz_sgn(number) < 0;
        fx_value text = fx_string_make(rt, NULL, length);
        char *bytes = ((fx_string *)fx_object_of(text))->bytes;
        mpz_export(bytes, NULL, 1, 1, 1, 0, number);
        if (negative) invert_bytes(bytes, length);
        value = fx_construct(rt, negative ? NEGATIVE : POSITIVE, 1, 1, negative ? ~(fx_value)length : (fx_value)length, text);
    }
    mpz_clear(number);
    return value;
}

static size_t bits_of(fx_value value) { return is_small(value) ? 64 : 8 * fx_string_length(fx_object_of(value)->fields[1]); }

// GMP ends the process where a number is too large for it.
static void check_bits(fx_runtime *rt, const char *function, uint64_t bits) {
    if (bits > LARGEST_BITS) fx_fault(rt, NULL, "Integer.%s: the result would have more than 2^33 bits", function);
}

typedef void (*Operation)(mpz_ptr result, mpz_srcptr left, mpz_srcptr right);

static fx_value calculate(fx_runtime *rt, Operation operation, fx_value left, fx_value right) {
    mpz_t a, b;
    read_number(a, left);
    read_number(b, right);
    operation(a, a, b);
    mpz_clear(b);
    return write_number(rt, a);
}

fx_value fx_integer_add(fx_runtime *rt, fx_value left, fx_value right) {
    int64_t sum;
    if (are_small(left, right) && !__builtin_add_overflow(small_of(left), small_of(right), &sum)) return make_small(rt, sum);
    check_bits(rt, "add", bits_of(left) + 1);
    return calculate(rt, mpz_add, left, right);
}

fx_value fx_integer_subtract(fx_runtime *rt, fx_value left, fx_value right) {
    int64_t difference;
    if (are_small(left, right) && !__builtin_sub_overflow(small_of(left), small_of(right), &difference)) return make_small(rt, difference);
    check_bits(rt, "subtract", bits_of(left) + 1);
    return calculate(rt, mpz_sub, left, right);
}

fx_value fx_integer_multiply(fx_runtime *rt, fx_value left, fx_value right) {
    int64_t product;
    if (are_small(left, right) && !__builtin_mul_overflow(small_of(left), small_of(right), &product)) return make_small(rt, product);
    check_bits(rt, "multiply", (uint64_t)bits_of(left) + bits_of(right));
    return calculate(rt, mpz_mul, left, right);
}

// The divisor is not zero.
fx_value fx_integer_quotient(fx_runtime *rt, fx_value left, fx_value right) { return calculate(rt, mpz_tdiv_q, left, right); }
fx_value fx_integer_rest(fx_runtime *rt, fx_value left, fx_value right) { return calculate(rt, mpz_tdiv_r, left, right); }
fx_value fx_integer_greatest_common_divisor(fx_runtime *rt, fx_value left, fx_value right) { return calculate(rt, mpz_gcd, left, right); }

// The exponent is not negative.
fx_value fx_integer_raise(fx_runtime *rt, fx_value base, fx_value exponent) {
    uint64_t bits;
    mpz_t number;
    read_number(number, base);
    if (mpz_cmpabs_ui(number, 1) <= 0) { // 0, 1 and -1 stay what they are, but for the sign
        int64_t result = exponent == 0 ? 1 : mpz_sgn(number) < 0 && exponent % 2 == 0 ? 1 : mpz_sgn(number);
        mpz_clear(number);
        return make_small(rt, result);
    }
    if (__builtin_mul_overflow((uint64_t)mpz_sizeinbase(number, 2), (uint64_t)exponent, &bits) || bits > LARGEST_BITS) {
        mpz_clear(number);
        check_bits(rt, "power", UINT64_MAX);
    }
    mpz_pow_ui(number, number, (unsigned long)exponent);
    return write_number(rt, number);
}

// mpz_set_str would skip blanks and take no `+`.
fx_value fx_integer_parse(fx_runtime *rt, fx_value text) {
    const char *digits = fx_string_bytes(text), *end = digits + fx_string_length(text);
    const char *first = digits + (*digits == '-' || *digits == '+');
    mpz_t number;
    if (first == end) return FX_NONE;
    for (const char *at = first; at < end; at++)
        if (*at < '0' || *at > '9') return FX_NONE;
    mpz_init_set_str(number, first, 10);
    if (*digits == '-') mpz_neg(number, number);
    return fx_some_take(rt, FX_COUNTED, write_number(rt, number));
}

fx_value fx_integer_from_bytes(fx_runtime *rt, fx_value text) {
    const char *bytes = fx_string_bytes(text);
    size_t length = fx_string_length(text);
    mpz_t number, power;
    mpz_init(number);
    mpz_import(number, length, 1, 1, 1, 0, bytes);
    if (length && (unsigned char)*bytes > 127) { // less 256^length
        mpz_init_set_ui(power, 1);
        mpz_mul_2exp(power, power, 8 * length);
        mpz_sub(number, number, power);
        mpz_clear(power);
    }
    return write_number(rt, number);
}

fx_value fx_integer_digits(fx_runtime *rt, fx_value value) {
    mpz_t number;
    read_number(number, value);
    char *digits = mpz_get_str(NULL, 10, number);
    mpz_clear(number);
    fx_value text = fx_string_of(rt, digits);
    free(digits);
    return text;
}
