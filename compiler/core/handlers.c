// Handlers become calls of the runtime (docs/core.md, "Handlers"); after specialise there are none. Operations of user effects stay as they are.
//
//   handle c with clauses of E    Force (fx_handle_take place c return (0, 0, [], modes, clause, ...))
//   perform Hits.run start c      Force (fx_run_cell_take place (0, 0, start, []) c)
//
// A clause is a function of the operation's arguments, and of `resume` where it is a control clause, that answers a computation. The tuple is
// what the runtime makes its installation of: runtime/runtime.h says what stands where.

#include "specialise.h"

enum { CLAUSE_PLAIN, CLAUSE_ABORTS, CLAUSE_CONTROLS, CLAUSE_RESUMES }; // as in runtime/runtime.h

static void note_handler(void *context, CoreExpression *node) {
    (void)context;
    if (node->kind == CORE_HANDLE) node->effect->is_handled = true;
}

// Of the typed program: which copies there will be depends on what can wait, and that on what is handled.
void find_handled_effects(Arena *arena, const CoreProgram *program) {
    CoreProgram reached = *program;
    keep_reachable(arena, &reached);
    for (size_t i = 0; i < reached.definitions.count; i++)
        if (reached.definitions.items[i]->value) core_walk(reached.definitions.items[i]->value, note_handler, NULL);
}

// The effect's place in environments, from 1.
static unsigned place_of(Specialiser *s, Effect *effect) {
    if (!effect->place) effect->place = ++s->program->handled_count;
    return effect->place;
}

static CoreDefinition *find_runtime_function(Specialiser *s, const char *symbol, const char *now_symbol, Type *type, Span span) {
    Types key = {0};
    vector_push(s->arena, &key, type);
    Symbol name = symbol_format(s->symbols, "%s %s", symbol, key_of(s, &key));
    CoreDefinition *definition = table_get(&s->structural, name);
    if (definition) return definition;
    definition = NEW(s->arena, CoreDefinition);
    *definition = (CoreDefinition){.kind = DEFINITION_EXTERN, .module = symbol_of(s->symbols, "Prelude"), .name = symbol_of(s->symbols, symbol), .key = key_of(s, &key),
                                   .span = span, .type = type, .symbol = symbol_of(s->symbols, symbol),
                                   .now_symbol = now_symbol ? symbol_of(s->symbols, now_symbol) : NULL, .waits = now_symbol != NULL};
    table_put(&s->structural, name, definition);
    vector_push(s->arena, &s->made, definition);
    return definition;
}

static CoreExpression *force(Specialiser *s, CoreExpression *computation) {
    CoreExpression *node = core_node(s->arena, CORE_FORCE, resolve_type(computation->type)->left, computation->span);
    node->first = computation;
    return node;
}

static CoreExpression *apply(Specialiser *s, CoreExpression *function, const CoreExpressions *arguments, Span span) {
    if (arguments->count == 0) return function;
    Type *type = resolve_type(function->type);
    for (size_t i = 0; i < arguments->count; i++) type = resolve_type(type->right);
    CoreExpression *node = core_node(s->arena, CORE_APPLY, type, span);
    node->first = function;
    node->items = *arguments;
    return node;
}

// now_symbol: the same where the row cannot wait; NULL: it never waits.
static CoreExpression *call_runtime(Specialiser *s, const char *symbol, const char *now_symbol, const CoreExpressions *arguments, Type *answer, Span span) {
    Type *type = answer;
    for (size_t i = arguments->count; i-- > 0;) type = function_type(s->arena, arguments->items[i]->type, type);
    CoreExpression *function = core_node(s->arena, CORE_GLOBAL, type, span);
    function->definition = find_runtime_function(s, symbol, now_symbol, type, span);
    return force(s, apply(s, function, arguments, span));
}

static bool ends_handle(const Specialiser *s, const Operation *operation) {
    const Type *answer = resolve_type(operation->answer);
    return answer->kind == TYPE_DATA && answer->data == s->program->builtins->never_type;
}

// ---- operations with type variables of their own ----
//
// Each of them is held in a word (a Float as its bits) or counted. The k-th copy of a clause is for those variables counted whose bit is set in k,
// by their order among the types; a row among them waits.

