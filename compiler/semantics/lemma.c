// That a loop which gives a value does so from what it has gathered and from the rest: proved by induction on the list, for opaque arguments. The
// functions among them give opaque values, the same for the same arguments.

#include "loop.h"

#include <string.h>

// What an opaque function has given.
typedef struct Answered {
    const Object *function; // OPAQUE
    Object *arguments;      // ITEMS
    Value value;
} Answered;

struct Lemma {
    Loop *loop;
    Value function;      // the loop's
    Value *gathered, *nothing; // arguments
    Value item, rest, rest_given; // of the list; what the loop gives for the rest, with nothing gathered
    Vector(Answered) given;
};

// ---- opaque functions ----

static bool same_all(Engine *engine, const Object *left, size_t count, const Value *right) {
    for (size_t i = 0; i < count; i++)
        if (!same_value(engine, left->items[i], right[i])) return false;
    return left->count == count;
}

bool apply_opaque(void *context, Value function, size_t count, const Value *arguments, Value *value) {
    Engine *engine = context;
    Lemma *lemma = engine->lemma;
    function = look(engine->machine, function);
    if (!lemma || function.kind != VALUE_UNKNOWN) return false;
    for (size_t i = 0; i < lemma->given.count; i++) {
        const Answered *given = &lemma->given.items[i];
        if (given->function != function.object || !same_all(engine, given->arguments, count, arguments)) continue;
        *value = given->value;
        return true;
    }
    Type *type = ((const Opaque *)function.object->about)->type;
    for (size_t i = 0; i < count && type->kind == TYPE_FUNCTION; i++) type = resolve_type(type->right);
    Answered given = {function.object, make_object(engine->machine, ITEMS, NULL, NULL, NULL, count), make_opaque(&engine->unknowns, type, "what a function gives", NULL)};
    memcpy(given.arguments->items, arguments, count * sizeof *arguments);
    vector_push(engine->compilation->arena, &lemma->given, given);
    *value = given.value;
    return true;
}

bool apply_by_lemma(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *value) {
    const Lemma *lemma = engine->lemma;
    if (!lemma || lemma->loop->lambda != lambda) return false;
    Value list = look(engine->machine, arguments[lemma->loop->list]);
    if (list.kind != VALUE_UNKNOWN || list.object != lemma->rest.object) return false;
    for (size_t i = 0; i < lambda->parameters.count; i++)
        if (i != lemma->loop->list && !lemma->loop->gathers[i] && !same_value(engine, arguments[i], lemma->nothing[i])) return false;
    Value nothing = finish_loop(engine, lemma->loop, lemma->function, lemma->nothing);
    *value = combine(engine, lemma->loop, finish_loop(engine, lemma->loop, lemma->function, arguments), nothing, lemma->rest_given);
    return true;
}

// ---- the proof ----

static bool holds_at_end(Engine *engine, const Lemma *lemma) {
    Value nothing = finish_loop(engine, lemma->loop, lemma->function, lemma->nothing);
    Value finished = finish_loop(engine, lemma->loop, lemma->function, lemma->gathered);
    return same_value(engine, finished, combine(engine, lemma->loop, finished, nothing, nothing));
}

static bool holds_at_item(Engine *engine, Lemma *lemma) {
    size_t count = lemma->loop->lambda->parameters.count, at = lemma->loop->list;
    Value list = construct(engine->machine, engine->program->builtins->list_type, 1, 2, (Value[]){lemma->item, lemma->rest});
    lemma->gathered[at] = lemma->nothing[at] = list;
    Value whole = apply_apart(engine, lemma->function, count, lemma->gathered), rest = apply_apart(engine, lemma->function, count, lemma->nothing);
    Value nothing = finish_loop(engine, lemma->loop, lemma->function, lemma->nothing);
    return same_value(engine, whole, combine(engine, lemma->loop, finish_loop(engine, lemma->loop, lemma->function, lemma->gathered), nothing, rest));
}

typedef enum { LEMMA_FAILS, LEMMA_PASSES, LEMMA_IN_DOUBT } LemmaOutcome;

static LemmaOutcome check_lemma(Engine *engine, Lemma *lemma) {
    jmp_buf stop, *outer = engine->inner_stop;
    engine->inner_stop = &stop;
    LemmaOutcome outcome;
    if (setjmp(stop)) outcome = engine->stopped == STOP_DOUBT && engine->doubt.kind != QUESTION_UNDECIDED ? LEMMA_IN_DOUBT : LEMMA_FAILS;
    else outcome = holds_at_end(engine, lemma) && holds_at_item(engine, lemma) ? LEMMA_PASSES : LEMMA_FAILS;
    engine->inner_stop = outer;
    return outcome;
}

