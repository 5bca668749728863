// What to say about a name that is not known: a near name, the module it is in, what it is instead.
#include "scope.h"

#include <string.h>

typedef struct Nearest {
    Text name;
    unsigned best;
    const char *found;
} Nearest;

static void consider(Nearest *nearest, const char *candidate) {
    unsigned distance = text_distance(nearest->name, text_of(candidate), nearest->best);
    if (distance >= nearest->best) return;
    nearest->best = distance;
    nearest->found = candidate;
}

static void consider_table(Nearest *nearest, const Table *table, const Module *from) {
    for (size_t i = 0; i < table->count; i++) {
        const Meaning *meaning = table->entries[i].value;
        if (meaning->kind == MEANING_OPERATION && meaning->module == from) continue;
        if (!meaning->is_private || meaning->module == from) consider(nearest, meaning->name);
    }
}

static void consider_keys(Nearest *nearest, const Table *table) {
    for (size_t i = 0; i < table->count; i++) consider(nearest, table->entries[i].key);
}

static Nearest nearest_to(Symbol name) {
    size_t length = strlen(name);
    return (Nearest){text_of(name), length < 3 ? (unsigned)length : (unsigned)(length / 3) + 1, NULL};
}

static const char *describe_space(Namespace space) {
    switch (space) {
    case NAMESPACE_VALUE: return "value";
    case NAMESPACE_CONSTRUCTOR: return "constructor";
    case NAMESPACE_TYPE: return "type";
    default: return "effect";
    }
}

static DiagnosticCode code_of(Namespace space) {
    switch (space) {
    case NAMESPACE_VALUE: return E0305;
    case NAMESPACE_CONSTRUCTOR: return E0306;
    case NAMESPACE_TYPE: return E0307;
    default: return E0308;
    }
}

static const Import *find_import(const Module *module, const Module *target) {
    for (size_t i = 0; i < module->imports.count; i++) {
        if (module->imports.items[i]->module == target) return module->imports.items[i];
    }
    return NULL;
}

// "it is in the module List": when some loaded module declares just this name.
static bool hint_module(Scope *scope, Diagnostic *diagnostic, Namespace space, Symbol name) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    for (size_t i = 0; i < scope->modules->list.count; i++) {
        const Module *module = scope->modules->list.items[i];
        const Meaning *meaning = table_get(names_of(module, space), name);
        if (!meaning || meaning->is_private || module == scope->module || module == scope->modules->prelude) continue;
        const Import *import = find_import(scope->module, module);
        if (import) add_hint(diagnostics, diagnostic, "it is in the module `%s`: write `%s.%s`", module->full_name, import->prefix, name);
        else
            add_hint(diagnostics, diagnostic, "it is in the module `%s`: add `import %s (%s)`", module->full_name, module->full_name, name);
        return true;
    }
    return false;
}

static const char *find_near(const Scope *scope, Namespace space, Symbol name) {
    Nearest nearest = nearest_to(name);
    if (space == NAMESPACE_VALUE) {
        for (size_t i = 0; i < scope->locals.count; i++) {
            if (scope->locals.entries[i].value) consider(&nearest, scope->locals.entries[i].key);
        }
    }
    const Module *module = scope->module;
    consider_table(&nearest, names_of(module, space), module);
    const Table *imported[] = {&module->imported_values, &module->imported_constructors, &module->imported_types,
                               &module->imported_effects};
    consider_keys(&nearest, imported[space]);
    consider_table(&nearest, names_of(scope->modules->prelude, space), module);
    for (size_t i = 0; space == NAMESPACE_EFFECT && standard_effects[i]; i++) consider(&nearest, standard_effects[i]);
    return nearest.found;
}

static bool hint_near(Scope *scope, Diagnostic *diagnostic, Namespace space, Symbol name) {
    const char *near = find_near(scope, space, name);
    if (near) add_hint(scope->compilation->diagnostics, diagnostic, "did you mean `%s`?", near);
    else if (space == NAMESPACE_TYPE && strlen(name) == 1)
        add_hint(scope->compilation->diagnostics, diagnostic, "a type variable begins with a small letter: `%c`", name[0] - 'A' + 'a');
    return near != NULL;
}

