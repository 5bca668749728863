// Calls: of known functions, of C functions, of closures, of operations; and what follows a call that may wait.

#include <string.h>

#include "emit.h"

enum { WORD_REGISTERS = 6, DOUBLE_REGISTERS = 8, APPLY_REGISTERS = 4, MOST_INLINED = 3 };

// ---- how arguments are passed ----
//
// A tail call is a jump only if all its arguments are in registers; the rest goes through rt->arguments.

int spill_slot(const CoreVariables *parameters, size_t index, size_t reserved) {
    size_t words = reserved, doubles = 0;
    int spilled = 0;
    for (size_t i = 0;; i++) {
        bool in_double = reserved == RESERVED_BY_FUNCTION && is_float(parameters->items[i]->type);
        bool is_spilled = in_double ? doubles++ >= DOUBLE_REGISTERS : words++ >= WORD_REGISTERS;
        if (i == index) return is_spilled ? spilled : -1;
        spilled += is_spilled;
    }
}

bool answers_double(const CpsFunction *function) { return !function->answers_bits && is_float(function->body->type); }

// Arguments wait in rt->arguments only until the callee's first statement, so nothing runs in between.
void note_arguments(Emitter *emitter, size_t slot) {
    size_t needed = APPLY_REGISTERS + slot + 1;
    if (emitter->most_arguments < needed) emitter->most_arguments = needed;
}

static void emit_spill(Emitter *emitter, size_t slot, const char *value) {
    emit_line(emitter, "rt->arguments[%zu] = %s;", APPLY_REGISTERS + slot, value);
    note_arguments(emitter, slot);
}

static Code call_function(Emitter *emitter, const CpsFunction *function, const CoreExpressions *items) {
    Builder text = builder_in(emitter->arena);
    build_format(&text, "%s(rt", function_name(emitter, function));
    size_t count = function->parameters.count;
    const char **values = NEW_ARRAY(emitter->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const CoreVariable *parameter = function->parameters.items[i];
        Code code = read_atom(emitter, items->items[i], !parameter->is_borrowed);
        int slot = spill_slot(&function->parameters, i, RESERVED_BY_FUNCTION);
        values[i] = slot < 0 && is_float(parameter->type) ? as_double(emitter, code) : as_value(emitter, code);
        if (slot < 0) build_format(&text, ", %s", values[i]);
    }
    for (size_t i = 0; i < count; i++) {
        int slot = spill_slot(&function->parameters, i, RESERVED_BY_FUNCTION);
        if (slot >= 0) emit_spill(emitter, (size_t)slot, values[i]);
    }
    build_byte(&text, ')');
    CType type = function->mode == CPS_WAITING ? C_ANSWER : answers_double(function) ? C_DOUBLE : C_VALUE;
    return (Code){builder_string(&text), type};
}

// `callee` is called by the runtime's `door` for so many arguments, items[from...].
static const char *call_by_door(Emitter *emitter, const char *door, const char *more, const char *callee, const CoreExpressions *items, size_t from) {
    size_t count = items ? items->count - from : 0;
    Builder text = builder_in(emitter->arena);
    const char **values = NEW_ARRAY(emitter->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) values[i] = as_value(emitter, read_atom(emitter, items->items[from + i], true));
    for (size_t i = APPLY_REGISTERS; i < count; i++) emit_spill(emitter, i - APPLY_REGISTERS, values[i]);
    if (count > APPLY_REGISTERS) {
        emit_line(emitter, "rt->argument_count = %zu;", count);
        build_format(&text, "fx_%s_more(rt, %s", more, callee);
    } else build_format(&text, "fx_%s%zu(rt, %s", door, count, callee);
    for (size_t i = 0; i < count && i < APPLY_REGISTERS; i++) build_format(&text, ", %s", values[i]);
    build_byte(&text, ')');
    return builder_string(&text);
}

// `function` is applied to items[from...]; `verb` is apply, run or direct.
static Code call_closure(Emitter *emitter, const char *function, const CoreExpressions *items, size_t from, const char *verb) {
    size_t count = items ? items->count - from : 0;
    const char *quick = strcmp(verb, "apply") == 0 ? "call" : strcmp(verb, "run") == 0 ? "call_waiting" : "call_direct";
    bool is_quick = count >= 1 && count <= MOST_INLINED;
    const char *text = call_by_door(emitter, is_quick ? quick : verb, verb, function, items, from);
    return (Code){text, strcmp(verb, "run") == 0 ? C_ANSWER : C_VALUE};
}

static Code perform_user(Emitter *emitter, const CoreExpression *node) {
    if (node->jumps) return (Code){call_by_door(emitter, "throw", "throw", format(emitter, "%u", node->index - 1), &node->items, 0), C_VALUE};
    const char *operation = format(emitter, "%u, %u", node->operation->effect->place, node->index - 1);
    return (Code){call_by_door(emitter, "perform", "perform", operation, &node->items, 0), C_ANSWER};
}

