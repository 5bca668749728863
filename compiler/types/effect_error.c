// What is said of effects that are not allowed, and of what is run but is no computation.
#include "infer.h"

#include <string.h>

const char *name_as_written(Inference *inference, const Expression *expression) {
    while (expression && expression->kind == EXPRESSION_APPLY) expression = expression->first;
    if (!expression || (expression->kind != EXPRESSION_VARIABLE && expression->kind != EXPRESSION_CONSTRUCTOR)) return NULL;
    const Name *name = &expression->name;
    return name->qualifier ? symbol_format(inference->symbols, "%s.%s", name->qualifier, name->name) : name->name;
}

static Type *row_of(Type *type) {
    type = resolve_type(type);
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    return type->kind == TYPE_COMPUTATION ? type->right : type;
}

static void add_item(Builder *row, Type *item, unsigned *count) {
    if ((*count)++) build_string(row, ", ");
    build_string(row, item->effect->name);
    for (size_t i = 0; i < item->arguments.count; i++) {
        build_byte(row, ' ');
        bool wraps = resolve_type(item->arguments.items[i])->arguments.count > 0;
        if (wraps) build_byte(row, '(');
        print_type(row, item->arguments.items[i]);
        if (wraps) build_byte(row, ')');
    }
}

const char *wider_row(Inference *inference, Type *allowed, Type *performed, bool for_main) {
    Builder row = builder_in(inference->arena);
    RowView allowed_view, performed_view;
    unsigned count = 0;
    if (!view_row(&inference->unifier, allowed, &allowed_view) || !view_row(&inference->unifier, performed, &performed_view)) return NULL;
    build_byte(&row, '{');
    for (size_t i = 0; i < allowed_view.effects.count; i++) add_item(&row, allowed_view.effects.items[i], &count);
    for (size_t i = 0; i < performed_view.effects.count; i++) {
        bool known = for_main && performed_view.effects.items[i]->effect->kind == EFFECT_USER;
        for (size_t k = 0; k < allowed_view.effects.count; k++)
            known |= allowed_view.effects.items[k]->effect == performed_view.effects.items[i]->effect;
        if (!known) add_item(&row, performed_view.effects.items[i], &count);
    }
    const TypeParameters *variables = allowed_view.parameters.count ? &allowed_view.parameters : &performed_view.parameters;
    if (variables->count && count == 0) return variables->items[0]->name;
    if (variables->count) build_format(&row, " | %s", variables->items[0]->name);
    build_byte(&row, '}');
    return builder_string(&row);
}

static void label_row(Inference *inference, Diagnostic *diagnostic) {
    const RowPlace *place = &inference->row_place;
    if (!place->annotation.source) return;
    if (place->owner) add_label(inference->diagnostics, diagnostic, place->annotation, "the effects of `%s` are written here", place->owner);
    else add_label(inference->diagnostics, diagnostic, place->annotation, "the effects allowed are written here");
}

// The type of the parameter that the reason is about, as it was declared; NULL: not known.
static Type *declared_parameter(const Reason *reason) {
    if (!reason || !reason->meaning || !reason->meaning->type) return NULL;
    if (reason->kind != REASON_ARGUMENT && reason->kind != REASON_GIVEN_FUNCTION) return NULL;
    Type *type = resolve_type(reason->meaning->type);
    for (unsigned i = 1; i < reason->index && type->kind == TYPE_FUNCTION; i++) type = resolve_type(type->right);
    return type->kind == TYPE_FUNCTION ? type->left : NULL;
}

// Whether the argument's effects are limited by the row that the function's own type writes, not by where it is called.
static bool is_limited_by_parameter(const Reason *reason) {
    Type *parameter = declared_parameter(reason);
    if (!parameter) return false;
    Type *row = resolve_type(row_of(parameter));
    while (row->kind == TYPE_EFFECT) row = resolve_type(row->right);
    return row->kind == TYPE_EMPTY_ROW;
}

// Whether the code at hand is in an argument, and `allowed` is the row that the parameter's type writes.
static bool is_in_argument(Inference *inference, Type *allowed) {
    const Reason *reason = inference->row_place.argument;
    if (!is_limited_by_parameter(reason)) return false;
    return strcmp(type_text(inference, row_of(declared_parameter(reason))), type_text(inference, allowed)) == 0;
}

