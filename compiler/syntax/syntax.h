#ifndef FX_SYNTAX_SYNTAX_H
#define FX_SYNTAX_SYNTAX_H
// The syntax tree: what the programmer wrote, nothing resolved. Made by parse.y, printed by print_syntax.c, read by names/ and types/.

#include "../base/diagnostic.h"
#include "../base/table.h"
#include "../base/vector.h"

typedef struct Expression Expression;
typedef struct Pattern Pattern;
typedef struct TypeSyntax TypeSyntax;
typedef struct Declaration Declaration;

// No tree is deeper than SYNTAX_DEPTH_LIMIT, where the items of a block stand side by side. The rest of a block is the body of each of its
// items, and counted so no tree is higher than SYNTAX_HEIGHT_LIMIT: passes walk it recursively, on a stack that is made for that (main.c).
// What is deeper or higher has been reported and cut off.
enum { SYNTAX_DEPTH_LIMIT = 3000, SYNTAX_HEIGHT_LIMIT = 100000 };

typedef Vector(Expression *) Expressions;
typedef Vector(Pattern *) Patterns;
typedef Vector(TypeSyntax *) TypeSyntaxes;

// `parse`, `Request.parse`, `Names.Visits.get`: qualifier is NULL or all that stands before the last dot ("Names.Visits").
typedef struct Name {
    Symbol qualifier;
    Symbol name;
    Span span; // the qualifier included
    struct Meaning *meaning; // what it stands for: NULL from the parser, set by names/resolve.c
} Name;
typedef Vector(Name) Names;

// ---- types ----

typedef enum {
    TYPE_SYNTAX_VARIABLE,    // a
    TYPE_SYNTAX_NAME,        // List a, Map.Map k v: name applied to arguments
    TYPE_SYNTAX_TUPLE,       // (a, b); no items: Unit is written by its name
    TYPE_SYNTAX_FUNCTION,    // a -> b
    TYPE_SYNTAX_COMPUTATION, // a ! row
    TYPE_SYNTAX_ROW,         // {Log, Fail String | e}: items are effect names applied, or aliases of sets; tail NULL or a variable
} TypeSyntaxKind;

struct TypeSyntax {
    TypeSyntaxKind kind;
    Span span;
    Name name;              // VARIABLE, NAME
    TypeSyntaxes arguments; // NAME: arguments; TUPLE, ROW: items
    TypeSyntax *left;       // FUNCTION: parameter; COMPUTATION: answer
    TypeSyntax *right;      // FUNCTION: result; COMPUTATION: the row (a ROW, or a VARIABLE); ROW: the tail or NULL
    uint32_t depth;         // of the tree, from 1
};

// ---- patterns ----

typedef enum {
    PATTERN_WILDCARD,    // _
    PATTERN_VARIABLE,    // x
    PATTERN_INT,
    PATTERN_FLOAT,
    PATTERN_CHAR,
    PATTERN_STRING,
    PATTERN_CONSTRUCTOR, // Some x, Error.NotFound, x :: rest (name "::")
    PATTERN_TUPLE,       // (); (a, b)
    PATTERN_LIST,        // [a, b]
    PATTERN_RECORD,      // { method, target = t }
    PATTERN_OR,          // p | q
    PATTERN_AS,          // p as x
    PATTERN_ANNOTATED,   // (x : T)
    PATTERN_ERROR,       // stands where the grammar failed; matches anything, never reported again
} PatternKind;

typedef struct FieldPattern {
    Name field;
    Pattern *pattern; // a VARIABLE pattern for the short form
} FieldPattern;
typedef Vector(FieldPattern) FieldPatterns;

struct Pattern {
    PatternKind kind;
    Span span;
    Name name;                   // VARIABLE, CONSTRUCTOR, AS (the name after `as`)
    Patterns items;              // CONSTRUCTOR: arguments; TUPLE, LIST: items; OR: the two sides; AS, ANNOTATED: one
    FieldPatterns fields;        // RECORD
    TypeSyntax *type;            // ANNOTATED
    int64_t int_value;           // INT, CHAR (scalar value)
    double float_value;          // FLOAT
    Text text;                   // STRING
    uint32_t depth;              // of the tree, from 1
};

// ---- expressions ----

typedef enum {
    OPERATOR_PIPE_LEFT,  // <|
    OPERATOR_PIPE_RIGHT, // |>
    OPERATOR_OR,
    OPERATOR_AND,
    OPERATOR_EQUAL,
    OPERATOR_NOT_EQUAL,
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_CONS,   // ::
    OPERATOR_APPEND, // ++
    OPERATOR_ADD,
    OPERATOR_SUBTRACT,
    OPERATOR_MULTIPLY,
    OPERATOR_DIVIDE,
    OPERATOR_REMAINDER,
} Operator;

