// Values by their type. The random numbers are Steele, Lea and Flood's SplitMix64 ("Fast splittable pseudorandom number generators", 2014).

#include "sample.h"
#include "unknown.h"

#include <math.h>
#include <string.h>

enum {
    HEIGHT_LIMIT = 8,     // of the smallest value of a type: one whose smallest is higher counts as having none
    LARGEST_SIZE = 24,
    EDGE_CASES = 12,      // the first cases of a hundred
    MOST_KEYS = 3,        // of a function
};

// ---- random numbers ----

static uint64_t next_random(Generator *generator) {
    uint64_t z = generator->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static unsigned below(Generator *generator, size_t limit) { return (unsigned)(next_random(generator) % limit); }

// FNV-1a: each test has numbers of its own, so that leaving others out changes nothing.
uint64_t mix_seed(uint64_t seed, const char *name) {
    uint64_t hash = 0xcbf29ce484222325u ^ seed;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
    return hash;
}

// ---- types ----

static const Builtins *builtins_of(const Generator *generator) { return generator->program->builtins; }

static Type *plain_data(Generator *generator, DataType *data) { return data_type(generator->arena, data, &(Types){0}); }

// A type variable stands for any type that has what the test asks of it.
static Type *concrete(Generator *generator, Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_PARAMETER) return type;
    bool is_text = type->parameter->constraints & CONSTRAINT_APPEND;
    return plain_data(generator, is_text ? builtins_of(generator)->string_type : builtins_of(generator)->int_type);
}

static Type *field_of(Generator *generator, Type *type, const Constructor *constructor, size_t index) {
    return concrete(generator, substitute_type(generator->arena, constructor->fields.items[index], &type->data->parameters, &type->arguments));
}

// ---- builders: the public functions of a module that make a value of its opaque type ----

// The arguments of `parameters` by which `general` becomes `special`; false: none do.
static bool match_type(Generator *generator, Type *general, Type *special, const TypeParameters *parameters, Types *arguments) {
    general = resolve_type(general);
    special = resolve_type(special);
    for (size_t i = 0; general->kind == TYPE_PARAMETER && i < parameters->count; i++)
        if (parameters->items[i] == general->parameter) {
            if (!arguments->items[i]) arguments->items[i] = special;
            return arguments->items[i] == special || type_equal(arguments->items[i], special);
        }
    if (general->kind != TYPE_DATA || special->kind != TYPE_DATA || general->data != special->data) return false;
    for (size_t i = 0; i < general->arguments.count; i++)
        if (!match_type(generator, general->arguments.items[i], special->arguments.items[i], parameters, arguments)) return false;
    return true;
}

typedef struct BuilderUse {
    CoreDefinition *definition;
    Types parameters; // of this use
} BuilderUse;
typedef Vector(BuilderUse) BuilderUses;

static bool fits(Generator *generator, Type *type, unsigned height);

