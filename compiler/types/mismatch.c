// What is said when two types differ: the user's words, only the part that differs, where the other half comes from, one likely fix.
#include "infer.h"

#include <string.h>

// ---- texts ----

static void letter_type(Type *type, unsigned *next_type, unsigned *next_row, bool is_first) {
    type = resolve_type(type);
    if (type->kind == TYPE_UNKNOWN) {
        // The first walk forgets old letters, the second gives new ones.
        if (is_first) type->unknown->letter = UINT32_MAX;
        else if (type->unknown->letter == UINT32_MAX)
            type->unknown->letter = type->unknown->kind == KIND_ROW ? (*next_row)++ : (*next_type)++;
        return;
    }
    if (type->left) letter_type(type->left, next_type, next_row, is_first);
    if (type->right) letter_type(type->right, next_type, next_row, is_first);
    for (size_t i = 0; i < type->arguments.count; i++) letter_type(type->arguments.items[i], next_type, next_row, is_first);
}

void name_unknowns(Type *first, Type *second) {
    unsigned next_type = 0, next_row = 0;
    for (int walk = 0; walk < 2; walk++) {
        if (first) letter_type(first, &next_type, &next_row, walk == 0);
        if (second) letter_type(second, &next_type, &next_row, walk == 0);
    }
}

const char *type_text(Inference *inference, Type *type) {
    Builder builder = builder_in(inference->arena);
    print_type(&builder, type);
    return builder_string(&builder);
}

const char *ordinal(unsigned index) {
    static const char *const names[] = {"0th", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"};
    return index < sizeof names / sizeof *names ? names[index] : "last";
}

bool is_data(Type *type, const DataType *data) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == data;
}

bool could_be(Type *left, Type *right) {
    left = resolve_type(left);
    right = resolve_type(right);
    if (left->kind == TYPE_UNKNOWN || right->kind == TYPE_UNKNOWN) return true;
    if (left->kind != right->kind) return false;
    if (left->kind == TYPE_PARAMETER) return left->parameter == right->parameter;
    if (left->kind == TYPE_DATA) {
        if (left->data != right->data) return false;
        for (size_t i = 0; i < left->arguments.count; i++) {
            if (!could_be(left->arguments.items[i], right->arguments.items[i])) return false;
        }
        return true;
    }
    if (left->kind == TYPE_FUNCTION) return could_be(left->left, right->left) && could_be(left->right, right->right);
    return left->kind != TYPE_COMPUTATION || could_be(left->left, right->left);
}

// ---- the first sentence ----

static const char *subject_of(Inference *inference, const Reason *reason) {
    switch (reason->kind) {
    case REASON_ARGUMENT:
        return symbol_format(inference->symbols, reason->name ? "the %s argument of `%s`" : "the %s argument of this call",
                             ordinal(reason->index), reason->name);
    case REASON_GIVEN_FUNCTION:
        return symbol_format(inference->symbols,
                             reason->name ? "the function that is the %s argument of `%s`" : "the function that is the %s argument of this call",
                             ordinal(reason->index), reason->name);
    case REASON_CONDITION: return symbol_format(inference->symbols, "the condition of `%s`", reason->name);
    case REASON_FIELD: return symbol_format(inference->symbols, "the field `%s`", reason->name);
    case REASON_PART: return symbol_format(inference->symbols, "the %s part of this tuple", ordinal(reason->index));
    case REASON_ITEM: return "each element of this list";
    case REASON_LEFT_OPERAND: return symbol_format(inference->symbols, "each side of `%s`", reason->name);
    case REASON_CELL: return symbol_format(inference->symbols, "the first value of the cell `%s`", reason->name);
    case REASON_TEST: return "a test";
    default: return NULL;
    }
}

static Diagnostic *report_operand_sides(Diagnostics *diagnostics, Span span, const char *actual, const char *expected, const Reason *reason) {
    if (strcmp(reason->name, "::") == 0)
        return report(diagnostics, E0401, span, "the right side of `::` must be `%s`, but this is `%s`", expected, actual);
    return report(diagnostics, E0401, span, "both sides of `%s` have one type: the %s one is `%s`, this one `%s`", reason->name,
                  reason->index ? "right" : "left", expected, actual);
}

