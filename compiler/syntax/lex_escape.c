// Escapes, and UTF-8 (RFC 3629).

#include "lexer.h"

#include <string.h>

char *encode_scalar(uint32_t scalar, char *out) {
    if (scalar < 0x80) {
        *out++ = (char)scalar;
    } else if (scalar < 0x800) {
        *out++ = (char)(0xC0 | scalar >> 6);
        *out++ = (char)(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        *out++ = (char)(0xE0 | scalar >> 12);
        *out++ = (char)(0x80 | (scalar >> 6 & 0x3F));
        *out++ = (char)(0x80 | (scalar & 0x3F));
    } else {
        *out++ = (char)(0xF0 | scalar >> 18);
        *out++ = (char)(0x80 | (scalar >> 12 & 0x3F));
        *out++ = (char)(0x80 | (scalar >> 6 & 0x3F));
        *out++ = (char)(0x80 | (scalar & 0x3F));
    }
    return out;
}

// The length that the first byte announces; 0: it begins no sequence.
static int sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

// An ill-formed sequence counts as the scalar of its first byte.
uint32_t decode_scalar(const char *at, const char *end, const char **next) {
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)*at;
    int length = sequence_length(first);
    *next = at + 1;
    if (length <= 1 || end - at < length) return first;
    uint32_t scalar = first & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if (((unsigned char)at[i] & 0xC0) != 0x80) return first;
        scalar = scalar << 6 | ((unsigned char)at[i] & 0x3F);
    }
    if (scalar < smallest[length] || scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF)) return first;
    *next = at + length;
    return scalar;
}

const char *find_invalid_utf8(const char *at, const char *end) {
    while (at < end) {
        uint64_t word;
        if (end - at >= 8 && (memcpy(&word, at, 8), !(word & UINT64_C(0x8080808080808080)))) {
            at += 8;
            continue;
        }
        if ((unsigned char)*at < 0x80) {
            at++;
            continue;
        }
        const char *next;
        decode_scalar(at, end, &next);
        if (next == at + 1) return at;
        at = next;
    }
    return NULL;
}

// ---- escapes ----

static int hexadecimal_digit(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    char letter = (char)(byte | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static void report_escape(Lexer *lexer, const char *from, const char *to, const char *problem, const char *hint) {
    Span span = lexer_error(lexer, lexer_offset(lexer, from), lexer_offset(lexer, to));
    Diagnostic *diagnostic = report(lexer->diagnostics, E0107, span, "%s", problem);
    add_hint(lexer->diagnostics, diagnostic, "%s", hint);
}

// `at` stands behind `\x`.
static const char *unescape_byte(Lexer *lexer, const char *at, const char *to, char **out) {
    int high = at < to ? hexadecimal_digit(at[0]) : -1;
    int low = high >= 0 && at + 1 < to ? hexadecimal_digit(at[1]) : -1;
    if (low < 0) {
        report_escape(lexer, at - 2, at, "`\\x` takes two hexadecimal digits", "write a byte as `\\x0a`");
        return at;
    }
    *(*out)++ = (char)(high << 4 | low);
    return at + 2;
}

// `at` stands behind `\u`.
static const char *unescape_scalar(Lexer *lexer, const char *at, const char *to, char **out) {
    static const char *hint = "write a scalar as `\\u{1F600}`";
    const char *digit = at + 1;
    uint32_t scalar = 0;
    while (at < to && *at == '{' && digit < to && hexadecimal_digit(*digit) >= 0 && scalar <= 0x10FFFF) {
        scalar = scalar << 4 | (uint32_t)hexadecimal_digit(*digit++);
    }
    bool closed = digit > at + 1 && digit < to && *digit == '}';
    if (!closed && scalar <= 0x10FFFF) {
        report_escape(lexer, at - 2, at, "`\\u` takes hexadecimal digits in braces", hint);
        return at;
    }
    while (digit < to && *digit != '}') digit++;
    const char *end = digit < to ? digit + 1 : digit;
    if (scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF)) {
        report_escape(lexer, at - 2, end, "this is no Unicode scalar value", "they go from 0 to D7FF and from E000 to 10FFFF");
        return end;
    }
    *out = encode_scalar(scalar, *out);
    return end;
}

static void report_unknown_escape(Lexer *lexer, const char *at, const char *to) {
    const char *end;
    decode_scalar(at + 1, to, &end);
    Span span = lexer_error(lexer, lexer_offset(lexer, at), lexer_offset(lexer, end));
    Diagnostic *diagnostic = report(lexer->diagnostics, E0107, span, "there is no escape `%.*s`", (int)(end - at), at);
    add_hint(lexer->diagnostics, diagnostic, "a backslash itself is written `\\\\`; "
             "the escapes are \\n \\t \\r \\\\ \\\" \\' \\0 \\xNN \\u{N} and \\(expression)");
}

// `at` stands at the backslash; answers the end of the escape.
static const char *unescape_one(Lexer *lexer, const char *at, const char *to, char **out) {
    static const char names[] = "ntr\\\"'0", values[] = "\n\t\r\\\"'\0";
    if (at + 1 == to) return to;
    if (at[1] == 'x') return unescape_byte(lexer, at + 2, to, out);
    if (at[1] == 'u') return unescape_scalar(lexer, at + 2, to, out);
    const char *found = at[1] ? strchr(names, at[1]) : NULL;
    if (!found) {
        report_unknown_escape(lexer, at, to);
        return at + 2;
    }
    *(*out)++ = values[found - names];
    return at + 2;
}

char *unescape(Lexer *lexer, const char *from, const char *to, char *out) {
    while (from < to) {
        if (*from == '\\') from = unescape_one(lexer, from, to, &out);
        else *out++ = *from++;
    }
    return out;
}
