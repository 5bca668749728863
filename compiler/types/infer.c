// The program: its modules in dependence order, each in groups of definitions.
#include "infer.h"

static void start_module(Inference *inference, Module *module) {
    inference->module = module;
    declare_types(inference, module);
    declare_externs(inference, module);
    infer_module(inference, module);
}

CoreProgram *infer_program(Compilation *compilation, Modules *modules, bool needs_main) {
    Arena *arena = compilation->arena;
    Inference *inference = NEW(arena, Inference);
    inference->compilation = compilation;
    inference->arena = arena;
    inference->symbols = compilation->symbols;
    inference->diagnostics = compilation->diagnostics;
    inference->modules = modules;
    inference->builtins = modules->builtins;
    inference->program = NEW(arena, CoreProgram);
    inference->program->builtins = modules->builtins;
    inference->unifier = (Unifier){.arena = arena, .builtins = modules->builtins};
    inference->records = table_in(arena);
    inference->told = table_in(arena);
    for (size_t i = 0; i < modules->list.count; i++) start_module(inference, modules->list.items[i]);
    inference->module = modules->program;
    check_main(inference, needs_main);
    drop_cascades(inference);
    if (compilation->diagnostics->error_count) return NULL;
    for (size_t i = 0; i < modules->list.count; i++) {
        if (!modules->list.items[i]->from_stdlib) check_imports_used(compilation, modules->list.items[i]);
    }
    return inference->program;
}
