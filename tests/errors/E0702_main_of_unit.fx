import Console
let main () = Console.print_line "x"
