// A recorded run as a spec: calls in the blocks of the scopes within which they were made.

#include "transcript.h"

#include <ctype.h>
#include <string.h>

// Bytes of a text that is looked for within others; of all texts, where one is looked for within others. More parameters nobody reads.
enum { SHORTEST_WITHIN = 3, MOST_WITHIN = 64 * 1024, MOST_PARAMETERS = 20 };
enum { MOST_AT_ONCE = 500 }; // branches of one join

// ---- building ----

static Block *new_block(Transcript *transcript) { return NEW(transcript->arena, Block); }

static void *key_of(uint64_t name) { return (void *)(uintptr_t)(name << 1 | 1); }

static Block *branch_of(Transcript *transcript, Entry *scope, unsigned index) {
    while (scope->branches.count <= index) vector_push(transcript->arena, &scope->branches, NULL);
    if (!scope->branches.items[index]) scope->branches.items[index] = new_block(transcript);
    return scope->branches.items[index];
}

static Block *block_of(Transcript *transcript, const Task *task);

static Entry *scope_entry(Transcript *transcript, const Scope *scope) {
    Entry *entry = table_get(&transcript->scopes, key_of(scope->name));
    if (entry) return entry;
    entry = NEW(transcript->arena, Entry);
    *entry = (Entry){.kind = ENTRY_SCOPE, .name = scope->name, .scope = scope->kind};
    table_put(&transcript->scopes, key_of(scope->name), entry);
    Block *outer = block_of(transcript, scope->parent);
    vector_push(transcript->arena, &outer->entries, entry);
    return entry;
}

static Block *block_of(Transcript *transcript, const Task *task) {
    if (!task->scope) return &transcript->whole;
    return branch_of(transcript, scope_entry(transcript, task->scope), task->index);
}

void transcribe_call(Transcript *transcript, const Task *task, uint64_t number, const char *step) {
    Entry *entry = NEW(transcript->arena, Entry);
    *entry = (Entry){.kind = ENTRY_CALL, .name = number, .step = text_of(step)};
    transcript->last_call = number;
    table_put(&transcript->calls, key_of(number), entry);
    Block *block = block_of(transcript, task);
    vector_push(transcript->arena, &block->entries, entry);
}

void transcribe_answer(Transcript *transcript, uint64_t number, Text answer) {
    Entry *entry = table_get(&transcript->calls, key_of(number));
    if (entry) entry->answer = answer;
}

void transcribe_made(Transcript *transcript, const char *name, const DataType *type) {
    for (size_t i = 0; i < transcript->made.count; i++)
        if (strcmp(transcript->made.items[i].name, name) == 0) return;
    const char *dot = strrchr(type->module, '.'), *module = dot ? dot + 1 : type->module;
    Builder text = builder_in(transcript->arena);
    if (strcmp(module, type->name) != 0) build_format(&text, "%s.", module);
    build_string(&text, type->name);
    Made made = {name, builder_string(&text)};
    vector_push(transcript->arena, &transcript->made, made);
}

void transcribe_pure(Transcript *transcript, const char *step, Text answer) {
    for (size_t i = 0; i < transcript->pure.count; i++)
        if (text_equal(transcript->pure.items[i].step, text_of(step))) return;
    Pure pure = {text_of(step), answer, transcript->last_call};
    vector_push(transcript->arena, &transcript->pure, pure);
}

void transcribe_scope(Transcript *transcript, const Scope *scope) { scope_entry(transcript, scope); }

void transcribe_timer(Transcript *transcript, const Scope *scope, uint64_t nanoseconds) {
    Builder text = builder_in(transcript->arena);
    build_format(&text, "Time.sleep %llu", (unsigned long long)(nanoseconds / 1000000));
    scope_entry(transcript, scope)->sleep = text_of(builder_string(&text));
}

void transcribe_signal(Transcript *transcript, uint64_t time) { transcript->interrupted = time ? time : 1; }

