// Records: which one is meant, building, updating, fields.
#include "infer.h"

#include <string.h>

typedef Vector(DataType *) DataTypes;

void index_records(Inference *inference, Module *module) {
    for (size_t i = 0; i < module->syntax->declarations.count; i++) {
        const Declaration *declaration = module->syntax->declarations.items[i];
        if (declaration->kind != DECLARATION_TYPE || !declaration->is_record) continue;
        DataType *data = declaration->name.meaning->data;
        const Constructor *constructor = data->constructors.items[0];
        for (size_t k = 0; k < constructor->field_names.count; k++) {
            DataTypes *records = table_get(&inference->records, constructor->field_names.items[k]);
            if (!records) table_put(&inference->records, constructor->field_names.items[k], records = NEW(inference->arena, DataTypes));
            vector_push(inference->arena, records, data);
        }
    }
}

int find_field(const Constructor *constructor, Symbol name) {
    for (size_t i = 0; i < constructor->field_names.count; i++) {
        if (constructor->field_names.items[i] == name) return (int)i;
    }
    return -1;
}

// ---- which record ----

// A record is in scope when its module is this one, Prelude or imported; the import then counts as used.
static bool is_in_scope(Inference *inference, const DataType *data) {
    const Module *module = inference->module;
    if (data->module == module->full_name) return true;
    if (data->is_opaque) return false;
    if (data->module == inference->modules->prelude->full_name) return true;
    for (size_t i = 0; i < module->imports.count; i++) {
        if (module->imports.items[i]->module->full_name != data->module) continue;
        module->imports.items[i]->is_used = true;
        return true;
    }
    return false;
}

static bool has_fields(const DataType *data, const Name *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (find_field(data->constructors.items[0], fields[i].name) < 0) return false;
    }
    return true;
}

static DataTypes find_candidates(Inference *inference, const Name *fields, size_t count) {
    DataTypes candidates = {0};
    const DataTypes *records = table_get(&inference->records, fields[0].name);
    for (size_t i = 0; records && i < records->count; i++) {
        DataType *data = records->items[i];
        if (has_fields(data, fields, count) && is_in_scope(inference, data)) vector_push(inference->arena, &candidates, data);
    }
    return candidates;
}

static const char *find_near_field(Inference *inference, const DataType *record, Symbol name) {
    unsigned best = strlen(name) < 3 ? (unsigned)strlen(name) : 3;
    const char *near = NULL;
    const Table *fields = &inference->records;
    size_t count = record ? record->constructors.items[0]->field_names.count : fields->count;
    for (size_t i = 0; i < count; i++) {
        Symbol candidate = record ? record->constructors.items[0]->field_names.items[i] : fields->entries[i].key;
        unsigned distance = text_distance(text_of(name), text_of(candidate), best);
        if (distance >= best) continue;
        best = distance;
        near = candidate;
    }
    return near;
}

static const char *list_fields(Inference *inference, const DataType *record) {
    Builder list = builder_in(inference->arena);
    const Constructor *constructor = record->constructors.items[0];
    for (size_t i = 0; i < constructor->field_names.count; i++)
        build_format(&list, "%s`%s`", i ? ", " : "", constructor->field_names.items[i]);
    return builder_string(&list);
}

// `x.f()`
static bool begins_call(const Name *field) {
    Text text = field->span.source->text;
    return field->span.end < text.length && text.bytes[field->span.end] == '(';
}

void report_unknown_field(Inference *inference, const DataType *record, const Name *field) {
    Diagnostics *diagnostics = inference->diagnostics;
    Diagnostic *diagnostic;
    const ModuleSyntax *syntax = inference->module->syntax;
    if ((!record && syntax->lacks_records) || table_has(&syntax->lost, field->name)) return; // of a type that could not be read
    if (record) diagnostic = report(diagnostics, E0316, field->span, "the record `%s` has no field `%s`", record->name, field->name);
    else diagnostic = report(diagnostics, E0316, field->span, "no record in scope has a field `%s`", field->name);
    if (record) add_label(diagnostics, diagnostic, record->span, "its fields are %s", list_fields(inference, record));
    const char *near = find_near_field(inference, record, field->name);
    const char *function = record ? NULL : find_standard_function(field->name);
    if (near) add_hint(diagnostics, diagnostic, "did you mean `%s`?", near);
    else if (function) add_hint(diagnostics, diagnostic, "values have no methods: the function `%s` is applied to the value", function);
    else if (!record && begins_call(field)) add_hint(diagnostics, diagnostic, "values have no methods: a function is applied to its arguments, `f value`");
}

