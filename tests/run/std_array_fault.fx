// A position that is not there is a fault that says so.
import Array
import Console

let main (_ : List String) : Unit ! {Console} =
  Console.print_line (show (Array.at 3 (Array.from_list [1, 2, 3])))
