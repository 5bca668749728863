// SIGINT and SIGTERM (C13). The handler is the process's: it finds the runtime by the one pointer it must have (R23).

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>
#include "runtime.h"

static _Atomic(fx_runtime *) listener;
static atomic_int asked;

// The first signal wakes the loop; a second one ends the process, even if the loop never looks.
static void on_signal(int number) {
    if (atomic_exchange(&asked, number)) _exit(128 + number);
    fx_runtime *rt = atomic_load(&listener);
    if (!rt) _exit(128 + number);
    rt->internals->signal = number;
    uv_async_send(&rt->internals->signal_wake);
}

static void wake_up(uv_async_t *async) {
    fx_runtime *rt = async->data;
    if (rt->internals->signal) fx_end_program(rt, 128 + rt->internals->signal, NULL);
}

static void listen_to(int number, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, before;
    sigemptyset(&action.sa_mask);
    // What the parent has set to be ignored (nohup) stays so.
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
    sigaction(number, &action, NULL);
}

void fx_signals_open(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    signal(SIGPIPE, SIG_IGN);
    uv_async_init(&internals->loop, &internals->signal_wake, wake_up);
    internals->signal_wake.data = rt;
    fx_runtime *none = NULL;
    if (!atomic_compare_exchange_strong(&listener, &none, rt)) return;
    listen_to(SIGINT, on_signal);
    listen_to(SIGTERM, on_signal);
}

void fx_signals_close(fx_runtime *rt) {
    fx_runtime *self = rt;
    if (atomic_compare_exchange_strong(&listener, &self, NULL)) {
        atomic_store(&asked, 0);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
    }
    uv_close((uv_handle_t *)&rt->internals->signal_wake, NULL);
}
