import Console

let main (_ : List String) : Unit ! {Console} = Console.print_line "Hi"

spec greets =
  main []
    Console.print_line "Hi" => ()
  returns ()