// The type with its row open: whatever else there may be is `variable`.
static Type *open_to(Inference *inference, Type *type, TypeParameter *variable) {
    type = resolve_type(type);
    if (type->kind == TYPE_FUNCTION) return function_type(inference->arena, type->left, open_to(inference, type->right, variable));
    RowView view;
    if (type->kind != TYPE_COMPUTATION || !view_row(&inference->unifier, type->right, &view) || view.parameters.count) return type;
    return computation_type(inference->arena, type->left, build_row(inference->arena, &view, parameter_type(inference->arena, variable)));
}

static Type *last_result(Type *type) {
    type = resolve_type(type);
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    return type;
}

// A function of computations may take them with whatever effects there are besides, and has these itself then.
static void hint_open_row(Inference *inference, Diagnostic *diagnostic, const Reason *reason) {
    const Meaning *function = reason->meaning;
    TypeParameter *variable = NULL;
    for (size_t i = 0; i < function->parameters.count && !variable; i++)
        if (function->parameters.items[i]->kind == KIND_ROW) variable = function->parameters.items[i];
    if (!variable) variable = new_parameter(inference, symbol_of(inference->symbols, "e"), KIND_ROW, 0);
    Type *parameter = open_to(inference, declared_parameter(reason), variable);
    Type *result = last_result(function->type);
    name_unknowns(parameter, result);
    const char *taken = type_text(inference, parameter), *answered = type_text(inference, open_to(inference, result, variable));
    bool is_open = result->kind != TYPE_COMPUTATION || strcmp(type_text(inference, result), answered) == 0;
    if (is_open) add_hint(inference->diagnostics, diagnostic, "to allow any other effects, too, write `%s` for this parameter of `%s`", taken, function->name);
    else
        add_hint(inference->diagnostics, diagnostic, "to allow any other effects, too, write `%s` for this parameter of `%s`, and `%s` for its answer", taken,
                 function->name, answered);
}

static void report_effect_of_argument(Inference *inference, Span span, const Failure *failure, const Reason *reason) {
    const Meaning *function = reason->meaning;
    bool is_library = function->module && function->module->from_stdlib;
    bool allows_none = resolve_type(failure->right)->kind == TYPE_EMPTY_ROW;
    const char *allows = allows_none ? "no effect" : symbol_format(inference->symbols, "only `%s`", type_text(inference, failure->right));
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0504, span, "the %s argument of `%s` may have %s, but this has the effect `%s`",
               ordinal(reason->index), reason->name, allows, failure->effect->name);
    if (function->span.source && !is_library)
        add_label(inference->diagnostics, diagnostic, function->span, "`%s` is `%s`", function->name, type_text(inference, function->type));
    if (!is_library) hint_open_row(inference, diagnostic, reason);
}

// A local function's name, whose own text shows where the effect is performed.
static const Meaning *find_local(const Expression *expression) {
    while (expression && expression->kind == EXPRESSION_APPLY) expression = expression->first;
    const Meaning *meaning = expression && expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    return meaning && meaning->kind == MEANING_LOCAL && meaning->warns_unused ? meaning : NULL;
}

// A function such as `List.iter_seq` has the effects of what it is given: it is not the one to name.
static bool is_named_by(const EffectPath *path, const Expression *expression) {
    const EffectStep *step = path->last;
    while (step && step->from) step = step->from;
    while (expression->kind == EXPRESSION_APPLY) expression = expression->first;
    const Meaning *meaning = expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    return meaning && (meaning->kind == MEANING_LOCAL || (step && meaning->core == step->definition));
}

// Whether the row is the one of the program's `main`: there, what the program itself declared must be handled.
static bool is_row_of_main(const Inference *inference) {
    const RowPlace *place = &inference->row_place;
    return place->owner && place->annotation.source && strcmp(place->owner, "main") == 0 && inference->module == inference->modules->program;
}

static bool is_head(const Expression *expression, Span span) {
    while (expression->kind == EXPRESSION_APPLY) expression = expression->first;
    return expression->span.start == span.start;
}

