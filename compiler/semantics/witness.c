// Guesses of values for which a case holds: numbers within the bounds that its conditions leave; texts as long as they say, with the beginnings, ends
// and bytes that are known, which differ from each other.

#include "witness.h"

#include <inttypes.h>
#include <string.h>

typedef struct Guess {
    Engine *engine;
    Generator *generator;
    Arena *arena;
    Case known;      // with what has been guessed so far
    unsigned attempt, texts;
    Table guessed;   // Opaque to Sample
} Guess;

static Sample *sample_of(Guess *guess, Value value, Type *type);

static int64_t choose_number(const Guess *guess, int64_t least, int64_t greatest) {
    if (greatest < least) return least;
    switch (guess->attempt % 4) {
    case 0: return least > 0 ? least : greatest < 0 ? greatest : 0;
    case 1: return least;
    case 2: return greatest;
    default: return least > INT64_MIN + (int64_t)guess->attempt && least + (int64_t)guess->attempt <= greatest ? least + (int64_t)guess->attempt : greatest;
    }
}

// So that what is guessed later goes with it.
static void add_known(Guess *guess, const Opaque *opaque, int64_t number) {
    LinearItem item = {opaque, 1};
    Fact fact = {.kind = FACT_ZERO, .sum = {.constant = -(__int128)number}};
    vector_push(guess->arena, &fact.sum.items, item);
    vector_push(guess->arena, &guess->known.facts, fact);
}

static Sample *guess_number(Guess *guess, const Opaque *opaque, Type *type) {
    int64_t least, greatest;
    find_bounds(&guess->known, opaque, &least, &greatest);
    Sample *sample = make_sample(guess->arena, opaque->is_char ? SAMPLE_CHAR : SAMPLE_INT, type);
    sample->integer = choose_number(guess, least, greatest);
    add_known(guess, opaque, sample->integer);
    return sample;
}

static Sample *text_sample(Guess *guess, Type *type, Builder *builder) {
    Sample *sample = make_sample(guess->arena, SAMPLE_STRING, type);
    sample->text = builder_text(builder);
    return sample;
}

// ---- texts of which the case says how they begin and end, and how long they are ----

enum { LONGEST_GUESS = 1 << 16, LETTERS = 8 }; // LETTERS: by which texts differ from each other

static bool is_about(const Guess *guess, Value argument, const Opaque *text) {
    argument = look(guess->engine->machine, argument);
    return argument.kind == VALUE_UNKNOWN && argument.object->about == text;
}

// What the function gives for the text, its last argument. *index: from where on to look, and then behind it. NULL: nothing more is known.
static const Called *find_called(const Guess *guess, const char *symbol, const Opaque *text, size_t *index) {
    const struct Unknowns *unknowns = &guess->engine->unknowns;
    while (text && *index < unknowns->called.count) {
        const Called *called = &unknowns->called.items[(*index)++];
        if (strcmp(called->external->symbol, symbol) == 0 && is_about(guess, called->arguments[called->external->arguments.count - 1], text)) return called;
    }
    return NULL;
}

// The longest text that it is known to begin with, or to end with.
static Text known_part(const Guess *guess, const char *symbol, const Opaque *text) {
    Machine *machine = guess->engine->machine;
    Text longest = {"", 0};
    size_t index = 0;
    for (const Called *called; (called = find_called(guess, symbol, text, &index));) {
        Value answer = look(machine, called->value), part = look(machine, called->arguments[0]);
        bool holds = answer.kind == VALUE_CONSTANT && constructor_of(answer)->tag == 1 && part.kind == VALUE_STRING;
        if (holds && text_in(part).length > longest.length) longest = text_in(part);
    }
    return longest;
}

