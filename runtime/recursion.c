// Whose recursion has exhausted the stack. Nothing is done for it while a program runs: the innermost frames are walked by the tables for
// unwinding, the functions that they belong to are named by the symbols of the executable (ELF; System V ABI, chapter 4), and what these are in
// the source is written in the program (fx_program.recursive). Of an executable without symbols nothing is found.

#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unwind.h>

#include "runtime.h"

enum { INNERMOST = 2000, MOST_FUNCTIONS = 32 };

typedef struct Counted {
    uintptr_t start; // of the function
    unsigned frames;
    const char *shown, *place;
} Counted;

typedef struct Walk {
    Counted functions[MOST_FUNCTIONS];
    unsigned count, frames;
} Walk;

static _Unwind_Reason_Code count_frame(struct _Unwind_Context *context, void *argument) {
    Walk *walk = argument;
    uintptr_t start = (uintptr_t)_Unwind_GetRegionStart(context);
    unsigned i = 0;
    while (i < walk->count && walk->functions[i].start != start) i++;
    if (i == walk->count && walk->count < MOST_FUNCTIONS) walk->functions[walk->count++] = (Counted){.start = start};
    if (i < walk->count) walk->functions[i].frames++;
    return ++walk->frames < INNERMOST ? _URC_NO_REASON : _URC_END_OF_STACK;
}

// ---- symbols ----

static int take_base(struct dl_phdr_info *info, size_t size, void *base) {
    (void)size;
    *(uintptr_t *)base = info->dlpi_addr; // the first is the program itself
    return 1;
}

static const char *after(const char *text) { return text + strlen(text) + 1; }

// Clones of a function are called `name.part.0` and the like.
static void name_function(Counted *function, const char *symbol, const char *recursive) {
    size_t length = strcspn(symbol, ".");
    for (const char *row = recursive; *row; row = after(after(after(row)))) {
        if (strncmp(row, symbol, length) != 0 || row[length]) continue;
        function->shown = after(row);
        function->place = after(function->shown);
    }
}

static void name_functions(Walk *walk, uintptr_t base, const char *recursive, const ElfW(Sym) *symbols, size_t count, const char *names) {
    for (size_t i = 0; i < count; i++) {
        if ((symbols[i].st_info & 15) != STT_FUNC) continue;
        for (unsigned k = 0; k < walk->count; k++)
            if (base + symbols[i].st_value == walk->functions[k].start) name_function(&walk->functions[k], names + symbols[i].st_name, recursive);
    }
}

static bool is_within(const ElfW(Shdr) *section, size_t size) { return section->sh_offset <= size && section->sh_size <= size - section->sh_offset; }

static void read_symbols(Walk *walk, const char *file, size_t size, const char *recursive) {
    const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)file;
    uintptr_t base = 0;
    if (size < sizeof *header || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return;
    if (header->e_shoff > size || header->e_shnum > (size - header->e_shoff) / sizeof(ElfW(Shdr))) return;
    dl_iterate_phdr(take_base, &base);
    const ElfW(Shdr) *sections = (const ElfW(Shdr) *)(file + header->e_shoff);
    for (unsigned i = 0; i < header->e_shnum; i++) {
        const ElfW(Shdr) *table = &sections[i];
        if (table->sh_type != SHT_SYMTAB || table->sh_link >= header->e_shnum) continue;
        if (!is_within(table, size) || !is_within(&sections[table->sh_link], size)) continue;
        name_functions(walk, base, recursive, (const ElfW(Sym) *)(file + table->sh_offset), table->sh_size / sizeof(ElfW(Sym)),
                       file + sections[table->sh_link].sh_offset);
    }
}

static void find_names(Walk *walk, const char *recursive) {
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (file < 0) return;
    if (fstat(file, &about) == 0 && about.st_size > 0) {
        size_t size = (size_t)about.st_size;
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (bytes != MAP_FAILED) {
            read_symbols(walk, bytes, size, recursive);
            munmap(bytes, size);
        }
    }
    close(file);
}

// ---- the answer ----

// The one of most frames, the innermost of several; NULL: none has a name.
static Counted *find_most(Walk *walk) {
    Counted *most = NULL;
    for (unsigned i = 0; i < walk->count; i++)
        if (walk->functions[i].shown && (!most || walk->functions[i].frames > most->frames)) most = &walk->functions[i];
    return most;
}

const char *fx_find_recursion(fx_runtime *rt, const char **other, const char **place) {
    Walk walk = {.count = 0};
    if (!rt->program->recursive || !*rt->program->recursive) return NULL;
    _Unwind_Backtrace(count_frame, &walk);
    find_names(&walk, rt->program->recursive);
    Counted *most = find_most(&walk);
    if (!most || most->frames < INNERMOST / 100) return NULL;
    const char *name = most->shown;
    unsigned frames = most->frames;
    *place = most->place;
    do most->shown = NULL; while ((most = find_most(&walk)) && most->place == *place);
    *other = most && most->frames > frames / 2 ? most->shown : NULL;
    return name;
}
