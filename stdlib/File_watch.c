// Watching files and directories for changes: one inotify descriptor for each watch (inotify(7)), in the runtime's own epoll (R26).
//
// fields: the type, the state (its own allocation, given back with the watch).

#include <errno.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "fx.h"

// Constructors of File.Change, in the order of their declaration. `Missed` has no name.
enum { APPEARED, CHANGED, VANISHED, MISSED };
enum { STATE = 1, WATCH_WORDS };
enum { BATCH = 16384 };

typedef struct Watching {
    fx_watch watch; // first: `told` gets it
    int descriptor; // -1: stopped
    bool may_have;  // the system has not said EAGAIN since it said that there is something
    bool is_over;   // what was watched is gone: nothing more will come
    fx_value kept;  // changes that nobody has been given yet: a List, or FX_NIL
    fx_queue waiters;
} Watching;

static Watching *watching_of(fx_value watch) { return (Watching *)(intptr_t)fx_object_of(watch)->fields[STATE]; }

// ---- from the system's events to changes ----

typedef struct Changes {
    fx_value *items;
    size_t count, room;
} Changes;

static fx_value make_change(fx_runtime *rt, unsigned tag, const char *name) {
    return tag == MISSED ? fx_constant(MISSED) : fx_construct(rt, tag, 0, 1, fx_string_of(rt, name));
}

static bool is_same(fx_value change, unsigned tag, const char *name) {
    if (fx_tag(change) != tag) return false;
    return tag == MISSED || strcmp(fx_string_bytes(fx_content(change)), name) == 0;
}

// Writing a file piece by piece is one change, as long as nothing else comes between.
static bool add_change(fx_runtime *rt, Changes *changes, unsigned tag, const char *name) {
    if (changes->count && is_same(changes->items[changes->count - 1], tag, name)) return true;
    if (changes->count == changes->room) {
        size_t room = changes->room * 2 + 16;
        fx_value *items = realloc(changes->items, room * sizeof *items);
        if (!items) return false;
        changes->items = items;
        changes->room = room;
    }
    changes->items[changes->count++] = make_change(rt, tag, name);
    return true;
}

static void add_event(fx_runtime *rt, Watching *watching, Changes *changes, const struct inotify_event *event) {
    const char *name = event->len ? event->name : "";
    if (event->mask & IN_Q_OVERFLOW) add_change(rt, changes, MISSED, "");
    if (event->mask & (IN_CREATE | IN_MOVED_TO)) add_change(rt, changes, APPEARED, name);
    if (event->mask & (IN_MODIFY | IN_CLOSE_WRITE)) add_change(rt, changes, CHANGED, name);
    if (event->mask & (IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)) add_change(rt, changes, VANISHED, name);
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) watching->is_over = true;
}

// All that the system has to tell, in order; FX_NIL when that is nothing.
static fx_value read_changes(fx_runtime *rt, Watching *watching) {
    _Alignas(struct inotify_event) char bytes[BATCH];
    Changes changes = {0};
    while (watching->may_have && watching->descriptor >= 0) {
        ssize_t length = read(watching->descriptor, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) watching->may_have = false;
        for (char *at = bytes; length > 0 && at < bytes + length;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            add_event(rt, watching, &changes, event);
            at += sizeof *event + event->len;
        }
    }
    fx_value list = FX_NIL;
    while (changes.count > 0) list = fx_cons_take(rt, FX_COUNTED, changes.items[--changes.count], list);
    free(changes.items);
    return list;
}

static fx_value take_changes(fx_runtime *rt, Watching *watching) {
    fx_value list = watching->kept;
    watching->kept = FX_NIL;
    return list == FX_NIL ? read_changes(rt, watching) : list;
}

// Changes, or that there will be none; false: wait.
static bool find_answer(fx_runtime *rt, Watching *watching, fx_value *answer) {
    fx_value list = take_changes(rt, watching);
    if (list != FX_NIL) *answer = fx_ok_take(rt, FX_COUNTED, list);
    else if (watching->descriptor < 0) *answer = fx_error_of_code(rt, -EBADF);
    else if (watching->is_over) *answer = fx_error_of_code(rt, -ENOENT);
    else return false;
    return true;
}

static void serve(fx_runtime *rt, Watching *watching) {
    fx_value answer;
    while (watching->waiters.first && find_answer(rt, watching, &answer)) fx_finish(rt, fx_dequeue(&watching->waiters), answer);
}

static void told(fx_runtime *rt, fx_watch *watch, unsigned events) {
    (void)events;
    Watching *watching = (Watching *)watch;
    watching->may_have = true;
    serve(rt, watching);
}

// ---- a watch's beginning and end ----

static void stop(fx_runtime *rt, Watching *watching) {
    if (watching->descriptor < 0) return;
    fx_watch_stop(rt, &watching->watch);
    close(watching->descriptor);
    watching->descriptor = -1;
    fx_descriptor_give(rt);
}

