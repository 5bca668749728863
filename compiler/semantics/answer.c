// What is answered: what a step says, or nobody; and steps that say that there is no answer, since whoever asks is cancelled while it waits.

#include <string.h>

#include "coverage.h"
#include "faults.h"
#include "loop.h"
#include "spec.h"

bool is_unanswered(const Progress *progress) { return progress->step && progress->step->is_unanswered; }

bool stays_unanswered(const Pending *pending) { return pending->progress && is_unanswered(pending->progress); }

bool all_stay_unanswered(const Engine *engine) {
    for (const Pending *pending = engine->run->first; pending; pending = pending->next)
        if (!stays_unanswered(pending)) return false;
    return true;
}

static Value stated_answer(Engine *engine, const Asked *asked) { return asked->is_answered ? asked->answer : evaluate_apart(engine, asked->answer); }

Object *keep_arguments(Engine *engine, const External *external, const Value *arguments) {
    size_t count = external->arguments.count;
    Object *kept = make_object(engine->machine, ITEMS, NULL, NULL, NULL, count);
    if (count) memcpy(kept->items, arguments, count * sizeof *arguments);
    return kept;
}

// What the step says; without one a sleep's answer, or, where the spec holds no longer, any.
Value answer_of(Engine *engine, uint64_t identity, Progress *progress, External *external, const Value *arguments) {
    bool is_own = engine->is_general && external == &engine->hypothesis;
    if (is_own && engine->starts_anywhere) return returned_from(engine, arguments, progress->asked.answer);
    if (progress && is_unanswered(progress)) progress = NULL;
    Value value = progress             ? stated_answer(engine, &progress->asked)
                  : engine->run->is_deviant ? unstated_answer(engine, external, arguments)
                                       : unit_value(engine->machine);
    if (is_own) return generalised(engine, arguments, value);
    return engine->faults ? answer_or_fault(engine, identity, external, arguments, value) : value;
}

static int tag_of(Engine *engine, Value answer) {
    answer = look(engine->machine, answer);
    bool is_data = answer.kind == VALUE_CONSTANT || answer.kind == VALUE_DATA;
    return is_data ? (int)constructor_of(answer)->tag : is_symbolic(answer) ? ANY_CONSTRUCTOR : 0;
}

void note_answered(Engine *engine, const CoreExpression *place, Value answer) {
    if (engine->options->coverage) note_answer(engine->options->coverage, place, tag_of(engine, answer));
}

void note_unanswered(Engine *engine, Pending *pending) {
    if (!engine->options->coverage) return;
    pending->tag = pending->deadline ? 0 : NO_CONSTRUCTOR; // a sleep's answer is known
    bool is_stated = pending->progress && !stays_unanswered(pending) && !is_hypothesis(engine, pending->external);
    if (is_stated) pending->tag = tag_of(engine, stated_answer(engine, &pending->progress->asked));
    note_cancelled(engine->options->coverage, pending->place, pending->tag);
}

// What remains to be done but for what stands behind steps without answers that have been asked: NULL, nothing.
static const Progress *find_remaining_before(const Progress *progress) {
    if (!progress) return NULL;
    bool is_step = progress->kind == PROGRESS_SEQUENCE && progress->asked.external;
    if (is_step) return is_unanswered(progress) && progress->asked.state == ASK_ASKED ? NULL : progress;
    const Progress *found = find_remaining_before(progress->inner[0]);
    return found ? found : find_remaining_before(progress->inner[1]);
}

const Progress *find_to_come(const Progress *first) { return first->step->holds_unanswered ? find_remaining_before(first->inner[1]) : NULL; }

bool is_to_come_further(const Progress *progress) {
    if (progress->is_losing) return false;
    for (; progress->outer; progress = progress->outer)
        if (progress->outer->kind == PROGRESS_JOIN && progress->outer->step->is_cut_short) return true;
    return false;
}

void check_answerable(Engine *engine) {
    if (engine->options->simulates || nth_answer(engine, 0)) return;
    for (const Pending *pending = engine->run->first; pending; pending = pending->next) {
        if (!stays_unanswered(pending)) continue;
        fail(engine, "the spec does not answer this step, and nothing cancels who waits for it", pending->progress->step->span, NULL, NULL,
             pending->place ? pending->place->span : (Span){0}, "`=> _` stands where a task waits when it is cancelled");
    }
}
