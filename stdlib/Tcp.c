// Connections over TCP (R24, C5, C11, C12).

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>
#include "fx.h"

enum { INPUT_SIZE = 65536, SENT_AT_ONCE = 1 << 20, RETRY_AFTER = 5000000 }; // bytes, bytes, nanoseconds

// ---- addresses ----

typedef union Address {
    fx_address whole;
    struct sockaddr any;
    struct sockaddr_in6 v6;
    struct {                   // all that counts of a Unix-domain socket's
        sa_family_t family;
        fx_value path;         // where one listens; 0: unknown
        uint64_t device, file; // listeners that made the path: the file's, by which they know it again
    } unix_domain;
} Address;

static bool is_unix(const Address *address) { return address->any.sa_family == AF_UNIX; }

static socklen_t size_of(const Address *address) {
    return address->any.sa_family == AF_INET6 ? sizeof address->v6 : (socklen_t)sizeof(struct sockaddr_in);
}

// ---- sockets and listeners: resources, which hold their watch themselves ----

typedef struct Socket {
    fx_object object;
    const fx_resource_type *type;
    fx_watch watch;
    fx_queue readers, writers; // listeners: who accepts stands in readers; while it connects, who wants it stands in writers
    Address address;           // of the other side; listeners: their own
    fx_value unread;           // Result String Error that a reader did not get any more (C5): the next one's; 0: none
    bool is_open, is_watched, can_read, can_write, hung_up, owns_path;
} Socket;
enum { SOCKET_WORDS = (sizeof(Socket) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value) };

static fx_value path_of(const Socket *socket) { return is_unix(&socket->address) ? socket->address.unix_domain.path : 0; }

static void close_socket(fx_runtime *rt, Socket *socket) {
    if (!socket->is_open) return;
    socket->is_open = false;
    if (socket->owns_path) fx_leave_path(path_of(socket), socket->address.unix_domain.device, socket->address.unix_domain.file);
    if (socket->unread) fx_drop(rt, socket->unread);
    if (socket->is_watched) fx_watch_stop(rt, &socket->watch);
    close(socket->watch.descriptor);
    fx_descriptor_give(rt);
}

static void destroy_socket(fx_runtime *rt, fx_object *object) {
    Socket *socket = (Socket *)object;
    close_socket(rt, socket);
    if (path_of(socket)) fx_drop(rt, path_of(socket));
}

static const fx_resource_type socket_type = {"Tcp.Socket", SOCKET_WORDS, destroy_socket};
static const fx_resource_type listener_type = {"Tcp.Listener", SOCKET_WORDS, destroy_socket};

static Socket *socket_of(fx_value value) { return (Socket *)fx_object_of(value); }

// Owns the descriptor and its token.
static Socket *adopt(fx_runtime *rt, const fx_resource_type *type, int descriptor, const Address *address,
                     void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events)) {
    Socket *socket = (Socket *)fx_resource_make(rt, type);
    socket->watch.descriptor = descriptor;
    socket->watch.ready = ready;
    socket->is_open = true;
    socket->address = is_unix(address) ? (Address){.unix_domain.family = AF_UNIX} : *address;
    return socket;
}

// Before somebody waits for it: what it is ready for by then is told too. Many a short connection needs no watch at all. 0 or an error code.
static int watch(fx_runtime *rt, Socket *socket) {
    if (socket->is_watched) return 0;
    int code = fx_watch_start(rt, &socket->watch, socket->watch.descriptor, socket->watch.ready);
    socket->is_watched = code == 0;
    return code;
}

// ---- requests on a socket ----

typedef struct Wait {
    fx_request request;
    Socket *socket;     // kept alive
    fx_limited limited; // when the wait has a limit of time
} Wait;

typedef struct Transfer {
    Wait wait;
    fx_value text;     // to send, owned; 0: none
    fx_value last;     // to send then, owned: what is held, or a file (send_file); 0: none
    size_t done, size; // sent so far of the text; of how many
    size_t last_done, last_size; // the same of what comes last
    int64_t position;  // in the file
    struct timespec modified; // the file, when the transfer began
    bool any;          // some bytes are enough (write)
    bool ends;         // then nothing more will be sent (write_last_within)
} Transfer;

static void finish(fx_runtime *rt, fx_request *request, fx_value answer) {
    fx_limit_leave(rt, &((Wait *)request)->limited);
    fx_finish(rt, request, answer);
}

static void withdraw(fx_runtime *rt, fx_request *request) {
    fx_limit_leave(rt, &((Wait *)request)->limited);
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}

