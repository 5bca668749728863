// Ten million list cells made, mapped, filtered and summed; each list is a new one, as the first is asked for its length at the end.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct List List;
struct List {
    int64_t head;
    List *tail;
};

static List **add(List **end, int64_t head) {
    List *cell = malloc(sizeof *cell);
    if (!cell) abort();
    cell->head = head;
    *end = cell;
    return &cell->tail;
}

static List *count_up(int64_t from, int64_t until) {
    List *list, **end = &list;
    for (; from <= until; from++) end = add(end, from);
    *end = NULL;
    return list;
}

static List *map(int64_t (*f)(int64_t), const List *from) {
    List *list, **end = &list;
    for (; from; from = from->tail) end = add(end, f(from->head));
    *end = NULL;
    return list;
}

static List *filter(int (*keep)(int64_t), const List *from) {
    List *list, **end = &list;
    for (; from; from = from->tail)
        if (keep(from->head)) end = add(end, from->head);
    *end = NULL;
    return list;
}

static int64_t square(int64_t x) { return x * x % 1000003; }
static int is_even(int64_t x) { return x % 2 == 0; }

int main(void) {
    List *numbers = count_up(1, 10000000);
    List *even = filter(is_even, map(square, numbers));
    int64_t length = 0, sum = 0;
    for (List *cell = numbers; cell; cell = cell->tail) length++;
    for (List *cell = even; cell; cell = cell->tail) sum += cell->head;
    printf("%lld %lld\n", (long long)length, (long long)sum);
    return 0;
}
