// Who looks at a program's calls of the world and at its tasks (FX_RECORD, FX_TRACE). Nothing here runs while nobody looks.
//
// A call is an observation from its start to the delivery of its answer. While its task waits, a frame of ours stands in front of the task's
// others: through it comes the answer, or the unwinding.

#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "observe.h"

// ---- buffers and tables ----

void fx_buffer_put(fx_buffer *buffer, const char *bytes, size_t length) {
    if (buffer->length + length + 1 > buffer->room) {
        size_t room = (buffer->length + length + 1) * 2;
        char *grown = realloc(buffer->bytes, room);
        if (!grown) return;
        buffer->bytes = grown;
        buffer->room = room;
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = 0;
}

void fx_buffer_format(fx_buffer *buffer, const char *format, ...) {
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    fx_buffer_put(buffer, text, (size_t)length);
    free(text);
}

static size_t place_of(const fx_pointers *pointers, const void *key) {
    size_t at = (size_t)((uintptr_t)key >> 4) * 0x9e3779b97f4a7c15u >> 7 & (pointers->room - 1);
    while (pointers->entries[at].key && pointers->entries[at].key != key) at = (at + 1) & (pointers->room - 1);
    return at;
}

void *fx_pointers_get(const fx_pointers *pointers, const void *key) {
    return pointers->room ? pointers->entries[place_of(pointers, key)].value : NULL;
}

static bool grow(fx_pointers *pointers) {
    fx_pointers larger = {calloc(pointers->room * 2 + 64, sizeof *larger.entries), 0, pointers->room ? pointers->room * 2 : 64};
    if (!larger.entries) return false;
    for (size_t i = 0; i < pointers->room; i++)
        if (pointers->entries[i].key) fx_pointers_put(&larger, pointers->entries[i].key, pointers->entries[i].value);
    free(pointers->entries);
    *pointers = larger;
    return true;
}

void fx_pointers_put(fx_pointers *pointers, const void *key, void *value) {
    if (pointers->count * 2 >= pointers->room && !grow(pointers)) return;
    size_t at = place_of(pointers, key);
    pointers->count += !pointers->entries[at].key;
    pointers->entries[at] = (struct fx_pointers_entry){key, value};
}

// What stands behind it in the same run is put in again, so that no gap cuts a run.
void *fx_pointers_remove(fx_pointers *pointers, const void *key) {
    if (!pointers->room) return NULL;
    size_t at = place_of(pointers, key);
    void *value = pointers->entries[at].value;
    if (!pointers->entries[at].key) return NULL;
    pointers->entries[at] = (struct fx_pointers_entry){NULL, NULL};
    pointers->count--;
    for (size_t next = (at + 1) & (pointers->room - 1); pointers->entries[next].key; next = (next + 1) & (pointers->room - 1)) {
        struct fx_pointers_entry moved = pointers->entries[next];
        pointers->entries[next] = (struct fx_pointers_entry){NULL, NULL};
        pointers->entries[place_of(pointers, moved.key)] = moved;
    }
    return value;
}

// ---- beginning and end ----

// The variable is for this program only: what it starts would write over the file. `%p` in it is the process's number.
static char *take_path(const char *variable) {
    const char *text = getenv(variable), *mark;
    char *path = NULL;
    if (!text || !*text) return NULL;
    mark = strstr(text, "%p");
    if (!mark) path = strdup(text);
    else if (asprintf(&path, "%.*s%ld%s", (int)(mark - text), text, (long)getpid(), mark + 2) < 0) path = NULL;
    if (!mark) unsetenv(variable);
    return path;
}

static void say_unwritable(const char *path) {
    fprintf(stderr, "fx: cannot write %s: %s\n", path, strerror(errno));
}

void fx_observe_open(fx_runtime *rt) {
    char *record = take_path("FX_RECORD"), *trace = take_path("FX_TRACE");
    struct fx_observer *observer = record || trace ? calloc(1, sizeof *observer) : NULL;
    if (observer) {
        rt->observer = observer;
        observer->start = fx_now();
        if (record && !(observer->record = fx_record_open(rt, record))) say_unwritable(record);
        if (trace && !(observer->trace = fx_trace_open(rt, trace))) say_unwritable(trace);
    }
    free(record);
    free(trace);
}

static void free_observation(fx_observation *observation) {
    if (!observation) return;
    free(observation->step.bytes);
    free(observation);
}

void fx_observe_close(fx_runtime *rt, int status) {
    struct fx_observer *observer = rt->observer;
    if (!observer) return;
    rt->observer = NULL;
    if (observer->record) fx_record_close(observer->record, status);
    if (observer->trace) fx_trace_close(observer->trace);
    free_observation(observer->current);
    for (size_t i = 0; i < observer->pending.room; i++) free_observation(observer->pending.entries[i].value);
    free(observer->pending.entries);
    free(observer->names.entries);
    free(observer);
}

// The program is about to wait: what has been seen is written.
void fx_observe_poll(fx_runtime *rt) {
    struct fx_observer *observer = rt->observer;
    observer->is_crowded = rt->internals->ready_first != NULL;
    if (observer->record) fflush(observer->record);
    if (observer->trace) fx_trace_flush(observer->trace);
}

// ---- calls ----

void fx_observe(fx_runtime *rt, const fx_operation *operation, const char *site, const fx_value *arguments) {
    struct fx_observer *observer = rt->observer;
    free_observation(observer->current);
    observer->current = NULL;
    if (operation->waits && fx_is_stopped(rt)) return; // it will not start (C6)
    fx_observation *observation = calloc(1, sizeof *observation);
    if (!observation) return;
    observation->operation = operation;
    observation->site = site;
    observation->begun = fx_now();
    observation->number = operation->is_pure ? 0 : ++observer->asked;
    fx_buffer_put(&observation->step, operation->name, strlen(operation->name));
    for (size_t i = 0; i < operation->count; i++) {
        fx_buffer_put(&observation->step, " ", 1);
        fx_show_shape(rt, &observation->step, operation->parameters[i], arguments[i], true);
    }
    observer->current = observation;
}

// The answer is delivered: all who look are told.
static void tell(fx_runtime *rt, fx_observation *observation, fx_answered how, fx_value answer) {
    struct fx_observer *observer = rt->observer;
    fx_buffer shown = {0};
    fx_show_shape(rt, &shown, observation->operation->answer, answer, false);
    if (observer->record) fx_record_answer(rt, observation, how, shown.bytes ? shown.bytes : "_");
    if (!observer->trace) {
    } else if (how == FX_ANSWERED_NOW) fx_trace_effect(rt, observation, shown.bytes);
    else fx_trace_called(rt, observation, shown.bytes);
    free(shown.bytes);
    free_observation(observation);
}

fx_value fx_observed_value(fx_runtime *rt, fx_value answer) {
    fx_observation *observation = rt->observer->current;
    rt->observer->current = NULL;
    if (observation) tell(rt, observation, FX_ANSWERED_NOW, answer);
    return answer;
}

const char *fx_observed_site(const fx_runtime *rt) {
    const fx_observation *observation = rt->observer->current;
    return observation ? observation->site : NULL;
}

void fx_observe_fault(fx_runtime *rt, const char *message) {
    fx_observation *observation = rt->observer->current;
    rt->observer->current = NULL;
    if (!observation) return;
    fx_value text = fx_string_of(rt, message ? message : ""), shown = fx_string_show(rt, text);
    if (rt->observer->record) fx_record_answer(rt, observation, FX_FAULTED, fx_string_bytes(shown));
    if (rt->observer->trace) fx_trace_effect(rt, observation, fx_string_bytes(shown));
    fx_drop(rt, text);
    fx_drop(rt, shown);
    free_observation(observation);
}

static fx_answer resume_call(fx_runtime *rt, fx_frame *frame, fx_value answer) {
    fx_observation *observation = (fx_observation *)(intptr_t)frame->saved[0];
    fx_free_frame(rt, frame);
    fx_pointers_remove(&rt->observer->pending, rt->task);
    tell(rt, observation, observation->has_arrived ? FX_ANSWERED_LATER : FX_ANSWERED_BEHIND, answer);
    return fx_done(answer);
}

static fx_answer unwind_call(fx_runtime *rt, fx_frame *frame) {
    fx_observation *observation = (fx_observation *)(intptr_t)frame->saved[0];
    fx_free_frame(rt, frame);
    fx_pointers_remove(&rt->observer->pending, rt->task);
    if (rt->observer->record && observation->number) fx_record_cancelled(rt, observation);
    if (rt->observer->trace) fx_trace_called(rt, observation, NULL);
    free_observation(observation);
    return (fx_answer){0, 1};
}

static const fx_frame_info call_frame = {resume_call, unwind_call, "call of the world", NULL, 1, 0, 0};

fx_answer fx_observed(fx_runtime *rt, fx_answer answer) {
    struct fx_observer *observer = rt->observer;
    fx_observation *observation = observer->current;
    if (!observation || !answer.suspended) {
        if (observation) fx_observed_value(rt, answer.value);
        return answer;
    }
    observer->current = NULL;
    if (rt->task->unwinding) { // its time was up before it could start
        observer->asked -= observation->number != 0;
        free_observation(observation);
        return answer;
    }
    fx_pointers_put(&observer->pending, rt->task, observation);
    if (observer->trace) fx_trace_call(rt, observation);
    fx_push_frame(rt, &call_frame)->saved[0] = fx_value_of(observation);
    return answer;
}

void fx_observe_yield(fx_runtime *rt) { rt->observer->yields++; }

// The request that the task waits for has ended.
void fx_observe_arrival(fx_runtime *rt, const fx_task *task, bool is_withdrawn) {
    struct fx_observer *observer = rt->observer;
    fx_observation *observation = fx_pointers_get(&observer->pending, task);
    if (!observation) return;
    observation->has_arrived = true;
    observation->is_withdrawn = is_withdrawn;
    observation->turn = rt->internals->polling ? rt->internals->turn : 0;
    observation->asked = observer->asked;
    observation->yields = observer->yields;
    observation->is_crowded = observer->is_crowded;
}