void transcribe_decision(Transcript *transcript, const Scope *scope, unsigned winner) {
    Entry *entry = scope_entry(transcript, scope);
    entry->winner = winner;
    entry->is_decided = true;
}

// ---- texts that become parameters ----

typedef struct Literal {
    Text text;  // between the quotes, as written
    bool is_answer;
} Literal;
typedef Vector(Literal) Literals;

typedef struct Printing {
    Transcript *transcript;
    Arena *arena;
    Builder out;
    ParameterLevel level;
    AppliedLevel applied;
    uint64_t call; // that is being printed
    bool is_answer;
    Literals literals;
    Vector(Text) parameters; // the texts, the longest first; the i-th is called text_i+1
} Printing;

static bool is_word_byte(char c) { return isalnum((unsigned char)c) || c == '_' || c == '.'; }

static size_t literal_end(Text text, size_t at) {
    for (at++; at < text.length && text.bytes[at] != '"'; at++) at += text.bytes[at] == '\\';
    return at;
}

static void find_literals(Printing *printing, Text text, bool is_answer) {
    for (size_t at = 0; at < text.length; at++) {
        if (text.bytes[at] == '\'') {
            for (at++; at < text.length && text.bytes[at] != '\''; at++) at += text.bytes[at] == '\\';
            continue;
        }
        if (text.bytes[at] != '"') continue;
        size_t end = literal_end(text, at);
        Literal literal = {{text.bytes + at + 1, end - at - 1}, is_answer};
        if (literal.text.length) vector_push(printing->arena, &printing->literals, literal);
        at = end;
    }
}

static void find_all_literals(Printing *printing, const Block *block) {
    for (size_t i = 0; block && i < block->entries.count; i++) {
        const Entry *entry = block->entries.items[i];
        if (entry->kind == ENTRY_CALL) {
            find_literals(printing, entry->step, false);
            find_literals(printing, entry->answer, true);
        }
        for (size_t k = 0; k < entry->branches.count; k++) find_all_literals(printing, entry->branches.items[k]);
    }
}

static bool is_within(Text inner, Text outer) {
    for (size_t at = 0; at + inner.length <= outer.length; at++)
        if (memcmp(outer.bytes + at, inner.bytes, inner.length) == 0) return true;
    return false;
}

static bool occurs_within(const Printing *printing, size_t index) {
    Text text = printing->literals.items[index].text;
    for (size_t i = index + 1; text.length >= SHORTEST_WITHIN && i < printing->literals.count; i++)
        if (is_within(text, printing->literals.items[i].text)) return true;
    return false;
}

// Where each text is found first and last: its index, from 1.
static void find_ends(const Printing *printing, Symbols *symbols, Table *first, Table *last) {
    for (size_t i = 0; i < printing->literals.count; i++) {
        Symbol symbol = symbol_of_text(symbols, printing->literals.items[i].text);
        if (!table_has(first, symbol)) table_put(first, symbol, (void *)(uintptr_t)(i + 1));
        table_put(last, symbol, (void *)(uintptr_t)(i + 1));
    }
}

// The longest first.
static void add_parameter(Printing *printing, Text text) {
    vector_push(printing->arena, &printing->parameters, text);
    for (size_t k = printing->parameters.count; --k > 0 && printing->parameters.items[k - 1].length < text.length;) {
        printing->parameters.items[k] = printing->parameters.items[k - 1];
        printing->parameters.items[k - 1] = text;
    }
}

