// What is said where a computation stands for its answer, which nothing has run, and of blocks that run computations where a value is wanted.
#include "infer.h"

#include <string.h>

// What a `let` names: where the name stands right behind the word.
static bool is_named_by_let(const Meaning *meaning) {
    if (!meaning || meaning->kind != MEANING_LOCAL || meaning->function || !meaning->span.source || meaning->span.start < 4) return false;
    return memcmp(meaning->span.source->text.bytes + meaning->span.start - 4, "let ", 4) == 0;
}

// expression: what was not run; NULL: not known.
static void report_unrun(Inference *inference, Span span, Type *computation, const Expression *expression) {
    Meaning *meaning = expression && expression->kind == EXPRESSION_VARIABLE ? expression->name.meaning : NULL;
    bool is_named = is_named_by_let(meaning);
    if (is_named && meaning->is_doubted) return;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0505, span, "this is a computation that answers `%s`, not the answer itself: it has not been run",
               type_text(inference, computation->left));
    if (!is_named) {
        add_hint(inference->diagnostics, diagnostic, "run it first: `let! name = ...`, then use `name` here");
        return;
    }
    meaning->is_doubted = true; // its other uses want the answer, too
    add_label(inference->diagnostics, diagnostic, meaning->span, "`%s` names the computation here", meaning->name);
    add_hint(inference->diagnostics, diagnostic, "write `let! %s = ...` there: that runs it and names its answer", meaning->name);
}

static bool applies_ret(const Expression *expression) {
    const Expression *head = expression && expression->kind == EXPRESSION_APPLY ? expression->first : NULL;
    const Meaning *meaning = head && head->kind == EXPRESSION_VARIABLE ? head->name.meaning : NULL;
    return meaning && meaning->kind == MEANING_BUILTIN && meaning->index == BUILTIN_RET;
}

// The end of a function whose annotation says that it answers a value: what is missing is mostly the row there.
static void report_annotated_end(Inference *inference, Span span, Type *computation, Type *wanted, const Reason *reason) {
    name_unknowns(computation, wanted);
    const char *subject = reason->name ? symbol_format(inference->symbols, "`%s`", reason->name) : "this function";
    Diagnostic *diagnostic = report(inference->diagnostics, E0505, span, "this is a computation, but %s is to answer `%s` itself, as its annotation says",
                                    subject, type_text(inference, wanted));
    label_reason(inference, diagnostic, reason);
    const char *row = wider_row(inference, plain_type(TYPE_EMPTY_ROW), computation->right, false);
    if (row) add_hint(inference->diagnostics, diagnostic, "a function that runs computations answers one: `%s ! %s`", type_text(inference, wanted), row);
}

bool report_not_run(Inference *inference, Span span, Type *actual, Type *expected, const Reason *reason, const Expression *expression) {
    Type *type = resolve_type(actual), *wanted = resolve_type(expected);
    bool is_any = wanted->kind == TYPE_PARAMETER && reason->kind != REASON_RESULT;
    if (type->kind != TYPE_COMPUTATION || wanted->kind == TYPE_COMPUTATION || is_any || !could_be(type->left, wanted)) return false;
    if (applies_ret(expression)) {
        Diagnostic *diagnostic = report(inference->diagnostics, E0505, span, "`ret` makes a computation, but `%s` itself is wanted",
                                        type_text(inference, wanted));
        add_hint(inference->diagnostics, diagnostic, "leave out the `ret`");
        return true;
    }
    bool is_named = expression && expression->kind == EXPRESSION_VARIABLE && is_named_by_let(expression->name.meaning);
    if (reason->kind == REASON_RESULT && !is_named) report_annotated_end(inference, span, type, wanted, reason);
    else report_unrun(inference, span, type, expression);
    return true;
}

