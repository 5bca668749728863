// Files: each operation is one job of the thread pool, but for what the system knows without the disk. A file that is read or written whole is opened
// and closed within it (R25).

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include "fx.h"

#ifndef RESOLVE_CACHED
#define RESOLVE_CACHED 0x20
#endif

// The fields of File.Information.
typedef struct FileFacts {
    fx_value kind, size, modified, nanosecond, permissions, inode;
} FileFacts;

static int code_of(int answered) { return answered < 0 ? -errno : answered; }

static FileFacts facts_of(const struct stat *status) {
    mode_t mode = status->st_mode;
    int kind = S_ISREG(mode) ? 0 : S_ISDIR(mode) ? 1 : S_ISLNK(mode) ? 2 : S_ISFIFO(mode) ? 3 : S_ISSOCK(mode) ? 4 : 5;
    return (FileFacts){kind, status->st_size, status->st_mtime, status->st_mtim.tv_nsec, mode & 07777, (fx_value)status->st_ino};
}

static fx_value information_of(fx_runtime *rt, const FileFacts *facts) {
    return fx_construct(rt, 0, 6, 0, facts->kind, facts->size, facts->modified, facts->nanosecond, facts->permissions, facts->inode);
}

static fx_value answer_of_facts(fx_runtime *rt, int code, const FileFacts *facts) {
    return code < 0 ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_COUNTED, information_of(rt, facts));
}

static fx_value answer_of_code(fx_runtime *rt, int code) {
    return code < 0 ? fx_error_of_code(rt, code) : fx_ok_take(rt, FX_WORD, FX_UNIT);
}

// At position `at`, or where the descriptor stands (at < 0). 0 or a negative error code.
static int write_all(int descriptor, const char *bytes, size_t length, int64_t at) {
    while (length) {
        ssize_t part = at < 0 ? write(descriptor, bytes, length) : pwrite(descriptor, bytes, length, at);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return -errno;
        bytes += part;
        length -= (size_t)part;
        if (at >= 0) at += part;
    }
    return 0;
}

// ---- what the system has at hand ----

// A negative answer leaves the reason in errno. `how`: RESOLVE_ flags.
static int open_at_hand(fx_value path, uint64_t flags, uint64_t resolve) {
    struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = resolve | RESOLVE_CACHED};
    if (strlen(fx_string_bytes(path)) == fx_string_length(path)) return (int)syscall(SYS_openat2, AT_FDCWD, fx_string_bytes(path), &how, sizeof how);
    errno = EINVAL;
    return -1;
}

// Option (Result Information Error). None: the disk would have to be asked, or the system cannot say (openat2(2), since Linux 5.12).
fx_value fx_file_stat_at_hand(fx_runtime *rt, fx_value path) {
    struct stat status;
    int descriptor = open_at_hand(path, O_PATH, 0);
    if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? fx_some_take(rt, FX_COUNTED, fx_error_of_code(rt, -errno)) : FX_NONE;
    int code = code_of(fstat(descriptor, &status));
    close(descriptor);
    if (code < 0) return FX_NONE;
    FileFacts facts = facts_of(&status);
    return fx_some_take(rt, FX_COUNTED, answer_of_facts(rt, 0, &facts));
}

// Opens a file of at most so many bytes for reading. What is none is not opened: with a device or a pipe, that could do something. A negative answer
// leaves it to a thread. What has taken the file's place between the look and the opening is opened, as it would be by a thread; who reads it looks
// again what it is.
static int open_file_at_hand(fx_value path, uint64_t resolve, int64_t longest) {
    struct stat status;
    int descriptor = open_at_hand(path, O_PATH, resolve);
    if (descriptor < 0) return descriptor;
    bool is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= longest;
    close(descriptor);
    return is_file ? open_at_hand(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, resolve) : -1;
}

// Option (Information, String): the whole file, as long as it is said to be.
static fx_value read_opened(fx_runtime *rt, int descriptor, int64_t longest) {
    struct stat status;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > longest) return FX_NONE;
    FileFacts facts = facts_of(&status);
    fx_value text = fx_string_make(rt, NULL, (size_t)status.st_size);
    struct iovec part = {((fx_string *)fx_object_of(text))->bytes, (size_t)status.st_size};
    if (status.st_size == 0 || preadv2(descriptor, &part, 1, 0, RWF_NOWAIT) == status.st_size)
        return fx_some_take(rt, FX_COUNTED, fx_pair_take(rt, FX_COUNTED, information_of(rt, &facts), FX_COUNTED, text));
    fx_drop(rt, text);
    return FX_NONE;
}

