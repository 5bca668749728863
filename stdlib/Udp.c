// Datagrams (R24, C12).

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include "fx.h"

enum { LARGEST = 65536 }; // no datagram is larger

typedef union Address {
    fx_address whole;
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} Address;

static socklen_t size_of(const Address *address) { return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4; }

// ---- sockets ----

typedef struct Socket {
    fx_object object;
    const fx_resource_type *type;
    fx_watch watch;
    fx_queue readers, writers;
    Address address; // its own
    bool is_open, can_read, can_write;
} Socket;
enum { SOCKET_WORDS = (sizeof(Socket) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value) };

static void destroy_socket(fx_runtime *rt, fx_object *object) {
    Socket *socket = (Socket *)object;
    if (!socket->is_open) return;
    socket->is_open = false;
    fx_watch_stop(rt, &socket->watch);
    close(socket->watch.descriptor);
    fx_descriptor_give(rt);
}

static const fx_resource_type socket_type = {"Udp.Socket", SOCKET_WORDS, destroy_socket};

static Socket *socket_of(fx_value value) { return (Socket *)fx_object_of(value); }

// ---- requests ----

typedef struct Transfer {
    fx_request request;
    Socket *socket;  // kept alive
    fx_value text;   // to send, owned; FX_NONE: none
    Address to;
} Transfer;

static void clean(fx_runtime *rt, fx_request *request) {
    Transfer *transfer = (Transfer *)request;
    fx_drop(rt, transfer->text);
    fx_drop(rt, fx_value_of(transfer->socket));
}

static const fx_request_type receive_type = {"Udp.receive", sizeof(Transfer), FX_COUNTED, false, fx_withdraw_queued, NULL, clean};
static const fx_request_type send_type = {"Udp.send", sizeof(Transfer), FX_COUNTED, false, fx_withdraw_queued, NULL, clean};

// Owns the text.
static fx_answer wait_for(fx_runtime *rt, fx_queue *queue, const fx_request_type *type, Socket *socket, fx_value text, const Address *to) {
    Transfer *transfer = fx_request_make(rt, type);
    fx_dup(fx_value_of(socket));
    *transfer = (Transfer){transfer->request, socket, text, to ? *to : (Address){.whole = {{0}}}};
    fx_enqueue(queue, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

// ---- receiving ----

// Result Datagram Error, or false: nothing has come.
static bool try_receive(fx_runtime *rt, Socket *socket, fx_value *answer) {
    char bytes[LARGEST];
    Address from;
    socklen_t size = sizeof from;
    ssize_t length;
    if (!socket->can_read) return false;
    do length = recvfrom(socket->watch.descriptor, bytes, sizeof bytes, 0, &from.any, &size);
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno == EAGAIN) return socket->can_read = false;
    if (length < 0) *answer = fx_error_of_code(rt, -errno);
    else {
        fx_value text = fx_string_make(rt, bytes, (size_t)length), host = fx_address_host(rt, &from.whole);
        *answer = fx_ok_take(rt, FX_COUNTED, fx_construct(rt, 0, 1, 2, (fx_value)fx_address_port(&from.whole), text, host));
    }
    return true;
}

fx_answer fx_udp_receive(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    fx_value answer;
    if (!socket->is_open) return fx_done(fx_error_of_code(rt, -EBADF));
    if (!socket->readers.first && try_receive(rt, socket, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    return wait_for(rt, &socket->readers, &receive_type, socket, FX_NONE, NULL);
}

// ---- sending ----

// 1: sent, 0: the socket takes no more at the moment, negative: an error code.
static int try_send(Socket *socket, fx_value text, const Address *to) {
    ssize_t length;
    do length = sendto(socket->watch.descriptor, fx_string_bytes(text), fx_string_length(text), MSG_NOSIGNAL, &to->any, size_of(to));
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno == EAGAIN) return socket->can_write = false;
    return length < 0 ? -errno : 1;
}

static fx_value sent(fx_runtime *rt, int state) { return state < 0 ? fx_error_of_code(rt, state) : fx_ok_take(rt, FX_WORD, FX_UNIT); }

// The first address that the socket can reach: one of IPv6 reaches those of IPv4 too.
static bool choose_address(const Socket *socket, fx_value addresses, Address *chosen) {
    const fx_address *each = (const void *)fx_string_bytes(addresses);
    bool has_v6 = socket->address.any.sa_family == AF_INET6;
    for (size_t count = fx_string_length(addresses) / sizeof *each; count > 0; count--, each++) {
        chosen->whole = *each;
        if (chosen->any.sa_family == socket->address.any.sa_family) return true;
        if (!has_v6) continue;
        struct sockaddr_in v4 = chosen->v4;
        chosen->v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = v4.sin_port};
        memset(chosen->v6.sin6_addr.s6_addr + 10, 0xff, 2);
        memcpy(chosen->v6.sin6_addr.s6_addr + 12, &v4.sin_addr, 4);
        return true;
    }
    return false;
}

// The context is the socket with the text.
static fx_answer send_to(fx_runtime *rt, fx_value addresses, fx_value context) {
    Socket *socket = socket_of(fx_object_of(context)->fields[0]);
    fx_value text = fx_object_of(context)->fields[1];
    Address to;
    bool found = choose_address(socket, addresses, &to);
    int state = !socket->is_open ? -EBADF : !found ? -EHOSTUNREACH : socket->writers.first ? 0 : try_send(socket, text, &to);
    fx_answer answer;
    fx_drop(rt, addresses);
    if (state) answer = fx_answer_ready(rt, FX_COUNTED, sent(rt, state));
    else {
        fx_dup(text);
        answer = wait_for(rt, &socket->writers, &send_type, socket, text, &to);
    }
    fx_drop(rt, context);
    return answer;
}

fx_answer fx_udp_send(fx_runtime *rt, fx_value socket, fx_value host, fx_value port, fx_value text) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    fx_dup(socket);
    fx_dup(text);
    return fx_resolve(rt, host, port, false, send_to, fx_pair_take(rt, FX_COUNTED, socket, FX_COUNTED, text));
}

