#ifndef FX_EMIT_EMIT_H
#define FX_EMIT_EMIT_H
// The C writer's own header: what its files share. The C is made for reading: the source's names, #line to the source, the fx type above
// each function.

#include "../fx.h"
#include "../cps/cps.h"

// Where the value of an expression goes.
typedef enum {
    TO_ANSWER,   // it is what the function answers
    TO_VARIABLE, // assigned to a local
    TO_NOWHERE,  // computed for its effects
} PlaceKind;

typedef struct Place {
    PlaceKind kind;
    CoreVariable *variable;
} Place;

// A piece of C that computes a value: a double, an fx_value, or (of a call that waits) an fx_answer.
typedef enum { C_VALUE, C_DOUBLE, C_ANSWER } CType;
typedef struct Code {
    const char *text;
    CType type;
} Code;

typedef struct Emitter {
    Compilation *compilation;
    Arena *arena;
    const CpsProgram *program;
    Table names;       // from a CpsFunction, CoreDefinition (of a global) or Constructor to its C name
    Table taken_names; // symbols
    // sections of the file, put together at the end
    Builder prototypes;
    Builder infos;
    Builder info_names;
    Builder statics;
    Builder observed;
    Builder functions;
    Table strings;     // from a symbol (of the text) to the C name of its object
    Table shapes;      // the names of those that are written whole
    Table externs;     // from a symbol (prototype) to itself
    size_t info_count;
    Table static_values; // from a CoreVariable to the C constant that it is: data whose parts are all known
    size_t most_arguments; // how much of rt->arguments is used
    Builder closure_parameters;
    // the function that is written
    CpsFunction *function;
    Builder body;
    int depth;
    bool declares_in_place; // locals are declared where they are first assigned (functions without points)
    Builder declarations;
    bool returns; // an answer has been written
    Table used;         // the variables that are read somewhere, declared ones, the labels that are jumped to
    Table declared;
    Table jumped;
    Table locals;      // from a CoreVariable, CoreLabel to its C name
    Table local_names; // symbols taken in the function
    Table constructors; // from a CoreVariable to the Constructor it is known to be
    Table arms;         // from a CoreVariable to the CoreArm that has taken it apart
    Table token_words;  // from a token to how many fields its memory has, + 1
    const char *file;   // what #line last said, and the line the C compiler is at
    uint32_t line;
    size_t nodes, constructs; // of its code; how many of them apply a constructor
} Emitter;

// ---- emit_name.c ----
// A C identifier made of `name`, unique in the file.
Symbol make_name(Emitter *emitter, const char *name);
Symbol function_name(Emitter *emitter, const CpsFunction *function);
// As people know it: "Main.greet".
const char *display_name(Emitter *emitter, const CoreDefinition *definition);
Symbol global_name(Emitter *emitter, const CoreDefinition *definition); // its index in rt->globals
Symbol local_name(Emitter *emitter, const CoreVariable *variable);
Symbol label_name(Emitter *emitter, const CoreLabel *label);
// A local of the writer's own.
Symbol helper_name(Emitter *emitter, const char *name);
const char *format(Emitter *emitter, const char *template, ...) __attribute__((format(printf, 2, 3)));
void build_c_string(Builder *builder, Text text);
// "FILE.fx:LINE:COLUMN" as a C string literal, or NULL.
const char *site_text(Emitter *emitter, const CpsFunction *function, const CoreExpression *node);
void build_place(Builder *builder, Span span); // "FILE.fx:LINE:COLUMN"
// A line for each let! by which the node was inlined into the function.
void build_inlining(Emitter *emitter, Builder *builder, const CpsFunction *function, const CoreExpression *node);

// ---- emit_type.c ----
typedef struct FieldLayout {
    unsigned slot;
    Representation representation;
} FieldLayout;
typedef struct ObjectLayout {
    unsigned words;
    unsigned counted;
    FieldLayout *fields; // in the order of declaration
} ObjectLayout;
ObjectLayout find_layout(Emitter *emitter, Type *type, const Constructor *constructor);
bool is_word_type(Type *type);
bool is_counted(Type *type);
bool is_float(Type *type);
// Whether a constructor of a counted type is held as (tag << 1) | 1.
bool is_constant_constructor(const Constructor *constructor);
const char *c_type_of(const CoreVariable *variable); // "fx_value ", "double ", "fx_object *"
Symbol constructor_info(Emitter *emitter, const Constructor *constructor);
Symbol closure_info(Emitter *emitter, const CpsFunction *function);
Symbol add_info(Emitter *emitter, const char *name, const char *shown, const char *kind, unsigned words, uint64_t counted_parameters);
// The representation that C is told for each type variable of a declared type.
Types extern_representations(Emitter *emitter, const Types *arguments, Type *answer, const TypeParameters *parameters, const Types *instances);
const char *representation_name(Type *type);