// In every case that the loop tells apart, such as what a function among its arguments answers.
static bool holds(Engine *engine, Lemma *lemma) {
    enum { MOST = 50, DEEPEST = 2 };
    Cases left = {0};
    bool is_cut = false;
    vector_push(engine->compilation->arena, &left, NEW(engine->compilation->arena, Case));
    for (int i = 0; left.count; i++) {
        engine->unknowns.present = left.items[--left.count];
        LemmaOutcome outcome = check_lemma(engine, lemma);
        if (outcome == LEMMA_FAILS || i == MOST) return false;
        if (outcome == LEMMA_PASSES) continue;
        split_case(&engine->unknowns, engine->program, engine->unknowns.present, &engine->doubt, DEEPEST, &left, &is_cut);
        if (is_cut) return false;
    }
    return true;
}

Type *type_of_argument(Engine *engine, Type *type) {
    Value nothing;
    type = resolve_type(type);
    bool is_list = find_nothing(engine, type, &nothing) && nothing.kind == VALUE_CONSTANT;
    return is_list ? plain_type(TYPE_ERROR) : type;
}

Value opaque_argument(Engine *engine, Type *type, const char *name) {
    return make_opaque(&engine->unknowns, type_of_argument(engine, type), name, NULL);
}

static bool make_arguments(Engine *engine, Lemma *lemma) {
    Loop *loop = lemma->loop;
    size_t count = loop->lambda->parameters.count;
    lemma->gathered = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    lemma->nothing = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++) {
        Type *type = loop->lambda->parameters.items[i]->type;
        lemma->gathered[i] = lemma->nothing[i] = opaque_argument(engine, type, "an argument");
        if (loop->gathers[i] && !find_nothing(engine, type, &lemma->nothing[i])) return false;
    }
    lemma->item = make_opaque(&engine->unknowns, resolve_type(loop->lambda->parameters.items[loop->list]->type)->arguments.items[0], "an item", NULL);
    lemma->rest = make_opaque(&engine->unknowns, plain_type(TYPE_ERROR), "the rest", NULL);
    lemma->rest_given = opaque_argument(engine, loop->lambda->body->type, "what the rest gives");
    return true;
}

static bool prove(Engine *engine, Loop *loop) {
    Machine *machine = engine->machine;
    Task *running = machine->running;
    Lemma lemma = {.loop = loop}, *outer = engine->lemma;
    const Case *present = engine->unknowns.present;
    bool was_apart = engine->is_apart, was_preparing = engine->is_preparing, refused = engine->refuses_operations, is_proved = false;
    StopKind stopped = engine->stopped;
    size_t applied = engine->applied.count;
    if (!make_arguments(engine, &lemma)) return false;
    engine->is_preparing = false;
    lemma.function = object_value(VALUE_FUNCTION, make_object(machine, CLOSURE, loop->lambda, NULL, NULL, 0));
    engine->lemma = &lemma;
    for (int i = 0; i < 2 && !is_proved; i++) {
        loop->joins_behind = i;
        is_proved = holds(engine, &lemma);
    }
    engine->lemma = outer;
    engine->unknowns.present = present;
    engine->is_apart = was_apart;
    engine->is_preparing = was_preparing;
    engine->refuses_operations = refused;
    engine->stopped = stopped;
    engine->applied.count = engine->run->applied_count = applied;
    machine->running = running;
    return is_proved;
}

const Loop *find_lemma(Engine *engine, const CoreExpression *lambda) {
    Loop *loop = table_get(&engine->loops, lambda);
    if (!loop) {
        loop = NEW(engine->compilation->arena, Loop);
        if (!find_loop(engine, lambda, NULL, loop) || !loop->has_gathering) loop->lemma = LEMMA_NONE;
        table_put(&engine->loops, lambda, loop);
    }
    if (loop->lemma == LEMMA_UNKNOWN) {
        loop->lemma = LEMMA_BEING_PROVED;
        loop->lemma = prove(engine, loop) ? LEMMA_HOLDS : LEMMA_NONE;
    }
    return loop->lemma == LEMMA_HOLDS ? loop : NULL;
}