static void serve_writers(fx_runtime *rt, Socket *socket) {
    while (socket->writers.first && socket->can_write) {
        Transfer *transfer = (Transfer *)socket->writers.first;
        int state = try_send(socket, transfer->text, &transfer->to);
        if (state == 0) return;
        fx_unqueue(&transfer->request);
        fx_finish(rt, &transfer->request, sent(rt, state));
    }
}

static void socket_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
    Socket *socket = (Socket *)((char *)watch - offsetof(Socket, watch));
    fx_value answer;
    if (events & FX_READABLE) {
        socket->can_read = true;
        while (socket->readers.first && try_receive(rt, socket, &answer)) fx_finish(rt, fx_dequeue(&socket->readers), answer);
    }
    if (events & FX_WRITABLE) {
        socket->can_write = true;
        serve_writers(rt, socket);
    }
}

// ---- opening and closing ----

static bool try_bind(fx_runtime *rt, fx_opening *opening, fx_value *answer) {
    Address address = {opening->address};
    socklen_t size = sizeof address;
    int descriptor = socket(address.any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), code = descriptor < 0 ? -errno : 0;
    if (code == -EMFILE || code == -ENFILE) return false;
    if (!code && (bind(descriptor, &address.any, size_of(&address)) != 0 || getsockname(descriptor, &address.any, &size) != 0)) code = -errno;
    Socket *socket = (Socket *)fx_resource_make(rt, &socket_type);
    if (!code) code = fx_watch_start(rt, &socket->watch, descriptor, socket_ready);
    socket->is_open = !code;
    socket->address = address;
    if (code) {
        if (descriptor >= 0) close(descriptor);
        fx_descriptor_give(rt);
        fx_drop(rt, fx_value_of(socket));
    }
    *answer = code ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_COUNTED, fx_value_of(socket));
    return true;
}

static const fx_request_type bind_type = FX_OPENING_TYPE("Udp.bind");

static fx_answer bind_at(fx_runtime *rt, fx_value addresses, fx_value none) {
    return fx_open_first(rt, &bind_type, addresses, none, try_bind);
}

fx_answer fx_udp_bind(fx_runtime *rt, fx_value host, fx_value port) {
    return fx_is_stopped(rt) ? fx_stop(rt) : fx_resolve(rt, host, port, true, bind_at, FX_NONE);
}

static void fail_all(fx_runtime *rt, fx_queue *queue) {
    fx_request *request;
    while ((request = fx_dequeue(queue))) fx_finish(rt, request, fx_error_of_code(rt, -EBADF));
}

fx_value fx_udp_close(fx_runtime *rt, fx_value value) {
    Socket *socket = socket_of(value);
    destroy_socket(rt, &socket->object);
    fail_all(rt, &socket->readers);
    fail_all(rt, &socket->writers);
    return FX_UNIT;
}

fx_value fx_udp_port(fx_runtime *rt, fx_value socket) {
    (void)rt;
    return fx_address_port(&socket_of(socket)->address.whole);
}
