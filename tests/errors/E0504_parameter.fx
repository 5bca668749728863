import Console
import Time

let run_it (c : Unit ! {Console}) : Unit ! {Console} = c

let main (args : List String) : Unit ! {Console, Time} =
  run_it (Time.sleep 3)
