// Decision trees from patterns, after Maranget, "Compiling pattern matching to good decision trees" (2008). What the tree does not reach is
// a clause that is never used; where it has no clause left is a value that is not covered: there is no second algorithm for coverage.
//
// A row lists the tests that are left for one clause; rows that a switch does not concern are the same objects in all its arms. When
// only those are left in an arm, the code for them is shared by a JOIN around the switch, which keeps the tree small.
#include "match.h"

#include <string.h>

static CoreExpression *compile_rows(Matcher *matcher, const Rows *rows);

// ---- rows ----

// Adds what is left to test of a pattern at an occurrence; its variables are bound to the occurrence.
static void add_test(Matcher *matcher, Row *row, CoreVariable *occurrence, MatchPattern *pattern) {
    for (size_t i = 0; i < pattern->variables.count; i++) {
        RowBinding binding = {pattern->variables.items[i], occurrence};
        vector_push(matcher->arena, &row->bindings, binding);
    }
    if (pattern->kind == MATCH_ANY) return;
    RowTest test = {occurrence, pattern};
    vector_push(matcher->arena, &row->tests, test);
}

static MatchPattern *find_test(const Row *row, const CoreVariable *occurrence) {
    for (size_t i = 0; i < row->tests.count; i++) {
        if (row->tests.items[i].occurrence == occurrence) return row->tests.items[i].pattern;
    }
    return NULL;
}

// The row without its test at the occurrence.
static Row *copy_row(Matcher *matcher, const Row *row, const CoreVariable *without) {
    Row *copy = NEW(matcher->arena, Row);
    copy->clause = row->clause;
    for (size_t i = 0; i < row->tests.count; i++) {
        if (row->tests.items[i].occurrence != without) vector_push(matcher->arena, &copy->tests, row->tests.items[i]);
    }
    for (size_t i = 0; i < row->bindings.count; i++) vector_push(matcher->arena, &copy->bindings, row->bindings.items[i]);
    return copy;
}

static void expand_alternatives(Matcher *matcher, Row *row, CoreVariable *occurrence, Rows *rows) {
    MatchPattern *pattern = find_test(row, occurrence);
    if (!pattern || pattern->kind != MATCH_EITHER) {
        vector_push(matcher->arena, rows, row);
        return;
    }
    for (size_t i = 0; i < pattern->items.count; i++) {
        Row *side = copy_row(matcher, row, occurrence);
        add_test(matcher, side, occurrence, pattern->items.items[i]);
        expand_alternatives(matcher, side, occurrence, rows);
    }
}

// ---- which occurrence to test: one that the first row needs, and as many others as possible ----

static CoreVariable *choose_occurrence(const Rows *rows) {
    const Row *first = rows->items[0];
    CoreVariable *best = first->tests.items[0].occurrence;
    size_t best_count = 0;
    for (size_t i = 0; i < first->tests.count && first->tests.count > 1; i++) {
        size_t count = 0;
        for (size_t k = 0; k < rows->count; k++) count += find_test(rows->items[k], first->tests.items[i].occurrence) != NULL;
        if (count <= best_count) continue;
        best_count = count;
        best = first->tests.items[i].occurrence;
    }
    return best;
}

// ---- leaves ----

static void count_use(const Matcher *matcher, CoreVariable *occurrence) {
    if (occurrence != matcher->scrutinee) ((PartVariable *)occurrence)->uses++;
}

static void count_bindings(const Matcher *matcher, const Row *row) {
    for (size_t i = 0; i < row->bindings.count; i++) count_use(matcher, row->bindings.items[i].occurrence);
}

// A part that nothing else looks at is bound to the pattern's own variable; of any other that is another name.
static CoreExpression *bind_row(Matcher *matcher, const Row *row, CoreExpression *body) {
    for (size_t i = row->bindings.count; i-- > 0;) {
        RowBinding binding = row->bindings.items[i];
        PartVariable *part = binding.occurrence == matcher->scrutinee ? NULL : (PartVariable *)binding.occurrence;
        if (part && part->uses == 1) {
            *part->slot = binding.variable;
            continue;
        }
        body = core_let(matcher->arena, binding.variable, core_local(matcher->arena, binding.occurrence, binding.variable->span), body);
    }
    return body;
}

