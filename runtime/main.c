// A program from its start to its exit status (R21, R22).

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "runtime.h"

typedef struct Whole {
    fx_runtime runtime;
    struct fx_internals internals;
} Whole;

static double number_of(const char *name, double otherwise) {
    const char *text = getenv(name);
    char *end = NULL;
    double number = text ? strtod(text, &end) : otherwise;
    return text && (end == text || !(number >= 0 && number < 1e9)) ? otherwise : number;
}

static fx_runtime *open_runtime(const fx_program *program, int argument_count, char **arguments) {
    Whole *whole = calloc(1, sizeof *whole);
    if (!whole) return NULL;
    fx_runtime *rt = &whole->runtime;
    struct fx_internals *internals = &whole->internals;
    rt->internals = internals;
    rt->program = program;
    rt->infos = program->infos;
    internals->larges.next = internals->larges.previous = &internals->larges;
    internals->argument_count = argument_count;
    internals->arguments = arguments;
    internals->release_time = (uint64_t)(number_of("FX_RELEASE_SECONDS", 5) * 1e9);
    internals->exhausted.message = "memory exhausted";
    fx_walk_open(rt);
    fx_descriptors_open(rt); // before all others are opened
    uv_loop_init(&internals->loop);
    uv_timer_init(&internals->loop, &internals->wake);
    fx_signals_open(rt);
    rt->globals = fx_memory(rt, (program->global_count + 1) * sizeof *rt->globals);
    memset(rt->globals, 0, (program->global_count + 1) * sizeof *rt->globals);
    fx_open_environments(rt);
    return rt;
}

static fx_value list_arguments(fx_runtime *rt) {
    fx_value list = FX_NIL;
    for (int i = rt->internals->argument_count; i-- > 1;)
        list = fx_cons_take(rt, FX_COUNTED, fx_string_of(rt, rt->internals->arguments[i]), list);
    return list;
}

static fx_answer begin_main(fx_runtime *rt, void *context) {
    (void)context;
    if (rt->program->start) rt->program->start(rt);
    return rt->program->main(rt, list_arguments(rt));
}

static void drop_globals(fx_runtime *rt) {
    const fx_program *program = rt->program;
    for (unsigned i = 0; i < program->global_count; i++)
        if (program->global_is_counted[i] && rt->globals[i]) fx_drop(rt, rt->globals[i]);
    free(rt->globals);
}

// Abandoned jobs are given the time that releases have, when emptiness is asked for.
static void await_abandoned(fx_runtime *rt) {
    uint64_t limit = fx_release_limit(rt);
    while (rt->internals->jobs_abandoned && fx_now() < limit) {
        uv_run(&rt->internals->loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
}

static int clamp_status(fx_value status) { return status < 0 || status > 255 ? 255 : (int)status; }

// How main's task ended says the status, unless something has ended the whole program.
static int take_outcome(fx_runtime *rt) {
    struct fx_internals *internals = rt->internals;
    fx_task *root = internals->root;
    fx_fault_record *fault = internals->ending ? internals->fault : root->unwinding == OUTCOME_FAULT ? root->fault : NULL;
    int status = internals->ending ? internals->status : fault ? 70 : rt->program->main_answers_status ? clamp_status(root->value) : 0;
    if (internals->ending && root->unwinding == OUTCOME_FAULT) fx_fault_suppress(rt, fault, root->fault);
    fx_flush(rt);
    if (fault) fx_fault_print(rt, fault);
    fx_fault_free(rt, fault);
    fx_task_free(rt, root);
    return status;
}

static int close_runtime(fx_runtime *rt, int status) {
    struct fx_internals *internals = rt->internals;
    const char *asked = getenv("FX_CHECK");
    bool check = asked && strcmp(asked, "1") == 0 && !internals->forced;
    fx_signals_close(rt); // from here on no task is left that a signal could cancel: it ends the process
    drop_globals(rt);
    fx_drop_spare_handle(rt);
    fx_close_libraries(rt);
    if (check) await_abandoned(rt);
    if (internals->jobs_abandoned) _exit(status); // their threads may never end
    fx_loop_close(rt);
    if (check && !fx_check_emptiness(rt)) status = 71;
    fx_free_libraries(rt);
    fx_pool_free(rt);
    fx_timers_free(rt);
    fx_free_environments(rt);
    free(internals->spare_record);
    fx_heap_free(rt);
    fx_walk_close(rt);
    free(rt);
    return status;
}

int fx_run_program(const fx_program *program, int argument_count, char **arguments) {
    fx_runtime *rt = open_runtime(program, argument_count, arguments);
    if (!rt) return 70;
    fx_stack_watch(rt);
    if (program->is_observed) fx_observe_open(rt);
    rt->internals->root = fx_task_make(rt, NULL);
    fx_start_inline(rt, rt->internals->root, begin_main, NULL);
    fx_loop_run(rt);
    int status = take_outcome(rt);
    fx_observe_close(rt, status);
    fx_stack_watch(NULL);
    return close_runtime(rt, status);
}

typedef struct Run {
    const fx_program *program;
    int argument_count;
    char **arguments;
    int status;
} Run;

static void run(void *context) {
    Run *job = context;
    job->status = fx_run_program(job->program, job->argument_count, job->arguments);
}

int fx_main(const fx_program *program, int argument_count, char **arguments) {
    Run job = {program, argument_count, arguments, 70};
    fx_stack_run(run, &job);
    return job.status;
}
