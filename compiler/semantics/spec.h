#ifndef FX_SEMANTICS_SPEC_H
#define FX_SEMANTICS_SPEC_H
// A spec in place of the world: the driver of a machine that answers what the spec's steps say, and an explorer that delivers the answers in
// every order. docs/semantics.md, "Specs", states the rules.
//
//   progress.c        where a spec has got to: which steps may come next
//   stated_world.c   the driver: what is asked is matched with a step
//   match.c       which step is asked
//   answer.c      what is answered
//   simulate.c    the driver of a test that uses Test.simulate: all but time is answered by the program itself
//   explore.c     schedules: which answer is delivered next; sample_schedules.c: some, at random
//   shorten.c     the failing schedule that is easiest to follow; token.c: a failure as a short text
//   describe.c    values and operations as text, failures
//   same_value.c  whether two values are the same
//   induction.c   a spec that uses itself; smaller.c: on something smaller; loop.h: functions that gather what they have so far;
//                 parallel.c: lists that are run at once; turns.c: what may go on beside a hypothesis; use.c: a spec that uses others
//   check_spec.c  cases of values, and the verdict

#include <setjmp.h>

#include "check_spec.h"
#include "semantics.h"
#include "unknown.h"

typedef struct Progress Progress;
typedef struct Pending Pending;
typedef struct Faults Faults;
typedef struct Engine Engine;
typedef struct Trail Trail;
typedef struct Lemma Lemma;
typedef struct Loop Loop;
typedef struct Match Match;

// ---- progress.c     : all of it is in the machine's state ----

typedef enum {
    PROGRESS_SEQUENCE, // steps, one after the other
    PROGRESS_JOIN,     // two blocks, in any order
    PROGRESS_FIRST,    // left or right: the winner's block, the loser's
} ProgressKind;

typedef enum {
    ASK_OPEN,      // nobody has asked it yet
    ASK_ASKED,     // the answer is pending
    ASK_CANCELLED, // it was asked, and withdrawn
} AskState;

// A step that is an operation, with its values.
typedef struct Asked {
    AskState state;
    External *external;
    Object *arguments; // ITEMS
    Value answer;      // a computation
    bool is_answered;  // no: it is the answer itself
    Request *request;  // ASKED
} Asked;

struct Progress {
    ProgressKind kind;
    const CoreStep *step; // SEQUENCE: the present one, NULL at the end; else the one that this is
    Progress *outer;      // NULL: the whole spec, or a loser's that is left over
    Progress *inner[2];   // SEQUENCE: [0] the JOIN or FIRST that is the present step; JOIN: both, NULL when done; FIRST: winner's, loser's
    Value steps;          // SEQUENCE: those that remain of the innermost block, the present one first
    Object *behind;       // SEQUENCE: what comes behind that block, the innermost first; NULL: nothing
    Asked asked;          // SEQUENCE whose present step is an operation
    uint64_t name;        // the same in every schedule
    unsigned done;        // SEQUENCE: how many steps, blocks and items
    uint64_t owner;       // of a branch: the task that first asked something in it; 0: none yet
    uint64_t scope;       // FIRST: the name of the program's; 0: not known yet
    unsigned winner;      // FIRST: 0 left, 1 right
    bool is_decided;      // FIRST: the program's has its winner
    bool is_losing;       // SEQUENCE: the loser's block
    bool is_in_first;     // it began within a FIRST
    unsigned uses;        // SEQUENCE: of specs, one behind the other, since a step was done
    Progress *next_loser; // of those that are left over
};

extern const char ENDLESS_USE[]; // a hint
// Begins the spec's steps: a list.
void begin_steps(Engine *engine, Value steps);
// The operations that may be asked now, in the order of the text. They are the engine's, until it is asked again.
typedef Vector(Progress *) OpenAsks;
const OpenAsks *find_open_asks(Engine *engine);
// A step has been asked and answered.
void step_done(Engine *engine, Progress *progress);
// The first step that has not been done, or NULL: the spec is at its end.
const Progress *find_remaining(const Engine *engine);
// A FIRST is done when its winner's block is, and the program's scope is decided.
void first_done(Engine *engine, Progress *first);
// Of the steps that remain in a loser's block, goes on to the first operation that fits: its releases need not follow what was cut short.
bool skip_to(Engine *engine, Progress *sequence, bool (*fits)(Engine *engine, const Asked *asked, void *context), void *context);