static void report_effect(Inference *inference, Span span, const Failure *failure, const Expression *expression) {
    EffectPath path;
    bool is_found = find_path_in_expression(inference, expression, failure->effect, &path);
    bool is_label = is_found && (path.last || path.local || !is_head(expression, path.performed));
    const char *name = is_label && !is_named_by(&path, expression) ? NULL : name_as_written(inference, expression);
    Type *allowed = failure->right;
    bool in_main = is_row_of_main(inference);
    bool allows_none = resolve_type(allowed)->kind == TYPE_EMPTY_ROW;
    const char *allows = allows_none ? "no effect" : symbol_format(inference->symbols, "only `%s`", type_text(inference, allowed));
    Diagnostic *diagnostic;
    if (name)
        diagnostic = report(inference->diagnostics, E0504, span, "`%s` has the effect `%s`, but %s is allowed here", name,
                            failure->effect->name, allows);
    else
        diagnostic =
            report(inference->diagnostics, E0504, span, "this has the effect `%s`, but %s is allowed here", failure->effect->name, allows);
    label_row(inference, diagnostic);
    const Meaning *local = find_local(expression);
    if (is_label) label_effect_path(inference, diagnostic, &path);
    else if (local) add_label(inference->diagnostics, diagnostic, local->span, "`%s` is defined here", local->name);
    if (in_main && failure->effect->kind == EFFECT_USER) {
        hint_handler(inference, diagnostic, failure->effect, "before `main` ends");
        return;
    }
    const char *wider = wider_row(inference, allowed, failure->left, in_main);
    if (wider) add_hint(inference->diagnostics, diagnostic, "allow it: write the row as `%s`", wider);
}

static void report_variable(Inference *inference, Span span, const Failure *failure, const Expression *expression) {
    const char *name = name_as_written(inference, expression);
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0504, span, "%s%s%s has the effects `%s`, whatever they are, but only `%s` is allowed here",
               name ? "`" : "", name ? name : "this", name ? "`" : "", failure->parameter->name, type_text(inference, failure->right));
    label_row(inference, diagnostic);
    const char *wider = wider_row(inference, failure->right, failure->left, false);
    if (wider) add_hint(inference->diagnostics, diagnostic, "allow them: write the row as `%s`", wider);
}

static void report_two_arguments(Inference *inference, Span span, const Failure *failure) {
    Type *left = failure->left->arguments.items[0], *right = failure->right->arguments.items[0];
    name_unknowns(left, right);
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0506, span, "the effect `%s` would be in one row twice: with `%s` and with `%s`",
               failure->effect->name, type_text(inference, left), type_text(inference, right));
    add_hint(inference->diagnostics, diagnostic,
             "a row holds each effect once: handle one of the two first, or join the types, as in `Either a b`");
}

static void report_two_variables(Inference *inference, Span span, const Failure *failure) {
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0507, span, "the effects `%s` would have to join `%s` in one row, which holds one variable at most",
               failure->parameter->name, type_text(inference, failure->right));
    add_hint(inference->diagnostics, diagnostic, "write the same variable for both in the annotation");
}

bool report_row_failure(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason, const Expression *expression) {
    Failure failure = inference->unifier.failure;
    name_unknowns(row_of(actual), row_of(expected));
    switch (failure.kind) {
    case FAILURE_EFFECT:
        if (is_limited_by_parameter(reason)) report_effect_of_argument(inference, span, &failure, reason);
        else if (is_in_argument(inference, failure.right)) report_effect_of_argument(inference, span, &failure, inference->row_place.argument);
        else report_effect(inference, span, &failure, expression);
        return true;
    case FAILURE_ROW_VARIABLE: report_variable(inference, span, &failure, expression); return true;
    case FAILURE_TWO_ARGUMENTS: report_two_arguments(inference, span, &failure); return true;
    case FAILURE_TWO_VARIABLES: report_two_variables(inference, span, &failure); return true;
    default: return false;
    }
}

// ---- what is no computation ----

static bool lacks_argument(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_FUNCTION) return false;
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    return type->kind == TYPE_COMPUTATION;
}

// `let!`, `do!` and `match!` say that they run what follows.
static bool is_run_by_word(const Reason *reason) {
    return reason->kind == REASON_DO || reason->kind == REASON_LET_BANG || reason->kind == REASON_ANNOTATION;
}

// A list of computations: `List.map` made them, and nothing ran them.
static bool hint_run_list(Inference *inference, Diagnostic *diagnostic, Type *type, const Reason *reason, const Expression *expression) {
    bool is_list = type->kind == TYPE_DATA && type->data == inference->builtins->list_type;
    Type *item = is_list ? resolve_type(type->arguments.items[0]) : type;
    if (!is_list || item->kind != TYPE_COMPUTATION) return false;
    if (expression && expression->kind == EXPRESSION_LIST) {
        const char *name = reason->kind == REASON_ARGUMENT && reason->name ? reason->name : "join";
        add_hint(inference->diagnostics, diagnostic, "a list runs nothing: `%s` takes two computations, one by one: `%s a b`", name, name);
        return true;
    }
    Type *answer = resolve_type(item->left);
    bool is_unit = answer->kind == TYPE_DATA && answer->data == inference->builtins->unit_type;
    add_hint(inference->diagnostics, diagnostic, "none of these has been run: `List.%s` in place of `List.map` runs one after the other",
             is_unit ? "iter_seq" : "map_seq");
    return true;
}

