import Console

let main (_ : List String) : Unit ! {Console} =
  Console.print_line("one")
  Console.print_line("two")
  Console.print_line("three")
