#include "diagnostic.h"

#include <stdlib.h>
#include <string.h>

typedef struct DiagnosticFacts {
    const char *name;
    const char *title;
    const char *explanation;
} DiagnosticFacts;

static const DiagnosticFacts facts[] = {
#define DIAGNOSTIC(code, title, explanation) {#code, title, explanation},
#include "diagnostics.def"
#undef DIAGNOSTIC
};

const char *diagnostic_name(DiagnosticCode code) { return facts[code].name; }
const char *diagnostic_title(DiagnosticCode code) { return facts[code].title; }
const char *diagnostic_explanation(DiagnosticCode code) { return facts[code].explanation; }
bool diagnostic_is_warning(DiagnosticCode code) { return facts[code].name[0] == 'W'; }

DiagnosticCode find_diagnostic(const char *name) {
    int code = 0;
    while (code < DIAGNOSTIC_CODES && strcmp(facts[code].name, name) != 0) code++;
    return (DiagnosticCode)code;
}

static Text format_text(Arena *arena, const char *format, va_list arguments) {
    Builder builder = builder_in(arena);
    build_format_list(&builder, format, arguments);
    return builder_text(&builder);
}

Diagnostic *report(Diagnostics *diagnostics, DiagnosticCode code, Span span, const char *format, ...) {
    Diagnostic *diagnostic = NEW(diagnostics->arena, Diagnostic);
    diagnostic->code = code;
    diagnostic->span = diagnostic->construct = span;
    va_list arguments;
    va_start(arguments, format);
    diagnostic->message = format_text(diagnostics->arena, format, arguments);
    va_end(arguments);
    vector_push(diagnostics->arena, &diagnostics->list, diagnostic);
    if (!diagnostic_is_warning(code)) diagnostics->error_count++;
    return diagnostic;
}

void add_label(Diagnostics *diagnostics, Diagnostic *diagnostic, Span span, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Label label = {span, format_text(diagnostics->arena, format, arguments)};
    va_end(arguments);
    vector_push(diagnostics->arena, &diagnostic->labels, label);
}

void add_hint(Diagnostics *diagnostics, Diagnostic *diagnostic, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    diagnostic->hint = format_text(diagnostics->arena, format, arguments);
    va_end(arguments);
}

// ---- order ----

// What a diagnostic is sorted by; `source_rank` is where its source first appears in the list, `index` its own place there.
typedef struct Ranked {
    Diagnostic *diagnostic;
    size_t source_rank;
    size_t index;
} Ranked;

static int compare_sizes(size_t left, size_t right) { return (left > right) - (left < right); }

static int compare_ranked(const void *left_item, const void *right_item) {
    const Ranked *left = left_item, *right = right_item;
    const Source *left_source = left->diagnostic->span.source, *right_source = right->diagnostic->span.source;
    int order = compare_sizes(left_source ? left_source->order : 0, right_source ? right_source->order : 0);
    if (!order) order = compare_sizes(left->source_rank, right->source_rank);
    if (!order) order = compare_sizes(left->diagnostic->span.start, right->diagnostic->span.start);
    if (!order) order = compare_sizes(left->diagnostic->span.end, right->diagnostic->span.end);
    if (!order) order = compare_sizes(left->diagnostic->code, right->diagnostic->code);
    return order ? order : compare_sizes(left->index, right->index);
}

static size_t find_source_rank(const Ranked *ranked, size_t count, const Source *source) {
    for (size_t i = count; i-- > 0;) {
        if (ranked[i].diagnostic->span.source == source) return ranked[i].source_rank;
    }
    return count;
}

static bool same_place(const Diagnostic *left, const Diagnostic *right) {
    return left->code == right->code && left->span.source == right->span.source && left->span.start == right->span.start &&
           left->span.end == right->span.end;
}

void sort_diagnostics(Diagnostics *diagnostics) {
    size_t count = diagnostics->list.count;
    Ranked *ranked = NEW_ARRAY(diagnostics->arena, Ranked, count);
    for (size_t i = 0; i < count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        ranked[i] = (Ranked){diagnostic, 0, i};
        ranked[i].source_rank = find_source_rank(ranked, i, diagnostic->span.source);
    }
    qsort(ranked, count, sizeof(Ranked), compare_ranked);
    diagnostics->list.count = 0;
    for (size_t i = 0; i < count; i++) {
        Diagnostic *diagnostic = ranked[i].diagnostic;
        size_t kept = diagnostics->list.count;
        if (kept && same_place(diagnostics->list.items[kept - 1], diagnostic)) {
            if (!diagnostic_is_warning(diagnostic->code)) diagnostics->error_count--;
            continue;
        }
        diagnostics->list.items[diagnostics->list.count++] = diagnostic;
    }
}
