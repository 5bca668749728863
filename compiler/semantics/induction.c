// Induction: a spec that uses itself on a part of its own parameter. The use is then one step, which the program takes when it runs what the
// spec is about on that part; the answer is what the spec says is returned. It holds by what is being proved, for a part is smaller than the
// whole. A hypothesis speaks of whole runs in which nobody else takes part: so not of what can be cancelled, and not of code with cells.

#include "loop.h"

#include <string.h>

// (subject, block, returns), or NULL.
static const CoreExpression *parts_of(const CoreSpec *spec) {
    const CoreExpression *node = spec->definition->value;
    while (node->kind == CORE_LAMBDA || node->kind == CORE_LET || node->kind == CORE_JOIN || node->kind == CORE_SWITCH) {
        if (node->kind == CORE_SWITCH) node = node->arms.count ? node->arms.items[0].body : node->otherwise;
        else node = node->body;
    }
    return node->kind == CORE_CONSTRUCT ? node : NULL;
}

const CoreExpression *subject_of(const CoreSpec *spec) {
    const CoreExpression *parts = parts_of(spec);
    return parts ? parts->items.items[0] : NULL;
}

const CoreExpression *returns_of(const CoreSpec *spec) { return parts_of(spec)->items.items[2]; }

// The function that the subject applies, or NULL.
const CoreExpression *find_head(const CoreExpression *subject) {
    while (subject && (subject->kind == CORE_DELAY || subject->kind == CORE_FORCE)) subject = subject->kind == CORE_DELAY ? subject->body : subject->first;
    if (!subject || subject->kind != CORE_APPLY || subject->first->kind != CORE_GLOBAL) return NULL;
    const CoreDefinition *definition = subject->first->definition;
    const CoreExpression *value = definition->kind == DEFINITION_VALUE ? definition->value : NULL;
    bool is_whole = value && value->kind == CORE_LAMBDA && value->parameters.count == subject->items.count;
    return is_whole ? value : NULL;
}

// An operation that answers Never, such as `Exit.exit`: nothing comes after it.
static bool can_end(const Engine *engine, const Effect *effect) {
    for (size_t i = 0; i < effect->operations.count; i++) {
        const Type *answer = resolve_type(effect->operations.items[i]->answer);
        if (answer->kind == TYPE_DATA && answer->data == engine->program->builtins->never_type) return true;
    }
    return false;
}

bool has_only_the_world(const Engine *engine, const CoreExpression *subject) {
    Type *type = resolve_type(subject->type);
    if (type->kind != TYPE_COMPUTATION) return false;
    Type *row = resolve_type(type->right);
    for (; row->kind == TYPE_EFFECT; row = resolve_type(row->right))
        if (row->effect->kind == EFFECT_CELL || can_end(engine, row->effect)) return false;
    return row->kind == TYPE_EMPTY_ROW || row->kind == TYPE_PARAMETER; // a variable that nothing binds: no effect is behind it
}

// ---- the loop that a function begins ----

// Whether it runs anything when it is evaluated.
static bool runs(const CoreExpression *node) {
    if (node->kind == CORE_LAMBDA || node->kind == CORE_DELAY) return false;
    if (node->kind == CORE_FORCE || node->kind == CORE_PERFORM || node->kind == CORE_HANDLE) return true;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (runs(*core_child((CoreExpression *)(uintptr_t)node, i))) return true;
    return false;
}

static const CoreBinding *find_binding(const CoreExpression *recursive, const CoreVariable *variable) {
    for (size_t i = 0; recursive && i < recursive->bindings.count; i++)
        if (recursive->bindings.items[i].variable == variable) return &recursive->bindings.items[i];
    return NULL;
}

const CoreExpression *last_application(const CoreExpression *node, const CoreExpression **recursive) {
    for (;;) {
        switch (node->kind) {
        case CORE_DELAY: node = node->body; break;
        case CORE_FORCE: node = node->first; break;
        case CORE_LET:
            if (runs(node->first)) return NULL;
            node = node->body;
            break;
        case CORE_LET_REC:
            *recursive = node;
            node = node->body;
            break;
        default:
            for (size_t i = 0; node->kind == CORE_APPLY && i < node->items.count; i++)
                if (runs(node->items.items[i])) return NULL;
            return node->kind == CORE_APPLY ? node : NULL;
        }
    }
}

