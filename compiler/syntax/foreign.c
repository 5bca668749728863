// Statements of other languages, found in the tokens of a declaration before anything is made of them: a word that begins one, where
// the program gives that word no meaning, explains all that would be said of what follows it.

#include "layout.h"

#include <string.h>

typedef enum {
    BEFORE_ANYTHING, // an expression follows
    BEFORE_NAME,     // a name and `=` follow
    BEFORE_LINE_END, // or whatever follows
    AT_LINE_END,     // a block follows
} Place;

typedef struct Statement {
    const char *word;
    Place place;
    const char *hint;
} Statement;

static const Statement statements[] = {
    {"while", BEFORE_ANYTHING, "a loop is a function that calls itself; for the elements of a list there is `List.iter_seq`"},
    {"for", BEFORE_ANYTHING, "use a function of List: `List.map`, `List.fold`, or `List.iter_seq` for computations"},
    {"try", BEFORE_LINE_END, "what can fail answers a `Result`, which `match!` takes apart; what performs `Fail` is answered by `handle`"},
    {"return", BEFORE_ANYTHING, "delete it: the last line of a block is its value; in a computation, write `ret`"},
    {"throw", BEFORE_ANYTHING, "answer `Err problem`, perform an operation of an effect, or, where it is a bug, write `fault \"why\"`"},
    {"raise", BEFORE_ANYTHING, "answer `Err problem`, perform an operation of an effect, or, where it is a bug, write `fault \"why\"`"},
    {"await", BEFORE_ANYTHING, "a computation is run, and its answer named, by `let! name = ...`"},
    {"async", BEFORE_ANYTHING, "delete it: a computation may wait by itself, and `join` runs two at once"},
    {"var", BEFORE_NAME, "a value is named with `let`; what changes is a `cell`"},
    {"mut", BEFORE_NAME, "a value is named with `let`; what changes is a `cell`"},
    {"const", BEFORE_NAME, "a value is named with `let`"},
    {"val", BEFORE_NAME, "a value is named with `let`"},
    {"switch", BEFORE_ANYTHING, "write `match x`, and below it `| pattern -> value`"},
    {"case", BEFORE_ANYTHING, "write `match x`, and below it `| pattern -> value`"},
    {"begin", AT_LINE_END, "delete it: a block begins with deeper lines, and ends where they are no longer deeper"},
    {"do", AT_LINE_END, "delete it: a block has no word of its own, and `do!` and `let!` run what stands in it"},
};

static bool is_symbol(const Token *token, const char *word) {
    return token->kind == TOKEN_LOWER && token->value.name[0] == word[0] && strcmp(token->value.name, word) == 0;
}

// A name of a list in parentheses, of an import or a tuple, or one with its type.
static bool is_listed(const Token *token) {
    bool begins = token[-1].kind == TOKEN_LEFT_PAREN || token[-1].kind == TOKEN_COMMA || token[-1].kind == TOKEN_LEFT_BRACE;
    return begins && (token[1].kind == TOKEN_RIGHT_PAREN || token[1].kind == TOKEN_COMMA || token[1].kind == TOKEN_COLON || token[1].kind == TOKEN_RIGHT_BRACE);
}

// Whether the program gives the word a meaning: between `let`, `fun` or `|` and the `=` or `->` that follows, by an import, as a field.
static bool is_bound(const Layouter *layouter, const char *word) {
    const Tokens *tokens = &layouter->list->tokens;
    bool in_head = false, is_seen = false;
    for (size_t i = 0; i + 1 < tokens->count; i++) {
        const Token *token = &tokens->items[i];
        switch (token->kind) {
        case TOKEN_EQUALS:
        case TOKEN_ARROW:
            if (is_seen) return true;
            in_head = false;
            break;
        case TOKEN_LOWER:
            if (!is_symbol(token, word)) break;
            if (i > 0 && (token[-1].kind == TOKEN_DOT || is_listed(token))) return true;
            is_seen |= in_head;
            break;
        case TOKEN_LET: case TOKEN_LET_BANG: case TOKEN_AND_BANG: case TOKEN_FUN: case TOKEN_BAR:
            in_head = true;
            is_seen = false;
            break;
        case TOKEN_WHEN: in_head = false; break;
        default: break;
        }
    }
    return false;
}

static bool begins_expression(const Token *token) {
    return token->kind <= TOKEN_STRING_START || token->kind == TOKEN_LEFT_PAREN || token->kind == TOKEN_LEFT_BRACKET || token->kind == TOKEN_LEFT_BRACE;
}

static bool begins_item(const Token *token) {
    TokenKind before = (TokenKind)(token - 1)->kind;
    return token->first || before == TOKEN_EQUALS || before == TOKEN_ARROW || before == TOKEN_THEN || before == TOKEN_ELSE ||
           before == TOKEN_LEFT_BRACE;
}

static bool stands_in_place(const Token *token, const Token *end, Place place) {
    const Token *next = token + 1;
    bool ends_line = next >= end || next->first;
    switch (place) {
    case AT_LINE_END: return ends_line;
    case BEFORE_LINE_END: return ends_line || begins_expression(next);
    case BEFORE_NAME: return !ends_line && next->kind == TOKEN_LOWER && next + 1 < end && (next[1].kind == TOKEN_EQUALS || next[1].kind == TOKEN_COLON);
    case BEFORE_ANYTHING: break;
    }
    return !ends_line && begins_expression(next);
}

