#include <stdint.h>
#include <stdio.h>

static volatile int64_t state;

int main(void) {
    state = 50000000;
    while (state != 0) state = state - 1;
    printf("%d %lld\n", 0, (long long)state);
    return 0;
}
