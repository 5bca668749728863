#ifndef FX_TOOLS_FILES_H
#define FX_TOOLS_FILES_H
// Files for the command: sources, temporary folders, and where fx itself is installed.

#include "../base/table.h"
#include "../fx.h"

// Where fx finds what it needs: beside its own executable.
typedef struct Installation {
    const char *stdlib;  // folder of Prelude.fx
    const char *include; // folder of fx.h
    const char *runtime; // libfx_runtime.a
} Installation;
// NULL in a field: not found.
Installation find_installation(Arena *arena);

// What read_source needs, and remembers.
typedef struct SourceFiles {
    Arena *arena;
    Symbols *symbols;
    const char *folder; // of the program
    const char *stdlib;
    Table loaded;       // from a path's symbol to its Source
    Vector(const char *) glue; // C files beside the program's own modules
    uint32_t count;
} SourceFiles;
// `path` is shown in messages as it is given here. NULL: `*problem` says why.
const Source *load_program(SourceFiles *files, const char *path, const char **problem);
const Source *read_source(void *files, const char *path, bool from_stdlib);

const char *join_path(Arena *arena, const char *folder, const char *name);
// The last part of a path, without `.fx`.
const char *program_name(Arena *arena, const char *path);
bool read_text(Arena *arena, const char *path, Text *text); // false: errno says why; above 64 MiB is too much
bool write_file(const char *path, Text text);
// Instead of what the file holds, which stays whole when this fails: written beside it and renamed, with its mode. A symbolic link is followed.
bool replace_file(Arena *arena, const char *path, Text text); // false: errno says why
// A private folder, or NULL; remove_folder takes away the files in it and the folder.
const char *make_temporary_folder(Arena *arena);
void remove_folder(const char *path);

#endif
