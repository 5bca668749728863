// From a recorded run to a spec: as general a one as passes. What the world answered and the program said again becomes a parameter, if the spec
// then holds for all values; else it stays as it was.

#include "record_spec.h"

#include <errno.h>
#include <string.h>

#include "../semantics/run_tests.h"
#include "../semantics/transcript.h"
#include "../syntax/syntax.h"
#include "session.h"

static const char NAME[] = "as_recorded";
enum { MOST_SCHEDULES = 2000 }; // of which each candidate is tried; `fx test` tries them all

typedef struct Candidate {
    Text imports, spec;
    AppliedLevel applied;
    bool passes;
    const char *why; // NULL, or why it does not pass
} Candidate;

// ---- imports that the spec needs and the program does not have ----

static bool is_imported(const ModuleSyntax *syntax, Text name) {
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        const Declaration *declaration = syntax->declarations.items[i];
        if (declaration->kind != DECLARATION_IMPORT || !declaration->import_path.count) continue;
        Symbol last = declaration->import_path.items[declaration->import_path.count - 1].name;
        if (text_equal(text_of(declaration->import_as ? declaration->import_as : last), name)) return true;
    }
    return false;
}

static bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

static size_t behind_literal(Text text, size_t at) {
    for (at++; at < text.length && text.bytes[at] != '"'; at++) at += text.bytes[at] == '\\';
    return at + 1;
}

static Text missing_imports(Arena *arena, const ModuleSyntax *syntax, Symbols *symbols, Text spec) {
    Builder out = builder_in(arena);
    Table found = table_in(arena);
    for (size_t at = 0, end; at < spec.length; at = end) {
        end = spec.bytes[at] == '"' ? behind_literal(spec, at) : at + 1;
        if (spec.bytes[at] < 'A' || spec.bytes[at] > 'Z' || (at && is_name_byte(spec.bytes[at - 1]))) continue;
        while (end < spec.length && is_name_byte(spec.bytes[end])) end++;
        Text name = {spec.bytes + at, end - at};
        Symbol symbol = symbol_of_text(symbols, name);
        if (end == spec.length || spec.bytes[end] != '.' || is_imported(syntax, name) || table_has(&found, symbol)) continue;
        table_put(&found, symbol, (void *)symbol);
        build_format(&out, "import %s\n", symbol);
    }
    return builder_text(&out);
}

// ---- trying ----

static void note_verdict(void *context, const TestReport *report) {
    Candidate *candidate = context;
    if (!report->spec) return;
    candidate->passes = report->spec->outcome != SPEC_FAILED && report->spec->classes > 0;
    if (report->spec->failure) candidate->why = report->spec->failure->message;
}

// The program with the spec behind it.
static void try_candidate(Session *session, const Source *program, Candidate *candidate) {
    Arena *arena = session->compilation.arena;
    Builder text = builder_in(arena);
    build_text(&text, candidate->imports);
    build_text(&text, program->text);
    build_byte(&text, '\n');
    build_text(&text, candidate->spec);
    Text whole = {builder_string(&text), text.length};
    Source *source = source_create(arena, program->path, whole);
    Session inner = {.diagnostics = {.arena = arena}};
    inner.compilation = (Compilation){arena, session->files.symbols, &inner.diagnostics, read_source, &session->files};
    inner.result = compile(&inner.compilation, source, (CompileOptions){.only_check = true, .only_core = true});
    if (inner.diagnostics.error_count) return;
    TestOptions options = {.filter = NAME, .source = source, .seed = 1, .schedules = MOST_SCHEDULES};
    char *arguments[] = {(char *)program->path, NULL};
    run_tests(&inner.compilation, inner.result.core, &options, note_verdict, candidate, arguments);
}

static Candidate make_candidate(Session *session, const Source *program, Transcript *transcript, ParameterLevel level, AppliedLevel applied) {
    Diagnostics none = {.arena = session->compilation.arena};
    const ModuleSyntax *syntax = parse_module(session->compilation.arena, session->files.symbols, &none, program);
    Candidate candidate = {.spec = print_spec(transcript, NAME, level, applied), .applied = applied};
    candidate.imports = missing_imports(session->compilation.arena, syntax, session->files.symbols, candidate.spec);
    try_candidate(session, program, &candidate);
    return candidate;
}

// Of those without parameters, which says nothing but what was. Where none passes the first.
static Candidate find_plain(Session *session, const Source *program, Transcript *transcript) {
    AppliedLevel applied = transcript->pure.count ? APPLIED_IN_ANSWERS : APPLIED_NOWHERE;
    Candidate first = make_candidate(session, program, transcript, PARAMETERS_NONE, applied), other = first;
    while (!other.passes && applied-- > APPLIED_NOWHERE) other = make_candidate(session, program, transcript, PARAMETERS_NONE, applied);
    return other.passes ? other : first;
}

// The most general one that passes. Where the plain one does not, none does.
static Candidate find_passing(Session *session, const Source *program, Transcript *transcript) {
    Candidate plain = find_plain(session, program, transcript);
    for (ParameterLevel level = 0; plain.passes && level < PARAMETERS_NONE; level++) {
        if (text_equal(print_spec(transcript, NAME, level, plain.applied), plain.spec)) continue;
        Candidate candidate = make_candidate(session, program, transcript, level, plain.applied);
        if (candidate.passes) return candidate;
    }
    return plain;
}

// ---- the command ----

static int print_candidate(Session *session, const CommandLine *line, const Source *program, Transcript *transcript) {
    const char *problem = find_problem(transcript);
    if (problem) {
        fprintf(stderr, "fx: no spec can say what the run of %s did: %s\n", line->from_record, problem);
        return EXIT_WRONG_PROGRAM;
    }
    Candidate candidate = find_passing(session, program, transcript);
    print_text(stdout, candidate.imports);
    if (candidate.imports.length) puts("");
    print_text(stdout, candidate.spec);
    if (!candidate.passes)
        fprintf(stderr, "fx: the spec has all that the run did, but does not pass: %s\n", candidate.why ? candidate.why : "fx test says why");
    if (!candidate.passes && is_at_both_ends(transcript))
        fputs("  = note: the program is at both ends of a connection, and no step says that one end reads what the other has written before\n", stderr);
    return candidate.passes ? EXIT_DONE : EXIT_WRONG_PROGRAM;
}

int print_recorded_spec(const CommandLine *line) {
    Arena *arena = arena_create();
    Session session;
    const Source *program;
    Text recording;
    int status = EXIT_WRONG_COMMAND;
    if (line->operand_count != 1) fputs("fx: --from-record needs the one program that was recorded\n", stderr);
    else if (!read_text(arena, line->from_record, &recording)) fprintf(stderr, "fx: cannot read %s: %s\n", line->from_record, strerror(errno));
    else if (open_session(&session, arena, line->operands[0], &program)) status = compile_source(&session, line, program);
    if (status == EXIT_DONE && !session.result.core->main) {
        fprintf(stderr, "fx: %s has no `main`, so it is not what was recorded\n", line->operands[0]);
        status = EXIT_WRONG_PROGRAM;
    }
    if (status == EXIT_DONE) {
        Transcript *transcript =
            transcribe_program(&session.compilation, session.result.core, line->from_record, recording, program_name(arena, line->operands[0]));
        status = transcript ? print_candidate(&session, line, program, transcript) : EXIT_WRONG_PROGRAM;
    }
    arena_destroy(arena);
    return status;
}
