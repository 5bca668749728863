import Console
import Time

let wait (milliseconds : Int) : Unit ! {Net, Time} =
  do! Console.print_line "waiting"
  Time.sleep milliseconds

let main (_ : List String) : Unit ! {Consol, Time} =
  do! wait 10
  Console.print_line "done"
