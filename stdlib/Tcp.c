// Connections over TCP (R24, C5, C11, C12).

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>
#include "fx.h"

enum { INPUT_SIZE = 65536, SENT_AT_ONCE = 1 << 18 };

// ---- addresses ----

typedef union Address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} Address;

static socklen_t size_of(const Address *address) { return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4; }

static int port_of(const Address *address) { return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port : address->v4.sin_port); }

static bool parse_address(const char *host, int port, Address *address) {
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, *host ? host : "0.0.0.0", &address->v4.sin_addr) == 1) {
        address->any.sa_family = AF_INET;
        address->v4.sin_port = htons((uint16_t)port);
        return true;
    }
    if (inet_pton(AF_INET6, host, &address->v6.sin6_addr) != 1) return false;
    address->any.sa_family = AF_INET6;
    address->v6.sin6_port = htons((uint16_t)port);
    return true;
}

static fx_value show_address(fx_runtime *rt, const Address *address) {
    char host[INET6_ADDRSTRLEN] = "", text[INET6_ADDRSTRLEN + 16];
    bool is_v6 = address->any.sa_family == AF_INET6;
    inet_ntop(address->any.sa_family, is_v6 ? (const void *)&address->v6.sin6_addr : &address->v4.sin_addr, host, sizeof host);
    snprintf(text, sizeof text, is_v6 ? "[%s]:%d" : "%s:%d", host, port_of(address));
    return fx_string_of(rt, text);
}

// ---- sockets and listeners: resources, which hold their watch themselves ----

typedef struct Socket {
    fx_object object;
    const fx_resource_type *type;
    fx_watch watch;
    fx_queue readers, writers; // listeners: who accepts stands in readers
    Address address;           // of the other side; listeners: their own
    bool is_open, can_read, can_write, hung_up;
} Socket;
enum { SOCKET_WORDS = (sizeof(Socket) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value) };

static void close_socket(fx_runtime *rt, fx_object *object) {
    Socket *socket = (Socket *)object;
    if (!socket->is_open) return;
    socket->is_open = false;
    fx_watch_stop(rt, &socket->watch);
    close(socket->watch.descriptor);
    fx_descriptor_give(rt);
}

static const fx_resource_type socket_type = {"Tcp.Socket", SOCKET_WORDS, close_socket};
static const fx_resource_type listener_type = {"Tcp.Listener", SOCKET_WORDS, close_socket};

static Socket *socket_of(fx_value value) { return (Socket *)fx_object_of(value); }

// Owns the descriptor and its token, also when it answers NULL, with the code.
static Socket *adopt(fx_runtime *rt, const fx_resource_type *type, int descriptor, const Address *address,
                     void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events), int *code) {
    Socket *socket = (Socket *)fx_resource_make(rt, type);
    *code = fx_watch_start(rt, &socket->watch, descriptor, ready);
    if (*code) {
        close(descriptor);
        fx_descriptor_give(rt);
        fx_drop(rt, fx_value_of(socket));
        return NULL;
    }
    socket->is_open = true;
    socket->address = *address;
    return socket;
}

// ---- requests on a socket ----

typedef struct Transfer {
    fx_request request;
    Socket *socket;    // kept alive
    fx_value text;     // to send, owned; or the file
    bool has_text;
    size_t done, size; // sent so far; of how many
    int64_t position;  // in the file
    struct timespec modified; // the file, when the transfer began
    bool any;          // some bytes are enough (write)
} Transfer;

static void withdraw(fx_runtime *rt, fx_request *request) {
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}

static void clean(fx_runtime *rt, fx_request *request) {
    Transfer *transfer = (Transfer *)request;
    if (transfer->has_text) fx_drop(rt, transfer->text);
    fx_drop(rt, fx_value_of(transfer->socket));
}

#define TRANSFER_TYPE(variable, text)                                                                                  \
    static const fx_request_type variable = {text, sizeof(Transfer), FX_COUNTED, false, withdraw, NULL, clean}
