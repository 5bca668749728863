// Texts, text blocks and Chars.

#include "lexer.h"

#include <string.h>

typedef enum { TEXT_CLOSES, TEXT_INTERPOLATES, TEXT_BREAKS_OFF } TextEnd;

static Text *new_text(Lexer *lexer, const char *bytes, size_t length) {
    Text *text = NEW(lexer->arena, Text);
    *text = (Text){bytes, length};
    return text;
}

Text token_text(const Source *source, const Token *token) {
    if (token->value.text) return *token->value.text;
    bool interpolates = token->kind == TOKEN_STRING_START || token->kind == TOKEN_STRING_MIDDLE;
    return (Text){source->text.bytes + token->start + 1, token->end - token->start - (interpolates ? 3 : 2)};
}

// ---- where a piece of text ends ----

static bool at_file_end(const Lexer *lexer) {
    return *lexer->cursor == 0 && lexer_offset(lexer, lexer->cursor) >= lexer->source->text.length;
}

// Moves the cursor to the quotes, the `\(`, or the end of the line or file that ends this piece.
static TextEnd scan_piece(Lexer *lexer, bool is_block) {
    for (;; lexer->cursor++) {
        char byte = *lexer->cursor;
        if (byte == '"' && (!is_block || (lexer->cursor[1] == '"' && lexer->cursor[2] == '"'))) return TEXT_CLOSES;
        if (byte == '\n') {
            if (!is_block) return TEXT_BREAKS_OFF;
            lexer->line_start = lexer_offset(lexer, lexer->cursor) + 1;
            lexer->line++;
        }
        if (at_file_end(lexer)) return TEXT_BREAKS_OFF;
        if (byte == '\\') {
            if (lexer->cursor[1] == '(') return TEXT_INTERPOLATES;
            if (lexer->cursor[1] == '\\' || lexer->cursor[1] == '"') lexer->cursor++;
        }
    }
}

// Control characters are refused in texts as elsewhere; one report for each piece.
static void check_piece(Lexer *lexer, const char *from, const char *to, bool is_block) {
    for (const char *at = from; at < to; at++) {
        unsigned char byte = (unsigned char)*at;
        if ((byte >= 0x20 && byte != 0x7F) || (is_block && (byte == '\n' || (byte == '\r' && at[1] == '\n')))) continue;
        Span span = lexer_error(lexer, lexer_offset(lexer, at), lexer_offset(lexer, at) + 1);
        bool is_tab = byte == '\t';
        Diagnostic *diagnostic = is_tab ? report(lexer->diagnostics, E0103, span, "this is a tab, and a tab in a text looks like spaces")
                                        : report(lexer->diagnostics, E0102, span, "this text holds the control character U+%04X", byte);
        if (is_tab) add_hint(lexer->diagnostics, diagnostic, "write it as `\\t`");
        else add_hint(lexer->diagnostics, diagnostic, "write it as `\\x%02x`", byte);
        return;
    }
}

// ---- text blocks (the Java Language Specification, section 3.10.6) ----

static bool blank_line(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\r')) at++;
    return at < end && *at == '\n';
}

static const char *line_end(const char *at, const char *end) {
    const char *found = memchr(at, '\n', (size_t)(end - at));
    return found ? found : end;
}

static size_t count_spaces(const char *at, const char *end) {
    size_t count = 0;
    while (at + count < end && at[count] == ' ') count++;
    return count;
}

// The smallest indentation of the lines that are not blank; the last line counts even when only the closing quotes stand on it.
static size_t common_indentation(Lexer *lexer, size_t first_segment) {
    size_t smallest = SIZE_MAX;
    const char *bytes = lexer->source->text.bytes;
    for (size_t i = first_segment; i < lexer->segments.count; i++) {
        const char *at = bytes + lexer->segments.items[i].start, *end = bytes + lexer->segments.items[i].end;
        bool line_start = i == first_segment;
        for (;; line_start = true) {
            size_t spaces = count_spaces(at, end);
            if (line_start && !blank_line(at, end) && spaces < smallest) smallest = spaces;
            at = line_end(at, end);
            if (at == end) break;
            at++;
        }
    }
    return smallest;
}

// A backslash that no other one escapes.
static bool ends_in_backslash(const char *at, const char *end) {
    const char *first = end;
    while (first > at && first[-1] == '\\') first--;
    return (end - first) % 2 == 1;
}

