// semantics/explore.c: one schedule of each class finds what all of them find.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <cmocka.h>

#include "core/core.h"
#include "fx.h"
#include "semantics/check_spec.h"

typedef struct Files {
    Arena *arena;
    Symbols *symbols;
    const char *folder;
} Files;

static const Source *read_file(Files *files, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    Builder text = builder_in(files->arena);
    for (int byte; (byte = getc(file)) != EOF;) build_byte(&text, (char)byte);
    fclose(file);
    build_string(&text, "");
    const char *bytes = builder_string(&text);
    return source_create(files->arena, symbol_of(files->symbols, path), (Text){bytes, text.length});
}

static const Source *read_module(void *context, const char *path, bool from_stdlib) {
    Files *files = context;
    Builder whole = builder_in(files->arena);
    build_format(&whole, "%s/%s", from_stdlib ? getenv("FX_STDLIB") : files->folder, path);
    return read_file(files, builder_string(&whole));
}

static const CoreProgram *compile_specs(Compilation *compilation, Files *files, const char *path) {
    const Source *source = read_file(files, path);
    assert_non_null(source);
    CompileResult result = compile(compilation, source, (CompileOptions){.only_core = true, .only_check = true});
    if (!result.core) fail_msg("%s does not compile", path);
    return result.core;
}

static void compare_orders(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, bool simulates) {
    const char *name = spec->definition->name;
    SpecOptions options = {.examples = 1, .schedule_limit = 3000, .simulates = simulates};
    SpecVerdict classes = check_spec(compilation, program, spec, &options);
    options.brute_force = true;
    SpecVerdict orders = check_spec(compilation, program, spec, &options);
    bool is_whole = orders.schedules < 3000 && classes.schedules < 3000;
    if (classes.outcome == SPEC_PROVED && orders.outcome == SPEC_BOUNDED) return; // what a loop gathers is proved of one class of each case only
    if (is_whole && classes.outcome != orders.outcome) fail_msg("%s: %d by classes, %d by all orders", name, classes.outcome, orders.outcome);
    if (is_whole && classes.outcome != SPEC_FAILED && classes.classes != orders.classes)
        fail_msg("%s: %zu classes by reduction, %zu among all orders", name, classes.classes, orders.classes);
}

// Runs every spec and every simulation of the program both ways; answers how many there were.
static size_t compare_specs(const char *folder, const char *name) {
    Arena *arena = arena_create();
    Builder path = builder_in(arena);
    build_format(&path, "%s/%s", folder, name);
    Diagnostics diagnostics = {.arena = arena};
    Files files = {arena, symbols_create(arena), folder};
    Compilation compilation = {arena, files.symbols, &diagnostics, read_module, &files};
    const CoreProgram *program = compile_specs(&compilation, &files, builder_string(&path));
    size_t count = program->specs.count;
    for (size_t i = 0; i < count; i++) compare_orders(&compilation, program, program->specs.items[i], false);
    for (size_t i = 0; i < program->definitions.count; i++) {
        const CoreSpec *simulated = simulated_spec(&compilation, program->definitions.items[i]);
        if (simulated) compare_orders(&compilation, program, simulated, true);
        count += simulated != NULL;
    }
    arena_destroy(arena);
    return count;
}

static size_t compare_folder(const char *folder) {
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    size_t specs = 0;
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        const char *ending = strrchr(entries[i]->d_name, '.');
        if (ending && strcmp(ending, ".fx") == 0) specs += compare_specs(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return specs;
}

static void classes_are_those_among_all_orders(void **state) {
    (void)state;
    assert_true(compare_folder("tests/spec") > 20);
}

static void bugs_are_found_by_both(void **state) {
    (void)state;
    assert_true(compare_folder("tests/spec/bugs") > 60);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_among_all_orders),
        cmocka_unit_test(bugs_are_found_by_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
