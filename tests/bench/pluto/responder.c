// The least that a server on libuv can be: reads a request's first line, answers with the file. For comparison only: it believes what it reads.
//
//     responder PORT FOLDER [cache]      without `cache` a file is opened for each request; with it, small ones are kept and checked by stat

#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

enum { INPUT = 65536, PATH = 1024, BUCKETS = 32768 };

typedef struct Entry {
    struct Entry *next;
    char path[PATH];
    char *answer;
    size_t length;
    time_t checked, modified;
} Entry;

static struct {
    const char *folder;
    bool caches;
    time_t now;
    char date[40];
    char input[INPUT];
    Entry *entries[BUCKETS];
} server;

static void close_client(uv_handle_t *handle) { free(handle); }

static void free_write(uv_write_t *request, int status) {
    (void)status;
    free(request->data);
    free(request);
}

// Owns a copy of what the system does not take at once.
static void send_bytes(uv_stream_t *client, char *bytes, size_t length, bool is_ours) {
    uv_buf_t buffer = uv_buf_init(bytes, (unsigned)length);
    int sent = uv_try_write(client, &buffer, 1);
    if (sent == (int)length) {
        if (!is_ours) free(bytes);
        return;
    }
    size_t done = sent < 0 ? 0 : (size_t)sent;
    uv_write_t *request = malloc(sizeof *request);
    char *rest = malloc(length - done);
    memcpy(rest, bytes + done, length - done);
    if (!is_ours) free(bytes);
    request->data = rest;
    buffer = uv_buf_init(rest, (unsigned)(length - done));
    uv_write(request, client, &buffer, 1, free_write);
}

static char *read_answer(const char *path, size_t *length) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    char *answer = NULL;
    if (file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        answer = malloc((size_t)status.st_size + 512);
        int head = sprintf(answer, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %lld\r\nDate: %s\r\n\r\n", (long long)status.st_size, server.date);
        ssize_t body = read(file, answer + head, (size_t)status.st_size);
        *length = (size_t)head + (size_t)(body < 0 ? 0 : body);
    }
    if (file >= 0) close(file);
    if (answer) return answer;
    *length = (size_t)asprintf(&answer, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nDate: %s\r\n\r\n", server.date);
    return answer;
}

static unsigned hash(const char *path) {
    unsigned sum = 2166136261u; // FNV-1a
    for (; *path; path++) sum = (sum ^ (unsigned char)*path) * 16777619u;
    return sum % BUCKETS;
}

static Entry *find_entry(const char *path) {
    Entry **place = &server.entries[hash(path)], *entry = *place;
    while (entry && strcmp(entry->path, path) != 0) entry = entry->next;
    if (!entry) {
        entry = calloc(1, sizeof *entry);
        strcpy(entry->path, path);
        entry->next = *place;
        *place = entry;
    }
    struct stat status = {0};
    if (entry->checked == server.now) return entry;
    entry->checked = server.now;
    if (entry->answer && stat(path, &status) == 0 && status.st_mtime == entry->modified) return entry;
    free(entry->answer);
    entry->answer = read_answer(path, &entry->length);
    entry->modified = stat(path, &status) == 0 ? status.st_mtime : 0;
    return entry;
}

static void answer_path(uv_stream_t *client, const char *target, size_t size) {
    char path[PATH];
    size_t length;
    snprintf(path, sizeof path, "%s%.*s", server.folder, (int)size, target);
    if (server.caches) {
        Entry *entry = find_entry(path);
        send_bytes(client, entry->answer, entry->length, true);
    } else {
        char *answer = read_answer(path, &length);
        send_bytes(client, answer, length, false);
    }
}

static void take_input(uv_stream_t *client, ssize_t length, const uv_buf_t *buffer) {
    if (length < 0) {
        uv_close((uv_handle_t *)client, close_client);
        return;
    }
    for (char *at = buffer->base, *end = at + length, *stop; at < end; at = stop + 4) {
        stop = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
        char *target = stop ? memchr(at, ' ', (size_t)(stop - at)) : NULL, *after = target ? memchr(target + 1, ' ', (size_t)(stop - target)) : NULL;
        if (!after) return;
        answer_path(client, target + 1, (size_t)(after - target - 1));
        if (memmem(at, (size_t)(stop - at), "Connection: close", 17)) {
            uv_close((uv_handle_t *)client, close_client);
            return;
        }
    }
}

static void give_buffer(uv_handle_t *client, size_t wanted, uv_buf_t *buffer) {
    (void)client;
    (void)wanted;
    *buffer = uv_buf_init(server.input, INPUT);
}

static void take_client(uv_stream_t *listener, int status) {
    uv_tcp_t *client = malloc(sizeof *client);
    uv_tcp_init(listener->loop, client);
    if (status == 0 && uv_accept(listener, (uv_stream_t *)client) == 0) {
        uv_tcp_nodelay(client, 1);
        uv_read_start((uv_stream_t *)client, give_buffer, take_input);
    } else uv_close((uv_handle_t *)client, close_client);
}

static void tick(uv_timer_t *timer) {
    (void)timer;
    server.now = time(NULL);
    strftime(server.date, sizeof server.date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&server.now));
}

int main(int count, char **arguments) {
    uv_loop_t *loop = uv_default_loop();
    uv_tcp_t listener;
    uv_timer_t timer;
    struct sockaddr_in address;
    if (count < 3) return 2;
    signal(SIGPIPE, SIG_IGN);
    server.folder = arguments[2];
    server.caches = count > 3;
    uv_timer_init(loop, &timer);
    uv_timer_start(&timer, tick, 0, 1000);
    uv_ip4_addr("127.0.0.1", atoi(arguments[1]), &address);
    uv_tcp_init(loop, &listener);
    if (uv_tcp_bind(&listener, (const struct sockaddr *)&address, 0) || uv_listen((uv_stream_t *)&listener, 4096, take_client)) return 1;
    return uv_run(loop, UV_RUN_DEFAULT);
}