static Diagnostic *report_pattern_sides(Diagnostics *diagnostics, Span span, const char *actual, const char *expected, const Reason *reason) {
    if (!reason->index) return report(diagnostics, E0401, span, "this pattern matches `%s`, but what is matched is `%s`", actual, expected);
    if (!reason->name) return report(diagnostics, E0401, span, "this parameter takes `%s`, but what calls it gives it `%s`", actual, expected);
    return report(diagnostics, E0401, span, "this parameter takes `%s`, but `%s` gives it `%s`", actual, reason->name, expected);
}

static Diagnostic *report_handler_sides(Diagnostics *diagnostics, Span span, const char *actual, const char *expected, const Reason *reason) {
    switch (reason->index) {
    case 0: return report(diagnostics, E0401, span, "`%s` answers `%s`, but this clause answers `%s`", reason->name, expected, actual);
    case 1:
        return report(diagnostics, E0401, span, "this clause gives the result of the whole handle, `%s`, but it is `%s`", expected, actual);
    default:
        return report(diagnostics, E0401, span, "without a `ret` clause the handle answers what it handles, `%s`, but `%s` is wanted", actual,
                      expected);
    }
}

// Of an annotation, of a name or not.
static Diagnostic *report_annotated_sides(Diagnostics *diagnostics, Span span, const char *actual, const char *expected, const Reason *reason) {
    const char *name = reason->name ? reason->name : "this";
    if (reason->kind == REASON_RESULT)
        return report(diagnostics, E0401, span, "`%s` must answer `%s`, as its annotation says, but this is `%s`", name, expected, actual);
    if (reason->name)
        return report(diagnostics, E0401, span, "`%s` must be `%s`, as its annotation says, but this is `%s`", name, expected, actual);
    return report(diagnostics, E0401, span, "this must be `%s`, as the annotation says, but it is `%s`", expected, actual);
}

static Diagnostic *report_sides(Inference *inference, Span span, const char *actual, const char *expected, const Reason *reason) {
    Diagnostics *diagnostics = inference->diagnostics;
    const char *subject = subject_of(inference, reason);
    const char *verb = reason->kind == REASON_GIVEN_FUNCTION ? "answer" : "be";
    if (subject) return report(diagnostics, E0401, span, "%s must %s `%s`, but this is `%s`", subject, verb, expected, actual);
    switch (reason->kind) {
    case REASON_RESULT:
    case REASON_ANNOTATION: return report_annotated_sides(diagnostics, span, actual, expected, reason);
    case REASON_OPERAND: return report_operand_sides(diagnostics, span, actual, expected, reason);
    case REASON_PATTERN: return report_pattern_sides(diagnostics, span, actual, expected, reason);
    case REASON_HANDLER: return report_handler_sides(diagnostics, span, actual, expected, reason);
    case REASON_BRANCH:
        return report(diagnostics, E0401, span, "both branches of an `if` have one type: the first is `%s`, this one `%s`", expected, actual);
    case REASON_CLAUSE:
        return report(diagnostics, E0401, span, "all clauses have one type: the first is `%s`, this one `%s`", expected, actual);
    case REASON_ELEMENT:
        return report(diagnostics, E0401, span, "all elements of a list have one type: the first is `%s`, this one `%s`", expected, actual);
    case REASON_DO:
        if (reason->name)
            return report(diagnostics, E0401, span, "this block ends in `do!`, so it answers `()`, but `%s` is wanted", expected);
        return report(diagnostics, E0401, span, "`do!` runs a computation that answers `()`, but this one answers `%s`", actual);
    case REASON_ELSE_LESS: return report(diagnostics, E0401, span, "an `if` without `else` answers `()`, but `%s` is wanted", expected);
    case REASON_ANSWER: return report(diagnostics, E0401, span, "the answer must be `%s`, but this is `%s`", expected, actual);
    default:
        if (reason->kind == REASON_FUNCTION_BODY && reason->name)
            return report(diagnostics, E0401, span, "`%s` is used as `%s`, but here it is `%s`", reason->name, expected, actual);
        return report(diagnostics, E0401, span, "this must be `%s`, but it is `%s`", expected, actual);
    }
}

