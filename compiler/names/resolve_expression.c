// Expressions, patterns and steps: locals come into scope and leave it.
#include <string.h>
#include "resolve.h"

// ---- scopes ----

static Meaning *bind_local(Resolver *resolver, Name *name, bool warns_unused) {
    Meaning *local = new_meaning(resolver->arena, MEANING_LOCAL, name->name, name->span);
    local->warns_unused = warns_unused;
    name->meaning = local;
    Bound bound = {local, table_get(&resolver->scope.locals, name->name)};
    vector_push(resolver->arena, &resolver->bound, bound);
    table_put(&resolver->scope.locals, name->name, local);
    return local;
}

static Span text_that_names(const Resolver *resolver, const Meaning *local) {
    size_t i = resolver->in_texts.count;
    while (resolver->in_texts.items[i - 1].meaning != local) i--;
    return resolver->in_texts.items[i - 1].text;
}

static void warn_unused(Resolver *resolver, const Meaning *local) {
    bool is_told = local->warns_unused || local->is_in_text;
    if (local->is_used || !is_told || local->name[0] == '_' || resolver->scope.module->from_stdlib) return;
    Diagnostics *diagnostics = resolver->scope.compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, W0002, local->span, "`%s` is not used", local->name);
    if (!local->is_in_text) {
        add_hint(diagnostics, diagnostic, "write `_` instead, or remove it");
        return;
    }
    add_label(diagnostics, diagnostic, text_that_names(resolver, local), "in a text, `{%s}` stands for itself", local->name);
    add_hint(diagnostics, diagnostic, "`\\(%s)` writes its value into the text", local->name);
}

void leave_scope(Resolver *resolver, size_t mark) {
    while (resolver->bound.count > mark) {
        Bound bound = resolver->bound.items[--resolver->bound.count];
        table_put(&resolver->scope.locals, bound.meaning->name, bound.shadowed);
        warn_unused(resolver, bound.meaning);
    }
}

// ---- patterns ----

// The two sides of `|` bind the same names: those of the right side stand for those of the left.
typedef struct PatternScope {
    size_t start;       // of the whole pattern in resolver->bound
    size_t alternative; // of the left side's variables; SIZE_MAX outside the right side of a `|`
    bool warns_unused;
} PatternScope;

static void resolve_in_pattern(Resolver *resolver, Pattern *pattern, PatternScope scope);

static Meaning *find_bound(const Resolver *resolver, size_t start, Symbol name) {
    for (size_t i = resolver->bound.count; i-- > start;) {
        if (resolver->bound.items[i].meaning->name == name) return resolver->bound.items[i].meaning;
    }
    return NULL;
}

static void bind_pattern_name(Resolver *resolver, Name *name, PatternScope scope) {
    Meaning *other = scope.alternative == SIZE_MAX ? NULL : find_bound(resolver, scope.alternative, name->name);
    if (other) {
        name->meaning = other;
        return;
    }
    Meaning *first = find_bound(resolver, scope.start, name->name);
    if (first) {
        Diagnostics *diagnostics = resolver->scope.compilation->diagnostics;
        Diagnostic *diagnostic = report(diagnostics, E0314, name->span, "`%s` is bound twice in one pattern", name->name);
        add_label(diagnostics, diagnostic, first->span, "it is bound here already");
        add_hint(diagnostics, diagnostic, "give the second another name, and compare the two with a guard: `when %s == other`", name->name);
    }
    bind_local(resolver, name, scope.warns_unused);
    if (!first) return;
    first->is_used = name->meaning->is_used = true;
    name->meaning->is_wrong = true;
}

typedef Vector(const Name *) PatternNames;

static void collect_names(Arena *arena, const Pattern *pattern, PatternNames *names) {
    if (!pattern) return;
    if (pattern->kind == PATTERN_VARIABLE || pattern->kind == PATTERN_AS) vector_push(arena, names, &pattern->name);
    size_t sides = pattern->kind == PATTERN_OR && pattern->items.count ? 1 : pattern->items.count;
    for (size_t i = 0; i < sides; i++) collect_names(arena, pattern->items.items[i], names);
    for (size_t i = 0; i < pattern->fields.count; i++) collect_names(arena, pattern->fields.items[i].pattern, names);
}

