#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

static jmp_buf out;

static int64_t failing(int64_t n) {
    if (n >= 0) _longjmp(out, 1);
    return n;
}

int main(void) {
    int64_t (*volatile call)(int64_t) = failing;
    volatile int64_t total = 0;
    for (volatile int64_t n = 10000000; n > 0; n--) {
        if (_setjmp(out)) total += 1 + n;
        else total += call(n);
    }
    printf("%lld\n", (long long)total);
    return 0;
}