static bool refers_to(const CoreExpression *node, const CoreExpression *lambda);

// The function that calls itself, which this one ends by applying; NULL: there is none. *is_loop: that it is a loop.
static const CoreExpression *follow_to_loop(Engine *engine, const CoreExpression *lambda, Loop *loop, bool *is_loop) {
    enum { MOST = 4 };
    for (int i = 0; i < MOST; i++) {
        const CoreExpression *recursive = NULL, *call = last_application(lambda->body, &recursive);
        const CoreBinding *local = call && call->first->kind == CORE_LOCAL ? find_binding(recursive, call->first->variable) : NULL;
        bool is_global = call && call->first->kind == CORE_GLOBAL && call->first->definition->kind == DEFINITION_VALUE;
        if (!local && !is_global) return NULL;
        lambda = local ? local->value : call->first->definition->value;
        if (lambda->kind != CORE_LAMBDA || lambda->parameters.count != call->items.count) return NULL;
        *is_loop = find_loop(engine, lambda, local ? local->variable : NULL, loop);
        engine->is_local = local;
        if (*is_loop || local || refers_to(lambda->body, lambda)) return lambda;
    }
    return NULL;
}

void prepare_induction(Engine *engine) {
    Arena *arena = engine->compilation->arena;
    const CoreExpression *subject = subject_of(engine->spec);
    Loop loop;
    engine->head = subject && has_only_the_world(engine, subject) ? find_head(subject) : NULL;
    engine->hypothesis = (External){.waits = true, .is_computation = true, .name = "use"};
    if (!engine->head) return;
    prepare_parallel(engine);
    bool is_loop = false, recurs = refers_to(engine->head->body, engine->head);
    if (recurs) is_loop = find_loop(engine, engine->head, NULL, &loop);
    const CoreExpression *followed = recurs ? NULL : follow_to_loop(engine, engine->head, &loop, &is_loop);
    engine->is_local = engine->is_local && followed;
    if (followed) engine->head = followed;
    if (is_loop) {
        engine->loop = NEW(arena, Loop);
        *engine->loop = loop;
    }
    for (size_t i = 0; i < engine->head->parameters.count; i++) vector_push(arena, &engine->hypothesis.arguments, engine->head->parameters.items[i]->type);
    if (engine->is_local) vector_push(arena, &engine->hypothesis.arguments, engine->head->type); // the function: what it has captured
}

// ---- about anything that can have been gathered ----

bool can_generalise(const Engine *engine) { return engine->head && engine->loop && engine->loop->has_gathering; }

