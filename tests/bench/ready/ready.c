// Ten million steps, of which ten wait for the loop: a state that a callback takes up again, and a loop that goes on while a step has its
// answer at once.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

typedef struct State {
    uv_idle_t idle;
    int64_t n, sum;
} State;

// True when the answer is there; else the callback will be called.
__attribute__((noinline)) static bool step(State *state, int64_t *answer);

static void go_on(State *state) {
    while (state->n > 0) {
        int64_t answer;
        if (!step(state, &answer)) return;
        state->n--;
        state->sum += answer;
    }
    printf("%lld\n", (long long)state->sum);
    uv_close((uv_handle_t *)&state->idle, NULL);
}

static void on_idle(uv_idle_t *idle) {
    State *state = idle->data;
    uv_idle_stop(idle);
    state->n--;
    state->sum += 1;
    go_on(state);
}

static bool step(State *state, int64_t *answer) {
    if (state->n % 1000000 == 0) {
        uv_idle_start(&state->idle, on_idle);
        return false;
    }
    *answer = 2;
    return true;
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    State state = {.n = 10000000};
    uv_idle_init(loop, &state.idle);
    state.idle.data = &state;
    go_on(&state);
    uv_run(loop, UV_RUN_DEFAULT);
    return uv_loop_close(loop);
}
