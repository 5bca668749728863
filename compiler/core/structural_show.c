// `show`: fx source text of a value. Each type's function adds to a text: show<T> text value nested closing, where `nested` says that the
// value stands as an argument (parenthesised when it is not one word) and `closing` how many `)` follow it, so that its last field
// is shown by a tail call.

#include "specialise.h"

static DataType *string_type(Specialiser *s) { return s->program->builtins->string_type; }

static CoreExpression *append(Specialiser *s, CoreExpression *text, CoreExpression *more) {
    return make_primitive(s, PRIMITIVE_STRING_APPEND, string_type(s), text, more);
}

static CoreExpression *append_text(Specialiser *s, CoreExpression *text, const char *more) { return append(s, text, make_string(s, more)); }

static Type *function_of(Specialiser *s, size_t count, Type *const *parameters, Type *answer) {
    while (count-- > 0) answer = function_type(s->arena, parameters[count], answer);
    return answer;
}

static CoreExpression *more_closing(Specialiser *s, CoreExpression *closing) {
    if (closing->kind == CORE_INT) return make_int(s, closing->int_value + 1);
    return make_primitive(s, PRIMITIVE_INT_ADD, s->program->builtins->int_type, closing, make_int(s, 1));
}

// Prelude.close text count: the text with that many `)`.
static CoreDefinition *find_close(Specialiser *s) {
    Type *string = simple_type(s, string_type(s)), *count_type = simple_type(s, s->program->builtins->int_type);
    bool is_new;
    CoreDefinition *close = find_structural(s, "close", string, function_of(s, 2, (Type *[]){string, count_type}, string), &is_new);
    if (!is_new) return close;
    CoreVariable *text = make_variable(s, "text", string), *count = make_variable(s, "count", count_type);
    CoreExpression *fewer = make_primitive(s, PRIMITIVE_INT_SUBTRACT, s->program->builtins->int_type, make_local(s, count), make_int(s, 1));
    CoreExpression *again = make_call(s, close, string, 2, (CoreExpression *[]){append_text(s, make_local(s, text), ")"), fewer});
    CoreExpression *done = make_primitive(s, PRIMITIVE_WORD_EQUAL, s->program->builtins->bool_type, make_local(s, count), make_int(s, 0));
    close->value = make_lambda(s, 2, (CoreVariable *[]){text, count}, make_if(s, done, make_local(s, text), again));
    return close;
}

static CoreExpression *close_text(Specialiser *s, CoreExpression *text, CoreExpression *closing) {
    if (closing->kind == CORE_INT && closing->int_value == 0) return text;
    return make_call(s, find_close(s), text->type, 2, (CoreExpression *[]){text, closing});
}

// ---- one-word types ----

static Primitive plain_show(Specialiser *s, Type *type) {
    const Builtins *builtins = s->program->builtins;
    const DataType *data = resolve_type(type)->kind == TYPE_DATA ? resolve_type(type)->data : NULL;
    if (!data) return PRIMITIVE_COUNT;
    if (data == builtins->int_type) return PRIMITIVE_INT_TO_STRING;
    if (data == builtins->float_type) return PRIMITIVE_FLOAT_TO_STRING;
    if (data == builtins->char_type) return PRIMITIVE_CHAR_SHOW;
    return data == builtins->string_type ? PRIMITIVE_STRING_SHOW : PRIMITIVE_COUNT;
}

static CoreExpression *in_parentheses(Specialiser *s, CoreVariable *word) {
    return append_text(s, append(s, make_string(s, "("), make_local(s, word)), ")");
}

// A number that begins with `-`, which is less than ".", stands in parentheses.
static CoreExpression *nested_number(Specialiser *s, CoreExpression *word) {
    CoreVariable *text = make_variable(s, "text", word->type);
    DataType *ordering = s->program->builtins->ordering_type;
    CoreExpression *order = make_primitive(s, PRIMITIVE_STRING_COMPARE, ordering, make_local(s, text), make_string(s, "."));
    CoreExpression *is_negative = make_primitive(s, PRIMITIVE_WORD_EQUAL, s->program->builtins->bool_type, order, make_constant(s, ordering, 0));
    return core_let(s->arena, text, word, make_if(s, is_negative, in_parentheses(s, text), make_local(s, text)));
}

// ---- any type ----

static CoreDefinition *find_show(Specialiser *s, Type *type);

