// Primitives on known operands. A fault is never folded away: what would overflow is left to happen at run time.

#include "simplify.h"

// ---- what can be left out ----

static bool can_fault(Primitive primitive) { return primitive >= PRIMITIVE_INT_ADD && primitive <= PRIMITIVE_INT_NEGATE; }

bool is_discardable(const CoreExpression *e) {
    for (;;) {
        if (core_is_atom(e) || e->kind == CORE_LAMBDA || e->kind == CORE_DELAY) return true;
        if (e->kind == CORE_FIELD) {
            e = e->first;
            continue;
        }
        if (e->kind != CORE_CONSTRUCT && !(e->kind == CORE_PRIMITIVE && !can_fault(e->primitive))) return false;
        if (e->items.count == 0) return true;
        for (size_t i = 0; i + 1 < e->items.count; i++) {
            if (!is_discardable(e->items.items[i])) return false;
        }
        e = e->items.items[e->items.count - 1];
    }
}

// ---- words ----

static CoreExpression *int_node(Simplifier *s, const CoreExpression *node, int64_t value) {
    CoreExpression *literal = core_node(s->arena, CORE_INT, node->type, node->span);
    literal->int_value = value;
    return literal;
}

static CoreExpression *constant_node(Simplifier *s, const CoreExpression *node, DataType *data, unsigned tag) {
    CoreExpression *constant = core_node(s->arena, CORE_CONSTRUCT, data_type(s->arena, data, NULL), node->span);
    constant->constructor = data->constructors.items[tag];
    return constant;
}

// The word that an atom is held as, when that is known.
static bool word_of(const CoreExpression *atom, int64_t *word) {
    if (atom->kind == CORE_INT) {
        *word = atom->int_value;
        return true;
    }
    if (atom->kind != CORE_CONSTRUCT || find_representation(atom->type) != REPRESENTATION_WORD) return false;
    *word = atom->constructor->tag;
    return true;
}

static CoreExpression *fold_arithmetic(Simplifier *s, CoreExpression *node, int64_t left, int64_t right) {
    int64_t result;
    bool is_out_of_range = false;
    switch (node->primitive) {
    case PRIMITIVE_INT_ADD: is_out_of_range = __builtin_add_overflow(left, right, &result); break;
    case PRIMITIVE_INT_SUBTRACT: is_out_of_range = __builtin_sub_overflow(left, right, &result); break;
    case PRIMITIVE_INT_MULTIPLY: is_out_of_range = __builtin_mul_overflow(left, right, &result); break;
    case PRIMITIVE_INT_DIVIDE: case PRIMITIVE_INT_REMAINDER:
        if (right == 0 || (left == INT64_MIN && right == -1)) return node;
        result = node->primitive == PRIMITIVE_INT_DIVIDE ? left / right : left % right;
        break;
    default: return node;
    }
    return is_out_of_range ? node : int_node(s, node, result);
}

static CoreExpression *fold_words(Simplifier *s, CoreExpression *node, int64_t left, int64_t right) {
    DataType *truth = s->program->builtins->bool_type;
    switch (node->primitive) {
    case PRIMITIVE_WORD_EQUAL: return constant_node(s, node, truth, left == right);
    case PRIMITIVE_WORD_NOT_EQUAL: return constant_node(s, node, truth, left != right);
    case PRIMITIVE_WORD_LESS: return constant_node(s, node, truth, left < right);
    case PRIMITIVE_WORD_LESS_EQUAL: return constant_node(s, node, truth, left <= right);
    case PRIMITIVE_WORD_COMPARE: return constant_node(s, node, s->program->builtins->ordering_type, left < right ? 0 : left == right ? 1 : 2);
    default: return fold_arithmetic(s, node, left, right);
    }
}