// As it is where the subject applies the head itself, which may be of many types.
static Type *type_of_parameter(const Engine *engine, size_t index) {
    const CoreExpression *subject = subject_of(engine->spec);
    while (subject->kind == CORE_DELAY || subject->kind == CORE_FORCE) subject = subject->kind == CORE_DELAY ? subject->body : subject->first;
    if (find_head(subject) != engine->head) return engine->head->parameters.items[index]->type;
    Type *type = resolve_type(subject->first->type);
    while (index-- && type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    return type->kind == TYPE_FUNCTION ? type->left : plain_type(TYPE_ERROR);
}

void begin_general(Engine *engine, Generality how) {
    Arena *arena = engine->compilation->arena;
    const CoreVariables *parameters = &engine->head->parameters;
    engine->is_general = true;
    engine->loop->joins_behind = how == JOINED_BEHIND;
    engine->starts_anywhere = how == STARTED_ANYWHERE;
    engine->gathered = NEW_ARRAY(arena, Value, parameters->count + 1);
    for (size_t i = 0; i < parameters->count; i++) {
        if (!engine->loop->gathers[i]) continue;
        engine->gathered[i] = opaque_argument(engine, type_of_parameter(engine, i), "what was gathered");
        vector_push(arena, &engine->free, engine->gathered[i].object->about);
    }
    if (engine->starts_anywhere) begin_started(engine);
}

static bool is_free(const Engine *engine, Value value) {
    value = look(engine->machine, value);
    for (size_t i = 0; value.kind == VALUE_UNKNOWN && i < engine->free.count; i++)
        if (engine->free.items[i] == value.object->about) return true;
    return false;
}

// The loop begins: with anything gathered, in place of what the program gives it.
static const Value *begin_loop(Engine *engine, Object *function, const Value *arguments) {
    size_t count = engine->head->parameters.count;
    SpecRun *run = engine->run;
    run->loop_function = object_value(VALUE_FUNCTION, function);
    run->loop_arguments = make_object(engine->machine, ITEMS, NULL, NULL, NULL, count);
    memcpy(run->loop_arguments->items, arguments, count * sizeof *arguments);
    Object *general = make_object(engine->machine, ITEMS, NULL, NULL, NULL, count);
    for (size_t i = 0; i < count; i++) general->items[i] = engine->loop->gathers[i] ? engine->gathered[i] : arguments[i];
    return general->items;
}

bool is_gathered(const Engine *engine, const External *external, size_t index) {
    if (!engine->is_general || external != &engine->hypothesis || !engine->run->loop_arguments) return false;
    return index < engine->head->parameters.count && engine->loop->gathers[index];
}

Value gathered_at_first(const Engine *engine, size_t index) { return engine->run->loop_arguments->items[index]; }

Value generalised(Engine *engine, const Value *arguments, Value returned) {
    const SpecRun *run = engine->run;
    size_t count = engine->head->parameters.count;
    Value *all = NEW_ARRAY(engine->compilation->arena, Value, count + 1), *first = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    if (!run->loop_arguments) undecided(engine->machine, "the loop is not reached");
    for (size_t i = 0; i < count; i++) {
        all[i] = arguments ? arguments[i] : engine->loop->gathers[i] ? engine->gathered[i] : run->loop_arguments->items[i];
        first[i] = engine->loop->gathers[i] ? run->loop_arguments->items[i] : all[i];
    }
    Value nothing = finish_loop(engine, engine->loop, run->loop_function, first);
    return combine(engine, engine->loop, finish_loop(engine, engine->loop, run->loop_function, all), nothing, returned);
}

// ---- the spec's uses of itself ----

// Whether the value is a part of a parameter of the spec, taken out of it by its constructors.
static bool is_part(const Engine *engine, Value value) {
    value = look(engine->machine, value);
    if (value.kind != VALUE_UNKNOWN) return false;
    const Opaque *opaque = value.object->about;
    if (opaque->is_given) return !opaque->of || is_part(engine, object_value(VALUE_UNKNOWN, opaque->of->object));
    return (opaque->parent && opaque->depth > 0) || opaque->type->kind == TYPE_ERROR;
}

bool is_at_end(const Task *task) {
    const Object *frame = task->continuation;
    while (frame && frame->kind == FRAME_FORCE) frame = frame->next;
    return !frame;
}

const Object *arguments_of_head(Engine *engine, const CoreExpression *head, Value subject) {
    enum { MOST_STEPS = 2000 };
    bool is_parallel = head == engine->head && engine->is_parallel;
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
        if (task.expression == head->body && task.environment && is_at_end(&task)) found = task.environment;
        else step(machine, &task);
    }
    if (is_parallel && found) find_tail(engine, &task, found);
    machine->running = running;
    engine->is_apart = was_apart;
    engine->is_inducing = was_inducing;
    engine->is_preparing = false;
    return found && found->kind == ENVIRONMENT_PARAMETERS && found->about == &head->parameters ? found : NULL;
}

static bool is_own_use(Engine *engine, Value used) {
    const Object *environment = used.object->items[0].object->scope;
    const CoreVariables *parameters = &engine->spec->definition->value->parameters;
    while (environment && !(environment->kind == ENVIRONMENT_PARAMETERS && environment->about == parameters)) environment = environment->next;
    return environment && is_smaller_use(engine, environment);
}

