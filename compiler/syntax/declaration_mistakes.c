// The mistakes in what begins a declaration, and in declarations of types, effects and imports.

#include "syntax_error.h"

#include <string.h>

static const ForeignWord foreign_words[] = {
    {"def", "a function is written `let name parameter = value`"},
    {"fn", "a function is written `let name parameter = value`"},
    {"func", "a function is written `let name parameter = value`"},
    {"function", "a function is written `let name parameter = value`"},
    {"val", "a value is written `let name = value`"},
    {"var", "a value is written `let name = value`; what changes is a `cell`"},
    {"mut", "a value is written `let name = value`; what changes is a `cell`"},
    {"async", "delete `async`: the type of a function says what it may wait for"},
    {"use", "a module is imported with `import Name`"},
    {"using", "a module is imported with `import Name`"},
    {"require", "a module is imported with `import Name`"},
    {"record", "a record is declared with `type Name = { field : Type }`"},
    {"static", "delete `static`: every declaration belongs to its module"},
    {"const", "a value is written `let name = value`"},
    {"module", "delete this line: a module has the name of its file"},
    {"namespace", "delete this line: a module has the name of its file"},
    {"open", "a module is imported with `import Name`"},
    {"from", "names are imported with `import Name (name, other)`"},
    {"export", "delete `export`: what is not `private` can be imported"},
    {"public", "delete `public`: what is not `private` can be imported"},
    {"pub", "delete `pub`: what is not `private` can be imported"},
    {"data", "a type is declared with `type`"},
    {"newtype", "a type is declared with `type`"},
    {"typedef", "a type is declared with `type`, another name for one with `alias`"},
    {"case", "a record is declared with `type Name = { field : Type }`"},
    {"object", "functions belong to the module, which is the file"},
    {"package", "delete this line: a module has the name of its file"},
    {"trait", "a set of operations is declared with `effect`"},
    {"impl", "functions belong to the module, which is the file"},
    {"instance", "`==`, `compare` and `show` work on every type that holds data"},
    {"struct", "a record is declared with `type Name = { field : Type }`"},
    {"enum", "a type of alternatives is declared with `type Name = One | Two`"},
    {"class", "types are declared with `type`, effects with `effect`"},
    {"interface", "a set of operations is declared with `effect`"},
    {"handler", "a handler is an expression: `handle computation with`"},
    {"exception", "a problem is a value: declare `type Problem = ...`, and answer `Err problem`"},
    {"end", "delete it: a declaration ends where the lines are no longer deeper"},
    {"and", "delete `and` and write `let`: functions of a module may refer to each other in any order"},
};

static const char *find_declaration_word(const Token *token) {
    return find_foreign_word(token, foreign_words, sizeof foreign_words / sizeof *foreign_words);
}

bool begins_foreign_declaration(const Token *token) { return find_declaration_word(token) && !is_word(token, "end"); }

// `print("Hello")`, `console.log("Hello")`, `List.iter print xs`.
static bool is_call(const Token *token) {
    if (token->kind == TOKEN_QUALIFIED_LOWER) return true;
    while (token[1].kind == TOKEN_DOT && token[2].kind == TOKEN_LOWER) token += 2;
    return token[1].kind == TOKEN_LEFT_PAREN && token[1].start == token->end;
}

// `main = do`
static bool is_main(const Token *token) { return is_word(token, "main"); }

static const char *const main_form = "`let main (_ : List String) : Unit ! {Console} = ...`";

static const char *declaration_hint(const Problem *problem) {
    const char *habit = find_declaration_word(problem->at);
    if (habit) return habit;
    switch (problem->at->kind) {
    case TOKEN_FUN: return "a function is written `let name parameter = value`; `fun` makes one without a name";
    case TOKEN_DO_BANG: case TOKEN_LET_BANG: case TOKEN_MATCH_BANG: return "a computation runs inside a function, such as `main`";
    case TOKEN_HANDLE: case TOKEN_MATCH: case TOKEN_IF: return "an expression is the value of a declaration: `let name = ...`";
    case TOKEN_QUALIFIED_LOWER: return "a computation runs inside a function, such as `main`";
    case TOKEN_LOWER:
        if (is_call(problem->at)) return "a computation runs inside a function, such as `main`";
        return "write `let` before the name, or indent the line when it belongs to the declaration above";
    default: return "a line that belongs to the declaration above is deeper than it";
    }
}

// `double :: Int -> Int`, `val double : int -> int`: the token of the name, or NULL.
static const Token *find_signature(const Problem *problem) {
    const Token *name = problem->at;
    bool has_word = is_word(name, "val") && name[1].kind == TOKEN_LOWER;
    if (has_word) name++;
    if (name->kind != TOKEN_LOWER || name->end == problem->grammar->source->text.length) return NULL;
    bool follows = name[1].kind == TOKEN_CONS || name[1].kind == TOKEN_COLON;
    return follows && (has_word || !has_equals_ahead(problem)) ? name : NULL;
}

