// Marks the blocks: OPEN, ITEM and CLOSE between the tokens, from the columns of lines (docs/language: layout).
// A stack holds what is open. Constructs that go on after a block (match, if, let, ...) stand on it too, so that the word that
// continues one of them closes the blocks inside it, and no other.

#include "layout.h"

#include <string.h>

// ---- tokens ----

static bool is_infix(TokenKind kind) { return kind >= TOKEN_PIPE_LEFT && kind <= TOKEN_PERCENT; }

static bool is_closer(TokenKind kind) {
    return kind == TOKEN_RIGHT_PAREN || kind == TOKEN_RIGHT_BRACKET || kind == TOKEN_RIGHT_BRACE || kind == TOKEN_STRING_END ||
           kind == TOKEN_STRING_MIDDLE;
}

static bool is_word(const Token *token, const char *word) {
    return token->kind == TOKEN_LOWER && strcmp(token->value.name, word) == 0;
}

// A line that starts with one of these goes on with the item above.
static bool continues_item(TokenKind kind) {
    switch (kind) {
    case TOKEN_BAR: case TOKEN_THEN: case TOKEN_ELSE: case TOKEN_AND_BANG: case TOKEN_WITH: case TOKEN_COMMA: case TOKEN_IN:
    case TOKEN_RETURNS: case TOKEN_RUNS:
        return true;
    default:
        return is_infix(kind) || is_closer(kind);
    }
}

// A block cannot begin with one of these on the line that opened it.
static bool ends_one_line_block(TokenKind kind) {
    switch (kind) {
    case TOKEN_COMMA: case TOKEN_THEN: case TOKEN_ELSE: case TOKEN_IN: case TOKEN_AND_BANG: case TOKEN_RETURNS:
        return true;
    default:
        return is_closer(kind);
    }
}

static void emit(Layouter *layouter, const Token *token) { vector_push(layouter->arena, &layouter->layout->tokens, *token); }

static void emit_as(Layouter *layouter, const Token *token, TokenKind kind) {
    Token copy = *token;
    copy.kind = (uint8_t)kind;
    emit(layouter, &copy);
}

static void emit_mark(Layouter *layouter, TokenKind kind, uint32_t offset) {
    Token mark = {.kind = (uint8_t)kind, .start = offset, .end = offset};
    emit(layouter, &mark);
}

static const Token *next_token(const Layouter *layouter) {
    return layouter->token + 1 < layouter->end ? layouter->token + 1 : NULL;
}

// Where the last real token ended.
static uint32_t last_end(const Layouter *layouter) {
    return layouter->layout->tokens.items[layouter->layout->tokens.count - 1].end;
}

// ---- contexts ----

static Context *top(Layouter *layouter) { return &layouter->contexts[layouter->depth - 1]; }

static Context *push(Layouter *layouter, ContextKind kind) {
    if (layouter->depth == NESTING_LIMIT) {
        report_nesting(layouter, layouter->token);
        layouter->abandoned = true;
        layouter->depth--;
    }
    Context *context = &layouter->contexts[layouter->depth++];
    *context = (Context){.kind = kind, .opener = layouter->token};
    return context;
}

static bool is_block(const Context *context) { return context->kind == CONTEXT_BLOCK || context->kind == CONTEXT_LINE; }

static void pop(Layouter *layouter) {
    if (is_block(top(layouter))) emit_mark(layouter, TOKEN_CLOSE, last_end(layouter));
    layouter->depth--;
}

static void pop_above(Layouter *layouter, const Context *context) {
    while (top(layouter) > context) pop(layouter);
}

// The innermost context of a kind and state inside the innermost bracket, or NULL.
static Context *find_context(Layouter *layouter, ContextKind kind, ContextState state) {
    for (Context *context = top(layouter); context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        if (context->kind == kind && context->state == state) return context;
    }
    return NULL;
}

static Context *find_bracket(Layouter *layouter) {
    for (Context *context = top(layouter); context > layouter->contexts; context--) {
        if (context->kind == CONTEXT_BRACKET) return context;
    }
    return NULL;
}

