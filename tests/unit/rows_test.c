// types/: rows as sets, and what unification says when it fails.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "types/type.h"
#include "types/unify.h"

typedef struct World {
    Unifier unifier;
    Effect log, time, fail;
    Type *int_type, *string_type;
    TypeParameter variable, other_variable;
} World;

static World make_world(Arena *arena) {
    Builtins *builtins = create_builtins(arena, symbols_create(arena));
    World world = {.unifier = {.arena = arena, .builtins = builtins, .level = 1}};
    world.log.name = "Log";
    world.time.name = "Time";
    world.fail.name = "Fail";
    world.int_type = data_type(arena, builtins->int_type, NULL);
    world.string_type = data_type(arena, builtins->string_type, NULL);
    world.variable = (TypeParameter){.name = "e", .kind = KIND_ROW, .level = 1};
    world.other_variable = (TypeParameter){.name = "f", .kind = KIND_ROW, .level = 1};
    return world;
}

static Type *row_of(World *world, Effect *effect, Type *rest) { return effect_row(world->unifier.arena, effect, NULL, rest); }

static Type *fail_of(World *world, Type *argument, Type *rest) {
    Types arguments = {0};
    vector_push(world->unifier.arena, &arguments, argument);
    return effect_row(world->unifier.arena, &world->fail, &arguments, rest);
}

static Type *closed(void) { return plain_type(TYPE_EMPTY_ROW); }

static const char *text_of_type(World *world, Type *type) {
    Builder builder = builder_in(world->unifier.arena);
    print_type(&builder, type);
    return builder_string(&builder);
}

static int make_arena(void **state) {
    *state = arena_create();
    return 0;
}

static int drop_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static void the_order_of_effects_says_nothing(void **state) {
    World world = make_world(*state);
    Type *left = row_of(&world, &world.log, row_of(&world, &world.time, closed()));
    Type *right = row_of(&world, &world.time, row_of(&world, &world.log, closed()));
    assert_true(type_equal(left, right));
    assert_true(unify(&world.unifier, left, right));
}

static void open_rows_take_each_other_s_effects(void **state) {
    World world = make_world(*state);
    Type *left = row_of(&world, &world.log, new_unknown(&world.unifier, KIND_ROW));
    Type *right = row_of(&world, &world.time, new_unknown(&world.unifier, KIND_ROW));
    assert_true(unify(&world.unifier, left, right));
    assert_string_equal(text_of_type(&world, left), "{Log, Time}");
    assert_string_equal(text_of_type(&world, right), "{Time, Log}");
}

static void one_tail_with_other_effects_in_front_has_them_all(void **state) {
    World world = make_world(*state);
    Type *tail = new_unknown(&world.unifier, KIND_ROW);
    assert_true(unify(&world.unifier, row_of(&world, &world.log, tail), tail));
    assert_string_equal(text_of_type(&world, tail), "{Log}");
}

static void a_closed_row_says_which_effect_it_lacks(void **state) {
    World world = make_world(*state);
    Type *closed_row = row_of(&world, &world.log, closed());
    Type *open = row_of(&world, &world.time, new_unknown(&world.unifier, KIND_ROW));
    assert_false(unify(&world.unifier, open, closed_row));
    assert_int_equal(world.unifier.failure.kind, FAILURE_EFFECT);
    assert_ptr_equal(world.unifier.failure.effect, &world.time);
    assert_ptr_equal(world.unifier.failure.right, closed_row);
}

static void an_opened_row_stands_where_more_is_allowed(void **state) {
    World world = make_world(*state);
    Arena *arena = *state;
    Type *narrow = computation_type(arena, world.int_type, row_of(&world, &world.log, parameter_type(arena, &world.variable)));
    Type *wide_row = row_of(&world, &world.time, row_of(&world, &world.log, parameter_type(arena, &world.variable)));
    Type *wide = computation_type(arena, world.int_type, wide_row);
    assert_false(unify(&world.unifier, narrow, wide));
    assert_true(unify(&world.unifier, open_type(&world.unifier, narrow), wide));
}

