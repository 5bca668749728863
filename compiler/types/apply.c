// Names and their application: functions, constructors, operations, what the compiler knows of the prelude.
#include "apply.h"

// ---- what is applied ----

Type *function_of(Inference *inference, const Types *parameters, Type *result) {
    for (size_t i = parameters->count; i-- > 0;) result = function_type(inference->arena, parameters->items[i], result);
    return result;
}

static Type *data_of_fresh(Inference *inference, DataType *data, Types *arguments, Span span) {
    *arguments = fresh_arguments(inference, &data->parameters, span);
    return data_type(inference->arena, data, arguments);
}

static void become_constructor(Inference *inference, Callee *callee, Constructor *constructor) {
    Types arguments;
    Type *result = data_of_fresh(inference, constructor->data, &arguments, callee->span);
    Type *type = function_of(inference, &constructor->fields, result);
    callee->arity = (unsigned)constructor->fields.count;
    callee->type = callee->arity ? substitute_type(inference->arena, type, &constructor->data->parameters, &arguments) : result;
}

static bool is_never_type(const Inference *inference, const Type *type) {
    return type->kind == TYPE_DATA && type->data == inference->builtins->never_type;
}

static void become_operation(Inference *inference, Callee *callee, const Operation *operation) {
    Types effect_arguments = fresh_arguments(inference, &operation->effect->parameters, callee->span);
    Types own_arguments = fresh_arguments(inference, &operation->parameters, callee->span);
    Type *row = operation->runs_cell ? parameter_type(inference->arena, operation->parameters.items[1])
                                     : effect_row(inference->arena, operation->effect, &effect_arguments, fresh_row(inference));
    Type *answer = is_never_type(inference, operation->answer) ? fresh_type(inference) : operation->answer;
    Type *type = function_of(inference, &operation->arguments, computation_type(inference->arena, answer, row));
    type = substitute_type(inference->arena, type, &operation->effect->parameters, &effect_arguments);
    callee->type = substitute_type(inference->arena, type, &operation->parameters, &own_arguments);
    callee->arity = (unsigned)operation->arguments.count;
    callee->type_arguments = effect_arguments;
    for (size_t i = 0; i < own_arguments.count; i++) vector_push(inference->arena, &callee->type_arguments, own_arguments.items[i]);
}

static void become_builtin(Inference *inference, Callee *callee, BuiltinValue value) {
    Arena *arena = inference->arena;
    Type *a = fresh_type(inference);
    callee->arity = value == BUILTIN_COMPARE ? 2 : 1;
    if (value == BUILTIN_COMPARE || value == BUILTIN_SHOW) {
        require_constraints(&inference->unifier, a, value == BUILTIN_COMPARE ? CONSTRAINT_COMPARE : CONSTRAINT_SHOW, callee->span);
    }
    switch (value) {
    case BUILTIN_RET: callee->type = function_type(arena, a, computation_type(arena, a, fresh_row(inference))); break;
    case BUILTIN_FAULT: callee->type = function_type(arena, string_type(inference), a); break;
    case BUILTIN_SHOW: callee->type = function_type(arena, a, string_type(inference)); break;
    case BUILTIN_COMPARE: {
        Type *ordering = data_type(arena, inference->builtins->ordering_type, NULL);
        callee->type = function_type(arena, a, function_type(arena, a, ordering));
        break;
    }
    }
}

static const char *written_name(Inference *inference, const Name *name) {
    return name->qualifier ? symbol_format(inference->symbols, "%s.%s", name->qualifier, name->name) : name->name;
}

static CoreExpression *use_spec(Inference *inference, Meaning *meaning, Span span) {
    bool is_used = inference->may_be_spec;
    inference->may_be_spec = false;
    if (is_used) return instantiate(inference, meaning, span);
    report(inference->diagnostics, E0705, span, "`%s` is a spec: it can only stand after `use`, in another spec", meaning->name);
    return error_node(inference, span);
}

