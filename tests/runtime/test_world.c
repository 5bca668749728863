// Files, connections, channels, console, signals, descriptors, the pool (C5, C7, C10 to C13).

#include <signal.h>
#include <sys/stat.h>
#include "program.h"

fx_answer fx_file_read(fx_runtime *rt, fx_value path);
fx_answer fx_file_write(fx_runtime *rt, fx_value path, fx_value text);
fx_answer fx_file_list(fx_runtime *rt, fx_value path);
fx_answer fx_file_open_read(fx_runtime *rt, fx_value path);
fx_answer fx_file_read_at(fx_runtime *rt, fx_value handle, fx_value at, fx_value count);
fx_answer fx_file_make_temporary_directory(fx_runtime *rt, fx_value prefix);
fx_answer fx_file_remove_all(fx_runtime *rt, fx_value path);
fx_answer fx_tcp_listen(fx_runtime *rt, fx_value host, fx_value port);
fx_answer fx_tcp_accept(fx_runtime *rt, fx_value listener);
fx_answer fx_tcp_connect(fx_runtime *rt, fx_value host, fx_value port);
fx_answer fx_tcp_read(fx_runtime *rt, fx_value socket);
fx_answer fx_tcp_write_all(fx_runtime *rt, fx_value socket, fx_value text);
fx_value fx_tcp_port(fx_runtime *rt, fx_value listener);
fx_value fx_channel_make(fx_runtime *rt, fx_representation a_is, fx_value limit);
fx_answer fx_channel_send_take(fx_runtime *rt, fx_representation a_is, fx_value channel, fx_value item);
fx_answer fx_channel_receive(fx_runtime *rt, fx_representation a_is, fx_value channel);
fx_value fx_promise_make(fx_runtime *rt, fx_representation a_is);
fx_answer fx_promise_wait(fx_runtime *rt, fx_representation a_is, fx_value promise);

// ---- a result's text, or what is wrong ----

static fx_answer print_text(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    if (fx_tag(result) == 0) print(rt, fx_string_bytes(fx_content(result)));
    else {
        print(rt, "error ");
        print_int(rt, fx_tag(fx_content(result)));
    }
    fx_drop(rt, result);
    return fx_done(0);
}

// ---- files ----

static char path[] = "/tmp/fx_test_XXXXXX";

static fx_answer wrote(fx_runtime *rt, fx_value result, fx_value name) {
    if (fx_tag(result) != 0) {
        fx_drop(rt, name);
        return print_text(rt, result, 0);
    }
    fx_drop(rt, result);
    fx_answer answer = fx_file_read(rt, name);
    fx_drop(rt, name);
    return then(rt, answer, print_text);
}
static fx_answer write_and_read(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value name = fx_string_of(rt, path), text = fx_string_of(rt, "some text");
    fx_answer answer = fx_file_write(rt, name, text);
    fx_drop(rt, text);
    return then_with(rt, answer, wrote, FX_COUNTED, name);
}
static void a_file_is_written_and_read(void **state) { (void)state; assert_runs(write_and_read, "some text", "", 0); }

static fx_answer read_missing(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value name = fx_string_of(rt, "/no/such/file");
    fx_answer answer = fx_file_read(rt, name);
    fx_drop(rt, name);
    return then(rt, answer, print_text);
}
static void a_missing_file_is_an_error(void **state) { (void)state; assert_runs(read_missing, "error 0 ", "", 0); }

static fx_answer read_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    fx_answer answer = fx_file_open_read(rt, words[0]);
    fx_drop(rt, words[0]);
    return answer;
}
// A directory: files may be opened without a thread.
static fx_value opening(fx_runtime *rt) { return make_closure(rt, (fx_code)read_code, 0, 1, 1, fx_string_of(rt, "/")); }

static fx_answer print_side(fx_runtime *rt, fx_value either, fx_value kept) {
    (void)kept;
    print(rt, fx_tag(either) == 0 ? "L" : "R");
    fx_drop(rt, either);
    return fx_done(0);
}
static fx_answer cancelled_open(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_first_take(rt, FX_WORD, FX_COUNTED, say(rt, -2, "", 1), opening(rt)), print_side);
}
static void C5_a_late_open_is_closed(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) assert_runs(cancelled_open, "L", "", 0);
}

