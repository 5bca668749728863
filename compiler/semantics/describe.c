// Values and operations as text, what happened on the way to a failure, and the failure.

#include "spec.h"

#include <string.h>

enum { DEEPEST = 12, LONGEST = 20 };

static void build_value(Engine *engine, Builder *builder, Value value, unsigned depth, bool is_nested);

static void build_list(Engine *engine, Builder *builder, Value list, unsigned depth) {
    Value item;
    build_byte(builder, '[');
    for (size_t count = 0; next_item(&list, &item); count++) {
        if (count) build_string(builder, ", ");
        if (count == LONGEST) {
            build_string(builder, "...");
            break;
        }
        build_value(engine, builder, item, depth + 1, false);
        if (engine->machine->unknowns) list = look(engine->machine, list);
    }
    build_byte(builder, ']');
    if (is_symbolic(list)) {
        build_string(builder, " ++ ");
        build_value(engine, builder, list, depth + 1, false);
    }
}

static void build_fields(Engine *engine, Builder *builder, Value value, unsigned depth) {
    const Constructor *constructor = constructor_of(value);
    bool is_record = constructor->field_names.count > 0, is_tuple = constructor->data->tuple_size > 0;
    build_string(builder, is_record ? "{ " : is_tuple ? "(" : constructor->name);
    for (size_t i = 0; i < value.object->count; i++) {
        if (is_record || is_tuple) build_string(builder, i ? ", " : "");
        else build_byte(builder, ' ');
        if (is_record) build_format(builder, "%s = ", constructor->field_names.items[i]);
        build_value(engine, builder, value.object->items[i], depth + 1, !is_record && !is_tuple);
    }
    build_string(builder, is_record ? " }" : is_tuple ? ")" : "");
}

// The source text that stands for a value; of unknowns in it their names.
static void build_source(Engine *engine, Builder *builder, Value text) {
    text = engine->machine->unknowns ? look(engine->machine, text) : text;
    if (text.kind == VALUE_STRING) build_text(builder, text_in(text));
    else if (text.kind == VALUE_JOINED)
        for (size_t i = 0; i < text.object->count; i++) build_source(engine, builder, text.object->items[i]);
    else build_value(engine, builder, text.kind == VALUE_TEXT_OF ? text.object->items[0] : text, 0, true);
}

static void build_view(Engine *engine, Builder *builder, const DataType *data, Value seen, unsigned depth) {
    if (data->seen_as) {
        build_format(builder, "%s.from_list ", data->module);
        build_value(engine, builder, seen, depth, true);
    } else build_source(engine, builder, seen);
}

static void build_data(Engine *engine, Builder *builder, Value value, unsigned depth, bool is_nested) {
    const Constructor *constructor = constructor_of(value);
    const CoreDefinition *view = view_of(engine->machine, constructor->data);
    bool has_parentheses = is_nested && (view || (value.kind == VALUE_DATA && !constructor->data->tuple_size && !constructor->field_names.count));
    if (constructor->data == engine->program->builtins->list_type) {
        build_list(engine, builder, value, depth);
        return;
    }
    if (has_parentheses) build_byte(builder, '(');
    if (view) build_view(engine, builder, constructor->data, apply_apart(engine, *global_value(engine->machine, view), 1, &value), depth);
    else if (value.kind == VALUE_CONSTANT) build_string(builder, constructor->name);
    else build_fields(engine, builder, value, depth);
    if (has_parentheses) build_byte(builder, ')');
}

static void build_sum(Engine *engine, Builder *builder, const Object *sum) {
    for (size_t i = 1; i < sum->count; i += 2) {
        int64_t coefficient = sum->items[i + 1].integer;
        build_string(builder, i > 1 ? coefficient < 0 ? " - " : " + " : coefficient < 0 ? "-" : "");
        if (coefficient != 1 && coefficient != -1) build_format(builder, "%lld * ", (long long)(coefficient < 0 ? -coefficient : coefficient));
        build_value(engine, builder, sum->items[i], 0, true);
    }
    long long constant = sum->items[0].integer;
    if (constant) build_format(builder, constant < 0 ? " - %llu" : " + %llu", constant < 0 ? 0ull - (unsigned long long)constant : (unsigned long long)constant);
}

static void build_spliced(Engine *engine, Builder *builder, const Object *spliced) {
    build_value(engine, builder, spliced->items[0], 0, true);
    build_string(builder, " ++ ");
    build_value(engine, builder, spliced->items[1], 0, false);
}

// A text as an interpolation.
static void build_joined(Engine *engine, Builder *builder, const Object *joined) {
    build_byte(builder, '"');
    for (size_t i = 0; i < joined->count; i++) {
        Value piece = joined->items[i];
        if (piece.kind == VALUE_STRING) {
            Builder quoted = builder_in(engine->compilation->arena);
            build_literal(&quoted, piece, false);
            build_text(builder, (Text){quoted.bytes + 1, quoted.length - 2});
            continue;
        }
        build_string(builder, "\\(");
        build_value(engine, builder, piece.kind == VALUE_TEXT_OF ? piece.object->items[0] : piece, 0, false);
        build_byte(builder, ')');
    }
    build_byte(builder, '"');
}

static void build_term(Engine *engine, Builder *builder, Value value, bool is_nested) {
    bool has_parentheses = is_nested && value.kind != VALUE_JOINED;
    if (has_parentheses) build_byte(builder, '(');
    if (value.kind == VALUE_SPLICED) build_spliced(engine, builder, value.object);
    else if (value.kind == VALUE_SUM) build_sum(engine, builder, value.object);
    else build_joined(engine, builder, value.object);
    if (has_parentheses) build_byte(builder, ')');
}