fx_value fx_file_read_at_hand(fx_runtime *rt, fx_value path, fx_value longest) {
    int descriptor = open_file_at_hand(path, RESOLVE_NO_SYMLINKS, longest);
    if (descriptor < 0) return FX_NONE;
    fx_value found = read_opened(rt, descriptor, longest);
    close(descriptor);
    return found;
}

// ---- jobs on one or two paths ----

typedef struct PathJob {
    fx_job job;
    fx_value path, other; // other: a second path, or the text to write; 0: none
    char *bytes;          // what work made: a text, or names each ended by NUL
    size_t length;
    FileFacts facts;
} PathJob;

static void clean(fx_runtime *rt, fx_request *request) {
    PathJob *job = (PathJob *)request;
    fx_drop(rt, job->path);
    if (job->other) fx_drop(rt, job->other);
    free(job->bytes);
}

static const char *path_of(const PathJob *job) { return fx_string_bytes(job->path); }
static bool has_nul(fx_value path) { return strlen(fx_string_bytes(path)) != fx_string_length(path); }

// `other` 0: none. A path with a NUL in it names no file.
static fx_answer start_with_mode(fx_runtime *rt, const fx_request_type *type, unsigned flags, void (*work)(fx_job *job),
                                 fx_value (*answer)(fx_runtime *rt, fx_job *job), fx_value path, fx_value other, int64_t mode) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    PathJob *job = fx_request_make(rt, type);
    job->facts.permissions = mode;
    fx_dup(path);
    job->path = path;
    if (other) fx_dup(other);
    job->other = other;
    job->job.flags = (uint8_t)flags;
    job->job.work = work;
    job->job.answer = answer;
    if (!has_nul(path)) return fx_job_run(rt, &job->job);
    job->job.code = -EINVAL;
    fx_value refused = answer(rt, &job->job);
    fx_request_discard(rt, &job->job.request);
    return fx_done(refused);
}

static fx_answer start(fx_runtime *rt, const fx_request_type *type, unsigned flags, void (*work)(fx_job *job),
                       fx_value (*answer)(fx_runtime *rt, fx_job *job), fx_value path, fx_value other) {
    return start_with_mode(rt, type, flags, work, answer, path, other, 0);
}

static fx_value answer_unit(fx_runtime *rt, fx_job *job) { return answer_of_code(rt, job->code); }

static fx_value answer_text(fx_runtime *rt, fx_job *job) {
    PathJob *path = (PathJob *)job;
    return job->code < 0 ? fx_error_of_code(rt, job->code) : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, path->bytes, path->length));
}

static fx_value answer_facts(fx_runtime *rt, fx_job *job) { return answer_of_facts(rt, job->code, &((PathJob *)job)->facts); }

static fx_value answer_bool(fx_runtime *rt, fx_job *job) {
    (void)rt;
    return job->code >= 0;
}

#define TYPE(variable, text, representation)                                                                           \
    static const fx_request_type variable = {text, sizeof(PathJob), representation, false, fx_job_cancel, NULL, clean}

// ---- reading and writing whole files ----

// Grows `bytes` until the end of the file. Its size is only a first guess, and 0 none at all (pipes, /proc); but where exactly that was there, and
// not the one byte more that was asked for, no further call need say so.
static int read_to_end(int descriptor, PathJob *job, size_t size) {
    size_t room = (size ? size : 4096) + 1;
    job->bytes = malloc(room);
    while (job->bytes) {
        ssize_t part = read(descriptor, job->bytes + job->length, room - job->length);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return code_of((int)part);
        job->length += (size_t)part;
        if (size && job->length == size) return 0;
        if (job->length < room) continue;
        room = room * 2 < 4096 ? 4096 : room * 2;
        char *grown = realloc(job->bytes, room);
        if (!grown) break;
        job->bytes = grown;
    }
    return -ENOMEM;
}

static void work_read(fx_job *self) {
    PathJob *job = (PathJob *)self;
    struct stat status;
    int descriptor = open(path_of(job), O_RDONLY | O_CLOEXEC);
    self->code = code_of(descriptor);
    if (descriptor < 0) return;
    self->code = code_of(fstat(descriptor, &status));
    if (self->code >= 0 && S_ISDIR(status.st_mode)) self->code = -EISDIR;
    if (self->code >= 0) self->code = read_to_end(descriptor, job, S_ISREG(status.st_mode) ? (size_t)status.st_size : 0);
    close(descriptor);
}

