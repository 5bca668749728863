#ifndef FX_SYNTAX_TOKEN_H
#define FX_SYNTAX_TOKEN_H
// Tokens, as lex.re makes them and layout.c completes them.

#include "../base/diagnostic.h"
#include "../base/source.h"
#include "../base/vector.h"

typedef enum {
#define TOKEN(name, spelling) TOKEN_##name,
#include "token.def"
#undef TOKEN
    TOKEN_KINDS
} TokenKind;

typedef struct Token {
    uint8_t kind;
    bool first;      // of its line
    bool documented; // `///` lines stand above it
    uint32_t start;
    uint32_t end;
    uint32_t column; // from 1; known for the first token of a line and for `|`, else 0
    union {
        Symbol name;      // LOWER, UPPER and QUALIFIED_*: what stands after the last dot
        int64_t number;   // INT (9223372036854775808, which only a minus may precede, is INT64_MIN), CHAR
        double real;      // FLOAT
        const Text *text; // STRING*: NULL when it is what stands in the source
    } value;
} Token;

typedef Vector(Token) Tokens;

// What follows so many errors of one file is not read.
enum { ERROR_LIMIT = 100 };

// One line of a doc comment, without its slashes and the space after them.
typedef struct DocumentationLine {
    uint32_t start;
    uint32_t end;
    uint32_t token_start; // of the token it belongs to
} DocumentationLine;

typedef struct TokenList {
    const Source *source;
    Tokens tokens;                            // the last one is END
    Vector(DocumentationLine) documentation;  // in the order of the source
    Vector(uint32_t) errors;                  // where something was reported, in the order of the source
    Text module_documentation;
} TokenList;

// lex.re
TokenList *lex(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source);

// What stands between the delimiters of a STRING token, escapes replaced.
Text token_text(const Source *source, const Token *token);
Span token_span(const Source *source, const Token *token);
// `then`, or "" for tokens that have many spellings.
const char *token_spelling(TokenKind kind);
// The `///` lines above a token, joined by line ends. Length 0: none.
Text token_documentation(Arena *arena, const TokenList *list, const Token *token);

// Tokens [first, first + count) of `Layout.tokens` are one declaration, ended by END.
typedef struct Slice {
    size_t first;
    size_t count;
    const Token *written, *written_end; // its tokens as they were written
    bool reported;     // something in it was already reported: what the grammar says about it is no news
    bool is_abandoned; // and it was laid out only as far as that
} Slice;

typedef struct Layout {
    Tokens tokens;
    Vector(Slice) slices;
} Layout;

// layout.c
Layout *lay_out(Arena *arena, Diagnostics *diagnostics, const TokenList *list);

// print_tokens.c: `fx dump tokens`, `fx dump layout`
Text print_tokens(Arena *arena, const TokenList *list);
Text print_layout(Arena *arena, const Source *source, const Layout *layout);

#endif
