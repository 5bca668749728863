let sign n = if n < 0 then -1 else if n == 0 then 0 else 1
let nested =
  match a
  | A -> match b with
    | C -> 1
    | D when x -> 2
  | B -> if c then 3 else match d | E -> 4 | F -> 5
let applied = (fun x y -> x) (if a then b else c) (match d | E -> e)
let piped = a |> fun x -> x |> f
let updated = { r with x = if a then b else c, y }
let record = { x = 1, y, Point.z = fun a -> a }
let annotated = (f x : Int)
let shadowed x = let x = x in fun x -> let x = x in x
