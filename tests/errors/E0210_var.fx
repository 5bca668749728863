import Console
let main (args : List String) : Unit ! {Console} =
  var x = 1
  Console.print_line "\(x)"
