#ifndef FX_TYPES_TYPE_H
#define FX_TYPES_TYPE_H
// Types, and what is declared: data types, effects, operations. Shared by inference and every later pass.

#include <stdbool.h>
#include "../base/source.h"
#include "../base/vector.h"

typedef struct Type Type;
typedef struct DataType DataType;
typedef struct Constructor Constructor;
typedef struct Effect Effect;
typedef struct Operation Operation;
typedef Vector(Type *) Types;

typedef enum {
    KIND_TYPE,
    KIND_ROW,
} Kind;

// What a type variable's instances must offer; specialise.c resolves each to code for the actual type.
typedef enum {
    CONSTRAINT_COMPARE = 1, // == != < <= > >= compare
    CONSTRAINT_SHOW = 2,
    CONSTRAINT_NUMBER = 4, // + - * / %: Int or Float
    CONSTRAINT_APPEND = 8, // ++: String or List
    CONSTRAINT_INTERPOLATE = 16, // \(e): String, Int, Float, Bool or Char
} Constraint;

// A quantified (rigid) type or row variable.
typedef struct TypeParameter {
    Symbol name; // as written, or a made-up letter
    uint32_t id; // unique in the compilation
    Kind kind;
    unsigned constraints; // set of Constraint
    unsigned level;       // inference only: of the binding that it belongs to
    Span span;            // where an annotation writes it first; source NULL: nowhere
} TypeParameter;
typedef Vector(TypeParameter *) TypeParameters;

// An inference variable; only types/ makes these, none is left in core.
typedef struct Unknown Unknown;

typedef enum {
    TYPE_DATA,        // data applied to arguments: Int, String, List a, (a, b), user types, extern types
    TYPE_FUNCTION,    // parameter -> result
    TYPE_COMPUTATION, // answer ! row
    TYPE_PARAMETER,   // a quantified variable (of either kind)
    TYPE_UNKNOWN,     // an inference variable (of either kind)
    TYPE_EFFECT,      // row: one effect, applied to arguments, in front of `rest`
    TYPE_EMPTY_ROW,   // row: nothing more
    TYPE_WAITING_ROW, // row, after specialise: stands for any row that can wait
    TYPE_WORD,        // after specialise: stands for any type held in an uncounted machine word
    TYPE_COUNTED,     // after specialise: stands for any type held in a counted value
    TYPE_ERROR,       // of an expression already reported: unifies with everything (of either kind)
} TypeKind;

struct Type {
    TypeKind kind;
    DataType *data;           // DATA
    Effect *effect;           // EFFECT
    Types arguments;          // DATA, EFFECT
    Type *left;               // FUNCTION: parameter; COMPUTATION: answer
    Type *right;              // FUNCTION: result; COMPUTATION: row; EFFECT: the rest of the row
    TypeParameter *parameter; // PARAMETER
    Unknown *unknown;         // UNKNOWN
    bool is_settled;          // no solved unknown is left inside
};

// How a value of a type is held.
typedef enum {
    REPRESENTATION_WORD,    // machine word, not counted: Int, Char, Bool, Unit, types of constant constructors only
    REPRESENTATION_FLOAT,   // C double in variables, its bits in a field
    REPRESENTATION_COUNTED, // pointer to a counted object, or a constant constructor as (tag << 1) | 1
} Representation;

typedef enum {
    DATA_PRIMITIVE, // Int Float Char String Never
    DATA_VARIANT,   // constructors; Unit, Bool, List, Option, Ordering and tuples among them
    DATA_RECORD,    // one constructor with named fields
    DATA_EXTERN,    // extern type: made and read by C only; always counted
} DataKind;

struct DataType {
    DataKind kind;
    Symbol module; // "Prelude" for what is built in
    Symbol name;   // "List"; "(,)" for pairs
    Span span;
    bool is_opaque;
    TypeParameters parameters;
    Vector(Constructor *) constructors; // in the order of their declaration: index = tag
    unsigned tuple_size;                // 0: not a tuple
    bool holds_constants_only;          // every constructor is constant: held in a word
    struct StructuralFacts *structural; // whether values can be compared and shown; NULL until asked (constraint.c)
    Type *seen_as; // the list, in terms of parameters, as which values are compared and shown (view.c); else NULL: by structure
    bool has_source; // its module's `to_source` gives the text as which values are shown (view.c)
    Type *plain;                        // the type itself when there are no parameters, shared; made by data_type
};