// Adds the value to the text.
static CoreExpression *show_onto(Specialiser *s, CoreExpression *text, CoreExpression *value, bool nested, CoreExpression *closing) {
    Primitive plain = plain_show(s, value->type);
    if (plain == PRIMITIVE_COUNT) {
        CoreExpression *is_nested = make_constant(s, s->program->builtins->bool_type, nested);
        return make_call(s, find_show(s, value->type), text->type, 4, (CoreExpression *[]){text, value, is_nested, closing});
    }
    CoreExpression *word = make_primitive(s, plain, string_type(s), value, NULL);
    bool is_number = plain == PRIMITIVE_INT_TO_STRING || plain == PRIMITIVE_FLOAT_TO_STRING;
    if (nested && is_number) word = nested_number(s, word);
    return close_text(s, append(s, text, word), closing);
}

// What stands before each field, after the last, and how fields are shown.
typedef struct ShowStyle {
    const char *open, *separator, *end;
    bool nested;        // fields are arguments
    bool ends_in_close; // `end` is one `)`
} ShowStyle;

static CoreExpression *show_fields(Specialiser *s, CoreExpression *text, const CoreArm *arm, ShowStyle style, CoreExpression *closing) {
    const Constructor *constructor = arm->constructor;
    text = append_text(s, text, style.open);
    for (size_t i = 0; i < arm->fields.count; i++) {
        bool is_last = i + 1 == arm->fields.count;
        if (i) text = append_text(s, text, style.separator);
        if (constructor->field_names.count) text = append_text(s, append_text(s, text, constructor->field_names.items[i]), " = ");
        CoreExpression *after = make_int(s, 0);
        if (is_last && style.ends_in_close) after = more_closing(s, closing);
        else if (is_last && !*style.end) after = closing;
        text = show_onto(s, text, make_local(s, arm->fields.items[i]), style.nested, after);
    }
    if (!*style.end || style.ends_in_close) return text;
    return close_text(s, append_text(s, text, style.end), closing);
}

// The parameters of a show function.
typedef struct ShowParameters {
    CoreVariable *text, *value, *nested, *closing;
} ShowParameters;

// As an argument it stands in parentheses, by a call of the function itself with what is then closed.
static CoreExpression *in_parentheses_if_nested(Specialiser *s, CoreDefinition *self, const ShowParameters *p, CoreExpression *plain) {
    CoreExpression *again[] = {append_text(s, make_local(s, p->text), "("), make_local(s, p->value),
                               make_constant(s, s->program->builtins->bool_type, 0), more_closing(s, make_local(s, p->closing))};
    CoreExpression *wrapped = make_call(s, self, p->text->type, 4, again);
    return make_if(s, make_local(s, p->nested), wrapped, plain);
}

// `Some 3`
static CoreExpression *show_applied(Specialiser *s, CoreDefinition *self, const CoreArm *arm, const ShowParameters *p) {
    Builder open = builder_in(s->arena);
    build_format(&open, "%s ", arm->constructor->name);
    ShowStyle style = {builder_string(&open), " ", "", true, false};
    return in_parentheses_if_nested(s, self, p, show_fields(s, make_local(s, p->text), arm, style, make_local(s, p->closing)));
}

static CoreExpression *show_constructor(Specialiser *s, CoreDefinition *self, const CoreArm *arm, const ShowParameters *p) {
    const Constructor *constructor = arm->constructor;
    CoreExpression *text = make_local(s, p->text), *closing = make_local(s, p->closing);
    if (arm->fields.count == 0) return close_text(s, append_text(s, text, constructor->name), closing);
    if (constructor->data->tuple_size) return show_fields(s, text, arm, (ShowStyle){"(", ", ", ")", false, true}, closing);
    if (constructor->field_names.count) return show_fields(s, text, arm, (ShowStyle){"{ ", ", ", " }", false, false}, closing);
    return show_applied(s, self, arm, p);
}

// ---- lists ----

// show_items text list closing: `, ` before each item, then `]`.
static CoreDefinition *find_show_items(Specialiser *s, Type *list) {
    Type *string = simple_type(s, string_type(s)), *count = simple_type(s, s->program->builtins->int_type);
    bool is_new;
    CoreDefinition *self = find_structural(s, "show_items", list, function_of(s, 3, (Type *[]){string, list, count}, string), &is_new);
    if (!is_new) return self;
    const DataType *data = s->program->builtins->list_type;
    CoreVariable *text = make_variable(s, "text", string), *items = make_variable(s, "items", list), *closing = make_variable(s, "closing", count);
    CoreExpression *node = make_switch(s, make_local(s, items), string);
    add_arm(s, node, data->constructors.items[0], "")->body = close_text(s, append_text(s, make_local(s, text), "]"), make_local(s, closing));
    CoreArm *arm = add_arm(s, node, data->constructors.items[1], "item");
    CoreExpression *longer = show_onto(s, append_text(s, make_local(s, text), ", "), make_local(s, arm->fields.items[0]), false, make_int(s, 0));
    arm->body = make_call(s, self, string, 3, (CoreExpression *[]){longer, make_local(s, arm->fields.items[1]), make_local(s, closing)});
    self->value = make_lambda(s, 3, (CoreVariable *[]){text, items, closing}, node);
    return self;
}

