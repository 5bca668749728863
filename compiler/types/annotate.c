// Types as written become types.
#include "infer.h"

static Type *annotate_row(Inference *inference, const TypeSyntax *syntax);

TypeParameter *new_parameter(Inference *inference, Symbol name, Kind kind, unsigned level) {
    TypeParameter *parameter = NEW(inference->arena, TypeParameter);
    parameter->name = name;
    parameter->id = ++inference->next_parameter;
    parameter->kind = kind;
    parameter->level = level;
    return parameter;
}

static Type *error_type(void) { return plain_type(TYPE_ERROR); }

// ---- variables ----

static TypeParameter *find_variable(const Inference *inference, Symbol name) {
    for (size_t i = inference->variables.count; i-- > 0;) {
        if (inference->variables.items[i].name == name) return inference->variables.items[i].parameter;
    }
    return NULL;
}

static Type *report_free_variable(Inference *inference, const Name *name) {
    Diagnostic *diagnostic = report(inference->diagnostics, E0408, name->span, "the type variable `%s` is not among the parameters of `%s`",
                                    name->name, inference->closed_name);
    Builder head = builder_in(inference->arena);
    build_string(&head, inference->closed_name);
    for (size_t i = 0; i < inference->variables.count; i++) build_format(&head, " %s", inference->variables.items[i].name);
    add_hint(inference->diagnostics, diagnostic, "declare it after the name: `%s %s`", builder_string(&head), name->name);
    return error_type();
}

static Type *annotate_variable(Inference *inference, const Name *name, Kind kind) {
    TypeParameter *parameter = find_variable(inference, name->name);
    if (!parameter) {
        if (inference->closed_name) return report_free_variable(inference, name);
        parameter = new_parameter(inference, name->name, kind, inference->unifier.level);
        parameter->span = name->span;
        TypeVariable variable = {name->name, parameter};
        vector_push(inference->arena, &inference->variables, variable);
    }
    if (parameter->kind == kind) return parameter_type(inference->arena, parameter);
    report(inference->diagnostics, E0409, name->span, "`%s` stands for a %s here, and for a %s elsewhere", name->name,
           kind == KIND_ROW ? "set of effects" : "type", kind == KIND_ROW ? "type" : "set of effects");
    return error_type();
}

// ---- names applied to arguments ----

// How many arguments a type's name takes; 0 when it is not known to take any.
static size_t arity_of(const TypeSyntax *syntax) {
    const Meaning *meaning = syntax->kind == TYPE_SYNTAX_NAME ? syntax->name.meaning : NULL;
    if (!meaning || syntax->arguments.count) return 0;
    if (meaning->kind == MEANING_TYPE) return meaning->data->parameters.count;
    return meaning->kind == MEANING_ALIAS && meaning->alias ? meaning->alias->parameters.count : 0;
}

static void build_type_syntax(Builder *builder, const TypeSyntax *syntax) {
    Span span = syntax->span;
    build_text(builder, (Text){span.source->text.bytes + span.start, span.end - span.start});
}

// `List Option Int`: an argument that itself takes those that are too many, which stand behind it.
static bool hint_inner_type(Inference *inference, Diagnostic *diagnostic, const TypeSyntax *syntax, size_t extra) {
    for (size_t i = 0; i + extra < syntax->arguments.count; i++) {
        if (arity_of(syntax->arguments.items[i]) != extra) continue;
        Builder type = builder_in(inference->arena);
        build_string(&type, syntax->name.name);
        for (size_t k = 0; k < syntax->arguments.count; k++) {
            build_string(&type, k == i ? " (" : " ");
            build_type_syntax(&type, syntax->arguments.items[k]);
            if (k == i + extra) build_byte(&type, ')');
        }
        add_hint(inference->diagnostics, diagnostic, "put parentheses around what belongs together: `%s`", builder_string(&type));
        return true;
    }
    return false;
}

