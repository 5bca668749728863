// Reads what FX_RECORD wrote: line by line, then sorted by what a replay asks for.

#include "recording.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// ---- parts of a line: each moves *at behind what it read ----

static bool skip(const char **at, const char *word) {
    size_t length = strlen(word);
    if (strncmp(*at, word, length) != 0) return false;
    *at += length;
    return true;
}

static bool read_number(const char **at, uint64_t *number) {
    char *end;
    if (!isdigit((unsigned char)**at)) return false;
    *number = strtoull(*at, &end, 10);
    *at = end;
    return true;
}

// "1.204312443"
static bool read_time(const char **at, uint64_t *nanoseconds) {
    uint64_t seconds, rest;
    const char *point;
    if (!read_number(at, &seconds) || !skip(at, ".")) return false;
    point = *at;
    if (!read_number(at, &rest) || *at - point != 9) return false;
    *nanoseconds = seconds * 1000000000 + rest;
    return true;
}

static bool read_when(const char **at, RecordedLine *line) {
    line->when = WHEN_NOW;
    if (skip(at, "now ")) return true;
    line->when = WHEN_FAULTED;
    if (skip(at, "faulted ")) return true;
    line->when = WHEN_BEHIND;
    if (skip(at, "behind ")) return true;
    line->when = WHEN_AFTER;
    if (skip(at, "after ")) return read_number(at, &line->turn) && skip(at, " ");
    line->when = WHEN_BEFORE;
    if (skip(at, "before ")) return read_number(at, &line->turn) && skip(at, " ");
    line->when = WHEN_TURN;
    if (!skip(at, "@") || !read_number(at, &line->turn)) return false;
    line->is_crowded = skip(at, "+");
    return (!line->is_crowded || (read_number(at, &line->calls) && skip(at, "+") && read_number(at, &line->yields))) && skip(at, " ");
}

// The next `mark` that stands in no string and no character.
static const char *find_outside(const char *at, const char *mark) {
    for (char quote = 0; *at; at++) {
        if (quote && *at == '\\' && at[1]) at++;
        else if (quote) quote = *at == quote ? 0 : quote;
        else if (strncmp(at, mark, strlen(mark)) == 0) return at;
        else if (*at == '"' || *at == '\'') quote = *at;
    }
    return NULL;
}

// "main/first.right: File.read \"a\" => Ok \"\"  // place"
static bool read_step(const char *at, RecordedLine *line) {
    const char *step = strstr(at, ": "), *arrow = step ? find_outside(step + 2, " => ") : NULL;
    if (!arrow) return false;
    line->step = (Text){step + 2, (size_t)(arrow - step - 2)};
    line->answer = arrow + 4;
    return true;
}

static bool read_line(const char *at, RecordedLine *line) {
    static const struct { const char *word; RecordedKind kind; } kinds[] = {
        {"expired ", RECORDED_EXPIRED}, {"cancelled ", RECORDED_CANCELLED}, {"lost ", RECORDED_LOST}, {"signal ", RECORDED_SIGNAL},
    };
    if (skip(&at, "pure ")) {
        line->kind = RECORDED_PURE;
        return read_time(&at, &line->time) && skip(&at, " ") && read_step(at, line);
    }
    if (skip(&at, "timeout ")) {
        line->kind = RECORDED_TIMEOUT;
        return read_number(&at, &line->number) && skip(&at, " ") && read_time(&at, &line->time);
    }
    if (skip(&at, "end ")) {
        line->kind = RECORDED_END;
        return read_number(&at, &line->number);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!skip(&at, kinds[i].word)) continue;
        line->kind = kinds[i].kind;
        return read_number(&at, &line->number) && skip(&at, " ") && read_when(&at, line) && read_time(&at, &line->time);
    }
    line->kind = RECORDED_ANSWER;
    return read_number(&at, &line->number) && skip(&at, " ") && read_when(&at, line) && read_time(&at, &line->time) && skip(&at, " ") &&
           read_step(at, line);
}

// ---- tables ----