static CoreExpression *jump_to_clause(Matcher *matcher, const Row *row) {
    MatchState *state = &matcher->states[row->clause];
    CoreExpression *jump = core_node(matcher->arena, CORE_JUMP, matcher->result, matcher->span);
    jump->label = &state->label->label;
    for (size_t i = 0; i < state->variables.count; i++) {
        for (size_t k = 0; k < row->bindings.count; k++) {
            if (row->bindings.items[k].variable != state->variables.items[i]) continue;
            vector_push(matcher->arena, &jump->items, core_local(matcher->arena, row->bindings.items[k].occurrence, matcher->span));
            break;
        }
    }
    if (state->uses++ == 0) state->only_row = row;
    count_bindings(matcher, row);
    return jump;
}

static Rows rows_after_first(Matcher *matcher, const Rows *rows) {
    Rows rest = {0};
    for (size_t i = 1; i < rows->count; i++) vector_push(matcher->arena, &rest, rows->items[i]);
    return rest;
}

// Its row's variables are bound at the end, when it is known what else looks at the parts; NULL: they are bound already.
static CoreExpression *guard_switch(Matcher *matcher, const MatchClause *clause, const Row *row, CoreExpression *otherwise) {
    CoreExpression *node = core_switch_bool(matcher->arena, matcher->inference->builtins, clause->guard, clause->body, otherwise);
    table_put(&matcher->guards, node, (void *)row);
    return node;
}

static CoreExpression *compile_leaf(Matcher *matcher, const Rows *rows) {
    const Row *row = rows->items[0];
    const MatchClause *clause = &matcher->clauses->items[row->clause];
    if (!clause->guard || matcher->restarts) return jump_to_clause(matcher, row);
    MatchState *state = &matcher->states[row->clause];
    state->uses++;
    count_bindings(matcher, row);
    Rows rest = rows_after_first(matcher, rows);
    CoreExpression *otherwise = compile_rows(matcher, &rest);
    return guard_switch(matcher, clause, row, otherwise);
}

// ---- switches ----

// What tells one arm from another: the constructor, or the literal's value as an address.
static const void *key_of_arm(Matcher *matcher, const MatchPattern *pattern) {
    if (pattern->constructor) return pattern->constructor;
    const CoreExpression *literal = pattern->literal;
    if (literal->kind == CORE_STRING) return symbol_of_text(matcher->inference->symbols, literal->text);
    if (literal->kind == CORE_INT) return (const void *)(uintptr_t)literal->int_value;
    double value = literal->float_value == 0 ? 0 : literal->float_value; // -0.0 is 0.0
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (const void *)(uintptr_t)bits;
}

// The arm for a constructor or literal, made when it is not there yet.
static Arm *find_arm(Matcher *matcher, Arms *arms, Table *by_key, const MatchPattern *pattern) {
    const void *key = key_of_arm(matcher, pattern);
    Arm *arm = table_get(by_key, key);
    if (arm) return arm;
    arm = NEW(matcher->arena, Arm);
    table_put(by_key, key, arm);
    arm->constructor = pattern->constructor;
    arm->literal = pattern->literal;
    size_t count = arm->constructor ? arm->constructor->fields.count : 0;
    while (arm->fields.count < count) vector_push(matcher->arena, &arm->fields, NULL);
    vector_push(matcher->arena, arms, arm);
    return arm;
}

// A field's variable is made when a row looks at the field, and bears the name that the first such row gives it.
static CoreVariable *field_variable(Matcher *matcher, Arm *arm, size_t index, const CoreVariable *occurrence, const MatchPattern *item) {
    if (arm->fields.items[index]) return arm->fields.items[index];
    const Constructor *constructor = arm->constructor;
    Type *data = resolve_type(occurrence->type);
    bool is_error = data->kind != TYPE_DATA || data->data != constructor->data; // the pattern is of another type than the scrutinee
    Type *type = is_error ? plain_type(TYPE_ERROR) :
                 substitute_type(matcher->arena, constructor->fields.items[index], &constructor->data->parameters, &data->arguments);
    Symbol name = item->variables.count ? item->variables.items[0]->name :
                  constructor->field_names.count ? constructor->field_names.items[index] : matcher->part_name;
    PartVariable *part = NEW(matcher->arena, PartVariable);
    part->variable = *core_variable(matcher->arena, matcher->inference->program, name, type, item->span);
    part->slot = &arm->fields.items[index];
    return *part->slot = &part->variable;
}