static void clean(fx_runtime *rt, fx_request *request) { fx_drop(rt, fx_value_of(((Wait *)request)->socket)); }

static void clean_transfer(fx_runtime *rt, fx_request *request) {
    Transfer *transfer = (Transfer *)request;
    if (transfer->text) fx_drop(rt, transfer->text);
    if (transfer->last) fx_drop(rt, transfer->last);
    clean(rt, request);
}

static void put_back(fx_runtime *rt, fx_request *request, fx_value answer);

#define TRANSFER_TYPE(variable, text)                                                                                  \
    static const fx_request_type variable = {text, sizeof(Transfer), FX_COUNTED, false, withdraw, NULL, clean_transfer}
static const fx_request_type read_type = {"Tcp.read", sizeof(Wait), FX_COUNTED, false, withdraw, put_back, clean};
static const fx_request_type accept_type = {"Tcp.accept", sizeof(Wait), FX_COUNTED, false, withdraw, NULL, clean};
TRANSFER_TYPE(write_type, "Tcp.write_all");
TRANSFER_TYPE(send_file_type, "Tcp.send_file");
TRANSFER_TYPE(shutdown_type, "Tcp.shutdown");

// How much of a file has gone is told in any case: the next call meets the error again.
static fx_value failed(fx_runtime *rt, const fx_request *request, int code) {
    size_t done = request->type == &send_file_type ? ((const Transfer *)request)->last_done : 0;
    return done ? fx_ok_take(rt, FX_WORD, (fx_value)done) : fx_error_of_code(rt, code);
}

static void time_out(fx_runtime *rt, fx_limited *limited) {
    fx_request *request = &((Wait *)((char *)limited - offsetof(Wait, limited)))->request;
    fx_unqueue(request);
    fx_finish(rt, request, failed(rt, request, -ETIMEDOUT));
}

static void *make_wait(fx_runtime *rt, const fx_request_type *type, Socket *socket) {
    Wait *wait = fx_request_make(rt, type);
    fx_dup(fx_value_of(socket));
    wait->socket = socket;
    return wait;
}

// The request stands in its queue, or is about to. When the limit, borrowed, is over already, the request ends at once. NULL: there is none.
static void begin_limit(fx_runtime *rt, Wait *wait, fx_limit *limit) {
    if (limit && !fx_limit_enter(rt, limit, &wait->limited, time_out)) time_out(rt, &wait->limited);
}

static fx_value ok_unit(fx_runtime *rt) { return fx_ok_take(rt, FX_WORD, FX_UNIT); }

static void fail_all(fx_runtime *rt, fx_queue *queue, int code) {
    fx_request *request;
    while ((request = fx_dequeue(queue))) finish(rt, request, failed(rt, request, code));
}

// ---- reading ----

typedef struct Network {
    char input[INPUT_SIZE];
    bool gave_inherited;
} Network;
static const fx_library library = {"Tcp", sizeof(Network), NULL, NULL, NULL};

// Result String Error, or false: nothing has come. A short read has emptied the socket, unless its end is near.
static bool try_read(fx_runtime *rt, Socket *socket, fx_value *answer) {
    if (socket->unread) {
        *answer = socket->unread;
        socket->unread = 0;
        return true;
    }
    if (!socket->can_read) return false;
    char *input = ((Network *)fx_library_state(rt, &library))->input;
    ssize_t length;
    do length = recv(socket->watch.descriptor, input, INPUT_SIZE, 0);
    while (length < 0 && errno == EINTR);
    if (length < INPUT_SIZE && !socket->hung_up) socket->can_read = false;
    if (length < 0 && errno == EAGAIN) return socket->can_read = false;
    *answer = length < 0 ? fx_error_of_code(rt, -errno) : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, input, (size_t)length));
    return true;
}

static void serve_readers(fx_runtime *rt, Socket *socket) {
    fx_value answer;
    while (socket->readers.first && try_read(rt, socket, &answer)) finish(rt, fx_dequeue(&socket->readers), answer);
}

static fx_answer read_within(fx_runtime *rt, fx_value value, fx_limit *limit) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    fx_value answer;
    if (!socket->is_open) return fx_done(fx_error_of_code(rt, -EBADF));
    bool takes_turns = fx_must_take_turns(rt);
    if (!socket->readers.first && !takes_turns && try_read(rt, socket, &answer)) return fx_done(answer);
    int code = watch(rt, socket);
    if (code) return fx_done(fx_error_of_code(rt, code));
    Wait *wait = make_wait(rt, &read_type, socket);
    fx_enqueue(&socket->readers, &wait->request);
    fx_answer waiting = fx_wait(rt, &wait->request);
    begin_limit(rt, wait, limit);
    if (takes_turns) serve_readers(rt, socket);
    return waiting;
}

