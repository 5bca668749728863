#ifndef FX_SEMANTICS_COVERAGE_H
#define FX_SEMANTICS_COVERAGE_H
// What the specs of a program reach: each place where it asks the world, by what is answered there, and how: the answer is delivered; or whoever
// asked is cancelled before it is there; or it comes late, when whoever asked has been cancelled (C5).

#include "../base/table.h"
#include "../core/core.h"
#include "../fx.h"

// A place where an operation is performed.
typedef struct CallSite {
    const CoreExpression *place; // PERFORM
    uint64_t answered, cancelled, late; // with which constructors of the answer's type, by tag; of a type without any: 1
    bool is_asked, is_cancelled;        // cancelled: with any answer, or none
} CallSite;

typedef struct Coverage {
    Arena *arena;
    Table by_place;          // PERFORM to CallSite *
    Vector(CallSite *) sites; // in the order of the text
} Coverage;

// All places in the program's own modules where it performs an operation of another effect than a cell.
Coverage *find_call_sites(Arena *arena, const CoreProgram *program);

// ---- by the driver of specs; places of the specs themselves and of the standard library are passed over ----
void note_call(Coverage *coverage, const CoreExpression *place);
enum { ANY_CONSTRUCTOR = -1 }; // it was not looked at
void note_answer(Coverage *coverage, const CoreExpression *place, int tag);
enum { NO_CONSTRUCTOR = -2 };  // no spec says what the answer would have been
void note_cancelled(Coverage *coverage, const CoreExpression *place, int tag);
void note_late(Coverage *coverage, const CoreExpression *place, int tag);

#endif
