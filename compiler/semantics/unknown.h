#ifndef FX_SEMANTICS_UNKNOWN_H
#define FX_SEMANTICS_UNKNOWN_H
// Values that stand for all values of a type. An opaque one is not looked into until the program does; then the case that is being run is given
// up for one case for each constructor, or one in which a condition holds and one in which it does not.
//
//   unknown.c    what is known of opaque values in a case; what the machine asks of them; case.c: cases
//   term.c       sums of Ints, texts put together: what is computed from opaque values; list_term.c: lists with opaque parts; call_term.c: what
//                functions of C give
//   linear.c     whether conditions on Ints can hold together

#include "semantics.h"

// Stands for all values of its type.
typedef struct Opaque {
    unsigned id;
    Type *type;
    const char *name;            // "name", "the head of names"
    const struct Opaque *parent; // of which it is a field; NULL: of a parameter
    unsigned depth;              // how many values of its type it is within
    bool is_char;
    bool has_range;              // an Int from least to greatest
    int64_t least, greatest;
    bool is_given;               // what a function gives
    const struct Opaque *of;     // for this list; NULL: for something smaller than a parameter
    Value *made;                 // by constructor: what it is in the cases in which it is made by that one; NULL: it was never split
    Object *object;              // OPAQUE
} Opaque;

// coefficient * opaque + ... + constant
typedef struct LinearItem { const Opaque *opaque; int64_t coefficient; } LinearItem;
typedef struct Linear {
    Vector(LinearItem) items; // by id, none is 0
    __int128 constant;
} Linear;

typedef enum {
    FACT_NOT_NEGATIVE, // sum >= 0
    FACT_ZERO,         // sum == 0
    FACT_NOT_ZERO,
    FACT_SAME,         // left == right
    FACT_DIFFERENT,
} FactKind;

typedef struct Fact {
    FactKind kind;
    Linear sum;
    Value left, right; // terms in the arena
} Fact;

// What distinguishes one case from the others.
typedef struct Case {
    Vector(Value) known; // by id; the opaque value itself: nothing is known
    Vector(Fact) facts;
} Case;

typedef enum { QUESTION_SPLIT, QUESTION_FACT, QUESTION_UNDECIDED } QuestionKind;

// Why a case had to be given up.
typedef struct Doubt {
    QuestionKind kind;
    const Opaque *opaque; // SPLIT
    Fact fact;            // FACT
    const char *why;      // UNDECIDED
} Doubt;

// What a C function that always answers gives for arguments that are not known: the same for the same arguments, and nothing more is known of it.
typedef struct Called {
    const External *external;
    Value *arguments; // terms in the arena
    Value value;
} Called;

// A condition that follows from a case's facts, or whose opposite does.
typedef struct Decided {
    Fact fact;
    bool holds;
} Decided;

struct Unknowns {
    Arena *arena;
    Vector(Called) called;
    Vector(const Opaque *) opaques; // by id
    const Case *present;
    const Case *decided_in;   // the case of which these are the last decisions: a recursion asks the same again and again
    Vector(Decided) decided;
    bool are_handles_apart; // two opaque values of a type of C's, such as sockets, are different ones
    void (*give_up)(void *context, const Doubt *doubt); // does not return
    void (*look_up)(void *context); // before what may take long
    // Induction: a LAMBDA whose application to some arguments is a computation that is not run, but asked; or it goes on with others, in their place.
    const CoreExpression *head;
    bool has_used; // there are others, too
    bool (*stands_for)(void *context, Object *function, const Value **arguments, Value *computation);
    bool runs_at_once; // the head does
    bool (*runs_with_tail)(void *context, Task *task, const External *external, const Value *arguments);
    bool (*runs_itself)(void *context, Task *task, External *external, const Value *arguments);
    // Of a function that is no computation, applied to an opaque value that only a hypothesis speaks of: what it gives is not looked at either.
    bool (*apply_apart)(void *context, const CoreExpression *lambda, const Value **arguments, Value *value); // or it goes on with others, too
    bool (*apply_opaque)(void *context, Value function, size_t count, const Value *arguments, Value *value); // of an opaque function
    // Of functions and computations, in what a spec compares by itself.
    bool (*is_same_code)(void *context, Value left, Value right);
    void *context;
};

static inline bool is_symbolic(Value value) { return value.kind >= VALUE_UNKNOWN; }

