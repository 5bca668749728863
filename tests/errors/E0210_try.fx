import Console
let main (args : List String) : Unit ! {Console} =
  try
    Console.print_line "x"
  catch e
    Console.print_line "y"
