// Watching descriptors, and waiting for the world: one epoll of ours, in which libuv's own is one descriptor (docs/runtime.md R26).
//
// Each descriptor is registered once, edge-triggered, and never changed again: no system call is made when a task begins or ends to wait, nor
// when a descriptor is closed, for with its last reference the system forgets it. Should a child process hold another reference for a moment,
// what is still told finds the place of the watch empty, or of another generation.
// libuv changes its epoll only within uv_run, and answers 0 from uv_backend_timeout as long as it has to (from 1.44 on).

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "runtime.h"

enum { EVENTS_A_TURN = 256 };

_Static_assert(UV_VERSION_HEX >= (1 << 16 | 44 << 8), "libuv 1.44 or newer");

typedef struct Place {
    fx_watch *watch;     // NULL: free
    uint32_t generation; // counts those who have had the place
    uint32_t next_free;
} Place;

struct fx_watcher {
    int epoll;
    uint32_t count, room, first_free; // of the places; the first is libuv's
    Place *places;
    struct epoll_event events[EVENTS_A_TURN];
};

enum { LIBUV = 0, NONE_FREE = 0, FIRST_ROOM = 16 };

static unsigned events_of(uint32_t events) {
    unsigned found = 0;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) found |= FX_READABLE;
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) found |= FX_WRITABLE;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) found |= FX_HUNG_UP;
    return found;
}

// Whether libuv has something to tell too.
static bool tell_watches(fx_runtime *rt, struct fx_watcher *watcher, int count) {
    bool has_libuv = false;
    for (int i = 0; i < count; i++) {
        struct epoll_event *event = &watcher->events[i];
        uint32_t index = (uint32_t)event->data.u64;
        const Place *place = &watcher->places[index];
        if (index == LIBUV) has_libuv = true;
        else if (place->watch && place->generation == event->data.u64 >> 32) place->watch->ready(rt, place->watch, events_of(event->events));
    }
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
    int count = epoll_wait(watcher->epoll, watcher->events, EVENTS_A_TURN, may_block ? timeout : 0);
    bool is_due = timeout == 0 || (may_block && count <= 0); // a timer's time has come, or a signal
    if (tell_watches(rt, watcher, count) || is_due) uv_run(loop, UV_RUN_NOWAIT);
}

static void free_watcher(struct fx_watcher *watcher) {
    if (watcher && watcher->epoll >= 0) close(watcher->epoll);
    if (watcher) free(watcher->places);
    free(watcher);
}

static int open_watcher(fx_runtime *rt) {
    struct fx_watcher *watcher = calloc(1, sizeof *watcher);
    Place *places = calloc(FIRST_ROOM, sizeof *places);
    if (!watcher || !places) {
        free(watcher), free(places);
        return UV_ENOMEM;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = LIBUV};
    *watcher = (struct fx_watcher){.epoll = epoll_create1(EPOLL_CLOEXEC), .count = 1, .room = FIRST_ROOM, .places = places};
    if (watcher->epoll < 0 || epoll_ctl(watcher->epoll, EPOLL_CTL_ADD, uv_backend_fd(&rt->internals->loop), &event) != 0) {
        int code = -errno;
        free_watcher(watcher);
        return code;
    }
    rt->internals->watcher = watcher;
    return 0;
}

// The index of a free place, or LIBUV: there is no memory.
static uint32_t take_place(struct fx_watcher *watcher) {
    uint32_t index = watcher->first_free;
    if (index != NONE_FREE) {
        watcher->first_free = watcher->places[index].next_free;
        return index;
    }
    if (watcher->count == watcher->room) {
        Place *places = realloc(watcher->places, watcher->room * 2 * sizeof *places);
        if (!places) return LIBUV;
        watcher->places = places;
        watcher->room *= 2;
    }
    watcher->places[watcher->count] = (Place){NULL, 0, NONE_FREE};
    return watcher->count++;
}

static void leave_place(struct fx_watcher *watcher, uint32_t index) {
    Place *place = &watcher->places[index];
    *place = (Place){NULL, place->generation + 1, watcher->first_free};
    watcher->first_free = index;
}

int fx_watch_start(fx_runtime *rt, fx_watch *watch, int descriptor, void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events)) {
    int code = rt->internals->watcher ? 0 : open_watcher(rt);
    if (code) return code;
    struct fx_watcher *watcher = rt->internals->watcher;
    uint32_t index = take_place(watcher);
    if (index == LIBUV) return UV_ENOMEM;
    *watch = (fx_watch){descriptor, index, ready};
    watcher->places[index].watch = watch;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = (uint64_t)watcher->places[index].generation << 32 | index};
    if (epoll_ctl(watcher->epoll, EPOLL_CTL_ADD, descriptor, &event) == 0) return 0;
    code = -errno;
    leave_place(watcher, index);
    return code;
}

void fx_watch_stop(fx_runtime *rt, fx_watch *watch) { leave_place(rt->internals->watcher, watch->place); }

void fx_watches_close(fx_runtime *rt) {
    free_watcher(rt->internals->watcher);
    rt->internals->watcher = NULL;
}
