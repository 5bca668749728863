import Console

let main () : Unit ! {Console}
  Console.print_line "Hello"
