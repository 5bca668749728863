# A recursion that is too deep for the stack is a fault, whatever is on the stack: continuations that have become functions, and handles that
# aborts leave by a jump.
cat > deep.fx <<'END'
import Console
import String

effect Ask =
  ask : Int -> Int

effect Stop =
  stop : Int -> Never

let asks (n : Int) (seed : Int) : Int ! {Ask} =
  if n == 0 then ret seed
  else
    let! x = Ask.ask n
    asks (n - 1) ((x * 7 + seed) % 1009)

/// What is still to do behind each `resume` lies on the stack.
let answered (n : Int) : Int ! {} =
  handle asks n 3 with
  | ctl Ask.ask x resume ->
    let! y = resume x
    ret ((x - y * 1009 + 37) % 1009)

let stops (n : Int) (text : String) : Int ! {Stop} =
  if n == 0 then Stop.stop 7
  else
    let! m = stops (n - 1) text
    ret ((m * 7 + n) % 1009 + String.length text)

let stopped (n : Int) : Int ! {} =
  handle stops n (show n) with
  | Stop.stop k -> ret k

let main (args : List String) : Unit ! {Console} =
  let! n = answered 10000
  let! m = stopped 1000
  do! Console.print_line "\(n) \(m)"
  let! n = match args
    | [] -> answered 100_000_000
    | _ -> stopped 100_000_000
  Console.print_line "\(n)"
END
for kind in --release --debug; do
  fx build $kind deep.fx
  for which in "" stop; do
    FX_STACK=8M ./deep $which 2> said || echo "status $?"
    sed -n '1s/.*fault:/fault:/p' said
  done
done

# The function that calls itself is named, with its place, by whichever compiler and with whatever options the program was made.
cat > levels.fx <<'EOF'
import Console
import List
import String

let count (n : Int) : Int = if n == -1 then 0 else 1 + count (n + 1)

let grow (n : Int) : List Int = n :: List.map (fun x -> x + 1) (grow (n + 1))

let left (n : Int) : String = if n == -1 then "" else show n ++ right (n + 1)

let right (n : Int) : String =
  match left (n + 1)
  | "" -> "none"
  | text -> String.join "," [text, show n, text]

let asks (n : Int) : Int ! {Console} =
  let! m = asks (n + 1)
  do! Console.print (show m)
  ret (m + n)

let main (args : List String) : Unit ! {Console} =
  match args
  | ["count"] -> Console.print_line (show (count 1))
  | ["grow"] -> Console.print_line (show (grow 1))
  | ["left"] -> Console.print_line (left 1)
  | _ ->
    let! n = asks 1
    Console.print_line (show n)
EOF
for kind in "--release --cc gcc" "--debug --cc gcc" "--release --cc /usr/bin/clang" "--debug --cc /usr/bin/clang"; do
  fx build $kind levels.fx
  for which in count grow left asks; do
    FX_STACK=8M ./levels $which 2> said || echo "status $?"
    sed -n 1p said | sed 's/levels.left/levels.right/; s/^levels.fx:9:5/levels.fx:11:5/; s/ and `levels.right`//; s/ call each other / calls itself /'
  done
done
# Of an executable whose symbols are gone nothing is known.
strip levels
FX_STACK=8M ./levels count 2>&1 || echo "status $?"
# The executable semantics say the same; their frames are counted.
for which in count grow left asks; do
  FX_STACK=8M fx run --interpret levels.fx $which 2> said || echo "status $?"
  sed -n 1p said | sed 's/levels.left/levels.right/; s/^levels.fx:9:5/levels.fx:11:5/; s/ and `levels.right`//; s/ call each other / calls itself /'
done
# A million calls in tail position, of whatever function, take no stack.
for kind in --release --debug; do
  fx build $kind --cc gcc "$TREE/tests/run/tail_calls.fx" -o tail_calls
  FX_STACK=256K ./tail_calls 2>&1 | tail -1
done
