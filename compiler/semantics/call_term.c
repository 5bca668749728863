// Functions of C, applied to what is not known. Of those below it is known that they always answer, and by nothing but their arguments. So what one
// gives is some value, the same one for the same arguments: an opaque value, as a parameter is one, which the program's cases are made of. Of
// lengths, parts and beginnings a little more is known.

#include "unknown.h"

#include <inttypes.h>
#include <string.h>

static const int64_t LONGEST_TEXT = (int64_t)1 << 48; // more than any memory holds

typedef struct Function {
    const char *symbol;
    bool (*rule)(Machine *machine, const External *external, Value *arguments, Value *value); // true: it is known; may make the arguments simpler
    bool has_range;
    int64_t least;
} Function;

// ---- a little more ----

static Value opaque_call(Machine *machine, const External *external, const Value *arguments, const Function *function);

static Pieces pieces_of(Machine *machine, Value text) {
    Pieces pieces = {0};
    add_piece(machine, machine->unknowns->arena, &pieces, text);
    return pieces;
}

static bool begins_or_ends(Machine *machine, Value *arguments, Value *value, bool at_end) {
    Pieces part = pieces_of(machine, arguments[0]), text = pieces_of(machine, arguments[1]);
    bool agrees = strip_pieces(machine, &part, &text, at_end);
    bool is_longer = !text.count && least_length(&part) > 0;
    *value = bool_value(machine, agrees && !is_longer);
    if (!part.count || !agrees || is_longer) return true;
    arguments[0] = value_of_pieces(machine, &part);
    arguments[1] = value_of_pieces(machine, &text);
    return false;
}

static bool rule_starts_with(Machine *machine, const External *external, Value *arguments, Value *value) {
    (void)external;
    return begins_or_ends(machine, arguments, value, false);
}

static bool rule_ends_with(Machine *machine, const External *external, Value *arguments, Value *value) {
    (void)external;
    return begins_or_ends(machine, arguments, value, true);
}

static const Function LENGTH = {"fx_string_length_of", NULL, true, 0};

static Linear length_of(Machine *machine, const External *external, Value piece) {
    if (piece.kind == VALUE_STRING) return (Linear){.constant = (__int128)text_in(piece).length};
    return linear_of(machine, machine->unknowns->arena, opaque_call(machine, external, &piece, &LENGTH));
}

static bool rule_length(Machine *machine, const External *external, Value *arguments, Value *value) {
    Pieces pieces = pieces_of(machine, arguments[0]);
    Linear sum = {.constant = 0};
    for (size_t i = 0; i < pieces.count; i++) {
        Linear length = length_of(machine, external, pieces.items[i]);
        sum = add_linear(machine->unknowns->arena, &sum, &length, 1);
    }
    *value = value_of_linear(machine, &sum);
    return true;
}

static const External *find_length(const Machine *machine) {
    for (size_t i = 0; i < machine->unknowns->called.count; i++) {
        const External *external = machine->unknowns->called.items[i].external;
        if (strcmp(external->symbol, LENGTH.symbol) == 0) return external;
    }
    return NULL;
}

// From where one of the text's parts begins to where one ends.
static bool rule_slice(Machine *machine, const External *external, Value *arguments, Value *value) {
    (void)external;
    Arena *arena = machine->unknowns->arena;
    const External *length_function = find_length(machine);
    Pieces pieces = pieces_of(machine, arguments[2]), chosen = {0};
    Linear from = linear_of(machine, arena, arguments[0]), to = linear_of(machine, arena, arguments[1]), at = {.constant = 0};
    bool is_within = false;
    for (size_t i = 0; length_function; i++) {
        is_within = is_within || same_sum(&at, &from);
        if (is_within && same_sum(&at, &to)) {
            *value = value_of_pieces(machine, &chosen);
            return true;
        }
        if (i == pieces.count) break;
        if (is_within) vector_push(arena, &chosen, pieces.items[i]);
        Linear length = length_of(machine, length_function, pieces.items[i]);
        at = add_linear(arena, &at, &length, 1);
    }
    return false;
}

// `String.join`: opaque lists among the items are a text each, where nothing comes between the items.
static bool join_list(Machine *machine, const External *external, const Value *arguments, Value *value) {
    static const Function join = {"fx_string_join", NULL, false, 0};
    Arena *arena = machine->unknowns->arena;
    Value separator = look(machine, arguments[0]), list = look_at_list(machine, arguments[1]);
    bool is_plain = separator.kind == VALUE_STRING && !text_in(separator).length, has_symbolic = is_symbolic(separator);
    Pieces parts = {0};
    for (; list.kind == VALUE_DATA || (is_plain && list.kind == VALUE_SPLICED); list = look_at_list(machine, list.object->items[1])) {
        Value item = list.object->items[0];
        if (list.kind == VALUE_SPLICED) item = opaque_call(machine, external, (Value[]){separator, look(machine, item)}, &join);
        if (parts.count && !is_plain) vector_push(arena, &parts, separator);
        vector_push(arena, &parts, item);
        has_symbolic = has_symbolic || is_symbolic(item);
    }
    if (list.kind == VALUE_SPLICED || (list.kind == VALUE_UNKNOWN && parts.count && !is_plain)) return false;
    if (list.kind == VALUE_UNKNOWN) {
        Value rest = opaque_call(machine, external, (Value[]){separator, list}, &join);
        vector_push(arena, &parts, rest);
    } else if (!has_symbolic) return false;
    *value = join_texts(machine, parts.count, parts.items);
    return true;
}

