// What the grammar did not expect, in the user's words.

#include "grammar.h"

#include <string.h>

typedef struct Problem {
    Grammar *grammar;
    const Token *tokens;
    size_t count;
    const Token *at;       // the token that does not fit
    const Token *before;   // the real token before it, or NULL
    bool expected[TOKEN_KINDS];
} Problem;

// ---- words for tokens ----

static Text written(const Problem *problem, const Token *token) {
    return (Text){problem->grammar->source->text.bytes + token->start, token->end - token->start};
}

static const char *describe(const Problem *problem, const Token *token) {
    Builder builder = builder_in(problem->grammar->arena);
    Text text = written(problem, token);
    if (text.length > 40) text.length = 40;
    switch (token->kind) {
    case TOKEN_END: build_string(&builder, "the end of the declaration"); break;
    case TOKEN_ITEM: build_string(&builder, "the next line"); break;
    case TOKEN_CLOSE: build_string(&builder, "the end of the block"); break;
    case TOKEN_OPEN: build_string(&builder, "a block"); break;
    case TOKEN_STRING: case TOKEN_STRING_START: build_string(&builder, "this text"); break;
    case TOKEN_STRING_MIDDLE: case TOKEN_STRING_END: build_string(&builder, "the end of the interpolation"); break;
    default: build_format(&builder, "`%.*s`", (int)text.length, text.bytes); break;
    }
    return builder_string(&builder);
}

static Diagnostic *report_at(const Problem *problem, DiagnosticCode code, const char *message) {
    return report(problem->grammar->diagnostics, code, token_at(problem->grammar, problem->at), "%s", message);
}

static void report_unexpected(const Problem *problem) {
    Builder builder = builder_in(problem->grammar->arena);
    build_format(&builder, "%s cannot stand here", describe(problem, problem->at));
    report_at(problem, E0201, builder_string(&builder));
}

void report_syntax_error(Grammar *grammar, const Token *tokens, size_t count, const Token *error) {
    if (!may_report_in(grammar)) return;
    Problem problem = {.grammar = grammar, .tokens = tokens, .count = count, .at = error};
    size_t index = (size_t)(error - tokens);
    for (size_t i = index; i-- > 0 && !problem.before;) {
        if (tokens[i].end > tokens[i].start) problem.before = &tokens[i];
    }
    find_expected(tokens, index, problem.expected);
    report_unexpected(&problem);
}
