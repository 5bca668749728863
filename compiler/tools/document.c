// fx doc: what the library's modules, and one's own, offer.

#include "document.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../syntax/syntax.h"
#include "render_page.h"
#include "session.h"

typedef Vector(const char *) ModuleNames;

typedef struct Documenter {
    Arena *arena;
    const CommandLine *line;
    const char *stdlib;
    ModuleNames modules; // of the library, sorted
    Builder out;
    bool bold;
} Documenter;

// ---- the library's modules ----

// "Http", "Request.fx" is Http.Request.
static void find_modules_in(Documenter *documenter, const char *folder, const char *prefix) {
    DIR *entries = opendir(folder);
    if (!entries) return;
    for (struct dirent *entry; (entry = readdir(entries));) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.') continue;
        Builder name = builder_in(documenter->arena);
        build_format(&name, "%s%s", prefix, program_name(documenter->arena, entry->d_name));
        if (length > 3 && strcmp(entry->d_name + length - 3, ".fx") == 0) vector_push(documenter->arena, &documenter->modules, builder_string(&name));
        else if (!strchr(entry->d_name, '.')) {
            build_byte(&name, '.');
            find_modules_in(documenter, join_path(documenter->arena, folder, entry->d_name), builder_string(&name));
        }
    }
    closedir(entries);
}

static bool is_prelude(const char *module) { return strcmp(module, "Prelude") == 0; }

// By name, but Prelude, which every program has, comes first.
static int compare_names(const void *left, const void *right) {
    const char *one = *(const char *const *)left, *other = *(const char *const *)right;
    int order = is_prelude(other) - is_prelude(one);
    return order ? order : strcmp(one, other);
}

static const char *path_of_module(const Documenter *documenter, const char *module) {
    Builder path = builder_in(documenter->arena);
    build_format(&path, "%s/", documenter->stdlib);
    for (const char *at = module; *at; at++) build_byte(&path, *at == '.' ? '/' : *at);
    build_string(&path, ".fx");
    return builder_string(&path);
}

// By its whole name, or by the last part of it, as `Request` for Http.Request. NULL: there is none.
static const char *find_module(const Documenter *documenter, Text name) {
    for (size_t i = 0; i < documenter->modules.count; i++)
        if (text_equal(name, text_of(documenter->modules.items[i]))) return documenter->modules.items[i];
    for (size_t i = 0; i < documenter->modules.count; i++) {
        const char *dot = strrchr(documenter->modules.items[i], '.');
        if (dot && text_equal(name, text_of(dot + 1))) return documenter->modules.items[i];
    }
    return NULL;
}

// ---- near names ----

typedef struct Nearest {
    Text wanted;
    const char *name; // of those considered, or NULL
    unsigned distance;
} Nearest;

static Nearest nearest_to(Text wanted) { return (Nearest){wanted, NULL, (unsigned)wanted.length / 3 + 2}; }

static void consider(Nearest *nearest, Text candidate, const char *shown) {
    unsigned distance = text_distance(nearest->wanted, candidate, nearest->distance);
    if (distance >= nearest->distance || distance >= candidate.length) return;
    nearest->distance = distance;
    nearest->name = shown;
}

static int refuse(const char *what, const char *word, const Nearest *nearest) {
    fprintf(stderr, "fx: there is no %s `%s`", what, word);
    if (nearest->name) fprintf(stderr, "; did you mean `%s`?\n", nearest->name);
    else fputs("; `fx doc` lists the modules\n", stderr);
    return EXIT_WRONG_COMMAND;
}

static void consider_modules(const Documenter *documenter, Nearest *nearest) {
    for (size_t i = 0; i < documenter->modules.count; i++) {
        const char *name = documenter->modules.items[i], *dot = strrchr(name, '.');
        consider(nearest, text_of(name), name);
        if (dot) consider(nearest, text_of(dot + 1), name);
    }
}

// ---- what a module offers ----

// NULL: what is wrong has been said, and *status is the exit status.
static const Interface *read_interface(Session *session, Arena *arena, const CommandLine *line, const char *path, int *status) {
    *status = compile_file(session, arena, line, path);
    return *status == EXIT_DONE ? session->result.interface : NULL;
}

static int print_page(Documenter *documenter, const char *path) {
    Session session;
    int status;
    const Interface *interface = read_interface(&session, documenter->arena, documenter->line, path, &status);
    if (!interface) return status;
    if (documenter->line->markdown) render_page_markdown(&documenter->out, interface);
    else render_page(&documenter->out, interface, documenter->bold);
    return EXIT_DONE;
}

static bool has_part(const Offer *offer, const char *name) {
    for (size_t i = 0; i < offer->parts.count; i++)
        if (offer->kind != OFFER_RECORD && strcmp(offer->parts.items[i].name, name) == 0) return true;
    return false;
}

// The name itself, or else what it is a part of: the type of a constructor.
static const Offer *find_offer(const Interface *interface, const char *name) {
    for (size_t i = 0; i < interface->offers.count; i++)
        if (strcmp(interface->offers.items[i].name, name) == 0) return &interface->offers.items[i];
    for (size_t i = 0; i < interface->offers.count; i++)
        if (has_part(&interface->offers.items[i], name)) return &interface->offers.items[i];
    return NULL;
}

