// Connecting over TCP and Unix-domain sockets: to each address of a name until one answers (R24, C12).

#define _GNU_SOURCE
#include <errno.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>
#include "Tcp.h"

enum { RETRY_AFTER = 5000000 }; // nanoseconds

typedef struct Connect {
    fx_request request;
    fx_value addresses; // or the path
    size_t next;        // of the addresses
    bool is_unix;
    fx_timer again;     // Unix-domain sockets, whose listener has too many to accept
    Socket *socket;     // what it answers in the end; not open yet
    bool is_connecting; // it has a descriptor, which is watched
    bool has_token;
} Connect;

static socklen_t size_of(const Address *address) {
    return address->any.sa_family == AF_INET6 ? sizeof address->v6 : (socklen_t)sizeof(struct sockaddr_in);
}

static const Address *address_at(const Connect *attempt, size_t index) {
    return (const Address *)(const void *)(fx_string_bytes(attempt->addresses) + index * sizeof(Address));
}

static void stop_connecting(fx_runtime *rt, Connect *attempt) {
    if (!attempt->is_connecting) return;
    attempt->is_connecting = false;
    fx_unqueue(&attempt->request);
    fx_watch_stop(rt, &attempt->socket->watch);
    attempt->socket->is_watched = false;
    close(attempt->socket->watch.descriptor);
}

static void withdraw_connect(fx_runtime *rt, fx_request *request) {
    Connect *attempt = (Connect *)request;
    fx_timer_stop(rt, &attempt->again);
    stop_connecting(rt, attempt);
    fx_unqueue(request);
    if (attempt->has_token) fx_descriptor_give(rt);
    attempt->has_token = false;
    fx_withdrawn(rt, request);
}

static void clean_connect(fx_runtime *rt, fx_request *request) {
    Connect *attempt = (Connect *)request;
    fx_drop(rt, fx_value_of(attempt->socket));
    fx_drop(rt, attempt->addresses);
}

static const fx_request_type connect_type = {"Tcp.connect", sizeof(Connect), FX_COUNTED, false, withdraw_connect, NULL, clean_connect};

static void give_up(fx_runtime *rt, Connect *attempt, int code) {
    if (attempt->has_token) fx_descriptor_give(rt);
    attempt->has_token = false;
    fx_finish(rt, &attempt->request, fx_error_of_code(rt, code));
}

static void connect_next(fx_runtime *rt, Connect *attempt, int code);

// 0: connected; -ENOTCONN: not yet; or why it failed.
static int find_outcome(Socket *socket) {
    int error = 0;
    socklen_t size = sizeof socket->address;
    if (getpeername(socket->watch.descriptor, &socket->address.any, &size) == 0) return 0;
    int code = -errno;
    size = sizeof error;
    if (getsockopt(socket->watch.descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return -errno;
    return error ? -error : code;
}

// Writable, or an error: the attempt is over. The socket stays watched, and takes note itself of what else is told.
static void attempt_over(fx_runtime *rt, fx_watch *watch, unsigned events) {
    Socket *socket = (Socket *)((char *)watch - offsetof(Socket, watch));
    Connect *attempt = (Connect *)socket->writers.first;
    int code = find_outcome(socket);
    if (code == -ENOTCONN) return;
    if (code) {
        stop_connecting(rt, attempt);
        connect_next(rt, attempt, code);
        return;
    }
    fx_unqueue(&attempt->request);
    attempt->is_connecting = attempt->has_token = false;
    socket->is_open = true;
    watch->ready = fx_tcp_ready;
    if (attempt->is_unix) fx_dup(attempt->addresses), socket->address = (Address){.unix_domain = {AF_UNIX, attempt->addresses, 0, 0}};
    else fx_send_without_delay(watch->descriptor);
    fx_tcp_ready(rt, watch, events);
    fx_dup(fx_value_of(socket));
    fx_finish(rt, &attempt->request, fx_ok_take(rt, FX_COUNTED, fx_value_of(socket)));
}

static void descriptor_for_connect(fx_runtime *rt, fx_request *request, bool granted) {
    Connect *attempt = (Connect *)request;
    attempt->has_token = granted;
    connect_next(rt, attempt, UV_EMFILE);
}

static int begin_attempt(fx_runtime *rt, Connect *attempt, const struct sockaddr *address, socklen_t size) {
    int descriptor = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    int code = connect(descriptor, address, size) == 0 || errno == EINPROGRESS || errno == EINTR ? 0 : -errno;
    if (!code) code = fx_watch_start(rt, &attempt->socket->watch, descriptor, attempt_over);
    if (code) {
        close(descriptor);
        return code;
    }
    attempt->is_connecting = attempt->socket->is_watched = true;
    fx_enqueue(&attempt->socket->writers, &attempt->request);
    return 0;
}

static int begin_next(fx_runtime *rt, Connect *attempt) {
    const Address *address = address_at(attempt, attempt->next);
    struct sockaddr_un path;
    if (!attempt->is_unix) return begin_attempt(rt, attempt, &address->any, size_of(address));
    int code = fx_unix_address(attempt->addresses, &path);
    return code ? code : begin_attempt(rt, attempt, (const struct sockaddr *)&path, sizeof path);
}

static void connect_again(fx_runtime *rt, fx_timer *timer) { connect_next(rt, (Connect *)((char *)timer - offsetof(Connect, again)), UV_EAGAIN); }

// `code` is why the address before failed.
static void connect_next(fx_runtime *rt, Connect *attempt, int code) {
    size_t count = attempt->is_unix ? 1 : fx_string_length(attempt->addresses) / sizeof(Address);
    while (attempt->has_token && attempt->next < count) {
        code = begin_next(rt, attempt);
        if (code == -EMFILE || code == -ENFILE) {
            attempt->has_token = false;
            fx_descriptor_refused(rt, &attempt->request, descriptor_for_connect);
            return;
        }
        if (code == -EAGAIN && attempt->is_unix) { // the system tells nobody when there is room again
            fx_timer_start(rt, &attempt->again, fx_now() + RETRY_AFTER, connect_again);
            return;
        }
        attempt->next++;
        if (!code) return;
    }
    give_up(rt, attempt, code);
}

static fx_answer begin_connect(fx_runtime *rt, fx_value addresses, bool is_path) {
    Socket *socket = (Socket *)fx_resource_make(rt, &fx_tcp_socket_type);
    Connect *attempt = fx_request_make(rt, &connect_type);
    attempt->socket = socket;
    attempt->addresses = addresses;
    attempt->is_unix = is_path;
    fx_answer waiting = fx_wait(rt, &attempt->request);
    if (fx_descriptor_try(rt)) descriptor_for_connect(rt, &attempt->request, true);
    else fx_descriptor_wait(rt, &attempt->request, descriptor_for_connect);
    return waiting;
}

static fx_answer connect_to(fx_runtime *rt, fx_value addresses, fx_value none) {
    (void)none;
    return begin_connect(rt, addresses, false);
}

fx_answer fx_tcp_connect(fx_runtime *rt, fx_value host, fx_value port) {
    return fx_is_stopped(rt) ? fx_stop(rt) : fx_resolve(rt, host, port, false, connect_to, FX_NONE);
}

fx_answer fx_tcp_connect_unix(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    fx_dup(path);
    return begin_connect(rt, path, true);
}
