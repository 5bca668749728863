// The grammar, by lemon. It sees one declaration at a time, its blocks marked by layout.c. Nodes are made by build_*.c.

%name Parser
%token_prefix GRAMMAR_
%token_type {const Token *}
%extra_context {Grammar *g}
%stack_size 0
%start_symbol start

%token LOWER UPPER QUALIFIED_LOWER QUALIFIED_UPPER UNDERSCORE INT FLOAT CHAR STRING STRING_START STRING_MIDDLE STRING_END.
%token IMPORT AS LET LET_BANG AND_BANG DO_BANG MATCH MATCH_BANG WITH WHEN IF THEN ELSE FUN TYPE OPAQUE PRIVATE ALIAS EFFECT CELL EXTERN.
%token HANDLE CTL TEST SPEC RUNS RETURNS IN.
%token EQUALS ARROW FAT_ARROW BAR COLON COMMA SEMICOLON DOT BANG LEFT_PAREN RIGHT_PAREN LEFT_BRACKET RIGHT_BRACKET LEFT_BRACE RIGHT_BRACE.
%token PIPE_LEFT PIPE_RIGHT OR AND EQUAL NOT_EQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL CONS APPEND PLUS MINUS STAR SLASH PERCENT.
%token OPEN ITEM CLOSE MISSING STEP_USE STEP_JOIN STEP_AND STEP_LEFT STEP_RIGHT STEP_LOSING STEP_FOR STEP_IF STEP_MATCH.

// Loosest first (docs/language.md 2).
%nonassoc IN.
%right PIPE_LEFT.
%left PIPE_RIGHT.
%left OR.
%left AND.
%nonassoc EQUAL NOT_EQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL.
%right CONS APPEND.
%left PLUS MINUS.
%left STAR SLASH PERCENT.
%right NEGATION.
%nonassoc BAR.

%include {
#include "grammar.h"
#define NDEBUG // without the parser's traces
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define YYNOERRORRECOVERY 1
}

%syntax_error { g->error = TOKEN; }
%stack_overflow { g->error = g->error ? g->error : g->last; }

%type declaration {Declaration *}
%type type {TypeSyntax *}
%type computation_type {TypeSyntax *}
%type type_application {TypeSyntax *}
%type atomic_type {TypeSyntax *}
%type row {TypeSyntax *}
%type row_tail {TypeSyntax *}
%type annotation {TypeSyntax *}
%type atomic_types {TypeSyntaxes}
%type some_atomic_types {TypeSyntaxes}
%type types {TypeSyntaxes}
%type row_items {TypeSyntaxes}
%type pattern {Pattern *}
%type or_pattern {Pattern *}
%type cons_pattern {Pattern *}
%type applied_pattern {Pattern *}
%type atomic_pattern {Pattern *}
%type patterns {Patterns}
%type some_patterns {Patterns}
%type pattern_list {Patterns}
%type field_patterns {FieldPatterns}
%type field_pattern {FieldPattern}
%type expression {Expression *}
%type if_expression {Expression *}
%type application {Expression *}
%type atom {Expression *}
%type block {Expression *}
%type item {Expression *}
%type part {Expression *}
%type guard {Expression *}
%type items {Expressions}
%type arguments {Expressions}
%type parts {Expressions}
%type elements {Expressions}
%type interpolated {Expressions}
%type field_values {FieldValues}
%type field_value {FieldValue}
%type binding {Binding}
%type bindings {Bindings}
%type clause {Clause}
%type clauses {Clauses}
%type handler_clause {HandlerClause}
%type handler_clauses {HandlerClauses}
%type constructors {ConstructorSyntaxes}
%type record_fields {FieldSyntaxes}
%type record_field {FieldSyntax}
%type operations {OperationSyntaxes}
%type operation {OperationSyntax}
%type names {Names}
%type import_names {Names}
%type import_list {Names}
%type steps {Steps}
%type other_steps {Steps}
%type step_list {Steps}
%type step {Step *}
%type step_if {Step *}
%type step_clauses {StepClauses}
%type step_clause {StepClause}

start ::= declaration(D). { g->declaration = D; }

// ---- declarations ----

