// The names that a failed import would have brought in are not reported again.
import Consol
import Lisst as L (map)
import Console

let main (args : List String) : Unit ! {Console} =
  do! Consol.print_line "a"
  Console.print_line (L.show (map args))
