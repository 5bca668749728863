// The functions that `show`, `==` and `compare` become.
import Console

type Shape =
  | Dot
  | Line Int (Option Shape)
type Point = { x : Int, y : Float }

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line (show [(Dot, 'c'), (Line (-1) (Some Dot), 'd')])
  do! Console.print_line (show { x = 1, y = 0.5 })
  Console.print_line (show (compare (Line 1 None) Dot, Dot == Dot))