// Under a limit of 64 descriptors, 2000 opens at once, each closed when its answer is dropped.
static fx_answer opened(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    bool ok = fx_tag(result) == 0;
    fx_drop(rt, result);
    return fx_done(ok);
}
static fx_answer open_and_close_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return then(rt, fx_run0(rt, opening(rt)), opened);
}
static fx_answer count_ok(fx_runtime *rt, fx_value list, fx_value kept) {
    (void)kept;
    fx_value count = 0;
    for (fx_value rest = list; !fx_is_constant(rest); rest = fx_list_tail(rest)) count += fx_list_head(rest);
    fx_drop(rt, list);
    print_int(rt, count);
    return fx_done(0);
}
static fx_answer open_many(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value list = FX_NIL;
    for (int i = 0; i < 2000; i++) list = fx_cons_take(rt, FX_COUNTED, make_closure(rt, (fx_code)open_and_close_code, 0, 0, 0), list);
    fx_answer answer = fx_parallel(rt, FX_WORD, list);
    fx_drop(rt, list);
    return then(rt, answer, count_ok);
}
static void C12_opens_wait_for_descriptors(void **state) {
    (void)state;
    run_with_descriptors = 64;
    assert_runs(open_many, "2000 ", "", 0);
    run_with_descriptors = 0;
}

// ---- connections ----

static fx_answer echo_again(fx_runtime *rt, fx_value result, fx_value socket);
static fx_answer echo_read(fx_runtime *rt, fx_value result, fx_value socket) {
    if (fx_tag(result) != 0 || fx_string_length(fx_content(result)) == 0) {
        fx_drop(rt, result), fx_drop(rt, socket);
        return fx_done(0);
    }
    fx_answer answer = fx_tcp_write_all(rt, socket, fx_content(result));
    fx_drop(rt, result);
    return then_with(rt, answer, echo_again, FX_COUNTED, socket);
}
static fx_answer echo_again(fx_runtime *rt, fx_value result, fx_value socket) {
    fx_drop(rt, result);
    return then_with(rt, fx_tcp_read(rt, socket), echo_read, FX_COUNTED, socket);
}
static fx_answer accepted(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    if (fx_tag(result) != 0) return print_text(rt, result, 0);
    fx_value socket = fx_content(result);
    fx_dup(socket);
    return echo_again(rt, result, socket);
}
static fx_answer accept_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    fx_answer answer = fx_tcp_accept(rt, words[0]);
    fx_drop(rt, words[0]);
    return then(rt, answer, accepted);
}

static fx_answer client_read(fx_runtime *rt, fx_value result, fx_value socket) {
    fx_drop(rt, socket);
    return print_text(rt, result, 0);
}
static fx_answer client_wrote(fx_runtime *rt, fx_value result, fx_value socket) {
    fx_drop(rt, result);
    return then_with(rt, fx_tcp_read(rt, socket), client_read, FX_COUNTED, socket);
}
static fx_answer connected(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    if (fx_tag(result) != 0) return print_text(rt, result, 0);
    fx_value socket = fx_content(result), text = fx_string_of(rt, "hello");
    fx_dup(socket);
    fx_drop(rt, result);
    fx_answer answer = fx_tcp_write_all(rt, socket, text);
    fx_drop(rt, text);
    return then_with(rt, answer, client_wrote, FX_COUNTED, socket);
}
static fx_answer connect_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    fx_value host = fx_string_of(rt, "127.0.0.1");
    fx_answer answer = fx_tcp_connect(rt, host, words[0]);
    fx_drop(rt, host);
    return then(rt, answer, connected);
}

static fx_answer drop_pair(fx_runtime *rt, fx_value pair, fx_value kept) {
    (void)kept;
    fx_drop(rt, pair);
    return fx_done(0);
}
static fx_answer listening(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    if (fx_tag(result) != 0) return print_text(rt, result, 0);
    fx_value listener = fx_content(result);
    fx_dup(listener);
    fx_drop(rt, result);
    fx_value client = make_closure(rt, (fx_code)connect_code, 0, 1, 0, fx_tcp_port(rt, listener));
    fx_value server = make_closure(rt, (fx_code)accept_code, 0, 1, 1, listener);
    return then(rt, fx_join_take(rt, FX_WORD, FX_WORD, server, client), drop_pair);
}
static fx_answer listen_here(fx_runtime *rt, Next next) {
    fx_value host = fx_string_of(rt, "127.0.0.1");
    fx_answer answer = fx_tcp_listen(rt, host, 0);
    fx_drop(rt, host);
    return then(rt, answer, next);
}
static fx_answer echo(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return listen_here(rt, listening);
}
static void an_echo_goes_there_and_back(void **state) { (void)state; assert_runs(echo, "hello", "", 0); }

static fx_answer lone_listening(fx_runtime *rt, fx_value result, fx_value kept) {
    (void)kept;
    if (fx_tag(result) != 0) return print_text(rt, result, 0);
    fx_value listener = fx_content(result);
    fx_dup(listener);
    fx_drop(rt, result);
    fx_value server = make_closure(rt, (fx_code)accept_code, 0, 1, 1, listener);
    return then(rt, fx_first_take(rt, FX_WORD, FX_WORD, server, say(rt, 5, "", 0)), print_side);
}
static fx_answer cancelled_accept(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return listen_here(rt, lone_listening);
}
static void C1_a_cancelled_accept_leaves_nothing(void **state) { (void)state; assert_runs(cancelled_accept, "R", "", 0); }