// Lines must be deeper than this to belong to what is open.
static uint32_t enclosing_column(Layouter *layouter) {
    for (Context *context = top(layouter); context > layouter->contexts; context--) {
        if (is_block(context)) return context->column;
    }
    return 1;
}

// ---- blocks ----

static void open_block_at(Layouter *layouter, const Token *first, bool has_steps) {
    bool is_type = layouter->contexts[0].is_type && !find_bracket(layouter);
    Context *context = push(layouter, first->first ? CONTEXT_BLOCK : CONTEXT_LINE);
    context->column = first->first ? first->column : layouter->line_column;
    context->has_steps = has_steps;
    context->in_type = context->is_type = is_type;
    context->first = first;
    emit_mark(layouter, TOKEN_OPEN, first->start);
    layouter->fresh = first;
}

// The alternatives of a type may stand in the column of `type`.
static bool starts_block(Layouter *layouter, const Token *first) {
    if (!first) return false;
    if (!first->first) return !ends_one_line_block((TokenKind)first->kind);
    if (first->kind == TOKEN_BAR && layouter->contexts[0].is_type) return true;
    return first->column > enclosing_column(layouter) && !is_closer((TokenKind)first->kind);
}

// Before `runs`, behind `->`, and where the winner of a `first` asks nothing.
static bool may_be_empty(const Layouter *layouter, const Token *first) {
    const Token *opener = layouter->token;
    bool is_winner = is_word(opener, "left") || is_word(opener, "right");
    return opener->kind == TOKEN_RUNS || opener->kind == TOKEN_ARROW || (is_winner && first && is_word(first, "losing"));
}

// Behind the token at hand, which has been emitted.
static void open_block(Layouter *layouter, bool has_steps) {
    const Token *first = next_token(layouter);
    if (starts_block(layouter, first)) {
        open_block_at(layouter, first, has_steps);
        return;
    }
    uint32_t end = last_end(layouter);
    emit_mark(layouter, TOKEN_OPEN, end);
    if (!has_steps || !may_be_empty(layouter, first)) {
        report_empty_block(layouter, layouter->token, has_steps);
        emit_mark(layouter, TOKEN_MISSING, end);
    }
    emit_mark(layouter, TOKEN_CLOSE, end);
}

// ---- the first token of a line ----

// The innermost block, bracket or declaration.
static Context *innermost(Layouter *layouter) {
    Context *context = top(layouter);
    while (!is_block(context) && context->kind != CONTEXT_BRACKET && context > layouter->contexts) context--;
    return context;
}

// Closes the blocks whose items stand deeper than the column; a one-line block must be continued by deeper lines.
// Answers the last block that was closed by its column, or a context of kind DECLARATION.
static Context close_deeper_blocks(Layouter *layouter, uint32_t column) {
    Context closed = {.kind = CONTEXT_DECLARATION};
    for (;;) {
        Context *context = innermost(layouter);
        bool ends = context->kind == CONTEXT_BLOCK ? column < context->column : context->kind == CONTEXT_LINE && column <= context->column;
        if (!ends) return closed;
        closed = *context;
        pop_above(layouter, context);
        pop(layouter);
    }
}

static bool is_let_body(const Context *context) {
    return (context->kind == CONTEXT_LET || context->kind == CONTEXT_DECLARATION) && context->state == STATE_BODY;
}

// The column that a line must exceed to belong to what the context holds.
static uint32_t outer_column(Layouter *layouter, const Context *context) {
    while (context > layouter->contexts && !is_block(context)) context--;
    return is_block(context) ? context->column : 1;
}

