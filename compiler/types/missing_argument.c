// What is said of a function that stands where what it answers is wanted.
#include "infer.h"

static bool holds_unknown(Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_UNKNOWN) return type->unknown->kind == KIND_TYPE;
    if ((type->left && holds_unknown(type->left)) || (type->right && holds_unknown(type->right))) return true;
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (holds_unknown(type->arguments.items[i])) return true;
    }
    return false;
}

// Of the first argument that this call lacks: `type` is what is known of it here; a variable says something only within the function's
// whole type.
static void hint_missing_argument(Inference *inference, Diagnostic *diagnostic, const Expression *expression, Type *type) {
    size_t given = expression && expression->kind == EXPRESSION_APPLY ? expression->items.count : 0;
    const Expression *head = expression && expression->kind == EXPRESSION_APPLY ? expression->first : expression;
    const Meaning *meaning = head && head->kind == EXPRESSION_VARIABLE ? head->name.meaning : NULL;
    if (is_data(type, inference->builtins->unit_type)) {
        const char *name = meaning ? meaning->name : "f";
        add_hint(inference->diagnostics, diagnostic, given ? "the last argument is `()`" : "it takes `()`: write `%s ()`", name);
        return;
    }
    Type *whole = meaning && meaning->type ? resolve_type(meaning->type) : NULL, *wanted = whole;
    for (size_t i = 0; i < given && wanted && wanted->kind == TYPE_FUNCTION; i++) wanted = resolve_type(wanted->right);
    if (!holds_unknown(type) || !wanted || wanted->kind != TYPE_FUNCTION) {
        add_hint(inference->diagnostics, diagnostic, "the %s argument must be `%s`", ordinal((unsigned)given + 1), type_text(inference, type));
        return;
    }
    name_unknowns(whole, NULL);
    add_hint(inference->diagnostics, diagnostic, "the %s argument must be `%s`, for `%s` is `%s`", ordinal((unsigned)given + 1),
             type_text(inference, wanted->left), meaning->name, type_text(inference, whole));
}

// `run (fun () -> c)`.
static bool report_waiting_function(Inference *inference, Span span, Type *function, const Expression *expression) {
    bool is_unit = expression && expression->kind == EXPRESSION_FUNCTION && expression->patterns.count == 1 &&
                   expression->patterns.items[0]->kind == PATTERN_TUPLE && expression->patterns.items[0]->items.count == 0;
    if (!is_unit || resolve_type(resolve_type(function)->right)->kind != TYPE_COMPUTATION) return false;
    Diagnostic *diagnostic = report(inference->diagnostics, E0414, span, "a computation must stand here, but this is a function of `()` that answers one");
    add_hint(inference->diagnostics, diagnostic, "leave out the `fun () ->`: a computation does nothing until it is run");
    return true;
}

void report_missing_arguments(Inference *inference, Span span, Type *function, const Expression *expression) {
    if (report_waiting_function(inference, span, function, expression)) return;
    const Expression *head = expression && expression->kind == EXPRESSION_APPLY ? expression->first : expression;
    bool is_named = head && (head->kind == EXPRESSION_VARIABLE || head->kind == EXPRESSION_CONSTRUCTOR);
    const char *name = name_as_written(inference, expression);
    size_t given = expression && expression->kind == EXPRESSION_APPLY ? expression->items.count : 0, missing = 0;
    for (Type *rest = resolve_type(function); rest->kind == TYPE_FUNCTION; rest = resolve_type(rest->right)) missing++;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0414, span, "%s%s%s lacks %s: it takes %zu, but is given %zu", name ? "`" : "",
               name ? name : "this function", name ? "`" : "", missing == 1 ? "an argument" : "arguments", given + missing, given);
    const Meaning *meaning = is_named ? head->name.meaning : NULL;
    if (meaning && meaning->span.source && !(meaning->module && meaning->module->from_stdlib))
        add_label(inference->diagnostics, diagnostic, meaning->span, "`%s` is declared here", meaning->name);
    bool is_value = meaning && meaning->kind == MEANING_LOCAL && !meaning->function && given == 0;
    if (is_value) head->name.meaning->is_doubted = true; // what it is given lacks the argument, wherever it is used
    name_unknowns(function, NULL);
    hint_missing_argument(inference, diagnostic, expression, resolve_type(function)->left);
}

bool report_unapplied(Inference *inference, Span span, Type *actual, Type *expected, const Expression *expression) {
    Type *type = resolve_type(actual), *wanted = expected ? resolve_type(expected) : NULL;
    if (type->kind != TYPE_FUNCTION || (wanted && (wanted->kind == TYPE_FUNCTION || wanted->kind == TYPE_PARAMETER))) return false;
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    if (wanted && !could_be(type, wanted)) return false;
    if (wanted) unify(&inference->unifier, type, wanted); // tells more of what is missing
    report_missing_arguments(inference, span, actual, expression);
    return true;
}
