// Any bytes through lexer, layout and parser: no crash, no leak, and the same messages each time.
// What is accepted without a message is printed and parsed again: the printed text is a fixed point.
//
//     clang -g -O1 -fsanitize=fuzzer,address,undefined -Icompiler -Icompiler/syntax tests/fuzz/parse_fuzzer.c
//         build/sanitize/libfx_compiler.a -lm -o parse_fuzzer && ./parse_fuzzer tests/fuzz/parse_seeds

#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fx.h"
#include "syntax/syntax.h"

// One parse in an arena of its own.
typedef struct Run {
    Arena *arena;
    Diagnostics diagnostics;
    Text printed;
} Run;

static Run parse_bytes(const uint8_t *bytes, size_t length) {
    Run run = {.arena = arena_create()};
    run.diagnostics.arena = run.arena;
    char *copy = arena_allocate(run.arena, length + 1);
    if (length) memcpy(copy, bytes, length);
    Symbols *symbols = symbols_create(run.arena);
    const Source *source = source_create(run.arena, symbol_of(symbols, "fuzz.fx"), (Text){copy, length});
    const ModuleSyntax *module = parse_module(run.arena, symbols, &run.diagnostics, source);
    run.printed = print_syntax(run.arena, module);
    return run;
}

static void require(bool holds, const char *rule) {
    if (holds) return;
    fprintf(stderr, "parse_fuzzer: %s\n", rule);
    abort();
}

// A text in quotes that holds a block in its interpolation is printed over several lines, which no text in quotes may be.
static bool may_parse_again(const Run *run) {
    return run->diagnostics.list.count == 0 && !memmem(run->printed.bytes, run->printed.length, "\\(", 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    Run first = parse_bytes(bytes, length), again = parse_bytes(bytes, length);
    sort_diagnostics(&first.diagnostics);
    sort_diagnostics(&again.diagnostics);
    Text messages = render_diagnostics(first.arena, &first.diagnostics, false);
    require(text_equal(messages, render_diagnostics(again.arena, &again.diagnostics, false)), "the messages differ from one run to the next");
    require(render_diagnostics_json(first.arena, &first.diagnostics).length >= first.diagnostics.list.count, "a message is missing from the JSON");
    if (may_parse_again(&first)) {
        Run printed = parse_bytes((const uint8_t *)first.printed.bytes, first.printed.length);
        require(printed.diagnostics.list.count == 0, "what is printed does not parse");
        require(text_equal(first.printed, printed.printed), "what is printed parses to another tree");
        arena_destroy(printed.arena);
    }
    arena_destroy(first.arena);
    arena_destroy(again.arena);
    return 0;
}
