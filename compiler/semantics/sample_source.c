// What was built for a sample, as the `to_source` of its module writes it: shorter than what built it.

#include "sample_source.h"

static CoreDefinition *find_to_source(Compilation *compilation, const CoreProgram *program, const DataType *data) {
    Symbol name = symbol_of(compilation->symbols, "to_source");
    for (size_t i = 0; data->has_source && i < program->definitions.count; i++) {
        CoreDefinition *definition = program->definitions.items[i];
        if (definition->module == data->module && definition->name == name) return definition;
    }
    return NULL;
}

static CoreExpression *call_of(Compilation *compilation, CoreProgram *program, CoreDefinition *to_source, const Sample *sample) {
    Span span = to_source->span;
    CoreExpression *call = core_node(compilation->arena, CORE_APPLY, resolve_type(to_source->type)->right, span);
    call->first = core_node(compilation->arena, CORE_GLOBAL, to_source->type, span);
    call->first->definition = to_source;
    vector_push(compilation->arena, &call->items, sample_expression(compilation->arena, program, sample, span, NULL));
    return call;
}

// The text that a pure expression gives; NULL: it faults.
static const char *evaluate_text(Compilation *compilation, const CoreProgram *program, const CoreExpression *expression, const Driver *driver) {
    Machine *machine = load_machine(compilation, program, expression, driver);
    if (!machine) return NULL;
    const char *text = NULL;
    start_machine(machine, (Value){0});
    if (run_machine(machine, UINT32_MAX) == MACHINE_ENDED && machine->main->unwinding.reason == END_ANSWER) {
        Builder builder = builder_in(compilation->arena);
        build_text(&builder, text_in(machine->main->value));
        text = builder_string(&builder);
    }
    free_machine(machine);
    return text;
}

static bool has_handles(const Sample *sample) {
    bool has = sample->kind == SAMPLE_HANDLE;
    for (size_t i = 0; i < sample->items.count; i++) has = has || has_handles(sample->items.items[i]);
    return has;
}

void find_sources(Compilation *compilation, CoreProgram *program, const Driver *driver, Sample *sample) {
    CoreDefinition *to_source = sample->kind == SAMPLE_BUILT && !has_handles(sample) ? find_to_source(compilation, program, sample->type->data) : NULL;
    if (to_source) sample->source = evaluate_text(compilation, program, call_of(compilation, program, to_source, sample), driver);
    for (size_t i = 0; i < sample->items.count; i++) find_sources(compilation, program, driver, sample->items.items[i]);
}
