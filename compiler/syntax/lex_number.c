// Int and Float literals.

#include "lexer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static Span number_error(Lexer *lexer, const char *start) {
    return lexer_error(lexer, lexer_offset(lexer, start), lexer_offset(lexer, lexer->cursor));
}

static unsigned digit_value(char digit) {
    if (digit <= '9') return (unsigned)(digit - '0');
    return (unsigned)((digit | 0x20) - 'a') + 10;
}

// The magnitude; UINT64_MAX when it does not fit 64 bits.
static uint64_t read_magnitude(const char *at, const char *end) {
    unsigned base = 10;
    if (end - at > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'b')) {
        base = at[1] == 'x' ? 16 : 2;
        at += 2;
    }
    uint64_t magnitude = 0;
    for (; at < end; at++) {
        if (*at == '_') continue;
        unsigned digit = digit_value(*at);
        if (magnitude > (UINT64_MAX - digit) / base) return UINT64_MAX;
        magnitude = magnitude * base + digit;
    }
    return magnitude;
}

static bool ends_operand(TokenKind kind) {
    switch (kind) {
    case TOKEN_LOWER: case TOKEN_UPPER: case TOKEN_QUALIFIED_LOWER: case TOKEN_QUALIFIED_UPPER: case TOKEN_INT: case TOKEN_FLOAT:
    case TOKEN_CHAR: case TOKEN_STRING: case TOKEN_STRING_END: case TOKEN_RIGHT_PAREN: case TOKEN_RIGHT_BRACKET: case TOKEN_RIGHT_BRACE:
        return true;
    default:
        return false;
    }
}

// Whether the last token is a minus with nothing before it to subtract from.
static bool follows_negation(const Lexer *lexer) {
    const Tokens *tokens = &lexer->list->tokens;
    if (!tokens->count || tokens->items[tokens->count - 1].kind != TOKEN_MINUS) return false;
    return tokens->count == 1 || !ends_operand((TokenKind)tokens->items[tokens->count - 2].kind);
}

static const char *large_int_hint(const Lexer *lexer) {
    const Tokens *tokens = &lexer->list->tokens;
    bool subtracts = tokens->count && tokens->items[tokens->count - 1].kind == TOKEN_MINUS && !follows_negation(lexer);
    return subtracts ? "behind a value `-` subtracts; an argument below zero stands in parentheses: `f (-1)`"
                     : "an Int goes from -9223372036854775808 to 9223372036854775807; module Integer has numbers without bound";
}

void lex_int(Lexer *lexer, const char *start) {
    uint64_t magnitude = read_magnitude(start, lexer->cursor);
    uint64_t largest = (uint64_t)INT64_MAX + follows_negation(lexer);
    if (magnitude > largest) {
        Diagnostic *diagnostic = report(lexer->diagnostics, E0105, number_error(lexer, start), "this number does not fit an Int");
        add_hint(lexer->diagnostics, diagnostic, "%s", large_int_hint(lexer));
        magnitude = 0;
    }
    push_token(lexer, TOKEN_INT, start)->value.number = magnitude > INT64_MAX ? INT64_MIN : (int64_t)magnitude;
}

void lex_float(Lexer *lexer, const char *start) {
    size_t length = (size_t)(lexer->cursor - start), kept = 0;
    char *digits = arena_allocate(lexer->arena, length + 1);
    for (size_t i = 0; i < length; i++) {
        if (start[i] != '_') digits[kept++] = start[i];
    }
    double value = strtod(digits, NULL);
    if (isinf(value)) {
        Diagnostic *diagnostic = report(lexer->diagnostics, E0105, number_error(lexer, start), "this number does not fit a Float");
        add_hint(lexer->diagnostics, diagnostic, "the largest Float is about 1.8e308");
        value = 0;
    }
    push_token(lexer, TOKEN_FLOAT, start)->value.real = value;
}

static const char *bad_number_hint(const char *start, size_t length) {
    if (length > 1 && start[0] == '0' && (start[1] == 'o' || start[1] == 'O')) return "fx has no octal numbers; write it in hexadecimal, `0x1ed`";
    if (length > 1 && start[0] == '0' && strchr("xX", start[1])) return "a hexadecimal number is written like `0xff`";
    if (length > 1 && start[0] == '0' && strchr("bB", start[1])) return "a binary number is written like `0b1010`";
    if (memchr(start, '_', length)) return "`_` stands between two digits: `1_000_000`";
    return "a name cannot begin with a digit, and a number has no suffix";
}

void report_bad_number(Lexer *lexer, const char *start) {
    size_t length = (size_t)(lexer->cursor - start);
    Diagnostic *diagnostic = report(lexer->diagnostics, E0104, number_error(lexer, start), "`%.*s` is not a number",
                                    (int)(length < 60 ? length : 60), start);
    add_hint(lexer->diagnostics, diagnostic, "%s", bad_number_hint(start, length));
    push_token(lexer, TOKEN_INT, start)->value.number = 0;
}
