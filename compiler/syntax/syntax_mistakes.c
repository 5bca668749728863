// The mistakes that have a story of their own: habits of other languages, a word left out, a name in the wrong case.

#include "syntax_error.h"

#include <string.h>

Diagnostics *messages(const Problem *problem) { return problem->grammar->diagnostics; }

bool at_kind(const Problem *problem, TokenKind kind) { return problem->at->kind == kind; }
bool before_kind(const Problem *problem, TokenKind kind) { return problem->before && problem->before->kind == kind; }

bool is_word(const Token *token, const char *word) { return token && token->kind == TOKEN_LOWER && strcmp(token->value.name, word) == 0; }

const char *find_foreign_word(const Token *token, const ForeignWord *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_word(token, words[i].word)) return words[i].hint;
    }
    return NULL;
}

bool has_equals_ahead(const Problem *problem) {
    const Token *token = problem->at;
    while (token->kind != TOKEN_END && token->kind != TOKEN_EQUALS) token++;
    return token->kind == TOKEN_EQUALS;
}

static bool adjacent(const Problem *problem) { return problem->before && problem->before->end == problem->at->start; }

static void label(const Problem *problem, Diagnostic *diagnostic, const Token *token, const char *text) {
    add_label(messages(problem), diagnostic, token_at(problem->grammar, token), "%s", text);
}

// ---- names ----

static bool report_reserved_word(const Problem *problem) {
    const Token *at = problem->at;
    if (!is_keyword(at) || !problem->expected[TOKEN_LOWER] || problem->at == problem->tokens) return false;
    bool is_noun = at->kind >= TOKEN_TYPE && at->kind <= TOKEN_RETURNS;
    bool is_guard = at->kind == TOKEN_WHEN || (at->kind == TOKEN_IF && problem->expected[TOKEN_WHEN]);
    bool in_pattern = expects_pattern(problem) && at->kind != TOKEN_WITH && !is_guard;
    bool follows_name = before_kind(problem, TOKEN_DOT) || before_kind(problem, TOKEN_LET) || before_kind(problem, TOKEN_SPEC);
    if (!is_noun && !in_pattern && !follows_name) return false;
    const char *word = token_spelling((TokenKind)at->kind);
    if (at->kind == TOKEN_CTL && problem->tokens[0].kind == TOKEN_EFFECT) {
        hint(problem, report_problem(problem, E0201, "`ctl` cannot stand in an effect"),
             "delete it: whether a clause gets the continuation, the handler says: `| ctl Effect.operation x resume -> ...`");
        return true;
    }
    Diagnostic *diagnostic = report_problem(problem, E0208, "`%s` is a word of the language and cannot be a name", word);
    size_t length = strlen(word);
    if (word[length - 1] != '!') hint(problem, diagnostic, "choose another name, such as `%s'` or `the_%s`", word, word);
    return true;
}

// What a name with a capital would be here.
static const char *capital_noun(const Problem *problem) {
    switch (problem->before ? problem->before->kind : TOKEN_END) {
    case TOKEN_TYPE: return "a type";
    case TOKEN_EFFECT: return "an effect";
    case TOKEN_ALIAS: return "an alias";
    case TOKEN_CELL: return "a cell";
    case TOKEN_IMPORT: case TOKEN_AS: return "a module";
    default: return "a constructor";
    }
}

static const char *small_noun(const Problem *problem) {
    TokenKind first = (TokenKind)problem->tokens[0].kind;
    if (before_kind(problem, TOKEN_DOT) || before_kind(problem, TOKEN_LEFT_BRACE) || before_kind(problem, TOKEN_COMMA)) return "a field";
    if (before_kind(problem, TOKEN_AS)) return "a value";
    if (first == TOKEN_EFFECT || (first == TOKEN_EXTERN && problem->expected[TOKEN_LOWER] && !problem->expected[TOKEN_EQUALS])) return "an operation";
    return first == TOKEN_TYPE || first == TOKEN_ALIAS || first == TOKEN_OPAQUE ? "a type variable" : "a value";
}

static const char *in_other_case(const Problem *problem, Text name, bool capital) {
    Builder builder = builder_in(problem->grammar->arena);
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.bytes[i];
        bool is_capital = byte >= 'A' && byte <= 'Z', starts = i == 0 || name.bytes[i - 1] == '_';
        if (capital && byte == '_') continue;
        if (capital && starts && byte >= 'a' && byte <= 'z') byte = (char)(byte - 'a' + 'A');
        if (!capital && is_capital && i > 0 && !starts) build_byte(&builder, '_');
        if (!capital && is_capital) byte = (char)(byte - 'A' + 'a');
        build_byte(&builder, byte);
    }
    return builder_string(&builder);
}

static bool report_case(const Problem *problem) {
    const bool *expected = problem->expected;
    bool small = at_kind(problem, TOKEN_LOWER) && expected[TOKEN_UPPER] && !expected[TOKEN_LOWER];
    bool capital = at_kind(problem, TOKEN_UPPER) && expected[TOKEN_LOWER] && !expected[TOKEN_UPPER];
    if (!small && !capital) return false;
    if (expected[TOKEN_EQUALS] && !has_equals_ahead(problem)) return false;
    const char *noun = small ? capital_noun(problem) : small_noun(problem);
    Diagnostic *diagnostic = report_problem(problem, E0209, "the name of %s begins with a %s letter, and here stands %s", noun,
                                            small ? "capital" : "small", describe(problem, problem->at));
    hint(problem, diagnostic, "write `%s`", in_other_case(problem, written(problem, problem->at), small));
    return true;
}

