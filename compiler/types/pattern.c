// Patterns: their types, and the form that match.c takes.
#include "infer.h"

static MatchPattern *new_pattern(Inference *inference, MatchKind kind, Span span) {
    MatchPattern *match = NEW(inference->arena, MatchPattern);
    match->kind = kind;
    match->span = span;
    return match;
}

static MatchPattern *bad_pattern(Inference *inference, Span span) {
    MatchPattern *match = new_pattern(inference, MATCH_ANY, span);
    match->is_bad = true;
    return match;
}

static bool unify_pattern(Inference *inference, const Pattern *pattern, Type *found, Type *type, Reason reason) {
    if (unify(&inference->unifier, found, type)) return true;
    if (reason.kind == REASON_NONE) reason.kind = REASON_PATTERN;
    report_failure(inference, pattern->span, found, type, reason, NULL);
    return false;
}

// A name stands for one variable, also on both sides of `|`.
static void bind_variable(Inference *inference, MatchPattern *match, const Pattern *pattern, Type *type, Reason reason) {
    Meaning *meaning = pattern->name.meaning;
    if (!meaning) return;
    if (!meaning->variable) {
        meaning->variable = core_variable(inference->arena, inference->program, pattern->name.name, type, pattern->name.span);
        if (meaning->kind == MEANING_LOCAL) meaning->type = type;
    } else {
        unify_pattern(inference, pattern, type, meaning->variable->type, reason);
    }
    match->is_bad |= meaning->is_wrong;
    vector_push(inference->arena, &match->variables, meaning->variable);
}

// ---- literals ----

static MatchPattern *infer_literal(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    const Builtins *b = inference->builtins;
    DataType *data = pattern->kind == PATTERN_INT ? b->int_type : pattern->kind == PATTERN_FLOAT ? b->float_type :
                     pattern->kind == PATTERN_CHAR ? b->char_type : b->string_type;
    CoreKind kind = pattern->kind == PATTERN_FLOAT ? CORE_FLOAT : pattern->kind == PATTERN_STRING ? CORE_STRING : CORE_INT;
    MatchPattern *match = new_pattern(inference, MATCH_LITERAL, pattern->span);
    match->literal = core_node(inference->arena, kind, data_type(inference->arena, data, NULL), pattern->span);
    if (kind == CORE_STRING) match->literal->text = pattern->text;
    else if (kind == CORE_FLOAT) match->literal->float_value = pattern->float_value;
    else match->literal->int_value = pattern->int_value;
    if (!unify_pattern(inference, pattern, match->literal->type, type, reason)) return bad_pattern(inference, pattern->span);
    return match;
}

// ---- constructors ----

static MatchPattern *infer_items_alone(Inference *inference, const Pattern *pattern) {
    for (size_t i = 0; i < pattern->items.count; i++) {
        infer_pattern(inference, pattern->items.items[i], plain_type(TYPE_ERROR), (Reason){.kind = REASON_NONE});
    }
    for (size_t i = 0; i < pattern->fields.count; i++) {
        infer_pattern(inference, pattern->fields.items[i].pattern, plain_type(TYPE_ERROR), (Reason){.kind = REASON_NONE});
    }
    return bad_pattern(inference, pattern->span);
}

// The type as which the pattern is read, or NULL: it was reported.
static Type *data_at(Inference *inference, DataType *data, const Pattern *pattern, Type *type, Reason reason) {
    Type *wanted = resolve_type(type);
    if (wanted->kind == TYPE_ERROR) return NULL; // nothing is known of the parts, either
    if (wanted->kind == TYPE_DATA && wanted->data == data) return wanted;
    Types arguments = fresh_arguments(inference, &data->parameters, pattern->span);
    Type *found = data_type(inference->arena, data, &arguments);
    return unify_pattern(inference, pattern, found, type, reason) ? found : NULL;
}

static Type *field_at(Inference *inference, const Constructor *constructor, size_t index, Type *data) {
    return substitute_type(inference->arena, constructor->fields.items[index], &constructor->data->parameters, &data->arguments);
}