static const Statement *find_statement(const Layouter *layouter, const Token *token, const Token *end) {
    if (token->kind != TOKEN_LOWER || !begins_item(token)) return NULL;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        const Statement *statement = &statements[i];
        if (is_symbol(token, statement->word) && stands_in_place(token, end, statement->place) && !is_bound(layouter, statement->word)) return statement;
    }
    return NULL;
}

// `a and b`: between two operands, a function would have the operator's name as an argument.
static const char *find_operator(const Layouter *layouter, const Token *token, const Token *end) {
    static const char *const operators[][2] = {{"and", "&&"}, {"is", "=="}, {"or", "||"}, {"mod", "%"}, {"rem", "%"}, {"div", "/"}};
    if (token->kind != TOKEN_LOWER || token->first || token + 1 >= end || !begins_expression(token + 1)) return NULL;
    TokenKind before = (TokenKind)(token - 1)->kind;
    bool follows_operand = before <= TOKEN_STRING || before == TOKEN_STRING_END || before == TOKEN_RIGHT_PAREN || before == TOKEN_RIGHT_BRACKET;
    for (size_t i = 0; follows_operand && i < sizeof operators / sizeof *operators; i++) {
        if (is_symbol(token, operators[i][0]) && !is_bound(layouter, operators[i][0])) return operators[i][1];
    }
    return NULL;
}

// `lambda x: x`, `func(x) { ... }`, `if let Some x = o`.
static const char *find_foreign_head(const Layouter *layouter, const Token *token, const Token *end) {
    static const char *const words[] = {"lambda", "func", "fn"};
    if (token + 1 >= end || token[1].first) return NULL;
    if (token->kind == TOKEN_IF && token[1].kind == TOKEN_LET)
        return "`match` takes a value apart: `match x`, and below it `| Some y -> ...` and `| None -> ...`";
    bool takes = token[1].kind == TOKEN_LOWER || token[1].kind == TOKEN_LEFT_PAREN || token[1].kind == TOKEN_UNDERSCORE;
    for (size_t i = 0; takes && i < sizeof words / sizeof *words; i++) {
        if (is_symbol(token, words[i]) && !is_bound(layouter, words[i])) return "a function without a name is written `fun x -> value`";
    }
    return NULL;
}

static void report_foreign_head(Layouter *layouter, const Token *token, const char *hint) {
    Span span = token_span(layouter->list->source, token);
    bool is_if = token->kind == TOKEN_IF;
    if (is_if) span = span_join(span, token_span(layouter->list->source, token + 1));
    Diagnostic *diagnostic = report(layouter->diagnostics, E0210, span, is_if ? "fx has no `if let`" : "fx has no word `%s`", token->value.name);
    add_hint(layouter->diagnostics, diagnostic, "%s", hint);
}

static void report_statement(Layouter *layouter, const Token *token, const Statement *statement) {
    bool is_loop = strcmp(statement->word, "while") == 0 || strcmp(statement->word, "for") == 0;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0210, token_span(layouter->list->source, token),
                                    is_loop ? "fx has no loops with `%s`" : "fx has no word `%s`", statement->word);
    add_hint(layouter->diagnostics, diagnostic, "%s", statement->hint);
}

// Whether a `match` or an `if` stands before the token on its line.
static bool follows_head(const Token *token) {
    do {
        token--;
        if (token->kind == TOKEN_IF || token->kind == TOKEN_ELSE || token->kind == TOKEN_MATCH || token->kind == TOKEN_MATCH_BANG) return true;
    } while (!token->first);
    return false;
}

// `{` before statements or clauses, or behind the head of a function.
static bool opens_statements(const Token *token, const Token *end) {
    if (token->kind != TOKEN_LEFT_BRACE || token + 1 >= end || token[-1].kind == TOKEN_BANG) return false;
    bool opens_fields = token[1].kind == TOKEN_LOWER && token + 2 < end &&
                        (token[2].kind == TOKEN_EQUALS || token[2].kind == TOKEN_COMMA || token[2].kind == TOKEN_WITH);
    if (token[1].first && !opens_fields && follows_head(token)) return true;
    switch (token[1].kind) {
    case TOKEN_LET: case TOKEN_LET_BANG: case TOKEN_DO_BANG: return true;
    case TOKEN_LOWER: return token[1].first && token + 2 < end && is_symbol(&token[1], "return");
    default: return false;
    }
}

void report_foreign_statements(Layouter *layouter, const Token *first, const Token *end) {
    if (layouter->reported || first->kind == TOKEN_SPEC || first->kind == TOKEN_LOWER) return;
    for (const Token *token = first + 1; token < end && !layouter->reported; token++) {
        if (token->kind != TOKEN_LOWER && token->kind != TOKEN_IF && token->kind != TOKEN_LEFT_BRACE) continue;
        const Statement *statement = find_statement(layouter, token, end);
        const char *operator = statement ? NULL : find_operator(layouter, token, end);
        const char *head = statement || operator ? NULL : find_foreign_head(layouter, token, end);
        if (statement) report_statement(layouter, token, statement);
        else if (head) report_foreign_head(layouter, token, head);
        else if (operator) {
            Diagnostic *diagnostic = report(layouter->diagnostics, E0109, token_span(layouter->list->source, token), "fx has no operator `%s`",
                                            token->value.name);
            add_hint(layouter->diagnostics, diagnostic, "write `%s`", operator);
        } else if (opens_statements(token, end)) {
            Diagnostic *diagnostic = report(layouter->diagnostics, E0210, token_span(layouter->list->source, token), "braces do not make a block");
            add_hint(layouter->diagnostics, diagnostic, "delete them: the lines of a block stand in one column, deeper than what they belong to");
        } else continue;
        layouter->reported = true;
    }
}
