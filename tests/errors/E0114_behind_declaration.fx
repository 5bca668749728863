import Console

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "Hello"
  ret )