static CoreExpression *show_list(Specialiser *s, const ShowParameters *p) {
    const DataType *data = s->program->builtins->list_type;
    CoreExpression *node = make_switch(s, make_local(s, p->value), p->text->type);
    add_arm(s, node, data->constructors.items[0], "")->body = close_text(s, append_text(s, make_local(s, p->text), "[]"), make_local(s, p->closing));
    CoreArm *arm = add_arm(s, node, data->constructors.items[1], "item");
    CoreExpression *first = show_onto(s, append_text(s, make_local(s, p->text), "["), make_local(s, arm->fields.items[0]), false, make_int(s, 0));
    CoreExpression *arguments[] = {first, make_local(s, arm->fields.items[1]), make_local(s, p->closing)};
    arm->body = make_call(s, find_show_items(s, p->value->type), p->text->type, 3, arguments);
    return node;
}

// `Map.from_list [...]`
static CoreExpression *show_as_list(Specialiser *s, CoreDefinition *self, const ShowParameters *p) {
    Builder open = builder_in(s->arena);
    build_format(&open, "%s.from_list ", resolve_type(p->value->type)->data->module);
    CoreExpression *opened = append_text(s, make_local(s, p->text), builder_string(&open));
    return in_parentheses_if_nested(s, self, p, show_onto(s, opened, list_of_value(s, make_local(s, p->value)), true, make_local(s, p->closing)));
}

// `Integer.of_int 7`
static CoreExpression *show_as_source(Specialiser *s, CoreDefinition *self, const ShowParameters *p) {
    CoreExpression *shown = append(s, make_local(s, p->text), source_of_value(s, make_local(s, p->value)));
    return in_parentheses_if_nested(s, self, p, close_text(s, shown, make_local(s, p->closing)));
}

// ---- the function of a type ----

static CoreExpression *show_body(Specialiser *s, CoreDefinition *self, const ShowParameters *p) {
    Type *type = resolve_type(p->value->type);
    const DataType *data = type->kind == TYPE_DATA ? type->data : NULL;
    if (data == s->program->builtins->list_type) return show_list(s, p);
    if (is_seen_as_list(s, type)) return show_as_list(s, self, p);
    if (has_source(type)) return show_as_source(s, self, p);
    if (!data || data->constructors.count == 0) {
        CoreExpression *fault = core_node(s->arena, CORE_FAULT, p->text->type, (Span){NULL, 0, 0});
        fault->first = make_string(s, "a value without structure was shown");
        return fault;
    }
    CoreExpression *node = make_switch(s, make_local(s, p->value), p->text->type);
    for (size_t i = 0; i < data->constructors.count; i++) {
        CoreArm arm = *add_arm(s, node, data->constructors.items[i], "field");
        node->arms.items[i].body = show_constructor(s, self, &arm, p);
    }
    return node;
}

static CoreDefinition *find_show(Specialiser *s, Type *type) {
    const Builtins *builtins = s->program->builtins;
    Type *string = simple_type(s, builtins->string_type), *truth = simple_type(s, builtins->bool_type), *count = simple_type(s, builtins->int_type);
    bool is_new;
    CoreDefinition *self = find_structural(s, "show", type, function_of(s, 4, (Type *[]){string, type, truth, count}, string), &is_new);
    if (!is_new) return self;
    ShowParameters p = {make_variable(s, "text", string), make_variable(s, "value", type), make_variable(s, "nested", truth),
                        make_variable(s, "closing", count)};
    self->value = make_lambda(s, 4, (CoreVariable *[]){p.text, p.value, p.nested, p.closing}, show_body(s, self, &p));
    return self;
}

CoreExpression *text_of_value(Specialiser *s, CoreExpression *value) {
    Primitive plain = plain_show(s, value->type);
    if (plain != PRIMITIVE_COUNT) return make_primitive(s, plain, string_type(s), value, NULL);
    return show_onto(s, make_string(s, ""), value, false, make_int(s, 0));
}