// ---- habits of other languages ----

// A word of the same item, taken for a name.
static const Token *find_word(const Problem *problem, const char *word) {
    for (const Token *token = problem->at; token-- > problem->tokens && token->kind != TOKEN_ITEM && token->kind != TOKEN_OPEN;) {
        if (is_word(token, word)) return token;
    }
    return NULL;
}

static const Token *find_foreign_if(const Problem *problem) {
    const Token *word = at_kind(problem, TOKEN_THEN) ? find_word(problem, "elif") : NULL;
    if (!word && at_kind(problem, TOKEN_THEN)) word = find_word(problem, "elsif");
    return word ? word : problem->before;
}

// The word in question is the one that does not fit, or one before it, taken for a name.
static bool report_foreign_word(const Problem *problem) {
    static const ForeignWord habits[] = {
        {"elif", "write `else if`"},
        {"elsif", "write `else if`"},
        {"elseif", "write `else if`"},
        {"end", "delete it: a block ends where the lines are no longer deeper"},
        {"begin", "delete it: a block begins with deeper lines"},
        {"done", "delete it: a block ends where the lines are no longer deeper"},
        {"of", "delete it: `match` needs no `of`, and a constructor's fields follow it"},
        {"where", "write the definition before it is used, with `let`"},
        {"function", "name the parameter and match it: `let f x = match x`"},
        {"while", "a loop is a function that calls itself"},
    };
    const Token *words[] = {problem->at, find_foreign_if(problem)};
    for (int i = 0; i < 2; i++) {
        const char *fix = find_foreign_word(words[i], habits, sizeof habits / sizeof *habits);
        if (!fix) continue;
        Problem here = *problem;
        here.at = words[i];
        hint(problem, report_problem(&here, E0210, "fx has no word `%s`", words[i]->value.name), "%s", fix);
        return true;
    }
    return false;
}


static bool report_foreign_function(const Problem *problem) {
    if (!at_kind(problem, TOKEN_ARROW) && !at_kind(problem, TOKEN_FAT_ARROW)) return false;
    if (!after_expression(problem)) return false;
    const Token *word = find_word(problem, "fn");
    if (!word) word = find_word(problem, "lambda");
    if (!word) word = find_word(problem, "function");
    if (!word) return false;
    Problem here = *problem;
    here.at = word;
    hint(problem, report_problem(&here, E0210, "fx has no word `%s`", word->value.name), "a function without a name is written `fun x -> value`");
    return true;
}

static bool report_loop(const Problem *problem) {
    const Token *word = at_kind(problem, TOKEN_IN) ? find_word(problem, "for") : NULL;
    if (!word) return false;
    Problem here = *problem;
    here.at = word;
    hint(problem, report_problem(&here, E0210, "fx has no loops with `for`"),
         "use a function of List: `List.map`, `List.fold`, or `List.iter_seq` for computations");
    return true;
}

static const char *foreign_operator_hint(const Problem *problem) {
    TokenKind first = (TokenKind)problem->before->kind, second = (TokenKind)problem->at->kind;
    if (second == TOKEN_EQUALS) return "values do not change: name a new one with `let`; what changes is a `cell`";
    bool is_bind = first == TOKEN_GREATER && second == TOKEN_GREATER_EQUAL;
    if (is_bind) return "a computation is run, and its answer named, by `let! name = ...`; the lines below go on with it";
    if (second == TOKEN_DOT) return "`+ - * /` and the comparisons work on Float as on Int";
    if (first == second && (first == TOKEN_GREATER || first == TOKEN_LESS)) return "functions are put together by a function: `fun x -> x |> f |> g`";
    if (first == second && first == TOKEN_STAR) return "a power is a function: `Int.power`";
    return "the operators are + - * / % ++ :: == != < <= > >= && || |> <|; everything else is a function";
}

static bool report_foreign_operator(const Problem *problem) {
    if (at_kind(problem, TOKEN_BANG) && (expects_expression(problem) || after_expression(problem))) {
        if (before_kind(problem, TOKEN_LOWER) && adjacent(problem))
            hint(problem, report_problem(problem, E0109, "no `!` stands behind a name"),
                 "delete it: a function is applied as `f x`, and `do!` and `let!` run a computation");
        else hint(problem, report_problem(problem, E0109, "fx has no operator `!`"), "the opposite of a Bool is `not x`; `do!` and `let!` run a computation");
        return true;
    }
    if ((at_kind(problem, TOKEN_STAR) || at_kind(problem, TOKEN_PLUS)) && before_kind(problem, TOKEN_LET) && adjacent(problem)) {
        const char *word = at_kind(problem, TOKEN_STAR) ? "let*" : "let+";
        hint(problem, report_problem(problem, E0109, "fx has no `%s`", word), "a computation is run, and its answer named, by `let! name = ...`");
        return true;
    }
    bool is_second = is_operator(problem->at) || at_kind(problem, TOKEN_EQUALS) || at_kind(problem, TOKEN_DOT);
    bool two = is_second && problem->before && is_operator(problem->before) && adjacent(problem);
    if (!two) return false;
    Span span = between(problem->grammar, problem->before, problem->at);
    int length = (int)(span.end - span.start);
    Diagnostic *diagnostic = report(messages(problem), E0109, span, "fx has no operator `%.*s`", length, problem->grammar->source->text.bytes + span.start);
    hint(problem, diagnostic, "%s", foreign_operator_hint(problem));
    return true;
}

// ---- words left out ----