// "names", or "(head of names)".
static void build_name(Builder *builder, const char *name, bool is_nested) {
    bool has_parentheses = is_nested && strchr(name, ' ');
    if (has_parentheses) build_byte(builder, '(');
    build_string(builder, name);
    if (has_parentheses) build_byte(builder, ')');
}

static void build_value(Engine *engine, Builder *builder, Value value, unsigned depth, bool is_nested) {
    static const char *const resources[] = {"resource", "channel", "promise", "semaphore", "group"};
    value = engine->machine->unknowns ? look(engine->machine, value) : value;
    if (depth > DEEPEST) {
        build_string(builder, "...");
        return;
    }
    switch (value.kind) {
    case VALUE_INT:
    case VALUE_FLOAT:
    case VALUE_CHAR:
    case VALUE_STRING: build_literal(builder, value, is_nested); break;
    case VALUE_CONSTANT:
    case VALUE_DATA: build_data(engine, builder, value, depth, is_nested); break;
    case VALUE_RESOURCE: build_format(builder, "<%s>", value.resource->data ? value.resource->data->name : resources[value.resource->kind]); break;
    case VALUE_UNKNOWN: build_name(builder, ((const Opaque *)value.object->about)->name, is_nested); break;
    case VALUE_SUM:
    case VALUE_SPLICED:
    case VALUE_JOINED: build_term(engine, builder, value, is_nested); break;
    case VALUE_ARRAY: build_string(builder, "<array>"); break;
    case VALUE_COMPUTATION: build_string(builder, "<computation>"); break;
    default: build_string(builder, "<function>"); break;
    }
}

const char *describe_value(Engine *engine, Value value) {
    Builder builder = builder_in(engine->compilation->arena);
    build_value(engine, &builder, value, 0, false);
    return builder_string(&builder);
}

const char *describe_operation(Engine *engine, const External *external, const Value *arguments) {
    Builder builder = builder_in(engine->compilation->arena);
    if (external->operation) build_format(&builder, "%s.%s", external->operation->effect->name, external->operation->name);
    else build_string(&builder, external->name);
    for (size_t i = 0; i < external->arguments.count; i++) {
        build_byte(&builder, ' ');
        build_value(engine, &builder, arguments[i], 0, true);
    }
    return builder_string(&builder);
}

// ---- what happened ----

static const char *name_of(Engine *engine, const Task *task) {
    static const char *const names[] = {"join", "first", "group", "map_par", "timeout", "isolate"};
    static const char *const sides[] = {"left", "right"};
    if (!task->scope) return "main";
    Builder builder = builder_in(engine->compilation->arena);
    bool has_sides = task->scope->kind == SCOPE_JOIN || task->scope->kind == SCOPE_FIRST;
    if (has_sides) build_format(&builder, "%s of %s", sides[task->index & 1], names[task->scope->kind]);
    else build_format(&builder, "%s %u", names[task->scope->kind], task->index + 1);
    return builder_string(&builder);
}

static size_t index_of(Engine *engine, const Task *task) {
    size_t known = (size_t)(uintptr_t)table_get(&engine->task_names, (void *)(uintptr_t)(task->name | 1));
    if (known) return known - 1;
    Arena *arena = engine->compilation->arena;
    size_t parent = task->scope ? index_of(engine, task->scope->parent) : 0;
    SpecTask added = {name_of(engine, task), parent};
    vector_push(arena, &engine->record->tasks, added);
    table_put(&engine->task_names, (void *)(uintptr_t)(task->name | 1), (void *)(uintptr_t)engine->record->tasks.count);
    return engine->record->tasks.count - 1;
}

void record_event(Engine *engine, SpecEventKind kind, const Task *task, const char *text, Span place) {
    bool is_over = engine->machine->is_stuck && kind != SPEC_WRONG; // what releases do after a deadlock
    if (!engine->is_recording || is_over) return;
    SpecEvent event = {kind, index_of(engine, task), text, place};
    vector_push(engine->compilation->arena, &engine->record->events, event);
}

// Of a run that is longer than anybody reads: its beginning and its end.
static void leave_out_middle(Engine *engine) {
    enum { MOST = 100, AT_BEGINNING = 20, AT_END = 8 };
    SpecFailure *record = engine->record;
    size_t count = record->events.count, end = count - AT_END;
    if (count <= MOST) return;
    Symbol text = symbol_format(engine->compilation->symbols, "... %zu more ...", end - AT_BEGINNING);
    record->events.items[AT_BEGINNING] = (SpecEvent){SPEC_LEFT_OUT, record->events.items[AT_BEGINNING].task, text, (Span){0}};
    record->events.count = AT_BEGINNING + 1;
    for (size_t i = end; i < count; i++) record->events.items[record->events.count++] = record->events.items[i];
}

unsigned count_switches(const Engine *engine) {
    const SpecFailure *record = engine->record;
    bool *is_told = NEW_ARRAY(engine->compilation->arena, bool, record->tasks.count + 1);
    unsigned count = 0;
    for (size_t i = 0; i < record->events.count; i++) {
        size_t task = record->events.items[i].task;
        count += is_told[task] && task != record->events.items[i - 1].task;
        is_told[task] = true;
    }
    return count;
}

_Noreturn void fail(Engine *engine, const char *message, Span step, const char *expected, const char *actual, Span place, const char *hint) {
    SpecFailure *failure = engine->is_recording ? engine->record : NEW(engine->compilation->arena, SpecFailure);
    failure->message = message;
    failure->step = step;
    failure->expected = expected;
    failure->actual = actual;
    failure->place = place;
    failure->hint = hint;
    if (engine->is_recording) leave_out_middle(engine);
    engine->failure = failure;
    stop_run(engine, STOP_FAILED);
}
