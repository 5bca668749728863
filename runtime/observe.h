#ifndef FX_OBSERVE_H
#define FX_OBSERVE_H
// What FX_RECORD (record.c) and FX_TRACE (trace.c) share: who looks at the world's answers, and at tasks. docs/record.md has the format.

#include <stdio.h>
#include "fx_code.h"
#include "runtime.h"

typedef struct fx_buffer {
    char *bytes; // ended by a NUL once something is in it
    size_t length, room;
} fx_buffer;

// Memory exhausted: what does not fit is left out.
void fx_buffer_put(fx_buffer *buffer, const char *bytes, size_t length);
void fx_buffer_format(fx_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

// From pointers to what is known of them: open addressing, linear probing.
typedef struct fx_pointers {
    struct fx_pointers_entry { const void *key; void *value; } *entries;
    size_t count, room; // room: a power of two, or 0
} fx_pointers;

void *fx_pointers_get(const fx_pointers *pointers, const void *key); // NULL: not there
void fx_pointers_put(fx_pointers *pointers, const void *key, void *value);
void *fx_pointers_remove(fx_pointers *pointers, const void *key);

// A call of the world, from its start until its answer has been delivered.
typedef struct fx_observation {
    uint64_t number; // of the calls of the world, from 1; 0: of a pure function
    const fx_operation *operation;
    const char *site;
    fx_buffer step; // "File.read \"a.txt\""
    uint64_t begun; // nanoseconds of fx_now
    // when its answer arrived, of one that has waited
    bool has_arrived;
    uint64_t turn;  // of the loop; 0: another task brought it
    uint64_t asked; // how many calls had been made by then
    uint64_t yields;
    bool is_crowded; // other tasks could go on
    bool is_withdrawn; // it did not happen
} fx_observation;

struct fx_observer {
    uint64_t start; // fx_now at the beginning
    uint64_t asked; // calls of the world so far
    uint64_t yields, timeouts;
    fx_observation *current; // the call that is being made
    fx_pointers pending;     // from a task to the call it waits for
    fx_pointers names;       // from a resource to its number
    uintptr_t named;
    bool is_crowded;         // when the system was last looked at
    FILE *record;
    struct fx_trace *trace;
};

// ---- shape.c ----
void fx_show_shape(fx_runtime *rt, fx_buffer *buffer, const fx_shape *shape, fx_value value, bool is_argument);

// ---- record.c ----
FILE *fx_record_open(fx_runtime *rt, const char *path);
typedef enum { FX_ANSWERED_NOW, FX_ANSWERED_BEHIND, FX_ANSWERED_LATER, FX_FAULTED } fx_answered;
void fx_record_answer(fx_runtime *rt, const fx_observation *observation, fx_answered how, const char *answer);
void fx_record_cancelled(fx_runtime *rt, const fx_observation *observation);
void fx_record_close(FILE *record, int status);
char *fx_task_path(const fx_task *task); // "main/join.left/first.right"; owned by the caller

// ---- trace.c ----
struct fx_trace *fx_trace_open(fx_runtime *rt, const char *path);
void fx_trace_flush(struct fx_trace *trace);
void fx_trace_close(struct fx_trace *trace);
void fx_trace_effect(fx_runtime *rt, const fx_observation *observation, const char *answer);
void fx_trace_call(fx_runtime *rt, const fx_observation *observation);                        // it waits
void fx_trace_called(fx_runtime *rt, const fx_observation *observation, const char *answer); // NULL: cancelled

#endif
