// One mistake gives one error: what follows from another error is left out, and what is said twice is said once.
//
// Types are lenient with what is in error while they are inferred; what remains is told by where errors stand: in one construct, in one
// clause, in what a label points at, or in a declaration that could not be read whole.
#include "infer.h"

#include <string.h>

// Of more diagnostics than these only the first are weighed against each other.
enum { MOST_WEIGHED = 2000 };

static size_t count_weighed(const Diagnostics *diagnostics) {
    return diagnostics->list.count < MOST_WEIGHED ? diagnostics->list.count : MOST_WEIGHED;
}

static bool is_of_grammar(const Diagnostic *diagnostic) { return diagnostic->code < E0301; }

static bool is_within(Span inner, Span outer) { return inner.source == outer.source && inner.start >= outer.start && inner.end <= outer.end; }

static bool is_same(Span left, Span right) { return left.source == right.source && left.start == right.start && left.end == right.end; }

static const Declaration *find_declaration(const Inference *inference, Span span) {
    for (size_t i = 0; i < inference->modules->list.count; i++) {
        const ModuleSyntax *syntax = inference->modules->list.items[i]->syntax;
        if (syntax->source != span.source) continue;
        for (size_t k = 0; k < syntax->declarations.count; k++) {
            const Declaration *declaration = syntax->declarations.items[k];
            if (span.start >= declaration->span.start && span.start <= declaration->span.end) return declaration;
        }
    }
    return NULL;
}

// ---- in declarations that could not be read ----

// What is declared a second time, where the first could not be read, stands in its place.
static const Declaration *blamed_declaration(const Inference *inference, const Diagnostic *diagnostic) {
    bool is_second = diagnostic->code == E0310 && diagnostic->labels.count;
    return find_declaration(inference, is_second ? diagnostic->labels.items[0].span : diagnostic->span);
}

static void keep(Diagnostics *diagnostics, const bool *follows) {
    size_t kept = 0;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        if (!follows[i]) diagnostics->list.items[kept++] = diagnostic;
        else if (!diagnostic_is_warning(diagnostic->code)) diagnostics->error_count--;
    }
    diagnostics->list.count = kept;
}

// A bracket that closes nothing may stand behind all that was read of its declaration.
static const Declaration *unread_declaration(const Inference *inference, const Diagnostic *diagnostic) {
    const Declaration *found = find_declaration(inference, diagnostic->span);
    if (found || diagnostic->code != E0114) return found;
    for (size_t i = 0; i < inference->modules->list.count; i++) {
        const ModuleSyntax *syntax = inference->modules->list.items[i]->syntax;
        if (syntax->source != diagnostic->span.source) continue;
        for (size_t k = 0; k < syntax->declarations.count; k++) {
            const Declaration *declaration = syntax->declarations.items[k];
            if (declaration->span.start < diagnostic->span.start && (!found || found->span.start < declaration->span.start)) found = declaration;
        }
    }
    return found;
}

static void drop_in_unread(const Inference *inference, bool *follows) {
    const Diagnostics *diagnostics = inference->diagnostics;
    Table unread = table_in(inference->arena);
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = diagnostics->list.items[i];
        const Declaration *declaration = is_of_grammar(diagnostic) ? unread_declaration(inference, diagnostic) : NULL;
        if (declaration) table_put(&unread, declaration, (void *)declaration);
    }
    if (unread.count == 0) return;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = diagnostics->list.items[i];
        const Declaration *declaration = is_of_grammar(diagnostic) ? NULL : blamed_declaration(inference, diagnostic);
        bool is_untold = diagnostic->code == E0413; // what is not read might have told which record it is
        follows[i] |= is_untold || (declaration && table_has(&unread, declaration));
    }
}

// ---- in clauses whose pattern is in error ----

// Where the clause ends: at another line that begins with `|`, or at the next declaration.
static Span find_clause(Span pattern) {
    Text text = pattern.source->text;
    size_t at = pattern.end;
    for (bool begins_line = false; at < text.length; at++) {
        char byte = text.bytes[at];
        if (byte == '\n') begins_line = true;
        else if (begins_line && byte != ' ') {
            if (byte == '|' || text.bytes[at - 1] == '\n') break;
            begins_line = false;
        }
    }
    return (Span){pattern.source, pattern.start, (uint32_t)at};
}

