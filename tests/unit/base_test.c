// base/: texts, names, tables, vectors, places in a source, diagnostics.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/source.h"
#include "base/table.h"
#include "base/text.h"
#include "base/vector.h"

static int make_arena(void **state) {
    *state = arena_create();
    return 0;
}

static int drop_arena(void **state) {
    arena_destroy(*state);
    return 0;
}

static void memory_is_zeroed_and_aligned(void **state) {
    for (size_t size = 1; size < 5000; size = size * 3 + 1) {
        unsigned char *bytes = arena_allocate(*state, size);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    unsigned char *large = arena_allocate(*state, 10 * 1024 * 1024);
    assert_int_equal(large[10 * 1024 * 1024 - 1], 0);
    assert_true(arena_used(*state) >= 10 * 1024 * 1024);
}

static void same_name_is_same_symbol(void **state) {
    Symbols *symbols = symbols_create(*state);
    Symbol symbols_of_numbers[5000];
    for (int i = 0; i < 5000; i++) symbols_of_numbers[i] = symbol_format(symbols, "name_%d", i);
    for (int i = 0; i < 5000; i++) {
        char name[32];
        snprintf(name, sizeof name, "name_%d", i);
        assert_ptr_equal(symbol_of(symbols, name), symbols_of_numbers[i]);
        assert_string_equal(symbols_of_numbers[i], name);
    }
    assert_ptr_equal(symbol_of_text(symbols, (Text){"name_7 and more", 6}), symbols_of_numbers[7]);
    assert_ptr_equal(symbol_of(symbols, ""), symbol_of_text(symbols, (Text){NULL, 0}));
}

static void builder_takes_any_bytes(void **state) {
    Builder builder = builder_in(*state);
    assert_int_equal(builder_text(&builder).length, 0);
    for (int i = 0; i < 1000; i++) build_format(&builder, "%d,", i);
    build_byte(&builder, '\0');
    build_text(&builder, (Text){"a\0b", 3});
    build_string(&builder, "end");
    Text text = builder_text(&builder);
    assert_int_equal(text.length, 10 * 2 + 90 * 3 + 900 * 4 + 1 + 3 + 3);
    assert_memory_equal(text.bytes, "0,1,2,", 6);
    assert_memory_equal(text.bytes + text.length - 7, "\0a\0bend", 7);
    assert_int_equal(builder_string(&builder)[text.length], '\0');
}

static void texts_are_compared_by_bytes(void **state) {
    (void)state;
    assert_true(text_equal(text_of("abc"), text_of("abc")));
    assert_false(text_equal(text_of("abc"), text_of("abd")));
    assert_false(text_equal(text_of("abc"), text_of("ab")));
    assert_true(text_equal((Text){NULL, 0}, text_of("")));
}

static void distance_counts_edits(void **state) {
    (void)state;
    assert_int_equal(text_distance(text_of("print_line"), text_of("print_line"), 3), 0);
    assert_int_equal(text_distance(text_of("print_lin"), text_of("print_line"), 3), 1);
    assert_int_equal(text_distance(text_of("pritn_line"), text_of("print_line"), 3), 1);
    assert_int_equal(text_distance(text_of("kitten"), text_of("sitting"), 5), 3);
    assert_int_equal(text_distance(text_of(""), text_of("abc"), 5), 3);
    assert_true(text_distance(text_of("entirely"), text_of("different"), 2) > 2);
}

static void table_keeps_order_and_replaces(void **state) {
    Table table = table_in(*state);
    static int keys[3000], values[3000];
    for (int i = 0; i < 3000; i++) table_put(&table, &keys[i], &values[i]);
    table_put(&table, &keys[5], &values[6]);
    assert_int_equal(table.count, 3000);
    for (int i = 0; i < 3000; i++) {
        assert_ptr_equal(table.entries[i].key, &keys[i]);
        assert_ptr_equal(table_get(&table, &keys[i]), &values[i == 5 ? 6 : i]);
    }
    assert_null(table_get(&table, &values[0]));
    assert_false(table_has(&table, &values[0]));
    assert_true(table_has(&table, &keys[2999]));
}

static void vector_grows(void **state) {
    Vector(int) numbers = {0};
    for (int i = 0; i < 10000; i++) vector_push((Arena *)*state, &numbers, i);
    assert_int_equal(numbers.count, 10000);
    for (int i = 0; i < 10000; i++) assert_int_equal(numbers.items[i], i);
}

static Source *make_source(Arena *arena, const char *text) {
    size_t length = strlen(text);
    char *copy = arena_allocate(arena, length + 16);
    memcpy(copy, text, length);
    return source_create(arena, "a.fx", (Text){copy, length});
}

static void assert_position(const Source *source, uint32_t offset, uint32_t line, uint32_t column) {
    Position position = source_position(source, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void places_count_lines_and_characters(void **state) {
    const Source *source = make_source(*state, "ab\né𝄞x\r\n\nlast");
    assert_position(source, 0, 1, 1);
    assert_position(source, 2, 1, 3);
    assert_position(source, 3, 2, 1);
    assert_position(source, 5, 2, 2);
    assert_position(source, 9, 2, 3);
    assert_position(source, 12, 3, 1);
    assert_position(source, 17, 4, 5);
    assert_position(source, 1000, 4, 5);
    assert_true(text_equal(source_line(source, 2), text_of("é𝄞x")));
    assert_int_equal(source_line(source, 3).length, 0);
    assert_true(text_equal(source_line(source, 4), text_of("last")));
    assert_int_equal(source_line(source, 5).length, 0);
}

static void byte_order_mark_is_left_out(void **state) {
    const Source *source = make_source(*state, "\xEF\xBB\xBFlet");
    assert_int_equal(source->text.length, 3);
    assert_position(source, 0, 1, 1);
}

static void codes_have_names_titles_and_stories(void **state) {
    (void)state;
    const char *before = "";
    for (int code = 0; code < DIAGNOSTIC_CODES; code++) {
        const char *name = diagnostic_name((DiagnosticCode)code);
        assert_int_equal(strlen(name), 5);
        assert_int_equal(find_diagnostic(name), code);
        assert_true(strlen(diagnostic_title((DiagnosticCode)code)) > 0);
        assert_true(strlen(diagnostic_explanation((DiagnosticCode)code)) > 40);
        if (strcmp(before, name) >= 0) fail_msg("diagnostics.def is not sorted: %s stands before %s", before, name);
        before = name;
    }
    assert_int_equal(find_diagnostic("E9999"), DIAGNOSTIC_CODES);
}

static void diagnostics_are_sorted_and_said_once(void **state) {
    Source *source = make_source(*state, "let x = 1\nlet y = 2\n");
    Diagnostics diagnostics = {.arena = *state};
    report(&diagnostics, E0101, (Span){source, 14, 15}, "second %s", "one");
    report(&diagnostics, E0101, (Span){source, 4, 5}, "first");
    report(&diagnostics, E0101, (Span){source, 14, 15}, "second again");
    assert_int_equal(diagnostics.error_count, 3);
    sort_diagnostics(&diagnostics);
    assert_int_equal(diagnostics.list.count, 2);
    assert_true(text_equal(diagnostics.list.items[0]->message, text_of("first")));
    assert_true(text_equal(diagnostics.list.items[1]->message, text_of("second one")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_is_zeroed_and_aligned, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(same_name_is_same_symbol, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(builder_takes_any_bytes, make_arena, drop_arena),
        cmocka_unit_test(texts_are_compared_by_bytes),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test_setup_teardown(table_keeps_order_and_replaces, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(vector_grows, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(places_count_lines_and_characters, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(byte_order_mark_is_left_out, make_arena, drop_arena),
        cmocka_unit_test(codes_have_names_titles_and_stories),
        cmocka_unit_test_setup_teardown(diagnostics_are_sorted_and_said_once, make_arena, drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