// A name of another kind: a type where an effect should stand, a record where a constructor should.
static bool follows_two_colons(const Name *name) {
    const char *bytes = name->span.source->text.bytes;
    size_t at = name->span.start;
    while (at > 0 && bytes[at - 1] == ' ') at--;
    return at >= 2 && bytes[at - 1] == ':' && bytes[at - 2] == ':';
}

static bool hint_other_kind(Scope *scope, Diagnostic *diagnostic, Namespace space, const Name *name) {
    if (space == NAMESPACE_CONSTRUCTOR && follows_two_colons(name) && find_meaning(scope, NAMESPACE_TYPE, name)) {
        add_hint(scope->compilation->diagnostics, diagnostic, "a type is noted with one colon: `x : %s`; `::` puts a value before a list", name->name);
        return true;
    }
    for (Namespace other = NAMESPACE_CONSTRUCTOR; other <= NAMESPACE_EFFECT; other++) {
        const Meaning *meaning = other == space ? NULL : find_meaning(scope, other, name);
        if (!meaning) continue;
        bool is_cell = meaning->kind == MEANING_EFFECT && meaning->declaration && meaning->declaration->kind == DECLARATION_CELL;
        if (space == NAMESPACE_CONSTRUCTOR && is_cell) {
            add_hint(scope->compilation->diagnostics, diagnostic, "`%s` is a cell: the computation `%s.get` answers its value", name->name, name->name);
            return true;
        }
        bool is_record = meaning->kind == MEANING_TYPE && meaning->declaration && meaning->declaration->is_record;
        const char *advice = space == NAMESPACE_CONSTRUCTOR && is_record ? ": a record is written `{ field = value }`" : "";
        add_hint(scope->compilation->diagnostics, diagnostic, "`%s` is a%s %s, not a%s %s%s", name->name,
                 other == NAMESPACE_EFFECT ? "n" : "", describe_space(other), space == NAMESPACE_EFFECT ? "n" : "", describe_space(space),
                 advice);
        return true;
    }
    return false;
}

static bool module_exists(Scope *scope, Symbol name) {
    const Compilation *compilation = scope->compilation;
    Builder path = builder_in(compilation->arena);
    build_format(&path, "%s.fx", name);
    const char *file = builder_string(&path);
    return compilation->read_source(compilation->read_context, file, false) ||
           compilation->read_source(compilation->read_context, file, true);
}

static Symbol find_loaded_module(Scope *scope, Symbol name) {
    for (size_t i = 0; i < scope->modules->list.count; i++) {
        const Module *module = scope->modules->list.items[i];
        if (module->name == name && module != scope->module) return module->full_name;
    }
    return module_exists(scope, name) ? name : NULL;
}

static bool imports_named(const Module *module, Symbol name) {
    for (size_t i = 0; i < module->imports.count; i++)
        if (module->imports.items[i]->module->full_name == name) return true;
    return false;
}

static void hint_import(Scope *scope, Diagnostic *diagnostic, Namespace space, Symbol module) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    if (!imports_named(scope->module, module)) add_hint(diagnostics, diagnostic, "add `import %s` at the top of the file", module);
    else if (strcmp(module, "Bytes") == 0) add_hint(diagnostics, diagnostic, "bytes are held in a `String`, and `Bytes` is a module of functions for it");
    else add_hint(diagnostics, diagnostic, "`%s` is a module, and no %s of it has its name", module, describe_space(space));
}

// Within its own module, too, an operation is written with its effect.
static bool hint_own_operation(Scope *scope, Diagnostic *diagnostic, Symbol name) {
    const Module *module = scope->module;
    for (size_t i = 0; i < module->effects.count; i++) {
        const Meaning *effect = module->effects.entries[i].value;
        if (effect->kind != MEANING_EFFECT || !find_operation(effect, name)) continue;
        add_hint(scope->compilation->diagnostics, diagnostic, "it is an operation: write `%s.%s`", effect->name, name);
        return true;
    }
    return false;
}