// A line that begins with an operator goes on with the value of a `let` when it is deeper than the `let`, at whatever column the value stands.
static void continue_expression(Layouter *layouter) {
    const Token *token = layouter->token;
    for (;;) {
        Context *context = innermost(layouter);
        bool ends = context->kind == CONTEXT_BLOCK ? token->column < context->column : context->kind == CONTEXT_LINE && token->column <= context->column;
        if (!ends) break;
        bool is_value = context->kind == CONTEXT_BLOCK && is_let_body(context - 1) && token->column > outer_column(layouter, context - 1);
        pop_above(layouter, context);
        if (is_value) break;
        pop(layouter);
    }
    if (is_let_body(top(layouter)) && !layouter->contexts[0].is_type) report_operator_under_let(layouter, token, top(layouter)->opener);
}

// A line that begins with a word or operator that continues the item above.
static void continue_item(Layouter *layouter) {
    if (is_infix((TokenKind)layouter->token->kind)) {
        continue_expression(layouter);
        return;
    }
    for (;;) {
        Context *context = innermost(layouter);
        if (context->kind != CONTEXT_BLOCK || layouter->token->column >= context->column) return;
        pop_above(layouter, context);
        pop(layouter);
    }
}

// Whether a join or a side goes on with its word at the beginning of a line. A join that has an `and` takes further ones in its own column only:
// those further left are for the join around it.
static bool takes_line(const Context *context, const Token *token) {
    return context->state == STATE_BODY ? token->column == context->column : token->column <= context->column;
}

// The step that the word at the beginning of a line belongs to: the innermost in its own column, else the innermost that takes it.
static Context *find_step_of_line(Layouter *layouter, ContextKind kind) {
    const Token *token = layouter->token;
    Context *found = NULL;
    for (Context *context = top(layouter); context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        if (context->kind != kind || !takes_line(context, token)) continue;
        if (context->column == token->column) return context;
        if (!found) found = context;
    }
    return found;
}

// `and` of a join and `losing` of a side continue the step above.
static bool continues_step(Layouter *layouter) {
    const Token *token = layouter->token;
    ContextKind kind = is_word(token, "and") ? CONTEXT_JOIN : is_word(token, "losing") ? CONTEXT_SIDE : CONTEXT_DECLARATION;
    return kind != CONTEXT_DECLARATION && find_step_of_line(layouter, kind);
}

// A line that begins with one of these is the value of a head that lacks its `=`: it stands in no type and no pattern.
static bool begins_value(TokenKind kind) {
    switch (kind) {
    case TOKEN_LET: case TOKEN_LET_BANG: case TOKEN_DO_BANG: case TOKEN_MATCH: case TOKEN_MATCH_BANG: case TOKEN_IF: case TOKEN_HANDLE: case TOKEN_FUN:
        return true;
    default:
        return false;
    }
}

static bool begins_definition(TokenKind kind) {
    return kind == TOKEN_LET || kind == TOKEN_LET_BANG || kind == TOKEN_PRIVATE || kind == TOKEN_TEST || kind == TOKEN_CELL;
}

// Goes on as if the `=` stood at the end of the line above.
static bool open_without_equals(Layouter *layouter) {
    const Token *token = layouter->token;
    Context *context = top(layouter);
    bool is_head = (context->kind == CONTEXT_LET || context->kind == CONTEXT_DECLARATION) && context->state == STATE_HEAD && !context->is_type;
    if (!is_head || token == context->opener || !begins_value((TokenKind)token->kind) || !begins_definition((TokenKind)context->opener->kind)) return false;
    report_missing_equals(layouter, context->opener, token - 1);
    emit_mark(layouter, TOKEN_EQUALS, last_end(layouter));
    context->in_type = false;
    context->state = STATE_BODY;
    open_block_at(layouter, token, false);
    return true;
}

static void start_line(Layouter *layouter) {
    const Token *token = layouter->token;
    if (continues_item((TokenKind)token->kind)) {
        continue_item(layouter);
        return;
    }
    if (continues_step(layouter)) return;
    Context closed = close_deeper_blocks(layouter, token->column);
    Context *context = top(layouter);
    if (context->kind == CONTEXT_FOR && context->state == STATE_BODY && token->column > context->column) {
        open_block_at(layouter, token, true);
        return;
    }
    context = innermost(layouter);
    if (context->kind == CONTEXT_BRACKET) {
        if (!layouter->suspicious && token->column <= enclosing_column(layouter)) layouter->suspicious = token;
        return;
    }
    if (context->kind == CONTEXT_BLOCK && token->column == context->column) {
        pop_above(layouter, context);
        context->in_type = context->is_type;
        emit_mark(layouter, TOKEN_ITEM, token->start);
        return;
    }
    if (!is_block(&closed) && open_without_equals(layouter)) return;
    if (is_block(&closed)) report_indentation(layouter, token, &closed);
}