typedef enum {
    EXPRESSION_INT,
    EXPRESSION_FLOAT,
    EXPRESSION_CHAR,
    EXPRESSION_STRING,        // one text without interpolation
    EXPRESSION_INTERPOLATION, // items: STRING expressions and the interpolated ones, in order
    EXPRESSION_VARIABLE,      // x, List.map, Console.print_line
    EXPRESSION_CONSTRUCTOR,   // Some, Error.NotFound
    EXPRESSION_TUPLE,         // (); (a, b)
    EXPRESSION_LIST,
    EXPRESSION_RECORD,        // { field = e }; { field } is short for { field = field }
    EXPRESSION_UPDATE,        // { first with field = e }
    EXPRESSION_FIELD,         // first.field
    EXPRESSION_APPLY,         // first, then items: the arguments, at least one
    EXPRESSION_BINARY,        // first operator second
    EXPRESSION_NEGATE,        // -first (of a literal: already folded into the literal)
    EXPRESSION_FUNCTION,      // fun patterns -> body
    EXPRESSION_IF,            // if first then second else third; third NULL without else
    EXPRESSION_MATCH,         // match first with clauses; `bang`: match!
    EXPRESSION_LET,           // bindings[0]; then body
    EXPRESSION_LET_BANG,      // let! bindings (more than one: and!), then body
    EXPRESSION_DO,            // do! first, then body; body NULL when it ends the block
    EXPRESSION_SEQUENCE,      // first stands as a block item without do!: always an error, kept for a good message; then body
    EXPRESSION_HANDLE,        // handle first with handler clauses
    EXPRESSION_ANNOTATED,     // (first : type)
    EXPRESSION_ERROR,         // stands where the grammar failed; has every type, never reported again
} ExpressionKind;

// `let f (x : Int) y : T = value`, or `let pattern = value`: a function has a VARIABLE pattern and parameters.
typedef struct Binding {
    Pattern *pattern;
    Patterns parameters;
    TypeSyntax *type; // the result's annotation, or NULL
    Expression *value;
    Span span; // `let` to the end of the head, before `=`
} Binding;
typedef Vector(Binding) Bindings;

typedef struct FieldValue {
    Name field;
    Expression *value;
} FieldValue;
typedef Vector(FieldValue) FieldValues;

typedef struct Clause {
    Pattern *pattern;
    Expression *guard; // NULL: none
    Expression *body;
    Span span; // the pattern and the guard
} Clause;
typedef Vector(Clause) Clauses;

// `| ret x -> body`, `| Store.get key -> body`, `| ctl Amb.flip resume -> body` (the last parameter is resume).
typedef struct HandlerClause {
    bool is_return;
    bool is_control;
    Name operation;
    Patterns parameters;
    Expression *body;
    Span span;
} HandlerClause;
typedef Vector(HandlerClause) HandlerClauses;

struct Expression {
    ExpressionKind kind;
    Span span;
    bool bang;                       // MATCH
    Operator operator;               // BINARY
    Span operator_span;              // BINARY
    Name name;                       // VARIABLE, CONSTRUCTOR; FIELD: the field
    Expression *first;
    Expression *second;
    Expression *third;
    Expression *body;
    Expressions items;
    union { // by kind; read only the one that is the kind's
        Patterns patterns;              // FUNCTION
        Bindings bindings;              // LET, LET_BANG
        Clauses clauses;                // MATCH
        HandlerClauses handler_clauses; // HANDLE
        FieldValues fields;             // RECORD, UPDATE
    };
    TypeSyntax *type;                // ANNOTATED
    int64_t int_value;               // INT, CHAR
    double float_value;              // FLOAT
    Text text;                       // STRING; INT and FLOAT: as written
    uint32_t depth;                  // of the tree, from 1
    uint32_t height;                 // the same, with the items of a block one in another
};

// ---- declarations ----

typedef enum {
    DECLARATION_IMPORT,
    DECLARATION_TYPE,        // constructors or fields; `opaque`
    DECLARATION_EXTERN_TYPE, // extern type Array a
    DECLARATION_ALIAS,
    DECLARATION_LET,         // `private`
    DECLARATION_EXTERN_LET,  // extern let sqrt : Float -> Float = "fx_sqrt"; after `=` the word `wait` may stand
    DECLARATION_CELL,
    DECLARATION_EFFECT,      // operations; `external` for extern effect
    DECLARATION_TEST,
    DECLARATION_SPEC,
} DeclarationKind;

