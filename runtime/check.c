// The proof of emptiness at a program's end (C14).

#include <stdio.h>
#include <stdlib.h>
#include "runtime.h"

typedef struct Census {
    fx_runtime *rt;
    size_t *counts; // by info
    size_t total;
} Census;

static void count_one(void *context, const fx_object *object) {
    Census *census = context;
    census->counts[object->info]++;
    census->total++;
}

static void print_census(const Census *census, unsigned kinds) {
    for (unsigned i = 0; i < kinds; i++)
        if (census->counts[i]) fprintf(stderr, "  %zu %s\n", census->counts[i], census->rt->infos[i].name);
}

bool fx_check_emptiness(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    unsigned kinds = rt->program->info_count;
    Census census = {rt, calloc(kinds, sizeof(size_t)), 0};
    if (!census.counts) return true;
    fx_each_live(rt, count_one, &census);
    bool empty = census.total == 0 && !internals->in_flight && !internals->descriptors_used && !internals->timer_count && !internals->brackets &&
                 !internals->leaked;
    if (!empty) fprintf(stderr, "fx: left at the end of the program:\n");
    print_census(&census, kinds);
    if (internals->in_flight) fprintf(stderr, "  %zu requests to the system\n", internals->in_flight);
    if (internals->descriptors_used) fprintf(stderr, "  %zu descriptors\n", internals->descriptors_used);
    if (internals->timer_count) fprintf(stderr, "  %zu timers\n", internals->timer_count);
    if (internals->brackets) fprintf(stderr, "  %td brackets whose release has not run once\n", internals->brackets);
    if (internals->leaked) fprintf(stderr, "  handles of the loop\n");
    free(census.counts);
    return empty;
}
