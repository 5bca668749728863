import Console

// A left branch that ends without waiting: the right one is not started. Both ends in one turn: the left one wins.
let main (_ : List String) : Unit ! {Console} =
  let! one = first (ret "left") (let! () = Console.print_line "started" in ret "right")
  do! match one with | Left text -> Console.print_line text | Right _ -> Console.print_line "wrong"
  let! two = first yield yield
  do! match two with | Left () -> Console.print_line "left in the same turn" | Right () -> Console.print_line "right"
  let! three = first (let! () = yield in yield) yield
  match three with | Left () -> Console.print_line "left" | Right () -> Console.print_line "right is quicker"
