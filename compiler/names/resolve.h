#ifndef FX_NAMES_RESOLVE_H
#define FX_NAMES_RESOLVE_H
// Inside names/: the walk over declarations (resolve.c) and over expressions and patterns (resolve_expression.c).

#include "scope.h"

// A local that came into scope, and what its name stood for before.
typedef struct Bound {
    Meaning *meaning;
    Meaning *shadowed;
} Bound;

// A local whose name stands in braces in a text.
typedef struct InText {
    const Meaning *meaning;
    Span text;
} InText;

typedef struct Resolver {
    Scope scope;
    Arena *arena;
    Definition *definition; // being resolved; NULL in types
    Vector(Bound) bound;    // locals in scope, innermost last
    Vector(InText) in_texts; // of each such local the first text
    bool in_list;      // of patterns, the last of which is two names with `|` between
    bool in_arguments;      // of a type: a set of effects may stand here
} Resolver;

Meaning *resolve_name(Resolver *resolver, Namespace space, Name *name);
void resolve_value(Resolver *resolver, Name *name);
void resolve_type_syntax(Resolver *resolver, TypeSyntax *type);

// Reports a bound name that begins with a capital and is no constructor; its uses are then no errors.
void check_bound_case(Resolver *resolver, const Pattern *pattern);
// Reports a type among the parameters, where constructors may stand; types are then no parameters, and the annotation of what is answered
// (NULL: there is none) is not known.
void check_parameter_types(Resolver *resolver, Patterns *parameters, TypeSyntax **annotation);

/* resolve_expression.c */
void resolve_expression(Resolver *resolver, Expression *expression);
// Brings the pattern's variables into scope. Those bound since `start` belong to the same pattern and must differ.
void resolve_pattern(Resolver *resolver, Pattern *pattern, size_t start, bool warns_unused);
void resolve_steps(Resolver *resolver, Steps *steps);
// Leaves the scopes entered since bound.count was `mark`, and warns of locals that were not used.
void leave_scope(Resolver *resolver, size_t mark);

#endif
