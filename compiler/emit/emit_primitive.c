// Primitives in C. Arithmetic is checked; the site goes with it for the fault.

#include "emit.h"

typedef enum {
    FORM_NONE,
    FORM_CHECKED,      // f(rt, a, b, site) on words
    FORM_WORDS,        // a op b on words
    FORM_DOUBLES,      // a op b on doubles, answers a double
    FORM_DOUBLE_TESTS, // a op b on doubles, answers a word
    FORM_CALL,         // f(a, b) on words, borrowed
    FORM_DOUBLE_CALL,  // f(a, b) on doubles, answers a word
    FORM_MAKE,         // f(rt, a) on words, borrowed
    FORM_TAKE,         // f(rt, a, b), owned
} Form;

static const struct {
    Form form;
    const char *text;
} FORMS[PRIMITIVE_COUNT] = {
    [PRIMITIVE_INT_ADD] = {FORM_CHECKED, "fx_int_add"},
    [PRIMITIVE_INT_SUBTRACT] = {FORM_CHECKED, "fx_int_subtract"},
    [PRIMITIVE_INT_MULTIPLY] = {FORM_CHECKED, "fx_int_multiply"},
    [PRIMITIVE_INT_DIVIDE] = {FORM_CHECKED, "fx_int_divide"},
    [PRIMITIVE_INT_REMAINDER] = {FORM_CHECKED, "fx_int_remainder"},
    [PRIMITIVE_INT_NEGATE] = {FORM_CHECKED, "fx_int_negate"},
    [PRIMITIVE_FLOAT_ADD] = {FORM_DOUBLES, "+"},
    [PRIMITIVE_FLOAT_SUBTRACT] = {FORM_DOUBLES, "-"},
    [PRIMITIVE_FLOAT_MULTIPLY] = {FORM_DOUBLES, "*"},
    [PRIMITIVE_FLOAT_DIVIDE] = {FORM_DOUBLES, "/"},
    [PRIMITIVE_WORD_EQUAL] = {FORM_WORDS, "=="},
    [PRIMITIVE_WORD_NOT_EQUAL] = {FORM_WORDS, "!="},
    [PRIMITIVE_WORD_LESS] = {FORM_WORDS, "<"},
    [PRIMITIVE_WORD_LESS_EQUAL] = {FORM_WORDS, "<="},
    [PRIMITIVE_FLOAT_EQUAL] = {FORM_DOUBLE_TESTS, "=="},
    [PRIMITIVE_FLOAT_NOT_EQUAL] = {FORM_DOUBLE_TESTS, "!="},
    [PRIMITIVE_FLOAT_LESS] = {FORM_DOUBLE_TESTS, "<"},
    [PRIMITIVE_FLOAT_LESS_EQUAL] = {FORM_DOUBLE_TESTS, "<="},
    [PRIMITIVE_WORD_COMPARE] = {FORM_CALL, "fx_word_ordering"},
    [PRIMITIVE_FLOAT_COMPARE] = {FORM_DOUBLE_CALL, "fx_float_ordering"},
    [PRIMITIVE_STRING_COMPARE] = {FORM_CALL, "fx_string_ordering"},
    [PRIMITIVE_STRING_EQUAL] = {FORM_CALL, "fx_string_same"},
    [PRIMITIVE_STRING_APPEND] = {FORM_TAKE, "fx_string_append_take"},
    [PRIMITIVE_INT_TO_STRING] = {FORM_MAKE, "fx_int_to_string"},
    [PRIMITIVE_CHAR_TO_STRING] = {FORM_MAKE, "fx_char_to_string"},
    [PRIMITIVE_BOOL_TO_STRING] = {FORM_MAKE, "fx_bool_to_string"},
    [PRIMITIVE_STRING_SHOW] = {FORM_MAKE, "fx_string_show"},
    [PRIMITIVE_CHAR_SHOW] = {FORM_MAKE, "fx_char_show"},
};