// ---- brackets ----

static TokenKind closer_of(const Token *opener) {
    switch (opener->kind) {
    case TOKEN_LEFT_PAREN: return TOKEN_RIGHT_PAREN;
    case TOKEN_LEFT_BRACKET: return TOKEN_RIGHT_BRACKET;
    case TOKEN_LEFT_BRACE: return TOKEN_RIGHT_BRACE;
    default: return TOKEN_STRING_END;
    }
}

// Whether `(` stands where an expression may: not in a type, a pattern or the head of a definition.
static bool in_expression(Layouter *layouter) {
    const Context *context = top(layouter);
    if (context->in_type || context->kind == CONTEXT_FUN) return false;
    if (context->kind == CONTEXT_LET || context->kind == CONTEXT_DECLARATION || context->kind == CONTEXT_FOR) return context->state == STATE_BODY;
    return context->kind != CONTEXT_MATCH || context->state != STATE_PATTERN;
}

static void open_bracket(Layouter *layouter) {
    const Token *token = layouter->token, *next = next_token(layouter);
    bool in_type = top(layouter)->in_type;
    bool opens_block = token->kind == TOKEN_LEFT_PAREN && in_expression(layouter) && next && next->first && starts_block(layouter, next);
    Context *context = push(layouter, CONTEXT_BRACKET);
    context->in_type = context->is_type = in_type;
    context->opens_block = opens_block;
    emit(layouter, token);
    if (opens_block) open_block(layouter, false);
}

static void close_bracket(Layouter *layouter) {
    const Token *token = layouter->token;
    Context *context = find_bracket(layouter);
    if (!context) {
        report_closes_nothing(layouter, token);
        return;
    }
    pop_above(layouter, context);
    TokenKind wanted = closer_of(context->opener);
    bool goes_on = token->kind == TOKEN_STRING_MIDDLE;
    if (wanted != token->kind && !(goes_on && wanted == TOKEN_STRING_END)) report_bracket_mismatch(layouter, context->opener, token);
    if (!goes_on) layouter->depth--;
    emit(layouter, token);
}

static void separate(Layouter *layouter) {
    Context *context = find_bracket(layouter);
    if (context) {
        pop_above(layouter, context);
        context->in_type = context->is_type;
    }
    emit(layouter, layouter->token);
    const Token *next = next_token(layouter);
    if (context && context->opens_block && next && !is_closer((TokenKind)next->kind)) open_block(layouter, false);
}

static void replace_semicolon(Layouter *layouter) {
    const Token *token = layouter->token, *next = next_token(layouter);
    const Context *bracket = find_bracket(layouter);
    bool in_bracket = bracket && (top(layouter)->kind != CONTEXT_BLOCK || bracket->opener->kind != TOKEN_LEFT_PAREN);
    report_semicolon(layouter, token, in_bracket ? bracket->opener : NULL);
    if (in_bracket) {
        Token comma = *token;
        comma.kind = TOKEN_COMMA;
        layouter->token = &comma;
        Context *context = find_bracket(layouter);
        pop_above(layouter, context);
        emit(layouter, &comma);
        layouter->token = token;
    } else if (next && !next->first) {
        emit_mark(layouter, TOKEN_ITEM, token->end);
    }
}

// ---- words that begin or continue a construct ----

// Whether a spec's step may begin here.
static bool at_step(Layouter *layouter) {
    const Tokens *tokens = &layouter->layout->tokens;
    if (!tokens->count) return false;
    TokenKind last = (TokenKind)tokens->items[tokens->count - 1].kind;
    return (last == TOKEN_OPEN || last == TOKEN_ITEM) && is_block(top(layouter)) && top(layouter)->has_steps;
}

