// Bytes to tokens, by re2c. Texts, Chars and numbers are read by lex_text.c and lex_number.c.

#include "lexer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

uint32_t lexer_offset(const Lexer *lexer, const char *at) { return (uint32_t)(at - lexer->source->text.bytes); }

Span lexer_error(Lexer *lexer, uint32_t start, uint32_t end) {
    vector_push(lexer->arena, &lexer->list->errors, start);
    return (Span){lexer->source, start, end};
}

static Span error_from(Lexer *lexer, const char *start) {
    return lexer_error(lexer, lexer_offset(lexer, start), lexer_offset(lexer, lexer->cursor));
}

// ---- doc comments ----

static Text join_documentation(Arena *arena, const TokenList *list, size_t first, size_t last) {
    Builder builder = builder_in(arena);
    for (size_t i = first; i < last; i++) {
        if (i > first) build_byte(&builder, '\n');
        const DocumentationLine *line = &list->documentation.items[i];
        build_text(&builder, (Text){list->source->text.bytes + line->start, line->end - line->start});
    }
    return builder_text(&builder);
}

Text token_documentation(Arena *arena, const TokenList *list, const Token *token) {
    if (!token->documented) return (Text){"", 0};
    size_t low = 0, high = list->documentation.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->documentation.items[middle].token_start < token->start) low = middle + 1;
        else high = middle;
    }
    size_t end = low;
    while (end < list->documentation.count && list->documentation.items[end].token_start == token->start) end++;
    return join_documentation(arena, list, low, end);
}

// `start` stands at `///`, the cursor at the line's end. A gap between two comments makes the earlier one nobody's.
static void add_documentation(Lexer *lexer, const char *start) {
    const char *text = start + 3, *end = lexer->cursor;
    if (text < end && *text == ' ') text++;
    while (end > text && (end[-1] == ' ' || end[-1] == '\r')) end--;
    if (lexer->documentation_line && lexer->documentation_line + 1 != lexer->line && lexer->list->tokens.count == 0 &&
        lexer->list->module_documentation.length == 0) {
        lexer->list->module_documentation =
            join_documentation(lexer->arena, lexer->list, lexer->pending_documentation, lexer->list->documentation.count);
    }
    if (lexer->documentation_line + 1 != lexer->line) lexer->pending_documentation = lexer->list->documentation.count;
    DocumentationLine line = {lexer_offset(lexer, text), lexer_offset(lexer, end), 0};
    vector_push(lexer->arena, &lexer->list->documentation, line);
    lexer->documentation_line = lexer->line;
}

static void attach_documentation(Lexer *lexer, Token *token) {
    TokenList *list = lexer->list;
    bool is_module = list->tokens.count == 1 && list->module_documentation.length == 0 && lexer->documentation_line + 1 != lexer->line;
    if (is_module) {
        list->module_documentation = join_documentation(lexer->arena, list, lexer->pending_documentation, list->documentation.count);
    } else {
        token->documented = true;
        for (size_t i = lexer->pending_documentation; i < list->documentation.count; i++) {
            list->documentation.items[i].token_start = token->start;
        }
    }
    lexer->pending_documentation = list->documentation.count;
    lexer->documentation_line = 0;
}

// ---- tokens ----

// Counts on from the last place asked for on this line.
static uint32_t column_of(Lexer *lexer, const char *start) {
    if (lexer->counted_offset < lexer->line_start) {
        lexer->counted_offset = lexer->line_start;
        lexer->counted_column = 1;
    }
    uint32_t offset = lexer_offset(lexer, start);
    for (; lexer->counted_offset < offset; lexer->counted_offset++) {
        unsigned char byte = (unsigned char)lexer->source->text.bytes[lexer->counted_offset];
        lexer->counted_column += (byte & 0xC0) != 0x80;
    }
    return lexer->counted_column;
}

Token *push_token(Lexer *lexer, TokenKind kind, const char *start) {
    Token token = {.kind = (uint8_t)kind, .start = lexer_offset(lexer, start), .end = lexer_offset(lexer, lexer->cursor)};
    if (!lexer->line_has_token) {
        token.first = true;
        token.column = token.start - lexer->line_start + 1;
        lexer->line_has_token = true;
    }
    vector_push(lexer->arena, &lexer->list->tokens, token);
    Token *pushed = &lexer->list->tokens.items[lexer->list->tokens.count - 1];
    if (lexer->documentation_line) attach_documentation(lexer, pushed);
    return pushed;
}

