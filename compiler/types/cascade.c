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

// ---- names that a pattern would have bound ----

static bool lacks_parameters(const Diagnostic *diagnostic) { return diagnostic->code == E0512 || diagnostic->code == E0602; }

// Whether the name stands in the clause of the pattern: after it, and before another line that begins with `|`.
static bool is_in_clause(const Diagnostic *pattern, const Diagnostic *name) {
    if (pattern->span.source != name->span.source || name->span.start < pattern->span.end) return false;
    const char *bytes = name->span.source->text.bytes;
    bool begins_line = false;
    for (size_t at = pattern->span.end; at < name->span.start; at++) {
        if (begins_line && bytes[at] != ' ' && bytes[at] != '\n') {
            bool is_declaration = bytes[at - 1] == '\n';
            if (bytes[at] == '|' || is_declaration) return false;
            begins_line = false;
        }
        if (bytes[at] == '\n') begins_line = true;
    }
    return true;
}

enum { MOST_PATTERNS = 100 };

static void drop_unbound_names(Diagnostics *diagnostics) {
    size_t kept = 0;
    const Diagnostic *patterns[MOST_PATTERNS];
    size_t count = 0;
    for (size_t i = 0; i < diagnostics->list.count && count < MOST_PATTERNS; i++) {
        if (lacks_parameters(diagnostics->list.items[i])) patterns[count++] = diagnostics->list.items[i];
    }
    for (size_t i = 0; i < diagnostics->list.count && count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        bool follows = false;
        for (size_t k = 0; k < count && diagnostic->code == E0305; k++) follows |= is_in_clause(patterns[k], diagnostic);
        if (follows) diagnostics->error_count--;
        else diagnostics->list.items[kept++] = diagnostic;
    }
    if (count) diagnostics->list.count = kept;
}

void drop_cascades(Inference *inference) {
    drop_unbound_names(inference->diagnostics);
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