declaration(D) ::= IMPORT(F) module_path(P) import_as(A) import_names(N). {
    D = new_declaration(g, DECLARATION_IMPORT, F, P, g->last);
    D->import_path = import_path(g, P);
    D->import_as = A ? A->value.name : NULL;
    D->import_names = N;
}
module_path(P) ::= UPPER(N). { P = N; }
module_path(P) ::= QUALIFIED_UPPER(N). { P = N; }
import_as(A) ::= . { A = NULL; }
import_as(A) ::= AS UPPER(N). { A = N; }
import_names(N) ::= . { N = (Names){0}; }
import_names(N) ::= LEFT_PAREN import_list(L) RIGHT_PAREN. { N = L; }
import_names(N) ::= LEFT_PAREN import_list(L) COMMA RIGHT_PAREN. { N = L; }
import_list(L) ::= import_name(N). { L = (Names){0}; vector_push(g->arena, &L, new_name(g, N)); }
import_list(L) ::= import_list(M) COMMA import_name(N). { L = M; vector_push(g->arena, &L, new_name(g, N)); }
import_name(N) ::= LOWER(T). { N = T; }
import_name(N) ::= UPPER(T). { N = T; }

declaration(D) ::= TYPE(F) UPPER(N) names(P) EQUALS OPEN constructors(C) CLOSE. {
    D = new_declaration(g, DECLARATION_TYPE, F, N, g->last);
    D->parameters = P;
    D->constructors = C;
}
declaration(D) ::= OPAQUE(F) TYPE UPPER(N) names(P) EQUALS OPEN constructors(C) CLOSE. {
    D = new_declaration(g, DECLARATION_TYPE, F, N, g->last);
    D->parameters = P;
    D->constructors = C;
    D->is_opaque = true;
}
declaration(D) ::= TYPE(F) UPPER(N) names(P) EQUALS OPEN LEFT_BRACE record_fields(R) optional_comma RIGHT_BRACE CLOSE. {
    D = new_declaration(g, DECLARATION_TYPE, F, N, g->last);
    D->parameters = P;
    D->fields = R;
    D->is_record = true;
}
declaration(D) ::= OPAQUE(F) TYPE UPPER(N) names(P) EQUALS OPEN LEFT_BRACE record_fields(R) optional_comma RIGHT_BRACE CLOSE. {
    D = new_declaration(g, DECLARATION_TYPE, F, N, g->last);
    D->parameters = P;
    D->fields = R;
    D->is_record = true;
    D->is_opaque = true;
}
declaration(D) ::= EXTERN(F) TYPE UPPER(N) names(P). {
    D = new_declaration(g, DECLARATION_EXTERN_TYPE, F, N, g->last);
    D->parameters = P;
}
declaration(D) ::= ALIAS(F) UPPER(N) names(P) EQUALS OPEN type(T) CLOSE. {
    D = new_declaration(g, DECLARATION_ALIAS, F, N, g->last);
    D->parameters = P;
    D->type = T;
}
declaration(D) ::= LET(F) binding(B). {
    D = new_declaration(g, DECLARATION_LET, F, NULL, g->last);
    D->binding = B;
}
declaration(D) ::= PRIVATE(F) LET binding(B). {
    D = new_declaration(g, DECLARATION_LET, F, NULL, g->last);
    D->binding = B;
    D->is_private = true;
}
declaration(D) ::= extern_let(D0). { D = D0; }
declaration(D) ::= PRIVATE(F) extern_let(D0). {
    D = D0;
    D->is_private = true;
    D->span.start = F->start;
    D->documentation = token_documentation(g->arena, g->list, F);
}
%type extern_let {Declaration *}
extern_let(D) ::= EXTERN(F) LET LOWER(N) COLON type(T) EQUALS OPEN wait(W) STRING(S) CLOSE. {
    D = new_declaration(g, DECLARATION_EXTERN_LET, F, N, g->last);
    D->type = T;
    set_external_symbol(g, D, W, S);
}
wait(W) ::= . { W = NULL; }
wait(W) ::= LOWER(T). { W = T; }
declaration(D) ::= CELL(F) UPPER(N) annotation(T) EQUALS block(B). {
    D = new_declaration(g, DECLARATION_CELL, F, N, g->last);
    D->type = T;
    D->binding.value = B;
}
declaration(D) ::= EFFECT(F) UPPER(N) names(P) EQUALS OPEN operations(O) CLOSE. {
    D = new_declaration(g, DECLARATION_EFFECT, F, N, g->last);
    D->parameters = P;
    D->operations = O;
    check_operations(g, D);
}
declaration(D) ::= EXTERN(F) EFFECT UPPER(N) names(P) EQUALS OPEN operations(O) CLOSE. {
    D = new_declaration(g, DECLARATION_EFFECT, F, N, g->last);
    D->parameters = P;
    D->operations = O;
    D->is_external = true;
    check_operations(g, D);
}
declaration(D) ::= TEST(F) STRING(S) patterns(P) guard(G) EQUALS block(B). {
    D = new_declaration(g, DECLARATION_TEST, F, NULL, g->last);
    D->test_name = token_text(g->source, S);
    D->head_span = between(g, F, S);
    D->binding.parameters = P;
    D->test_guard = G;
    D->binding.value = B;
}
declaration(D) ::= SPEC(F) LOWER(N) patterns(P) EQUALS OPEN expression(E) RUNS steps(S) RETURNS block(B) CLOSE. {
    D = new_declaration(g, DECLARATION_SPEC, F, N, g->last);
    D->spec_parameters = P;
    D->spec_subject = E;
    D->spec_steps = S;
    D->spec_returns = B;
}

