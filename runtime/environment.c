// Environments: which handler, and which private value of a cell, is in force (R28).

#include <stdlib.h>
#include "runtime.h"

static fx_array *make_array(fx_runtime *rt, size_t length) {
    fx_array *array = (fx_array *)fx_allocate(rt, (unsigned)length + 2, FX_INFO_ARRAY, FX_COUNTED, 0);
    array->length = array->capacity = length;
    return array;
}

void fx_open_environments(fx_runtime *rt) {
    size_t length = FX_INSTALLED + 1 + rt->program->handled_count;
    fx_array *root = fx_memory(rt, sizeof *root + length * sizeof(fx_value));
    root->object = (fx_object){0, FX_INFO_ARRAY, FX_COUNTED, 0};
    root->length = root->capacity = length;
    for (size_t i = 0; i < length; i++) root->items[i] = FX_NIL;
    rt->internals->root_environment = fx_value_of(root);
}

void fx_free_environments(fx_runtime *rt) { free(fx_object_of(rt->internals->root_environment)); }

bool fx_is_controlled(fx_value environment) { return fx_array_of(environment)->items[FX_CONTROLLED] != FX_NIL; }

bool fx_control_encloses(fx_runtime *rt) { return fx_is_controlled(rt->task->environment); }

// Often the last reference goes, and with it only what was installed.
static void drop_environment(fx_runtime *rt, fx_value environment) {
    fx_array *array = fx_array_of(environment);
    if (array->object.count != 1) {
        fx_drop(rt, environment);
        return;
    }
    size_t length = array->length;
    for (size_t i = FX_INSTALLED; i < length; i++) fx_drop(rt, array->items[i]);
    fx_free(rt, &array->object, (unsigned)length + 2);
}

void fx_enter_environment(fx_runtime *rt, fx_value environment) {
    fx_value left = rt->task->environment;
    rt->task->environment = environment;
    drop_environment(rt, left);
}

// A copy of its own; what `installed` holds has one reference more.
fx_object *fx_copy_installation(fx_runtime *rt, const fx_object *installed) {
    unsigned words = rt->infos[installed->info].words, first_counted = words - installed->counted;
    fx_object *copy = fx_allocate(rt, words, installed->info, installed->tag, installed->counted);
    for (unsigned i = FX_HANDLER_OUTER; i < first_counted; i++) copy->fields[i] = installed->fields[i];
    for (unsigned i = first_counted; i < words; i++) {
        copy->fields[i] = installed->fields[i];
        fx_dup(copy->fields[i]);
    }
    copy->fields[FX_ITS_FRAME] = installed->fields[FX_ITS_FRAME];
    copy->fields[FX_INSIDE] = installed->fields[FX_INSIDE];
    return copy;
}

static void drop_installation(fx_runtime *rt, fx_object *installed) {
    if (installed->count != 1) {
        installed->count--;
        return;
    }
    unsigned words = rt->infos[installed->info].words;
    for (unsigned i = words - installed->counted; i < words; i++) fx_drop(rt, installed->fields[i]);
    fx_free(rt, installed, words);
}

fx_object *fx_make_installation(fx_runtime *rt, fx_value tuple, unsigned tag) {
    fx_object *given = fx_object_of(tuple), *made = given;
    if (given->count != 1) {
        made = fx_copy_installation(rt, given);
        fx_drop(rt, tuple);
    }
    made->tag = (uint8_t)tag;
    made->fields[FX_ITS_FRAME] = made->fields[FX_INSIDE] = 0;
    return made;
}

fx_value fx_extend_environment(fx_runtime *rt, fx_value outer, fx_value place, fx_object *installed) {
    const fx_array *around = fx_array_of(outer);
    fx_array *inside = make_array(rt, around->length);
    size_t its_place = fx_place_in(place);
    inside->items[FX_CONTROLLED] = place & 1 ? fx_constant(1) : around->items[FX_CONTROLLED];
    for (size_t i = FX_INSTALLED + 1; i < around->length; i++) {
        inside->items[i] = around->items[i];
        if (i != its_place) fx_dup(around->items[i]);
    }
    inside->items[FX_INSTALLED] = inside->items[its_place] = fx_value_of(installed);
    installed->count += 2;
    installed->fields[FX_INSIDE] = fx_value_of(inside);
    return fx_value_of(inside);
}

void fx_install(fx_runtime *rt, fx_frame *frame, fx_object *installed) {
    fx_value outer = rt->task->environment;
    frame->saved[FX_HANDLE_INSTALLED] = fx_value_of(installed);
    installed->fields[FX_ITS_FRAME] = fx_value_of(frame);
    fx_dup(outer);
    *fx_outer_of(installed) = outer;
    // Without memory for it the frame unwinds with the outer environment still in force.
    rt->task->environment = fx_extend_environment(rt, outer, frame->saved[FX_HANDLE_PLACE], installed);
    fx_drop(rt, outer);
}

// Nobody else has the installation, or the environment that it made and that is in force: both go.
static void free_installation(fx_runtime *rt, fx_object *installed, size_t its_place) {
    fx_value *outer = fx_outer_of(installed);
    fx_array *inside = fx_array_of(rt->task->environment);
    rt->task->environment = *outer;
    *outer = FX_NIL;
    size_t length = inside->length;
    for (size_t i = FX_INSTALLED + 1; i < length; i++)
        if (i != its_place) fx_drop(rt, inside->items[i]);
    fx_free(rt, &inside->object, (unsigned)length + 2);
    installed->count = 1;
    drop_installation(rt, installed);
}

