// Conditions on sums of Ints: whether they can hold together, by Fourier's elimination (J. Fourier, 1827; T. Motzkin, 1936) over the rationals.
// What cannot hold over the rationals cannot hold over the Ints; what may hold, may. Sums that grow beyond 95 bits, or coefficients beyond 30, are taken to be able to hold.
// What is computed on the way can be large, and is kept no longer than that takes.

#include "unknown.h"

enum { MOST_SUMS = 2000 };

typedef Vector(Linear) Sums;

Linear add_linear(Arena *arena, const Linear *left, const Linear *right, int64_t factor) {
    Linear sum = {.constant = left->constant + right->constant * factor};
    size_t l = 0, r = 0;
    while (l < left->items.count || r < right->items.count) {
        const LinearItem *a = l < left->items.count ? &left->items.items[l] : NULL, *b = r < right->items.count ? &right->items.items[r] : NULL;
        LinearItem item = {0};
        bool takes_left = a && (!b || a->opaque->id <= b->opaque->id), takes_right = b && (!a || b->opaque->id <= a->opaque->id);
        if (takes_left) item = left->items.items[l++];
        if (takes_right) {
            item.opaque = b->opaque;
            item.coefficient += factor * b->coefficient;
            r++;
        }
        if (item.coefficient) vector_push(arena, &sum.items, item);
    }
    return sum;
}

bool same_sum(const Linear *left, const Linear *right) {
    if (left->constant != right->constant || left->items.count != right->items.count) return false;
    for (size_t i = 0; i < left->items.count; i++) {
        const LinearItem *l = &left->items.items[i], *r = &right->items.items[i];
        if (l->opaque != r->opaque || l->coefficient != r->coefficient) return false;
    }
    return true;
}

static const __int128 LARGE = (__int128)1 << 95; // times a coefficient, and added to another such, it fits

bool is_large(const Linear *sum) {
    for (size_t i = 0; i < sum->items.count; i++)
        if (sum->items.items[i].coefficient > (1 << 30) || sum->items.items[i].coefficient < -(1 << 30)) return true;
    return sum->constant > LARGE || sum->constant < -LARGE;
}

static int64_t coefficient_of(const Linear *sum, const Opaque *opaque) {
    for (size_t i = 0; i < sum->items.count; i++)
        if (sum->items.items[i].opaque == opaque) return sum->items.items[i].coefficient;
    return 0;
}

// The sums, each not negative, that follow without the opaque value. False: they have become too many or too large.
static bool eliminate(Arena *arena, const Sums *sums, const Opaque *opaque, Sums *without) {
    for (size_t i = 0; i < sums->count; i++) {
        const Linear *lower = &sums->items[i];
        int64_t up = coefficient_of(lower, opaque);
        if (up == 0) vector_push(arena, without, *lower);
        for (size_t k = 0; up > 0 && k < sums->count; k++) {
            int64_t down = coefficient_of(&sums->items[k], opaque);
            if (down >= 0) continue;
            Linear scaled = {.constant = 0};
            scaled = add_linear(arena, &scaled, lower, -down);
            scaled = add_linear(arena, &scaled, &sums->items[k], up);
            if (is_large(&scaled) || without->count > MOST_SUMS) return false;
            if (scaled.items.count || scaled.constant < 0) vector_push(arena, without, scaled);
        }
    }
    return true;
}

static const Opaque *some_opaque(const Sums *sums) {
    for (size_t i = 0; i < sums->count; i++)
        if (sums->items[i].items.count) return sums->items[i].items.items[0].opaque;
    return NULL;
}

// How often it stands in sums that bound it from below, and from above.
typedef struct Uses {
    const Opaque *opaque;
    size_t lower, upper;
} Uses;

