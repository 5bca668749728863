// Tcp.Held: texts of which the system has a copy in its own memory, which it sends without copying it again.
//
// All copies lie in one file without a name, one behind the other, each from the beginning of a page on. No place in it is used twice: a copy that
// is given up leaves a hole, so what the network still has of it stays as it is. The file is there as long as a text is held.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include "fx.h"

enum { PAGE = 4096 };

typedef struct Store {
    int descriptor;    // with a token; only while texts are held
    size_t held;
    int64_t end, most; // where the next copy begins; how long the file may become
} Store;

typedef struct Held {
    fx_object object;
    const fx_resource_type *type;
    fx_value text;
    Store *store; // NULL: the system has no copy
    int64_t position;
} Held;

static const fx_library library = {"Tcp.Held", sizeof(Store), NULL, NULL, NULL};

static int64_t pages_of(size_t length) { return ((int64_t)length + PAGE - 1) / PAGE * PAGE; }

static bool open_store(fx_runtime *rt, Store *store) {
    struct rlimit limit;
    if (!fx_descriptor_try(rt)) return false;
    store->descriptor = memfd_create("fx Tcp.hold", MFD_CLOEXEC);
    if (store->descriptor < 0) {
        fx_descriptor_give(rt);
        return false;
    }
    store->end = 0;
    store->most = getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < INT64_MAX ? (int64_t)limit.rlim_cur : INT64_MAX;
    return true;
}

static void leave_store(fx_runtime *rt, Store *store) {
    if (--store->held) return;
    close(store->descriptor);
    fx_descriptor_give(rt);
}

static bool copy(Store *store, const char *bytes, size_t length) {
    if (store->most - store->end < pages_of(length)) return false;
    for (size_t done = 0; done < length;) {
        ssize_t part = pwrite(store->descriptor, bytes + done, length - done, store->end + (int64_t)done);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return false;
        done += (size_t)part;
    }
    return true;
}

static void destroy(fx_runtime *rt, fx_object *object) {
    Held *held = (Held *)object;
    size_t length = fx_string_length(held->text);
    fx_drop(rt, held->text);
    if (!held->store) return;
    fallocate(held->store->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, held->position, pages_of(length));
    leave_store(rt, held->store);
}

static const fx_resource_type held_type = {"Tcp.Held", (sizeof(Held) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value), destroy};

// Where the system has no place for a copy, there is none, and nothing else is different.
fx_value fx_tcp_hold(fx_runtime *rt, fx_value text) {
    Store *store = fx_library_state(rt, &library);
    Held *held = (Held *)fx_resource_make(rt, &held_type);
    fx_dup(text);
    held->text = text;
    if (!store->held && !open_store(rt, store)) return fx_value_of(held);
    store->held++;
    if (copy(store, fx_string_bytes(text), fx_string_length(text))) {
        held->store = store;
        held->position = store->end;
        store->end += pages_of(fx_string_length(text));
    } else leave_store(rt, store);
    return fx_value_of(held);
}

fx_value fx_tcp_held_text(fx_runtime *rt, fx_value held) {
    (void)rt;
    fx_value text = ((Held *)fx_object_of(held))->text;
    fx_dup(text);
    return text;
}

void fx_push(int socket) {
    int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

int fx_held_send(int socket, fx_value value, size_t *done) {
    const Held *held = (Held *)fx_object_of(value);
    const char *bytes = fx_string_bytes(held->text);
    size_t length = fx_string_length(held->text);
    while (*done < length) {
        off_t at = (off_t)(held->position + (int64_t)*done);
        ssize_t part = held->store ? sendfile(socket, held->store->descriptor, &at, length - *done) : send(socket, bytes + *done, length - *done, MSG_NOSIGNAL);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno == EAGAIN ? 0 : -errno;
        if (part == 0) return -EIO;
        *done += (size_t)part;
    }
    return 1;
}
