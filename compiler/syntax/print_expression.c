// Types, patterns and expressions as fx source: every application, operator and branch in parentheses, every block on its own lines.

#include "print_syntax.h"

#include <stdlib.h>
#include <string.h>

static void print_name(Builder *builder, const Name *name) {
    if (name->qualifier) build_format(builder, "%s.", name->qualifier);
    build_string(builder, name->name);
}

// ---- types ----

static void print_types(Builder *builder, const TypeSyntaxes *types) {
    for (size_t i = 0; i < types->count; i++) {
        if (i) build_string(builder, ", ");
        print_type_syntax(builder, types->items[i]);
    }
}

static void print_row(Builder *builder, const TypeSyntax *row) {
    build_byte(builder, '{');
    print_types(builder, &row->arguments);
    if (row->right) build_format(builder, " | %s", row->right->name.name);
    build_byte(builder, '}');
}

void print_atomic_type(Builder *builder, const TypeSyntax *type) {
    bool is_atomic = type->kind == TYPE_SYNTAX_VARIABLE || type->kind == TYPE_SYNTAX_TUPLE || type->kind == TYPE_SYNTAX_ROW ||
                     (type->kind == TYPE_SYNTAX_NAME && type->arguments.count == 0);
    if (!is_atomic) build_byte(builder, '(');
    print_type_syntax(builder, type);
    if (!is_atomic) build_byte(builder, ')');
}

static void print_function_type(Builder *builder, const TypeSyntax *type) {
    if (type->left->kind == TYPE_SYNTAX_FUNCTION) print_atomic_type(builder, type->left);
    else print_type_syntax(builder, type->left);
    build_string(builder, " -> ");
    print_type_syntax(builder, type->right);
}

void print_type_syntax(Builder *builder, const TypeSyntax *type) {
    switch (type->kind) {
    case TYPE_SYNTAX_VARIABLE: print_name(builder, &type->name); break;
    case TYPE_SYNTAX_NAME:
        print_name(builder, &type->name);
        for (size_t i = 0; i < type->arguments.count; i++) {
            build_byte(builder, ' ');
            print_atomic_type(builder, type->arguments.items[i]);
        }
        break;
    case TYPE_SYNTAX_TUPLE:
        build_byte(builder, '(');
        print_types(builder, &type->arguments);
        build_byte(builder, ')');
        break;
    case TYPE_SYNTAX_FUNCTION: print_function_type(builder, type); break;
    case TYPE_SYNTAX_COMPUTATION:
        if (type->left->kind == TYPE_SYNTAX_NAME) print_type_syntax(builder, type->left);
        else print_atomic_type(builder, type->left);
        build_string(builder, " ! ");
        print_type_syntax(builder, type->right);
        break;
    case TYPE_SYNTAX_ROW: print_row(builder, type); break;
    }
}

// ---- literals ----

static void print_escaped(Builder *builder, Text text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        if (byte == '"' || byte == '\\') build_format(builder, "\\%c", byte);
        else if (byte == '\n') build_string(builder, "\\n");
        else if (byte == '\t') build_string(builder, "\\t");
        else if (byte < 0x20 || byte >= 0x7F) build_format(builder, "\\x%02x", byte);
        else build_byte(builder, (char)byte);
    }
}

void print_quoted(Builder *builder, Text text) {
    build_byte(builder, '"');
    print_escaped(builder, text);
    build_byte(builder, '"');
}

static void print_char(Builder *builder, int64_t scalar) {
    if (scalar == '\'' || scalar == '\\') build_format(builder, "'\\%c'", (char)scalar);
    else if (scalar >= 0x20 && scalar < 0x7F) build_format(builder, "'%c'", (char)scalar);
    else build_format(builder, "'\\u{%llX}'", (unsigned long long)scalar);
}

// The shortest decimal that reads back as the same Float, with a point or an exponent.
static void print_float(Builder *builder, double value) {
    char digits[64];
    int precision = 1;
    do {
        Builder scratch = builder_in(builder->arena);
        build_format(&scratch, "%.*g", precision, value);
        strcpy(digits, builder_string(&scratch));
    } while (strtod(digits, NULL) != value && precision++ < 17);
    build_string(builder, digits);
    if (!strpbrk(digits, ".e")) build_string(builder, ".0");
}

// ---- patterns ----

static void print_patterns(Builder *builder, const Patterns *patterns) {
    for (size_t i = 0; i < patterns->count; i++) {
        if (i) build_string(builder, ", ");
        print_pattern(builder, patterns->items[i]);
    }
}

