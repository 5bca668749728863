#ifndef FX_TYPES_INFER_H
#define FX_TYPES_INFER_H
// Inside types/: from resolved syntax to typed core. One Inference for a whole program.
//
//   builtins.c declare.c kinds.c annotate.c view.c   what is declared, and types as written
//   infer.c group.c                the program: groups of definitions in order of dependence
//   binding.c scheme.c             lets, generalisation, instantiation
//   expression.c apply.c operator.c record.c computation.c handle.c    expressions
//   argument_error.c argument_order.c    what is said of arguments that do not fit
//   pattern.c infer_match.c match.c    patterns, coverage, decision trees
//   settle.c                       ends a group: no inference variable is left
//   failure.c mismatch.c mismatch_hint.c missing_argument.c constraint_error.c effect_error.c effect_path.c    what is said when types differ
//   check_main.c print_type.c print_types.c interface.c

#include "../core/core.h"
#include "../names/modules.h"
#include "unify.h"

typedef struct Alias {
    Declaration *declaration;
    TypeParameters parameters;
    Type *body;     // a type, or a row; NULL before it is known
    Kind kind;      // of the body
    bool is_open;   // being expanded: to find circles
} Alias;

// Why a type is expected: what a message points at.
typedef enum {
    REASON_NONE,
    REASON_ARGUMENT,      // index of a call of `name`; span: the function
    REASON_GIVEN_FUNCTION, // the answer of the function that is argument `index` of a call of `name`; span: the function called
    REASON_RESULT,        // of the function `name` by its annotation
    REASON_ANNOTATION,    // span: the annotation
    REASON_BRANCH,        // of `if`: as its first branch, at span
    REASON_CLAUSE,        // of `match`: as its first clause, at span
    REASON_ELEMENT,       // of a list: as its first, at span
    REASON_PART,          // number `index` of a tuple whose type is wanted; span: why, or none
    REASON_ITEM,          // of a list whose type is wanted; span: why, or none
    REASON_OPERAND,       // right one of operator `name`; span: the left one
    REASON_LEFT_OPERAND,  // of operator `name`
    REASON_CONDITION,     // of if, guard
    REASON_FIELD,         // `name` of a record
    REASON_PATTERN,       // span: what is matched; index: the parameter of a function that is given to `name`
    REASON_DO,            // do!: must answer ()
    REASON_LET_BANG,      // let!, match!: must be a computation
    REASON_BLOCK_END,     // of a block that runs computations; span: the block's first let! or do!
    REASON_FUNCTION_BODY, // body of a function that was used so before its definition
    REASON_ELSE_LESS,     // `if` without else: must be a computation of ()
    REASON_CELL,          // first value of a cell
    REASON_TEST,          // of a test: Bool
    REASON_ANSWER,        // a spec's step
    REASON_HANDLER,       // a clause for operation `name`; index 1: the result of the handle; 2: no ret clause
} ReasonKind;

typedef struct Reason {
    ReasonKind kind;
    Span span;
    const char *name;
    unsigned index;
    const Meaning *meaning; // ARGUMENT: of the function
} Reason;

// The type wanted of an expression, and why.
typedef struct Want {
    Type *type;
    Reason reason;
} Want;

typedef struct TypeVariable {
    Symbol name;
    TypeParameter *parameter;
} TypeVariable;

// `inner` may have to be wrapped to stand at the wider type of `wrapper`: known when the group ends. Until then wrapper is a LOCAL
// without a variable.
typedef struct Coercion {
    CoreExpression *wrapper;
    CoreExpression *inner;
} Coercion;

// A use of a name whose type is not generalised yet: gets its type arguments when it is.
typedef struct OpenUse {
    CoreExpression *node;
    Meaning *meaning;
} OpenUse;

// A use of an annotated definition: what its body requires of the variables is known only afterwards.
typedef struct EarlyUse {
    const TypeParameters *parameters;
    Types arguments;
    Span span;
} EarlyUse;

// Where the row in which the code at hand runs was written.
typedef struct RowPlace {
    Span annotation;         // source NULL: it was not
    const char *owner;       // the name of the function that it belongs to
    const Reason *argument;  // or the argument whose type says it, or NULL
} RowPlace;

