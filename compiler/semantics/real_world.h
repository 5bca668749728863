#ifndef FX_SEMANTICS_REAL_WORLD_H
#define FX_SEMANTICS_REAL_WORLD_H
// The real world as a driver of the machine: between the machine's values and the runtime's, and its tasks and the runtime's.

#include "semantics.h"

#include "../../runtime/runtime.h"

// An interpreter's value in the hands of C, as a counted object.
typedef struct Box {
    Value value;
    struct Box *next, *previous;
} Box;

typedef struct World World;

// What is run: one machine after the other.
typedef struct WorldJob {
    void (*next)(struct WorldJob *job, World *world);                 // by start_in_world; none is left when it starts none
    void (*ended)(struct WorldJob *job, World *world, bool is_stuck); // world->machine has; is_stuck: in a deadlock of its releases
    bool is_done;
    bool ends_at_once; // by a signal, whatever the machine is doing
} WorldJob;

struct World {
    fx_program program; // the runtime's view of all this; rt->program points here
    Compilation *compilation;
    const CoreProgram *core;
    Driver driver;
    fx_runtime *rt;
    Machine *machine;
    Box boxes;            // a ring
    fx_scope *scope;      // of all errands
    struct Errand *current; // the one that was started last
    fx_request *wake;     // main's task waits for it, until an errand has ended
    bool has_waited, is_interrupted, is_refused, keeps_texts;
    // NULL, or who answers instead of the real world: called between two tasks' turns; true: some task can go on.
    bool (*between)(World *world, MachineState state);
    WorldJob *job;
    fx_value arguments;   // main's, borrowed
    int status;           // to exit with
};

// ---- real_world.c ----
// Runs the job within the runtime; answers the exit status. arguments[0] is the program's name.
int run_in_world(Compilation *compilation, const CoreProgram *program, WorldJob *job, int argument_count, char **arguments);
void start_in_world(World *world, const CoreExpression *entry); // NULL: main
Fault *main_done(WorldJob *job, World *world); // its status is known; the fault that ended it, or NULL
void main_ended(WorldJob *job, World *world, bool is_stuck); // reports main's fault, and takes its status
Fault *fault_of_machine(Machine *machine); // of one that has ended; NULL: none

// ---- convert.c ----
bool can_convert(Type *type); // no function and no computation is in it
fx_value value_to_runtime(World *world, Type *type, Value value); // owned by the caller; sets is_refused when C cannot hold it
Value value_from_runtime(World *world, Type *type, fx_value value); // borrows it
void drop_value(World *world, Type *type, fx_value value);

// ---- call.c ----
// What C is called with: all arguments, those that say how type variables are held included.
enum { MOST_ARGUMENTS = 12 };
typedef struct Arguments {
    unsigned count;
    char shape[MOST_ARGUMENTS + 1];    // w: word, d: double
    fx_value words[MOST_ARGUMENTS];    // of a double: its bits
} Arguments;
typedef enum { ANSWERS_WORD, ANSWERS_DOUBLE, ANSWERS_LATER } AnswerKind;
// NULL, or why it cannot be called.
const char *find_function(World *world, External *external);
const char *convert_arguments(World *world, const External *external, const Value *arguments, Arguments *converted);
void drop_arguments(World *world, const External *external, const Arguments *arguments); // nothing for a function that owns them
fx_answer call_function(fx_runtime *rt, const External *external, const Arguments *arguments);

#endif