TRANSFER_TYPE(read_type, "Tcp.read");
TRANSFER_TYPE(write_type, "Tcp.write_all");
TRANSFER_TYPE(send_file_type, "Tcp.send_file");
TRANSFER_TYPE(shutdown_type, "Tcp.shutdown");
TRANSFER_TYPE(accept_type, "Tcp.accept");

static Transfer *make_transfer(fx_runtime *rt, const fx_request_type *type, Socket *socket) {
    Transfer *transfer = fx_request_make(rt, type);
    fx_dup(fx_value_of(socket));
    transfer->socket = socket;
    return transfer;
}

static fx_value ok_unit(fx_runtime *rt) { return fx_ok_take(rt, FX_WORD, FX_UNIT); }

static void fail_all(fx_runtime *rt, fx_queue *queue, int code) {
    fx_request *request;
    while ((request = fx_dequeue(queue))) fx_finish(rt, request, fx_error_of_code(rt, code));
}

// ---- reading ----

typedef struct Network {
    char input[INPUT_SIZE];
} Network;
static const fx_library library = {"Tcp", sizeof(Network), NULL, NULL, NULL};

// Result String Error, or false: nothing has come. A short read has emptied the socket, unless its end is near.
static bool try_read(fx_runtime *rt, Socket *socket, fx_value *answer) {
    char *input = ((Network *)fx_library_state(rt, &library))->input;
    ssize_t length;
    if (!socket->can_read) return false;
    do length = recv(socket->watch.descriptor, input, INPUT_SIZE, 0);
    while (length < 0 && errno == EINTR);
    if (length < INPUT_SIZE && !socket->hung_up) socket->can_read = false;
    if (length < 0 && errno == EAGAIN) return socket->can_read = false;
    *answer = length < 0 ? fx_error_of_code(rt, -errno) : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, input, (size_t)length));
    return true;
}

static void serve_readers(fx_runtime *rt, Socket *socket) {
    fx_value answer;
    while (socket->readers.first && try_read(rt, socket, &answer)) fx_finish(rt, fx_dequeue(&socket->readers), answer);
}