static void begin_match(Layouter *layouter) {
    bool has_steps = layouter->token->kind == TOKEN_MATCH && at_step(layouter);
    emit_as(layouter, layouter->token, has_steps ? TOKEN_STEP_MATCH : (TokenKind)layouter->token->kind);
    push(layouter, CONTEXT_MATCH)->has_steps = has_steps;
}

static void begin_if(Layouter *layouter, bool has_steps) {
    emit_as(layouter, layouter->token, has_steps ? TOKEN_STEP_IF : TOKEN_IF);
    push(layouter, CONTEXT_IF)->has_steps = has_steps;
}

static void continue_then(Layouter *layouter) {
    Context *context = find_context(layouter, CONTEXT_IF, STATE_HEAD);
    if (context) pop_above(layouter, context);
    emit(layouter, layouter->token);
    if (!context) return;
    context->state = STATE_BODY;
    open_block(layouter, context->has_steps);
}

// `else if` opens no block: the inner `if` takes the place of the outer one.
static void continue_else(Layouter *layouter) {
    Context *context = find_context(layouter, CONTEXT_IF, STATE_BODY);
    if (context) pop_above(layouter, context);
    emit(layouter, layouter->token);
    if (!context) return;
    bool has_steps = context->has_steps;
    pop(layouter);
    const Token *next = next_token(layouter);
    if (next && next->kind == TOKEN_IF && !next->first) {
        layouter->token = next;
        begin_if(layouter, has_steps);
    } else {
        open_block(layouter, has_steps);
    }
}

static void continue_with(Layouter *layouter) {
    Context *match = find_context(layouter, CONTEXT_MATCH, STATE_HEAD), *bracket = find_bracket(layouter);
    if (match || bracket) pop_above(layouter, match ? match : bracket);
    emit(layouter, layouter->token);
}

// Whether a line in this column may go on with what stands in the blocks that enclose the context.
static bool may_continue(Layouter *layouter, const Context *context, uint32_t column) {
    while (context > layouter->contexts && context->kind != CONTEXT_BRACKET && !is_block(context)) context--;
    return !is_block(context) || column >= context->column;
}

// The match to which a `|` at the beginning of a line belongs: the one whose alternatives stand in its column, else one that has none yet.
static Context *find_match_in_column(Layouter *layouter, uint32_t column) {
    Context *without = NULL;
    for (Context *context = top(layouter); context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        if (context->kind != CONTEXT_MATCH || !may_continue(layouter, context, column)) continue;
        if (context->state == STATE_PATTERN || context->column == column) return context;
        if (context->column == 0 && !without) without = context;
    }
    return without;
}

static Context *find_any_match(Layouter *layouter) {
    for (Context *context = top(layouter); context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        if (context->kind == CONTEXT_MATCH) return context;
        if (context->kind == CONTEXT_BLOCK && !layouter->token->first) return NULL;
    }
    return NULL;
}

// For a `|` at the beginning of a line; reports one that stands in no match's column.
static Context *find_match_of_line(Layouter *layouter) {
    const Token *token = layouter->token;
    Context *context = find_match_in_column(layouter, token->column), *near = find_any_match(layouter);
    if (context) return context;
    if (near && near->first) report_alternatives(layouter, token, near);
    return near;
}

static void begin_alternative(Layouter *layouter) {
    const Token *token = layouter->token;
    Context *context = NULL;
    if (!top(layouter)->in_type) context = token->first ? find_match_of_line(layouter) : find_any_match(layouter);
    if (context) {
        pop_above(layouter, context);
        context->state = STATE_PATTERN;
        if (!context->first) {
            context->first = token;
            context->column = token->column;
        }
    }
    emit(layouter, token);
}

