// A source file to its syntax tree: lexing, layout, then one parse for each declaration, so that a mistake in one never disturbs the next.

#include "grammar.h"

#include <stdlib.h>
#include <string.h>

// What is left of a declaration that failed: a `let` keeps its name, so that its uses are not errors too.
static Declaration *salvage(Grammar *grammar, const Token *tokens, size_t count) {
    const Token *first = &tokens[0], *let = first->kind == TOKEN_PRIVATE ? &tokens[1] : first;
    if (let->kind != TOKEN_LET || let[1].kind != TOKEN_LOWER) return NULL;
    const Token *name = let + 1;
    Declaration *declaration = new_declaration(grammar, DECLARATION_LET, first, name, &tokens[count - 1]);
    declaration->is_private = first != let;
    declaration->binding.pattern = new_named_pattern(grammar, PATTERN_VARIABLE, name);
    declaration->binding.value = new_expression(grammar, EXPRESSION_ERROR, token_at(grammar, name));
    declaration->binding.span = between(grammar, let, name);
    return declaration;
}

static void lose_name(ModuleSyntax *module, Symbol name) { table_put(&module->lost, name, (void *)name); }

// `import list`: the name in the case of a module's.
static void lose_small_module(Grammar *grammar, ModuleSyntax *module, Symbol name) {
    if (name[0] != '_') lose_name(module, symbol_format(grammar->symbols, "%c%s", name[0] - 'a' + 'A', name + 1));
}

// What a declaration in error would have declared, imported or bound is among the names that stand in it.
static void lose_names(Grammar *grammar, ModuleSyntax *module, const Slice *slice) {
    bool is_import = slice->written->kind == TOKEN_IMPORT;
    for (const Token *token = slice->written; token < slice->written_end; token++) {
        bool is_path = token->kind == TOKEN_QUALIFIED_UPPER;
        if (!is_path && token->kind != TOKEN_UPPER && token->kind != TOKEN_LOWER) continue;
        Names path = import_path(grammar, token);
        lose_name(module, path.items[path.count - 1].name);
        if (is_import && token->kind == TOKEN_LOWER) lose_small_module(grammar, module, token->value.name);
    }
}

static const Token *skip_modifier(const Token *token) {
    bool is_modifier = token->kind == TOKEN_PRIVATE || token->kind == TOKEN_OPAQUE || token->kind == TOKEN_EXTERN;
    return is_modifier ? token + 1 : token;
}

// What else is not known of a module for a declaration that failed: `word` began it.
static void note_loss(const Grammar *grammar, ModuleSyntax *module, const Token *tokens) {
    const Token *word = skip_modifier(tokens);
    bool is_word = grammar->error != tokens;
    module->lacks_import |= !is_word || word->kind == TOKEN_IMPORT;
    module->lacks_records |= word->kind != TOKEN_LET && word->kind != TOKEN_TEST && word->kind != TOKEN_SPEC;
    module->nameless += is_word && word->kind != TOKEN_IMPORT && (grammar->is_nameless || grammar->error <= word + 1);
}

// `let (x : Int) : Int = x + 1`
static bool lacks_name(const Declaration *declaration) {
    const Binding *binding = &declaration->binding;
    return declaration->kind == DECLARATION_LET && binding->pattern && binding->pattern->kind == PATTERN_ANNOTATED && binding->type;
}

static void fail_declaration(Grammar *grammar, ModuleSyntax *module, const Token *tokens, const Slice *slice) {
    bool begins_as_none = grammar->error == tokens;
    // Most likely the rest of what failed, unless its first word has a story of its own.
    if (begins_as_none && grammar->after_error && !begins_foreign_declaration(tokens)) grammar->quiet = true;
    report_syntax_error(grammar, tokens, slice->count, grammar->error);
    note_loss(grammar, module, tokens);
    grammar->declaration = salvage(grammar, tokens, slice->count);
    grammar->after_error = true;
}

static void name_let(Declaration *declaration) {
    Binding *binding = &declaration->binding;
    if (declaration->kind != DECLARATION_LET) return;
    if (binding->pattern->kind == PATTERN_VARIABLE) declaration->name = binding->pattern->name;
    declaration->head_span = span_join(declaration->head_span, binding->span);
    binding->span.start = declaration->head_span.start;
}

