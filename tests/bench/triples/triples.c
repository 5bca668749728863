#include <stdint.h>
#include <stdio.h>

int main(void) {
    int64_t found = 0;
    for (int64_t i = 200; i >= 1; i--)
        for (int64_t j = i - 1; j >= 1; j--)
            for (int64_t k = j - 1; k >= 1; k--)
                if (i + j + k == 200) found = (found * 31 + i * 53 + j * 2809 + k * 148877) % 1000000007;
    printf("%lld\n", (long long)found);
    return 0;
}
