#ifndef FX_SEMANTICS_SAMPLE_H
#define FX_SEMANTICS_SAMPLE_H
// Values made up by their type, for tests and specs whose parameters stand for all values: generated (generate_value.c), made smaller when they
// are a counterexample (shrink_value.c), given to a machine as core, shown to a person as fx source (sample.c).

#include "../core/core.h"
#include "../fx.h"

typedef struct Sample Sample;
typedef Vector(Sample *) Samples;

typedef enum {
    SAMPLE_INT,
    SAMPLE_CHAR,        // integer
    SAMPLE_FLOAT,
    SAMPLE_STRING,
    SAMPLE_DATA,        // constructor, items: its fields
    SAMPLE_LIST,        // items
    SAMPLE_BUILT,       // builder applied to items: of an opaque or extern type
    SAMPLE_FUNCTION,    // items: keys and values by turns, then the value for all other arguments
    SAMPLE_COMPUTATION, // items[0]: what it answers
    SAMPLE_HANDLE,      // opaque: of a type of C's, such as a socket; nobody looks into it
} SampleKind;

struct Sample {
    SampleKind kind;
    Type *type;
    int64_t integer;
    double number;
    Text text;
    const Constructor *constructor;
    CoreDefinition *builder;
    const struct Opaque *opaque;
    const char *source; // SAMPLE_BUILT: how `to_source` writes what is built; else NULL (sample_source.c)
    Samples items;
};

// ---- generate_value.c ----

struct Unknowns;

typedef struct Generator {
    Arena *arena;
    const CoreProgram *program;
    uint64_t state; // of the random numbers: all that is generated follows from its first value
    struct Unknowns *unknowns; // that handles are made among; NULL: there are none
    unsigned handles; // of one case, so far
    bool only_edges; // of numbers, texts and lists the ends of their ranges
    bool is_item;    // within a list: Ints stay small, so that sums do
} Generator;

// Whether values of the type can be generated. A type variable is generated as Int (as String where it is appended).
bool can_generate(Generator *generator, Type *type);
// `size`: the length of lists and texts, the depth of recursive types; from 0.
Sample *generate_sample(Generator *generator, Type *type, unsigned size);
// The size and the edges of case `index` of `count`: edges come first, then sizes grow.
void generate_case(Generator *generator, const Types *types, unsigned index, unsigned count, Samples *samples);
uint64_t mix_seed(uint64_t seed, const char *name);

// Whether it is a value that nobody looks into, and there are such.
bool is_generated_handle(Generator *generator, Type *type);

// ---- shrink_value.c ----

// Smaller values than this, the smallest first; none is larger, but for the next whole number, so replacing a counterexample by one of them ends.
Samples shrink_sample(Arena *arena, const Sample *sample);

// ---- sample.c ----

Sample *make_sample(Arena *arena, SampleKind kind, Type *type);
// What stands for a handle in the expression of a sample.
typedef struct SampleHandle {
    CoreVariable *variable;
    const struct Opaque *opaque;
} SampleHandle;
typedef Vector(SampleHandle) SampleHandles;

// The variables of its handles are put behind `handles`, which may be NULL where the sample has none.
CoreExpression *sample_expression(Arena *arena, CoreProgram *program, const Sample *sample, Span span, SampleHandles *handles);
void print_sample(Builder *builder, const Sample *sample, bool is_argument);

#endif
