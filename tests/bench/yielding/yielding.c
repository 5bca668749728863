// Five million times through the loop: a uv_idle callback that counts.
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

static int64_t left = 5000000, sum;

static void on_idle(uv_idle_t *idle) {
    sum++;
    if (--left > 0) return;
    printf("%lld\n", (long long)sum);
    uv_close((uv_handle_t *)idle, NULL);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    uv_idle_t idle;
    uv_idle_init(loop, &idle);
    uv_idle_start(&idle, on_idle);
    uv_run(loop, UV_RUN_DEFAULT);
    return uv_loop_close(loop);
}
