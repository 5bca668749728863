// Statements: lets, joins, jumps, reference counts, and where values go.

#include <stdarg.h>
#include <string.h>

#include "emit.h"

enum { DEEPEST_INDENTATION = 20 };

void emit_line(Emitter *emitter, const char *template, ...) {
    Builder *body = &emitter->body;
    for (int i = 0; i < emitter->depth && i < DEEPEST_INDENTATION; i++) build_string(body, "    ");
    va_list arguments;
    va_start(arguments, template);
    build_format_list(body, template, arguments);
    va_end(arguments);
    build_byte(body, '\n');
    emitter->line++;
}

// Says where in the source the next line comes from, when that is not where the C compiler takes it to be.
void emit_source_line(Emitter *emitter, Span span) {
    if (!span.source) return;
    uint32_t line = source_position(span.source, span.start).line;
    if (emitter->file == span.source->path && emitter->line == line) return;
    build_format(&emitter->body, "#line %u ", line);
    build_c_string(&emitter->body, text_of(span.source->path));
    build_byte(&emitter->body, '\n');
    emitter->file = span.source->path;
    emitter->line = line;
}

// ---- places ----

static bool is_declared(const Emitter *emitter, const CoreVariable *variable) { return table_has(&emitter->declared, variable); }

void declare(Emitter *emitter, CoreVariable *variable) {
    if (is_declared(emitter, variable)) return;
    table_put(&emitter->declared, variable, variable);
    if (emitter->declares_in_place) emit_line(emitter, "%s%s;", c_type_of(variable), local_name(emitter, variable));
    else build_format(&emitter->declarations, "    %s%s;\n", c_type_of(variable), local_name(emitter, variable));
}

const char *assigned(Emitter *emitter, CoreVariable *variable) {
    const char *name = local_name(emitter, variable);
    if (is_declared(emitter, variable)) return name;
    if (!emitter->declares_in_place) {
        declare(emitter, variable);
        return name;
    }
    table_put(&emitter->declared, variable, variable);
    return format(emitter, "%s%s", c_type_of(variable), name);
}

static void emit_answer(Emitter *emitter, Code code) {
    emitter->returns = true;
    if (emitter->function->mode == CPS_WAITING) {
        if (code.type == C_ANSWER) emit_line(emitter, "return %s;", code.text);
        else emit_line(emitter, "return fx_done(%s);", as_value(emitter, code));
    } else emit_line(emitter, "return %s;", answers_double(emitter->function) ? as_double(emitter, code) : as_value(emitter, code));
}

void emit_to(Emitter *emitter, Place place, Code code) {
    if (place.kind == TO_ANSWER) emit_answer(emitter, code);
    else if (place.kind == TO_NOWHERE) emit_line(emitter, "(void)%s;", code.text);
    else {
        const char *text = is_float(place.variable->type) ? as_double(emitter, code) : as_value(emitter, code);
        emit_line(emitter, "%s = %s;", assigned(emitter, place.variable), text);
    }
}

// ---- moves ----

static bool reads(const CoreExpression *atom, const CoreVariable *variable) { return atom->kind == CORE_LOCAL && atom->variable == variable; }

static const char *moved_text(Emitter *emitter, const CoreVariable *to, const CoreExpression *from) {
    Code code = read_atom(emitter, from, !to->is_borrowed);
    return is_float(to->type) ? as_double(emitter, code) : as_value(emitter, code);
}

static bool is_unused(const Emitter *emitter, const CoreVariable *variable) { return !table_has(&emitter->used, variable); }

// A value that a later move of the list still has to read is put aside first.
void emit_moves(Emitter *emitter, const CoreVariables *to, const CoreExpressions *from) {
    const char **texts = NEW_ARRAY(emitter->arena, const char *, to->count + 1);
    for (size_t i = 0; i < to->count; i++) {
        if (is_unused(emitter, to->items[i]) || reads(from->items[i], to->items[i])) continue;
        texts[i] = moved_text(emitter, to->items[i], from->items[i]);
        bool overwritten = false;
        for (size_t j = 0; j < i; j++) overwritten |= texts[j] && reads(from->items[i], to->items[j]);
        if (!overwritten) continue;
        const char *aside = helper_name(emitter, format(emitter, "next_%s", local_name(emitter, to->items[i])));
        emit_line(emitter, "%s%s = %s;", c_type_of(to->items[i]), aside, texts[i]);
        texts[i] = aside;
    }
    for (size_t i = 0; i < to->count; i++)
        if (texts[i]) emit_line(emitter, "%s = %s;", local_name(emitter, to->items[i]), texts[i]);
}

// ---- joins ----