static const char *value_of(Emitter *emitter, const CoreExpression *node, size_t index, bool owned) {
    return as_value(emitter, read_atom(emitter, node->items.items[index], owned));
}

static const char *double_of(Emitter *emitter, const CoreExpression *node, size_t index) {
    return as_double(emitter, read_atom(emitter, node->items.items[index], false));
}

static Code emit_concatenate(Emitter *emitter, const CoreExpression *node) {
    Builder text = builder_in(emitter->arena);
    for (size_t i = 0; i < node->items.count; i++) build_format(&text, i ? ", %s" : "%s", value_of(emitter, node, i, true));
    return (Code){format(emitter, "fx_string_concatenate_take(rt, %u, (const fx_value[]){%s})", node->items.count, builder_string(&text)), C_VALUE};
}

static Code emit_irregular(Emitter *emitter, const CoreExpression *node) {
    switch (node->primitive) {
    case PRIMITIVE_STRING_CONCATENATE: return emit_concatenate(emitter, node);
    case PRIMITIVE_FLOAT_REMAINDER: return (Code){format(emitter, "__builtin_fmod(%s, %s)", double_of(emitter, node, 0), double_of(emitter, node,
                                                                                                    1)), C_DOUBLE};
    case PRIMITIVE_FLOAT_NEGATE: return (Code){format(emitter, "-(%s)", double_of(emitter, node, 0)), C_DOUBLE};
    case PRIMITIVE_FLOAT_TO_STRING: return (Code){format(emitter, "fx_float_to_string(rt, %s)", double_of(emitter, node, 0)), C_VALUE};
    case PRIMITIVE_TAG: {
        const char *value = value_of(emitter, node, 0, false);
        return (Code){is_word_type(node->items.items[0]->type) ? value : format(emitter, "fx_tag(%s)", value), C_VALUE};
    }
    default: return (Code){"0", C_VALUE};
    }
}

// f(rt, a, b, site) with as many arguments as the node has.
static const char *call_text(Emitter *emitter, const CoreExpression *node, const char *name, bool with_runtime, bool owned, const char *last) {
    Builder text = builder_in(emitter->arena);
    build_format(&text, "%s(%s", name, with_runtime ? "rt" : "");
    for (size_t i = 0; i < node->items.count; i++) build_format(&text, "%s%s", i || with_runtime ? ", " : "", value_of(emitter, node, i, owned));
    build_format(&text, "%s%s)", last ? ", " : "", last ? last : "");
    return builder_string(&text);
}

Code emit_primitive(Emitter *emitter, const CoreExpression *node) {
    const char *text = FORMS[node->primitive].text;
    switch (FORMS[node->primitive].form) {
    case FORM_CHECKED: return (Code){call_text(emitter, node, text, true, false, site_text(emitter, emitter->function, node)), C_VALUE};
    case FORM_WORDS: return (Code){format(emitter, "%s %s %s", value_of(emitter, node, 0, false), text, value_of(emitter, node, 1, false)), C_VALUE};
    case FORM_DOUBLES: return (Code){format(emitter, "%s %s %s", double_of(emitter, node, 0), text, double_of(emitter, node, 1)), C_DOUBLE};
    case FORM_DOUBLE_TESTS: return (Code){format(emitter, "%s %s %s", double_of(emitter, node, 0), text, double_of(emitter, node, 1)), C_VALUE};
    case FORM_CALL: return (Code){call_text(emitter, node, text, false, false, NULL), C_VALUE};
    case FORM_DOUBLE_CALL: return (Code){format(emitter, "%s(%s, %s)", text, double_of(emitter, node, 0), double_of(emitter, node, 1)), C_VALUE};
    case FORM_MAKE: return (Code){call_text(emitter, node, text, true, false, NULL), C_VALUE};
    case FORM_TAKE: return (Code){call_text(emitter, node, text, true, true, NULL), C_VALUE};
    default: return emit_irregular(emitter, node);
    }
}