static void push_name(Lexer *lexer, TokenKind kind, const char *start) {
    Text text = {start, (size_t)(lexer->cursor - start)};
    push_token(lexer, kind, start)->value.name = symbol_of_text(lexer->symbols, text);
}

static void push_qualified(Lexer *lexer, TokenKind kind, const char *start) {
    const char *name = lexer->cursor;
    while (name[-1] != '.') name--;
    Text text = {name, (size_t)(lexer->cursor - name)};
    push_token(lexer, kind, start)->value.name = symbol_of_text(lexer->symbols, text);
}

static void push_bar(Lexer *lexer, const char *start) {
    Token *token = push_token(lexer, TOKEN_BAR, start);
    if (!token->first) token->column = column_of(lexer, start);
}

static void end_line(Lexer *lexer) {
    if (lexer->texts.count) close_texts_at_line_end(lexer);
    lexer->line_start = lexer_offset(lexer, lexer->cursor);
    lexer->line++;
    lexer->line_has_token = false;
}

static void lex_paren(Lexer *lexer, const char *start, bool opens) {
    OpenText *text = lexer->texts.count ? &lexer->texts.items[lexer->texts.count - 1] : NULL;
    if (text && !opens && text->parens == 0) {
        continue_text(lexer, start);
        return;
    }
    if (text) text->parens += opens ? 1 : -1u;
    push_token(lexer, opens ? TOKEN_LEFT_PAREN : TOKEN_RIGHT_PAREN, start);
}

// ---- what is no token ----

static void skip_line(Lexer *lexer) {
    while (*lexer->cursor && *lexer->cursor != '\n') lexer->cursor++;
}

static void report_tabs(Lexer *lexer, const char *start) {
    while (*lexer->cursor == '\t') lexer->cursor++;
    Diagnostic *diagnostic = report(lexer->diagnostics, E0103, error_from(lexer, start), "this is a tab, and fx is indented with spaces");
    add_hint(lexer->diagnostics, diagnostic, "have your editor write spaces for tabs; the width of a tab differs from reader to reader");
}

// A comment between `start` and `close`, or to the line's end when it is never closed.
static void report_block_comment(Lexer *lexer, const char *start, const char *close) {
    bool *lacks_end = &lexer->lacks_comment_end[close[1] == ')'];
    const char *end = *lacks_end ? NULL : strstr(lexer->cursor, close);
    *lacks_end = end == NULL;
    Diagnostic *diagnostic = report(lexer->diagnostics, E0110, error_from(lexer, start),
                                    "`%.2s` does not start a comment in fx", start);
    add_hint(lexer->diagnostics, diagnostic, "write `//` before each line of the comment");
    if (!end) {
        skip_line(lexer);
        return;
    }
    for (; lexer->cursor < end; ) {
        if (*lexer->cursor++ == '\n') end_line(lexer);
    }
    lexer->cursor = end + strlen(close);
}

// `(*)`, `(*2)`: an operator behind a bracket, not a comment.
static bool is_operator_in_bracket(Lexer *lexer) {
    if (*lexer->cursor == ')') return true;
    if (*lexer->cursor <= ' ' || *lexer->cursor == '*') return false;
    bool *lacks_end = &lexer->lacks_comment_end[1];
    if (!*lacks_end) *lacks_end = strstr(lexer->cursor, "*)") == NULL;
    return *lacks_end;
}

static void lex_bracket_and_star(Lexer *lexer, const char *start) {
    if (!is_operator_in_bracket(lexer)) {
        report_block_comment(lexer, start, "*)");
        return;
    }
    lexer->cursor = start + 1;
    lex_paren(lexer, start, true);
}

static void report_line_comment(Lexer *lexer, const char *start) {
    Diagnostic *diagnostic = report(lexer->diagnostics, E0110, error_from(lexer, start),
                                    "`%.*s` does not start a comment in fx", (int)(lexer->cursor - start), start);
    if (strncmp(start, "#include", 8) == 0) add_hint(lexer->diagnostics, diagnostic, "a module is imported with `import Name`");
    else add_hint(lexer->diagnostics, diagnostic, "a comment starts with `//` and goes to the end of the line");
    skip_line(lexer);
}

