// The steps of a task: evaluating an expression, and giving a value to the innermost frame.

#include "unknown.h"

#include <string.h>

void answer(Task *task, Value value) {
    task->expression = NULL;
    task->value = value;
}

void evaluate(Task *task, const CoreExpression *expression, Object *environment) {
    task->expression = expression;
    task->environment = environment;
}

void push(Machine *machine, Task *task, ObjectKind kind, const void *about, Object *scope, size_t count, const Value *items) {
    Object *frame = make_object(machine, kind, about, task->continuation, scope, count);
    if (count) memcpy(frame->items, items, count * sizeof *items);
    task->continuation = frame;
}

// ---- environments ----

Object *bind_variable(Machine *machine, Object *environment, const CoreVariable *variable, Value value) {
    Object *longer = make_object(machine, ENVIRONMENT_LET, variable, environment, NULL, 1);
    longer->items[0] = value;
    return longer;
}

Object *bind_parameters(Machine *machine, Object *environment, const CoreVariables *parameters, const Value *values) {
    if (!parameters->count) return environment;
    Object *longer = make_object(machine, ENVIRONMENT_PARAMETERS, parameters, environment, NULL, parameters->count);
    memcpy(longer->items, values, parameters->count * sizeof *values);
    return longer;
}

static Value closure(Machine *machine, const CoreExpression *expression, Object *environment) {
    return object_value(expression->kind == CORE_LAMBDA ? VALUE_FUNCTION : VALUE_COMPUTATION,
                        make_object(machine, CLOSURE, expression, NULL, environment, 0));
}

static bool find_among(const CoreVariables *variables, const CoreVariable *variable, size_t *index) {
    for (*index = 0; *index < variables->count; ++*index)
        if (variables->items[*index] == variable) return true;
    return false;
}

// Each function of a LET_REC is made anew where it is used, so that no environment holds itself.
static const CoreExpression *find_function(const CoreExpression *node, const CoreVariable *variable) {
    for (size_t i = 0; i < node->bindings.count; i++)
        if (node->bindings.items[i].variable == variable) return node->bindings.items[i].value;
    return NULL;
}

bool find_local(Machine *machine, Object *environment, const CoreVariable *variable, Value *value) {
    for (; environment; environment = environment->next) {
        const CoreExpression *function;
        size_t index;
        switch (environment->kind) {
        case ENVIRONMENT_LET:
            if (environment->about != variable) break;
            *value = environment->items[0];
            return true;
        case ENVIRONMENT_PARAMETERS:
            if (!find_among(environment->about, variable, &index)) break;
            *value = environment->items[index];
            return true;
        case ENVIRONMENT_FIELDS:
            if (!find_among(&((const CoreArm *)environment->about)->fields, variable, &index)) break;
            *value = environment->scope->items[index];
            return true;
        case ENVIRONMENT_RECURSIVE:
            function = find_function(environment->about, variable);
            if (!function) break;
            *value = closure(machine, function, environment);
            return true;
        default: break;
        }
    }
    return false;
}

static Value look_up(Machine *machine, Object *environment, const CoreVariable *variable) {
    Value value = {0};
    find_local(machine, environment, variable, &value);
    return value;
}

// ---- what needs no step of its own ----

static Value literal_text(Machine *machine, const CoreExpression *node) {
    Object *object = table_get(&machine->literals, node);
    if (!object) {
        object = arena_allocate(machine->arena, sizeof *object + node->text.length); // where no snapshot forgets it
        *object = (Object){.kind = TEXT, .count = node->text.length};
        if (node->text.length) memcpy(text_bytes(object), node->text.bytes, node->text.length);
        table_put(&machine->literals, node, object);
    }
    return object_value(VALUE_STRING, object);
}

static Value literal_int(const Machine *machine, const CoreExpression *node) {
    const Type *type = resolve_type(node->type);
    bool is_char = type->kind == TYPE_DATA && type->data == machine->program->builtins->char_type;
    return (Value){.kind = is_char ? VALUE_CHAR : VALUE_INT, .integer = node->int_value};
}