typedef struct Inference {
    Compilation *compilation;
    Arena *arena;
    Symbols *symbols;
    Diagnostics *diagnostics;
    Modules *modules;
    Module *module; // being inferred
    Builtins *builtins;
    CoreProgram *program;
    Unifier unifier;
    Span settling;                  // where settle.c is, for messages
    bool may_be_spec;               // the name that comes first stands behind `use`
    const char *closed_name;        // of the declaration whose parameters are all the type variables there are, or NULL
    RowPlace row_place;
    const char *binding_name;       // of the innermost named let, for messages
    Vector(TypeVariable) variables; // of annotations, in scope
    Vector(Coercion) coercions;
    Vector(CoreExpression *) lambdas; // whose body may turn out to be a computation
    Vector(OpenUse) open_uses;
    Vector(EarlyUse) early_uses;
    Table records;                  // Symbol of a field to Records
    Table told;                     // Meaning of a name of another type than is wanted to the first Type that was
    uint32_t next_parameter;
    unsigned next_effect;
} Inference;

/* kinds.c, declare.c, annotate.c */
void find_kinds(Inference *inference, Module *module);
void declare_types(Inference *inference, Module *module);
void declare_externs(Inference *inference, Module *module);

/* view.c */
// An opaque or extern type that bears its module's name, where the module offers a `to_list` whose type is written, is compared and
// shown as that list; another opaque type without parameters, where the module offers a `to_source : T -> String`, is shown as that text.
// Asked once the module's written types are known, before any body is looked into.
void find_views(Inference *inference, Module *module);
TypeParameter *new_parameter(Inference *inference, Symbol name, Kind kind, unsigned level);
// A type as written; a variable that is not in scope comes into scope at the present level.
Type *annotate_type(Inference *inference, const TypeSyntax *syntax);
// The expansion of an alias that was not needed so far; reports circles.
void expand_alias(Inference *inference, Meaning *meaning);
bool is_row_alias(const Meaning *meaning);
Effect *effect_of(Meaning *meaning);

/* scheme.c */
void enter_level(Inference *inference);
void leave_level(Inference *inference);
Types fresh_arguments(Inference *inference, const TypeParameters *parameters, Span span);
// A node for a use of a LOCAL or VALUE.
CoreExpression *instantiate(Inference *inference, Meaning *meaning, Span span);
// After leave_level: quantifies what only these types hold. All get the same parameters.
TypeParameters generalise(Inference *inference, const Types *types);
// Gives the uses since `mark` of a meaning inside its own definition their type arguments.
void close_open_uses(Inference *inference, Meaning *meaning, size_t mark);

/* binding.c */
// A let's value with its parameters: a LAMBDA when there are any. `own_type`: NULL or what recursive uses assume.
CoreExpression *infer_binding(Inference *inference, const Binding *binding, Type *own_type);
// One let of a block: what core_of_let needs once the body is known.
typedef struct LetFrame {
    const Expression *expression;
    CoreVariable *variable;       // LET; also the scrutinee of a pattern
    CoreExpression *value;
    bool is_recursive;
    struct MatchPattern *pattern; // NULL: a plain variable
    Vector(CoreBinding) parts;    // generalised variables of a pattern, each a LET of its own
    bool is_forced;               // let!, do!: the value is run
} LetFrame;
typedef Vector(LetFrame) LetFrames;
LetFrame infer_let(Inference *inference, const Expression *expression);
// A let of one variable of a pattern: the value, a node for the whole, is taken apart for it alone.
CoreExpression *take_part(Inference *inference, const Pattern *pattern, CoreExpression *whole, Meaning *meaning);
CoreExpression *wrap_let(Inference *inference, const LetFrame *frame, CoreExpression *body);

// Whether nothing but the code itself says what type is wanted: then the first branch or clause is what the others are compared with.
bool is_free_reason(const Reason *reason);
/* expression.c */
// The wanted type is a hint to what is inside; the node's type may differ from it: use check for that.
CoreExpression *infer(Inference *inference, const Expression *expression, const Want *want);
// Infers and reports a mismatch; the node has the wanted type.
CoreExpression *check(Inference *inference, const Expression *expression, Type *type, Reason reason);
// What a node of its own type needs to stand where `type` is wanted. The expression is what messages point at.
CoreExpression *meet(Inference *inference, CoreExpression *node, Type *type, Reason reason, const Expression *expression);
CoreExpression *error_node(Inference *inference, Span span);
CoreExpression *infer_function(Inference *inference, const Patterns *patterns, const Expression *body, Span span, const Want *want,
                               const TypeSyntax *result);
// The row in which the code at hand runs is the one written in the annotation, if it is one; without any, the one of the argument that it is.
void note_row(Inference *inference, const TypeSyntax *annotation);
Type *fresh_type(Inference *inference);
Type *fresh_row(Inference *inference);
Type *unit_type(Inference *inference);
Type *bool_type(Inference *inference);
Type *int_type(Inference *inference);
Type *string_type(Inference *inference);
Type *list_type(Inference *inference, Type *item);
CoreVariable *made_up_variable(Inference *inference, const char *name, Type *type, Span span);