static void report_ambiguous(Inference *inference, const DataTypes *candidates, const Name *field, Span span) {
    Builder list = builder_in(inference->arena);
    for (size_t i = 0; i < candidates->count; i++) build_format(&list, "%s`%s`", i ? ", " : "", candidates->items[i]->name);
    Diagnostic *diagnostic = report(inference->diagnostics, E0413, span, "which record this is cannot be told: %s each have a field `%s`",
                                    builder_string(&list), field->name);
    add_hint(inference->diagnostics, diagnostic, "annotate it, for example `(value : %s)`", candidates->items[0]->name);
}

// No record has all the fields: the first that no record has, or that the record of the first field has not.
static void report_no_record(Inference *inference, const Name *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        DataTypes candidates = find_candidates(inference, &fields[i], 1);
        if (candidates.count == 0) {
            DataTypes first = i ? find_candidates(inference, fields, 1) : (DataTypes){0};
            report_unknown_field(inference, first.count == 1 ? first.items[0] : NULL, &fields[i]);
            return;
        }
    }
    DataTypes candidates = find_candidates(inference, fields, 1);
    for (size_t i = 0; i < count; i++) {
        if (find_field(candidates.items[0]->constructors.items[0], fields[i].name) >= 0) continue;
        report_unknown_field(inference, candidates.items[0], &fields[i]);
        return;
    }
}

DataType *find_record(Inference *inference, Type *wanted, const Name *fields, size_t count, bool is_whole, Span span) {
    wanted = wanted ? resolve_type(wanted) : NULL;
    if (wanted && wanted->kind == TYPE_DATA && wanted->data->kind == DATA_RECORD) return wanted->data;
    if (count == 0) {
        report(inference->diagnostics, E0413, span, "a record without fields says nothing of its type");
        return NULL;
    }
    DataTypes candidates = find_candidates(inference, fields, count);
    if (candidates.count == 1) return candidates.items[0];
    for (size_t i = 0; is_whole && i < candidates.count; i++) {
        if (candidates.items[i]->constructors.items[0]->field_names.count == count &&
            candidates.items[i]->module == inference->module->full_name) {
            bool is_only = true;
            for (size_t k = 0; k < candidates.count; k++)
                is_only &= k == i || candidates.items[k]->constructors.items[0]->field_names.count != count;
            if (is_only) return candidates.items[i];
        }
    }
    if (candidates.count == 0) report_no_record(inference, fields, count);
    else report_ambiguous(inference, &candidates, &fields[0], span);
    return NULL;
}

static bool check_open(Inference *inference, const DataType *record, Span span) {
    if (!record->is_opaque || record->module == inference->module->full_name) return true;
    report(inference->diagnostics, E0311, span, "the fields of `%s` are private to the module `%s`", record->name, record->module);
    return false;
}

// ---- building ----

typedef Vector(Name) FieldNames;

static FieldNames names_of_fields(Inference *inference, const Expression *expression) {
    FieldNames names = {0};
    for (size_t i = 0; i < expression->fields.count; i++) vector_push(inference->arena, &names, expression->fields.items[i].field);
    return names;
}

static Type *record_type(Inference *inference, DataType *record, Span span) {
    Types arguments = fresh_arguments(inference, &record->parameters, span);
    return data_type(inference->arena, record, &arguments);
}

static Type *field_type(Inference *inference, Type *record, int index) {
    return substitute_type(inference->arena, record->data->constructors.items[0]->fields.items[index], &record->data->parameters,
                           &record->arguments);
}