bool holds_resource(const Object *arguments) {
    for (size_t i = 0; i < arguments->count; i++)
        if (arguments->items[i].kind == VALUE_RESOURCE) return true;
    return false;
}

// What the program applies the head to is known again by these.
static void note_arguments(Engine *engine, const Object *arguments) {
    Object *noted = make_object(engine->machine, ITEMS, NULL, engine->run->noted, NULL, arguments->count);
    memcpy(noted->items, arguments->items, arguments->count * sizeof(Value));
    engine->run->noted = noted;
}

void note_hypothesis(Engine *engine, Value used) {
    if (!engine->head || used.object->items[0].kind != VALUE_COMPUTATION || !is_own_use(engine, used)) return;
    const Object *arguments = arguments_of_head(engine, engine->head, used.object->items[0]);
    if (arguments) note_arguments(engine, arguments);
    engine->has_hypothesis = true;
}

bool begin_hypothesis(Engine *engine, Progress *sequence, Value used) {
    if (!engine->is_inducing || !engine->head || used.object->items[0].kind != VALUE_COMPUTATION || !is_own_use(engine, used)) return false;
    for (const Progress *outer = sequence; outer; outer = outer->outer)
        if (outer->kind == PROGRESS_FIRST) return false;
    const Object *arguments = arguments_of_head(engine, engine->head, used.object->items[0]);
    if (!arguments || holds_resource(arguments)) return false;
    note_arguments(engine, arguments);
    Object *kept = make_object(engine->machine, ITEMS, NULL, NULL, NULL, arguments->count + engine->is_local);
    memcpy(kept->items, arguments->items, arguments->count * sizeof(Value));
    if (engine->is_local) kept->items[arguments->count] = object_value(VALUE_FUNCTION, make_object(engine->machine, CLOSURE, engine->head, NULL, arguments->next, 0));
    sequence->asked = (Asked){.external = &engine->hypothesis, .arguments = kept, .is_answered = !engine->starts_anywhere, .answer = used.object->items[2]};
    engine->is_preparing = true;
    if (sequence->asked.is_answered) sequence->asked.answer = evaluate_apart(engine, sequence->asked.answer);
    engine->is_preparing = false;
    engine->has_hypothesis = true;
    return true;
}

Value ask_hypothesis(Engine *engine, Object *function, const Value *arguments) {
    size_t count = engine->head->parameters.count;
    Object *partial = make_object(engine->machine, PARTIAL, NULL, NULL, NULL, 1 + count + engine->is_local);
    partial->items[0] = (Value){.kind = VALUE_EXTERNAL, .external = &engine->hypothesis};
    memcpy(partial->items + 1, arguments, count * sizeof *arguments);
    if (engine->is_local) partial->items[1 + count] = object_value(VALUE_FUNCTION, function);
    return object_value(VALUE_PARTIAL, partial);
}

static bool is_noted(Engine *engine, const Value *arguments) {
    for (const Object *noted = engine->run->noted; noted; noted = noted->next) {
        size_t same = 0;
        while (same < noted->count && is_surely_same(engine, noted->items[same], arguments[same])) same++;
        if (same == noted->count) return true;
    }
    return false;
}

// The program applies the head: to a part of a parameter, or to what a hypothesis is about, it is left to a hypothesis.
bool stands_for_hypothesis(void *context, Object *function, const Value **arguments, Value *computation) {
    Engine *engine = context;
    if (!engine->is_inducing || engine->refuses_operations || engine->lemma) return false;
    if (function->about != engine->head) return stands_for_used(engine, function->about, *arguments, computation);
    bool begins = engine->is_general && !engine->run->loop_arguments && !engine->is_apart;
    if (begins && is_at_end(engine->machine->running)) *arguments = begin_loop(engine, function, *arguments);
    for (size_t i = 0; engine->has_hypothesis && i < engine->head->parameters.count; i++) {
        if ((engine->is_general && engine->loop->gathers[i]) || !is_part(engine, (*arguments)[i])) continue;
        *computation = ask_hypothesis(engine, function, *arguments);
        return true;
    }
    if (!engine->is_general && is_noted(engine, *arguments)) {
        *computation = ask_hypothesis(engine, function, *arguments);
        return true;
    }
    return stands_for_used(engine, function->about, *arguments, computation);
}

