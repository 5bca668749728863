// The program's stack: large, of its own, with a guarded end (R22, R23).

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include "runtime.h"

// What is usual: a million levels of recursion take a tenth of it. Sanitizers make frames several times as large.
#ifdef FX_MALLOC
enum { STACK_GIBIBYTES = 4 };
#else
enum { STACK_GIBIBYTES = 1 };
#endif

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define FX_ADDRESS_SANITIZER
#endif
#endif

static const size_t LARGEST = (size_t)STACK_GIBIBYTES << 30, SMALLEST = (size_t)1 << 20, GUARD = (size_t)256 << 10, HANDLER_STACK = (size_t)64 << 10;

static _Thread_local fx_runtime *watched;       // the runtime of this thread
static _Thread_local char *guard_low, *guard_high;
static _Thread_local struct sigaction before_segv, before_bus;

typedef struct Job {
    void (*body)(void *context);
    void *context;
    char *low;
    char *handler_stack;
} Job;

// "64M", "1G", "100000": bytes; 0 when it is no size.
static size_t parse_size(const char *text) {
    char *end;
    unsigned long long number = strtoull(text, &end, 10);
    int shift = *end == 'G' || *end == 'g' ? 30 : *end == 'M' || *end == 'm' ? 20 : *end == 'K' || *end == 'k' ? 10 : 0;
    if (number > (SIZE_MAX >> 1) >> shift) return 0;
    return (size_t)number << shift;
}

size_t fx_stack_size(void) {
    const char *text = getenv("FX_STACK");
    size_t size = text ? parse_size(text) : LARGEST;
    if (size < SMALLEST) size = text && size ? SMALLEST : LARGEST;
    return (size + GUARD - 1) / GUARD * GUARD;
}

// Address space only: pages come as they are touched. Where so much is not to be had, half, and so on.
static char *map_stack(size_t *size) {
    for (; *size >= SMALLEST; *size = *size / 2 / GUARD * GUARD) {
        char *low = mmap(NULL, *size + GUARD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
        if (low != MAP_FAILED) return low;
    }
    return NULL;
}

static void fault_exhausted(fx_runtime *rt) {
    const char *other = NULL, *place = NULL, *name = fx_find_recursion(rt, &other, &place);
    if (!name) fx_fault(rt, NULL, "stack exhausted: recursion too deep (FX_STACK sets its size)");
    if (!other) fx_fault(rt, place, "stack exhausted: `%s` calls itself too deep (FX_STACK sets the stack's size)", name);
    fx_fault(rt, place, "stack exhausted: `%s` and `%s` call each other too deep (FX_STACK sets the stack's size)", name, other);
}

// A fault by a jump out of the handler; at any other address the signal is what it is for every program. The system's allocator is never
// interrupted half-way: heap.c looks whether there is stack enough before it calls it.
static void on_overflow(int number, siginfo_t *about, void *context) {
    (void)context;
    char *address = about->si_addr;
    if (!watched || address < guard_low || address >= guard_high) {
        sigaction(number, number == SIGBUS ? &before_bus : &before_segv, NULL);
        return;
    }
    if (!watched->internals->jump) {
        static const char said[] = "fault: stack exhausted\n";
        ssize_t written = write(STDERR_FILENO, said, sizeof said - 1);
        (void)written;
        _exit(70);
    }
    fault_exhausted(watched);
}

void fx_stack_watch(fx_runtime *rt) { watched = rt; }

static void *run(void *argument) {
    Job *job = argument;
    guard_low = job->low;
    guard_high = job->low + GUARD;
    stack_t own = {.ss_sp = job->handler_stack, .ss_size = HANDLER_STACK};
    sigaltstack(&own, NULL);
    struct sigaction action = {.sa_sigaction = on_overflow, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &before_segv);
    sigaction(SIGBUS, &action, &before_bus);
    job->body(job->context);
    own.ss_flags = SS_DISABLE;
    sigaltstack(&own, NULL);
    return NULL;
}

// ---- running there ----

#if defined(__SANITIZE_ADDRESS__) || defined(FX_ADDRESS_SANITIZER)
// AddressSanitizer knows the stacks of threads.
static bool run_on(char *low, size_t size, Job *job) {
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, low, size);
    bool begun = pthread_create(&thread, &attributes, run, job) == 0;
    if (begun) pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
    return begun;
}
#else
static _Thread_local Job *to_run; // a context's function cannot be given a pointer

static void run_it(void) { run(to_run); }

// Not in a thread of its own: as long as a process has one thread, the system need not count who uses a descriptor, nor the C library look whether
// a call is to be cancelled.
static bool run_on(char *low, size_t size, Job *job) {
    ucontext_t here, there;
    if (getcontext(&there) != 0) return false;
    there.uc_stack = (stack_t){.ss_sp = low, .ss_size = size};
    there.uc_link = &here;
    to_run = job;
    makecontext(&there, run_it, 0);
    return swapcontext(&here, &there) == 0;
}
#endif

void fx_stack_run(void (*body)(void *context), void *context) {
    size_t size = fx_stack_size();
    char *handler_stack = malloc(HANDLER_STACK), *low = map_stack(&size);
    Job job = {body, context, low, handler_stack};
    if (!low || !handler_stack || mprotect(low, GUARD, PROT_NONE) != 0 || !run_on(low + GUARD, size, &job)) body(context);
    if (low) munmap(low, size + GUARD);
    free(handler_stack);
}