static fx_answer refused(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return fx_run0(rt, make_closure(rt, (fx_code)connect_code, 0, 1, 0, (fx_value)1));
}
static void a_refused_connection_is_an_error(void **state) { (void)state; assert_runs(refused, "error 14 ", "", 0); }

// ---- channels ----

static fx_answer print_item(fx_runtime *rt, fx_value item, fx_value kept) {
    (void)kept;
    if (item == FX_NONE) print(rt, "none ");
    else print_int(rt, fx_content(item));
    fx_drop(rt, item);
    return fx_done(0);
}
static fx_answer receive_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    fx_answer answer = fx_channel_receive(rt, FX_WORD, words[0]);
    fx_drop(rt, words[0]);
    return then(rt, answer, print_item);
}
static fx_value receiving(fx_runtime *rt, fx_value channel) {
    fx_dup(channel);
    return make_closure(rt, (fx_code)receive_code, 0, 1, 1, channel);
}
static fx_answer then_receive(fx_runtime *rt, fx_value either, fx_value channel) {
    fx_drop(rt, either);
    fx_value receive = receiving(rt, channel);
    fx_drop(rt, channel);
    return fx_run0(rt, receive);
}
static fx_answer send_then_code(fx_runtime *rt, fx_value self) {
    fx_value words[1];
    open_closure(rt, self, words);
    return fx_channel_send_take(rt, FX_WORD, words[0], 7); // makes the receiver ready, and ends: the receiver has lost
}
static fx_answer lost_item(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value channel = fx_channel_make(rt, FX_WORD, 1);
    fx_dup(channel);
    fx_value send = make_closure(rt, (fx_code)send_then_code, 0, 1, 1, channel);
    return then_with(rt, fx_first_take(rt, FX_WORD, FX_WORD, receiving(rt, channel), send), then_receive, FX_COUNTED, channel);
}
static void C5_an_undelivered_item_goes_back(void **state) { (void)state; assert_runs(lost_item, "7 ", "", 0); }

// ---- deadlock ----

static fx_answer wait_for_ever(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value promise = fx_promise_make(rt, FX_WORD);
    fx_answer answer = fx_promise_wait(rt, FX_WORD, promise);
    fx_drop(rt, promise);
    return then(rt, answer, drop_pair);
}
static void R20_a_deadlock_is_a_fault(void **state) {
    (void)state;
    run_with(&ran, wait_for_ever, NULL, NULL);
    assert_non_null(strstr(ran.err, "deadlock: every task waits for another"));
    assert_non_null(strstr(ran.err, "a task waits in Promise.wait, Test.main, test.fx:1:1"));
    assert_int_equal(ran.status, 70);
}

// ---- console ----

static fx_answer print_line_read(fx_runtime *rt, fx_value line, fx_value kept) {
    (void)kept;
    print(rt, line == FX_NONE ? "none" : fx_string_bytes(fx_content(line)));
    print(rt, "|");
    fx_drop(rt, line);
    return fx_done(0);
}
static fx_answer third_line(fx_runtime *rt, fx_value line, fx_value kept) {
    print_line_read(rt, line, kept);
    return then(rt, fx_console_read_line(rt), print_line_read);
}
static fx_answer second_line(fx_runtime *rt, fx_value line, fx_value kept) {
    print_line_read(rt, line, kept);
    return then(rt, fx_console_read_line(rt), third_line);
}
static fx_answer read_lines(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    return then(rt, fx_console_read_line(rt), second_line);
}
static void lines_are_read(void **state) {
    (void)state;
    run_with(&ran, read_lines, "one\r\ntwo", NULL);
    assert_string_equal(ran.out, "one|two|none|");
    assert_int_equal(ran.status, 0);
}

static fx_answer read_line_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    return then(rt, fx_console_read_line(rt), print_line_read);
}
static fx_answer cancelled_line(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value reader = make_closure(rt, (fx_code)read_line_code, 0, 0, 0);
    return then(rt, fx_first_take(rt, FX_WORD, FX_WORD, say(rt, -2, "", 0), reader), print_side);
}
static void C1_a_cancelled_line_leaves_nothing(void **state) { (void)state; assert_runs(cancelled_line, "L", "", 0); }

// ---- signals ----

static fx_answer signalled(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    raise(SIGTERM);
    return fx_run0(rt, holding(rt, -1, 5, "+a ", "-a ", say(rt, 60000, "never", 0)));
}
static void C13_a_signal_cancels_main(void **state) { (void)state; assert_runs(signalled, "+a -a ", "", 143); }

