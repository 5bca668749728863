#include <stdint.h>
#include <stdio.h>

static int64_t sum;

static void add(int64_t n) { sum += n; }

static void range(int64_t from, int64_t last, void (*volatile *emit)(int64_t)) {
    for (; from <= last; from++) (*emit)(from);
}

int main(void) {
    void (*volatile emit)(int64_t) = add;
    range(0, 20000000, &emit);
    printf("%lld\n", (long long)sum);
    return 0;
}