static void opening_goes_to_the_end_of_a_function(void **state) {
    World world = make_world(*state);
    Arena *arena = *state;
    Type *answer = computation_type(arena, world.int_type, row_of(&world, &world.log, closed()));
    Type *function = function_type(arena, world.string_type, answer), *plain = function_type(arena, world.string_type, world.int_type);
    assert_ptr_not_equal(open_type(&world.unifier, function), function);
    assert_ptr_equal(open_type(&world.unifier, plain), plain);
}

static void one_effect_has_one_argument(void **state) {
    World world = make_world(*state);
    Type *tail = new_unknown(&world.unifier, KIND_ROW), *unknown = new_unknown(&world.unifier, KIND_TYPE);
    assert_true(unify(&world.unifier, fail_of(&world, unknown, tail), fail_of(&world, world.int_type, closed())));
    assert_ptr_equal(resolve_type(unknown), world.int_type);
    assert_false(unify(&world.unifier, fail_of(&world, world.int_type, closed()), fail_of(&world, world.string_type, closed())));
    assert_int_equal(world.unifier.failure.kind, FAILURE_TWO_ARGUMENTS);
}

static void two_variables_do_not_share_a_row(void **state) {
    World world = make_world(*state);
    Arena *arena = *state;
    Type *first = computation_type(arena, world.int_type, parameter_type(arena, &world.variable));
    Type *second = computation_type(arena, world.int_type, parameter_type(arena, &world.other_variable));
    Type *opened = open_type(&world.unifier, first);
    assert_false(unify(&world.unifier, open_type(&world.unifier, second), opened));
    assert_int_equal(world.unifier.failure.kind, FAILURE_TWO_VARIABLES);
}

static void a_type_does_not_hold_itself(void **state) {
    World world = make_world(*state);
    Type *unknown = new_unknown(&world.unifier, KIND_TYPE);
    assert_false(unify(&world.unifier, unknown, function_type(*state, unknown, world.int_type)));
    assert_int_equal(world.unifier.failure.kind, FAILURE_INFINITE);
}

static void a_variable_of_an_inner_annotation_does_not_leave_it(void **state) {
    World world = make_world(*state);
    TypeParameter inner = {.name = "a", .kind = KIND_TYPE, .level = 2};
    Type *unknown = new_unknown(&world.unifier, KIND_TYPE);
    assert_false(unify(&world.unifier, unknown, parameter_type(*state, &inner)));
    assert_int_equal(world.unifier.failure.kind, FAILURE_ESCAPE);
    world.unifier.level = 2;
    assert_true(unify(&world.unifier, new_unknown(&world.unifier, KIND_TYPE), parameter_type(*state, &inner)));
}

static void constraints_go_along_with_the_unknown(void **state) {
    World world = make_world(*state);
    Type *unknown = new_unknown(&world.unifier, KIND_TYPE), *second = new_unknown(&world.unifier, KIND_TYPE);
    assert_true(require_constraints(&world.unifier, unknown, CONSTRAINT_NUMBER, (Span){0}));
    assert_true(unify(&world.unifier, unknown, second));
    assert_false(unify(&world.unifier, second, world.string_type));
    assert_int_equal(world.unifier.failure.kind, FAILURE_CONSTRAINT);
    assert_true(unify(&world.unifier, second, world.int_type));
}

static void functions_are_not_compared(void **state) {
    World world = make_world(*state);
    Types arguments = {0};
    Type *function = function_type(*state, world.int_type, world.int_type);
    vector_push((Arena *)*state, &arguments, function);
    Type *list = data_type(*state, world.unifier.builtins->list_type, &arguments);
    assert_false(require_constraints(&world.unifier, list, CONSTRAINT_COMPARE, (Span){0}));
    assert_ptr_equal(world.unifier.failure.culprit, function);
    assert_ptr_equal(world.unifier.failure.left, list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_order_of_effects_says_nothing, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(open_rows_take_each_other_s_effects, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(one_tail_with_other_effects_in_front_has_them_all, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_closed_row_says_which_effect_it_lacks, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(an_opened_row_stands_where_more_is_allowed, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(opening_goes_to_the_end_of_a_function, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(one_effect_has_one_argument, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(two_variables_do_not_share_a_row, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_type_does_not_hold_itself, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_variable_of_an_inner_annotation_does_not_leave_it, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(constraints_go_along_with_the_unknown, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(functions_are_not_compared, make_arena, drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
