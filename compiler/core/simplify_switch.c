// Matches: on known constructors, on what an enclosing match has found out, and the labels that several arms share.

#include "simplify.h"

enum {
    SMALL_LABEL = 9,  // a label's code of no more nodes is copied to its jumps
    WIDEST_SPLIT = 8, // a label that matches its parameter by more arms is left alone
};

// ---- knowledge ----

static void remember(Simplifier *s, const CoreVariable *variable, CoreExpression *replacement, const Constructor *constructor, CoreVariables *fields) {
    Fact *fact = fact_of(s, variable);
    vector_push(s->arena, &s->trail, ((Knowledge){fact, fact->replacement, fact->constructor, fact->fields}));
    if (replacement) fact->replacement = replacement;
    fact->constructor = constructor;
    fact->fields = fields;
}

void forget(Simplifier *s, size_t mark) {
    while (s->trail.count > mark) {
        Knowledge before = s->trail.items[--s->trail.count];
        before.fact->replacement = before.replacement;
        before.fact->constructor = before.constructor;
        before.fact->fields = before.fields;
    }
}

// What holds of the scrutinee within an arm.
static void learn(Simplifier *s, CoreExpression *scrutinee, CoreArm *arm) {
    if (scrutinee->kind != CORE_LOCAL) return;
    CoreVariable *variable = scrutinee->variable;
    if (arm->constructor && arm->constructor->fields.count) {
        remember(s, variable, NULL, arm->constructor, &arm->fields);
        for (size_t i = 0; i < arm->fields.count; i++) {
            if (arm->fields.items[i]) fact_of(s, arm->fields.items[i])->owner = variable;
        }
    } else if (arm->constructor) {
        CoreExpression *constant = core_node(s->arena, CORE_CONSTRUCT, variable->type, scrutinee->span);
        constant->constructor = arm->constructor;
        remember(s, variable, constant, arm->constructor, NULL);
    } else if (arm->literal->kind == CORE_INT) {
        remember(s, variable, arm->literal, NULL, NULL);
    }
}

static CoreExpression *construct_of(Simplifier *s, const CoreExpression *atom) {
    if (atom->kind != CORE_LOCAL) return NULL;
    CoreExpression *value = fact_of(s, atom->variable)->value;
    return value && value->kind == CORE_CONSTRUCT ? value : NULL;
}

bool find_known(Simplifier *s, CoreExpression *atom, const Constructor **constructor) {
    const CoreExpression *value = atom->kind == CORE_CONSTRUCT ? atom : construct_of(s, atom);
    *constructor = value ? value->constructor : NULL;
    if (!value && atom->kind == CORE_LOCAL) *constructor = fact_of(s, atom->variable)->constructor;
    return *constructor != NULL;
}

static CoreVariable *field_variable(Simplifier *s, const Constructor *constructor, size_t index, Type *whole) {
    const Types *arguments = &resolve_type(whole)->arguments;
    Type *type = substitute_type(s->arena, constructor->fields.items[index], &constructor->data->parameters, arguments);
    CoreVariable *variable = make_temporary(s, type, (Span){NULL, 0, 0});
    if (index < constructor->field_names.count) variable->name = constructor->field_names.items[index];
    return variable;
}

static CoreExpression *another_atom(Simplifier *s, const CoreExpression *atom) {
    CoreExpression *copy = NEW(s->arena, CoreExpression);
    *copy = *atom;
    return replaced(s, copy);
}

// Whether what a field was made of is used in the field's place. When the record or tuple is wanted whole too, that would take a reference more,
// to be given back on every path: then a counted field is read from the object. Code that is known is worth the reference.
static bool is_forwarded(Simplifier *s, const CoreExpression *atom, const CoreExpression *item) {
    if (construct_of(s, atom)->constructor->data->constructors.count > 1) return true;
    if (item->kind != CORE_LOCAL || !core_is_counted(item->variable)) return true;
    const Fact *whole = fact_of(s, atom->variable), *part = fact_of(s, item->variable);
    if (part->value && (part->value->kind == CORE_LAMBDA || part->value->kind == CORE_DELAY)) return true;
    return whole->escapes <= 0 && !whole->is_part;
}

