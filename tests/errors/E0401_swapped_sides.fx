import Console
import Time

let main (_ : List String) : Unit ! {Console, Time} =
  match! first (Time.sleep 1000) Console.read_line
  | Left (Some name) -> Console.print_line name
  | Left None -> ret ()
  | Right () -> Console.print_line "too slow"