// The one but `kept` that leaves the fewest sums when it is eliminated; NULL: there is none.
static const Opaque *find_cheapest(Arena *arena, const Sums *sums, const Opaque *kept) {
    Table places = table_in(arena);
    Vector(Uses *) all = {0};
    for (size_t i = 0; i < sums->count; i++)
        for (size_t k = 0; k < sums->items[i].items.count; k++) {
            const LinearItem *item = &sums->items[i].items.items[k];
            Uses *uses = table_get(&places, item->opaque);
            if (!uses) {
                uses = NEW(arena, Uses);
                uses->opaque = item->opaque;
                table_put(&places, item->opaque, uses);
                vector_push(arena, &all, uses);
            }
            if (item->coefficient > 0) uses->lower++;
            else uses->upper++;
        }
    const Uses *best = NULL;
    for (size_t i = 0; i < all.count; i++) {
        const Uses *uses = all.items[i];
        bool is_better = !best || uses->lower * uses->upper < best->lower * best->upper;
        if (uses->opaque != kept && is_better) best = uses;
    }
    return best ? best->opaque : NULL;
}

// Eliminates all but `kept`. False: it is not known.
static bool eliminate_all(Arena *arena, Sums *sums, const Opaque *kept) {
    for (size_t i = 0; i < sums->count; i++)
        if (is_large(&sums->items[i])) return false;
    for (;;) {
        const Opaque *opaque = find_cheapest(arena, sums, kept);
        if (!opaque) return true;
        Sums without = {0};
        if (!eliminate(arena, sums, opaque, &without)) return false;
        *sums = without;
    }
}

static void push_sum(Arena *arena, Sums *sums, const Linear *sum, int64_t factor, __int128 constant) {
    Linear none = {.constant = constant}, scaled = add_linear(arena, &none, sum, factor);
    vector_push(arena, sums, scaled);
}

// A Char's range, a length's, or an Int's.
static void range_of(const Opaque *opaque, __int128 *least, __int128 *greatest) {
    *least = opaque->is_char ? 0 : opaque->has_range ? opaque->least : INT64_MIN;
    *greatest = opaque->is_char ? 0x10ffff : opaque->has_range ? opaque->greatest : INT64_MAX;
}

static void add_range(Arena *arena, Sums *sums, const Opaque *opaque) {
    __int128 least, greatest;
    LinearItem item = {opaque, 1};
    Linear alone = {.constant = 0};
    range_of(opaque, &least, &greatest);
    vector_push(arena, &alone.items, item);
    push_sum(arena, sums, &alone, 1, -least);
    push_sum(arena, sums, &alone, -1, greatest);
}

static void add_ranges(Arena *arena, Sums *sums) {
    Table done = table_in(arena);
    size_t count = sums->count;
    for (size_t i = 0; i < count; i++) {
        size_t items = sums->items[i].items.count;
        for (size_t k = 0; k < items; k++) {
            const Opaque *opaque = sums->items[i].items.items[k].opaque;
            if (table_has(&done, opaque)) continue;
            table_put(&done, opaque, (void *)(uintptr_t)opaque);
            add_range(arena, sums, opaque);
        }
    }
}

static Sums sums_of(Arena *arena, const Fact *facts, size_t count) {
    Sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        if (facts[i].kind == FACT_NOT_NEGATIVE || facts[i].kind == FACT_ZERO) push_sum(arena, &sums, &facts[i].sum, 1, 0);
        if (facts[i].kind == FACT_ZERO) push_sum(arena, &sums, &facts[i].sum, -1, 0);
    }
    return sums;
}

static bool sums_can_hold(Arena *arena, Sums sums) {
    add_ranges(arena, &sums);
    if (!eliminate_all(arena, &sums, NULL)) return true;
    for (size_t i = 0; i < sums.count; i++)
        if (sums.items[i].constant < 0) return false;
    return true;
}

static bool shares_opaque(const Linear *sum, const Table *opaques) {
    for (size_t i = 0; i < sum->items.count; i++)
        if (table_has(opaques, sum->items.items[i].opaque)) return true;
    return false;
}

static void note_opaques(Table *opaques, const Linear *sum) {
    for (size_t i = 0; i < sum->items.count; i++) table_put(opaques, sum->items.items[i].opaque, (void *)(uintptr_t)sum);
}

