// What is said of a type that cannot be compared, shown, added, joined or put into a text.
#include "infer.h"

#include <string.h>

static const char *need_of(Constraint constraint) {
    switch (constraint) {
    case CONSTRAINT_COMPARE: return "be compared";
    case CONSTRAINT_SHOW: return "be shown";
    case CONSTRAINT_NUMBER: return "be added, or reckoned with otherwise";
    case CONSTRAINT_APPEND: return "be joined with `++`";
    case CONSTRAINT_INTERPOLATE: return "stand in a text";
    }
    return "";
}

static bool is_library_error(Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && strcmp(type->data->module, "Error") == 0 && strcmp(type->data->name, "Error") == 0;
}

static void hint_constraint(Inference *inference, Diagnostic *diagnostic, const Failure *failure, const Reason *reason) {
    const Builtins *b = inference->builtins;
    Diagnostics *diagnostics = inference->diagnostics;
    bool is_text = is_data(failure->left, b->string_type);
    Span span = diagnostic->span;
    Text shown = text_of("error");
    if (span.end - span.start < 24) shown = (Text){span.source->text.bytes + span.start, span.end - span.start};
    bool is_applied = memchr(shown.bytes, ' ', shown.length);
    bool is_extern = resolve_type(failure->culprit)->kind == TYPE_DATA && !has_structure(failure->culprit);
    if (is_extern && failure->constraint <= CONSTRAINT_SHOW)
        add_hint(diagnostics, diagnostic, "only C code knows what is in it: keep a name or a number beside it, and use that");
    else if (resolve_type(failure->left)->kind == TYPE_COMPUTATION)
        add_hint(diagnostics, diagnostic, "run it first: `let! name = ...`, then use `name` here");
    else if (failure->constraint == CONSTRAINT_NUMBER && is_text && reason->name && strcmp(reason->name, "+") == 0)
        add_hint(diagnostics, diagnostic, "texts are joined with `++`");
    else if (failure->constraint == CONSTRAINT_APPEND && is_number_type(inference, failure->left))
        add_hint(diagnostics, diagnostic, "numbers are added with `+`");
    else if (failure->constraint == CONSTRAINT_APPEND && is_data(failure->left, b->char_type))
        add_hint(diagnostics, diagnostic, "a Char stands in a text: `\"\\(a)\\(b)\"`");
    else if (is_data(failure->left, b->result_type))
        add_hint(diagnostics, diagnostic, "it may be an `Err`: take it apart with `match`");
    else if (failure->constraint == CONSTRAINT_INTERPOLATE && is_library_error(failure->left))
        add_hint(diagnostics, diagnostic, is_applied ? "write `\\(Error.message (%.*s))`" : "write `\\(Error.message %.*s)`", (int)shown.length, shown.bytes);
    else if (failure->constraint == CONSTRAINT_INTERPOLATE && !is_data(failure->left, b->option_type) && has_structure(failure->left))
        add_hint(diagnostics, diagnostic, "write `\\(show value)`: a String, Int, Float, Bool or Char stands in a text by itself");
    else if (is_data(failure->left, b->option_type))
        add_hint(diagnostics, diagnostic, "it may be `None`: take it apart with `match`, or give a default with `Option.with_default`");
}

// What an operator works on, when the type at hand is simply another.
static Diagnostic *report_operand(Inference *inference, Span span, const Failure *failure, const Reason *reason, const char *type) {
    bool is_operator = reason->kind == REASON_LEFT_OPERAND && reason->name;
    if (is_operator && failure->constraint == CONSTRAINT_NUMBER) {
        return report(inference->diagnostics, E0403, span, "`%s` works on Int and on Float, but this is `%s`", reason->name, type);
    }
    if (is_operator && failure->constraint == CONSTRAINT_APPEND) {
        return report(inference->diagnostics, E0403, span, "`++` joins Strings or Lists, but this is `%s`", type);
    }
    return report(inference->diagnostics, E0403, span, "`%s` cannot %s", type, need_of(failure->constraint));
}

