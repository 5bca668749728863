import Console
let main (args : List String) : Unit ! {Console} =
  let xs = [1, 2]
  for x in xs:
    Console.print_line "x"
  ret ()
