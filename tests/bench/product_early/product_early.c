#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

static jmp_buf out;
static volatile int64_t answer;

static int64_t product(const int64_t *numbers, int count) {
    if (count == 0) return 0;
    if (*numbers == 0) {
        answer = 0;
        _longjmp(out, 1);
    }
    return *numbers * product(numbers + 1, count - 1);
}

static int64_t early(const int64_t *numbers, int count) {
    if (_setjmp(out)) return answer;
    return product(numbers, count);
}

int main(void) {
    int64_t numbers[1001], total = 0;
    for (int i = 0; i <= 1000; i++) numbers[i] = 1000 - i;
    for (int i = 0; i < 100000; i++) total += early(numbers, 1001);
    printf("%lld\n", (long long)total);
    return 0;
}