// The constructor with as many patterns as it holds values: those that are written, as far as they are plain.
static const char *form_with_arity(Inference *inference, const Pattern *pattern, const Constructor *constructor) {
    size_t expected = constructor->fields.count, given = pattern->items.count;
    bool is_tuple = expected == 1 && given > 1;
    Builder form = builder_in(inference->arena);
    build_format(&form, "%s%s", constructor->name, is_tuple ? " (" : "");
    for (size_t i = 0; i < (is_tuple ? given : expected); i++) {
        const Pattern *item = i < given ? pattern->items.items[i] : NULL;
        build_format(&form, "%s%s", is_tuple ? (i ? ", " : "") : " ", item && item->kind == PATTERN_VARIABLE ? item->name.name : "_");
    }
    if (is_tuple) build_byte(&form, ')');
    return builder_string(&form);
}

static MatchPattern *report_arity(Inference *inference, const Pattern *pattern, const Constructor *constructor) {
    size_t expected = constructor->fields.count, given = pattern->items.count;
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0602, pattern->span, "the constructor `%s` holds %zu value%s, but this pattern has %zu",
               constructor->name, expected, expected == 1 ? "" : "s", given);
    if (constructor->span.source)
        add_label(inference->diagnostics, diagnostic, constructor->span, "`%s` is declared here", constructor->name);
    add_hint(inference->diagnostics, diagnostic, "write `%s`", form_with_arity(inference, pattern, constructor));
    return bad_pattern(inference, pattern->span);
}

static MatchPattern *infer_constructor(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    const Meaning *meaning = pattern->name.meaning;
    if (!meaning || meaning->kind != MEANING_CONSTRUCTOR || !meaning->constructor) return infer_items_alone(inference, pattern);
    Constructor *constructor = meaning->constructor;
    if (constructor->fields.count != pattern->items.count) return report_arity(inference, pattern, constructor);
    Type *data = data_at(inference, constructor->data, pattern, type, reason);
    if (!data) return infer_items_alone(inference, pattern);
    MatchPattern *match = new_pattern(inference, MATCH_CONSTRUCTOR, pattern->span);
    match->constructor = constructor;
    for (size_t i = 0; i < pattern->items.count; i++) {
        Type *field = field_at(inference, constructor, i, data);
        vector_push(inference->arena, &match->items, infer_pattern(inference, pattern->items.items[i], field, reason));
    }
    return match;
}

static MatchPattern *infer_tuple(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    unsigned size = (unsigned)pattern->items.count;
    DataType *tuple =
        size ? find_tuple_type(inference->arena, inference->symbols, inference->builtins, size) : inference->builtins->unit_type;
    Type *data = data_at(inference, tuple, pattern, type, reason);
    if (!data) return infer_items_alone(inference, pattern);
    MatchPattern *match = new_pattern(inference, MATCH_CONSTRUCTOR, pattern->span);
    match->constructor = tuple->constructors.items[0];
    for (unsigned i = 0; i < size; i++) {
        vector_push(inference->arena, &match->items, infer_pattern(inference, pattern->items.items[i], data->arguments.items[i], reason));
    }
    return match;
}

static MatchPattern *infer_list(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    DataType *list = inference->builtins->list_type;
    Type *data = data_at(inference, list, pattern, type, reason);
    if (!data) return infer_items_alone(inference, pattern);
    MatchPatterns items = {0};
    for (size_t i = 0; i < pattern->items.count; i++) {
        vector_push(inference->arena, &items, infer_pattern(inference, pattern->items.items[i], data->arguments.items[0], reason));
    }
    MatchPattern *match = new_pattern(inference, MATCH_CONSTRUCTOR, pattern->span);
    match->constructor = list->constructors.items[0];
    for (size_t i = items.count; i-- > 0;) {
        MatchPattern *cons = new_pattern(inference, MATCH_CONSTRUCTOR, pattern->span);
        cons->constructor = list->constructors.items[1];
        vector_push(inference->arena, &cons->items, items.items[i]);
        vector_push(inference->arena, &cons->items, match);
        match = cons;
    }
    return match;
}

// ---- records ----

static DataType *record_of_pattern(Inference *inference, const Pattern *pattern, Type *type) {
    Vector(Name) names = {0};
    for (size_t i = 0; i < pattern->fields.count; i++) vector_push(inference->arena, &names, pattern->fields.items[i].field);
    return find_record(inference, type, names.items, names.count, true, pattern->span);
}

