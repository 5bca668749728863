// What each name in a program stands for.
#include "resolve.h"

#include <string.h>

static void resolve_type_list(Resolver *resolver, const TypeSyntaxes *types);

// ---- names ----

static Meaning *allow_private(Resolver *resolver, Meaning *meaning, const Name *name) {
    if (!meaning->is_private || meaning->module == resolver->scope.module) return meaning;
    Diagnostics *diagnostics = resolver->scope.compilation->diagnostics;
    bool is_opaque = meaning->kind == MEANING_CONSTRUCTOR;
    Diagnostic *diagnostic = report(diagnostics, E0311, name->span, "the %s `%s` is private to the module `%s`",
                                    is_opaque ? "constructor" : "value", name->name, meaning->module->full_name);
    add_label(diagnostics, diagnostic, meaning->span, is_opaque ? "the type `%s` is opaque" : "`%s` is declared private",
              is_opaque ? meaning->declaration->name.name : meaning->name);
    return meaning;
}

Meaning *resolve_name(Resolver *resolver, Namespace space, Name *name) {
    if (name->meaning) return name->meaning;
    Meaning *meaning = find_meaning(&resolver->scope, space, name);
    meaning = meaning ? allow_private(resolver, meaning, name) : report_unknown(&resolver->scope, space, name);
    meaning->is_used = true;
    name->meaning = meaning;
    return meaning;
}

static void note_reference(Resolver *resolver, Meaning *meaning) {
    bool is_here = (meaning->kind == MEANING_VALUE || meaning->kind == MEANING_SPEC) && meaning->definition &&
                   meaning->module == resolver->scope.module;
    if (!is_here || !resolver->definition) return;
    vector_push(resolver->arena, &resolver->definition->references, meaning);
}

void resolve_value(Resolver *resolver, Name *name) {
    Meaning *local = name->qualifier ? NULL : table_get(&resolver->scope.locals, name->name);
    if (!local) {
        note_reference(resolver, resolve_name(resolver, NAMESPACE_VALUE, name));
        return;
    }
    local->is_used = true;
    name->meaning = local;
}

// ---- types ----

static void resolve_row(Resolver *resolver, TypeSyntax *row) {
    if (!row) return;
    if (row->kind == TYPE_SYNTAX_NAME) {
        resolve_name(resolver, NAMESPACE_EFFECT, &row->name);
        resolve_type_list(resolver, &row->arguments);
        return;
    }
    if (row->kind != TYPE_SYNTAX_ROW) {
        resolve_type_syntax(resolver, row);
        return;
    }
    for (size_t i = 0; i < row->arguments.count; i++) resolve_row(resolver, row->arguments.items[i]);
    resolve_row(resolver, row->right);
}

// An argument may be a set of effects, by its name.
static void resolve_type_name(Resolver *resolver, TypeSyntax *type) {
    bool is_alias_of_row = !find_meaning(&resolver->scope, NAMESPACE_TYPE, &type->name) &&
                           find_meaning(&resolver->scope, NAMESPACE_EFFECT, &type->name) && resolver->in_arguments;
    resolve_name(resolver, is_alias_of_row ? NAMESPACE_EFFECT : NAMESPACE_TYPE, &type->name);
    resolve_type_list(resolver, &type->arguments);
}

void resolve_type_syntax(Resolver *resolver, TypeSyntax *type) {
    if (!type) return;
    switch (type->kind) {
    case TYPE_SYNTAX_VARIABLE: break;
    case TYPE_SYNTAX_NAME: resolve_type_name(resolver, type); break;
    case TYPE_SYNTAX_TUPLE: resolve_type_list(resolver, &type->arguments); break;
    case TYPE_SYNTAX_FUNCTION:
        resolve_type_syntax(resolver, type->left);
        resolve_type_syntax(resolver, type->right);
        break;
    case TYPE_SYNTAX_COMPUTATION:
        resolve_type_syntax(resolver, type->left);
        resolve_row(resolver, type->right);
        break;
    case TYPE_SYNTAX_ROW: resolve_row(resolver, type); break;
    }
}

static void resolve_type_list(Resolver *resolver, const TypeSyntaxes *types) {
    bool outer = resolver->in_arguments;
    resolver->in_arguments = true;
    for (size_t i = 0; i < types->count; i++) resolve_type_syntax(resolver, types->items[i]);
    resolver->in_arguments = outer;
}

// ---- declarations ----

