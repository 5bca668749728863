// One C function: its comment, its head, the locals, the way back in when it waits, and its body.

#include <string.h>

#include "emit.h"

enum { LONGEST_COPIED = 100 }; // nodes of a function whose resumption is a copy of it

// ---- what is used ----

static void note_used(void *context, const CoreExpression *node);

static void note_variables(Table *used, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) table_put(used, variables->items[i], variables->items[i]);
}

static void note_switch(Table *used, const CoreExpression *node) {
    if (reads_scrutinee(node)) note_used(used, node->first);
    for (size_t i = 0; i < node->arms.count; i++) note_used(used, node->arms.items[i].body);
    if (node->otherwise) note_used(used, node->otherwise);
}

// What is given to a parameter of a label that nothing reads is not read either.
static void note_jump(Table *used, const CoreExpression *node) {
    for (size_t i = 0; i < node->items.count; i++)
        if (table_has(used, node->label->parameters.items[i])) note_used(used, node->items.items[i]);
}

static void note_used(void *context, const CoreExpression *node) {
    Table *used = context;
    if (node->kind == CORE_SWITCH) {
        note_switch(used, node);
        return;
    }
    if (node->kind == CORE_JUMP) {
        note_jump(used, node);
        return;
    }
    if (node->variable && node->kind != CORE_LET) table_put(used, node->variable, node->variable);
    if (node->token && node->kind != CORE_DROP_REUSE) table_put(used, node->token, node->token);
    note_variables(used, &node->captured);
    visit_children(node, note_used, used);
}

// Again until nothing new is found: jumps may stand before what reads the parameters of their label.
static void find_used(Table *used, const CpsFunction *function) {
    for (size_t before = (size_t)-1; before != used->count;) {
        before = used->count;
        note_used(used, function->body);
    }
}

static void count_nodes(void *context, const CoreExpression *node) {
    Emitter *emitter = context;
    emitter->nodes++;
    emitter->constructs += node->kind == CORE_CONSTRUCT;
    visit_children(node, count_nodes, emitter);
}

// Whether the function and its resumption are one C function, which asks where to begin: a second copy of a long one would take the C compiler
// longer than the question takes the program.
static bool is_resumed_itself(const Emitter *emitter, const CpsFunction *function) {
    return function->points.count > 0 && emitter->nodes > LONGEST_COPIED;
}

// ---- heads ----

static size_t reserved_by(const CpsFunction *function) { return function->closure ? RESERVED_BY_CLOSURE : RESERVED_BY_FUNCTION; }

static bool passed_as_double(const CpsFunction *function, size_t index) {
    if (function->closure || !is_float(function->parameters.items[index]->type)) return false;
    return spill_slot(&function->parameters, index, RESERVED_BY_FUNCTION) < 0;
}

// A parameter's name in C. A Float that comes as a word is first called "x_bits".
static const char *parameter_name(Emitter *emitter, const CpsFunction *function, size_t index) {
    CoreVariable *parameter = function->parameters.items[index];
    const char *name = local_name(emitter, parameter);
    return is_float(parameter->type) && !passed_as_double(function, index) ? format(emitter, "%s_bits", name) : name;
}

static const char *result_type(const CpsFunction *function) {
    return function->mode == CPS_WAITING ? "fx_answer" : answers_double(function) ? "double" : "fx_value";
}

static const char *head_text(Emitter *emitter, const CpsFunction *function, const char *before) {
    Builder text = builder_in(emitter->arena);
    build_format(&text, "fx_runtime *rt%s%s", before, function->closure ? ", fx_value self" : "");
    for (size_t i = 0; i < function->parameters.count; i++)
        if (spill_slot(&function->parameters, i, reserved_by(function)) < 0)
            build_format(&text, ", %s%s", passed_as_double(function, i) ? "double " : "fx_value ", parameter_name(emitter, function, i));
    return builder_string(&text);
}

static void build_comment(Emitter *emitter, const CpsFunction *function) {
    Builder *out = &emitter->functions;
    const CoreDefinition *definition = function->definition;
    build_format(out, "// %s : ", display_name(emitter, definition));
    Type *type = function->closure && !function->external ? function->closure->type : definition->type;
    print_type(out, type);
    if (function->external) build_string(out, ", as a value");
    else if (function->closure) build_format(out, ", a %s within", function->closure->kind == CORE_LAMBDA ? "function" : "computation");
    build_byte(out, '\n');
}

// ---- beginnings ----

// Whether C's parameter is the variable itself: neither spilled nor a Float that comes as a word.
static bool is_named_by_head(const CpsFunction *function, size_t index) {
    bool is_word = !is_float(function->parameters.items[index]->type);
    return spill_slot(&function->parameters, index, reserved_by(function)) < 0 && (is_word || passed_as_double(function, index));
}