struct Constructor {
    DataType *data;
    Symbol name; // a record's constructor bears the type's name
    Span span;
    unsigned tag;
    Types fields;               // in terms of data->parameters
    Vector(Symbol) field_names; // records
};

typedef enum {
    EFFECT_USER,   // handled by handlers in the program
    EFFECT_EXTERN, // implemented by the runtime
    EFFECT_CELL,   // operations get, set, update on one cell
} EffectKind;

struct Effect {
    EffectKind kind;
    Symbol module;
    Symbol name;
    Span span;
    TypeParameters parameters;
    Vector(Operation *) operations;
    Type *cell_type; // CELL
    bool is_handled; // from specialise on: main reaches a handler for it
    unsigned place;  // after specialise: in environments at run time, from 1, when the program handles it; else 0
    unsigned index;  // unique in the program; a cell's slot is by order among cells
};

struct Operation {
    Effect *effect;
    Symbol name;
    Span span;
    unsigned index;
    TypeParameters parameters; // the operation's own variables, beyond the effect's
    Types arguments;
    Type *answer;
    bool waits;    // EXTERN: may wait, by its declaration
    Symbol symbol; // EXTERN: the C function
    bool runs_cell; // CELL: `run`, whose last two parameters are the answer of what it handles and the row around it
};

// The types that the compiler itself speaks of. Filled by types/ before the first module.
typedef struct Builtins {
    DataType *int_type, *float_type, *char_type, *string_type, *never_type;
    DataType *unit_type;     // ()
    DataType *bool_type;     // False = 0, True = 1
    DataType *list_type;     // [] = 0 (Nil), :: = 1 (Cons head tail)
    DataType *option_type;   // None = 0, Some = 1
    DataType *either_type;   // Left = 0, Right = 1
    DataType *result_type;   // Ok = 0, Err = 1
    DataType *ordering_type; // Less = 0, Equal = 1, Greater = 2
    Vector(DataType *) tuple_types; // index = size; find_tuple_type makes them
} Builtins;

Builtins *create_builtins(Arena *arena, Symbols *symbols);
DataType *find_tuple_type(Arena *arena, Symbols *symbols, Builtins *builtins, unsigned size);

/* type.c: making, asking, printing; of use to every pass */
Type *data_type(Arena *arena, DataType *data, const Types *arguments);
Type *function_type(Arena *arena, Type *parameter, Type *result);
Type *computation_type(Arena *arena, Type *answer, Type *row);
Type *effect_row(Arena *arena, Effect *effect, const Types *arguments, Type *rest);
Type *parameter_type(Arena *arena, TypeParameter *parameter);
Type *plain_type(TypeKind kind); // EMPTY_ROW, WAITING_ROW, WORD, COUNTED, ERROR: shared, constant
// Unknowns that have been solved are looked through.
Type *resolve_type(Type *type);
// Replaces parameters[i] by arguments[i].
Type *substitute_type(Arena *arena, Type *type, const TypeParameters *parameters, const Types *arguments);
// Rows are compared as sets.
bool type_equal(Type *left, Type *right);
// Of a type without free type parameters (after specialise), or of a parameter-free head; a PARAMETER answers COUNTED.
Representation find_representation(Type *type);
// Whether a computation with this row may have to wait: a waiting operation of an extern effect, WAITING_ROW, a row parameter.
// (User effects: by what their handlers do; see core/specialise.c.)
bool row_can_wait(Type *row);
// Whether one with this row never waits, but may be ended by an operation that answers `never`.
bool row_only_aborts(Type *row, const DataType *never);
// As the user would write it, with the made-up variables a, b, c.
void print_type(Builder *builder, Type *type);

#endif
