// join, first, bracket, groups, parallel, time-outs, faults, exit (C1 to C9, C14, C15).

#include "program.h"

enum { LATER = 1500 }; // milliseconds: not in the same turn as a few, even where the machine stands still now and then

// ---- join ----

static fx_answer print_pair(fx_runtime *rt, fx_value pair, fx_value kept) {
    (void)kept;
    print_int(rt, fx_object_of(pair)->fields[0]);
    print_int(rt, fx_object_of(pair)->fields[1]);
    fx_drop(rt, pair);
    return fx_done(0);
}

static fx_answer join_said(fx_runtime *rt, fx_value left, fx_value right) {
    return then(rt, fx_join_take(rt, FX_WORD, FX_WORD, left, right), print_pair);
}

static fx_answer join_without_waiting(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, say(rt, -1, "left ", 1), say(rt, -1, "right ", 2));
}
static void C2_join_without_waiting(void **state) { (void)state; assert_runs(join_without_waiting, "left right 1 2 ", "", 0); }

static fx_answer join_both_wait(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, say(rt, LATER, "left ", 1), say(rt, 5, "right ", 2));
}
static void C2_answers_go_on_as_they_arrive(void **state) { (void)state; assert_runs(join_both_wait, "right left 1 2 ", "", 0); }

static fx_answer join_left_waits(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, say(rt, 5, "left ", 1), say(rt, -1, "right ", 2));
}
static void C2_right_runs_while_left_waits(void **state) { (void)state; assert_runs(join_left_waits, "right left 1 2 ", "", 0); }

static fx_answer join_right_waits(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, say(rt, -1, "left ", 1), say(rt, 5, "right ", 2));
}
static void C2_left_first_though_right_waits(void **state) { (void)state; assert_runs(join_right_waits, "left right 1 2 ", "", 0); }

static fx_answer join_yields(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, say(rt, -2, "left ", 1), say(rt, -2, "right ", 2));
}
static void C2_yield_is_first_in_first_out(void **state) { (void)state; assert_runs(join_yields, "left right 1 2 ", "", 0); }

static void spend(unsigned milliseconds) {
    struct timespec time = {0, milliseconds * 1000000L};
    nanosleep(&time, NULL);
}
static fx_answer busy_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    spend(30);
    return fx_done(0);
}
static fx_answer same_turn(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value inner = say(rt, 10, "left ", 1), busy = make_closure(rt, (fx_code)busy_code, 0, 0, 0);
    // Both sleeps are over when the loop looks: the right one's first, yet the left branch goes first.
    fx_value right = say(rt, 2, "right ", 2);
    fx_value items = fx_cons_take(rt, FX_COUNTED, busy, FX_NIL);
    fx_answer answer = fx_join_take(rt, FX_WORD, FX_WORD, inner, right);
    fx_answer ran_busy = fx_parallel(rt, FX_WORD, items);
    fx_drop(rt, items);
    fx_drop(rt, ran_busy.value);
    return then(rt, answer, print_pair);
}
static void C2_left_before_right_in_the_same_turn(void **state) { (void)state; assert_runs(same_turn, "left right 1 2 ", "", 0); }

static fx_answer join_fails(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value held = holding(rt, -1, 5, "+a ", "-a ", say(rt, 60000, "never", 1));
    return join_said(rt, held, failing(rt, 5, "broken"));
}
static void C3_a_fault_cancels_the_other_branch(void **state) {
    (void)state;
    run_with(&ran, join_fails, NULL, NULL);
    assert_string_equal(ran.out, "+a -a ");
    assert_non_null(strstr(ran.err, "test.fx:9:9: fault: broken\n"));
    assert_int_equal(ran.status, 70);
}

static fx_answer join_left_fails_at_once(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return join_said(rt, failing(rt, -1, "broken"), say(rt, -1, "never", 2));
}
static void C3_right_does_not_start_after_a_fault(void **state) {
    (void)state;
    run_with(&ran, join_left_fails_at_once, NULL, NULL);
    assert_string_equal(ran.out, "");
    assert_int_equal(ran.status, 70);
}

// ---- first ----

static fx_answer print_either(fx_runtime *rt, fx_value either, fx_value kept) {
    (void)kept;
    print(rt, fx_tag(either) == 0 ? "L" : "R");
    print_int(rt, fx_content(either));
    fx_drop(rt, either);
    return fx_done(0);
}
static fx_answer first_said(fx_runtime *rt, fx_value left, fx_value right) {
    return then(rt, fx_first_take(rt, FX_WORD, FX_WORD, left, right), print_either);
}

