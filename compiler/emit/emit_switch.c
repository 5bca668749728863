// Taking values apart: tests of the tag or of a literal, the fields of an arm, and the drops that a known constructor makes cheap.

#include <string.h>

#include "emit.h"

enum { MOST_DROPS_INLINED = 1 }; // of the fields of an object that dies

// ---- reference counts ----

static const Constructor *known_constructor(Emitter *emitter, const CoreVariable *variable) {
    const Constructor *known = table_get(&emitter->constructors, variable);
    if (known) return known;
    Type *type = resolve_type(variable->type);
    bool is_single = type->kind == TYPE_DATA && (type->data->kind == DATA_VARIANT || type->data->kind == DATA_RECORD) &&
        type->data->constructors.count == 1;
    return is_single ? type->data->constructors.items[0] : NULL;
}

static bool needs_no_count(Emitter *emitter, const CoreVariable *variable) {
    const Constructor *known = known_constructor(emitter, variable);
    return !is_counted(variable->type) || table_has(&emitter->static_values, variable) || (known && is_constant_constructor(known));
}

// Whether a value of the type is always an object, never a constant constructor.
static bool is_object(Emitter *emitter, const CoreVariable *variable) {
    if (known_constructor(emitter, variable)) return true;
    Type *type = resolve_type(variable->type);
    if (type->kind == TYPE_FUNCTION || type->kind == TYPE_COMPUTATION) return true;
    return type->kind == TYPE_DATA && (type->data->kind == DATA_PRIMITIVE || type->data->kind == DATA_EXTERN);
}

void emit_dup(Emitter *emitter, const CoreVariable *variable) {
    if (needs_no_count(emitter, variable)) return;
    emit_line(emitter, is_object(emitter, variable) ? "fx_dup_object(%s);" : "fx_dup(%s);", local_name(emitter, variable));
}

void emit_drop(Emitter *emitter, const CoreVariable *variable) {
    if (needs_no_count(emitter, variable)) return;
    emit_line(emitter, is_object(emitter, variable) ? "fx_drop_object(rt, %s);" : "fx_drop(rt, %s);", local_name(emitter, variable));
}

// ---- an object that an arm has taken apart ----
//
// DUPs of fields, then the object's DROP: when that is the last reference its fields are simply moved.

typedef struct Unpacking {
    const CoreVariable *variable; // the scrutinee
    const CoreArm *arm;
    const CoreExpression *drop;   // DROP or DROP_REUSE of the scrutinee
    ObjectLayout layout;
    unsigned *dups; // by field
} Unpacking;

static size_t field_of(const CoreArm *arm, const CoreVariable *variable) {
    size_t i = 0;
    while (i < arm->fields.count && arm->fields.items[i] != variable) i++;
    return i;
}

// The first drop in a run of DUPs and DROPs of an object that an arm has taken apart; NULL when there is none, or a field dies before it.
static const CoreExpression *find_drop(const Emitter *emitter, const CoreExpression *start) {
    for (const CoreExpression *node = start;; node = node->body) {
        if (node->kind != CORE_DUP && node->kind != CORE_DROP && node->kind != CORE_DROP_REUSE) return NULL;
        const CoreArm *arm = node->kind == CORE_DUP ? NULL : table_get(&emitter->arms, node->variable);
        if (!arm) continue;
        for (const CoreExpression *before = start; before != node; before = before->body) {
            if (before->kind != CORE_DUP && field_of(arm, before->variable) < arm->fields.count) return NULL;
            if (before->kind == CORE_DUP && before->variable == node->variable) return NULL;
        }
        return node;
    }
}

// A field that is not dup'd here may be dead, and no frame keeps what is dead: it is read from the object.
static const char *field_text(Emitter *emitter, const Unpacking *unpacking, size_t index) {
    CoreVariable *field = unpacking->arm->fields.items[index];
    if (unpacking->dups[index] > 0 && field && table_has(&emitter->declared, field)) return local_name(emitter, field);
    return format(emitter, "fx_field(%s, %u)", local_name(emitter, unpacking->variable), unpacking->layout.fields[index].slot);
}

