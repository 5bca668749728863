// Task.group and Task.spawn (C1, R17).

#include "runtime.h"

typedef struct Group {
    fx_branches branches;
    fx_object *handle; // what the program calls the group
} Group;

// fields[1] of a handle points to its group, 0 when that has answered.
static const fx_resource_type handle_type = {"Task.Group", 2, NULL};

static void answered(fx_runtime *rt, fx_scope *scope, fx_task *child, fx_value value) {
    (void)rt;
    if (child->more->index > 0) return; // a child's ()
    scope->value = value;
    scope->ended = 1;
}

static void let_go(fx_runtime *rt, fx_scope *scope) {
    fx_object *handle = ((Group *)scope)->handle;
    handle->fields[1] = 0;
    fx_drop(rt, fx_value_of(handle));
}

static fx_value result(fx_runtime *rt, fx_scope *scope) {
    let_go(rt, scope);
    return scope->value;
}

static void drop(fx_runtime *rt, fx_scope *scope) {
    let_go(rt, scope);
    if (scope->ended) fx_drop_as(rt, scope->is, scope->value);
}

static const fx_scope_type group_type = {
    {"Task.group", sizeof(Group), FX_WORD, true, fx_scope_withdraw, NULL, NULL}, false, false, answered, result, drop, NULL,
};

typedef struct Body { fx_value function, group; } Body;

static fx_answer begin_body(fx_runtime *rt, void *context) {
    Body body = *(Body *)context;
    return fx_run1(rt, body.function, body.group);
}

static fx_answer begin_ready(fx_runtime *rt, void *context) {
    (void)context;
    fx_frame *frame = rt->task->frames;
    rt->task->frames = frame->next;
    return frame->info->resume(rt, frame, FX_UNIT);
}

// Where nothing could wait the parent must not either: the children, which are all still to begin, run here.
static void run_children(fx_runtime *rt, fx_scope *scope) {
    while (scope->first && !scope->can_wait && !scope->decided) {
        fx_task *child = scope->first;
        fx_remove_ready(rt, child);
        fx_start_inline(rt, child, begin_ready, NULL);
    }
}

// group : (Group e -> a ! e) -> a ! e
fx_answer fx_group_take(fx_runtime *rt, fx_representation a_is, fx_value body) {
    if (fx_can_wait(body) && fx_is_stopped(rt)) {
        fx_drop(rt, body);
        return fx_stop(rt);
    }
    fx_object *handle = fx_resource_make(rt, &handle_type);
    if (fx_control_encloses(rt)) return fx_run1(rt, body, fx_value_of(handle)); // spawn runs the children at once
    Group *group = fx_scope_make(rt, &group_type);
    group->handle = handle;
    group->branches.scope.is = (uint8_t)a_is;
    group->branches.scope.can_wait = fx_can_wait(body);
    handle->fields[1] = fx_value_of(group);
    fx_dup(fx_value_of(handle));
    fx_start_inline(rt, fx_task_make(rt, &group->branches.scope), begin_body, &(Body){body, fx_value_of(handle)});
    run_children(rt, &group->branches.scope);
    return fx_scope_answer(rt, &group->branches.scope);
}

// spawn : Group e -> Unit ! e -> Unit ! e. Where a handler with control clauses encloses the child runs here (R31).
fx_answer fx_spawn_take(fx_runtime *rt, fx_value handle, fx_value computation) {
    if (fx_control_encloses(rt)) {
        fx_drop(rt, handle);
        return fx_run0(rt, computation);
    }
    Group *group = (Group *)fx_object_of(fx_object_of(handle)->fields[1]);
    if (!group || group->branches.scope.request.object.tag != REQUEST_PENDING) fx_fault(rt, NULL, "Task.spawn: the group has ended");
    if (group->branches.scope.decided) fx_drop(rt, computation);
    else {
        if (fx_can_wait(computation)) group->branches.scope.can_wait = true;
        fx_start_later(rt, &group->branches.scope, computation);
    }
    fx_drop(rt, handle);
    return fx_done(FX_UNIT);
}
