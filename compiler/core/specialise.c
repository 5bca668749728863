// Whole-program specialisation: from main, a copy of each definition for each key it is used with (docs/core.md, stage 2).

#include "specialise.h"

static CoreDefinition *add_copy(Specialiser *s, CoreDefinition *definition, const Types *arguments, Symbol key) {
    CoreDefinition *copy = NEW(s->arena, CoreDefinition);
    *copy = *definition;
    copy->key = key;
    copy->parameters = (TypeParameters){0};
    copy->value = NULL;
    TypeParameters outer = s->parameters;
    Types outer_arguments = s->arguments;
    s->parameters = (TypeParameters){0};
    s->arguments = (Types){0};
    push_substitution(s, &definition->parameters, arguments);
    copy->type = specialise_type(s, definition->type);
    s->parameters = outer;
    s->arguments = outer_arguments;
    vector_push(s->arena, &s->made, copy);
    vector_push(s->arena, &s->jobs, ((SpecialiserJob){definition, copy, *arguments}));
    return copy;
}

static void report_growth(Specialiser *s, const CoreDefinition *definition, Span span) {
    Diagnostics *diagnostics = s->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0720, span, "`%s` calls itself with a type that grows with every call", definition->name);
    add_label(diagnostics, diagnostic, definition->span, "its values are compared, shown, added or appended here, which needs code for each type");
    add_hint(diagnostics, diagnostic, "pass the function that compares or shows as a parameter");
}

CoreDefinition *find_instance(Specialiser *s, CoreDefinition *definition, const Types *arguments, Span span) {
    Table *copies = table_get(&s->instances, definition);
    if (!copies) {
        copies = NEW(s->arena, Table);
        *copies = table_in(s->arena);
        table_put(&s->instances, definition, copies);
    }
    Types canonical = canonical_arguments(s, &definition->parameters, arguments);
    if (types_grow_without_end(&canonical)) {
        if (!table_has(copies, definition)) report_growth(s, definition, span);
        table_put(copies, definition, definition);
        return definition;
    }
    Symbol key = key_of(s, &canonical);
    CoreDefinition *copy = table_get(copies, key);
    if (copy) return copy;
    if (definition->kind == DEFINITION_EXTERN) {
        if (copies->count == 0) vector_push(s->arena, &s->made, definition);
        copy = definition;
    } else {
        copy = add_copy(s, definition, &canonical, canonical.count ? key : NULL);
    }
    table_put(copies, key, copy);
    return copy;
}

void need_cell(Specialiser *s, const Effect *effect) {
    static const Types none = {0};
    for (size_t i = 0; i < s->program->definitions.count; i++) {
        CoreDefinition *definition = s->program->definitions.items[i];
        if (definition->kind == DEFINITION_CELL && definition->effect == effect) find_instance(s, definition, &none, definition->span);
    }
}

static CoreDefinition *find_root(Specialiser *s, CoreDefinition *definition) {
    Types arguments = default_arguments(s, &definition->parameters);
    return find_instance(s, definition, &arguments, definition->span);
}

static Type *copy_type(void *context, Type *type) { return specialise_type(context, type); }

static void run_jobs(Specialiser *s) {
    for (size_t i = 0; i < s->jobs.count; i++) {
        SpecialiserJob job = s->jobs.items[i];
        push_substitution(s, &job.original->parameters, &job.arguments);
        job.copy->value = specialise_expression(s, job.original->value);
        pop_substitution(s, job.original->parameters.count);
    }
}

void specialise_program(Compilation *compilation, CoreProgram *program) {
    Arena *arena = compilation->arena;
    Specialiser s = {.compilation = compilation, .arena = arena, .symbols = compilation->symbols, .program = program};
    s.types = table_in(arena);
    s.instances = table_in(arena);
    s.structural = table_in(arena);
    s.polymorphic.arena = arena;
    s.copier = (Copier){.arena = arena, .program = program, .renamed = {.arena = arena}, .copy_type = copy_type, .context = &s};
    find_handled_effects(arena, program);
    CoreDefinition *main = program->main ? find_root(&s, program->main) : NULL;
    run_jobs(&s);
    program->main = main;
    program->definitions = s.made;
    keep_reachable(arena, program);
}