static bool is_literal(const Expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_INT:
    case EXPRESSION_FLOAT:
    case EXPRESSION_CHAR:
    case EXPRESSION_STRING:
    case EXPRESSION_INTERPOLATION:
    case EXPRESSION_TUPLE:
    case EXPRESSION_LIST:
    case EXPRESSION_RECORD: return true;
    default: return false;
    }
}

static Callee find_callee(Inference *inference, const Expression *expression) {
    Callee callee = {.span = expression->span};
    bool is_name = expression->kind == EXPRESSION_VARIABLE || expression->kind == EXPRESSION_CONSTRUCTOR;
    Meaning *meaning = is_name ? expression->name.meaning : NULL;
    if (is_name) callee.name = written_name(inference, &expression->name);
    callee.meaning = meaning;
    callee.is_literal = is_literal(expression);
    if (is_name && !meaning) callee.node = error_node(inference, expression->span);
    if (!is_name) callee.node = infer(inference, expression, NULL);
    if (!callee.node) {
        switch (meaning->kind) {
        case MEANING_CONSTRUCTOR: become_constructor(inference, &callee, meaning->constructor); break;
        case MEANING_OPERATION:
            if (meaning->is_doubted) callee.node = error_node(inference, expression->span);
            else become_operation(inference, &callee, meaning->operation);
            break;
        case MEANING_BUILTIN: become_builtin(inference, &callee, (BuiltinValue)meaning->index); break;
        case MEANING_SPEC: callee.node = use_spec(inference, meaning, expression->span); break;
        case MEANING_LOCAL:
        case MEANING_VALUE:
            callee.node = meaning->is_wrong && meaning->kind == MEANING_VALUE ? error_node(inference, expression->span) :
                                                                                 instantiate(inference, meaning, expression->span);
            break;
        default: callee.node = error_node(inference, expression->span); break;
        }
    }
    if (callee.node) callee.type = callee.node->type;
    return callee;
}

// ---- building ----

static bool is_atomic(const CoreExpression *node) {
    switch (node->kind) {
    case CORE_INT:
    case CORE_FLOAT:
    case CORE_STRING:
    case CORE_GLOBAL: return true;
    case CORE_LOCAL: return node->variable != NULL;
    default: return false;
    }
}


typedef Vector(CoreBinding) CoreBindings;

static CoreExpression *bind_value(Inference *inference, CoreExpression *node, CoreBindings *lets) {
    if (is_atomic(node)) return node;
    CoreBinding binding = {made_up_variable(inference, "value", node->type, node->span), node};
    vector_push(inference->arena, lets, binding);
    return core_local(inference->arena, binding.variable, node->span);
}

static CoreExpression *wrap_bindings(Inference *inference, const CoreBindings *lets, CoreExpression *body) {
    for (size_t i = lets->count; i-- > 0;) body = core_let(inference->arena, lets->items[i].variable, lets->items[i].value, body);
    return body;
}

static CoreExpression *perform(Inference *inference, const Callee *callee, const CoreExpressions *items, Type *type, Span span) {
    Operation *operation = callee->meaning->operation;
    bool is_never = is_never_type(inference, operation->answer);
    Type *answer = resolve_type(type)->left;
    CoreExpression *node = core_node(inference->arena, CORE_PERFORM, is_never ? operation->answer : answer, span);
    node->operation = operation;
    node->items = *items;
    node->type_arguments = callee->type_arguments;
    if (!is_never) return node;
    CoreExpression *end = core_node(inference->arena, CORE_SWITCH, answer, span);
    end->first = node;
    return end;
}

static CoreExpression *build_builtin(Inference *inference, BuiltinValue value, const CoreExpressions *items, Type *type, Span span) {
    if (value == BUILTIN_RET) return core_delay(inference->arena, items->items[0], type);
    CoreExpression *node = core_node(inference->arena, value == BUILTIN_FAULT ? CORE_FAULT : CORE_PRIMITIVE, type, span);
    if (value == BUILTIN_FAULT) {
        node->first = items->items[0];
        return node;
    }
    node->primitive = value == BUILTIN_COMPARE ? PRIMITIVE_COMPARE : PRIMITIVE_SHOW;
    node->items = *items;
    return node;
}