static void hint_tuple_type(Inference *inference, Diagnostic *diagnostic, const TypeSyntax *syntax) {
    Builder type = builder_in(inference->arena);
    build_format(&type, "%s (", syntax->name.name);
    for (size_t i = 0; i < syntax->arguments.count; i++) {
        if (i) build_string(&type, ", ");
        build_type_syntax(&type, syntax->arguments.items[i]);
    }
    add_hint(inference->diagnostics, diagnostic, "several values in one are a tuple: `%s)`", builder_string(&type));
}

static bool has_arity(Inference *inference, const TypeSyntax *syntax, size_t expected, const char *what) {
    size_t given = syntax->arguments.count;
    if (given == expected) return true;
    const char *count = expected ? symbol_format(inference->symbols, "%zu", expected) : "no";
    Diagnostic *diagnostic = report(inference->diagnostics, E0407, syntax->span, "the %s `%s` takes %s argument%s, but is given %zu", what,
                                    syntax->name.name, count, expected <= 1 ? "" : "s", given);
    const Meaning *meaning = syntax->name.meaning;
    if (meaning->span.source) add_label(inference->diagnostics, diagnostic, meaning->span, "`%s` is declared here", meaning->name);
    else if (given < expected)
        add_hint(inference->diagnostics, diagnostic, "write `%s%s`", syntax->name.name, expected == 1 ? " a" : " a b");
    bool is_reversed = expected == 0 && given == 1 && syntax->arguments.items[0]->kind == TYPE_SYNTAX_VARIABLE;
    if (is_reversed) {
        const char *name = syntax->arguments.items[0]->name.name;
        add_hint(inference->diagnostics, diagnostic, "the arguments of a type follow it: `%c%s %s`", name[0] >= 'a' ? name[0] - 'a' + 'A' : name[0],
                 name + 1, syntax->name.name);
    }
    if (given > expected && expected && !hint_inner_type(inference, diagnostic, syntax, given - expected) && expected == 1)
        hint_tuple_type(inference, diagnostic, syntax);
    return false;
}

static Types annotate_arguments(Inference *inference, const TypeSyntax *syntax, const TypeParameters *parameters) {
    Types arguments = {0};
    for (size_t i = 0; i < syntax->arguments.count; i++) {
        bool is_row = parameters->items[i]->kind == KIND_ROW;
        const TypeSyntax *argument = syntax->arguments.items[i];
        vector_push(inference->arena, &arguments, is_row ? annotate_row(inference, argument) : annotate_type(inference, argument));
    }
    return arguments;
}

static Type *annotate_alias(Inference *inference, const TypeSyntax *syntax, Meaning *meaning) {
    if (!has_arity(inference, syntax, meaning->alias->parameters.count, "alias")) return error_type();
    Types arguments = annotate_arguments(inference, syntax, &meaning->alias->parameters);
    expand_alias(inference, meaning);
    return substitute_type(inference->arena, meaning->alias->body, &meaning->alias->parameters, &arguments);
}

static Type *annotate_name(Inference *inference, const TypeSyntax *syntax) {
    Meaning *meaning = syntax->name.meaning;
    if (!meaning || meaning->kind == MEANING_ERROR) return error_type();
    if (meaning->kind == MEANING_ALIAS && !is_row_alias(meaning)) return annotate_alias(inference, syntax, meaning);
    if (meaning->kind != MEANING_TYPE) {
        Diagnostic *diagnostic =
            report(inference->diagnostics, E0307, syntax->span, "`%s` is a set of effects, not a type", syntax->name.name);
        add_hint(inference->diagnostics, diagnostic, "effects stand after `!`: `Unit ! {%s}`", syntax->name.name);
        return error_type();
    }
    if (!has_arity(inference, syntax, meaning->data->parameters.count, "type")) return error_type();
    Types arguments = annotate_arguments(inference, syntax, &meaning->data->parameters);
    return data_type(inference->arena, meaning->data, &arguments);
}