static bool names_include(const PatternNames *names, Symbol name) {
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i]->name == name) return true;
    }
    return false;
}

// Of several names that one side lacks, one is told. Answers whether any was.
static bool check_same_names(Resolver *resolver, const PatternNames *names, const PatternNames *others, const Pattern *lacking, bool told) {
    Diagnostics *diagnostics = resolver->scope.compilation->diagnostics;
    for (size_t i = 0; i < names->count; i++) {
        if (names_include(others, names->items[i]->name)) continue;
        if (names->items[i]->meaning) names->items[i]->meaning->is_used = true;
        if (told) continue;
        told = true;
        Diagnostic *diagnostic =
            report(diagnostics, E0315, names->items[i]->span, "`%s` is bound on one side of `|` only", names->items[i]->name);
        add_label(diagnostics, diagnostic, lacking->span, "this side does not bind `%s`", names->items[i]->name);
        if (resolver->in_list) {
            if (names->items[i]->meaning) names->items[i]->meaning->is_wrong = true;
            add_hint(diagnostics, diagnostic, "the first of a list and the rest of it are matched by `first :: rest`");
        } else add_hint(diagnostics, diagnostic, "both sides bind the same names; what only one needs is `_` in it");
    }
    return told;
}

static void resolve_alternatives(Resolver *resolver, Pattern *pattern, PatternScope scope) {
    Pattern *left = pattern->items.items[0], *right = pattern->items.items[1];
    PatternNames left_names = {0}, right_names = {0};
    collect_names(resolver->arena, left, &left_names);
    collect_names(resolver->arena, right, &right_names);
    size_t mark = resolver->bound.count;
    resolve_in_pattern(resolver, left, scope);
    if (scope.alternative == SIZE_MAX) scope.alternative = mark;
    resolve_in_pattern(resolver, right, scope);
    bool told = check_same_names(resolver, &left_names, &right_names, right, false);
    check_same_names(resolver, &right_names, &left_names, left, told);
}

// `[first | rest]`, as other languages write it.
static bool ends_in_names(const Pattern *list) {
    const Pattern *last = list->items.count ? list->items.items[list->items.count - 1] : NULL;
    if (!last || last->kind != PATTERN_OR) return false;
    return last->items.items[0]->kind == PATTERN_VARIABLE && last->items.items[1]->kind == PATTERN_VARIABLE;
}

static void resolve_in_pattern(Resolver *resolver, Pattern *pattern, PatternScope scope) {
    if (!pattern) return;
    switch (pattern->kind) {
    case PATTERN_VARIABLE: bind_pattern_name(resolver, &pattern->name, scope); return;
    case PATTERN_OR: resolve_alternatives(resolver, pattern, scope); return;
    case PATTERN_CONSTRUCTOR: resolve_name(resolver, NAMESPACE_CONSTRUCTOR, &pattern->name); break;
    case PATTERN_ANNOTATED: resolve_type_syntax(resolver, pattern->type); break;
    default: break;
    }
    bool was_in_list = resolver->in_list;
    resolver->in_list = pattern->kind == PATTERN_LIST && ends_in_names(pattern);
    for (size_t i = 0; i < pattern->items.count; i++) resolve_in_pattern(resolver, pattern->items.items[i], scope);
    for (size_t i = 0; i < pattern->fields.count; i++) resolve_in_pattern(resolver, pattern->fields.items[i].pattern, scope);
    resolver->in_list = was_in_list;
    if (pattern->kind == PATTERN_AS) bind_pattern_name(resolver, &pattern->name, scope);
}

void resolve_pattern(Resolver *resolver, Pattern *pattern, size_t start, bool warns_unused) {
    resolve_in_pattern(resolver, pattern, (PatternScope){start, SIZE_MAX, warns_unused});
}

static void resolve_patterns(Resolver *resolver, const Patterns *patterns) {
    size_t start = resolver->bound.count;
    for (size_t i = 0; i < patterns->count; i++) resolve_pattern(resolver, patterns->items[i], start, false);
}

// ---- expressions ----

static bool is_function(const Binding *binding) {
    bool is_named = binding->pattern && binding->pattern->kind == PATTERN_VARIABLE;
    return is_named && (binding->parameters.count || (binding->value && binding->value->kind == EXPRESSION_FUNCTION));
}

