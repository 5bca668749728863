#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
    void *(*volatile allocate)(size_t) = malloc;
    void (*volatile release)(void *) = free;
    int64_t n = 0;
    while (n < 10000000) {
        int64_t *place = allocate(64);
        *place = n;
        n = *place + 1;
        release(place);
    }
    printf("%lld\n", (long long)n);
    return 0;
}
