// The names that modules declare and import.
#include "scope.h"

#include <string.h>

Meaning *new_meaning(Arena *arena, MeaningKind kind, Symbol name, Span span) {
    Meaning *meaning = NEW(arena, Meaning);
    meaning->kind = kind;
    meaning->name = name;
    meaning->span = span;
    return meaning;
}

const Table *names_of(const Module *module, Namespace space) {
    switch (space) {
    case NAMESPACE_VALUE: return &module->values;
    case NAMESPACE_CONSTRUCTOR: return &module->constructors;
    case NAMESPACE_TYPE: return &module->types;
    default: return &module->effects;
    }
}

static Table *imported_of(Module *module, Namespace space) {
    switch (space) {
    case NAMESPACE_VALUE: return &module->imported_values;
    case NAMESPACE_CONSTRUCTOR: return &module->imported_constructors;
    case NAMESPACE_TYPE: return &module->imported_types;
    default: return &module->imported_effects;
    }
}

// ---- looking up ----

// What an import brings in without a prefix.
typedef struct Imported {
    Meaning *meaning;
    Import *import;
    Span span; // in the import's list, or of its head
} Imported;

Meaning *find_operation(const Meaning *effect, Symbol name) {
    for (size_t i = 0; i < effect->operations.count; i++) {
        if (effect->operations.items[i]->name == name) return effect->operations.items[i];
    }
    return NULL;
}

static Meaning *find_unqualified(Scope *scope, Namespace space, Symbol name) {
    Meaning *own = table_get(names_of(scope->module, space), name);
    if (own && !(space == NAMESPACE_VALUE && own->kind == MEANING_OPERATION)) return own;
    Imported *imported = table_get(imported_of(scope->module, space), name);
    if (imported) {
        imported->import->is_used = true;
        return imported->meaning;
    }
    return table_get(names_of(scope->modules->prelude, space), name);
}

static Meaning *find_in_import(Scope *scope, Namespace space, Symbol prefix, Symbol name) {
    Import *import = table_get(&scope->module->prefixes, prefix);
    if (!import) return NULL;
    import->is_used = true;
    return table_get(names_of(import->module, space), name);
}

// `Names.Visits.get`: the effect Visits of the module imported as Names.
static Meaning *find_qualified_effect(Scope *scope, Symbol qualifier) {
    const char *dot = strrchr(qualifier, '.');
    if (!dot) return find_unqualified(scope, NAMESPACE_EFFECT, qualifier);
    Symbols *symbols = scope->compilation->symbols;
    Symbol prefix = symbol_of_text(symbols, (Text){qualifier, (size_t)(dot - qualifier)});
    return find_in_import(scope, NAMESPACE_EFFECT, prefix, symbol_of(symbols, dot + 1));
}

Meaning *find_meaning(Scope *scope, Namespace space, const Name *name) {
    if (!name->qualifier) return find_unqualified(scope, space, name->name);
    Meaning *found = find_in_import(scope, space, name->qualifier, name->name);
    if (found || space != NAMESPACE_VALUE) return found;
    Meaning *effect = find_qualified_effect(scope, name->qualifier);
    return effect && effect->kind == MEANING_EFFECT ? find_operation(effect, name->name) : NULL;
}

// ---- declaring ----

static const char *describe_meaning(const Meaning *meaning) {
    switch (meaning->kind) {
    case MEANING_CONSTRUCTOR: return "constructor";
    case MEANING_TYPE: return "type";
    case MEANING_ALIAS: return "alias";
    case MEANING_EFFECT: return meaning->declaration && meaning->declaration->kind == DECLARATION_CELL ? "cell" : "effect";
    case MEANING_OPERATION: return "operation";
    case MEANING_SPEC: return "spec";
    default: return "name";
    }
}

