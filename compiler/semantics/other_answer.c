// Other answers than the one that a step gives: each of its errors, the end of input, a part of what was asked for; and the plainest one to what no
// step speaks of.

#include "faults.h"

#include <string.h>

bool begins_with_any(const char *name, const char *const *starts) {
    for (; *starts; starts++)
        if (strncmp(name, *starts, strlen(*starts)) == 0) return true;
    return false;
}

static bool reads(const External *external) {
    static const char *const names[] = {"read", "receive", NULL};
    return begins_with_any(external->operation->name, names);
}

static bool writes(const External *external) {
    static const char *const names[] = {"write", "send", NULL};
    return begins_with_any(external->operation->name, names);
}

static Value plainest_value(Engine *engine, Type *type);

bool is_ok(const Engine *engine, Value value) {
    return value.kind == VALUE_DATA && constructor_of(value) == engine->program->builtins->result_type->constructors.items[0];
}

static Value plainest_fields(Engine *engine, Type *type, const Constructor *constructor) {
    size_t count = constructor->fields.count;
    Value *fields = NEW_ARRAY(engine->compilation->arena, Value, count + 1);
    for (size_t i = 0; i < count; i++)
        fields[i] = plainest_value(engine, substitute_type(engine->compilation->arena, constructor->fields.items[i], &type->data->parameters, &type->arguments));
    return construct(engine->machine, type->data, constructor->tag, (unsigned)count, fields);
}

// Ok, None, [], 0, "": what leads to an end.
static Value plainest_value(Engine *engine, Type *type) {
    const Builtins *builtins = engine->program->builtins;
    type = resolve_type(type);
    if (type->kind != TYPE_DATA || type->data->kind == DATA_EXTERN || type->data->is_opaque) return make_opaque(&engine->unknowns, type, "a value", NULL);
    if (type->data == builtins->int_type) return int_value(0);
    if (type->data == builtins->char_type) return (Value){.kind = VALUE_CHAR, .integer = 'a'};
    if (type->data == builtins->float_type) return float_value(0);
    if (type->data == builtins->string_type) return text_value(engine->machine, "");
    if (!type->data->constructors.count) return unit_value(engine->machine);
    return plainest_fields(engine, type, type->data->constructors.items[0]);
}

static Value wrapped(Engine *engine, const DataType *data, unsigned tag, Value value) { return construct(engine->machine, data, tag, 1, &value); }

static Type *error_type(const Engine *engine, const External *external) {
    Type *type = resolve_type(external->answer);
    if (type->kind != TYPE_DATA || type->data != engine->program->builtins->result_type) return NULL;
    Type *error = resolve_type(type->arguments.items[1]);
    return error->kind == TYPE_DATA ? error : NULL;
}

static unsigned count_errors(const Engine *engine, const External *external) {
    const Type *error = error_type(engine, external);
    if (!error) return 0;
    return error->data->constructors.count ? (unsigned)error->data->constructors.count : 1;
}

static bool is_some(const Engine *engine, Value value) {
    return value.kind == VALUE_DATA && constructor_of(value) == engine->program->builtins->option_type->constructors.items[1];
}

static bool has_type(Type *type, const DataType *data) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == data;
}

// How many parts there are of what was read, or of how much was written. What is not known has all that there can be.
static unsigned count_parts(const Engine *engine, const External *external, Type *type, Value whole) {
    const Builtins *builtins = engine->program->builtins;
    if (reads(external) && has_type(type, builtins->string_type)) return is_symbolic(whole) || text_in(whole).length > 1 ? 2 : (unsigned)text_in(whole).length;
    return writes(external) && has_type(type, builtins->int_type) && (is_symbolic(whole) || whole.integer > 1);
}

// Of a text the end of the input, then its half.
static Value make_part(Engine *engine, Type *type, Value whole, unsigned index) {
    bool is_text = has_type(type, engine->program->builtins->string_type);
    if (is_text && index == 0) return text_value(engine->machine, "");
    if (is_symbolic(whole)) return make_opaque(&engine->unknowns, type, "a part", NULL);
    return is_text ? make_text(engine->machine, text_in(whole).bytes, text_in(whole).length / 2) : int_value(whole.integer / 2);
}

// What is said to have been written: all of the last text, else of the last number that was given.
static Value written(Engine *engine, const External *external, const Value *arguments, Type *type) {
    Value found = {.kind = VALUE_CONSTANT};
    for (size_t i = external->arguments.count; i-- > 0;) {
        Value value = look(engine->machine, arguments[i]);
        if (value.kind == VALUE_STRING) return int_value((int64_t)text_in(value).length);
        if (is_symbolic(value) && has_type(external->arguments.items[i], engine->program->builtins->string_type)) break;
        if (value.kind == VALUE_INT && found.kind != VALUE_INT) found = value;
    }
    return found.kind == VALUE_INT ? found : make_opaque(&engine->unknowns, type, "how much is written", NULL);
}

Value plainest_answer(Engine *engine, External *external, const Value *arguments) {
    const Builtins *builtins = engine->program->builtins;
    Type *type = resolve_type(external->answer);
    bool is_result = type->kind == TYPE_DATA && type->data == builtins->result_type;
    Type *inner = is_result ? resolve_type(type->arguments.items[0]) : type;
    if (!external->operation || !writes(external) || !has_type(inner, builtins->int_type)) return plainest_value(engine, type);
    Value value = written(engine, external, arguments, inner);
    return is_result ? wrapped(engine, builtins->result_type, 0, value) : value;
}

// What came in answer, without the Ok around it.
static Value without_ok(Engine *engine, const External *external, Value answer, Type **type) {
    *type = resolve_type(external->answer);
    if (!is_ok(engine, answer)) return answer;
    *type = resolve_type((*type)->arguments.items[0]);
    return look(engine->machine, answer.object->items[0]);
}

unsigned count_alternatives(Engine *engine, const External *external, Value answer) {
    Type *type;
    if (is_some(engine, answer)) return 1;
    Value whole = without_ok(engine, external, answer, &type);
    return (is_ok(engine, answer) ? count_errors(engine, external) : 0) + count_parts(engine, external, type, whole);
}

Value make_alternative(Engine *engine, const External *external, Value answer, unsigned index) {
    const Builtins *builtins = engine->program->builtins;
    unsigned errors = is_ok(engine, answer) ? count_errors(engine, external) : 0;
    if (index < errors) {
        Type *error = error_type(engine, external);
        bool is_plain = !error->data->constructors.count;
        Value value = is_plain ? plainest_value(engine, error) : plainest_fields(engine, error, error->data->constructors.items[index]);
        return wrapped(engine, builtins->result_type, 1, value);
    }
    if (is_some(engine, answer)) return constant_value(builtins->option_type->constructors.items[0]);
    Type *type;
    Value whole = without_ok(engine, external, answer, &type), part = make_part(engine, type, whole, index - errors);
    return is_ok(engine, answer) ? wrapped(engine, builtins->result_type, 0, part) : part;
}