static CoreExpression *build_saturated(Inference *inference, const Callee *callee, const CoreExpressions *items, Type *type, Span span) {
    switch (callee->meaning->kind) {
    case MEANING_OPERATION: return core_delay(inference->arena, perform(inference, callee, items, type, span), type);
    case MEANING_BUILTIN: return build_builtin(inference, (BuiltinValue)callee->meaning->index, items, type, span);
    default: {
        CoreExpression *node = core_node(inference->arena, CORE_CONSTRUCT, type, span);
        node->constructor = callee->meaning->constructor;
        node->items = *items;
        return node;
    }
    }
}

// Too few arguments: a function of the missing ones.
static CoreExpression *build_partial(Inference *inference, const Callee *callee, const CoreExpressions *given, Type *type, Span span) {
    CoreBindings lets = {0};
    CoreExpressions items = {0};
    for (size_t i = 0; i < given->count; i++) vector_push(inference->arena, &items, bind_value(inference, given->items[i], &lets));
    CoreExpression *lambda = core_node(inference->arena, CORE_LAMBDA, type, span);
    for (size_t i = given->count; i < callee->arity; i++) {
        type = resolve_type(type);
        CoreVariable *variable = made_up_variable(inference, "argument", type->left, span);
        vector_push(inference->arena, &lambda->parameters, variable);
        vector_push(inference->arena, &items, core_local(inference->arena, variable, span));
        type = type->right;
    }
    lambda->body = build_saturated(inference, callee, &items, type, span);
    return wrap_bindings(inference, &lets, lambda);
}

static bool delays(const Callee *callee) {
    return callee->meaning->kind == MEANING_OPERATION ||
           (callee->meaning->kind == MEANING_BUILTIN && callee->meaning->index == BUILTIN_RET);
}

// Arguments are evaluated when they are given, not when the computation is run.
static CoreExpression *build_delayed(Inference *inference, const Callee *callee, const CoreExpressions *given, Type *type, Span span) {
    CoreBindings lets = {0};
    CoreExpressions items = {0};
    for (size_t i = 0; i < given->count; i++) vector_push(inference->arena, &items, bind_value(inference, given->items[i], &lets));
    return wrap_bindings(inference, &lets, build_saturated(inference, callee, &items, type, span));
}

static CoreExpression *build_call(Inference *inference, const Callee *callee, const CoreExpressions *items, Type *type, Span span) {
    if (callee->meaning && callee->meaning->is_doubted) return error_node(inference, span);
    if (callee->node) {
        if (items->count == 0) return callee->node;
        CoreExpression *node = core_node(inference->arena, CORE_APPLY, type, span);
        node->first = callee->node;
        node->items = *items;
        return node;
    }
    if (items->count < callee->arity) return build_partial(inference, callee, items, type, span);
    if (items->count == callee->arity) {
        if (delays(callee)) return build_delayed(inference, callee, items, type, span);
        return build_saturated(inference, callee, items, type, span);
    }
    // `fault "..." x`, a constructor cannot: what it answers is a function.
    CoreExpressions own = {0}, rest = {0};
    for (size_t i = 0; i < items->count; i++) vector_push(inference->arena, i < callee->arity ? &own : &rest, items->items[i]);
    Type *own_type = type;
    for (size_t i = rest.count; i-- > 0;) own_type = function_type(inference->arena, rest.items[i]->type, own_type);
    CoreExpression *node = core_node(inference->arena, CORE_APPLY, type, span);
    node->first = build_call(inference, callee, &own, own_type, span);
    node->items = rest;
    return node;
}

// ---- arguments ----