static void consider_offers(Arena *arena, Nearest *nearest, const Interface *interface) {
    for (size_t i = 0; i < interface->offers.count; i++) {
        Builder shown = builder_in(arena);
        if (!is_prelude(interface->name)) build_format(&shown, "%s.", interface->name);
        build_string(&shown, interface->offers.items[i].name);
        consider(nearest, text_of(interface->offers.items[i].name), builder_string(&shown));
    }
}

// `word` is MODULE.NAME.
static int print_name_of(Documenter *documenter, const char *module, const char *name, const char *word) {
    Session session;
    int status;
    const Interface *interface = read_interface(&session, documenter->arena, documenter->line, path_of_module(documenter, module), &status);
    if (!interface) return status;
    const Offer *offer = find_offer(interface, name);
    if (offer) {
        render_offer(&documenter->out, interface, offer, documenter->bold);
        return EXIT_DONE;
    }
    Nearest nearest = nearest_to(text_of(name));
    consider_offers(documenter->arena, &nearest, interface);
    return refuse("name", word, &nearest);
}

// ---- a name, in whichever modules ----

typedef struct Search {
    const char *name;
    size_t count;  // of those found
    Builder whole; // the first with all that is said of it
    Builder brief; // each with its first sentence
    Nearest nearest;
} Search;

static int search_module(const Documenter *documenter, Search *search, const char *module) {
    Arena *arena = arena_create();
    Session session;
    int status;
    const Interface *interface = read_interface(&session, arena, documenter->line, path_of_module(documenter, module), &status);
    const Offer *offer = interface ? find_offer(interface, search->name) : NULL;
    if (offer && !search->count) render_offer(&search->whole, interface, offer, documenter->bold);
    if (offer && search->count++) build_byte(&search->brief, '\n');
    if (offer) render_offer_briefly(&search->brief, interface, offer, documenter->bold);
    else if (interface) consider_offers(documenter->arena, &search->nearest, interface);
    arena_destroy(arena);
    return status;
}

static int print_name(Documenter *documenter, const char *name) {
    Search search = {name, 0, builder_in(documenter->arena), builder_in(documenter->arena), nearest_to(text_of(name))};
    consider_modules(documenter, &search.nearest);
    for (size_t i = 0; i < documenter->modules.count; i++) {
        int status = search_module(documenter, &search, documenter->modules.items[i]);
        if (status != EXIT_DONE) return status;
    }
    build_text(&documenter->out, builder_text(search.count == 1 ? &search.whole : &search.brief));
    if (search.count) return EXIT_DONE;
    bool is_upper = name[0] >= 'A' && name[0] <= 'Z';
    return refuse(is_upper ? "module" : "name", name, &search.nearest);
}

static int print_modules_under(Documenter *documenter, const char *folder);

static bool is_under(const char *module, const char *folder) { return strncmp(module, folder, strlen(folder)) == 0 && module[strlen(folder)] == '.'; }

static bool has_modules(const Documenter *documenter, const char *folder) {
    for (size_t i = 0; i < documenter->modules.count; i++)
        if (is_under(documenter->modules.items[i], folder)) return true;
    return false;
}

static int print_word(Documenter *documenter, const char *word) {
    size_t length = strlen(word);
    if (strchr(word, '/') || (length > 3 && strcmp(word + length - 3, ".fx") == 0)) return print_page(documenter, word);
    const char *module = find_module(documenter, text_of(word)), *dot = strrchr(word, '.');
    if (module) return print_page(documenter, path_of_module(documenter, module));
    if (has_modules(documenter, word)) return print_modules_under(documenter, word);
    if (!dot) return print_name(documenter, word);
    Text prefix = {word, (size_t)(dot - word)};
    module = find_module(documenter, prefix);
    if (module) return print_name_of(documenter, module, dot + 1, word);
    Nearest nearest = nearest_to(text_of(word)), nearest_to_prefix = nearest_to(prefix);
    consider_modules(documenter, &nearest);
    consider_modules(documenter, &nearest_to_prefix);
    Builder missing = builder_in(documenter->arena);
    build_text(&missing, prefix);
    return nearest.name ? refuse("module", word, &nearest) : refuse("module", builder_string(&missing), &nearest_to_prefix);
}

// ---- the library ----

typedef enum { GROUP_VALUES, GROUP_WORLD, GROUP_HTTP, GROUPS } Group;

static const char *const GROUP_TITLES[] = {"Values, text and tasks", "The world", "HTTP"};

// The world is what a module asks by an effect of its own name.
static Group find_group(const char *module, const ModuleSyntax *syntax) {
    if (strchr(module, '.')) return GROUP_HTTP;
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        const Declaration *declaration = syntax->declarations.items[i];
        if (declaration->kind == DECLARATION_EFFECT && declaration->is_external && strcmp(declaration->name.name, module) == 0) return GROUP_WORLD;
    }
    return GROUP_VALUES;
}

