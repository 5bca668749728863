// Which answers the specs have given at each place where the program asks for one.

#include "coverage.h"

static void add_site(Coverage *coverage, const CoreExpression *place) {
    CallSite *site = NEW(coverage->arena, CallSite);
    site->place = place;
    table_put(&coverage->by_place, place, site);
    vector_push(coverage->arena, &coverage->sites, site);
}

static void find_in(Coverage *coverage, CoreExpression *node) {
    if (node->kind == CORE_PERFORM && node->operation->effect->kind != EFFECT_CELL && !table_has(&coverage->by_place, node)) add_site(coverage, node);
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++) find_in(coverage, *core_child(node, i));
}

static bool stands_before(const CallSite *left, const CallSite *right) {
    Span one = left->place->span, other = right->place->span;
    if (one.source != other.source) return one.source->order < other.source->order;
    return one.start < other.start;
}

// By insertion: definitions come nearly in the order of the text.
static void sort_sites(Coverage *coverage) {
    for (size_t i = 1; i < coverage->sites.count; i++) {
        CallSite *site = coverage->sites.items[i];
        size_t place = i;
        for (; place > 0 && stands_before(site, coverage->sites.items[place - 1]); place--) coverage->sites.items[place] = coverage->sites.items[place - 1];
        coverage->sites.items[place] = site;
    }
}

Coverage *find_call_sites(Arena *arena, const CoreProgram *program) {
    Coverage *coverage = NEW(arena, Coverage);
    coverage->arena = arena;
    coverage->by_place = table_in(arena);
    for (size_t i = 0; i < program->definitions.count; i++) {
        const CoreDefinition *definition = program->definitions.items[i];
        if (definition->value && definition->is_own && !definition->is_test) find_in(coverage, definition->value);
    }
    sort_sites(coverage);
    return coverage;
}

// ---- while specs run ----

static CallSite *site_of(const Coverage *coverage, const CoreExpression *place) { return coverage && place ? table_get(&coverage->by_place, place) : NULL; }

void note_call(Coverage *coverage, const CoreExpression *place) {
    CallSite *site = site_of(coverage, place);
    if (site) site->is_asked = true;
}

static uint64_t set_of(int tag) {
    if (tag == NO_CONSTRUCTOR) return 0;
    return tag == ANY_CONSTRUCTOR ? ~(uint64_t)0 : (uint64_t)1 << (tag % 64);
}

void note_answer(Coverage *coverage, const CoreExpression *place, int tag) {
    CallSite *site = site_of(coverage, place);
    if (site) site->answered |= set_of(tag);
}

void note_cancelled(Coverage *coverage, const CoreExpression *place, int tag) {
    CallSite *site = site_of(coverage, place);
    if (!site) return;
    site->is_cancelled = true;
    site->cancelled |= set_of(tag);
}

void note_late(Coverage *coverage, const CoreExpression *place, int tag) {
    CallSite *site = site_of(coverage, place);
    if (site) site->late |= set_of(tag);
}
