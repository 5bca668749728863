// Loads the program's module, those it imports and Prelude: each once, in dependence order, circles reported.
#include "scope.h"

#include <string.h>

typedef struct Loader {
    Compilation *compilation;
    Modules *modules;
    Table by_path;            // Symbol of the full name to Module
    Vector(Module *) opening; // the chain of imports being followed
    unsigned file_count;
} Loader;

static void mend_small_imports(Loader *loader, const Source *source, size_t mark);

static Symbol full_name_of(Loader *loader, const Names *path) {
    if (path->count == 1) return path->items[0].name;
    Builder name = builder_in(loader->compilation->arena);
    for (size_t i = 0; i < path->count; i++) {
        if (i) build_byte(&name, '.');
        build_string(&name, path->items[i].name);
    }
    return symbol_of_text(loader->compilation->symbols, builder_text(&name));
}

static const Source *read_module(Loader *loader, Symbol full_name, bool from_stdlib) {
    Builder path = builder_in(loader->compilation->arena);
    for (const char *c = full_name; *c; c++) build_byte(&path, *c == '.' ? '/' : *c);
    build_string(&path, ".fx");
    return loader->compilation->read_source(loader->compilation->read_context, builder_string(&path), from_stdlib);
}

static Symbol last_name(Loader *loader, Symbol full_name) {
    const char *dot = strrchr(full_name, '.');
    return dot ? symbol_of(loader->compilation->symbols, dot + 1) : full_name;
}

static Module *parse_source(Loader *loader, Symbol full_name, const Source *source, bool from_stdlib) {
    Compilation *compilation = loader->compilation;
    Module *module = NEW(compilation->arena, Module);
    module->full_name = full_name;
    module->name = last_name(loader, full_name);
    module->from_stdlib = from_stdlib;
    size_t mark = compilation->diagnostics->list.count;
    module->syntax = parse_module(compilation->arena, compilation->symbols, compilation->diagnostics, source);
    mend_small_imports(loader, source, mark);
    Table *tables[] = {&module->values, &module->constructors, &module->types, &module->effects, &module->prefixes,
                       &module->imported_values, &module->imported_constructors, &module->imported_types, &module->imported_effects};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) *tables[i] = table_in(compilation->arena);
    table_put(&loader->by_path, full_name, module);
    return module;
}

static void load_imports(Loader *loader, Module *module);

static Module *open_module(Loader *loader, Symbol full_name) {
    Module *known = table_get(&loader->by_path, full_name);
    if (known) return known;
    const Source *source = read_module(loader, full_name, false);
    bool from_stdlib = !source;
    if (from_stdlib) source = read_module(loader, full_name, true);
    return source ? parse_source(loader, full_name, source, from_stdlib) : NULL;
}

// ---- errors ----

static void report_circle(Loader *loader, const Declaration *import, const Module *target) {
    Builder chain = builder_in(loader->compilation->arena);
    size_t start = 0;
    while (loader->opening.items[start] != target) start++;
    for (size_t i = start; i < loader->opening.count; i++) build_format(&chain, "`%s` imports ", loader->opening.items[i]->full_name);
    build_format(&chain, "`%s`", target->full_name);
    Diagnostics *diagnostics = loader->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0302, import->head_span, "imports form a circle: %s", builder_string(&chain));
    add_hint(diagnostics, diagnostic, "move what both need into a module of its own");
}

static void consider_near(Text name, const char *candidate, unsigned *best, const char **nearest) {
    unsigned distance = text_distance(name, text_of(candidate), *best);
    if (distance >= *best) return;
    *best = distance;
    *nearest = candidate;
}

