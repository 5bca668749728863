// The thread pool (C7, C10, R27).
//
// What no thread has taken yet stands in a queue of the loop, where cancelling is free. Threads are begun as they are needed, up to the pool's
// width; beyond it when all of them seem to be stuck, so that a few reads that never end do not stop all others. One that has had nothing to do for
// a while ends: calls of the system cost more in a process of several threads.

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include "runtime.h"

enum { LEAST_THREADS = 4, MOST_THREADS = 1024, MOST_STUCK = 256, STACK_SIZE = 512 << 10 };
enum { AHEAD = 16 }; // jobs given for each thread: one that ends a job finds the next without waiting for the loop
enum { STALL = 100000000 }; // nanoseconds without an end of any job: another thread is begun
enum { IDLE_SECONDS = 1 }; // then a thread ends
enum { UNSEEN = 1000000 };  // nanoseconds for which ends of jobs may wait to be told together
enum { JOB_NEW, JOB_QUEUED, JOB_GIVEN, JOB_WANTS_DESCRIPTOR };

typedef struct Thread {
    struct fx_pool *pool;
    pthread_t handle;
    struct Thread *next;
    bool has_ended; // or is about to: it waits for nothing more. With the lock held
} Thread;

struct fx_pool {
    fx_runtime *rt;
    uv_async_t wake;   // of the loop, when jobs have ended
    fx_queue queue;    // the loop's: jobs that wait for a thread
    fx_timer stall, look; // look: at what has ended and was not told
    size_t width, given;  // width: of threads, written with the lock held; given: to them, and not yet back
    uint64_t ended, ended_at_stall;
    Thread *threads;      // all that were begun and not joined yet

    pthread_mutex_t lock; // for what follows
    pthread_cond_t given_some;
    size_t living;                    // of the threads
    fx_job *first_given, *last_given; // not yet taken
    size_t untaken;                   // how many those are
    fx_job *first_ended;              // for the loop, newest first
    bool told;                        // the loop will look at them
    bool is_eager;                    // each end is told; else when few jobs are left to be taken, for the loop looks by itself
    bool closing;
};

// ---- in a thread ----

// A job, or NULL: none is given and none will be, or none was for a while.
static fx_job *take_job(fx_pool *pool) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    int code = 0;
    while (!pool->first_given && !pool->closing && !code) code = pthread_cond_clockwait(&pool->given_some, &pool->lock, CLOCK_MONOTONIC, &until);
    fx_job *job = pool->first_given;
    if (!job) return NULL;
    pool->first_given = job->next;
    if (!job->next) pool->last_given = NULL;
    pool->untaken--;
    return job;
}

// With the lock held, which is let go while the job works.
static void run_job(fx_pool *pool, fx_job *job) {
    pthread_mutex_unlock(&pool->lock);
    job->work(job);
    pthread_mutex_lock(&pool->lock);
    job->next = pool->first_ended;
    pool->first_ended = job;
    if (pool->told || !(pool->is_eager || pool->untaken < pool->width)) return;
    pool->told = true;
    uv_async_send(&pool->wake);
}

static void *run_jobs(void *context) {
    Thread *thread = context;
    fx_pool *pool = thread->pool;
    fx_job *job;
    pthread_mutex_lock(&pool->lock);
    while ((job = take_job(pool))) run_job(pool, job);
    pool->living--;
    thread->has_ended = true;
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

// ---- opening and closing ----

static size_t find_width(void) {
    const char *text = getenv("UV_THREADPOOL_SIZE");
    long width = text ? strtol(text, NULL, 10) : 0;
    if (width <= 0) width = uv_available_parallelism() < LEAST_THREADS ? LEAST_THREADS : uv_available_parallelism();
    return (size_t)(width > MOST_THREADS ? MOST_THREADS : width);
}

static void jobs_ended(uv_async_t *wake);

static void make_pool(fx_runtime *rt) {
    size_t width = find_width();
    fx_pool *pool = fx_memory(rt, sizeof *pool);
    *pool = (fx_pool){.rt = rt, .width = width, .lock = PTHREAD_MUTEX_INITIALIZER, .given_some = PTHREAD_COND_INITIALIZER, .is_eager = true};
    uv_async_init(&rt->internals->loop, &pool->wake, jobs_ended);
    pool->wake.data = pool;
    rt->internals->pool = pool;
}

// Joins those that have ended; at the end all of them.
static void join_threads(fx_pool *pool, bool all) {
    for (Thread **link = &pool->threads, *thread; (thread = *link);) {
        pthread_mutex_lock(&pool->lock);
        bool has_ended = thread->has_ended;
        pthread_mutex_unlock(&pool->lock);
        if (!all && !has_ended) {
            link = &thread->next;
            continue;
        }
        *link = thread->next;
        pthread_join(thread->handle, NULL);
        free(thread);
    }
}

// Signals are for the program's own thread.
static bool start(Thread *thread) {
    pthread_attr_t attributes;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    bool begun = pthread_create(&thread->handle, &attributes, run_jobs, thread) == 0;
    pthread_attr_destroy(&attributes);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return begun;
}

// False: the system gives no more. With the lock not held.
static bool begin_thread(fx_pool *pool) {
    join_threads(pool, false);
    Thread *thread = malloc(sizeof *thread);
    if (!thread) return false;
    *thread = (Thread){.pool = pool, .next = pool->threads};
    pthread_mutex_lock(&pool->lock);
    bool begun = start(thread);
    pool->living += begun;
    pthread_mutex_unlock(&pool->lock);
    if (begun) pool->threads = thread;
    else free(thread);
    return begun;
}

// No job is left. The handle is closed before the loop.
void fx_pool_close(fx_runtime *rt) {
    fx_pool *pool = rt->internals->pool;
    if (!pool) return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->given_some);
    pthread_mutex_unlock(&pool->lock);
    join_threads(pool, true);
    fx_timer_stop(rt, &pool->look);
    fx_timer_stop(rt, &pool->stall);
    uv_close((uv_handle_t *)&pool->wake, NULL);
}

