#ifndef FX_CORE_SIMPLIFY_H
#define FX_CORE_SIMPLIFY_H
// The rooms of simplify: simplify.c (rounds over the program), uses.c (how often each name is used), simplify_expression.c (A-normal form and
// what falls away on the way), simplify_call.c (inlining, arities), simplify_switch.c (known constructors, labels), fold.c (primitives),
// static_arguments.c (copies of recursive functions), handled.c, handled_search.c and handled_copy.c (copies of code for the handler that it runs under),
// contify.c (local functions that become labels), lift.c (those that become definitions), divide.c (functions that are too long).

#include "../fx.h"
#include "expression.h"

// What is known of a variable during one round.
typedef struct Fact {
    unsigned uses;               // never too few
    unsigned calls;              // uses as the function of a call, or as what is run
    size_t call_items;           // arguments of the last call
    int escapes;                 // about how many uses want the value whole: all but those that take it apart
    bool is_part;                // a field of what is constructed here: it is held by that
    bool is_constructed;         // bound to a CONSTRUCT
    bool is_pending;             // value is not placed yet: it goes where its only call is
    CoreExpression *replacement; // an atom that stands for it
    CoreExpression *value;       // what it is bound to, in A-normal form (pending: not yet)
    const Constructor *constructor; // by an enclosing arm
    CoreVariables *fields;          // of that arm; NULL where a field has no variable yet
    CoreVariable *owner;            // that it is a field of
} Fact;

// What is known of a label.
typedef struct LabelFact {
    unsigned jumps;
    unsigned known_jumps;   // that pass a known constructor or literal first
    CoreExpression *body;   // what each jump is replaced by; NULL: the label stays
    bool is_moved;          // there is but one jump, which body is moved to; else it is copied
} LabelFact;

typedef struct DefinitionFact {
    unsigned uses;
    size_t index;      // place in the program
    unsigned size;
    bool is_inlinable; // refers to nothing that comes after it, and is small or used once
} DefinitionFact;

// What an arm's knowledge put in the place of.
typedef struct Knowledge {
    Fact *fact;
    CoreExpression *replacement;
    const Constructor *constructor;
    CoreVariables *fields;
} Knowledge;

typedef struct Simplifier {
    Compilation *compilation;
    Arena *arena;
    CoreProgram *program;
    Copier copier;
    Numbered facts;       // by a variable's id
    Numbered label_facts; // by a label's id
    Table definitions;    // from a definition to its DefinitionFact
    CoreDefinition *current;
    Type *answer;         // of the function at hand
    size_t budget;        // nodes that may still be copied into the definition at hand
    Symbol temporary;     // the name of made-up variables
    CoreExpression *unreachable;
    Table names;          // of all definitions
    Table generations;    // from a definition made by static_arguments.c to how many copies it is away from the program's own
    bool copies_functions; // in this round
    Table catches;         // from the extern of a handle to that of one that is left by jumps, of the same type
    size_t handled_budget; // nodes that may still be copied for the handlers that they run under
    Vector(Knowledge) trail; // undone when the path ends on which it was gained
} Simplifier;

// An expression on its way to A-normal form: what it still needs goes to slot.
typedef struct Focus {
    CoreExpression *expression;
    Type *forced; // when the expression is a computation that is run: its type; else NULL
    CoreExpression **slot;
} Focus;

// ---- uses.c ----
Fact *fact_of(Simplifier *simplifier, const CoreVariable *variable);
LabelFact *label_fact_of(Simplifier *simplifier, const CoreLabel *label);
DefinitionFact *definition_fact_of(Simplifier *simplifier, const CoreDefinition *definition);
void count_uses(Simplifier *simplifier, CoreExpression *expression);
// A copy with new binders, whose names' uses are counted.
CoreExpression *copy_counted(Simplifier *simplifier, CoreExpression *expression);

