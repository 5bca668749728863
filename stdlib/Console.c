// Standard input, output and error.
//
// Output is gathered and goes out before the program waits, before it reads, and at its end. Input is watched by the loop where the system
// can watch it (terminals, pipes, sockets); files are simply read.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>
#include "fx.h"

enum { OUTPUT_SIZE = 16384, INPUT_SIZE = 65536 };

typedef enum { INPUT_UNKNOWN, INPUT_WATCHED, INPUT_PLAIN } InputKind;

typedef struct Console {
    fx_runtime *rt;
    size_t output_length;
    int lost; // why printed text that nobody has asked about did not arrive; 0: it did
    bool is_terminal;
    char *input; // bytes read and not yet asked for: from start to end
    size_t start, end, room;
    size_t searched; // up to here there is no line end
    bool at_end;
    uint8_t input_kind;
    fx_queue readers;
    uv_poll_t watch;
    char output[OUTPUT_SIZE];
} Console;

// ---- output ----

static void send_out(Console *console, const char *bytes, size_t length) {
    int code = fx_write_all(STDOUT_FILENO, bytes, length);
    if (!console->lost) console->lost = code;
}

static void flush_output(Console *console) {
    size_t length = console->output_length;
    console->output_length = 0;
    send_out(console, console->output, length);
}

static void open_console(fx_runtime *rt, void *state) {
    Console *console = state;
    console->rt = rt;
    console->is_terminal = isatty(STDOUT_FILENO);
}

static void flush_console(fx_runtime *rt, void *state) {
    (void)rt;
    if (((Console *)state)->output_length) flush_output(state);
}

static void close_console(fx_runtime *rt, void *state) {
    (void)rt;
    Console *console = state;
    if (console->input_kind == INPUT_WATCHED) uv_close((uv_handle_t *)&console->watch, NULL);
    free(console->input);
}

static const fx_library library = {"Console", sizeof(Console), open_console, flush_console, close_console};

static Console *console_of(fx_runtime *rt) { return fx_library_state(rt, &library); }

static void put(Console *console, const char *bytes, size_t length) {
    if (length > OUTPUT_SIZE - console->output_length) flush_output(console);
    if (length > OUTPUT_SIZE) {
        send_out(console, bytes, length);
        return;
    }
    memcpy(console->output + console->output_length, bytes, length);
    console->output_length += length;
}

fx_value fx_console_write(fx_runtime *rt, fx_value text) {
    Console *console = console_of(rt);
    put(console, fx_string_bytes(text), fx_string_length(text));
    flush_output(console);
    int code = console->lost;
    console->lost = 0;
    return code ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_WORD, FX_UNIT);
}

fx_value fx_console_print(fx_runtime *rt, fx_value text) {
    put(console_of(rt), fx_string_bytes(text), fx_string_length(text));
    return FX_UNIT;
}

fx_value fx_console_print_line(fx_runtime *rt, fx_value text) {
    Console *console = console_of(rt);
    put(console, fx_string_bytes(text), fx_string_length(text));
    put(console, "\n", 1);
    if (console->is_terminal) flush_output(console);
    return FX_UNIT;
}

// In one write, so that lines of several programs do not mix; after what was printed before.
fx_value fx_console_error_line(fx_runtime *rt, fx_value text) {
    fx_flush(rt);
    size_t length = fx_string_length(text);
    char *line = malloc(length + 1);
    if (!line) return FX_UNIT;
    memcpy(line, fx_string_bytes(text), length);
    line[length] = '\n';
    fx_write_all(STDERR_FILENO, line, length + 1);
    free(line);
    return FX_UNIT;
}

fx_value fx_console_is_terminal(fx_runtime *rt) { return console_of(rt)->is_terminal; }

// ---- input ----

typedef struct Reader {
    fx_request request;
    bool wants_all;
    uint8_t dropped; // bytes of the line end that the answer is without
} Reader;

static bool make_room(Console *console, size_t size) {
    if (console->start && console->start == console->end) console->start = console->end = console->searched = 0;
    if (console->room - console->end >= size) return true;
    if (console->start) {
        memmove(console->input, console->input + console->start, console->end - console->start);
        console->end -= console->start;
        console->searched -= console->searched < console->start ? console->searched : console->start;
        console->start = 0;
        if (console->room - console->end >= size) return true;
    }
    size_t room = console->room ? console->room : size;
    while (room - console->end < size) room *= 2;
    char *input = realloc(console->input, room);
    if (!input) return false;
    console->input = input;
    console->room = room;
    return true;
}

// Reads once. False: nothing is to be had now. An error counts as the end.
static bool read_some(Console *console) {
    if (!make_room(console, INPUT_SIZE)) return console->at_end = true;
    ssize_t length;
    do length = read(STDIN_FILENO, console->input + console->end, INPUT_SIZE);
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno == EAGAIN) return false;
    if (length <= 0) console->at_end = true;
    else console->end += (size_t)length;
    return true;
}

static fx_value take(Console *console, size_t length, size_t drop) {
    fx_value text = fx_string_make(console->rt, console->input + console->start, length);
    console->start += length + drop;
    if (console->searched < console->start) console->searched = console->start;
    return text;
}

