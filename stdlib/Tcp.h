#ifndef FX_TCP_H
#define FX_TCP_H
// What the files of module Tcp share: sockets and listeners, which are resources that hold their watch themselves, and requests on them.
//
//   Tcp.c           reading, writing, and the end
//   Tcp_listen.c    listeners, and what they accept
//   Tcp_connect.c   connecting

#include <netinet/in.h>
#include <sys/socket.h>
#include "fx.h"

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

static inline bool is_unix(const Address *address) { return address->any.sa_family == AF_UNIX; }

typedef struct Socket {
    fx_object object;
    const fx_resource_type *type;
    fx_watch watch;
    fx_queue readers, writers; // listeners: who accepts stands in readers; while it connects, who wants it stands in writers
    Address address;           // of the other side; listeners: their own
    fx_value unread;           // Result String Error that a reader did not get any more (C5): the next one's; 0: none
    bool is_open, is_watched, can_read, can_write, hung_up, owns_path;
} Socket;

extern const fx_resource_type fx_tcp_socket_type, fx_tcp_listener_type;

static inline fx_value path_of(const Socket *socket) { return is_unix(&socket->address) ? socket->address.unix_domain.path : 0; }

static inline Socket *socket_of(fx_value value) { return (Socket *)fx_object_of(value); }

// A socket or a listener, which owns the descriptor and its token.
Socket *fx_tcp_adopt(fx_runtime *rt, const fx_resource_type *type, int descriptor, const Address *address,
                     void (*ready)(fx_runtime *rt, fx_watch *watch, unsigned events));
// Before somebody waits for it: what it is ready for by then is told too. Many a short connection needs no watch at all. 0 or an error code.
int fx_tcp_watch(fx_runtime *rt, Socket *socket);
// Takes note of what the system tells of a connection, and serves who waits.
void fx_tcp_ready(fx_runtime *rt, fx_watch *watch, unsigned events);
// Does not tell those who wait on it.
void fx_tcp_close_socket(fx_runtime *rt, Socket *socket);

typedef struct Wait {
    fx_request request;
    Socket *socket;     // kept alive
    fx_limited limited; // when the wait has a limit of time
} Wait;

void *fx_tcp_make_wait(fx_runtime *rt, const fx_request_type *type, Socket *socket);
void fx_tcp_withdraw_wait(fx_runtime *rt, fx_request *request);
void fx_tcp_clean_wait(fx_runtime *rt, fx_request *request);
void fx_tcp_fail_all(fx_runtime *rt, fx_queue *queue, int code);

#endif