// Whether a parameter is more than a name: a case of what the function takes, as other languages write it.
static bool takes_pattern(const Meaning *meaning) {
    if (meaning->kind != MEANING_VALUE || !meaning->declaration || meaning->declaration->kind != DECLARATION_LET) return false;
    const Patterns *parameters = &meaning->declaration->binding.parameters;
    for (size_t i = 0; i < parameters->count; i++) {
        PatternKind kind = parameters->items[i]->kind;
        if (kind != PATTERN_VARIABLE && kind != PATTERN_ANNOTATED && kind != PATTERN_WILDCARD) return true;
    }
    return false;
}

static void declare(Compilation *compilation, Module *module, Table *table, Meaning *meaning) {
    Meaning *first = table_get(table, meaning->name);
    meaning->module = module;
    if (!first) {
        table_put(table, meaning->name, meaning);
        return;
    }
    first->is_wrong = true;
    module->syntax->nameless++; // one of the two was meant to have another name
    Diagnostics *diagnostics = compilation->diagnostics;
    Diagnostic *diagnostic =
        report(diagnostics, E0310, meaning->span, "the %s `%s` is declared twice", describe_meaning(meaning), meaning->name);
    if (first->span.source) add_label(diagnostics, diagnostic, first->span, "the first `%s` is here", first->name);
    else add_hint(diagnostics, diagnostic, "`%s` is built in: choose another name", first->name);
    if (takes_pattern(first) && takes_pattern(meaning))
        add_hint(diagnostics, diagnostic, "a function is defined once: `let %s x = match x`, and below it a clause for each case", meaning->name);
}

static Meaning *declare_of(Compilation *compilation, Module *module, Table *table, MeaningKind kind, Declaration *declaration, Name *name) {
    Meaning *meaning = new_meaning(compilation->arena, kind, name->name, name->span);
    meaning->declaration = declaration;
    meaning->is_private = declaration->is_private;
    name->meaning = meaning;
    declare(compilation, module, table, meaning);
    return meaning;
}

static void declare_type(Compilation *compilation, Module *module, Declaration *declaration) {
    declare_of(compilation, module, &module->types, MEANING_TYPE, declaration, &declaration->name);
    for (size_t i = 0; i < declaration->constructors.count; i++) {
        Name *name = &declaration->constructors.items[i].name;
        Meaning *constructor = declare_of(compilation, module, &module->constructors, MEANING_CONSTRUCTOR, declaration, name);
        constructor->index = (unsigned)i;
        constructor->is_private = declaration->is_opaque;
    }
}

static void declare_alias(Compilation *compilation, Module *module, Declaration *declaration) {
    bool is_row = declaration->type && declaration->type->kind == TYPE_SYNTAX_ROW;
    bool is_name = declaration->type && declaration->type->kind == TYPE_SYNTAX_NAME;
    Meaning *alias =
        declare_of(compilation, module, is_row ? &module->effects : &module->types, MEANING_ALIAS, declaration, &declaration->name);
    if (is_name && !table_has(&module->effects, alias->name)) table_put(&module->effects, alias->name, alias);
}

static void add_operation(Compilation *compilation, Module *module, Meaning *effect, Symbol name, Span span, unsigned index) {
    Meaning *operation = new_meaning(compilation->arena, MEANING_OPERATION, name, span);
    operation->module = module;
    operation->declaration = effect->declaration;
    operation->index = index;
    Meaning *first = find_operation(effect, name);
    if (first) {
        Diagnostic *diagnostic = report(compilation->diagnostics, E0310, span, "the operation `%s` is declared twice", name);
        add_label(compilation->diagnostics, diagnostic, first->span, "the first `%s` is here", name);
    }
    vector_push(compilation->arena, &effect->operations, operation);
}

static void declare_effect(Compilation *compilation, Module *module, Declaration *declaration) {
    Meaning *effect = declare_of(compilation, module, &module->effects, MEANING_EFFECT, declaration, &declaration->name);
    for (size_t i = 0; i < declaration->operations.count; i++) {
        Name *name = &declaration->operations.items[i].name;
        add_operation(compilation, module, effect, name->name, name->span, (unsigned)i);
    }
}

