// Expressions: each becomes a node of core with its type.
#include "infer.h"

// ---- types at hand ----

Type *fresh_type(Inference *inference) { return new_unknown(&inference->unifier, KIND_TYPE); }
Type *fresh_row(Inference *inference) { return new_unknown(&inference->unifier, KIND_ROW); }
Type *unit_type(Inference *inference) { return data_type(inference->arena, inference->builtins->unit_type, NULL); }
Type *bool_type(Inference *inference) { return data_type(inference->arena, inference->builtins->bool_type, NULL); }
Type *int_type(Inference *inference) { return data_type(inference->arena, inference->builtins->int_type, NULL); }
Type *string_type(Inference *inference) { return data_type(inference->arena, inference->builtins->string_type, NULL); }

Type *list_type(Inference *inference, Type *item) {
    Types arguments = {0};
    vector_push(inference->arena, &arguments, item);
    return data_type(inference->arena, inference->builtins->list_type, &arguments);
}

CoreVariable *made_up_variable(Inference *inference, const char *name, Type *type, Span span) {
    return core_variable(inference->arena, inference->program, symbol_of(inference->symbols, name), type, span);
}

CoreExpression *error_node(Inference *inference, Span span) {
    return core_node(inference->arena, CORE_FAULT, plain_type(TYPE_ERROR), span);
}

// ---- meeting what is wanted ----

static bool is_never(const Inference *inference, Type *type) {
    type = resolve_type(type);
    return type->kind == TYPE_DATA && type->data == inference->builtins->never_type;
}

// A computation that never answers may stand for one of any answer.
static bool answers_never(Inference *inference, Type *actual, Type *wanted) {
    if (actual->kind != TYPE_COMPUTATION || !is_never(inference, actual->left)) return false;
    wanted = resolve_type(wanted);
    if (wanted->kind != TYPE_COMPUTATION) return false;
    Type *answer = resolve_type(wanted->left);
    return answer->kind != TYPE_UNKNOWN && answer->kind != TYPE_ERROR && !is_never(inference, answer);
}

static CoreExpression *never_as(Inference *inference, CoreExpression *node, Type *wanted) {
    Type *answer = resolve_type(wanted)->left, *row = open_type(&inference->unifier, resolve_type(node->type))->right;
    CoreExpression *force = core_node(inference->arena, CORE_FORCE, resolve_type(node->type)->left, node->span);
    force->first = node;
    CoreExpression *end = core_node(inference->arena, CORE_SWITCH, answer, node->span);
    end->first = force;
    return core_delay(inference->arena, end, computation_type(inference->arena, answer, row));
}

static CoreExpression *coerce(Inference *inference, CoreExpression *node, Type *opened) {
    CoreExpression *wrapper = core_node(inference->arena, CORE_LOCAL, opened, node->span);
    Coercion coercion = {wrapper, node};
    vector_push(inference->arena, &inference->coercions, coercion);
    return wrapper;
}

CoreExpression *meet(Inference *inference, CoreExpression *node, Type *type, Reason reason, const Expression *expression) {
    Type *actual = resolve_type(node->type);
    if (actual == resolve_type(type)) return node;
    if (answers_never(inference, actual, type)) node = never_as(inference, node, type);
    Type *opened = open_type(&inference->unifier, node->type);
    if (unify(&inference->unifier, opened, type)) return opened == resolve_type(node->type) ? node : coerce(inference, node, opened);
    report_failure(inference, expression ? expression->span : node->span, node->type, type, reason, expression);
    // What was wanted and is still not known cannot be this: others that meet it are not told the same.
    unify(&inference->unifier, type, plain_type(TYPE_ERROR));
    return error_node(inference, node->span);
}

CoreExpression *check(Inference *inference, const Expression *expression, Type *type, Reason reason) {
    Type *wanted = resolve_type(type);
    // `ret e` alone is applied like any function: e is evaluated here, not when the computation is run.
    if (wanted->kind == TYPE_COMPUTATION && expression && expression->kind != EXPRESSION_APPLY && is_computation_form(expression)) {
        CoreExpression *body = run(inference, expression, wanted->left, wanted->right, reason);
        return core_delay(inference->arena, body, wanted);
    }
    Want want = {type, reason};
    return meet(inference, infer(inference, expression, &want), type, reason, expression);
}

