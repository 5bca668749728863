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