names(L) ::= . { L = (Names){0}; }
names(L) ::= names(M) LOWER(N). { L = M; vector_push(g->arena, &L, new_name(g, N)); }
optional_comma ::= .
optional_comma ::= COMMA.
optional_bar(B) ::= . { B = NULL; }
optional_bar(B) ::= BAR(T). { B = T; }

constructors(L) ::= optional_bar(B) UPPER(N) atomic_types(T). {
    L = (ConstructorSyntaxes){0};
    vector_push(g->arena, &L, new_constructor(g, B, N, T));
}
constructors(L) ::= constructors(M) BAR(B) UPPER(N) atomic_types(T). {
    L = M;
    vector_push(g->arena, &L, new_constructor(g, B, N, T));
}
record_fields(L) ::= record_field(F). { L = (FieldSyntaxes){0}; vector_push(g->arena, &L, F); }
record_fields(L) ::= record_fields(M) COMMA record_field(F). { L = M; vector_push(g->arena, &L, F); }
record_field(F) ::= LOWER(N) COLON type(T). { F = new_record_field(g, N, T); }
operations(L) ::= operation(O). { L = (OperationSyntaxes){0}; vector_push(g->arena, &L, O); }
operations(L) ::= operations(M) ITEM operation(O). { L = M; vector_push(g->arena, &L, O); }
operation(O) ::= LOWER(N) COLON type(T). { O = new_operation(g, N, T, NULL, NULL); }
operation(O) ::= LOWER(N) COLON type(T) EQUALS OPEN wait(W) STRING(S) CLOSE. { O = new_operation(g, N, T, W, S); }

// ---- types ----

type(T) ::= computation_type(C). { T = C; }
type(T) ::= computation_type(C) ARROW type(R). { T = new_type_pair(g, TYPE_SYNTAX_FUNCTION, C, R); }
computation_type(C) ::= type_application(A). { C = A; }
computation_type(C) ::= type_application(A) BANG row(R). { C = new_type_pair(g, TYPE_SYNTAX_COMPUTATION, A, R); }
type_application(A) ::= UPPER(N) some_atomic_types(L). { A = new_type_name(g, N, L); }
type_application(A) ::= QUALIFIED_UPPER(N) some_atomic_types(L). { A = new_type_name(g, N, L); }
type_application(A) ::= atomic_type(T). { A = T; }
some_atomic_types(L) ::= atomic_type(T). { L = (TypeSyntaxes){0}; vector_push(g->arena, &L, T); }
some_atomic_types(L) ::= some_atomic_types(M) atomic_type(T). { L = M; vector_push(g->arena, &L, T); }
atomic_types(L) ::= . { L = (TypeSyntaxes){0}; }
atomic_types(L) ::= some_atomic_types(M). { L = M; }
atomic_type(T) ::= LOWER(N). { T = new_type(g, TYPE_SYNTAX_VARIABLE, token_at(g, N)); T->name = new_name(g, N); }
atomic_type(T) ::= UPPER(N). { T = new_type_name(g, N, (TypeSyntaxes){0}); }
atomic_type(T) ::= QUALIFIED_UPPER(N). { T = new_type_name(g, N, (TypeSyntaxes){0}); }
atomic_type(T) ::= LEFT_PAREN type(U) RIGHT_PAREN. { T = U; }
atomic_type(T) ::= LEFT_PAREN(F) type(U) COMMA types(L) RIGHT_PAREN(E). {
    TypeSyntaxes items = {0};
    vector_push(g->arena, &items, U);
    for (size_t i = 0; i < L.count; i++) vector_push(g->arena, &items, L.items[i]);
    T = new_type_list(g, TYPE_SYNTAX_TUPLE, between(g, F, E), items, NULL);
}
atomic_type(T) ::= LEFT_BRACE(F) row_items(L) row_tail(R) RIGHT_BRACE(E). {
    T = new_type_list(g, TYPE_SYNTAX_ROW, between(g, F, E), L, R);
}
types(L) ::= type(T). { L = (TypeSyntaxes){0}; vector_push(g->arena, &L, T); }
types(L) ::= types(M) COMMA type(T). { L = M; vector_push(g->arena, &L, T); }
row(R) ::= LOWER(N). { R = new_type(g, TYPE_SYNTAX_VARIABLE, token_at(g, N)); R->name = new_name(g, N); }
row(R) ::= LEFT_BRACE(F) row_items(L) row_tail(T) RIGHT_BRACE(E). {
    R = new_type_list(g, TYPE_SYNTAX_ROW, between(g, F, E), L, T);
}
row(R) ::= effect_name(N). {
    TypeSyntaxes items = {0};
    vector_push(g->arena, &items, new_type_name(g, N, (TypeSyntaxes){0}));
    R = new_type_list(g, TYPE_SYNTAX_ROW, token_at(g, N), items, NULL);
}
effect_name(N) ::= UPPER(T). { N = T; }
effect_name(N) ::= QUALIFIED_UPPER(T). { N = T; }
row_items(L) ::= . { L = (TypeSyntaxes){0}; }
row_items(L) ::= types(M). { L = M; }
row_tail(T) ::= . { T = NULL; }
row_tail(T) ::= BAR LOWER(N). { T = new_type(g, TYPE_SYNTAX_VARIABLE, token_at(g, N)); T->name = new_name(g, N); }
annotation(T) ::= . { T = NULL; }
annotation(T) ::= COLON type(U). { T = U; }

