// What is said of the arguments of a call: too many, of other types.
#include "apply.h"

#include <string.h>

bool argument_failed(const Checked *checked, size_t i) {
    const CoreExpression *item = checked->items.items[i];
    Type *actual = checked->actual.items[i];
    return item && resolve_type(item->type)->kind == TYPE_ERROR && actual && resolve_type(actual)->kind != TYPE_ERROR;
}

size_t count_failed_arguments(const Checked *checked) {
    size_t count = 0;
    for (size_t i = 0; i < checked->items.count; i++) count += argument_failed(checked, i);
    return count;
}

Span span_of_argument(const Checked *checked, size_t i) {
    const Argument *argument = &checked->arguments->items[i];
    return argument->expression ? argument->expression->span : argument->node->span;
}

void withdraw(Inference *inference, size_t mark, Span span, bool within) {
    Diagnostics *diagnostics = inference->diagnostics;
    size_t kept = mark;
    for (size_t i = mark; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        Span other = diagnostic->span;
        bool is_same = other.start == span.start && other.end == span.end;
        bool is_meant = !diagnostic_is_warning(diagnostic->code) && other.source == span.source &&
                        (within ? other.start >= span.start && other.end <= span.end : is_same);
        if (is_meant) diagnostics->error_count--;
        else diagnostics->list.items[kept++] = diagnostic;
    }
    diagnostics->list.count = kept;
}

void withdraw_failed(Inference *inference, const Checked *checked) {
    for (size_t i = 0; i < checked->items.count; i++) {
        if (argument_failed(checked, i)) withdraw(inference, checked->mark, span_of_argument(checked, i), false);
    }
}

static size_t count_parameters(Type *type) {
    size_t count = 0;
    for (type = resolve_type(type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) count++;
    return count;
}

static Diagnostic *find_told(Inference *inference, const Checked *checked, size_t i) {
    Span span = span_of_argument(checked, i);
    for (size_t k = checked->mark; k < inference->diagnostics->list.count; k++) {
        Diagnostic *diagnostic = inference->diagnostics->list.items[k];
        if (diagnostic->span.start == span.start && diagnostic->span.end == span.end) return diagnostic;
    }
    return NULL;
}

void join_failed(Inference *inference, const Checked *checked) {
    Diagnostic *first = NULL;
    for (size_t i = 0; i < checked->items.count; i++) {
        Diagnostic *told = argument_failed(checked, i) ? find_told(inference, checked, i) : NULL;
        if (!told) continue;
        if (!first) {
            first = told;
            continue;
        }
        add_label(inference->diagnostics, first, told->span, "%.*s", (int)told->message.length, told->message.bytes);
        withdraw(inference, checked->mark, told->span, false);
        size_t arity = count_parameters(declared_type(inference, checked->callee));
        if (arity <= checked->arguments->count) continue;
        first->hint.length = 0;
        add_hint(inference->diagnostics, first, "it takes %zu arguments, and is given %u: is one missing before this one?", arity,
                 checked->arguments->count);
    }
}

// ---- too many ----

// A library's function is told by its type: its text would not help.
static void label_definition(Inference *inference, Diagnostic *diagnostic, const Callee *callee) {
    if (!callee->meaning || !callee->meaning->span.source) return;
    Type *type = declared_type(inference, callee);
    name_unknowns(type, NULL);
    const char *row = callee->meaning->kind == MEANING_OPERATION ? symbol_format(inference->symbols, " ! {%s}", callee->meaning->operation->effect->name) : "";
    if (callee->meaning->module && callee->meaning->module->from_stdlib) {
        Builder message = builder_in(inference->arena);
        build_text(&message, diagnostic->message);
        build_format(&message, ": it is `%s%s`", type_text(inference, type), row);
        diagnostic->message = builder_text(&message);
        return;
    }
    add_label(inference->diagnostics, diagnostic, callee->meaning->span, "`%s` is `%s%s`", callee->meaning->name, type_text(inference, type), row);
}

static bool is_unit_literal(const Expression *expression) {
    return expression && expression->kind == EXPRESSION_TUPLE && expression->items.count == 0;
}

bool begins_line(Span before, Span span) {
    return span.start > before.end && memchr(before.source->text.bytes + before.end, '\n', span.start - before.end);
}

// Whether a parenthesis is open at the place that was opened in its line.
static bool stands_in_parentheses(Span place) {
    const char *text = place.source->text.bytes;
    int open = 0;
    for (uint32_t at = place.start; at > 0 && text[at - 1] != '\n' && open <= 0; at--) open += (text[at - 1] == '(') - (text[at - 1] == ')');
    return open > 0;
}

// Whether `->` stands in front of the place, or of the `do!` there.
static bool follows_arrow(Span place) {
    const char *text = place.source->text.bytes;
    uint32_t at = place.start;
    while (at > 0 && strchr(" do!", text[at - 1])) at--;
    return at > 1 && text[at - 1] == '>' && text[at - 2] == '-';
}

// Judges the whole call. Where the extra arguments begin a deeper line, what is said of them follows from that.
static void judge_call(Inference *inference, Diagnostic *diagnostic, const Checked *checked) {
    size_t taken = checked->parameters.count, given = checked->arguments->count;
    Span first = span_of_argument(checked, taken), last = span_of_argument(checked, given - 1);
    Span before = taken ? span_of_argument(checked, taken - 1) : checked->callee->span;
    diagnostic->construct = span_join(checked->callee->span, last);
    bool is_in_lines = taken > 1 && begins_line(checked->callee->span, span_of_argument(checked, 0)); // each argument on a line of its own
    if (is_in_lines || !begins_line(before, first)) return;
    diagnostic->construct = span_join(first, last);
    diagnostic->explains_parts = true;
    diagnostic->hint.length = 0;
    bool is_in_parentheses = stands_in_parentheses(checked->callee->span);
    add_hint(inference->diagnostics, diagnostic,
             is_in_parentheses ? "a block in parentheses begins on a line of its own: break the line above behind its `%s`"
                               : "a line that is deeper goes on with the line above: put this one in the column of that",
             follows_arrow(checked->callee->span) ? "->" : "(");
}

static void report_no_function(Inference *inference, const Checked *checked, const Expression *extra, Type *type) {
    const Callee *callee = checked->callee;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0405, callee->span, "%s%s%s is not a function: it is `%s`, and cannot be given an argument",
               callee->name ? "`" : "", callee->name ? callee->name : "this", callee->name ? "`" : "", type_text(inference, type));
    add_label(inference->diagnostics, diagnostic, span_of_argument(checked, 0), "the argument it is given");
    bool is_index =
        extra && extra->kind == EXPRESSION_LIST && extra->items.count == 1 && extra->span.start == callee->span.end;
    if (is_index) add_hint(inference->diagnostics, diagnostic, "fx has no `[index]` behind a value: write `List.get index xs`, or `Array.get`");
    else if (is_unit_literal(extra) && resolve_type(type)->kind == TYPE_COMPUTATION)
        add_hint(inference->diagnostics, diagnostic, "leave out the `()`: it is a computation, which `let!` and `do!` run");
    else if (callee->is_literal) add_hint(inference->diagnostics, diagnostic, "is a `,` or an operator missing between the two?");
    judge_call(inference, diagnostic, checked);
}