// One piece of the block, without the common indentation and the blanks at the ends of lines. A line that ends in a backslash goes on
// in the next, as in Java's (JLS 3.10.7).
static Text *strip_segment(Lexer *lexer, const Segment *segment, size_t indentation, bool is_first, bool is_last) {
    const char *at = lexer->source->text.bytes + segment->start, *end = lexer->source->text.bytes + segment->end;
    char *bytes = arena_allocate(lexer->arena, (size_t)(end - at)), *out = bytes;
    for (bool line_start = is_first;; line_start = true) {
        const char *stop = line_end(at, end), *kept = stop;
        if (line_start) {
            size_t spaces = count_spaces(at, stop);
            at += spaces < indentation ? spaces : indentation;
        }
        bool trims = stop < end || is_last;
        while (trims && kept > at && (kept[-1] == ' ' || kept[-1] == '\r')) kept--;
        bool goes_on = stop < end && ends_in_backslash(at, kept);
        out = unescape(lexer, at, goes_on ? kept - 1 : kept, out);
        if (stop == end) break;
        if (!goes_on) *out++ = '\n';
        at = stop + 1;
    }
    return new_text(lexer, bytes, (size_t)(out - bytes));
}

static void strip_block(Lexer *lexer, size_t first_segment) {
    size_t indentation = common_indentation(lexer, first_segment), count = lexer->segments.count;
    for (size_t i = first_segment; i < count; i++) {
        const Segment *segment = &lexer->segments.items[i];
        Text *text = strip_segment(lexer, segment, indentation, i == first_segment, i + 1 == count);
        lexer->list->tokens.items[segment->token].value.text = text;
    }
    lexer->segments.count = first_segment;
}

// The opening quotes of a block end their line.
static void skip_block_opening(Lexer *lexer, const char *start) {
    const char *at = lexer->cursor;
    while (*at == ' ' || *at == '\r') at++;
    if (*at != '\n') {
        Span span = lexer_error(lexer, lexer_offset(lexer, start), lexer_offset(lexer, lexer->cursor));
        Diagnostic *diagnostic = report(lexer->diagnostics, E0108, span, "the text of a block begins on the line after its `\"\"\"`");
        const char *end = strstr(at, "\"\"\""), *line = strchr(at, '\n');
        bool is_closed = end && (!line || end < line);
        add_hint(lexer->diagnostics, diagnostic, is_closed ? "a text of one line stands between single `\"`: \"text\"" :
                                                             "break the line here; this line end is no part of the text");
        return;
    }
    lexer->cursor = at + 1;
    lexer->line++;
    lexer->line_start = lexer_offset(lexer, lexer->cursor);
}

// ---- pieces to tokens ----

// The quote that ends a text of several lines looks as if it began one, and was told with the quote that began it. In column 1 begins
// something else.
static bool closes_unclosed(Lexer *lexer, const OpenText *text) {
    if (!lexer->unclosed || text->is_block) return false;
    const char *bytes = lexer->source->text.bytes;
    for (uint32_t at = lexer->unclosed->start; at < text->start; at++) {
        if (bytes[at] == '\n' && bytes[at + 1] != ' ' && bytes[at + 1] != '\n' && bytes[at + 1] != '"') return false;
    }
    lexer->unclosed = NULL;
    return true;
}

// Takes back what was told of this line: where its last text is never closed, a quote before may be missing, and texts and what stands
// between them change places. Answers whether there was anything.
static bool withdraw_line(Lexer *lexer) {
    Diagnostics *diagnostics = lexer->diagnostics;
    size_t kept = diagnostics->list.count;
    while (kept > 0) {
        const Diagnostic *last = diagnostics->list.items[kept - 1];
        if (last->span.source != lexer->source || last->span.start < lexer->line_start || diagnostic_is_warning(last->code)) break;
        kept--;
    }
    bool had_any = kept < diagnostics->list.count;
    diagnostics->error_count -= diagnostics->list.count - kept;
    diagnostics->list.count = kept;
    return had_any;
}

static void report_unclosed(Lexer *lexer, const OpenText *text, const char *end) {
    bool is_block = text->is_block;
    Span span = lexer_error(lexer, text->start, is_block ? text->start + 3 : lexer_offset(lexer, end));
    if (closes_unclosed(lexer, text)) return;
    if (!is_block) {
        OpenText *unclosed = NEW(lexer->arena, OpenText);
        *unclosed = *text;
        lexer->unclosed = unclosed;
    }
    uint32_t line = source_position(lexer->source, text->start).line;
    bool lacks_opening = !is_block && withdraw_line(lexer);
    Diagnostic *diagnostic = report(lexer->diagnostics, E0106, span, "the text%s that began at line %u is never closed",
                                    is_block ? " block" : "", line);
    if (is_block) add_hint(lexer->diagnostics, diagnostic, "close it with `\"\"\"`");
    else if (lacks_opening) add_hint(lexer->diagnostics, diagnostic, "is this the `\"` that closes a text, and the one that opens it missing before?");
    else add_hint(lexer->diagnostics, diagnostic, "close it with `\"` on the same line; a text of several lines stands between `\"\"\"`");
}