// What the world answered first, and what is found again behind that. None, if there are too many.
static void choose_parameters(Printing *printing) {
    Symbols *symbols = symbols_create(printing->arena);
    Table first = table_in(printing->arena), last = first;
    size_t bytes = 0;
    if (printing->level == PARAMETERS_NONE) return;
    find_all_literals(printing, &printing->transcript->whole);
    for (size_t i = 0; i < printing->literals.count; i++) bytes += printing->literals.items[i].text.length;
    if (printing->level == PARAMETERS_WITHIN && bytes > MOST_WITHIN) return;
    find_ends(printing, symbols, &first, &last);
    for (size_t i = 0; i < printing->literals.count; i++) {
        Text text = printing->literals.items[i].text;
        Symbol symbol = symbol_of_text(symbols, text);
        bool is_first = (uintptr_t)table_get(&first, symbol) == i + 1, occurs_again = (uintptr_t)table_get(&last, symbol) > i + 1;
        if (!printing->literals.items[i].is_answer || !is_first) continue;
        if (occurs_again || (printing->level == PARAMETERS_WITHIN && occurs_within(printing, i))) add_parameter(printing, text);
    }
    if (printing->parameters.count > MOST_PARAMETERS) printing->parameters.count = 0;
}

// The parameter that stands at this place of a literal; 0: none.
static size_t parameter_at(const Printing *printing, Text literal, size_t at) {
    for (size_t i = 0; i < printing->parameters.count; i++) {
        Text text = printing->parameters.items[i];
        bool is_whole = at == 0 && text.length == literal.length;
        bool is_part = printing->level == PARAMETERS_WITHIN && text.length >= SHORTEST_WITHIN && at + text.length <= literal.length;
        if ((is_whole || is_part) && memcmp(literal.bytes + at, text.bytes, text.length) == 0) return i + 1;
    }
    return 0;
}

static void build_parameter(Builder *out, size_t number) {
    build_string(out, "text");
    if (number > 1) build_format(out, "_%zu", number);
}

// What a pure function has said before this call, which stands here; `step` NULL: nothing.
static Pure pure_at(const Printing *printing, Text text, size_t at, bool is_in_literal) {
    const Transcript *transcript = printing->transcript;
    for (size_t i = 0; printing->applied > printing->is_answer && i < transcript->pure.count; i++) {
        Pure pure = transcript->pure.items[i];
        if (is_in_literal && pure.answer.bytes[0] == '"') pure.answer = (Text){pure.answer.bytes + 1, pure.answer.length - 2};
        if (!pure.answer.length) continue;
        size_t end = at + pure.answer.length;
        if (pure.behind >= printing->call || end > text.length || memcmp(text.bytes + at, pure.answer.bytes, pure.answer.length) != 0) continue;
        bool is_within = (at && is_word_byte(text.bytes[at - 1])) || (end < text.length && is_word_byte(text.bytes[end]));
        if (!is_within) return pure;
    }
    return (Pure){0};
}

static void build_literal_with_parameters(Printing *printing, Text literal) {
    Builder *out = &printing->out;
    size_t whole = parameter_at(printing, literal, 0);
    if (whole && printing->parameters.items[whole - 1].length == literal.length) {
        build_parameter(out, whole);
        return;
    }
    build_byte(out, '"');
    for (size_t at = 0; at < literal.length;) {
        size_t parameter = parameter_at(printing, literal, at);
        Pure pure = pure_at(printing, literal, at, true);
        if (!parameter && pure.answer.length) {
            build_format(out, "\\(%.*s)", (int)pure.step.length, pure.step.bytes);
            at += pure.answer.length;
            continue;
        }
        if (!parameter) {
            if (literal.bytes[at] == '\\') build_byte(out, literal.bytes[at++]);
            build_byte(out, literal.bytes[at++]);
            continue;
        }
        build_string(out, "\\(");
        build_parameter(out, parameter);
        build_byte(out, ')');
        at += printing->parameters.items[parameter - 1].length;
    }
    build_byte(out, '"');
}

