// Linked to a program with --wrap=NAME for each NAME below: FX_FAIL_CALL=n lets the n-th of these calls fail, in whichever thread it is made.
// FX_COUNT=1 says at the end how many there were. CALL(result, name, parameters, arguments, how it fails).

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_ulong calls;
static unsigned long fail_at;

__attribute__((constructor)) static void read_settings(void) {
    const char *text = getenv("FX_FAIL_CALL");
    fail_at = text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((destructor)) static void say_count(void) {
    if (getenv("FX_COUNT")) fprintf(stderr, "fx: %lu calls\n", atomic_load(&calls));
}

static int fails(int code) {
    if (atomic_fetch_add(&calls, 1) + 1 != fail_at) return 0;
    errno = code;
    return 1;
}

#define CALL(result, name, parameters, arguments, code)                                                               \
    result __real_##name parameters;                                                                                   \
    result __wrap_##name parameters { return fails(code) ? (result)-1 : __real_##name arguments; }

CALL(int, open, (const char *path, int flags, mode_t mode), (path, flags, mode), EMFILE)
CALL(int, openat, (int folder, const char *path, int flags, mode_t mode), (folder, path, flags, mode), EMFILE)
CALL(int, socket, (int domain, int type, int protocol), (domain, type, protocol), EMFILE)
CALL(int, accept4, (int listener, struct sockaddr *address, socklen_t *size, int flags), (listener, address, size, flags), EMFILE)
CALL(int, epoll_create1, (int flags), (flags), EMFILE)
CALL(int, inotify_init1, (int flags), (flags), EMFILE)
CALL(int, pipe2, (int ends[2], int flags), (ends, flags), EMFILE)
CALL(ssize_t, read, (int file, void *bytes, size_t size), (file, bytes, size), EIO)
CALL(ssize_t, pread, (int file, void *bytes, size_t size, off_t at), (file, bytes, size, at), EIO)
CALL(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size), ENOSPC)
CALL(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at), ENOSPC)
CALL(ssize_t, recv, (int socket, void *bytes, size_t size, int flags), (socket, bytes, size, flags), ECONNRESET)
CALL(ssize_t, send, (int socket, const void *bytes, size_t size, int flags), (socket, bytes, size, flags), EPIPE)
CALL(ssize_t, sendfile, (int to, int from, off_t *at, size_t size), (to, from, at, size), EIO)
CALL(int, connect, (int socket, const struct sockaddr *address, socklen_t size), (socket, address, size), ECONNREFUSED)
CALL(int, bind, (int socket, const struct sockaddr *address, socklen_t size), (socket, address, size), EADDRINUSE)
CALL(int, listen, (int socket, int backlog), (socket, backlog), EADDRINUSE)
CALL(int, shutdown, (int socket, int how), (socket, how), ENOTCONN)
CALL(int, getsockname, (int socket, struct sockaddr *address, socklen_t *size), (socket, address, size), ENOBUFS)
CALL(int, getpeername, (int socket, struct sockaddr *address, socklen_t *size), (socket, address, size), ENOBUFS)
CALL(int, setsockopt, (int socket, int level, int name, const void *value, socklen_t size), (socket, level, name, value, size), ENOBUFS)
CALL(int, getsockopt, (int socket, int level, int name, void *value, socklen_t *size), (socket, level, name, value, size), ENOBUFS)
CALL(int, epoll_ctl, (int epoll, int operation, int file, struct epoll_event *event), (epoll, operation, file, event), ENOMEM)
CALL(int, epoll_wait, (int epoll, struct epoll_event *events, int most, int time), (epoll, events, most, time), EINTR)
CALL(int, stat, (const char *path, struct stat *status), (path, status), EIO)
CALL(int, lstat, (const char *path, struct stat *status), (path, status), EIO)
CALL(int, fstat, (int file, struct stat *status), (file, status), EIO)
CALL(int, unlink, (const char *path), (path), EIO)
CALL(int, rename, (const char *from, const char *to), (from, to), EIO)
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), ENOSPC)
CALL(int, rmdir, (const char *path), (path), EIO)
CALL(int, ftruncate, (int file, off_t size), (file, size), ENOSPC)
CALL(int, fsync, (int file), (file), EIO)
CALL(int, fcntl, (int file, int command, long argument), (file, command, argument), EINVAL)

DIR *__real_opendir(const char *path);
DIR *__wrap_opendir(const char *path) { return fails(EMFILE) ? NULL : __real_opendir(path); }

char *__real_mkdtemp(char *path);
char *__wrap_mkdtemp(char *path) { return fails(ENOSPC) ? NULL : __real_mkdtemp(path); }

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
    return fails(EAGAIN) ? EAGAIN : __real_pthread_create(thread, attributes, run, argument);
}
