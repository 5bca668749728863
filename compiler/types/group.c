// A module's definitions in groups of those that refer to each other, each group after those it refers to (Tarjan 1972).
#include "group.h"

// ---- groups ----

typedef struct Visit {
    Definition *definition;
    size_t next; // reference to follow
} Visit;

typedef struct Search {
    Arena *arena;
    bool skips_annotated;     // a use of an annotated definition does not tie its user into its group
    bool is_inner;            // within one group of the module
    unsigned group;           // that group; else the number of the group being found
    unsigned counter;
    Vector(Definition *) stack;
    Vector(Visit) visits;
    Groups groups;
} Search;

static bool is_followed(const Search *search, const Definition *target) {
    if (search->skips_annotated && target->is_annotated) return false;
    return !search->is_inner || target->group == search->group;
}

static void enter_definition(Search *search, Definition *definition) {
    definition->order = definition->low = ++search->counter;
    definition->on_stack = true;
    vector_push(search->arena, &search->stack, definition);
    Visit visit = {definition, 0};
    vector_push(search->arena, &search->visits, visit);
}

static void end_group(Search *search, const Definition *root) {
    Group group = {0};
    Definition *member;
    do {
        member = search->stack.items[--search->stack.count];
        member->on_stack = false;
        if (!search->is_inner) member->group = search->group;
        vector_push(search->arena, &group, member);
    } while (member != root);
    for (size_t i = 0; i < group.count / 2; i++) {
        Definition *swapped = group.items[i];
        group.items[i] = group.items[group.count - 1 - i];
        group.items[group.count - 1 - i] = swapped;
    }
    vector_push(search->arena, &search->groups, group);
    if (!search->is_inner) search->group++;
}

static void leave_definition(Search *search, Definition *definition) {
    if (definition->low == definition->order) end_group(search, definition);
    search->visits.count--;
    if (search->visits.count == 0) return;
    Definition *parent = search->visits.items[search->visits.count - 1].definition;
    if (definition->low < parent->low) parent->low = definition->low;
}

// With a stack of its own: a chain of definitions may be as long as the file.
static void visit_definition(Search *search, Definition *start) {
    enter_definition(search, start);
    while (search->visits.count) {
        Visit *visit = &search->visits.items[search->visits.count - 1];
        Definition *definition = visit->definition;
        if (visit->next == definition->references.count) {
            leave_definition(search, definition);
            continue;
        }
        Definition *target = definition->references.items[visit->next++]->definition;
        if (!is_followed(search, target)) continue;
        if (!target->order) enter_definition(search, target);
        else if (target->on_stack && target->order < definition->low) definition->low = target->order;
    }
}

static Groups find_groups(Arena *arena, const Group *definitions, bool is_inner) {
    Search search = {
        .arena = arena, .skips_annotated = is_inner, .is_inner = is_inner, .group = is_inner ? definitions->items[0]->group : 1};
    for (size_t i = 0; i < definitions->count; i++) definitions->items[i]->order = 0;
    // Cells first: where the first value of one is not of its type, its uses are not looked at.
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < definitions->count; i++) {
            bool is_cell = definitions->items[i]->declaration->kind == DECLARATION_CELL;
            if (!definitions->items[i]->order && (is_cell || pass)) visit_definition(&search, definitions->items[i]);
        }
    }
    return search.groups;
}

// ---- inference of a group ----

static bool has_annotated(const Group *group) {
    for (size_t i = 0; i < group->count; i++) {
        if (group->items[i]->is_annotated) return true;
    }
    return false;
}

static unsigned count_constraints(const Inference *inference) {
    unsigned total = 0;
    for (size_t i = 0; i < inference->early_uses.count; i++) {
        const EarlyUse *use = &inference->early_uses.items[i];
        for (size_t k = 0; k < use->parameters->count; k++) total += use->parameters->items[k]->constraints;
    }
    return total;
}

// Uses of annotated definitions before their bodies were known: what the bodies require is required of the uses, to a fixed point.
static void settle_early_uses(Inference *inference) {
    for (unsigned before = 0, after = count_constraints(inference); before != after; before = after, after = count_constraints(inference)) {
        for (size_t i = 0; i < inference->early_uses.count; i++) {
            const EarlyUse *use = &inference->early_uses.items[i];
            for (size_t k = 0; k < use->parameters->count; k++) {
                Type *argument = use->arguments.items[k];
                if (require_constraints(&inference->unifier, argument, use->parameters->items[k]->constraints, use->span)) continue;
                report_failure(inference, use->span, argument, argument, (Reason){.kind = REASON_NONE}, NULL);
                inference->early_uses.count = 0;
                return;
            }
        }
    }
    inference->early_uses.count = 0;
}

static void infer_group(Inference *inference, const Group *group) {
    if (group->count > 1 && has_annotated(group)) {
        Groups inner = find_groups(inference->arena, group, true);
        for (size_t i = 0; i < inner.count; i++) infer_definitions(inference, &inner.items[i]);
    } else {
        infer_definitions(inference, group);
    }
    settle_early_uses(inference);
    end_definitions(inference, group);
}

void infer_module(Inference *inference, Module *module) {
    Group all = {0};
    for (size_t i = 0; i < module->definitions.count; i++) vector_push(inference->arena, &all, module->definitions.items[i]);
    for (size_t i = 0; i < all.count; i++) prepare_definition(inference, all.items[i]);
    find_views(inference, module);
    Groups groups = find_groups(inference->arena, &all, false);
    for (size_t i = 0; i < groups.count; i++) infer_group(inference, &groups.items[i]);
}