static fx_answer signalled_twice(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    raise(SIGINT);
    raise(SIGINT);
    return fx_run0(rt, say(rt, 60000, "never", 0));
}
static void C13_a_second_signal_ends_at_once(void **state) { (void)state; assert_runs(signalled_twice, "", "", 130); }

// ---- jobs that never end ----

static char pipe_path[] = "/tmp/fx_pipe_XXXXXX";
static fx_answer stuck_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    fx_value name = fx_string_of(rt, pipe_path); // nobody writes: opening it blocks
    fx_answer answer = fx_file_read(rt, name);
    fx_drop(rt, name);
    return then(rt, answer, print_text);
}
static fx_answer stuck_read(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value stuck = make_closure(rt, (fx_code)stuck_code, 0, 0, 0);
    return then(rt, fx_first_take(rt, FX_WORD, FX_WORD, stuck, say(rt, 20, "", 0)), print_side);
}
static void C7_a_stuck_read_is_abandoned(void **state) {
    (void)state;
    run_with(&ran, stuck_read, NULL, (char *[]){"FX_CHECK=0", NULL});
    assert_string_equal(ran.out, "R");
    assert_int_equal(ran.status, 0);
}

// Libraries are closed when main has ended; then the stuck read is waited for.
static void end_by_signal(fx_runtime *rt, void *state) {
    (void)rt, (void)state;
    raise(SIGTERM);
}
static const fx_library ends_by_signal = {"ends_by_signal", sizeof(int), NULL, NULL, end_by_signal};
static fx_answer stuck_and_told_to_end(fx_runtime *rt, fx_value arguments) {
    fx_library_state(rt, &ends_by_signal);
    return stuck_read(rt, arguments);
}
static void C13_a_signal_after_main_ends_at_once(void **state) { (void)state; assert_runs(stuck_and_told_to_end, "R", "", 143); }

static fx_answer read_path_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    fx_value name = fx_string_of(rt, path);
    fx_answer answer = fx_file_read(rt, name);
    fx_drop(rt, name);
    return answer;
}
static fx_answer many_stuck_code(fx_runtime *rt, fx_value self) {
    fx_drop(rt, self);
    fx_value list = FX_NIL;
    for (int i = 0; i < 6; i++) list = fx_cons_take(rt, FX_COUNTED, make_closure(rt, (fx_code)stuck_code, 0, 0, 0), list);
    fx_answer answer = fx_parallel(rt, FX_WORD, list);
    fx_drop(rt, list);
    return answer;
}
static fx_answer stuck_and_quick(fx_runtime *rt, fx_value arguments) {
    (void)arguments;
    fx_value stuck = make_closure(rt, (fx_code)many_stuck_code, 0, 0, 0), quick = make_closure(rt, (fx_code)read_path_code, 0, 0, 0);
    return then(rt, fx_first_take(rt, FX_COUNTED, FX_COUNTED, stuck, quick), print_side);
}
static void C10_stuck_reads_do_not_stop_another(void **state) {
    (void)state;
    run_with(&ran, stuck_and_quick, NULL, (char *[]){"FX_CHECK=0", "UV_THREADPOOL_SIZE=4", NULL});
    assert_string_equal(ran.out, "R");
    assert_int_equal(ran.status, 0);
}

static int make_files(void **state) {
    (void)state;
    int descriptor = mkstemp(path);
    if (descriptor < 0) return 1;
    close(descriptor);
    descriptor = mkstemp(pipe_path);
    close(descriptor);
    unlink(pipe_path);
    return mkfifo(pipe_path, 0600);
}
static int remove_files(void **state) {
    (void)state;
    unlink(path);
    unlink(pipe_path);
    return 0;
}

int main(void) {
    signal(SIGINT, SIG_DFL); // a shell lets its background jobs ignore it, and the runtime respects that
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_written_and_read), cmocka_unit_test(a_missing_file_is_an_error), cmocka_unit_test(C5_a_late_open_is_closed),
        cmocka_unit_test(C12_opens_wait_for_descriptors), cmocka_unit_test(an_echo_goes_there_and_back),
        cmocka_unit_test(C1_a_cancelled_accept_leaves_nothing), cmocka_unit_test(a_refused_connection_is_an_error),
        cmocka_unit_test(C5_an_undelivered_item_goes_back), cmocka_unit_test(R20_a_deadlock_is_a_fault), cmocka_unit_test(lines_are_read),
        cmocka_unit_test(C1_a_cancelled_line_leaves_nothing), cmocka_unit_test(C13_a_signal_cancels_main),
        cmocka_unit_test(C13_a_second_signal_ends_at_once), cmocka_unit_test(C7_a_stuck_read_is_abandoned),
        cmocka_unit_test(C10_stuck_reads_do_not_stop_another), cmocka_unit_test(C13_a_signal_after_main_ends_at_once),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
