// Calls the C compiler in a private folder. Whatever goes wrong there is told in fx's words.

#include "build_program.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef Vector(const char *) Words;

typedef struct Workshop {
    const ProgramBuild *build;
    Arena *arena;
    Installation installation;
    const char *folder;  // private
    const char *c_file, *log, *executable;
    const char *libuv;   // how the linker calls it
    Words compiler;      // the command, without any file
} Workshop;

static void say(const char *what, const char *subject, const char *why) { fprintf(stderr, "fx: %s %s%s%s\n", what, subject, *why ? ": " : "", why); }

// ---- the C compiler ----

static bool is_on_path(Arena *arena, const char *command) {
    if (strchr(command, '/')) return access(command, X_OK) == 0;
    const char *path = getenv("PATH");
    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t length = strcspn(at, ":");
        Builder file = builder_in(arena);
        build_text(&file, (Text){at, length});
        build_format(&file, "/%s", command);
        if (access(builder_string(&file), X_OK) == 0) return true;
        at += length + (at[length] == ':');
    }
    return false;
}

static const char *choose_compiler(Arena *arena, const CommandLine *line) {
    if (line->cc) return line->cc;
    const char *wanted = getenv("CC");
    if (wanted && *wanted) return wanted;
    static const char *const known[] = {"gcc", "clang", "cc"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is_on_path(arena, known[i])) return known[i];
    return NULL;
}

static void split_words(Arena *arena, Words *words, const char *text) {
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        Builder word = builder_in(arena);
        build_text(&word, (Text){text, length});
        vector_push(arena, words, builder_string(&word));
        text += length;
    }
}

static void add_words(Workshop *shop, const char *text) { split_words(shop->arena, &shop->compiler, text); }

// fx's tail calls must be jumps in every mode; Clang makes them so only from -O2 on.
static const char *mode_flags(bool is_clang, bool is_release) {
    if (is_release) return "-O2";
    return is_clang ? "-O2 -g -fbracket-depth=100000 -DFX_COMPILE_FAST" : "-O1 -g -fno-var-tracking -foptimize-sibling-calls -DFX_COMPILE_FAST";
}

static bool find_compiler(Workshop *shop) {
    const CommandLine *line = shop->build->line;
    const char *command = choose_compiler(shop->arena, line);
    if (command) add_words(shop, command);
    if (!command || shop->compiler.count == 0 || !is_on_path(shop->arena, shop->compiler.items[0])) {
        if (command) say("there is no C compiler", command, "install gcc or clang, or name another with --cc");
        else say("there is no C compiler:", "install gcc or clang, or name one with --cc", "");
        return false;
    }
    bool is_clang = strstr(shop->compiler.items[0], "clang") != NULL;
    add_words(shop, mode_flags(is_clang, line->is_release));
    if (is_clang && line->is_release) add_words(shop, "-fbracket-depth=100000");
    add_words(shop, "-std=gnu11 -w -fno-strict-aliasing");
#ifdef __SANITIZE_ADDRESS__
    add_words(shop, "-fsanitize=address,undefined -fno-sanitize-recover=all -DFX_MALLOC"); // as the runtime beside this fx
#endif
    return true;
}

