// Other programs. A child is started by a job of the pool (vfork and execve), and its end is seen by a descriptor of the process (pidfd), which
// the loop watches; so nothing here depends on SIGCHLD. Systems without such (Linux before 5.3, valgrind) are asked every few milliseconds.
// Nobody is left a zombie: who is not waited for is reaped when it ends.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>
#include "fx.h"

extern char **environ;

enum { PIPED, INHERITED, DISCARDED }; // Process.Stream
enum { STREAMS = 3, PIECE = 65536, PIECES_A_TURN = 16 };
enum { ASK_EVERY = 5000000 }; // nanoseconds

// ---- processes: from their start until they have been reaped and their child has gone ----

typedef struct Process Process;
struct Process {
    fx_watch watch; // of the pidfd; first
    fx_timer poll;  // when there is none: watch.descriptor is -1
    fx_runtime *rt;
    Process *next, *previous; // all that run
    fx_queue waiters;
    void (*told)(fx_runtime *rt, void *context); // when it has ended; may be NULL
    void *context;
    pid_t pid;
    int status;
    bool has_ended, is_owned; // owned: a child refers to it
};

typedef struct Running {
    Process *first;
} Running;

static void reap_all(fx_runtime *rt, void *state);

// A parent that ignores SIGCHLD passes that on: then the system would not keep the status.
static void keep_statuses(fx_runtime *rt, void *state) {
    (void)rt, (void)state;
    signal(SIGCHLD, SIG_DFL);
}

static const fx_library library = {"Process", sizeof(Running), keep_statuses, NULL, reap_all};

static void link_process(Process *process) {
    Running *running = fx_library_state(process->rt, &library);
    process->next = running->first;
    if (running->first) running->first->previous = process;
    running->first = process;
}

static void unlink_process(Process *process) {
    Running *running = fx_library_state(process->rt, &library);
    if (process->previous) process->previous->next = process->next;
    else running->first = process->next;
    if (process->next) process->next->previous = process->previous;
}

static void close_watched(fx_runtime *rt, fx_watch *watch) {
    fx_watch_stop(rt, watch);
    close(watch->descriptor);
    fx_descriptor_give(rt);
}

static void stop_watching(Process *process) {
    unlink_process(process);
    if (process->watch.descriptor >= 0) close_watched(process->rt, &process->watch);
    else fx_timer_stop(process->rt, &process->poll);
}

static int status_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

// False: it still runs.
static bool reap(Process *process, int options) {
    int status = 0;
    pid_t reaped;
    do reaped = waitpid(process->pid, &status, options);
    while (reaped < 0 && errno == EINTR);
    if (reaped == 0) return false;
    process->has_ended = true;
    process->status = reaped < 0 ? 255 : status_of(status);
    stop_watching(process);
    return true;
}

static bool end_if_ended(fx_runtime *rt, Process *process) {
    if (!reap(process, WNOHANG)) return false;
    fx_request *waiter;
    while ((waiter = fx_dequeue(&process->waiters))) fx_finish(rt, waiter, process->status);
    if (process->told) process->told(rt, process->context);
    if (!process->is_owned) free(process);
    return true;
}

static void process_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
    (void)events;
    end_if_ended(rt, (Process *)watch);
}

static void ask_again(fx_runtime *rt, fx_timer *timer) {
    Process *process = (Process *)((char *)timer - offsetof(Process, poll));
    if (!end_if_ended(rt, process)) fx_timer_start(rt, timer, fx_now() + ASK_EVERY, ask_again);
}

static int watch_process(fx_runtime *rt, Process *process, pid_t pid, int descriptor) {
    *process = (Process){.watch.descriptor = -1, .rt = rt, .pid = pid, .is_owned = true};
    int code = descriptor < 0 ? 0 : fx_watch_start(rt, &process->watch, descriptor, process_ready);
    if (code) return code;
    link_process(process);
    if (descriptor >= 0) return 0;
    fx_descriptor_give(rt);
    fx_timer_start(rt, &process->poll, fx_now() + ASK_EVERY, ask_again);
    return 0;
}

