// What a module declares: data types, aliases, effects, cells, externs.
#include "infer.h"

static TypeParameters declare_parameters(Inference *inference, const Names *names) {
    TypeParameters parameters = {0};
    for (size_t i = 0; i < names->count; i++) {
        const Name *name = &names->items[i];
        for (size_t k = 0; k < i; k++) {
            if (names->items[k].name != name->name) continue;
            report(inference->diagnostics, E0310, name->span, "the type variable `%s` is declared twice", name->name);
        }
        vector_push(inference->arena, &parameters, new_parameter(inference, name->name, KIND_TYPE, 0));
    }
    return parameters;
}

static size_t enter_parameters(Inference *inference, const TypeParameters *parameters) {
    size_t mark = inference->variables.count;
    for (size_t i = 0; i < parameters->count; i++) {
        TypeVariable variable = {parameters->items[i]->name, parameters->items[i]};
        vector_push(inference->arena, &inference->variables, variable);
    }
    return mark;
}

// ---- first the names, so that declarations may refer to each other in any order ----

static void create_data(Inference *inference, Module *module, Declaration *declaration) {
    DataType *data = NEW(inference->arena, DataType);
    data->kind = declaration->kind == DECLARATION_EXTERN_TYPE ? DATA_EXTERN : declaration->is_record ? DATA_RECORD : DATA_VARIANT;
    data->module = module->full_name;
    data->name = declaration->name.name;
    data->span = declaration->name.span;
    data->is_opaque = declaration->is_opaque;
    data->parameters = declare_parameters(inference, &declaration->parameters);
    declaration->name.meaning->data = data;
}

static void create_alias(Inference *inference, Declaration *declaration) {
    Alias *alias = NEW(inference->arena, Alias);
    alias->declaration = declaration;
    alias->parameters = declare_parameters(inference, &declaration->parameters);
    alias->kind = declaration->type && declaration->type->kind == TYPE_SYNTAX_ROW ? KIND_ROW : KIND_TYPE;
    declaration->name.meaning->alias = alias;
}

static Effect *create_effect(Inference *inference, Module *module, Declaration *declaration, EffectKind kind) {
    Effect *effect = NEW(inference->arena, Effect);
    effect->kind = kind;
    effect->module = module->full_name;
    effect->name = declaration->name.name;
    effect->span = declaration->name.span;
    effect->parameters = declare_parameters(inference, &declaration->parameters);
    effect->index = inference->next_effect++;
    declaration->name.meaning->effect = effect;
    vector_push(inference->arena, &inference->program->effects, effect);
    return effect;
}

static void create_declared(Inference *inference, Module *module, Declaration *declaration) {
    switch (declaration->kind) {
    case DECLARATION_TYPE:
    case DECLARATION_EXTERN_TYPE: create_data(inference, module, declaration); break;
    case DECLARATION_ALIAS: create_alias(inference, declaration); break;
    case DECLARATION_EFFECT: create_effect(inference, module, declaration, declaration->is_external ? EFFECT_EXTERN : EFFECT_USER); break;
    case DECLARATION_CELL: create_effect(inference, module, declaration, EFFECT_CELL); break;
    default: break;
    }
}

// An alias of an alias of a set of effects is one, too.
static bool find_alias_kind(Declaration *declaration) {
    Alias *alias = declaration->name.meaning->alias;
    if (!declaration->type || declaration->type->kind != TYPE_SYNTAX_NAME || alias->kind == KIND_ROW) return false;
    const Meaning *meaning = declaration->type->name.meaning;
    bool is_row = meaning && (meaning->kind == MEANING_EFFECT || (meaning->kind == MEANING_ALIAS && is_row_alias(meaning)));
    if (is_row) alias->kind = KIND_ROW;
    return is_row;
}

static void find_alias_kinds(Module *module) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < module->syntax->declarations.count; i++) {
            Declaration *declaration = module->syntax->declarations.items[i];
            if (declaration->kind == DECLARATION_ALIAS) changed |= find_alias_kind(declaration);
        }
    }
}

// ---- then what they hold ----

static Constructor *add_constructor(Inference *inference, DataType *data, Symbol name, Span span) {
    Constructor *constructor = NEW(inference->arena, Constructor);
    constructor->data = data;
    constructor->name = name;
    constructor->span = span;
    constructor->tag = (unsigned)data->constructors.count;
    vector_push(inference->arena, &data->constructors, constructor);
    return constructor;
}

