#ifndef FX_SYNTAX_LEXER_H
#define FX_SYNTAX_LEXER_H
// What lex.re and its helpers share; nobody else includes it.

#include "token.h"

// A text that is being read: its interpolation stands open while the tokens in it are made.
typedef struct OpenText {
    uint32_t start;         // of the opening quote
    bool is_block;          // """
    unsigned parens;        // open inside the interpolation
    size_t first_segment;   // in Lexer.segments
} OpenText;

// One piece of a text block, between two interpolations: bytes [start, end) of the source.
typedef struct Segment {
    size_t token;
    uint32_t start;
    uint32_t end;
} Segment;

typedef struct Lexer {
    Arena *arena;
    Symbols *symbols;
    Diagnostics *diagnostics;
    const Source *source;
    TokenList *list;
    const char *cursor;
    uint32_t line_start;
    uint32_t line;
    bool line_has_token;
    uint32_t counted_offset; // column_of has counted the line up to here,
    uint32_t counted_column; // which is this column
    bool lacks_comment_end[2]; // there is no further */, no further *)
    size_t pending_documentation; // lines from here on belong to the next token
    uint32_t documentation_line;  // the line of the last doc comment, 0: none
    const OpenText *unclosed; // the last text of one line that was reported, or NULL
    Vector(OpenText) texts;
    Vector(Segment) segments;
} Lexer;

uint32_t lexer_offset(const Lexer *lexer, const char *at);
// The span of something that is about to be reported.
Span lexer_error(Lexer *lexer, uint32_t start, uint32_t end);
Token *push_token(Lexer *lexer, TokenKind kind, const char *start);

// lex_text.c. The cursor stands behind the opening quote, behind the `)` of an interpolation, or behind the quote of a Char.
void lex_text(Lexer *lexer, const char *start);
void continue_text(Lexer *lexer, const char *start);
void lex_char(Lexer *lexer, const char *start);
// At a line's end: a text in quotes must be closed on its line. At the file's end: all texts.
void close_texts_at_line_end(Lexer *lexer);
void close_texts_at_file_end(Lexer *lexer);

// lex_number.c. The token is the source from `start` to the cursor.
void lex_int(Lexer *lexer, const char *start);
void lex_float(Lexer *lexer, const char *start);
void report_bad_number(Lexer *lexer, const char *start);

// lex_escape.c. Writes the bytes [from, to) with escapes replaced; answers the end of what was written.
char *unescape(Lexer *lexer, const char *from, const char *to, char *out);
// The scalar value of the UTF-8 sequence, and its end.
uint32_t decode_scalar(const char *at, const char *end, const char **next);
char *encode_scalar(uint32_t scalar, char *out);
// The first byte that is not valid UTF-8, or NULL.
const char *find_invalid_utf8(const char *at, const char *end);

#endif
