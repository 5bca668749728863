import Console
let main (args : List String) : Unit ! {Console} =
  mut x = 1
  Console.print_line "\(x)"