static int kill_process(const Process *process, int number) {
    return process->has_ended || kill(process->pid, number) == 0 ? 0 : -errno;
}

// Its child has gone. One that cannot be killed (it runs for another user) is left to itself.
static void let_go(Process *process) {
    process->is_owned = false;
    if (process->has_ended) free(process);
    else kill_process(process, SIGKILL);
}

// At the program's end: those that were killed have ended in a moment.
static void reap_all(fx_runtime *rt, void *state) {
    (void)rt;
    Running *running = state;
    for (Process *process = running->first, *next; process; process = next) {
        next = process->next;
        if (!reap(process, kill_process(process, SIGKILL) == 0 ? 0 : WNOHANG)) stop_watching(process);
        if (!process->is_owned) free(process);
    }
}

// ---- children: resources with the three pipes ----

typedef struct Child Child;

typedef struct Pipe {
    fx_watch watch; // first
    fx_queue queue; // of those who read, or write
    Child *child;
    bool is_open, is_ready;
} Pipe;

struct Child {
    fx_object object;
    const fx_resource_type *type;
    Process *process;
    struct Gather *gather; // run: reads both outputs; NULL otherwise
    Pipe pipes[STREAMS];
};
enum { CHILD_WORDS = (sizeof(Child) - sizeof(fx_object) + sizeof(fx_value) - 1) / sizeof(fx_value) };

static void close_pipe(fx_runtime *rt, Pipe *pipe) {
    if (!pipe->is_open) return;
    pipe->is_open = false;
    close_watched(rt, &pipe->watch);
}

static void destroy_child(fx_runtime *rt, fx_object *object) {
    Child *child = (Child *)object;
    for (unsigned i = 0; i < STREAMS; i++) close_pipe(rt, &child->pipes[i]);
    if (child->process) let_go(child->process);
}

static const fx_resource_type child_type = {"Process.Child", CHILD_WORDS, destroy_child};

static Child *child_of(fx_value value) { return (Child *)fx_object_of(value); }

static void pipe_ready(fx_runtime *rt, fx_watch *watch, unsigned events);

// Owns the descriptors, all of which have tokens, also when it answers NULL, with the code. -1: no pipe.
static Child *adopt(fx_runtime *rt, pid_t pid, int descriptor, const int ends[STREAMS], int *code) {
    Child *child = (Child *)fx_resource_make(rt, &child_type);
    Process *process = malloc(sizeof *process);
    *code = process ? watch_process(rt, process, pid, descriptor) : UV_ENOMEM;
    if (!*code) child->process = process;
    else {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        if (descriptor >= 0) close(descriptor);
        fx_descriptor_give(rt);
        free(process);
    }
    for (unsigned i = 0; i < STREAMS; i++) {
        Pipe *pipe = &child->pipes[i];
        pipe->child = child;
        if (ends[i] < 0) continue;
        int failure = *code ? *code : fx_watch_start(rt, &pipe->watch, ends[i], pipe_ready);
        pipe->is_open = !failure;
        if (!failure) continue;
        *code = failure;
        close(ends[i]);
        fx_descriptor_give(rt);
    }
    if (!*code) return child;
    fx_drop(rt, fx_value_of(child));
    return NULL;
}

// ---- starting one: in a thread of the pool ----

typedef struct Spawn {
    fx_job job;
    char **command, **environment; // one block of memory each; environment NULL: our own
    char *directory;               // NULL: our own
    uint8_t streams[STREAMS];
    rlim_t soft_limit;
    char *path;                    // of the executable
    int ends[STREAMS], child_ends[STREAMS];
    int descriptor;
    pid_t pid;
} Spawn;

static void close_child_ends(const Spawn *spawn) {
    for (unsigned i = 0; i < STREAMS; i++)
        if (spawn->child_ends[i] >= 0 && spawn->streams[i] != INHERITED) close(spawn->child_ends[i]);
}

static void close_ends(const Spawn *spawn) {
    for (unsigned i = 0; i < STREAMS; i++)
        if (spawn->ends[i] >= 0) close(spawn->ends[i]);
}