fx_answer fx_tcp_read(fx_runtime *rt, fx_value value) { return read_within(rt, value, NULL); }

fx_answer fx_tcp_read_within(fx_runtime *rt, fx_value value, fx_value limit) { return read_within(rt, value, (fx_limit *)fx_object_of(limit)); }

// Behind what is unread already: readers that are cancelled together come here in the order in which they were served.
static void put_back(fx_runtime *rt, fx_request *request, fx_value answer) {
    Socket *socket = ((Wait *)request)->socket;
    if (!socket->is_open) {
        fx_drop(rt, answer);
        return;
    }
    fx_value before = socket->unread;
    if (!before || fx_tag(before) != 0 || fx_tag(answer) != 0) {
        if (before) fx_drop(rt, answer);
        else socket->unread = answer;
    } else {
        fx_value pieces[] = {fx_content(before), fx_content(answer)};
        fx_dup(pieces[0]), fx_dup(pieces[1]);
        fx_drop(rt, before), fx_drop(rt, answer);
        socket->unread = fx_ok_take(rt, FX_COUNTED, fx_string_concatenate_take(rt, 2, pieces));
    }
    serve_readers(rt, socket);
}

// ---- writing ----

// Sends what it can. 1: done, 0: the socket takes no more at the moment, negative: an error code.
static int send_text(Socket *socket, Transfer *transfer) {
    int flags = transfer->last || transfer->ends ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL;
    while (transfer->done < transfer->size) {
        ssize_t part = send(socket->watch.descriptor, fx_string_bytes(transfer->text) + transfer->done, transfer->size - transfer->done, flags);
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
    int file = fx_file_descriptor(transfer->last);
    if (file < 0) return -EBADF;
    if (!is_as_it_was(transfer, file)) return 1;
    while (transfer->last_done < transfer->last_size) {
        size_t left = transfer->last_size - transfer->last_done;
        off_t at = (off_t)(transfer->position + (int64_t)transfer->last_done);
        ssize_t part = sendfile(socket->watch.descriptor, file, &at, left < SENT_AT_ONCE ? left : SENT_AT_ONCE);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno == EAGAIN ? 0 : -errno;
        if (part == 0) return 1;
        transfer->last_done += (size_t)part;
    }
    return 1;
}

static int end_sending(const Socket *socket) { return shutdown(socket->watch.descriptor, SHUT_WR) == 0 ? 1 : -errno; }

static int try_send(Socket *socket, Transfer *transfer) {
    const fx_request_type *type = transfer->wait.request.type;
    if (type == &shutdown_type) return end_sending(socket);
    int state = send_text(socket, transfer);
    if (state == 1 && transfer->ends) return end_sending(socket);
    if (state == 1 && transfer->last)
        state = type == &send_file_type ? send_pieces_of_file(socket, transfer) : fx_held_send(socket->watch.descriptor, transfer->last, &transfer->last_done);
    if (state == 0) socket->can_write = false;
    return state;
}

static fx_value sent(fx_runtime *rt, const Transfer *transfer, int state) {
    if (transfer->last && !transfer->last_done) fx_push(transfer->wait.socket->watch.descriptor);
    if (state < 0) return failed(rt, &transfer->wait.request, state);
    if (transfer->wait.request.type == &send_file_type) return fx_ok_take(rt, FX_WORD, (fx_value)transfer->last_done);
    return transfer->any ? fx_ok_take(rt, FX_WORD, (fx_value)transfer->done) : ok_unit(rt);
}

static void serve_writers(fx_runtime *rt, Socket *socket) {
    while (socket->writers.first && socket->can_write) {
        Transfer *transfer = (Transfer *)socket->writers.first;
        int state = try_send(socket, transfer);
        if (state == 0) return;
        fx_unqueue(&transfer->wait.request);
        finish(rt, &transfer->wait.request, sent(rt, transfer, state));
    }
}

static bool may_send(const Socket *socket) { return socket->is_open && !socket->writers.first; }

// Mostly all of them go out at once. What is left of them, as one text; 0: nothing.
static fx_value send_texts(fx_runtime *rt, Socket *socket, fx_value texts, int flags) {
    return fx_texts_send(rt, may_send(socket) ? socket->watch.descriptor : -1, texts, MSG_NOSIGNAL | flags);
}

// Tries at once, unless others wait already. A new connection counts as writable.
static fx_answer start_sending(fx_runtime *rt, Socket *socket, Transfer *transfer, fx_limit *limit) {
    int state = !socket->is_open ? -EBADF : socket->writers.first ? 0 : try_send(socket, transfer);
    if (!state) state = watch(rt, socket);
    if (state) {
        fx_value answer = sent(rt, transfer, state);
        fx_request_discard(rt, &transfer->wait.request);
        return fx_answer_ready(rt, FX_COUNTED, answer);
    }
    fx_enqueue(&socket->writers, &transfer->wait.request);
    fx_answer waiting = fx_wait(rt, &transfer->wait.request);
    begin_limit(rt, &transfer->wait, limit);
    return waiting;
}

// Takes the text, of which `done` bytes have gone, or 0; and what comes last, borrowed, or 0.
static Transfer *make_transfer(fx_runtime *rt, const fx_request_type *type, Socket *socket, fx_value text, size_t done, fx_value last) {
    Transfer *transfer = make_wait(rt, type, socket);
    if (last) fx_dup(last);
    transfer->text = text;
    transfer->last = last;
    transfer->done = done;
    transfer->size = text ? fx_string_length(text) : 0;
    return transfer;
}

static fx_answer write_text(fx_runtime *rt, fx_value value, fx_value text, bool any) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    size_t length = fx_string_length(text);
    ssize_t part = 0;
    if (may_send(socket)) { // mostly it goes out at once: no request is needed
        part = send(socket->watch.descriptor, fx_string_bytes(text), length, MSG_NOSIGNAL);
        if (part == (ssize_t)length) return fx_answer_ready(rt, FX_COUNTED, any ? fx_ok_take(rt, FX_WORD, part) : ok_unit(rt));
    }
    fx_dup(text);
    Transfer *transfer = make_transfer(rt, &write_type, socket, text, part > 0 ? (size_t)part : 0, 0);
    transfer->any = any;
    return start_sending(rt, socket, transfer, NULL);
}