// `->` belongs to a fun or to an alternative; in a type it is the function arrow.
static void pass_arrow(Layouter *layouter) {
    Context *owner = NULL;
    for (Context *context = top(layouter); !owner && context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        bool owns = context->kind == CONTEXT_FUN || (context->kind == CONTEXT_MATCH && context->state == STATE_PATTERN);
        if (owns) owner = context;
    }
    if (top(layouter)->in_type || !owner) {
        emit(layouter, layouter->token);
        return;
    }
    pop_above(layouter, owner);
    emit(layouter, layouter->token);
    bool has_steps = owner->has_steps;
    if (owner->kind == CONTEXT_FUN) pop(layouter);
    else owner->state = STATE_BODY;
    open_block(layouter, has_steps);
}

static void pass_equals(Layouter *layouter) {
    Context *context = top(layouter);
    bool is_head = (context->kind == CONTEXT_LET || context->kind == CONTEXT_DECLARATION) && context->state == STATE_HEAD;
    bool is_field = context->kind == CONTEXT_BRACKET && context->opener->kind == TOKEN_LEFT_BRACE && !context->is_type;
    bool is_operation = is_block(context) && context->is_type;
    emit(layouter, layouter->token);
    if (!is_head && !is_field && !is_operation) return;
    context->in_type = context->is_type;
    if (is_head) context->state = STATE_BODY;
    open_block(layouter, false);
}

static void begin_let(Layouter *layouter) {
    bool is_declaration = layouter->depth == 1;
    emit(layouter, layouter->token);
    if (!is_declaration) push(layouter, CONTEXT_LET);
}

static void continue_and_bang(Layouter *layouter) {
    Context *context = find_context(layouter, CONTEXT_LET, STATE_BODY);
    if (context) {
        pop_above(layouter, context);
        context->state = STATE_HEAD;
    }
    emit(layouter, layouter->token);
}

static void pass_in(Layouter *layouter) {
    Context *context = find_context(layouter, CONTEXT_FOR, STATE_HEAD);
    if (context) {
        context->state = STATE_BODY;
        emit(layouter, layouter->token);
        return;
    }
    context = find_context(layouter, CONTEXT_LET, STATE_BODY);
    if (context) {
        pop_above(layouter, context);
        pop(layouter);
    }
    const Token *next = next_token(layouter);
    bool ends_line = context && next && next->first;
    if (ends_line) report_in_at_line_end(layouter, layouter->token);
    else emit(layouter, layouter->token);
}

// ---- specs ----

static void begin_runs(Layouter *layouter) {
    bool in_spec = layouter->depth >= 2 && is_block(&layouter->contexts[1]) && layouter->contexts[0].opener->kind == TOKEN_SPEC;
    if (in_spec) pop_above(layouter, &layouter->contexts[1]);
    emit(layouter, layouter->token);
    if (!in_spec) return;
    push(layouter, CONTEXT_RUNS);
    open_block(layouter, true);
}

static void begin_returns(Layouter *layouter) {
    Context *context = find_context(layouter, CONTEXT_RUNS, STATE_HEAD);
    if (context) {
        pop_above(layouter, context);
        pop(layouter);
    }
    emit(layouter, layouter->token);
    if (context) open_block(layouter, false);
}

static void begin_step(Layouter *layouter, TokenKind kind, ContextKind context) {
    uint32_t column = enclosing_column(layouter);
    emit_as(layouter, layouter->token, kind);
    push(layouter, context)->column = column;
    if (context != CONTEXT_FOR) open_block(layouter, true);
}

static void continue_step(Layouter *layouter, TokenKind kind, Context *context) {
    pop_above(layouter, context);
    if (kind == TOKEN_STEP_AND) context->state = STATE_BODY;
    else pop(layouter);
    emit_as(layouter, layouter->token, kind);
    open_block(layouter, true);
}

// `and` and `losing` within a line go to the innermost step that waits for them.
static Context *find_step(Layouter *layouter, ContextKind kind) {
    const Token *token = layouter->token;
    Context *found = token->first ? find_step_of_line(layouter, kind) : NULL;
    for (Context *context = top(layouter); !found && context > layouter->contexts && context->kind != CONTEXT_BRACKET; context--) {
        if (context->kind == kind && context->state != STATE_BODY && (!token->first || top(layouter) == context)) found = context;
    }
    return found;
}