static void define_record(Inference *inference, Declaration *declaration, DataType *data) {
    Constructor *constructor = add_constructor(inference, data, data->name, data->span);
    for (size_t i = 0; i < declaration->fields.count; i++) {
        const FieldSyntax *field = &declaration->fields.items[i];
        int first = find_field(constructor, field->name.name);
        if (first >= 0) {
            Diagnostic *diagnostic =
                report(inference->diagnostics, E0310, field->name.span, "the field `%s` is declared twice", field->name.name);
            add_label(inference->diagnostics, diagnostic, declaration->fields.items[first].name.span, "the first `%s` is here",
                      field->name.name);
        }
        vector_push(inference->arena, &constructor->field_names, field->name.name);
        vector_push(inference->arena, &constructor->fields, annotate_type(inference, field->type));
    }
}

// Where one part is in error, which part stands for which of those that are given is not known.
static void doubt_fields(Constructor *constructor) {
    bool has_error = false;
    for (size_t i = 0; i < constructor->fields.count; i++) has_error |= constructor->fields.items[i]->kind == TYPE_ERROR;
    for (size_t i = 0; i < constructor->fields.count && has_error; i++) constructor->fields.items[i] = plain_type(TYPE_ERROR);
}

static void define_variant(Inference *inference, Declaration *declaration, DataType *data) {
    data->holds_constants_only = data->kind == DATA_VARIANT;
    for (size_t i = 0; i < declaration->constructors.count; i++) {
        ConstructorSyntax *syntax = &declaration->constructors.items[i];
        Constructor *constructor = add_constructor(inference, data, syntax->name.name, syntax->name.span);
        syntax->name.meaning->constructor = constructor;
        for (size_t k = 0; k < syntax->fields.count; k++) {
            vector_push(inference->arena, &constructor->fields, annotate_type(inference, syntax->fields.items[k]));
        }
        doubt_fields(constructor);
        if (syntax->fields.count) data->holds_constants_only = false;
    }
}

static void define_data(Inference *inference, Declaration *declaration) {
    DataType *data = declaration->name.meaning->data;
    size_t mark = enter_parameters(inference, &data->parameters);
    inference->closed_name = data->name;
    if (declaration->is_record) define_record(inference, declaration, data);
    else define_variant(inference, declaration, data);
    inference->closed_name = NULL;
    inference->variables.count = mark;
}

static Operation *add_operation(Inference *inference, Effect *effect, Symbol name, Span span) {
    Operation *operation = NEW(inference->arena, Operation);
    operation->effect = effect;
    operation->name = name;
    operation->span = span;
    operation->index = (unsigned)effect->operations.count;
    vector_push(inference->arena, &effect->operations, operation);
    return operation;
}

enum { MOST_PLACES_SHOWN = 3 };

// Told once for each effect: the others have been written in the same belief.
static void report_operation_row(Inference *inference, const Effect *effect, Span span, const Type *type) {
    Diagnostics *diagnostics = inference->diagnostics;
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        Diagnostic *before = diagnostics->list.items[i];
        if (before->code != E0508 || before->construct.source != effect->span.source || before->construct.start != effect->span.start) continue;
        if (before->labels.count < MOST_PLACES_SHOWN) add_label(diagnostics, before, span, "here, too");
        return;
    }
    Diagnostic *diagnostic = report(diagnostics, E0508, span, "an operation's type says what it answers, without `!`");
    diagnostic->construct = effect->span;
    add_hint(diagnostics, diagnostic, "write `%s`: performing it has the effect `%s` already", type_text(inference, type->left), effect->name);
}

static void define_operation(Inference *inference, Effect *effect, OperationSyntax *syntax, Meaning *meaning) {
    Operation *operation = add_operation(inference, effect, syntax->name.name, syntax->name.span);
    meaning->operation = operation;
    size_t mark = enter_parameters(inference, &effect->parameters), own = inference->variables.count;
    Type *type = annotate_type(inference, syntax->type);
    for (; type->kind == TYPE_FUNCTION; type = type->right) vector_push(inference->arena, &operation->arguments, type->left);
    operation->answer = type;
    if (type->kind == TYPE_COMPUTATION && syntax->type) {
        report_operation_row(inference, effect, syntax->type->span, type);
        operation->answer = type->left;
    }
    for (size_t i = own; i < inference->variables.count; i++)
        vector_push(inference->arena, &operation->parameters, inference->variables.items[i].parameter);
    inference->variables.count = mark;
    operation->waits = syntax->waits;
    operation->symbol = syntax->symbol.length ? symbol_of_text(inference->symbols, syntax->symbol) : NULL;
}