static void write_text(fx_job *self, int flags) {
    PathJob *job = (PathJob *)self;
    int descriptor = open(path_of(job), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0666);
    self->code = code_of(descriptor);
    if (descriptor < 0) return;
    self->code = write_all(descriptor, fx_string_bytes(job->other), fx_string_length(job->other), -1);
    if (close(descriptor) < 0 && self->code >= 0) self->code = -errno;
}
static void work_write(fx_job *job) { write_text(job, O_TRUNC); }
static void work_append(fx_job *job) { write_text(job, O_APPEND); }

// Beside the path, so that renaming is within one file system.
static int write_beside(PathJob *job, const char *path) {
    struct stat status;
    if (stat(path, &status) < 0) status.st_mode = 0;
    if (S_ISDIR(status.st_mode)) return -EISDIR;
    int descriptor = mkostemp(job->bytes, O_CLOEXEC);
    if (descriptor < 0) return -errno;
    mode_t mask = umask(0);
    umask(mask);
    int code = write_all(descriptor, fx_string_bytes(job->other), fx_string_length(job->other), -1);
    if (code >= 0) code = code_of(fchmod(descriptor, status.st_mode ? status.st_mode & 07777 : 0666 & ~mask));
    if (code >= 0) code = code_of(fsync(descriptor));
    if (close(descriptor) < 0 && code >= 0) code = -errno;
    if (code >= 0) code = code_of(rename(job->bytes, path));
    if (code < 0) unlink(job->bytes);
    return code;
}

// What is replaced at the end of a symbolic link is the file, not the link.
static void work_replace(fx_job *self) {
    PathJob *job = (PathJob *)self;
    char *target = realpath(path_of(job), NULL);
    const char *path = target ? target : path_of(job);
    if (!target && errno != ENOENT) self->code = -errno;
    else if (asprintf(&job->bytes, "%s.XXXXXX", path) < 0) {
        job->bytes = NULL;
        self->code = -ENOMEM;
    } else self->code = write_beside(job, path);
    free(target);
}

TYPE(replace_type, "File.replace", FX_COUNTED);
TYPE(read_type, "File.read", FX_COUNTED);
TYPE(write_type, "File.write", FX_COUNTED);
TYPE(append_type, "File.append", FX_COUNTED);
fx_answer fx_file_read(fx_runtime *rt, fx_value path) {
    return start(rt, &read_type, FX_JOB_ABANDONABLE | FX_JOB_PASSES_DESCRIPTOR, work_read, answer_text, path, 0);
}
fx_answer fx_file_write(fx_runtime *rt, fx_value path, fx_value text) {
    return start(rt, &write_type, FX_JOB_PASSES_DESCRIPTOR, work_write, answer_unit, path, text);
}
fx_answer fx_file_replace(fx_runtime *rt, fx_value path, fx_value text) {
    return start(rt, &replace_type, FX_JOB_PASSES_DESCRIPTOR, work_replace, answer_unit, path, text);
}
fx_answer fx_file_append(fx_runtime *rt, fx_value path, fx_value text) {
    return start(rt, &append_type, FX_JOB_PASSES_DESCRIPTOR, work_append, answer_unit, path, text);
}

// ---- copying ----

static int copy_bytes(int from, int to) {
    char bytes[65536];
    for (;;) {
        ssize_t part = read(from, bytes, sizeof bytes);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return code_of((int)part);
        int code = write_all(to, bytes, (size_t)part, -1);
        if (code < 0) return code;
    }
}

static int copy_to(int from, const struct stat *status, const char *path) {
    struct stat there;
    if (stat(path, &there) == 0 && there.st_dev == status->st_dev && there.st_ino == status->st_ino) return -EINVAL; // onto itself
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status->st_mode & 0777);
    if (to < 0) return -errno;
    int code = copy_bytes(from, to);
    if (code >= 0) code = code_of(fchmod(to, status->st_mode & 0777));
    if (close(to) < 0 && code >= 0) code = -errno;
    return code;
}

