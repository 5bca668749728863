// Waiting for signals (C13).

#include <signal.h>
#include "fx.h"

static void withdraw(fx_runtime *rt, fx_request *request) {
    fx_signal_withdraw(rt, request);
    fx_withdrawn(rt, request);
}

static const fx_request_type wait_type = {"Signal.wait", sizeof(fx_request), FX_WORD, false, withdraw, NULL, NULL};

// In the order of Signal.Signal.
fx_value fx_signal_number(fx_runtime *rt, fx_value signal) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCONT, SIGWINCH};
    (void)rt;
    return numbers[signal];
}

fx_answer fx_signal_wait(fx_runtime *rt, fx_value signal) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    int number = (int)fx_signal_number(rt, signal);
    if (fx_signal_take(rt, number)) return fx_answer_ready(rt, FX_WORD, FX_UNIT);
    fx_request *request = fx_request_make(rt, &wait_type);
    fx_signal_enqueue(rt, request, number);
    return fx_wait(rt, request);
}
