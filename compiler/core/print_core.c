// Core as text, the same at every stage: fx's own syntax, with `delay`, `run`, `join`, `jump`, `dup` and `drop` added.
// Names that stand for several variables of one definition are told apart by a number: x, x.1, x.2.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fx.h"
#include "expression.h"

typedef struct Printer {
    Builder out;
    Table suffixes; // from a variable or label to its number + 1
    Table counts;   // from a name to how many bear it
} Printer;

enum { STEP = 2 };

static void print_block(Printer *printer, const CoreExpression *e, unsigned indent);
static void print_inline(Printer *printer, const CoreExpression *e, unsigned indent);

static void start_line(Printer *printer, unsigned indent) {
    build_byte(&printer->out, '\n');
    while (indent--) build_byte(&printer->out, ' ');
}

// ---- names ----

static void print_name(Printer *printer, const void *binder, Symbol name) {
    size_t number = (size_t)(uintptr_t)table_get(&printer->suffixes, binder);
    if (!number) {
        number = (size_t)(uintptr_t)table_get(&printer->counts, name) + 1;
        table_put(&printer->counts, name, (void *)(uintptr_t)number);
        table_put(&printer->suffixes, binder, (void *)(uintptr_t)number);
    }
    build_string(&printer->out, name);
    if (number > 1) build_format(&printer->out, ".%zu", number - 1);
}

static void print_variable(Printer *printer, const CoreVariable *variable) {
    if (variable) print_name(printer, variable, variable->name);
    else build_byte(&printer->out, '_');
}

static void print_parameters_of_type(Printer *printer, const TypeParameters *parameters) {
    for (size_t i = 0; i < parameters->count; i++) build_format(&printer->out, " @%s", parameters->items[i]->name);
}

static void print_type_arguments(Printer *printer, const Types *types) {
    for (size_t i = 0; i < types->count; i++) {
        Type *type = resolve_type(types->items[i]);
        bool wrapped = type->left || (type->kind == TYPE_DATA && type->arguments.count && !type->data->tuple_size);
        build_string(&printer->out, wrapped ? " @(" : " @");
        print_type(&printer->out, type);
        if (wrapped) build_byte(&printer->out, ')');
    }
}

static void print_binder(Printer *printer, const CoreVariable *variable) {
    print_variable(printer, variable);
    if (!variable) return;
    print_parameters_of_type(printer, &variable->parameters);
    if (!variable->type) return;
    build_string(&printer->out, " : ");
    print_type(&printer->out, variable->type);
}

static void print_parameters(Printer *printer, const CoreVariables *parameters) {
    for (size_t i = 0; i < parameters->count; i++) {
        build_string(&printer->out, parameters->items[i] && parameters->items[i]->is_borrowed ? " (borrowed " : " (");
        print_binder(printer, parameters->items[i]);
        build_byte(&printer->out, ')');
    }
}

static void print_definition_name(Printer *printer, const CoreDefinition *definition) {
    build_format(&printer->out, "%s.%s", definition->module, definition->name);
    if (definition->key) build_format(&printer->out, "<%s>", definition->key);
}

// ---- literals ----

static void print_scalar(Printer *printer, int64_t scalar) {
    static const char *const escapes[128] = {['\n'] = "\\n", ['\t'] = "\\t", ['\r'] = "\\r", ['\\'] = "\\\\", ['\''] = "\\'", [0] = "\\0"};
    if (scalar >= 0 && scalar < 128 && escapes[scalar]) build_string(&printer->out, escapes[scalar]);
    else if (scalar >= 32 && scalar < 127) build_byte(&printer->out, (char)scalar);
    else build_format(&printer->out, "\\u{%llX}", (unsigned long long)scalar);
}

static void print_string(Printer *printer, Text text) {
    build_byte(&printer->out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '"') build_string(&printer->out, "\\\"");
        else if (byte == '\'') build_byte(&printer->out, '\'');
        else if (byte >= 127) build_format(&printer->out, "\\x%02X", byte);
        else if (byte < 32 && !strchr("\n\t\r", byte)) build_format(&printer->out, "\\x%02X", byte);
        else print_scalar(printer, byte);
    }
    build_byte(&printer->out, '"');
}

