// Dup and drop along the paths of a function. First down, collecting the steps of a path; then up from its end with the set of variables that are
// needed later, so that each last use takes its variable and nothing is kept longer than needed (Perceus, section 3).

#include "count.h"

typedef Vector(CoreExpression *) Spine;

static CoreExpression *count_path(PathCounter *c, CoreExpression *e);

// ---- the set at hand ----

Ownership *ownership_of(PathCounter *c, const CoreVariable *variable) {
    Ownership *own = numbered_get(&c->ownership, variable->id);
    if (own) return own;
    own = NEW(c->arena, Ownership);
    numbered_put(&c->ownership, variable->id, own);
    return own;
}

bool is_live(PathCounter *c, const CoreVariable *variable) { return ownership_of(c, variable)->stamp == c->stamp; }

void add_live(PathCounter *c, CoreVariable *variable) {
    Ownership *own = ownership_of(c, variable);
    if (own->stamp == c->stamp) return;
    own->stamp = c->stamp;
    vector_push(c->arena, &c->live, variable);
}

void remove_live(PathCounter *c, const CoreVariable *variable) { ownership_of(c, variable)->stamp = 0; }

void start_live(PathCounter *c, const LiveSet *set) {
    c->stamp = ++c->last_stamp;
    c->live = (CoreVariables){0};
    for (size_t i = 0; set && i < set->variables.count; i++) add_live(c, set->variables.items[i]);
}

LiveSet finish_live(PathCounter *c) {
    LiveSet set = {0};
    for (size_t i = 0; i < c->live.count; i++) {
        if (is_live(c, c->live.items[i])) vector_push(c->arena, &set.variables, c->live.items[i]);
    }
    return set;
}

// ---- fields of an arm ----

// What was known of a scrutinee before an arm.
typedef struct Opened {
    Ownership *own;
    const Constructor *constructor;
    CoreVariables *fields;
} Opened;

typedef Vector(Opened) OpenedArms;

static Opened open_arm(PathCounter *c, const CoreExpression *scrutinee, CoreArm *arm) {
    if (scrutinee->kind != CORE_LOCAL || !core_is_counted(scrutinee->variable)) return (Opened){0};
    Ownership *own = ownership_of(c, scrutinee->variable);
    Opened before = {own, own->constructor, own->fields};
    own->constructor = arm->constructor;
    own->fields = &arm->fields;
    for (size_t i = 0; i < arm->fields.count; i++) {
        CoreVariable *field = arm->fields.items[i];
        if (!field || !core_is_counted(field)) continue;
        field->is_borrowed = true;
        ownership_of(c, field)->owner = scrutinee->variable;
    }
    return before;
}

static void close_arm(Opened before) {
    if (!before.own) return;
    before.own->constructor = before.constructor;
    before.own->fields = before.fields;
}

// ---- closures ----

// A captured variable is owned within the closure, whatever it is outside.
static void count_closure(PathCounter *c, CoreExpression *closure) {
    closure->captured = find_captured(c->arena, closure);
    size_t count = closure->captured.count;
    Ownership *outer = NEW_ARRAY(c->arena, Ownership, count);
    for (size_t i = 0; i < count; i++) {
        Ownership *own = ownership_of(c, closure->captured.items[i]);
        outer[i] = *own;
        *own = (Ownership){0};
    }
    CoreExpression **code = closure->kind == CORE_LAMBDA && closure->body->kind == CORE_DELAY ? &closure->body->body : &closure->body;
    *code = count_function(c, &closure->parameters, &closure->captured, *code);
    for (size_t i = 0; i < count; i++) *ownership_of(c, closure->captured.items[i]) = outer[i];
}

static void count_inner(PathCounter *c, CoreExpression *step) {
    if (step->kind == CORE_LAMBDA || step->kind == CORE_DELAY) count_closure(c, step);
}

// ---- globals ----

static bool is_global_value(const CoreExpression *e) {
    return e->kind == CORE_GLOBAL && !core_is_function(e->definition) && find_representation(e->type) == REPRESENTATION_COUNTED;
}

static CoreVariable *bind_global(PathCounter *c, CoreExpression *global, Spine *spine) {
    CoreVariable *variable = core_variable(c->arena, c->program, c->global_name, global->type, global->span);
    CoreExpression *let = core_node(c->arena, CORE_LET, NULL, global->span);
    variable->is_borrowed = true;
    ownership_of(c, variable)->is_static = true;
    let->variable = variable;
    let->first = global;
    vector_push(c->arena, spine, let);
    return variable;
}

