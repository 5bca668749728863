// What a module offers to others.

#include "interface.h"

#include <string.h>

#include "infer.h"

typedef struct Describer {
    Arena *arena;
    Symbols *symbols;
    const Module *module;
    Interface *interface;
    Text section;  // the one that the last offer is in
    uint32_t line; // of the source, from 1: those before it have been looked at for sections
} Describer;

// ---- sections: lines `// ---- Making ----` ----

static bool read_section(Text line, Text *section) {
    static const char start[] = "// ---- ", end[] = " ----";
    size_t before = sizeof start - 1, behind = sizeof end - 1;
    if (line.length <= before + behind || memcmp(line.bytes, start, before) != 0) return false;
    if (memcmp(line.bytes + line.length - behind, end, behind) != 0) return false;
    *section = (Text){line.bytes + before, line.length - before - behind};
    return true;
}

static void enter_section(Describer *describer, const Declaration *declaration) {
    const Source *source = describer->module->syntax->source;
    uint32_t own_line = source_position(source, declaration->span.start).line;
    for (; describer->line < own_line; describer->line++) read_section(source_line(source, describer->line), &describer->section);
}

static Offer *add_offer(Describer *describer, OfferKind kind, Symbol name, Text documentation) {
    Offer offer = {.kind = kind, .name = name, .section = describer->section, .documentation = documentation};
    vector_push(describer->arena, &describer->interface->offers, offer);
    return &describer->interface->offers.items[describer->interface->offers.count - 1];
}

// ---- values ----

static void build_parameter_type(Builder *out, Text type, bool is_function) {
    build_string(out, is_function ? "(" : "");
    build_text(out, type);
    build_string(out, is_function ? ") -> " : " -> ");
}

// The type as written, or else as found.
static Text describe_type(Arena *arena, const TypeSyntax *written, Type *found) {
    Builder type = builder_in(arena);
    if (written) print_type_syntax(&type, written);
    else print_type(&type, found);
    return builder_text(&type);
}

static void describe_parameter(Describer *describer, const Pattern *pattern, Type *found, Builder *parameters, Builder *whole) {
    bool is_annotated = pattern->kind == PATTERN_ANNOTATED;
    const TypeSyntax *written = is_annotated ? pattern->type : NULL;
    Text type = describe_type(describer->arena, written, found);
    const Pattern *inner = is_annotated ? pattern->items.items[0] : pattern;
    build_string(parameters, " (");
    if (inner->kind == PATTERN_CONSTRUCTOR) build_byte(parameters, '_'); // it may be private
    else print_pattern(parameters, inner);
    build_string(parameters, " : ");
    build_text(parameters, type);
    build_byte(parameters, ')');
    build_parameter_type(whole, type, written ? written->kind == TYPE_SYNTAX_FUNCTION : resolve_type(found)->kind == TYPE_FUNCTION);
}

static void describe_binding(Describer *describer, Offer *offer, const Binding *binding, const Meaning *meaning) {
    Builder parameters = builder_in(describer->arena), whole = builder_in(describer->arena), result = builder_in(describer->arena);
    Type *rest = resolve_type(meaning->type);
    for (size_t i = 0; i < binding->parameters.count; i++, rest = resolve_type(rest->right))
        describe_parameter(describer, binding->parameters.items[i], rest->left, &parameters, &whole);
    build_text(&result, describe_type(describer->arena, binding->type, rest));
    build_text(&whole, builder_text(&result));
    print_constraints(&result, &meaning->parameters);
    print_constraints(&whole, &meaning->parameters);
    offer->parameters = builder_text(&parameters);
    offer->result = builder_text(&result);
    offer->type = builder_text(&whole);
}

static void describe_value(Describer *describer, const Declaration *declaration, Symbol name) {
    const Meaning *meaning = table_get(&describer->module->values, name);
    if (!meaning || !meaning->type) return;
    Offer *offer = add_offer(describer, OFFER_VALUE, name, declaration->documentation);
    const Binding none = {.type = declaration->type};
    bool is_whole = declaration->kind == DECLARATION_LET && declaration->binding.pattern->kind == PATTERN_VARIABLE;
    describe_binding(describer, offer, is_whole ? &declaration->binding : &none, meaning);
}

