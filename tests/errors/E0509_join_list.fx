import Console
import Time

let main (_ : List String) : Unit ! {Console, Time} =
  let! _ = join [Time.sleep 10, Time.sleep 20]
  Console.print_line "done"