static void report_foreign_operator(Lexer *lexer, const char *start, TokenKind meant) {
    Diagnostic *diagnostic = report(lexer->diagnostics, E0109, error_from(lexer, start), "fx has no operator `%.*s`",
                                    (int)(lexer->cursor - start), start);
    add_hint(lexer->diagnostics, diagnostic, "write `%s`", token_spelling(meant));
    push_token(lexer, meant, start);
}

// `[x + 1 | x <- xs]`: whether a `[` and a `|` stand before on the line.
static bool is_in_comprehension(const Lexer *lexer, const char *start) {
    bool has_bar = false;
    while (start > lexer->source->text.bytes && *start != '\n' && *start != '[') has_bar |= *start-- == '|';
    return *start == '[' && has_bar;
}

// The cell of this file whose name stands in front, with a small letter perhaps.
static bool find_cell(const Lexer *lexer, const char *start, char *name, size_t room) {
    const char *text = lexer->source->text.bytes, *end = start;
    while (end > text && end[-1] == ' ') end--;
    const char *first = end;
    while (first > text && (isalnum((unsigned char)first[-1]) || first[-1] == '_')) first--;
    if (first == end || (size_t)(end - first) >= room) return false;
    snprintf(name, room, "%c%.*s", toupper((unsigned char)*first), (int)(end - first - 1), first + 1);
    for (const char *at = text; (at = strstr(at, "cell ")); at++) {
        bool begins = at == text || at[-1] == '\n' || at[-1] == ' ';
        if (begins && strncmp(at + 5, name, strlen(name)) == 0 && strchr(" :=", at[5 + strlen(name)])) return true;
    }
    return false;
}

static void report_assignment(Lexer *lexer, const char *start) {
    if (is_in_comprehension(lexer, start)) {
        Diagnostic *list = report(lexer->diagnostics, E0109, error_from(lexer, start), "fx has no operator `%.2s`", start);
        add_hint(lexer->diagnostics, list, "a list is made of another by `List.map` and `List.filter`");
        push_token(lexer, TOKEN_EQUALS, start);
        return;
    }
    Diagnostic *diagnostic = report(lexer->diagnostics, E0109, error_from(lexer, start), "fx has no operator `%.2s`", start);
    char cell[64];
    if (*start == ':' && find_cell(lexer, start, cell, sizeof cell))
        add_hint(lexer->diagnostics, diagnostic, "a cell is set by a computation: `do! %s.set value`", cell);
    else add_hint(lexer->diagnostics, diagnostic, *start == ':' ?
             "a value is named by `let x = value`, and does not change; what changes is a `cell`" :
             "the answer of a computation is named by `let! x = computation`; values do not change, and what does is a `cell`");
    push_token(lexer, TOKEN_EQUALS, start);
}

static void report_control_character(Lexer *lexer, const char *start) {
    Diagnostic *diagnostic = report(lexer->diagnostics, E0102, error_from(lexer, start),
                                    "this is the control character U+%04X, which has no place in a source file", (unsigned char)*start);
    if (*start == '\r') add_hint(lexer->diagnostics, diagnostic, "end the lines with a line feed, or with a carriage return and a line feed");
    else add_hint(lexer->diagnostics, diagnostic, "delete it; in a text, write it as `\\x%02x`", (unsigned char)*start);
}

// The next quote of the General Punctuation block on this line, or NULL.
static const char *find_bent_quote(const char *at) {
    for (; *at && *at != '\n'; at++) {
        if (memcmp(at, "\xE2\x80", 2) == 0 && (unsigned char)at[2] >= 0x98 && (unsigned char)at[2] <= 0x9F) return at;
    }
    return NULL;
}

static bool ends_operand(char byte) {
    bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return is_letter || byte == ')' || byte == ']' || byte == '_' || (byte >= '0' && byte <= '9');
}

// a `div` b
static bool is_between_operands(Lexer *lexer, const char *start, const char *end) {
    const char *first = lexer->source->text.bytes;
    if (start < first + 2 || start[-1] != ' ' || *end != ' ') return false;
    return ends_operand(start[-2]) && (ends_operand(end[1]) || end[1] == '(');
}

