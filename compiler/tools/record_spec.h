#ifndef FX_TOOLS_RECORD_SPEC_H
#define FX_TOOLS_RECORD_SPEC_H
// fx test --from-record.

#include "command_line.h"

// Prints a spec of the program that says what a recorded run did, and passes. Answers an exit status.
int print_recorded_spec(const CommandLine *line);

#endif