// Values of definitions that a step reads get names: they can then be dup'ed.
static void name_global(PathCounter *c, CoreExpression **atom, Spine *spine) {
    if (*atom && is_global_value(*atom)) *atom = core_local(c->arena, bind_global(c, *atom, spine), (*atom)->span);
}

static void name_globals(PathCounter *c, CoreExpression *step, Spine *spine) {
    if (step->kind == CORE_LAMBDA || step->kind == CORE_DELAY || step->kind == CORE_JOIN) return;
    if (step->kind == CORE_FORCE && step->first->kind == CORE_APPLY) step = step->first;
    name_global(c, &step->first, spine);
    for (size_t i = 0; i < step->items.count; i++) name_global(c, &step->items.items[i], spine);
}

// ---- going down ----

static bool is_single_arm(const CoreExpression *e) { return e->kind == CORE_SWITCH && e->arms.count == 1 && !e->otherwise; }

static LiveSet *entry_of(PathCounter *c, const CoreLabel *label) {
    LiveSet *entry = numbered_get(&c->entries, label->id);
    if (entry) return entry;
    entry = NEW(c->arena, LiveSet);
    numbered_put(&c->entries, label->id, entry);
    return entry;
}

static bool is_parameter(const CoreLabel *label, const CoreVariable *variable) {
    for (size_t i = 0; i < label->parameters.count; i++) {
        if (label->parameters.items[i] == variable) return true;
    }
    return false;
}

// A loop needs throughout what any of its code needs.
typedef struct LabelNeeds {
    PathCounter *counter;
    const CoreLabel *loop;
    LiveSet *entry;
} LabelNeeds;

// What the labels need that the code jumps to.
static void note_jump(void *context, CoreExpression *node) {
    const LabelNeeds *needs = context;
    if (node->kind != CORE_JUMP || node->label == needs->loop) return;
    const LiveSet *entry = entry_of(needs->counter, node->label);
    for (size_t i = 0; i < entry->variables.count; i++) vector_push(needs->counter->arena, &needs->entry->variables, entry->variables.items[i]);
}

// A loop needs throughout what any of its code needs.
static void find_loop_entry(PathCounter *c, CoreExpression *join) {
    LiveSet *entry = entry_of(c, join->label);
    CoreExpression closure = {.kind = CORE_LAMBDA, .body = join->first};
    CoreVariables free = find_captured(c->arena, &closure);
    for (size_t i = 0; i < free.count; i++) {
        CoreVariable *variable = free.items[i];
        if (core_is_counted(variable) && !is_parameter(join->label, variable)) vector_push(c->arena, &entry->variables, variable);
    }
    LabelNeeds needs = {c, join->label, entry};
    core_walk(join->first, note_jump, &needs);
}

static void own_parameters(PathCounter *c, const CoreVariables *parameters) {
    for (size_t i = 0; i < parameters->count; i++) *ownership_of(c, parameters->items[i]) = (Ownership){.is_static = parameters->items[i]->is_borrowed};
}

// Variables that the code before must still own when it begins, and does not need: dropped first thing.
static CoreExpression *drop_unneeded(PathCounter *c, const CoreVariables *variables, CoreExpression *code) {
    CoreVariables dead = {0};
    for (size_t i = 0; variables && i < variables->count; i++) {
        CoreVariable *variable = variables->items[i];
        if (core_is_counted(variable) && !is_live(c, variable) && !is_protected(c, variable, NULL)) vector_push(c->arena, &dead, variable);
    }
    return add_deaths(c, &dead, code);
}

static void count_label(PathCounter *c, CoreExpression *join) {
    LiveSet *entry = entry_of(c, join->label);
    if (join->label->is_loop) find_loop_entry(c, join);
    own_parameters(c, &join->label->parameters);
    join->first = count_path(c, join->first);
    join->first = drop_unneeded(c, &join->label->parameters, join->first);
    for (size_t i = 0; i < join->label->parameters.count; i++) remove_live(c, join->label->parameters.items[i]);
    if (!join->label->is_loop) *entry = finish_live(c);
}

// Collects the steps up to where the path ends or branches.
static CoreExpression *collect(PathCounter *c, CoreExpression *e, Spine *spine, OpenedArms *opened) {
    for (;;) {
        CoreExpression *step = e->kind == CORE_LET ? e->first : e;
        name_globals(c, step, spine);
        if (e->kind == CORE_LET) {
            count_inner(c, step);
            Ownership *own = ownership_of(c, e->variable);
            *own = (Ownership){.is_static = is_global_value(step)};
            e->variable->is_borrowed = own->is_static;
        } else if (e->kind == CORE_JOIN) {
            count_label(c, e);
        } else if (is_single_arm(e)) {
            vector_push(c->arena, opened, open_arm(c, e->first, &e->arms.items[0]));
        } else {
            count_inner(c, e);
            return e;
        }
        vector_push(c->arena, spine, e);
        e = is_single_arm(e) ? e->arms.items[0].body : e->body;
    }
}