static void add_specialised(Matcher *matcher, Arm *arm, const Row *row, const CoreVariable *occurrence, const MatchPattern *pattern) {
    Row *copy = copy_row(matcher, row, occurrence);
    size_t count = pattern->constructor ? pattern->items.count : 0;
    for (size_t i = 0; i < count; i++) {
        MatchPattern *item = pattern->items.items[i];
        if (item->kind == MATCH_ANY && item->variables.count == 0) continue;
        add_test(matcher, copy, field_variable(matcher, arm, i, occurrence, item), item);
    }
    vector_push(matcher->arena, &arm->rows, copy);
}

// Distributes the rows over the arms, in one walk: a row that does not test the occurrence goes to every arm, also to those yet to come.
static Arms distribute(Matcher *matcher, const Rows *rows, const CoreVariable *occurrence, Rows *untouched) {
    Arms arms = {0};
    Table by_key = table_in(matcher->arena);
    for (size_t i = 0; i < rows->count; i++) {
        const MatchPattern *pattern = find_test(rows->items[i], occurrence);
        if (pattern) find_arm(matcher, &arms, &by_key, pattern);
    }
    for (size_t i = 0; i < rows->count; i++) {
        Row *row = rows->items[i];
        const MatchPattern *pattern = find_test(row, occurrence);
        if (pattern) {
            add_specialised(matcher, find_arm(matcher, &arms, &by_key, pattern), row, occurrence, pattern);
            continue;
        }
        vector_push(matcher->arena, untouched, row);
        for (size_t k = 0; k < arms.count; k++) vector_push(matcher->arena, &arms.items[k]->rows, row);
    }
    return arms;
}

static CoreExpression *join_around(Matcher *matcher, MatchLabel *label, CoreExpression *code, CoreExpression *body) {
    CoreExpression *join = core_node(matcher->arena, CORE_JOIN, matcher->result, matcher->span);
    join->label = &label->label;
    join->first = code;
    join->body = body;
    return join;
}

static void push_fact(Matcher *matcher, CoreVariable *occurrence, const Arm *arm, const Arms *excluded) {
    Fact fact = {occurrence, arm, excluded};
    vector_push(matcher->arena, &matcher->facts, fact);
}

static void compile_arm(Matcher *matcher, CoreExpression *node, CoreVariable *occurrence, Arm *arm) {
    push_fact(matcher, occurrence, arm, NULL);
    CoreArm core_arm = {.constructor = arm->constructor, .literal = arm->literal};
    if (arm->constructor) core_arm.fields = arm->fields;
    core_arm.body = compile_rows(matcher, &arm->rows);
    vector_push(matcher->arena, &node->arms, core_arm);
    matcher->facts.count--;
}

static void sort_arms(Arms *arms) {
    if (arms->count == 0 || !arms->items[0]->constructor) return;
    for (size_t i = 1; i < arms->count; i++) {
        Arm *arm = arms->items[i];
        size_t k = i;
        for (; k > 0 && arms->items[k - 1]->constructor->tag > arm->constructor->tag; k--) arms->items[k] = arms->items[k - 1];
        arms->items[k] = arm;
    }
}

static CoreExpression *compile_switch(Matcher *matcher, const Rows *rows, CoreVariable *occurrence) {
    Rows untouched = {0};
    Arms arms = distribute(matcher, rows, occurrence, &untouched);
    sort_arms(&arms);
    CoreExpression *node = core_node(matcher->arena, CORE_SWITCH, matcher->result, matcher->span);
    node->first = core_local(matcher->arena, occurrence, matcher->span);
    count_use(matcher, occurrence);
    const Constructor *constructor = arms.items[0]->constructor;
    bool is_complete = constructor && arms.count == constructor->data->constructors.count;
    Share share = {.rows = &untouched};
    bool is_leaf = untouched.count && untouched.items[0]->tests.count == 0 && !matcher->clauses->items[untouched.items[0]->clause].guard;
    bool shares = untouched.count && !is_leaf && arms.count + !is_complete > 1;
    size_t mark = matcher->shares.count;
    if (shares) vector_push(matcher->arena, &matcher->shares, &share);
    for (size_t i = 0; i < arms.count; i++) compile_arm(matcher, node, occurrence, arms.items[i]);
    if (!is_complete) {
        push_fact(matcher, occurrence, NULL, &arms);
        node->otherwise = compile_rows(matcher, &untouched);
        matcher->facts.count--;
    }
    matcher->shares.count = mark;
    if (share.uses == 1) share.label->code = share.code;
    return share.uses < 2 ? node : join_around(matcher, share.label, share.code, node);
}