static fx_answer first_right_wins(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, holding(rt, -1, 10, "+a ", "-a ", say(rt, 60000, "never", 1)), say(rt, 5, "right ", 2));
}
static void C1_first_waits_for_the_releases_of_the_loser(void **state) { (void)state; assert_runs(first_right_wins, "+a right -a R2 ", "", 0); }

static fx_answer first_left_at_once(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, say(rt, -1, "left ", 1), say(rt, -1, "never", 2));
}
static void C2_right_is_not_started_when_left_ends_at_once(void **state) { (void)state; assert_runs(first_left_at_once, "left L1 ", "", 0); }

static fx_answer first_together(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, say(rt, -2, "left ", 1), say(rt, -2, "never", 2));
}
static void C2_left_wins_in_the_same_turn(void **state) { (void)state; assert_runs(first_together, "left L1 ", "", 0); }

static fx_answer first_nested(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value inner = holding(rt, -1, -1, "+b ", "-b ", say(rt, 60000, "never", 1));
    fx_value outer = holding(rt, -1, 5, "+a ", "-a ", inner);
    return first_said(rt, outer, say(rt, 5, "", 2));
}
static void C8_releases_innermost_first(void **state) { (void)state; assert_runs(first_nested, "+a +b -b -a R2 ", "", 0); }

static fx_answer again(fx_runtime *rt, fx_value either, fx_value left) {
    if (either) fx_drop(rt, either);
    if (left == 0) return fx_done(0);
    return then_with(rt, fx_first_take(rt, FX_WORD, FX_WORD, say(rt, -2, "", 1), say(rt, 60000, "never", 2)), again, FX_WORD, left - 1);
}
static fx_answer many_cancelled_sleeps(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return again(rt, 0, 20000);
}
static void C1_nothing_is_left_of_many_losers(void **state) { (void)state; assert_runs(many_cancelled_sleeps, "", "", 0); }

static fx_answer shielded_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return fx_uncancellable_take(rt, FX_WORD, say(rt, LATER, "left ", 1));
}
static fx_answer first_uncancellable(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, make_closure(rt, (fx_code)shielded_code, 0, 0, 0), say(rt, 5, "right ", 2));
}
static void C6_uncancellable_runs_to_its_end_and_is_dropped(void **state) { (void)state; assert_runs(first_uncancellable, "right left R2 ", "", 0); }

static fx_answer first_slow_acquire(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, holding(rt, LATER, -1, "+a ", "-a ", say(rt, 60000, "never", 1)), say(rt, 5, "right ", 2));
}
static void C8_acquire_is_not_cancelled_halfway(void **state) { (void)state; assert_runs(first_slow_acquire, "right +a -a R2 ", "", 0); }

// ---- bracket ----

static fx_answer print_answer(fx_runtime *rt, fx_value answer, fx_value kept) {
    (void)kept;
    print_int(rt, answer);
    return fx_done(0);
}
static fx_answer bracket_answers(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_run0(rt, holding(rt, 2, 2, "+a ", "-a ", say(rt, 2, "use ", 7))), print_answer);
}
static void C8_bracket_answers(void **state) { (void)state; assert_runs(bracket_answers, "+a use -a 7 ", "", 0); }

static fx_answer fault_in_use(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return fx_run0(rt, holding(rt, -1, 2, "+a ", "-a ", holding(rt, -1, -1, "+b ", "-b ", failing(rt, -1, "broken"))));
}
static void C8_a_fault_deep_in_C_runs_open_releases(void **state) {
    (void)state;
    run_with(&ran, fault_in_use, NULL, NULL);
    assert_string_equal(ran.out, "+a +b -b -a ");
    assert_string_equal(ran.err, "test.fx:9:9: fault: broken\n");
    assert_int_equal(ran.status, 70);
}