// `bare`: what stands in the source is the text itself, delimited as token_text expects.
static void set_text(Lexer *lexer, size_t token, const char *from, const char *to, bool bare) {
    if (bare && !memchr(from, '\\', (size_t)(to - from))) return;
    char *bytes = arena_allocate(lexer->arena, (size_t)(to - from));
    char *end = unescape(lexer, from, to, bytes);
    lexer->list->tokens.items[token].value.text = new_text(lexer, bytes, (size_t)(end - bytes));
}

// Reads from the cursor, which stands where the piece's text begins, and makes the piece's token.
static void lex_piece(Lexer *lexer, const char *start, bool is_first) {
    OpenText text = lexer->texts.items[lexer->texts.count - 1];
    const char *from = lexer->cursor;
    TextEnd end = scan_piece(lexer, text.is_block);
    const char *to = lexer->cursor;
    if (!text.is_block && to > from && to[-1] == '\r') to--;
    check_piece(lexer, from, to, text.is_block);
    // A text inside an interpolation that is never closed either: the line's end reports that one.
    bool is_inner = lexer->texts.count > 1 && !lexer->texts.items[lexer->texts.count - 2].is_block;
    if (end == TEXT_BREAKS_OFF && (text.is_block || !is_inner)) report_unclosed(lexer, &text, to);
    else if (end != TEXT_BREAKS_OFF) lexer->cursor += end == TEXT_INTERPOLATES ? 2 : text.is_block ? 3 : 1;
    bool more = end == TEXT_INTERPOLATES;
    TokenKind kind = is_first ? (more ? TOKEN_STRING_START : TOKEN_STRING) : (more ? TOKEN_STRING_MIDDLE : TOKEN_STRING_END);
    push_token(lexer, kind, start);
    size_t token = lexer->list->tokens.count - 1;
    if (text.is_block) {
        Segment segment = {token, lexer_offset(lexer, from), lexer_offset(lexer, to)};
        vector_push(lexer->arena, &lexer->segments, segment);
        if (!more) strip_block(lexer, text.first_segment);
    } else {
        set_text(lexer, token, from, to, end != TEXT_BREAKS_OFF);
    }
    if (!more) lexer->texts.count--;
}

void lex_text(Lexer *lexer, const char *start) {
    OpenText text = {.start = lexer_offset(lexer, start), .first_segment = lexer->segments.count};
    text.is_block = lexer->cursor[0] == '"' && lexer->cursor[1] == '"';
    if (text.is_block) {
        // The token takes its place on the line where it begins.
        bool line_has_token = lexer->line_has_token;
        uint32_t line_start = lexer->line_start;
        lexer->cursor += 2;
        skip_block_opening(lexer, start);
        vector_push(lexer->arena, &lexer->texts, text);
        size_t token = lexer->list->tokens.count;
        lex_piece(lexer, start, true);
        Token *made = &lexer->list->tokens.items[token];
        made->first = !line_has_token;
        made->column = made->first ? made->start - line_start + 1 : 0;
        return;
    }
    vector_push(lexer->arena, &lexer->texts, text);
    lex_piece(lexer, start, true);
}

void continue_text(Lexer *lexer, const char *start) { lex_piece(lexer, start, false); }

// An empty last piece, so that the tokens stay paired.
static void push_text_end(Lexer *lexer) {
    OpenText text = lexer->texts.items[--lexer->texts.count];
    push_token(lexer, TOKEN_STRING_END, lexer->cursor)->value.text = new_text(lexer, "", 0);
    if (text.is_block) strip_block(lexer, text.first_segment);
}

static void report_open_interpolation(Lexer *lexer) {
    const OpenText *text = &lexer->texts.items[lexer->texts.count - 1];
    const Tokens *tokens = &lexer->list->tokens;
    size_t i = tokens->count - 1;
    while (i > 0 && tokens->items[i].kind != TOKEN_STRING_START && tokens->items[i].kind != TOKEN_STRING_MIDDLE) i--;
    Span opening = lexer_error(lexer, tokens->items[i].end - 2, tokens->items[i].end);
    Diagnostic *diagnostic = report(lexer->diagnostics, E0106, opening, "this `\\(` is never closed");
    if (!text->is_block) {
        add_label(lexer->diagnostics, diagnostic, (Span){lexer->source, text->start, text->start + 1}, "in the text that begins here");
        add_hint(lexer->diagnostics, diagnostic, "close it with `)` on the same line; a backslash itself is written `\\\\`");
    }
}