static unsigned count_own_types(const Operation *operation) {
    unsigned count = 0;
    for (size_t i = 0; i < operation->parameters.count; i++) count += operation->parameters.items[i]->kind == KIND_TYPE;
    return count;
}

unsigned count_clause_copies(const Operation *operation) {
    enum { MOST_TYPES = 8 }; // then the handler has more clauses than the runtime has room for (cps/limits.c)
    if (operation->runs_cell) return 0;
    unsigned types = count_own_types(operation);
    return 1u << (types < MOST_TYPES ? types : MOST_TYPES);
}

Types arguments_of_copy(Specialiser *s, const CoreHandlerClause *clause, unsigned copy) {
    Types arguments = {0};
    for (size_t i = 0; i < clause->own.count; i++) {
        bool is_row = clause->own.items[i]->kind == KIND_ROW;
        vector_push(s->arena, &arguments, plain_type(is_row ? TYPE_WAITING_ROW : copy & 1 ? TYPE_COUNTED : TYPE_WORD));
        if (!is_row) copy >>= 1;
    }
    return arguments;
}

// Which of its handler's clauses an operation is for.
static unsigned find_clause_index(const CoreExpression *perform) {
    const Operation *operation = perform->operation;
    size_t first_own = perform->type_arguments.count - operation->parameters.count;
    unsigned index = 1, bit = 1;
    for (size_t i = 0; i < operation->index; i++) index += count_clause_copies(operation->effect->operations.items[i]);
    for (size_t i = 0; i < operation->parameters.count; i++) {
        if (operation->parameters.items[i]->kind == KIND_ROW) continue;
        if (find_representation(perform->type_arguments.items[first_own + i]) == REPRESENTATION_COUNTED) index += bit;
        bit <<= 1;
    }
    return index;
}

static CoreExpression *perform_by_handler(Specialiser *s, CoreExpression *node) {
    place_of(s, node->operation->effect);
    node->index = find_clause_index(node);
    if (ends_handle(s, node->operation)) s->program->aborts = true;
    return node;
}

// The effect's handler is one of the program's or, where none is in force, the runtime.
static CoreExpression *perform_by_either(Specialiser *s, CoreExpression *node) {
    CoreExpression *by_handler = core_node(s->arena, CORE_PERFORM, node->type, node->span);
    CoreVariables variables = {0};
    *by_handler = *node;
    by_handler->items = (CoreExpressions){0};
    CoreExpressions place = {0}, given = node->items;
    node->items = (CoreExpressions){0};
    for (size_t i = 0; i < given.count; i++) {
        CoreVariable *variable = make_variable(s, "argument", given.items[i]->type);
        vector_push(s->arena, &variables, variable);
        vector_push(s->arena, &node->items, make_local(s, variable));
        vector_push(s->arena, &by_handler->items, make_local(s, variable));
    }
    vector_push(s->arena, &place, make_int(s, place_of(s, node->operation->effect)));
    Type *answer = computation_type(s->arena, data_type(s->arena, s->program->builtins->bool_type, NULL), plain_type(TYPE_EMPTY_ROW));
    CoreExpression *condition = call_runtime(s, "fx_is_handled", NULL, &place, answer, node->span);
    CoreExpression *whole = core_switch_bool(s->arena, s->program->builtins, condition, perform_by_handler(s, by_handler), node);
    for (size_t i = variables.count; i-- > 0;) whole = core_let(s->arena, variables.items[i], given.items[i], whole);
    return whole;
}

CoreExpression *lower_perform(Specialiser *s, CoreExpression *node) {
    return node->operation->effect->kind == EFFECT_USER ? perform_by_handler(s, node) : perform_by_either(s, node);
}

static CoreExpression *delay(Specialiser *s, CoreExpression *body, Type *row) {
    CoreExpression *node = core_node(s->arena, CORE_DELAY, computation_type(s->arena, body->type, row), body->span);
    node->body = body;
    return node;
}