bool is_hypothesis(const Engine *engine, const External *external) {
    for (size_t i = 0; i < engine->used.count; i++)
        if (external == &engine->used.items[i]->hypothesis) return true;
    return external == &engine->hypothesis;
}

// ---- pure functions of the part ----

static bool refers_to(const CoreExpression *node, const CoreExpression *lambda) {
    if (node->kind == CORE_GLOBAL && node->definition->value == lambda) return true;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (refers_to(*core_child((CoreExpression *)(uintptr_t)node, i), lambda)) return true;
    return false;
}

static bool has_part(const Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (is_part(engine, arguments[i])) return true;
    return false;
}

static bool is_open_list(const Engine *engine, Value value) {
    value = look(engine->machine, value);
    return value.kind == VALUE_UNKNOWN && (is_part(engine, value) || is_list_term(engine->machine, value));
}

// An Int that is not known.
static bool has_open_int(const Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        Value value = look(engine->machine, arguments[i]);
        const Type *type = value.kind == VALUE_UNKNOWN ? ((const Opaque *)value.object->about)->type : NULL;
        if (value.kind == VALUE_SUM || (type && type->kind == TYPE_DATA && type->data == engine->program->builtins->int_type)) return true;
    }
    return false;
}

// An Int: there is none.
static Value first_open_list(const Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (is_open_list(engine, arguments[i])) return arguments[i];
    return int_value(0);
}

bool is_surely_same(Engine *engine, Value left, Value right) {
    Machine *machine = engine->machine;
    Task *running = machine->running;
    bool was_apart = engine->is_apart;
    StopKind stopped = engine->stopped;
    jmp_buf stop, *outer = engine->inner_stop;
    volatile bool is_same = false;
    engine->inner_stop = &stop;
    if (!setjmp(stop)) is_same = same_value(engine, left, right);
    engine->inner_stop = outer;
    engine->is_apart = was_apart;
    engine->stopped = stopped;
    machine->running = running;
    return is_same;
}

static bool same_application(Engine *engine, const struct Applied *applied, const CoreExpression *lambda, const Value *arguments) {
    if (applied->lambda != lambda) return false;
    for (size_t i = 0; i < applied->arguments->count; i++)
        if (!is_surely_same(engine, applied->arguments->items[i], arguments[i])) return false;
    return true;
}

static bool find_applied(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value) {
    for (size_t i = 0; i < engine->applied.count; i++) {
        if (!same_application(engine, &engine->applied.items[i], lambda, arguments)) continue;
        *value = engine->applied.items[i].value;
        return true;
    }
    return false;
}

static Value add_applied(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value value) {
    struct Applied applied = {lambda, make_object(engine->machine, ITEMS, NULL, NULL, NULL, lambda->parameters.count), value};
    memcpy(applied.arguments->items, arguments, applied.arguments->count * sizeof(Value));
    vector_push(engine->compilation->arena, &engine->applied, applied);
    engine->run->applied_count = engine->applied.count;
    return value;
}

static Type *type_of_sum(const Engine *engine, Value sum) {
    Linear linear = linear_of(engine->machine, engine->compilation->arena, sum);
    return linear.items.count ? linear.items.items[0].opaque->type : NULL;
}

// The type of what the function gives. Where that is a variable's: as far as an argument of the same type tells; NULL: none does.
static Type *type_given(Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    Arena *arena = engine->compilation->arena;
    Type *type = resolve_type(lambda->body->type);
    for (size_t i = 0; type->kind == TYPE_PARAMETER && i < lambda->parameters.count; i++) {
        const Type *parameter = resolve_type(lambda->parameters.items[i]->type);
        if (parameter->kind != TYPE_PARAMETER || parameter->parameter != type->parameter) continue;
        Value argument = look(engine->machine, arguments[i]);
        if (argument.kind == VALUE_UNKNOWN) return ((const Opaque *)argument.object->about)->type;
        if (argument.kind == VALUE_SUM) return type_of_sum(engine, argument);
        if (is_text_term(engine->machine, argument)) return data_type(arena, engine->program->builtins->string_type, NULL);
        if (!is_list_term(engine->machine, argument)) return NULL;
        Types items = {0};
        vector_push(arena, &items, type);
        return data_type(arena, engine->program->builtins->list_type, &items);
    }
    return type->kind == TYPE_DATA ? type : NULL;
}

