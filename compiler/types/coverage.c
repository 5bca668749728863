// What a match does not cover, shown as a value, and clauses that are never reached.
#include "match.h"

#include <string.h>

MatchLabel *new_label(Matcher *matcher, const char *name, bool is_clause) {
    MatchLabel *label = NEW(matcher->arena, MatchLabel);
    label->label.name = symbol_of(matcher->inference->symbols, name);
    label->label.id = matcher->inference->program->next_id++;
    label->is_clause = is_clause;
    return label;
}

// ---- a value that is not covered ----

static void build_value(const Matcher *matcher, Builder *builder, const CoreVariable *occurrence, bool is_inner);

static const Fact *find_fact(const Matcher *matcher, const CoreVariable *occurrence) {
    for (size_t i = matcher->facts.count; occurrence && i-- > 0;) {
        if (matcher->facts.items[i].occurrence == occurrence) return &matcher->facts.items[i];
    }
    return NULL;
}

static bool excludes_text(const Arms *excluded, Text text) {
    for (size_t i = 0; i < excluded->count; i++) {
        if (text_equal(excluded->items[i]->literal->text, text)) return true;
    }
    return false;
}

static bool excludes_int(const Arms *excluded, int64_t value) {
    for (size_t i = 0; i < excluded->count; i++) {
        if (excluded->items[i]->literal->int_value == value) return true;
    }
    return false;
}

static void build_other_text(Builder *builder, const Arms *excluded) {
    static const char *const tries[] = {"", "a", "b", "other", "another"};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        if (excludes_text(excluded, text_of(tries[i]))) continue;
        build_format(builder, "\"%s\"", tries[i]);
        return;
    }
    build_string(builder, "_");
}

// A literal that none of the arms has.
static void build_other_literal(const Matcher *matcher, Builder *builder, const CoreVariable *occurrence, const Arms *excluded) {
    const Type *type = resolve_type(occurrence->type);
    bool is_char = type->kind == TYPE_DATA && type->data == matcher->inference->builtins->char_type;
    int64_t value = is_char ? 'a' : 0;
    switch (excluded->items[0]->literal->kind) {
    case CORE_STRING: build_other_text(builder, excluded); break;
    case CORE_INT:
        while (excludes_int(excluded, value)) value++;
        if (is_char && value < 127) build_format(builder, "'%c'", (int)value);
        else if (is_char) build_string(builder, "_");
        else build_format(builder, "%lld", (long long)value);
        break;
    default: build_string(builder, "_"); break;
    }
}

static void build_constructor(const Matcher *matcher, Builder *builder, const Constructor *constructor, const CoreVariables *fields,
                              bool is_inner) {
    bool is_list = constructor->data == matcher->inference->builtins->list_type, is_tuple = constructor->data->tuple_size > 0;
    size_t count = constructor->fields.count;
    bool wraps = is_tuple || (is_inner && count && constructor->data->kind != DATA_RECORD);
    if (constructor->data->kind == DATA_RECORD) build_string(builder, "{ ");
    else if (wraps) build_byte(builder, '(');
    if (!is_tuple && !is_list && constructor->data->kind != DATA_RECORD) build_string(builder, constructor->name);
    else if (is_list && count == 0) build_string(builder, "[]");
    for (size_t i = 0; i < count; i++) {
        const CoreVariable *field = fields && i < fields->count ? fields->items[i] : NULL;
        const char *separator = is_list ? " :: " : is_tuple || constructor->field_names.count ? ", " : " ";
        if (i || (!is_tuple && !is_list && !constructor->field_names.count)) build_string(builder, separator);
        if (constructor->field_names.count) build_format(builder, "%s = ", constructor->field_names.items[i]);
        build_value(matcher, builder, field, !is_tuple && !constructor->field_names.count && !(is_list && i == 1));
    }
    if (constructor->data->kind == DATA_RECORD) build_string(builder, " }");
    else if (wraps) build_byte(builder, ')');
}

static const Constructor *find_other_constructor(const Arms *excluded) {
    const DataType *data = excluded->items[0]->constructor->data;
    for (size_t tag = 0; tag < data->constructors.count; tag++) {
        bool is_excluded = false;
        for (size_t i = 0; i < excluded->count; i++) is_excluded |= excluded->items[i]->constructor->tag == tag;
        if (!is_excluded) return data->constructors.items[tag];
    }
    return data->constructors.items[0];
}

static void build_literal(const Matcher *matcher, Builder *builder, const CoreExpression *literal) {
    const Type *type = resolve_type(literal->type);
    bool is_char = type->kind == TYPE_DATA && type->data == matcher->inference->builtins->char_type;
    if (literal->kind == CORE_STRING) {
        build_byte(builder, '"');
        build_text(builder, literal->text);
        build_byte(builder, '"');
    } else if (literal->kind == CORE_FLOAT) {
        build_format(builder, "%g", literal->float_value);
    } else if (is_char && literal->int_value > 31 && literal->int_value < 127) {
        build_format(builder, "'%c'", (int)literal->int_value);
    } else {
        build_format(builder, "%lld", (long long)literal->int_value);
    }
}

static void build_value(const Matcher *matcher, Builder *builder, const CoreVariable *occurrence, bool is_inner) {
    const Fact *fact = find_fact(matcher, occurrence);
    if (!fact) build_byte(builder, '_');
    else if (fact->arm && fact->arm->constructor) build_constructor(matcher, builder, fact->arm->constructor, &fact->arm->fields, is_inner);
    else if (fact->arm) build_literal(matcher, builder, fact->arm->literal);
    else if (fact->excluded->items[0]->constructor)
        build_constructor(matcher, builder, find_other_constructor(fact->excluded), NULL, is_inner);
    else build_other_literal(matcher, builder, occurrence, fact->excluded);
}

