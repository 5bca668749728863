// Operators.
#include "infer.h"

static const char *operator_text(Operator operator) {
    static const char *const texts[] = {"<|", "|>", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "::", "++", "+", "-", "*", "/", "%"};
    return texts[operator];
}

static Primitive operator_primitive(Operator operator) {
    switch (operator) {
    case OPERATOR_EQUAL: return PRIMITIVE_EQUAL;
    case OPERATOR_NOT_EQUAL: return PRIMITIVE_NOT_EQUAL;
    case OPERATOR_LESS: return PRIMITIVE_LESS;
    case OPERATOR_LESS_EQUAL: return PRIMITIVE_LESS_EQUAL;
    case OPERATOR_GREATER: return PRIMITIVE_GREATER;
    case OPERATOR_GREATER_EQUAL: return PRIMITIVE_GREATER_EQUAL;
    case OPERATOR_ADD: return PRIMITIVE_ADD;
    case OPERATOR_SUBTRACT: return PRIMITIVE_SUBTRACT;
    case OPERATOR_MULTIPLY: return PRIMITIVE_MULTIPLY;
    case OPERATOR_DIVIDE: return PRIMITIVE_DIVIDE;
    case OPERATOR_REMAINDER: return PRIMITIVE_REMAINDER;
    default: return PRIMITIVE_APPEND;
    }
}

static bool is_comparison(Operator operator) { return operator >= OPERATOR_EQUAL && operator <= OPERATOR_GREATER_EQUAL; }

static Constraint operator_constraint(Operator operator) {
    if (is_comparison(operator)) return CONSTRAINT_COMPARE;
    return operator == OPERATOR_APPEND ? CONSTRAINT_APPEND : CONSTRAINT_NUMBER;
}

// `f -1` takes 1 from f: what is meant is `f (-1)`. Completes the report of the left side, a function.
static bool hint_negative(Inference *inference, const Expression *expression, Type *left) {
    const Expression *right = expression->second->kind == EXPRESSION_APPLY ? expression->second->first : expression->second;
    Span minus = expression->operator_span, number = right->span;
    bool is_prefix = expression->operator == OPERATOR_SUBTRACT && minus.end == number.start && expression->first->span.end < minus.start;
    if (!is_prefix || resolve_type(left)->kind != TYPE_FUNCTION) return false;
    Diagnostics *diagnostics = inference->diagnostics;
    add_hint(diagnostics, diagnostics->list.items[diagnostics->list.count - 1], "a negative argument stands in parentheses: `(-%.*s)`",
             (int)(number.end - number.start), number.source->text.bytes + number.start);
    return true;
}

// `2 * x` with x : Float: it is the literal that is wrong. Then *left is an error.
static bool is_int_beside_float(Inference *inference, const Expression *expression, CoreExpression **left) {
    if (expression->first->kind != EXPRESSION_INT || expression->second->kind != EXPRESSION_VARIABLE) return false;
    const CoreExpression *right = infer(inference, expression->second, NULL);
    const Type *type = resolve_type(right->type);
    if (type->kind != TYPE_DATA || type->data != inference->builtins->float_type) return false;
    Reason reason = {REASON_OPERAND, expression->second->span, operator_text(expression->operator), 1, NULL};
    meet(inference, *left, right->type, reason, expression->first);
    *left = error_node(inference, expression->span);
    return true;
}