// `match x =`, at the end of the line.
static bool follows_match(const Problem *problem) {
    if (!is_mark(problem->at + 1) && !problem->at[1].first) return false;
    const Token *token = problem->at;
    while (token > problem->tokens && !token->first && token->kind != TOKEN_MATCH && token->kind != TOKEN_MATCH_BANG) token--;
    return token->kind == TOKEN_MATCH || token->kind == TOKEN_MATCH_BANG;
}

static bool report_equality(const Problem *problem) {
    if (!at_kind(problem, TOKEN_EQUALS) || !(problem->expected[TOKEN_EQUAL] || problem->expected[TOKEN_AND])) return false;
    const Token *where = find_word(problem, "where"), *name = problem->before, *and = find_word(problem, "and");
    if (and && and->first) {
        Problem here = *problem;
        here.at = and;
        hint(problem, report_problem(&here, E0210, "fx has no word `and`"), "a `let!` goes on with `and!`, which runs both at once");
        return true;
    }
    if (where) {
        Problem here = *problem;
        here.at = where;
        hint(problem, report_problem(&here, E0210, "fx has no word `where`"), "write the definition before it is used, with `let`");
        return true;
    }
    if (follows_match(problem)) {
        hint(problem, report_problem(problem, E0201, "`=` cannot stand behind what is matched"), "delete it: the alternatives stand below, each with its `|`");
        return true;
    }
    Diagnostic *diagnostic = report_problem(problem, E0207, "`=` gives a name to a value and cannot compare");
    bool is_item = name && name->kind == TOKEN_LOWER && name->first && name > problem->tokens && is_mark(name - 1);
    if (is_item) {
        hint(problem, diagnostic, "values do not change: name a new one with `let %s = ...`, or compare with `==`; what changes is a `cell`",
             name->value.name);
    } else if (name && name->kind == TOKEN_UPPER && name->first) {
        hint(problem, diagnostic, "a cell is set with `do! %s.set value`, or changed with `do! %s.update f`; to compare, write `==`", name->value.name,
             name->value.name);
    } else hint(problem, diagnostic, "to compare, write `==`");
    return true;
}

// The word that began the head which lacks its `=`.
static const Token *find_head(const Problem *problem) {
    for (const Token *token = problem->at; token-- > problem->tokens;) {
        if (token->kind == TOKEN_LET || token->kind == TOKEN_LET_BANG || token->kind == TOKEN_AND_BANG) return token;
        if (token->kind == TOKEN_OPEN || token->kind == TOKEN_ITEM) return NULL;
    }
    return problem->tokens;
}

static bool report_when(const Problem *problem, const Token *head) {
    if (!at_kind(problem, TOKEN_WHEN) || (head->kind != TOKEN_SPEC && head->kind != TOKEN_LET)) return false;
    bool is_spec = head->kind == TOKEN_SPEC;
    Diagnostic *diagnostic = report_problem(problem, E0204, "a `%s` has no `when`", token_spelling((TokenKind)head->kind));
    label(problem, diagnostic, head, "it begins here");
    hint(problem, diagnostic, "%s", is_spec ? "a spec is about all values: `if condition then` and `else` in its steps say what happens for which"
                                            : "write `if condition then value else other` behind the `=`");
    return true;
}

static bool report_missing_equals(const Problem *problem) {
    if (!problem->expected[TOKEN_EQUALS]) return false;
    const Token *head = find_head(problem);
    if (!head || head == problem->at) return false;
    if (report_when(problem, head)) return true;
    const char *word = token_spelling((TokenKind)head->kind);
    if (at_kind(problem, TOKEN_ARROW) || at_kind(problem, TOKEN_FAT_ARROW)) {
        hint(problem, report_problem(problem, E0204, "%s stands where the `=` of this `%s` belongs", describe(problem, problem->at), word), "write `=`");
        return true;
    }
    // What stands on later lines has been read as parameters: the head ended with its line.
    Problem here = *problem;
    const Token *line_end = head + 1;
    while (line_end < problem->at && !line_end->first) line_end++;
    bool ends_line = line_end > head + 1 && line_end->first && !at_kind(problem, TOKEN_BAR);
    if (ends_line) here.at = line_end - 1;
    Diagnostic *diagnostic = report_problem(&here, E0204, "this `%s` has no `=`", word);
    if (head != place_of(&here)) label(problem, diagnostic, head, "it begins here");
    bool is_signature = head == problem->tokens && head->kind == TOKEN_LET && after_type(problem) && head[1].kind == TOKEN_LOWER && head[2].kind == TOKEN_COLON;
    if (is_signature) {
        const char *name = head[1].value.name;
        hint(problem, diagnostic, "a type has no line of its own: write it where the value is, `let %s (x : Int) : Int = ...`", name);
    } else if (at_kind(problem, TOKEN_BAR)) {
        hint(problem, diagnostic, "write `=`, and then `if condition then value else other`, or `match x` with an alternative for each case");
    } else if (at_kind(problem, TOKEN_LEFT_BRACE) && head->kind == TOKEN_LET) {
        hint(problem, diagnostic, "write `=` in place of the brace: what stands below it, deeper, is the value");
    } else if (at_kind(problem, TOKEN_LEFT_BRACE) && head->kind == TOKEN_EFFECT) {
        hint(problem, diagnostic, "write `=` for the brace: the operations stand below it, each deeper and on a line of its own");
    } else if (ends_line) hint(problem, diagnostic, "write `=` at the end of this line: what stands below it is the value");
    else hint(problem, diagnostic, "write `=` between the head and what it stands for");
    return true;
}

