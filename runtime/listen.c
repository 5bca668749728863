// Descriptors that listen: at a port, at a path, and those that were there when the program began.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "fx.h"

void fx_send_without_delay(int descriptor) {
    int yes = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

// Where the listener has a path the system refuses, and nothing is different.
void fx_accept_speaking(int descriptor) {
    int seconds = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
}

static int open_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

static int closed_with(int descriptor, int code) {
    close(descriptor);
    return code;
}

// ---- ports ----

int fx_listen_at_port(fx_address *address, bool is_shared) {
    struct sockaddr *any = (struct sockaddr *)address;
    int descriptor = open_socket(any->sa_family), yes = 1;
    socklen_t size = any->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in), room = sizeof *address;
    if (descriptor < 0) return -errno;
    fx_send_without_delay(descriptor);
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (is_shared) setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    bool done = bind(descriptor, any, size) == 0 && listen(descriptor, SOMAXCONN) == 0 && getsockname(descriptor, any, &room) == 0;
    return done ? descriptor : closed_with(descriptor, -errno);
}

// ---- paths ----

int fx_unix_address(fx_value path, struct sockaddr_un *address) {
    size_t length = fx_string_length(path);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (length == 0 || strlen(fx_string_bytes(path)) != length) return -EINVAL;
    if (length >= sizeof address->sun_path) return -ENAMETOOLONG;
    memcpy(address->sun_path, fx_string_bytes(path), length + 1);
    return 0;
}

static bool is_live(const struct sockaddr_un *address) {
    int descriptor = open_socket(AF_UNIX);
    bool refused = descriptor >= 0 && connect(descriptor, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED;
    if (descriptor >= 0) close(descriptor);
    return !refused;
}

// A socket on which nobody listens any more is what a program left that was killed: it is replaced. Any other file stays.
static int bind_path(int descriptor, const struct sockaddr_un *address) {
    struct stat status;
    if (bind(descriptor, (const struct sockaddr *)address, sizeof *address) == 0) return 0;
    int code = -errno;
    if (code != -EADDRINUSE || lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode) || is_live(address)) return code;
    if (unlink(address->sun_path) != 0) return -errno;
    return bind(descriptor, (const struct sockaddr *)address, sizeof *address) == 0 ? 0 : -errno;
}

int fx_listen_at_path(fx_value path, uint64_t *device, uint64_t *file) {
    struct sockaddr_un address;
    struct stat status;
    int descriptor = open_socket(AF_UNIX);
    if (descriptor < 0) return -errno;
    int code = fx_unix_address(path, &address);
    if (!code) code = bind_path(descriptor, &address);
    if (!code && (listen(descriptor, SOMAXCONN) != 0 || lstat(address.sun_path, &status) != 0)) code = -errno;
    if (code) return closed_with(descriptor, code);
    *device = status.st_dev;
    *file = status.st_ino;
    return descriptor;
}

void fx_leave_path(fx_value path, uint64_t device, uint64_t file) {
    struct stat status;
    const char *name = fx_string_bytes(path);
    if (lstat(name, &status) == 0 && status.st_dev == device && status.st_ino == file) unlink(name);
}

// ---- what comes in ----

static bool is_about_one_client(int error) {
    return error == EINTR || error == ECONNABORTED || error == EPROTO || error == ENETDOWN || error == EHOSTUNREACH || error == ENETUNREACH;
}

int fx_accept(int listener, fx_address *address) {
    for (;;) {
        socklen_t size = sizeof *address;
        int descriptor = accept4(listener, (struct sockaddr *)address, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) return descriptor;
        if (!is_about_one_client(errno)) return -errno;
    }
}

// ---- systemd's protocol: sd_listen_fds(3) ----

enum { FIRST_INHERITED = 3, MOST_INHERITED = 1024 };

int fx_inherited_count(void) {
    const char *process = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    char *end;
    if (!process || !count || strtol(process, &end, 10) != getpid() || *end) return 0;
    long number = strtol(count, &end, 10);
    return *end || number < 0 || number > MOST_INHERITED ? 0 : (int)number;
}

static bool accepts_connections(int descriptor) {
    int type = 0, accepts = 0;
    socklen_t size = sizeof type;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM &&
           getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0 && accepts;
}

int fx_inherited(int index, fx_address *address) {
    int descriptor = FIRST_INHERITED + index;
    struct sockaddr_un name; // has room for every family
    socklen_t size = sizeof name;
    if (!accepts_connections(descriptor) || getsockname(descriptor, (struct sockaddr *)&name, &size) != 0) return -1;
    memcpy(address, &name, sizeof *address);
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    fx_send_without_delay(descriptor);
    return descriptor;
}
