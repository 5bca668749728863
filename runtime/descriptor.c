// Descriptors: tokens for those that may be open at once, and who waits for one (C12).

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "runtime.h"

// Kept back: for jobs that open and close within a thread, and for what the system's own libraries open now and then.
enum { RESERVE = 12, UNKNOWN_OPEN = 12, LEAST_LIMIT = 4, USUAL_LIMIT = 1024 };
enum { ASK_AGAIN = 50000000 }; // nanoseconds

// A standard stream that is closed becomes one with which all that is asked of it fails; otherwise the next descriptor opened would be taken
// for it. Those below it are open, so it is the lowest that is free (the way of gnulib's stdopen).
static void fill_standard_streams(void) {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0 && errno == EBADF && open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) return;
}

void fx_descriptors_open(fx_runtime *rt) {
    fill_standard_streams();
    struct rlimit limit = {USUAL_LIMIT, USUAL_LIMIT};
    getrlimit(RLIMIT_NOFILE, &limit);
    rt->internals->soft_limit = limit.rlim_cur;
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t before = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
    }
    rt->internals->descriptor_limit = limit.rlim_cur;
}

size_t fx_soft_limit(fx_runtime *rt) { return rt->internals->soft_limit; }

static size_t count_open(void) {
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) return UNKNOWN_OPEN;
    size_t count = 0;
    while (readdir(folder)) count++;
    closedir(folder);
    return count > 3 ? count - 3 : 0; // `.`, `..` and the folder itself
}

// The tokens there are: counted on first use, when the runtime's own descriptors are open.
static size_t limit_of(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    if (!internals->descriptors_counted) {
        internals->descriptors_counted = true;
        size_t taken = count_open() + RESERVE;
        internals->descriptor_limit = internals->descriptor_limit > taken + LEAST_LIMIT ? internals->descriptor_limit - taken : LEAST_LIMIT;
    }
    return internals->descriptor_limit;
}

size_t fx_descriptors_left(fx_runtime *rt) {
    size_t limit = limit_of(rt);
    return limit > rt->internals->descriptors_used ? limit - rt->internals->descriptors_used : 0;
}

bool fx_descriptor_try(fx_runtime *rt) {
    if (rt->internals->descriptor_queue.first || !fx_descriptors_left(rt)) return false;
    rt->internals->descriptors_used++;
    return true;
}

void fx_descriptor_adopt(fx_runtime *rt) {
    limit_of(rt);
    rt->internals->descriptor_limit++;
    rt->internals->descriptors_used++;
}

bool fx_descriptors_take(fx_runtime *rt, size_t count) {
    if (fx_descriptors_left(rt) < count) return false;
    rt->internals->descriptors_used += count;
    return true;
}

typedef void (*Start)(fx_runtime *rt, fx_request *request, bool granted);

void fx_descriptor_wait(fx_runtime *rt, fx_request *request, Start start) {
    request->resume = start;
    fx_set_aside(rt, request);
    fx_enqueue(&rt->internals->descriptor_queue, request);
}

static void wake(fx_runtime *rt, fx_queue *queue);

static void ask_again(fx_runtime *rt, fx_timer *timer) {
    (void)timer;
    if (rt->internals->refused_queue.first) wake(rt, &rt->internals->refused_queue);
}

void fx_descriptors_close(fx_runtime *rt) { fx_timer_stop(rt, &rt->internals->refused_again); }

// The system has fewer descriptors than we thought: asks again after the next close, and now and then, for others may close some too.
void fx_descriptor_refused(fx_runtime *rt, fx_request *request, Start start) {
    rt->internals->descriptors_used--;
    request->resume = start;
    fx_set_aside(rt, request);
    fx_enqueue(&rt->internals->refused_queue, request);
    fx_timer *again = &rt->internals->refused_again;
    if (!again->place) fx_timer_start(rt, again, fx_now() + ASK_AGAIN, ask_again);
}

// It stands in no queue any more.
static void start_over(fx_runtime *rt, fx_request *request, bool granted) {
    fx_set_in_flight(rt, request);
    if (granted) rt->internals->descriptors_used++;
    request->resume(rt, request, granted);
}

static void wake(fx_runtime *rt, fx_queue *queue) { start_over(rt, fx_dequeue(queue), true); }

// As far as the tokens reach: who wants more than are left stays the first.
void fx_descriptors_serve(fx_runtime *rt) {
    fx_queue *queue = &rt->internals->descriptor_queue;
    for (fx_request *first = queue->first; first && fx_descriptors_left(rt); first = queue->first) {
        wake(rt, queue);
        if (queue->first == first) return;
    }
}

void fx_descriptor_give(fx_runtime *rt) {
    rt->internals->descriptors_used--;
    if (rt->internals->refused_queue.first) wake(rt, &rt->internals->refused_queue);
    else fx_descriptors_serve(rt);
}

void fx_descriptor_passed(fx_runtime *rt) {
    if (rt->internals->refused_queue.first) wake(rt, &rt->internals->refused_queue);
}

// ---- when nobody is left who could close one ----

void fx_descriptor_patient(fx_request *request) { request->object.counted |= REQUEST_PATIENT; }

static fx_request *first_impatient(const fx_queue *queue) {
    fx_request *request = queue->first;
    while (request && request->object.counted & REQUEST_PATIENT) request = request->next;
    return request;
}

static fx_request *find_impatient(fx_runtime *rt) {
    fx_request *refused = first_impatient(&rt->internals->refused_queue);
    return refused ? refused : first_impatient(&rt->internals->descriptor_queue);
}

bool fx_descriptors_may_come(fx_runtime *rt) { return rt->internals->refused_queue.first && !find_impatient(rt); }

bool fx_descriptors_refuse_one(fx_runtime *rt) {
    fx_request *request = find_impatient(rt);
    if (!request) request = rt->internals->descriptor_queue.first;
    if (!request) return false;
    fx_unqueue(request);
    start_over(rt, request, false);
    return true;
}

// ---- opening one outside the pool ----

static void descriptor_came(fx_runtime *rt, fx_request *request, bool granted) {
    fx_opening *opening = (fx_opening *)request;
    fx_value answer;
    if (!granted) fx_finish(rt, request, fx_error_of_code(rt, UV_EMFILE));
    else if (opening->open(rt, opening, &answer)) fx_finish(rt, request, answer);
    else fx_descriptor_refused(rt, request, descriptor_came);
}

void fx_opening_clean(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((fx_opening *)request)->context); }

fx_answer fx_open(fx_runtime *rt, const fx_request_type *type, const fx_address *address, fx_value context,
                  bool (*open)(fx_runtime *rt, fx_opening *opening, fx_value *answer)) {
    fx_opening *opening = fx_request_make(rt, type);
    opening->open = open;
    opening->context = context;
    if (address) opening->address = *address;
    bool has_token = fx_descriptor_try(rt);
    fx_value answer;
    if (has_token && open(rt, opening, &answer)) {
        fx_request_discard(rt, &opening->request);
        return fx_done(answer);
    }
    fx_answer waiting = fx_wait(rt, &opening->request);
    if (has_token) fx_descriptor_refused(rt, &opening->request, descriptor_came);
    else fx_descriptor_wait(rt, &opening->request, descriptor_came);
    return waiting;
}

fx_answer fx_open_first(fx_runtime *rt, const fx_request_type *type, fx_value addresses, fx_value context,
                        bool (*open)(fx_runtime *rt, fx_opening *opening, fx_value *answer)) {
    fx_address address;
    memcpy(&address, fx_string_bytes(addresses), sizeof address);
    fx_drop(rt, addresses);
    return fx_open(rt, type, &address, context, open);
}