// ---- any ----

static const Function FUNCTIONS[] = {
    {"fx_string_length_of", rule_length, true, 0},
    {"fx_string_starts_with", rule_starts_with, false, 0},
    {"fx_string_ends_with", rule_ends_with, false, 0},
    {"fx_string_slice", rule_slice, false, 0},
    {"fx_string_starts_with_from", NULL, false, 0},
    {"fx_string_byte_or_minus", NULL, true, -1},
    {"fx_string_find_from", NULL, true, -1},
    {"fx_string_find_last", NULL, true, -1},
    {"fx_string_skip", NULL, false, 0},
    {"fx_string_count", NULL, true, 0},
    {"fx_string_equal_ignoring_case", NULL, false, 0},
    {"fx_string_is_utf8", NULL, false, 0},
    {"fx_string_trim_start", NULL, false, 0},
    {"fx_string_trim_end", NULL, false, 0},
    {"fx_string_replace", NULL, false, 0},
    {"fx_string_to_upper", NULL, false, 0},
    {"fx_string_to_lower", NULL, false, 0},
    {"fx_tcp_port", NULL, true, 0},
    {"fx_tcp_held_text", NULL, false, 0},
    {"fx_udp_port", NULL, true, 0},
};

static const Function *find_function(const External *external) {
    for (size_t i = 0; external->symbol && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (strcmp(FUNCTIONS[i].symbol, external->symbol) == 0) return &FUNCTIONS[i];
    return NULL;
}

bool always_answers(const char *symbol) {
    static const char *const others[] = {"fx_string_join", "fx_string_split", "fx_string_lines", "fx_string_words", "fx_string_chars"};
    for (size_t i = 0; symbol && i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++)
        if (strcmp(FUNCTIONS[i].symbol, symbol) == 0) return true;
    for (size_t i = 0; symbol && i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], symbol) == 0) return true;
    return false;
}

static bool is_called_with(const Machine *machine, const Called *called, const External *external, const Value *arguments) {
    if (called->external != external) return false;
    for (size_t i = 0; i < external->arguments.count; i++)
        if (!same_term(machine, called->arguments[i], arguments[i])) return false;
    return true;
}

static Value opaque_call(Machine *machine, const External *external, const Value *arguments, const Function *function) {
    struct Unknowns *unknowns = machine->unknowns;
    size_t count = external->arguments.count;
    for (size_t i = 0; i < unknowns->called.count; i++)
        if (is_called_with(machine, &unknowns->called.items[i], external, arguments)) return unknowns->called.items[i].value;
    Builder name = builder_in(unknowns->arena);
    build_format(&name, "%s.%s of what is not known", external->definition->module, external->definition->name);
    Called called = {external, NEW_ARRAY(unknowns->arena, Value, count + 1), make_opaque(unknowns, external->answer, builder_string(&name), NULL)};
    for (size_t i = 0; i < count; i++) called.arguments[i] = keep_term(machine, unknowns->arena, arguments[i]);
    Opaque *opaque = (Opaque *)(uintptr_t)called.value.object->about;
    opaque->has_range = function->has_range;
    opaque->least = function->least;
    opaque->greatest = LONGEST_TEXT;
    vector_push(unknowns->arena, &unknowns->called, called);
    return called.value;
}

bool call_symbolic(Machine *machine, const External *external, const Value *arguments, Value *value) {
    if (external->symbol && strcmp(external->symbol, "fx_string_join") == 0) return join_list(machine, external, arguments, value);
    const Function *function = find_function(external);
    Value known[4];
    bool has_symbolic = false;
    if (!function) return false;
    for (size_t i = 0; i < external->arguments.count; i++) {
        known[i] = look(machine, arguments[i]);
        has_symbolic = has_symbolic || is_symbolic(known[i]);
    }
    if (!has_symbolic) return false;
    if (function->rule && function->rule(machine, external, known, value)) return true;
    *value = opaque_call(machine, external, known, function);
    return true;
}

// ---- sizes ----

// Functions that make something as large as an argument says.
static const struct Sized {
    const char *symbol, *name;
    size_t argument;
    int64_t most;
} SIZED[] = {
    {"fx_string_fill", "a text of %" PRId64 " bytes", 0, 16 << 20},
    {"fx_array_make", "an array of %" PRId64 " items", 0, 1 << 20},
    {"fx_integer_raise", "a power with the exponent %" PRId64, 1, 10000},
};

void refuse_sizes(Machine *machine, const External *external, const Value *arguments) {
    for (size_t i = 0; external->symbol && i < sizeof SIZED / sizeof *SIZED; i++) {
        const struct Sized *sized = &SIZED[i];
        if (strcmp(sized->symbol, external->symbol) != 0 || arguments[sized->argument].integer <= sized->most) continue;
        Builder what = builder_in(machine->unknowns->arena);
        build_format(&what, sized->name, arguments[sized->argument].integer);
        undecided(machine, "%s, larger than what a spec is run on", builder_string(&what));
    }
}
