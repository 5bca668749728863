// Faults: bugs met at run time, on their way outward (docs/language.md 11; C3, R11).

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "runtime.h"

enum { LONGEST_TRACE = 32 };

// A site is a place, and behind it a line for each let! by which it was inlined.
static char *copy_place(const char *site) { return site ? strndup(site, strcspn(site, "\n")) : NULL; }

// ---- the chain of let! ----

typedef struct Trace {
    FILE *out;
    unsigned lines;
    const char *place;   // of the innermost let! or call of C, up to the end of its line; NULL when there is none
    const char *told;    // the site whose lines are there already; NULL: none
    const fx_frame *own; // of the running task, to be told yet
} Trace;

static void trace_frames(Trace *trace, const fx_frame *frame, const fx_frame *end) {
    for (; frame && frame != end; frame = frame->next) {
        const fx_frame *rest_end, *rest = frame->info == &fx_rest_frame ? fx_rest_of(frame, &rest_end) : NULL;
        if (rest) trace_frames(trace, rest, rest_end);
        if (!frame->info->site) continue;
        if (!trace->place) trace->place = frame->info->site;
        if (++trace->lines <= LONGEST_TRACE) fprintf(trace->out, "  in %s, %s\n", frame->info->function, frame->info->site);
    }
}

static void trace_own_frames(Trace *trace) {
    trace_frames(trace, trace->own, NULL);
    trace->own = NULL;
}

// is_beyond: before the running task was started or resumed, so that its frames come first.
static void trace_site(void *context, const char *place, const char *text, bool is_beyond) {
    Trace *trace = context;
    if (is_beyond) trace_own_frames(trace);
    if (!trace->place) trace->place = place ? place : strstr(text, ", ") + 2;
    if (!text || (place && trace->told && !strncmp(trace->told, place, strcspn(place, "\n")))) return;
    if (++trace->lines <= LONGEST_TRACE) fprintf(trace->out, "  in %s\n", text);
}

// What the running task and those it is a child of have still to do: first its calls on the C stack, then those that were captured; then the calls of
// others that are on the C stack, and what they have captured.
static char *make_trace(fx_runtime *rt, const char *site, const char **innermost) {
    char *text = NULL;
    size_t size;
    if (!site && rt->observer) site = fx_observed_site(rt);
    const fx_task *task = rt->task;
    Trace trace = {open_memstream(&text, &size), 0, site, site, task ? task->frames : NULL};
    if (!trace.out) return NULL;
    const char *inlined = site ? strchr(site, '\n') : NULL;
    if (inlined) fprintf(trace.out, "%s\n", inlined + 1);
    fx_walk_chain(trace_site, &trace, rt->internals->jump);
    trace_own_frames(&trace);
    for (; task; task = fx_parent_of(task)) trace_frames(&trace, fx_frames_around(task), NULL);
    *innermost = trace.place;
    if (trace.lines > LONGEST_TRACE) fprintf(trace.out, "  and %u more\n", trace.lines - LONGEST_TRACE);
    fclose(trace.out);
    return text;
}

// ---- making and raising ----

fx_fault_record *fx_fault_make(fx_runtime *rt, const char *place, const char *format, va_list arguments) {
    fx_fault_record *fault = calloc(1, sizeof *fault);
    char *message = NULL;
    if (!fault || vasprintf(&message, format, arguments) < 0) {
        free(fault);
        return &rt->internals->exhausted;
    }
    const char *innermost = NULL;
    fault->message = message;
    fault->trace = make_trace(rt, place, &innermost);
    fault->place = copy_place(place ? place : innermost);
    return fault;
}

void fx_raise(fx_runtime *rt, fx_fault_record *fault) {
    struct fx_internals *internals = rt->internals;
    if (!internals->jump) {
        fx_fault_print(rt, fault);
        fx_die(rt, NULL);
    }
    if (rt->observer) fx_observe_fault(rt, fault->message);
    internals->raised = fault;
    internals->forced = true;
    fx_leave_catches(rt);
    _longjmp(*internals->jump, 1);
}

void fx_fault(fx_runtime *rt, const char *site, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fx_fault_record *fault = fx_fault_make(rt, site, format, arguments);
    va_end(arguments);
    fx_raise(rt, fault);
}

void fx_fault_text(fx_runtime *rt, const char *site, fx_value message) { fx_fault(rt, site, "%s", fx_string_bytes(message)); }

// What an abort that has not arrived holds; one that has holds its handler only.
static void drop_abort(fx_runtime *rt, const fx_fault_record *abort) {
    fx_drop(rt, abort->handler);
    if (!abort->clause) return;
    uint64_t counted = abort->argument_count ? fx_counted_parameters(rt, fx_object_of(abort->clause)) : 0;
    for (unsigned i = 0; i < abort->argument_count; i++) fx_drop_as(rt, counted >> i & 1 ? FX_COUNTED : FX_WORD, abort->arguments[i]);
    fx_drop(rt, abort->clause);
}

void fx_fault_free(fx_runtime *rt, fx_fault_record *fault) {
    while (fault && fault != &rt->internals->exhausted) {
        fx_fault_record *next = fault->suppressed;
        if (fault->handler) drop_abort(rt, fault);
        free(fault->message), free(fault->place), free(fault->trace);
        if (fault->handler && !rt->internals->spare_record) {
            *fault = (fx_fault_record){0};
            rt->internals->spare_record = fault;
        } else free(fault);
        fault = next;
    }
}

void fx_fault_suppress(fx_runtime *rt, fx_fault_record *first, fx_fault_record *later) {
    rt->internals->stats.suppressed++;
    if (!later || later == first || later == &rt->internals->exhausted) return;
    if (!first || first == &rt->internals->exhausted || later->handler) {
        fx_fault_free(rt, later);
        return;
    }
    while (first->suppressed) first = first->suppressed;
    first->suppressed = later;
}

// ---- saying it ----

static void print_one(const fx_fault_record *fault, const char *before) {
    if (fault->place) fprintf(stderr, "%s%s: ", before, fault->place);
    else fputs(before, stderr);
    fprintf(stderr, "fault: %s\n%s", fault->message, fault->trace ? fault->trace : "");
}

void fx_fault_print(fx_runtime *rt, const fx_fault_record *fault) {
    (void)rt;
    print_one(fault, "");
    for (fault = fault->suppressed; fault; fault = fault->suppressed) print_one(fault, "suppressed: ");
}

void fx_die(fx_runtime *rt, const char *message) {
    fx_flush(rt);
    fx_observe_close(rt, 70);
    if (message) fprintf(stderr, "fault: %s\n", message);
    fflush(NULL);
    _exit(70);
}