static MatchPattern *infer_record_pattern(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    if (resolve_type(type)->kind == TYPE_ERROR) return infer_items_alone(inference, pattern);
    DataType *record = record_of_pattern(inference, pattern, type);
    Type *data = record ? data_at(inference, record, pattern, type, reason) : NULL;
    if (!data) return infer_items_alone(inference, pattern);
    MatchPattern *match = new_pattern(inference, MATCH_CONSTRUCTOR, pattern->span);
    match->constructor = record->constructors.items[0];
    for (size_t i = 0; i < match->constructor->fields.count; i++) {
        vector_push(inference->arena, &match->items, new_pattern(inference, MATCH_ANY, pattern->span));
    }
    for (size_t i = 0; i < pattern->fields.count; i++) {
        const FieldPattern *field = &pattern->fields.items[i];
        int index = find_field(match->constructor, field->field.name);
        if (index < 0) report_unknown_field(inference, record, &field->field);
        Type *field_type = index < 0 ? plain_type(TYPE_ERROR) : field_at(inference, match->constructor, (size_t)index, data);
        MatchPattern *item = infer_pattern(inference, field->pattern, field_type, reason);
        if (index >= 0) match->items.items[index] = item;
    }
    return match;
}

// ---- the rest ----

// Of a pattern with too many parts, below which another begins: they may be what its clause answers.
static void hint_missing_arrow(Inference *inference, Diagnostic *diagnostic) {
    if (diagnostic->code != E0602) return;
    diagnostic->hint.length = 0;
    add_hint(inference->diagnostics, diagnostic, "is `->` missing between the pattern and what its clause answers?");
}

static MatchPattern *infer_alternatives(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    MatchPattern *match = new_pattern(inference, MATCH_EITHER, pattern->span);
    const Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < pattern->items.count; i++) {
        size_t told = diagnostics->list.count;
        const Pattern *item = pattern->items.items[i];
        vector_push(inference->arena, &match->items, infer_pattern(inference, item, type, reason));
        bool is_above = i + 1 < pattern->items.count && begins_line(item->span, pattern->items.items[i + 1]->span);
        if (is_above && diagnostics->list.count == told + 1) hint_missing_arrow(inference, diagnostics->list.items[told]);
    }
    return match;
}

static MatchPattern *infer_annotated(Inference *inference, const Pattern *pattern, Type *type) {
    Type *annotated = annotate_type(inference, pattern->type);
    Reason reason = {REASON_ANNOTATION, pattern->type->span, NULL, 0, NULL};
    unify_pattern(inference, pattern, type, annotated, reason);
    return infer_pattern(inference, pattern->items.items[0], annotated, reason);
}

MatchPattern *infer_pattern(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    if (!pattern) return bad_pattern(inference, (Span){0});
    switch (pattern->kind) {
    case PATTERN_ERROR: return bad_pattern(inference, pattern->span);
    case PATTERN_WILDCARD: return new_pattern(inference, MATCH_ANY, pattern->span);
    case PATTERN_VARIABLE: {
        MatchPattern *match = new_pattern(inference, MATCH_ANY, pattern->span);
        bind_variable(inference, match, pattern, type, reason);
        return match;
    }
    case PATTERN_INT:
    case PATTERN_FLOAT:
    case PATTERN_CHAR:
    case PATTERN_STRING: return infer_literal(inference, pattern, type, reason);
    case PATTERN_CONSTRUCTOR: return infer_constructor(inference, pattern, type, reason);
    case PATTERN_TUPLE: return infer_tuple(inference, pattern, type, reason);
    case PATTERN_LIST: return infer_list(inference, pattern, type, reason);
    case PATTERN_RECORD: return infer_record_pattern(inference, pattern, type, reason);
    case PATTERN_OR: return infer_alternatives(inference, pattern, type, reason);
    case PATTERN_AS: {
        MatchPattern *match = infer_pattern(inference, pattern->items.items[0], type, reason);
        bind_variable(inference, match, pattern, type, reason);
        return match;
    }
    case PATTERN_ANNOTATED: return infer_annotated(inference, pattern, type);
    }
    return new_pattern(inference, MATCH_ANY, pattern->span);
}

static bool has_variable(const CoreVariables *variables, const CoreVariable *variable) {
    for (size_t i = 0; i < variables->count; i++) {
        if (variables->items[i] == variable) return true;
    }
    return false;
}

// The variables of a pattern, each once.
void collect_variables(Inference *inference, const MatchPattern *pattern, CoreVariables *variables) {
    for (size_t i = 0; i < pattern->variables.count; i++) {
        if (!has_variable(variables, pattern->variables.items[i])) vector_push(inference->arena, variables, pattern->variables.items[i]);
    }
    for (size_t i = 0; i < pattern->items.count; i++) collect_variables(inference, pattern->items.items[i], variables);
}