// ---- patterns ----

pattern(P) ::= or_pattern(O). { P = O; }
pattern(P) ::= pattern(Q) AS LOWER(N). { P = new_as_pattern(g, Q, N); }
or_pattern(P) ::= cons_pattern(C). { P = C; }
or_pattern(P) ::= or_pattern(Q) BAR cons_pattern(C). { P = new_pattern_pair(g, PATTERN_OR, Q, C); }
cons_pattern(P) ::= applied_pattern(A). { P = A; }
cons_pattern(P) ::= applied_pattern(A) CONS(O) cons_pattern(C). { P = new_cons_pattern(g, A, O, C); }
applied_pattern(P) ::= atomic_pattern(A). { P = A; }
applied_pattern(P) ::= UPPER(N) some_patterns(L). { P = new_constructor_pattern(g, N, L); }
applied_pattern(P) ::= QUALIFIED_UPPER(N) some_patterns(L). { P = new_constructor_pattern(g, N, L); }
patterns(L) ::= . { L = (Patterns){0}; }
patterns(L) ::= some_patterns(M). { L = M; }
some_patterns(L) ::= atomic_pattern(P). { L = (Patterns){0}; vector_push(g->arena, &L, P); }
some_patterns(L) ::= some_patterns(M) atomic_pattern(P). { L = M; vector_push(g->arena, &L, P); }
atomic_pattern(P) ::= UNDERSCORE(T). { P = new_pattern(g, PATTERN_WILDCARD, token_at(g, T)); }
atomic_pattern(P) ::= LOWER(N). { P = new_named_pattern(g, PATTERN_VARIABLE, N); }
atomic_pattern(P) ::= UPPER(N). { P = new_constructor_pattern(g, N, (Patterns){0}); }
atomic_pattern(P) ::= QUALIFIED_UPPER(N). { P = new_constructor_pattern(g, N, (Patterns){0}); }
atomic_pattern(P) ::= INT(T). { P = new_literal_pattern(g, NULL, T); }
atomic_pattern(P) ::= FLOAT(T). { P = new_literal_pattern(g, NULL, T); }
atomic_pattern(P) ::= CHAR(T). { P = new_literal_pattern(g, NULL, T); }
atomic_pattern(P) ::= STRING(T). { P = new_literal_pattern(g, NULL, T); }
atomic_pattern(P) ::= MINUS(M) INT(T). { P = new_literal_pattern(g, M, T); }
atomic_pattern(P) ::= MINUS(M) FLOAT(T). { P = new_literal_pattern(g, M, T); }
atomic_pattern(P) ::= MISSING(T). { P = new_pattern(g, PATTERN_ERROR, token_at(g, T)); }
atomic_pattern(P) ::= LEFT_PAREN(F) RIGHT_PAREN(E). { P = new_pattern(g, PATTERN_TUPLE, between(g, F, E)); }
atomic_pattern(P) ::= LEFT_PAREN pattern(Q) RIGHT_PAREN. { P = Q; }
atomic_pattern(P) ::= LEFT_PAREN(F) pattern(Q) COLON type(T) RIGHT_PAREN(E). { P = new_annotated_pattern(g, between(g, F, E), Q, T); }
atomic_pattern(P) ::= LEFT_PAREN(F) pattern(Q) COMMA pattern_list(L) RIGHT_PAREN(E). {
    Patterns items = {0};
    vector_push(g->arena, &items, Q);
    for (size_t i = 0; i < L.count; i++) vector_push(g->arena, &items, L.items[i]);
    P = new_pattern_list(g, PATTERN_TUPLE, between(g, F, E), items);
}
atomic_pattern(P) ::= LEFT_BRACKET(F) RIGHT_BRACKET(E). { P = new_pattern(g, PATTERN_LIST, between(g, F, E)); }
atomic_pattern(P) ::= LEFT_BRACKET(F) pattern_list(L) optional_comma RIGHT_BRACKET(E). {
    P = new_pattern_list(g, PATTERN_LIST, between(g, F, E), L);
}
atomic_pattern(P) ::= LEFT_BRACE(F) field_patterns(L) optional_comma RIGHT_BRACE(E). { P = new_record_pattern(g, between(g, F, E), L); }
pattern_list(L) ::= pattern(P). { L = (Patterns){0}; vector_push(g->arena, &L, P); }
pattern_list(L) ::= pattern_list(M) COMMA pattern(P). { L = M; vector_push(g->arena, &L, P); }
field_patterns(L) ::= field_pattern(F). { L = (FieldPatterns){0}; vector_push(g->arena, &L, F); }
field_patterns(L) ::= field_patterns(M) COMMA field_pattern(F). { L = M; vector_push(g->arena, &L, F); }
field_pattern(F) ::= field_name(N). { F = (FieldPattern){new_name(g, N), new_named_pattern(g, PATTERN_VARIABLE, N)}; }
field_pattern(F) ::= field_name(N) EQUALS OPEN pattern(P) CLOSE. { F = (FieldPattern){new_name(g, N), P}; }
field_name(N) ::= LOWER(T). { N = T; }
field_name(N) ::= QUALIFIED_LOWER(T). { N = T; }