// ---- emit_data.c ----
Symbol string_object(Emitter *emitter, Text text);
Symbol function_closure(Emitter *emitter, const CpsFunction *function);
// The object of a CONSTRUCT whose parts are all constants, as a C constant; NULL when some part is not.
const char *static_object(Emitter *emitter, const CoreExpression *node);
uint64_t counted_parameters(const CoreVariables *parameters);

// ---- emit_statement.c ----
void emit_line(Emitter *emitter, const char *template, ...) __attribute__((format(printf, 2, 3)));
void emit_source_line(Emitter *emitter, Span span);
// "type name", to be followed by " = value;", or "name" when it is declared already.
const char *assigned(Emitter *emitter, CoreVariable *variable);
void declare(Emitter *emitter, CoreVariable *variable);
void emit_to(Emitter *emitter, Place place, Code code);
void emit_expression(Emitter *emitter, const CoreExpression *node, Place place);
// The moves of a self tail call or a JUMP: all at once.
void emit_moves(Emitter *emitter, const CoreVariables *to, const CoreExpressions *from);

// ---- emit_switch.c ----
void emit_switch(Emitter *emitter, const CoreExpression *node, Place place);
void emit_drop(Emitter *emitter, const CoreVariable *variable);
void emit_dup(Emitter *emitter, const CoreVariable *variable);
// A run of DUPs and DROPs, as far as the first drop of an object that an arm has taken apart; answers what comes after it, or NULL when
// there is no such drop.
const CoreExpression *emit_run(Emitter *emitter, const CoreExpression *start);
// The memory of a node's token is not used: frees it.
void emit_drop_token(Emitter *emitter, const CoreExpression *node);
void emit_drop_reuse(Emitter *emitter, const CoreExpression *node);

// ---- emit_value.c ----
// A literal, local or global, read. `owned`: the reader takes a reference (a local's is moved, a global's is made).
Code read_atom(Emitter *emitter, const CoreExpression *atom, bool owned);
Code read_local(Emitter *emitter, const CoreVariable *variable);
const char *as_value(Emitter *emitter, Code code);
const char *as_double(Emitter *emitter, Code code);
// Writes what must come before, answers the expression; of a node that is neither a call nor control.
Code emit_value(Emitter *emitter, const CoreExpression *node, Place place);

// ---- emit_primitive.c ----
Code emit_primitive(Emitter *emitter, const CoreExpression *node);

// ---- emit_call.c ----
void emit_call(Emitter *emitter, const CoreExpression *node, const CpsCall *call, Place place);
// A function's parameters in C; which ones go in rt->spill.
// Where parameter `index` is passed when `reserved` of C's registers are taken: -1 in a register, else its slot in rt->arguments after the first four.
void note_arguments(Emitter *emitter, size_t slot);
int spill_slot(const CoreVariables *parameters, size_t index, size_t reserved);
enum { RESERVED_BY_FUNCTION = 1, RESERVED_BY_CLOSURE = 2 };
bool answers_double(const CpsFunction *function);
// Whether a C function answers for the world, so that FX_RECORD and FX_TRACE see its calls.
typedef enum { OBSERVED_NEVER, OBSERVED_EFFECT, OBSERVED_PURE } ObservedKind;
// A C function as the program sees it: its declared type, and what its type variables stand for.
typedef struct ExternFunction {
    Symbol symbol;
    Types arguments;       // as declared
    Type *answer;          // as declared, without the computation around it
    Types representations; // one for each type variable
    bool waits;            // answers fx_answer
    ObservedKind observed;
    const char *name;      // "File.read"
    const char *site;      // of the call: a C string, or "NULL"
} ExternFunction;
ExternFunction extern_of_global(Emitter *emitter, const CoreExpression *global);
// The call; declares the function. values: as many as arguments, already held as C wants them.
Code extern_call(Emitter *emitter, const ExternFunction *function, const char *const *values);
Code emit_extern_constant(Emitter *emitter, const CoreExpression *global, const CpsCall *call);

// ---- emit_observe.c ----
ObservedKind find_observed(const Emitter *emitter, const CoreDefinition *external);
// The function through which it is called: takes the site after rt, then its arguments.
Symbol observed_door(Emitter *emitter, const ExternFunction *function);

// ---- emit_recursive.c ----
void build_recursive(Emitter *emitter, Builder *out); // the text `recursive`

// ---- emit_function.c ----
void emit_function(Emitter *emitter, CpsFunction *function);

#endif
