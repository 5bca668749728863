#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree {
    struct Tree *child;
    int64_t value;
} Tree;

static int64_t state, best, path[64];

static Tree *make(int depth) {
    if (depth == 0) return NULL;
    Tree *tree = malloc(sizeof *tree);
    *tree = (Tree){make(depth - 1), depth};
    return tree;
}

static int64_t operator(int64_t x, int64_t y) { return llabs((x - 503 * y + 37) % 1009); }

static void explore(const Tree *tree, int depth) {
    if (!tree) {
        int64_t answer = state;
        for (int i = depth - 1; i >= 0; i--) answer = operator(path[i], answer);
        if (answer > best) best = answer;
        return;
    }
    path[depth] = tree->value;
    for (int i = 0; i < 2; i++) {
        state = operator(state, tree->value);
        explore(tree->child, depth + 1);
    }
}

int main(void) {
    const Tree *tree = make(15);
    for (int i = 0; i < 10; i++) {
        best = 0;
        explore(tree, 0);
        state = best;
    }
    printf("%lld\n", (long long)state);
    return 0;
}
