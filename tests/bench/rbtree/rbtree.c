// A million keys put into a red-black tree by Okasaki's rules, nodes changed in place, then a fold that counts.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Node Node;
struct Node {
    Node *left, *right;
    int64_t key;
    bool value;
    bool is_red;
};

static bool is_red(const Node *node) { return node && node->is_red; }

static Node *make_node(int64_t key, bool value) {
    Node *node = malloc(sizeof *node);
    if (!node) abort();
    *node = (Node){.key = key, .value = value, .is_red = true};
    return node;
}

// A red node above two black ones.
static Node *put_above(Node *low, Node *middle, Node *high) {
    low->is_red = high->is_red = false;
    middle->left = low;
    middle->right = high;
    middle->is_red = true;
    return middle;
}

static Node *balance_left(Node *node) {
    Node *left = node->left;
    if (!is_red(left)) return node;
    if (is_red(left->left)) {
        node->left = left->right;
        return put_above(left->left, left, node);
    }
    if (is_red(left->right)) {
        Node *middle = left->right;
        left->right = middle->left;
        node->left = middle->right;
        return put_above(left, middle, node);
    }
    return node;
}

static Node *balance_right(Node *node) {
    Node *right = node->right;
    if (!is_red(right)) return node;
    if (is_red(right->left)) {
        Node *middle = right->left;
        node->right = middle->left;
        right->left = middle->right;
        return put_above(node, middle, right);
    }
    if (is_red(right->right)) {
        node->right = right->left;
        return put_above(node, right, right->right);
    }
    return node;
}

static Node *insert_below(Node *node, int64_t key, bool value) {
    if (!node) return make_node(key, value);
    if (key < node->key) {
        node->left = insert_below(node->left, key, value);
        return node->is_red ? node : balance_left(node);
    }
    if (key > node->key) {
        node->right = insert_below(node->right, key, value);
        return node->is_red ? node : balance_right(node);
    }
    node->value = value;
    return node;
}

static int64_t count_true(const Node *node) {
    return node ? count_true(node->left) + node->value + count_true(node->right) : 0;
}

int main(void) {
    Node *tree = NULL;
    for (int64_t i = 1000000; i > 0; i--) {
        tree = insert_below(tree, i * 7919 % 1000003, i % 10 == 0);
        tree->is_red = false;
    }
    printf("%lld\n", (long long)count_true(tree));
    return 0;
}