// ---- literals ----

static CoreExpression *infer_literal(Inference *inference, const Expression *expression) {
    const Builtins *b = inference->builtins;
    CoreKind kind = expression->kind == EXPRESSION_FLOAT ? CORE_FLOAT : expression->kind == EXPRESSION_STRING ? CORE_STRING : CORE_INT;
    DataType *data = expression->kind == EXPRESSION_INT ? b->int_type : expression->kind == EXPRESSION_CHAR ? b->char_type :
                     expression->kind == EXPRESSION_FLOAT ? b->float_type : b->string_type;
    CoreExpression *node = core_node(inference->arena, kind, data_type(inference->arena, data, NULL), expression->span);
    if (kind == CORE_STRING) node->text = expression->text;
    else if (kind == CORE_FLOAT) node->float_value = expression->float_value;
    else node->int_value = expression->int_value;
    return node;
}

static CoreExpression *infer_piece(Inference *inference, const Expression *piece) {
    CoreExpression *node = infer(inference, piece, NULL);
    if (piece->kind == EXPRESSION_STRING) return node;
    if (!require_constraints(&inference->unifier, node->type, CONSTRAINT_INTERPOLATE, piece->span)) {
        report_failure(inference, piece->span, node->type, node->type, (Reason){.kind = REASON_NONE}, piece);
        return error_node(inference, piece->span);
    }
    CoreExpression *text = core_node(inference->arena, CORE_PRIMITIVE, string_type(inference), piece->span);
    text->primitive = PRIMITIVE_INTERPOLATE;
    vector_push(inference->arena, &text->items, node);
    return text;
}

static CoreExpression *infer_interpolation(Inference *inference, const Expression *expression) {
    CoreExpression *node = core_node(inference->arena, CORE_PRIMITIVE, string_type(inference), expression->span);
    node->primitive = PRIMITIVE_STRING_CONCATENATE;
    for (size_t i = 0; i < expression->items.count; i++) {
        vector_push(inference->arena, &node->items, infer_piece(inference, expression->items.items[i]));
    }
    return node;
}

// ---- tuples and lists ----

bool is_free_reason(const Reason *reason) {
    return reason->kind == REASON_NONE || reason->kind == REASON_BLOCK_END || reason->kind == REASON_FUNCTION_BODY;
}

// Why a part of what is wanted is wanted: the place of an annotation is kept.
static Reason reason_of_part(const Reason *whole, ReasonKind kind, unsigned index) {
    bool is_written =
        whole->kind == REASON_RESULT || whole->kind == REASON_ANNOTATION || whole->kind == REASON_PART || whole->kind == REASON_ITEM;
    return (Reason){kind, is_written ? whole->span : (Span){0}, NULL, index, NULL};
}

static CoreExpression *infer_tuple(Inference *inference, const Expression *expression, const Want *want) {
    if (expression->items.count == 0) return core_unit(inference->arena, inference->builtins, expression->span);
    unsigned size = (unsigned)expression->items.count;
    DataType *data = find_tuple_type(inference->arena, inference->symbols, inference->builtins, size);
    Type *wanted = want ? resolve_type(want->type) : NULL;
    bool is_wanted = wanted && wanted->kind == TYPE_DATA && wanted->data == data;
    CoreExpression *node = core_node(inference->arena, CORE_CONSTRUCT, NULL, expression->span);
    node->constructor = data->constructors.items[0];
    Types types = {0};
    for (unsigned i = 0; i < size; i++) {
        const Expression *item = expression->items.items[i];
        CoreExpression *part = is_wanted ?
                                   check(inference, item, wanted->arguments.items[i], reason_of_part(&want->reason, REASON_PART, i + 1)) :
                                   infer(inference, item, NULL);
        vector_push(inference->arena, &node->items, part);
        vector_push(inference->arena, &types, is_wanted ? wanted->arguments.items[i] : part->type);
    }
    node->type = data_type(inference->arena, data, &types);
    return node;
}

