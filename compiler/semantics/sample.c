// Samples as core, and as fx source.

#include "sample.h"
#include "unknown.h"

#include <string.h>

Sample *make_sample(Arena *arena, SampleKind kind, Type *type) {
    Sample *sample = NEW(arena, Sample);
    sample->kind = kind;
    sample->type = type;
    return sample;
}

// ---- core ----

typedef struct Translation {
    Arena *arena;
    CoreProgram *program;
    Span span;
    SampleHandles *handles;
} Translation;

static CoreExpression *translate(const Translation *t, const Sample *sample);

static CoreExpression *constructed(const Translation *t, const Sample *sample, const Constructor *constructor) {
    CoreExpression *node = core_node(t->arena, CORE_CONSTRUCT, sample->type, t->span);
    node->constructor = (Constructor *)constructor;
    return node;
}

static CoreExpression *translate_data(const Translation *t, const Sample *sample) {
    CoreExpression *node = constructed(t, sample, sample->constructor);
    for (size_t i = 0; i < sample->items.count; i++) vector_push(t->arena, &node->items, translate(t, sample->items.items[i]));
    return node;
}

static CoreExpression *translate_list(const Translation *t, const Sample *sample) {
    const DataType *list = t->program->builtins->list_type;
    CoreExpression *rest = constructed(t, sample, list->constructors.items[0]);
    for (size_t i = sample->items.count; i-- > 0;) {
        CoreExpression *node = constructed(t, sample, list->constructors.items[1]);
        vector_push(t->arena, &node->items, translate(t, sample->items.items[i]));
        vector_push(t->arena, &node->items, rest);
        rest = node;
    }
    return rest;
}

static CoreExpression *global(const Translation *t, CoreDefinition *definition) {
    CoreExpression *node = core_node(t->arena, CORE_GLOBAL, definition->type, t->span);
    node->definition = definition;
    return node;
}

static CoreExpression *translate_built(const Translation *t, const Sample *sample) {
    if (!sample->items.count) return global(t, sample->builder);
    CoreExpression *node = core_node(t->arena, CORE_APPLY, sample->type, t->span);
    node->first = global(t, sample->builder);
    for (size_t i = 0; i < sample->items.count; i++) vector_push(t->arena, &node->items, translate(t, sample->items.items[i]));
    return node;
}

static CoreExpression *is_equal(const Translation *t, CoreVariable *variable, const Sample *key) {
    CoreExpression *node = core_node(t->arena, CORE_PRIMITIVE, data_type(t->arena, t->program->builtins->bool_type, &(Types){0}), t->span);
    node->primitive = PRIMITIVE_EQUAL;
    vector_push(t->arena, &node->items, core_local(t->arena, variable, t->span));
    vector_push(t->arena, &node->items, translate(t, key));
    return node;
}

// `fun x -> if x == key then value else ... otherwise`
static CoreExpression *translate_function(const Translation *t, const Sample *sample) {
    Type *type = resolve_type(sample->type);
    CoreVariable *variable = core_variable(t->arena, t->program, "x", type->left, t->span);
    CoreExpression *node = core_node(t->arena, CORE_LAMBDA, type, t->span), *body = translate(t, sample->items.items[sample->items.count - 1]);
    for (size_t i = sample->items.count - 1; i >= 2; i -= 2)
        body = core_switch_bool(t->arena, t->program->builtins, is_equal(t, variable, sample->items.items[i - 2]),
                                translate(t, sample->items.items[i - 1]), body);
    vector_push(t->arena, &node->parameters, variable);
    node->body = body;
    return node;
}

static CoreExpression *translate_handle(const Translation *t, const Sample *sample) {
    SampleHandle handle = {core_variable(t->arena, t->program, "handle", sample->type, t->span), sample->opaque};
    vector_push(t->arena, t->handles, handle);
    return core_local(t->arena, handle.variable, t->span);
}

static CoreExpression *translate(const Translation *t, const Sample *sample) {
    CoreExpression *node;
    switch (sample->kind) {
    case SAMPLE_INT:
    case SAMPLE_CHAR:
        node = core_node(t->arena, CORE_INT, sample->type, t->span);
        node->int_value = sample->integer;
        return node;
    case SAMPLE_FLOAT:
        node = core_node(t->arena, CORE_FLOAT, sample->type, t->span);
        node->float_value = sample->number;
        return node;
    case SAMPLE_STRING:
        node = core_node(t->arena, CORE_STRING, sample->type, t->span);
        node->text = sample->text;
        return node;
    case SAMPLE_DATA: return translate_data(t, sample);
    case SAMPLE_LIST: return translate_list(t, sample);
    case SAMPLE_BUILT: return translate_built(t, sample);
    case SAMPLE_FUNCTION: return translate_function(t, sample);
    case SAMPLE_HANDLE: return translate_handle(t, sample);
    case SAMPLE_COMPUTATION: break;
    }
    return core_delay(t->arena, translate(t, sample->items.items[0]), sample->type);
}

