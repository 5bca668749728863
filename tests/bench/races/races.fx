import Console
import Time

/// Each round a sleep of a minute is started, loses against one turn, and is withdrawn.
let rounds (n : Int) (won : Int) : Int ! {Time | e} =
  if n == 0 then ret won
  else
    match! first (Time.sleep 60_000) yield
    | Left () -> rounds (n - 1) won
    | Right () -> rounds (n - 1) (won + 1)

let main (_ : List String) : Unit ! {Console, Time} =
  let! won = rounds 1_000_000 0
  Console.print_line "\(won)"