static CoreExpression *make_empty_list(Specialiser *s, Span span) {
    DataType *list = s->program->builtins->list_type;
    Types element = {0};
    vector_push(s->arena, &element, plain_type(TYPE_COUNTED));
    CoreExpression *node = core_node(s->arena, CORE_CONSTRUCT, data_type(s->arena, list, &element), span);
    node->constructor = list->constructors.items[0];
    return node;
}

static CoreExpression *clause_function(Specialiser *s, const CoreHandlerClause *clause, Type *row) {
    CoreVariables parameters = {0};
    for (size_t i = 0; i < clause->parameters.count; i++) vector_push(s->arena, &parameters, clause->parameters.items[i]);
    if (clause->resume) vector_push(s->arena, &parameters, clause->resume);
    CoreExpression *body = delay(s, clause->body, row);
    if (parameters.count == 0) return body;
    CoreExpression *function = make_lambda(s, parameters.count, parameters.items, body);
    function->span = clause->body->span;
    return function;
}

// A constant where the answer is the result.
static CoreExpression *return_function(Specialiser *s, CoreExpression *node, Type *row) {
    if (node->return_body) return make_lambda(s, 1, &node->return_parameter, delay(s, node->return_body, row));
    return make_empty_list(s, node->span);
}

// The first of its copies; the others follow.
static const CoreHandlerClause *clauses_of(const CoreExpression *node, const Operation *operation) {
    for (size_t i = 0; i < node->clauses.count; i++)
        if (node->clauses.items[i].operation == operation) return &node->clauses.items[i];
    return NULL;
}

// Only `resume` needs to know.
static Representation answer_representation(const CoreHandlerClause *clause) {
    return clause->resume ? find_representation(resolve_type(clause->resume->type)->left) : REPRESENTATION_WORD;
}

// ---- control clauses that resume at once ----
//
// On every path nothing runs before `resume`, which is run there and stands nowhere else: then it need not be a value.

typedef struct Asked {
    const CoreVariable *resume;
    bool runs, mentions;
} Asked;

static bool is_function(const CoreExpression *e) { return e->kind == CORE_LAMBDA || e->kind == CORE_DELAY; }

static void ask(void *context, CoreExpression *node) {
    Asked *asked = context;
    if (node->kind == CORE_FORCE || node->kind == CORE_PERFORM || node->kind == CORE_HANDLE) asked->runs = true;
    if (node->kind == CORE_LOCAL && node->variable == asked->resume) asked->mentions = true;
}

static bool mentions(CoreExpression *e, const CoreVariable *resume) {
    Asked asked = {.resume = resume};
    core_walk(e, ask, &asked);
    return asked.mentions;
}

// Neither runs anything nor knows of `resume`.
static bool is_quiet(CoreExpression *e, const CoreVariable *resume) {
    Asked asked = {.resume = resume};
    core_walk(e, ask, &asked);
    return !asked.mentions && (!asked.runs || is_function(e));
}

static bool is_resumption(const CoreExpression *e, const CoreVariable *resume) {
    if (e->kind != CORE_FORCE || e->first->kind != CORE_APPLY || e->first->items.count != 1) return false;
    const CoreExpression *function = e->first->first;
    return function->kind == CORE_LOCAL && function->variable == resume && is_quiet(e->first->items.items[0], resume);
}

static bool resumes_at_once(CoreExpression *e, const CoreVariable *resume) {
    for (; e->kind == CORE_LET; e = e->body) {
        if (is_resumption(e->first, resume)) return !mentions(e->body, resume);
        if (!is_quiet(e->first, resume)) return false;
    }
    if (e->kind != CORE_SWITCH) return is_resumption(e, resume);
    if (!is_quiet(e->first, resume) || (e->otherwise && !resumes_at_once(e->otherwise, resume))) return false;
    for (size_t i = 0; i < e->arms.count; i++)
        if (!resumes_at_once(e->arms.items[i].body, resume)) return false;
    return true;
}

static unsigned clause_mode(Specialiser *s, const CoreHandlerClause *clause) {
    if (!clause->resume) return ends_handle(s, clause->operation) ? CLAUSE_ABORTS : CLAUSE_PLAIN;
    return resumes_at_once(clause->body, clause->resume) ? CLAUSE_RESUMES : CLAUSE_CONTROLS;
}

