import Console

// Tail calls are jumps: between functions, in computations, and through && and ||.
let ping (n : Int) : String = if n == 0 then "ping" else pong (n - 1)

let pong (n : Int) : String = if n == 0 then "pong" else ping (n - 1)

let forever_true (n : Int) : Bool = n == 0 || forever_true (n - 1)

let spin (n : Int) : Int ! e =
  if n == 0 then ret 7
  else
    let! m = ret (n - 1)
    spin m

let turn (n : Int) : Unit ! e =
  if n > 0 then
    do! yield
    other_turn (n - 1)

let other_turn (n : Int) : Unit ! e =
  if n > 0 then
    do! yield
    turn (n - 1)

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "\(ping 3_000_001) \(forever_true 3_000_000)"
  let! n = spin 3_000_000
  do! turn 100_001
  Console.print_line "\(n)"
