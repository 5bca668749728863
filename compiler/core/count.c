// Reference counts made explicit: each owned variable is taken exactly once on every path. docs/core.md, Counting.

#include "count.h"

static void count_definition(PathCounter *c, CoreDefinition *definition) {
    static const CoreVariables none = {0};
    CoreExpression **code = &definition->value;
    const CoreVariables *parameters = (*code)->kind == CORE_LAMBDA ? &(*code)->parameters : &none;
    if ((*code)->kind == CORE_LAMBDA) code = &(*code)->body;
    if ((*code)->kind == CORE_DELAY) code = &(*code)->body;
    *code = count_function(c, parameters, NULL, *code);
}

void count_program(Compilation *compilation, CoreProgram *program) {
    Arena *arena = compilation->arena;
    infer_borrowing(compilation, program);
    PathCounter c = {.compilation = compilation, .arena = arena, .program = program, .ownership = {.arena = arena}, .entries = {.arena = arena}};
    c.global_name = symbol_of(compilation->symbols, "global");
    c.answer_name = symbol_of(compilation->symbols, "answer");
    c.token_name = symbol_of(compilation->symbols, "token");
    for (size_t i = 0; i < program->definitions.count; i++) {
        if (program->definitions.items[i]->value) count_definition(&c, program->definitions.items[i]);
    }
}