CoreExpression *known_field(Simplifier *s, CoreExpression *atom, size_t index) {
    const CoreExpression *value = construct_of(s, atom), *item = value ? value->items.items[index] : NULL;
    if (item && is_forwarded(s, atom, item)) return another_atom(s, item);
    Fact *fact = fact_of(s, atom->variable);
    CoreVariable **field = &fact->fields->items[index];
    if (!*field) *field = field_variable(s, fact->constructor, index, atom->variable->type);
    if (item) {
        (*field)->type = item->variable->type;
        fact_of(s, *field)->value = construct_of(s, item);
        fact_of(s, *field)->is_part = true;
    }
    fact_of(s, *field)->owner = atom->variable;
    return replaced(s, local_of(s, *field, atom->span));
}

static bool same_atom(const CoreExpression *left, const CoreExpression *right) {
    if (left->kind == CORE_LOCAL) return right->kind == CORE_LOCAL && left->variable == right->variable;
    if (core_is_constant(left)) return core_is_constant(right) && left->constructor == right->constructor;
    return core_same_literal(left, right);
}

CoreVariable *find_same(Simplifier *s, const CoreExpression *construct) {
    CoreVariable *owner = NULL;
    for (size_t i = 0; i < construct->items.count && !owner; i++) {
        if (construct->items.items[i]->kind == CORE_LOCAL) owner = fact_of(s, construct->items.items[i]->variable)->owner;
    }
    const Fact *fact = owner ? fact_of(s, owner) : NULL;
    if (!fact || fact->constructor != construct->constructor || !fact->fields) return NULL;
    // `Err e` of one Result is not that of another, whose Ok holds something else.
    if (!core_type_is_exact(construct->type) || !type_equal(owner->type, construct->type)) return NULL;
    for (size_t i = 0; i < construct->items.count; i++) {
        CoreVariable *field = fact->fields->items[i];
        CoreExpression local = {.kind = CORE_LOCAL, .variable = field};
        if (!field || !same_atom(construct->items.items[i], replaced(s, &local))) return NULL;
    }
    return owner;
}

// ---- matches ----

// A match with one arm, within which the object's fields can be read.
static void open_object(Simplifier *s, Focus *focus, CoreExpression *whole, Constructor *constructor) {
    CoreExpression *match = core_node(s->arena, CORE_SWITCH, s->answer, focus->expression->span);
    CoreArm arm = {.constructor = constructor};
    for (size_t i = 0; i < constructor->fields.count; i++) vector_push(s->arena, &arm.fields, NULL);
    match->first = whole;
    vector_push(s->arena, &match->arms, arm);
    *focus->slot = match;
    focus->slot = open_single_arm(s, match);
}

static bool must_open(Simplifier *s, const CoreExpression *atom, size_t index) {
    const CoreExpression *value = construct_of(s, atom);
    return value && !is_forwarded(s, atom, value->items.items[index]) && !fact_of(s, atom->variable)->fields;
}

static void bind_fields(Simplifier *s, Focus *focus, CoreExpression *atom, const CoreArm *arm) {
    for (size_t i = 0; i < arm->fields.count; i++) {
        if (!arm->fields.items[i] || !must_open(s, atom, i)) continue;
        open_object(s, focus, local_of(s, atom->variable, atom->span), arm->constructor);
        break;
    }
    for (size_t i = 0; i < arm->fields.count; i++) {
        if (arm->fields.items[i]) bind_parameter(s, arm->fields.items[i], known_field(s, atom, i));
    }
}

static CoreExpression *arm_for_constructor(Simplifier *s, Focus *focus, const CoreExpression *node, const Constructor *constructor) {
    for (size_t i = 0; i < node->arms.count; i++) {
        const CoreArm *arm = &node->arms.items[i];
        if (arm->constructor != constructor) continue;
        bind_fields(s, focus, node->first, arm);
        return arm->body;
    }
    return node->otherwise;
}

