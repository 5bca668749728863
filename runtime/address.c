// Addresses of the network, and names of hosts (C7: a look-up is abandonable).

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include "runtime.h"

typedef union Address {
    fx_address whole;
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} Address;
_Static_assert(sizeof(Address) == sizeof(fx_address), "fx_address has room for either");

static bool is_v6(const Address *address) { return address->any.sa_family == AF_INET6; }

static void set_port(Address *address, int port) {
    if (is_v6(address)) address->v6.sin6_port = htons((uint16_t)port);
    else address->v4.sin_port = htons((uint16_t)port);
}

// ---- text ----

enum { HOST_ROOM = INET6_ADDRSTRLEN + 1 + IF_NAMESIZE };

// `fe80::1%eth0`, in brackets or not: behind `%` stands the interface by which a link-local address is meant (RFC 4007 11).
static bool parse_v6(const char *host, Address *address) {
    char inner[HOST_ROOM], *zone;
    size_t length = strlen(host), brackets = *host == '[';
    address->any.sa_family = AF_INET6;
    if (length < 2 * brackets || length - 2 * brackets >= sizeof inner || (brackets && host[length - 1] != ']')) return false;
    memcpy(inner, host + brackets, length - 2 * brackets);
    inner[length - 2 * brackets] = 0;
    if ((zone = strchr(inner, '%'))) *zone++ = 0;
    if (inet_pton(AF_INET6, inner, &address->v6.sin6_addr) != 1) return false;
    if (zone) address->v6.sin6_scope_id = if_nametoindex(zone);
    return !zone || (address->v6.sin6_scope_id && IN6_IS_ADDR_LINKLOCAL(&address->v6.sin6_addr));
}

bool fx_address_parse(const char *host, int port, fx_address *address) {
    Address parsed = {.whole = {{0}}};
    parsed.any.sa_family = AF_INET;
    if (inet_pton(AF_INET, host, &parsed.v4.sin_addr) != 1 && !parse_v6(host, &parsed)) return false;
    set_port(&parsed, port);
    *address = parsed.whole;
    return true;
}

int fx_address_port(const fx_address *whole) {
    const Address *address = (const Address *)whole;
    return ntohs(is_v6(address) ? address->v6.sin6_port : address->v4.sin_port);
}

// Writes a number below 100000 and answers the end.
static char *print_number(char *at, unsigned number) {
    char digits[5], *end = digits + sizeof digits, *first = end;
    do *--first = (char)('0' + number % 10);
    while (number /= 10);
    memcpy(at, first, (size_t)(end - first));
    return at + (end - first);
}

static char *print_v4(char *at, const uint8_t bytes[4]) {
    for (int i = 0; i < 4; i++) {
        if (i) *at++ = '.';
        at = print_number(at, bytes[i]);
    }
    return at;
}

// An interface that is gone has its number only.
static char *print_zone(char *at, unsigned index) {
    *at++ = '%';
    if (!if_indextoname(index, at)) snprintf(at, IF_NAMESIZE, "%u", index);
    return at + strlen(at);
}

// Answers the end. An IPv4 address within IPv6 is written as what it is.
static char *print_host(char *at, const Address *address, bool in_brackets) {
    const uint8_t *bytes = address->v6.sin6_addr.s6_addr;
    if (!is_v6(address)) return print_v4(at, (const uint8_t *)&address->v4.sin_addr);
    if (IN6_IS_ADDR_V4MAPPED(&address->v6.sin6_addr)) return print_v4(at, bytes + 12);
    if (in_brackets) *at++ = '[';
    inet_ntop(AF_INET6, bytes, at, INET6_ADDRSTRLEN);
    at += strlen(at);
    if (address->v6.sin6_scope_id && IN6_IS_ADDR_LINKLOCAL(&address->v6.sin6_addr)) at = print_zone(at, address->v6.sin6_scope_id);
    if (in_brackets) *at++ = ']';
    return at;
}

fx_value fx_address_host(fx_runtime *rt, const fx_address *address) {
    char host[HOST_ROOM];
    return fx_string_make(rt, host, (size_t)(print_host(host, (const Address *)address, false) - host));
}

fx_value fx_address_show(fx_runtime *rt, const fx_address *address) {
    char text[HOST_ROOM + 16], *end = print_host(text, (const Address *)address, true);
    *end++ = ':';
    end = print_number(end, (unsigned)fx_address_port(address));
    return fx_string_make(rt, text, (size_t)(end - text));
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
        set_port(address, resolve->port);
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

static fx_answer look_up(fx_runtime *rt, fx_value host, int64_t port, bool to_listen) {
    fx_address address;
    const char *name = *fx_string_bytes(host) || !to_listen ? fx_string_bytes(host) : "0.0.0.0";
    if (port < 0 || port > 65535 || !*name || strlen(fx_string_bytes(host)) != fx_string_length(host)) return fx_done(fx_error_of_code(rt, -EINVAL));
    if (fx_address_parse(name, (int)port, &address))
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

static fx_answer go_on(fx_runtime *rt, fx_value resolved, fx_when_resolved next, fx_value context) {
    if (fx_tag(resolved) != 0) {
        fx_drop(rt, context);
        return fx_done(resolved);
    }
    fx_value addresses = fx_content(resolved);
    fx_dup(addresses);
    fx_drop(rt, resolved);
    return next(rt, addresses, context);
}

static fx_answer resume_resolved(fx_runtime *rt, fx_frame *frame, fx_value resolved) {
    fx_when_resolved next = (fx_when_resolved)(intptr_t)frame->saved[0];
    fx_value context = frame->saved[1];
    fx_free_frame(rt, frame);
    return go_on(rt, resolved, next, context);
}

static const fx_frame_info resolved_frame = {resume_resolved, NULL, "Dns", NULL, 2, 1, 0};

fx_answer fx_resolve(fx_runtime *rt, fx_value host, int64_t port, bool to_listen, fx_when_resolved next, fx_value context) {
    fx_answer resolved = look_up(rt, host, port, to_listen);
    if (!resolved.suspended) return go_on(rt, resolved.value, next, context);
    fx_frame *frame = fx_push_frame(rt, &resolved_frame);
    frame->saved[0] = (fx_value)(intptr_t)next;
    frame->saved[1] = context;
    return resolved;
}
