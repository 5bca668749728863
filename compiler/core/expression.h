#ifndef FX_CORE_EXPRESSION_H
#define FX_CORE_EXPRESSION_H
// What the passes over core share: asking, copying, facts by number.

#include "../base/table.h"
#include "core.h"

// ---- asking: expression.c ----

// An INT, FLOAT or STRING literal.
bool core_is_literal(const CoreExpression *expression);
bool core_is_counted(const CoreVariable *variable);
// A CONSTRUCT without fields.
bool core_is_constant(const CoreExpression *expression);
// Whether two literals are the same value.
bool core_same_literal(const CoreExpression *left, const CoreExpression *right);
// The LAMBDA that a definition is, or NULL.
CoreExpression *core_lambda_of(const CoreDefinition *definition);
// Whether a definition is code, not something computed at start: a LAMBDA, a DELAY or an extern.
bool core_is_function(const CoreDefinition *definition);
// Parameters of an extern: the arrows of its declared type.
size_t core_extern_arity(const CoreDefinition *definition);
// The type after `count` arrows.
Type *core_result_type(Type *function, size_t count);
// Whether a data type says exactly what its values are made of: neither WORD nor COUNTED stands in it.
bool core_type_is_exact(Type *type);
// How many nodes there are, counting up to `limit`.
unsigned core_size(const CoreExpression *expression, unsigned limit);
// Calls visit for every node, parents first; on all children but the last it recurs, so spines of any length are safe.
void core_walk(CoreExpression *expression, void (*visit)(void *context, CoreExpression *node), void *context);

// Locals that are used and not bound in it, in the order of their first use: free.c.
CoreVariables core_free_variables(Arena *arena, CoreExpression *expression);
// Leaves the definitions that main and the tests reach, each after those it refers to (but within a circle of functions): order.c.
void keep_reachable(Arena *arena, CoreProgram *program);

// ---- facts by number: variables and labels are numbered, unique in a program ----

typedef struct Numbered {
    Arena *arena;
    void **items;
    size_t count;
} Numbered;

void *numbered_get(const Numbered *numbered, uint32_t id);
void numbered_put(Numbered *numbered, uint32_t id, void *value);

// ---- copying: copy.c ----

// Binders of a copy are new; what is bound outside stays.
typedef struct Copier {
    Arena *arena;
    CoreProgram *program;
    Numbered renamed;                             // from the id of a binder to its copy
    Vector(uint32_t) ids;                         // of those renamed by the copy at hand
    Type *(*copy_type)(void *context, Type *type); // NULL: types stay
    void *context;
    const CoreInlining *inlined;            // into what a body is copied; NULL: it stays in its definition
    size_t inlined_before;                  // what the copied body itself came through as a whole: so many outermost inlinings are left out
    const CoreInlining *inlined_from, *inlined_to; // how the last one was continued
} Copier;

CoreVariable *copy_variable(Copier *copier, CoreVariable *variable);
// With binders of its own; the body is the same.
CoreHandlerClause copy_clause(Copier *copier, const CoreHandlerClause *clause);
// The node alone, with new binders; its children are still the original's.
CoreExpression *copy_node(Copier *copier, const CoreExpression *node);
// What is renamed within it is forgotten afterwards.
CoreExpression *copy_expression(Copier *copier, CoreExpression *expression);
// An uninitialised duplicate of a node's own vectors is never shared: `items` and the like may be changed in place.
CoreVariables copy_variables(Arena *arena, const CoreVariables *variables);

#endif