// ---- one step ----

// What is to be done around a step for its operands, given what is needed after it.
typedef struct Around {
    CoreVariables dups;   // before
    CoreVariables taken;  // whose last use it is: fields needed later are rescued before
    CoreVariables dead;   // after: only borrowed
    CoreVariables extra;  // after: dup'ed before, to live through the step
} Around;

// Whether something that lives through the step keeps a borrowed operand alive.
static bool outlives_step(PathCounter *c, const CoreVariable *variable, const Operands *operands) {
    const Ownership *own = ownership_of(c, variable);
    if (own->is_static) return true;
    for (const CoreVariable *owner = own->owner; owner; owner = own->owner) {
        own = ownership_of(c, owner);
        if (own->is_static || is_live(c, owner)) return true;
        for (size_t i = 0; i < operands->count; i++) {
            if (operands->items[i].variable == owner && operands->items[i].taken == 0) return true;
        }
    }
    return false;
}

static void arrange(PathCounter *c, const Operand *operand, const Operands *operands, Around *around) {
    CoreVariable *variable = operand->variable;
    bool is_needed = is_live(c, variable);
    unsigned dups = operand->taken;
    if (is_protected(c, variable, operands)) {
        if (operand->borrowed && !outlives_step(c, variable, operands)) {
            dups++;
            vector_push(c->arena, &around->extra, variable);
        }
    } else if (!is_needed && operand->taken && !operand->borrowed) {
        dups--;
        vector_push(c->arena, &around->taken, variable);
    } else if (!is_needed) {
        vector_push(c->arena, &around->dead, variable);
    }
    while (dups--) vector_push(c->arena, &around->dups, variable);
}

static Around arrange_all(PathCounter *c, const Operands *operands) {
    Around around = {0};
    for (size_t i = 0; i < operands->count; i++) arrange(c, &operands->items[i], operands, &around);
    return around;
}

static CoreExpression *add_after(PathCounter *c, const Around *around, CoreExpression *rest) {
    for (size_t i = 0; i < around->extra.count; i++) {
        CoreExpression *drop = core_node(c->arena, CORE_DROP, rest->type, rest->span);
        drop->variable = around->extra.items[i];
        drop->body = rest;
        rest = drop;
    }
    return add_deaths(c, &around->dead, rest);
}

static CoreExpression *add_before(PathCounter *c, const Around *around, CoreExpression *rest) {
    for (size_t i = 0; i < around->taken.count; i++) rest = add_rescues(c, around->taken.items[i], rest);
    for (size_t i = around->dups.count; i-- > 0;) rest = add_dup(c, around->dups.items[i], rest);
    return rest;
}

static void add_operands_live(PathCounter *c, const Operands *operands) {
    for (size_t i = 0; i < operands->count; i++) add_live(c, operands->items[i].variable);
}

// ---- going up ----

static CoreExpression *count_let(PathCounter *c, CoreExpression *let, CoreExpression *rest) {
    CoreVariable *variable = let->variable;
    let->type = rest->type;
    bool is_owned = core_is_counted(variable) && !ownership_of(c, variable)->is_static;
    if (is_owned && !is_live(c, variable)) {
        CoreVariables dead = {0};
        vector_push(c->arena, &dead, variable);
        rest = add_deaths(c, &dead, rest);
    }
    remove_live(c, variable);
    Operands operands = is_global_value(let->first) ? (Operands){0} : find_operands(c, let->first);
    Around around = arrange_all(c, &operands);
    let->body = add_after(c, &around, rest);
    CoreExpression *result = add_before(c, &around, let);
    add_operands_live(c, &operands);
    return result;
}

static bool is_in(const LiveSet *set, const CoreVariable *variable) {
    for (size_t i = 0; i < set->variables.count; i++) {
        if (set->variables.items[i] == variable) return true;
    }
    return false;
}

// The deaths at an arm's start: what other arms need, or the scrutinee itself.
static CoreExpression *start_arm(PathCounter *c, const LiveSet *needed, const CoreExpression *scrutinee, CoreExpression *body) {
    CoreVariables dead = {0};
    Operands all = {0};
    for (size_t i = 0; i < needed->variables.count; i++) vector_push(c->arena, &all, ((Operand){needed->variables.items[i], 1, 0}));
    if (scrutinee->kind == CORE_LOCAL && core_is_counted(scrutinee->variable)) vector_push(c->arena, &all, ((Operand){scrutinee->variable, 1, 0}));
    for (size_t i = 0; i < all.count; i++) {
        CoreVariable *variable = all.items[i].variable;
        bool is_repeated = i + 1 == all.count && i == needed->variables.count && is_in(needed, variable);
        if (!is_repeated && !is_live(c, variable) && !is_protected(c, variable, &all)) vector_push(c->arena, &dead, variable);
    }
    return add_deaths(c, &dead, body);
}

