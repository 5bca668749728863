// fx run --replay: the machine in a world that answers what a recording says, in the order in which it was delivered (docs/record.md). Calls are
// counted as they are made; what was recorded of call i is the answer to call i. The machine decides everything else again, the same way.
//
// Pure functions are called as ever, and what is printed is printed; nothing else of the real world is touched.

#include "real_world.h"
#include "recording.h"
#include "transcript.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_DEPARTED = 1 };

typedef struct RecordedWorld {
    WorldJob job;
    World *world;
    Driver real;
    Recording recording;
    const char *path;
    SourceNames names;
    uint64_t asked, timeouts;
    uint64_t time;          // the latest that the recording has told
    size_t next_arrival, next_starting;
    Request **pending;      // by call, below recording.count
    Request **timers;       // by time-out
    Vector(uint64_t) behind; // calls whose task went behind the others, not yet delivered
    Table resources;        // from a runtime's object to its number
    Vector(fx_value) made;  // by number: what stands for what the world had made
    Transcript *transcript; // NULL: nobody wants one
} RecordedWorld;

// What request->driver points to: of a call, or a time-out.
typedef struct RecordedRequest {
    uint64_t number;
    const External *external; // NULL: a time-out
} RecordedRequest;

static uint64_t number_of_request(const Request *request) { return ((const RecordedRequest *)request->driver)->number; }

static void set_number(RecordedWorld *recorded, Request *request, uint64_t number, const External *external) {
    RecordedRequest *about = NEW(recorded->recording.arena, RecordedRequest);
    *about = (RecordedRequest){number, external};
    request->driver = about;
}

// ---- saying where the program departs ----