// ---- independence.c: what an answer led to, which decides what it may change places with ----

typedef enum {
    MARK_USES,     // key: of what several tasks may share
    MARK_READS,    // the same, only looked at
    MARK_STOPS,    // key: of a scope that is cancelled, which all within have marked as read
    MARK_HIDES,    // the same, if that hid what the answer let another task do: so whoever could have come too late for it counts, too
    MARK_STEP,     // key: a sequence of the spec, index: of its steps; one for each sequence around what was asked or answered
    MARK_CANCELS,  // key: identity of a request
    MARK_LEAVES_ONE, // key: of a scope of whose branches one is left: what comes after the scope is what that one leads to
    MARK_SCOPE,   // key: name of a scope around the task that was answered; by: whose it is
} MarkKind;

typedef struct Mark {
    MarkKind kind;
    uint32_t index;
    uint64_t key;
    uint64_t by;   // the name of the task for which it was done
    uint64_t doer; // of the one that did it: the same, or a branch that has begun in the same turn
} Mark;

struct Trail {
    uint64_t identity; // of the request that was answered
    uint64_t task;     // that it was given to; 0: a time-out
    uint64_t deadline, clock; // of a simulation: when it was due, 0: at any time; and what time it was then
    bool is_stuck;     // there was a deadlock before
    bool is_of_others; // some mark is by another task
    bool hides;        // some mark is MARK_HIDES
    Mark *marks;
    size_t count, room;
};

void begin_trail(Trail *trail, const Request *request, bool is_stuck);
void add_mark(Trail *trail, Mark mark);
void mark_step(Trail *trail, const Progress *progress, uint64_t by);
void copy_trail(Trail *to, const Trail *from);
bool are_dependent(const Trail *left, const Trail *right);
// Whether a task went on because `first` and `last` were there, and did what the other depends on.
bool comes_late_for(const Trail *first, const Trail *last, const Trail *other);
// Whether a task went on because both were there, and cancelled what others wait for.
bool stops_with(const Trail *first, const Trail *last);
// Whether `last` may have made the other's task the last in some scope, so that it leads to more than before.
bool makes_last(const Trail *last, const Trail *other);
// Of two answers of one run: whether the later could be asked only because of what followed the earlier, by how tasks and scopes follow each other.
bool comes_before(const Trail *earlier, const Trail *later);

// ---- stated_world.c ----

// An answer that has not been delivered.
struct Pending {
    Request *request;
    Progress *progress; // NULL: a sleep that no step speaks of, a time-out, a turn
    External *external; // NULL: a time-out, a turn
    const CoreExpression *place; // where it was asked
    Object *arguments;  // ITEMS
    uint64_t deadline;  // of a sleep or time-out; otherwise 0
    bool is_timeout, is_turn;
    int tag;             // of what it would have been, once it is cancelled
    unsigned asked_in;  // how many answers had been delivered when it was asked
    Pending *next, *previous;
};

// What changes in a run, in the machine's state.
typedef struct SpecRun {
    Progress *whole;    // NULL: at its end
    Progress *losers;   // blocks of losers whose winner is done: their releases may still ask
    Pending *first, *last; // in the order in which they were asked
    size_t pending_count;
    uint64_t clock;     // virtual nanoseconds
    uint64_t turn;      // how many answers have been delivered
    uint64_t answers;   // those, and the ones that were given at once
    size_t foreign_count, applied_count; // of the engine's
    Object *loop_arguments; // ITEMS: of the first application of the engine's loop
    Value loop_function;
    Value tail;              // KIND INT: none; else the opaque list of computations that the hypothesis with these arguments runs at once
    Object *tail_arguments;  // ITEMS
    Object *noted;           // ITEMS, one behind the other: arguments of the head that hypotheses are about
    bool is_deviant;    // answers are no longer what the spec says (faults.c)
    unsigned unstated;  // of those that no step gives
    unsigned uses;      // of specs, begun since a step was done, in all blocks
    struct Open *open;  // what has been opened and not closed
    size_t open_count;
    uint64_t trace;     // of all that was asked and answered, in order
    Match *matches;     // where several steps fitted, the last first
} SpecRun;

