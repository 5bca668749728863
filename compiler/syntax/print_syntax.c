// `fx dump syntax`: declarations and the steps of specs; expressions are printed by print_expression.c.

#include "print_syntax.h"

void print_line(Builder *builder, unsigned indent) { build_format(builder, "\n%*s", (int)indent, ""); }

static void print_documentation(Builder *builder, Text text, unsigned indent) {
    const char *at = text.bytes, *end = at + text.length;
    while (at < end) {
        const char *stop = at;
        while (stop < end && *stop != '\n') stop++;
        build_string(builder, stop > at ? "/// " : "///");
        build_text(builder, (Text){at, (size_t)(stop - at)});
        print_line(builder, indent);
        at = stop < end ? stop + 1 : end;
    }
}

static void print_names(Builder *builder, const Names *names, const char *separator) {
    for (size_t i = 0; i < names->count; i++) {
        if (i) build_string(builder, separator);
        build_string(builder, names->items[i].name);
    }
}

// ---- declarations ----

static void print_head(Builder *builder, const char *word, const Declaration *declaration) {
    build_format(builder, "%s %s", word, declaration->name.name);
    if (declaration->parameters.count) build_byte(builder, ' ');
    print_names(builder, &declaration->parameters, " ");
}

static void print_import(Builder *builder, const Declaration *declaration) {
    build_string(builder, "import ");
    print_names(builder, &declaration->import_path, ".");
    if (declaration->import_as) build_format(builder, " as %s", declaration->import_as);
    if (!declaration->import_names.count) return;
    build_string(builder, " (");
    print_names(builder, &declaration->import_names, ", ");
    build_byte(builder, ')');
}

static void print_constructors(Builder *builder, const Declaration *declaration) {
    for (size_t i = 0; i < declaration->constructors.count; i++) {
        const ConstructorSyntax *constructor = &declaration->constructors.items[i];
        print_line(builder, 2);
        print_documentation(builder, constructor->documentation, 2);
        build_format(builder, "| %s", constructor->name.name);
        for (size_t j = 0; j < constructor->fields.count; j++) {
            build_byte(builder, ' ');
            print_atomic_type(builder, constructor->fields.items[j]);
        }
    }
}

static void print_fields(Builder *builder, const Declaration *declaration) {
    build_string(builder, "\n  {");
    for (size_t i = 0; i < declaration->fields.count; i++) {
        const FieldSyntax *field = &declaration->fields.items[i];
        if (i) build_byte(builder, ',');
        print_line(builder, 4);
        print_documentation(builder, field->documentation, 4);
        build_format(builder, "%s : ", field->name.name);
        print_type_syntax(builder, field->type);
    }
    build_string(builder, "\n  }");
}

static void print_type_declaration(Builder *builder, const Declaration *declaration) {
    print_head(builder, declaration->is_opaque ? "opaque type" : "type", declaration);
    build_string(builder, " =");
    if (declaration->is_record) print_fields(builder, declaration);
    else print_constructors(builder, declaration);
}

static void print_external(Builder *builder, bool waits, Text symbol) {
    if (!symbol.length) return;
    build_string(builder, waits ? " = wait " : " = ");
    print_quoted(builder, symbol);
}

static void print_effect(Builder *builder, const Declaration *declaration) {
    print_head(builder, declaration->is_external ? "extern effect" : "effect", declaration);
    build_string(builder, " =");
    for (size_t i = 0; i < declaration->operations.count; i++) {
        const OperationSyntax *operation = &declaration->operations.items[i];
        print_line(builder, 2);
        print_documentation(builder, operation->documentation, 2);
        build_format(builder, "%s : ", operation->name.name);
        print_type_syntax(builder, operation->type);
        print_external(builder, operation->waits, operation->symbol);
    }
}

static void print_alias(Builder *builder, const Declaration *declaration) {
    print_head(builder, "alias", declaration);
    build_string(builder, " = ");
    print_type_syntax(builder, declaration->type);
}

static void print_extern_let(Builder *builder, const Declaration *declaration) {
    build_format(builder, "%sextern let %s : ", declaration->is_private ? "private " : "", declaration->name.name);
    print_type_syntax(builder, declaration->type);
    print_external(builder, declaration->waits, declaration->symbol);
}

static void print_let(Builder *builder, const Declaration *declaration) {
    build_string(builder, declaration->is_private ? "private let " : "let ");
    print_binding(builder, &declaration->binding, 0);
}

static void print_cell(Builder *builder, const Declaration *declaration) {
    build_format(builder, "cell %s", declaration->name.name);
    if (declaration->type) {
        build_string(builder, " : ");
        print_type_syntax(builder, declaration->type);
    }
    build_string(builder, " =");
    print_block(builder, declaration->binding.value, 2);
}

