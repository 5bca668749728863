// Functions made for a type: equality, comparison, appending of lists. A value is followed along its last recursive field by a tail call,
// so a list may be of any length.

#include "specialise.h"

CoreDefinition *find_structural(Specialiser *s, const char *name, Type *type, Type *function, bool *is_new) {
    Types arguments = {0};
    vector_push(s->arena, &arguments, type);
    Symbol key = key_of(s, &arguments);
    Symbol full_name = symbol_format(s->symbols, "%s<%s>", name, key);
    CoreDefinition *definition = table_get(&s->structural, full_name);
    *is_new = !definition;
    if (definition) return definition;
    definition = NEW(s->arena, CoreDefinition);
    definition->kind = DEFINITION_VALUE;
    definition->module = symbol_of(s->symbols, "Prelude");
    definition->name = symbol_of(s->symbols, name);
    definition->key = key;
    definition->type = function;
    table_put(&s->structural, full_name, definition);
    vector_push(s->arena, &s->made, definition);
    return definition;
}

static Type *two_values_to(Specialiser *s, Type *type, DataType *answer) {
    return function_type(s->arena, type, function_type(s->arena, type, simple_type(s, answer)));
}

static const DataType *data_of(Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA ? type->data : NULL;
}

// Inference lets no such value be compared or shown.
static CoreExpression *without_structure(Specialiser *s, Type *answer) {
    CoreExpression *fault = core_node(s->arena, CORE_FAULT, answer, (Span){NULL, 0, 0});
    fault->first = make_string(s, "a value without structure was compared or shown");
    return fault;
}

// Equality or comparison: of two values, of the fields of two of one constructor, and of two of different ones.
typedef struct Relation {
    CoreExpression *(*values)(Specialiser *, CoreExpression *left, CoreExpression *right);
    CoreExpression *(*fields)(Specialiser *, const Constructor *, const CoreArm *left, const CoreArm *right);
    CoreExpression *(*strangers)(Specialiser *, CoreVariable *left, CoreVariable *right);
} Relation;

static CoreExpression *relate(Specialiser *s, const Relation *relation, CoreVariable *left, CoreVariable *right, DataType *answer) {
    const DataType *data = data_of(left->type);
    if (is_seen_as_list(s, left->type))
        return relation->values(s, list_of_value(s, make_local(s, left)), list_of_value(s, make_local(s, right)));
    if (!data || data->constructors.count == 0) return without_structure(s, simple_type(s, answer));
    CoreExpression *outer = make_switch(s, make_local(s, left), simple_type(s, answer));
    for (size_t i = 0; i < data->constructors.count; i++) {
        const Constructor *constructor = data->constructors.items[i];
        CoreExpression *inner = make_switch(s, make_local(s, right), simple_type(s, answer));
        CoreArm left_arm = *add_arm(s, outer, constructor, "left");
        CoreArm *right_arm = add_arm(s, inner, constructor, "right");
        right_arm->body = relation->fields(s, constructor, &left_arm, right_arm);
        if (data->constructors.count > 1) inner->otherwise = relation->strangers(s, left, right);
        outer->arms.items[i].body = inner;
    }
    return outer;
}

// The function for the relation between two values of a type, made when it is asked for first.
static CoreDefinition *find_relation(Specialiser *s, const char *name, const Relation *relation, Type *type, DataType *answer) {
    bool is_new;
    CoreDefinition *definition = find_structural(s, name, type, two_values_to(s, type, answer), &is_new);
    if (!is_new) return definition;
    CoreVariable *left = make_variable(s, "left", type), *right = make_variable(s, "right", type);
    definition->value = make_lambda(s, 2, (CoreVariable *[]){left, right}, relate(s, relation, left, right, answer));
    return definition;
}

// ---- equality ----

typedef Vector(size_t) FieldOrder;

static bool is_recursive_field(const Constructor *constructor, size_t index) {
    return data_of(constructor->fields.items[index]) == constructor->data;
}

// Fields of the type itself last, so that the last of them is followed by a tail call.
static FieldOrder order_fields(Specialiser *s, const Constructor *constructor) {
    FieldOrder order = {0};
    for (int recursive = 0; recursive < 2; recursive++) {
        for (size_t i = 0; i < constructor->fields.count; i++) {
            if (is_recursive_field(constructor, i) == (recursive == 1)) vector_push(s->arena, &order, i);
        }
    }
    return order;
}

static CoreExpression *equal_fields(Specialiser *s, const Constructor *constructor, const CoreArm *left, const CoreArm *right) {
    DataType *answer = s->program->builtins->bool_type;
    FieldOrder order = order_fields(s, constructor);
    CoreExpression *result = NULL;
    for (size_t i = order.count; i-- > 0;) {
        size_t field = order.items[i];
        CoreExpression *equal = equality_of(s, make_local(s, left->fields.items[field]), make_local(s, right->fields.items[field]));
        result = result ? make_if(s, equal, result, make_constant(s, answer, 0)) : equal;
    }
    return result ? result : make_constant(s, answer, 1);
}

