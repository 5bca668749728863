#ifndef FX_SEMANTICS_SEMANTICS_H
#define FX_SEMANTICS_SEMANTICS_H
// The executable semantics: a machine that runs typed core. docs/semantics.md states its rules, which have the names of its functions.
//
// The machine is a CEK machine (Felleisen and Friedman, "Control operators, the SECD-machine, and the lambda-calculus", 1986): the state of a
// task is an expression, an environment, and a continuation of frames. Environments and frames are never changed, so what a task has still to
// do can be kept, run again, or given to another task. What the world does is asked of a Driver; everything else is decided here.

#include <stdbool.h>
#include <stdint.h>
#include "../base/table.h"
#include "../core/core.h"
#include "../fx.h"

typedef struct Object Object;
typedef struct Resource Resource;
typedef struct External External;
typedef struct Machine Machine;
typedef struct Task Task;
typedef struct Scope Scope;
typedef struct Request Request;
typedef struct Fault Fault;

// ---- values ----

typedef enum {
    VALUE_INT,         // integer
    VALUE_CHAR,        // integer
    VALUE_FLOAT,       // number
    VALUE_STRING,      // object: TEXT
    VALUE_CONSTANT,    // constructor without fields
    VALUE_DATA,        // object: DATA
    VALUE_FUNCTION,    // object: CLOSURE of a LAMBDA
    VALUE_PARTIAL,     // object: PARTIAL; of an extern with all its arguments: a computation
    VALUE_COMPUTATION, // object: CLOSURE of a DELAY
    VALUE_EXTERNAL,    // external
    VALUE_CONTINUATION, // object: CONTINUATION; what a control clause resumes
    VALUE_ARRAY,       // object: ARRAY
    VALUE_RESOURCE,    // resource: a value of another extern type
    // Of specs, which run for all values (unknown.h): in the real world there are none of these.
    VALUE_UNKNOWN,     // object: OPAQUE
    VALUE_SUM,         // object: SUM, an Int or Char
    VALUE_JOINED,      // object: JOINED, a String
    VALUE_TEXT_OF,     // object: TEXT_OF, a String; only within JOINED
    VALUE_SPLICED,     // object: SPLICED, a List
} ValueKind;

typedef struct Value {
    ValueKind kind;
    union {
        int64_t integer;
        double number;
        Object *object;
        const Constructor *constructor;
        const External *external;
        Resource *resource;
    };
} Value;

// ---- objects: all that is in the machine's memory ----

