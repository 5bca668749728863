// Lines on standard error. They are gathered and go out before the program waits and at its end; on a terminal each at once.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "fx.h"

enum { OUTPUT_SIZE = 16384, LONGEST_HEAD = 80 };
typedef enum { LEVEL_NONE = -1, LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR, LEVEL_OFF } Level;
static const char *const names[] = {"debug", "info", "warn", "error", "off"};

typedef struct Log {
    int least; // Level
    bool json, is_terminal;
    time_t second; // for which `time` is the text
    char time[40];
    size_t length;
    char output[OUTPUT_SIZE];
} Log;

static void read_word(Log *log, const char *word, size_t length) {
    if (length == 4 && strncmp(word, "json", 4) == 0) log->json = true;
    for (int level = LEVEL_DEBUG; level <= LEVEL_OFF; level++)
        if (strlen(names[level]) == length && strncmp(names[level], word, length) == 0) log->least = level;
}

static void open_log(fx_runtime *rt, void *state) {
    (void)rt;
    Log *log = state;
    log->least = LEVEL_INFO;
    log->is_terminal = isatty(STDERR_FILENO);
    const char *words = getenv("FX_LOG");
    for (size_t length; words && *words; words += length + (words[length] == ',')) {
        length = strcspn(words, ",");
        read_word(log, words, length);
    }
}

static void flush_log(fx_runtime *rt, void *state) {
    (void)rt;
    Log *log = state;
    if (log->length) fx_write_all(STDERR_FILENO, log->output, log->length);
    log->length = 0;
}

static const fx_library library = {"Log", sizeof(Log), open_log, flush_log, NULL};

static void put(Log *log, const char *bytes, size_t length) {
    while (length) {
        if (log->length == OUTPUT_SIZE) flush_log(NULL, log);
        size_t part = length < OUTPUT_SIZE - log->length ? length : OUTPUT_SIZE - log->length;
        memcpy(log->output + log->length, bytes, part);
        log->length += part;
        bytes += part;
        length -= part;
    }
}

static void put_text(Log *log, const char *text) { put(log, text, strlen(text)); }

// Whole seconds are turned into text once for all lines within them.
static void put_time(Log *log) {
    struct timespec now;
    char milliseconds[16];
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != log->second || !log->time[0]) {
        struct tm parts;
        gmtime_r(&now.tv_sec, &parts);
        strftime(log->time, sizeof log->time, "%Y-%m-%dT%H:%M:%S", &parts);
        log->second = now.tv_sec;
    }
    put_text(log, log->time);
    snprintf(milliseconds, sizeof milliseconds, ".%03dZ", (int)(now.tv_nsec / 1000000));
    put_text(log, milliseconds);
}

// Control characters as \n, \t, \u001b (which is JSON too), and for JSON quotes, backslashes, and U+FFFD for what is not UTF-8.
static void put_escaped(Log *log, const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned char byte = (unsigned char)bytes[at];
        unsigned size = 1;
        char escape[8];
        if (byte == '\n' || byte == '\t' || byte == '\r') put_text(log, byte == '\n' ? "\\n" : byte == '\t' ? "\\t" : "\\r");
        else if (byte < 0x20 || byte == 0x7f) {
            snprintf(escape, sizeof escape, "\\u%04x", byte);
            put_text(log, escape);
        } else if (log->json && (byte == '"' || byte == '\\')) put(log, (char[]){'\\', (char)byte}, 2);
        else if (log->json && byte >= 0x80 && fx_decode_char(bytes + at, length - at, &size) == 0xfffd && size == 1) put_text(log, "\xEF\xBF\xBD");
        else put(log, bytes + at, size);
        at += size;
    }
}

static void put_json(Log *log, Level level, fx_value text) {
    put_text(log, "{\"time\":\"");
    put_time(log);
    if (level != LEVEL_NONE) {
        put_text(log, "\",\"level\":\"");
        put_text(log, names[level]);
    }
    put_text(log, "\",\"message\":\"");
    put_escaped(log, fx_string_bytes(text), fx_string_length(text));
    put_text(log, "\"}\n");
}

static void put_plain(Log *log, Level level, fx_value text) {
    if (level != LEVEL_NONE) {
        put_time(log);
        put(log, " ", 1);
        put_text(log, names[level]);
        put(log, "  ", strlen(names[level]) < 5 ? 2 : 1);
    }
    put_escaped(log, fx_string_bytes(text), fx_string_length(text));
    put(log, "\n", 1);
}

static fx_value write_line(fx_runtime *rt, Level level, fx_value text) {
    Log *log = fx_library_state(rt, &library);
    if (level != LEVEL_NONE && (int)level < log->least) return FX_UNIT;
    if (OUTPUT_SIZE - log->length < fx_string_length(text) + LONGEST_HEAD) flush_log(rt, log);
    if (log->json) put_json(log, level, text);
    else put_plain(log, level, text);
    if (log->is_terminal) fx_flush(rt);
    return FX_UNIT;
}

fx_value fx_log_write(fx_runtime *rt, fx_value text) { return write_line(rt, LEVEL_NONE, text); }
fx_value fx_log_debug(fx_runtime *rt, fx_value text) { return write_line(rt, LEVEL_DEBUG, text); }
fx_value fx_log_info(fx_runtime *rt, fx_value text) { return write_line(rt, LEVEL_INFO, text); }
fx_value fx_log_warn(fx_runtime *rt, fx_value text) { return write_line(rt, LEVEL_WARN, text); }
fx_value fx_log_error(fx_runtime *rt, fx_value text) { return write_line(rt, LEVEL_ERROR, text); }