static void declare_cell(Compilation *compilation, Module *module, Declaration *declaration) {
    static const char *const names[] = {"get", "set", "update", "run"};
    Meaning *cell = declare_of(compilation, module, &module->effects, MEANING_EFFECT, declaration, &declaration->name);
    for (unsigned i = CELL_GET; i <= CELL_RUN; i++) {
        add_operation(compilation, module, cell, symbol_of(compilation->symbols, names[i]), declaration->name.span, i);
    }
}

// The variables of a top-level pattern, as values of the module.
static void declare_pattern(Compilation *compilation, Module *module, Definition *definition, Pattern *pattern) {
    if (!pattern) return;
    bool names_variable = pattern->kind == PATTERN_VARIABLE || pattern->kind == PATTERN_AS;
    for (size_t i = 0; i < pattern->items.count; i++) declare_pattern(compilation, module, definition, pattern->items.items[i]);
    for (size_t i = 0; i < pattern->fields.count; i++) declare_pattern(compilation, module, definition, pattern->fields.items[i].pattern);
    if (!names_variable) return;
    Meaning *value = declare_of(compilation, module, &module->values, MEANING_VALUE, definition->declaration, &pattern->name);
    value->definition = definition;
    vector_push(compilation->arena, &definition->names, value);
}

static Definition *add_definition(Compilation *compilation, Module *module, Declaration *declaration) {
    Definition *definition = NEW(compilation->arena, Definition);
    definition->declaration = declaration;
    definition->module = module;
    vector_push(compilation->arena, &module->definitions, definition);
    return definition;
}

static void declare_spec(Compilation *compilation, Module *module, Declaration *declaration) {
    Meaning *spec = declare_of(compilation, module, &module->values, MEANING_SPEC, declaration, &declaration->name);
    spec->definition = add_definition(compilation, module, declaration);
    vector_push(compilation->arena, &spec->definition->names, spec);
}

static void declare_one(Compilation *compilation, Module *module, Declaration *declaration) {
    switch (declaration->kind) {
    case DECLARATION_TYPE:
    case DECLARATION_EXTERN_TYPE: declare_type(compilation, module, declaration); break;
    case DECLARATION_ALIAS: declare_alias(compilation, module, declaration); break;
    case DECLARATION_LET:
        declare_pattern(compilation, module, add_definition(compilation, module, declaration), declaration->binding.pattern);
        break;
    case DECLARATION_EXTERN_LET:
        declare_of(compilation, module, &module->values, MEANING_VALUE, declaration, &declaration->name);
        break;
    case DECLARATION_SPEC: declare_spec(compilation, module, declaration); break;
    case DECLARATION_TEST: add_definition(compilation, module, declaration); break;
    case DECLARATION_EFFECT: declare_effect(compilation, module, declaration); break;
    case DECLARATION_CELL:
        declare_cell(compilation, module, declaration);
        add_definition(compilation, module, declaration);
        break;
    case DECLARATION_IMPORT: break;
    }
}

// `Console.print_line`: the operations of the effect that bears the module's name are names of the module.
static void declare_own_operations(Compilation *compilation, Module *module) {
    Meaning *effect = table_get(&module->effects, module->name);
    if (!effect || effect->kind != MEANING_EFFECT) return;
    for (size_t i = 0; i < effect->operations.count; i++) {
        Meaning *operation = effect->operations.items[i], *value = table_get(&module->values, operation->name);
        if (!value || value == operation) {
            table_put(&module->values, operation->name, operation);
            continue;
        }
        Diagnostics *diagnostics = compilation->diagnostics;
        Diagnostic *diagnostic =
            report(diagnostics, E0310, value->span, "`%s.%s` would stand for this and for an operation of the effect `%s`", module->name,
                   value->name, effect->name);
        add_label(diagnostics, diagnostic, operation->span, "the operation `%s` is here", operation->name);
    }
}