fx_answer fx_tcp_write(fx_runtime *rt, fx_value socket, fx_value text) { return write_text(rt, socket, text, true); }
fx_answer fx_tcp_write_all(fx_runtime *rt, fx_value socket, fx_value text) { return write_text(rt, socket, text, false); }

// `held` goes last; 0: nothing.
static fx_answer write_all_within(fx_runtime *rt, fx_value value, fx_value texts, fx_value held, fx_limit *limit) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    fx_value left = send_texts(rt, socket, texts, held ? MSG_MORE : 0);
    size_t held_done = 0;
    bool is_done = !left && (!held || (may_send(socket) && fx_held_send(socket->watch.descriptor, held, &held_done) == 1));
    if (is_done) return fx_answer_ready(rt, FX_COUNTED, ok_unit(rt));
    Transfer *transfer = make_transfer(rt, &write_type, socket, left, 0, held);
    transfer->last_done = held_done;
    return start_sending(rt, socket, transfer, limit);
}

fx_answer fx_tcp_write_all_of(fx_runtime *rt, fx_value socket, fx_value texts) { return write_all_within(rt, socket, texts, 0, NULL); }

fx_answer fx_tcp_write_all_within(fx_runtime *rt, fx_value socket, fx_value texts, fx_value limit) {
    return write_all_within(rt, socket, texts, 0, (fx_limit *)fx_object_of(limit));
}

// What is held back by MSG_MORE goes out with the end.
fx_answer fx_tcp_write_last_within(fx_runtime *rt, fx_value value, fx_value texts, fx_value limit) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    Transfer *transfer = make_transfer(rt, &write_type, socket, send_texts(rt, socket, texts, MSG_MORE), 0, 0);
    transfer->ends = true;
    return start_sending(rt, socket, transfer, (fx_limit *)fx_object_of(limit));
}

fx_answer fx_tcp_write_held_within(fx_runtime *rt, fx_value socket, fx_value texts, fx_value held, fx_value limit) {
    return write_all_within(rt, socket, texts, held, (fx_limit *)fx_object_of(limit));
}

static fx_answer write_file_within(fx_runtime *rt, fx_value value, fx_value texts, fx_value file, fx_value position, fx_value count, fx_limit *limit) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    if (position < 0) return fx_done(fx_error_of_code(rt, -EINVAL));
    Socket *socket = socket_of(value);
    Transfer *transfer = make_transfer(rt, &send_file_type, socket, send_texts(rt, socket, texts, MSG_MORE), 0, file);
    transfer->last_size = count < 0 ? 0 : (size_t)count;
    transfer->position = position;
    return start_sending(rt, socket, transfer, limit);
}

