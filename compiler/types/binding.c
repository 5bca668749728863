// Lets: every one is generalised.
#include "infer.h"

CoreExpression *infer_binding(Inference *inference, const Binding *binding, Type *own_type) {
    size_t mark = inference->variables.count;
    const char *outer = inference->binding_name;
    if (binding->pattern && binding->pattern->kind == PATTERN_VARIABLE) inference->binding_name = binding->pattern->name.name;
    Want want = {own_type, {.kind = REASON_NONE}};
    CoreExpression *node;
    if (binding->parameters.count) {
        Span span = binding->value ? span_join(binding->span, binding->value->span) : binding->span;
        node = infer_function(inference, &binding->parameters, binding->value, span, own_type ? &want : NULL, binding->type);
    } else if (binding->type) {
        bool is_run = binding->type->kind == TYPE_SYNTAX_COMPUTATION;
        Reason reason = {is_run ? REASON_RESULT : REASON_ANNOTATION, binding->type->span, inference->binding_name, 0, NULL};
        RowPlace outer_place = inference->row_place;
        note_row(inference, binding->type);
        node = check(inference, binding->value, annotate_type(inference, binding->type), reason);
        inference->row_place = outer_place;
    } else {
        node = infer(inference, binding->value, own_type ? &want : NULL);
    }
    inference->binding_name = outer;
    inference->variables.count = mark;
    return node;
}

static TypeParameters generalise_one(Inference *inference, Type *type) {
    Types types = {0};
    vector_push(inference->arena, &types, type);
    return generalise(inference, &types);
}

// ---- a let that names one value ----

static bool is_function(const Binding *binding) {
    return binding->parameters.count || (binding->value && binding->value->kind == EXPRESSION_FUNCTION);
}

// The name of a computation that is not used: what is meant is mostly that it runs.
static void hint_to_run(Inference *inference, const Meaning *meaning, Type *type) {
    if (meaning->is_used || resolve_type(type)->kind != TYPE_COMPUTATION) return;
    Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        Diagnostic *diagnostic = diagnostics->list.items[i];
        if (diagnostic->code != W0002 || diagnostic->span.source != meaning->span.source || diagnostic->span.start != meaning->span.start) continue;
        add_hint(diagnostics, diagnostic, "it is a computation, which does nothing until it is run: `let! %s = ...` runs it, or `do!` when it answers ()",
                 meaning->name);
    }
}

static LetFrame infer_named_let(Inference *inference, const Expression *expression, const Binding *binding) {
    Meaning *meaning = binding->pattern->name.meaning;
    LetFrame frame = {.expression = expression};
    size_t mark = inference->open_uses.count;
    enter_level(inference);
    Type *own_type = is_function(binding) ? fresh_type(inference) : NULL;
    if (own_type) {
        frame.variable = core_variable(inference->arena, inference->program, meaning->name, own_type, binding->pattern->span);
        meaning->variable = frame.variable;
        meaning->type = own_type;
        meaning->is_open = true;
    }
    frame.value = infer_binding(inference, binding, own_type);
    if (own_type) unify(&inference->unifier, frame.value->type, own_type);
    leave_level(inference);
    if (!own_type)
        frame.variable = core_variable(inference->arena, inference->program, meaning->name, frame.value->type, binding->pattern->span);
    meaning->variable = frame.variable;
    meaning->type = frame.variable->type;
    meaning->parameters = generalise_one(inference, meaning->type);
    frame.variable->parameters = meaning->parameters;
    meaning->is_open = false;
    frame.is_recursive = inference->open_uses.count > mark;
    close_open_uses(inference, meaning, mark);
    hint_to_run(inference, meaning, meaning->type);
    return frame;
}

// ---- a let that takes a value apart ----

static void forget_variables(const Pattern *pattern) {
    if (!pattern) return;
    if (pattern->name.meaning && (pattern->kind == PATTERN_VARIABLE || pattern->kind == PATTERN_AS)) pattern->name.meaning->variable = NULL;
    for (size_t i = 0; i < pattern->items.count; i++) forget_variables(pattern->items.items[i]);
    for (size_t i = 0; i < pattern->fields.count; i++) forget_variables(pattern->fields.items[i].pattern);
}

typedef Vector(Meaning *) PatternMeanings;

