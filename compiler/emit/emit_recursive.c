// Which functions can come to call themselves: their names in C, with their names and places in the source, by which the runtime tells whose
// recursion was too deep (runtime/recursion.c). Groups of definitions that refer to each other are found by R. Tarjan's algorithm ("Depth-first
// search and linear graph algorithms", 1972), on a stack of its own.

#include "emit.h"

typedef struct Node {
    Vector(struct Node *) references;
    size_t next; // of the references, to look at
    unsigned order, low; // 0: not met yet
    bool on_stack, is_recursive;
} Node;

typedef Vector(Node *) Nodes;

typedef struct Search {
    Emitter *emitter;
    Table nodes; // from a CoreDefinition
    Node *found; // whose references are looked for
    Nodes path, stack;
    unsigned counter;
} Search;

static void find_references(void *context, const CoreExpression *expression) {
    Search *search = context;
    Node *target = expression->kind == CORE_GLOBAL ? table_get(&search->nodes, expression->definition) : NULL;
    if (target) vector_push(search->emitter->arena, &search->found->references, target);
    if (target == search->found) target->is_recursive = true;
    visit_children(expression, find_references, context);
}

static void enter(Search *search, Node *node) {
    node->order = node->low = ++search->counter;
    node->on_stack = true;
    vector_push(search->emitter->arena, &search->stack, node);
    vector_push(search->emitter->arena, &search->path, node);
}

static void leave(Search *search, Node *node) {
    bool is_alone = search->stack.items[search->stack.count - 1] == node;
    search->path.count--;
    if (node->low == node->order) {
        Node *member;
        do {
            member = search->stack.items[--search->stack.count];
            member->on_stack = false;
            member->is_recursive |= !is_alone;
        } while (member != node);
    }
    Node *parent = search->path.count ? search->path.items[search->path.count - 1] : NULL;
    if (parent && node->low < parent->low) parent->low = node->low;
}

static void visit_from(Search *search, Node *start) {
    if (!start->order) enter(search, start);
    while (search->path.count) {
        Node *node = search->path.items[search->path.count - 1];
        if (node->next == node->references.count) {
            leave(search, node);
            continue;
        }
        Node *target = node->references.items[node->next++];
        if (!target->order) enter(search, target);
        else if (target->on_stack && target->order < node->low) node->low = target->order;
    }
}

static Search find_recursive(Emitter *emitter) {
    Search search = {.emitter = emitter, .nodes = table_in(emitter->arena)};
    const CpsProgram *program = emitter->program;
    for (size_t i = 0; i < program->functions.count; i++) {
        CoreDefinition *definition = program->functions.items[i]->definition;
        if (table_has(&search.nodes, definition)) continue;
        table_put(&search.nodes, definition, NEW(emitter->arena, Node));
    }
    for (size_t i = 0; i < program->functions.count; i++) {
        search.found = table_get(&search.nodes, program->functions.items[i]->definition);
        find_references(&search, program->functions.items[i]->body);
    }
    for (size_t i = 0; i < program->functions.count; i++) visit_from(&search, table_get(&search.nodes, program->functions.items[i]->definition));
    return search;
}

void build_recursive(Emitter *emitter, Builder *out) {
    Search search = find_recursive(emitter);
    build_string(out, "// Functions that may call themselves: the name here, the name and the place in the source.\nstatic const char recursive[] =\n");
    for (size_t i = 0; i < emitter->program->functions.count; i++) {
        const CpsFunction *function = emitter->program->functions.items[i];
        const CoreDefinition *definition = function->definition;
        const Node *node = table_get(&search.nodes, definition);
        if (!node->is_recursive || function->is_value || !definition->span.source) continue;
        Builder place = builder_in(emitter->arena);
        build_place(&place, definition->span);
        build_format(out, "    \"%s\\0%s\\0\" ", function_name(emitter, function), display_name(emitter, definition));
        build_c_string(out, builder_text(&place));
        build_string(out, " \"\\0\"\n");
    }
    build_string(out, "    \"\";\n\n");
}
