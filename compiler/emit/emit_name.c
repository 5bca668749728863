// Names in C: the source's, with the module before the top-level ones, kept apart from C's own words and from each other.

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "emit.h"

static const char *const RESERVED[] = {
    "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
    "false", "float", "for", "goto", "if", "inline", "int", "int64_t", "linux", "long", "main", "register", "restrict", "return", "short", "signed",
    "sizeof", "static", "struct", "switch", "true", "typedef", "typeof", "union", "uint64_t", "unix", "unsigned", "void", "volatile", "while",
    // the writer's own
    "answer", "frame", "resumed", "rt", "saved", "self", "start",
};

const char *format(Emitter *emitter, const char *template, ...) {
    Builder builder = builder_in(emitter->arena);
    va_list arguments;
    va_start(arguments, template);
    build_format_list(&builder, template, arguments);
    va_end(arguments);
    return builder_string(&builder);
}

static bool is_reserved(const char *name) {
    for (size_t i = 0; i < sizeof RESERVED / sizeof *RESERVED; i++)
        if (strcmp(RESERVED[i], name) == 0) return true;
    return strncmp(name, "fx_", 3) == 0 || strncmp(name, "point_", 6) == 0 || name[0] == '_';
}

// Runs of bytes that C does not take become one _; a prime is spelled out.
static const char *to_identifier(Emitter *emitter, const char *name) {
    Builder builder = builder_in(emitter->arena);
    for (; *name; name++) {
        bool is_taken = (unsigned char)*name < 128 && (isalnum((unsigned char)*name) || *name == '_');
        if (*name == '\'') build_string(&builder, "_prime");
        else if (is_taken) build_byte(&builder, *name);
        else if (name[1] && builder.length && builder.bytes[builder.length - 1] != '_') build_byte(&builder, '_');
    }
    return builder_string(&builder);
}

static Symbol make_unique(Emitter *emitter, Table *taken, const char *identifier) {
    Symbols *symbols = emitter->compilation->symbols;
    Symbol name = symbol_of(symbols, identifier);
    if (isdigit((unsigned char)*identifier) || !*identifier || is_reserved(identifier)) name = symbol_format(symbols, "v_%s", identifier);
    uintptr_t count = (uintptr_t)table_get(taken, name);
    Symbol unique = name;
    while (count ? table_has(taken, unique) : false) unique = symbol_format(symbols, "%s_%u", name, (unsigned)++count);
    table_put(taken, name, (void *)(count ? count : 1));
    if (unique != name) table_put(taken, unique, (void *)1);
    return unique;
}

Symbol make_name(Emitter *emitter, const char *name) { return make_unique(emitter, &emitter->taken_names, to_identifier(emitter, name)); }

static const char *qualified(Emitter *emitter, const char *module, const char *name) {
    const char *text = format(emitter, "%s_%s", module ? module : "Program", name);
    if (!islower((unsigned char)*text)) return text;
    return format(emitter, "%c%s", toupper((unsigned char)*text), text + 1);
}

const char *display_name(Emitter *emitter, const CoreDefinition *definition) {
    return core_shown_name(emitter->compilation->symbols, definition);
}

// The names that a waiting function's parts have (emit_function.c), beginning with its own.
static Symbol part_name(Emitter *emitter, Symbol name, size_t part) {
    static const char *const parts[] = {"body", "resume", "frames"};
    return part < sizeof parts / sizeof *parts ? symbol_format(emitter->compilation->symbols, "%s_%s", name, parts[part]) : NULL;
}

static bool parts_are_taken(Emitter *emitter, Symbol name) {
    Symbol part;
    for (size_t i = 0; (part = part_name(emitter, name, i)); i++)
        if (table_has(&emitter->taken_names, part)) return true;
    return false;
}

// A name whose parts are free too, and taken then.
static Symbol make_name_with_parts(Emitter *emitter, const char *text) {
    Symbol name = make_name(emitter, text), part;
    while (parts_are_taken(emitter, name)) name = make_name(emitter, text);
    for (size_t i = 0; (part = part_name(emitter, name, i)); i++) table_put(&emitter->taken_names, part, (void *)1);
    return name;
}

