// Limits of time for what is done with sockets.

#include "fx.h"

fx_value fx_tcp_limit(fx_runtime *rt, fx_value milliseconds) {
    static const fx_value longest = (fx_value)1 << 40; // 34 years
    return fx_value_of(fx_limit_make(rt, milliseconds <= 0 ? 0 : (uint64_t)(milliseconds < longest ? milliseconds : longest) * 1000000));
}

fx_value fx_tcp_end_limit(fx_runtime *rt, fx_value limit) {
    fx_limit_end(rt, (fx_limit *)fx_object_of(limit));
    return FX_UNIT;
}

// ---- waiting for its end ----

typedef struct Wait {
    fx_request request;
    fx_limited limited;
} Wait;

static void withdraw(fx_runtime *rt, fx_request *request) {
    fx_limit_leave(rt, &((Wait *)request)->limited);
    fx_withdrawn(rt, request);
}

static const fx_request_type wait_type = {"Tcp.wait_out", sizeof(Wait), FX_WORD, false, withdraw, NULL, NULL};

static void over(fx_runtime *rt, fx_limited *limited) { fx_finish(rt, &((Wait *)((char *)limited - offsetof(Wait, limited)))->request, FX_UNIT); }

fx_answer fx_tcp_wait_out(fx_runtime *rt, fx_value limit) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Wait *wait = fx_request_make(rt, &wait_type);
    fx_answer waiting = fx_wait(rt, &wait->request);
    if (!fx_limit_enter(rt, (fx_limit *)fx_object_of(limit), &wait->limited, over)) over(rt, &wait->limited);
    return waiting;
}