// The value of a local let, in its own scope; its names come into scope afterwards, a function's name before.
static void resolve_let(Resolver *resolver, Binding *binding) {
    check_parameter_types(resolver, &binding->parameters, &binding->type);
    resolve_type_syntax(resolver, binding->type);
    bool recursive = is_function(binding);
    if (recursive) bind_local(resolver, &binding->pattern->name, true)->function = binding->value;
    size_t mark = resolver->bound.count;
    resolve_patterns(resolver, &binding->parameters);
    bool was_used = recursive && binding->pattern->name.meaning->is_used;
    resolve_expression(resolver, binding->value);
    leave_scope(resolver, mark);
    // A function that only calls itself is not used.
    if (recursive) binding->pattern->name.meaning->is_used = was_used;
    else {
        check_bound_case(resolver, binding->pattern);
        resolve_pattern(resolver, binding->pattern, resolver->bound.count, true);
    }
}

static void resolve_let_bang(Resolver *resolver, Expression *expression) {
    for (size_t i = 0; i < expression->bindings.count; i++) {
        resolve_type_syntax(resolver, expression->bindings.items[i].type);
        resolve_expression(resolver, expression->bindings.items[i].value);
    }
    size_t start = resolver->bound.count;
    for (size_t i = 0; i < expression->bindings.count; i++) check_bound_case(resolver, expression->bindings.items[i].pattern);
    for (size_t i = 0; i < expression->bindings.count; i++) resolve_pattern(resolver, expression->bindings.items[i].pattern, start, true);
}

static void resolve_clauses(Resolver *resolver, Expression *expression) {
    for (size_t i = 0; i < expression->clauses.count; i++) {
        Clause *clause = &expression->clauses.items[i];
        size_t mark = resolver->bound.count;
        resolve_pattern(resolver, clause->pattern, mark, true);
        resolve_expression(resolver, clause->guard);
        resolve_expression(resolver, clause->body);
        leave_scope(resolver, mark);
    }
}

static void resolve_handler_clauses(Resolver *resolver, Expression *expression) {
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        HandlerClause *clause = &expression->handler_clauses.items[i];
        size_t mark = resolver->bound.count;
        resolver->scope.in_clause_head = true;
        if (!clause->is_return) resolve_name(resolver, NAMESPACE_VALUE, &clause->operation);
        resolver->scope.in_clause_head = false;
        resolve_patterns(resolver, &clause->parameters);
        resolve_expression(resolver, clause->body);
        leave_scope(resolver, mark);
    }
}

static void resolve_function(Resolver *resolver, Expression *expression) {
    size_t mark = resolver->bound.count;
    resolve_patterns(resolver, &expression->patterns);
    resolve_expression(resolver, expression->body);
    leave_scope(resolver, mark);
}

// ---- texts ----

