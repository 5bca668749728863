#ifndef FX_SYNTAX_SYNTAX_ERROR_H
#define FX_SYNTAX_SYNTAX_ERROR_H
// What syntax_error.c and syntax_mistakes.c share; nobody else includes it.

#include "grammar.h"

typedef struct Problem {
    Grammar *grammar;
    const Token *tokens;   // of the declaration
    const Token *at;       // the token that does not fit
    const Token *before;   // the real token before it, or NULL
    bool expected[TOKEN_KINDS];
} Problem;

// Whether the token was made by layout.c and has no text of its own.
bool is_mark(const Token *token);
bool is_keyword(const Token *token);
bool is_operator(const Token *token);
Text written(const Problem *problem, const Token *token);
// `foo`, this text, the end of the line.
const char *describe(const Problem *problem, const Token *token);
// The token at which to point: the one that does not fit, or the one before it when that is only the end of something.
const Token *place_of(const Problem *problem);
Diagnostic *report_problem(const Problem *problem, DiagnosticCode code, const char *format, ...) __attribute__((format(printf, 3, 4)));
void hint(const Problem *problem, Diagnostic *diagnostic, const char *format, ...) __attribute__((format(printf, 3, 4)));
// What may follow: "an expression", "a pattern", "`=` or `:`"; "" when it cannot be said shortly.
const char *describe_expected(const Problem *problem);

// The expectations that tell where in the grammar the problem is.
bool after_expression(const Problem *problem);
bool after_type(const Problem *problem);
bool expects_expression(const Problem *problem);
bool expects_pattern(const Problem *problem);
bool expects_type(const Problem *problem);
// The innermost token of the kind before the problem that is not yet closed by `closer`.
const Token *find_open(const Problem *problem, TokenKind kind, TokenKind closer);

// A word that another language has, and what to write in fx.
typedef struct ForeignWord {
    const char *word;
    const char *hint;
} ForeignWord;

/* syntax_mistakes.c */
Diagnostics *messages(const Problem *problem);
bool at_kind(const Problem *problem, TokenKind kind);
bool before_kind(const Problem *problem, TokenKind kind);
bool is_word(const Token *token, const char *word);
// Whether `=` follows in the declaration.
bool has_equals_ahead(const Problem *problem);
// The hint for the word that the token is, or NULL.
const char *find_foreign_word(const Token *token, const ForeignWord *words, size_t count);

// declaration_mistakes.c: those of declarations alone.
bool report_declaration_mistake(const Problem *problem);

// syntax_mistakes.c: the mistakes that have a story of their own. False: none of them.
bool report_known_mistake(const Problem *problem);

#endif
