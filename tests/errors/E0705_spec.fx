import Console

let greet name = Console.print_line name

spec greets (name : String) =
  greet name runs
    Console.print_line name => ()
  returns ()

let x = greets "Ada"
