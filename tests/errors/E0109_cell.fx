import Console
cell Count : Int = 0
let main (args : List String) : Unit ! {Console, Count} =
  do! Count := 3
  Console.print_line "x"