// A question and a step of the spec, by their names: the step is the question's, or is refused it.
typedef struct Matching {
    uint64_t asked, step;
    bool is_refused;
} Matching;
typedef Vector(Matching) Way;

enum { MOST_WAYS = 200, MOST_IN_RUN = 1000000, LOOKS_LIKE_ANSWER = 100 }; // answers of a run; places of the spec that cost as much as one
enum { MOST_MEMORY = 256, LOOKS_UP = 16 }; // MiB that a run may use, and after which it is asked whether it is to go on

typedef enum { STOP_NONE, STOP_FAILED, STOP_OTHER_WINNER, STOP_DOUBT } StopKind;

// What a pure function gives for a part of a parameter, left as it is.
struct Applied {
    const CoreExpression *lambda;
    Object *arguments; // ITEMS
    Value value;       // opaque
};

// An opaque value for what a function gives: for these arguments, or the how manyeth of that function's in a run.
typedef struct Given {
    const CoreExpression *lambda;
    size_t ordinal;
    Value *arguments; // NULL: what is made anew in each run is among them
    const Type *type;
    Value value;
} Given;

// A loop of what the spec returns, which begins with the same as the program's.
typedef struct Started {
    const CoreExpression *lambda;
    bool *gathers; // by parameter
    size_t *from;  // by parameter: the number, from 1, of the parameter of the program's loop that begins with the same; 0: none
    bool is_mapped, has_start; // that is known; and there is one
    bool is_done;  // it has begun, in the evaluation at hand
} Started;

// A use that the spec makes of itself, by the orders (smaller.c) in which what it is used on is less than the spec's own parameters, or not greater.
typedef struct OwnUse {
    uint64_t less, not_greater;
} OwnUse;

// Another spec that this one uses, and that is proved: its use is one step, too.
typedef struct Used {
    const CoreSpec *spec;
    const CoreExpression *head; // the top-level function that its subject applies
    External hypothesis;
} Used;

// A schedule that has been run, to be run a second time.
typedef struct Again {
    uint32_t *choices;
    size_t count;
    uint64_t trace;
} Again;

struct Engine {
    Compilation *compilation;
    const CoreProgram *program;
    const CoreSpec *spec;
    const SpecOptions *options;
    Driver driver;
    Machine *machine;
    SpecRun *run;
    Value subject, block, returns; // what the spec is for the values at hand
    bool *is_reached;              // by step: it was asked, or the spec that it uses begun
    OpenAsks open, walk;

    jmp_buf interrupted;       // where the whole of it ends when it is interrupted
    jmp_buf stop, *inner_stop; // where a run, or a proof within it, goes on when it is stopped
    StopKind stopped;
    SpecFailure *failure;
    struct Unknowns unknowns;
    Doubt doubt;        // DOUBT: why the case was given up

    Vector(int64_t) foreign; // resources of C in the order in which they were made

    Way way;             // in which what is asked is matched
    Vector(Way) ways;    // that are still to be tried
    unsigned ways_tried; // besides the first
    bool is_mismatch;    // the failure: what is asked is not what the steps say
    const Task *mismatched; // by which task; NULL: something was not asked

    Vector(Again) again;        // one schedule in twenty of those that were run, the first hundreds of them
    const CoreExpression *head; // the function that the subject applies, or the loop that this begins, when induction is possible; else NULL
    Loop *loop;          // that the head is; NULL: it is none
    bool is_local;       // the head is a local function
    bool is_general;     // what is proved is about the loop with anything gathered
    bool starts_anywhere; // and about those of what is returned
    Vector(Started) started;
    const Value *starts; // by parameter of the loop: what these begin with; NULL: nothing that is returned is evaluated
    Value *gathered;     // by parameter of the loop: that, opaque
    Vector(const Opaque *) free; // it, and what pure functions give for it
    Table loops;         // LAMBDA to Loop *
    Lemma *lemma;        // that is being proved; NULL: none
    bool refuses_operations; // the case is given up for any
    External hypothesis;
    bool is_parallel, is_pool; // the head runs a list of computations at once: by List.map_par; by List.map_pool
    bool is_pool_refuted;      // some case does not hold wherever each item of the pool begins
    bool finds_tail;           // what a hypothesis runs at once is being found
    External later, begun;     // that one of a pool begins
    Vector(Used *) used; // empty until it is tried to prove the spec by those
    Vector(Given) given;
    Vector(struct Applied) applied; // by hypotheses
    const CoreStep *endless_use; // of a spec, in a run that was given up for it; NULL: there was none
    Vector(OwnUse) own_uses; // that are hypotheses
    bool is_preparing;   // a hypothesis
    bool is_inducing;    // uses of the spec on a part of a parameter are hypotheses
    bool has_hypothesis; // there was one
    bool takes_turns;    // what a hypothesis is about may do what is not looked at beside other tasks (turns.c)
    Vector(uint64_t) beside; // identities of the hypotheses that were asked beside other tasks, in this case
    bool is_untimed;     // so in this case sleeps end in any order
    unsigned at_once;    // which of them, by bits, are answered at once; the others wait

