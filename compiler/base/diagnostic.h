#ifndef FX_BASE_DIAGNOSTIC_H
#define FX_BASE_DIAGNOSTIC_H
// What is wrong, as data. Passes report; compile.c hands the list back; tools/render.c turns it into text or JSON.

#include <stdbool.h>
#include "source.h"
#include "vector.h"

// E01xx lexical and layout, E02xx grammar, E03xx names and modules, E04xx types, E05xx effects and computations,
// E06xx patterns, E07xx programs, W0xxx warnings.
typedef enum {
#define DIAGNOSTIC(code, title, explanation) code,
#include "diagnostics.def"
#undef DIAGNOSTIC
    DIAGNOSTIC_CODES
} DiagnosticCode;

typedef struct Label {
    Span span;
    Text text;
} Label;

typedef struct Diagnostic {
    DiagnosticCode code;
    Span span;
    Text message;          // what is wrong, in the user's words; one sentence, may span lines
    Vector(Label) labels;  // where the other half of the story is
    Text hint;             // length 0: none
    Span construct;        // what is judged as a whole: an error in a part of it is the mistake, and this one follows from it
    Span variable;         // where the type variable is written that is not what is wanted of it; source NULL: the error is of none
    bool explains_parts;   // or the other way round: errors in parts of the construct follow from this one
} Diagnostic;

typedef struct Diagnostics {
    Arena *arena;
    Vector(Diagnostic *) list;
    size_t error_count;
} Diagnostics;

const char *diagnostic_name(DiagnosticCode code);        // "E0203"
const char *diagnostic_title(DiagnosticCode code);
const char *diagnostic_explanation(DiagnosticCode code); // the long story, Markdown
bool diagnostic_is_warning(DiagnosticCode code);
// DIAGNOSTIC_CODES when there is no such code.
DiagnosticCode find_diagnostic(const char *name);

Diagnostic *report(Diagnostics *diagnostics, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void add_label(Diagnostics *diagnostics, Diagnostic *diagnostic, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void add_hint(Diagnostics *diagnostics, Diagnostic *diagnostic, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// By file in the order given to the compiler, then by place; the same code at the same place is kept once.
void sort_diagnostics(Diagnostics *diagnostics);

#endif
