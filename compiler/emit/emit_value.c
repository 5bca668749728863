// Expressions that are neither calls nor control: literals, variables, constructors, fields, closures.

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"

enum { MOST_INLINED_CONSTRUCTS = 200 };

static const char *int_text(Emitter *emitter, int64_t value) {
    if (value == INT64_MIN) return "INT64_MIN";
    return format(emitter, "%" PRId64, value);
}

static const char *float_text(Emitter *emitter, double value) {
    if (isnan(value)) return "__builtin_nan(\"\")";
    if (isinf(value)) return value > 0 ? "__builtin_inf()" : "-__builtin_inf()";
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    return format(emitter, strpbrk(text, ".e") ? "%s" : "%s.0", text);
}

const char *as_value(Emitter *emitter, Code code) {
    if (code.type == C_DOUBLE) return format(emitter, "fx_from_double(%s)", code.text);
    if (code.type == C_ANSWER) return format(emitter, "%s.value", code.text);
    return code.text;
}

const char *as_double(Emitter *emitter, Code code) {
    if (code.type == C_DOUBLE) return code.text;
    return format(emitter, "fx_to_double(%s)", as_value(emitter, code));
}

static Code read_global(Emitter *emitter, const CoreExpression *atom, bool owned) {
    CoreDefinition *definition = atom->definition;
    CpsFunction *function = table_get(&emitter->program->function_of, definition);
    if (definition->kind == DEFINITION_EXTERN) {
        CpsCall call = find_call(emitter->program, atom);
        if (call.kind == CALL_EXTERN) return emit_extern_constant(emitter, atom, &call);
        function = find_extern_function(emitter->program, atom);
        return (Code){format(emitter, "fx_value_of(&%s)", function_closure(emitter, function)), C_VALUE};
    }
    if (!function->is_value) return (Code){format(emitter, "fx_value_of(&%s)", function_closure(emitter, function)), C_VALUE};
    const char *text = format(emitter, "rt->globals[%s]", global_name(emitter, definition));
    if (owned && is_counted(atom->type)) emit_line(emitter, "fx_dup(%s);", text);
    return (Code){text, C_VALUE};
}

// A constant of static data, read in a function.
static const char *read_static(Emitter *emitter, const char *constant) {
    const char *name = strchr(constant, '&');
    return name ? format(emitter, "fx_value_of(%s)", name) : constant;
}

Code read_local(Emitter *emitter, const CoreVariable *variable) {
    const char *constant = emitter->declares_in_place ? table_get(&emitter->static_values, variable) : NULL;
    if (constant) return (Code){read_static(emitter, constant), C_VALUE};
    return (Code){local_name(emitter, variable), is_float(variable->type) ? C_DOUBLE : C_VALUE};
}

Code read_atom(Emitter *emitter, const CoreExpression *atom, bool owned) {
    switch (atom->kind) {
    case CORE_INT: return (Code){int_text(emitter, atom->int_value), C_VALUE};
    case CORE_FLOAT: return (Code){float_text(emitter, atom->float_value), C_DOUBLE};
    case CORE_STRING: return (Code){format(emitter, "fx_value_of(&%s)", string_object(emitter, atom->text)), C_VALUE};
    case CORE_LOCAL: return read_local(emitter, atom->variable);
    case CORE_GLOBAL: return read_global(emitter, atom, owned);
    // A constructor without fields may stand where a literal may.
    default: return emit_value(emitter, atom, (Place){TO_NOWHERE, NULL});
    }
}

// ---- objects ----

static const char *allocator(const Emitter *emitter) { return emitter->constructs > MOST_INLINED_CONSTRUCTS ? "fx_allocate_apart" : "fx_allocate"; }

static const char *object_of(Emitter *emitter, const CoreExpression *node, const ObjectLayout *layout, Place place) {
    const Constructor *constructor = node->constructor;
    const char *name = place.kind == TO_VARIABLE && place.variable ? format(emitter, "%s_object", local_name(emitter, place.variable)) : "object";
    name = helper_name(emitter, name);
    const char *shape = format(emitter, "%u, %s, %u, %u", layout->words, constructor_info(emitter, constructor), constructor->tag, layout->counted);
    if (node->token && !table_has(&emitter->function->given_up_tokens, node->token))
        emit_line(emitter, "fx_object *%s = fx_reuse(rt, %s, %s);", name, local_name(emitter, node->token), shape);
    else emit_line(emitter, "fx_object *%s = %s(rt, %s);", name, allocator(emitter), shape);
    return name;
}