static bool is_small(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
static bool goes_on(char c) { return is_small(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\''; }

static void note_in_text(Resolver *resolver, Text name, Span text) {
    Meaning *local = table_get(&resolver->scope.locals, symbol_of_text(resolver->scope.compilation->symbols, name));
    if (!local || local->is_in_text) return;
    local->is_in_text = true;
    InText in_text = {local, text};
    vector_push(resolver->arena, &resolver->in_texts, in_text);
}

// `{name}`, as other languages write it in a text, where the name of a local was meant: told when nothing else uses that local.
static void look_for_names(Resolver *resolver, const Expression *string) {
    const char *at = string->text.bytes, *end = at + string->text.length;
    while (at < end && (at = memchr(at, '{', (size_t)(end - at)))) {
        const char *start = ++at;
        if (at == end || !is_small(*at)) continue;
        while (at < end && goes_on(*at)) at++;
        if (at < end && *at == '}') note_in_text(resolver, (Text){start, (size_t)(at - start)}, string->span);
    }
}

// `List.half map xs`, where `List.map half xs` is meant: told once.
static void check_swapped_call(Resolver *resolver, const Expression *call) {
    Scope *scope = &resolver->scope;
    Expression *first = call->first, *second = call->items.items[0];
    if (first->kind != EXPRESSION_VARIABLE || second->kind != EXPRESSION_VARIABLE || !first->name.qualifier || second->name.qualifier) return;
    Name qualified = {.qualifier = first->name.qualifier, .name = second->name.name}, bare = {.name = first->name.name};
    bool is_known = find_meaning(scope, NAMESPACE_VALUE, &first->name) || table_get(&scope->locals, second->name.name) ||
                    find_meaning(scope, NAMESPACE_VALUE, &second->name);
    bool fits = find_meaning(scope, NAMESPACE_VALUE, &qualified) &&
                (table_get(&scope->locals, bare.name) || find_meaning(scope, NAMESPACE_VALUE, &bare));
    if (is_known || !fits) return;
    Diagnostics *diagnostics = scope->compilation->diagnostics;
    Diagnostic *diagnostic = report(diagnostics, E0305, span_join(first->name.span, second->name.span),
                                    "the module `%s` has no `%s`, and nothing here is called `%s`", first->name.qualifier, bare.name,
                                    qualified.name);
    add_hint(diagnostics, diagnostic, "are the two in the other order: `%s.%s %s`?", first->name.qualifier, qualified.name, bare.name);
    first->name.meaning = new_meaning(resolver->arena, MEANING_ERROR, bare.name, first->name.span);
    second->name.meaning = new_meaning(resolver->arena, MEANING_ERROR, qualified.name, second->name.span);
    Meaning *local = table_get(&scope->locals, bare.name);
    if (local) local->is_used = true;
}

static void resolve_parts(Resolver *resolver, Expression *expression) {
    resolve_expression(resolver, expression->first);
    resolve_expression(resolver, expression->second);
    resolve_expression(resolver, expression->third);
    for (size_t i = 0; i < expression->items.count; i++) resolve_expression(resolver, expression->items.items[i]);
    for (size_t i = 0; i < expression->fields.count; i++) resolve_expression(resolver, expression->fields.items[i].value);
    resolve_type_syntax(resolver, expression->type);
}

// Everything of an expression but the body that ends a block.
static void resolve_head(Resolver *resolver, Expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_VARIABLE:
        if (!expression->name.meaning) resolve_value(resolver, &expression->name);
        break;
    case EXPRESSION_APPLY:
        check_swapped_call(resolver, expression);
        resolve_parts(resolver, expression);
        break;
    case EXPRESSION_CONSTRUCTOR: resolve_name(resolver, NAMESPACE_CONSTRUCTOR, &expression->name); break;
    case EXPRESSION_FUNCTION: resolve_function(resolver, expression); break;
    case EXPRESSION_STRING: look_for_names(resolver, expression); break;
    case EXPRESSION_LET: resolve_let(resolver, &expression->bindings.items[0]); break;
    case EXPRESSION_LET_BANG: resolve_let_bang(resolver, expression); break;
    case EXPRESSION_MATCH:
        resolve_expression(resolver, expression->first);
        resolve_clauses(resolver, expression);
        break;
    case EXPRESSION_HANDLE:
        resolve_expression(resolver, expression->first);
        resolve_handler_clauses(resolver, expression);
        break;
    default: resolve_parts(resolver, expression); break;
    }
}

// A block is a chain of bodies, as long as the file: a loop, not a recursion.
void resolve_expression(Resolver *resolver, Expression *expression) {
    size_t mark = resolver->bound.count;
    while (expression) {
        resolve_head(resolver, expression);
        expression = expression->kind == EXPRESSION_FUNCTION ? NULL : expression->body;
    }
    leave_scope(resolver, mark);
}

// ---- specs ----

static void resolve_step(Resolver *resolver, Step *step) {
    size_t mark = resolver->bound.count;
    resolve_expression(resolver, step->expression);
    resolve_expression(resolver, step->answer);
    if (step->pattern) resolve_pattern(resolver, step->pattern, mark, false);
    resolve_steps(resolver, &step->first_block);
    leave_scope(resolver, mark);
    resolve_steps(resolver, &step->second_block);
    for (size_t i = 0; i < step->clauses.count; i++) {
        StepClause *clause = &step->clauses.items[i];
        resolve_pattern(resolver, clause->pattern, mark, false);
        resolve_expression(resolver, clause->guard);
        resolve_steps(resolver, &clause->steps);
        leave_scope(resolver, mark);
    }
}

void resolve_steps(Resolver *resolver, Steps *steps) {
    for (size_t i = 0; i < steps->count; i++) resolve_step(resolver, steps->items[i]);
}
