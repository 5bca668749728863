// fx's command line.

#include "command_line.h"

#include <stdio.h>
#include <string.h>

typedef struct Command {
    const char *name;
    CommandKind kind;
    const char *usage;
    const char *help;
    const char *options; // those it takes, each followed by a blank
    int fewest, most;    // operands; most -1: any number
} Command;

static const Command COMMANDS[] = {
    {"build", COMMAND_BUILD, "fx build FILE.fx [-o OUT] [--release | --debug] [--static] [--emit-c DIR] [--cc CC]",
     "Writes an executable: OUT, or a file named after FILE.fx in the current folder.\n\n"
     "  -o OUT         where the executable goes\n"
     "  --debug        compiles fast, and a debugger stops at lines of FILE.fx (this is the default)\n"
     "  --release      optimises\n"
     "  --static       links everything in\n"
     "  --emit-c DIR   also writes the C that FILE.fx becomes into DIR\n"
     "  --cc CC        the C compiler, flags included: --cc 'clang -march=native' (default: $CC, else gcc, clang or cc)\n",
     "-o --release --debug --static --emit-c --cc ", 1, 1},
    {"run", COMMAND_RUN, "fx run [--release | --debug | --interpret | --replay FILE] [--cc CC] FILE.fx [ARGUMENT]...",
     "Builds FILE.fx, runs it with the arguments, and ends as it ends. Options of fx stand before FILE.fx; all that follows is the program's.\n\n"
     "  --interpret     builds nothing: the program is run by the executable semantics, slowly\n"
     "  --replay FILE   runs what FX_RECORD=FILE wrote down once more, without the world, and says where the program departs from it\n",
     "--release --debug --interpret --replay --cc ", 1, -1},
    {"check", COMMAND_CHECK, "fx check [--types] [--json] FILE.fx...",
     "Reports what is wrong with the files and builds nothing. They need no `main`.\n\n"
     "  --types   prints the types of the file's own names\n"
     "  --json    reports one JSON object a line: code severity file line column end_line end_column message labels hint\n",
     "--types --json ", 1, -1},
    {"test", COMMAND_TEST, "fx test [--faults] [--coverage] [--seed N] [--schedules N] [--filter TEXT] [--replay TOKEN] [--html DIR] [--json] FILE.fx...\n"
     "       fx test --from-record RECORDING FILE.fx",
     "Runs the tests, the specs and the examples of doc comments in the files and in the modules that they import, but for the standard library's.\n"
     "They need no `main`. Exit status 1: one of them failed.\n\n"
     "  --faults        also answers what specs ask with errors, singly and in pairs, with less than was asked for, and cancels the program\n"
     "                  wherever it waits: what must not happen then is a fault, a deadlock, asking without end, and leaving something open\n"
     "  --coverage      then lists, for each place that asks the world, which answers no spec gave there\n"
     "  --seed N        generates the values that an earlier run has printed this seed for\n"
     "  --schedules N   runs so many schedules of a spec in order before it chooses others at random; without: 1000000\n"
     "  --filter TEXT   only those whose name has TEXT in it\n"
     "  --replay TOKEN  runs again the one schedule that a failure has printed this token for (or a file holds)\n"
     "  --html DIR      also writes a page for each failing spec into DIR, with its tasks drawn side by side\n"
     "  --json          reports one JSON object a line\n"
     "  --from-record RECORDING   prints a spec of FILE.fx that says what a run did which FX_RECORD has written down\n",
     "--from-record --faults --coverage --seed --schedules --filter --replay --html --json ", 1, -1},
    {"doc", COMMAND_DOC, "fx doc [--markdown] [MODULE | MODULE.NAME | NAME | FILE.fx]",
     "Prints what a module offers: its public names with their types, what is said of them, and examples. Without an operand it lists the modules\n"
     "of the library; `fx doc List.map` shows one name, `fx doc map` that name in whichever modules, `fx doc FILE.fx` a module of your own.\n\n"
     "  --markdown   in Markdown; without an operand, one page about the whole library\n",
     "--markdown ", 0, 1},
    {"fmt", COMMAND_FORMAT, "fx fmt [--check] FILE.fx...",
     "Writes the files anew in the form in which everybody writes them: blanks between tokens, indentation, no blanks at the ends of lines, no two blank\n"
     "lines in a row, imports in order. Where lines end is yours, and comments stay.\n\n"
     "  --check   changes nothing and says which files are not in that form; exit status 1: there are some\n",
     "--check ", 1, -1},
    {"explain", COMMAND_EXPLAIN, "fx explain CODE", "Tells the long story of an error or a warning: fx explain E0203.\n", "", 1, 1},
    {"dump", COMMAND_DUMP, "fx dump PASS FILE.fx",
     "Prints FILE.fx as it is after a pass of the compiler:\n"
     "tokens, layout, syntax, core, specialised, simplified, counted, cps, c.\n", "", 2, 2},
    {"new", COMMAND_NEW, "fx new NAME", "Makes a folder NAME with a program that builds and runs, and a test of it.\n", "", 1, 1},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

// ---- help ----

static void print_overview(FILE *out) {
    fputs("fx, a small typed effect language\n\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) fprintf(out, "  %s\n", COMMANDS[i].usage);
    fputs("\n`fx COMMAND --help` says more. Exit status: 0 done; 1 the program is wrong; 2 the command line is wrong; 70 a bug in fx.\n", out);
}

static void print_help(const Command *command) { printf("%s\n\n%s", command->usage, command->help); }

static bool refuse(const Command *command) {
    fprintf(stderr, "usage: %s\n", command->usage);
    return false;
}

// The name of a list (blanks after each) that `word` is a slip of, or NULL.
static const char *find_near(const char *word, const char *const *names, size_t count) {
    unsigned best = (unsigned)strlen(word) / 3 + 1;
    const char *near = NULL;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = text_distance(text_of(word), text_of(names[i]), best);
        if (distance <= best && distance < strlen(names[i])) {
            near = names[i];
            best = distance ? distance - 1 : 0;
        }
    }
    return near;
}

static bool report_unknown(const char *what, const char *word, const char *const *names, size_t count) {
    const char *near = find_near(word, names, count);
    fprintf(stderr, "fx: there is no %s `%s`", what, word);
    if (near) fprintf(stderr, "; did you mean `%s`?\n", near);
    else fputs("\n", stderr);
    return false;
}

// ---- options ----

static const char *const OPTIONS[] = {"-o", "--release", "--debug", "--static", "--emit-c", "--cc", "--types", "--json", "--interpret",
    "--faults", "--coverage", "--markdown", "--check", "--seed", "--schedules", "--filter", "--replay", "--from-record", "--html", "--help",
    "--version"};

static bool takes_option(const Command *command, const char *option) {
    size_t length = strlen(option);
    for (const char *at = command->options; (at = strstr(at, option)); at += length)
        if (at[length] == ' ' && (at == command->options || at[-1] == ' ')) return true;
    return false;
}

static bool refuse_option(const Command *command, const char *option) {
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++)
        if (strcmp(OPTIONS[i], option) == 0) {
            fprintf(stderr, "fx: `fx %s` takes no %s\n", command->name, option);
            return refuse(command);
        }
    report_unknown("option", option, OPTIONS, sizeof OPTIONS / sizeof *OPTIONS);
    return refuse(command);
}

