// Values as recordings have them: fx source text, written and read by type. What the world has made is written as a name: `socket_1`.

#include "recording.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static Type *field_type(Machine *machine, Type *whole, const Constructor *constructor, size_t index) {
    return resolve_type(substitute_type(machine->arena, constructor->fields.items[index], &whole->data->parameters, &whole->arguments));
}

// Has no text: it holds a type variable, or is seen as something else than it is.
static bool is_unknown(Type *type) {
    type = resolve_type(type);
    if (type->kind != TYPE_DATA || type->data->seen_as) return true;
    for (size_t i = 0; i < type->arguments.count; i++)
        if (is_unknown(type->arguments.items[i])) return true;
    return false;
}

static bool is_bare(const DataType *data) {
    const char *dot = strrchr(data->module, '.'), *last = dot ? dot + 1 : data->module;
    return !isupper((unsigned char)*last) || strcmp(last, "Prelude") == 0;
}

// ---- writing ----

static void print_fields(Machine *machine, Builder *builder, const SourceNames *names, Type *type, Value value, const char *separator, bool are_arguments) {
    const Constructor *constructor = constructor_of(value);
    for (size_t i = 0; i < value.object->count; i++) {
        if (i) build_string(builder, separator);
        if (constructor->field_names.count) build_format(builder, "%s = ", constructor->field_names.items[i]);
        print_source(machine, builder, names, field_type(machine, type, constructor, i), value.object->items[i], are_arguments);
    }
}

static void print_constructor(Builder *builder, const Constructor *constructor) {
    const char *module = constructor->data->module, *dot = strrchr(module, '.');
    if (!is_bare(constructor->data)) build_format(builder, "%s.", dot ? dot + 1 : module);
    build_string(builder, constructor->name);
}

static void print_list(Machine *machine, Builder *builder, const SourceNames *names, Type *type, Value list) {
    Value item;
    build_byte(builder, '[');
    for (bool is_first = true; next_item(&list, &item); is_first = false) {
        if (!is_first) build_string(builder, ", ");
        print_source(machine, builder, names, type->arguments.items[0], item, false);
    }
    build_byte(builder, ']');
}

static void print_data(Machine *machine, Builder *builder, const SourceNames *names, Type *type, Value value, bool is_argument) {
    const Constructor *constructor = constructor_of(value);
    if (type->data == machine->program->builtins->list_type) print_list(machine, builder, names, type, value);
    else if (type->data->tuple_size) {
        build_byte(builder, '(');
        print_fields(machine, builder, names, type, value, ", ", false);
        build_byte(builder, ')');
    } else if (constructor->field_names.count) {
        build_string(builder, "{ ");
        print_fields(machine, builder, names, type, value, ", ", false);
        build_string(builder, " }");
    } else if (value.kind == VALUE_CONSTANT) print_constructor(builder, constructor);
    else {
        if (is_argument) build_byte(builder, '(');
        print_constructor(builder, constructor);
        build_byte(builder, ' ');
        print_fields(machine, builder, names, type, value, " ", true);
        if (is_argument) build_byte(builder, ')');
    }
}

void print_source(Machine *machine, Builder *builder, const SourceNames *names, Type *type, Value value, bool is_argument) {
    type = resolve_type(type);
    if (is_unknown(type) || value.kind == VALUE_ARRAY) build_byte(builder, '_');
    else if (build_literal(builder, value, is_argument)) return;
    else if (value.kind == VALUE_RESOURCE) {
        for (const char *at = type->data->name; *at; at++) build_byte(builder, (char)tolower((unsigned char)*at));
        build_format(builder, "_%llu", (unsigned long long)names->number_of(names->context, value.resource));
    } else print_data(machine, builder, names, type, value, is_argument);
}

// ---- reading ----

static bool skip(const char **at, const char *word) {
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0) return false;
    *at += length;
    return true;
}

static bool parse_escape(const char **at, char *byte) {
    static const char letters[] = "ntr0\\\"'", bytes[] = "\n\t\r\0\\\"'";
    const char *found = **at ? strchr(letters, **at) : NULL;
    if (found) {
        *byte = bytes[found - letters];
        ++*at;
        return true;
    }
    char digits[3] = {(*at)[0] == 'x' ? (*at)[1] : 0, (*at)[0] == 'x' && (*at)[1] ? (*at)[2] : 0, 0}, *end;
    *byte = (char)strtoul(digits, &end, 16);
    *at += 3;
    return end == digits + 2;
}

// The bytes between quotes.
static bool parse_quoted(Builder *bytes, const char **at, char quote) {
    if (*(*at)++ != quote) return false;
    while (**at != quote) {
        char byte = *(*at)++;
        if (!byte || (byte == '\\' && !parse_escape(at, &byte))) return false;
        build_byte(bytes, byte);
    }
    ++*at;
    return true;
}