static void destroy(fx_runtime *rt, fx_object *object) {
    Watching *watching = watching_of(fx_value_of(object));
    stop(rt, watching);
    fx_drop(rt, watching->kept);
    free(watching);
}

static const fx_resource_type watch_type = {"File.Watch", WATCH_WORDS, destroy};

typedef struct Start {
    fx_request request;
    fx_value path;
} Start;

static void clean_start(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Start *)request)->path); }
static void withdraw_start(fx_runtime *rt, fx_request *request) {
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}
static const fx_request_type start_type = {"File.watch", sizeof(Start), FX_COUNTED, false, withdraw_start, NULL, clean_start};

// The descriptor of a new watch, or a negative error code.
static int open_watch(const char *path, size_t length) {
    if (strlen(path) != length) return -EINVAL;
    int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return -errno;
    uint32_t events = IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF;
    if (inotify_add_watch(descriptor, path, events) >= 0) return descriptor;
    int code = -errno;
    close(descriptor);
    return code;
}

// The descriptor's token has been taken. A negative code gives it back.
static fx_value answer_start(fx_runtime *rt, int descriptor) {
    if (descriptor < 0) return fx_error_of_code(rt, descriptor);
    Watching *watching = calloc(1, sizeof *watching);
    int code = watching ? fx_watch_start(rt, &watching->watch, descriptor, told) : -ENOMEM;
    if (code < 0) {
        close(descriptor);
        fx_descriptor_give(rt);
        free(watching);
        return fx_error_of_code(rt, code);
    }
    watching->descriptor = descriptor;
    watching->kept = FX_NIL;
    fx_object *object = fx_resource_make(rt, &watch_type);
    object->fields[STATE] = (fx_value)(intptr_t)watching;
    return fx_ok_take(rt, FX_COUNTED, fx_value_of(object));
}

static void begin(fx_runtime *rt, fx_request *request, bool granted);

// True: the request waits for another descriptor.
static bool must_wait(fx_runtime *rt, fx_request *request, int code) {
    if (code != -EMFILE && code != -ENFILE) return false;
    fx_descriptor_refused(rt, request, begin);
    return true;
}

static void begin(fx_runtime *rt, fx_request *request, bool granted) {
    fx_value path = ((Start *)request)->path;
    int code = granted ? open_watch(fx_string_bytes(path), fx_string_length(path)) : -EMFILE;
    if (granted && must_wait(rt, request, code)) return;
    if (granted && code < 0) fx_descriptor_give(rt);
    fx_finish(rt, request, answer_start(rt, code));
}

static Start *make_start(fx_runtime *rt, fx_value path) {
    Start *start = fx_request_make(rt, &start_type);
    fx_dup(path);
    start->path = path;
    return start;
}

fx_answer fx_file_watch(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Start *start = make_start(rt, path);
    fx_answer answer = fx_wait(rt, &start->request);
    if (fx_descriptor_try(rt)) begin(rt, &start->request, true);
    else fx_descriptor_wait(rt, &start->request, begin);
    return answer;
}

fx_value fx_file_stop_watch(fx_runtime *rt, fx_value watch) {
    stop(rt, watching_of(watch));
    serve(rt, watching_of(watch));
    return FX_UNIT;
}

// ---- waiting for changes ----

typedef struct Wait {
    fx_request request;
    fx_value watch; // kept alive
} Wait;

static void clean_wait(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Wait *)request)->watch); }

// Changes that nobody got are kept for who asks next (C5), before what has come since.
static void keep(fx_runtime *rt, fx_request *request, fx_value answer) {
    Watching *watching = watching_of(((Wait *)request)->watch);
    if (fx_tag(answer) == 0) {
        fx_value list = fx_content(answer), later = watching->kept, reversed = FX_NIL;
        for (fx_value each = list; each != FX_NIL; each = fx_list_tail(each)) {
            fx_dup(fx_list_head(each));
            reversed = fx_cons_take(rt, FX_COUNTED, fx_list_head(each), reversed);
        }
        for (fx_value each = reversed; each != FX_NIL; each = fx_list_tail(each)) {
            fx_dup(fx_list_head(each));
            later = fx_cons_take(rt, FX_COUNTED, fx_list_head(each), later);
        }
        fx_drop(rt, reversed);
        watching->kept = later;
    }
    fx_drop(rt, answer);
    serve(rt, watching);
}

static const fx_request_type wait_type = {"File.changes", sizeof(Wait), FX_COUNTED, false, withdraw_start, keep, clean_wait};

fx_answer fx_file_changes(fx_runtime *rt, fx_value watch) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Watching *watching = watching_of(watch);
    fx_value answer;
    watching->may_have = true;
    if (!watching->waiters.first && find_answer(rt, watching, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Wait *wait = fx_request_make(rt, &wait_type);
    fx_dup(watch);
    wait->watch = watch;
    fx_enqueue(&watching->waiters, &wait->request);
    return fx_wait(rt, &wait->request);
}