static CoreExpression *never_equal(Specialiser *s, CoreVariable *left, CoreVariable *right) {
    (void)left, (void)right;
    return make_constant(s, s->program->builtins->bool_type, 0);
}

CoreDefinition *find_equal(Specialiser *s, Type *type) {
    static const Relation equality = {equality_of, equal_fields, never_equal};
    return find_relation(s, "equal", &equality, type, s->program->builtins->bool_type);
}

// ---- comparison ----

// `rest` when the fields are equal, else which of them comes first.
static CoreExpression *compare_then(Specialiser *s, CoreExpression *comparison, CoreExpression *rest) {
    const DataType *ordering = s->program->builtins->ordering_type;
    CoreVariable *order = make_variable(s, "order", comparison->type);
    CoreExpression *node = make_switch(s, make_local(s, order), comparison->type);
    add_arm(s, node, ordering->constructors.items[1], "")->body = rest;
    node->otherwise = make_local(s, order);
    return core_let(s->arena, order, comparison, node);
}

static CoreExpression *compare_fields(Specialiser *s, const Constructor *constructor, const CoreArm *left, const CoreArm *right) {
    (void)constructor;
    CoreExpression *result = NULL;
    for (size_t i = left->fields.count; i-- > 0;) {
        CoreExpression *order = comparison_of(s, make_local(s, left->fields.items[i]), make_local(s, right->fields.items[i]));
        result = result ? compare_then(s, order, result) : order;
    }
    return result ? result : make_constant(s, s->program->builtins->ordering_type, 1);
}

static CoreExpression *tag_of(Specialiser *s, CoreVariable *value) {
    return make_primitive(s, PRIMITIVE_TAG, s->program->builtins->int_type, make_local(s, value), NULL);
}

static CoreExpression *compare_tags(Specialiser *s, CoreVariable *left, CoreVariable *right) {
    return make_primitive(s, PRIMITIVE_WORD_COMPARE, s->program->builtins->ordering_type, tag_of(s, left), tag_of(s, right));
}

CoreDefinition *find_compare(Specialiser *s, Type *type) {
    static const Relation comparison = {comparison_of, compare_fields, compare_tags};
    return find_relation(s, "compare", &comparison, type, s->program->builtins->ordering_type);
}

// ---- lists ----

// Lists are appended by how their items are held, not by what they are.
static Type *held_list(Specialiser *s, Type *list) {
    static const TypeKind kinds[] = {[REPRESENTATION_WORD] = TYPE_WORD, [REPRESENTATION_COUNTED] = TYPE_COUNTED};
    Representation held = find_representation(resolve_type(list)->arguments.items[0]);
    Types arguments = {0};
    Type *item = held == REPRESENTATION_FLOAT ? simple_type(s, s->program->builtins->float_type) : plain_type(kinds[held]);
    vector_push(s->arena, &arguments, item);
    return data_type(s->arena, s->program->builtins->list_type, &arguments);
}

static CoreExpression *append_body(Specialiser *s, CoreDefinition *self, CoreVariable *left, CoreVariable *right) {
    const DataType *data = s->program->builtins->list_type;
    CoreExpression *node = make_switch(s, make_local(s, left), left->type);
    add_arm(s, node, data->constructors.items[0], "")->body = make_local(s, right);
    CoreArm *arm = add_arm(s, node, data->constructors.items[1], "item");
    CoreExpression *rest[] = {make_local(s, arm->fields.items[1]), make_local(s, right)};
    CoreExpression *cons = core_node(s->arena, CORE_CONSTRUCT, left->type, (Span){NULL, 0, 0});
    cons->constructor = data->constructors.items[1];
    vector_push(s->arena, &cons->items, make_local(s, arm->fields.items[0]));
    vector_push(s->arena, &cons->items, make_call(s, self, left->type, 2, rest));
    arm->body = cons;
    return node;
}

CoreDefinition *find_append(Specialiser *s, Type *list) {
    bool is_new;
    Type *type = held_list(s, list);
    Type *function = function_type(s->arena, type, function_type(s->arena, type, type));
    CoreDefinition *definition = find_structural(s, "append", type, function, &is_new);
    if (!is_new) return definition;
    CoreVariable *left = make_variable(s, "left", type), *right = make_variable(s, "right", type);
    definition->value = make_lambda(s, 2, (CoreVariable *[]){left, right}, append_body(s, definition, left, right));
    return definition;
}
