#ifndef FX_CORE_CORE_H
#define FX_CORE_CORE_H
// Typed core: a strict lambda calculus in which a computation is a value made by DELAY and run by FORCE. docs/core.md is its manual.
//
// It is in direct style: inside a DELAY the body runs its effects in the order of evaluation, and has the type of the *answer*.
//   let! x = c; e     is   Delay (let x = Force c in Force e)
//   ret e             is   Delay e
//   Force (Delay e)   is   e
// Every node carries its type. The same nodes serve four stages, each with its invariants (docs/core.md), all checked by check_core.c:
//   STAGE_TYPED        from types/: polymorphic, overloaded primitives, any nesting.
//   STAGE_SPECIALISED  no free type parameters; WORD, COUNTED and WAITING_ROW may stand in types; only concrete primitives.
//   STAGE_SIMPLIFIED   the same, smaller; in A-normal form: arguments and scrutinees are atoms, control only at the end of a path.
//   STAGE_COUNTED      the same, with DUP, DROP, DROP_REUSE; every owned variable is consumed exactly once on every path.

#include "../types/type.h"

typedef struct CoreExpression CoreExpression;
typedef struct CoreVariable CoreVariable;
typedef struct CoreDefinition CoreDefinition;
typedef Vector(CoreExpression *) CoreExpressions;
typedef Vector(CoreVariable *) CoreVariables;

typedef enum {
    STAGE_TYPED,
    STAGE_SPECIALISED,
    STAGE_SIMPLIFIED,
    STAGE_COUNTED,
} CoreStage;

// A local: parameter, let, pattern variable, reuse token. Each binder is one object, referred to by pointer.
struct CoreVariable {
    Symbol name;               // the user's, or a made-up one
    uint32_t id;               // unique in the program
    Type *type;
    TypeParameters parameters; // of a local let that is polymorphic; empty after specialise
    Span span;
    bool is_borrowed;          // COUNTED: holds no reference of its own (a parameter whose caller keeps one, a field, a global)
    bool is_token;             // COUNTED: memory to reuse, or none (DROP_REUSE made it)
};

typedef enum {
    CORE_INT,       // int_value; also CHAR by type
    CORE_FLOAT,     // float_value
    CORE_STRING,    // text
    CORE_LOCAL,     // variable, instantiated by type_arguments when its binder is polymorphic
    CORE_GLOBAL,    // definition, instantiated by type_arguments
    CORE_CONSTRUCT, // constructor applied to all its fields: items. COUNTED: reuse is a token or NULL
    CORE_FIELD,     // field `index` of first, whose constructor is known: records and tuples
    CORE_PRIMITIVE, // primitive applied to items
    CORE_LAMBDA,    // parameters -> body; a body that is a DELAY makes a function that does its work when the computation is run
    CORE_APPLY,     // first applied to items (at least one); may be too few or too many for its arity
    CORE_DELAY,     // the computation that runs body; type COMPUTATION
    CORE_FORCE,     // runs first, a computation; has the type of its answer
    CORE_PERFORM,   // runs operation on items now; has the type of the operation's answer; type_arguments: the effect's, then the operation's
    CORE_LET,       // variable = first; then body
    CORE_LET_REC,   // bindings, each a LAMBDA, in scope of each other; then body
    CORE_SWITCH,    // on first by its constructor or literal value: arms, then otherwise (NULL when arms are complete)
    CORE_JOIN,      // label (with parameters) stands for first within body: what several arms share. SIMPLIFIED: first may jump to it: a loop
    CORE_JUMP,      // to label, with items as its parameters; only in tail position with respect to its JOIN
    CORE_FAULT,     // a bug met at run time: first is the message, a String
    CORE_HANDLE,    // first is a computation, handled; runs now: answers the handle's result; gone after specialise
    CORE_DUP,       // COUNTED: one reference more to variable; then body
    CORE_DROP,      // COUNTED: one reference less to variable; then body
    CORE_DROP_REUSE, // COUNTED: drop variable; `token` is its memory if that was the last reference; then body
    CORE_DROP_TOKEN, // COUNTED: token is not used on this path: frees its memory; then body
} CoreKind;

typedef enum {
#define PRIMITIVE(name, text, arity) PRIMITIVE_##name,
#include "primitives.def"
#undef PRIMITIVE
    PRIMITIVE_COUNT
} Primitive;