static Type *annotate_tuple(Inference *inference, const TypeSyntax *syntax) {
    if (syntax->arguments.count == 0) return data_type(inference->arena, inference->builtins->unit_type, NULL);
    Types items = {0};
    for (size_t i = 0; i < syntax->arguments.count; i++) {
        vector_push(inference->arena, &items, annotate_type(inference, syntax->arguments.items[i]));
    }
    unsigned size = (unsigned)items.count;
    return data_type(inference->arena, find_tuple_type(inference->arena, inference->symbols, inference->builtins, size), &items);
}

// `a -> b -> c` may be long: its spine is walked in a loop.
static Type *annotate_function(Inference *inference, const TypeSyntax *syntax) {
    Types parameters = {0};
    for (; syntax && syntax->kind == TYPE_SYNTAX_FUNCTION; syntax = syntax->right) {
        vector_push(inference->arena, &parameters, annotate_type(inference, syntax->left));
    }
    Type *type = annotate_type(inference, syntax);
    for (size_t i = parameters.count; i-- > 0;) type = function_type(inference->arena, parameters.items[i], type);
    return type;
}

Type *annotate_type(Inference *inference, const TypeSyntax *syntax) {
    if (!syntax) return error_type();
    switch (syntax->kind) {
    case TYPE_SYNTAX_VARIABLE: return annotate_variable(inference, &syntax->name, KIND_TYPE);
    case TYPE_SYNTAX_NAME: return annotate_name(inference, syntax);
    case TYPE_SYNTAX_TUPLE: return annotate_tuple(inference, syntax);
    case TYPE_SYNTAX_FUNCTION: return annotate_function(inference, syntax);
    case TYPE_SYNTAX_COMPUTATION: {
        Type *answer = annotate_type(inference, syntax->left);
        return computation_type(inference->arena, answer, annotate_row(inference, syntax->right));
    }
    case TYPE_SYNTAX_ROW: {
        Diagnostic *diagnostic = report(inference->diagnostics, E0409, syntax->span, "a set of effects stands where a type should");
        add_hint(inference->diagnostics, diagnostic, "effects stand after `!`: `Unit ! {Console}`");
        return error_type();
    }
    }
    return error_type();
}

// ---- rows ----

static void report_not_effect(Inference *inference, const TypeSyntax *syntax) {
    report(inference->diagnostics, E0308, syntax->span, "`%s` is a type, not an effect", syntax->name.name);
}

// Two mentions of one effect in a row as written.
static bool is_repeated(Inference *inference, const Types *items, const Type *item, const TypeSyntax *syntax) {
    for (size_t i = 0; i < items->count; i++) {
        Type *other = items->items[i];
        if (other->effect != item->effect) continue;
        bool same = true;
        for (size_t k = 0; k < item->arguments.count; k++) same &= type_equal(item->arguments.items[k], other->arguments.items[k]);
        if (!same) {
            Diagnostic *diagnostic =
                report(inference->diagnostics, E0506, syntax->span,
                       "the effect `%s` stands twice in one row, with different "
                       "arguments: `%s` and `%s`",
                       item->effect->name, type_text(inference, other->arguments.items[0]), type_text(inference, item->arguments.items[0]));
            add_hint(inference->diagnostics, diagnostic, "a row holds each effect once: join the two in one type, such as `Either a b`");
        }
        return true;
    }
    return false;
}

// False: an effect of it was in error.
static bool add_effects_of_alias(Inference *inference, const TypeSyntax *syntax, Meaning *meaning, Types *items) {
    Type *row = resolve_type(annotate_alias(inference, syntax, meaning));
    for (; row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (!is_repeated(inference, items, row, syntax)) vector_push(inference->arena, items, row);
    }
    return row->kind != TYPE_ERROR;
}

static void report_unnamed(Inference *inference, const TypeSyntax *syntax) {
    if (syntax->kind != TYPE_SYNTAX_VARIABLE) {
        report(inference->diagnostics, E0308, syntax->span, "the name of an effect stands here, and this is a type");
        return;
    }
    const char *name = syntax->name.name;
    Diagnostic *diagnostic = report(inference->diagnostics, E0308, syntax->span, "`%s` is a variable, not an effect", name);
    add_hint(inference->diagnostics, diagnostic,
             "the name of an effect begins with a capital; a variable stands without braces, `! %s`, or behind a bar, `{Console | %s}`", name, name);
}

