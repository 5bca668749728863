import Console

let main (_ : List String) : Unit ! {Console} =
  let total = 3
  Console.print_line "Total: " total