// `f"Hello {name}"`, or the function of some module.
static void hint_standard_function(Scope *scope, Diagnostic *diagnostic, const Name *name) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    const char *function = find_standard_function(name->name);
    bool is_prefix = name->span.source->text.bytes[name->span.end] == '"';
    if (is_prefix) add_hint(diagnostics, diagnostic, "a text has no letter in front: it takes a value in as `\\(value)`");
    else if (function) add_hint(diagnostics, diagnostic, "is it `%s`? add `import %.*s`", function, (int)strcspn(function, "."), function);
}

// A clause of a handler that begins with a name which is no operation: what the handled computation answers is named by `ret`.
static void hint_clause(Scope *scope, Diagnostic *diagnostic, const Name *name) {
    add_hint(scope->compilation->diagnostics, diagnostic, "a clause is for an operation, `| Effect.operation x -> ...`, or for the answer: `| ret %s -> ...`",
             name->name);
}

static void report_unqualified(Scope *scope, Namespace space, const Name *name) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    Diagnostic *diagnostic;
    if (space == NAMESPACE_VALUE) diagnostic = report(diagnostics, E0305, name->span, "nothing here is called `%s`", name->name);
    else diagnostic = report(diagnostics, code_of(space), name->span, "there is no %s `%s`", describe_space(space), name->name);
    const char *habit = space == NAMESPACE_VALUE ? find_conversion(name->name) : NULL;
    if (!habit) habit = find_habit(name->name);
    if (hint_other_kind(scope, diagnostic, space, name)) return;
    if (space == NAMESPACE_VALUE && hint_own_operation(scope, diagnostic, name->name)) return;
    bool may_be_module = space == NAMESPACE_EFFECT || space == NAMESPACE_TYPE;
    bool is_misspelt = false;
    Symbol unit = may_be_module ? find_loaded_module(scope, name->name) : NULL;
    if (unit) hint_import(scope, diagnostic, space, unit);
    else if (habit) add_hint(diagnostics, diagnostic, "in fx that is `%s`", habit);
    else if (!hint_module(scope, diagnostic, space, name->name)) is_misspelt = hint_near(scope, diagnostic, space, name->name);
    // What is missing is missing once, wherever it is written.
    if ((space == NAMESPACE_TYPE || unit) && !is_misspelt) table_put(&scope->module->syntax->lost, name->name, (void *)name->name);
    bool is_bare = diagnostic->hint.length == 0 && space == NAMESPACE_VALUE;
    if (is_bare && scope->in_clause_head) hint_clause(scope, diagnostic, name);
    else if (is_bare && strcmp(name->name, "resume") == 0)
        add_hint(diagnostics, diagnostic, "a clause that gets the continuation begins with `ctl`, and names it last: `| ctl Effect.operation x resume -> ...`");
    else if (is_bare) hint_standard_function(scope, diagnostic, name);
}

// ---- qualified names ----

enum { MOST_NAMES_SHOWN = 12 };

// All constructors (types, effects) that the module offers, when they are few.
static void hint_all_names(Scope *scope, Diagnostic *diagnostic, Namespace space, const Module *module) {
    const Table *table = names_of(module, space);
    Builder list = builder_in(scope->compilation->arena);
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++) {
        const Meaning *meaning = table->entries[i].value;
        if (!meaning->is_private) build_format(&list, "%s`%s`", count++ ? ", " : "", meaning->name);
    }
    if (count == 0 || count > MOST_NAMES_SHOWN) return;
    add_hint(scope->compilation->diagnostics, diagnostic, "it has the %s%s %s", describe_space(space), count == 1 ? "" : "s", builder_string(&list));
}

// `toUpper` as `to_upper`.
static Symbol in_snake_case(Scope *scope, Symbol name) {
    Builder builder = builder_in(scope->compilation->arena);
    for (const char *byte = name; *byte; byte++) {
        bool is_capital = *byte >= 'A' && *byte <= 'Z';
        if (is_capital && byte > name) build_byte(&builder, '_');
        build_byte(&builder, is_capital ? (char)(*byte - 'A' + 'a') : *byte);
    }
    return symbol_of(scope->compilation->symbols, builder_string(&builder));
}

