import Console

let greet (name : String) : Unit ! {Console} =
  do! if name != "" then Console.print_line name else ()
  Console.print_line "bye"
