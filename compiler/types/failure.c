// Which story is told of two types that could not be made one.
#include "infer.h"

// Two parameters, of which one is of the type that is answered: the second of `insert`, the first of what a fold calls.
static bool answers_parameter(Type *type, bool is_second) {
    type = resolve_type(type);
    Type *rest = type->kind == TYPE_FUNCTION ? resolve_type(type->right) : type;
    if (type->kind != TYPE_FUNCTION || rest->kind != TYPE_FUNCTION) return false;
    return type_equal(is_second ? rest->left : type->left, rest->right);
}

static void report_infinite(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason, const Expression *expression) {
    name_unknowns(actual, expected);
    Diagnostic *diagnostic = report(inference->diagnostics, E0402, span, "this would be a type without end: `%s` is to be `%s`",
                                    type_text(inference, actual), type_text(inference, expected));
    bool is_swapped = reason->kind == REASON_ARGUMENT && reason->name && answers_parameter(actual, true) && answers_parameter(expected, false);
    if (!is_swapped) {
        add_hint(inference->diagnostics, diagnostic,
                 "a value is used as a part of itself, or a function is given to itself: is an argument too many or too few?");
        return;
    }
    bool is_named = expression && expression->kind == EXPRESSION_VARIABLE;
    const char *qualifier = is_named && expression->name.qualifier ? expression->name.qualifier : "";
    add_hint(inference->diagnostics, diagnostic, "`%s` gives it the two arguments in the other order: write `fun a b -> %s%s%s b a`", reason->name,
             qualifier, *qualifier ? "." : "", is_named ? expression->name.name : "f");
}

static void report_escape(Inference *inference, Span span) {
    const Failure *failure = &inference->unifier.failure;
    Diagnostic *diagnostic = report(
        inference->diagnostics, E0406, span,
        "the annotation's `%s` stands for any type, but here it would be one certain type of the code around it", failure->parameter->name);
    add_hint(inference->diagnostics, diagnostic, "leave out the annotation, or use the variable in the outer function's annotation, too");
}

static bool holds_error(Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_ERROR) return true;
    if ((type->left && holds_error(type->left)) || (type->right && holds_error(type->right))) return true;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (holds_error(type->arguments.items[i])) return true;
    }
    return false;
}

// A name of the wrong type is one mistake, however often it is used as what it is not.
static bool is_told(Inference *inference, const Expression *expression, Type *expected) {
    const Meaning *meaning = expression && expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    if (!meaning || (meaning->kind != MEANING_LOCAL && meaning->kind != MEANING_VALUE)) return false;
    if (meaning->module && meaning->module->from_stdlib) return false;
    Type *before = table_get(&inference->told, meaning);
    if (!before) table_put(&inference->told, meaning, expected);
    return before && inference->diagnostics->error_count && could_be(before, expected);
}

// What a parameter is by its annotation is the other half of the story when that is not what is wanted of it.
static void label_annotation(Inference *inference, const Expression *expression, size_t mark) {
    const Diagnostics *diagnostics = inference->diagnostics;
    Meaning *meaning = expression && expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    if (!meaning || meaning->kind != MEANING_LOCAL || !meaning->annotation.source || diagnostics->list.count != mark + 1) return;
    Diagnostic *diagnostic = diagnostics->list.items[mark];
    if (diagnostic->code != E0401 && diagnostic->code != E0403) return;
    meaning->is_misused = true;
    for (size_t i = 0; i < diagnostic->labels.count; i++) {
        if (diagnostic->labels.items[i].span.start == meaning->annotation.start) return;
    }
    add_label(inference->diagnostics, diagnostic, meaning->annotation, "the annotation of `%s`", meaning->name);
}

void report_failure(Inference *inference, Span span, Type *actual, Type *expected, Reason reason, const Expression *expression) {
    // A part whose type is not known, for it was reported, says that the whole may have been meant otherwise.
    bool follows = inference->unifier.failure.kind == FAILURE_MISMATCH && inference->diagnostics->error_count;
    if (follows && (holds_error(actual) || holds_error(expected))) return;
    if (inference->unifier.failure.kind == FAILURE_MISMATCH && is_told(inference, expression, expected)) return;
    size_t mark = inference->diagnostics->list.count;
    switch (inference->unifier.failure.kind) {
    case FAILURE_INFINITE: report_infinite(inference, span, actual, expected, &reason, expression); break;
    case FAILURE_CONSTRAINT: report_constraint(inference, span, &reason, expression); break;
    case FAILURE_ESCAPE: report_escape(inference, span); break;
    case FAILURE_EFFECT:
    case FAILURE_ROW_VARIABLE:
    case FAILURE_TWO_VARIABLES:
    case FAILURE_TWO_ARGUMENTS: report_row_failure(inference, span, actual, expected, &reason, expression); break;
    default: report_mismatch(inference, span, actual, expected, reason, expression); break;
    }
    label_annotation(inference, expression, mark);
    inference->unifier.failure = (Failure){.kind = FAILURE_NONE};
}