static void resolve_parameters(Resolver *resolver, const Patterns *parameters) {
    size_t start = resolver->bound.count;
    for (size_t i = 0; i < parameters->count; i++) resolve_pattern(resolver, parameters->items[i], start, false);
}

static bool is_type_name(Resolver *resolver, const Pattern *pattern) {
    return pattern->kind == PATTERN_CONSTRUCTOR && !find_meaning(&resolver->scope, NAMESPACE_CONSTRUCTOR, &pattern->name) &&
           find_meaning(&resolver->scope, NAMESPACE_TYPE, &pattern->name);
}

// `(xs : List) Int`: the argument of a type stands behind the bracket.
static bool is_type_argument(Resolver *resolver, const Pattern *before, const Pattern *pattern) {
    const TypeSyntax *type = before->kind == PATTERN_ANNOTATED ? before->type : NULL;
    if (!type || type->kind != TYPE_SYNTAX_NAME || type->arguments.count || pattern->items.count) return false;
    const Meaning *meaning = find_meaning(&resolver->scope, NAMESPACE_TYPE, &type->name);
    if (!meaning) return false;
    return meaning->declaration ? meaning->declaration->parameters.count == 1 : meaning->data && meaning->data->parameters.count == 1;
}

static void leave_out_types(Resolver *resolver, Patterns *parameters) {
    size_t kept = 0;
    for (size_t i = 0; i < parameters->count; i++) {
        if (!is_type_name(resolver, parameters->items[i])) parameters->items[kept++] = parameters->items[i];
    }
    parameters->count = kept;
}

void check_parameter_types(Resolver *resolver, Patterns *parameters, TypeSyntax **annotation) {
    size_t at = 0;
    while (at < parameters->count && !is_type_name(resolver, parameters->items[at])) at++;
    if (at == parameters->count) return;
    const Pattern *pattern = parameters->items[at];
    Diagnostics *diagnostics = resolver->scope.compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0306, pattern->name.span, "the type `%s` stands where a parameter should", pattern->name.name);
    if (at && is_type_argument(resolver, parameters->items[at - 1], pattern)) {
        add_hint(diagnostics, diagnostic, "the argument of a type stands with it in the parentheses: `(x : %s %s)`",
                 parameters->items[at - 1]->type->name.name, pattern->name.name);
        resolve_name(resolver, NAMESPACE_TYPE, &parameters->items[at - 1]->type->name);
        parameters->items[at - 1]->type->name.meaning = new_meaning(resolver->arena, MEANING_ERROR, pattern->name.name, pattern->name.span);
    } else {
        if (annotation) *annotation = NULL;
        add_hint(diagnostics, diagnostic, "the type of what is answered follows `:`, that of a parameter stands with it in parentheses: `f (x : Int) : %s`",
                 pattern->name.name);
    }
    leave_out_types(resolver, parameters);
}

static void resolve_top_binding(Resolver *resolver, Binding *binding) {
    size_t mark = resolver->bound.count;
    check_parameter_types(resolver, &binding->parameters, &binding->type);
    resolve_parameters(resolver, &binding->parameters);
    resolve_type_syntax(resolver, binding->type);
    resolve_expression(resolver, binding->value);
    leave_scope(resolver, mark);
}

// The variables of a top-level pattern are the module's values already; its constructors and types are left.
static void resolve_top_pattern(Resolver *resolver, Pattern *pattern) {
    if (!pattern) return;
    if (pattern->kind == PATTERN_CONSTRUCTOR) resolve_name(resolver, NAMESPACE_CONSTRUCTOR, &pattern->name);
    resolve_type_syntax(resolver, pattern->type);
    for (size_t i = 0; i < pattern->items.count; i++) resolve_top_pattern(resolver, pattern->items.items[i]);
    for (size_t i = 0; i < pattern->fields.count; i++) resolve_top_pattern(resolver, pattern->fields.items[i].pattern);
}

static void resolve_spec(Resolver *resolver, Declaration *declaration) {
    size_t mark = resolver->bound.count;
    check_parameter_types(resolver, &declaration->spec_parameters, NULL);
    resolve_parameters(resolver, &declaration->spec_parameters);
    resolve_expression(resolver, declaration->spec_subject);
    resolve_steps(resolver, &declaration->spec_steps);
    resolve_expression(resolver, declaration->spec_returns);
    leave_scope(resolver, mark);
}

static void resolve_test(Resolver *resolver, Declaration *declaration) {
    size_t mark = resolver->bound.count;
    resolve_parameters(resolver, &declaration->binding.parameters);
    resolve_expression(resolver, declaration->test_guard);
    resolve_expression(resolver, declaration->binding.value);
    leave_scope(resolver, mark);
}

