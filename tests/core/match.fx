type Shape = Circle Int | Square Int | Named String Shape
type Point = { x : Int, y : Int }

let area shape =
  match shape
  | Circle r -> r * 3
  | Square s -> s * s
  | Named _ inner -> area inner

// One clause reached on two ways stands behind a label.
let size shape =
  match shape
  | Circle n | Square n -> n
  | Named _ _ -> 0

// What is left in several arms is shared.
let both a b c d =
  match (a, b, c, d)
  | (True, True, _, _) -> 1
  | (_, _, True, True) -> 2
  | _ -> 3

// A guard that fails goes on with the clauses below it.
let sign n =
  match n
  | 0 -> "zero"
  | k when k > 0 -> "positive"
  | _ -> "negative"

// A guard that is reached on two ways stands behind a label, too.
let guarded a b =
  match (a, b)
  | (Some x, _) when x > 0 -> x
  | (_, Some y) -> y
  | (_, None) -> 0

let words text =
  match text
  | "one" -> 1
  | "two" -> 2
  | _ -> 0

let second xs =
  match xs
  | _ :: (y as found) :: _ -> (y, found)
  | [only] -> (only, only)
  | [] -> (0, 0)

let { x = left, y } = { x = 1, y = 2 }
let swap (a, b) = (b, a)

let main (_ : List String) : Unit ! {} = ret ()
