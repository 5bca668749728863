// fx new NAME.

#include "new_project.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"

static const char PROGRAM[] = "import Console\n"
                              "\n"
                              "/// What the program says to somebody.\n"
                              "let greeting (name : String) : String = \"Hello \\(name)!\"\n"
                              "\n"
                              "let main (args : List String) : Unit ! {Console} =\n"
                              "  match args\n"
                              "  | name :: _ -> Console.print_line (greeting name)\n"
                              "  | [] -> Console.print_line (greeting \"world\")\n"
                              "\n"
                              "test \"greets by name\" = greeting \"Ada\" == \"Hello Ada!\"\n"
                              "\n"
                              "/// Whoever the name is, one line is printed and nothing else is done.\n"
                              "spec greets_whoever_it_is (name : String) =\n"
                              "  main [name] runs\n"
                              "    Console.print_line (greeting name) => ()\n"
                              "  returns ()\n";

// `my-tool` is a good name for a folder; a module has none such.
static bool is_name(const char *name) {
    for (const char *at = name; *at; at++) {
        bool is_letter = *at >= 'a' && *at <= 'z', is_other = (*at >= '0' && *at <= '9') || *at == '_' || (*at == '-' && at[1]);
        if (!is_letter && (!is_other || at == name)) return false;
    }
    return *name != 0;
}

static bool write_in(Arena *arena, const char *folder, const char *name, const char *text) {
    const char *path = join_path(arena, folder, name);
    if (write_file(path, text_of(text))) return true;
    fprintf(stderr, "fx: cannot write %s: %s\n", path, strerror(errno));
    return false;
}

static const char *module_of(Arena *arena, const char *folder) {
    Builder name = builder_in(arena);
    for (const char *at = folder; *at; at++) build_byte(&name, *at == '-' ? '_' : *at);
    return builder_string(&name);
}

int new_project(Arena *arena, const char *folder) {
    if (!is_name(folder)) {
        fprintf(stderr, "fx: `%s` cannot name a program: small letters, digits, _ and -, the first a letter\n", folder);
        return 2;
    }
    if (mkdir(folder, 0777) != 0) {
        fprintf(stderr, "fx: cannot make the folder %s: %s\n", folder, strerror(errno));
        return 2;
    }
    const char *name = module_of(arena, folder);
    Builder file = builder_in(arena), readme = builder_in(arena), ignore = builder_in(arena);
    build_format(&file, "%s.fx", name);
    build_format(&readme,
                 "# %s\n\n    fx run %s.fx              # runs it\n    fx test %s.fx             # tests it, and proves its spec\n"
                 "    fx build --release %s.fx  # writes the executable %s\n",
                 folder, name, name, name, name);
    build_format(&ignore, "/%s\n", name);
    bool done = write_in(arena, folder, builder_string(&file), PROGRAM) && write_in(arena, folder, "README.md", builder_string(&readme)) &&
                write_in(arena, folder, ".gitignore", builder_string(&ignore));
    if (!done) return 2;
    printf("%s/%s.fx is a program: cd %s && fx run %s.fx\n", folder, name, folder, name);
    return 0;
}
