// Watching descriptors, and waiting for the world: one epoll of ours, in which libuv's own is one descriptor (docs/runtime.md R26).
//
// Each descriptor is registered once, edge-triggered, and never changed again: no system call is made when a task begins or ends to wait.
// libuv changes its epoll only within uv_run, and answers 0 from uv_backend_timeout as long as it has to (from 1.44 on).

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "runtime.h"

enum { EVENTS_A_TURN = 256 };

_Static_assert(UV_VERSION_HEX >= (1 << 16 | 44 << 8), "libuv 1.44 or newer");

struct fx_watcher {
    int epoll;
    int count, next; // of the events that are being told
    struct epoll_event events[EVENTS_A_TURN];
};

static unsigned events_of(uint32_t events) {
    unsigned found = 0;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) found |= FX_READABLE;
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) found |= FX_WRITABLE;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) found |= FX_HUNG_UP;
    return found;
}

// Whether libuv has something to tell too.
static bool tell_watches(fx_runtime *rt, struct fx_watcher *watcher) {
    bool has_libuv = false;
    for (watcher->next = 0; watcher->next < watcher->count;) {
        struct epoll_event *event = &watcher->events[watcher->next++];
        fx_watch *watch = event->data.ptr;
        if (event->data.ptr == watcher) has_libuv = true;
        else if (watch) watch->ready(rt, watch, events_of(event->events));
    }
    watcher->count = 0;
    return has_libuv;
}

void fx_watches_poll(fx_runtime *rt, bool may_block) {
    uv_loop_t *loop = &rt->internals->loop;
    struct fx_watcher *watcher = rt->internals->watcher;
    if (!watcher) {
        uv_run(loop, may_block ? UV_RUN_ONCE : UV_RUN_NOWAIT);
        return;
    }
    uv_update_time(loop);
    int timeout = uv_backend_timeout(loop);
    watcher->count = epoll_wait(watcher->epoll, watcher->events, EVENTS_A_TURN, may_block ? timeout : 0);
    bool is_due = timeout == 0 || (may_block && watcher->count <= 0); // a timer's time has come, or a signal
    if (tell_watches(rt, watcher) || is_due) uv_run(loop, UV_RUN_NOWAIT);
}

static int open_watcher(fx_runtime *rt) {
    struct fx_watcher *watcher = calloc(1, sizeof *watcher);
    if (!watcher) return UV_ENOMEM;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = watcher};
    watcher->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (watcher->epoll < 0 || epoll_ctl(watcher->epoll, EPOLL_CTL_ADD, uv_backend_fd(&rt->internals->loop), &event) != 0) {
        int code = -errno;
        if (watcher->epoll >= 0) close(watcher->epoll);
        free(watcher);
        return code;
    }
    rt->internals->watcher = watcher;
    return 0;
}

int fx_watch_start(fx_runtime *rt, fx_watch *watch, int descriptor, void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events)) {
    int code = rt->internals->watcher ? 0 : open_watcher(rt);
    if (code) return code;
    watch->descriptor = descriptor;
    watch->ready = ready;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = watch};
    return epoll_ctl(rt->internals->watcher->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : -errno;
}

void fx_watch_stop(fx_runtime *rt, fx_watch *watch) {
    struct fx_watcher *watcher = rt->internals->watcher;
    struct epoll_event none = {0};
    epoll_ctl(watcher->epoll, EPOLL_CTL_DEL, watch->descriptor, &none);
    for (int i = watcher->next; i < watcher->count; i++)
        if (watcher->events[i].data.ptr == watch) watcher->events[i].data.ptr = NULL;
}

void fx_watches_close(fx_runtime *rt) {
    if (rt->internals->watcher) close(rt->internals->watcher->epoll);
    free(rt->internals->watcher);
    rt->internals->watcher = NULL;
}