static fx_answer failing_release_code(fx_runtime *rt, fx_value self, fx_value resource) {
    (void)resource;
    fx_drop(rt, self);
    return fx_run0(rt, failing(rt, 2, "in release"));
}
static fx_answer fault_in_release(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value use = make_closure(rt, (fx_code)use_code, 1, 1, 1, failing(rt, 2, "broken"));
    fx_value release = make_closure(rt, (fx_code)failing_release_code, 1, 0, 0);
    return fx_bracket_take(rt, FX_WORD, FX_WORD, say(rt, -1, "+a ", 0), release, use);
}
static fx_answer fault_in_inner_release(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return fx_run0(rt, holding(rt, -1, 2, "+o ", "-o ", make_closure(rt, (fx_code)fault_in_release, 0, 0, 0)));
}
static void C3_a_fault_in_a_release_is_suppressed(void **state) {
    (void)state;
    run_with(&ran, fault_in_inner_release, NULL, NULL);
    assert_string_equal(ran.out, "+o +a -o ");
    assert_non_null(strstr(ran.err, "test.fx:9:9: fault: broken\n"));
    assert_non_null(strstr(ran.err, "suppressed: test.fx:9:9: fault: in release\n"));
    assert_int_equal(ran.status, 70);
}

static fx_answer slow_release(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, holding(rt, -1, 60000, "+a ", "never", say(rt, 60000, "never", 1)), say(rt, 5, "right ", 2));
}
static void C8_releases_have_a_limit(void **state) {
    (void)state;
    run_with(&ran, slow_release, NULL, (char *[]){"FX_RELEASE_SECONDS=0.05", NULL});
    assert_string_equal(ran.out, "+a right R2 ");
    assert_non_null(strstr(ran.err, "releases took too long"));
    assert_int_equal(ran.status, 0);
}

// ---- groups ----

static fx_answer group_body(fx_runtime *rt, fx_value self, fx_value group) {
    fx_drop(rt, self);
    fx_dup(group);
    fx_spawn_take(rt, group, say(rt, 20, "second ", 0));
    fx_dup(group);
    fx_spawn_take(rt, group, say(rt, 5, "first ", 0));
    fx_spawn_take(rt, group, say(rt, -1, "zeroth ", 0));
    return fx_run0(rt, say(rt, -1, "body ", 5));
}
static fx_answer group(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_group_take(rt, FX_WORD, make_closure(rt, (fx_code)group_body, 1, 0, 0)), print_answer);
}
static void C1_a_group_waits_for_its_children(void **state) { (void)state; assert_runs(group, "body zeroth first second 5 ", "", 0); }

static fx_answer failing_group_body(fx_runtime *rt, fx_value self, fx_value group) {
    fx_drop(rt, self);
    fx_dup(group);
    fx_spawn_take(rt, group, holding(rt, -1, 2, "+c ", "-c ", say(rt, 60000, "never", 0)));
    fx_spawn_take(rt, group, failing(rt, 5, "child"));
    return fx_run0(rt, holding(rt, -1, 2, "+b ", "-b ", say(rt, 60000, "never", 0)));
}
static fx_answer failing_group(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return fx_group_take(rt, FX_WORD, make_closure(rt, (fx_code)failing_group_body, 1, 0, 0));
}
static void C3_a_childs_fault_cancels_its_group(void **state) {
    (void)state;
    run_with(&ran, failing_group, NULL, NULL);
    assert_string_equal(ran.out, "+b +c -b -c ");
    assert_int_equal(ran.status, 70);
}

static fx_answer group_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return fx_group_take(rt, FX_WORD, make_closure(rt, (fx_code)group_body, 1, 0, 0));
}
static fx_answer cancelled_group(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return first_said(rt, make_closure(rt, (fx_code)group_code, 0, 0, 0), say(rt, 12, "stop ", 2));
}
static void C1_a_cancelled_group_cancels_its_children(void **state) { (void)state; assert_runs(cancelled_group, "body zeroth first stop R2 ", "", 0); }

// ---- parallel ----

static fx_answer print_list(fx_runtime *rt, fx_value list, fx_value kept) {
    (void)kept;
    for (fx_value rest = list; !fx_is_constant(rest); rest = fx_list_tail(rest)) print_int(rt, fx_list_head(rest));
    fx_drop(rt, list);
    return fx_done(0);
}
static fx_value three(fx_runtime *rt) {
    fx_value list = fx_cons_take(rt, FX_COUNTED, say(rt, 15, "c ", 3), FX_NIL);
    list = fx_cons_take(rt, FX_COUNTED, say(rt, -1, "b ", 2), list);
    return fx_cons_take(rt, FX_COUNTED, say(rt, 30, "a ", 1), list);
}
static fx_answer parallel(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = three(rt);
    fx_answer answer = fx_parallel(rt, FX_WORD, list);
    fx_drop(rt, list);
    return then(rt, answer, print_list);
}
static void C1_parallel_answers_in_order(void **state) { (void)state; assert_runs(parallel, "b c a 1 2 3 ", "", 0); }

