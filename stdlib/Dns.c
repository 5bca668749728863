// Names of hosts: the runtime's look-up, as text.

#include "fx.h"

static bool holds(fx_value texts, fx_value text) {
    for (; !fx_is_constant(texts); texts = fx_list_tail(texts))
        if (fx_string_equal(fx_list_head(texts), text)) return true;
    return false;
}

// Each once, in their order. Few hosts have more than a handful.
static fx_answer answer_texts(fx_runtime *rt, fx_value addresses, fx_value none) {
    (void)none;
    fx_value reversed = FX_NIL, texts = FX_NIL;
    const fx_address *each = (const void *)fx_string_bytes(addresses);
    for (size_t count = fx_string_length(addresses) / sizeof *each; count > 0; count--, each++) {
        fx_value text = fx_address_host(rt, each);
        if (holds(reversed, text)) fx_drop(rt, text);
        else reversed = fx_cons_take(rt, FX_COUNTED, text, reversed);
    }
    for (fx_value rest = reversed; !fx_is_constant(rest); rest = fx_list_tail(rest)) {
        fx_dup(fx_list_head(rest));
        texts = fx_cons_take(rt, FX_COUNTED, fx_list_head(rest), texts);
    }
    fx_drop(rt, reversed);
    fx_drop(rt, addresses);
    return fx_done(fx_ok_take(rt, FX_COUNTED, texts));
}

fx_answer fx_dns_resolve(fx_runtime *rt, fx_value host) {
    return fx_is_stopped(rt) ? fx_stop(rt) : fx_resolve(rt, host, 0, false, answer_texts, FX_NONE);
}
