import Console

let say (text : String) : Unit ! {Console} =
  do! Console.print_line print_line text
  Console.print_line "said"

let main (_ : List String) : Unit ! {Console} =
  let! lost = first (say "a") (say "b")
   Console.print_line (show lost)
  say "end"