typedef enum {
    TEXT,    // count bytes: where items would be, or the first of next, a BYTES; about: NULL, or a Resource with the driver's own form of it
    BYTES,   // room for count bytes where items would be; about: how many are used
    DATA,    // about: Constructor; items: fields
    CLOSURE, // about: the LAMBDA or DELAY; scope: its environment
    PARTIAL, // items: function, arguments
    ARRAY,   // about: its type; items: the root of a tree of ITEMS, its length, its depth
    ITEMS,   // items, and nothing else; mutable while its owner fills it
    CONTINUATION, // next: its first frame; scope: its last, a handler's; about: NULL until it has been resumed; items: 1: a release in it is cancelled
    PAIR,    // of a list of what is still to be compared: items: left, right; next
    PIECE,   // of a list of what is still to be shown: about: PieceKind; items: value; next
    OPAQUE,  // about: Opaque
    SUM,     // items: a constant, then opaque values and their coefficients by turns
    JOINED,  // items: texts, opaque ones, TEXT_OFs, one after the other
    TEXT_OF, // items: a number or Char, as interpolation shows it
    SPLICED, // items: an opaque list, the list behind it
    // environments; next: the outer one
    ENVIRONMENT_LET,        // about: CoreVariable; items: its value
    ENVIRONMENT_PARAMETERS, // about: CoreVariables; items: their values
    ENVIRONMENT_FIELDS,     // about: CoreArm; scope: the DATA that it matched
    ENVIRONMENT_RECURSIVE,  // about: the LET_REC
    ENVIRONMENT_LABEL,      // about: the JOIN
    // frames; next: the one that gets this one's answer; scope: environment; about: expression
    FRAME_LET,
    FRAME_SWITCH,
    FRAME_ITEMS,         // items: those evaluated so far, the others empty; index in the first empty one
    FRAME_APPLY,         // the function of an APPLY is being evaluated
    FRAME_ARGUMENTS,     // items: further arguments for what is answered
    FRAME_RUN_ARGUMENTS, // items: arguments for what is answered, and the result is to be forced
    FRAME_FORCE,
    FRAME_FIELD,
    FRAME_FAULT,
    FRAME_GLOBAL,       // about: the definition being computed
    FRAME_UPDATE,       // about: Effect of the cell
    FRAME_VIEW_LEFT,    // about: the primitive's node; scope: PAIRs that remain; items: the right value
    FRAME_VIEW_RIGHT,   // the same; items: the left value as a list
    FRAME_SHOW,         // scope: PIECEs that remain; items: text so far; about: what kind of piece the answer is
    FRAME_ACQUIRE,      // items: release, use
    FRAME_USE,          // items: release, resource
    FRAME_RELEASE,      // items: the answer of use; about: Unwinding that it interrupted, or NULL; scope: its abort
    FRAME_SHIELD,       // of uncancellable
    FRAME_WORKER,       // of map_par: items: place in the list
    FRAME_HANDLED,      // the computation of a HANDLE is being evaluated
    FRAME_HANDLE,       // about: the HANDLE
    FRAME_RUN,          // about: Effect of a cell; items: its private value, changed in place
    FRAME_ISOLATE,      // about: the DataType of faults
    FRAME_CLAUSE,       // scope: the frame of the handler whose clause runs; about: not NULL when that is in the same task
    FRAME_JOIN_LEFT,    // items: the right branch
    FRAME_JOIN_RIGHT,   // items: the left answer
    FRAME_CONSTRUCT,    // about: a Constructor of one field
    FRAME_AGAIN,        // what was about to happen when a dropped continuation was found: about: an expression, or NULL; items: a value, the continuation
    FRAME_UNWINDING,    // about: Unwinding that goes on whatever is answered; scope: its abort
    FRAME_TAIL,         // of the list that is answered the last item is a list, which is its rest
    FRAME_IN_ORDER,     // items: computations that remain, answers so far
} ObjectKind;

struct Object {
    uint64_t kind : 7, moved : 1, count : 56;
    const void *about; // moved: where to
    Object *next, *scope;
    Value items[];
};

// ---- what C or the machine keeps behind a value of an extern type ----

typedef enum { RESOURCE_FOREIGN, RESOURCE_CHANNEL, RESOURCE_PROMISE, RESOURCE_SEMAPHORE, RESOURCE_GROUP } ResourceKind;

typedef struct Queue { Request *first, *last; } Queue;

struct Resource {
    ResourceKind kind;
    bool is_marked;          // by the collection under way
    uint64_t name;           // as a task's
    Resource *next;          // all of the machine's
    const DataType *data;    // of the value
    int64_t foreign;         // FOREIGN: the driver's
    Queue senders, waiters;  // CHANNEL: both; PROMISE, SEMAPHORE: waiters
    Object *items;           // CHANNEL: a ring, ITEMS, each with its number behind it; PROMISE: 1 when set
    size_t first, length, limit;
    int64_t sent;            // CHANNEL: the number of the next item, which it keeps when it comes back
    int64_t permits;         // SEMAPHORE
    bool is_closed;
    Scope *scope;            // GROUP: NULL when it has answered
};

// ---- tasks ----

typedef enum { STATE_RUNNING, STATE_READY, STATE_WAITING, STATE_ENDED } TaskState;
typedef enum { END_NONE, END_ANSWER, END_CANCELLED, END_EXIT, END_FAULT, END_ABORT } Outcome;

// Why a task unwinds.
typedef struct Unwinding {
    Outcome reason;
    Fault *fault;
    Object *abort; // ABORT: about: the clause; scope: the frame of its handler; items: arguments
} Unwinding;