static int by_turn(const void *left, const void *right) {
    const RecordedLine *a = *(RecordedLine *const *)left, *b = *(RecordedLine *const *)right;
    if (a->turn != b->turn) return a->turn < b->turn ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static bool is_of_call(const RecordedLine *line) {
    return line->kind == RECORDED_ANSWER || line->kind == RECORDED_CANCELLED || line->kind == RECORDED_LOST;
}

static void add_to_tables(Recording *recording, RecordedLine *line) {
    if (line->kind == RECORDED_ANSWER) recording->answers[line->number] = line;
    else if (is_of_call(line)) recording->ends[line->number] = line;
    if (line->kind == RECORDED_TIMEOUT) {
        recording->timeouts[line->number] = line;
        return;
    }
    if (line->kind == RECORDED_PURE || line->kind == RECORDED_END) return;
    if (line->when == WHEN_TURN) vector_push(recording->arena, &recording->arrivals, line);
    else if (line->when == WHEN_BEFORE) vector_push(recording->arena, &recording->starting, line);
    else if (line->when == WHEN_AFTER && line->turn < recording->count) {
        RecordedLine **last = &recording->after[line->turn];
        while (*last) last = &(*last)->next;
        *last = line;
    }
}

static void make_tables(Recording *recording) {
    recording->count = 1;
    for (size_t i = 0; i < recording->lines.count; i++) {
        const RecordedLine *line = recording->lines.items[i];
        bool is_numbered = is_of_call(line) || line->kind == RECORDED_TIMEOUT;
        if (is_numbered && line->number >= recording->count) recording->count = line->number + 1;
    }
    RecordedLine ***const tables[] = {&recording->answers, &recording->ends, &recording->after, &recording->timeouts};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) *tables[i] = NEW_ARRAY(recording->arena, RecordedLine *, recording->count);
    for (size_t i = 0; i < recording->lines.count; i++) add_to_tables(recording, recording->lines.items[i]);
    if (recording->arrivals.count)
        qsort(recording->arrivals.items, recording->arrivals.count, sizeof *recording->arrivals.items, by_turn);
}

// ---- the whole ----

enum { MOST_NUMBER = 100000000 };

static const char *read_body(Recording *recording, char *at, size_t *order) {
    for (char *end; *at; at = end, ++*order) {
        size_t length = strcspn(at, "\n");
        end = at + length + (at[length] == '\n');
        if (!at[length]) break; // the program was killed while it wrote this
        at[length] = 0;
        RecordedLine *line = NEW(recording->arena, RecordedLine);
        line->order = *order;
        line->whole = (Text){at, length};
        if (!read_line(at, line) || line->number > MOST_NUMBER) return "this is no line of a recording";
        if (line->kind == RECORDED_END) recording->end = line;
        vector_push(recording->arena, &recording->lines, line);
    }
    return NULL;
}

const char *read_recording(Arena *arena, Text text, Recording *recording, size_t *line) {
    static const char first[] = "fx record 1\n", program[] = "program ", arguments[] = "arguments ";
    *recording = (Recording){.arena = arena};
    *line = 1;
    Builder copy = builder_in(arena);
    build_text(&copy, text);
    char *at = (char *)builder_string(&copy);
    if (strncmp(at, first, sizeof first - 1) != 0) return "it does not begin with `fx record 1`: FX_RECORD did not write it";
    at += sizeof first - 1;
    *line = 2;
    if (strncmp(at, program, sizeof program - 1) != 0 || !strchr(at, '\n')) return "here the program's name was expected";
    at = strchr(at, '\n') + 1;
    *line = 3;
    if (strncmp(at, arguments, sizeof arguments - 1) != 0 || !strchr(at, '\n')) return "here the program's arguments were expected";
    recording->arguments = at + sizeof arguments - 1;
    at = strchr(at, '\n') + 1;
    at[-1] = 0;
    *line = 4;
    const char *problem = read_body(recording, at, line);
    if (!problem) make_tables(recording);
    return problem;
}
