import Console
import Time

/// Greets by name; gives up after five seconds.
let main (_ : List String) : Unit ! {Console, Time} =
  do! Console.print_line "What is your name?"
  match! first (Time.sleep 5000) Console.read_line
  | Left () -> Console.print_line "Too slow."
  | Right None -> ret ()
  | Right (Some name) -> Console.print_line "Hello \(name)!"

/// Whoever gives a name is greeted by it.
spec greets_you (name : String) =
  main [] runs
    Console.print_line "What is your name?" => ()
    right
      Console.read_line => Some name
    Console.print_line "Hello \(name)!" => ()
  returns ()

/// At the end of the input there is nobody to greet.
spec meets_nobody =
  main [] runs
    Console.print_line "What is your name?" => ()
    right
      Console.read_line => None
  returns ()

/// Five seconds go by: whatever the answer would have been, it is not waited for.
spec gives_up (answer : Option String) =
  main [] runs
    Console.print_line "What is your name?" => ()
    left
      Time.sleep 5000 => ()
    losing
      Console.read_line => answer
    Console.print_line "Too slow." => ()
  returns ()
