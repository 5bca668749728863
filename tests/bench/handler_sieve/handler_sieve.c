#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Filter {
    int64_t prime;
    const struct Filter *outer;
    bool (*is_prime)(const struct Filter *filter, int64_t n);
} Filter;

static bool any(const Filter *filter, int64_t n) { return filter && n; }

static bool without(const Filter *filter, int64_t n) {
    if (n % filter->prime == 0) return false;
    return filter->outer->is_prime(filter->outer, n);
}

int main(void) {
    Filter last = {0, NULL, any};
    const Filter *filter = &last;
    int64_t sum = 0;
    for (int64_t n = 2; n < 20000; n++) {
        if (!filter->is_prime(filter, n)) continue;
        Filter *inner = malloc(sizeof *inner);
        *inner = (Filter){n, filter, without};
        filter = inner;
        sum += n;
    }
    printf("%lld\n", (long long)sum);
    return 0;
}