/* argument_error.c */
// Whether the span begins on a line below the end of what stands before it.
bool begins_line(Span before, Span span);
// Takes back the errors told since `mark` of this span, or of any place within it.
void withdraw(Inference *inference, size_t mark, Span span, bool within);
// Of a function given as an argument: that it has fewer parameters than values it is given, where that was told of its body since `mark`.
void tell_few_parameters(Inference *inference, const Patterns *patterns, const Expression *body, const Want *want, Type *rest, size_t mark);

/* list_literal.c */
// The list of these elements, which may stand in it as they are; its type is `list`.
CoreExpression *build_list(Inference *inference, CoreExpression *const *items, size_t count, Type *list, Span span);

/* apply.c, operator.c, record.c, handle.c */
CoreExpression *infer_apply(Inference *inference, const Expression *expression, const Want *want);
CoreExpression *infer_name(Inference *inference, const Expression *expression);
CoreExpression *infer_binary(Inference *inference, const Expression *expression, const Want *want);
CoreExpression *infer_negate(Inference *inference, const Expression *expression);
CoreExpression *infer_record(Inference *inference, const Expression *expression, const Want *want);
CoreExpression *infer_update(Inference *inference, const Expression *expression);
CoreExpression *infer_field(Inference *inference, const Expression *expression);
CoreExpression *infer_pipe(Inference *inference, const Expression *expression);
// The record that has all these fields, from the wanted type or from what is in scope; NULL after reporting.
// is_whole: a record of this module with no other fields comes first.
DataType *find_record(Inference *inference, Type *wanted, const Name *fields, size_t count, bool is_whole, Span span);
int find_field(const Constructor *constructor, Symbol name);
void index_records(Inference *inference, Module *module);
void report_unknown_field(Inference *inference, const DataType *record, const Name *field);

/* computation.c */
// Runs an expression that is a computation: a node in direct style of type `answer`, whose effects are within `row`.
CoreExpression *run(Inference *inference, const Expression *expression, Type *answer, Type *row, Reason reason);
// Whether the expression can only be a computation, by its form.
bool is_computation_form(const Expression *expression);
// Of a line of a block that nothing runs and nothing names.
void report_lone_line(Inference *inference, const Expression *sequence);
CoreExpression *force_node(Inference *inference, CoreExpression *node, Type *answer, Type *row, Reason reason,
                           const Expression *expression);
CoreExpression *infer_handle(Inference *inference, const Expression *expression, Type *answer, Type *row);

/* pattern.c, match.c */
typedef struct MatchPattern MatchPattern;
typedef Vector(MatchPattern *) MatchPatterns;
typedef enum {
    MATCH_ANY,
    MATCH_CONSTRUCTOR,
    MATCH_LITERAL,
    MATCH_EITHER, // items: the two sides
} MatchKind;
// A pattern with its names resolved and its type known.
struct MatchPattern {
    MatchKind kind;
    CoreVariables variables; // bound to the value here
    Constructor *constructor;
    MatchPatterns items;     // CONSTRUCTOR: one for each field; EITHER: two
    CoreExpression *literal;
    bool is_bad; // reported: says nothing of what is covered
    Span span;
};
typedef struct MatchClause {
    MatchPattern *pattern;
    CoreExpression *guard; // or NULL
    CoreExpression *body;
    Span span;
} MatchClause;
typedef Vector(MatchClause) MatchClauses;
typedef enum {
    MATCH_FOR_CLAUSES, // match
    MATCH_FOR_BINDING, // let, a parameter: must not fail
} MatchPurpose;
MatchPattern *infer_pattern(Inference *inference, const Pattern *pattern, Type *type, Reason reason);
// The decision tree. Reports what is not covered, and clauses that are never reached.
CoreExpression *compile_match(Inference *inference, CoreVariable *scrutinee, const MatchClauses *clauses, Type *result, Span span,
                              MatchPurpose purpose);
// match and match!; `run_in`: NULL, or the row in which the clauses are run.
CoreExpression *infer_match(Inference *inference, const Expression *expression, const Want *want, Type *run_answer, Type *run_row);
// Binds the pattern's variables around body.
CoreExpression *bind_pattern(Inference *inference, MatchPattern *pattern, CoreVariable *scrutinee, CoreExpression *body, Span span);
void collect_variables(Inference *inference, const MatchPattern *pattern, CoreVariables *variables);

