// What `fx test` says of a test.

#include "render.h"
#include "test_program.h"

#include <string.h>

static const char *paint(bool colour, const char *code) { return colour ? code : ""; }

#define PLAIN "\x1b[0m"
#define GREEN "\x1b[32m"
#define RED "\x1b[1;31m"

static bool has_spec_failed(const SpecVerdict *verdict) {
    return verdict->outcome == SPEC_FAILED || (verdict->faults && verdict->faults->failed);
}

bool has_failed(const TestReport *report) { return report->spec ? has_spec_failed(report->spec) : report->outcome == TEST_FAILED; }

static const char *word_of_spec(const SpecVerdict *verdict) {
    if (has_spec_failed(verdict)) return "failed";
    switch (verdict->outcome) {
    case SPEC_PROVED: return "proved";
    default: return "tested";
    }
}

const char *verdict_word(const TestReport *report) {
    static const char *const words[] = {[TEST_PASSED] = "passed", [TEST_TESTED] = "tested", [TEST_FAILED] = "failed"};
    return report->spec ? word_of_spec(report->spec) : words[report->outcome];
}

// ---- the line ----

static void build_count(Builder *out, size_t count, const char *one, const char *many) { build_format(out, "%zu %s", count, count == 1 ? one : many); }

static void build_tried(Builder *out, size_t tried, size_t all, const char *one, const char *many) {
    if (tried < all) build_format(out, "%zu of %zu %s", tried, all, many);
    else build_count(out, tried, one, many);
}

static void build_faults_tried(Builder *out, const FaultsVerdict *faults) {
    if (!faults) return;
    if (faults->is_skipped) {
        build_string(out, "; no faults were tried: the program looks at values that cannot be made up");
        return;
    }
    build_string(out, "; with ");
    build_tried(out, faults->answers, faults->all_answers, "other answer", "other answers");
    build_string(out, ", ");
    build_tried(out, faults->pairs, faults->all_pairs, "pair", "pairs");
    build_string(out, ", ");
    build_tried(out, faults->cancellations, faults->all_cancellations, "cancellation", "cancellations");
    build_string(out, " in ");
    build_count(out, faults->schedules, "schedule", "schedules");
    if (faults->undecided) build_format(out, ", %zu of them given up at a value that is not known", faults->undecided);
    if (faults->is_bounded) build_string(out, ", not all of them in every class of schedules");
    if (faults->is_interrupted) build_string(out, "; stopped there");
}

// "100 values, seed 42, 3 classes; why"
static void build_spec_facts(Builder *out, const SpecVerdict *verdict) {
    unsigned long long seed = verdict->seed;
    build_string(out, " (");
    if (verdict->outcome == SPEC_SAMPLED) build_format(out, "sampled, seed %llu, ", seed);
    if (verdict->outcome == SPEC_BOUNDED) build_string(out, "bounded, ");
    if (verdict->outcome == SPEC_TESTED || (verdict->outcome == SPEC_BOUNDED && verdict->examples)) {
        build_count(out, verdict->examples, "value", "values");
        build_format(out, ", seed %llu, ", seed);
    }
    if (verdict->cases > 1) {
        build_count(out, verdict->cases, "case", "cases");
        build_string(out, ", ");
    }
    build_count(out, verdict->classes, "class", "classes");
    if (verdict->why) build_format(out, "; %s", verdict->why);
    build_faults_tried(out, verdict->faults);
    build_byte(out, ')');
}

static void build_facts(Builder *out, const TestReport *report) {
    if (report->spec) {
        build_spec_facts(out, report->spec);
        return;
    }
    if (report->outcome != TEST_TESTED) return;
    build_string(out, " (");
    build_count(out, report->cases, "value", "values");
    build_format(out, ", seed %llu", (unsigned long long)report->seed);
    if (report->discarded) build_format(out, "; for %u more `when` did not hold", report->discarded);
    build_byte(out, ')');
}

static void build_place(Builder *out, Span span) {
    Position position = source_position(span.source, span.start);
    build_format(out, " (%s:%u:%u)", span.source->path, position.line, position.column);
}

Text render_interrupted(Arena *arena, const TestReport *report) {
    Builder out = builder_in(arena);
    build_format(&out, "fx: stopped at `%s`", report->name);
    build_place(&out, report->place);
    build_byte(&out, '\n');
    return (Text){builder_string(&out), out.length};
}

// ---- why it failed ----

static void build_lines(Builder *out, const char *text) {
    for (; *text; text++) {
        build_string(out, "  ");
        const char *end = strchr(text, '\n');
        size_t length = end ? (size_t)(end - text) : strlen(text);
        build_text(out, (Text){text, length});
        build_byte(out, '\n');
        if (!end) break;
        text = end;
    }
}