static bool has_arrow_in_line(const Problem *problem) {
    for (const Token *token = problem->at + 1; !is_mark(token) && !token->first; token++) {
        if (token->kind == TOKEN_ARROW) return true;
    }
    return false;
}

static bool begins_pattern(const Token *token) {
    switch (token->kind) {
    case TOKEN_LOWER: case TOKEN_UPPER: case TOKEN_UNDERSCORE: case TOKEN_LEFT_PAREN: case TOKEN_INT: case TOKEN_STRING: return true;
    default: return false;
    }
}

static bool report_missing_arrow(const Problem *problem) {
    const bool *expected = problem->expected;
    if (!expected[TOKEN_ARROW] || after_type(problem)) return false;
    const Token *bar = find_open(problem, TOKEN_BAR, TOKEN_ARROW), *fun = find_open(problem, TOKEN_FUN, TOKEN_ARROW);
    bool is_fun = fun && (!bar || fun > bar);
    bool is_equals = at_kind(problem, TOKEN_EQUALS) && !has_arrow_in_line(problem);
    if (at_kind(problem, TOKEN_FAT_ARROW) || is_equals) {
        hint(problem, report_problem(problem, E0205, "%s stands where the `->` of this %s belongs", describe(problem, problem->at),
                                     is_fun ? "`fun`" : "alternative"), "write `->`");
        return true;
    }
    Diagnostic *diagnostic = report_problem(problem, E0205, "this %s has no `->` before %s", is_fun ? "`fun`" : "alternative",
                                            is_mark(problem->at) ? "its end" : describe(problem, problem->at));
    const Token *opener = is_fun ? fun : bar;
    if (opener && opener != place_of(problem)) label(problem, diagnostic, opener, "it begins here");
    if (!is_fun && at_kind(problem, TOKEN_COLON) && before_kind(problem, TOKEN_LOWER))
        hint(problem, diagnostic, "the first of a list and the rest of it are matched by `%s :: rest`", problem->before->value.name);
    else if (!is_fun && is_word(problem->before, "ret") && opener && problem->before == opener + 1)
        hint(problem, diagnostic, "the clauses of a handler, `ret` among them, stand below `handle computation with`");
    else if (!is_fun && begins_pattern(problem->at) && opener && problem->before == opener + 1 && problem->before->kind == TOKEN_LOWER)
        hint(problem, diagnostic, "a small letter begins a name for any value: a constructor is written with a capital, `%s`",
             in_other_case(problem, written(problem, problem->before), true));
    else if (!is_fun && at_kind(problem, TOKEN_IF)) hint(problem, diagnostic, "a guard is written `| pattern when condition -> value`");
    else if (is_fun && at_kind(problem, TOKEN_COLON)) hint(problem, diagnostic, "a type is noted in parentheses: `fun (x : Int) -> ...`");
    else hint(problem, diagnostic, is_fun ? "write `fun x -> value`" : "write `| pattern -> value`");
    return true;
}

static bool report_missing_then(const Problem *problem) {
    if (!problem->expected[TOKEN_THEN]) return false;
    const Token *word = find_open(problem, TOKEN_IF, TOKEN_THEN);
    if (!word) word = find_open(problem, TOKEN_STEP_IF, TOKEN_THEN);
    // What stands on later lines has been read as arguments of the condition, which ended with its line.
    Problem here = *problem;
    const Token *line_end = word ? word + 1 : problem->at;
    while (line_end < problem->at && !line_end->first) line_end++;
    bool ends_line = word && line_end > word + 1 && line_end->first;
    if (ends_line) here.at = line_end - 1;
    const char *before = ends_line ? "behind its condition" : is_mark(problem->at) ? "before its end" : NULL;
    Diagnostic *diagnostic = before ? report_problem(&here, E0206, "this `if` has no `then` %s", before) :
                                      report_problem(problem, E0206, "this `if` has no `then` before %s", describe(problem, problem->at));
    if (word) label(problem, diagnostic, word, "it begins here");
    if (!ends_line && at_kind(problem, TOKEN_COLON)) hint(problem, diagnostic, "write `then` in place of the `:`");
    else hint(problem, diagnostic, "write `if condition then value else other`");
    return true;
}

static bool report_match(const Problem *problem) {
    const bool *expected = problem->expected;
    bool lacks_with = expected[TOKEN_WITH] && !expected[TOKEN_BAR] && find_open(problem, TOKEN_HANDLE, TOKEN_WITH);
    bool lacks_bar = expected[TOKEN_BAR] && (expected[TOKEN_WITH] || before_kind(problem, TOKEN_WITH));
    if (at_kind(problem, TOKEN_COMMA) || (!lacks_with && !lacks_bar)) return false;
    if (lacks_with) {
        const char *at = is_mark(problem->at) ? "its end" : describe(problem, problem->at);
        Diagnostic *diagnostic = report_problem(problem, E0214, "this `handle` has no `with` before %s", at);
        hint(problem, diagnostic, "write `handle computation with`, then a clause for each operation");
        return true;
    }
    if (is_mark(problem->at)) {
        Diagnostic *diagnostic = report_problem(problem, E0214, "this `match` has no alternatives");
        hint(problem, diagnostic, "below it, write `| pattern -> value` for each case, deeper than the line that encloses the `match`");
    } else {
        Diagnostic *diagnostic = report_problem(problem, E0214, "%s cannot stand here: an alternative begins with `|`", describe(problem, problem->at));
        hint(problem, diagnostic, "write `| pattern -> value`");
    }
    return true;
}

