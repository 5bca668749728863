#ifndef FX_TOOLS_RENDER_PAGE_H
#define FX_TOOLS_RENDER_PAGE_H
// What modules offer, for people: in 80 columns of a terminal, and in Markdown.

#include "../types/interface.h"

// ---- render_page.c: for the terminal; `bold`: it can show that ----
enum { PAGE_WIDTH = 80 };

void render_page(Builder *out, const Interface *interface, bool bold);
// One name with all that is said of it.
void render_offer(Builder *out, const Interface *interface, const Offer *offer, bool bold);
// One name with its first sentence.
void render_offer_briefly(Builder *out, const Interface *interface, const Offer *offer, bool bold);
// A text's words in lines; the first line continues one that is `used` columns long, the others begin with `indent` blanks. Ends the last line.
void build_wrapped(Builder *out, Text text, size_t used, size_t indent);

// As the declaration begins, with the module's name before its own: `List.map (f : a -> b) (xs : List a) : List b`, `type Tcp.Socket`.
Text describe_head(Arena *arena, const Interface *interface, const Offer *offer);
// Of a value: `List.map : (a -> b) -> List a -> List b`.
Text describe_typed(Arena *arena, const Interface *interface, const Offer *offer);
// The head with its parts: `type Date = { year : Int, month : Int }`, `type Method = Get | Head | Other String`.
Text describe_whole(Arena *arena, const Interface *interface, const Offer *offer);
// The first sentence of a doc comment that is one, on one line.
Text first_sentence(Arena *arena, Text documentation);

// ---- render_page_markdown.c ----
void render_page_markdown(Builder *out, const Interface *interface);
// The module's part of a page about many: a line for each name.
void render_summary_markdown(Builder *out, const Interface *interface);

#endif