CoreExpression *sample_expression(Arena *arena, CoreProgram *program, const Sample *sample, Span span, SampleHandles *handles) {
    Translation t = {arena, program, span, handles};
    return translate(&t, sample);
}

// ---- fx source ----

static void print_list(Builder *builder, const Sample *sample) {
    build_byte(builder, '[');
    for (size_t i = 0; i < sample->items.count; i++) {
        if (i) build_string(builder, ", ");
        print_sample(builder, sample->items.items[i], false);
    }
    build_byte(builder, ']');
}

static void print_applied(Builder *builder, const Sample *sample, const char *name, bool is_argument) {
    bool nested = is_argument && sample->items.count;
    build_format(builder, "%s%s", nested ? "(" : "", name);
    for (size_t i = 0; i < sample->items.count; i++) {
        build_byte(builder, ' ');
        print_sample(builder, sample->items.items[i], true);
    }
    if (nested) build_byte(builder, ')');
}

static void print_data(Builder *builder, const Sample *sample, bool is_argument) {
    const Constructor *constructor = sample->constructor;
    bool is_record = constructor->field_names.count > 0;
    if (!sample->items.count || (!is_record && !constructor->data->tuple_size)) {
        print_applied(builder, sample, constructor->name, is_argument);
        return;
    }
    build_string(builder, is_record ? "{ " : "(");
    for (size_t i = 0; i < sample->items.count; i++) {
        if (i) build_string(builder, ", ");
        if (is_record) build_format(builder, "%s = ", constructor->field_names.items[i]);
        print_sample(builder, sample->items.items[i], false);
    }
    build_string(builder, is_record ? " }" : ")");
}

static void print_function(Builder *builder, const Sample *sample) {
    build_string(builder, "(fun x -> ");
    for (size_t i = 0; i + 1 < sample->items.count; i += 2) {
        build_string(builder, "if x == ");
        print_sample(builder, sample->items.items[i], true);
        build_string(builder, " then ");
        print_sample(builder, sample->items.items[i + 1], true);
        build_string(builder, " else ");
    }
    print_sample(builder, sample->items.items[sample->items.count - 1], true);
    build_byte(builder, ')');
}

static void print_number(Builder *builder, const Sample *sample, bool is_argument) {
    Builder plain = builder_in(builder->arena);
    build_plain(&plain, sample->kind == SAMPLE_INT ? int_value(sample->integer) : float_value(sample->number));
    bool nested = is_argument && plain.bytes[0] == '-';
    build_format(builder, "%s%s%s", nested ? "(" : "", builder_string(&plain), nested ? ")" : "");
}

static void print_char(Builder *builder, const Sample *sample) {
    Builder plain = builder_in(builder->arena);
    build_plain(&plain, (Value){.kind = VALUE_CHAR, .integer = sample->integer});
    build_quoted(builder, builder_text(&plain), '\'');
}

static void print_built(Builder *builder, const Sample *sample, bool is_argument) {
    if (sample->source) {
        build_format(builder, is_argument ? "(%s)" : "%s", sample->source);
        return;
    }
    Builder name = builder_in(builder->arena);
    build_format(&name, "%s.%s", sample->builder->module, sample->builder->name);
    print_applied(builder, sample, builder_string(&name), is_argument);
}

// Such as `file`, or `Some of files`.
static void print_name(Builder *builder, const char *name, bool is_argument) {
    bool nested = is_argument && strchr(name, ' ');
    build_format(builder, "%s%s%s", nested ? "(" : "", name, nested ? ")" : "");
}

void print_sample(Builder *builder, const Sample *sample, bool is_argument) {
    switch (sample->kind) {
    case SAMPLE_INT:
    case SAMPLE_FLOAT: print_number(builder, sample, is_argument); break;
    case SAMPLE_CHAR: print_char(builder, sample); break;
    case SAMPLE_STRING: build_quoted(builder, sample->text, '"'); break;
    case SAMPLE_DATA: print_data(builder, sample, is_argument); break;
    case SAMPLE_LIST: print_list(builder, sample); break;
    case SAMPLE_BUILT: print_built(builder, sample, is_argument); break;
    case SAMPLE_FUNCTION: print_function(builder, sample); break;
    case SAMPLE_HANDLE: print_name(builder, sample->opaque->name, is_argument); break;
    case SAMPLE_COMPUTATION:
        build_string(builder, is_argument ? "(ret " : "ret ");
        print_sample(builder, sample->items.items[0], true);
        if (is_argument) build_byte(builder, ')');
        break;
    }
}
