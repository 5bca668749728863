// Local functions that are only jumped to are loops; others become definitions.
import Console
import Int

let sum (xs : List Int) : Int =
  let go acc rest =
    match rest with
    | [] -> acc
    | x :: more -> go (acc + x) more
  go 0 xs

let count_down (n : Int) : Unit ! {Console} =
  let go i =
    if i == 0 then ret () else
      do! Console.print_line (show i)
      go (i - 1)
  go n

let depth (tag : Int) (xs : List (List Int)) : Int =
  let deepest ys =
    match ys with
    | [] -> tag
    | y :: more -> Int.max (sum y) (deepest more) + tag
  deepest xs

let main (_ : List String) : Unit ! {Console} =
  do! count_down (sum [1, 2])
  Console.print_line (show (depth 1 [[1], [2]]))