// 0, or why it cannot be executed.
static int check_executable(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return -errno;
    if (!S_ISREG(status.st_mode)) return -EACCES;
    return access(path, X_OK) == 0 ? 0 : -errno;
}

static bool is_missing(int code) { return code == -ENOENT || code == -ENOTDIR; }

// Into spawn->path, as execvp looks: of what is found but must not be executed, only the error is kept.
static int find_executable(Spawn *spawn) {
    const char *name = spawn->command[0], *folders = getenv("PATH");
    int found = -ENOENT;
    if (strchr(name, '/')) return (spawn->path = strdup(name)) ? 0 : -ENOMEM;
    if (!*name) return -ENOENT;
    if (!folders) folders = "/usr/local/bin:/usr/bin:/bin";
    for (const char *at = folders; at; at = *at ? at + 1 : NULL) {
        size_t length = strcspn(at, ":");
        free(spawn->path);
        if (asprintf(&spawn->path, "%.*s%s%s", (int)length, at, length ? "/" : "./", name) < 0) {
            spawn->path = NULL;
            return -ENOMEM;
        }
        int code = check_executable(spawn->path);
        if (code == 0) return 0;
        if (!is_missing(code)) found = code;
        at += length;
    }
    return found;
}

// A descriptor for the child's stream `i`, and for a pipe our end of it.
static int open_stream(Spawn *spawn, unsigned i) {
    int ends[2];
    if (spawn->streams[i] == INHERITED) spawn->child_ends[i] = (int)i;
    else if (spawn->streams[i] == DISCARDED) spawn->child_ends[i] = open("/dev/null", (i == 0 ? O_RDONLY : O_WRONLY) | O_CLOEXEC);
    else if (pipe2(ends, O_CLOEXEC) == 0) {
        spawn->child_ends[i] = ends[i != 0];
        spawn->ends[i] = ends[i == 0];
        fcntl(spawn->ends[i], F_SETFL, O_NONBLOCK);
    }
    return spawn->child_ends[i] < 0 ? -errno : 0;
}

// ---- in the child, which shares our memory until it executes ----