static void work_copy(fx_job *self) {
    PathJob *job = (PathJob *)self;
    struct stat status;
    int from = open(path_of(job), O_RDONLY | O_CLOEXEC);
    self->code = code_of(from);
    if (from < 0) return;
    self->code = code_of(fstat(from, &status));
    if (self->code >= 0) self->code = S_ISDIR(status.st_mode) ? -EISDIR : copy_to(from, &status, fx_string_bytes(job->other));
    close(from);
}

// ---- directories ----

static int by_bytes(const void *left, const void *right) { return strcmp(*(char *const *)left, *(char *const *)right); }

static int sort_names(PathJob *job, size_t count) {
    char **names = malloc((count + 1) * sizeof *names), *sorted = malloc(job->length + 1), *at = job->bytes, *to = sorted;
    if (names && sorted) {
        for (size_t i = 0; i < count; i++, at += strlen(at) + 1) names[i] = at;
        qsort(names, count, sizeof *names, by_bytes);
        for (size_t i = 0; i < count; i++) to = stpcpy(to, names[i]) + 1;
        free(job->bytes);
        job->bytes = sorted;
    } else free(sorted);
    free(names);
    return names && sorted ? 0 : -ENOMEM;
}

static bool is_self_or_parent(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

static int list_names(DIR *folder, PathJob *job) {
    size_t room = 0, count = 0;
    struct dirent *entry;
    for (errno = 0; (entry = readdir(folder)); errno = 0) {
        if (is_self_or_parent(entry->d_name)) continue;
        size_t size = strlen(entry->d_name) + 1;
        if (job->length + size > room) {
            room = (room + size) * 2;
            char *grown = realloc(job->bytes, room);
            if (!grown) return -ENOMEM;
            job->bytes = grown;
        }
        memcpy(job->bytes + job->length, entry->d_name, size);
        job->length += size;
        count++;
    }
    return errno ? -errno : sort_names(job, count);
}

static void work_list(fx_job *self) {
    PathJob *job = (PathJob *)self;
    DIR *folder = opendir(path_of(job));
    self->code = folder ? list_names(folder, job) : -errno;
    if (folder) closedir(folder);
}

static fx_value answer_names(fx_runtime *rt, fx_job *self) {
    PathJob *job = (PathJob *)self;
    if (self->code < 0) return fx_error_of_code(rt, self->code);
    fx_value names = FX_NIL;
    for (size_t end = job->length; end;) { // from the last name to the first
        size_t begin = end - 1;
        while (begin && job->bytes[begin - 1]) begin--;
        names = fx_cons_take(rt, FX_COUNTED, fx_string_make(rt, job->bytes + begin, end - 1 - begin), names);
        end = begin;
    }
    return fx_ok_take(rt, FX_COUNTED, names);
}

TYPE(list_type, "File.list", FX_COUNTED);
fx_answer fx_file_list(fx_runtime *rt, fx_value path) {
    return start(rt, &list_type, FX_JOB_ABANDONABLE | FX_JOB_PASSES_DESCRIPTOR, work_list, answer_names, path, 0);
}

// Depth first, by descriptors, so that nothing is followed out of the directory. Answers the first error.
static int remove_below(int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return 0;
    int why = -errno, code = 0;
    int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOTDIR || errno == ELOOP ? why : -errno;
    DIR *folder = fdopendir(descriptor);
    struct dirent *entry;
    if (!folder) {
        code = -errno;
        close(descriptor);
        return code;
    }
    while (code >= 0 && (entry = readdir(folder)))
        if (!is_self_or_parent(entry->d_name)) code = remove_below(descriptor, entry->d_name);
    closedir(folder);
    if (code >= 0 && unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT) code = -errno;
    return code;
}
static void work_remove_all(fx_job *job) { job->code = remove_below(AT_FDCWD, path_of((PathJob *)job)); }

// ---- the rest by path ----

static void work_delete(fx_job *job) { job->code = code_of(unlink(path_of((PathJob *)job))); }
static void work_rename(fx_job *job) { job->code = code_of(rename(path_of((PathJob *)job), fx_string_bytes(((PathJob *)job)->other))); }
static void work_make_directory(fx_job *job) { job->code = code_of(mkdir(path_of((PathJob *)job), 0777)); }
static void work_remove_directory(fx_job *job) { job->code = code_of(rmdir(path_of((PathJob *)job))); }
static void work_exists(fx_job *job) { job->code = code_of(access(path_of((PathJob *)job), F_OK)); }

static void work_make_link(fx_job *job) { job->code = code_of(symlink(fx_string_bytes(((PathJob *)job)->other), path_of((PathJob *)job))); }
static void work_set_permissions(fx_job *job) { job->code = code_of(chmod(path_of((PathJob *)job), (mode_t)((PathJob *)job)->facts.permissions)); }

static bool is_directory(const char *path) {
    struct stat status;
    int error = errno;
    bool is = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    errno = error;
    return is;
}

// From the top down; the last component too. One that another program makes at the same time is there.
static void work_make_directories(fx_job *self) {
    char *path = strdup(path_of((PathJob *)self));
    self->code = path ? 0 : -ENOMEM;
    for (char *at = path; path && *at && self->code >= 0;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char after = *at;
        *at = 0;
        if (mkdir(path, 0777) < 0 && !is_directory(path)) self->code = errno == EEXIST && after ? -ENOTDIR : -errno;
        *at = after;
    }
    if (path && !*path) self->code = -ENOENT;
    free(path);
}

static void work_read_link(fx_job *self) {
    PathJob *job = (PathJob *)self;
    job->bytes = malloc(PATH_MAX);
    ssize_t length = job->bytes ? readlink(path_of(job), job->bytes, PATH_MAX) : -1;
    self->code = job->bytes ? code_of((int)length) : -ENOMEM;
    if (length >= 0) job->length = (size_t)length;
}

static void work_stat(fx_job *job) {
    struct stat status;
    job->code = code_of(stat(path_of((PathJob *)job), &status));
    if (job->code >= 0) ((PathJob *)job)->facts = facts_of(&status);
}
static void work_stat_link(fx_job *job) {
    struct stat status;
    job->code = code_of(lstat(path_of((PathJob *)job), &status));
    if (job->code >= 0) ((PathJob *)job)->facts = facts_of(&status);
}

static void work_real_path(fx_job *self) {
    PathJob *job = (PathJob *)self;
    job->bytes = realpath(path_of(job), NULL);
    self->code = job->bytes ? 0 : -errno;
    job->length = job->bytes ? strlen(job->bytes) : 0;
}

static char *temporary_name(PathJob *job) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/tmp";
    if (strchr(path_of(job), '/')) {
        errno = EINVAL;
        return NULL;
    }
    int length = asprintf(&job->bytes, "%s/%sXXXXXX", folder, path_of(job));
    if (length < 0) job->bytes = NULL;
    else job->length = (size_t)length;
    return job->bytes;
}
static void work_temporary_directory(fx_job *job) {
    char *name = temporary_name((PathJob *)job);
    job->code = name && mkdtemp(name) ? 0 : -errno;
}
static void work_temporary_file(fx_job *job) {
    char *name = temporary_name((PathJob *)job);
    int descriptor = name ? mkostemp(name, O_CLOEXEC) : -1;
    job->code = code_of(descriptor);
    if (descriptor >= 0) close(descriptor);
}