typedef struct ConstructorSyntax {
    Name name;
    TypeSyntaxes fields; // positional
    Text documentation;
} ConstructorSyntax;
typedef Vector(ConstructorSyntax) ConstructorSyntaxes;

typedef struct FieldSyntax {
    Name name;
    TypeSyntax *type;
    Text documentation;
} FieldSyntax;
typedef Vector(FieldSyntax) FieldSyntaxes;

// `get : String -> Option String`, and for an extern effect ` = "fx_symbol"` or ` = wait "fx_symbol"`.
typedef struct OperationSyntax {
    Name name;
    TypeSyntax *type;
    Text symbol;
    bool waits;
    Text documentation;
} OperationSyntax;
typedef Vector(OperationSyntax) OperationSyntaxes;

// A spec's block (docs/language.md 12).
typedef enum {
    STEP_ASK,    // operation => answer; no answer: `_`
    STEP_USE,    // use spec arguments
    STEP_JOIN,   // join first_block and second_block
    STEP_LEFT,   // left first_block [losing second_block]
    STEP_RIGHT,
    STEP_FOR,    // for pattern in expression: first_block
    STEP_IF,     // if expression then first_block else second_block
    STEP_MATCH,  // match expression: clauses
} StepKind;

typedef struct Step Step;
typedef Vector(Step *) Steps;
typedef struct StepClause {
    Pattern *pattern;
    Expression *guard;
    Steps steps;
} StepClause;
typedef Vector(StepClause) StepClauses;
struct Step {
    StepKind kind;
    Span span;
    Expression *expression; // ASK: the operation applied; USE: the spec applied; FOR, IF, MATCH: the scrutinee
    Expression *answer;     // ASK
    Pattern *pattern;       // FOR
    Steps first_block;
    Steps second_block;
    StepClauses clauses;
};

struct Declaration {
    DeclarationKind kind;
    Span span;      // the whole declaration
    Span head_span; // the line to point at
    Text documentation; // Markdown of the `///` lines above, without the slashes
    Name name;      // what is declared; IMPORT: see import_path
    bool is_private;
    bool is_opaque;
    bool is_external; // EFFECT: extern effect

    Names import_path;  // IMPORT: Http.Request as two names
    Symbol import_as;   // NULL: none
    Names import_names; // import List (map, filter)

    Names parameters;                         // TYPE, EXTERN_TYPE, ALIAS, EFFECT
    ConstructorSyntaxes constructors;         // TYPE
    FieldSyntaxes fields;                     // TYPE that is a record
    bool is_record;
    TypeSyntax *type;                         // ALIAS; EXTERN_LET; CELL
    Binding binding;                          // LET; TEST (name in test_name, value, parameters); CELL: value
    Text symbol;                              // EXTERN_LET: the C function
    bool waits;                               // EXTERN_LET
    OperationSyntaxes operations;             // EFFECT
    Text test_name;                           // TEST
    Expression *test_guard;                   // TEST: after `when`, or NULL
    Patterns spec_parameters;                 // SPEC
    Expression *spec_subject;                 // SPEC: before `runs`
    Steps spec_steps;                         // SPEC
    Expression *spec_returns;                 // SPEC
};

typedef struct ModuleSyntax {
    const Source *source;
    Vector(Declaration *) declarations;
    Text documentation; // `///` lines at the top of the file, followed by a blank line
    Table lost;         // Symbol: names in declarations that were left out; one of these that is not found need not be reported
    bool lacks_records; // an import or a type is not known, nor are its records
    bool lacks_import;  // an import was in error: which module it was to bring in is not known
    unsigned nameless;    // so many declarations were in error in their names
    unsigned found_names; // and so many names that are not known have been taken for those: among `lost`, too
    bool was_cut;       // the file was not read to its end: any name may be lost
} ModuleSyntax;

// parse_module.c (with lex.re, layout.c, parse.y). Never NULL: a declaration in error is left out, or stands with an EXPRESSION_ERROR
// for its value, after a report.
ModuleSyntax *parse_module(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source);

// print_syntax.c: fx source that parses to the same tree; what is in error prints as `<error>`.
Text print_syntax(Arena *arena, const ModuleSyntax *module);
void print_expression(Builder *builder, const Expression *expression);
void print_pattern(Builder *builder, const Pattern *pattern);
void print_type_syntax(Builder *builder, const TypeSyntax *type);
const char *operator_spelling(Operator operator);

#endif
