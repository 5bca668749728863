#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

static jmp_buf stopped;
static int64_t line, column, limit = 5000, sum;

static int64_t read_next(void) {
    if (line > limit) _longjmp(stopped, 1);
    if (column == 0) {
        column = ++line;
        return 10;
    }
    column--;
    return 36;
}

static void add(int64_t n) { sum += n; }

static void parse(int64_t (*volatile *read)(void), void (*volatile *emit)(int64_t)) {
    for (int64_t seen = 0;;) {
        int64_t c = (*read)();
        if (c == 36) seen++;
        else if (c == 10) {
            (*emit)(seen);
            seen = 0;
        } else _longjmp(stopped, 1);
    }
}

int main(void) {
    int64_t (*volatile read)(void) = read_next;
    void (*volatile emit)(int64_t) = add;
    if (!_setjmp(stopped)) parse(&read, &emit);
    printf("%lld\n", (long long)sum);
    return 0;
}
