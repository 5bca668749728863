import Console

let greet (name : String) : Unit ! {Console} = Console.print_line name

spec greets (name : String) =
  greet name runs
    Console.print_line name -> ()
  returns ()

spec greets_again (name : String) =
  greet name runs
    Console.print_line name = ()
  returns ()
