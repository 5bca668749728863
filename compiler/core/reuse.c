// Reuse tokens: the memory of an object that dies, for the next one of the same size on the path (Perceus, section 2.4; Ullrich and de Moura,
// section 4). No token is kept over a call that can wait, and none is carried into a loop.

#include "count.h"

enum { LOOK_AHEAD = 400 }; // nodes

bool step_can_wait(const CoreExpression *step) {
    if (step->kind == CORE_PERFORM) return !step->jumps && (step->operation->waits || step->index);
    if (step->kind == CORE_HANDLE) return true;
    if (step->kind != CORE_FORCE) return false;
    Type *type = resolve_type(step->first->type);
    return type->kind != TYPE_COMPUTATION || row_can_wait(type->right);
}

static bool fits(const CoreExpression *step, size_t fields) {
    return step->kind == CORE_CONSTRUCT && step->items.count == fields && !step->token;
}

static bool look_ahead(const CoreExpression *e, size_t fields, unsigned *budget) {
    while (*budget > 0) {
        --*budget;
        switch (e->kind) {
        case CORE_LET:
            if (fits(e->first, fields)) return true;
            if (step_can_wait(e->first)) return false;
            break;
        case CORE_SWITCH:
            for (size_t i = 0; i < e->arms.count; i++) {
                if (look_ahead(e->arms.items[i].body, fields, budget)) return true;
            }
            if (!e->otherwise) return false;
            e = e->otherwise;
            continue;
        case CORE_JOIN:
            // What the token would have to pass through must be in sight too.
            if (!e->label->is_loop && core_size(e->body, *budget) < *budget && look_ahead(e->first, fields, budget)) return true;
            break;
        case CORE_DUP: case CORE_DROP: case CORE_DROP_REUSE: case CORE_DROP_TOKEN: break;
        default: return fits(e, fields);
        }
        e = e->body;
    }
    return false;
}

bool can_reuse(const CoreExpression *rest, size_t fields) {
    unsigned budget = LOOK_AHEAD;
    return look_ahead(rest, fields, &budget);
}

static void drop_token(PathCounter *c, CoreExpression **slot, CoreVariable *token) {
    CoreExpression *node = core_node(c->arena, CORE_DROP_TOKEN, (*slot)->type, (*slot)->span);
    node->token = token;
    node->body = *slot;
    *slot = node;
}

typedef Vector(const CoreLabel *) Labels;

static bool is_one_of(const Labels *labels, const CoreLabel *label) {
    for (size_t i = 0; i < labels->count; i++) {
        if (labels->items[i] == label) return true;
    }
    return false;
}

static bool jumps_to(const CoreExpression *e, const Labels *labels) {
    while (e) {
        if (e->kind == CORE_JUMP) return is_one_of(labels, e->label);
        if (e->kind == CORE_LAMBDA || e->kind == CORE_DELAY) return false;
        for (size_t i = 0; i < e->arms.count; i++) {
            if (jumps_to(e->arms.items[i].body, labels)) return true;
        }
        if (e->kind == CORE_JOIN && jumps_to(e->first, labels)) return true;
        e = e->otherwise ? e->otherwise : e->body;
    }
    return false;
}

// The first label's code takes the token: it is kept on the paths that lead there, directly or by way of the other labels.
static void keep_for_label(PathCounter *c, CoreExpression **slot, Labels *labels, CoreVariable *token, size_t fields) {
    for (;;) {
        CoreExpression *e = *slot;
        if (e->kind == CORE_JOIN && jumps_to(e->first, labels)) {
            // A loop on the way keeps the token from turn to turn.
            if (e->label->is_loop) vector_push(c->arena, labels, e->label);
            keep_for_label(c, &e->first, labels, token, fields);
            if (!e->label->is_loop) vector_push(c->arena, labels, e->label);
        } else if (!jumps_to(e, labels)) {
            place_token(c, slot, token, fields);
            return;
        }
        if (e->kind == CORE_JUMP) return;
        for (size_t i = 0; i < e->arms.count; i++) keep_for_label(c, &e->arms.items[i].body, labels, token, fields);
        if (e->kind == CORE_SWITCH && !e->otherwise) return;
        slot = e->otherwise ? &e->otherwise : &e->body;
    }
}

void place_token(PathCounter *c, CoreExpression **slot, CoreVariable *token, size_t fields) {
    for (;;) {
        CoreExpression *e = *slot;
        if (!can_reuse(e, fields)) {
            drop_token(c, slot, token);
            return;
        }
        if (fits(e, fields)) {
            e->token = token;
            return;
        }
        if (e->kind == CORE_LET && fits(e->first, fields)) {
            e->first->token = token;
            return;
        }
        for (size_t i = 0; i < e->arms.count; i++) place_token(c, &e->arms.items[i].body, token, fields);
        if (e->kind == CORE_SWITCH && !e->otherwise) return;
        if (e->kind == CORE_JOIN && !e->label->is_loop && can_reuse(e->first, fields)) {
            place_token(c, &e->first, token, fields);
            Labels labels = {0};
            vector_push(c->arena, &labels, e->label);
            keep_for_label(c, &e->body, &labels, token, fields);
            return;
        }
        slot = e->otherwise ? &e->otherwise : &e->body;
    }
}