static void pass_word(Layouter *layouter) {
    const Token *token = layouter->token;
    if (layouter->contexts[0].opener->kind != TOKEN_SPEC) {
        emit(layouter, token);
        return;
    }
    Context *context;
    if (is_word(token, "and") && (context = find_step(layouter, CONTEXT_JOIN))) continue_step(layouter, TOKEN_STEP_AND, context);
    else if (is_word(token, "losing") && (context = find_step(layouter, CONTEXT_SIDE))) continue_step(layouter, TOKEN_STEP_LOSING, context);
    else if (!at_step(layouter)) emit(layouter, token);
    else if (is_word(token, "use")) emit_as(layouter, token, TOKEN_STEP_USE);
    else if (is_word(token, "join")) begin_step(layouter, TOKEN_STEP_JOIN, CONTEXT_JOIN);
    else if (is_word(token, "left")) begin_step(layouter, TOKEN_STEP_LEFT, CONTEXT_SIDE);
    else if (is_word(token, "right")) begin_step(layouter, TOKEN_STEP_RIGHT, CONTEXT_SIDE);
    else if (is_word(token, "for")) begin_step(layouter, TOKEN_STEP_FOR, CONTEXT_FOR);
    else emit(layouter, token);
}

// ---- one token ----

static void pass_token(Layouter *layouter) {
    switch (layouter->token->kind) {
    case TOKEN_LEFT_PAREN: case TOKEN_LEFT_BRACKET: case TOKEN_LEFT_BRACE: case TOKEN_STRING_START: open_bracket(layouter); break;
    case TOKEN_RIGHT_PAREN: case TOKEN_RIGHT_BRACKET: case TOKEN_RIGHT_BRACE: case TOKEN_STRING_MIDDLE: case TOKEN_STRING_END:
        close_bracket(layouter);
        break;
    case TOKEN_COMMA: separate(layouter); break;
    case TOKEN_SEMICOLON: replace_semicolon(layouter); break;
    case TOKEN_MATCH: case TOKEN_MATCH_BANG: case TOKEN_HANDLE: begin_match(layouter); break;
    case TOKEN_IF: begin_if(layouter, at_step(layouter)); break;
    case TOKEN_THEN: continue_then(layouter); break;
    case TOKEN_ELSE: continue_else(layouter); break;
    case TOKEN_WITH: continue_with(layouter); break;
    case TOKEN_BAR: begin_alternative(layouter); break;
    case TOKEN_ARROW: pass_arrow(layouter); break;
    case TOKEN_EQUALS: pass_equals(layouter); break;
    case TOKEN_COLON:
        top(layouter)->in_type = true;
        emit(layouter, layouter->token);
        break;
    case TOKEN_FUN:
        emit(layouter, layouter->token);
        push(layouter, CONTEXT_FUN);
        break;
    case TOKEN_LET: case TOKEN_LET_BANG: begin_let(layouter); break;
    case TOKEN_AND_BANG: continue_and_bang(layouter); break;
    case TOKEN_IN: pass_in(layouter); break;
    case TOKEN_RUNS: begin_runs(layouter); break;
    case TOKEN_RETURNS: begin_returns(layouter); break;
    case TOKEN_LOWER: pass_word(layouter); break;
    default: emit(layouter, layouter->token); break;
    }
}

// ---- declarations ----

// A line in column 1 begins a declaration unless it can only go on with the one above.
static bool begins_declaration(const Token *token) {
    return token->first && token->column == 1 && !continues_item((TokenKind)token->kind);
}

// A declaration that ends with a word that opens a block has lost its value, and the line below is the value, in the wrong column.
static bool lacks_value(const Token *last) {
    return last->kind == TOKEN_EQUALS || last->kind == TOKEN_ARROW || last->kind == TOKEN_THEN || last->kind == TOKEN_ELSE;
}

