// Reading sources, writing outputs.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

const char *join_path(Arena *arena, const char *folder, const char *name) {
    Builder path = builder_in(arena);
    build_format(&path, "%s/%s", folder, name);
    return builder_string(&path);
}

const char *program_name(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    if (length > 3 && strcmp(name + length - 3, ".fx") == 0) length -= 3;
    Builder builder = builder_in(arena);
    build_text(&builder, (Text){name, length});
    return builder_string(&builder);
}

// ---- installation ----

static const char *existing(Arena *arena, const char *folder, const char *name) {
    const char *path = join_path(arena, folder, name);
    return access(path, R_OK) == 0 ? path : NULL;
}

static const char *existing_folder(Arena *arena, const char *folder, const char *name, const char *file) {
    return existing(arena, join_path(arena, folder, name), file) ? join_path(arena, folder, name) : NULL;
}

// Installed: PREFIX/bin/fx has all in PREFIX/lib/fx.
static bool find_installed(Arena *arena, const char *self, Installation *found) {
    const char *library = join_path(arena, self, "../lib/fx");
    found->runtime = existing(arena, library, "libfx_runtime.a");
    found->stdlib = existing_folder(arena, library, "stdlib", "Prelude.fx");
    found->include = existing_folder(arena, library, "include", "fx_code.h");
    return found->stdlib != NULL;
}

// In a source tree build/fx, or build/VARIANT/fx, stands below the folder that holds stdlib/ and runtime/, with the runtime beside it.
Installation find_installation(Arena *arena) {
    Installation found = {0};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0) return found;
    self[length] = 0;
    *strrchr(self, '/') = 0;
    if (find_installed(arena, self, &found)) return found;
    found.runtime = existing(arena, self, "libfx_runtime.a");
    static const char *const above[] = {"..", "../.."};
    for (size_t i = 0; i < 2 && !found.stdlib; i++) {
        found.stdlib = existing_folder(arena, join_path(arena, self, above[i]), "stdlib", "Prelude.fx");
        found.include = existing_folder(arena, join_path(arena, self, above[i]), "runtime", "fx_code.h");
    }
    return found;
}

// ---- sources ----

// Terminated by a NUL that is not counted. NULL: errno says why.
static char *read_file(Arena *arena, const char *path, size_t *length) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0) return NULL;
    Builder bytes = builder_in(arena);
    char buffer[65536];
    ssize_t count = fstat(file, &status);
    if (count == 0 && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        count = -1;
    }
    while (count >= 0 && (count = read(file, buffer, sizeof buffer)) > 0) {
        build_text(&bytes, (Text){buffer, (size_t)count});
        if (bytes.length <= SOURCE_LIMIT) continue;
        errno = EFBIG;
        count = -1;
    }
    int error = errno;
    close(file);
    errno = error;
    *length = bytes.length;
    return count < 0 ? NULL : (char *)builder_string(&bytes);
}

bool read_text(Arena *arena, const char *path, Text *text) {
    text->bytes = read_file(arena, path, &text->length);
    return text->bytes;
}

static const Source *load(SourceFiles *files, const char *path, const char *shown) {
    Symbol key = symbol_of(files->symbols, path);
    const Source *known = table_get(&files->loaded, key);
    if (known) return known;
    size_t length;
    char *bytes = read_file(files->arena, path, &length);
    if (!bytes) return NULL;
    Source *source = source_create(files->arena, symbol_of(files->symbols, shown), (Text){bytes, length});
    source->order = files->count++;
    table_put(&files->loaded, key, source);
    return source;
}

const Source *load_program(SourceFiles *files, const char *path, const char **problem) {
    size_t length = strlen(path);
    struct stat status;
    *problem = NULL;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        *problem = "it is a folder";
        return NULL;
    }
    if (length <= 3 || strcmp(path + length - 3, ".fx") != 0) {
        *problem = "the name of a source file ends in .fx";
        return NULL;
    }
    const Source *source = load(files, path, path);
    if (!source) *problem = errno == EFBIG ? "the file is larger than 64 MiB" : strerror(errno);
    return source;
}

// A module X.fx of the program may have C of its own beside it, X.c.
static void find_glue(SourceFiles *files, const char *path) {
    Builder name = builder_in(files->arena);
    build_text(&name, (Text){path, strlen(path) - 3});
    build_string(&name, ".c");
    const char *glue = builder_string(&name);
    if (access(glue, R_OK) != 0) return;
    for (size_t i = 0; i < files->glue.count; i++)
        if (strcmp(files->glue.items[i], glue) == 0) return;
    vector_push(files->arena, &files->glue, glue);
}

const Source *read_source(void *context, const char *path, bool from_stdlib) {
    SourceFiles *files = context;
    if (from_stdlib) return files->stdlib ? load(files, join_path(files->arena, files->stdlib, path), join_path(files->arena, "stdlib", path)) : NULL;
    const char *local = files->folder ? join_path(files->arena, files->folder, path) : path;
    const Source *source = load(files, local, local);
    if (source) find_glue(files, local);
    return source;
}

// ---- outputs ----

bool write_file(const char *path, Text text) {
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    bool done = fwrite(text.bytes, 1, text.length, file) == text.length;
    return fclose(file) == 0 && done;
}

// The file is open at `descriptor`, which is closed.
static bool write_descriptor(int descriptor, Text text) {
    size_t done = 0;
    for (ssize_t count; done < text.length; done += (size_t)count) {
        count = write(descriptor, text.bytes + done, text.length - done);
        if (count < 0 && errno == EINTR) count = 0;
        if (count < 0) break;
    }
    bool works = done == text.length && fsync(descriptor) == 0;
    int error = errno;
    if (close(descriptor) != 0 && works) return false;
    errno = error;
    return works;
}

// The owner is kept where the user may give files away, as with `sed -i`.
static bool copy_status(int descriptor, const struct stat *status) {
    bool is_given = fchown(descriptor, status->st_uid, status->st_gid) == 0;
    return fchmod(descriptor, status->st_mode & (is_given ? 07777 : 0777)) == 0;
}

bool replace_file(Arena *arena, const char *path, Text text) {
    char target[PATH_MAX];
    struct stat status;
    if (!realpath(path, target) || access(target, W_OK) != 0 || stat(target, &status) != 0) return false;
    Builder name = builder_in(arena);
    build_text(&name, (Text){target, (size_t)(strrchr(target, '/') - target)});
    build_string(&name, "/.fx-XXXXXX");
    char *temporary = (char *)builder_string(&name);
    int descriptor = mkstemp(temporary);
    if (descriptor < 0) return false;
    bool has_status = copy_status(descriptor, &status);
    if (write_descriptor(descriptor, text) && has_status && rename(temporary, target) == 0) return true;
    int error = errno;
    unlink(temporary);
    errno = error;
    return false;
}

const char *make_temporary_folder(Arena *arena) {
    const char *base = getenv("TMPDIR");
    char *path = (char *)join_path(arena, base && *base ? base : "/tmp", "fx-XXXXXX");
    return mkdtemp(path);
}

void remove_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
    rmdir(path);
}
