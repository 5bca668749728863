// Examples: in a doc comment, between lines ```fx and ```, each expression is True. `let`s and imports above it, in the same block, hold for
// it; a deeper line continues the one above.

#include "examples.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../syntax/syntax.h"

// A line of a block: its text without the `///`, and where that begins in the source.
typedef struct Line {
    Text text;
    uint32_t start;
} Line;
typedef Vector(Line) Lines;

// Lines that belong together: the first, and those that continue it.
typedef struct Item {
    size_t from, to;
} Item;
typedef Vector(Item) Items;

typedef struct Examples {
    Arena *arena;
    const Source *origin;
    Builder text;
    Vector(LineOrigin) origins; // of the lines in text
    Lines lines;            // of all blocks
    size_t count;
} Examples;

// ---- which modules ----

static bool begins_with(const char *text, const char *start) { return start && strncmp(text, start, strlen(start)) == 0; }

// "Http/Request.fx" is Http.Request.
static const char *module_name(Arena *arena, const char *path) {
    Builder name = builder_in(arena);
    for (const char *at = path; *at && strcmp(at, ".fx") != 0; at++) build_byte(&name, *at == '/' ? '.' : *at);
    char *text = (char *)builder_string(&name);
    if (text[0] >= 'a' && text[0] <= 'z') text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

static bool is_same_folder(const char *left, const char *right) {
    struct stat one, other;
    return stat(left, &one) == 0 && stat(right, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

// The modules beside one of the standard library are of the library as well.
ModuleFiles find_own_modules(const SourceFiles *files, const Source *program) {
    ModuleFiles modules = {0};
    size_t skipped = files->folder ? strlen(files->folder) + 1 : 0;
    bool is_of_stdlib = is_same_folder(files->folder ? files->folder : ".", files->stdlib);
    for (size_t i = 0; i < files->loaded.count; i++) {
        const Source *source = files->loaded.entries[i].value;
        const char *path = files->loaded.entries[i].key;
        if (source != program && (is_of_stdlib || begins_with(path, files->stdlib))) continue;
        ModuleFile module = {source, module_name(files->arena, path + skipped)};
        vector_push(files->arena, &modules, module);
    }
    return modules;
}

// ---- blocks ----

static Text trimmed(Text text) {
    while (text.length && text.bytes[0] == ' ') text = (Text){text.bytes + 1, text.length - 1};
    while (text.length && text.bytes[text.length - 1] == ' ') text.length--;
    return text;
}

static bool starts_with(Text text, const char *start) {
    size_t length = strlen(start);
    return text.length >= length && memcmp(text.bytes, start, length) == 0;
}

// The line's text behind `/// `; false: it is no line of a doc comment.
static bool read_documentation(const Source *source, uint32_t number, Line *line) {
    Text text = source_line(source, number), comment = trimmed(text);
    if (!starts_with(comment, "///")) return false;
    size_t skipped = comment.length > 3 && comment.bytes[3] == ' ' ? 4 : 3;
    line->text = (Text){comment.bytes + skipped, comment.length - skipped};
    line->start = (uint32_t)(line->text.bytes - source->text.bytes);
    return true;
}

static bool is_fence(Text text) { return starts_with(trimmed(text), "```"); }

// The lines of the next block marked `fx` that ends, from *number on; behind it afterwards. False: there is none.
static bool next_block(const Examples *examples, uint32_t *number, Lines *block) {
    bool is_open = false, is_example = false;
    *block = (Lines){0};
    for (; *number <= examples->origin->line_count; ++*number) {
        Line line;
        if (!read_documentation(examples->origin, *number, &line)) is_open = false;
        else if (is_fence(line.text)) {
            if (is_open && is_example) return true;
            is_open = !is_open;
            is_example = text_equal(trimmed(line.text), text_of("```fx"));
            *block = (Lines){0};
        } else if (is_open) vector_push(examples->arena, block, line);
    }
    return false;
}

static Items items_of(const Examples *examples, const Lines *block) {
    Items items = {0};
    for (size_t i = 0; i < block->count; i++) {
        Text text = trimmed(block->items[i].text);
        if (!text.length || starts_with(text, "//")) continue;
        Item item = {i, i + 1};
        if (block->items[i].text.bytes[0] == ' ' && items.count) items.items[items.count - 1].to = i + 1;
        else vector_push(examples->arena, &items, item);
    }
    return items;
}

// ---- the text ----

static void end_line(Examples *examples, LineOrigin origin) {
    build_byte(&examples->text, '\n');
    vector_push(examples->arena, &examples->origins, origin);
}

static void copy_lines(Examples *examples, const Lines *block, Item item, const char *indent) {
    for (size_t i = item.from; i < item.to; i++) {
        build_string(&examples->text, indent);
        build_text(&examples->text, block->items[i].text);
        end_line(examples, (LineOrigin){block->items[i].start, (uint32_t)strlen(indent), true});
    }
}

// The example itself, on one line, is its test's name.
static void build_name(Examples *examples, const Lines *block, Item item) {
    Builder *out = &examples->text;
    build_string(out, "test \"");
    for (size_t i = item.from; i < item.to; i++) {
        Text text = trimmed(block->items[i].text);
        if (i > item.from) build_byte(out, ' ');
        for (size_t k = 0; k < text.length; k++) {
            if (text.bytes[k] == '"' || text.bytes[k] == '\\') build_byte(out, '\\');
            build_byte(out, text.bytes[k]);
        }
    }
    build_string(out, "\" =");
    end_line(examples, (LineOrigin){block->items[item.from].start, 0, false});
}

static void build_test(Examples *examples, const Lines *block, const Items *lets, Item item) {
    build_name(examples, block, item);
    for (size_t i = 0; i < lets->count; i++) copy_lines(examples, block, lets->items[i], "  ");
    copy_lines(examples, block, item, "  ");
    examples->count++;
}

// A block that is a whole program has no examples.
static void build_tests(Examples *examples, const Lines *block) {
    Items items = items_of(examples, block), lets = {0};
    for (size_t i = 0; i < items.count; i++) {
        Text first = block->items[items.items[i].from].text;
        if (starts_with(first, "let main ")) return;
    }
    for (size_t i = 0; i < items.count; i++) {
        Text first = block->items[items.items[i].from].text;
        if (starts_with(first, "import ")) continue;
        if (starts_with(first, "let ")) vector_push(examples->arena, &lets, items.items[i]);
        else build_test(examples, block, &lets, items.items[i]);
    }
    for (size_t i = 0; i < block->count; i++) vector_push(examples->arena, &examples->lines, block->items[i]);
}

// ---- imports ----

static bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '\''; }

// Whether the name stands somewhere in the examples: as a prefix, or by itself.
static bool is_mentioned(const Examples *examples, const char *name, bool as_prefix) {
    size_t length = strlen(name);
    for (size_t i = 0; i < examples->lines.count; i++) {
        Text text = examples->lines.items[i].text;
        for (size_t at = 0; at + length <= text.length; at++) {
            if (memcmp(text.bytes + at, name, length) != 0 || (at && (is_name_byte(text.bytes[at - 1]) || text.bytes[at - 1] == '.'))) continue;
            char next = at + length < text.length ? text.bytes[at + length] : ' ';
            if (as_prefix ? next == '.' : !is_name_byte(next) && next != '.') return true;
        }
    }
    return false;
}

static void add_import(Examples *examples, Table *imported, Symbols *symbols, const char *name, const char *as) {
    Symbol prefix = symbol_of(symbols, as);
    if (table_has(imported, prefix)) return;
    table_put(imported, prefix, (void *)prefix);
    build_format(&examples->text, "import %s as %s", name, as);
    end_line(examples, (LineOrigin){0, 0, false});
}

static const char *dotted_name(Arena *arena, const Names *path) {
    Builder name = builder_in(arena);
    for (size_t i = 0; i < path->count; i++) build_format(&name, "%s%s", i ? "." : "", path->items[i].name);
    return builder_string(&name);
}

// What the module itself imports.
static void import_as_module(Examples *examples, const SourceFiles *files, Table *imported, const ModuleSyntax *syntax) {
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        const Declaration *declaration = syntax->declarations.items[i];
        if (declaration->kind != DECLARATION_IMPORT || !declaration->import_path.count) continue;
        Symbol last = declaration->import_path.items[declaration->import_path.count - 1].name;
        const char *prefix = declaration->import_as ? declaration->import_as : last;
        if (is_mentioned(examples, prefix, true))
            add_import(examples, imported, files->symbols, dotted_name(examples->arena, &declaration->import_path), prefix);
    }
}

// `Name.` where the standard library has a module of that name.
static void import_standard(Examples *examples, const SourceFiles *files, Table *imported) {
    for (size_t i = 0; i < examples->lines.count; i++) {
        Text text = examples->lines.items[i].text;
        for (size_t at = 0, end; at < text.length; at = end + 1) {
            for (end = at; end < text.length && is_name_byte(text.bytes[end]);) end++;
            if (end == at || end == text.length || text.bytes[end] != '.' || text.bytes[at] < 'A' || text.bytes[at] > 'Z') continue;
            Symbol name = symbol_of_text(files->symbols, (Text){text.bytes + at, end - at});
            const char *path = symbol_format(files->symbols, "%s/%s.fx", files->stdlib, name);
            if (access(path, R_OK) == 0) add_import(examples, imported, files->symbols, name, name);
        }
    }
}

static void add_name(const Examples *examples, Builder *names, const char *name) {
    if (!name || !is_mentioned(examples, name, false)) return;
    build_format(names, "%s%s", names->length ? ", " : "", name);
}

// The module's own public names may stand alone, as they do in the module.
static void import_own(Examples *examples, const ModuleFile *module, const ModuleSyntax *syntax) {
    Builder names = builder_in(examples->arena);
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        const Declaration *declaration = syntax->declarations.items[i];
        bool is_let = declaration->kind == DECLARATION_LET && declaration->binding.pattern && declaration->binding.pattern->kind == PATTERN_VARIABLE;
        if (declaration->is_private) continue;
        if (is_let) add_name(examples, &names, declaration->binding.pattern->name.name);
        if (declaration->kind == DECLARATION_EXTERN_LET) add_name(examples, &names, declaration->name.name);
        for (size_t k = 0; !declaration->is_opaque && k < declaration->constructors.count; k++)
            add_name(examples, &names, declaration->constructors.items[k].name.name);
    }
    build_format(&examples->text, "import %s", module->name);
    if (names.length) build_format(&examples->text, " (%s)", builder_string(&names));
    end_line(examples, (LineOrigin){0, 0, false});
}

