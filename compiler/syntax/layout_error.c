// What layout.c reports.

#include "layout.h"

// False when this declaration has had its report: what follows is most likely the same mistake.
static bool may_report(Layouter *layouter) {
    if (layouter->is_muted) return false;
    bool first = !layouter->reported;
    layouter->reported = true;
    return first;
}

static Span span_of(const Layouter *layouter, const Token *token) { return token_span(layouter->list->source, token); }

static uint32_t line_of(const Layouter *layouter, const Token *token) {
    return source_position(layouter->list->source, token->start).line;
}

// A bracket as written: `(`, or `\(` for a text's interpolation.
static const char *opener_name(const Token *opener) {
    return opener->kind == TOKEN_STRING_START ? "\\(" : token_spelling((TokenKind)opener->kind);
}

static const char *closer_name(const Token *opener) {
    switch (opener->kind) {
    case TOKEN_LEFT_BRACKET: return "]";
    case TOKEN_LEFT_BRACE: return "}";
    default: return ")";
    }
}

static Span opener_span(const Layouter *layouter, const Token *opener) {
    Span span = span_of(layouter, opener);
    if (opener->kind == TOKEN_STRING_START) span.start = span.end - 2;
    return span;
}

static Span closer_span(const Layouter *layouter, const Token *token) {
    Span span = span_of(layouter, token);
    if (token->kind == TOKEN_STRING_MIDDLE || token->kind == TOKEN_STRING_END) span.end = span.start + 1;
    return span;
}

void report_closes_nothing(Layouter *layouter, const Token *token) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0114, closer_span(layouter, token), "this `%s` closes nothing",
                                    token_spelling((TokenKind)token->kind));
    add_hint(layouter->diagnostics, diagnostic, "delete it, or open a bracket before it");
}

void report_bracket_mismatch(Layouter *layouter, const Token *opener, const Token *token) {
    if (!may_report(layouter)) return;
    bool is_text = token->kind == TOKEN_STRING_MIDDLE || token->kind == TOKEN_STRING_END;
    const char *found = is_text ? ")" : token_spelling((TokenKind)token->kind);
    Diagnostic *diagnostic = report(layouter->diagnostics, E0114, closer_span(layouter, token), "this `%s` cannot close the `%s` of line %u",
                                    found, opener_name(opener), line_of(layouter, opener));
    add_label(layouter->diagnostics, diagnostic, opener_span(layouter, opener), "this is open, and `%s` closes it", closer_name(opener));
}

void report_never_closed(Layouter *layouter, const Token *opener) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0113, opener_span(layouter, opener), "this `%s` is never closed", opener_name(opener));
    if (layouter->suspicious) {
        add_label(layouter->diagnostics, diagnostic, span_of(layouter, layouter->suspicious), "a `%s` seems to be missing before this line",
                  closer_name(opener));
    } else if (layouter->left_open) {
        add_label(layouter->diagnostics, diagnostic, span_of(layouter, layouter->end), "this line begins in column 1, which ends the declaration");
        add_hint(layouter->diagnostics, diagnostic, "close it with `%s`, or indent the line that belongs to what is in it", closer_name(opener));
        return;
    }
    add_hint(layouter->diagnostics, diagnostic, "close it with `%s`", closer_name(opener));
}

void report_nesting(Layouter *layouter, const Token *token) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0115, span_of(layouter, token),
                                    "more than %d brackets and blocks are open here, one in another", (int)NESTING_LIMIT - 1);
    add_hint(layouter->diagnostics, diagnostic, "give the inner parts names with `let`");
}

// ---- blocks ----

static const char *block_of(const Token *opener) {
    switch (opener->kind) {
    case TOKEN_THEN: return "`then`";
    case TOKEN_ELSE: return "`else`";
    case TOKEN_ARROW: return "`->`";
    case TOKEN_RETURNS: return "`returns`";
    case TOKEN_LOWER: return "step";
    default: return "`=`";
    }
}