static _Noreturn void end_replay(RecordedWorld *recorded, const Task *task, const RecordedLine *line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static void end_replay(RecordedWorld *recorded, const Task *task, const RecordedLine *line, const char *format, ...) {
    Machine *machine = recorded->world->machine;
    Builder text = builder_in(machine->arena);
    va_list arguments;
    fx_flush(recorded->world->rt);
    va_start(arguments, format);
    build_format_list(&text, format, arguments);
    va_end(arguments);
    if (line) fprintf(stderr, "%s:%zu: %s\n  recorded: %.*s\n", recorded->path, line->order, builder_string(&text), (int)line->whole.length, line->whole.bytes);
    else fprintf(stderr, "%s: %s\n", recorded->path, builder_string(&text));
    if (task) fputs(make_fault(machine, task, NULL, "")->trace, stderr);
    fflush(NULL);
    _exit(STATUS_DEPARTED);
}

// ---- what the world had made ----

static const fx_resource_type recorded_type = {"recorded", 2, NULL};

static bool is_recorded(const Resource *resource) {
    return resource->kind == RESOURCE_FOREIGN && fx_object_of(resource->foreign)->fields[0] == (fx_value)(intptr_t)&recorded_type;
}

static uint64_t number_of(void *context, const Resource *resource) {
    RecordedWorld *recorded = context;
    const void *key = resource->kind == RESOURCE_FOREIGN ? (const void *)fx_object_of(resource->foreign) : resource;
    if (is_recorded(resource)) return (uint64_t)fx_object_of(resource->foreign)->fields[1];
    uintptr_t number = (uintptr_t)table_get(&recorded->resources, key);
    if (number) return number;
    vector_push(recorded->recording.arena, &recorded->made, 0);
    table_put(&recorded->resources, key, (void *)(uintptr_t)recorded->made.count);
    return recorded->made.count;
}

static Value resource_of(void *context, Type *type, uint64_t number) {
    RecordedWorld *recorded = context;
    fx_runtime *rt = recorded->world->rt;
    while (recorded->made.count < number) vector_push(recorded->recording.arena, &recorded->made, 0);
    fx_value *made = &recorded->made.items[number - 1];
    if (!*made) {
        fx_object *object = fx_resource_make(rt, &recorded_type);
        object->fields[1] = (fx_value)number;
        *made = fx_value_of(object);
    }
    fx_dup(*made);
    Resource *resource = make_resource(recorded->world->machine, RESOURCE_FOREIGN, type->data);
    resource->foreign = *made;
    return resource_value(resource);
}

// ---- calls ----

static const char *print_step(RecordedWorld *recorded, const External *external, const Value *arguments) {
    Machine *machine = recorded->world->machine;
    Builder step = builder_in(machine->arena);
    build_format(&step, "%s.%s", external->operation ? external->operation->effect->name : external->definition->module,
                 external->operation ? external->operation->name : external->definition->name);
    for (size_t i = 0; i < external->arguments.count; i++) {
        build_byte(&step, ' ');
        print_source(machine, &step, &recorded->names, external->arguments.items[i], arguments[i], true);
    }
    return builder_string(&step);
}

static void note_made(RecordedWorld *recorded, Value value) {
    if (value.kind == VALUE_RESOURCE) {
        Builder name = builder_in(recorded->recording.arena);
        for (const char *at = value.resource->data->name; *at; at++) build_byte(&name, (char)tolower((unsigned char)*at));
        build_format(&name, "_%llu", (unsigned long long)number_of(recorded, value.resource));
        transcribe_made(recorded->transcript, builder_string(&name), value.resource->data);
    }
    for (size_t i = 0; value.kind == VALUE_DATA && i < value.object->count; i++) note_made(recorded, value.object->items[i]);
}

static Value read_answer(RecordedWorld *recorded, const RecordedLine *line, Type *type) {
    Value value;
    const char *at = line->answer;
    recorded->time = line->time > recorded->time ? line->time : recorded->time;
    if (!parse_source(recorded->world->machine, &recorded->names, type, &at, &value))
        end_replay(recorded, NULL, line, "this answer cannot be read");
    if (recorded->transcript && line->kind == RECORDED_ANSWER) {
        transcribe_answer(recorded->transcript, line->number, (Text){line->answer, (size_t)(at - line->answer)});
        note_made(recorded, value);
    }
    if (recorded->transcript && line->kind == RECORDED_PURE) {
        Symbol step = symbol_of_text(recorded->world->machine->symbols, line->step);
        transcribe_pure(recorded->transcript, step, (Text){line->answer, (size_t)(at - line->answer)});
    }
    return value;
}

static const char *read_message(RecordedWorld *recorded, const RecordedLine *line) {
    Machine *machine = recorded->world->machine;
    Builder message = builder_in(machine->arena);
    build_text(&message, text_in(read_answer(recorded, line, data_type(machine->arena, machine->program->builtins->string_type, &(Types){0}))));
    return builder_string(&message);
}

static bool answers_for_world(const External *external) {
    if (external->operation) return true;
    Type *type = resolve_type(external->definition->type);
    while (type->kind == TYPE_FUNCTION) type = resolve_type(type->right);
    for (Type *row = resolve_type(type->right); row->kind == TYPE_EFFECT; row = resolve_type(row->right))
        if (row->effect && row->effect->kind == EFFECT_EXTERN) return true;
    return false;
}

static bool is_output(const External *external) {
    static const char *const outputs[] = {"fx_console_write", "fx_console_print", "fx_console_print_line", "fx_console_error_line"};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (strcmp(external->symbol, outputs[i]) == 0) return true;
    return strncmp(external->symbol, "fx_log_", 7) == 0;
}

static Performed recorded_call(void *context, Machine *machine, External *external, const Value *arguments, Value *value, const char **message) {
    RecordedWorld *recorded = context;
    bool takes_recorded = false;
    for (size_t i = 0; i < external->arguments.count; i++)
        takes_recorded |= arguments[i].kind == VALUE_RESOURCE && is_recorded(arguments[i].resource);
    if (!takes_recorded) return recorded->real.call(recorded->real.context, machine, external, arguments, value, message);
    const char *step = print_step(recorded, external, arguments);
    for (size_t i = 0; i < recorded->recording.lines.count; i++) {
        const RecordedLine *line = recorded->recording.lines.items[i];
        if (line->kind != RECORDED_PURE || !text_equal(line->step, text_of(step))) continue;
        *value = read_answer(recorded, line, external->answer);
        return PERFORMED;
    }
    end_replay(recorded, NULL, NULL, "the recording does not say what this is: %s", step);
}

// ---- arrivals ----

static Request *take_pending(RecordedWorld *recorded, uint64_t number) {
    Request *request = number < recorded->recording.count ? recorded->pending[number] : NULL;
    if (request) recorded->pending[number] = NULL;
    return request;
}

// What comes from outside comes now: true, something did.
static bool arrive(RecordedWorld *recorded, RecordedLine *line) {
    Machine *machine = recorded->world->machine;
    bool is_timer = line->kind == RECORDED_EXPIRED;
    line->is_done = true;
    recorded->time = line->time > recorded->time ? line->time : recorded->time;
    if (line->kind == RECORDED_SIGNAL) {
        if (recorded->transcript) transcribe_signal(recorded->transcript, line->time);
        end_machine(machine, 128 + (int)line->number, NULL);
        return true;
    }
    Request *request = is_timer ? NULL : take_pending(recorded, line->number);
    if (is_timer && line->number < recorded->recording.count && (request = recorded->timers[line->number])) {
        recorded->timers[line->number] = NULL;
        if (recorded->transcript) transcribe_decision(recorded->transcript, request->scope, 1);
        machine_expire(machine, request);
    } else if (line->kind == RECORDED_CANCELLED && request) machine_withdraw(machine, request, line->turn);
    else if (request) machine_answer(machine, request, line->turn);
    return request;
}

static bool deliver_behind(RecordedWorld *recorded) {
    size_t count = recorded->behind.count;
    for (size_t i = 0; i < count; i++) {
        Request *request = take_pending(recorded, recorded->behind.items[i]);
        if (request) machine_answer(recorded->world->machine, request, 0);
    }
    recorded->behind.count = 0;
    return count > 0;
}

// The next turn of the loop in which something came.
static bool deliver_turn(RecordedWorld *recorded) {
    const RecordedLines *arrivals = &recorded->recording.arrivals;
    uint64_t turn = arrivals->items[recorded->next_arrival]->turn;
    bool has_delivered = false;
    while (recorded->next_arrival < arrivals->count && arrivals->items[recorded->next_arrival]->turn == turn)
        has_delivered |= arrive(recorded, arrivals->items[recorded->next_arrival++]);
    return has_delivered;
}

static _Noreturn void end_without_answer(RecordedWorld *recorded) {
    const Machine *machine = recorded->world->machine;
    const RecordedLine *line = NULL;
    for (size_t i = 0; i < recorded->recording.lines.count && !line; i++) {
        const RecordedLine *each = recorded->recording.lines.items[i];
        if (each->kind == RECORDED_ANSWER && each->number > recorded->asked) line = each;
    }
    const Task *task = machine->tasks;
    while (task && !(task->request && task->request->kind == REQUEST_WORLD)) task = task->next_task;
    if (line) end_replay(recorded, task, line, "the program waits for what was never answered, where the recording goes on");
    if (recorded->recording.end) end_replay(recorded, task, recorded->recording.end, "the program waits for what was never answered; in the recording it ended");
    end_replay(recorded, task, NULL, "the recording ends here");
}

// Between two tasks' turns: what the recording says comes next. Some task can go on then.
static bool recorded_between(World *world, MachineState state) {
    RecordedWorld *recorded = (RecordedWorld *)world->job;
    const RecordedLines *arrivals = &recorded->recording.arrivals;
    bool has_delivered = deliver_behind(recorded);
    if (state == MACHINE_READY || has_delivered) {
        const RecordedLine *next = recorded->next_arrival < arrivals->count ? arrivals->items[recorded->next_arrival] : NULL;
        if (next && next->is_crowded && next->calls <= recorded->asked && next->yields <= world->machine->yields) deliver_turn(recorded);
        return true;
    }
    while (recorded->next_arrival < arrivals->count)
        if (deliver_turn(recorded)) return true;
    end_without_answer(recorded);
}

// ---- operations ----

static void check_step(RecordedWorld *recorded, const Task *task, const RecordedLine *line, const char *step) {
    if (text_equal(line->step, text_of(step))) return;
    end_replay(recorded, task, line, "here the program departs from the recording\n  asked now: %s", step);
}

// Call `number` is being made: what it brought about for other tasks.
static void bring_about(RecordedWorld *recorded, uint64_t number) {
    for (RecordedLine *line = recorded->recording.after[number]; line; line = line->next) {
        if (line->kind == RECORDED_CANCELLED) continue; // when the program cancels it
        if (line->number != number) arrive(recorded, line);
        else vector_push(recorded->recording.arena, &recorded->behind, number);
    }
}

static Performed recorded_perform(void *context, Machine *machine, External *external, const Value *arguments, Request *request, Value *value,
                                  const char **message) {
    RecordedWorld *recorded = context;
    const Recording *recording = &recorded->recording;
    if (!answers_for_world(external)) {
        *message = "`fx run --replay` cannot run a C function that waits and names no effect";
        return external->waits ? FAULTED : recorded->real.call(recorded->real.context, machine, external, arguments, value, message);
    }
    uint64_t number = ++recorded->asked;
    const RecordedLine *line = number < recording->count ? recording->answers[number] : NULL;
    bool was_seen = line || (number < recording->count && recording->ends[number]);
    const char *step = print_step(recorded, external, arguments);
    if (recorded->transcript) transcribe_call(recorded->transcript, request->task, number, step);
    if (line) check_step(recorded, request->task, line, step);
    if (!was_seen && !external->waits) {
        if (recording->end) end_replay(recorded, request->task, recording->end, "the program goes on where the recording ended\n  asked now: %s", step);
        end_replay(recorded, request->task, NULL, "the recording ends here");
    }
    if (number < recording->count) bring_about(recorded, number);
    if (line && line->when == WHEN_FAULTED) {
        if (recorded->transcript) recorded->transcript->problem = "a call ended in a fault of its own, and no step says that";
        *message = read_message(recorded, line);
        return FAULTED;
    }
    if (line && line->when == WHEN_NOW) {
        *value = read_answer(recorded, line, external->answer);
        Value ignored;
        if (is_output(external) && !recorded->transcript) recorded->real.call(recorded->real.context, machine, external, arguments, &ignored, message);
        return PERFORMED;
    }
    set_number(recorded, request, number, external);
    if (number < recording->count) recorded->pending[number] = request;
    if (line && line->when == WHEN_BEHIND) vector_push(recording->arena, &recorded->behind, number);
    return PENDING;
}

static Performed recorded_take(void *context, Machine *machine, Request *request, Value *value, const char **message) {
    (void)machine, (void)message;
    RecordedWorld *recorded = context;
    uint64_t number = number_of_request(request);
    const RecordedLine *line = recorded->recording.answers[number], *end = recorded->recording.ends[number];
    if (!line) end_replay(recorded, request->task, end, "here the program departs from the recording: it gets an answer that was lost");
    *value = read_answer(recorded, line, ((const RecordedRequest *)request->driver)->external->answer);
    return PERFORMED;
}

static void recorded_dispose(void *context, Machine *machine, Request *request) { (void)context, (void)machine, (void)request; }

// Settled at once, unless the recording says when.
static void recorded_cancel(void *context, Request *request) {
    RecordedWorld *recorded = context;
    uint64_t number = number_of_request(request);
    const RecordedLine *line = number < recorded->recording.count ? recorded->recording.ends[number] : NULL;
    bool comes_later = line && line->when == WHEN_TURN && !line->is_done;
    if (comes_later) return;
    take_pending(recorded, number);
    machine_withdraw(recorded->world->machine, request, 0);
}

// ---- time ----

static void recorded_start_timer(void *context, Machine *machine, Request *request, uint64_t deadline) {
    (void)machine;
    RecordedWorld *recorded = context;
    uint64_t number = ++recorded->timeouts;
    if (recorded->transcript) transcribe_timer(recorded->transcript, request->scope, deadline - recorded->time);
    set_number(recorded, request, number, NULL);
    if (number >= recorded->recording.count || !recorded->recording.timeouts[number]) return;
    request->scope->deadline = recorded->recording.timeouts[number]->time;
    recorded->timers[number] = request;
}

static void recorded_stop_timer(void *context, Request *request) {
    RecordedWorld *recorded = context;
    if (number_of_request(request) < recorded->recording.count) recorded->timers[number_of_request(request)] = NULL;
}

// The time does not go on by itself, so no deadline passes but where one did.
static uint64_t recorded_now(void *context) {
    RecordedWorld *recorded = context;
    const RecordedLines *starting = &recorded->recording.starting;
    while (recorded->next_starting < starting->count && starting->items[recorded->next_starting]->turn == recorded->asked + 1) {
        const RecordedLine *line = starting->items[recorded->next_starting++];
        if (line->time > recorded->time) recorded->time = line->time;
    }
    return recorded->time;
}

static void recorded_release(void *context, Machine *machine, int64_t foreign) {
    RecordedWorld *recorded = context;
    recorded->real.release(recorded->real.context, machine, foreign);
}

static void recorded_keep(void *context, Machine *machine) {
    RecordedWorld *recorded = context;
    recorded->real.keep(recorded->real.context, machine);
}

// ---- for a transcript ----

static void watch_start(void *context, Machine *machine, Task *main) {
    (void)context;
    run_applied(machine, main, *global_value(machine, machine->program->main), machine->arguments);
}

static void watch_touch(void *context, uint64_t what, Touch how) { (void)context, (void)what, (void)how; }

static void watch_begun(void *context, Scope *scope) { transcribe_scope(((RecordedWorld *)context)->transcript, scope); }

static void watch_decided(void *context, Scope *scope, unsigned winner) { transcribe_decision(((RecordedWorld *)context)->transcript, scope, winner); }

static void watch_ended(void *context, const Task *task, Outcome outcome) { (void)context, (void)task, (void)outcome; }

static void watch_foreign(void *context, int64_t foreign) { (void)context, (void)foreign; }

// Exit is no call of the world: it has a name that no call has.
static bool watch_exit(void *context, Machine *machine, Task *task, External *external, const Value *arguments) {
    RecordedWorld *recorded = context;
    const char *step = print_step(recorded, external, arguments);
    (void)machine;
    transcribe_call(recorded->transcript, task, UINT64_MAX >> 1, step);
    transcribe_answer(recorded->transcript, UINT64_MAX >> 1, text_of("()"));
    return true;
}

static const Watcher transcriber = {watch_start, watch_touch, watch_begun, watch_decided, watch_ended, NULL, watch_foreign, watch_exit,
                                    NULL,        NULL,        NULL,        NULL,          NULL,        NULL, NULL};

// The fault that ended the run is what the spec says, and is not told again.
static void note_end(RecordedWorld *recorded, WorldJob *job, World *world) {
    Transcript *transcript = recorded->transcript;
    const Machine *machine = world->machine;
    Builder text = builder_in(transcript->arena);
    const Fault *fault = main_done(job, world);
    if (fault && machine->is_stuck) transcript->problem = "it ended in a deadlock";
    if (fault) transcript->fault = fault->message;
    const Type *answer = resolve_type(resolve_type(resolve_type(machine->program->main->type)->right)->left);
    bool is_int = answer->kind == TYPE_DATA && answer->data == machine->program->builtins->int_type;
    if (is_int) build_format(&text, "%lld", machine->is_ending ? 0 : (long long)machine->main->value.integer);
    else build_string(&text, "()");
    transcript->returned = builder_string(&text);
}

// ---- one machine, of main ----

static void start_replay(WorldJob *job, World *world) {
    RecordedWorld *recorded = (RecordedWorld *)job;
    if (job->is_done) return;
    recorded->world = world;
    recorded->real = world->driver;
    recorded->names = (SourceNames){number_of, resource_of, recorded};
    world->driver = (Driver){recorded_call, recorded_perform, recorded_cancel, recorded_take, recorded_dispose, recorded_start_timer,
                             recorded_stop_timer, recorded_now, recorded_release, recorded_keep, recorded, recorded->transcript ? &transcriber : NULL};
    world->between = recorded_between;
    start_in_world(world, NULL);
}

static void replay_ended(WorldJob *job, World *world, bool is_stuck) {
    RecordedWorld *recorded = (RecordedWorld *)job;
    const Recording *recording = &recorded->recording;
    if (recorded->transcript) note_end(recorded, job, world);
    else main_ended(job, world, is_stuck);
    for (size_t i = 0; i < recording->lines.count; i++) {
        const RecordedLine *line = recording->lines.items[i];
        if (line->kind == RECORDED_ANSWER && line->number > recorded->asked) end_replay(recorded, NULL, line, "the program has ended, where the recording goes on");
    }
    if (recording->end && recording->end->number != (uint64_t)world->status)
        end_replay(recorded, NULL, recording->end, "the program has ended with status %d", world->status);
    for (size_t i = 0; i < recorded->made.count; i++)
        if (recorded->made.items[i]) fx_drop(world->rt, recorded->made.items[i]);
}

static int replay(Compilation *compilation, const CoreProgram *program, const char *path, Text recording, const char *name, Transcript *transcript) {
    Arena *arena = compilation->arena;
    RecordedWorld recorded = {.job = {start_replay, replay_ended, false, false}, .path = path, .resources = table_in(arena), .transcript = transcript};
    size_t line;
    int count = 0;
    const char *problem = read_recording(arena, recording, &recorded.recording, &line);
    char **arguments = problem ? NULL : read_arguments(&recorded.recording, name, &count);
    if (!problem && !arguments) problem = "its arguments cannot be read", line = 3;
    if (problem) {
        fprintf(stderr, "%s:%zu: %s\n", path, line, problem);
        return STATUS_DEPARTED;
    }
    if (transcript) transcript->arguments = recorded.recording.arguments;
    recorded.pending = NEW_ARRAY(arena, Request *, recorded.recording.count);
    recorded.timers = NEW_ARRAY(arena, Request *, recorded.recording.count);
    return run_in_world(compilation, program, &recorded.job, count, arguments);
}

int replay_program(Compilation *compilation, const CoreProgram *program, const char *path, Text recording, const char *name) {
    return replay(compilation, program, path, recording, name, NULL);
}

Transcript *transcribe_program(Compilation *compilation, const CoreProgram *program, const char *path, Text recording, const char *name) {
    Transcript *transcript = NEW(compilation->arena, Transcript);
    transcript->arena = compilation->arena;
    transcript->calls = transcript->scopes = table_in(compilation->arena);
    int status = replay(compilation, program, path, recording, name, transcript);
    return transcript->returned || status == 0 ? transcript : NULL;
}