// `import X as Y` within blocks, as they stand.
static void import_written(Examples *examples, Table *imported, Symbols *symbols) {
    for (size_t i = 0; i < examples->lines.count; i++) {
        const Line *line = &examples->lines.items[i];
        if (!starts_with(line->text, "import ")) continue;
        Text text = trimmed(line->text);
        size_t at = text.length;
        while (at && is_name_byte(text.bytes[at - 1])) at--;
        Symbol prefix = symbol_of_text(symbols, (Text){text.bytes + at, text.length - at});
        if (table_has(imported, prefix)) continue;
        table_put(imported, prefix, (void *)prefix);
        build_text(&examples->text, text);
        end_line(examples, (LineOrigin){line->start, 0, true});
    }
}

static void build_imports(Examples *examples, const SourceFiles *files, const ModuleFile *module, const ModuleSyntax *syntax) {
    Table imported = table_in(examples->arena);
    const char *dot = strrchr(module->name, '.');
    Symbol own = symbol_of(files->symbols, dot ? dot + 1 : module->name);
    table_put(&imported, own, (void *)own);
    import_own(examples, module, syntax);
    import_written(examples, &imported, files->symbols);
    import_as_module(examples, files, &imported, syntax);
    import_standard(examples, files, &imported);
}

// ---- the whole ----

const Source *make_examples(const SourceFiles *files, const ModuleFile *module, const ModuleSyntax *syntax) {
    Examples tests = {.arena = files->arena, .origin = module->source, .text = builder_in(files->arena)}, whole = tests;
    Lines block;
    for (uint32_t number = 1; next_block(&tests, &number, &block); number++) build_tests(&tests, &block);
    if (!tests.count) return NULL;
    whole.lines = tests.lines;
    build_imports(&whole, files, module, syntax);
    build_text(&whole.text, builder_text(&tests.text));
    for (size_t i = 0; i < tests.origins.count; i++) vector_push(files->arena, &whole.origins, tests.origins.items[i]);
    vector_push(files->arena, &whole.origins, ((LineOrigin){0, 0, false})); // behind the last line end
    Text text = {builder_string(&whole.text), whole.text.length};
    Source *source = source_create(files->arena, symbol_of(files->symbols, "examples.fx"), text);
    source->origin = module->source;
    source->origins = whole.origins.items;
    source->order = UINT32_MAX;
    return source;
}
