// `fx dump cps`: each function with its mode, what its closure holds, and, where it waits, what its frames hold.

#include "../fx.h"
#include "cps.h"

static void print_variable(Builder *builder, const CoreVariable *variable) {
    build_format(builder, "%s : ", variable->name ? variable->name : "_");
    print_type(builder, variable->type);
}

static void print_variables(Builder *builder, const CoreVariables *variables) {
    for (size_t i = 0; i < variables->count; i++) {
        build_string(builder, i ? ", " : "");
        if (variables->items[i]->is_borrowed) build_string(builder, "borrowed ");
        print_variable(builder, variables->items[i]);
    }
}

static void print_callee(Builder *builder, const CpsProgram *program, const CoreExpression *node) {
    CpsCall call = find_call(program, node);
    if (call.kind == CALL_OPERATION) build_format(builder, "%s.%s", node->operation->effect->name, node->operation->name);
    else if (call.callee->kind == CORE_GLOBAL) build_format(builder, "%s.%s", call.callee->definition->module, call.callee->definition->name);
    else build_string(builder, call.callee->variable->name);
}

static void print_call(Builder *builder, const CpsProgram *program, const CoreExpression *call) {
    print_callee(builder, program, call);
    if (!call->span.source) return;
    Position position = source_position(call->span.source, call->span.start);
    build_format(builder, " at %u:%u", position.line, position.column);
}

static void print_point(Builder *builder, const CpsProgram *program, const CpsPoint *point) {
    build_format(builder, "  %u: ", point->number);
    print_call(builder, program, point->call);
    build_string(builder, " saves");
    for (size_t i = 0; i < point->saved.count; i++)
        build_format(builder, "%s %s%s", i ? "," : "", point->saved.items[i].is_counted ? "counted " : "", point->saved.items[i].variable->name);
    build_string(builder, point->saved.count ? "\n" : " nothing\n");
}

static void print_held(Builder *builder, const CpsProgram *program, const CpsPoint *held) {
    build_string(builder, "  ");
    print_call(builder, program, held->call);
    build_string(builder, " holds");
    size_t before = builder->length;
    for (size_t i = 0; i < held->saved.count; i++)
        if (held->saved.items[i].is_counted) build_format(builder, "%s %s", builder->length > before ? "," : "", held->saved.items[i].variable->name);
    build_string(builder, builder->length > before ? "\n" : " nothing\n");
}

static void print_function(Builder *builder, const CpsProgram *program, const CpsFunction *function) {
    static const char *const modes[] = {"pure", "direct", "waiting"};
    build_format(builder, "%s.%s", function->definition->module, function->definition->name);
    if (function->definition->key) build_format(builder, " <%s>", function->definition->key);
    if (function->external) build_string(builder, " as a value");
    else if (function->closure) build_format(builder, " closure %u", function->number);
    build_format(builder, " (");
    print_variables(builder, &function->parameters);
    build_format(builder, ") %s", function->is_value ? "computed at start" : modes[function->mode]);
    if (function->aborts) build_string(builder, ", left by jumps");
    if (function->loops) build_string(builder, ", a loop");
    if (function->used_as_value) build_string(builder, ", also a value");
    if (function->captured.count) {
        build_string(builder, "\n  captures ");
        print_variables(builder, &function->captured);
    }
    build_byte(builder, '\n');
    for (size_t i = 0; i < function->points.count; i++) print_point(builder, program, function->points.items[i]);
    // They were met backwards.
    for (size_t i = function->held_over.count; i-- > 0;) print_held(builder, program, function->held_over.entries[i].value);
}

Text print_cps(Arena *arena, const CpsProgram *program) {
    Builder builder = builder_in(arena);
    for (size_t i = 0; i < program->functions.count; i++) {
        if (i) build_byte(&builder, '\n');
        print_function(&builder, program, program->functions.items[i]);
    }
    return builder_text(&builder);
}