// The given values in the order of their writing, each to a variable, so that they are evaluated in that order.
static CoreExpression *give_fields(Inference *inference, const Expression *expression, Type *type, CoreExpression **values) {
    const Constructor *constructor = type->data->constructors.items[0];
    CoreExpression *lets = NULL, **end = &lets;
    for (size_t i = 0; i < expression->fields.count; i++) {
        const FieldValue *field = &expression->fields.items[i];
        int index = find_field(constructor, field->field.name);
        if (index < 0) {
            report_unknown_field(inference, type->data, &field->field);
            infer(inference, field->value, NULL);
            continue;
        }
        Reason reason = {REASON_FIELD, type->data->span, field->field.name, 0, NULL};
        CoreExpression *value = check(inference, field->value, field_type(inference, type, index), reason);
        if (values[index]) report(inference->diagnostics, E0310, field->field.span, "the field `%s` is given twice", field->field.name);
        CoreVariable *variable = made_up_variable(inference, field->field.name, value->type, value->span);
        values[index] = core_local(inference->arena, variable, value->span);
        *end = core_node(inference->arena, CORE_LET, NULL, value->span);
        (*end)->variable = variable;
        (*end)->first = value;
        end = &(*end)->body;
    }
    return lets;
}

// Values that are given in the declared order need no variables.
static CoreExpression *end_record(Inference *inference, const Expression *expression, Type *type, CoreExpression *lets,
                                  CoreExpression **values) {
    Constructor *constructor = type->data->constructors.items[0];
    CoreExpression *node = core_node(inference->arena, CORE_CONSTRUCT, type, expression->span);
    node->constructor = constructor;
    int last = -1;
    bool in_order = true;
    for (size_t i = 0; i < expression->fields.count; i++) {
        int index = find_field(constructor, expression->fields.items[i].field.name);
        in_order &= index > last;
        last = index;
    }
    for (CoreExpression *let = lets; let && in_order; let = let->body) {
        for (size_t i = 0; i < constructor->fields.count; i++) {
            if (values[i] && values[i]->kind == CORE_LOCAL && values[i]->variable == let->variable) values[i] = let->first;
        }
    }
    for (size_t i = 0; i < constructor->fields.count; i++) vector_push(inference->arena, &node->items, values[i]);
    if (in_order || !lets) return node;
    CoreExpression *let = lets;
    for (; let->body; let = let->body) let->type = type;
    let->type = type;
    let->body = node;
    return lets;
}

static bool report_missing_fields(Inference *inference, const Expression *expression, const DataType *record, CoreExpression **values) {
    const Constructor *constructor = record->constructors.items[0];
    for (size_t i = 0; i < expression->fields.count; i++) {
        if (find_field(constructor, expression->fields.items[i].field.name) < 0) return true; // told, and most likely meant for one of those
    }
    Builder missing = builder_in(inference->arena);
    unsigned count = 0;
    for (size_t i = 0; i < constructor->fields.count; i++) {
        if (!values[i]) build_format(&missing, "%s`%s`", count++ ? ", " : "", constructor->field_names.items[i]);
    }
    if (count == 0) return false;
    Diagnostic *diagnostic = report(inference->diagnostics, E0412, expression->span, "this `%s` lacks the field%s %s", record->name,
                                    count == 1 ? "" : "s", builder_string(&missing));
    add_label(inference->diagnostics, diagnostic, record->span, "the record is declared here");
    return true;
}

static CoreExpression *infer_fields_alone(Inference *inference, const Expression *expression) {
    for (size_t i = 0; i < expression->fields.count; i++) infer(inference, expression->fields.items[i].value, NULL);
    return error_node(inference, expression->span);
}

CoreExpression *infer_record(Inference *inference, const Expression *expression, const Want *want) {
    FieldNames names = names_of_fields(inference, expression);
    DataType *record = find_record(inference, want ? want->type : NULL, names.items, names.count, true, expression->span);
    if (!record || !check_open(inference, record, expression->span)) return infer_fields_alone(inference, expression);
    Type *wanted = want ? resolve_type(want->type) : NULL;
    bool is_wanted = wanted && wanted->kind == TYPE_DATA && wanted->data == record;
    Type *type = is_wanted ? wanted : record_type(inference, record, expression->span);
    CoreExpression **values = NEW_ARRAY(inference->arena, CoreExpression *, record->constructors.items[0]->fields.count);
    CoreExpression *lets = give_fields(inference, expression, type, values);
    if (report_missing_fields(inference, expression, record, values))
        return core_node(inference->arena, CORE_FAULT, type, expression->span);
    return end_record(inference, expression, type, lets, values);
}

