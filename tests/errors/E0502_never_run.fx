import Console

let f : Unit ! {Console} =
  Console.print_line "first"
  Console.read_line
  Console.print_line "last"