static CoreExpression *arm_for_literal(const CoreExpression *node) {
    for (size_t i = 0; i < node->arms.count; i++) {
        if (node->arms.items[i].literal && core_same_literal(node->arms.items[i].literal, node->first)) return node->arms.items[i].body;
    }
    return node->otherwise;
}

bool reduce_switch(Simplifier *s, Focus *focus) {
    CoreExpression *node = focus->expression, *chosen = NULL;
    node->first = simplify_atom(s, node->first, &focus->slot);
    const Constructor *constructor;
    if (node->arms.count == 0) chosen = node->otherwise;
    else if (core_is_literal(node->first)) chosen = arm_for_literal(node);
    else if (node->arms.items[0].constructor && find_known(s, node->first, &constructor)) chosen = arm_for_constructor(s, focus, node, constructor);
    if (!chosen) return false;
    focus->expression = chosen;
    return true;
}

// `otherwise` that can only mean one constructor becomes its arm.
static void complete_arms(Simplifier *s, CoreExpression *node) {
    const Constructor *first = node->arms.count ? node->arms.items[0].constructor : NULL;
    if (!first || !node->otherwise) return;
    size_t missing = first->data->constructors.count - node->arms.count;
    if (missing == 0) node->otherwise = NULL;
    if (missing != 1) return;
    size_t tags = 0;
    for (size_t i = 0; i < node->arms.count; i++) tags += node->arms.items[i].constructor->tag;
    size_t count = first->data->constructors.count;
    CoreArm arm = {.constructor = first->data->constructors.items[count * (count - 1) / 2 - tags], .body = node->otherwise};
    for (size_t i = 0; i < arm.constructor->fields.count; i++) vector_push(s->arena, &arm.fields, NULL);
    vector_push(s->arena, &node->arms, arm);
    node->otherwise = NULL;
}

CoreExpression **open_single_arm(Simplifier *s, CoreExpression *node) {
    node->type = s->answer;
    learn(s, node->first, &node->arms.items[0]);
    return &node->arms.items[0].body;
}

CoreExpression **simplify_switch(Simplifier *s, CoreExpression *node, Type *forced, CoreLabel *next) {
    complete_arms(s, node);
    if (node->arms.count == 1 && !node->otherwise) return open_single_arm(s, node);
    for (size_t i = 0; i < node->arms.count; i++) {
        CoreArm *arm = &node->arms.items[i];
        size_t mark = s->trail.count;
        learn(s, node->first, arm);
        simplify_into(s, arm->body, forced, next, &arm->body);
        forget(s, mark);
    }
    return node->otherwise ? &node->otherwise : NULL;
}

// A field is taken by a match with one arm.
bool reduce_field(Simplifier *s, Focus *focus) {
    CoreExpression *node = focus->expression;
    CoreExpression *whole = simplify_atom(s, node->first, &focus->slot);
    const Constructor *constructor;
    bool is_known = find_known(s, whole, &constructor);
    if (!is_known && whole->kind != CORE_LOCAL) {
        CoreVariable *field = field_variable(s, node->constructor, node->index, whole->type);
        CoreExpression **match = focus->slot;
        open_object(s, focus, whole, node->constructor);
        (*match)->arms.items[0].fields.items[node->index] = field;
        focus->expression = local_of(s, field, node->span);
        return true;
    }
    if (!is_known) open_object(s, focus, whole, node->constructor);
    else if (must_open(s, whole, node->index)) open_object(s, focus, local_of(s, whole->variable, whole->span), node->constructor);
    focus->expression = known_field(s, whole, node->index);
    return true;
}

// ---- labels ----

static bool holds_moved(Simplifier *s, const CoreExpression *e) {
    if (e->kind == CORE_LOCAL && fact_of(s, e->variable)->is_pending) return true;
    if (e->kind == CORE_JUMP && label_fact_of(s, e->label)->is_moved) return true;
    for (unsigned i = 0; i < core_child_count(e); i++) {
        if (holds_moved(s, *core_child((CoreExpression *)e, i))) return true;
    }
    return false;
}