static Code call_partial(Emitter *emitter, const char *function, const CoreExpressions *items) {
    Builder text = builder_in(emitter->arena);
    size_t count = items ? items->count : 0;
    if (count == 0) return (Code){function, C_VALUE};
    build_format(&text, "fx_partial(rt, %s, %zu", function, count);
    for (size_t i = 0; i < count; i++) build_format(&text, ", (fx_value)%s", as_value(emitter, read_atom(emitter, items->items[i], true)));
    build_byte(&text, ')');
    return (Code){builder_string(&text), C_VALUE};
}

// ---- C functions ----

static bool is_declared_float(Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && find_representation(type) == REPRESENTATION_FLOAT;
}

static void declare_extern(Emitter *emitter, const ExternFunction *function) {
    Builder text = builder_in(emitter->arena);
    const char *result = function->waits ? "fx_answer" : is_declared_float(function->answer) ? "double" : "fx_value";
    build_format(&text, "%s %s(fx_runtime *rt", result, function->symbol);
    for (size_t i = 0; i < function->representations.count; i++) build_string(&text, ", fx_representation");
    for (size_t i = 0; i < function->arguments.count; i++)
        build_string(&text, is_declared_float(function->arguments.items[i]) ? ", double" : ", fx_value");
    build_string(&text, ");\n");
    Symbol prototype = symbol_of_text(emitter->compilation->symbols, builder_text(&text));
    if (table_has(&emitter->externs, prototype)) return;
    table_put(&emitter->externs, prototype, (void *)prototype);
    build_string(&emitter->prototypes, prototype);
}

Code extern_call(Emitter *emitter, const ExternFunction *function, const char *const *values) {
    declare_extern(emitter, function);
    Builder text = builder_in(emitter->arena);
    if (function->observed) build_format(&text, "%s(rt, %s", observed_door(emitter, function), function->site);
    else {
        build_format(&text, "%s(rt", function->symbol);
        for (size_t i = 0; i < function->representations.count; i++)
            build_format(&text, ", %s", representation_name(function->representations.items[i]));
    }
    for (size_t i = 0; i < function->arguments.count; i++) build_format(&text, ", %s", values[i]);
    build_byte(&text, ')');
    return (Code){builder_string(&text), function->waits ? C_ANSWER : is_declared_float(function->answer) ? C_DOUBLE : C_VALUE};
}

ExternFunction extern_of_global(Emitter *emitter, const CoreExpression *global) {
    const CoreDefinition *definition = global->definition;
    ExternFunction function = {.symbol = definition->symbol, .waits = definition->waits, .observed = find_observed(emitter, definition),
        .name = format(emitter, "%s.%s", definition->module, definition->name), .site = site_text(emitter, emitter->function, global)};
    Type *type = resolve_type(definition->type);
    for (; type->kind == TYPE_FUNCTION; type = resolve_type(type->right)) vector_push(emitter->arena, &function.arguments, type->left);
    function.answer = type->kind == TYPE_COMPUTATION ? type->left : type;
    function.representations = extern_representations(emitter, &function.arguments, function.answer, &definition->parameters,
                                                      &global->type_arguments);
    return function;
}

static ExternFunction extern_of_operation(Emitter *emitter, const CoreExpression *node) {
    const Operation *operation = node->operation;
    TypeParameters parameters = {0};
    for (size_t i = 0; i < operation->effect->parameters.count; i++) vector_push(emitter->arena, &parameters, operation->effect->parameters.items[i]);
    for (size_t i = 0; i < operation->parameters.count; i++) vector_push(emitter->arena, &parameters, operation->parameters.items[i]);
    ExternFunction function = {.symbol = operation->symbol, .arguments = operation->arguments, .answer = operation->answer,
        .waits = operation->waits, .name = format(emitter, "%s.%s", operation->effect->name, operation->name), .site = site_text(emitter, emitter->function, node)};
    const Type *answer = resolve_type(operation->answer);
    bool ends_program = answer->kind == TYPE_DATA && answer->data == emitter->program->core->builtins->never_type;
    function.observed = ends_program ? OBSERVED_NEVER : OBSERVED_EFFECT;
    function.representations = extern_representations(emitter, &function.arguments, function.answer, &parameters, &node->type_arguments);
    return function;
}

