// Top-level definitions: lets, tests, cells, specs.
#include "group.h"

#include <string.h>

// ---- before anything is inferred ----

static bool is_fully_annotated(const Definition *definition) {
    const Declaration *declaration = definition->declaration;
    const Binding *binding = &declaration->binding;
    if (declaration->kind != DECLARATION_LET || !binding->type || !binding->pattern || binding->pattern->kind != PATTERN_VARIABLE)
        return false;
    for (size_t i = 0; i < binding->parameters.count; i++) {
        if (binding->parameters.items[i]->kind != PATTERN_ANNOTATED) return false;
    }
    return true;
}

static CoreDefinition *new_core(Inference *inference, const Definition *definition, Symbol name, Span span) {
    CoreDefinition *core = NEW(inference->arena, CoreDefinition);
    core->kind = DEFINITION_VALUE;
    core->module = definition->module->full_name;
    core->name = name;
    core->span = span;
    core->is_private = definition->declaration->is_private;
    core->is_own = !definition->module->from_stdlib;
    return core;
}

static Type *written_type(Inference *inference, const Binding *binding) {
    Types parameters = {0};
    for (size_t i = 0; i < binding->parameters.count; i++)
        vector_push(inference->arena, &parameters, annotate_type(inference, binding->parameters.items[i]->type));
    Type *type = annotate_type(inference, binding->type);
    for (size_t i = parameters.count; i-- > 0;) type = function_type(inference->arena, parameters.items[i], type);
    return type;
}

// Its type is as written: uses need not wait for its body.
static void prepare_annotated(Inference *inference, Definition *definition) {
    Meaning *meaning = definition->names.items[0];
    size_t mark = inference->variables.count;
    enter_level(inference);
    meaning->type = written_type(inference, &definition->declaration->binding);
    leave_level(inference);
    for (size_t i = mark; i < inference->variables.count; i++)
        vector_push(inference->arena, &meaning->parameters, inference->variables.items[i].parameter);
    inference->variables.count = mark;
    meaning->core->type = meaning->type;
    meaning->core->parameters = meaning->parameters;
    definition->is_annotated = true;
}

static Symbol whole_name(Inference *inference, const Definition *definition) {
    const Declaration *declaration = definition->declaration;
    switch (declaration->kind) {
    case DECLARATION_TEST: return symbol_of_text(inference->symbols, declaration->test_name);
    case DECLARATION_CELL: return declaration->name.name;
    default: break;
    }
    if (definition->names.count) return symbol_format(inference->symbols, "whole_%s", definition->names.items[0]->name);
    return symbol_format(inference->symbols, "whole_%u", declaration->span.start);
}

void prepare_definition(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    for (size_t i = 0; i < definition->names.count; i++) {
        Meaning *meaning = definition->names.items[i];
        meaning->core = new_core(inference, definition, meaning->name, meaning->span);
    }
    bool is_plain =
        declaration->kind == DECLARATION_LET && declaration->binding.pattern && declaration->binding.pattern->kind == PATTERN_VARIABLE;
    if (is_plain) definition->core = definition->names.items[0]->core;
    else definition->core = new_core(inference, definition, whole_name(inference, definition), declaration->head_span);
    definition->core->is_test = declaration->kind == DECLARATION_TEST && !definition->module->from_stdlib;
    if (declaration->kind == DECLARATION_CELL) {
        definition->core->kind = DEFINITION_CELL;
        definition->core->effect = declaration->name.meaning->effect;
    }
    if (is_fully_annotated(definition)) prepare_annotated(inference, definition);
}

// ---- inference ----

static bool is_main(const Inference *inference, const Definition *definition) {
    return inference->module == inference->modules->program && definition->names.count == 1 &&
           strcmp(definition->names.items[0]->name, "main") == 0;
}

