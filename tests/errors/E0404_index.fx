import Console

let main (args : List String) : Unit ! {Console} =
  Console.print_line args[0]