// What a name with capitals inside it is called here, or NULL.
static const char *find_in_other_case(Scope *scope, const Import *import, Symbol name) {
    Symbol snake = in_snake_case(scope, name);
    if (snake == name || name[0] < 'a') return NULL;
    const Meaning *meaning = table_get(&import->module->values, snake);
    if (meaning && !meaning->is_private) return symbol_format(scope->compilation->symbols, "%s.%s", import->prefix, snake);
    return find_habit_of_module(import->module->full_name, snake);
}

static void report_not_in_module(Scope *scope, Namespace space, const Name *name, const Import *import) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, code_of(space), name->span, "the module `%s` has no %s `%s`", import->module->full_name,
                                    space == NAMESPACE_VALUE ? "function or value" : describe_space(space), name->name);
    if (hint_other_kind(scope, diagnostic, space, name)) return;
    Nearest nearest = nearest_to(name->name);
    consider_table(&nearest, names_of(import->module, space), scope->module);
    const char *habit = find_in_other_case(scope, import, name->name);
    if (!habit) habit = find_habit_of_module(import->module->full_name, name->name);
    if (habit) add_hint(diagnostics, diagnostic, "in fx that is `%s`", habit);
    else if (nearest.found) add_hint(diagnostics, diagnostic, "did you mean `%s.%s`?", import->prefix, nearest.found);
    else if (!hint_module(scope, diagnostic, space, name->name) && space != NAMESPACE_VALUE) hint_all_names(scope, diagnostic, space, import->module);
}

static void report_no_operation(Scope *scope, const Name *name, const Meaning *effect) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    bool is_cell = effect->declaration && effect->declaration->kind == DECLARATION_CELL;
    Diagnostic *diagnostic =
        report(diagnostics, E0309, name->span, "the %s `%s` has no operation `%s`", is_cell ? "cell" : "effect", effect->name, name->name);
    add_label(diagnostics, diagnostic, effect->span, "`%s` is declared here", effect->name);
    const char *habit = find_habit_of_module(effect->name, name->name);
    if (habit) {
        add_hint(diagnostics, diagnostic, "in fx that is `%s`", habit);
        return;
    }
    Nearest nearest = nearest_to(name->name);
    for (size_t i = 0; i < effect->operations.count; i++) consider(&nearest, effect->operations.items[i]->name);
    if (nearest.found) {
        add_hint(diagnostics, diagnostic, "did you mean `%s.%s`?", name->qualifier, nearest.found);
        return;
    }
    Builder list = builder_in(scope->compilation->arena);
    for (size_t i = 0; i < effect->operations.count; i++) build_format(&list, "%s`%s`", i ? ", " : "", effect->operations.items[i]->name);
    if (effect->operations.count) add_hint(diagnostics, diagnostic, "its operations are %s", builder_string(&list));
}

static const char *last_part(const char *module) {
    const char *point = strrchr(module, '.');
    return point ? point + 1 : module;
}

static void report_no_prefix(Scope *scope, const Name *name) {
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    Symbol existing = strchr(name->qualifier, '.') ? NULL : find_loaded_module(scope, name->qualifier);
    if (existing) {
        Diagnostic *diagnostic = report(diagnostics, E0312, name->span, "the module `%s` is not imported here", existing);
        add_hint(diagnostics, diagnostic, "add `import %s` at the top of the file", existing);
        table_put(&scope->module->syntax->lost, name->qualifier, (void *)name->qualifier); // the import is missing once
        return;
    }
    Diagnostic *diagnostic = report(diagnostics, E0312, name->span, "no module or effect is called `%s` here", name->qualifier);
    if (imports_named(scope->module, name->qualifier)) {
        add_hint(diagnostics, diagnostic, "a module is called by the last part of its name: write `%s.%s`", last_part(name->qualifier), name->name);
        return;
    }
    const char *habit = find_module_habit(name->qualifier);
    if (habit) {
        add_hint(diagnostics, diagnostic, "in fx that is `%s`: add `import %s`", habit, habit);
        return;
    }
    Nearest nearest = nearest_to(name->qualifier);
    consider_keys(&nearest, &scope->module->prefixes);
    consider_keys(&nearest, &scope->module->effects);
    consider_keys(&nearest, &scope->module->imported_effects);
    const char *known = nearest.found;
    for (size_t i = 0; standard_modules[i]; i++) consider(&nearest, standard_modules[i]);
    if (nearest.found && nearest.found == known) add_hint(diagnostics, diagnostic, "did you mean `%s.%s`?", nearest.found, name->name);
    else if (nearest.found)
        add_hint(diagnostics, diagnostic, "did you mean `%s.%s`? add `import %s`", last_part(nearest.found), name->name, nearest.found);
}

