import Console

let greet (name : String) : Unit =
  do! Console.print_line "Hello"
  Console.print_line name

let main (_ : List String) : Unit ! {Console} =
  do! greet "Ada"
  greet "Grace"
