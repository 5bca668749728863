// `serve` prints its port; `ask PORT`. What is written is tried at once.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static char input[65536];
static uv_tcp_t listener, server, client;
static int left = 200000;
static long bytes;

static void give_buffer(uv_handle_t *handle, size_t size, uv_buf_t *buffer) {
    (void)handle, (void)size;
    *buffer = uv_buf_init(input, sizeof input);
}

static void must(int code) {
    if (code >= 0) return;
    fprintf(stderr, "%s\n", uv_strerror(code));
    exit(1);
}

static void send_back(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
    if (length < 0) {
        uv_close((uv_handle_t *)stream, NULL);
        uv_close((uv_handle_t *)&listener, NULL);
        return;
    }
    uv_buf_t text = uv_buf_init(buffer->base, (unsigned)length);
    must(uv_try_write(stream, &text, 1));
}

static void ask(void) {
    uv_buf_t text = uv_buf_init("ping", 4);
    must(uv_try_write((uv_stream_t *)&client, &text, 1));
}

static void answered(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
    (void)buffer;
    must((int)length);
    bytes += length;
    if (--left > 0) ask();
    else uv_close((uv_handle_t *)stream, NULL);
}

static void accept_client(uv_stream_t *stream, int status) {
    must(status);
    must(uv_tcp_init(stream->loop, &server));
    must(uv_accept(stream, (uv_stream_t *)&server));
    must(uv_tcp_nodelay(&server, 1));
    must(uv_read_start((uv_stream_t *)&server, give_buffer, send_back));
}

static void connected(uv_connect_t *request, int status) {
    must(status);
    must(uv_tcp_nodelay(&client, 1));
    must(uv_read_start(request->handle, give_buffer, answered));
    ask();
}

static void serve(uv_loop_t *loop, struct sockaddr_in *address) {
    int size = sizeof *address;
    must(uv_ip4_addr("127.0.0.1", 0, address));
    must(uv_tcp_init(loop, &listener));
    must(uv_tcp_bind(&listener, (struct sockaddr *)address, 0));
    must(uv_listen((uv_stream_t *)&listener, 128, accept_client));
    must(uv_tcp_getsockname(&listener, (struct sockaddr *)address, &size));
    printf("%d\n", ntohs(address->sin_port));
    fflush(stdout);
    uv_run(loop, UV_RUN_DEFAULT);
}

static void ask_at(uv_loop_t *loop, struct sockaddr_in *address, int port) {
    uv_connect_t request;
    must(uv_ip4_addr("127.0.0.1", port, address));
    must(uv_tcp_init(loop, &client));
    must(uv_tcp_connect(&request, &client, (struct sockaddr *)address, connected));
    uv_run(loop, UV_RUN_DEFAULT);
    printf("%ld\n", bytes);
}

int main(int count, char **arguments) {
    uv_loop_t *loop = uv_default_loop();
    struct sockaddr_in address;
    if (count == 3) ask_at(loop, &address, atoi(arguments[2]));
    else serve(loop, &address);
    return uv_loop_close(loop);
}