// A line `pattern -> value` below an alternative, without its `|`.
static bool report_alternative_without_bar(const Problem *problem) {
    bool is_pattern = at_kind(problem, TOKEN_UNDERSCORE) && (after_expression(problem) || expects_expression(problem));
    if (!is_pattern && !(at_kind(problem, TOKEN_ARROW) && after_expression(problem))) return false;
    const Token *line = problem->at, *arrow = problem->at, *above;
    while (line > problem->tokens && (is_mark(line) || !line->first)) line--;
    for (above = line; above-- > problem->tokens && (is_mark(above) || !above->first);) continue;
    if (above < problem->tokens || above->kind != TOKEN_BAR) return false;
    while (arrow->kind != TOKEN_ARROW && !is_mark(arrow)) arrow++;
    if (arrow->kind != TOKEN_ARROW) return false;
    Problem here = *problem;
    here.at = line;
    hint(problem, report_problem(&here, E0214, "%s cannot stand here: an alternative begins with `|`", describe(problem, line)), "write `| pattern -> value`");
    return true;
}

// ---- brackets that are needed ----

static bool report_tuple(const Problem *problem) {
    if (!at_kind(problem, TOKEN_COMMA)) return false;
    if (!after_expression(problem) && !expects_pattern(problem) && !problem->expected[TOKEN_CONS]) return false;
    hint(problem, report_problem(problem, E0211, "this `,` stands in no brackets"), "a tuple stands in parentheses: `(a, b)`");
    return true;
}

// `let add (a : Int, b : Int)`.
static bool report_annotated_part(const Problem *problem) {
    const Token *bracket = at_kind(problem, TOKEN_COMMA) ? find_open(problem, TOKEN_LEFT_PAREN, TOKEN_RIGHT_PAREN) : NULL;
    if (!bracket || !after_type(problem) || bracket[1].kind != TOKEN_LOWER || bracket[2].kind != TOKEN_COLON) return false;
    Diagnostic *diagnostic = report_problem(problem, E0201, "`,` cannot stand here: this pattern ends with its type");
    hint(problem, diagnostic, "two parameters are written `(a : Int) (b : Int)`, one pair `((a, b) : (Int, Int))`");
    return true;
}

static bool report_chain(const Problem *problem) {
    bool compares = problem->at->kind >= TOKEN_EQUAL && problem->at->kind <= TOKEN_GREATER_EQUAL;
    if (!compares || !problem->expected[TOKEN_AND]) return false;
    hint(problem, report_problem(problem, E0212, "comparisons do not chain"), "compare twice, joined by `&&`: `a < b && b < c`");
    return true;
}

// `value if condition else other`.
static bool is_choice_behind(const Problem *problem) {
    const Token *token = problem->at;
    if (token->kind != TOKEN_IF) return false;
    while (!is_mark(token) && token->kind != TOKEN_ELSE && token->kind != TOKEN_THEN) token++;
    return token->kind == TOKEN_ELSE;
}

static bool report_argument(const Problem *problem) {
    switch (problem->at->kind) {
    case TOKEN_FUN: case TOKEN_IF: case TOKEN_MATCH: case TOKEN_MATCH_BANG: case TOKEN_HANDLE: case TOKEN_LET: case TOKEN_LET_BANG: case TOKEN_DO_BANG: break;
    default: return false;
    }
    const char *word = token_spelling((TokenKind)problem->at->kind);
    if (after_expression(problem)) {
        Diagnostic *diagnostic = report_problem(problem, E0215, "this `%s` begins inside an expression", word);
        if (problem->at->first) hint(problem, diagnostic, "a line that is deeper goes on with the line above: put this one in the column of that");
        else if (is_choice_behind(problem)) hint(problem, diagnostic, "a choice is written `if condition then value else other`");
        else hint(problem, diagnostic, "put it on a line of its own, or in parentheses when it is an argument: `f (%s ...)`", word);
        return true;
    }
    bool is_item = at_kind(problem, TOKEN_LET) || at_kind(problem, TOKEN_LET_BANG) || at_kind(problem, TOKEN_DO_BANG);
    if (!is_item || !expects_expression(problem)) return false;
    Diagnostic *diagnostic = report_problem(problem, E0215, "`%s` begins an item of a block and cannot stand here", word);
    hint(problem, diagnostic, "put it on a line of its own, before this one");
    return true;
}

// `(x, y : Int)`
static bool report_pair_annotation(const Problem *problem) {
    const Token *bracket = at_kind(problem, TOKEN_COLON) ? find_open(problem, TOKEN_LEFT_PAREN, TOKEN_RIGHT_PAREN) : NULL;
    if (!bracket || bracket == problem->tokens || after_expression(problem) || !problem->expected[TOKEN_COMMA]) return false;
    hint(problem, report_problem(problem, E0201, "`:` cannot stand behind one part of a tuple"),
         "two parameters are written `(a : Int) (b : Int)`, one pair `((a, b) : (Int, Int))`");
    return true;
}

static bool report_annotation(const Problem *problem) {
    if (report_pair_annotation(problem)) return true;
    if (!at_kind(problem, TOKEN_COLON) || !(after_expression(problem) || problem->expected[TOKEN_WITH] || expects_pattern(problem))) return false;
    bool in_braces = problem->expected[TOKEN_RIGHT_BRACE] || problem->expected[TOKEN_WITH];
    Diagnostic *diagnostic = report_problem(problem, E0201, "`:` cannot stand here");
    if (problem->expected[TOKEN_RIGHT_BRACKET]) hint(problem, diagnostic, "a part of a list is taken by `List.take` and `List.drop`");
    else if (in_braces && before_kind(problem, TOKEN_STRING)) hint(problem, diagnostic, "keys and their values are a Map: `Map.from_list [(key, value)]`");
    else if (in_braces) hint(problem, diagnostic, "the value of a field follows `=`: `{ name = value }`");
    else hint(problem, diagnostic, "a type is noted in parentheses: `(x : Int)`");
    return true;
}