static int64_t first_char(Text bytes) {
    const unsigned char *at = (const unsigned char *)bytes.bytes;
    static const unsigned char leads[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    int64_t scalar = bytes.length && bytes.length < 5 ? at[0] & leads[bytes.length] : 0xfffd;
    for (size_t i = 1; i < bytes.length && i < 4; i++) scalar = scalar << 6 | (at[i] & 0x3f);
    return scalar;
}

static bool parse_text(Machine *machine, const char **at, char quote, Value *value) {
    Arena *arena = arena_create();
    Builder bytes = builder_in(arena);
    bool is_read = parse_quoted(&bytes, at, quote);
    *value = quote == '"' ? make_text(machine, bytes.bytes, bytes.length) : (Value){.kind = VALUE_CHAR, .integer = first_char(builder_text(&bytes))};
    arena_destroy(arena);
    return is_read;
}

static bool parse_number(const char **at, bool is_float, Value *value) {
    bool in_parentheses = skip(at, "(");
    char *end;
    *value = is_float ? float_value(strtod(*at, &end)) : int_value(strtoll(*at, &end, 10));
    bool is_read = end != *at;
    *at = end;
    return is_read && (!in_parentheses || skip(at, ")"));
}

static bool parse_resource(const SourceNames *names, Type *type, const char **at, Value *value) {
    for (const char *name = type->data->name; *name; name++)
        if (*(*at)++ != tolower((unsigned char)*name)) return false;
    char *end;
    if (*(*at)++ != '_' || !isdigit((unsigned char)**at)) return false;
    *value = names->resource_of(names->context, type, strtoull(*at, &end, 10));
    *at = end;
    return true;
}

static bool parse_list(Machine *machine, const SourceNames *names, Type *type, const char **at, Value *value) {
    Value nil = construct(machine, type->data, 0, 0, NULL), *end = value, item;
    *value = nil;
    if (!skip(at, "[")) return false;
    if (skip(at, "]")) return true;
    do {
        if (!parse_source(machine, names, type->arguments.items[0], at, &item)) return false;
        *end = construct(machine, type->data, 1, 2, (Value[]){item, nil});
        end = &end->object->items[1];
    } while (skip(at, ", "));
    return skip(at, "]");
}

// The fields between `open` and `close`, or as arguments.
static bool parse_fields(Machine *machine, const SourceNames *names, Type *type, const Constructor *constructor, const char **at, const char *separator,
                         Value *value) {
    size_t count = constructor->fields.count;
    Value *fields = NEW_ARRAY(machine->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (i && !skip(at, separator)) return false;
        if (constructor->field_names.count && !(skip(at, constructor->field_names.items[i]) && skip(at, " = "))) return false;
        if (!parse_source(machine, names, field_type(machine, type, constructor, i), at, &fields[i])) return false;
    }
    *value = construct(machine, type->data, constructor->tag, (unsigned)count, fields);
    return true;
}

static size_t name_length(const char *at) {
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_' || at[length] == '\'' || at[length] == '.') length++;
    return length;
}

static bool parse_constructor(Machine *machine, const SourceNames *names, Type *type, const char **at, Value *value) {
    bool in_parentheses = **at == '(' && strncmp(*at, "()", 2) != 0;
    *at += in_parentheses;
    size_t length = strncmp(*at, "()", 2) == 0 ? 2 : name_length(*at);
    for (size_t i = 0; i < type->data->constructors.count; i++) {
        const Constructor *constructor = type->data->constructors.items[i];
        Builder name = builder_in(machine->arena);
        print_constructor(&name, constructor);
        if (!text_equal(builder_text(&name), (Text){*at, length})) continue;
        *at += length;
        if (constructor->fields.count == 0) *value = constant_value(constructor);
        else if (!skip(at, " ") || !parse_fields(machine, names, type, constructor, at, " ", value)) return false;
        return !in_parentheses || skip(at, ")");
    }
    return false;
}

bool parse_source(Machine *machine, const SourceNames *names, Type *type, const char **at, Value *value) {
    const Builtins *builtins = machine->program->builtins;
    type = resolve_type(type);
    if (is_unknown(type)) return false;
    const DataType *data = type->data;
    if (data == builtins->string_type) return parse_text(machine, at, '"', value);
    if (data == builtins->char_type) return parse_text(machine, at, '\'', value);
    if (data == builtins->int_type || data == builtins->float_type) return parse_number(at, data == builtins->float_type, value);
    if (data->kind == DATA_EXTERN) return parse_resource(names, type, at, value);
    if (data == builtins->list_type) return parse_list(machine, names, type, at, value);
    if (data->tuple_size) return skip(at, "(") && parse_fields(machine, names, type, data->constructors.items[0], at, ", ", value) && skip(at, ")");
    if (data->kind == DATA_RECORD) return skip(at, "{ ") && parse_fields(machine, names, type, data->constructors.items[0], at, ", ", value) && skip(at, " }");
    return parse_constructor(machine, names, type, at, value);
}

char **read_arguments(const Recording *recording, const char *name, int *count) {
    Vector(char *) arguments = {0};
    const char *at = recording->arguments;
    vector_push(recording->arena, &arguments, (char *)name);
    bool is_list = skip(&at, "[");
    while (is_list && *at == '"') {
        Builder bytes = builder_in(recording->arena);
        is_list = parse_quoted(&bytes, &at, '"');
        vector_push(recording->arena, &arguments, (char *)builder_string(&bytes));
        skip(&at, ", ");
    }
    *count = (int)arguments.count;
    vector_push(recording->arena, &arguments, NULL);
    return is_list && strcmp(at, "]") == 0 ? arguments.items : NULL;
}
