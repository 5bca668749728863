// One mistake gives one error: of a declaration that could not be read whole, what names and types say about it is left out.
#include "infer.h"

static bool is_of_grammar(const Diagnostic *diagnostic) { return diagnostic->code < E0301; }

static const Declaration *find_declaration(const Inference *inference, Span span) {
    for (size_t i = 0; i < inference->modules->list.count; i++) {
        const ModuleSyntax *syntax = inference->modules->list.items[i]->syntax;
        if (syntax->source != span.source) continue;
        for (size_t k = 0; k < syntax->declarations.count; k++) {
            const Declaration *declaration = syntax->declarations.items[k];
            if (span.start >= declaration->span.start && span.start <= declaration->span.end) return declaration;
        }
    }
    return NULL;
}

// What is declared a second time, where the first could not be read, stands in its place.
static const Declaration *blamed_declaration(const Inference *inference, const Diagnostic *diagnostic) {
    bool is_second = diagnostic->code == E0310 && diagnostic->labels.count;
    return find_declaration(inference, is_second ? diagnostic->labels.items[0].span : diagnostic->span);
}

void drop_cascades(Inference *inference) {
    Diagnostics *diagnostics = inference->diagnostics;
    Table broken = table_in(inference->arena);
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = diagnostics->list.items[i];
        const Declaration *declaration = is_of_grammar(diagnostic) ? find_declaration(inference, diagnostic->span) : NULL;
        if (declaration) table_put(&broken, declaration, (void *)declaration);
    }
    if (broken.count == 0) return;
    size_t kept = 0;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        const Declaration *declaration = is_of_grammar(diagnostic) ? NULL : blamed_declaration(inference, diagnostic);
        if (!declaration || !table_has(&broken, declaration)) diagnostics->list.items[kept++] = diagnostic;
        else if (!diagnostic_is_warning(diagnostic->code)) diagnostics->error_count--;
    }
    diagnostics->list.count = kept;
}
