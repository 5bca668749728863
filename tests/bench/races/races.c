// A million rounds: a timer of a minute is started, one turn of the loop comes first, and the timer is stopped.
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

static int64_t left = 1000000, won;
static uv_timer_t timer;
static uv_idle_t idle;

static void on_idle(uv_idle_t *handle);
static void on_timer(uv_timer_t *handle);

static void start_round(void) {
    uv_timer_start(&timer, on_timer, 60000, 0);
    uv_idle_start(&idle, on_idle);
}

static void end_round(int64_t one) {
    uv_timer_stop(&timer);
    uv_idle_stop(&idle);
    won += one;
    if (--left > 0) {
        start_round();
        return;
    }
    printf("%lld\n", (long long)won);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_close((uv_handle_t *)&idle, NULL);
}

static void on_timer(uv_timer_t *handle) {
    (void)handle;
    end_round(0);
}

static void on_idle(uv_idle_t *handle) {
    (void)handle;
    end_round(1);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    uv_timer_init(loop, &timer);
    uv_idle_init(loop, &idle);
    start_round();
    uv_run(loop, UV_RUN_DEFAULT);
    return uv_loop_close(loop);
}
