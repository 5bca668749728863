# The package of docs/extend.md, by an installed fx, in a folder that knows nothing of the tree.
MAKEFLAGS= MAKELEVEL= make -s -C "$TREE" install BUILD="$BUILD" PREFIX="$PWD/prefix" >/dev/null || echo "install failed"
PATH=$PWD/prefix/bin:$PATH
mkdir package && cd package
python3 - "$TREE/docs/extend.md" <<'PY'
import re, sys
for words, text in re.findall(r"^```(\S[^\n]*)\n(.*?)^```", open(sys.argv[1]).read(), re.S | re.M):
    name = words.split()[-1] if " file " in words else "example.fx" if words == "fx run" else None
    if name: open(name, "w").write(text)
PY
ls
fx build --release example.fx -o example && FX_CHECK=1 ./example
FX_CHECK=1 fx run example.fx
FX_CHECK=1 fx run --interpret example.fx
FX_RECORD=record FX_TRACE=trace.json FX_CHECK=1 ./example > /dev/null
grep -o 'Lock.*=> Ok held_[0-9]*' record | sed 's/locks_.*lock"/PATH/'
fx run --replay record example.fx
python3 -m json.tool trace.json > /dev/null && echo "trace is whole"
echo "-- a test that calls it"
cat > tested.fx <<'FX'
import Lock
import Result

test "a lock" = Lock.with_lock "/dev/null" (ret 1) |> both

let both (c : Result Int e ! r) : Bool ! r =
  let! answer = c
  ret (Result.is_ok answer)
FX
fx test tested.fx | head -1
echo "-- an effect with a type variable, handled"
cat > Keep.fx <<'FX'
/// Hands things back.
extern effect Keep =
  same : a -> a = "keep_same_take"
FX
cat > Keep.c <<'C'
#include "fx.h"
fx_value keep_same_take(fx_runtime *rt, fx_representation is, fx_value a) { (void)rt, (void)is; return a; }
C
cat > keeps.fx <<'FX'
import Console
import Keep

let through (x : a) : (a, a) ! {Keep} =
  let! y = Keep.same x
  ret (x, y)

let loud (c : a ! {Keep | e}) : a ! {Console | e} =
  handle c with
  | Keep.same x ->
    do! Console.print_line "loud"
    ret x

let main (_ : List String) : Unit ! {Console, Keep} =
  let! handled = loud (join (through 2.5) (through ["x"]))
  do! Console.print_line (show handled)
  let! by_c = join (through 2.5) (through ["x"])
  Console.print_line (show by_c)
FX
FX_CHECK=1 fx run keeps.fx
FX_CHECK=1 fx run --interpret keeps.fx
echo "-- libraries to link with"
mkdir library && echo 'int answer(void) { return 42; }' > library/answer.c
gcc -shared -fPIC -o library/libanswer.so library/answer.c
cat > Answer.fx <<'FX'
extern let answer : Unit -> Int = "package_answer"
FX
cat > Answer.c <<C
// link: -L$PWD/library -Wl,-rpath,$PWD/library
// link: -lanswer
#include "fx.h"
int answer(void);
fx_value package_answer(fx_runtime *rt, fx_value unit) { (void)rt, (void)unit; return answer(); }
C
cat > asks.fx <<'FX'
import Answer
import Console

let main (_ : List String) : Unit ! {Console} = Console.print_line "\(Answer.answer ())"
FX
fx run asks.fx
fx run --interpret asks.fx
echo "-- what goes wrong"
sed -i 's/return answer();/return anser();/' Answer.c
fx run asks.fx 2>&1 | sed -E 's/[^ ]*(program|asks|Answer).*undefined/... undefined/; s/^ *\/.*ld: .*/    ld: .../' | grep -v warning | head -4
fx run --interpret asks.fx 2>&1 | head -2 | sed 's/library.so.*undefined/... undefined/; s/:  *\/.*\.\.\./: .../'
sed -i 's/return anser();/return answer()/' Answer.c
fx run asks.fx 2>&1 | head -1; echo
fx run --interpret asks.fx 2>&1 | head -1
rm Answer.c
fx run asks.fx 2>&1 | head -1
fx run --interpret asks.fx 2>&1 | head -1