// ---- imports ----

static void bring_in(Compilation *compilation, Module *module, Namespace space, Symbol name, Import *import, Meaning *meaning, Span span) {
    Imported *first = table_get(imported_of(module, space), name);
    if (first && first->meaning == meaning) return;
    if (first) {
        Diagnostics *diagnostics = compilation->diagnostics;
        Diagnostic *diagnostic = report(diagnostics, E0313, span, "`%s` is imported from `%s` and from `%s`", name,
                                        first->import->module->full_name, import->module->full_name);
        add_label(diagnostics, diagnostic, first->span, "it is imported here first");
        add_hint(diagnostics, diagnostic, "leave one out of its list, and write it with its module: `%s.%s`", import->prefix, name);
        return;
    }
    Imported *imported = NEW(compilation->arena, Imported);
    *imported = (Imported){meaning, import, span};
    table_put(imported_of(module, space), name, imported);
}

static void report_not_exported(Scope *scope, const Import *import, const Name *name, bool is_private) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    if (is_private) {
        report(diagnostics, E0311, name->span, "`%s` is private to the module `%s`", name->name, import->module->full_name);
        return;
    }
    Diagnostic *diagnostic = report(diagnostics, E0304, name->span, "the module `%s` has no `%s`", import->module->full_name, name->name);
    for (Namespace space = NAMESPACE_VALUE; space <= NAMESPACE_EFFECT; space++) {
        if (!table_has(names_of(scope->modules->prelude, space), name->name)) continue;
        add_hint(diagnostics, diagnostic, "`%s` is in scope without an import", name->name);
        return;
    }
    unsigned best = (unsigned)strlen(name->name) / 3 + 2;
    const char *near = NULL;
    for (Namespace space = NAMESPACE_VALUE; space <= NAMESPACE_EFFECT; space++) {
        const Table *table = names_of(import->module, space);
        for (size_t i = 0; i < table->count; i++) {
            const Meaning *meaning = table->entries[i].value;
            unsigned distance = meaning->is_private ? best : text_distance(text_of(name->name), text_of(meaning->name), best);
            if (distance >= best) continue;
            best = distance;
            near = meaning->name;
        }
    }
    if (near) add_hint(diagnostics, diagnostic, "did you mean `%s`?", near);
}

static void import_name(Scope *scope, Import *import, const Name *name) {
    bool found = false, is_private = false;
    for (Namespace space = NAMESPACE_VALUE; space <= NAMESPACE_EFFECT; space++) {
        Meaning *meaning = table_get(names_of(import->module, space), name->name);
        if (!meaning) continue;
        is_private |= meaning->is_private;
        if (meaning->is_private) continue;
        found = true;
        bring_in(scope->compilation, scope->module, space, name->name, import, meaning, name->span);
    }
    if (found) return;
    if (!import->module->syntax->was_cut && !table_has(&import->module->syntax->lost, name->name))
        report_not_exported(scope, import, name, is_private);
    for (Namespace space = NAMESPACE_VALUE; space <= NAMESPACE_EFFECT; space++) {
        Meaning *error = new_meaning(scope->compilation->arena, MEANING_ERROR, name->name, name->span);
        bring_in(scope->compilation, scope->module, space, name->name, import, error, name->span);
    }
}

// The type or effect that bears the module's own name is written by that name alone, or by the module's other name.
static void import_own_names(Scope *scope, Import *import) {
    for (Namespace space = NAMESPACE_TYPE; space <= NAMESPACE_EFFECT; space++) {
        Meaning *own = table_get(names_of(import->module, space), import->module->name);
        if (!own || own->is_private) continue;
        Span span = import->declaration->head_span;
        bring_in(scope->compilation, scope->module, space, import->prefix, import, own, span);
        if (!table_has(imported_of(scope->module, space), own->name))
            bring_in(scope->compilation, scope->module, space, own->name, import, own, span);
    }
}