// The text from one span to another, its closing parentheses included; NULL when it is long or goes over lines.
static const char *quote_source(Inference *inference, Span first, Span last) {
    enum { LONGEST_QUOTED = 40 };
    Text text = first.source->text;
    size_t end = last.end;
    int depth = 0;
    for (size_t i = first.start; i < end; i++) depth += (text.bytes[i] == '(') - (text.bytes[i] == ')');
    while (depth > 0 && end < text.length && text.bytes[end] == ')') depth--, end++;
    size_t length = end - first.start;
    if (depth || length > LONGEST_QUOTED || memchr(text.bytes + first.start, '\n', length)) return NULL;
    return symbol_format(inference->symbols, "%.*s", (int)length, (const char *)text.bytes + first.start);
}

static bool holds_one_of_any_type(const Callee *callee) {
    const Meaning *meaning = callee->meaning;
    return meaning && meaning->kind == MEANING_CONSTRUCTOR && meaning->constructor->fields.count == 1 &&
           meaning->constructor->fields.items[0]->kind == TYPE_PARAMETER;
}

// `(1, 2)` of the arguments 1 and 2; NULL when they are long.
static const char *quote_as_tuple(Inference *inference, const Arguments *arguments) {
    Builder tuple = builder_in(inference->arena);
    for (size_t i = 0; i < arguments->count; i++) {
        const Expression *expression = arguments->items[i].expression;
        const char *text = expression ? quote_source(inference, expression->span, expression->span) : NULL;
        if (!text) return NULL;
        build_format(&tuple, "%s%s", i ? ", " : "(", text);
    }
    build_byte(&tuple, ')');
    return builder_string(&tuple);
}

