// `fx fmt`: a source in the form in which everybody writes it. Where lines end is the writer's; between tokens, at the beginnings of lines and
// between them is what this file says.

#include <stdlib.h>
#include <string.h>

#include "../fx.h"
#include "syntax.h"
#include "token.h"

enum { STEP = 2 }; // a block's lines stand so much deeper than what it is in

// Where something stood, and where it stands now.
typedef struct Column {
    uint32_t old, new;
    const Token *first; // of the line
} Column;

typedef Vector(uint8_t) TokenKinds;

// What a bracket, `(`, `[` or `{`, and its other half have beside them, inside.
typedef enum { NOT_A_BRACKET, TIGHT, PADDED } Padding;

typedef struct Formatter {
    const Source *source;
    const TokenList *list;
    const bool *begins_block; // by token
    const Padding *padding;   // by token
    Builder out;
    size_t line_start;        // in `out`
    Vector(Column) lines;     // those that the next may belong to, each deeper than the one before
    Vector(Column) bars;      // `|` within lines, of this declaration
} Formatter;

static size_t index_of(const Formatter *formatter, const Token *token) { return (size_t)(token - formatter->list->tokens.items); }

static Text text_between(const Formatter *formatter, uint32_t start, uint32_t end) { return (Text){formatter->source->text.bytes + start, end - start}; }

// ---- between two tokens of a line ----

static bool ends_operand(TokenKind kind) {
    switch (kind) {
    case TOKEN_LOWER: case TOKEN_UPPER: case TOKEN_QUALIFIED_LOWER: case TOKEN_QUALIFIED_UPPER: case TOKEN_UNDERSCORE: case TOKEN_INT: case TOKEN_FLOAT:
    case TOKEN_CHAR: case TOKEN_STRING: case TOKEN_STRING_END: case TOKEN_RIGHT_PAREN: case TOKEN_RIGHT_BRACKET: case TOKEN_RIGHT_BRACE:
        return true;
    default:
        return false;
    }
}

static bool is_opener(uint8_t kind) { return kind == TOKEN_LEFT_PAREN || kind == TOKEN_LEFT_BRACKET || kind == TOKEN_LEFT_BRACE; }

static bool opens_bracket(const Token *token) { return is_opener(token->kind); }

static bool closes_bracket(const Token *token) {
    return token->kind == TOKEN_RIGHT_PAREN || token->kind == TOKEN_RIGHT_BRACKET || token->kind == TOKEN_RIGHT_BRACE;
}

// At a line's beginning it is that of two operands, unless the line begins a block.
static bool is_unary_minus(const Formatter *formatter, const Token *token) {
    if (token->kind != TOKEN_MINUS) return false;
    return token->first ? formatter->begins_block[index_of(formatter, token)] : !ends_operand((TokenKind)token[-1].kind);
}

static bool has_blank(const Formatter *formatter, const Token *before, const Token *behind) {
    Padding left = formatter->padding[index_of(formatter, before)], right = formatter->padding[index_of(formatter, behind)];
    bool opens = opens_bracket(before), closes = closes_bracket(behind);
    if (opens && closes) return false;
    if (opens) return left == PADDED;
    if (closes) return right == PADDED;
    if (before->kind == TOKEN_DOT || behind->kind == TOKEN_DOT || behind->kind == TOKEN_COMMA) return false;
    return !is_unary_minus(formatter, before) || behind->kind == TOKEN_MINUS;
}

// ---- what the tokens are ----

// A record's braces have blanks inside, those of a row of effects have none: `{ port = 1 }`, `{Tcp, Time}`.
static bool is_row(const Token *open, const Token *close) {
    int depth = 0;
    for (const Token *token = open + 1; token < close; token++) {
        depth += opens_bracket(token);
        depth -= closes_bracket(token);
        if (depth == 0 && (token->kind == TOKEN_EQUALS || token->kind == TOKEN_COLON || token->kind == TOKEN_WITH)) return false;
    }
    return open[1].kind == TOKEN_UPPER || open[1].kind == TOKEN_QUALIFIED_UPPER || open[-1].kind == TOKEN_BANG;
}

static const Padding *find_padding(Arena *arena, const TokenList *list) {
    Padding *padding = arena_allocate(arena, list->tokens.count * sizeof *padding);
    Vector(size_t) open = {0};
    for (size_t i = 0; i < list->tokens.count; i++) {
        const Token *token = &list->tokens.items[i];
        padding[i] = NOT_A_BRACKET;
        if (opens_bracket(token) || closes_bracket(token)) padding[i] = TIGHT;
        if (opens_bracket(token)) vector_push(arena, &open, i);
        if (!open.count) continue;
        size_t first = open.items[open.count - 1];
        bool is_record = token->kind == TOKEN_RIGHT_BRACE && !is_row(&list->tokens.items[first], token);
        bool is_below = token->kind == TOKEN_COMMA && token->first; // lines that begin with a comma stand below the first item
        if (is_record || is_below) padding[first] = PADDED;
        if (is_record) padding[i] = PADDED;
        if (closes_bracket(token)) open.count--;
    }
    return padding;
}

