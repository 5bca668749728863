// Linked to a program with --wrap=NAME for each NAME below: FX_FAIL_CALL=NAME:n lets the n-th call of NAME fail, in whichever thread it is made,
// also between vfork and execve. FX_COUNT=1 says at the end how many there were of each. A program that forks one calls begin_failing_calls there,
// and say_calls at its end. CALL(result, name, parameters, arguments, how it fails).

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

typedef struct Counter {
    const char *name;
    struct Counter *next;
    atomic_ulong calls;
    unsigned long fail_at; // 0: never
} Counter;

static Counter *counters;

static void begin(Counter *counter) {
    const char *wanted = getenv("FX_FAIL_CALL");
    size_t length = strlen(counter->name);
    bool is_wanted = wanted && strncmp(wanted, counter->name, length) == 0 && wanted[length] == ':';
    counter->fail_at = is_wanted ? strtoul(wanted + length + 1, NULL, 10) : 0;
    atomic_store(&counter->calls, 0);
}

static void add_counter(Counter *counter) {
    begin(counter);
    counter->next = counters;
    counters = counter;
}

void begin_failing_calls(void);
void begin_failing_calls(void) {
    for (Counter *each = counters; each; each = each->next) begin(each);
}

void say_calls(void);
__attribute__((destructor)) void say_calls(void) {
    if (!getenv("FX_COUNT")) return;
    for (Counter *each = counters; each; each = each->next)
        if (atomic_load(&each->calls)) fprintf(stderr, "fx: %lu calls of %s\n", atomic_load(&each->calls), each->name);
}

static int fails(Counter *counter, int code) {
    if (atomic_fetch_add(&counter->calls, 1) + 1 != counter->fail_at) return 0;
    errno = code;
    return 1;
}

#define COUNTER(called)                                                                                                \
    static Counter count_##called = {.name = #called};                                                                 \
    __attribute__((constructor)) static void add_##called(void) { add_counter(&count_##called); }

#define CALL(result, name, parameters, arguments, code)                                                               \
    COUNTER(name)                                                                                                      \
    result __real_##name parameters;                                                                                   \
    result __wrap_##name parameters { return fails(&count_##name, code) ? (result)-1 : __real_##name arguments; }

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
CALL(int, epoll_wait, (int epoll, struct epoll_event *events, int most, int time), (epoll, events, most, time), EINTR)
CALL(int, stat, (const char *path, struct stat *status), (path, status), EIO)
CALL(int, lstat, (const char *path, struct stat *status), (path, status), EIO)
CALL(int, fstat, (int file, struct stat *status), (file, status), EIO)
CALL(int, unlink, (const char *path), (path), EIO)
CALL(int, rename, (const char *from, const char *to), (from, to), EIO)
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), ENOSPC)
CALL(int, rmdir, (const char *path), (path), EIO)
CALL(int, memfd_create, (const char *name, unsigned flags), (name, flags), EMFILE)
CALL(int, ftruncate, (int file, off_t size), (file, size), ENOSPC)
CALL(int, fsync, (int file), (file), EIO)
CALL(int, fcntl, (int file, int command, long argument), (file, command, argument), EINVAL)

CALL(ssize_t, sendto, (int socket, const void *bytes, size_t size, int flags, const struct sockaddr *address, socklen_t length),
     (socket, bytes, size, flags, address, length), ENOBUFS)
CALL(ssize_t, recvfrom, (int socket, void *bytes, size_t size, int flags, struct sockaddr *address, socklen_t *length),
     (socket, bytes, size, flags, address, length), ECONNREFUSED)
CALL(ssize_t, sendmsg, (int socket, const struct msghdr *message, int flags), (socket, message, flags), EPIPE)
CALL(int, inotify_add_watch, (int file, const char *path, uint32_t mask), (file, path, mask), ENOSPC)
CALL(int, chmod, (const char *path, mode_t mode), (path, mode), EPERM)
CALL(int, fchmod, (int file, mode_t mode), (file, mode), EPERM)
CALL(int, symlink, (const char *target, const char *path), (target, path), ENOSPC)
CALL(ssize_t, readlink, (const char *path, char *bytes, size_t size), (path, bytes, size), EIO)
CALL(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags), EIO)
CALL(int, mkostemp, (char *path, int flags), (path, flags), ENOSPC)
CALL(int, access, (const char *path, int mode), (path, mode), EACCES)
CALL(int, kill, (pid_t process, int number), (process, number), EPERM)
CALL(pid_t, waitpid, (pid_t process, int *status, int options), (process, status, options), EINTR)
CALL(int, poll, (struct pollfd *files, nfds_t count, int time), (files, count, time), EINTR)
CALL(ssize_t, getrandom, (void *bytes, size_t size, unsigned flags), (bytes, size, flags), EINTR)
CALL(int, getrlimit, (int what, struct rlimit *limit), (what, limit), EINVAL)
CALL(int, setrlimit, (int what, const struct rlimit *limit), (what, limit), EPERM)
CALL(int, dup2, (int from, int to), (from, to), EBUSY)
CALL(int, chdir, (const char *path), (path), EACCES)
CALL(int, execve, (const char *path, char *const *words, char *const *variables), (path, words, variables), ENOEXEC)
// openat2 and pidfd_open: systems without them are served otherwise.
CALL(long, syscall, (long number, long a, long b, long c, long d), (number, a, b, c, d), ENOSYS)

#define POINTER_CALL(result, name, parameters, arguments, code)                                                        \
    COUNTER(name)                                                                                                      \
    result *__real_##name parameters;                                                                                  \
    result *__wrap_##name parameters { return fails(&count_##name, code) ? NULL : __real_##name arguments; }

POINTER_CALL(DIR, opendir, (const char *path), (path), EMFILE)
POINTER_CALL(DIR, fdopendir, (int folder), (folder), ENOMEM)
POINTER_CALL(struct dirent, readdir, (DIR *folder), (folder), EIO)
POINTER_CALL(char, mkdtemp, (char *path), (path), ENOSPC)
POINTER_CALL(char, realpath, (const char *path, char *resolved), (path, resolved), EIO)
POINTER_CALL(void, dlopen, (const char *path, int flags), (path, flags), 0)

#define CODE_CALL(name, parameters, arguments, code)                                                                   \
    COUNTER(name)                                                                                                      \
    int __real_##name parameters;                                                                                      \
    int __wrap_##name parameters { return fails(&count_##name, 0) ? code : __real_##name arguments; }

CODE_CALL(pthread_create, (pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument),
          (thread, attributes, run, argument), EAGAIN)
CODE_CALL(getaddrinfo, (const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **found),
          (host, service, hints, found), EAI_AGAIN)

// What is registered can always be removed.
COUNTER(epoll_ctl)
int __real_epoll_ctl(int epoll, int operation, int file, struct epoll_event *event);
int __wrap_epoll_ctl(int epoll, int operation, int file, struct epoll_event *event) {
    return operation != EPOLL_CTL_DEL && fails(&count_epoll_ctl, ENOMEM) ? -1 : __real_epoll_ctl(epoll, operation, file, event);
}