static fx_answer pool_of_one(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = three(rt);
    fx_answer answer = fx_parallel_pool(rt, FX_WORD, 1, list);
    fx_drop(rt, list);
    return then(rt, answer, print_list);
}
static void C11_a_pool_of_one_runs_one_after_the_other(void **state) { (void)state; assert_runs(pool_of_one, "a b c 1 2 3 ", "", 0); }

static fx_answer many(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = FX_NIL;
    for (int i = 0; i < 100000; i++) list = fx_cons_take(rt, FX_COUNTED, say(rt, -2, "", i), list);
    fx_answer answer = fx_parallel(rt, FX_WORD, list);
    fx_drop(rt, list);
    return answer.suspended ? answer : fx_done(1);
}
static fx_answer drop_list(fx_runtime *rt, fx_value list, fx_value kept) {
    (void)kept;
    fx_drop(rt, list);
    return fx_done(0);
}
static fx_answer many_tasks(fx_runtime *rt, fx_value arguments) { return then(rt, many(rt, arguments), drop_list); }
static void C11_many_tasks_at_once(void **state) { (void)state; assert_runs(many_tasks, "", "", 0); }

// ---- time-outs ----

static fx_answer print_option(fx_runtime *rt, fx_value option, fx_value kept) {
    (void)kept;
    print(rt, option == FX_NONE ? "none " : "some ");
    fx_drop(rt, option);
    return fx_done(0);
}
static fx_answer timeout_over(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value slow = holding(rt, -1, 2, "+a ", "-a ", say(rt, 60000, "never", 1));
    return then(rt, fx_timeout_take(rt, FX_WORD, 10, slow), print_option);
}
static void C9_timeout_cancels(void **state) { (void)state; assert_runs(timeout_over, "+a -a none ", "", 0); }

static fx_answer timeout_kept(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_timeout_take(rt, FX_WORD, 60000, say(rt, 5, "done ", 1)), print_option);
}
static void C9_timeout_in_time(void **state) { (void)state; assert_runs(timeout_kept, "done some ", "", 0); }

static fx_answer slept(fx_runtime *rt, fx_value answer, fx_value kept) {
    (void)answer, (void)kept;
    return fx_run0(rt, say(rt, 1, "never", 1));
}
static fx_answer busy_then_wait_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    spend(30);
    return then(rt, fx_yield(rt), slept);
}
static fx_answer timeout_busy(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_timeout_take(rt, FX_WORD, 10, make_closure(rt, (fx_code)busy_then_wait_code, 0, 0, 0)), print_option);
}
static void C9_nothing_starts_past_the_deadline(void **state) { (void)state; assert_runs(timeout_busy, "none ", "", 0); }

// ---- faults, exit, deadlock ----

static fx_answer print_result(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    print(rt, fx_tag(result) ? fx_string_bytes(fx_object_of(fx_content(result))->fields[0]) : "ok");
    fx_drop(rt, result);
    return fx_done(0);
}
static fx_answer isolate_fault(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value body = holding(rt, -1, 2, "+a ", "-a ", failing(rt, 2, "broken"));
    return then(rt, fx_isolate_take(rt, FX_WORD, body), print_result);
}
static void isolate_turns_a_fault_into_an_answer(void **state) { (void)state; assert_runs(isolate_fault, "+a -a broken", "", 0); }

static fx_answer isolate_answer(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_isolate_take(rt, FX_WORD, say(rt, 2, "", 1)), print_result);
}
static void isolate_keeps_an_answer(void **state) { (void)state; assert_runs(isolate_answer, "ok", "", 0); }

static fx_answer exit_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return fx_exit(rt, 7);
}
static fx_answer exits(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value held = holding(rt, -1, 5, "+a ", "-a ", say(rt, 60000, "never", 1));
    return join_said(rt, held, holding(rt, 3, -1, "+b ", "-b ", make_closure(rt, (fx_code)exit_code, 0, 0, 0)));
}
static void exit_runs_all_releases(void **state) {
    (void)state;
    assert_runs(exits, "+a +b -b -a ", "", 7);
}

static fx_answer isolated_exit(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_isolate_take(rt, FX_WORD, make_closure(rt, (fx_code)exit_code, 0, 0, 0)), print_result);
}
static void exit_is_not_caught_by_isolate(void **state) { (void)state; assert_runs(isolated_exit, "", "", 7); }