typedef struct ListedModule {
    const char *name;
    Text sentence;
    Group group;
} ListedModule;

typedef Vector(ListedModule) ListedModules;

static int list_modules(Documenter *documenter, ListedModules *list) {
    for (size_t i = 0; i < documenter->modules.count; i++) {
        Session session;
        const Source *source;
        const char *name = documenter->modules.items[i];
        if (!open_session(&session, documenter->arena, path_of_module(documenter, name), &source)) return EXIT_WRONG_COMMAND;
        const ModuleSyntax *syntax = parse_module(documenter->arena, session.files.symbols, &session.diagnostics, source);
        ListedModule module = {name, first_sentence(documenter->arena, find_module_documentation(syntax)), find_group(name, syntax)};
        vector_push(documenter->arena, list, module);
    }
    return EXIT_DONE;
}

enum { COLUMN = 20 };

static void build_module(Builder *out, const ListedModule *module) {
    build_format(out, "  %-*s", COLUMN - 2, module->name);
    build_wrapped(out, module->sentence, COLUMN, COLUMN);
}

static int print_modules_under(Documenter *documenter, const char *folder) {
    ListedModules list = {0};
    int status = list_modules(documenter, &list);
    for (size_t i = 0; i < list.count; i++)
        if (is_under(list.items[i].name, folder)) build_module(&documenter->out, &list.items[i]);
    return status;
}

static void build_list(Documenter *documenter, const ListedModules *list) {
    Builder *out = &documenter->out;
    for (Group group = 0; group < GROUPS; group++) {
        build_format(out, "%s%s%s\n", documenter->bold ? "\033[1m" : "", GROUP_TITLES[group], documenter->bold ? "\033[0m" : "");
        for (size_t i = 0; i < list->count; i++) {
            const ListedModule *module = &list->items[i];
            if (module->group == group) build_module(out, module);
        }
        build_byte(out, '\n');
    }
    build_string(out, "fx doc List       what a module offers\n"
                      "fx doc List.map   one of its names\n"
                      "fx doc map        a name, in whichever modules\n"
                      "fx doc FILE.fx    a module of your own\n");
}

// ---- the library's page ----

// GitHub's: small letters, and no dots.
static void build_anchor(Builder *out, const char *module) {
    for (const char *at = module; *at; at++)
        if (*at != '.') build_byte(out, (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at));
}

static void build_table(Builder *out, const ListedModules *list) {
    for (Group group = 0; group < GROUPS; group++) {
        build_format(out, "\n## %s\n\n| module | |\n|---|---|\n", GROUP_TITLES[group]);
        for (size_t i = 0; i < list->count; i++) {
            const ListedModule *module = &list->items[i];
            if (module->group != group) continue;
            build_format(out, "| [%s](#", module->name);
            build_anchor(out, module->name);
            build_format(out, ") | %.*s |\n", (int)module->sentence.length, module->sentence.bytes);
        }
    }
}

static int build_summary(Documenter *documenter, const char *module) {
    Arena *arena = arena_create();
    Session session;
    int status;
    const char *path = path_of_module(documenter, module);
    const Interface *interface = read_interface(&session, arena, documenter->line, path, &status);
    if (interface) {
        build_format(&documenter->out, "\n### %s\n\n", module);
        build_format(&documenter->out, is_prelude(module) ? "No import" : "`import %s`", module);
        build_format(&documenter->out, " · [source](../stdlib%s)\n", path + strlen(documenter->stdlib));
        render_summary_markdown(&documenter->out, interface);
    }
    arena_destroy(arena);
    return status;
}

static int build_library_page(Documenter *documenter, const ListedModules *list) {
    build_string(&documenter->out, "# The library\n\nEach module with its names, their types and the first sentence about each. `fx doc List` has all of it, with "
                                   "examples; `fx doc List.map` shows one name. This page is written by `make library-page`.\n");
    build_table(&documenter->out, list);
    build_string(&documenter->out, "\n## The modules\n");
    for (size_t i = 0; i < list->count; i++) {
        int status = build_summary(documenter, list->items[i].name);
        if (status != EXIT_DONE) return status;
    }
    return EXIT_DONE;
}

static int print_library(Documenter *documenter) {
    ListedModules list = {0};
    int status = list_modules(documenter, &list);
    if (status != EXIT_DONE) return status;
    if (documenter->line->markdown) return build_library_page(documenter, &list);
    build_list(documenter, &list);
    return EXIT_DONE;
}

int print_documentation(Arena *arena, const CommandLine *line) {
    Documenter documenter = {.arena = arena, .line = line, .stdlib = find_installation(arena).stdlib, .out = builder_in(arena)};
    documenter.bold = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    if (documenter.stdlib) find_modules_in(&documenter, documenter.stdlib, "");
    if (documenter.modules.count) qsort(documenter.modules.items, documenter.modules.count, sizeof *documenter.modules.items, compare_names);
    int status = line->operand_count ? print_word(&documenter, line->operands[0]) : print_library(&documenter);
    print_text(stdout, builder_text(&documenter.out));
    return status;
}