// ---- types ----

// `string list`
static const char *postfix_type(const Problem *problem) {
    Builder builder = builder_in(problem->grammar->arena);
    const Token *words[] = {problem->at, problem->before};
    build_string(&builder, "types begin with a capital, and their arguments follow them: `");
    for (int i = 0; i < 2; i++) {
        Text word = written(problem, words[i]);
        build_format(&builder, "%s%c%.*s", i ? " " : "", word.bytes[0] - (word.bytes[0] >= 'a' ? 'a' - 'A' : 0), (int)word.length - 1, word.bytes + 1);
    }
    build_byte(&builder, '`');
    return builder_string(&builder);
}

static bool report_in_type(const Problem *problem) {
    const char *message = "%s cannot stand in a type", *fix = NULL;
    if (at_kind(problem, TOKEN_RIGHT_PAREN) && before_kind(problem, TOKEN_LEFT_PAREN) && expects_type(problem)) fix = "the type of () is `Unit`";
    else if (at_kind(problem, TOKEN_LEFT_BRACKET) && expects_type(problem)) fix = "the type of a list is `List a`";
    else if (at_kind(problem, TOKEN_LESS) && expects_type(problem)) fix = "effects stand in braces behind the answer: `Unit ! {Console}`";
    else if (!after_type(problem)) return false;
    else if (is_word(problem->at, "list") || is_word(problem->at, "option") || is_word(problem->at, "array")) fix = postfix_type(problem);
    else if (is_word(problem->before, "list") || is_word(problem->before, "option")) fix = "types begin with a capital: `List Int`, `Option Int`";
    else if (at_kind(problem, TOKEN_STAR)) fix = "the type of a pair is `(Int, String)`";
    else if (at_kind(problem, TOKEN_LESS)) fix = "the arguments of a type follow it: `List Int`";
    else if (at_kind(problem, TOKEN_LEFT_BRACKET)) fix = "the type of a list is `List a`";
    else if (before_kind(problem, TOKEN_UPPER) && problem->before > problem->tokens && problem->before[-1].kind == TOKEN_BANG) {
        message = "%s cannot stand behind the row";
        fix = "the effects of a row stand in braces: `a ! {Fail String}`";
    }
    if (!fix) return false;
    const char *at = describe(problem, problem->at);
    Builder builder = builder_in(problem->grammar->arena);
    for (const char *byte = message; *byte; byte++) {
        if (*byte == '%') build_string(&builder, at), byte++;
        else build_byte(&builder, *byte);
    }
    hint(problem, report_problem(problem, E0201, "%s", builder_string(&builder)), "%s", fix);
    return true;
}

// ---- single tokens ----

// `{ x + 1 }`
static bool is_block_in_braces(const Problem *problem) {
    const Token *brace = find_open(problem, TOKEN_LEFT_BRACE, TOKEN_RIGHT_BRACE);
    for (const Token *token = brace; token && token < problem->at; token++) {
        if (token->kind == TOKEN_EQUALS || token->kind == TOKEN_WITH || token->kind == TOKEN_COMMA) return false;
    }
    return brace && brace > problem->tokens && brace[-1].kind != TOKEN_BANG;
}

static bool follows_do(const Problem *problem) {
    for (const Token *token = problem->at; token-- > problem->tokens && !is_mark(token);)
        if (token->kind == TOKEN_DO_BANG) return true;
    return false;
}

// The likely fix for a token that fits nowhere near, or NULL.
static const char *single_token_hint(const Problem *problem) {
    bool follows_value = after_expression(problem);
    bool spreads = at_kind(problem, TOKEN_DOT) && expects_expression(problem) && problem->at[1].kind == TOKEN_DOT;
    if (spreads && find_open(problem, TOKEN_LEFT_BRACE, TOKEN_RIGHT_BRACE)) return "a record with some of its fields changed is `{ record with field = value }`";
    if (spreads && find_open(problem, TOKEN_LEFT_BRACKET, TOKEN_RIGHT_BRACKET)) return "lists are joined with `++`, and `x :: rest` puts one in front";
    switch (problem->at->kind) {
    case TOKEN_WITH:
        return expects_expression(problem) ? "`with` stands behind what is matched or handled: `handle computation with`, and its clauses below" : NULL;
    case TOKEN_UNDERSCORE: return follows_value || expects_expression(problem) ? "`_` is a pattern: it takes a value and keeps none" : NULL;
    case TOKEN_IN:
        if (follows_do(problem)) return "a `do!` has no `in`: what follows it stands below; in parentheses, such a block begins on a line of its own";
        if (problem->tokens->kind == TOKEN_LET && !find_word(problem, "let")) return "a declaration has no `in`: what it names is known to the whole module";
        return "`in` belongs to a `let` on the same line: `let x = a in b`";
    case TOKEN_RIGHT_PAREN:
        if (problem->expected[TOKEN_IN]) return "a block in parentheses begins on a line of its own: break the line with the `let` in front of it";
        return NULL;
    case TOKEN_AND_BANG: return "`and!` goes on with a `let!`: `let! x = a and! y = b`";
    case TOKEN_BAR:
        if (problem->expected[TOKEN_WITH]) return "a record with some of its fields changed is `{ record with field = value }`";
        if (expects_expression(problem)) return "a function without a name is written `fun x -> value`; an alternative stands below its `match`";
        return follows_value ? "the logical or is `||`; an alternative stands on a line of its own, in the column of the others" : NULL;
    case TOKEN_STRING_START: return problem->expected[TOKEN_STRING] ? "a text that is matched or that is a name holds no interpolation" : NULL;
    case TOKEN_FAT_ARROW: return follows_value ? "`=>` stands only in the steps of a spec; the arrow of a function is `->`" : NULL;
    case TOKEN_ARROW: return follows_value ? "`->` stands behind the patterns of `fun` or of an alternative that begins with `|`" : NULL;
    case TOKEN_ELSE: case TOKEN_THEN: return "no `if` is open here";
    case TOKEN_RIGHT_BRACE:
        if (before_kind(problem, TOKEN_LEFT_BRACE)) return "a record has at least one field";
        return is_block_in_braces(problem) ? "braces hold the fields of a record; a block stands in none, on deeper lines" : NULL;
    case TOKEN_AS: return follows_value ? "a value is converted by a function, such as `Float.of_int`; a type is noted in parentheses: `(x : Int)`" : NULL;
    default: return NULL;
    }
}