// The value of an option that has one: `-o OUT`, `--cc=CC`.
static const char **value_place(CommandLine *line, const char *option) {
    if (strcmp(option, "-o") == 0) return &line->output;
    if (strcmp(option, "--emit-c") == 0) return &line->emit_c;
    if (strcmp(option, "--seed") == 0) return &line->seed;
    if (strcmp(option, "--schedules") == 0) return &line->schedules;
    if (strcmp(option, "--filter") == 0) return &line->filter;
    if (strcmp(option, "--replay") == 0) return &line->replay;
    if (strcmp(option, "--html") == 0) return &line->html;
    if (strcmp(option, "--from-record") == 0) return &line->from_record;
    return strcmp(option, "--cc") == 0 ? &line->cc : NULL;
}

static void set_flag(CommandLine *line, const char *option) {
    if (strcmp(option, "--release") == 0) line->is_release = true;
    if (strcmp(option, "--debug") == 0) line->is_release = false;
    if (strcmp(option, "--static") == 0) line->is_static = true;
    if (strcmp(option, "--types") == 0) line->types = true;
    if (strcmp(option, "--json") == 0) line->json = true;
    if (strcmp(option, "--interpret") == 0) line->interpret = true;
    if (strcmp(option, "--faults") == 0) line->faults = true;
    if (strcmp(option, "--coverage") == 0) line->coverage = true;
    if (strcmp(option, "--markdown") == 0) line->markdown = true;
    if (strcmp(option, "--check") == 0) line->only_check = true;
}