Value *global_value(Machine *machine, const CoreDefinition *definition) { return table_get(&machine->globals, definition); }

// Atoms, functions and computations: their value, at once.
static bool is_value(Machine *machine, Object *environment, const CoreExpression *node, Value *value) {
    switch (node->kind) {
    case CORE_INT: *value = literal_int(machine, node); return true;
    case CORE_FLOAT: *value = float_value(node->float_value); return true;
    case CORE_STRING: *value = literal_text(machine, node); return true;
    case CORE_LOCAL: *value = look_up(machine, environment, node->variable); return true;
    case CORE_GLOBAL: *value = *global_value(machine, node->definition); return true;
    case CORE_LAMBDA:
    case CORE_DELAY: *value = closure(machine, node, environment); return true;
    case CORE_CONSTRUCT:
        if (node->items.count) return false;
        *value = constant_value(node->constructor);
        return true;
    default: return false;
    }
}

// The value of a part of a node; false: it has to be evaluated first, and a frame waits for it.
static bool part_value(Machine *machine, Task *task, const CoreExpression *part, ObjectKind frame, const CoreExpression *node, Value *value) {
    Object *environment = task->environment;
    if (is_value(machine, environment, part, value)) return true;
    push(machine, task, frame, node, environment, 0, NULL);
    evaluate(task, part, environment);
    return false;
}

// ---- application ----

static Value partial(Machine *machine, Value function, size_t count, const Value *arguments) {
    Object *object = make_object(machine, PARTIAL, NULL, NULL, NULL, count + 1);
    object->items[0] = function;
    memcpy(object->items + 1, arguments, count * sizeof *arguments);
    return object_value(VALUE_PARTIAL, object);
}

static void apply_function(Machine *machine, Task *task, const Object *function, size_t count, const Value *arguments) {
    const CoreExpression *lambda = function->about;
    size_t arity = lambda->parameters.count;
    if (count < arity) {
        answer(task, partial(machine, object_value(VALUE_FUNCTION, (Object *)function), count, arguments));
        return;
    }
    const struct Unknowns *unknowns = machine->unknowns;
    Value given;
    bool may_stand = unknowns && count == arity && (unknowns->head == lambda || unknowns->has_used);
    if (may_stand && unknowns->stands_for(unknowns->context, (Object *)function, &arguments, &given)) {
        answer(task, given);
        return;
    }
    if (unknowns && (unknowns->head || unknowns->has_used) && count == arity && unknowns->apply_apart(unknowns->context, lambda, &arguments, &given)) {
        answer(task, given);
        return;
    }
    if (count > arity) push(machine, task, FRAME_ARGUMENTS, NULL, NULL, count - arity, arguments + arity);
    evaluate(task, lambda->body, bind_parameters(machine, function->scope, &lambda->parameters, arguments));
}

// An extern that answers a computation is one when it has its arguments; any other is called.
static void apply_external(Machine *machine, Task *task, const External *external, size_t count, const Value *arguments) {
    size_t arity = external->arguments.count;
    if (count < arity || (count == arity && external->is_computation)) {
        answer(task, partial(machine, (Value){.kind = VALUE_EXTERNAL, .external = external}, count, arguments));
        return;
    }
    if (count > arity) push(machine, task, FRAME_ARGUMENTS, NULL, NULL, count - arity, arguments + arity);
    call_external(machine, task, (External *)external, arguments);
}

static void apply_unknown(Machine *machine, Task *task, Value function, size_t count, const Value *arguments) {
    Value value;
    const struct Unknowns *unknowns = machine->unknowns;
    if (!unknowns->apply_opaque(unknowns->context, function, count, arguments, &value)) undecided(machine, "a function that is not known is applied");
    answer(task, value);
}