// main takes the list of arguments, whatever it does with it.
static void open_names(Inference *inference, const Definition *definition) {
    for (size_t i = 0; i < definition->names.count; i++) {
        Meaning *meaning = definition->names.items[i];
        meaning->type = fresh_type(inference);
        meaning->is_open = true;
    }
    const Patterns *parameters = &definition->declaration->binding.parameters;
    if (!is_main(inference, definition) || parameters->count != 1) return;
    bool is_unit = parameters->items[0]->kind == PATTERN_TUPLE && parameters->items[0]->items.count == 0;
    if (is_unit) return; // check_main.c tells what main takes
    Type *arguments = list_type(inference, string_type(inference));
    unify(&inference->unifier, definition->names.items[0]->type, function_type(inference->arena, arguments, fresh_type(inference)));
}

// Whether since `mark` something was told that points at the annotation of what is answered.
static bool contradicts_annotation(const Inference *inference, size_t mark, Span annotation) {
    for (size_t i = mark; i < inference->diagnostics->list.count; i++) {
        const Diagnostic *diagnostic = inference->diagnostics->list.items[i];
        if (diagnostic->code != E0401 && diagnostic->code != E0406 && diagnostic->code != E0505) continue;
        for (size_t k = 0; k < diagnostic->labels.count; k++) {
            Span label = diagnostic->labels.items[k].span;
            if (label.source == annotation.source && label.start == annotation.start) return true;
        }
    }
    return false;
}

// Bits for the parameters whose annotations the body contradicts.
static uint32_t find_misused(const Patterns *parameters) {
    uint32_t misused = 0;
    for (uint32_t i = 0; i < parameters->count && i < 32; i++) {
        const Pattern *pattern = parameters->items[i]->kind == PATTERN_ANNOTATED ? parameters->items[i]->items.items[0] : NULL;
        bool is_misused = pattern && pattern->kind == PATTERN_VARIABLE && pattern->name.meaning && pattern->name.meaning->is_misused;
        misused |= (uint32_t)is_misused << i;
    }
    return misused;
}

static void infer_annotated(Inference *inference, Definition *definition) {
    Meaning *meaning = definition->names.items[0];
    size_t mark = inference->variables.count, told = inference->diagnostics->list.count;
    for (size_t i = 0; i < meaning->parameters.count; i++) {
        TypeVariable variable = {meaning->parameters.items[i]->name, meaning->parameters.items[i]};
        vector_push(inference->arena, &inference->variables, variable);
    }
    meaning->core->value = infer_binding(inference, &definition->declaration->binding, NULL);
    inference->variables.count = mark;
    meaning->misused = find_misused(&definition->declaration->binding.parameters);
    meaning->is_doubted = contradicts_annotation(inference, told, definition->declaration->binding.type->span);
}

static void infer_plain_let(Inference *inference, Definition *definition) {
    Meaning *meaning = definition->names.items[0];
    const Binding *binding = &definition->declaration->binding;
    CoreExpression *node = infer_binding(inference, binding, meaning->type);
    meaning->core->value =
        meet(inference, node, meaning->type, (Reason){.kind = REASON_FUNCTION_BODY, .name = meaning->name}, binding->value);
    if (meaning->core->value->type->kind == TYPE_ERROR && resolve_type(meaning->type)->kind == TYPE_UNKNOWN)
        meaning->type = plain_type(TYPE_ERROR);
}

static void infer_pattern_let(Inference *inference, Definition *definition) {
    const Binding *binding = &definition->declaration->binding;
    CoreExpression *node = infer_binding(inference, binding, NULL);
    definition->core->value = node;
    definition->core->type = node->type;
    MatchPattern *pattern = infer_pattern(inference, binding->pattern, node->type, (Reason){REASON_PATTERN, node->span, NULL, 0, NULL});
    for (size_t i = 0; i < definition->names.count; i++) {
        Meaning *meaning = definition->names.items[i];
        Reason reason = {.kind = REASON_FUNCTION_BODY, .name = meaning->name};
        if (!meaning->variable || unify(&inference->unifier, meaning->variable->type, meaning->type)) continue;
        report_failure(inference, meaning->span, meaning->variable->type, meaning->type, reason, NULL);
    }
    if (definition->names.count == 0) {
        CoreVariable *whole = made_up_variable(inference, "whole", node->type, node->span);
        bind_pattern(inference, pattern, whole, core_unit(inference->arena, inference->builtins, node->span), pattern->span);
    }
}

