// All placements of 12 queens, as a list of lists that share their tails. Cells are never freed: this is the least that C could do.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct List List;
struct List {
    union {
        int64_t number;
        List *list;
    } head;
    List *tail;
};

static List *cons(List *tail) {
    List *cell = malloc(sizeof *cell);
    if (!cell) abort();
    cell->tail = tail;
    return cell;
}

static bool is_safe(int64_t queen, const List *placed) {
    int64_t distance = 1;
    for (; placed; placed = placed->tail, distance++) {
        int64_t other = placed->head.number;
        if (queen == other || queen == other + distance || queen == other - distance) return false;
    }
    return true;
}

static List *add_queens(int64_t queen, List *placed, List *found) {
    for (; queen > 0; queen--) {
        if (!is_safe(queen, placed)) continue;
        List *longer = cons(placed);
        longer->head.number = queen;
        found = cons(found);
        found->head.list = longer;
    }
    return found;
}

static List *place(int64_t size, int64_t rows) {
    if (rows == 0) {
        List *one = cons(NULL);
        one->head.list = NULL;
        return one;
    }
    List *found = NULL;
    for (List *shorter = place(size, rows - 1); shorter; shorter = shorter->tail) found = add_queens(size, shorter->head.list, found);
    return found;
}

int main(void) {
    int count = 0;
    for (List *found = place(12, 12); found; found = found->tail) count++;
    printf("%d\n", count);
    return 0;
}
