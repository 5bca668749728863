// Watching descriptors: one epoll of ours, which libuv watches (docs/runtime.md R26).
//
// Each descriptor is registered once, edge-triggered, and never changed again: no system call is made when a task begins or ends to wait.

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "runtime.h"

enum { EVENTS_A_TURN = 256 };

struct fx_watcher {
    uv_poll_t poll;
    fx_runtime *rt;
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

static void tell(uv_poll_t *poll, int status, int events) {
    (void)status, (void)events;
    struct fx_watcher *watcher = poll->data;
    watcher->count = epoll_wait(watcher->epoll, watcher->events, EVENTS_A_TURN, 0);
    for (watcher->next = 0; watcher->next < watcher->count;) {
        struct epoll_event *event = &watcher->events[watcher->next++];
        fx_watch *watch = event->data.ptr;
        if (watch) watch->ready(watcher->rt, watch, events_of(event->events));
    }
    watcher->count = 0;
}

static int open_watcher(fx_runtime *rt) {
    struct fx_watcher *watcher = calloc(1, sizeof *watcher);
    if (!watcher) return UV_ENOMEM;
    watcher->rt = rt;
    watcher->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (watcher->epoll < 0 || uv_poll_init(&rt->internals->loop, &watcher->poll, watcher->epoll) != 0) {
        int code = -errno;
        if (watcher->epoll >= 0) close(watcher->epoll);
        free(watcher);
        return code;
    }
    watcher->poll.data = watcher;
    uv_poll_start(&watcher->poll, UV_READABLE, tell);
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

static void closed(uv_handle_t *handle) {
    struct fx_watcher *watcher = handle->data;
    close(watcher->epoll);
    free(watcher);
}

void fx_watches_close(fx_runtime *rt) {
    if (rt->internals->watcher) uv_close((uv_handle_t *)&rt->internals->watcher->poll, closed);
    rt->internals->watcher = NULL;
}