static void resolve_definition(Resolver *resolver, Definition *definition) {
    Declaration *declaration = definition->declaration;
    resolver->definition = definition;
    switch (declaration->kind) {
    case DECLARATION_LET: resolve_top_pattern(resolver, declaration->binding.pattern); break;
    case DECLARATION_CELL: resolve_type_syntax(resolver, declaration->type); break;
    case DECLARATION_SPEC: resolve_spec(resolver, declaration); break;
    case DECLARATION_TEST: resolve_test(resolver, declaration); break;
    default: break;
    }
    if (declaration->kind != DECLARATION_SPEC && declaration->kind != DECLARATION_TEST) resolve_top_binding(resolver, &declaration->binding);
    resolver->definition = NULL;
}

static void resolve_type_declaration(Resolver *resolver, Declaration *declaration) {
    for (size_t i = 0; i < declaration->constructors.count; i++) resolve_type_list(resolver, &declaration->constructors.items[i].fields);
    for (size_t i = 0; i < declaration->fields.count; i++) resolve_type_syntax(resolver, declaration->fields.items[i].type);
    for (size_t i = 0; i < declaration->operations.count; i++) resolve_type_syntax(resolver, declaration->operations.items[i].type);
    if (declaration->kind == DECLARATION_ALIAS && declaration->type && declaration->type->kind == TYPE_SYNTAX_NAME)
        resolver->in_arguments = true;
    if (declaration->kind == DECLARATION_ALIAS || declaration->kind == DECLARATION_EXTERN_LET)
        resolve_type_syntax(resolver, declaration->type);
    resolver->in_arguments = false;
}

// Whether the file asks for `Name.get`, `Name.set` or `Name.update`.
static bool is_used_as_cell(const Source *source, Symbol name) {
    size_t length = strlen(name);
    static const char *const operations[] = {"get", "set", "update", "run"};
    const char *end = source->text.bytes + source->text.length;
    for (const char *at = source->text.bytes; (at = memchr(at, name[0], (size_t)(end - at))); at++) {
        if ((size_t)(end - at) <= length + 1 || memcmp(at, name, length) != 0 || at[length] != '.') continue;
        for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
            size_t size = strlen(operations[i]);
            if ((size_t)(end - at) > length + size && memcmp(at + length + 1, operations[i], size) == 0) return true;
        }
    }
    return false;
}

// `let Foo = 1`, where nothing is called Foo: a name in the wrong case, or a cell, told once.
void check_bound_case(Resolver *resolver, const Pattern *pattern) {
    Scope *scope = &resolver->scope;
    if (!pattern || pattern->kind != PATTERN_CONSTRUCTOR || pattern->name.qualifier) return;
    Symbol name = pattern->name.name;
    if (find_meaning(scope, NAMESPACE_CONSTRUCTOR, &pattern->name) || table_has(&scope->module->syntax->lost, name)) return;
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0306, pattern->name.span, "there is no constructor `%s`", name);
    if (is_used_as_cell(pattern->name.span.source, name)) add_hint(diagnostics, diagnostic, "a cell is declared with `cell`: `cell %s : Int = 0`", name);
    else add_hint(diagnostics, diagnostic, "the name of a value begins with a small letter: `%c%s`", name[0] - 'A' + 'a', name + 1);
    table_put(&scope->module->syntax->lost, name, (void *)name);
}

static void resolve_module(Compilation *compilation, Modules *modules, Module *module) {
    Resolver resolver = {.scope = {compilation, modules, module, .locals = table_in(compilation->arena)}, .arena = compilation->arena};
    for (Namespace space = 0; space < NAMESPACES; space++) resolver.scope.told[space] = table_in(compilation->arena);
    for (size_t i = 0; i < module->syntax->declarations.count; i++)
        resolve_type_declaration(&resolver, module->syntax->declarations.items[i]);
    for (size_t i = 0; i < module->definitions.count; i++)
        check_bound_case(&resolver, module->definitions.items[i]->declaration->binding.pattern);
    for (size_t i = 0; i < module->definitions.count; i++) resolve_definition(&resolver, module->definitions.items[i]);
}

void resolve_modules(Compilation *compilation, Modules *modules) {
    declare_builtins(compilation, modules);
    for (size_t i = 0; i < modules->list.count; i++) declare_module(compilation, modules, modules->list.items[i]);
    for (size_t i = 0; i < modules->list.count; i++) resolve_module(compilation, modules, modules->list.items[i]);
}
