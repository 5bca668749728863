import Console

let main (_ : List String) : Unit ! {Console}
  let! line = Console.read_line
  Console.print_line (show line)