static Type *wanted_item(Inference *inference, const Want *want) {
    Type *wanted = want ? resolve_type(want->type) : NULL;
    bool is_list = wanted && wanted->kind == TYPE_DATA && wanted->data == inference->builtins->list_type;
    return is_list ? wanted->arguments.items[0] : NULL;
}

static CoreExpression *infer_list(Inference *inference, const Expression *expression, const Want *want) {
    Type *wanted = wanted_item(inference, want), *item = wanted ? wanted : fresh_type(inference);
    Type *list = list_type(inference, item);
    bool is_known = wanted && resolve_type(wanted)->kind != TYPE_UNKNOWN;
    CoreExpressions items = {0};
    for (size_t i = 0; i < expression->items.count; i++) {
        Reason reason = {REASON_ELEMENT, expression->items.items[0]->span, NULL, (unsigned)i, NULL};
        if (wanted) reason = reason_of_part(&want->reason, REASON_ITEM, 0);
        if (list->kind == TYPE_ERROR) item = fresh_type(inference);
        size_t told = inference->diagnostics->error_count;
        CoreExpression *part = check(inference, expression->items.items[i], item, reason);
        vector_push(inference->arena, &items, part);
        // Of a list of another type than the one wanted, one element is told; what one in error says of the others is not sure.
        bool is_of_another = wanted && resolve_type(part->type)->kind == TYPE_ERROR && resolve_type(wanted)->kind != TYPE_ERROR;
        if (!is_of_another && (is_known || inference->diagnostics->error_count == told)) continue;
        wanted = NULL;
        is_known = false;
        list = plain_type(TYPE_ERROR);
    }
    return build_list(inference, items.items, items.count, list, expression->span);
}

// ---- if ----