// A pattern that may not be the one meant: of another size; or one that takes everything before other clauses.
static bool find_wrong_pattern(const Diagnostic *diagnostic, Span *pattern) {
    bool has_size = diagnostic->code == E0512 || diagnostic->code == E0602;
    bool takes_all = diagnostic->code == E0604 && diagnostic->labels.count;
    if (has_size) *pattern = diagnostic->span;
    if (takes_all) *pattern = diagnostic->labels.items[0].span;
    return has_size || (takes_all && (diagnostic->span.start > pattern->start));
}

static bool is_of_types(const Diagnostic *diagnostic) { return diagnostic->code >= E0401 && diagnostic->code < E0510; }

static void drop_in_clauses(const Diagnostics *diagnostics, bool *follows) {
    for (size_t i = 0; i < count_weighed(diagnostics); i++) {
        Span pattern;
        if (!find_wrong_pattern(diagnostics->list.items[i], &pattern)) continue;
        Span clause = find_clause(pattern);
        bool lacks_names = diagnostics->list.items[i]->code != E0604;
        for (size_t k = 0; k < count_weighed(diagnostics); k++) {
            const Diagnostic *other = diagnostics->list.items[k];
            if (lacks_names && other->code == E0315 && is_same(other->labels.items[0].span, pattern)) follows[k] = true;
            if (k == i || !is_within(other->span, clause)) continue;
            bool is_of_names = other->code == E0305 || other->code == E0314 || other->code == E0315;
            follows[k] |= is_of_types(other) || (lacks_names && is_of_names);
        }
    }
}

// ---- in one construct ----

// What is said of a construct by what its parts are.
static bool judges_parts(const Diagnostic *diagnostic) {
    switch (diagnostic->code) {
    case E0314: case E0315: case E0316: case E0401: case E0403: case E0404: case E0405: case E0406: case E0407: case E0411: case E0412: case E0414:
    case E0501: case E0505: case E0509: return true;
    default: return false;
    }
}

// Whether `inner` is the mistake from which `outer`, told of a construct around it, follows.
static bool causes(const Diagnostic *inner, const Diagnostic *outer) {
    if (diagnostic_is_warning(inner->code) || inner == outer || !is_within(inner->span, outer->construct)) return false;
    if (is_within(outer->construct, inner->construct)) return is_same(inner->construct, outer->construct) && inner->code < outer->code;
    return true;
}

static bool explains(const Diagnostic *outer, const Diagnostic *inner) {
    return outer->explains_parts && inner != outer && is_within(inner->span, outer->construct);
}

static void drop_in_constructs(const Diagnostics *diagnostics, bool *follows) {
    size_t count = count_weighed(diagnostics);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count && !follows[i]; k++) follows[i] = !follows[k] && explains(diagnostics->list.items[k], diagnostics->list.items[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const Diagnostic *outer = diagnostics->list.items[i];
        if (outer->explains_parts || !judges_parts(outer)) continue;
        for (size_t k = 0; k < count && !follows[i]; k++) follows[i] = !follows[k] && causes(diagnostics->list.items[k], outer);
    }
}

// ---- of what is declared in error ----

// The head of what is declared at a name: a type's whole declaration, of a function what stands before its `=`.
static Span find_head(const Inference *inference, Span name) {
    const Declaration *declaration = find_declaration(inference, name);
    if (declaration && declaration->kind == DECLARATION_TYPE) return declaration->span;
    Text text = name.source->text;
    size_t end = name.end;
    while (end < text.length && text.bytes[end] != '=' && text.bytes[end] != '\n') end++;
    return (Span){name.source, name.start, (uint32_t)end};
}

// What is said of a use by what its declaration says, where a label shows that.
static bool judges_use(const Diagnostic *diagnostic) {
    return diagnostic->labels.count && (diagnostic->code == E0404 || diagnostic->code == E0407 || diagnostic->code == E0414 || diagnostic->code == E0602);
}

static void drop_uses(const Inference *inference, bool *follows) {
    const Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < count_weighed(diagnostics); i++) {
        if (!judges_use(diagnostics->list.items[i])) continue;
        Span head = find_head(inference, diagnostics->list.items[i]->labels.items[0].span);
        for (size_t k = 0; k < count_weighed(diagnostics) && !follows[i]; k++) {
            const Diagnostic *other = diagnostics->list.items[k];
            follows[i] = k != i && !diagnostic_is_warning(other->code) && is_within(other->span, head) && !follows[k];
        }
    }
}