static void emit_unique(Emitter *emitter, const Unpacking *unpacking) {
    const char *name = local_name(emitter, unpacking->variable);
    for (size_t i = 0; i < unpacking->arm->fields.count; i++) {
        if (unpacking->layout.fields[i].representation != REPRESENTATION_COUNTED) continue;
        for (unsigned n = 1; n < unpacking->dups[i]; n++) emit_line(emitter, "fx_dup(%s);", field_text(emitter, unpacking, i));
        if (unpacking->dups[i] == 0) emit_line(emitter, "fx_drop(rt, %s);", field_text(emitter, unpacking, i));
    }
    const CoreExpression *drop = unpacking->drop;
    if (drop->kind == CORE_DROP_REUSE && !table_has(&emitter->function->given_up_tokens, drop->token))
        emit_line(emitter, "%s = fx_object_of(%s);", local_name(emitter, drop->token), name);
    else emit_line(emitter, "fx_free(rt, fx_object_of(%s), %u);", name, unpacking->layout.words);
}

static void emit_dups(Emitter *emitter, const Unpacking *unpacking) {
    for (size_t i = 0; i < unpacking->arm->fields.count; i++)
        for (unsigned n = 0; n < unpacking->dups[i]; n++) emit_line(emitter, "fx_dup(%s);", field_text(emitter, unpacking, i));
}

static void emit_shared(Emitter *emitter, const Unpacking *unpacking) {
    emit_dups(emitter, unpacking);
    emit_line(emitter, "fx_drop_shared(%s);", local_name(emitter, unpacking->variable));
}

static void note_token(Emitter *emitter, CoreVariable *token, size_t words) {
    table_put(&emitter->token_words, token, (void *)(words + 1));
    if (!table_has(&emitter->function->given_up_tokens, token)) {
        declare(emitter, token);
        emit_line(emitter, "%s = NULL;", local_name(emitter, token));
    }
}

// Whether fx_release is to take the object apart: where its memory is not kept, and so many of its fields die with it that the code for them
// would be longer than what it saves.
static bool is_released(Emitter *emitter, const Unpacking *unpacking) {
    const CoreExpression *drop = unpacking->drop;
    if (drop->kind == CORE_DROP_REUSE && !table_has(&emitter->function->given_up_tokens, drop->token)) return false;
    unsigned dead = 0;
    for (size_t i = 0; i < unpacking->arm->fields.count; i++)
        dead += unpacking->layout.fields[i].representation == REPRESENTATION_COUNTED && unpacking->dups[i] == 0;
    return dead > MOST_DROPS_INLINED;
}

static void emit_unpacking(Emitter *emitter, const Unpacking *unpacking) {
    if (unpacking->drop->kind == CORE_DROP_REUSE) note_token(emitter, unpacking->drop->token, unpacking->layout.words);
    // Static data is never counted, and so are its fields.
    if (is_constant_constructor(unpacking->arm->constructor) || table_has(&emitter->static_values, unpacking->variable)) return;
    if (is_released(emitter, unpacking)) {
        emit_dups(emitter, unpacking);
        emit_line(emitter, "fx_drop_object(rt, %s);", local_name(emitter, unpacking->variable));
        return;
    }
    if (unpacking->layout.counted == 0 && unpacking->drop->kind == CORE_DROP) {
        emit_line(emitter, "fx_drop_flat(rt, %s, %u);", local_name(emitter, unpacking->variable), unpacking->layout.words);
        return;
    }
    emit_line(emitter, "if (fx_is_unique_object(%s)) {", local_name(emitter, unpacking->variable));
    emitter->depth++;
    emit_unique(emitter, unpacking);
    emitter->depth--;
    emit_line(emitter, "} else {");
    emitter->depth++;
    emit_shared(emitter, unpacking);
    emitter->depth--;
    emit_line(emitter, "}");
}

