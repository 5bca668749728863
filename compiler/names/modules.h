#ifndef FX_NAMES_MODULES_H
#define FX_NAMES_MODULES_H
// The program's modules and what their names stand for. Loaded by modules.c, declared by scope.c, resolved by resolve.c.

#include "../base/table.h"
#include "../fx.h"
#include "../syntax/syntax.h"
#include "../types/type.h"

typedef struct Module Module;
typedef struct Meaning Meaning;
typedef struct Definition Definition;
typedef Vector(Meaning *) Meanings;

typedef enum {
    MEANING_LOCAL,       // a parameter, a local let, a pattern's variable
    MEANING_VALUE,       // a top-level let or extern let
    MEANING_BUILTIN,     // ret, fault, compare, show: known to the compiler; index is a BuiltinValue
    MEANING_CONSTRUCTOR, // `::` among them
    MEANING_TYPE,        // a data type
    MEANING_ALIAS,       // of a type or of a set of effects
    MEANING_EFFECT,      // a cell is one, too
    MEANING_OPERATION,   // index within its effect
    MEANING_SPEC,
    MEANING_ERROR,       // of an unknown name that was reported
} MeaningKind;

typedef enum {
    BUILTIN_RET,
    BUILTIN_FAULT,
    BUILTIN_COMPARE,
    BUILTIN_SHOW,
} BuiltinValue;

// The operations of a cell, by index.
typedef enum {
    CELL_GET,
    CELL_SET,
    CELL_UPDATE,
    CELL_RUN, // handles the cell with a private value
} CellOperation;

// What a name stands for. The part below the line belongs to types/.
struct Meaning {
    MeaningKind kind;
    bool is_private;
    bool is_used;
    bool is_wrong;     // LOCAL: bound twice in one pattern, VALUE: declared twice; which was reported
    bool is_doubted;   // VALUE: it is not what its annotation says it answers, LOCAL: it lacks an argument, OPERATION of a cell whose type is in
                       // doubt; which was reported
    bool warns_unused; // LOCAL: a let's or a clause's variable, not a parameter
    bool is_in_text;   // LOCAL: its name stands in braces in a text
    bool is_misused;   // LOCAL: a parameter that was reported to be of another type than its annotation says
    uint32_t misused;  // VALUE: the first parameters of which that was reported, the first as the lowest bit
    unsigned index;
    Symbol name;
    Span span;                // where it is declared
    Span annotation;          // LOCAL: the written type of a parameter; source NULL: none
    Module *module;           // NULL for locals
    Declaration *declaration; // NULL for locals and what is built in
    Definition *definition;   // VALUE: the let it is part of
    const Expression *function; // LOCAL: the body of a local function, or NULL
    Meanings operations;      // EFFECT
    // ----
    DataType *data;                   // TYPE
    Constructor *constructor;         // CONSTRUCTOR
    Effect *effect;                   // EFFECT
    Operation *operation;             // OPERATION
    struct Alias *alias;              // ALIAS
    Type *type;                       // LOCAL, VALUE: its type; NULL before it is known
    TypeParameters parameters;        // LOCAL, VALUE: what its type is quantified over
    struct CoreVariable *variable;    // LOCAL
    struct CoreDefinition *core;      // VALUE
    bool is_open;                     // VALUE, LOCAL: being inferred without a full annotation: one type at all uses
};

// A top-level let, test or spec, with the module's own values that it mentions.
struct Definition {
    Declaration *declaration;
    Module *module;
    Meanings names;      // what it defines; a pattern may define several
    Meanings references; // VALUEs and SPECs of the same module
    bool is_annotated;   // its whole type is written
    bool is_done;        // its body has been inferred
    unsigned order;      // for the search of groups
    unsigned low;
    bool on_stack;
    unsigned group;      // which group of the module it is in
    struct CoreDefinition *core; // of the whole: a pattern's value, a test, a cell
};

typedef struct Import {
    Declaration *declaration;
    Module *module;
    Symbol prefix;
    bool is_used;
    bool is_second; // the module is imported already, which was reported: only the listed names count
} Import;
typedef Vector(Import *) Imports;

struct Module {
    Symbol name;      // "Request"
    Symbol full_name; // "Http.Request"
    ModuleSyntax *syntax;
    bool from_stdlib;
    Imports imports;
    Vector(Definition *) definitions; // lets, tests and specs, in the order of the file
    // What the module declares, by name.
    Table values;       // lets, extern lets, specs; operations of the effect that bears the module's name
    Table constructors;
    Table types;        // data types and aliases
    Table effects;      // effects, cells, aliases of sets of effects
    // What imports bring in.
    Table prefixes;     // Symbol to Import
    Table imported_values, imported_constructors, imported_types, imported_effects;
    // modules.c: where the search for circles is.
    bool is_open;
    bool is_done;
};

struct Modules {
    Vector(Module *) list; // in dependence order: a module comes after those it imports
    Module *program;
    Module *prelude;
    Builtins *builtins;
};

/* modules.c */
extern const char *const standard_modules[]; // names for near misses; ends with NULL
extern const char *const standard_effects[]; // those of them that declare the effect of their name

/* habits.c: the function of the standard library that has this name, here or elsewhere, or NULL */
const char *find_standard_function(Symbol name);

/* scope.c */
// The names that a module declares and imports; its imports are declared already.
void declare_module(Compilation *compilation, Modules *modules, Module *module);
void declare_builtins(Compilation *compilation, Modules *modules);
// Reports unused imports.
void check_imports_used(Compilation *compilation, const Module *module);

#endif
