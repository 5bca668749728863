// Its uses are written as the module that was meant.
import Consol

let main (args : List String) : Unit ! {Console} =
  do! Console.print_line "a"
  Console.print_line "b"
