#ifndef FX_TOOLS_TEST_PROGRAM_H
#define FX_TOOLS_TEST_PROGRAM_H
// fx test.

#include "../semantics/coverage.h"
#include "../semantics/run_tests.h"
#include "command_line.h"

// Runs the tests, specs and examples of the files, each a program. Answers an exit status.
int test_files(const CommandLine *line);

// ---- render_test.c ----
// A line, and below it why it failed.
Text render_test(Arena *arena, const TestReport *report, bool colour);
// "fx: stopped at `greets` (greet.fx:3:1)"
Text render_interrupted(Arena *arena, const TestReport *report);
Text render_test_json(Arena *arena, const TestReport *report);
// The word of its verdict.
const char *verdict_word(const TestReport *report);
bool has_failed(const TestReport *report);

// ---- render_coverage.c ----
// Each place and what no spec has reached there; a count at the end.
Text render_coverage(Arena *arena, const Coverage *coverage);

// ---- render_spec.c ----
// A task's name, which no other task bears.
const char *task_name(Arena *arena, const SpecFailure *failure, size_t index);
// An event in the words of a timeline.
const char *event_text(Arena *arena, const SpecEvent *event);
// What went wrong, where the spec says otherwise, and the tasks' ways there side by side.
void render_spec_failure(Builder *builder, const SpecFailure *failure, bool colour);

// The lines of the step and of the program's place.
Text render_failure_places(Arena *arena, const SpecFailure *failure, bool colour);

// ---- render_html.c ----
Text render_failure_page(Arena *arena, const TestReport *report);

// ---- render_difference.c ----
// Two values, as `show` writes them, and where they differ. Every line begins with the indentation.
void render_sides(Builder *builder, const char *left_name, const char *left, const char *right_name, const char *right, const char *indentation);
void render_difference(Builder *builder, const char *left, const char *right, const char *indentation);

#endif
