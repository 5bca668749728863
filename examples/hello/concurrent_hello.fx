import Console

/// Says both at once. Neither waits for the other, so either may come first.
let main (_ : List String) : Unit ! {Console} =
  let! _ = join (Console.print_line "Hello") (Console.print_line "World")
  ret ()