// False: it is in error, and the row may hold whatever effects there are.
static bool add_row_item(Inference *inference, const TypeSyntax *syntax, Types *items) {
    if (syntax->kind != TYPE_SYNTAX_NAME) {
        report_unnamed(inference, syntax);
        return false;
    }
    Meaning *meaning = syntax->name.meaning;
    if (!meaning || meaning->kind == MEANING_ERROR) return false;
    if (meaning->kind == MEANING_ALIAS && is_row_alias(meaning)) return add_effects_of_alias(inference, syntax, meaning, items);
    if (meaning->kind != MEANING_EFFECT) {
        report_not_effect(inference, syntax);
        return false;
    }
    Effect *effect = effect_of(meaning);
    if (!has_arity(inference, syntax, effect->parameters.count, "effect")) return false;
    Types arguments = annotate_arguments(inference, syntax, &effect->parameters);
    Type *item = effect_row(inference->arena, effect, &arguments, plain_type(TYPE_EMPTY_ROW));
    if (!is_repeated(inference, items, item, syntax)) vector_push(inference->arena, items, item);
    return true;
}

static Type *annotate_row(Inference *inference, const TypeSyntax *syntax) {
    if (!syntax) return error_type();
    if (syntax->kind == TYPE_SYNTAX_VARIABLE) return annotate_variable(inference, &syntax->name, KIND_ROW);
    Types items = {0};
    bool is_known = syntax->kind != TYPE_SYNTAX_NAME || add_row_item(inference, syntax, &items);
    if (syntax->kind == TYPE_SYNTAX_ROW) {
        for (size_t i = 0; i < syntax->arguments.count; i++) is_known &= add_row_item(inference, syntax->arguments.items[i], &items);
    }
    bool has_tail = syntax->kind == TYPE_SYNTAX_ROW && syntax->right;
    Type *row = has_tail ? annotate_row(inference, syntax->right) : plain_type(TYPE_EMPTY_ROW);
    if (!is_known) row = error_type();
    for (size_t i = items.count; i-- > 0;) row = effect_row(inference->arena, items.items[i]->effect, &items.items[i]->arguments, row);
    return row;
}

// ---- aliases ----

bool is_row_alias(const Meaning *meaning) { return meaning->alias && meaning->alias->kind == KIND_ROW; }

static void report_circular_alias(Inference *inference, const Alias *alias) {
    const Declaration *declaration = alias->declaration;
    Diagnostic *diagnostic = report(inference->diagnostics, E0410, declaration->head_span, "the alias `%s` stands for itself",
                                    declaration->name.name);
    add_hint(inference->diagnostics, diagnostic,
             "an alias is only a short name: declare a type, whose constructor may hold the type itself");
}

void expand_alias(Inference *inference, Meaning *meaning) {
    Alias *alias = meaning->alias;
    if (alias->body) return;
    if (alias->is_open) {
        report_circular_alias(inference, alias);
        alias->body = error_type();
        return;
    }
    alias->is_open = true;
    const char *outer = inference->closed_name;
    size_t mark = inference->variables.count;
    for (size_t i = 0; i < alias->parameters.count; i++) {
        TypeVariable variable = {alias->parameters.items[i]->name, alias->parameters.items[i]};
        vector_push(inference->arena, &inference->variables, variable);
    }
    inference->closed_name = meaning->name;
    bool is_row = alias->kind == KIND_ROW;
    Type *body = is_row ? annotate_row(inference, alias->declaration->type) : annotate_type(inference, alias->declaration->type);
    inference->closed_name = outer;
    inference->variables.count = mark;
    alias->is_open = false;
    if (!alias->body) alias->body = body;
}
