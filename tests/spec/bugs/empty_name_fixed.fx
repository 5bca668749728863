// Somebody who only presses the return key has no name.
import Console

let greet : Unit ! {Console} =
  match! Console.read_line
  | None -> ret ()
  | Some "" -> Console.print_line "Hello, whoever you are!"
  | Some name -> Console.print_line "Hello \(name)!"

spec greets (name : String) =
  greet runs
    Console.read_line => Some name
    if name == "" then
      Console.print_line "Hello, whoever you are!" => ()
    else
      Console.print_line "Hello \(name)!" => ()
  returns ()
