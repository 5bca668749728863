import Console exposing (print_line)
import List {map}

let main (args : List String) : Unit ! {Console} =
  do! Console.print_line "a"
  print_line (map show args)
