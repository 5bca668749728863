#include "mutation.h"

#include <ctype.h>
#include <string.h>

typedef enum { PIECE_CHARACTER, PIECE_TOKEN, PIECE_LINE, PIECE_KINDS } PieceKind;
typedef enum { CHANGE_DROP, CHANGE_DOUBLE, CHANGE_SWAP, CHANGE_KINDS } Change;

typedef struct Piece {
    size_t start, end;
} Piece;

// splitmix64 (Steele, Lea, Flood 2014).
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t random_below(uint64_t *state, size_t limit) { return limit ? (size_t)(next_random(state) % limit) : 0; }

static bool is_word(char byte) { return isalnum((unsigned char)byte) || byte == '_' || byte == '\'' || (byte & 0x80); }
static bool is_operator(char byte) { return byte && strchr("=<>|&:+-*/!.", byte); }

static Piece character_at(Text text, size_t place) {
    while (place > 0 && (text.bytes[place] & 0xc0) == 0x80) place--;
    size_t end = place + 1;
    while (end < text.length && (text.bytes[end] & 0xc0) == 0x80) end++;
    return (Piece){place, end};
}

// A word, a run of operators, or one other byte; from white space, the token after it.
static Piece token_at(Text text, size_t place) {
    while (place < text.length && isspace((unsigned char)text.bytes[place])) place++;
    if (place == text.length) return (Piece){place, place};
    bool (*is_same)(char) = is_word(text.bytes[place]) ? is_word : is_operator(text.bytes[place]) ? is_operator : NULL;
    if (!is_same) return (Piece){place, place + 1};
    size_t end = place + 1;
    while (place > 0 && is_same(text.bytes[place - 1])) place--;
    while (end < text.length && is_same(text.bytes[end])) end++;
    return (Piece){place, end};
}

static Piece line_at(Text text, size_t place) {
    size_t end = place;
    while (place > 0 && text.bytes[place - 1] != '\n') place--;
    while (end < text.length && text.bytes[end] != '\n') end++;
    return (Piece){place, end < text.length ? end + 1 : end};
}

static Piece piece_at(Text text, PieceKind kind, size_t place) {
    switch (kind) {
    case PIECE_CHARACTER: return character_at(text, place);
    case PIECE_TOKEN: return token_at(text, place);
    default: return line_at(text, place);
    }
}

static void build_piece(Builder *builder, Text text, size_t start, size_t end) { build_text(builder, (Text){text.bytes + start, end - start}); }

static Text change_once(Arena *arena, Text text, uint64_t *random) {
    if (text.length == 0) return text;
    PieceKind kind = (PieceKind)random_below(random, PIECE_KINDS);
    Change change = (Change)random_below(random, CHANGE_KINDS);
    Piece piece = piece_at(text, kind, random_below(random, text.length));
    Piece other = piece.end < text.length ? piece_at(text, kind, piece.end) : piece;
    if (other.start < piece.end) change = change == CHANGE_SWAP ? CHANGE_DROP : change;
    Builder builder = builder_in(arena);
    build_piece(&builder, text, 0, piece.start);
    if (change == CHANGE_DOUBLE) {
        build_piece(&builder, text, piece.start, piece.end);
        if (kind == PIECE_TOKEN) build_byte(&builder, ' ');
        build_piece(&builder, text, piece.start, text.length);
    } else if (change == CHANGE_DROP) {
        build_piece(&builder, text, piece.end, text.length);
    } else {
        build_piece(&builder, text, other.start, other.end);
        build_piece(&builder, text, piece.end, other.start);
        build_piece(&builder, text, piece.start, piece.end);
        build_piece(&builder, text, other.end, text.length);
    }
    return builder_text(&builder);
}

Text mutate(Arena *arena, Text program, uint64_t number) {
    uint64_t random = number;
    size_t changes = number == 0 ? 0 : 1 + random_below(&random, 3);
    Text text = program;
    for (size_t i = 0; i < changes; i++) text = change_once(arena, text, &random);
    char *ended = arena_allocate(arena, text.length + 16);
    memcpy(ended, text.bytes, text.length);
    return (Text){ended, text.length};
}