void fx_pool_free(fx_runtime *rt) { free(rt->internals->pool); }

// ---- giving jobs to threads ----

// No thread at all is to be had: the loop does the work itself.
static void run_here(fx_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    fx_job *job = take_job(pool);
    run_job(pool, job);
    pthread_mutex_unlock(&pool->lock);
}

static void give(fx_pool *pool, fx_job *job) {
    job->state = JOB_GIVEN;
    pool->given++;
    pthread_mutex_lock(&pool->lock);
    job->next = NULL;
    if (pool->last_given) pool->last_given->next = job;
    else pool->first_given = job;
    pool->last_given = job;
    pool->untaken++;
    size_t living = pool->living;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_signal(&pool->given_some); // not with the lock held: the thread would wake only to wait for that
    bool more_threads = pool->given > living && living < pool->width;
    if (more_threads && !begin_thread(pool) && living == 0) run_here(pool);
}

// Whether a job may have no thread.
static bool is_behind(const fx_pool *pool) { return pool->queue.first || pool->given > pool->width; }

static void stalled(fx_runtime *rt, fx_timer *timer);

static void give_some(fx_pool *pool) {
    while (pool->given < pool->width * AHEAD && pool->queue.first) give(pool, (fx_job *)fx_dequeue(&pool->queue));
    if (!is_behind(pool)) fx_timer_stop(pool->rt, &pool->stall);
    else if (!pool->stall.place) {
        pool->ended_at_stall = pool->ended;
        fx_timer_start(pool->rt, &pool->stall, fx_now() + STALL, stalled);
    }
}

static void stalled(fx_runtime *rt, fx_timer *timer) {
    (void)timer;
    fx_pool *pool = rt->internals->pool;
    if (pool->ended == pool->ended_at_stall && pool->width < MOST_STUCK) {
        pthread_mutex_lock(&pool->lock); // threads read it
        pool->width++;
        pthread_mutex_unlock(&pool->lock);
        begin_thread(pool);
    }
    give_some(pool);
}

static void submit(fx_runtime *rt, fx_job *job) {
    job->state = JOB_QUEUED;
    fx_enqueue(&rt->internals->pool->queue, &job->request);
    give_some(rt->internals->pool);
}

// ---- descriptors for jobs ----

// How many tokens it holds while it works.
static size_t tokens_of(const fx_job *job) { return job->flags & FX_JOB_KEEPS_DESCRIPTOR ? 1u + job->more_descriptors : 0; }

static void give_tokens(fx_runtime *rt, size_t count) {
    while (count-- > 0) fx_descriptor_give(rt);
}

// A token has come (or none will): for a job that keeps a descriptor, or that was refused one. One that wants more of them than there are
// stays the first to be asked.
static void descriptor_came(fx_runtime *rt, fx_request *request, bool granted) {
    fx_job *job = (fx_job *)request;
    if (!granted) {
        job->code = UV_EMFILE;
        fx_finish(rt, request, job->answer(rt, job));
        return;
    }
    rt->internals->descriptors_used--;
    if (fx_descriptors_take(rt, tokens_of(job))) submit(rt, job);
    else {
        request->resume = descriptor_came;
        fx_set_aside(rt, request);
        fx_enqueue_first(&rt->internals->descriptor_queue, request);
    }
}