void apply(Machine *machine, Task *task, Value function, size_t count, const Value *arguments) {
    if (function.kind == VALUE_FUNCTION) {
        apply_function(machine, task, function.object, count, arguments);
        return;
    }
    if (function.kind == VALUE_EXTERNAL) {
        apply_external(machine, task, function.external, count, arguments);
        return;
    }
    if (function.kind == VALUE_CONTINUATION) { // a computation, once it has its argument
        answer(task, partial(machine, function, count, arguments));
        return;
    }
    if (is_symbolic(function)) {
        apply_unknown(machine, task, function, count, arguments);
        return;
    }
    const Object *held = function.object;
    size_t held_count = held->count - 1, all = held_count + count;
    Object *together = make_object(machine, ITEMS, NULL, NULL, NULL, all);
    memcpy(together->items, held->items + 1, held_count * sizeof(Value));
    memcpy(together->items + held_count, arguments, count * sizeof(Value));
    apply(machine, task, held->items[0], all, together->items);
}

// A function of C, or a continuation, with all its arguments.
static void run_partial(Machine *machine, Task *task, const Object *held) {
    Value function = held->items[0];
    const struct Unknowns *unknowns = machine->unknowns;
    bool may_run_itself = unknowns && unknowns->has_used && function.kind == VALUE_EXTERNAL;
    if (may_run_itself && unknowns->runs_itself(unknowns->context, task, (External *)function.external, held->items + 1)) return;
    if (function.kind == VALUE_CONTINUATION) resume_continuation(machine, task, function.object, held->items[1]);
    else run_external(machine, task, (External *)function.external, held->items + 1);
}

void force(Machine *machine, Task *task, Value computation) {
    if (is_symbolic(computation)) undecided(machine, "a computation that is not known is run");
    switch (computation.kind) {
    case VALUE_COMPUTATION:
        evaluate(task, ((const CoreExpression *)computation.object->about)->body, computation.object->scope);
        break;
    case VALUE_EXTERNAL: run_external(machine, task, (External *)computation.external, NULL); break;
    default: run_partial(machine, task, computation.object); break;
    }
}

void run_applied(Machine *machine, Task *task, Value function, Value argument) {
    push(machine, task, FRAME_FORCE, NULL, NULL, 0, NULL);
    apply(machine, task, function, 1, &argument);
}

// ---- nodes with items ----

static Object *find_label(Object *environment, const CoreLabel *label) {
    while (environment->kind != ENVIRONMENT_LABEL || ((const CoreExpression *)environment->about)->label != label) environment = environment->next;
    return environment;
}

static void jump(Machine *machine, Task *task, const CoreExpression *node, Object *environment, const Value *values) {
    Object *label = find_label(environment, node->label);
    const CoreExpression *join = label->about;
    evaluate(task, join->first, bind_parameters(machine, label->next, &join->label->parameters, values));
}

// All items have been evaluated.
static void complete(Machine *machine, Task *task, const CoreExpression *node, Object *environment, const Object *items) {
    const Value *values = items->items;
    machine->called = node;
    switch (node->kind) {
    case CORE_CONSTRUCT: answer(task, construct(machine, node->constructor->data, node->constructor->tag, (unsigned)items->count, values)); break;
    case CORE_PRIMITIVE: compute(machine, task, node, values); break;
    case CORE_PERFORM: perform(machine, task, node, values); break;
    case CORE_JUMP: jump(machine, task, node, environment, values); break;
    default: apply(machine, task, values[0], items->count - 1, values + 1); break; // APPLY: the function comes first
    }
}

// The parts of a node that are evaluated from left to right: the function of an APPLY, then the items.
static const CoreExpression *item_of(const CoreExpression *node, size_t index) {
    if (node->kind != CORE_APPLY) return node->items.items[index];
    return index ? node->items.items[index - 1] : node->first;
}

// Goes on with the items from `index`; `items` has those before, and is nobody else's.
static void evaluate_items(Machine *machine, Task *task, const CoreExpression *node, Object *environment, Object *items, size_t index) {
    for (; index < items->count; index++) {
        const CoreExpression *item = item_of(node, index);
        if (is_value(machine, environment, item, &items->items[index])) continue;
        items->kind = FRAME_ITEMS;
        items->about = node;
        items->next = task->continuation;
        items->scope = environment;
        items->items[index] = (Value){.kind = VALUE_EXTERNAL}; // where the answer goes
        task->continuation = items;
        evaluate(task, item, environment);
        return;
    }
    complete(machine, task, node, environment, items);
}

