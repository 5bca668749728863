// Induction: a spec that uses itself on a part of its own parameter. The use is then one step, which the program takes when it runs what the
// spec is about on that part; the answer is what the spec says is returned. It holds by what is being proved, for a part is smaller than the
// whole. A hypothesis speaks of whole runs in which nobody else takes part: so not of what can be cancelled, and not of code with cells.

#include "spec.h"

#include <string.h>

static const CoreExpression *subject_of(const CoreSpec *spec) {
    const CoreExpression *node = spec->definition->value;
    while (node->kind == CORE_LAMBDA || node->kind == CORE_LET || node->kind == CORE_JOIN || node->kind == CORE_SWITCH) {
        if (node->kind == CORE_SWITCH) node = node->arms.count ? node->arms.items[0].body : node->otherwise;
        else node = node->body;
    }
    return node->kind == CORE_CONSTRUCT ? node->items.items[0] : NULL;
}

// The function that the subject applies, or NULL.
static const CoreExpression *find_head(const CoreExpression *subject) {
    while (subject && (subject->kind == CORE_DELAY || subject->kind == CORE_FORCE)) subject = subject->kind == CORE_DELAY ? subject->body : subject->first;
    if (!subject || subject->kind != CORE_APPLY || subject->first->kind != CORE_GLOBAL) return NULL;
    const CoreDefinition *definition = subject->first->definition;
    const CoreExpression *value = definition->kind == DEFINITION_VALUE ? definition->value : NULL;
    bool is_whole = value && value->kind == CORE_LAMBDA && value->parameters.count == subject->items.count;
    return is_whole ? value : NULL;
}

static bool has_only_the_world(const CoreExpression *subject) {
    Type *type = resolve_type(subject->type);
    if (type->kind != TYPE_COMPUTATION) return false;
    Type *row = resolve_type(type->right);
    for (; row->kind == TYPE_EFFECT; row = resolve_type(row->right))
        if (row->effect->kind == EFFECT_CELL) return false;
    return row->kind == TYPE_EMPTY_ROW || row->kind == TYPE_PARAMETER; // a variable that nothing binds: no effect is behind it
}

void prepare_induction(Engine *engine) {
    const CoreExpression *subject = subject_of(engine->spec);
    engine->head = subject && has_only_the_world(subject) ? find_head(subject) : NULL;
    engine->hypothesis = (External){.waits = true, .is_computation = true, .name = "use"};
    for (size_t i = 0; engine->head && i < engine->head->parameters.count; i++)
        vector_push(engine->compilation->arena, &engine->hypothesis.arguments, engine->head->parameters.items[i]->type);
}

// Whether the value is a part of a parameter of the spec, taken out of it by its constructors.
static bool is_part(const Engine *engine, Value value) {
    value = look(engine->machine, value);
    if (value.kind != VALUE_UNKNOWN) return false;
    const Opaque *opaque = value.object->about;
    return (opaque->parent && opaque->depth > 0) || opaque->type->kind == TYPE_ERROR;
}

// What the head is applied to where the subject is run for these parameters of the spec; NULL: it is not found.
static const Object *arguments_of_head(Engine *engine, Value subject) {
    enum { MOST_STEPS = 2000 };
    Machine *machine = engine->machine;
    Task *running = machine->running, task = {.state = STATE_RUNNING};
    bool was_apart = engine->is_apart, was_inducing = engine->is_inducing;
    engine->is_apart = true;
    engine->is_inducing = false;
    engine->is_preparing = true;
    force(machine, &task, subject);
    machine->running = &task;
    const Object *found = NULL;
    for (int i = 0; i < MOST_STEPS && task.state == STATE_RUNNING && !found; i++) {
        if (task.expression == engine->head->body && task.environment) found = task.environment;
        else step(machine, &task);
    }
    machine->running = running;
    engine->is_apart = was_apart;
    engine->is_inducing = was_inducing;
    engine->is_preparing = false;
    return found && found->kind == ENVIRONMENT_PARAMETERS && found->about == &engine->head->parameters ? found : NULL;
}

// A part of the parameter of this number: opaque values of parameters come first, in their order.
static bool is_part_of(const Engine *engine, Value value, size_t number) {
    value = look(engine->machine, value);
    if (value.kind != VALUE_UNKNOWN || !is_part(engine, value)) return false;
    const Opaque *opaque = value.object->about;
    while (opaque->parent) opaque = opaque->parent;
    return opaque->id == number;
}