Symbol function_name(Emitter *emitter, const CpsFunction *function) {
    Symbol name = table_get(&emitter->names, function);
    if (name) return (Symbol)name;
    const CoreDefinition *definition = function->definition;
    const char *text = qualified(emitter, definition->module, definition->name);
    if (definition->key) text = format(emitter, "%s_%s", text, definition->key);
    if (function->closure) text = format(emitter, "%s_%s%u", text, function->closure->kind == CORE_LAMBDA ? "fun" : "do", function->number);
    else if (function->is_value) text = format(emitter, "%s_value", text);
    name = function->mode == CPS_WAITING ? make_name_with_parts(emitter, text) : make_name(emitter, text);
    table_put(&emitter->names, function, (void *)name);
    return name;
}

Symbol global_name(Emitter *emitter, const CoreDefinition *definition) {
    Symbol name = table_get(&emitter->names, definition);
    if (name) return name;
    name = make_name(emitter, qualified(emitter, definition->module, format(emitter, "%s%s%s", definition->name, definition->key ? "_" : "",
                                                                            definition->key ? definition->key : "")));
    table_put(&emitter->names, definition, (void *)name);
    return name;
}

Symbol helper_name(Emitter *emitter, const char *name) { return make_unique(emitter, &emitter->local_names, to_identifier(emitter, name)); }

Symbol local_name(Emitter *emitter, const CoreVariable *variable) {
    Symbol name = table_get(&emitter->locals, variable);
    if (name) return name;
    name = helper_name(emitter, variable->name && *variable->name ? variable->name : "value");
    table_put(&emitter->locals, variable, (void *)name);
    return name;
}

Symbol label_name(Emitter *emitter, const CoreLabel *label) {
    Symbol name = table_get(&emitter->locals, label);
    if (name) return name;
    name = helper_name(emitter, label->name && *label->name ? label->name : "join");
    table_put(&emitter->locals, label, (void *)name);
    return name;
}

// After an escape no digit may follow, so bytes are written in three octal digits; ? is escaped for trigraphs.
void build_c_string(Builder *builder, Text text) {
    build_byte(builder, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '\n') build_string(builder, "\\n");
        else if (byte == '"' || byte == '\\') build_format(builder, "\\%c", byte);
        else if (byte < 32 || byte >= 127 || byte == '?') build_format(builder, "\\%03o", byte);
        else build_byte(builder, (char)byte);
    }
    build_byte(builder, '"');
}

void build_place(Builder *builder, Span span) {
    Position position = source_position(span.source, span.start);
    build_format(builder, "%s:%u:%u", span.source->path, position.line, position.column);
}

// What a closure was inlined through as a whole did not lead to its running.
static size_t inlinings_within(const CpsFunction *function, const CoreExpression *node) {
    const CoreExpression *whole = function->closure ? function->closure : function->definition->value;
    size_t before = whole ? core_count_inlinings(whole->inlined) : 0, count = core_count_inlinings(node->inlined);
    return count > before ? count - before : 0;
}

void build_inlining(Emitter *emitter, Builder *builder, const CpsFunction *function, const CoreExpression *node) {
    const CoreDefinition *definition = function->definition;
    const CoreInlining *each = node->inlined;
    for (size_t left = inlinings_within(function, node); left > 0; left--, each = each->outer) {
        if (!each->runs || !each->call.source) continue;
        build_format(builder, "\n  in %s, ", display_name(emitter, each->outer ? each->outer->callee : definition));
        build_place(builder, each->call);
    }
}

const char *site_text(Emitter *emitter, const CpsFunction *function, const CoreExpression *node) {
    if (!node->span.source) return "NULL";
    Builder text = builder_in(emitter->arena), builder = builder_in(emitter->arena);
    build_place(&text, node->span);
    if (function) build_inlining(emitter, &text, function, node);
    build_c_string(&builder, text_of(builder_string(&text)));
    return builder_string(&builder);
}
