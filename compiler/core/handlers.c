// Handlers and the operations of user effects become calls of the runtime (docs/core.md, "Handlers"); after specialise there are none.
//
//   perform E.op a b              Force (Force (fx_find_clause E op) a b)
//   handle c with clauses of E    Force (fx_handle_take modes E c return [clauses])
//   perform Hits.run start c      Force (fx_run_cell_take Hits holding (Some start) c): the Some becomes the place of the private value
//
// A clause is a function of the operation's arguments, and of `resume` where it is a control clause, that answers a computation. Where the row
// around the handle cannot wait, the handled computation is run to its end at once: fx_handle_now_take.

#include "specialise.h"

enum { CLAUSE_PLAIN, CLAUSE_ABORTS, CLAUSE_CONTROLS }; // as in runtime/handler.c

static CoreDefinition *find_runtime_function(Specialiser *s, const char *symbol, Type *type, bool waits, Span span) {
    Types key = {0};
    vector_push(s->arena, &key, type);
    Symbol name = symbol_format(s->symbols, "%s %s", symbol, key_of(s, &key));
    CoreDefinition *definition = table_get(&s->structural, name);
    if (definition) return definition;
    definition = NEW(s->arena, CoreDefinition);
    *definition = (CoreDefinition){.kind = DEFINITION_EXTERN, .module = symbol_of(s->symbols, "Prelude"), .name = symbol_of(s->symbols, symbol), .key = key_of(s, &key),
                                   .span = span, .type = type, .symbol = symbol_of(s->symbols, symbol), .waits = waits};
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

static CoreExpression *call_runtime(Specialiser *s, const char *symbol, const CoreExpressions *arguments, Type *answer, bool waits, Span span) {
    Type *type = answer;
    for (size_t i = arguments->count; i-- > 0;) type = function_type(s->arena, arguments->items[i]->type, type);
    CoreExpression *function = core_node(s->arena, CORE_GLOBAL, type, span);
    function->definition = find_runtime_function(s, symbol, type, waits, span);
    return force(s, apply(s, function, arguments, span));
}

CoreExpression *lower_perform(Specialiser *s, CoreExpression *node) {
    Type *clause = computation_type(s->arena, node->type, plain_type(TYPE_WAITING_ROW));
    for (size_t i = node->items.count; i-- > 0;) clause = function_type(s->arena, node->items.items[i]->type, clause);
    CoreExpressions place = {0};
    vector_push(s->arena, &place, make_int(s, node->operation->effect->index));
    vector_push(s->arena, &place, make_int(s, node->operation->index));
    CoreExpression *found =
        call_runtime(s, "fx_find_clause", &place, computation_type(s->arena, clause, plain_type(TYPE_EMPTY_ROW)), false, node->span);
    return force(s, apply(s, found, &node->items, node->span));
}

static CoreExpression *delay(Specialiser *s, CoreExpression *body, Type *row) {
    CoreExpression *node = core_node(s->arena, CORE_DELAY, computation_type(s->arena, body->type, row), body->span);
    node->body = body;
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

static CoreExpression *return_function(Specialiser *s, CoreExpression *node, Type *row) {
    CoreVariable *parameter = node->return_parameter;
    CoreExpression *body = node->return_body;
    if (!body) {
        parameter = make_variable(s, "answer", resolve_type(node->first->type)->left);
        body = make_local(s, parameter);
    }
    return make_lambda(s, 1, &parameter, delay(s, body, row));
}

static const CoreHandlerClause *clause_of(const CoreExpression *node, const Operation *operation) {
    for (size_t i = 0; i < node->clauses.count; i++)
        if (node->clauses.items[i].operation == operation) return &node->clauses.items[i];
    return NULL;
}

static bool ends_handle(const Specialiser *s, const Operation *operation) {
    const Type *answer = resolve_type(operation->answer);
    return answer->kind == TYPE_DATA && answer->data == s->program->builtins->never_type;
}

// Only `resume` needs to know.
static Representation answer_representation(const CoreHandlerClause *clause) {
    return clause->resume ? find_representation(resolve_type(clause->resume->type)->left) : REPRESENTATION_WORD;
}

// A byte for each operation: how many arguments it has, how its answer is held, what its clause does with the handled computation.
static CoreExpression *clause_modes(Specialiser *s, const CoreExpression *node) {
    Builder modes = builder_in(s->arena);
    for (size_t i = 0; i < node->effect->operations.count; i++) {
        const Operation *operation = node->effect->operations.items[i];
        const CoreHandlerClause *clause = clause_of(node, operation);
        unsigned mode = clause->resume ? CLAUSE_CONTROLS : ends_handle(s, operation) ? CLAUSE_ABORTS : CLAUSE_PLAIN;
        build_byte(&modes, (char)(operation->arguments.count << 4 | (unsigned)answer_representation(clause) << 2 | mode));
    }
    CoreExpression *text = make_string(s, "");
    text->text = builder_text(&modes);
    return text;
}

static CoreExpression *clause_list(Specialiser *s, const CoreExpression *node, Type *row) {
    DataType *list = s->program->builtins->list_type;
    Types element = {0};
    vector_push(s->arena, &element, plain_type(TYPE_COUNTED));
    Type *type = data_type(s->arena, list, &element);
    CoreExpression *result = core_node(s->arena, CORE_CONSTRUCT, type, node->span);
    result->constructor = list->constructors.items[0];
    for (size_t i = node->effect->operations.count; i-- > 0;) {
        CoreExpression *cell = core_node(s->arena, CORE_CONSTRUCT, type, node->span);
        cell->constructor = list->constructors.items[1];
        vector_push(s->arena, &cell->items, clause_function(s, clause_of(node, node->effect->operations.items[i]), row));
        vector_push(s->arena, &cell->items, result);
        result = cell;
    }
    return result;
}

CoreExpression *lower_handle(Specialiser *s, CoreExpression *node) {
    Type *row = node->type_arguments.items[node->type_arguments.count - 1];
    bool waits = row_can_wait(row);
    const char *symbol = waits ? "fx_handle_take" : "fx_handle_now_take";
    if (!waits && find_representation(node->type) == REPRESENTATION_FLOAT) symbol = "fx_handle_now_float_take";
    CoreExpressions arguments = {0};
    vector_push(s->arena, &arguments, clause_modes(s, node));
    vector_push(s->arena, &arguments, make_int(s, node->effect->index));
    vector_push(s->arena, &arguments, node->first);
    vector_push(s->arena, &arguments, return_function(s, node, row));
    vector_push(s->arena, &arguments, clause_list(s, node, row));
    return call_runtime(s, symbol, &arguments, computation_type(s->arena, node->type, row), waits, node->span);
}

CoreExpression *lower_run(Specialiser *s, CoreExpression *node) {
    Types *given = &node->type_arguments, content = {0};
    Type *row = given->items[given->count - 1], *answer = given->items[given->count - 2];
    bool waits = row_can_wait(row);
    vector_push(s->arena, &content, node->items.items[0]->type);
    CoreExpression *place = core_node(s->arena, CORE_CONSTRUCT, data_type(s->arena, s->program->builtins->option_type, &content), node->span);
    place->constructor = s->program->builtins->option_type->constructors.items[1];
    vector_push(s->arena, &place->items, node->items.items[0]);
    CoreExpressions arguments = {0};
    vector_push(s->arena, &arguments, make_int(s, node->operation->effect->index));
    vector_push(s->arena, &arguments, make_int(s, find_representation(answer)));
    vector_push(s->arena, &arguments, place);
    vector_push(s->arena, &arguments, node->items.items[1]);
    node->operation->effect->has_private_values = true;
    const char *symbol = waits ? "fx_run_cell_take" : "fx_run_cell_now_take";
    return call_runtime(s, symbol, &arguments, computation_type(s->arena, node->type, row), waits, node->span);
}