// The arguments in the arena, when nothing in them is made anew in each run, as functions are; else NULL.
static Value *lasting(Engine *engine, const CoreExpression *lambda, const Value *arguments) {
    Arena *arena = engine->compilation->arena;
    Value *kept = NEW_ARRAY(arena, Value, lambda->parameters.count + 1);
    for (size_t i = 0; i < lambda->parameters.count; i++) {
        Value argument = look(engine->machine, arguments[i]);
        bool lasts = argument.kind == VALUE_CONSTANT || argument.kind == VALUE_INT || argument.kind == VALUE_UNKNOWN || is_text_term(engine->machine, argument);
        if (!lasts) return NULL;
        kept[i] = keep_term(engine->machine, arena, argument);
    }
    return kept;
}

static bool is_given_for(Engine *engine, const Given *given, const Value *arguments) {
    for (size_t i = 0; i < given->lambda->parameters.count; i++) {
        bool is_constant = arguments[i].kind == VALUE_CONSTANT && given->arguments[i].kind == VALUE_CONSTANT;
        bool is_same = is_constant ? constructor_of(arguments[i]) == constructor_of(given->arguments[i]) : same_term(engine->machine, arguments[i], given->arguments[i]);
        if (!is_same) return false;
    }
    return true;
}

// What the function gives, opaque: the same in each run, by its arguments, or by how many of the function's were met before in it.
static Value given_value(Engine *engine, const CoreExpression *lambda, const Value *arguments, Type *type) {
    Value *kept = lasting(engine, lambda, arguments);
    size_t ordinal = 0;
    for (size_t i = 0; i < engine->applied.count; i++) ordinal += engine->applied.items[i].lambda == lambda;
    for (size_t i = 0; i < engine->given.count; i++) {
        const Given *given = &engine->given.items[i];
        bool is_same_type = given->type == type || (type->kind == TYPE_DATA && given->type->kind == TYPE_DATA && given->type->data == type->data);
        if (given->lambda != lambda || !is_same_type || !given->arguments != !kept) continue;
        if (kept ? is_given_for(engine, given, kept) : given->ordinal == ordinal) return given->value;
    }
    Given given = {lambda, ordinal, kept, type, make_opaque(&engine->unknowns, type, "what a function gives", NULL)};
    vector_push(engine->compilation->arena, &engine->given, given);
    return given.value;
}

static void note_given(const Engine *engine, Value value, Value list) {
    Opaque *opaque = (Opaque *)(uintptr_t)value.object->about;
    opaque->is_given = true;
    opaque->of = list.kind != VALUE_INT ? look(engine->machine, list).object->about : NULL;
}

// The function would go through a list that is not known: what it gives is left as it is.
static bool leave_applied(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value) {
    size_t list;
    Type *type = type_given(engine, lambda, arguments);
    if (!type || !is_total(engine, lambda, arguments, &list) || !is_open_list(engine, arguments[list])) return false;
    *value = given_value(engine, lambda, arguments, type);
    note_given(engine, *value, arguments[list]);
    add_applied(engine, lambda, arguments, *value);
    return true;
}

