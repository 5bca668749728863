// Clocks and waiting.

#include <time.h>
#include "fx.h"

static fx_value read_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (fx_value)now.tv_sec * 1000000000 + now.tv_nsec;
}

fx_value fx_time_get(fx_runtime *rt) { (void)rt; return read_clock() / 1000000000; }
fx_value fx_time_now(fx_runtime *rt) { (void)rt; return read_clock(); }
fx_value fx_time_monotonic(fx_runtime *rt) { (void)rt; return (fx_value)fx_now(); }

// ---- sleep ----

typedef struct Sleep {
    fx_request request;
    fx_timer timer;
} Sleep;

static void withdraw(fx_runtime *rt, fx_request *request) {
    fx_timer_stop(rt, &((Sleep *)request)->timer);
    fx_withdrawn(rt, request);
}

static const fx_request_type sleep_type = {"Time.sleep", sizeof(Sleep), FX_WORD, false, withdraw, NULL, NULL};

static void wake(fx_runtime *rt, fx_timer *timer) { fx_finish(rt, (fx_request *)((char *)timer - offsetof(Sleep, timer)), FX_UNIT); }

fx_answer fx_time_sleep(fx_runtime *rt, fx_value milliseconds) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    static const fx_value longest = (fx_value)1 << 40; // 34 years
    uint64_t time = milliseconds <= 0 ? 0 : (uint64_t)(milliseconds < longest ? milliseconds : longest) * 1000000;
    Sleep *sleep = fx_request_make(rt, &sleep_type);
    fx_timer_start(rt, &sleep->timer, fx_now() + time, wake);
    return fx_wait(rt, &sleep->request);
}
