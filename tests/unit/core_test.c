// core/: the verifier finds what is broken, and long programs need no deep stack.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/expression.h"
#include "fx.h"

enum { LONG = 100000 };

static const Span nowhere = {NULL, 0, 0};

typedef struct World {
    Compilation compilation;
    Diagnostics diagnostics;
    CoreProgram program;
    Type *int_type, *string_type, *unit_type, *list_type, *main_type;
} World;

static Type *list_of(World *w, Type *item) {
    Types arguments = {0};
    vector_push(w->compilation.arena, &arguments, item);
    return data_type(w->compilation.arena, w->program.builtins->list_type, &arguments);
}

static int make_world(void **state) {
    Arena *arena = arena_create();
    World *w = NEW(arena, World);
    w->diagnostics.arena = arena;
    w->compilation = (Compilation){.arena = arena, .symbols = symbols_create(arena), .diagnostics = &w->diagnostics};
    w->program.builtins = create_builtins(arena, w->compilation.symbols);
    w->int_type = data_type(arena, w->program.builtins->int_type, NULL);
    w->string_type = data_type(arena, w->program.builtins->string_type, NULL);
    w->unit_type = data_type(arena, w->program.builtins->unit_type, NULL);
    w->list_type = list_of(w, w->int_type);
    w->main_type = function_type(arena, list_of(w, w->string_type), computation_type(arena, w->unit_type, plain_type(TYPE_EMPTY_ROW)));
    *state = w;
    return 0;
}

static int drop_world(void **state) {
    arena_destroy(((World *)*state)->compilation.arena);
    return 0;
}

// ---- nodes ----

static CoreVariable *variable(World *w, const char *name, Type *type) {
    return core_variable(w->compilation.arena, &w->program, symbol_of(w->compilation.symbols, name), type, nowhere);
}

static CoreExpression *node(World *w, CoreKind kind, Type *type) { return core_node(w->compilation.arena, kind, type, nowhere); }

static CoreExpression *local(World *w, CoreVariable *v) { return core_local(w->compilation.arena, v, nowhere); }

static CoreExpression *number(World *w, int64_t value) {
    CoreExpression *e = node(w, CORE_INT, w->int_type);
    e->int_value = value;
    return e;
}

static CoreExpression *add(World *w, CoreExpression *left, CoreExpression *right) {
    CoreExpression *e = node(w, CORE_PRIMITIVE, w->int_type);
    e->primitive = PRIMITIVE_INT_ADD;
    vector_push(w->compilation.arena, &e->items, left);
    vector_push(w->compilation.arena, &e->items, right);
    return e;
}

static CoreExpression *construct(World *w, Type *type, unsigned tag, CoreExpression *first, CoreExpression *second) {
    CoreExpression *e = node(w, CORE_CONSTRUCT, type);
    e->constructor = type->data->constructors.items[tag];
    if (first) vector_push(w->compilation.arena, &e->items, first);
    if (second) vector_push(w->compilation.arena, &e->items, second);
    return e;
}

static CoreExpression *unit(World *w) { return construct(w, w->unit_type, 0, NULL, NULL); }

static CoreExpression *let(World *w, CoreVariable *v, CoreExpression *value, CoreExpression *body) {
    return core_let(w->compilation.arena, v, value, body);
}

static CoreExpression *count_node(World *w, CoreKind kind, CoreVariable *v, CoreExpression *body) {
    CoreExpression *e = node(w, kind, body->type);
    e->variable = v;
    e->body = body;
    return e;
}

// main args = Delay code
static void set_main(World *w, CoreVariable *arguments, CoreExpression *code) {
    Arena *arena = w->compilation.arena;
    CoreDefinition *definition = NEW(arena, CoreDefinition);
    definition->module = definition->name = symbol_of(w->compilation.symbols, "main");
    definition->type = w->main_type;
    CoreExpression *lambda = node(w, CORE_LAMBDA, w->main_type);
    CoreExpression *delay = node(w, CORE_DELAY, w->main_type->right);
    delay->body = code;
    lambda->body = delay;
    vector_push(arena, &lambda->parameters, arguments);
    definition->value = lambda;
    w->program.main = definition;
    vector_push(arena, &w->program.definitions, definition);
}