static void print_float(Printer *printer, double number) {
    char digits[40];
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number) break;
    }
    build_string(&printer->out, digits);
    if (isfinite(number) && !strpbrk(digits, ".e")) build_string(&printer->out, ".0");
}

static void print_int(Printer *printer, const CoreExpression *e) {
    Type *type = resolve_type(e->type);
    if (type->kind != TYPE_DATA || strcmp(type->data->name, "Char") != 0) {
        build_format(&printer->out, "%lld", (long long)e->int_value);
        return;
    }
    build_byte(&printer->out, '\'');
    print_scalar(printer, e->int_value);
    build_byte(&printer->out, '\'');
}

// ---- expressions on one line ----

// Has parts that stand on lines of their own.
static bool is_block(const CoreExpression *e) {
    switch (e->kind) {
    case CORE_LET: case CORE_LET_REC: case CORE_SWITCH: case CORE_JOIN: case CORE_HANDLE:
    case CORE_DUP: case CORE_DROP: case CORE_DROP_REUSE: case CORE_DROP_TOKEN: return true;
    default: return false;
    }
}

static bool needs_parentheses(const CoreExpression *e) {
    switch (e->kind) {
    case CORE_INT: return e->int_value < 0;
    case CORE_FLOAT: return e->float_value < 0;
    case CORE_STRING: case CORE_FIELD: return false;
    case CORE_LOCAL: case CORE_GLOBAL: return e->type_arguments.count > 0;
    case CORE_CONSTRUCT: return e->items.count > 0 && (e->token || !e->constructor->data->tuple_size);
    default: return true;
    }
}

static void print_operand(Printer *printer, const CoreExpression *e, unsigned indent) {
    bool wrapped = needs_parentheses(e);
    if (wrapped) build_byte(&printer->out, '(');
    if (is_block(e)) {
        print_block(printer, e, indent + STEP);
        start_line(printer, indent);
    } else {
        print_inline(printer, e, indent);
    }
    if (wrapped) build_byte(&printer->out, ')');
}

static void print_operands(Printer *printer, const CoreExpressions *items, unsigned indent) {
    for (size_t i = 0; i < items->count; i++) {
        build_byte(&printer->out, ' ');
        print_operand(printer, items->items[i], indent);
    }
}

// After `->` or `=`: on the same line when it can be.
static void print_body(Printer *printer, const CoreExpression *e, unsigned indent) {
    if (is_block(e)) {
        print_block(printer, e, indent + STEP);
    } else {
        build_byte(&printer->out, ' ');
        print_inline(printer, e, indent);
    }
}

static void print_tuple(Printer *printer, const CoreExpression *e, unsigned indent) {
    build_byte(&printer->out, '(');
    for (size_t i = 0; i < e->items.count; i++) {
        if (i) build_string(&printer->out, ", ");
        print_operand(printer, e->items.items[i], indent);
    }
    build_byte(&printer->out, ')');
}

// Follows the tails of a list in a loop: a long one is as deep as it is long.
static void print_cons(Printer *printer, const CoreExpression *e, unsigned indent) {
    for (;;) {
        print_operand(printer, e->items.items[0], indent);
        build_string(&printer->out, " :: ");
        const CoreExpression *tail = e->items.items[1];
        if (e->token || tail->kind != CORE_CONSTRUCT || tail->items.count == 0 || tail->token) break;
        e = tail;
    }
    print_operand(printer, e->items.items[1], indent);
}

static void print_construct(Printer *printer, const CoreExpression *e, unsigned indent) {
    if (e->items.count && e->constructor->data->tuple_size) {
        print_tuple(printer, e, indent);
    } else if (e->items.count && strcmp(e->constructor->name, "::") == 0) {
        print_cons(printer, e, indent);
    } else {
        build_string(&printer->out, e->constructor->name);
        print_operands(printer, &e->items, indent);
    }
    if (!e->token) return;
    build_string(&printer->out, " reusing ");
    print_variable(printer, e->token);
}

static void print_field(Printer *printer, const CoreExpression *e, unsigned indent) {
    print_operand(printer, e->first, indent);
    if (e->index < e->constructor->field_names.count) build_format(&printer->out, ".%s", e->constructor->field_names.items[e->index]);
    else build_format(&printer->out, ".%u", e->index);
}

