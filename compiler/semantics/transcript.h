#ifndef FX_SEMANTICS_TRANSCRIPT_H
#define FX_SEMANTICS_TRANSCRIPT_H
// What a recorded run asked of the world and was answered, in the shape of a spec: fx test --from-record.

#include "semantics.h"

typedef struct Block Block;
typedef Vector(Block *) Blocks;

typedef enum { ENTRY_CALL, ENTRY_SCOPE } EntryKind;

// A step of the spec.
typedef struct Entry {
    EntryKind kind;
    uint64_t name;      // CALL: its number; SCOPE: the scope's
    Text step, answer;  // CALL: as fx source; no answer: there was none
    ScopeKind scope;    // SCOPE
    unsigned winner;    // SCOPE: of a first or time-out
    bool is_decided;
    Text sleep;         // SCOPE: of a time-out, "Time.sleep 100"
    Blocks branches;    // SCOPE: by index; NULL: it asked nothing
} Entry;

struct Block {
    Vector(Entry *) entries; // in the order in which they began
};

// A value that the world made, which has no text but a name.
typedef struct Made {
    const char *name; // "socket_1"
    const char *type; // "Tcp.Socket"
} Made;

// What a pure function says of such a value.
typedef struct Pure {
    Text step, answer;    // `Tcp.port listener_1`, `8080`
    uint64_t behind;      // the number of the last call before
} Pure;

typedef struct Transcript {
    Arena *arena;
    Block whole;
    Table calls, scopes; // by number, by name, to Entry *
    Vector(Made) made;
    Vector(Pure) pure;
    uint64_t last_call;
    const char *arguments; // of main: `["a", "b"]`
    const char *returned;  // NULL: it did not end by itself
    const char *fault;     // NULL: it did not end by one
    uint64_t interrupted;  // by a signal: when, in nanoseconds from its beginning; 0: by none
    const char *problem;   // NULL, or why there is no spec
} Transcript;

// ---- by the driver ----
void transcribe_call(Transcript *transcript, const Task *task, uint64_t number, const char *step);
void transcribe_answer(Transcript *transcript, uint64_t number, Text answer);
void transcribe_made(Transcript *transcript, const char *name, const DataType *type);
void transcribe_pure(Transcript *transcript, const char *step, Text answer);
void transcribe_scope(Transcript *transcript, const Scope *scope);
void transcribe_timer(Transcript *transcript, const Scope *scope, uint64_t nanoseconds);
void transcribe_signal(Transcript *transcript, uint64_t time);
void transcribe_decision(Transcript *transcript, const Scope *scope, unsigned winner);

// A run that no spec is tried for: NULL, or why. Of one that was tried and does not pass: whether the program was at both ends of a connection.
const char *find_problem(const Transcript *transcript);
bool is_at_both_ends(const Transcript *transcript);

// How much becomes a parameter: texts that occur again, also within others; only as a whole; none.
typedef enum { PARAMETERS_WITHIN, PARAMETERS_WHOLE, PARAMETERS_NONE, PARAMETER_LEVELS } ParameterLevel;
// Where what pure functions have said of a value, such as a port, is written as what they say of it.
typedef enum { APPLIED_NOWHERE, APPLIED_IN_STEPS, APPLIED_IN_ANSWERS, APPLIED_LEVELS } AppliedLevel; // IN_ANSWERS: in what is asked, too
Text print_spec(Transcript *transcript, const char *name, ParameterLevel level, AppliedLevel applied);

// ---- recorded_world.c ----
// Runs the program once more as recorded, printing nothing. NULL: the recording cannot be read, or the program departs from it, which is said.
Transcript *transcribe_program(Compilation *compilation, const CoreProgram *program, const char *path, Text recording, const char *name);

#endif