static bool is_cons(const Pattern *pattern) { return pattern->kind == PATTERN_CONSTRUCTOR && strcmp(pattern->name.name, "::") == 0; }

static void print_atomic_pattern(Builder *builder, const Pattern *pattern) {
    bool compound = pattern->kind == PATTERN_OR || pattern->kind == PATTERN_AS || (pattern->kind == PATTERN_CONSTRUCTOR && pattern->items.count);
    if (compound) build_byte(builder, '(');
    print_pattern(builder, pattern);
    if (compound) build_byte(builder, ')');
}

static void print_constructor_pattern(Builder *builder, const Pattern *pattern) {
    if (is_cons(pattern)) {
        print_atomic_pattern(builder, pattern->items.items[0]);
        build_string(builder, " :: ");
        print_atomic_pattern(builder, pattern->items.items[1]);
        return;
    }
    print_name(builder, &pattern->name);
    for (size_t i = 0; i < pattern->items.count; i++) {
        build_byte(builder, ' ');
        print_atomic_pattern(builder, pattern->items.items[i]);
    }
}

static void print_record_pattern(Builder *builder, const Pattern *pattern) {
    build_string(builder, "{ ");
    for (size_t i = 0; i < pattern->fields.count; i++) {
        const FieldPattern *field = &pattern->fields.items[i];
        if (i) build_string(builder, ", ");
        print_name(builder, &field->field);
        build_string(builder, " = ");
        print_pattern(builder, field->pattern);
    }
    build_string(builder, " }");
}

void print_pattern(Builder *builder, const Pattern *pattern) {
    switch (pattern->kind) {
    case PATTERN_WILDCARD: build_byte(builder, '_'); break;
    case PATTERN_VARIABLE: build_string(builder, pattern->name.name); break;
    case PATTERN_INT: build_format(builder, "%lld", (long long)pattern->int_value); break;
    case PATTERN_FLOAT: print_float(builder, pattern->float_value); break;
    case PATTERN_CHAR: print_char(builder, pattern->int_value); break;
    case PATTERN_STRING: print_quoted(builder, pattern->text); break;
    case PATTERN_CONSTRUCTOR: print_constructor_pattern(builder, pattern); break;
    case PATTERN_TUPLE:
        build_byte(builder, '(');
        print_patterns(builder, &pattern->items);
        build_byte(builder, ')');
        break;
    case PATTERN_LIST:
        build_byte(builder, '[');
        print_patterns(builder, &pattern->items);
        build_byte(builder, ']');
        break;
    case PATTERN_RECORD: print_record_pattern(builder, pattern); break;
    case PATTERN_OR:
        print_atomic_pattern(builder, pattern->items.items[0]);
        build_string(builder, " | ");
        print_atomic_pattern(builder, pattern->items.items[1]);
        break;
    case PATTERN_AS:
        print_atomic_pattern(builder, pattern->items.items[0]);
        build_format(builder, " as %s", pattern->name.name);
        break;
    case PATTERN_ANNOTATED:
        build_byte(builder, '(');
        print_pattern(builder, pattern->items.items[0]);
        build_string(builder, " : ");
        print_type_syntax(builder, pattern->type);
        build_byte(builder, ')');
        break;
    case PATTERN_ERROR: build_string(builder, "<error>"); break;
    }
}

void print_parameters(Builder *builder, const Patterns *parameters) {
    for (size_t i = 0; i < parameters->count; i++) {
        build_byte(builder, ' ');
        print_atomic_pattern(builder, parameters->items[i]);
    }
}

// ---- expressions ----

static void print_expression_at(Builder *builder, const Expression *expression, unsigned indent);
static void print_items(Builder *builder, const Expression *block, unsigned indent);

static const char *const operators[] = {"<|", "|>", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "::", "++", "+", "-", "*", "/", "%"};

const char *operator_spelling(Operator operator) { return operators[operator]; }

static void print_operands(Builder *builder, const Expressions *items, unsigned indent) {
    for (size_t i = 0; i < items->count; i++) {
        if (i) build_string(builder, ", ");
        print_operand(builder, items->items[i], indent);
    }
}