// Each name that a pattern binds: `let (first_name, rest) = ...`.
static void describe_names(Describer *describer, const Declaration *declaration, const Pattern *pattern) {
    if (pattern->kind == PATTERN_VARIABLE || pattern->kind == PATTERN_AS) describe_value(describer, declaration, pattern->name.name);
    for (size_t i = 0; i < pattern->items.count; i++) describe_names(describer, declaration, pattern->items.items[i]);
    for (size_t i = 0; i < pattern->fields.count; i++) describe_names(describer, declaration, pattern->fields.items[i].pattern);
}

// ---- types and effects ----

static Text describe_parameters(Arena *arena, const Names *names) {
    Builder parameters = builder_in(arena);
    for (size_t i = 0; i < names->count; i++) build_format(&parameters, " %s", names->items[i].name);
    return builder_text(&parameters);
}

static void add_part(Describer *describer, Offer *offer, Symbol name, Builder *signature, Text documentation) {
    OfferPart part = {name, builder_text(signature), documentation};
    vector_push(describer->arena, &offer->parts, part);
}

static void describe_type_declaration(Describer *describer, const Declaration *declaration) {
    bool shows_fields = declaration->is_record && !declaration->is_opaque;
    Offer *offer = add_offer(describer, shows_fields ? OFFER_RECORD : OFFER_TYPE, declaration->name.name, declaration->documentation);
    offer->parameters = describe_parameters(describer->arena, &declaration->parameters);
    for (size_t i = 0; i < declaration->fields.count && shows_fields; i++) {
        const FieldSyntax *field = &declaration->fields.items[i];
        Builder signature = builder_in(describer->arena);
        build_format(&signature, "%s : ", field->name.name);
        print_type_syntax(&signature, field->type);
        add_part(describer, offer, field->name.name, &signature, field->documentation);
    }
    for (size_t i = 0; i < declaration->constructors.count && !declaration->is_opaque; i++) {
        const ConstructorSyntax *constructor = &declaration->constructors.items[i];
        const TypeSyntax applied = {.kind = TYPE_SYNTAX_NAME, .name = constructor->name, .arguments = constructor->fields};
        Builder signature = builder_in(describer->arena);
        print_type_syntax(&signature, &applied); // a constructor with its fields looks as a type with its arguments does
        add_part(describer, offer, constructor->name.name, &signature, constructor->documentation);
    }
}

static void describe_alias(Describer *describer, const Declaration *declaration) {
    Offer *offer = add_offer(describer, OFFER_ALIAS, declaration->name.name, declaration->documentation);
    offer->parameters = describe_parameters(describer->arena, &declaration->parameters);
    offer->result = describe_type(describer->arena, declaration->type, NULL);
}

static void describe_cell(Describer *describer, const Declaration *declaration) {
    Offer *offer = add_offer(describer, OFFER_CELL, declaration->name.name, declaration->documentation);
    offer->result = describe_type(describer->arena, declaration->type, declaration->name.meaning->effect->cell_type);
}

// As a value of the module: what it answers, it answers by performing the effect.
static void describe_own_operation(Describer *describer, const Declaration *declaration, const OperationSyntax *operation) {
    Builder type = builder_in(describer->arena);
    TypeSyntax *written = operation->type;
    for (; written->kind == TYPE_SYNTAX_FUNCTION; written = written->right)
        build_parameter_type(&type, describe_type(describer->arena, written->left, NULL), written->left->kind == TYPE_SYNTAX_FUNCTION);
    TypeSyntax effect = {.kind = TYPE_SYNTAX_NAME, .name = declaration->name}, row = {.kind = TYPE_SYNTAX_ROW};
    for (size_t i = 0; i < declaration->parameters.count; i++) {
        TypeSyntax *parameter = NEW(describer->arena, TypeSyntax);
        *parameter = (TypeSyntax){.kind = TYPE_SYNTAX_VARIABLE, .name = declaration->parameters.items[i]};
        vector_push(describer->arena, &effect.arguments, parameter);
    }
    vector_push(describer->arena, &row.arguments, &effect);
    const TypeSyntax computation = {.kind = TYPE_SYNTAX_COMPUTATION, .left = written, .right = &row};
    print_type_syntax(&type, &computation);
    Offer *offer = add_offer(describer, OFFER_VALUE, operation->name.name, operation->documentation);
    offer->type = offer->result = builder_text(&type);
}

