import Console

let tell (name : String) : Unit ! {Console} =
  do! Console.print_line "I am " ++ name
  Console.print_line "bye"
