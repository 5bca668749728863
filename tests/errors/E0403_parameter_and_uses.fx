import Console

let shout (name : Int) : String = name ++ "!"

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line (shout "Ada")
  Console.print_line (shout "Grace")