// Whether it can hold, too, that factor * sum + constant is not negative. The sums can: only those have to do with it that share an opaque value with it, or
// with one that does.
static bool holds_with(Arena *arena, const Sums *sums, const Linear *sum, int64_t factor, __int128 constant) {
    Sums more = {0};
    Table opaques = table_in(arena);
    bool *is_taken = NEW_ARRAY(arena, bool, sums->count + 1), is_more = true;
    note_opaques(&opaques, sum);
    while (is_more) {
        is_more = false;
        for (size_t i = 0; i < sums->count; i++) {
            if (is_taken[i] || !shares_opaque(&sums->items[i], &opaques)) continue;
            is_taken[i] = is_more = true;
            note_opaques(&opaques, &sums->items[i]);
            vector_push(arena, &more, sums->items[i]);
        }
    }
    push_sum(arena, &more, sum, factor, constant);
    return sums_can_hold(arena, more);
}

static bool facts_can_hold(Arena *arena, const Fact *facts, size_t count) {
    Sums sums = sums_of(arena, facts, count);
    if (!some_opaque(&sums)) {
        for (size_t i = 0; i < sums.count; i++)
            if (sums.items[i].constant < 0) return false;
    } else if (!sums_can_hold(arena, sums)) return false;
    for (size_t i = 0; i < count; i++) {
        if (facts[i].kind != FACT_NOT_ZERO) continue;
        if (!holds_with(arena, &sums, &facts[i].sum, 1, -1) && !holds_with(arena, &sums, &facts[i].sum, -1, -1)) return false;
    }
    return true;
}

bool can_hold(const Fact *facts, size_t count) {
    Arena *arena = arena_create();
    bool can = facts_can_hold(arena, facts, count);
    arena_destroy(arena);
    return can;
}

// The fact's opposite; that of ZERO is NOT_ZERO.
static Fact opposite_of(Arena *arena, const Fact *fact) {
    Fact opposite = *fact;
    if (fact->kind != FACT_NOT_NEGATIVE) opposite.kind = fact->kind == FACT_ZERO ? FACT_NOT_ZERO : FACT_ZERO;
    else {
        Linear less = {.constant = -1};
        opposite.sum = add_linear(arena, &less, &fact->sum, -1);
    }
    return opposite;
}

static bool can_hold_with(Arena *arena, const Case *present, Fact fact) {
    Vector(Fact) facts = {0};
    for (size_t i = 0; i < present->facts.count; i++) vector_push(arena, &facts, present->facts.items[i]);
    vector_push(arena, &facts, fact);
    return facts_can_hold(arena, facts.items, facts.count);
}

Truth decide_linear(const Case *present, const Fact *fact) {
    Arena *arena = arena_create();
    Truth truth = TRUTH_FALSE;
    if (can_hold_with(arena, present, *fact)) truth = can_hold_with(arena, present, opposite_of(arena, fact)) ? TRUTH_OPEN : TRUTH_TRUE;
    arena_destroy(arena);
    return truth;
}

static __int128 floor_divide(__int128 left, __int128 right) {
    __int128 quotient = left / right;
    return quotient - (left % right != 0 && (left < 0) != (right < 0));
}

void find_bounds(const Case *present, const Opaque *opaque, int64_t *least, int64_t *greatest) {
    __int128 low, high;
    Arena *arena = arena_create();
    Sums sums = sums_of(arena, present->facts.items, present->facts.count);
    range_of(opaque, &low, &high);
    add_range(arena, &sums, opaque);
    add_ranges(arena, &sums);
    if (eliminate_all(arena, &sums, opaque))
        for (size_t i = 0; i < sums.count; i++) {
            int64_t coefficient = coefficient_of(&sums.items[i], opaque);
            __int128 constant = sums.items[i].constant;
            if (coefficient > 0 && -floor_divide(constant, coefficient) > low) low = -floor_divide(constant, coefficient);
            if (coefficient < 0 && floor_divide(constant, -coefficient) < high) high = floor_divide(constant, -coefficient);
        }
    arena_destroy(arena);
    *least = low > INT64_MAX ? INT64_MAX : (int64_t)low;
    *greatest = high < INT64_MIN ? INT64_MIN : (int64_t)high;
}