static CoreExpression *report_no_else(Inference *inference, const Expression *expression, const Want *want) {
    check(inference, expression->first, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"});
    name_unknowns(want->type, NULL);
    Diagnostic *diagnostic =
        report(inference->diagnostics, E0401, expression->span, "an `if` without `else` is a computation that answers `()`, but `%s` is wanted",
               type_text(inference, want->type));
    if (want->reason.kind == REASON_RESULT && want->reason.span.source)
        add_label(inference->diagnostics, diagnostic, want->reason.span, "the annotation");
    add_hint(inference->diagnostics, diagnostic, "say what the value is otherwise: `else` and a value");
    return error_node(inference, expression->span);
}

static CoreExpression *infer_if(Inference *inference, const Expression *expression, const Want *want) {
    if (!expression->third) {
        TypeKind wanted = want ? resolve_type(want->type)->kind : TYPE_UNKNOWN;
        if (wanted == TYPE_DATA || wanted == TYPE_FUNCTION || wanted == TYPE_PARAMETER) return report_no_else(inference, expression, want);
        Type *type = computation_type(inference->arena, unit_type(inference), fresh_row(inference));
        return core_delay(inference->arena, run(inference, expression, type->left, type->right, (Reason){.kind = REASON_ELSE_LESS}), type);
    }
    CoreExpression *condition = check(inference, expression->first, bool_type(inference), (Reason){.kind = REASON_CONDITION, .name = "if"});
    Type *type = want ? want->type : fresh_type(inference);
    Reason first = want ? want->reason : (Reason){.kind = REASON_NONE};
    Reason second =
        want && !is_free_reason(&want->reason) ? want->reason : (Reason){REASON_BRANCH, expression->second->span, NULL, 0, NULL};
    CoreExpression *if_true = check(inference, expression->second, type, first);
    CoreExpression *if_false = check(inference, expression->third, type, second);
    CoreExpression *node = core_switch_bool(inference->arena, inference->builtins, condition, if_true, if_false);
    node->type = type;
    return node;
}

// ---- functions ----

static CoreVariable *plain_parameter(Inference *inference, const Pattern *pattern, Type *type) {
    Meaning *meaning = pattern->name.meaning;
    CoreVariable *variable = core_variable(inference->arena, inference->program, pattern->name.name, type, pattern->span);
    meaning->variable = variable;
    meaning->type = type;
    return variable;
}

typedef struct Parameter {
    CoreVariable *variable;
    MatchPattern *pattern; // NULL: a plain variable
    bool is_reported; // its annotation contradicts what the function is given
} Parameter;
typedef Vector(Parameter) Parameters;

static Parameter infer_parameter(Inference *inference, const Pattern *pattern, Type *type, Reason reason) {
    if (pattern->kind == PATTERN_ANNOTATED && pattern->items.items[0]->kind == PATTERN_VARIABLE) {
        Type *annotated = annotate_type(inference, pattern->type);
        pattern->items.items[0]->name.meaning->annotation = pattern->type->span;
        if (!unify(&inference->unifier, annotated, type)) {
            report_failure(inference, pattern->span, annotated, type, reason, NULL);
            return (Parameter){plain_parameter(inference, pattern->items.items[0], annotated), NULL, true};
        }
        return (Parameter){plain_parameter(inference, pattern->items.items[0], annotated), NULL, false};
    }
    if (pattern->kind == PATTERN_VARIABLE) return (Parameter){plain_parameter(inference, pattern, type), NULL, false};
    MatchPattern *match = infer_pattern(inference, pattern, type, reason);
    return (Parameter){made_up_variable(inference, "argument", type, pattern->span), match, false};
}

// The wanted type's next parameter, or a new unknown. Moves `rest` on to the wanted result, or to NULL.
static Type *next_parameter(Inference *inference, Type **rest) {
    Type *wanted = *rest ? resolve_type(*rest) : NULL;
    if (wanted && wanted->kind == TYPE_FUNCTION) {
        *rest = wanted->right;
        return wanted->left;
    }
    *rest = NULL;
    return fresh_type(inference);
}

static CoreExpression *infer_body(Inference *inference, const Expression *body, Type *result, Reason reason) {
    Type *wanted = resolve_type(result);
    if (wanted->kind == TYPE_COMPUTATION) {
        return core_delay(inference->arena, run(inference, body, wanted->left, wanted->right, reason), wanted);
    }
    return check(inference, body, result, reason);
}

// The result's type as far as it is known beforehand: by annotation, by what is wanted, by the body's form.
static Type *expected_result(Inference *inference, const TypeSyntax *annotation, const Expression *body, Type *wanted) {
    if (annotation) return annotate_type(inference, annotation);
    if (wanted && resolve_type(wanted)->kind != TYPE_UNKNOWN) return wanted;
    if (body && is_computation_form(body)) return computation_type(inference->arena, fresh_type(inference), fresh_row(inference));
    return wanted ? wanted : fresh_type(inference);
}

void note_row(Inference *inference, const TypeSyntax *annotation) {
    bool is_written = annotation && annotation->kind == TYPE_SYNTAX_COMPUTATION && annotation->right;
    inference->row_place.annotation = is_written ? annotation->right->span : (Span){0};
    inference->row_place.owner = inference->binding_name;
    if (annotation) inference->row_place.argument = NULL;
}

// `fun (a, b) -> ...` where a function of one value and then of another is wanted.
static void hint_two_parameters(Inference *inference, size_t mark, const Pattern *pattern, Type *rest) {
    Diagnostics *diagnostics = inference->diagnostics;
    if (diagnostics->list.count != mark + 1 || pattern->kind != PATTERN_TUPLE || pattern->items.count != 2) return;
    Diagnostic *diagnostic = diagnostics->list.items[mark];
    if (diagnostic->code != E0401 || diagnostic->hint.length || resolve_type(rest)->kind != TYPE_FUNCTION) return;
    add_hint(diagnostics, diagnostic, "it takes its arguments one by one: write `fun a b -> ...`");
}

// `fun a b -> ...` given to what gives one pair.
static bool is_given_tuple(Inference *inference, const Patterns *patterns, const Want *want) {
    Type *wanted = want && want->reason.kind == REASON_ARGUMENT ? resolve_type(want->type) : NULL;
    if (!wanted || wanted->kind != TYPE_FUNCTION || patterns->count < 2) return false;
    Type *given = resolve_type(wanted->left), *result = resolve_type(wanted->right);
    DataType *tuple = find_tuple_type(inference->arena, inference->symbols, inference->builtins, (unsigned)patterns->count);
    bool is_tuple = given->kind == TYPE_DATA && given->data == tuple;
    return is_tuple && result->kind != TYPE_FUNCTION && result->kind != TYPE_UNKNOWN;
}

static CoreExpression *report_given_tuple(Inference *inference, const Patterns *patterns, Span span, const Want *want) {
    Type *given = resolve_type(want->type)->left;
    name_unknowns(given, NULL);
    const char *caller = want->reason.name ? want->reason.name : "what it is given to";
    Span heads = span_join(patterns->items[0]->span, patterns->items[patterns->count - 1]->span);
    Diagnostic *diagnostic = report(inference->diagnostics, E0401, heads, "this function takes %u values one by one, but `%s` gives it one, `%s`",
                                    patterns->count, caller, type_text(inference, given));
    add_hint(inference->diagnostics, diagnostic, "take it apart in parentheses: `fun (%s) -> ...`", patterns->count == 2 ? "a, b" : "a, b, ...");
    return error_node(inference, span);
}

// `want`: of the function, where it says what its body is to be; or NULL.
static Reason reason_of_body(const Inference *inference, const TypeSyntax *annotation, const Want *want) {
    if (annotation) return (Reason){REASON_RESULT, annotation->span, inference->binding_name, 0, NULL};
    if (!want || want->reason.kind == REASON_NONE) return (Reason){.kind = REASON_FUNCTION_BODY, .name = inference->binding_name};
    Reason reason = want->reason;
    if (reason.kind == REASON_ARGUMENT) reason.kind = REASON_GIVEN_FUNCTION;
    return reason;
}

CoreExpression *infer_function(Inference *inference, const Patterns *patterns, const Expression *body, Span span, const Want *want,
                               const TypeSyntax *annotation) {
    if (is_given_tuple(inference, patterns, want)) return report_given_tuple(inference, patterns, span, want);
    Type *rest = want ? want->type : NULL;
    Parameters parameters = {0};
    bool is_argument = want && want->reason.kind == REASON_ARGUMENT;
    for (size_t i = 0; i < patterns->count; i++) {
        Reason given = {.kind = REASON_PATTERN};
        if (is_argument) given = (Reason){REASON_PATTERN, given.span, want->reason.name, (unsigned)i + 1, want->reason.meaning};
        size_t mark = inference->diagnostics->list.count;
        Parameter parameter = infer_parameter(inference, patterns->items[i], next_parameter(inference, &rest), given);
        if (patterns->count == 1 && rest) hint_two_parameters(inference, mark, patterns->items[i], rest);
        vector_push(inference->arena, &parameters, parameter);
    }
    Type *result = expected_result(inference, annotation, body, rest), *type = result;
    for (size_t i = parameters.count; i-- > 0;) {
        Type *parameter = parameters.items[i].is_reported ? plain_type(TYPE_ERROR) : parameters.items[i].variable->type;
        type = function_type(inference->arena, parameter, type);
    }
    // Recursive uses see the function's form from here on; a mismatch is reported by whoever wanted the type.
    if (want && resolve_type(want->type)->kind == TYPE_UNKNOWN) unify(&inference->unifier, type, want->type);
    Reason reason = reason_of_body(inference, annotation, rest ? want : NULL);
    RowPlace outer_place = inference->row_place;
    if (!is_argument) inference->row_place.argument = NULL;
    note_row(inference, annotation);
    size_t mark = inference->diagnostics->list.count;
    CoreExpression *core_body = infer_body(inference, body, result, reason);
    tell_few_parameters(inference, patterns, body, want, rest, mark);
    inference->row_place = outer_place;
    for (size_t i = parameters.count; i-- > 0;) {
        Parameter parameter = parameters.items[i];
        if (parameter.pattern) core_body = bind_pattern(inference, parameter.pattern, parameter.variable, core_body, span);
    }
    CoreExpression *node = core_node(inference->arena, CORE_LAMBDA, type, span);
    for (size_t i = 0; i < parameters.count; i++) vector_push(inference->arena, &node->parameters, parameters.items[i].variable);
    node->body = core_body;
    if (core_body->kind != CORE_DELAY) vector_push(inference->arena, &inference->lambdas, node);
    return node;
}

// ---- blocks without effects ----

// `let`s in front of a value: a loop, for a block may be as long as the file.
static CoreExpression *infer_lets(Inference *inference, const Expression *expression, const Want *want) {
    LetFrames frames = {0};
    for (; expression && (expression->kind == EXPRESSION_LET || expression->kind == EXPRESSION_SEQUENCE); expression = expression->body) {
        if (expression->kind == EXPRESSION_SEQUENCE) {
            report_lone_line(inference, expression);
            continue;
        }
        LetFrame frame = infer_let(inference, expression);
        vector_push(inference->arena, &frames, frame);
    }
    CoreExpression *node = want ? check(inference, expression, want->type, want->reason) : infer(inference, expression, NULL);
    if (want && node->type->kind == TYPE_ERROR) node->type = want->type;
    for (size_t i = frames.count; i-- > 0;) node = wrap_let(inference, &frames.items[i], node);
    return node;
}

static CoreExpression *infer_computation(Inference *inference, const Expression *expression, const Want *want) {
    Type *wanted = want ? resolve_type(want->type) : NULL;
    bool is_wanted = wanted && wanted->kind == TYPE_COMPUTATION;
    Type *type = is_wanted ? wanted : computation_type(inference->arena, fresh_type(inference), fresh_row(inference));
    Reason reason = is_wanted ? want->reason : (Reason){REASON_BLOCK_END, expression->span, NULL, 0, NULL};
    bool is_block = expression->kind == EXPRESSION_LET || expression->kind == EXPRESSION_LET_BANG || expression->kind == EXPRESSION_DO;
    if (is_block && wanted && (wanted->kind == TYPE_DATA || wanted->kind == TYPE_PARAMETER)) {
        size_t mark = inference->diagnostics->list.count;
        run(inference, expression, type->left, type->right, reason);
        report_running_block(inference, expression, want, type->right, mark);
        return error_node(inference, expression->span);
    }
    return core_delay(inference->arena, run(inference, expression, type->left, type->right, reason), type);
}

static CoreExpression *infer_annotated(Inference *inference, const Expression *expression) {
    Type *type = annotate_type(inference, expression->type);
    Reason reason = {REASON_ANNOTATION, expression->type ? expression->type->span : expression->span, NULL, 0, NULL};
    return check(inference, expression->first, type, reason);
}

CoreExpression *infer(Inference *inference, const Expression *expression, const Want *want) {
    if (!expression) return error_node(inference, (Span){0});
    switch (expression->kind) {
    case EXPRESSION_INT:
    case EXPRESSION_FLOAT:
    case EXPRESSION_CHAR:
    case EXPRESSION_STRING: return infer_literal(inference, expression);
    case EXPRESSION_INTERPOLATION: return infer_interpolation(inference, expression);
    case EXPRESSION_VARIABLE:
    case EXPRESSION_CONSTRUCTOR: return infer_name(inference, expression);
    case EXPRESSION_TUPLE: return infer_tuple(inference, expression, want);
    case EXPRESSION_LIST: return infer_list(inference, expression, want);
    case EXPRESSION_RECORD: return infer_record(inference, expression, want);
    case EXPRESSION_UPDATE: return infer_update(inference, expression);
    case EXPRESSION_FIELD: return infer_field(inference, expression);
    case EXPRESSION_APPLY: return infer_apply(inference, expression, want);
    case EXPRESSION_BINARY: return infer_binary(inference, expression, want);
    case EXPRESSION_NEGATE: return infer_negate(inference, expression);
    case EXPRESSION_FUNCTION: return infer_function(inference, &expression->patterns, expression->body, expression->span, want, NULL);
    case EXPRESSION_IF: return infer_if(inference, expression, want);
    case EXPRESSION_MATCH:
        return expression->bang ? infer_computation(inference, expression, want) : infer_match(inference, expression, want, NULL, NULL);
    case EXPRESSION_LET:
    case EXPRESSION_SEQUENCE:
        return is_computation_form(expression) ? infer_computation(inference, expression, want) : infer_lets(inference, expression, want);
    case EXPRESSION_LET_BANG:
    case EXPRESSION_DO:
    case EXPRESSION_HANDLE: return infer_computation(inference, expression, want);
    case EXPRESSION_ANNOTATED: return infer_annotated(inference, expression);
    case EXPRESSION_ERROR: break;
    }
    return error_node(inference, expression->span);
}