static Diagnostic *report_structural(Inference *inference, Span span, const Failure *failure, const char *type) {
    const Type *inner = resolve_type(failure->culprit);
    const char *what = inner->kind == TYPE_FUNCTION ? "function" : inner->kind == TYPE_COMPUTATION ? "computation" : "value of an extern type";
    if (resolve_type(failure->left) == inner) {
        return report(inference->diagnostics, E0403, span, "this is a %s, `%s`, which cannot %s", what, type, need_of(failure->constraint));
    }
    return report(inference->diagnostics, E0403, span, "`%s` cannot %s, for it holds a %s: `%s`", type, need_of(failure->constraint), what,
                  type_text(inference, failure->culprit));
}

// `Err a ++ b`: what is joined was meant to be in the constructor.
static bool hint_parentheses(Inference *inference, Diagnostic *diagnostic, const Reason *reason, const Expression *expression) {
    bool is_construction = expression && expression->kind == EXPRESSION_APPLY && expression->first->kind == EXPRESSION_CONSTRUCTOR;
    if (!is_construction || reason->kind != REASON_LEFT_OPERAND || !reason->name) return false;
    const char *name = expression->first->name.name;
    add_hint(inference->diagnostics, diagnostic, "an argument that holds an operator stands in parentheses: `%s (a %s b)`", name, reason->name);
    return true;
}

// Whether the same name stands at both places, the second of them further down, with no declaration's beginning between them.
static bool is_name_at(Span span, Span other) {
    uint32_t length = span.end - span.start;
    const char *text = span.source->text.bytes;
    if (other.source != span.source || other.end - other.start != length || memcmp(text + span.start, text + other.start, length) != 0) return false;
    for (uint32_t at = other.end; at < span.start; at++)
        if (text[at] == '\n' && !strchr(" \n", text[at + 1])) return false;
    return !memchr(text + span.start, ' ', length);
}

// A name that was taken for a function once is not spoken of again at each operator of the same declaration, but where
// it was the way of writing that was wrong there.
static bool is_function_told(const Inference *inference, Span span) {
    static const char told[] = "this is a function";
    for (size_t i = inference->diagnostics->list.count; i-- > 0;) {
        const Diagnostic *diagnostic = inference->diagnostics->list.items[i];
        bool is_function = diagnostic->message.length > sizeof told && memcmp(diagnostic->message.bytes, told, sizeof told - 1) == 0;
        if (diagnostic->code == E0403 && is_function && !diagnostic->hint.length && is_name_at(span, diagnostic->span)) return true;
    }
    return false;
}

void report_constraint(Inference *inference, Span span, const Reason *reason, const Expression *expression) {
    Failure failure = inference->unifier.failure;
    Type *left = resolve_type(failure.left), *culprit = resolve_type(failure.culprit);
    name_unknowns(left, culprit);
    const char *type = type_text(inference, left);
    if (left->kind == TYPE_COMPUTATION && report_unrun_operand(inference, span, left, reason, expression)) return;
    if (left->kind == TYPE_FUNCTION && expression && expression->kind == EXPRESSION_APPLY &&
        report_unapplied(inference, span, left, NULL, expression))
        return;
    bool is_structural = failure.constraint == CONSTRAINT_COMPARE || failure.constraint == CONSTRAINT_SHOW;
    bool in_the_way = is_structural || culprit->kind == TYPE_FUNCTION || culprit->kind == TYPE_COMPUTATION;
    if (in_the_way && is_function_told(inference, span)) return;
    Diagnostic *diagnostic =
        in_the_way ? report_structural(inference, span, &failure, type) : report_operand(inference, span, &failure, reason, type);
    if (failure.constructor)
        add_label(inference->diagnostics, diagnostic, failure.constructor->span, "`%s` holds it", failure.constructor->name);
    bool is_elsewhere =
        failure.constraint_span.source && (failure.constraint_span.start < span.start || failure.constraint_span.end > span.end);
    if (is_elsewhere && reason->kind != REASON_LEFT_OPERAND) {
        add_label(inference->diagnostics, diagnostic, failure.constraint_span, "this needs it to %s", need_of(failure.constraint));
    }
    if (!hint_parentheses(inference, diagnostic, reason, expression)) hint_constraint(inference, diagnostic, &failure, reason);
}
