// From counted core to functions: gives each lambda and delay a function of its own, finds which functions wait, and where (frame.c).

#include "../fx.h"
#include "cps.h"

typedef Vector(CpsFunction *) CpsFunctions;

typedef struct Splitter {
    Arena *arena;
    Symbols *symbols;
    CpsProgram *program;
    CpsFunctions pending;  // made, bodies not yet looked at
    Table functions_in;    // from a definition to the CpsFunctions of its closures
    Table callers;         // from a function to the CpsFunctions that wait, or abort, if it does
    Table cell_of;         // from an Effect to the definition of its cell
    CpsFunction *function; // whose body is looked at
    bool waits, aborts;
} Splitter;

// ---- functions ----

static void partition_captured(Arena *arena, CpsFunction *function, const CoreVariables *captured) {
    for (int counted = 0; counted < 2; counted++)
        for (size_t i = 0; i < captured->count; i++) {
            CoreVariable *variable = captured->items[i];
            if ((find_representation(variable->type) == REPRESENTATION_COUNTED) == (counted == 1)) vector_push(arena, &function->captured, variable);
        }
}

// `code` is a LAMBDA, a DELAY, or, for a definition computed once, any expression.
static CpsFunction *make_function(Splitter *splitter, CoreDefinition *definition, CoreExpression *code) {
    CpsFunction *function = NEW(splitter->arena, CpsFunction);
    function->definition = definition;
    function->body = code;
    function->mode = CPS_PURE;
    if (code->kind == CORE_LAMBDA) {
        function->parameters = code->parameters;
        function->body = code->body;
    }
    if (function->body->kind == CORE_DELAY) {
        function->body = function->body->body;
        function->mode = CPS_DIRECT;
    }
    function->is_value = code->kind != CORE_LAMBDA && code->kind != CORE_DELAY;
    function->point_of = function->held_over = table_in(splitter->arena);
    function->given_up_tokens = table_in(splitter->arena);
    vector_push(splitter->arena, &splitter->pending, function);
    return function;
}

static void discover_definition(Splitter *splitter, CoreDefinition *definition) {
    if (!definition->value || table_has(&splitter->program->function_of, definition)) return;
    CpsFunction *function = make_function(splitter, definition, definition->value);
    if (definition->kind == DEFINITION_CELL) {
        function->is_value = true;
        function->mode = CPS_PURE;
        function->parameters = (CoreVariables){0};
        function->body = definition->value;
    }
    table_put(&splitter->program->function_of, definition, function);
}

static void discover_closure(Splitter *splitter, CoreExpression *code) {
    CoreDefinition *definition = splitter->function->definition;
    CpsFunction *function = make_function(splitter, definition, code);
    CpsFunctions *closures = table_get(&splitter->functions_in, definition);
    if (!closures) table_put(&splitter->functions_in, definition, closures = NEW(splitter->arena, CpsFunctions));
    vector_push(splitter->arena, closures, function);
    function->closure = code;
    function->number = (unsigned)closures->count;
    partition_captured(splitter->arena, function, &code->captured);
    table_put(&splitter->program->function_of, code, function);
}

// ---- C functions as values ----

// What it does with the C function: calls it and, when that borrows, drops the arguments.
static CoreExpression *extern_body(Splitter *splitter, CoreExpression *global, const CoreVariables *parameters, Type *result) {
    Arena *arena = splitter->arena;
    CoreExpression *call = global;
    if (parameters->count) {
        call = core_node(arena, CORE_APPLY, result, global->span);
        call->first = global;
    }
    for (size_t i = 0; i < parameters->count; i++) vector_push(arena, &call->items, core_local(arena, parameters->items[i], global->span));
    if (result->kind == TYPE_COMPUTATION) {
        CoreExpression *force = core_node(arena, CORE_FORCE, result->left, global->span);
        force->first = call;
        call = force;
    }
    if (takes_arguments(global->definition->symbol)) return call;
    CoreVariable *answer = core_variable(arena, splitter->program->core, symbol_of(splitter->symbols, "result"), call->type, global->span);
    CoreExpression *body = core_local(arena, answer, global->span);
    for (size_t i = 0; i < parameters->count; i++) {
        if (find_representation(parameters->items[i]->type) != REPRESENTATION_COUNTED) continue;
        CoreExpression *drop = core_node(arena, CORE_DROP, body->type, global->span);
        drop->variable = parameters->items[i];
        drop->body = body;
        body = drop;
    }
    return core_let(arena, answer, call, body);
}

