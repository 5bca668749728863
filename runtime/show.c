// Numbers, characters and strings as text, plain and as fx source.

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "runtime.h"

fx_value fx_int_to_string(fx_runtime *rt, int64_t number) {
    char text[24], *at = text + sizeof text;
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--at = '-';
    return fx_string_make(rt, at, (size_t)(text + sizeof text - at));
}

fx_value fx_bool_to_string(fx_runtime *rt, int64_t boolean) { return fx_string_of(rt, boolean ? "True" : "False"); }

// The fewest significant digits that read back. A double holds any decimal of 15 digits, so 15 are tried first, except below the normal
// range, where fewer may do.
static void print_shortest(double number, char *text, size_t size) {
    int digits = fabs(number) < DBL_MIN ? 1 : 15;
    do snprintf(text, size, "%.*g", digits, number);
    while (strtod(text, NULL) != number && ++digits <= 17);
}

// "1e+20" as "1e20", "1e-07" as "1e-7".
static void tidy_exponent(char *text) {
    char *from = strchr(text, 'e');
    if (!from) return;
    char *to = ++from;
    if (*from == '-') to++, from++;
    else if (*from == '+') from++;
    while (*from == '0') from++;
    memmove(to, from, strlen(from) + 1);
}

fx_value fx_float_to_string(fx_runtime *rt, double number) {
    char text[64];
    if (isnan(number)) return fx_string_of(rt, "nan");
    if (isinf(number)) return fx_string_of(rt, number < 0 ? "-inf" : "inf");
    print_shortest(number, text, 48);
    tidy_exponent(text);
    if (!strpbrk(text, ".e")) strcat(text, ".0");
    return fx_string_of(rt, text);
}

unsigned fx_encode_char(int64_t scalar, char *bytes) {
    if (scalar < 0 || scalar > 0x10ffff || (scalar >= 0xd800 && scalar < 0xe000)) scalar = 0xfffd;
    unsigned size = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (unsigned i = size; i-- > 1; scalar >>= 6) bytes[i] = (char)(0x80 | (scalar & 0x3f));
    bytes[0] = (char)(lead[size] | scalar);
    return size;
}

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
int64_t fx_decode_char(const char *bytes, size_t length, unsigned *size) {
    const unsigned char *at = (const unsigned char *)bytes;
    static const int64_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned wanted = at[0] < 0x80 ? 1 : at[0] >> 5 == 6 ? 2 : at[0] >> 4 == 14 ? 3 : at[0] >> 3 == 30 ? 4 : 0;
    *size = 1;
    if (wanted == 1) return at[0];
    if (!wanted || wanted > length) return 0xfffd;
    int64_t scalar = at[0] & (0x7f >> wanted);
    for (unsigned i = 1; i < wanted; i++) {
        if (at[i] >> 6 != 2) return 0xfffd;
        scalar = scalar << 6 | (at[i] & 0x3f);
    }
    if (scalar < least[wanted] || scalar > 0x10ffff || (scalar >= 0xd800 && scalar < 0xe000)) return 0xfffd;
    *size = wanted;
    return scalar;
}

fx_value fx_char_to_string(fx_runtime *rt, int64_t scalar) {
    char bytes[4];
    return fx_string_make(rt, bytes, fx_encode_char(scalar, bytes));
}

// One character of source text between quotes of kind `quote`; at most 4 bytes per byte read. Answers how many bytes were written.
static size_t escape(char *to, const char *bytes, unsigned size, int64_t scalar, char quote) {
    static const char plain[] = "\n\t\r\\\0", letters[] = "ntr\\0";
    const char *found = scalar < 0x80 ? memchr(plain, (int)scalar, sizeof plain - 1) : NULL;
    if (found || scalar == quote) {
        to[0] = '\\';
        to[1] = found ? letters[found - plain] : quote;
        return 2;
    }
    bool invalid = scalar == 0xfffd && size == 1;
    if (scalar < 0x20 || scalar == 0x7f || invalid) return (size_t)sprintf(to, "\\x%02X", (unsigned char)bytes[0]);
    memcpy(to, bytes, size);
    return size;
}

fx_value fx_string_show(fx_runtime *rt, fx_value string) {
    const char *bytes = fx_string_bytes(string);
    size_t length = fx_string_length(string), at = 0, written = 1;
    char *text = fx_memory(rt, length * 4 + 8);
    text[0] = '"';
    while (at < length) {
        unsigned size;
        int64_t scalar = fx_decode_char(bytes + at, length - at, &size);
        written += escape(text + written, bytes + at, size, scalar, '"');
        at += size;
    }
    text[written++] = '"';
    fx_value shown = fx_string_make(rt, text, written);
    free(text);
    return shown;
}

fx_value fx_char_show(fx_runtime *rt, int64_t scalar) {
    char bytes[4], text[16] = "'";
    unsigned size = fx_encode_char(scalar, bytes);
    size_t written = 1 + escape(text + 1, bytes, size, scalar, '\'');
    text[written++] = '\'';
    return fx_string_make(rt, text, written);
}