// The types of the parameters that the arguments stand for; fewer when there are too many arguments.
static Types find_parameter_types(Inference *inference, Type *type, size_t count, Type **rest) {
    Types parameters = {0};
    for (size_t i = 0; i < count; i++) {
        type = resolve_type(type);
        if (type->kind == TYPE_UNKNOWN) {
            Type *function = function_type(inference->arena, fresh_type(inference), fresh_type(inference));
            if (!unify(&inference->unifier, type, function)) break;
            type = function;
        }
        if (type->kind != TYPE_FUNCTION) break;
        vector_push(inference->arena, &parameters, type->left);
        type = type->right;
    }
    *rest = type;
    return parameters;
}

static Reason argument_reason(const Callee *callee, size_t index) {
    return (Reason){REASON_ARGUMENT, callee->span, callee->name, (unsigned)index + 1, callee->meaning};
}

static void check_in_place(Inference *inference, Checked *checked, size_t i, Want want) {
    const Argument *argument = &checked->arguments->items[i];
    Type *type = want.type;
    CoreExpression *node = argument->node;
    bool is_form = !node && argument->expression && is_computation_form(argument->expression);
    if (is_form) {
        checked->items.items[i] = check(inference, argument->expression, type, want.reason);
        return;
    }
    if (!node) node = infer(inference, argument->expression, &want);
    checked->has_unknown |= resolve_type(node->type)->kind == TYPE_ERROR && count_failed_arguments(checked) == 0;
    checked->actual.items[i] = node->type;
    checked->items.items[i] = meet(inference, node, type, want.reason, argument->expression);
}

static void check_argument(Inference *inference, Checked *checked, size_t i) {
    Want want = {checked->parameters.items[i], argument_reason(checked->callee, i)};
    const Reason *outer = inference->row_place.argument;
    inference->row_place.argument = &want.reason;
    check_in_place(inference, checked, i, want);
    inference->row_place.argument = outer;
}

// Where an argument before it has failed at a type that they share, what is wanted of this one is not known: it is looked at alone.
static void check_after_failure(Inference *inference, Checked *checked, size_t i) {
    const Argument *argument = &checked->arguments->items[i];
    CoreExpression *node = argument->node ? argument->node : infer(inference, argument->expression, NULL);
    checked->actual.items[i] = node->type;
    checked->items.items[i] = error_node(inference, span_of_argument(checked, i));
}

// Whether the annotation of the parameter is in doubt: what is given here may well be right.
static bool is_misused(const Callee *callee, size_t i) { return callee->meaning && i < 32 && callee->meaning->misused >> i & 1; }

// A function as an argument is looked at after the others: they tell what it is given.
static bool comes_late(const Argument *argument) {
    return !argument->node && argument->expression && argument->expression->kind == EXPRESSION_FUNCTION;
}

static void check_late(Inference *inference, Checked *checked, bool is_misplaced) {
    for (size_t i = 0; i < checked->parameters.count; i++) {
        if (!comes_late(&checked->arguments->items[i])) continue;
        if (!is_misplaced) {
            check_argument(inference, checked, i);
            continue;
        }
        // What it will be given in its own place is not known: no more than its names is looked at.
        size_t mark = inference->diagnostics->list.count;
        infer(inference, checked->arguments->items[i].expression, NULL);
        withdraw(inference, mark, span_of_argument(checked, i), true);
        checked->items.items[i] = error_node(inference, span_of_argument(checked, i));
    }
}

// False when the arguments are in another order than the parameters, which was told.
static bool check_arguments(Inference *inference, Checked *checked, Type *rest) {
    checked->mark = inference->diagnostics->list.count;
    for (size_t i = 0; i < checked->parameters.count; i++) {
        vector_push(inference->arena, &checked->items, NULL);
        vector_push(inference->arena, &checked->actual, NULL);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < checked->parameters.count; i++) {
            const Argument *argument = &checked->arguments->items[i];
            if (comes_late(argument) || pass != !argument->node) continue;
            if (shares_failed_type(checked, i) || is_misused(checked->callee, i)) check_after_failure(inference, checked, i);
            else check_argument(inference, checked, i);
        }
    }
    if (checked->has_unknown) withdraw_failed(inference, checked); // that others do not fit may follow from it
    bool is_misplaced = tell_order(inference, checked), has_error = inference->diagnostics->list.count > checked->mark;
    check_late(inference, checked, is_misplaced || has_error);
    if (is_misplaced || tell_order(inference, checked)) return false;
    hint_argument(inference, checked, rest);
    join_failed(inference, checked);
    return true;
}