// `match c` where `match! c` is meant.
bool report_match_without_bang(Inference *inference, Type *pattern, Type *matched, const Reason *reason) {
    pattern = resolve_type(pattern);
    matched = resolve_type(matched);
    if (!reason->span.source || matched->kind != TYPE_COMPUTATION || !could_be(pattern, matched->left)) return false;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0505, reason->span,
               "this is a computation that answers `%s`, not the answer itself: it has not been run", type_text(inference, matched->left));
    add_hint(inference->diagnostics, diagnostic, "`match!` runs it and matches its answer; a `let!` before does the same");
    return true;
}

bool report_no_ret(Inference *inference, Span span, Type *actual, Type *expected, const Expression *expression) {
    Type *wanted = resolve_type(expected), *type = resolve_type(actual);
    if (wanted->kind != TYPE_COMPUTATION || type->kind == TYPE_COMPUTATION || !could_be(type, wanted->left)) return false;
    report_not_computation(inference, span, type, (Reason){.kind = REASON_BLOCK_END}, expression);
    return true;
}

// ---- in an operator ----

// `Log.info a ++ b`: what is joined was meant to be the argument.
static void report_taken_apart(Inference *inference, Span span, Type *computation, const Reason *reason, const Expression *call) {
    Diagnostic *diagnostic = report(inference->diagnostics, E0505, span, "the left side of `%s` is this call, a computation that answers `%s`",
                                    reason->name, type_text(inference, computation->left));
    const char *name = name_as_written(inference, call);
    add_hint(inference->diagnostics, diagnostic, "an argument that holds an operator stands in parentheses: `%s (a %s b)`", name ? name : "f", reason->name);
}

bool report_unrun_operand(Inference *inference, Span span, Type *computation, const Reason *reason, const Expression *expression) {
    bool is_named = expression && expression->kind == EXPRESSION_VARIABLE && is_named_by_let(expression->name.meaning);
    if (reason->kind != REASON_LEFT_OPERAND && !is_named) return false;
    bool is_unit = is_data(computation->left, inference->builtins->unit_type) || resolve_type(computation->left)->kind == TYPE_UNKNOWN;
    bool is_apart = reason->kind == REASON_LEFT_OPERAND && (is_unit || applies_ret(expression));
    if (is_apart && expression && expression->kind == EXPRESSION_APPLY) report_taken_apart(inference, span, computation, reason, expression);
    else report_unrun(inference, span, computation, expression);
    return true;
}

// ---- a block that runs computations, where a value is wanted ----

static bool is_of_end(const Diagnostic *diagnostic, const Expression *block) {
    const Expression *end = block;
    while (end->body && end->kind != EXPRESSION_FUNCTION) end = end->body;
    return diagnostic->code == E0509 && diagnostic->span.start >= end->span.start && diagnostic->span.end <= end->span.end;
}

void report_running_block(Inference *inference, const Expression *block, const Want *want, Type *row, size_t mark) {
    Diagnostics *diagnostics = inference->diagnostics;
    size_t kept = mark;
    for (size_t i = mark; i < diagnostics->list.count; i++) {
        if (is_of_end(diagnostics->list.items[i], block)) diagnostics->error_count--;
        else diagnostics->list.items[kept++] = diagnostics->list.items[i];
    }
    diagnostics->list.count = kept;
    const Expression *line = block;
    while (line->kind == EXPRESSION_LET || line->kind == EXPRESSION_SEQUENCE) line = line->body;
    name_unknowns(want->type, NULL);
    const char *wanted = type_text(inference, want->type);
    Diagnostic *diagnostic = report(diagnostics, E0505, line->span, "this runs a computation, so the block is one, too, but `%s` is wanted", wanted);
    label_reason(inference, diagnostic, &want->reason);
    bool is_written = want->reason.kind == REASON_RESULT || want->reason.kind == REASON_ANNOTATION;
    const char *effects = is_written ? wider_row(inference, plain_type(TYPE_EMPTY_ROW), row, false) : NULL;
    if (effects) add_hint(diagnostics, diagnostic, "a function that runs computations answers one: `%s ! %s`, and ends with `ret`", wanted, effects);
}