void fx_uninstall(fx_runtime *rt, fx_frame *frame) {
    enum { ITS_OWN = 3 }; // references to it: the frame's, and two from the environment
    fx_object *installed = fx_installation_of(frame);
    fx_value outer = *fx_outer_of(installed), inside = rt->task->environment;
    if (installed->count == ITS_OWN && inside == installed->fields[FX_INSIDE] && fx_object_of(inside)->count == 1) {
        free_installation(rt, installed, fx_place_in(frame->saved[FX_HANDLE_PLACE]));
        fx_free(rt, &frame->object, FX_HANDLE_WORDS + 2);
        return;
    }
    installed->fields[FX_ITS_FRAME] = 0;
    fx_dup(outer);
    fx_enter_environment(rt, outer);
    drop_installation(rt, installed);
    fx_free_frame(rt, frame);
}

// ---- the same frames around another environment ----
//
// While this goes on, what was installed says by FX_ITS_FRAME what stands in for it now, and has the tag FX_REPLACED.

typedef struct Replaced {
    fx_object *installed;
    fx_value its_frame, inside; // inside: the new environment, kept until all are made
    uint8_t tag;
} Replaced;

typedef struct Rebuilding {
    fx_value was_outer, outer;
    Replaced *replaced;
    size_t count;
} Rebuilding;

static fx_value successor_of(const Rebuilding *r, fx_value environment) {
    fx_value found = environment;
    if (environment == r->was_outer) found = r->outer;
    else {
        fx_value installed = fx_array_of(environment)->items[FX_INSTALLED];
        if (!fx_is_constant(installed) && fx_object_of(installed)->tag == FX_REPLACED)
            found = fx_object_of(fx_object_of(installed)->fields[FX_ITS_FRAME])->fields[FX_INSIDE];
    }
    fx_dup(found);
    return found;
}

static void succeed(fx_runtime *rt, const Rebuilding *r, fx_value *environment) {
    fx_value was = *environment;
    *environment = successor_of(r, was);
    fx_drop(rt, was);
}

static void replace_installation(fx_runtime *rt, Rebuilding *r, fx_frame *frame) {
    fx_object *installed = fx_installation_of(frame), *copy = fx_copy_installation(rt, installed);
    succeed(rt, r, fx_outer_of(copy));
    copy->fields[FX_ITS_FRAME] = fx_value_of(frame);
    fx_value inside = fx_extend_environment(rt, *fx_outer_of(copy), frame->saved[FX_HANDLE_PLACE], copy);
    r->replaced[r->count++] = (Replaced){installed, installed->fields[FX_ITS_FRAME], inside, installed->tag};
    installed->tag = FX_REPLACED;
    installed->fields[FX_ITS_FRAME] = fx_value_of(copy);
    frame->saved[FX_HANDLE_INSTALLED] = fx_value_of(copy);
}

static bool installs(const fx_frame *frame) { return frame->info == &fx_handle_frame || frame->info == &fx_run_frame; }

// Where the frame keeps an environment for what goes on behind it, or NULL.
static fx_value *kept_in(fx_frame *frame) {
    if (frame->info == &fx_environment_frame) return &frame->saved[0];
    return frame->info == &fx_isolate_frame ? &frame->saved[1] : fx_environment_in(frame);
}

static void rebuild_frame(fx_runtime *rt, Rebuilding *r, fx_frame *frame) {
    fx_value *kept = kept_in(frame);
    if (installs(frame)) replace_installation(rt, r, frame);
    else if (kept) succeed(rt, r, kept);
}

static void end_rebuilding(fx_runtime *rt, const Rebuilding *r) {
    for (size_t i = 0; i < r->count; i++) {
        Replaced replaced = r->replaced[i];
        replaced.installed->tag = replaced.tag;
        replaced.installed->fields[FX_ITS_FRAME] = replaced.its_frame;
    }
    for (size_t i = 0; i < r->count; i++) {
        fx_drop(rt, r->replaced[i].inside);
        fx_drop(rt, fx_value_of(r->replaced[i].installed));
    }
}

enum { FEW = 8 };

static bool concerns(fx_frame *frame) { return installs(frame) || kept_in(frame); }

fx_value fx_rebuild_environments(fx_runtime *rt, fx_frame *frames, fx_value environment, fx_value was_outer, fx_value outer) {
    size_t count = 0;
    for (fx_frame *frame = frames; frame; frame = frame->next) count += concerns(frame);
    fx_frame *few_frames[FEW], **concerned = count > FEW ? fx_memory(rt, count * sizeof *concerned) : few_frames;
    Replaced few[FEW];
    Rebuilding rebuilding = {was_outer, outer, count > FEW ? fx_memory(rt, count * sizeof *rebuilding.replaced) : few, 0};
    count = 0;
    for (fx_frame *frame = frames; frame; frame = frame->next)
        if (concerns(frame)) concerned[count++] = frame;
    for (size_t i = count; i-- > 0;) rebuild_frame(rt, &rebuilding, concerned[i]); // outermost first
    fx_value inside = successor_of(&rebuilding, environment);
    end_rebuilding(rt, &rebuilding);
    if (concerned != few_frames) free(concerned), free(rebuilding.replaced);
    return inside;
}