// It takes no value of the type itself, nor a function, and answers no computation.
static bool is_builder(Generator *generator, CoreDefinition *definition, Type *wanted, BuilderUse *use) {
    if (definition->module != wanted->data->module || definition->is_private || definition->is_test || definition->kind == DEFINITION_CELL) return false;
    Types arguments = {0};
    for (size_t i = 0; i < definition->parameters.count; i++) vector_push(generator->arena, &arguments, NULL);
    Type *result = resolve_type(definition->type);
    while (result->kind == TYPE_FUNCTION) result = resolve_type(result->right);
    if (!match_type(generator, result, wanted, &definition->parameters, &arguments)) return false;
    for (size_t i = 0; i < arguments.count; i++)
        if (!arguments.items[i]) return false;
    *use = (BuilderUse){.definition = definition};
    for (Type *type = resolve_type(definition->type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) {
        Type *parameter = concrete(generator, substitute_type(generator->arena, type->left, &definition->parameters, &arguments));
        if (parameter->kind != TYPE_DATA || parameter->data == wanted->data) return false;
        vector_push(generator->arena, &use->parameters, parameter);
    }
    return true;
}

// `from_list` alone where there is one: it makes every value of the type, and shows it best. `of_string` reads what `to_source` writes: most
// texts are nothing to it.
static BuilderUses find_builders(Generator *generator, Type *type, unsigned height) {
    BuilderUses found = {0};
    BuilderUse use;
    const CoreDefinitions *definitions = &generator->program->definitions;
    for (size_t i = 0; i < definitions->count; i++) {
        if (!is_builder(generator, definitions->items[i], type, &use)) continue;
        bool all_fit = true;
        for (size_t k = 0; k < use.parameters.count; k++) all_fit &= fits(generator, use.parameters.items[k], height);
        if (!all_fit || (type->data->has_source && strcmp(use.definition->name, "of_string") == 0)) continue;
        if (strcmp(use.definition->name, "from_list") == 0) found.count = 0;
        vector_push(generator->arena, &found, use);
        if (strcmp(use.definition->name, "from_list") == 0) break;
    }
    return found;
}

// Of a type of C's that no function makes out of plain values.
static bool is_handle(Generator *generator, Type *type) {
    BuilderUse use;
    if (!generator->unknowns || type->kind != TYPE_DATA || type->data->kind != DATA_EXTERN) return false;
    const CoreDefinitions *definitions = &generator->program->definitions;
    for (size_t i = 0; i < definitions->count; i++)
        if (is_builder(generator, definitions->items[i], type, &use)) return false;
    return true;
}

bool is_generated_handle(Generator *generator, Type *type) { return is_handle(generator, concrete(generator, type)); }

static bool is_closed(const DataType *data) { return data->is_opaque || data->kind == DATA_EXTERN; }

// ---- which types have values, of at most some height ----

static bool constructor_fits(Generator *generator, Type *type, const Constructor *constructor, unsigned height) {
    if (constructor->fields.count && !height) return false;
    for (size_t i = 0; i < constructor->fields.count; i++)
        if (!fits(generator, field_of(generator, type, constructor, i), height - 1)) return false;
    return true;
}

static bool data_fits(Generator *generator, Type *type, unsigned height) {
    const DataType *data = type->data;
    const Builtins *builtins = builtins_of(generator);
    if (data == builtins->list_type) return true; // []
    if (data->kind == DATA_PRIMITIVE) return data != builtins->never_type;
    if (is_handle(generator, type)) return true;
    if (is_closed(data)) return height && find_builders(generator, type, height - 1).count > 0;
    for (size_t i = 0; i < data->constructors.count; i++)
        if (constructor_fits(generator, type, data->constructors.items[i], height)) return true;
    return false;
}

static bool fits(Generator *generator, Type *type, unsigned height) {
    type = concrete(generator, type);
    switch (type->kind) {
    case TYPE_DATA: return data_fits(generator, type, height);
    case TYPE_FUNCTION: return height && fits(generator, type->right, height - 1);
    case TYPE_COMPUTATION: return height && fits(generator, type->left, height - 1);
    default: return false;
    }
}

static unsigned height_of(Generator *generator, Type *type) {
    for (unsigned height = 0; height <= HEIGHT_LIMIT; height++)
        if (fits(generator, type, height)) return height;
    return HEIGHT_LIMIT + 1;
}

bool can_generate(Generator *generator, Type *type) {
    type = concrete(generator, type);
    // [] is of any type of list: its items are looked at here.
    if (type->kind == TYPE_DATA && type->data == builtins_of(generator)->list_type) return can_generate(generator, type->arguments.items[0]);
    return height_of(generator, type) <= HEIGHT_LIMIT;
}

// ---- numbers and texts ----

static int64_t generate_int(Generator *generator, unsigned size) {
    static const int64_t edges[] = {0, 1, -1, 2, INT64_MAX, INT64_MIN};
    size_t edge_count = sizeof edges / sizeof *edges - (generator->is_item ? 2 : 0);
    if (generator->only_edges || below(generator, 16) == 0) return edges[size ? below(generator, edge_count) : 0];
    unsigned kind = below(generator, 8);
    if (kind == 0 && size) return (int64_t)(next_random(generator) >> (32 + below(generator, 31))) * (below(generator, 2) ? 1 : -1);
    return (int64_t)below(generator, 2 * (size_t)size + 1) - (int64_t)size;
}

static double generate_float(Generator *generator, unsigned size) {
    static const double edges[] = {0.0, 1.0, -1.0, 0.5, -0.0, 0.1, 1e300, -1e300, 1e-300};
    if (generator->only_edges || below(generator, 8) == 0) return edges[size ? below(generator, sizeof edges / sizeof *edges) : 0];
    if (size && below(generator, 8) == 0) { // of any size that an Int has
        double large = ldexp((double)(next_random(generator) >> 11) * 0x1p-53, (int)below(generator, 63));
        return below(generator, 2) ? large : -large;
    }
    double whole = (double)below(generator, 2 * (size_t)size + 1) - (double)size;
    return below(generator, 2) ? whole : whole + (double)(next_random(generator) >> 11) * 0x1p-53;
}

static uint32_t generate_scalar(Generator *generator, unsigned size) {
    static const uint32_t edges[] = {'a', '0', ' ', '\n', '"', 0, 0x7f, 0xe9, 0x20ac, 0x1f600, 0x10ffff};
    unsigned kind = below(generator, 8);
    if (generator->only_edges || kind == 0) return edges[size ? below(generator, sizeof edges / sizeof *edges) : 0];
    return kind < 5 ? 'a' + below(generator, 26) : ' ' + below(generator, 95);
}

// RFC 3629.
static void build_scalar(Builder *builder, uint32_t scalar) {
    unsigned more = scalar < 0x80 ? 0 : scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    build_byte(builder, (char)(leads[more] | scalar >> (6 * more)));
    while (more-- > 0) build_byte(builder, (char)(0x80 | ((scalar >> (6 * more)) & 0x3f)));
}

static Text generate_text(Generator *generator, unsigned size) {
    static const char *const edges[] = {"", "a", " ", "\n", "\xc3\xa9", "\xff"};
    if (generator->only_edges || below(generator, 16) == 0) return text_of(edges[size ? below(generator, sizeof edges / sizeof *edges) : 0]);
    Builder builder = builder_in(generator->arena);
    for (unsigned count = below(generator, (size_t)size + 1); count > 0; count--) build_scalar(&builder, generate_scalar(generator, size));
    return builder_text(&builder);
}

// ---- values with parts ----

static void add_item(Generator *generator, Sample *sample, Type *type, unsigned size) {
    vector_push(generator->arena, &sample->items, generate_sample(generator, type, size));
}

static Sample *generate_list(Generator *generator, Type *type, unsigned size) {
    Sample *sample = make_sample(generator->arena, SAMPLE_LIST, type);
    bool outer = generator->is_item;
    unsigned longest = generator->only_edges && size > 2 ? 2 : size;
    if (!fits(generator, type->arguments.items[0], HEIGHT_LIMIT)) longest = 0;
    generator->is_item = true;
    for (unsigned count = below(generator, (size_t)longest + 1); count > 0; count--) add_item(generator, sample, type->arguments.items[0], size / 2 + 1);
    generator->is_item = outer;
    return sample;
}

static Sample *generate_built(Generator *generator, Type *type, unsigned size) {
    unsigned height = height_of(generator, type);
    BuilderUses uses = find_builders(generator, type, size ? HEIGHT_LIMIT : height - 1);
    BuilderUse use = uses.items[below(generator, uses.count)];
    Sample *sample = make_sample(generator->arena, SAMPLE_BUILT, type);
    sample->builder = use.definition;
    for (size_t i = 0; i < use.parameters.count; i++) add_item(generator, sample, use.parameters.items[i], size ? size - 1 : 0);
    return sample;
}

// When no size is left, one of those that lead to a smallest value.
static const Constructor *choose_constructor(Generator *generator, Type *type, unsigned size) {
    Vector(const Constructor *) candidates = {0};
    unsigned height = size ? HEIGHT_LIMIT : height_of(generator, type);
    for (size_t i = 0; i < type->data->constructors.count; i++)
        if (constructor_fits(generator, type, type->data->constructors.items[i], height))
            vector_push(generator->arena, &candidates, type->data->constructors.items[i]);
    return candidates.items[below(generator, candidates.count)];
}

// Several fields of the type itself share what size is left.
static unsigned size_of_field(const Constructor *constructor, const DataType *data, unsigned size) {
    unsigned recursive = 0;
    for (size_t i = 0; i < constructor->fields.count; i++) {
        const Type *field = resolve_type(constructor->fields.items[i]);
        recursive += field->kind == TYPE_DATA && field->data == data;
    }
    bool is_plain = data->tuple_size || data->kind == DATA_RECORD;
    return recursive > 1 ? size / recursive : size && !is_plain ? size - 1 : size;
}

static Sample *generate_data(Generator *generator, Type *type, unsigned size) {
    Sample *sample = make_sample(generator->arena, SAMPLE_DATA, type);
    sample->constructor = choose_constructor(generator, type, size);
    unsigned left = size_of_field(sample->constructor, type->data, size);
    for (size_t i = 0; i < sample->constructor->fields.count; i++) add_item(generator, sample, field_of(generator, type, sample->constructor, i), left);
    return sample;
}

// Values that can be compared, so that a function can tell them apart.
static bool is_plain_key(Generator *generator, Type *type) {
    type = concrete(generator, type);
    if (type->kind != TYPE_DATA || is_handle(generator, type)) return false;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (!is_plain_key(generator, type->arguments.items[i])) return false;
    return fits(generator, type, HEIGHT_LIMIT);
}

static Sample *generate_function(Generator *generator, Type *type, unsigned size) {
    Sample *sample = make_sample(generator->arena, SAMPLE_FUNCTION, type);
    unsigned count = size && is_plain_key(generator, type->left) ? below(generator, MOST_KEYS + 1) : 0;
    for (; count > 0; count--) {
        add_item(generator, sample, type->left, size / 2);
        add_item(generator, sample, type->right, size / 2);
    }
    add_item(generator, sample, type->right, size / 2);
    return sample;
}

// Each is another one.
static Sample *generate_handle(Generator *generator, Type *type) {
    Sample *sample = make_sample(generator->arena, SAMPLE_HANDLE, type);
    Builder name = builder_in(generator->arena);
    build_format(&name, "%s%u", type->data->name, ++generator->handles);
    sample->opaque = make_opaque(generator->unknowns, type, builder_string(&name), NULL).object->about;
    return sample;
}

static Sample *generate_computation(Generator *generator, Type *type, unsigned size) {
    Sample *sample = make_sample(generator->arena, SAMPLE_COMPUTATION, type);
    add_item(generator, sample, type->left, size);
    return sample;
}

// ---- all of them ----

static Sample *generate_primitive(Generator *generator, Type *type, unsigned size) {
    const Builtins *builtins = builtins_of(generator);
    bool is_int = type->data == builtins->int_type, is_char = type->data == builtins->char_type, is_float = type->data == builtins->float_type;
    SampleKind kind = is_int ? SAMPLE_INT : is_char ? SAMPLE_CHAR : is_float ? SAMPLE_FLOAT : SAMPLE_STRING;
    Sample *sample = make_sample(generator->arena, kind, type);
    if (is_int) sample->integer = generate_int(generator, size);
    else if (is_char) sample->integer = generate_scalar(generator, size);
    else if (is_float) sample->number = generate_float(generator, size);
    else sample->text = generate_text(generator, size);
    return sample;
}

Sample *generate_sample(Generator *generator, Type *type, unsigned size) {
    type = concrete(generator, type);
    if (type->kind == TYPE_FUNCTION) return generate_function(generator, type, size);
    if (type->kind == TYPE_COMPUTATION) return generate_computation(generator, type, size);
    if (type->data == builtins_of(generator)->list_type) return generate_list(generator, type, size);
    if (type->data->kind == DATA_PRIMITIVE) return generate_primitive(generator, type, size);
    if (is_handle(generator, type)) return generate_handle(generator, type);
    return is_closed(type->data) ? generate_built(generator, type, size) : generate_data(generator, type, size);
}

void generate_case(Generator *generator, const Types *types, unsigned index, unsigned count, Samples *samples) {
    unsigned edges = count < EDGE_CASES ? count : EDGE_CASES;
    generator->only_edges = index < edges;
    generator->handles = 0;
    unsigned size = index < edges ? index : 1 + (index - edges) * LARGEST_SIZE / (count - edges + 1);
    for (size_t i = 0; i < types->count; i++) vector_push(generator->arena, samples, generate_sample(generator, types->items[i], size));
}
