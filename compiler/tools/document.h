#ifndef FX_TOOLS_DOCUMENT_H
#define FX_TOOLS_DOCUMENT_H
// fx doc: what the library's modules, and one's own, offer.

#include "command_line.h"

// Prints what the operand asks for: a file, a module, a name of a module, a name; without one the list of modules. Answers an exit status.
int print_documentation(Arena *arena, const CommandLine *line);

#endif