static const char *primitive_text(Primitive primitive) {
    static const char *const texts[] = {
#define PRIMITIVE(name, text, arity) [PRIMITIVE_##name] = text,
#include "primitives.def"
#undef PRIMITIVE
    };
    return texts[primitive];
}

static void print_named(Printer *printer, const char *name, const CoreExpression *e, unsigned indent) {
    build_string(&printer->out, name);
    print_operands(printer, &e->items, indent);
}

static void print_inline(Printer *printer, const CoreExpression *e, unsigned indent) {
    Builder *out = &printer->out;
    switch (e->kind) {
    case CORE_INT: print_int(printer, e); break;
    case CORE_FLOAT: print_float(printer, e->float_value); break;
    case CORE_STRING: print_string(printer, e->text); break;
    case CORE_LOCAL:
        print_variable(printer, e->variable);
        print_type_arguments(printer, &e->type_arguments);
        break;
    case CORE_GLOBAL:
        print_definition_name(printer, e->definition);
        print_type_arguments(printer, &e->type_arguments);
        break;
    case CORE_CONSTRUCT: print_construct(printer, e, indent); break;
    case CORE_FIELD: print_field(printer, e, indent); break;
    case CORE_PRIMITIVE: print_named(printer, primitive_text(e->primitive), e, indent); break;
    case CORE_LAMBDA:
        build_string(out, "fun");
        print_parameters(printer, &e->parameters);
        build_string(out, " ->");
        print_body(printer, e->body, indent);
        break;
    case CORE_APPLY:
        print_operand(printer, e->first, indent);
        print_operands(printer, &e->items, indent);
        break;
    case CORE_DELAY:
        build_string(out, "delay");
        print_body(printer, e->body, indent);
        break;
    case CORE_FORCE:
        build_string(out, "run ");
        print_operand(printer, e->first, indent);
        break;
    case CORE_PERFORM:
        build_format(out, "%s %s.%s", e->jumps ? "abort" : "perform", e->operation->effect->name, e->operation->name);
        print_type_arguments(printer, &e->type_arguments);
        print_operands(printer, &e->items, indent);
        break;
    case CORE_JUMP:
        build_string(out, "jump ");
        print_name(printer, e->label, e->label->name);
        print_operands(printer, &e->items, indent);
        break;
    case CORE_FAULT:
        build_string(out, "fault ");
        print_operand(printer, e->first, indent);
        break;
    default: print_block(printer, e, indent + STEP); break;
    }
}

// ---- blocks ----

static void print_pattern(Printer *printer, const CoreArm *arm) {
    Builder *out = &printer->out;
    if (!arm->constructor) {
        print_inline(printer, arm->literal, 0);
        return;
    }
    if (arm->fields.count == 2 && strcmp(arm->constructor->name, "::") == 0) {
        print_variable(printer, arm->fields.items[0]);
        build_string(out, " :: ");
        print_variable(printer, arm->fields.items[1]);
        return;
    }
    bool is_tuple = arm->constructor->data->tuple_size > 0;
    build_string(out, is_tuple ? "(" : arm->constructor->name);
    for (size_t i = 0; i < arm->fields.count; i++) {
        build_string(out, !is_tuple ? " " : i ? ", " : "");
        print_variable(printer, arm->fields.items[i]);
    }
    if (is_tuple) build_byte(out, ')');
}

static void print_switch(Printer *printer, const CoreExpression *e, unsigned indent) {
    build_string(&printer->out, "match ");
    print_operand(printer, e->first, indent);
    for (size_t i = 0; i < e->arms.count; i++) {
        start_line(printer, indent);
        build_string(&printer->out, "| ");
        print_pattern(printer, &e->arms.items[i]);
        build_string(&printer->out, " ->");
        print_body(printer, e->arms.items[i].body, indent);
    }
    if (!e->otherwise) return;
    start_line(printer, indent);
    build_string(&printer->out, "| _ ->");
    print_body(printer, e->otherwise, indent);
}

static void print_bindings(Printer *printer, const CoreExpression *e, unsigned indent) {
    for (size_t i = 0; i < e->bindings.count; i++) {
        if (i) start_line(printer, indent);
        build_string(&printer->out, i ? "and " : "let rec ");
        print_binder(printer, e->bindings.items[i].variable);
        build_string(&printer->out, " =");
        print_body(printer, e->bindings.items[i].value, indent);
    }
}

