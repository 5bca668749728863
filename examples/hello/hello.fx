import Console

let main (_ : List String) : Unit ! {Console} =
  Console.print_line "Hello world!"

/// It says hello, and nothing else, whatever its arguments are.
spec says_hello (arguments : List String) =
  main arguments runs
    Console.print_line "Hello world!" => ()
  returns ()
