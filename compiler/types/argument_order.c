// Arguments that would fit in another order, or with parentheses around some of them: tried against the function's type as it is
// declared, for what it is used at here was solved by the arguments as they stand.
#include "apply.h"

enum { MOST_ARGUMENTS = 8 };

// What the quantified variables of the function's type are, so far.
typedef struct Trial {
    Arena *arena;
    const Callee *callee;
    TypeParameters parameters;
    Types types;
} Trial;

// ---- the type as declared ----

static Type *result_of_data(Inference *inference, DataType *data) {
    Types arguments = {0};
    for (size_t i = 0; i < data->parameters.count; i++)
        vector_push(inference->arena, &arguments, parameter_type(inference->arena, data->parameters.items[i]));
    return data_type(inference->arena, data, &arguments);
}

Type *declared_type(Inference *inference, const Callee *callee) {
    const Meaning *meaning = callee->meaning;
    switch (meaning ? meaning->kind : MEANING_ERROR) {
    case MEANING_CONSTRUCTOR:
        return function_of(inference, &meaning->constructor->fields, result_of_data(inference, meaning->constructor->data));
    case MEANING_OPERATION: return function_of(inference, &meaning->operation->arguments, meaning->operation->answer);
    case MEANING_LOCAL:
    case MEANING_VALUE: return meaning->type && !meaning->is_open ? meaning->type : callee->type;
    default: return callee->type;
    }
}

static bool is_among(const TypeParameters *parameters, const TypeParameter *parameter) {
    for (size_t i = 0; i < parameters->count; i++) {
        if (parameters->items[i] == parameter) return true;
    }
    return false;
}

static bool is_quantified(const Callee *callee, const TypeParameter *parameter) {
    const Meaning *meaning = callee->meaning;
    switch (meaning ? meaning->kind : MEANING_ERROR) {
    case MEANING_CONSTRUCTOR: return is_among(&meaning->constructor->data->parameters, parameter);
    case MEANING_OPERATION:
        return is_among(&meaning->operation->effect->parameters, parameter) || is_among(&meaning->operation->parameters, parameter);
    case MEANING_LOCAL:
    case MEANING_VALUE: return is_among(&meaning->parameters, parameter);
    default: return false;
    }
}

static bool holds_quantified(const Callee *callee, Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return type->parameter->kind == KIND_TYPE && is_quantified(callee, type->parameter);
    if ((type->left && holds_quantified(callee, type->left)) || (type->right && holds_quantified(callee, type->right))) return true;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (holds_quantified(callee, type->arguments.items[i])) return true;
    }
    return false;
}

size_t declared_arity(Inference *inference, const Callee *callee) {
    Type *type = resolve_type(declared_type(inference, callee));
    if (type == resolve_type(callee->type)) return SIZE_MAX;
    size_t count = 0;
    for (; type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) count++;
    return count;
}

bool depends_on_arguments(Inference *inference, const Checked *checked) {
    Type *type = declared_type(inference, checked->callee);
    if (type == checked->callee->type) return resolve_type(type)->kind == TYPE_UNKNOWN;
    for (size_t i = 0; i < checked->parameters.count && type->kind == TYPE_FUNCTION; i++) type = resolve_type(type->right);
    return holds_quantified(checked->callee, type);
}

static bool holds(Type *type, const TypeParameter *parameter) {
    type = resolve_type(type);
    if (type->kind == TYPE_PARAMETER) return type->parameter == parameter;
    if ((type->left && holds(type->left, parameter)) || (type->right && holds(type->right, parameter))) return true;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (holds(type->arguments.items[i], parameter)) return true;
    }
    return false;
}

static Type *declared_parameter(const Callee *callee, size_t index) {
    Type *type = callee->meaning && callee->meaning->kind == MEANING_VALUE && callee->meaning->type ? resolve_type(callee->meaning->type) : NULL;
    for (; type && type->kind == TYPE_FUNCTION && index > 0; index--) type = resolve_type(type->right);
    return type && type->kind == TYPE_FUNCTION ? type->left : NULL;
}

bool shares_failed_type(const Checked *checked, size_t index) {
    const Callee *callee = checked->callee;
    Type *own = declared_parameter(callee, index);
    for (size_t i = 0; own && i < checked->items.count; i++) {
        if (!argument_failed(checked, i)) continue;
        Type *failed = declared_parameter(callee, i);
        for (size_t k = 0; failed && k < callee->meaning->parameters.count; k++) {
            const TypeParameter *parameter = callee->meaning->parameters.items[k];
            if (parameter->kind == KIND_TYPE && holds(own, parameter) && holds(failed, parameter)) return true;
        }
    }
    return false;
}