// A byte for each clause: how the operation's answer is held, what the clause does with the handled computation.
static CoreExpression *clause_modes(Specialiser *s, const CoreExpression *node) {
    Builder modes = builder_in(s->arena);
    for (size_t i = 0; i < node->effect->operations.count; i++) {
        const Operation *operation = node->effect->operations.items[i];
        const CoreHandlerClause *clauses = clauses_of(node, operation);
        for (unsigned k = 0; k < count_clause_copies(operation); k++)
            build_byte(&modes, (char)((unsigned)answer_representation(&clauses[k]) << 2 | clause_mode(s, &clauses[k])));
    }
    CoreExpression *text = make_string(s, "");
    text->text = builder_text(&modes);
    return text;
}

static CoreExpression *make_tuple(Specialiser *s, const CoreExpressions *items, Span span) {
    Types types = {0};
    for (size_t i = 0; i < items->count; i++) vector_push(s->arena, &types, items->items[i]->type);
    DataType *tuple = find_tuple_type(s->arena, s->symbols, s->program->builtins, (unsigned)items->count);
    CoreExpression *node = core_node(s->arena, CORE_CONSTRUCT, data_type(s->arena, tuple, &types), span);
    node->constructor = tuple->constructors.items[0];
    node->items = *items;
    return node;
}

static CoreExpression *handler_tuple(Specialiser *s, const CoreExpression *node, Type *row) {
    CoreExpressions items = {0};
    vector_push(s->arena, &items, make_int(s, 0));
    vector_push(s->arena, &items, make_int(s, 0));
    vector_push(s->arena, &items, make_empty_list(s, node->span));
    vector_push(s->arena, &items, clause_modes(s, node));
    for (size_t i = 0; i < node->effect->operations.count; i++) {
        const Operation *operation = node->effect->operations.items[i];
        const CoreHandlerClause *clauses = clauses_of(node, operation);
        for (unsigned k = 0; k < count_clause_copies(operation); k++)
            vector_push(s->arena, &items, clause_function(s, &clauses[k], row));
    }
    return make_tuple(s, &items, node->span);
}

static bool has_control(const CoreExpression *node) {
    for (size_t i = 0; i < node->clauses.count; i++)
        if (node->clauses.items[i].resume) return true;
    return false;
}

// The effect's place, how what is handled answers, whether there are `ctl` clauses: as fx_handle_take and fx_run_cell_take are given them.
static CoreExpression *make_place(Specialiser *s, Effect *effect, Type *answer, bool controls) {
    return make_int(s, (int64_t)place_of(s, effect) << 3 | find_representation(answer) << 1 | controls);
}

CoreExpression *lower_handle(Specialiser *s, CoreExpression *node) {
    Type *row = node->type_arguments.items[node->type_arguments.count - 1];
    bool controls = has_control(node);
    if (controls) s->program->controls = true;
    CoreExpressions arguments = {0};
    vector_push(s->arena, &arguments, make_place(s, node->effect, node->type, controls));
    vector_push(s->arena, &arguments, node->first);
    vector_push(s->arena, &arguments, return_function(s, node, row));
    vector_push(s->arena, &arguments, handler_tuple(s, node, row));
    return call_runtime(s, "fx_handle_take", "fx_handle_now_take", &arguments, computation_type(s->arena, node->type, row), node->span);
}

CoreExpression *lower_run(Specialiser *s, CoreExpression *node) {
    const Types *given = &node->type_arguments;
    Type *row = given->items[given->count - 1], *answer = given->items[given->count - 2];
    CoreExpressions cell = {0}, arguments = {0};
    vector_push(s->arena, &cell, make_int(s, 0));
    vector_push(s->arena, &cell, make_int(s, 0));
    vector_push(s->arena, &cell, node->items.items[0]);
    vector_push(s->arena, &cell, make_empty_list(s, node->span));
    vector_push(s->arena, &arguments, make_place(s, node->operation->effect, answer, false));
    vector_push(s->arena, &arguments, make_tuple(s, &cell, node->span));
    vector_push(s->arena, &arguments, node->items.items[1]);
    return call_runtime(s, "fx_run_cell_take", "fx_run_cell_now_take", &arguments, computation_type(s->arena, node->type, row), node->span);
}