fx_answer fx_tcp_send_file(fx_runtime *rt, fx_value socket, fx_value file, fx_value position, fx_value count) {
    return write_file_within(rt, socket, FX_NIL, file, position, count, NULL);
}

fx_answer fx_tcp_write_file_within(fx_runtime *rt, fx_value socket, fx_value texts, fx_value file, fx_value position, fx_value count, fx_value limit) {
    return write_file_within(rt, socket, texts, file, position, count, (fx_limit *)fx_object_of(limit));
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
    return start_sending(rt, socket_of(value), make_wait(rt, &shutdown_type, socket_of(value)), NULL);
}

fx_value fx_tcp_close(fx_runtime *rt, fx_value value) {
    Socket *socket = socket_of(value);
    close_socket(rt, socket);
    fail_all(rt, &socket->readers, -EBADF);
    fail_all(rt, &socket->writers, -EBADF);
    return FX_UNIT;
}

fx_value fx_tcp_peer(fx_runtime *rt, fx_value value) {
    const Socket *socket = socket_of(value);
    if (!is_unix(&socket->address)) return fx_address_show(rt, &socket->address.whole);
    fx_value pieces[] = {fx_string_of(rt, "unix:"), path_of(socket)};
    if (!pieces[1]) return pieces[0];
    fx_dup(pieces[1]);
    return fx_string_concatenate_take(rt, 2, pieces);
}

// ---- accepting ----

static void descriptor_for_accept(fx_runtime *rt, fx_request *request, bool granted);

static bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

// With a token in hand, which goes with the connection, or is given back. False: none is there, and nothing has been decided.
static bool try_accept(fx_runtime *rt, Socket *listener, fx_value *answer) {
    Address address;
    int descriptor = fx_accept(listener->watch.descriptor, &address.whole);
    if (descriptor >= 0) {
        Socket *socket = adopt(rt, &socket_type, descriptor, &address, socket_ready);
        socket->can_read = true; // perhaps
        *answer = fx_ok_take(rt, FX_COUNTED, fx_value_of(socket));
        return true;
    }
    if (descriptor == -EAGAIN) listener->can_read = false;
    if (descriptor == -EAGAIN || is_shortage(-descriptor)) return false;
    *answer = fx_error_of_code(rt, descriptor);
    fx_descriptor_give(rt);
    return true;
}

// The request stands in no queue, and has a token.
static void accept_for(fx_runtime *rt, fx_request *request) {
    Socket *listener = ((Wait *)request)->socket;
    fx_value answer;
    if (try_accept(rt, listener, &answer)) fx_finish(rt, request, answer);
    else if (listener->can_read) fx_descriptor_refused(rt, request, descriptor_for_accept);
    else {
        fx_enqueue(&listener->readers, request);
        fx_descriptor_give(rt);
    }
}