static void remove_fields(PathCounter *c, const CoreArm *arm) {
    for (size_t i = 0; i < arm->fields.count; i++) {
        if (arm->fields.items[i]) remove_live(c, arm->fields.items[i]);
    }
}

static CoreExpression *count_single_arm(PathCounter *c, CoreExpression *node, CoreExpression *rest) {
    LiveSet none = {0};
    CoreArm *arm = &node->arms.items[0];
    arm->body = start_arm(c, &none, node->first, rest);
    remove_fields(c, arm);
    if (node->first->kind == CORE_LOCAL && core_is_counted(node->first->variable)) add_live(c, node->first->variable);
    return node;
}

// What any of the arms needs, their own fields left out.
static LiveSet union_of(PathCounter *c, const CoreExpression *node, const LiveSet *sets, size_t count) {
    start_live(c, NULL);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < sets[i].variables.count; j++) add_live(c, sets[i].variables.items[j]);
    }
    for (size_t i = 0; i < node->arms.count; i++) remove_fields(c, &node->arms.items[i]);
    return finish_live(c);
}

static CoreExpression *count_switch(PathCounter *c, CoreExpression *node) {
    size_t count = node->arms.count + (node->otherwise != NULL);
    LiveSet *sets = NEW_ARRAY(c->arena, LiveSet, count);
    for (size_t i = 0; i < node->arms.count; i++) {
        CoreArm *arm = &node->arms.items[i];
        Opened before = open_arm(c, node->first, arm);
        arm->body = count_path(c, arm->body);
        sets[i] = finish_live(c);
        close_arm(before);
    }
    if (node->otherwise) {
        node->otherwise = count_path(c, node->otherwise);
        sets[count - 1] = finish_live(c);
    }
    LiveSet needed = union_of(c, node, sets, count);
    for (size_t i = 0; i < node->arms.count; i++) {
        CoreArm *arm = &node->arms.items[i];
        Opened before = open_arm(c, node->first, arm);
        start_live(c, &sets[i]);
        arm->body = start_arm(c, &needed, node->first, arm->body);
        close_arm(before);
    }
    if (node->otherwise) {
        start_live(c, &sets[count - 1]);
        node->otherwise = start_arm(c, &needed, node->first, node->otherwise);
    }
    start_live(c, &needed);
    if (node->first->kind == CORE_LOCAL && core_is_counted(node->first->variable)) add_live(c, node->first->variable);
    return node;
}

// The last step of a path. When something only borrowed dies with it, the answer gets a name, and the drop comes after.
static CoreExpression *count_end(PathCounter *c, CoreExpression *end) {
    start_live(c, end->kind == CORE_JUMP ? entry_of(c, end->label) : NULL);
    Operands operands = find_operands(c, end);
    Around around = arrange_all(c, &operands);
    CoreExpression *result = end;
    bool must_drop = around.dead.count || around.extra.count;
    if (must_drop && end->kind != CORE_FAULT && end->kind != CORE_JUMP) {
        CoreVariable *answer = core_variable(c->arena, c->program, c->answer_name, end->type, end->span);
        result = core_let(c->arena, answer, end, add_after(c, &around, core_local(c->arena, answer, end->span)));
    }
    result = add_before(c, &around, result);
    add_operands_live(c, &operands);
    return result;
}

static CoreExpression *count_path(PathCounter *c, CoreExpression *e) {
    Spine spine = {0};
    OpenedArms opened = {0};
    CoreExpression *end = collect(c, e, &spine, &opened);
    CoreExpression *rest = end->kind == CORE_SWITCH ? count_switch(c, end) : count_end(c, end);
    while (spine.count) {
        CoreExpression *step = spine.items[--spine.count];
        if (step->kind == CORE_LET) {
            rest = count_let(c, step, rest);
        } else if (step->kind == CORE_SWITCH) {
            rest = count_single_arm(c, step, rest);
            close_arm(opened.items[--opened.count]);
        } else {
            step->body = rest;
            rest = step;
        }
    }
    return rest;
}

CoreExpression *count_function(PathCounter *c, const CoreVariables *parameters, const CoreVariables *captured, CoreExpression *code) {
    own_parameters(c, parameters);
    code = count_path(c, code);
    code = drop_unneeded(c, captured, code);
    return drop_unneeded(c, parameters, code);
}