static void build_values(Builder *out, const TestReport *report) {
    if (!report->values.count) return;
    build_format(out, "  after %u %s", report->cases, report->cases == 1 ? "value" : "values");
    if (report->shrunk) build_format(out, ", made smaller %u %s", report->shrunk, report->shrunk == 1 ? "time" : "times");
    build_format(out, " (seed %llu):\n", (unsigned long long)report->seed);
    for (size_t i = 0; i < report->values.count; i++) build_format(out, "    %s = %s\n", report->values.items[i].name, report->values.items[i].text);
}

static void build_story(Builder *out, const TestReport *report) {
    build_values(out, report);
    if (report->reason) build_lines(out, report->reason);
    else if (report->left) render_difference(out, report->left, report->right, "  ");
    else build_string(out, "  it is False\n");
}

static void build_spec_story(Builder *out, const SpecVerdict *verdict, bool colour) {
    const FaultsVerdict *faults = verdict->faults;
    if (verdict->outcome == SPEC_FAILED) render_spec_failure(out, verdict->failure, colour);
    if (!faults || !faults->failed) return;
    size_t tried = faults->answers + faults->pairs + faults->cancellations;
    build_format(out, "  it holds, but of %zu ways in which the world can answer otherwise %zu go%s wrong\n", tried, faults->failed, faults->failed == 1 ? "es" : "");
    for (size_t i = 0; i < faults->failures.count; i++) {
        build_format(out, "\n  %s\n", faults->failures.items[i].when);
        render_spec_failure(out, faults->failures.items[i].failure, colour);
    }
}

Text render_test(Arena *arena, const TestReport *report, bool colour) {
    Builder out = builder_in(arena);
    bool failed = has_failed(report);
    build_format(&out, "%s%s%s  %s", paint(colour, failed ? RED : GREEN), verdict_word(report), paint(colour, PLAIN), report->name);
    if (failed) build_place(&out, report->place);
    else build_facts(&out, report);
    build_byte(&out, '\n');
    if (failed && report->spec) build_spec_story(&out, report->spec, colour);
    else if (failed) build_story(&out, report);
    return builder_text(&out);
}

// ---- JSON ----

static void build_json_field(Builder *out, const char *name, const char *value) {
    if (!value) return;
    build_format(out, ",\"%s\":", name);
    build_json_text(out, text_of(value));
}

static void build_json_faults(Builder *out, const FaultsVerdict *faults) {
    build_format(out, ",\"faults\":{\"answers\":%zu,\"pairs\":%zu,\"cancellations\":%zu", faults->answers, faults->pairs, faults->cancellations);
    build_format(out, ",\"all_answers\":%zu,\"all_pairs\":%zu,\"all_cancellations\":%zu", faults->all_answers, faults->all_pairs, faults->all_cancellations);
    build_format(out, ",\"schedules\":%zu,\"failed\":%zu,\"failures\":[", faults->schedules, faults->failed);
    for (size_t i = 0; i < faults->failures.count; i++) {
        build_string(out, i ? ",{\"when\":" : "{\"when\":");
        build_json_text(out, text_of(faults->failures.items[i].when));
        build_json_field(out, "reason", faults->failures.items[i].failure->message);
        build_json_field(out, "actual", faults->failures.items[i].failure->actual);
        build_byte(out, '}');
    }
    build_string(out, "]}");
}

static void build_json_spec(Builder *out, const SpecVerdict *verdict) {
    build_format(out, ",\"cases\":%zu,\"classes\":%zu,\"schedules\":%zu,\"sampled\":%zu,\"examples\":%zu", verdict->cases, verdict->classes, verdict->schedules,
                 verdict->sampled, verdict->examples);
    build_json_field(out, "why", verdict->why);
    if (verdict->faults) build_json_faults(out, verdict->faults);
    if (!verdict->failure) return;
    build_json_field(out, "reason", verdict->failure->message);
    build_json_field(out, "expected", verdict->failure->expected);
    build_json_field(out, "actual", verdict->failure->actual);
    build_json_field(out, "token", verdict->failure->token);
}

static void build_json_test(Builder *out, const TestReport *report) {
    build_json_field(out, "reason", report->reason);
    build_json_field(out, "left", report->left);
    build_json_field(out, "right", report->right);
    build_format(out, ",\"examples\":%u,\"values\":[", report->cases);
    for (size_t i = 0; i < report->values.count; i++) {
        build_string(out, i ? ",{\"name\":" : "{\"name\":");
        build_json_text(out, text_of(report->values.items[i].name));
        build_string(out, ",\"value\":");
        build_json_text(out, text_of(report->values.items[i].text));
        build_byte(out, '}');
    }
    build_byte(out, ']');
}

Text render_test_json(Arena *arena, const TestReport *report) {
    Builder out = builder_in(arena);
    build_string(&out, "{\"name\":");
    build_json_text(&out, text_of(report->name));
    build_format(&out, ",\"verdict\":\"%s\",", verdict_word(report));
    build_json_place(&out, report->place);
    build_format(&out, ",\"seed\":%llu", (unsigned long long)report->seed);
    if (report->spec) build_json_spec(&out, report->spec);
    else build_json_test(&out, report);
    build_string(&out, "}\n");
    return builder_text(&out);
}
