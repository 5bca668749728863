#include <stdint.h>
#include <stdio.h>

static int64_t fibonacci(int64_t n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int main(void) {
    printf("%lld\n", (long long)fibonacci(36));
    return 0;
}
