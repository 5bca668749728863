import Console

let f (n : Int) : Unit ! {Console} =
  n + 1
  Console.print_line
  ret ()
