import Console
let main (args : List String) : Unit ! {Console} =
  for (i = 0; i < 3; i++) {
    Console.print_line "x"
  }