static bool report_signature(const Problem *problem) {
    const Token *name = find_signature(problem);
    if (!name) return false;
    Problem here = *problem;
    here.at = name;
    Diagnostic *diagnostic = report_problem(&here, E0202, "the type of `%s` cannot stand in a declaration of its own", name->value.name);
    if (is_main(name)) hint(problem, diagnostic, "write it where `main` is declared: %s", main_form);
    else hint(problem, diagnostic, "write it where `%s` is declared: `let %s (x : Int) : Int = ...`", name->value.name, name->value.name);
    problem->grammar->signature = name->value.name;
    return true;
}

static bool report_no_declaration(const Problem *problem) {
    if (problem->at != problem->tokens) return false;
    // The clauses below a line `name :: Type` are of the same habit.
    if (at_kind(problem, TOKEN_LOWER) && problem->at->value.name == problem->grammar->signature) return true;
    if (report_signature(problem)) return true;
    Diagnostic *diagnostic = report_problem(problem, E0202, "no declaration begins with %s", describe(problem, problem->at));
    if (is_main(problem->at)) hint(problem, diagnostic, "write %s", main_form);
    else hint(problem, diagnostic, "%s", declaration_hint(problem));
    return true;
}

static bool report_modifier(const Problem *problem) {
    if (!before_kind(problem, TOKEN_PRIVATE) && !before_kind(problem, TOKEN_OPAQUE)) return false;
    bool is_private = problem->before->kind == TOKEN_PRIVATE;
    Diagnostic *diagnostic = report_problem(problem, E0202, "`%s` stands only before `%s`, and here stands %s", is_private ? "private" : "opaque",
                                            is_private ? "let" : "type", describe(problem, problem->at));
    if (is_private && at_kind(problem, TOKEN_TYPE)) hint(problem, diagnostic, "`opaque type` keeps the constructors private to the module");
    return true;
}

// `let private name`, `type opaque Name`.
static bool report_late_modifier(const Problem *problem) {
    if (at_kind(problem, TOKEN_ALIAS) && before_kind(problem, TOKEN_TYPE)) {
        Diagnostic *alias = report_problem(problem, E0202, "`alias` does not stand behind `type`");
        bool is_record = problem->at[1].kind == TOKEN_UPPER && problem->at[2].kind == TOKEN_EQUALS && problem->at[3].kind == TOKEN_OPEN &&
                         problem->at[4].kind == TOKEN_LEFT_BRACE;
        if (is_record) hint(problem, alias, "delete it: a record is declared with `type %s = { ... }`", problem->at[1].value.name);
        else hint(problem, alias, "another name for a type is declared with `alias Name = Type`");
        return true;
    }
    bool is_private = at_kind(problem, TOKEN_PRIVATE) && before_kind(problem, TOKEN_LET);
    if (!is_private && !(at_kind(problem, TOKEN_OPAQUE) && before_kind(problem, TOKEN_TYPE))) return false;
    const char *modifier = is_private ? "private" : "opaque", *word = is_private ? "let" : "type";
    Diagnostic *diagnostic = report_problem(problem, E0202, "`%s` stands before `%s`, not behind it", modifier, word);
    hint(problem, diagnostic, "write `%s %s`", modifier, word);
    return true;
}

// `type P = Point { x : Int }`.
static bool report_constructor_fields(const Problem *problem) {
    TokenKind first = (TokenKind)problem->tokens[0].kind;
    if (!at_kind(problem, TOKEN_COLON) || (first != TOKEN_TYPE && first != TOKEN_OPAQUE) || !problem->expected[TOKEN_RIGHT_BRACE]) return false;
    const Token *brace = find_open(problem, TOKEN_LEFT_BRACE, TOKEN_RIGHT_BRACE);
    const Token *name = brace && brace > problem->tokens && brace[-1].kind == TOKEN_UPPER ? brace - 1 : NULL;
    if (!name) return false;
    Diagnostic *diagnostic = report_problem(problem, E0201, "the fields of the constructor `%s` cannot have names", name->value.name);
    hint(problem, diagnostic, "declare a record type of its own, `type Fields = { %s : ... }`, and write `%s Fields`",
         problem->before->kind == TOKEN_LOWER ? problem->before->value.name : "name", name->value.name);
    return true;
}

// `| Wrong : String`.
static bool report_field_type(const Problem *problem) {
    TokenKind first = (TokenKind)problem->tokens[0].kind;
    bool is_type = first == TOKEN_TYPE || first == TOKEN_OPAQUE;
    if (!is_type || !at_kind(problem, TOKEN_COLON) || !before_kind(problem, TOKEN_UPPER) || !problem->expected[TOKEN_BAR]) return false;
    const char *name = problem->before->value.name;
    Diagnostic *diagnostic = report_problem(problem, E0201, "`:` cannot stand behind the name of a constructor");
    if (problem->at[1].kind == TOKEN_UPPER) hint(problem, diagnostic, "the types of its fields follow the name: `%s %s`", name, problem->at[1].value.name);
    else hint(problem, diagnostic, "the types of its fields follow the name: `%s Int String`", name);
    return true;
}

