// `fx dump tokens` and `fx dump layout`.

#include "token.h"

static const char *const names[] = {
#define TOKEN(name, spelling) #name,
#include "token.def"
#undef TOKEN
};

static const char *const spellings[] = {
#define TOKEN(name, spelling) spelling,
#include "token.def"
#undef TOKEN
};

const char *token_spelling(TokenKind kind) { return spellings[kind]; }

Span token_span(const Source *source, const Token *token) { return (Span){source, token->start, token->end}; }

static Text written(const Source *source, const Token *token) {
    return (Text){source->text.bytes + token->start, token->end - token->start};
}

// The bytes of a text, so that each stays on its line.
static void build_escaped(Builder *builder, Text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '"' || byte == '\\') build_format(builder, "\\%c", byte);
        else if (byte == '\n') build_string(builder, "\\n");
        else if (byte < 0x20 || byte == 0x7F) build_format(builder, "\\x%02x", byte);
        else build_byte(builder, (char)byte);
    }
}

// A piece of a text between its own delimiters: "a", "a\(, )a\( or )a".
static void build_piece(Builder *builder, const Source *source, const Token *token) {
    bool is_first = token->kind == TOKEN_STRING || token->kind == TOKEN_STRING_START;
    bool is_last = token->kind == TOKEN_STRING || token->kind == TOKEN_STRING_END;
    build_byte(builder, is_first ? '"' : ')');
    build_escaped(builder, token_text(source, token));
    build_string(builder, is_last ? "\"" : "\\(");
}

static bool is_text(const Token *token) { return token->kind >= TOKEN_STRING && token->kind <= TOKEN_STRING_END; }

// One token a line: LINE:COLUMN KIND spelling.
Text print_tokens(Arena *arena, const TokenList *list) {
    Builder builder = builder_in(arena);
    for (size_t i = 0; i < list->tokens.count; i++) {
        const Token *token = &list->tokens.items[i];
        Position position = source_position(list->source, token->start);
        build_format(&builder, "%u:%u %s", position.line, position.column, names[token->kind]);
        if (is_text(token)) {
            build_byte(&builder, ' ');
            build_piece(&builder, list->source, token);
        } else if (token->kind != TOKEN_END) {
            build_byte(&builder, ' ');
            build_text(&builder, written(list->source, token));
        }
        build_byte(&builder, '\n');
    }
    return builder_text(&builder);
}

static void build_layout_token(Builder *builder, const Source *source, const Token *token) {
    switch (token->kind) {
    case TOKEN_OPEN: build_string(builder, "<"); break;
    case TOKEN_ITEM: build_string(builder, ";"); break;
    case TOKEN_CLOSE: build_string(builder, ">"); break;
    case TOKEN_MISSING: build_string(builder, "missing"); break;
    default:
        if (is_text(token)) build_piece(builder, source, token);
        else build_text(builder, written(source, token));
    }
}

// The source's tokens on the source's lines, an empty line between declarations; a block is <its items; parted by semicolons>.
Text print_layout(Arena *arena, const Source *source, const Layout *layout) {
    Builder builder = builder_in(arena);
    for (size_t i = 0; i < layout->slices.count; i++) {
        const Slice *slice = &layout->slices.items[i];
        if (i) build_byte(&builder, '\n');
        for (size_t j = 0; j + 1 < slice->count; j++) {
            const Token *token = &layout->tokens.items[slice->first + j];
            if (token->first && j) build_byte(&builder, '\n');
            if (token->first) build_format(&builder, "%*s", (int)token->column - 1, "");
            else if (j) build_byte(&builder, ' ');
            build_layout_token(&builder, source, token);
        }
        build_byte(&builder, '\n');
    }
    return builder_text(&builder);
}
