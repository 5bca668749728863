import Console
let main (args : List String) : Unit ! {Console} =
  const x = 1
  Console.print_line "\(x)"