static bool follows_type_head(const Problem *problem) {
    const Token *token = problem->at - 1;
    while (token > problem->tokens && is_mark(token)) token--;
    return token->kind == TOKEN_EQUALS;
}

// Constructors in lines without their bars; a record in parentheses, or with `=`.
static bool report_type_form(const Problem *problem) {
    TokenKind first = (TokenKind)problem->tokens[0].kind;
    if (first != TOKEN_TYPE && first != TOKEN_OPAQUE) return false;
    if (problem->at->kind == TOKEN_ITEM && problem->at[1].kind == TOKEN_UPPER && problem->expected[TOKEN_BAR]) {
        Problem here = *problem;
        here.at = problem->at + 1;
        hint(problem, report_problem(&here, E0201, "`%s` cannot stand here: each constructor begins with `|`", here.at->value.name), "write `| %s`",
             here.at->value.name);
        return true;
    }
    if (at_kind(problem, TOKEN_LEFT_PAREN) && follows_type_head(problem)) {
        hint(problem, report_problem(problem, E0201, "`(` cannot stand here"),
             "a record is written in braces, `{ x : Int, y : Int }`; another name for a type is declared with `alias`");
        return true;
    }
    if (at_kind(problem, TOKEN_QUALIFIED_UPPER) && follows_type_head(problem)) {
        hint(problem, report_problem(problem, E0201, "%s cannot stand here: `type` declares constructors of its own", describe(problem, problem->at)),
             "another name for a type is declared with `alias`");
        return true;
    }
    if (!at_kind(problem, TOKEN_EQUALS) || !problem->expected[TOKEN_COLON] || !before_kind(problem, TOKEN_LOWER)) return false;
    hint(problem, report_problem(problem, E0201, "`=` cannot stand here: the type of a field follows `:`"), "write `%s : Int`", problem->before->value.name);
    return true;
}

// `ask Int -> Int`, in an effect.
static bool report_operation_type(const Problem *problem) {
    bool lacks_colon = problem->tokens[0].kind == TOKEN_EFFECT && problem->expected[TOKEN_COLON] && before_kind(problem, TOKEN_LOWER);
    if (!lacks_colon || at_kind(problem, TOKEN_COLON)) return false;
    const char *name = problem->before->value.name;
    Diagnostic *diagnostic = report_problem(problem, E0201, "`:` should follow the name of the operation `%s`", name);
    hint(problem, diagnostic, "an operation is declared with its type: `%s : String -> Int`", name);
    return true;
}

// `test adds = ...`
static bool report_test_name(const Problem *problem) {
    if (problem->tokens[0].kind != TOKEN_TEST || problem->at != problem->tokens + 1 || !at_kind(problem, TOKEN_LOWER)) return false;
    const char *name = problem->at->value.name;
    hint(problem, report_problem(problem, E0201, "`%s` cannot stand here: the name of a test is a text", name), "write `test \"%s\" = ...`", name);
    return true;
}

// `import List exposing (map)`.
static bool report_import(const Problem *problem) {
    if (problem->tokens[0].kind == TOKEN_IMPORT && problem->at == problem->tokens + 1 && is_word(problem->at, "qualified")) {
        hint(problem, report_problem(problem, E0201, "`qualified` cannot stand in an import"), "delete it: what is imported is written with its module, `Map.get`");
        return true;
    }
    if (problem->tokens[0].kind == TOKEN_IMPORT && problem->at == problem->tokens + 1 && is_mark(problem->at)) {
        hint(problem, report_problem(problem, E0201, "the name of a module should follow `import`"), "a module is imported by its name: `import List`");
        return true;
    }
    bool is_list = at_kind(problem, TOKEN_LOWER) || at_kind(problem, TOKEN_LEFT_BRACE);
    if (problem->tokens[0].kind != TOKEN_IMPORT) return false;
    if (problem->at == problem->tokens + 1 && !at_kind(problem, TOKEN_LOWER) && !is_mark(problem->at)) {
        hint(problem, report_problem(problem, E0201, "%s cannot stand here, where the name of a module is expected", describe(problem, problem->at)),
             "a module is imported by its name: `import List`, or `import List (map)`");
        return true;
    }
    if (problem->at <= problem->tokens + 1 || !is_list) return false;
    if (!problem->expected[TOKEN_LEFT_PAREN]) return false;
    Text module = written(problem, problem->tokens + 1);
    Diagnostic *diagnostic = report_problem(problem, E0201, "%s cannot stand in an import", describe(problem, problem->at));
    hint(problem, diagnostic, "names are imported in parentheses: `import %.*s (name, other)`", (int)module.length, module.bytes);
    return true;
}

bool report_declaration_mistake(const Problem *problem) {
    static bool (*const reports[])(const Problem *) = {
        report_no_declaration, report_modifier, report_import, report_constructor_fields, report_field_type,
        report_type_form, report_operation_type, report_test_name, report_late_modifier,
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        if (reports[i](problem)) return true;
    }
    return false;
}