// Every use must be smaller in the same parameter, or the uses could go round in a circle: the first that is becomes that of the whole proof.
static bool is_own_use(Engine *engine, Value used) {
    const Object *environment = used.object->items[0].object->scope;
    const CoreVariables *parameters = &engine->spec->definition->value->parameters;
    while (environment && !(environment->kind == ENVIRONMENT_PARAMETERS && environment->about == parameters)) environment = environment->next;
    if (!environment) return false;
    for (size_t i = 0; i < environment->count && !engine->decreasing; i++)
        if (is_part_of(engine, environment->items[i], i)) engine->decreasing = i + 1;
    return engine->decreasing && is_part_of(engine, environment->items[engine->decreasing - 1], engine->decreasing - 1);
}

static bool holds_resource(const Object *arguments) {
    for (size_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].kind == VALUE_RESOURCE) return true;
    return false;
}

void note_hypothesis(Engine *engine, Value used) {
    if (!engine->head || used.object->items[0].kind != VALUE_COMPUTATION || !is_own_use(engine, used)) return;
    arguments_of_head(engine, used.object->items[0]);
    engine->has_hypothesis = true;
}

bool begin_hypothesis(Engine *engine, Progress *sequence, Value used) {
    if (!engine->is_inducing || !engine->head || used.object->items[0].kind != VALUE_COMPUTATION || !is_own_use(engine, used)) return false;
    for (const Progress *outer = sequence; outer; outer = outer->outer)
        if (outer->kind == PROGRESS_FIRST) return false;
    const Object *arguments = arguments_of_head(engine, used.object->items[0]);
    if (!arguments || holds_resource(arguments)) return false;
    Object *kept = make_object(engine->machine, ITEMS, NULL, NULL, NULL, arguments->count);
    memcpy(kept->items, arguments->items, arguments->count * sizeof(Value));
    sequence->asked = (Asked){.external = &engine->hypothesis, .arguments = kept, .is_answered = true};
    engine->is_preparing = true;
    sequence->asked.answer = evaluate_apart(engine, used.object->items[2]);
    engine->is_preparing = false;
    engine->has_hypothesis = true;
    return true;
}

// The program applies the head: to a part of a parameter it is left to a hypothesis.
bool stands_for_hypothesis(void *context, size_t count, const Value *arguments) {
    Engine *engine = context;
    if (!engine->is_inducing || !engine->has_hypothesis) return false;
    for (size_t i = 0; i < count; i++)
        if (is_part(engine, arguments[i])) return true;
    return false;
}

// ---- pure functions of the part ----

static bool refers_to(const CoreExpression *node, const CoreExpression *lambda) {
    if (node->kind == CORE_GLOBAL && node->definition->value == lambda) return true;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (refers_to(*core_child((CoreExpression *)(uintptr_t)node, i), lambda)) return true;
    return false;
}

// A function that goes through its argument: it calls itself, and gives a value.
static bool is_recursion(const CoreExpression *lambda) {
    const Type *type = resolve_type(lambda->body->type);
    return type->kind == TYPE_DATA && refers_to(lambda->body, lambda);
}

static bool has_part(const Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (is_part(engine, arguments[i])) return true;
    return false;
}

static bool same_application(Engine *engine, const struct Applied *applied, const CoreExpression *lambda, const Value *arguments) {
    if (applied->lambda != lambda) return false;
    for (size_t i = 0; i < applied->arguments->count; i++)
        if (!same_value(engine, applied->arguments->items[i], arguments[i])) return false;
    return true;
}

// While a hypothesis is prepared, its subject's arguments, and what it returns, are left as they are; afterwards what the program computes in the same way is the
// same. That the function ends without a fault is a part of the hypothesis, whose run begins by applying it.
bool apply_for_hypothesis(void *context, const CoreExpression *lambda, const Value *arguments, Value *value) {
    Engine *engine = context;
    if (!(engine->is_preparing || (engine->is_inducing && engine->applied.count)) || !has_part(engine, lambda, arguments)) return false;
    for (size_t i = 0; i < engine->applied.count; i++) {
        if (!same_application(engine, &engine->applied.items[i], lambda, arguments)) continue;
        *value = engine->applied.items[i].value;
        return true;
    }
    if (!engine->is_preparing || !is_recursion(lambda)) return false;
    struct Applied applied = {lambda, make_object(engine->machine, ITEMS, NULL, NULL, NULL, lambda->parameters.count), {0}};
    memcpy(applied.arguments->items, arguments, applied.arguments->count * sizeof(Value));
    applied.value = make_opaque(&engine->unknowns, plain_type(TYPE_ERROR), "a part of the hypothesis", NULL);
    vector_push(engine->compilation->arena, &engine->applied, applied);
    engine->run->applied_count = engine->applied.count;
    *value = applied.value;
    return true;
}