// ---- simplify_expression.c ----
CoreExpression *simplify_function_body(Simplifier *simplifier, CoreExpression *body);
// Puts the value of an expression, bound to the variable, at the slot; answers where what follows goes.
CoreExpression **simplify_binding(Simplifier *simplifier, CoreVariable *variable, CoreExpression *value, Type *forced, CoreExpression **slot);
// The expression, and then a jump to `next` with its answer (NULL: it is the function's answer), at the slot.
void simplify_into(Simplifier *simplifier, CoreExpression *expression, Type *forced, CoreLabel *next, CoreExpression **slot);
CoreExpression *simplify_atom(Simplifier *simplifier, CoreExpression *expression, CoreExpression ***slot);
void simplify_items(Simplifier *simplifier, CoreExpressions *items, CoreExpression ***slot);
void bind_parameter(Simplifier *simplifier, CoreVariable *parameter, CoreExpression *atom);
CoreVariable *make_temporary(Simplifier *simplifier, Type *type, Span span);
CoreExpression *local_of(Simplifier *simplifier, CoreVariable *variable, Span span);
// The atom that stands for an atom now.
CoreExpression *replaced(Simplifier *simplifier, CoreExpression *atom);

// ---- simplify_call.c ----
// Takes a call further: true when the focus is now something else.
bool reduce_apply(Simplifier *simplifier, Focus *focus);
bool reduce_run(Simplifier *simplifier, Focus *focus); // of an atom
bool can_inline(Simplifier *simplifier, const CoreDefinition *definition);
bool is_effectful_function(const CoreDefinition *definition);

// ---- static_arguments.c ----
// Redirects a call with known functions among its arguments to a copy of the called definition that knows them.
bool reduce_static_arguments(Simplifier *simplifier, CoreExpression *apply);
// A new definition with what belongs to the original, and a name of its own within `current`; its module and key are those of `current`.
CoreDefinition *add_copy(Simplifier *simplifier, const CoreDefinition *original);

// ---- handled.c ----
// Handlers whose clauses are known, over computations that are known: all code that they handle is copied for them. On A-normal form. Answers
// whether there was one. by_jumps: those whose aborts leave calls, and only those.
bool take_handles_apart(Simplifier *simplifier, bool by_jumps);
// Finds anew what handlers are left to the runtime: CoreProgram.controls.
void find_control(CoreProgram *program);

// ---- simplify_switch.c ----
// The constructor that an atom is known to have, with its fields; false when it is not known.
bool find_known(Simplifier *simplifier, CoreExpression *atom, const Constructor **constructor);
CoreExpression *known_field(Simplifier *simplifier, CoreExpression *atom, size_t index);
// The variable that is already what a CONSTRUCT would make, taken apart by an enclosing arm; or NULL.
CoreVariable *find_same(Simplifier *simplifier, const CoreExpression *construct);
bool reduce_switch(Simplifier *simplifier, Focus *focus);
bool reduce_field(Simplifier *simplifier, Focus *focus);
bool reduce_join(Simplifier *simplifier, Focus *focus);
bool reduce_jump(Simplifier *simplifier, Focus *focus);
// The arms of a SWITCH that stays, but for `otherwise` or an only arm: answers its slot, or NULL.
CoreExpression **simplify_switch(Simplifier *simplifier, CoreExpression *node, Type *forced, CoreLabel *next);
// A SWITCH with one arm, as a step: answers its body's slot.
CoreExpression **open_single_arm(Simplifier *simplifier, CoreExpression *node);
void forget(Simplifier *simplifier, size_t mark);
// Whether a copy is small enough and holds nothing that is to be moved.
bool is_copyable(Simplifier *simplifier, const CoreExpression *expression, unsigned limit);

// ---- fold.c ----
// A simpler node for a primitive whose items are atoms; may be an atom.
CoreExpression *fold_primitive(Simplifier *simplifier, CoreExpression *node);
// Whether computing it can be left out: no effect, no fault, no endless loop.
bool is_discardable(const CoreExpression *expression);

// ---- simplify.c ----
// Whether the name was free; it is taken now.
bool take_name(Simplifier *simplifier, Symbol module, Symbol name, Symbol key);

// ---- contify.c, lift.c ----
void contify_definition(Simplifier *simplifier, CoreDefinition *definition);
// May add definitions to the program.
void lift_definition(Simplifier *simplifier, CoreDefinition *definition);

// ---- divide.c ----
// Adds definitions to the program where this one is too long for a C compiler. Nothing is simplified afterwards.
void divide_definition(Simplifier *simplifier, CoreDefinition *definition);

#endif
