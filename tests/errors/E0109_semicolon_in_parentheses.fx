import Console

let main (_ : List String) : Unit ! {Console} =
  let! line = (do! Console.print_line "Name?"; Console.read_line)
  Console.print_line "\(show line)"
