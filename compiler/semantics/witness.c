// Guesses of values for which a case holds: numbers within the bounds that its conditions leave, texts that differ from each other.

#include "witness.h"

#include <inttypes.h>

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

static Sample *guess_number(Guess *guess, const Opaque *opaque, Type *type) {
    int64_t least, greatest;
    find_bounds(&guess->known, opaque, &least, &greatest);
    Sample *sample = make_sample(guess->arena, opaque->is_char ? SAMPLE_CHAR : SAMPLE_INT, type);
    sample->integer = choose_number(guess, least, greatest);
    LinearItem item = {opaque, 1};
    Fact fact = {.kind = FACT_ZERO, .sum = {.constant = -(__int128)sample->integer}};
    vector_push(guess->arena, &fact.sum.items, item);
    vector_push(guess->arena, &guess->known.facts, fact);
    return sample;
}

static Sample *text_sample(Guess *guess, Type *type, Builder *builder) {
    Sample *sample = make_sample(guess->arena, SAMPLE_STRING, type);
    sample->text = builder_text(builder);
    return sample;
}

static Sample *guess_text(Guess *guess, Type *type) {
    Builder builder = builder_in(guess->arena);
    if (guess->attempt > 3) return generate_sample(guess->generator, type, guess->attempt / 8);
    for (unsigned i = 0; i <= guess->attempt; i++) build_byte(&builder, (char)('a' + (guess->texts + i) % 26));
    guess->texts++;
    return text_sample(guess, type, &builder);
}

static Sample *guess_opaque(Guess *guess, const Opaque *opaque) {
    Sample *sample = table_get(&guess->guessed, opaque);
    const Builtins *builtins = guess->engine->program->builtins;
    if (sample) return sample;
    bool is_data = opaque->type->kind == TYPE_DATA;
    if (is_data && (opaque->type->data == builtins->int_type || opaque->is_char)) sample = guess_number(guess, opaque, opaque->type);
    else if (is_data && opaque->type->data == builtins->string_type) sample = guess_text(guess, opaque->type);
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