struct Task {
    TaskState state;
    const CoreExpression *expression; // what is evaluated; NULL: value goes to the continuation
    Object *environment, *continuation;
    Value value;
    Unwinding unwinding;  // reason NONE: it does not
    Scope *scope;         // whose branch it is; NULL: main's
    unsigned index;       // which branch
    uint64_t name;        // the same in every schedule: of the parent, its how manyeth scope, which branch
    unsigned asked, begun, made; // how many operations of the world, scopes, resources so far
    unsigned shield;      // how many brackets and uncancellables protect it
    bool is_cancelled;
    uint64_t deadline;    // 0: none
    uint64_t turn;        // READY: of the poll that brought its answer; 0: another task did
    uint64_t ran;         // the machine's turn when it last ran, or could
    Request *request;     // what it waits for, or whose answer it has not yet got
    Task *next, *previous;             // branches of the scope
    Task *next_ready, *previous_ready; // queue
    Task *next_task, *previous_task;   // all of the machine's
};

typedef enum { SCOPE_JOIN, SCOPE_FIRST, SCOPE_GROUP, SCOPE_PARALLEL, SCOPE_TIMEOUT, SCOPE_ISOLATE } ScopeKind;

struct Scope {
    ScopeKind kind;
    uint64_t name;         // as a task's
    Request *request;      // the parent's, which waits for it
    Task *parent, *first, *last;
    Scope *outer_starting; // while branches are being started: for whom that was interrupted
    bool is_starting, is_begun;
    size_t running;        // branches that have not ended
    unsigned started;
    bool is_decided;       // no further branch starts
    Unwinding outcome;     // the first failure
    Fault *isolated;       // ISOLATE: the fault that is the answer
    const DataType *fault_type;
    bool has_answer;
    unsigned winner;       // FIRST
    Value answers[2];      // join: of both; else of the one that counts
    Value computations[2]; // not yet begun; GROUP: the body
    Object *results;       // PARALLEL
    size_t begun, limit;
    uint64_t turn;         // the machine's, when it began
    Resource *group;
    Request *timer;        // TIMEOUT, until it has expired or is stopped
    uint64_t deadline;
    bool is_expired;       // TIMEOUT: cancelled as soon as what is ready has run
    Scope *next_expired;
};

// ---- requests: what a task waits for; TURN: the driver's own, for a task that it holds ----

typedef enum { REQUEST_WORLD, REQUEST_TIMER, REQUEST_SCOPE, REQUEST_SEND, REQUEST_RECEIVE, REQUEST_PROMISE, REQUEST_PERMIT, REQUEST_TURN } RequestKind;
typedef enum { STATE_PENDING, STATE_FINISHED, STATE_WITHDRAWN } RequestState;

struct Request {
    RequestKind kind;
    RequestState state;
    bool is_asked;    // it has been asked to end
    Task *task;       // who waits; NULL: a time-out's timer
    Scope *scope;     // SCOPE, TIMER
    Resource *resource;
    Value value;      // SEND: the item; otherwise the answer when it is finished
    int64_t number;   // RECEIVE: of the item that is the answer
    Queue *queue;
    Request *next, *previous;
    void *driver;     // WORLD, TIMER: the driver's own
    uint64_t identity; // WORLD, TIMER, TURN: the same in every schedule
    const char *name; // "Time.sleep"
};

// ---- the world ----

// What a C function is called with and answers, by its declared type.
struct External {
    const CoreDefinition *definition; // NULL: an operation
    const Operation *operation;
    Symbol symbol;
    const TypeParameters *parameters, *more_parameters; // of the definition; of the effect and of the operation
    Types arguments;
    Type *answer;
    bool is_computation, waits;
    const char *name; // "Time.sleep"; made on first use
    void (*rule)(Machine *machine, Task *task, const Value *arguments); // of the machine's own, else NULL
    void *function;                                                     // the driver's
};

typedef enum { PERFORMED, PENDING, FAULTED } Performed;

