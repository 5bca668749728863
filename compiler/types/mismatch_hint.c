// The likely fix where two types differ.
#include "infer.h"

#include <string.h>

bool is_number_type(const Inference *inference, Type *type) {
    return is_data(type, inference->builtins->int_type) || is_data(type, inference->builtins->float_type);
}

static bool hint_number(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Expression *expression) {
    const Builtins *b = inference->builtins;
    if (!is_number_type(inference, actual) || !is_number_type(inference, expected)) return false;
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
    if (!is_data(actual, b->string_type) || !is_number_type(inference, expected) || (expression && expression->kind == EXPRESSION_STRING)) return false;
    const char *module = is_data(expected, b->int_type) ? "Int" : "Float";
    add_hint(inference->diagnostics, diagnostic, "`%s.parse` reads a number from a text, and answers `None` where there is none", module);
    return true;
}

static bool hint_string(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason) {
    const Builtins *b = inference->builtins;
    bool is_operand = reason->kind == REASON_OPERAND || reason->kind == REASON_LEFT_OPERAND;
    if (is_operand && strcmp(reason->name, "::") == 0) return false;
    if (is_data(expected, b->string_type) && resolve_type(actual)->kind == TYPE_DATA) {
        bool plain = is_number_type(inference, actual) || is_data(actual, b->bool_type) || is_data(actual, b->char_type);
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
    bool is_end = reason->kind == REASON_RESULT || reason->kind == REASON_BLOCK_END || reason->kind == REASON_GIVEN_FUNCTION;
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

void hint_fix(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason, const Expression *expression) {
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