// `add 1 2`, where add takes one pair.
bool takes_tuple(Inference *inference, const Checked *checked) {
    size_t given = checked->arguments->count;
    if (checked->parameters.count != 1 || given < 2) return false;
    Type *type = resolve_type(checked->parameters.items[0]);
    return type->kind == TYPE_DATA && type->arguments.count == given &&
           type->data == find_tuple_type(inference->arena, inference->symbols, inference->builtins, (unsigned)given);
}

static bool is_text(const Expression *expression) {
    return expression && (expression->kind == EXPRESSION_STRING || expression->kind == EXPRESSION_INTERPOLATION);
}

// `first`: the argument before the extra ones that is a function which they may belong to, or NULL.
static void hint_too_many(Inference *inference, Diagnostic *diagnostic, const Checked *checked, const Argument *first) {
    const Callee *callee = checked->callee;
    size_t given = checked->arguments->count, extra = given - checked->parameters.count;
    const char *inner = first ? quote_source(inference, first->expression->span, first[extra].expression->span) : NULL;
    const char *tuple = !first && holds_one_of_any_type(callee) ? quote_as_tuple(inference, checked->arguments) : NULL;
    const Expression *last = extra == 1 && given > 1 ? checked->arguments->items[given - 1].expression : NULL;
    bool is_index = last && last->kind == EXPRESSION_LIST && last->items.count == 1 && span_of_argument(checked, given - 2).end == last->span.start;
    if (is_index) add_hint(inference->diagnostics, diagnostic, "fx has no `[index]` behind a value: write `List.get index xs`, or `Array.get`");
    else if (!inner && last && given == 2 && is_text(checked->arguments->items[0].expression))
        add_hint(inference->diagnostics, diagnostic, "a value is written into the text itself: `\"... \\(value)\"`");
    else if (inner) add_hint(inference->diagnostics, diagnostic, "put parentheses around what belongs together: `(%s)`", inner);
    else if (tuple)
        add_hint(inference->diagnostics, diagnostic, "`%s` holds one value, which may be a tuple: `%s %s`", callee->name, callee->name, tuple);
    else if (extra == 1 || first)
        add_hint(inference->diagnostics, diagnostic, "this is the %s argument: leave it out, or put parentheses around what belongs together",
                 ordinal((unsigned)given));
}

static bool is_unknown(const Types *types) {
    for (size_t i = 0; i < types->count; i++) {
        if (resolve_type(types->items[i])->kind == TYPE_ERROR) return true;
    }
    return false;
}

CoreExpression *report_too_many(Inference *inference, const Checked *checked, Type *rest) {
    const Callee *callee = checked->callee;
    const Arguments *arguments = checked->arguments;
    size_t taken = checked->parameters.count, given = arguments->count, first = given;
    const Expression *expression = arguments->items[taken].expression;
    Types extra = {0};
    for (size_t i = taken; i < given; i++) {
        const Argument *argument = &arguments->items[i];
        vector_push(inference->arena, &extra, argument->node ? argument->node->type : infer(inference, argument->expression, NULL)->type);
    }
    withdraw_failed(inference, checked);
    bool is_on_line = !begins_line(taken ? span_of_argument(checked, taken - 1) : callee->span, span_of_argument(checked, taken));
    if (is_unknown(&extra) && is_on_line) return error_node(inference, callee->span); // told, and no argument perhaps: `a is b`
    name_unknowns(callee->type, rest);
    if (taken == 0) {
        report_no_function(inference, checked, expression, rest);
        return error_node(inference, callee->span);
    }
    bool has_inner = arguments->items[given - 1].expression && find_inner_call(inference, checked, &extra, &first);
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0404, span_of_argument(checked, taken), "%s%s%s takes %zu argument%s, but is given %zu",
               callee->name ? "`" : "", callee->name ? callee->name : "this function", callee->name ? "`" : "", taken,
               taken == 1 ? "" : "s", given);
    label_definition(inference, diagnostic, callee);
    if (takes_tuple(inference, checked))
        add_hint(inference->diagnostics, diagnostic, "it takes one tuple: write `%s (a%s)`", callee->name ? callee->name : "f",
                 given == 2 ? ", b" : ", b, ...");
    else hint_too_many(inference, diagnostic, checked, has_inner ? &arguments->items[first] : NULL);
    judge_call(inference, diagnostic, checked);
    return error_node(inference, callee->span);
}

// ---- functions as arguments ----

