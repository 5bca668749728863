// Base 64 (RFC 4648, sections 4 and 5).
#include "fx.h"

fx_value fx_base64_encode_with(fx_runtime *rt, fx_value alphabet, fx_value text) {
    const char *digits = fx_string_bytes(alphabet);
    const unsigned char *from = (const unsigned char *)fx_string_bytes(text);
    size_t length = fx_string_length(text), rest = length % 3;
    bool fills = fx_string_length(alphabet) == 65;
    size_t size = length / 3 * 4 + (rest == 0 ? 0 : fills ? 4 : rest + 1);
    fx_value encoded = fx_string_make(rt, NULL, size);
    char *to = ((fx_string *)fx_object_of(encoded))->bytes, *end = to + size;
    for (size_t i = 0; i < length; i += 3) {
        uint32_t bits = (uint32_t)from[i] << 16 | (uint32_t)(i + 1 < length ? from[i + 1] : 0) << 8 | (i + 2 < length ? from[i + 2] : 0);
        size_t used = length - i < 3 ? length - i + 1 : 4;
        for (size_t place = 0; place < 4 && to < end; place++) *to++ = place < used ? digits[bits >> (18 - 6 * place) & 63] : digits[64];
    }
    return encoded;
}

static int digit_value(char c, const char *last_two) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == last_two[0] ? 62 : c == last_two[1] ? 63 : -1;
}

// Bits that are left over at the end must be zero, so that every text has one encoding (section 3.5).
fx_value fx_base64_decode_with(fx_runtime *rt, fx_value last_two, fx_value text) {
    const char *from = fx_string_bytes(text);
    size_t length = fx_string_length(text);
    if (length % 4 == 1) return FX_NONE;
    fx_value decoded = fx_string_make(rt, NULL, length / 4 * 3 + (length % 4 == 0 ? 0 : length % 4 - 1));
    char *to = ((fx_string *)fx_object_of(decoded))->bytes;
    uint32_t bits = 0;
    unsigned count = 0; // of bits not yet written
    for (size_t i = 0; i < length; i++) {
        int digit = digit_value(from[i], fx_string_bytes(last_two));
        if (digit < 0) goto refuse;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        *to++ = (char)(bits >> count);
        bits &= (1u << count) - 1;
    }
    if (bits == 0) return fx_some_take(rt, FX_COUNTED, decoded);
refuse:
    fx_drop(rt, decoded);
    return FX_NONE;
}
