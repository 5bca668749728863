#ifndef FX_CORE_SPECIALISE_H
#define FX_CORE_SPECIALISE_H
// The rooms of specialise: specialise.c (instances, order), specialise_expression.c (copies), specialise_type.c (types and keys),
// overload.c (overloaded primitives), handlers.c (handlers and user effects), structural.c and structural_show.c (functions made for a type), view.c (types that
// are shown as something else than they are), generate.c (their nodes).

#include "../fx.h"
#include "expression.h"

// A definition that was asked for, whose value is still to be copied.
typedef struct SpecialiserJob {
    CoreDefinition *original;
    CoreDefinition *copy;
    Types arguments;
} SpecialiserJob;

// A polymorphic let, whose copies are made when the scope that uses them has been copied.
typedef struct PendingLet {
    CoreExpression *let;   // LET or LET_REC of the original
    CoreExpression **slot; // where the copies go
} PendingLet;

typedef struct Specialiser {
    Compilation *compilation;
    Arena *arena;
    Symbols *symbols;
    CoreProgram *program;
    Copier copier;
    TypeParameters parameters; // the substitution in force, innermost last
    Types arguments;
    Table types;               // from a type to its substitute, while no substitution is in force
    Table instances;           // from a definition to a Table from key to copy
    Table structural;          // from a name with its type to the definition made
    CoreDefinitions made;
    Vector(SpecialiserJob) jobs;
    Vector(PendingLet) pending;
    Numbered polymorphic;      // by a variable's id: its PolymorphicLocal
} Specialiser;

// ---- specialise.c ----
// The copy of a definition for type arguments (specialised); an extern is itself.
CoreDefinition *find_instance(Specialiser *specialiser, CoreDefinition *definition, const Types *arguments, Span span);
void need_cell(Specialiser *specialiser, const Effect *effect);

// ---- specialise_expression.c ----
CoreExpression *specialise_expression(Specialiser *specialiser, CoreExpression *expression);

// ---- specialise_type.c ----
// The type under the substitution in force: no parameters, no unknowns.
Type *specialise_type(Specialiser *specialiser, Type *type);
Types specialise_types(Specialiser *specialiser, const Types *types);
void push_substitution(Specialiser *specialiser, const TypeParameters *parameters, const Types *arguments);
void pop_substitution(Specialiser *specialiser, size_t count);
// What stands for the arguments in a copy: the exact type of a constrained parameter, else how it is held; of a row, whether it waits.
Types canonical_arguments(Specialiser *specialiser, const TypeParameters *parameters, const Types *arguments);
// Arguments for parameters of which nothing is known.
Types default_arguments(Specialiser *specialiser, const TypeParameters *parameters);
// A name for canonical arguments: the same exactly when they are the same.
Symbol key_of(Specialiser *specialiser, const Types *arguments);
bool types_grow_without_end(const Types *arguments);
// The type of a field of a value whose type is `whole`.
Type *type_of_field(Specialiser *specialiser, const Constructor *constructor, size_t index, Type *whole);

// ---- overload.c ----
// The concrete primitive or call for an overloaded primitive whose items are specialised.
CoreExpression *resolve_overload(Specialiser *specialiser, CoreExpression *node);
CoreExpression *equality_of(Specialiser *specialiser, CoreExpression *left, CoreExpression *right);
CoreExpression *comparison_of(Specialiser *specialiser, CoreExpression *left, CoreExpression *right);

// ---- handlers.c ----
// An operation with type variables of its own has a clause for each way in which they may be held.
unsigned count_clause_copies(const Operation *operation);
Types arguments_of_copy(Specialiser *specialiser, const CoreHandlerClause *clause, unsigned copy);
// Sets is_handled of the effects for which main reaches a handler.
void find_handled_effects(Arena *arena, const CoreProgram *program);
// What the runtime is called for: an operation of a user effect, a handle. Their children are specialised.
CoreExpression *lower_perform(Specialiser *specialiser, CoreExpression *node);
CoreExpression *lower_handle(Specialiser *specialiser, CoreExpression *node);
CoreExpression *lower_run(Specialiser *specialiser, CoreExpression *node); // of a cell

// ---- structural.c, structural_show.c ----
// Functions of two values: Bool, Ordering.
CoreDefinition *find_equal(Specialiser *specialiser, Type *type);
CoreDefinition *find_compare(Specialiser *specialiser, Type *type);
CoreDefinition *find_append(Specialiser *specialiser, Type *list);
CoreExpression *text_of_value(Specialiser *specialiser, CoreExpression *value);
// A structural function that was made already, or a new one without a value: *is_new.
CoreDefinition *find_structural(Specialiser *specialiser, const char *name, Type *type, Type *function, bool *is_new);

// ---- view.c ----
bool is_seen_as_list(Specialiser *specialiser, Type *type);
// The call of `to_list` on a value of such a type.
CoreExpression *list_of_value(Specialiser *specialiser, CoreExpression *value);
bool has_source(Type *type);
// The call of `to_source` on a value of such a type.
CoreExpression *source_of_value(Specialiser *specialiser, CoreExpression *value);

// ---- generate.c: nodes of made-up functions, at the place `span` ----
typedef Specialiser *Generator;
Type *simple_type(Generator generator, DataType *data);
CoreVariable *make_variable(Generator generator, const char *name, Type *type);
CoreExpression *make_local(Generator generator, CoreVariable *variable);
CoreExpression *make_int(Generator generator, int64_t value);
CoreExpression *make_string(Generator generator, const char *text);
CoreExpression *make_constant(Generator generator, DataType *data, unsigned tag);
CoreExpression *make_primitive(Generator generator, Primitive primitive, DataType *answer, CoreExpression *left, CoreExpression *right);
CoreExpression *make_call(Generator generator, CoreDefinition *definition, Type *answer, size_t count, CoreExpression *const *arguments);
CoreExpression *make_switch(Generator generator, CoreExpression *scrutinee, Type *type);
// An arm whose fields are bound to new variables, named after the constructor's fields or `name`.
CoreArm *add_arm(Generator generator, CoreExpression *node, const Constructor *constructor, const char *name);
// `condition` chooses.
CoreExpression *make_if(Generator generator, CoreExpression *condition, CoreExpression *yes, CoreExpression *no);
CoreExpression *make_lambda(Generator generator, size_t count, CoreVariable *const *parameters, CoreExpression *body);

#endif