static Expression *made_up(Inference *inference, ExpressionKind kind, Span span) {
    Expression *expression = NEW(inference->arena, Expression);
    expression->kind = kind;
    expression->span = span;
    return expression;
}

static void add_clause(Inference *inference, Expression *match, Expression *guard, Expression *body) {
    Pattern *any = NEW(inference->arena, Pattern);
    any->kind = PATTERN_WILDCARD;
    any->span = match->span;
    Clause clause = {any, guard, body, match->span};
    vector_push(inference->arena, &match->clauses, clause);
}

// `match () | _ when guard -> [fun _ -> value] | _ -> []`
static const Expression *guarded_value(Inference *inference, const Declaration *declaration) {
    Expression *value = declaration->binding.value, *guard = declaration->test_guard;
    if (!guard || !value) return value;
    Expression *function = made_up(inference, EXPRESSION_FUNCTION, value->span), *some = made_up(inference, EXPRESSION_LIST, value->span);
    Expression *match = made_up(inference, EXPRESSION_MATCH, guard->span);
    Pattern *any = NEW(inference->arena, Pattern);
    *any = (Pattern){.kind = PATTERN_WILDCARD, .span = guard->span};
    vector_push(inference->arena, &function->patterns, any);
    function->body = value;
    vector_push(inference->arena, &some->items, function);
    match->first = made_up(inference, EXPRESSION_TUPLE, guard->span);
    add_clause(inference, match, guard, some);
    add_clause(inference, match, NULL, made_up(inference, EXPRESSION_LIST, guard->span));
    return match;
}

// What the test's value is for its parameters: behind their arrows, and within what a guard makes of it.
static Type *tested_type(const Definition *definition, Type *type) {
    type = resolve_type(type);
    for (size_t i = 0; i < definition->declaration->binding.parameters.count && type->kind == TYPE_FUNCTION; i++) type = resolve_type(type->right);
    if (!definition->declaration->test_guard || type->kind != TYPE_DATA) return type;
    type = resolve_type(type->arguments.items[0]);
    return type->kind == TYPE_FUNCTION ? resolve_type(type->right) : type;
}

static void infer_test(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    const Expression *value = guarded_value(inference, declaration);
    const Patterns *parameters = &declaration->binding.parameters;
    Reason reason = {.kind = REASON_TEST};
    definition->core->test_parameters = (unsigned)parameters->count;
    definition->core->has_guard = declaration->test_guard != NULL;
    CoreExpression *node =
        parameters->count ? infer_function(inference, parameters, value, declaration->span, NULL, NULL) : infer(inference, value, NULL);
    Type *type = tested_type(definition, node->type);
    bool is_run = type->kind == TYPE_COMPUTATION;
    if (!unify(&inference->unifier, is_run ? type->left : type, bool_type(inference))) {
        const Expression *tested = declaration->binding.value;
        report_failure(inference, tested ? tested->span : definition->core->span, type, bool_type(inference), reason, tested);
    }
    definition->core->value = node;
    definition->core->type = node->type;
}

static void infer_cell(Inference *inference, Definition *definition) {
    const Declaration *declaration = definition->declaration;
    Effect *effect = definition->core->effect;
    Reason reason = {REASON_CELL, declaration->type ? declaration->type->span : declaration->name.span, declaration->name.name, 0, NULL};
    size_t mark = inference->diagnostics->list.count;
    definition->core->value = check(inference, declaration->binding.value, effect->cell_type, reason);
    definition->core->type = effect->cell_type;
    bool is_doubted = declaration->type && contradicts_annotation(inference, mark, declaration->type->span);
    const Meaning *meaning = declaration->name.meaning;
    for (size_t i = 0; i < meaning->operations.count; i++) meaning->operations.items[i]->is_doubted = is_doubted;
}

static void infer_one(Inference *inference, Definition *definition) {
    if (definition->is_annotated) {
        infer_annotated(inference, definition);
        return;
    }
    switch (definition->declaration->kind) {
    case DECLARATION_TEST: infer_test(inference, definition); break;
    case DECLARATION_CELL: infer_cell(inference, definition); break;
    case DECLARATION_SPEC: infer_spec(inference, definition); break;
    default:
        if (definition->core == (definition->names.count ? definition->names.items[0]->core : NULL)) infer_plain_let(inference, definition);
        else infer_pattern_let(inference, definition);
        break;
    }
}

