// Inputs of a fuzzer that is written in fx.

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include "fx.h"

// One at a time: libFuzzer calls back without a context.
static struct {
    fx_runtime *rt;
    fx_value check; // String -> Bool
} fuzzed;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    fx_dup(fuzzed.check);
    if (!fx_apply1(fuzzed.rt, fuzzed.check, fx_string_make(fuzzed.rt, (const char *)bytes, length))) abort();
    return 0;
}

#ifdef FX_LIBFUZZER

int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t length));

static void run(int count, char **arguments) { LLVMFuzzerRunDriver(&count, &arguments, LLVMFuzzerTestOneInput); }

#else

enum { LONGEST_INPUT = 1 << 16 };

// Xorshift (Marsaglia 2003): always the same mutations.
static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

// Changes, doubles, drops or moves a few bytes; answers the new length.
static size_t mutate(uint8_t *bytes, size_t length, uint64_t *state) {
    static const char likely[] = "\r\n\r\n :;,%/.0aF\t\0\x7f\xff";
    for (uint64_t rounds = 1 + next_random(state) % 4; rounds && length; rounds--) {
        size_t at = next_random(state) % length, size = 1 + next_random(state) % 8;
        if (size > length - at) size = length - at;
        switch (next_random(state) % 4) {
        case 0: bytes[at] = (uint8_t)likely[next_random(state) % (sizeof likely - 1)]; break;
        case 1: bytes[at] ^= (uint8_t)(1 << next_random(state) % 8); break;
        case 2:
            memmove(bytes + at, bytes + at + size, length - at - size);
            length -= size;
            break;
        default:
            if (length + size > LONGEST_INPUT) break;
            memmove(bytes + at + size, bytes + at, length - at);
            length += size;
        }
    }
    return length;
}

static void run_file(const char *path, long mutations) {
    static uint8_t seed[LONGEST_INPUT], bytes[LONGEST_INPUT];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(seed, 1, LONGEST_INPUT, file) : 0;
    if (file) fclose(file);
    for (long i = 0; i <= mutations; i++) {
        uint64_t state = 0x9e3779b97f4a7c15u * (uint64_t)(i + 1);
        memcpy(bytes, seed, length);
        size_t mutated = i ? mutate(bytes, length, &state) : length;
        fprintf(stderr, "\r%s, mutation %ld", path, i);
        LLVMFuzzerTestOneInput(bytes, mutated);
    }
    fputs("\n", stderr);
}

static void run(int count, char **arguments) {
    DIR *folder = count > 1 ? opendir(arguments[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: fuzzer SEEDS [MUTATIONS]\n");
        exit(2);
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        if (entry->d_name[0] != '.') run_file(path, count > 2 ? atol(arguments[2]) : 0);
    }
    closedir(folder);
}

#endif

fx_value inputs_each(fx_runtime *rt, fx_value check) {
    fuzzed.rt = rt;
    fuzzed.check = check;
    run(fx_argument_count(rt), fx_arguments(rt));
    return FX_UNIT;
}
