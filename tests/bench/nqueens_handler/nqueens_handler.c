#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static int64_t queens[64];

static bool is_safe(int64_t queen, int placed) {
    for (int i = placed - 1, distance = 1; i >= 0; i--, distance++)
        if (queen == queens[i] || queen == queens[i] + distance || queen == queens[i] - distance) return false;
    return true;
}

static bool place(int size, int column) {
    if (column == size) return true;
    for (int n = 1; n <= size; n++) {
        if (!is_safe(n, column)) continue;
        queens[column] = n;
        if (place(size, column + 1)) return true;
    }
    return false;
}

int main(void) {
    place(22, 0);
    int64_t sum = 0;
    for (int i = 21; i >= 0; i--) sum = sum * 7 % 1000003 + queens[i];
    printf("%lld\n", (long long)sum);
    return 0;
}
