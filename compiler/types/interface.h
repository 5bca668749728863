#ifndef FX_TYPES_INTERFACE_H
#define FX_TYPES_INTERFACE_H
// What a module offers to others, as text: made by interface.c, shown by tools/document.c.

#include "../fx.h"
#include "type.h"

typedef enum {
    OFFER_VALUE,     // a let, an extern let, or an operation of the effect that bears the module's name
    OFFER_TYPE,      // parts: constructors, unless it is opaque
    OFFER_RECORD,    // parts: fields; an opaque record is an OFFER_TYPE
    OFFER_ALIAS,
    OFFER_EFFECT,    // parts: operations
    OFFER_CELL,
} OfferKind;

typedef struct OfferPart {
    Symbol name;
    Text signature;     // `Node (Tree k v) k`, `year : Int`, `get : String -> Option String`
    Text documentation;
} OfferPart;

// A public name. Types are shown as they are written in the declaration, and where they are not, as they were found.
typedef struct Offer {
    OfferKind kind;
    Symbol name;
    Text section;       // of `// ---- Making ----`, which stands above; empty: none does
    Text parameters;    // of a value: ` (f : a -> b) (xs : List a)`; of a type or an effect: ` k v`; with a blank before each
    Text result;        // of a value: what follows its parameters, `List b`; of a cell and an alias what it holds or stands for
    Text type;          // of a value: `(a -> b) -> List a -> List b`, with `where ...` for what its variables must offer
    Text documentation; // Markdown
    Vector(OfferPart) parts;
} Offer;

struct Interface {
    Symbol name;        // `Http.Request`
    Text documentation; // Markdown
    Vector(Offer) offers; // in the order of the file
};

/* interface.c; describe_interface is in fx.h */
// What is said of a module as a whole: Markdown.
Text find_module_documentation(const ModuleSyntax *syntax);

#endif