// Takes what was captured out of the closure: moves it when this is the closure's last reference.
static void emit_captured(Emitter *emitter, const CpsFunction *function) {
    size_t count = function->captured.count;
    if (!function->closure || count == 0) return;
    for (size_t i = 0; i < count; i++) {
        CoreVariable *variable = function->captured.items[i];
        emit_to(emitter, (Place){TO_VARIABLE, variable}, (Code){format(emitter, "fx_field(self, %zu)", i + 1), C_VALUE});
    }
    bool has_counted = is_counted(function->captured.items[count - 1]->type);
    if (!has_counted) {
        emit_line(emitter, "fx_drop_flat(rt, self, %zu);", count + 1);
        return;
    }
    emit_line(emitter, "if (fx_is_unique_object(self)) fx_free(rt, fx_object_of(self), %zu);", count + 1);
    emit_line(emitter, "else {");
    emitter->depth++;
    for (size_t i = 0; i < count; i++)
        if (is_counted(function->captured.items[i]->type)) emit_line(emitter, "fx_dup(%s);", local_name(emitter, function->captured.items[i]));
    emit_line(emitter, "fx_drop_shared(self);");
    emitter->depth--;
    emit_line(emitter, "}");
}

static void emit_parameters(Emitter *emitter, CpsFunction *function) {
    for (size_t i = 0; i < function->parameters.count; i++) {
        CoreVariable *parameter = function->parameters.items[i];
        int slot = spill_slot(&function->parameters, i, reserved_by(function));
        const char *from = slot >= 0 ? format(emitter, "rt->arguments[%d]", slot + 4) : parameter_name(emitter, function, i);
        if (slot >= 0) note_arguments(emitter, (size_t)slot);
        bool is_named = is_named_by_head(function, i);
        if (!is_named && table_has(&emitter->used, parameter)) emit_to(emitter, (Place){TO_VARIABLE, parameter}, (Code){from, C_VALUE});
        if (slot < 0 && !table_has(&emitter->used, parameter)) emit_line(emitter, "(void)%s;", from);
    }
}

// ---- points ----

static void emit_reload(Emitter *emitter, const CpsPoint *point) {
    for (size_t i = 0; i < point->saved.count; i++) {
        CoreVariable *variable = point->saved.items[i].variable;
        if (i && point->saved.items[i - 1].variable == variable) continue;
        Code code = {format(emitter, "frame->saved[%zu]", i), C_VALUE};
        emit_line(emitter, "%s = %s;", assigned(emitter, variable), is_float(variable->type) ? as_double(emitter, code) : code.text);
    }
    emit_line(emitter, "fx_leave_frame(rt, frame, %u);", point->saved.count);
    emit_line(emitter, "goto point_%u;", point->number);
}

static void emit_entry(Emitter *emitter, const CpsFunction *function) {
    bool is_itself = is_resumed_itself(emitter, function);
    if (is_itself) emit_line(emitter, "fx_frame *frame = rt->resumed_frame;");
    emit_line(emitter, is_itself ? "if (FX_RESUMED(frame)) {" : "if (frame) {");
    emitter->depth++;
    if (is_itself) emit_line(emitter, "rt->resumed_frame = NULL;");
    emit_line(emitter, "answer = fx_done(%s);", is_itself ? "rt->resumed_value" : "resumed");
    if (function->points.count > 1) emit_line(emitter, "switch (frame->info->point) {");
    for (size_t i = 0; i < function->points.count; i++) {
        CpsPoint *point = function->points.items[i];
        bool is_last = i + 1 == function->points.count;
        if (function->points.count > 1) emit_line(emitter, is_last ? "default:" : "case %u:", point->number);
        emitter->depth += function->points.count > 1;
        emit_reload(emitter, point);
        emitter->depth -= function->points.count > 1;
    }
    if (function->points.count > 1) emit_line(emitter, "}");
    emitter->depth--;
    emit_line(emitter, "}");
}

static void build_frames(Emitter *emitter, const CpsFunction *function) {
    Builder *out = &emitter->functions;
    Symbol name = function_name(emitter, function);
    build_format(&emitter->prototypes, "static fx_answer %s_resume(fx_runtime *rt, fx_frame *frame, fx_value resumed);\n", name);
    build_format(out, "static const fx_frame_info %s_frames[] = {\n", name);
    for (size_t i = 0; i < function->points.count; i++) {
        const CpsPoint *point = function->points.items[i];
        size_t counted = 0;
        for (size_t j = 0; j < point->saved.count; j++) counted += point->saved.items[j].is_counted;
        build_format(out, "    {%s_resume, NULL, \"%s\", %s, %u, %zu, %u},\n", name,
                     display_name(emitter, point->call->inlined ? point->call->inlined->callee : function->definition),
                     site_text(emitter, function, point->call), point->saved.count, counted, point->number);
    }
    build_string(out, "};\n\n");
}