// Takes the option at arguments[*index] and its value.
static bool parse_option(const Command *command, CommandLine *line, int count, char **arguments, int *index) {
    char *option = arguments[*index], *equals = strncmp(option, "--", 2) == 0 ? strchr(option, '=') : NULL;
    if (equals) *equals = 0;
    if (!takes_option(command, option)) return refuse_option(command, option);
    const char **value = value_place(line, option);
    if (!value && equals) {
        fprintf(stderr, "fx: %s takes no value\n", option);
        return refuse(command);
    }
    if (!value) {
        set_flag(line, option);
        return true;
    }
    if (!equals && *index + 1 == count) {
        fprintf(stderr, "fx: a value is missing after %s\n", option);
        return refuse(command);
    }
    *value = equals ? equals + 1 : arguments[++*index];
    if (**value) return true;
    fprintf(stderr, "fx: the value of %s is empty\n", option);
    return refuse(command);
}

// ---- commands ----

static bool parse_pass(CommandLine *line) {
    static const char *const names[] = {"tokens", "layout", "syntax", "core", "specialised", "simplified", "counted", "cps", "c"};
    size_t count = sizeof names / sizeof *names;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], line->operands[0]) == 0) {
            line->pass = (DumpPass)(DUMP_TOKENS + i);
            return true;
        }
    return report_unknown("pass", line->operands[0], names, count);
}

static bool check_operands(const Command *command, CommandLine *line) {
    if (line->operand_count < command->fewest) {
        fprintf(stderr, "fx: `fx %s` needs %s\n", command->name, command->fewest == 1 ? strrchr(command->usage,
                                                                                                '[') ? "a file" : "a word more" : "a pass and a file");
        return refuse(command);
    }
    if (command->most >= 0 && line->operand_count > command->most) {
        fprintf(stderr, "fx: `%s` is one argument too many\n", line->operands[command->most]);
        return refuse(command);
    }
    return command->kind != COMMAND_DUMP || parse_pass(line);
}

// Options may stand anywhere, but `run` leaves all that follows the file to the program. Operands are gathered at the front of `arguments`.
static bool parse_command(const Command *command, int count, char **arguments, CommandLine *line) {
    line->kind = command->kind;
    line->operands = arguments;
    bool only_operands = false;
    for (int i = 0; i < count; i++) {
        char *word = arguments[i];
        if (only_operands || word[0] != '-' || !word[1]) {
            line->operands[line->operand_count++] = word;
            only_operands |= command->kind == COMMAND_RUN;
        } else if (strcmp(word, "--") == 0) only_operands = true;
        else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
            print_help(command);
            line->kind = COMMAND_HELP;
            return true;
        } else if (!parse_option(command, line, count, arguments, &i)) return false;
    }
    line->operands[line->operand_count] = NULL; // as a program's arguments end
    return check_operands(command, line);
}

static const Command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i].name, name) == 0) return &COMMANDS[i];
    return NULL;
}

static bool refuse_command(const char *name) {
    const char *names[COMMAND_COUNT + 1] = {"help"};
    for (size_t i = 0; i < COMMAND_COUNT; i++) names[i + 1] = COMMANDS[i].name;
    report_unknown(name[0] == '-' ? "option" : "command", name, names, COMMAND_COUNT + 1);
    fputs("`fx --help` lists the commands\n", stderr);
    return false;
}

bool parse_command_line(int argument_count, char **arguments, CommandLine *line) {
    *line = (CommandLine){.kind = COMMAND_HELP};
    if (argument_count < 2) {
        print_overview(stderr);
        return false;
    }
    const char *name = arguments[1];
    if (strcmp(name, "--version") == 0) {
        line->kind = COMMAND_VERSION;
        return true;
    }
    bool asks_help = strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0;
    const Command *command = find_command(asks_help && argument_count > 2 ? arguments[2] : name);
    if (asks_help) {
        if (argument_count > 2 && !command) return refuse_command(arguments[2]);
        if (command) print_help(command);
        else print_overview(stdout);
        return true;
    }
    return command ? parse_command(command, argument_count - 2, arguments + 2, line) : refuse_command(name);
}