// Runs a command with standard error and output in the log; -1 when it could not be started.
static int run_logged(Workshop *shop, const Words *command) {
    char **arguments = NEW_ARRAY(shop->arena, char *, command->count + 1);
    for (size_t i = 0; i < command->count; i++) arguments[i] = (char *)command->items[i];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, shop->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t child;
    int error = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ), status = 0;
    posix_spawn_file_actions_destroy(&actions);
    if (error) {
        say("cannot run", arguments[0], strerror(error));
        return -1;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void add(Workshop *shop, Words *words, const char *word) { vector_push(shop->arena, words, word); }

// The program's C names every C function that it calls, so it shows whether it needs the library behind module Integer.
static bool needs_gmp(Text c) {
    static const char prefix[] = "fx_integer_";
    for (const char *at = c.bytes, *end = c.bytes + c.length; (at = memchr(at, 'f', (size_t)(end - at))) != NULL; at++) {
        if ((size_t)(end - at) >= sizeof prefix && memcmp(at, prefix, sizeof prefix - 1) == 0) return true;
    }
    return false;
}

// The C beside the program's modules, and what its lines `// link:` ask the linker for.
static void add_glue(Workshop *shop, Words *words) {
    static const char mark[] = "// link:";
    const SourceFiles *files = shop->build->files;
    for (size_t i = 0; i < files->glue.count; i++) add(shop, words, files->glue.items[i]);
    for (size_t i = 0; i < files->glue.count; i++) {
        Text text;
        if (!read_text(shop->arena, files->glue.items[i], &text)) continue;
        for (const char *at = text.bytes, *end = at + text.length, *next; at < end; at = next) {
            next = memchr(at, '\n', (size_t)(end - at));
            next = next ? next + 1 : end;
            if ((size_t)(next - at) < sizeof mark || memcmp(at, mark, sizeof mark - 1) != 0) continue;
            Builder line = builder_in(shop->arena);
            at += sizeof mark - 1;
            build_text(&line, (Text){at, (size_t)(next - at) - (next[-1] == '\n')});
            split_words(shop->arena, words, builder_string(&line));
        }
    }
}

static int run_compiler(Workshop *shop, bool links) {
    const ProgramBuild *build = shop->build;
    Words words = {0};
    for (size_t i = 0; i < shop->compiler.count; i++) add(shop, &words, shop->compiler.items[i]);
    add(shop, &words, "-I");
    add(shop, &words, shop->installation.include);
    add(shop, &words, shop->c_file);
    if (!links) add(shop, &words, "-fsyntax-only");
    else {
        add_glue(shop, &words);
        add(shop, &words, shop->installation.runtime);
        if (needs_gmp(build->c)) add(shop, &words, "-lgmp");
        add(shop, &words, shop->libuv);
        static const char *const last[] = {"-lm", "-lpthread", "-ldl", "-lrt", "-o"};
        for (size_t i = 0; i < sizeof last / sizeof *last; i++) add(shop, &words, last[i]);
        add(shop, &words, shop->executable);
        if (build->line->is_static) add(shop, &words, "-static");
        if (build->line->is_release) add(shop, &words, "-Wl,-S,--gc-sections"); // without what no function reaches
    }
    return run_logged(shop, &words);
}

// ---- what went wrong ----

static void show_log(const Workshop *shop) {
    FILE *log = fopen(shop->log, "r");
    char line[512];
    for (int count = 0; log && count < 20 && fgets(line, sizeof line, log); count++) fprintf(stderr, "    %s", line);
    if (log) fclose(log);
}

// Whether the C compiler takes any C at all.
static bool compiler_works(Workshop *shop) {
    const char *c_file = shop->c_file;
    shop->c_file = join_path(shop->arena, shop->folder, "nothing.c");
    bool works = write_file(shop->c_file, text_of("#include \"fx_code.h\"\n")) && run_compiler(shop, false) == 0;
    shop->c_file = c_file;
    return works;
}

// The C compiler refused: the C itself is a bug of fx; what it is linked with, or C beside the program's modules, is not.
static int explain_failure(Workshop *shop) {
    if (!compiler_works(shop)) {
        say("the C compiler does not work:", shop->compiler.items[0], "it says");
        show_log(shop);
        remove_folder(shop->folder);
        return EXIT_WRONG_COMMAND;
    }
    if (run_compiler(shop, false) != 0) {
        fprintf(stderr, "fx: the C compiler does not take the C that fx wrote for %s: a bug in fx (status 70).\n"
                        "Please report it, with the program and the C, which is kept in %s\n", shop->build->name, shop->c_file);
        return EXIT_BUG;
    }
    run_compiler(shop, true);
    fprintf(stderr, "fx: the program's C compiles, but linking it failed. %s\n",
            shop->build->files->glue.count ? "The C beside its modules may be at fault, or a C function that an `extern` names is missing:"
                                           : "libuv's development files may be missing, or a C function that an `extern` names:");
    show_log(shop);
    remove_folder(shop->folder);
    return EXIT_WRONG_PROGRAM;
}

// ---- steps ----

static bool open_workshop(Workshop *shop, const ProgramBuild *build) {
    *shop = (Workshop){.build = build, .arena = build->arena, .installation = find_installation(build->arena)};
    if (!shop->installation.runtime || !shop->installation.include) {
        say("fx is not installed whole:", shop->installation.runtime ? "fx_code.h" : "libfx_runtime.a", "not found");
        return false;
    }
    if (!find_compiler(shop)) return false;
    shop->folder = make_temporary_folder(build->arena);
    if (!shop->folder) {
        say("cannot make a folder in", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp", strerror(errno));
        return false;
    }
    shop->c_file = join_path(build->arena, shop->folder, "program.c");
    shop->log = join_path(build->arena, shop->folder, "log");
    shop->executable = join_path(build->arena, shop->folder, "program");
    return true;
}

// An exit status; 0: shop->executable is there.
static int compile_c(Workshop *shop) {
    if (!write_file(shop->c_file, shop->build->c)) {
        say("cannot write", shop->c_file, strerror(errno));
        remove_folder(shop->folder);
        return EXIT_WRONG_COMMAND;
    }
    shop->libuv = shop->build->line->is_static ? "-luv_a" : "-luv";
    int status = run_compiler(shop, true);
    if (status > 0 && shop->build->line->is_static) {
        shop->libuv = "-luv"; // what the static library is called is up to who packages it
        status = run_compiler(shop, true);
    }
    if (status < 0) {
        remove_folder(shop->folder);
        return EXIT_WRONG_COMMAND;
    }
    return status == 0 ? EXIT_DONE : explain_failure(shop);
}

static bool copy_bytes(int from, int to) {
    char buffer[65536];
    ssize_t count;
    while ((count = read(from, buffer, sizeof buffer)) > 0)
        for (ssize_t done = 0, written; done < count; done += written)
            if ((written = write(to, buffer + done, (size_t)(count - done))) < 0) return false;
    return count == 0;
}

// Beside its place first, then renamed: a program that runs is not disturbed.
static bool place_executable(const Workshop *shop, const char *output) {
    struct stat status;
    if (stat(output, &status) == 0 && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    Builder name = builder_in(shop->arena);
    build_format(&name, "%s.fx-%ld", output, (long)getpid());
    const char *beside = builder_string(&name);
    int from = open(shop->executable, O_RDONLY | O_CLOEXEC), to = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0777);
    bool done = from >= 0 && to >= 0 && copy_bytes(from, to);
    int error = errno;
    if (from >= 0) close(from);
    if (to >= 0 && close(to) != 0) done = false;
    if (done && rename(beside, output) == 0) return true;
    if (done) error = errno;
    if (to >= 0) unlink(beside);
    errno = error;
    return false;
}

static bool emit_c(const ProgramBuild *build) {
    const char *folder = build->line->emit_c;
    Builder path = builder_in(build->arena);
    build_format(&path, "%s/%s.c", folder, build->name);
    bool done = (mkdir(folder, 0777) == 0 || errno == EEXIST) && write_file(builder_string(&path), build->c);
    if (!done) say("cannot write", builder_string(&path), strerror(errno));
    return done;
}

int build_program(const ProgramBuild *build) {
    Workshop shop;
    if (build->line->emit_c && !emit_c(build)) return EXIT_WRONG_COMMAND;
    if (!open_workshop(&shop, build)) return EXIT_WRONG_COMMAND;
    int status = compile_c(&shop);
    if (status != EXIT_DONE) return status;
    const char *output = build->line->output ? build->line->output : build->name;
    if (!place_executable(&shop, output)) {
        say("cannot write", output, errno == EISDIR ? "it is a folder; -o names another place" : strerror(errno));
        status = EXIT_WRONG_COMMAND;
    }
    remove_folder(shop.folder);
    return status;
}

int run_program(const ProgramBuild *build) {
    Workshop shop;
    if (!open_workshop(&shop, build)) return EXIT_WRONG_COMMAND;
    int status = compile_c(&shop);
    if (status != EXIT_DONE) return status;
    // The file is open and gone: this process becomes the program, so status, signals and terminal are its own.
    int file = open(shop.executable, O_RDONLY | O_CLOEXEC);
    remove_folder(shop.folder);
    char **arguments = build->line->operands;
    arguments[0] = (char *)build->name;
    fexecve(file, arguments, environ);
    say("cannot run", build->name, strerror(errno));
    return EXIT_BUG;
}

// ---- C beside the modules, for the interpreter ----

static bool open_library(const char *library) {
    if (dlopen(library, RTLD_NOW | RTLD_GLOBAL)) return true;
    fprintf(stderr, "fx: cannot load the C beside the program's modules: %s\n", dlerror());
    return false;
}

int load_glue(const ProgramBuild *build) {
    Workshop shop;
    if (build->files->glue.count == 0) return EXIT_DONE;
    if (!open_workshop(&shop, build)) return EXIT_WRONG_COMMAND;
    Words words = {0};
    const char *library = join_path(shop.arena, shop.folder, "library.so");
    for (size_t i = 0; i < shop.compiler.count; i++) add(&shop, &words, shop.compiler.items[i]);
    split_words(shop.arena, &words, "-shared -fPIC -I");
    add(&shop, &words, shop.installation.include);
    add_glue(&shop, &words);
    add(&shop, &words, "-o");
    add(&shop, &words, library);
    int status = run_logged(&shop, &words);
    if (status > 0) {
        fputs("fx: the C compiler does not take the C beside the program's modules:\n", stderr);
        show_log(&shop);
    }
    status = status < 0 ? EXIT_WRONG_COMMAND : status > 0 || !open_library(library) ? EXIT_WRONG_PROGRAM : EXIT_DONE;
    remove_folder(shop.folder);
    return status;
}