static CoreVariable *arguments_of(World *w) { return variable(w, "args", w->main_type->left); }

static void accepts(World *w, CoreStage stage) {
    const char *problem = check_core(&w->compilation, &w->program, stage);
    if (problem) fail_msg("%s", problem);
}

static void rejects(World *w, CoreStage stage, const char *part) {
    const char *problem = check_core(&w->compilation, &w->program, stage);
    assert_non_null(problem);
    if (!strstr(problem, part)) fail_msg("`%s` does not mention `%s`", problem, part);
}

// ---- what is broken ----

static void an_unbound_variable_is_found(void **state) {
    World *w = *state;
    CoreVariable *x = variable(w, "x", w->int_type), *y = variable(w, "y", w->int_type);
    set_main(w, arguments_of(w), let(w, x, local(w, y), unit(w)));
    rejects(w, STAGE_TYPED, "`y` (1) is not in scope");
}

static void a_wrong_type_is_found(void **state) {
    World *w = *state;
    set_main(w, arguments_of(w), let(w, variable(w, "x", w->string_type), number(w, 1), unit(w)));
    rejects(w, STAGE_TYPED, "x is Int where String is expected");
}

static void a_constructor_without_its_fields_is_found(void **state) {
    World *w = *state;
    CoreExpression *cons = construct(w, w->list_type, 1, number(w, 1), NULL);
    set_main(w, arguments_of(w), let(w, variable(w, "x", w->list_type), cons, unit(w)));
    rejects(w, STAGE_TYPED, ":: has 1 fields");
}

static void a_match_that_does_not_cover_is_found(void **state) {
    World *w = *state;
    CoreVariable *args = arguments_of(w);
    CoreExpression *match = node(w, CORE_SWITCH, w->unit_type);
    match->first = local(w, args);
    CoreArm arm = {.constructor = w->program.builtins->list_type->constructors.items[0], .body = unit(w)};
    vector_push(w->compilation.arena, &match->arms, arm);
    set_main(w, args, match);
    rejects(w, STAGE_TYPED, "does not cover List");
}

static void an_effect_in_a_pure_place_is_found(void **state) {
    World *w = *state;
    CoreVariable *args = arguments_of(w);
    CoreExpression *force = node(w, CORE_FORCE, w->unit_type), *delay = node(w, CORE_DELAY, w->main_type->right);
    delay->body = unit(w);
    force->first = delay;
    CoreExpression *inner = node(w, CORE_LAMBDA, function_type(w->compilation.arena, w->int_type, w->unit_type));
    vector_push(w->compilation.arena, &inner->parameters, variable(w, "n", w->int_type));
    inner->body = force;
    set_main(w, args, let(w, variable(w, "f", inner->type), inner, unit(w)));
    rejects(w, STAGE_TYPED, "outside of a DELAY");
}

static void a_jump_that_is_no_tail_is_found(void **state) {
    World *w = *state;
    CoreLabel *label = NEW(w->compilation.arena, CoreLabel);
    *label = (CoreLabel){symbol_of(w->compilation.symbols, "end"), w->program.next_id++, {0}, false};
    CoreExpression *jump = node(w, CORE_JUMP, w->unit_type), *join = node(w, CORE_JOIN, w->unit_type);
    jump->label = join->label = label;
    join->first = unit(w);
    join->body = let(w, variable(w, "x", w->unit_type), jump, unit(w));
    set_main(w, arguments_of(w), join);
    rejects(w, STAGE_TYPED, "label end is not in scope, or this is no tail position");
}