// At the positions that the program has looked at: a letter, or what else it can be.
static void set_known_bytes(Guess *guess, const Opaque *text, char *bytes, int64_t length) {
    size_t index = 0;
    for (const Called *called; (called = find_called(guess, "fx_string_byte_or_minus", text, &index));) {
        Value at = look(guess->engine->machine, called->arguments[0]), answer = look(guess->engine->machine, called->value);
        int64_t least = answer.integer, greatest = answer.integer;
        if (at.kind != VALUE_INT || at.integer < 0 || at.integer >= length || (answer.kind != VALUE_INT && answer.kind != VALUE_UNKNOWN)) continue;
        if (answer.kind == VALUE_UNKNOWN) find_bounds(&guess->known, answer.object->about, &least, &greatest);
        unsigned char byte = (unsigned char)bytes[at.integer];
        bytes[at.integer] = (char)(byte < least ? least : byte > greatest && greatest >= 0 ? greatest : byte);
    }
}

static int64_t least_to_hold_bytes(Guess *guess, const Opaque *text) {
    int64_t length = 0, least, greatest;
    size_t index = 0;
    for (const Called *called; (called = find_called(guess, "fx_string_byte_or_minus", text, &index));) {
        Value at = look(guess->engine->machine, called->arguments[0]), answer = look(guess->engine->machine, called->value);
        if (at.kind != VALUE_INT || answer.kind != VALUE_UNKNOWN) continue;
        find_bounds(&guess->known, answer.object->about, &least, &greatest);
        if (least >= 0 && at.integer >= length && at.integer < LONGEST_GUESS) length = at.integer + 1;
    }
    return length;
}

static int64_t limit_to(int64_t number, int64_t least, int64_t greatest) { return number < least ? least : number > greatest ? greatest : number; }

// A length within the case's bounds, and with room for so many bytes; -1: there is none that a program would be run on.
static int64_t guess_length(Guess *guess, const Opaque *text, int64_t room) {
    int64_t least = 0, greatest = LONGEST_GUESS, low, high;
    size_t index = 0;
    const Called *called = find_called(guess, "fx_string_length_of", text, &index);
    const Opaque *length = called && called->value.kind == VALUE_UNKNOWN ? called->value.object->about : NULL;
    if (length) {
        find_bounds(&guess->known, length, &low, &high);
        least = low;
        greatest = high < LONGEST_GUESS ? high : LONGEST_GUESS;
    }
    if (room > least) least = room;
    if (least > greatest) return -1;
    int64_t chosen = limit_to(room && guess->attempt == 0 ? room : (least > 1 ? least : 1) + (int64_t)(guess->attempt % 8), least, greatest);
    if (length) add_known(guess, length, chosen);
    return chosen;
}

static Sample *guess_text(Guess *guess, const Opaque *opaque, Type *type) {
    Builder builder = builder_in(guess->arena);
    Text first = known_part(guess, "fx_string_starts_with", opaque), last = known_part(guess, "fx_string_ends_with", opaque);
    int64_t room = least_to_hold_bytes(guess, opaque), ends = (int64_t)(first.length + last.length);
    if (guess->attempt > 7) return generate_sample(guess->generator, type, guess->attempt / 8);
    int64_t length = guess_length(guess, opaque, room > ends ? room : ends);
    if (length < 0) return generate_sample(guess->generator, type, guess->attempt / 8);
    build_text(&builder, first);
    for (int64_t i = 0; i < length - ends; i++) build_byte(&builder, i < LETTERS ? (char)('a' + (guess->texts + (size_t)i) % 26) : 'a');
    build_text(&builder, last);
    guess->texts++;
    set_known_bytes(guess, opaque, builder.bytes, length);
    return text_sample(guess, type, &builder);
}

static Sample *guess_opaque(Guess *guess, const Opaque *opaque) {
    Sample *sample = table_get(&guess->guessed, opaque);
    const Builtins *builtins = guess->engine->program->builtins;
    if (sample) return sample;
    bool is_data = opaque->type->kind == TYPE_DATA;
    if (is_data && (opaque->type->data == builtins->int_type || opaque->is_char)) sample = guess_number(guess, opaque, opaque->type);
    else if (is_data && opaque->type->data == builtins->string_type) sample = guess_text(guess, opaque, opaque->type);
    else sample = generate_sample(guess->generator, opaque->type, guess->attempt / 8);
    if (sample->kind == SAMPLE_HANDLE) sample->opaque = opaque;
    table_put(&guess->guessed, opaque, sample);
    return sample;
}