// A text between backticks is one mistake; what stands in it is not looked into.
static bool report_backticks(Lexer *lexer, const char *start) {
    const char *end = start + 1;
    bool takes_value = false;
    for (; *end && *end != '`' && *end != '\n'; end++) takes_value |= end[0] == '$' && end[1] == '{';
    if (*end != '`' || end == start + 1) return false;
    lexer->cursor = end + 1;
    Diagnostic *diagnostic = report(lexer->diagnostics, E0102, error_from(lexer, start), "fx has no text between backticks");
    if (is_between_operands(lexer, start, end + 1)) {
        add_hint(lexer->diagnostics, diagnostic, "a function stands in front of its arguments: `%.*s a b`", (int)(end - start - 1), start + 1);
    } else if (takes_value) {
        add_hint(lexer->diagnostics, diagnostic, "a text stands between double quotes, and takes a value in as `\\(name)`");
    } else add_hint(lexer->diagnostics, diagnostic, "a text stands between double quotes: \"%.*s\"", (int)(end - start - 1), start + 1);
    Text *text = NEW(lexer->arena, Text);
    *text = (Text){start + 1, (size_t)(end - start - 1)};
    push_token(lexer, TOKEN_STRING, start)->value.text = text;
    return true;
}

// `a ?? b`, `a?.b`, `a ? b : c`, `call()?`
static void hint_question_mark(Lexer *lexer, Diagnostic *diagnostic, const char *start) {
    const char *fix = "a choice is written `if condition then value else other`";
    bool follows_value = start > lexer->source->text.bytes && start[-1] != ' ' && start[-1] != '\n';
    if (lexer->cursor - start == 2) fix = "for what may be `None`, `Option.with_default` has the value otherwise";
    else if (*lexer->cursor == '.') fix = "what may be `None` is taken apart by `match`, or changed by `Option.map`";
    else if (follows_value || *lexer->cursor == '\n' || !*lexer->cursor) fix = "an `Ok` or an `Err`, a `Some` or a `None`, is taken apart by `match`";
    add_hint(lexer->diagnostics, diagnostic, "%s", fix);
}

static void report_character(Lexer *lexer, const char *start) {
    if (*start == '`' && report_backticks(lexer, start)) return;
    const char *end = lexer->source->text.bytes + lexer->source->text.length;
    uint32_t scalar = decode_scalar(start, end, &lexer->cursor);
    int length = (int)(lexer->cursor - start);
    Diagnostic *diagnostic;
    if (scalar < 0x80) {
        while (*lexer->cursor == *start) lexer->cursor++;
        length = lexer->cursor - start < 40 ? (int)(lexer->cursor - start) : 40;
        diagnostic = report(lexer->diagnostics, E0102, error_from(lexer, start), "`%.*s` means nothing in fx", length, start);
        if (scalar == '\\') add_hint(lexer->diagnostics, diagnostic, "a function without a name is written `fun x -> x + 1`");
        if (scalar == '`') add_hint(lexer->diagnostics, diagnostic, "a text stands between double quotes");
        if (scalar == '&') add_hint(lexer->diagnostics, diagnostic, "`&&` is the logical and");
        if (scalar == '?') hint_question_mark(lexer, diagnostic, start);
        if (scalar == '$' && *lexer->cursor == '"') add_hint(lexer->diagnostics, diagnostic, "delete it: every text takes a value in as `\\(name)`");
        else if (scalar == '$') add_hint(lexer->diagnostics, diagnostic, "`f <| x` applies `f` to all that follows; a text takes a value in as `\\(name)`");
        if (scalar == '@') add_hint(lexer->diagnostics, diagnostic, "lists are joined with `++`");
        if (scalar == '~') add_hint(lexer->diagnostics, diagnostic, "arguments have no labels: write the name alone");
        if (scalar == '^') add_hint(lexer->diagnostics, diagnostic, "texts are joined with `++`; a power is a function");
        return;
    }
    // The whole run is one mistake: a word in another script, or a text between the quotes of a word processor.
    bool is_quote = scalar >= 0x2018 && scalar <= 0x201F;
    const char *closing = is_quote ? find_bent_quote(lexer->cursor) : NULL;
    if (closing) lexer->cursor = closing;
    while ((unsigned char)*lexer->cursor >= 0x80) lexer->cursor++;
    diagnostic = report(lexer->diagnostics, E0102, error_from(lexer, start),
                        "`%.*s` (U+%04X) cannot stand outside a text or a comment", length, start, (unsigned)scalar);
    if (is_quote) add_hint(lexer->diagnostics, diagnostic, "a text stands between straight quotes: \"text\"");
    else add_hint(lexer->diagnostics, diagnostic, "names are made of the letters a to z, digits and `_`");
}

