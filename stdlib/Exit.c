// Ending the program.

#include "fx.h"

fx_answer fx_exit(fx_runtime *rt, fx_value status) { return fx_exit_program(rt, status < 0 || status > 255 ? 255 : (int)status); }
