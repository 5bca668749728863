// The ninth derivative of x^x, simplified as it is built. Trees share parts and are never freed: this is the least that C could do.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { VALUE, VARIABLE, ADD, MULTIPLY, POWER, LOG } Kind;
typedef struct Expression Expression;
struct Expression {
    Kind kind;
    union {
        int64_t value;
        const char *name;
        struct {
            const Expression *left, *right;
        };
    };
};

static Expression *make(Kind kind) {
    Expression *e = malloc(sizeof *e);
    if (!e) abort();
    e->kind = kind;
    return e;
}

static const Expression *value(int64_t number) {
    Expression *e = make(VALUE);
    e->value = number;
    return e;
}

static const Expression *node(Kind kind, const Expression *left, const Expression *right) {
    Expression *e = make(kind);
    e->left = left;
    e->right = right;
    return e;
}

static int is_value(const Expression *e, int64_t number) { return e->kind == VALUE && e->value == number; }
static int starts_with_value(const Expression *e, Kind kind) { return e->kind == kind && e->left->kind == VALUE; }

static int64_t power(int64_t x, int64_t n) {
    if (n == 0) return 1;
    if (n == 1) return x;
    int64_t half = power(x, n / 2);
    return half * half * (n % 2 == 0 ? 1 : x);
}

static const Expression *add(const Expression *f, const Expression *g) {
    if (f->kind == VALUE && g->kind == VALUE) return value(f->value + g->value);
    if (is_value(f, 0)) return g;
    if (is_value(g, 0)) return f;
    if (g->kind == VALUE) return add(g, f);
    if (f->kind == VALUE && starts_with_value(g, ADD)) return add(value(f->value + g->left->value), g->right);
    if (starts_with_value(g, ADD)) return add(g->left, add(f, g->right));
    if (f->kind == ADD) return add(f->left, add(f->right, g));
    return node(ADD, f, g);
}

static const Expression *multiply(const Expression *f, const Expression *g) {
    if (f->kind == VALUE && g->kind == VALUE) return value(f->value * g->value);
    if (is_value(f, 0) || is_value(g, 0)) return value(0);
    if (is_value(f, 1)) return g;
    if (is_value(g, 1)) return f;
    if (g->kind == VALUE) return multiply(g, f);
    if (f->kind == VALUE && starts_with_value(g, MULTIPLY)) return multiply(value(f->value * g->left->value), g->right);
    if (starts_with_value(g, MULTIPLY)) return multiply(g->left, multiply(f, g->right));
    if (f->kind == MULTIPLY) return multiply(f->left, multiply(f->right, g));
    return node(MULTIPLY, f, g);
}

static const Expression *raise_to(const Expression *f, const Expression *g) {
    if (f->kind == VALUE && g->kind == VALUE) return value(power(f->value, g->value));
    if (is_value(g, 0)) return value(1);
    if (is_value(g, 1)) return f;
    if (is_value(f, 0)) return f;
    return node(POWER, f, g);
}

static const Expression *log_of(const Expression *f) { return is_value(f, 1) ? value(0) : node(LOG, f, NULL); }

static const Expression *derive(const char *x, const Expression *e) {
    const Expression *f = e->left, *g = e->right;
    switch (e->kind) {
    case VALUE: return value(0);
    case VARIABLE: return value(strcmp(x, e->name) == 0);
    case ADD: return add(derive(x, f), derive(x, g));
    case MULTIPLY: return add(multiply(f, derive(x, g)), multiply(g, derive(x, f)));
    case POWER:
        return multiply(raise_to(f, g), add(multiply(multiply(g, derive(x, f)), raise_to(f, value(-1))), multiply(log_of(f), derive(x, g))));
    case LOG: return multiply(derive(x, f), raise_to(f, value(-1)));
    }
    abort();
}

static int64_t size(const Expression *e) {
    if (e->kind <= VARIABLE) return 1;
    return size(e->left) + (e->kind == LOG ? 0 : size(e->right));
}

int main(void) {
    Expression *x = make(VARIABLE);
    x->name = "x";
    const Expression *f = raise_to(x, x);
    for (int i = 0; i < 9; i++) f = derive("x", f);
    printf("%lld\n", (long long)size(f));
    return 0;
}
