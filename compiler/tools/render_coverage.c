// What no spec has reached.

#include "test_program.h"

#include "../types/type.h"

// How answers come, at one place or at all.
typedef enum { DELIVERED, CANCELLED, LATE, WAYS } Way;

typedef struct Count {
    size_t all, reached;
} Count;

// Only data whose constructors a program tells apart; more than a few are one answer.
static bool has_constructors(const Type *answer) {
    enum { MOST = 8 };
    if (answer->kind != TYPE_DATA || answer->data->kind != DATA_VARIANT || answer->data->is_opaque) return false;
    return answer->data->constructors.count > 1 && answer->data->constructors.count <= MOST;
}

// The answers of a site, as a set: by constructor, or one for all.
static uint64_t all_answers(const Type *answer) { return has_constructors(answer) ? ((uint64_t)1 << answer->data->constructors.count) - 1 : 1; }

static uint64_t within(const Type *answer, uint64_t tags) { return has_constructors(answer) ? tags & all_answers(answer) : tags != 0; }

static bool is_unit(const Type *answer) { return answer->kind == TYPE_DATA && answer->data->constructors.count == 1 && !answer->data->constructors.items[0]->fields.count; }

// In which ways a site's answers can come: what does not wait is not cancelled, and a () that comes late is like one that does not come.
static unsigned count_ways(const CallSite *site) {
    const Operation *operation = site->place->operation;
    if (!operation->waits && operation->effect->kind != EFFECT_USER) return CANCELLED;
    return is_unit(resolve_type(operation->answer)) ? LATE : WAYS;
}

static void build_names(Builder *out, const Type *answer, uint64_t tags) {
    for (size_t i = 0, found = 0; tags >> i; i++)
        if (tags >> i & 1) build_format(out, "%s%s", found++ ? ", " : "", answer->data->constructors.items[i]->name);
}

// What has come in no way is told once; of the rest, what has not come in this one.
static void build_missing(Builder *out, const Type *answer, Way way, uint64_t missing, bool is_whole) {
    static const char *const words[WAYS] = {"delivered", "cancelled", "too late"};
    if (!missing) return;
    if (out->length) build_string(out, "; ");
    build_format(out, "never %s", words[way]);
    if (is_whole) return;
    build_string(out, way == CANCELLED ? " before the answer " : ": ");
    build_names(out, answer, missing);
}

static void build_site(Builder *out, const CallSite *site, Count counts[WAYS]) {
    const Operation *operation = site->place->operation;
    const Type *answer = resolve_type(operation->answer);
    uint64_t all = all_answers(answer), ways[WAYS] = {within(answer, site->answered), within(answer, site->cancelled), within(answer, site->late)};
    uint64_t come = ways[DELIVERED] | ways[CANCELLED] | ways[LATE];
    Builder missing = builder_in(out->arena);
    if (come != all) build_string(&missing, has_constructors(answer) ? "never the answer " : "never an answer");
    if (come != all && has_constructors(answer)) build_names(&missing, answer, all & ~come);
    for (Way way = DELIVERED; way < (Way)count_ways(site); way++) {
        bool is_told = way == CANCELLED && site->is_cancelled && !ways[CANCELLED]; // where no spec says what would have been answered
        counts[way].all += (size_t)__builtin_popcountll(all);
        counts[way].reached += (size_t)__builtin_popcountll(ways[way]);
        if (!is_told) build_missing(&missing, answer, way, come & ~ways[way], !ways[way]);
    }
    if (!missing.length) return;
    Position position = source_position(site->place->span.source, site->place->span.start);
    build_format(out, "%s:%u:%u: %s.%s: ", site->place->span.source->path, position.line, position.column, operation->effect->name, operation->name);
    build_format(out, "%s\n", site->is_asked ? builder_string(&missing) : "no spec gets here");
}

Text render_coverage(Arena *arena, const Coverage *coverage) {
    Builder out = builder_in(arena);
    Count counts[WAYS] = {0};
    for (size_t i = 0; i < coverage->sites.count; i++) build_site(&out, coverage->sites.items[i], counts);
    if (!coverage->sites.count) return builder_text(&out);
    build_format(&out, "coverage: %zu of %zu answers at %u places", counts[DELIVERED].reached, counts[DELIVERED].all, coverage->sites.count);
    if (counts[CANCELLED].all) build_format(&out, "; cancelled before %zu of %zu", counts[CANCELLED].reached, counts[CANCELLED].all);
    if (counts[LATE].all) build_format(&out, ", too late %zu of %zu", counts[LATE].reached, counts[LATE].all);
    build_byte(&out, '\n');
    return builder_text(&out);
}
