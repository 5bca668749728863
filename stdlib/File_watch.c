// Watching files and directories for changes by inotify(7).
//
// One descriptor serves all watches of a runtime, in the runtime's own epoll (R26): closing such a descriptor takes the system long, a watch not.
// Who watches the same path shares the system's watch. Changes are kept with each watch until they are asked for.

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "fx.h"

// Constructors of File.Change, in the order of their declaration. `Missed` has no name.
enum { APPEARED, CHANGED, VANISHED, MISSED };
enum { STATE = 1, WATCH_WORDS };
enum { BATCH = 16384, MOST_KEPT = 16384 };

typedef struct Change {
    unsigned tag;
    char *name;
} Change;

typedef struct Watching {
    struct Watching *next, *previous;
    int number;         // the system's; -1: stopped
    bool is_over;       // what was watched is gone: nothing more will come
    Change *changes;    // that nobody has been given yet
    size_t count, room;
    fx_value returned;  // those that nobody took in the end, which come before: a List, or FX_NIL
    fx_queue waiters;
} Watching;

typedef struct Watches {
    fx_watch watch; // first: `told` gets it
    fx_runtime *rt;
    bool is_open;
    int descriptor;
    Watching *first;
} Watches;

static void close_watches(fx_runtime *rt, void *state) {
    Watches *watches = state;
    if (!watches->is_open) return;
    fx_watch_stop(rt, &watches->watch);
    close(watches->descriptor);
    fx_descriptor_give(rt);
}

static const fx_library library = {"File.watch", sizeof(Watches), NULL, NULL, close_watches};

static Watches *watches_of(fx_runtime *rt) { return fx_library_state(rt, &library); }
static Watching *watching_of(fx_value watch) { return (Watching *)(intptr_t)fx_object_of(watch)->fields[STATE]; }

// ---- changes ----

static void forget_changes(Watching *watching) {
    for (size_t i = 0; i < watching->count; i++) free(watching->changes[i].name);
    watching->count = 0;
}

static bool is_last(const Watching *watching, unsigned tag, const char *name) {
    const Change *last = watching->count ? &watching->changes[watching->count - 1] : NULL;
    return last && last->tag == tag && strcmp(last->name, name) == 0;
}

// Writing a file piece by piece is one change, as long as nothing else comes between. What nobody asks for is not kept for ever.
static void add_change(Watching *watching, unsigned tag, const char *name) {
    if (is_last(watching, tag, name) || is_last(watching, MISSED, "")) return;
    if (watching->count == MOST_KEPT) tag = MISSED, name = "";
    if (watching->count == watching->room) {
        size_t room = watching->room * 2 + 16;
        Change *changes = realloc(watching->changes, room * sizeof *changes);
        if (!changes) return;
        watching->changes = changes;
        watching->room = room;
    }
    char *copy = strdup(name);
    if (copy) watching->changes[watching->count++] = (Change){tag, copy};
}

static fx_value make_change(fx_runtime *rt, const Change *change) {
    return change->tag == MISSED ? fx_constant(MISSED) : fx_construct(rt, change->tag, 0, 1, fx_string_of(rt, change->name));
}

static fx_value take_changes(fx_runtime *rt, Watching *watching) {
    fx_value list = watching->returned;
    watching->returned = FX_NIL;
    if (list != FX_NIL) return list;
    for (size_t i = watching->count; i-- > 0;) list = fx_cons_take(rt, FX_COUNTED, make_change(rt, &watching->changes[i]), list);
    forget_changes(watching);
    return list;
}

// Changes, or that there will be none; false: wait.
static bool find_answer(fx_runtime *rt, Watching *watching, fx_value *answer) {
    fx_value list = take_changes(rt, watching);
    if (list != FX_NIL) *answer = fx_ok_take(rt, FX_COUNTED, list);
    else if (watching->number < 0) *answer = fx_error_of_code(rt, watching->is_over ? -ENOENT : -EBADF);
    else return false;
    return true;
}

static void serve(fx_runtime *rt, Watching *watching) {
    fx_value answer;
    while (watching->waiters.first && find_answer(rt, watching, &answer)) fx_finish(rt, fx_dequeue(&watching->waiters), answer);
}

// ---- events ----

static void add_event(Watching *watching, const struct inotify_event *event) {
    const char *name = event->len ? event->name : "";
    if (event->mask & IN_Q_OVERFLOW) add_change(watching, MISSED, "");
    if (event->mask & (IN_CREATE | IN_MOVED_TO)) add_change(watching, APPEARED, name);
    if (event->mask & (IN_MODIFY | IN_CLOSE_WRITE)) add_change(watching, CHANGED, name);
    if (event->mask & (IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF)) add_change(watching, VANISHED, name);
}

static void leave(Watches *watches, Watching *watching) {
    if (watching->previous) watching->previous->next = watching->next;
    else watches->first = watching->next;
    if (watching->next) watching->next->previous = watching->previous;
    watching->next = watching->previous = NULL;
}

static bool is_watched(const Watches *watches, int number) {
    for (const Watching *each = watches->first; each; each = each->next)
        if (each->number == number) return true;
    return false;
}

// What was watched has gone or moved away: no name leads there any more.
static void end_watching(Watches *watches, Watching *watching) {
    int number = watching->number;
    watching->is_over = true;
    watching->number = -1;
    leave(watches, watching);
    if (!is_watched(watches, number)) inotify_rm_watch(watches->descriptor, number);
}

static void tell(Watches *watches, const struct inotify_event *event) {
    bool ends = event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT);
    for (Watching *each = watches->first, *next; each; each = next) {
        next = each->next;
        if (event->wd != -1 && each->number != event->wd) continue;
        add_event(each, event);
        if (ends) end_watching(watches, each);
        serve(watches->rt, each);
    }
}