// Handlers of ours must not run here; what is ignored stays so, but for SIGPIPE, which we ignore ourselves.
static void reset_signals(void) {
    struct sigaction action, normal = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++) {
        if (sigaction(number, NULL, &action) != 0) continue;
        if (action.sa_handler == SIG_DFL || (action.sa_handler == SIG_IGN && number != SIGPIPE)) continue;
        sigaction(number, &normal, NULL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool place_streams(const Spawn *spawn) {
    int from[STREAMS];
    for (int i = 0; i < STREAMS; i++) { // out of the way of each other
        from[i] = spawn->child_ends[i];
        if (from[i] < STREAMS && from[i] != i && (from[i] = fcntl(from[i], F_DUPFD_CLOEXEC, STREAMS)) < 0) return false;
    }
    for (int i = 0; i < STREAMS; i++) {
        if (from[i] != i && dup2(from[i], i) < 0) return false;
        if (from[i] == i && spawn->streams[i] != INHERITED && fcntl(i, F_SETFD, 0) < 0) return false;
    }
    return true;
}

static _Noreturn void become_child(const Spawn *spawn, int report) {
    struct rlimit limit;
    bool ready = place_streams(spawn) && (!spawn->directory || chdir(spawn->directory) == 0);
    if (ready && spawn->soft_limit && getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = spawn->soft_limit;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (ready) {
        reset_signals();
        execve(spawn->path, spawn->command, spawn->environment ? spawn->environment : environ);
    }
    int code = errno;
    while (write(report, &code, sizeof code) < 0 && errno == EINTR) continue;
    _exit(127);
}

// All signals are blocked in threads of the pool, so until reset_signals none is handled in the child. 0 or a code; closes `report`.
static int start_child(Spawn *spawn, int report[2]) {
    int code = 0;
    ssize_t length;
    pid_t pid = vfork();
    if (pid == 0) become_child(spawn, report[1]);
    int failure = pid < 0 ? -errno : 0;
    close(report[1]);
    do length = failure ? 0 : read(report[0], &code, sizeof code);
    while (length < 0 && errno == EINTR);
    close(report[0]);
    spawn->pid = pid;
    if (failure || length != sizeof code) return failure;
    waitpid(pid, NULL, 0);
    return -code;
}

static int open_pidfd(Spawn *spawn) {
    spawn->descriptor = (int)syscall(SYS_pidfd_open, spawn->pid, 0);
    if (spawn->descriptor >= 0 || errno == ENOSYS || errno == EPERM) return 0;
    int code = -errno;
    kill(spawn->pid, SIGKILL);
    waitpid(spawn->pid, NULL, 0);
    return code;
}

static void work_spawn(fx_job *self) {
    Spawn *spawn = (Spawn *)self;
    int report[2] = {-1, -1};
    for (unsigned i = 0; i < STREAMS; i++) spawn->ends[i] = spawn->child_ends[i] = -1;
    self->code = find_executable(spawn);
    for (unsigned i = 0; i < STREAMS && self->code >= 0; i++) self->code = open_stream(spawn, i);
    if (self->code >= 0 && pipe2(report, O_CLOEXEC) != 0) self->code = -errno;
    if (self->code >= 0) self->code = start_child(spawn, report);
    if (self->code >= 0) self->code = open_pidfd(spawn);
    close_child_ends(spawn);
    if (self->code < 0) close_ends(spawn);
}

// ---- starting one: on the loop ----

static void clean_spawn(fx_runtime *rt, fx_request *request) {
    (void)rt;
    Spawn *spawn = (Spawn *)request;
    free(spawn->command);
    free(spawn->environment);
    free(spawn->directory);
    free(spawn->path);
}

static fx_value answer_spawn(fx_runtime *rt, fx_job *self) {
    Spawn *spawn = (Spawn *)self;
    int code = self->code;
    Child *child = code < 0 ? NULL : adopt(rt, spawn->pid, spawn->descriptor, spawn->ends, &code);
    return child ? fx_ok_take(rt, FX_COUNTED, fx_value_of(child)) : fx_error_of_code(rt, code);
}

// C5: a child that nobody will get is killed, and reaped as it ends.
static const fx_request_type spawn_type = {"Process.spawn", sizeof(Spawn), FX_COUNTED, false, fx_job_cancel, NULL, clean_spawn};

// Answers how many bytes it takes with the last NUL; 0: it has a NUL within. `to` NULL: only that.
typedef size_t (*Copy)(fx_value item, char *to);

static size_t copy_text(fx_value text, char *to) {
    size_t length = fx_string_length(text);
    if (strlen(fx_string_bytes(text)) != length) return 0;
    if (to) memcpy(to, fx_string_bytes(text), length + 1);
    return length + 1;
}

static size_t copy_variable(fx_value pair, char *to) {
    fx_value name = fx_object_of(pair)->fields[0], value = fx_object_of(pair)->fields[1];
    size_t before = copy_text(name, to), after = copy_text(value, to ? to + before : NULL);
    if (to) to[before - 1] = '=';
    return before && after ? before + after : 0;
}

// For execve, in one block of memory. NULL: there is none, or a NUL in one of the texts.
static char **copy_list(fx_value list, Copy copy) {
    size_t count = 1, size = 0;
    for (fx_value each = list; !fx_is_constant(each); each = fx_list_tail(each), count++) {
        size_t part = copy(fx_list_head(each), NULL);
        if (!part) return NULL;
        size += part;
    }
    char **texts = malloc(count * sizeof *texts + size), *at = (char *)(texts + count);
    if (!texts) return NULL;
    char **next = texts;
    for (fx_value each = list; !fx_is_constant(each); each = fx_list_tail(each)) {
        *next++ = at;
        at += copy(fx_list_head(each), at);
    }
    *next = NULL;
    return texts;
}

typedef struct Streams {
    uint8_t of[STREAMS];
} Streams;

// `directory` and `environment` are Options. Answers a Result Child Error.
static fx_answer spawn_child(fx_runtime *rt, fx_value command, Streams streams, fx_value directory, fx_value environment) {
    Spawn *spawn = fx_request_make(rt, &spawn_type);
    spawn->command = copy_list(command, copy_text);
    if (!fx_is_constant(environment)) spawn->environment = copy_list(fx_content(environment), copy_variable);
    if (!fx_is_constant(directory) && copy_text(fx_content(directory), NULL)) spawn->directory = strdup(fx_string_bytes(fx_content(directory)));
    bool valid = spawn->command && spawn->command[0] && fx_is_constant(environment) == !spawn->environment &&
                 fx_is_constant(directory) == !spawn->directory;
    if (!valid) {
        fx_request_discard(rt, &spawn->job.request);
        return fx_done(fx_error_of_code(rt, -EINVAL));
    }
    spawn->job.flags = FX_JOB_KEEPS_DESCRIPTOR;
    for (unsigned i = 0; i < STREAMS; i++) {
        spawn->streams[i] = streams.of[i];
        spawn->job.more_descriptors += streams.of[i] == PIPED;
    }
    spawn->soft_limit = fx_soft_limit(rt);
    spawn->job.work = work_spawn;
    spawn->job.answer = answer_spawn;
    fx_flush(rt); // what was printed before stands before what the child prints
    return fx_job_run(rt, &spawn->job);
}

static const Streams all_piped = {{PIPED, PIPED, PIPED}};

fx_answer fx_process_spawn(fx_runtime *rt, fx_value command) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    return spawn_child(rt, command, all_piped, FX_NONE, FX_NONE);
}

// The fields of Process.Setup: the streams come first, for they are not counted.
static fx_answer spawn_setup(fx_runtime *rt, fx_value setup, bool discards_input) {
    const fx_value *fields = fx_object_of(setup)->fields;
    Streams streams = {{(uint8_t)fields[0], (uint8_t)fields[1], (uint8_t)fields[2]}};
    if (discards_input && streams.of[0] == PIPED) streams.of[0] = DISCARDED;
    return spawn_child(rt, fields[3], streams, fields[4], fields[5]);
}

fx_answer fx_process_spawn_with(fx_runtime *rt, fx_value setup) { return fx_is_stopped(rt) ? fx_stop(rt) : spawn_setup(rt, setup, false); }

// ---- reading and writing pipes ----

typedef struct Transfer {
    fx_request request;
    Child *child;   // kept alive
    fx_value text;  // write: what is sent, owned
    bool has_text;
    size_t done;
} Transfer;

static void clean(fx_runtime *rt, fx_request *request) {
    Transfer *transfer = (Transfer *)request;
    if (transfer->has_text) fx_drop(rt, transfer->text);
    fx_drop(rt, fx_value_of(transfer->child));
}

static const fx_request_type read_type = {"Process.read", sizeof(Transfer), FX_COUNTED, false, fx_withdraw_queued, NULL, clean};
static const fx_request_type write_type = {"Process.write", sizeof(Transfer), FX_COUNTED, false, fx_withdraw_queued, NULL, clean};
static const fx_request_type wait_type = {"Process.wait", sizeof(Transfer), FX_WORD, false, fx_withdraw_queued, NULL, clean};

static Transfer *make_transfer(fx_runtime *rt, const fx_request_type *type, Child *child) {
    Transfer *transfer = fx_request_make(rt, type);
    fx_dup(fx_value_of(child));
    transfer->child = child;
    return transfer;
}

static ssize_t read_piece(Pipe *pipe, char *piece) {
    ssize_t length;
    do length = read(pipe->watch.descriptor, piece, PIECE);
    while (length < 0 && errno == EINTR);
    if (length < 0 && errno == EAGAIN) pipe->is_ready = false;
    return length;
}

// Result String Error, or false: nothing has come.
static bool try_read(fx_runtime *rt, Pipe *pipe, fx_value *answer) {
    char piece[PIECE];
    ssize_t length = pipe->is_open && pipe->is_ready ? read_piece(pipe, piece) : 0;
    if (pipe->is_open && !pipe->is_ready) return false;
    *answer = !pipe->is_open ? fx_error_of_code(rt, -EBADF)
              : length < 0   ? fx_error_of_code(rt, -errno)
                             : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, piece, (size_t)length));
    return true;
}