static void print_interpolation(Builder *builder, const Expression *expression, unsigned indent) {
    build_byte(builder, '"');
    for (size_t i = 0; i < expression->items.count; i++) {
        const Expression *item = expression->items.items[i];
        if (item->kind == EXPRESSION_STRING && item->span.start < item->span.end) {
            const char *bytes = item->span.source->text.bytes + item->span.start;
            bool is_piece = *bytes != '"' || expression->span.start == item->span.start;
            if (is_piece) {
                print_escaped(builder, item->text);
                continue;
            }
        }
        build_string(builder, "\\(");
        print_operand(builder, item, indent);
        build_byte(builder, ')');
    }
    build_byte(builder, '"');
}

static void print_record(Builder *builder, const Expression *expression, unsigned indent) {
    build_string(builder, "{ ");
    if (expression->first) {
        print_operand(builder, expression->first, indent);
        build_string(builder, " with ");
    }
    for (size_t i = 0; i < expression->fields.count; i++) {
        const FieldValue *field = &expression->fields.items[i];
        if (i) build_string(builder, ", ");
        print_name(builder, &field->field);
        build_string(builder, " = ");
        print_operand(builder, field->value, indent);
    }
    build_string(builder, " }");
}

static void print_apply(Builder *builder, const Expression *expression, unsigned indent) {
    build_byte(builder, '(');
    print_operand(builder, expression->first, indent);
    for (size_t i = 0; i < expression->items.count; i++) {
        build_byte(builder, ' ');
        print_operand(builder, expression->items.items[i], indent);
    }
    build_byte(builder, ')');
}

static void print_binary(Builder *builder, const Expression *expression, unsigned indent) {
    build_byte(builder, '(');
    print_operand(builder, expression->first, indent);
    build_format(builder, " %s ", operators[expression->operator]);
    print_operand(builder, expression->second, indent);
    build_byte(builder, ')');
}

// What holds blocks: printed from the column `indent`, its blocks two deeper.
static void print_if(Builder *builder, const Expression *expression, unsigned indent) {
    build_string(builder, "if ");
    print_operand(builder, expression->first, indent);
    build_string(builder, " then");
    print_block(builder, expression->second, indent + 2);
    if (!expression->third) return;
    print_line(builder, indent);
    build_string(builder, "else");
    print_block(builder, expression->third, indent + 2);
}

static void print_match(Builder *builder, const Expression *expression, unsigned indent) {
    build_string(builder, expression->bang ? "match! " : "match ");
    print_operand(builder, expression->first, indent);
    for (size_t i = 0; i < expression->clauses.count; i++) {
        const Clause *clause = &expression->clauses.items[i];
        print_line(builder, indent);
        build_string(builder, "| ");
        print_pattern(builder, clause->pattern);
        if (clause->guard) {
            build_string(builder, " when ");
            print_operand(builder, clause->guard, indent);
        }
        build_string(builder, " ->");
        print_block(builder, clause->body, indent + 2);
    }
}

static void print_handle(Builder *builder, const Expression *expression, unsigned indent) {
    build_string(builder, "handle ");
    print_operand(builder, expression->first, indent);
    build_string(builder, " with");
    for (size_t i = 0; i < expression->handler_clauses.count; i++) {
        const HandlerClause *clause = &expression->handler_clauses.items[i];
        print_line(builder, indent);
        build_string(builder, clause->is_control ? "| ctl " : "| ");
        print_name(builder, &clause->operation);
        print_parameters(builder, &clause->parameters);
        build_string(builder, " ->");
        print_block(builder, clause->body, indent + 2);
    }
}

static void print_function(Builder *builder, const Expression *expression, unsigned indent) {
    build_string(builder, "fun");
    print_parameters(builder, &expression->patterns);
    build_string(builder, " ->");
    print_block(builder, expression->body, indent + 2);
}

static bool holds_blocks(const Expression *expression) {
    switch (expression->kind) {
    case EXPRESSION_FUNCTION: case EXPRESSION_IF: case EXPRESSION_MATCH: case EXPRESSION_LET: case EXPRESSION_LET_BANG:
    case EXPRESSION_DO: case EXPRESSION_SEQUENCE: case EXPRESSION_HANDLE:
        return true;
    default:
        return false;
    }
}

void print_operand(Builder *builder, const Expression *expression, unsigned indent) {
    if (holds_blocks(expression)) {
        build_byte(builder, '(');
        print_block(builder, expression, indent + 2);
        print_line(builder, indent);
        build_byte(builder, ')');
    } else {
        print_expression_at(builder, expression, indent);
    }
}