static void build_piece(Guess *guess, Builder *builder, Value piece, Type *type) {
    if (piece.kind == VALUE_STRING) build_text(builder, text_in(piece));
    else if (piece.kind == VALUE_TEXT_OF) {
        const Sample *sample = sample_of(guess, piece.object->items[0], type);
        if (sample && sample->kind == SAMPLE_INT) build_format(builder, "%" PRId64, sample->integer);
    } else {
        const Sample *sample = sample_of(guess, piece, type);
        if (sample && sample->kind == SAMPLE_STRING) build_text(builder, sample->text);
    }
}

static Sample *sample_of_list(Guess *guess, Value list, Type *type) {
    Sample *sample = make_sample(guess->arena, SAMPLE_LIST, type);
    Value item;
    while (next_item(&list, &item)) {
        vector_push(guess->arena, &sample->items, sample_of(guess, item, resolve_type(type->arguments.items[0])));
        list = look(guess->engine->machine, list);
    }
    if (list.kind != VALUE_UNKNOWN) return sample;
    const Sample *rest = guess_opaque(guess, list.object->about);
    for (size_t i = 0; rest->kind == SAMPLE_LIST && i < rest->items.count; i++) vector_push(guess->arena, &sample->items, rest->items.items[i]);
    return sample;
}

static Sample *sample_of_data(Guess *guess, Value value, Type *type) {
    const Constructor *constructor = constructor_of(value);
    if (constructor->data == guess->engine->program->builtins->list_type) return sample_of_list(guess, value, type);
    Sample *sample = make_sample(guess->arena, SAMPLE_DATA, type);
    sample->constructor = constructor;
    for (size_t i = 0; value.kind == VALUE_DATA && i < value.object->count; i++) {
        Type *field = substitute_type(guess->arena, constructor->fields.items[i], &constructor->data->parameters, &type->arguments);
        vector_push(guess->arena, &sample->items, sample_of(guess, value.object->items[i], resolve_type(field)));
    }
    return sample;
}

static Sample *sample_of_joined(Guess *guess, Value value, Type *type) {
    Builder builder = builder_in(guess->arena);
    for (size_t i = 0; i < value.object->count; i++) build_piece(guess, &builder, look(guess->engine->machine, value.object->items[i]), type);
    return text_sample(guess, type, &builder);
}

static Sample *sample_of_known(Guess *guess, Value value, Type *type) {
    Builder builder = builder_in(guess->arena);
    Sample *sample;
    switch (value.kind) {
    case VALUE_STRING: build_text(&builder, text_in(value)); return text_sample(guess, type, &builder);
    case VALUE_FLOAT:
        sample = make_sample(guess->arena, SAMPLE_FLOAT, type);
        sample->number = value.number;
        return sample;
    default:
        sample = make_sample(guess->arena, value.kind == VALUE_CHAR ? SAMPLE_CHAR : SAMPLE_INT, type);
        sample->integer = value.integer;
        return sample;
    }
}

static Sample *sample_of(Guess *guess, Value value, Type *type) {
    value = look(guess->engine->machine, value);
    switch (value.kind) {
    case VALUE_UNKNOWN: return guess_opaque(guess, value.object->about);
    case VALUE_JOINED: return sample_of_joined(guess, value, type);
    case VALUE_DATA:
    case VALUE_CONSTANT: return sample_of_data(guess, value, type);
    case VALUE_INT:
    case VALUE_CHAR:
    case VALUE_FLOAT:
    case VALUE_STRING: return sample_of_known(guess, value, type);
    default: return generate_sample(guess->generator, type, 0);
    }
}

void guess_witness(Engine *engine, Generator *generator, const Case *present, const Value *values, const Types *types, unsigned attempt, Samples *samples) {
    Guess guess = {.engine = engine, .generator = generator, .arena = engine->compilation->arena, .attempt = attempt};
    guess.guessed = table_in(guess.arena);
    for (size_t i = 0; i < present->facts.count; i++) vector_push(guess.arena, &guess.known.facts, present->facts.items[i]);
    for (size_t i = 0; i < types->count; i++) samples->items[i] = sample_of(&guess, values[i], resolve_type(types->items[i]));
}