static void read_events(Watches *watches) {
    _Alignas(struct inotify_event) char bytes[BATCH];
    for (;;) {
        ssize_t length = read(watches->descriptor, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return;
        for (char *at = bytes; at < bytes + length;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            tell(watches, event);
            at += sizeof *event + event->len;
        }
    }
}

static void told(fx_runtime *rt, fx_watch *watch, unsigned events) {
    (void)rt, (void)events;
    read_events((Watches *)watch);
}

// ---- a watch's beginning and end ----

// What the system has told but not yet been asked for comes first.
static void stop(fx_runtime *rt, Watching *watching) {
    Watches *watches = watches_of(rt);
    if (watching->number < 0) return;
    int number = watching->number;
    watching->number = -1;
    leave(watches, watching);
    if (!is_watched(watches, number)) inotify_rm_watch(watches->descriptor, number);
}

static void destroy(fx_runtime *rt, fx_object *object) {
    Watching *watching = watching_of(fx_value_of(object));
    stop(rt, watching);
    forget_changes(watching);
    fx_drop(rt, watching->returned);
    free(watching->changes);
    free(watching);
}

static const fx_resource_type watch_type = {"File.Watch", WATCH_WORDS, destroy};

typedef struct Start {
    fx_request request;
    fx_value path;
} Start;

static void clean_start(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Start *)request)->path); }
static const fx_request_type start_type = {"File.watch", sizeof(Start), FX_COUNTED, false, fx_withdraw_queued, NULL, clean_start};

// Of these descriptors the system gives each user only so many (fs.inotify.max_user_instances), and refuses with the same code: closing others
// does not help then.
static bool is_short_of_descriptors(void) {
    int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (other >= 0) close(other);
    return other < 0;
}

// With the token for the descriptor. 0, or a negative error code.
static int open_watches(fx_runtime *rt, Watches *watches) {
    int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return -errno;
    int code = fx_watch_start(rt, &watches->watch, descriptor, told);
    if (code < 0) {
        close(descriptor);
        return code;
    }
    watches->rt = rt;
    watches->descriptor = descriptor;
    watches->is_open = true;
    return 0;
}

// An answer; the descriptor is open.
static fx_value watch_path(fx_runtime *rt, fx_value path) {
    Watches *watches = watches_of(rt);
    uint32_t events = IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF;
    if (strlen(fx_string_bytes(path)) != fx_string_length(path)) return fx_error_of_code(rt, -EINVAL);
    read_events(watches); // what has happened so far is for those who watch already
    int number = inotify_add_watch(watches->descriptor, fx_string_bytes(path), events);
    if (number < 0) return fx_error_of_code(rt, -errno);
    Watching *watching = calloc(1, sizeof *watching);
    if (!watching) return fx_error_of_code(rt, -ENOMEM);
    watching->number = number;
    watching->returned = FX_NIL;
    watching->next = watches->first;
    if (watches->first) watches->first->previous = watching;
    watches->first = watching;
    fx_object *object = fx_resource_make(rt, &watch_type);
    object->fields[STATE] = (fx_value)(intptr_t)watching;
    return fx_ok_take(rt, FX_COUNTED, fx_value_of(object));
}

static void begin(fx_runtime *rt, fx_request *request, bool granted) {
    Watches *watches = watches_of(rt);
    int code = granted ? 0 : -EMFILE;
    if (granted && watches->is_open) fx_descriptor_give(rt); // another one was quicker
    else if (granted) code = open_watches(rt, watches);
    if (granted && (code == -EMFILE || code == -ENFILE) && is_short_of_descriptors()) {
        fx_descriptor_refused(rt, request, begin);
        return;
    }
    if (granted && code < 0) fx_descriptor_give(rt);
    fx_finish(rt, request, code < 0 ? fx_error_of_code(rt, code) : watch_path(rt, ((Start *)request)->path));
}

fx_answer fx_file_watch(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    if (watches_of(rt)->is_open) return fx_answer_ready(rt, FX_COUNTED, watch_path(rt, path));
    Start *start = fx_request_make(rt, &start_type);
    fx_dup(path);
    start->path = path;
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

static fx_value put_in_front(fx_runtime *rt, fx_value list, fx_value rest) {
    fx_value reversed = FX_NIL;
    for (fx_value each = list; each != FX_NIL; each = fx_list_tail(each)) {
        fx_dup(fx_list_head(each));
        reversed = fx_cons_take(rt, FX_COUNTED, fx_list_head(each), reversed);
    }
    for (fx_value each = reversed; each != FX_NIL; each = fx_list_tail(each)) {
        fx_dup(fx_list_head(each));
        rest = fx_cons_take(rt, FX_COUNTED, fx_list_head(each), rest);
    }
    fx_drop(rt, reversed);
    return rest;
}

// Changes that nobody got are for who asks next (C5), before what has come since.
static void give_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    Watching *watching = watching_of(((Wait *)request)->watch);
    if (fx_tag(answer) == 0) watching->returned = put_in_front(rt, fx_content(answer), watching->returned);
    fx_drop(rt, answer);
    serve(rt, watching);
}

static const fx_request_type wait_type = {"File.changes", sizeof(Wait), FX_COUNTED, false, fx_withdraw_queued, give_back, clean_wait};

fx_answer fx_file_changes(fx_runtime *rt, fx_value watch) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Watching *watching = watching_of(watch);
    fx_value answer;
    if (watching->number >= 0) read_events(watches_of(rt));
    if (!watching->waiters.first && find_answer(rt, watching, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Wait *wait = fx_request_make(rt, &wait_type);
    fx_dup(watch);
    wait->watch = watch;
    fx_enqueue(&watching->waiters, &wait->request);
    return fx_wait(rt, &wait->request);
}
