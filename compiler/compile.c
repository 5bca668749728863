// The pipeline: bytes to C, one pass after the other.

#include "core/core.h"
#include "cps/cps.h"
#include "fx.h"
#include "names/modules.h"
#include "syntax/syntax.h"
#include "syntax/token.h"

typedef struct Run {
    Compilation *compilation;
    CompileOptions options;
    CompileResult result;
} Run;

// What a dump of the text of one file needs: no other module is looked at.
static void dump_text(Run *run, const Source *source) {
    Compilation *compilation = run->compilation;
    if (run->options.dump == DUMP_SYNTAX) {
        run->result.dump = print_syntax(compilation->arena, parse_module(compilation->arena, compilation->symbols, compilation->diagnostics, source));
        return;
    }
    TokenList *list = lex(compilation->arena, compilation->symbols, compilation->diagnostics, source);
    if (run->options.dump == DUMP_TOKENS) run->result.dump = print_tokens(compilation->arena, list);
    else run->result.dump = print_layout(compilation->arena, source, lay_out(compilation->arena, compilation->diagnostics, list));
}

// After a pass over core: prints it when it was asked for, checks it when that was. Answers whether to go on.
static bool passed(Run *run, CoreProgram *core, DumpPass dump, CoreStage stage) {
    if (run->options.verify) run->result.broken = check_core(run->compilation, core, stage);
    if (run->options.dump == dump) run->result.dump = print_core(run->compilation->arena, core);
    return !run->result.broken && run->options.dump != dump;
}

static void compile_core(Run *run, CoreProgram *core) {
    Compilation *compilation = run->compilation;
    if (!passed(run, core, DUMP_CORE, STAGE_TYPED)) return;
    specialise_program(compilation, core);
    if (compilation->diagnostics->error_count) return;
    if (!passed(run, core, DUMP_SPECIALISED, STAGE_SPECIALISED)) return;
    simplify_program(compilation, core);
    if (!passed(run, core, DUMP_SIMPLIFIED, STAGE_SIMPLIFIED)) return;
    count_program(compilation, core);
    if (!passed(run, core, DUMP_COUNTED, STAGE_COUNTED)) return;
    CpsProgram *cps = split_program(compilation, core);
    if (run->options.verify) run->result.broken = check_cps(compilation, cps);
    if (run->options.dump == DUMP_CPS) run->result.dump = print_cps(compilation->arena, cps);
    if (run->result.broken || run->options.dump == DUMP_CPS) return;
    check_limits(compilation, cps);
    if (compilation->diagnostics->error_count) return;
    run->result.c = emit_program(compilation, cps);
    if (run->options.dump == DUMP_C) run->result.dump = run->result.c;
}

// For the interpreter, which runs what inference gives.
static void keep_core(Run *run, CoreProgram *core) {
    if (run->options.verify) run->result.broken = check_core(run->compilation, core, STAGE_TYPED);
    if (!run->result.broken) run->result.core = core;
}

CompileResult compile(Compilation *compilation, const Source *program, CompileOptions options) {
    Run run = {.compilation = compilation, .options = options};
    if (options.dump == DUMP_TOKENS || options.dump == DUMP_LAYOUT || options.dump == DUMP_SYNTAX) dump_text(&run, program);
    else {
        Modules *modules = load_modules(compilation, program);
        resolve_modules(compilation, modules);
        CoreProgram *core = infer_program(compilation, modules, !options.only_check);
        if (core && options.interface) run.result.interface = describe_interface(compilation, modules);
        if (core && options.only_core) keep_core(&run, core);
        else if (core && options.only_check) run.result.dump = print_inferred_types(compilation, modules);
        else if (core) compile_core(&run, core);
    }
    sort_diagnostics(compilation->diagnostics);
    return run.result;
}