static void build_source(Printing *printing, Text text) {
    for (size_t at = 0; at < text.length; at++) {
        Pure pure = pure_at(printing, text, at, false);
        if (pure.answer.length) {
            build_format(&printing->out, "(%.*s)", (int)pure.step.length, pure.step.bytes);
            at += pure.answer.length - 1;
            continue;
        }
        if (text.bytes[at] != '"') {
            build_byte(&printing->out, text.bytes[at]);
            continue;
        }
        size_t end = literal_end(text, at);
        if (end == at + 1) build_string(&printing->out, "\"\"");
        else build_literal_with_parameters(printing, (Text){text.bytes + at + 1, end - at - 1});
        at = end;
    }
}

// ---- what no spec says ----

static const Block *branch(const Entry *scope, unsigned index) { return index < scope->branches.count ? scope->branches.items[index] : NULL; }

static bool was_timed_out(const Entry *scope) { return scope->scope == SCOPE_TIMEOUT && scope->is_decided && scope->winner == 1; }

// Nothing of it is printed: nothing was asked in it.
static bool is_empty(const Block *block) {
    for (size_t i = 0; block && i < block->entries.count; i++) {
        const Entry *entry = block->entries.items[i];
        if (entry->kind == ENTRY_CALL || was_timed_out(entry)) return false;
        for (size_t k = 0; k < entry->branches.count; k++)
            if (!is_empty(entry->branches.items[k])) return false;
    }
    return true;
}

typedef bool IsEntry(const Entry *entry);

static bool has_entry(const Block *block, IsEntry *is_meant) {
    for (size_t i = 0; block && i < block->entries.count; i++) {
        const Entry *entry = block->entries.items[i];
        if (is_meant(entry)) return true;
        for (size_t k = 0; k < entry->branches.count; k++)
            if (has_entry(entry->branches.items[k], is_meant)) return true;
    }
    return false;
}

static bool is_wide(const Entry *entry) {
    size_t asking = 0;
    for (size_t i = 0; i < entry->branches.count; i++) asking += !is_empty(entry->branches.items[i]);
    return asking > MOST_AT_ONCE;
}

static bool begins_with(Text text, const char *word) { return text.length >= strlen(word) && memcmp(text.bytes, word, strlen(word)) == 0; }

static bool is_accepted(const Entry *entry) { return begins_with(entry->step, "Tcp.accept") && begins_with(entry->answer, "Ok "); }

static bool is_connected(const Entry *entry) { return begins_with(entry->step, "Tcp.connect ") && begins_with(entry->answer, "Ok "); }

const char *find_problem(const Transcript *transcript) {
    if (transcript->problem) return transcript->problem;
    return has_entry(&transcript->whole, is_wide) ? "more than 500 of its tasks asked for something at once" : NULL;
}

bool is_at_both_ends(const Transcript *transcript) { return has_entry(&transcript->whole, is_accepted) && has_entry(&transcript->whole, is_connected); }

// ---- the spec's text ----

static void build_indent(Printing *printing, unsigned indent) { build_format(&printing->out, "%*s", (int)indent, ""); }

static void build_call(Printing *printing, const Entry *call, unsigned indent) {
    printing->call = call->name;
    printing->is_answer = false;
    build_indent(printing, indent);
    build_source(printing, call->step);
    build_string(&printing->out, " => ");
    printing->is_answer = true;
    if (call->answer.length) build_source(printing, call->answer);
    else build_byte(&printing->out, '_'); // whoever asked was cancelled
    build_byte(&printing->out, '\n');
}

static void build_block(Printing *printing, const Block *block, unsigned indent);

static void build_head(Printing *printing, const char *word, const Block *block, unsigned indent) {
    build_indent(printing, indent);
    build_format(&printing->out, "%s\n", word);
    build_block(printing, block, indent + 2);
}

static void build_join(Printing *printing, const Entry *scope, unsigned indent) {
    size_t asking = 0, printed = 0;
    for (size_t i = 0; i < scope->branches.count; i++) asking += !is_empty(scope->branches.items[i]);
    for (size_t i = 0; i < scope->branches.count; i++) {
        const Block *each = scope->branches.items[i];
        if (is_empty(each)) continue;
        if (asking == 1) build_block(printing, each, indent);
        else build_head(printing, printed++ ? "and" : "join", each, indent);
    }
}