// Both sides have one type, which offers what the operator needs.
static CoreExpression *infer_overloaded(Inference *inference, const Expression *expression) {
    const char *text = operator_text(expression->operator);
    CoreExpression *left = infer(inference, expression->first, NULL);
    Type *type = left->type;
    Reason reason = {REASON_LEFT_OPERAND, expression->operator_span, text, 0, NULL};
    if (!require_constraints(&inference->unifier, type, operator_constraint(expression->operator), expression->operator_span)) {
        report_failure(inference, expression->first->span, type, type, reason, expression->first);
        if (!hint_negative(inference, expression, type)) infer(inference, expression->second, NULL);
        return error_node(inference, expression->span);
    }
    if (is_int_beside_float(inference, expression, &left)) return left;
    Reason right_reason = {REASON_OPERAND, expression->first->span, text, 0, NULL};
    CoreExpression *right = check(inference, expression->second, type, right_reason);
    if (right->type->kind == TYPE_ERROR || type->kind == TYPE_ERROR) return error_node(inference, expression->span);
    Type *result = is_comparison(expression->operator) ? bool_type(inference) : type;
    CoreExpression *node = core_node(inference->arena, CORE_PRIMITIVE, result, expression->span);
    node->primitive = operator_primitive(expression->operator);
    vector_push(inference->arena, &node->items, left);
    vector_push(inference->arena, &node->items, right);
    return node;
}

// The right side is a tail: `a && b` is a switch on a.
static CoreExpression *infer_logical(Inference *inference, const Expression *expression) {
    bool is_and = expression->operator == OPERATOR_AND;
    Reason reason = {REASON_LEFT_OPERAND, expression->operator_span, operator_text(expression->operator), 0, NULL};
    CoreExpression *left = check(inference, expression->first, bool_type(inference), reason);
    CoreExpression *right = check(inference, expression->second, bool_type(inference), reason);
    CoreExpression *known = core_bool(inference->arena, inference->builtins, !is_and, expression->span);
    CoreExpression *node = core_switch_bool(inference->arena, inference->builtins, left, is_and ? right : known, is_and ? known : right);
    node->type = bool_type(inference);
    return node;
}

static CoreExpression *infer_cons(Inference *inference, const Expression *expression, const Want *want) {
    Type *wanted = want ? resolve_type(want->type) : NULL;
    bool is_list = wanted && wanted->kind == TYPE_DATA && wanted->data == inference->builtins->list_type;
    Type *item = is_list ? wanted->arguments.items[0] : fresh_type(inference), *list = list_type(inference, item);
    Reason left_reason = is_list ? (Reason){.kind = REASON_ITEM} : (Reason){.kind = REASON_NONE};
    CoreExpression *head = check(inference, expression->first, item, left_reason);
    CoreExpression *tail = check(inference, expression->second, list, (Reason){REASON_OPERAND, expression->first->span, "::", 0, NULL});
    CoreExpression *node = core_node(inference->arena, CORE_CONSTRUCT, list, expression->span);
    node->constructor = inference->builtins->list_type->constructors.items[1];
    vector_push(inference->arena, &node->items, head);
    vector_push(inference->arena, &node->items, tail);
    return node;
}

CoreExpression *infer_binary(Inference *inference, const Expression *expression, const Want *want) {
    switch (expression->operator) {
    case OPERATOR_PIPE_LEFT:
    case OPERATOR_PIPE_RIGHT: return infer_pipe(inference, expression);
    case OPERATOR_AND:
    case OPERATOR_OR: return infer_logical(inference, expression);
    case OPERATOR_CONS: return infer_cons(inference, expression, want);
    default: return infer_overloaded(inference, expression);
    }
}

CoreExpression *infer_negate(Inference *inference, const Expression *expression) {
    CoreExpression *operand = infer(inference, expression->first, NULL);
    Reason reason = {REASON_LEFT_OPERAND, expression->span, "-", 0, NULL};
    if (!require_constraints(&inference->unifier, operand->type, CONSTRAINT_NUMBER, expression->span)) {
        report_failure(inference, expression->first->span, operand->type, operand->type, reason, expression->first);
        return error_node(inference, expression->span);
    }
    CoreExpression *node = core_node(inference->arena, CORE_PRIMITIVE, operand->type, expression->span);
    node->primitive = PRIMITIVE_NEGATE;
    vector_push(inference->arena, &node->items, operand);
    return node;
}
