import Console
import Time

/// The winner is said to ask nothing, but it asks.
let say_at_once : Unit ! {Console, Time} =
  match! first (Time.sleep 60_000) (Console.print_line "at once")
  | Left () -> Console.print_line "slept"
  | Right () -> Console.print_line "said"

spec says =
  say_at_once runs
    right
    losing
      Time.sleep 60_000 => _
    Console.print_line "said" => ()
  returns ()