static void describe_effect(Describer *describer, const Declaration *declaration) {
    bool is_own = declaration->name.name == describer->module->name;
    for (size_t i = 0; i < declaration->operations.count && is_own; i++)
        describe_own_operation(describer, declaration, &declaration->operations.items[i]);
    if (is_own && !declaration->documentation.length && !declaration->parameters.count) return;
    Offer *offer = add_offer(describer, OFFER_EFFECT, declaration->name.name, declaration->documentation);
    offer->parameters = describe_parameters(describer->arena, &declaration->parameters);
    for (size_t i = 0; i < declaration->operations.count && !is_own; i++) {
        const OperationSyntax *operation = &declaration->operations.items[i];
        Builder signature = builder_in(describer->arena);
        build_format(&signature, "%s : ", operation->name.name);
        print_type_syntax(&signature, operation->type);
        add_part(describer, offer, operation->name.name, &signature, operation->documentation);
    }
}

// ---- what is built in: a type is offered by the module of its name, else by Prelude, as are the values ----

static const struct {
    const char *name, *parameters, *result, *type, *documentation;
} BUILT_IN_VALUES[] = {
    {"ret", " (x : a)", "a ! e", "a -> a ! e", "The computation that does nothing and answers `x`."},
    {"compare", " (left : a) (right : a)", "Ordering where compare a", "a -> a -> Ordering where compare a",
     "Which of two values comes first: `Less`, `Equal` or `Greater`. It works on every type without functions, computations and extern types in it, "
     "as `==` and `<` do: constructors and fields count in the order of their declaration."},
    {"show", " (x : a)", "String where show a", "a -> String where show a", "A value as it would be written in a program."},
    {"fault", " (message : String)", "a", "String -> a",
     "Stops the task: a bug has come to light. Unless `Task.isolate` is around it, the program ends with the message, its place and status 70."},
};

static void describe_built_in_values(Describer *describer) {
    for (size_t i = 0; i < sizeof BUILT_IN_VALUES / sizeof *BUILT_IN_VALUES; i++) {
        Offer *offer = add_offer(describer, OFFER_VALUE, symbol_of(describer->symbols, BUILT_IN_VALUES[i].name), text_of(BUILT_IN_VALUES[i].documentation));
        offer->parameters = text_of(BUILT_IN_VALUES[i].parameters);
        offer->result = text_of(BUILT_IN_VALUES[i].result);
        offer->type = text_of(BUILT_IN_VALUES[i].type);
    }
}

// `a :: List a` stands between its fields, any other constructor before them.
static void describe_constructor(Describer *describer, Offer *offer, const Constructor *constructor) {
    Builder signature = builder_in(describer->arena);
    bool is_between = strcmp(constructor->name, "::") == 0;
    if (!is_between) build_string(&signature, constructor->name);
    for (size_t i = 0; i < constructor->fields.count; i++) {
        if (is_between && i) build_format(&signature, " %s", constructor->name);
        if (signature.length) build_byte(&signature, ' ');
        print_type(&signature, constructor->fields.items[i]);
    }
    add_part(describer, offer, constructor->name, &signature, (Text){0});
}

static void describe_built_in_type(Describer *describer, const DataType *data, const char *documentation) {
    Offer *offer = add_offer(describer, OFFER_TYPE, data->name, text_of(documentation));
    Builder parameters = builder_in(describer->arena);
    for (size_t i = 0; i < data->parameters.count; i++) build_format(&parameters, " %s", data->parameters.items[i]->name);
    offer->parameters = builder_text(&parameters);
    for (size_t i = 0; i < data->constructors.count; i++) describe_constructor(describer, offer, data->constructors.items[i]);
}

