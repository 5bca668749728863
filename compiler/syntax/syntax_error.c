// What the grammar did not expect, in the user's words: first the known mistakes, then what was expected.

#include "syntax_error.h"

#include <string.h>

// ---- words for tokens ----

bool is_mark(const Token *token) {
    return token->kind == TOKEN_END || token->kind == TOKEN_OPEN || token->kind == TOKEN_ITEM || token->kind == TOKEN_CLOSE || token->kind == TOKEN_MISSING;
}

bool is_keyword(const Token *token) { return token->kind >= TOKEN_IMPORT && token->kind <= TOKEN_IN; }
bool is_operator(const Token *token) { return token->kind >= TOKEN_PIPE_LEFT && token->kind <= TOKEN_PERCENT; }

Text written(const Problem *problem, const Token *token) {
    return (Text){problem->grammar->source->text.bytes + token->start, token->end - token->start};
}

const char *describe(const Problem *problem, const Token *token) {
    Builder builder = builder_in(problem->grammar->arena);
    Text text = written(problem, token);
    if (text.length > 40) text.length = 40;
    switch (token->kind) {
    case TOKEN_END: build_string(&builder, "the end of the declaration"); break;
    case TOKEN_ITEM: case TOKEN_CLOSE: case TOKEN_OPEN: case TOKEN_MISSING: build_string(&builder, "the end of the line"); break;
    case TOKEN_STRING: case TOKEN_STRING_START: build_string(&builder, "this text"); break;
    case TOKEN_STRING_MIDDLE: case TOKEN_STRING_END: build_string(&builder, "the end of the interpolation"); break;
    default: build_format(&builder, "`%.*s`", (int)text.length, text.bytes); break;
    }
    return builder_string(&builder);
}

const Token *place_of(const Problem *problem) {
    return is_mark(problem->at) && problem->before ? problem->before : problem->at;
}

Diagnostic *report_problem(const Problem *problem, DiagnosticCode code, const char *format, ...) {
    Builder builder = builder_in(problem->grammar->arena);
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&builder, format, arguments);
    va_end(arguments);
    Span span = token_at(problem->grammar, place_of(problem));
    TokenKind kind = (TokenKind)place_of(problem)->kind;
    if (kind == TOKEN_STRING_MIDDLE || kind == TOKEN_STRING_END) span.end = span.start + 1;
    return report(problem->grammar->diagnostics, code, span, "%s", builder_string(&builder));
}

void hint(const Problem *problem, Diagnostic *diagnostic, const char *format, ...) {
    Builder builder = builder_in(problem->grammar->arena);
    va_list arguments;
    va_start(arguments, format);
    build_format_list(&builder, format, arguments);
    va_end(arguments);
    add_hint(problem->grammar->diagnostics, diagnostic, "%s", builder_string(&builder));
}

// ---- what was expected ----

bool after_expression(const Problem *problem) { return problem->expected[TOKEN_PLUS] && problem->expected[TOKEN_LEFT_PAREN]; }
bool expects_pattern(const Problem *problem) { return problem->expected[TOKEN_UNDERSCORE]; }

// Behind a row only the arrow is left, which patterns and guards have too.
bool after_type(const Problem *problem) {
    const bool *expected = problem->expected;
    bool arrow_of_type = expected[TOKEN_ARROW] && !expected[TOKEN_WHEN] && !expected[TOKEN_UNDERSCORE] && !expected[TOKEN_PLUS];
    return expected[TOKEN_BANG] || arrow_of_type;
}

bool expects_expression(const Problem *problem) {
    return problem->expected[TOKEN_STRING_START] && !problem->expected[TOKEN_PLUS];
}

bool expects_type(const Problem *problem) {
    const bool *expected = problem->expected;
    return expected[TOKEN_UPPER] && expected[TOKEN_LEFT_BRACE] && !expected[TOKEN_INT] && !expected[TOKEN_BANG];
}

const Token *find_open(const Problem *problem, TokenKind kind, TokenKind closer) {
    size_t closed = 0;
    for (const Token *token = problem->at; token-- > problem->tokens;) {
        if (token->kind == closer) closed++;
        else if (token->kind == kind && closed-- == 0) return token;
    }
    return NULL;
}

typedef Vector(const char *) Phrases;

static void add_spelling(const Problem *problem, Phrases *phrases, TokenKind kind) {
    if (!problem->expected[kind]) return;
    Builder builder = builder_in(problem->grammar->arena);
    build_format(&builder, "`%s`", token_spelling(kind));
    vector_push(problem->grammar->arena, phrases, builder_string(&builder));
}