// `(+)`, `(+ 1)`.
static bool report_operator_as_value(const Problem *problem) {
    const Token *at = problem->at, *operator = is_operator(at) ? at : problem->before;
    if (!expects_expression(problem) || !operator || !is_operator(operator)) return false;
    if (operator == problem->tokens || operator[-1].kind != TOKEN_LEFT_PAREN) return false;
    Problem here = *problem;
    here.at = operator;
    const char *text = token_spelling((TokenKind)operator->kind);
    Diagnostic *diagnostic = report_problem(&here, E0201, "`%s` stands between two values, and is no value by itself", text);
    if (operator[1].kind == TOKEN_RIGHT_PAREN) hint(problem, diagnostic, "the function is written `fun a b -> a %s b`", text);
    else hint(problem, diagnostic, "the function is written `fun a -> a %s ...`", text);
    return true;
}

// `(x -> x + 1)`, `let f = x -> x + 1`: the first token of what would be the patterns; NULL: an alternative is meant, or it cannot be said.
static const Token *find_patterns(const Problem *problem) {
    const Token *open = find_open(problem, TOKEN_LEFT_PAREN, TOKEN_RIGHT_PAREN);
    if (!open && problem->tokens->kind == TOKEN_LET) open = find_open(problem, TOKEN_EQUALS, TOKEN_END);
    if (!open) return NULL;
    const Token *first = open + 1;
    while (first < problem->at && is_mark(first)) first++;
    for (const Token *token = first; token < problem->at; token++) {
        if (token->first || token->kind == TOKEN_MATCH || token->kind == TOKEN_MATCH_BANG || token->kind == TOKEN_HANDLE) return NULL;
    }
    return first;
}

static bool report_function_without_word(const Problem *problem) {
    if (!(at_kind(problem, TOKEN_ARROW) || at_kind(problem, TOKEN_FAT_ARROW)) || !after_expression(problem)) return false;
    const Token *first = find_patterns(problem);
    if (!first) return false;
    // `List.map x -> ...`: the last is what the function takes, the others are what it is given to.
    bool is_argument = first[-1].kind != TOKEN_LEFT_PAREN && first != problem->before && first->kind != TOKEN_LEFT_PAREN;
    if (is_argument) first = problem->before;
    Span patterns = between(problem->grammar, first, problem->before);
    Text text = {patterns.source->text.bytes + patterns.start, patterns.end - patterns.start};
    Diagnostic *diagnostic = report_problem(problem, E0201, "%s cannot stand here", describe(problem, problem->at));
    hint(problem, diagnostic, "a function without a name begins with `fun`%s: `%sfun %.*s -> ...%s`",
         is_argument ? ", and stands in parentheses as an argument" : "", is_argument ? "(" : "", (int)text.length, text.bytes, is_argument ? ")" : "");
    return true;
}

// `n++`
static bool report_increment(const Problem *problem) {
    bool joins = before_kind(problem, TOKEN_APPEND);
    if (!is_mark(problem->at) || !joins || problem->before == problem->tokens || problem->before[-1].end != problem->before->start) return false;
    hint(problem, report_problem(problem, E0201, "a value should follow `++`, which joins texts and lists"),
         "values do not change: `let next = n + 1` names another; what changes is a `cell`");
    return true;
}

// `a +` at the end of a line, and the next line is no deeper.
static bool report_line_end(const Problem *problem) {
    if (!is_mark(problem->at) || !problem->before || !is_operator(problem->before) || !expects_expression(problem)) return false;
    const Token *next = problem->at;
    while (next->kind != TOKEN_END && is_mark(next)) next++;
    if (next->kind == TOKEN_END || !next->first) return false;
    const char *operator = token_spelling((TokenKind)problem->before->kind);
    Diagnostic *diagnostic = report_problem(problem, E0201, "an expression should follow `%s`, and the line ends here", operator);
    label(problem, diagnostic, next, "a new item of the block begins here");
    hint(problem, diagnostic, "a line goes on with the one above when it is deeper: indent the line behind this `%s`", operator);
    return true;
}

// `xs.[0]`
static bool report_index(const Problem *problem) {
    if (!at_kind(problem, TOKEN_LEFT_BRACKET) || !before_kind(problem, TOKEN_DOT)) return false;
    hint(problem, report_problem(problem, E0201, "`[` cannot stand behind a point, where the name of a field is expected"),
         "fx has no `.[index]`: write `List.get index xs`, or `Array.get`");
    return true;
}