#define OPERATION_ON_PATH(operation, text, representation, flags, answer)                                             \
    TYPE(operation##_type, "File." text, representation);                                                              \
    fx_answer fx_file_##operation(fx_runtime *rt, fx_value path) {                                                     \
        return start(rt, &operation##_type, flags, work_##operation, answer, path, 0);                                 \
    }
OPERATION_ON_PATH(delete, "delete", FX_COUNTED, 0, answer_unit)
OPERATION_ON_PATH(stat, "stat", FX_COUNTED, FX_JOB_ABANDONABLE, answer_facts)
OPERATION_ON_PATH(stat_link, "stat_link", FX_COUNTED, FX_JOB_ABANDONABLE, answer_facts)
TYPE(exists_type, "File.exists", FX_WORD);
TYPE(real_path_type, "File.real_path", FX_COUNTED);

// What can be opened at hand is found without the disk.
fx_answer fx_file_exists(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    int descriptor = open_at_hand(path, O_PATH, 0);
    if (descriptor < 0) return start(rt, &exists_type, FX_JOB_ABANDONABLE, work_exists, answer_bool, path, 0);
    close(descriptor);
    return fx_answer_ready(rt, FX_WORD, access(fx_string_bytes(path), F_OK) == 0);
}

// By the name that the system has for what is open; NULL: it has no such name. The room is PATH_MAX.
static const char *name_of_opened(int descriptor, char *room) {
    char link[64];
    struct stat opened, named;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, room, PATH_MAX - 1);
    if (length <= 0 || length == PATH_MAX - 1 || *room != '/') return NULL;
    room[length] = 0;
    bool is_it = fstat(descriptor, &opened) == 0 && lstat(room, &named) == 0 && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
    return is_it ? room : NULL;
}