// The loop goes through a part: what it gives is put together from what it has gathered, and from what it gives with nothing gathered.
static bool apply_loop(Engine *engine, const Loop *loop, const Value *arguments, Value *value) {
    const CoreVariables *parameters = &loop->lambda->parameters;
    Value *nothing = NEW_ARRAY(engine->compilation->arena, Value, parameters->count + 1), given;
    bool is_of_gathered = is_free(engine, arguments[loop->list]), ends;
    size_t list;
    for (size_t i = 0; i < parameters->count; i++) {
        nothing[i] = arguments[i];
        if (loop->gathers[i]) find_nothing(engine, parameters->items[i]->type, &nothing[i]);
    }
    if (!find_applied(engine, loop->lambda, nothing, &given)) {
        ends = !engine->lemma && !is_of_gathered && is_total(engine, loop->lambda, arguments, &list);
        if (!engine->lemma && !engine->is_preparing && !is_of_gathered && !ends) return false;
        Type *type = ends ? loop->lambda->body->type : type_of_argument(engine, loop->lambda->body->type);
        bool is_own = engine->lemma || is_of_gathered;
        given = is_own ? opaque_argument(engine, type, "a part of the hypothesis") : given_value(engine, loop->lambda, nothing, type);
        if (ends) note_given(engine, given, arguments[loop->list]);
        add_applied(engine, loop->lambda, nothing, given);
        if (is_of_gathered) vector_push(engine->compilation->arena, &engine->free, given.object->about);
    }
    Value function = object_value(VALUE_FUNCTION, make_object(engine->machine, CLOSURE, loop->lambda, NULL, NULL, 0));
    Value finished = finish_loop(engine, loop, function, arguments);
    *value = combine(engine, loop, finished, finish_loop(engine, loop, function, nothing), given);
    return true;
}

// The same of a function that goes through an Int: without a list what it gives is a part of the hypothesis.
static bool leave_of_int(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value) {
    if (engine->lemma || !engine->is_preparing || !refers_to(lambda->body, lambda)) return false;
    Type *type = type_given(engine, lambda, arguments);
    if (!type || type->kind != TYPE_DATA) return false;
    *value = given_value(engine, lambda, arguments, type);
    note_given(engine, *value, int_value(0));
    add_applied(engine, lambda, arguments, *value);
    return true;
}

// While a hypothesis is prepared, its subject's arguments, and what it returns, are left as they are; afterwards what the program computes in the same way is the
// same. That the function ends without a fault is a part of the hypothesis, whose run begins by applying it.
static bool leave_for_hypothesis(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value) {
    bool is_open = engine->lemma || engine->is_preparing || engine->is_general || engine->is_inducing;
    bool has_list = first_open_list(engine, lambda, arguments).kind != VALUE_INT, has_int = has_open_int(engine, lambda, arguments);
    if (!is_open || (!has_list && !has_int)) return false;
    if ((has_list && apply_by_lemma(engine, lambda, arguments, value)) || find_applied(engine, lambda, arguments, value)) return true;
    if (!has_list) return leave_of_int(engine, lambda, arguments, value);
    const Loop *loop = resolve_type(lambda->body->type)->kind == TYPE_DATA ? find_lemma(engine, lambda) : NULL;
    if (loop) return is_open_list(engine, arguments[loop->list]) && apply_loop(engine, loop, arguments, value);
    if (engine->lemma) return false;
    if (leave_applied(engine, lambda, arguments, value)) return true;
    if (!engine->is_preparing || !refers_to(lambda->body, lambda) || (!engine->used.count && !has_part(engine, lambda, arguments))) return false;
    Type *type = type_given(engine, lambda, arguments);
    if (!type || type->kind != TYPE_DATA) return false;
    *value = given_value(engine, lambda, arguments, type);
    note_given(engine, *value, has_part(engine, lambda, arguments) ? int_value(0) : first_open_list(engine, lambda, arguments));
    add_applied(engine, lambda, arguments, *value);
    return true;
}

bool apply_for_hypothesis(void *context, const CoreExpression *lambda, const Value **arguments, Value *value) {
    Engine *engine = context;
    if (engine->starts) start_elsewhere(engine, lambda, arguments);
    const Value *starts = engine->starts;
    engine->starts = NULL; // what is compared and proved on the way is not what the spec returns
    bool is_left = leave_for_hypothesis(engine, lambda, *arguments, value);
    if (is_left && starts) refuse_hidden_starts(engine, lambda, *arguments);
    engine->starts = starts;
    return is_left;
}