static void emit_join(Emitter *emitter, const CoreExpression *node, Place place) {
    const CoreVariables *parameters = &node->label->parameters;
    for (size_t i = 0; i < parameters->count; i++)
        if (!is_unused(emitter, parameters->items[i])) declare(emitter, parameters->items[i]);
    emit_line(emitter, "{");
    emitter->depth++;
    emit_expression(emitter, node->body, place);
    emitter->depth--;
    emit_line(emitter, "}");
    if (!table_has(&emitter->jumped, node->label)) return;
    const char *after = NULL;
    if (place.kind != TO_ANSWER) emit_line(emitter, "goto %s;", after = helper_name(emitter, "after"));
    emit_line(emitter, "%s: {", label_name(emitter, node->label));
    emitter->depth++;
    emit_expression(emitter, node->first, place);
    emitter->depth--;
    emit_line(emitter, "}");
    if (after) emit_line(emitter, "%s:;", after);
}

static void emit_jump(Emitter *emitter, const CoreExpression *node) {
    table_put(&emitter->jumped, node->label, node->label);
    emit_moves(emitter, &node->label->parameters, &node->items);
    emit_line(emitter, "goto %s;", label_name(emitter, node->label));
}

// ---- lets ----

static bool is_control(const CoreExpression *node) {
    switch (node->kind) {
    case CORE_LET:
    case CORE_DUP:
    case CORE_DROP:
    case CORE_DROP_REUSE:
    case CORE_DROP_TOKEN:
    case CORE_SWITCH:
    case CORE_JOIN:
    case CORE_JUMP: return true;
    default: return false;
    }
}

static void emit_let(Emitter *emitter, const CoreExpression *node) {
    Place place = {TO_VARIABLE, node->variable};
    if (is_unused(emitter, node->variable)) place = (Place){TO_NOWHERE, NULL};
    if (!is_control(node->first)) {
        emit_expression(emitter, node->first, place);
        return;
    }
    if (place.kind == TO_VARIABLE) declare(emitter, node->variable);
    emit_line(emitter, "{");
    emitter->depth++;
    emit_expression(emitter, node->first, place);
    emitter->depth--;
    emit_line(emitter, "}");
}

static void emit_fault(Emitter *emitter, const CoreExpression *node) {
    const char *message = as_value(emitter, read_atom(emitter, node->first, false));
    emit_line(emitter, "fx_fault_text(rt, %s, %s);", site_text(emitter, emitter->function, node), message);
}

static void emit_leaf(Emitter *emitter, const CoreExpression *node, Place place) {
    emit_source_line(emitter, node->span);
    CpsCall call = find_call(emitter->program, node);
    if (call.kind != CALL_NONE) emit_call(emitter, node, &call, place);
    else if (node->kind == CORE_FAULT) emit_fault(emitter, node);
    else {
        Code code = emit_value(emitter, node, place);
        bool is_static = place.kind == TO_VARIABLE && table_has(&emitter->static_values, place.variable);
        if (is_static && emitter->declares_in_place) return;
        if (place.kind != TO_NOWHERE) emit_to(emitter, place, code);
        else if (node->kind == CORE_PRIMITIVE) emit_to(emitter, place, (Code){format(emitter, "(%s)", code.text), code.type});
        if (is_static) emit_line(emitter, "(void)%s;", local_name(emitter, place.variable));
    }
}

void emit_drop_token(Emitter *emitter, const CoreExpression *node) {
    if (table_has(&emitter->function->given_up_tokens, node->token)) return;
    uintptr_t words = (uintptr_t)table_get(&emitter->token_words, node->token);
    const char *token = local_name(emitter, node->token);
    emit_line(emitter, "if (%s) fx_free(rt, %s, %u);", token, token, (unsigned)words - 1);
}

void emit_expression(Emitter *emitter, const CoreExpression *node, Place place) {
    for (const CoreExpression *next;; node = next ? next : node->body) switch (next = NULL, node->kind) {
    case CORE_LET: emit_let(emitter, node); break;
    case CORE_DUP:
        if (!(next = emit_run(emitter, node))) emit_dup(emitter, node->variable);
        break;
    case CORE_DROP:
        if (!(next = emit_run(emitter, node))) emit_drop(emitter, node->variable);
        break;
    case CORE_DROP_REUSE:
        if (!(next = emit_run(emitter, node))) emit_drop_reuse(emitter, node);
        break;
    case CORE_DROP_TOKEN: emit_drop_token(emitter, node); break;
    case CORE_SWITCH: emit_switch(emitter, node, place); return;
    case CORE_JOIN: emit_join(emitter, node, place); return;
    case CORE_JUMP: emit_jump(emitter, node); return;
    default: emit_leaf(emitter, node, place); return;
    }
}
