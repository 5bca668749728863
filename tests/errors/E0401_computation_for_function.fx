import Console
import Time

let work : Unit ! {Console, Time} =
  bracket
    (Console.print_line "door open")
    (Console.print_line "door closed")
    (Time.sleep 60_000)
