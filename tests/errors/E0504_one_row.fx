import Console
import Time

let pause : Unit ! {Console, Time} =
  do! Console.print_line "..."
  Time.sleep 10

let main (_ : List String) : Unit ! {Console} =
  do! pause
  do! Time.sleep 10
  pause
