// Connections over TCP (R24, C5, C11, C12).

#define _GNU_SOURCE
#include <errno.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include "Tcp.h"

enum { INPUT_SIZE = 65536, SENT_AT_ONCE = 1 << 20 }; // bytes
enum { SOCKET_WORDS = (sizeof(Socket) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value) };

// ---- sockets and listeners ----

void fx_tcp_close_socket(fx_runtime *rt, Socket *socket) {
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
    fx_tcp_close_socket(rt, socket);
    if (path_of(socket)) fx_drop(rt, path_of(socket));
}

const fx_resource_type fx_tcp_socket_type = {"Tcp.Socket", SOCKET_WORDS, destroy_socket};
const fx_resource_type fx_tcp_listener_type = {"Tcp.Listener", SOCKET_WORDS, destroy_socket};

Socket *fx_tcp_adopt(fx_runtime *rt, const fx_resource_type *type, int descriptor, const Address *address,
                     void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events)) {
    Socket *socket = (Socket *)fx_resource_make(rt, type);
    socket->watch.descriptor = descriptor;
    socket->watch.ready = ready;
    socket->is_open = true;
    socket->address = is_unix(address) ? (Address){.unix_domain.family = AF_UNIX} : *address;
    return socket;
}

int fx_tcp_watch(fx_runtime *rt, Socket *socket) {
    if (socket->is_watched) return 0;
    int code = fx_watch_start(rt, &socket->watch, socket->watch.descriptor, socket->watch.ready);
    socket->is_watched = code == 0;
    return code;
}

// ---- requests on a socket ----

typedef struct Transfer {
    Wait wait;
    fx_value text;     // to send, owned; 0: none
    fx_value last;     // to send then, owned: what is held, or a file (send_file); 0: none
    size_t done, size; // sent so far of the text; of how many
    size_t last_done, last_size; // the same of what comes last
    int64_t position;  // in the file
    struct timespec modified; // the file, when the transfer began
    bool any;          // some bytes are enough (write)
    bool ends, closes; // then nothing more will be sent (write_last_within); and the socket is closed (write_and_close_within)
} Transfer;

static void finish(fx_runtime *rt, fx_request *request, fx_value answer) {
    fx_limit_leave(rt, &((Wait *)request)->limited);
    fx_finish(rt, request, answer);
}

void fx_tcp_withdraw_wait(fx_runtime *rt, fx_request *request) {
    fx_limit_leave(rt, &((Wait *)request)->limited);
    fx_unqueue(request);
    fx_withdrawn(rt, request);
}

void fx_tcp_clean_wait(fx_runtime *rt, fx_request *request) { fx_drop(rt, fx_value_of(((Wait *)request)->socket)); }

static void clean_transfer(fx_runtime *rt, fx_request *request) {
    Transfer *transfer = (Transfer *)request;
    if (transfer->text) fx_drop(rt, transfer->text);
    if (transfer->last) fx_drop(rt, transfer->last);
    fx_tcp_clean_wait(rt, request);
}

static void put_back(fx_runtime *rt, fx_request *request, fx_value answer);

#define TRANSFER_TYPE(variable, text)                                                                                  \
    static const fx_request_type variable = {text, sizeof(Transfer), FX_COUNTED, false, fx_tcp_withdraw_wait, NULL, clean_transfer}
static const fx_request_type read_type = {"Tcp.read", sizeof(Wait), FX_COUNTED, false, fx_tcp_withdraw_wait, put_back, fx_tcp_clean_wait};
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

void *fx_tcp_make_wait(fx_runtime *rt, const fx_request_type *type, Socket *socket) {
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

void fx_tcp_fail_all(fx_runtime *rt, fx_queue *queue, int code) {
    fx_request *request;
    while ((request = fx_dequeue(queue))) finish(rt, request, failed(rt, request, code));
}

static void close_for_all(fx_runtime *rt, Socket *socket) {
    fx_tcp_close_socket(rt, socket);
    fx_tcp_fail_all(rt, &socket->readers, -EBADF);
    fx_tcp_fail_all(rt, &socket->writers, -EBADF);
}

// ---- reading ----

typedef struct Network {
    char input[INPUT_SIZE];
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
    int code = fx_tcp_watch(rt, socket);
    if (code) return fx_done(fx_error_of_code(rt, code));
    Wait *wait = fx_tcp_make_wait(rt, &read_type, socket);
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
    if (state > 0 && transfer->closes) close_for_all(rt, transfer->wait.socket);
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
    if (!state) state = fx_tcp_watch(rt, socket);
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
    Transfer *transfer = fx_tcp_make_wait(rt, type, socket);
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

// What is held back by MSG_MORE goes out with the end, which closing the socket is too.
static fx_answer end_within(fx_runtime *rt, fx_value value, fx_value texts, fx_value limit, bool closes) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Socket *socket = socket_of(value);
    fx_value left = send_texts(rt, socket, texts, MSG_MORE);
    if (closes && !left && may_send(socket)) {
        close_for_all(rt, socket);
        return fx_answer_ready(rt, FX_COUNTED, ok_unit(rt));
    }
    Transfer *transfer = make_transfer(rt, &write_type, socket, left, 0, 0);
    transfer->ends = true;
    transfer->closes = closes;
    return start_sending(rt, socket, transfer, (fx_limit *)fx_object_of(limit));
}

fx_answer fx_tcp_write_last_within(fx_runtime *rt, fx_value socket, fx_value texts, fx_value limit) { return end_within(rt, socket, texts, limit, false); }
fx_answer fx_tcp_write_and_close_within(fx_runtime *rt, fx_value socket, fx_value texts, fx_value limit) { return end_within(rt, socket, texts, limit, true); }

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

void fx_tcp_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
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
    return start_sending(rt, socket_of(value), fx_tcp_make_wait(rt, &shutdown_type, socket_of(value)), NULL);
}

fx_value fx_tcp_close(fx_runtime *rt, fx_value value) {
    close_for_all(rt, socket_of(value));
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