// Who answers what is performed: the real world, a spec, an explorer.
typedef struct Driver {
    // A pure function: PERFORMED or FAULTED, then *message is in the compilation's arena.
    Performed (*call)(void *context, Machine *machine, External *external, const Value *arguments, Value *value, const char **message);
    // An operation of the world, for request->task. PENDING: request->driver is set, and later machine_answer or machine_withdraw follows.
    Performed (*perform)(void *context, Machine *machine, External *external, const Value *arguments, Request *request, Value *value, const char **message);
    void (*cancel)(void *context, Request *request);
    // The task goes on: what machine_answer announced. Or nobody gets it any more.
    Performed (*take)(void *context, Machine *machine, Request *request, Value *value, const char **message);
    void (*dispose)(void *context, Machine *machine, Request *request);
    void (*start_timer)(void *context, Machine *machine, Request *request, uint64_t deadline); // machine_expire follows, unless it is stopped
    void (*stop_timer)(void *context, Request *request);
    uint64_t (*now)(void *context); // nanoseconds
    void (*release)(void *context, Machine *machine, int64_t foreign);
    // Visits the values that the driver holds: by machine_keep.
    void (*keep)(void *context, Machine *machine); // may give the machine up
    void *context;
    const struct Watcher *watcher; // NULL: nobody wants to know
} Driver;

typedef enum {
    TOUCH_READS,
    TOUCH_USES,
    TOUCH_CANCELS,    // a scope
    TOUCH_HIDES,      // a scope, so that it is not seen what a task within could have done that has run in this turn
    TOUCH_LEAVES_ONE, // of a scope's branches
} Touch;

// What an explorer wants to know besides.
typedef struct Watcher {
    void (*begin)(void *context, Machine *machine, Task *main); // all values have been computed; in place of running `main`
    void (*touch)(void *context, uint64_t what, Touch how);     // a cell, a resource or a scope that several tasks may share
    void (*scope_begun)(void *context, Scope *scope);
    void (*scope_decided)(void *context, Scope *scope, unsigned winner); // FIRST, and TIMEOUT: 0 for its computation, 1 for its timer
    void (*task_ended)(void *context, const Task *task, Outcome outcome);
    void (*exhausted)(void *context);                           // more than collect_at is allocated; does not return. Or NULL
    void (*foreign_made)(void *context, int64_t foreign);       // a resource of C, which going back to a snapshot forgets
    bool (*exit)(void *context, Machine *machine, Task *task, External *external, const Value *arguments); // false: the program does not end
    bool (*hold)(void *context, Task *task);                    // a task can go on because another did something: true, make_ready follows later. Or NULL
    void (*waits)(void *context, const Request *request);       // its task waits for another. Or NULL
    void (*goes_on)(void *context, const Task *task, Value answer); // with what another has given it. Or NULL
    void (*acts)(void *context, const Task *task, External *external, const Value *arguments); // by a rule of the machine's. Or NULL
    void (*acted)(void *context, Value answer);                 // what it did, if that was done at once and evaluates nothing. Or NULL
    void (*handled)(void *context, const Task *task, const Operation *operation, const Value *arguments); // by the program. Or NULL
    void (*cell_used)(void *context, const Task *task, const Operation *operation, Value value); // and what is in it now. Or NULL
} Watcher;

struct Fault {
    const char *message, *place, *trace; // place NULL: not known
    Fault *suppressed;
};

// Memory for what changes (state.c): where the next of it goes, and what is free by size.
typedef struct State {
    size_t used; // regions
    char *at, *end;
    void *free[40];
} State;
typedef struct Snapshot Snapshot;

struct Machine {
    Arena *arena;           // of the compilation: literals, faults, tables
    Symbols *symbols;
    const CoreProgram *program;
    const CoreExpression *entry; // NULL: main
    const Driver *driver;
    struct Unknowns *unknowns; // NULL: every value is known
    Table globals;          // CoreDefinition to Value *
    Table cells;            // Effect to Value *
    Table externals;        // CoreDefinition or Operation to External *
    Table literals;         // CoreExpression to Object *
    Table views;            // DataType to the CoreDefinition of its to_list or to_source, or to itself: it has none
    Table places;           // CoreExpression to the name of its function; filled by the first fault
    Table resumed;          // CoreHandlerClause to "yes" or "no": whether it mentions its continuation
    CoreDefinitions values; // to be computed before main, in order
    Table handled;          // the effects that some handler of the program is for
    bool has_control;       // some handler of the program has control clauses

