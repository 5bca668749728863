// What no spec has reached.

#include "test_program.h"

// What is not reached at a site, in words; nothing: all is.
typedef struct Missing {
    Builder text;
    size_t all, reached;
} Missing;

static void count_way(Missing *missing, bool is_reached, const char *what, const char *name) {
    missing->all++;
    missing->reached += is_reached;
    if (is_reached) return;
    build_format(&missing->text, "%s%s%s", missing->text.length ? ", " : "", what, name);
}

// Only data whose constructors a program tells apart; more than a few are one way.
static bool has_ways(const Type *answer) {
    enum { MOST = 8 };
    if (answer->kind != TYPE_DATA || answer->data->kind != DATA_VARIANT || answer->data->is_opaque) return false;
    return answer->data->constructors.count > 1 && answer->data->constructors.count <= MOST;
}

static void count_answers(Missing *missing, const CallSite *site) {
    const Type *answer = resolve_type(site->place->operation->answer);
    if (!has_ways(answer)) {
        count_way(missing, site->answered != 0, "an answer", "");
        return;
    }
    for (size_t i = 0; i < answer->data->constructors.count; i++)
        count_way(missing, site->answered >> i & 1, "the answer ", answer->data->constructors.items[i]->name);
}

// Whether its task can be cancelled while it waits there is not known, so that is told but not counted; neither is what is late.
static void build_site(Builder *out, const CallSite *site, Missing *whole) {
    const Operation *operation = site->place->operation;
    Missing missing = {.text = builder_in(out->arena)};
    count_answers(&missing, site);
    whole->all += missing.all;
    whole->reached += missing.reached;
    bool waits = operation->waits || operation->effect->kind == EFFECT_USER, is_all = missing.reached == missing.all;
    if (is_all && (!waits || site->is_cancelled)) return;
    Position position = source_position(site->place->span.source, site->place->span.start);
    build_format(out, "%s:%u:%u: %s.%s: ", site->place->span.source->path, position.line, position.column, operation->effect->name, operation->name);
    if (!site->is_asked) build_string(out, "no spec gets here");
    else if (!is_all) build_format(out, "never %s", builder_string(&missing.text));
    if (site->is_asked && waits && !site->is_cancelled) build_string(out, is_all ? "never cancelled" : "; never cancelled");
    if (site->is_asked && waits && !is_all && site->is_cancelled && !site->is_late) build_string(out, "; never cancelled when the answer was there");
    build_byte(out, '\n');
}

Text render_coverage(Arena *arena, const Coverage *coverage) {
    Builder out = builder_in(arena);
    Missing whole = {.text = builder_in(arena)};
    for (size_t i = 0; i < coverage->sites.count; i++) build_site(&out, coverage->sites.items[i], &whole);
    if (coverage->sites.count) build_format(&out, "coverage: %zu of %zu answers at %zu places\n", whole.reached, whole.all, coverage->sites.count);
    return builder_text(&out);
}