static Code emit_construct(Emitter *emitter, const CoreExpression *node, Place place) {
    const Constructor *constructor = node->constructor;
    if (is_word_type(node->type)) return (Code){format(emitter, "%u", constructor->tag), C_VALUE};
    if (is_constant_constructor(constructor)) {
        if (place.kind == TO_VARIABLE) table_put(&emitter->static_values, place.variable, (void *)static_object(emitter, node));
        return (Code){format(emitter, "fx_constant(%u)", constructor->tag), C_VALUE};
    }
    const char *constant = static_object(emitter, node);
    if (constant) {
        if (node->token) emit_drop_token(emitter, node);
        if (place.kind == TO_VARIABLE) table_put(&emitter->static_values, place.variable, (void *)constant);
        return (Code){read_static(emitter, constant), C_VALUE};
    }
    ObjectLayout layout = find_layout(emitter, node->type, constructor);
    const char **values = NEW_ARRAY(emitter->arena, const char *, node->items.count + 1);
    for (size_t i = 0; i < node->items.count; i++) values[i] = as_value(emitter, read_atom(emitter, node->items.items[i], true));
    const char *object = object_of(emitter, node, &layout, place);
    for (size_t i = 0; i < node->items.count; i++) emit_line(emitter, "%s->fields[%u] = %s;", object, layout.fields[i].slot, values[i]);
    return (Code){format(emitter, "fx_value_of(%s)", object), C_VALUE};
}

static Code emit_field(Emitter *emitter, const CoreExpression *node) {
    ObjectLayout layout = find_layout(emitter, node->first->type, node->constructor);
    const char *object = as_value(emitter, read_atom(emitter, node->first, false));
    return (Code){format(emitter, "fx_field(%s, %u)", object, layout.fields[node->index].slot), C_VALUE};
}

// ---- closures ----

static Code emit_closure(Emitter *emitter, const CoreExpression *node, Place place) {
    CpsFunction *function = table_get(&emitter->program->function_of, node);
    if (function->captured.count == 0) return (Code){format(emitter, "fx_value_of(&%s)", function_closure(emitter, function)), C_VALUE};
    unsigned counted = 0;
    for (size_t i = 0; i < function->captured.count; i++) counted += is_counted(function->captured.items[i]->type);
    const char *name = place.kind == TO_VARIABLE ? format(emitter, "%s_closure", local_name(emitter, place.variable)) : "closure";
    name = helper_name(emitter, name);
    static const char *const modes[] = {"FX_PURE", "FX_DIRECT", "FX_WAITING"};
    emit_line(emitter, "fx_object *%s = fx_allocate(rt, %u, %s, FX_CLOSURE_TAG(%u, %s), %u);", name, 1 + (unsigned)function->captured.count,
              closure_info(emitter, function), (unsigned)function->parameters.count, modes[function->mode], counted);
    emit_line(emitter, "%s->fields[0] = fx_code_value(%s);", name, function_name(emitter, function));
    for (size_t i = 0; i < function->captured.count; i++) {
        emit_line(emitter, "%s->fields[%zu] = %s;", name, i + 1, as_value(emitter, read_local(emitter, function->captured.items[i])));
    }
    return (Code){format(emitter, "fx_value_of(%s)", name), C_VALUE};
}

Code emit_value(Emitter *emitter, const CoreExpression *node, Place place) {
    switch (node->kind) {
    case CORE_INT:
    case CORE_FLOAT:
    case CORE_STRING:
    case CORE_LOCAL: return read_atom(emitter, node, true);
    // A variable that stands for a global borrows it (docs/core.md).
    case CORE_GLOBAL: return read_atom(emitter, node, place.kind != TO_VARIABLE);
    case CORE_CONSTRUCT: return emit_construct(emitter, node, place);
    case CORE_FIELD: return emit_field(emitter, node);
    case CORE_PRIMITIVE: return emit_primitive(emitter, node);
    case CORE_LAMBDA:
    case CORE_DELAY: return emit_closure(emitter, node, place);
    default: return (Code){"0", C_VALUE};
    }
}
