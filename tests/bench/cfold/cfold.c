// A sum of 2^20 terms, made a list of sums and its constants folded, each node changed in place or freed.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef enum { VARIABLE, VALUE, ADD, MULTIPLY } Kind;
typedef struct Expression Expression;
struct Expression {
    Kind kind;
    union {
        int64_t value;
        struct {
            Expression *left, *right;
        };
    };
};

static Expression *make_leaf(Kind kind, int64_t value) {
    Expression *e = malloc(sizeof *e);
    if (!e) abort();
    e->kind = kind;
    e->value = value;
    return e;
}

static Expression *make_node(Kind kind, Expression *left, Expression *right) {
    Expression *e = malloc(sizeof *e);
    if (!e) abort();
    e->kind = kind;
    e->left = left;
    e->right = right;
    return e;
}

static Expression *make(int n, int64_t v) {
    if (n == 0) return v == 0 ? make_leaf(VARIABLE, 1) : make_leaf(VALUE, v);
    Expression *left = make(n - 1, v + 1);
    return make_node(ADD, left, make(n - 1, v == 0 ? 0 : v - 1));
}

// `e` is the node that held left and right: it becomes the innermost new one.
static Expression *append(Kind kind, Expression *left, Expression *right, Expression *e) {
    Expression **end = &left;
    while ((*end)->kind == kind) end = &(*end)->right;
    e->left = *end;
    e->right = right;
    *end = e;
    return left;
}

static Expression *reassociate(Expression *e) {
    if (e->kind < ADD) return e;
    Expression *left = reassociate(e->left);
    return append(e->kind, left, reassociate(e->right), e);
}

static int64_t combine(Kind kind, int64_t left, int64_t right) { return kind == ADD ? left + right : left * right; }

static Expression *fold_constants(Expression *e) {
    if (e->kind < ADD) return e;
    Expression *left = e->left = fold_constants(e->left);
    Expression *right = e->right = fold_constants(e->right);
    if (left->kind != VALUE) return e;
    if (right->kind == VALUE) {
        left->value = combine(e->kind, left->value, right->value);
        free(right);
        free(e);
        return left;
    }
    if (right->kind != e->kind) return e;
    int constant_on_right = right->right->kind == VALUE;
    Expression *constant = constant_on_right ? right->right : right->left;
    if (constant->kind != VALUE) return e;
    left->value = combine(e->kind, left->value, constant->value);
    e->right = constant_on_right ? right->left : right->right;
    free(constant);
    free(right);
    return e;
}

static int64_t evaluate(const Expression *e) {
    switch (e->kind) {
    case VARIABLE: return 0;
    case VALUE: return e->value;
    case ADD: return evaluate(e->left) + evaluate(e->right);
    case MULTIPLY: return evaluate(e->left) * evaluate(e->right);
    }
    abort();
}

int main(void) {
    Expression *e = make(20, 1);
    int64_t before = evaluate(e);
    printf("%lld %lld\n", (long long)before, (long long)evaluate(fold_constants(reassociate(e))));
    return 0;
}
