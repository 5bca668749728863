#ifndef FX_TOOLS_RENDER_H
#define FX_TOOLS_RENDER_H
// Places in sources for people, and JSON. (render_diagnostics itself is in fx.h.)

#include "../fx.h"

// The lines of the diagnostic's span and labels, underlined, and its hint; without its message.
Text render_excerpt(Arena *arena, const Diagnostic *diagnostic, bool colour);
// How many columns of the terminal the first `length` bytes take.
unsigned text_width(Text text, size_t length);

void build_json_text(Builder *out, Text text);
void build_json_place(Builder *out, Span span); // "file":..,"line":..

#endif