// ---- unknown.c ----
Value make_opaque(struct Unknowns *unknowns, Type *type, const char *name, const Opaque *parent);
// The value as far as it is known.
Value look(const Machine *machine, Value value);
// The same with a constructor: gives up the case when there is none yet.
Value inspect(Machine *machine, Value value);
// A list with its whole length known; the items may be opaque.
Value inspect_list(Machine *machine, Value list);
// With nothing opaque left anywhere in it; gives up the case when there is.
Value inspect_deep(Machine *machine, Value value, const char *by);
bool decide_fact(Machine *machine, const Fact *fact); // about sums
bool is_text_term(const Machine *machine, Value value);
bool decide_equal(Machine *machine, Value left, Value right);
int decide_order(Machine *machine, Value left, Value right);
// Only as far as the primitive, such as `<`, needs to know it.
int decide_as(Machine *machine, Primitive primitive, Value left, Value right);
_Noreturn void undecided(Machine *machine, const char *format, ...) __attribute__((format(printf, 2, 3)));

// ---- case.c ----
// The cases that a doubt makes of one, in the arena; fewer when some cannot be. `limit`: recursive types are not unfolded deeper; sets *is_cut.
typedef Vector(const Case *) Cases;
void split_case(struct Unknowns *unknowns, const CoreProgram *program, const Case *present, const Doubt *doubt, unsigned limit, Cases *cases, bool *is_cut);
// The case without what it says of the values that functions give, where a run without hypotheses that ended with this doubt cannot have met them: NULL, it
// says nothing, or the run may have.
const Case *without_given(struct Unknowns *unknowns, const Case *present, const Doubt *doubt);
bool same_case(const Case *left, const Case *right);

// ---- term.c ----
// What a primitive gives on operands of which one is symbolic; false: it compares, or looks into data.
bool compute_symbolic(Machine *machine, Task *task, const CoreExpression *node, const Value *operands);
Linear linear_of(const Machine *machine, Arena *arena, Value value);
Value shown_text(Machine *machine, Value value);
Value join_texts(Machine *machine, size_t count, const Value *texts);
// A text as the parts that it is put together from.
typedef Vector(Value) Pieces;
void add_piece(Machine *machine, Arena *arena, Pieces *pieces, Value piece);
Value value_of_pieces(Machine *machine, const Pieces *pieces);
// What both begin with, or end with, is left out. False: they differ there.
bool strip_pieces(Machine *machine, Pieces *left, Pieces *right, bool at_end);
size_t least_length(const Pieces *pieces);
Value value_of_linear(Machine *machine, const Linear *sum);
Value keep_term(const Machine *machine, Arena *arena, Value value); // a copy in the arena
bool same_term(const Machine *machine, Value left, Value right);
typedef enum { TRUTH_FALSE, TRUTH_TRUE, TRUTH_OPEN } Truth;
// Whether two texts are the same, as far as their parts say. OPEN: then `fact` is what would have to be known.
Truth same_text(Machine *machine, Arena *arena, Value left, Value right, Fact *fact);

// ---- call_term.c ----
// What a pure function of C gives when some argument is not known. False: that is not decided.
bool always_answers(const char *symbol);
bool call_symbolic(Machine *machine, const External *external, const Value *arguments, Value *value);
// Gives up where the function would make something larger than a run of a spec may be.
void refuse_sizes(Machine *machine, const External *external, const Value *arguments);

// ---- list_term.c ----
bool is_list_term(const Machine *machine, Value value);
// `++`, of which nothing is looked at.
Value append_list_terms(Machine *machine, Value left, Value right);
// As far as it is known: SPLICED only if that begins with an opaque list and goes on behind it.
Value look_at_list(Machine *machine, Value list);
// Both begin with the same opaque list: takes it off them.
bool strip_lists(Machine *machine, Value *left, Value *right);

// ---- linear.c ----
Linear add_linear(Arena *arena, const Linear *left, const Linear *right, int64_t factor); // left + factor * right
bool same_sum(const Linear *left, const Linear *right);
// False: the facts cannot all hold. True: they may. Facts about other than sums are passed over.
bool can_hold(const Fact *facts, size_t count);
bool is_large(const Linear *sum); // larger than what can be decided
Truth decide_linear(const Case *present, const Fact *fact);
// The least and the greatest value that the facts leave.
void find_bounds(const Case *present, const Opaque *opaque, int64_t *least, int64_t *greatest);

#endif
