import Console
import Time

let f : Unit ! {Time} =
  do! Time.now
  ret ()

let g : Int ! {Console} =
  do! Console.print_line "a"

let h : Int ! {Console} =
  do! Console.print_line "a"
  ret "b"

let i (n : Int) : Int ! {Console} =
  if n > 0 then Console.print_line "a"