void report_empty_block(Layouter *layouter, const Token *opener, bool has_steps) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0116, span_of(layouter, opener), "the block of this %s has no %s", block_of(opener),
                                    has_steps ? "steps in it" : "value");
    const Token *next = opener + 1 < layouter->end ? opener + 1 : NULL;
    if (next && next->first) {
        add_label(layouter->diagnostics, diagnostic, span_of(layouter, next), "this line is not deeper than the line that opened the block");
    }
    add_hint(layouter->diagnostics, diagnostic, "write it behind `%.*s`, or on lines of its own, deeper than this one",
             (int)(opener->end - opener->start), layouter->list->source->text.bytes + opener->start);
}

void report_alternatives(Layouter *layouter, const Token *bar, const Context *match) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0117, span_of(layouter, bar),
                                    "this alternative stands in column %u, where no `match` has its alternatives", bar->column);
    add_label(layouter->diagnostics, diagnostic, span_of(layouter, match->first), "the alternatives of this `%s` stand in column %u",
              token_spelling((TokenKind)match->opener->kind), match->column);
    add_hint(layouter->diagnostics, diagnostic, "put the alternatives of one `match` in one column");
}

void report_operator_under_let(Layouter *layouter, const Token *operator, const Token *let) {
    if (!may_report(layouter)) return;
    const char *spelling = token_spelling((TokenKind)operator->kind), *opener = token_spelling((TokenKind)let->kind);
    Diagnostic *diagnostic = report(layouter->diagnostics, E0118, span_of(layouter, operator),
                                    "this line begins with `%s` and goes on with the `%s` above, but is not deeper than it", spelling, opener);
    add_label(layouter->diagnostics, diagnostic, span_of(layouter, let), "the line must be deeper than this");
    add_hint(layouter->diagnostics, diagnostic, "indent the line that begins with `%s`", spelling);
}

void report_in_at_line_end(Layouter *layouter, const Token *token) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0119, span_of(layouter, token), "`in` is for a `let` that stands on one line with its body");
    add_hint(layouter->diagnostics, diagnostic, "delete this `in`: the lines below are the body");
}

void report_indentation(Layouter *layouter, const Token *token, const Context *closed) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0120, span_of(layouter, token), "this line stands in column %u, where no block is open",
                                    token->column);
    add_label(layouter->diagnostics, diagnostic, span_of(layouter, closed->first), "the block above begins here, in column %u",
              source_position(layouter->list->source, closed->first->start).column);
    add_hint(layouter->diagnostics, diagnostic, "the items of a block stand in one column");
}

void report_first_column(Layouter *layouter, const Token *token) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0121, span_of(layouter, token), "a declaration begins in column 1, and this is column %u",
                                    source_position(layouter->list->source, token->start).column);
    add_hint(layouter->diagnostics, diagnostic, "delete the blanks before it");
}

void report_semicolon(Layouter *layouter, const Token *token, const Token *bracket) {
    if (!may_report(layouter)) return;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0109, span_of(layouter, token), "fx has no `;`");
    const char *hint = "delete it: each item of a block stands on a line of its own";
    if (bracket && bracket->kind != TOKEN_LEFT_PAREN) hint = "separate the parts with `,`";
    else if (bracket) hint = "in parentheses, too, each item of a block stands on a line of its own: end the line behind the `(`";
    add_hint(layouter->diagnostics, diagnostic, "%s", hint);
}

void report_missing_equals(Layouter *layouter, const Token *head, const Token *last) {
    if (!may_report(layouter)) return;
    const Token *word = head->kind == TOKEN_PRIVATE ? head + 1 : head;
    Diagnostic *diagnostic = report(layouter->diagnostics, E0204, span_of(layouter, last), "this `%s` has no `=`", token_spelling((TokenKind)word->kind));
    if (word != last) add_label(layouter->diagnostics, diagnostic, span_of(layouter, word), "it begins here");
    add_hint(layouter->diagnostics, diagnostic, "write `=` at the end of this line: what stands below it is the value");
}