// ---- the scanner ----

// One token, comment or run of blanks; false at the end of the file.
static bool lex_one(Lexer *lexer) {
    const char *start = lexer->cursor, *marker;
#define KEYWORD(name) push_token(lexer, TOKEN_##name, start); return true
/*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = "lexer->cursor";
    re2c:define:YYMARKER = "marker";
    re2c:yyfill:enable = 0;
    re2c:indent:string = "    ";

    letter = [A-Za-z0-9_];
    lower = [a-z_] letter* [']*;
    upper = [A-Z] letter* [']*;
    digits = [0-9]+ ("_" [0-9]+)*;
    exponent = [eE] [+-]? digits;

    "\x00" {
        if (lexer_offset(lexer, start) >= lexer->source->text.length) {
            lexer->cursor = start;
            return false;
        }
        report_control_character(lexer, start);
        return true;
    }
    " "+ { return true; }
    "\r"? "\n" { end_line(lexer); return true; }
    "\t" { report_tabs(lexer, start); return true; }
    "//" [^\n\x00]* {
        if (start[2] == '/' && start[3] != '/') add_documentation(lexer, start);
        return true;
    }
    "/*" { report_block_comment(lexer, start, "*/"); return true; }
    "(*" { lex_bracket_and_star(lexer, start); return true; }
    "#" | "--" { report_line_comment(lexer, start); return true; }

    "_" { KEYWORD(UNDERSCORE); }
    "import" { KEYWORD(IMPORT); }
    "as" { KEYWORD(AS); }
    "let" { KEYWORD(LET); }
    "let!" { KEYWORD(LET_BANG); }
    "and!" { KEYWORD(AND_BANG); }
    "do!" { KEYWORD(DO_BANG); }
    "match" { KEYWORD(MATCH); }
    "match!" { KEYWORD(MATCH_BANG); }
    "with" { KEYWORD(WITH); }
    "when" { KEYWORD(WHEN); }
    "if" { KEYWORD(IF); }
    "then" { KEYWORD(THEN); }
    "else" { KEYWORD(ELSE); }
    "fun" { KEYWORD(FUN); }
    "type" { KEYWORD(TYPE); }
    "opaque" { KEYWORD(OPAQUE); }
    "private" { KEYWORD(PRIVATE); }
    "alias" { KEYWORD(ALIAS); }
    "effect" { KEYWORD(EFFECT); }
    "cell" { KEYWORD(CELL); }
    "extern" { KEYWORD(EXTERN); }
    "handle" { KEYWORD(HANDLE); }
    "ctl" { KEYWORD(CTL); }
    "test" { KEYWORD(TEST); }
    "spec" { KEYWORD(SPEC); }
    "runs" { KEYWORD(RUNS); }
    "returns" { KEYWORD(RETURNS); }
    "in" { KEYWORD(IN); }

    lower { push_name(lexer, TOKEN_LOWER, start); return true; }
    upper { push_name(lexer, TOKEN_UPPER, start); return true; }
    (upper ".")+ lower { push_qualified(lexer, TOKEN_QUALIFIED_LOWER, start); return true; }
    (upper ".")+ upper { push_qualified(lexer, TOKEN_QUALIFIED_UPPER, start); return true; }

    digits | "0x" [0-9A-Fa-f]+ ("_" [0-9A-Fa-f]+)* | "0b" [01]+ ("_" [01]+)* { lex_int(lexer, start); return true; }
    digits "." digits exponent? | digits exponent { lex_float(lexer, start); return true; }
    [0-9] letter* ("." [0-9] letter*)? { report_bad_number(lexer, start); return true; }

    ["] { lex_text(lexer, start); return true; }
    ['] { lex_char(lexer, start); return true; }

    "=" { KEYWORD(EQUALS); }
    "->" { KEYWORD(ARROW); }
    "=>" { KEYWORD(FAT_ARROW); }
    "|" { push_bar(lexer, start); return true; }
    ":" { KEYWORD(COLON); }
    "," { KEYWORD(COMMA); }
    ";"+ { KEYWORD(SEMICOLON); }
    "." { KEYWORD(DOT); }
    "!" { KEYWORD(BANG); }
    "(" { lex_paren(lexer, start, true); return true; }
    ")" { lex_paren(lexer, start, false); return true; }
    "[" { KEYWORD(LEFT_BRACKET); }
    "]" { KEYWORD(RIGHT_BRACKET); }
    "{" { KEYWORD(LEFT_BRACE); }
    "}" { KEYWORD(RIGHT_BRACE); }
    "<|" { KEYWORD(PIPE_LEFT); }
    "|>" { KEYWORD(PIPE_RIGHT); }
    "||" { KEYWORD(OR); }
    "&&" { KEYWORD(AND); }
    "==" { KEYWORD(EQUAL); }
    "!=" { KEYWORD(NOT_EQUAL); }
    "<" { KEYWORD(LESS); }
    "<=" { KEYWORD(LESS_EQUAL); }
    ">" { KEYWORD(GREATER); }
    ">=" { KEYWORD(GREATER_EQUAL); }
    "::" { KEYWORD(CONS); }
    "++" { KEYWORD(APPEND); }
    "+" { KEYWORD(PLUS); }
    "-" { KEYWORD(MINUS); }
    "*" { KEYWORD(STAR); }
    "/" { KEYWORD(SLASH); }
    "%" { KEYWORD(PERCENT); }

    "<>" | "/=" | "=/=" | "!==" { report_foreign_operator(lexer, start, TOKEN_NOT_EQUAL); return true; }
    "===" { report_foreign_operator(lexer, start, TOKEN_EQUAL); return true; }
    "=<" { report_foreign_operator(lexer, start, TOKEN_LESS_EQUAL); return true; }
    ":=" | "<-" { report_assignment(lexer, start); return true; }

    [\x01-\x1f\x7f] { report_control_character(lexer, start); return true; }
    * { report_character(lexer, start); return true; }
*/
#undef KEYWORD
}

static bool check_bytes(Lexer *lexer) {
    Text text = lexer->source->text;
    if (text.length > SOURCE_LIMIT) {
        Span start = lexer_error(lexer, 0, 0);
        report(lexer->diagnostics, E0115, start, "this file has %zu bytes, and the most that fx reads is %d", text.length, (int)SOURCE_LIMIT);
        return false;
    }
    const char *bad = find_invalid_utf8(text.bytes, text.bytes + text.length);
    if (!bad) return true;
    uint32_t offset = lexer_offset(lexer, bad);
    Diagnostic *diagnostic = report(lexer->diagnostics, E0101, lexer_error(lexer, offset, offset + 1),
                                    "the byte 0x%02X here is not UTF-8", (unsigned char)*bad);
    add_hint(lexer->diagnostics, diagnostic, "save the file as UTF-8; in a text, a single byte is written `\\x%02x`", (unsigned char)*bad);
    return false;
}

TokenList *lex(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source) {
    TokenList *list = NEW(arena, TokenList);
    list->source = source;
    Lexer lexer = {.arena = arena, .symbols = symbols, .diagnostics = diagnostics, .source = source, .list = list,
                   .cursor = source->text.bytes, .line = 1};
    if (check_bytes(&lexer)) {
        // Room that is never touched costs nothing: the system hands its pages out at the first write.
        vector_reserve(arena, &list->tokens, source->text.length / 3 + 16);
        lexer.counted_column = 1;
        while (list->errors.count < ERROR_LIMIT && lex_one(&lexer)) {}
        close_texts_at_file_end(&lexer);
    }
    if (list->tokens.count == 0 && lexer.documentation_line) {
        list->module_documentation = join_documentation(arena, list, lexer.pending_documentation, list->documentation.count);
    }
    lexer.line_has_token = true;
    lexer.documentation_line = 0;
    push_token(&lexer, TOKEN_END, lexer.cursor);
    return list;
}
