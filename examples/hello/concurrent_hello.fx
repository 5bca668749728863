import Console

/// Says both at once. Neither waits for the other, so either may come first.
let main (_ : List String) : Unit ! {Console} =
  let! _ = join (Console.print_line "Hello") (Console.print_line "World")
  ret ()

spec log_ok (message : String) =
  Console.print_line message runs
    Console.print_line message => ()
  returns ()

/// It says both, in any order, and nothing else.
spec says_both (arguments : List String) =
  main arguments runs
    join
      use log_ok "Hello"
    and
      use log_ok "World"
  returns ()