// Patterns of what was taken for several definitions of one function are the cases of one.
static void drop_cases(const Inference *inference, bool *follows) {
    const Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < count_weighed(diagnostics); i++) {
        const Diagnostic *twice = diagnostics->list.items[i];
        if (twice->code != E0310 || twice->labels.count == 0 || twice->hint.length == 0) continue;
        const Declaration *first = find_declaration(inference, twice->labels.items[0].span), *second = find_declaration(inference, twice->span);
        for (size_t k = 0; k < count_weighed(diagnostics); k++) {
            const Diagnostic *other = diagnostics->list.items[k];
            const Declaration *declaration = other->code == E0603 ? find_declaration(inference, other->span) : NULL;
            follows[k] |= declaration && (declaration == first || declaration == second);
        }
    }
}

// ---- the same once more ----

enum { MOST_PLACES_SHOWN = 3 };

static bool is_text(Text left, Text right) { return left.length == right.length && (left.length == 0 || memcmp(left.bytes, right.bytes, left.length) == 0); }

// Told of the same declaration or annotation of this file, in the same words.
static bool repeats(const Diagnostic *first, const Diagnostic *second) {
    if (first->code != second->code || !is_of_types(first) || first->labels.count == 0 || second->labels.count == 0) return false;
    bool is_of_variable = first->variable.source;
    Span place = is_of_variable ? first->variable : first->labels.items[0].span;
    Span other = is_of_variable ? second->variable : second->labels.items[0].span;
    if (place.source != first->span.source || !is_same(place, other)) return false;
    bool is_same_row = first->code == E0504 && first->hint.length; // whatever performs it: the row is the mistake
    bool is_same_end = first->code == E0509;                       // `ret` is wanted, of whatever
    return (is_same_row || is_text(first->message, second->message)) && (is_same_end || is_text(first->hint, second->hint));
}

// A word or sign of another language, written once more: one habit is one mistake.
static bool repeats_habit(const Inference *inference, const Diagnostic *first, const Diagnostic *second) {
    switch (first->code) {
    case E0102: case E0109: case E0110: case E0112: case E0210: break;
    case E0502: case E0503: // lines of one block
        if (find_declaration(inference, first->span) != find_declaration(inference, second->span)) return false;
        break;
    default: return false;
    }
    bool is_here = first->code == second->code && first->span.source == second->span.source && first->hint.length && second->labels.count == 0;
    return is_here && is_text(first->message, second->message) && is_text(first->hint, second->hint);
}

static void join_repeated(const Inference *inference, bool *follows) {
    Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < count_weighed(diagnostics); i++) {
        Diagnostic *first = diagnostics->list.items[i];
        if (follows[i]) continue;
        size_t shown = first->labels.count + MOST_PLACES_SHOWN;
        for (size_t k = i + 1; k < count_weighed(diagnostics); k++) {
            const Diagnostic *second = diagnostics->list.items[k];
            if (follows[k] || !(repeats(first, second) || repeats_habit(inference, first, second))) continue;
            follows[k] = true;
            if (first->labels.count < shown) add_label(diagnostics, first, second->span, "here, too");
        }
    }
}

// ---- warnings beside errors ----

// What is not used may be what was meant where the error stands.
static void drop_warnings(const Inference *inference, bool *follows) {
    const Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < count_weighed(diagnostics); i++) {
        if (diagnostics->list.items[i]->code != W0002) continue;
        const Declaration *declaration = find_declaration(inference, diagnostics->list.items[i]->span);
        for (size_t k = 0; k < count_weighed(diagnostics) && declaration && !follows[i]; k++) {
            const Diagnostic *other = diagnostics->list.items[k];
            follows[i] = !diagnostic_is_warning(other->code) && is_within(other->span, declaration->span);
        }
    }
}

// Each error that is left out follows from one that is told; were all left out, a program in error would be taken for a right one.
static void keep_one(const Diagnostics *diagnostics, bool *follows) {
    size_t first = diagnostics->list.count;
    for (size_t i = diagnostics->list.count; i-- > 0;) {
        if (diagnostic_is_warning(diagnostics->list.items[i]->code)) continue;
        if (!follows[i]) return;
        first = i;
    }
    if (first < diagnostics->list.count) follows[first] = false;
}

void drop_cascades(Inference *inference) {
    Diagnostics *diagnostics = inference->diagnostics;
    if (diagnostics->error_count == 0) return;
    bool *follows = NEW_ARRAY(inference->arena, bool, diagnostics->list.count + 1);
    drop_in_unread(inference, follows);
    drop_in_clauses(diagnostics, follows);
    drop_in_constructs(diagnostics, follows);
    drop_uses(inference, follows);
    drop_cases(inference, follows);
    join_repeated(inference, follows);
    drop_warnings(inference, follows);
    keep_one(diagnostics, follows);
    keep(diagnostics, follows);
}
