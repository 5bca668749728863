// The chain of let! that is still on the C stack when a fault happens.
//
// Nothing is done for it while a program runs: FX_SITE (fx_code.h) has recorded, for the place after each call of a let!, which let! it is. Here
// the stack is walked by the tables that the compiler makes for unwinding, and each return address is looked up among those places.

#include <unwind.h>

#include "runtime.h"

typedef struct Site {
    int32_t place; // both relative to themselves
    int32_t text;
} Site;

// The bounds of the section, by the linker; a program without such a call has none.
extern const Site __start_fx_sites[] __attribute__((weak));
extern const Site __stop_fx_sites[] __attribute__((weak));

// The recorded place may come a little after the return: what is moved between is a few instructions. More than MOST_FRAMES are not walked.
enum { NEAR = 24, MOST_FRAMES = 100000 };

typedef struct Walk {
    fx_chain_found *found;
    void *context;
    uintptr_t end;
    unsigned frames;
} Walk;

static uintptr_t place_of(const Site *site) { return (uintptr_t)&site->place + (uintptr_t)(intptr_t)site->place; }

// Whether another call stands between a return address and a place: then the place is that one's. (Other processors than x86-64 go by distance.)
static bool has_call(uintptr_t from, uintptr_t place) {
#ifdef __x86_64__
    for (const uint8_t *at = (const uint8_t *)from; (uintptr_t)at + 5 <= place; at++) {
        if (*at == 0xff && (at[1] & 0x38) == 0x10) return true; // call through a register or memory
        int32_t distance;
        memcpy(&distance, at + 1, sizeof distance);
        if (*at == 0xe8 && distance > -(1 << 28) && distance < 1 << 28) return true;
    }
#else
    (void)from, (void)place;
#endif
    return false;
}

static const char *find_site(uintptr_t address) {
    const Site *best = NULL;
    uintptr_t nearest = NEAR + 1;
    for (const Site *site = __start_fx_sites; site < __stop_fx_sites; site++) {
        uintptr_t distance = place_of(site) - address;
        if (distance >= nearest) continue;
        nearest = distance;
        best = site;
    }
    if (!best || has_call(address, place_of(best))) return NULL;
    return (const char *)((uintptr_t)&best->text + (uintptr_t)(intptr_t)best->text);
}

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *argument) {
    Walk *walk = argument;
    const char *text = find_site((uintptr_t)_Unwind_GetIP(context));
    bool is_beyond = (uintptr_t)_Unwind_GetCFA(context) > walk->end;
    if (text && *text == '@') {
        const char *rest = strchr(text, '\n');
        walk->found(walk->context, text + 1, rest ? rest + strlen("\n  in ") : NULL, is_beyond);
    } else if (text) walk->found(walk->context, NULL, text, is_beyond);
    return ++walk->frames < MOST_FRAMES ? _URC_NO_REASON : _URC_END_OF_STACK;
}

void fx_walk_chain(fx_chain_found *found, void *context, const void *end) {
    Walk walk = {found, context, (uintptr_t)end, 0};
    if (&__start_fx_sites[0] != &__stop_fx_sites[0]) _Unwind_Backtrace(visit, &walk);
}