static void print_handle(Printer *printer, const CoreExpression *e, unsigned indent) {
    Builder *out = &printer->out;
    build_string(out, "handle ");
    print_operand(printer, e->first, indent);
    if (e->return_body) {
        start_line(printer, indent);
        build_string(out, "| ret ");
        print_variable(printer, e->return_parameter);
        build_string(out, " ->");
        print_body(printer, e->return_body, indent);
    }
    for (size_t i = 0; i < e->clauses.count; i++) {
        const CoreHandlerClause *clause = &e->clauses.items[i];
        start_line(printer, indent);
        build_format(out, "| %s%s.%s", clause->resume ? "ctl " : "", clause->operation->effect->name, clause->operation->name);
        print_parameters(printer, &clause->parameters);
        if (clause->resume) {
            build_byte(out, ' ');
            print_variable(printer, clause->resume);
        }
        build_string(out, " ->");
        print_body(printer, clause->body, indent);
    }
}

static void print_join(Printer *printer, const CoreExpression *e, unsigned indent) {
    build_string(&printer->out, "join ");
    print_name(printer, e->label, e->label->name);
    print_parameters(printer, &e->label->parameters);
    build_string(&printer->out, " =");
    print_body(printer, e->first, indent);
}

static void print_count(Printer *printer, const CoreExpression *e) {
    static const char *const words[] = {"dup ", "drop ", "drop ", "drop_token "};
    build_string(&printer->out, words[e->kind - CORE_DUP]);
    print_variable(printer, e->kind == CORE_DROP_TOKEN ? e->token : e->variable);
    if (e->kind != CORE_DROP_REUSE) return;
    build_string(&printer->out, " reuse ");
    print_variable(printer, e->token);
}

// One node of a spine; answers what follows it, or NULL.
static const CoreExpression *print_step(Printer *printer, const CoreExpression *e, unsigned indent) {
    switch (e->kind) {
    case CORE_LET:
        build_string(&printer->out, "let ");
        print_binder(printer, e->variable);
        build_string(&printer->out, " =");
        print_body(printer, e->first, indent);
        return e->body;
    case CORE_LET_REC: print_bindings(printer, e, indent); return e->body;
    case CORE_JOIN: print_join(printer, e, indent); return e->body;
    case CORE_DUP: case CORE_DROP: case CORE_DROP_REUSE: case CORE_DROP_TOKEN: print_count(printer, e); return e->body;
    case CORE_SWITCH: print_switch(printer, e, indent); return NULL;
    case CORE_HANDLE: print_handle(printer, e, indent); return NULL;
    default: print_inline(printer, e, indent); return NULL;
    }
}

// Each node of the spine on a line of its own, at the column `indent`.
static void print_block(Printer *printer, const CoreExpression *e, unsigned indent) {
    while (e) {
        start_line(printer, indent);
        e = print_step(printer, e, indent);
    }
}

// ---- definitions ----

static void print_definition(Printer *printer, const CoreDefinition *definition) {
    Builder *out = &printer->out;
    printer->suffixes = table_in(out->arena);
    printer->counts = table_in(out->arena);
    if (definition->kind == DEFINITION_EXTERN) build_string(out, definition->waits ? "extern waiting " : "extern ");
    if (definition->kind == DEFINITION_CELL) build_string(out, "cell ");
    if (definition->is_test) build_string(out, "test ");
    print_definition_name(printer, definition);
    print_parameters_of_type(printer, &definition->parameters);
    build_string(out, " : ");
    print_type(out, definition->type);
    if (definition->kind == DEFINITION_EXTERN) build_format(out, " = \"%s\"", definition->symbol);
    else build_string(out, " =");
    if (definition->value) print_body(printer, definition->value, 0);
    build_byte(out, '\n');
}

Text print_core(Arena *arena, const CoreProgram *program) {
    Printer printer = {.out = builder_in(arena)};
    for (size_t i = 0; i < program->definitions.count; i++) {
        if (i) build_byte(&printer.out, '\n');
        print_definition(&printer, program->definitions.items[i]);
    }
    return builder_text(&printer.out);
}