static Object *make_items(Machine *machine, size_t count) {
    Object *items = make_object(machine, ITEMS, NULL, NULL, NULL, count);
    memset(items->items, 0, count * sizeof(Value));
    return items;
}

static void item_answered(Machine *machine, Task *task, const Object *frame, Value value) {
    Object *items = make_items(machine, frame->count);
    memcpy(items->items, frame->items, frame->count * sizeof(Value));
    size_t index = 0;
    while (items->items[index].kind != VALUE_EXTERNAL || items->items[index].external) index++;
    items->items[index] = value;
    evaluate_items(machine, task, frame->about, frame->scope, items, index + 1);
}

// ---- branching ----

static bool literal_matches(Machine *machine, const CoreExpression *literal, Value value) {
    Value other;
    int order;
    if (is_symbolic(value)) return is_value(machine, NULL, literal, &other) && decide_equal(machine, value, other);
    return is_value(machine, NULL, literal, &other) && compare_plain(value, other, &order) && order == 0;
}

static bool arm_matches(Machine *machine, const CoreArm *arm, Value value) {
    return arm->constructor ? constructor_of(value) == arm->constructor : literal_matches(machine, arm->literal, value);
}

static void choose(Machine *machine, Task *task, const CoreExpression *node, Object *environment, Value value) {
    if (is_symbolic(value)) value = node->arms.count && node->arms.items[0].constructor ? inspect(machine, value) : look(machine, value);
    for (size_t i = 0; i < node->arms.count; i++) {
        const CoreArm *arm = &node->arms.items[i];
        if (!arm_matches(machine, arm, value)) continue;
        if (arm->constructor && value.kind == VALUE_DATA) environment = make_object(machine, ENVIRONMENT_FIELDS, arm, environment, value.object, 0);
        evaluate(task, arm->body, environment);
        return;
    }
    evaluate(task, node->otherwise, environment);
}

static Value field_of(Machine *machine, Value value, unsigned index) {
    if (is_symbolic(value)) value = inspect(machine, value);
    return value.object->items[index];
}

static void fault_with(Machine *machine, Task *task, const CoreExpression *node, Value message) {
    if (is_symbolic(message)) message = text_value(machine, "(a text that is not known)");
    raise_fault(machine, task, &node->span, "%.*s", (int)text_in(message).length, text_in(message).bytes);
}

// [a, b, rest]: a :: b :: rest.
static Value with_last_as_rest(Machine *machine, Value list) {
    const DataType *data = machine->program->builtins->list_type;
    Value whole = list, *end = &whole, item, next;
    next_item(&list, &item);
    for (; next_item(&list, &next); item = next) {
        *end = construct(machine, data, 1, 2, (Value[]){item, next});
        end = &end->object->items[1];
    }
    *end = item;
    return whole;
}

// ---- one step ----

static void evaluate_let(Machine *machine, Task *task, const CoreExpression *node) {
    Value value;
    if (part_value(machine, task, node->first, FRAME_LET, node, &value))
        evaluate(task, node->body, bind_variable(machine, task->environment, node->variable, value));
}

