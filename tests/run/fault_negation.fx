import Console
import List

let compute (arguments : List String) : Int =
  -(-9223372036854775808 + List.length arguments)

let main (arguments : List String) : Unit ! {Console} =
  do! Console.print_line "before"
  do! Console.print_line "\(compute arguments)"
  Console.print_line "not reached"