static Code call_extern(Emitter *emitter, const ExternFunction *function, const CoreExpressions *items) {
    const char **values = NEW_ARRAY(emitter->arena, const char *, function->arguments.count + 1);
    bool owned = takes_arguments(function->symbol);
    for (size_t i = 0; i < function->arguments.count; i++) {
        Code code = read_atom(emitter, items->items[i], owned);
        values[i] = is_declared_float(function->arguments.items[i]) ? as_double(emitter, code) : as_value(emitter, code);
    }
    return extern_call(emitter, function, values);
}

Code emit_extern_constant(Emitter *emitter, const CoreExpression *global, const CpsCall *call) {
    ExternFunction function = extern_of_global(emitter, global);
    return call_extern(emitter, &function, call->items);
}

// ---- operations of cells ----

static Code call_cell(Emitter *emitter, const CoreExpression *node) {
    const CoreDefinitions *cells = &emitter->program->cells;
    size_t index = 0;
    while (cells->items[index]->effect != node->operation->effect) index++;
    const Effect *effect = node->operation->effect;
    const char *cell = format(emitter, "&rt->globals[%s]", global_name(emitter, cells->items[index]));
    if (effect->place) cell = format(emitter, "fx_cell_place(rt, %u, %s)", effect->place, cell);
    bool counted = is_counted(effect->cell_type);
    const char *suffix = counted ? "" : "_word";
    const char *name = counted ? format(emitter, ", \"%s\"", display_name(emitter, cells->items[index])) : "";
    if (strcmp(node->operation->name, "get") == 0)
        return (Code){counted ? format(emitter, "fx_cell_get(rt, %s%s)", cell, name) : format(emitter, "*%s", cell), C_VALUE};
    const char *value = as_value(emitter, read_atom(emitter, node->items.items[0], true));
    if (strcmp(node->operation->name, "update") == 0)
        return (Code){format(emitter, "fx_cell_update%s(rt, %s, %s%s)", suffix, cell, value, name), C_VALUE};
    return (Code){format(emitter, "fx_cell_set%s(rt, %s, %s)", suffix, cell, value), C_VALUE};
}

// ---- all calls ----

// What is called with its own arguments, before what it answers is applied further or run.
static Code call_itself(Emitter *emitter, const CoreExpression *node, const CpsCall *call) {
    if (call->kind == CALL_FUNCTION) return call_function(emitter, call->function, call->items);
    if (call->kind == CALL_EXTERN) {
        ExternFunction function = extern_of_global(emitter, call->callee);
        if (!call->waits && call->external->now_symbol) function.symbol = call->external->now_symbol;
        return call_extern(emitter, &function, call->items);
    }
    if (node->index) return perform_user(emitter, node);
    if (node->operation->effect->kind == EFFECT_CELL) return call_cell(emitter, node);
    ExternFunction function = extern_of_operation(emitter, node);
    return call_extern(emitter, &function, &node->items);
}

static Code call_code(Emitter *emitter, const CoreExpression *node, const CpsCall *call) {
    const char *verb = !call->runs ? "apply" : call->waits ? "run" : "direct";
    if (call->kind == CALL_PARTIAL) return call_partial(emitter, as_value(emitter, read_atom(emitter, call->callee, true)), call->items);
    if (call->kind == CALL_CLOSURE) return call_closure(emitter, as_value(emitter, read_atom(emitter, call->callee, true)), call->items, 0, verb);
    Code code = call_itself(emitter, node, call);
    if (!call->runs_answer) return code;
    const char *function = helper_name(emitter, "function");
    emit_line(emitter, "fx_value %s = %s;", function, as_value(emitter, code));
    return call_closure(emitter, function, call->items, call->taken, verb);
}

// An abort needs no frame.
static void emit_dropping(Emitter *emitter, const CpsPoint *point) {
    emit_line(emitter, "if (answer.suspended == FX_UNWINDS) {");
    emitter->depth++;
    for (size_t i = 0; i < point->saved.count; i++)
        if (point->saved.items[i].is_counted) emit_line(emitter, "fx_drop(rt, %s);", local_name(emitter, point->saved.items[i].variable));
    emit_line(emitter, "return answer;");
    emitter->depth--;
    emit_line(emitter, "}");
}

// The frame that is left behind while the call waits.
static void emit_capture(Emitter *emitter, const CpsPoint *point) {
    Symbol name = function_name(emitter, emitter->function);
    emit_line(emitter, "if (FX_SUSPENDED(answer)) {");
    emitter->depth++;
    if (emitter->program->core->aborts) emit_dropping(emitter, point);
    if (point->saved.count == 0) emit_line(emitter, "fx_push_frame(rt, &%s_frames[%u]);", name, point->number - 1);
    else emit_line(emitter, "fx_value *saved = fx_push_frame(rt, &%s_frames[%u])->saved;", name, point->number - 1);
    for (size_t i = 0; i < point->saved.count; i++) {
        CoreVariable *variable = point->saved.items[i].variable;
        Code code = {local_name(emitter, variable), is_float(variable->type) ? C_DOUBLE : C_VALUE};
        emit_line(emitter, "saved[%zu] = %s;", i, as_value(emitter, code));
    }
    emit_line(emitter, "return answer;");
    emitter->depth--;
    emit_line(emitter, "}");
    build_format(&emitter->body, "point_%u:;\n", point->number);
    emitter->line++;
}