static void declare_import(Scope *scope, Import *import) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    const Import *first = table_get(&scope->module->prefixes, import->prefix);
    if (first && !import->is_second) {
        Diagnostic *diagnostic =
            report(diagnostics, E0313, import->declaration->head_span, "two modules would be called `%s`", import->prefix);
        add_label(diagnostics, diagnostic, first->declaration->head_span, "`%s` is imported here", first->module->full_name);
        add_hint(diagnostics, diagnostic, "give one of them another name: `import %s as Other`", import->module->full_name);
        return;
    }
    if (!import->is_second) {
        table_put(&scope->module->prefixes, import->prefix, import);
        import_own_names(scope, import);
    }
    const Names *names = &import->declaration->import_names;
    for (size_t i = 0; i < names->count; i++) import_name(scope, import, &names->items[i]);
}

void declare_module(Compilation *compilation, Modules *modules, Module *module) {
    for (size_t i = 0; i < module->syntax->declarations.count; i++) declare_one(compilation, module, module->syntax->declarations.items[i]);
    declare_own_operations(compilation, module);
    Scope scope = {.compilation = compilation, .modules = modules, .module = module};
    for (size_t i = 0; i < module->imports.count; i++) declare_import(&scope, module->imports.items[i]);
}

static void declare_builtin_type(Compilation *compilation, Module *prelude, DataType *data) {
    Meaning *type = new_meaning(compilation->arena, MEANING_TYPE, data->name, (Span){0});
    type->data = data;
    declare(compilation, prelude, &prelude->types, type);
    for (size_t i = 0; i < data->constructors.count; i++) {
        Constructor *constructor = data->constructors.items[i];
        Meaning *meaning = new_meaning(compilation->arena, MEANING_CONSTRUCTOR, constructor->name, (Span){0});
        meaning->constructor = constructor;
        meaning->index = (unsigned)i;
        declare(compilation, prelude, &prelude->constructors, meaning);
    }
}

void declare_builtins(Compilation *compilation, Modules *modules) {
    static const char *const values[] = {"ret", "fault", "compare", "show"};
    const Builtins *b = modules->builtins;
    DataType *types[] = {b->int_type, b->float_type, b->char_type, b->string_type, b->never_type, b->unit_type, b->bool_type,
                         b->list_type, b->option_type, b->either_type, b->result_type, b->ordering_type};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) declare_builtin_type(compilation, modules->prelude, types[i]);
    for (unsigned i = BUILTIN_RET; i <= BUILTIN_SHOW; i++) {
        Meaning *value = new_meaning(compilation->arena, MEANING_BUILTIN, symbol_of(compilation->symbols, values[i]), (Span){0});
        value->index = i;
        declare(compilation, modules->prelude, &modules->prelude->values, value);
    }
}

static void report_unused_imports(Compilation *compilation, const Imports *unused) {
    Diagnostics *diagnostics = compilation->diagnostics;
    Builder names = builder_in(compilation->arena);
    size_t count = unused->count;
    for (size_t i = 0; i < count; i++)
        build_format(&names, "%s`%s`", i == 0 ? "" : i + 1 == count ? " and " : ", ", unused->items[i]->module->full_name);
    Diagnostic *diagnostic = report(diagnostics, W0001, unused->items[0]->declaration->head_span,
                                    count == 1 ? "the import of %s is not used" : "the imports of %s are not used", builder_string(&names));
    add_hint(diagnostics, diagnostic, count == 1 ? "remove the line" : "remove the lines");
}

void check_imports_used(Compilation *compilation, const Module *module) {
    Imports unused = {0};
    for (size_t i = 0; i < module->imports.count; i++) {
        if (!module->imports.items[i]->is_used) vector_push(compilation->arena, &unused, module->imports.items[i]);
    }
    if (unused.count) report_unused_imports(compilation, &unused);
}