static bool was_refused(const fx_job *job) {
    bool opens = job->flags & (FX_JOB_KEEPS_DESCRIPTOR | FX_JOB_PASSES_DESCRIPTOR);
    return opens && (job->code == UV_EMFILE || job->code == UV_ENFILE);
}

static void try_again(fx_runtime *rt, fx_job *job) {
    job->state = JOB_WANTS_DESCRIPTOR;
    size_t tokens = tokens_of(job);
    if (tokens) give_tokens(rt, tokens - 1);
    else rt->internals->descriptors_used++; // one is given back by fx_descriptor_refused
    fx_descriptor_refused(rt, &job->request, descriptor_came);
}

// ---- ends of jobs ----

static void finish(fx_runtime *rt, fx_job *job) {
    bool asked = job->request.object.counted & REQUEST_ASKED, passed = job->flags & FX_JOB_PASSES_DESCRIPTOR;
    if (was_refused(job) && !asked) {
        try_again(rt, job);
        return;
    }
    if (job->code < 0) give_tokens(rt, tokens_of(job));
    if (was_refused(job)) fx_withdrawn(rt, &job->request);
    else fx_finish(rt, &job->request, job->answer(rt, job));
    if (passed) fx_descriptor_passed(rt);
}

// In the order in which they ended. If there are any the loop looks again soon.
static fx_job *take_ended(fx_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    fx_job *newest_first = pool->first_ended, *job = NULL;
    pool->first_ended = NULL;
    pool->told = false;
    pool->is_eager = !newest_first;
    pthread_mutex_unlock(&pool->lock);
    while (newest_first) {
        fx_job *next = newest_first->next;
        newest_first->next = job;
        job = newest_first;
        newest_first = next;
    }
    return job;
}

static void look_again(fx_runtime *rt, fx_timer *timer);

static void finish_ended(fx_pool *pool) {
    fx_job *job = take_ended(pool);
    if (job) fx_timer_start(pool->rt, &pool->look, fx_now() + UNSEEN, look_again);
    for (fx_job *next; job; job = next) {
        next = job->next;
        pool->given--;
        pool->ended++;
        finish(pool->rt, job);
    }
    give_some(pool);
    if (pool->given) return;
    fx_timer_stop(pool->rt, &pool->look);
    pthread_mutex_lock(&pool->lock);
    pool->is_eager = true;
    pthread_mutex_unlock(&pool->lock);
}

static void look_again(fx_runtime *rt, fx_timer *timer) {
    (void)timer;
    finish_ended(rt->internals->pool);
}

static void jobs_ended(uv_async_t *wake) { finish_ended(wake->data); }

// ---- what operations call ----

fx_answer fx_job_run(fx_runtime *rt, fx_job *job) {
    if (!rt->internals->pool) make_pool(rt);
    fx_answer answer = fx_wait(rt, &job->request);
    size_t tokens = tokens_of(job);
    if (!tokens || (!rt->internals->descriptor_queue.first && fx_descriptors_take(rt, tokens))) submit(rt, job);
    else {
        job->state = JOB_WANTS_DESCRIPTOR;
        fx_descriptor_wait(rt, &job->request, descriptor_came);
    }
    return answer;
}

// Whether no thread had taken it yet: then none will.
static bool take_back(fx_pool *pool, fx_job *job) {
    fx_job *before = NULL;
    pthread_mutex_lock(&pool->lock);
    fx_job *each = pool->first_given;
    for (; each && each != job; each = each->next) before = each;
    if (each) {
        if (before) before->next = job->next;
        else pool->first_given = job->next;
        if (pool->last_given == job) pool->last_given = before;
        pool->untaken--;
    }
    pthread_mutex_unlock(&pool->lock);
    if (each) pool->given--;
    return each;
}

void fx_job_cancel(fx_runtime *rt, fx_request *request) {
    fx_job *job = (fx_job *)request;
    if (job->state == JOB_GIVEN && !take_back(rt->internals->pool, job)) {
        if (job->flags & FX_JOB_ABANDONABLE) fx_abandon(rt, request);
        return; // C7: settled when it ends
    }
    bool wanted_descriptor = job->state == JOB_WANTS_DESCRIPTOR;
    fx_unqueue(request);
    if (!is_behind(rt->internals->pool)) fx_timer_stop(rt, &rt->internals->pool->stall);
    if (wanted_descriptor) fx_descriptors_serve(rt);
    else give_tokens(rt, tokens_of(job));
    fx_withdrawn(rt, request);
}
