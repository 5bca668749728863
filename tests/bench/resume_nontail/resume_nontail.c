#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t loop(int64_t n, int64_t answer) {
    if (n == 0) return answer;
    int64_t y = loop(n - 1, answer);
    return llabs(n - 503 * y + 37) % 1009;
}

int main(void) {
    int64_t answer = 0;
    for (int i = 0; i < 1000; i++) answer = loop(5000, answer);
    printf("%lld\n", (long long)answer);
    return 0;
}
