// A source file to its syntax tree: lexing, layout, then one parse for each declaration, so that a mistake in one never disturbs the next.

#include "grammar.h"

#include <stdlib.h>


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

// What a declaration that is left out would have declared or imported is among its names; of a `let`, among those before `=`.
static void lose_names(Grammar *grammar, ModuleSyntax *module, const Token *tokens, size_t count) {
    const Token *word = tokens->kind == TOKEN_PRIVATE && count > 1 ? &tokens[1] : tokens;
    if (word->kind == TOKEN_EXTERN && word + 1 < tokens + count) word++;
    bool is_let = word->kind == TOKEN_LET;
    for (const Token *token = tokens; token < tokens + count && !(is_let && token->kind == TOKEN_EQUALS); token++) {
        bool is_path = token->kind == TOKEN_QUALIFIED_UPPER;
        if (!is_path && token->kind != TOKEN_UPPER && token->kind != TOKEN_LOWER) continue;
        Names path = import_path(grammar, token);
        Symbol last = path.items[path.count - 1].name;
        table_put(&module->lost, last, (void *)last);
        if (word->kind != TOKEN_IMPORT || token->kind != TOKEN_LOWER || last[0] == '_') continue;
        Symbol capital = symbol_format(grammar->symbols, "%c%s", last[0] - 'a' + 'A', last + 1);
        table_put(&module->lost, capital, (void *)capital);
    }
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
    grammar->declaration = NULL;
    parse_slice(parser, grammar, tokens, slice->count);
    if (grammar->error) {
        report_syntax_error(grammar, tokens, slice->count, grammar->error);
        parser_reset(parser);
        grammar->declaration = salvage(grammar, tokens, slice->count);
        if (!grammar->declaration) lose_names(grammar, module, tokens, slice->count);
    }
    if (!grammar->declaration) return;
    name_let(grammar->declaration);
    vector_push(grammar->arena, &module->declarations, grammar->declaration);
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
    }
    parser_destroy(parser);
    bool was_cut = list->errors.count >= ERROR_LIMIT || diagnostics->error_count - errors_before >= ERROR_LIMIT;
    if (was_cut || (list->tokens.count == 1 && list->errors.count > 0)) module->was_cut = true;
    return module;
}
