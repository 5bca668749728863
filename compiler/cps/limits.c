// What the runtime's objects have room for (runtime/fx.h): a byte counts the words of an object, another is the tag, and a closure's tag leaves
// six bits for its arity. Nobody writes such programs by hand, but some are written by programs.

#include "../fx.h"
#include "cps.h"

enum { MOST_FIELDS = 250, MOST_TAGS = 256, MOST_PARAMETERS = 250, MOST_CLOSURE_PARAMETERS = 63 };

static void check_construct(void *context, const CoreExpression *node) {
    Diagnostics *diagnostics = context;
    const Constructor *constructor = node->kind == CORE_CONSTRUCT ? node->constructor : NULL;
    bool is_made_up = constructor && !constructor->span.source;
    if (is_made_up && constructor->fields.count > MOST_FIELDS)
        report(diagnostics, E0721, node->span, "a tuple or a handler may have %d parts; this one has %u.", MOST_FIELDS, constructor->fields.count);
    else if (constructor && constructor->fields.count > MOST_FIELDS)
        report(diagnostics, E0721, constructor->span, "`%s` has %u fields; a constructor may have %d.", constructor->name,
               constructor->fields.count, MOST_FIELDS);
    if (constructor && constructor->fields.count && constructor->tag >= MOST_TAGS)
        report(diagnostics, E0721, constructor->span, "`%s` is constructor number %u of its type; only the first %d may have fields.",
               constructor->name, constructor->tag + 1,
               MOST_TAGS);
    visit_children(node, check_construct, diagnostics);
}

static void check_function(Diagnostics *diagnostics, const CpsFunction *function) {
    Span span = function->closure && function->closure->span.source ? function->closure->span : function->definition->span;
    bool is_value = function->closure || function->used_as_value;
    size_t most = is_value ? MOST_CLOSURE_PARAMETERS : MOST_PARAMETERS;
    if (function->parameters.count > most)
        report(diagnostics, E0721, span, "a function %smay have %zu parameters; this one has %u.", is_value ? "that is used as a value " : "",
               most, function->parameters.count);
    if (function->captured.count > MOST_FIELDS)
        report(diagnostics, E0721, span, "a function or computation may use %d variables from around it; this one uses %u.", MOST_FIELDS,
               function->captured.count);
    check_construct(diagnostics, function->body);
}

void check_limits(Compilation *compilation, const CpsProgram *program) {
    for (size_t i = 0; i < program->functions.count; i++) check_function(compilation->diagnostics, program->functions.items[i]);
}