static const bool *find_blocks(Arena *arena, const TokenList *list, const Layout *layout) {
    bool *begins = arena_allocate(arena, list->tokens.count * sizeof *begins), is_open = false;
    memset(begins, 0, list->tokens.count * sizeof *begins);
    size_t at = 0;
    for (size_t i = 0; i < layout->tokens.count; i++) {
        const Token *token = &layout->tokens.items[i];
        if (token->kind == TOKEN_OPEN) is_open = true;
        if (token->kind == TOKEN_OPEN || token->kind == TOKEN_ITEM || token->kind == TOKEN_CLOSE || token->kind == TOKEN_END) continue;
        while (list->tokens.items[at].start != token->start) at++;
        begins[at] = is_open;
        is_open = false;
    }
    return begins;
}

// ---- the beginnings of lines ----

static uint32_t count_columns(const Formatter *formatter) {
    uint32_t columns = 1;
    for (size_t i = formatter->line_start; i < formatter->out.length; i++) columns += ((unsigned char)formatter->out.bytes[i] & 0xC0) != 0x80;
    return columns;
}

// The last line that was less deep, or as deep.
static const Column *find_line(const Formatter *formatter, uint32_t old) {
    const Column *line = &formatter->lines.items[formatter->lines.count - 1];
    while (line > formatter->lines.items && line->old > old) line--;
    return line;
}

// A line goes where the one goes that stood in its column, and else as much deeper than the last that was less deep as before.
static uint32_t find_column(const Formatter *formatter, uint32_t old) {
    const Column *line = find_line(formatter, old);
    return line->new + (old - line->old);
}

// A block stands a step deeper than the line that it begins in: a line that begins with `|` counts from what is behind that, unless the block is
// the alternative's own.
static uint32_t find_step(const Token *line, const Token *token) {
    if (!line || line->kind != TOKEN_BAR) return STEP;
    const Token *arrow = line;
    for (int depth = 0; arrow + 1 < token && (arrow->kind != TOKEN_ARROW || depth); arrow++) {
        depth += opens_bracket(arrow);
        depth -= closes_bracket(arrow);
    }
    return arrow + 1 == token ? STEP : 2 * STEP;
}

static bool goes_on(TokenKind kind) {
    return kind == TOKEN_BAR || kind == TOKEN_THEN || kind == TOKEN_ELSE || (kind >= TOKEN_PIPE_LEFT && kind <= TOKEN_PERCENT);
}

// `match x | A -> 1`, and below its `|` another.
static uint32_t find_column_of_token(const Formatter *formatter, const Token *token) {
    const Column *line = find_line(formatter, token->column);
    if (line->old == token->column) return line->new;
    for (size_t i = formatter->bars.count; i-- > 0 && token->kind == TOKEN_BAR;)
        if (formatter->bars.items[i].old == token->column) return formatter->bars.items[i].new;
    if (formatter->begins_block[index_of(formatter, token)]) return line->new + find_step(line->first, token);
    return goes_on((TokenKind)token->kind) ? line->new + STEP : find_column(formatter, token->column);
}

static void enter_line(Formatter *formatter, const Token *first, uint32_t new) {
    uint32_t old = first->column;
    while (formatter->lines.count > 1 && formatter->lines.items[formatter->lines.count - 1].old >= old) formatter->lines.count--;
    if (old == 1) formatter->bars.count = 0;
    if (old > 1) vector_push(formatter->out.arena, &formatter->lines, ((Column){old, new, first}));
}

// ---- between two lines ----

static Text trim(Text text) {
    while (text.length && (text.bytes[0] == ' ' || text.bytes[0] == '\t')) text = (Text){text.bytes + 1, text.length - 1};
    while (text.length && strchr(" \t\r", text.bytes[text.length - 1])) text.length--;
    return text;
}

static void begin_line(Formatter *formatter, uint32_t column) {
    formatter->line_start = formatter->out.length;
    build_format(&formatter->out, "%*s", (int)column - 1, "");
}

// The comment at a line's end keeps its distance.
static void build_end_of_line(Formatter *formatter, Text rest) {
    Text comment = trim(rest);
    size_t distance = (size_t)(comment.bytes - rest.bytes);
    if (comment.length && formatter->out.length) build_format(&formatter->out, "%*s", (int)(distance ? distance : 1), "");
    build_text(&formatter->out, comment);
    if (formatter->out.length) build_byte(&formatter->out, '\n');
}

