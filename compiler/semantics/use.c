// A spec that uses other specs. One that is proved for all values holds for those at hand, so its use need not be carried out step by step: it is
// a hypothesis, as a spec's use of itself is, and the program takes that step when it runs what the other spec is about.

#include "spec.h"

#include <string.h>

#include "../base/table.h"

// ---- which ----

bool mentions(const CoreExpression *node, const CoreDefinition *definition) {
    if (node->kind == CORE_GLOBAL && node->definition == definition) return true;
    unsigned count = core_child_count(node);
    for (unsigned i = 0; i < count; i++)
        if (mentions(*core_child((CoreExpression *)(uintptr_t)node, i), definition)) return true;
    return false;
}

static Used *make_used(Engine *engine, const CoreSpec *spec, const CoreExpression *head) {
    Used *used = NEW(engine->compilation->arena, Used);
    used->spec = spec;
    used->head = head;
    used->hypothesis = (External){.waits = true, .is_computation = true, .name = "use"};
    for (size_t i = 0; i < head->parameters.count; i++) vector_push(engine->compilation->arena, &used->hypothesis.arguments, head->parameters.items[i]->type);
    return used;
}

bool uses_others(const Engine *engine) {
    const CoreProgram *program = engine->program;
    for (size_t i = 0; i < program->specs.count; i++) {
        const CoreSpec *spec = program->specs.items[i];
        if (spec != engine->spec && spec->parameters.count && mentions(engine->spec->definition->value, spec->definition)) return true;
    }
    return false;
}

bool find_used(Engine *engine, bool (*is_proved)(void *context, const CoreSpec *spec), void *context) {
    const CoreProgram *program = engine->program;
    for (size_t i = 0; i < program->specs.count; i++) {
        const CoreSpec *spec = program->specs.items[i];
        if (spec == engine->spec || !spec->parameters.count || !mentions(engine->spec->definition->value, spec->definition)) continue;
        const CoreExpression *subject = subject_of(spec), *head = subject && has_only_the_world(engine, subject) ? find_head(subject) : NULL;
        if (head && is_proved(context, spec)) vector_push(engine->compilation->arena, &engine->used, make_used(engine, spec, head));
    }
    return engine->used.count;
}

// ---- the step ----

static Used *find_by_environment(const Engine *engine, const Object *environment) {
    for (; environment; environment = environment->next)
        for (size_t i = 0; environment->kind == ENVIRONMENT_PARAMETERS && i < engine->used.count; i++)
            if (environment->about == &engine->used.items[i]->spec->definition->value->parameters) return engine->used.items[i];
    return NULL;
}

bool begin_used(Engine *engine, Progress *sequence, Value used) {
    Value subject = used.object->items[0];
    if (!engine->is_inducing || !engine->used.count || subject.kind != VALUE_COMPUTATION) return false;
    Used *found = find_by_environment(engine, subject.object->scope);
    if (!found) return false;
    for (const Progress *outer = sequence; outer; outer = outer->outer)
        if (outer->kind == PROGRESS_FIRST) return false;
    const Object *arguments = arguments_of_head(engine, found->head, subject);
    if (!arguments || holds_resource(arguments)) return false;
    Object *kept = make_object(engine->machine, ITEMS, NULL, NULL, NULL, arguments->count);
    memcpy(kept->items, arguments->items, arguments->count * sizeof(Value));
    sequence->asked = (Asked){.external = &found->hypothesis, .arguments = kept, .is_answered = true};
    engine->is_preparing = true;
    sequence->asked.answer = evaluate_apart(engine, used.object->items[2]);
    engine->is_preparing = false;
    engine->has_hypothesis = true;
    return true;
}

// ---- the program ----

bool stands_for_used(Engine *engine, const CoreExpression *lambda, const Value *arguments, Value *computation) {
    if (engine->is_apart) return false;
    for (size_t i = 0; i < engine->used.count; i++) {
        Used *used = engine->used.items[i];
        if (used->head != lambda) continue;
        size_t count = lambda->parameters.count;
        Object *partial = make_object(engine->machine, PARTIAL, NULL, NULL, NULL, 1 + count);
        partial->items[0] = (Value){.kind = VALUE_EXTERNAL, .external = &used->hypothesis};
        memcpy(partial->items + 1, arguments, count * sizeof *arguments);
        *computation = object_value(VALUE_PARTIAL, partial);
        return true;
    }
    return false;
}

bool runs_itself(void *context, Task *task, External *external, const Value *arguments) {
    Engine *engine = context;
    const CoreExpression *head = NULL;
    for (size_t i = 0; i < engine->used.count && !head; i++)
        if (external == &engine->used.items[i]->hypothesis) head = engine->used.items[i]->head;
    for (size_t i = 0; head && i < engine->used.count; i++) {
        Used *used = engine->used.items[i];
        if (used->head != head || !is_open_step(engine, task, &used->hypothesis, arguments)) continue;
        if (&used->hypothesis == external) return false;
        run_external(engine->machine, task, &used->hypothesis, arguments);
        return true;
    }
    if (!head) return false;
    push(engine->machine, task, FRAME_FORCE, NULL, NULL, 0, NULL);
    evaluate(task, head->body, bind_parameters(engine->machine, NULL, &head->parameters, arguments));
    return true;
}
