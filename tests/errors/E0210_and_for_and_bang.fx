import Console

let main (_ : List String) : Unit ! {Console} =
  let! name = Console.read_line
  and other = Console.read_line
  Console.print_line (show (name, other))