fx_answer fx_tcp_read(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    fx_value answer;
    if (!socket->is_open) return fx_done(fx_error_of_code(rt, -EBADF));
    if (!socket->readers.first && try_read(rt, socket, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Transfer *transfer = make_transfer(rt, &read_type, socket);
    fx_enqueue(&socket->readers, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

// ---- writing ----

// Sends what it can. 1: done, 0: the socket takes no more at the moment, negative: an error code.
static int send_text(Socket *socket, Transfer *transfer) {
    const char *bytes = fx_string_bytes(transfer->text);
    while (transfer->done < transfer->size) {
        ssize_t part = send(socket->watch.descriptor, bytes + transfer->done, transfer->size - transfer->done, MSG_NOSIGNAL);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno == EAGAIN ? transfer->any && transfer->done : -errno;
        transfer->done += (size_t)part;
    }
    return 1;
}

// Whether the file has not been written to since the transfer began; looked at whenever it goes on after a wait.
static bool is_as_it_was(Transfer *transfer, int file) {
    struct stat status;
    if (fstat(file, &status) != 0) return false;
    if (!transfer->modified.tv_sec && !transfer->modified.tv_nsec) transfer->modified = status.st_mtim;
    return transfer->modified.tv_sec == status.st_mtim.tv_sec && transfer->modified.tv_nsec == status.st_mtim.tv_nsec;
}

static int send_pieces_of_file(Socket *socket, Transfer *transfer) {
    int file = fx_file_descriptor(transfer->text);
    if (file < 0) return -EBADF;
    if (!is_as_it_was(transfer, file)) return 1;
    while (transfer->done < transfer->size) {
        size_t left = transfer->size - transfer->done;
        off_t at = (off_t)(transfer->position + (int64_t)transfer->done);
        ssize_t part = sendfile(socket->watch.descriptor, file, &at, left < SENT_AT_ONCE ? left : SENT_AT_ONCE);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno == EAGAIN ? 0 : -errno;
        if (part == 0) return 1;
        transfer->done += (size_t)part;
    }
    return 1;
}

static int try_send(Socket *socket, Transfer *transfer) {
    const fx_request_type *type = transfer->request.type;
    if (type == &shutdown_type) return shutdown(socket->watch.descriptor, SHUT_WR) == 0 ? 1 : -errno;
    int state = type == &send_file_type ? send_pieces_of_file(socket, transfer) : send_text(socket, transfer);
    if (state == 0) socket->can_write = false;
    return state;
}

static fx_value sent(fx_runtime *rt, const Transfer *transfer, int state) {
    if (state < 0) return fx_error_of_code(rt, state);
    bool counts = transfer->any || transfer->request.type == &send_file_type;
    return counts ? fx_ok_take(rt, FX_WORD, (fx_value)transfer->done) : ok_unit(rt);
}

static void serve_writers(fx_runtime *rt, Socket *socket) {
    while (socket->writers.first && socket->can_write) {
        Transfer *transfer = (Transfer *)socket->writers.first;
        int state = try_send(socket, transfer);
        if (state == 0) return;
        fx_unqueue(&transfer->request);
        fx_finish(rt, &transfer->request, sent(rt, transfer, state));
    }
}

// Tries at once, unless others wait already. A new connection counts as writable.
static fx_answer start_sending(fx_runtime *rt, Socket *socket, Transfer *transfer) {
    int state = !socket->is_open ? -EBADF : socket->writers.first ? 0 : try_send(socket, transfer);
    if (state) {
        fx_value answer = sent(rt, transfer, state);
        fx_request_discard(rt, &transfer->request);
        return fx_answer_ready(rt, FX_COUNTED, answer);
    }
    fx_enqueue(&socket->writers, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

static fx_answer write_text(fx_runtime *rt, fx_value value, fx_value text, bool any) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    if (socket->is_open && !socket->writers.first) { // mostly it goes out at once: no request is needed
        size_t length = fx_string_length(text);
        ssize_t part = send(socket->watch.descriptor, fx_string_bytes(text), length, MSG_NOSIGNAL);
        if (part == (ssize_t)length) return fx_answer_ready(rt, FX_COUNTED, any ? fx_ok_take(rt, FX_WORD, part) : ok_unit(rt));
        Transfer *transfer = make_transfer(rt, &write_type, socket);
        fx_dup(text);
        *transfer = (Transfer){transfer->request, socket, text, true, part > 0 ? (size_t)part : 0, length, 0, {0, 0}, any};
        return start_sending(rt, socket, transfer);
    }
    Transfer *transfer = make_transfer(rt, &write_type, socket);
    fx_dup(text);
    *transfer = (Transfer){transfer->request, socket, text, true, 0, fx_string_length(text), 0, {0, 0}, any};
    return start_sending(rt, socket, transfer);
}

fx_answer fx_tcp_write(fx_runtime *rt, fx_value socket, fx_value text) { return write_text(rt, socket, text, true); }
fx_answer fx_tcp_write_all(fx_runtime *rt, fx_value socket, fx_value text) { return write_text(rt, socket, text, false); }

fx_answer fx_tcp_send_file(fx_runtime *rt, fx_value value, fx_value file, fx_value position, fx_value count) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    if (position < 0) return fx_done(fx_error_of_code(rt, -EINVAL));
    Socket *socket = socket_of(value);
    Transfer *transfer = make_transfer(rt, &send_file_type, socket);
    fx_dup(file);
    *transfer = (Transfer){transfer->request, socket, file, true, 0, count < 0 ? 0 : (size_t)count, position, {0, 0}, false};
    return start_sending(rt, socket, transfer);
}

static void socket_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
    Socket *socket = (Socket *)((char *)watch - offsetof(Socket, watch));
    if (events & FX_HUNG_UP) socket->hung_up = true;
    if (events & FX_READABLE) {
        socket->can_read = true;
        serve_readers(rt, socket);
    }
    if (events & FX_WRITABLE) {
        socket->can_write = true;
        serve_writers(rt, socket);
    }
}

// Behind those who still write.
fx_answer fx_tcp_shutdown(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    return start_sending(rt, socket_of(value), make_transfer(rt, &shutdown_type, socket_of(value)));
}

fx_value fx_tcp_close(fx_runtime *rt, fx_value value) {
    Socket *socket = socket_of(value);
    close_socket(rt, &socket->object);
    fail_all(rt, &socket->readers, -EBADF);
    fail_all(rt, &socket->writers, -EBADF);
    return FX_UNIT;
}

fx_value fx_tcp_peer(fx_runtime *rt, fx_value socket) { return show_address(rt, &socket_of(socket)->address); }

// ---- accepting ----

static fx_value answer_socket(fx_runtime *rt, int descriptor, const Address *address) {
    int code, yes = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    Socket *socket = adopt(rt, &socket_type, descriptor, address, socket_ready, &code);
    return socket ? fx_ok_take(rt, FX_COUNTED, fx_value_of(socket)) : fx_error_of_code(rt, code);
}

static void descriptor_for_accept(fx_runtime *rt, fx_request *request, bool granted);

static bool is_about_one_client(int error) {
    return error == EINTR || error == ECONNABORTED || error == EPROTO || error == ENETDOWN || error == EHOSTUNREACH || error == ENETUNREACH;
}

static bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

// With a token in hand, which goes with the connection, or is given back. False: none is there, and nothing has been decided.
static bool try_accept(fx_runtime *rt, Socket *listener, fx_value *answer) {
    Address address;
    socklen_t size;
    int descriptor;
    do {
        size = sizeof address;
        descriptor = accept4(listener->watch.descriptor, &address.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (descriptor < 0 && is_about_one_client(errno));
    if (descriptor >= 0) {
        *answer = answer_socket(rt, descriptor, &address);
        return true;
    }
    if (errno == EAGAIN) listener->can_read = false;
    if (errno == EAGAIN || is_shortage(errno)) return false;
    *answer = fx_error_of_code(rt, -errno);
    fx_descriptor_give(rt);
    return true;
}

// The request stands in no queue, and has a token.
static void accept_for(fx_runtime *rt, fx_request *request) {
    Socket *listener = ((Transfer *)request)->socket;
    fx_value answer;
    if (try_accept(rt, listener, &answer)) fx_finish(rt, request, answer);
    else if (listener->can_read) fx_descriptor_refused(rt, request, descriptor_for_accept);
    else {
        fx_enqueue(&listener->readers, request);
        fx_descriptor_give(rt);
    }
}

static void descriptor_for_accept(fx_runtime *rt, fx_request *request, bool granted) {
    Socket *listener = ((Transfer *)request)->socket;
    if (granted && listener->is_open) {
        accept_for(rt, request);
        return;
    }
    if (granted) fx_descriptor_give(rt);
    fx_finish(rt, request, fx_error_of_code(rt, granted ? -EBADF : UV_EMFILE));
}

static void listener_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
    (void)events;
    Socket *listener = (Socket *)((char *)watch - offsetof(Socket, watch));
    listener->can_read = true;
    while (listener->can_read && listener->readers.first) {
        fx_request *request = fx_dequeue(&listener->readers);
        if (fx_descriptor_try(rt)) accept_for(rt, request);
        else fx_descriptor_wait(rt, request, descriptor_for_accept);
    }
}

fx_answer fx_tcp_accept(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *listener = socket_of(value);
    if (!listener->is_open) return fx_done(fx_error_of_code(rt, -EBADF));
    bool may_try = listener->can_read && !listener->readers.first;
    bool has_token = may_try && fx_descriptor_try(rt);
    fx_value answer;
    if (has_token && try_accept(rt, listener, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Transfer *transfer = make_transfer(rt, &accept_type, listener);
    fx_answer waiting = fx_wait(rt, &transfer->request);
    if (has_token && listener->can_read) fx_descriptor_refused(rt, &transfer->request, descriptor_for_accept);
    else if (may_try && !has_token) fx_descriptor_wait(rt, &transfer->request, descriptor_for_accept);
    else {
        fx_enqueue(&listener->readers, &transfer->request);
        if (has_token) fx_descriptor_give(rt);
    }
    return waiting;
}

fx_value fx_tcp_close_listener(fx_runtime *rt, fx_value value) {
    Socket *listener = socket_of(value);
    close_socket(rt, &listener->object);
    fail_all(rt, &listener->readers, -EBADF);
    return FX_UNIT;
}

fx_value fx_tcp_port(fx_runtime *rt, fx_value listener) {
    (void)rt;
    return port_of(&socket_of(listener)->address);
}

fx_value fx_tcp_connection_limit(fx_runtime *rt) {
    size_t left = fx_descriptors_left(rt);
    return left < 4 ? 1 : (fx_value)(left - left / 4);
}

// ---- names ----

typedef struct Resolve {
    fx_job job;
    fx_value host;
    int port;
    bool to_listen;
    Address *found;
    size_t count;
} Resolve;

static void work_resolve(fx_job *self) {
    Resolve *resolve = (Resolve *)self;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = resolve->to_listen ? AI_PASSIVE : AI_ADDRCONFIG}, *list = NULL;
    int failure = getaddrinfo(fx_string_bytes(resolve->host), NULL, &hints, &list);
    self->code = failure == 0 ? 0 : failure == EAI_SYSTEM ? -errno : failure == EAI_MEMORY ? UV_ENOMEM : UV_EAI_NONAME;
    size_t count = 0;
    for (struct addrinfo *each = list; each; each = each->ai_next) count++;
    resolve->found = calloc(count + 1, sizeof(Address));
    for (struct addrinfo *each = list; each && resolve->found; each = each->ai_next) {
        if (each->ai_family != AF_INET && each->ai_family != AF_INET6) continue;
        Address *address = &resolve->found[resolve->count++];
        memcpy(address, each->ai_addr, each->ai_addrlen < sizeof *address ? each->ai_addrlen : sizeof *address);
        if (each->ai_family == AF_INET6) address->v6.sin6_port = htons((uint16_t)resolve->port);
        else address->v4.sin_port = htons((uint16_t)resolve->port);
    }
    if (list) freeaddrinfo(list);
}

// Ok (the addresses, as a String of their bytes), or Err.
static fx_value answer_addresses(fx_runtime *rt, fx_job *self) {
    Resolve *resolve = (Resolve *)self;
    if (self->code < 0 || resolve->count == 0) return fx_error_of_code(rt, self->code < 0 ? self->code : UV_EAI_NONAME);
    return fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, (const char *)resolve->found, resolve->count * sizeof(Address)));
}

static void clean_resolve(fx_runtime *rt, fx_request *request) {
    fx_drop(rt, ((Resolve *)request)->host);
    free(((Resolve *)request)->found);
}

static const fx_request_type resolve_type = {"Dns.resolve", sizeof(Resolve), FX_COUNTED, false, fx_job_cancel, NULL, clean_resolve};

static fx_answer resolve_host(fx_runtime *rt, fx_value host, int64_t port, bool to_listen) {
    Address address;
    if (port < 0 || port > 65535 || strlen(fx_string_bytes(host)) != fx_string_length(host)) return fx_done(fx_error_of_code(rt, -EINVAL));
    if (parse_address(fx_string_bytes(host), (int)port, &address))
        return fx_done(fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, (const char *)&address, sizeof address)));
    Resolve *resolve = fx_request_make(rt, &resolve_type);
    fx_dup(host);
    resolve->host = host;
    resolve->port = (int)port;
    resolve->to_listen = to_listen;
    resolve->job.work = work_resolve;
    resolve->job.answer = answer_addresses;
    resolve->job.flags = FX_JOB_ABANDONABLE;
    return fx_job_run(rt, &resolve->job);
}

// Once the addresses are there, goes on with `next`, which owns them.
typedef fx_answer (*Next)(fx_runtime *rt, fx_value addresses);

static fx_answer go_on(fx_runtime *rt, fx_value resolved, Next next) {
    if (fx_tag(resolved) != 0) return fx_done(resolved);
    fx_value addresses = fx_content(resolved);
    fx_dup(addresses);
    fx_drop(rt, resolved);
    return next(rt, addresses);
}

static fx_answer resume_resolved(fx_runtime *rt, fx_frame *frame, fx_value resolved) {
    Next next = (Next)(intptr_t)frame->saved[0];
    fx_free_frame(rt, frame);
    return go_on(rt, resolved, next);
}

static const fx_frame_info resolved_frame = {resume_resolved, NULL, "Tcp", NULL, 1, 0, 0};

static fx_answer when_resolved(fx_runtime *rt, fx_answer resolved, Next next) {
    if (!resolved.suspended) return go_on(rt, resolved.value, next);
    fx_push_frame(rt, &resolved_frame)->saved[0] = (fx_value)(intptr_t)next;
    return resolved;
}

// ---- listening ----

static int bind_and_listen(int descriptor, Address *address) {
    int yes = 1;
    socklen_t size = sizeof *address;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool done = bind(descriptor, &address->any, size_of(address)) == 0 && listen(descriptor, SOMAXCONN) == 0 &&
                getsockname(descriptor, &address->any, &size) == 0;
    return done ? 0 : -errno;
}

// Has a descriptor token, which goes with the listener, or back. False: the system has no descriptor in spite of it; then the token stays.
static bool try_listen(fx_runtime *rt, Address *address, fx_value *answer) {
    int descriptor = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int code = descriptor < 0 ? -errno : bind_and_listen(descriptor, address);
    if (code == -EMFILE || code == -ENFILE) return false;
    if (code) {
        if (descriptor >= 0) close(descriptor);
        fx_descriptor_give(rt);
        *answer = fx_error_of_code(rt, code);
        return true;
    }
    Socket *listener = adopt(rt, &listener_type, descriptor, address, listener_ready, &code);
    *answer = listener ? fx_ok_take(rt, FX_COUNTED, fx_value_of(listener)) : fx_error_of_code(rt, code);
    return true;
}

// Waits for a descriptor (C12).
typedef struct Listen {
    fx_request request;
    Address address;
} Listen;

static void withdraw_listen(fx_runtime *rt, fx_request *request) {
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}

static const fx_request_type listen_type = {"Tcp.listen", sizeof(Listen), FX_COUNTED, true, withdraw_listen, NULL, NULL};

static void descriptor_for_listen(fx_runtime *rt, fx_request *request, bool granted) {
    fx_value answer;
    if (!granted) fx_finish(rt, request, fx_error_of_code(rt, UV_EMFILE));
    else if (try_listen(rt, &((Listen *)request)->address, &answer)) fx_finish(rt, request, answer);
    else fx_descriptor_refused(rt, request, descriptor_for_listen);
}

static fx_answer listen_at(fx_runtime *rt, fx_value addresses) {
    Address address;
    memcpy(&address, fx_string_bytes(addresses), sizeof address);
    fx_drop(rt, addresses);
    bool has_token = fx_descriptor_try(rt);
    fx_value answer;
    if (has_token && try_listen(rt, &address, &answer)) return fx_done(answer);
    Listen *listening = fx_request_make(rt, &listen_type);
    listening->address = address;
    fx_answer waiting = fx_wait(rt, &listening->request);
    if (has_token) fx_descriptor_refused(rt, &listening->request, descriptor_for_listen);
    else fx_descriptor_wait(rt, &listening->request, descriptor_for_listen);
    return waiting;
}

fx_answer fx_tcp_listen(fx_runtime *rt, fx_value host, fx_value port) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    return when_resolved(rt, resolve_host(rt, host, port, true), listen_at);
}