fx_answer fx_file_real_path(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    char room[PATH_MAX];
    int descriptor = open_at_hand(path, O_PATH, 0);
    const char *name = descriptor < 0 ? NULL : name_of_opened(descriptor, room);
    if (descriptor >= 0) close(descriptor);
    if (name) return fx_answer_ready(rt, FX_COUNTED, fx_ok_take(rt, FX_COUNTED, fx_string_of(rt, name)));
    return start(rt, &real_path_type, FX_JOB_ABANDONABLE, work_real_path, answer_text, path, 0);
}
OPERATION_ON_PATH(read_link, "read_link", FX_COUNTED, FX_JOB_ABANDONABLE, answer_text)
OPERATION_ON_PATH(make_directories, "make_directories", FX_COUNTED, 0, answer_unit)
OPERATION_ON_PATH(make_directory, "make_directory", FX_COUNTED, 0, answer_unit)
OPERATION_ON_PATH(remove_directory, "remove_directory", FX_COUNTED, 0, answer_unit)
OPERATION_ON_PATH(remove_all, "remove_all", FX_COUNTED, FX_JOB_PASSES_DESCRIPTOR, answer_unit)

// Nobody got the name of what was made: it is removed again (C5).
static void remove_made(fx_runtime *rt, fx_request *request, fx_value answer) {
    PathJob *job = (PathJob *)request;
    if (fx_tag(answer) == 0 && unlink(job->bytes) < 0) rmdir(job->bytes);
    fx_drop(rt, answer);
}
static const fx_request_type temporary_type = {"File.make_temporary", sizeof(PathJob), FX_COUNTED, false, fx_job_cancel, remove_made, clean};
fx_answer fx_file_make_temporary_directory(fx_runtime *rt, fx_value prefix) {
    return start(rt, &temporary_type, 0, work_temporary_directory, answer_text, prefix, 0);
}
fx_answer fx_file_make_temporary_file(fx_runtime *rt, fx_value prefix) {
    return start(rt, &temporary_type, FX_JOB_PASSES_DESCRIPTOR, work_temporary_file, answer_text, prefix, 0);
}

TYPE(rename_type, "File.rename", FX_COUNTED);
TYPE(copy_type, "File.copy", FX_COUNTED);
fx_answer fx_file_rename(fx_runtime *rt, fx_value old, fx_value new) {
    if (has_nul(new)) return fx_done(fx_error_of_code(rt, -EINVAL));
    return start(rt, &rename_type, 0, work_rename, answer_unit, old, new);
}
fx_answer fx_file_copy(fx_runtime *rt, fx_value from, fx_value to) {
    if (has_nul(to)) return fx_done(fx_error_of_code(rt, -EINVAL));
    return start(rt, &copy_type, FX_JOB_PASSES_DESCRIPTOR, work_copy, answer_unit, from, to);
}

TYPE(make_link_type, "File.make_link", FX_COUNTED);
TYPE(set_permissions_type, "File.set_permissions", FX_COUNTED);
fx_answer fx_file_make_link(fx_runtime *rt, fx_value target, fx_value path) {
    if (has_nul(target)) return fx_done(fx_error_of_code(rt, -EINVAL));
    return start(rt, &make_link_type, 0, work_make_link, answer_unit, path, target);
}
fx_answer fx_file_set_permissions(fx_runtime *rt, fx_value path, fx_value mode) {
    if (mode & ~07777) return fx_done(fx_error_of_code(rt, -EINVAL));
    return start_with_mode(rt, &set_permissions_type, 0, work_set_permissions, answer_unit, path, 0, mode);
}

// ---- open files ----
//
// A job holds a reference to the file it works on, so the descriptor is closed only when no thread uses it any more: by the last of `close`,
// the end of such a job, and the end of the last reference.

// Words of a handle. The descriptor is -1 once closed; AT_HAND: the system had all that it must know of the file in memory when it was opened.
enum { DESCRIPTOR = 1, USERS, CLOSING, AT_HAND, HANDLE_WORDS };

