import Console
let main (args : List String) : Unit ! {Console} =
  let mut x = 1
  Console.print_line "\(x)"
