// Declarations and the steps of specs.

#include "grammar.h"

// The line above which a constructor's, field's or operation's doc comment stands begins with the name or with the bar before it.
static Text documentation_of(const Grammar *grammar, const Token *bar, const Token *name) {
    return token_documentation(grammar->arena, grammar->list, bar && bar->documented ? bar : name);
}

Declaration *new_declaration(Grammar *grammar, DeclarationKind kind, const Token *first, const Token *name, const Token *last) {
    Declaration *declaration = NEW(grammar->arena, Declaration);
    declaration->kind = kind;
    declaration->span = between(grammar, first, last);
    declaration->head_span = between(grammar, first, name ? name : first);
    declaration->documentation = token_documentation(grammar->arena, grammar->list, first);
    if (name) declaration->name = new_name(grammar, name);
    return declaration;
}

Names import_path(Grammar *grammar, const Token *token) {
    Names path = {0};
    const char *bytes = grammar->source->text.bytes;
    for (uint32_t start = token->start, end = start; end <= token->end; end++) {
        if (end < token->end && bytes[end] != '.') continue;
        Symbol symbol = symbol_of_text(grammar->symbols, (Text){bytes + start, end - start});
        Name name = {.name = symbol, .span = {grammar->source, start, end}};
        vector_push(grammar->arena, &path, name);
        start = end + 1;
    }
    return path;
}

// `Other of String`, as F# and OCaml write it, reads as a type variable of that name.
static void drop_of(Grammar *grammar, TypeSyntaxes *fields) {
    const TypeSyntax *first = fields->count ? fields->items[0] : NULL;
    bool is_of = first && first->kind == TYPE_SYNTAX_VARIABLE && first->name.name == symbol_of(grammar->symbols, "of");
    if (!is_of) return;
    fields->items++;
    fields->count--;
    if (!may_report_in(grammar)) return;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0210, first->span, "fx has no word `of`");
    add_hint(grammar->diagnostics, diagnostic, "delete it: the fields of a constructor follow its name, parted by blanks");
}

ConstructorSyntax new_constructor(Grammar *grammar, const Token *bar, const Token *name, TypeSyntaxes fields) {
    drop_of(grammar, &fields);
    return (ConstructorSyntax){new_name(grammar, name), fields, documentation_of(grammar, bar, name)};
}

FieldSyntax new_record_field(Grammar *grammar, const Token *name, TypeSyntax *type) {
    return (FieldSyntax){new_name(grammar, name), type, documentation_of(grammar, NULL, name)};
}

// ---- externals ----

// The one word that may stand before the name of a C function.
static bool check_wait(Grammar *grammar, const Token *wait) {
    if (!wait) return false;
    if (wait->value.name != symbol_of(grammar->symbols, "wait") && may_report_in(grammar)) {
        Diagnostic *diagnostic = report(grammar->diagnostics, E0213, token_at(grammar, wait),
                                        "`%s` cannot stand before the name of a C function", wait->value.name);
        add_hint(grammar->diagnostics, diagnostic, "only `wait` can: it says that the C function may wait");
    }
    return true;
}

// C11 6.4.2.1, without the words that C keeps for itself.
static bool is_c_name(Text text) {
    static const char *const words[] = {"auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
                                        "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
                                        "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "asm"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(text, text_of(words[i]))) return false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!is_letter && (i == 0 || byte < '0' || byte > '9')) return false;
    }
    return true;
}

static void check_c_name(Grammar *grammar, Text name, const Token *symbol) {
    if (is_c_name(name) || !may_report_in(grammar)) return;
    report(grammar->diagnostics, E0213, token_at(grammar, symbol), "a C function cannot be named `%.*s`", (int)name.length, name.bytes);
}

void set_external_symbol(Grammar *grammar, Declaration *declaration, const Token *wait, const Token *symbol) {
    declaration->waits = check_wait(grammar, wait);
    declaration->symbol = token_text(grammar->source, symbol);
    check_c_name(grammar, declaration->symbol, symbol);
    if (declaration->symbol.length || !may_report_in(grammar)) return;
    Diagnostic *diagnostic = report(grammar->diagnostics, E0213, token_at(grammar, symbol), "this `extern let` does not name its C function");
    add_hint(grammar->diagnostics, diagnostic, "write its name between the quotes: `\"name_of_the_c_function\"`");
}

OperationSyntax new_operation(Grammar *grammar, const Token *name, TypeSyntax *type, const Token *wait, const Token *symbol) {
    OperationSyntax operation = {.name = new_name(grammar, name), .type = type, .documentation = documentation_of(grammar, NULL, name)};
    operation.waits = check_wait(grammar, wait);
    if (symbol) operation.symbol = token_text(grammar->source, symbol);
    if (symbol) check_c_name(grammar, operation.symbol, symbol);
    return operation;
}

// An external effect's operations are C functions; another's are answered by handlers.
void check_operations(Grammar *grammar, const Declaration *declaration) {
    for (size_t i = 0; i < declaration->operations.count; i++) {
        const OperationSyntax *operation = &declaration->operations.items[i];
        bool has_symbol = operation->symbol.length != 0;
        if (has_symbol == declaration->is_external || !may_report_in(grammar)) continue;
        Diagnostic *diagnostic = report(grammar->diagnostics, E0213, operation->name.span,
                                        has_symbol ? "only the operations of an `extern effect` are C functions"
                                                   : "this operation of an `extern effect` does not name its C function");
        add_label(grammar->diagnostics, diagnostic, declaration->head_span, has_symbol ? "this effect is answered by handlers" : "of this effect");
        if (has_symbol) add_hint(grammar->diagnostics, diagnostic, "write `extern effect`, or delete what follows the type");
        else add_hint(grammar->diagnostics, diagnostic, "write `= \"name_of_the_c_function\"` after the type");
    }
}

Step *new_step(Grammar *grammar, StepKind kind, Span span) {
    Step *step = NEW(grammar->arena, Step);
    step->kind = kind;
    step->span = span;
    return step;
}

Step *new_join_step(Grammar *grammar, const Token *word, Steps first, Steps others) {
    Step *step = new_step(grammar, STEP_JOIN, token_at(grammar, word));
    step->first_block = first;
    step->second_block = others;
    return step;
}