// ---- connecting ----

typedef struct Connect {
    fx_request request;
    fx_value addresses;
    size_t next;       // of the addresses
    fx_watch watch;
    int descriptor;    // that is connecting, or -1
    bool has_token;
} Connect;

static const Address *address_at(const Connect *attempt, size_t index) {
    return (const Address *)(const void *)(fx_string_bytes(attempt->addresses) + index * sizeof(Address));
}

static void stop_connecting(fx_runtime *rt, Connect *attempt) {
    if (attempt->descriptor < 0) return;
    fx_watch_stop(rt, &attempt->watch);
    close(attempt->descriptor);
    attempt->descriptor = -1;
}

static void withdraw_connect(fx_runtime *rt, fx_request *request) {
    Connect *attempt = (Connect *)request;
    stop_connecting(rt, attempt);
    fx_unqueue(request);
    if (attempt->has_token) fx_descriptor_give(rt);
    attempt->has_token = false;
    fx_withdrawn(rt, request);
}

static void clean_connect(fx_runtime *rt, fx_request *request) { fx_drop(rt, ((Connect *)request)->addresses); }

static const fx_request_type connect_type = {"Tcp.connect", sizeof(Connect), FX_COUNTED, false, withdraw_connect, NULL, clean_connect};

static void give_up(fx_runtime *rt, Connect *attempt, int code) {
    if (attempt->has_token) fx_descriptor_give(rt);
    attempt->has_token = false;
    fx_finish(rt, &attempt->request, fx_error_of_code(rt, code));
}