static fx_answer status(fx_runtime *rt, fx_value arguments) {
    (void)rt, (void)arguments;
    return fx_done(300);
}
static void statuses_beyond_255_are_255(void **state) { (void)state; assert_runs(status, "", "", 255); }

// ---- stack and memory ----

static fx_value recurse(fx_runtime *rt, volatile fx_value depth) {
    volatile char fill[128];
    if (depth == INT64_MAX) return 0;
    fill[0] = (char)depth;
    return recurse(rt, depth + 1) + fill[0];
}
static fx_answer recurse_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return fx_done(recurse(rt, 0));
}
static fx_answer deep(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return fx_run0(rt, holding(rt, -1, 2, "+a ", "-a ", make_closure(rt, (fx_code)recurse_code, 0, 0, 0)));
}
static void R22_stack_exhausted_is_a_fault(void **state) {
    (void)state;
    run_once(&ran, deep, NULL, (char *[]){"FX_STACK=16M", NULL}); // without a thread for it the stack has no guard: not walked over
    assert_non_null(strstr(ran.err, "fault: stack exhausted"));
    assert_string_equal(ran.out, "+a -a ");
    assert_int_equal(ran.status, 70);
}

static fx_answer long_list(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = FX_NIL;
    for (int i = 0; i < 1000000; i++) list = fx_cons_take(rt, FX_WORD, i, list);
    fx_value chain = FX_NONE; // nested in the first of two fields
    for (int i = 0; i < 100000; i++) chain = fx_construct(rt, 1, 0, 2, chain, fx_string_of(rt, "x"));
    fx_drop(rt, list);
    fx_drop(rt, chain);
    return fx_done(0);
}
static void R1_a_long_list_is_freed_without_a_stack(void **state) {
    (void)state;
    run_with(&ran, long_list, NULL, (char *[]){"FX_STACK=1M", NULL});
    assert_int_equal(ran.status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(C2_join_without_waiting), cmocka_unit_test(C2_answers_go_on_as_they_arrive),
        cmocka_unit_test(C2_right_runs_while_left_waits), cmocka_unit_test(C2_left_first_though_right_waits),
        cmocka_unit_test(C2_yield_is_first_in_first_out), cmocka_unit_test(C2_left_before_right_in_the_same_turn),
        cmocka_unit_test(C3_a_fault_cancels_the_other_branch), cmocka_unit_test(C3_right_does_not_start_after_a_fault),
        cmocka_unit_test(C1_first_waits_for_the_releases_of_the_loser), cmocka_unit_test(C2_right_is_not_started_when_left_ends_at_once),
        cmocka_unit_test(C2_left_wins_in_the_same_turn), cmocka_unit_test(C8_releases_innermost_first),
        cmocka_unit_test(C1_nothing_is_left_of_many_losers), cmocka_unit_test(C6_uncancellable_runs_to_its_end_and_is_dropped),
        cmocka_unit_test(C8_acquire_is_not_cancelled_halfway), cmocka_unit_test(C8_bracket_answers),
        cmocka_unit_test(C8_a_fault_deep_in_C_runs_open_releases), cmocka_unit_test(C3_a_fault_in_a_release_is_suppressed),
        cmocka_unit_test(C8_releases_have_a_limit), cmocka_unit_test(C1_a_group_waits_for_its_children),
        cmocka_unit_test(C3_a_childs_fault_cancels_its_group), cmocka_unit_test(C1_a_cancelled_group_cancels_its_children),
        cmocka_unit_test(C1_parallel_answers_in_order), cmocka_unit_test(C11_a_pool_of_one_runs_one_after_the_other),
        cmocka_unit_test(C11_many_tasks_at_once), cmocka_unit_test(C9_timeout_cancels), cmocka_unit_test(C9_timeout_in_time),
        cmocka_unit_test(C9_nothing_starts_past_the_deadline), cmocka_unit_test(isolate_turns_a_fault_into_an_answer),
        cmocka_unit_test(isolate_keeps_an_answer), cmocka_unit_test(exit_runs_all_releases), cmocka_unit_test(exit_is_not_caught_by_isolate),
        cmocka_unit_test(statuses_beyond_255_are_255), cmocka_unit_test(R22_stack_exhausted_is_a_fault),
        cmocka_unit_test(R1_a_long_list_is_freed_without_a_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