static void print_test(Builder *builder, const Declaration *declaration) {
    build_string(builder, "test ");
    print_quoted(builder, declaration->test_name);
    print_parameters(builder, &declaration->binding.parameters);
    if (declaration->test_guard) {
        build_string(builder, " when ");
        print_expression(builder, declaration->test_guard);
    }
    build_string(builder, " =");
    print_block(builder, declaration->binding.value, 2);
}

// ---- specs ----

static void print_steps(Builder *builder, const Steps *steps, unsigned indent);

static void print_step_clauses(Builder *builder, const Step *step, unsigned indent) {
    build_string(builder, "match ");
    print_operand(builder, step->expression, indent);
    for (size_t i = 0; i < step->clauses.count; i++) {
        const StepClause *clause = &step->clauses.items[i];
        print_line(builder, indent);
        build_string(builder, "| ");
        print_pattern(builder, clause->pattern);
        if (clause->guard) {
            build_string(builder, " when ");
            print_operand(builder, clause->guard, indent);
        }
        build_string(builder, " ->");
        print_steps(builder, &clause->steps, indent + 2);
    }
}

static void print_step_if(Builder *builder, const Step *step, unsigned indent) {
    build_string(builder, "if ");
    print_operand(builder, step->expression, indent);
    build_string(builder, " then");
    print_steps(builder, &step->first_block, indent + 2);
    if (!step->second_block.count) return;
    print_line(builder, indent);
    build_string(builder, "else");
    print_steps(builder, &step->second_block, indent + 2);
}

static void print_two_blocks(Builder *builder, const char *first, const char *second, const Step *step, unsigned indent) {
    build_string(builder, first);
    print_steps(builder, &step->first_block, indent + 2);
    if (!second || (step->kind != STEP_JOIN && !step->second_block.count)) return;
    print_line(builder, indent);
    build_string(builder, second);
    print_steps(builder, &step->second_block, indent + 2);
}

static void print_step(Builder *builder, const Step *step, unsigned indent) {
    switch (step->kind) {
    case STEP_ASK:
        print_operand(builder, step->expression, indent);
        build_string(builder, " => ");
        if (step->answer) print_operand(builder, step->answer, indent);
        else build_byte(builder, '_');
        break;
    case STEP_USE:
        build_string(builder, "use ");
        print_operand(builder, step->expression, indent);
        break;
    case STEP_JOIN: print_two_blocks(builder, "join", "and", step, indent); break;
    case STEP_LEFT: print_two_blocks(builder, "left", "losing", step, indent); break;
    case STEP_RIGHT: print_two_blocks(builder, "right", "losing", step, indent); break;
    case STEP_FOR:
        build_string(builder, "for ");
        print_pattern(builder, step->pattern);
        build_string(builder, " in ");
        print_operand(builder, step->expression, indent);
        print_steps(builder, &step->first_block, indent + 2);
        break;
    case STEP_IF: print_step_if(builder, step, indent); break;
    case STEP_MATCH: print_step_clauses(builder, step, indent); break;
    }
}

static void print_steps(Builder *builder, const Steps *steps, unsigned indent) {
    for (size_t i = 0; i < steps->count; i++) {
        print_line(builder, indent);
        print_step(builder, steps->items[i], indent);
    }
}

static void print_spec(Builder *builder, const Declaration *declaration) {
    build_format(builder, "spec %s", declaration->name.name);
    print_parameters(builder, &declaration->spec_parameters);
    build_string(builder, " =\n  ");
    print_operand(builder, declaration->spec_subject, 2);
    build_string(builder, " runs");
    print_steps(builder, &declaration->spec_steps, 4);
    build_string(builder, "\n  returns");
    print_block(builder, declaration->spec_returns, 4);
}

static void print_declaration(Builder *builder, const Declaration *declaration) {
    print_documentation(builder, declaration->documentation, 0);
    switch (declaration->kind) {
    case DECLARATION_IMPORT: print_import(builder, declaration); break;
    case DECLARATION_TYPE: print_type_declaration(builder, declaration); break;
    case DECLARATION_EXTERN_TYPE: print_head(builder, "extern type", declaration); break;
    case DECLARATION_ALIAS: print_alias(builder, declaration); break;
    case DECLARATION_LET: print_let(builder, declaration); break;
    case DECLARATION_EXTERN_LET: print_extern_let(builder, declaration); break;
    case DECLARATION_CELL: print_cell(builder, declaration); break;
    case DECLARATION_EFFECT: print_effect(builder, declaration); break;
    case DECLARATION_TEST: print_test(builder, declaration); break;
    case DECLARATION_SPEC: print_spec(builder, declaration); break;
    }
    build_byte(builder, '\n');
}

Text print_syntax(Arena *arena, const ModuleSyntax *module) {
    Builder builder = builder_in(arena);
    if (module->documentation.length) {
        print_documentation(&builder, module->documentation, 0);
        build_byte(&builder, '\n');
    }
    for (size_t i = 0; i < module->declarations.count; i++) {
        if (i) build_byte(&builder, '\n');
        print_declaration(&builder, module->declarations.items[i]);
    }
    return builder_text(&builder);
}
