import Console
import Time

/// What the winner asks is said.
let say_at_once : Unit ! {Console, Time} =
  match! first (Time.sleep 60_000) (Console.print_line "at once")
  | Left () -> Console.print_line "slept"
  | Right () -> Console.print_line "said"

spec says =
  say_at_once runs
    right
      Console.print_line "at once" => ()
    losing
      Time.sleep 60_000 => _
    Console.print_line "said" => ()
  returns ()