    bool is_discarded;  // a test whose `when` does not hold
    bool is_apart;      // an expression of the spec is evaluated, apart from the program
    bool is_probing;    // what an operation's step asks is being found
    Asked probed;

    size_t most_allocated; // by the machine
    const CoreStep *not_come_to; // the last that a loser had yet to come to when it lost; NULL: there was none
    uint64_t delivered; // answers, in all runs
    uint64_t answers;   // those, and the ones that were given at once
    uint64_t most_answers, most_in_run; // of these: in all runs, in one. A run that comes to more is given up
    Trail *trail;       // of the answer that is being delivered; NULL: nobody explores
    struct Faults *faults; // faults.c; NULL: answers are what the spec says

    bool is_telling;    // a failure that was found: nothing interrupts that
    bool is_recording;  // events
    SpecFailure *record;
    size_t act;         // while recording: the index of the last act's event + 1; 0: it was none to be told
    Table task_names;   // while recording: name of a task to its index + 1
};

// Loads the program and computes its values. NULL: memory exhausted.
Engine *make_engine(Compilation *compilation, const CoreProgram *program, const CoreSpec *spec, const SpecOptions *options);
void free_engine(Engine *engine);
void go_back_to(Engine *engine, const Snapshot *snapshot);
// Applies the spec to its parameters, and starts its subject.
void start_subject(Engine *engine, size_t count, const Value *parameters);
// Gives the answer; the task goes on at the next run_machine.
void deliver(Engine *engine, Pending *pending);
// Whether it may be delivered now: of sleeps only the one that ends first, and time-outs only when nothing else is left.
bool can_deliver(const Engine *engine, const Pending *pending);
// The program has ended: compares what came out, and what the spec says.
void check_end(Engine *engine);
// Runs the task, which is apart from the program, to its end: what it answers.
Value finish_apart(Engine *engine, Task *task);
// Evaluates an expression of the spec: a computation.
Value evaluate_apart(Engine *engine, Value computation);
Value apply_apart(Engine *engine, Value function, size_t count, const Value *arguments);
Pending *add_pending(Engine *engine, Request *request, Progress *progress);

// ---- answer.c ----
bool is_unanswered(const Progress *progress); // its present step says that there is no answer
bool stays_unanswered(const Pending *pending);
bool all_stay_unanswered(const Engine *engine);
// Of a FIRST whose loser's block says by such steps how far the loser comes: what it has not done of that. NULL: nothing.
const Progress *find_to_come(const Progress *first);
// The step has an answer, and stands in a join which steps without one say was cut short: that comes later, so this is another run.
bool is_to_come_further(const Progress *progress);
void check_answerable(Engine *engine); // every task waits: fails when only for steps without answers
Value answer_of(Engine *engine, uint64_t identity, Progress *progress, External *external, const Value *arguments);
Object *keep_arguments(Engine *engine, const External *external, const Value *arguments);
void note_answered(Engine *engine, const CoreExpression *place, Value answer);
void note_unanswered(Engine *engine, Pending *pending);

// ---- same_value.c ----
bool same_value(Engine *engine, Value left, Value right);
bool holds_code(Value value);
bool is_same_code(void *engine, Value left, Value right);

