import Console

let main (_ : List String) : Unit ! {Console} =
  let! _ = first (Console.print_line "a") (Console.print_line "b")
    Console.print_line "c"