const CoreExpression *emit_run(Emitter *emitter, const CoreExpression *start) {
    const CoreExpression *drop = find_drop(emitter, start);
    if (!drop) return NULL;
    const CoreArm *arm = table_get(&emitter->arms, drop->variable);
    Unpacking unpacking = {drop->variable, arm, drop, find_layout(emitter, drop->variable->type, arm->constructor),
                           NEW_ARRAY(emitter->arena, unsigned, arm->fields.count + 1)};
    for (const CoreExpression *node = start; node != drop; node = node->body) {
        size_t index = field_of(arm, node->variable);
        if (node->kind == CORE_DUP && index < arm->fields.count) unpacking.dups[index]++;
        else if (node->kind == CORE_DUP) emit_dup(emitter, node->variable);
        else if (node->kind == CORE_DROP) emit_drop(emitter, node->variable);
        else emit_drop_reuse(emitter, node);
    }
    emit_unpacking(emitter, &unpacking);
    return drop->body;
}

// Outside of an arm's beginning: the object's fields are dropped when it is unique.
void emit_drop_reuse(Emitter *emitter, const CoreExpression *node) {
    const Constructor *constructor = known_constructor(emitter, node->variable);
    if (!constructor) {
        table_put(&emitter->function->given_up_tokens, node->token, node->token);
        emit_drop(emitter, node->variable);
        return;
    }
    CoreArm arm = {.constructor = (Constructor *)constructor};
    for (size_t i = 0; i < constructor->fields.count; i++) vector_push(emitter->arena, &arm.fields, NULL);
    Unpacking unpacking = {node->variable, &arm, node, find_layout(emitter, node->variable->type, constructor),
                           NEW_ARRAY(emitter->arena, unsigned, constructor->fields.count + 1)};
    emit_unpacking(emitter, &unpacking);
}

// ---- arms ----

static void emit_fields(Emitter *emitter, const CoreExpression *scrutinee, const char *value, const CoreArm *arm) {
    if (!arm->constructor || arm->fields.count == 0) return;
    ObjectLayout layout = find_layout(emitter, scrutinee->type, arm->constructor);
    for (size_t i = 0; i < arm->fields.count; i++) {
        CoreVariable *field = arm->fields.items[i];
        if (!field || !table_has(&emitter->used, field)) continue;
        emit_to(emitter, (Place){TO_VARIABLE, field}, (Code){format(emitter, "fx_field(%s, %u)", value, layout.fields[i].slot), C_VALUE});
    }
}

static void emit_arm(Emitter *emitter, const CoreExpression *scrutinee, const char *value, const CoreArm *arm, Place place) {
    CoreVariable *known = scrutinee->kind == CORE_LOCAL && arm->constructor ? scrutinee->variable : NULL;
    void *constructor = known ? table_get(&emitter->constructors, known) : NULL, *outer = known ? table_get(&emitter->arms, known) : NULL;
    if (known) {
        table_put(&emitter->constructors, known, arm->constructor);
        if (is_counted(known->type)) table_put(&emitter->arms, known, (void *)arm);
    }
    emit_fields(emitter, scrutinee, value, arm);
    emit_expression(emitter, arm->body, place);
    if (!known) return;
    table_put(&emitter->constructors, known, constructor);
    table_put(&emitter->arms, known, outer);
}

// ---- tests ----

static const char *constructor_test(Emitter *emitter, const CoreExpression *scrutinee, const char *value, const Constructor *constructor) {
    if (is_word_type(scrutinee->type)) return format(emitter, "%s == %u", value, constructor->tag);
    const DataType *data = constructor->data;
    size_t constants = 0;
    for (size_t i = 0; i < data->constructors.count; i++) constants += is_constant_constructor(data->constructors.items[i]);
    bool is_constant = is_constant_constructor(constructor);
    if (is_constant && constants == 1) return format(emitter, "fx_is_constant(%s)", value);
    if (is_constant) return format(emitter, "%s == fx_constant(%u)", value, constructor->tag);
    if (data->constructors.count - constants == 1) return format(emitter, "!fx_is_constant(%s)", value);
    if (constants == 0) return format(emitter, "fx_object_of(%s)->tag == %u", value, constructor->tag);
    return format(emitter, "fx_tag(%s) == %u", value, constructor->tag);
}

