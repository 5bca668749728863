import Console

let main (args : List String) : Unit ! {Console} =
  let y = Console.print_line "x"
  ret ()
