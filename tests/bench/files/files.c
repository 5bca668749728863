// 64 workers, each of which opens, writes or reads, and closes one file after the other, on the thread pool.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { FILES = 20000, WORKERS = 64, SIZE = 1000 };
typedef enum { WRITING, READING, DELETING } Phase;

typedef struct Worker {
    uv_fs_t request;
    uv_file file;
    char name[4200], text[4096];
    uv_buf_t buffer;
} Worker;

static char folder[4096], text[SIZE];
static Worker workers[WORKERS];
static Phase phase;
static int begun, ended;
static long sum;
static uv_loop_t *loop;

static void begin_file(Worker *worker);

static long result_of(uv_fs_t *request) {
    long result = (long)request->result;
    uv_fs_req_cleanup(request);
    if (result >= 0) return result;
    fprintf(stderr, "%s\n", uv_strerror((int)result));
    exit(1);
}

static void begin_phase(void) {
    begun = ended = 0;
    for (int i = 0; i < WORKERS; i++) begin_file(&workers[i]);
}

static void file_ended(uv_fs_t *request) {
    result_of(request);
    if (++ended < FILES) begin_file(request->data);
    else if (phase++ < DELETING) begin_phase();
}

static void transferred(uv_fs_t *request) {
    Worker *worker = request->data;
    long length = result_of(request);
    if (phase == READING) sum += length;
    uv_fs_close(loop, request, worker->file, file_ended);
}

static void opened(uv_fs_t *request) {
    Worker *worker = request->data;
    worker->file = (uv_file)result_of(request);
    worker->buffer = phase == WRITING ? uv_buf_init(text, SIZE) : uv_buf_init(worker->text, sizeof worker->text);
    if (phase == WRITING) uv_fs_write(loop, request, worker->file, &worker->buffer, 1, 0, transferred);
    else uv_fs_read(loop, request, worker->file, &worker->buffer, 1, 0, transferred);
}

static void begin_file(Worker *worker) {
    if (begun == FILES) return;
    snprintf(worker->name, sizeof worker->name, "%s/%d", folder, begun++);
    worker->request.data = worker;
    if (phase == DELETING) uv_fs_unlink(loop, &worker->request, worker->name, file_ended);
    else uv_fs_open(loop, &worker->request, worker->name, phase == WRITING ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY, 0644, opened);
}

int main(void) {
    size_t size = sizeof folder - 16;
    loop = uv_default_loop();
    if (uv_os_tmpdir(folder, &size) != 0) return 1;
    strcat(folder, "/benchXXXXXX");
    if (!mkdtemp(folder)) return 1;
    memset(text, 'x', SIZE);
    begin_phase();
    uv_run(loop, UV_RUN_DEFAULT);
    rmdir(folder);
    printf("%ld\n", sum);
    return uv_loop_close(loop);
}