static void describe_built_in(Describer *describer, const Modules *modules) {
    const Builtins *builtins = modules->builtins;
    const DataType *of_modules[] = {builtins->int_type, builtins->float_type, builtins->char_type, builtins->string_type, builtins->bool_type,
                                    builtins->list_type, builtins->option_type, builtins->either_type, builtins->result_type};
    for (size_t i = 0; i < sizeof of_modules / sizeof *of_modules; i++)
        if (of_modules[i]->name == describer->module->full_name) describe_built_in_type(describer, of_modules[i], "");
    if (describer->module != modules->prelude) return;
    describe_built_in_type(describer, builtins->ordering_type, "What `compare` answers.");
    describe_built_in_type(describer, builtins->never_type, "What has no value: the answer of what does not come back, such as `Exit.exit`.");
    describe_built_in_values(describer);
}

// ---- the module ----

static void describe_declaration(Describer *describer, const Declaration *declaration) {
    switch (declaration->kind) {
    case DECLARATION_TYPE:
    case DECLARATION_EXTERN_TYPE: describe_type_declaration(describer, declaration); break;
    case DECLARATION_ALIAS: describe_alias(describer, declaration); break;
    case DECLARATION_LET: describe_names(describer, declaration, declaration->binding.pattern); break;
    case DECLARATION_EXTERN_LET: describe_value(describer, declaration, declaration->name.name); break;
    case DECLARATION_CELL: describe_cell(describer, declaration); break;
    case DECLARATION_EFFECT: describe_effect(describer, declaration); break;
    case DECLARATION_IMPORT:
    case DECLARATION_TEST:
    case DECLARATION_SPEC: break;
    }
}

// What stands above the first import says what the module is, for there is nothing to say about an import.
Text find_module_documentation(const ModuleSyntax *syntax) {
    if (syntax->documentation.length || !syntax->declarations.count) return syntax->documentation;
    const Declaration *first = syntax->declarations.items[0];
    return first->kind == DECLARATION_IMPORT ? first->documentation : syntax->documentation;
}

// ---- opaque types that no public name speaks of ----

static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '\''; }

static bool has_word(Text text, Symbol word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.length; at++) {
        bool begins = at == 0 || !is_word_byte(text.bytes[at - 1]), ends = at + length == text.length || !is_word_byte(text.bytes[at + length]);
        if (begins && ends && memcmp(text.bytes + at, word, length) == 0) return true;
    }
    return false;
}

static bool is_mentioned(const Interface *interface, const Offer *type) {
    for (size_t i = 0; i < interface->offers.count; i++) {
        const Offer *offer = &interface->offers.items[i];
        if (offer == type) continue;
        if (has_word(offer->type, type->name) || has_word(offer->result, type->name)) return true;
        for (size_t k = 0; k < offer->parts.count; k++)
            if (has_word(offer->parts.items[k].signature, type->name)) return true;
    }
    return false;
}

// Such a type, unless something is said of it, is the module's own affair.
static void leave_out_own_types(Interface *interface) {
    size_t kept = 0;
    for (size_t i = 0; i < interface->offers.count; i++) {
        const Offer *offer = &interface->offers.items[i];
        bool is_own = offer->kind == OFFER_TYPE && !offer->parts.count && !offer->documentation.length;
        bool is_shown = !is_own || offer->name == interface->name || is_mentioned(interface, offer);
        if (is_shown) interface->offers.items[kept++] = *offer;
    }
    interface->offers.count = (uint32_t)kept;
}

Interface *describe_interface(Compilation *compilation, const Modules *modules) {
    const Module *module = modules->program;
    Interface *interface = NEW(compilation->arena, Interface);
    Describer describer = {.arena = compilation->arena, .symbols = compilation->symbols, .module = module, .interface = interface, .line = 1};
    interface->name = module->full_name;
    interface->documentation = find_module_documentation(module->syntax);
    describe_built_in(&describer, modules);
    for (size_t i = 0; i < module->syntax->declarations.count; i++) {
        const Declaration *declaration = module->syntax->declarations.items[i];
        enter_section(&describer, declaration);
        if (!declaration->is_private) describe_declaration(&describer, declaration);
    }
    leave_out_own_types(interface);
    return interface;
}