static void close_when_unused(fx_runtime *rt, fx_object *handle) {
    if (handle->fields[DESCRIPTOR] < 0 || handle->fields[USERS]) return;
    close((int)handle->fields[DESCRIPTOR]);
    handle->fields[DESCRIPTOR] = -1;
    fx_descriptor_give(rt);
}

static const fx_resource_type handle_type = {"File.Handle", HANDLE_WORDS, close_when_unused};

static void work_open(fx_job *job, int flags) {
    job->code = code_of(open(path_of((PathJob *)job), flags | O_CLOEXEC, 0666));
}
static void work_open_read(fx_job *job) { work_open(job, O_RDONLY); }
static void work_open_write(fx_job *job) { work_open(job, O_RDWR | O_CREAT); }

// Ok Handle. Owns the descriptor and its token.
static fx_value handle_of(fx_runtime *rt, int descriptor, bool at_hand) {
    fx_object *handle = fx_resource_make(rt, &handle_type);
    handle->fields[DESCRIPTOR] = descriptor;
    handle->fields[AT_HAND] = at_hand;
    return fx_ok_take(rt, FX_COUNTED, fx_value_of(handle));
}

static fx_value answer_handle(fx_runtime *rt, fx_job *job) {
    return job->code < 0 ? fx_error_of_code(rt, job->code) : handle_of(rt, job->code, false);
}

TYPE(open_read_type, "File.open_read", FX_COUNTED);
fx_answer fx_file_open_read(fx_runtime *rt, fx_value path) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    bool has_token = fx_descriptor_try(rt);
    int descriptor = has_token ? open_file_at_hand(path, 0, INT64_MAX) : -1;
    if (descriptor >= 0) return fx_answer_ready(rt, FX_COUNTED, handle_of(rt, descriptor, true));
    if (has_token) fx_descriptor_give(rt);
    return start(rt, &open_read_type, FX_JOB_KEEPS_DESCRIPTOR | FX_JOB_ABANDONABLE, work_open_read, answer_handle, path, 0);
}

OPERATION_ON_PATH(open_write, "open_write", FX_COUNTED, FX_JOB_KEEPS_DESCRIPTOR, answer_handle)

fx_value fx_file_close(fx_runtime *rt, fx_value handle) {
    fx_object *object = fx_object_of(handle);
    object->fields[CLOSING] = 1;
    close_when_unused(rt, object);
    return FX_UNIT;
}

int fx_file_descriptor(fx_value handle) {
    fx_object *object = fx_object_of(handle);
    return object->fields[CLOSING] ? -1 : (int)object->fields[DESCRIPTOR];
}

typedef struct HandleJob {
    fx_job job;
    fx_value handle;
    fx_value text; // to write; 0: none
    int64_t at;
    size_t size;
    char *bytes;
    FileFacts facts;
} HandleJob;

static void clean_handle_job(fx_runtime *rt, fx_request *request) {
    HandleJob *job = (HandleJob *)request;
    fx_object *handle = fx_object_of(job->handle);
    handle->fields[USERS]--;
    if (handle->fields[CLOSING]) close_when_unused(rt, handle);
    fx_drop(rt, job->handle);
    if (job->text) fx_drop(rt, job->text);
    free(job->bytes);
}

static int descriptor_of(const HandleJob *job) { return (int)fx_object_of(job->handle)->fields[DESCRIPTOR]; }

static HandleJob *make_handle_job(fx_runtime *rt, const fx_request_type *type, fx_value handle) {
    HandleJob *job = fx_request_make(rt, type);
    fx_dup(handle);
    fx_object_of(handle)->fields[USERS]++;
    job->handle = handle;
    return job;
}

static fx_answer run_handle_job(fx_runtime *rt, HandleJob *job, unsigned flags, void (*work)(fx_job *job), fx_value (*answer)(fx_runtime *rt, fx_job *job)) {
    fx_object *handle = fx_object_of(job->handle);
    job->job.flags = (uint8_t)flags;
    job->job.work = work;
    job->job.answer = answer;
    if (!handle->fields[CLOSING] && job->at >= 0) return fx_job_run(rt, &job->job);
    fx_value refused = fx_error_of_code(rt, handle->fields[CLOSING] ? -EBADF : -EINVAL);
    fx_request_discard(rt, &job->job.request);
    return fx_done(refused);
}