bool is_copyable(Simplifier *s, const CoreExpression *e, unsigned limit) {
    unsigned size = core_size(e, limit + 1);
    if (size > limit || size > s->budget || holds_moved(s, e)) return false;
    return true;
}

// Only the scrutinee of the label's match on its one parameter, to which constructors are passed that are known.
static bool is_worth_splitting(Simplifier *s, const CoreExpression *join) {
    const CoreExpression *match = join->first;
    if (join->label->parameters.count != 1 || match->kind != CORE_SWITCH || match->first->kind != CORE_LOCAL) return false;
    const CoreVariable *parameter = join->label->parameters.items[0];
    if (match->first->variable != parameter || fact_of(s, parameter)->uses != 1) return false;
    return match->arms.count && match->arms.count <= WIDEST_SPLIT && label_fact_of(s, join->label)->known_jumps > 0;
}

// A label of its own for an arm's code; answers the jump to it. The fields become the label's parameters.
static CoreExpression *outline(Simplifier *s, Symbol name, CoreVariables *fields, CoreExpression *body, CoreExpression ***outer) {
    if (is_copyable(s, body, SMALL_LABEL)) return body;
    CoreLabel *label = NEW(s->arena, CoreLabel);
    *label = (CoreLabel){.name = name, .id = s->program->next_id++};
    label_fact_of(s, label)->jumps = 2;
    CoreExpression *jump = core_node(s->arena, CORE_JUMP, body->type, body->span);
    jump->label = label;
    for (size_t i = 0; fields && i < fields->count; i++) {
        CoreVariable *field = fields->items[i];
        if (!field) continue;
        vector_push(s->arena, &label->parameters, field);
        fields->items[i] = make_temporary(s, field->type, field->span);
        fields->items[i]->name = field->name;
        vector_push(s->arena, &jump->items, local_of(s, fields->items[i], field->span));
    }
    CoreExpression *join = core_node(s->arena, CORE_JOIN, body->type, body->span);
    join->label = label;
    join->first = body;
    **outer = join;
    *outer = &join->body;
    return jump;
}

// The arms become labels, the match itself is copied to the jumps: where the constructor is known, the jump goes straight to its arm.
static CoreExpression *split_label(Simplifier *s, CoreExpression *join) {
    CoreExpression *match = join->first, *result = NULL, **slot = &result;
    for (size_t i = 0; i < match->arms.count; i++) {
        CoreArm *arm = &match->arms.items[i];
        arm->body = outline(s, join->label->name, &arm->fields, arm->body, &slot);
    }
    if (match->otherwise) match->otherwise = outline(s, join->label->name, NULL, match->otherwise, &slot);
    label_fact_of(s, join->label)->body = match;
    *slot = join->body;
    return result;
}

bool reduce_join(Simplifier *s, Focus *focus) {
    CoreExpression *join = focus->expression;
    LabelFact *fact = label_fact_of(s, join->label);
    bool is_copied = !join->label->is_loop && is_copyable(s, join->first, SMALL_LABEL);
    if (fact->jumps == 0) {
        focus->expression = join->body;
    } else if (is_copied || (fact->jumps == 1 && !join->label->is_loop)) {
        fact->body = join->first;
        fact->is_moved = !is_copied;
        focus->expression = join->body;
    } else if (!join->label->is_loop && is_worth_splitting(s, join)) {
        focus->expression = split_label(s, join);
    } else {
        return false;
    }
    return true;
}

bool reduce_jump(Simplifier *s, Focus *focus) {
    CoreExpression *jump = focus->expression;
    simplify_items(s, &jump->items, &focus->slot);
    LabelFact *fact = label_fact_of(s, jump->label);
    if (!fact->body) return false;
    CoreExpression code = {.kind = CORE_LAMBDA, .type = fact->body->type, .parameters = jump->label->parameters, .body = fact->body};
    CoreExpression *entered = fact->is_moved ? &code : copy_counted(s, &code);
    for (size_t i = 0; i < jump->items.count; i++) bind_parameter(s, entered->parameters.items[i], jump->items.items[i]);
    focus->expression = entered->body;
    return true;
}