// `[1 .. 10]`
static bool report_range(const Problem *problem) {
    if (!at_kind(problem, TOKEN_DOT) || !before_kind(problem, TOKEN_DOT) || !adjacent(problem)) return false;
    if (!find_open(problem, TOKEN_LEFT_BRACKET, TOKEN_RIGHT_BRACKET) || problem->before[-1].kind == TOKEN_LEFT_BRACKET) return false;
    hint(problem, report_problem(problem, E0201, "fx has no `..`"), "a list of the Ints from one to another is `List.range 1 10`");
    return true;
}

static bool report_single_token(const Problem *problem) {
    bool after_point = before_kind(problem, TOKEN_DOT) && problem->before > problem->tokens && problem->before[-1].kind == TOKEN_INT;
    if (report_range(problem)) return true;
    const char *fix = after_point ? "write `1.0`" : single_token_hint(problem);
    if (!fix) return false;
    Diagnostic *diagnostic = after_point ? report_problem(problem, E0201, "a digit should follow this point")
                                         : report_problem(problem, E0201, "%s cannot stand here", describe(problem, problem->at));
    hint(problem, diagnostic, "%s", fix);
    return true;
}

static bool has_runs(const Problem *problem) {
    for (const Token *token = problem->tokens; token < problem->at; token++) {
        if (token->kind == TOKEN_RUNS) return true;
    }
    return false;
}

// The word behind the end of what has been read.
static const Token *next_word(const Problem *problem) {
    const Token *token = problem->at;
    while (is_mark(token) && token->kind != TOKEN_END) token++;
    return token;
}

// The `do!` or `let!` that a step begins with; NULL: it begins with none.
static const Token *find_item_word(const Problem *problem) {
    if (at_kind(problem, TOKEN_DO_BANG) && problem->expected[TOKEN_STEP_USE]) return problem->at;
    if (!is_mark(problem->at) || !problem->expected[TOKEN_IN]) return NULL;
    const Token *token = problem->at;
    while (token > problem->tokens && token->kind != TOKEN_LET_BANG && token->kind != TOKEN_RUNS) token--;
    return token->kind == TOKEN_LET_BANG ? token : NULL;
}

// What stands at the head of a step, or for its `=>`, as it would in a block of the program.
static bool report_step_as_item(const Problem *problem) {
    bool is_arrow = at_kind(problem, TOKEN_ARROW) || at_kind(problem, TOKEN_EQUALS);
    const Token *item = find_item_word(problem);
    Problem here = *problem;
    here.at = item;
    if (item)
        hint(problem, report_problem(&here, E0215, "`%s` cannot stand before a step", token_spelling((TokenKind)item->kind)),
             "a step says what is asked and what the world answers: `operation => answer`");
    else if (is_arrow && problem->expected[TOKEN_FAT_ARROW])
        hint(problem, report_problem(problem, E0201, "`%s` cannot stand in a step", token_spelling((TokenKind)problem->at->kind)),
             "write `=>` between what is asked and what the world answers");
    else return false;
    return true;
}

static bool report_no_returns(const Problem *problem) {
    if (!is_mark(problem->at) || !problem->expected[TOKEN_RETURNS]) return false;
    Diagnostic *diagnostic = report_problem(problem, E0201, "this spec has no `returns` behind its steps");
    if (is_word(next_word(problem), "return")) hint(problem, diagnostic, "write `returns` for `return`");
    else hint(problem, diagnostic, "say on a line below what comes out: `returns answer`, and `returns ()` where that is nothing");
    return true;
}

static bool report_spec(const Problem *problem) {
    if (problem->tokens->kind == TOKEN_SPEC && has_runs(problem) && (report_step_as_item(problem) || report_no_returns(problem))) return true;
    if (problem->tokens->kind == TOKEN_SPEC && at_kind(problem, TOKEN_FAT_ARROW) && !has_runs(problem)) {
        hint(problem, report_problem(problem, E0201, "this spec has no `runs` before its steps"), "write `computation runs`, the steps on deeper lines, and `returns answer`");
        return true;
    }
    if (!problem->expected[TOKEN_RUNS] || !(is_mark(problem->at) || at_kind(problem, TOKEN_RETURNS))) return false;
    hint(problem, report_problem(problem, E0201, "this spec has no `runs` before %s", is_mark(problem->at) ? "its end" : "`returns`"),
         "write `computation runs`, the steps on deeper lines, and `returns answer`");
    return true;
}

static bool report_step(const Problem *problem) {
    if (!problem->expected[TOKEN_FAT_ARROW] || !is_mark(problem->at)) return false;
    hint(problem, report_problem(problem, E0201, "this step does not say what the world answers"), "write `operation => answer`");
    return true;
}

bool report_known_mistake(const Problem *problem) {
    static bool (*const reports[])(const Problem *) = {
        report_declaration_mistake, report_spec, report_reserved_word,
        report_case, report_foreign_word, report_foreign_function, report_loop, report_foreign_operator, report_equality,
        report_annotated_part, report_in_type, report_tuple, report_missing_then, report_match, report_missing_arrow,
        report_missing_equals, report_chain, report_argument, report_annotation, report_index, report_increment, report_line_end,
        report_operator_as_value, report_alternative_without_bar, report_function_without_word, report_single_token, report_step,
    };
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        if (reports[i](problem)) return true;
    }
    return false;
}
