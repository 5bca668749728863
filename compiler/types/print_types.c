// The inferred types of a program's own names, for `fx check --types`.
#include "infer.h"

void print_constraints(Builder *builder, const TypeParameters *parameters) {
    bool first = true;
    for (size_t i = 0; i < parameters->count; i++) {
        for (unsigned bit = 1; bit <= CONSTRAINT_INTERPOLATE; bit *= 2) {
            if (!(parameters->items[i]->constraints & bit)) continue;
            build_format(builder, "%s%s %s", first ? " where " : ", ", constraint_name((Constraint)bit), parameters->items[i]->name);
            first = false;
        }
    }
}

static void print_meaning(Builder *builder, const Meaning *meaning) {
    if (!meaning->type) return;
    build_format(builder, "%s : ", meaning->name);
    print_type(builder, meaning->type);
    print_constraints(builder, &meaning->parameters);
    build_byte(builder, '\n');
}

Text print_inferred_types(Compilation *compilation, Modules *modules) {
    Builder builder = builder_in(compilation->arena);
    const Table *values = &modules->program->values;
    for (size_t i = 0; i < values->count; i++) {
        const Meaning *meaning = values->entries[i].value;
        if (meaning->kind == MEANING_VALUE) print_meaning(&builder, meaning);
    }
    return builder_text(&builder);
}