const char *const standard_modules[] = {
    "Args", "Array", "Base64", "Bool", "Bytes", "Channel", "Char", "Console", "Dns", "Either", "Env", "Error", "Exit", "File",
    "Float", "Http.Accept", "Http.Body", "Http.Cache", "Http.Client", "Http.Conditional", "Http.Date", "Http.Grammar", "Http.Range",
    "Http.Request", "Http.Response", "Http.Server", "Http.Target", "Int", "Integer", "Json", "List", "Log", "Map", "Mime", "Option", "Parser",
    "Path", "Process", "Promise", "Random", "Result", "Semaphore", "Set", "Show", "Signal", "String", "Task", "Tcp", "Test", "Time", "Tls", "Udp",
    "Url", "User",
    NULL,
};

const char *const standard_effects[] = {
    "Console", "Dns", "Env", "Exit", "File", "Log", "Process", "Random", "Signal", "Tcp", "Time", "Tls", "Udp", "User", NULL,
};

// A module of the standard library or one already loaded with a name like this one, or NULL.
static const char *find_near_module(Loader *loader, Symbol full_name) {
    unsigned best = (unsigned)(strlen(full_name) / 3) + 2;
    const char *nearest = NULL;
    for (size_t i = 0; standard_modules[i]; i++) consider_near(text_of(full_name), standard_modules[i], &best, &nearest);
    for (size_t i = 0; i < loader->by_path.count; i++) {
        const Module *module = loader->by_path.entries[i].value;
        if (module != loader->modules->program) consider_near(text_of(full_name), module->full_name, &best, &nearest);
    }
    return nearest;
}

// Uses of what an import in error would have brought in are no errors of their own.
static void lose_import(Module *module, const Declaration *import, Symbol meant) {
    const Names *path = &import->import_path, *names = &import->import_names;
    Symbol prefix = import->import_as ? import->import_as : path->items[path->count - 1].name;
    table_put(&module->syntax->lost, prefix, (void *)prefix);
    if (meant) table_put(&module->syntax->lost, meant, (void *)meant);
    module->syntax->lacks_records = module->syntax->lacks_import = true;
    for (size_t i = 0; i < names->count; i++) table_put(&module->syntax->lost, names->items[i].name, (void *)names->items[i].name);
}

static void report_missing(Loader *loader, Module *module, const Declaration *import, Symbol full_name) {
    Diagnostics *diagnostics = loader->compilation->diagnostics;
    const Names *path = &import->import_path;
    Span span = span_join(path->items[0].span, path->items[path->count - 1].span);
    Builder file = builder_in(loader->compilation->arena);
    for (const char *c = full_name; *c; c++) build_byte(&file, *c == '.' ? '/' : *c);
    Diagnostic *diagnostic = report(diagnostics, E0301, span, "there is no module `%s`: neither `%s.fx` beside the program nor a module of "
                                    "the standard library", full_name, builder_string(&file));
    const char *habit = find_module_habit(full_name), *near = habit ? habit : find_near_module(loader, full_name);
    if (habit) add_hint(diagnostics, diagnostic, "in fx that is `%s`", habit);
    else if (near) add_hint(diagnostics, diagnostic, "did you mean `%s`?", near);
    lose_import(module, import, near ? last_name(loader, symbol_of(loader->compilation->symbols, near)) : NULL);
}

// `import ile`: the syntax says that a capital is wanted; which module is meant is known here.
static void mend_small_imports(Loader *loader, const Source *source, size_t mark) {
    const Diagnostics *diagnostics = loader->compilation->diagnostics;
    for (size_t i = mark; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        uint32_t start = diagnostic->span.start;
        if (diagnostic->code != E0209 || start < 7 || memcmp(source->text.bytes + start - 7, "import ", 7) != 0) continue;
        int length = (int)(diagnostic->span.end - start);
        const char *first = source->text.bytes + start;
        Symbol capital = symbol_format(loader->compilation->symbols, "%c%.*s", *first - 'a' + 'A', length - 1, first + 1);
        const Compilation *compilation = loader->compilation;
        bool is_own = compilation->read_source(compilation->read_context, symbol_format(compilation->symbols, "%s.fx", capital), false);
        const char *near = is_own || *first < 'a' || *first > 'z' ? NULL : find_near_module(loader, capital);
        if (!near) continue;
        diagnostic->hint.length = 0;
        add_hint(loader->compilation->diagnostics, diagnostic, "write `%s`", near);
    }
}

