import Console
import String

let main (_ : List String) : Unit ! {Console} =
  Console.print_line (String.join ["a", "b"])