// ---- the second label ----

// The function that an argument is given to: a library's type says enough, its text would not help.
static void label_function(Inference *inference, Diagnostic *diagnostic, const Meaning *meaning) {
    if (!meaning || !meaning->span.source || !meaning->type) return;
    if (resolve_type(meaning->type)->kind == TYPE_UNKNOWN) return;
    if (meaning->module && meaning->module->from_stdlib) return;
    add_label(inference->diagnostics, diagnostic, meaning->span, "`%s` is `%s`", meaning->name, type_text(inference, meaning->type));
}

void label_reason(Inference *inference, Diagnostic *diagnostic, const Reason *reason) {
    bool is_given = reason->kind == REASON_PATTERN && reason->index;
    bool is_argument = reason->kind == REASON_ARGUMENT || reason->kind == REASON_GIVEN_FUNCTION;
    if (is_argument || is_given) label_function(inference, diagnostic, reason->meaning);
    bool is_clause = reason->kind == REASON_HANDLER && reason->meaning && !(reason->meaning->module && reason->meaning->module->from_stdlib);
    if (is_clause) add_label(inference->diagnostics, diagnostic, reason->meaning->operation->span, "the operation is declared here");
    if (!reason->span.source) return;
    const char *text = NULL;
    switch (reason->kind) {
    case REASON_RESULT:
    case REASON_PART:
    case REASON_ITEM:
    case REASON_ANNOTATION: text = "the annotation"; break;
    case REASON_BRANCH: text = "the first branch"; break;
    case REASON_CLAUSE: text = reason->name ? NULL : "the first clause"; break;
    case REASON_ELEMENT: text = reason->index ? "the first element" : NULL; break;
    case REASON_OPERAND: text = reason->index ? "the right side" : "the left side"; break;
    case REASON_PATTERN: text = "what is matched"; break;
    case REASON_FIELD: text = "the record is declared here"; break;
    case REASON_CELL: text = "the type of the cell"; break;
    case REASON_ANSWER: text = "the answer of this"; break;
    default: break;
    }
    if (text) add_label(inference->diagnostics, diagnostic, reason->span, "%s", text);
}

// Where two large types differ inside.
static void tell_difference(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected) {
    const Failure *failure = &inference->unifier.failure;
    if (failure->kind != FAILURE_MISMATCH) return;
    Type *left = resolve_type(failure->left), *right = resolve_type(failure->right);
    if (left == resolve_type(actual) || right == resolve_type(expected) || left == resolve_type(expected)) return;
    if (resolve_type(actual)->kind == TYPE_COMPUTATION && resolve_type(resolve_type(actual)->left) == left) return;
    Builder message = builder_in(inference->arena);
    build_text(&message, diagnostic->message);
    build_format(&message, "\nthe difference: `%s` here, `%s` there", type_text(inference, left), type_text(inference, right));
    diagnostic->message = builder_text(&message);
}

// ---- special cases ----

// `int`, as other languages write it, is a type variable here.
static const char *find_type_in_small(const char *name) {
    static const char *const types[][2] = {{"int", "Int"},   {"string", "String"}, {"bool", "Bool"}, {"float", "Float"},
                                           {"char", "Char"}, {"unit", "Unit"},     {"list", "List"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i][0], name) == 0) return types[i][1];
    }
    return NULL;
}

// `x` where `Some x` is wanted, or the other way round: told as such, whatever x is.
static bool is_wrapped(const Inference *inference, Type *inner, Type *outer) {
    const Builtins *b = inference->builtins;
    if (inner->kind != TYPE_PARAMETER || outer->kind != TYPE_DATA) return false;
    if (outer->data != b->option_type && outer->data != b->result_type) return false;
    return could_be(inner, outer->arguments.items[0]) || could_be(inner, outer->arguments.items[outer->arguments.count - 1]);
}