// ---- the tree ----

static CoreExpression *compile_fresh(Matcher *matcher, const Rows *rows) {
    if (rows->count == 0) {
        note_missing(matcher);
        return core_node(matcher->arena, CORE_FAULT, matcher->result, matcher->span);
    }
    if (rows->items[0]->tests.count == 0) return compile_leaf(matcher, rows);
    if (++matcher->size > MATCH_LIMIT) return core_node(matcher->arena, CORE_FAULT, matcher->result, matcher->span);
    CoreVariable *occurrence = choose_occurrence(rows);
    Rows expanded = {0};
    for (size_t i = 0; i < rows->count; i++) expand_alternatives(matcher, rows->items[i], occurrence, &expanded);
    // The first side of `p | q` may be a variable or `_`: then nothing is left to test here.
    if (!find_test(expanded.items[0], occurrence)) return compile_rows(matcher, &expanded);
    return compile_switch(matcher, &expanded, occurrence);
}

static bool same_rows(const Rows *left, const Rows *right) {
    if (left->count != right->count) return false;
    for (size_t i = 0; i < left->count; i++) {
        if (left->items[i] != right->items[i]) return false;
    }
    return true;
}

static CoreExpression *jump_to_share(Matcher *matcher, Share *share) {
    CoreExpression *jump = core_node(matcher->arena, CORE_JUMP, matcher->result, matcher->span);
    if (!share->label) {
        share->label = new_label(matcher, "rest", false);
        share->code = compile_fresh(matcher, share->rows);
    }
    jump->label = &share->label->label;
    share->uses++;
    return jump;
}

static CoreExpression *compile_rows(Matcher *matcher, const Rows *rows) {
    // The outermost first: what is left in an inner switch and in an outer one is the same code.
    for (size_t i = 0; i < matcher->shares.count && rows->count; i++) {
        Share *share = matcher->shares.items[i];
        if (same_rows(share->rows, rows)) return jump_to_share(matcher, share);
    }
    return compile_fresh(matcher, rows);
}

// ---- clauses ----

static Rows rows_from(Matcher *matcher, size_t first) {
    Rows rows = {0};
    for (size_t i = first; i < matcher->clauses->count; i++) {
        Row *row = NEW(matcher->arena, Row);
        row->clause = i;
        add_test(matcher, row, matcher->scrutinee, matcher->clauses->items[i].pattern);
        vector_push(matcher->arena, &rows, row);
    }
    return rows;
}

static void start_clauses(Matcher *matcher) {
    matcher->states = NEW_ARRAY(matcher->arena, MatchState, matcher->clauses->count);
    for (size_t i = 0; i < matcher->clauses->count; i++) {
        collect_variables(matcher->inference, matcher->clauses->items[i].pattern, &matcher->states[i].variables);
        matcher->states[i].label = new_label(matcher, "clause", true);
    }
}

// A clause that is reached once stands where it is reached, one that is reached more often behind a label.
static CoreExpression *place_clause(Matcher *matcher, size_t index, CoreExpression *tree) {
    MatchState *state = &matcher->states[index];
    CoreExpression *body = matcher->clauses->items[index].body;
    if (state->uses == 1) state->label->code = bind_row(matcher, state->only_row, body);
    if (state->uses < 2) return tree;
    state->label->label.parameters = state->variables;
    return join_around(matcher, state->label, body, tree);
}