static CoreExpression *extern_code(Splitter *splitter, CoreExpression *global) {
    Arena *arena = splitter->arena;
    CoreVariables parameters = {0};
    Type *type = resolve_type(substitute_type(arena, global->definition->type, &global->definition->parameters, &global->type_arguments));
    for (; type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) {
        Symbol name = symbol_format(splitter->symbols, "p%u", parameters.count + 1);
        CoreVariable *parameter = core_variable(arena, splitter->program->core, name, type->left, global->span);
        vector_push(arena, &parameters, parameter);
    }
    CoreExpression *code = extern_body(splitter, global, &parameters, type);
    if (type->kind == TYPE_COMPUTATION) {
        CoreExpression *delay = core_node(arena, CORE_DELAY, type, global->span);
        delay->body = code;
        code = delay;
    }
    if (parameters.count == 0) return code;
    CoreExpression *lambda = core_node(arena, CORE_LAMBDA, global->type, global->span);
    lambda->parameters = parameters;
    lambda->body = code;
    return lambda;
}

static void use_extern_as_value(Splitter *splitter, CoreExpression *global) {
    if (find_extern_function(splitter->program, global)) return;
    CpsFunction *function = make_function(splitter, global->definition, extern_code(splitter, global));
    function->closure = NEW(splitter->arena, CoreExpression);
    function->closure->kind = CORE_LAMBDA;
    function->external = global;
    vector_push(splitter->arena, &splitter->program->externs, function);
    function->number = (unsigned)splitter->program->externs.count;
}

static void use_as_value(Splitter *splitter, const CoreExpression *global) {
    if (global->definition->kind == DEFINITION_EXTERN) {
        use_extern_as_value(splitter, (CoreExpression *)global);
        return;
    }
    CpsFunction *function = table_get(&splitter->program->function_of, global->definition);
    if (function) function->used_as_value = true;
}

// Something that waits in every row: an extern that waits although no argument of it is a computation.
static bool waits_by_itself(const CoreDefinition *definition) {
    if (!definition->waits) return false;
    for (Type *type = resolve_type(definition->type); type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) {
        Type *parameter = resolve_type(type->left);
        while (parameter->kind == TYPE_FUNCTION) parameter = resolve_type(parameter->right);
        if (parameter->kind == TYPE_COMPUTATION) return false;
    }
    Type *result = extern_result(definition);
    return result->kind == TYPE_COMPUTATION && resolve_type(result->right)->kind == TYPE_PARAMETER;
}

static void discover(void *context, const CoreExpression *node);

static void discover_global(Splitter *splitter, CoreDefinition *definition) {
    discover_definition(splitter, definition);
    if (waits_by_itself(definition)) splitter->program->any_row_waits = true;
}

// The callee of a call is not looked at as a value, unless a partial application needs its closure.
static void discover_call(Splitter *splitter, const CoreExpression *node) {
    const CoreExpression *apply = node->kind == CORE_FORCE && node->first->kind == CORE_APPLY ? node->first : node;
    if (apply->first->kind == CORE_GLOBAL) {
        discover_global(splitter, apply->first->definition);
        CpsCallKind kind = find_call(splitter->program, node).kind;
        if (kind == CALL_NONE || kind == CALL_PARTIAL) use_as_value(splitter, apply->first);
    } else discover(splitter, apply->first);
    for (size_t i = 0; i < apply->items.count; i++) discover(splitter, apply->items.items[i]);
}

static void discover(void *context, const CoreExpression *node) {
    Splitter *splitter = context;
    switch (node->kind) {
    case CORE_LAMBDA:
    case CORE_DELAY: discover_closure(splitter, (CoreExpression *)node); return;
    case CORE_GLOBAL:
        discover_global(splitter, node->definition);
        if (find_call(splitter->program, node).kind == CALL_NONE) use_as_value(splitter, node);
        return;
    case CORE_APPLY:
    case CORE_FORCE: discover_call(splitter, node); return;
    case CORE_PERFORM: {
        CoreDefinition *cell = table_get(&splitter->cell_of, node->operation->effect);
        if (cell) discover_definition(splitter, cell);
        break;
    }
    default: break;
    }
    visit_children(node, discover, splitter);
}

static void discover_all(Splitter *splitter) {
    for (size_t i = 0; i < splitter->pending.count; i++) {
        splitter->function = splitter->pending.items[i];
        discover(splitter, splitter->function->body);
    }
}

// ---- which wait, which abort ----

static void find_waits(void *context, const CoreExpression *node) {
    Splitter *splitter = context;
    CpsCall call = find_call(splitter->program, node);
    splitter->waits |= call.waits;
    splitter->aborts |= call.aborts;
    if (call.kind == CALL_FUNCTION && call.runs && !call.runs_answer && call.function->mode == CPS_DIRECT) {
        CpsFunctions *callers = table_get(&splitter->callers, call.function);
        if (!callers) table_put(&splitter->callers, call.function, callers = NEW(splitter->arena, CpsFunctions));
        vector_push(splitter->arena, callers, splitter->function);
    }
    visit_children(node, find_waits, splitter);
}

static bool starts_waiting(CpsFunction *function) {
    if (function->mode == CPS_WAITING) return false;
    function->mode = CPS_WAITING;
    return true;
}

static bool starts_aborting(CpsFunction *function) {
    if (function->aborts) return false;
    function->aborts = true;
    return true;
}

