#include <stdint.h>
#include <stdio.h>

static int64_t next(int64_t n) { return n + 1; }

int main(void) {
    int64_t (*volatile call)(int64_t) = next;
    int64_t n = 0;
    while (n < 50000000) n = call(n);
    printf("%lld\n", (long long)n);
    return 0;
}