static void nested_arguments_are_no_normal_form(void **state) {
    World *w = *state;
    CoreExpression *sum = add(w, add(w, number(w, 1), number(w, 2)), number(w, 3));
    set_main(w, arguments_of(w), let(w, variable(w, "x", w->int_type), sum, unit(w)));
    accepts(w, STAGE_SPECIALISED);
}

static void normal_form_is_asked_for(void **state) {
    World *w = *state;
    CoreExpression *sum = add(w, add(w, number(w, 1), number(w, 2)), number(w, 3));
    set_main(w, arguments_of(w), let(w, variable(w, "x", w->int_type), sum, unit(w)));
    rejects(w, STAGE_SIMPLIFIED, "argument 1 is no atom");
}

static void a_reference_never_dropped_is_found(void **state) {
    World *w = *state;
    set_main(w, arguments_of(w), unit(w));
    rejects(w, STAGE_COUNTED, "`args` is still held at the end of a path");
}

static void a_reference_dropped_twice_is_found(void **state) {
    World *w = *state;
    CoreVariable *args = arguments_of(w);
    set_main(w, args, count_node(w, CORE_DROP, args, count_node(w, CORE_DROP, args, unit(w))));
    rejects(w, STAGE_COUNTED, "`args` is consumed and holds no reference");
}

static void a_dup_makes_a_second_reference(void **state) {
    World *w = *state;
    CoreVariable *args = arguments_of(w);
    CoreExpression *drops = count_node(w, CORE_DROP, args, count_node(w, CORE_DROP, args, unit(w)));
    set_main(w, args, count_node(w, CORE_DUP, args, drops));
    accepts(w, STAGE_COUNTED);
}

static void a_field_read_after_its_object_died_is_found(void **state) {
    World *w = *state;
    CoreVariable *args = arguments_of(w), *head = variable(w, "head", w->string_type), *copy = variable(w, "copy", w->string_type);
    CoreExpression *show = node(w, CORE_PRIMITIVE, w->string_type), *match = node(w, CORE_SWITCH, w->unit_type);
    show->primitive = PRIMITIVE_STRING_SHOW;
    vector_push(w->compilation.arena, &show->items, local(w, head));
    CoreExpression *late = count_node(w, CORE_DROP, args, let(w, copy, show, count_node(w, CORE_DROP, copy, unit(w))));
    CoreArm cons = {.constructor = w->program.builtins->list_type->constructors.items[1], .body = late};
    vector_push(w->compilation.arena, &cons.fields, head);
    vector_push(w->compilation.arena, &cons.fields, NULL);
    match->first = local(w, args);
    vector_push(w->compilation.arena, &match->arms, cons);
    match->otherwise = count_node(w, CORE_DROP, args, unit(w));
    set_main(w, args, match);
    rejects(w, STAGE_COUNTED, "`head` is read after it died");
}

// ---- long programs ----

static void take_through_all_stages(World *w) {
    accepts(w, STAGE_TYPED);
    specialise_program(&w->compilation, &w->program);
    accepts(w, STAGE_SPECIALISED);
    simplify_program(&w->compilation, &w->program);
    accepts(w, STAGE_SIMPLIFIED);
    count_program(&w->compilation, &w->program);
    accepts(w, STAGE_COUNTED);
    assert_true(print_core(w->compilation.arena, &w->program).length > LONG);
}

// An answer that nothing can leave out.
static CoreExpression *fault_when(World *w, CoreVariable *list) {
    CoreExpression *match = node(w, CORE_SWITCH, w->unit_type), *fault = node(w, CORE_FAULT, w->unit_type);
    fault->first = node(w, CORE_STRING, w->string_type);
    fault->first->text = text_of("empty");
    CoreArm empty = {.constructor = w->program.builtins->list_type->constructors.items[0], .body = fault};
    vector_push(w->compilation.arena, &match->arms, empty);
    match->first = local(w, list);
    match->otherwise = unit(w);
    return match;
}