static void report_twice(Loader *loader, const Declaration *import, const Import *first) {
    Diagnostics *diagnostics = loader->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0303, import->head_span, "the module `%s` is imported twice", first->module->full_name);
    add_label(diagnostics, diagnostic, first->declaration->head_span, "it is imported here already");
    add_hint(diagnostics, diagnostic, "put all names into one import: `import %s (first, second)`", first->module->full_name);
}

// ---- imports ----

static bool is_imported(Loader *loader, Module *module, const Declaration *import, const Module *target) {
    for (size_t i = 0; i < module->imports.count; i++) {
        const Import *first = module->imports.items[i];
        if (first->module != target || !first->declaration) continue;
        report_twice(loader, import, first);
        return true;
    }
    return false;
}

static Import *add_import(Loader *loader, Module *module, Declaration *declaration, Module *target) {
    Import *import = NEW(loader->compilation->arena, Import);
    import->declaration = declaration;
    import->module = target;
    import->prefix = declaration->import_as ? declaration->import_as : target->name;
    vector_push(loader->compilation->arena, &module->imports, import);
    return import;
}

static void load_import(Loader *loader, Module *module, Declaration *declaration) {
    if (declaration->import_path.count == 0) return;
    Symbol full_name = full_name_of(loader, &declaration->import_path);
    Module *target = open_module(loader, full_name);
    if (!target) report_missing(loader, module, declaration, full_name);
    else if (target->is_open) {
        report_circle(loader, declaration, target);
        lose_import(module, declaration, NULL);
    } else {
        bool is_second = is_imported(loader, module, declaration, target);
        module->syntax->lacks_import |= is_second;
        load_imports(loader, target);
        add_import(loader, module, declaration, target)->is_second = is_second;
    }
}

static void load_imports(Loader *loader, Module *module) {
    if (module->is_done) return;
    Arena *arena = loader->compilation->arena;
    module->is_open = true;
    vector_push(arena, &loader->opening, module);
    for (size_t i = 0; i < module->syntax->declarations.count; i++) {
        Declaration *declaration = module->syntax->declarations.items[i];
        if (declaration->kind == DECLARATION_IMPORT) load_import(loader, module, declaration);
    }
    loader->opening.count--;
    module->is_open = false;
    module->is_done = true;
    vector_push(arena, &loader->modules->list, module);
}

static Symbol program_name(Loader *loader, const Source *program) {
    const char *slash = strrchr(program->path, '/'), *start = slash ? slash + 1 : program->path;
    size_t length = strlen(start);
    if (length > 3 && strcmp(start + length - 3, ".fx") == 0) length -= 3;
    return symbol_of_text(loader->compilation->symbols, (Text){start, length});
}

// Prelude comes before every other module, so that those it imports, if any, do not see its names.
static void load_prelude(Loader *loader) {
    Symbol name = symbol_of(loader->compilation->symbols, "Prelude");
    Module *prelude = table_get(&loader->by_path, name);
    const Source *source = prelude ? NULL : read_module(loader, name, true);
    if (!prelude && !source)
        source = source_create(loader->compilation->arena, symbol_of(loader->compilation->symbols, "Prelude.fx"), text_of(""));
    if (!prelude) prelude = parse_source(loader, name, source, true);
    loader->modules->prelude = prelude;
    load_imports(loader, prelude);
}

Modules *load_modules(Compilation *compilation, const Source *program) {
    Modules *modules = NEW(compilation->arena, Modules);
    modules->builtins = create_builtins(compilation->arena, compilation->symbols);
    Loader loader = {.compilation = compilation, .modules = modules, .by_path = table_in(compilation->arena)};
    modules->program = parse_source(&loader, program_name(&loader, program), program, false);
    load_prelude(&loader);
    load_imports(&loader, modules->program);
    return modules;
}