static void connect_next(fx_runtime *rt, Connect *attempt, int code);

// Writable, or an error: the attempt is over. The descriptor and its token go over to the socket.
static void attempt_over(fx_runtime *rt, fx_watch *watch, unsigned events) {
    (void)events;
    Connect *attempt = (Connect *)((char *)watch - offsetof(Connect, watch));
    int error = 0;
    socklen_t size = sizeof error;
    Address address;
    if (getsockopt(attempt->descriptor, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    size = sizeof address;
    if (!error && getpeername(attempt->descriptor, &address.any, &size) != 0) {
        if (errno == ENOTCONN) return; // not yet
        error = errno;
    }
    if (error) {
        stop_connecting(rt, attempt);
        connect_next(rt, attempt, -error);
        return;
    }
    fx_watch_stop(rt, watch);
    attempt->has_token = false;
    fx_finish(rt, &attempt->request, answer_socket(rt, attempt->descriptor, &address));
}

static void descriptor_for_connect(fx_runtime *rt, fx_request *request, bool granted) {
    Connect *attempt = (Connect *)request;
    attempt->has_token = granted;
    connect_next(rt, attempt, UV_EMFILE);
}

static int begin_attempt(fx_runtime *rt, Connect *attempt, const Address *address) {
    attempt->descriptor = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (attempt->descriptor < 0) return -errno;
    int code = 0;
    code = connect(attempt->descriptor, &address->any, size_of(address)) == 0 || errno == EINPROGRESS || errno == EINTR ? 0 : -errno;
    if (!code) code = fx_watch_start(rt, &attempt->watch, attempt->descriptor, attempt_over);
    if (code) {
        close(attempt->descriptor);
        attempt->descriptor = -1;
    }
    return code;
}

// `code` is why the address before failed.
static void connect_next(fx_runtime *rt, Connect *attempt, int code) {
    size_t count = fx_string_length(attempt->addresses) / sizeof(Address);
    while (attempt->has_token && attempt->next < count) {
        code = begin_attempt(rt, attempt, address_at(attempt, attempt->next));
        if (code == -EMFILE || code == -ENFILE) {
            attempt->has_token = false;
            fx_descriptor_refused(rt, &attempt->request, descriptor_for_connect);
            return;
        }
        attempt->next++;
        if (!code) return;
    }
    give_up(rt, attempt, code);
}

static fx_answer connect_to(fx_runtime *rt, fx_value addresses) {
    Connect *attempt = fx_request_make(rt, &connect_type);
    attempt->addresses = addresses;
    attempt->descriptor = -1;
    fx_answer waiting = fx_wait(rt, &attempt->request);
    if (fx_descriptor_try(rt)) descriptor_for_connect(rt, &attempt->request, true);
    else fx_descriptor_wait(rt, &attempt->request, descriptor_for_connect);
    return waiting;
}

fx_answer fx_tcp_connect(fx_runtime *rt, fx_value host, fx_value port) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    return when_resolved(rt, resolve_host(rt, host, port, false), connect_to);
}
