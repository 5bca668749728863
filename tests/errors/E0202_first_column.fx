import Console

let held (name : String) : Int ! {Console} =
  do! Console.print_line name
ret 1

let named (_ : String) : Unit ! {Console} =
  let! _ = ret 2
Console.print_line "named"
