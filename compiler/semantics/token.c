// Tokens: a failure's values and schedule in a few dozen characters, from which it is run again. Bytes, written 6 bits a character: a mark of the
// spec's name, the values by their types, then the choices.

#include "token.h"

#include <string.h>

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";

static unsigned mark_of(const CoreSpec *spec) { return (unsigned)(mix_seed(1, spec->definition->name) & 0xffff); }

// ---- writing ----

static void put_number(Builder *bytes, uint64_t number) {
    for (; number > 0x7f; number >>= 7) build_byte(bytes, (char)((number & 0x7f) | 0x80));
    build_byte(bytes, (char)number);
}

static bool put_sample(Builder *bytes, const Sample *sample) {
    switch (sample->kind) {
    case SAMPLE_INT:
    case SAMPLE_CHAR: put_number(bytes, (uint64_t)sample->integer << 1 ^ (sample->integer < 0 ? UINT64_MAX : 0)); return true;
    case SAMPLE_FLOAT: build_text(bytes, (Text){(const char *)&sample->number, sizeof sample->number}); return true;
    case SAMPLE_STRING:
        put_number(bytes, sample->text.length);
        build_text(bytes, sample->text);
        return true;
    case SAMPLE_DATA: put_number(bytes, sample->constructor->tag); break;
    case SAMPLE_LIST: put_number(bytes, sample->items.count); break;
    default: return false; // made by a function of the library, or itself one
    }
    for (size_t i = 0; i < sample->items.count; i++)
        if (!put_sample(bytes, sample->items.items[i])) return false;
    return true;
}

const char *make_token(Arena *arena, const CoreSpec *spec, const Samples *samples, const Choices *choices) {
    Builder bytes = builder_in(arena), token = builder_in(arena);
    size_t count = choices->count;
    put_number(&bytes, mark_of(spec));
    for (size_t i = 0; samples && i < samples->count; i++)
        if (!samples->items[i] || !put_sample(&bytes, samples->items[i])) return NULL;
    while (count && !choices->items[count - 1]) count--; // the first answer each time
    put_number(&bytes, count);
    for (size_t i = 0; i < count; i++) put_number(&bytes, choices->items[i]);
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        held = held << 8 | (unsigned char)bytes.bytes[i];
        for (bits += 8; bits >= 6; bits -= 6) build_byte(&token, DIGITS[held >> (bits - 6) & 63]);
    }
    if (bits) build_byte(&token, DIGITS[held << (6 - bits) & 63]);
    return builder_string(&token);
}

// ---- reading ----

typedef struct Reader {
    Arena *arena;
    const CoreProgram *program;
    Text bytes;
    size_t at;
    bool is_wrong;
} Reader;

static Text bytes_of(Arena *arena, const char *token) {
    Builder bytes = builder_in(arena);
    unsigned held = 0, bits = 0;
    for (; *token; token++) {
        const char *digit = strchr(DIGITS, *token);
        if (!digit) return (Text){"", 0};
        held = held << 6 | (unsigned)(digit - DIGITS);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        build_byte(&bytes, (char)(held >> bits));
    }
    return builder_text(&bytes);
}

static uint64_t get_number(Reader *reader) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (reader->at >= reader->bytes.length) break;
        unsigned char byte = (unsigned char)reader->bytes.bytes[reader->at++];
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    reader->is_wrong = true;
    return 0;
}

static Text get_bytes(Reader *reader, size_t length) {
    if (length > reader->bytes.length - reader->at) {
        reader->is_wrong = true;
        return (Text){"", 0};
    }
    reader->at += length;
    return (Text){reader->bytes.bytes + reader->at - length, length};
}

static Sample *get_sample(Reader *reader, Type *type);

static Sample *get_list(Reader *reader, Type *type) {
    Sample *sample = make_sample(reader->arena, SAMPLE_LIST, type);
    for (uint64_t left = get_number(reader); left && !reader->is_wrong; left--)
        vector_push(reader->arena, &sample->items, get_sample(reader, type->arguments.items[0]));
    return sample;
}

static Sample *get_data(Reader *reader, Type *type) {
    uint64_t tag = get_number(reader);
    Sample *sample = make_sample(reader->arena, SAMPLE_DATA, type);
    if (tag >= type->data->constructors.count) reader->is_wrong = true;
    if (reader->is_wrong) return sample;
    const Constructor *constructor = type->data->constructors.items[tag];
    sample->constructor = constructor;
    for (size_t i = 0; i < constructor->fields.count && !reader->is_wrong; i++) {
        Type *field = substitute_type(reader->arena, constructor->fields.items[i], &type->data->parameters, &type->arguments);
        vector_push(reader->arena, &sample->items, get_sample(reader, field));
    }
    return sample;
}

static Sample *get_integer(Reader *reader, Type *type, bool is_char) {
    Sample *sample = make_sample(reader->arena, is_char ? SAMPLE_CHAR : SAMPLE_INT, type);
    uint64_t number = get_number(reader);
    sample->integer = (int64_t)(number >> 1 ^ (0 - (number & 1)));
    return sample;
}

static Sample *get_sample(Reader *reader, Type *type) {
    const Builtins *builtins = reader->program->builtins;
    type = resolve_type(type);
    const DataType *data = type->kind == TYPE_DATA ? type->data : builtins->int_type; // a type variable's values are Ints
    if (data == builtins->int_type || data == builtins->char_type) return get_integer(reader, type, data == builtins->char_type);
    if (data == builtins->string_type || data == builtins->float_type) {
        Sample *sample = make_sample(reader->arena, data == builtins->string_type ? SAMPLE_STRING : SAMPLE_FLOAT, type);
        if (data == builtins->string_type) sample->text = get_bytes(reader, get_number(reader));
        else memcpy(&sample->number, get_bytes(reader, sizeof sample->number).bytes, reader->is_wrong ? 0 : sizeof sample->number);
        return sample;
    }
    return data == builtins->list_type ? get_list(reader, type) : get_data(reader, type);
}

bool read_token(Arena *arena, const CoreProgram *program, const CoreSpec *spec, const char *token, Samples *samples, Choices *choices) {
    Reader reader = {.arena = arena, .program = program, .bytes = bytes_of(arena, token)};
    if (get_number(&reader) != mark_of(spec)) return false;
    for (size_t i = 0; i < spec->parameters.count && !reader.is_wrong; i++)
        vector_push(arena, samples, get_sample(&reader, spec->parameters.items[i]->type));
    for (uint64_t left = get_number(&reader); left && !reader.is_wrong; left--) vector_push(arena, choices, (uint32_t)get_number(&reader));
    return !reader.is_wrong;
}

bool is_token_of(Compilation *compilation, const CoreSpec *spec, const char *token) {
    Reader reader = {.arena = compilation->arena, .bytes = bytes_of(compilation->arena, token)};
    return get_number(&reader) == mark_of(spec) && !reader.is_wrong;
}