static void work_read_at(fx_job *self) {
    HandleJob *job = (HandleJob *)self;
    size_t length = 0;
    job->bytes = malloc(job->size + 1);
    self->code = job->bytes ? 0 : -ENOMEM;
    while (job->bytes && length < job->size) {
        ssize_t part = pread(descriptor_of(job), job->bytes + length, job->size - length, job->at + (int64_t)length);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) self->code = -errno;
        if (part <= 0) break;
        length += (size_t)part;
    }
    job->size = length;
}

static fx_value answer_read_at(fx_runtime *rt, fx_job *self) {
    HandleJob *job = (HandleJob *)self;
    return self->code < 0 ? fx_error_of_code(rt, self->code) : fx_ok_take(rt, FX_COUNTED, fx_string_make(rt, job->bytes, job->size));
}

// The descriptor is open, so EBADF says that it was opened for reading only.
static void work_write_at(fx_job *self) {
    HandleJob *job = (HandleJob *)self;
    self->code = write_all(descriptor_of(job), fx_string_bytes(job->text), fx_string_length(job->text), job->at);
    if (self->code == -EBADF) self->code = -EACCES;
}
static void work_set_size(fx_job *job) { job->code = code_of(ftruncate(descriptor_of((HandleJob *)job), ((HandleJob *)job)->at)); }
static void work_sync(fx_job *job) { job->code = code_of(fsync(descriptor_of((HandleJob *)job))); }
static void work_stat_open(fx_job *job) {
    struct stat status;
    job->code = code_of(fstat(descriptor_of((HandleJob *)job), &status));
    if (job->code >= 0) ((HandleJob *)job)->facts = facts_of(&status);
}
static fx_value answer_stat_open(fx_runtime *rt, fx_job *job) { return answer_of_facts(rt, job->code, &((HandleJob *)job)->facts); }

#define HANDLE_TYPE(variable, text)                                                                                    \
    static const fx_request_type variable = {text, sizeof(HandleJob), FX_COUNTED, false, fx_job_cancel, NULL, clean_handle_job}
HANDLE_TYPE(read_at_type, "File.read_at");
HANDLE_TYPE(write_at_type, "File.write_at");
HANDLE_TYPE(set_size_type, "File.set_size");
HANDLE_TYPE(sync_type, "File.sync");
HANDLE_TYPE(stat_open_type, "File.stat_open");

enum { LARGEST_PIECE = 1 << 30 };

fx_answer fx_file_read_at(fx_runtime *rt, fx_value handle, fx_value at, fx_value count) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    if (count < 0) return fx_done(fx_error_of_code(rt, -EINVAL));
    HandleJob *job = make_handle_job(rt, &read_at_type, handle);
    job->at = at;
    job->size = count > LARGEST_PIECE ? LARGEST_PIECE : (size_t)count;
    return run_handle_job(rt, job, FX_JOB_ABANDONABLE, work_read_at, answer_read_at);
}

fx_answer fx_file_write_at(fx_runtime *rt, fx_value handle, fx_value at, fx_value text) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    HandleJob *job = make_handle_job(rt, &write_at_type, handle);
    fx_dup(text);
    job->text = text;
    job->at = at;
    return run_handle_job(rt, job, 0, work_write_at, answer_unit);
}

fx_answer fx_file_set_size(fx_runtime *rt, fx_value handle, fx_value size) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    HandleJob *job = make_handle_job(rt, &set_size_type, handle);
    job->at = size;
    return run_handle_job(rt, job, 0, work_set_size, answer_unit);
}

fx_answer fx_file_sync(fx_runtime *rt, fx_value handle) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    return run_handle_job(rt, make_handle_job(rt, &sync_type, handle), 0, work_sync, answer_unit);
}

fx_answer fx_file_stat_open(fx_runtime *rt, fx_value handle) {
    if (fx_is_stopped(rt)) return fx_stop(rt);
    struct stat status;
    int descriptor = fx_object_of(handle)->fields[AT_HAND] ? fx_file_descriptor(handle) : -1;
    if (descriptor >= 0 && fstat(descriptor, &status) == 0) {
        FileFacts facts = facts_of(&status);
        return fx_answer_ready(rt, FX_COUNTED, answer_of_facts(rt, 0, &facts));
    }
    return run_handle_job(rt, make_handle_job(rt, &stat_open_type, handle), FX_JOB_ABANDONABLE, work_stat_open, answer_stat_open);
}
