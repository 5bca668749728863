// FX_TRACE: tasks, waits and effects as trace events (the Trace Event Format's nestable asynchronous events, `b`, `n` and `e`), which Perfetto
// and Chrome draw: one row for each task, within it what it waits for.
//
// The file is one JSON array at every moment: its end is written with each piece and overwritten by the next.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "observe.h"

enum { PIECE = 1 << 16, LONGEST_TEXT = 400 };
static const char END[] = "\n]\n";

typedef struct TracedTask {
    uint64_t id;
    char *name;
    bool waits; // for another task
} TracedTask;

struct fx_trace {
    int file;
    off_t written; // without the end
    fx_buffer piece;
    fx_pointers tasks;
    uint64_t count; // of tasks
    uint64_t start;
};

// ---- the file ----

// A failed write loses its piece: what was there stays whole.
void fx_trace_flush(struct fx_trace *trace) {
    size_t length = trace->piece.length;
    if (!length) return;
    fx_buffer_put(&trace->piece, END, sizeof END - 1);
    size_t done = 0;
    while (done < trace->piece.length) {
        ssize_t part = pwrite(trace->file, trace->piece.bytes + done, trace->piece.length - done, trace->written + (off_t)done);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) break;
        done += (size_t)part;
    }
    if (done == trace->piece.length) trace->written += (off_t)length;
    trace->piece.length = 0;
}

// ---- JSON ----

static void put_json(fx_buffer *buffer, const char *text, size_t length) {
    bool is_cut = length > LONGEST_TEXT;
    if (is_cut) length = LONGEST_TEXT;
    fx_buffer_put(buffer, "\"", 1);
    for (size_t at = 0; at < length;) {
        unsigned size = 1;
        unsigned char byte = (unsigned char)text[at];
        if (byte == '"' || byte == '\\') fx_buffer_format(buffer, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f) fx_buffer_format(buffer, "\\u%04x", byte);
        else if (byte >= 0x80 && fx_decode_char(text + at, length - at, &size) == 0xfffd && size == 1) fx_buffer_format(buffer, "\\ufffd");
        else fx_buffer_put(buffer, text + at, size);
        at += size;
    }
    fx_buffer_format(buffer, is_cut ? "...\"" : "\"");
}

// Leaves the object of arguments open.
static void begin_event(struct fx_trace *trace, const char *kind, uint64_t id, const char *name) {
    uint64_t now = fx_now() - trace->start;
    fx_buffer *out = &trace->piece;
    fx_buffer_format(out, ",\n{\"ph\":\"%s\",\"cat\":\"fx\",\"id\":%ju,\"pid\":%ld,\"tid\":1,\"ts\":%ju.%03u,\"name\":", kind, (uintmax_t)id, (long)getpid(),
                     (uintmax_t)(now / 1000), (unsigned)(now % 1000));
    put_json(out, name, strlen(name));
    fx_buffer_format(out, ",\"args\":{");
}

// Texts end at a line's end: what stands below is the chain of inlined calls.
static void put_argument(struct fx_trace *trace, const char *key, const char *text) {
    if (!text) return;
    fx_buffer *out = &trace->piece;
    fx_buffer_format(out, "%s\"%s\":", out->bytes[out->length - 1] == '{' ? "" : ",", key);
    put_json(out, text, strcspn(text, "\n"));
}

static void end_event(struct fx_trace *trace) {
    fx_buffer_put(&trace->piece, "}}", 2);
    if (trace->piece.length > PIECE) fx_trace_flush(trace);
}

struct fx_trace *fx_trace_open(fx_runtime *rt, const char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct fx_trace *trace = file >= 0 ? calloc(1, sizeof *trace) : NULL;
    if (!trace) return NULL;
    trace->file = file;
    trace->start = rt->observer->start;
    fx_buffer_format(&trace->piece, "[\n{\"ph\":\"M\",\"pid\":%ld,\"tid\":1,\"name\":\"process_name\",\"args\":{\"name\":", (long)getpid());
    put_json(&trace->piece, rt->program->name, strlen(rt->program->name));
    end_event(trace);
    fx_trace_flush(trace);
    return trace;
}

static void free_task(TracedTask *task) {
    if (task) free(task->name);
    free(task);
}

void fx_trace_close(struct fx_trace *trace) {
    fx_trace_flush(trace);
    close(trace->file);
    for (size_t i = 0; i < trace->tasks.room; i++) free_task(trace->tasks.entries[i].value);
    free(trace->tasks.entries);
    free(trace->piece.bytes);
    free(trace);
}

// ---- tasks ----

static struct fx_trace *trace_of(fx_runtime *rt) { return rt->observer ? rt->observer->trace : NULL; }

static void keep_place(void *context, const char *of_c, const char *text, bool is_beyond) {
    (void)is_beyond;
    (void)of_c;
    const char **place = context;
    if (!*place) *place = text;
}

