import Console
import List

let main (arguments : List String) : Int ! {Console} =
  do! Console.print_line (show arguments)
  ret (List.length arguments)
