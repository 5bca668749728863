import Console
let main (args : List String) : Unit ! {Console} =
  let n = 3
  while n > 0 do
    Console.print_line "x"
  ret ()