enum { LONGEST_QUOTED = 30 };

static void hint_ret(Inference *inference, Diagnostic *diagnostic, Span span, const Expression *expression) {
    Text text = {span.source->text.bytes + span.start, span.end - span.start};
    bool is_short = text.length <= LONGEST_QUOTED && !memchr(text.bytes, '\n', text.length);
    bool is_one =
        expression && expression->kind != EXPRESSION_APPLY && expression->kind != EXPRESSION_BINARY && expression->kind != EXPRESSION_IF;
    if (!is_short) add_hint(inference->diagnostics, diagnostic, "answer it with `ret`: `ret (...)`");
    else
        add_hint(inference->diagnostics, diagnostic, is_one ? "answer it with `ret %.*s`" : "answer it with `ret (%.*s)`", (int)text.length,
                 text.bytes);
}

// A parameter whose annotation lacks its row.
static bool report_no_row(Inference *inference, Span span, Type *type, const Expression *expression) {
    Meaning *meaning = expression && expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    if (!meaning || meaning->kind != MEANING_LOCAL || !meaning->annotation.source || type->kind == TYPE_FUNCTION) return false;
    meaning->is_doubted = meaning->is_misused = true;
    Diagnostic *diagnostic = report(inference->diagnostics, E0501, span, "a computation must stand here, but `%s` is `%s`", meaning->name, type_text(inference, type));
    add_label(inference->diagnostics, diagnostic, meaning->annotation, "the annotation of `%s`", meaning->name);
    add_hint(inference->diagnostics, diagnostic, "a computation has a row: `%s ! e`, or `%s ! {Console}`", type_text(inference, type), type_text(inference, type));
    return true;
}

void report_not_computation(Inference *inference, Span span, Type *type, Reason reason, const Expression *expression) {
    type = resolve_type(type);
    name_unknowns(type, NULL);
    const char *text = type_text(inference, type);
    Diagnostics *diagnostics = inference->diagnostics;
    if (lacks_argument(type)) {
        report_missing_arguments(inference, span, type, expression);
        return;
    }
    if (reason.kind == REASON_DO && report_no_row(inference, span, type, expression)) return;
    if (!is_run_by_word(&reason)) {
        bool lacks_else = reason.kind == REASON_ELSE_LESS;
        Diagnostic *diagnostic = lacks_else ? report(diagnostics, E0509, span, "an `if` without `else` runs a computation, but this is `%s`", text) :
                                              report(diagnostics, E0509, span, "a computation must stand here, but this is `%s`", text);
        if (lacks_else) {
            add_hint(diagnostics, diagnostic, "say what the value is otherwise: `else` and a value");
            return;
        }
        if (reason.span.source && reason.kind == REASON_BLOCK_END)
            add_label(diagnostics, diagnostic, reason.span, "this runs a computation, so the block is one, too");
        if (reason.span.source && reason.kind == REASON_RESULT)
            add_label(diagnostics, diagnostic, reason.span, "the annotation says that a computation is answered");
        if (type->kind == TYPE_FUNCTION) add_hint(diagnostics, diagnostic, "it is a function: is an argument missing?");
        else if (!hint_run_list(inference, diagnostic, type, &reason, expression)) hint_ret(inference, diagnostic, span, expression);
        return;
    }
    const char *word = reason.kind == REASON_DO ? "do!" : reason.name ? reason.name : "let!";
    Diagnostic *diagnostic = report(diagnostics, E0501, span, "`%s` runs a computation, but this is `%s`", word, text);
    if (type->kind == TYPE_FUNCTION) add_hint(diagnostics, diagnostic, "it is a function: is an argument missing?");
    else if (hint_run_list(inference, diagnostic, type, &reason, expression)) return;
    else if (strcmp(word, "match!") == 0) add_hint(diagnostics, diagnostic, "there is nothing to run: use `match`");
    else if (reason.kind == REASON_DO && expression && expression->kind == EXPRESSION_TUPLE && expression->items.count == 0)
        add_hint(diagnostics, diagnostic, "the computation that does nothing is `ret ()`");
    else if (reason.kind == REASON_DO)
        add_hint(diagnostics, diagnostic, "there is nothing to run: remove the line, or name the value with `let`");
    else add_hint(diagnostics, diagnostic, "there is nothing to run: use `let`");
}