// What an abort that leaves this function has to drop, as long as the call runs: answers the list's name, or NULL.
static const char *emit_hold(Emitter *emitter, const CoreExpression *node) {
    const CpsPoint *held = table_get(&emitter->function->held_over, node);
    Builder items = builder_in(emitter->arena);
    unsigned count = 0;
    for (size_t i = 0; held && i < held->saved.count; i++) {
        const CpsSaved *saved = &held->saved.items[i];
        if (!saved->is_counted || table_has(&emitter->static_values, saved->variable)) continue;
        build_format(&items, ", %s", local_name(emitter, saved->variable));
        count++;
    }
    if (count == 0) return NULL;
    const char *name = helper_name(emitter, "held");
    emit_line(emitter, "const fx_value %s[] = {(fx_value)(intptr_t)rt->held, %u%s};", name, count, builder_string(&items));
    emit_line(emitter, "rt->held = %s;", name);
    return name;
}

static bool is_self_tail_call(const Emitter *emitter, const CpsCall *call, Place place) {
    return place.kind == TO_ANSWER && call->kind == CALL_FUNCTION && call->function == emitter->function && !call->runs_answer;
}

// Functions of C do not know where they are called: a fault made in one gets its place from here.
static bool calls_c(const CoreExpression *node, const CpsCall *call) {
    return call->kind == CALL_EXTERN || (call->kind == CALL_OPERATION && !node->index);
}

// So that a fault can tell which let! led to it (runtime/chain.c); only functions of fx can have a chain of their own.
static void emit_site(Emitter *emitter, const CoreExpression *node, const CpsCall *call) {
    bool leads_on = call->runs && (call->kind == CALL_FUNCTION || call->kind == CALL_CLOSURE || call->runs_answer || call->kind == CALL_EXTERN);
    if ((!leads_on && !node->inlined && !calls_c(node, call)) || !node->span.source) return;
    const CoreDefinition *definition = emitter->function->definition;
    Builder chain = builder_in(emitter->arena);
    if (calls_c(node, call)) {
        build_string(&chain, "@");
        build_place(&chain, node->span);
    }
    if (leads_on) {
        build_format(&chain, "\n  in %s, ", display_name(emitter, node->inlined ? node->inlined->callee : definition));
        build_place(&chain, node->span);
    }
    build_inlining(emitter, &chain, emitter->function, node);
    const char *text = builder_string(&chain);
    if (!*text) return;
    if (*text != '@') text += strlen("\n  in ");
    // It passes through the assembler: bytes that mean something there are left out.
    Builder plain = builder_in(emitter->arena);
    for (; *text; text++)
        if (*text == '\n') build_string(&plain, "\\\\n");
        else build_byte(&plain, strchr("\"\\%{}|", *text) || (unsigned char)*text < 32 ? '_' : *text);
    emit_line(emitter, "FX_SITE(\"%s\");", builder_string(&plain));
}

void emit_call(Emitter *emitter, const CoreExpression *node, const CpsCall *call, Place place) {
    if (is_self_tail_call(emitter, call, place)) {
        emit_moves(emitter, &emitter->function->parameters, call->items);
        emit_line(emitter, "goto start;");
        return;
    }
    Code code = call_code(emitter, node, call);
    const char *held = emit_hold(emitter, node);
    const CpsPoint *point = table_get(&emitter->function->point_of, node);
    if (point && place.kind != TO_ANSWER) {
        emit_line(emitter, "answer = %s;", code.text);
        emit_site(emitter, node, call);
        emit_capture(emitter, point);
        if (place.kind == TO_VARIABLE) emit_to(emitter, place, (Code){"answer.value", C_VALUE});
        return;
    }
    if (place.kind == TO_ANSWER && calls_c(node, call)) {
        const char *answer = helper_name(emitter, "answer");
        emit_line(emitter, "%s %s = %s;", code.type == C_ANSWER ? "fx_answer" : code.type == C_DOUBLE ? "double" : "fx_value", answer, code.text);
        emit_site(emitter, node, call);
        code.text = answer;
        emit_to(emitter, place, code);
        return;
    }
    emit_to(emitter, place, code);
    if (place.kind != TO_ANSWER) emit_site(emitter, node, call);
    if (held) emit_line(emitter, "rt->held = (const fx_value *)(intptr_t)%s[0];", held);
}