static void evaluate_node(Machine *machine, Task *task, const CoreExpression *node) {
    Object *environment = task->environment;
    Value value;
    switch (node->kind) {
    case CORE_LET: evaluate_let(machine, task, node); break;
    case CORE_LET_REC: evaluate(task, node->body, make_object(machine, ENVIRONMENT_RECURSIVE, node, environment, NULL, 0)); break;
    case CORE_JOIN: evaluate(task, node->body, make_object(machine, ENVIRONMENT_LABEL, node, environment, NULL, 0)); break;
    case CORE_SWITCH:
        if (part_value(machine, task, node->first, FRAME_SWITCH, node, &value)) choose(machine, task, node, environment, value);
        break;
    case CORE_FORCE:
        if (part_value(machine, task, node->first, FRAME_FORCE, node, &value)) force(machine, task, value);
        break;
    case CORE_FIELD:
        if (part_value(machine, task, node->first, FRAME_FIELD, node, &value)) answer(task, field_of(machine, value, node->index));
        break;
    case CORE_HANDLE:
        if (part_value(machine, task, node->first, FRAME_HANDLED, node, &value)) begin_handle(machine, task, node, environment, value);
        break;
    case CORE_FAULT:
        if (part_value(machine, task, node->first, FRAME_FAULT, node, &value))
            fault_with(machine, task, node, value);
        break;
    case CORE_CONSTRUCT:
    case CORE_PRIMITIVE:
    case CORE_PERFORM:
    case CORE_JUMP: evaluate_items(machine, task, node, environment, make_items(machine, node->items.count), 0); break;
    default: evaluate_items(machine, task, node, environment, make_items(machine, node->items.count + 1), 0); break; // APPLY
    }
}

static void give(Machine *machine, Task *task, Object *frame, Value value) {
    const CoreExpression *node = frame->about;
    switch (frame->kind) {
    case FRAME_LET: evaluate(task, node->body, bind_variable(machine, frame->scope, node->variable, value)); break;
    case FRAME_SWITCH: choose(machine, task, node, frame->scope, value); break;
    case FRAME_ITEMS: item_answered(machine, task, frame, value); break;
    case FRAME_ARGUMENTS: apply(machine, task, value, frame->count, frame->items); break;
    case FRAME_FORCE: force(machine, task, value); break;
    case FRAME_FIELD: answer(task, field_of(machine, value, node->index)); break;
    case FRAME_FAULT: fault_with(machine, task, node, value); break;
    case FRAME_GLOBAL: global_computed(machine, task, frame->about, value); break;
    case FRAME_UPDATE: cell_updated(machine, task, frame->about, value); break;
    case FRAME_VIEW_LEFT:
    case FRAME_VIEW_RIGHT: compare_seen(machine, task, frame, value); break;
    case FRAME_SHOW: show_seen(machine, task, frame, value); break;
    case FRAME_ACQUIRE: acquired(machine, task, frame, value); break;
    case FRAME_USE: used(machine, task, frame, value); break;
    case FRAME_RELEASE: released(machine, task, frame); break;
    case FRAME_SHIELD: shield_ended(task); break;
    case FRAME_UNWINDING: unwind_held(machine, task, frame); break;
    case FRAME_HANDLED: begin_handle(machine, task, node, frame->scope, value); break;
    case FRAME_HANDLE: handle_answered(machine, task, frame, value); break;
    case FRAME_CLAUSE: break;
    case FRAME_RUN: answer(task, construct(machine, machine->program->builtins->tuple_types.items[2], 0, 2, (Value[]){value, frame->items[0]})); break;
    case FRAME_ISOLATE: answer(task, construct(machine, machine->program->builtins->result_type, 0, 1, &value)); break;
    case FRAME_TAIL: answer(task, with_last_as_rest(machine, value)); break;
    case FRAME_JOIN_LEFT:
    case FRAME_JOIN_RIGHT:
    case FRAME_CONSTRUCT:
    case FRAME_IN_ORDER: answered_in_order(machine, task, frame, value); break;
    default: work_answered(machine, task, frame, value); break;
    }
}

void step(Machine *machine, Task *task) {
    Value value;
    Object *frame = task->continuation;
    machine->called = NULL;
    if (task->unwinding.reason && frame) {
        task->continuation = frame->next;
        unwind_frame(machine, task, frame);
    } else if (task->unwinding.reason) end_task(machine, task, task->unwinding.reason);
    else if (task->expression) {
        const CoreExpression *node = task->expression;
        if (is_value(machine, task->environment, node, &value)) answer(task, value);
        else evaluate_node(machine, task, node);
    } else if (frame) {
        task->continuation = frame->next;
        give(machine, task, frame, task->value);
    } else end_task(machine, task, END_ANSWER);
}
