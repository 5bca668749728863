// Whether each parameter of a type, alias or effect stands for a type or for a row: by its use, to a fixed point over the module.
#include "infer.h"

typedef struct NamedKind {
    Symbol name;
    Kind *kind;
    bool is_local; // of one signature: found anew each time, no change of the module's
} NamedKind;

typedef struct KindScope {
    Arena *arena;
    Vector(NamedKind) names;
    bool is_open; // names that are not known come into scope
    bool changed;
} KindScope;

static void visit_type(KindScope *scope, const TypeSyntax *type);

static const NamedKind *find_kind(KindScope *scope, Symbol name) {
    for (size_t i = scope->names.count; i-- > 0;) {
        if (scope->names.items[i].name == name) return &scope->names.items[i];
    }
    if (!scope->is_open) return NULL;
    NamedKind added = {name, NEW(scope->arena, Kind), true};
    vector_push(scope->arena, &scope->names, added);
    return &scope->names.items[scope->names.count - 1];
}

static void mark_row(KindScope *scope, Kind *kind, bool is_local) {
    if (*kind == KIND_ROW) return;
    *kind = KIND_ROW;
    if (!is_local) scope->changed = true;
}

static const TypeParameters *parameters_of(const Meaning *meaning) {
    if (!meaning) return NULL;
    switch (meaning->kind) {
    case MEANING_TYPE: return &meaning->data->parameters;
    case MEANING_ALIAS: return &meaning->alias->parameters;
    case MEANING_EFFECT: return &meaning->effect->parameters;
    default: return NULL;
    }
}

static void visit_row(KindScope *scope, const TypeSyntax *row);

// An extern type shows no use of its parameters: they are rows where a row is given.
static void visit_arguments(KindScope *scope, const TypeSyntax *type) {
    const TypeParameters *parameters = parameters_of(type->name.meaning);
    for (size_t i = 0; i < type->arguments.count; i++) {
        const TypeSyntax *argument = type->arguments.items[i];
        TypeParameter *parameter = parameters && i < parameters->count ? parameters->items[i] : NULL;
        if (parameter && parameter->kind == KIND_ROW) {
            visit_row(scope, argument);
            continue;
        }
        visit_type(scope, argument);
        bool is_extern = type->name.meaning && type->name.meaning->kind == MEANING_TYPE && type->name.meaning->data->kind == DATA_EXTERN;
        if (!parameter || !is_extern) continue;
        const NamedKind *named = argument->kind == TYPE_SYNTAX_VARIABLE ? find_kind(scope, argument->name.name) : NULL;
        if (argument->kind == TYPE_SYNTAX_ROW || (named && *named->kind == KIND_ROW)) mark_row(scope, &parameter->kind, false);
    }
}

static void visit_row(KindScope *scope, const TypeSyntax *row) {
    if (!row) return;
    const NamedKind *named = row->kind == TYPE_SYNTAX_VARIABLE ? find_kind(scope, row->name.name) : NULL;
    if (named) mark_row(scope, named->kind, named->is_local);
    if (row->kind == TYPE_SYNTAX_NAME) visit_arguments(scope, row);
    if (row->kind != TYPE_SYNTAX_ROW) return;
    for (size_t i = 0; i < row->arguments.count; i++) visit_row(scope, row->arguments.items[i]);
    visit_row(scope, row->right);
}

static void visit_type(KindScope *scope, const TypeSyntax *type) {
    if (!type) return;
    switch (type->kind) {
    case TYPE_SYNTAX_VARIABLE: find_kind(scope, type->name.name); break;
    case TYPE_SYNTAX_NAME: visit_arguments(scope, type); break;
    case TYPE_SYNTAX_TUPLE:
        for (size_t i = 0; i < type->arguments.count; i++) visit_type(scope, type->arguments.items[i]);
        break;
    case TYPE_SYNTAX_FUNCTION:
        visit_type(scope, type->left);
        visit_type(scope, type->right);
        break;
    case TYPE_SYNTAX_COMPUTATION:
        visit_type(scope, type->left);
        visit_row(scope, type->right);
        break;
    case TYPE_SYNTAX_ROW: visit_row(scope, type); break;
    }
}

static void visit_pattern(KindScope *scope, const Pattern *pattern) {
    if (!pattern) return;
    visit_type(scope, pattern->type);
    for (size_t i = 0; i < pattern->items.count; i++) visit_pattern(scope, pattern->items.items[i]);
}

static void add_parameters(KindScope *scope, const Meaning *meaning) {
    const TypeParameters *parameters = parameters_of(meaning);
    if (!parameters) return;
    for (size_t i = 0; i < parameters->count; i++) {
        NamedKind named = {parameters->items[i]->name, &parameters->items[i]->kind, false};
        vector_push(scope->arena, &scope->names, named);
    }
}

// A variable may show that it is a row after it stood as an argument: hence twice.
static void visit_signature(KindScope *scope, const TypeSyntax *type) {
    visit_type(scope, type);
    visit_type(scope, type);
}

static void visit_binding(KindScope *scope, const Binding *binding) {
    for (size_t i = 0; i < binding->parameters.count; i++) visit_pattern(scope, binding->parameters.items[i]);
    visit_type(scope, binding->type);
}

static bool visit_declaration(Arena *arena, const Declaration *declaration) {
    KindScope scope = {.arena = arena};
    add_parameters(&scope, declaration->name.meaning);
    for (size_t i = 0; i < declaration->constructors.count; i++) {
        const TypeSyntaxes *fields = &declaration->constructors.items[i].fields;
        for (size_t k = 0; k < fields->count; k++) visit_type(&scope, fields->items[k]);
    }
    for (size_t i = 0; i < declaration->fields.count; i++) visit_type(&scope, declaration->fields.items[i].type);
    size_t mark = scope.names.count;
    scope.is_open = declaration->kind != DECLARATION_ALIAS;
    visit_signature(&scope, declaration->type);
    for (int twice = 0; twice < 2 && declaration->kind == DECLARATION_LET; twice++) visit_binding(&scope, &declaration->binding);
    for (size_t i = 0; i < declaration->operations.count; i++) {
        scope.names.count = mark;
        visit_signature(&scope, declaration->operations.items[i].type);
    }
    return scope.changed;
}

void find_kinds(Inference *inference, Module *module) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < module->syntax->declarations.count; i++) {
            changed |= visit_declaration(inference->arena, module->syntax->declarations.items[i]);
        }
    }
}