enum { MISSING_SHOWN = 3 };

void note_missing(Matcher *matcher) {
    if (matcher->is_quiet) return;
    matcher->missing_count++;
    if (matcher->missing.count == MISSING_SHOWN) return;
    Builder builder = builder_in(matcher->arena);
    build_value(matcher, &builder, matcher->scrutinee, false);
    vector_push(matcher->arena, &matcher->missing, builder_string(&builder));
}

// ---- messages ----

static void report_missing(Matcher *matcher, MatchPurpose purpose) {
    Diagnostics *diagnostics = matcher->inference->diagnostics;
    const char *example = matcher->missing.items[0];
    if (purpose == MATCH_FOR_BINDING) {
        Diagnostic *diagnostic =
            report(diagnostics, E0603, matcher->clauses->items[0].pattern->span, "this pattern does not match `%s`", example);
        add_hint(diagnostics, diagnostic, "what stands here must always match: use `match` to handle every case");
        return;
    }
    Builder list = builder_in(matcher->arena);
    for (size_t i = 0; i < matcher->missing.count; i++) build_format(&list, "%s`%s`", i ? ", " : "", matcher->missing.items[i]);
    if (matcher->missing_count > MISSING_SHOWN) build_string(&list, " and more");
    Diagnostic *diagnostic = report(diagnostics, E0601, matcher->span, "this match does not cover %s", builder_string(&list));
    bool has_guard = false;
    for (size_t i = 0; i < matcher->clauses->count; i++) has_guard |= matcher->clauses->items[i].guard != NULL;
    bool is_literal = example[0] == '"' || example[0] == '\'' || example[0] == '-' || (example[0] >= '0' && example[0] <= '9');
    Builder clauses = builder_in(matcher->arena);
    size_t count = is_literal ? 1 : matcher->missing.count;
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 == count ? " and " : ", ";
        build_format(&clauses, "%s`| %s -> ...`", before, is_literal ? "_" : matcher->missing.items[i]);
    }
    add_hint(diagnostics, diagnostic, "add %s: %s%s", count == 1 ? "a clause" : "clauses", builder_string(&clauses),
             has_guard ? "; a clause with a guard covers nothing for certain" : "");
}

// Whether the clause is reached when only clause `above` stands before it.
static bool is_hidden_by(Matcher *matcher, size_t above, size_t clause) {
    MatchClauses two = {0};
    MatchClause first = matcher->clauses->items[above], second = matcher->clauses->items[clause];
    first.guard = second.guard = NULL;
    vector_push(matcher->arena, &two, first);
    vector_push(matcher->arena, &two, second);
    return !is_second_reached(matcher, &two);
}

// Of a clause that takes anything by a name: the constructor of the module that differs in its first letter, or NULL.
static const char *find_capital(const Inference *inference, const MatchPattern *pattern) {
    if (pattern->kind != MATCH_ANY || pattern->variables.count != 1) return NULL;
    const char *name = pattern->variables.items[0]->name;
    if (name[0] < 'a' || name[0] > 'z') return NULL;
    const char *capital = symbol_format(inference->symbols, "%c%s", name[0] - 'a' + 'A', name + 1);
    bool is_known = table_has(&inference->module->constructors, capital) || table_has(&inference->modules->prelude->constructors, capital);
    return is_known ? capital : NULL;
}

static void report_unreached(Matcher *matcher, size_t clause) {
    Diagnostics *diagnostics = matcher->inference->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0604, matcher->clauses->items[clause].pattern->span, "this clause is never reached");
    for (size_t i = 0; i < clause; i++) {
        if (matcher->clauses->items[i].guard || !is_hidden_by(matcher, i, clause)) continue;
        add_label(diagnostics, diagnostic, matcher->clauses->items[i].pattern->span, "this clause takes all that it matches");
        const char *constructor = find_capital(matcher->inference, matcher->clauses->items[i].pattern);
        if (constructor)
            add_hint(diagnostics, diagnostic, "a small letter begins a name for any value: the constructor is written `%s`", constructor);
        else add_hint(diagnostics, diagnostic, "remove it, or move it up");
        return;
    }
    add_hint(diagnostics, diagnostic, "the clauses above it take together all that it matches: remove it, or move it up");
}

static bool is_bad(const MatchPattern *pattern) {
    bool bad = pattern->is_bad;
    for (size_t i = 0; i < pattern->items.count && !bad; i++) bad = is_bad(pattern->items.items[i]);
    return bad;
}

static bool is_reported_already(const Matcher *matcher) {
    if (resolve_type(matcher->scrutinee->type)->kind == TYPE_ERROR) return true;
    for (size_t i = 0; i < matcher->clauses->count; i++) {
        if (is_bad(matcher->clauses->items[i].pattern)) return true;
    }
    return false;
}

void report_coverage(Matcher *matcher, MatchPurpose purpose) {
    if (matcher->is_quiet || is_reported_already(matcher)) return;
    if (matcher->size > MATCH_LIMIT) {
        Diagnostic *diagnostic =
            report(matcher->inference->diagnostics, E0605, matcher->span, "this match needs more than %d tests", MATCH_LIMIT);
        add_hint(matcher->inference->diagnostics, diagnostic, "match in two steps: on one part first, on the others within its clauses");
        return;
    }
    if (matcher->missing_count) report_missing(matcher, purpose);
    for (size_t i = 0; i < matcher->clauses->count; i++) {
        if (matcher->states[i].uses == 0) report_unreached(matcher, i);
    }
}
