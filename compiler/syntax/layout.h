#ifndef FX_SYNTAX_LAYOUT_H
#define FX_SYNTAX_LAYOUT_H
// What layout.c and layout_error.c share; nobody else includes it.

#include "token.h"

// More open brackets, blocks and branches than this at one place are refused.
enum { NESTING_LIMIT = 500 };

typedef enum {
    CONTEXT_DECLARATION,
    CONTEXT_BLOCK,   // whose first token stands on a line of its own
    CONTEXT_LINE,    // a block that began on the line that opened it
    CONTEXT_BRACKET, // ( [ { or the interpolation of a text
    CONTEXT_MATCH,   // match, match!, handle
    CONTEXT_IF,
    CONTEXT_LET,     // let, let! inside a block
    CONTEXT_FUN,     // up to its ->
    CONTEXT_RUNS,    // the steps of a spec, up to `returns`
    CONTEXT_JOIN,    // the step, with each `and`
    CONTEXT_SIDE,    // the step left or right, up to its `losing`
    CONTEXT_FOR,     // the step, up to its block
} ContextKind;

// How far a construct has come.
typedef enum {
    STATE_HEAD,    // MATCH: scrutinee; IF: before then; LET, DECLARATION: before =; FOR: before in
    STATE_PATTERN, // MATCH: between | and ->
    STATE_BODY,    // MATCH: behind ->; IF: behind then; LET, DECLARATION: behind =; FOR: behind in; JOIN: behind an `and`
} ContextState;

typedef struct Context {
    ContextKind kind;
    ContextState state;
    const Token *opener;
    uint32_t column;        // BLOCK: of its items; LINE: of the line it began on; MATCH: of its alternatives, 0 before the first; FOR: its own
    bool in_type;           // a type stands here: -> and | are the type's
    bool is_type;           // in_type when nothing else is said
    bool has_steps;         // BLOCK, LINE: of a spec's steps; MATCH, IF: so are its branches
    bool opens_block;       // BRACKET: ( before a line end, each of its parts a block
    const Token *first;     // BLOCK, LINE: the first token; MATCH: the first alternative
} Context;

typedef struct Layouter {
    Arena *arena;
    Diagnostics *diagnostics;
    const TokenList *list;
    Layout *layout;
    const Token *token;      // the one at hand
    const Token *end;        // of the declaration: one past its last token
    const Token *fresh;      // the first token of a block just opened: its place in the line is already taken into account
    uint32_t line_column;    // of the first token of the line at hand
    bool reported;           // in this declaration
    bool is_muted;           // the declaration begins with a word that begins none, which is what will be told
    bool abandoned;          // nested too deeply
    bool left_open;          // a bracket of the last declaration was never closed, and what is below it begins as no declaration does
    const Token *suspicious; // the first line in an open bracket that looks as if the bracket should have been closed before it
    Context contexts[NESTING_LIMIT];
    size_t depth;
} Layouter;

// foreign.c: at most one report, in tokens [first, end), which are one declaration.
void report_foreign_statements(Layouter *layouter, const Token *first, const Token *end);

// layout_error.c. Each reports at most once for each declaration.
void report_closes_nothing(Layouter *layouter, const Token *token);
void report_bracket_mismatch(Layouter *layouter, const Token *opener, const Token *token);
// Where the line below the declaration begins as none does, a label says that it ends there.
void report_never_closed(Layouter *layouter, const Token *opener);
void report_nesting(Layouter *layouter, const Token *token);
void report_empty_block(Layouter *layouter, const Token *opener, bool has_steps);
void report_alternatives(Layouter *layouter, const Token *bar, const Context *match);
void report_operator_under_let(Layouter *layouter, const Token *operator, const Token *let);
void report_in_at_line_end(Layouter *layouter, const Token *token);
void report_indentation(Layouter *layouter, const Token *token, const Context *closed);
void report_first_column(Layouter *layouter, const Token *token);
// `bracket`: the one whose parts it separates, or NULL.
void report_semicolon(Layouter *layouter, const Token *token, const Token *bracket);
// `head`: the word that begins what lacks its `=`; `last`: the token behind which it belongs.
void report_missing_equals(Layouter *layouter, const Token *head, const Token *last);

#endif
