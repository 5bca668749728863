// A ring of a hundred numbers between two callbacks, each of which goes on until the ring is full, or empty.
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

enum { ROOM = 100 };

static int64_t ring[ROOM], first, length, left = 5000000, sum;
static uv_idle_t producer, consumer;

static void produce(uv_idle_t *idle) {
    (void)idle;
    for (; left && length < ROOM; left--) ring[(first + length++) % ROOM] = left;
    uv_idle_stop(&producer);
}

static void consume(uv_idle_t *idle) {
    (void)idle;
    for (; length; length--) {
        sum += ring[first];
        first = (first + 1) % ROOM;
    }
    if (left) {
        uv_idle_start(&producer, produce);
        return;
    }
    uv_close((uv_handle_t *)&producer, NULL);
    uv_close((uv_handle_t *)&consumer, NULL);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    uv_idle_init(loop, &producer);
    uv_idle_init(loop, &consumer);
    uv_idle_start(&producer, produce);
    uv_idle_start(&consumer, consume);
    uv_run(loop, UV_RUN_DEFAULT);
    printf("%lld\n", (long long)sum);
    return uv_loop_close(loop);
}