    // From here to `spare_blocks`: what a snapshot keeps.
    Task *main, *running;
    uint64_t acting;        // the name of the task for which the present one runs, or which has just ended; 0: a time-out
    uint64_t actor;         // its own name
    uint64_t turn;          // of the answer that a watcher has given last
    size_t computed;
    Value arguments;        // main's
    State state;
    Value difference[2];    // what the last Test.equal that answered False compared, as text; kind INT: none has
    Task *tasks;
    Task *ready_first, *ready_last;
    Scope *starting;        // innermost
    Scope *stopping;        // outermost of those that are being cancelled
    Scope *expired;         // time-outs that wait until what is ready has run, but no longer than `patience` tasks
    unsigned patience;
    unsigned served;
    uint64_t yields;        // made so far
    size_t in_flight;       // requests to the world, timers
    const External *performing; // whose rule is being applied
    const CoreExpression *performed; // the last operation that was performed, in the text
    const CoreExpression *called;    // what the running step calls or performs; NULL: nothing
    bool is_ending;         // everything has been cancelled
    bool is_stuck;
    int status;
    Fault *fault;           // why it is ending
    Fault *lost;            // the first one behind what was no fault, such as being cancelled

    Resource *resources;
    struct Block *blocks;   // memory.c
    char *at, *end;
    size_t allocated;
    size_t held_count, dropped;
    size_t change_count;
    struct Block *spare_blocks;
    size_t collect_at;
    size_t deepest, measure_at; // frames of a task, 0: any number; how much is allocated when they are counted next
    struct Object **work;
    size_t work_count, work_room;
    struct Object **held;   // continuations with an open bracket, not resumed; the first `dropped` are reachable no more
    size_t held_room;
    Table *marked;          // while what can be reached is looked for, and nothing is moved: that; else NULL
    char **regions;         // state.c
    size_t region_count;
    bool is_given_up;       // by the driver: it runs no further
    struct Change *changes; // in place, of what no snapshot holds; NULL: there has been no snapshot
    size_t change_room;
};

// ---- state.c ----
void *make_state(Machine *machine, size_t size); // zeroed; at most 600 bytes
void free_state(Machine *machine, void *memory, size_t size);
// The whole state of a run, in memory of its own; `snapshot` NULL, or one to be written over. Nothing may be collected while there is one.
Snapshot *save_machine(Machine *machine, Snapshot *snapshot);
void restore_machine(Machine *machine, const Snapshot *snapshot);
void free_snapshot(Snapshot *snapshot);
void free_states(Machine *machine);
// Called before an object, or a fault, is changed in place: so many of its bytes (at most a Value's), which going back puts back.
void change_in_place(Machine *machine, void *place, size_t size);

// ---- memory.c ----
Object *make_object(Machine *machine, ObjectKind kind, const void *about, Object *next, Object *scope, size_t count);
Value make_text(Machine *machine, const char *bytes, size_t length); // bytes NULL: not yet filled
Resource *make_resource(Machine *machine, ResourceKind kind, const DataType *data);
Object *find_unreached(Machine *machine);
void collect(Machine *machine); // only between two steps
void collect_resources(Machine *machine); // only between two steps: if there is any that the world has made
void machine_keep(Machine *machine, Value *value);
void free_memory(Machine *machine); // all objects and resources
void forget_blocks(Machine *machine, struct Block *newest); // those from `newest` to machine->blocks, not included
Value append_text(Machine *machine, Value left, Text right);
static inline char *text_bytes(const Object *text) { return (char *)(text->next ? text->next->items : text->items); }

