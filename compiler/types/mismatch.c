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

static Diagnostic *report_sides(Inference *inference, Span span, const char *actual, const char *expected, const Reason *reason) {
    Diagnostics *diagnostics = inference->diagnostics;
    const char *subject = subject_of(inference, reason);
    if (subject) return report(diagnostics, E0401, span, "%s must be `%s`, but this is `%s`", subject, expected, actual);
    switch (reason->kind) {
    case REASON_RESULT:
        return report(diagnostics, E0401, span, "`%s` must answer `%s`, as its annotation says, but this is `%s`",
                      reason->name ? reason->name : "this", expected, actual);
    case REASON_ANNOTATION:
        return reason->name ?
                   report(diagnostics, E0401, span, "`%s` must be `%s`, as its annotation says, but this is `%s`", reason->name, expected,
                          actual) :
                   report(diagnostics, E0401, span, "this must be `%s`, as the annotation says, but it is `%s`", expected, actual);
    case REASON_BRANCH:
        return report(diagnostics, E0401, span, "both branches of an `if` have one type: the first is `%s`, this one `%s`", expected,
                      actual);
    case REASON_CLAUSE:
        return report(diagnostics, E0401, span, "all clauses have one type: the first is `%s`, this one `%s`", expected, actual);
    case REASON_ELEMENT:
        return report(diagnostics, E0401, span, "all elements of a list have one type: the first is `%s`, this one `%s`", expected, actual);
    case REASON_OPERAND: {
        bool is_cons = strcmp(reason->name, "::") == 0;
        if (is_cons) return report(diagnostics, E0401, span, "the right side of `::` must be `%s`, but this is `%s`", expected, actual);
        return report(diagnostics, E0401, span, "both sides of `%s` have one type: the %s one is `%s`, this one `%s`", reason->name,
                      reason->index ? "right" : "left", expected, actual);
    }
    case REASON_PATTERN:
        if (reason->index)
            return report(diagnostics, E0401, span, "this parameter takes `%s`, but %s%s%s gives it `%s`", actual, reason->name ? "`" : "",
                          reason->name ? reason->name : "what calls it", reason->name ? "`" : "", expected);
        return report(diagnostics, E0401, span, "this pattern matches `%s`, but what is matched is `%s`", actual, expected);
    case REASON_DO:
        if (reason->name)
            return report(diagnostics, E0401, span, "this block ends in `do!`, so it answers `()`, but `%s` is wanted", expected);
        return report(diagnostics, E0401, span, "`do!` runs a computation that answers `()`, but this one answers `%s`", actual);
    case REASON_ELSE_LESS: return report(diagnostics, E0401, span, "an `if` without `else` answers `()`, but `%s` is wanted", expected);
    case REASON_FUNCTION_BODY:
        if (reason->name)
            return report(diagnostics, E0401, span, "`%s` is used as `%s`, but here it is `%s`", reason->name, expected, actual);
        return report(diagnostics, E0401, span, "this must be `%s`, but it is `%s`", expected, actual);
    case REASON_ANSWER: return report(diagnostics, E0401, span, "the answer must be `%s`, but this is `%s`", expected, actual);
    case REASON_HANDLER:
        if (reason->index == 2)
            return report(diagnostics, E0401, span, "without a `ret` clause the handle answers what it handles, `%s`, but `%s` is wanted",
                          actual, expected);
        if (reason->index == 1)
            return report(diagnostics, E0401, span, "this clause gives the result of the whole handle, `%s`, but it is `%s`", expected,
                          actual);
        return report(diagnostics, E0401, span, "`%s` answers `%s`, but this clause answers `%s`", reason->name, expected, actual);
    default: return report(diagnostics, E0401, span, "this must be `%s`, but it is `%s`", expected, actual);
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
    if (reason->kind == REASON_ARGUMENT || is_given) label_function(inference, diagnostic, reason->meaning);
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

// ---- the likely fix ----

static bool is_number(const Inference *inference, Type *type) {
    return is_data(type, inference->builtins->int_type) || is_data(type, inference->builtins->float_type);
}

static bool hint_number(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Expression *expression) {
    const Builtins *b = inference->builtins;
    if (!is_number(inference, actual) || !is_number(inference, expected)) return false;
    bool wants_float = is_data(expected, b->float_type);
    if (expression && expression->kind == EXPRESSION_INT && wants_float) {
        add_hint(inference->diagnostics, diagnostic, "Int and Float are never mixed: write `%.*s.0`", (int)expression->text.length,
                 expression->text.bytes);
    } else if (wants_float) {
        add_hint(inference->diagnostics, diagnostic, "Int and Float are never mixed: convert with `Float.of_int`");
    } else {
        add_hint(inference->diagnostics, diagnostic,
                 "Int and Float are never mixed: convert this with `Float.to_int`, or the other side with `Float.of_int`");
    }
    return true;
}

// `'a'` where a text is wanted, a text where a number is.
static bool hint_literal(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Expression *expression) {
    const Builtins *b = inference->builtins;
    if (expression && expression->kind == EXPRESSION_CHAR && is_data(expected, b->string_type)) {
        add_hint(inference->diagnostics, diagnostic, "a Char stands in single quotes, a String in double quotes");
        return true;
    }
    if (!is_data(actual, b->string_type) || !is_number(inference, expected) || (expression && expression->kind == EXPRESSION_STRING)) return false;
    const char *module = is_data(expected, b->int_type) ? "Int" : "Float";
    add_hint(inference->diagnostics, diagnostic, "`%s.parse` reads a number from a text, and answers `None` where there is none", module);
    return true;
}

static bool hint_string(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason) {
    const Builtins *b = inference->builtins;
    bool is_operand = reason->kind == REASON_OPERAND || reason->kind == REASON_LEFT_OPERAND;
    if (is_operand && strcmp(reason->name, "::") == 0) return false;
    if (is_data(expected, b->string_type) && resolve_type(actual)->kind == TYPE_DATA) {
        bool plain = is_number(inference, actual) || is_data(actual, b->bool_type) || is_data(actual, b->char_type);
        if (!plain && (resolve_type(actual)->data->kind == DATA_EXTERN || reason->kind == REASON_CELL)) return false;
        if (plain) add_hint(inference->diagnostics, diagnostic, "put it into a text: `\"\\(value)\"`");
        else add_hint(inference->diagnostics, diagnostic, "`show` gives the text of any value");
        return true;
    }
    if (is_operand && is_data(actual, b->string_type) && strcmp(reason->name, "+") == 0) {
        add_hint(inference->diagnostics, diagnostic, "texts are joined with `++`, or written into one another: `\"\\(value) text\"`");
        return true;
    }
    return false;
}

static bool hint_wrapper(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason) {
    const Builtins *b = inference->builtins;
    expected = resolve_type(expected);
    actual = resolve_type(actual);
    bool reckons = reason->kind == REASON_OPERAND && strcmp(reason->name, "==") != 0 && strcmp(reason->name, "!=") != 0;
    if (reckons && is_data(expected, b->option_type) && could_be(actual, expected->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic,
                 "the left side may be `None`: take it apart with `match`, or give a default with `Option.with_default`");
    } else if (reckons && is_data(expected, b->result_type) && could_be(actual, expected->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic, "the left side may be an `Err`: take it apart with `match`");
    } else if (is_data(expected, b->option_type) && could_be(actual, expected->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic, "wrap it: `Some value`");
    } else if (is_data(actual, b->option_type) && could_be(actual->arguments.items[0], expected)) {
        add_hint(inference->diagnostics, diagnostic,
                 "it may be `None`: take it apart with `match`, or give a default with `Option.with_default`");
    } else if (is_data(expected, b->result_type) && could_be(actual, expected->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic, "wrap it: `Ok value`");
    } else if (is_data(expected, b->result_type) && could_be(actual, expected->arguments.items[1])) {
        add_hint(inference->diagnostics, diagnostic, "wrap it: `Err value`");
    } else if (is_data(actual, b->result_type) && could_be(actual->arguments.items[0], expected)) {
        add_hint(inference->diagnostics, diagnostic, "it may be an `Err`: take it apart with `match`");
    } else if (is_data(expected, b->list_type) && could_be(actual, expected->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic, "a list of one is written `[value]`");
    } else {
        return false;
    }
    return true;
}

// A computation stands for what is in its answer: it has neither been run nor taken apart.
static bool hint_unrun_wrapper(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected) {
    const Builtins *b = inference->builtins;
    actual = resolve_type(actual);
    if (actual->kind != TYPE_COMPUTATION || resolve_type(expected)->kind != TYPE_DATA) return false;
    Type *answer = resolve_type(actual->left);
    bool is_result = is_data(answer, b->result_type);
    if ((!is_result && !is_data(answer, b->option_type)) || !could_be(answer->arguments.items[0], expected)) return false;
    add_hint(inference->diagnostics, diagnostic, "it is a computation that has not been run, and its answer may be %s: `match!` runs it and takes the answer apart",
             is_result ? "an `Err`" : "`None`");
    return true;
}

enum { MOST_CASES_SHOWN = 5 };

// The constructors of what is matched, where another type's were taken for them.
static void hint_cases(Inference *inference, Diagnostic *diagnostic, Type *pattern, Type *matched) {
    const DataType *data = matched->kind == TYPE_DATA && pattern->kind == TYPE_DATA ? matched->data : NULL;
    bool is_told = data && data->kind == DATA_VARIANT && data != pattern->data && !data->tuple_size && data != inference->builtins->list_type &&
                   data->constructors.count <= MOST_CASES_SHOWN;
    if (!is_told || data->constructors.count == 0 || data == inference->builtins->unit_type) return;
    Builder cases = builder_in(inference->arena);
    for (size_t i = 0; i < data->constructors.count; i++) {
        const Constructor *constructor = data->constructors.items[i];
        build_format(&cases, "%s`%s", i == 0 ? "" : i + 1 == data->constructors.count ? " or " : ", ", constructor->name);
        for (size_t k = 0; k < constructor->fields.count; k++) build_string(&cases, " _");
        build_byte(&cases, '`');
    }
    add_hint(inference->diagnostics, diagnostic, "a value of type `%s` is %s", data->name, builder_string(&cases));
}

// The function of List that runs what another one maps, `iter_seq` for `map_seq`; NULL: it is none of these.
static const char *find_iteration(const Expression *expression) {
    const Expression *head = expression && expression->kind == EXPRESSION_APPLY ? expression->first : NULL;
    const Meaning *meaning = head && head->kind == EXPRESSION_VARIABLE ? head->name.meaning : NULL;
    bool is_of_list = meaning && meaning->module && meaning->module->from_stdlib && strcmp(meaning->module->full_name, "List") == 0;
    static const char *const names[][2] = {{"map_seq", "iter_seq"}, {"map_par", "iter_par"}, {"map_pool", "iter_pool"}};
    for (size_t i = 0; is_of_list && i < sizeof names / sizeof *names; i++) {
        if (strcmp(meaning->name, names[i][0]) == 0) return names[i][1];
    }
    return NULL;
}

// A computation whose answer nobody wants, at the end of a block that answers ().
static bool hint_drop(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason, const Expression *expression) {
    bool is_end = reason->kind == REASON_RESULT || reason->kind == REASON_BLOCK_END;
    Type *answer = actual->kind == TYPE_COMPUTATION && is_end ? resolve_type(actual->left) : NULL;
    if (!answer || expected->kind != TYPE_COMPUTATION || !is_data(expected->left, inference->builtins->unit_type)) return false;
    bool is_units = is_data(answer, inference->builtins->list_type) && is_data(answer->arguments.items[0], inference->builtins->unit_type);
    const char *iteration = is_units ? find_iteration(expression) : NULL;
    if (iteration) add_hint(inference->diagnostics, diagnostic, "`List.%s` runs them all and answers `()`", iteration);
    else if (is_data(answer, inference->builtins->result_type) || is_data(answer, inference->builtins->option_type))
        add_hint(inference->diagnostics, diagnostic, "look at its answer with `match!`, or drop it: `let! _ = ...`, and `ret ()` on the line below");
    else add_hint(inference->diagnostics, diagnostic, "to drop its answer, write `let! _ = ...`, and `ret ()` on the line below");
    return true;
}

// The clause that makes what is wanted out of what the handled computation answers.
static void hint_ret_clause(Inference *inference, Diagnostic *diagnostic, Type *answer, Type *wanted) {
    const Builtins *b = inference->builtins;
    wanted = resolve_type(wanted);
    bool wraps = wanted->kind == TYPE_DATA && wanted->arguments.count && could_be(answer, wanted->arguments.items[0]);
    const char *form = "...";
    if (wraps && wanted->data == b->option_type) form = "ret (Some x)";
    else if (wraps && wanted->data == b->result_type) form = "ret (Ok x)";
    else if (wraps && wanted->data == b->list_type) form = "ret [x]";
    add_hint(inference->diagnostics, diagnostic, "add a clause for the answer: `| ret x -> %s`", form);
}

// No value but a Bool is true or false.
static bool hint_condition(Inference *inference, Diagnostic *diagnostic, Type *actual) {
    const Builtins *b = inference->builtins;
    const char *compared = is_data(actual, b->int_type) ? "x != 0" : is_data(actual, b->string_type) ? "x != \"\"" : is_data(actual, b->list_type) ? "xs != []" : NULL;
    if (!compared) return false;
    add_hint(inference->diagnostics, diagnostic, "compare it: `%s`", compared);
    return true;
}

// What a function or an operation answers for its first argument; NULL: it is none that is known.
static Type *type_of_meaning(Inference *inference, const Meaning *meaning) {
    if (meaning->kind != MEANING_OPERATION) return meaning->type ? resolve_type(meaning->type) : NULL;
    const Operation *operation = meaning->operation;
    if (operation->arguments.count != 1) return NULL;
    return function_type(inference->arena, operation->arguments.items[0], computation_type(inference->arena, operation->answer, plain_type(TYPE_EMPTY_ROW)));
}

// A list of computations where their answers are wanted, or a list where one of its elements is.
static bool hint_list(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason) {
    const DataType *list = inference->builtins->list_type;
    if (!is_data(actual, list)) return false;
    Type *element = resolve_type(resolve_type(actual)->arguments.items[0]);
    if (is_data(expected, list) && element->kind == TYPE_COMPUTATION && could_be(element->left, resolve_type(expected)->arguments.items[0])) {
        add_hint(inference->diagnostics, diagnostic, "none of these has been run: `let! answers = List.map_seq ...` in place of `let` and `List.map` runs them");
        return true;
    }
    bool is_element = reason->kind == REASON_ARGUMENT && reason->name && resolve_type(expected)->kind == TYPE_DATA && !is_data(expected, list) && could_be(element, expected);
    if (!is_element) return false;
    Type *function = reason->meaning && reason->meaning->kind != MEANING_CONSTRUCTOR ? type_of_meaning(inference, reason->meaning) : NULL;
    bool runs = function && function->kind == TYPE_FUNCTION && resolve_type(function->right)->kind == TYPE_COMPUTATION;
    add_hint(inference->diagnostics, diagnostic, runs ? "for each of the list: `List.iter_seq %s xs`" : "for each of the list: `List.map %s xs`", reason->name);
    return true;
}

// `type Name = String`: a type with a constructor called as another type is.
static bool hint_alias(Inference *inference, Diagnostic *diagnostic, Type *made, Type *meant) {
    if (made->kind != TYPE_DATA || meant->kind != TYPE_DATA || made->data->kind != DATA_VARIANT || made->data->constructors.count != 1) return false;
    const Constructor *constructor = made->data->constructors.items[0];
    if (constructor->fields.count || strcmp(constructor->name, meant->data->name) != 0) return false;
    add_label(inference->diagnostics, diagnostic, made->data->span, "`%s` is a type of its own, with a constructor `%s`", made->data->name, constructor->name);
    add_hint(inference->diagnostics, diagnostic, "another name for a type is declared with `alias`: `alias %s = %s`", made->data->name, constructor->name);
    return true;
}

// A tuple where a record is wanted, a computation where a function that answers it is.
static bool hint_form(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected) {
    Type *from = resolve_type(actual), *to = resolve_type(expected);
    if (to->kind == TYPE_FUNCTION && from->kind == TYPE_COMPUTATION && could_be(from, resolve_type(to->right))) {
        add_hint(inference->diagnostics, diagnostic, "a function is wanted that answers it: `fun _ -> ...`");
        return true;
    }
    if (hint_alias(inference, diagnostic, from, to) || hint_alias(inference, diagnostic, to, from)) return true;
    bool is_tuple = from->kind == TYPE_DATA && from->data->tuple_size;
    if (!is_tuple || to->kind != TYPE_DATA || to->data->kind != DATA_RECORD) return false;
    const Constructor *record = to->data->constructors.items[0];
    Builder form = builder_in(inference->arena);
    for (size_t i = 0; i < record->field_names.count; i++) build_format(&form, "%s%s = ...", i ? ", " : "", record->field_names.items[i]);
    add_hint(inference->diagnostics, diagnostic, "a record is written with the names of its fields: `{ %s }`", builder_string(&form));
    return true;
}

static void hint_fix(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason,
                     const Expression *expression) {
    if (reason->kind == REASON_PATTERN) {
        if (!reason->index) hint_cases(inference, diagnostic, actual, expected);
        return;
    }
    if (reason->kind == REASON_DO) {
        if (!reason->name)
            add_hint(inference->diagnostics, diagnostic, "name the answer with `let! name = ...`, or drop it with `let! _ = ...`");
        return;
    }
    if (reason->kind == REASON_ELSE_LESS) {
        add_hint(inference->diagnostics, diagnostic, "say what is answered otherwise: `else ret value`");
        return;
    }
    if (reason->kind == REASON_HANDLER && reason->index == 2) {
        hint_ret_clause(inference, diagnostic, actual, expected);
        return;
    }
    if (reason->kind == REASON_HANDLER && reason->index == 0 && is_data(expected, inference->builtins->unit_type)) {
        add_hint(inference->diagnostics, diagnostic,
                 "the computation goes on with what the clause answers; an operation that is to end it is declared to answer `Never`");
        return;
    }
    if (reason->kind == REASON_CONDITION && hint_condition(inference, diagnostic, actual)) return;
    if (hint_drop(inference, diagnostic, actual, expected, reason, expression)) return;
    if (hint_list(inference, diagnostic, actual, expected, reason) || hint_form(inference, diagnostic, actual, expected)) return;
    if (hint_number(inference, diagnostic, actual, expected, expression)) return;
    if (hint_wrapper(inference, diagnostic, actual, expected, reason) || hint_unrun_wrapper(inference, diagnostic, actual, expected)) return;
    bool is_operand = reason->kind == REASON_OPERAND || reason->kind == REASON_LEFT_OPERAND;
    if (!is_operand && hint_literal(inference, diagnostic, actual, expected, expression)) return;
    hint_string(inference, diagnostic, actual, expected, reason);
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

// ---- special cases of a mismatch ----

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

// A function where its result is wanted (NULL: something else than a function): an argument is missing.
static bool report_missing_argument(Inference *inference, Span span, Type *actual, Type *expected, const Expression *expression) {
    Type *type = resolve_type(actual), *wanted = expected ? resolve_type(expected) : NULL;
    if (type->kind != TYPE_FUNCTION || (wanted && (wanted->kind == TYPE_FUNCTION || wanted->kind == TYPE_PARAMETER))) return false;
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    if (wanted && !could_be(type, wanted)) return false;
    if (wanted) unify(&inference->unifier, type, wanted); // tells more of what is missing
    report_missing_arguments(inference, span, actual, expression);
    return true;
}

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
        if (report_missing_argument(inference, span, actual, expected, expression)) return;
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

// ---- the other failures ----

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
    else if (failure->constraint == CONSTRAINT_APPEND && is_number(inference, failure->left))
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

static void report_constraint(Inference *inference, Span span, const Reason *reason, const Expression *expression) {
    Failure failure = inference->unifier.failure;
    Type *left = resolve_type(failure.left), *culprit = resolve_type(failure.culprit);
    name_unknowns(left, culprit);
    const char *type = type_text(inference, left);
    if (left->kind == TYPE_COMPUTATION && report_unrun_operand(inference, span, left, reason, expression)) return;
    if (left->kind == TYPE_FUNCTION && expression && expression->kind == EXPRESSION_APPLY &&
        report_missing_argument(inference, span, left, NULL, expression))
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
