#ifndef FX_NAMES_SCOPE_H
#define FX_NAMES_SCOPE_H
// Looking names up: in the module, in what it imports, in Prelude.

#include "modules.h"

typedef enum {
    NAMESPACE_VALUE,
    NAMESPACE_CONSTRUCTOR,
    NAMESPACE_TYPE,
    NAMESPACE_EFFECT,
    NAMESPACES,
} Namespace;

typedef struct Scope {
    Compilation *compilation;
    Modules *modules;
    Module *module;
    Table told[NAMESPACES]; // Symbol of an unknown name, as written, to its Diagnostic
    bool in_clause_head; // of a handler: the name of an operation is looked for
    Table locals; // Symbol to the innermost Meaning of that name, or NULL
} Scope;

Meaning *new_meaning(Arena *arena, MeaningKind kind, Symbol name, Span span);
const Table *names_of(const Module *module, Namespace space);
// What a name stands for, or NULL. Marks the import it came by as used. Locals are not looked at.
Meaning *find_meaning(Scope *scope, Namespace space, const Name *name);
Meaning *find_operation(const Meaning *effect, Symbol name);

/* habits.c: what fx calls something, as it would be written, or NULL */
const char *find_habit(Symbol name);
// The function that the name of a type in small letters is elsewhere.
const char *find_conversion(Symbol name);
// The module that is meant by the name of another language's.
const char *find_module_habit(Symbol name);
const char *find_habit_of_module(Symbol module, Symbol name);

/* unknown.c: says that a name is unknown, and what was likely meant; the meaning that stands for the error */
Meaning *report_unknown(Scope *scope, Namespace space, const Name *name);

#endif