// ---- fields ----

static CoreExpression *field_node(Inference *inference, CoreExpression *record, Type *type, int index, Span span) {
    CoreExpression *node = core_node(inference->arena, CORE_FIELD, field_type(inference, type, index), span);
    node->constructor = type->data->constructors.items[0];
    node->index = (unsigned)index;
    node->first = record;
    return node;
}

// `xs.length` of other languages: the function of the type's module.
static void hint_function(Inference *inference, Diagnostic *diagnostic, const DataType *data, Symbol name) {
    for (size_t i = 0; i < inference->modules->list.count; i++) {
        const Module *module = inference->modules->list.items[i];
        const Meaning *meaning = module->name == data->name ? table_get(&module->values, name) : NULL;
        if (!meaning || meaning->is_private) continue;
        add_hint(inference->diagnostics, diagnostic, "`%s` is a function of the module `%s`: write `%s.%s`, and then its arguments", name,
                 module->full_name, module->full_name, name);
        return;
    }
    if (data->kind == DATA_RECORD || data->tuple_size) return;
    add_hint(inference->diagnostics, diagnostic, "values have no methods: a function of the module `%s` is applied, `%s.f value`", data->name,
             data->name);
}

// The record's type, found by its fields when nothing else tells it; NULL after reporting.
static Type *record_of(Inference *inference, CoreExpression *node, const Name *fields, size_t count, Span span, bool is_update) {
    Type *type = resolve_type(node->type);
    if (type->kind == TYPE_ERROR) return NULL;
    if (type->kind == TYPE_UNKNOWN) {
        DataType *record = find_record(inference, NULL, fields, count, false, span);
        if (!record) return NULL;
        Type *found = record_type(inference, record, span);
        unify(&inference->unifier, type, found);
        return found;
    }
    if (type->kind == TYPE_DATA && type->data->kind == DATA_RECORD) return check_open(inference, type->data, span) ? type : NULL;
    name_unknowns(type, NULL);
    Diagnostic *diagnostic = report(inference->diagnostics, E0411, span, "this is `%s`, which is not a record: it has no field `%s`",
                                    type_text(inference, type), fields[0].name);
    if (type->kind == TYPE_COMPUTATION)
        add_hint(inference->diagnostics, diagnostic, "run the computation first: `let! value = ...`, then `value.%s`", fields[0].name);
    else if (type->kind == TYPE_DATA && !is_update) hint_function(inference, diagnostic, type->data, fields[0].name);
    return NULL;
}

CoreExpression *infer_field(Inference *inference, const Expression *expression) {
    // `xs.map(fun x -> x).filter(...)`: of a chain of methods, the first is told.
    if (expression->first->kind == EXPRESSION_FUNCTION && inference->diagnostics->error_count) return error_node(inference, expression->span);
    CoreExpression *record = infer(inference, expression->first, NULL);
    Type *type = record_of(inference, record, &expression->name, 1, expression->first->span, false);
    if (!type) return error_node(inference, expression->span);
    int index = find_field(type->data->constructors.items[0], expression->name.name);
    if (index >= 0) return field_node(inference, record, type, index, expression->span);
    report_unknown_field(inference, type->data, &expression->name);
    return error_node(inference, expression->span);
}

CoreExpression *infer_update(Inference *inference, const Expression *expression) {
    FieldNames names = names_of_fields(inference, expression);
    CoreExpression *record = infer(inference, expression->first, NULL);
    if (names.count == 0) return record;
    Type *type = record_of(inference, record, names.items, names.count, expression->first->span, true);
    if (!type) return infer_fields_alone(inference, expression);
    size_t count = type->data->constructors.items[0]->fields.count;
    CoreExpression **values = NEW_ARRAY(inference->arena, CoreExpression *, count);
    CoreExpression *lets = give_fields(inference, expression, type, values);
    CoreVariable *variable = made_up_variable(inference, "record", record->type, record->span);
    for (size_t i = 0; i < count; i++) {
        if (!values[i]) values[i] = field_node(inference, core_local(inference->arena, variable, record->span), type, (int)i, record->span);
    }
    return core_let(inference->arena, variable, record, end_record(inference, expression, type, lets, values));
}
