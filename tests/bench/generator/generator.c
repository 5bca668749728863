#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree {
    struct Tree *left, *right;
    int64_t value;
} Tree;

typedef struct Stream {
    const Tree *waiting[64];
    int count;
} Stream;

static Tree *make(int depth) {
    if (depth == 0) return NULL;
    Tree *tree = malloc(sizeof *tree), *child = make(depth - 1);
    *tree = (Tree){child, child, depth};
    return tree;
}

static void go_left(Stream *stream, const Tree *tree) {
    for (; tree; tree = tree->left) stream->waiting[stream->count++] = tree;
}

static int next(Stream *stream, int64_t *value) {
    if (stream->count == 0) return 0;
    const Tree *tree = stream->waiting[--stream->count];
    *value = tree->value;
    go_left(stream, tree->right);
    return 1;
}

int main(void) {
    Stream stream = {.count = 0};
    int64_t sum = 0, value;
    go_left(&stream, make(21));
    while (next(&stream, &value)) sum += value;
    printf("%lld\n", (long long)sum);
    return 0;
}
