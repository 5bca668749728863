#ifndef FX_TOOLS_FORMAT_FILES_H
#define FX_TOOLS_FORMAT_FILES_H
// fx fmt: files in the form in which everybody writes them.

#include "command_line.h"

// Writes the files anew that are not in that form, or with --check says which they are. Answers an exit status.
int format_files(const CommandLine *line);

#endif