// The next line, if there is a whole one (at the end of input: if there is anything).
static bool take_line(Console *console, fx_value *answer, uint8_t *dropped) {
    char *from = console->input + console->searched, *line = console->input + console->start;
    char *found = console->end > console->searched ? memchr(from, '\n', console->end - console->searched) : NULL;
    console->searched = console->end;
    *dropped = 0;
    if (!found && !console->at_end) return false;
    if (!found && console->start == console->end) *answer = FX_NONE;
    else {
        size_t length = found ? (size_t)(found - line) : console->end - console->start;
        *dropped = found ? found > line && found[-1] == '\r' ? 2 : 1 : 0;
        console->searched = console->start;
        *answer = fx_some_take(console->rt, FX_COUNTED, take(console, length - (*dropped == 2), *dropped));
    }
    return true;
}

static bool take_answer(Console *console, Reader *reader, fx_value *answer) {
    if (!reader->wants_all) return take_line(console, answer, &reader->dropped);
    if (!console->at_end) return false;
    *answer = take(console, console->end - console->start, 0);
    return true;
}

static void serve(Console *console) {
    fx_value answer;
    while (console->readers.first && take_answer(console, (Reader *)console->readers.first, &answer))
        fx_finish(console->rt, console->readers.first, answer);
    if (!console->readers.first) uv_poll_stop(&console->watch);
}

static void input_ready(uv_poll_t *watch, int status, int events) {
    (void)status, (void)events;
    Console *console = watch->data;
    if (read_some(console)) serve(console);
}

// libuv makes what it polls non-blocking, but this descriptor is shared with other programs: it is set back. One read after the system
// says that there is input does not block.
static void find_input_kind(fx_runtime *rt, Console *console) {
    int flags = fcntl(STDIN_FILENO, F_GETFL);
    console->input_kind = INPUT_PLAIN;
    if (flags < 0 || uv_poll_init(fx_loop(rt), &console->watch, STDIN_FILENO) != 0) return;
    fcntl(STDIN_FILENO, F_SETFL, flags);
    console->watch.data = console;
    console->input_kind = INPUT_WATCHED;
}

static void withdraw(fx_runtime *rt, fx_request *request) {
    Console *console = console_of(rt);
    fx_unqueue(request);
    if (!console->readers.first) uv_poll_stop(&console->watch);
    fx_withdrawn(rt, request);
}

// An answer that nobody got goes back to where it came from (C5).
static void put_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    Console *console = console_of(rt);
    Reader *reader = (Reader *)request;
    if (answer == FX_NONE) return;
    fx_value text = reader->wants_all ? answer : fx_content(answer);
    static const char *const ends[] = {"", "\n", "\r\n"};
    size_t length = fx_string_length(text), size = length + reader->dropped;
    if (make_room(console, size)) {
        memmove(console->input + console->start + size, console->input + console->start, console->end - console->start);
        memcpy(console->input + console->start, fx_string_bytes(text), length);
        memcpy(console->input + console->start + length, ends[reader->dropped], reader->dropped);
        console->end += size;
        console->searched = console->start;
    }
    fx_drop(rt, answer);
}

static const fx_request_type line_type = {"Console.read_line", sizeof(Reader), FX_COUNTED, false, withdraw, put_back, NULL};
static const fx_request_type all_type = {"Console.read_all", sizeof(Reader), FX_COUNTED, false, withdraw, put_back, NULL};

static fx_answer answer_at_hand(fx_runtime *rt, const Reader *now, fx_value answer) {
    if (!fx_must_take_turns(rt)) return fx_done(answer);
    Reader *reader = fx_request_make(rt, now->wants_all ? &all_type : &line_type);
    reader->wants_all = now->wants_all;
    reader->dropped = now->dropped;
    fx_finish(rt, &reader->request, answer);
    return fx_wait(rt, &reader->request);
}

static fx_answer read_input(fx_runtime *rt, bool wants_all) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    fx_flush(rt);
    Console *console = console_of(rt);
    if (console->input_kind == INPUT_UNKNOWN) find_input_kind(rt, console);
    Reader now = {.wants_all = wants_all};
    fx_value answer;
    if (!console->readers.first) {
        while (!take_answer(console, &now, &answer)) {
            if (console->input_kind == INPUT_PLAIN) {
                read_some(console);
                continue;
            }
            goto wait;
        }
        return answer_at_hand(rt, &now, answer);
    }
wait:;
    Reader *reader = fx_request_make(rt, wants_all ? &all_type : &line_type);
    reader->wants_all = wants_all;
    if (!console->readers.first) uv_poll_start(&console->watch, UV_READABLE | UV_DISCONNECT, input_ready);
    fx_enqueue(&console->readers, &reader->request);
    return fx_wait(rt, &reader->request);
}

fx_answer fx_console_read_line(fx_runtime *rt) { return read_input(rt, false); }
fx_answer fx_console_read_all(fx_runtime *rt) { return read_input(rt, true); }