// What stands between two tokens that are on different lines: comments, and blank lines, of which one is kept. `next` begins a line in `column`.
static void build_gap(Formatter *formatter, Text gap, const Token *next, uint32_t column) {
    bool is_first = true, was_blank = false, is_end = next->kind == TOKEN_END;
    for (const char *end; (end = memchr(gap.bytes, '\n', gap.length)); is_first = false) {
        Text line = {gap.bytes, (size_t)(end - gap.bytes)}, comment = trim(line);
        gap = (Text){end + 1, gap.length - line.length - 1};
        bool is_beginning = formatter->out.length == 0;
        if (is_first && !is_beginning) build_end_of_line(formatter, line);
        if ((is_first && !is_beginning) || (!comment.length && is_beginning)) continue;
        if (comment.length) {
            uint32_t old = (uint32_t)(comment.bytes - line.bytes) + 1;
            if (was_blank) build_byte(&formatter->out, '\n');
            begin_line(formatter, !is_end && old == next->column ? column : find_column(formatter, old));
            build_text(&formatter->out, comment);
            build_byte(&formatter->out, '\n');
        }
        was_blank = !comment.length;
    }
    if (was_blank && !is_end) build_byte(&formatter->out, '\n');
}

// ---- tokens ----

// Texts are copied as they stand, with all that is put into them.
static size_t end_of_text(const TokenList *list, size_t at) {
    size_t depth = 0;
    for (;; at++) {
        depth += list->tokens.items[at].kind == TOKEN_STRING_START;
        depth -= list->tokens.items[at].kind == TOKEN_STRING_END;
        if (!depth) return at;
    }
}

static void build_token(Formatter *formatter, uint32_t start, uint32_t end) {
    Text text = text_between(formatter, start, end);
    size_t before = formatter->out.length;
    build_text(&formatter->out, text);
    for (size_t i = 0; i < text.length; i++)
        if (text.bytes[i] == '\n') formatter->line_start = before + i + 1;
}

static void build_space(Formatter *formatter, const Token *before, const Token *token) {
    uint32_t start = before ? before->end : 0;
    if (token->first || token->kind == TOKEN_END) {
        uint32_t column = token->kind == TOKEN_END ? 1 : find_column_of_token(formatter, token);
        build_gap(formatter, text_between(formatter, start, token->start), token, column);
        if (token->kind == TOKEN_END) return;
        begin_line(formatter, column);
        enter_line(formatter, token, column);
        return;
    }
    if (has_blank(formatter, before, token)) build_byte(&formatter->out, ' ');
    if (token->kind == TOKEN_BAR) vector_push(formatter->out.arena, &formatter->bars, ((Column){token->column, count_columns(formatter), token}));
}

static Text format_tokens(Arena *arena, const Source *source, const TokenList *list, const Layout *layout) {
    Formatter formatter = {.source = source, .list = list, .begins_block = find_blocks(arena, list, layout), .padding = find_padding(arena, list), .out = builder_in(arena)};
    vector_push(arena, &formatter.lines, ((Column){1, 1, NULL}));
    const Token *before = NULL;
    for (size_t i = 0; i < list->tokens.count; i++) {
        const Token *token = &list->tokens.items[i];
        build_space(&formatter, before, token);
        if (token->kind == TOKEN_END) break;
        i = end_of_text(list, i);
        before = &list->tokens.items[i];
        build_token(&formatter, token->start, before->end);
    }
    return builder_text(&formatter.out);
}

// ---- imports ----

// Blanks do not count: there will be others.
static int compare_lines(const void *left, const void *right) {
    const char *one = ((const Text *)left)->bytes, *other = ((const Text *)right)->bytes;
    for (;; one++, other++) {
        while (*one == ' ') one++;
        while (*other == ' ') other++;
        if (*one != *other || *one == '\n') return (unsigned char)*one - (unsigned char)*other;
    }
}

// Whether the import stands alone on its line, which ends at *end.
static bool is_whole_line(const Source *source, const TokenList *list, size_t at, uint32_t *end) {
    const Token *import = &list->tokens.items[at], *next = import + 1;
    if (import->kind != TOKEN_IMPORT || !import->first || import->column != 1) return false;
    while (!next->first && next->kind != TOKEN_END) next++;
    const char *line_end = memchr(source->text.bytes + import->start, '\n', source->text.length - import->start);
    if (!line_end || (next->kind != TOKEN_END && next->column != 1)) return false;
    *end = (uint32_t)(line_end - source->text.bytes) + 1;
    return next->kind == TOKEN_END || next->start >= *end;
}

