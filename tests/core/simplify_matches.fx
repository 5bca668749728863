// Conditions are jumps, known constructors are taken apart, functions without work are gone.
import Console

type Sign = Minus | Zero | Plus

let sign (n : Int) : Sign = if n < 0 then Minus else if n == 0 then Zero else Plus

let name (n : Int) : String =
  match sign n with
  | Minus -> "minus"
  | Zero -> "zero"
  | Plus -> "plus"

let both (a : Bool) (b : Bool) (n : Int) : String =
  if a && (b || n > 0) then name n else "none"

let swap (pair : (a, b)) : (b, a) =
  let (x, y) = pair
  (y, x)

let main (args : List String) : Unit ! {Console} =
  let (text, _) = swap (1 + 2 * 3, both (args == []) False 4)
  [text] |> show |> Console.print_line