// ---- depth.c ----
void limit_depth(Machine *machine, size_t stack_size); // frames are counted as if they took as much as those on a stack
void measure_later(Machine *machine);
void measure_depth(Machine *machine, Task *task); // raises the fault of a stack that is exhausted

// ---- value.c ----
Value int_value(int64_t integer);
Value float_value(double number);
Value object_value(ValueKind kind, Object *object);
Value constant_value(const Constructor *constructor);
Value bool_value(const Machine *machine, bool truth);
Value unit_value(const Machine *machine);
Value text_value(Machine *machine, const char *terminated);
Value construct(Machine *machine, const DataType *data, unsigned tag, unsigned count, const Value *fields);
Value resource_value(Resource *resource);
const Constructor *constructor_of(Value value);
const DataType *data_of(Value value); // NULL: of a number, a char, a string, a function, a computation
Text text_in(Value string);
// The items of a List; *list is its rest afterwards. False: it is empty.
bool next_item(Value *list, Value *item);

// ---- program.c ----
// With all that `entry` reaches; NULL: main. NULL: memory exhausted.
Machine *load_machine(Compilation *compilation, const CoreProgram *program, const CoreExpression *entry, const Driver *driver);
void start_machine(Machine *machine, Value arguments); // evaluates the entry after all values; for main: a List String
void free_machine(Machine *machine);
External *operation_external(Machine *machine, const Operation *operation);
void global_computed(Machine *machine, Task *task, const CoreDefinition *definition, Value value);
// The function that makes of values of the type the list as which they are seen, or else the source text as which they are shown; or NULL.
const CoreDefinition *view_of(Machine *machine, const DataType *data);

// ---- interpret.c ----
void step(Machine *machine, Task *task);
void answer(Task *task, Value value); // to the task's continuation
void apply(Machine *machine, Task *task, Value function, size_t count, const Value *arguments);
void force(Machine *machine, Task *task, Value computation);
void run_applied(Machine *machine, Task *task, Value function, Value argument); // applies and forces
void push(Machine *machine, Task *task, ObjectKind kind, const void *about, Object *scope, size_t count, const Value *items);
Value *global_value(Machine *machine, const CoreDefinition *definition);
bool find_local(Machine *machine, Object *environment, const CoreVariable *variable, Value *value); // false: it is not in the environment
void evaluate(Task *task, const CoreExpression *expression, Object *environment);
Object *bind_variable(Machine *machine, Object *environment, const CoreVariable *variable, Value value);
Object *bind_parameters(Machine *machine, Object *environment, const CoreVariables *parameters, const Value *values);

// ---- handle.c ----
void begin_handle(Machine *machine, Task *task, const CoreExpression *node, Object *environment, Value computation);
bool is_handled(const Machine *machine, Task *task, const Effect *effect); // by a handler of the program, not by the runtime
void begin_run(Machine *machine, Task *task, const Effect *cell, const Value *arguments);
Value *value_of_cell(Machine *machine, Task *task, const Effect *cell); // where it is: moves when there is a collection
void handle_answered(Machine *machine, Task *task, const Object *frame, Value value);
bool has_control(const CoreExpression *handle);
bool is_sequential(const Machine *machine, const Task *task); // some handler with control clauses encloses
void end_abort(Machine *machine, Task *task, const Object *handler);
void resume_continuation(Machine *machine, Task *task, Object *continuation, Value value);
bool release_dropped(Machine *machine, Task *task); // between two steps: true, the task does that first
void unwind_held(Machine *machine, Task *task, const Object *frame);
void end_release_of_dropped(Task *task, const Object *frame);
void hold(Machine *machine, Object *continuation);
void perform_user(Machine *machine, Task *task, const Operation *operation, const Value *arguments);
void join_in_order(Machine *machine, Task *task, const Value *branches);
void first_in_order(Machine *machine, Task *task, const Value *branches);
void timeout_in_order(Machine *machine, Task *task, Value computation);
void parallel_in_order(Machine *machine, Task *task, Value computations);
void answered_in_order(Machine *machine, Task *task, const Object *frame, Value value);