// The least fixed point: a function does it when it does by itself, or calls one that does.
static void spread(Splitter *splitter, CpsFunctions work, bool (*starts)(CpsFunction *function)) {
    while (work.count) {
        CpsFunction *function = work.items[--work.count];
        if (!starts(function)) continue;
        CpsFunctions *callers = table_get(&splitter->callers, function);
        for (size_t i = 0; callers && i < callers->count; i++) vector_push(splitter->arena, &work, callers->items[i]);
    }
}

static void find_waiting_functions(Splitter *splitter) {
    CpsFunctions waiting = {0}, aborting = {0};
    for (size_t i = 0; i < splitter->pending.count; i++) {
        CpsFunction *function = splitter->function = splitter->pending.items[i];
        splitter->waits = splitter->aborts = false;
        if (function->mode == CPS_DIRECT) find_waits(splitter, function->body);
        if (splitter->waits) vector_push(splitter->arena, &waiting, function);
        if (splitter->aborts) vector_push(splitter->arena, &aborting, function);
    }
    spread(splitter, waiting, starts_waiting);
    spread(splitter, aborting, starts_aborting);
}

// ---- tail calls ----

// What a function's answer ends in. Answers whether `function` tail-calls something that answers bits; notes self calls.
static bool ends_in_bits(const CpsProgram *program, CpsFunction *function, const CoreExpression *node) {
    for (;;) switch (node->kind) {
    case CORE_LET:
    case CORE_LET_REC:
    case CORE_DUP:
    case CORE_DROP:
    case CORE_DROP_REUSE:
    case CORE_DROP_TOKEN: node = node->body; continue;
    case CORE_JOIN:
        if (ends_in_bits(program, function, node->first)) return true;
        node = node->body;
        continue;
    case CORE_SWITCH: {
        bool bits = false;
        for (size_t i = 0; i < node->arms.count; i++) bits |= ends_in_bits(program, function, node->arms.items[i].body);
        return (node->otherwise && ends_in_bits(program, function, node->otherwise)) || bits;
    }
    default: {
        CpsCall call = find_call(program, node);
        if (call.kind == CALL_FUNCTION && call.function == function && !call.runs_answer) function->loops = true;
        return call.kind == CALL_CLOSURE || call.runs_answer || (call.kind == CALL_FUNCTION && call.function->answers_bits);
    }
    }
}

// Closures answer bits, so that any of them can be called without knowing its type; so does each function from which a chain of tail
// calls leads to a closure, for the chain must be jumps.
static void find_answers(const CpsProgram *program) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < program->functions.count; i++) {
            CpsFunction *function = program->functions.items[i];
            bool bits = ends_in_bits(program, function, function->body) || function->closure || function->mode == CPS_WAITING || function->is_value;
            if (bits && !function->answers_bits) changed = function->answers_bits = true;
        }
    }
}

// ---- all ----

static void collect_functions(Splitter *splitter) {
    CpsProgram *program = splitter->program;
    const CoreDefinitions *definitions = &program->core->definitions;
    for (size_t i = 0; i < definitions->count; i++) {
        CoreDefinition *definition = definitions->items[i];
        CpsFunction *function = table_get(&program->function_of, definition);
        if (!function) continue;
        if (definition->kind == DEFINITION_CELL) vector_push(splitter->arena, &program->cells, definition);
        vector_push(splitter->arena, &program->functions, function);
        CpsFunctions *closures = table_get(&splitter->functions_in, definition);
        for (size_t j = 0; closures && j < closures->count; j++) vector_push(splitter->arena, &program->functions, closures->items[j]);
    }
    for (size_t i = 0; i < program->externs.count; i++) vector_push(splitter->arena, &program->functions, program->externs.items[i]);
}

CpsProgram *split_program(Compilation *compilation, CoreProgram *core) {
    Arena *arena = compilation->arena;
    CpsProgram *program = NEW(arena, CpsProgram);
    program->core = core;
    program->any_row_waits = core->controls; // `resume` may have any row
    program->function_of = table_in(arena);
    Splitter splitter = {.arena = arena, .symbols = compilation->symbols, .program = program, .functions_in = table_in(arena),
        .callers = table_in(arena), .cell_of = table_in(arena)};
    for (size_t i = 0; i < core->definitions.count; i++) {
        CoreDefinition *definition = core->definitions.items[i];
        if (definition->kind == DEFINITION_CELL) table_put(&splitter.cell_of, definition->effect, definition);
    }
    discover_definition(&splitter, core->main);
    discover_all(&splitter);
    find_waiting_functions(&splitter);
    collect_functions(&splitter);
    find_answers(program);
    program->main = table_get(&program->function_of, core->main);
    for (size_t i = 0; i < program->functions.count; i++) {
        CpsFunction *function = program->functions.items[i];
        if (function->mode == CPS_WAITING || function->aborts) find_points(arena, program, function);
    }
    return program;
}
