// `serve` prints its port and hangs up on as many clients as there will be; `ask PORT` connects one after the other.
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

static char input[16];
static struct sockaddr_in address;
static uv_tcp_t listener, client;
static uv_connect_t request;
static int left = 100000, count;

static void must(int code) {
    if (code >= 0) return;
    fprintf(stderr, "%s\n", uv_strerror(code));
    exit(1);
}

// ---- the client ----

static void begin_connection(uv_loop_t *loop);

static void client_closed(uv_handle_t *handle) {
    if (--left > 0) begin_connection(handle->loop);
}

static void give_buffer(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
    (void)handle, (void)size;
    *buffer = uv_buf_init(input, sizeof input);
}

static void has_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
    (void)buffer;
    if (length == UV_EOF) count++;
    uv_close((uv_handle_t *)stream, client_closed);
}

static void connected(uv_connect_t *connection, int status) {
    must(status);
    must(uv_read_start(connection->handle, give_buffer, has_read));
}

static void begin_connection(uv_loop_t *loop) {
    must(uv_tcp_init(loop, &client));
    must(uv_tcp_connect(&request, &client, (struct sockaddr *)&address, connected));
}

// ---- the server ----

static void accept_client(uv_stream_t *stream, int status) {
    must(status);
    uv_tcp_t *server = malloc(sizeof *server);
    if (!server) abort();
    must(uv_tcp_init(stream->loop, server));
    must(uv_accept(stream, (uv_stream_t *)server));
    uv_close((uv_handle_t *)server, (uv_close_cb)free);
    if (--left == 0) uv_close((uv_handle_t *)stream, NULL);
}

static void serve(uv_loop_t *loop) {
    int size = sizeof address;
    must(uv_ip4_addr("127.0.0.1", 0, &address));
    must(uv_tcp_init(loop, &listener));
    must(uv_tcp_bind(&listener, (struct sockaddr *)&address, 0));
    must(uv_listen((uv_stream_t *)&listener, 128, accept_client));
    must(uv_tcp_getsockname(&listener, (struct sockaddr *)&address, &size));
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    uv_run(loop, UV_RUN_DEFAULT);
}

int main(int argument_count, char **arguments) {
    uv_loop_t *loop = uv_default_loop();
    if (argument_count == 3) {
        must(uv_ip4_addr("127.0.0.1", atoi(arguments[2]), &address));
        begin_connection(loop);
        uv_run(loop, UV_RUN_DEFAULT);
        printf("%d\n", count);
    } else serve(loop);
    return uv_loop_close(loop);
}