// ---- primitive.c, compare.c, show.c ----
char sign_of(Primitive primitive); // of arithmetic on two numbers; else 0
Value plain_text(Machine *machine, Value value); // as interpolation shows it
void compute(Machine *machine, Task *task, const CoreExpression *node, const Value *operands);
void compare_values(Machine *machine, Task *task, const CoreExpression *node, Object *pairs);
void compare_seen(Machine *machine, Task *task, const Object *frame, Value list);
bool compare_plain(Value left, Value right, int *order); // False: not numbers, chars or strings
void show_value(Machine *machine, Task *task, Value value);
void show_seen(Machine *machine, Task *task, const Object *frame, Value seen);
void build_plain(Builder *builder, Value value); // as interpolation shows it
void build_quoted(Builder *builder, Text text, char quote); // as a literal of fx
// As fx source; false: not a number, char or string. `is_nested`: an argument, with parentheses around what begins with a minus.
bool build_literal(Builder *builder, Value value, bool is_nested);

// ---- perform.c ----
void perform(Machine *machine, Task *task, const CoreExpression *node, const Value *arguments);
void run_external(Machine *machine, Task *task, External *external, const Value *arguments);
void call_external(Machine *machine, Task *task, External *external, const Value *arguments);
void cell_updated(Machine *machine, Task *task, const Operation *operation, Value value);
void perform_exit(Machine *machine, Task *task, const Value *arguments);
void perform_simulation(Machine *machine, Task *task, const Value *arguments); // of Test.simulate
void note_difference(Machine *machine, Task *task, const Value *arguments); // of Test.equal
void perform_yield(Machine *machine, Task *task, const Value *arguments);

// ---- schedule.c: tasks ----
Task *make_task(Machine *machine, Scope *scope);
uint64_t name_below(uint64_t name, uint64_t index); // of what is made by what has the name
uint64_t name_of_deadline(uint64_t deadline); // what comes to its end then, and what goes on before then, may not change places
void touch(const Machine *machine, uint64_t what, Touch how); // tells the watcher
void free_task(Machine *machine, Task *task);
void make_ready(Machine *machine, Task *task, uint64_t turn);
bool is_stopped(Machine *machine, Task *task);
void unwind(Task *task, Outcome reason, Fault *fault);
void unwind_for(Task *task, Unwinding unwinding);
void end_task(Machine *machine, Task *task, Outcome outcome);
void resume_task(Machine *machine, Task *task);
// READY: `limit` tasks have run, and others are ready. WAITING: every task waits, some for the world. STUCK: a deadlock in a release.
typedef enum { MACHINE_ENDED, MACHINE_READY, MACHINE_WAITING, MACHINE_STUCK } MachineState;
MachineState run_machine(Machine *machine, unsigned limit);
void make_memory(Machine *machine); // more than collect_at is allocated
void end_machine(Machine *machine, int status, Fault *fault);

// ---- request.c ----
Request *make_request(Machine *machine, Task *task, RequestKind kind, const char *name);
void free_request(Machine *machine, Request *request);
void wait_for(Machine *machine, Task *task, Request *request);
void finish_request(Machine *machine, Request *request, Value answer, uint64_t turn);
void withdraw_request(Machine *machine, Request *request, uint64_t turn);
void ask_cancel(Machine *machine, Task *task);
void cancel_task(Machine *machine, Task *task);
void take_answer(Machine *machine, Task *task);
void enqueue(Queue *queue, Request *request);
Request *dequeue(Queue *queue);
void unqueue(Request *request);
// By the driver; `turn` tells answers of one turn of the loop from those of another.
void machine_answer(Machine *machine, Request *request, uint64_t turn);
void machine_withdraw(Machine *machine, Request *request, uint64_t turn);
void machine_expire(Machine *machine, Request *request);

