#include <string.h>
#include "type.h"
#include "unify.h"

// How tightly a place binds: what is looser is put in parentheses.
typedef enum {
    PLACE_ANY,
    PLACE_PARAMETER, // left of an arrow
    PLACE_ANSWER,    // left of `!`
    PLACE_ARGUMENT,  // of a data type
} Place;

static void print_type_at(Builder *builder, Type *type, Place place);

static void print_arguments(Builder *builder, const Types *arguments) {
    for (size_t i = 0; i < arguments->count; i++) {
        build_byte(builder, ' ');
        print_type_at(builder, arguments->items[i], PLACE_ARGUMENT);
    }
}

static void print_tuple(Builder *builder, const Types *items) {
    build_byte(builder, '(');
    for (size_t i = 0; i < items->count; i++) {
        if (i) build_string(builder, ", ");
        print_type_at(builder, items->items[i], PLACE_ANY);
    }
    build_byte(builder, ')');
}

static void open_parenthesis(Builder *builder, bool needed) {
    if (needed) build_byte(builder, '(');
}

static void close_parenthesis(Builder *builder, bool needed) {
    if (needed) build_byte(builder, ')');
}

static void print_data(Builder *builder, const Type *type, Place place) {
    if (type->data->tuple_size) {
        print_tuple(builder, &type->arguments);
        return;
    }
    bool wrapped = type->arguments.count && place == PLACE_ARGUMENT;
    open_parenthesis(builder, wrapped);
    build_string(builder, type->data->name);
    print_arguments(builder, &type->arguments);
    close_parenthesis(builder, wrapped);
}

// A made-up name for an inference variable: the same for the same variable.
static void print_unknown(Builder *builder, const Type *type) {
    const char *letters = type->unknown->kind == KIND_ROW ? "efgh" : "abcdijklmnopqrstuvwxyz";
    unsigned count = (unsigned)strlen(letters), index = type->unknown->letter;
    build_byte(builder, letters[index % count]);
    if (index >= count) build_format(builder, "%u", index / count);
}

static void print_row_item(Builder *builder, const Type *row) {
    if (row->effect) {
        build_string(builder, row->effect->name);
        print_arguments(builder, &row->arguments);
    } else {
        build_string(builder, row->arguments.items[0]->parameter->name);
    }
}

// The tail that opening a row gave is not shown: the user never wrote it.
static void print_row(Builder *builder, Type *row) {
    Type *item = resolve_type(row);
    if (item->kind == TYPE_PARAMETER || item->kind == TYPE_UNKNOWN) {
        print_type_at(builder, item, PLACE_ANY);
        return;
    }
    bool is_variable = item->kind == TYPE_EFFECT && !item->effect && resolve_type(item->right)->kind == TYPE_UNKNOWN;
    if (is_variable) {
        print_row_item(builder, item);
        return;
    }
    build_byte(builder, '{');
    for (bool first = true; item->kind == TYPE_EFFECT; item = resolve_type(item->right), first = false) {
        if (!first) build_string(builder, item->effect ? ", " : " | ");
        print_row_item(builder, item);
    }
    if (item->kind == TYPE_PARAMETER) build_format(builder, " | %s", item->parameter->name);
    if (item->kind == TYPE_WAITING_ROW) build_string(builder, "waiting");
    build_byte(builder, '}');
}

static void print_function(Builder *builder, const Type *type, Place place) {
    open_parenthesis(builder, place > PLACE_ANY);
    print_type_at(builder, type->left, PLACE_PARAMETER);
    build_string(builder, " -> ");
    print_type_at(builder, type->right, PLACE_ANY);
    close_parenthesis(builder, place > PLACE_ANY);
}

static void print_computation(Builder *builder, const Type *type, Place place) {
    open_parenthesis(builder, place > PLACE_PARAMETER);
    print_type_at(builder, type->left, PLACE_ANSWER);
    build_string(builder, " ! ");
    print_row(builder, type->right);
    close_parenthesis(builder, place > PLACE_PARAMETER);
}

static void print_type_at(Builder *builder, Type *type, Place place) {
    type = resolve_type(type);
    switch (type->kind) {
    case TYPE_DATA: print_data(builder, type, place); break;
    case TYPE_FUNCTION: print_function(builder, type, place); break;
    case TYPE_COMPUTATION: print_computation(builder, type, place); break;
    case TYPE_PARAMETER: build_string(builder, type->parameter->name); break;
    case TYPE_UNKNOWN: print_unknown(builder, type); break;
    case TYPE_EFFECT:
    case TYPE_EMPTY_ROW:
    case TYPE_WAITING_ROW: print_row(builder, type); break;
    case TYPE_WORD: build_string(builder, "Word"); break;
    case TYPE_COUNTED: build_string(builder, "Counted"); break;
    case TYPE_ERROR: build_byte(builder, '_'); break;
    }
}

void print_type(Builder *builder, Type *type) { print_type_at(builder, type, PLACE_ANY); }
