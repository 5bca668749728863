// The thread pool: a queue of ours in front of libuv's threads, as wide as they are many (C7, C10).

#include <stdio.h>
#include <stdlib.h>
#include "runtime.h"

enum { LEAST_THREADS = 4, MOST_THREADS = 1024 };
enum { JOB_NEW, JOB_QUEUED, JOB_RUNNING, JOB_WANTS_DESCRIPTOR };

typedef struct Slot {
    uv_work_t work;
    fx_runtime *rt;
    fx_job *job; // NULL: free
    struct Slot *next_free;
} Slot;

struct fx_pool {
    fx_queue queue;
    Slot *free;
    unsigned width;
    Slot slots[];
};

static unsigned find_width(void) {
    char text[16];
    size_t size = sizeof text;
    long width = uv_os_getenv("UV_THREADPOOL_SIZE", text, &size) == 0 ? strtol(text, NULL, 10) : 0;
    if (width <= 0) width = uv_available_parallelism() < LEAST_THREADS ? LEAST_THREADS : uv_available_parallelism();
    return (unsigned)(width > MOST_THREADS ? MOST_THREADS : width);
}

// libuv reads the number of its threads from the environment when it is given its first work.
static void tell_libuv(unsigned width) {
    char text[16];
    snprintf(text, sizeof text, "%u", width);
    uv_os_setenv("UV_THREADPOOL_SIZE", text);
}

static void make_pool(fx_runtime *rt) {
    unsigned width = find_width();
    fx_pool *pool = fx_memory(rt, sizeof *pool + width * sizeof(Slot));
    memset(pool, 0, sizeof *pool + width * sizeof(Slot));
    pool->width = width;
    for (unsigned i = 0; i < width; i++) {
        pool->slots[i].rt = rt;
        pool->slots[i].next_free = pool->free;
        pool->free = &pool->slots[i];
    }
    tell_libuv(width);
    rt->internals->pool = pool;
}

void fx_pool_free(fx_runtime *rt) { free(rt->internals->pool); }

static void do_work(uv_work_t *work) {
    fx_job *job = ((Slot *)work)->job;
    job->work(job);
}

static void work_done(uv_work_t *work, int status);

static void start_next(fx_runtime *rt) {
    fx_pool *pool = rt->internals->pool;
    while (pool->free && pool->queue.first) {
        Slot *slot = pool->free;
        pool->free = slot->next_free;
        slot->job = (fx_job *)fx_dequeue(&pool->queue);
        slot->job->state = JOB_RUNNING;
        uv_queue_work(&rt->internals->loop, &slot->work, do_work, work_done);
    }
}

static void submit(fx_runtime *rt, fx_job *job) {
    fx_pool *pool = rt->internals->pool;
    job->state = JOB_QUEUED;
    fx_enqueue(&pool->queue, &job->request);
    start_next(rt);
}

static void finish(fx_runtime *rt, fx_job *job) {
    if (job->flags & FX_JOB_KEEPS_DESCRIPTOR && job->code < 0) fx_descriptor_give(rt);
    fx_finish(rt, &job->request, job->answer(rt, job));
}

// A token has come (or none will): for a job that keeps a descriptor, or that was refused one.
static void descriptor_came(fx_runtime *rt, fx_request *request, bool granted) {
    fx_job *job = (fx_job *)request;
    if (granted) {
        if (!(job->flags & FX_JOB_KEEPS_DESCRIPTOR)) rt->internals->descriptors_used--;
        submit(rt, job);
        return;
    }
    job->code = UV_EMFILE;
    fx_finish(rt, request, job->answer(rt, job));
}

static bool must_try_again(const fx_job *job) {
    bool opens = job->flags & (FX_JOB_KEEPS_DESCRIPTOR | FX_JOB_PASSES_DESCRIPTOR);
    return opens && (job->code == UV_EMFILE || job->code == UV_ENFILE);
}

static void work_done(uv_work_t *work, int status) {
    Slot *slot = (Slot *)work;
    fx_pool *pool = slot->rt->internals->pool;
    fx_job *job = slot->job;
    bool asked = job->request.object.counted & REQUEST_ASKED;
    slot->job = NULL;
    slot->next_free = pool->free;
    pool->free = slot;
    if (status == UV_ECANCELED || (asked && must_try_again(job))) {
        if (job->flags & FX_JOB_KEEPS_DESCRIPTOR) fx_descriptor_give(slot->rt);
        fx_withdrawn(slot->rt, &job->request);
    } else if (must_try_again(job)) {
        job->state = JOB_WANTS_DESCRIPTOR;
        if (!(job->flags & FX_JOB_KEEPS_DESCRIPTOR)) slot->rt->internals->descriptors_used++; // given back by fx_descriptor_refused
        fx_descriptor_refused(slot->rt, &job->request, descriptor_came);
    } else {
        bool passed = job->flags & FX_JOB_PASSES_DESCRIPTOR;
        finish(slot->rt, job);
        if (passed) fx_descriptor_passed(slot->rt);
    }
    start_next(slot->rt);
}

fx_answer fx_job_run(fx_runtime *rt, fx_job *job) {
    if (!rt->internals->pool) make_pool(rt);
    fx_answer answer = fx_wait(rt, &job->request);
    if (!(job->flags & FX_JOB_KEEPS_DESCRIPTOR) || fx_descriptor_try(rt)) submit(rt, job);
    else {
        job->state = JOB_WANTS_DESCRIPTOR;
        fx_descriptor_wait(rt, &job->request, descriptor_came);
    }
    return answer;
}

static Slot *slot_of(fx_pool *pool, const fx_job *job) {
    for (unsigned i = 0; i < pool->width; i++)
        if (pool->slots[i].job == job) return &pool->slots[i];
    return NULL;
}

void fx_job_cancel(fx_runtime *rt, fx_request *request) {
    fx_job *job = (fx_job *)request;
    if (job->state == JOB_RUNNING) {
        if (uv_cancel((uv_req_t *)&slot_of(rt->internals->pool, job)->work) == 0) return; // C7: settled in work_done
        if (job->flags & FX_JOB_ABANDONABLE) fx_abandon(rt, request);
        return;
    }
    bool has_token = job->state == JOB_QUEUED && job->flags & FX_JOB_KEEPS_DESCRIPTOR;
    fx_unqueue(request);
    if (has_token) fx_descriptor_give(rt);
    fx_withdrawn(rt, request);
}
