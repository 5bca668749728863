// The C file: prototypes, static data, functions, and the program's description at its end.

#include <string.h>

#include "emit.h"

// ---- globals ----

static bool is_global(const CpsFunction *function) { return function->is_value && !function->closure; }

static void build_globals(Emitter *emitter, Builder *out) {
    Builder names = builder_in(emitter->arena), kinds = builder_in(emitter->arena);
    size_t count = 0;
    for (size_t i = 0; i < emitter->program->functions.count; i++) {
        const CpsFunction *function = emitter->program->functions.items[i];
        if (!is_global(function)) continue;
        build_format(&names, "    %s,\n", global_name(emitter, function->definition));
        build_format(&kinds, "%s%d", count++ ? ", " : "", is_counted(function->body->type));
    }
    if (count) build_format(out, "// The top-level values and cells, in rt->globals.\nenum {\n%s};\n", builder_string(&names));
    build_format(out, "enum { GLOBAL_COUNT = %zu };\n\n", count);
    build_format(out, "static const uint8_t global_is_counted[] = {%s};\n\n", count ? builder_string(&kinds) : "0");
}

static void build_start(Emitter *emitter, Builder *out) {
    build_string(out,
                 "// Computes the top-level values, each after those it is computed from.\nstatic void program_start(fx_runtime *rt)\n{\n    (void)rt;\n");
    for (size_t i = 0; i < emitter->program->functions.count; i++) {
        const CpsFunction *function = emitter->program->functions.items[i];
        if (is_global(function))
            build_format(out, "    rt->globals[%s] = %s(rt);\n", global_name(emitter, function->definition), function_name(emitter, function));
    }
    build_string(out, "}\n\n");
}

// ---- main ----

static bool main_answers_status(const CpsProgram *program) {
    Type *type = resolve_type(program->core->main->type);
    if (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    if (type->kind != TYPE_COMPUTATION) return false;
    Type *answer = resolve_type(type->left);
    return answer->kind == TYPE_DATA && answer->data == program->core->builtins->int_type;
}

static void build_main(Emitter *emitter, Builder *out) {
    const CpsFunction *function = emitter->program->main;
    Symbol name = function_name(emitter, function);
    build_string(out, "static fx_answer program_main(fx_runtime *rt, fx_value arguments)\n{\n");
    if (function->is_value) {
        Symbol global = global_name(emitter, function->definition);
        build_format(out, "    fx_dup(rt->globals[%s]);\n    return fx_run1(rt, rt->globals[%s], arguments);\n", global, global);
    } else if (function->parameters.count == 0) build_format(out, "    fx_drop(rt, arguments);\n    return %s(rt);\n", name);
    else {
        bool borrows = function->parameters.items[0]->is_borrowed;
        build_format(out, function->mode == CPS_WAITING ? "    fx_answer answer = %s(rt, arguments);\n"
                          : function->mode == CPS_DIRECT ? "    fx_answer answer = fx_done(%s(rt, arguments));\n"
                                                         : "    fx_answer answer = fx_run0(rt, %s(rt, arguments));\n", name);
        build_format(out, "%s    return answer;\n", borrows ? "    fx_drop(rt, arguments);\n" : "");
    }
    build_format(out, "}\n\nstatic const fx_program program = {\n    .name = \"%s\",\n",
                 function->definition->module ? function->definition->module : "program");
    build_string(out,
                 "    .infos = program_infos,\n    .info_count = sizeof program_infos / sizeof *program_infos,\n    .global_count = GLOBAL_COUNT,\n"
                      "    .global_is_counted = global_is_counted,\n    .start = program_start,\n    .main = program_main,\n"
                      "    .is_observed = true,\n");
    build_format(out, "    .main_answers_status = %s,\n    .closure_parameters = closure_parameters,\n    .handled_count = %u,\n    .recursive = recursive,\n};\n\n",
                 main_answers_status(emitter->program) ? "true" : "false", emitter->program->core->handled_count);
    build_string(out, "int main(int argument_count, char **arguments)\n{\n    return fx_main(&program, argument_count, arguments);\n}\n");
}

// ---- all ----

static void build_infos(Emitter *emitter, Builder *out) {
    build_string(out, "// What each kind of object is, for counting and for FX_CHECK.\n");
    if (emitter->info_count) build_format(out, "enum {\n%s\n};\n", builder_string(&emitter->info_names));
    build_format(out, "static const fx_info program_infos[] = {\n    FX_BUILTIN_INFOS,\n%s};\n", builder_string(&emitter->infos));
    build_format(out, "// Of closures: bit i is set when parameter i is counted.\nstatic const uint64_t closure_parameters[] = {\n%s};\n\n",
                 emitter->info_count ? builder_string(&emitter->closure_parameters) : "    0\n");
}

Text emit_program(Compilation *compilation, const CpsProgram *program) {
    Arena *arena = compilation->arena;
    Emitter emitter = {.compilation = compilation, .arena = arena, .program = program, .names = table_in(arena), .taken_names = table_in(arena),
                       .strings = table_in(arena), .externs = table_in(arena), .shapes = table_in(arena), .static_values = table_in(arena)};
    Builder *const sections[] = {&emitter.prototypes, &emitter.infos, &emitter.info_names, &emitter.statics, &emitter.observed, &emitter.functions,
        &emitter.closure_parameters};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) *sections[i] = builder_in(arena);
    for (size_t i = 0; i < program->functions.count; i++) function_name(&emitter, program->functions.items[i]);
    for (size_t i = 0; i < program->functions.count; i++) emit_function(&emitter, program->functions.items[i]);
    Builder out = builder_in(arena);
    build_string(&out, "// A call in tail position is a jump, whatever else the C compiler is asked to do: also one whose fx_answer would be taken\n"
                       "// apart and put together again on the way out.\n#ifndef __clang__\n"
                       "#pragma GCC optimize(\"optimize-sibling-calls\", \"no-tree-sra\")\n#endif\n\n#include \"fx_code.h\"\n\n");
    build_infos(&emitter, &out);
    build_globals(&emitter, &out);
    build_text(&out, builder_text(&emitter.prototypes));
    build_byte(&out, '\n');
    build_text(&out, builder_text(&emitter.statics));
    build_byte(&out, '\n');
    if (emitter.observed.length) build_string(&out, "// The world's operations, as FX_RECORD and FX_TRACE see them.\n\n");
    build_text(&out, builder_text(&emitter.observed));
    build_text(&out, builder_text(&emitter.functions));
    build_start(&emitter, &out);
    build_recursive(&emitter, &out);
    build_main(&emitter, &out);
    return builder_text(&out);
}