static void print_expression_at(Builder *builder, const Expression *expression, unsigned indent) {
    switch (expression->kind) {
    case EXPRESSION_INT: build_format(builder, expression->int_value < 0 ? "(%lld)" : "%lld", (long long)expression->int_value); break;
    case EXPRESSION_FLOAT:
        if (expression->text.length && expression->text.bytes[0] == '-') build_byte(builder, '(');
        print_float(builder, expression->float_value);
        if (expression->text.length && expression->text.bytes[0] == '-') build_byte(builder, ')');
        break;
    case EXPRESSION_CHAR: print_char(builder, expression->int_value); break;
    case EXPRESSION_STRING: print_quoted(builder, expression->text); break;
    case EXPRESSION_INTERPOLATION: print_interpolation(builder, expression, indent); break;
    case EXPRESSION_VARIABLE: case EXPRESSION_CONSTRUCTOR: print_name(builder, &expression->name); break;
    case EXPRESSION_TUPLE:
        build_byte(builder, '(');
        print_operands(builder, &expression->items, indent);
        build_byte(builder, ')');
        break;
    case EXPRESSION_LIST:
        build_byte(builder, '[');
        print_operands(builder, &expression->items, indent);
        build_byte(builder, ']');
        break;
    case EXPRESSION_RECORD: case EXPRESSION_UPDATE: print_record(builder, expression, indent); break;
    case EXPRESSION_FIELD:
        print_operand(builder, expression->first, indent);
        build_format(builder, ".%s", expression->name.name);
        break;
    case EXPRESSION_APPLY: print_apply(builder, expression, indent); break;
    case EXPRESSION_BINARY: print_binary(builder, expression, indent); break;
    case EXPRESSION_NEGATE:
        build_string(builder, "(- ");
        print_operand(builder, expression->first, indent);
        build_byte(builder, ')');
        break;
    case EXPRESSION_ANNOTATED:
        build_byte(builder, '(');
        print_operand(builder, expression->first, indent);
        build_string(builder, " : ");
        print_type_syntax(builder, expression->type);
        build_byte(builder, ')');
        break;
    case EXPRESSION_FUNCTION: print_function(builder, expression, indent); break;
    case EXPRESSION_IF: print_if(builder, expression, indent); break;
    case EXPRESSION_MATCH: print_match(builder, expression, indent); break;
    case EXPRESSION_HANDLE: print_handle(builder, expression, indent); break;
    case EXPRESSION_LET: case EXPRESSION_LET_BANG: case EXPRESSION_DO: case EXPRESSION_SEQUENCE: print_items(builder, expression, indent); break;
    case EXPRESSION_ERROR: build_string(builder, "<error>"); break;
    }
}

// ---- blocks ----

void print_binding(Builder *builder, const Binding *binding, unsigned indent) {
    if (binding->parameters.count) build_string(builder, binding->pattern->name.name);
    else print_pattern(builder, binding->pattern);
    print_parameters(builder, &binding->parameters);
    if (binding->type) {
        build_string(builder, " : ");
        print_type_syntax(builder, binding->type);
    }
    build_string(builder, " =");
    print_block(builder, binding->value, indent + 2);
}

static void print_item(Builder *builder, const Expression *item, unsigned indent) {
    switch (item->kind) {
    case EXPRESSION_LET:
        build_string(builder, "let ");
        print_binding(builder, &item->bindings.items[0], indent);
        break;
    case EXPRESSION_LET_BANG:
        for (size_t i = 0; i < item->bindings.count; i++) {
            if (i) print_line(builder, indent);
            build_string(builder, i ? "and! " : "let! ");
            print_binding(builder, &item->bindings.items[i], indent);
        }
        break;
    case EXPRESSION_DO:
        build_string(builder, "do! ");
        print_operand(builder, item->first, indent);
        break;
    case EXPRESSION_SEQUENCE: print_operand(builder, item->first, indent); break;
    default: print_expression_at(builder, item, indent); break;
    }
}

// The items of a block, each on a line, without the first line's indentation.
static void print_items(Builder *builder, const Expression *block, unsigned indent) {
    for (;;) {
        print_item(builder, block, indent);
        bool goes_on = block->kind == EXPRESSION_LET || block->kind == EXPRESSION_LET_BANG || block->kind == EXPRESSION_DO ||
                       block->kind == EXPRESSION_SEQUENCE;
        if (!goes_on || !block->body) return;
        block = block->body;
        print_line(builder, indent);
    }
}

void print_block(Builder *builder, const Expression *block, unsigned indent) {
    print_line(builder, indent);
    print_items(builder, block, indent);
}

void print_expression(Builder *builder, const Expression *expression) { print_expression_at(builder, expression, 0); }