// One arm of a SWITCH: by constructor (fields bound to variables; NULL where a field is not used), or by a literal.
typedef struct CoreArm {
    Constructor *constructor;
    CoreVariables fields;
    CoreExpression *literal; // INT, FLOAT or STRING node when constructor is NULL
    CoreExpression *body;
} CoreArm;

typedef struct CoreBinding {
    CoreVariable *variable;
    CoreExpression *value;
} CoreBinding;

typedef struct CoreLabel {
    Symbol name;
    uint32_t id;
    CoreVariables parameters;
    bool is_loop; // its own code may jump to it
} CoreLabel;

// `Store.get key -> body`. A plain clause answers; one whose operation answers Never, or a control clause, gives the handle's result.
typedef struct CoreHandlerClause {
    Operation *operation;
    CoreVariables parameters;
    CoreVariable *resume; // control clauses only
    TypeParameters own;   // TYPED: the operation's own variables, as they stand in the clause
    unsigned copy;        // while it is specialised: for which of their representations (handlers.c)
    CoreExpression *body;
} CoreHandlerClause;

// What code was copied through when it got from its definition into another (simplify): faults show the let!s among these calls.
typedef struct CoreInlining {
    const CoreDefinition *callee; // whose code it was
    Span call;                    // stood in the callee of `outer`; when that is NULL in the definition that has the code now
    bool runs;                    // a let!
    const struct CoreInlining *outer;
} CoreInlining;

struct CoreExpression {
    CoreKind kind;
    union {
        unsigned index;      // FIELD: by order of declaration. PERFORM, SPECIALISED: which of its handler's clauses, from 1; 0: the runtime's
        Primitive primitive; // PRIMITIVE
    };
    bool jumps;              // PERFORM, SIMPLIFIED: its handler is known and left by a jump (handled.c)
    Type *type;
    Span span;
    const CoreInlining *inlined; // NULL: it stands where it was written
    union { // by kind; read only the one that is the kind's
        int64_t int_value;          // INT
        double float_value;         // FLOAT
        Text text;                  // STRING
        CoreDefinition *definition; // GLOBAL
        Constructor *constructor;   // CONSTRUCT, FIELD
        Operation *operation;       // PERFORM
        Effect *effect;             // HANDLE
        CoreLabel *label;           // JOIN, JUMP
    };
    CoreVariable *variable;     // LOCAL, LET, DUP, DROP, DROP_REUSE
    CoreVariable *token;        // DROP_REUSE, DROP_TOKEN; CONSTRUCT: the token it reuses
    Types type_arguments;       // LOCAL, GLOBAL, PERFORM; HANDLE: the effect's, then the row around the handle
    CoreExpression *first;
    CoreExpression *body;
    CoreExpression *otherwise;  // SWITCH
    CoreExpressions items;
    CoreVariables parameters;   // LAMBDA
    Vector(CoreBinding) bindings;
    Vector(CoreArm) arms;
    Vector(CoreHandlerClause) clauses; // HANDLE
    CoreVariable *return_parameter;    // HANDLE: NULL, the answer is the result
    CoreExpression *return_body;
    CoreVariables captured; // COUNTED, on LAMBDA and DELAY that become closures: free locals, in closure order
};

typedef enum {
    DEFINITION_VALUE,  // computed once, at start, in order of dependence; or a function when it is a LAMBDA or DELAY
    DEFINITION_EXTERN, // a C function: symbol
    DEFINITION_CELL,   // first value of a cell: value; effect
} DefinitionKind;

struct CoreDefinition {
    DefinitionKind kind;
    Symbol module;
    Symbol name;               // unique together with module (after specialise: with `key` too)
    Symbol key;                // after specialise: what it was specialised to, or NULL
    Symbol shown;              // of a piece that simplify made a definition of: the function, with its module, in whose text it stands; else NULL
    Span span;
    Type *type;
    TypeParameters parameters; // empty after specialise
    CoreExpression *value;     // NULL for EXTERN
    Symbol symbol;             // EXTERN
    bool waits;                // EXTERN: may wait; so it is called in waiting style
    Symbol now_symbol;         // EXTERN that waits: what is called instead where the row cannot wait, or NULL: the same
    Effect *effect;            // CELL
    bool is_private;
    bool is_own;               // of the program's own modules, not of the standard library
    bool is_test;              // a spec or a `test` of the program's own modules: value is a Bool or a computation of one; name is its text
    unsigned test_parameters;  // for all values of which the test holds: value is a LAMBDA of so many
    bool has_guard;            // what the test's LAMBDA answers is a list: of a function from (), or empty where `when` does not hold
};
typedef Vector(CoreDefinition *) CoreDefinitions;