// ---- simulate.c ----
// A test in place of a spec: applies it to its parameters and starts it.
void start_simulation(Engine *engine, size_t count, const Value *parameters);
Performed simulate_operation(Engine *engine, External *external, const Value *arguments, Request *request, Value *value);
// What a task does with a channel, a promise or a semaphore; and that it has to wait for that.
void record_act(Engine *engine, const Task *task, const External *external, const Value *arguments);
void record_acted(Engine *engine, Value answer); // of the act that was recorded last
void record_wait(Engine *engine, const Request *request);
void record_cell(Engine *engine, const Task *task, const Operation *operation, Value value); // which is in it now
// A task can go on: in a simulation that is a choice. False: it is none.
bool hold_task(Engine *engine, Task *task);
void deliver_turn(Engine *engine, Pending *pending);
bool is_due(const Engine *engine, const Pending *pending);
void check_simulation_end(Engine *engine);
_Noreturn void fail_asks_world(Engine *engine, const Task *task, const External *external, const Value *arguments);
uint64_t nanoseconds(Engine *engine, Value sleep); // of milliseconds

// ---- match.c ----
typedef struct Question {
    Engine *engine;
    Task *task;
    External *external;
    const Value *arguments;
    uint64_t asked; // the identity of the request, the same in every schedule
    bool is_in_race; // the task
} Question;

// Matches as the text says, to begin with.
void begin_matching(Engine *engine);
// After a run: another way of matching, one that it leads to (`may_go_on`) or that is left over. False: there is none, or enough were tried, and
// what is asked is matched as the text says again.
bool match_otherwise(Engine *engine, bool may_go_on);
// The step that is asked, or NULL.
Progress *find_step(Question *question);
// An open step that asks the same, but by another side of a `first` or outside of it: NULL, there is none.
Progress *find_step_of_other_race(Question *question);
// The step that speaks of the time-out's sleep, or NULL: `Task.timeout n c` is `first c (Time.sleep n)`.
Progress *find_timeout_step(Engine *engine, const Request *timer, uint64_t length);
// What the task asks comes behind a join that a step without an answer says was cut short, and was cut short before that was asked.
bool goes_on_too_early(const Question *question);
// A sleep of a loser need not be listed. It may be what tells which scope a FIRST is.
bool is_losers_sleep(Question *question);
// Of the request that the task makes next.
uint64_t identity_of_next(const Task *task);
bool is_race(const Scope *scope);
// The branch by which the task is in the scope; NULL: it is not.
const Task *branch_in(const Task *task, uint64_t scope);
// The FIRST of the spec that is this scope's, or NULL.
Progress *first_of(Engine *engine, Progress *from, uint64_t scope);
bool is_sleep(const External *external);
// Whether some step that may come next is this one.
bool is_open_step(Engine *engine, Task *task, External *external, const Value *arguments);

// ---- back in stated_world.c ----
// Ends the run at once.
_Noreturn void stop_run(Engine *engine, StopKind why);

// ---- induction.c ----
void prepare_induction(Engine *engine);
// The step uses the spec itself on a part of a parameter: it is a hypothesis. False: it is not.
bool begin_hypothesis(Engine *engine, Progress *sequence, Value used);
// The same, of a step that comes later: what it is about is left as it is from here on.
void note_hypothesis(Engine *engine, Value used);
bool stands_for_hypothesis(void *context, Object *function, const Value **arguments, Value *computation);
// Whether the spec's loop gathers something, so that the proof can be about all that can have been gathered.
bool can_generalise(const Engine *engine);
typedef enum { JOINED_BEFORE, JOINED_BEHIND, STARTED_ANYWHERE } Generality; // how what was gathered goes together with the rest; start.c
void begin_general(Engine *engine, Generality how);
// Of a hypothesis, which is about anything that can have been gathered, this is compared with what the loop begins with.
bool is_gathered(const Engine *engine, const External *external, size_t index);
Value gathered_at_first(const Engine *engine, size_t index);
bool is_hypothesis(const Engine *engine, const External *external);

// ---- smaller.c ----
// Whether what the spec's parameters are in the environment, where it uses itself, is smaller than they are at first: so that with all uses of which
// that was said before, nothing can get smaller for ever.
bool is_smaller_use(Engine *engine, const Object *environment);