static bool report_rigid(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason) {
    const Failure *failure = &inference->unifier.failure;
    Type *left = resolve_type(failure->left), *right = resolve_type(failure->right);
    if (left->kind != TYPE_PARAMETER && right->kind != TYPE_PARAMETER) return false;
    Type *from = resolve_type(actual), *to = resolve_type(expected);
    if (reason->kind == REASON_HANDLER && reason->index == 2) return false;
    if (reason->kind != REASON_PATTERN && (is_wrapped(inference, from, to) || is_wrapped(inference, to, from))) return false;
    const Type *rigid = left->kind == TYPE_PARAMETER ? left : right;
    Type *other = left->kind == TYPE_PARAMETER ? right : left;
    name_unknowns(actual, expected);
    if (reason->kind == REASON_HANDLER && reason->index == 0) {
        report(inference->diagnostics, E0406, span, "`%s` answers `%s`, where `%s` stands for any type, but this clause answers `%s`", reason->name,
               type_text(inference, to), rigid->parameter->name, type_text(inference, from));
        return true;
    }
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0406, span, "the annotation says `%s`, which stands for any type, but this needs it to be `%s`",
               rigid->parameter->name, type_text(inference, other));
    label_reason(inference, diagnostic, reason);
    diagnostic->variable = rigid->parameter->span;
    if (rigid->parameter->span.source == span.source && diagnostic->labels.count < 2)
        add_label(inference->diagnostics, diagnostic, rigid->parameter->span, "`%s` is written here", rigid->parameter->name);
    const char *meant = find_type_in_small(rigid->parameter->name);
    if (meant)
        add_hint(inference->diagnostics, diagnostic, "`%s` is a type variable: types begin with a capital, `%s`", rigid->parameter->name, meant);
    else if (other->kind == TYPE_PARAMETER)
        add_hint(inference->diagnostics, diagnostic, "if both are to be one type, write one variable for both");
    else
        add_hint(inference->diagnostics, diagnostic, "write `%s` in the annotation, or make the code work for any type",
                 type_text(inference, other));
    return true;
}

// What a continuation is given is what its operation answers.
static bool report_resumed(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason) {
    const Meaning *resume = reason->kind == REASON_ARGUMENT ? reason->meaning : NULL;
    const Operation *operation = resume && resume->kind == MEANING_LOCAL ? resume->operation : NULL;
    if (!operation || reason->index != 1) return false;
    const char *effect = operation->effect->name;
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, span, "`%s.%s` answers `%s`, so that is what `%s` takes, but this is `%s`", effect,
                                    operation->name, type_text(inference, expected), resume->name, type_text(inference, actual));
    add_label(inference->diagnostics, diagnostic, operation->span, "the operation is declared here");
    hint_fix(inference, diagnostic, actual, expected, reason, NULL);
    return true;
}

void report_mismatch(Inference *inference, Span span, Type *actual, Type *expected, Reason reason, const Expression *expression) {
    name_unknowns(actual, expected);
    if (reason.kind == REASON_PATTERN) {
        if (report_match_without_bang(inference, actual, expected, &reason)) return;
    } else {
        if (report_unapplied(inference, span, actual, expected, expression)) return;
        if (report_not_run(inference, span, actual, expected, &reason, expression)) return;
        if (report_no_ret(inference, span, actual, expected, expression)) return;
        if (report_resumed(inference, span, actual, expected, &reason)) return;
    }
    if (report_rigid(inference, span, actual, expected, &reason)) return;
    Type *from = resolve_type(actual), *to = resolve_type(expected);
    // Of two computations whose answers differ, the answers are what is spoken of.
    if (from->kind == TYPE_COMPUTATION && to->kind == TYPE_COMPUTATION && reason.kind == REASON_DO) {
        from = resolve_type(from->left);
        to = resolve_type(to->left);
    }
    Diagnostic *diagnostic = report_sides(inference, span, type_text(inference, from), type_text(inference, to), &reason);
    tell_difference(inference, diagnostic, actual, expected);
    label_reason(inference, diagnostic, &reason);
    hint_fix(inference, diagnostic, from, to, &reason, expression);
}