// What an import or a declaration would have brought, had it not been in error: a module that is not imported, as many names as
// declarations lack theirs, and names that are like no others.
static bool may_be_lost(Scope *scope, Namespace space, const Name *name) {
    ModuleSyntax *syntax = scope->module->syntax;
    bool may_be_module = name->qualifier ? !strchr(name->qualifier, '.') : space == NAMESPACE_EFFECT || space == NAMESPACE_TYPE;
    if (syntax->lacks_import && may_be_module && find_loaded_module(scope, name->qualifier ? name->qualifier : name->name)) return true;
    if (syntax->nameless == 0 || name->qualifier) return false;
    if (syntax->found_names >= syntax->nameless && find_near(scope, space, name->name)) return false;
    syntax->found_names++;
    table_put(&syntax->lost, name->name, (void *)name->name);
    return true;
}

// A name that stands in a declaration or an import that was reported is not an error of its own.
static bool is_lost(Scope *scope, const Name *name) {
    const ModuleSyntax *syntax = scope->module->syntax;
    if (syntax->was_cut) return true;
    if (!name->qualifier) return table_has(&syntax->lost, name->name);
    const Import *import = table_get(&scope->module->prefixes, name->qualifier);
    if (import) return import->module->syntax->was_cut || table_has(&import->module->syntax->lost, name->name);
    Text first = {name->qualifier, strcspn(name->qualifier, ".")};
    return table_has(&syntax->lost, symbol_of_text(scope->compilation->symbols, first));
}

enum { MOST_PLACES_SHOWN = 3 };

// One name that is not known is one mistake, in whatever places it stands.
static bool is_told(Scope *scope, Namespace space, const Name *name, Symbol written) {
    Diagnostic *before = table_get(&scope->told[space], written);
    if (before && before->labels.count < MOST_PLACES_SHOWN) add_label(scope->compilation->diagnostics, before, name->span, "here, too");
    return before;
}

static void report_name(Scope *scope, Namespace space, const Name *name) {
    if (!name->qualifier) {
        report_unqualified(scope, space, name);
        return;
    }
    Name effect_name = {.name = name->qualifier, .span = name->span};
    const Import *import = table_get(&scope->module->prefixes, name->qualifier);
    const Meaning *effect = space == NAMESPACE_VALUE ? find_meaning(scope, NAMESPACE_EFFECT, &effect_name) : NULL;
    if (import) report_not_in_module(scope, space, name, import);
    else if (effect && effect->kind == MEANING_EFFECT) report_no_operation(scope, name, effect);
    else report_no_prefix(scope, name);
}

// The name as it is told once: of one behind a prefix that is not known, the prefix.
static Symbol name_to_tell(Scope *scope, const Name *name) {
    if (!name->qualifier) return name->name;
    Name effect = {.name = name->qualifier, .span = name->span};
    bool is_known = table_get(&scope->module->prefixes, name->qualifier) || find_meaning(scope, NAMESPACE_EFFECT, &effect);
    return is_known ? symbol_format(scope->compilation->symbols, "%s.%s", name->qualifier, name->name)
                    : symbol_format(scope->compilation->symbols, "%s.", name->qualifier);
}

Meaning *report_unknown(Scope *scope, Namespace space, const Name *name) {
    const Compilation *compilation = scope->compilation;
    Meaning *error = new_meaning(compilation->arena, MEANING_ERROR, name->name, name->span);
    Symbol written = name_to_tell(scope, name);
    if (is_lost(scope, name) || may_be_lost(scope, space, name) || is_told(scope, space, name, written)) return error;
    report_name(scope, space, name);
    const Diagnostics *diagnostics = compilation->diagnostics;
    table_put(&scope->told[space], written, diagnostics->list.items[diagnostics->list.count - 1]);
    return error;
}