// The part of speech that may stand here: nothing is said of the arguments that may always follow an expression or a type.
static const char *describe_part(const Problem *problem) {
    const bool *expected = problem->expected;
    if (expected[TOKEN_PLUS] || expected[TOKEN_BANG]) return NULL;
    if (expects_pattern(problem)) return expected[TOKEN_EQUALS] || expected[TOKEN_ARROW] || expected[TOKEN_CONS] ? NULL : "a pattern";
    if (expects_expression(problem)) return "an expression";
    if (expects_type(problem)) return "a type";
    if (expected[TOKEN_LOWER] && expected[TOKEN_UPPER]) return "a name";
    if (expected[TOKEN_LOWER]) return "a name that begins with a small letter";
    if (expected[TOKEN_UPPER]) return "a name that begins with a capital";
    return expected[TOKEN_STRING] ? "a text" : NULL;
}

const char *describe_expected(const Problem *problem) {
    static const TokenKind told[] = {TOKEN_RIGHT_PAREN, TOKEN_RIGHT_BRACKET, TOKEN_RIGHT_BRACE, TOKEN_COMMA, TOKEN_EQUALS, TOKEN_ARROW, TOKEN_FAT_ARROW,
                                     TOKEN_COLON, TOKEN_THEN, TOKEN_ELSE, TOKEN_RUNS, TOKEN_RETURNS, TOKEN_BAR, TOKEN_IN, TOKEN_TYPE,
                                     TOKEN_EFFECT, TOKEN_LET, TOKEN_STEP_AND};
    Phrases phrases = {0};
    const char *part = describe_part(problem);
    if (part) vector_push(problem->grammar->arena, &phrases, part);
    bool is_whole = part && expects_expression(problem);
    for (size_t i = 0; i < sizeof told / sizeof *told && !is_whole; i++) add_spelling(problem, &phrases, told[i]);
    Builder builder = builder_in(problem->grammar->arena);
    if (phrases.count > 4) return "";
    for (size_t i = 0; i < phrases.count; i++) {
        if (i) build_string(&builder, i + 1 == phrases.count ? " or " : ", ");
        build_string(&builder, phrases.items[i]);
    }
    return builder_string(&builder);
}

static void tell_nameless_let(Grammar *grammar, Span parameter) {
    grammar->is_nameless = true;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0201, parameter, "a name should stand before this parameter");
    Text text = {parameter.source->text.bytes + parameter.start, parameter.end - parameter.start};
    if (memchr(text.bytes, '\n', text.length)) add_hint(grammar->diagnostics, diagnostic, "the name of a function stands behind `let`");
    else add_hint(grammar->diagnostics, diagnostic, "the name of a function stands behind `let`: `let name %.*s`", (int)text.length, text.bytes);
}

void report_nameless_let(Grammar *grammar, const Declaration *declaration) {
    if (may_report_in(grammar)) tell_nameless_let(grammar, declaration->binding.pattern->span);
}

// `let (x : Int) (y : Int) = x + y`, `let : Int = 1`
static bool report_no_name(const Problem *problem) {
    const Token *let = problem->tokens->kind == TOKEN_PRIVATE ? problem->tokens + 1 : problem->tokens;
    if (let->kind != TOKEN_LET) return false;
    if (problem->at == let + 1 && problem->at->kind == TOKEN_COLON) {
        hint(problem, report_problem(problem, E0201, "a name should stand before `:`"), "write `let name : Type = value`");
        return true;
    }
    bool has_parameters = let[1].kind == TOKEN_LEFT_PAREN && let[2].kind == TOKEN_LOWER && let[3].kind == TOKEN_COLON;
    if (!has_parameters || !problem->expected[TOKEN_EQUALS] || problem->before->kind != TOKEN_RIGHT_PAREN) return false;
    const Token *end = let + 1;
    while (end < problem->at && end->kind != TOKEN_RIGHT_PAREN) end++;
    if (end != problem->before) return false;
    tell_nameless_let(problem->grammar, between(problem->grammar, let + 1, end));
    return true;
}

static void report_unexpected(const Problem *problem) {
    const char *expected = describe_expected(problem);
    if (is_mark(problem->at) && problem->before) {
        const char *what = describe(problem, problem->before), *ending = problem->at->kind == TOKEN_END ? "declaration" : "line";
        if (*expected) report_problem(problem, E0201, "%s should follow %s, and the %s ends here", expected, what, ending);
        else report_problem(problem, E0201, "the %s ends too early, after %s", ending, what);
    } else if (*expected) {
        report_problem(problem, E0201, "%s cannot stand here, where %s is expected", describe(problem, problem->at), expected);
    } else {
        report_problem(problem, E0201, "%s cannot stand here", describe(problem, problem->at));
    }
}

void report_syntax_error(Grammar *grammar, const Token *tokens, size_t count, const Token *error) {
    if (!may_report_in(grammar)) return;
    (void)count;
    Problem problem = {.grammar = grammar, .tokens = tokens, .at = error};
    size_t index = (size_t)(error - tokens);
    for (size_t i = index; i-- > 0 && !problem.before;) {
        if (tokens[i].end > tokens[i].start) problem.before = &tokens[i];
    }
    find_expected(tokens, index, problem.expected);
    if (!report_no_name(&problem) && !report_known_mistake(&problem)) report_unexpected(&problem);
}