// ---- generalisation ----

static void collect_types(Inference *inference, const Group *group, Types *types) {
    for (size_t i = 0; i < group->count; i++) {
        const Definition *definition = group->items[i];
        if (definition->is_annotated) continue;
        for (size_t k = 0; k < definition->names.count; k++) vector_push(inference->arena, types, definition->names.items[k]->type);
        if (definition->core->type) vector_push(inference->arena, types, definition->core->type);
    }
}

CoreExpression *use_core(Inference *inference, CoreDefinition *core) {
    CoreExpression *node = core_node(inference->arena, CORE_GLOBAL, core->type, core->span);
    node->definition = core;
    for (size_t i = 0; i < core->parameters.count; i++) {
        vector_push(inference->arena, &node->type_arguments, parameter_type(inference->arena, core->parameters.items[i]));
    }
    return node;
}

static void generalise_definition(Inference *inference, Definition *definition, const TypeParameters *parameters) {
    if (definition->is_annotated) return;
    for (size_t i = 0; i < definition->names.count; i++) {
        Meaning *meaning = definition->names.items[i];
        meaning->parameters = *parameters;
        meaning->core->type = meaning->type;
        meaning->core->parameters = *parameters;
        close_open_uses(inference, meaning, 0);
        meaning->is_open = false;
    }
    definition->core->parameters = *parameters;
    bool is_pattern = definition->declaration->kind == DECLARATION_LET && definition->core->value &&
                      (definition->names.count == 0 || definition->names.items[0]->core != definition->core);
    for (size_t i = 0; is_pattern && i < definition->names.count; i++) {
        Meaning *meaning = definition->names.items[i];
        CoreExpression *whole = use_core(inference, definition->core);
        meaning->core->value = take_part(inference, definition->declaration->binding.pattern, whole, meaning);
    }
}

void infer_definitions(Inference *inference, const Group *group) {
    enter_level(inference);
    for (size_t i = 0; i < group->count; i++) {
        if (!group->items[i]->is_annotated) open_names(inference, group->items[i]);
    }
    for (size_t i = 0; i < group->count; i++) infer_one(inference, group->items[i]);
    leave_level(inference);
    Types types = {0};
    collect_types(inference, group, &types);
    TypeParameters parameters = generalise(inference, &types);
    for (size_t i = 0; i < group->count; i++) {
        generalise_definition(inference, group->items[i], &parameters);
        group->items[i]->is_done = true;
    }
}

// ---- the end of a group ----

// A spec's core is settled with its group, but is no definition of the program.
static void add_cores(Inference *inference, const Definition *definition, CoreDefinitions *cores, CoreDefinitions *specs) {
    if (definition->declaration->kind == DECLARATION_SPEC) {
        vector_push(inference->arena, specs, definition->names.items[0]->core);
        return;
    }
    vector_push(inference->arena, cores, definition->core);
    for (size_t i = 0; i < definition->names.count; i++) {
        if (definition->names.items[i]->core != definition->core) vector_push(inference->arena, cores, definition->names.items[i]->core);
    }
}

void end_definitions(Inference *inference, const Group *group) {
    CoreDefinitions cores = {0}, specs = {0};
    for (size_t i = 0; i < group->count; i++) add_cores(inference, group->items[i], &cores, &specs);
    CoreDefinitions all = {0};
    for (size_t i = 0; i < cores.count; i++) vector_push(inference->arena, &all, cores.items[i]);
    for (size_t i = 0; i < specs.count; i++) vector_push(inference->arena, &all, specs.items[i]);
    settle_group(inference, all.items, all.count);
    for (size_t i = 0; i < group->count; i++) {
        Definition *definition = group->items[i];
        for (size_t k = 0; k < definition->names.count; k++)
            definition->names.items[k]->type = settle_type(inference, definition->names.items[k]->type);
    }
    if (inference->diagnostics->error_count == 0) check_start(inference, group, &cores);
    for (size_t i = 0; i < cores.count; i++) vector_push(inference->arena, &inference->program->definitions, cores.items[i]);
}
