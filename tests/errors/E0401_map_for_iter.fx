import Console
import List

let main (_ : List String) : Unit ! {Console} =
  List.map_seq Console.print_line ["a", "b"]