// A step of a spec (docs/language.md 12), as it stands in the text. What it says is in the spec's core.
typedef enum {
    STEP_KIND_ASK,   // first: the operation as a computation; second: a computation of the answer
    STEP_KIND_USE,   // first: the other spec, applied
    STEP_KIND_JOIN,  // first, second: blocks
    STEP_KIND_LEFT,  // first: the winner's block; second: the loser's, or ()
    STEP_KIND_RIGHT,
    STEP_KIND_FOR,   // first: the list; second: a function from an item to a block
    STEP_KIND_CHOOSE, // if, match: first: a block
} CoreStepKind;

typedef struct CoreStep {
    CoreStepKind kind;
    Span span;
    bool does_not_answer; // ASK of an operation that answers Never
    bool is_unanswered;   // ASK: whoever asks is cancelled while it waits
    bool holds_unanswered; // it is such a step, or has one in its blocks
    bool is_cut_short;     // the same, outside of `losing` blocks: what cancels whoever asks is no race that is lost
} CoreStep;

// A spec is a function of its parameters, or a plain value when it has none, that gives (subject, block, returns): a computation, a block, a
// computation of what the subject must answer. A block is a computation that gives a list of steps (index into the
// program's steps, first, second).
// It has no type that core could check, and is not among the definitions.
typedef struct CoreSpec {
    CoreDefinition *definition; // value: the function
    CoreVariables parameters;   // with their types, as in the value; a pattern's has a made-up name
    Vector(Symbol) names;       // of the parameters as they are written; "" for a pattern
    Span subject, returns;      // in the text
    size_t first_step, step_count; // its own, among the program's
} CoreSpec;

// A whole program. After specialise: only what main reaches.
typedef struct CoreProgram {
    Builtins *builtins;
    Vector(CoreSpec *) specs;    // of all modules; no pass after types/ looks at them
    Vector(CoreStep) steps;      // of all specs, in the order of the text
    CoreDefinitions definitions; // in an order in which every value comes after those it is computed from
    CoreDefinition *main;        // NULL when only checked
    Vector(Effect *) effects;
    uint32_t next_id;            // for made-up variables, labels
    unsigned handled_count;      // after specialise: effects that have a place at run time
    bool controls, aborts;       // after specialise: some handler has control clauses, some operation ends its handle
} CoreProgram;

// ---- asking: expression.c ----
// A literal, a variable, a global or a constant constructor: needs no code of its own.
bool core_is_atom(const CoreExpression *expression);
// The children of a node, in order of evaluation: first, items, bindings, arms, otherwise, clauses, return_body, body.
unsigned core_child_count(const CoreExpression *expression);
CoreExpression **core_child(CoreExpression *expression, unsigned index);
// Whether the definition needs the extern of this C function, itself or by others. (reach.c)
bool core_reaches(Arena *arena, CoreDefinition *from, const char *symbol);
// Whether an extern's C function owns its arguments: its name ends in _take.
bool core_takes_arguments(Symbol symbol);

// ---- making nodes: build_core.c ----
CoreExpression *core_node(Arena *arena, CoreKind kind, Type *type, Span span);
CoreExpression *core_local(Arena *arena, CoreVariable *variable, Span span);
CoreVariable *core_variable(Arena *arena, CoreProgram *program, Symbol name, Type *type, Span span);
CoreExpression *core_let(Arena *arena, CoreVariable *variable, CoreExpression *value, CoreExpression *body);
// The computation of `type` that runs body.
CoreExpression *core_delay(Arena *arena, CoreExpression *body, Type *type);
// Runs a computation now: pushed into the tails of lets, switches and joins, where `Force (Delay e)` is e. Changes its argument's nodes.
CoreExpression *core_force(Arena *arena, CoreExpression *computation, Type *answer);
CoreExpression *core_unit(Arena *arena, const Builtins *builtins, Span span);
CoreExpression *core_bool(Arena *arena, const Builtins *builtins, bool value, Span span);
CoreExpression *core_switch_bool(Arena *arena, const Builtins *builtins, CoreExpression *condition, CoreExpression *if_true,
                                 CoreExpression *if_false);

size_t core_count_inlinings(const CoreInlining *inlined);
// What people are told a definition is called.
Symbol core_shown_name(Symbols *symbols, const CoreDefinition *definition);
#endif