static const char *name_of(fx_runtime *rt, const fx_task *task, const fx_object *computation) {
    if (task == rt->internals->root) return "main";
    const fx_scope *scope = fx_scope_around(task);
    const char *name = computation ? rt->infos[computation->info].name : scope ? scope->request.type->name : "cancelled continuation";
    return strncmp(name, "closure ", 8) == 0 ? name + 8 : name;
}

// The innermost let! that is on the C stack started it.
void fx_trace_task(fx_runtime *rt, const fx_task *task, const fx_object *computation) {
    struct fx_trace *trace = trace_of(rt);
    if (!trace || fx_pointers_get(&trace->tasks, task)) return;
    TracedTask *traced = calloc(1, sizeof *traced);
    if (!traced) return;
    traced->id = ++trace->count;
    traced->name = strdup(name_of(rt, task, computation));
    fx_pointers_put(&trace->tasks, task, traced);
    const char *place = NULL;
    char *path = fx_task_path(task);
    fx_walk_chain(keep_place, &place, NULL);
    begin_event(trace, "b", traced->id, traced->name ? traced->name : "task");
    put_argument(trace, "task", path);
    put_argument(trace, "begun in", place);
    end_event(trace);
    free(path);
}

void fx_trace_end(fx_runtime *rt, const fx_task *task, fx_outcome outcome) {
    static const char *const outcomes[] = {"answer", "answer", "cancelled", "exit", "fault", "abort"};
    struct fx_trace *trace = trace_of(rt);
    TracedTask *traced = trace ? fx_pointers_remove(&trace->tasks, task) : NULL;
    if (!traced) return;
    begin_event(trace, "e", traced->id, traced->name ? traced->name : "task");
    put_argument(trace, "outcome", outcomes[outcome]);
    end_event(trace);
    free_task(traced);
}

void fx_trace_right(fx_runtime *rt, const fx_task *task, const fx_object *computation) {
    struct fx_trace *trace = trace_of(rt);
    const TracedTask *traced = trace ? fx_pointers_get(&trace->tasks, task) : NULL;
    if (!traced) return;
    begin_event(trace, "b", traced->id, "right branch of join");
    put_argument(trace, "runs", name_of(rt, task, computation));
    end_event(trace);
}

void fx_trace_right_ended(fx_runtime *rt, const fx_task *task) {
    struct fx_trace *trace = trace_of(rt);
    const TracedTask *traced = trace ? fx_pointers_get(&trace->tasks, task) : NULL;
    if (!traced) return;
    begin_event(trace, "e", traced->id, "right branch of join");
    end_event(trace);
}

// ---- waiting for other tasks ----

void fx_trace_wait(fx_runtime *rt, const fx_task *task) {
    struct fx_trace *trace = trace_of(rt);
    TracedTask *traced = trace && task->request->type->is_local ? fx_pointers_get(&trace->tasks, task) : NULL;
    if (!traced) return;
    traced->waits = true;
    begin_event(trace, "b", traced->id, task->request->type->name);
    end_event(trace);
}

void fx_trace_waited(fx_runtime *rt, const fx_task *task) {
    struct fx_trace *trace = trace_of(rt);
    TracedTask *traced = trace && task->request ? fx_pointers_get(&trace->tasks, task) : NULL;
    if (!traced || !traced->waits) return;
    traced->waits = false;
    const fx_frame *frame = task->frames;
    while (frame && !frame->info->site) frame = frame->next;
    begin_event(trace, "e", traced->id, task->request->type->name);
    put_argument(trace, "function", frame ? frame->info->function : NULL);
    put_argument(trace, "place", frame ? frame->info->site : NULL);
    end_event(trace);
}

// ---- the world ----

static void put_call(fx_runtime *rt, const fx_observation *observation, const char *kind, const char *answer) {
    struct fx_trace *trace = rt->observer->trace;
    const TracedTask *traced = fx_pointers_get(&trace->tasks, rt->task);
    if (!traced || observation->operation->is_pure) return;
    begin_event(trace, kind, traced->id, observation->operation->name);
    if (*kind != 'e') put_argument(trace, "call", observation->step.bytes);
    if (*kind != 'e') put_argument(trace, "place", observation->site);
    put_argument(trace, "answer", answer);
    if (*kind == 'e' && !answer) put_argument(trace, "outcome", "cancelled");
    end_event(trace);
}

void fx_trace_effect(fx_runtime *rt, const fx_observation *observation, const char *answer) { put_call(rt, observation, "n", answer); }
void fx_trace_call(fx_runtime *rt, const fx_observation *observation) { put_call(rt, observation, "b", NULL); }
void fx_trace_called(fx_runtime *rt, const fx_observation *observation, const char *answer) { put_call(rt, observation, "e", answer); }
