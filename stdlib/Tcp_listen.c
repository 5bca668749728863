// Listeners over TCP and Unix-domain sockets, and what they accept (R24, C12).

#include <errno.h>
#include <uv.h>
#include "Tcp.h"

static const fx_request_type accept_type = {"Tcp.accept", sizeof(Wait), FX_COUNTED, false, fx_tcp_withdraw_wait, NULL, fx_tcp_clean_wait};

static void descriptor_for_accept(fx_runtime *rt, fx_request *request, bool granted);

static bool is_shortage(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

// With a token in hand, which goes with the connection, or is given back. False: none is there, and nothing has been decided.
static bool try_accept(fx_runtime *rt, Socket *listener, fx_value *answer) {
    Address address;
    int descriptor = fx_accept(listener->watch.descriptor, &address.whole);
    if (descriptor >= 0) {
        Socket *socket = fx_tcp_adopt(rt, &fx_tcp_socket_type, descriptor, &address, fx_tcp_ready);
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
    Socket *listener = fx_tcp_adopt(rt, &fx_tcp_listener_type, descriptor, address, listener_ready);
    *code = fx_tcp_watch(rt, listener);
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
    Wait *wait = fx_tcp_make_wait(rt, &accept_type, listener);
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
    fx_tcp_close_socket(rt, socket_of(value));
    fx_tcp_fail_all(rt, &socket_of(value)->readers, -EBADF);
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
    return fx_open_first(rt, &listen_type, addresses, context, try_listen);
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

static const fx_library inherited = {"Tcp.inherited", sizeof(bool), NULL, NULL, NULL};

// They can be had once: the list is empty from then on.
fx_value fx_tcp_inherited(fx_runtime *rt) {
    bool *were_given = fx_library_state(rt, &inherited);
    fx_value listeners = FX_NIL;
    for (int i = *were_given ? 0 : fx_inherited_count(); i-- > 0;) {
        Socket *listener = adopt_inherited(rt, i);
        if (listener) listeners = fx_cons_take(rt, FX_COUNTED, fx_value_of(listener), listeners);
    }
    *were_given = true;
    return listeners;
}
