#ifndef FX_SEMANTICS_RECORDING_H
#define FX_SEMANTICS_RECORDING_H
// A file that FX_RECORD wrote (docs/record.md), and values as it writes them.

#include "semantics.h"

typedef enum {
    RECORDED_ANSWER,    // of call `number`
    RECORDED_PURE,      // of a pure function on what the world has made
    RECORDED_TIMEOUT,   // time-out `number` has the deadline `time`
    RECORDED_EXPIRED,   // time-out `number`
    RECORDED_CANCELLED, // call `number` was cancelled, which was settled then
    RECORDED_LOST,      // its answer came then, and its task was cancelled before it got that
    RECORDED_SIGNAL,    // signal `number`, which ends the program
    RECORDED_END,       // with status `number`
} RecordedKind;

typedef enum {
    WHEN_NOW,    // before anything else happened
    WHEN_FAULTED, // at once: the answer is the fault's message
    WHEN_BEHIND, // at once, but the task went behind those that could go on
    WHEN_AFTER,  // within call `turn`, by another task
    WHEN_BEFORE, // call `turn` could start
    WHEN_TURN,   // in turn `turn` of the loop
} RecordedWhen;

typedef struct RecordedLine {
    RecordedKind kind;
    RecordedWhen when;
    uint64_t number, turn;
    bool is_crowded;  // TURN: others could go on, and so many calls and yields had been made
    uint64_t calls, yields;
    uint64_t time;    // nanoseconds since the program's start
    Text step;        // ANSWER, PURE: `File.read "a.txt"`
    const char *answer; // `Ok "text"`, and what follows on the line
    size_t order;     // in the file: its line, from 1
    Text whole;
    bool is_done;
    struct RecordedLine *next; // AFTER: of the same call
} RecordedLine;

typedef Vector(RecordedLine *) RecordedLines;

typedef struct Recording {
    Arena *arena;
    RecordedLines lines;    // all
    RecordedLines arrivals; // TURN: by turn, then in the file's order
    RecordedLines starting; // BEFORE
    RecordedLine **answers, **ends; // of call i, below count: its answer; how it was cancelled
    RecordedLine **after;           // what call i brought about
    RecordedLine **timeouts;        // time-out i
    uint64_t count;
    const char *arguments;  // `["a", "b"]`
    RecordedLine *end;      // NULL: the program was killed
} Recording;

// NULL, or what is wrong with the text; then *line says where.
const char *read_recording(Arena *arena, Text text, Recording *recording, size_t *line);

// The program's name and its arguments; NULL: that is no list of strings.
char **read_arguments(const Recording *recording, const char *name, int *count);

// ---- values as source text ----

// Names for what the world has made: the first to be met is 1.
typedef struct SourceNames {
    uint64_t (*number_of)(void *context, const Resource *resource);
    Value (*resource_of)(void *context, Type *type, uint64_t number);
    void *context;
} SourceNames;

void print_source(Machine *machine, Builder *builder, const SourceNames *names, Type *type, Value value, bool is_argument);
// Moves *text behind what was read. False: it is not a value of the type.
bool parse_source(Machine *machine, const SourceNames *names, Type *type, const char **text, Value *value);

#endif
