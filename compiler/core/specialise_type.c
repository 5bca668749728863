// Types under a substitution, and the keys by which copies of definitions are told apart.

#include <string.h>

#include "specialise.h"

// A key type larger than this is taken for one that grows with every call of a polymorphic recursion.
enum { LARGEST_KEY = 400 };

void push_substitution(Specialiser *s, const TypeParameters *parameters, const Types *arguments) {
    for (size_t i = 0; i < parameters->count; i++) {
        vector_push(s->arena, &s->parameters, parameters->items[i]);
        vector_push(s->arena, &s->arguments, arguments->items[i]);
    }
}

void pop_substitution(Specialiser *s, size_t count) {
    s->parameters.count -= count;
    s->arguments.count -= count;
}

static Type *substitute(Specialiser *s, const TypeParameter *parameter) {
    for (size_t i = s->parameters.count; i-- > 0;) {
        if (s->parameters.items[i] == parameter) return s->arguments.items[i];
    }
    return plain_type(parameter->kind == KIND_ROW ? TYPE_EMPTY_ROW : TYPE_WORD);
}

// Effects keep their names; a part that stands for other effects is left out, or makes the whole row one that waits.
static Type *specialise_row(Specialiser *s, Type *row) {
    row = resolve_type(row);
    if (row->kind == TYPE_PARAMETER) return substitute(s, row->parameter);
    if (row->kind != TYPE_EFFECT) return plain_type(row->kind == TYPE_WAITING_ROW ? TYPE_WAITING_ROW : TYPE_EMPTY_ROW);
    Type *rest = specialise_row(s, row->right);
    if (rest->kind == TYPE_WAITING_ROW) return rest;
    if (row->effect) {
        Types arguments = specialise_types(s, &row->arguments);
        return effect_row(s->arena, row->effect, &arguments, rest);
    }
    Type *part = row->arguments.count ? specialise_row(s, row->arguments.items[0]) : rest;
    return row_can_wait(part) ? plain_type(TYPE_WAITING_ROW) : rest;
}

static Type *specialise_parts(Specialiser *s, Type *type) {
    switch (type->kind) {
    case TYPE_DATA: {
        if (type->arguments.count == 0) return type;
        Types arguments = specialise_types(s, &type->arguments);
        return data_type(s->arena, type->data, &arguments);
    }
    case TYPE_FUNCTION: return function_type(s->arena, specialise_type(s, type->left), specialise_type(s, type->right));
    case TYPE_COMPUTATION: return computation_type(s->arena, specialise_type(s, type->left), specialise_row(s, type->right));
    case TYPE_PARAMETER: return substitute(s, type->parameter);
    case TYPE_UNKNOWN: return plain_type(TYPE_WORD);
    case TYPE_EFFECT: case TYPE_EMPTY_ROW: return specialise_row(s, type);
    default: return type;
    }
}

Type *specialise_type(Specialiser *s, Type *type) {
    type = resolve_type(type);
    if (s->parameters.count) return specialise_parts(s, type);
    Type *known = table_get(&s->types, type);
    if (known) return known;
    known = specialise_parts(s, type);
    table_put(&s->types, type, known);
    return known;
}

Types specialise_types(Specialiser *s, const Types *types) {
    Types result = {0};
    for (size_t i = 0; i < types->count; i++) vector_push(s->arena, &result, specialise_type(s, types->items[i]));
    return result;
}

Type *type_of_field(Specialiser *s, const Constructor *constructor, size_t index, Type *whole) {
    push_substitution(s, &constructor->data->parameters, &resolve_type(whole)->arguments);
    Type *type = specialise_type(s, constructor->fields.items[index]);
    pop_substitution(s, constructor->data->parameters.count);
    return type;
}

// ---- keys ----

static Type *canonical_argument(Specialiser *s, const TypeParameter *parameter, Type *type) {
    if (parameter->kind == KIND_ROW) return plain_type(row_can_wait(type) ? TYPE_WAITING_ROW : TYPE_EMPTY_ROW);
    if (parameter->constraints) return type;
    switch (find_representation(type)) {
    case REPRESENTATION_WORD: return plain_type(TYPE_WORD);
    case REPRESENTATION_FLOAT: return data_type(s->arena, s->program->builtins->float_type, NULL);
    default: return plain_type(TYPE_COUNTED);
    }
}

