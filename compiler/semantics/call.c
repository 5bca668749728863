// Calls of C functions that are known by name only.

#include "real_world.h"

#include <dlfcn.h>

// ---- shapes: one caller for each list of parameters, of words and doubles ----


#define W(i) arguments->words[i]
#define D(i) fx_to_double(arguments->words[i])
#define CALLER(name, parameters, values)                                                                              \
    static fx_answer call_##name(fx_runtime *rt, void *function, const Arguments *arguments, AnswerKind kind) {       \
        (void)arguments;                                                                                              \
        if (kind == ANSWERS_LATER) return ((fx_answer(*) parameters)function)values;                                  \
        if (kind == ANSWERS_DOUBLE) return fx_done(fx_from_double(((double (*) parameters)function)values));          \
        return fx_done(((fx_value(*) parameters)function)values);                                                     \
    }
#define RT fx_runtime *
#define V fx_value
CALLER(0, (RT), (rt))
CALLER(w, (RT, V), (rt, W(0)))
CALLER(ww, (RT, V, V), (rt, W(0), W(1)))
CALLER(www, (RT, V, V, V), (rt, W(0), W(1), W(2)))
CALLER(wwww, (RT, V, V, V, V), (rt, W(0), W(1), W(2), W(3)))
CALLER(wwwww, (RT, V, V, V, V, V), (rt, W(0), W(1), W(2), W(3), W(4)))
CALLER(wwwwww, (RT, V, V, V, V, V, V), (rt, W(0), W(1), W(2), W(3), W(4), W(5)))
CALLER(wwwwwww, (RT, V, V, V, V, V, V, V), (rt, W(0), W(1), W(2), W(3), W(4), W(5), W(6)))
CALLER(wwwwwwww, (RT, V, V, V, V, V, V, V, V), (rt, W(0), W(1), W(2), W(3), W(4), W(5), W(6), W(7)))
CALLER(d, (RT, double), (rt, D(0)))
CALLER(dd, (RT, double, double), (rt, D(0), D(1)))
CALLER(wd, (RT, V, double), (rt, W(0), D(1)))
CALLER(dw, (RT, double, V), (rt, D(0), W(1)))
CALLER(ddd, (RT, double, double, double), (rt, D(0), D(1), D(2)))
CALLER(ddw, (RT, double, double, V), (rt, D(0), D(1), W(2)))
CALLER(dwd, (RT, double, V, double), (rt, D(0), W(1), D(2)))
CALLER(dww, (RT, double, V, V), (rt, D(0), W(1), W(2)))
CALLER(wdd, (RT, V, double, double), (rt, W(0), D(1), D(2)))
CALLER(wdw, (RT, V, double, V), (rt, W(0), D(1), W(2)))
CALLER(wwd, (RT, V, V, double), (rt, W(0), W(1), D(2)))

typedef struct Caller {
    const char *shape;
    fx_answer (*call)(fx_runtime *rt, void *function, const Arguments *arguments, AnswerKind kind);
} Caller;

#define ENTRY(name) {#name, call_##name}
static const Caller CALLERS[] = {
    {"", call_0}, ENTRY(w), ENTRY(ww), ENTRY(www), ENTRY(wwww), ENTRY(wwwww), ENTRY(wwwwww), ENTRY(wwwwwww), ENTRY(wwwwwwww), ENTRY(d),
    ENTRY(dd), ENTRY(wd), ENTRY(dw), ENTRY(ddd), ENTRY(ddw), ENTRY(dwd), ENTRY(dww), ENTRY(wdd), ENTRY(wdw), ENTRY(wwd),
};

static const Caller *find_caller(const char *shape) {
    for (size_t i = 0; i < sizeof CALLERS / sizeof *CALLERS; i++)
        if (strcmp(CALLERS[i].shape, shape) == 0) return &CALLERS[i];
    return NULL;
}

// ---- arguments ----

static void add_argument(Arguments *arguments, fx_value word, char shape) {
    arguments->words[arguments->count] = word;
    arguments->shape[arguments->count++] = shape;
    arguments->shape[arguments->count] = 0;
}

// One leading argument for each type variable: values of it are boxed.
static void add_representations(Arguments *arguments, const TypeParameters *parameters) {
    for (size_t i = 0; parameters && i < parameters->count; i++)
        if (parameters->items[i]->kind == KIND_TYPE) add_argument(arguments, FX_COUNTED, 'w');
}

static size_t representation_count(const External *external) {
    Arguments none = {.count = 0};
    add_representations(&none, external->parameters);
    add_representations(&none, external->more_parameters);
    return none.count;
}

static bool is_float(World *world, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == world->core->builtins->float_type;
}

const char *find_function(World *world, External *external) {
    if (!external->function) external->function = dlsym(RTLD_DEFAULT, external->symbol);
    Builder problem = builder_in(world->compilation->arena);
    for (size_t i = 0; i < external->arguments.count; i++)
        if (!can_convert(external->arguments.items[i])) build_format(&problem, "`%s` is given a function, which `fx run --interpret` cannot do", external->symbol);
    if (!can_convert(external->answer)) build_format(&problem, "`%s` answers a function, which `fx run --interpret` cannot take", external->symbol);
    if (!external->function) build_format(&problem, "`fx run --interpret` does not know the C function `%s`", external->symbol);
    if (external->arguments.count + representation_count(external) > MOST_ARGUMENTS)
        build_format(&problem, "`%s` has more arguments than `fx run --interpret` can give", external->symbol);
    return problem.length ? builder_string(&problem) : NULL;
}

static void drop_all(World *world, const External *external, const Arguments *arguments) {
    size_t first = arguments->count - external->arguments.count;
    for (size_t i = 0; i < external->arguments.count; i++) drop_value(world, external->arguments.items[i], arguments->words[first + i]);
}

const char *convert_arguments(World *world, const External *external, const Value *arguments, Arguments *converted) {
    world->is_refused = false;
    converted->count = 0;
    converted->shape[0] = 0;
    add_representations(converted, external->parameters);
    add_representations(converted, external->more_parameters);
    for (size_t i = 0; i < external->arguments.count; i++) {
        Type *type = external->arguments.items[i];
        add_argument(converted, value_to_runtime(world, type, arguments[i]), is_float(world, type) ? 'd' : 'w');
    }
    if (find_caller(converted->shape) && !world->is_refused) return NULL;
    drop_all(world, external, converted);
    return world->is_refused ? "`fx run --interpret` cannot give an array, channel, promise or semaphore to a C function"
                             : "`fx run --interpret` cannot call a C function with such parameters";
}

void drop_arguments(World *world, const External *external, const Arguments *arguments) {
    if (!core_takes_arguments(external->symbol)) drop_all(world, external, arguments);
}

fx_answer call_function(fx_runtime *rt, const External *external, const Arguments *arguments) {
    World *world = (World *)(uintptr_t)rt->program;
    AnswerKind kind = external->waits ? ANSWERS_LATER : is_float(world, external->answer) ? ANSWERS_DOUBLE : ANSWERS_WORD;
    return find_caller(arguments->shape)->call(rt, external->function, arguments, kind);
}