static CoreExpression *apply_callee(Inference *inference, const Callee *callee, const Arguments *arguments, Span span) {
    if (resolve_type(callee->type)->kind == TYPE_ERROR) {
        for (size_t i = 0; i < arguments->count; i++) {
            if (!arguments->items[i].node) infer(inference, arguments->items[i].expression, NULL);
        }
        return error_node(inference, span);
    }
    Type *rest;
    Checked checked = {.callee = callee, .arguments = arguments, .mark = inference->diagnostics->list.count};
    checked.parameters = find_parameter_types(inference, callee->type, arguments->count, &rest);
    bool is_ordered = check_arguments(inference, &checked, rest);
    bool has_errors = inference->diagnostics->list.count > checked.mark;
    size_t arity = has_errors ? declared_arity(inference, callee) : 0;
    if (arity > 0 && arity < checked.parameters.count) {
        // Of an argument too many, what it makes of the others is no mistake of theirs.
        for (size_t i = 0; i < checked.parameters.count; i++) withdraw(inference, checked.mark, span_of_argument(&checked, i), true);
        checked.parameters.count = checked.items.count = arity;
        rest = fresh_type(inference);
    }
    if (checked.parameters.count < arguments->count) {
        if (resolve_type(rest)->kind == TYPE_ERROR) return error_node(inference, span);
        return report_too_many(inference, &checked, rest);
    }
    // An argument in error is most likely not the one that belongs there: neither that others are missing nor what the answer would
    // be is another mistake.
    bool has_error = !is_ordered || count_failed_arguments(&checked) > 0;
    if (has_error && (resolve_type(rest)->kind == TYPE_FUNCTION || depends_on_arguments(inference, &checked)))
        return error_node(inference, span);
    return build_call(inference, callee, &checked.items, rest, span);
}

static void add_arguments(Inference *inference, const Expressions *items, Arguments *arguments) {
    for (size_t i = 0; i < items->count; i++) {
        Argument argument = {items->items[i], NULL};
        vector_push(inference->arena, arguments, argument);
    }
}

CoreExpression *infer_name(Inference *inference, const Expression *expression) {
    Callee callee = find_callee(inference, expression);
    return build_call(inference, &callee, &(CoreExpressions){0}, callee.type, expression->span);
}

CoreExpression *infer_apply(Inference *inference, const Expression *expression, const Want *want) {
    (void)want;
    Callee callee = find_callee(inference, expression->first);
    Arguments arguments = {0};
    add_arguments(inference, &expression->items, &arguments);
    return apply_callee(inference, &callee, &arguments, expression->span);
}

// `x |> f y` is `f y x`, with x evaluated and looked at first; `f y <| x` is `f y x`.
CoreExpression *infer_pipe(Inference *inference, const Expression *expression) {
    bool is_right = expression->operator == OPERATOR_PIPE_RIGHT;
    const Expression *function = is_right ? expression->second : expression->first;
    const Expression *value = is_right ? expression->first : expression->second;
    CoreBindings lets = {0};
    Argument last = {value, NULL};
    if (is_right) last.node = bind_value(inference, infer(inference, value, NULL), &lets);
    bool is_applied = function->kind == EXPRESSION_APPLY;
    Callee callee = find_callee(inference, is_applied ? function->first : function);
    Arguments arguments = {0};
    if (is_applied) add_arguments(inference, &function->items, &arguments);
    vector_push(inference->arena, &arguments, last);
    return wrap_bindings(inference, &lets, apply_callee(inference, &callee, &arguments, expression->span));
}
