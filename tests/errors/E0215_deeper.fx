import Console

let main (args : List String) : Unit ! {Console} =
  do! Console.print_line "a"
    do! Console.print_line "b"
  Console.print_line "c"