// Imports on lines one below the other are put in order, and the last line is ended.
static Text sort_imports(Arena *arena, const Source *source, const TokenList *list) {
    Builder sorted = builder_in(arena);
    Vector(Text) run = {0};
    uint32_t done = 0, run_end = 0;
    for (size_t i = 0; i < list->tokens.count; i++) {
        uint32_t end, start = list->tokens.items[i].start;
        bool is_import = is_whole_line(source, list, i, &end);
        if (!is_import && list->tokens.items[i].kind != TOKEN_END) continue;
        if (!is_import || start != run_end) {
            qsort(run.count ? run.items : (Text[1]){{0}}, run.count, sizeof(Text), compare_lines);
            for (size_t k = 0; k < run.count; k++) build_text(&sorted, run.items[k]);
            if (run.count) done = run_end;
            run.count = 0;
            uint32_t until = is_import ? start : (uint32_t)source->text.length;
            build_text(&sorted, (Text){source->text.bytes + done, until - done});
            done = until;
        }
        if (!is_import) break;
        vector_push(arena, &run, ((Text){source->text.bytes + start, end - start}));
        run_end = end;
    }
    if (sorted.length && sorted.bytes[sorted.length - 1] != '\n') build_byte(&sorted, '\n');
    return builder_text(&sorted);
}

// ---- `with` behind `match e`, which says nothing ----

// What the next `with` may belong to: brackets, and the words whose `|` has not come.
static void pass_head(Arena *arena, TokenKinds *open, const Token *token) {
    bool is_head = token->kind == TOKEN_MATCH || token->kind == TOKEN_MATCH_BANG || token->kind == TOKEN_HANDLE;
    bool is_match = open->count && open->items[open->count - 1] != TOKEN_HANDLE && !is_opener(open->items[open->count - 1]);
    if (is_head || opens_bracket(token)) vector_push(arena, open, token->kind);
    if (token->kind == TOKEN_BAR && is_match) open->count--;
    if (!closes_bracket(token)) return;
    while (open->count && !is_opener(open->items[open->count - 1])) open->count--;
    if (open->count) open->count--;
}

// In place of the word stand blanks, so that no token moves; what ends its line, a comment, moves to the token before it, with its distance.
static void blank_with(Builder *text, const Token *with) {
    char *bytes = text->bytes;
    size_t start = with->start, end = with->end;
    if (with[1].first || with[1].kind == TOKEN_END) {
        const char *line_end = memchr(bytes + end, '\n', text->length - end);
        Text rest = {bytes + end, line_end ? (size_t)(line_end - bytes) - end : text->length - end};
        while (rest.length && strchr(" \t\r", rest.bytes[rest.length - 1])) rest.length--;
        memmove(bytes + with[-1].end, rest.bytes, rest.length);
        start = with[-1].end + rest.length;
        end += rest.length;
    }
    memset(bytes + start, ' ', end - start);
}

static Text drop_with(Arena *arena, const Source *source, const TokenList *list) {
    Builder text = builder_in(arena);
    TokenKinds open = {0};
    build_text(&text, source->text);
    for (size_t i = 0; i < list->tokens.count; i++) {
        i = end_of_text(list, i);
        const Token *token = &list->tokens.items[i];
        uint8_t kind = open.count ? open.items[open.count - 1] : TOKEN_END;
        pass_head(arena, &open, token);
        if (token->kind != TOKEN_WITH || (kind != TOKEN_MATCH && kind != TOKEN_MATCH_BANG && kind != TOKEN_HANDLE)) continue;
        open.count--;
        if (kind != TOKEN_HANDLE && !token->first) blank_with(&text, token);
    }
    return builder_text(&text);
}

// ---- the whole ----

static const Source *source_of(Arena *arena, const Source *original, Text text) {
    Builder copy = builder_in(arena);
    build_text(&copy, text);
    return source_create(arena, original->path, (Text){builder_string(&copy), copy.length});
}

static bool is_same_tree(Arena *arena, Symbols *symbols, const Source *left, const Source *right) {
    Diagnostics diagnostics = {.arena = arena};
    const ModuleSyntax *one = parse_module(arena, symbols, &diagnostics, left), *other = parse_module(arena, symbols, &diagnostics, right);
    return !diagnostics.error_count && text_equal(print_syntax(arena, one), print_syntax(arena, other));
}

bool format_source(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source, Text *formatted) {
    parse_module(arena, symbols, diagnostics, source);
    *formatted = source->text;
    if (diagnostics->error_count) return true;
    const Source *sorted = source_of(arena, source, sort_imports(arena, source, lex(arena, symbols, diagnostics, source)));
    const Source *plain = source_of(arena, source, drop_with(arena, sorted, lex(arena, symbols, diagnostics, sorted)));
    const TokenList *list = lex(arena, symbols, diagnostics, plain);
    *formatted = format_tokens(arena, plain, list, lay_out(arena, diagnostics, list));
    return is_same_tree(arena, symbols, sorted, source_of(arena, source, *formatted));
}
