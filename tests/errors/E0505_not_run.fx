import Console
import Time

let size : Int ! {Time} =
  ret (Time.now + 1)

let text (now : Int) : String = "\(now)"

let f : Unit ! {Console, Time} =
  Console.print_line (text Time.now)

let g : Unit ! {Console} =
  match Console.read_line
  | Some line -> Console.print_line line
  | None -> ret ()