static const char *literal_test(Emitter *emitter, const char *value, const CoreExpression *literal) {
    Code code = read_atom(emitter, literal, false);
    if (literal->kind == CORE_STRING) return format(emitter, "fx_string_same(%s, %s)", value, code.text);
    return format(emitter, "%s == %s", value, code.text);
}

static const char *arm_test(Emitter *emitter, const CoreExpression *scrutinee, const char *value, const CoreArm *arm) {
    return arm->constructor ? constructor_test(emitter, scrutinee, value, arm->constructor) : literal_test(emitter, value, arm->literal);
}

// Arm `index`, or the otherwise after the last.
static void emit_branch(Emitter *emitter, const CoreExpression *node, size_t index, const char *value, Place place) {
    if (index < node->arms.count) emit_arm(emitter, node->first, value, &node->arms.items[index], place);
    else emit_expression(emitter, node->otherwise, place);
}

// A few arms, or literals that C cannot switch on: tests one after the other; the last branch needs none. Branches that answer need no else.
static void emit_tests(Emitter *emitter, const CoreExpression *node, const char *value, Place place) {
    size_t last = node->otherwise ? node->arms.count : node->arms.count - 1;
    for (size_t i = 0; i < last; i++) {
        const char *prefix = i && place.kind != TO_ANSWER ? "} else " : "";
        emit_line(emitter, "%sif (%s) {", prefix, arm_test(emitter, node->first, value, &node->arms.items[i]));
        emitter->depth++;
        emit_branch(emitter, node, i, value, place);
        emitter->depth--;
        if (place.kind == TO_ANSWER) emit_line(emitter, "}");
    }
    bool is_nested = last && place.kind != TO_ANSWER;
    if (is_nested) emit_line(emitter, "} else {");
    emitter->depth += is_nested;
    emit_branch(emitter, node, last, value, place);
    emitter->depth -= is_nested;
    if (is_nested) emit_line(emitter, "}");
}

static void emit_cases(Emitter *emitter, const CoreExpression *node, const char *value, Place place) {
    bool by_tag = node->arms.items[0].constructor && !is_word_type(node->first->type);
    size_t count = node->arms.count + (node->otherwise ? 1 : 0);
    emit_line(emitter, by_tag ? "switch (fx_tag(%s)) {" : "switch (%s) {", value);
    for (size_t i = 0; i < count; i++) {
        const CoreArm *arm = &node->arms.items[i];
        if (i + 1 == count) emit_line(emitter, "default: {");
        else if (arm->constructor) emit_line(emitter, "case %u: {", arm->constructor->tag);
        else emit_line(emitter, "case %s: {", read_atom(emitter, arm->literal, false).text);
        emitter->depth++;
        emit_branch(emitter, node, i, value, place);
        if (place.kind != TO_ANSWER) emit_line(emitter, "break;");
        emitter->depth--;
        emit_line(emitter, "}");
    }
    emit_line(emitter, "}");
}

void emit_switch(Emitter *emitter, const CoreExpression *node, Place place) {
    emit_source_line(emitter, node->span);
    if (!node->arms.count && !node->otherwise) { // on a Never: nothing comes here
        emit_line(emitter, "__builtin_unreachable();");
        return;
    }
    Code code = read_atom(emitter, node->first, false);
    bool is_double = code.type == C_DOUBLE || is_float(node->first->type);
    const char *value = is_double ? as_double(emitter, code) : as_value(emitter, code);
    bool by_literal = node->arms.count && !node->arms.items[0].constructor;
    bool can_switch = !by_literal || node->arms.items[0].literal->kind == CORE_INT;
    if (node->arms.count > 2 && can_switch) emit_cases(emitter, node, value, place);
    else emit_tests(emitter, node, value, place);
}
