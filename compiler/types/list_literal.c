// The core of a list in brackets. Its elements are computed before the list is built, so that many at once would be alive; a long list
// is therefore built as lists of a few elements, joined by twos of a tree: `((a ++ b) ++ (c ++ d))`. Elements that need no computing are
// data of the program, however many there are.
#include "infer.h"

enum { MOST_COMPUTED = 24 }; // elements that are alive at once

static bool is_computed(const CoreExpression *item) {
    if (item->kind == CORE_CONSTRUCT) {
        for (size_t i = 0; i < item->items.count; i++) {
            if (is_computed(item->items.items[i])) return true;
        }
        return false;
    }
    return item->kind == CORE_APPLY || item->kind == CORE_PRIMITIVE || item->kind == CORE_SWITCH || item->kind == CORE_LET || item->kind == CORE_FIELD;
}

static CoreExpression *build_cons(Inference *inference, CoreExpression *const *items, size_t count, Type *list, Span span) {
    const DataType *data = inference->builtins->list_type;
    CoreExpression *node = core_node(inference->arena, CORE_CONSTRUCT, list, span);
    node->constructor = data->constructors.items[0];
    for (size_t i = count; i-- > 0;) {
        CoreExpression *cons = core_node(inference->arena, CORE_CONSTRUCT, list, items[i]->span);
        cons->constructor = data->constructors.items[1];
        vector_push(inference->arena, &cons->items, items[i]);
        vector_push(inference->arena, &cons->items, node);
        node = cons;
    }
    return node;
}

CoreExpression *build_list(Inference *inference, CoreExpression *const *items, size_t count, Type *list, Span span) {
    size_t computed = 0;
    for (size_t i = 0; i < count && computed <= MOST_COMPUTED; i++) computed += is_computed(items[i]);
    if (computed <= MOST_COMPUTED) return build_cons(inference, items, count, list, span);
    size_t half = count / 2;
    CoreExpression *joined = core_node(inference->arena, CORE_PRIMITIVE, list, span);
    joined->primitive = PRIMITIVE_APPEND;
    vector_push(inference->arena, &joined->items, build_list(inference, items, half, list, span));
    vector_push(inference->arena, &joined->items, build_list(inference, items + half, count - half, list, span));
    return joined;
}
