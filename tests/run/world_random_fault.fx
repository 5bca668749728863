import Console
import Random

let main (_ : List String) : Unit ! {Console, Random} =
  let! n = Random.int 3 2
  Console.print_line "\(n)"
