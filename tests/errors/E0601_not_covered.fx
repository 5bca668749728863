type Shape = Circle Int | Square Int | Named String Shape

let area shape =
  match shape
  | Circle r -> r
  | Named _ (Square s) -> s

let f xs =
  match xs
  | [] -> 0
  | [x] -> x
  | x :: y :: [] -> x + y

let g pair =
  match pair
  | (True, 1) -> 1
  | (False, _) -> 2

let h text =
  match text
  | "" -> 0
  | "a" -> 1

let i o =
  match o
  | Some n when n > 0 -> n
  | None -> 0

type Point = { x : Int, y : Option Int }
let j p =
  match p
  | { x = 0 } -> 0
  | { y = None } -> 1