static fx_answer read_pipe(fx_runtime *rt, Child *child, Pipe *pipe) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    fx_value answer;
    if (!pipe->queue.first && try_read(rt, pipe, &answer)) return fx_answer_ready(rt, FX_COUNTED, answer);
    Transfer *transfer = make_transfer(rt, &read_type, child);
    fx_enqueue(&pipe->queue, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

fx_answer fx_process_read(fx_runtime *rt, fx_value child) { return read_pipe(rt, child_of(child), &child_of(child)->pipes[1]); }
fx_answer fx_process_read_error(fx_runtime *rt, fx_value child) { return read_pipe(rt, child_of(child), &child_of(child)->pipes[2]); }

// 1: all is written, 0: the pipe takes no more at the moment, negative: an error code. SIGPIPE is ignored by the runtime (C13).
static int try_write(Pipe *pipe, Transfer *transfer) {
    size_t size = fx_string_length(transfer->text);
    while (pipe->is_open && transfer->done < size) {
        ssize_t part = write(pipe->watch.descriptor, fx_string_bytes(transfer->text) + transfer->done, size - transfer->done);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno == EAGAIN ? 0 : -errno;
        transfer->done += (size_t)part;
    }
    return pipe->is_open ? 1 : -EBADF;
}

static fx_value written(fx_runtime *rt, int state) { return state < 0 ? fx_error_of_code(rt, state) : fx_ok_take(rt, FX_WORD, FX_UNIT); }

fx_answer fx_process_write(fx_runtime *rt, fx_value value, fx_value text) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Pipe *pipe = &child_of(value)->pipes[0];
    Transfer *transfer = make_transfer(rt, &write_type, child_of(value));
    fx_dup(text);
    transfer->text = text;
    transfer->has_text = true;
    int state = pipe->queue.first ? 0 : try_write(pipe, transfer);
    if (state) {
        fx_request_discard(rt, &transfer->request);
        return fx_answer_ready(rt, FX_COUNTED, written(rt, state));
    }
    fx_enqueue(&pipe->queue, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

static void serve_writers(fx_runtime *rt, Pipe *pipe) {
    while (pipe->queue.first) {
        Transfer *transfer = (Transfer *)pipe->queue.first;
        int state = try_write(pipe, transfer);
        if (state == 0) return;
        fx_unqueue(&transfer->request);
        fx_finish(rt, &transfer->request, written(rt, state));
    }
}

static void serve_readers(fx_runtime *rt, Pipe *pipe) {
    fx_value answer;
    while (pipe->queue.first && try_read(rt, pipe, &answer)) fx_finish(rt, fx_dequeue(&pipe->queue), answer);
}

static void gather_more(fx_runtime *rt, struct Gather *gather);

static void pipe_ready(fx_runtime *rt, fx_watch *watch, unsigned events) {
    Pipe *pipe = (Pipe *)watch;
    Child *child = pipe->child;
    if (pipe == &child->pipes[0]) {
        serve_writers(rt, pipe);
        return;
    }
    if (!(events & FX_READABLE)) return;
    pipe->is_ready = true;
    if (child->gather) gather_more(rt, child->gather);
    else serve_readers(rt, pipe);
}

fx_value fx_process_close_input(fx_runtime *rt, fx_value child) {
    Pipe *pipe = &child_of(child)->pipes[0];
    close_pipe(rt, pipe);
    serve_writers(rt, pipe);
    return FX_UNIT;
}

// ---- its end ----

fx_answer fx_process_wait(fx_runtime *rt, fx_value value) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    Process *process = child_of(value)->process;
    if (process->has_ended) return fx_answer_ready(rt, FX_WORD, process->status);
    Transfer *transfer = make_transfer(rt, &wait_type, child_of(value));
    fx_enqueue(&process->waiters, &transfer->request);
    return fx_wait(rt, &transfer->request);
}

fx_value fx_process_pid(fx_runtime *rt, fx_value child) {
    (void)rt;
    return child_of(child)->process->pid;
}

fx_value fx_process_kill(fx_runtime *rt, fx_value child) { return written(rt, kill_process(child_of(child)->process, SIGKILL)); }

fx_value fx_signal_number(fx_runtime *rt, fx_value signal);

fx_value fx_process_signal(fx_runtime *rt, fx_value child, fx_value signal) {
    return written(rt, kill_process(child_of(child)->process, (int)fx_signal_number(rt, signal)));
}

// ---- run and shell: everything that a child says, and its end ----

typedef struct Text {
    char *bytes;
    size_t length, room;
} Text;

typedef struct Gather {
    fx_request request;
    Child *child;     // owned
    Text texts[2];    // of stdout and stderr
    fx_timer again;   // there is more to read, in the next turn (C15)
    int code;         // why the texts are not whole
    bool is_withdrawn;
} Gather;

static bool make_room(Text *text) {
    if (text->room - text->length >= PIECE) return true;
    size_t room = text->room * 2 + PIECE;
    char *grown = realloc(text->bytes, room);
    if (!grown) return false;
    text->bytes = grown;
    text->room = room;
    return true;
}

// Reads what there is, but not for ever. True: there may be more.
static bool gather_from(fx_runtime *rt, Gather *gather, Pipe *pipe, Text *text) {
    for (unsigned i = 0; i < PIECES_A_TURN; i++) {
        if (!pipe->is_open || !pipe->is_ready) return false;
        if (!make_room(text)) {
            gather->code = UV_ENOMEM;
            kill_process(gather->child->process, SIGKILL);
            close_pipe(rt, pipe);
            return false;
        }
        ssize_t length = read_piece(pipe, text->bytes + text->length);
        if (length > 0) text->length += (size_t)length;
        else if (pipe->is_ready) close_pipe(rt, pipe); // the end, or an error
    }
    return true;
}

static const fx_request_type shell_type;

static fx_value gathered(fx_runtime *rt, const Gather *gather) {
    if (gather->code) return fx_error_of_code(rt, gather->code);
    if (gather->request.type == &shell_type) return fx_ok_take(rt, FX_WORD, gather->child->process->status);
    const Text *texts = gather->texts;
    fx_value out = fx_string_make(rt, texts[0].bytes ? texts[0].bytes : "", texts[0].length);
    fx_value err = fx_string_make(rt, texts[1].bytes ? texts[1].bytes : "", texts[1].length);
    return fx_ok_take(rt, FX_COUNTED, fx_construct(rt, 0, 1, 2, gather->child->process->status, out, err));
}

static void end_when_done(fx_runtime *rt, Gather *gather) {
    const Child *child = gather->child;
    if (child->pipes[1].is_open || child->pipes[2].is_open || !child->process->has_ended) return;
    fx_timer_stop(rt, &gather->again);
    child->process->told = NULL;
    if (gather->is_withdrawn) fx_withdrawn(rt, &gather->request);
    else fx_finish(rt, &gather->request, gathered(rt, gather));
}

static void read_again(fx_runtime *rt, fx_timer *timer) { gather_more(rt, (Gather *)((char *)timer - offsetof(Gather, again))); }

static void gather_more(fx_runtime *rt, Gather *gather) {
    bool more = false;
    for (unsigned i = 0; i < 2; i++) more |= gather_from(rt, gather, &gather->child->pipes[1 + i], &gather->texts[i]);
    fx_timer_stop(rt, &gather->again);
    if (more) fx_timer_start(rt, &gather->again, fx_now(), read_again);
    end_when_done(rt, gather);
}

static void child_ended(fx_runtime *rt, void *context) { end_when_done(rt, context); }

// C7: the child is killed; the request ends when it has been reaped. One that cannot be killed is left to itself.
static void withdraw_gather(fx_runtime *rt, fx_request *request) {
    Gather *gather = (Gather *)request;
    gather->is_withdrawn = true;
    for (unsigned i = 0; i < STREAMS; i++) close_pipe(rt, &gather->child->pipes[i]);
    if (kill_process(gather->child->process, SIGKILL) == 0) end_when_done(rt, gather);
    else {
        fx_timer_stop(rt, &gather->again);
        gather->child->process->told = NULL;
        fx_withdrawn(rt, request);
    }
}

static void clean_gather(fx_runtime *rt, fx_request *request) {
    Gather *gather = (Gather *)request;
    for (unsigned i = 0; i < 2; i++) free(gather->texts[i].bytes);
    gather->child->gather = NULL;
    fx_drop(rt, fx_value_of(gather->child));
}

static const fx_request_type run_type = {"Process.run", sizeof(Gather), FX_COUNTED, false, withdraw_gather, NULL, clean_gather};
static const fx_request_type shell_type = {"Process.shell", sizeof(Gather), FX_COUNTED, false, withdraw_gather, NULL, clean_gather};

// Once there is a child, goes on with `next`, which owns it.
typedef fx_answer (*Next)(fx_runtime *rt, fx_value child);

static fx_answer go_on(fx_runtime *rt, fx_value spawned, Next next) {
    if (fx_tag(spawned) != 0) return fx_done(spawned);
    fx_value child = fx_content(spawned);
    fx_dup(child);
    fx_drop(rt, spawned);
    return next(rt, child);
}

static fx_answer resume_spawned(fx_runtime *rt, fx_frame *frame, fx_value spawned) {
    Next next = (Next)(intptr_t)frame->saved[0];
    fx_free_frame(rt, frame);
    return go_on(rt, spawned, next);
}

static const fx_frame_info spawned_frame = {resume_spawned, NULL, "Process", NULL, 1, 0, 0};

static fx_answer when_spawned(fx_runtime *rt, fx_answer spawned, Next next) {
    if (!spawned.suspended) return go_on(rt, spawned.value, next);
    fx_push_frame(rt, &spawned_frame)->saved[0] = (fx_value)(intptr_t)next;
    return spawned;
}

static fx_answer begin_gather(fx_runtime *rt, const fx_request_type *type, fx_value child) {
    Gather *gather = fx_request_make(rt, type);
    gather->child = child_of(child);
    gather->child->gather = gather;
    gather->child->process->told = child_ended;
    gather->child->process->context = gather;
    fx_answer waiting = fx_wait(rt, &gather->request);
    gather_more(rt, gather);
    return waiting;
}
static fx_answer gather_all(fx_runtime *rt, fx_value child) { return begin_gather(rt, &run_type, child); }
static fx_answer await_end(fx_runtime *rt, fx_value child) { return begin_gather(rt, &shell_type, child); }

fx_answer fx_process_run(fx_runtime *rt, fx_value command) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    static const Streams streams = {{DISCARDED, PIPED, PIPED}};
    return when_spawned(rt, spawn_child(rt, command, streams, FX_NONE, FX_NONE), gather_all);
}

fx_answer fx_process_run_with(fx_runtime *rt, fx_value setup) {
    return fx_is_stopped(rt) ? fx_stop(rt) : when_spawned(rt, spawn_setup(rt, setup, true), gather_all);
}

fx_answer fx_process_shell(fx_runtime *rt, fx_value line) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    static const Streams streams = {{INHERITED, INHERITED, INHERITED}};
    fx_dup(line);
    fx_value command = fx_cons_take(rt, FX_COUNTED, line, FX_NIL);
    command = fx_cons_take(rt, FX_COUNTED, fx_string_of(rt, "sh"), fx_cons_take(rt, FX_COUNTED, fx_string_of(rt, "-c"), command));
    fx_answer spawned = spawn_child(rt, command, streams, FX_NONE, FX_NONE);
    fx_drop(rt, command);
    return when_spawned(rt, spawned, await_end);
}