static void a_long_chain_of_lets_needs_no_deep_stack(void **state) {
    World *w = *state;
    CoreExpression *code = NULL, **slot = &code;
    // x1 = length of something unknown, so that no sum is known.
    CoreVariable *args = arguments_of(w), *last = variable(w, "x", w->int_type);
    CoreExpression *tag = node(w, CORE_PRIMITIVE, w->int_type);
    tag->primitive = PRIMITIVE_TAG;
    vector_push(w->compilation.arena, &tag->items, local(w, args));
    *slot = let(w, last, tag, unit(w));
    for (int i = 0; i < LONG; i++) {
        slot = &(*slot)->body;
        CoreVariable *next = variable(w, "x", w->int_type);
        *slot = let(w, next, add(w, local(w, last), number(w, i)), unit(w));
        last = next;
    }
    set_main(w, args, code);
    take_through_all_stages(w);
}

static void a_long_chain_of_objects_needs_no_deep_stack(void **state) {
    World *w = *state;
    CoreExpression *code = NULL, **slot = &code;
    CoreVariable *args = arguments_of(w), *last = variable(w, "xs", w->list_type);
    *slot = let(w, last, construct(w, w->list_type, 0, NULL, NULL), unit(w));
    for (int i = 0; i < LONG; i++) {
        slot = &(*slot)->body;
        CoreVariable *next = variable(w, "xs", w->list_type);
        *slot = let(w, next, construct(w, w->list_type, 1, number(w, i), local(w, last)), unit(w));
        last = next;
    }
    // The tag of an unknown list, the first one passed or this one, keeps all of it.
    CoreVariable *shown = variable(w, "shown", w->list_type);
    CoreExpression *choice = node(w, CORE_SWITCH, w->list_type);
    CoreArm empty = {.constructor = w->program.builtins->list_type->constructors.items[0], .body = local(w, last)};
    vector_push(w->compilation.arena, &choice->arms, empty);
    choice->first = local(w, args);
    choice->otherwise = construct(w, w->list_type, 0, NULL, NULL);
    (*slot)->body = let(w, shown, choice, fault_when(w, shown));
    set_main(w, args, code);
    take_through_all_stages(w);
}

static void a_long_list_needs_no_deep_stack(void **state) {
    World *w = *state;
    CoreExpression *list = construct(w, w->list_type, 0, NULL, NULL);
    for (int i = 0; i < LONG; i++) list = construct(w, w->list_type, 1, number(w, i), list);
    CoreVariable *args = arguments_of(w), *xs = variable(w, "xs", w->list_type), *shown = variable(w, "shown", w->list_type);
    CoreExpression *choice = node(w, CORE_SWITCH, w->list_type);
    CoreArm empty = {.constructor = w->program.builtins->list_type->constructors.items[0], .body = local(w, xs)};
    vector_push(w->compilation.arena, &choice->arms, empty);
    choice->first = local(w, args);
    choice->otherwise = construct(w, w->list_type, 0, NULL, NULL);
    set_main(w, args, let(w, xs, list, let(w, shown, choice, fault_when(w, shown))));
    take_through_all_stages(w);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, drop_world)
    const struct CMUnitTest tests[] = {
        TEST(an_unbound_variable_is_found),
        TEST(a_wrong_type_is_found),
        TEST(a_constructor_without_its_fields_is_found),
        TEST(a_match_that_does_not_cover_is_found),
        TEST(an_effect_in_a_pure_place_is_found),
        TEST(a_jump_that_is_no_tail_is_found),
        TEST(nested_arguments_are_no_normal_form),
        TEST(normal_form_is_asked_for),
        TEST(a_reference_never_dropped_is_found),
        TEST(a_reference_dropped_twice_is_found),
        TEST(a_dup_makes_a_second_reference),
        TEST(a_field_read_after_its_object_died_is_found),
        TEST(a_long_chain_of_lets_needs_no_deep_stack),
        TEST(a_long_chain_of_objects_needs_no_deep_stack),
        TEST(a_long_list_needs_no_deep_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