static CoreExpression *fold_neutral(CoreExpression *node, const int64_t *left, const int64_t *right) {
    CoreExpression *const *items = node->items.items;
    switch (node->primitive) {
    case PRIMITIVE_INT_ADD: return left && *left == 0 ? items[1] : right && *right == 0 ? items[0] : node;
    case PRIMITIVE_INT_SUBTRACT: return right && *right == 0 ? items[0] : node;
    case PRIMITIVE_INT_MULTIPLY: return left && *left == 1 ? items[1] : right && *right == 1 ? items[0] : node;
    case PRIMITIVE_INT_DIVIDE: return right && *right == 1 ? items[0] : node;
    default: return node;
    }
}

static CoreExpression *fold_unary(Simplifier *s, CoreExpression *node) {
    CoreExpression *item = node->items.items[0];
    int64_t word;
    const Constructor *constructor;
    if (node->primitive == PRIMITIVE_TAG && find_known(s, item, &constructor)) return int_node(s, node, constructor->tag);
    if (node->primitive == PRIMITIVE_INT_NEGATE && word_of(item, &word) && word != INT64_MIN) return int_node(s, node, -word);
    return node;
}

// ---- strings ----

static bool is_joining(const CoreExpression *e) {
    return e->kind == CORE_PRIMITIVE && (e->primitive == PRIMITIVE_STRING_APPEND || e->primitive == PRIMITIVE_STRING_CONCATENATE);
}

// A piece that was itself joined, for this use only, gives its own pieces.
static const CoreExpressions *pieces_of(Simplifier *s, const CoreExpression *piece) {
    if (piece->kind != CORE_LOCAL) return NULL;
    const Fact *fact = fact_of(s, piece->variable);
    return fact->uses == 1 && fact->value && is_joining(fact->value) ? &fact->value->items : NULL;
}

static CoreExpression *joined_literal(Simplifier *s, const CoreExpression *left, const CoreExpression *right) {
    CoreExpression *literal = core_node(s->arena, CORE_STRING, left->type, left->span);
    Builder builder = builder_in(s->arena);
    build_text(&builder, left->text);
    build_text(&builder, right->text);
    literal->text = builder_text(&builder);
    return literal;
}

static void add_piece(Simplifier *s, CoreExpressions *pieces, CoreExpression *piece) {
    CoreExpression *last = pieces->count ? pieces->items[pieces->count - 1] : NULL;
    if (piece->kind == CORE_STRING && piece->text.length == 0) return;
    if (last && last->kind == CORE_STRING && piece->kind == CORE_STRING) pieces->items[pieces->count - 1] = joined_literal(s, last, piece);
    else vector_push(s->arena, pieces, piece);
}

// The piece at a second place.
static CoreExpression *another(Simplifier *s, const CoreExpression *piece) {
    CoreExpression *copy = NEW(s->arena, CoreExpression);
    *copy = *piece;
    if (copy->kind == CORE_LOCAL) fact_of(s, copy->variable)->uses++;
    return copy;
}

static CoreExpression *fold_joining(Simplifier *s, CoreExpression *node) {
    CoreExpressions pieces = {0};
    for (size_t i = 0; i < node->items.count; i++) {
        const CoreExpressions *inner = pieces_of(s, node->items.items[i]);
        if (!inner) add_piece(s, &pieces, node->items.items[i]);
        for (size_t j = 0; inner && j < inner->count; j++) add_piece(s, &pieces, another(s, inner->items[j]));
    }
    if (pieces.count == 1) return pieces.items[0];
    if (pieces.count == 0) return node->items.items[0];
    node->primitive = pieces.count == 2 ? PRIMITIVE_STRING_APPEND : PRIMITIVE_STRING_CONCATENATE;
    node->items = pieces;
    return node;
}

CoreExpression *fold_primitive(Simplifier *s, CoreExpression *node) {
    if (is_joining(node)) return fold_joining(s, node);
    if (node->items.count == 1) return fold_unary(s, node);
    if (node->items.count != 2) return node;
    int64_t left, right;
    bool left_known = word_of(node->items.items[0], &left), right_known = word_of(node->items.items[1], &right);
    if (left_known && right_known) return fold_words(s, node, left, right);
    return fold_neutral(node, left_known ? &left : NULL, right_known ? &right : NULL);
}