// ---- use.c ----
bool mentions(const CoreExpression *node, const CoreDefinition *definition);
bool uses_others(const Engine *engine);
// The other specs that the spec uses and that `is_proved` says are: from here on their uses are hypotheses, too. False: there are none.
bool find_used(Engine *engine, bool (*is_proved)(void *context, const CoreSpec *spec), void *context);
// The step uses one of them. False: it does not, or the subject is not run in a way that is known.
bool begin_used(Engine *engine, Progress *sequence, Value used);
// The program applies the function that one of them is about.
bool stands_for_used(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *computation);
// It runs what that gave: where no step is about it, the function itself is run, and the answer is true.
bool runs_itself(void *context, Task *task, External *external, const Value *arguments);
// ---- parallel.c ----
void prepare_parallel(Engine *engine);
void forget_parallel(Engine *engine); // the head is a function like others from here on
// The hypothesis about the head on these arguments has been begun, by the task, apart: what it runs at once is noted.
void find_tail(Engine *engine, Task *task, const Object *arguments);
// What is run at once ends with what a hypothesis is about. False: it is run as it is.
bool runs_with_tail(void *context, Task *task, const External *external, const Value *arguments);
// ---- back in induction.c ----
const CoreExpression *subject_of(const CoreSpec *spec);
const CoreExpression *returns_of(const CoreSpec *spec); // which has a subject
const CoreExpression *find_head(const CoreExpression *subject);
bool has_only_the_world(const Engine *engine, const CoreExpression *subject);
// The application at the end of what does nothing before it; *recursive: the innermost LET_REC around it. NULL: there is none.
const CoreExpression *last_application(const CoreExpression *node, const CoreExpression **recursive);
bool is_at_end(const Task *task); // whether what is applied now is all that is left to be run
Value ask_hypothesis(Engine *engine, Object *function, const Value *arguments);
// What the head is applied to where the subject is run for these parameters of the spec; NULL: it is not found.
const Object *arguments_of_head(Engine *engine, const CoreExpression *head, Value subject);
bool holds_resource(const Object *arguments);
// What the spec says is returned, when the loop has gathered what is among the arguments. NULL: what is opaque.
Value generalised(Engine *engine, const Value *arguments, Value returned);
bool apply_for_hypothesis(void *context, const CoreExpression *lambda, const Value **arguments, Value *value);
// As far as it can be told without another case.
bool is_surely_same(Engine *engine, Value left, Value right);

// ---- turns.c ----
bool takes_turns(Arena *arena, const CoreProgram *program, const CoreDefinition *from);

// ---- describe.c ----
const char *describe_value(Engine *engine, Value value);
const char *describe_operation(Engine *engine, const External *external, const Value *arguments);
unsigned count_switches(const Engine *engine); // of what was recorded
void record_event(Engine *engine, SpecEventKind kind, const Task *task, const char *text, Span place);
// Fills the engine's failure, and stops the run.
_Noreturn void fail(Engine *engine, const char *message, Span step, const char *expected, const char *actual, Span place, const char *hint);

// ---- explore.c ----
typedef struct Explored {
    size_t classes, schedules;
    bool is_bounded;
    size_t sampled; // at random, behind the bound
} Explored;
// Which answer is delivered next: among those that can be, in the order in which they were asked.
typedef Vector(uint32_t) Choices;
// Every schedule of the subject, which has been started. False: one was stopped by a failure or a doubt, and `failing` is its choices.
bool explore(Engine *engine, Explored *explored, Choices *failing);
// One schedule; after `choices` the first answer each time. False: it fails.
bool run_schedule(Engine *engine, const Choices *choices);
// So many answers more have been given, or as much was done; and whether that is more than there may be: then the run is given up.
void add_answers(Engine *engine, uint64_t count);
void check_answers(Engine *engine);
// Ends the check if whoever asked for it has had enough; not while a failure is told.
void look_up(Engine *engine);
// Runs until every task waits. False: the run has ended, or was stopped.
bool run_on(Engine *engine);
Pending *nth_answer(const Engine *engine, uint32_t index); // of those that can be delivered; NULL: there are fewer

// Starts the subject anew; false: it was stopped at once.
typedef bool StartSubject(void *context);

// ---- sample_schedules.c ----
// So many schedules, by the seed of the options. False: one was stopped by a failure or a doubt, and `failing` is its choices.
bool sample_schedules(Engine *engine, StartSubject *start, void *context, size_t count, Explored *explored, Choices *failing);

// ---- shorten.c ----
// The failing schedule that is easiest to follow, in place of `failing`.
bool shorten_schedule(Engine *engine, StartSubject *start, void *context, Choices *failing);

#endif