static void build_first(Printing *printing, const Entry *scope, unsigned indent) {
    const Block *winner = branch(scope, scope->winner), *loser = branch(scope, 1 - scope->winner);
    bool was_over = was_timed_out(scope);
    if (was_over) loser = branch(scope, 0);
    if (is_empty(winner) && is_empty(loser) && !was_over) return;
    build_indent(printing, indent);
    build_string(&printing->out, scope->winner ? "right\n" : "left\n");
    if (was_over) {
        build_indent(printing, indent + 2);
        build_text(&printing->out, scope->sleep);
        build_string(&printing->out, " => ()\n");
    } else build_block(printing, winner, indent + 2);
    if (!is_empty(loser)) build_head(printing, "losing", loser, indent);
}

static void build_block(Printing *printing, const Block *block, unsigned indent) {
    for (size_t i = 0; block && i < block->entries.count; i++) {
        const Entry *entry = block->entries.items[i];
        bool is_race = entry->scope == SCOPE_FIRST || entry->scope == SCOPE_TIMEOUT;
        if (entry->kind == ENTRY_CALL) build_call(printing, entry, indent);
        else if (is_race && entry->is_decided) build_first(printing, entry, indent);
        else build_join(printing, entry, indent);
    }
}

static void build_whole(Printing *printing) {
    Transcript *transcript = printing->transcript;
    build_format(&printing->out, "  main %s runs\n", transcript->arguments);
    build_block(printing, &transcript->whole, 4);
    build_format(&printing->out, "  returns %s\n", transcript->returned ? transcript->returned : "()");
}

// A fault has ended it: an answer of what isolates it.
static void build_faulted(Printing *printing) {
    Transcript *transcript = printing->transcript;
    build_format(&printing->out, "  (match! Task.isolate (main %s) | Ok _ -> ret \"\" | Err { message } -> ret message) runs\n", transcript->arguments);
    build_block(printing, &transcript->whole, 4);
    build_string(&printing->out, "  returns ");
    build_quoted(&printing->out, text_of(transcript->fault), '"');
    build_byte(&printing->out, '\n');
}

// A signal has ended it: it is the loser of a race with what comes in that moment.
static void build_interrupted(Printing *printing) {
    enum { NANOSECONDS = 1000000 };
    Transcript *transcript = printing->transcript;
    unsigned long long milliseconds = (transcript->interrupted + NANOSECONDS - 1) / NANOSECONDS;
    build_format(&printing->out, "  first (main %s) (Time.sleep %llu) runs\n    right\n      Time.sleep %llu => ()\n", transcript->arguments, milliseconds,
                 milliseconds);
    if (!is_empty(&transcript->whole)) build_head(printing, "losing", &transcript->whole, 4);
    build_string(&printing->out, "  returns Right ()\n");
}

Text print_spec(Transcript *transcript, const char *name, ParameterLevel level, AppliedLevel applied) {
    Printing printing = {.transcript = transcript, .arena = transcript->arena, .out = builder_in(transcript->arena), .level = level, .applied = applied};
    Builder *out = &printing.out;
    choose_parameters(&printing);
    build_format(out, "spec %s", name);
    for (size_t i = 0; i < printing.parameters.count; i++) {
        build_string(out, " (");
        build_parameter(out, i + 1);
        build_string(out, " : String)");
    }
    for (size_t i = 0; i < transcript->made.count; i++) build_format(out, " (%s : %s)", transcript->made.items[i].name, transcript->made.items[i].type);
    build_string(out, " =\n");
    if (transcript->interrupted) build_interrupted(&printing);
    else if (transcript->fault) build_faulted(&printing);
    else build_whole(&printing);
    return builder_text(out);
}
