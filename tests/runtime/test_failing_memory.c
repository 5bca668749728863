// R3: whichever allocation fails, it is a fault of the task that wanted it: releases run, and the program ends with 70. Never a crash, never a hang.

#include "program.h"

fx_answer fx_file_read(fx_runtime *rt, fx_value path);
fx_value fx_channel_make(fx_runtime *rt, fx_representation a_is, fx_value limit);
fx_answer fx_channel_send_take(fx_runtime *rt, fx_representation a_is, fx_value channel, fx_value item);
fx_answer fx_channel_receive(fx_runtime *rt, fx_representation a_is, fx_value channel);

static fx_answer drop_answer(fx_runtime *rt, fx_value answer, fx_value kept) {
    (void)kept;
    fx_drop(rt, answer);
    return fx_done(0);
}

static fx_answer send_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    return fx_channel_send_take(rt, FX_COUNTED, words[0], fx_string_of(rt, "item"));
}
static fx_answer receive_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    fx_answer answer = fx_channel_receive(rt, FX_COUNTED, words[0]);
    fx_drop(rt, words[0]);
    return then(rt, answer, drop_answer);
}
static fx_answer channels(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value channel = fx_channel_make(rt, FX_COUNTED, 0);
    fx_dup(channel);
    fx_value send = make_closure(rt, (fx_code)send_code, 0, 1, 1, channel), receive = make_closure(rt, (fx_code)receive_code, 0, 1, 1, channel);
    return then(rt, fx_join_take(rt, FX_WORD, FX_WORD, receive, send), drop_answer);
}

static fx_answer races(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value loser = holding(rt, 1, 1, "+a ", "-a ", say(rt, 60000, "never", 1));
    return then(rt, fx_first_take(rt, FX_WORD, FX_WORD, loser, say(rt, 3, "", 2)), drop_answer);
}

static fx_answer child_code(fx_runtime *rt, fx_value self, fx_value group) {
    fx_drop(rt, self);
    fx_dup(group);
    fx_spawn_take(rt, group, holding(rt, -1, 1, "+c ", "-c ", say(rt, 2, "", 0)));
    fx_spawn_take(rt, group, say(rt, 1, "", 0));
    return fx_run0(rt, holding(rt, -1, -1, "+b ", "-b ", say(rt, 1, "", 5)));
}
static fx_answer groups(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_group_take(rt, FX_WORD, make_closure(rt, (fx_code)child_code, 1, 0, 0)), drop_answer);
}

static fx_answer many(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = FX_NIL;
    for (int i = 0; i < 3; i++) list = fx_cons_take(rt, FX_COUNTED, holding(rt, -1, 1, "+d ", "-d ", say(rt, i, "", i)), list);
    fx_answer answer = fx_parallel_pool(rt, FX_WORD, 2, list);
    fx_drop(rt, list);
    return then(rt, answer, drop_answer);
}

static fx_answer limited(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_timeout_take(rt, FX_WORD, 2, holding(rt, -1, 1, "+e ", "-e ", say(rt, 60000, "never", 1))), drop_answer);
}

static fx_answer isolated(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_isolate_take(rt, FX_WORD, holding(rt, -1, 1, "+f ", "-f ", failing(rt, 1, "broken"))), drop_answer);
}

static fx_answer files(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value name = fx_string_of(rt, "/dev/null");
    fx_answer answer = fx_file_read(rt, name);
    fx_drop(rt, name);
    return then(rt, answer, drop_answer);
}

static unsigned count_of(const char *text, char sign) {
    unsigned count = 0;
    for (; *text; text++) count += *text == sign;
    return count;
}

// Until so many allocations can be made that none fails. The allocation that a release itself needs may be the one that fails, so one release
// may be missing from what was printed.
static void fail_each(Main main) {
    unsigned failed = 0;
    for (unsigned n = 1; n < 1000; n++) {
        char setting[64];
        snprintf(setting, sizeof setting, "FX_FAIL_ALLOCATION=%u", n);
        run_once(&ran, main, NULL, (char *[]){setting, NULL});
        if (ran.status == 0 && !*ran.err) break;
        failed++;
        if (ran.status != 70 && ran.status != 0) fail_msg("allocation %u: status %d: %s", n, ran.status, ran.err);
        if (ran.status == 70 && !strstr(ran.err, "memory exhausted")) fail_msg("allocation %u: %s", n, ran.err);
        if (count_of(ran.out, '+') > count_of(ran.out, '-') + 1) fail_msg("allocation %u: a release is missing: %s", n, ran.out);
    }
    assert_int_equal(ran.status, 0);
    assert_in_range(failed, 5, 900);
}

#define TEST(program) static void R3_##program(void **state) { (void)state; fail_each(program); }
TEST(channels)
TEST(races)
TEST(groups)
TEST(many)
TEST(limited)
TEST(isolated)
TEST(files)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(R3_channels), cmocka_unit_test(R3_races), cmocka_unit_test(R3_groups), cmocka_unit_test(R3_many),
        cmocka_unit_test(R3_limited), cmocka_unit_test(R3_isolated), cmocka_unit_test(R3_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