Types canonical_arguments(Specialiser *s, const TypeParameters *parameters, const Types *arguments) {
    Types result = {0};
    for (size_t i = 0; i < parameters->count && i < arguments->count; i++)
        vector_push(s->arena, &result, canonical_argument(s, parameters->items[i], resolve_type(arguments->items[i])));
    return result;
}

Types default_arguments(Specialiser *s, const TypeParameters *parameters) {
    Types result = {0};
    for (size_t i = 0; i < parameters->count; i++) {
        const TypeParameter *parameter = parameters->items[i];
        Type *type = plain_type(parameter->kind == KIND_ROW ? TYPE_EMPTY_ROW : TYPE_WORD);
        if (parameter->constraints & CONSTRAINT_APPEND) type = data_type(s->arena, s->program->builtins->string_type, NULL);
        else if (parameter->constraints) type = data_type(s->arena, s->program->builtins->int_type, NULL);
        vector_push(s->arena, &result, type);
    }
    return result;
}

static void build_key(Builder *builder, Type *type, bool is_argument);

static void build_key_arguments(Builder *builder, const Types *arguments) {
    for (size_t i = 0; i < arguments->count; i++) {
        build_byte(builder, ' ');
        build_key(builder, arguments->items[i], true);
    }
}

static void build_row_key(Builder *builder, Type *row) {
    build_byte(builder, '{');
    for (; row->kind == TYPE_EFFECT; row = resolve_type(row->right)) {
        if (row->effect) build_format(builder, "%s.%s", row->effect->module, row->effect->name);
        build_key_arguments(builder, &row->arguments);
        build_byte(builder, ';');
    }
    build_string(builder, row->kind == TYPE_WAITING_ROW ? "waits}" : "}");
}

static void build_data_key(Builder *builder, const Type *type) {
    if (type->data->module && strcmp(type->data->module, "Prelude") != 0) build_format(builder, "%s.", type->data->module);
    build_string(builder, type->data->name);
    build_key_arguments(builder, &type->arguments);
}

static void build_key(Builder *builder, Type *type, bool is_argument) {
    type = resolve_type(type);
    bool wrapped = type->kind == TYPE_FUNCTION || type->kind == TYPE_COMPUTATION || (is_argument && type->arguments.count);
    if (wrapped) build_byte(builder, '(');
    switch (type->kind) {
    case TYPE_DATA: build_data_key(builder, type); break;
    case TYPE_FUNCTION:
    case TYPE_COMPUTATION:
        build_key(builder, type->left, true);
        build_string(builder, type->kind == TYPE_FUNCTION ? " -> " : " ! ");
        build_key(builder, type->right, true);
        break;
    case TYPE_EFFECT: case TYPE_EMPTY_ROW: case TYPE_WAITING_ROW: build_row_key(builder, type); break;
    case TYPE_COUNTED: build_string(builder, "Counted"); break;
    default: build_string(builder, "Word"); break;
    }
    if (wrapped) build_byte(builder, ')');
}

Symbol key_of(Specialiser *s, const Types *arguments) {
    Builder builder = builder_in(s->arena);
    for (size_t i = 0; i < arguments->count; i++) {
        if (i) build_string(&builder, ", ");
        build_key(&builder, arguments->items[i], false);
    }
    return symbol_of_text(s->symbols, builder_text(&builder));
}

static unsigned count_parts(Type *type, unsigned limit) {
    if (limit == 0) return 0;
    type = resolve_type(type);
    unsigned count = 1;
    if (type->left && count < limit) count += count_parts(type->left, limit - count);
    if (type->right && count < limit) count += count_parts(type->right, limit - count);
    for (size_t i = 0; i < type->arguments.count && count < limit; i++) count += count_parts(type->arguments.items[i], limit - count);
    return count;
}

bool types_grow_without_end(const Types *arguments) {
    for (size_t i = 0; i < arguments->count; i++) {
        if (count_parts(arguments->items[i], LARGEST_KEY) >= LARGEST_KEY) return true;
    }
    return false;
}