// The function proper, where its body is one of two copies: without any test of where to begin.
static void build_beginning(Emitter *emitter, const CpsFunction *function) {
    Builder *out = &emitter->functions;
    Symbol name = function_name(emitter, function);
    build_format(out, "static fx_answer %s(%s)\n{\n    return %s_body(rt, NULL, 0%s", name, head_text(emitter, function, ""), name,
                 function->closure ? ", self" : "");
    for (size_t i = 0; i < function->parameters.count; i++)
        if (spill_slot(&function->parameters, i, reserved_by(function)) < 0) build_format(out, ", %s", parameter_name(emitter, function, i));
    build_string(out, ");\n}\n\n");
}

static void build_resumption(Emitter *emitter, const CpsFunction *function) {
    Builder *out = &emitter->functions;
    Symbol name = function_name(emitter, function);
    build_format(out, "static fx_answer %s_resume(fx_runtime *rt, fx_frame *frame, fx_value resumed)\n{\n", name);
    if (is_resumed_itself(emitter, function))
        build_format(out, "    rt->resumed_frame = frame;\n    rt->resumed_value = resumed;\n    return %s(rt%s", name, function->closure ? ", 0" : "");
    else build_format(out, "    return %s_body(rt, frame, resumed%s", name, function->closure ? ", 0" : "");
    for (size_t i = 0; i < function->parameters.count; i++)
        if (spill_slot(&function->parameters, i, reserved_by(function)) < 0) build_string(out, ", 0");
    build_string(out, ");\n}\n\n");
}

// ---- the function ----

static bool mentions_runtime(const char *body) {
    for (const char *at = body; (at = strstr(at, "rt")); at += 2)
        if ((at == body || strchr(" (", at[-1])) && strchr(",)-", at[2])) return true;
    return false;
}

static void begin_function(Emitter *emitter, CpsFunction *function) {
    emitter->function = function;
    emitter->body = builder_in(emitter->arena);
    emitter->declarations = builder_in(emitter->arena);
    emitter->depth = 1;
    emitter->declares_in_place = function->points.count == 0;
    emitter->file = NULL;
    Table *const tables[] = {&emitter->used, &emitter->declared, &emitter->jumped, &emitter->locals, &emitter->local_names, &emitter->constructors,
        &emitter->arms, &emitter->token_words};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) *tables[i] = table_in(emitter->arena);
    find_used(&emitter->used, function);
    emitter->returns = false;
    emitter->constructs = emitter->nodes = 0;
    count_nodes(emitter, function->body);
    for (size_t i = 0; i < function->captured.count; i++) table_put(&emitter->used, function->captured.items[i], function->captured.items[i]);
    for (size_t i = 0; i < function->parameters.count; i++)
        if (is_named_by_head(function, i)) table_put(&emitter->declared, function->parameters.items[i], function->parameters.items[i]);
}

static void build_function(Emitter *emitter, CpsFunction *function, const char *head, bool is_copied) {
    Builder *out = &emitter->functions;
    Symbol name = function_name(emitter, function);
    build_comment(emitter, function);
    if (function->definition->span.source && !function->external) {
        build_format(out, "#line %u ", source_position(function->definition->span.source, function->definition->span.start).line);
        build_c_string(out, text_of(function->definition->span.source->path));
        build_byte(out, '\n');
    }
    build_format(out, "static %s%s %s%s(%s)\n{\n", is_copied ? "FX_BODY " : "", result_type(function), name, is_copied ? "_body" : "", head);
    if (function->points.count) build_string(out, "    fx_answer answer;\n");
    Text body = builder_text(&emitter->body);
    if (!mentions_runtime(builder_string(&emitter->body))) build_string(out, "    (void)rt;\n");
    if (function->closure && function->captured.count == 0) build_string(out, "    (void)self;\n");
    build_text(out, builder_text(&emitter->declarations));
    build_text(out, body);
    build_string(out, "}\n\n");
}

void emit_function(Emitter *emitter, CpsFunction *function) {
    begin_function(emitter, function);
    bool splits = function->points.count > 0, is_copied = splits && !is_resumed_itself(emitter, function);
    const char *head = head_text(emitter, function, is_copied ? ", fx_frame *frame, fx_value resumed" : "");
    build_format(&emitter->prototypes, "static %s %s(%s);\n", result_type(function), function_name(emitter, function), head_text(emitter, function,
                                                                                                    ""));
    // Locals that a resumption reloads are declared before it; in the text the way in comes first.
    if (splits) emit_entry(emitter, function);
    emit_parameters(emitter, function);
    emit_captured(emitter, function);
    if (function->loops) build_string(&emitter->body, "start:;\n");
    emit_expression(emitter, function->body, (Place){TO_ANSWER, NULL});
    // C compilers ask a function that has no `return` at all whether it forgot one.
    if (!emitter->returns) emit_line(emitter, "__builtin_unreachable();");
    if (splits) build_frames(emitter, function);
    build_function(emitter, function, head, is_copied);
    if (is_copied) build_beginning(emitter, function);
    if (splits) build_resumption(emitter, function);
}