void close_texts_at_line_end(Lexer *lexer) {
    if (lexer->texts.items[lexer->texts.count - 1].is_block) return;
    report_open_interpolation(lexer);
    while (lexer->texts.count && !lexer->texts.items[lexer->texts.count - 1].is_block) push_text_end(lexer);
}

void close_texts_at_file_end(Lexer *lexer) {
    if (lexer->texts.count) report_open_interpolation(lexer);
    while (lexer->texts.count) push_text_end(lexer);
}

// ---- Char ----

// The end of a run of letters behind the quote, for 'text' and 'a.
static const char *word_end(const char *at) {
    while (*at && *at != '\'' && *at != '\n' && *at != '\r' && *at != '"') at++;
    return at;
}

// `'a tree`, on a line that begins with `type`: no Char stands in a type.
static bool is_in_type(const Lexer *lexer, const char *start) {
    const char *line = start;
    while (line > lexer->source->text.bytes && line[-1] != '\n') line--;
    return strncmp(line, "type ", 5) == 0 || strncmp(line, "opaque type ", 12) == 0 || strncmp(line, "alias ", 6) == 0;
}

static void report_char(Lexer *lexer, const char *start) {
    const char *body = start + 1, *end = word_end(body);
    bool closed = *end == '\'' && !is_in_type(lexer, start), names_type = !closed && ((*body >= 'a' && *body <= 'z') || *body == '_');
    if (!closed) {
        end = body;
        while ((*end >= 'a' && *end <= 'z') || *end == '_') end++;
    }
    lexer->cursor = closed ? end + 1 : end;
    Span span = lexer_error(lexer, lexer_offset(lexer, start), lexer_offset(lexer, lexer->cursor));
    Diagnostic *diagnostic;
    if (closed && end > body) {
        diagnostic = report(lexer->diagnostics, E0112, span, "a Char is one character, and there are several between these quotes");
        add_hint(lexer->diagnostics, diagnostic, "a text stands between double quotes: \"%.*s\"", (int)(end - body), body);
    } else if (closed) {
        diagnostic = report(lexer->diagnostics, E0112, span, "there is no character between these quotes");
        add_hint(lexer->diagnostics, diagnostic, "the quote itself is `'\\''`, and the empty text is `\"\"`");
    } else if (names_type && is_in_type(lexer, start)) {
        diagnostic = report(lexer->diagnostics, E0112, span, "a type variable is written without a quote");
        add_hint(lexer->diagnostics, diagnostic, "write `%.*s`, and behind the type: `type Tree a = ...`", (int)(end - body), body);
    } else if (names_type) {
        diagnostic = report(lexer->diagnostics, E0112, span, "this quote opens a Char that is not closed");
        add_hint(lexer->diagnostics, diagnostic, "close it with `'`; a type variable is written without a quote: `%.*s`", (int)(end - body), body);
    } else {
        diagnostic = report(lexer->diagnostics, E0112, span, "this quote opens a Char that is not closed");
        add_hint(lexer->diagnostics, diagnostic, "a Char is written `'a'`");
    }
    push_token(lexer, closed ? TOKEN_CHAR : TOKEN_LOWER, start)->value.number = 'a';
    if (!closed) lexer->list->tokens.items[lexer->list->tokens.count - 1].value.name = symbol_of(lexer->symbols, "a");
}

// The end of the one escape that `at` stands at, by its shape alone.
static const char *escape_end(const char *at) {
    if (at[1] == 'x' && at[2] && at[3] && at[2] != '\'' && at[3] != '\'') return at + 4;
    if (at[1] == 'u' && at[2] == '{') {
        const char *brace = at + 3;
        while (*brace && *brace != '}' && *brace != '\n' && *brace != '\'') brace++;
        return *brace == '}' ? brace + 1 : brace;
    }
    return at[1] && at[1] != '\n' ? at + 2 : at + 1;
}

void lex_char(Lexer *lexer, const char *start) {
    const char *body = start + 1, *file_end = lexer->source->text.bytes + lexer->source->text.length, *end = body;
    if (*body == '\\') end = escape_end(body);
    else if ((unsigned char)*body >= 0x20 && *body != '\'') decode_scalar(body, file_end, &end);
    if (end == body || *end != '\'') {
        report_char(lexer, start);
        return;
    }
    lexer->cursor = end + 1;
    char bytes[16];
    uint32_t scalar = 0;
    if (*body == '\\') {
        bool is_byte = body[1] == 'x';
        char *out = end - body < 16 ? unescape(lexer, body, end, bytes) : bytes;
        const char *next;
        if (out > bytes) scalar = is_byte ? (unsigned char)bytes[0] : decode_scalar(bytes, out, &next);
    } else {
        const char *next;
        scalar = decode_scalar(body, file_end, &next);
    }
    push_token(lexer, TOKEN_CHAR, start)->value.number = scalar;
}
