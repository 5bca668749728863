import Console

let greet : Unit ! {Console} =
  match! Console.read_line
  | Some name -> Console.print_line name
  | None -> ret ()

spec greets (name : String) =
  greet runs
    let! Some name = Console.read_line
    Console.print_line name => ()
  returns ()

spec greets_again (name : String) =
  greet runs
    Console.read_line => Some name
    do! Console.print_line name
  returns ()
