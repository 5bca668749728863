import Console
import Log
import Time

let quiet (name : String) : Unit ! {Console} =
  do! Console.print_line name
  do! Log.write name
  ret ()

let pure_ (name : String) : Unit ! {} = Console.print_line name

let polite (c : Unit ! e) : Unit ! {Console | e} =
  do! Console.print_line "before"
  do! c
  Time.sleep 1

let swallow (c : Unit ! e) : Unit ! {Console} =
  do! Console.print_line "before"
  c

let twice (f : Unit -> Unit ! {Console}) : Unit ! {Console} = f ()
let user : Unit ! {Console} = twice (fun () -> Log.write "no")