/* settle.c */
// Ends a group: decides coercions and delays, gives every type its final form.
void settle_group(Inference *inference, CoreDefinition *const *definitions, size_t count);
Type *settle_type(Inference *inference, Type *type);

/* group.c */
void infer_module(Inference *inference, Module *module);
/* infer_spec.c */
void infer_spec(Inference *inference, Definition *definition);

/* unrun.c: what is told of computations that nothing runs; each answers whether that is the story */
bool report_not_run(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason, const Expression *expression);
bool report_match_without_bang(Inference *inference, Type *pattern, Type *matched, const Reason *reason);
// A value where a computation is wanted.
bool report_no_ret(Inference *inference, Span span, Type *actual, Type *expected, const Expression *expression);
// Of an operand, or of a name, of a type that cannot be reckoned with.
bool report_unrun_operand(Inference *inference, Span span, Type *computation, const Reason *reason, const Expression *expression);
// Of a block that runs computations where a value is wanted: `row` has their effects; what was said of its end since `mark` follows from it.
void report_running_block(Inference *inference, const Expression *block, const Want *want, Type *row, size_t mark);

/* mismatch.c */
// Where the other half of the story is.
void label_reason(Inference *inference, Diagnostic *diagnostic, const Reason *reason);
bool is_data(Type *type, const DataType *data);
const char *type_text(Inference *inference, Type *type);
// Letters for the unknowns in types that are shown together.
void name_unknowns(Type *first, Type *second);
void report_mismatch(Inference *inference, Span span, Type *actual, Type *expected, Reason reason, const Expression *expression);
const char *ordinal(unsigned index);
// Whether two types could be one, as far as it can be seen without solving anything.
bool could_be(Type *left, Type *right);

/* mismatch_hint.c */
bool is_number_type(const Inference *inference, Type *type);
// Adds the likely fix, where there is one.
void hint_fix(Inference *inference, Diagnostic *diagnostic, Type *actual, Type *expected, const Reason *reason, const Expression *expression);

/* missing_argument.c: of a function that stands where what it answers is wanted */
void report_missing_arguments(Inference *inference, Span span, Type *function, const Expression *expression);
// Whether that is the story of two types that differ; NULL as what is expected: something else than a function.
bool report_unapplied(Inference *inference, Span span, Type *actual, Type *expected, const Expression *expression);

/* constraint_error.c */
void report_constraint(Inference *inference, Span span, const Reason *reason, const Expression *expression);

/* failure.c */
// Reports why the unifier failed, and forgets it.
void report_failure(Inference *inference, Span span, Type *actual, Type *expected, Reason reason, const Expression *expression);

/* effect_error.c */
// The name that an expression, or the function it applies, is written with; NULL: it has none.
const char *name_as_written(Inference *inference, const Expression *expression);
// The row to write where what is performed is to be allowed besides what is; for `main` without what the runtime does not know. NULL: there is none.
const char *wider_row(Inference *inference, Type *allowed, Type *performed, bool for_main);
bool report_row_failure(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason,
                        const Expression *expression);
void report_not_computation(Inference *inference, Span span, Type *type, Reason reason, const Expression *expression);

/* cascade.c */
// Drops what was said of declarations that could not be read whole.
void drop_cascades(Inference *inference);

/* effect_path.c */
typedef struct EffectStep {
    CoreDefinition *definition;
    const struct EffectStep *from; // NULL: the definition that was asked of
    Span span;                     // of the use in `from`
} EffectStep;
typedef struct EffectPath {
    const Effect *effect;
    const EffectStep *last; // in which the effect is performed, or NULL:
    const Meaning *local;   // the local function in which it is; NULL, too: in the expression itself
    Span performed;         // where
} EffectPath;
// False: no definition that is known by now performs it.
bool find_effect_path(Inference *inference, CoreDefinition *start, const Effect *effect, EffectPath *path);
// The same from what an expression uses.
bool find_path_in_expression(Inference *inference, const Expression *expression, const Effect *effect, EffectPath *path);
void label_effect_path(Inference *inference, Diagnostic *diagnostic, const EffectPath *path);
// Of an effect that the runtime does not know and nothing handles: that it needs a handler, and which of the module's functions is one.
void hint_handler(Inference *inference, Diagnostic *diagnostic, const Effect *effect, const char *where);

/* check_main.c */
void check_main(Inference *inference, bool needs_main);

/* print_types.c */
// ` where compare a`: what a type's variables must offer.
void print_constraints(Builder *builder, const TypeParameters *parameters);

#endif