// ---- blocks ----

block(B) ::= OPEN items(L) CLOSE. { B = new_block(g, L); }
items(L) ::= item(I). { L = (Expressions){0}; vector_push(g->arena, &L, I); }
items(L) ::= items(M) ITEM item(I). { L = M; vector_push(g->arena, &L, I); }
item(I) ::= expression(E). { I = E; }
item(I) ::= DO_BANG(W) expression(E). { I = new_do(g, W, E); }
item(I) ::= LET(W) binding(B). { Bindings list = {0}; vector_push(g->arena, &list, B); I = new_let(g, W, list); }
item(I) ::= LET_BANG(W) bindings(L). { I = new_let(g, W, L); }
bindings(L) ::= binding(B). { L = (Bindings){0}; vector_push(g->arena, &L, B); }
bindings(L) ::= bindings(M) AND_BANG binding(B). { L = M; vector_push(g->arena, &L, B); }
binding(B) ::= LOWER(N) some_patterns(P) annotation(T) EQUALS block(E). { B = new_binding(g, N, NULL, P, T, E); }
binding(B) ::= pattern(P) annotation(T) EQUALS block(E). { B = new_binding(g, NULL, P, (Patterns){0}, T, E); }

// ---- expressions ----

expression(E) ::= application(A). { E = A; }
expression(E) ::= if_expression(I). { E = I; }
expression(E) ::= FUN(W) some_patterns(P) ARROW block(B). { E = new_function(g, W, P, B); }
expression(E) ::= MATCH(W) expression(S) optional_with clauses(C). [IN] { E = new_match(g, W, S, C); }
expression(E) ::= MATCH_BANG(W) expression(S) optional_with clauses(C). [IN] { E = new_match(g, W, S, C); }
expression(E) ::= HANDLE(W) expression(S) WITH handler_clauses(C). [IN] { E = new_handle(g, W, S, C); }
expression(E) ::= LET(W) binding(B) IN expression(X). {
    Bindings list = {0};
    vector_push(g->arena, &list, B);
    E = finish_let(g, new_let(g, W, list), X);
}
expression(E) ::= LET_BANG(W) bindings(L) IN expression(X). { E = finish_let(g, new_let(g, W, L), X); }
expression(E) ::= expression(L) PIPE_LEFT(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) PIPE_RIGHT(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) OR(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) AND(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) EQUAL(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) NOT_EQUAL(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) LESS(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) LESS_EQUAL(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) GREATER(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) GREATER_EQUAL(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) CONS(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) APPEND(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) PLUS(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) MINUS(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) STAR(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) SLASH(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= expression(L) PERCENT(O) expression(R). { E = new_binary(g, L, O, R); }
expression(E) ::= MINUS(O) expression(X). [NEGATION] { E = new_negation(g, O, X); }

if_expression(E) ::= IF(W) expression(C) THEN block(T). { E = new_if(g, W, C, T, NULL); }
if_expression(E) ::= IF(W) expression(C) THEN block(T) ELSE block(F). { E = new_if(g, W, C, T, F); }
if_expression(E) ::= IF(W) expression(C) THEN block(T) ELSE if_expression(F). { E = new_if(g, W, C, T, F); }
optional_with ::= .
optional_with ::= WITH.
clauses(L) ::= clause(C). { L = (Clauses){0}; vector_push(g->arena, &L, C); }
clauses(L) ::= clauses(M) clause(C). { L = M; vector_push(g->arena, &L, C); }
clause(C) ::= BAR pattern(P) guard(G) ARROW block(B). { C = new_clause(g, P, G, B); }
guard(G) ::= . { G = NULL; }
guard(G) ::= WHEN expression(E). { G = E; }
handler_clauses(L) ::= handler_clause(C). { L = (HandlerClauses){0}; vector_push(g->arena, &L, C); }
handler_clauses(L) ::= handler_clauses(M) handler_clause(C). { L = M; vector_push(g->arena, &L, C); }
handler_clause(C) ::= BAR operation_name(N) patterns(P) ARROW block(B). { C = new_handler_clause(g, NULL, N, P, B); }
handler_clause(C) ::= BAR CTL(K) operation_name(N) patterns(P) ARROW block(B). { C = new_handler_clause(g, K, N, P, B); }
operation_name(N) ::= LOWER(T). { N = T; }
operation_name(N) ::= QUALIFIED_LOWER(T). { N = T; }

application(A) ::= atom(F). { A = F; }
application(A) ::= atom(F) arguments(L). { A = new_application(g, F, L); }
arguments(L) ::= atom(X). { L = (Expressions){0}; vector_push(g->arena, &L, X); }
arguments(L) ::= arguments(M) atom(X). { L = M; vector_push(g->arena, &L, X); }
atom(A) ::= LOWER(N). { A = new_named(g, EXPRESSION_VARIABLE, N); }
atom(A) ::= QUALIFIED_LOWER(N). { A = new_named(g, EXPRESSION_VARIABLE, N); }
atom(A) ::= UPPER(N). { A = new_named(g, EXPRESSION_CONSTRUCTOR, N); }
atom(A) ::= QUALIFIED_UPPER(N). { A = new_named(g, EXPRESSION_CONSTRUCTOR, N); }
atom(A) ::= INT(T). { A = new_literal(g, T); }
atom(A) ::= FLOAT(T). { A = new_literal(g, T); }
atom(A) ::= CHAR(T). { A = new_literal(g, T); }
atom(A) ::= STRING(T). { A = new_literal(g, T); }
atom(A) ::= MISSING(T). { A = new_expression(g, EXPRESSION_ERROR, token_at(g, T)); }
atom(A) ::= STRING_START(F) expression(X) interpolated(L) STRING_END(T). { A = new_interpolation(g, F, X, L, T); }
interpolated(L) ::= . { L = (Expressions){0}; }
interpolated(L) ::= interpolated(M) STRING_MIDDLE(T) expression(X). { L = M; add_interpolated(g, &L, T, X); }
atom(A) ::= atom(R) DOT LOWER(N). { A = new_field_access(g, R, N); }
atom(A) ::= LEFT_PAREN(F) RIGHT_PAREN(T). { A = new_expression(g, EXPRESSION_TUPLE, between(g, F, T)); }
atom(A) ::= LEFT_PAREN part(X) RIGHT_PAREN. { A = X; }
atom(A) ::= LEFT_PAREN(F) expression(X) COLON type(Y) RIGHT_PAREN(T). { A = new_annotated(g, between(g, F, T), X, Y); }
atom(A) ::= LEFT_PAREN(F) part(X) COMMA parts(L) RIGHT_PAREN(T). {
    Expressions items = {0};
    vector_push(g->arena, &items, X);
    for (size_t i = 0; i < L.count; i++) vector_push(g->arena, &items, L.items[i]);
    A = new_list(g, EXPRESSION_TUPLE, between(g, F, T), items);
}
parts(L) ::= part(X). { L = (Expressions){0}; vector_push(g->arena, &L, X); }
parts(L) ::= parts(M) COMMA part(X). { L = M; vector_push(g->arena, &L, X); }
part(X) ::= expression(E). { X = E; }
part(X) ::= DO_BANG(W) expression(E). { X = new_do(g, W, E); }
part(X) ::= block(B). { X = B; }
atom(A) ::= LEFT_BRACKET(F) RIGHT_BRACKET(T). { A = new_expression(g, EXPRESSION_LIST, between(g, F, T)); }
atom(A) ::= LEFT_BRACKET(F) elements(L) optional_comma RIGHT_BRACKET(T). { A = new_list(g, EXPRESSION_LIST, between(g, F, T), L); }
elements(L) ::= expression(X). { L = (Expressions){0}; vector_push(g->arena, &L, X); }
elements(L) ::= elements(M) COMMA expression(X). { L = M; vector_push(g->arena, &L, X); }
atom(A) ::= LEFT_BRACE(F) field_values(L) optional_comma RIGHT_BRACE(T). { A = new_record(g, between(g, F, T), NULL, L); }
atom(A) ::= LEFT_BRACE(F) expression(X) WITH field_values(L) optional_comma RIGHT_BRACE(T). { A = new_record(g, between(g, F, T), X, L); }
field_values(L) ::= field_value(V). { L = (FieldValues){0}; vector_push(g->arena, &L, V); }
field_values(L) ::= field_values(M) COMMA field_value(V). { L = M; vector_push(g->arena, &L, V); }
field_value(V) ::= field_name(N). { V = new_field(g, N, NULL); }
field_value(V) ::= field_name(N) EQUALS block(B). { V = new_field(g, N, B); }

// ---- the steps of a spec ----

steps(S) ::= OPEN CLOSE. { S = (Steps){0}; }
steps(S) ::= OPEN MISSING CLOSE. { S = (Steps){0}; }
steps(S) ::= OPEN step_list(L) CLOSE. { S = L; }
step_list(L) ::= step(S). { L = (Steps){0}; vector_push(g->arena, &L, S); }
step_list(L) ::= step_list(M) ITEM step(S). { L = M; vector_push(g->arena, &L, S); }
step(S) ::= expression(E) FAT_ARROW expression(A). {
    S = new_step(g, STEP_ASK, span_join(E->span, A->span));
    S->expression = E;
    S->answer = A;
}
step(S) ::= expression(E) FAT_ARROW UNDERSCORE(T). {
    S = new_step(g, STEP_ASK, span_join(E->span, token_at(g, T)));
    S->expression = E;
}
step(S) ::= STEP_USE(W) expression(E). {
    S = new_step(g, STEP_USE, span_join(token_at(g, W), E->span));
    S->expression = E;
}
step(S) ::= STEP_JOIN(W) steps(A) other_steps(B). { S = new_join_step(g, W, A, B); }
other_steps(L) ::= STEP_AND steps(B). { L = B; }
other_steps(L) ::= STEP_AND(W) steps(A) other_steps(B). { L = (Steps){0}; vector_push(g->arena, &L, new_join_step(g, W, A, B)); }
step(S) ::= STEP_LEFT(W) steps(A). { S = new_step(g, STEP_LEFT, token_at(g, W)); S->first_block = A; }
step(S) ::= STEP_RIGHT(W) steps(A). { S = new_step(g, STEP_RIGHT, token_at(g, W)); S->first_block = A; }
step(S) ::= STEP_LEFT(W) steps(A) STEP_LOSING steps(B). {
    S = new_step(g, STEP_LEFT, token_at(g, W));
    S->first_block = A;
    S->second_block = B;
}
step(S) ::= STEP_RIGHT(W) steps(A) STEP_LOSING steps(B). {
    S = new_step(g, STEP_RIGHT, token_at(g, W));
    S->first_block = A;
    S->second_block = B;
}
step(S) ::= STEP_FOR(W) pattern(P) IN expression(E) steps(A). {
    S = new_step(g, STEP_FOR, span_join(token_at(g, W), E->span));
    S->pattern = P;
    S->expression = E;
    S->first_block = A;
}
step(S) ::= step_if(I). { S = I; }
step(S) ::= STEP_MATCH(W) expression(E) optional_with step_clauses(C). {
    S = new_step(g, STEP_MATCH, span_join(token_at(g, W), E->span));
    S->expression = E;
    S->clauses = C;
}
step_if(S) ::= STEP_IF(W) expression(E) THEN steps(A). {
    S = new_step(g, STEP_IF, span_join(token_at(g, W), E->span));
    S->expression = E;
    S->first_block = A;
}
step_if(S) ::= STEP_IF(W) expression(E) THEN steps(A) ELSE steps(B). {
    S = new_step(g, STEP_IF, span_join(token_at(g, W), E->span));
    S->expression = E;
    S->first_block = A;
    S->second_block = B;
}
step_if(S) ::= STEP_IF(W) expression(E) THEN steps(A) ELSE step_if(I). {
    S = new_step(g, STEP_IF, span_join(token_at(g, W), E->span));
    S->expression = E;
    S->first_block = A;
    vector_push(g->arena, &S->second_block, I);
}
step_clauses(L) ::= step_clause(C). { L = (StepClauses){0}; vector_push(g->arena, &L, C); }
step_clauses(L) ::= step_clauses(M) step_clause(C). { L = M; vector_push(g->arena, &L, C); }
step_clause(C) ::= BAR pattern(P) guard(G) ARROW steps(S). { C = (StepClause){P, G, S}; }

%code {
// layout.c's tokens are the grammar's, number for number.
#define GRAMMAR_END 0
#undef TOKEN
#define TOKEN(name, spelling) _Static_assert((int)TOKEN_##name == GRAMMAR_##name, "token.def and parse.y disagree");
#include "token.def"
#undef TOKEN

void *parser_create(void) {
    yyParser *parser = malloc(sizeof(yyParser));
    if (!parser) {
        fputs("fx: out of memory\n", stderr);
        exit(70);
    }
    ParserInit(parser, NULL);
    return parser;
}

void parser_destroy(void *parser) {
    ParserFinalize(parser);
    free(parser);
}

void parser_reset(void *parser) {
    ParserFinalize(parser);
    ParserInit(parser, NULL);
}

void parse_slice(void *parser, Grammar *grammar, const Token *tokens, size_t count) {
    yyParser *machine = parser;
    machine->g = grammar;
    for (size_t i = 0; i < count && !grammar->error; i++) {
        grammar->last = tokens[i].kind == TOKEN_END && i > 0 ? &tokens[i - 1] : &tokens[i];
        Parser(parser, tokens[i].kind, &tokens[i]);
    }
}

// ---- what could have stood at a token ----

// The parser's stack as states alone, so that the question can be asked without building nodes.
typedef struct StateStack {
    YYACTIONTYPE *states;
    size_t count;
    size_t capacity;
} StateStack;

static bool push_state(StateStack *stack, YYACTIONTYPE state) {
    if (stack->count == stack->capacity) {
        size_t capacity = stack->capacity ? stack->capacity * 2 : 256;
        YYACTIONTYPE *states = realloc(stack->states, capacity * sizeof *states);
        if (!states) return false;
        stack->states = states;
        stack->capacity = capacity;
    }
    stack->states[stack->count++] = state;
    return true;
}

// Does the reductions that the token calls for, and shifts it; false when it does not fit. (Lemon's own loop, without actions.)
static bool shift_state(StateStack *stack, YYCODETYPE kind) {
    for (;;) {
        YYACTIONTYPE action = yy_find_shift_action(kind, stack->states[stack->count - 1]);
        if (action == YY_ACCEPT_ACTION) return true;
        if (action <= YY_MAX_SHIFT) return push_state(stack, action);
        if (action <= YY_MAX_SHIFTREDUCE) return push_state(stack, (YYACTIONTYPE)(action + (YY_MIN_REDUCE - YY_MIN_SHIFTREDUCE)));
        if (action < YY_MIN_REDUCE) return false;
        unsigned rule = (unsigned)(action - YY_MIN_REDUCE);
        stack->count -= (size_t)-yyRuleInfoNRhs[rule];
        if (!push_state(stack, yy_find_reduce_action(stack->states[stack->count - 1], yyRuleInfoLhs[rule]))) return false;
    }
}

void find_expected(const Token *tokens, size_t count, bool expected[TOKEN_KINDS]) {
    StateStack stack = {0};
    memset(expected, 0, TOKEN_KINDS * sizeof *expected);
    bool fits = push_state(&stack, 0);
    for (size_t i = 0; i < count && fits; i++) fits = shift_state(&stack, tokens[i].kind);
    for (int kind = 0; kind < TOKEN_KINDS && fits; kind++) {
        StateStack trial = {malloc((stack.count + 1) * sizeof *trial.states), stack.count, stack.count + 1};
        if (!trial.states) break;
        memcpy(trial.states, stack.states, stack.count * sizeof *trial.states);
        expected[kind] = shift_state(&trial, (YYCODETYPE)kind);
        free(trial.states);
    }
    free(stack.states);
}
}
