import Console

effect State s =
  get : s

let f (n : Int) : Unit ! {console} =
  Console.print_line "a"

let g (c : a ! {s | e}) : a ! e = c
let h (c : a ! {(Int, Int)}) : a = c
