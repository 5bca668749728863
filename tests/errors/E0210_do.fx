import Console

let main (args : List String) : Unit ! {Console} = do
  Console.print_line "a"
