# C14: whoever looks, by FX_CHECK=1, is told what a program has left, and the status is 71. Here C keeps what it should have given back.
cat > Keep.fx <<'FX'
/// Keeps things.
extern effect Keep =
  keep : a -> Unit = "keep_take"
FX
cat > Keep.c <<'C'
#include "fx.h"
fx_value keep_take(fx_runtime *rt, fx_representation is, fx_value a) { (void)rt, (void)is, (void)a; return FX_UNIT; }
C
cat > leaks.fx <<'FX'
import Console
import Keep
import List

let main (arguments : List String) : Unit ! {Console, Keep} =
  do! List.iter_seq (fun text -> Keep.keep (text ++ "!")) arguments
  do! (if List.is_empty arguments then ret () else Keep.keep (List.map (fun text -> (text, 1)) arguments))
  Console.print_line "done"
FX
fx build leaks.fx -o leaks
FX_CHECK=1 ./leaks; echo "status $?"
FX_CHECK=1 ./leaks one two; echo "status $?"
./leaks one two; echo "status $?"
