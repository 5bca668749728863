import Console
import Time

let work : Unit ! {Console, Time} =
  bracket
    Console.print_line "door open"
    (fun () -> Console.print_line "door closed")
    (fun () -> Time.sleep 60_000)