static void report_parameters(Inference *inference, const Patterns *patterns, const char *name, size_t given) {
    size_t taken = patterns->count;
    Span heads = span_join(patterns->items[0]->span, patterns->items[taken - 1]->span);
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, heads, "this function takes %zu value%s, but `%s` gives it %zu", taken,
                                    taken == 1 ? "" : "s", name ? name : "what it is given to", given);
    add_hint(inference->diagnostics, diagnostic, "name all it is given: `fun %s -> ...`",
             given == 1 ? "a" : given == 2 ? "a b" : given == 3 ? "a b c" : "a b ...");
}

void tell_few_parameters(Inference *inference, const Patterns *patterns, const Expression *body, const Want *want, Type *rest, size_t mark) {
    if (!want || want->reason.kind != REASON_ARGUMENT || !rest || resolve_type(rest)->kind != TYPE_FUNCTION) return;
    const Diagnostics *diagnostics = inference->diagnostics;
    if (diagnostics->list.count != mark + 1 || diagnostics->list.items[mark]->code != E0401 || !body ||
        diagnostics->list.items[mark]->span.start != body->span.start)
        return;
    withdraw(inference, mark, body->span, true);
    report_parameters(inference, patterns, want->reason.name, patterns->count + count_parameters(rest));
}

// The one argument in error is a function that takes more values than it is given.
static bool tell_many_parameters(Inference *inference, const Checked *checked, size_t i) {
    const Expression *expression = checked->arguments->items[i].expression;
    size_t given = count_parameters(checked->parameters.items[i]);
    if (!expression || expression->kind != EXPRESSION_FUNCTION || given == 0 || given >= expression->patterns.count) return false;
    withdraw(inference, checked->mark, expression->span, false);
    report_parameters(inference, &expression->patterns, checked->callee->name, given);
    return true;
}

// ---- of another type ----

// `String.join ["a"]`: the first argument that does not fit and those behind it fit one place further on.
static bool hint_one_left_out(Inference *inference, Diagnostic *diagnostic, const Checked *checked, size_t failed, Type *rest) {
    rest = resolve_type(rest);
    if (diagnostic->code != E0401 || rest->kind != TYPE_FUNCTION || resolve_type(checked->parameters.items[failed])->kind == TYPE_FUNCTION) return false;
    for (size_t i = failed; i < checked->items.count; i++) {
        Type *next = i + 1 < checked->items.count ? checked->parameters.items[i + 1] : rest->left;
        if (!checked->actual.items[i] || resolve_type(next)->kind == TYPE_UNKNOWN || !could_be(checked->actual.items[i], next)) return false;
    }
    Type *type = declared_type(inference, checked->callee);
    name_unknowns(type, NULL);
    diagnostic->hint.length = 0;
    add_hint(inference->diagnostics, diagnostic, "is the %s argument missing? `%s` is `%s`", ordinal((unsigned)failed + 1),
             checked->callee->name ? checked->callee->name : "it", type_text(inference, type));
    return true;
}

void hint_argument(Inference *inference, const Checked *checked, Type *rest) {
    Diagnostics *diagnostics = inference->diagnostics;
    if (count_failed_arguments(checked) != 1 || diagnostics->list.count != checked->mark + 1) return;
    Diagnostic *diagnostic = diagnostics->list.items[checked->mark];
    size_t i = 0;
    while (!argument_failed(checked, i)) i++;
    if (hint_one_left_out(inference, diagnostic, checked, i, rest)) return;
    if (diagnostic->hint.length || diagnostic->code != E0401 || tell_many_parameters(inference, checked, i)) return;
    const char *name = checked->callee->name ? checked->callee->name : "f";
    Type *actual = resolve_type(checked->actual.items[i]);
    bool is_pair = actual->kind == TYPE_DATA && checked->items.count == 1 && resolve_type(rest)->kind == TYPE_FUNCTION &&
                   actual->data == find_tuple_type(inference->arena, inference->symbols, inference->builtins, 2);
    if (is_pair) {
        add_hint(diagnostics, diagnostic, "it takes its arguments one by one: write `%s a b`", name);
        return;
    }
    if (resolve_type(checked->parameters.items[i])->kind != TYPE_FUNCTION || actual->kind == TYPE_FUNCTION) return;
    if (resolve_type(rest)->kind == TYPE_FUNCTION) {
        add_hint(diagnostics, diagnostic, "the %s argument is a function: is it missing before this one?", ordinal((unsigned)i + 1));
        return;
    }
    for (size_t k = 0; k < checked->items.count; k++) {
        if (k == i || !checked->actual.items[k] || resolve_type(checked->actual.items[k])->kind != TYPE_FUNCTION) continue;
        add_hint(diagnostics, diagnostic, "the %s argument is the function: are the arguments in another order?", ordinal((unsigned)i + 1));
        return;
    }
}
