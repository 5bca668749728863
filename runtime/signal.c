// Signals (C13). The handler is the process's: it finds the runtime by the one pointer it must have (R23).

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>
#include "runtime.h"

static _Atomic(fx_runtime *) listener;
static atomic_int asked;                      // to end: by which signal
static atomic_bool is_awaited[FX_SIGNALS];    // some task waits for it
static atomic_bool has_come[FX_SIGNALS];      // and no task has been told

static bool ends_program(int number) { return number == SIGINT || number == SIGTERM; }

// The first signal to end wakes the loop; a second one ends the process, even if the loop never looks.
static void on_signal(int number) {
    fx_runtime *rt = atomic_load(&listener);
    int code = errno;
    if (!rt) _exit(128 + number);
    if (ends_program(number) && !atomic_load(&is_awaited[number])) {
        if (atomic_exchange(&asked, number)) _exit(128 + number);
    } else atomic_store(&has_come[number], true);
    uv_async_send(&rt->internals->signal_wake);
    errno = code;
}

// Whoever waited may have been cancelled since: then a signal that ends the program does so.
static void tell_waiters(fx_runtime *rt, int number) {
    fx_queue *waiters = &rt->internals->signal_waiters[number];
    if (!waiters->first && !ends_program(number)) return; // kept for the next who waits
    atomic_store(&has_come[number], false);
    if (!waiters->first) atomic_store(&asked, number);
    fx_request *request;
    while ((request = fx_dequeue(waiters))) fx_finish(rt, request, FX_UNIT);
    atomic_store(&is_awaited[number], false);
}

static void wake_up(uv_async_t *async) {
    fx_runtime *rt = async->data;
    for (int number = 1; number < FX_SIGNALS; number++)
        if (atomic_load(&has_come[number])) tell_waiters(rt, number);
    if (!atomic_load(&asked)) return;
    if (rt->observer) fx_observe_signal(rt, atomic_load(&asked));
    fx_end_program(rt, 128 + atomic_load(&asked), NULL);
}

static void listen_to(int number) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

// What the parent has set to be ignored (nohup) stays so, until the program waits for it.
static void listen_unless_ignored(int number) {
    struct sigaction before;
    if (sigaction(number, NULL, &before) != 0 || before.sa_handler != SIG_IGN) listen_to(number);
}

int fx_signal_asked(void) { return atomic_load(&asked); }

static bool is_listener(fx_runtime *rt) { return atomic_load(&listener) == rt; }

void fx_signal_enqueue(fx_runtime *rt, fx_request *request, int number) {
    fx_enqueue(&rt->internals->signal_waiters[number], request);
    if (!is_listener(rt)) return; // another runtime of this process hears the signals
    atomic_store(&is_awaited[number], true);
    listen_to(number);
}

bool fx_signal_take(fx_runtime *rt, int number) {
    return is_listener(rt) && !rt->internals->signal_waiters[number].first && atomic_exchange(&has_come[number], false);
}

void fx_signal_withdraw(fx_runtime *rt, fx_request *request) {
    fx_queue *waiters = request->queue;
    fx_unqueue(request);
    if (is_listener(rt) && !waiters->first) atomic_store(&is_awaited[waiters - rt->internals->signal_waiters], false);
}

void fx_signals_open(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    signal(SIGPIPE, SIG_IGN);
    uv_async_init(&internals->loop, &internals->signal_wake, wake_up);
    internals->signal_wake.data = rt;
    fx_runtime *none = NULL;
    if (!atomic_compare_exchange_strong(&listener, &none, rt)) return;
    listen_unless_ignored(SIGINT);
    listen_unless_ignored(SIGTERM);
}

static void stop_listening(int number) {
    struct sigaction now;
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == on_signal) signal(number, SIG_DFL);
    atomic_store(&has_come[number], false);
    atomic_store(&is_awaited[number], false);
}

void fx_signals_close(fx_runtime *rt) {
    fx_runtime *self = rt;
    if (atomic_compare_exchange_strong(&listener, &self, NULL)) {
        for (int number = 1; number < FX_SIGNALS; number++) stop_listening(number);
        atomic_store(&asked, 0);
    }
    uv_close((uv_handle_t *)&rt->internals->signal_wake, NULL);
}
