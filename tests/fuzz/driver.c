// Runs a fuzzer without libFuzzer: on each seed of a folder as it is, then on mutations of it, always the same ones.
//
//     NAME_fuzzer SEEDS [MUTATIONS-OF-EACH]         NAME_fuzzer --show SEED MUTATION: prints one

#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../mutate/mutation.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// A crash is told with the seed and the number that lead back to it.
static char at_work[4200];

static void tell_crash(void) {
    ssize_t written = write(2, at_work, strlen(at_work));
    (void)written;
}

static void on_abort(int signal_number) {
    (void)signal_number;
    tell_crash();
}

void __asan_on_error(void);
void __asan_on_error(void) { tell_crash(); }

static Text read_seed(Arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    Builder bytes = builder_in(arena);
    char piece[4096];
    for (size_t count; file && (count = fread(piece, 1, sizeof piece, file)) > 0;) build_text(&bytes, (Text){piece, count});
    if (file) fclose(file);
    return builder_text(&bytes);
}

// An input in memory of just its size, so that reading beyond it is seen.
static void run_input(Text input) {
    uint8_t *bytes = malloc(input.length + 1);
    if (!bytes) abort();
    if (input.length) memcpy(bytes, input.bytes, input.length);
    LLVMFuzzerTestOneInput(bytes, input.length);
    free(bytes);
}

static void run_seed(const char *path, uint64_t mutations) {
    Arena *arena = arena_create();
    Text seed = read_seed(arena, path);
    for (uint64_t i = 0; i <= mutations; i++) {
        snprintf(at_work, sizeof at_work, "at mutation %llu of %s\n", (unsigned long long)i, path);
        Arena *round = arena_create();
        run_input(mutate(round, seed, i));
        arena_destroy(round);
    }
    arena_destroy(arena);
}

static int show(const char *path, uint64_t mutation) {
    Arena *arena = arena_create();
    Text text = mutate(arena, read_seed(arena, path), mutation);
    bool done = fwrite(text.bytes, 1, text.length, stdout) == text.length;
    arena_destroy(arena);
    return done ? 0 : 1;
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "--show") == 0) return show(words[2], strtoull(words[3], NULL, 10));
    DIR *folder = count > 1 ? opendir(words[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: %s SEEDS [MUTATIONS-OF-EACH]\n", words[0]);
        return 2;
    }
    signal(SIGABRT, on_abort);
    uint64_t mutations = count > 2 ? strtoull(words[2], NULL, 10) : 0;
    unsigned seeds = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", words[1], entry->d_name);
        run_seed(path, mutations);
        seeds++;
    }
    closedir(folder);
    printf("%u seeds\n", seeds);
    return seeds == 0;
}