// ---- trying an order ----

static bool fits_parameter(Trial *trial, TypeParameter *parameter, Type *actual) {
    if (parameter->kind == KIND_ROW) return true;
    for (size_t i = 0; i < trial->types.count; i++) {
        if (trial->parameters.items[i] != parameter) continue;
        Type *before = resolve_type(trial->types.items[i]);
        if (before->kind == TYPE_UNKNOWN) trial->types.items[i] = actual;
        return could_be(before, actual);
    }
    vector_push(trial->arena, &trial->parameters, parameter);
    vector_push(trial->arena, &trial->types, actual);
    return true;
}

static bool fits_type(Trial *trial, Type *declared, Type *actual) {
    declared = resolve_type(declared);
    actual = resolve_type(actual);
    if (actual->kind == TYPE_UNKNOWN || actual->kind == TYPE_ERROR || declared->kind == TYPE_UNKNOWN) return true;
    if (declared->kind == TYPE_PARAMETER && is_quantified(trial->callee, declared->parameter))
        return fits_parameter(trial, declared->parameter, actual);
    if (declared->kind != actual->kind) return false;
    switch (declared->kind) {
    case TYPE_PARAMETER: return declared->parameter == actual->parameter;
    case TYPE_FUNCTION: return fits_type(trial, declared->left, actual->left) && fits_type(trial, declared->right, actual->right);
    case TYPE_COMPUTATION: return fits_type(trial, declared->left, actual->left);
    case TYPE_DATA:
        if (declared->data != actual->data) return false;
        for (size_t i = 0; i < declared->arguments.count; i++) {
            if (!fits_type(trial, declared->arguments.items[i], actual->arguments.items[i])) return false;
        }
        return true;
    default: return true;
    }
}

static bool fits(Inference *inference, Trial *trial, const Callee *callee, Type *const *actual, size_t count) {
    *trial = (Trial){.arena = inference->arena, .callee = callee};
    Type *declared = resolve_type(declared_type(inference, callee));
    for (size_t i = 0; i < count; i++, declared = resolve_type(declared->right)) {
        if (declared->kind != TYPE_FUNCTION || !fits_type(trial, declared->left, actual[i])) return false;
    }
    return true;
}

// ---- which orders are tried ----

// One argument moved to another place, those between moved up.
static void move_argument(Type *const *actual, size_t count, size_t from, size_t to, Type **order) {
    for (size_t i = 0, next = 0; i < count; i++) {
        next += next == from;
        order[i] = actual[i == to ? from : next++];
    }
}

static void swap_arguments(Type *const *actual, size_t count, size_t first, size_t second, Type **order) {
    for (size_t i = 0; i < count; i++) order[i] = actual[i == first ? second : i == second ? first : i];
}

typedef struct Order {
    size_t from, to;
    bool is_moved; // else the two are swapped
    Trial trial;
} Order;

// An order that fits, the likelier mistakes first: neighbours swapped, one argument moved, any two swapped.
static bool find_order(Inference *inference, const Callee *callee, const Types *actual, Order *order) {
    size_t count = actual->count;
    // What is in the way as they stand is no matter of order: a constraint, or an effect.
    if (fits(inference, &order->trial, callee, actual->items, count)) return false;
    for (int round = 0; round < 3; round++) {
        order->is_moved = round == 1;
        for (size_t i = 0; i < count * count; i++) {
            size_t from = order->from = i / count, to = order->to = i % count;
            size_t distance = from < to ? to - from : from - to;
            if (distance == 0 || (distance == 1) != (round == 0) || (to < from && !order->is_moved)) continue;
            Type *ordered[MOST_ARGUMENTS];
            (order->is_moved ? move_argument : swap_arguments)(actual->items, count, from, to, ordered);
            if (fits(inference, &order->trial, callee, ordered, count)) return true;
        }
    }
    return false;
}

// ---- what is said ----

// The type of a parameter, as far as the arguments in their right places tell.
static Type *parameter_in(Inference *inference, const Callee *callee, const Trial *trial, size_t index) {
    Type *type = resolve_type(declared_type(inference, callee));
    while (index--) type = resolve_type(type->right);
    return substitute_type(inference->arena, type->left, &trial->parameters, &trial->types);
}