static void collect_meanings(Inference *inference, const Pattern *pattern, PatternMeanings *meanings) {
    if (!pattern) return;
    if (pattern->kind == PATTERN_VARIABLE || pattern->kind == PATTERN_AS) {
        for (size_t i = 0; i < meanings->count; i++) {
            if (meanings->items[i] == pattern->name.meaning) return;
        }
        vector_push(inference->arena, meanings, pattern->name.meaning);
    }
    for (size_t i = 0; i < pattern->items.count; i++) collect_meanings(inference, pattern->items.items[i], meanings);
    for (size_t i = 0; i < pattern->fields.count; i++) collect_meanings(inference, pattern->fields.items[i].pattern, meanings);
}

// The value's variable, at the let's own parameters.
static CoreExpression *use_whole(Inference *inference, CoreVariable *variable) {
    CoreExpression *node = core_local(inference->arena, variable, variable->span);
    for (size_t i = 0; i < variable->parameters.count; i++) {
        vector_push(inference->arena, &node->type_arguments, parameter_type(inference->arena, variable->parameters.items[i]));
    }
    return node;
}

CoreExpression *take_part(Inference *inference, const Pattern *pattern, CoreExpression *whole, Meaning *meaning) {
    forget_variables(pattern);
    CoreVariable *scrutinee = made_up_variable(inference, "whole", whole->type, whole->span);
    MatchPattern *match = infer_pattern(inference, pattern, whole->type, (Reason){REASON_PATTERN, whole->span, NULL, 0, NULL});
    if (!meaning->variable) return error_node(inference, whole->span);
    CoreExpression *part = core_local(inference->arena, meaning->variable, meaning->span);
    return core_let(inference->arena, scrutinee, whole, bind_pattern(inference, match, scrutinee, part, pattern->span));
}

// A generalised value is taken apart once for each variable, so that each is as general as its part.
static void infer_parts(Inference *inference, LetFrame *frame, const Pattern *pattern) {
    PatternMeanings meanings = {0};
    collect_meanings(inference, pattern, &meanings);
    for (size_t i = 0; i < meanings.count; i++) {
        Meaning *meaning = meanings.items[i];
        CoreExpression *part = take_part(inference, pattern, use_whole(inference, frame->variable), meaning);
        CoreBinding binding = {core_variable(inference->arena, inference->program, meaning->name, part->type, meaning->span), part};
        binding.variable->parameters = frame->variable->parameters;
        vector_push(inference->arena, &frame->parts, binding);
    }
    for (size_t i = 0; i < meanings.count; i++) {
        meanings.items[i]->variable = frame->parts.items[i].variable;
        meanings.items[i]->type = frame->parts.items[i].variable->type;
        meanings.items[i]->parameters = frame->variable->parameters;
    }
    if (meanings.count == 0)
        frame->pattern = infer_pattern(inference, pattern, frame->variable->type, (Reason){REASON_PATTERN, pattern->span, NULL, 0, NULL});
}

static LetFrame infer_pattern_let(Inference *inference, const Expression *expression, const Binding *binding) {
    LetFrame frame = {.expression = expression};
    enter_level(inference);
    frame.value = infer_binding(inference, binding, NULL);
    leave_level(inference);
    frame.variable = made_up_variable(inference, "whole", frame.value->type, frame.value->span);
    frame.variable->parameters = generalise_one(inference, frame.value->type);
    if (frame.variable->parameters.count) {
        infer_parts(inference, &frame, binding->pattern);
        if (frame.parts.count) return frame;
    } else {
        frame.pattern =
            infer_pattern(inference, binding->pattern, frame.value->type, (Reason){REASON_PATTERN, frame.value->span, NULL, 0, NULL});
    }
    return frame;
}

LetFrame infer_let(Inference *inference, const Expression *expression) {
    const Binding *binding = &expression->bindings.items[0];
    bool is_named = binding->pattern && binding->pattern->kind == PATTERN_VARIABLE;
    return is_named ? infer_named_let(inference, expression, binding) : infer_pattern_let(inference, expression, binding);
}

CoreExpression *wrap_let(Inference *inference, const LetFrame *frame, CoreExpression *body) {
    if (frame->is_recursive) {
        CoreExpression *node = core_node(inference->arena, CORE_LET_REC, body->type, frame->value->span);
        CoreBinding binding = {frame->variable, frame->value};
        vector_push(inference->arena, &node->bindings, binding);
        node->body = body;
        return node;
    }
    if (frame->pattern) body = bind_pattern(inference, frame->pattern, frame->variable, body, frame->pattern->span);
    for (size_t i = frame->parts.count; i-- > 0;) {
        body = core_let(inference->arena, frame->parts.items[i].variable, frame->parts.items[i].value, body);
    }
    return core_let(inference->arena, frame->variable, frame->value, body);
}