// Puts what is jumped to once in the place of its jump. Walks the tree only, not the clauses in it.
static CoreExpression *place_single_uses(Matcher *matcher, CoreExpression *node) {
    switch (node->kind) {
    case CORE_JUMP: {
        MatchLabel *label = (MatchLabel *)node->label; // every label of the tree is the first member of one
        if (!label->code) return node;
        return label->is_clause ? label->code : place_single_uses(matcher, label->code);
    }
    case CORE_SWITCH: {
        // The second arm of a guard is the clause itself.
        const Row *row = table_get(&matcher->guards, node);
        size_t count = table_has(&matcher->guards, node) ? 1 : node->arms.count;
        for (size_t i = 0; i < count; i++) node->arms.items[i].body = place_single_uses(matcher, node->arms.items[i].body);
        if (node->otherwise) node->otherwise = place_single_uses(matcher, node->otherwise);
        return row ? bind_row(matcher, row, node) : node;
    }
    case CORE_JOIN:
        node->first = place_single_uses(matcher, node->first);
        node->body = place_single_uses(matcher, node->body);
        return node;
    default: return node;
    }
}

// When a clause with a guard is reached on several ways, its guard stands behind a label once, and when it fails the clauses after it
// are tried from the start.
static CoreExpression *compile_with_restarts(Matcher *matcher) {
    matcher->restarts = true;
    matcher->is_quiet = true;
    start_clauses(matcher);
    Rows rows = rows_from(matcher, 0);
    CoreExpression *tree = compile_rows(matcher, &rows);
    for (size_t i = 0; i < matcher->clauses->count; i++) {
        const MatchClause *clause = &matcher->clauses->items[i];
        if (!clause->guard) continue;
        MatchState *state = &matcher->states[i];
        if (state->uses == 0) continue;
        MatchLabel *restart = new_label(matcher, "after", false);
        CoreExpression *jump = core_node(matcher->arena, CORE_JUMP, matcher->result, matcher->span);
        jump->label = &restart->label;
        state->label->label.parameters = state->variables;
        tree = join_around(matcher, state->label, guard_switch(matcher, clause, NULL, jump), tree);
        Rows after = rows_from(matcher, i + 1);
        tree = join_around(matcher, restart, compile_rows(matcher, &after), tree);
    }
    return tree;
}

static bool needs_restarts(const Matcher *matcher) {
    for (size_t i = 0; i < matcher->clauses->count; i++) {
        if (matcher->clauses->items[i].guard && matcher->states[i].uses > 1) return true;
    }
    return false;
}

bool is_second_reached(Matcher *matcher, const MatchClauses *two) {
    Matcher small = {.inference = matcher->inference, .arena = matcher->arena, .clauses = two, .scrutinee = matcher->scrutinee,
                     .result = matcher->result, .span = matcher->span, .part_name = matcher->part_name, .is_quiet = true,
                     .guards = table_in(matcher->arena)};
    start_clauses(&small);
    Rows rows = rows_from(&small, 0);
    compile_rows(&small, &rows);
    return small.states[1].uses > 0;
}

CoreExpression *compile_match(Inference *inference, CoreVariable *scrutinee, const MatchClauses *clauses, Type *result, Span span,
                              MatchPurpose purpose) {
    Matcher matcher = {.inference = inference, .arena = inference->arena, .clauses = clauses, .scrutinee = scrutinee, .result = result,
                       .span = span, .part_name = symbol_of(inference->symbols, "part"),
                       .guards = table_in(inference->arena)};
    start_clauses(&matcher);
    Rows rows = rows_from(&matcher, 0);
    CoreExpression *tree = compile_rows(&matcher, &rows);
    report_coverage(&matcher, purpose);
    if (needs_restarts(&matcher)) tree = compile_with_restarts(&matcher);
    for (size_t i = clauses->count; i-- > 0;) {
        if (clauses->items[i].guard || matcher.states[i].uses != 1) continue;
        place_clause(&matcher, i, tree);
    }
    tree = place_single_uses(&matcher, tree);
    for (size_t i = clauses->count; i-- > 0;) {
        if (!clauses->items[i].guard && matcher.states[i].uses > 1) tree = place_clause(&matcher, i, tree);
    }
    return tree;
}

CoreExpression *bind_pattern(Inference *inference, MatchPattern *pattern, CoreVariable *scrutinee, CoreExpression *body, Span span) {
    MatchClauses clauses = {0};
    MatchClause clause = {pattern, NULL, body, span};
    vector_push(inference->arena, &clauses, clause);
    return compile_match(inference, scrutinee, &clauses, body->type, span, MATCH_FOR_BINDING);
}