static void report_swapped(Inference *inference, const Checked *checked, const Order *order) {
    const Callee *callee = checked->callee;
    const char *one = ordinal((unsigned)order->from + 1), *other = ordinal((unsigned)order->to + 1);
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0401, span_of_argument(checked, order->from), "the %s and the %s argument%s%s%s are swapped", one,
               other, callee->name ? " of `" : "", callee->name ? callee->name : "", callee->name ? "`" : "");
    bool is_piped = !checked->arguments->items[order->to].expression;
    Span second = span_of_argument(checked, order->to);
    if (is_piped) add_label(inference->diagnostics, diagnostic, second, "this is the %s", other);
    else add_label(inference->diagnostics, diagnostic, second, "this one belongs before");
    Type *wanted = parameter_in(inference, callee, &order->trial, order->from);
    Type *other_wanted = parameter_in(inference, callee, &order->trial, order->to);
    name_unknowns(wanted, other_wanted);
    add_hint(inference->diagnostics, diagnostic, "the %s must be `%s`, the %s `%s`", one, type_text(inference, wanted), other,
             type_text(inference, other_wanted));
}

static void report_moved(Inference *inference, const Checked *checked, const Order *order) {
    const Callee *callee = checked->callee;
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, span_of_argument(checked, order->from),
                                    "the %s argument here belongs in the %s place of %s%s%s", ordinal((unsigned)order->from + 1),
                                    ordinal((unsigned)order->to + 1), callee->name ? "`" : "", callee->name ? callee->name : "this call",
                                    callee->name ? "`" : "");
    Builder places = builder_in(inference->arena);
    size_t count = checked->parameters.count;
    name_unknowns(callee->type, NULL);
    for (size_t i = 0; i < count; i++) {
        Type *type = parameter_in(inference, callee, &order->trial, i);
        build_format(&places, "%s`%s`", i == 0 ? "" : i + 1 == count ? " and " : ", ", type_text(inference, type));
    }
    add_hint(inference->diagnostics, diagnostic, "it takes %s, in this order", builder_string(&places));
}

// A function that is not looked at yet: what its form tells.
static Type *form_of_late(Inference *inference, const Expression *function) {
    Type *type = fresh_type(inference);
    for (size_t i = 0; i < function->patterns.count; i++) type = function_type(inference->arena, fresh_type(inference), type);
    return type;
}

static Types types_of_arguments(Inference *inference, const Checked *checked) {
    Types types = {0};
    for (size_t i = 0; i < checked->parameters.count; i++) {
        Type *type = checked->actual.items[i];
        if (!type && checked->items.items[i]) type = checked->items.items[i]->type;
        if (!type) type = form_of_late(inference, checked->arguments->items[i].expression);
        vector_push(inference->arena, &types, type);
    }
    return types;
}

bool tell_order(Inference *inference, const Checked *checked) {
    size_t count = checked->parameters.count;
    if (count != checked->arguments->count || count < 2 || count > MOST_ARGUMENTS || count_failed_arguments(checked) == 0) return false;
    Types actual = types_of_arguments(inference, checked);
    Order order;
    if (!find_order(inference, checked->callee, &actual, &order)) return false;
    withdraw_failed(inference, checked);
    if (order.is_moved) report_moved(inference, checked, &order);
    else report_swapped(inference, checked, &order);
    return true;
}

// ---- parentheses ----

bool find_inner_call(Inference *inference, const Checked *checked, const Types *extra, size_t *first) {
    size_t count = checked->parameters.count;
    if (count > MOST_ARGUMENTS || checked->callee->type == declared_type(inference, checked->callee)) return false;
    Types all = types_of_arguments(inference, checked);
    for (size_t i = 0; i < extra->count; i++) vector_push(inference->arena, &all, extra->items[i]);
    for (size_t i = count; i-- > 0;) {
        Trial trial;
        Type *grouped[MOST_ARGUMENTS], *answer = resolve_type(all.items[i]);
        for (size_t k = 0; k < extra->count && answer; k++) answer = answer->kind == TYPE_FUNCTION ? resolve_type(answer->right) : NULL;
        if (!answer) continue;
        for (size_t k = 0; k < count; k++) grouped[k] = k == i ? answer : all.items[k < i ? k : k + extra->count];
        if (!fits(inference, &trial, checked->callee, grouped, count)) continue;
        *first = i;
        return true;
    }
    return false;
}
