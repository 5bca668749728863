import Console
import Time

/// Greets by name; gives up after five seconds.
let main (_ : List String) : Unit ! {Console, Time} =
  do! Console.print_line "What is your name?"
  match! first (Time.sleep 5000) Console.read_line
  | Left () -> Console.print_line "Too slow."
  | Right None -> ret ()
  | Right (Some name) -> Console.print_line "Hello \(name)!"