static bool is_declaration_word(const Token *token) {
    switch (token->kind) {
    case TOKEN_IMPORT: case TOKEN_LET: case TOKEN_TYPE: case TOKEN_OPAQUE: case TOKEN_PRIVATE: case TOKEN_ALIAS: case TOKEN_EFFECT:
    case TOKEN_CELL: case TOKEN_EXTERN: case TOKEN_TEST: case TOKEN_SPEC:
        return true;
    default:
        return false;
    }
}

static bool ends_declaration(const Token *next) {
    return begins_declaration(next) && (is_declaration_word(next) || !lacks_value(next - 1));
}

static void close_everything(Layouter *layouter) {
    while (layouter->depth > 1) {
        bool is_open = top(layouter)->kind == CONTEXT_BRACKET;
        layouter->left_open |= is_open && layouter->end->kind != TOKEN_END && !is_declaration_word(layouter->end);
        if (is_open) report_never_closed(layouter, top(layouter)->opener);
        pop(layouter);
    }
}

static bool is_type_declaration(const Token *token) {
    switch (token->kind) {
    case TOKEN_TYPE: case TOKEN_OPAQUE: case TOKEN_ALIAS: case TOKEN_EFFECT: case TOKEN_EXTERN: return true;
    default: return false;
    }
}

// Tokens [first, end) of the list are one declaration. What is wrong in one that the lexer has reported is most likely the same mistake.
static void lay_out_declaration(Layouter *layouter, const Token *first, const Token *end, bool has_errors) {
    Slice slice = {.first = layouter->layout->tokens.count, .written = first, .written_end = end};
    layouter->end = end;
    layouter->reported = has_errors || (layouter->left_open && !is_declaration_word(first));
    layouter->left_open = false;
    layouter->abandoned = false;
    layouter->is_muted = first->kind == TOKEN_LOWER && first->column == 1;
    layouter->suspicious = NULL;
    report_foreign_statements(layouter, first, end);
    layouter->fresh = layouter->token = first;
    layouter->depth = 0;
    Context *declaration = push(layouter, CONTEXT_DECLARATION);
    declaration->in_type = declaration->is_type = is_type_declaration(first) || (first->kind == TOKEN_PRIVATE && is_type_declaration(first + 1));
    if (first->column != 1) report_first_column(layouter, first);
    for (; layouter->token < end && !layouter->abandoned; layouter->token++) {
        if (layouter->token->first) {
            layouter->line_column = layouter->token->column;
            if (layouter->token != layouter->fresh) start_line(layouter);
        }
        pass_token(layouter);
    }
    if (!layouter->abandoned) close_everything(layouter);
    emit_mark(layouter, TOKEN_END, layouter->layout->tokens.count > slice.first ? last_end(layouter) : first->start);
    slice.count = layouter->layout->tokens.count - slice.first;
    slice.reported = layouter->reported;
    slice.is_abandoned = layouter->abandoned;
    vector_push(layouter->arena, &layouter->layout->slices, slice);
}

Layout *lay_out(Arena *arena, Diagnostics *diagnostics, const TokenList *list) {
    Layout *layout = NEW(arena, Layout);
    Layouter *layouter = NEW(arena, Layouter);
    layouter->arena = arena;
    layouter->diagnostics = diagnostics;
    layouter->list = list;
    layouter->layout = layout;
    const Token *token = list->tokens.items, *last = token + list->tokens.count - 1;
    size_t error = 0;
    vector_reserve(arena, &layout->tokens, list->tokens.count * 2);
    size_t errors_before = diagnostics->error_count;
    while (token < last && diagnostics->error_count - errors_before < ERROR_LIMIT) {
        const Token *end = token + 1;
        while (end < last && !ends_declaration(end)) end++;
        uint32_t limit = end < last ? end->start : UINT32_MAX;
        size_t first_error = error;
        while (error < list->errors.count && list->errors.items[error] < limit) error++;
        lay_out_declaration(layouter, token, end, error > first_error);
        token = end;
    }
    return layout;
}