// ---- scope.c ----
void continue_starting(Machine *machine, Scope *scope);
void branch_ended(Machine *machine, Task *branch, Outcome outcome);
void cancel_scope(Machine *machine, Scope *scope);
void scope_expired(Machine *machine, Scope *scope); // its time is out
void scope_finished(Machine *machine, Task *parent, Scope *scope);
void stop_at_deadline(Machine *machine, Task *task);
void begin_work(Machine *machine, Task *worker);
void work_answered(Machine *machine, Task *worker, const Object *frame, Value value);
void perform_join(Machine *machine, Task *task, const Value *arguments);
void perform_first(Machine *machine, Task *task, const Value *arguments);
void perform_group(Machine *machine, Task *task, const Value *arguments);
void perform_spawn(Machine *machine, Task *task, const Value *arguments);
void perform_parallel(Machine *machine, Task *task, const Value *arguments);
void perform_pool(Machine *machine, Task *task, const Value *arguments);
void perform_timeout(Machine *machine, Task *task, const Value *arguments);
void end_isolated(Machine *machine, Task *task, const Object *frame);
void perform_isolate(Machine *machine, Task *task, const Value *arguments);

// ---- bracket.c ----
void perform_bracket(Machine *machine, Task *task, const Value *arguments);
void perform_uncancellable(Machine *machine, Task *task, const Value *arguments);
void acquired(Machine *machine, Task *task, const Object *frame, Value resource);
void used(Machine *machine, Task *task, const Object *frame, Value value);
void released(Machine *machine, Task *task, const Object *frame);
void shield_ended(Task *task);
void unwind_frame(Machine *machine, Task *task, Object *frame);

// ---- array.c ----
void array_with_capacity(Machine *machine, Task *task, const Value *arguments);
void array_make(Machine *machine, Task *task, const Value *arguments);
void array_from_list(Machine *machine, Task *task, const Value *arguments);
void array_to_list(Machine *machine, Task *task, const Value *arguments);
void array_length(Machine *machine, Task *task, const Value *arguments);
void array_item(Machine *machine, Task *task, const Value *arguments);
void array_replace(Machine *machine, Task *task, const Value *arguments);
void array_exchange(Machine *machine, Task *task, const Value *arguments);
void array_push(Machine *machine, Task *task, const Value *arguments);
void array_truncate(Machine *machine, Task *task, const Value *arguments);
void array_append(Machine *machine, Task *task, const Value *arguments);
void array_slice(Machine *machine, Task *task, const Value *arguments);

// ---- channel.c ----
void perform_make_channel(Machine *machine, Task *task, const Value *arguments);
void perform_send(Machine *machine, Task *task, const Value *arguments);
void perform_receive(Machine *machine, Task *task, const Value *arguments);
void perform_try_receive(Machine *machine, Task *task, const Value *arguments);
void perform_close(Machine *machine, Task *task, const Value *arguments);
void perform_length(Machine *machine, Task *task, const Value *arguments);
void put_back(Machine *machine, Resource *channel, Value item, int64_t number);
void perform_make_promise(Machine *machine, Task *task, const Value *arguments);
void perform_set(Machine *machine, Task *task, const Value *arguments);
void perform_wait(Machine *machine, Task *task, const Value *arguments);
void perform_get(Machine *machine, Task *task, const Value *arguments);
void perform_make_semaphore(Machine *machine, Task *task, const Value *arguments);
void perform_acquire(Machine *machine, Task *task, const Value *arguments);
void perform_release(Machine *machine, Task *task, const Value *arguments);
void give_permit(Machine *machine, Resource *semaphore);
void perform_available(Machine *machine, Task *task, const Value *arguments);

// ---- fault.c ----
Fault *make_fault(Machine *machine, const Task *task, const char *place, const char *message);
// Without a span the place is that of what the running step calls, or else of the innermost let! that runs.
void raise_fault(Machine *machine, Task *task, const Span *span, const char *format, ...) __attribute__((format(printf, 4, 5)));
const Object *innermost_let(const Task *task); // the frame of the let! that waits for what the task does; NULL: there is none
void suppress_fault(Machine *machine, Fault *first, Fault *later);
Fault *make_deadlock(Machine *machine);
const char *print_fault(Machine *machine, const Fault *fault);


#endif
