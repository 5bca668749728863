// One client after the other, on whom the server hangs up; server and client on one loop.
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

static char input[16];
static struct sockaddr_in address;
static uv_tcp_t listener, server, client;
static uv_connect_t request;
static int left = 100000, still_open, count;

static void must(int code) {
    if (code >= 0) return;
    fprintf(stderr, "%s\n", uv_strerror(code));
    exit(1);
}

static void begin_connection(uv_loop_t *loop);

// When both sides are closed the next connection begins.
static void closed(uv_handle_t *handle) {
    if (--still_open > 0) return;
    if (--left > 0) begin_connection(handle->loop);
    else uv_close((uv_handle_t *)&listener, NULL);
}

static void give_buffer(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
    (void)handle, (void)size;
    *buffer = uv_buf_init(input, sizeof input);
}

static void has_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
    (void)buffer;
    if (length == UV_EOF) count++;
    uv_close((uv_handle_t *)stream, closed);
}

static void connected(uv_connect_t *connection, int status) {
    must(status);
    must(uv_read_start(connection->handle, give_buffer, has_read));
}

static void begin_connection(uv_loop_t *loop) {
    still_open = 2;
    must(uv_tcp_init(loop, &client));
    must(uv_tcp_connect(&request, &client, (struct sockaddr *)&address, connected));
}

static void accept_client(uv_stream_t *stream, int status) {
    must(status);
    must(uv_tcp_init(stream->loop, &server));
    must(uv_accept(stream, (uv_stream_t *)&server));
    uv_close((uv_handle_t *)&server, closed);
}

int main(void) {
    uv_loop_t *loop = uv_default_loop();
    int size = sizeof address;
    must(uv_ip4_addr("127.0.0.1", 0, &address));
    must(uv_tcp_init(loop, &listener));
    must(uv_tcp_bind(&listener, (struct sockaddr *)&address, 0));
    must(uv_listen((uv_stream_t *)&listener, 128, accept_client));
    must(uv_tcp_getsockname(&listener, (struct sockaddr *)&address, &size));
    begin_connection(loop);
    uv_run(loop, UV_RUN_DEFAULT);
    printf("%d\n", count);
    return uv_loop_close(loop);
}