static void parse_declaration(void *parser, Grammar *grammar, ModuleSyntax *module, const Token *tokens, const Slice *slice) {
    grammar->quiet = slice->reported;
    grammar->error = NULL;
    grammar->is_nameless = false;
    grammar->declaration = NULL;
    parse_slice(parser, grammar, tokens, slice->count);
    if (grammar->error || slice->is_abandoned) lose_names(grammar, module, slice);
    if (grammar->error) {
        fail_declaration(grammar, module, tokens, slice);
        parser_reset(parser);
    } else grammar->after_error = slice->reported;
    if (!grammar->declaration) return;
    if (lacks_name(grammar->declaration)) {
        report_nameless_let(grammar, grammar->declaration);
        module->nameless++;
        return;
    }
    name_let(grammar->declaration);
    vector_push(grammar->arena, &module->declarations, grammar->declaration);
}

static bool is_line_below(const Source *source, const Token *above, const Token *below) {
    const char *end = memchr(source->text.bytes + above->end, '\n', below->start - above->end);
    return end && end + 1 == source->text.bytes + below->start;
}

static bool may_be_item(const Token *first) {
    switch (first->kind) {
    case TOKEN_IMPORT: case TOKEN_TYPE: case TOKEN_OPAQUE: case TOKEN_PRIVATE: case TOKEN_ALIAS: case TOKEN_EFFECT: case TOKEN_CELL:
    case TOKEN_EXTERN: case TOKEN_TEST: case TOKEN_SPEC: return false;
    default: return true;
    }
}

// A block that ends in a `let`, and below it a line in column 1: that one was to be the next item, and what is said of it as a declaration
// follows.
static void blame_next_line(Grammar *grammar, const Slice *slice, const Slice *next) {
    Diagnostics *diagnostics = grammar->diagnostics;
    Diagnostic *last = diagnostics->list.count ? diagnostics->list.items[diagnostics->list.count - 1] : NULL;
    bool lacks_value = last && last->code == E0203 && last->span.source == grammar->source && last->span.start >= slice->written->start;
    if (!lacks_value || !may_be_item(next->written) || !is_line_below(grammar->source, slice->written_end - 1, next->written)) return;
    add_label(diagnostics, last, token_at(grammar, next->written), "this begins in column 1, and so another declaration");
    last->hint.length = 0;
    add_hint(diagnostics, last, "if it is the next item of the block, put it in the column of the one above");
    last->construct = (Span){grammar->source, next->written->start, next->written_end[-1].end};
    last->explains_parts = true;
}

// A line in column 1 that begins as no declaration does, just below one: what is said of the line at which that one ends follows.
static void blame_line_above(Grammar *grammar, const Slice *above, const Slice *slice) {
    Diagnostics *diagnostics = grammar->diagnostics;
    size_t count = diagnostics->list.count;
    Diagnostic *last = count ? diagnostics->list.items[count - 1] : NULL;
    bool begins_as_none = last && last->code == E0202 && last->span.source == grammar->source && last->span.start == slice->written->start;
    bool is_blamed = count > 1 && (diagnostics->list.items[count - 2]->explains_parts || diagnostics->list.items[count - 2]->code == E0202);
    if (!begins_as_none || is_blamed || begins_foreign_declaration(slice->written) || !is_line_below(grammar->source, above->written_end - 1, slice->written)) return;
    uint32_t start = above->written_end[-1].start;
    while (start > 0 && grammar->source->text.bytes[start - 1] != '\n') start--;
    last->construct = (Span){grammar->source, start, last->span.end};
    last->explains_parts = true;
}

ModuleSyntax *parse_module(Arena *arena, Symbols *symbols, Diagnostics *diagnostics, const Source *source) {
    ModuleSyntax *module = NEW(arena, ModuleSyntax);
    module->source = source;
    module->lost = table_in(arena);
    TokenList *list = lex(arena, symbols, diagnostics, source);
    module->documentation = list->module_documentation;
    size_t errors_before = diagnostics->error_count;
    Layout *layout = lay_out(arena, diagnostics, list);
    Grammar grammar = {.arena = arena, .symbols = symbols, .diagnostics = diagnostics, .source = source, .list = list};
    void *parser = parser_create();
    for (size_t i = 0; i < layout->slices.count && diagnostics->error_count - errors_before < ERROR_LIMIT; i++) {
        const Slice *slice = &layout->slices.items[i];
        parse_declaration(parser, &grammar, module, &layout->tokens.items[slice->first], slice);
        if (i > 0) blame_line_above(&grammar, slice - 1, slice);
        if (i + 1 < layout->slices.count) blame_next_line(&grammar, slice, slice + 1);
    }
    parser_destroy(parser);
    bool was_cut = list->errors.count >= ERROR_LIMIT || diagnostics->error_count - errors_before >= ERROR_LIMIT;
    if (was_cut || (list->tokens.count == 1 && list->errors.count > 0)) module->was_cut = true;
    return module;
}
