// Objects that exist before the program runs: string literals, constant data, closures that capture nothing. Their count is 0.

#include <string.h>

#include "emit.h"

Symbol string_object(Emitter *emitter, Text text) {
    Symbol key = symbol_of_text(emitter->compilation->symbols, text);
    // A symbol ends at a NUL: such texts are not shared.
    bool is_shared = memchr(text.bytes, 0, text.length) == NULL;
    Symbol name = is_shared ? table_get(&emitter->strings, key) : NULL;
    if (name) return name;
    name = make_name(emitter, "string");
    build_format(&emitter->statics, "static const FX_STATIC_TEXT(%zu) %s = {{0, FX_INFO_STRING, 0, 0}, %zu, %zu, ", text.length, name, text.length,
                 text.length);
    build_c_string(&emitter->statics, text);
    build_string(&emitter->statics, "};\n");
    if (is_shared) table_put(&emitter->strings, key, (void *)name);
    return name;
}

// ---- data ----

static const char *static_address(Emitter *emitter, Symbol name) { return format(emitter, "(fx_value)(intptr_t)&%s", name); }

static const char *static_global(Emitter *emitter, const CoreExpression *atom) {
    const CpsFunction *function = table_get(&emitter->program->function_of, atom->definition);
    if (!function) function = find_extern_function(emitter->program, atom);
    bool is_closure = function && (!function->is_value || function->external) && find_call(emitter->program, atom).kind == CALL_NONE;
    return is_closure ? static_address(emitter, function_closure(emitter, function)) : NULL;
}

// A part of static data as a C constant, or NULL.
static const char *static_part(Emitter *emitter, const CoreExpression *atom) {
    switch (atom->kind) {
    case CORE_INT: return read_atom(emitter, atom, false).text;
    case CORE_FLOAT: {
        uint64_t bits;
        memcpy(&bits, &atom->float_value, sizeof bits);
        return format(emitter, "(fx_value)0x%llx", (unsigned long long)bits);
    }
    case CORE_STRING: return static_address(emitter, string_object(emitter, atom->text));
    case CORE_LOCAL: return table_get(&emitter->static_values, atom->variable);
    case CORE_GLOBAL: return static_global(emitter, atom);
    case CORE_CONSTRUCT:
        if (!is_constant_constructor(atom->constructor)) return NULL;
        return format(emitter, "%u", is_word_type(atom->type) ? atom->constructor->tag : atom->constructor->tag << 1 | 1);
    default: return NULL;
    }
}

const char *static_object(Emitter *emitter, const CoreExpression *node) {
    const Constructor *constructor = node->constructor;
    if (is_constant_constructor(constructor)) return static_part(emitter, node);
    ObjectLayout layout = find_layout(emitter, node->type, constructor);
    const char **parts = NEW_ARRAY(emitter->arena, const char *, layout.words);
    for (size_t i = 0; i < node->items.count; i++)
        if (!(parts[layout.fields[i].slot] = static_part(emitter, node->items.items[i]))) return NULL;
    Symbol name = make_name(emitter, "data");
    Builder *out = &emitter->statics;
    build_format(out, "static const FX_STATIC_DATA(%u) %s = {{0, %s, %u, %u}, {", layout.words, name, constructor_info(emitter, constructor),
                 constructor->tag, layout.counted);
    for (unsigned i = 0; i < layout.words; i++) build_format(out, "%s%s", i ? ", " : "", parts[i]);
    build_string(out, "}};\n");
    return static_address(emitter, name);
}

uint64_t counted_parameters(const CoreVariables *parameters) {
    uint64_t counted = 0;
    for (size_t i = 0; i < parameters->count && i < 64; i++)
        if (is_counted(parameters->items[i]->type)) counted |= (uint64_t)1 << i;
    return counted;
}