static void descriptor_for_accept(fx_runtime *rt, fx_request *request, bool granted) {
    Socket *listener = ((Wait *)request)->socket;
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

// Owns the descriptor and its token, also when it answers NULL, with the code.
static Socket *adopt_listener(fx_runtime *rt, int descriptor, const Address *address, int *code) {
    Socket *listener = adopt(rt, &listener_type, descriptor, address, listener_ready);
    *code = watch(rt, listener);
    if (*code == 0) return listener;
    fx_drop(rt, fx_value_of(listener));
    return NULL;
}

fx_answer fx_tcp_accept(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *listener = socket_of(value);
    if (!listener->is_open) return fx_done(fx_error_of_code(rt, -EBADF));
    bool may_try = listener->can_read && !listener->readers.first;
    bool has_token = may_try && fx_descriptor_try(rt);
    fx_value answer;
    if (has_token && try_accept(rt, listener, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Wait *wait = make_wait(rt, &accept_type, listener);
    fx_descriptor_patient(&wait->request);
    fx_answer waiting = fx_wait(rt, &wait->request);
    if (has_token && listener->can_read) fx_descriptor_refused(rt, &wait->request, descriptor_for_accept);
    else if (may_try && !has_token) fx_descriptor_wait(rt, &wait->request, descriptor_for_accept);
    else {
        fx_enqueue(&listener->readers, &wait->request);
        if (has_token) fx_descriptor_give(rt);
    }
    return waiting;
}

fx_value fx_tcp_accept_speaking(fx_runtime *rt, fx_value value) {
    (void)rt;
    if (socket_of(value)->is_open) fx_accept_speaking(socket_of(value)->watch.descriptor);
    return FX_UNIT;
}

fx_value fx_tcp_close_listener(fx_runtime *rt, fx_value value) {
    close_socket(rt, socket_of(value));
    fail_all(rt, &socket_of(value)->readers, -EBADF);
    return FX_UNIT;
}

fx_value fx_tcp_port(fx_runtime *rt, fx_value listener) {
    (void)rt;
    const Address *address = &socket_of(listener)->address;
    return is_unix(address) ? 0 : fx_address_port(&address->whole);
}

fx_value fx_tcp_connection_limit(fx_runtime *rt) {
    size_t left = fx_descriptors_left(rt);
    return left < 4 ? 1 : (fx_value)(left - left / 4);
}

// ---- listening ----

// The opening's context: the path, or one of these.
#define ALONE fx_constant(0)
#define SHARED fx_constant(1)

static bool try_listen(fx_runtime *rt, fx_opening *opening, fx_value *answer) {
    Address address = {opening->address};
    uint64_t device, file;
    bool has_path = !fx_is_constant(opening->context);
    int descriptor = has_path ? fx_listen_at_path(opening->context, &device, &file) : fx_listen_at_port(&address.whole, opening->context == SHARED);
    int code = descriptor < 0 ? descriptor : 0;
    if (code == -EMFILE || code == -ENFILE) return false;
    if (code) fx_descriptor_give(rt);
    Socket *listener = code ? NULL : adopt_listener(rt, descriptor, &address, &code);
    if (listener && has_path) {
        fx_dup(opening->context);
        listener->address = (Address){.unix_domain = {AF_UNIX, opening->context, device, file}};
        listener->owns_path = true;
    }
    *answer = listener ? fx_ok_take(rt, FX_COUNTED, fx_value_of(listener)) : fx_error_of_code(rt, code);
    return true;
}

static const fx_request_type listen_type = FX_OPENING_TYPE("Tcp.listen");

static fx_answer listen_at(fx_runtime *rt, fx_value addresses, fx_value context) {
    fx_address address;
    memcpy(&address, fx_string_bytes(addresses), sizeof address);
    fx_drop(rt, addresses);
    return fx_open(rt, &listen_type, &address, context, try_listen);
}

fx_answer fx_tcp_listen(fx_runtime *rt, fx_value host, fx_value port) {
    return fx_is_stopped(rt) ? fx_stop(rt) : fx_resolve(rt, host, port, true, listen_at, ALONE);
}

fx_answer fx_tcp_listen_shared(fx_runtime *rt, fx_value host, fx_value port) {
    return fx_is_stopped(rt) ? fx_stop(rt) : fx_resolve(rt, host, port, true, listen_at, SHARED);
}

fx_answer fx_tcp_listen_unix(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Address address = {.any.sa_family = AF_UNIX};
    fx_dup(path);
    return fx_open(rt, &listen_type, &address.whole, path, try_listen);
}

// ---- listeners that are there when the program begins: systemd's protocol, sd_listen_fds(3) ----

static Socket *adopt_inherited(fx_runtime *rt, int index) {
    Address address;
    int code, descriptor = fx_inherited(index, &address.whole);
    if (descriptor < 0) return NULL;
    fx_descriptor_adopt(rt);
    return adopt_listener(rt, descriptor, &address, &code);
}

// They can be had once: the list is empty from then on.
fx_value fx_tcp_inherited(fx_runtime *rt) {
    Network *network = fx_library_state(rt, &library);
    fx_value listeners = FX_NIL;
    for (int i = network->gave_inherited ? 0 : fx_inherited_count(); i-- > 0;) {
        Socket *listener = adopt_inherited(rt, i);
        if (listener) listeners = fx_cons_take(rt, FX_COUNTED, fx_value_of(listener), listeners);
    }
    network->gave_inherited = true;
    return listeners;
}

// ---- connecting ----

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
    watch->ready = socket_ready;
    if (attempt->is_unix) fx_dup(attempt->addresses), socket->address = (Address){.unix_domain = {AF_UNIX, attempt->addresses, 0, 0}};
    else fx_send_without_delay(watch->descriptor);
    socket_ready(rt, watch, events);
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
    Socket *socket = (Socket *)fx_resource_make(rt, &socket_type);
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
