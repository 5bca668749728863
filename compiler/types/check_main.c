// What the runtime needs of main: its type, and that every effect in its row is one that the runtime implements.
#include "infer.h"

#include <string.h>

static void report_unhandled(Inference *inference, CoreDefinition *main, const Effect *effect) {
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0703, main->span, "the effect `%s` reaches `main`, but nothing handles it", effect->name);
    EffectPath path;
    if (find_effect_path(inference, main, effect, &path)) label_effect_path(inference, diagnostic, &path);
    else add_label(inference->diagnostics, diagnostic, effect->span, "`%s` is declared here", effect->name);
    hint_handler(inference, diagnostic, effect, "before `main` ends");
}

// ---- tests: the runtime runs them, too ----

static void report_unhandled_in_test(Inference *inference, CoreDefinition *test, const Effect *effect) {
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0710, test->span, "the effect `%s` reaches the test \"%s\", but nothing handles it", effect->name, test->name);
    EffectPath path;
    bool is_found = find_effect_path(inference, test, effect, &path);
    if (is_found && path.last->from) label_effect_path(inference, diagnostic, &path);
    else if (is_found) add_label(inference->diagnostics, diagnostic, path.performed, "`%s` is performed here", effect->name);
    hint_handler(inference, diagnostic, effect, "within the test");
}

// The computation that a test is, or answers for its parameters; NULL: it is none.
static Type *computation_of_test(const CoreDefinition *test) {
    Type *type = resolve_type(test->type);
    for (unsigned i = 0; i < test->test_parameters; i++) type = resolve_type(type->right);
    if (test->has_guard) type = resolve_type(resolve_type(type->arguments.items[0])->right);
    return type->kind == TYPE_COMPUTATION ? type : NULL;
}

static void check_tests(Inference *inference) {
    for (size_t i = 0; i < inference->program->definitions.count; i++) {
        CoreDefinition *test = inference->program->definitions.items[i];
        Type *computation = test->is_test ? computation_of_test(test) : NULL;
        if (!computation) continue;
        for (Type *row = resolve_type(computation->right); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
            if (row->effect->kind == EFFECT_USER) report_unhandled_in_test(inference, test, row->effect);
        }
    }
}

// ---- its type ----

static void report_main_type(Inference *inference, const CoreDefinition *main) {
    Diagnostic *diagnostic = report(inference->diagnostics, E0702, main->span, "`main` has the type `%s`, which the runtime cannot run",
                                    type_text(inference, main->type));
    const Type *parameter = main->type->kind == TYPE_FUNCTION ? resolve_type(main->type->left) : NULL;
    bool is_unit = parameter && parameter->kind == TYPE_DATA && parameter->data == inference->builtins->unit_type;
    if (is_unit || main->type->kind == TYPE_COMPUTATION) {
        add_hint(inference->diagnostics, diagnostic,
                 "it takes the program's arguments: `let main (_ : List String) : Unit ! {Console} = ...`");
        return;
    }
    add_hint(inference->diagnostics, diagnostic,
             "it must be `List String -> Unit ! {...}`, or `List String -> Int ! {...}` to give an exit status");
}

static bool takes_arguments(const Inference *inference, Type *type) {
    if (type->kind != TYPE_FUNCTION) return false;
    const Type *list = resolve_type(type->left);
    if (list->kind != TYPE_DATA || list->data != inference->builtins->list_type) return false;
    const Type *item = resolve_type(list->arguments.items[0]);
    return item->kind == TYPE_DATA && item->data == inference->builtins->string_type;
}

// The computation that main answers, or NULL when its type is not a main's.
static Type *result_of_main(const Inference *inference, Type *type) {
    if (!takes_arguments(inference, type)) return NULL;
    Type *result = resolve_type(type->right);
    if (result->kind != TYPE_COMPUTATION) return NULL;
    const Type *answer = resolve_type(result->left);
    bool ends =
        answer->kind == TYPE_DATA && (answer->data == inference->builtins->unit_type || answer->data == inference->builtins->int_type ||
                                      answer->data == inference->builtins->never_type);
    return ends ? result : NULL;
}

static void report_simulation(Inference *inference, const CoreDefinition *main) {
    Diagnostic *diagnostic = report(inference->diagnostics, E0711, main->span, "`main` uses `Test.simulate`, which only `fx test` can run");
    add_hint(inference->diagnostics, diagnostic, "it belongs in a `test` declaration: there every order is tried, and time is virtual");
}

static void report_no_main(Inference *inference) {
    const Source *source = inference->modules->program->syntax->source;
    Diagnostic *diagnostic = report(inference->diagnostics, E0701, (Span){source, 0, 0}, "this program has no `main`");
    add_hint(inference->diagnostics, diagnostic, "start with `let main (_ : List String) : Unit ! {Console} =`");
}

void check_main(Inference *inference, bool needs_main) {
    if (inference->diagnostics->error_count) return;
    check_tests(inference);
    const Meaning *meaning = table_get(&inference->modules->program->values, symbol_of(inference->symbols, "main"));
    if (!meaning || meaning->kind != MEANING_VALUE || !meaning->core) {
        if (needs_main) report_no_main(inference);
        return;
    }
    CoreDefinition *main = meaning->core;
    Type *result = result_of_main(inference, resolve_type(main->type));
    if (!result || main->parameters.count) {
        report_main_type(inference, main);
        return;
    }
    inference->program->main = main;
    if (core_reaches(inference->arena, main, "fx_test_simulate_take")) report_simulation(inference, main);
    for (Type *row = resolve_type(result->right); row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (row->effect->kind == EFFECT_USER) report_unhandled(inference, main, row->effect);
    }
}