static void add_closure(Emitter *emitter, Symbol name, Symbol info, size_t arity, CpsMode mode, Symbol code) {
    static const char *const modes[] = {"FX_PURE", "FX_DIRECT", "FX_WAITING"};
    build_format(&emitter->statics, "static const fx_static_closure %s = {{0, %s, FX_CLOSURE_TAG(%zu, %s), 0}, (fx_code)%s};\n", name, info, arity,
                 modes[mode], code);
}

// ---- a definition as a value ----

static void build_parameters(Emitter *emitter, Builder *text, size_t count) {
    build_string(text, "fx_runtime *rt, fx_value self");
    for (size_t i = 0; i < count && i < 4; i++) build_format(text, ", fx_value p%zu", i + 1);
    if (count > 4) note_arguments(emitter, count - 5);
}

// Takes the arguments beyond the fourth out of rt->arguments.
static void build_unspill(Builder *text, size_t count) {
    for (size_t i = 4; i < count; i++) build_format(text, "    fx_value p%zu = rt->arguments[%zu];\n", i + 1, i);
}

static const char *wrapped_call(Emitter *emitter, Builder *text, const CpsFunction *function) {
    Builder call = builder_in(emitter->arena);
    build_format(&call, "%s(rt", function_name(emitter, function));
    for (size_t i = 0; i < function->parameters.count; i++) {
        int slot = spill_slot(&function->parameters, i, RESERVED_BY_FUNCTION);
        bool is_double = slot < 0 && is_float(function->parameters.items[i]->type);
        if (slot >= 0) build_format(text, "    rt->arguments[%d] = p%zu;\n", slot + 4, i + 1);
        else build_format(&call, is_double ? ", fx_to_double(p%zu)" : ", p%zu", i + 1);
    }
    build_byte(&call, ')');
    return builder_string(&call);
}

static bool is_lent(const CoreVariable *parameter) { return parameter->is_borrowed && is_counted(parameter->type); }

// The code of a definition's closure: the function with a closure before its arguments, all of them held as words.
static Symbol wrap_function(Emitter *emitter, const CpsFunction *function) {
    Symbol name = make_name(emitter, format(emitter, "%s_code", function_name(emitter, function)));
    const char *result = function->mode == CPS_WAITING ? "fx_answer" : "fx_value";
    Builder text = builder_in(emitter->arena);
    build_format(&text, "static %s %s(", result, name);
    build_parameters(emitter, &text, function->parameters.count);
    build_format(&emitter->prototypes, "%s);\n", builder_string(&text));
    build_string(&text, ")\n{\n    (void)self;\n");
    build_unspill(&text, function->parameters.count);
    const char *call = wrapped_call(emitter, &text, function);
    if (answers_double(function)) call = format(emitter, "fx_from_double(%s)", call);
    bool borrows = false;
    for (size_t i = 0; i < function->parameters.count; i++) borrows |= is_lent(function->parameters.items[i]);
    if (borrows) build_format(&text, "    %s result = %s;\n", result, call);
    else build_format(&text, "    return %s;\n", call);
    for (size_t i = 0; borrows && i < function->parameters.count; i++)
        if (is_lent(function->parameters.items[i])) build_format(&text, "    fx_drop(rt, p%zu);\n", i + 1);
    if (borrows) build_string(&text, "    return result;\n");
    build_string(&text, "}\n\n");
    build_text(&emitter->functions, builder_text(&text));
    return name;
}

Symbol function_closure(Emitter *emitter, const CpsFunction *function) {
    Symbol key = symbol_format(emitter->compilation->symbols, "%s object", function_name(emitter, function));
    Symbol name = table_get(&emitter->names, key);
    if (name) return name;
    name = make_name(emitter, format(emitter, "%s_closure", function_name(emitter, function)));
    table_put(&emitter->names, key, (void *)name);
    Symbol code = function->closure ? function_name(emitter, function) : wrap_function(emitter, function);
    add_closure(emitter, name, closure_info(emitter, function), function->parameters.count, function->mode, code);
    return name;
}
