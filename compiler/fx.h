#ifndef FX_COMPILER_H
#define FX_COMPILER_H
// The map of the compiler: its passes in the order in which a program meets them. Each takes the representation to its left in
//   bytes > tokens > layout > syntax > resolved > typed core > specialised > simplified > counted > cps > C
// and gives the next. No pass prints or reads the world: problems go to Diagnostics, sources come through a callback.

#include <stdbool.h>
#include "base/diagnostic.h"

typedef struct ModuleSyntax ModuleSyntax; // syntax/syntax.h
typedef struct Modules Modules;           // names/modules.h
typedef struct CoreProgram CoreProgram;   // core/core.h
typedef struct CpsProgram CpsProgram;     // cps/cps.h
typedef struct Interface Interface;       // types/interface.h

// What every pass is given.
typedef struct Compilation {
    Arena *arena;
    Symbols *symbols;
    Diagnostics *diagnostics;
    // Answers the source of a module, or NULL: asked with a path relative to the program's folder ("Http/Request.fx"), then to stdlib.
    const Source *(*read_source)(void *context, const char *path, bool from_stdlib);
    void *read_context;
} Compilation;

/* parse.y (with lex.re and layout.c) */
ModuleSyntax *parse_module(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source);

/* format.c: the source as `fx fmt` writes it; false: that would mean something else, which is a bug. After errors it is as it was. */
bool format_source(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source, Text *formatted);

/* modules.c: the program's module, those it imports, and Prelude, in dependence order */
Modules *load_modules(Compilation *compilation, const Source *program);

/* resolve.c: what each name stands for */
void resolve_modules(Compilation *compilation, Modules *modules);

/* infer.c (with unify.c, rows.c, match.c): types, effects, coverage; typed core. NULL after errors.
   needs_main: a program must have a `main` that the runtime can run. */
CoreProgram *infer_program(Compilation *compilation, Modules *modules, bool needs_main);
/* The types of the program's own top-level names, one a line, for `check --types`. */
Text print_inferred_types(Compilation *compilation, Modules *modules);
/* interface.c: what the program's module offers to others, for `fx doc` */
Interface *describe_interface(Compilation *compilation, const Modules *modules);

/* specialise.c: a copy of each polymorphic definition for each key; only what main reaches is left */
void specialise_program(Compilation *compilation, CoreProgram *program);
/* simplify.c: A-normal form, inlining, known constructors and computations */
void simplify_program(Compilation *compilation, CoreProgram *program);
/* count.c: borrow inference, dup and drop, reuse */
void count_program(Compilation *compilation, CoreProgram *program);
/* check_core.c: NULL when the program keeps the invariants of the stage (0 typed .. 3 counted), else what is broken */
const char *check_core(Compilation *compilation, const CoreProgram *program, int stage);

/* split.c (with frame.c): which functions wait, where they are split, what their frames hold */
CpsProgram *split_program(Compilation *compilation, CoreProgram *program);
/* limits.c: reports what has more parts than the runtime's objects have room for */
void check_limits(Compilation *compilation, const CpsProgram *program);
/* check_cps.c */
const char *check_cps(Compilation *compilation, const CpsProgram *program);

/* emit_c.c (with emit_type.c): one C file */
Text emit_program(Compilation *compilation, const CpsProgram *program);

/* print_*.c: for `fx dump` */
Text print_syntax(Arena *arena, const ModuleSyntax *module);
Text print_core(Arena *arena, const CoreProgram *program);
Text print_cps(Arena *arena, const CpsProgram *program);

/* semantics/real_world.c (with interpret.c and the rest of semantics/): runs typed core on the real world; answers the exit status.
   arguments[0] is the program's name. */
int interpret_program(Compilation *compilation, const CoreProgram *program, int argument_count, char **arguments);
/* semantics/recorded_world.c: in the world that FX_RECORD wrote down; `path` is the recording's, `name` the program's */
int replay_program(Compilation *compilation, const CoreProgram *program, const char *path, Text recording, const char *name);

/* compile.c: all of the above in one straight function; C is empty after errors */
typedef enum { DUMP_NONE, DUMP_TOKENS, DUMP_LAYOUT, DUMP_SYNTAX, DUMP_CORE, DUMP_SPECIALISED, DUMP_SIMPLIFIED, DUMP_COUNTED, DUMP_CPS, DUMP_C } DumpPass;
typedef struct CompileOptions {
    bool only_check;  // stop after types; main is not needed
    bool interface;   // with only_check: also what the module offers to others
    bool only_core;   // stop after types, with the typed core of a program; with only_check too: of one that may have no main
    bool verify;      // run the verifiers after every pass
    DumpPass dump;
} CompileOptions;
typedef struct CompileResult {
    Text c;           // the program, when there was no error
    Text dump;        // what CompileOptions.dump asked for, or the inferred types when only_check
    Interface *interface; // when CompileOptions.interface and there was no error
    CoreProgram *core; // when only_core and there was no error
    const char *broken; // what a verifier found: a bug in fx; else NULL
} CompileResult;
CompileResult compile(Compilation *compilation, const Source *program, CompileOptions options);

/* render.c: diagnostics for people and for tools */
Text render_diagnostics(Arena *arena, const Diagnostics *diagnostics, bool colour);
Text render_diagnostics_json(Arena *arena, const Diagnostics *diagnostics);

#endif