static void define_effect(Inference *inference, Declaration *declaration) {
    Meaning *meaning = declaration->name.meaning;
    for (size_t i = 0; i < declaration->operations.count; i++) {
        define_operation(inference, meaning->effect, &declaration->operations.items[i], meaning->operations.items[i]);
    }
}

// run : v -> a ! {Hits | e} -> (a, v) ! e
static void define_run(Inference *inference, Operation *run, Type *value) {
    TypeParameter *answer = new_parameter(inference, symbol_of(inference->symbols, "a"), KIND_TYPE, 0);
    TypeParameter *row = new_parameter(inference, symbol_of(inference->symbols, "e"), KIND_ROW, 0);
    run->runs_cell = true;
    vector_push(inference->arena, &run->parameters, answer);
    vector_push(inference->arena, &run->parameters, row);
    Type *handled = effect_row(inference->arena, run->effect, NULL, parameter_type(inference->arena, row));
    vector_push(inference->arena, &run->arguments, value);
    vector_push(inference->arena, &run->arguments, computation_type(inference->arena, parameter_type(inference->arena, answer), handled));
    Types pair = {0};
    vector_push(inference->arena, &pair, parameter_type(inference->arena, answer));
    vector_push(inference->arena, &pair, value);
    run->answer = data_type(inference->arena, find_tuple_type(inference->arena, inference->symbols, inference->builtins, 2), &pair);
}

static void define_cell(Inference *inference, Declaration *declaration) {
    Meaning *meaning = declaration->name.meaning;
    Effect *effect = meaning->effect;
    inference->closed_name = effect->name;
    effect->cell_type = declaration->type ? annotate_type(inference, declaration->type) : plain_type(TYPE_ERROR);
    inference->closed_name = NULL;
    Type *value = effect->cell_type;
    for (size_t i = 0; i < meaning->operations.count; i++) {
        Operation *operation = add_operation(inference, effect, meaning->operations.items[i]->name, effect->span);
        operation->answer = i == CELL_GET ? value : unit_type(inference);
        if (i == CELL_SET) vector_push(inference->arena, &operation->arguments, value);
        if (i == CELL_UPDATE) vector_push(inference->arena, &operation->arguments, function_type(inference->arena, value, value));
        if (i == CELL_RUN) define_run(inference, operation, value);
        meaning->operations.items[i]->operation = operation;
    }
}

static void define_declared(Inference *inference, Declaration *declaration) {
    switch (declaration->kind) {
    case DECLARATION_TYPE: define_data(inference, declaration); break;
    case DECLARATION_ALIAS: expand_alias(inference, declaration->name.meaning); break;
    case DECLARATION_EFFECT: define_effect(inference, declaration); break;
    case DECLARATION_CELL: define_cell(inference, declaration); break;
    default: break;
    }
}

void declare_types(Inference *inference, Module *module) {
    size_t count = module->syntax->declarations.count;
    Declaration **declarations = module->syntax->declarations.items;
    for (size_t i = 0; i < count; i++) create_declared(inference, module, declarations[i]);
    find_alias_kinds(module);
    find_kinds(inference, module);
    for (size_t i = 0; i < count; i++) define_declared(inference, declarations[i]);
    index_records(inference, module);
}

Effect *effect_of(Meaning *meaning) { return meaning->effect; }

// ---- externs ----

static void declare_extern(Inference *inference, Module *module, Declaration *declaration) {
    Meaning *meaning = declaration->name.meaning;
    CoreDefinition *definition = NEW(inference->arena, CoreDefinition);
    definition->kind = DEFINITION_EXTERN;
    definition->module = module->full_name;
    definition->name = declaration->name.name;
    definition->span = declaration->name.span;
    definition->is_private = declaration->is_private;
    size_t mark = inference->variables.count;
    definition->type = annotate_type(inference, declaration->type);
    for (size_t i = mark; i < inference->variables.count; i++) {
        vector_push(inference->arena, &definition->parameters, inference->variables.items[i].parameter);
    }
    inference->variables.count = mark;
    definition->symbol = symbol_of_text(inference->symbols, declaration->symbol);
    definition->waits = declaration->waits;
    meaning->core = definition;
    meaning->type = definition->type;
    meaning->parameters = definition->parameters;
    vector_push(inference->arena, &inference->program->definitions, definition);
}

void declare_externs(Inference *inference, Module *module) {
    for (size_t i = 0; i < module->syntax->declarations.count; i++) {
        Declaration *declaration = module->syntax->declarations.items[i];
        if (declaration->kind == DECLARATION_EXTERN_LET) declare_extern(inference, module, declaration);
    }
}
